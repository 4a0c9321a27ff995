//! What to ask the ledger next. Questions of one kind go together, so that a ledger may answer them at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Question, address_on, claimed_on, listed_on};
use crate::claim::Claim;
use crate::evidence::{AddressRecord, AddressRole, AddressStatus, Deposit, Evidence, Observation, SENDERS, Transfer};
use crate::terms::{Address, By, Direction, Network, Seen, Txid};

/// Addresses of one transaction whose owners are asked; a pay-out to thousands stays a gap.
pub(super) const OWNERS: usize = 60;
/// Receivers up to which it is worth asking for owners on other networks.
const ELSEWHERE: usize = 4;

/// Forerunners of one transaction that the ledger is asked about.
const FORERUNNERS: usize = 20;

/// Addresses by network.
type Addresses = BTreeMap<Arc<str>, BTreeSet<Address>>;

/// What the ledger has not been asked yet about the claim and its transactions.
pub(super) fn ledger(
    claim: &Claim,
    evidence: &Evidence,
    networks: &[Network],
    candidates: &[(&Network, Txid)],
) -> Vec<Question> {
    let ledger = &evidence.ledger;
    let mut questions = Vec::new();
    // An order that was never sent has no transaction to tell its network.
    let order = ledger.named_withdrawal.as_ref().and_then(Seen::yes);
    let unasked = order.map(|order| &*order.network).filter(|network| !ledger.networks.contains_key(*network));
    questions.extend(unasked.map(|network| Question::Policy(network.into())));
    let forerunners: Vec<Txid> =
        candidates.iter().flat_map(|(network, txid)| forerunners(evidence, network, txid)).collect();
    let mut txids: Vec<&Txid> = candidates.iter().map(|(_, txid)| txid).chain(&forerunners).collect();
    txids.sort();
    txids.dedup();
    let those = |is_new: &dyn Fn(&Txid) -> bool| -> Vec<Txid> {
        txids.iter().copied().filter(|txid| is_new(txid)).cloned().collect()
    };
    let undeposited = those(&|txid| !ledger.deposits.contains_key(txid));
    let mut unwithdrawn = those(&|txid| !ledger.withdrawals.contains_key(txid));
    if let ([(network, txid)], [_]) = (candidates, unwithdrawn.as_slice())
        && txids.len() == 1
        && let Some(address) = deposit_address(claim, network)
        // What is filed as a deposit may make the other question pointless.
        && (!undeposited.is_empty() || is_own_deposit(claim, evidence, (network, txid), &address))
    {
        unwithdrawn.clear();
    }
    questions.extend((!undeposited.is_empty()).then_some(Question::Deposits(undeposited)));
    questions.extend((!unwithdrawn.is_empty()).then_some(Question::Withdrawals(unwithdrawn)));
    let mut owners = Addresses::new();
    for (network, txid) in candidates {
        if !ledger.networks.contains_key(&network.name) {
            questions.push(Question::Policy(network.name.clone()));
        }
        if let Some(account) = &claim.account {
            let key = (account.value.clone(), network.name.clone());
            if !ledger.accounts.contains_key(&key) {
                questions.push(Question::Addresses(key.0, key.1));
            }
        }
        let unasked = |address: &Address| !ledger.owners.contains_key(&(network.name.clone(), address.clone()));
        let interesting = interesting(claim, evidence, network, txid);
        elsewhere(evidence, network, networks, &interesting, &mut owners);
        for address in interesting.into_iter().chain(gathered(evidence, network, txid)).filter(unasked) {
            owners.entry(network.name.clone()).or_default().insert(address);
        }
        questions.extend(memos(evidence, network, txid));
    }
    questions.extend(
        owners.into_iter().map(|(network, addresses)| Question::Owners(network, addresses.into_iter().collect())),
    );
    questions
}

/// The address at which a flag, a field or the ledger says that a deposit is missed. In the customer's own words it may
/// be a withdrawal's arrival.
fn deposit_address(claim: &Claim, network: &Network) -> Option<Address> {
    let kind = claim.kind.as_ref().filter(|said| said.value == Direction::Deposit && said.by != By::TicketText);
    kind.and_then(|_| claimed_on(claim, network))
}

/// Whether it would change nothing if the transaction were a withdrawal too: the ledger files it as a deposit, and as
/// nothing but deposits, of the claimant at this address of theirs, and it is seen to have paid there.
fn is_own_deposit(claim: &Claim, evidence: &Evidence, (network, txid): (&Network, &Txid), address: &Address) -> bool {
    let ledger = &evidence.ledger;
    let owner = ledger.owners.get(&(network.name.clone(), address.clone())).and_then(Seen::yes);
    let own = owner.filter(|owner| {
        let is_claimants = claim.account.as_ref().is_none_or(|said| owner.account.as_ref() == Some(&said.value));
        let is_theirs_alone = owner.role == AddressRole::Deposit && !owner.memo_required;
        is_claimants && is_theirs_alone && owner.status == AddressStatus::Active
    });
    let Some(account) = own.and_then(|owner| owner.account.as_deref()) else { return false };
    let is_theirs = |deposit: &Deposit| {
        deposit.account == account && address_on(network, &deposit.address).as_ref() == Some(address)
    };
    let filed = ledger.deposits.get(txid).and_then(Seen::yes);
    filed.is_some_and(|filed| !filed.is_empty() && filed.iter().all(is_theirs))
        && is_paid(evidence, network, txid, address)
}

/// Whether all who know the transaction show it in a block that stands, and something of it at the address.
fn is_paid(evidence: &Evidence, network: &Network, txid: &Txid, address: &Address) -> bool {
    let pays = |o: &Observation| {
        let seen = o.sighting.yes().filter(|seen| seen.block.is_yes() && seen.executed.is_yes());
        let moved = seen.and_then(|seen| seen.transfers.yes()).into_iter().flatten();
        let stands = o.placement.as_ref().is_none_or(|placement| !placement.canonical.is_no());
        stands && moved.filter(|transfer| transfer.units != "0").any(|transfer| transfer.to.as_ref() == Some(address))
    };
    let mut heard = evidence.of(&network.name, txid).filter(|o| o.sighting.is_yes()).peekable();
    heard.peek().is_some() && heard.all(pays)
}

/// Memos that came to addresses of many, and that the address's own record does not name.
fn memos(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    let ledger = &evidence.ledger;
    if !evidence.ledger.owners.values().any(|owner| owner.yes().is_some_and(|owner| owner.memo_required)) {
        return Vec::new();
    }
    let moved = evidence.merge(network, txid).moved();
    let question = |transfer: &Transfer| {
        let (address, memo) = (transfer.to.as_ref()?, transfer.memo.as_deref()?.trim().to_owned());
        let owner = ledger.owners.get(&(network.name.clone(), address.clone()))?.yes()?;
        let other = owner.memo_required && owner.memo.as_deref().map(str::trim) != Some(memo.as_str());
        let key = (network.name.clone(), address.clone(), memo);
        let unasked = other && !key.2.is_empty() && !ledger.memos.contains_key(&key);
        unasked.then(|| Question::MemoOwner(key.0.clone(), key.1.clone(), key.2.clone()))
    };
    moved.yes().copied().into_iter().flatten().take(OWNERS).filter_map(question).collect()
}

/// The transactions whose place one took, as far as they have been named.
fn forerunners(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Txid> {
    let told = evidence.of(&network.name, txid).filter_map(|o| o.forerunners.as_ref()?.yes());
    told.flatten().take(FORERUNNERS).cloned().collect()
}

/// Who sent to a wallet of the platform: it may be the platform itself, which gathers its deposits.
fn gathered(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Address> {
    let is_wallet = |record: &AddressRecord| record.role != AddressRole::Deposit;
    if !evidence.ledger.owners.values().any(|owner| owner.yes().is_some_and(is_wallet)) {
        return Vec::new();
    }
    let owner = |address: &Address| evidence.ledger.owners.get(&(network.name.clone(), address.clone()))?.yes();
    let wallet = |address: &Address| owner(address).is_some_and(is_wallet);
    let transaction = evidence.merge(network, txid);
    let moved = transaction.moved();
    let moved = moved.yes().copied().into_iter().flatten();
    let into_wallet = moved.filter(|transfer| transfer.to.as_ref().is_some_and(wallet));
    let mut named = into_wallet.map(|transfer| transfer.from.clone()).peekable();
    if named.peek().is_none() {
        return Vec::new();
    }
    let senders: BTreeSet<Address> = named.flatten().chain(transaction.senders()).collect();
    if senders.len() > SENDERS { Vec::new() } else { senders.into_iter().collect() }
}

/// Addresses of few receivers that are nobody's here may have been issued on a network where they open the same, or
/// are written alike.
fn elsewhere(evidence: &Evidence, here: &Network, networks: &[Network], addresses: &[Address], into: &mut Addresses) {
    let owners = &evidence.ledger.owners;
    let foreign = |address: &&Address| {
        addresses.len() <= ELSEWHERE && owners.get(&(here.name.clone(), (*address).clone())).is_some_and(Seen::is_no)
    };
    for address in addresses.iter().filter(foreign) {
        let siblings = networks.iter().filter(|network| network.is_sibling_of(here));
        let there = siblings.filter_map(|network| Some((network, address.on(&here.identity, &network.identity)?)));
        for (network, address) in there {
            if !owners.contains_key(&(network.name.clone(), address.clone())) {
                into.entry(network.name.clone()).or_default().insert(address);
            }
        }
    }
}

/// The addresses whose owner matters: the claimed one first, and all that the transaction pays.
fn interesting<'e>(claim: &Claim, evidence: &'e Evidence, network: &'e Network, txid: &'e Txid) -> Vec<Address> {
    let own = listed_on(claim, evidence, network);
    let moved = |o: &'e Observation| {
        let transfers = o.sighting.yes().and_then(|sighting| sighting.transfers.yes()).into_iter().flatten();
        let inner = o.internals.as_ref().and_then(Seen::yes).into_iter().flatten();
        transfers.chain(inner).flat_map(|transfer| transfer.to.iter().chain(&transfer.through))
    };
    let mut paid: Vec<&Address> = evidence.of(&network.name, txid).flat_map(moved).collect();
    paid.sort();
    paid.dedup();
    // A pay-out to thousands: those who may be the claimant come first.
    paid.sort_by_key(|address| !own.contains(address));
    paid.truncate(OWNERS);
    let said = claimed_on(claim, network).filter(|address| !paid.contains(&address));
    said.into_iter().chain(paid.into_iter().cloned()).collect()
}
