//! What a receipt shows: whether the transaction ran, and every movement of value that took effect.

use ethers::types::{H160, H256, U64, U256};
use serde::Deserialize;

use super::transaction::Tx;
use crate::evidence::{Transfer, TransferKind};
use crate::net::Reply;
use crate::sources::Line;
use crate::terms::{Address, Amount, GapWhy, Network, Seen};

/// Topic of ERC-20's `Transfer(address,address,uint256)`: EIP-20. ERC-721 has a fourth topic.
const TRANSFER: H256 = H256([
    0xdd, 0xf2, 0x52, 0xad, 0x1b, 0xe2, 0xc8, 0x9b, 0x69, 0xc2, 0xb0, 0x68, 0xfc, 0x37, 0x8d, 0xaa, 0x95, 0x2b, 0xa7,
    0xf1, 0x63, 0xc4, 0xa1, 0x16, 0x28, 0xf5, 0x5a, 0x4d, 0xf5, 0x23, 0xb3, 0xef,
]);

/// `eth_getTransactionReceipt`, as far as it is used. Before Byzantium (2017) there is no status.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Receipt {
    pub transaction_hash: H256,
    pub block_hash: H256,
    pub block_number: U64,
    pub status: Option<U64>,
    pub gas_used: Option<U256>,
    pub effective_gas_price: Option<U256>,
    pub logs: Vec<Log>,
}

/// A log of a receipt.
#[derive(Deserialize)]
pub(super) struct Log {
    address: H160,
    topics: Vec<H256>,
    data: String,
    #[serde(rename = "logIndex")]
    index: U64,
    #[serde(default)]
    removed: bool,
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

/// The value of the call itself and every transfer that a token's contract logged.
pub(super) fn effects(network: &Network, tx: &Tx, receipt: &Receipt) -> Vec<Transfer> {
    let native = (!tx.value.is_zero()).then(|| {
        let units = tx.value.to_string();
        Transfer {
            kind: TransferKind::Native,
            asset: Some(network.native.clone()),
            contract: None,
            from: Some(Address::from_evm(&tx.from)),
            to: tx.to.as_ref().map(Address::from_evm),
            amount: Amount::from_units(&units, network.native_decimals()).ok(),
            units,
            output_index: None,
        }
    });
    let tokens = receipt.logs.iter().filter_map(|log| token_transfer(network, log));
    native.into_iter().chain(tokens).collect()
}

/// An ERC-20 transfer, or nothing for any other log.
fn token_transfer(network: &Network, log: &Log) -> Option<Transfer> {
    let [topic, from, to] = log.topics.as_slice() else { return None };
    let data = log.data.strip_prefix("0x")?;
    if log.removed || *topic != TRANSFER || data.len() != 64 {
        return None;
    }
    let units = U256::from_str_radix(data, 16).ok()?.to_string();
    let contract = Address::from_evm(&log.address);
    let listed = network.token(&contract).map(|asset| (asset.symbol.as_str(), asset));
    // A bridged form has the decimals of what it stands for.
    let known = listed.or_else(|| network.variant(&contract));
    let account = |topic: &H256| Address::from_evm(&H160::from_slice(&topic[12..]));
    Some(Transfer {
        kind: TransferKind::Token,
        asset: known.map(|(symbol, _)| symbol.to_owned()),
        amount: known.and_then(|(_, asset)| Amount::from_units(&units, asset.decimals).ok()),
        contract: Some(contract),
        from: Some(account(from)),
        to: Some(account(to)),
        units,
        output_index: Some(log.index.as_u64()),
    })
}
