//! Runs of characters that have the form of a transaction identifier, put together where a column or groups parted them.

use std::ops::Range;

use super::checksums;
use super::patterns::Pattern;

/// A block's hash shows its work, an event's topic holds an address behind zeros; and every transfer of a token has the
/// same topic, the hash of `Transfer(address,address,uint256)`.
pub(super) fn is_other_hash(digits: &str) -> bool {
    const TRANSFER: &str = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    digits.starts_with("00000000") || digits.eq_ignore_ascii_case(TRANSFER)
}

/// The numbers of 64 digits and the signatures of a text: where, their digits, and whether they had a prefix.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, String, bool)> {
    static HEX: Pattern = Pattern::new(r"(?:[0Oo][xX])?[0-9a-fA-F]+");
    static BASE58: Pattern = Pattern::new(r"[1-9A-HJ-NP-Za-km-z]{4,}");
    let hex: Vec<Range<usize>> = HEX.all(text).filter(|run| alone(text, run)).collect();
    let mut found = Vec::new();
    let mut next = 0;
    while next < hex.len() {
        let (taken, whole) = joined(text, &hex[next..]);
        if let Some((range, digits, prefixed)) = whole {
            found.push((range, digits, prefixed));
        }
        next += taken;
    }
    let base58: Vec<Range<usize>> = BASE58.all(text).filter(|run| run.len() <= 88 && alone(text, run)).collect();
    let mut next = 0;
    while next < base58.len() {
        // Words that open no signature are passed over: none of its lines is that short, or of one case.
        let (taken, whole) =
            if opens(&text[base58[next].clone()]) { signature(text, &base58[next..]) } else { (1, None) };
        found.extend(whole.map(|(range, digits)| (range, digits, false)));
        next += taken;
    }
    found.sort_by_key(|(range, ..)| range.start);
    found
}

fn alone(text: &str, run: &Range<usize>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let before = &text[..run.start];
    let escaped = ESCAPES.iter().any(|escape| before.ends_with(escape));
    (escaped || !word(before.chars().next_back())) && !word(text[run.end..].chars().next())
}

/// Breaks as programs write them.
const ESCAPES: &[&str] = &["\\n", "\\r", "\\t"];

/// How many runs were used, and the number they are: where, its digits, and whether it had a prefix.
type Joined = (usize, Option<(Range<usize>, String, bool)>);

/// A number of 64 digits from the first run, or from the first few where a narrow column or groups have parted it.
fn joined(text: &str, runs: &[Range<usize>]) -> Joined {
    let Some(first) = runs.first() else { return (1, None) };
    let written = &text[first.clone()];
    let bare = written.get(2..).filter(|_| written[1..].starts_with(['x', 'X']));
    let prefixed = bare.is_some();
    let mut digits = bare.unwrap_or(written).to_owned();
    let mut end = first.end;
    for (used, run) in runs.iter().enumerate().skip(1).take(MOST_PIECES) {
        if digits.len() >= 64
            || digits.len() < 4
            || text[run.clone()].starts_with("0x")
            || !parts(&text[end..run.start])
        {
            break;
        }
        if digits.len() + run.len() > 64 {
            break;
        }
        digits.push_str(&text[run.clone()]);
        end = run.end;
        if digits.len() == 64 {
            return (used + 1, Some((first.start..end, digits, prefixed)));
        }
    }
    let whole =
        (bare.unwrap_or(written).len() == 64).then(|| (first.clone(), bare.unwrap_or(written).to_owned(), prefixed));
    (1, whole.filter(|_| !is_account(text, first.start)))
}

/// Pieces that one number is put together from, at most.
const MOST_PIECES: usize = 16;

/// Widest indentation of a line that goes on with what the line before began, in bytes.
const INDENT: usize = 48;

/// Whether nothing but a break stands between two pieces of one run: a blank, or a new line with its indentation.
pub(super) fn parts(between: &str) -> bool {
    let most = if between.contains('\n') { INDENT } else { 8 };
    if between.len() > most {
        return false;
    }
    let between = ESCAPES.iter().fold(between.to_owned(), |between, escape| between.replace(escape, "\\"));
    between.chars().all(|c| c.is_whitespace() || matches!(c, '>' | '\\' | '=')) && between.matches('\n').count() <= 1
}

/// Whether a word may begin a signature.
fn opens(word: &str) -> bool {
    word.len() >= 16
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_lowercase())
        && word.bytes().any(|b| b.is_ascii_uppercase())
}

/// A signature of Solana from the first run, or from the first few: how many were used, and where it stands.
fn signature(text: &str, runs: &[Range<usize>]) -> (usize, Option<(Range<usize>, String)>) {
    let first = runs[0].clone();
    let mut digits = text[first.clone()].to_owned();
    let mut end = first.end;
    for used in 1..=MOST_PIECES {
        if checksums::is_solana_signature(&digits) {
            return (used, Some((first.start..end, digits)));
        }
        let Some(next) = runs.get(used).filter(|next| digits.len() + next.len() <= 88 && parts(&text[end..next.start]))
        else {
            break;
        };
        digits.push_str(&text[next.clone()]);
        end = next.end;
    }
    (1, None)
}

/// A raw account of TON is its workchain and 64 digits.
fn is_account(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let chain = before.strip_suffix("0:").or_else(|| before.strip_suffix("-1:"));
    chain.is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
}
