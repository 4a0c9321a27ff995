//! Hold: deposits that a person or a rule stopped.

use super::credit::in_status;
use super::{Act, DAY, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Keeper, Party, Priority, Verdict};
use crate::evidence::DepositStatus;

pub(super) const RULES: &[Rule] = &[Rule {
    code: "held",
    verdict: Some(Verdict::PlatformAction),
    responsible: Some(Party::Platform),
    keeper: Keeper::Platform,
    recoverable: Some(true),
    acts: &[
        Act(Audience::Support, Priority::Normal),
        Act(Audience::Compliance, Priority::Normal),
        Act(Audience::Customer, Priority::Normal),
    ],
    facts: &["reason"],
    look_again: Some(DAY),
    stands_alone: true,
    check: |case| {
        let (deposit, recorded) = in_status(case, &[DepositStatus::Held])?;
        let reason = deposit.reason.as_deref().unwrap_or("unstated");
        // Only the customer can bring what identity and travel-rule checks ask for.
        let usual = if matches!(reason, "kyc" | "travel_rule") { Party::Customer } else { Party::Platform };
        let party = case.policy.held.get(reason).copied().unwrap_or(usual);
        let verdict = if party == Party::Customer { Verdict::CustomerAction } else { Verdict::PlatformAction };
        Some(Hit::on(recorded).fact("reason", reason).turned(verdict, party))
    },
    ..RULE
}];
