//! What leaves a network over the canonical bridge of a rollup, and what is known of its arrival.

use std::sync::Arc;

use jiff::Timestamp;

use super::SourceRef;
use super::observation::{Head, fit_head};
use crate::terms::{Address, Amount, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Value that a transaction hands to a bridge, or takes up from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Which step of the way comes next.
    pub way: Way,
    /// The name of the network on which it is carried out.
    pub network: Arc<str>,
    /// Who receives it there: for a token or a message, the contract that takes it on.
    pub to: Option<Address>,
    /// The native coin that it takes along.
    pub amount: Option<Amount>,
    /// The transaction that carries it out, where its identifier follows from the events.
    pub leg: Option<Txid>,
    /// What a contract there can be asked about it.
    pub message: Option<Message>,
}

/// A step over a bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Into a rollup, which carries it out by itself.
    Deposit,
    /// Into Arbitrum by a retryable ticket, which the rollup makes out by itself.
    Ticket,
    /// The redemption of a ticket: done by Arbitrum itself where the gas suffices, else by anybody.
    Redemption,
    /// The call that a deposit should make on an OP-stack rollup: it failed, and anybody may repeat it.
    Relay,
    /// Out of a rollup: to be proven and claimed on the network below it.
    Withdrawal,
}

/// A message whose fate a contract tells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// What it is, which says how the contract is asked.
    pub kind: MessageKind,
    /// The contract.
    pub contract: Address,
    /// Its hash or number there: a word of 32 bytes, in hex digits.
    pub id: String,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageKind {
    /// A withdrawal from an OP-stack rollup, by its hash.
    OpWithdrawal,
    /// A withdrawal from Arbitrum, by its number.
    ArbitrumWithdrawal,
    /// A retryable ticket of Arbitrum.
    Ticket,
    /// A message of an OP-stack rollup's messenger.
    Relay,
}

/// What one source said of the fate of a message.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Who was asked.
    pub source: SourceRef,
    /// Whether the source follows the configured chain; no when it proved another one.
    pub right_chain: Seen<()>,
    /// The source's newest block.
    pub head: Seen<Head>,
    /// Whether the message was carried out.
    pub delivered: Seen<()>,
}

impl Delivery {
    /// What all who were asked say together; only the fit are heard, and they must agree.
    pub fn merge(network: &Network, told: &[Self], now: Timestamp) -> Seen<()> {
        let question = "whether the message was carried out";
        let heard: Vec<Seen<()>> = told.iter().map(|delivery| delivery.heard(network, now)).collect();
        let said = |of: fn(&Seen<()>) -> bool| -> Option<Provenance> {
            heard.iter().filter(|seen| of(seen)).filter_map(|seen| seen.provenance().cloned()).reduce(|a, b| a.or(&b))
        };
        let unknown = |why| Seen::Unknown(Gap::of_network(&network.name, question, why));
        match (said(Seen::is_yes), said(Seen::is_no)) {
            (Some(_), Some(_)) => unknown(GapWhy::Conflicting),
            (Some(yes), None) => Seen::Yes((), yes),
            (None, Some(no)) => Seen::No(no),
            (None, None) => heard.into_iter().next().unwrap_or_else(|| unknown(GapWhy::NotConfigured)),
        }
    }

    fn heard(&self, network: &Network, now: Timestamp) -> Seen<()> {
        let fit = fit_head(&self.source.service, &self.right_chain, &self.head, network, now).map(|_| ());
        fit.then(|()| self.delivered.clone())
    }
}
