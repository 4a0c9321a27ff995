//! The history of an address, the newest first: `GET /api/v2/address/:address?details=txs`, page by page.

use bitcoin::ScriptBuf;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::answer::Tx;
use super::given;
use crate::evidence::{MOST_FOUND, Payment, Payments, Search};
use crate::sources::chain::{payments_to, raw_transaction};
use crate::sources::{Line, seen};
use crate::terms::{Address, Family, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Pages that are read; the stretch before the oldest of them is left out.
const PAGES: u64 = 40;
/// Transactions in a page: each comes with its inputs and scripts.
const PAGE: u64 = 25;

/// How much later a block may say that it was made than the one after it: Bitcoin's rules on the times of blocks.
const DISORDER: SignedDuration = SignedDuration::from_hours(2);

/// A page, as far as it is used.
#[derive(Deserialize)]
struct Page {
    #[serde(rename = "page")]
    number: u64,
    #[serde(rename = "totalPages")]
    last: u64,
    address: String,
    /// Left out where there are none.
    #[serde(default)]
    transactions: Vec<Tx>,
}

/// Payments to the address, read page by page until the stretch begins.
pub(super) async fn payments(line: Line<'_>, network: &Network, search: &Search) -> Seen<Payments> {
    if !search.wants_coin(network) {
        let detail = format!("only {} is looked for on {}", network.native, network.name);
        return Seen::Unknown(line.gap(&payments_to(search), GapWhy::NotOffered, detail));
    }
    seen(pages(line, network, search).await)
}

async fn pages(line: Line<'_>, network: &Network, search: &Search) -> Result<Seen<Payments>, Gap> {
    let question = payments_to(search);
    let mut payments = Payments::default();
    let mut said: Option<Provenance> = None;
    let mut oldest: Option<Timestamp> = None;
    for number in 1..=PAGES {
        let path = format!("/api/v2/address/{}?details=txs&page={number}&pageSize={PAGE}", search.address);
        let (page, reply) = match (given::<Page>(line, &path, &question).await, &said) {
            (Ok(answered), _) => answered,
            (Err(gap), None) => return Err(gap),
            // What the pages before told stands.
            (Err(gap), Some(said)) => return Ok(cut(payments, gap, oldest).seen(search, said.clone())),
        };
        let told = Address::parse(&network.identity, &page.address).ok().map(|parsed| parsed.address);
        // A page that is out of range is answered by the last one.
        if told.as_ref() != Some(&search.address) || page.number != number {
            let detail = format!("the answer is page {} of {}", page.number, page.address);
            return Err(line.gap(&question, GapWhy::Mismatch, detail));
        }
        for tx in &page.transactions {
            payments.found.extend(paid(line, network, search, tx, &question)?);
        }
        let confirmed = page.transactions.iter().rev().find(|tx| tx.is_confirmed());
        oldest = confirmed.and_then(Tx::time).or(oldest);
        let provenance = reply.provenance();
        let provenance = said.map_or_else(|| provenance.clone(), |said| said.and(&provenance));
        if page.last <= number || oldest.is_some_and(|oldest| search.since.duration_since(oldest) > DISORDER) {
            payments.back_to = Some(search.since);
            return Ok(payments.seen(search, provenance));
        }
        said = Some(provenance);
        if payments.found.len() >= MOST_FOUND {
            break;
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

/// What a transaction pays to the very address: told by its scripts, not by what is printed beside them.
fn paid(line: Line<'_>, network: &Network, search: &Search, tx: &Tx, question: &str) -> Result<Vec<Payment>, Gap> {
    let txid = Txid::parse(Family::Bitcoin, &tx.txid)
        .ok_or_else(|| line.malformed(question, "a transaction has no identifier"))?;
    let mut found = Vec::new();
    for output in &tx.vout {
        let unreadable = |what: &str| line.malformed(question, format!("an output of {txid} has no {what}"));
        let script = output.hex.as_deref().map(ScriptBuf::from_hex).transpose().map_err(|_| unreadable("script"))?;
        let (Some(script), Ok(index)) = (script, usize::try_from(output.n)) else { continue };
        let satoshi = output.value.as_deref().map_or(Ok(0), str::parse).map_err(|_| unreadable("value"))?;
        let transfer = raw_transaction::paid(network.bitcoin_chain(), &network.native, index, satoshi, &script);
        if transfer.to.as_ref() == Some(&search.address) {
            let time = tx.time().filter(|_| tx.is_confirmed());
            found.push(Payment { txid: txid.clone(), height: tx.height(), time, transfer });
        }
    }
    Ok(found)
}
