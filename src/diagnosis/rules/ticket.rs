//! Ticket: what the complaint itself gets wrong. All notes.

use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Priority};
use crate::evidence::TicketRef;
use crate::inquiry::named;
use crate::terms::{By, Cite, Direction};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "secret-in-ticket",
        acts: &[Act(Audience::Support, Priority::High), Act(Audience::Customer, Priority::High)],
        facts: &["kinds"],
        check: |case| {
            let first = case.claim.secrets.first()?;
            let kinds: Vec<&str> = case.claim.secrets.iter().map(|said| said.value.as_str()).collect();
            Some(Hit::on(first.cite()).fact("kinds", kinds.join(", ")))
        },
        ..RULE
    },
    Rule {
        code: "ticket-overdue",
        facts: &["opened_at", "hours"],
        check: |case| {
            let said = case.claim.opened_at.as_ref()?;
            let late = case.overdue(Some(said.value), case.policy.sla);
            let hours = u64::try_from(case.now().duration_since(said.value).as_hours()).unwrap_or(0);
            late.then(|| Hit::on(said.cite()).fact("opened_at", said.value.to_string()).fact("hours", hours))
        },
        ..RULE
    },
    Rule {
        code: "txid-claimed-by-several",
        facts: &["count", "tickets"],
        check: |case| {
            let seen = case.evidence.tickets.get(case.txid()?)?;
            let (tickets, cite) = seen.cited()?;
            let account = case.claim.account.as_ref().map(|said| &said.value);
            let other = |ticket: &&TicketRef| {
                let same = account.is_some() && ticket.account.as_ref() == account;
                Some(&ticket.id) != case.claim.ticket.as_ref() && !same
            };
            let others: Vec<&str> = tickets.iter().filter(other).map(|ticket| ticket.id.as_str()).collect();
            let count = u64::try_from(others.len()).ok().filter(|count| *count > 0)?;
            Some(Hit::on(cite).fact("count", count).fact("tickets", others.join(", ")))
        },
        ..RULE
    },
    Rule {
        code: "wrong-direction",
        facts: &["claimed", "found"],
        check: |case| {
            let found = case.misnamed_direction()?;
            let name = |direction| if direction == Direction::Deposit { "deposit" } else { "withdrawal" };
            let cite = match found {
                Direction::Deposit => case.payment().cite()?,
                Direction::Withdrawal => case.order().cite()?,
            };
            let claimed = name(case.claim.kind.as_ref()?.value);
            Some(Hit::on(cite).fact("claimed", claimed).fact("found", name(found)))
        },
        ..RULE
    },
    Rule {
        code: "claim-differs",
        facts: &["field", "claimed", "found"],
        check: |case| {
            let (field, claimed, found, cite) = network(case).or_else(|| address(case)).or_else(|| time(case))?;
            Some(Hit::on(cite).fact("field", field).fact("claimed", claimed).fact("found", found))
        },
        ..RULE
    },
];

/// What differs: the field, what was claimed, what was found, and the answer that says so.
type Difference = (&'static str, String, String, Cite);

fn network(case: &Case<'_>) -> Option<Difference> {
    let said = &case.claim.network.as_ref()?.value;
    // What is on its way over a bridge is not yet where it should be.
    let tx = case.tx().filter(|tx| tx.known.is_yes() && !case.is_crossing())?;
    let same = named(&case.policy.networks, said).is_some_and(|network| network.name == tx.network);
    (!same).then(|| Some(("network", said.clone(), tx.network.to_string(), tx.known.cite()?)))?
}

fn address(case: &Case<'_>) -> Option<Difference> {
    // What the ledger filled in is not the complaint's, and an order is compared with its own delivery.
    let said = case.claim.address.as_ref().filter(|said| said.by != By::Ledger);
    let claimed = said
        .filter(|_| case.direction() == Direction::Deposit && !case.is_crossing())
        .and_then(|_| case.claimed_address())?;
    let paid = &case.destination().yes()?.0.address;
    let cite = case.destination().cite().filter(|_| paid != claimed)?;
    Some(("address", claimed.to_string(), paid.to_string(), cite))
}

/// Longest honest distance between a claimed time and the block's: zones and slow memory.
const A_DAY: i64 = 86_400;

fn time(case: &Case<'_>) -> Option<Difference> {
    let claimed = case.claim.at.as_ref()?.value;
    let found = case.included().yes()?.time?;
    let apart = found.duration_since(claimed).as_secs().abs();
    let cite = case.included().cite().filter(|_| apart > A_DAY)?;
    Some(("time", claimed.to_string(), found.to_string(), cite))
}
