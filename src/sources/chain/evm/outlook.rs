//! What a node tells of a transaction that is in no block: whether its nonce is used up, and the base fee.

use super::nonce::{count, in_chain};
use super::peer::Peer;
use super::{Block, block, gwei, mark};
use crate::evidence::{Before, Outlook, Spends};
use crate::net::Reply;
use crate::sources::seen;
use crate::terms::{Amount, Gap, GapWhy, Seen, Txid};

/// What lies ahead of a transaction that is in no block.
pub(super) async fn outlook(peer: Peer<'_>, txid: &Txid, spends: Option<&Spends>) -> Outlook {
    let (known_before, remembered) = peer.dialect.memory(peer, txid).await;
    let spends = spends.or(remembered.as_ref());
    let (successor, going_rate, before) =
        Box::pin(futures::future::join3(successor(peer, txid, spends), base_fee(peer), missing(peer, spends))).await;
    Outlook { successor, known_before, lapsed: None, going_rate, fee_rate: None, first_seen: None, before }
}

/// The transaction that used up the nonce, by name or in its block. Where the node cannot tell, it may be this very one,
/// included since it was looked for: that counts only by a finalized block which is not above the head of that look.
async fn successor(peer: Peer<'_>, txid: &Txid, spends: Option<&Spends>) -> Seen<Option<Txid>> {
    let question = format!("what took the place of {txid}");
    let Some(Spends::Nonce { account, nonce }) = spends else {
        return Seen::Unknown(peer.gap(&question, GapWhy::NotAsked, "nobody knows its sender and nonce any more"));
    };
    let named = peer.dialect.named(peer, account, *nonce, &question);
    let used = async { futures::join!(count(peer, account, "latest", &question), named) };
    let finalized = async {
        futures::join!(count(peer, account, "finalized", &question), mark(peer, "finalized"), latest(peer, &question))
    };
    let ((used, named), (finalized, marked, looked)) = futures::future::join(used, finalized).await;
    // The same question as in the first look, so it is the head of then.
    let looked = looked.map_or(0, |(block, _)| block.map_or(0, |(block, _)| block.number.as_u64()));
    let settled = marked.yes().is_some_and(|height| *height > 0 && *height <= looked);
    let mut other = named.ok().and_then(|(named, reply)| Some((named?, reply.provenance())));
    if other.is_none() && used.as_ref().is_ok_and(|(count, _)| count > nonce) {
        other = in_chain(peer, account, *nonce, &question).await.ok();
    }
    seen(used.map(|(count, reply)| {
        let said = reply.provenance();
        if count <= *nonce {
            return Seen::No(said);
        }
        match (other, finalized) {
            (Some((other, _)), _) if other == *txid => Seen::No(said),
            (Some((other, told)), _) => Seen::Yes(Some(other), said.and(&told)),
            // A node without finality marks its first block, or none.
            (None, Ok((count, reply))) if count > *nonce && settled => Seen::Yes(None, said.and(&reply.provenance())),
            (None, _) => Seen::Unknown(peer.gap(
                &question,
                GapWhy::NotOffered,
                "another one did, and the node does not say which",
            )),
        }
    }))
}

/// An earlier nonce that the node knows nothing of: the first that no waiting transaction fills, or the one right before
/// this one. Many nodes do not count what waits, so that the count alone tells nothing.
async fn missing(peer: Peer<'_>, spends: Option<&Spends>) -> Seen<Before> {
    let question = "whether an earlier transaction of its account is missing";
    let Some(Spends::Nonce { account, nonce }) = spends else {
        return Seen::Unknown(peer.gap(question, GapWhy::NotAsked, "its sender and nonce are not known"));
    };
    let previous = async {
        match nonce.checked_sub(1) {
            Some(previous) => {
                peer.dialect.named(peer, account, previous, question).await.map(|(named, _)| named.is_none())
            }
            None => Ok(false),
        }
    };
    let counts = (count(peer, account, "latest", question), count(peer, account, "pending", question));
    let (used, waiting, unknown) = futures::join!(counts.0, counts.1, previous);
    let counted = used.and_then(|(used, reply)| Ok((used, waiting?.0.max(used), reply.provenance())));
    seen(counted.map(|(used, filled, said)| match unknown {
        _ if used >= *nonce || filled > *nonce => Seen::No(said),
        // Counts of two moments may differ by one transaction that was included in between.
        _ if filled > used + 1 && filled < *nonce => {
            Seen::Yes(Before::MissingNonce { missing: filled, next: used }, said)
        }
        Ok(true) => Seen::Yes(Before::MissingNonce { missing: nonce - 1, next: used }, said),
        Ok(false) => Seen::No(said),
        Err(gap) => Seen::Unknown(gap),
    }))
}

async fn latest(peer: Peer<'_>, question: &str) -> Result<(Option<(Block, bool)>, Reply), Gap> {
    block(peer, "latest", question).await
}

/// What every transaction of the newest block had to pay at least: EIP-1559. The same question as for the head, so
/// it is not asked twice.
async fn base_fee(peer: Peer<'_>) -> Seen<Amount> {
    let question = "what transactions pay at present";
    seen(latest(peer, question).await.and_then(|(block, reply)| {
        let fee = block.and_then(|(block, _)| gwei(block.base_fee_per_gas?));
        let fee = fee.ok_or_else(|| peer.gap(question, GapWhy::NotOffered, "its blocks have no base fee"))?;
        Ok(Seen::Yes(fee, reply.provenance()))
    }))
}
