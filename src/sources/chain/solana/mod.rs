//! Solana's JSON-RPC: <https://solana.com/docs/rpc>. A node keeps little of the past unless somebody pays for it, and
//! `null` says "not here": it is a no only where the status of the transaction is `null` as well, searched for in all of
//! the history that the node has.

mod effects;
mod failure;
mod metadata;
mod programs;
mod sighting;
mod transaction;

use bitcoin::base58;
use data_encoding::BASE64;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Health, Protocol};
use crate::evidence::{BlockId, BlockRef, Head, Outlook, Placement, Sighting, Spends};
use crate::net::{Call, Reply, RpcError};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Finality, Gap, GapWhy, Network, Seen, Txid};

/// Any node that speaks Solana's JSON-RPC. Heights are slots, as explorers count them.
pub(super) struct SolanaRpc;

/// What at least two thirds of the stake have voted for: `processed` may be gone the next moment.
const CONFIRMED: &str = "confirmed";
/// What can no longer be taken back.
const FINALIZED: &str = "finalized";

/// The account in which every block writes its slot and time: <https://docs.anza.xyz/runtime/sysvars#clock>.
const CLOCK: &str = "SysvarC1ock11111111111111111111111111111111";
/// Slot, start of the epoch, epoch, epoch of the leaders' schedule, time: five numbers of 64 bits.
const CLOCK_BYTES: usize = 40;

/// Error codes of the node: `rpc_client_api::custom_error` of Agave, which `@solana/errors` lists as well.
mod code {
    pub(super) const BLOCK_CLEANED_UP: i64 = -32001;
    pub(super) const BLOCK_NOT_AVAILABLE: i64 = -32004;
    pub(super) const NODE_UNHEALTHY: i64 = -32005;
    pub(super) const SLOT_SKIPPED: i64 = -32007;
    pub(super) const SLOT_SKIPPED_IN_STORAGE: i64 = -32009;
    pub(super) const NO_HISTORY: i64 = -32011;
    pub(super) const STATUS_NOT_YET: i64 = -32014;
    pub(super) const SLOT_NOT_REACHED: i64 = -32016;
    pub(super) const UNKNOWN_METHOD: i64 = -32601;
}

/// `getBlock` without its transactions, as far as it is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Block {
    blockhash: String,
    block_time: Option<i64>,
}

/// The answer to a question about an account.
#[derive(Deserialize)]
struct Told<T> {
    value: T,
}

/// An account, its contents in base64.
#[derive(Deserialize)]
struct Account {
    data: (String, String),
    owner: String,
}

impl Account {
    /// Its contents; nothing where they are not in the form that was asked for.
    fn bytes(&self) -> Option<Vec<u8>> {
        BASE64.decode(self.data.0.as_bytes()).ok().filter(|_| self.data.1 == "base64")
    }
}

impl Protocol for SolanaRpc {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let asked = futures::future::join3(genesis(line, network), head(line), keeps_history(line)).await;
            let (right_chain, head, keeps_history) = asked;
            Health { right_chain, head, keeps_history }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move { seen(sighting::sight(line, network, txid).await) })
    }

    fn symbol<'a>(&'a self, line: Line<'a>, contract: &'a Address) -> Asked<'a, Seen<String>> {
        Box::pin(async move { seen(metadata::symbol(line, contract).await) })
    }

    fn place<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a Network,
        block: &'a BlockId,
        finality: Finality,
    ) -> Asked<'a, Placement> {
        Box::pin(async move {
            let mark = async {
                match finality {
                    Finality::Confirmations(_) => None,
                    Finality::Safe => Some(mark(line, CONFIRMED).await),
                    Finality::Finalized => Some(mark(line, FINALIZED).await),
                }
            };
            let (canonical, finality_mark) = futures::future::join(canonical(line, block), mark).await;
            let header =
                line.gap("the header of its block", GapWhy::NotOffered, "nodes do not show what a block hashes");
            Placement { canonical, header: Seen::Unknown(header), finality_mark }
        })
    }

    /// Nodes forget what was dropped, nothing takes its place, and by its signature alone nobody can tell when its
    /// blockhash ran out.
    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a Network,
        txid: &'a Txid,
        _: Option<&'a Spends>,
    ) -> Asked<'a, Outlook> {
        let gap = line.gap(&format!("what lies ahead of {txid}"), GapWhy::NotOffered, "nodes forget what was dropped");
        Box::pin(async move { Outlook::unknown(&gap) })
    }
}

/// The chain is told by the hash of its first block.
async fn genesis(line: Line<'_>, network: &Network) -> Seen<()> {
    let question = "which chain the source follows";
    seen(ask::<String>(line, "getGenesisHash", json!([]), question).await.and_then(|(hash, reply)| {
        if !is_hash(&hash) {
            return Err(line.malformed(question, "the genesis hash is none"));
        }
        let right = hash == network.identity.expected();
        Ok(if right { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) })
    }))
}

/// The clock of the newest confirmed block tells slot and time at once; a node that lags says so itself.
async fn head(line: Line<'_>) -> Seen<Head> {
    let question = "the newest block of the network";
    let params = json!([CLOCK, { "encoding": "base64", "commitment": CONFIRMED }]);
    let clock = ask::<Told<Option<Account>>>(line, "getAccountInfo", params, question);
    let health = line.call(Call::new("getHealth", json!([])), question);
    let (clock, health) = futures::future::join(clock, health).await;
    seen(clock.and_then(|(told, reply)| {
        let bytes = told.value.and_then(|account| account.bytes()).filter(|bytes| bytes.len() == CLOCK_BYTES);
        let bytes = bytes.ok_or_else(|| line.malformed(question, "the clock's account does not read as one"))?;
        let number = |at: usize| <[u8; 8]>::try_from(&bytes[at..at + 8]).unwrap_or_default();
        let (height, time) = (u64::from_le_bytes(number(0)), i64::from_le_bytes(number(32)));
        let syncing = matches!(health, Ok((Err(RpcError { code: code::NODE_UNHEALTHY, .. }), _)));
        Ok(Seen::Yes(Head { height, time: Timestamp::from_second(time).ok(), syncing }, reply.provenance()))
    }))
}

/// Slots of the first hour of a chain: a node that has them has everything.
const FIRST_HOUR: u64 = 9000;

/// Whether the node has the blocks from the first one on. Most keep a few days.
async fn keeps_history(line: Line<'_>) -> Seen<()> {
    let question = "the oldest block that the source keeps";
    seen(ask::<u64>(line, "getFirstAvailableBlock", json!([]), question).await.map(|(slot, reply)| {
        if slot <= FIRST_HOUR { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) }
    }))
}

/// The confirmed block of a slot.
async fn block(line: Line<'_>, slot: u64) -> Result<(Block, Reply), Gap> {
    let question = format!("the block of slot {slot}");
    let form = json!({
        "commitment": CONFIRMED, "transactionDetails": "none", "rewards": false,
        "maxSupportedTransactionVersion": transaction::NEWEST,
    });
    let (block, reply) = ask::<Option<Block>>(line, "getBlock", json!([slot, form]), &question).await?;
    let block = block.ok_or_else(|| line.gap(&question, GapWhy::LacksHistory, "the node has no block of this slot"))?;
    if is_hash(&block.blockhash) { Ok((block, reply)) } else { Err(line.malformed(&question, "its hash is none")) }
}

/// Whether the block of that slot is still the one that was named.
async fn canonical(line: Line<'_>, named: &BlockId) -> Seen<BlockRef> {
    let question = format!("whether block {} is in the best chain", named.hash);
    let Some(height) = named.height else {
        return Seen::Unknown(line.malformed(&question, "the block has no slot"));
    };
    seen(block(line, height).await.map(|(block, reply)| {
        let time = block.block_time.and_then(|seconds| Timestamp::from_second(seconds).ok()).or(named.time);
        if block.blockhash == named.hash {
            Seen::Yes(BlockRef { height, hash: block.blockhash, time }, reply.provenance())
        } else {
            Seen::No(reply.provenance())
        }
    }))
}

/// The newest slot of a commitment.
async fn mark(line: Line<'_>, commitment: &str) -> Seen<u64> {
    let question = format!("the {commitment} block");
    let params = json!([{ "commitment": commitment }]);
    seen(ask::<u64>(line, "getSlot", params, &question).await.map(|(slot, reply)| Seen::Yes(slot, reply.provenance())))
}

/// A call whose every error is a gap; `null` is left to the type.
async fn ask<T: DeserializeOwned>(
    line: Line<'_>,
    method: &'static str,
    params: Value,
    question: &str,
) -> Result<(T, Reply), Gap> {
    let (result, reply) = line.call(Call::new(method, params), question).await?;
    let value = result.map_err(|error| refused(line, question, &error))?;
    let parsed = serde_json::from_str(value.get()).map_err(|error| line.malformed(question, error.to_string()))?;
    Ok((parsed, reply))
}

/// None of the node's errors is a no. What it lacks and where it lags is told apart from what it cannot do.
fn refused(line: Line<'_>, question: &str, error: &RpcError) -> Gap {
    let words = error.message.to_ascii_lowercase();
    let why = match error.code {
        _ if words.contains("rate limit") || words.contains("too many requests") => GapWhy::RateLimited,
        code::BLOCK_CLEANED_UP
        | code::BLOCK_NOT_AVAILABLE
        | code::SLOT_SKIPPED
        | code::SLOT_SKIPPED_IN_STORAGE
        | code::NO_HISTORY => GapWhy::LacksHistory,
        code::NODE_UNHEALTHY | code::STATUS_NOT_YET | code::SLOT_NOT_REACHED => GapWhy::Behind,
        code::UNKNOWN_METHOD => GapWhy::NotOffered,
        429 => GapWhy::RateLimited,
        _ => GapWhy::ServerError,
    };
    line.gap(question, why, format!("the node answered error {}: {}", error.code, error.message))
}

/// Characters of the longest hash of 32 bytes in base58.
const HASH_TEXT: usize = 44;

/// The 32 bytes of a key or a hash; base58 takes the square of its length, so that it is bounded.
fn key(text: &str) -> Option<[u8; 32]> {
    let bytes = Some(text).filter(|text| text.len() <= HASH_TEXT).and_then(|text| base58::decode(text).ok());
    bytes.and_then(|bytes| bytes.try_into().ok())
}

fn is_hash(text: &str) -> bool {
    key(text).is_some()
}
