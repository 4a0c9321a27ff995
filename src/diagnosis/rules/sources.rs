//! Sources: what stays open because of those who were asked. These alone may rest on a gap.

use super::{Act, HALF_HOUR, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Party, Priority, Verdict};
use crate::terms::{Gap, GapWhy};

/// What every source finding is like.
const SOURCE: Rule = Rule {
    verdict: Some(Verdict::Inconclusive),
    responsible: Some(Party::NobodyYet),
    acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Engineering, Priority::Normal)],
    facts: &["question", "source"],
    look_again: Some(HALF_HOUR),
    ..RULE
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "sources-disagree",
        check: |case| {
            let disagreement = case.tx()?.disagreements.first()?;
            let gap = Gap::of_network(&case.network()?.name, disagreement.fact, GapWhy::Conflicting);
            Some(about(Hit::open(gap.clone()), &gap).and(case.disagreement()))
        },
        ..SOURCE
    },
    Rule {
        code: "source-wrong-chain",
        check: |case| {
            let (service, cite) = case.tx()?.wrong_chain.first()?.clone();
            let gap = Gap::new(service, "which chain the source follows", GapWhy::WrongChain);
            Some(about(Hit::open(gap.clone()), &gap).and(Some(cite)))
        },
        ..SOURCE
    },
    Rule { code: "answer-not-proven", ..SOURCE },
    Rule { code: "source-behind", ..SOURCE },
    Rule { code: "source-lacks-history", ..SOURCE },
    Rule { code: "source-unavailable", ..SOURCE },
];

/// The source finding that a gap comes to when it stops the line of facts.
pub(in crate::diagnosis) fn source_finding(case: &Case<'_>, gap: &Gap) -> (&'static Rule, Hit) {
    let code = match gap.why {
        GapWhy::Conflicting => "sources-disagree",
        GapWhy::WrongChain => "source-wrong-chain",
        GapWhy::Mismatch => "answer-not-proven",
        GapWhy::Behind => "source-behind",
        GapWhy::LacksHistory => "source-lacks-history",
        _ => "source-unavailable",
    };
    let rule = RULES.iter().find(|rule| rule.code == code).unwrap_or(&RULES[RULES.len() - 1]);
    let hit = (rule.check)(case).unwrap_or_else(|| about(Hit::open(gap.clone()), gap));
    (rule, hit)
}

fn about(hit: Hit, gap: &Gap) -> Hit {
    hit.fact("question", &*gap.question).fact("source", &*gap.source)
}
