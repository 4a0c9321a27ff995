//! Whether a record is about what a ledger was asked.

use crate::evidence::{AddressRecord, Deposit, Withdrawal};
use crate::sources::Line;
use crate::terms::{Address, GapWhy, Seen, Txid};

/// Whether a deposit is of a transaction.
pub(super) fn deposit(deposit: &Deposit, txid: &Txid) -> bool {
    txid.is_written(&deposit.txid)
}

/// Whether a withdrawal is of a transaction, or of one that it replaced.
pub(super) fn withdrawal(order: &Withdrawal, txid: &Txid) -> bool {
    order.txid.iter().chain(&order.replaced_txids).any(|own| txid.is_written(own))
}

/// Whether a record is of an address on a network.
pub(super) fn address(record: &AddressRecord, network: &str, address: &Address) -> bool {
    address.is_written(&record.address) && record.network.eq_ignore_ascii_case(network)
}

/// Whether an address may be of an account.
pub(super) fn account(record: &AddressRecord, account: &str) -> bool {
    record.account.as_deref().is_none_or(|owner| owner == account)
}

/// The owner of a memo. A ledger that does not know the question answers about the address alone.
pub(super) fn memo(line: Line<'_>, question: &str, seen: Seen<AddressRecord>, memo: &str) -> Seen<AddressRecord> {
    let told = |record: &AddressRecord| record.memo.as_deref().is_some_and(|own| own.trim() == memo);
    match seen {
        Seen::Yes(record, _) if !told(&record) => {
            Seen::Unknown(line.gap(question, GapWhy::NotOffered, "it does not look up memos"))
        }
        seen => seen,
    }
}
