//! Asset: whether the platform lists what arrived.

use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Keeper, Party, Priority, Verdict};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "asset-not-supported",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["asset", "network"],
        check: |case| {
            let payment = case.payment();
            let (payment, paid) = payment.cited()?;
            let listed = case.listed();
            let contract = payment.contract.as_ref().map(|contract| contract.as_str().to_owned());
            let asset = payment.asset.clone().or(contract).unwrap_or_default();
            let hit = Hit::on(listed.cite().filter(|_| listed.is_no())?).and(Some(paid));
            Some(hit.fact("asset", asset).fact("network", case.network()?.name.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "asset-differs",
        facts: &["claimed", "arrived"],
        check: |case| {
            let payment = case.payment();
            let (payment, cite) = payment.cited()?;
            let (claimed, arrived) = (case.claim.asset.as_ref()?, payment.asset.as_ref()?);
            let differs = !claimed.value.eq_ignore_ascii_case(arrived);
            differs.then(|| Hit::on(cite).fact("claimed", claimed.value.as_str()).fact("arrived", arrived.as_str()))
        },
        ..RULE
    },
];
