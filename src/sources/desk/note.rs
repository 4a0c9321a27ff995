//! The note that goes back to a ticket: its text in the forms that desks take, its files, and the mark by which it is
//! known again.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::claim::Comment;

/// What stands before the key in a note.
const MARK: &str = "txsleuth:";
/// Characters of a key.
const KEY: usize = 16;
/// Longest text of a note in characters; the whole stands in its files. Jira's limit is 32,767, Zendesk's 64 KiB.
const LONGEST: usize = 24_000;

/// An internal note.
#[derive(Clone, Debug)]
pub struct Note {
    /// What it says, hashed: the same conclusion on the same ticket has the same key.
    pub key: String,
    /// The keys of earlier notes on the ticket, which this one overtakes.
    pub earlier: Vec<String>,
    /// The desk's mark of the ticket as it was read; a desk that is told it refuses where the ticket has changed since.
    pub stamp: Option<String>,
    /// The report as plain text.
    pub text: String,
    /// The report as Markdown.
    pub markdown: String,
    /// The files that go with it.
    pub files: Vec<File>,
}

/// A file of a note.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl File {
    /// The content in base64.
    pub(super) fn base64(&self) -> String {
        BASE64_STANDARD.encode(&self.bytes)
    }

    /// The file under the names that a desk gives to its name, its media type and its content.
    pub(super) fn json(&self, [name, mime, content]: [&str; 3]) -> Value {
        json!({ name: self.name, mime: self.mime, content: self.base64() })
    }
}

impl Note {
    /// The note as plain text.
    pub fn plain(&self) -> String {
        format!("{}\n\n{}\n", bounded(&self.text).trim_end(), self.mark())
    }

    /// The note as Markdown.
    pub fn marked_down(&self) -> String {
        format!("{}\n\n{}\n", bounded(&self.markdown).trim_end(), self.mark())
    }

    /// The note as HTML: plain text with its columns, in which nothing is markup.
    pub(super) fn html(&self) -> String {
        let escaped = self.plain().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<pre>{}</pre>", escaped.replace('"', "&quot;"))
    }

    /// The line by which the note is known again, and which earlier ones it overtakes.
    fn mark(&self) -> String {
        let earlier: Vec<String> = self.earlier.iter().map(|key| format!("{MARK}{key}")).collect();
        let instead = if earlier.is_empty() { String::new() } else { format!(" (instead of {})", earlier.join(", ")) };
        format!("{MARK}{}{instead}", self.key)
    }
}

/// The key that a comment carries as its own: the last mark that begins a line. One inside a line only speaks of a note.
pub fn key_of(comment: &Comment) -> Option<String> {
    if let Some(key) = comment.key.as_deref().filter(|key| is_key(key)) {
        return Some(key.to_owned());
    }
    keys_in(&comment.body).pop()
}

/// The keys of the marks that begin a line, in their order. Desks wrap lines in tags of their own.
pub(super) fn keys_in(text: &str) -> Vec<String> {
    let broken = text.replace('>', "\n");
    let lines = broken.lines().filter_map(|line| line.trim_start().strip_prefix(MARK));
    lines.filter_map(|rest| rest.get(..KEY)).filter(|key| is_key(key)).map(str::to_owned).collect()
}

fn is_key(text: &str) -> bool {
    text.len() == KEY && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// The key of a hash in hexadecimal digits.
pub fn key(hash: &str) -> String {
    hash.chars().take(KEY).collect()
}

fn bounded(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\n… (the whole is in the attached file)", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        let key = "00112233445566ff".to_owned();
        Note {
            key,
            earlier: Vec::new(),
            stamp: None,
            text: "a <b> & \"c\"".into(),
            markdown: "**a**".into(),
            files: Vec::new(),
        }
    }

    fn said(body: String) -> Comment {
        Comment { author: "agent".into(), body, ..Comment::default() }
    }

    #[test]
    fn a_note_is_known_again_in_every_form() {
        let mut note = note();
        note.earlier = vec!["ffffffffffffffff".into()];
        for body in [note.plain(), note.marked_down(), note.html(), format!("<p>x</p><div>{}</div>", note.plain())] {
            assert_eq!(key_of(&said(body)).as_deref(), Some("00112233445566ff"));
        }
        assert_eq!(note.html().matches('<').count(), 2, "nothing but the frame is markup");
    }

    #[test]
    fn what_only_speaks_of_a_note_is_none() {
        for text in ["see txsleuth:00112233445566ff", "txsleuth:short", "txsleuth:zz112233445566ff", ""] {
            assert_eq!(key_of(&said(text.into())), None, "{text}");
        }
    }

    #[test]
    fn a_long_note_is_cut_and_keeps_its_mark() {
        let note = Note { text: "é".repeat(LONGEST + 1), ..note() };
        let plain = note.plain();
        assert!(plain.contains("the whole is in the attached file") && plain.chars().count() < LONGEST + 200);
        assert_eq!(key_of(&said(plain)).as_deref(), Some("00112233445566ff"));
    }
}
