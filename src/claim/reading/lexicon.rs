//! What words mean: every known word of the page, found in one pass over it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::words;

/// What a known word says about what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A transaction identifier follows.
    Txid,
    /// An identifier of something else follows: a block, an order, a public key.
    Foreign,
    /// What follows is an example.
    Example,
    /// A private key is spoken of.
    Key,
    /// A recovery phrase is spoken of.
    Phrase,
    /// An API key or secret is spoken of.
    ApiKey,
    /// A password is spoken of.
    Password,
    /// The secret behind one-time codes is spoken of.
    Totp,
    /// A one-time code is spoken of.
    Code,
    /// A telephone number is spoken of.
    Phone,
    /// A number of an identity document is spoken of.
    Document,
    /// A payment card or bank account is spoken of.
    Card,
    /// Where coins were sent or should arrive.
    To,
    /// Where coins came from.
    From,
    /// An address that is a program or a token, not somebody's.
    Contract,
    /// An address, of nobody in particular.
    Address,
    /// What was sent.
    Gross,
    /// What arrived.
    Net,
    /// What it cost.
    Fee,
    /// What somebody has, or had.
    Balance,
    /// What is the least or the most.
    Limit,
    /// What a coin costs, or what something is worth.
    Price,
    /// What was lost or won by trading.
    Loss,
    /// A count of blocks, tries, days.
    Count,
    /// Something was sent.
    Sent,
    /// A memo or tag.
    Memo,
    /// A ticker of a coin is named here.
    CoinLabel,
    /// A network is named here.
    ChainLabel,
    /// Says no.
    Not,
    /// A network.
    Chain(&'static words::Chain),
    /// A coin.
    Coin(&'static words::Coin),
    /// A word that tells what kind of complaint it is.
    Route(words::Cue),
    /// An exchange's name.
    Exchange,
    /// A wallet program's name.
    Wallet,
}

/// A known word where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sense: Sense,
}

/// Every known word in order of its letters, and where those begin that begin with a byte.
struct Lexicon {
    entries: Vec<(Cow<'static, str>, Sense)>,
    begins: [u32; 257],
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut entries: Vec<_> = words::all().into_iter().map(|(word, sense)| (simple(word), sense)).collect();
    entries.sort_by(|(word, _), (other, _)| word.cmp(other));
    // What both scripts write alike is told once.
    let mut last: Vec<(Cow<'_, str>, Sense)> = Vec::new();
    entries.retain(|entry| {
        if last.first().is_some_and(|(word, _)| *word != entry.0) {
            last.clear();
        }
        let new = !last.contains(entry);
        last.push(entry.clone());
        new
    });
    let first = |byte: usize| entries.partition_point(|(word, _)| usize::from(word.as_bytes()[0]) < byte);
    let begins = std::array::from_fn(|byte| u32::try_from(first(byte)).unwrap_or(u32::MAX));
    Lexicon { entries, begins }
});

impl Lexicon {
    /// The entries that a text begins with, the shortest first.
    fn at<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = &'t (Cow<'static, str>, Sense)> {
        let first = text.first().map_or(0, |byte| usize::from(*byte));
        let (from, to) = (self.begins[first] as usize, self.begins[first + 1] as usize);
        let (mut left, mut length) = (self.entries.get(from..to).unwrap_or_default(), 1);
        std::iter::from_fn(move || {
            loop {
                let ((word, _), rest) = left.split_first()?;
                if word.len() == length {
                    let entry = &left[0];
                    left = rest;
                    return Some(entry);
                }
                // All that are left have so many letters in common with the text, and go on.
                let next = text.get(length)?;
                let from = left.partition_point(|(word, _)| word.as_bytes()[length] < *next);
                let to = left.partition_point(|(word, _)| word.as_bytes()[length] <= *next);
                left = &left[from..to];
                length += 1;
            }
        })
    }
}

/// A text in the simplified script, each character at its place.
fn simple(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| words::simplified(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(words::simplified).collect())
}

/// The known words of a text, in order of their ends; a word within a longer one of its sort is left out.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let lower: Vec<u8> = simple(text).bytes().map(|b| if b == b'_' { b' ' } else { b.to_ascii_lowercase() }).collect();
    let mut found: Vec<Hit> = Vec::new();
    for start in 0..lower.len() {
        // A word of letters does not begin within another.
        if lower[start].is_ascii_alphabetic() && start > 0 && lower[start - 1].is_ascii_alphabetic() {
            continue;
        }
        for (word, sense) in LEXICON.at(&lower[start..]) {
            let end = stands_alone(&lower, start..start + word.len(), word, *sense);
            if let Some(end) = end.filter(|end| fits(text, start..*end, *sense)) {
                found.push(Hit { start, end, sense: *sense });
            }
        }
    }
    found.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let (mut said, mut told) = (0, 0);
    let mut kept: Vec<Hit> = Vec::new();
    let mut last = (0, 0);
    let mut last_told = (0, 0);
    for hit in found {
        let (reach, last) = if is_route(hit.sense) { (&mut told, &mut last_told) } else { (&mut said, &mut last) };
        let same = *last == (hit.start, hit.end);
        if same || hit.end > *reach {
            *reach = hit.end;
            *last = (hit.start, hit.end);
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| (hit.end, hit.start));
    kept
}

fn is_route(sense: Sense) -> bool {
    matches!(sense, Sense::Route(_) | Sense::Sent | Sense::Not)
}

/// The end of a word of letters that is no part of a longer one; other scripts have no spaces to tell.
fn stands_alone(lower: &[u8], range: Range<usize>, word: &str, sense: Sense) -> Option<usize> {
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphabetic);
    let digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    let mut end = range.end;
    let before = range.start.checked_sub(1).and_then(|at| lower.get(at));
    if word.as_bytes()[0].is_ascii_alphanumeric() {
        let coin = matches!(sense, Sense::Coin(_) | Sense::Chain(_));
        if letter(before) || digit(before) && !coin {
            return None;
        }
    }
    if word.as_bytes()[word.len() - 1].is_ascii_alphanumeric() {
        let plural = lower.get(end) == Some(&b's') && word.len() > 2 && !letter(lower.get(end + 1));
        if plural {
            end += 1;
        }
        let glued = matches!(sense, Sense::Coin(_) | Sense::Memo) && is_amount(&lower[end..]);
        if letter(lower.get(end)) || digit(lower.get(end)) && !glued {
            return None;
        }
    }
    Some(end)
}

/// Whether figures right behind a coin's name count it, as in "usdt500"; "erc20" and "eth2" are names.
fn is_amount(after: &[u8]) -> bool {
    let digits = after.iter().take_while(|b| b.is_ascii_digit()).count();
    let rest = &after[digits..];
    let decimal = after.starts_with(b"0.") && rest.get(1).is_some_and(u8::is_ascii_digit);
    (digits >= 3 || decimal) && digits <= 12 && !rest.first().is_some_and(u8::is_ascii_alphabetic)
}

/// Tickers that are also words of a language are meant only in capitals, or right behind a number.
fn fits(text: &str, range: Range<usize>, sense: Sense) -> bool {
    let word = &text[range.clone()];
    if matches!(sense, Sense::Chain(_)) && word.eq_ignore_ascii_case("base") {
        return is_name(text, &range);
    }
    let Sense::Coin(coin) = sense else { return true };
    if !coin.is_word || !word.eq_ignore_ascii_case(coin.ticker) {
        return true;
    }
    let counted = text[..range.start].trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit());
    word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) || counted
}

/// Whether a word that is also a common one is a name: behind what introduces one, or with a capital within a sentence.
fn is_name(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let introduced = before.trim_end_matches([' ', '"', '\'', '*', '`']).ends_with([':', '=', '(', '[', '/', '|']);
    let inner = before.ends_with(' ') && before.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let plain = text[range.end..].trim_start_matches(' ').to_ascii_lowercase();
    let other =
        ["64", "58", "32", "16", "fee", "url", "currency", "price", "rate"].iter().any(|word| plain.starts_with(word));
    !other && (introduced || inner && text[range.clone()].starts_with('B'))
}

/// The hits that end at or before a place and begin within so many bytes of it, the nearest first.
pub(super) fn before(hits: &[Hit], at: usize, within: usize) -> impl Iterator<Item = &Hit> {
    let to = hits.partition_point(|hit| hit.end <= at);
    let from = at.saturating_sub(within);
    hits[..to].iter().rev().take_while(move |hit| hit.end >= from)
}

/// The hits that begin at or after a place, and end within so many bytes of it.
pub(super) fn after(hits: &[Hit], at: usize, within: usize) -> impl Iterator<Item = &Hit> {
    let from = hits.partition_point(|hit| hit.end <= at);
    hits[from..].iter().take_while(move |hit| hit.end <= at + within).filter(move |hit| hit.start >= at)
}
