//! The transaction of an account and a nonce: by name where the node keeps an index of them, else by the block in which
//! the account's count passed the nonce. Counts of long ago are for nodes that keep old states.

use ethers::types::U64;
use serde::Deserialize;
use serde_json::json;

use super::height;
use super::peer::{Peer, ask};
use super::transaction::Tx;
use crate::net::Reply;
use crate::sources::seen;
use crate::terms::{Address, Gap, GapWhy, Provenance, Seen, Txid};

/// How far back the first of the older counts is asked for, in blocks; each next one is so many times as far.
const STEP: u64 = 16;

/// A block with its transactions, as far as they are used.
#[derive(Deserialize)]
struct Full {
    number: U64,
    transactions: Vec<Tx>,
}

/// The transaction, in a block or waiting for one; no where the account has not got so far.
pub(super) async fn sent(peer: Peer<'_>, account: &Address, nonce: u64) -> Seen<Txid> {
    let question = format!("transaction {nonce} of {account}");
    let used = count(peer, account, "latest", &question);
    let (used, named) = futures::future::join(used, peer.dialect.named(peer, account, nonce, &question)).await;
    if let Ok((Some(named), reply)) = named {
        return Seen::Yes(named, reply.provenance());
    }
    seen(match used {
        Err(gap) => Err(gap),
        Ok((used, reply)) if used <= nonce => Ok(Seen::No(reply.provenance())),
        Ok(_) => in_chain(peer, account, nonce, &question).await.map(|(txid, provenance)| Seen::Yes(txid, provenance)),
    })
}

/// The transaction of a nonce that is used up, found in the block by which it was.
pub(super) async fn in_chain(
    peer: Peer<'_>,
    account: &Address,
    nonce: u64,
    question: &str,
) -> Result<(Txid, Provenance), Gap> {
    // The same question as for the head, so it is not asked twice.
    let (head, _) = height::block(peer, "latest", question).await?;
    let (mut before, mut after) = (None, head.number.as_u64());
    // Recent states are kept by every node: they are looked at first.
    let mut step = STEP;
    while before.is_none() && after > 0 {
        let at = after.saturating_sub(step);
        match count(peer, account, &format!("{at:#x}"), question).await?.0 {
            used if used > nonce => after = at,
            _ => before = Some(at),
        }
        step = step.saturating_mul(STEP);
    }
    let mut before = before.unwrap_or(0);
    while after.saturating_sub(before) > 1 {
        let middle = before + (after - before) / 2;
        match count(peer, account, &format!("{middle:#x}"), question).await?.0 {
            used if used > nonce => after = middle,
            _ => before = middle,
        }
    }
    in_block(peer, account, nonce, after, question).await
}

/// The transaction in its block, by its own fields; a hash that they do not give is somebody's mistake.
async fn in_block(
    peer: Peer<'_>,
    account: &Address,
    nonce: u64,
    at: u64,
    question: &str,
) -> Result<(Txid, Provenance), Gap> {
    let params = json!([format!("{at:#x}"), true]);
    let (block, reply) = ask::<Option<Full>>(peer, "eth_getBlockByNumber", params, question).await?;
    let block = block.filter(|block| block.number.as_u64() == at);
    let transactions = block.map(|block| block.transactions).unwrap_or_default();
    let own = |tx: &&Tx| Address::from_evm(&tx.from) == *account && tx.nonce == nonce.into();
    let tx = transactions.iter().find(own).filter(|tx| tx.recomputed_hash().is_none_or(|hash| hash == tx.hash));
    let missing = || peer.gap(question, GapWhy::Mismatch, format!("block {at} does not hold it, although it must"));
    let tx = tx.ok_or_else(missing)?;
    let txid = super::txid(&tx.hash).ok_or_else(|| peer.malformed(question, "it has no identifier"))?;
    Ok((txid, reply.provenance()))
}

/// How many transactions of an account are in the chain up to a block.
pub(super) async fn count(peer: Peer<'_>, account: &Address, at: &str, question: &str) -> Result<(u64, Reply), Gap> {
    let asked = ask::<U64>(peer, "eth_getTransactionCount", json!([account.as_str(), at]), question);
    asked.await.map(|(count, reply)| (count.as_u64(), reply))
}
