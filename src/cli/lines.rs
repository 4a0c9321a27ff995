//! Lines and records of files that may be anything, read within bounds.

use std::cell::Cell;
use std::io::{BufRead, Error, Read};
use std::rc::Rc;

/// Reads a line without its end; of one that is longer, a byte more than is allowed. False at the end.
pub(super) fn next_line(source: &mut impl BufRead, line: &mut Vec<u8>, longest: usize) -> std::io::Result<bool> {
    line.clear();
    let mut any = false;
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any);
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        line.extend(part.iter().take((longest + 1).saturating_sub(line.len())));
        let used = end.map_or(buffer.len(), |end| end + 1);
        source.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}

/// A reader that gives so many bytes for one record of CSV; more is a quote that nobody closed.
pub(super) struct Bounded<R> {
    source: R,
    given: Rc<Cell<usize>>,
    longest: usize,
}

impl<R: Read> Bounded<R> {
    /// Bounds a reader. The count of what was given is to be set back for each record.
    pub(super) fn new(source: R, longest: usize) -> (Self, Rc<Cell<usize>>) {
        let given = Rc::new(Cell::new(0));
        (Self { source, given: Rc::clone(&given), longest }, given)
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        // What lies in the parser's own buffer belongs to records that are still to come.
        if self.given.get() > self.longest {
            return Err(Error::other("it is longer than a megabyte; perhaps a quote is not closed"));
        }
        let read = self.source.read(into)?;
        self.given.set(self.given.get() + read);
        Ok(read)
    }
}
