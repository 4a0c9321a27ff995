//! What a token calls itself: in the record that Metaplex's program keeps of it, at an address that follows from its
//! own, or in an extension of its own account, as Token-2022 allows.
//! <https://developers.metaplex.com/token-metadata>, <https://spl.solana.com/token-2022/extensions#metadata>.

use bitcoin::base58;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::programs::TOKENS;
use super::{Account, CONFIRMED, Told, ask, key};
use crate::sources::Line;
use crate::terms::{Address, Gap, Seen};

/// Metaplex's program.
const METAPLEX: &str = "metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s";
/// What a derived address is hashed with at the end.
const DERIVED: &[u8] = b"ProgramDerivedAddress";
/// How many derived addresses are asked for. The right one is the first of them, from 255 down, that is no public key:
/// every second is none, so that all of these are keys once in a million times.
const CANDIDATES: u8 = 20;
/// Longest ticker taken from a token; the rest is not worth a line of a report.
const LONGEST_SYMBOL: usize = 32;

/// First byte of Metaplex's record of a token: `Key::MetadataV1`.
const METADATA_V1: u8 = 4;
/// Where the extensions of a Token-2022 mint begin: behind the length of a token account and the kind of the account.
const EXTENSIONS: usize = 166;
/// `ExtensionType::TokenMetadata`.
const TOKEN_METADATA: u16 = 19;

/// The ticker in the token's own account, else in Metaplex's record; no when there is neither.
pub(super) async fn symbol(line: Line<'_>, contract: &Address) -> Result<Seen<String>, Gap> {
    let question = format!("what the token {contract} calls itself");
    let mint = key(contract.as_str()).ok_or_else(|| line.malformed(&question, "the token's address is none"))?;
    let mut asked = vec![contract.as_str().to_owned()];
    asked.extend(records(&mint));
    let form = json!({ "encoding": "base64", "commitment": CONFIRMED });
    let params = json!([asked, form]);
    let (told, reply) = ask::<Told<Vec<Option<Account>>>>(line, "getMultipleAccounts", params, &question).await?;
    if told.value.len() != asked.len() {
        return Err(line.malformed(&question, "the list of accounts has another length than that of the question"));
    }
    let found = told.value.iter().flatten().find_map(|account| {
        let bytes = account.bytes()?;
        match account.owner.as_str() {
            METAPLEX => recorded(&bytes, &mint),
            program if TOKENS.contains(&program) => extended(&bytes, &mint),
            _ => None,
        }
    });
    Ok(match found {
        Some(symbol) => Seen::Yes(symbol, reply.provenance()),
        None => Seen::No(reply.provenance()),
    })
}

/// The addresses at which Metaplex's record of a token may be.
fn records(mint: &[u8; 32]) -> impl Iterator<Item = String> {
    let program = key(METAPLEX).unwrap_or_default();
    let mint = *mint;
    (0..CANDIDATES).map(move |step| {
        let parts: [&[u8]; 6] = [b"metadata", &program, &mint, &[u8::MAX - step], &program, DERIVED];
        let hash = parts.into_iter().fold(Sha256::new(), Digest::chain_update).finalize();
        base58::encode(&hash)
    })
}

/// Metaplex's record: its key, who may change it, the token, name and ticker.
fn recorded(bytes: &[u8], mint: &[u8; 32]) -> Option<String> {
    let rest = bytes.strip_prefix(&[METADATA_V1])?;
    named(rest, mint)
}

/// The extension of a Token-2022 mint that tells its name. Each begins with its kind and length, of 16 bits.
fn extended(bytes: &[u8], mint: &[u8; 32]) -> Option<String> {
    let mut rest = bytes.get(EXTENSIONS..)?;
    while let [k0, k1, l0, l1, tail @ ..] = rest {
        let body = tail.get(..usize::from(u16::from_le_bytes([*l0, *l1])))?;
        if u16::from_le_bytes([*k0, *k1]) == TOKEN_METADATA {
            return named(body, mint);
        }
        rest = &tail[body.len()..];
    }
    None
}

/// The ticker behind the authority, the token itself and its name; nothing where it is another token's.
fn named(bytes: &[u8], mint: &[u8; 32]) -> Option<String> {
    let (own, rest) = (bytes.get(32..64)?, bytes.get(64..)?);
    let (_, rest) = text(rest).filter(|_| own == mint)?;
    let (symbol, _) = text(rest)?;
    let symbol: String = symbol.trim_end_matches('\0').chars().take(LONGEST_SYMBOL).collect();
    (!symbol.trim().is_empty()).then_some(symbol)
}

/// A text behind its length of 32 bits, and what follows.
fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    Some((str::from_utf8(rest.get(..length)?).ok()?, rest.get(length..)?))
}
