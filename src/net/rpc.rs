//! JSON-RPC 2.0 over the door: calls are collected into batches, recorded and replayed one by one.
//! Specification: <https://www.jsonrpc.org/specification>.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use foldhash::{HashMap, HashMapExt as _};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::oneshot;

use super::failure::Failure;
use super::learnt::Place;
use super::memory::Stamped;
use super::service::Service;
use super::tape::Key;
use super::{Net, Outcome, Raw, Reply, joined, lock};

/// How long a node that was asked too much in one batch is left alone before it is asked again.
const REST: Duration = Duration::from_secs(1);
/// How long the first call of a batch waits for others, unless [`Net::let_others_ask`] knows better.
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

    /// The question of this call, as it is recorded.
    pub(super) fn key(&self, spec: &Service) -> Key {
        let url = if self.path.is_empty() { spec.url.to_string() } else { joined(&spec.url, self.path) };
        Key::new(&spec.name, "POST", url, self.body())
    }

    /// The body of this call alone. Its id is always 1, so that a recording does not depend on batching.
    fn body(&self) -> String {
        // Methods are names of the program's own, without anything to escape.
        let params = serde_json::to_string(&self.params).unwrap_or_default();
        [ALONE, r#""method":""#, self.method, r#"","params":"#, &params, "}"].concat()
    }
}

/// How the body of a call alone begins.
const ALONE: &str = r#"{"jsonrpc":"2.0","id":1,"#;

/// The calls as one batch, each under its place in it as its id.
fn batched(calls: &[Waiting]) -> String {
    let mut body = String::with_capacity(calls.iter().map(|(key, _)| key.body.len() + 4).sum());
    for (id, (key, _)) in (1..).zip(calls) {
        let begins = if id == 1 { '[' } else { ',' };
        let asked = key.body.strip_prefix(ALONE).unwrap_or_default();
        // Writing to a text does not fail.
        let _ = write!(body, r#"{begins}{{"jsonrpc":"2.0","id":{id},{asked}"#);
    }
    body.push(']');
    body
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

/// The question of a call, and who waits for its part of the reply.
type Waiting = (Key, oneshot::Sender<Outcome>);

/// Calls that wait to be sent together.
#[derive(Default)]
pub(super) struct Queues {
    waiting: HashMap<Place, Vec<Waiting>>,
}

/// One element of a reply, kept to the letter.
#[derive(Deserialize)]
struct Element<'a> {
    #[serde(default)]
    id: Option<Value>,
    /// Null is a result; nothing where there is none.
    #[serde(borrow, default, deserialize_with = "there")]
    result: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

/// What is there, be it null: that nothing was said is no answer.
fn there<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl<'a> Element<'a> {
    fn error(&self) -> Option<&'a RawValue> {
        self.error.filter(|error| error.get() != "null")
    }
}

/// A reply as it is recorded.
#[derive(Deserialize)]
struct Recorded<'a> {
    #[serde(borrow, default, deserialize_with = "there")]
    result: Option<&'a RawValue>,
    #[serde(default)]
    error: Option<RpcError>,
}

/// JSON as it stands in a reply, to the letter.
#[derive(Clone, Debug)]
pub struct Excerpt {
    reply: Arc<str>,
    part: Range<usize>,
}

impl Excerpt {
    /// A part of a reply; nothing where it is none.
    fn of(reply: &Arc<str>, part: &str) -> Option<Self> {
        let start = part.as_ptr().addr().checked_sub(reply.as_ptr().addr())?;
        let part = start..start.checked_add(part.len())?;
        reply.get(part.clone())?;
        Some(Self { reply: Arc::clone(reply), part })
    }

    /// The text.
    pub fn get(&self) -> &str {
        &self.reply[self.part.clone()]
    }
}

impl From<String> for Excerpt {
    fn from(text: String) -> Self {
        Self { part: 0..text.len(), reply: text.into() }
    }
}

/// What a node answered a call; or the error that it answered.
pub type Answered = Result<Excerpt, RpcError>;

impl Net {
    /// Makes a call. The outer error is a failure of the way, the inner one the node's own answer.
    pub async fn call(&self, service: &str, call: Call) -> Result<(Answered, Reply), Failure> {
        let spec = self.service(service)?;
        let key = call.key(spec);
        let ask = async || self.answered(&key, async |_| self.gather(spec, &key).await).await;
        let stamped = self.once(&key, ask).await;
        self.read_call(spec, &key, stamped)
    }

    /// A recorded answer to a call as the node's own, with its identity.
    pub(super) fn read_call(
        &self,
        spec: &Service,
        key: &Key,
        stamped: Arc<Stamped>,
    ) -> Result<(Answered, Reply), Failure> {
        let reply = Reply::new(spec, key, stamped)?;
        // What is replayed may have been written by anybody.
        let own = || self.wire.live.as_ref().and_then(|_| sole_result(&reply.body));
        let told = reply.read(|| own().map_or_else(|| told(&reply.body), |result| Ok(Ok(result))));
        Ok(((*told).clone()?, reply))
    }

    /// Makes a call by itself, for a reply of a megabyte or more: nobody else is to wait for it, or to fail with it, and
    /// how long it takes says nothing of other calls. Who asks so knows another way to ask: what does not come in time is
    /// not asked for again.
    pub(super) async fn call_alone(&self, spec: &Service, call: &Call) -> Outcome {
        let live = self.wire.live.as_ref().ok_or(Failure::NotRecorded)?;
        self.noted(spec, 1, live.send_rpc(spec, &call.key(spec), false)).await.0
    }

    /// Puts the question of a call into the next batch and waits for its own part of the reply.
    pub(super) async fn gather(&self, spec: &Service, key: &Key) -> Outcome {
        let (sender, receiver) = oneshot::channel();
        let at = if key.url == *spec.url { Arc::clone(&spec.url) } else { key.url.as_str().into() };
        let place = Place { service: spec.name.clone(), at };
        let first = {
            let mut queues = lock(&self.wire.queues);
            let waiting = queues.waiting.entry(place.clone()).or_default();
            waiting.push((key.clone(), sender));
            waiting.len() == 1
        };
        if first {
            // A task of its own: a caller that goes away must not strand the calls gathered behind it.
            let net = self.clone();
            tokio::spawn(async move { net.flush(&place).await });
        }
        let gone = || Err(Failure::Refused("the request was abandoned".into()));
        receiver.await.unwrap_or_else(|_| gone())
    }

    async fn flush(&self, place: &Place) {
        let Ok(spec) = self.service(&place.service) else { return };
        self.let_others_ask(spec, GATHER).await;
        let mut waiting = lock(&self.wire.queues).waiting.remove(place).unwrap_or_default();
        let mut batches = Vec::new();
        while !waiting.is_empty() {
            let size = self.wire.learnt.next(place, waiting.len(), spec.limits.batch_size);
            let rest = waiting.split_off(waiting.len().min(size));
            batches.push(self.send_batch(spec, place, std::mem::replace(&mut waiting, rest)));
        }
        futures::future::join_all(batches).await;
    }

    /// Sends a batch. A node that refuses it as a whole may take its halves, down to single calls; what it left
    /// unanswered is asked again likewise. The size that is answered after a refusal is remembered, unless it was one
    /// answer alone that is too long at any size.
    async fn send_batch(&self, spec: &Service, place: &Place, batch: Vec<Waiting>) {
        let mut open = vec![batch];
        let known = &self.wire.learnt;
        let before = known.size(place);
        let (mut first, mut refused, mut rested, mut learnt) = (true, false, false, None);
        while let Some(mut batch) = open.pop() {
            let most = known.most(place, spec.limits.batch_size);
            if !first && batch.len() > most {
                open.push(batch.split_off(most));
            }
            first = false;
            let size = batch.len();
            let mut elements = self.exchange_batch(spec, place, &batch).await;
            if size > 1 && elements.as_ref().is_err_and(refuses_size) {
                refused = true;
                open.push(batch.split_off(size / 2));
                open.push(batch);
                continue;
            }
            if matches!(elements, Err(Failure::RateLimited(_))) && !rested {
                rested = true;
                tokio::time::sleep(REST).await;
                open.push(batch);
                continue;
            }
            if refused && matches!(elements, Err(Failure::TooLarge(_))) {
                if learnt.is_some() && known.size(place).map(|size| size.most) == learnt {
                    known.restore(place, before);
                }
                refused = false;
            }
            if refused && elements.as_ref().is_ok_and(|found| found.values().any(is_result)) {
                known.cut(place, size);
                (learnt, refused) = (Some(size), false);
            } else if elements.as_ref().is_ok_and(|found| found.len() == size) {
                known.answered(place, size);
            }
            let several = size > 1;
            let mut unanswered = Vec::new();
            for (index, (key, sender)) in batch.into_iter().enumerate() {
                let element = match &mut elements {
                    Ok(found) => found.remove(&(index + 1)),
                    Err(failure) => Some(Err(failure.clone())),
                };
                match element {
                    // The receiver is gone only when the whole case was given up.
                    Some(element) => drop(sender.send(element)),
                    None if several => unanswered.push((key, sender)),
                    None => drop(sender.send(Err(Failure::Malformed("the node left the call unanswered".into())))),
                }
            }
            if !unanswered.is_empty() {
                open.push(unanswered.split_off(unanswered.len() / 2));
                open.push(unanswered);
                open.retain(|part| !part.is_empty());
            }
        }
    }

    async fn exchange_batch(
        &self,
        spec: &Service,
        place: &Place,
        batch: &[Waiting],
    ) -> Result<HashMap<usize, Outcome>, Failure> {
        let live = self.wire.live.as_ref().ok_or(Failure::NotRecorded)?;
        let (key, alone) = match batch {
            [(single, _)] => (single.clone(), true),
            several => (Key::new(&spec.name, "POST", place.at.to_string(), batched(several)), false),
        };
        let raw = self.timed(spec, batch.len(), live.send_rpc(spec, &key, true)).await?;
        let is_list = raw.body.trim_start().starts_with('[');
        let elements = if alone && !is_list {
            split(&format!("[{}]", raw.body), 1)
        } else if !is_list && raw.status >= 400 {
            Err(Failure::BatchRefused(format!("HTTP status {}", raw.status)))
        } else {
            split(&raw.body, batch.len())
        };
        if elements.is_err() {
            self.wire.learnt.took(&spec.name, None);
        }
        elements
    }
}

/// Whether a call was answered by a result, and not by an error.
fn is_result(outcome: &Outcome) -> bool {
    outcome.as_ref().is_ok_and(|raw| told(&raw.body).is_ok_and(|answered| answered.is_ok()))
}

/// Whether a batch failed for what it is, so that a smaller one may not.
fn refuses_size(failure: &Failure) -> bool {
    matches!(failure, Failure::BatchRefused(_) | Failure::TooLarge(_) | Failure::Status(413))
}

fn told(reply: &Arc<str>) -> Result<Answered, Failure> {
    let Recorded { result, error } = super::decode(reply)?;
    match (error, result.and_then(|result| Excerpt::of(reply, result.get()))) {
        (Some(error), _) => Ok(Err(error)),
        (None, Some(result)) => Ok(Ok(result)),
        (None, None) => Err(Failure::Malformed("the reply holds neither a result nor an error".into())),
    }
}

/// Takes the reply to so many calls apart; elements may come in any order. Each is stored as a reply of its own. What is
/// said of the batch is no answer to any call of it: such a call is missing.
fn split(body: &str, calls: usize) -> Result<HashMap<usize, Outcome>, Failure> {
    // A list of three would read as the three fields of one element.
    if body.trim_start().starts_with('{')
        && let Ok(single) = serde_json::from_str::<Element<'_>>(body)
    {
        return Err(refusal(single.error(), "one answer to many calls"));
    }
    let elements: Vec<Element<'_>> = serde_json::from_str(body).map_err(|error| super::malformed(body, &error))?;
    // Geth answers a batch that is too large with a list of one error, under the id of the first call.
    if calls > 1 && elements.len() < calls && elements.iter().all(|element| element.error().is_some()) {
        return Err(refusal(elements.first().and_then(Element::error), "an empty list"));
    }
    let mut found = HashMap::with_capacity(elements.len());
    for element in elements {
        let id = element.id.as_ref().and_then(Value::as_u64).and_then(|id| usize::try_from(id).ok());
        let body = match (element.error(), element.result) {
            (Some(error), _) if calls > 1 && is_of_batch(error) => continue,
            (Some(error), _) => [r#"{"jsonrpc":"2.0","id":1,"error":"#, error.get(), "}"].concat().into(),
            (None, Some(result)) => result_alone(result),
            // A gateway's own words, such as `{"message": "quota exceeded"}`, answer nothing.
            (None, None) => continue,
        };
        // A node that could not read the request answers without an id; alone it can only mean this call.
        let Some(id) = id.or((calls == 1).then_some(1)) else { continue };
        let raw = Raw { status: 200, mime: "application/json".into(), body, date: None };
        found.insert(id, Ok(raw));
    }
    if calls > 1 && found.is_empty() {
        return Err(Failure::BatchRefused("every call of it is".to_owned()));
    }
    Ok(found)
}

/// What comes before a result in the reply to its call alone.
const BEFORE_RESULT: &str = r#"{"jsonrpc":"2.0","id":1,"result":"#;

/// A result as the reply to its call alone.
pub(super) fn result_alone(result: &RawValue) -> Arc<str> {
    [BEFORE_RESULT, result.get(), "}"].concat().into()
}

/// The result in a reply that was written by [`result_alone`], which need not be read once more to be found.
fn sole_result(reply: &Arc<str>) -> Option<Excerpt> {
    Excerpt::of(reply, reply.strip_prefix(BEFORE_RESULT)?.strip_suffix('}')?)
}

/// Why a batch as a whole was not answered. Smaller ones in its place would only be more requests where there were too
/// many.
fn refusal(error: Option<&RawValue>, otherwise: &str) -> Failure {
    let told = error.and_then(|error| serde_json::from_str::<RpcError>(error.get()).ok());
    let is_rate = |RpcError { code, message }: &RpcError| {
        let message = message.to_ascii_lowercase();
        let of_rate = || message.contains("rate limit") || message.contains("too many requests");
        // -32005 is "limit exceeded": EIP-1474. Some nodes mean the size of the batch by it.
        !message.contains("batch") && (matches!(code, -32005 | 429) || of_rate())
    };
    match told.filter(is_rate) {
        Some(_) => Failure::RateLimited(None),
        None => Failure::BatchRefused(error.map_or(otherwise, RawValue::get).to_owned()),
    }
}

/// Whether an error within a batch is about the batch: every call is a request by the specification (-32600, -32700), and
/// Geth gives calls that no longer fit into the reply an error of their own.
fn is_of_batch(error: &RawValue) -> bool {
    let Ok(RpcError { code, message }) = serde_json::from_str(error.get()) else { return false };
    let message = message.to_ascii_lowercase();
    matches!(code, -32600 | -32700) || message.contains("batch") || message.contains("response too large")
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
        let found = split(body, 2).unwrap();
        assert!(text(&found[&1]).contains("1e400"), "numbers are kept to the letter");
        assert!(text(&found[&2]).contains("-5"));
    }

    fn text(outcome: &Outcome) -> String {
        outcome.as_ref().unwrap().body.to_string()
    }

    #[test]
    fn a_refused_batch_is_no_answer_to_any_call() {
        let error = r#""error":{"code":-32600,"message":"batch too large"}"#;
        for id in ["null", "1"] {
            let object = format!(r#"{{"jsonrpc":"2.0","id":{id},{error}}}"#);
            assert!(split(&object, 3).is_err_and(|failure| refuses_size(&failure)));
            assert!(split(&format!("[{object}]"), 3).is_err_and(|failure| refuses_size(&failure)));
            assert_eq!(split(&format!("[{object}]"), 1).unwrap().len(), 1, "alone it can only mean the call");
        }
        assert!(split("<html>", 3).is_err());
        let full = r#"[{"id":1,"result":"0x1"},{"id":2,"error":{"code":-32003,"message":"response too large"}}]"#;
        assert_eq!(split(full, 2).unwrap().into_keys().collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_batch_of_any_size_is_told_from_a_refusal() {
        for size in 1..6 {
            let elements: Vec<Value> = (1..=size).map(|id| json!({"id": id, "result": "0x1"})).collect();
            assert_eq!(split(&json!(elements).to_string(), size).unwrap().len(), size);
        }
    }

    #[test]
    fn a_null_result_is_an_answer_and_a_missing_element_is_not() {
        let found = split(r#"[{"id":1,"result":null}]"#, 2).unwrap();
        assert!(text(&found[&1]).contains("\"result\":null"));
        assert!(!found.contains_key(&2));
    }

    #[test]
    fn a_recorded_reply_is_told_by_what_stands_in_it() {
        let told = |reply: &str| told(&reply.into()).map(|answered| answered.map(|result| result.get().to_owned()));
        let result = |text: &str| Ok(Ok(text.to_owned()));
        assert_eq!(told(r#"{"jsonrpc":"2.0","id":1,"result":{"a":[1]}}"#), result(r#"{"a":[1]}"#));
        assert_eq!(told(r#"{"jsonrpc":"2.0","id":1,"result":{"error":"x"}}"#), result(r#"{"error":"x"}"#));
        assert_eq!(told(r#"{"id":1,"jsonrpc":"2.0","result":null}"#), result("null"));
        let both = told(r#"{"jsonrpc":"2.0","id":1,"result":null,"error":{"code":-5,"message":"no"}}"#);
        assert_eq!(both, Ok(Err(RpcError { code: -5, message: "no".into() })));
        assert!(told(r#"{"jsonrpc":"2.0","id":1}"#).is_err());
        assert!(told(r#"{"jsonrpc":"2.0","id":1,"result":{"a":1}"#).is_err(), "it is cut");
    }

    #[test]
    fn a_result_is_found_where_it_was_written() {
        for text in ["null", r#"{"error":{"code":1}}"#, r#"{"a":"}"}"#] {
            let reply = result_alone(serde_json::from_str(text).unwrap());
            assert_eq!(sole_result(&reply).unwrap().get(), text);
            assert_eq!(told(&reply).unwrap().unwrap().get(), text);
        }
    }

    #[test]
    fn an_error_may_be_told_in_words_alone() {
        let told: RpcError = serde_json::from_str(r#""Action not found.""#).unwrap();
        assert_eq!((told.code, told.message.as_str()), (0, "Action not found."));
    }

    #[test]
    fn a_batch_holds_its_calls_under_their_places() {
        let service: Arc<str> = "node".into();
        let waiting = |method, params| {
            let body = Call::new(method, params).body();
            (Key::new(&service, "POST", String::new(), body), oneshot::channel().0)
        };
        let calls = [waiting("a", json!(["\"id\":1", 2])), waiting("b", json!([{ "id": 1 }]))];
        let batch: Value = serde_json::from_str(&batched(&calls)).unwrap();
        let element = |id: u64, method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        assert_eq!(batch, json!([element(1, "a", json!(["\"id\":1", 2])), element(2, "b", json!([{ "id": 1 }]))]));
    }

    #[test]
    fn calls_are_named_for_the_reader() {
        let call = Call::new("eth_getBlockByNumber", json!(["latest", false]));
        assert_eq!(method_of(&call.body()).unwrap(), "eth_getBlockByNumber latest false");
    }
}
