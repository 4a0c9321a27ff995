//! Memos and tags: what is written beside an address that many share.

use std::ops::Range;

use super::addresses::ReadAddress;
use super::assets::{ReadName, ranked};
use super::checksums;
use super::identifiers::Why;
use super::lexicon::{self, Sense};
use super::mentions;
use super::page::Page;
use super::patterns::Pattern;
use super::voices::Voice;

/// What may stand between the name of a memo and its value.
static BEHIND: Pattern = Pattern::new(concat!(
    r#"(?i)^(?:[\s:=\-→>"'`*#()\[\]|/“”‘’「」『』【】]|(?:"#,
    "number|num|no|id|ids|code|value|field|is|was|were|should|have|been|be|of|the|right|correct|actual|real|proper|wrong|one|my|used|as|i|it|to|with|put|wrote|entered|typed|needed|required|assigned|for|deposit|xrp|eos|xlm|ton|atom|tag|memo|set|given|here|in|and|really|just|only|simply|actually|still|now|also|exactly|literally|equal|equals|equal to|your|by|you|from|account|that|which|would|provided|shown|should've|none|empty|blank|'s|, *(?:the |it )?(?:right|correct|should(?:'ve)?)",
    "|应该|應該|应为|应当|是|为|為|的|写的?|写成了?|填的?|填写的?|填写|填了|填成了?|填错成了?|错成了?|成|号码?|值|内容|正确|我的|本应|我|写着|应|应填|这个|码|,正确的?|,应该?|。正确的?|。应该?|無|无|空",
    "|번호|값|아이디|는|은|이|가|를|을|란에|제|올바른|정확한|맞는|잘못된|원래|제가|실수로|적은|입력한|넣은|입력|에|로|요|코드|없음|, *(?:올바른|맞는|원래|정확한)",
    r")(?-u:\b)?)*?(?P<value>(?:[A-Za-z]{0,8}|[A-Za-z]{1,12}[_-])[0-9][A-Za-z0-9_-]{0,63})",
));
/// "I put 77120 in the memo", "408942 tag".
static AHEAD: Pattern = Pattern::new(
    r"(?i-u)(?P<value>[0-9]{3,20})(?:\)| )*(?:in|as|into|for|as the|in the|into the|for the|in my|as my|是|为|라고|을|를|로)? *(?:the|my|a|correct|wrong|xrp|destination)? *$",
);

/// The memos of a page, the likeliest first; and where they stand.
pub(super) fn find(
    page: &Page,
    addresses: &[ReadAddress],
    taken: &[Range<usize>],
) -> (Vec<ReadName>, Vec<Range<usize>>) {
    let mut names = Vec::new();
    let mut ranges = Vec::new();
    for hit in page.hits().iter().filter(|hit| hit.sense == Sense::Memo) {
        let voice = page.voice(hit.start);
        let answer = (voice == Voice::Desk).then(|| answer(page, hit.end)).flatten();
        if voice > Voice::Quoted && answer.is_none() {
            continue;
        }
        let direct = || answer.or_else(|| behind(page, hit.end)).or_else(|| announced(page, hit.end));
        let behind = mentions::listed(page, hit).unwrap_or_else(direct).map(|range| (range, 60));
        // A colon behind the name leaves nothing to stand before it.
        let closed = page.after(hit.end, 4).trim_start_matches([' ', ')', '*']).starts_with([':', '=']);
        let given = !mentions::LEFT_OUT.iter().any(|word| page.after(hit.end, 24).trim_start().starts_with(word));
        let before = || ahead(page, hit.start).filter(|_| given).or_else(|| mentions::ahead(page, hit));
        let found = behind.filter(|(range, _)| free(taken, range));
        let found = found.or_else(|| before().filter(|_| !closed).map(|range| (range, 40)));
        let found = found.filter(|(range, _)| free(taken, range));
        // What stands apart has to be said by the same person, or in answer to a question that is quoted.
        let own = |at: usize| page.voice(at) == voice || voice == Voice::Quoted && page.voice(at) == Voice::Customer;
        let apart = || mentions::find(page, hit).filter(|range| own(range.start)).map(|range| (range, 30));
        let found = found.or_else(apart).filter(|(range, _)| free(taken, range));
        let Some((range, score)) = found else { continue };
        let weight = match voice {
            Voice::Field => 100,
            Voice::Quoted => -20,
            _ => 0,
        };
        let score = score + weight - i32::try_from(names.len().min(5)).unwrap_or_default();
        let value = page.text()[range.clone()].to_owned();
        names.push(ReadName { value, rank: 0, why: Why::Label, span: page.span(&range), score });
        ranges.push(range);
    }
    for address in addresses {
        if let Some(tag) = checksums::tag_of(&address.value) {
            names.push(ReadName {
                value: tag.to_string(),
                rank: 0,
                why: Why::Form,
                span: address.span.clone(),
                score: 20,
            });
        }
    }
    ranges.sort_by_key(|range| range.start);
    (ranked(names, 1), ranges)
}

/// Longest words between a memo's name and the colon behind them, in bytes.
const LONGEST_WORDS: usize = 100;

/// "Memo I now see on the page: 71520086": a value behind its own colon, in the same line.
fn announced(page: &Page, at: usize) -> Option<Range<usize>> {
    static VALUE: Pattern = Pattern::new(r#"^[:=][ \t"'`*]{0,3}(?P<value>[A-Za-z]{0,8}[0-9][A-Za-z0-9_-]{0,63})"#);
    let after = page.after(at, 160);
    let colon =
        after.find([':', '=', '.', ',', ';', '。', '\n']).filter(|colon| (1..=LONGEST_WORDS).contains(colon))?;
    if after[..colon].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = VALUE.parts(&after[colon..])?.name("value")?;
    let start = at + colon + found.start();
    // A word between that announces something else has the value for itself.
    let other = lexicon::before(page.hits(), start, start - at).any(|hit| {
        hit.start >= at
            && !matches!(
                hit.sense,
                Sense::Memo | Sense::Route(_) | Sense::Exchange | Sense::Wallet | Sense::Not | Sense::Sent
            )
    });
    let hex = found.len() >= 32 && found.as_str().bytes().all(|b| b.is_ascii_hexdigit());
    let counted = found.len() <= 6 && is_counted(page, start + found.len());
    let lone = found.len() > 1 || is_lone(page, start, start);
    (!other && !hex && !counted && lone).then_some(start..start + found.len())
}

fn behind(page: &Page, at: usize) -> Option<Range<usize>> {
    let after = page.after(at, 90);
    let found = BEHIND.parts(after)?.name("value")?;
    // The rows of a table are read by their columns.
    let between = &after[..found.start()];
    if between.contains('|') && between.contains('\n') {
        return None;
    }
    let value = found.as_str().trim_end_matches(['-', '_']);
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    // Words are values only where they cannot be the rest of the sentence.
    let numeric = digits == value.len();
    let joined = after[..found.start()].trim_end().ends_with([':', '=', '"']);
    let hex = value.len() >= 40 && value.bytes().all(|b| b.is_ascii_hexdigit());
    let start = at + found.start();
    let end = start + value.len();
    let is_count = numeric && value.len() <= 6 && is_counted(page, end);
    let whole = value.len() > 1 || numeric && is_lone(page, at, start);
    let fits = whole && !hex && !is_count && (numeric || digits >= 1 && joined || digits >= 3);
    fits.then_some(start..start + value.len())
}

/// What the customer says right below the desk's question: "Agent: which memo?", "Me: 5512".
fn answer(page: &Page, at: usize) -> Option<Range<usize>> {
    let line = page.after(at, 120).find('\n').map(|end| at + end + 1)?;
    let said = page.after(line, 32);
    let name =
        said.split_once(':').filter(|(name, _)| !name.contains(['\n', ' '])).map_or(0, |(name, _)| name.len() + 1);
    (page.voice(line) == Voice::Customer).then(|| behind(page, line + name)).flatten()
}

/// What counts a number behind a memo's name that is none.
const COUNTED: &[&str] = &[
    "digit",
    "character",
    "letter",
    "位",
    "자리",
    "글자",
    "hour",
    "file",
    "photo",
    "screenshot",
    "day",
    "week",
    "month",
    "minute",
    "time",
    "usdt",
    "usdc",
    "xrp",
    "xlm",
    "ton",
    "eos",
    "atom",
    "block",
    "confirm",
    "小时",
    "分钟",
    "天",
    "次",
    "시간",
    "분",
    "일",
    "번",
    "개",
    "个",
    "年",
    "月",
    "日",
    "点",
    "%",
];

/// Whether a number is one of coins, hours, tries.
pub(super) fn is_counted(page: &Page, end: usize) -> bool {
    let after = page.after(end, 14).trim_start().to_lowercase();
    let coin = lexicon::after(page.hits(), end, 12)
        .any(|hit| matches!(hit.sense, Sense::Coin(_)) && page.text()[end..hit.start].trim().is_empty());
    coin || COUNTED.iter().any(|unit| after.starts_with(unit))
}

/// Whether a single digit is a value by itself: no part of a number, of a list, of a word.
fn is_lone(page: &Page, name: usize, at: usize) -> bool {
    let between = page.text()[name..at].trim_matches([' ', '"', '\'', '`', '*', '(']);
    let after = &page.text()[at + 1..];
    let goes_on = |c: char| c.is_alphanumeric() && !is_particle(c) || matches!(c, '/' | ')' | '-' | '_' | '#');
    let grouped = after.starts_with(' ') && after[1..].starts_with(|c: char| c.is_ascii_digit());
    let decimal = after.starts_with(['.', ',', ':']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
    between.len() <= 32 && !between.contains('\n') && !after.starts_with(goes_on) && !decimal && !grouped
}

/// Korean says behind a name what part it plays.
fn is_particle(c: char) -> bool {
    matches!(
        c,
        '은' | '는'
            | '이'
            | '가'
            | '을'
            | '를'
            | '로'
            | '으'
            | '라'
            | '였'
            | '입'
            | '인'
            | '의'
            | '만'
            | '도'
            | '에'
    )
}

fn ahead(page: &Page, at: usize) -> Option<Range<usize>> {
    let before = page.before(at, 40);
    let found = AHEAD.parts(before)?.name("value")?;
    let start = at - before.len() + found.start();
    let joins = page.text()[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ','));
    (!joins).then_some(start..start + found.as_str().len())
}

fn free(taken: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = taken.partition_point(|other| other.end <= range.start);
    taken.get(next).is_none_or(|other| other.start >= range.end)
}
