//! Finality: whether the payment is as deep as the platform asks.

use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::terms::Finality;

/// Depth at which a block's reward may be spent: `COINBASE_MATURITY` of Bitcoin's consensus rules.
const MATURITY: u64 = 100;

/// What every finality finding is like.
const WAITING: Rule = Rule {
    verdict: Some(Verdict::Waiting),
    responsible: Some(Party::Network),
    keeper: Keeper::Network,
    recoverable: Some(true),
    acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Low)],
    facts: &["confirmations", "required"],
    look_again: Some(HALF_HOUR),
    ..RULE
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "coinbase-immature",
        look_again: Some(DAY),
        check: |case| {
            case.tx().filter(|tx| tx.particulars.coinbase)?;
            let (have, counted) = case.confirmations().cited().filter(|(have, _)| **have < MATURITY)?;
            let hit = Hit::on(counted).and(case.included().cite()).fact("confirmations", *have);
            Some(hit.fact("required", MATURITY))
        },
        ..WAITING
    },
    Rule {
        code: "waiting-confirmations",
        facts: &["confirmations", "required", "minutes"],
        check: |case| {
            let required = case.required().yes().filter(|_| case.is_final().is_no())?;
            let Finality::Confirmations(need) = *required else { return None };
            let (have, counted) = case.confirmations().cited().filter(|_| executed(case))?;
            let wait = case.until_depth(*have, need);
            let seconds = wait.as_secs();
            let hit = Hit::on(counted).and(case.included().cite()).and(case.network_policy().cite());
            let mut hit = hit.fact("confirmations", *have).fact("required", need).fact("minutes", seconds.div_ceil(60));
            hit.expected_by = case.now().checked_add(wait).ok();
            Some(hit)
        },
        ..WAITING
    },
    Rule {
        code: "not-final-yet",
        check: |case| {
            let named = case.required().yes().filter(|f| !matches!(f, Finality::Confirmations(_)))?;
            let open = Some(case.is_final()).filter(|seen| seen.is_no() && executed(case))?;
            let hit = Hit::on(open.cite()?).and(case.included().cite());
            Some(hit.fact("confirmations", *case.confirmations().yes()?).fact("required", named.to_string()))
        },
        ..WAITING
    },
];

/// What failed, or took the place of the payment, does not become it with time.
fn executed(case: &Case<'_>) -> bool {
    case.executed().is_yes() && case.replaced_elsewhere().is_none()
}
