//! 1. What was typed: one thing, as support staff paste it, made clean and told apart by its shape.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::terms::Shape;

/// What the typed thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A transaction identifier.
    Transaction,
    /// An address of some network.
    Address,
    /// Something that was meant as a transaction identifier and cannot be one.
    Malformed,
    /// A ticket's id, or the ledger's own id of a deposit or withdrawal.
    Id,
    /// Nothing was typed but flags.
    None,
}

/// What was done to make the typed text usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Repair {
    /// Spaces, quotes or brackets were taken away.
    Trimmed,
    /// Invisible characters were taken away.
    Invisible,
    /// Full-width or otherwise unusual forms of characters were made plain.
    Unusual,
    /// The identifier was taken out of a link.
    Link,
    /// An output or log index behind the identifier was taken away.
    Suffix,
    /// The prefix `0X` was written as `0x`.
    Prefix,
    /// Upper case was made lower case.
    Case,
}

/// The one thing typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// The clean text.
    pub value: String,
    /// What was done to clean it, each once.
    pub repairs: Vec<Repair>,
}

impl Subject {
    /// Nothing typed.
    pub fn none() -> Self {
        Self { kind: SubjectKind::None, value: String::new(), repairs: Vec::new() }
    }

    /// Tells apart what was typed. Never fails: what has no known shape may be an id.
    pub fn parse(typed: &str) -> Self {
        let mut repairs = Vec::new();
        let plain = clean(typed, &mut repairs);
        let text = from_link(&plain, &mut repairs);
        let text = without_suffix(text, &mut repairs);
        let text = with_prefix(&text, &mut repairs);
        if Shape::of(&text).is_some() {
            let value = lower_hex(text, &mut repairs);
            return Self { kind: SubjectKind::Transaction, value, repairs };
        }
        let kind = if text.is_empty() {
            SubjectKind::None
        } else if is_address(&text) {
            SubjectKind::Address
        } else if is_broken_hash(&text) {
            SubjectKind::Malformed
        } else {
            SubjectKind::Id
        };
        Self { kind, value: text, repairs }
    }
}

/// Characters that nobody sees: controls, zero-width, bidirectional marks, variation selectors.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn note(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

/// Quotes and brackets that come along with a copied identifier.
const WRAPPING: &[char] =
    &['"', '\'', '`', '<', '>', '(', ')', '[', ']', '{', '}', ',', ';', '“', '”', '‘', '’', '「', '」', '《', '》'];

fn clean(typed: &str, repairs: &mut Vec<Repair>) -> String {
    let trimmed = typed.trim_end_matches(['\r', '\n']);
    let visible: String = trimmed.chars().filter(|c| !is_invisible(*c)).collect();
    if visible.len() != trimmed.len() {
        note(repairs, Repair::Invisible);
    }
    let plain: String = visible.nfkc().collect();
    if plain != visible {
        note(repairs, Repair::Unusual);
    }
    let bare: String = plain.trim_matches(|c: char| c.is_whitespace() || WRAPPING.contains(&c)).to_owned();
    // A hash pasted from a narrow column has blanks inside; an id with blanks inside stays as it is.
    let joined: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    let kept = if Shape::of(&with_prefix(&joined, &mut Vec::new())).is_some() { joined } else { bare };
    if kept != plain {
        note(repairs, Repair::Trimmed);
    }
    kept
}

/// The first part of a link that looks like a transaction identifier or an address.
fn from_link(text: &str, repairs: &mut Vec<Repair>) -> String {
    let Ok(link) = url::Url::parse(text) else { return text.to_owned() };
    if !matches!(link.scheme(), "http" | "https") {
        return text.to_owned();
    }
    let after = &link[url::Position::BeforePath..];
    let parts = after.split(['/', '?', '&', '=', '#', ':']);
    let found = parts.map(|part| with_prefix(part, &mut Vec::new())).find(|p| Shape::of(p).is_some() || is_address(p));
    match found {
        Some(part) => {
            note(repairs, Repair::Link);
            part
        }
        None => text.to_owned(),
    }
}

/// Exchanges export `hash:n` and `hash-n` with an output or log index behind the hash.
fn without_suffix(text: String, repairs: &mut Vec<Repair>) -> String {
    let Some(at) = text.rfind([':', '-', '_']) else { return text };
    let (hash, index) = (&text[..at], &text[at + 1..]);
    let number = !index.is_empty() && index.len() <= 6 && index.bytes().all(|b| b.is_ascii_digit());
    if number && Shape::of(&with_prefix(hash, &mut Vec::new())).is_some() {
        note(repairs, Repair::Suffix);
        return hash.to_owned();
    }
    text
}

fn with_prefix(text: &str, repairs: &mut Vec<Repair>) -> String {
    match text.strip_prefix("0X") {
        Some(rest) => {
            note(repairs, Repair::Prefix);
            format!("0x{rest}")
        }
        None => text.to_owned(),
    }
}

fn lower_hex(text: String, repairs: &mut Vec<Repair>) -> String {
    if matches!(Shape::of(&text), Some(Shape::PrefixedHex | Shape::BareHex)) {
        let lower = text.to_ascii_lowercase();
        if lower != text {
            note(repairs, Repair::Case);
        }
        return lower;
    }
    text
}

fn is_address(text: &str) -> bool {
    let hex = text.strip_prefix("0x").is_some_and(|t| t.len() == 40 && t.bytes().all(|b| b.is_ascii_hexdigit()));
    let lower = text.to_ascii_lowercase();
    let bech32 = ["bc1", "tb1", "bcrt1"].iter().any(|p| lower.starts_with(p)) && (20..=90).contains(&text.len());
    hex || bech32 || text.parse::<bitcoin::Address<bitcoin::address::NetworkUnchecked>>().is_ok()
}

/// Long runs of hex digits that are neither a hash, an address, a UUID nor a 32-digit id: cut or mistyped.
fn is_broken_hash(text: &str) -> bool {
    let (digits, prefixed) = match text.strip_prefix("0x") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let cut = digits.contains('…') || digits.contains("...");
    let letters = digits.chars().filter(|c| c.is_alphanumeric()).count();
    let hex = digits.chars().filter(char::is_ascii_hexdigit).count();
    let mostly_hex = letters > 0 && hex * 10 >= letters * 9;
    let only_letters = digits.chars().all(|c| c.is_alphanumeric() || matches!(c, '…' | '.'));
    let numeric = digits.bytes().all(|b| b.is_ascii_digit());
    mostly_hex && only_letters && ((prefixed && letters >= 4) || (cut && letters >= 6) || (letters > 40 && !numeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HASH: &str = "4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";

    #[test]
    fn a_txid_is_read_as_staff_paste_it() {
        let full_width: String = HASH.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        let cases = [
            (format!("  0x{HASH}\n"), vec![Repair::Trimmed]),
            (format!("\"0x{HASH}\","), vec![Repair::Trimmed]),
            (format!("0X{HASH}"), vec![Repair::Prefix]),
            (format!("0x{}", HASH.to_uppercase()), vec![Repair::Case]),
            (format!("\u{feff}0x{}\u{200b}{}", &HASH[..30], &HASH[30..]), vec![Repair::Invisible]),
            (format!("0x{} {}", &HASH[..30], &HASH[30..]), vec![Repair::Trimmed]),
            (format!("https://etherscan.io/tx/0x{HASH}#eventlog"), vec![Repair::Link]),
            (format!("0x{HASH}:0"), vec![Repair::Suffix]),
            (format!("0x{full_width}"), vec![Repair::Unusual]),
            (format!("0x{HASH}"), vec![]),
        ];
        for (typed, repairs) in cases {
            let subject = Subject::parse(&typed);
            assert_eq!(subject.kind, SubjectKind::Transaction, "{typed:?}");
            assert_eq!(subject.value, format!("0x{HASH}"), "{typed:?}");
            assert_eq!(subject.repairs, repairs, "{typed:?}");
        }
    }

    #[test]
    fn other_things_are_told_apart() {
        let kinds = [
            ("ZD-48211", SubjectKind::Id),
            ("48211", SubjectKind::Id),
            ("6f1c1d2e-9b1a-4c56-8f70-0123456789ab", SubjectKind::Id),
            ("a8edb05bd2ff2ce409333b5d2c068ca3", SubjectKind::Id),
            ("20240709163030.72335", SubjectKind::Id),
            ("Internal transfer 51376627901", SubjectKind::Id),
            ("0xdac17f958d2ee523a2206206994597c13d831ec7", SubjectKind::Address),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", SubjectKind::Address),
            ("0x4d5f2a9c…7e8f", SubjectKind::Malformed),
            ("4d5f2a9c...5c6d7e8f", SubjectKind::Malformed),
            (&HASH[..63], SubjectKind::Malformed),
            (&format!("0x{HASH}a"), SubjectKind::Malformed),
            (&format!("{}O", &HASH[..63]), SubjectKind::Malformed),
            (" ", SubjectKind::None),
        ];
        for (typed, kind) in kinds {
            assert_eq!(Subject::parse(typed).kind, kind, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_kind_and_reading_it_again_changes_nothing(typed in ".{0,200}") {
            let once = Subject::parse(&typed);
            let again = Subject::parse(&once.value);
            prop_assert_eq!(once.kind, again.kind);
            prop_assert_eq!(once.value, again.value);
        }
    }
}
