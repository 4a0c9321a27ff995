//! Crossings of Arbitrum: <https://docs.arbitrum.io/how-arbitrum-works/deep-dives/l1-to-l2-messaging> and
//! <https://docs.arbitrum.io/how-arbitrum-works/deep-dives/l2-to-l1-messaging>.

use ethers::abi::{ParamType, Token};
use ethers::types::{H160, H256, U256};
use ethers::utils::keccak256;
use ethers::utils::rlp::RlpStream;

use super::{account, emitter, ether, message, txid, values};
use crate::evidence::{Crossing, MessageKind, Way};
use crate::sources::chain::evm::effects::{Log, Receipt};
use crate::terms::{Address, Bridge};

/// Topic of the bridge's `MessageDelivered(uint256,bytes32,address,uint8,address,bytes32,uint256,uint64)`.
const DELIVERED: H256 = H256([
    0x5e, 0x3c, 0x13, 0x11, 0xea, 0x44, 0x26, 0x64, 0xe8, 0xb1, 0x61, 0x1b, 0xfa, 0xbe, 0xf6, 0x59, 0x12, 0x0e, 0xa7,
    0xa0, 0xa2, 0xcf, 0xc0, 0x66, 0x77, 0x00, 0xbe, 0xbc, 0x69, 0xcb, 0xff, 0xe1,
]);
/// Topic of an inbox's `InboxMessageDelivered(uint256,bytes)`.
const BODY: H256 = H256([
    0xff, 0x64, 0x90, 0x5f, 0x73, 0xa6, 0x7f, 0xb5, 0x94, 0xe0, 0xf9, 0x40, 0xa8, 0x07, 0x5a, 0x86, 0x0d, 0xb4, 0x89,
    0xad, 0x99, 0x1e, 0x03, 0x2f, 0x48, 0xc8, 0x11, 0x23, 0xeb, 0x52, 0xd6, 0x0b,
]);
/// Topic of `L2ToL1Tx(address,address,uint256,uint256,uint256,uint256,uint256,uint256,bytes)`.
const SENT: H256 = H256([
    0x3e, 0x7a, 0xaf, 0xa7, 0x7d, 0xbf, 0x18, 0x6b, 0x7f, 0xd4, 0x88, 0x00, 0x6b, 0xef, 0xf8, 0x93, 0x74, 0x4c, 0xaa,
    0x3c, 0x4f, 0x6f, 0x29, 0x9e, 0x8a, 0x70, 0x9f, 0xa2, 0x08, 0x73, 0x74, 0xfc,
]);
/// Topic of `TicketCreated(bytes32)`.
const TICKET: H256 = H256([
    0x7c, 0x79, 0x3c, 0xce, 0xd5, 0x74, 0x3d, 0xc5, 0xf5, 0x31, 0xbb, 0xe2, 0xbf, 0xb5, 0xa9, 0xfa, 0x3f, 0x40, 0xad,
    0xef, 0x29, 0x23, 0x1e, 0x6a, 0xb1, 0x65, 0xc0, 0x8a, 0x29, 0xe3, 0xdd, 0x89,
]);
/// Topic of `RedeemScheduled(bytes32,bytes32,uint64,uint64,address,uint256,uint256)`.
const REDEEM: H256 = H256([
    0x5c, 0xcd, 0x00, 0x95, 0x02, 0x50, 0x9c, 0xf2, 0x87, 0x62, 0xc6, 0x78, 0x58, 0x99, 0x4d, 0x85, 0xb1, 0x63, 0xbb,
    0x6e, 0x45, 0x1f, 0x5e, 0x9d, 0xf7, 0xc5, 0xe1, 0x8c, 0x9c, 0x2e, 0x12, 0x3e,
]);

/// `ArbSys`, built into every such rollup.
const ARB_SYS: H160 = built_in(0x64);
/// `ArbRetryableTx`, built into every such rollup.
const TICKETS: H160 = built_in(0x6e);
/// `L1MessageType_submitRetryableTx`.
const SUBMIT_TICKET: u64 = 9;
/// `L1MessageType_ethDeposit`.
const ETH_DEPOSIT: u64 = 12;
/// The type of the transaction that a deposit of ether becomes.
const DEPOSIT_TYPE: u8 = 0x64;
/// The type of the transaction that makes out a ticket, whose hash is the ticket's id.
const TICKET_TYPE: u8 = 0x69;
/// Words before a ticket's call data.
const HEAD: usize = 9 * 32;

/// A contract at one of the addresses that Arbitrum reserves.
const fn built_in(last: u8) -> H160 {
    H160([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last])
}

/// What the bridge says of a message: its number, who sent it, and what gas cost then.
struct Envelope {
    number: H256,
    sender: H160,
    base_fee: U256,
}

/// What goes into the rollup.
pub(super) fn deposits(bridge: &Bridge, receipt: &Receipt) -> Vec<Crossing> {
    let Some(contract) = emitter(&bridge.contract) else { return Vec::new() };
    receipt.events(DELIVERED, contract).filter_map(|log| deposit(bridge, receipt, log)).collect()
}

/// One message. The bridge names the inbox that wrote its body, and the body's hash.
fn deposit(bridge: &Bridge, receipt: &Receipt, log: &Log) -> Option<Crossing> {
    let [_, number, _] = log.topics.as_slice() else { return None };
    let types = [
        ParamType::Address,
        ParamType::Uint(8),
        ParamType::Address,
        ParamType::FixedBytes(32),
        ParamType::Uint(256),
        ParamType::Uint(64),
    ];
    let [
        Token::Address(inbox),
        Token::Uint(kind),
        Token::Address(sender),
        Token::FixedBytes(hash),
        Token::Uint(base_fee),
        _,
    ] = values(log, &types)?
    else {
        return None;
    };
    let envelope = Envelope { number: *number, sender, base_fee };
    let bodies = receipt.events(BODY, inbox).filter(|body| body.topics.get(1) == Some(number));
    let body = bodies.filter_map(body).find(|body| keccak256(body)[..] == hash[..])?;
    match kind.low_u64() {
        ETH_DEPOSIT => ether_deposit(bridge, &envelope, &body),
        SUBMIT_TICKET => ticket(bridge, &envelope, &body),
        _ => None,
    }
}

fn body(log: &Log) -> Option<Vec<u8>> {
    values(log, &[ParamType::Bytes])?.into_iter().next()?.into_bytes()
}

/// Receiver and value, packed.
fn ether_deposit(bridge: &Bridge, envelope: &Envelope, body: &[u8]) -> Option<Crossing> {
    let (to, value) = body.split_at_checked(20).filter(|(_, value)| value.len() == 32)?;
    let (to, value) = (H160::from_slice(to), U256::from_big_endian(value));
    let mut rlp = RlpStream::new_list(5);
    rlp.append(&bridge.child.chain_id).append(&envelope.number).append(&envelope.sender).append(&to).append(&value);
    Some(Crossing {
        way: Way::Deposit,
        network: bridge.child.network.clone(),
        to: Some(Address::from_evm(&to)),
        amount: ether(value),
        leg: Some(hash_of(DEPOSIT_TYPE, &rlp)?),
        message: None,
    })
}

/// Nine words and the call data: receiver, value of the call, ether sent along, the most for submission, who gets what
/// is left of fees and of value, gas limit and price, length of the data.
fn ticket(bridge: &Bridge, envelope: &Envelope, body: &[u8]) -> Option<Crossing> {
    let (head, data) = body.split_at_checked(HEAD)?;
    let word = |index: usize| U256::from_big_endian(&head[index * 32..(index + 1) * 32]);
    let party = |index: usize| account(&H256::from_slice(&head[index * 32..(index + 1) * 32]));
    let (to, value, sent, fee) = (party(0), word(1), word(2), word(3));
    let (fees_to, value_to, gas, price) = (party(4), party(5), word(6), word(7));
    let data = Some(data).filter(|data| word(8) == U256::from(data.len()))?;
    let mut rlp = RlpStream::new_list(13);
    rlp.append(&bridge.child.chain_id).append(&envelope.number).append(&envelope.sender).append(&envelope.base_fee);
    rlp.append(&sent).append(&price).append(&gas);
    if to.is_zero() {
        rlp.append(&"");
    } else {
        rlp.append(&to);
    }
    rlp.append(&value).append(&value_to).append(&fee).append(&fees_to).append(&data.to_vec());
    Some(Crossing {
        way: Way::Ticket,
        network: bridge.child.network.clone(),
        to: Some(Address::from_evm(&to)),
        amount: ether(sent),
        leg: Some(hash_of(TICKET_TYPE, &rlp)?),
        message: None,
    })
}

/// The hash of a transaction: its type, then the list of its fields.
fn hash_of(kind: u8, rlp: &RlpStream) -> Option<crate::terms::Txid> {
    let bytes: Vec<u8> = std::iter::once(kind).chain(rlp.as_raw().iter().copied()).collect();
    txid(&H256(keccak256(bytes)))
}

/// What leaves the rollup, and tickets that are made out there or redeemed.
pub(super) fn ascents(bridge: &Bridge, receipt: &Receipt) -> Vec<Crossing> {
    let sent = receipt.events(SENT, ARB_SYS).filter_map(|log| withdrawal(bridge, log));
    let redeemed = receipt.events(REDEEM, TICKETS).filter_map(|log| match log.topics.as_slice() {
        [_, ticket, retry, _] => Some(redemption(bridge, ticket, Some(retry))),
        _ => None,
    });
    let mut found: Vec<Crossing> = sent.chain(redeemed).collect();
    let open = receipt.events(TICKET, TICKETS).filter_map(|log| Some(redemption(bridge, log.topics.get(1)?, None)));
    let open: Vec<Crossing> = open.filter(|made| found.iter().all(|other| other.message != made.message)).collect();
    found.extend(open);
    found
}

fn withdrawal(bridge: &Bridge, log: &Log) -> Option<Crossing> {
    let [_, destination, _, position] = log.topics.as_slice() else { return None };
    let number = ParamType::Uint(256);
    let types = [ParamType::Address, number.clone(), number.clone(), number.clone(), number, ParamType::Bytes];
    let [_, _, _, _, Token::Uint(value), _] = values(log, &types)? else { return None };
    let asked = |outbox: &Address| message(MessageKind::ArbitrumWithdrawal, outbox.clone(), position.as_bytes());
    Some(Crossing {
        way: Way::Withdrawal,
        network: bridge.parent.network.clone(),
        to: Some(Address::from_evm(&account(destination))),
        amount: ether(value),
        leg: None,
        message: bridge.outbox.as_ref().map(asked),
    })
}

/// The redemption of a ticket, by the transaction that was scheduled for it, where one was.
fn redemption(bridge: &Bridge, ticket: &H256, retry: Option<&H256>) -> Crossing {
    Crossing {
        way: Way::Redemption,
        network: bridge.child.network.clone(),
        to: None,
        amount: None,
        leg: retry.and_then(txid),
        message: Some(message(MessageKind::Ticket, Address::from_evm(&TICKETS), ticket.as_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_the_hashes_of_their_events() {
        for (topic, event) in [
            (DELIVERED, "MessageDelivered(uint256,bytes32,address,uint8,address,bytes32,uint256,uint64)"),
            (BODY, "InboxMessageDelivered(uint256,bytes)"),
            (SENT, "L2ToL1Tx(address,address,uint256,uint256,uint256,uint256,uint256,uint256,bytes)"),
            (TICKET, "TicketCreated(bytes32)"),
            (REDEEM, "RedeemScheduled(bytes32,bytes32,uint64,uint64,address,uint256,uint256)"),
        ] {
            assert_eq!(topic, H256(keccak256(event)), "{event}");
        }
    }
}
