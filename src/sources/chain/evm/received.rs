//! The payments to an account that a block explorer lists: coin of transactions, coin that contracts moved, and tokens,
//! each list by pages, the newest first. What one list lacks says nothing against the others.

use std::str::FromStr as _;

use ethers::types::{H160, U256};
use jiff::Timestamp;

use super::effects::token;
use super::peer::Peer;
use super::trace::coin;
use crate::evidence::{MOST_FOUND, Payment, Payments, Search, Transfer, TransferKind};
use crate::sources::Asked;
use crate::terms::{Address, Family, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Pages of one list that are read; the stretch before the oldest of them is left out.
const PAGES: usize = 20;

/// One of an explorer's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Transactions, with the coin that they carry themselves.
    Coin,
    /// Calls by contracts, with the coin that they carry.
    Inside,
    /// Transfers of tokens.
    Tokens,
}

impl List {
    fn question(self, network: &Network, search: &Search) -> String {
        let (coin, to) = (&network.native, format!("to {} since {}", search.address, search.since));
        match self {
            Self::Coin => format!("payments of {coin} {to}"),
            Self::Inside => format!("payments of {coin} by contracts {to}"),
            Self::Tokens => format!("payments of {} {to}", search.asset.as_deref().unwrap_or("tokens")),
        }
    }
}

/// A row of a list, whichever explorer prints it.
pub(super) struct Row {
    pub hash: String,
    /// Height of the block, where it is told.
    pub height: Option<u64>,
    /// Time of the block; nothing while it is in none.
    pub time: Option<Timestamp>,
    pub from: String,
    /// The receiver, which may be a contract that was made.
    pub to: String,
    /// The token's contract.
    pub contract: Option<String>,
    /// In the smallest unit, in decimal.
    pub units: String,
    pub log_index: Option<u64>,
    /// Whether it moved what it names; what failed did not.
    pub has_moved: bool,
}

/// A page of a list.
pub(super) struct Page {
    pub rows: Vec<Row>,
    /// What leads to the next page; nothing after the last one.
    pub next: Option<String>,
    pub said: Provenance,
    /// Why rows may be missing.
    pub lacks: Option<Gap>,
}

/// An explorer's index of what accounts received.
pub(super) trait Index: Send + Sync {
    /// Whether its lists also hold what the account sent.
    fn goes_both_ways(&self) -> bool;

    /// A page of a list: the first, or the one that the page before led to.
    fn page<'a>(
        &'a self,
        peer: Peer<'a>,
        network: &'a Network,
        search: &'a Search,
        list: List,
        at: Option<String>,
        question: &'a str,
    ) -> Asked<'a, Result<Page, Gap>>;
}

/// What was read of one list.
#[derive(Default)]
struct Reading {
    found: Vec<Payment>,
    said: Option<Provenance>,
    /// The time down to which it was read.
    oldest: Option<Timestamp>,
    /// Why it ends there.
    gap: Option<Gap>,
    /// Why rows above may be missing.
    lacks: Option<Gap>,
}

/// The payments that an explorer lists. A list that it does not tell, or not whole, is a gap beside what the others hold.
pub(super) async fn payments(peer: Peer<'_>, network: &Network, search: &Search, index: &dyn Index) -> Seen<Payments> {
    let mut lists = Vec::new();
    if search.wants_coin(network) {
        lists.extend([List::Coin, List::Inside]);
    }
    if search.contracts(network).is_none_or(|contracts| !contracts.is_empty()) {
        lists.push(List::Tokens);
    }
    let read = lists.into_iter().map(|list| read(peer, network, search, index, list));
    let mut payments = Payments::default();
    let (mut said, mut ends): (Option<Provenance>, Vec<Option<Timestamp>>) = (None, Vec::new());
    for reading in futures::future::join_all(read).await {
        if let Some(here) = reading.said {
            said = Some(said.map_or_else(|| here.clone(), |before| before.and(&here)));
            ends.push(if reading.gap.is_some() { reading.oldest } else { Some(search.since) });
        }
        payments.found.extend(reading.found);
        payments.unsearched.extend(reading.gap.into_iter().chain(reading.lacks));
    }
    let Some(said) = said else {
        let unlisted = || peer.gap("payments", GapWhy::NotOffered, "the network lists no such asset");
        return Seen::Unknown(payments.unsearched.into_iter().next().unwrap_or_else(unlisted));
    };
    // Nothing is less than a time: a list whose end is not known was looked through to no time.
    let known: Option<Vec<Timestamp>> = ends.into_iter().collect();
    payments.back_to = known.and_then(|ends| ends.into_iter().max());
    payments.seen(search, said)
}

async fn read(peer: Peer<'_>, network: &Network, search: &Search, index: &dyn Index, list: List) -> Reading {
    let question = list.question(network, search);
    let mut reading = Reading::default();
    let mut at = None;
    for _ in 0..PAGES {
        let page = match index.page(peer, network, search, list, at, &question).await {
            Ok(page) => page,
            // What the pages before told stands.
            Err(gap) => return Reading { gap: Some(gap), ..reading },
        };
        let found = match found(peer, network, search, index, list, &page, &question) {
            Ok(found) => found,
            // Who answers about something else, or in disorder, has told nothing of the pages before either.
            Err(gap) => return Reading { gap: Some(gap), ..Reading::default() },
        };
        reading.found.extend(found);
        reading.said = Some(reading.said.map_or_else(|| page.said.clone(), |before| before.and(&page.said)));
        reading.oldest = page.rows.last().and_then(|row| row.time).or(reading.oldest);
        reading.lacks = reading.lacks.or(page.lacks);
        if reading.oldest.is_some_and(|oldest| oldest < search.since) || page.next.is_none() {
            return reading;
        }
        if reading.found.len() >= MOST_FOUND {
            break;
        }
        at = page.next;
    }
    let gap = peer.gap(&question, GapWhy::TooLarge, "the address has a longer history than is read");
    Reading { gap: Some(gap), ..reading }
}

/// The payments of a page, whose rows have to be about the account and to go back in time.
fn found(
    peer: Peer<'_>,
    network: &Network,
    search: &Search,
    index: &dyn Index,
    list: List,
    page: &Page,
    question: &str,
) -> Result<Vec<Payment>, Gap> {
    if !page.rows.iter().filter_map(|row| row.time).is_sorted_by(|newer, older| newer >= older) {
        return Err(peer.malformed(question, "the list is not sorted by time"));
    }
    let is_it = |text: &str| account(text).is_some_and(|account| Address::from_evm(&account) == search.address);
    let mut found = Vec::new();
    for row in &page.rows {
        if !is_it(&row.to) {
            if index.goes_both_ways() && is_it(&row.from) {
                continue;
            }
            return Err(peer.gap(question, GapWhy::Mismatch, "the list holds a payment to somebody else"));
        }
        if row.has_moved && search.covers(row.time) {
            found.extend(payment(peer, network, search, list, row, question)?);
        }
    }
    Ok(found)
}

/// The payment that a row tells of; nothing for one of no coin, or of another token than those looked for.
fn payment(
    peer: Peer<'_>,
    network: &Network,
    search: &Search,
    list: List,
    row: &Row,
    question: &str,
) -> Result<Option<Payment>, Gap> {
    let damaged = || peer.malformed(question, "a row is damaged");
    let contract = row.contract.as_deref().and_then(account);
    if list == List::Tokens {
        let contract = Address::from_evm(&contract.ok_or_else(damaged)?);
        if search.contracts(network).is_some_and(|own| !own.contains(&&contract)) {
            return Ok(None);
        }
    }
    let units = Some(&row.units).filter(|text| !text.is_empty()).and_then(|text| U256::from_dec_str(text).ok());
    let parts = account(&row.from).zip(account(&row.to)).zip(units);
    let transfer = match (parts, list, contract) {
        (Some(((from, to), units)), List::Tokens, Some(contract)) => {
            token(network, &contract, &from, &to, units, row.log_index)
        }
        // Anybody may have a contract of his own write anything.
        (None, List::Tokens, Some(contract)) if network.token(&Address::from_evm(&contract)).is_none() => {
            return Ok(None);
        }
        (Some((_, units)), List::Coin | List::Inside, _) if units.is_zero() => return Ok(None),
        (Some(((from, to), units)), List::Inside, _) => coin(network, &from, Some(&to), units),
        (Some(((from, to), units)), List::Coin, _) => {
            Transfer { kind: TransferKind::Native, ..coin(network, &from, Some(&to), units) }
        }
        _ => return Err(damaged()),
    };
    let txid = Txid::parse(Family::Evm, &row.hash).ok_or_else(damaged)?;
    Ok(Some(Payment { txid, height: row.height, time: row.time, transfer }))
}

fn account(text: &str) -> Option<H160> {
    H160::from_str(text).ok()
}
