//! Untrusted text made harmless. Whatever comes from a ticket, a chain or a ledger may try to steer the
//! terminal, to reverse the reading direction or to hide itself.

use crate::subject::is_invisible;

/// Longest run of one untrusted text in a report.
const LONGEST: usize = 2000;

/// Text for a terminal or a note: what nobody sees is written out, line breaks become blanks.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(LONGEST) {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_invisible(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// JSON whose strings show every invisible character as an escape; its meaning stays the same.
pub fn json_text(json: &str) -> String {
    // No early exit, so that it is compiled to instructions that take many letters at once.
    if json.bytes().fold(true, |plain, byte| plain & matches!(byte, b'\n' | b' '..=b'~')) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if c != '\n' && is_invisible(c) {
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// A cell of CSV that no spreadsheet takes for a formula.
pub fn csv_cell(text: &str) -> String {
    let text = plain(text);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_and_direction_marks_are_written_out() {
        assert_eq!(plain("\u{1b}[31mred\u{202e}dcba"), "\\u{1b}[31mred\\u{202e}dcba");
        assert_eq!(plain("two\r\nlines"), "two  lines");
    }

    proptest! {
        #[test]
        fn nothing_invisible_comes_through(text in "\\PC{0,40}[\u{0}-\u{2fff}]{0,40}") {
            prop_assert!(!plain(&text).chars().any(is_invisible));
        }

        #[test]
        fn json_keeps_its_meaning(text in "[\u{0}-\u{10ffff}]{0,40}") {
            let json = serde_json::to_string_pretty(&serde_json::json!({ "text": text })).unwrap();
            let escaped = json_text(&json);
            let back: serde_json::Value = serde_json::from_str(&escaped).unwrap();
            prop_assert_eq!(back["text"].as_str().unwrap(), text);
        }
    }
}
