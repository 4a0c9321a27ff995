//! What a token calls itself: a contract by its own function, an asset of TRC-10 by its entry.

use serde::Deserialize;
use serde_json::json;

use super::peer::ask;
use crate::sources::Line;
use crate::sources::chain::evm::text_of;
use crate::terms::{Address, Gap, GapWhy, Seen};

/// Who asks where nobody does: the account whose key nobody has.
const NOBODY: &str = "410000000000000000000000000000000000000000";
/// Longest ticker that is taken.
const LONGEST: usize = 32;

/// `triggerconstantcontract`, as far as it is used.
#[derive(Deserialize)]
struct Called {
    result: Outcome,
    #[serde(default)]
    constant_result: Vec<String>,
}

/// `Return`. A call that was taken back has a result nonetheless, and says so in its message.
#[derive(Default, Deserialize)]
struct Outcome {
    #[serde(default)]
    result: bool,
    message: Option<String>,
}

/// `getassetissuebyid`, as far as it is used. Texts are hex.
#[derive(Deserialize)]
struct Issue {
    id: String,
    #[serde(default)]
    abbr: String,
    #[serde(default)]
    name: String,
}

/// The ticker; no where the token has none.
pub(super) async fn symbol(line: Line<'_>, contract: &Address) -> Result<Seen<String>, Gap> {
    match contract.as_str().strip_prefix("trc10:") {
        Some(id) => of_asset(line, id).await,
        None => of_contract(line, contract).await,
    }
}

async fn of_contract(line: Line<'_>, contract: &Address) -> Result<Seen<String>, Gap> {
    let question = format!("what the token {contract} calls itself");
    // With `visible`, every address is base58, the asker's too.
    let body = json!({
        "owner_address": bitcoin::base58::encode_check(&data_encoding::HEXLOWER.decode(NOBODY.as_bytes()).unwrap_or_default()),
        "contract_address": contract.as_str(), "function_selector": "symbol()", "visible": true,
    });
    let (called, reply) = ask::<Called>(line, "/wallet/triggerconstantcontract", body, &question).await?;
    let called = called.ok_or_else(|| line.malformed(&question, "the call has no result"))?;
    if !called.result.result {
        let why = called.result.message.unwrap_or_default().chars().take(LONGEST).collect::<String>();
        return Err(line.gap(&question, GapWhy::ServerError, why));
    }
    let text = called.constant_result.first().filter(|_| called.result.message.is_none());
    Ok(match text.and_then(|hex| text_of(&format!("0x{hex}"))) {
        Some(symbol) => Seen::Yes(symbol, reply.provenance()),
        None => Seen::No(reply.provenance()),
    })
}

async fn of_asset(line: Line<'_>, id: &str) -> Result<Seen<String>, Gap> {
    let question = format!("what the asset {id} of TRC-10 calls itself");
    let (issue, reply) = ask::<Issue>(line, "/wallet/getassetissuebyid", json!({ "value": id }), &question).await?;
    let Some(issue) = issue else { return Ok(Seen::No(reply.provenance())) };
    if issue.id != id {
        return Err(line.gap(&question, GapWhy::Mismatch, "the answer is about another asset"));
    }
    let text = |hex: &str| {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
        let text: String = String::from_utf8(bytes).ok()?.chars().take(LONGEST).collect();
        (!text.trim().is_empty()).then_some(text)
    };
    Ok(match text(&issue.abbr).or_else(|| text(&issue.name)) {
        Some(symbol) => Seen::Yes(symbol, reply.provenance()),
        None => Seen::No(reply.provenance()),
    })
}
