//! Bithumb's two lists: deposits and withdrawals, by transaction, by id and by time.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::ask;
use super::wallets::{Networks, moment};
use super::words::{deposit_state, withdrawal_state};
use crate::evidence::{Deposit, OWN_ACCOUNT, Span, Withdrawal, WithdrawalStatus};
use crate::sources::contract::{segment, share};
use crate::sources::ledger::Hints;
use crate::sources::ledger::account::{Plain, listed, listing_of};
use crate::sources::{Line, seen};
use crate::terms::{Amount, Gap, GapWhy, Provenance, Seen, Shape, Txid};

/// "Coin deposits" and "Coin withdrawals".
#[derive(Deserialize)]
struct Row {
    #[serde(default, rename = "type")]
    kind: Plain,
    uuid: Plain,
    currency: String,
    #[serde(default)]
    net_type: Plain,
    #[serde(default)]
    txid: Plain,
    state: Plain,
    created_at: Plain,
    #[serde(default)]
    done_at: Plain,
    amount: Plain,
    #[serde(default)]
    fee: Plain,
}

impl Row {
    /// Whether what stands for the TXID is of the exchange's own making: a date with a number, a coupon, a bare number.
    /// Such rows name no network; chains whose identifiers have another shape than those known here do.
    fn is_off_chain(&self) -> bool {
        let numbers = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':' | b' '));
        self.txid.text().is_some_and(|text| {
            Shape::of(&text).is_none()
                && (self.net_type.text().is_none() || numbers(&text) || text.starts_with("EVENT_"))
        })
    }

    fn is_on_chain(&self) -> bool {
        self.txid.text().is_some() && !self.is_off_chain()
    }

    /// Nothing where the amount is none.
    fn deposit(&self, networks: &Networks) -> Option<Deposit> {
        let word = deposit_state(&self.state.0);
        Some(Deposit {
            id: self.uuid.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.currency.clone(),
            network: networks.of(&self.net_type),
            txid: self.txid.text().unwrap_or_default(),
            output_index: None,
            address: String::new(),
            memo: None,
            amount: self.amount.amount()?,
            credited_at: moment(&self.done_at).filter(|_| word.status.is_credited()),
            status: word.status,
            raw_status: Some(word.raw),
            reason: word.reason,
            confirmations: None,
            required_confirmations: None,
            detected_at: moment(&self.created_at),
            available_at: None,
        })
    }

    /// Nothing where amount or time is none.
    fn withdrawal(&self, networks: &Networks) -> Option<Withdrawal> {
        let word = withdrawal_state(&self.state.0);
        let status = match word.status {
            WithdrawalStatus::Processing if self.is_on_chain() => WithdrawalStatus::Broadcast,
            WithdrawalStatus::Completed if self.is_off_chain() => WithdrawalStatus::Internal,
            status => status,
        };
        Some(Withdrawal {
            id: self.uuid.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.currency.clone(),
            network: networks.of(&self.net_type),
            address: String::new(),
            memo: None,
            amount: self.amount.amount()?,
            fee: self.fee.amount().unwrap_or_else(Amount::zero),
            completed_at: moment(&self.done_at).filter(|_| word.raw.starts_with("DONE")),
            status,
            raw_status: Some(word.raw),
            reason: word.reason,
            txid: self.txid.text(),
            replaced_txids: Vec::new(),
            requested_at: moment(&self.created_at)?,
            broadcast_at: None,
        })
    }
}

/// One of the two lists.
pub(super) struct List<T> {
    path: &'static str,
    /// Where one record is asked for by itself.
    single: &'static str,
    /// `type` of its rows.
    kind: &'static str,
    /// What its records are.
    what: &'static str,
    record: fn(&Row, &Networks) -> Option<T>,
}

pub(super) const DEPOSITS: List<Deposit> =
    List { path: "/v1/deposits", single: "/v1/deposit", kind: "deposit", what: "deposit", record: Row::deposit };
pub(super) const WITHDRAWALS: List<Withdrawal> = List {
    path: "/v1/withdraws",
    single: "/v1/withdraw",
    kind: "withdraw",
    what: "withdrawal",
    record: Row::withdrawal,
};

/// Rows of one page, at most.
const PAGE: usize = 100;
/// Pages of one list that are read.
const PAGES: usize = 20;
/// How long before the claimed time rows may be of the claim. A complaint tells late more often than early.
const BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Transactions in one question; each is asked for in up to three forms.
const AT_ONCE: usize = 20;

/// Rows of a list, the newest first.
#[derive(Default)]
struct Rows {
    found: Vec<Row>,
    said: Option<Provenance>,
    /// Whether they are all, as far back as was asked for.
    is_whole: bool,
}

impl<T> List<T> {
    /// Reads pages until one is short, or until its rows are older than was asked for.
    async fn pages(&self, line: Line<'_>, filter: &str, question: &str, since: Option<Timestamp>) -> Result<Rows, Gap> {
        let mut all = Rows::default();
        let mut known = BTreeSet::new();
        for page in 1..=PAGES {
            let path = format!("{}?{filter}limit={PAGE}&page={page}&order_by=desc", self.path);
            let (rows, reply) = ask::<Vec<Row>>(line, &path, question).await?;
            let rows = rows.unwrap_or_default();
            if rows.iter().any(|row| row.kind.text().is_some_and(|kind| kind != self.kind)) {
                return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
            }
            let said = reply.provenance();
            all.said = Some(all.said.take().map_or_else(|| said.clone(), |before| before.and(&said)));
            let oldest = rows.last().and_then(|row| moment(&row.created_at));
            all.is_whole = rows.len() < PAGE || oldest.zip(since).is_some_and(|(oldest, since)| oldest < since);
            // A new row pushes others to the next page while it is read.
            all.found.extend(rows.into_iter().filter(|row| known.insert(row.uuid.0.clone())));
            if all.is_whole {
                break;
            }
        }
        Ok(all)
    }

    /// The records of a few transactions, by the filter of the list; what it does not find is looked for in the list
    /// itself, for the filter compares texts, and the exchange may write an identifier in another way.
    async fn of_txids(&self, line: Line<'_>, txids: &[Txid], hints: &Hints, networks: &Networks) -> Vec<Seen<Vec<T>>>
    where
        T: Clone,
    {
        let question = |txid: &Txid| format!("{}s of transaction {txid}", self.what);
        let all = |gap: &Gap| {
            let gap = |txid: &Txid| Seen::Unknown(Gap { question: question(txid).into(), ..gap.clone() });
            txids.iter().map(gap).collect()
        };
        let named = format!("{}s of transactions", self.what);
        let filter: String = txids.iter().flat_map(forms).map(|form| format!("txids[]={}&", segment(&form))).collect();
        let mut rows = match self.pages(line, &filter, &named, None).await {
            Ok(rows) if rows.is_whole => rows,
            Ok(_) => return all(&line.gap(&named, GapWhy::TooLarge, format!("more than {PAGES} pages"))),
            Err(gap) => return all(&gap),
        };
        let is_of = |row: &Row, txid: &Txid| txid.is_written(&row.txid.0);
        let missing: Vec<&Txid> = txids.iter().filter(|txid| !rows.found.iter().any(|row| is_of(row, txid))).collect();
        let mut unsure = Vec::new();
        if !missing.is_empty() {
            let since = hints.at.and_then(|at| at.checked_sub(BEFORE).ok());
            let walked = match self.pages(line, "", &named, since).await {
                Ok(walked) => walked,
                Err(gap) => return all(&gap),
            };
            if !walked.is_whole {
                // Other identifiers have one form, and the filter has been asked for it.
                unsure.extend(missing.iter().filter(|txid| Shape::of(txid.as_str()) == Some(Shape::BareHex)).copied());
            }
            rows.said = rows.said.zip(walked.said).map(|(filter, list)| filter.and(&list));
            rows.found.extend(walked.found.into_iter().filter(|row| missing.iter().any(|txid| is_of(row, txid))));
        }
        let records: Option<Vec<(String, T)>> =
            rows.found.iter().map(|row| Some((row.txid.0.clone(), (self.record)(row, networks)?))).collect();
        let (Some(records), Some(said)) = (records, rows.said) else {
            return all(&line.malformed(&named, "a row lacks its id, amount or time"));
        };
        let records = (records, networks.join(said));
        let shared = share(line, txids, question, &records, |(own, _), txid| txid.is_written(own));
        let told = |(txid, seen): (&Txid, Seen<Vec<(String, T)>>)| match seen {
            Seen::No(_) if unsure.contains(&txid) => {
                let why = format!("it is not among the newest {} rows: name the time of the transfer", PAGE * PAGES);
                Seen::Unknown(line.gap(&question(txid), GapWhy::TooLarge, why))
            }
            seen => seen.map(|own| own.into_iter().map(|(_, record)| record).collect()),
        };
        txids.iter().zip(shared).map(told).collect()
    }

    /// The records of transactions.
    pub(super) async fn of_all(&self, line: Line<'_>, txids: &[Txid], hints: &Hints) -> Vec<Seen<Vec<T>>>
    where
        T: Clone,
    {
        let networks = Networks::ask(line).await;
        let mut records = Vec::new();
        for some in txids.chunks(AT_ONCE) {
            records.extend(self.of_txids(line, some, hints, &networks).await);
        }
        records
    }

    /// The records of a stretch.
    pub(super) async fn of_span(&self, line: Line<'_>, span: &Span) -> Seen<Vec<T>> {
        let question = listing_of(&format!("{}s", self.what), span);
        seen(self.in_span(line, span, &question).await)
    }

    async fn in_span(&self, line: Line<'_>, span: &Span, question: &str) -> Result<Seen<Vec<T>>, Gap> {
        let networks = Networks::ask(line).await;
        let filter = span.asset.as_ref().map(|asset| format!("currency={}&", segment(&asset.to_ascii_uppercase())));
        let rows = self.pages(line, &filter.unwrap_or_default(), question, Some(span.since)).await?;
        if !rows.is_whole {
            return Err(line.gap(question, GapWhy::TooLarge, "there are more rows than are read"));
        }
        if !rows.found.iter().all(|row| span.is_of(&row.currency)) {
            return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
        }
        let here = rows.found.iter().filter(|row| span.holds(&row.currency, moment(&row.created_at)));
        let records: Option<Vec<T>> = here.map(|row| (self.record)(row, &networks)).collect();
        let records = records.ok_or_else(|| line.malformed(question, "a row lacks its id, amount or time"))?;
        let said = rows.said.ok_or_else(|| line.malformed(question, "nothing came"))?;
        Ok(listed(records, networks.join(said)))
    }

    /// The record of the exchange's own number, or of what it writes for a TXID where no chain carries a transfer.
    pub(super) async fn of_id(&self, line: Line<'_>, id: &str, hints: &Hints) -> Seen<T> {
        let question = format!("{} {id}", self.what);
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        if id.is_empty() || !id.bytes().all(plain) {
            return seen(self.single(line, id, &question, hints).await);
        }
        seen(self.row_of_id(line, id, &question).await)
    }

    /// The record of a text with spaces or signs, which the filter of the list does not find: each asset that it may be of is
    /// asked about by itself.
    async fn single(&self, line: Line<'_>, id: &str, question: &str, hints: &Hints) -> Result<Seen<T>, Gap> {
        let networks = Networks::ask(line).await;
        let mut said: Option<Provenance> = None;
        if hints.assets.is_empty() {
            let why = "such an identifier is looked up by asset, and none is known: name it, or the record's number";
            return Err(line.gap(question, GapWhy::NotOffered, why));
        }
        for asset in &hints.assets {
            let (currency, txid) = (segment(&asset.to_ascii_uppercase()), segment(id));
            let path = format!("{}?currency={currency}&txid={txid}", self.single);
            let (row, reply) = ask::<Row>(line, &path, question).await?;
            let now = reply.provenance();
            let all = said.take().map_or_else(|| now.clone(), |before| before.and(&now));
            if let Some(row) = row {
                if row.txid.0.trim() != id || !row.currency.eq_ignore_ascii_case(asset) {
                    return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
                }
                let record = (self.record)(&row, &networks);
                let record = record.ok_or_else(|| line.malformed(question, "it lacks its id, amount or time"))?;
                return Ok(Seen::Yes(record, networks.join(all)));
            }
            said = Some(all);
        }
        // It may be of any other.
        let why = format!("it is none of {}, and such an identifier is looked up by asset", hints.assets.join(", "));
        Err(line.gap(question, GapWhy::NotOffered, why))
    }

    async fn row_of_id(&self, line: Line<'_>, id: &str, question: &str) -> Result<Seen<T>, Gap> {
        let networks = Networks::ask(line).await;
        let is_number = id.bytes().all(|b| b.is_ascii_digit());
        let mut said: Option<Provenance> = None;
        for filter in ["uuids", "txids"].into_iter().filter(|filter| is_number || *filter == "txids") {
            let rows = self.pages(line, &format!("{filter}[]={id}&"), question, None).await?;
            let own = |row: &Row| if filter == "uuids" { row.uuid.0 == id } else { row.txid.0.trim() == id };
            if !rows.found.iter().all(own) {
                return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
            }
            said = match (said, rows.said) {
                (Some(before), Some(now)) => Some(before.and(&now)),
                (before, now) => before.or(now),
            };
            if rows.found.len() > 1 {
                return Err(line.gap(
                    question,
                    GapWhy::NotOffered,
                    "several records have it: name the record's number",
                ));
            }
            if let (Some(row), Some(said)) = (rows.found.first(), &said) {
                let record = (self.record)(row, &networks);
                let record = record.ok_or_else(|| line.malformed(question, "it lacks its id, amount or time"))?;
                return Ok(Seen::Yes(record, networks.join(said.clone())));
            }
        }
        said.map(Seen::No).ok_or_else(|| line.malformed(question, "nothing came"))
    }
}

/// The ways in which the exchange may write an identifier: its hexadecimal digits in either case, with `0x` or without.
fn forms(txid: &Txid) -> Vec<String> {
    let (text, digits) = (txid.as_str().to_owned(), txid.digits());
    if !matches!(Shape::of(&text), Some(Shape::BareHex | Shape::PrefixedHex)) {
        return vec![text];
    }
    let mut forms = vec![text, digits.to_ascii_lowercase(), digits.to_ascii_uppercase()];
    forms.dedup();
    forms
}
