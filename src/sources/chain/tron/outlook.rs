//! What lies ahead of a transaction that is in no block. Every one of them says until when a block may hold it.

use super::block::{self, View};
use super::sighting::{receipt, transaction, waiting};
use super::transaction::Tx;
use crate::evidence::Outlook;
use crate::sources::{Line, seen};
use crate::terms::{Gap, GapWhy, Provenance, Seen, Txid};

/// How long after the expiration the solid view must have gone on, in milliseconds: nodes behind one address may be
/// apart by that much.
const MARGIN: u64 = 120_000;

/// What lies ahead. None takes another's place, none has to wait for another one, and none bids for its place.
pub(super) async fn outlook(line: Line<'_>, txid: &Txid) -> Outlook {
    let unoffered = |what: &str| line.gap(what, GapWhy::NotOffered, "this network's nodes do not tell");
    let asked = transaction(line, View::Newest, txid).await.map(|(tx, reply)| (tx, reply.provenance()));
    let (successor, before, lapsed) = match asked {
        Ok((tx, said)) => (Seen::No(said.clone()), Seen::No(said.clone()), lapsed(line, txid, tx, said).await),
        Err(gap) => (Seen::Unknown(gap.clone()), Seen::Unknown(gap.clone()), Some(Seen::Unknown(gap))),
    };
    Outlook {
        successor,
        known_before: Seen::Unknown(unoffered("whether the source remembers it")),
        going_rate: Seen::Unknown(unoffered("what transactions pay at present")),
        fee_rate: None,
        first_seen: None,
        lapsed,
        before,
    }
}

/// Whether its time has run out; nothing where nobody has its bytes, which alone say so.
async fn lapsed(line: Line<'_>, txid: &Txid, tx: Option<Tx>, said: Provenance) -> Option<Seen<()>> {
    let waits = match tx {
        Some(tx) if !tx.ret.is_empty() => {
            Err(line.gap("whether it can still arrive", GapWhy::Conflicting, "it has been in a block"))
        }
        Some(tx) => Ok(Some((tx, said))),
        None => waiting(line, txid).await,
    };
    match waits {
        Ok(None) => None,
        Ok(Some((tx, said))) => Some(seen(expired(line, txid, &tx, said).await)),
        Err(gap) => Some(Seen::Unknown(gap)),
    }
}

/// Yes when a block that nobody can take back is past the expiration, and the view of such blocks has neither the
/// transaction nor its receipt. That view is asked after its newest block, so that it has at least got so far. What has
/// a result or a receipt in the other view has been in a block, whatever became of that.
async fn expired(line: Line<'_>, txid: &Txid, tx: &Tx, said: Provenance) -> Result<Seen<()>, Gap> {
    let question = format!("whether {txid} can still arrive");
    let contents = tx.contents(line, txid)?.ok_or_else(|| line.malformed(&question, "its bytes cannot be read"))?;
    let (included, reply) = receipt(line, View::Newest, txid).await?;
    if included.is_some() {
        return Err(line.gap(&question, GapWhy::Conflicting, "it has been in a block"));
    }
    let said = said.and(&reply.provenance());
    let (newest, reply) = block::newest(line, View::Solid, &question).await?;
    let said = said.and(&reply.provenance());
    if newest.milliseconds() < contents.expiration.saturating_add(MARGIN) {
        return Ok(Seen::No(said));
    }
    let asked = (transaction(line, View::Solid, txid), receipt(line, View::Solid, txid));
    let (tx, receipt) = futures::future::join(asked.0, asked.1).await;
    let ((tx, tx_reply), (receipt, receipt_reply)) = (tx?, receipt?);
    if tx.is_some() || receipt.is_some() {
        return Err(line.gap(&question, GapWhy::Conflicting, "it is among the blocks that stand"));
    }
    Ok(Seen::Yes((), said.and(&tx_reply.provenance()).and(&receipt_reply.provenance())))
}
