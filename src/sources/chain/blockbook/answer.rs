//! The shapes of Blockbook's answers. Zeros, empty texts and empty lists are left out of them.

use jiff::Timestamp;
use serde::Deserialize;

use crate::evidence::SENDERS;
use crate::terms::{Address, Network};

/// `GET /api/v2/tx/:txid`, as far as it is used. A height that is none is -1.
#[derive(Deserialize)]
pub(super) struct Tx {
    pub(super) txid: String,
    #[serde(default)]
    pub(super) vin: Vec<Input>,
    #[serde(default)]
    pub(super) vout: Vec<Output>,
    #[serde(rename = "blockHash")]
    pub(super) block_hash: Option<String>,
    #[serde(rename = "blockHeight", default)]
    pub(super) height: i64,
    #[serde(default)]
    pub(super) confirmations: u64,
    /// Of the block; of a transaction in none, when this very index heard of it.
    #[serde(rename = "blockTime", default)]
    pub(super) time: i64,
    /// In the smallest unit.
    pub(super) fees: Option<String>,
    /// The transaction in its own serialisation; some versions show it only beside what the node says.
    pub(super) hex: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(default)]
    pub(super) addresses: Option<Vec<String>>,
}

/// Scripts are in hex, values in the smallest unit.
#[derive(Deserialize)]
pub(super) struct Output {
    pub(super) n: u64,
    pub(super) value: Option<String>,
    pub(super) hex: Option<String>,
    #[serde(default)]
    pub(super) spent: bool,
    #[serde(rename = "spentTxId")]
    pub(super) spent_by: Option<String>,
}

impl Tx {
    /// Whether it is in a block.
    pub(super) fn is_confirmed(&self) -> bool {
        self.confirmations > 0
    }

    /// The time that it tells.
    pub(super) fn time(&self) -> Option<Timestamp> {
        Some(self.time).filter(|seconds| *seconds > 0).and_then(|seconds| Timestamp::from_second(seconds).ok())
    }

    /// The height of its block.
    pub(super) fn height(&self) -> Option<u64> {
        u64::try_from(self.height).ok().filter(|_| self.is_confirmed())
    }

    /// The first few addresses whose coins it spends.
    pub(super) fn senders(&self, network: &Network) -> Vec<Address> {
        let named = self.vin.iter().flat_map(|input| input.addresses.iter().flatten());
        let mut senders: Vec<Address> = named
            .filter_map(|text| Address::parse(&network.identity, text).ok())
            .map(|parsed| parsed.address)
            .collect();
        senders.sort();
        senders.dedup();
        senders.truncate(SENDERS);
        senders
    }
}

/// `GET /api/v2/tx-specific/:txid`: what the node says.
#[derive(Deserialize)]
pub(super) struct Specific {
    pub(super) hex: String,
}

/// `GET /api/status`, as far as it is used.
#[derive(Deserialize)]
pub(super) struct Status {
    pub(super) blockbook: Index,
    pub(super) backend: Option<Backend>,
}

#[derive(Deserialize)]
pub(super) struct Index {
    #[serde(rename = "bestHeight")]
    pub(super) height: u64,
    #[serde(rename = "inSync")]
    pub(super) in_sync: bool,
    #[serde(rename = "initialSync", default)]
    pub(super) initial: bool,
    /// When the newest block was read, which is soon after it was made.
    #[serde(rename = "lastBlockTime")]
    pub(super) read_at: Timestamp,
}

#[derive(Deserialize)]
pub(super) struct Backend {
    pub(super) blocks: Option<u64>,
}

/// `GET /api/v2/block-index/:height`; empty for a height that is not reached.
#[derive(Deserialize)]
pub(super) struct BlockIndex {
    #[serde(rename = "blockHash", default)]
    pub(super) hash: String,
}

/// `GET /api/v2/block/:hash`, as far as the header needs it.
#[derive(Deserialize)]
pub(super) struct Block {
    pub(super) height: u64,
    #[serde(rename = "previousBlockHash")]
    pub(super) previous: Option<String>,
    pub(super) version: i64,
    #[serde(rename = "merkleRoot")]
    pub(super) root: String,
    pub(super) time: u32,
    pub(super) bits: String,
    pub(super) nonce: String,
}

/// How every refusal is told.
#[derive(Deserialize)]
pub(super) struct Refusal {
    pub(super) error: String,
}
