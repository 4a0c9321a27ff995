//! Ethereum and every network that speaks its JSON-RPC.

use std::cell::RefCell;
use std::time::Duration;

use alloy_primitives::{Address as Account, hex};
use ethers::types::H160;
use foldhash::HashMap;

use super::{Chosen, Proofs, Traits, digits};
use crate::terms::address::{Address, AddressError, ParsedAddress};
use crate::terms::{ChainIdentity, Finality, Shape};

pub(super) const TRAITS: Traits = Traits {
    name: "evm",
    coin: "ETH",
    decimals: 18,
    // Twelve seconds and two epochs: Ethereum's.
    block_seconds: 12,
    finality: Finality::Confirmations(64),
    shapes: &[Shape::PrefixedHex, Shape::BareHex],
    txid: |text| {
        let digits = digits(text)?;
        let is_canonical = digits.len() < text.len() && !digits.bytes().any(|digit| digit.is_ascii_uppercase());
        Some(if is_canonical { text.into() } else { ["0x", &digits.to_ascii_lowercase()].concat().into() })
    },
    identity,
    address: |_, text| parse(text),
    is_same: |own, text| own.starts_with("0x") && own.eq_ignore_ascii_case(text),
    prefixes: &["0x"],
    burnt: &[
        "0x0000000000000000000000000000000000000000",
        "0x000000000000000000000000000000000000dEaD",
        "0xdEAD000000000000000042069420694206942069",
    ],
    spends_outputs: false,
    calls_inside: true,
    shares_addresses: true,
    has_memos: false,
    heads_apart: 20,
    // 2,350,000 blocks of Ethereum (geth's `--history.transactions`), with a margin.
    window: Some(Duration::from_secs(300 * 86_400)),
    proofs: Proofs::Dear,
    fee_unit: "gwei",
};

fn identity(chosen: &Chosen<'_>) -> Result<ChainIdentity, String> {
    chosen.chain_id.map(ChainIdentity::Evm).ok_or_else(|| "`chain_id` is missing".to_owned())
}

/// Accounts whose checksum is remembered: those of one case come up again and again, and many cases are looked into at
/// a time.
const REMEMBERED: usize = 4096;

thread_local! {
    static KNOWN: RefCell<HashMap<H160, Address>> = RefCell::default();
}

/// The address of a 20-byte account.
pub(in crate::terms) fn account(account: &H160) -> Address {
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known
            .entry(*account)
            .or_insert_with(|| Address::canonical(Account::from(account.0).to_checksum_buffer(None).as_str()))
            .clone()
    })
}

fn parse(text: &str) -> Result<ParsedAddress, AddressError> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or("");
    if digits.len() != 40 {
        return Err(AddressError::Shape(text.to_owned()));
    }
    let mut bytes = [0; 20];
    hex::decode_to_slice(digits, &mut bytes).map_err(|_| AddressError::Shape(text.to_owned()))?;
    let address = account(&H160(bytes));
    let mixed = digits.bytes().any(|b| b.is_ascii_uppercase()) && digits.bytes().any(|b| b.is_ascii_lowercase());
    let checksum_ok = !mixed || &address.as_str()[2..] == digits;
    Ok(ParsedAddress { address, checksum_ok, memo: None })
}
