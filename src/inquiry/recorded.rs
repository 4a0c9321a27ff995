//! Where no identifier was given: which of the account's own records in the ledger the claim can mean.

use jiff::Timestamp;

use super::candidates::{Candidate, Fit};
use super::search::{names_nothing, stretch};
use super::{address_on, named};
use crate::claim::Claim;
use crate::evidence::{
    Deposit, DepositStatus, Evidence, OWN_ACCOUNT, Payment, Scope, Span, Transfer, TransferKind, Withdrawal,
    WithdrawalStatus,
};
use crate::subject::{Subject, SubjectKind};
use crate::terms::{Amount, By, Direction, Network, Provenance, Txid};

/// The stretch of the account's records to look through: of a claim that names neither transaction nor record, but an
/// amount or an asset, and an account.
pub fn span(claim: &Claim, evidence: &Evidence) -> Option<Span> {
    let ledger = &evidence.ledger;
    let says = claim.amount.is_some() || claim.asset.is_some();
    let own = || (ledger.scope == Scope::Account).then(|| OWN_ACCOUNT.to_owned());
    let account = claim.account.as_ref().map(|said| said.value.clone()).or_else(own)?;
    if !ledger.configured || !says || !names_nothing(claim, evidence) {
        return None;
    }
    let (since, until) = stretch(claim, evidence);
    let asset = claim.asset.as_ref().map(|said| said.value.clone());
    Some(Span { account, asset, since, until })
}

/// Whether the account's records of a direction are looked through. In the customer's own words "withdrawal" may be one of
/// another platform: both lists are, but where flag or field says which it is.
pub fn wants(claim: &Claim, direction: Direction) -> bool {
    let said = claim.kind.as_ref().filter(|said| said.by != By::TicketText);
    said.is_none_or(|said| said.value == direction)
}

/// What of a record a claim can be compared with.
struct Particulars<'r> {
    direction: Direction,
    id: &'r str,
    txid: &'r str,
    output_index: Option<u64>,
    time: Option<Timestamp>,
    asset: &'r str,
    network: &'r str,
    address: &'r str,
    memo: Option<&'r str>,
    amount: &'r Amount,
    /// What was taken for it, where a fee came on top.
    taken: Option<Amount>,
    /// Credited, returned, sent or called off: whoever misses a payment most often means one that is not.
    is_settled: bool,
}

impl<'r> From<&'r Deposit> for Particulars<'r> {
    fn from(deposit: &'r Deposit) -> Self {
        Self {
            direction: Direction::Deposit,
            id: &deposit.id,
            txid: &deposit.txid,
            output_index: deposit.output_index,
            time: deposit.detected_at,
            asset: &deposit.asset,
            network: &deposit.network,
            address: &deposit.address,
            memo: deposit.memo.as_deref(),
            amount: &deposit.amount,
            taken: None,
            is_settled: deposit.status.is_credited() || deposit.status == DepositStatus::Refunded,
        }
    }
}

impl<'r> From<&'r Withdrawal> for Particulars<'r> {
    fn from(order: &'r Withdrawal) -> Self {
        use WithdrawalStatus::{Cancelled, Completed, Internal, Rejected};
        Self {
            direction: Direction::Withdrawal,
            id: &order.id,
            txid: order.txid.as_deref().unwrap_or_default(),
            output_index: None,
            time: Some(order.requested_at),
            asset: &order.asset,
            network: &order.network,
            address: &order.address,
            memo: order.memo.as_deref(),
            amount: &order.amount,
            taken: Some(order.amount.plus(&order.fee)),
            is_settled: [Completed, Internal, Cancelled, Rejected].contains(&order.status),
        }
    }
}

impl Particulars<'_> {
    /// Whether nothing that is claimed speaks against it.
    fn fits(&self, claim: &Claim, networks: &[Network]) -> bool {
        let asset = claim.asset.as_ref().is_none_or(|said| said.value.eq_ignore_ascii_case(self.asset));
        let amount = claim.amount.as_ref().map(|said| &said.value);
        let amount = amount.is_none_or(|said| said == self.amount || self.taken.as_ref() == Some(said));
        let network = claim.network.as_ref().is_none_or(|said| self.is_on(networks, &said.value));
        // An address in the customer's own words may be anybody's.
        let address = claim.address.as_ref().filter(|said| said.by != By::TicketText);
        let address = address.is_none_or(|said| self.is_to(networks, &said.value));
        let memo = claim.memo.as_ref().zip(self.memo).is_none_or(|(said, own)| said.value.trim() == own.trim());
        asset && amount && network && address && memo
    }

    /// Whether it may be on a network of this name; names that no configuration knows are compared as they are.
    fn is_on(&self, networks: &[Network], name: &str) -> bool {
        if name.is_empty() || self.network.is_empty() {
            return true;
        }
        match (named(networks, name), named(networks, self.network)) {
            (Some(claimed), Some(own)) => claimed.name == own.name,
            _ => name.eq_ignore_ascii_case(self.network),
        }
    }

    /// Whether it may be to an address.
    fn is_to(&self, networks: &[Network], address: &str) -> bool {
        let claimed = named(networks, self.network).and_then(|own| address_on(own, address));
        self.address.is_empty()
            || claimed.map_or_else(|| address == self.address, |claimed| claimed.is_written(self.address))
    }

    /// Whether the claim says so much that it can be about this one although it is settled: when it was, and which
    /// direction, by the address that was to be paid at least.
    fn is_told(&self, claim: &Claim) -> bool {
        let kind = claim.kind.as_ref().is_some_and(|said| said.value == self.direction);
        claim.at.is_some() && (kind || claim.address.is_some())
    }
}

/// A record that was taken from a list.
#[derive(Clone, Debug)]
pub enum Record {
    /// A deposit.
    Deposit(Deposit, Provenance),
    /// A withdrawal.
    Withdrawal(Withdrawal, Provenance),
}

impl Record {
    fn particulars(&self) -> Particulars<'_> {
        match self {
            Self::Deposit(deposit, _) => deposit.into(),
            Self::Withdrawal(order, _) => order.into(),
        }
    }
}

/// Every listed record that the claim can mean.
fn fitting(claim: &Claim, evidence: &Evidence, networks: &[Network]) -> Vec<Record> {
    let ledger = &evidence.ledger;
    let deposits = ledger.listed_deposits.iter().filter_map(|(_, seen)| seen.yes().zip(seen.provenance()));
    let deposits = deposits.flat_map(|(all, said)| all.iter().map(|one| Record::Deposit(one.clone(), said.clone())));
    let orders = ledger.listed_withdrawals.iter().filter_map(|(_, seen)| seen.yes().zip(seen.provenance()));
    let orders = orders.flat_map(|(all, said)| all.iter().map(|one| Record::Withdrawal(one.clone(), said.clone())));
    deposits.chain(orders).filter(|record| record.particulars().fits(claim, networks)).collect()
}

/// The one record that is meant, and how many others fit and are set aside. Where it was said which direction it is, exactly
/// one fits or all others that do are settled; else exactly one of both lists fits. One that is settled is meant only where
/// the claim says so much that it can be of no other.
pub fn meant(claim: &Claim, evidence: &Evidence, networks: &[Network]) -> Option<(Record, u64)> {
    // A list that did not come may hold another one that fits.
    if claim.amount.is_none() || evidence.ledger.unlisted().is_some() {
        return None;
    }
    let fitting = fitting(claim, evidence, networks);
    let is_said = !(wants(claim, Direction::Deposit) && wants(claim, Direction::Withdrawal));
    let open: Vec<&Record> = fitting.iter().filter(|record| !record.particulars().is_settled).collect();
    let one = match (fitting.as_slice(), open.as_slice()) {
        ([one], [_]) => one,
        ([one], []) if one.particulars().is_told(claim) => one,
        (_, [one]) if is_said => *one,
        _ => return None,
    };
    // Whose an address in the customer's own words is, is not known; where a record tells another one, so is which is meant.
    let of = one.particulars();
    let address = claim.address.as_ref().is_none_or(|said| of.is_to(networks, &said.value));
    // "My deposit" may be a withdrawal from here that has to arrive elsewhere; its address has to say so.
    let is_contrary = claim.kind.as_ref().is_some_and(|said| said.value == Direction::Deposit)
        && of.direction == Direction::Withdrawal;
    if is_contrary && (claim.address.is_none() || of.address.is_empty()) {
        return None;
    }
    let aside = u64::try_from(fitting.len() - 1).unwrap_or(u64::MAX);
    address.then(|| (one.clone(), aside))
}

/// A record that the claim can mean and that is of no transaction of a known network.
#[derive(Clone, Debug)]
pub struct Unnamed {
    /// The identifier that it has all the same, else the ledger's own id.
    pub id: String,
    /// Ticker.
    pub asset: String,
    /// In coin units.
    pub amount: Amount,
    /// As the ledger calls it; empty where it does not tell.
    pub network: String,
    /// When it was made, where the ledger tells.
    pub time: Option<Timestamp>,
    /// Who says so.
    pub provenance: Provenance,
    /// Whether the ledger has done with it.
    pub is_settled: bool,
}

/// The account's records that the claim can mean, as candidates beside those that chains were searched for; and those that
/// are of no transaction.
pub(super) fn candidates<'a>(
    claim: &Claim,
    evidence: &Evidence,
    networks: &'a [Network],
) -> (Vec<Candidate<'a>>, Vec<Unnamed>) {
    let mut unnamed = Vec::new();
    let mut found = Vec::new();
    if !names_nothing(claim, evidence) {
        return (found, unnamed);
    }
    for record in fitting(claim, evidence, networks) {
        let (Record::Deposit(_, said) | Record::Withdrawal(_, said)) = &record;
        let of = record.particulars();
        match candidate(networks, &of, said) {
            Some(one) => found.push(one),
            None => unnamed.push(Unnamed {
                id: if of.txid.is_empty() { of.id } else { of.txid }.to_owned(),
                asset: of.asset.to_owned(),
                amount: of.amount.clone(),
                network: of.network.to_owned(),
                time: of.time,
                provenance: said.clone(),
                is_settled: of.is_settled,
            }),
        }
    }
    (found, unnamed)
}

/// A record as a payment; nothing where it is of no transaction of a known network.
fn candidate<'a>(networks: &'a [Network], of: &Particulars<'_>, said: &Provenance) -> Option<Candidate<'a>> {
    let network = named(networks, of.network)?;
    // Ledgers write identifiers as people do: with an index behind them, or in upper case.
    let subject = Some(Subject::parse(of.txid)).filter(|subject| subject.kind == SubjectKind::Transaction)?;
    let contract = network.asset(of.asset).and_then(|asset| asset.contract.clone());
    let is_coin = network.native.eq_ignore_ascii_case(of.asset);
    let transfer = Transfer {
        kind: if is_coin { TransferKind::Native } else { TransferKind::Token },
        asset: Some(of.asset.to_owned()),
        contract,
        from: None,
        to: address_on(network, of.address),
        through: None,
        amount: Some(of.amount.clone()),
        units: of.amount.to_string(),
        output_index: of.output_index,
        memo: of.memo.map(str::to_owned),
    };
    let txid = Txid::parse(network.family(), &subject.value)?;
    let payment = Payment { txid, height: None, time: of.time, transfer };
    Some(Candidate { network, payment, provenance: said.clone(), fit: Fit::Full, is_settled: of.is_settled })
}
