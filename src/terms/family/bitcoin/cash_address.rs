//! Addresses of Bitcoin Cash: <https://documentation.cash/protocol/blockchain/encoding/cashaddr>.

use crate::terms::family::base58::Flaw;

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// Generators of the checksum, a BCH code over 40 bits.
const GENERATORS: [u64; 5] = [0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470];
/// Characters of the checksum.
const CHECKSUM: usize = 8;
/// Lengths of what follows the prefix, for hashes of 20 and of 32 bytes.
const LENGTHS: [usize; 2] = [42, 61];

/// What a hash is of. A receiver that takes tokens says so by another kind, which opens the same output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Key,
    Script,
}

/// Kind and hash of an address, with or without its prefix.
pub(super) fn read(prefix: &str, text: &str) -> Result<(Kind, Vec<u8>), Flaw> {
    let lower = text.to_ascii_lowercase();
    if lower != text && text.to_ascii_uppercase() != text {
        return Err(Flaw::Shape);
    }
    let body = match lower.split_once(':') {
        Some((given, body)) if given == prefix => body,
        Some(_) => return Err(Flaw::Shape),
        None => lower.as_str(),
    };
    let letter = |b: u8| ALPHABET.iter().position(|known| *known == b).and_then(|at| u8::try_from(at).ok());
    let values: Option<Vec<u8>> = body.bytes().map(letter).collect();
    let values = values.filter(|values| LENGTHS.contains(&values.len())).ok_or(Flaw::Shape)?;
    if sum(prefix, &values) != 0 {
        return Err(Flaw::Checksum);
    }
    let bytes = bytes(&values[..values.len() - CHECKSUM]).ok_or(Flaw::Shape)?;
    let (version, hash) = bytes.split_first().ok_or(Flaw::Shape)?;
    let kind = match version >> 3 {
        0 | 2 => Kind::Key,
        1 | 3 => Kind::Script,
        _ => return Err(Flaw::Shape),
    };
    let size = match version & 7 {
        0 => 20,
        3 => 32,
        _ => return Err(Flaw::Shape),
    };
    if hash.len() == size { Ok((kind, hash.to_vec())) } else { Err(Flaw::Shape) }
}

/// The address of a hash of 20 or 32 bytes, with its prefix.
pub(super) fn write(prefix: &str, kind: Kind, hash: &[u8]) -> String {
    let size = if hash.len() == 32 { 3 } else { 0 };
    let version = size | if kind == Kind::Script { 1 << 3 } else { 0 };
    let mut values = letters(std::iter::once(version).chain(hash.iter().copied()));
    let all: Vec<u8> = values.iter().copied().chain([0; CHECKSUM]).collect();
    let sum = sum(prefix, &all);
    values.extend((0..CHECKSUM).rev().map(|at| u8::try_from(sum >> (5 * at) & 31).unwrap_or_default()));
    let body = values.iter().map(|value| char::from(ALPHABET[usize::from(*value)]));
    format!("{prefix}:{}", body.collect::<String>())
}

/// The checksum of the prefix and the values that follow it; 0 where these end in a checksum that fits.
fn sum(prefix: &str, values: &[u8]) -> u64 {
    let start = prefix.bytes().map(|b| b & 31).chain([0]);
    let sum = start.chain(values.iter().copied()).fold(1u64, |sum, value| {
        let shifted = ((sum & 0x07_ffff_ffff) << 5) ^ u64::from(value);
        GENERATORS.iter().enumerate().fold(shifted, |c, (bit, g)| if (sum >> 35) >> bit & 1 == 1 { c ^ g } else { c })
    });
    sum ^ 1
}

/// Bytes as groups of five bits, with zeros to fill the last one.
fn letters(bytes: impl Iterator<Item = u8>) -> Vec<u8> {
    let bits: Vec<u8> = bytes.flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect();
    bits.chunks(5).map(|group| (0..5).fold(0, |all, at| all << 1 | group.get(at).copied().unwrap_or(0))).collect()
}

/// The bytes of groups of five bits; nothing where what fills the last one is not zero.
fn bytes(letters: &[u8]) -> Option<Vec<u8>> {
    let bits: Vec<u8> = letters.iter().flat_map(|letter| (0..5).rev().map(move |at| letter >> at & 1)).collect();
    let (whole, rest) = bits.as_chunks::<8>();
    let fits = rest.len() < 5 && rest.iter().all(|bit| *bit == 0);
    fits.then(|| whole.iter().map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit)).collect())
}
