//! How a question travels to java-tron: <https://tronprotocol.github.io/documentation-en/api/http/>. Every question is a
//! `POST` with a JSON body. Nearly every answer has status 200: what is not there is `{}`, and an error stands inside.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::net::Reply;
use crate::sources::Line;
use crate::terms::{Gap, GapWhy};

/// What a node without old blocks says in place of JSON: `LiteFnQueryHttpFilter`.
const LITE: &str = "this API is closed because this node is a lite fullnode";
/// Longest text of an error that is passed on.
const LONGEST_ERROR: usize = 160;

/// What was asked for, nothing where the node has none, and the answer.
pub(super) type Asking<T> = Result<(Option<T>, Reply), Gap>;

/// Asks for something that the node has or has not.
pub(super) async fn ask<T: DeserializeOwned>(line: Line<'_>, path: &str, body: Value, question: &str) -> Asking<T> {
    let reply = line.query(path, &body, question).await?;
    let object = object(line, &reply, question)?;
    if object.is_empty() {
        return Ok((None, reply));
    }
    let read = serde_json::from_value(Value::Object(object));
    let told = read.map_err(|error| line.malformed(question, format!("unexpected JSON: {error}")))?;
    Ok((Some(told), reply))
}

/// The object that was answered. Whatever else came is a gap, and never an absence.
fn object(line: Line<'_>, reply: &Reply, question: &str) -> Result<Map<String, Value>, Gap> {
    if reply.body.trim_start().trim_start_matches('"').starts_with(LITE) {
        return Err(line.gap(question, GapWhy::LacksHistory, "the node keeps no old blocks"));
    }
    match reply.status {
        200 => {}
        404 | 405 | 501 => {
            return Err(line.gap(question, GapWhy::NotOffered, format!("HTTP status {}", reply.status)));
        }
        other => return Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
    let object: Map<String, Value> = reply.json().map_err(|failure| line.failed(&failure, question))?;
    let refused = object.get("success") == Some(&Value::Bool(false));
    match object.get("Error").or_else(|| object.get("error")) {
        None if !refused => Ok(object),
        error => {
            let text = error.and_then(Value::as_str).unwrap_or("the node refused without a reason");
            let text: String = text.chars().take(LONGEST_ERROR).collect();
            Err(line.gap(question, GapWhy::ServerError, text))
        }
    }
}
