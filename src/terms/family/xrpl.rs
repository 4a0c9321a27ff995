//! The XRP Ledger and its test networks.

use super::base58::{self, Flaw};
use super::{Chosen, Proofs, Traits, digits, known};
use crate::terms::address::{Address, AddressError, ParsedAddress};
use crate::terms::{ChainIdentity, Finality, Shape};

pub(super) const TRAITS: Traits = Traits {
    name: "xrpl",
    coin: "XRP",
    decimals: 6,
    block_seconds: 4,
    // A validated ledger is final.
    finality: Finality::Confirmations(1),
    shapes: &[Shape::BareHex],
    txid: |text| Some(digits(text)?.to_ascii_uppercase().into()),
    identity,
    address: |identity, text| parse(identity, text),
    is_same: |own, text| {
        (own.starts_with('r') || own.contains(".r")) && any(text).is_ok_and(|(parsed, ..)| parsed.as_str() == own)
    },
    prefixes: &["r"],
    burnt: &["rrrrrrrrrrrrrrrrrrrrrhoLvTp", "rrrrrrrrrrrrrrrrrrrrBZbvji"],
    spends_outputs: false,
    calls_inside: false,
    shares_addresses: false,
    has_memos: true,
    // Two minutes.
    heads_apart: 30,
    window: None,
    proofs: Proofs::None,
    fee_unit: "",
};

/// Network ids of the public servers.
const CHAINS: &[(&str, &str)] = &[("mainnet", "0"), ("testnet", "1"), ("devnet", "2")];

fn identity(chosen: &Chosen<'_>) -> Result<ChainIdentity, String> {
    let chain = known(CHAINS, chosen);
    let id = chain.parse().map_err(|_| format!("`{chain}` is neither mainnet, testnet, devnet nor a network id"))?;
    Ok(ChainIdentity::Xrpl(id))
}

/// Version of an account's address.
const CLASSIC: u8 = 0;
/// First bytes of an X-address (XLS-5d) of the main network, and of others.
const EXTENDED: [[u8; 2]; 2] = [[0x05, 0x44], [0x04, 0x93]];

fn parse(identity: &ChainIdentity, text: &str) -> Result<ParsedAddress, AddressError> {
    let (address, memo, main) = any(text)?;
    let is_main = *identity == ChainIdentity::Xrpl(0);
    if main.is_some_and(|main| main != is_main) {
        return Err(AddressError::OtherNetwork(text.to_owned()));
    }
    Ok(ParsedAddress { address, checksum_ok: true, memo })
}

/// An address, the tag within it, and whether it is of the main network, where the form tells.
type Parsed = Result<(Address, Option<String>, Option<bool>), AddressError>;

/// An account, or what identifies a token: a currency of an issuer, or a multi-purpose token's issuance (XLS-33).
fn any(text: &str) -> Parsed {
    if text.len() == ISSUANCE && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok((Address::canonical(text.to_ascii_uppercase()), None, None));
    }
    let Some((code, issuer)) = text.rsplit_once('.') else { return account(text) };
    let (issuer, _, main) = account(issuer)?;
    let code = currency(code).ok_or_else(|| AddressError::Shape(text.to_owned()))?;
    Ok((Address::canonical(format!("{code}.{issuer}")), None, main))
}

/// The classic address of an account.
pub(in crate::terms) fn classic(account: &[u8; 20]) -> Address {
    let bytes: Vec<u8> = [CLASSIC].iter().chain(account).copied().collect();
    Address::canonical(base58::in_ripple(&bytes))
}

/// Hex digits of a multi-purpose token's issuance id, of a currency code, and the bytes of the latter.
const ISSUANCE: usize = 48;
const HEX_CODE: usize = 40;
const CODE: usize = 20;

/// A currency code in one form: three letters for a standard code, the text of a longer one, and upper-case hex for
/// everything else, so that no two codes look alike. "XRP" is nobody's to issue.
/// <https://xrpl.org/docs/references/protocol/data-types/currency-formats>.
fn currency(code: &str) -> Option<String> {
    let readable = |text: &str| text.bytes().all(|b| b.is_ascii_graphic() && b != b'.');
    if code.len() != HEX_CODE {
        return ((3..=CODE).contains(&code.len()) && readable(code) && code != "XRP").then(|| code.to_owned());
    }
    let hex = code.to_ascii_uppercase();
    let bytes = data_encoding::HEXUPPER.decode(hex.as_bytes()).ok()?;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok().filter(|text| readable(text));
    let end = bytes.iter().rposition(|b| *b != 0)?;
    let standard = bytes[..12].iter().chain(&bytes[15..]).all(|b| *b == 0);
    if standard {
        return text(&bytes[12..15]).filter(|code| code != "XRP");
    }
    // Three letters in the first bytes are not the standard code of these letters.
    Some(text(&bytes[..=end]).filter(|text| text.len() > 3).unwrap_or(hex))
}

/// The classic address of either form, the tag within it, and whether it is of the main network, where the form tells.
fn account(text: &str) -> Parsed {
    let shape = || AddressError::Shape(text.to_owned());
    let (classic, extended) = (text.starts_with('r'), text.starts_with(['X', 'T']) && text.len() >= 46);
    let bytes = base58::ripple(text).map_err(|flaw| match flaw {
        Flaw::Checksum if classic || extended => AddressError::Checksum(text.to_owned()),
        _ => shape(),
    })?;
    let of = |account: &[u8]| <&[u8; 20]>::try_from(account).map(self::classic).map_err(|_| shape());
    if bytes.len() == 21 && bytes[0] == CLASSIC {
        return Ok((of(&bytes[1..])?, None, None));
    }
    let main = EXTENDED.iter().position(|prefix| bytes.starts_with(prefix)).filter(|_| bytes.len() == 31);
    let main = main.ok_or_else(shape)? == 0;
    let tag = match bytes[22] {
        0 => None,
        1 => Some(u32::from_le_bytes([bytes[23], bytes[24], bytes[25], bytes[26]])),
        _ => return Err(shape()),
    };
    Ok((of(&bytes[2..22])?, tag.map(|tag| tag.to_string()), Some(main)))
}
