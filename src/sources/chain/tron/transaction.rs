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
    /// `TriggerSmartContract`: a call with coin, and perhaps an asset of TRC-10.
    Call { from: Account, contract: Account, sun: u64, asset: Option<(String, u64)> },
    /// A contract is made; coin may go to it.
    Creation,
    /// Votes, stakes and permissions: nobody else gets anything.
    Nothing,
    /// A kind of contract that is not read here, by its number.
    Other(u64),
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
