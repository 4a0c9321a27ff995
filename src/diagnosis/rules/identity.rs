//! Identity: which transaction is meant, and whether there is one.

use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule, stops};
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::terms::{By, Cite, Direction, Gap, GapWhy, Said, Seen};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "txid-malformed",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["given", "length"],
        check: |case| {
            let said = case.claim.malformed.first().filter(|_| case.claim.txids.is_empty())?;
            let length = said.value.trim_start_matches("0x").chars().count();
            let length = u64::try_from(length).unwrap_or(u64::MAX);
            Some(Hit::on(said.cite()).fact("given", said.value.as_str()).fact("length", length))
        },
        ..RULE
    },
    Rule {
        code: "address-given-instead-of-txid",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            let said = case.claim.address_as_txid.as_ref().filter(|_| case.claim.txids.is_empty())?;
            Some(Hit::on(said.cite()).fact("address", said.value.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "internal-id-given",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["given"],
        check: |case| {
            let said = case.claim.unresolved.as_ref().filter(|_| case.claim.txids.is_empty())?;
            Some(Hit::on(said.cite()).fact("given", said.value.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "no-txid-given",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        check: |case| {
            let claim = case.claim;
            let other = claim.address_as_txid.is_some() || claim.unresolved.is_some() || !claim.malformed.is_empty();
            let ordered = case.order().is_yes();
            let nothing = claim.txids.is_empty() && !other && !ordered;
            (nothing && case.evidence.gaps.is_empty()).then(|| Hit::on(Said::new((), By::Flag).cite()))
        },
        ..RULE
    },
    Rule {
        code: "txid-normalised",
        facts: &["txid"],
        check: |case| {
            let said = case.claim.repaired.as_ref()?;
            Some(Hit::on(said.cite()).fact("txid", said.value.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "transaction-not-found",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Sender,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["txid", "networks"],
        look_again: Some(DAY),
        check: |case| {
            let cites = proven_absent(case)?;
            let mut cites = cites.into_iter();
            let hit = cites.next().map(Hit::on)?;
            let hit = cites.fold(hit, |hit, cite| hit.and(Some(cite)));
            Some(hit.fact("txid", case.txid()?.as_str()).fact("networks", networks(case)))
        },
        ..RULE
    },
    Rule {
        code: "not-found-unproven",
        verdict: Some(Verdict::Inconclusive),
        responsible: Some(Party::NobodyYet),
        acts: &[Act(Audience::Support, Priority::Normal)],
        facts: &["txid", "networks", "unserved"],
        look_again: Some(HALF_HOUR),
        check: |case| {
            let absent = absences(case);
            let hit = Hit::on(absent.into_iter().next()?);
            (!case.known().is_yes() && proven_absent(case).is_none())
                .then(|| hit.fact("networks", networks(case)))
                .map(|hit| hit.fact("unserved", case.unserved().unwrap_or_else(|| "none".to_owned())))
                .and_then(|hit| Some(hit.fact("txid", case.txid()?.as_str())))
        },
        ..RULE
    },
];

/// Without an identifier the ticket must be readable; with one, somebody must have answered about it.
pub(super) fn gate(case: &Case<'_>) -> Option<Gap> {
    if case.tx().is_some() {
        return stops(&case.known());
    }
    if let Some(gap) = case.evidence.gaps.first() {
        return Some(gap.clone());
    }
    let txid = case.claim.txids.first()?;
    let family = case.unserved().unwrap_or_else(|| "an unknown family".to_owned());
    let gap = Gap::new("network", format!("transaction {}", txid.value), GapWhy::NotConfigured);
    Some(gap.with(format!("no source is configured for {family}")))
}

fn candidates<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c crate::evidence::Transaction> {
    case.tx().into_iter().chain(case.elsewhere.iter().map(|(_, tx)| tx))
}

fn networks(case: &Case<'_>) -> String {
    candidates(case).map(|tx| tx.network.as_str()).collect::<Vec<_>>().join(", ")
}

fn absences(case: &Case<'_>) -> Vec<Cite> {
    candidates(case).filter(|tx| tx.known.is_no()).filter_map(|tx| tx.known.cite()).collect()
}

/// What proves that it does not exist: on every network that it can be of, two independent sources that
/// could have seen it, or one and a ledger without a record.
fn proven_absent(case: &Case<'_>) -> Option<Vec<Cite>> {
    let unserved = case.unserved().is_some();
    // Coins of a test network are nobody's loss: what those networks do not answer does not count.
    let main: Vec<&crate::evidence::Transaction> = candidates(case).filter(|tx| !case.is_test(tx)).collect();
    let everywhere = !main.is_empty() && main.iter().all(|tx| tx.known.is_no());
    if unserved || !everywhere {
        return None;
    }
    let ledger = unrecorded(case);
    let enough =
        candidates(case).all(|tx| tx.absent_operators() >= 2 || (tx.absent_operators() == 1 && ledger.is_some()));
    enough.then(|| absences(case).into_iter().chain(ledger.into_iter().flatten()).collect())
}

/// The ledger's word that it has no record of any form of the identifier.
fn unrecorded(case: &Case<'_>) -> Option<Vec<Cite>> {
    let ledger = &case.evidence.ledger;
    let mut cites = Vec::new();
    for tx in candidates(case) {
        let (Seen::No(_), Some(cite)) = (ledger.deposits_of(&tx.txid), ledger.deposits_of(&tx.txid).cite()) else {
            return None;
        };
        let withdrawn = ledger.withdrawals.get(&tx.txid)?;
        if case.direction() != Direction::Deposit || !withdrawn.is_no() {
            return None;
        }
        cites.push(cite);
        cites.extend(withdrawn.cite());
    }
    Some(cites)
}
