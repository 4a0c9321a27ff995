//! One worker: as many cases in flight as fit, on one thread; and the cases that wait for another look.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;

use super::crew::{Crew, Heard, Numbered, TICK, Told, Watch};
use super::input::Row;
use super::outbox::Outbox;
use crate::cli::check::inquest;
use crate::net::Net;
use crate::report::{Document, Materials, ResultRow, Words, json_text};
use crate::sleuth::Inquest;

pub(super) struct Worker<'c> {
    crew: &'c Crew,
    net: Net,
    words: Words,
}

/// What came of one look.
struct Looked {
    told: Told,
    /// How soon to look again, where time may change it.
    again: Option<Duration>,
}

/// Rows that say the same: they are looked into once.
struct Group {
    rows: Vec<Numbered>,
    /// What was seen last, where another look is to come.
    last: Option<Told>,
}

/// The cases that have begun and have no result yet.
#[derive(Default)]
struct Open {
    groups: HashMap<String, Group>,
    /// Those that wait, by the time of their next look.
    resting: BTreeMap<Timestamp, Vec<String>>,
}

impl<'c> Worker<'c> {
    pub(super) fn new(crew: &'c Crew) -> Self {
        let Crew { settings, secrets, clock, hosts, language, .. } = crew;
        let (secrets, clock) = (Arc::clone(secrets), Arc::clone(clock));
        let net = Net::shared(settings.services.clone(), secrets, clock, Arc::clone(hosts));
        Self { crew, net, words: Words::of(*language).in_zone(settings.zone.clone()) }
    }

    /// Looks into rows until there are none left, or the user wants an end: then what is in flight is finished, and what
    /// has not begun is left.
    pub(super) async fn work(&self, in_flight: usize, mut rows: mpsc::Receiver<Numbered>, out: &Outbox) {
        let mut cases = FuturesUnordered::new();
        let (mut open, mut more) = (Open::default(), true);
        let mut tick = tokio::time::interval(TICK);
        loop {
            if self.is_stopped() {
                (more, rows) = (false, mpsc::channel(1).1);
            }
            if !self.may_rest() {
                open.end_rest(out);
            }
            while cases.len() < in_flight
                && let Some(row) = open.due(|| (self.crew.clock)())
            {
                cases.push(self.look(row));
            }
            let next = open.next();
            if !more && cases.is_empty() && next.is_none() {
                break;
            }
            let room = cases.len() < in_flight;
            tokio::select! {
                biased;
                Some((row, looked)) = cases.next(), if !cases.is_empty() => {
                    let due = looked.again.filter(|_| self.may_rest()).and_then(|wait| self.due(wait));
                    open.take(&row, looked.told, due, out);
                }
                row = rows.recv(), if more && room => match row {
                    None => more = false,
                    Some(numbered) => cases.extend(open.begin(numbered, out).map(|row| self.look(row))),
                },
                () = self.rest(next), if room && next.is_some() => {}
                () = std::future::ready(()), if out.has_any() => out.send(),
                _ = tick.tick() => {}
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.crew.stop.load(Ordering::Relaxed)
    }

    /// Whether a case may wait for another look: the run goes on until then.
    fn may_rest(&self) -> bool {
        !self.is_stopped() && !self.crew.broken.load(Ordering::Relaxed)
    }

    /// When a case is looked into again, that is to be so soon; nothing where the time for it is over.
    fn due(&self, wait: Duration) -> Option<Timestamp> {
        let now = (self.crew.clock)();
        let end = self.crew.watch.as_ref()?.end;
        let due = now.checked_add(SignedDuration::try_from(wait).ok()?).ok()?;
        match end {
            Some(end) if now >= end => None,
            Some(end) => Some(due.min(end)),
            None => Some(due),
        }
    }

    /// Lets time pass until then.
    async fn rest(&self, until: Option<Timestamp>) {
        if let (Some(Watch { pause, .. }), Some(until)) = (&self.crew.watch, until) {
            pause(Duration::try_from(until.duration_since((self.crew.clock)())).unwrap_or_default()).await;
        }
    }

    async fn look(&self, row: Arc<Row>) -> (Arc<Row>, Looked) {
        let looked = self.look_into(&row).await;
        (row, looked)
    }

    /// One row from what it says to its result.
    async fn look_into(&self, row: &Row) -> Looked {
        let failed = |why: String| {
            let row = ResultRow { error: Some(why), ..ResultRow::default() };
            Looked { told: Told { row, document: None, rested: false }, again: None }
        };
        let inquest = match &row.said {
            Ok(case) => inquest(case.subject.as_deref(), &case.flags, &self.crew.settings),
            Err(why) => return failed(why.clone()),
        };
        match inquest {
            Ok(inquest) => self.told(inquest).await.unwrap_or_else(|error| failed(format!("{error:#}"))),
            Err(error) => failed(format!("{error:#}")),
        }
    }

    async fn told(&self, inquest: Inquest) -> Result<Looked> {
        let settings = &self.crew.settings;
        let net = if self.crew.full { self.net.case() } else { self.net.unrecorded_case() };
        let sleuth = settings.sleuth(&net, false);
        let now = (self.crew.clock)();
        let found = sleuth.investigate(inquest, now).await;
        let answers = if self.crew.full { net.answers() } else { Vec::new() };
        let materials = Materials {
            subject: &found.subject,
            claim: &found.claim,
            ticket: found.ticket.as_ref(),
            evidence: &found.evidence,
            diagnosis: &found.diagnosis,
            networks: &settings.policy.networks,
            answers: &answers,
            words: &self.words,
        };
        let silent = || {
            let gap = found.evidence.gaps.first().map(|gap| format!(": {}", gap.detail)).unwrap_or_default();
            format!("no source answered{gap}")
        };
        let row = ResultRow { error: (!found.answered).then(silent), ..ResultRow::new(&materials) };
        let document = self.crew.full.then(|| Document::new(&materials));
        let document = document.map(|document| serde_json::to_string(&document)).transpose();
        let document = document.context("failed to write the document")?;
        let open = self.crew.watch.is_some() && !found.diagnosis.is_final();
        let again = open.then(|| found.diagnosis.next_look(&settings.policy.networks, now));
        Ok(Looked { told: Told { row, document, rested: false }, again })
    }
}

impl Open {
    /// Takes a row up; nothing is to be done where one that says the same was begun before.
    fn begin(&mut self, numbered: Numbered, out: &Outbox) -> Option<Arc<Row>> {
        let row = &numbered.1;
        if let Some(group) = self.groups.get_mut(&row.hash) {
            if group.last.is_some() {
                out.put(numbered.0, Heard::Rests);
            }
            group.rows.push(numbered);
            return None;
        }
        let row = Arc::clone(row);
        self.groups.insert(row.hash.clone(), Group { rows: vec![numbered], last: None });
        Some(row)
    }

    /// What a look brought: it is told, or rests until the next one.
    fn take(&mut self, row: &Row, told: Told, due: Option<Timestamp>, out: &Outbox) {
        let Some(due) = due else { return self.tell(&row.hash, told, out) };
        let Some(group) = self.groups.get_mut(&row.hash) else { return };
        if group.last.is_none() {
            for (place, _) in &group.rows {
                out.put(*place, Heard::Rests);
            }
        }
        group.last = Some(told);
        self.resting.entry(due).or_default().push(row.hash.clone());
    }

    fn tell(&mut self, hash: &str, told: Told, out: &Outbox) {
        let Some(mut group) = self.groups.remove(hash) else { return };
        let rested = group.last.is_some();
        let last = group.rows.pop();
        for (place, row) in group.rows {
            let told = Told { row: told.row.clone(), document: told.document.clone(), rested };
            out.put(place, Heard::Told(Box::new(named(&row, told))));
        }
        if let Some((place, row)) = last {
            out.put(place, Heard::Told(Box::new(named(&row, Told { rested, ..told }))));
        }
    }

    /// Tells everything that rests as it was seen last.
    fn end_rest(&mut self, out: &Outbox) {
        for hash in std::mem::take(&mut self.resting).into_values().flatten() {
            let last = self.groups.get_mut(&hash).and_then(|group| {
                let last = group.last.as_ref()?;
                Some(Told { row: last.row.clone(), document: last.document.clone(), rested: true })
            });
            if let Some(last) = last {
                self.tell(&hash, last, out);
            }
        }
    }

    /// When the next look is due.
    fn next(&self) -> Option<Timestamp> {
        self.resting.keys().next().copied()
    }

    /// A case whose time has come.
    fn due(&mut self, now: impl Fn() -> Timestamp) -> Option<Arc<Row>> {
        let mut first = self.resting.first_entry().filter(|first| *first.key() <= now())?;
        let hash = first.get_mut().pop();
        if first.get().is_empty() {
            first.remove();
        }
        Some(Arc::clone(&self.groups.get(&hash?)?.rows.first()?.1))
    }
}

/// The result as that of one row.
fn named(row: &Row, told: Told) -> Told {
    let Told { row: result, document, rested } = told;
    let (id, input) = (row.id.clone(), row.input.clone());
    let result = ResultRow { row: row.number, id, input, content: row.content().to_owned(), ..result };
    let document = document.map(|document| json_text(&marked(&result, &document)));
    Told { row: result, document, rested }
}

/// A document that says which row it is of.
fn marked(told: &ResultRow, document: &str) -> String {
    let mut mark = serde_json::json!({ "row": told.row, "id": told.id, "input": told.input, "content": told.content });
    if let Some(error) = &told.error {
        mark["error"] = serde_json::json!(error);
    }
    let mark = mark.to_string();
    // Both are objects with something in them.
    format!("{},{}", mark.trim_end_matches('}'), document.trim_start_matches('{'))
}
