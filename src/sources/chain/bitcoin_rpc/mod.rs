//! Bitcoin Core's JSON-RPC: <https://bitcoincore.org/en/doc/>. Other nodes' dialects are tolerated:
//! fields that only Core has are optional, and a call that a node does not know leaves a gap.

mod outlook;
mod proof;
mod scan;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::raw_transaction::{Mismatch, contents, is_header_of};
use super::{Health, Protocol};
use crate::evidence::{
    Alias, BlockId, BlockRef, Head, Outlook, Payments, Placement, Proof, Proving, Search, Sighting, Spends,
};
use crate::net::{Call, Reply, RpcError};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Finality, Gap, GapWhy, Network, Seen, Txid};

/// Bitcoin Core and what speaks like it.
pub(super) struct BitcoinRpc;

/// Core's code for an unknown method, and the one of JSON-RPC itself.
const UNKNOWN_METHOD: [i64; 2] = [-32601, -32600];
/// Core's code for an unknown transaction or block, and bcoin's.
const NOT_FOUND: [i64; 2] = [-5, -1];

/// `getblockchaininfo`, as far as it is used.
#[derive(Deserialize)]
struct ChainInfo {
    blocks: u64,
    headers: Option<u64>,
    /// Core 23 and later.
    time: Option<i64>,
    /// The median of eleven blocks: about an hour older than the head.
    mediantime: Option<i64>,
    #[serde(default)]
    initialblockdownload: bool,
    #[serde(default)]
    pruned: bool,
}

/// `getrawtransaction` with verbosity 1, as far as it is used; amounts are read from `hex`, never from JSON.
#[derive(Deserialize)]
struct RawTx {
    txid: String,
    hex: String,
    blockhash: Option<String>,
    blocktime: Option<i64>,
    confirmations: Option<i64>,
}

/// `getblockheader`, as far as it is used. `confirmations` is -1 off the best chain.
#[derive(Deserialize)]
struct Header {
    height: u64,
    time: Option<i64>,
    confirmations: i64,
}

impl Protocol for BitcoinRpc {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let (right_chain, info, index) =
                futures::future::join3(genesis(line, network), chain_info(line), index(line)).await;
            let head = info.as_ref().map(|info| Head {
                height: info.blocks,
                time: info.time.or(info.mediantime).and_then(|seconds| Timestamp::from_second(seconds).ok()),
                syncing: info.initialblockdownload
                    || info.headers.is_some_and(|headers| headers > info.blocks.saturating_add(2)),
            });
            let keeps_history = info.test(|info| (!info.pruned).then_some(())).then(|()| index);
            Health { right_chain, head, keeps_history }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move {
            let question = format!("transaction {txid}");
            let call = Call::new("getrawtransaction", json!([txid.as_str(), true]));
            // The same question as in `health`, so it is not asked twice: it tells the height of the block.
            let (answer, info) = futures::future::join(line.call(call, &question), chain_info(line)).await;
            let tip = info.yes().map(|info| info.blocks);
            seen(answer.and_then(|(result, reply)| match result {
                Ok(value) => sighting(line, network, txid, value.get(), &reply, tip),
                Err(error) => absent(line, &question, &error, &reply),
            }))
        })
    }

    fn place<'a>(&'a self, line: Line<'a>, _: &'a Network, block: &'a BlockId, _: Finality) -> Asked<'a, Placement> {
        Box::pin(async move {
            let question = format!("whether block {} is in the best chain", block.hash);
            let header = ask::<Header>(line, Call::new("getblockheader", json!([block.hash, true])), &question);
            let at_height = async {
                let height = block.height?;
                ask::<String>(line, Call::new("getblockhash", json!([height])), &question).await.ok()
            };
            let (header, at_height) = futures::future::join(header, at_height).await;
            let placed = header.and_then(|(header, reply)| placed(line, block, (&header, &reply), at_height));
            let header = Seen::Unknown(line.gap("the header of its block", GapWhy::NotAsked, "its proof shows it"));
            Placement { canonical: seen(placed), header, finality_mark: None }
        })
    }

    fn prove<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        proving: &'a Proving,
    ) -> Asked<'a, Proof> {
        Box::pin(proof::prove(line, network, txid, proving))
    }

    fn alias<'a>(&'a self, line: Line<'a>, hash: &'a Txid, _: &'a [Address]) -> Asked<'a, Seen<Alias>> {
        Box::pin(async move {
            let question = format!("whether {hash} is a block's hash");
            let raw = line.call(Call::new("getblockheader", json!([hash.as_str(), false])), &question);
            let told = ask::<Header>(line, Call::new("getblockheader", json!([hash.as_str(), true])), &question);
            let (raw, told) = futures::future::join(raw, told).await;
            seen(raw.and_then(|(result, reply)| match result {
                Ok(header) if serde_json::from_str::<&str>(header.get()).is_ok_and(|hex| is_header_of(hex, hash)) => {
                    let (header, _) = told?;
                    Ok(Seen::Yes(Alias::Block(header.height), reply.provenance()))
                }
                Ok(_) => Err(line.gap(&question, GapWhy::Mismatch, "the header hashes to something else")),
                Err(error) if NOT_FOUND.contains(&error.code) => Ok(Seen::No(reply.provenance())),
                Err(error) => Err(refused(line, &question, &error)),
            }))
        })
    }

    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a Network,
        txid: &'a Txid,
        spends: Option<&'a Spends>,
    ) -> Asked<'a, Outlook> {
        Box::pin(outlook::outlook(line, txid, spends))
    }

    fn payments<'a>(&'a self, line: Line<'a>, network: &'a Network, search: &'a Search) -> Asked<'a, Seen<Payments>> {
        Box::pin(scan::payments(line, network, search))
    }
}

/// Blocks that may come between two answers of one batch.
const IN_BETWEEN: u64 = 3;

/// Core marks a block off the best chain with -1 confirmations; bcoin does not, so the block at that height is
/// compared too, where the height was known before the header came. That height follows from the node's head and its
/// count of confirmations: where the header has another one, one of the two was made up.
fn placed(
    line: Line<'_>,
    block: &BlockId,
    (header, reply): (&Header, &Reply),
    at_height: Option<(String, Reply)>,
) -> Result<Seen<BlockRef>, Gap> {
    let provenance = reply.provenance();
    if block.height.is_some_and(|counted| counted.abs_diff(header.height) > IN_BETWEEN) {
        let question = format!("whether block {} is in the best chain", block.hash);
        return Err(line.gap(&question, GapWhy::Mismatch, "the node's confirmations do not fit its newest block"));
    }
    let other = at_height.filter(|(hash, _)| block.height == Some(header.height) && *hash != block.hash);
    if let Some((_, reply)) = other {
        return Ok(Seen::No(provenance.and(&reply.provenance())));
    }
    if header.confirmations < 0 {
        return Ok(Seen::No(provenance));
    }
    let time = header.time.and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok(Seen::Yes(BlockRef { height: header.height, hash: block.hash.clone(), time }, provenance))
}

/// A call whose every error is a gap.
async fn ask<T: serde::de::DeserializeOwned>(line: Line<'_>, call: Call, question: &str) -> Result<(T, Reply), Gap> {
    let (result, reply) = line.call(call, question).await?;
    let value = result.map_err(|error| refused(line, question, &error))?;
    let parsed = serde_json::from_str(value.get()).map_err(|error| line.malformed(question, error.to_string()))?;
    Ok((parsed, reply))
}

fn refused(line: Line<'_>, question: &str, error: &RpcError) -> Gap {
    let why = if UNKNOWN_METHOD.contains(&error.code) { GapWhy::NotOffered } else { GapWhy::ServerError };
    line.gap(question, why, format!("the node answered error {}: {}", error.code, error.message))
}

/// The chain is told by a block that no other one has.
async fn genesis(line: Line<'_>, network: &Network) -> Seen<()> {
    let question = "which chain the source follows";
    let (height, _) = network.bitcoin_chain().mark();
    seen(ask::<String>(line, Call::new("getblockhash", json!([height])), question).await.map(|(hash, reply)| {
        let right = hash == network.identity.expected();
        if right { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) }
    }))
}

async fn chain_info(line: Line<'_>) -> Seen<ChainInfo> {
    let asked = ask::<ChainInfo>(line, Call::new("getblockchaininfo", json!([])), "the newest block of the network");
    seen(asked.await.map(|(info, reply)| Seen::Yes(info, reply.provenance())))
}

/// Without a transaction index a confirmed transaction looks unknown: Core says which index it has.
async fn index(line: Line<'_>) -> Seen<()> {
    let question = "whether the node keeps an index of all transactions";
    seen(ask::<Value>(line, Call::new("getindexinfo", json!([])), question).await.map(|(info, reply)| {
        let synced = info.pointer("/txindex/synced").and_then(Value::as_bool).unwrap_or(false);
        if synced { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) }
    }))
}

/// "Not found" means unknown, unless its words say that the index could not know.
fn absent(line: Line<'_>, question: &str, error: &RpcError, reply: &Reply) -> Result<Seen<Sighting>, Gap> {
    let words = error.message.to_ascii_lowercase();
    let unknown = words.contains("no such") || words.contains("not found");
    if !NOT_FOUND.contains(&error.code) || !unknown {
        return Err(refused(line, question, error));
    }
    if words.contains("index") {
        return Err(line.gap(question, GapWhy::LacksHistory, error.message.clone()));
    }
    Ok(Seen::No(reply.provenance()))
}

fn sighting(
    line: Line<'_>,
    network: &Network,
    txid: &Txid,
    value: &str,
    reply: &Reply,
    tip: Option<u64>,
) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    let tx: RawTx = serde_json::from_str(value).map_err(|error| line.malformed(&question, error.to_string()))?;
    let contents =
        contents(&tx.hex, txid, network.bitcoin_chain(), &network.native).map_err(|mismatch| match mismatch {
            Mismatch::Unreadable(why) => line.malformed(&question, why),
            Mismatch::Other(other) => line.gap(&question, GapWhy::Mismatch, format!("the bytes hash to {other}")),
        })?;
    if tx.txid != txid.as_str() {
        return Err(line.gap(&question, GapWhy::Mismatch, format!("the answer is about {}", tx.txid)));
    }
    let provenance = reply.provenance();
    let time = tx.blocktime.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let block = match tx.blockhash {
        Some(hash) => {
            let depth = tx.confirmations.and_then(|depth| u64::try_from(depth).ok()).filter(|depth| *depth > 0);
            let height = tip.zip(depth).and_then(|(tip, depth)| tip.saturating_add(1).checked_sub(depth));
            Seen::Yes(BlockId { hash, height, time }, provenance.clone())
        }
        None => Seen::No(provenance.clone()),
    };
    // Bitcoin has no failing execution: what is in a block has run.
    let executed = match &block {
        Seen::Yes(..) => Seen::Yes((), provenance.clone()),
        _ => Seen::Unknown(line.gap("whether it ran", GapWhy::NotAsked, "it is in no block")),
    };
    let sighting = Sighting {
        block,
        executed,
        failure: None,
        transfers: Seen::Yes(contents.outputs, provenance.clone().proven()),
        fee: None,
        fee_rate: None,
        spends: contents.spends,
        // Named only at a verbosity that older nodes do not know.
        senders: Vec::new(),
        particulars: contents.particulars,
    };
    Ok(Seen::Yes(sighting, provenance))
}
