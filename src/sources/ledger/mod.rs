//! Ledger sources: one file per connector behind one trait, and one line each in the list of kinds.

mod about;
mod account;
mod binance;
mod bithumb;
mod http;
pub mod mapped;
mod mexc;
mod okx;
pub mod openapi;
mod query_signed;

use jiff::Timestamp;

use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Withdrawal};
use crate::net::Sign;
use crate::sources::{Asked, Line};
use crate::terms::{Address, GapWhy, Seen, Txid};

pub use crate::evidence::Scope;

/// A connector to a ledger. A no means that the ledger answered that there is no such thing.
pub trait Ledger: Send + Sync {
    /// Deposits of transactions, in the order in which they are asked about.
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>>;

    /// Withdrawals of transactions, replaced ones included, in the order in which they are asked about.
    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>>;

    /// The deposit of the ledger's own id.
    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>>;

    /// The withdrawal of the ledger's own id.
    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>>;

    /// Whose addresses they are, in order; no means that one is not the platform's.
    fn owners<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        addresses: &'a [Address],
        hints: &'a Hints,
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
        hints: &'a Hints,
    ) -> Asked<'a, Seen<Vec<AddressRecord>>>;

    /// The policy of a network; no means that the platform does not run it.
    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str, hints: &'a Hints) -> Asked<'a, Seen<NetworkPolicy>>;

    /// Whether it answers to the configured keys, and what should be changed about them, in whole sentences; unknown where
    /// it does not tell.
    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        Box::pin(async move { Seen::Unknown(line.gap(account::KEYS, GapWhy::NotOffered, "a ledger has none")) })
    }
}

/// A kind of ledger as the configuration names it.
pub struct Kind {
    /// The word in `kind = "…"`.
    pub name: &'static str,
    /// The connector.
    pub ledger: &'static dyn Ledger,
    /// Whose records it sees.
    pub scope: Scope,
    /// Its public address, where it has one, and the way in which its requests are signed.
    pub public: Option<(&'static str, Sign)>,
}

/// A ledger as a configuration opens it.
pub enum Opened {
    /// One of a kind.
    Kind(&'static Kind),
    /// One that a map describes.
    Mapped(Box<mapped::Mapped>),
}

impl Opened {
    /// The connector.
    pub fn ledger(&self) -> &dyn Ledger {
        match self {
            Self::Kind(kind) => kind.ledger,
            Self::Mapped(mapped) => mapped.as_ref(),
        }
    }

    /// Whose records it sees.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Kind(kind) => kind.scope,
            Self::Mapped(_) => Scope::Platform,
        }
    }
}

/// Every kind of ledger.
pub const KINDS: &[Kind] = &[
    Kind { name: "http", ledger: &http::Http, scope: Scope::Platform, public: None },
    Kind {
        name: "binance",
        ledger: &account::Own(binance::Binance),
        scope: Scope::Account,
        public: Some((binance::URL, binance::sign)),
    },
    Kind {
        name: "mexc",
        ledger: &account::Own(mexc::Mexc),
        scope: Scope::Account,
        public: Some((mexc::URL, mexc::sign)),
    },
    Kind { name: "okx", ledger: &account::Own(okx::Okx), scope: Scope::Account, public: Some((okx::URL, okx::sign)) },
    Kind {
        name: "bithumb",
        ledger: &account::Own(bithumb::Bithumb),
        scope: Scope::Account,
        public: Some((bithumb::URL, bithumb::sign)),
    },
];

/// What else of a claim a ledger may need for an answer: an account's API is asked by asset and time.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Tickers that the transfer may be of: the claimed one first, then what the transactions moved.
    pub assets: Vec<String>,
    /// When it is said to have been made.
    pub at: Option<Timestamp>,
    /// The present time.
    pub now: Timestamp,
}

/// The kind of a name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
