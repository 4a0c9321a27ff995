//! One transaction of one claim, and the questions that a rule may ask about it, in the domain's words.

mod account;
mod answered;
mod carriage;
mod credit;
mod crossing;
mod destination;
mod memo;
mod order;
mod succession;

pub use destination::{Holder, Payment};
pub(super) use memo::plain_memo;
pub use memo::{MemoFault, MemoOwner};

use std::time::Duration;

use jiff::Timestamp;

use answered::{OfDestination, OfSubject};

use crate::claim::Claim;
use crate::diagnosis::Policy;
use crate::evidence::{BlockRef, Evidence, Transaction, Transfer};
use crate::inquiry::{Quest, named, quest, versions};
use crate::terms::{
    Address, By, Cite, Direction, Family, Finality, Gap, GapWhy, Network, Said, Seen, Shape, Txid, older_than,
};

/// One transaction of one claim.
pub struct Case<'a> {
    /// What was claimed.
    pub claim: &'a Claim,
    /// What was seen.
    pub evidence: &'a Evidence,
    /// What counts as normal.
    pub policy: &'a Policy,
    /// The identifier as it was given, or as searching found it; nothing when there is none.
    pub given: Option<String>,
    /// The network and the transaction that this case is about; nothing when nobody serves the identifier.
    pub subject: Option<(&'a Network, Transaction)>,
    /// The transaction of the identifier, where the case is about another one that took its place.
    pub replaced: Option<Transaction>,
    /// The transactions from which the case went on over bridges, the nearest first.
    pub crossed: Vec<Transaction>,
    /// The same identifier on the networks that do not know it.
    pub elsewhere: Vec<(&'a Network, Transaction)>,
    /// The receiver that decides, once for all rules.
    destination: Seen<(Payment, Holder)>,
    /// What was asked of claim and transaction before.
    of_subject: OfSubject<'a>,
    /// The same of what hangs on the destination.
    of_destination: OfDestination<'a>,
}

impl<'a> Case<'a> {
    /// The case of one identifier, given what each of its networks says.
    pub(super) fn new(
        claim: &'a Claim,
        evidence: &'a Evidence,
        policy: &'a Policy,
        given: Option<String>,
        mut candidates: Vec<(&'a Network, Transaction)>,
    ) -> Self {
        let known = candidates.iter().position(|(_, tx)| tx.known.is_yes());
        let has_versions =
            |network: &Network, tx: &Transaction| versions(evidence, &policy.networks, network, &tx.txid).len() > 1;
        let replaced =
            || candidates.iter().position(|(network, tx)| tx.successor.is_yes() || has_versions(network, tx));
        let first = known.or_else(replaced).or_else(|| (!candidates.is_empty()).then_some(0));
        let given_one = first.map(|index| candidates.remove(index));
        let heir = given_one
            .as_ref()
            .and_then(|(network, tx)| Some((*network, succession::heir(evidence, &policy.networks, network, tx)?)));
        let (subject, replaced) = match heir {
            Some(heir) => (Some(heir), given_one.map(|(_, tx)| tx)),
            None => (given_one, None),
        };
        let mut case = Self {
            claim,
            evidence,
            policy,
            given,
            subject,
            replaced,
            crossed: Vec::new(),
            elsewhere: candidates,
            destination: no_transaction(),
            of_subject: OfSubject::default(),
            of_destination: OfDestination::default(),
        };
        case.find_destination();
        case.beyond()
    }

    /// Deposit unless the claim, or a withdrawal of the claimant in the ledger, says otherwise.
    pub fn direction(&self) -> Direction {
        *self.of_destination.direction.get_or_init(|| match self.claimed_kind() {
            // A payment to the claimant under the name of a withdrawal stays open: what was ordered is not known.
            Some(_) if self.misnamed_direction() == Some(Direction::Withdrawal) => Direction::Withdrawal,
            Some(said) => said.value,
            None if self.order().is_yes() => Direction::Withdrawal,
            None => Direction::Deposit,
        })
    }

    /// Deposit or withdrawal, as it was claimed. In the customer's own words "withdrawal" may be one of another platform,
    /// and "deposit" a withdrawal's arrival: they give way to what the ledger ordered, or did not.
    pub fn claimed_kind(&self) -> Option<&Said<Direction>> {
        let said = self.claim.kind.as_ref()?;
        let contradicted = match said.value {
            Direction::Withdrawal => self.tx().is_some() && !self.order().is_yes(),
            Direction::Deposit => self.order().is_yes() && self.paid().is_none(),
        };
        (said.by != By::TicketText || !contradicted).then_some(said)
    }

    /// What it is in truth, where the complaint calls it by the other name: the claimant's own order for what reached
    /// somebody else, or a payment to the claimant that nobody ordered.
    pub fn misnamed_direction(&self) -> Option<Direction> {
        // Anybody may name a transaction: whose order it is must be said.
        let ledger = &self.evidence.ledger;
        let by_id = ledger.named_withdrawal.as_ref().is_some_and(Seen::is_yes);
        let said = by_id || self.claim.account.is_some() || self.claim.address.is_some();
        let claimed = self.claimed_kind().filter(|_| said)?;
        match claimed.value {
            Direction::Deposit => {
                let ordered = self.order().is_yes() && self.paid().is_none();
                let seen = || self.destination.is_yes() || self.delivered().is_yes();
                (ordered && seen()).then_some(Direction::Withdrawal)
            }
            Direction::Withdrawal => (self.order().is_no() && self.paid().is_some()).then_some(Direction::Deposit),
        }
    }

    /// What keeps the direction open: nobody claimed one, the payment did not reach the claimant, and the ledger did
    /// not say whether it sent it.
    pub fn direction_gap(&self) -> Option<Gap> {
        let unsaid = self.claimed_kind().is_none() && self.evidence.ledger.configured;
        let open = unsaid && self.tx().is_some() && self.paid().is_none();
        open.then(|| self.order().gap().cloned()).flatten()
    }

    /// What searching has brought to light where no identifier was given; nothing where there was nowhere to search.
    pub fn quest(&self) -> Option<&Quest<'a>> {
        let searched = || quest(self.claim, self.evidence, &self.policy.networks);
        self.of_subject.quest.get_or_init(searched).as_ref()
    }

    /// The network of this case.
    pub fn network(&self) -> Option<&'a Network> {
        self.subject.as_ref().map(|(network, _)| *network)
    }

    /// The transaction of this case.
    pub fn tx(&self) -> Option<&Transaction> {
        self.subject.as_ref().map(|(_, tx)| tx)
    }

    /// What the identifier may stand for: the transaction of this case first, then those of other networks.
    pub fn transactions(&self) -> impl Iterator<Item = &Transaction> {
        self.tx().into_iter().chain(self.elsewhere.iter().map(|(_, tx)| tx))
    }

    /// The identifier of this case.
    pub fn txid(&self) -> Option<&Txid> {
        self.tx().map(|tx| &tx.txid)
    }

    /// The only "now" of a diagnosis.
    pub fn now(&self) -> Timestamp {
        self.evidence.asked_at
    }

    fn of_tx<T: Clone>(&self, fact: impl Fn(&Transaction) -> &Seen<T>) -> Seen<T> {
        self.tx().map_or_else(no_transaction, |tx| fact(tx).clone())
    }

    /// Whether anybody knows the transaction.
    pub fn known(&self) -> &Seen<()> {
        self.of_subject.known.get_or_init(|| self.of_tx(|tx| &tx.known))
    }

    /// The block of the best chain that holds it.
    pub fn included(&self) -> &Seen<BlockRef> {
        self.of_destination.included.get_or_init(|| self.buried(self.of_tx(|tx| &tx.block)))
    }

    /// Whether it ran without failing. On Bitcoin everything in a block has, so that it is as certain as the block.
    pub fn executed(&self) -> &Seen<()> {
        self.of_destination.executed.get_or_init(|| self.buried(self.of_tx(|tx| &tx.executed)))
    }

    /// The same, proven, where enough headers are built upon the block of the transaction. What that proves of a number
    /// of confirmations is that it reaches what is required.
    fn buried<T>(&self, seen: Seen<T>) -> Seen<T> {
        // A ledger that does not say what it requires leaves open how many are enough.
        let unsaid = self.network_policy().gap().is_some_and(|gap| gap.why != GapWhy::NotConfigured);
        let enough = self.subject.as_ref().filter(|(network, tx)| {
            let headers = tx.proof.headers.yes();
            let reached =
                |headers: &u64| matches!(self.needed(network), Finality::Confirmations(need) if *headers >= need);
            !unsaid && headers.is_some_and(reached)
        });
        let proof = enough.and_then(|(_, tx)| tx.proof.headers.provenance());
        match (seen, proof) {
            (Seen::Yes(value, said), Some(proof)) => Seen::Yes(value, said.or(proof)),
            (seen, _) => seen,
        }
    }

    /// What it moved, inner calls included where they were asked about; no when it ran and moved nothing.
    pub fn moved(&self) -> &Seen<Vec<Transfer>> {
        self.of_subject.moved.get_or_init(|| {
            let Some(tx) = self.tx() else { return no_transaction() };
            let moved = tx.transfers.as_ref().test(|_| {
                let moving: Vec<Transfer> = moving(tx).map(|(_, transfer)| self.addressed(transfer)).collect();
                (!moving.is_empty()).then_some(moving)
            });
            // Nothing on the surface does not mean nothing inside, nor that it ran.
            let executed = &tx.executed;
            let open = executed.gap().or_else(|| tx.internals.gap().filter(|_| executed.is_yes()));
            match (&moved, open) {
                (Seen::No(_), Some(gap)) => Seen::Unknown(gap.clone()),
                _ => moved,
            }
        })
    }

    /// The place of each among all on the surface of the transaction and then the inner ones.
    fn places(&self) -> impl Iterator<Item = usize> {
        self.tx().into_iter().flat_map(moving).map(|(place, _)| place)
    }

    /// Native coin moved by contract calls inside it.
    pub(super) fn internals(&self) -> Option<&Seen<Vec<Transfer>>> {
        self.tx().map(|tx| &tx.internals)
    }

    /// Confirmations; the block that holds it counts as the first.
    pub fn confirmations(&self) -> &Seen<u64> {
        self.of_destination.confirmations.get_or_init(|| {
            match (self.of_tx(|tx| &tx.confirmations), self.of_tx(|tx| &tx.proof.headers)) {
                // A head that lags denies no header that somebody else has shown.
                (Seen::Yes(count, _), Seen::Yes(headers, proof)) if headers > count => Seen::Yes(headers, proof),
                (counted, _) => self.buried(counted),
            }
        })
    }

    /// The finality that the payment needs; unknown while a configured ledger has not said its word.
    pub fn required(&self) -> &Seen<Finality> {
        self.of_destination.required.get_or_init(|| match (self.network(), self.network_policy()) {
            (None, _) => Seen::Unknown(self.evidence.ledger.unasked("the finality")),
            (_, Seen::Unknown(gap)) if gap.why != GapWhy::NotConfigured => Seen::Unknown(gap.clone()),
            (Some(network), _) => self.included().as_ref().map(|_| self.needed(network)),
        })
    }

    /// What the payment needs on its network. What the ledger says comes before the configuration, and an asset's own
    /// before its network's.
    fn needed(&self, network: &Network) -> Finality {
        let policy = self.network_policy();
        let asset = self.destination.yes().and_then(|(payment, _)| payment.asset.as_deref());
        let listed = asset.zip(policy.yes()).and_then(|(asset, policy)| policy.listed(asset));
        let told = listed.and_then(|listed| listed.required_confirmations);
        told.or_else(|| policy.yes()?.required_confirmations).unwrap_or_else(|| network.finality_of(asset))
    }

    /// The finality after which what was credited can be withdrawn: the ledger's word, else the configuration's.
    pub fn unlocks_at(&self, asset: &str) -> Option<Finality> {
        let (policy, network) = (self.network_policy(), self.network()?);
        let listed = policy.yes().and_then(|policy| policy.listed(asset)?.unlock_confirmations);
        listed.or_else(|| policy.yes()?.unlock_confirmations).or_else(|| network.unlock_of(Some(asset)))
    }

    /// Whether the payment counts as final.
    pub fn is_final(&self) -> &Seen<()> {
        let counted = |need: u64| self.confirmations().as_ref().test(|have: &u64| (*have >= need).then_some(()));
        let marked = || {
            let mark = self.of_tx(|tx| &tx.finality_mark);
            self.included().as_ref().then(|block| mark.test(|mark| (mark >= block.height).then_some(())))
        };
        self.of_destination.is_final.get_or_init(|| {
            self.required().as_ref().then(|required| match required {
                Finality::Confirmations(need) => counted(*need),
                Finality::Safe | Finality::Finalized => marked(),
            })
        })
    }

    /// The usual time from one number of confirmations to another.
    pub fn until_depth(&self, have: u64, need: u64) -> Duration {
        let interval = self.network().map_or(Duration::ZERO, |network| network.block_interval);
        Duration::from_secs(interval.as_secs().saturating_mul(need.saturating_sub(have)))
    }

    /// Since when the ledger may have had the payment: from its block's time to the depth that is required.
    pub fn due_since(&self) -> Option<Timestamp> {
        let wait = match self.required().yes()? {
            Finality::Confirmations(need) => self.until_depth(1, *need),
            Finality::Safe | Finality::Finalized => Duration::ZERO,
        };
        self.included().yes()?.time?.checked_add(wait).ok()
    }

    /// Both answers of the first contradiction between sources.
    pub fn disagreement(&self) -> Option<Cite> {
        let disagreement = self.tx()?.disagreements.first()?;
        Seen::<()>::No(disagreement.provenance.clone()).cite()
    }

    /// Whether a transaction is on a public test network.
    pub fn is_test(&self, tx: &Transaction) -> bool {
        self.policy.networks.iter().any(|network| network.name == tx.network && network.is_test)
    }

    /// An address as the network of this case writes it.
    pub fn address_of(&self, text: &str) -> Option<Address> {
        Address::parse(&self.network()?.identity, text).ok().map(|parsed| parsed.address)
    }

    /// The claimed network where no source serves it, or the family of an identifier that nobody here serves.
    pub fn unserved(&self) -> Option<String> {
        if let Some(said) = &self.claim.network {
            return named(&self.policy.networks, &said.value).is_none().then(|| said.value.clone());
        }
        let shape = Shape::of(self.given.as_ref()?)?;
        let served = |family: &Family| self.policy.networks.iter().any(|network| network.family() == *family);
        let unserved = shape.families().filter(|family| !served(family)).map(|family| family.to_string());
        // More networks than are known here print 64 digits without a prefix.
        let others = (shape == Shape::BareHex).then(|| "others".to_owned());
        let names: Vec<String> = unserved.chain(others).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Since when something has been going on, where that is longer than `normal`.
    pub fn overdue(&self, since: Option<Timestamp>, normal: Duration) -> bool {
        since.is_some_and(|since| older_than(since, self.now(), normal))
    }
}

/// Where there is no transaction, nothing about it is known.
fn no_transaction<T>() -> Seen<T> {
    Seen::Unknown(Gap::new("in", "a transaction", GapWhy::NotAsked))
}

/// The movements of value on the surface of a transaction and then the inner ones, each with its place among all.
fn moving(tx: &Transaction) -> impl Iterator<Item = (usize, &Transfer)> {
    let all = [&tx.transfers, &tx.internals].into_iter().filter_map(Seen::yes).flatten();
    all.enumerate().filter(|(_, transfer)| transfer.units != "0")
}
