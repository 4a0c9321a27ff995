//! Which transaction an identifier is of: its own hash, or one of its messages'.

use jiff::{SignedDuration, Timestamp};

use super::body;
use super::info;
use super::movements::{self, Movements};
use super::trace::Trace;
use super::wire::{self, Traces, Transactions, ask};
use crate::net::Reply;
use crate::sources::Line;
use crate::terms::{Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Other names of one payment that a ledger is asked for.
const MOST_NAMES: usize = 20;
/// The masterchain may refer to a block so much later than the block says it was made.
const DELAY: SignedDuration = SignedDuration::from_secs(120);

/// What an indexer has for an identifier.
pub(super) enum Found {
    /// A transaction of this hash, with everything that belongs to it.
    Here(Told),
    /// No transaction, and no message either, or one.
    Nothing(Provenance),
}

/// The trace of a transaction as far as it is meant.
pub(super) struct Told {
    pub(super) trace: Trace,
    pub(super) meant: Vec<usize>,
    pub(super) moved: Result<Movements, Gap>,
    pub(super) said: Provenance,
}

/// Where a transaction's trace is asked for.
fn trace_of(txid: &Txid) -> String {
    format!("/traces?tx_hash={txid}&limit=1")
}

/// Where the trace of a message that waits is asked for.
fn pending(hash: &Txid) -> String {
    format!("/pendingTraces?ext_msg_hash={hash}")
}

pub(super) async fn found(line: Line<'_>, network: &Network, txid: &Txid) -> Result<Found, Gap> {
    let question = format!("transaction {txid}");
    let (told, reply) = ask::<Traces>(line, &trace_of(txid), &question).await?;
    if let Some(told) = told.and_then(|told| told.traces).unwrap_or_default().first() {
        let trace = Trace::read(line, told, &question)?;
        let at = trace.at(txid);
        let at = at.ok_or_else(|| line.gap(&question, GapWhy::Mismatch, "the answer is about another trace"))?;
        return Ok(Found::Here(tell(line, network, trace, at, reply.provenance()).await));
    }
    // Traces are put together later than transactions are read.
    let path = format!("/transactions?hash={txid}&limit=1");
    let (known, listed) = ask::<Transactions>(line, &path, &question).await?;
    if !known.and_then(|known| known.transactions).unwrap_or_default().is_empty() {
        return Err(line.gap(&question, GapWhy::Behind, "the indexer has the transaction, and not yet its trace"));
    }
    Ok(Found::Nothing(reply.provenance().and(&listed.provenance())))
}

/// A trace as far as a transaction of it is meant, with what that moved.
pub(super) async fn tell(line: Line<'_>, network: &Network, trace: Trace, at: usize, said: Provenance) -> Told {
    let question = "what it moved";
    let meant = trace.meant(at);
    if trace.is_under_way(&meant) {
        let gap = line.gap(question, GapWhy::Behind, "a message of it is still on its way");
        return Told { trace, meant, moved: Err(gap), said };
    }
    let (moved, said) = match movements::wallets(line, &trace, question).await {
        Ok((wallets, replies)) => {
            let said = replies.iter().map(Reply::provenance).fold(said, |said, more| said.and(&more));
            (movements::movements(line, network, &trace, &meant, &wallets), said)
        }
        Err(gap) => (Err(gap), said),
    };
    Told { trace, meant, moved, said }
}

/// The trace that is to follow from a message which no block has taken in; nothing where none waits, or where the
/// indexer does not look.
pub(super) async fn waiting(line: Line<'_>, hash: &Txid) -> Result<Option<(wire::Trace, Provenance)>, Gap> {
    let question = format!("whether {hash} waits");
    let reply = line.get(&pending(hash), &question).await?;
    // It is offered by some only.
    if reply.status != 200 {
        return Ok(None);
    }
    let told: Traces = reply.json().map_err(|failure| line.failed(&failure, &question))?;
    let Some(trace) = told.traces.unwrap_or_default().into_iter().next() else { return Ok(None) };
    let asked = |message: &wire::Message| {
        let names = [Some(&message.hash), message.hash_norm.as_ref()];
        names.into_iter().flatten().any(|name| wire::hash(name).as_ref() == Some(hash))
            || body::normalised(message.destination.as_deref().unwrap_or(""), message.body().unwrap_or("")).as_ref()
                == Some(hash)
    };
    if !trace.transactions.values().filter_map(|one| one.in_msg.as_ref()).any(asked) {
        return Err(line.gap(&question, GapWhy::Mismatch, "the answer is about another message"));
    }
    Ok(Some((trace, reply.provenance())))
}

/// The transaction of a message of this hash: the one that took it in, else the one that sent it.
pub(super) async fn message(line: Line<'_>, hash: &Txid) -> Result<Seen<Txid>, Gap> {
    let question = format!("whether {hash} is a message's hash");
    let path = format!("/transactionsByMessage?msg_hash={hash}&limit=10");
    let (told, reply) = ask::<Transactions>(line, &path, &question).await?;
    let said = reply.provenance();
    let told = told.and_then(|told| told.transactions).unwrap_or_default();
    let Some(first) = told.first() else { return Ok(Seen::No(said)) };
    let named = |message: &wire::Message| {
        let names = [Some(&message.hash), message.hash_norm.as_ref()];
        names.into_iter().flatten().any(|name| wire::hash(name).as_ref() == Some(hash))
    };
    let computed = |message: &wire::Message| {
        let normalised = body::normalised(message.destination.as_deref()?, message.body()?);
        message.source.is_none().then_some(normalised == Some(hash.clone()))
    };
    let proven = |message: &wire::Message| computed(message) == Some(true);
    let taken = told.iter().find(|one| one.in_msg.as_ref().is_some_and(|message| named(message) || proven(message)));
    let sent = || told.iter().find(|one| one.out_msgs.iter().any(named));
    let other = || line.gap(&question, GapWhy::Mismatch, format!("the answer is about {}", first.hash));
    let one = taken.or_else(sent).ok_or_else(other)?;
    let txid = wire::hash(&one.hash).ok_or_else(|| line.malformed(&question, "a transaction has no hash"))?;
    let said = if one.in_msg.as_ref().is_some_and(proven) { said.proven() } else { said };
    Ok(Seen::Yes(txid, said))
}

/// The other names of what a transaction belongs to: a ledger may have filed a payment under the hash of the receiver's
/// transaction, of the sender's, or of the message with which it began.
pub(super) async fn names(line: Line<'_>, txid: &Txid) -> Result<Seen<Vec<Txid>>, Gap> {
    let question = format!("the other names of {txid}");
    let (told, reply) = ask::<Traces>(line, &trace_of(txid), &question).await?;
    let told = told.and_then(|told| told.traces).unwrap_or_default();
    let Some(told) = told.first() else { return Ok(Seen::No(reply.provenance())) };
    let trace = Trace::read(line, told, &question)?;
    let at =
        trace.at(txid).ok_or_else(|| line.gap(&question, GapWhy::Mismatch, "the answer is about another trace"))?;
    let mut names = trace.names(&trace.meant(at));
    names.retain(|name| name != txid);
    if names.len() > MOST_NAMES {
        let detail = format!("it belongs to a payment of {} transactions", names.len());
        return Err(line.gap(&question, GapWhy::TooLarge, detail));
    }
    Ok(Seen::Yes(names, reply.provenance()))
}

/// Whether the time has passed until which a wallet takes the order that waits; nothing where none does, or where it
/// says no time.
pub(super) async fn lapsed(line: Line<'_>, hash: &Txid) -> Option<Seen<()>> {
    let (trace, said) = waiting(line, hash).await.ok()??;
    let orders = trace.transactions.values().filter_map(|one| one.in_msg.as_ref());
    let order = orders.filter(|message| message.source.is_none()).find_map(wire::Message::body)?;
    let until = body::valid_until(order)?;
    let (info, head) = info(line, "the newest block of the network").await.ok()?;
    let now: Timestamp = info.last.time()?;
    let passed = now.duration_since(until) > DELAY;
    let said = said.and(&head);
    Some(if passed { Seen::Yes((), said) } else { Seen::No(said) })
}
