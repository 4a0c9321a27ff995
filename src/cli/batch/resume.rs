//! What an earlier run left in its file: the rows that are done, and a last line that may be torn.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::input::Row;
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

/// A result line, as far as it tells which row it is of.
#[derive(Deserialize)]
struct Told {
    row: u64,
    content: String,
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

    /// Looks at the file that is to be written. A file with something in it is gone on with, written over or refused.
    pub(super) fn read(path: &Path, args: &Args) -> Result<Self> {
        let shown = path.display();
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::nothing()),
            Err(error) => return Err(error).with_context(|| format!("failed to read {shown}")),
        };
        let length = file.metadata().with_context(|| format!("failed to read {shown}"))?.len();
        if length == 0 || args.force {
            return Ok(Self::nothing());
        }
        if !args.resume {
            return Err(Mistake::error(format!(
                "{shown} has results in it: --resume goes on with them, --force writes over them"
            )));
        }
        let (kept, whole) = Self::scan(&mut file, args).with_context(|| format!("failed to go on with {shown}"))?;
        drop(file);
        if whole < length {
            let file = OpenOptions::new().write(true).open(path);
            let cut = file.and_then(|file| file.set_len(whole).and_then(|()| file.sync_all()));
            cut.with_context(|| format!("failed to cut the torn end off {shown}"))?;
        }
        Ok(kept)
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
        let (mut rows, whole) = if is_json { json(file)? } else { csv(file)? };
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
        if *number != row.number || Some(*content) != digest(&row.content) {
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

fn json(file: &mut File) -> Result<Scanned> {
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
        let Some(told) = told.and_then(|told| Some((told.row, digest(&told.content)?))) else {
            let number = rows.len() + 1;
            return Err(Mistake::error(format!("line {number} is no result; nothing was changed")));
        };
        rows.push(told);
        whole += u64::try_from(read)?;
    }
}

fn csv(file: &mut File) -> Result<Scanned> {
    // A record may have been torn within quotes: only what ends in a line's end counts.
    let length = file.metadata()?.len();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(BufReader::with_capacity(1 << 16, &*file));
    let names = reader.headers().map_err(|_| Mistake::error("it is not a file of results"))?.clone();
    let column = |wanted: &str| names.iter().position(|name| name == wanted);
    let whole_header = reader.position().byte() < length || ends_line(reader.get_ref(), length);
    if !whole_header {
        return Ok((Vec::new(), 0));
    }
    let (Some(number), Some(content)) = (column("row"), column("content")) else {
        return Err(Mistake::error("it is not a file of results"));
    };
    let (mut rows, mut whole) = (Vec::new(), reader.position().byte());
    let mut record = csv::StringRecord::new();
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let told = record.get(number).and_then(|text| text.parse().ok()).zip(record.get(content).and_then(digest));
        let end = reader.position().byte();
        let Some(told) =
            told.filter(|_| record.len() == names.len() && (end < length || ends_line(reader.get_ref(), length)))
        else {
            break;
        };
        rows.push(told);
        whole = end;
    }
    Ok((rows, whole))
}

/// Whether a file ends with the end of a line.
fn ends_line(source: &BufReader<&File>, length: u64) -> bool {
    use std::os::unix::fs::FileExt as _;
    let mut last = [0];
    length > 0 && source.get_ref().read_exact_at(&mut last, length - 1).is_ok() && last[0] == b'\n'
}
