//! Bitcoin, its test networks and its kin: Litecoin, Dogecoin and Bitcoin Cash.

mod cash_address;
mod chains;
mod lock;

pub use chains::BitcoinChain;

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

use self::lock::Lock;
use super::base58::Flaw;
use super::{Chosen, Proofs, Traits, digits};
use crate::terms::address::{Address, AddressError, ParsedAddress};
use crate::terms::{ChainIdentity, Finality, Shape};

pub(super) const TRAITS: Traits = Traits {
    name: "bitcoin",
    coin: "BTC",
    decimals: 8,
    // Ten minutes and six blocks: Bitcoin's design.
    block_seconds: 600,
    finality: Finality::Confirmations(6),
    shapes: &[Shape::BareHex],
    txid: |text| Some(digits(text)?.to_ascii_lowercase().into()),
    identity,
    address: |identity, text| match identity {
        ChainIdentity::Bitcoin(chain) => parse(*chain, text),
        _ => Err(AddressError::Shape(text.to_owned())),
    },
    is_same: |own, text| {
        own == text || BitcoinChain::ALL.iter().any(|chain| written(*chain, text).as_deref() == Some(own))
    },
    prefixes: &[
        "bitcoincash:q",
        "bitcoincash:p",
        "bcrt1q",
        "bcrt1p",
        "tltc1q",
        "tltc1p",
        "ltc1q",
        "ltc1p",
        "bc1q",
        "bc1p",
        "tb1q",
        "tb1p",
    ],
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

fn parse(chain: BitcoinChain, text: &str) -> Result<ParsedAddress, AddressError> {
    let canonical = Lock::read(chain, text).map(|lock| lock.write(chain));
    match canonical {
        Ok(Some(text)) => Ok(ParsedAddress { address: Address::canonical(text), checksum_ok: true, memo: None }),
        Err(_) if BitcoinChain::ALL.iter().any(|other| Lock::read(*other, text).is_ok()) => {
            Err(AddressError::OtherNetwork(text.to_owned()))
        }
        Err(Flaw::Checksum) => Err(AddressError::Checksum(text.to_owned())),
        Ok(None) | Err(Flaw::Shape) => Err(AddressError::Shape(text.to_owned())),
    }
}

/// An address as a chain writes it.
fn written(chain: BitcoinChain, text: &str) -> Option<String> {
    Lock::read(chain, text).ok()?.write(chain)
}

/// The address that an output script pays, or nothing for a script without one.
pub(in crate::terms) fn of_script(chain: BitcoinChain, script: &bitcoin::Script) -> Option<Address> {
    Lock::of_script(chain, script)?.write(chain).map(Address::canonical)
}

/// The address on another chain that the same key or script opens, where that chain has such addresses.
pub(in crate::terms) fn translate(from: BitcoinChain, to: BitcoinChain, address: &Address) -> Option<Address> {
    Lock::read(from, address.as_str()).ok()?.write(to).map(Address::canonical)
}

#[cfg(test)]
mod tests {
    use super::*;
    use BitcoinChain::{BitcoinCash, Dogecoin, DogecoinTestnet, Litecoin, LitecoinTestnet, Mainnet};

    /// The table in <https://documentation.cash/protocol/blockchain/encoding/cashaddr>, and the same hashes by the versions
    /// of Litecoin and Dogecoin.
    #[test]
    fn an_address_has_one_form_on_each_chain() {
        let ways = [
            (
                BitcoinCash,
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            ),
            (
                BitcoinCash,
                "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            ),
            (
                BitcoinCash,
                "BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A",
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            ),
            (
                BitcoinCash,
                "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu",
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            ),
            (
                BitcoinCash,
                "1KXrWXciRDZUpQwQmuM1DbwsKDLYAYsVLR",
                "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy",
            ),
            (
                BitcoinCash,
                "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC",
                "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq",
            ),
            (Litecoin, "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "MJiPwX84iBe4WnFDwsYGgtnz1XonPhUqhf"),
        ];
        for (chain, text, canonical) in ways {
            let parsed = parse(chain, text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!(parsed.address.is_written(text), "{text} is not {}", parsed.address);
            assert_eq!(parsed.address.as_str(), canonical, "{text}");
        }
    }

    #[test]
    fn addresses_of_scripts_read_as_what_they_are() {
        let hash = "76a04053bda0a88bda5177b86a15c3b29f559873";
        let script = |text: &str| bitcoin::ScriptBuf::from_hex(text).unwrap();
        let key = script(&format!("76a914{hash}88ac"));
        let group = script(&format!("a914{hash}87"));
        let witness = script(&format!("0014{hash}"));
        let begins = |chain, script: &bitcoin::Script| {
            of_script(chain, script).map(|address| {
                assert_eq!(parse(chain, address.as_str()).unwrap().address, address);
                address.as_str()[..1].to_owned()
            })
        };
        assert_eq!(begins(Mainnet, &key).as_deref(), Some("1"));
        assert_eq!(begins(Litecoin, &key).as_deref(), Some("L"));
        assert_eq!(begins(Dogecoin, &key).as_deref(), Some("D"));
        assert_eq!(begins(BitcoinCash, &key).as_deref(), Some("b"));
        assert_eq!(begins(Litecoin, &group).as_deref(), Some("M"));
        assert!(matches!(begins(Dogecoin, &group).as_deref(), Some("9" | "A")));
        assert_eq!(begins(DogecoinTestnet, &key).as_deref(), Some("n"));
        assert_eq!(begins(LitecoinTestnet, &witness).as_deref(), Some("t"));
        assert_eq!(begins(Litecoin, &witness).as_deref(), Some("l"));
        for without in [Dogecoin, BitcoinCash] {
            assert_eq!(of_script(without, &witness), None, "it has no witness programs");
        }
    }

    #[test]
    fn the_side_chain_of_litecoin_has_no_addresses_here() {
        for version in ["58", "59"] {
            let script = bitcoin::ScriptBuf::from_hex(&format!("{version}20{}", "11".repeat(32))).unwrap();
            assert_eq!(of_script(Litecoin, &script), None, "a peg pays nobody");
        }
        let mweb = "ltcmweb1qqdvsaxkhw4mnnvhfwtg3jgv6h3vmndrr4rzwpgvm0gj6t0mvlfwsqqng4s9f8z";
        assert!(parse(Litecoin, mweb).is_err());
    }

    #[test]
    fn one_key_has_an_address_on_each_chain() {
        let legacy = parse(Mainnet, "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC").unwrap().address;
        let cash = translate(Mainnet, BitcoinCash, &legacy).unwrap();
        assert_eq!(cash.as_str(), "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq");
        assert_eq!(translate(BitcoinCash, Mainnet, &cash), Some(legacy.clone()));
        let own = translate(Mainnet, Litecoin, &legacy).unwrap();
        assert_eq!(translate(Litecoin, Mainnet, &own), Some(legacy));
        let segwit = parse(Mainnet, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4").unwrap().address;
        assert_eq!(translate(Mainnet, BitcoinCash, &segwit), None);
        assert!(translate(Mainnet, Litecoin, &segwit).unwrap().as_str().starts_with("ltc1q"));
    }

    #[test]
    fn a_wrong_character_is_seen_on_every_chain() {
        let address = |chain, text: &str| parse(chain, text).unwrap().address;
        let own = [
            (BitcoinCash, address(BitcoinCash, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu")),
            (Litecoin, address(Litecoin, "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC")),
            (
                Litecoin,
                translate(Mainnet, Litecoin, &address(Mainnet, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")).unwrap(),
            ),
            (
                Dogecoin,
                translate(BitcoinCash, Dogecoin, &address(BitcoinCash, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu")).unwrap(),
            ),
        ];
        for (chain, address) in own {
            let text = address.as_str();
            let last = if text.ends_with('q') { 'p' } else { 'q' };
            let typo = format!("{}{last}", &text[..text.len() - 1]);
            assert!(matches!(parse(chain, &typo), Err(AddressError::Checksum(_))), "{typo}");
        }
    }

    #[test]
    fn what_another_chain_of_the_kin_writes_is_told_from_nonsense() {
        for (chain, text) in [
            (Mainnet, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
            (Mainnet, "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
            (BitcoinCash, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
            (Dogecoin, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"),
            (Litecoin, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"),
        ] {
            assert!(matches!(parse(chain, text), Err(AddressError::OtherNetwork(_))), "{text}");
        }
        assert!(matches!(parse(Litecoin, "hello"), Err(AddressError::Shape(_))));
        // Its letters are those of an address of this chain, and so is their number.
        let evm = format!("0x{}", "d8".repeat(20));
        assert!(matches!(parse(BitcoinCash, &evm), Err(AddressError::Shape(_))));
    }
}
