//! Who is asked in Ethereum's words, and by which way: a node over JSON-RPC, or an explorer that passes them on.

use std::ops::Deref;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::effects::{Receipt, read_receipt};
use super::sighting::Asking;
use super::{head, history, sighting, trace};
use crate::evidence::{Head, Inside, Payments, Search, Sighting, Spends};
use crate::net::{Answered, Excerpt, Looking, Reply, RpcError};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Gap, GapWhy, Network, Seen, Txid};
use ethers::types::{H256, U64};

/// The call for a receipt.
pub(super) const RECEIPT: &str = "eth_getTransactionReceipt";

/// The block that a transaction says it is in: its hash and its height.
pub(super) type Place = (H256, U64);

/// What a call of Ethereum's JSON-RPC brought: the inner error is the source's own.
pub(super) type Called = Result<(Answered, Reply), Gap>;

/// The transaction of an account and a nonce, nothing where the source says that there is none, and its answer.
pub(super) type Named = Result<(Option<Txid>, Reply), Gap>;

/// A source of the family: what differs from a node is said by its own methods.
pub(super) trait Dialect: Send + Sync {
    /// Makes a call. A method that the source does not pass on is a gap.
    fn call<'a>(&'a self, line: Line<'a>, method: &'static str, params: Value, question: &'a str) -> Asked<'a, Called>;

    /// Counts a case in that asks for a transaction and its receipt; nothing where a source gives receipts one by one.
    fn looking(&self, line: Line<'_>) -> Option<Looking> {
        let _ = line;
        None
    }

    /// Makes the call for a receipt, together with other cases' for receipts of the same block.
    fn receipt_among<'a>(
        &'a self,
        line: Line<'a>,
        txid: &'a Txid,
        block: Place,
        question: &'a str,
    ) -> Asked<'a, Called> {
        let _ = block;
        self.call(line, RECEIPT, json!([txid.as_str()]), question)
    }

    /// The chain id that the source shows: EIP-155.
    fn chain_id<'a>(&'a self, peer: Peer<'a>, question: &'a str) -> Asked<'a, Result<(u64, Reply), Gap>> {
        Box::pin(async move {
            let asked = ask::<U64>(peer, "eth_chainId", json!([]), question).await;
            asked.map(|(id, reply)| (id.as_u64(), reply))
        })
    }

    /// Its newest block, and whether it would still hold an old transaction.
    fn reach<'a>(&'a self, peer: Peer<'a>) -> Asked<'a, (Seen<Head>, Seen<()>)> {
        Box::pin(async move {
            let head = head(peer).await;
            // A node answers null for what it has pruned as for what never was; how old the claim may be
            // is judged in the diagnosis. That it serves its head is all that it tells by itself.
            let keeps_history = head.as_ref().map(|_| ());
            (head, keeps_history)
        })
    }

    /// What it knows of a transaction.
    fn sight<'a>(&'a self, peer: Peer<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move {
            let (tx, receipt) = sighting::ask_both(peer, txid).await;
            seen(sighting::sighting(*peer, network, txid, tx, receipt))
        })
    }

    /// What contract calls did inside a transaction that ran.
    fn internals<'a>(
        &'a self,
        peer: Peer<'a>,
        network: &'a Network,
        txid: &'a Txid,
        called: Option<&'a Address>,
    ) -> Asked<'a, Inside> {
        Box::pin(trace::internals(peer, network, txid, called))
    }

    /// The transaction of an account and a nonce. A source that may not know all of them says which it found, never
    /// that there is none.
    fn named<'a>(&'a self, peer: Peer<'a>, account: &'a Address, nonce: u64, question: &'a str) -> Asked<'a, Named> {
        Box::pin(async move {
            let params = json!([account.as_str(), format!("{nonce:#x}")]);
            let asked = ask::<Option<ByNonce>>(peer, "eth_getTransactionBySenderAndNonce", params, question).await;
            asked.map(|(named, reply)| (named.and_then(|named| super::txid(&named.hash)), reply))
        })
    }

    /// Payments to an account within a stretch of time.
    fn payments<'a>(&'a self, peer: Peer<'a>, network: &'a Network, search: &'a Search) -> Asked<'a, Seen<Payments>> {
        Box::pin(history::payments(peer, network, search))
    }

    /// What it remembers of a transaction that it no longer has: that there was one, and what it would use up.
    fn memory<'a>(&'a self, peer: Peer<'a>, txid: &'a Txid) -> Asked<'a, (Seen<()>, Option<Spends>)> {
        let _ = txid;
        Box::pin(async move {
            let gap = peer.gap("whether the source once knew it", GapWhy::NotOffered, "nodes forget");
            (Seen::Unknown(gap), None)
        })
    }
}

/// `eth_getTransactionBySenderAndNonce`, as far as it is used.
#[derive(serde::Deserialize)]
struct ByNonce {
    hash: H256,
}

/// A source and its dialect.
#[derive(Clone, Copy)]
pub(super) struct Peer<'a> {
    /// The connection.
    pub line: Line<'a>,
    /// How it is spoken to.
    pub dialect: &'a dyn Dialect,
    /// The network whose form of headers it is held to, where there is one.
    pub network: Option<&'a Network>,
}

impl<'a> Peer<'a> {
    /// A source at the end of a line.
    pub(super) fn new(line: Line<'a>, dialect: &'a dyn Dialect) -> Self {
        Self { line, dialect, network: None }
    }

    /// The same, held to the form of a network's headers.
    pub(super) fn on(self, network: &'a Network) -> Self {
        Self { network: Some(network), ..self }
    }
}

impl<'a> Deref for Peer<'a> {
    type Target = Line<'a>;

    fn deref(&self) -> &Line<'a> {
        &self.line
    }
}

/// A call whose every error is a gap; `null` is left to the type.
pub(super) async fn ask<T: DeserializeOwned>(
    peer: Peer<'_>,
    method: &'static str,
    params: Value,
    question: &str,
) -> Result<(T, Reply), Gap> {
    let (told, reply) = ask_unread(peer, method, params, question).await?;
    let parsed = serde_json::from_str(told.get()).map_err(|error| peer.malformed(question, error.to_string()))?;
    Ok((parsed, reply))
}

/// The receipt of a transaction; many cases may ask for receipts of the block that it is in.
pub(super) async fn ask_receipt(
    peer: Peer<'_>,
    txid: &Txid,
    block: Option<Place>,
    question: &str,
) -> Asking<Arc<Receipt>> {
    let called = match block {
        Some(block) => peer.dialect.receipt_among(peer.line, txid, block, question).await,
        None => peer.dialect.call(peer.line, RECEIPT, json!([txid.as_str()]), question).await,
    };
    let (told, reply) = unrefused(peer, called, question)?;
    let read = reply.read(|| read_receipt(told.get()));
    let receipt = (*read).clone().map_err(|error| peer.malformed(question, error))?;
    Ok((receipt, reply))
}

/// A call whose every error is a gap, and whose result is still to be read.
pub(super) async fn ask_unread(
    peer: Peer<'_>,
    method: &'static str,
    params: Value,
    question: &str,
) -> Result<(Excerpt, Reply), Gap> {
    unrefused(peer, peer.dialect.call(peer.line, method, params, question).await, question)
}

fn unrefused(peer: Peer<'_>, called: Called, question: &str) -> Result<(Excerpt, Reply), Gap> {
    let (told, reply) = called?;
    Ok((told.map_err(|error| refusal(peer, &error, question))?, reply))
}

/// The gap of an error that the node answered.
fn refusal(peer: Peer<'_>, error: &RpcError, question: &str) -> Gap {
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
    peer.gap(question, why, format!("the node answered error {}: {}", error.code, error.message))
}
