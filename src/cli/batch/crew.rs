//! Who looks into the rows: one worker a core, each with many cases in flight; and how the results come back in order.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use tokio::sync::mpsc;

use super::Stop;
use super::input::{self, Item, Row};
use super::resume::Kept;
use crate::cli::check::inquest;
use crate::cli::config::Settings;
use crate::net::{Clock, Hosts, Net, Secrets};
use crate::report::{Document, Language, Materials, ResultRow, Words, json_text};
use crate::sleuth::{Inquest, Sleuth};

/// How often the one who waits for results is woken where there are none.
const TICK: Duration = Duration::from_millis(200);

/// What the workers share.
pub(super) struct Crew {
    pub settings: Arc<Settings>,
    pub secrets: Secrets,
    pub clock: Clock,
    pub hosts: Arc<Hosts>,
    /// Whether whole documents are wanted.
    pub full: bool,
    /// Cases in flight.
    pub in_flight: usize,
    /// Rows that may be read before the result of the first of them is written.
    pub window: usize,
    pub language: Language,
}

/// A result on its way out.
pub(super) struct Told {
    pub row: ResultRow,
    /// The whole document, on one line, where it is wanted.
    pub document: Option<String>,
}

/// What the one who writes hears.
pub(super) enum Heard {
    Told(Box<Told>),
    Warning(String),
    /// Nothing for a while.
    Tick,
}

/// The results, as they come.
pub(super) struct Results {
    heard: Receiver<(u64, Heard)>,
    /// Takes one row out of the window for each result that is written.
    written: Receiver<()>,
    /// Rows that were handed out.
    handed: Arc<AtomicU64>,
    stop: Stop,
    failure: Arc<Mutex<Option<anyhow::Error>>>,
}

impl Crew {
    /// Sets a reader and the workers to work.
    pub(super) fn set_to_work(self, source: Box<dyn Read + Send>, kept: Kept, stop: Stop) -> Results {
        let crew = Arc::new(self);
        let (told, heard) = channel();
        let (read, written) = sync_channel(crew.window);
        let workers = thread::available_parallelism().map_or(1, usize::from).clamp(1, crew.in_flight);
        let benches: Vec<mpsc::Sender<Numbered>> = (0..workers)
            .map(|_| {
                let (bench, rows) = mpsc::channel(crew.window);
                let (crew, told) = (Arc::clone(&crew), told.clone());
                thread::spawn(move || work(&crew, crew.in_flight.div_ceil(workers), rows, &told));
                bench
            })
            .collect();
        let (failure, handed) = (Arc::new(Mutex::new(None)), Arc::new(AtomicU64::new(0)));
        let failed = Arc::clone(&failure);
        let mut reader = Reader { kept, stop: Arc::clone(&stop), benches, read, told, handed: Arc::clone(&handed) };
        thread::spawn(move || {
            // The reader is let go of after its failure is written down: whoever hears no more looks for one.
            if let Err(error) = reader.hand_out(source) {
                *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            }
        });
        Results { heard, written, handed, stop, failure }
    }
}

/// A row and its place among those that are looked into now.
type Numbered = (u64, Box<Row>);

/// The one who reads the rows and hands them out.
struct Reader {
    kept: Kept,
    stop: Stop,
    benches: Vec<mpsc::Sender<Numbered>>,
    read: SyncSender<()>,
    told: Sender<(u64, Heard)>,
    handed: Arc<AtomicU64>,
}

impl Reader {
    fn hand_out(&mut self, source: Box<dyn Read + Send>) -> Result<()> {
        let mut stopped = false;
        input::read(source, |item| {
            stopped = self.stop.load(Ordering::Relaxed);
            match item {
                _ if stopped => Ok(false),
                Item::Row(row) if self.kept.is_done(&row)? => Ok(true),
                item => Ok(self.hand(item)),
            }
        })?;
        if stopped { Ok(()) } else { self.kept.check_met() }
    }

    /// Hands one thing on, once there is room for it; false where nobody takes it any more.
    fn hand(&self, item: Item) -> bool {
        if self.read.send(()).is_err() {
            return false;
        }
        let place = self.handed.fetch_add(1, Ordering::Relaxed);
        match item {
            Item::Warning(text) => self.told.send((place, Heard::Warning(text))).is_ok(),
            Item::Row(row) => {
                // Equal rows go to the same worker, who asks once.
                let mut hasher = DefaultHasher::new();
                row.content.hash(&mut hasher);
                let bench = usize::try_from(hasher.finish() >> 1).unwrap_or_default() % self.benches.len();
                self.benches[bench].blocking_send((place, row)).is_ok()
            }
        }
    }
}

impl Results {
    /// Hands everything that comes to `take`, the results in the order of the rows unless any order will do.
    pub(super) fn each(self, ordered: bool, mut take: impl FnMut(Heard) -> Result<()>) -> Result<()> {
        let mut early: BTreeMap<u64, Heard> = BTreeMap::new();
        let (mut next, mut taken) = (0, 0);
        loop {
            match self.heard.recv_timeout(TICK) {
                Ok((place, heard)) if ordered => drop(early.insert(place, heard)),
                Ok((_, heard)) => {
                    taken += 1;
                    self.one(heard, &mut take)?;
                }
                // The reader may wait for more input for ever.
                Err(RecvTimeoutError::Timeout)
                    if self.stop.load(Ordering::Relaxed) && taken == self.handed.load(Ordering::Relaxed) =>
                {
                    break;
                }
                Err(RecvTimeoutError::Timeout) => take(Heard::Tick)?,
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(heard) = early.remove(&next) {
                (next, taken) = (next + 1, taken + 1);
                self.one(heard, &mut take)?;
            }
        }
        if let Some(failure) = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(failure);
        }
        let handed = self.handed.load(Ordering::Relaxed);
        ensure!(
            taken == handed || self.stop.load(Ordering::Relaxed),
            "failed to look into every row: {} have no result; with --out, --resume goes on with them",
            handed.saturating_sub(taken)
        );
        Ok(())
    }

    fn one(&self, heard: Heard, take: &mut impl FnMut(Heard) -> Result<()>) -> Result<()> {
        take(heard)?;
        let _ = self.written.try_recv();
        Ok(())
    }
}

/// One worker: as many cases in flight as fit, on one thread.
fn work(crew: &Crew, in_flight: usize, rows: mpsc::Receiver<Numbered>, told: &Sender<(u64, Heard)>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(Worker::new(crew).work(in_flight, rows, told)),
        Err(error) => {
            let text = format!("a worker failed to start: {error}");
            let _ = told.send((u64::MAX, Heard::Warning(text)));
        }
    }
}

struct Worker<'c> {
    crew: &'c Crew,
    net: Net,
    words: Words,
}

/// Rows that say the same while the first of them is looked into.
type Equal = HashMap<String, Vec<Numbered>>;

impl<'c> Worker<'c> {
    fn new(crew: &'c Crew) -> Self {
        let Crew { settings, secrets, clock, hosts, language, .. } = crew;
        let net = Net::shared(settings.services.clone(), Arc::clone(secrets), Arc::clone(clock), Arc::clone(hosts));
        Self { crew, net, words: Words::of(*language).in_zone(settings.zone.clone()) }
    }

    async fn work(&self, in_flight: usize, mut rows: mpsc::Receiver<Numbered>, told: &Sender<(u64, Heard)>) {
        let mut cases = FuturesUnordered::new();
        let mut equal = Equal::new();
        let mut open = true;
        while open || !cases.is_empty() {
            tokio::select! {
                biased;
                Some((content, result)) = cases.next(), if !cases.is_empty() => {
                    for (place, row) in equal.remove(&content).unwrap_or_default() {
                        let _ = told.send((place, Heard::Told(Box::new(named(&row, &result)))));
                    }
                }
                row = rows.recv(), if open && cases.len() < in_flight => match row {
                    None => open = false,
                    Some((place, row)) => {
                        let others = equal.entry(row.content.clone()).or_default();
                        others.push((place, row.clone()));
                        if others.len() == 1 {
                            cases.push(async move { (row.content.clone(), self.look_into(&row).await) });
                        }
                    }
                },
            }
        }
    }

    /// One row from what it says to its result.
    async fn look_into(&self, row: &Row) -> Told {
        let failed = |why: String| Told { row: ResultRow { error: Some(why), ..ResultRow::default() }, document: None };
        let inquest = match &row.said {
            Ok(case) => inquest(case.subject.as_deref(), &case.flags, &self.crew.settings),
            Err(why) => return failed(why.clone()),
        };
        match inquest {
            Ok(inquest) => self.told(inquest).await.unwrap_or_else(|error| failed(format!("{error:#}"))),
            Err(error) => failed(format!("{error:#}")),
        }
    }

    async fn told(&self, inquest: Inquest) -> Result<Told> {
        let settings = &self.crew.settings;
        let net = self.net.case();
        let sleuth = Sleuth {
            net: &net,
            sources: &settings.sources,
            policy: &settings.policy,
            patterns: settings.patterns(),
            prove: false,
        };
        let found = sleuth.investigate(inquest, (self.crew.clock)()).await;
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
        Ok(Told { row, document })
    }
}

/// The result as that of one row.
fn named(row: &Row, result: &Told) -> Told {
    let told = ResultRow {
        row: row.number,
        id: row.id.clone(),
        input: row.input.clone(),
        content: row.content.clone(),
        ..result.row.clone()
    };
    let document = result.document.as_ref().map(|document| json_text(&marked(&told, document)));
    Told { row: told, document }
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
