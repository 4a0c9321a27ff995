//! Base58 with a version and a checksum of four bytes, in Bitcoin's alphabet and in Ripple's.

use bitcoin::base58::{self, Error};

/// Ripple's alphabet, and Bitcoin's in the same order.
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Longest text that is decoded: decoding takes the square of it.
const LONGEST: usize = 128;

/// Why a text is no base58 with a checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A character is wrong.
    Checksum,
    /// It is something else.
    Shape,
}

/// The bytes under the checksum.
pub(super) fn checked(text: &str) -> Result<Vec<u8>, Flaw> {
    if text.len() > LONGEST {
        return Err(Flaw::Shape);
    }
    base58::decode_check(text).map_err(|error| match error {
        Error::IncorrectChecksum(_) => Flaw::Checksum,
        _ => Flaw::Shape,
    })
}

/// The same in Ripple's alphabet.
pub(super) fn ripple(text: &str) -> Result<Vec<u8>, Flaw> {
    let letter = |b: u8| RIPPLE.iter().position(|known| *known == b).map(|at| char::from(BITCOIN[at]));
    let translated: Option<String> = text.bytes().take(LONGEST + 1).map(letter).collect();
    checked(&translated.ok_or(Flaw::Shape)?)
}

/// Bytes with their checksum, in Ripple's alphabet.
pub(super) fn in_ripple(bytes: &[u8]) -> String {
    let letter = |b: u8| BITCOIN.iter().position(|known| *known == b).map_or('r', |at| char::from(RIPPLE[at]));
    base58::encode_check(bytes).bytes().map(letter).collect()
}

/// Plain bytes, without a checksum.
pub(super) fn plain(text: &str) -> Option<Vec<u8>> {
    Some(text).filter(|text| text.len() <= LONGEST).and_then(|text| base58::decode(text).ok())
}
