//! Numbers as people write them: separators of thousands, decimal commas, 万 and 만, "1.2k"; with their unit.

use std::ops::Range;
use std::str::FromStr as _;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::Sense;
use super::page::Page;
use super::words;
use crate::terms::Amount;

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing is said.
    None,
    /// A coin, by its ticker.
    Coin(String),
    /// Something in capitals that may be a coin.
    Unknown(String),
    /// A state's money.
    Fiat,
    /// US dollars by the sign alone, as people also write dollar coins.
    DollarSign,
    /// Hours, blocks, tries, percents.
    Other,
}

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

static DIGITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,18})?|\d[\d.,']{0,60}\d|\d|\.\d{1,18}").ok());
/// What multiplies a number, right behind it.
static FACTOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?P<letter>[kK])(?-u:\b)| ?(?P<word>百万|千万|백만|천만|万|萬|만|千|천|亿|億|억|thousand(?-u:\b)|million(?-u:\b)|mln(?-u:\b)))(?: ?(?P<more>\d{1,4}) ?(?:千|천))?").ok()
});
/// What counts a number without being a coin.
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^ ?-? ?(?:(?:st|nd|rd|th|h|hrs?|hours?|mins?|minutes?|secs?|seconds?|days?|weeks?|months?|years?|yrs?|am|pm|x|times|confirms?|confirmations?|confs?|blocks?|transactions?|txs?|tickets?|steps?|people|emails?|attempts?|deposits?|withdrawals?|of (?:my|the|them|these)|more|other|words?|business|working|bytes?|kb|mb|gb|sat|sats|gwei|wei|sun|satoshis?|o'clock|utc|gmt|kst|ago)(?-u:\b)",
        r"|%|个小时|個小時|个多小时|小时|小時|分钟|分鐘|分|秒|天|日|月|年|号|點|点|次|笔|筆|条|條|倍|个工作日|工作日|个月|个区块|区块|个确认|确认|周|位|层|个多|多小时|多天|时间|시간|분|초|일|월|년|시|번|회|배|건|차|주|명|개월|블록|컨펌|퍼|여|살|층|호|단계|영업일|영업)",
    ))
    .ok()
});
static FIAT_AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^ ?(?:of )?(?:(?:usd|us dollars?|dollars?|bucks|eur|euros?|gbp|pounds?|jpy|yen|krw|won|rmb|cny|yuan|inr|rupees?|rub|rubles?|try|brl|vnd|php|ngn|naira|aud|cad|chf|hkd|twd|sgd)(?-u:\b)",
        r"|[€£¥₩₹₽]|人民币|元|块|塊|美元|美金|美刀|刀|港币|日元|欧元|圆|円|원|달러|유로|엔|위안)",
    ))
    .ok()
});
static FIAT_BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:us\$|hk\$|[€£¥₩₹₽]|(?-u:\b)(?:usd|eur|gbp|krw|rmb|cny|inr|jpy)|人民币|美元|美金) ?:? ?$").ok()
});
/// Between a number and its coin: counters, brackets, emphasis.
static TO_COIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^[*`_"'~]{0,4}[ \t]?(?:个|個|枚|颗|顆|개의|개|ea |units?(?-u:\b)|pcs(?-u:\b)|coins?(?-u:\b)|tokens?(?-u:\b))?[ \t]{0,2}(?:of |的)?[("'*`\[_$-]{0,4}"#).ok()
});
/// Between a coin and its number.
static FROM_COIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^[)\]"'*`_ ]{0,4}(?:[:=,|-]|约|数量|수량|amount|코인)?[ :=]{0,3}[("'*`_]{0,3}$"#).ok()
});
static CAPITALS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^ ?\$?([A-Z][A-Z0-9]{1,9})").ok());

/// Capitals behind a number that are no coin.
const NO_COINS: &[&str] = &[
    "UTC",
    "GMT",
    "AM",
    "PM",
    "KST",
    "CST",
    "PST",
    "EST",
    "CET",
    "IST",
    "MSK",
    "USD",
    "EUR",
    "ID",
    "UID",
    "TX",
    "TXID",
    "KYC",
    "MB",
    "KB",
    "GB",
    "API",
    "OK",
    "AND",
    "THE",
    "TO",
    "FROM",
    "ON",
    "IN",
    "IS",
    "BUT",
    "OF",
    "FOR",
    "MY",
    "DAYS",
    "DAY",
    "HOURS",
    "HOUR",
    "MINUTES",
    "WEEKS",
    "BLOCKS",
    "CONFIRMATIONS",
    "OVER",
    "VIA",
    "NOT",
    "FEE",
    "IT",
    "WAS",
    "AT",
    "AS",
    "WITH",
    "PLEASE",
    "OR",
    "BY",
    "TIMES",
    "SMS",
    "ERC20",
    "TRC20",
    "BEP20",
    "OTP",
    "NETWORK",
    "COINS",
    "TOKENS",
    "HTTP",
    "HTTPS",
    "BSC",
    "EVM",
    "UI",
    "IP",
    "FA",
    "I",
    "WE",
    "HAS",
    "HAVE",
    "SAT",
    "STATUS",
    "HASH",
    "DATE",
    "TIME",
    "AMOUNT",
    "NONE",
];

/// The numbers of a page that lie in none of `taken` (in order), with their units.
pub(super) fn find(page: &Page, taken: &[Range<usize>]) -> Vec<Number> {
    let text = page.text();
    let mut found: Vec<Number> = Vec::new();
    let free = |range: &Range<usize>| {
        let next = taken.partition_point(|other| other.end <= range.start);
        taken.get(next).is_none_or(|other| other.start >= range.end)
    };
    for digits in DIGITS.iter().flat_map(|pattern| pattern.find_iter(text)) {
        for range in split(page, digits.range()) {
            let joined = joins(text, range.start) && !ends_coin(page, range.start);
            if found.len() < MOST && free(&range) && !joined {
                found.extend(number(page, range));
            }
        }
    }
    found
}

/// Groups parted by blanks are one number only before a coin; else each is its own.
fn split(page: &Page, range: Range<usize>) -> Vec<Range<usize>> {
    let text = page.text();
    let written = &text[range.clone()];
    let trimmed = written.trim_end_matches(['.', ',', '\'']).len();
    let range = range.start..range.start + trimmed;
    let written = &text[range.clone()];
    let after = text[range.end..].trim_start_matches(' ');
    let behind_coin = text[..range.start].ends_with(' ') && ends_coin(page, range.start - 1);
    if !written.contains(' ')
        || behind_coin
        || after.starts_with(|c: char| c.is_ascii_uppercase()) && !after.starts_with("UTC")
    {
        return vec![range];
    }
    let mut at = range.start;
    let mut parts = Vec::new();
    for part in written.split(' ') {
        parts.push(at..at + part.len());
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
        Some('-' | '.' | ',' | ':' | '+' | '\'') => second.is_some_and(|c| c.is_ascii_alphanumeric()),
        _ => false,
    }
}

fn ends_coin(page: &Page, at: usize) -> bool {
    super::lexicon::before(page.hits(), at, 1).any(|hit| hit.end == at && matches!(hit.sense, Sense::Coin(_)))
}

fn number(page: &Page, range: Range<usize>) -> Option<Number> {
    let text = page.text();
    let mut value = decimal(&text[range.clone()])?;
    let mut end = range.end;
    if let Some(factor) = FACTOR.as_ref()?.captures(page.after(end, 40)) {
        let by = multiplier(factor.name("letter").or_else(|| factor.name("word"))?.as_str());
        value = value.times(by);
        if let Some(more) = factor.name("more").and_then(|more| more.as_str().parse::<u64>().ok()) {
            value = value.plus(&Amount::from_str("1000").ok()?.times(more));
        }
        end += factor.get(0)?.end();
    }
    let (unit, whole) = unit(page, range.start, end);
    // Letters right behind it that are no unit make it part of a name.
    let named =
        unit == Unit::None && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/'));
    (!named).then_some(Number { range: range.start..end, whole, value, unit })
}

fn multiplier(word: &str) -> u64 {
    match word.to_ascii_lowercase().as_str() {
        "百万" | "백만" | "million" | "mln" => 1_000_000,
        "千万" | "천만" => 10_000_000,
        "万" | "萬" | "만" => 10_000,
        "亿" | "億" | "억" => 100_000_000,
        _ => 1000,
    }
}

/// The unit of the number in `start..end`, and both together.
fn unit(page: &Page, start: usize, end: usize) -> (Unit, Range<usize>) {
    let after = page.after(end, 48);
    let length = |pattern: &LazyLock<Option<Regex>>, text: &str| {
        pattern.as_ref().and_then(|p| p.find(text)).map(|found| found.end())
    };
    if let Some((ticker, to)) = coin_at(page, end, after) {
        return (Unit::Coin(ticker), start..to);
    }
    if let Some(more) = length(&FIAT_AFTER, after) {
        return (Unit::Fiat, start..end + more);
    }
    if page.before(start, 2).trim_end().ends_with('$')
        || after.trim_start().starts_with('$') && !after.starts_with('\n')
    {
        let foreign = length(&FIAT_BEFORE, page.before(start, 12)).is_some();
        return (if foreign { Unit::Fiat } else { Unit::DollarSign }, start..end);
    }
    if length(&FIAT_BEFORE, page.before(start, 12)).is_some() {
        return (Unit::Fiat, start..end);
    }
    if let Some(more) = length(&COUNTED, after) {
        return (Unit::Other, start..end + more);
    }
    if let Some(found) = CAPITALS.as_ref().and_then(|p| p.captures(after)).and_then(|found| found.get(1)) {
        let whole = !after[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if whole && !NO_COINS.contains(&found.as_str()) {
            return (Unit::Unknown(found.as_str().to_owned()), start..end + found.end());
        }
    }
    if let Some((ticker, from)) = coin_before(page, start) {
        return (Unit::Coin(ticker), from..end);
    }
    (Unit::None, start..end)
}

fn coin_at(page: &Page, end: usize, after: &str) -> Option<(String, usize)> {
    // A lone U stands for USDT where Chinese is written.
    let bare = after.strip_prefix(' ').unwrap_or(after);
    let lone = bare.strip_prefix(['u', 'U']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if let Some(rest) = lone {
        return Some(("USDT".to_owned(), end + after.len() - rest.len()));
    }
    let gap = TO_COIN.as_ref()?.find(after)?.end();
    let at = end + gap;
    let mut hits = super::lexicon::after(page.hits(), at, 40);
    let (coin, to) = hits.find_map(|hit| match hit.sense {
        Sense::Coin(coin) if hit.start == at => Some((coin, hit.end)),
        _ => None,
    })?;
    Some((coin.ticker.to_owned(), to))
}

fn coin_before(page: &Page, start: usize) -> Option<(String, usize)> {
    let text = page.text();
    let hit = super::lexicon::before(page.hits(), start, 24).find(|hit| matches!(hit.sense, Sense::Coin(_)))?;
    let Sense::Coin(coin) = hit.sense else { return None };
    let fits = FROM_COIN.as_ref()?.is_match(&text[hit.end..start]);
    fits.then(|| (coin.ticker.to_owned(), hit.start))
}

/// The ticker that a word in capitals is, where it is a known one.
pub(super) fn known(ticker: &str) -> bool {
    words::coin(ticker).is_some()
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
