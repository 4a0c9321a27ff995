//! The payments that a search found, and which of them the claim can mean.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::claim::Claim;
use crate::evidence::{DepositStatus, Evidence, Payment, Search, Searched, TransferKind};
use crate::terms::{Amount, Network, Provenance};

/// A sender's own fee takes at most one part in so many: five coins of fifty.
const FEE_PART: u64 = 10;

/// How well a payment fits the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// In everything that is claimed.
    Full,
    /// But for an amount that is short by what a sender's fee may be, or cannot be read.
    Near,
    /// Its amount is another one.
    OtherAmount,
    /// Its asset is another one, or one that is not listed where none is claimed.
    OtherAsset,
    /// It moves nothing: such transfers only put an address into somebody's history.
    Nothing,
}

impl Fit {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "yes",
            Self::Near => "nearly",
            Self::OtherAmount => "other-amount",
            Self::OtherAsset => "other-asset",
            Self::Nothing => "nothing-moved",
        }
    }
}

/// A payment that was found, and what it is to the claim.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The network.
    pub network: &'a Network,
    /// What sources say of it together.
    pub payment: Payment,
    /// Who says so.
    pub provenance: Provenance,
    /// Whether the claim can mean it.
    pub fit: Fit,
    /// Whether the ledger has credited or returned this very payment already.
    pub is_settled: bool,
}

/// How many transactions they are of.
pub(super) fn transactions(candidates: &[Candidate<'_>]) -> usize {
    candidates.iter().map(|one| (&one.network.name, &one.payment.txid)).collect::<BTreeSet<_>>().len()
}

/// What sources have found together.
pub(super) fn payments<'a>(claim: &Claim, evidence: &Evidence, places: &[(&'a Network, Search)]) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    for (network, search) in places {
        let of = evidence.searches.iter().filter(|one| one.network == network.name && one.search == *search);
        for (payment, said) in of.flat_map(Searched::found) {
            let same =
                |known: &&mut Candidate<'_>| known.network.name == network.name && is_same(&known.payment, payment);
            if let Some(known) = found.iter_mut().find(same) {
                known.provenance = known.provenance.clone().or(&said);
                known.payment.height = known.payment.height.or(payment.height);
                known.payment.time = known.payment.time.or(payment.time);
                known.payment.transfer.output_index =
                    known.payment.transfer.output_index.or(payment.transfer.output_index);
                continue;
            }
            let fit = fit(claim, network, search, payment);
            let is_settled = is_settled(evidence, payment);
            found.push(Candidate { network, payment: payment.clone(), provenance: said, fit, is_settled });
        }
    }
    found.sort_by_key(|one| (Reverse(one.payment.time.unwrap_or(Timestamp::MAX)), one.payment.txid.clone()));
    found
}

/// Whether two sources speak of one payment. Not every source tells the index.
fn is_same(one: &Payment, other: &Payment) -> bool {
    let (a, b) = (&one.transfer, &other.transfer);
    let index = a.output_index.is_none() || b.output_index.is_none() || a.output_index == b.output_index;
    let kind = (a.kind == TransferKind::Token) == (b.kind == TransferKind::Token);
    one.txid == other.txid && a.contract == b.contract && a.units == b.units && a.to == b.to && index && kind
}

fn fit(claim: &Claim, network: &Network, search: &Search, payment: &Payment) -> Fit {
    let transfer = &payment.transfer;
    if transfer.units.bytes().all(|digit| digit == b'0') {
        return Fit::Nothing;
    }
    let right = match (&claim.asset, &search.asset, &transfer.contract) {
        (None, ..) => transfer.asset.is_some(),
        // An asset that the network does not list may be any that is not listed.
        (Some(_), None, _) => transfer.asset.is_none(),
        (Some(_), Some(_), None) => search.wants_coin(network),
        (Some(_), Some(_), Some(contract)) => search.contracts(network).is_some_and(|own| own.contains(&contract)),
    };
    let Some(claimed) = claim.amount.as_ref().map(|said| &said.value).filter(|_| right) else {
        return if right { Fit::Full } else { Fit::OtherAsset };
    };
    match &transfer.amount {
        Some(amount) if amount == claimed => Fit::Full,
        Some(amount) if is_short_by_a_fee(amount, claimed) => Fit::Near,
        Some(_) => Fit::OtherAmount,
        None => Fit::Near,
    }
}

fn is_short_by_a_fee(received: &Amount, claimed: &Amount) -> bool {
    received < claimed && received.distance(claimed).times(FEE_PART) <= *claimed
}

/// Whether the ledger has credited or returned this very payment.
fn is_settled(evidence: &Evidence, payment: &Payment) -> bool {
    let deposits = evidence.ledger.deposits_of(&payment.txid);
    let to = payment.transfer.to.as_ref();
    deposits.yes().into_iter().flat_map(|deposits| deposits.iter()).any(|deposit| {
        let index = deposit.output_index.zip(payment.transfer.output_index);
        let here =
            to.is_some_and(|to| to.is_written(&deposit.address)) && index.is_none_or(|(theirs, own)| theirs == own);
        here && (deposit.status.is_credited() || deposit.status == DepositStatus::Refunded)
    })
}

/// The payments that the claim can mean, and how many transactions were set aside because they are settled: somebody
/// who misses a payment most often means the one that nobody has credited.
pub(super) fn meant<'a>(payments: &[Candidate<'a>]) -> (Vec<Candidate<'a>>, u64) {
    let of = |fit: Fit| -> Vec<Candidate<'a>> { payments.iter().filter(|one| one.fit == fit).cloned().collect() };
    let full = of(Fit::Full);
    let all = if full.is_empty() { of(Fit::Near) } else { full };
    let open: Vec<Candidate<'a>> = all.iter().filter(|one| !one.is_settled).cloned().collect();
    let (whole, left) = (transactions(&all), transactions(&open));
    if whole > 1 && left == 1 {
        return (open, u64::try_from(whole - left).unwrap_or(u64::MAX));
    }
    (all, 0)
}
