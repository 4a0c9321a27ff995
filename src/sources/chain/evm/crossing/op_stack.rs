//! Crossings of OP-stack rollups: <https://specs.optimism.io/protocol/deposits.html> and
//! <https://specs.optimism.io/protocol/withdrawals.html>.

use ethers::abi::{ParamType, Token};
use ethers::types::{H160, H256, U256};
use ethers::utils::keccak256;
use ethers::utils::rlp::RlpStream;

use super::{account, emitter, ether, message, txid, values};
use crate::evidence::{Crossing, MessageKind, Way};
use crate::sources::chain::evm::effects::{Log, Receipt};
use crate::terms::{Address, Bridge};

/// Topic of the portal's `TransactionDeposited(address,address,uint256,bytes)`.
const DEPOSITED: H256 = H256([
    0xb3, 0x81, 0x35, 0x68, 0xd9, 0x99, 0x1f, 0xc9, 0x51, 0x96, 0x1f, 0xcb, 0x4c, 0x78, 0x48, 0x93, 0x57, 0x42, 0x40,
    0xa2, 0x89, 0x25, 0x60, 0x4d, 0x09, 0xfc, 0x57, 0x7c, 0x55, 0xbb, 0x7c, 0x32,
]);

/// Topic of `MessagePassed(uint256,address,address,uint256,uint256,bytes,bytes32)`.
const PASSED: H256 = H256([
    0x02, 0xa5, 0x23, 0x67, 0xd1, 0x07, 0x42, 0xd8, 0x03, 0x27, 0x12, 0xc1, 0xbb, 0x8e, 0x01, 0x44, 0xff, 0x1e, 0xc5,
    0xff, 0xda, 0x1e, 0xd7, 0xd7, 0x0b, 0xb0, 0x5a, 0x27, 0x44, 0x95, 0x50, 0x54,
]);

/// Topic of the messenger's `FailedRelayedMessage(bytes32)`.
const UNRELAYED: H256 = H256([
    0x99, 0xd0, 0xe0, 0x48, 0x48, 0x4b, 0xaa, 0x1b, 0x15, 0x40, 0xb1, 0x36, 0x7c, 0xb1, 0x28, 0xac, 0xd7, 0xab, 0x29,
    0x46, 0xd1, 0xed, 0x91, 0xec, 0x10, 0xe3, 0xc8, 0x5e, 0x4b, 0xf5, 0x1b, 0x8f,
]);

/// `L2ToL1MessagePasser`, built into every such rollup.
const PASSER: H160 = built_in(0x16);
/// `L2CrossDomainMessenger`, built into every such rollup.
const MESSENGER: H160 = built_in(0x07);
/// The type of a deposited transaction.
const DEPOSIT_TYPE: u8 = 0x7e;
/// Bytes of a deposit before its call data: mint, value, gas limit, and whether it creates a contract.
const HEAD: usize = 32 + 32 + 8 + 1;

/// A contract at one of the addresses that OP-stack rollups reserve.
const fn built_in(last: u8) -> H160 {
    H160([0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last])
}

/// What goes into the rollup.
pub(super) fn deposits(bridge: &Bridge, receipt: &Receipt) -> Vec<Crossing> {
    let Some(portal) = emitter(&bridge.contract) else { return Vec::new() };
    receipt.events(DEPOSITED, portal).filter_map(|log| deposit(bridge, receipt.block_hash, log)).collect()
}

/// One deposit. The rollup's transaction follows from it: type, then the list of its fields.
fn deposit(bridge: &Bridge, block: H256, log: &Log) -> Option<Crossing> {
    let [_, from, to, version] = log.topics.as_slice() else { return None };
    let [Token::Bytes(opaque)] = values(log, &[ParamType::Bytes])? else { return None };
    let (head, data) = opaque.split_at_checked(HEAD).filter(|_| version.is_zero())?;
    let (mint, value) = (U256::from_big_endian(&head[..32]), U256::from_big_endian(&head[32..64]));
    let (gas, creates) = (U256::from_big_endian(&head[64..72]), head[72] != 0);
    let to = Some(account(to)).filter(|_| !creates);
    let mut rlp = RlpStream::new_list(8);
    rlp.append(&source(block, log.index.as_u64())).append(&account(from));
    match &to {
        Some(to) => rlp.append(to),
        None => rlp.append(&""),
    };
    // No such transaction is the system's own.
    rlp.append(&mint).append(&value).append(&gas).append(&0_u8).append(&data.to_vec());
    let bytes: Vec<u8> = std::iter::once(DEPOSIT_TYPE).chain(rlp.out().iter().copied()).collect();
    Some(Crossing {
        way: Way::Deposit,
        network: bridge.child.network.clone(),
        to: to.as_ref().map(Address::from_evm),
        amount: ether(mint),
        leg: Some(txid(&H256(keccak256(bytes)))?),
        message: None,
    })
}

/// What sets one deposit apart from every other: domain 0, and the place of its event.
fn source(block: H256, index: u64) -> H256 {
    let mut place = [0; 64];
    place[..32].copy_from_slice(block.as_bytes());
    U256::from(index).to_big_endian(&mut place[32..]);
    let mut domain = [0; 64];
    domain[32..].copy_from_slice(&keccak256(place));
    H256(keccak256(domain))
}

/// What leaves the rollup, and what failed after it had come in.
pub(super) fn ascents(bridge: &Bridge, receipt: &Receipt) -> Vec<Crossing> {
    let passed = receipt.events(PASSED, PASSER).filter_map(|log| withdrawal(bridge, log));
    passed.chain(receipt.events(UNRELAYED, MESSENGER).filter_map(|log| relay(bridge, log))).collect()
}

fn withdrawal(bridge: &Bridge, log: &Log) -> Option<Crossing> {
    let [_, _, _, target] = log.topics.as_slice() else { return None };
    let types = [ParamType::Uint(256), ParamType::Uint(256), ParamType::Bytes, ParamType::FixedBytes(32)];
    let [Token::Uint(value), _, _, Token::FixedBytes(hash)] = values(log, &types)? else {
        return None;
    };
    Some(Crossing {
        way: Way::Withdrawal,
        network: bridge.parent.network.clone(),
        to: Some(Address::from_evm(&account(target))),
        amount: ether(value),
        leg: None,
        message: Some(message(MessageKind::OpWithdrawal, bridge.contract.clone(), &hash)),
    })
}

fn relay(bridge: &Bridge, log: &Log) -> Option<Crossing> {
    let [_, hash] = log.topics.as_slice() else { return None };
    let messenger = Address::from_evm(&MESSENGER);
    Some(Crossing {
        way: Way::Relay,
        network: bridge.child.network.clone(),
        to: None,
        amount: None,
        leg: None,
        message: Some(message(MessageKind::Relay, messenger, hash.as_bytes())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_the_hashes_of_their_events() {
        for (topic, event) in [
            (DEPOSITED, "TransactionDeposited(address,address,uint256,bytes)"),
            (PASSED, "MessagePassed(uint256,address,address,uint256,uint256,bytes,bytes32)"),
            (UNRELAYED, "FailedRelayedMessage(bytes32)"),
        ] {
            assert_eq!(topic, H256(keccak256(event)), "{event}");
        }
    }
}
