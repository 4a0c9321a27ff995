//! The records of CSV, one after the other. Where a quote is opened and not closed, the line on which that is becomes a
//! record that cannot be read, and the next record begins with the next line: no row is lost in another one's quote.

use std::io::{BufRead, Cursor};

use anyhow::Result;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Longest record, in bytes, of which more than any row may have: by then a quote is taken for one that nobody closes.
const LONGEST: usize = 128 << 10;

/// The records of a source.
pub(super) struct Records<R> {
    source: R,
    /// Lines that were read in search of the end of a quote.
    ahead: Cursor<Vec<u8>>,
    parser: Reader,
    fields: Fields,
}

/// A record, or why it is none.
pub(super) enum Record<'r> {
    /// Its fields.
    Whole(&'r Fields),
    /// The line on which a quote is opened that is never closed.
    Torn(Vec<u8>),
}

/// The fields of one record.
#[derive(Default)]
pub(super) struct Fields {
    text: Vec<u8>,
    ends: Vec<usize>,
    len: usize,
}

impl Fields {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// How many bytes they have together.
    pub(super) fn bytes(&self) -> usize {
        self.ends[..self.len].last().copied().unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends[..self.len]).map(|(start, end)| &self.text[start..*end])
    }
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(source: R, delimiter: u8) -> Self {
        let parser = ReaderBuilder::new().delimiter(delimiter).build();
        Self { source, ahead: Cursor::default(), parser, fields: Fields::default() }
    }

    /// The next record; nothing at the end. Empty lines are none.
    pub(super) fn next(&mut self) -> Result<Option<Record<'_>>> {
        let (mut read, mut line) = (Vec::new(), Vec::new());
        let (mut bytes, mut fields) = (0, 0);
        self.parser.reset();
        loop {
            let more = read.len() <= LONGEST && self.line(&mut line)?;
            if !more {
                return Ok((!read.is_empty()).then(|| self.torn(&read)));
            }
            read.extend_from_slice(&line);
            // Nothing is longer than what was read, and every field but the first has a delimiter.
            self.fields.text.resize(read.len() + 1, 0);
            self.fields.ends.resize(read.len() + 1, 0);
            let (text, ends) = (&mut self.fields.text[bytes..], &mut self.fields.ends[fields..]);
            let (result, _, written, ended) = self.parser.read_record(&line, text, ends);
            (bytes, fields) = (bytes + written, fields + ended);
            if matches!(result, ReadRecordResult::Record) {
                self.fields.len = fields;
                return Ok(Some(Record::Whole(&self.fields)));
            }
            if bytes == 0 && fields == 0 && read.iter().all(|byte| is_end(*byte)) {
                read.clear();
            }
        }
    }

    /// Gives back what was read behind the first line of a record that has no end.
    fn torn<'r>(&mut self, read: &[u8]) -> Record<'r> {
        let end = read.iter().position(|byte| is_end(*byte)).map_or(read.len(), |at| at + 1);
        let (first, behind) = read.split_at(end);
        let rest = self.ahead.get_ref().get(usize::try_from(self.ahead.position()).unwrap_or(usize::MAX)..);
        self.ahead = Cursor::new([behind, rest.unwrap_or_default()].concat());
        Record::Torn(first.to_vec())
    }

    fn line(&mut self, line: &mut Vec<u8>) -> Result<bool> {
        Ok(ended_line(&mut self.ahead, line)? || ended_line(&mut self.source, line)?)
    }
}

/// Whether a line ends here; some programs write `\r` alone.
fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Reads a line with its end, which the last one of a file may lack; of one that is longer, a byte more than is allowed.
fn ended_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            let any = !line.is_empty();
            line.extend(any.then_some(b'\n'));
            return Ok(any);
        }
        let end = buffer.iter().position(|byte| is_end(*byte));
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let room = (LONGEST + 1).saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
        line.extend(end.map(|at| buffer[at]));
        let used = end.map_or(buffer.len(), |at| at + 1);
        source.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}
