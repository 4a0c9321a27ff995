//! Answers in which a server tells how far it has come. They tell of its machine as well: of those that are shown to anybody,
//! no more is left than what is read.

use serde_json::{Map, Value};

use super::tape::Key;

/// Blockbook's `GET /api/status`: <https://github.com/trezor/blockbook/blob/master/docs/api.md#status-page>. It names its host.
const STATUS: [&str; 7] = ["blockbook", "bestHeight", "inSync", "initialSync", "lastBlockTime", "backend", "blocks"];

/// rippled's and Clio's `server_info`:
/// <https://xrpl.org/docs/references/http-websocket-apis/public-api-methods/server-info-methods/server_info>. It names its
/// host, its ports and its keys.
const SERVER_INFO: [&str; 9] = [
    "jsonrpc",
    "id",
    "result",
    "status",
    "info",
    "network_id",
    "complete_ledgers",
    "server_state",
    "amendment_blocked",
];

/// The members of an answer that are read, at any depth, where its server tells of itself; nothing for any other question.
fn read(path: &str, body: &str) -> Option<&'static [&'static str]> {
    let method = || serde_json::from_str::<Value>(body).ok()?.get("method")?.as_str().map(str::to_owned);
    if path.split('?').next() == Some("/api/status") {
        Some(&STATUS)
    } else if method().as_deref() == Some("server_info") {
        Some(&SERVER_INFO)
    } else {
        None
    }
}

/// What may be shown of an answer: all of it, unless its server tells of itself there. Nothing where that cannot be told apart.
pub(super) fn shown(path: &str, key: &Key, answer: &str) -> Option<String> {
    match read(path, &key.body) {
        None => Some(answer.to_owned()),
        Some(members) => Some(reduced(&serde_json::from_str(answer).ok()?, members).to_string()),
    }
}

fn reduced(value: &Value, members: &[&str]) -> Value {
    match value {
        Value::Object(all) => {
            let kept = all.iter().filter(|(name, _)| members.contains(&name.as_str()));
            Value::Object(kept.map(|(name, value)| (name.clone(), reduced(value, members))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|item| reduced(item, members)).collect(),
        scalar => scalar.clone(),
    }
}
