//! What a receipt hands to the canonical bridge of a rollup, and what the other side says of it. Only events of the
//! configured contracts count, and of those that a rollup has built in: anybody may write the same event elsewhere.

mod arbitrum;
mod op_stack;

use std::str::FromStr as _;

use ethers::abi::{ParamType, Token};
use ethers::types::{Bytes, H160, H256, U256};
use serde_json::json;

use super::effects::{Log, Receipt};
use super::peer::{Peer, ask};
use crate::evidence::{Crossing, Message, MessageKind};
use crate::sources::seen;
use crate::terms::{Address, Amount, Bridge, BridgeKind, ChainIdentity, Family, Network, Seen, Txid};

/// Crossings of one transaction that are read: far more than are followed.
const CROSSINGS: usize = 64;

/// Decimals of ether, which all these networks use.
const DECIMALS: u8 = 18;

/// What a transaction hands to the bridges that begin or end on its network.
pub(super) fn crossings(network: &Network, receipt: &Receipt) -> Vec<Crossing> {
    let ChainIdentity::Evm(here) = network.identity else { return Vec::new() };
    let of = |bridge: &Bridge| -> Vec<Crossing> {
        let (down, up) = (bridge.parent.chain_id == here, bridge.child.chain_id == here);
        match bridge.kind {
            BridgeKind::OpStack if down => op_stack::deposits(bridge, receipt),
            BridgeKind::OpStack if up => op_stack::ascents(bridge, receipt),
            BridgeKind::Arbitrum if down => arbitrum::deposits(bridge, receipt),
            BridgeKind::Arbitrum if up => arbitrum::ascents(bridge, receipt),
            BridgeKind::OpStack | BridgeKind::Arbitrum => Vec::new(),
        }
    };
    network.bridges.iter().flat_map(of).take(CROSSINGS).collect()
}

/// Selector of the function that tells the fate of a message: `finalizedWithdrawals(bytes32)` of OP stack's portal,
/// `isSpent(uint256)` of Arbitrum's outbox, `getTimeout(bytes32)` of its tickets, `successfulMessages(bytes32)` of OP
/// stack's messenger.
fn selector(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::OpWithdrawal => "0xa14238e7",
        MessageKind::ArbitrumWithdrawal => "0x5a129efe",
        MessageKind::Ticket => "0x9f1025c6",
        MessageKind::Relay => "0xb1b1b209",
    }
}

/// Whether a message was carried out, by its contract's word at present.
pub(super) async fn delivered(peer: Peer<'_>, message: &Message) -> Seen<()> {
    let question = format!("whether message 0x{} was carried out", message.id);
    let data = format!("{}{}", selector(message.kind), message.id);
    let params = json!([{ "to": message.contract.as_str(), "data": data }, "latest"]);
    seen(ask::<String>(peer, "eth_call", params, &question).await.and_then(|(answer, reply)| {
        let word = answer.strip_prefix("0x").filter(|word| word.len() == 64).and_then(|word| word.parse::<H256>().ok());
        let word = word.ok_or_else(|| peer.malformed(&question, "the contract does not tell"))?;
        let said = reply.provenance();
        match (message.kind, word.is_zero()) {
            // A ticket that can still time out was not redeemed; the contract fails for one that it does not have.
            (MessageKind::Ticket, true) => Err(peer.malformed(&question, "the contract does not tell")),
            (MessageKind::Ticket, false) | (_, true) => Ok(Seen::No(said)),
            (_, false) => Ok(Seen::Yes((), said)),
        }
    }))
}

/// The values of an event that it does not index.
fn values<const N: usize>(log: &Log, types: &[ParamType; N]) -> Option<[Token; N]> {
    let data = Bytes::from_str(&log.data).ok()?;
    ethers::abi::decode(types, &data).ok()?.try_into().ok()
}

/// An address that an event indexes.
fn account(topic: &H256) -> H160 {
    H160::from_slice(&topic[12..])
}

/// The account of an address from the configuration.
fn emitter(address: &Address) -> Option<H160> {
    address.as_str().parse().ok()
}

/// A message that its contract knows by this word.
fn message(kind: MessageKind, contract: Address, id: &[u8]) -> Message {
    Message { kind, contract, id: ethers::utils::hex::encode(id) }
}

/// An amount of ether.
fn ether(wei: U256) -> Option<Amount> {
    Amount::from_units(&wei.to_string(), DECIMALS).ok()
}

/// A hash as the identifier of a transaction.
fn txid(hash: impl AsRef<[u8]>) -> Option<Txid> {
    Txid::parse(Family::Evm, &ethers::utils::hex::encode(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_the_hashes_of_their_functions() {
        for (kind, function) in [
            (MessageKind::OpWithdrawal, "finalizedWithdrawals(bytes32)"),
            (MessageKind::ArbitrumWithdrawal, "isSpent(uint256)"),
            (MessageKind::Ticket, "getTimeout(bytes32)"),
            (MessageKind::Relay, "successfulMessages(bytes32)"),
        ] {
            let hash = ethers::utils::hex::encode(ethers::utils::keccak256(function));
            assert_eq!(selector(kind), format!("0x{}", &hash[..8]), "{function}");
        }
    }
}
