//! 1. What was typed: one thing, as support staff paste it, made clean and told apart by its shape.

mod links;

use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::terms::Shape;
pub use links::explored;
use links::{block_height, from_link, link};

/// What the typed thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A transaction identifier.
    Transaction,
    /// An address of some network.
    Address,
    /// A block, by a link to its height.
    Block,
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
    /// The identifier was taken out of other words.
    Embedded,
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
    /// The network whose explorer the link leads to.
    pub network: Option<&'static str>,
}

impl Subject {
    /// Nothing typed.
    pub fn none() -> Self {
        Self { kind: SubjectKind::None, value: String::new(), repairs: Vec::new(), network: None }
    }

    /// Tells apart what was typed. Never fails: what has no known shape may be an id.
    pub fn parse(typed: &str) -> Self {
        let mut repairs = Vec::new();
        if Shape::of(typed).is_some() {
            return Self::transaction(typed.to_owned(), repairs, None);
        }
        let plain = clean(typed, &mut repairs);
        let link = link(&plain);
        let network = link.as_ref().and_then(explored);
        if let Some(height) = link.as_ref().and_then(block_height) {
            return Self { kind: SubjectKind::Block, value: height, repairs: vec![Repair::Link], network };
        }
        let text =
            link.and_then(|link| from_link(&link)).inspect(|_| note(&mut repairs, Repair::Link)).unwrap_or(plain);
        let text = without_suffix(text, &mut repairs);
        let text = with_prefix(&text, &mut repairs);
        let text = embedded(&text).inspect(|_| note(&mut repairs, Repair::Embedded)).unwrap_or(text);
        if Shape::of(&text).is_some() {
            return Self::transaction(text, repairs, network);
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
        Self { kind, value: text, repairs, network }
    }

    fn transaction(text: String, mut repairs: Vec<Repair>, network: Option<&'static str>) -> Self {
        let value = lower_hex(text, &mut repairs);
        Self { kind: SubjectKind::Transaction, value, repairs, network }
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
const WRAPPING: &[char] = &[
    '"', '\'', '`', '<', '>', '(', ')', '[', ']', '{', '}', ',', ';', ':', '。', '，', '、', '；', '：', '“', '”', '‘',
    '’', '「', '」', '《', '》',
];

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

/// The only transaction identifier among other words.
fn embedded(text: &str) -> Option<String> {
    if Shape::of(text).is_some() {
        return None;
    }
    let mut found = txids_in(&text.replace("0X", "0x"));
    found.dedup();
    found.pop().filter(|_| found.is_empty())
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
        // The XRP Ledger and others print theirs in upper case.
        let printed = !text.starts_with("0x") && text == text.to_ascii_uppercase();
        if lower != text && !printed {
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
    hex || bech32 || crate::terms::Address::is_checked(text)
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

/// Words that make a 64-digit number next to them a secret instead of an identifier.
const SECRET_WORDS: &[&str] = &[
    "private",
    "privkey",
    "secret",
    "seed",
    "mnemonic",
    "passphrase",
    "wallet key",
    "私钥",
    "私鑰",
    "密钥",
    "助记词",
    "개인키",
    "비밀키",
];
/// How far before a number such a word still speaks of it, in characters.
const SECRET_REACH: usize = 48;

/// The transaction identifiers in a text, in order, without numbers that are called a private key.
fn txids_in(text: &str) -> Vec<String> {
    let Ok(pattern) = Regex::new(r"(?i)(?:0x)?[0-9a-f]{64}") else { return Vec::new() };
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    pattern
        .find_iter(text)
        .filter(|found| {
            let alone = !word(text[..found.start()].chars().next_back()) && !word(text[found.end()..].chars().next());
            let before: String = text[..found.start()].chars().rev().take(SECRET_REACH).collect();
            let before: String = before.chars().rev().collect::<String>().to_lowercase();
            let after: String = text[found.end()..].chars().take(SECRET_REACH).collect::<String>().to_lowercase();
            alone && !SECRET_WORDS.iter().any(|word| before.contains(word) || after.contains(word))
        })
        .map(|found| found.as_str().to_ascii_lowercase())
        .filter(|txid| Shape::of(txid).is_some())
        .collect()
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
            (format!("0x{}{}", &HASH[..32], HASH[32..].to_uppercase()), vec![Repair::Case]),
            (format!("\u{feff}0x{}\u{200b}{}", &HASH[..30], &HASH[30..]), vec![Repair::Invisible]),
            (format!("0x{} {}", &HASH[..30], &HASH[30..]), vec![Repair::Trimmed]),
            (format!("https://etherscan.io/tx/0x{HASH}#eventlog"), vec![Repair::Link]),
            (format!("0x{HASH}:0"), vec![Repair::Suffix]),
            (format!("0x{full_width}"), vec![Repair::Unusual]),
            (format!("etherscan.io/tx/0x{HASH}"), vec![Repair::Link]),
            (format!("https://etherscan.io/tx/0x{HASH}."), vec![Repair::Embedded]),
            (format!("TXID: 0x{HASH}"), vec![Repair::Embedded]),
            (format!("[my transfer](https://etherscan.io/tx/0x{HASH})"), vec![Repair::Trimmed, Repair::Embedded]),
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
    fn a_link_tells_the_network_and_the_block() {
        let links = [
            ("https://www.bscscan.com/tx/0xab", Some("bsc")),
            ("https://sepolia.etherscan.io/tx/0xab", Some("ethereum-sepolia")),
            ("https://mempool.space/testnet4/tx/ab", Some("bitcoin-testnet4")),
            ("https://tronscan.org/#/transaction/ab", Some("tron")),
            ("https://mempool.space/ko/testnet4/tx/ab", Some("bitcoin-testnet4")),
            ("https://mempool.space/zh/tx/ab", Some("bitcoin")),
            ("https://blockstream.info/testnet/tx/ab", Some("bitcoin-testnet3")),
            ("https://blockstream.info/liquid/tx/ab", Some("liquid")),
            ("https://mempool.space/somethingnew/tx/ab", None),
            ("https://example.org/tx/0xab", None),
        ];
        for (link, network) in links {
            assert_eq!(Subject::parse(link).network, network, "{link}");
        }
        let block = Subject::parse("https://etherscan.io/block/19999980");
        assert_eq!((block.kind, block.value.as_str()), (SubjectKind::Block, "19999980"));
    }

    #[test]
    fn a_private_key_in_a_text_is_not_looked_up() {
        for text in [format!("my private key is {HASH}"), format!("私钥：{HASH}"), format!("개인키 {HASH}")] {
            assert!(txids_in(&text).is_empty(), "{text}");
            assert_ne!(Subject::parse(&text).kind, SubjectKind::Transaction, "{text}");
        }
        assert_eq!(txids_in(&format!("交易哈希{HASH}谢谢")).len(), 1);
        assert!(txids_in(&format!("{HASH}ab")).is_empty(), "longer numbers are something else");
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
