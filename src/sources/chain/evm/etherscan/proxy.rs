//! Ethereum's words through Etherscan's `module=proxy`, and what its answers may be instead of one: errors stand in a
//! 200. <https://docs.etherscan.io/resources/common-error-messages>.

use serde_json::{Map, Value};

use crate::net::{Reply, RpcError};
use crate::sources::Line;
use crate::sources::chain::evm::peer::Called;
use crate::terms::{Gap, GapWhy};

/// The calls that it passes on, and how it names their parameters. An object's fields stand for themselves.
const CALLS: &[(&str, &[&str])] = &[
    ("eth_getBlockByNumber", &["tag", "boolean"]),
    ("eth_getTransactionByHash", &["txhash"]),
    ("eth_getTransactionReceipt", &["txhash"]),
    ("eth_getTransactionCount", &["address", "tag"]),
    ("eth_getCode", &["address", "tag"]),
    ("eth_call", &["", "tag"]),
];

/// Makes a call.
pub(super) async fn call(line: Line<'_>, method: &str, params: &Value, question: &str) -> Called {
    let Some(query) = query(method, params) else {
        return Err(line.gap(question, GapWhy::NotOffered, format!("{method} is not passed on")));
    };
    let reply = line.get(&format!("?module=proxy&action={method}{query}"), question).await?;
    let mut told = object(line, &reply, question)?;
    if let Some(error) = told.remove("error").filter(|error| !error.is_null()) {
        let error = serde_json::from_value::<RpcError>(error);
        return Ok((Err(error.map_err(|error| line.malformed(question, error.to_string()))?), reply));
    }
    match told.remove("result") {
        // Etherscan's own words may come in the place of a result.
        Some(Value::String(words)) if !words.starts_with("0x") => Err(refusal(line, question, &words)),
        Some(result) if told.contains_key("jsonrpc") => Ok((Ok(result.to_string().into()), reply)),
        _ => Err(line.malformed(question, "neither a result nor an error")),
    }
}

/// The parameters as a query; nothing for a call that is not passed on. They are hex, tags and truths alone.
fn query(method: &str, params: &Value) -> Option<String> {
    let (_, names) = CALLS.iter().find(|(known, _)| *known == method)?;
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pair = |name: &str, value: &Value| format!("&{name}={}", text(value));
    let pairs = names.iter().zip(params.as_array()?).map(|(name, value)| match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| pair(name, value)).collect(),
        value => pair(name, value),
    });
    Some(pairs.collect())
}

/// The rows of a list. An empty one comes as a failure, too: `status` 0 with a message that says so.
pub(super) async fn rows(line: Line<'_>, path: &str, question: &str) -> Result<(Vec<Value>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    let mut told = object(line, &reply, question)?;
    let word = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    let (status, message) = (word("status"), word("message"));
    let none = message.starts_with("no ") && message.ends_with(" found");
    match (told.remove("result"), status.as_str()) {
        (Some(Value::Array(rows)), "1") => Ok((rows, reply)),
        (Some(Value::Array(rows)), "0") if rows.is_empty() && none => Ok((rows, reply)),
        (Some(Value::String(_)), "0") if none => Ok((Vec::new(), reply)),
        (Some(Value::String(words)), "0") => Err(refusal(line, question, &words)),
        _ => Err(line.malformed(question, "neither rows nor the words for none")),
    }
}

/// The object of an answer. 404 is never an answer here: there is but one path.
fn object(line: Line<'_>, reply: &Reply, question: &str) -> Result<Map<String, Value>, Gap> {
    let told = reply.json().map_err(|failure| line.failed(&failure, question))?;
    match reply.status {
        200 => Ok(told),
        other => Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}

/// Parts of Etherscan's own words, in lower case, and what they mean. The first that fits counts.
const REFUSALS: &[(&str, GapWhy)] = &[
    ("invalid api key", GapWhy::Unauthorised),
    ("missing/invalid api key", GapWhy::Unauthorised),
    ("missing api key", GapWhy::Unauthorised),
    ("rate limit", GapWhy::RateLimited),
    ("too many", GapWhy::RateLimited),
    ("not supported for this chain", GapWhy::NotOffered),
    ("unsupported chainid", GapWhy::NotOffered),
    ("upgrade your api plan", GapWhy::NotOffered),
    ("api pro", GapWhy::NotOffered),
    ("invalid action name", GapWhy::NotOffered),
    ("deprecated", GapWhy::NotOffered),
];

/// The gap of Etherscan's own words.
fn refusal(line: Line<'_>, question: &str, words: &str) -> Gap {
    let lower = words.to_ascii_lowercase();
    let why = REFUSALS.iter().find(|(part, _)| lower.contains(part)).map_or(GapWhy::ServerError, |(_, why)| *why);
    let words: String = words.chars().take(LONGEST_WORDS).collect();
    line.gap(question, why, format!("the explorer answered: {words}"))
}

/// Characters of somebody else's words that are worth repeating.
const LONGEST_WORDS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parameters_are_named() {
        let block = query("eth_getBlockByNumber", &json!(["latest", false])).unwrap();
        assert_eq!(block, "&tag=latest&boolean=false");
        let call = query("eth_call", &json!([{ "to": "0x1", "data": "0x2" }, "latest"])).unwrap();
        assert_eq!(call.matches('&').count(), 3, "{call}");
        assert!(call.contains("&to=0x1") && call.contains("&data=0x2") && call.contains("&tag=latest"), "{call}");
        assert!(query("debug_traceTransaction", &json!(["0x1"])).is_none());
    }
}
