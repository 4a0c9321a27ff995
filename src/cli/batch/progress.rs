//! How far a batch has come: a bar on a terminal, a line every few seconds elsewhere, a table at the end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::crew::Told;
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
    errors: u64,
    verdicts: BTreeMap<&'static str, u64>,
    hosts: Arc<Hosts>,
}

impl Progress {
    pub(super) fn new(quiet: bool, env: &Env, before: usize, hosts: Arc<Hosts>) -> Self {
        let style =
            || ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = (!quiet && env.watched).then(|| ProgressBar::new_spinner().with_style(style()));
        let now = Instant::now();
        Self { bar, quiet, begun: now, told: now, before, done: 0, errors: 0, verdicts: BTreeMap::new(), hosts }
    }

    /// Counts a result.
    pub(super) fn count(&mut self, told: &Told) {
        self.done += 1;
        self.errors += u64::from(told.row.error.is_some());
        *self.verdicts.entry(told.row.verdict.map_or("unreadable", crate::diagnosis::Verdict::name)).or_default() += 1;
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
        let resting = self.hosts.resting();
        let resting = if resting.is_empty() { String::new() } else { format!(", set aside: {}", resting.join(" ")) };
        format!(
            "{} rows done, {rate} a second, {} requests{resting}; {}",
            self.done,
            self.hosts.requests(),
            verdicts.join(", ")
        )
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
