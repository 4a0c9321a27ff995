//! OKX's two lists of transfers: the newest rows first, a hundred in one answer, older ones by the time of the oldest.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

use super::rows;
use crate::evidence::Span;
use crate::sources::contract::segment;
use crate::sources::ledger::Hints;
use crate::sources::ledger::account::{listed, listing_of};
use crate::sources::{Line, seen};
use crate::terms::{Gap, GapWhy, Provenance, Seen, Txid};

/// Rows of one answer, at most.
const LIMIT: usize = 100;
/// Answers read for one question.
const PAGES: usize = 20;
/// How long before the claimed time a row may be of the claim: what is ordered may wait before it is sent.
const BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How far back a list is believed that shows nothing older. How long OKX keeps its rows is not published; no exchange is
/// known that keeps them for less. A day above the thirty that are looked through where nobody says when, for those begin
/// with a whole second.
const KEPT: SignedDuration = SignedDuration::from_hours(31 * 24);

/// A row of either list.
pub(super) trait Row: DeserializeOwned {
    /// What it is in the ledger's contract.
    type Record;

    /// What stands for the TXID; empty where nothing does.
    fn txid(&self) -> String;

    /// The exchange's own id.
    fn id(&self) -> Option<String>;

    /// When it was made.
    fn at(&self) -> Option<Timestamp>;

    /// The record; nothing where the row lacks what a record needs.
    fn record(&self) -> Option<Self::Record>;
}

/// One of the two lists.
#[derive(Clone, Copy)]
pub(super) struct List {
    /// Its path.
    pub path: &'static str,
    /// The parameter for the exchange's own id.
    pub id: &'static str,
    /// What its records are.
    pub what: &'static str,
}

/// A part of a list: further parameters, each with its `&`, and the stretch of time that is wanted, both ends in it.
#[derive(Clone, Copy, Default)]
pub(super) struct Part<'a> {
    /// Parameters beside limit and cursor.
    pub filter: &'a str,
    /// Nothing for the beginning of the list.
    pub since: Option<Timestamp>,
    /// Nothing for its end.
    pub until: Option<Timestamp>,
}

/// What was read of a part.
pub(super) struct Walked<R> {
    /// The rows, newest first.
    pub rows: Vec<R>,
    /// Who said so.
    pub said: Provenance,
    /// Whether that is all of the part.
    pub is_whole: bool,
}

impl<R: Row> Walked<R> {
    /// Why nothing in the list proves nothing of a transfer of this time.
    pub(super) fn blind(&self, at: Option<Timestamp>, now: Timestamp) -> Option<&'static str> {
        let Some(at) = at else {
            return Some("how old it is is not known, and how long the exchange keeps its rows is not published");
        };
        let reaches = self.rows.iter().filter_map(Row::at).any(|row| row <= at);
        let is_recent = now.duration_since(at) <= KEPT;
        let why = "the list ends with later rows: how long the exchange keeps them is not published";
        (!reaches && !is_recent).then_some(why)
    }
}

impl List {
    /// Reads answers until one is short, or until its rows are older than the part. The cursor leaves out its own
    /// millisecond, so that it is set one later, and what comes twice is left out here.
    pub(super) async fn walk<R: Row>(self, line: Line<'_>, part: Part<'_>, question: &str) -> Result<Walked<R>, Gap> {
        let mut known = BTreeSet::new();
        let mut cursor = part.until.map(|until| until.as_millisecond() + 1);
        let mut walked: Option<Walked<R>> = None;
        for _ in 0..PAGES {
            let after = cursor.map(|after| format!("&after={after}")).unwrap_or_default();
            let path = format!("{}?limit={LIMIT}{}{after}", self.path, part.filter);
            let (page, reply) = rows::<R>(line, &path, question).await?;
            let is_full = page.len() >= LIMIT;
            let oldest = page.iter().map(Row::at).collect::<Option<Vec<_>>>();
            let oldest = oldest.ok_or_else(|| line.malformed(question, "a row lacks its time"))?.into_iter().min();
            let before = known.len();
            let new: Vec<R> = page.into_iter().filter(|row| known.insert(row.id())).collect();
            let said = reply.provenance();
            let all = match walked.take() {
                None => Walked { rows: new, said, is_whole: false },
                Some(mut all) => {
                    all.rows.extend(new);
                    Walked { said: all.said.and(&said), ..all }
                }
            };
            let is_past = oldest.zip(part.since).is_some_and(|(oldest, since)| oldest < since);
            if !is_full || is_past {
                return Ok(Walked { is_whole: true, ..all });
            }
            walked = Some(all);
            // More rows in one millisecond than one answer holds.
            if known.len() == before {
                break;
            }
            cursor = oldest.map(|oldest| oldest.as_millisecond() + 1);
        }
        walked.ok_or_else(|| line.malformed(question, "nothing came"))
    }

    /// The records of a transaction: by the filter, and where that finds nothing in the list itself, for the filter
    /// compares texts, and the exchange may write an identifier in another way.
    pub(super) async fn of_txid<R: Row>(self, line: Line<'_>, txid: &Txid, hints: &Hints) -> Seen<Vec<R>> {
        let question = format!("{}s of transaction {txid}", self.what);
        seen(self.found(line, txid, &question, hints).await)
    }

    async fn found<R: Row>(
        self,
        line: Line<'_>,
        txid: &Txid,
        question: &str,
        hints: &Hints,
    ) -> Result<Seen<Vec<R>>, Gap> {
        let filter = format!("&txId={}", segment(txid.as_str()));
        let named = self.walk::<R>(line, Part { filter: &filter, ..Part::default() }, question).await?;
        if !named.rows.iter().all(|row| txid.is_written(&row.txid())) {
            return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
        }
        if !named.rows.is_empty() {
            return if named.is_whole { Ok(Seen::Yes(named.rows, named.said)) } else { Err(too_many(line, question)) };
        }
        let since = hints.at.and_then(|at| at.checked_sub(BEFORE).ok());
        let mut all = self.walk::<R>(line, Part { since, ..Part::default() }, question).await?;
        let blind = all.blind(hints.at, hints.now);
        all.said = named.said.and(&all.said);
        let mut own: Vec<R> = all.rows.into_iter().filter(|row| txid.is_written(&row.txid())).collect();
        // A busy account has fewer rows of one asset.
        let narrower = if all.is_whole || !own.is_empty() { &[] } else { hints.assets.as_slice() };
        for asset in narrower {
            let filter = format!("&ccy={}", segment(&asset.to_ascii_uppercase()));
            let of_asset = self.walk::<R>(line, Part { filter: &filter, since, until: None }, question).await?;
            all.said = all.said.and(&of_asset.said);
            own.extend(of_asset.rows.into_iter().filter(|row| txid.is_written(&row.txid())));
        }
        match (own.is_empty(), all.is_whole, blind) {
            (false, ..) => Ok(Seen::Yes(own, all.said)),
            (true, false, _) => Err(too_many(line, question)),
            (true, true, Some(why)) => Err(line.gap(question, GapWhy::LacksHistory, why)),
            (true, true, None) => Ok(Seen::No(all.said)),
        }
    }

    /// The records of a stretch, without their stages.
    pub(super) async fn of_span<R: Row>(
        self,
        line: Line<'_>,
        span: &Span,
        hints: &Hints,
        asset: impl Fn(&R::Record) -> &str,
    ) -> Seen<Vec<R::Record>> {
        let question = listing_of(&format!("{}s", self.what), span);
        let filter = span.asset.as_ref().map(|asset| format!("&ccy={}", segment(&asset.to_ascii_uppercase())));
        let filter = filter.unwrap_or_default();
        let part = Part { filter: &filter, since: Some(span.since), until: Some(span.until) };
        let walked = match self.walk::<R>(line, part, &question).await {
            Ok(walked) if walked.is_whole => walked,
            Ok(_) => return Seen::Unknown(line.gap(&question, GapWhy::TooLarge, "there are more rows than are read")),
            Err(gap) => return Seen::Unknown(gap),
        };
        if let Some(why) = walked.blind(Some(span.since), hints.now) {
            return Seen::Unknown(line.gap(&question, GapWhy::LacksHistory, why));
        }
        let here = walked.rows.iter().filter(|row| row.at().is_some_and(|at| span.since <= at && at <= span.until));
        let records: Option<Vec<R::Record>> = here.map(Row::record).collect();
        match records {
            Some(records) if records.iter().all(|record| span.is_of(asset(record))) => listed(records, walked.said),
            Some(_) => Seen::Unknown(line.gap(&question, GapWhy::Mismatch, "the answer is about something else")),
            None => Seen::Unknown(line.malformed(&question, "a row lacks its id, amount or time")),
        }
    }

    /// The record of the exchange's own id.
    pub(super) async fn of_id<R: Row>(self, line: Line<'_>, id: &str) -> Seen<R> {
        let question = format!("{} {id}", self.what);
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
            return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "its ids are numbers"));
        }
        let answer = rows::<R>(line, &format!("{}?{}={id}", self.path, self.id), &question).await;
        seen(answer.and_then(|(rows, reply)| match rows.into_iter().next() {
            None => Ok(Seen::No(reply.provenance())),
            Some(row) if row.id().as_deref() == Some(id) => Ok(Seen::Yes(row, reply.provenance())),
            Some(_) => Err(line.gap(&question, GapWhy::Mismatch, "the answer is about something else")),
        }))
    }
}

/// The gap of a list that was not read to its end.
pub(super) fn too_many(line: Line<'_>, question: &str) -> Gap {
    let why = format!("it is not among the newest {} rows: ask by the exchange's own id", LIMIT * PAGES);
    line.gap(question, GapWhy::TooLarge, why)
}
