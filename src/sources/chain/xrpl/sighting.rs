//! What a server says of a transaction: unknown, waiting, or in a validated ledger with its effects.

use serde_json::json;

use super::effects::transfers;
use super::ledger::ledger;
use super::results::{FAILED, SUCCESS, words};
use super::transaction::{Found, Meta, PARTIAL, bytes, prove, transaction};
use super::{BlockId, Gap, GapWhy, Line, Network, Reply, Seen, Sighting, Spends, Txid, time};
use crate::evidence::{Particulars, Transfer};
use crate::terms::{Amount, Provenance};

/// What the server knows of a transaction. Its bytes travel in the same wave.
pub(super) async fn sighting(line: Line<'_>, network: &Network, txid: &Txid) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    let asked = (transaction(line, network, txid, None, &question), bytes(line, txid, &question));
    let (told, hex) = futures::future::join(asked.0, asked.1).await;
    let (told, reply) = told?;
    let Ok(found) = told else { return Ok(Seen::No(reply.provenance())) };
    let found = prove(line, network, txid, found, hex.as_deref())?;
    if !found.validated {
        return Ok(Seen::Yes(waiting(line, &found, &reply), reply.provenance()));
    }
    let block = block(line, &found, &question).await?;
    let meta =
        found.meta.as_ref().ok_or_else(|| line.malformed(&question, "a validated transaction has no metadata"))?;
    Ok(Seen::Yes(included(line, network, &found, (block, meta), &reply.provenance()), reply.provenance()))
}

/// The ledger that holds it. Version 1 of the API does not tell its hash, so that the ledger is asked for.
async fn block(line: Line<'_>, found: &Found, question: &str) -> Result<BlockId, Gap> {
    let height = found.height.ok_or_else(|| line.malformed(question, "its ledger has no number"))?;
    let time = found.tx.date.and_then(time);
    let hash = match &found.ledger_hash {
        Some(hash) => hash.clone(),
        None => ledger(line, json!(height), question).await?.0.hash,
    };
    Ok(BlockId { hash, height: Some(height), time })
}

/// Known, and in no validated ledger: whatever it did so far is not final.
fn waiting(line: Line<'_>, found: &Found, reply: &Reply) -> Sighting {
    let unrun = |what: &str| line.gap(what, GapWhy::NotAsked, "it is in no validated ledger");
    Sighting {
        block: Seen::No(reply.provenance()),
        executed: Seen::Unknown(unrun("whether it ran")),
        failure: None,
        transfers: Seen::Unknown(unrun("what it moved")),
        fee: None,
        fee_rate: None,
        spends: spends(found),
        senders: vec![found.order.account.clone()],
        particulars: Particulars { recomputed: found.recomputed, ..Particulars::default() },
    }
}

fn included(
    line: Line<'_>,
    network: &Network,
    found: &Found,
    (block, meta): (BlockId, &Meta),
    said: &Provenance,
) -> Sighting {
    let unknown = |what: &str, detail: String| line.malformed(what, detail);
    let executed = match meta.result.as_str() {
        SUCCESS => Seen::Yes((), said.clone()),
        result if result.starts_with(FAILED) => Seen::No(said.clone()),
        _ => Seen::Unknown(unknown("whether it ran", "its result is none that a ledger holds".to_owned())),
    };
    let moved = match &executed {
        Seen::Yes(..) => match transfers(network, found, meta) {
            Ok(moved) => Seen::Yes(moved, said.clone()),
            Err(why) => Seen::Unknown(unknown("what it moved", why.to_owned())),
        },
        Seen::No(said) => Seen::Yes(Vec::new(), said.clone()),
        Seen::Unknown(gap) => Seen::Unknown(gap.clone()),
    };
    Sighting {
        block: Seen::Yes(block, said.clone()),
        failure: executed.is_no().then(|| words(&meta.result)),
        particulars: particulars(network, found, &moved),
        executed,
        transfers: moved,
        fee: Amount::from_units(&found.tx.fee, network.native_decimals()).ok(),
        fee_rate: None,
        spends: spends(found),
        senders: vec![found.order.account.clone()],
    }
}

/// A partial payment may deliver less than it says.
fn particulars(network: &Network, found: &Found, moved: &Seen<Vec<Transfer>>) -> Particulars {
    let partial = found.order.is_payment && found.order.flags & PARTIAL != 0 && moved.is_yes();
    let promised = found.order.amount.as_ref().filter(|_| partial);
    Particulars {
        recomputed: found.recomputed,
        // A check lets its receiver take the sum.
        approval: found.tx.transaction_type == "CheckCreate",
        nft: found.tx.transaction_type.starts_with("NFToken"),
        promised: promised.and_then(|sum| sum.amount(network)),
        ..Particulars::default()
    }
}

/// The place among its account's transactions; a ticket's has none in their order.
fn spends(found: &Found) -> Option<Spends> {
    let nonce = u64::from(found.order.sequence);
    (nonce > 0).then(|| Spends::Nonce { account: found.order.account.clone(), nonce })
}
