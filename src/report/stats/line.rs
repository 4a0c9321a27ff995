//! One result of a batch, read back: a compact line, a row of CSV, or a whole document.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::diagnosis::{Party, Verdict};
use crate::report::ResultRow;
use crate::terms::{Amount, GapWhy};

/// One result, as far as it is counted.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The id of the case.
    pub case: Option<String>,
    /// The outcome; nothing where the row could not be read.
    pub verdict: Option<Verdict>,
    /// The finding that decides.
    pub code: Option<String>,
    /// Who has to act.
    pub responsible: Option<Party>,
    /// The network of the deciding transaction.
    pub network: Option<String>,
    /// What reached the claimant.
    pub asset: Option<String>,
    /// How much of it.
    pub amount: Option<Amount>,
    /// How long the complaint, or else the payment, has waited.
    pub age: Option<SignedDuration>,
    /// Why there is no result, or that nobody answered.
    pub error: Option<String>,
    /// What whole documents alone know.
    pub details: Option<Details>,
}

/// What whole documents know.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// Who sent the payment.
    pub sender: Option<String>,
    /// Whom it reached.
    pub receiver: Option<String>,
    /// Who left a question without an answer, and why.
    pub gaps: Vec<(String, GapWhy)>,
}

/// Which of the two a line is.
#[derive(Deserialize)]
struct Kind {
    schema: Option<String>,
}

/// The document, as far as it is counted: `txsleuth.diagnosis/1`.
#[derive(Deserialize)]
struct Whole {
    case: String,
    verdict: Verdict,
    responsible: Option<Party>,
    findings: Vec<WholeFinding>,
    transactions: Vec<WholeTransaction>,
    ticket: Option<WholeTicket>,
    gaps: Vec<WholeGap>,
    generated_at: Timestamp,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Deserialize)]
struct WholeFinding {
    code: String,
    decisive: bool,
}

#[derive(Deserialize)]
struct WholeTransaction {
    network: String,
    block: Option<WholeBlock>,
    transfers: Vec<WholeTransfer>,
}

#[derive(Deserialize)]
struct WholeBlock {
    time: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WholeTransfer {
    asset: Option<String>,
    from: Option<String>,
    to: Option<String>,
    amount: Option<Amount>,
    to_claimant: Option<bool>,
}

#[derive(Deserialize)]
struct WholeTicket {
    age_hours: Option<i64>,
}

#[derive(Deserialize)]
struct WholeGap {
    source: String,
    why: GapWhy,
}

impl Counted {
    /// A line of JSON; nothing where it is no result.
    pub fn from_json(line: &[u8]) -> Option<Self> {
        let kind: Kind = serde_json::from_slice(line).ok()?;
        match kind.schema.as_deref() {
            Some("txsleuth.diagnosis/1") => serde_json::from_slice::<Whole>(line).ok().map(Self::whole),
            Some(_) => None,
            None => serde_json::from_slice::<ResultRow>(line).ok().map(Self::row),
        }
    }

    /// A row of CSV by its columns; nothing where it is no result.
    pub fn from_columns(columns: &HashMap<&str, &str>) -> Option<Self> {
        let filled = |name: &str| columns.get(name).copied().filter(|value| !value.is_empty());
        let text = |name: &str| filled(name).map(|value| unguarded(value).to_owned());
        // The hash of the row, by which one whole is told from one that is torn.
        filled("content").filter(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        filled("row")?.parse::<u64>().ok()?;
        let verdict = filled("verdict").map(|name| named::<Verdict>(name).ok_or(())).transpose().ok()?;
        let responsible = filled("responsible").map(|name| named::<Party>(name).ok_or(())).transpose().ok()?;
        Some(Self {
            case: text("case"),
            verdict,
            code: text("code"),
            responsible,
            network: text("network"),
            asset: text("asset"),
            amount: filled("amount").and_then(|amount| amount.parse().ok()),
            age: filled("age_hours").and_then(|hours| hours.parse().ok()).and_then(hours),
            error: text("error"),
            details: None,
        })
    }

    fn row(row: ResultRow) -> Self {
        Self {
            case: row.case,
            verdict: row.verdict,
            code: row.code,
            responsible: row.responsible,
            network: row.network,
            asset: row.asset,
            amount: row.amount.and_then(|amount| amount.parse().ok()),
            age: row.age_hours.and_then(hours),
            error: row.error,
            details: None,
        }
    }

    fn whole(whole: Whole) -> Self {
        let first = whole.transactions.into_iter().next();
        let network = first.as_ref().map(|tx| tx.network.clone());
        let mined = first.as_ref().and_then(|tx| tx.block.as_ref()?.time);
        let written = whole.ticket.and_then(|ticket| ticket.age_hours).and_then(hours);
        let paid = first.and_then(|tx| paid(tx.transfers));
        let details = Details {
            sender: paid.as_ref().and_then(|transfer| transfer.from.clone()),
            receiver: paid.as_ref().and_then(|transfer| transfer.to.clone()),
            gaps: whole.gaps.into_iter().map(|gap| (gap.source, gap.why)).collect(),
        };
        let (asset, amount) = paid.map_or((None, None), |transfer| (transfer.asset, transfer.amount));
        Self {
            case: Some(whole.case),
            verdict: Some(whole.verdict),
            code: whole.findings.into_iter().find(|finding| finding.decisive).map(|finding| finding.code),
            responsible: whole.responsible,
            network,
            asset,
            amount,
            age: written.or_else(|| Some(whole.generated_at.duration_since(mined?))),
            error: whole.error,
            details: Some(details),
        }
    }
}

/// The movement that reached the claimant, or the only one.
fn paid(mut transfers: Vec<WholeTransfer>) -> Option<WholeTransfer> {
    let reached = transfers.iter().position(|transfer| transfer.to_claimant == Some(true));
    let only = (transfers.len() == 1).then_some(0);
    Some(transfers.swap_remove(reached.or(only)?))
}

/// So many hours, where there can be so many.
fn hours(hours: i64) -> Option<SignedDuration> {
    SignedDuration::try_from_hours(hours)
}

/// A value by its name in the document.
fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// A cell without the mark that keeps it from being a formula.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}
