//! What numbers count: coins before or behind them, money of a state, hours, blocks.

use std::ops::Range;

use super::lexicon::{self, Hit, Sense};
use super::page::Page;
use super::patterns::Pattern;
use super::words;

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing is said.
    None,
    /// A coin, by its ticker.
    Coin(String),
    /// Something in capitals that may be a coin.
    Unknown(String),
    /// Pieces, as coins are counted in Chinese and Korean; it is not said of what.
    Pieces,
    /// A state's money.
    Fiat,
    /// US dollars by the sign alone, as people also write dollar coins.
    DollarSign,
    /// Hours, blocks, tries, percents.
    Other,
}

/// What counts a number without being a coin.
static COUNTED: Pattern = Pattern::new(concat!(
    r"(?i-u)^ ?-? ?(?:(?:st|nd|rd|th|h|hrs?|hours?|mins?|minutes?|secs?|seconds?|days?|weeks?|months?|years?|yrs?|am|pm|x|times|confirms?|confirmations?|confs?|blocks?|transactions?|txs?|tickets?|steps?|people|emails?|attempts?|deposits|withdrawals|of (?:my|the|them|these)|more|other|words?|business|working|bytes?|kb|mb|gb|sat|sats|gwei|wei|sun|satoshis?|o'clock|utc|gmt|kst|ago)(?-u:\b)",
    r"|%|个小时|個小時|个多小时|小时|小時|分钟|分鐘|分|秒|天|日|月|年|号|點|点|次|笔|筆|条|條|倍|个工作日|工作日|个月|个区块|区块|个确认|确认|周|位|层|个多|多小时|多天|时间|시간|분|초|일|월|년|시|번|회|배|건|차|주|명|개월|블록|컨펌|퍼|여|살|층|호|단계|영업일|영업)",
));
static FIAT_AFTER: Pattern = Pattern::new(concat!(
    r"(?i-u)^ ?(?:of )?(?:(?:usd|us dollars?|dollars?|bucks|eur|euros?|gbp|pounds?|jpy|yen|krw|won|rmb|cny|yuan|inr|rupees?|rub|rubles?|try|brl|vnd|php|ngn|naira|aud|cad|chf|hkd|twd|sgd)(?-u:\b)",
    r"|(?u:[€£¥₩₹₽])|人民币|元|块|塊|美元|美金|美刀|刀|港币|日元|欧元|圆|円|원|달러|유로|엔|위안)",
));
static FIAT_BEFORE: Pattern =
    Pattern::new(r"(?i-u)(?:us\$|hk\$|(?u:[€£¥₩₹₽])|\b(?:usd|eur|gbp|krw|rmb|cny|inr|jpy)|人民币|美元|美金) ?:? ?$");
/// Between a number and its coin: counters, brackets, emphasis.
static TO_COIN: Pattern = Pattern::new(
    r#"^[*`_"'~]{0,4}[ \t]?(?:个|個|枚|颗|顆|刀的?|개의|개|ea |units?(?-u:\b)|pcs(?-u:\b)|coins?(?-u:\b)|tokens?(?-u:\b))?[ \t]{0,2}(?:of |的)?(?:\([~≈]?[$€£]? ?[0-9][0-9.,]{0,20}\)[ \t]?)?[("'*`\[_$-]{0,4}"#,
);
/// Between a coin and its number.
static FROM_COIN: Pattern = Pattern::new(
    r#"^[)\]"'*`_ ]{0,4}(?:[:=,|-]|约|大约|大概|一共|总共|共|有|数量|数目|金额|수량|총|약|이|가|은|는|을|를|amount|quantity|qty|코인)?[ :=]{0,3}[("'*`_]{0,3}$"#,
);
static CAPITALS: Pattern = Pattern::new(r"^ ?\$?([A-Z][A-Z0-9]{1,9})");

static CAPITALS_BEFORE: Pattern = Pattern::new(r"(?:^|[^A-Za-z0-9])([A-Z][A-Z0-9]{1,9}) ?$");
static PIECES: Pattern = Pattern::new(r"^ ?(?:个|個|枚|颗|顆|개)");

/// Whether nothing behind a counter tells what is counted, so that it is the coin that is spoken of.
fn counts(after: &str) -> bool {
    const GO_ON: &str = "을를이가은는로만정쯤인입예요도나넘보전씩였라라고怎都没沒到还還过過左全吧了呢啊就也给給转轉从從被在提充未不币幣";
    after.chars().next().is_none_or(|c| !c.is_alphanumeric() || GO_ON.contains(c))
}

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
    "MP",
    "GHZ",
    "RAM",
    "TB",
    "PDF",
    "PNG",
    "JPG",
    "FAQ",
    "VIP",
    "ATM",
    "PC",
    "TV",
    "NO",
    "YES",
    "SO",
    "IF",
    "WHICH",
    "THAT",
    "THIS",
    "CONFIRMED",
    "PENDING",
    "FAILED",
    "SUCCESS",
    "KM",
    "HASH",
    "DATE",
    "TIME",
    "AMOUNT",
    "NONE",
];

/// The unit of the number in `start..end`, and both together.
pub(super) fn unit(page: &Page, start: usize, end: usize) -> (Unit, Range<usize>) {
    let after = page.after(end, 48);
    let length = |pattern: &Pattern, text: &str| pattern.first(text).map(|found| found.end);
    if let Some((ticker, to)) = coin_at(page, start, end, after) {
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
    if let Some(found) = CAPITALS.parts(after).and_then(|found| found.get(1)) {
        let whole = !after[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if whole && !NO_COINS.contains(&found.as_str()) {
            return (Unit::Unknown(found.as_str().to_owned()), start..end + found.end());
        }
    }
    if let Some((ticker, from)) = coin_before(page, start) {
        return (Unit::Coin(ticker), from..end);
    }
    let Some(more) = PIECES.first(after).filter(|found| counts(&after[found.end..])) else {
        return (Unit::None, start..end);
    };
    let whole = start..end + more.end;
    match CAPITALS_BEFORE.parts(page.before(start, 16)).and_then(|found| found.get(1)) {
        Some(found) if !NO_COINS.contains(&found.as_str()) => (Unit::Unknown(found.as_str().to_owned()), whole),
        _ => (Unit::Pieces, whole),
    }
}

fn coin_at(page: &Page, start: usize, end: usize, after: &str) -> Option<(String, usize)> {
    // A lone U stands for USDT where Chinese is written.
    let bare = after.strip_prefix(' ').unwrap_or(after).trim_start_matches(['个', '個', '枚', '颗']);
    let lone = bare.strip_prefix(['u', 'U']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if let Some(rest) = lone {
        return Some(("USDT".to_owned(), end + after.len() - rest.len()));
    }
    // "Five hundred (500) USDT"; but "1) USDT" is the first of a list.
    let closed = usize::from(after.starts_with(')') && page.before(start, 1) == "(");
    let gap = TO_COIN.first(&after[closed..])?.end;
    let at = end + closed + gap;
    let coin = |at: usize| {
        lexicon::after(page.hits(), at, 40).find_map(|hit| match hit.sense {
            Sense::Coin(coin) if hit.start == at => Some((coin, hit.end)),
            _ => None,
        })
    };
    let network = || {
        let chain = lexicon::after(page.hits(), at, 40)
            .find(|hit| hit.start == at && matches!(hit.sense, Sense::Chain(_)) && !is_also_coin(page, hit))?;
        let rest = page.text()[chain.end..].trim_start_matches([' ', '-', ')', '/']);
        coin(page.text().len() - rest.len())
    };
    let (coin, to) = coin(at).or_else(network)?;
    Some((coin.ticker.to_owned(), to))
}

fn is_also_coin(page: &Page, chain: &Hit) -> bool {
    same(page, chain).any(|hit| matches!(hit.sense, Sense::Coin(_)))
}

/// What a word means, by all its senses.
fn same<'p>(page: &'p Page, word: &Hit) -> impl Iterator<Item = &'p Hit> {
    let (start, end) = (word.start, word.end);
    lexicon::before(page.hits(), end, 0).take_while(move |hit| hit.end == end).filter(move |hit| hit.start == start)
}

/// The coin before a number; its network may stand between: "USDT (TRC20) 500", "usdt tron 75.40".
fn coin_before(page: &Page, start: usize) -> Option<(String, usize)> {
    let text = page.text();
    let mut at = start;
    let mut nearest: Option<(String, usize)> = None;
    let named = |hit: &&Hit| match hit.sense {
        Sense::Coin(_) => true,
        Sense::Chain(_) => !is_also_coin(page, hit),
        _ => false,
    };
    for hit in lexicon::before(page.hits(), start, 32).filter(named) {
        if hit.end > at {
            continue;
        }
        let between = &text[hit.end..at];
        let listed = at != start && between.contains([',', '|', ':', '=']);
        if listed || !FROM_COIN.is_in(between) {
            break;
        }
        at = hit.start;
        let Sense::Coin(coin) = hit.sense else { continue };
        match &nearest {
            Some(_) if coin.network.is_some() => break,
            _ => nearest = Some((coin.ticker.to_owned(), hit.start)),
        }
        if coin.network.is_none() || !is_chain(page, hit) {
            break;
        }
    }
    nearest
}

/// Whether a coin's name is its network's as well.
fn is_chain(page: &Page, coin: &Hit) -> bool {
    same(page, coin).any(|hit| matches!(hit.sense, Sense::Chain(_)))
}

/// The ticker that a word in capitals is, where it is a known one.
pub(super) fn known(ticker: &str) -> bool {
    words::coin(ticker).is_some()
}

/// Whether a coin's name ends right there.
pub(super) fn ends_coin(page: &Page, at: usize) -> bool {
    lexicon::before(page.hits(), at, 1).any(|hit| hit.end == at && matches!(hit.sense, Sense::Coin(_)))
}
