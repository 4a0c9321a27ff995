//! Tables in plain text: lines of values parted by commas, semicolons or bars, below a line that names the columns.

use std::ops::Range;

/// Longest line of a table, in bytes.
const LONGEST: usize = 600;
/// How many lines above a value the names of the columns may stand.
const LINES: usize = 12;
/// A line of two is a name and its value.
const FEWEST: usize = 2;

/// Where the name of the column stands that a place lies in.
pub(super) fn header(text: &str, at: usize) -> Option<Range<usize>> {
    let start = line_start(text, at)?;
    let end = line_end(text, at)?;
    let by = [b'|', b';', b','].into_iter().find(|by| cells(&text[start..end], *by) > FEWEST)?;
    let (columns, column) = (count(text, start..end, by), count(text, start..at, by));
    let (mut below, mut top) = (start, None);
    for _ in 0..LINES {
        let Some(end) = below.checked_sub(1) else { break };
        let Some(start) = line_start(text, end) else { break };
        let line = &text[start..end];
        let ruled = !line.is_empty() && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'+'));
        if !ruled && count(text, start..end, by) != columns {
            break;
        }
        if !ruled {
            top = Some((start..end, line.bytes().any(|b| b.is_ascii_digit())));
        }
        below = start;
    }
    let (line, _) = top.filter(|(_, digits)| !digits)?;
    cell(text, line, by, column)
}

fn cells(line: &str, by: u8) -> usize {
    line.split(char::from(by)).filter(|cell| !cell.trim().is_empty()).count()
}

fn line_start(text: &str, at: usize) -> Option<usize> {
    let from = at.saturating_sub(LONGEST);
    let bytes = &text.as_bytes()[from..at];
    match bytes.iter().rposition(|b| *b == b'\n') {
        Some(newline) => Some(from + newline + 1),
        None => (from == 0).then_some(0),
    }
}

/// Where the line of a place ends; nothing where it is longer than a table's.
fn line_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    match rest.iter().take(LONGEST).position(|byte| *byte == b'\n') {
        Some(newline) => Some(at + newline),
        None => (rest.len() <= LONGEST).then_some(text.len()),
    }
}

fn count(text: &str, range: Range<usize>, by: u8) -> usize {
    text.as_bytes()[range].split(|byte| *byte == by).count() - 1
}

/// The cell of a line with so many separators before it.
fn cell(text: &str, line: Range<usize>, by: u8, column: usize) -> Option<Range<usize>> {
    let mut at = line.start;
    for (index, cell) in text[line].split(char::from(by)).enumerate() {
        if index == column {
            return Some(at..at + cell.len());
        }
        at += cell.len() + 1;
    }
    None
}
