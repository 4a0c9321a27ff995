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
            let confirmations = case.confirmations();
            let reward = case.tx().is_some_and(|tx| tx.particulars.coinbase);
            let (have, counted) = confirmations.cited().filter(|(have, _)| reward && **have < MATURITY)?;
            let hit = Hit::on(counted).and(case.included().cite()).fact("confirmations", *have);
            Some(hit.fact("required", MATURITY))
        },
        ..WAITING
    },
    Rule {
        code: "waiting-confirmations",
        facts: &["confirmations", "required", "minutes"],
        check: |case| {
            let required = case.required();
            let Some(Finality::Confirmations(need)) = required.yes().copied() else { return None };
            let confirmations = case.confirmations();
            let (have, counted) = confirmations.cited().filter(|_| case.is_final().is_no())?;
            let wait = case.until_depth(*have, need);
            let seconds = wait.as_secs();
            let hit = Hit::on(counted).and(case.included().cite()).and(case.network_policy().cite());
            let mut hit = hit.fact("confirmations", *have).fact("required", need).fact("minutes", seconds.div_ceil(60));
            hit.expected_by = case.now().checked_add(wait).ok();
            executed(case).then_some(hit)
        },
        ..WAITING
    },
    Rule {
        code: "not-final-yet",
        check: |case| {
            let required = case.required();
            let named = required.yes().filter(|f| !matches!(f, Finality::Confirmations(_)))?;
            let (is_final, confirmations) = (case.is_final(), case.confirmations());
            let hit = Hit::on(is_final.cite().filter(|_| is_final.is_no())?).and(case.included().cite());
            let hit = hit.fact("confirmations", *confirmations.yes()?).fact("required", named.to_string());
            executed(case).then_some(hit)
        },
        ..WAITING
    },
];

/// What failed, or took the place of the payment, does not become it with time.
fn executed(case: &Case<'_>) -> bool {
    case.executed().is_yes() && case.replaced_elsewhere().is_none()
}
