//! Identity: which transaction is meant, and whether there is one.

use super::{Act, DAY, HALF_HOUR, Hit, RULE, Rule, stops};
use crate::claim::is_off_chain;
use crate::claim::reading::Route;
use crate::diagnosis::{Audience, Case, Keeper, Party, Priority, Verdict};
use crate::evidence::{Alias, Transaction};
use crate::inquiry::{Candidate, Quest, Unnamed};
use crate::terms::{By, Cite, Gap, GapWhy, Said, Seen, Txid};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "not-a-transfer-case",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["route"],
        check: |case| {
            let said = case.claim.route.as_ref().filter(|said| said.value != Route::Transfer && is_all_input(case))?;
            let found = case.order().is_yes() || case.records().is_yes();
            let hit = Hit::on(said.cite()).fact("route", said.value.name());
            // Who fills in a transfer means one, and so does a payment that fits.
            let told = |by: By| matches!(by, By::Flag | By::TicketField);
            let claim = case.claim;
            let filled = claim.amount.as_ref().is_some_and(|said| told(said.by))
                || claim.address.as_ref().is_some_and(|said| told(said.by))
                || claim.kind.as_ref().is_some_and(|said| told(said.by));
            let fits = case.quest().is_some_and(|quest| !quest.meant.is_empty() || !quest.unnamed.is_empty());
            let about_transfer = (filled || fits) && said.value != Route::Security;
            (!found && !about_transfer && claim.malformed.is_empty()).then_some(hit)
        },
        ..RULE
    },
    Rule {
        code: "txid-malformed",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["given", "length"],
        check: |case| {
            let said = case.claim.malformed.first().filter(|_| is_all_input(case))?;
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
        facts: &["address", "searched", "since", "candidates"],
        check: |case| {
            let said = case.claim.address_as_txid.as_ref().filter(|_| case.claim.txids.is_empty())?;
            let quest = case.quest();
            let hit = searched(Hit::on(said.cite()), quest).fact("address", said.value.as_str());
            let decides = is_all_input(case) && quest.is_none_or(|quest| !quest.is_several());
            Some(if decides { hit } else { hit.as_note() })
        },
        ..RULE
    },
    Rule {
        code: "found-by-address",
        facts: &["list", "address", "txid", "network", "aside"],
        check: |case| {
            if let Some(hit) = recalled(case) {
                return Some(hit);
            }
            let quest = case.quest()?;
            let only = quest.only()?;
            let cite = Seen::Yes((), only.provenance.clone()).cite()?;
            let hit = Hit::on(cite).and(quest.complete.cite()).fact("address", receiver(only));
            let hit = hit.fact("network", &*only.network.name).fact("aside", quest.set_aside);
            Some(hit.fact("list", "addresses").fact("txid", only.payment.txid.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "several-candidates",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["count", "candidates"],
        check: |case| {
            let quest = case.quest().filter(|_| is_all_input(case))?;
            let said = quest.meant.iter().map(|one| &one.provenance);
            let said = said.chain(quest.unnamed.iter().map(|one| &one.provenance)).filter(|_| quest.is_several());
            let mut cites = said.filter_map(|said| Seen::Yes((), said.clone()).cite());
            let hit = cites.next().map(Hit::on)?;
            let hit = cites.fold(hit, |hit, cite| hit.and(Some(cite)));
            let count = u64::try_from(quest.meant.len() + quest.unnamed.len()).unwrap_or(u64::MAX);
            Some(hit.fact("count", count).fact("candidates", listed(&quest.meant, &quest.unnamed)))
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
            let said =
                case.claim.unresolved.as_ref().filter(|said| !is_off_chain(&said.value) && is_all_input(case))?;
            Some(Hit::on(said.cite()).fact("given", said.value.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "off-chain-transfer",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::SendingPlatform),
        keeper: Keeper::Unknown,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["given"],
        check: |case| {
            let said = case.claim.unresolved.as_ref().filter(|said| is_off_chain(&said.value) && is_all_input(case))?;
            Some(Hit::on(said.cite()).fact("given", said.value.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "no-txid-given",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["searched", "since", "candidates"],
        check: |case| {
            let claim = case.claim;
            let other = claim.address_as_txid.is_some() || claim.block_as_txid.is_some();
            let other = other || claim.unresolved.is_some() || !claim.malformed.is_empty();
            let recorded = || case.order().is_yes() || case.records().is_yes();
            let quest = case.quest().filter(|_| is_all_input(case));
            let other = other || quest.is_some_and(Quest::is_several);
            let hit = || Hit::on(Said::new((), By::Flag).cite());
            (is_all_input(case) && !other && !recorded()).then(|| searched(hit(), quest))
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
        code: "txid-byte-reversed",
        facts: &["given", "txid"],
        check: |case| {
            let (given, tx) = (case.given.as_ref()?, case.replaced.as_ref().or(case.tx())?);
            let turned = !tx.txid.is_written(given) && tx.txid.reversed().is_written(given);
            let cite = tx.known.cite().or_else(|| tx.successor.cite()).filter(|_| turned)?;
            Some(Hit::on(cite).fact("given", given.as_str()).fact("txid", tx.txid.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "block-hash-given",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["height", "network"],
        check: |case| {
            if let Some(said) = case.claim.block_as_txid.as_ref().filter(|_| is_all_input(case)) {
                let network = case.claim.network.as_ref().map_or("unknown", |said| said.value.as_str());
                return Some(Hit::on(said.cite()).fact("height", said.value.as_str()).fact("network", network));
            }
            let (tx, Alias::Block(height), cite) = alias_given(case)? else { return None };
            Some(Hit::on(cite).fact("height", *height).fact("network", &*tx.network))
        },
        ..RULE
    },
    Rule {
        code: "user-operation-hash-given",
        facts: &["given", "txid"],
        check: |case| carried(case, Alias::UserOperation),
        ..RULE
    },
    Rule { code: "wtxid-given", facts: &["given", "txid"], check: |case| carried(case, Alias::Witness), ..RULE },
    Rule { code: "message-hash-given", facts: &["given", "txid"], check: |case| carried(case, Alias::Message), ..RULE },
    Rule {
        code: "safe-tx-hash-given",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["txid", "network"],
        check: |case| {
            let (tx, Alias::SafeTransaction(carried), cite) = alias_given(case)? else { return None };
            Some(Hit::on(cite).fact("txid", carried.as_str()).fact("network", &*tx.network))
        },
        ..RULE
    },
    Rule {
        code: "testnet-transaction",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Nobody,
        recoverable: Some(false),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["network"],
        check: |case| {
            let tx = on_test_network(case)?;
            let absent = case.elsewhere.iter().filter(|(network, _)| !network.is_test);
            let mut hit = Hit::on(tx.known.cite()?);
            for (_, main) in absent {
                hit = hit.and(Some(main.known.cite().filter(|_| main.known.is_no())?));
            }
            Some(hit.fact("network", &*tx.network))
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
        facts: &["txid", "networks", "ledger"],
        look_again: Some(DAY),
        check: |case| {
            let cites = proven_absent(case)?;
            let mut cites = cites.into_iter();
            let hit = cites.next().map(Hit::on)?;
            let hit = cites.fold(hit, |hit, cite| hit.and(Some(cite)));
            let ledger = if unrecorded(case).is_some() { "asked" } else { "none" };
            let hit = hit.fact("ledger", ledger).fact("networks", networks(case));
            Some(hit.fact("txid", case.txid()?.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "dropped",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::SendingPlatform),
        keeper: Keeper::Sender,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["txid", "lapsed"],
        look_again: Some(DAY),
        check: vanished,
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
            // Where the one network that is meant gives no answer, why it does not says more.
            let meant = case.claim.network.is_some() && case.known().gap().is_some();
            (!meant
                && !case.known().is_yes()
                && case.succession_gap().is_none()
                && alias_given(case).is_none()
                && proven_absent(case).is_none()
                && vanished(case).is_none()
                && !was_in_a_block(case))
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
        // What failed or waits is told to different people, depending on who sent it.
        let direction = || case.direction_gap().filter(|_| case.known().is_yes());
        return stops(case.known()).or_else(|| unread_main_network(case)).or_else(direction);
    }
    let Some(txid) = &case.given else {
        return unheard(case).cloned();
    };
    let family = case.unserved().unwrap_or_else(|| "an unknown family".to_owned());
    let gap = Gap::new("network", format!("transaction {txid}"), GapWhy::NotConfigured);
    Some(gap.with(format!("no source is configured for {family}")))
}

/// The transaction, where a public test network has it that neither the claim nor the ledger means.
fn on_test_network<'c>(case: &'c Case<'_>) -> Option<&'c Transaction> {
    let tx = case.tx().filter(|tx| tx.known.is_yes() && case.is_test(tx))?;
    // Whoever names a test network, by a link to its explorer most often, means no other money by it.
    (!case.network_policy().is_yes()).then_some(tx)
}

/// What a main network has not answered about a transaction that a test network has.
fn unread_main_network(case: &Case<'_>) -> Option<Gap> {
    on_test_network(case)?;
    let mut main = case.elsewhere.iter().filter(|(network, _)| !network.is_test);
    main.find_map(|(_, tx)| tx.known.gap()).cloned()
}

/// How far the payment was searched for, and what was found that may be it. A search that was not made in full shows
/// payments, but neither that there are no others nor that there is none.
fn searched(hit: Hit, quest: Option<&Quest<'_>>) -> Hit {
    let Some(quest) = quest else { return hit.fact("searched", "no").fact("since", "").fact("candidates", "none") };
    let searched = if quest.complete.is_yes() { "whole" } else { "part" };
    let is_none = quest.meant.is_empty() && quest.unnamed.is_empty();
    let found = if is_none { "none".to_owned() } else { listed(&quest.meant, &quest.unnamed) };
    let since = quest.since().map_or_else(String::new, |time| time.to_string());
    hit.and(quest.complete.cite()).fact("searched", searched).fact("since", since).fact("candidates", found)
}

/// Payments that are named in one sentence.
const NAMED: usize = 10;

/// Payments and records for people: identifier, amount, network, time. Names and words stand alone, so that any language can
/// put its own.
fn listed(candidates: &[Candidate<'_>], unnamed: &[Unnamed]) -> String {
    let settled = |is_settled: bool| if is_settled { " · settled by the ledger" } else { "" };
    let one = |one: &Candidate<'_>| {
        let transfer = &one.payment.transfer;
        let asset =
            transfer.asset.as_deref().map_or_else(|| " · unlisted token".to_owned(), |asset| format!(" {asset}"));
        let amount = transfer.amount.as_ref().map_or_else(|| transfer.units.clone(), ToString::to_string);
        let time = one.payment.time.map_or_else(|| "in no block yet".to_owned(), |time| time.to_string());
        let settled = settled(one.is_settled);
        format!("{} ({amount}{asset} · {} · {time}{settled})", one.payment.txid, one.network.name)
    };
    let record = |one: &Unnamed| {
        let network = Some(one.network.clone()).filter(|network| !network.is_empty());
        let parts = network.into_iter().chain(one.time.map(|time| time.to_string()));
        let parts: String = parts.map(|part| format!(" · {part}")).collect();
        format!("{} ({} {}{parts}{})", one.id, one.amount, one.asset, settled(one.is_settled))
    };
    let all = candidates.iter().map(one).chain(unnamed.iter().map(record));
    let mut named: Vec<String> = all.take(NAMED).collect();
    let count = candidates.len() + unnamed.len();
    named.extend((count > NAMED).then(|| format!("+ {}", count - NAMED)));
    named.join("; ")
}

/// The record of the account that was taken from the ledger's list.
fn recalled(case: &Case<'_>) -> Option<Hit> {
    let ledger = &case.evidence.ledger;
    let aside = ledger.set_aside?;
    let deposit = ledger.named_deposit.as_ref().and_then(Seen::cited);
    let order = ledger.named_withdrawal.as_ref().and_then(Seen::cited);
    let (txid, id, network, address, cite) = match (deposit, order) {
        (Some((own, cite)), _) => (Some(&own.txid), &own.id, &own.network, &own.address, cite),
        (None, Some((own, cite))) => (own.txid.as_ref(), &own.id, &own.network, &own.address, cite),
        (None, None) => return None,
    };
    let name = txid.filter(|txid| !txid.is_empty()).unwrap_or(id);
    let hit = Hit::on(cite).fact("list", "ledger").fact("aside", aside);
    Some(hit.fact("address", address.as_str()).fact("network", network.as_str()).fact("txid", name.as_str()))
}

fn receiver(candidate: &Candidate<'_>) -> String {
    candidate.payment.transfer.to.as_ref().map_or_else(String::new, ToString::to_string)
}

/// No identifier, and nothing left open that could still bring one.
fn is_all_input(case: &Case<'_>) -> bool {
    case.given.is_none() && unheard(case).is_none()
}

/// What the desk, or the ledger about an id, was asked and has not answered.
fn unheard<'c>(case: &'c Case<'_>) -> Option<&'c Gap> {
    let ledger = &case.evidence.ledger;
    let order = ledger.named_withdrawal.as_ref().and_then(Seen::gap);
    let deposit = ledger.named_deposit.as_ref().and_then(Seen::gap);
    case.evidence.gaps.first().or(order).or(deposit)
}

fn networks(case: &Case<'_>) -> String {
    case.transactions().map(|tx| &*tx.network).collect::<Vec<_>>().join(", ")
}

fn absences(case: &Case<'_>) -> Vec<Cite> {
    case.transactions().filter(|tx| tx.known.is_no()).filter_map(|tx| tx.known.cite()).collect()
}

/// What proves that it does not exist: on every network that it can be of, two independent sources that
/// could have seen it, or one and a ledger without a record.
fn proven_absent(case: &Case<'_>) -> Option<Vec<Cite>> {
    if case.known().is_yes() {
        return None;
    }
    // Coins of a test network are nobody's loss: what those networks do not answer does not count.
    let main: Vec<&Transaction> = case.transactions().filter(|tx| !case.is_test(tx)).collect();
    let heard = |tx: &&Transaction| !tx.known_before.is_yes() && tx.successor.gap().is_none_or(Gap::is_usual);
    let quarrel = |tx: &&Transaction| tx.alias.gap().is_some_and(|gap| gap.why == GapWhy::Conflicting);
    let nothing_else = alias_given(case).is_none() && !main.iter().any(quarrel) && main.iter().all(heard);
    let everywhere = nothing_else && !main.is_empty() && main.iter().all(|tx| tx.known.is_no());
    let hides = |tx: &&Transaction| {
        case.policy.networks.iter().any(|network| network.name == tx.network && network.hides_transactions())
    };
    if !everywhere || main.iter().all(hides) || case.unserved().is_some() {
        return None;
    }
    let ledger = unrecorded(case);
    let (deposits, withdrawals) = (&case.evidence.ledger.deposits, &case.evidence.ledger.withdrawals);
    let recorded = |tx: &&Transaction| {
        deposits.get(&tx.txid).is_some_and(Seen::is_yes) || withdrawals.get(&tx.txid).is_some_and(Seen::is_yes)
    };
    if main.iter().any(recorded) {
        return None;
    }
    let enough = main.iter().all(|tx| tx.absent_operators() >= 2 || (tx.absent_operators() == 1 && ledger.is_some()));
    enough.then(|| absences(case).into_iter().chain(ledger.into_iter().flatten()).collect())
}

/// The case is about the transaction of which something else was given.
fn carried(case: &Case<'_>, alias: fn(Txid) -> Alias) -> Option<Hit> {
    let tx = case.tx().filter(|tx| tx.known.is_yes() && !case.elsewhere.is_empty())?;
    let alias = alias(tx.txid.clone());
    let given = case.elsewhere.iter().map(|(_, other)| other).find(|given| given.alias.yes() == Some(&alias))?;
    Some(Hit::on(given.alias.cite()?).fact("given", given.txid.as_str()).fact("txid", tx.txid.as_str()))
}

/// What the identifier is, where no network knows a transaction of that name.
fn alias_given<'c>(case: &'c Case<'_>) -> Option<(&'c Transaction, &'c Alias, Cite)> {
    let alias = |tx: &'c Transaction| tx.alias.cited().map(|(alias, cite)| (tx, alias, cite));
    case.transactions().filter(|_| !case.known().is_yes()).find_map(alias)
}

/// The ledger once counted confirmations of it: it was taken back rather than dropped.
pub(super) fn was_in_a_block(case: &Case<'_>) -> bool {
    let deposits = case.txid().and_then(|txid| case.evidence.ledger.deposits.get(txid)?.yes());
    deposits.is_some_and(|all| all.iter().any(|deposit| deposit.confirmations.unwrap_or(0) > 0))
}

/// A transaction that somebody once knew, the ledger or a source's memory, and that two independent sources no longer
/// do; one is enough where its own memory tells.
fn vanished(case: &Case<'_>) -> Option<Hit> {
    if let Some(hit) = lapsed(case) {
        return Some(hit);
    }
    let gone = case.tx().filter(|tx| tx.known.is_no() && !was_in_a_block(case) && case.succession_gap().is_none())?;
    let remembered = gone.known_before.cite().filter(|_| gone.known_before.is_yes() && !gone.successor.is_yes());
    let recorded = || Some(case.records()).filter(|seen| seen.is_yes() && gone.absent_operators() >= 2)?.cite();
    let hit = Hit::on(remembered.or_else(recorded)?).and(gone.known.cite());
    Some(hit.fact("txid", gone.txid.as_str()).fact("lapsed", "no"))
}

/// A transaction in no block whose own terms of validity have run out: no block can hold it any more.
fn lapsed(case: &Case<'_>) -> Option<Hit> {
    let tx = case.tx().filter(|tx| tx.lapsed.is_yes() && !tx.block.is_yes() && case.succession_gap().is_none())?;
    let hit = Hit::on(tx.lapsed.cite()?).and(tx.known.cite());
    Some(hit.fact("txid", tx.txid.as_str()).fact("lapsed", "yes"))
}

/// The ledger's word that it has no record of any form of the identifier, on networks that it knows.
fn unrecorded(case: &Case<'_>) -> Option<Vec<Cite>> {
    let ledger = &case.evidence.ledger;
    let mut cites = Vec::new();
    if !case.transactions().any(|tx| ledger.policy_of(&tx.network).is_yes()) {
        return None;
    }
    for tx in case.transactions() {
        let (Seen::No(_), Some(cite)) = (ledger.deposits_of(&tx.txid), ledger.deposits_of(&tx.txid).cite()) else {
            return None;
        };
        let withdrawn = ledger.withdrawals.get(&tx.txid)?;
        if !withdrawn.is_no() {
            return None;
        }
        cites.push(cite);
        cites.extend(withdrawn.cite());
    }
    Some(cites)
}
