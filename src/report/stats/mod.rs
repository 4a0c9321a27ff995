//! What many results come to, in one pass and bounded memory: counts, ages and sums; schema `txsleuth.stats/1`.

mod line;
mod render;
mod tally;

pub use line::Counted;
pub use render::{render_stats, stats_csv};

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnosis::{Party, Verdict};
use crate::terms::Amount;
use tally::{Counts, TOLD, Tally};

/// Cases that are told apart from those that come again.
const CASES: usize = 1 << 20;
/// Assets of networks whose amounts are summed.
const ASSETS: usize = 10_000;
/// Longest name of one, in bytes.
const LONGEST: usize = 400;
/// The name of what is not known.
const UNKNOWN: &str = "unknown";

/// What was counted so far.
#[derive(Debug)]
pub struct Stats {
    sla: Duration,
    results: u64,
    whole: u64,
    repeated: u64,
    beyond: u64,
    skipped: u64,
    cases: HashSet<u64>,
    verdicts: BTreeMap<Verdict, Ages>,
    ages: Ages,
    oldest: Option<i64>,
    codes: Tally,
    networks: Tally,
    assets: Tally,
    responsible: Tally,
    errors: Tally,
    sums: BTreeMap<(String, String), Sum>,
    unsummed: u64,
    senders: Tally,
    platforms: Tally,
    receivers: Tally,
    gaps: Tally,
    silent: Tally,
    nameless: Nameless,
}

/// Troubled cases of which it cannot be told who was in them.
#[derive(Debug, Default)]
struct Nameless {
    compact: u64,
    senders: u64,
    receivers: u64,
}

/// The amounts of one asset on one network.
#[derive(Debug)]
struct Sum {
    cases: u64,
    amount: Amount,
    open: Amount,
}

/// Results by their age, against what is promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ages {
    /// Within it.
    pub under: u64,
    /// Older.
    pub over: u64,
    /// Of no known age.
    pub unknown: u64,
}

impl Ages {
    fn all(&self) -> u64 {
        self.under + self.over + self.unknown
    }
}

/// What many results come to, told to machines. Fields may be added, never renamed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatsDocument {
    /// Always `txsleuth.stats/1`.
    pub schema: String,
    /// Results that were counted.
    pub results: u64,
    /// How many of them were whole documents.
    pub whole: u64,
    /// How many of them are about a case that came before: counted, but not in `sums` and `repeats`.
    pub repeated: u64,
    /// Lines that are no result, or torn; not counted.
    pub skipped: u64,
    /// Results by verdict, in the order of verdicts.
    pub verdicts: Vec<VerdictPart>,
    /// Ages against the promise.
    pub sla: SlaPart,
    /// Results by the finding that decides.
    pub codes: Counts,
    /// Results by the network of the deciding transaction.
    pub networks: Counts,
    /// Results by ticker.
    pub assets: Counts,
    /// Results by who has to act; `nobody` where nobody has to.
    pub responsible: Counts,
    /// Rows with an error, by its reason; what is quoted in it is left out.
    pub errors: Counts,
    /// Sums of amounts by network and asset, those of the most cases first, at most 20. Never across assets.
    pub sums: Vec<SumPart>,
    /// What comes back in several cases that are neither complete nor settled.
    pub repeats: RepeatsPart,
    /// What could not be counted.
    pub uncounted: Vec<UncountedPart>,
    /// Name and version of this program.
    pub tool: String,
}

/// The results of one verdict.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VerdictPart {
    /// The verdict.
    pub verdict: Verdict,
    /// How many.
    pub results: u64,
    /// Their ages.
    pub ages: Ages,
}

/// Ages against the promise.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SlaPart {
    /// What is promised, in hours.
    pub hours: u64,
    /// All results with a verdict.
    pub ages: Ages,
    /// Age of the oldest, in hours.
    pub oldest_hours: Option<i64>,
}

/// The amounts of one asset on one network. The same ticker on another network is another asset.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SumPart {
    /// Network name.
    pub network: String,
    /// Ticker.
    pub asset: String,
    /// Cases with a known amount.
    pub cases: u64,
    /// Their sum, in coin units.
    pub amount: Amount,
    /// What of it is in cases that are neither complete nor settled.
    pub open: Amount,
}

/// What comes back in several cases; what is in one alone is left out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RepeatsPart {
    /// Senders, with their network. Whole documents alone know them.
    pub senders: Counts,
    /// Senders of cases in which the sending platform has to act, with their network.
    pub sending_platforms: Counts,
    /// Receivers, with their network.
    pub addresses: Counts,
    /// Who left questions without an answer, and why, in any case.
    pub sources: Vec<SilentPart>,
}

/// A source that left questions without an answer for one reason.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SilentPart {
    /// Service name and reason.
    pub name: String,
    /// In how many cases.
    pub cases: u64,
    /// How many questions.
    pub gaps: u64,
}

/// What could not be counted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UncountedPart {
    /// What.
    pub what: String,
    /// In how many results.
    pub results: u64,
    /// Why.
    pub why: String,
}

impl Stats {
    /// Nothing was counted yet; what is older than `sla` is overdue.
    pub fn new(sla: Duration) -> Self {
        Self {
            sla,
            results: 0,
            whole: 0,
            repeated: 0,
            beyond: 0,
            skipped: 0,
            cases: HashSet::new(),
            verdicts: BTreeMap::new(),
            ages: Ages::default(),
            oldest: None,
            codes: Tally::default(),
            networks: Tally::default(),
            assets: Tally::default(),
            responsible: Tally::default(),
            errors: Tally::default(),
            sums: BTreeMap::new(),
            unsummed: 0,
            senders: Tally::default(),
            platforms: Tally::default(),
            receivers: Tally::default(),
            gaps: Tally::default(),
            silent: Tally::default(),
            nameless: Nameless::default(),
        }
    }

    /// Counts a line that is no result.
    pub fn skip(&mut self) {
        self.skipped += 1;
    }

    /// Whether anything was counted.
    pub fn is_empty(&self) -> bool {
        self.results == 0
    }

    /// Counts a result.
    pub fn add(&mut self, one: &Counted) {
        self.results += 1;
        self.whole += u64::from(one.details.is_some());
        if let Some(error) = &one.error {
            self.errors.add(&reason(error));
        }
        // A row that could not be read has no case.
        let Some(verdict) = one.verdict else { return };
        self.age(verdict, one);
        let or_unknown = |name: &Option<String>| name.clone().unwrap_or_else(|| UNKNOWN.to_owned());
        self.codes.add(&or_unknown(&one.code));
        self.networks.add(&or_unknown(&one.network));
        self.assets.add(&or_unknown(&one.asset));
        self.responsible.add(one.responsible.map_or("nobody", Party::name));
        if self.is_new(one) {
            self.sum(verdict, one);
            self.repeat(verdict, one);
        } else {
            self.repeated += 1;
        }
    }

    fn age(&mut self, verdict: Verdict, one: &Counted) {
        let promised = i64::try_from(self.sla.as_secs()).unwrap_or(i64::MAX);
        let of_verdict = self.verdicts.entry(verdict).or_default();
        for ages in [of_verdict, &mut self.ages] {
            let place = match one.age {
                None => &mut ages.unknown,
                // Ages in whole hours are cut off, so that the last of them has begun to be too much.
                Some(age) if age.as_secs() >= promised => &mut ages.over,
                Some(_) => &mut ages.under,
            };
            *place += 1;
        }
        self.oldest = self.oldest.max(one.age.map(|age| age.as_hours()));
    }

    /// Whether the case did not come before, as far as that can be told.
    fn is_new(&mut self, one: &Counted) -> bool {
        let Some(case) = one.case.as_deref().and_then(|case| u64::from_str_radix(case, 16).ok()) else {
            return true;
        };
        if self.cases.len() < CASES {
            return self.cases.insert(case);
        }
        let is_new = !self.cases.contains(&case);
        self.beyond += u64::from(is_new);
        is_new
    }

    fn sum(&mut self, verdict: Verdict, one: &Counted) {
        let (Some(network), Some(asset), Some(amount)) = (&one.network, &one.asset, &one.amount) else {
            self.unsummed += 1;
            return;
        };
        let key = (network.clone(), asset.clone());
        let too_long = network.len() + asset.len() > LONGEST;
        if too_long || (self.sums.len() >= ASSETS && !self.sums.contains_key(&key)) {
            self.unsummed += 1;
            return;
        }
        let nothing = || Sum { cases: 0, amount: Amount::zero(), open: Amount::zero() };
        let sum = self.sums.entry(key).or_insert_with(nothing);
        sum.cases += 1;
        sum.amount = sum.amount.plus(amount);
        if is_open(verdict) {
            sum.open = sum.open.plus(amount);
        }
    }

    fn repeat(&mut self, verdict: Verdict, one: &Counted) {
        let Some(details) = &one.details else {
            self.nameless.compact += 1;
            return;
        };
        let mut gaps: Vec<String> = details.gaps.iter().map(|(source, why)| silence(source, *why)).collect();
        for gap in &gaps {
            self.gaps.add(gap);
        }
        gaps.sort_unstable();
        gaps.dedup();
        for gap in &gaps {
            self.silent.add(gap);
        }
        if !is_open(verdict) {
            return;
        }
        let network = one.network.as_deref().unwrap_or(UNKNOWN);
        match &details.sender {
            Some(sender) => {
                let name = format!("{network} {sender}");
                self.senders.add(&name);
                if one.responsible == Some(Party::SendingPlatform) {
                    self.platforms.add(&name);
                }
            }
            None => self.nameless.senders += 1,
        }
        match &details.receiver {
            Some(receiver) => self.receivers.add(&format!("{network} {receiver}")),
            None => self.nameless.receivers += 1,
        }
    }

    /// Tells what was counted.
    pub fn document(&self) -> StatsDocument {
        let part =
            |(verdict, ages): (&Verdict, &Ages)| VerdictPart { verdict: *verdict, results: ages.all(), ages: *ages };
        StatsDocument {
            schema: "txsleuth.stats/1".into(),
            results: self.results,
            whole: self.whole,
            repeated: self.repeated,
            skipped: self.skipped,
            verdicts: self.verdicts.iter().map(part).collect(),
            sla: SlaPart { hours: self.sla.as_secs() / 3600, ages: self.ages, oldest_hours: self.oldest },
            codes: self.codes.top(1),
            networks: self.networks.top(1),
            assets: self.assets.top(1),
            responsible: self.responsible.top(1),
            errors: self.errors.top(1),
            sums: self.sums(),
            repeats: RepeatsPart {
                senders: self.senders.top(2),
                sending_platforms: self.platforms.top(2),
                addresses: self.receivers.top(2),
                sources: self.sources(),
            },
            uncounted: self.uncounted(),
            tool: concat!("txsleuth ", env!("CARGO_PKG_VERSION")).into(),
        }
    }

    fn sums(&self) -> Vec<SumPart> {
        let part = |((network, asset), sum): (&(String, String), &Sum)| SumPart {
            network: network.clone(),
            asset: asset.clone(),
            cases: sum.cases,
            amount: sum.amount.clone(),
            open: sum.open.clone(),
        };
        let mut sums: Vec<SumPart> = self.sums.iter().map(part).collect();
        // Where two have as many cases, the order of the names stays.
        sums.sort_by_key(|sum| std::cmp::Reverse(sum.cases));
        sums.truncate(TOLD);
        sums
    }

    fn sources(&self) -> Vec<SilentPart> {
        let silent = self.silent.top(1).top.into_iter();
        silent
            .map(|one| SilentPart { gaps: self.gaps.of(&one.name).max(one.count), cases: one.count, name: one.name })
            .collect()
    }

    fn uncounted(&self) -> Vec<UncountedPart> {
        let more_sums = u64::try_from(self.sums.len().saturating_sub(TOLD)).unwrap_or(u64::MAX);
        let parts = [
            (
                "senders, addresses and silent sources",
                self.nameless.compact,
                "a compact result names none of them; `batch --full` does",
            ),
            ("senders", self.nameless.senders, "the payment has no sender or could not be told among several"),
            ("addresses", self.nameless.receivers, "the payment has no receiver or could not be told among several"),
            (
                "ages",
                self.ages.unknown,
                "no ticket with a date, or a row of CSV, which has no age; the time of its block is in whole documents",
            ),
            ("amounts", self.unsummed, "the amount, its asset or the network is not known"),
            ("sums of further assets", more_sums, "only those of the most cases are told"),
            ("cases that come again", self.beyond, "there are more cases than are told apart"),
        ];
        let part =
            |(what, results, why): (&str, u64, &str)| UncountedPart { what: what.into(), results, why: why.into() };
        parts.into_iter().filter(|(_, results, _)| *results > 0).map(part).collect()
    }
}

/// Whether the money is not yet where it should be, as far as is known.
fn is_open(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Complete | Verdict::Settled)
}

fn silence(source: &str, why: crate::terms::GapWhy) -> String {
    format!("{source} {}", super::name(why))
}

/// What an error is about, without what it quotes of its row.
fn reason(error: &str) -> String {
    let parts = error.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { part } else { "…" });
    parts.collect()
}
