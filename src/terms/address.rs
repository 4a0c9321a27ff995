//! Addresses in canonical form, compared as their network compares them.

use std::fmt;
use std::str::FromStr;

use bitcoin::address::NetworkUnchecked;
use ethers::types::H160;
use ethers::utils::to_checksum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::{BitcoinChain, ChainIdentity};

/// An address in canonical form: EIP-55 on EVM; base58 as is and bech32 in lower case on Bitcoin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Address(String);

/// An address together with what its checksum says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedAddress {
    /// The canonical address.
    pub address: Address,
    /// False when a checksum was given and does not fit (mixed-case EVM only; elsewhere it is an error).
    pub checksum_ok: bool,
}

/// Why a text is no address of a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It has the shape of an address, but its checksum does not fit: a character is wrong.
    #[error("the checksum of `{0}` does not fit")]
    Checksum(String),
    /// It is an address of another network of the same family.
    #[error("`{0}` belongs to another network")]
    OtherNetwork(String),
    /// It is no address of this family.
    #[error("`{0}` is not an address of this network")]
    Shape(String),
}

/// The zero address, and addresses that spell a word.
const BURNT: &[&str] = &[
    "0x0000000000000000000000000000000000000000",
    "0x000000000000000000000000000000000000dEaD",
    "0xdEAD000000000000000042069420694206942069",
    "1111111111111111111114oLvT2",
    "1BitcoinEaterAddressDontSendf59kuE",
    "1CounterpartyXXXXXXXXXXXXXXXUWLpVr",
];

impl Address {
    /// Parses `text` as an address on the chain that `identity` names.
    pub fn parse(identity: &ChainIdentity, text: &str) -> Result<ParsedAddress, AddressError> {
        let text = text.trim();
        match identity {
            ChainIdentity::Evm(_) => parse_evm(text),
            ChainIdentity::Bitcoin(chain) => parse_bitcoin(*chain, text),
        }
    }

    /// The address of a 20-byte account.
    pub fn from_evm(account: &H160) -> Self {
        Self(to_checksum(account, None))
    }

    /// The address that a Bitcoin output script pays, or nothing for a script without one.
    pub fn from_script(chain: BitcoinChain, script: &bitcoin::Script) -> Option<Self> {
        let network = chain.params();
        bitcoin::Address::from_script(script, network).ok().map(|a| Self(a.to_string()))
    }

    /// Whether `text` is this address as its network compares it: base58 to the letter, hex and bech32 in any case.
    pub fn is_written(&self, text: &str) -> bool {
        let folded =
            self.0.starts_with("0x") || ["bc1", "tb1", "bcrt1"].iter().any(|prefix| self.0.starts_with(prefix));
        let text = text.trim();
        if folded { self.0.eq_ignore_ascii_case(text) } else { self.0 == text }
    }

    /// Whether it is one of the addresses whose key nobody can have, to which coins are sent to destroy them, or by
    /// programs that left the receiver out.
    pub fn is_burnt(&self) -> bool {
        BURNT.contains(&self.0.as_str())
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn parse_evm(text: &str) -> Result<ParsedAddress, AddressError> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or("");
    if digits.len() != 40 {
        return Err(AddressError::Shape(text.to_owned()));
    }
    let account = H160::from_str(digits).map_err(|_| AddressError::Shape(text.to_owned()))?;
    let address = Address::from_evm(&account);
    let mixed = digits.bytes().any(|b| b.is_ascii_uppercase()) && digits.bytes().any(|b| b.is_ascii_lowercase());
    let checksum_ok = !mixed || &address.0[2..] == digits;
    Ok(ParsedAddress { address, checksum_ok })
}

fn parse_bitcoin(chain: BitcoinChain, text: &str) -> Result<ParsedAddress, AddressError> {
    use bitcoin::address::ParseError;
    // Bech32 may be written in upper case, as QR codes do; base58 may not change its case.
    let lower = text.to_ascii_lowercase();
    let bech32 = ["bc1", "tb1", "bcrt1"].iter().any(|prefix| lower.starts_with(prefix));
    let mixed = text != lower && text != text.to_ascii_uppercase();
    let candidate = if bech32 && !mixed { lower.as_str() } else { text };
    let parsed = bitcoin::Address::<NetworkUnchecked>::from_str(candidate).map_err(|error| match error {
        ParseError::Base58(bitcoin::base58::Error::IncorrectChecksum(_)) => AddressError::Checksum(text.to_owned()),
        _ if bech32 => AddressError::Checksum(text.to_owned()),
        _ => AddressError::Shape(text.to_owned()),
    })?;
    let checked = parsed.require_network(chain.params()).map_err(|_| AddressError::OtherNetwork(text.to_owned()))?;
    Ok(ParsedAddress { address: Address(checked.to_string()), checksum_ok: true })
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVM: ChainIdentity = ChainIdentity::Evm(1);
    const BTC: ChainIdentity = ChainIdentity::Bitcoin(BitcoinChain::Mainnet);

    #[test]
    fn evm_addresses_compare_without_case() {
        let lower = Address::parse(&EVM, "0xdac17f958d2ee523a2206206994597c13d831ec7").unwrap();
        let upper = Address::parse(&EVM, "0XDAC17F958D2EE523A2206206994597C13D831EC7").unwrap();
        assert_eq!(lower, upper);
        assert_eq!(lower.address.as_str(), "0xdAC17F958D2ee523a2206206994597C13D831ec7");
        assert!(lower.checksum_ok);
    }

    #[test]
    fn a_wrong_eip55_case_is_an_address_with_a_bad_checksum() {
        let parsed = Address::parse(&EVM, "0xDAC17F958D2ee523a2206206994597C13D831ec7").unwrap();
        assert!(!parsed.checksum_ok);
    }

    #[test]
    fn bitcoin_addresses_are_checked() {
        let good = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        assert_eq!(Address::parse(&BTC, &good.to_uppercase()).unwrap().address.as_str(), good);
        let typo = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5";
        assert!(matches!(Address::parse(&BTC, typo), Err(AddressError::Checksum(_))));
        let base58 = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        assert_eq!(Address::parse(&BTC, base58).unwrap().address.as_str(), base58);
        assert!(matches!(Address::parse(&BTC, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"), Err(AddressError::Checksum(_))));
        let regtest = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
        assert!(matches!(Address::parse(&BTC, regtest), Err(AddressError::OtherNetwork(_))));
    }

    #[test]
    fn burnt_addresses_are_written_as_they_are_compared() {
        for text in BURNT {
            let chain = if text.starts_with("0x") { EVM } else { BTC };
            assert_eq!(Address::parse(&chain, text).unwrap().address.as_str(), *text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_without_a_panic(text in ".{0,100}") {
            let _ = Address::parse(&EVM, &text);
            let _ = Address::parse(&BTC, &text);
        }
    }
}
