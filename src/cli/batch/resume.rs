//! What an earlier run left in its file: the rows that are done, and a last line that may be torn.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::input::Row;
use super::output::COLUMNS;
use super::{Args, Form};
use crate::cli::exit::Mistake;

/// The rows that are done, with what they said.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Number and hash of the content, in the order of the numbers.
    rows: Vec<(u64, u64)>,
    /// How many of them were met again.
    met: usize,
}

/// A result line, as far as it tells which row it is of, and what kind of a line it is.
#[derive(Deserialize)]
struct Told {
    row: u64,
    content: String,
    /// Whole documents alone have it.
    schema: Option<IgnoredAny>,
    /// A row that could not be read has none, and is written in the same way beside whole documents.
    verdict: Option<IgnoredAny>,
}

impl Told {
    /// Whether it is a whole document; nothing where that cannot be told.
    fn is_full(&self) -> Option<bool> {
        self.verdict.as_ref().map(|_| self.schema.is_some())
    }
}

impl Kept {
    /// Nothing is done yet.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// How many rows are done.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Opens the file that is to be written, for this run alone, ready for the next result. A file with something in it
    /// is gone on with, written over or refused.
    pub(super) fn open(path: &Path, args: &Args) -> Result<(Self, File)> {
        let shown = path.display();
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = file.with_context(|| format!("failed to open {shown}"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Mistake::error(format!("another run writes its results into {shown}")));
            }
            // A file system without locks.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("failed to lock {shown}")),
        }
        let length = file.metadata().with_context(|| format!("failed to read {shown}"))?.len();
        if length == 0 {
            return Ok((Self::nothing(), file));
        }
        if args.force {
            file.set_len(0).with_context(|| format!("failed to write over {shown}"))?;
            return Ok((Self::nothing(), file));
        }
        if !args.resume {
            return Err(Mistake::error(format!(
                "{shown} has results in it: --resume goes on with them, --force writes over them"
            )));
        }
        let (kept, whole) = Self::scan(&mut file, args).with_context(|| format!("failed to go on with {shown}"))?;
        if whole < length {
            let cut = file.set_len(whole).and_then(|()| file.sync_all());
            cut.with_context(|| format!("failed to cut the torn end off {shown}"))?;
        }
        file.seek(SeekFrom::End(0)).with_context(|| format!("failed to go on with {shown}"))?;
        Ok((kept, file))
    }

    /// The results in a file, and how many bytes of it are whole lines.
    fn scan(file: &mut File, args: &Args) -> Result<(Self, u64)> {
        file.seek(SeekFrom::Start(0))?;
        let mut first = [0];
        let is_json = file.read(&mut first)? == 1 && first[0] == b'{';
        if first[0] == 0 {
            // A power cut may leave room that was never written.
            return Ok((Self::nothing(), 0));
        }
        let wanted = args.full || args.format == Form::Ndjson;
        if is_json != wanted {
            return Err(Mistake::error("its results are written in another format than is asked for now"));
        }
        file.seek(SeekFrom::Start(0))?;
        let (mut rows, whole) = if is_json { json(file, args.full)? } else { csv(file)? };
        rows.sort_unstable();
        if let Some(twice) = rows.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(Mistake::error(format!("it has two results of row {}", twice[0].0)));
        }
        Ok((Self { rows, met: 0 }, whole))
    }

    /// Whether a row is done. Rows are met in the order of their numbers.
    pub(super) fn is_done(&mut self, row: &Row) -> Result<bool> {
        let Some((number, content)) = self.rows.get(self.met).filter(|(number, _)| *number <= row.number) else {
            return Ok(false);
        };
        if *number != row.number || Some(*content) != digest(row.content()) {
            return Err(Mistake::error(format!(
                "the input has changed: row {} is not the one whose result is in the file; begin anew with --force",
                row.number
            )));
        }
        self.met += 1;
        Ok(true)
    }

    /// Whether the input has ended before all that is done was met again.
    pub(super) fn check_met(&self) -> Result<()> {
        match self.rows.get(self.met) {
            Some((number, _)) => Err(Mistake::error(format!(
                "the input has changed: it ends before row {number}, whose result is in the file; begin anew with --force"
            ))),
            None => Ok(()),
        }
    }
}

fn digest(content: &str) -> Option<u64> {
    u64::from_str_radix(content, 16).ok()
}

/// Rows with their contents, and how many bytes of whole lines there are.
type Scanned = (Vec<(u64, u64)>, u64);

fn json(file: &mut File, full: bool) -> Result<Scanned> {
    let mut source = BufReader::with_capacity(1 << 16, file);
    let (mut rows, mut whole, mut line) = (Vec::new(), 0_u64, Vec::new());
    loop {
        line.clear();
        let read = source.read_until(b'\n', &mut line)?;
        // A torn line is the last one, and has no end; a power cut may leave room that was never written.
        if !line.ends_with(b"\n") || line.contains(&0) {
            return Ok((rows, whole));
        }
        let told = serde_json::from_slice::<Told>(&line).ok();
        if let Some(is_full) = told.as_ref().and_then(Told::is_full).filter(|is_full| *is_full != full) {
            let (have, want) = if is_full { ("whole documents", "without") } else { ("lines", "with") };
            return Err(Mistake::error(format!("its results are {have}, and now they are asked for {want} --full")));
        }
        let Some(told) = told.and_then(|told| Some((told.row, digest(&told.content)?))) else {
            let number = rows.len() + 1;
            return Err(Mistake::error(format!("line {number} is no result; nothing was changed")));
        };
        rows.push(told);
        whole += u64::try_from(read)?;
    }
}

fn csv(file: &mut File) -> Result<Scanned> {
    let mut source = BufReader::with_capacity(1 << 16, file);
    let (mut rows, mut whole, mut line) = (Vec::new(), 0_u64, Vec::new());
    let header = COLUMNS.join(",");
    loop {
        line.clear();
        let read = source.read_until(b'\n', &mut line)?;
        // No cell has a line break in it, so that what is torn is the last line here as well.
        if !line.ends_with(b"\n") || line.contains(&0) {
            let written = line.split(|byte| *byte == 0).next().unwrap_or_default();
            if whole == 0 && !header.as_bytes().starts_with(written.trim_ascii_end()) {
                return Err(Mistake::error("it is not a file of results; nothing was changed"));
            }
            return Ok((rows, whole));
        }
        if whole > 0 {
            let told = record(&line)
                .ok_or_else(|| Mistake::error(format!("line {} is no result; nothing was changed", rows.len() + 2)))?;
            rows.push(told);
        } else if line.trim_ascii_end() != header.as_bytes() {
            return Err(Mistake::error(
                "its columns are not those that are written now; nothing was changed: write into another file",
            ));
        }
        whole += u64::try_from(read)?;
    }
}

/// The row of a line of CSV, and the hash of its content.
fn record(line: &[u8]) -> Option<(u64, u64)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line);
    let record = reader.records().next()?.ok().filter(|record| record.len() == COLUMNS.len())?;
    let cell = |name: &str| record.get(COLUMNS.iter().position(|own| *own == name)?);
    Some((cell("row")?.parse().ok()?, digest(cell("content")?)?))
}
