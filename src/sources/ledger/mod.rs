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

use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Span, Withdrawal};
use crate::net::{Sign, Slow};
use crate::sources::{Asked, Line};
use crate::terms::{Address, Gap, GapWhy, Seen, Txid};

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

    /// An account's deposits of a stretch of time, all of them; no means that there are none. A list that cannot be read to
    /// its end is a gap.
    fn deposits_in<'a>(&'a self, line: Line<'a>, _: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        Box::pin(async move { Seen::Unknown(unlisted(line, "the account's deposits")) })
    }

    /// Whether those lists tell less of a record than asking for it by its id does.
    fn lists_in_short(&self) -> bool {
        false
    }

    /// An account's withdrawals of a stretch of time.
    fn withdrawals_in<'a>(&'a self, line: Line<'a>, _: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        Box::pin(async move { Seen::Unknown(unlisted(line, "the account's withdrawals")) })
    }

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

    /// The policy of a network; no means that the platform does not run it. It is one for all assets and times, so it
    /// takes no hints.
    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<NetworkPolicy>>;

    /// Whether it answers to the configured keys, and what should be changed about them, in whole sentences; unknown where
    /// it does not tell.
    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        Box::pin(async move { Seen::Unknown(line.gap(account::KEYS, GapWhy::NotOffered, "a ledger has none")) })
    }
}

fn unlisted(line: Line<'_>, question: &str) -> Gap {
    line.gap(question, GapWhy::NotOffered, "the ledger does not list an account's records")
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
    /// Requests a second that it takes, where it takes less than others.
    pub requests_per_second: Option<u32>,
    /// Questions of which it takes fewer still.
    pub slow: &'static [Slow],
    /// Whether its keys come with a passphrase.
    pub has_passphrase: bool,
}

/// A kind that nothing is said of but its name and its connector.
const fn kind_of(name: &'static str, ledger: &'static dyn Ledger, scope: Scope) -> Kind {
    Kind { name, ledger, scope, public: None, requests_per_second: None, slow: &[], has_passphrase: false }
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
    kind_of("http", &http::Http, Scope::Platform),
    Kind {
        public: Some((binance::URL, binance::sign)),
        requests_per_second: Some(10),
        slow: binance::SLOW,
        ..kind_of("binance", &account::Own(binance::Binance), Scope::Account)
    },
    Kind {
        public: Some((mexc::URL, mexc::sign)),
        requests_per_second: Some(10),
        ..kind_of("mexc", &account::Own(mexc::Mexc), Scope::Account)
    },
    Kind {
        public: Some((okx::URL, okx::sign)),
        requests_per_second: Some(6),
        slow: okx::SLOW,
        has_passphrase: true,
        ..kind_of("okx", &account::Own(okx::Okx), Scope::Account)
    },
    Kind {
        public: Some((bithumb::URL, bithumb::sign)),
        requests_per_second: Some(10),
        ..kind_of("bithumb", &account::Own(bithumb::Bithumb), Scope::Account)
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
