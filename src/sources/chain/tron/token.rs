//! What a token calls itself: a contract by its own function, an asset of TRC-10 by its entry.

use serde::Deserialize;
use serde_json::json;

use super::peer::ask;
use crate::sources::Line;
use crate::sources::chain::evm::text_of;
use crate::sources::chain::frozen::stopped;
use crate::terms::{Address, Gap, GapWhy, Provenance, Seen};

/// Who asks where nobody does: the account of twenty zero bytes.
const NOBODY: &str = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb";
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
    let (returned, said) = call(line, contract, "symbol()", "", &question).await?;
    Ok(match returned.and_then(|hex| text_of(&format!("0x{hex}"))) {
        Some(symbol) => Seen::Yes(symbol, said),
        None => Seen::No(said),
    })
}

/// Calls a function without a transaction; nothing comes back where it was taken back, or the contract has no such one.
async fn call(
    line: Line<'_>,
    contract: &Address,
    function: &str,
    parameter: &str,
    question: &str,
) -> Result<(Option<String>, Provenance), Gap> {
    // With `visible`, every address is in base58.
    let body = json!({
        "owner_address": NOBODY, "contract_address": contract.as_str(), "function_selector": function,
        "parameter": parameter, "visible": true,
    });
    let (called, reply) = ask::<Called>(line, "/wallet/triggerconstantcontract", body, question).await?;
    let called = called.ok_or_else(|| line.malformed(question, "the call has no result"))?;
    if !called.result.result {
        let why: String = called.result.message.unwrap_or_default().chars().take(LONGEST).collect();
        return Err(line.gap(question, GapWhy::ServerError, why));
    }
    let taken_back = called.result.message.is_some();
    Ok((called.constant_result.into_iter().next().filter(|_| !taken_back), reply.provenance()))
}

/// Functions by which tokens tell whom their issuers have stopped: that of USDT, and that of USDC.
const BLACKLISTED: [&str; 2] = ["isBlackListed(address)", "isBlacklisted(address)"];

/// The token itself where it is paused, and those of the accounts that are frozen.
pub(super) async fn frozen(line: Line<'_>, contract: &Address, accounts: &[Address]) -> Seen<Vec<Address>> {
    let question = "what the issuer has stopped";
    let listed = accounts.iter().filter_map(|account| Some((account, word(account)?)));
    let listed = listed.flat_map(|(account, word)| BLACKLISTED.map(|function| (account, function, word.clone())));
    let all = std::iter::once((contract, "paused()", String::new())).chain(listed);
    let asked = all.map(async |(who, function, parameter)| {
        let answer = call(line, contract, function, &parameter, question).await;
        let yes = answer.and_then(|(returned, said)| {
            let word = returned.filter(|word| word.len() == 64);
            let word = word.ok_or_else(|| line.gap(question, GapWhy::NotOffered, "no such function"))?;
            Ok((word.bytes().any(|digit| digit != b'0'), said))
        });
        (who, yes)
    });
    let untold = line.gap(question, GapWhy::NotOffered, "the token does not tell");
    stopped(futures::future::join_all(asked).await, untold)
}

/// An account as a parameter of a call: 20 bytes, filled up to 32.
fn word(account: &Address) -> Option<String> {
    let bytes = bitcoin::base58::decode_check(account.as_str()).ok()?;
    Some(format!("{:0>64}", data_encoding::HEXLOWER.encode(bytes.get(1..)?)))
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
