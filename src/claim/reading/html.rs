//! HTML mail as the text that a reader of it sees, together with the links behind the words.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::patterns::Pattern;

/// A stretch of what is seen.
pub(super) enum Piece {
    /// These bytes of the source, as they stand.
    Raw(Range<usize>),
    /// Other words that stand for these bytes.
    Said(String, Range<usize>),
}

/// Elements that begin a new line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
];
/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "col", "colgroup", "del", "em", "font", "i", "img", "ins",
    "kbd", "label", "link", "mark", "meta", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "tt", "u", "var", "wbr",
];
/// Elements of a row.
const CELLS: &[&str] = &["td", "th"];
/// Elements whose content nobody sees.
const HIDDEN: &[&str] = &["style", "script"];

/// Whether a text without a declared form is HTML: it has an element that only HTML has.
pub(super) fn looks_like(text: &str) -> bool {
    static TAG: Pattern = Pattern::holding(
        &["<"],
        r"(?i-u)<(?:!doctype html|html|body|br|p|div|span|table|tr|td|li|ul|ol|b|strong|a\s+href=)(?:\s(?u:[^<>]*))?/?>|<a\s+href=",
    );
    TAG.is_in(text)
}

/// What is seen of an HTML source, in order. Tags that HTML does not have are taken for the writer's own words.
pub(super) fn pieces(source: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut hidden) = (0, false);
    for token in Tokenizer::new_with_emitter(source, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        let span = match &token {
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::String(text) | Token::Comment(text) => text.span,
            Token::Doctype(doctype) => doctype.span,
            Token::Error(_) => continue,
        };
        let (start, end) = (span.start.max(at), span.end.min(source.len()));
        if start >= end || !source.is_char_boundary(start) || !source.is_char_boundary(end) {
            continue;
        }
        raw(source, at..start, &mut pieces);
        at = end;
        match token {
            Token::String(_) if !hidden => raw(source, start..end, &mut pieces),
            Token::StartTag(tag) => {
                let name = lower(&tag.name);
                hidden = HIDDEN.contains(&name.as_str()) && !tag.self_closing;
                let link = tag.attributes.iter().find(|(key, _)| ***key == *b"href").map(|(_, value)| value);
                opened(&name, source, start..end, &mut pieces);
                if let Some(link) = link.filter(|_| name == "a") {
                    let to = String::from_utf8_lossy(link).trim().trim_start_matches("mailto:").to_owned();
                    let bounds = link.span.start.max(start)..link.span.end.min(end);
                    let from = if source.get(bounds.clone()).is_some() { bounds } else { start..end };
                    pieces.push(Piece::Said(format!(" {to} "), value_of(source, from)));
                }
            }
            Token::EndTag(tag) => {
                hidden = false;
                opened(&lower(&tag.name), source, start..end, &mut pieces);
            }
            _ => {}
        }
    }
    raw(source, at..source.len(), &mut pieces);
    pieces
}

fn lower(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_ascii_lowercase()
}

/// The value in `href="value"`: what is replaced there must leave the attribute whole.
fn value_of(source: &str, attribute: Range<usize>) -> Range<usize> {
    let text = &source[attribute.clone()];
    let Some(equals) = text.find('=') else { return attribute };
    let value = &text[equals + 1..];
    let opened = value.len() - value.trim_start().trim_start_matches(['"', '\'']).len();
    let bare = value[opened..].trim_end_matches(['"', '\'']);
    let start = attribute.start + equals + 1 + opened;
    if bare.is_empty() { attribute } else { start..start + bare.len() }
}

fn opened(name: &str, source: &str, range: Range<usize>, pieces: &mut Vec<Piece>) {
    if BLOCKS.contains(&name) {
        pieces.push(Piece::Said("\n".to_owned(), range));
    } else if CELLS.contains(&name) {
        pieces.push(Piece::Said(" ".to_owned(), range));
    } else if !INLINE.contains(&name) && !HIDDEN.contains(&name) {
        raw(source, range, pieces);
    }
}

/// Source text with its character references resolved, one by one, so that everything else keeps its place.
fn raw(source: &str, range: Range<usize>, pieces: &mut Vec<Piece>) {
    static REFERENCE: Pattern =
        Pattern::holding(&["&"], r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});");
    let mut at = range.start;
    for found in REFERENCE.all(&source[range.clone()]) {
        let reference = range.start + found.start..range.start + found.end;
        if at < reference.start {
            pieces.push(Piece::Raw(at..reference.start));
        }
        at = reference.end;
        pieces.push(Piece::Said(resolved(&source[reference.clone()]), reference));
    }
    if at < range.end {
        pieces.push(Piece::Raw(at..range.end));
    }
}

/// What a character reference stands for; an unknown one stands for itself.
fn resolved(reference: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut text = String::new();
    for token in Tokenizer::new(reference) {
        let Ok(token) = token;
        if let Token::String(value) = token {
            text.push_str(&String::from_utf8_lossy(&value));
        }
    }
    text.nfkc().filter(|c| !crate::subject::is_invisible(*c)).collect()
}
