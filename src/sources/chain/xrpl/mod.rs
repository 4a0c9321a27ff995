//! The servers of the XRP Ledger, rippled and Clio, over JSON-RPC in HTTP:
//! <https://xrpl.org/docs/references/http-websocket-apis>. Asked in version 2 of their API; the flat transactions of
//! version 1 are read as well. Errors come with status 200, and only what is `validated` is in the chain.

mod blob;
mod effects;
mod ledger;
mod outlook;
mod results;
mod sighting;
mod sum;
mod transaction;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Health, Protocol};
use crate::evidence::{BlockId, BlockRef, Head, Outlook, Placement, Sighting, Spends};
use crate::net::Reply;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Finality, Gap, GapWhy, Network, Seen, Txid};

/// A server of the XRP Ledger.
pub(super) struct Xrpl;

/// Seconds from 1970 to the Ripple epoch, 2000-01-01.
const EPOCH: i64 = 946_684_800;
/// The version of the API that is asked for.
const API_VERSION: u8 = 2;
/// Longest words of a server that are kept.
const LONGEST_WORDS: usize = 120;

/// The oldest ledger that anybody has: those before it were lost in 2013. Other networks begin with their first, of which
/// servers keep what follows the genesis.
const OLDEST: u64 = 32570;
const OLDEST_ELSEWHERE: u64 = 3;

/// What stands around every answer.
#[derive(Deserialize)]
struct Envelope {
    result: Value,
}

/// An error, in `result` with a status of 200:
/// <https://xrpl.org/docs/references/http-websocket-apis/api-conventions/error-formatting>.
#[derive(Clone, Debug, Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_message: String,
    /// `tx` alone, and only where a range of ledgers was asked for: whether all of them were searched.
    #[serde(default)]
    searched_all: bool,
}

impl Refusal {
    /// The gap that it leaves.
    fn gap(&self, line: Line<'_>, question: &str) -> Gap {
        let why = match self.error.as_str() {
            "tooBusy" | "slowDown" => GapWhy::RateLimited,
            "noNetwork" | "noCurrent" | "noClosed" | "notReady" | "notSynced" | "amendmentBlocked" => GapWhy::Behind,
            "lgrNotFound" => GapWhy::LacksHistory,
            "unknownCmd" | "notImpl" | "notSupported" | "invalid_API_version" => GapWhy::NotOffered,
            "forbidden" | "noPermission" => GapWhy::Unauthorised,
            _ => GapWhy::ServerError,
        };
        let words: String = format!("{}: {}", self.error, self.error_message).chars().take(LONGEST_WORDS).collect();
        line.gap(question, why, format!("the server answered {words}"))
    }
}

/// Calls a method; the inner error is the server's own.
async fn call(
    line: Line<'_>,
    method: &str,
    mut params: Value,
    question: &str,
) -> Result<(Result<Value, Refusal>, Reply), Gap> {
    params["api_version"] = json!(API_VERSION);
    // The servers do not ask for the name of the protocol; with it a recording tells what was asked.
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": [params] });
    let reply = line.query("/", &body, question).await?;
    if reply.status != 200 {
        return Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {}", reply.status)));
    }
    let Envelope { result } = reply.json().map_err(|failure| line.failed(&failure, question))?;
    if result.get("error").is_some() || result["status"] == "error" {
        let refusal = serde_json::from_value(result);
        let refusal: Refusal = refusal.map_err(|error| line.malformed(question, error.to_string()))?;
        return Ok((Err(refusal), reply));
    }
    Ok((Ok(result), reply))
}

/// The same where every error is a gap.
async fn ask<T: DeserializeOwned>(
    line: Line<'_>,
    method: &str,
    params: Value,
    question: &str,
) -> Result<(T, Reply), Gap> {
    let (result, reply) = call(line, method, params, question).await?;
    let value = result.map_err(|refusal| refusal.gap(line, question))?;
    let parsed = serde_json::from_value(value).map_err(|error| line.malformed(question, error.to_string()))?;
    Ok((parsed, reply))
}

/// `server_info`, as far as it is used.
#[derive(Deserialize)]
struct ServerInfo {
    info: Info,
}

/// Clio tells less of itself than rippled.
#[derive(Deserialize)]
struct Info {
    /// Absent on servers of the main network that are not told theirs.
    #[serde(default)]
    network_id: u32,
    /// Ranges such as `32570-6595042,6595050`, or `empty`.
    #[serde(default)]
    complete_ledgers: String,
    /// rippled's alone.
    server_state: Option<String>,
    #[serde(default)]
    amendment_blocked: bool,
}

impl Info {
    /// States in which rippled does not follow the network:
    /// <https://xrpl.org/docs/references/http-websocket-apis/api-conventions/rippled-server-states>.
    fn is_syncing(&self) -> bool {
        let behind = ["disconnected", "connected", "syncing", "tracking"];
        self.amendment_blocked || self.server_state.as_deref().is_some_and(|state| behind.contains(&state))
    }

    /// The ledgers that the server holds without a hole up to its newest, first and last.
    fn held(&self) -> Option<(u64, u64)> {
        let range = self.complete_ledgers.rsplit(',').next()?.trim();
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some((first.parse().ok()?, last.parse().ok()?))
    }
}

/// The oldest ledger of a network that a server can hold.
fn oldest(network: &Network) -> u64 {
    if network.identity.expected() == "0" { OLDEST } else { OLDEST_ELSEWHERE }
}

/// What the server says of itself.
async fn server_info(line: Line<'_>, question: &str) -> Result<(Info, Reply), Gap> {
    ask::<ServerInfo>(line, "server_info", json!({}), question).await.map(|(info, reply)| (info.info, reply))
}

impl Protocol for Xrpl {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let question = "which chain the source follows";
            let newest = ledger::ledger(line, json!("validated"), "the newest ledger of the network");
            let (info, newest) = futures::future::join(server_info(line, question), newest).await;
            let (info, reply) = match info {
                Ok(told) => told,
                Err(gap) => {
                    let unknown = || Gap { question: "whether it keeps old transactions".into(), ..gap.clone() };
                    let head = Gap { question: "the newest ledger of the network".into(), ..gap.clone() };
                    let keeps_history = Seen::Unknown(unknown());
                    return Health { right_chain: Seen::Unknown(gap), head: Seen::Unknown(head), keeps_history };
                }
            };
            let said = reply.provenance();
            let is = |yes: bool| if yes { Seen::Yes((), said.clone()) } else { Seen::No(said.clone()) };
            let right_chain = is(info.network_id.to_string() == network.identity.expected());
            let syncing = info.is_syncing();
            let head = seen(newest.map(|(newest, reply)| {
                let head = Head { height: newest.height, time: newest.time, syncing };
                Seen::Yes(head, reply.provenance().and(&said))
            }));
            Health {
                right_chain,
                head,
                keeps_history: is(info.held().is_some_and(|(first, _)| first <= oldest(network))),
            }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move { seen(sighting::sighting(line, network, txid).await) })
    }

    /// A currency's code says what it is; the issuer's account says that somebody issues it.
    fn symbol<'a>(&'a self, line: Line<'a>, contract: &'a Address) -> Asked<'a, Seen<String>> {
        Box::pin(async move {
            let question = format!("what the token {contract} calls itself");
            let Some((code, issuer)) = contract.as_str().rsplit_once('.') else {
                return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "multi-purpose tokens need no name"));
            };
            let params = json!({ "account": issuer, "ledger_index": "validated" });
            seen(ask::<Value>(line, "account_info", params, &question).await.and_then(|(told, reply)| {
                if told["account_data"]["Account"] != issuer {
                    return Err(line.gap(&question, GapWhy::Mismatch, "the answer is about another account"));
                }
                Ok(match sum::letters(code) {
                    Some(symbol) => Seen::Yes(symbol, reply.provenance()),
                    None => Seen::No(reply.provenance()),
                })
            }))
        })
    }

    fn place<'a>(&'a self, line: Line<'a>, _: &'a Network, block: &'a BlockId, _: Finality) -> Asked<'a, Placement> {
        Box::pin(async move {
            let (canonical, header) = ledger::place(line, block).await;
            Placement { canonical, header, finality_mark: None }
        })
    }

    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        spends: Option<&'a Spends>,
    ) -> Asked<'a, Outlook> {
        Box::pin(outlook::outlook(line, network, txid, spends))
    }

    fn sent<'a>(&'a self, line: Line<'a>, account: &'a Address, nonce: u64) -> Asked<'a, Seen<Txid>> {
        Box::pin(outlook::sent(line, account, nonce))
    }
}

/// A moment on the ledger's clock.
fn time(seconds: i64) -> Option<Timestamp> {
    Timestamp::from_second(seconds.checked_add(EPOCH)?).ok()
}

/// A ledger's number: a number, or in version 1 also a text.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
