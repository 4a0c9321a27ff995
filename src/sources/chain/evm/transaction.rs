//! A transaction as a node prints it, and its hash recomputed from the signed fields.
//! Forms: the yellow paper, EIP-155, EIP-2930, EIP-1559, EIP-4844 and EIP-7702.

use ethers::types::{Bytes, H160, H256, U64, U256};
use ethers::utils::keccak256;
use ethers::utils::rlp::RlpStream;
use serde::Deserialize;

use super::digits;

/// `eth_getTransactionByHash`, as far as it is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tx {
    #[serde(deserialize_with = "digits::one")]
    pub hash: H256,
    #[serde(deserialize_with = "digits::one")]
    pub from: H160,
    #[serde(default, deserialize_with = "digits::maybe")]
    pub to: Option<H160>,
    pub value: U256,
    pub gas: U256,
    #[serde(default, deserialize_with = "digits::maybe")]
    pub block_hash: Option<H256>,
    pub block_number: Option<U64>,
    #[serde(rename = "type")]
    kind: Option<U64>,
    pub nonce: U256,
    input: Option<Bytes>,
    chain_id: Option<U64>,
    gas_price: Option<U256>,
    max_priority_fee_per_gas: Option<U256>,
    max_fee_per_gas: Option<U256>,
    max_fee_per_blob_gas: Option<U256>,
    #[serde(default)]
    access_list: Option<Vec<Access>>,
    #[serde(default)]
    blob_versioned_hashes: Option<Vec<H256>>,
    #[serde(default)]
    authorization_list: Option<Vec<Authorization>>,
    v: Option<U256>,
    y_parity: Option<U64>,
    r: Option<U256>,
    s: Option<U256>,
}

/// An entry of an access list: EIP-2930.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Access {
    address: H160,
    storage_keys: Vec<H256>,
}

/// A delegation: EIP-7702.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Authorization {
    chain_id: U256,
    address: H160,
    nonce: U64,
    y_parity: U64,
    r: U256,
    s: U256,
}

impl Tx {
    /// The most that it pays for a unit of gas, in wei: EIP-1559, or the one price of older types.
    pub(super) fn most_per_gas(&self) -> Option<U256> {
        self.max_fee_per_gas.or(self.gas_price)
    }

    /// Whom it tells a token to pay how much, where it sends no coin and asks for no more: EIP-20's
    /// `transfer(address,uint256)`.
    pub(super) fn token_transfer(&self) -> Option<(H160, U256)> {
        let words = self.input.as_ref().filter(|_| self.value.is_zero())?.strip_prefix(&[0xa9, 0x05, 0x9c, 0xbb])?;
        let (to, units) = words.split_at_checked(32).filter(|(_, units)| units.len() == 32)?;
        let to = to.strip_prefix(&[0; 12])?;
        Some((H160::from_slice(to), U256::from_big_endian(units)))
    }

    /// Whether it is a call without any input, as a payment of coin to a person is.
    pub(super) fn is_bare_call(&self) -> bool {
        self.to.is_some() && self.input.as_ref().is_some_and(|input| input.is_empty())
    }

    /// Whether no gas can have been given back to it that it had spent on code: it had none to spend, or it is of a type
    /// that came with the end of such refunds (London: EIP-1559 and EIP-3529).
    pub(super) fn spent_as_told(&self, used: U256) -> bool {
        self.gas == used || self.max_fee_per_gas.is_some()
    }

    /// The hash of the signed fields; nothing for a type that only some rollup knows, or where a field is missing.
    pub(super) fn recomputed_hash(&self) -> Option<H256> {
        let hash = H256(keccak256(self.encoded()?));
        // Blockscout does not print the access list, which is mostly empty.
        let whole = self.kind.is_some() && (self.kind() == 0 || self.access_list.is_some());
        (whole || hash == self.hash).then_some(hash)
    }

    /// Who prints no type has legacy transactions, or forgot it.
    fn kind(&self) -> u64 {
        let untold = if self.max_fee_per_gas.is_some() { 2 } else { 0 };
        self.kind.map_or(untold, |kind| kind.as_u64())
    }

    /// The signed fields as blocks hold them: EIP-2718.
    pub(super) fn encoded(&self) -> Option<Vec<u8>> {
        let kind = self.kind();
        let mut rlp = RlpStream::new();
        rlp.begin_unbounded_list();
        match kind {
            0 => self.legacy(&mut rlp)?,
            1 => self.typed(&mut rlp, &[self.gas_price?])?,
            2..=4 => self.typed(&mut rlp, &[self.max_priority_fee_per_gas?, self.max_fee_per_gas?])?,
            _ => return None,
        }
        match kind {
            3 => {
                rlp.append(&self.max_fee_per_blob_gas?);
                rlp.append_list::<H256, H256>(self.blob_versioned_hashes.as_ref()?);
            }
            4 => append_authorizations(&mut rlp, self.authorization_list.as_ref()?),
            _ => {}
        }
        if kind > 0 {
            rlp.append(&self.parity()?);
        }
        rlp.append(&self.r?).append(&self.s?);
        rlp.finalize_unbounded_list();
        let prefix = u8::try_from(kind).ok().filter(|kind| *kind > 0);
        Some(prefix.into_iter().chain(rlp.out().iter().copied()).collect())
    }

    /// Nonce, price, limit, receiver, value, input, v.
    fn legacy(&self, rlp: &mut RlpStream) -> Option<()> {
        rlp.append(&self.nonce).append(&self.gas_price?);
        self.call(rlp)?;
        rlp.append(&self.v?);
        Some(())
    }

    /// Chain, nonce, fees, limit, receiver, value, input, access list.
    fn typed(&self, rlp: &mut RlpStream, fees: &[U256]) -> Option<()> {
        rlp.append(&self.chain_id?).append(&self.nonce);
        for fee in fees {
            rlp.append(fee);
        }
        self.call(rlp)?;
        let list = self.access_list.as_deref().unwrap_or_default();
        rlp.begin_list(list.len());
        for access in list {
            rlp.begin_list(2).append(&access.address);
            rlp.append_list::<H256, H256>(&access.storage_keys);
        }
        Some(())
    }

    fn call(&self, rlp: &mut RlpStream) -> Option<()> {
        rlp.append(&self.gas);
        match &self.to {
            Some(to) => rlp.append(to),
            None => rlp.append(&""),
        };
        rlp.append(&self.value).append(&self.input.as_ref()?.to_vec());
        Some(())
    }

    /// Nodes print the parity as `yParity`, as `v`, or as both.
    fn parity(&self) -> Option<U256> {
        self.y_parity.map(|parity| U256::from(parity.as_u64())).or(self.v)
    }
}

fn append_authorizations(rlp: &mut RlpStream, list: &[Authorization]) {
    rlp.begin_list(list.len());
    for delegation in list {
        rlp.begin_list(6).append(&delegation.chain_id).append(&delegation.address).append(&delegation.nonce);
        rlp.append(&delegation.y_parity).append(&delegation.r).append(&delegation.s);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Vector {
        name: String,
        transaction: serde_json::Value,
    }

    /// Signed by an independent implementation (the Python package eth-account).
    fn vectors() -> Vec<Vector> {
        serde_json::from_str(include_str!("../../../../tests/vectors/evm_transactions.json")).unwrap()
    }

    #[test]
    fn hashes_are_recomputed_for_every_type() {
        for Vector { name, transaction } in vectors() {
            let tx: Tx = serde_json::from_value(transaction).unwrap();
            assert_eq!(tx.recomputed_hash(), Some(tx.hash), "{name}");
        }
    }

    #[test]
    fn a_changed_receiver_or_value_changes_the_hash() {
        for Vector { name, transaction } in vectors() {
            for (field, value) in [("to", "0x00000000000000000000000000000000000000ff"), ("value", "0x99")] {
                let mut changed = transaction.clone();
                changed[field] = value.into();
                let tx: Tx = serde_json::from_value(changed).unwrap();
                assert_ne!(tx.recomputed_hash(), Some(tx.hash), "{name} with another {field}");
            }
        }
    }

    #[test]
    fn a_list_that_is_not_printed_may_be_empty_and_proves_nothing_else() {
        for Vector { name, mut transaction } in vectors() {
            let list = transaction.as_object_mut().unwrap().remove("accessList");
            let tx: Tx = serde_json::from_value(transaction).unwrap();
            let empty = list.is_none_or(|list| list.as_array().unwrap().is_empty());
            assert_eq!(tx.recomputed_hash(), Some(tx.hash).filter(|_| empty), "{name}");
        }
    }

    #[test]
    fn a_type_that_is_not_printed_is_guessed_at_and_proves_nothing_else() {
        let guessed = vectors().into_iter().filter(|vector| {
            let mut transaction = vector.transaction.clone();
            transaction.as_object_mut().unwrap().remove("type");
            let tx: Tx = serde_json::from_value(transaction).unwrap();
            let recomputed = tx.recomputed_hash();
            assert!(recomputed.is_none_or(|hash| hash == tx.hash), "{}", vector.name);
            recomputed.is_some()
        });
        assert!(guessed.count() > 0);
    }

    #[test]
    fn an_unknown_type_is_not_guessed_at() {
        let mut deposit = vectors().remove(0).transaction;
        deposit["type"] = "0x7e".into();
        let tx: Tx = serde_json::from_value(deposit).unwrap();
        assert_eq!(tx.recomputed_hash(), None);
    }
}
