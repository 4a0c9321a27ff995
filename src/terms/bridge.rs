//! The canonical bridge of a rollup: over which contracts value goes to it, and comes back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::terms::Address;

/// How a rollup's bridge tells of what crosses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BridgeKind {
    /// Optimism's, which Base and many others share: <https://specs.optimism.io/protocol/bridges.html>.
    OpStack,
    /// Arbitrum's: <https://docs.arbitrum.io/how-arbitrum-works/deep-dives/l1-to-l2-messaging>.
    Arbitrum,
}

/// The canonical bridge between a rollup and the network that it settles on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bridge {
    /// How it tells of what crosses it.
    pub kind: BridgeKind,
    /// The network that the rollup settles on, which holds the contracts.
    pub parent: Shore,
    /// The rollup.
    pub child: Shore,
    /// The contract on the parent whose events alone count: OP stack's `OptimismPortal`, Arbitrum's `Bridge`.
    pub contract: Address,
    /// Arbitrum's `Outbox` on the parent, which knows what has come back.
    pub outbox: Option<Address>,
}

/// One end of a bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shore {
    /// The name of the network.
    pub network: Arc<str>,
    /// Its chain id of EIP-155.
    pub chain_id: u64,
}
