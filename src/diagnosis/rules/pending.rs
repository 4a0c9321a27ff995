//! Pending: a transaction that is in no block yet, and one whose place another one took.

use std::time::Duration;

use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::evidence::{Before, Spends, Transaction};
use crate::terms::{Amount, Direction, Family, Network, Seen, Txid};

/// Blocks in one of which a transaction that pays more than the base fee finds a place, even if the fee rises.
const NEXT_BLOCKS: u32 = 10;
/// A quarter of a day: how soon fees may have fallen.
const SIX_HOURS: Duration = Duration::from_secs(6 * 3600);
/// How long Bitcoin Core keeps a transaction that nobody mines: `-mempoolexpiry`, 336 hours by default.
const MEMPOOL_EXPIRY: Duration = DAY.saturating_mul(14);

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "replaced-same-destination",
        facts: &["replaced", "txid"],
        check: |case| {
            let pays = case.direction() == Direction::Deposit && case.paid().is_some();
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
        facts: &["replaced", "txid", "state", "still_possible"],
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
            Some(by_sender(case, hit.fact("network", &*tx.network)))
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
        facts: &["network", "fee_rate", "going_rate", "unit", "replaceable", "child", "stuck"],
        look_again: Some(SIX_HOURS),
        check: |case| {
            let blocked = |tx: &&Transaction| !matches!(tx.before.yes(), Some(Before::MissingNonce { .. }));
            let (tx, rate) = waiting(case).filter(blocked).and_then(|tx| Some((tx, underpaid(tx)?)))?;
            let hit = Hit::on(tx.block.cite()?).and(tx.known.cite()).and(tx.going_rate.cite());
            let hit = hit.fact("network", &*tx.network).fact("fee_rate", tx.fee_rate.as_ref()?.to_string());
            let traits = case.network()?.traits();
            // The same nonce with a higher price always replaces it.
            let (unit, replaceable) = (traits.fee_unit, !traits.spends_outputs || tx.particulars.signals_replacement);
            let replaceable = if replaceable { "yes" } else { "no" };
            let hit = hit.fact("going_rate", rate.to_string()).fact("unit", unit).fact("replaceable", replaceable);
            let stuck = is_stuck(case, tx);
            let hit = hit.fact("stuck", if stuck { "yes" } else { "no" }).fact("child", child_payer(case));
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
            Some(hit.fact("network", &*tx.network))
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
        facts: &["network", "overdue", "minutes"],
        look_again: Some(HALF_HOUR),
        check: pending,
        ..RULE
    },
];

/// The transaction in hand with the word that it took the place of the one that was given.
fn replacement(case: &Case<'_>) -> Option<Hit> {
    let (replaced, told) = (case.replaced.as_ref()?, case.succession());
    let hit = Hit::on(told.cite().filter(|_| told.is_yes())?).fact("replaced", replaced.txid.as_str());
    let heir = case.source_leg().or_else(|| case.tx())?;
    Some(hit.fact("txid", heir.txid.as_str()))
}

/// A transaction that is known, in no block, and whose place no other one has taken.
fn waiting<'c>(case: &'c Case<'_>) -> Option<&'c Transaction> {
    let waits = |tx: &&Transaction| tx.known.is_yes() && tx.block.is_no() && !tx.lapsed.is_yes();
    let free = |tx: &&Transaction| !tx.orphaned && !tx.successor.is_yes();
    let own = |_: &&Transaction| case.succession_gap().is_none() && case.replaced_elsewhere().is_none();
    case.tx().filter(waits).filter(free).filter(own)
}

/// Known and in no block; what it pays is enough, as far as anybody tells.
fn pending(case: &Case<'_>) -> Option<Hit> {
    let tx = waiting(case).filter(|tx| underpaid(tx).is_none() && !tx.before.is_yes())?;
    let network = case.network()?;
    let overdue = case.overdue(first_heard(case, tx), usual_wait(case, network));
    let pays_enough = tx.fee_rate.is_some() && tx.going_rate.is_yes();
    // Bitcoin's going rate is for the next hour; a price over the base fee has a place in the next blocks.
    let wait = match network.family() {
        Family::Bitcoin => Duration::from_secs(3600),
        _ => network.block_interval.saturating_mul(NEXT_BLOCKS),
    };
    let wait = Some(wait).filter(|_| pays_enough && !overdue);
    let hit = Hit::on(tx.block.cite()?).and(tx.known.cite()).and(tx.going_rate.cite().filter(|_| wait.is_some()));
    let mut hit = hit.fact("network", &*tx.network).fact("overdue", if overdue { "yes" } else { "no" });
    hit.expected_by = wait.and_then(|wait| case.now().checked_add(wait).ok());
    Some(match wait {
        Some(wait) => hit.fact("minutes", wait.as_secs().div_ceil(60)),
        None => hit.fact("minutes", "unknown"),
    })
}

/// Since when it is known to wait. A ticket may be older than the transfer that it names, so its age tells nothing.
fn first_heard(case: &Case<'_>, tx: &Transaction) -> Option<jiff::Timestamp> {
    tx.first_seen.or(case.claim.at.as_ref().map(|said| said.value))
}

/// How long it usually takes at most until a transaction that pays enough is in a block.
pub(super) fn usual_wait(case: &Case<'_>, network: &Network) -> Duration {
    match network.family() {
        Family::Bitcoin => case.policy.withdrawal_broadcast_bitcoin,
        _ => case.policy.withdrawal_broadcast_evm,
    }
}

/// Who can spend an output of it, and pay for both: the platform its own, at the claimant's address.
fn child_payer(case: &Case<'_>) -> &'static str {
    match case.network().map(Network::family) {
        Some(Family::Bitcoin) if case.evidence.ledger.configured && case.paid().is_some() => "platform",
        Some(Family::Bitcoin) => "receiver",
        _ => "nobody",
    }
}

/// The going rate, where the transaction pays less.
fn underpaid(tx: &Transaction) -> Option<&Amount> {
    let going = tx.going_rate.yes()?;
    tx.fee_rate.as_ref().is_some_and(|rate| rate < going).then_some(going)
}

/// Whether it has waited for so long that time alone will not bring it into a block.
fn is_stuck(case: &Case<'_>, tx: &Transaction) -> bool {
    let normal = match case.network().map(Network::family) {
        Some(Family::Bitcoin) => MEMPOOL_EXPIRY,
        _ => case.policy.withdrawal_broadcast_evm,
    };
    case.overdue(first_heard(case, tx), normal)
}

/// What the sender has to do is the platform's own where it sent the transaction.
fn by_sender(case: &Case<'_>, hit: Hit) -> Hit {
    match case.direction() {
        Direction::Deposit => hit,
        Direction::Withdrawal => hit.turned(Verdict::PlatformAction, Party::Platform),
    }
}

/// Whether the one whose place was taken can still arrive after all.
fn arrival(mut hit: Hit, excluded: bool) -> Hit {
    hit.look_again = (!excluded).then_some(HALF_HOUR);
    hit.fact("still_possible", if excluded { "no" } else { "unknown" })
}

/// Another transaction took its place: one that pays nobody of the platform, or one that nobody can name.
fn replaced_elsewhere(case: &Case<'_>) -> Option<Hit> {
    let tx = case.tx()?;
    if let Some((replaced, elsewhere)) = case.replaced_elsewhere().filter(|_| !tx.orphaned && tx.block.gap().is_none())
    {
        let hit = Hit::on(elsewhere).and(case.known().cite());
        let state = if case.included().is_yes() { "included" } else { "pending" };
        let hit = hit.fact("replaced", replaced.txid.as_str()).fact("state", state);
        // Only what is deep in the chain excludes the other one for good.
        let is_final = case.is_final();
        let hit = arrival(hit.and(is_final.cite().filter(|_| is_final.is_yes())), is_final.is_yes());
        return Some(by_sender(case, hit.fact("txid", case.txid()?.as_str())));
    }
    let unnamed = |successor: &&Seen<Option<Txid>>| {
        !tx.block.is_yes() && successor.yes() == Some(&None) && case.succession_gap().is_none()
    };
    let hit = Hit::on(Some(&tx.successor).filter(unnamed)?.cite()?).fact("replaced", tx.txid.as_str());
    // One source told all of it: that its finalized block is past the nonce, and that it does not have this one.
    let hit = arrival(hit.fact("state", "included").fact("txid", "unknown"), true);
    Some(by_sender(case, hit))
}
