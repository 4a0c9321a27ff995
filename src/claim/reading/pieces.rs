//! Addresses that a narrow column or groups have parted: put together where the checksum proves that they are one.

use std::ops::Range;

use super::patterns::Pattern;
use super::{checksums, runs};

/// Pieces of one address, at most.
const MOST: usize = 14;
/// Longest address that has a checksum, in characters.
const LONGEST: usize = 64;
/// Words of one page that are tried as the first piece.
const TRIED: usize = 4000;

/// The addresses in pieces: where, put together, and their form.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, String, checksums::Form)> {
    static WORD: Pattern = Pattern::new(r"[A-Za-z0-9]{3,60}");
    let words: Vec<Range<usize>> = WORD.all(text).filter(|word| alone(text, word)).collect();
    let mut found = Vec::new();
    let (mut next, mut tried) = (0, 0);
    while next < words.len() && tried < TRIED {
        let opens = opens(&text[words[next].clone()]);
        let (used, address) = if opens { joined(text, &words[next..]) } else { (1, None) };
        tried += usize::from(opens);
        found.extend(address);
        next += used;
    }
    found
}

/// How many words were used, and the address that they are.
fn joined(text: &str, words: &[Range<usize>]) -> (usize, Option<(Range<usize>, String, checksums::Form)>) {
    let first = words[0].clone();
    let mut value = text[first.clone()].to_owned();
    let mut end = first.end;
    for (used, word) in words.iter().enumerate().skip(1).take(MOST) {
        if value.len() + word.len() > LONGEST || !runs::parts(&text[end..word.start]) {
            break;
        }
        value.push_str(&text[word.clone()]);
        end = word.end;
        let Some(form) = checksums::address(&value, false) else { continue };
        // The form of an EVM has a checksum only in mixed case; a number that goes on is a hash.
        let hex = |word: &Range<usize>| text[word.clone()].bytes().all(|b| b.is_ascii_hexdigit());
        let goes_on = words.get(used + 1).is_some_and(|word| runs::parts(&text[end..word.start]) && hex(word));
        if form.checked == Some(true) || form.checked.is_none() && !goes_on {
            return (used + 1, Some((first.start..end, value, form)));
        }
    }
    (1, None)
}

/// Whether a word may begin an address: it holds a digit or mixes its letters, and is none already.
fn opens(word: &str) -> bool {
    let begins = word.starts_with(['0', '1', '3', 'T', 'r', 'D', 'L', 'M', 'G', 'q', 'p', 'A', '9', 'X'])
        || ["bc1", "ltc1", "tb1", "cosmos1"].iter().any(|prefix| word.to_ascii_lowercase().starts_with(prefix));
    let mixed = word.bytes().any(|b| b.is_ascii_digit()) || word.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    begins && mixed && word.len() < 42 && checksums::address(word, false).is_none()
}

fn alone(text: &str, word: &Range<usize>) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !joins(text[..word.start].chars().next_back()) && !joins(text[word.end..].chars().next())
}
