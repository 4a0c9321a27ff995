//! Which address of a receiver's somebody waits at, where value arrives at accounts of the receiver's: the receiver's
//! own, or that account's.

use super::Case;
use crate::evidence::Transfer;
use crate::terms::{Address, Seen};

impl Case<'_> {
    /// The transfer, addressed to the account at which it arrived where that one is awaited and its owner is not: by the
    /// ledger's addresses and orders, or without a ledger by the claim.
    pub(super) fn addressed(&self, transfer: &Transfer) -> Transfer {
        let (account, owner) = (transfer.through.as_ref(), transfer.to.as_ref());
        let swapped = account
            .is_some_and(|account| self.is_awaited(account) && !owner.is_some_and(|owner| self.is_awaited(owner)));
        let transfer = transfer.clone();
        if swapped {
            return Transfer { through: transfer.to, to: transfer.through, ..transfer };
        }
        transfer
    }

    fn is_awaited(&self, address: &Address) -> bool {
        let (Some(network), Some(tx), ledger) = (self.network(), self.tx(), &self.evidence.ledger) else {
            return false;
        };
        if !ledger.configured {
            return self.claimed_address() == Some(address);
        }
        let filed = ledger.withdrawals.get(&tx.txid).and_then(Seen::yes);
        let named = ledger.named_withdrawal.as_ref().and_then(Seen::yes);
        let mut orders = filed.into_iter().flatten().chain(named);
        ledger.owner_of(&network.name, address).is_yes()
            || self.claimants_addresses().contains(address)
            || orders.any(|order| self.address_of(&order.address).as_ref() == Some(address))
    }
}
