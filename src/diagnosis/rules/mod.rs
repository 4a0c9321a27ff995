//! The shape of a rule, and the order of the groups. One code is one literal in one of the files below.

mod amount;
mod asset;
mod credit;
mod destination;
mod execution;
mod finality;
mod hold;
mod identity;
mod memo;
mod pending;
mod sources;
mod ticket;
mod withdrawal;

pub(super) use sources::source_finding;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::diagnosis::{Audience, Case, Fact, Keeper, Party, Priority, Verdict};
use crate::terms::{Cite, Direction, Gap, GapWhy, Seen};

/// An action of a rule: for whom and how soon. Its words stand in the locales as `<code>.act-<audience>`.
#[derive(Clone, Copy, Debug)]
pub struct Act(pub Audience, pub Priority);

/// Everything about a code but its words.
#[derive(Debug)]
pub struct Rule {
    /// The finding code: stable, never reused.
    pub code: &'static str,
    /// What it means when it decides; nothing for a note.
    pub verdict: Option<Verdict>,
    /// Who then has to act.
    pub responsible: Option<Party>,
    /// Who then holds the money.
    pub keeper: Keeper,
    /// Whether the money can then be credited or had back.
    pub recoverable: Option<bool>,
    /// What is to be done.
    pub acts: &'static [Act],
    /// The facts that it states, which are the placeholders of its words.
    pub facts: &'static [&'static str],
    /// When to look again.
    pub look_again: Option<Duration>,
    /// Decides before every group: the ledger's word about a credit.
    pub preempts: bool,
    /// May decide where the chain is unknown: it rests on the ledger alone.
    pub stands_alone: bool,
    /// Whether it holds, and on what.
    pub check: fn(&Case<'_>) -> Option<Hit>,
}

/// What most rules are like; a literal states what differs.
pub(super) const RULE: Rule = Rule {
    code: "",
    verdict: None,
    responsible: None,
    keeper: Keeper::Unknown,
    recoverable: None,
    acts: &[],
    facts: &[],
    look_again: None,
    preempts: false,
    stands_alone: false,
    check: |_| None,
};

/// Half an hour: the usual pause before looking again.
pub(super) const HALF_HOUR: Duration = Duration::from_secs(1800);
/// A day.
pub(super) const DAY: Duration = Duration::from_secs(86_400);

/// A rule that holds, with what it rests on.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Answers or input; never empty unless gaps are cited.
    pub cites: Vec<Cite>,
    /// Gaps: only source findings and settled ones have some.
    pub gaps: Vec<Gap>,
    /// The values of the rule's facts.
    pub facts: BTreeMap<&'static str, Fact>,
    /// Verdict and party, where a fact chooses between two.
    pub outcome: Option<(Verdict, Party)>,
    /// Who holds the money, where a fact chooses.
    pub keeper: Option<Keeper>,
    /// By when the state should change.
    pub expected_by: Option<Timestamp>,
    /// When to look again, where a fact chooses.
    pub look_again: Option<Duration>,
    /// It rests on the chain's word after all, so it may not decide where that is open.
    pub needs_chain: bool,
    /// It decides nothing here, although its rule may elsewhere.
    pub is_note: bool,
}

impl Hit {
    /// A conclusion from an answer or from the input.
    pub fn on(cite: Cite) -> Self {
        Self::resting_on(vec![cite], Vec::new())
    }

    /// A statement about ignorance itself.
    fn open(gap: Gap) -> Self {
        Self::resting_on(Vec::new(), vec![gap])
    }

    fn resting_on(cites: Vec<Cite>, gaps: Vec<Gap>) -> Self {
        Self {
            cites,
            gaps,
            facts: BTreeMap::new(),
            outcome: None,
            keeper: None,
            expected_by: None,
            look_again: None,
            needs_chain: false,
            is_note: false,
        }
    }

    /// A further answer that it rests on, where there is one.
    #[must_use]
    pub fn and(mut self, cite: Option<Cite>) -> Self {
        self.cites.extend(cite);
        self
    }

    /// The value of a fact.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl Into<Fact>) -> Self {
        self.facts.insert(name, value.into());
        self
    }

    /// The same as a note.
    #[must_use]
    pub fn as_note(mut self) -> Self {
        self.is_note = true;
        self
    }

    /// Another verdict and party than the rule's own.
    #[must_use]
    pub fn turned(mut self, verdict: Verdict, party: Party) -> Self {
        self.outcome = Some((verdict, party));
        self
    }
}

/// Rules of one kind, and the fact that must be known before a later group may decide.
pub struct Group {
    /// The group's name in the catalogue.
    pub name: &'static str,
    /// The direction that its rules are about; nothing for both.
    pub direction: Option<Direction>,
    /// Its rules; the order is precedence.
    pub rules: &'static [Rule],
    /// The gap that stops here, if any.
    pub gate: fn(&Case<'_>) -> Option<Gap>,
}

impl Group {
    const fn both(name: &'static str, rules: &'static [Rule], gate: fn(&Case<'_>) -> Option<Gap>) -> Self {
        Self { name, direction: None, rules, gate }
    }

    const fn deposits(name: &'static str, rules: &'static [Rule], gate: fn(&Case<'_>) -> Option<Gap>) -> Self {
        Self { name, direction: Some(Direction::Deposit), rules, gate }
    }

    /// Whether the group has a say in a case.
    pub fn is_about(&self, direction: Direction) -> bool {
        self.direction.is_none_or(|own| own == direction)
    }
}

/// Every group; the order is precedence. Withdrawals enter at the ledger's record and then walk the chain.
pub(super) const GROUPS: &[Group] = &[
    Group {
        name: "withdrawals",
        direction: Some(Direction::Withdrawal),
        rules: withdrawal::RULES,
        gate: withdrawal::gate,
    },
    Group::both("identity", identity::RULES, identity::gate),
    Group::both("execution", pending::RULES, |_| None),
    Group::both("execution", execution::RULES, execution::gate),
    Group::deposits("destination", memo::RULES, |_| None),
    Group::deposits("destination", destination::RULES, |case| stops(case.destination())),
    Group::deposits("asset", asset::RULES, asset::gate),
    Group::deposits("amount", amount::RULES, |case| stops(case.enough())),
    Group::both("finality", finality::RULES, |case| stops(case.is_final())),
    Group::deposits("credit", credit::RULES, credit::gate),
    Group::deposits("hold", hold::RULES, |_| None),
    Group::both("sources", sources::RULES, |_| None),
    Group::both("ticket", ticket::RULES, |_| None),
];

/// Every rule with the name of its group, in order; one that two groups hold stands with the later.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static Rule)> {
    let later =
        |at: usize, code: &str| GROUPS[at + 1..].iter().flat_map(|group| group.rules).any(|rule| rule.code == code);
    GROUPS.iter().enumerate().flat_map(move |(at, group)| {
        let own = group.rules.iter().filter(move |rule| !later(at, rule.code));
        own.map(move |rule| (group.name, rule))
    })
}

/// The gap of an unknown fact. That no ledger is configured stops nothing: it only leaves credit unchecked.
fn stops<T>(seen: &Seen<T>) -> Option<Gap> {
    seen.gap().filter(|gap| !(&*gap.source == "ledger" && gap.why == GapWhy::NotConfigured)).cloned()
}
