//! A withdrawal: what was ordered, and what the chain delivered of it.

use super::Case;
use super::credit::Currency;
use crate::evidence::{Openness, Transfer, Withdrawal};
use crate::inquiry::named;
use crate::terms::{Address, Amount, Gap, GapWhy, Seen};

impl<'a> Case<'a> {
    /// The withdrawal that the case is about: the one whose id was typed, else the claimant's one of the transaction.
    pub fn order(&self) -> &Seen<&'a Withdrawal> {
        self.of_subject.order.get_or_init(|| self.find_order())
    }

    fn find_order(&self) -> Seen<&'a Withdrawal> {
        let named = self.evidence.ledger.named_withdrawal.as_ref();
        if let Some(named) = named.filter(|named| named.is_yes() || self.tx().is_none()) {
            return named.as_ref();
        }
        self.filed_withdrawals().as_ref().and_then(|orders, provenance| {
            let own: Vec<&'a Withdrawal> = orders.iter().filter(|order| self.is_own_order(order)).collect();
            // Of several, the claimed address tells; one alone is meant even where the complaint names another.
            let several = own.len() > 1;
            let mut own = own.into_iter().filter(|order| !several || self.is_to_claimed(order));
            match (own.next(), own.next()) {
                (Some(order), None) => Seen::Yes(order, provenance),
                (None, _) => Seen::No(provenance),
                (Some(_), Some(_)) => {
                    let gap = Gap::new("in", "which withdrawal of the transaction is meant", GapWhy::NotAsked);
                    Seen::Unknown(gap.with("name the account or the address"))
                }
            }
        })
    }

    /// Whether the platform sent the transaction itself, by its own ledger's word.
    pub fn is_pay_out(&self) -> bool {
        self.filed_withdrawals().is_yes()
    }

    fn is_own_order(&self, order: &Withdrawal) -> bool {
        if let Some(said) = &self.claim.account {
            return said.value == order.account;
        }
        self.is_to_claimed(order)
    }

    /// Whether an order was to go to the claimed address, where there is one.
    fn is_to_claimed(&self, order: &Withdrawal) -> bool {
        self.claimed_address().is_none_or(|address| self.ordered_address(order).as_ref() == Some(address))
    }

    /// Whether the transaction in hand is the one that the order names now, on the order's network; or the one that
    /// took its place and delivers all the same.
    pub fn is_transaction_of(&self, order: &Withdrawal) -> bool {
        let by_other = || self.is_version_named_by(order) && self.delivered().is_yes();
        (self.is_named_by(order) || by_other())
            && self.network_of(order).is_some_and(|own| Some(own) == self.tx().map(|tx| &*tx.network))
    }

    /// Whether the transaction that the order names is on another network than the ordered one.
    pub fn is_on_other_network(&self, order: &Withdrawal) -> bool {
        let other = self.network_of(order).is_some_and(|own| Some(own) != self.tx().map(|tx| &*tx.network));
        self.is_named_by(order) && other && self.known().is_yes()
    }

    fn is_named_by(&self, order: &Withdrawal) -> bool {
        self.txid().zip(order.txid.as_ref()).is_some_and(|(txid, own)| txid.is_written(own))
    }

    /// Whether the order names the transaction in hand among those it replaced, names the one whose place it took, or
    /// another of the same payment.
    fn is_version_named_by(&self, order: &Withdrawal) -> bool {
        let own = self.txid().is_some_and(|txid| order.replaced_txids.iter().any(|old| txid.is_written(old)));
        let replaced = self.replaced.as_ref().map(|replaced| &replaced.txid);
        let others = self.tx().and_then(|tx| tx.forerunners.yes()).into_iter().flatten();
        own || order
            .txid
            .as_ref()
            .is_some_and(|named| replaced.into_iter().chain(others).any(|txid| txid.is_written(named)))
    }

    fn network_of(&self, order: &Withdrawal) -> Option<&str> {
        named(&self.policy.networks, &order.network).map(|network| &*network.name)
    }

    /// What was ordered, by the ledger's listing or by configuration; nothing where neither knows the asset.
    fn ordered_asset(&self, order: &Withdrawal) -> Option<Currency> {
        let listed = self.network_policy().yes().and_then(|policy| policy.listed(&order.asset));
        listed.and_then(|listed| self.currency_of(listed)).or_else(|| self.configured(&order.asset))
    }

    /// Where an order was to go: by the ledger's word, or by the complaint's where the ledger does not tell.
    pub(in crate::diagnosis) fn ordered_address(&self, order: &Withdrawal) -> Option<Address> {
        if order.address.is_empty() { self.claimed_address().cloned() } else { self.address_of(&order.address) }
    }

    /// What the transaction moved to the ordered address, in the ordered asset; no when nothing.
    pub fn delivery(&self) -> Seen<&Amount> {
        self.delivered().as_ref().map(|(amount, _)| amount)
    }

    /// The same, and the places among its movements of those that did it.
    pub fn delivered(&self) -> &Seen<(Amount, Vec<usize>)> {
        self.of_subject.delivered.get_or_init(|| self.order().clone().then(|order| self.delivered_of(order)))
    }

    fn delivered_of(&self, order: &Withdrawal) -> Seen<(Amount, Vec<usize>)> {
        let open =
            |why: &str| Seen::Unknown(Gap::new("in", "what reached the ordered address", GapWhy::NotOffered).with(why));
        // What the complaint says of the address can show that the order was carried out, never that it was not.
        let is_told = !order.address.is_empty();
        let Some(to) = self.ordered_address(order) else {
            let untold = "the ledger does not tell the ordered address: name it";
            return open(if is_told { "the ordered address is not one of this network" } else { untold });
        };
        let Some(ordered) = self.ordered_asset(order) else {
            return open("nothing lists the ordered asset");
        };
        self.moved().as_ref().and_then(|transfers, provenance| {
            // At an address of many, the memo is a part of where it was to go.
            let meant = order.memo.clone().or_else(|| self.memo_within(&order.address));
            let meant = meant.as_deref().map(str::trim).filter(|memo| !memo.is_empty());
            let among = |memo: &str| memo.lines().any(|line| Some(line.trim()) == meant);
            let named = |t: &Transfer| meant.is_none() || t.memo.as_deref().is_some_and(among);
            let fits = |t: &Transfer| t.to.as_ref() == Some(&to) && ordered.is_of(t.contract.as_ref()) && named(t);
            let reached = self.places().zip(transfers).filter(|(_, t)| fits(t));
            let (by, reached): (Vec<usize>, Vec<Transfer>) = reached.map(|(at, t)| (at, self.identified(t))).unzip();
            let amounts: Option<Vec<&Amount>> = reached.iter().map(|t| t.amount.as_ref()).collect();
            match amounts {
                None => open("how much it is is not known"),
                Some(some) if !is_told && some.iter().copied().sum::<Amount>() != order.amount => {
                    open("the ledger does not tell the ordered address, and at the one named another amount came")
                }
                Some(none) if none.is_empty() => {
                    match self.internals().and_then(Seen::gap).filter(|_| ordered == Currency::Coin) {
                        Some(_) => open("a contract may have passed the coin on"),
                        None => Seen::No(provenance),
                    }
                }
                Some(some) => Seen::Yes((some.into_iter().sum(), by), provenance),
            }
        })
    }

    /// What all orders of this transaction to the same address and in the same asset add up to.
    pub fn ordered(&self, order: &Withdrawal) -> Amount {
        let to = self.address_of(&order.address);
        let same = |other: &&Withdrawal| {
            let address: Option<Address> = self.address_of(&other.address);
            other.id != order.id
                && address == to
                && other.asset.eq_ignore_ascii_case(&order.asset)
                && other.txid == order.txid
        };
        let others = self.filed_withdrawals().yes().copied().into_iter().flatten().filter(same);
        others.fold(order.amount.clone(), |sum, other| sum.plus(&other.amount))
    }

    /// Whether withdrawals are open; no when the network or the asset is closed.
    pub fn withdrawals_open(&self, order: &Withdrawal) -> Seen<()> {
        match self.evidence.ledger.policy_of(&order.network) {
            Seen::No(_) => Seen::Unknown(self.unknown_network()),
            policy => policy.test(|policy| {
                let listed = policy.listed(&order.asset);
                let asset_open = listed.is_none_or(|listed| listed.withdrawals == Openness::Open);
                (policy.withdrawals == Openness::Open && asset_open).then_some(())
            }),
        }
    }
}
