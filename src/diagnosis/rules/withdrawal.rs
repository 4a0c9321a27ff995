//! Withdrawals: what became of an order, from the ledger's record outwards to the chain.

use super::credit::UNKNOWN_STATUS;
use super::pending::usual_wait;
use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule, stops};
use crate::claim::reading::Route;
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::evidence::{Transaction, Withdrawal, WithdrawalStatus as Status};
use crate::terms::{Cite, Direction, Gap, Seen};

/// What every withdrawal finding is like.
const WITHDRAWAL: Rule = Rule {
    responsible: Some(Party::Platform),
    keeper: Keeper::Platform,
    recoverable: Some(true),
    acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
    facts: &["amount", "asset", "network"],
    ..RULE
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "withdrawal-unauthorised",
        verdict: Some(Verdict::PlatformAction),
        keeper: Keeper::Unknown,
        recoverable: None,
        acts: &[
            Act(Audience::Security, Priority::High),
            Act(Audience::Support, Priority::High),
            Act(Audience::Customer, Priority::High),
        ],
        facts: &[],
        check: |case| {
            let said = case.claim.route.as_ref().filter(|said| said.value == Route::Security)?;
            let order = case.order();
            let hit = Hit::on(said.cite()).and(order.cite().filter(|_| order.is_yes()));
            // What the ledger did not send is no withdrawal of this account, whatever the words.
            Some(if order.is_yes() || case.tx().is_none() { hit } else { hit.as_note() })
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-unknown",
        verdict: Some(Verdict::Inconclusive),
        keeper: Keeper::Unknown,
        recoverable: None,
        facts: &[],
        check: |case| {
            let order = case.order();
            let claimed = case.claim.kind.as_ref().is_some_and(|said| said.value == Direction::Withdrawal);
            claimed.then(|| order.cite().filter(|_| order.is_no()).map(Hit::on))?
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-internal",
        verdict: Some(Verdict::Complete),
        responsible: None,
        keeper: Keeper::ReceivingPlatform,
        check: |case| in_status(case, &[Status::Internal]).map(|(order, cite)| about(order, cite)),
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-replaced",
        facts: &["replaced", "txid"],
        check: |case| {
            let (replaced, told) = (case.replaced.as_ref()?, case.succession());
            let hit = Hit::on(told.cite().filter(|_| told.is_yes() && case.order().is_yes())?);
            Some(hit.fact("replaced", replaced.txid.as_str()).fact("txid", case.txid()?.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "withdrawal-awaiting-customer",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        check: |case| in_status(case, &[Status::AwaitingCustomer]).map(|(order, cite)| about(order, cite)),
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-done-not-marked",
        verdict: Some(Verdict::PlatformAction),
        keeper: Keeper::ReceivingPlatform,
        acts: &[Act(Audience::Engineering, Priority::High), Act(Audience::Customer, Priority::Normal)],
        check: |case| {
            let (order, cite) = case.order().cited()?;
            // A word outside the contract may mean that it is done.
            let open = !matches!(order.status, Status::Completed | Status::Internal | Status::Unknown(_));
            let delivered = delivered(case, order).filter(|_| open)?;
            Some(about(order, cite).and(Some(delivered)).and(case.confirmations().cite()))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-in-review",
        verdict: Some(Verdict::Waiting),
        look_again: Some(DAY),
        check: |case| {
            let (order, cite) = in_status(case, &[Status::InReview])?;
            Some(late(case, order, about(order, cite), case.policy.withdrawal_review))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawals-suspended",
        verdict: Some(Verdict::PlatformAction),
        look_again: Some(DAY),
        check: |case| {
            let (order, cite) = in_status(case, BEFORE_BROADCAST)?;
            let open = case.withdrawals_open(order);
            open.is_no().then(|| about(order, cite).and(open.cite()))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-queued",
        verdict: Some(Verdict::Waiting),
        look_again: Some(HALF_HOUR),
        check: |case| {
            let (order, cite) = in_status(case, BEFORE_BROADCAST).filter(|(order, _)| order.txid.is_none())?;
            let open = case.withdrawals_open(order);
            open.is_yes().then(|| late(case, order, about(order, cite), case.policy.withdrawal_queue))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-failed-marked-done",
        verdict: Some(Verdict::PlatformAction),
        acts: &[
            Act(Audience::Finance, Priority::High),
            Act(Audience::Engineering, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        check: |case| {
            let (order, cite) = in_status(case, &[Status::Completed])?;
            Some(about(order, cite).and(Some(failed(case, order)?)).and(case.included().cite()))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-failed",
        verdict: Some(Verdict::PlatformAction),
        acts: &[Act(Audience::Finance, Priority::High), Act(Audience::Customer, Priority::Normal)],
        check: |case| {
            let (order, cite) = case.order().cited()?;
            // A word outside the contract may mean that it was paid back, or sent again.
            let by_chain = failed(case, order);
            let by_chain = by_chain.filter(|_| !matches!(order.status, Status::Completed | Status::Unknown(_)));
            let by_ledger = order.status == Status::Failed && is_unsent(case, order);
            (by_ledger || by_chain.is_some()).then(|| about(order, cite).and(by_chain))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-cancelled",
        verdict: Some(Verdict::Complete),
        responsible: None,
        keeper: Keeper::Claimant,
        check: |case| {
            let (order, cite) = in_status(case, &[Status::Cancelled, Status::Rejected])?;
            is_unsent(case, order).then(|| about(order, cite))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-misdelivered",
        verdict: Some(Verdict::PlatformAction),
        keeper: Keeper::ThirdParty,
        recoverable: None,
        acts: &[
            Act(Audience::Security, Priority::High),
            Act(Audience::Finance, Priority::High),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["amount", "asset", "network", "delivered"],
        check: |case| {
            let order = case.order();
            let (order, cite) = order.cited().filter(|(order, _)| !matches!(order.status, Status::Unknown(_)))?;
            let delivery = case.delivery();
            let elsewhere = case.is_on_other_network(order);
            let carried =
                (case.is_transaction_of(order) || elsewhere) && case.included().is_yes() && case.executed().is_yes();
            let wrong = match &delivery {
                Seen::Yes(amount, _) => **amount != case.ordered(order),
                Seen::No(_) => true,
                Seen::Unknown(_) => false,
            };
            let amount = delivery.yes().filter(|_| !elsewhere).map_or_else(|| "0".to_owned(), ToString::to_string);
            let paid = case.inner_failure().is_none();
            let hit = (carried && paid && (wrong || elsewhere))
                .then(|| about(order, cite).and(delivery.cite()).and(case.known().cite()))?;
            let short = delivery.is_yes() && !elsewhere;
            let keeper = short.then_some(Keeper::ReceivingPlatform);
            Some(Hit { keeper, ..hit.and(case.included().cite()).fact("delivered", amount) })
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-delivered",
        verdict: Some(Verdict::Complete),
        responsible: Some(Party::ReceivingPlatform),
        keeper: Keeper::ReceivingPlatform,
        facts: &["amount", "asset", "network", "confirmations"],
        check: |case| {
            let (order, cite) = in_status(case, &[Status::Completed])?;
            let delivered = delivered(case, order)?;
            let (count, counted) = case.confirmations().cited()?;
            let hit = about(order, cite).and(Some(delivered)).and(Some(counted)).and(case.included().cite());
            Some(hit.fact("confirmations", *count))
        },
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-not-broadcast",
        verdict: Some(Verdict::PlatformAction),
        acts: &[Act(Audience::Engineering, Priority::High), Act(Audience::Customer, Priority::Normal)],
        check: |case| {
            let (order, cite) = in_status(case, &[Status::Processing, Status::Broadcast, Status::Completed])?;
            let own = case.tx().filter(|_| case.is_transaction_of(order))?;
            let lapsed = own.lapsed.cite().filter(|_| own.lapsed.is_yes() && !own.block.is_yes());
            let gone = lapsed.is_some() || is_absent(case);
            let word = if lapsed.is_some() { "yes" } else { "no" };
            gone.then(|| about(order, cite).and(own.known.cite()).and(lapsed).fact("lapsed", word))
        },
        facts: &["amount", "asset", "network", "lapsed"],
        ..WITHDRAWAL
    },
    Rule {
        code: "withdrawal-stuck",
        verdict: Some(Verdict::PlatformAction),
        keeper: Keeper::Network,
        acts: &[Act(Audience::Engineering, Priority::High), Act(Audience::Customer, Priority::Normal)],
        check: |case| {
            let (order, cite) = in_status(case, &[Status::Broadcast, Status::Processing, Status::Completed])?;
            let waits = |tx: &&Transaction| tx.known.is_yes() && tx.block.is_no() && !tx.lapsed.is_yes();
            let tx = case.tx().filter(waits).filter(|_| case.is_transaction_of(order))?;
            let normal = usual_wait(case, case.network()?);
            let sent = order.broadcast_at.or(Some(order.requested_at));
            case.overdue(sent, normal).then(|| about(order, cite).and(tx.block.cite()))
        },
        ..WITHDRAWAL
    },
    UNKNOWN_STATUS,
];

/// Statuses in which nothing has been sent.
const BEFORE_BROADCAST: &[Status] = &[Status::Requested, Status::Approved, Status::Processing];

/// The order must be known, and whether withdrawals are open where it has not been sent.
pub(super) fn gate(case: &Case<'_>) -> Option<Gap> {
    let order = case.order();
    let unsent = order.yes().filter(|order| order.txid.is_none());
    order.gap().cloned().or_else(|| stops(&case.withdrawals_open(unsent?)))
}

fn about(order: &Withdrawal, cite: Cite) -> Hit {
    let hit = Hit::on(cite).fact("amount", order.amount.to_string()).fact("asset", order.asset.as_str());
    hit.fact("network", order.network.as_str())
}

fn in_status<'c>(case: &'c Case<'_>, statuses: &[Status]) -> Option<(&'c Withdrawal, Cite)> {
    let order = case.order().yes().filter(|order| statuses.contains(&order.status))?;
    Some(*order).zip(case.order().cite())
}

/// What takes longer than normal is for the platform to move.
fn late(case: &Case<'_>, order: &Withdrawal, hit: Hit, normal: std::time::Duration) -> Hit {
    if case.overdue(Some(order.requested_at), normal) {
        return hit.turned(Verdict::PlatformAction, Party::Platform);
    }
    hit
}

/// The chain's word that the transaction ran and failed, or that the payment inside it did.
fn failed(case: &Case<'_>, order: &Withdrawal) -> Option<Cite> {
    let carried = case.included().is_yes() && case.is_transaction_of(order);
    let ran = Some(case.executed()).filter(|_| carried)?;
    if ran.is_no() { ran.cite() } else { case.inner_failure().map(|(_, cite, _)| cite) }
}

/// Nothing of the order can still arrive: it never had a transaction, or the chain says that there is none, that it
/// failed, or that another one used up what it would have used.
fn is_unsent(case: &Case<'_>, order: &Withdrawal) -> bool {
    let absent = || case.is_transaction_of(order) && is_absent(case);
    let overtaken = || case.replaced_elsewhere().is_some() && case.is_final().is_yes();
    order.txid.is_none() || absent() || failed(case, order).is_some() || overtaken()
}

/// Two independent sources say that there is no such transaction, nor any other form of it.
fn is_absent(case: &Case<'_>) -> bool {
    let none = |tx: &Transaction| tx.absent_operators() >= 2;
    case.tx().is_some_and(none) && case.other_versions().iter().all(none)
}

/// The chain's word that exactly the ordered amount reached the ordered address, finally.
fn delivered(case: &Case<'_>, order: &Withdrawal) -> Option<Cite> {
    let ((amount, _), cite) = case.delivered().cited()?;
    let exact = *amount == case.ordered(order) && case.is_transaction_of(order);
    (exact && case.executed().is_yes() && case.is_final().is_yes()).then_some(cite)
}
