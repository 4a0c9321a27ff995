//! 3. What was seen: transactions on chains and records in the ledger, each with who said it, and the gaps.

mod crossing;
mod ledger;
mod merge;
mod observation;
mod search;

pub use crossing::{Crossing, Delivery, Message, MessageKind, Way};
pub use ledger::{
    AddressRecord, AddressRole, AddressStatus, Deposit, DepositStatus, HELD_FOR, LedgerEvidence, ListedAsset,
    NetworkPolicy, OWN_ACCOUNT, Openness, Scope, Span, Withdrawal, WithdrawalStatus,
};
pub use merge::{Disagreement, Merge, Transaction};
pub use observation::{
    Alias, Before, BlockId, BlockRef, Head, InnerFailure, Inside, Observation, OutPoint, Outlook, Particulars,
    Placement, Proof, Proving, SENDERS, Sighting, SourceRef, Spends, Transfer, TransferKind,
};
pub use search::{MOST_FOUND, Payment, Payments, Search, Searched, Sent};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::terms::{Address, Gap, Network, Seen, Txid};

/// A ticket that names a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRef {
    /// The desk's id.
    pub id: String,
    /// The account of whoever wrote it, where the desk tells.
    pub account: Option<String>,
}

/// Everything that was seen in one case.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// When the case was opened: the only "now" of a diagnosis.
    pub asked_at: Timestamp,
    /// When the transfer is said to have been made.
    pub claimed_at: Option<Timestamp>,
    /// One observation for each source that was asked about a transaction.
    pub observations: Vec<Observation>,
    /// One for each source that was asked to search for payments.
    pub searches: Vec<Searched>,
    /// What unlisted tokens call themselves, by network and contract. A name proves nothing but the name.
    pub symbols: BTreeMap<(Arc<str>, Address), Seen<String>>,
    /// What the issuer of a token has stopped, by network and contract: the token itself, or accounts.
    pub frozen: BTreeMap<(Arc<str>, Address), Seen<Vec<Address>>>,
    /// The tickets that name a transaction.
    pub tickets: BTreeMap<Txid, Seen<Vec<TicketRef>>>,
    /// What became of messages of bridges, by the network that carries them out: one for each source asked.
    pub deliveries: BTreeMap<(Arc<str>, Message), Vec<Delivery>>,
    /// What the ledger said.
    pub ledger: LedgerEvidence,
    /// Gaps outside chain and ledger: the desk, or an identifier that no source serves.
    pub gaps: Vec<Gap>,
}

impl Evidence {
    /// Nothing seen yet.
    pub fn new(asked_at: Timestamp, ledger_configured: bool) -> Self {
        let ledger = LedgerEvidence::new(ledger_configured);
        Self {
            asked_at,
            claimed_at: None,
            observations: Vec::new(),
            searches: Vec::new(),
            symbols: BTreeMap::new(),
            frozen: BTreeMap::new(),
            tickets: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            ledger,
            gaps: Vec::new(),
        }
    }

    /// Whether anybody gave a usable answer about the chain or the ledger.
    pub fn is_answered(&self) -> bool {
        let ledger = &self.ledger;
        self.observations.iter().any(|o| !matches!(o.head, Seen::Unknown(_)) || !matches!(o.sighting, Seen::Unknown(_)))
            || self.searches.iter().any(|one| one.payments.gap().is_none() || one.head.gap().is_none())
            || ledger.accounts.values().any(|seen| seen.gap().is_none())
            || ledger.deposits.values().any(|seen| seen.gap().is_none())
            || ledger.withdrawals.values().any(|seen| seen.gap().is_none())
            || ledger.networks.values().any(|seen| seen.gap().is_none())
            || ledger.listed().is_some()
            || ledger.named_deposit.as_ref().is_some_and(|seen| seen.gap().is_none())
            || ledger.named_withdrawal.as_ref().is_some_and(|seen| seen.gap().is_none())
    }

    /// The observations of one transaction on one network.
    pub fn of<'a>(&'a self, network: &'a str, txid: &'a Txid) -> impl Iterator<Item = &'a Observation> {
        self.observations.iter().filter(move |o| &*o.network == network && o.txid == *txid)
    }

    /// What one source was seen to say of a transaction, to be added to.
    pub fn observation_mut(&mut self, service: &str, txid: &Txid) -> Option<&mut Observation> {
        self.observations.iter_mut().find(|o| &*o.source.service == service && o.txid == *txid)
    }

    /// What all sources of a network together say of the fate of a message.
    pub fn delivery(&self, network: &Network, message: &Message) -> Seen<()> {
        let told = self.deliveries.get(&(network.name.clone(), message.clone()));
        Delivery::merge(network, told.map_or(&[], Vec::as_slice), self.asked_at)
    }

    /// What all sources of one network together say of one transaction.
    pub fn transaction(&self, network: &Network, txid: &Txid) -> Transaction {
        Transaction::merge(&self.merge(network, txid))
    }

    /// The same, one question at a time.
    pub fn merge<'a>(&'a self, network: &'a Network, txid: &'a Txid) -> Merge<'a> {
        let seen = self.of(&network.name, txid).collect();
        Merge::new((network, txid), seen, self.asked_at, self.claimed_at)
    }
}
