//! How much is claimed: which of the numbers is the amount, and which are fees, balances, limits, prices.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use super::lexicon::{self, Sense};
use super::numbers::{self, Number};
use super::page::{Page, Span};
use super::tables;
use super::units::{self, Unit};
use super::voices::Voice;
use super::words;
use crate::terms::Amount;

/// What an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AmountRole {
    /// What arrived, or is to arrive, after fees.
    Received,
    /// What was sent.
    Sent,
    /// What it cost.
    Fee,
    /// Something is counted in coins, and it is not said what it is of.
    Unnamed,
}

/// An amount that the text gives, in coin units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadAmount {
    /// The decimal.
    pub value: Amount,
    /// The coin it is counted in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    /// What it is of.
    pub role: AmountRole,
    /// 1 is the likeliest to be the amount claimed.
    pub rank: usize,
    /// Where it stands.
    pub span: Span,
    #[serde(skip)]
    #[schemars(skip)]
    score: i32,
    /// Whether it is said to have arrived, so that another one is complained of.
    #[serde(skip)]
    #[schemars(skip)]
    arrived: bool,
}

/// What the words beside a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Net,
    Gross,
    Fee,
    Sent,
    Loss,
    Nothing,
    /// A balance, a limit, a price, a count, an id.
    Other,
}

/// Least score of a claimed amount.
const LEAST: i32 = 25;
/// Amounts of one complaint that are reported.
const MOST: usize = 50;

/// The amounts of a page, the likeliest first; fees last.
pub(super) fn find(page: &Page, taken: &[Range<usize>], dollars: bool) -> Vec<ReadAmount> {
    let numbers = numbers::find(page, taken);
    let mut found: Vec<ReadAmount> = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        if number.value.is_zero() || page.voice(number.range.start) > Voice::Quoted {
            continue;
        }
        let before = index.checked_sub(1).and_then(|at| numbers.get(at));
        let part = part(page, number, before, numbers.get(index + 1));
        if let Some(score) = score(page, number, part, dollars) {
            let role = match part {
                Part::Net => AmountRole::Received,
                Part::Fee => AmountRole::Fee,
                Part::Gross | Part::Sent => AmountRole::Sent,
                _ => AmountRole::Unnamed,
            };
            let asset = match &number.unit {
                Unit::Coin(ticker) | Unit::Unknown(ticker) => Some(ticker.clone()),
                _ => None,
            };
            let score = score - i32::try_from(found.len().min(10)).unwrap_or(10);
            found.push(ReadAmount {
                value: number.value.clone(),
                asset,
                role,
                rank: 0,
                span: page.span(&number.whole),
                score,
                arrived: has_arrived(page, number),
            });
        }
    }
    let open = found.iter().any(|amount| !amount.arrived && amount.role != AmountRole::Fee && amount.score >= LEAST);
    for amount in found.iter_mut().filter(|amount| open && amount.arrived) {
        amount.score -= 30;
    }
    found.sort_by_key(|amount| std::cmp::Reverse(amount.score));
    found.truncate(MOST);
    for (rank, amount) in (1..).zip(&mut found) {
        amount.rank = rank;
    }
    found
}

/// The amount claimed.
pub(super) fn claimed(amounts: &[ReadAmount]) -> Option<&ReadAmount> {
    amounts.first().filter(|amount| amount.role != AmountRole::Fee && amount.score >= LEAST)
}

fn score(page: &Page, number: &Number, part: Part, dollars: bool) -> Option<i32> {
    let unit = match &number.unit {
        Unit::Coin(_) => 50,
        Unit::Unknown(ticker) if units::known(ticker) || !is_loud(page, number) => 30,
        Unit::Pieces if is_precise(page, number, 1) || number.value.to_string().len() >= 4 => 30,
        Unit::Pieces => 20,
        // Nothing but coins is told to so many places.
        Unit::None if is_precise(page, number, 4) => 28,
        Unit::None => 0,
        Unit::DollarSign if dollars && matches!(part, Part::Gross | Part::Sent | Part::Net) => 5,
        _ => return None,
    };
    let part = match part {
        Part::Net => 42,
        Part::Gross => 35,
        Part::Sent => 26,
        Part::Loss => -15,
        Part::Fee => -100,
        Part::Nothing if unit == 0 => return None,
        Part::Nothing => 0,
        Part::Other => return None,
    };
    let voice = match page.voice(number.range.start) {
        Voice::Field => 100,
        Voice::Quoted => -30,
        _ => 0,
    };
    let example = lexicon::before(page.hits(), number.range.start, 60).any(|hit| hit.sense == Sense::Example);
    Some(unit + part + voice - if example { 40 } else { 0 })
}

/// What is said of a transfer that is not the one complained of.
const ARRIVED: &[&str] = &[
    "arrived fine",
    "arrived ok",
    "arrived instantly",
    "arrived within",
    "arrived without",
    "arrived no problem",
    "arrived already",
    "came through",
    "went through fine",
    "went through ok",
    "was fine",
    "worked fine",
    "was ok",
    "no problem",
    "credited fine",
    "was credited",
    "got credited",
    "showed up fine",
    "is ok",
    "is fine",
    "秒到",
    "到了",
    "到账了",
    "已到账",
    "已经到",
    "正常到",
    "没问题",
    "顺利",
    "正常",
    "들어왔",
    "잘 들어",
    "바로 들어",
    "정상 입금",
    "정상입금",
    "정상적으로",
    "도착했",
    "문제없",
    "문제 없",
];

/// Whether the rest of a number's clause says that it arrived.
fn has_arrived(page: &Page, number: &Number) -> bool {
    let after = page.after(number.whole.end, 48).to_lowercase();
    let clause = after.split([',', '.', ';', '\n', '。', '!', '?', '(']).next().unwrap_or_default();
    let own = clause.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let denied = ["没", "未", "不", "not", "n't", "never", "안 ", "못", "않"].iter().any(|no| own.contains(no));
    !denied && ARRIVED.iter().any(|words| own.contains(words)) || own.contains("没问题")
}

/// Whether a number has at least so many digits behind its point.
fn is_precise(page: &Page, number: &Number, places: usize) -> bool {
    page.text()[number.range.clone()]
        .split_once('.')
        .is_some_and(|(_, fraction)| fraction.bytes().take_while(u8::is_ascii_digit).count() >= places)
}

/// Whether the words around are in capitals, so that capitals tell nothing.
fn is_loud(page: &Page, number: &Number) -> bool {
    let around = page.before(number.range.start, 40).chars().chain(page.after(number.range.end, 40).chars());
    let (upper, lower) = around.fold((0, 0), |(upper, lower), c| {
        // Letters of a script without capitals are none.
        (upper + u32::from(c.is_ascii_uppercase()), lower + u32::from(c.is_alphabetic() && !c.is_ascii_uppercase()))
    });
    upper > lower
}

/// How far before a number what it is may be said, in bytes, and how far behind it.
const BEFORE: usize = 60;
const BEHIND: usize = 32;

fn part(page: &Page, number: &Number, before: Option<&Number>, next: Option<&Number>) -> Part {
    let text = page.text();
    let last = before.map(|number| number.whole.end.max(number.range.end));
    let labelled = before.is_some_and(|number| is_labelled(page, number.whole.start));
    if let Some(column) = column(page, number) {
        return column;
    }
    if let Some(behind) = behind(page, number, next) {
        return behind;
    }
    let start = number.whole.start;
    let mut sent = false;
    for hit in lexicon::before(page.hits(), start, BEFORE) {
        if last.is_some_and(|last| hit.start < last) {
            break;
        }
        let between = &text[hit.end.min(start)..start];
        let bare = between.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
        let clause = !bare.contains([',', ';', '。', '\n', '!', '?']) && !between.contains(". ");
        let close = clause && bare.len() <= 24;
        let touching = bare.chars().count() <= 3;
        // A word right behind the last number was said of that one.
        let own = labelled && between.trim_matches([' ', ':', '=']).is_empty();
        if !own
            && last.is_some_and(|last| {
                text.get(last..hit.start).is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n'))
                    && !between.trim_start().starts_with([':', '='])
            })
        {
            continue;
        }
        match hit.sense {
            Sense::Fee if close => return Part::Fee,
            Sense::Balance | Sense::Limit | Sense::Price if close => return Part::Other,
            Sense::Count
            | Sense::Memo
            | Sense::Foreign
            | Sense::Phone
            | Sense::Document
            | Sense::Card
            | Sense::Code
                if touching && number.unit == Unit::None =>
            {
                return Part::Other;
            }
            Sense::Net if close && !denied(page, hit.start) => return Part::Net,
            Sense::Gross if close && (touching || number.unit != Unit::None) => {
                // "Minimum deposit amount 5".
                let limit = lexicon::before(page.hits(), hit.end, hit.end - hit.start + 24)
                    .any(|word| word.sense == Sense::Limit && word.start < hit.start && word.end + 1 >= hit.start);
                return if limit { Part::Other } else { Part::Gross };
            }
            Sense::Loss if close => return Part::Loss,
            Sense::Sent if clause && (number.unit != Unit::None || is_verb_object(between)) => sent = true,
            _ => {}
        }
    }
    if sent || said_behind(page, number) {
        return Part::Sent;
    }
    if number.unit == Unit::None && is_asked_for(page, start) {
        Part::Gross
    } else if matches!(number.unit, Unit::None | Unit::Pieces | Unit::DollarSign) {
        Part::Nothing
    } else {
        part_of_sentence(page, number)
    }
}

/// Whether the desk's last line before the customer's asks how much it was.
fn is_asked_for(page: &Page, at: usize) -> bool {
    let said = page.before(at, 120);
    let Some(line) = said.rfind('\n').map(|end| at - said.len() + end) else { return false };
    let asked = page.before(line, 200);
    let asked = asked.len() - asked.rfind('\n').map_or(0, |end| end + 1);
    page.voice(line) == Voice::Desk
        && page.voice(at) == Voice::Customer
        && lexicon::before(page.hits(), line, asked).any(|hit| hit.sense == Sense::Gross)
}

/// Whether a name stands right before a number, as in a list of names and values.
fn is_labelled(page: &Page, at: usize) -> bool {
    lexicon::before(page.hits(), at, 8).any(|hit| {
        let gap = page.text()[hit.end.min(at)..at].trim_matches([' ', ':', '=']);
        gap.is_empty() && matches!(hit.sense, Sense::Fee | Sense::Gross | Sense::Net)
    })
}

/// What the column of a table that a number stands in is called; nothing where it stands in none.
fn column(page: &Page, number: &Number) -> Option<Part> {
    let header = tables::header(page.text(), number.range.start)?;
    let name = lexicon::before(page.hits(), header.end, header.len()).find_map(|hit| match hit.sense {
        _ if hit.start < header.start => None,
        Sense::Fee => Some(Part::Fee),
        Sense::Net => Some(Part::Net),
        Sense::Gross => Some(Part::Gross),
        Sense::Sent => Some(Part::Sent),
        Sense::Balance | Sense::Limit | Sense::Price | Sense::Count | Sense::Foreign | Sense::Memo => Some(Part::Other),
        _ => None,
    });
    // A number without a unit behind it, in a column of another name, is none of coins.
    name.or_else(|| (number.whole.end == number.range.end).then_some(Part::Other))
}

/// Whether only such words stand between a verb and a number as join it to its object.
fn is_verb_object(between: &str) -> bool {
    let words = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*' | '`' | '~' | '=' | '('));
    matches!(
        words.to_ascii_lowercase().as_str(),
        "" | "了"
            | "过"
            | "about"
            | "around"
            | "exactly"
            | "approximately"
            | "约"
            | "大概"
            | "大约"
            | "了大概"
            | "了约"
            | "of"
            | "out"
            | "共"
            | "了共"
            | "了总共"
            | "금액"
            | "过去"
            | "了一笔"
            | "was"
            | "is"
    )
}

/// Korean says what was done behind its object; so does a list.
fn said_behind(page: &Page, number: &Number) -> bool {
    let after = page.after(number.whole.end, 60);
    let clause = after.split(['.', '。', '\n', '!', '?']).next().unwrap_or_default();
    let verbs = ["보냈", "보낸", "보내", "전송", "송금", "입금", "출금", "이체", "충전", "넣었", "신청"];
    let own = clause.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    verbs.iter().any(|verb| own.contains(verb))
}

fn part_of_sentence(page: &Page, number: &Number) -> Part {
    let near = lexicon::before(page.hits(), number.whole.start, 24)
        .find(|hit| matches!(hit.sense, Sense::Example | Sense::Limit));
    if near.is_some_and(|hit| page.text()[hit.end..number.whole.start].trim().is_empty()) {
        Part::Other
    } else {
        Part::Nothing
    }
}

/// What is said right behind a number: "1 USDT fee", "12 confirmations", "50 이상".
fn behind(page: &Page, number: &Number, next: Option<&Number>) -> Option<Part> {
    let text = page.text();
    let end = number.whole.end;
    for hit in lexicon::after(page.hits(), end, BEHIND) {
        // What begins another line, or another cell of a table, is said of what follows it.
        if text[end..hit.start].contains('\n') {
            break;
        }
        let between = text[end..hit.start].trim().trim_matches(['(', ')', '"', '*']).trim();
        let joined = matches!(
            between.to_ascii_lowercase().as_str(),
            "" | "was"
                | "were"
                | "as"
                | "as a"
                | "as the"
                | "of"
                | "in"
                | "for"
                | "for the"
                | "的"
                | "network"
                | "miner"
                | "is the"
                | "is"
                | "was the"
                | "is my"
                | "went to"
                | "작은"
                | "had been"
                | "has been"
                | "in my"
        );
        if !joined {
            break;
        }
        // "500 手续费 1": the word belongs to the number behind it.
        let owned = next.is_some_and(|next| {
            let gap = text.get(hit.end..next.whole.start).unwrap_or("\n\n");
            gap.len() <= 12 && !gap.contains(['\n', ',', ';', '。']) && !gap.contains(". ")
        });
        match hit.sense {
            Sense::Fee if !owned => return Some(Part::Fee),
            Sense::Count if !owned && number.unit == Unit::None => return Some(Part::Other),
            Sense::Balance | Sense::Limit if !owned && between != "in my" => return Some(Part::Other),
            Sense::Price if !owned => return Some(Part::Other),
            // "995 USDT should have arrived"; "… received" alone may go on with what was.
            Sense::Net if !owned && text[hit.start..hit.end].to_ascii_lowercase().starts_with("should") => {
                return Some(Part::Net);
            }
            _ => {}
        }
    }
    // The coin that a fee is paid in simply goes out.
    let gone = page.after(end, 24).trim_start();
    let spent = ["나갔", "나가", "차감", "扣", "被扣"].iter().any(|word| gone.starts_with(word));
    spent.then_some(Part::Fee)
}

/// Whether "arrived" is said not to have happened.
fn denied(page: &Page, at: usize) -> bool {
    let before = page.before(at, 6);
    before.ends_with(['没', '沒', '未', '不', '还', '還']) || before.ends_with("没有") || before.ends_with("沒有")
}

/// Whether the coins of a page stand for dollars, so that a dollar sign may stand for them.
pub(super) fn counts_dollars(page: &Page) -> bool {
    page.hits().iter().any(|hit| matches!(hit.sense, Sense::Coin(words::Coin { dollar: true, .. })))
}
