//! Whether the chain carries what the ledger has, and the ledger what the chain carries.

use std::time::Duration;

use super::Case;
use crate::evidence::{Deposit, InnerFailure, Spends, Transfer, TransferKind};
use crate::inquiry::named;
use crate::terms::{Cite, Direction, Finality, Txid};

impl Case<'_> {
    /// How the payment inside a transaction failed that ran itself, with the words for that and for what did not arrive:
    /// by a call to the very address that failed, or, where nothing moved at all, by the event of a contract that pays
    /// for others. Where others were paid, such an event may be about any of them.
    pub fn inner_failure(&self) -> Option<(&'static str, Cite, Cite)> {
        let tx = self.tx().filter(|tx| tx.block.is_yes() && tx.executed.is_yes() && self.replaced.is_none())?;
        let (missed, own) = match self.direction() {
            Direction::Deposit => {
                let missed = self.missed_claimant().then(|| self.destination().cite()).flatten()?;
                (missed, self.claimants_addresses().to_vec())
            }
            Direction::Withdrawal => {
                let missed = Some(self.delivered()).filter(|seen| seen.is_no())?.cite()?;
                let ordered = self.order().yes().and_then(|order| self.address_of(&order.address));
                (missed, ordered.into_iter().collect())
            }
        };
        let wanted = self.claim.asset.as_ref().map(|said| said.value.as_str());
        let attempted = |transfer: &Transfer| {
            let asset = wanted.zip(transfer.asset.as_deref());
            let other = asset.is_some_and(|(wanted, asset)| !asset.eq_ignore_ascii_case(wanted));
            transfer.to.as_ref().is_some_and(|to| own.contains(to)) && !other
        };
        let known = |transfer: &Transfer| wanted.is_none() || transfer.asset.is_some() || self.moved().is_no();
        if let Some((failed, cite)) = tx.failed.cited()
            && failed.iter().any(|transfer| attempted(transfer) && known(transfer))
        {
            return Some(("call", cite, missed));
        }
        let way = match tx.particulars.inner_failure.filter(|_| self.moved().is_no())? {
            InnerFailure::Safe => "safe",
            InnerFailure::UserOperation => "user-operation",
        };
        Some((way, tx.executed.cite()?, missed))
    }

    /// Another transaction took its place, or may have, and nobody tells enough of that one.
    pub fn is_overtaken(&self) -> bool {
        self.succession_gap().is_some() || self.tx().is_some_and(|tx| tx.successor.yes() == Some(&None))
    }

    /// The answer by which the chain does not carry the payment: in no block, failed, unknown to a fit source of the
    /// very network on which the ledger credited it, or replaced by a payment to somebody outside.
    pub fn uncarried(&self, deposit: &Deposit) -> Option<Cite> {
        if self.is_overtaken() {
            return None;
        }
        let network = named(&self.policy.networks, &deposit.network).map(|network| &network.name);
        let mut own = self.transactions().filter(|tx| Some(&tx.network) == network);
        let absent = own.find(|tx| tx.known.is_no()).filter(|_| !self.known().is_yes());
        let outside = || Some(self.included()).filter(|seen| seen.is_no())?.cite();
        let failed = || Some(self.executed()).filter(|seen| seen.is_no())?.cite();
        let replaced = || self.replaced_elsewhere().map(|(_, cite)| cite);
        absent.and_then(|tx| tx.known.cite()).or_else(outside).or_else(failed).or_else(replaced)
    }

    /// A credit of a transaction whose place another one took, which the ledger has credited too: only one of the two is in
    /// the chain.
    pub fn stale_credit(&self) -> Option<(Deposit, Cite, Cite)> {
        let ledger = &self.evidence.ledger;
        let credited = |txid: &Txid| {
            let (all, cite) = ledger.deposits.get(txid)?.cited()?;
            let credit = all.iter().find(|deposit| deposit.status.is_credited())?;
            Some((credit.clone(), cite))
        };
        let (replaced, current) = (self.replaced.as_ref()?, self.txid()?);
        let (stale, recorded) = credited(&replaced.txid)?;
        let (_, against) = credited(current).filter(|_| self.included().is_yes())?;
        Some((stale, recorded, against))
    }

    /// Detected long ago, and past its requirement for longer than normal.
    pub fn is_stuck(&self, deposit: &Deposit) -> bool {
        let required = match self.required().yes() {
            Some(Finality::Confirmations(need)) => *need,
            _ => 0,
        };
        let interval = self.network().map_or(Duration::ZERO, |network| network.block_interval);
        let depth = interval.saturating_mul(u32::try_from(required).unwrap_or(u32::MAX));
        let deep = self.included().yes().and_then(|block| block.time?.checked_add(depth).ok());
        let since = deposit.detected_at.max(deep);
        // Under the identifier of what was replaced it never comes to be confirmed.
        let astray = self.replaced.as_ref().is_some_and(|replaced| replaced.txid.is_written(&deposit.txid));
        self.is_final().is_yes() && (astray || self.overdue(since, self.policy.ledger_confirming))
    }

    /// On its way in the ledger for so long that, without the chain's word, it may as well be stuck.
    pub fn is_doubtful(&self, deposit: &Deposit) -> bool {
        self.is_final().gap().is_some() && self.overdue(deposit.detected_at, self.policy.ledger_confirming)
    }

    /// Everything on the chain's side is in order.
    pub fn has_arrived(&self) -> bool {
        let listed = self.listed().is_yes() && self.enough().is_yes();
        listed && self.executed().is_yes() && self.is_final().is_yes()
    }

    /// The way that a payment took past scanners which read only the receiver and the value of a transaction, or only
    /// calls of a token's own `transfer`.
    pub fn blind_spot(&self) -> Option<&'static str> {
        let (payment, tx) = (self.paid()?, self.tx()?);
        let called = tx.particulars.called.as_ref();
        let sender = match &tx.spends {
            Some(Spends::Nonce { account, .. }) => Some(account),
            _ => None,
        };
        let is_inner = payment.transfers.iter().all(|transfer| transfer.kind == TransferKind::Internal);
        let by_others = payment.transfers.iter().all(|t| sender.is_some() && t.from.as_ref() != sender);
        match &payment.contract {
            None if is_inner => Some("internal-call"),
            Some(contract) if called.is_some_and(|called| called != contract) => Some("router"),
            Some(_) if called.is_some() && by_others => Some("transfer-from"),
            _ => None,
        }
    }
}
