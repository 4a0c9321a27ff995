//! Destination: whose address the value reached.

use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Holder, Keeper, Party, Payment, Priority, Verdict};
use crate::terms::{Cite, GapWhy, Seen};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "address-not-ours",
        verdict: Some(Verdict::Misdirected),
        responsible: Some(Party::Customer),
        keeper: Keeper::ThirdParty,
        recoverable: Some(false),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address", "network"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| *holder == Holder::Outsider)?;
            let hit = Hit::on(cite).and(case.included().cite());
            Some(hit.fact("address", payment.address.as_str()).fact("network", case.network()?.name.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "other-customer-address",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[
            Act(Audience::Support, Priority::High),
            Act(Audience::Compliance, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["address"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| *holder == Holder::OtherCustomer)?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "retired-address",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Engineering, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| matches!(holder, Holder::Retired(_)))?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "platform-wallet",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Finance, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| matches!(holder, Holder::Wallet(_)))?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "expected-address-unknown",
        verdict: Some(Verdict::Settled),
        responsible: Some(Party::NobodyYet),
        acts: &[Act(Audience::Support, Priority::Normal)],
        facts: &["network", "confirmations"],
        check: |case| {
            let gap = case.destination().gap().filter(|gap| gap.why == GapWhy::NotConfigured)?.clone();
            let confirmations = case.confirmations();
            let (count, cite) = confirmations.cited()?;
            let certain = case.is_final().is_yes() && case.executed().is_yes() && case.moved().is_yes();
            let hit = certain.then(|| Hit::on(cite).and(case.included().cite()).and(case.moved().cite()))?;
            let mut hit = hit.fact("network", case.network()?.name.as_str()).fact("confirmations", *count);
            hit.gaps.push(gap);
            Some(hit)
        },
        ..RULE
    },
];

/// The payment that decides, where its holder is of the kind asked for and it really took place.
fn reached(case: &Case<'_>, kind: fn(&Holder) -> bool) -> Option<(Payment, Cite)> {
    let deposit = case.direction() == crate::terms::Direction::Deposit;
    let included = case.included().is_yes() && case.executed().is_yes();
    let Seen::Yes((payment, holder), _) = case.destination() else { return None };
    (deposit && included && kind(holder)).then(|| payment.clone()).zip(case.destination().cite())
}
