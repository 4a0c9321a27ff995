//! Bitcoin and its test networks.

use std::str::FromStr as _;

use bitcoin::address::{NetworkUnchecked, ParseError};
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

use super::{Chosen, Proofs, Traits, digits};
use crate::terms::address::{Address, AddressError, ParsedAddress};
use crate::terms::{BitcoinChain, ChainIdentity, Finality, Shape};

pub(super) const TRAITS: Traits = Traits {
    name: "bitcoin",
    coin: "BTC",
    decimals: 8,
    // Ten minutes and six blocks: Bitcoin's design.
    block_seconds: 600,
    finality: Finality::Confirmations(6),
    shapes: &[Shape::BareHex],
    txid: |text| Some(digits(text)?.to_ascii_lowercase()),
    identity,
    address: |identity, text| match identity {
        ChainIdentity::Bitcoin(chain) => parse(*chain, text),
        _ => Err(AddressError::Shape(text.to_owned())),
    },
    is_same: |own, text| own == text || is_bech32(own) && own.eq_ignore_ascii_case(text),
    prefixes: &["bcrt1q", "bcrt1p", "bc1q", "bc1p", "tb1q", "tb1p"],
    burnt: &["1111111111111111111114oLvT2", "1BitcoinEaterAddressDontSendf59kuE", "1CounterpartyXXXXXXXXXXXXXXXUWLpVr"],
    spends_outputs: true,
    calls_inside: false,
    shares_addresses: false,
    has_memos: false,
    heads_apart: 3,
    window: None,
    proofs: Proofs::Cheap,
    fee_unit: "sat/vB",
};

fn identity(chosen: &Chosen<'_>) -> Result<ChainIdentity, String> {
    let name = chosen.chain.unwrap_or("mainnet");
    let deserializer: StrDeserializer<'_, Error> = name.into_deserializer();
    BitcoinChain::deserialize(deserializer).map(ChainIdentity::Bitcoin).map_err(|error| error.to_string())
}

fn is_bech32(lower: &str) -> bool {
    ["bc1", "tb1", "bcrt1"].iter().any(|prefix| lower.starts_with(prefix))
}

fn parse(chain: BitcoinChain, text: &str) -> Result<ParsedAddress, AddressError> {
    // Bech32 may be written in upper case, as QR codes do; base58 may not change its case.
    let lower = text.to_ascii_lowercase();
    let bech32 = is_bech32(&lower);
    let mixed = text != lower && text != text.to_ascii_uppercase();
    let candidate = if bech32 && !mixed { lower.as_str() } else { text };
    let parsed = bitcoin::Address::<NetworkUnchecked>::from_str(candidate).map_err(|error| match error {
        ParseError::Base58(bitcoin::base58::Error::IncorrectChecksum(_)) => AddressError::Checksum(text.to_owned()),
        _ if bech32 => AddressError::Checksum(text.to_owned()),
        _ => AddressError::Shape(text.to_owned()),
    })?;
    let checked = parsed.require_network(chain.params()).map_err(|_| AddressError::OtherNetwork(text.to_owned()))?;
    Ok(ParsedAddress { address: Address::canonical(checked.to_string()), checksum_ok: true, memo: None })
}

/// The address that an output script pays, or nothing for a script without one.
pub(in crate::terms) fn of_script(chain: BitcoinChain, script: &bitcoin::Script) -> Option<Address> {
    bitcoin::Address::from_script(script, chain.params()).ok().map(|a| Address::canonical(a.to_string()))
}
