//! What transaction and receipt together say: unknown, waiting, or in a block with its effects.

use serde_json::json;

use super::block::{self, View};
use super::effects::{approves, effects, moves_nft};
use super::peer::{Asking, ask};
use super::receipt::Info;
use super::transaction::{Action, Contents, Tx, address};
use crate::evidence::{BlockId, Particulars, Sighting};
use crate::sources::Line;
use crate::terms::{Amount, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// A transaction in a view.
pub(super) async fn transaction(line: Line<'_>, view: View, txid: &Txid) -> Asking<Tx> {
    let question = format!("transaction {txid}");
    ask(line, &view.path("gettransactionbyid"), json!({ "value": txid.as_str() }), &question).await
}

/// A receipt in a view.
pub(super) async fn receipt(line: Line<'_>, view: View, txid: &Txid) -> Asking<Info> {
    let question = format!("transaction {txid}");
    ask(line, &view.path("gettransactioninfobyid"), json!({ "value": txid.as_str() }), &question).await
}

/// A transaction that waits for a block. A node that does not show those has none to tell of.
pub(super) async fn waiting(line: Line<'_>, txid: &Txid) -> Result<Option<(Tx, Provenance)>, Gap> {
    let question = format!("whether {txid} waits for a block");
    match ask::<Tx>(line, "/wallet/gettransactionfrompending", json!({ "value": txid.as_str() }), &question).await {
        Ok((tx, reply)) => Ok(tx.map(|tx| (tx, reply.provenance()))),
        Err(gap) if gap.why == GapWhy::NotOffered => Ok(None),
        Err(gap) => Err(gap),
    }
}

/// What the node says of the transaction; an answer about another one is worthless.
pub(super) async fn sight(line: Line<'_>, network: &Network, txid: &Txid) -> Result<Seen<Sighting>, Gap> {
    let asked = (transaction(line, View::Newest, txid), receipt(line, View::Newest, txid));
    let (tx, info) = futures::future::join(asked.0, asked.1).await;
    let ((tx, tx_reply), (info, info_reply)) = (tx?, info?);
    let contents = tx.as_ref().map(|tx| tx.contents(line, txid)).transpose()?;
    if let Some(info) = &info {
        info.check(line, txid)?;
    }
    let both = tx_reply.provenance().and(&info_reply.provenance());
    match (tx.zip(contents), info) {
        (None, None) => Ok(match waiting(line, txid).await? {
            Some((tx, said)) => {
                tx.contents(line, txid)?;
                Seen::Yes(unrun(line, Seen::No(said.clone())), said)
            }
            None => Seen::No(both),
        }),
        (Some((tx, _)), None) if tx.ret.is_empty() => Ok(Seen::Yes(unrun(line, Seen::No(both.clone())), both)),
        // What has a result was in a block once; that nobody has its receipt says nothing against it.
        (Some(_), None) => {
            let gap = line.gap("which block it is in", GapWhy::LacksHistory, "the node has no receipt of it");
            Ok(Seen::Yes(unrun(line, Seen::Unknown(gap)), both))
        }
        (tx, Some(info)) => {
            let block = placed(line, &info).await;
            let (tx, contents) = tx.unzip();
            Ok(Seen::Yes(included(line, network, tx.as_ref(), contents.flatten(), (&info, block), &both), both))
        }
    }
}

/// Known, and in no block that could be named.
fn unrun(line: Line<'_>, block: Seen<BlockId>) -> Sighting {
    let unrun = |what: &str| line.gap(what, GapWhy::NotAsked, "it is in no block");
    Sighting {
        block,
        executed: Seen::Unknown(unrun("whether it ran")),
        failure: None,
        transfers: Seen::Unknown(unrun("what it moved")),
        fee: None,
        fee_rate: None,
        spends: None,
        senders: Vec::new(),
        particulars: Particulars { recomputed: true, ..Particulars::default() },
    }
}

/// The block that a receipt names only by its height and time.
async fn placed(line: Line<'_>, info: &Info) -> Seen<BlockId> {
    let question = "which block it is in";
    let asked = block::at(line, View::Newest, info.height, question).await;
    let found = asked.and_then(|(block, reply)| {
        let block = block.ok_or_else(|| line.malformed(question, "the node has no block at that height"))?;
        if block.milliseconds() != info.milliseconds {
            let detail = format!("block {} is of another time than the receipt", info.height);
            return Err(line.gap(question, GapWhy::Mismatch, detail));
        }
        let id = BlockId { time: block.time(), height: Some(info.height), hash: block.id };
        Ok(Seen::Yes(id, reply.provenance()))
    });
    found.unwrap_or_else(Seen::Unknown)
}

/// In the block that its receipt names.
fn included(
    line: Line<'_>,
    network: &Network,
    tx: Option<&Tx>,
    contents: Option<Contents>,
    (info, block): (&Info, Seen<BlockId>),
    said: &Provenance,
) -> Sighting {
    let action = contents.as_ref().map(|contents| &contents.action);
    // Without its bytes it may be a call.
    let calls =
        !matches!(action, Some(Action::Coin { .. } | Action::Asset { .. } | Action::Nothing | Action::Other(_)));
    let (executed, failure) = info.execution(line, tx.and_then(|tx| tx.ret.first()), calls, said);
    let question = "what it moved";
    let transfers = match (&executed, action) {
        (Seen::No(said), _) => Seen::Yes(Vec::new(), said.clone()),
        (Seen::Unknown(gap), _) => Seen::Unknown(gap.clone()),
        (Seen::Yes(..), Some(action)) => match effects(network, action, info) {
            Ok(moved) => Seen::Yes(moved, said.clone()),
            Err(detail) => Seen::Unknown(line.gap(question, GapWhy::NotOffered, detail)),
        },
        (Seen::Yes(..), None) if tx.is_some() => Seen::Unknown(line.malformed(question, "its bytes cannot be read")),
        (Seen::Yes(..), None) => {
            let detail = "the node has the receipt but no longer the transaction";
            Seen::Unknown(line.gap(question, GapWhy::LacksHistory, detail))
        }
    };
    let called = match action {
        Some(Action::Call { contract, .. }) => address(network, contract),
        _ => None,
    };
    // Of what failed no transfer names who tried it.
    let sender = match action.filter(|_| executed.is_no()) {
        Some(Action::Coin { from, .. } | Action::Asset { from, .. } | Action::Call { from, .. }) => {
            address(network, from)
        }
        _ => None,
    };
    Sighting {
        block,
        executed,
        failure,
        transfers,
        fee: Amount::from_units(&info.fee.to_string(), network.native_decimals()).ok(),
        fee_rate: None,
        spends: None,
        senders: sender.into_iter().collect(),
        particulars: Particulars {
            recomputed: tx.is_some(),
            approval: approves(info),
            nft: moves_nft(info),
            called,
            ..Particulars::default()
        },
    }
}
