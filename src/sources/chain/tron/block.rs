//! A block's header, and its id recomputed from it.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::message::Writer;
use super::peer::{Asking, ask};
use crate::net::Reply;
use crate::sources::Line;
use crate::terms::{Gap, GapWhy};

/// Which of a node's two views is asked: all blocks, or only those on which 19 producers have built.
#[derive(Clone, Copy)]
pub(super) enum View {
    /// `/wallet`.
    Newest,
    /// `/walletsolidity`.
    Solid,
}

impl View {
    /// The path of a question in this view.
    pub(super) fn path(self, question: &str) -> String {
        match self {
            Self::Newest => format!("/wallet/{question}"),
            Self::Solid => format!("/walletsolidity/{question}"),
        }
    }
}

/// `getblock` without its transactions. Fields that are zero are left out.
#[derive(Deserialize)]
pub(super) struct Block {
    #[serde(rename = "blockID")]
    pub id: String,
    block_header: Header,
}

#[derive(Deserialize)]
struct Header {
    raw_data: Raw,
}

/// `BlockHeader.raw` of java-tron's `Tron.proto`.
#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    number: u64,
    /// Milliseconds.
    #[serde(default)]
    timestamp: u64,
    #[serde(rename = "txTrieRoot", default)]
    root: String,
    #[serde(rename = "parentHash", default)]
    parent: String,
    #[serde(default)]
    witness_id: u64,
    #[serde(default)]
    witness_address: String,
    #[serde(default)]
    version: u64,
    #[serde(rename = "accountStateRoot", default)]
    state: String,
}

impl Block {
    pub(super) fn height(&self) -> u64 {
        self.block_header.raw_data.number
    }

    /// Milliseconds since 1970, as the chain counts.
    pub(super) fn milliseconds(&self) -> u64 {
        self.block_header.raw_data.timestamp
    }

    pub(super) fn time(&self) -> Option<Timestamp> {
        time(self.milliseconds())
    }

    /// Whether the id is that of the header: its SHA-256, of which the height takes the place of the first eight bytes.
    pub(super) fn is_hashed(&self) -> bool {
        let raw = &self.block_header.raw_data;
        let hex = |text: &str| data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
        let Some([root, parent, witness, state]) = [&raw.root, &raw.parent, &raw.witness_address, &raw.state]
            .map(|text| hex(text))
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .and_then(|all| <[Vec<u8>; 4]>::try_from(all).ok())
        else {
            return false;
        };
        let mut header = Writer::default();
        header.number(1, raw.timestamp).bytes(2, &root).bytes(3, &parent).number(7, raw.number);
        header.number(8, raw.witness_id).bytes(9, &witness).number(10, raw.version).bytes(11, &state);
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(header.written()));
        format!("{:016x}{}", raw.number, &hash[16..]) == self.id
    }
}

/// Milliseconds since 1970.
pub(super) fn time(milliseconds: u64) -> Option<Timestamp> {
    Timestamp::from_millisecond(i64::try_from(milliseconds).ok()?).ok()
}

/// The newest block of a view.
pub(super) async fn newest(line: Line<'_>, view: View, question: &str) -> Result<(Block, Reply), Gap> {
    let (block, reply) = ask::<Block>(line, &view.path("getblock"), json!({ "detail": false }), question).await?;
    let block = block.ok_or_else(|| line.malformed(question, "the node has no newest block"))?;
    check(line, &block, None, question)?;
    Ok((block, reply))
}

/// The block of a view at a height.
pub(super) async fn at(line: Line<'_>, view: View, height: u64, question: &str) -> Asking<Block> {
    let body = json!({ "id_or_num": height.to_string(), "detail": false });
    let (block, reply) = ask::<Block>(line, &view.path("getblock"), body, question).await?;
    if let Some(block) = &block {
        check(line, block, Some(height), question)?;
    }
    Ok((block, reply))
}

/// A block's id begins with its height, which must be the one asked for.
fn check(line: Line<'_>, block: &Block, height: Option<u64>, question: &str) -> Result<(), Gap> {
    let id = &block.id;
    if id.len() != 64 || !id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(line.malformed(question, "a block has no id"));
    }
    let numbered = u64::from_str_radix(&id[..16], 16).is_ok_and(|number| number == block.height());
    if !numbered || height.is_some_and(|height| height != block.height()) {
        let detail = format!("the answer is about block {} with the id {id}", block.height());
        return Err(line.gap(question, GapWhy::Mismatch, detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nile's block 66987565, as java-tron's documentation of `getblock` shows it.
    const NILE: &str = r#"{
        "blockID": "0000000003fe262d52bfa4b2814f816fd2e57af5b98a33d60d8630a03a908e0e",
        "block_header": {"raw_data": {
            "number": 66987565,
            "txTrieRoot": "faf8fe3858339ead25cc892461c82a59b84dca4a51c45b026676bf3f45a352a2",
            "witness_address": "41b2f713d57dbcec679d93a8849fa0cd0e4db594ba",
            "parentHash": "0000000003fe262c85cd6b02033f4c3e5c1efa35de256a17bd906dc61fb1aeed",
            "version": 34, "timestamp": 1777445121000
        }}
    }"#;

    #[test]
    fn an_id_is_recomputed_from_the_header() {
        let block: Block = serde_json::from_str(NILE).unwrap();
        assert!(block.is_hashed());
        for (field, other) in [("1777445121000", "1777445124000"), ("\"version\": 34", "\"version\": 33")] {
            let changed: Block = serde_json::from_str(&NILE.replace(field, other)).unwrap();
            assert!(!changed.is_hashed(), "{field}");
        }
    }
}
