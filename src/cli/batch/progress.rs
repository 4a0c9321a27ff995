//! How far a batch has come: a bar on a terminal, a line every few seconds elsewhere, a table at the end.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::crew::Told;
use super::input::Item;
use crate::cli::env::Env;
use crate::net::Hosts;
use crate::report::{plain, render_counts};

/// Between two lines where no terminal shows a bar.
const EVERY: Duration = Duration::from_secs(5);
/// Between two looks at a bar.
const LOOK: Duration = Duration::from_millis(250);

/// How far it has come.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    quiet: bool,
    begun: Instant,
    told: Instant,
    before: usize,
    done: u64,
    /// Rows that wait for another look.
    resting: u64,
    errors: u64,
    verdicts: BTreeMap<&'static str, u64>,
    reading: Arc<Reading>,
    hosts: Arc<Hosts>,
}

/// How much of the input was read.
#[derive(Default)]
pub(super) struct Reading {
    /// Bytes of all of it, where that is known.
    total: Option<u64>,
    bytes: AtomicU64,
    rows: AtomicU64,
}

impl Reading {
    /// Nothing yet, of an input of so many bytes.
    pub(super) fn of(total: Option<u64>) -> Self {
        Self { total, ..Self::default() }
    }

    pub(super) fn count(&self, item: &Item) {
        self.rows.fetch_add(u64::from(matches!(item, Item::Row(_))), Ordering::Relaxed);
    }

    /// How many rows there are in all, if those to come are as long as those read so far.
    fn expected(&self) -> Option<u64> {
        let (bytes, rows) = (self.bytes.load(Ordering::Relaxed), self.rows.load(Ordering::Relaxed));
        let expected = u128::from(self.total?) * u128::from(rows) / u128::from(bytes.max(1));
        u64::try_from(expected).ok()
    }
}

/// An input whose bytes are counted as they are read.
pub(super) struct Counted<R> {
    source: R,
    reading: Arc<Reading>,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(source: R, reading: Arc<Reading>) -> Self {
        Self { source, reading }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(into)?;
        self.reading.bytes.fetch_add(u64::try_from(read).unwrap_or(0), Ordering::Relaxed);
        Ok(read)
    }
}

impl Progress {
    pub(super) fn new(quiet: bool, env: &Env, before: usize, reading: Arc<Reading>, hosts: Arc<Hosts>) -> Self {
        let style =
            || ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = (!quiet && env.watched).then(|| ProgressBar::new_spinner().with_style(style()));
        let now = Instant::now();
        let verdicts = BTreeMap::new();
        Self { bar, quiet, begun: now, told: now, before, done: 0, resting: 0, errors: 0, verdicts, reading, hosts }
    }

    /// Counts a result.
    pub(super) fn count(&mut self, told: &Told) {
        self.done += 1;
        self.resting = self.resting.saturating_sub(told.rested.into());
        self.errors += u64::from(told.row.error.is_some());
        *self.verdicts.entry(told.row.verdict.map_or("unreadable", crate::diagnosis::Verdict::name)).or_default() += 1;
    }

    /// Counts a row that waits for another look.
    pub(super) fn rests(&mut self) {
        self.resting += 1;
    }

    /// Rows that failed.
    pub(super) fn errors(&self) -> u64 {
        self.errors
    }

    /// Says something beside the bar.
    pub(super) fn say(&self, text: &str, env: &mut Env) {
        match (&self.bar, self.quiet) {
            (_, true) => {}
            (Some(bar), false) => bar.suspend(|| env.warn(&plain(text))),
            (None, false) => env.warn(&plain(text)),
        }
    }

    /// Says how far it has come, where the time for it has come.
    pub(super) fn tell(&mut self, env: &mut Env) {
        let pause = if self.bar.is_some() { LOOK } else { EVERY };
        if self.quiet || self.told.elapsed() < pause {
            return;
        }
        self.told = Instant::now();
        let line = self.line();
        match &self.bar {
            Some(bar) => {
                bar.set_message(line);
                bar.tick();
            }
            None => env.warn(&line),
        }
    }

    fn line(&self) -> String {
        let rate = self.done * 1000 / u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let verdicts: Vec<String> = self.verdicts.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let aside = self.hosts.resting();
        let slow: Vec<String> = self.hosts.slow().into_iter().filter(|name| !aside.contains(name)).collect();
        let named = |what: &str, names: &[String]| {
            if names.is_empty() { String::new() } else { format!(", {what}: {}", names.join(" ")) }
        };
        let left = self.left().map(|left| format!(", about {} left", duration(left))).unwrap_or_default();
        let waiting = if self.resting == 0 { String::new() } else { format!(", {} watched", self.resting) };
        format!(
            "{} rows done{waiting}, {rate} a second{left}, {} requests{}{}; {}",
            self.done,
            self.hosts.requests(),
            named("set aside", &aside),
            named("slow", &slow),
            verdicts.join(", ")
        )
    }

    /// How long it takes still, if it goes on as it went; nothing where the size of the input is not known, or where what
    /// is done waits for time.
    fn left(&self) -> Option<Duration> {
        let known = self.done.checked_add(u64::try_from(self.before).ok()?)?;
        let open = self.reading.expected()?.saturating_sub(known);
        let each = self.begun.elapsed().checked_div(u32::try_from(self.done).ok()?)?;
        Some(each.saturating_mul(u32::try_from(open).ok()?)).filter(|_| self.resting == 0)
    }

    /// Says how it went.
    pub(super) fn finish(&mut self, env: &mut Env) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.quiet {
            return;
        }
        let before = if self.before == 0 { String::new() } else { format!(", {} before this run", self.before) };
        env.warn(&format!("{} rows{before}, {} failed, {} requests", self.done, self.errors, self.hosts.requests()));
        let rows: Vec<(String, u64)> = self.verdicts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        env.warn(&render_counts(&rows));
    }
}

/// A time in the two largest units that it has.
fn duration(time: Duration) -> String {
    let (minutes, seconds) = (time.as_secs() / 60, time.as_secs() % 60);
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min {seconds} s"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_to_come_are_expected_by_the_bytes_to_come() {
        let reading = Arc::new(Reading::of(Some(1000)));
        let mut source = Counted::new(&[0_u8; 1000][..], Arc::clone(&reading));
        source.read_exact(&mut [0; 100]).unwrap();
        for _ in 0..5 {
            reading.count(&Item::Warning(String::new()));
        }
        assert_eq!(reading.expected(), Some(0));
        reading.rows.store(5, Ordering::Relaxed);
        assert_eq!(reading.expected(), Some(50));
        assert_eq!(Reading::default().expected(), None, "of standard input the end is not known");
    }

    #[test]
    fn a_time_is_told_in_its_two_largest_units() {
        let told = [59, 61, 3600, 7320].map(|seconds| duration(Duration::from_secs(seconds)));
        assert_eq!(told, ["59 s", "1 min 1 s", "1 h 0 min", "2 h 2 min"]);
    }
}
