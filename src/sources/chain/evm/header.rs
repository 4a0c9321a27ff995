//! A block's hash, recomputed from its header as a node prints it. Forms: the yellow paper 4.4, EIP-1559, EIP-4895,
//! EIP-4844, EIP-4788 and EIP-7685.

use ethers::types::{Bytes, H256, U256};
use ethers::utils::keccak256;
use ethers::utils::rlp::RlpStream;
use serde_json::{Map, Value};

use crate::terms::{ChainIdentity, Network};

/// How a field stands in the header.
#[derive(Clone, Copy)]
enum Form {
    /// So many bytes.
    Fixed(usize),
    /// As many bytes as there are.
    Bytes,
    /// A number without leading zeros.
    Number,
}

/// What every header has, in order.
const FIELDS: [(&str, Form); 15] = [
    ("parentHash", Form::Fixed(32)),
    ("sha3Uncles", Form::Fixed(32)),
    ("miner", Form::Fixed(20)),
    ("stateRoot", Form::Fixed(32)),
    ("transactionsRoot", Form::Fixed(32)),
    ("receiptsRoot", Form::Fixed(32)),
    ("logsBloom", Form::Fixed(256)),
    ("difficulty", Form::Number),
    ("number", Form::Number),
    ("gasLimit", Form::Number),
    ("gasUsed", Form::Number),
    ("timestamp", Form::Number),
    ("extraData", Form::Bytes),
    ("mixHash", Form::Fixed(32)),
    ("nonce", Form::Fixed(8)),
];

/// What upgrades have added, in order: London, Shanghai, Cancun, Prague. None comes without those before it.
const ADDED: [(&str, Form); 6] = [
    ("baseFeePerGas", Form::Number),
    ("withdrawalsRoot", Form::Fixed(32)),
    ("blobGasUsed", Form::Number),
    ("excessBlobGas", Form::Number),
    ("parentBeaconBlockRoot", Form::Fixed(32)),
    ("requestsHash", Form::Fixed(32)),
];

/// What a node prints of a block beside its header.
const BESIDE: [&str; 6] = ["hash", "size", "totalDifficulty", "transactions", "uncles", "withdrawals"];

/// Networks whose nodes print Ethereum's header and hash nothing else: Ethereum itself, Holesky, Hoodi and Sepolia, and
/// the usual numbers of development nodes. Some networks print the same fields and hash something else (Cosmos and
/// Filecoin do): there another hash is no lie.
const ETHEREUM: [u64; 6] = [1, 17_000, 560_048, 11_155_111, 1337, 31337];

/// The hash of the header; nothing where a field is missing, or one more may belong to it that is not known here.
pub(super) fn hash(block: &Value) -> Option<H256> {
    let block = block.as_object()?;
    let known = |name: &str| FIELDS.iter().chain(&ADDED).any(|(field, _)| *field == name) || BESIDE.contains(&name);
    if !block.keys().all(|name| known(name)) {
        return None;
    }
    let mut rlp = RlpStream::new();
    rlp.begin_unbounded_list();
    for (name, form) in FIELDS {
        append(&mut rlp, block, name, form)?;
    }
    let is_given = |(name, _): &&(&str, Form)| block.get(*name).is_some_and(|value| !value.is_null());
    let given = ADDED.iter().take_while(is_given).count();
    if ADDED.iter().skip(given).any(|field| is_given(&field)) {
        return None;
    }
    for (name, form) in &ADDED[..given] {
        append(&mut rlp, block, name, *form)?;
    }
    rlp.finalize_unbounded_list();
    Some(H256(keccak256(rlp.out())))
}

/// Whether a block of this network with another hash than that of its header was changed by somebody.
pub(super) fn is_ethereums(network: &Network) -> bool {
    matches!(network.identity, ChainIdentity::Evm(id) if ETHEREUM.contains(&id))
}

fn append(rlp: &mut RlpStream, block: &Map<String, Value>, name: &str, form: Form) -> Option<()> {
    let value = block.get(name)?;
    match form {
        Form::Number => rlp.append(&serde_json::from_value::<U256>(value.clone()).ok()?),
        Form::Fixed(_) | Form::Bytes => {
            let bytes = serde_json::from_value::<Bytes>(value.clone()).ok()?.to_vec();
            let fits = !matches!(form, Form::Fixed(length) if length != bytes.len());
            rlp.append(&Some(bytes).filter(|_| fits)?)
        }
    };
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headers of Ethereum and Sepolia, one of each form, which prove themselves by their hashes.
    fn headers() -> Vec<(String, Value)> {
        let vectors = include_str!("../../../../tests/vectors/evm_headers.json");
        let vectors: Vec<Value> = serde_json::from_str(vectors).unwrap();
        vectors.into_iter().map(|vector| (vector["name"].to_string(), vector["block"].clone())).collect()
    }

    fn hex(hash: Option<H256>) -> Value {
        hash.map_or(Value::Null, |hash| format!("{hash:#x}").into())
    }

    #[test]
    fn headers_of_every_form_are_hashed() {
        for (name, block) in headers() {
            assert_eq!(hex(hash(&block)), block["hash"], "{name}");
        }
    }

    #[test]
    fn a_digit_changed_in_any_field_changes_the_hash() {
        for (name, block) in headers() {
            for field in block.as_object().unwrap().keys().filter(|field| *field != "hash") {
                let mut changed = block.clone();
                let text = block[field].as_str().unwrap();
                let last = if text.ends_with('1') { '2' } else { '1' };
                let text = if text == "0x" { "0x01".to_owned() } else { format!("{}{last}", &text[..text.len() - 1]) };
                changed[field] = text.into();
                assert_ne!(hex(hash(&changed)), block["hash"], "{name}: {field}");
            }
        }
    }

    #[test]
    fn a_form_that_is_not_known_is_not_hashed() {
        let (_, block) = headers().pop().unwrap();
        let changed = |change: fn(&mut Map<String, Value>)| {
            let mut block = block.clone();
            change(block.as_object_mut().unwrap());
            hash(&block)
        };
        // Avalanche's; a field of a later upgrade without an earlier one's; a stub; a field of another length.
        assert_eq!(changed(|block| drop(block.insert("extDataHash".into(), "0x00".into()))), None);
        assert_eq!(changed(|block| drop(block.remove("blobGasUsed"))), None);
        assert_eq!(changed(|block| drop(block.remove("logsBloom"))), None);
        assert_eq!(changed(|block| drop(block.insert("nonce".into(), "0x00".into()))), None);
        assert_eq!(hash(&Value::Null), None);
    }
}
