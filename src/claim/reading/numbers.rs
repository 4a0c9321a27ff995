//! Numbers as people write them: separators of thousands, decimal commas, 万 and 만, "1.2k"; with their unit.

use std::ops::Range;
use std::str::FromStr as _;

use super::page::Page;
use super::patterns::Pattern;
use super::units::{Unit, ends_coin, unit};
use crate::terms::Amount;

/// A number where it stands.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// The digits with what multiplies them.
    pub(super) range: Range<usize>,
    /// With the unit.
    pub(super) whole: Range<usize>,
    pub(super) value: Amount,
    pub(super) unit: Unit,
}

/// Numbers of one page that are looked at.
const MOST: usize = 4000;

static DIGITS: Pattern =
    Pattern::new(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,18})?|[0-9][0-9.,']{0,60}[0-9]|[0-9]|\.[0-9]{1,18}");
/// What multiplies a number, right behind it.
static FACTOR: Pattern = Pattern::new(
    r"^(?:(?P<letter>[kK])(?-u:\b)|(?P<slang>[wWmM]) ?| ?(?P<word>百万|千万|백만|천만|万|萬|만|千|천|亿|億|억|thousand(?-u:\b)|million(?-u:\b)|mln(?-u:\b)))(?: ?(?P<more>[0-9]{1,4}) ?(?:千|천))?",
);

/// The numbers of a page that lie in none of `taken` (in order), with their units.
pub(super) fn find(page: &Page, taken: &[Range<usize>]) -> Vec<Number> {
    let text = page.text();
    let mut found: Vec<Number> = Vec::new();
    let free = |range: &Range<usize>| {
        let next = taken.partition_point(|other| other.end <= range.start);
        taken.get(next).is_none_or(|other| other.start >= range.end)
    };
    for digits in DIGITS.all(text) {
        for (index, range) in split(page, digits).into_iter().enumerate() {
            let joined = index == 0 && joins(text, range.start) && !ends_coin(page, range.start);
            if found.len() < MOST && free(&range) && !joined {
                found.extend(number(page, range));
            }
        }
    }
    found
}

/// Groups parted by blanks are one number only before a coin; else each is its own, as are the values of a line of them.
fn split(page: &Page, range: Range<usize>) -> Vec<Range<usize>> {
    let text = page.text();
    let written = &text[range.clone()];
    let trimmed = written.trim_end_matches(['.', ',', '\'']).len();
    let range = range.start..range.start + trimmed;
    let written = &text[range.clone()];
    let by = if written.contains(',') && decimal(written).is_none() { ',' } else { ' ' };
    let after = text[range.end..].trim_start_matches(' ');
    let behind_coin = text[..range.start].ends_with(' ') && ends_coin(page, range.start - 1);
    if !written.contains(by)
        || by == ' ' && behind_coin
        || by == ' ' && after.starts_with(|c: char| c.is_ascii_uppercase()) && !after.starts_with("UTC")
    {
        return vec![range];
    }
    let mut at = range.start;
    let mut parts = Vec::new();
    for part in written.split(by) {
        if !part.is_empty() {
            parts.push(at..at + part.len());
        }
        at += part.len() + 1;
    }
    parts
}

/// Whether a number runs on from letters or signs before it, so that it is part of a name, a date or a path.
fn joins(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let (last, second) = (before.next(), before.next());
    match last {
        Some(c) if c.is_ascii_alphanumeric() => true,
        Some('_' | '#' | '/' | '\\' | '@' | '&' | '%' | '^') => true,
        // "Amount:500" and "trx,10000" are parted; "12:30" and "1,a" are not.
        Some(':' | ',') => second.is_some_and(|c| c.is_ascii_digit()),
        Some('-' | '.' | '+' | '\'') => second.is_some_and(|c| c.is_ascii_alphanumeric()),
        _ => false,
    }
}

fn number(page: &Page, range: Range<usize>) -> Option<Number> {
    let text = page.text();
    let mut value = decimal(&text[range.clone()])?;
    let mut end = range.end;
    if let Some(factor) = FACTOR.parts(page.after(end, 40)) {
        let slang = factor.name("slang");
        let by = multiplier(slang.or_else(|| factor.name("letter")).or_else(|| factor.name("word"))?.as_str());
        let more = factor.name("more").and_then(|more| more.as_str().parse::<u64>().ok());
        // "2w" is two weeks and "5m" five minutes, except before a coin.
        let behind = end + slang.map_or(factor.get(0)?.end(), |slang| slang.end());
        if slang.is_none() || matches!(unit(page, range.start, behind).0, Unit::Coin(_)) {
            value = value.times(by);
            if let Some(more) = more {
                value = value.plus(&Amount::from_str("1000").ok()?.times(more));
            }
            end = behind;
        }
    }
    let (unit, whole) = unit(page, range.start, end);
    // Letters right behind it that are no unit make it part of a name.
    let named =
        unit == Unit::None && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/'));
    (!named).then_some(Number { range: range.start..end, whole, value, unit })
}

fn multiplier(word: &str) -> u64 {
    match word.to_ascii_lowercase().as_str() {
        "百万" | "백만" | "million" | "mln" | "m" => 1_000_000,
        "千万" | "천만" => 10_000_000,
        "万" | "萬" | "만" | "w" => 10_000,
        "亿" | "億" | "억" => 100_000_000,
        _ => 1000,
    }
}

/// The value of digits with separators; nothing where they cannot be one number.
fn decimal(written: &str) -> Option<Amount> {
    let plain: String = written.chars().filter(|c| !matches!(c, ' ' | '\'')).collect();
    let groups = |text: &str, by: char| {
        let mut parts = text.split(by);
        let first = parts.next().unwrap_or_default();
        (1..=3).contains(&first.len())
            && first != "0"
            && parts.all(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let commas = plain.matches(',').count();
    let dots = plain.matches('.').count();
    let text = match (commas, dots) {
        (0, 0 | 1) => plain,
        (1.., 0) if groups(&plain, ',') => plain.replace(',', ""),
        (1, 0) => plain.replace(',', "."),
        (0, 2..) if groups(&plain, '.') => plain.replace('.', ""),
        (1.., 1) => {
            let (whole, fraction) = plain.split_once('.')?;
            if fraction.contains(',') {
                // 1.250,75
                let (whole, fraction) = plain.rsplit_once(',')?;
                groups(whole, '.').then(|| format!("{}.{fraction}", whole.replace('.', "")))?
            } else {
                groups(whole, ',').then(|| format!("{}.{fraction}", whole.replace(',', "")))?
            }
        }
        (1, 2..) => {
            let (whole, fraction) = plain.rsplit_once(',')?;
            groups(whole, '.').then(|| format!("{}.{fraction}", whole.replace('.', "")))?
        }
        _ => return None,
    };
    let text = if text.starts_with('.') { format!("0{text}") } else { text };
    Amount::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn separators_are_understood() {
        let cases = [
            ("1,250.75", Some("1250.75")),
            ("1.250,75", Some("1250.75")),
            ("2,5", Some("2.5")),
            ("1,60667584", Some("1.60667584")),
            ("1,500", Some("1500")),
            ("0,125", Some("0.125")),
            ("1.250.000", Some("1250000")),
            ("25 863", Some("25863")),
            ("1'000.5", Some("1000.5")),
            (".5", Some("0.5")),
            ("1.2.3", None),
            ("10.11.2026", None),
            ("1,23,456", None),
        ];
        for (written, value) in cases {
            assert_eq!(decimal(written).map(|value| value.to_string()).as_deref(), value, "{written}");
        }
    }
}
