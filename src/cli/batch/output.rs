//! Where the results go: lines of JSON or CSV, to standard output or a file that outlasts a power cut.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::crew::Told;
use super::{Args, Form};
use crate::cli::env::Env;
use crate::report::{csv_cell, json_text};

/// How long a result may wait to be seen by a reader.
const SOON: Duration = Duration::from_millis(200);
/// How long it may wait to be safe from a power cut.
const SAFE: Duration = Duration::from_secs(5);

/// The columns of CSV, as the fields of a result are named.
pub(super) const COLUMNS: [&str; 20] = [
    "row",
    "id",
    "input",
    "case",
    "verdict",
    "code",
    "responsible",
    "confidence",
    "headline",
    "network",
    "txid",
    "state",
    "confirmations",
    "required_confirmations",
    "amount",
    "asset",
    "ledger_status",
    "error",
    "content",
    "age_hours",
];

/// The results' way out.
pub(super) struct Output {
    file: Option<BufWriter<File>>,
    /// What goes to standard output with the next flush.
    waiting: Vec<u8>,
    form: Form,
    flushed: Instant,
    synced: Instant,
}

impl Output {
    /// Opens it; the header of CSV is written where nothing is there yet.
    pub(super) fn open(file: Option<File>, args: &Args) -> Result<Self> {
        let now = Instant::now();
        let has_header = file.as_ref().is_some_and(|file| file.metadata().is_ok_and(|known| known.len() > 0));
        let file = file.map(|file| BufWriter::with_capacity(1 << 16, file));
        let mut output = Self { file, waiting: Vec::new(), form: args.format, flushed: now, synced: now };
        if output.form == Form::Csv && !args.full && !has_header {
            output.put((COLUMNS.join(",") + "\n").as_bytes())?;
        }
        Ok(output)
    }

    /// Writes a result.
    pub(super) fn write(&mut self, told: &Told) -> Result<()> {
        let line = match (&told.document, self.form) {
            (Some(document), _) => document.clone(),
            (None, Form::Ndjson) => json_text(&serde_json::to_string(&told.row).context("failed to write a result")?),
            (None, Form::Csv) => return self.record(told),
        };
        self.put(line.as_bytes())?;
        self.put(b"\n")
    }

    fn record(&mut self, told: &Told) -> Result<()> {
        let value = serde_json::to_value(&told.row).context("failed to write a result")?;
        let mut writer = csv::Writer::from_writer(Vec::new());
        let cells = COLUMNS.map(|name| match &value[name] {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => csv_cell(text),
            other => other.to_string(),
        });
        writer.write_record(cells).context("failed to write a result")?;
        let line = writer.into_inner().map_err(|error| anyhow::anyhow!("failed to write a result: {error}"))?;
        self.put(&line)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        let Some(file) = &mut self.file else {
            self.waiting.extend_from_slice(bytes);
            return Ok(());
        };
        file.write_all(bytes).context("failed to write a result")
    }

    /// Lets a reader see what is there, and makes it safe, where the time for it has come. What is written once the user
    /// wants an end does not wait: a second interruption ends the process at once.
    pub(super) fn flush_now_and_then(&mut self, env: &mut Env) -> Result<()> {
        let ending = env.stop.load(Ordering::Relaxed);
        if ending || self.flushed.elapsed() >= SOON || self.waiting.len() > 1 << 16 {
            self.flush(env, self.synced.elapsed() >= SAFE)?;
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(&mut self, env: &mut Env) -> Result<()> {
        self.flush(env, true)
    }

    fn flush(&mut self, env: &mut Env, sync: bool) -> Result<()> {
        self.flushed = Instant::now();
        if let Some(file) = &mut self.file {
            file.flush().context("failed to write the results")?;
            if sync {
                self.synced = Instant::now();
                file.get_ref().sync_data().context("failed to write the results")?;
            }
        }
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() { Ok(()) } else { env.print_bytes(&waiting) }
    }
}
