//! A complaint's texts as one page that can be read: entities, invisible characters and full-width forms made plain,
//! and for every character where it came from.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use super::html::{self, Piece};
use super::voices::{self, Voice};
use super::{Format, lexicon};
use crate::subject::is_invisible;

/// Where in the complaint something stands: bytes of one of its texts as they were given, the end excluded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Span {
    /// `subject`, `body`, `comment.0`, `field.txid`, …
    pub part: String,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// One text of a complaint, before it is read.
pub(super) struct Part<'a> {
    pub(super) name: String,
    /// What a form says before its field.
    pub(super) label: &'static str,
    pub(super) text: &'a str,
    pub(super) format: Format,
    pub(super) voice: Voice,
}

/// Where a character of the page came from.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: u32,
    part: u16,
    start: u32,
    end: u32,
}

/// All texts of a complaint, one after the other, with two line breaks between.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    text: String,
    marks: Vec<Mark>,
    names: Vec<String>,
    given: Vec<Voice>,
    voices: Vec<(usize, Voice)>,
    hits: Vec<lexicon::Hit>,
}

/// Texts beyond this are not read, in bytes of one complaint; a megabyte of mail is a long one.
const LONGEST: usize = 8 << 20;

impl Page {
    /// The page of some texts.
    pub(super) fn of(parts: &[Part<'_>]) -> Self {
        let names = parts.iter().map(|part| part.name.clone()).collect();
        let given = parts.iter().map(|part| part.voice).collect();
        let mut page = Self { names, given, ..Self::default() };
        for (number, part) in parts.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            page.push_all(part.label, number, 0..0);
            page.write(part, number);
            page.push_all("\n\n", number, part.text.len()..part.text.len());
        }
        page.finish()
    }

    fn finish(mut self) -> Self {
        let mut begins: Vec<(usize, Voice)> = Vec::new();
        for (part, voice) in (0u16..).zip(&self.given) {
            let first = self.marks.partition_point(|mark| mark.part < part);
            begins.extend(self.marks.get(first).map(|mark| (mark.at as usize, *voice)));
        }
        self.voices = voices::of(&self.text, &begins);
        self.hits = lexicon::hits(&self.text);
        self
    }

    /// The page with some ranges replaced by what stands for them.
    pub(super) fn masked(&self, masks: &[(Range<usize>, String)]) -> Self {
        let mut page = Self { names: self.names.clone(), given: self.given.clone(), ..Self::default() };
        let mut masks = masks.iter().peekable();
        for (mark, c) in self.marks.iter().zip(self.text.chars()) {
            let at = mark.at as usize;
            while masks.next_if(|(range, _)| range.end <= at).is_some() {}
            match masks.peek() {
                Some((range, marker)) if range.contains(&at) => {
                    if at == range.start {
                        let last = self.mark_at(range.end.saturating_sub(1));
                        let end = if last.part == mark.part { last.end } else { mark.end };
                        page.push_all(marker, mark.part, mark.start as usize..end.max(mark.end) as usize);
                    }
                }
                _ => page.push(c, mark.part, mark.start, mark.end),
            }
        }
        page.finish()
    }

    fn write(&mut self, part: &Part<'_>, number: u16) {
        let room = LONGEST.saturating_sub(self.text.len());
        let cut = (0..=part.text.len().min(room)).rev().find(|at| part.text.is_char_boundary(*at)).unwrap_or(0);
        let text = &part.text[..cut];
        if part.format == Format::Html || part.format == Format::Guess && html::looks_like(text) {
            for piece in html::pieces(text) {
                match piece {
                    Piece::Raw(range) => self.write_plain(text, range, number),
                    Piece::Said(words, range) => self.push_all(&words, number, range),
                }
            }
        } else {
            self.write_plain(text, 0..text.len(), number);
        }
    }

    /// Writes a stretch of plain text: without what nobody sees, in compatibility form.
    fn write_plain(&mut self, text: &str, range: Range<usize>, part: u16) {
        let mut at = range.start;
        for escape in escapes(&text[range.clone()]) {
            let escape = escape.start + range.start..escape.end + range.start;
            self.write_clusters(text, at..escape.start, part);
            let decoded = percent(&text[escape.clone()]);
            self.push_all(decoded.map(String::from).as_deref().unwrap_or_default(), part, escape.clone());
            at = escape.end;
        }
        self.write_clusters(text, at..range.end, part);
    }

    fn write_clusters(&mut self, text: &str, range: Range<usize>, part: u16) {
        let mut cluster = String::new();
        let (mut start, mut end) = (range.start, range.start);
        for (at, c) in text[range.clone()].char_indices() {
            let c = match c {
                '\t' | '\u{b}' | '\u{c}' => ' ',
                '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
                c => c,
            };
            // A line of Windows ends once.
            let twice = c == '\n' && text[range.start + at..range.end].starts_with("\r\n");
            if twice || c != '\n' && is_invisible(c) {
                continue;
            }
            if !continues(c) || cluster.len() > LONGEST_CLUSTER {
                self.write_cluster(&cluster, part, start..end);
                cluster.clear();
                start = range.start + at;
            }
            cluster.push(c);
            end =
                range.start + at + c.len_utf8().max(text[range.start + at..].chars().next().map_or(1, char::len_utf8));
        }
        self.write_cluster(&cluster, part, start..end);
    }

    fn write_cluster(&mut self, cluster: &str, part: u16, from: Range<usize>) {
        if cluster
            .starts_with(|c: char| matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '²' | '³' | '¹'))
        {
            // An encircled or raised number is an ornament, not a digit of what follows.
            self.push_all("*", part, from);
            return;
        }
        let plain: String = cluster.nfkc().filter(|c| *c == '\n' || !is_invisible(*c)).collect();
        self.push_all(&plain, part, from);
    }

    fn push_all(&mut self, text: &str, part: u16, from: Range<usize>) {
        let (start, end) = (small(from.start), small(from.end));
        for c in text.chars() {
            self.push(c, part, start, end);
        }
    }

    fn push(&mut self, c: char, part: u16, start: u32, end: u32) {
        self.marks.push(Mark { at: small(self.text.len()), part, start, end });
        self.text.push(c);
    }

    /// The text that is read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What the words of the page mean, in order of their ends.
    pub(super) fn hits(&self) -> &[lexicon::Hit] {
        &self.hits
    }

    /// Whose words stand there.
    pub(super) fn voice(&self, at: usize) -> Voice {
        let next = self.voices.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1).map_or(Voice::Customer, |index| self.voices[index].1)
    }

    /// Where a range of the page came from; what reaches over two texts is said to stand in the first.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let (first, last) = (self.mark_at(range.start), self.mark_at(range.end.saturating_sub(1)));
        let end = if first.part == last.part { last.end.max(first.end) } else { first.end };
        let part = self.names.get(usize::from(first.part)).cloned().unwrap_or_default();
        Span { part, start: first.start as usize, end: end as usize }
    }

    fn index(&self, at: usize) -> usize {
        self.marks.partition_point(|mark| mark.at as usize <= at).saturating_sub(1)
    }

    fn mark_at(&self, at: usize) -> Mark {
        self.marks.get(self.index(at)).copied().unwrap_or(Mark { at: 0, part: 0, start: 0, end: 0 })
    }

    /// Up to so many bytes before a place, from a character's boundary on.
    pub(super) fn before(&self, at: usize, most: usize) -> &str {
        let from = at.saturating_sub(most);
        let from = (from..=at).find(|at| self.text.is_char_boundary(*at)).unwrap_or(at);
        &self.text[from..at]
    }

    /// Up to so many bytes after a place, to a character's boundary.
    pub(super) fn after(&self, at: usize, most: usize) -> &str {
        let to = at.saturating_add(most).min(self.text.len());
        let to = (at..=to).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(at);
        &self.text[at..to]
    }
}

/// Longest run of marks on one letter that is composed at once, in bytes.
const LONGEST_CLUSTER: usize = 64;

/// Whether a character only changes the one before it: combining marks, and the later parts of a Hangul syllable.
fn continues(c: char) -> bool {
    canonical_combining_class(c) != 0 || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}')
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Colours and titles of a terminal, the punctuation of links in percent form, and the equals sign of undecoded mail.
fn escapes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(['\u{1b}', '%', '=']) {
        if found.last().is_none_or(|last| last.end <= at) {
            found.extend(escape(&bytes[at..]).map(|length| at..at + length));
        }
    }
    found
}

/// Longest title of a terminal's window, in bytes.
const TITLE: usize = 800;

/// How many bytes an escape takes.
fn escape(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'%', first, second, ..] => {
            let second = second.to_ascii_lowercase();
            let known = matches!(
                (first, second),
                (b'2', b'0' | b'2' | b'3' | b'6' | b'b' | b'f')
                    | (b'3', b'a' | b'd' | b'f')
                    | (b'4', b'0')
                    | (b'7', b'b' | b'd')
            );
            known.then_some(3)
        }
        // The sign itself in mail that was not decoded.
        [b'=', b'3', b'D', ..] => Some(3),
        [0x1b, b'[', rest @ ..] => {
            let figures = rest.iter().take_while(|b| b.is_ascii_digit() || **b == b';').count();
            let last = *rest.get(figures)?;
            matches!(last, b'A'..=b'H' | b'J' | b'K' | b'S' | b'T' | b'f' | b'h' | b'l' | b'm' | b'n' | b's' | b'u')
                .then_some(figures + 3)
        }
        [0x1b, b']', rest @ ..] => {
            let end = rest.iter().take(TITLE).position(|b| matches!(b, 0x07 | b'\n'))?;
            (rest[end] == 0x07).then_some(end + 3)
        }
        _ => None,
    }
}

fn percent(escape: &str) -> Option<char> {
    let code = u8::from_str_radix(escape.strip_prefix(['%', '='])?, 16).ok()?;
    Some(char::from(code))
}
