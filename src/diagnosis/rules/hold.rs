//! Hold: deposits that a person or a rule stopped.

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
        let record = case.record();
        let (deposit, recorded) = record.cited().filter(|_| case.may_be_claimants())?;
        let reason = deposit.reason.clone().unwrap_or_else(|| "unstated".to_owned());
        let own = case.claimant().is_none_or(|claimant| claimant == deposit.account);
        let held = deposit.status == DepositStatus::Held && own;
        // Only the customer can bring what identity and travel-rule checks ask for.
        let usual = if matches!(reason.as_str(), "kyc" | "travel_rule") { Party::Customer } else { Party::Platform };
        let party = case.policy.held.get(&reason).copied().unwrap_or(usual);
        let verdict = if party == Party::Customer { Verdict::CustomerAction } else { Verdict::PlatformAction };
        held.then(|| Hit::on(recorded).fact("reason", reason.as_str()).turned(verdict, party))
    },
    ..RULE
}];
