//! Value that left its network over a bridge: how far it came, and the case on the other side.

use jiff::Timestamp;

use super::answered::{OfDestination, OfSubject};
use super::{Case, Holder};
use crate::evidence::{Crossing, Message, Transaction, TransferKind, Way};
use crate::terms::{Amount, Cite, Direction, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Steps of one way: a ticket is made out, and then redeemed.
const STEPS: usize = 3;

/// Blocks whose transactions a node finds by their identifiers in its default setting: geth's `--history.transactions`,
/// which op-geth shares. Rollups make them faster than Ethereum does.
const INDEXED: u32 = 2_350_000;

/// How far a crossing came.
enum Passage<'a> {
    /// A block on the other side holds the transaction that carries it out.
    Arrived(&'a Network, Box<Transaction>),
    /// It was not carried out.
    Open(Cite),
    /// It was carried out, and nothing names the transaction that did.
    Unnamed(Cite),
    /// Nobody said.
    Unheard(Gap),
}

impl<'a> Case<'a> {
    /// The case where the value arrived; the same where it left no network, or is still on its way.
    pub(super) fn beyond(self) -> Self {
        self.followed(STEPS).unwrap_or(self)
    }

    /// One step further: to where the claimant is paid, else, once nothing is on its way any more, to any side.
    fn followed(&self, steps: usize) -> Option<Self> {
        let left = steps.checked_sub(1)?;
        let passages = self.passages();
        let sides = passages.iter().filter_map(|(_, passage)| match passage {
            Passage::Arrived(network, tx) => Some(self.at(network, tx)),
            Passage::Open(_) | Passage::Unnamed(_) | Passage::Unheard(_) => None,
        });
        let mut sides: Vec<Self> = sides.map(|side| side.followed(left).unwrap_or(side)).collect();
        let paying = sides.iter().position(|side| side.paid().is_some());
        let first = (!sides.is_empty() && sides.len() == passages.len()).then_some(0);
        paying.or(first).map(|index| sides.swap_remove(index))
    }

    /// The case with another transaction in hand.
    fn at(&self, network: &'a Network, tx: &Transaction) -> Self {
        let crossed = self.subject.iter().map(|(_, tx)| tx.clone()).chain(self.crossed.iter().cloned());
        let mut side = Self {
            subject: Some((network, tx.clone())),
            replaced: self.replaced.clone(),
            crossed: crossed.collect(),
            elsewhere: self.elsewhere.clone(),
            of_subject: OfSubject::default(),
            of_destination: OfDestination::default(),
            given: self.given.clone(),
            destination: self.destination.clone(),
            ..*self
        };
        side.find_destination();
        side
    }

    /// The transaction of the identifier on its own network, where the case went on from it over a bridge.
    pub fn source_leg(&self) -> Option<&Transaction> {
        self.crossed.last()
    }

    /// What the transaction in hand hands to bridges, where it ran and [`Self::is_crossing`].
    fn crossings(&self) -> Vec<Crossing> {
        let ran = |tx: &&Transaction| tx.block.is_yes() && tx.executed.is_yes();
        let tx = self.tx().filter(ran).filter(|_| self.is_crossing());
        tx.and_then(|tx| tx.crossings.yes().cloned()).unwrap_or_default()
    }

    /// Whether the transaction hands a deposit to a bridge and nobody of the platform has the value on its own network.
    /// Where that is not known, it must be certain that the bridge has taken all of it along.
    pub fn is_crossing(&self) -> bool {
        let Some(tx) = self.tx().filter(|tx| tx.crossings.is_yes()) else { return false };
        let surface = tx.transfers.yes().map(Vec::as_slice).unwrap_or_default();
        let coin_only = surface.iter().all(|transfer| transfer.units == "0" || transfer.kind == TransferKind::Native);
        // Calls inside may have paid the very address whose owner nobody told.
        let paid_inside = tx.internals.yes().is_some_and(|inner| inner.iter().any(|transfer| transfer.units != "0"));
        let gone = match self.destination() {
            Seen::No(_) => true,
            Seen::Yes((_, holder), _) => *holder == Holder::Outsider,
            Seen::Unknown(gap) if paid_inside && gap.why != GapWhy::NotConfigured => false,
            Seen::Unknown(_) => coin_only && tx.transfers.is_yes() && self.is_taken_along(),
        };
        gone && self.direction() == Direction::Deposit && !self.is_pay_out()
    }

    /// Whether bridges took along all the coin that the transaction carries, so that no call inside it can have passed
    /// any on.
    pub(super) fn is_taken_along(&self) -> bool {
        let Some(tx) = self.tx() else { return false };
        let all = tx.crossings.yes().map(Vec::as_slice).unwrap_or_default();
        let taken: Option<Amount> = all.iter().map(|crossing| crossing.amount.as_ref()).sum();
        let native = |transfer: &&crate::evidence::Transfer| transfer.kind == TransferKind::Native;
        let coins = tx.transfers.yes().into_iter().flatten().filter(native);
        let carried: Option<Amount> = coins.clone().map(|transfer| transfer.amount.as_ref()).sum();
        let none = coins.count() == 0;
        !all.is_empty() && (none || carried.zip(taken).is_some_and(|(carried, taken)| carried <= taken))
    }

    /// The crossing that was not carried out, and the word that says so; where another one was, by a transaction that
    /// nothing names, that one may be the claimant's.
    pub fn stranded(&self) -> Option<(Crossing, Cite)> {
        self.settled_at(|passage| match passage {
            Passage::Open(cite) if self.unnamed().is_none() => Some(cite),
            _ => None,
        })
    }

    /// The crossing that was carried out by a transaction which nothing names, and the word that says so.
    pub fn unnamed(&self) -> Option<(Crossing, Cite)> {
        self.settled_at(|passage| match passage {
            Passage::Unnamed(cite) => Some(cite),
            _ => None,
        })
    }

    /// The first crossing of a kind, where it is known of all how far they came.
    fn settled_at(&self, kind: impl Fn(Passage<'a>) -> Option<Cite>) -> Option<(Crossing, Cite)> {
        let passages = self.crossing_gap().is_none().then(|| self.passages())?;
        passages.into_iter().find_map(|(crossing, passage)| Some((crossing, kind(passage)?)))
    }

    /// What keeps open how far a crossing came.
    pub fn crossing_gap(&self) -> Option<Gap> {
        let tx = self.tx()?;
        let ours = self.destination().is_yes() && !self.missed_claimant();
        let quarrel = tx.crossings.gap().filter(|gap| !gap.is_usual() && !ours);
        let unheard = |(_, passage)| match passage {
            Passage::Unheard(gap) => Some(gap),
            Passage::Arrived(..) | Passage::Open(_) | Passage::Unnamed(_) => None,
        };
        quarrel.cloned().or_else(|| self.passages().into_iter().find_map(unheard))
    }

    fn passages(&self) -> Vec<(Crossing, Passage<'a>)> {
        let all = self.crossings().into_iter();
        all.map(|crossing| (self.passage(&crossing), crossing)).map(|(passage, crossing)| (crossing, passage)).collect()
    }

    fn passage(&self, crossing: &Crossing) -> Passage<'a> {
        let question = format!("what became of it on {}", crossing.network);
        let Some(network) = self.policy.networks.iter().find(|network| network.name == crossing.network) else {
            let gap = Gap::of_network(&crossing.network, question, GapWhy::NotConfigured);
            return Passage::Unheard(gap.with("it left over a bridge, and no source is configured there"));
        };
        let leg = crossing.leg.as_ref().map(|leg| self.evidence.transaction(network, leg));
        match (leg, &crossing.message) {
            // A redemption that failed leaves the ticket open.
            (Some(leg), Some(message)) if leg.block.is_yes() && leg.executed.is_no() => self.fate(network, message),
            (Some(leg), _) => self.arrival(network, leg),
            (None, Some(message)) => self.fate(network, message),
            (None, None) => {
                let gap = Gap::of_network(&network.name, question, GapWhy::NotConfigured);
                Passage::Unheard(gap.with("the contract that knows is not configured"))
            }
        }
    }

    /// Whether the other side has the transaction.
    fn arrival(&self, network: &'a Network, leg: Transaction) -> Passage<'a> {
        let absent = || self.absent(network, &leg.txid);
        let state = leg.known.as_ref().then(|()| leg.block.as_ref().map(|_| ()));
        match (&leg.known, state) {
            (_, Seen::Yes(..)) => Passage::Arrived(network, Box::new(leg)),
            (Seen::No(_), _) => match absent() {
                Seen::No(said) => open(Seen::No(said)),
                Seen::Yes((), _) => open(leg.known),
                Seen::Unknown(gap) => Passage::Unheard(gap),
            },
            (_, other) => open(other),
        }
    }

    /// No, by the word of those whose chain has gone past the time at which the value left.
    fn absent(&self, network: &Network, leg: &Txid) -> Seen<()> {
        let since = self.included().yes().and_then(|block| block.time);
        let indexed = network.block_interval.saturating_mul(INDEXED);
        let told = self.evidence.of(&network.name, leg).map(|o| {
            let past = network.mines_on_demand || is_past(o.head.yes().and_then(|head| head.time), since);
            let behind = Gap::new(o.source.service.clone(), "the newest block of the network", GapWhy::Behind);
            let behind = behind.with("it is older than what left for it");
            let forgotten = Gap::new(o.source.service.clone(), "transactions of that time", GapWhy::LacksHistory);
            match o.absence(network, self.now(), since) {
                Seen::Yes((), _) if !past => Seen::Unknown(behind),
                Seen::Yes((), _) if self.overdue(since, indexed) => Seen::Unknown(forgotten),
                Seen::Yes((), said) | Seen::No(said) => Seen::No(said),
                Seen::Unknown(gap) => Seen::Unknown(gap),
            }
        });
        let told: Vec<Seen<()>> = told.collect();
        let said = told.iter().filter_map(|seen| seen.provenance().cloned()).reduce(|a, b| Provenance::or(a, &b));
        let unheard = || told.into_iter().next();
        said.map(Seen::No).or_else(unheard).unwrap_or_else(|| {
            Seen::Unknown(Gap::of_network(&network.name, format!("transaction {leg}"), GapWhy::NotAsked))
        })
    }

    /// Whether the other side says that it was carried out.
    fn fate(&self, network: &Network, message: &Message) -> Passage<'a> {
        let told = self.evidence.delivery(network, message);
        match told.cite() {
            Some(cite) if told.is_yes() => Passage::Unnamed(cite),
            _ => open(told),
        }
    }
}

/// What was not carried out by somebody's word, or nobody's.
fn open<'a>(seen: Seen<()>) -> Passage<'a> {
    match (seen.cite(), seen) {
        (_, Seen::Unknown(gap)) => Passage::Unheard(gap),
        (Some(cite), _) => Passage::Open(cite),
        (None, _) => Passage::Unheard(Gap::new("in", "what became of it on the other side", GapWhy::NotAsked)),
    }
}

/// Whether a chain that has come so far has seen the time asked for.
fn is_past(head: Option<Timestamp>, since: Option<Timestamp>) -> bool {
    head.zip(since).is_some_and(|(head, since)| head >= since)
}

impl Way {
    /// The word for a step that is still to be taken.
    pub(in crate::diagnosis) fn name(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Ticket => "ticket",
            Self::Redemption => "redemption",
            Self::Relay => "relay",
            Self::Withdrawal => "withdrawal",
        }
    }
}
