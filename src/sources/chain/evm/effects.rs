//! What a receipt shows: whether the transaction ran, and every movement of value that took effect.

use std::str::FromStr as _;
use std::sync::Arc;

use ethers::types::{Bytes, H160, H256, U64, U256};
use ethers::utils::rlp::RlpStream;
use serde::Deserialize;

use super::transaction::Tx;
use super::{decimal, digits, printed};
use crate::evidence::{InnerFailure, Transfer};
use crate::net::{Item, Reply};
use crate::sources::Line;
use crate::terms::{Address, GapWhy, Network, Seen};

/// Topic of ERC-20's `Transfer(address,address,uint256)`: EIP-20. ERC-721 has a fourth topic.
pub(in crate::sources::chain) const TRANSFER: H256 = H256([
    0xdd, 0xf2, 0x52, 0xad, 0x1b, 0xe2, 0xc8, 0x9b, 0x69, 0xc2, 0xb0, 0x68, 0xfc, 0x37, 0x8d, 0xaa, 0x95, 0x2b, 0xa7,
    0xf1, 0x63, 0xc4, 0xa1, 0x16, 0x28, 0xf5, 0x5a, 0x4d, 0xf5, 0x23, 0xb3, 0xef,
]);

/// Topic of ERC-20's `Approval(address,address,uint256)`: EIP-20.
pub(in crate::sources::chain) const APPROVAL: H256 = H256([
    0x8c, 0x5b, 0xe1, 0xe5, 0xeb, 0xec, 0x7d, 0x5b, 0xd1, 0x4f, 0x71, 0x42, 0x7d, 0x1e, 0x84, 0xf3, 0xdd, 0x03, 0x14,
    0xc0, 0xf7, 0xb2, 0x29, 0x1e, 0x5b, 0x20, 0x0a, 0xc8, 0xc7, 0xc3, 0xb9, 0x25,
]);

/// Topic of ERC-1155's `TransferSingle(address,address,address,uint256,uint256)`: EIP-1155.
pub(in crate::sources::chain) const TRANSFER_SINGLE: H256 = H256([
    0xc3, 0xd5, 0x81, 0x68, 0xc5, 0xae, 0x73, 0x97, 0x73, 0x1d, 0x06, 0x3d, 0x5b, 0xbf, 0x3d, 0x65, 0x78, 0x54, 0x42,
    0x73, 0x43, 0xf4, 0xc0, 0x83, 0x24, 0x0f, 0x7a, 0xac, 0xaa, 0x2d, 0x0f, 0x62,
]);

/// Topic of ERC-1155's `TransferBatch(address,address,address,uint256[],uint256[])`: EIP-1155.
pub(in crate::sources::chain) const TRANSFER_BATCH: H256 = H256([
    0x4a, 0x39, 0xdc, 0x06, 0xd4, 0xc0, 0xdb, 0xc6, 0x4b, 0x70, 0xaf, 0x90, 0xfd, 0x69, 0x8a, 0x23, 0x3a, 0x51, 0x8a,
    0xa5, 0xd0, 0x7e, 0x59, 0x5d, 0x98, 0x3b, 0x8c, 0x05, 0x26, 0xc8, 0xf7, 0xfb,
]);

/// Topic of a Safe's `ExecutionFailure(bytes32,uint256)`; newer versions index the first of the two.
pub(super) const SAFE_FAILURE: H256 = H256([
    0x23, 0x42, 0x8b, 0x18, 0xac, 0xfb, 0x3e, 0xa6, 0x4b, 0x08, 0xdc, 0x0c, 0x1d, 0x29, 0x6e, 0xa9, 0xc0, 0x97, 0x02,
    0xc0, 0x90, 0x83, 0xca, 0x52, 0x72, 0xe6, 0x4d, 0x11, 0x5b, 0x68, 0x7d, 0x23,
]);

/// Topic of a Safe's `ExecutionSuccess(bytes32,uint256)`.
pub(super) const SAFE_SUCCESS: H256 = H256([
    0x44, 0x2e, 0x71, 0x5f, 0x62, 0x63, 0x46, 0xe8, 0xc5, 0x43, 0x81, 0x00, 0x2d, 0xa6, 0x14, 0xf6, 0x2b, 0xee, 0x8d,
    0x27, 0x38, 0x65, 0x35, 0xb2, 0x52, 0x1e, 0xc8, 0x54, 0x08, 0x98, 0x55, 0x6e,
]);

/// Topic of ERC-4337's `UserOperationEvent(bytes32,address,address,uint256,bool,uint256,uint256)`.
pub(super) const USER_OPERATION: H256 = H256([
    0x49, 0x62, 0x8f, 0xd1, 0x47, 0x10, 0x06, 0xc1, 0x48, 0x2d, 0xa8, 0x80, 0x28, 0xe9, 0xce, 0x4d, 0xbb, 0x08, 0x0b,
    0x81, 0x5c, 0x9b, 0x03, 0x44, 0xd3, 0x9e, 0x5a, 0x8e, 0x6e, 0xc1, 0x41, 0x9f,
]);

/// `eth_getTransactionReceipt`, as far as it is used. Before Byzantium (2017) there is no status.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Receipt {
    #[serde(deserialize_with = "digits::one")]
    pub transaction_hash: H256,
    #[serde(deserialize_with = "digits::one")]
    pub block_hash: H256,
    pub block_number: U64,
    pub status: Option<U64>,
    #[serde(rename = "type")]
    kind: Option<U64>,
    /// The state after it, in the place of a status before Byzantium.
    root: Option<H256>,
    cumulative_gas_used: Option<U256>,
    logs_bloom: Option<Bytes>,
    pub gas_used: Option<U256>,
    pub effective_gas_price: Option<U256>,
    pub logs: Vec<Log>,
}

/// What the answer to a call for a receipt is read as. Many cases may be given the receipts of one block.
pub(super) type ReceiptRead = Result<Option<Arc<Receipt>>, String>;

/// Reads the answer to a call for a receipt.
pub(super) fn read_receipt(text: &str) -> ReceiptRead {
    serde_json::from_str(text).map(|receipt: Option<Receipt>| receipt.map(Arc::new)).map_err(|error| error.to_string())
}

/// Where a receipt says that it stands in its block.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Placed {
    transaction_index: U64,
}

/// Reads a receipt in the list of its block's; nothing for what is none, or lacks what every one of them says.
pub(super) fn listed(text: &str) -> Option<Item> {
    let read = read_receipt(text);
    let receipt = read.as_ref().ok()?.as_ref().filter(|receipt| receipt.gas_used.is_some())?;
    // Asked for alone, a receipt need not tell its place, nor write it in any form.
    let Placed { transaction_index: place } = serde_json::from_str(text).ok()?;
    Some(Item {
        part: printed(&receipt.transaction_hash),
        whole: printed(&receipt.block_hash),
        place: place.as_u64(),
        read: Arc::new(read),
    })
}

impl Receipt {
    /// The logs that stand, of an event and the contract which alone counts.
    pub(super) fn events(&self, topic: H256, emitter: H160) -> impl Iterator<Item = &Log> {
        let own = |log: &&Log| !log.removed && log.transaction_hash.is_none_or(|hash| hash == self.transaction_hash);
        let of = move |log: &&Log| log.address == emitter && log.topics.first() == Some(&topic);
        self.logs.iter().filter(own).filter(of)
    }
}

/// A log of a receipt.
#[derive(Deserialize)]
pub(super) struct Log {
    #[serde(deserialize_with = "digits::one")]
    pub address: H160,
    #[serde(deserialize_with = "digits::all")]
    pub topics: Vec<H256>,
    pub data: String,
    #[serde(rename = "transactionHash", default, deserialize_with = "digits::maybe")]
    pub transaction_hash: Option<H256>,
    #[serde(rename = "logIndex")]
    pub index: U64,
    #[serde(default)]
    removed: bool,
}

impl Receipt {
    /// The receipt as the root of its block commits to it: the yellow paper 4.3.1 and EIP-2718. Nothing for a type that
    /// only some rollup knows, or where a field is missing.
    pub(super) fn encoded(&self) -> Option<Vec<u8>> {
        let kind = u8::try_from(self.kind.unwrap_or_default().as_u64()).ok().filter(|kind| *kind <= 4)?;
        let mut rlp = RlpStream::new_list(4);
        match (self.status, self.root) {
            (Some(status), _) => rlp.append(&status),
            (None, Some(root)) => rlp.append(&root),
            (None, None) => return None,
        };
        rlp.append(&self.cumulative_gas_used?).append(&self.logs_bloom.as_ref()?.to_vec());
        rlp.begin_list(self.logs.len());
        for log in &self.logs {
            rlp.begin_list(3).append(&log.address).append_list::<H256, H256>(&log.topics);
            rlp.append(&Bytes::from_str(&log.data).ok()?.to_vec());
        }
        Some(Some(kind).filter(|kind| *kind > 0).into_iter().chain(rlp.out().iter().copied()).collect())
    }

    /// Whether its logs bear the numbers that follow upon so many earlier ones of the block.
    pub(super) fn is_numbered_from(&self, first: u64) -> bool {
        (first..).zip(&self.logs).all(|(number, log)| log.index.as_u64() == number)
    }

    /// Whether it lets somebody take tokens.
    pub(super) fn approves(&self) -> bool {
        self.logs.iter().any(|log| log.topics.first() == Some(&APPROVAL))
    }
}

impl Receipt {
    /// Whether something that is not a coin changed its owner: EIP-721 indexes the number of the thing as a fourth
    /// topic of `Transfer`, EIP-1155 has events of its own.
    pub(super) fn moves_nft(&self) -> bool {
        self.logs.iter().any(|log| match log.topics.first() {
            Some(topic) if *topic == TRANSFER => log.topics.len() == 4,
            Some(topic) => *topic == TRANSFER_SINGLE || *topic == TRANSFER_BATCH,
            None => false,
        })
    }
}

impl Receipt {
    /// Whether a contract that pays for others says that a payment failed. The second word of a user operation's event
    /// is whether it succeeded.
    pub(super) fn inner_failure(&self) -> Option<InnerFailure> {
        self.logs.iter().find_map(|log| {
            let topic = *log.topics.first()?;
            let succeeded = || log.data.get(2 + 64..2 + 128).is_some_and(|word| word.ends_with('1'));
            if topic == SAFE_FAILURE {
                return Some(InnerFailure::Safe);
            }
            (topic == USER_OPERATION && !succeeded()).then_some(InnerFailure::UserOperation)
        })
    }
}

/// Whether it ran, and why not: all gas used up is told apart from a contract that refused.
pub(super) fn execution(
    line: Line<'_>,
    tx: Option<&Tx>,
    receipt: &Receipt,
    reply: &Reply,
) -> (Seen<()>, Option<String>) {
    match receipt.status.map(|status| status.as_u64()) {
        Some(1) => (Seen::Yes((), reply.provenance()), None),
        Some(0) => {
            let out_of_gas = tx.zip(receipt.gas_used).is_some_and(|(tx, used)| tx.gas == used);
            let failure = if out_of_gas { "out-of-gas" } else { "reverted" };
            (Seen::No(reply.provenance()), Some(failure.to_owned()))
        }
        Some(other) => {
            let gap = line.malformed("whether it ran", format!("status {other} is neither success nor failure"));
            (Seen::Unknown(gap), None)
        }
        None => {
            let gap = line.gap("whether it ran", GapWhy::LacksHistory, "receipts of that time carry no status");
            (Seen::Unknown(gap), None)
        }
    }
}

/// Why effects cannot be read.
pub(super) type Unreadable = (GapWhy, &'static str);

/// The value of the call itself and every transfer that a token's contract logged; an error where a transfer
/// cannot be read.
pub(super) fn effects(network: &Network, tx: &Tx, receipt: &Receipt) -> Result<Vec<Transfer>, Unreadable> {
    let native = (!tx.value.is_zero()).then(|| {
        let (from, to) = (Some(Address::from_evm(&tx.from)), tx.to.as_ref().map(Address::from_evm));
        Transfer::coin(network, from, to, decimal(tx.value))
    });
    let mut found: Vec<Transfer> = native.into_iter().collect();
    for log in &receipt.logs {
        if log.transaction_hash.is_some_and(|hash| hash != receipt.transaction_hash) {
            return Err((GapWhy::Mismatch, "a log belongs to another transaction"));
        }
        found.extend(token_transfer(network, log)?);
    }
    Ok(found)
}

/// An ERC-20 transfer, nothing for any other log, an error for a transfer that does not read as one.
pub(super) fn token_transfer(network: &Network, log: &Log) -> Result<Option<Transfer>, Unreadable> {
    let [topic, from, to] = log.topics.as_slice() else { return Ok(None) };
    if *topic != TRANSFER {
        return Ok(None);
    }
    let data = log.data.strip_prefix("0x").filter(|data| data.len() == 64 && !log.removed);
    let units = data
        .and_then(|data| U256::from_str_radix(data, 16).ok())
        .ok_or((GapWhy::Malformed, "a transfer's log is damaged"))?;
    let account = |topic: &H256| H160::from_slice(&topic[12..]);
    Ok(Some(token(network, &log.address, &account(from), &account(to), units, Some(log.index.as_u64()))))
}

/// A transfer of a token by its contract.
pub(super) fn token(
    network: &Network,
    contract: &H160,
    from: &H160,
    to: &H160,
    units: U256,
    log_index: Option<u64>,
) -> Transfer {
    let (from, to) = (Some(Address::from_evm(from)), Some(Address::from_evm(to)));
    let transfer = Transfer::token(network, Address::from_evm(contract), from, to, decimal(units));
    Transfer { output_index: log_index, ..transfer }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_in_a_list_a_receipt_has_to_tell_its_place() {
        let told = |index: serde_json::Value| {
            let hash = format!("0x{:064x}", 7);
            let receipt = serde_json::json!({
                "transactionHash": hash, "blockHash": hash, "blockNumber": "0x1", "transactionIndex": index,
                "gasUsed": "0x1", "logs": [],
            });
            receipt.to_string()
        };
        for (index, place) in
            [("0xb".into(), Some(11)), (serde_json::Value::Null, None), (11.into(), None), ("".into(), None)]
        {
            let text = told(index);
            assert!(matches!(read_receipt(&text), Ok(Some(_))), "{text}");
            let item = listed(&text);
            assert_eq!(item.as_ref().map(|item| item.place), place, "{text}");
            assert!(item.is_none_or(|item| item.read.is::<ReceiptRead>()), "whoever asks finds the reading");
        }
    }

    #[test]
    fn topics_are_the_hashes_of_their_events() {
        let topic = |event: &str| H256(ethers::utils::keccak256(event));
        assert_eq!(TRANSFER, topic("Transfer(address,address,uint256)"));
        assert_eq!(TRANSFER_SINGLE, topic("TransferSingle(address,address,address,uint256,uint256)"));
        assert_eq!(TRANSFER_BATCH, topic("TransferBatch(address,address,address,uint256[],uint256[])"));
        assert_eq!(SAFE_SUCCESS, topic("ExecutionSuccess(bytes32,uint256)"));
        assert_eq!(SAFE_FAILURE, topic("ExecutionFailure(bytes32,uint256)"));
        let operation = "UserOperationEvent(bytes32,address,address,uint256,bool,uint256,uint256)";
        assert_eq!(USER_OPERATION, topic(operation));
        assert_eq!(APPROVAL, topic("Approval(address,address,uint256)"));
    }
}
