//! Addresses in canonical form, compared as their network compares them.

use std::fmt;
use std::sync::Arc;

use ethers::types::H160;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::family;
use crate::terms::{BitcoinChain, ChainIdentity, Family};

/// An address in canonical form, which its family defines: EIP-55 on EVM; base58 as is and bech32 in lower case on
/// Bitcoin; `M…` on Litecoin and `bitcoincash:…` on Bitcoin Cash, whatever older form was given. A token of the XRP
/// Ledger stands as `CODE.issuer`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Address(Arc<str>);

/// An address together with what its checksum says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedAddress {
    /// The canonical address.
    pub address: Address,
    /// False when a checksum was given and does not fit (mixed-case EVM only; elsewhere it is an error).
    pub checksum_ok: bool,
    /// The memo or tag that the form carries within itself, as an X-address of the XRP Ledger does.
    pub memo: Option<String>,
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

impl Address {
    /// An address that is in canonical form already.
    pub(in crate::terms) fn canonical(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// Parses `text` as an address on the chain that `identity` names.
    pub fn parse(identity: &ChainIdentity, text: &str) -> Result<ParsedAddress, AddressError> {
        (identity.family().traits().address)(identity, text.trim())
    }

    /// Whether a text is an address of some known network in a form with a checksum, which fits.
    pub fn is_checked(text: &str) -> bool {
        [Family::Bitcoin, Family::Tron, Family::Xrpl, Family::Ton].iter().any(|family| {
            let traits = family.traits();
            let parsed = (traits.identity)(&family::Chosen::default()).map(|identity| Self::parse(&identity, text));
            matches!(parsed, Ok(Ok(_) | Err(AddressError::OtherNetwork(_))))
        })
    }

    /// The address of a 20-byte account.
    pub fn from_evm(account: &H160) -> Self {
        family::evm::account(account)
    }

    /// The classic address of an account of the XRP Ledger.
    pub fn from_xrpl(account: &[u8; 20]) -> Self {
        family::xrpl::classic(account)
    }

    /// The address that a Bitcoin output script pays, or nothing for a script without one.
    pub fn from_script(chain: BitcoinChain, script: &bitcoin::Script) -> Option<Self> {
        family::bitcoin::of_script(chain, script)
    }

    /// The address by which another chain names the same account, key or script; nothing where there is none.
    pub fn on(&self, own: &ChainIdentity, other: &ChainIdentity) -> Option<Self> {
        match (own, other) {
            (ChainIdentity::Bitcoin(own), ChainIdentity::Bitcoin(other)) => {
                family::bitcoin::translate(*own, *other, self)
            }
            _ => (own.family() == other.family() && own.family().traits().shares_addresses).then(|| self.clone()),
        }
    }

    /// Whether `text` is this address, in any of the ways its network writes it.
    pub fn is_written(&self, text: &str) -> bool {
        let text = text.trim();
        *self.0 == *text || Family::ALL.iter().any(|family| (family.traits().is_same)(&self.0, text))
    }

    /// Whether it is one of the addresses whose key nobody can have, to which coins are sent to destroy them, or by
    /// programs that left the receiver out.
    pub fn is_burnt(&self) -> bool {
        Family::ALL.iter().any(|family| family.traits().burnt.contains(&&*self.0))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
