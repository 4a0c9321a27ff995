//! The rows of a batch: CSV under a header, NDJSON, or one subject a line; told apart by the first line.

use std::io::{BufRead, BufReader, Cursor, Read, Write as _};

use anyhow::{Context as _, Result};
use serde_json::value::RawValue;

use crate::cli::check::Flags;
use crate::cli::exit::Mistake;
use crate::cli::lines::next_line;
use crate::net::sha256_of;

use super::records::{Fields, Record, Records};

/// Longest row that is looked into, in bytes.
const LONGEST: usize = 64 << 10;
/// Characters of an unreadable row that are shown.
const SHOWN: usize = 200;

/// One row, as it was read.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its number, from 1; a header does not count.
    pub number: u64,
    /// The caller's own id.
    pub id: Option<String>,
    /// What to look into, for people.
    pub input: String,
    /// The whole hash of what the row says but for its number and id: rows of one hash say the same.
    pub hash: String,
    /// What it says; or why it cannot be read.
    pub said: Result<Case, String>,
}

impl Row {
    /// By which it is known again in a file of results.
    pub(super) fn content(&self) -> &str {
        &self.hash[..16]
    }
}

/// Bytes of a usual row with the lengths of its parts.
const USUAL: usize = 256;

/// The hash of parts of which each is told by its length, so that other parts have another one.
fn hash<'a>(kind: &str, parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut told = Vec::with_capacity(USUAL);
    told.extend(kind.as_bytes());
    for part in parts {
        // Writing to memory does not fail.
        let _ = write!(told, " {}:", part.len());
        told.extend(part);
    }
    sha256_of(&told)
}

/// What a row says.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    /// The one thing to look into, where it is no address alone.
    pub subject: Option<String>,
    /// What is claimed of it.
    pub flags: Flags,
}

/// What reading brings.
pub(super) enum Item {
    /// A row.
    Row(Box<Row>),
    /// Something worth a word.
    Warning(String),
}

/// The columns of CSV, and the keys of NDJSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Subject,
    Network,
    Kind,
    Asset,
    Amount,
    Address,
    Memo,
    Account,
    Ticket,
    At,
    Id,
}

/// Every column by its name. `subject` is what a file calls it that holds tickets and links as well.
const COLUMNS: &[(&str, Column)] = &[
    ("txid", Column::Subject),
    ("subject", Column::Subject),
    ("network", Column::Network),
    ("kind", Column::Kind),
    ("asset", Column::Asset),
    ("amount", Column::Amount),
    ("address", Column::Address),
    ("memo", Column::Memo),
    ("account", Column::Account),
    ("ticket", Column::Ticket),
    ("at", Column::At),
    ("id", Column::Id),
];

impl Column {
    fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        COLUMNS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, column)| *column)
    }

    /// Whether a case can begin with it.
    fn begins(self) -> bool {
        matches!(self, Self::Subject | Self::Address | Self::Ticket | Self::Account)
    }
}

/// A row as it is put together.
#[derive(Default)]
struct Parts {
    id: Option<String>,
    case: Case,
}

impl Parts {
    fn put(&mut self, column: Column, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let flags = &mut self.case.flags;
        let place = match column {
            Column::Subject => &mut self.case.subject,
            Column::Network => &mut flags.network,
            Column::Kind => &mut flags.kind,
            Column::Asset => &mut flags.asset,
            Column::Amount => &mut flags.amount,
            Column::Address => &mut flags.address,
            Column::Memo => &mut flags.memo,
            Column::Account => &mut flags.account,
            Column::Ticket => &mut flags.ticket,
            Column::At => &mut flags.at,
            Column::Id => &mut self.id,
        };
        *place = Some(value.to_owned());
    }

    fn row(self, number: u64) -> Row {
        let Self { id, case } = self;
        let flags = &case.flags;
        let parts = [
            &case.subject,
            &flags.network,
            &flags.kind,
            &flags.asset,
            &flags.amount,
            &flags.address,
            &flags.memo,
            &flags.account,
            &flags.ticket,
            &flags.at,
        ];
        let hash = hash("row", parts.map(|part| part.as_deref().unwrap_or_default().as_bytes()));
        let named = [&case.subject, &flags.ticket, &flags.address, &flags.account];
        let input = named.into_iter().flatten().next().cloned().unwrap_or_default();
        Row { number, id, input, hash, said: Ok(case) }
    }
}

/// A row that cannot be read.
fn unreadable<'a>(number: u64, parts: impl IntoIterator<Item = &'a [u8]> + Clone, why: String) -> Row {
    let shown = parts.clone().into_iter().collect::<Vec<_>>().join(&b","[..]);
    let input = String::from_utf8_lossy(&shown).trim().chars().take(SHOWN).collect();
    Row { number, id: None, input, hash: hash("unreadable", parts), said: Err(why) }
}

fn too_long() -> String {
    format!("it is longer than {LONGEST} bytes")
}

/// Reads every row; ends early when `take` has had enough.
pub(super) fn read(source: Box<dyn Read + Send>, mut take: impl FnMut(Item) -> Result<bool>) -> Result<()> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let Some(first) = first_line(&mut source)? else { return Ok(()) };
    let text = String::from_utf8_lossy(&first).into_owned();
    let (text, behind) = text.split_once('\r').unwrap_or((&text, ""));
    let source = Cursor::new(first).chain(source);
    match header(text) {
        Some(delimiter) => csv(source, delimiter, &mut take),
        None if text.trim_start().starts_with('{') => lines(source, &mut take, json),
        None if !behind.trim().is_empty() => Err(Mistake::error(
            "the lines end in a carriage return alone, which only CSV with a header may: end them with a line feed",
        )),
        None if fields(text).is_some() => Err(Mistake::error(format!(
            "the first line has several columns and names none of them: it takes a header with one of txid, ticket, address or account, beside {}",
            COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        ))),
        None => lines(source, &mut take, |line| Ok(subject(line))),
    }
}

/// The first line that is not blank, without a byte order mark.
fn first_line(source: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    loop {
        let mut line = Vec::new();
        let bound = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        let read = source.by_ref().take(bound).read_until(b'\n', &mut line).context("failed to read the input")?;
        if let Some(rest) = line.strip_prefix(b"\xef\xbb\xbf") {
            line = rest.to_vec();
        }
        match (read, line.iter().all(u8::is_ascii_whitespace)) {
            (0, _) => return Ok(None),
            (_, true) => {}
            (_, false) => return Ok(Some(line)),
        }
    }
}

/// The delimiters of spreadsheets.
const DELIMITERS: [char; 3] = [',', '\t', ';'];

/// The delimiter of a header, where the line is one.
fn header(line: &str) -> Option<u8> {
    let name = |field: &str| Column::named(field.trim().trim_matches('"'));
    let begins = |delimiter: &char| line.split(*delimiter).filter_map(name).any(Column::begins);
    DELIMITERS.into_iter().find(begins).and_then(|delimiter| u8::try_from(delimiter).ok())
}

/// The delimiter that parts a line into several fields.
fn fields(line: &str) -> Option<char> {
    DELIMITERS.into_iter().find(|delimiter| line.trim_end().contains(*delimiter))
}

fn csv(source: impl BufRead, delimiter: u8, take: &mut impl FnMut(Item) -> Result<bool>) -> Result<()> {
    let mut records = Records::new(source, delimiter);
    let names: Vec<String> = match records.next().context("failed to read the header")? {
        Some(Record::Whole(names)) => names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect(),
        Some(Record::Torn(_)) => return Err(Mistake::error("a quote is opened in the header and never closed")),
        None => return Ok(()),
    };
    let columns: Vec<Option<Column>> = names.iter().map(|name| Column::named(name)).collect();
    for (at, column) in columns.iter().enumerate() {
        if column.is_some() && columns[..at].contains(column) {
            let name = &names[at];
            return Err(Mistake::error(format!("the header has two columns for one thing: `{name}` is the second")));
        }
    }
    let unknown = names.iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.trim().is_empty());
    let unknown: Vec<&str> = unknown.map(|(name, _)| name.trim()).collect();
    if !unknown.is_empty() {
        take(Item::Warning(format!("warning: these columns are not read: {}", unknown.join(", "))))?;
    }
    let mut number = 0;
    while let Some(record) = records.next().with_context(|| format!("failed to read row {}", number + 1))? {
        number += 1;
        let row = match record {
            Record::Whole(record) => record_row(number, record, &columns),
            Record::Torn(line) => {
                unreadable(number, [line.as_slice()], "a quote is opened and never closed".to_owned())
            }
        };
        if !take(Item::Row(Box::new(row)))? {
            return Ok(());
        }
    }
    Ok(())
}

fn record_row(number: u64, record: &Fields, columns: &[Option<Column>]) -> Row {
    if record.bytes() > LONGEST {
        return unreadable(number, record.iter(), too_long());
    }
    if record.len() > columns.len() {
        let why = format!("it has {} columns, and the header {}", record.len(), columns.len());
        return unreadable(number, record.iter(), why);
    }
    let mut parts = Parts::default();
    for (value, column) in record.iter().zip(columns) {
        match (column, std::str::from_utf8(value)) {
            (None, _) => {}
            (Some(column), Ok(value)) => parts.put(*column, value),
            (Some(_), Err(_)) => return unreadable(number, record.iter(), "it is not UTF-8 text".to_owned()),
        }
    }
    parts.row(number)
}

fn lines(
    source: impl BufRead,
    take: &mut impl FnMut(Item) -> Result<bool>,
    parts: fn(&str) -> Result<Parts, String>,
) -> Result<()> {
    let mut source = source;
    let mut number = 0;
    let mut line = Vec::new();
    while next_line(&mut source, &mut line, LONGEST).context("failed to read the input")? {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        number += 1;
        let read = match std::str::from_utf8(&line) {
            _ if line.len() > LONGEST => Err(too_long()),
            Ok(text) => parts(text.trim()),
            Err(_) => Err("it is not UTF-8 text".to_owned()),
        };
        let row = match read {
            Ok(parts) => parts.row(number),
            Err(why) => unreadable(number, [line.as_slice()], why),
        };
        if !take(Item::Row(Box::new(row)))? {
            return Ok(());
        }
    }
    Ok(())
}

fn subject(line: &str) -> Parts {
    let mut parts = Parts::default();
    parts.put(Column::Subject, line);
    parts
}

/// A JSON object; a number is taken to the letter, as an amount must not lose a digit.
fn json(line: &str) -> Result<Parts, String> {
    let object: std::collections::BTreeMap<String, &RawValue> =
        serde_json::from_str(line).map_err(|error| format!("it is no JSON object: {error}"))?;
    let mut parts = Parts::default();
    for (name, raw) in object {
        let Some(column) = Column::named(&name) else { continue };
        let text = raw.get();
        match text.bytes().next() {
            Some(b'"') => {
                let text: String = serde_json::from_str(text).map_err(|error| format!("`{name}`: {error}"))?;
                parts.put(column, &text);
            }
            Some(b'-' | b'0'..=b'9') => parts.put(column, text),
            Some(b'n') => {}
            _ => return Err(format!("`{name}` is neither text nor a number")),
        }
    }
    Ok(parts)
}
