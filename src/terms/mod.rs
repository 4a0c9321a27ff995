//! Words that every stage shares: amounts, networks, addresses, txids, and who said or saw what.

mod address;
mod amount;
mod bridge;
mod family;
mod network;
mod provenance;
mod txid;

pub use address::{Address, AddressError, ParsedAddress};
pub use amount::{Amount, AmountError};
pub use bridge::{Bridge, BridgeKind, Shore};
pub use family::{BitcoinChain, Chosen, Family, Proofs, Traits, is_base58, ripple_base58};
pub use network::{Asset, ChainIdentity, Finality, Network, Variant};
pub use provenance::{Answer, By, Cite, Confidence, Gap, GapWhy, Marks, Provenance, Said, Seen, all_sources};
pub use txid::{Shape, Txid};

use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which way the money was meant to go, seen from the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Sent to the exchange.
    Deposit,
    /// Sent by the exchange.
    Withdrawal,
}

impl std::str::FromStr for Direction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "deposit" => Ok(Self::Deposit),
            "withdrawal" => Ok(Self::Withdrawal),
            other => Err(format!("`{other}` is neither deposit nor withdrawal")),
        }
    }
}

/// True when `time` lies more than `limit` before `now`, in whole seconds.
pub fn older_than(time: Timestamp, now: Timestamp, limit: Duration) -> bool {
    now.duration_since(time).as_secs() > i64::try_from(limit.as_secs()).unwrap_or(i64::MAX)
}
