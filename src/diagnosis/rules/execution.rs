//! Execution: what became of the transaction.

use super::identity::was_in_a_block;
use std::time::Duration;

use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule, stops};
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::evidence::{Before, Particulars, Spends, Transaction};
use crate::terms::{Amount, Direction, Family, Gap, Network, Seen};

/// A quarter of a day: how soon fees may have fallen.
const SIX_HOURS: Duration = Duration::from_secs(6 * 3600);
/// How long Bitcoin Core keeps a transaction that nobody mines: `-mempoolexpiry`, 336 hours by default.
const MEMPOOL_EXPIRY: Duration = DAY.saturating_mul(14);

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "replaced-same-destination",
        facts: &["replaced", "txid"],
        check: |case| {
            let pays = case.direction() == Direction::Deposit && case.payment().is_yes();
            replacement(case).filter(|_| pays).map(|hit| hit.and(case.payment().cite()))
        },
        ..RULE
    },
    Rule {
        code: "replaced-unjudged",
        facts: &["replaced", "txid"],
        check: |case| {
            let open = case.direction() == Direction::Deposit && case.destination().gap().is_some();
            replacement(case).filter(|_| open)
        },
        ..RULE
    },
    Rule {
        code: "replaced-elsewhere",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Unknown,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["replaced", "txid", "state"],
        check: replaced_elsewhere,
        ..RULE
    },
    Rule {
        code: "nonce-gap",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::SendingPlatform),
        keeper: Keeper::Network,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["nonce", "missing", "next", "network"],
        look_again: Some(HALF_HOUR),
        check: |case| {
            let tx = waiting(case)?;
            let (Before::MissingNonce { missing, next }, cite) = tx.before.cited()? else { return None };
            let Some(Spends::Nonce { nonce, .. }) = &tx.spends else { return None };
            let hit = Hit::on(cite).and(tx.block.cite()).fact("nonce", *nonce).fact("missing", *missing);
            let hit = hit.fact("next", *next);
            Some(by_sender(case, hit.fact("network", tx.network.as_str())))
        },
        ..RULE
    },
    Rule {
        code: "pending-low-fee",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::Customer),
        keeper: Keeper::Network,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Normal)],
        facts: &["network", "fee_rate", "going_rate", "unit", "replaceable", "stuck"],
        look_again: Some(SIX_HOURS),
        check: |case| {
            let blocked = |tx: &&Transaction| !matches!(tx.before.yes(), Some(Before::MissingNonce { .. }));
            let (tx, rate) = waiting(case).filter(blocked).and_then(|tx| Some((tx, underpaid(tx)?)))?;
            let hit = Hit::on(tx.block.cite()?).and(tx.known.cite()).and(tx.going_rate.cite());
            let hit = hit.fact("network", tx.network.as_str()).fact("fee_rate", tx.fee_rate.as_ref()?.to_string());
            let (unit, replaceable) = match case.network()?.family() {
                Family::Bitcoin => ("sat/vB", tx.particulars.signals_replacement),
                // The same nonce with a higher price always replaces it.
                Family::Evm => ("gwei", true),
            };
            let replaceable = if replaceable { "yes" } else { "no" };
            let hit = hit.fact("going_rate", rate.to_string()).fact("unit", unit).fact("replaceable", replaceable);
            let stuck = is_stuck(case, tx);
            let hit = hit.fact("stuck", if stuck { "yes" } else { "no" });
            Some(match (case.direction(), stuck) {
                (Direction::Deposit, true) => hit.turned(Verdict::CustomerAction, Party::Customer),
                (Direction::Deposit, false) => hit,
                (Direction::Withdrawal, true) => hit.turned(Verdict::PlatformAction, Party::Platform),
                (Direction::Withdrawal, false) => hit.turned(Verdict::Waiting, Party::Platform),
            })
        },
        ..RULE
    },
    Rule {
        code: "unconfirmed-ancestor",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::SendingPlatform),
        keeper: Keeper::Network,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Low)],
        facts: &["count", "network"],
        look_again: Some(HALF_HOUR),
        check: |case| {
            let tx = waiting(case).filter(|tx| underpaid(tx).is_none())?;
            let (Before::Ancestors(count), cite) = tx.before.cited()? else { return None };
            let hit = Hit::on(cite).and(tx.block.cite()).fact("count", *count);
            Some(hit.fact("network", tx.network.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "pending",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::Network),
        keeper: Keeper::Network,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Low)],
        facts: &["network"],
        look_again: Some(HALF_HOUR),
        check: |case| {
            let tx = waiting(case).filter(|tx| underpaid(tx).is_none() && !tx.before.is_yes())?;
            Some(Hit::on(tx.block.cite()?).and(tx.known.cite()).fact("network", tx.network.as_str()))
        },
        ..RULE
    },
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
            let seen = tx.block.cite().filter(|_| tx.orphaned && tx.block.is_no());
            // The ledger once counted it in a block, and a fit source no longer knows it.
            let counted = case.evidence.ledger.deposits_of(&tx.txid);
            let by_record = tx.known.cite().filter(|_| tx.known.is_no() && was_in_a_block(case));
            let (cite, further) = match (seen, by_record) {
                (Some(seen), _) => (seen, None),
                (None, Some(absent)) => (absent, counted.cite()),
                (None, None) => return None,
            };
            Some(Hit::on(cite).and(further).fact("network", tx.network.as_str()))
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
            let (block, included) = tx.block.cited()?;
            let Seen::No(_) = tx.executed else { return None };
            let reason = tx.failure.clone().unwrap_or_else(|| "reverted".to_owned());
            let hit = Hit::on(tx.executed.cite()?).and(Some(included));
            Some(hit.fact("reason", reason).fact("height", block.height).fact("network", tx.network.as_str()))
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
    Some(hit.fact("network", case.network()?.name.as_str()))
}

/// The transaction in hand with the word that it took the place of the one that was given.
fn replacement(case: &Case<'_>) -> Option<Hit> {
    let (replaced, told) = (case.replaced.as_ref()?, case.succession());
    let hit = Hit::on(told.cite().filter(|_| told.is_yes())?).fact("replaced", replaced.txid.as_str());
    Some(hit.fact("txid", case.txid()?.as_str()))
}

/// A transaction that is known, in no block, and whose place no other one has taken.
fn waiting<'c>(case: &'c Case<'_>) -> Option<&'c Transaction> {
    let free = |tx: &&Transaction| !tx.orphaned && !tx.successor.is_yes();
    let own = case.succession_gap().is_none() && case.replaced_elsewhere().is_none();
    case.tx().filter(free).filter(|tx| own && tx.known.is_yes() && tx.block.is_no())
}

/// The going rate, where the transaction pays less.
fn underpaid(tx: &Transaction) -> Option<&Amount> {
    let going = tx.going_rate.yes()?;
    tx.fee_rate.as_ref().is_some_and(|rate| rate < going).then_some(going)
}

/// Whether it has waited for so long that time alone will not bring it into a block. A ticket may be older than the
/// transfer that it names, so its age tells nothing.
fn is_stuck(case: &Case<'_>, tx: &Transaction) -> bool {
    let said = case.claim.at.as_ref().map(|said| said.value);
    let normal = match case.network().map(Network::family) {
        Some(Family::Bitcoin) => MEMPOOL_EXPIRY,
        _ => case.policy.withdrawal_broadcast_evm,
    };
    case.overdue(tx.first_seen.or(said), normal)
}

/// What the sender has to do is the platform's own where it sent the transaction.
fn by_sender(case: &Case<'_>, hit: Hit) -> Hit {
    match case.direction() {
        Direction::Deposit => hit,
        Direction::Withdrawal => hit.turned(Verdict::PlatformAction, Party::Platform),
    }
}

/// Another transaction took its place: one that pays nobody of the platform, or one that nobody can name.
fn replaced_elsewhere(case: &Case<'_>) -> Option<Hit> {
    let tx = case.tx()?;
    if let Some((replaced, elsewhere)) = case.replaced_elsewhere().filter(|_| !tx.orphaned && tx.block.gap().is_none())
    {
        let hit = Hit::on(elsewhere).and(case.known().cite());
        let state = if case.included().is_yes() { "included" } else { "pending" };
        let hit = hit.fact("replaced", replaced.txid.as_str()).fact("state", state);
        return Some(by_sender(case, hit.fact("txid", case.txid()?.as_str())));
    }
    let unnamed = !tx.block.is_yes() && tx.successor.yes() == Some(&None) && case.succession_gap().is_none();
    let hit = Hit::on(tx.successor.cite().filter(|_| unnamed)?).fact("replaced", tx.txid.as_str());
    Some(by_sender(case, hit.fact("state", "included").fact("txid", "unknown")))
}

/// A transaction that ran in a block, moved no coin, and shows these particulars.
fn ran_without_value(case: &Case<'_>, shows: fn(&Particulars) -> bool) -> Option<Hit> {
    let tx = case
        .tx()
        .filter(|_| case.replaced_elsewhere().is_none())
        .filter(|tx| tx.block.is_yes() && tx.executed.is_yes() && shows(&tx.particulars))?;
    let moved = case.moved();
    let nothing = moved.cite().filter(|_| moved.is_no())?;
    Some(Hit::on(nothing).and(tx.executed.cite()).fact("network", tx.network.as_str()))
}

/// Inclusion, execution and movement of value must be known before anything is said about the destination.
pub(super) fn gate(case: &Case<'_>) -> Option<Gap> {
    let included = case.succession_gap().or_else(|| stops(&case.included()));
    let executed = || case.included().is_yes().then(|| stops(&case.executed())).flatten();
    let moved = || case.executed().is_yes().then(|| stops(&case.moved())).flatten();
    included.or_else(executed).or_else(moved)
}
