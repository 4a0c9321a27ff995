//! Amount: whether enough arrived, and as much as was claimed.

use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Handling, Keeper, Party, Priority, Verdict};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "below-minimum",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["amount", "minimum", "asset"],
        check: |case| {
            let (payment, minimum) = (case.payment(), case.minimum());
            let (payment, paid) = payment.cited()?;
            let (minimum, said) = minimum.cited()?;
            let (minimum, amount) = (minimum.as_ref()?, payment.amount.as_ref().filter(|_| case.enough().is_no())?);
            let hit = Hit::on(said).and(Some(paid)).and(case.included().cite());
            let hit = hit.fact("amount", amount.to_string()).fact("minimum", minimum.to_string());
            let hit = hit.fact("asset", payment.asset.clone().unwrap_or_default());
            Some(match case.policy.below_minimum {
                Handling::Recover => hit.turned(Verdict::PlatformAction, Party::Platform),
                Handling::Accumulate | Handling::None => hit,
            })
        },
        ..RULE
    },
    Rule {
        code: "amount-differs",
        facts: &["claimed", "received", "asset", "difference"],
        check: |case| {
            let payment = case.payment();
            let (payment, cite) = payment.cited()?;
            let (claimed, received) = (&case.claim.amount.as_ref()?.value, payment.amount.as_ref()?);
            (claimed != received).then(|| {
                Hit::on(cite)
                    .fact("claimed", claimed.to_string())
                    .fact("received", received.to_string())
                    .fact("asset", payment.asset.clone().unwrap_or_default())
                    .fact("difference", claimed.distance(received).to_string())
            })
        },
        ..RULE
    },
];
