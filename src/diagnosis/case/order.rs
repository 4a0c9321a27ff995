//! A withdrawal: what was ordered, and what the chain delivered of it.

use super::Case;
use crate::evidence::{Openness, Transfer, Withdrawal};
use crate::inquiry::named;
use crate::terms::{Address, Amount, Gap, GapWhy, Seen};

impl Case<'_> {
    /// The withdrawal that the case is about: the one whose id was typed, else the claimant's one of the transaction.
    pub fn order(&self) -> Seen<Withdrawal> {
        let ledger = &self.evidence.ledger;
        if let Some(named @ Seen::Yes(..)) = &ledger.named_withdrawal {
            return named.clone();
        }
        let Some(txid) = self.txid() else {
            let named = ledger.named_withdrawal.clone();
            return named.unwrap_or_else(|| Seen::Unknown(ledger.unasked("the withdrawal")));
        };
        ledger.withdrawals_of(txid).and_then(|orders, provenance| {
            let mut own = orders.iter().filter(|order| self.is_own_order(order));
            match (own.next(), own.next()) {
                (Some(order), None) => Seen::Yes(order.clone(), provenance),
                (None, _) => Seen::No(provenance),
                (Some(_), Some(_)) => {
                    let gap = Gap::new("in", "which withdrawal of the transaction is meant", GapWhy::NotAsked);
                    Seen::Unknown(gap.with("name the account or the address"))
                }
            }
        })
    }

    fn is_own_order(&self, order: &Withdrawal) -> bool {
        let address = self.claimed_address();
        let to = address.is_none_or(|address| self.address_of(&order.address) == Some(address));
        to && self.claim.account.as_ref().is_none_or(|said| said.value == order.account)
    }

    /// Whether the transaction in hand is the one that the order names now, on the order's network.
    pub fn is_transaction_of(&self, order: &Withdrawal) -> bool {
        let own = self.txid().zip(order.txid.as_ref()).is_some_and(|(txid, own)| txid.is_written(own));
        let network = named(&self.policy.networks, &order.network).map(|network| &network.name);
        own && network.is_some() && self.tx().map(|tx| &tx.network) == network
    }

    /// What the transaction moved to the ordered address, in the ordered asset; no when nothing.
    pub fn delivery(&self) -> Seen<Amount> {
        self.order().then(|order| {
            let Some(to) = self.address_of(&order.address) else {
                let gap = Gap::new("ledger", "to which address was ordered", GapWhy::Malformed);
                return Seen::Unknown(gap.with("the ordered address is not one of this network"));
            };
            self.moved().and_then(|transfers, provenance| {
                let reached: Vec<Transfer> =
                    transfers.iter().filter(|t| t.to.as_ref() == Some(&to)).map(|t| self.identified(t)).collect();
                let unclear = reached.iter().any(|t| t.asset.is_none() || t.amount.is_none());
                let of_asset = |t: &&Transfer| t.asset.as_deref().is_some_and(|a| a.eq_ignore_ascii_case(&order.asset));
                let amounts: Vec<&Amount> = reached.iter().filter(of_asset).filter_map(|t| t.amount.as_ref()).collect();
                if amounts.is_empty() && (unclear || self.internals().gap().is_some()) {
                    let gap = Gap::new("in", "what reached the ordered address", GapWhy::NotOffered);
                    return Seen::Unknown(gap.with("the asset or an inner call of it is not known"));
                }
                if amounts.is_empty() {
                    return Seen::No(provenance);
                }
                Seen::Yes(amounts.into_iter().fold(Amount::zero(), |sum, amount| sum.plus(amount)), provenance)
            })
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
        let orders = self.txid().and_then(|txid| self.evidence.ledger.withdrawals.get(txid)).and_then(Seen::yes);
        let others = orders.into_iter().flatten().filter(same);
        others.fold(order.amount.clone(), |sum, other| sum.plus(&other.amount))
    }

    /// Whether withdrawals are open; no when the network or the asset is closed.
    pub fn withdrawals_open(&self, order: &Withdrawal) -> Seen<()> {
        match self.evidence.ledger.policy_of(&order.network) {
            Seen::No(_) => Seen::Unknown(self.unknown_network()),
            policy => policy.test(|policy| {
                let listed = policy.assets.iter().find(|listed| listed.asset.eq_ignore_ascii_case(&order.asset));
                let asset_open = listed.is_none_or(|listed| listed.withdrawals == Openness::Open);
                (policy.withdrawals == Openness::Open && asset_open).then_some(())
            }),
        }
    }
}
