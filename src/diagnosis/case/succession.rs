//! A transaction whose place another one took: with which of the two the case goes on, and what the ledger has filed
//! under either.

use std::borrow::Cow;

use super::{Case, Holder};
use crate::evidence::{Deposit, Evidence, Transaction, Withdrawal};
use crate::inquiry::{lineage, versions};
use crate::terms::{Cite, Direction, Gap, GapWhy, Network, Seen, Txid};

/// The transaction that stands in another's place, once it is certain that it does: one in a block excludes the other,
/// one that waits is heard only where nobody has the other any more.
pub(super) fn heir(
    evidence: &Evidence,
    networks: &[Network],
    network: &Network,
    tx: &Transaction,
) -> Option<Transaction> {
    if tx.block.is_yes() {
        return None;
    }
    let others = versions(evidence, networks, network, &tx.txid).into_iter().skip(1);
    let mut others: Vec<Transaction> = others.map(|other| evidence.transaction(network, &other)).collect();
    if let Some(included) = others.iter().position(|other| other.block.is_yes() && excludes(tx, other)) {
        return Some(others.swap_remove(included));
    }
    let last = lineage(evidence, network, &tx.txid).pop();
    let last = others.into_iter().find(|other| Some(&other.txid) == last.as_ref())?;
    (tx.known.is_no() && last.known.is_yes() && excludes(tx, &last)).then_some(last)
}

/// Whether both cannot be in one chain. Of one that nobody has any more it must be believed.
fn excludes(tx: &Transaction, other: &Transaction) -> bool {
    match (&tx.spends, &other.spends) {
        (Some(mine), Some(theirs)) => mine.conflicts_with(theirs),
        _ => !tx.known.is_yes(),
    }
}

impl<'a> Case<'a> {
    /// What stays open about another transaction that took the place of this one, so that nothing is certain: it has
    /// been named, and nobody tells enough of it to go on with it; or it is gone on with, and nobody tells whom it
    /// pays; or somebody who may know gave no answer.
    pub fn succession_gap(&self) -> Option<Gap> {
        let tx = self.tx()?;
        match &self.replaced {
            Some(replaced) => self.unheard_payee().or_else(|| self.unknown_payee(replaced)),
            None if tx.block.is_yes() => None,
            None => match &tx.successor {
                Seen::Yes(Some(next), _) => Some(self.unseen(tx, next)),
                // The credit may be of the one that nobody names.
                Seen::Yes(None, _) if self.is_filed_as_credited() => {
                    let question = format!("what took the place of {}", tx.txid);
                    Some(Gap::of_network(&tx.network, question, GapWhy::NotOffered))
                }
                Seen::Unknown(gap) if !gap.is_usual() && !tx.known.is_yes() => Some(gap.clone()),
                _ => None,
            },
        }
    }

    fn is_filed_as_credited(&self) -> bool {
        self.filed_deposits().yes().is_some_and(|deposits| deposits.iter().any(|deposit| deposit.status.is_credited()))
    }

    /// The gap of a transaction that is said to have taken the place of another.
    fn unseen(&self, tx: &Transaction, next: &Txid) -> Gap {
        let question = format!("what became of {next}, which is said to have taken its place");
        let known = self.network().and_then(|network| self.evidence.transaction(network, next).known.gap().cloned());
        let gap = Gap::of_network(&tx.network, question, GapWhy::NotOffered);
        known.unwrap_or_else(|| gap.with("no source tells enough of it"))
    }

    /// Whom the transaction in hand pays, where nobody answered. One that waits has moved nothing yet.
    fn unheard_payee(&self) -> Option<Gap> {
        let whom = match self.direction() {
            Direction::Deposit => self.destination().gap().cloned(),
            Direction::Withdrawal => self.delivered().gap().cloned(),
        };
        let waits = self.included().is_no() && self.moved().gap().is_some_and(Gap::is_usual);
        whom.filter(|gap| gap.why != GapWhy::NotConfigured && !waits)
    }

    /// Nobody said whose payment is meant, and the one that was replaced is not known to have paid the same address:
    /// the newer one may be somebody else's.
    fn unknown_payee(&self, replaced: &Transaction) -> Option<Gap> {
        let unsaid = self.claim.account.is_none() && self.claim.address.is_none();
        let paid = self.paid().filter(|_| unsaid && self.direction() == Direction::Deposit)?;
        let before = replaced.transfers.yes().into_iter().flatten();
        let same = before.into_iter().any(|transfer| transfer.to.as_ref() == Some(&paid.address));
        let gap = Gap::new("in", "whose payment is meant: the one that was replaced is not known", GapWhy::NotAsked);
        (!same).then(|| gap.with("name the account or the address"))
    }

    /// The other forms that the transaction has had.
    pub fn other_versions(&self) -> Vec<Transaction> {
        let (Some(network), Some(tx)) = (self.network(), self.tx()) else { return Vec::new() };
        let all = versions(self.evidence, &self.policy.networks, network, &tx.txid).into_iter().skip(1);
        all.map(|txid| self.evidence.transaction(network, &txid)).collect()
    }

    /// The transaction of the identifier and the word that the one which took its place does not pay as it should have:
    /// for a deposit somebody else or nobody, for a withdrawal not the ordered address.
    pub fn replaced_elsewhere(&self) -> Option<(&Transaction, Cite)> {
        let replaced = self.replaced.as_ref().filter(|_| !self.is_crossing())?;
        let elsewhere = match self.direction() {
            Direction::Deposit => match self.destination() {
                Seen::No(said) => Seen::Yes((), said.clone()),
                other => other.as_ref().test(|(_, holder)| {
                    matches!(holder, Holder::Outsider | Holder::OtherCustomer | Holder::Wallet(_) | Holder::Sweep)
                        .then_some(())
                }),
            },
            Direction::Withdrawal => match self.delivered() {
                Seen::No(said) => Seen::Yes((), said.clone()),
                Seen::Yes(_, said) => Seen::No(said.clone()),
                Seen::Unknown(gap) => Seen::Unknown(gap.clone()),
            },
        };
        let told = self.succession().then(|()| elsewhere);
        Some(replaced).zip(told.cite().filter(|_| told.is_yes()))
    }

    /// The word that the transaction in hand took the place of the one that was given: a source's, or the ledger's.
    pub fn succession(&self) -> Seen<()> {
        let told = self.replaced.as_ref().map(|replaced| replaced.successor.as_ref().map(|_| ()));
        match told {
            Some(told @ Seen::Yes(..)) => told,
            _ => self.filed_withdrawals().as_ref().map(|_| ()),
        }
    }

    /// The ledger's deposits of this transaction; where it has none, of those whose place it took. Outputs may have
    /// had other numbers there.
    pub fn filed_deposits(&self) -> &Seen<Vec<Cow<'a, Deposit>>> {
        let own = |deposit: &Deposit| self.txid().is_some_and(|txid| txid.is_written(&deposit.txid));
        let listed = |deposit: &'a Deposit| {
            if own(deposit) {
                return Cow::Borrowed(deposit);
            }
            Cow::Owned(Deposit { output_index: None, ..deposit.clone() })
        };
        self.of_subject.filed_deposits.get_or_init(|| {
            let filed = self.filed("a deposit", |txid| self.evidence.ledger.deposits_of(txid));
            filed.map(|deposits| deposits.iter().map(listed).collect())
        })
    }

    /// The ledger's withdrawals of this transaction; where it has none, of those whose place it took.
    pub fn filed_withdrawals(&self) -> &Seen<&'a [Withdrawal]> {
        let filed = || self.filed("the withdrawal", |txid| self.evidence.ledger.withdrawals_of(txid));
        self.of_subject.filed_withdrawals.get_or_init(filed)
    }

    fn filed<T>(&self, what: &str, of: impl Fn(&Txid) -> Seen<&'a Vec<T>>) -> Seen<&'a [T]> {
        let Some(tx) = self.tx() else { return Seen::Unknown(self.evidence.ledger.unasked(what)) };
        let of = |txid: &Txid| of(txid).map(Vec::as_slice);
        let older = |filed: Seen<&'a [T]>, txid: &Txid| match filed {
            Seen::No(here) => match of(txid) {
                Seen::Yes(records, there) => Seen::Yes(records, there.and(&here)),
                Seen::No(there) => Seen::No(there.and(&here)),
                open @ Seen::Unknown(_) => open,
            },
            filed => filed,
        };
        let filed = self.replaced.iter().fold(of(&tx.txid), |filed, replaced| older(filed, &replaced.txid));
        match (&filed, &tx.forerunners) {
            (Seen::No(here), Seen::Yes(forerunners, named)) => {
                forerunners.iter().fold(Seen::No(here.clone().and(named)), older)
            }
            // It may be filed under one that nobody named, for somebody who may know gave no answer.
            (Seen::No(_), Seen::Unknown(gap)) if !gap.is_usual() => Seen::Unknown(gap.clone()),
            _ => filed,
        }
    }
}
