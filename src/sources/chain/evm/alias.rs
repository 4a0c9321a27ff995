//! What a hash is that no transaction has: a block's, or one that a smart account's own events name.

use ethers::types::H256;
use serde::Deserialize;
use serde_json::json;

use super::effects::{SAFE_FAILURE, SAFE_SUCCESS, USER_OPERATION};
use super::peer::{Peer, ask};
use super::{Block, txid};
use crate::evidence::Alias;
use crate::net::Reply;
use crate::sources::seen;
use crate::terms::{Gap, GapWhy, Seen, Txid};

/// Newest blocks whose events are searched: about what public nodes allow in one call.
const LOOK_BACK: u64 = 5_000;

/// An element of `eth_getLogs`, as far as it is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    topics: Vec<H256>,
    transaction_hash: H256,
}

/// What else a hash is. A no needs both: no block of that hash, and no event that names it.
pub(super) async fn alias(peer: Peer<'_>, hash: &Txid) -> Seen<Alias> {
    let question = format!("what else {hash} is");
    let block = ask::<Option<Block>>(peer, "eth_getBlockByHash", json!([hash.as_str(), false]), &question);
    let (block, event) = futures::future::join(block, event(peer, hash, &question)).await;
    let searched = match event {
        Ok(Some((alias, reply))) => return Seen::Yes(alias, reply.provenance()),
        Ok(None) => Ok(()),
        Err(gap) => Err(gap),
    };
    seen(block.and_then(|(block, reply)| match block {
        Some(block) if format!("{:#x}", block.hash) != hash.as_str() => {
            Err(peer.gap(&question, GapWhy::Mismatch, "the answer is about another block"))
        }
        Some(block) => Ok(Seen::Yes(Alias::Block(block.number.as_u64()), reply.provenance())),
        None => searched.map(|()| Seen::No(reply.provenance())),
    }))
}

/// The event of a smart account that names the hash. (Older Safes do not index it, and are not found.)
async fn event(peer: Peer<'_>, hash: &Txid, question: &str) -> Result<Option<(Alias, Reply)>, Gap> {
    // The same question as for the head, so it is not asked twice.
    let (head, _) = ask::<Option<Block>>(peer, "eth_getBlockByNumber", json!(["latest", false]), question).await?;
    let from = head.map_or(0, |head| head.number.as_u64().saturating_sub(LOOK_BACK));
    let params = json!([{
        "fromBlock": format!("{from:#x}"), "toBlock": "latest",
        "topics": [[USER_OPERATION, SAFE_SUCCESS, SAFE_FAILURE], hash.as_str()],
    }]);
    let (logs, reply) = ask::<Vec<Log>>(peer, "eth_getLogs", params, question).await?;
    let named = |log: &&Log| log.topics.get(1).is_some_and(|topic| format!("{topic:#x}") == hash.as_str());
    let Some(log) = logs.iter().find(named) else { return Ok(None) };
    let carried = txid(&log.transaction_hash);
    let operation = log.topics.first() == Some(&USER_OPERATION);
    let alias = |txid| if operation { Alias::UserOperation(txid) } else { Alias::SafeTransaction(txid) };
    Ok(carried.map(|txid| (alias(txid), reply)))
}
