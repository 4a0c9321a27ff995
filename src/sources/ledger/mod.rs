//! Ledger sources: one file per connector behind one trait, and one line each in the list of kinds.

mod http;
pub mod openapi;

use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Withdrawal};
use crate::sources::{Asked, Line};
use crate::terms::{Address, Seen, Txid};

/// A connector to a ledger. A no means that the ledger answered that there is no such thing.
pub trait Ledger: Send + Sync {
    /// Deposits of transactions, in the order in which they are asked about.
    fn deposits<'a>(&'a self, line: Line<'a>, txids: &'a [Txid]) -> Asked<'a, Vec<Seen<Vec<Deposit>>>>;

    /// Withdrawals of transactions, replaced ones included, in the order in which they are asked about.
    fn withdrawals<'a>(&'a self, line: Line<'a>, txids: &'a [Txid]) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>>;

    /// The deposit of the ledger's own id.
    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Deposit>>;

    /// The withdrawal of the ledger's own id.
    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Withdrawal>>;

    /// Whose addresses they are, in order; no means that one is not the platform's.
    fn owners<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        addresses: &'a [Address],
    ) -> Asked<'a, Vec<Seen<AddressRecord>>>;

    /// Whose a memo is at an address of many customers; no means that it is nobody's.
    fn memo_owner<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        address: &'a Address,
        memo: &'a str,
    ) -> Asked<'a, Seen<AddressRecord>>;

    /// The addresses of an account on a network.
    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        account: &'a str,
        network: &'a str,
    ) -> Asked<'a, Seen<Vec<AddressRecord>>>;

    /// The policy of a network; no means that the platform does not run it.
    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<NetworkPolicy>>;
}

/// A kind of ledger as the configuration names it.
pub struct Kind {
    /// The word in `kind = "…"`.
    pub name: &'static str,
    /// The connector.
    pub ledger: &'static dyn Ledger,
}

/// Every kind of ledger.
pub const KINDS: &[Kind] = &[Kind { name: "http", ledger: &http::Http }];

/// The kind of a name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
