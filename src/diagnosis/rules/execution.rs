//! Execution: what became of a transaction that is, or was, in a block.

use super::identity::was_in_a_block;
use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule, stops};
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::evidence::{Crossing, Particulars, Way};
use crate::terms::{Cite, Gap, Seen, Txid};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "reorged-out",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::Network),
        keeper: Keeper::Network,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Low)],
        facts: &["network"],
        look_again: Some(HALF_HOUR),
        check: |case| {
            let tx = case.tx()?;
            let seen = Some(&tx.block).filter(|block| tx.orphaned && block.is_no()).and_then(Seen::cite);
            // The ledger once counted it in a block, and a fit source no longer knows it.
            let by_record = || {
                let absent = Some(&tx.known).filter(|known| known.is_no() && was_in_a_block(case))?.cite()?;
                Some(Hit::on(absent).and(case.evidence.ledger.deposits_of(&tx.txid).cite()))
            };
            Some(seen.map(Hit::on).or_else(by_record)?.fact("network", &*tx.network))
        },
        ..RULE
    },
    Rule {
        code: "execution-failed",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::SendingPlatform),
        keeper: Keeper::Sender,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["reason", "height", "network"],
        check: |case| {
            // What took the place of a payment and failed is told with what it replaced.
            let tx = case.tx().filter(|_| case.replaced.is_none())?;
            let Seen::No(_) = tx.executed else { return None };
            let (block, included) = tx.block.cited()?;
            let reason = tx.failure.clone().unwrap_or_else(|| "reverted".to_owned());
            let hit = Hit::on(tx.executed.cite()?).and(Some(included));
            Some(hit.fact("reason", reason).fact("height", block.height).fact("network", &*tx.network))
        },
        ..RULE
    },
    Rule {
        code: "inner-call-failed",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::SendingPlatform),
        keeper: Keeper::Sender,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["way", "network"],
        check: inner_call_failed,
        ..RULE
    },
    Rule {
        code: "bridge-crossed",
        facts: &["from", "source", "network", "txid"],
        check: |case| {
            let (source, tx) = (case.source_leg()?, case.tx()?);
            let hit = Hit::on(tx.block.cite()?).and(source.crossings.cite()).and(source.block.cite());
            let hit = hit.fact("from", &*source.network).fact("source", source.txid.as_str());
            Some(hit.fact("network", &*tx.network).fact("txid", tx.txid.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "bridge-leg-unnamed",
        verdict: Some(Verdict::Inconclusive),
        responsible: Some(Party::NobodyYet),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["way", "from", "source", "network"],
        check: |case| {
            let (crossing, cite) = case.unnamed()?;
            crossed(case, &crossing, cite)
        },
        ..RULE
    },
    Rule {
        code: "bridge-incomplete",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::Network),
        keeper: Keeper::Network,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["way", "from", "source", "network", "leg"],
        look_again: Some(HALF_HOUR),
        check: bridge_incomplete,
        ..RULE
    },
    Rule {
        code: "approval-not-transfer",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Sender,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["network"],
        check: |case| ran_without_value(case, |seen| seen.approval && !seen.nft),
        ..RULE
    },
    Rule {
        code: "nft-not-coin",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Unknown,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["network"],
        check: |case| ran_without_value(case, |seen| seen.nft),
        ..RULE
    },
    Rule {
        code: "no-value-moved",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Sender,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["network"],
        check: |case| ran_without_value(case, |seen| !seen.approval && !seen.nft),
        ..RULE
    },
];

/// The transaction ran, and the payment inside it did not.
fn inner_call_failed(case: &Case<'_>) -> Option<Hit> {
    let (way, cite, missed) = case.inner_failure()?;
    let hit = Hit::on(cite).and(Some(missed)).fact("way", way);
    Some(hit.fact("network", &*case.network()?.name))
}

/// The value left its network over a bridge, and the other side has not carried it out.
fn bridge_incomplete(case: &Case<'_>) -> Option<Hit> {
    let (crossing, cite) = case.stranded()?;
    let mut hit = crossed(case, &crossing, cite)?;
    // Nothing but time is needed where the rollup acts by itself.
    let by_hand = matches!(crossing.way, Way::Redemption | Way::Relay | Way::Withdrawal);
    hit.look_again = by_hand.then_some(DAY);
    Some(hit.fact("leg", crossing.leg.as_ref().map_or("unknown", Txid::as_str)))
}

/// What is told of a crossing on which the other side's word is `cite`.
fn crossed(case: &Case<'_>, crossing: &Crossing, cite: Cite) -> Option<Hit> {
    let tx = case.tx()?;
    let hit = Hit::on(cite).and(tx.crossings.cite()).and(tx.block.cite()).fact("way", crossing.way.name());
    let hit = hit.fact("from", &*tx.network).fact("source", tx.txid.as_str());
    Some(hit.fact("network", &*crossing.network))
}

/// A transaction that ran in a block, moved no coin, and shows these particulars.
fn ran_without_value(case: &Case<'_>, shows: fn(&Particulars) -> bool) -> Option<Hit> {
    let nothing = Some(case.moved()).filter(|seen| seen.is_no())?.cite()?;
    let tx = case
        .tx()
        .filter(|tx| tx.block.is_yes() && tx.executed.is_yes() && shows(&tx.particulars))
        .filter(|_| case.replaced_elsewhere().is_none() && !case.is_crossing())?;
    Some(Hit::on(nothing).and(tx.executed.cite()).fact("network", &*tx.network))
}

/// Inclusion, execution and movement of value must be known before anything is said about the destination.
pub(super) fn gate(case: &Case<'_>) -> Option<Gap> {
    let included = case.succession_gap().or_else(|| stops(case.included()));
    let executed = || case.included().is_yes().then(|| stops(case.executed())).flatten();
    let moved = || case.executed().is_yes().then(|| stops(case.moved())).flatten();
    included.or_else(executed).or_else(|| case.crossing_gap()).or_else(moved)
}
