//! Who looks into the rows: a reader, who hands them out to one worker a core; and how the results come back in order.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Read;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use tokio::sync::mpsc;

use super::Stop;
use super::input::{self, Item, Row};
use super::outbox::{Letters, Outbox};
use super::progress::Reading;
use super::resume::Kept;
use super::worker::Worker;
use crate::cli::config::Settings;
use crate::cli::env::Pause;
use crate::net::{Clock, Hosts, Secrets};
use crate::report::{Language, ResultRow};

/// How often one who waits looks whether the user wants an end.
pub(super) const TICK: Duration = Duration::from_millis(200);
/// Into how many steps the room of the rows under way is divided.
const STEPS: usize = 16;

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
    /// Where what is unfinished is looked into again; nothing where one look is all.
    pub watch: Option<Watch>,
    pub stop: Stop,
    /// Whether the input cannot be read to its end: what was read is looked into, and nothing rests any more.
    pub broken: AtomicBool,
    /// How much of the input was read.
    pub reading: Arc<Reading>,
}

/// How unfinished cases are followed.
pub(super) struct Watch {
    /// How time is let pass.
    pub pause: Pause,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// Rows that may wait for their next look before reading waits.
    pub resting: usize,
}

/// A result on its way out.
pub(super) struct Told {
    pub row: ResultRow,
    /// The whole document, on one line, where it is wanted.
    pub document: Option<String>,
    /// Whether it waited for another look, and so was taken out of the window before.
    pub rested: bool,
}

/// What the one who writes hears.
pub(super) enum Heard {
    Told(Box<Told>),
    Warning(String),
    /// A row waits for its next look.
    Rests,
    /// Nothing for a while.
    Tick,
}

/// The results, as they come.
pub(super) struct Results {
    heard: Receiver<Letters>,
    /// Takes one row out of the window for each result that is written.
    written: Receiver<()>,
    /// Rows that were handed out.
    handed: Arc<AtomicU64>,
    /// Workers that have not ended.
    working: Arc<AtomicUsize>,
    stop: Stop,
    failure: Arc<Mutex<Option<anyhow::Error>>>,
    window: Window,
}

impl Crew {
    /// Sets a reader and the workers to work.
    pub(super) fn set_to_work(self, source: Box<dyn Read + Send>, kept: Kept) -> Result<Results> {
        let crew = Arc::new(self);
        let (told, heard) = channel();
        let (read, written) = sync_channel(crew.window);
        let workers = thread::available_parallelism().map_or(1, usize::from).clamp(1, crew.in_flight);
        let working = Arc::new(AtomicUsize::new(0));
        let mut benches = Vec::new();
        for _ in 0..workers {
            let (bench, rows) = mpsc::channel(crew.window);
            let (crew, told, shift) = (Arc::clone(&crew), told.clone(), Shift::begin(&working));
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.context("failed to start a worker")?;
            let work = move || {
                let _shift = shift;
                runtime.block_on(Worker::new(&crew).work(crew.in_flight.div_ceil(workers), rows, &Outbox::new(told)));
            };
            thread::Builder::new().spawn(work).context("failed to start a worker")?;
            benches.push(bench);
        }
        let (most, all) = (crew.watch.as_ref().map_or(0, |watch| watch.resting), Arc::clone(&crew));
        let (failure, handed) = (Arc::new(Mutex::new(None)), Arc::new(AtomicU64::new(0)));
        let failed = Arc::clone(&failure);
        let (stop, reading) = (Arc::clone(&crew.stop), Arc::clone(&crew.reading));
        let mut reader =
            Reader { kept, stop: Arc::clone(&stop), benches, read, told, handed: Arc::clone(&handed), reading };
        let read = move || {
            // The reader is let go of after its failure is written down: whoever hears no more looks for one.
            if let Err(error) = reader.hand_out(source) {
                *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                all.broken.store(true, Ordering::Relaxed);
            }
        };
        thread::Builder::new().spawn(read).context("failed to start the reader")?;
        let window = Window::new(crew.window, most);
        Ok(Results { heard, written, handed, working, stop, failure, window })
    }
}

/// A worker at work; however it ends, it is counted out.
struct Shift(Arc<AtomicUsize>);

impl Shift {
    fn begin(working: &Arc<AtomicUsize>) -> Self {
        working.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(working))
    }
}

impl Drop for Shift {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A row and its place among those that are looked into now.
pub(super) type Numbered = (u64, Arc<Row>);

/// The one who reads the rows and hands them out.
struct Reader {
    kept: Kept,
    stop: Stop,
    benches: Vec<mpsc::Sender<Numbered>>,
    read: SyncSender<()>,
    told: Sender<Letters>,
    handed: Arc<AtomicU64>,
    reading: Arc<Reading>,
}

impl Reader {
    fn hand_out(&mut self, source: Box<dyn Read + Send>) -> Result<()> {
        let mut whole = true;
        input::read(source, |item| {
            self.reading.count(&item);
            whole = match item {
                _ if self.stop.load(Ordering::Relaxed) => false,
                Item::Row(row) if self.kept.is_done(&row)? => true,
                item => self.hand(item),
            };
            Ok(whole)
        })?;
        if whole { self.kept.check_met() } else { Ok(()) }
    }

    /// Hands one thing on, once there is room for it; false where nobody takes it any more.
    fn hand(&self, item: Item) -> bool {
        if self.read.send(()).is_err() {
            return false;
        }
        let place = self.handed.fetch_add(1, Ordering::Relaxed);
        match item {
            Item::Warning(text) => self.told.send(vec![(place, Heard::Warning(text))]).is_ok(),
            Item::Row(row) => {
                // Equal rows go to the same worker, who asks once.
                let mut hasher = DefaultHasher::new();
                row.hash.hash(&mut hasher);
                let bench = usize::try_from(hasher.finish() >> 1).unwrap_or_default() % self.benches.len();
                self.benches[bench].blocking_send((place, row.into())).is_ok()
            }
        }
    }
}

impl Results {
    /// Hands everything that comes to `take`, the results in the order of the rows unless any order will do.
    pub(super) fn each(mut self, ordered: bool, mut take: impl FnMut(Heard) -> Result<()>) -> Result<()> {
        let mut early: BTreeMap<u64, Heard> = BTreeMap::new();
        let (mut next, mut taken) = (0, 0);
        loop {
            let mut idle = false;
            match self.heard.recv_timeout(TICK) {
                Ok(letters) => {
                    for (place, heard) in letters {
                        match heard {
                            Heard::Rests => {
                                self.window.rests();
                                take(Heard::Rests)?;
                            }
                            heard if ordered => drop(early.insert(place, heard)),
                            heard => {
                                taken += 1;
                                self.window.passes(&heard);
                                take(heard)?;
                            }
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    idle = true;
                    take(Heard::Tick)?;
                    // The reader may wait for more input for ever.
                    let over = self.working.load(Ordering::SeqCst) == 0;
                    if over && self.stop.load(Ordering::Relaxed) {
                        break;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(heard) = early.remove(&next) {
                (next, taken) = (next + 1, taken + 1);
                self.window.passes(&heard);
                take(heard)?;
            }
            self.window.make_room(&self.written, idle);
        }
        // What came between the last look and the end; behind rows that were never begun it stays in its order.
        early.extend(self.heard.try_iter().flatten().filter(|(_, heard)| !matches!(heard, Heard::Rests)));
        for heard in early.into_values() {
            taken += 1;
            take(heard)?;
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
}

/// How many rows are under way: what rests is not, as long as not too many do.
struct Window {
    /// Most rows that may rest without taking up room.
    most: usize,
    resting: usize,
    /// Rows that rest and still take up room.
    crowded: usize,
    /// Rows that went out of the window, and whose room the reader has not been given yet.
    gone: usize,
    /// How much room is given back at once: the reader is woken for that many rows, and not for each.
    step: usize,
}

impl Window {
    fn new(rows: usize, most: usize) -> Self {
        Self { most, resting: 0, crowded: 0, gone: 0, step: rows / STEPS }
    }

    fn rests(&mut self) {
        self.resting += 1;
        if self.resting > self.most {
            self.crowded += 1;
        } else {
            self.gone += 1;
        }
    }

    fn passes(&mut self, heard: &Heard) {
        let rested = matches!(heard, Heard::Told(told) if told.rested);
        if rested {
            self.resting = self.resting.saturating_sub(1);
            if self.crowded == 0 {
                return;
            }
            self.crowded -= 1;
        }
        self.gone += 1;
    }

    /// Gives room back where there is a step of it, or where nothing else happens.
    fn make_room(&mut self, written: &Receiver<()>, idle: bool) {
        if self.gone > self.step || idle {
            for _ in 0..std::mem::take(&mut self.gone) {
                let _ = written.try_recv();
            }
        }
    }
}
