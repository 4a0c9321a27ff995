//! Which address, or which key, a run of characters is: every form that carries a checksum is held to it.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Bech32m};
use bitcoin::base58;
use data_encoding::BASE32;

use crate::terms::{Address, BitcoinChain, ChainIdentity, ParsedAddress, is_base58, ripple_base58};

/// An address, by the form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The network, or the first of several that share the form.
    pub(super) network: &'static str,
    /// Whether several networks share it.
    pub(super) shared: bool,
    /// Whether a checksum was there and fits; nothing where the form has none.
    pub(super) checked: Option<bool>,
}

const fn of(network: &'static str) -> Form {
    Form { network, shared: false, checked: Some(true) }
}

/// Version bytes of base58check addresses with a 20-byte hash (SLIP-0044's coins by their own chain parameters). What
/// follows the first 0x05 shares it.
const VERSIONS: &[(u8, &str)] = &[
    (0x00, "bitcoin"),
    (0x05, "bitcoin"),
    (0x6f, "bitcoin-testnet4"),
    (0xc4, "bitcoin-testnet4"),
    (0x30, "litecoin"),
    (0x32, "litecoin"),
    (0x1e, "dogecoin"),
    (0x16, "dogecoin"),
    (0x41, "tron"),
    (0x4c, "dash"),
    (0x10, "dash"),
    (0x3a, "qtum"),
    (0x3c, "ravencoin"),
    (0x26, "bitcoin-gold"),
    (0x47, "vertcoin"),
    (0x3d, "reddcoin"),
];

/// Prefixes of bech32 addresses (SLIP-0173).
const PREFIXES: &[(&str, &str)] = &[
    ("bc", "bitcoin"),
    ("tb", "bitcoin-testnet4"),
    ("bcrt", "bitcoin-regtest"),
    ("ltc", "litecoin"),
    ("dgb", "digibyte"),
    ("vtc", "vertcoin"),
    ("cosmos", "cosmos"),
    ("osmo", "osmosis"),
    ("terra", "terra"),
    ("kava", "kava"),
    ("inj", "injective"),
    ("sei", "sei"),
    ("celestia", "celestia"),
    ("juno", "juno"),
    ("akash", "akash"),
    ("thor", "thorchain"),
    ("kujira", "kujira"),
    ("bnb", "bnb-beacon"),
    ("addr", "cardano"),
    ("dydx", "dydx"),
    ("axelar", "axelar"),
    ("secret", "secret"),
    ("band", "band"),
    ("iota", "iota"),
    ("erd", "multiversx"),
    ("zil", "zilliqa"),
    ("ckb", "nervos"),
    ("one", "harmony"),
];

/// Longest run that base58 is tried on: decoding takes the square of it.
const LONGEST_BASE58: usize = 128;

/// The address that a run of letters and digits is. Solana's form has no checksum; it counts only where the text is about Solana.
pub(super) fn address(text: &str, about_solana: bool) -> Option<Form> {
    hexadecimal(text)
        .or_else(|| segregated(text))
        .or_else(|| cash(text))
        .or_else(|| stellar(text, ACCOUNT).then_some(of("stellar")))
        .or_else(|| ton(text).then_some(of("ton")))
        .or_else(|| versioned(text))
        .or_else(|| ripple(text))
        .or_else(|| (about_solana && is_solana_account(text)).then_some(Form { checked: None, ..of("solana") }))
}

/// The network whose base58 addresses begin so and have this length, although the checksum does not fit.
pub(super) fn broken(text: &str) -> Option<&'static str> {
    let base58 = text.len() <= 36 && text.bytes().all(is_base58);
    match text.as_bytes().first() {
        Some(b'T') if base58 && text.len() == 34 => Some("tron"),
        Some(b'r') if base58 && (25..=35).contains(&text.len()) && text.bytes().any(|b| b.is_ascii_digit()) => {
            Some("xrpl")
        }
        Some(b'1' | b'3') if base58 && (33..=34).contains(&text.len()) => Some("bitcoin"),
        _ if text.len() >= 39 && text.to_ascii_lowercase().starts_with("bc1q") => Some("bitcoin"),
        _ => None,
    }
}

fn hexadecimal(text: &str) -> Option<Form> {
    let parsed = parsed(&ChainIdentity::Evm(1), text)?;
    let digits = &text[2..];
    let mixed = digits.bytes().any(|b| b.is_ascii_uppercase()) && digits.bytes().any(|b| b.is_ascii_lowercase());
    Some(Form { network: "ethereum", shared: true, checked: mixed.then_some(parsed.checksum_ok) })
}

fn segregated(text: &str) -> Option<Form> {
    let hrp = |hrp: bech32::Hrp| hrp.to_lowercase();
    let prefix = CheckedHrpstring::new::<Bech32>(text)
        .map(|checked| hrp(checked.hrp()))
        .or_else(|_| CheckedHrpstring::new::<Bech32m>(text).map(|checked| hrp(checked.hrp())))
        .ok()?;
    PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, network)| of(network))
}

fn versioned(text: &str) -> Option<Form> {
    if !(25..=36).contains(&text.len()) {
        return None;
    }
    let bytes = base58::decode_check(text).ok()?;
    let (version, hash) = bytes.split_first()?;
    if hash.len() == 21 && (*version, hash[0]) == (0x1c, 0xb8) {
        return Some(of("zcash"));
    }
    let (_, network) = VERSIONS.iter().find(|(known, _)| known == version).filter(|_| hash.len() == 20)?;
    Some(Form { shared: matches!(version, 0 | 5), ..of(network) })
}

/// What the chain's own terms make of a text.
fn parsed(identity: &ChainIdentity, text: &str) -> Option<ParsedAddress> {
    Address::parse(identity, text).ok()
}

/// The main network of the XRP Ledger, and of The Open Network: their ids.
const XRPL: ChainIdentity = ChainIdentity::Xrpl(0);
const TON: ChainIdentity = ChainIdentity::Ton(-239);

/// A classic address of the XRP Ledger, or an X-address (XLS-5d), which carries a tag.
fn ripple(text: &str) -> Option<Form> {
    let classic = text.starts_with('r') && (25..=35).contains(&text.len());
    let extended = text.starts_with('X') && text.len() == 47;
    ((classic || extended) && parsed(&XRPL, text).is_some()).then_some(of("xrpl"))
}

/// The tag within an X-address.
pub(super) fn tag_of(text: &str) -> Option<u64> {
    parsed(&XRPL, text)?.memo?.parse().ok()
}

/// `StrKey` version bytes of Stellar (SEP-23).
const ACCOUNT: u8 = 6 << 3;
const SEED: u8 = 18 << 3;

fn stellar(text: &str, version: u8) -> bool {
    let bytes = (text.len() == 56).then(|| BASE32.decode(text.as_bytes()).ok()).flatten();
    bytes.is_some_and(|bytes| bytes[0] == version && crc(&bytes[..33]).to_le_bytes() == bytes[33..])
}

/// A user-friendly address of TON (TEP-2).
fn ton(text: &str) -> bool {
    text.len() == 48 && parsed(&TON, text).is_some()
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

/// A `CashAddr` of Bitcoin Cash, with or without its prefix.
fn cash(text: &str) -> Option<Form> {
    let payload = text.strip_prefix("bitcoincash:").unwrap_or(text);
    let shaped = payload.len() == 42 && payload.starts_with(['q', 'p']);
    let cash = ChainIdentity::Bitcoin(BitcoinChain::BitcoinCash);
    (shaped && parsed(&cash, text).is_some()).then_some(of("bitcoin-cash"))
}

fn is_solana_account(text: &str) -> bool {
    (32..=44).contains(&text.len()) && base58::decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether a run is a Solana signature: 64 bytes in base58.
pub(super) fn is_solana_signature(text: &str) -> bool {
    (64..=88).contains(&text.len()) && base58::decode(text).is_ok_and(|bytes| bytes.len() == 64)
}

/// Whether a run could be 32 bytes of a key in base58, with or without a version and a checksum that may not fit.
pub(super) fn is_base58_key(text: &str) -> bool {
    (43..=52).contains(&text.len()) && base58::decode(text).is_ok_and(|bytes| bytes.len() == 32 || bytes.len() >= 37)
}

/// Whether a run is a private key in a form of its own: WIF, an extended private key, a seed of Stellar or of the XRP Ledger.
pub(super) fn is_private_key(text: &str) -> bool {
    if text.len() > LONGEST_BASE58 || text.len() < 25 {
        return false;
    }
    let wif = |bytes: &[u8]| {
        let long = bytes.len() == 34 && bytes[33] == 1;
        (bytes.len() == 33 || long) && matches!(bytes[0], 0x80 | 0xef | 0xb0 | 0x9e | 0xcc | 0xbc)
    };
    let extended = text.get(1..4) == Some("prv") && text.len() >= 107;
    let family_seed =
        || text.starts_with('s') && ripple_base58(text).is_some_and(|bytes| matches!(bytes.len(), 17 | 19));
    let plain = matches!(text.len(), 51 | 52) && base58::decode_check(text).is_ok_and(|bytes| wif(&bytes));
    plain || extended || stellar(text, SEED) || family_seed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of the networks' own documentation.
    #[test]
    fn addresses_are_told_apart_by_their_checksums() {
        let known = [
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ethereum"),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bitcoin"),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bitcoin"),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bitcoin"),
            ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron"),
            ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "xrpl"),
            ("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ", "xrpl"),
            ("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", "stellar"),
            ("EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2", "ton"),
            ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "bitcoin-cash"),
        ];
        for (text, network) in known {
            let form = address(text, false).unwrap_or_else(|| panic!("{text} is no address"));
            assert_eq!((form.network, form.checked), (network, Some(true)), "{text}");
            let last = text.chars().next_back().unwrap();
            let other = if last == 'a' { 'b' } else { 'a' };
            let typo = format!("{}{other}", &text[..text.len() - 1]);
            assert!(address(&typo, false).is_none_or(|form| form.checked == Some(false)), "{typo}");
        }
        assert_eq!(address("11111111111111111111111111111111", false), None);
        assert_eq!(address("11111111111111111111111111111111", true).unwrap().network, "solana");
    }

    /// Public vectors of BIP-13's wiki page, BIP-32, SEP-5 and the XRP Ledger's documentation.
    #[test]
    fn private_keys_are_told_by_their_form() {
        for key in [
            "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
            "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617",
            "SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN",
            "sn259rEFXrQrWyx3Q7XneWcwV6dfL",
        ] {
            assert!(is_private_key(key), "{key}");
        }
        assert!(!is_private_key("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"));
    }

    #[test]
    fn an_extended_address_carries_its_tag() {
        assert_eq!(tag_of("XVLhHMPHU98es4dbozjVtdWzVrDjtV18pX8yuPT7y4xaEHi"), Some(4_294_967_295));
        assert_eq!(tag_of("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ"), None);
    }
}
