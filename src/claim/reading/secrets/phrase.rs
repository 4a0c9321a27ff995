//! Recovery phrases: runs of words of the BIP-39 lists.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use bip39::{Language, Mnemonic};

use super::{Found, SecretKind};
use crate::claim::reading::lexicon::{self, Sense};
use crate::claim::reading::page::Page;

/// Which lists an ideograph stands in, one bit a list; those of words are in order and need no index.
static IDEOGRAPHS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, u8> = HashMap::new();
    for (bit, language) in LANGUAGES.iter().enumerate().filter(|(bit, _)| CHINESE >> bit & 1 == 1) {
        for word in language.word_list() {
            *lists.entry(word).or_default() |= 1 << bit;
        }
    }
    lists
});

/// The lists of ideographs among the languages.
const CHINESE: u8 = 0b0110;

/// Which lists a word stands in.
fn lists(word: &str) -> u8 {
    use unicode_normalization::UnicodeNormalization as _;
    if word.starts_with(is_ideograph) {
        return IDEOGRAPHS.get(word).copied().unwrap_or(0);
    }
    // The lists are in lower case and decomposed form, the page in composed.
    let plain: String = word.to_lowercase().nfkd().collect();
    let holds = |language: &Language| language.word_list().binary_search(&plain.as_str()).is_ok();
    let of_words = LANGUAGES.iter().enumerate().filter(|(bit, _)| CHINESE >> bit & 1 == 0);
    of_words.filter(|(_, language)| holds(language)).map(|(bit, _)| 1 << bit).sum()
}

const LANGUAGES: [Language; 4] =
    [Language::English, Language::SimplifiedChinese, Language::TraditionalChinese, Language::Korean];

/// Fewest words in a row that are taken for a phrase although the checksum does not fit: nobody writes so many list
/// words in a row by chance.
const UNCHECKED: usize = 11;
/// Fewest words in a row behind the name of a phrase.
const NAMED: usize = 3;
/// Longest phrase.
const LONGEST: usize = 24;

struct Word {
    range: Range<usize>,
    lists: u8,
}

/// Adds every phrase on the page.
pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    let text = page.text();
    let mut words = words(text);
    // The name of a phrase may itself be made of list words; it is no part of one.
    for hit in page.hits().iter().filter(|hit| hit.sense == Sense::Phrase) {
        let from = words.partition_point(|word| word.range.end <= hit.start);
        for word in words[from..].iter_mut().take_while(|word| word.range.start < hit.end) {
            word.lists = 0;
        }
    }
    // The words of a marker are list words as well, and are no part of what stands behind it.
    for (_, range) in super::markers(text) {
        let from = words.partition_point(|word| word.range.end <= range.start);
        for word in words[from..].iter_mut().take_while(|word| word.range.start < range.end) {
            word.lists = 0;
        }
    }
    let mut from = 0;
    while from < words.len() {
        let mut lists = words[from].lists;
        let mut to = from + 1;
        while to < words.len()
            && !closes(to - from, &text[words[to - 1].range.end..words[to].range.start])
            && lists & words[to].lists != 0
            && joined(&text[words[to - 1].range.end..words[to].range.start])
        {
            lists &= words[to].lists;
            to += 1;
        }
        if lists != 0 && is_phrase(page, &words[from..to], lists) {
            found.push(Found { range: words[from].range.start..words[to - 1].range.end, kind: SecretKind::SeedPhrase });
        }
        from = to.max(from + 1);
    }
}

/// Whether a phrase of a full length ends with its sentence, so that what follows is no part of it.
fn closes(count: usize, between: &str) -> bool {
    matches!(count, 12 | 15 | 18 | 21 | 24) && matches!(between, ". " | "." | ".\n" | "。" | ".\n\n" | "\n\n")
}

fn is_phrase(page: &Page, run: &[Word], lists: u8) -> bool {
    if run.len() < NAMED {
        return false;
    }
    let named = || {
        let at = run[0].range.start;
        let mut before = lexicon::before(page.hits(), at, 60);
        before.any(|hit| hit.sense == Sense::Phrase && quiet(&page.text()[hit.end.min(at)..at]))
    };
    let chinese = lists & CHINESE != 0 && lists & !CHINESE == 0;
    // Single ideographs of the lists are every second one of ordinary prose: without a name only the checksum counts.
    run.len() >= UNCHECKED && !chinese && distinct(page, run)
        || named() && run.len() >= if chinese { 6 } else { NAMED } && (!chinese || apart(page, run) || given(page, run))
        || (!chinese || apart(page, run)) && checked(page, run, lists)
}

/// Whether ideographs without blanks are as many as a phrase has, and stand where one is given; else they are prose.
fn given(page: &Page, run: &[Word]) -> bool {
    let before = page.before(run[0].range.start, 4).trim_end_matches(' ');
    run.len() >= 12
        && (before.is_empty() || before.ends_with([':', '\n', '"', '是', '=', '(', '为', '為', '词', '詞', '语', '語']))
}

/// Whether ideographs stand apart, as nobody writes prose.
fn apart(page: &Page, run: &[Word]) -> bool {
    run.windows(2).all(|pair| {
        pair[0].range.end < pair[1].range.start && !page.text()[pair[0].range.end..pair[1].range.start].is_empty()
    })
}

/// Whether words are not the same few over and over, as laughter or a filler is.
fn distinct(page: &Page, run: &[Word]) -> bool {
    let mut seen: Vec<&str> = run.iter().take(LONGEST).map(|word| &page.text()[word.range.clone()]).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() * 3 >= run.len().min(LONGEST) || run.len() >= 12
}

/// Whether nothing but a few words stands between the name and the phrase.
fn quiet(between: &str) -> bool {
    between.matches(['.', '。', '!', '?', '\n']).count() <= 2 && !between.contains("[removed:")
}

/// Whether some stretch of the run has the checksum of a phrase.
fn checked(page: &Page, run: &[Word], lists: u8) -> bool {
    let languages = LANGUAGES.iter().enumerate().filter(|(bit, _)| lists & (1 << bit) != 0);
    let windows = [12, 15, 18, 21, 24].into_iter().filter(|count| run.len() >= *count);
    let starts = |count: usize| 0..=(run.len() - count).min(LONGEST);
    let mut tries = languages.flat_map(|(_, language)| {
        windows.clone().flat_map(move |count| starts(count).map(move |start| (language, start, count)))
    });
    tries.any(|(language, start, count)| {
        use unicode_normalization::UnicodeNormalization as _;
        let words: Vec<String> = run[start..start + count]
            .iter()
            .map(|word| page.text()[word.range.clone()].to_lowercase().nfkd().collect())
            .collect();
        Mnemonic::parse_in_normalized(*language, &words.join(" ")).is_ok()
    })
}

/// What may stand between two words of a phrase: blanks, commas, numbering.
fn joined(between: &str) -> bool {
    let filler = |c: char| {
        c.is_whitespace()
            || c.is_ascii_digit()
            || matches!(
                c,
                ',' | '.'
                    | ')'
                    | '('
                    | '-'
                    | ':'
                    | '、'
                    | '|'
                    | '"'
                    | '\''
                    | '#'
                    | '*'
                    | '/'
                    | '_'
                    | '['
                    | ']'
                    | ';'
                    | '>'
                    | '•'
            )
    };
    between.chars().count() <= 12 && between.chars().all(filler) && !between.contains("\n\n\n")
}

/// The list words of a text; ideographs each for itself.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        if c.is_alphabetic() && !is_ideograph(c) {
            while let Some((at, next)) = chars.next_if(|(_, c)| c.is_alphabetic() && !is_ideograph(*c)) {
                end = at + next.len_utf8();
            }
        } else if !is_ideograph(c) {
            continue;
        }
        let lists = if end - start > 40 { 0 } else { lists(&text[start..end]) };
        words.push(Word { range: start..end, lists });
    }
    words
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
