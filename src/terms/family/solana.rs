//! Solana and its test networks.

use super::{Chosen, Proofs, Traits, base58, known};
use crate::terms::address::{Address, AddressError, ParsedAddress};
use crate::terms::{ChainIdentity, Finality, Shape};

pub(super) const TRAITS: Traits = Traits {
    name: "solana",
    coin: "SOL",
    decimals: 9,
    block_seconds: 1,
    finality: Finality::Finalized,
    shapes: &[Shape::Base58Signature],
    txid: |text| base58::plain(text).filter(|bytes| bytes.len() == 64).map(|_| text.into()),
    identity,
    address: |_, text| parse(text),
    is_same: |own, text| own == text,
    prefixes: &[],
    burnt: &["1nc1nerator11111111111111111111111111111111", "11111111111111111111111111111111"],
    spends_outputs: false,
    calls_inside: false,
    shares_addresses: false,
    has_memos: true,
    // A minute.
    heads_apart: 150,
    window: None,
    proofs: Proofs::None,
    fee_unit: "",
};

/// Genesis hashes, by which a source shows which chain it follows (docs.solana.com, clusters).
const CHAINS: &[(&str, &str)] = &[
    ("mainnet", "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d"),
    ("testnet", "4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY"),
    ("devnet", "EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG"),
];

fn identity(chosen: &Chosen<'_>) -> Result<ChainIdentity, String> {
    let chain = known(CHAINS, chosen);
    let hash = base58::plain(chain).filter(|bytes| bytes.len() == 32);
    hash.map(|_| ChainIdentity::Solana(chain.to_owned()))
        .ok_or_else(|| format!("`{chain}` is neither mainnet, testnet, devnet nor a genesis hash"))
}

/// 32 bytes in base58: there is no checksum, but a character more or less makes another length.
fn parse(text: &str) -> Result<ParsedAddress, AddressError> {
    let key = base58::plain(text).filter(|bytes| bytes.len() == 32);
    key.map(|_| ParsedAddress { address: Address::canonical(text.to_owned()), checksum_ok: true, memo: None })
        .ok_or_else(|| AddressError::Shape(text.to_owned()))
}
