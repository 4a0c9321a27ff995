//! A transaction whose place another one took: with which of the two the case goes on, and what the ledger has filed
//! under either.

use super::{Case, Holder};
use crate::evidence::{Deposit, Evidence, Transaction, Withdrawal};
use crate::inquiry::lineage;
use crate::terms::{Cite, Direction, Gap, GapWhy, Network, Seen, Txid};

/// The last of those that took a transaction's place, once it is certain that it did: while somebody still has the
/// earlier one waiting, only a block decides between the two.
pub(super) fn heir(evidence: &Evidence, network: &Network, tx: &Transaction) -> Option<Transaction> {
    let last = lineage(evidence, network, tx.txid.clone()).pop().filter(|last| *last != tx.txid)?;
    let heir = evidence.transaction(network, &last);
    let decided = !tx.known.is_yes() || heir.block.is_yes();
    (!tx.block.is_yes() && heir.known.is_yes() && decided && !is_disproved(tx, &heir)).then_some(heir)
}

/// Both show what they use up, and could be in one chain. The last of several need not share with the first.
fn is_disproved(tx: &Transaction, heir: &Transaction) -> bool {
    let direct = tx.successor.yes().is_some_and(|next| next.as_ref() == Some(&heir.txid));
    let spends = tx.spends.as_ref().zip(heir.spends.as_ref());
    direct && spends.is_some_and(|(mine, theirs)| !mine.conflicts_with(theirs))
}

impl Case<'_> {
    /// What stays open about the transaction that took the place of another: it has been named, and nobody tells
    /// enough of it to go on with it, or whom it pays.
    pub fn succession_gap(&self) -> Option<Gap> {
        let tx = self.tx()?;
        if self.replaced.is_some() {
            let whom = match self.direction() {
                Direction::Deposit => self.destination().gap().cloned(),
                Direction::Withdrawal => self.delivery().gap().cloned(),
            };
            return whom.filter(|gap| gap.why != GapWhy::NotConfigured);
        }
        let next = tx.successor.yes().cloned().flatten().filter(|_| !tx.block.is_yes())?;
        let question = format!("what became of {next}, which is said to have taken its place");
        let known = self.evidence.transaction(self.network()?, &next).known;
        let gap = Gap::new(&format!("network.{}", tx.network), question, GapWhy::Conflicting);
        Some(known.gap().cloned().unwrap_or(gap))
    }

    /// The transaction of the identifier and the word that the one which took its place pays somebody else: for a
    /// deposit nobody whom the platform knows, for a withdrawal not the ordered address.
    pub fn replaced_elsewhere(&self) -> Option<(&Transaction, Cite)> {
        let replaced = self.replaced.as_ref()?;
        let elsewhere = match self.direction() {
            Direction::Deposit => {
                let outside = |(_, holder): (_, Holder)| (holder == Holder::Outsider).then_some(());
                self.destination().clone().test(outside)
            }
            Direction::Withdrawal => match self.delivery() {
                Seen::No(said) => Seen::Yes((), said),
                Seen::Yes(_, said) => Seen::No(said),
                Seen::Unknown(gap) => Seen::Unknown(gap),
            },
        };
        let told = replaced.successor.as_ref().then(|_| elsewhere);
        Some(replaced).zip(told.cite().filter(|_| told.is_yes()))
    }

    /// The ledger's deposits of this transaction; where it has none, of the one whose place it took.
    pub fn filed_deposits(&self) -> Seen<Vec<Deposit>> {
        self.filed("a deposit", |txid| self.evidence.ledger.deposits_of(txid))
    }

    /// The ledger's withdrawals of this transaction; where it has none, of the one whose place it took.
    pub fn filed_withdrawals(&self) -> Seen<Vec<Withdrawal>> {
        self.filed("the withdrawal", |txid| self.evidence.ledger.withdrawals_of(txid))
    }

    fn filed<'e, T: Clone + 'e>(&self, what: &str, of: impl Fn(&Txid) -> Seen<&'e Vec<T>>) -> Seen<Vec<T>> {
        let Some(tx) = self.tx() else { return Seen::Unknown(self.evidence.ledger.unasked(what)) };
        match (of(&tx.txid).map(Vec::clone), &self.replaced) {
            (Seen::No(here), Some(replaced)) => match of(&replaced.txid).map(Vec::clone) {
                Seen::Yes(records, there) => Seen::Yes(records, there.and(&here)),
                Seen::No(there) => Seen::No(there.and(&here)),
                open @ Seen::Unknown(_) => open,
            },
            (current, _) => current,
        }
    }
}
