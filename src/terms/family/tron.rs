//! Tron and its test networks.

use super::base58::{self, Flaw};
use super::{Chosen, Proofs, Traits, digits, known};
use crate::terms::address::{Address, AddressError, ParsedAddress};
use crate::terms::{ChainIdentity, Finality, Shape};

pub(super) const TRAITS: Traits = Traits {
    name: "tron",
    coin: "TRX",
    decimals: 6,
    block_seconds: 3,
    // Solidified: 19 of 27 producers have built upon it (Tron's consensus).
    finality: Finality::Finalized,
    shapes: &[Shape::BareHex],
    txid: |text| Some(digits(text)?.to_ascii_lowercase().into()),
    identity,
    address: |_, text| parse(text),
    is_same: |own, text| own.starts_with('T') && parse(text).is_ok_and(|parsed| parsed.address.as_str() == own),
    prefixes: &["t"],
    burnt: &["T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"],
    spends_outputs: false,
    calls_inside: true,
    shares_addresses: false,
    has_memos: false,
    // Two minutes.
    heads_apart: 40,
    window: None,
    proofs: Proofs::None,
    fee_unit: "",
};

/// Ids of block 0, by which a source shows which chain it follows.
const CHAINS: &[(&str, &str)] = &[
    ("mainnet", "00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc"),
    ("nile", "0000000000000000d698d4192c56cb6be724a558448e2684802de4d6cd8690dc"),
    ("shasta", "0000000000000000de1aa88295e1fcf982742f773e0419c5a9c134c994a9059e"),
];

fn identity(chosen: &Chosen<'_>) -> Result<ChainIdentity, String> {
    let chain = known(CHAINS, chosen);
    let id = digits(chain).ok_or_else(|| format!("`{chain}` is neither mainnet, nile, shasta nor the id of a block 0"));
    Ok(ChainIdentity::Tron(id?.to_ascii_lowercase()))
}

/// First byte of every account's address.
const PREFIX: u8 = 0x41;

/// Before the number of an asset of TRC-10, which stands in the place of a contract that it does not have.
const TRC10: &str = "trc10:";

/// The digits of an account behind the first byte of its address.
fn unprefixed(hex: &str) -> Option<&str> {
    hex.strip_prefix("41").filter(|rest| rest.len() == 40)
}

/// Base58 with a checksum, hex with the prefix `41`, or as contracts write it: 20 bytes after `0x`.
fn parse(text: &str) -> Result<ParsedAddress, AddressError> {
    let of = |account: &[u8]| {
        let bytes: Vec<u8> = [PREFIX].iter().chain(account).copied().collect();
        let address = Address::canonical(bitcoin::base58::encode_check(&bytes));
        ParsedAddress { address, checksum_ok: true, memo: None }
    };
    let shape = || AddressError::Shape(text.to_owned());
    if let Some(number) = text.strip_prefix(TRC10) {
        let fits = (1..=18).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let address = Address::canonical(text.to_owned());
        return if fits { Ok(ParsedAddress { address, checksum_ok: true, memo: None }) } else { Err(shape()) };
    }
    let hex = text.strip_prefix("0x").map(|rest| unprefixed(rest).unwrap_or(rest)).or_else(|| unprefixed(text));
    if let Some(account) = hex.filter(|hex| hex.len() == 40) {
        return data_encoding::HEXLOWER_PERMISSIVE.decode(account.as_bytes()).map(|b| of(&b)).map_err(|_| shape());
    }
    match base58::checked(text) {
        Ok(bytes) if bytes.len() == 21 && bytes[0] == PREFIX => Ok(of(&bytes[1..])),
        Err(Flaw::Checksum) if text.starts_with('T') && text.len() == 34 => {
            Err(AddressError::Checksum(text.to_owned()))
        }
        _ => Err(shape()),
    }
}
