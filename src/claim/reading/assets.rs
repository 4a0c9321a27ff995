//! Which coin is claimed.

use schemars::JsonSchema;
use serde::Serialize;

use super::identifiers::Why;
use super::lexicon::{self, Sense};
use super::links::{self, Link};
use super::page::{Page, Span};
use super::voices::Voice;

/// A name that was read, with how likely it is the one that is claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadName {
    /// A ticker, a network's name, a memo.
    pub value: String,
    /// 1 is the likeliest.
    pub rank: usize,
    /// What told it.
    pub why: Why,
    /// Where it stands.
    pub span: Span,
    #[serde(skip)]
    #[schemars(skip)]
    pub(super) score: i32,
}

/// Names of one sort that are reported.
const MOST: usize = 12;

/// Most that a name gains by being said again.
const AGAIN: i32 = 30;

/// Names by their value, each with its best score and a little for being said again; the likeliest first.
pub(super) fn ranked(names: Vec<ReadName>, again: i32) -> Vec<ReadName> {
    let mut best: Vec<(ReadName, i32)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for name in names {
        let at = *index.entry(name.value.clone()).or_insert(best.len());
        match best.get_mut(at) {
            Some((known, gained)) => {
                *gained = (*gained + again).min(AGAIN);
                if name.score > known.score {
                    *known = name;
                }
            }
            None => best.push((name, 0)),
        }
    }
    let mut best: Vec<ReadName> =
        best.into_iter().map(|(name, gained)| ReadName { score: name.score + gained, ..name }).collect();
    best.sort_by_key(|name| std::cmp::Reverse(name.score));
    best.truncate(MOST);
    for (rank, name) in (1..).zip(&mut best) {
        name.rank = rank;
    }
    best
}

/// The coins that a page names, the likeliest to be the claimed one first. `amount` is the coin of the claimed amount.
pub(super) fn find(page: &Page, links: &[Link], amount: Option<(&str, &Span)>) -> Vec<ReadName> {
    let text = page.text();
    let mut names = Vec::new();
    if let Some((ticker, span)) = amount {
        names.push(ReadName { value: ticker.to_owned(), rank: 0, why: Why::Context, span: span.clone(), score: 100 });
    }
    for hit in page.hits() {
        let Sense::Coin(coin) = hit.sense else { continue };
        let voice = page.voice(hit.start);
        if voice > Voice::Quoted || links::around(links, hit.start).is_some() {
            continue;
        }
        let labelled = lexicon::before(page.hits(), hit.start, 24)
            .any(|label| label.sense == Sense::CoinLabel && touches(&text[label.end..hit.start]));
        let also_chain = page.hits().iter().skip(page.hits().partition_point(|other| other.end < hit.end)).take(4);
        let also_chain = also_chain
            .into_iter()
            .any(|other| (other.start, other.end) == (hit.start, hit.end) && matches!(other.sense, Sense::Chain(_)));
        let mut score = 10;
        score += if labelled { 60 } else { 0 };
        score -= if also_chain { 4 } else { 0 };
        score -= if is_way(page, hit.start) { 6 } else { 0 };
        score -= if is_fee(page, hit.start) { 8 } else { 0 };
        score -= if voice == Voice::Quoted { 5 } else { 0 };
        score += if voice == Voice::Field { 100 } else { 0 };
        let why = if labelled { Why::Label } else { Why::Form };
        names.push(ReadName {
            value: coin.ticker.to_owned(),
            rank: 0,
            why,
            span: page.span(&(hit.start..hit.end)),
            score,
        });
    }
    names.extend(lone_dollar(page));
    ranked(names, 3)
}

/// A lone U among Chinese words is USDT.
fn lone_dollar(page: &Page) -> Option<ReadName> {
    let text = page.text();
    let ideograph = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let lone = |at: &usize| ideograph(text[..*at].chars().next_back()) && ideograph(text[at + 1..].chars().next());
    let at = text.match_indices('U').map(|(at, _)| at).find(lone)?;
    Some(ReadName { value: "USDT".to_owned(), rank: 0, why: Why::Form, span: page.span(&(at..at + 1)), score: 9 })
}

/// Whether only what joins a label to its value stands between.
pub(super) fn touches(between: &str) -> bool {
    between.len() <= 12
        && between
            .chars()
            .all(|c| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '是' | '为' | '는' | '은'))
}

fn is_way(page: &Page, at: usize) -> bool {
    let before = page.before(at, 16).trim_end().to_ascii_lowercase();
    [" on", " via", " over", " through", " using", "(on", "走"].iter().any(|way| before.ends_with(way))
}

fn is_fee(page: &Page, at: usize) -> bool {
    let label =
        lexicon::before(page.hits(), at, 24).find(|hit| matches!(hit.sense, Sense::Fee | Sense::Gross | Sense::Sent));
    label.is_some_and(|hit| hit.sense == Sense::Fee)
}
