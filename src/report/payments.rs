//! What a search found, told to machines as `txsleuth.payments/1` and to people.

use std::sync::Arc;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::document::parts::{gap_parts, ids_of, search_gaps, source_parts, transfer_part};
use super::document::{GapPart, SourcePart, TransferPart, tool};
use super::text::table;
use super::{Cell, Tone, Words, cell};
use crate::claim::Claim;
use crate::evidence::{Evidence, Observation, Sent};
use crate::inquiry::{Candidate, Fit, Quest};
use crate::terms::{Answer, Gap, Network, Seen};

/// What a search found, told to machines. Fields may be added, never renamed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaymentsDocument {
    /// Always `txsleuth.payments/1`.
    pub schema: String,
    /// What the payments were compared with.
    pub claim: Claim,
    /// The payments, the newest first.
    pub payments: Vec<PaymentPart>,
    /// Where was searched, and how far.
    pub searches: Vec<SearchPart>,
    /// The transactions of a sender and a nonce, where that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transactions: Vec<SentPart>,
    /// Questions without an answer.
    pub gaps: Vec<GapPart>,
    /// Every answer given.
    pub sources: Vec<SourcePart>,
    /// When it was asked.
    pub generated_at: Timestamp,
    /// Name and version of this program.
    pub tool: String,
}

/// One payment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaymentPart {
    /// Network name.
    pub network: String,
    /// The transaction.
    pub txid: String,
    /// Height of its block; null while it is in none.
    pub height: Option<u64>,
    /// Time of its block.
    pub time: Option<Timestamp>,
    /// What moved.
    pub transfer: TransferPart,
    /// Whether it fits what is claimed: `yes`, `nearly` (short by what a fee may be, or of an unknown unit),
    /// `other-amount`, `other-asset` or `nothing-moved`.
    pub fits: String,
    /// Whether the ledger has credited or returned it; null where it was not asked, or did not answer.
    pub settled: Option<bool>,
    /// The explorer's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explorer: Option<String>,
    /// Ids of the sources.
    pub cites: Vec<String>,
}

/// One search through one source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SearchPart {
    /// Network name.
    pub network: String,
    /// The receiver.
    pub address: String,
    /// The only asset looked for; null for every one.
    pub asset: Option<String>,
    /// The beginning of the stretch.
    pub since: Timestamp,
    /// Its end.
    pub until: Timestamp,
    /// Who was asked.
    pub source: String,
    /// Whether everything in blocks of the stretch was looked through, by a source in step with its network.
    pub complete: bool,
    /// Since when every block was looked through for what the source can see; null where that is not known.
    pub back_to: Option<Timestamp>,
}

/// What one source says of the transaction of a sender and a nonce.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SentPart {
    /// Network name.
    pub network: String,
    /// Who was asked.
    pub source: String,
    /// The sender.
    pub from: String,
    /// How many of its transactions came before.
    pub nonce: u64,
    /// The transaction; null where there is none yet, or nobody could tell.
    pub txid: Option<String>,
    /// Whether the nonce is used; null where nobody could tell.
    pub used: Option<bool>,
    /// Height of its block; null while it is in none.
    pub height: Option<u64>,
    /// Time of its block.
    pub time: Option<Timestamp>,
    /// What it moved, as far as the source tells.
    pub transfers: Vec<TransferPart>,
}

/// What a search came to.
pub struct Finds<'a> {
    /// What the payments were compared with.
    pub claim: &'a Claim,
    /// What was seen.
    pub evidence: &'a Evidence,
    /// What was found; nothing where there was nowhere to search.
    pub quest: Option<&'a Quest<'a>>,
    /// The transactions of a sender and a nonce.
    pub sent: &'a [Sent],
    /// Every configured network.
    pub networks: &'a [Network],
    /// Every answer that came through the door.
    pub answers: &'a [Arc<Answer>],
}

impl PaymentsDocument {
    /// Tells what a search came to.
    pub fn new(finds: &Finds<'_>) -> Self {
        let evidence = finds.evidence;
        let sources = source_parts(finds.answers);
        let payments = finds.quest.into_iter().flat_map(|quest| &quest.payments);
        let payments = payments.map(|one| payment_part(one, evidence, &sources)).collect();
        let mut gaps = search_gaps(evidence, finds.networks);
        gaps.extend(evidence.ledger.accounts.values().filter_map(Seen::gap).cloned());
        gaps.extend(evidence.ledger.deposits.values().filter_map(Seen::gap).cloned());
        gaps.extend(finds.sent.iter().filter_map(|sent| sent.txid.gap()).cloned());
        gaps.extend(evidence.observations.iter().filter_map(|o| o.sighting.gap()).cloned());
        gaps.extend(finds.quest.and_then(|quest| quest.complete.gap()).cloned());
        Self {
            schema: "txsleuth.payments/1".into(),
            claim: finds.claim.clone(),
            payments,
            searches: searches(finds),
            transactions: finds.sent.iter().map(|sent| sent_part(sent, evidence)).collect(),
            gaps: gap_parts(gaps),
            sources,
            generated_at: evidence.asked_at,
            tool: tool(),
        }
    }
}

/// A payment that was found, in a document with these sources.
pub(super) fn payment_part(one: &Candidate<'_>, evidence: &Evidence, sources: &[SourcePart]) -> PaymentPart {
    let recorded = evidence.ledger.deposits.get(&one.payment.txid).is_some_and(|seen| seen.gap().is_none());
    PaymentPart {
        network: one.network.name.to_string(),
        txid: one.payment.txid.to_string(),
        height: one.payment.height,
        time: one.payment.time,
        transfer: transfer_part(&one.payment.transfer, None),
        fits: one.fit.name().to_owned(),
        settled: recorded.then_some(one.is_settled),
        explorer: one.network.explorer_link(one.payment.txid.as_str()),
        cites: ids_of(sources, &one.provenance).collect(),
    }
}

fn searches(finds: &Finds<'_>) -> Vec<SearchPart> {
    let now = finds.evidence.asked_at;
    let part = |one: &crate::evidence::Searched| {
        let network = finds.networks.iter().find(|network| network.name == one.network);
        let complete = network.is_some_and(|network| one.completeness(network, now).is_yes());
        let reached = one.payments.yes().and_then(|payments| payments.back_to);
        SearchPart {
            network: one.network.to_string(),
            address: one.search.address.to_string(),
            asset: one.search.asset.clone(),
            since: one.search.since,
            until: one.search.until,
            source: one.source.service.to_string(),
            complete,
            back_to: if one.payments.is_no() { Some(one.search.since) } else { reached },
        }
    };
    finds.evidence.searches.iter().map(part).collect()
}

fn sent_part(sent: &Sent, evidence: &Evidence) -> SentPart {
    let of = |o: &&Observation| o.source.service == sent.service && Some(&o.txid) == sent.txid.yes();
    let sighting = evidence.observations.iter().find(of).and_then(|o| o.sighting.yes());
    let block = sighting.and_then(|sighting| sighting.block.yes());
    let transfers = sighting.and_then(|sighting| sighting.transfers.yes()).into_iter().flatten();
    SentPart {
        network: sent.network.to_string(),
        source: sent.service.to_string(),
        from: sent.account.to_string(),
        nonce: sent.nonce,
        txid: sent.txid.yes().map(ToString::to_string),
        used: sent.txid.gap().is_none().then(|| sent.txid.is_yes()),
        height: block.and_then(|block| block.height),
        time: block.and_then(|block| block.time),
        transfers: transfers.map(|transfer| transfer_part(transfer, None)).collect(),
    }
}

/// Payments shown to people; the document holds them all.
const SHOWN: usize = 50;

/// Renders what a search came to for a terminal of `width` columns, with colour or without.
pub fn render_payments(document: &PaymentsDocument, words: &Words, width: u16, colour: bool) -> String {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for payment in document.payments.iter().take(SHOWN) {
        rows.extend(payment_rows(payment, words));
    }
    if let Some(more) = document.payments.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        rows.push(vec![
            cell("", Tone::Plain),
            cell(words.sentence("report-more", &[("count", more.to_string())]), Tone::Dim),
        ]);
    }
    for sent in &document.transactions {
        rows.extend(sent_rows(sent, words));
    }
    rows.extend(document.searches.iter().map(|search| search_row(search, words)));
    table(&rows, width, colour)
}

fn payment_rows(payment: &PaymentPart, words: &Words) -> Vec<Vec<Cell>> {
    let tone = match payment.fits.as_str() {
        fits if fits == Fit::Full.name() => Tone::Good,
        fits if fits == Fit::Near.name() => Tone::Unsure,
        _ => Tone::Dim,
    };
    let fits = words.word(&format!("report-fits-{}", payment.fits));
    let settled = if payment.settled == Some(true) { words.word("report-settled") } else { String::new() };
    let moved = format!(
        "{} · {} · {fits}{settled}",
        moved(&payment.transfer, words),
        when(payment.height, payment.time, words)
    );
    vec![
        vec![cell(&payment.network, Tone::Dim), cell(&payment.txid, Tone::Plain)],
        vec![cell("", Tone::Plain), cell(moved, tone)],
        vec![cell("", Tone::Plain), cell(path(&payment.transfer), Tone::Dim)],
    ]
}

fn sent_rows(sent: &SentPart, words: &Words) -> Vec<Vec<Cell>> {
    let txid = match (&sent.txid, sent.used) {
        (Some(txid), _) => cell(txid, Tone::Plain),
        (None, Some(_)) => cell(words.word("report-nonce-unused"), Tone::Unsure),
        (None, None) => cell(words.word("report-unknown"), Tone::Unsure),
    };
    let mut rows = vec![vec![cell(&sent.network, Tone::Dim), txid]];
    let detail = |text: String| vec![cell("", Tone::Plain), cell(text, Tone::Dim)];
    if sent.txid.is_some() {
        rows.push(detail(when(sent.height, sent.time, words)));
    }
    for transfer in &sent.transfers {
        rows.push(detail(format!("{} · {}", moved(transfer, words), path(transfer))));
    }
    rows
}

fn search_row(search: &SearchPart, words: &Words) -> Vec<Cell> {
    let asset = search.asset.clone().unwrap_or_else(|| words.word("report-any-asset"));
    let values =
        |time: Timestamp| [("address", search.address.clone()), ("asset", asset.clone()), ("time", words.moment(time))];
    let (key, time, tone) = match (search.complete, search.back_to) {
        (true, _) => ("report-searched", search.since, Tone::Dim),
        (false, Some(time)) => ("report-searched-back-to", time, Tone::Unsure),
        (false, None) => ("report-searched-in-part", search.since, Tone::Unsure),
    };
    let told = words.sentence(key, &values(time));
    vec![cell(&search.network, Tone::Dim), cell(format!("{}: {told}", search.source), tone)]
}

fn moved(transfer: &TransferPart, words: &Words) -> String {
    let amount = transfer.amount.as_ref().map_or_else(|| transfer.units.clone(), ToString::to_string);
    let asset = transfer.asset.clone().or_else(|| transfer.contract.clone());
    format!("{amount} {}", asset.unwrap_or_else(|| words.word("report-unknown")))
}

fn path(transfer: &TransferPart) -> String {
    let part = |arrow: &str, address: &Option<String>| address.as_ref().map(|address| format!("{arrow} {address}"));
    let parts = [part("←", &transfer.from), part("→", &transfer.to)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn when(height: Option<u64>, time: Option<Timestamp>, words: &Words) -> String {
    match (height, time) {
        (Some(height), Some(time)) => format!("{} · {height}", words.moment(time)),
        (None, Some(time)) => words.moment(time),
        (Some(height), None) => words.sentence("report-block", &[("height", height.to_string())]),
        (None, None) => words.word("report-no-block"),
    }
}

/// Whether anybody answered: a document that rests on gaps alone is worth nothing.
pub fn is_answered(finds: &Finds<'_>) -> bool {
    let told = |gap: Option<&Gap>| gap.is_none();
    finds.evidence.is_answered() || finds.sent.iter().any(|sent| told(sent.txid.gap()))
}
