//! Families of networks: what all networks of one have in common, one file each. Nothing outside `terms/`,
//! `sources/chain/` and the rules knows a family by name; everybody else asks for its [`Traits`].

mod base58;
pub(super) mod bitcoin;
pub(super) mod evm;
mod solana;
mod ton;
mod tron;
pub(super) mod xrpl;

pub use bitcoin::BitcoinChain;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::address::{AddressError, ParsedAddress};
use super::{ChainIdentity, Finality, Shape};

/// A family of networks that share identifiers, transaction forms and source protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Bitcoin, its test networks and its kin.
    Bitcoin,
    /// Ethereum and every network that speaks its JSON-RPC.
    Evm,
    /// Tron and its test networks.
    Tron,
    /// The XRP Ledger and its test networks.
    Xrpl,
    /// Solana and its test networks.
    Solana,
    /// The Open Network and its test network.
    Ton,
}

/// What the networks of a family have in common, as far as anybody asks.
#[expect(clippy::struct_excessive_bools, reason = "each holds or not, whatever the others do")]
pub struct Traits {
    /// The word in `family = "…"`.
    pub name: &'static str,
    /// Ticker of the native coin, unless a network has one of its own.
    pub coin: &'static str,
    /// Decimal places of the native coin.
    pub decimals: u8,
    /// Usual seconds between two blocks.
    pub block_seconds: u64,
    /// The finality that a deposit needs, where nobody says otherwise.
    pub finality: Finality,
    /// The forms that its transaction identifiers are written in.
    pub shapes: &'static [Shape],
    /// The canonical identifier of a text with one of these shapes.
    pub txid: fn(&str) -> Option<Cow<'_, str>>,
    /// The chain that a configuration means.
    pub identity: fn(&Chosen) -> Result<ChainIdentity, String>,
    /// A text as an address of a chain.
    pub address: fn(&ChainIdentity, &str) -> Result<ParsedAddress, AddressError>,
    /// Whether a text is another way to write a canonical address.
    pub is_same: fn(&str, &str) -> bool,
    /// What all of its addresses, or those of one kind, begin with, the longest first and in lower case.
    pub prefixes: &'static [&'static str],
    /// Addresses whose key nobody can have.
    pub burnt: &'static [&'static str],
    /// Its transactions spend outputs of earlier ones: whoever owns one of them has signed for all, and every movement
    /// of value is an output. Elsewhere accounts are debited and credited.
    pub spends_outputs: bool,
    /// Contract calls inside a transaction may move coin without a sign on its surface.
    pub calls_inside: bool,
    /// One address means the same account on all of its networks.
    pub shares_addresses: bool,
    /// Its payments may carry a memo, by which the customers of one address are told apart.
    pub has_memos: bool,
    /// Blocks by which the heads of two sources in step with the network may differ.
    pub heads_apart: u64,
    /// How far back a source's index reaches in its usual setting, where that is limited.
    pub window: Option<Duration>,
    /// What it costs to have a transaction's place in the chain proven.
    pub proofs: Proofs,
    /// The unit of what a transaction pays for its place; empty where there is no such price.
    pub fee_unit: &'static str,
}

/// What a configuration says of a network's chain.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen<'a> {
    /// `chain`: the name of a known chain, or what identifies any other.
    pub chain: Option<&'a str>,
    /// `chain_id`.
    pub chain_id: Option<u64>,
}

/// What it costs to have a transaction's place in the chain proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proofs {
    /// No round trip of its own.
    Cheap,
    /// Requests that are made on demand only.
    Dear,
    /// No source offers any.
    None,
}

impl Family {
    /// Every family, in the order in which identifiers are usually met.
    pub const ALL: [Self; 6] = [Self::Bitcoin, Self::Evm, Self::Tron, Self::Xrpl, Self::Solana, Self::Ton];

    /// Whether its identifiers have this shape.
    pub fn has(self, shape: Shape) -> bool {
        self.traits().shapes.contains(&shape)
    }

    /// What its networks have in common.
    pub fn traits(self) -> &'static Traits {
        match self {
            Self::Bitcoin => &bitcoin::TRAITS,
            Self::Evm => &evm::TRAITS,
            Self::Tron => &tron::TRAITS,
            Self::Xrpl => &xrpl::TRAITS,
            Self::Solana => &solana::TRAITS,
            Self::Ton => &ton::TRAITS,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.traits().name)
    }
}

/// The chain of a name, or the text itself where it is no name: private chains are named by what identifies them.
fn known<'a>(chains: &[(&str, &'a str)], chosen: &Chosen<'a>) -> &'a str {
    let wanted = chosen.chain.unwrap_or("mainnet");
    chains.iter().find(|(name, _)| *name == wanted).map_or(wanted, |(_, identity)| identity)
}

/// Whether a byte is a letter of base58, in whichever order an alphabet has them.
pub fn is_base58(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l')
}

/// The bytes of a text in Ripple's base58, under its checksum.
pub fn ripple_base58(text: &str) -> Option<Vec<u8>> {
    base58::ripple(text).ok()
}

/// 64 hex digits, without a prefix.
fn digits(text: &str) -> Option<&str> {
    let fits = matches!(Shape::of(text), Some(Shape::PrefixedHex | Shape::BareHex));
    fits.then(|| text.strip_prefix("0x").unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Address;
    use proptest::prelude::*;

    /// Vectors of the networks' own documentation, and addresses that everybody knows.
    #[test]
    fn an_address_has_one_form_however_it_is_written() {
        let usdt = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
        let master = "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs";
        let rlusd = "RLUSD.rMxCKbEDwqr76QuheSUMdEGf4B9xJ8m5De";
        let ways = [
            (Family::Tron, usdt, usdt),
            (Family::Tron, "41a614f803b6fd780986a42c78ec9c7f77e6ded13c", usdt),
            (Family::Tron, "0xa614f803b6fd780986a42c78ec9c7f77e6ded13c", usdt),
            (Family::Tron, "trc10:1002000", "trc10:1002000"),
            (Family::Xrpl, "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"),
            (Family::Xrpl, "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ", "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59"),
            (Family::Xrpl, "524C555344000000000000000000000000000000.rMxCKbEDwqr76QuheSUMdEGf4B9xJ8m5De", rlusd),
            (Family::Xrpl, rlusd, rlusd),
            (
                Family::Xrpl,
                "0000000000000000000000005553440000000000.rvYAfWj5gh67oV6fW32ZzP3Aw4Eubs59B",
                "USD.rvYAfWj5gh67oV6fW32ZzP3Aw4Eubs59B",
            ),
            (
                Family::Solana,
                "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
                "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
            ),
            (Family::Ton, master, master),
            (Family::Ton, "0:b113a994b5024a16719f69139328eb759596c38a25f59028b146fecdc3621dfe", master),
            (Family::Ton, "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id/sDs", master),
        ];
        for (family, text, canonical) in ways {
            let identity = (family.traits().identity)(&Chosen::default()).unwrap();
            let parsed = Address::parse(&identity, text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(parsed.address.as_str(), canonical, "{text}");
            assert!(parsed.address.is_written(text), "{text}");
        }
    }

    #[test]
    fn a_wrong_character_is_seen_wherever_a_form_has_a_checksum() {
        for (family, text) in [
            (Family::Tron, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T"),
            (Family::Xrpl, "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTH"),
            (Family::Xrpl, "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqz"),
            (Family::Ton, "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDt"),
        ] {
            let identity = (family.traits().identity)(&Chosen::default()).unwrap();
            assert!(matches!(Address::parse(&identity, text), Err(AddressError::Checksum(_))), "{text}");
        }
    }

    #[test]
    fn an_extended_address_carries_its_tag() {
        let identity = (xrpl::TRAITS.identity)(&Chosen::default()).unwrap();
        let tag = |text| Address::parse(&identity, text).unwrap().memo;
        // XLS-5d's own examples, in the XRP Ledger's codec tests.
        assert_eq!(tag("XVLhHMPHU98es4dbozjVtdWzVrDjtV18pX8yuPT7y4xaEHi"), Some("4294967295".to_owned()));
        assert_eq!(tag("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ"), None);
    }

    /// A currency in the guise of the coin, or of a standard code, keeps its digits.
    #[test]
    fn no_two_currencies_of_an_issuer_look_alike() {
        let identity = (xrpl::TRAITS.identity)(&Chosen::default()).unwrap();
        let of = |code: &str| Address::parse(&identity, &format!("{code}.rvYAfWj5gh67oV6fW32ZzP3Aw4Eubs59B"));
        for code in ["5852500000000000000000000000000000000000", "5553440000000000000000000000000000000000"] {
            assert!(of(code).unwrap().address.as_str().starts_with(code));
        }
        for code in
            ["XRP", "0000000000000000000000005852500000000000", "US", "U.D", "0000000000000000000000000000000000000000"]
        {
            assert!(of(code).is_err(), "{code}");
        }
    }

    #[test]
    fn burnt_addresses_are_written_as_they_are_compared() {
        for family in Family::ALL {
            let chosen = Chosen { chain_id: Some(1), ..Chosen::default() };
            let identity = (family.traits().identity)(&chosen).unwrap();
            for text in family.traits().burnt {
                assert_eq!(Address::parse(&identity, text).unwrap().address.as_str(), *text);
            }
        }
    }

    #[test]
    fn identifiers_have_one_form_in_each_family() {
        let hex = "4D5F2A9C0B1E3D4F5A6B7C8D9E0F1A2B3C4D5E6F7A8B9C0D1E2F3A4B5C6D7E8F";
        for family in Family::ALL {
            let Some(txid) = (family.traits().txid)(hex) else { continue };
            assert_eq!((family.traits().txid)(&txid).as_deref(), Some(&*txid), "{family}");
        }
        let base64 = "TV8qnAseP08aa3yNng8aKzxNXm96i5wNHi86S1xtfo8=";
        let hash = (ton::TRAITS.txid)(base64).unwrap();
        assert_eq!(hash.len(), 64);
        assert_eq!(hash, (ton::TRAITS.txid)(&base64.replace('/', "_")).unwrap());
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_without_a_panic(text in ".{0,100}") {
            for family in Family::ALL {
                let chosen = Chosen { chain_id: Some(1), ..Chosen::default() };
                let identity = (family.traits().identity)(&chosen).unwrap();
                let _ = Address::parse(&identity, &text);
                let _ = (family.traits().txid)(&text);
                let _ = (family.traits().identity)(&Chosen { chain: Some(&text), chain_id: None });
                let _ = (family.traits().is_same)("0xdAC17F958D2ee523a2206206994597C13D831ec7", &text);
            }
        }
    }
}
