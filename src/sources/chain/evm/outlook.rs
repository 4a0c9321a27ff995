//! What a node tells of a transaction that is in no block: whether its nonce is used up, and the base fee.

use ethers::types::{H256, U64};
use serde::Deserialize;
use serde_json::json;

use super::{Block, ask, gwei, mark};
use crate::evidence::{Outlook, Spends};
use crate::net::Reply;
use crate::sources::{Line, seen};
use crate::terms::{Address, Amount, Family, Gap, GapWhy, Seen, Txid};

/// `eth_getTransactionBySenderAndNonce`, as far as it is used.
#[derive(Deserialize)]
struct Named {
    hash: H256,
}

/// What lies ahead of a transaction that is in no block.
pub(super) async fn outlook(line: Line<'_>, txid: &Txid, spends: Option<&Spends>) -> Outlook {
    let (successor, going_rate) = futures::future::join(successor(line, txid, spends), base_fee(line)).await;
    let known_before = Seen::Unknown(line.gap("whether the node once knew it", GapWhy::NotOffered, "nodes forget"));
    Outlook { successor, known_before, going_rate, fee_rate: None, first_seen: None }
}

/// The transaction that used up the nonce. Where the node cannot name it, it may be this very one, included since it
/// was looked for: that counts only by a finalized block which is not above the head of that look.
async fn successor(line: Line<'_>, txid: &Txid, spends: Option<&Spends>) -> Seen<Option<Txid>> {
    let question = format!("what took the place of {txid}");
    let Some(Spends::Nonce { account, nonce }) = spends else {
        return Seen::Unknown(line.gap(&question, GapWhy::NotAsked, "nobody knows its sender and nonce any more"));
    };
    let named = ask::<Option<Named>>(
        line,
        "eth_getTransactionBySenderAndNonce",
        json!([account.as_str(), format!("{nonce:#x}")]),
        &question,
    );
    let used = async { futures::join!(count(line, account, "latest", &question), named) };
    let finalized = async {
        futures::join!(count(line, account, "finalized", &question), mark(line, "finalized"), latest(line, &question))
    };
    let ((used, named), (finalized, marked, looked)) = futures::future::join(used, finalized).await;
    // The same question as in the first look, so it is the head of then.
    let looked = looked.map_or(0, |(block, _)| block.map_or(0, |block| block.number.as_u64()));
    let settled = marked.yes().is_some_and(|height| *height > 0 && *height <= looked);
    seen(used.map(|(count, reply)| {
        let said = reply.provenance();
        if count <= *nonce {
            return Seen::No(said);
        }
        let hash = named.ok().and_then(|(named, reply)| Some((format!("{:#x}", named?.hash), reply)));
        let other = hash.and_then(|(hash, reply)| Some((Txid::parse(Family::Evm, &hash)?, reply)));
        match (other, finalized) {
            (Some((other, _)), _) if other == *txid => Seen::No(said),
            (Some((other, reply)), _) => Seen::Yes(Some(other), said.and(&reply.provenance())),
            // A node without finality marks its first block, or none.
            (None, Ok((count, reply))) if count > *nonce && settled => Seen::Yes(None, said.and(&reply.provenance())),
            (None, _) => Seen::Unknown(line.gap(
                &question,
                GapWhy::NotOffered,
                "another one did, and the node does not say which",
            )),
        }
    }))
}

/// How many transactions of an account are in the chain up to a block.
async fn count(line: Line<'_>, account: &Address, at: &str, question: &str) -> Result<(u64, Reply), Gap> {
    let asked = ask::<U64>(line, "eth_getTransactionCount", json!([account.as_str(), at]), question);
    asked.await.map(|(count, reply)| (count.as_u64(), reply))
}

async fn latest(line: Line<'_>, question: &str) -> Result<(Option<Block>, Reply), Gap> {
    ask(line, "eth_getBlockByNumber", json!(["latest", false]), question).await
}

/// What every transaction of the newest block had to pay at least: EIP-1559. The same question as for the head, so
/// it is not asked twice.
async fn base_fee(line: Line<'_>) -> Seen<Amount> {
    let question = "what transactions pay at present";
    seen(latest(line, question).await.and_then(|(block, reply)| {
        let fee = block.and_then(|block| gwei(block.base_fee_per_gas?));
        let fee = fee.ok_or_else(|| line.gap(question, GapWhy::NotOffered, "its blocks have no base fee"))?;
        Ok(Seen::Yes(fee, reply.provenance()))
    }))
}
