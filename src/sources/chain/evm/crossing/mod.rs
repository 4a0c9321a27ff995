//! What a receipt hands to the canonical bridge of a rollup, and what the other side says of it. Only events of the
//! configured contracts count, and of those that a rollup has built in: anybody may write the same event elsewhere.

mod arbitrum;
mod op_stack;

use std::str::FromStr as _;

use ethers::abi::{ParamType, Token};
use ethers::types::{Bytes, H160, H256, U256};
use ethers::utils::hex::decode_to_array;
use serde_json::json;

use super::effects::{Log, Receipt};
use super::peer::{Peer, ask};
use super::txid;
use crate::evidence::{Crossing, Message, MessageKind};
use crate::sources::seen;
use crate::terms::{Address, Amount, Bridge, BridgeKind, ChainIdentity, Network, Seen};

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
    decode_to_array(address.as_str()).ok().map(H160)
}

/// A message that its contract knows by this word.
fn message(kind: MessageKind, contract: Address, id: &[u8]) -> Message {
    Message { kind, contract, id: ethers::utils::hex::encode(id) }
}

/// An amount of ether.
fn ether(wei: U256) -> Option<Amount> {
    Amount::from_units(&wei.to_string(), DECIMALS).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Way;
    use crate::terms::{Shore, Txid};

    /// What a transaction on Ethereum handed to a bridge, and the identifier under which the rollup carries it out.
    #[derive(serde::Deserialize)]
    struct Vector {
        name: String,
        kind: BridgeKind,
        child: u64,
        contract: String,
        receipt: serde_json::Value,
        way: String,
        leg: String,
    }

    /// The first is from the tests of viem; the other identifiers were computed by independent implementations: viem
    /// for the OP stack, Offchain Labs' SDK for Arbitrum.
    fn vectors() -> Vec<Vector> {
        serde_json::from_str(include_str!("../../../../../tests/vectors/bridge_messages.json")).unwrap()
    }

    fn receipt(value: &serde_json::Value) -> Receipt {
        serde_json::from_value(value.clone()).unwrap()
    }

    fn address(text: &str) -> Address {
        Address::parse(&ChainIdentity::Evm(1), text).unwrap().address
    }

    fn network(chain_id: u64, kind: BridgeKind, child: u64, contract: &str) -> Network {
        let shore = |network: &str, chain_id| Shore { network: network.into(), chain_id };
        let bridge = Bridge {
            kind,
            parent: shore("ethereum", 1),
            child: shore("rollup", child),
            contract: address(contract),
            outbox: Some(address(OUTBOX)),
        };
        let identity = ChainIdentity::Evm(chain_id);
        Network { identity, bridges: vec![bridge], ..crate::sources::chain::evm::network() }
    }

    const PORTAL: &str = "0x49048044D57e1C92A77f79988d21Fa8fAF74E97e";
    const OUTBOX: &str = "0x0B9857ae2D4A3DBe74ffE1d7DF045bb7F96E4840";

    #[test]
    fn the_other_legs_identifier_follows_from_the_events() {
        for Vector { name, kind, child, contract, receipt: shown, way, leg } in vectors() {
            let found = crossings(&network(1, kind, child, &contract), &receipt(&shown));
            let [crossing] = found.as_slice() else { panic!("{name}: {found:?}") };
            assert_eq!(crossing.leg.as_ref().map(Txid::as_str), Some(leg.as_str()), "{name}");
            assert_eq!((format!("{:?}", crossing.way), &*crossing.network), (way, "rollup"), "{name}");
        }
    }

    #[test]
    fn events_of_any_other_contract_count_for_nothing() {
        for Vector { name, kind, child, receipt: shown, .. } in vectors() {
            let other = network(1, kind, child, "0x00000000000000000000000000000000000000ff");
            assert_eq!(crossings(&other, &receipt(&shown)), [], "{name}");
        }
    }

    #[test]
    fn a_damaged_event_names_no_other_leg() {
        for Vector { name, kind, child, contract, receipt: shown, leg, .. } in vectors() {
            let last = shown["logs"].as_array().unwrap().len() - 1;
            let data = shown["logs"][last]["data"].as_str().unwrap().to_owned();
            for cut in (0..data.len()).step_by(7) {
                let mut damaged = shown.clone();
                damaged["logs"][last]["data"] = data[..cut].into();
                let found = crossings(&network(1, kind, child, &contract), &receipt(&damaged));
                let same = |crossing: &Crossing| crossing.leg.as_ref().map(Txid::as_str) == Some(leg.as_str());
                // Padding behind the last byte carries nothing.
                let padding = data[cut..].bytes().all(|digit| digit == b'0');
                assert!(padding || !found.iter().any(same), "{name}, cut at {cut}");
            }
        }
    }

    /// The body of an inbox's message is the one whose hash the bridge names.
    #[test]
    fn a_body_that_the_bridge_does_not_vouch_for_is_not_read() {
        for Vector { name, kind, child, contract, receipt: mut shown, .. } in vectors() {
            if kind == BridgeKind::Arbitrum {
                let body = shown["logs"][1]["data"].as_str().unwrap().replacen("bc", "bd", 1);
                assert_ne!(shown["logs"][1]["data"], body.as_str(), "{name}");
                shown["logs"][1]["data"] = body.into();
                assert_eq!(crossings(&network(1, kind, child, &contract), &receipt(&shown)), [], "{name}");
            }
        }
    }

    fn topic(event: &str) -> H256 {
        H256(ethers::utils::keccak256(event))
    }

    fn on_rollup(kind: BridgeKind, emitter: &str, topics: &[H256], words: &[H256]) -> Vec<Crossing> {
        let data: String = words.iter().map(ethers::utils::hex::encode).collect();
        let log = json!({"address": emitter, "topics": topics, "data": format!("0x{data}"), "logIndex": "0x0"});
        let shown = json!({
            "transactionHash": H256::repeat_byte(9), "blockHash": H256::repeat_byte(8), "blockNumber": "0x1",
            "status": "0x1", "logs": [log],
        });
        crossings(&network(77, kind, 77, PORTAL), &receipt(&shown))
    }

    fn number(value: u64) -> H256 {
        H256::from_low_u64_be(value)
    }

    #[test]
    fn withdrawals_are_asked_of_the_contract_on_the_network_below() {
        let passed = topic("MessagePassed(uint256,address,address,uint256,uint256,bytes,bytes32)");
        let hash = H256::repeat_byte(5);
        let words = [number(7), number(21000), number(128), hash, number(0)];
        let emitter = "0x4200000000000000000000000000000000000016";
        let indexed = [passed, number(1), number(2), number(3)];
        let found = on_rollup(BridgeKind::OpStack, emitter, &indexed, &words);
        let asked = Message {
            kind: MessageKind::OpWithdrawal,
            contract: address(PORTAL),
            id: ethers::utils::hex::encode(hash),
        };
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].way, &*found[0].network), (Way::Withdrawal, "ethereum"));
        assert_eq!((&found[0].message, &found[0].leg), (&Some(asked), &None));
        assert_eq!(found[0].amount.as_ref().map(ToString::to_string).as_deref(), Some("0.000000000000000007"));
        assert_eq!(on_rollup(BridgeKind::OpStack, PORTAL, &indexed, &words), [], "another contract's word");

        let sent = topic("L2ToL1Tx(address,address,uint256,uint256,uint256,uint256,uint256,uint256,bytes)");
        let words = [number(1), number(2), number(3), number(4), number(9), number(192), number(0)];
        let emitter = "0x0000000000000000000000000000000000000064";
        let found = on_rollup(BridgeKind::Arbitrum, emitter, &[sent, number(2), number(3), number(4711)], &words);
        let message = found[0].message.as_ref().unwrap();
        assert_eq!((message.kind, &message.contract), (MessageKind::ArbitrumWithdrawal, &address(OUTBOX)));
        assert!(message.id.ends_with("1267"), "4711 in hex: {}", message.id);
    }

    #[test]
    fn a_ticket_leads_to_its_redemption() {
        let emitter = "0x000000000000000000000000000000000000006e";
        let (ticket, retry) = (H256::repeat_byte(1), H256::repeat_byte(2));
        let made = on_rollup(BridgeKind::Arbitrum, emitter, &[topic("TicketCreated(bytes32)"), ticket], &[]);
        assert_eq!((made[0].way, &made[0].leg), (Way::Redemption, &None));
        let redeem = topic("RedeemScheduled(bytes32,bytes32,uint64,uint64,address,uint256,uint256)");
        let scheduled = on_rollup(BridgeKind::Arbitrum, emitter, &[redeem, ticket, retry, number(0)], &[]);
        assert_eq!((scheduled[0].way, &scheduled[0].leg), (Way::Redemption, &txid(&retry)));
        assert_eq!(made[0].message, scheduled[0].message);
    }

    #[test]
    fn a_deposit_whose_call_failed_is_asked_of_the_messenger() {
        let emitter = "0x4200000000000000000000000000000000000007";
        let found = on_rollup(BridgeKind::OpStack, emitter, &[topic("FailedRelayedMessage(bytes32)"), number(6)], &[]);
        assert_eq!((found[0].way, &*found[0].network), (Way::Relay, "rollup"));
        assert_eq!(found[0].message.as_ref().map(|message| message.kind), Some(MessageKind::Relay));
    }

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
