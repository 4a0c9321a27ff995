//! Where no identifier was given: which of the account's own records in the ledger the claim can mean.

use jiff::Timestamp;

use super::candidates::{Candidate, Fit};
use super::search::{is_precise, names_nothing, stretch};
use super::{address_on, named};
use crate::claim::Claim;
use crate::evidence::{Deposit, DepositStatus, Evidence, Payment, Scope, Span, Transfer, TransferKind, Withdrawal};
use crate::terms::{Amount, By, Direction, Network, Provenance, Seen, Txid};

/// The stretch of the account's records to look through, and of which kind: of a claim that names neither transaction nor
/// record, but an amount or an asset, and an account.
pub fn span(claim: &Claim, evidence: &Evidence) -> Option<(Direction, Span)> {
    let ledger = &evidence.ledger;
    let says = claim.amount.is_some() || claim.asset.is_some();
    let account = claim.account.as_ref().map(|said| said.value.clone());
    let whose = account.is_some() || ledger.scope == Scope::Account;
    if !ledger.configured || !says || !whose || !names_nothing(claim, evidence) {
        return None;
    }
    let (since, until) = stretch(claim, evidence);
    let asset = claim.asset.as_ref().map(|said| said.value.clone());
    let direction = claim.kind.as_ref().map_or(Direction::Deposit, |said| said.value);
    Some((direction, Span { account, asset, since, until }))
}

/// What of a record a claim can be compared with.
pub struct Particulars<'r> {
    asset: &'r str,
    network: &'r str,
    address: &'r str,
    memo: Option<&'r str>,
    amount: &'r Amount,
    /// Credited or returned: whoever misses a payment most often means one that is not.
    is_settled: bool,
}

impl<'r> From<&'r Deposit> for Particulars<'r> {
    fn from(deposit: &'r Deposit) -> Self {
        let is_settled = deposit.status.is_credited() || deposit.status == DepositStatus::Refunded;
        Self {
            asset: &deposit.asset,
            network: &deposit.network,
            address: &deposit.address,
            memo: deposit.memo.as_deref(),
            amount: &deposit.amount,
            is_settled,
        }
    }
}

impl<'r> From<&'r Withdrawal> for Particulars<'r> {
    /// Every withdrawal has a record, so that a finished one may be meant as well as any.
    fn from(order: &'r Withdrawal) -> Self {
        Self {
            asset: &order.asset,
            network: &order.network,
            address: &order.address,
            memo: order.memo.as_deref(),
            amount: &order.amount,
            is_settled: false,
        }
    }
}

impl Particulars<'_> {
    /// Whether nothing that is claimed speaks against it.
    fn fits(&self, claim: &Claim, networks: &[Network]) -> bool {
        let own = named(networks, self.network);
        let asset = claim.asset.as_ref().is_none_or(|said| said.value.eq_ignore_ascii_case(self.asset));
        let amount = claim.amount.as_ref().is_none_or(|said| said.value == *self.amount);
        let claimed = claim.network.as_ref().and_then(|said| named(networks, &said.value));
        let network = claimed.is_none_or(|claimed| own.is_none_or(|own| own.name == claimed.name));
        // An address in the customer's own words may be anybody's.
        let address = claim.address.as_ref().filter(|said| said.by != By::TicketText && !self.address.is_empty());
        let address = address.is_none_or(|said| match own.and_then(|own| address_on(own, &said.value)) {
            Some(claimed) => claimed.is_written(self.address),
            None => said.value == self.address,
        });
        let memo = claim.memo.as_ref().zip(self.memo).is_none_or(|(said, own)| said.value.trim() == own.trim());
        asset && amount && network && address && memo
    }
}

/// The one record that is meant: exactly one fits, or all others that do are settled. One that is settled is meant only where
/// the claim says when it was, and so much that it can be of no other.
pub fn meant<'r, R>(claim: &Claim, networks: &[Network], records: &'r [R]) -> Option<&'r R>
where
    Particulars<'r>: From<&'r R>,
{
    claim.amount.as_ref()?;
    let fitting: Vec<&R> = records.iter().filter(|record| Particulars::from(record).fits(claim, networks)).collect();
    let open: Vec<&R> = fitting.iter().filter(|record| !Particulars::from(**record).is_settled).copied().collect();
    let is_told = claim.at.is_some() && is_precise(claim);
    match (fitting.as_slice(), open.as_slice()) {
        (_, [one]) => Some(one),
        ([one], []) if is_told => Some(one),
        _ => None,
    }
}

/// The account's records that the claim can mean, as candidates beside those that chains were searched for; and how many
/// more there are that are open and of no transaction.
pub(super) fn candidates<'a>(
    claim: &Claim,
    evidence: &Evidence,
    networks: &'a [Network],
) -> (Vec<Candidate<'a>>, usize) {
    if !names_nothing(claim, evidence) {
        return (Vec::new(), 0);
    }
    let ledger = &evidence.ledger;
    let mut nameless = 0;
    let mut found = Vec::new();
    if let Some((_, Seen::Yes(deposits, said))) = &ledger.listed_deposits {
        let fitting = deposits.iter().filter(|deposit| Particulars::from(*deposit).fits(claim, networks));
        for deposit in fitting {
            let at = (deposit.txid.as_str(), deposit.detected_at, deposit.output_index);
            let of = Particulars::from(deposit);
            match candidate(networks, &of, at, said) {
                Some(one) => found.push(one),
                None => nameless += usize::from(!of.is_settled),
            }
        }
    }
    if let Some((_, Seen::Yes(orders, said))) = &ledger.listed_withdrawals {
        let fitting = orders.iter().filter(|order| Particulars::from(*order).fits(claim, networks));
        for order in fitting {
            let at = (order.txid.as_deref().unwrap_or_default(), Some(order.requested_at), None);
            match candidate(networks, &order.into(), at, said) {
                Some(one) => found.push(one),
                None => nameless += 1,
            }
        }
    }
    (found, nameless)
}

/// A record as a payment; nothing where it is of no transaction of a known network.
fn candidate<'a>(
    networks: &'a [Network],
    of: &Particulars<'_>,
    (txid, time, output_index): (&str, Option<Timestamp>, Option<u64>),
    said: &Provenance,
) -> Option<Candidate<'a>> {
    let network = named(networks, of.network)?;
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
        output_index,
        memo: of.memo.map(str::to_owned),
    };
    let payment = Payment { txid: Txid::parse(network.family(), txid)?, height: None, time, transfer };
    Some(Candidate { network, payment, provenance: said.clone(), fit: Fit::Full, is_settled: of.is_settled })
}
