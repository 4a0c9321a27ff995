//! Ethereum and every network like it: <https://ethereum.github.io/execution-apis/>. The questions are the same
//! whoever is asked; by which way they travel, and what a source tells beyond, is its dialect. What was received is
//! read from effects: value of a call that succeeded, and logs.

use std::str::FromStr as _;

use data_encoding::HEXLOWER;
use ethers::abi::ParamType;
use ethers::types::{H256, U64, U256};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

mod alias;
mod blockscout;
mod crossing;
mod digits;
mod effects;
mod etherscan;
mod frozen;
mod header;
mod height;
mod history;
mod listed;
mod nonce;
mod outlook;
mod peer;
mod proof;
mod received;
mod sighting;
mod trace;
mod transaction;

use super::{Health, Protocol};
use crate::evidence::{
    Alias, BlockId, BlockRef, Head, Inside, Message, Outlook, Payments, Placement, Proof, Proving, Search, Sighting,
    Spends,
};
use crate::net::{Call, Looking, Reply, Whole};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Amount, Family, Finality, Gap, GapWhy, Network, Seen, Txid};
pub(super) use blockscout::Blockscout;
pub(super) use effects::{APPROVAL, TRANSFER, TRANSFER_BATCH, TRANSFER_SINGLE};
pub(super) use etherscan::Etherscan;
use peer::{Called, Dialect, Peer, Place, RECEIPT, ask, ask_unread};

/// A source of the family, in its dialect.
pub(super) struct Evm<D>(pub D);

/// Any node that speaks Ethereum's JSON-RPC. Everything about a transaction travels in one batch.
pub(super) struct Node;

impl Dialect for Node {
    fn call<'a>(&'a self, line: Line<'a>, method: &'static str, params: Value, question: &'a str) -> Asked<'a, Called> {
        Box::pin(async move { line.call(Call::new(method, params), question).await })
    }

    fn looking(&self, line: Line<'_>) -> Option<Looking> {
        line.net.looking(line.service)
    }

    fn receipt_among<'a>(
        &'a self,
        line: Line<'a>,
        txid: &'a Txid,
        (hash, height): Place,
        question: &'a str,
    ) -> Asked<'a, Called> {
        Box::pin(async move {
            let whole = Whole {
                method: "eth_getBlockReceipts",
                name: &printed(&hash),
                other_name: &format!("{height:#x}"),
                part: txid.as_str(),
                read: effects::listed,
            };
            line.call_among(Call::new(RECEIPT, json!([txid.as_str()])), whole, question).await
        })
    }
}

/// Selector of `symbol()`: EIP-20.
const SYMBOL: &str = "0x95d89b41";
/// Longest ticker taken from a contract; the rest is not worth a line of a report.
const LONGEST_SYMBOL: usize = 32;

/// `eth_getBlockByNumber`, as far as it is used.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Block {
    number: U64,
    hash: H256,
    timestamp: U64,
    base_fee_per_gas: Option<U256>,
}

impl<D: Dialect> Protocol for Evm<D> {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let peer = Peer::new(line, &self.0).on(network);
            let asked = futures::future::join(chain(peer, network), self.0.reach(peer)).await;
            let (right_chain, (head, keeps_history)) = asked;
            Health { right_chain, head, keeps_history }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move { self.0.sight(Peer::new(line, &self.0), network, txid).await })
    }

    fn symbol<'a>(&'a self, line: Line<'a>, contract: &'a Address) -> Asked<'a, Seen<String>> {
        Box::pin(async move {
            let question = format!("what the token {contract} calls itself");
            let params = json!([{ "to": contract.as_str(), "data": SYMBOL }, "latest"]);
            let asked = ask::<String>(Peer::new(line, &self.0), "eth_call", params, &question).await;
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
        Box::pin(frozen::frozen(Peer::new(line, &self.0), contract, accounts))
    }

    fn internals<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        called: Option<&'a Address>,
    ) -> Asked<'a, Inside> {
        Box::pin(async move { self.0.internals(Peer::new(line, &self.0), network, txid, called).await })
    }

    fn place<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        block: &'a BlockId,
        finality: Finality,
    ) -> Asked<'a, Placement> {
        Box::pin(async move {
            let peer = Peer::new(line, &self.0).on(network);
            let mark = async {
                match finality {
                    Finality::Confirmations(_) => None,
                    Finality::Safe => Some(mark(peer, "safe").await),
                    Finality::Finalized => Some(mark(peer, "finalized").await),
                }
            };
            let (found, finality_mark) = futures::future::join(canonical(peer, block), mark).await;
            let unhashed = || line.gap("the header of its block", GapWhy::NotOffered, "its form is not known here");
            let header = match &found {
                Seen::Yes((_, true), said) => Seen::Yes((), said.clone().proven()),
                _ => Seen::Unknown(unhashed()),
            };
            Placement { canonical: found.map(|(block, _)| block), header, finality_mark }
        })
    }

    fn prove<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        proving: &'a Proving,
    ) -> Asked<'a, Proof> {
        Box::pin(proof::prove(Peer::new(line, &self.0).on(network), txid, &proving.block))
    }

    fn alias<'a>(&'a self, line: Line<'a>, hash: &'a Txid, _: &'a [Address]) -> Asked<'a, Seen<Alias>> {
        Box::pin(alias::alias(Peer::new(line, &self.0), hash))
    }

    fn delivered<'a>(&'a self, line: Line<'a>, message: &'a Message) -> Asked<'a, Seen<()>> {
        Box::pin(crossing::delivered(Peer::new(line, &self.0), message))
    }

    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        spends: Option<&'a Spends>,
    ) -> Asked<'a, Outlook> {
        Box::pin(outlook::outlook(Peer::new(line, &self.0).on(network), txid, spends))
    }

    fn payments<'a>(&'a self, line: Line<'a>, network: &'a Network, search: &'a Search) -> Asked<'a, Seen<Payments>> {
        self.0.payments(Peer::new(line, &self.0), network, search)
    }

    fn sent<'a>(&'a self, line: Line<'a>, account: &'a Address, nonce: u64) -> Asked<'a, Seen<Txid>> {
        Box::pin(nonce::sent(Peer::new(line, &self.0), account, nonce))
    }
}

/// Whether the source follows the configured chain.
async fn chain(peer: Peer<'_>, network: &Network) -> Seen<()> {
    seen(peer.dialect.chain_id(peer, "which chain the source follows").await.map(|(id, reply)| {
        let right = id.to_string() == network.identity.expected();
        if right { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) }
    }))
}

/// A block by height or name, nothing where the node has none. Where its header can be hashed and is Ethereum's, a block
/// with another hash is worthless; what stands beside the block says whether its hash is that of its header.
async fn block(peer: Peer<'_>, at: &str, question: &str) -> Result<(Option<(Block, bool)>, Reply), Gap> {
    let (told, reply) = ask_unread(peer, "eth_getBlockByNumber", json!([at, false]), question).await?;
    let read = reply.read(|| read_block(told.get()));
    let (block, hash) = (*read).clone().map_err(|error| peer.malformed(question, error))?;
    let hashed = block.as_ref().is_some_and(|block| Some(block.hash) == hash);
    if let (Some(hash), Some(_), false) = (hash, &block, hashed)
        && peer.network.is_some_and(header::is_ethereums)
    {
        return Err(peer.gap(question, GapWhy::Mismatch, format!("the block's header hashes to {hash:#x}")));
    }
    Ok((block.map(|block| (block, hashed)), reply))
}

/// A block as it is printed, and the hash of its header, where that can be computed. Many cases share one block.
type BlockRead = Result<(Option<Block>, Option<H256>), String>;

fn read_block(text: &str) -> BlockRead {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let hash = header::hash(&value);
    Ok((serde_json::from_value(value).map_err(|error| error.to_string())?, hash))
}

async fn head(peer: Peer<'_>) -> Seen<Head> {
    let question = "the newest block of the network";
    let block = block(peer, "latest", question);
    let syncing = ask::<Value>(peer, "eth_syncing", json!([]), question);
    let (block, syncing) = futures::future::join(block, syncing).await;
    seen(block.and_then(|(block, reply)| {
        let (block, _) = block.ok_or_else(|| peer.malformed(question, "the node has no latest block"))?;
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

/// Whether the block at that height is the one that the receipt named, and whether its hash is that of its header.
async fn canonical(peer: Peer<'_>, named: &BlockId) -> Seen<(BlockRef, bool)> {
    let question = format!("whether block {} is in the best chain", named.hash);
    let Some(height) = named.height else {
        return Seen::Unknown(peer.malformed(&question, "the block has no height"));
    };
    seen(block(peer, &format!("0x{height:x}"), &question).await.and_then(|(found, reply)| {
        let (found, hashed) = found.ok_or_else(|| peer.malformed(&question, "the node has no block at that height"))?;
        if found.number.as_u64() != height {
            let detail = format!("the answer is about block {}", found.number);
            return Err(peer.gap(&question, GapWhy::Mismatch, detail));
        }
        let hash = printed(&found.hash);
        if hash != named.hash {
            return Ok(Seen::No(reply.provenance()));
        }
        Ok(Seen::Yes((BlockRef { height, hash, time: time(found.timestamp) }, hashed), reply.provenance()))
    }))
}

/// The height of the safe or finalized block.
async fn mark(peer: Peer<'_>, tag: &str) -> Seen<u64> {
    let question = format!("the {tag} block");
    seen(block(peer, tag, &question).await.and_then(|(block, reply)| {
        let (block, _) =
            block.ok_or_else(|| peer.gap(&question, GapWhy::NotOffered, format!("the node has no {tag} block")))?;
        Ok(Seen::Yes(block.number.as_u64(), reply.provenance()))
    }))
}

/// A hash as it is printed.
fn printed(hash: &H256) -> String {
    ["0x", &HEXLOWER.encode(hash.as_bytes())].concat()
}

/// A number in decimal. Most fit a machine's own, which is written faster than a long one.
fn decimal(number: U256) -> String {
    u128::try_from(number).map_or_else(|_| number.to_string(), |short| short.to_string())
}

/// A price in wei a unit of gas, in gwei.
fn gwei(wei: U256) -> Option<Amount> {
    Amount::from_units(&decimal(wei), 9).ok()
}

/// A text that a contract returned: an ABI string, or the 32 bytes of older tokens. Nothing when it is empty.
pub(super) fn text_of(data: &str) -> Option<String> {
    let bytes = ethers::types::Bytes::from_str(data).ok()?.to_vec();
    let decoded =
        ethers::abi::decode(&[ParamType::String], &bytes).ok().and_then(|tokens| tokens.first()?.clone().into_string());
    let fixed = || (bytes.len() == 32).then(|| String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned());
    let text = decoded.or_else(fixed)?;
    let text: String = text.chars().take(LONGEST_SYMBOL).collect();
    (!text.trim().is_empty()).then_some(text)
}

/// A transaction's hash as its identifier.
fn txid(hash: &H256) -> Option<Txid> {
    Txid::parse(Family::Evm, &printed(hash))
}

fn time(seconds: U64) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(seconds.as_u64()).ok()?).ok()
}

/// A network of nothing but its coin.
#[cfg(test)]
fn network() -> Network {
    Network {
        name: "here".into(),
        identity: crate::terms::ChainIdentity::Evm(1),
        finality: Finality::Confirmations(1),
        unlock: None,
        native: "ETH".into(),
        assets: Vec::new(),
        explorer: None,
        block_interval: std::time::Duration::from_secs(12),
        mines_on_demand: true,
        is_test: false,
        bridges: Vec::new(),
    }
}
