//! Ethereum JSON-RPC: <https://ethereum.github.io/execution-apis/>. Everything about a transaction
//! travels in one batch. What was received is read from effects: value of a call that succeeded, and logs.

use std::str::FromStr as _;

use ethers::abi::ParamType;
use ethers::types::{H256, U64, U256};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

mod alias;
mod effects;
mod frozen;
mod outlook;
mod sighting;
mod trace;
mod transaction;

use super::{Health, Protocol};
use crate::evidence::{Alias, BlockId, BlockRef, Head, Inside, Outlook, Placement, Sighting, Spends};
use crate::net::{Call, Reply};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Amount, Finality, Gap, GapWhy, Network, Seen, Txid};
use effects::Receipt;
use sighting::sighting;
use transaction::Tx;

/// Any node that speaks Ethereum's JSON-RPC.
pub(super) struct JsonRpc;

/// Selector of `symbol()`: EIP-20.
const SYMBOL: &str = "0x95d89b41";
/// Longest ticker taken from a contract; the rest is not worth a line of a report.
const LONGEST_SYMBOL: usize = 32;

/// `eth_getBlockByNumber`, as far as it is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Block {
    number: U64,
    hash: H256,
    timestamp: U64,
    base_fee_per_gas: Option<U256>,
}

impl Protocol for JsonRpc {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let (right_chain, head) = futures::future::join(chain_id(line, network), head(line)).await;
            // A node answers null for what it has pruned as for what never was; how old the claim may be
            // is judged in the diagnosis. That it serves its head is all that it tells by itself.
            let keeps_history = head.as_ref().map(|_| ());
            Health { right_chain, head, keeps_history }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move {
            let question = format!("transaction {txid}");
            let tx = ask::<Option<Tx>>(line, "eth_getTransactionByHash", json!([txid.as_str()]), &question);
            let receipt = ask::<Option<Receipt>>(line, "eth_getTransactionReceipt", json!([txid.as_str()]), &question);
            let (tx, receipt) = futures::future::join(tx, receipt).await;
            seen(sighting(line, network, txid, tx, receipt))
        })
    }

    fn symbol<'a>(&'a self, line: Line<'a>, contract: &'a Address) -> Asked<'a, Seen<String>> {
        Box::pin(async move {
            let question = format!("what the token {contract} calls itself");
            let params = json!([{ "to": contract.as_str(), "data": SYMBOL }, "latest"]);
            let asked = ask::<String>(line, "eth_call", params, &question).await;
            seen(asked.map(|(data, reply)| match text_of(&data) {
                Some(symbol) => Seen::Yes(symbol, reply.provenance()),
                None => Seen::No(reply.provenance()),
            }))
        })
    }

    fn frozen<'a>(
        &'a self,
        line: Line<'a>,
        contract: &'a Address,
        accounts: &'a [Address],
    ) -> Asked<'a, Seen<Vec<Address>>> {
        Box::pin(frozen::frozen(line, contract, accounts))
    }

    fn internals<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        called: Option<&'a Address>,
    ) -> Asked<'a, Seen<Inside>> {
        Box::pin(trace::internals(line, network, txid, called))
    }

    fn place<'a>(&'a self, line: Line<'a>, block: &'a BlockId, finality: Finality) -> Asked<'a, Placement> {
        Box::pin(async move {
            let mark = async {
                match finality {
                    Finality::Confirmations(_) => None,
                    Finality::Safe => Some(mark(line, "safe").await),
                    Finality::Finalized => Some(mark(line, "finalized").await),
                }
            };
            let (canonical, finality_mark) = futures::future::join(canonical(line, block), mark).await;
            Placement { canonical, finality_mark }
        })
    }

    fn alias<'a>(&'a self, line: Line<'a>, hash: &'a Txid) -> Asked<'a, Seen<Alias>> {
        Box::pin(alias::alias(line, hash))
    }

    fn outlook<'a>(&'a self, line: Line<'a>, txid: &'a Txid, spends: Option<&'a Spends>) -> Asked<'a, Outlook> {
        Box::pin(outlook::outlook(line, txid, spends))
    }
}

/// A call whose every error is a gap; `null` is left to the type.
async fn ask<T: DeserializeOwned>(
    line: Line<'_>,
    method: &'static str,
    params: Value,
    question: &str,
) -> Result<(T, Reply), Gap> {
    let (result, reply) = line.call(Call::new(method, params), question).await?;
    let value = result.map_err(|error| {
        // EIP-1474 and EIP-4444; geth uses -32000 for everything else, its words included.
        let words = error.message.to_ascii_lowercase();
        let why = match error.code {
            -32601 => GapWhy::NotOffered,
            -32005 => GapWhy::RateLimited,
            4444 => GapWhy::LacksHistory,
            _ if words.contains("rate limit") || words.contains("too many requests") => GapWhy::RateLimited,
            _ if words.contains("pruned") || words.contains("indexing") => GapWhy::LacksHistory,
            _ => GapWhy::ServerError,
        };
        line.gap(question, why, format!("the node answered error {}: {}", error.code, error.message))
    })?;
    let parsed = serde_json::from_value(value).map_err(|error| line.malformed(question, error.to_string()))?;
    Ok((parsed, reply))
}

async fn chain_id(line: Line<'_>, network: &Network) -> Seen<()> {
    let question = "which chain the source follows";
    seen(ask::<U64>(line, "eth_chainId", json!([]), question).await.map(|(id, reply)| {
        let right = id.as_u64().to_string() == network.identity.expected();
        if right { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) }
    }))
}

async fn head(line: Line<'_>) -> Seen<Head> {
    let question = "the newest block of the network";
    let block = ask::<Option<Block>>(line, "eth_getBlockByNumber", json!(["latest", false]), question);
    let syncing = ask::<Value>(line, "eth_syncing", json!([]), question);
    let (block, syncing) = futures::future::join(block, syncing).await;
    seen(block.and_then(|(block, reply)| {
        let block = block.ok_or_else(|| line.malformed(question, "the node has no latest block"))?;
        let head = Seen::Yes(block, reply.provenance());
        // `false`, or an object with the progress. A node without the call is judged by its head alone.
        let syncing = match syncing {
            Ok((value, reply)) => Seen::Yes(value != Value::Bool(false), reply.provenance()),
            Err(gap) if gap.why == GapWhy::NotOffered => Seen::Yes(false, reply.provenance()),
            Err(gap) => Seen::Unknown(gap),
        };
        Ok(head.then(|block| {
            syncing.map(|syncing| Head { height: block.number.as_u64(), time: time(block.timestamp), syncing })
        }))
    }))
}

/// Whether the block at that height is the one that the receipt named.
async fn canonical(line: Line<'_>, block: &BlockId) -> Seen<BlockRef> {
    let question = format!("whether block {} is in the best chain", block.hash);
    let Some(height) = block.height else {
        return Seen::Unknown(line.malformed(&question, "the block has no height"));
    };
    let params = json!([format!("0x{height:x}"), false]);
    seen(ask::<Option<Block>>(line, "eth_getBlockByNumber", params, &question).await.and_then(|(found, reply)| {
        let found = found.ok_or_else(|| line.malformed(&question, "the node has no block at that height"))?;
        if found.number.as_u64() != height {
            let detail = format!("the answer is about block {}", found.number);
            return Err(line.gap(&question, GapWhy::Mismatch, detail));
        }
        let hash = format!("{:#x}", found.hash);
        if hash != block.hash {
            return Ok(Seen::No(reply.provenance()));
        }
        Ok(Seen::Yes(BlockRef { height, hash, time: time(found.timestamp) }, reply.provenance()))
    }))
}

/// The height of the safe or finalized block.
async fn mark(line: Line<'_>, tag: &str) -> Seen<u64> {
    let question = format!("the {tag} block");
    let asked = ask::<Option<Block>>(line, "eth_getBlockByNumber", json!([tag, false]), &question);
    seen(asked.await.and_then(|(block, reply)| {
        let block =
            block.ok_or_else(|| line.gap(&question, GapWhy::NotOffered, format!("the node has no {tag} block")))?;
        Ok(Seen::Yes(block.number.as_u64(), reply.provenance()))
    }))
}

/// A price in wei a unit of gas, in gwei.
fn gwei(wei: U256) -> Option<Amount> {
    Amount::from_units(&wei.to_string(), 9).ok()
}

/// A text that a contract returned: an ABI string, or the 32 bytes of older tokens. Nothing when it is empty.
fn text_of(data: &str) -> Option<String> {
    let bytes = ethers::types::Bytes::from_str(data).ok()?.to_vec();
    let decoded =
        ethers::abi::decode(&[ParamType::String], &bytes).ok().and_then(|tokens| tokens.first()?.clone().into_string());
    let fixed = || (bytes.len() == 32).then(|| String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned());
    let text = decoded.or_else(fixed)?;
    let text: String = text.chars().take(LONGEST_SYMBOL).collect();
    (!text.trim().is_empty()).then_some(text)
}

fn time(seconds: U64) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(seconds.as_u64()).ok()?).ok()
}
