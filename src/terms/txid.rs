//! Transaction identifiers, and which family of networks a shape can belong to.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::{Family, is_base58};

/// A transaction identifier in its network's canonical form, which its family defines: 64 hex digits, in lower case
/// almost everywhere and with `0x` on EVM; a signature in base58 on Solana.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Txid(Arc<str>);

/// What an identifier looks like. A shape narrows the networks that it can be of; it never proves one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 64 hex digits after `0x`: EVM and its kin.
    PrefixedHex,
    /// 64 hex digits alone: Bitcoin and many others, or an EVM hash that lost its prefix.
    BareHex,
    /// 86 to 88 base58 characters: a Solana signature.
    Base58Signature,
    /// 32 bytes in base64, with its sign of equality at the end: one of the ways in which TON's hashes are printed.
    Base64Hash,
}

impl Shape {
    /// The shape of `text`, or nothing when it looks like no transaction identifier known here.
    pub fn of(text: &str) -> Option<Self> {
        // No early exit, so that it is compiled to instructions that take many letters at once.
        let hex = |t: &str| t.len() == 64 && t.bytes().fold(true, |all, b| all & b.is_ascii_hexdigit());
        if let Some(rest) = text.strip_prefix("0x") {
            return hex(rest).then_some(Self::PrefixedHex);
        }
        if hex(text) {
            return Some(Self::BareHex);
        }
        let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        if (86..=88).contains(&text.len()) && text.bytes().all(is_base58) {
            return Some(Self::Base58Signature);
        }
        let body = text.strip_suffix('=').filter(|body| body.len() == 43 && body.bytes().all(base64))?;
        // Of a random hash hardly any has no digit or no letter of either case; words in a row have.
        let kinds = [u8::is_ascii_digit, u8::is_ascii_lowercase, u8::is_ascii_uppercase];
        kinds.iter().all(|kind| body.bytes().any(|b| kind(&b))).then_some(Self::Base64Hash)
    }

    /// The families whose identifiers have this shape, the most usual first.
    pub fn families(self) -> impl Iterator<Item = Family> {
        Family::ALL.into_iter().filter(move |family| family.has(self))
    }
}

impl Txid {
    /// The canonical identifier that `text` is on a network of `family`; nothing when it has another shape.
    pub fn parse(family: Family, text: &str) -> Option<Self> {
        (family.traits().txid)(text).map(|text| Self(text.into()))
    }

    /// The same bytes in the other order, as some programs print them.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let pairs: Vec<&str> =
            self.digits().as_bytes().rchunks(2).filter_map(|pair| str::from_utf8(pair).ok()).collect();
        let prefix = if self.0.starts_with("0x") { "0x" } else { "" };
        Self(format!("{prefix}{}", pairs.concat()).into())
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `text` is this identifier, however it is written: with or without `0x`, in any case, with an index
    /// behind it.
    pub fn is_written(&self, text: &str) -> bool {
        let text = text.trim();
        if text == &*self.0 {
            return true;
        }
        let hash = text.split([':', '-', '_']).next().unwrap_or_default();
        [text, hash].iter().any(|text| {
            let text = text.replacen("0X", "0x", 1);
            Family::ALL.iter().any(|family| (family.traits().txid)(&text).as_deref() == Some(self.as_str()))
        })
    }

    /// The digits alone, so that one identifier can be compared across ways of writing it.
    pub fn digits(&self) -> &str {
        self.0.strip_prefix("0x").unwrap_or(&self.0)
    }
}

impl fmt::Display for Txid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
