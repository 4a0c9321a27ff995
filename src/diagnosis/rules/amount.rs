//! Amount: whether enough arrived, and as much as was claimed.

use super::credit::in_status;
use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Handling, Keeper, Party, Payment, Priority, Verdict};
use crate::evidence::{DepositStatus, Transfer};
use crate::terms::Amount;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "below-minimum",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["amount", "minimum", "asset"],
        stands_alone: true,
        check: |case| {
            let hit = kept_as_small(case).or_else(|| too_small(case))?;
            Some(match case.policy.below_minimum {
                Handling::Recover => hit.turned(Verdict::PlatformAction, Party::Platform),
                Handling::Accumulate | Handling::None => hit,
            })
        },
        ..RULE
    },
    Rule {
        code: "partial-payment",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        acts: &[
            Act(Audience::Support, Priority::Normal),
            Act(Audience::Security, Priority::High),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["promised", "received", "asset"],
        check: |case| {
            let (payment, promised) = (case.paid()?, case.tx()?.particulars.promised.as_ref()?);
            let received = payment.amount.as_ref()?;
            // A payment that may deliver less loses a little on the way through other currencies.
            let short = received.times(100) < promised.times(99);
            short.then(|| {
                let hit = Hit::on(case.payment().cite()?).and(case.included().cite());
                let hit = hit.fact("promised", promised.to_string()).fact("received", received.to_string());
                Some(hit.fact("asset", payment.asset.clone().unwrap_or_default()))
            })?
        },
        ..RULE
    },
    Rule {
        code: "amount-differs",
        facts: &["claimed", "received", "asset", "difference", "reason"],
        check: |case| {
            let (payment, claimed) = (case.paid()?, &case.claim.amount.as_ref()?.value);
            let received = payment.amount.as_ref().filter(|received| *received != claimed)?;
            let hit = Hit::on(case.payment().cite()?)
                .fact("claimed", claimed.to_string())
                .fact("received", received.to_string())
                .fact("asset", payment.asset.clone().unwrap_or_default())
                .fact("difference", claimed.distance(received).to_string());
            Some(hit.fact("reason", reason(case, payment, claimed, received)))
        },
        ..RULE
    },
];

/// The ledger's own word that a deposit is under the minimum, whether or not it tells that.
fn kept_as_small(case: &Case<'_>) -> Option<Hit> {
    let (deposit, recorded) = in_status(case, &[DepositStatus::BelowMinimum])?;
    let minimum = case.minimum();
    let told = minimum.yes().copied().flatten();
    let under = told.filter(|minimum| deposit.amount < **minimum);
    let hit = Hit::on(recorded).and(minimum.cite().filter(|_| told.is_some()));
    let hit = hit.fact("amount", deposit.amount.to_string()).fact("asset", deposit.asset.as_str());
    let hit = hit.fact("minimum", under.map_or_else(|| "unknown".to_owned(), ToString::to_string));
    // A record that its own policy contradicts is the platform's to explain.
    let is_odd = told.is_some() && under.is_none();
    Some(if is_odd { hit.turned(Verdict::PlatformAction, Party::Platform) } else { hit })
}

/// What arrived, against the minimum.
fn too_small(case: &Case<'_>) -> Option<Hit> {
    let payment = case.paid().filter(|_| case.enough().is_no())?;
    let (minimum, amount) = (case.minimum().yes().copied().flatten()?, payment.amount.as_ref()?);
    let hit = Hit::on(case.minimum().cite()?).and(case.payment().cite()).and(case.included().cite());
    let hit = hit.fact("amount", amount.to_string()).fact("minimum", minimum.to_string());
    let hit = hit.fact("asset", payment.asset.clone().unwrap_or_default());
    Some(Hit { needs_chain: true, ..hit })
}

/// Why the amount may differ, as far as the two figures and the transaction show it exactly.
fn reason(case: &Case<'_>, payment: &Payment, claimed: &Amount, received: &Amount) -> &'static str {
    if kept_by_token(case, payment).is_some_and(|kept| received.plus(&kept) == *claimed) {
        "token-fee"
    } else if (3..=18).any(|places| is_shifted(claimed, received, places)) {
        "units"
    } else {
        "other"
    }
}

/// How much of the token the same payer sent elsewhere in the same transaction: a token that takes a fee sends it
/// to its collector or burns it, with a log of its own beside the payment's.
fn kept_by_token(case: &Case<'_>, payment: &Payment) -> Option<Amount> {
    let payer = payment.transfers.first()?.from.as_ref()?;
    let contract = payment.contract.as_ref()?;
    let of_payer = |transfer: &&Transfer| {
        (transfer.from.as_ref(), transfer.contract.as_ref()) == (Some(payer), Some(contract))
            && transfer.to.as_ref() != Some(&payment.address)
    };
    let amounts = case.moved().yes()?.iter().filter(of_payer).map(|transfer| transfer.amount.as_ref());
    amounts.sum()
}

/// Whether one amount is the other with the decimal point elsewhere, as where units are mixed up.
fn is_shifted(one: &Amount, other: &Amount, places: u32) -> bool {
    let factor = 10_u64.pow(places);
    one.times(factor) == *other || other.times(factor) == *one
}
