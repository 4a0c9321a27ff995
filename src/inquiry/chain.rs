//! What to ask chain sources next.

use super::ledger::OWNERS;
use super::{
    Channel, Question, Reach, address_on, claimed_on, is_known, is_unknown, listed_on, number, required_finality,
    reversed,
};
use crate::claim::Claim;
use crate::evidence::{Evidence, Observation, Proving, Spends};
use crate::terms::{Address, Finality, Network, Proofs, Seen, Txid};

/// Everything about one transaction that its sources have not been asked yet.
pub(super) fn questions(claim: &Claim, evidence: &Evidence, reach: Reach<'_>, at: (&Network, &Txid)) -> Vec<Question> {
    let (network, txid) = at;
    let mut questions = observe(evidence, reach, network, txid);
    questions.extend(place(evidence, network, txid));
    questions.extend(prove(evidence, reach, network, txid));
    if is_known(evidence, network, txid) {
        questions.extend(outlooks(evidence, network, txid));
    }
    questions.extend(forerunners(evidence, network, txid));
    questions.extend(frozen(claim, evidence, network, txid));
    questions.extend(symbols(evidence, network, txid));
    questions.extend(internals(claim, evidence, network, txid));
    questions
}

/// What an identifier may be that no network knows as a transaction: one that was replaced, a block's, or one whose
/// bytes are the wrong way round.
pub(super) fn otherwise(
    claim: &Claim,
    evidence: &Evidence,
    reach: Reach<'_>,
    candidates: &[(&Network, Txid)],
) -> Vec<Question> {
    let mut questions = Vec::new();
    for (network, txid) in candidates {
        questions.extend(outlooks(evidence, network, txid));
        if network.is_test {
            continue;
        }
        let denied = |o: &&Observation| o.sighting.is_no() && o.right_chain.is_yes() && o.alias.is_none();
        let receivers = receivers(claim, evidence, network);
        let alias = |o: &Observation| Some(Question::Alias(Channel::of(o)?, txid.clone(), receivers.clone()));
        let may_be = !receivers.is_empty() || may_be_alias(network, txid);
        let denying = evidence.of(&network.name, txid).filter(denied).filter(|_| may_be);
        questions.extend(denying.filter_map(alias));
        if let Some(reversed) = reversed(network, txid).filter(|_| is_unknown(evidence, network, txid)) {
            questions.extend(observe(evidence, reach, network, &reversed));
        }
    }
    questions
}

/// Addresses whose newest transactions are looked through for one of that witness hash.
const RECEIVERS: usize = 3;

/// The addresses that the transaction is said to pay, where its other hash can be told from what they received.
fn receivers(claim: &Claim, evidence: &Evidence, network: &Network) -> Vec<Address> {
    if !network.traits().spends_outputs {
        return Vec::new();
    }
    let mut all: Vec<Address> =
        claimed_on(claim, network).into_iter().chain(listed_on(claim, evidence, network)).collect();
    all.dedup();
    all.truncate(RECEIVERS);
    all
}

/// Zeros that every block hash of Bitcoin begins with where blocks cost work: difficulty 1, in hex digits.
const WORK: &str = "00000000";

/// Whether an identifier may be anything but a transaction's at all.
fn may_be_alias(network: &Network, txid: &Txid) -> bool {
    !network.hashes_show_work() || txid.as_str().starts_with(WORK)
}

pub(super) fn observe(evidence: &Evidence, reach: Reach<'_>, network: &Network, txid: &Txid) -> Vec<Question> {
    let asked = |channel: &Channel| evidence.of(&network.name, txid).any(|o| o.source.service == *channel.service());
    let unasked = reach.channels_of(&network.name).iter().filter(|channel| !asked(channel));
    unasked.map(|channel| Question::Observe(channel.clone(), txid.clone())).collect()
}

/// Whether every source has said what it knows of a transaction, and of the time of its block.
pub(super) fn is_told(evidence: &Evidence, reach: Reach<'_>, network: &Network, txid: &Txid) -> bool {
    observe(evidence, reach, network, txid).is_empty() && place(evidence, network, txid).is_empty()
}

fn place(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    let finality = required_finality(evidence, network);
    let unplaced = |o: &Observation| {
        let block = o.sighting.yes()?.block.yes()?;
        let channel = Channel::of(o)?;
        let open = o.placement.is_none() && o.right_chain.is_yes();
        open.then(|| Question::Place(channel, txid.clone(), block.clone(), finality))
    };
    evidence.of(&network.name, txid).filter_map(unplaced).collect()
}

/// Most headers that are asked for: the depth at which a block's reward may be spent, which is more than any platform
/// asks of a deposit, and ten pages of an explorer.
const HEADERS: u64 = 100;

/// What costs no round trip of its own is always proven: on Bitcoin the path to the block, and what an explorer shows to
/// be built upon it, down to the depth that is required and up to the source's own head.
fn prove(evidence: &Evidence, reach: Reach<'_>, network: &Network, txid: &Txid) -> Vec<Question> {
    let thorough = reach.prove;
    let wanted = match network.traits().proofs {
        Proofs::Cheap => true,
        Proofs::Dear => thorough,
        Proofs::None => false,
    };
    if !wanted {
        return Vec::new();
    }
    let required = match required_finality(evidence, network) {
        Finality::Confirmations(need) => need.clamp(1, HEADERS),
        Finality::Safe | Finality::Finalized => 1,
    };
    let unproven = |o: &Observation| {
        let block = o.sighting.yes()?.block.yes().filter(|_| o.proof.is_none() && o.right_chain.is_yes())?.clone();
        let depth =
            o.head.yes().zip(block.height).map(|(head, height)| head.height.saturating_add(1).saturating_sub(height));
        let headers = required.min(depth.unwrap_or(1)).max(1);
        Some(Question::Prove(Channel::of(o)?, txid.clone(), Proving { block, headers, thorough }))
    };
    evidence.of(&network.name, txid).filter_map(unproven).collect()
}

/// Once everybody has told what they know of a transaction, and nobody names a block that still stands, each is asked
/// what lies ahead of it.
fn outlooks(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    let of = || evidence.of(&network.name, txid);
    let stands = |o: &Observation| {
        let gone = o.placement.as_ref().is_some_and(|placement| placement.canonical.is_no());
        o.sighting.yes().is_some_and(|sighting| sighting.block.is_yes()) && !gone
    };
    if of().any(stands) {
        return Vec::new();
    }
    let spends = evidence.merge(network, txid).spends();
    let unasked = |o: &&Observation| o.outlook.is_none() && o.right_chain.is_yes() && o.sighting.gap().is_none();
    let ask = |o: &Observation| Some(Question::Outlook(Channel::of(o)?, txid.clone(), spends.clone()));
    of().filter(unasked).filter_map(ask).collect()
}

/// A ledger may have filed a payment under a transaction whose place this one took.
fn forerunners(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    let unasked = |o: &&Observation| o.forerunners.is_none() && o.right_chain.is_yes() && o.sighting.is_yes();
    let ask = |o: &Observation| Some(Question::Forerunners(Channel::of(o)?, txid.clone()));
    let of = evidence.of(&network.name, txid).filter(|_| evidence.ledger.configured);
    of.filter(unasked).filter_map(ask).collect()
}

/// A call of a listed token that failed may have failed because its issuer stopped it.
fn frozen(claim: &Claim, evidence: &Evidence, network: &Network, txid: &Txid) -> Option<Question> {
    evidence.of(&network.name, txid).find_map(|o| {
        let sighting = o.sighting.yes().filter(|sighting| sighting.executed.is_no())?;
        let contract = sighting.particulars.called.clone().filter(|called| network.token(called).is_some())?;
        let sender = match &sighting.spends {
            Some(Spends::Nonce { account, .. }) => Some(account.clone()),
            _ => sighting.senders.first().cloned(),
        };
        let unasked = !evidence.frozen.contains_key(&(network.name.clone(), contract.clone()));
        let accounts = || sender.into_iter().chain(claimed_on(claim, network)).collect();
        unasked.then(|| Some(Question::Frozen(Channel::of(o)?, contract, accounts())))?
    })
}

/// Contracts of one transaction whose names are asked for.
const SYMBOLS: usize = 4;

/// What the unlisted tokens of a transaction call themselves, asked of the source that told of them.
fn symbols(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    let told = |o: &Observation| {
        let transfers = number(o).and(o.sighting.yes()?.transfers.yes())?;
        let mut contracts: Vec<&Address> = transfers.iter().filter_map(|t| t.contract.as_ref()).collect();
        contracts.retain(|contract| network.token(contract).is_none() && network.variant(contract).is_none());
        contracts.sort();
        contracts.dedup();
        let unasked = |c: &&&Address| !evidence.symbols.contains_key(&(network.name.clone(), (**c).clone()));
        let asked = contracts.iter().take(SYMBOLS).filter(unasked);
        Some(asked.filter_map(|contract| Some(Question::Symbol(Channel::of(o)?, (*contract).clone()))).collect())
    };
    evidence.of(&network.name, txid).find_map(told).unwrap_or_default()
}

/// Inner calls are looked into only where what is on the surface reaches nobody who is known to wait for it, and where
/// there may be any: a token may call its receiver, so that whoever misses coin is not put off with a token's word.
fn internals(claim: &Claim, evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    if !network.traits().calls_inside {
        return Vec::new();
    }
    let ledger = &evidence.ledger;
    let known = |address: &Address| ledger.owners.get(&(network.name.clone(), address.clone()));
    let misses_coin = claim.asset.as_ref().is_some_and(|said| said.value.eq_ignore_ascii_case(&network.native));
    let question = |o: &Observation| {
        let sighting = o.sighting.yes()?;
        let transfers = sighting.transfers.yes().filter(|_| sighting.executed.is_yes() && o.internals.is_none())?;
        if sighting.particulars.all_on_surface && !misses_coin {
            return None;
        }
        let moving = transfers.iter().filter(|t| t.units != "0");
        let receivers: Vec<&Address> = moving.filter_map(|t| t.to.as_ref()).collect();
        let answered = !ledger.configured || receivers.iter().take(OWNERS).all(|address| known(address).is_some());
        if !answered || receivers.iter().any(|address| known(address).is_some_and(Seen::is_yes)) {
            return None;
        }
        let awaited = awaited(claim, evidence, network, txid);
        let reached = receivers.iter().any(|address| awaited.contains(address));
        let called = || sighting.particulars.called.clone();
        Some(Question::Internals(Channel::of(o).filter(|_| !reached)?, txid.clone(), called()))
    };
    evidence.of(&network.name, txid).filter_map(question).collect()
}

/// The addresses at which somebody waits for the payment: the claimed one and those of orders.
fn awaited(claim: &Claim, evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Address> {
    let ledger = &evidence.ledger;
    let orders = ledger.withdrawals.get(txid).and_then(Seen::yes).into_iter().flatten();
    let named = ledger.named_withdrawal.as_ref().and_then(Seen::yes);
    let ordered = orders.chain(named).map(|order| order.address.as_str());
    let ordered = ordered.filter_map(|text| address_on(network, text));
    ordered.chain(claimed_on(claim, network)).collect()
}
