//! Which address of a receiver's somebody waits at, where value arrives at accounts of the receiver's: the receiver's
//! own, or that account's.

use super::Case;
use crate::evidence::Transfer;
use crate::terms::{Address, Seen};

impl Case<'_> {
    /// The transfer, addressed to the account at which it arrived where that one is awaited and its owner is not: by the
    /// ledger's addresses and orders, or without a ledger by the claim.
    pub(super) fn addressed(&self, transfer: Transfer) -> Transfer {
        let account = transfer.through.clone().filter(|account| {
            let owner = transfer.to.as_ref();
            self.is_awaited(account) && !owner.is_some_and(|owner| self.is_awaited(owner))
        });
        match account {
            Some(account) => Transfer { through: transfer.to, to: Some(account), ..transfer },
            None => transfer,
        }
    }

    fn is_awaited(&self, address: &Address) -> bool {
        let (Some(network), Some(tx), ledger) = (self.network(), self.tx(), &self.evidence.ledger) else {
            return false;
        };
        if !ledger.configured {
            return self.claimed_address().as_ref() == Some(address);
        }
        let filed = ledger.withdrawals_of(&tx.txid);
        let named = ledger.named_withdrawal.as_ref().and_then(Seen::yes);
        let mut orders = filed.yes().into_iter().flat_map(|orders| orders.iter()).chain(named);
        ledger.owner_of(&network.name, address).is_yes()
            || self.claimants_addresses().contains(address)
            || orders.any(|order| self.address_of(&order.address).as_ref() == Some(address))
    }
}
