//! A transaction's own bytes, whose SHA-256 is its identifier. What a node prints beside them is not believed.
//! Messages: java-tron's `Tron.proto` and `core/contract/*.proto`.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::message::{bytes, fields, number};
use crate::sources::Line;
use crate::terms::{Address, Gap, GapWhy, Network, Txid};

/// `gettransactionbyid` and `gettransactionfrompending`, as far as they are used.
#[derive(Deserialize)]
pub(super) struct Tx {
    #[serde(rename = "txID")]
    id: String,
    raw_data_hex: String,
    /// How it ran; a transaction that waits has none. Where it held nothing but zeros, it is an empty object.
    #[serde(default)]
    pub ret: Vec<Ran>,
}

/// `Transaction.Result`.
#[derive(Deserialize)]
pub(super) struct Ran {
    /// Told only of failures: `FAILED`.
    pub ret: Option<String>,
    /// Told only since contracts can run: `SUCCESS`, `REVERT`, `OUT_OF_ENERGY` and others.
    #[serde(rename = "contractRet")]
    pub contract: Option<String>,
}

/// What the signed bytes say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents {
    /// Milliseconds since 1970 after which no block can hold it.
    pub expiration: u64,
    /// What it does.
    pub action: Action,
}

/// What a transaction does.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// `TransferContract`: coin, in sun.
    Coin { from: Account, to: Account, sun: u64 },
    /// `TransferAssetContract`: an asset of TRC-10, which is no contract.
    Asset { from: Account, to: Account, id: String, units: u64 },
    /// `TriggerSmartContract`: a call of a function with coin, and perhaps an asset of TRC-10.
    Call { from: Account, contract: Account, function: Vec<u8>, sun: u64, asset: Option<(String, u64)> },
    /// A contract is made; coin may go to it.
    Creation,
    /// Votes, stakes and permissions: nobody else gets anything.
    Nothing,
    /// A kind of contract that is not read here, by its number.
    Other(u64),
}

/// Bytes by which a call names a function.
const SELECTOR: usize = 4;

/// Selectors of `transfer(address,uint256)` and `transferFrom(address,address,uint256)`: EIP-20.
const TRANSFERS: [[u8; SELECTOR]; 2] = [[0xa9, 0x05, 0x9c, 0xbb], [0x23, 0xb8, 0x72, 0xdd]];

impl Action {
    /// Whether it asks a token for nothing but a transfer, and gives it neither coin nor assets.
    pub(super) fn is_transfer_of_token(&self) -> bool {
        let Self::Call { function, sun: 0, asset: None, .. } = self else { return false };
        TRANSFERS.iter().any(|transfer| function == transfer)
    }
}

/// An account's 20 bytes, without the prefix `41`.
pub(super) type Account = [u8; 20];

/// Kinds of contracts by which nobody else gets anything: creating and naming accounts, votes, witnesses, stakes and
/// what they lend, permissions, proposals, settings of contracts.
const NOTHING: [u64; 20] = [0, 4, 5, 8, 10, 11, 12, 16, 17, 18, 19, 33, 45, 46, 48, 49, 54, 55, 57, 58];

impl Tx {
    /// What the signed bytes say, once their hash is the identifier asked for; nothing where they cannot be read.
    pub(super) fn contents(&self, line: Line<'_>, txid: &Txid) -> Result<Option<Contents>, Gap> {
        let question = format!("transaction {txid}");
        let other = |what: String| line.gap(&question, GapWhy::Mismatch, what);
        if !self.id.eq_ignore_ascii_case(txid.as_str()) {
            let named: String = self.id.chars().take(64).collect();
            return Err(other(format!("the answer is about {named}")));
        }
        let raw = data_encoding::HEXLOWER_PERMISSIVE.decode(self.raw_data_hex.as_bytes());
        let raw = raw.map_err(|_| line.malformed(&question, "its bytes are not hex"))?;
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&raw));
        if hash != txid.as_str() {
            return Err(other(format!("the bytes hash to {hash}")));
        }
        Ok(read(&raw))
    }
}

/// `Transaction.raw`.
fn read(raw: &[u8]) -> Option<Contents> {
    let raw = fields(raw)?;
    let contracts = raw.iter().filter(|(field, _)| *field == 11).count();
    // A transaction has exactly one contract.
    let action = if contracts == 1 { action(bytes(&raw, 11))? } else { return None };
    Some(Contents { expiration: number(&raw, 8), action })
}

/// `Transaction.Contract`, whose parameter is a `google.protobuf.Any`.
fn action(contract: &[u8]) -> Option<Action> {
    let contract = fields(contract)?;
    let parameter = fields(bytes(&contract, 2))?;
    let value = fields(bytes(&parameter, 2))?;
    Some(match number(&contract, 1) {
        1 => Action::Coin { from: account(bytes(&value, 1))?, to: account(bytes(&value, 2))?, sun: number(&value, 3) },
        2 => Action::Asset {
            from: account(bytes(&value, 2))?,
            to: account(bytes(&value, 3))?,
            id: asset_id(bytes(&value, 1)),
            units: number(&value, 4),
        },
        30 => Action::Creation,
        31 => {
            let asset = (number(&value, 5) > 0).then(|| (number(&value, 6).to_string(), number(&value, 5)));
            Action::Call {
                from: account(bytes(&value, 1))?,
                contract: account(bytes(&value, 2))?,
                function: bytes(&value, 4).iter().take(SELECTOR).copied().collect(),
                sun: number(&value, 3),
                asset,
            }
        }
        kind if NOTHING.contains(&kind) => Action::Nothing,
        other => Action::Other(other),
    })
}

/// First byte of every account's address.
const PREFIX: u8 = 0x41;

/// The account of an address of 21 bytes.
fn account(address: &[u8]) -> Option<Account> {
    address.strip_prefix(&[PREFIX])?.try_into().ok()
}

/// The digits of an asset's number. Before numbers there were names, of which hex is shown.
fn asset_id(name: &[u8]) -> String {
    let digits = (1..=18).contains(&name.len()) && name.iter().all(u8::is_ascii_digit);
    if digits { name.iter().map(|b| char::from(*b)).collect() } else { data_encoding::HEXLOWER.encode(name) }
}

/// The address of an account.
pub(super) fn address(network: &Network, account: &Account) -> Option<Address> {
    let hex = format!("{PREFIX:02x}{}", data_encoding::HEXLOWER.encode(account));
    Address::parse(&network.identity, &hex).ok().map(|parsed| parsed.address)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A call of Nile, and its identifier, as java-tron's documentation of `triggerconstantcontract` shows them.
    const CALL: &str = "0a0228c022089eabbe133123b34c40d0d6f0c0dd335a8e01081f1289010a31747970652e676f6f676c65617069732e636f6d2f70726f746f636f6c2e54726967676572536d617274436f6e747261637412540a1541dd791d6b49e190062d650e6a23c575510d35f2f9121541eca9bc828a3005b9a3b909f2cc5c2a54794de05f222470a08231000000000000000000000000dd791d6b49e190062d650e6a23c575510d35f2f970cb97edc0dd33";
    const ID: &str = "cff6488e738ce77f7325572fe0aa2470f87dbf1c95eeeb2c25feec59d5afa35c";

    fn hex(text: &str) -> Vec<u8> {
        data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_call_is_read_from_the_bytes_of_its_identifier() {
        let raw = hex(CALL);
        assert_eq!(data_encoding::HEXLOWER.encode(&Sha256::digest(&raw)), ID);
        let account = |text: &str| Account::try_from(hex(text)).unwrap();
        let action = Action::Call {
            from: account("dd791d6b49e190062d650e6a23c575510d35f2f9"),
            contract: account("eca9bc828a3005b9a3b909f2cc5c2a54794de05f"),
            function: hex("70a08231"),
            sun: 0,
            asset: None,
        };
        assert!(!action.is_transfer_of_token());
        assert_eq!(read(&raw), Some(Contents { expiration: 1_777_447_218_000, action }));
        assert_eq!(read(&raw[..raw.len() - 1]), None);
    }

    #[test]
    fn only_a_plain_transfer_of_a_token_moves_no_coin_for_sure() {
        let call = |function: &str, sun| {
            let selector = ethers::utils::keccak256(function)[..SELECTOR].to_vec();
            Action::Call { from: [1; 20], contract: [2; 20], function: selector, sun, asset: None }
        };
        assert!(call("transfer(address,uint256)", 0).is_transfer_of_token());
        assert!(call("transferFrom(address,address,uint256)", 0).is_transfer_of_token());
        assert!(!call("transfer(address,uint256)", 1).is_transfer_of_token());
        assert!(!call("withdraw(uint256)", 0).is_transfer_of_token());
    }
}
