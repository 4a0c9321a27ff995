//! Memo: a payment to an address of many customers that does not say whose it is.

use super::destination::reached;
use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::case::plain_memo;
use crate::diagnosis::{Audience, Case, Holder, Keeper, MemoFault, MemoOwner, Party, Priority, Verdict};

/// What both are like: the platform has the money, and the sender left out or spoiled what names its owner.
const UNASSIGNED: Rule = Rule {
    verdict: Some(Verdict::PlatformAction),
    responsible: Some(Party::Customer),
    keeper: Keeper::Platform,
    recoverable: Some(true),
    ..RULE
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "memo-missing",
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address", "network", "expected"],
        check: |case| fault(case, |fault| fault.given.is_none()).map(|(hit, _)| hit),
        ..UNASSIGNED
    },
    Rule {
        code: "memo-unreadable",
        facts: &["address", "network", "expected"],
        check: |case| {
            let sealed = case.tx().is_some_and(|tx| tx.particulars.sealed_memo);
            sealed.then(|| fault(case, |fault| fault.given.is_none()))?.map(|(hit, _)| hit)
        },
        ..RULE
    },
    Rule {
        code: "memo-wrong",
        acts: &[
            Act(Audience::Support, Priority::Normal),
            Act(Audience::Compliance, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["address", "network", "expected", "given", "owner", "near"],
        check: |case| {
            let (hit, fault) = fault(case, |fault| fault.given.is_some())?;
            let given = fault.given.as_deref()?;
            let owner = match fault.owner {
                MemoOwner::Another => "another",
                MemoOwner::Nobody => "nobody",
                MemoOwner::Unknown => "unknown",
            };
            let near = fault.expected.as_deref().map_or("unknown", |expected| nearness(given, expected));
            let shown: String = given.chars().take(SHOWN).collect();
            Some(hit.fact("given", shown).fact("owner", owner).fact("near", near))
        },
        ..UNASSIGNED
    },
];

/// A payment that reached an address of many, with the fault of its memo.
fn fault(case: &Case<'_>, kind: fn(&MemoFault) -> bool) -> Option<(Hit, MemoFault)> {
    let (payment, cite) = reached(case, |holder| matches!(holder, Holder::Unassigned(_)))?;
    let Holder::Unassigned(fault) = &case.destination().yes()?.1 else { return None };
    let hit = kind(fault).then(|| Hit::on(cite).and(case.included().cite()))?;
    let hit = hit.fact("address", payment.address.as_str()).fact("network", &*case.network()?.name);
    Some((hit.fact("expected", fault.expected.clone().unwrap_or_else(|| "unknown".to_owned())), fault.clone()))
}

/// Characters of a memo that are told: whoever pays may write a letter into it.
const SHOWN: usize = 64;

/// Characters that are taken for slips of the hand, at most.
const SLIPS: usize = 2;

/// How near a memo is to the right one: the same in another form, a few keys away, or neither.
fn nearness(given: &str, expected: &str) -> &'static str {
    let (own, other) = (plain_memo(expected), plain_memo(given));
    if own == other {
        return "form";
    }
    let slips = strsim::levenshtein(&own, &other);
    // Of a short memo everything is a few keys away.
    if slips <= SLIPS && own.chars().count() > 2 * SLIPS { "slip" } else { "none" }
}
