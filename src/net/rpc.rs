//! JSON-RPC 2.0 over the door: calls are collected into batches, recorded and replayed one by one.
//! Specification: <https://www.jsonrpc.org/specification>.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::oneshot;

use super::failure::Failure;
use super::service::Service;
use super::tape::Key;
use super::{Net, Outcome, Raw, Reply, joined, lock};

/// Under which an element without an id is kept; calls are numbered from 1.
const NAMELESS: usize = 0;
/// How long the first call of a batch waits for others.
const GATHER: Duration = Duration::from_millis(1);

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    method: &'static str,
    params: Value,
    path: &'static str,
}

impl Call {
    /// A call with positional parameters.
    pub fn new(method: &'static str, params: Value) -> Self {
        Self { method, params, path: "" }
    }

    /// The same call, made at a path below the service's address.
    #[must_use]
    pub fn at(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    /// Where it is made.
    fn url(&self, spec: &Service) -> String {
        if self.path.is_empty() { spec.url.clone() } else { joined(&spec.url, self.path) }
    }

    /// The body of this call alone. Its id is always 1, so that a recording does not depend on batching.
    fn body(&self, id: usize) -> String {
        #[derive(Serialize)]
        struct Body<'a> {
            jsonrpc: &'static str,
            id: usize,
            method: &'a str,
            params: &'a Value,
        }
        let body = Body { jsonrpc: "2.0", id, method: self.method, params: &self.params };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

/// An error that the node itself answered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Words")]
pub struct RpcError {
    /// The code; its meaning depends on the node. 0 where it gave none.
    pub code: i64,
    /// The node's words.
    pub message: String,
}

/// An error as it is told: by the specification, or in words alone, as Blockscout does.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    Object {
        code: i64,
        #[serde(default)]
        message: String,
    },
    Alone(String),
}

impl From<Words> for RpcError {
    fn from(told: Words) -> Self {
        match told {
            Words::Object { code, message } => Self { code, message },
            Words::Alone(message) => Self { code: 0, message },
        }
    }
}

/// Calls that wait to be sent together.
#[derive(Default)]
pub(super) struct Queue(Vec<(Call, oneshot::Sender<Outcome>)>);

/// One element of a reply, kept to the letter.
#[derive(Deserialize)]
struct Element<'a> {
    #[serde(default)]
    id: Option<Value>,
    #[serde(borrow, default)]
    result: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

/// A reply as it is recorded.
#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    result: Option<Box<RawValue>>,
    #[serde(default)]
    error: Option<RpcError>,
}

/// What a node answered a call, to the letter; or the error that it answered.
pub type Answered = Result<Arc<RawValue>, RpcError>;

impl Net {
    /// Makes a call. The outer error is a failure of the way, the inner one the node's own answer.
    pub async fn call(&self, service: &str, call: Call) -> Result<(Answered, Reply), Failure> {
        let spec = self.service(service)?;
        let url = call.url(spec);
        let key = Key { service: service.to_owned(), method: "POST".into(), url, body: call.body(1) };
        let gather = Box::pin(self.answered(&key, async |_| self.gather(spec, call).await));
        let stamped = self.once(&key, gather).await;
        let reply = Reply::new(spec, &key, stamped)?;
        let told = reply.read(|| told(&reply));
        Ok(((*told).clone()?, reply))
    }

    /// Puts a call into the next batch and waits for its own part of the reply.
    async fn gather(&self, spec: &Service, call: Call) -> Outcome {
        let (sender, receiver) = oneshot::channel();
        let first = {
            let mut queues = lock(&self.wire.queues);
            let queue = queues.entry(spec.name.clone()).or_default();
            queue.0.push((call, sender));
            queue.0.len() == 1
        };
        if first {
            // A task of its own: a caller that goes away must not strand the calls gathered behind it.
            let (net, name) = (self.clone(), spec.name.clone());
            tokio::spawn(async move { net.flush(&name).await });
        }
        let gone = || Err(Failure::Refused("the request was abandoned".into()));
        receiver.await.unwrap_or_else(|_| gone())
    }

    async fn flush(&self, name: &str) {
        tokio::time::sleep(GATHER).await;
        let Ok(spec) = self.service(name) else { return };
        let mut queue = lock(&self.wire.queues).remove(name).unwrap_or_default().0;
        let mut batches = Vec::new();
        while !queue.is_empty() {
            let rest = queue.split_off(queue.len().min(spec.limits.batch_size.max(1)));
            batches.push(self.send_batch(spec, std::mem::replace(&mut queue, rest)));
        }
        futures::future::join_all(batches).await;
    }

    /// Sends a batch. A node that refuses it as a whole may take its halves, down to single calls.
    async fn send_batch(&self, spec: &Service, batch: Vec<(Call, oneshot::Sender<Outcome>)>) {
        let mut open = vec![batch];
        while let Some(mut batch) = open.pop() {
            let mut elements = self.exchange_batch(spec, &batch).await;
            if matches!(elements, Err(Failure::BatchRefused(_))) && batch.len() > 1 {
                open.push(batch.split_off(batch.len() / 2));
                open.push(batch);
                continue;
            }
            for (index, (_, sender)) in batch.into_iter().enumerate() {
                let unanswered = || Failure::Malformed("the node left this call of a batch unanswered".into());
                let element = match &mut elements {
                    Ok(found) => found.remove(&(index + 1)).ok_or_else(unanswered),
                    Err(failure) => Err(failure.clone()),
                };
                // The receiver is gone only when the whole case was given up.
                let _ = sender.send(element);
            }
        }
    }

    async fn exchange_batch(
        &self,
        spec: &Service,
        batch: &[(Call, oneshot::Sender<Outcome>)],
    ) -> Result<HashMap<usize, Raw>, Failure> {
        let live = self.wire.live.as_ref().ok_or(Failure::NotRecorded)?;
        let bodies: Vec<String> = batch.iter().enumerate().map(|(i, (call, _))| call.body(i + 1)).collect();
        let (body, alone) = match bodies.as_slice() {
            [single] => (single.clone(), true),
            several => (format!("[{}]", several.join(",")), false),
        };
        let url = batch.first().map_or_else(|| spec.url.clone(), |(call, _)| call.url(spec));
        let key = Key { service: spec.name.clone(), method: "POST".into(), url, body };
        let raw = self.timed(spec, batch.len(), live.send_rpc(spec, &key)).await?;
        let single = alone && !raw.body.trim_start().starts_with('[');
        let mut found = if single { split(&format!("[{}]", raw.body)) } else { split(&raw.body) }?;
        // A node that could not read the request answers without an id; alone it can only mean this call.
        if let Some(nameless) = found.remove(&NAMELESS).filter(|_| alone) {
            found.entry(1).or_insert(nameless);
        }
        Ok(found)
    }
}

fn told(reply: &Reply) -> Result<Answered, Failure> {
    let recorded: Recorded = reply.json()?;
    Ok(match recorded.error {
        Some(error) => Err(error),
        // A result that is null reads as none.
        None => Ok(Arc::from(recorded.result.unwrap_or_else(|| RawValue::NULL.to_owned()))),
    })
}

/// Takes a batch reply apart; elements may come in any order. Each is stored as a reply of its own.
fn split(body: &str) -> Result<HashMap<usize, Raw>, Failure> {
    // A list of three would read as the three fields of one element.
    if body.trim_start().starts_with('{')
        && let Ok(single) = serde_json::from_str::<Element<'_>>(body)
        && let Some(error) = single.error
    {
        return Err(Failure::BatchRefused(error.get().to_owned()));
    }
    let elements: Vec<Element<'_>> = serde_json::from_str(body).map_err(|error| super::malformed(body, &error))?;
    let mut found = HashMap::new();
    for element in elements {
        let id = element.id.as_ref().and_then(Value::as_u64).and_then(|id| usize::try_from(id).ok());
        let text = match (element.error.filter(|e| e.get() != "null"), element.result) {
            (Some(error), _) => format!(r#"{{"jsonrpc":"2.0","id":1,"error":{}}}"#, error.get()),
            (None, result) => {
                let result = result.map_or("null", RawValue::get);
                format!(r#"{{"jsonrpc":"2.0","id":1,"result":{result}}}"#)
            }
        };
        found.insert(
            id.unwrap_or(NAMELESS),
            Raw { status: 200, mime: "application/json".into(), body: text.into(), date: None },
        );
    }
    Ok(found)
}

/// `method params` of a recorded call, for the reader of a report; nothing for another body.
pub(super) fn method_of(body: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named<'a> {
        jsonrpc: &'a str,
        #[serde(borrow)]
        method: std::borrow::Cow<'a, str>,
        #[serde(borrow)]
        params: Vec<&'a RawValue>,
    }
    let named: Named<'_> = serde_json::from_str(body).ok()?;
    let mut words = named.method.into_owned();
    for param in named.params {
        words.push(' ');
        match serde_json::from_str::<std::borrow::Cow<'_, str>>(param.get()) {
            Ok(text) => words.push_str(&text),
            Err(_) => words.push_str(param.get()),
        }
    }
    (named.jsonrpc == "2.0").then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn batch_replies_may_come_in_any_order_and_mix_errors() {
        let body = r#"[{"jsonrpc":"2.0","id":2,"error":{"code":-5,"message":"no"}},{"id":1,"result":1e400}]"#;
        let found = split(body).unwrap();
        assert!(found[&1].body.contains("1e400"), "numbers are kept to the letter");
        assert!(found[&2].body.contains("-5"));
    }

    #[test]
    fn a_refused_batch_is_no_answer_to_any_call() {
        assert!(split(r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch too large"}}"#).is_err());
        assert!(split("<html>").is_err());
    }

    #[test]
    fn a_batch_of_any_size_is_told_from_a_refusal() {
        for size in 1..6 {
            let elements: Vec<Value> = (1..=size).map(|id| json!({"id": id, "result": "0x1"})).collect();
            assert_eq!(split(&json!(elements).to_string()).unwrap().len(), size);
        }
    }

    #[test]
    fn a_null_result_is_an_answer_and_a_missing_element_is_not() {
        let found = split(r#"[{"id":1,"result":null}]"#).unwrap();
        assert!(found[&1].body.contains("\"result\":null"));
        assert!(!found.contains_key(&2));
    }

    #[test]
    fn an_error_may_be_told_in_words_alone() {
        let told: RpcError = serde_json::from_str(r#""Action not found.""#).unwrap();
        assert_eq!((told.code, told.message.as_str()), (0, "Action not found."));
    }

    #[test]
    fn calls_are_named_for_the_reader() {
        let call = Call::new("eth_getBlockByNumber", json!(["latest", false]));
        assert_eq!(method_of(&call.body(1)).unwrap(), "eth_getBlockByNumber latest false");
    }
}
