//! The Open Network and its test network.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::{Chosen, Proofs, Traits, digits, known};
use crate::terms::address::{Address, AddressError, ParsedAddress};
use crate::terms::{ChainIdentity, Finality, Shape};

pub(super) const TRAITS: Traits = Traits {
    name: "ton",
    coin: "TON",
    decimals: 9,
    block_seconds: 5,
    // What a block of the masterchain refers to is final.
    finality: Finality::Confirmations(1),
    shapes: &[Shape::BareHex, Shape::Base64Hash],
    txid,
    identity,
    address: |_, text| parse(text),
    is_same: |own, text| own.len() == FRIENDLY && parse(text).is_ok_and(|parsed| parsed.address.as_str() == own),
    prefixes: &["eq", "ef"],
    burnt: &["EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c"],
    spends_outputs: false,
    // Every message is on the surface of its trace; those that failed are told as what failed inside.
    calls_inside: true,
    shares_addresses: false,
    has_memos: true,
    // Two minutes.
    heads_apart: 40,
    window: None,
    proofs: Proofs::None,
    fee_unit: "",
};

/// Global ids (configuration parameter 19).
const CHAINS: &[(&str, &str)] = &[("mainnet", "-239"), ("testnet", "-3")];

fn identity(chosen: &Chosen<'_>) -> Result<ChainIdentity, String> {
    let chain = known(CHAINS, chosen);
    let id = chain.parse().map_err(|_| format!("`{chain}` is neither mainnet, testnet nor a global id"))?;
    Ok(ChainIdentity::Ton(id))
}

/// Explorers print hashes in hex or in either form of base64.
fn txid(text: &str) -> Option<Cow<'_, str>> {
    if let Some(hex) = digits(text) {
        return Some(hex.to_ascii_lowercase().into());
    }
    let bytes = bytes(text).filter(|bytes| bytes.len() == 32)?;
    Some(data_encoding::HEXLOWER.encode(&bytes).into())
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE.decode(text).or_else(|_| STANDARD.decode(text)).ok()
}

/// Characters of a user-friendly address: 36 bytes in base64 (TEP-2).
const FRIENDLY: usize = 48;
/// Its first byte for a contract that can return what it does not understand, and for a wallet that need not.
const BOUNCEABLE: u8 = 0x11;
const NON_BOUNCEABLE: u8 = 0x51;
/// Added to the first byte for a test network.
const TEST: u8 = 0x80;

/// Every form names one account: the raw one, and the user-friendly ones for either way of return. The canonical one is
/// user-friendly, bounceable and of the main network.
fn parse(text: &str) -> Result<ParsedAddress, AddressError> {
    let shape = || AddressError::Shape(text.to_owned());
    let (workchain, account) = match text.split_once(':') {
        Some((workchain, hex)) if hex.len() == 64 => {
            let account = data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).map_err(|_| shape())?;
            (workchain.parse::<i8>().map_err(|_| shape())?, account)
        }
        _ => {
            let bytes = bytes(text).filter(|bytes| text.len() == FRIENDLY && bytes.len() == 36).ok_or_else(shape)?;
            if !matches!(bytes[0] & !TEST, BOUNCEABLE | NON_BOUNCEABLE) {
                return Err(shape());
            }
            if crc(&bytes[..34]).to_be_bytes() != bytes[34..] {
                return Err(AddressError::Checksum(text.to_owned()));
            }
            (i8::from_be_bytes([bytes[1]]), bytes[2..34].to_vec())
        }
    };
    let mut bytes = vec![BOUNCEABLE, workchain.to_be_bytes()[0]];
    bytes.extend(account);
    bytes.extend(crc(&bytes).to_be_bytes());
    Ok(ParsedAddress { address: Address::canonical(URL_SAFE.encode(bytes)), checksum_ok: true, memo: None })
}

/// CRC-16/XMODEM.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum: u16, byte| {
        (0..8).fold(
            sum ^ (u16::from(*byte) << 8),
            |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 },
        )
    })
}
