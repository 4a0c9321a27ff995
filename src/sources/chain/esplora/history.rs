//! The history of an address, the newest first: `GET /address/:address/txs` and, page by page,
//! `/address/:address/txs/chain/:last_seen_txid`.

use bitcoin::ScriptBuf;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::Status;
use crate::evidence::{MOST_FOUND, Payment, Payments, Search};
use crate::net::Reply;
use crate::sources::chain::{payments_to, raw_transaction};
use crate::sources::{Line, seen};
use crate::terms::{Family, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Pages that are read; the stretch before the oldest of them is left out.
const PAGES: usize = 40;
/// Confirmed transactions in a full page.
pub(super) const PAGE: usize = 25;
/// Unconfirmed transactions that the first page holds at most, by the interface's description.
const MOST_UNCONFIRMED: usize = 50;

/// How much later a block may say that it was made than the one after it: Bitcoin's rules on the times of blocks.
const DISORDER: SignedDuration = SignedDuration::from_hours(2);

/// An element of the history, as far as it is used.
#[derive(Deserialize)]
pub(super) struct Tx {
    pub(super) txid: String,
    vout: Vec<Output>,
    status: Status,
}

#[derive(Deserialize)]
struct Output {
    scriptpubkey: String,
    value: u64,
}

/// Payments to the address, read page by page until the stretch begins.
pub(super) async fn payments(line: Line<'_>, network: &Network, search: &Search) -> Seen<Payments> {
    if !search.wants_coin(network) {
        let detail = format!("{} carries nothing but {}", network.name, network.native);
        return Seen::Unknown(line.gap(&payments_to(search), GapWhy::NotOffered, detail));
    }
    seen(pages(line, network, search).await)
}

async fn pages(line: Line<'_>, network: &Network, search: &Search) -> Result<Seen<Payments>, Gap> {
    let question = payments_to(search);
    let mut path = format!("/address/{}/txs", search.address);
    let mut payments = Payments::default();
    let mut said: Option<Provenance> = None;
    let mut oldest: Option<Timestamp> = None;
    for _ in 0..PAGES {
        let page = page(line, &path, &question).await;
        let (txs, reply) = match (page, &said) {
            (Ok(page), _) => page,
            (Err(gap), None) => return Err(gap),
            // What the pages before told stands.
            (Err(gap), Some(said)) => return Ok(cut(payments, gap, oldest).seen(search, said.clone())),
        };
        let provenance = reply.provenance();
        let provenance = said.map_or_else(|| provenance.clone(), |said| said.and(&provenance));
        let confirmed: Vec<&Tx> = txs.iter().filter(|tx| tx.status.confirmed).collect();
        if txs.len() - confirmed.len() >= MOST_UNCONFIRMED {
            let detail = "it lists only some of those that are in no block";
            payments.unsearched.push(line.gap(&question, GapWhy::TooLarge, detail));
        }
        for tx in &txs {
            payments.found.extend(paid(line, network, search, tx, &question)?);
        }
        let last = confirmed.last().copied();
        oldest = last.and_then(|tx| tx.status.time()).or(oldest);
        said = Some(provenance.clone());
        if confirmed.len() < PAGE || oldest.is_some_and(|oldest| search.since.duration_since(oldest) > DISORDER) {
            payments.back_to = Some(search.since);
            return Ok(payments.seen(search, provenance));
        }
        match last.and_then(|tx| Txid::parse(Family::Bitcoin, &tx.txid)) {
            Some(last) if payments.found.len() < MOST_FOUND => {
                path = format!("/address/{}/txs/chain/{last}", search.address);
            }
            _ => break,
        }
    }
    let gap = line.gap(&question, GapWhy::TooLarge, "the address has a longer history than is read");
    match said {
        Some(said) => Ok(cut(payments, gap, oldest).seen(search, said)),
        None => Err(gap),
    }
}

/// The payments of the pages that were read, and that there are more.
fn cut(mut payments: Payments, gap: Gap, oldest: Option<Timestamp>) -> Payments {
    payments.unsearched.push(gap);
    payments.back_to = oldest;
    payments
}

/// One page.
pub(super) async fn page(line: Line<'_>, path: &str, question: &str) -> Result<(Vec<Tx>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    if reply.status != 200 {
        let why = if reply.status == 404 { GapWhy::NotOffered } else { GapWhy::ServerError };
        return Err(line.gap(question, why, format!("HTTP status {}", reply.status)));
    }
    let txs: Vec<Tx> = reply.json().map_err(|failure| line.failed(&failure, question))?;
    Ok((txs, reply))
}

/// What a transaction pays to the very address: told by its scripts, not by what is printed beside them.
fn paid(line: Line<'_>, network: &Network, search: &Search, tx: &Tx, question: &str) -> Result<Vec<Payment>, Gap> {
    let txid = Txid::parse(Family::Bitcoin, &tx.txid)
        .ok_or_else(|| line.malformed(question, "a transaction has no identifier"))?;
    let mut found = Vec::new();
    for (index, output) in tx.vout.iter().enumerate() {
        let script = ScriptBuf::from_hex(&output.scriptpubkey)
            .map_err(|_| line.malformed(question, format!("an output of {txid} has no script")))?;
        let transfer = raw_transaction::paid(network.bitcoin_chain(), &network.native, index, output.value, &script);
        if transfer.to.as_ref() == Some(&search.address) {
            let height = tx.status.block_height.filter(|_| tx.status.confirmed);
            found.push(Payment { txid: txid.clone(), height, time: tx.status.time(), transfer });
        }
    }
    Ok(found)
}
