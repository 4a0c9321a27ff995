//! Credit: what the ledger made of it.

use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule, stops};
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::evidence::{Deposit, DepositStatus, Openness, WithdrawalStatus};
use crate::terms::{Amount, Cite, Direction, Finality, Gap, GapWhy, Seen};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "credited-before-final",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Finance, Priority::High), Act(Audience::Engineering, Priority::High)],
        facts: &["account", "amount", "asset"],
        preempts: true,
        check: |case| {
            if let Some((deposit, recorded, against)) = case.stale_credit() {
                return Some(about(&deposit, Hit::on(recorded).and(Some(against))));
            }
            let deposits = case.filed_deposits();
            // Whosever credit it is: what the chain does not carry is nobody's.
            let deposit = deposits.yes()?.iter().find(|deposit| deposit.status.is_credited())?;
            let against = case.uncarried(deposit)?;
            Some(about(deposit, Hit::on(deposits.cite()?).and(Some(against))))
        },
        ..RULE
    },
    Rule {
        code: "credited",
        verdict: Some(Verdict::Complete),
        keeper: Keeper::Claimant,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Low)],
        facts: &["amount", "asset", "credited_at"],
        preempts: true,
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = due_credit(case, &DepositStatus::Credited)?;
            let hit = Hit::on(recorded).and(case.included().cite()).and(case.destination().cite());
            let hit = hit.fact("amount", deposit.amount.to_string()).fact("asset", deposit.asset.as_str());
            Some(hit.fact("credited_at", told(deposit.credited_at)))
        },
        ..RULE
    },
    Rule {
        code: "unlock-pending",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::NobodyYet),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Low)],
        facts: &["account", "amount", "asset", "confirmations", "required"],
        look_again: Some(HALF_HOUR),
        preempts: true,
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = due_credit(case, &DepositStatus::CreditedLocked)?;
            let (counted, needed) = (case.confirmations(), case.unlocks_at(&deposit.asset));
            let have = counted.yes().copied();
            let hit = about(deposit, Hit::on(recorded).and(case.included().cite())).and(counted.cite());
            let hit = hit.and(case.network_policy().cite().filter(|_| needed.is_some()));
            let mut hit = hit.fact("confirmations", told(have)).fact("required", told(needed));
            hit.expected_by = deposit.available_at.or_else(|| match needed? {
                Finality::Confirmations(need) => case.now().checked_add(case.until_depth(have?, need)).ok(),
                Finality::Safe | Finality::Finalized => None,
            });
            Some(hit)
        },
    },
    Rule {
        code: "credited-other-account",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Finance, Priority::High), Act(Audience::Customer, Priority::Normal)],
        facts: &["amount", "asset"],
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = credit(case).filter(|(deposit, _)| !is_claimants(case, deposit))?;
            // Where the claimant has it too, it was credited twice.
            let mine = |deposit: &Deposit| deposit.status.is_credited() && is_claimants(case, deposit);
            if case.records().yes().is_some_and(|records| records.iter().any(|record| mine(record))) {
                return None;
            }
            let payment = case.payment().cite()?;
            let hit = Hit::on(recorded).and(Some(payment));
            Some(hit.fact("amount", deposit.amount.to_string()).fact("asset", deposit.asset.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "credited-twice",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Claimant,
        acts: &[Act(Audience::Finance, Priority::High), Act(Audience::Engineering, Priority::High)],
        facts: &["count", "received", "asset"],
        stands_alone: true,
        check: |case| {
            let twice = case.credited_twice();
            let (deposits, recorded) = twice.cited()?;
            let paid = case.payment().cite()?;
            let count = u64::try_from(deposits.len()).unwrap_or(u64::MAX);
            let hit = Hit::on(recorded).and(Some(paid)).and(case.included().cite()).fact("count", count);
            Some(hit.fact("received", case.covered()?.to_string()).fact("asset", deposits.first()?.asset.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "credited-wrong-amount",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Finance, Priority::High), Act(Audience::Customer, Priority::Normal)],
        facts: &["credited", "received", "asset"],
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = credit(case).filter(|(deposit, _)| is_claimants(case, deposit))?;
            let (received, credited) = (case.covered()?, credited_amount(case));
            let wrong = received != credited && !case.credited_twice().is_yes();
            let paid = case.payment().cite().filter(|_| wrong)?;
            let hit = Hit::on(recorded).and(Some(paid)).and(case.included().cite());
            let hit = hit.fact("credited", credited.to_string());
            Some(hit.fact("received", received.to_string()).fact("asset", deposit.asset.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "partly-credited",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[
            Act(Audience::Engineering, Priority::High),
            Act(Audience::Finance, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["open", "asset"],
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = credit(case).filter(|(deposit, _)| is_claimants(case, deposit))?;
            let open = case.uncovered()?;
            let hit = Hit::on(recorded).and(case.payment().cite()).and(case.included().cite());
            let hit = hit.fact("open", open.to_string());
            case.has_arrived().then(|| hit.fact("asset", deposit.asset.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "deposit-rejected",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["status", "reason"],
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = in_status(case, &[DepositStatus::Rejected, DepositStatus::WrongDeposit])?;
            let reason = deposit.reason.clone().unwrap_or_else(|| "unstated".to_owned());
            Some(Hit::on(recorded).fact("status", deposit.status.to_string()).fact("reason", reason))
        },
        ..RULE
    },
    Rule {
        code: "refund-in-progress",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["account", "amount", "asset"],
        look_again: Some(DAY),
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = in_status(case, &[DepositStatus::Refunding])?;
            Some(about(deposit, Hit::on(recorded)))
        },
        ..RULE
    },
    Rule {
        code: "refunded",
        verdict: Some(Verdict::Complete),
        keeper: Keeper::Sender,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Normal)],
        facts: &["account", "amount", "asset"],
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = in_status(case, &[DepositStatus::Refunded])?;
            Some(about(deposit, Hit::on(recorded)))
        },
        ..RULE
    },
    Rule {
        code: "awaiting-customer",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["account", "amount", "asset"],
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = in_status(case, &[DepositStatus::AwaitingCustomer])?;
            Some(about(deposit, Hit::on(recorded)))
        },
        ..RULE
    },
    Rule {
        code: "ledger-stuck",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Engineering, Priority::High), Act(Audience::Customer, Priority::Normal)],
        facts: &["status", "confirmations", "detected_at"],
        check: |case| {
            let (deposit, recorded) = in_status(case, UNDERWAY).filter(|(deposit, _)| case.is_stuck(deposit))?;
            let (count, counted) = case.confirmations().cited()?;
            let hit = Hit::on(recorded).and(Some(counted)).and(case.included().cite());
            let hit = hit.fact("status", deposit.status.to_string()).fact("confirmations", *count);
            Some(hit.fact("detected_at", told(deposit.detected_at)))
        },
        ..RULE
    },
    Rule {
        code: "ledger-confirming",
        verdict: Some(Verdict::Waiting),
        responsible: Some(Party::NobodyYet),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Low), Act(Audience::Customer, Priority::Low)],
        facts: &["status", "confirmations", "required"],
        look_again: Some(HALF_HOUR),
        stands_alone: true,
        check: |case| {
            let (deposit, recorded) = in_status(case, UNDERWAY)
                .filter(|(deposit, _)| !case.is_stuck(deposit) && !case.is_doubtful(deposit))?;
            let hit = Hit::on(recorded).fact("status", deposit.status.to_string());
            let hit = hit.fact("confirmations", told(deposit.confirmations));
            Some(hit.fact("required", told(deposit.required_confirmations)))
        },
        ..RULE
    },
    Rule {
        code: "deposits-suspended",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["network", "reason", "since", "until"],
        look_again: Some(DAY),
        stands_alone: true,
        check: |case| {
            let recorded = in_status(case, &[DepositStatus::Suspended]).map(|(_, cite)| cite);
            let closed = case.deposits_open();
            let ran = case.included().is_yes() && case.executed().is_yes() && case.paid().is_some();
            let unrecorded = Some(case.record()).filter(|seen| seen.is_no() && ran).and_then(Seen::cite);
            let paid = unrecorded.zip(closed.cite().filter(|_| closed.is_no()));
            let needs_chain = recorded.is_none();
            let hit = match (recorded, paid) {
                (Some(recorded), _) => Hit::on(recorded).and(closed.cite()),
                (None, Some((unrecorded, closed))) => Hit::on(closed).and(Some(unrecorded)).and(case.payment().cite()),
                (None, None) => return None,
            };
            Some(Hit { needs_chain, ..suspension(case, hit) })
        },
        ..RULE
    },
    Rule {
        code: "scanner-behind",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[
            Act(Audience::Engineering, Priority::High),
            Act(Audience::Support, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["height", "scanned", "confirmations"],
        look_again: Some(HALF_HOUR),
        check: |case| {
            let hit = unrecorded_deposit(case)?;
            let scanned = case.network_policy().yes().and_then(|policy| case.scanned_height(policy))?;
            let behind = Some(case.scanned()).filter(Seen::is_no)?;
            Some(hit.and(behind.cite()).fact("scanned", scanned))
        },
        ..RULE
    },
    Rule {
        code: "deposit-missed",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[
            Act(Audience::Engineering, Priority::High),
            Act(Audience::Finance, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["height", "scanned", "confirmations"],
        check: |case| {
            let hit = unrecorded_deposit(case)?;
            let scanned = case.scanned();
            let (height, said) = scanned.cited()?;
            case.deposits_open().is_yes().then(|| hit.and(Some(said)).fact("scanned", *height))
        },
        ..RULE
    },
    Rule {
        code: "deposit-unrecorded",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["height", "confirmations", "late"],
        look_again: Some(HALF_HOUR),
        check: |case| {
            let hit = unrecorded_deposit(case).filter(|_| case.deposits_open().is_yes())?;
            case.scanned().gap().filter(|gap| gap.why == GapWhy::NotOffered)?;
            let (normal, due) = (case.policy.ledger_confirming, case.due_since()?);
            let hit = hit.and(case.network_policy().cite());
            if case.overdue(Some(due), normal) {
                return Some(hit.fact("late", "yes"));
            }
            let mut hit = hit.fact("late", "no").turned(Verdict::Waiting, Party::NobodyYet);
            hit.expected_by = due.checked_add(normal).ok();
            Some(hit)
        },
        ..RULE
    },
    Rule {
        code: "scanner-blind-spot",
        facts: &["way"],
        check: |case| {
            let hit = unrecorded_deposit(case).filter(|_| !case.scanned().is_no())?;
            let way = case.blind_spot()?;
            Some(Hit { facts: std::collections::BTreeMap::new(), ..hit }.fact("way", way))
        },
        ..RULE
    },
    Rule {
        code: "credit-unchecked",
        verdict: Some(Verdict::Settled),
        responsible: Some(Party::NobodyYet),
        acts: &[Act(Audience::Support, Priority::Normal)],
        facts: &["address", "confirmations", "amount", "asset"],
        check: |case| {
            let gap = case.record().gap().filter(|gap| gap.why == GapWhy::NotConfigured)?;
            let settled = case.executed().is_yes() && case.is_final().is_yes() && !case.enough().is_no();
            let payment = case.paid().filter(|_| settled)?;
            let (count, counted) = case.confirmations().cited()?;
            let units = || payment.transfers.iter().map(|t| t.units.as_str()).collect::<Vec<_>>().join(" + ");
            let amount = payment.amount.as_ref().map_or_else(units, ToString::to_string);
            let hit = Hit::on(case.payment().cite()?).and(Some(counted)).and(case.included().cite());
            let hit = hit.fact("address", payment.address.as_str()).fact("confirmations", *count);
            let mut hit = hit.fact("amount", amount).fact("asset", asset_of(payment));
            hit.gaps.push(gap.clone());
            Some(hit)
        },
        ..RULE
    },
    UNKNOWN_STATUS,
];

/// A status outside the contract, of a deposit or of a withdrawal; each group of theirs holds it.
pub(super) const UNKNOWN_STATUS: Rule = Rule {
    code: "unknown-ledger-status",
    verdict: Some(Verdict::Inconclusive),
    responsible: Some(Party::Platform),
    keeper: Keeper::Platform,
    acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Engineering, Priority::Normal)],
    facts: &["status"],
    stands_alone: true,
    check: |case| {
        let of_deposit = || match &case.record().yes().filter(|_| case.may_be_claimants())?.status {
            DepositStatus::Unknown(raw) => Some((raw, case.record().cite()?)),
            _ => None,
        };
        let of_order = || match &case.order().yes()?.status {
            WithdrawalStatus::Unknown(raw) => Some((raw, case.order().cite()?)),
            _ => None,
        };
        let (raw, recorded) = match case.direction() {
            Direction::Deposit => of_deposit(),
            Direction::Withdrawal => of_order(),
        }?;
        Some(Hit::on(recorded).fact("status", raw.as_str()))
    },
    ..RULE
};

/// What is known as it is, and the word for what is not.
fn told<T: ToString>(known: Option<T>) -> String {
    known.map_or_else(|| "unknown".to_owned(), |known| known.to_string())
}

/// What arrived: its ticker, or the contract where nothing lists it.
fn asset_of(payment: &crate::diagnosis::Payment) -> String {
    let contract = payment.contract.as_ref().map(|contract| format!("units of {contract}"));
    payment.asset.clone().or(contract).unwrap_or_default()
}

/// Statuses on the way to a credit.
const UNDERWAY: &[DepositStatus] = &[DepositStatus::Detected, DepositStatus::Confirming];

/// What the ledger has must be known; and where it has nothing, whether its door is open and how far it has read.
pub(super) fn gate(case: &Case<'_>) -> Option<Gap> {
    let record = case.record();
    if record.is_yes() {
        return None;
    }
    stops(record).or_else(|| stops(&case.deposits_open())).or_else(|| stops(&case.scanned()))
}

fn about(deposit: &Deposit, hit: Hit) -> Hit {
    let hit = hit.fact("account", deposit.account.as_str()).fact("amount", deposit.amount.to_string());
    hit.fact("asset", deposit.asset.as_str())
}

/// The claimant's record in one of these statuses.
pub(super) fn in_status<'c>(case: &'c Case<'_>, statuses: &[DepositStatus]) -> Option<(&'c Deposit, Cite)> {
    let record = case.record();
    let deposit = record.yes().filter(|deposit| statuses.contains(&deposit.status))?;
    let claimants = is_claimants(case, deposit) && case.may_be_claimants();
    Some(&**deposit).zip(record.cite().filter(|_| claimants))
}

/// A credit, to whomever.
fn credit<'c>(case: &'c Case<'_>) -> Option<(&'c Deposit, Cite)> {
    let record = case.record();
    let deposit = record.yes().filter(|deposit| deposit.status.is_credited())?;
    Some(&**deposit).zip(record.cite())
}

fn is_claimants(case: &Case<'_>, deposit: &Deposit) -> bool {
    case.claimant().is_none_or(|claimant| claimant == deposit.account)
}

/// A credit to the claimant of all that arrived, that the chain does not contradict.
fn due_credit<'c>(case: &'c Case<'_>, status: &DepositStatus) -> Option<(&'c Deposit, Cite)> {
    let (deposit, cite) = in_status(case, std::slice::from_ref(status))?;
    // Where the chain says nothing, or the address has another story, the ledger's word stands alone.
    let equal = case.paid().is_none() || case.covered().is_some_and(|amount| amount == credited_amount(case));
    let conflicting = case.included().gap().is_some_and(|gap| gap.why == GapWhy::Conflicting);
    let carried = !conflicting && !case.is_overtaken() && case.uncarried(deposit).is_none();
    let due = equal && case.uncovered().is_none() && carried;
    due.then_some((deposit, cite))
}

/// What all records of the payment together credit.
fn credited_amount(case: &Case<'_>) -> Amount {
    case.records().yes().into_iter().flatten().map(|deposit| &deposit.amount).sum()
}

/// A deposit that should have been credited and of which the ledger has no record.
fn unrecorded_deposit(case: &Case<'_>) -> Option<Hit> {
    let record = case.record();
    let Seen::No(_) = record else { return None };
    let (block, included) = case.included().cited().filter(|_| case.has_arrived())?;
    let (count, counted) = case.confirmations().cited()?;
    let hit = Hit::on(record.cite()?).and(Some(included)).and(Some(counted)).and(case.payment().cite());
    Some(hit.fact("height", block.height).fact("confirmations", *count))
}

fn suspension(case: &Case<'_>, hit: Hit) -> Hit {
    let policy = case.network_policy().yes();
    let asset = case.listed().yes().copied().flatten().filter(|listed| listed.deposits == Openness::Suspended);
    // Where the asset itself is closed, its own words come before the network's.
    let own = asset.and_then(|listed| listed.reason.clone());
    let reason = own.or_else(|| policy.and_then(|p| p.reason.clone()));
    let until = asset.and_then(|listed| listed.until).or_else(|| policy.and_then(|p| p.until));
    let mut hit = hit.fact("network", case.network().map_or("", |network| &*network.name));
    hit.expected_by = until;
    hit.fact("reason", reason.unwrap_or_else(|| "unstated".to_owned()))
        .fact("since", told(policy.and_then(|p| p.since)))
        .fact("until", told(until))
}
