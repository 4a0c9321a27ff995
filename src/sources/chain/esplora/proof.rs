//! What an explorer's answers prove by themselves: `GET /tx/:txid/merkleblock-proof` and `GET /blocks/:start_height`.
//! Both are asked in the same round as whether the block is in the best chain.

use bitcoin::block::{Header, Version};
use bitcoin::{BlockHash, CompactTarget, TxMerkleNode};
use futures::future::{join, join_all};
use serde::Deserialize;

use crate::evidence::{Proof, Proving};
use crate::net::Reply;
use crate::sources::Line;
use crate::sources::chain::header_chain::{ABOVE, Flaw, PATH, Shown, holding, proof, unread, unweighed, worked};
use crate::terms::{BitcoinChain, Gap, GapWhy, Network, Txid};

/// Blocks in one answer: Esplora gives ten, mempool.space more.
const PAGE: u64 = 10;

/// An element of `GET /blocks/:start_height`, as far as the header needs it.
#[derive(Deserialize)]
struct Block {
    id: String,
    height: u64,
    version: i32,
    previousblockhash: Option<String>,
    merkle_root: String,
    timestamp: u32,
    bits: u32,
    nonce: u32,
}

/// Path and headers, in one round.
pub(super) async fn prove(line: Line<'_>, network: &Network, txid: &Txid, proving: &Proving) -> Proof {
    let chain = network.bitcoin_chain();
    if let Some(gap) = unread(line, chain) {
        return Proof::unknown(&gap);
    }
    let (path, above) = join(path(line, chain, txid, &proving.block.hash), above(line, chain, proving)).await;
    proof(line, (chain, proving.block.height), path, above)
}

/// The header of the block that holds the transaction, and who says so.
async fn path(line: Line<'_>, chain: BitcoinChain, txid: &Txid, hash: &str) -> Result<Shown, Gap> {
    let reply = line.get(&format!("/tx/{txid}/merkleblock-proof"), PATH).await?;
    match reply.status {
        200 => {
            let header = holding(&reply.body, txid, hash, chain).map_err(|flaw| flaw.gap(line, PATH))?;
            Ok((header, reply.provenance()))
        }
        404 | 400 | 501 => Err(line.gap(PATH, GapWhy::NotOffered, format!("HTTP status {}", reply.status))),
        other => Err(line.gap(PATH, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}

/// The headers above the block, the lowest first.
async fn above(line: Line<'_>, chain: BitcoinChain, proving: &Proving) -> Result<Vec<Shown>, Gap> {
    if let Some(gap) = unweighed(line, chain) {
        return Err(gap);
    }
    let heights = proving.above();
    let pages = heights.clone().rev().step_by(usize::try_from(PAGE).unwrap_or(1));
    let paths: Vec<String> = pages.map(|top| format!("/blocks/{top}")).collect();
    let mut blocks = Vec::new();
    for reply in join_all(paths.iter().map(|path| line.get(path, ABOVE))).await {
        let reply = reply?;
        let said = reply.provenance();
        blocks.extend(page(line, &reply)?.into_iter().map(|block| (block, said.clone())));
    }
    let at = |height: u64| {
        let (block, said) =
            blocks.iter().find(|(block, _)| block.height == height).ok_or_else(|| missing(line, height))?;
        Ok((header(block, chain).map_err(|flaw| flaw.gap(line, ABOVE))?, said.clone()))
    };
    heights.map(at).collect()
}

/// One answer. An explorer that names a newest block has every block below it.
fn page(line: Line<'_>, reply: &Reply) -> Result<Vec<Block>, Gap> {
    match reply.status {
        200 => reply.json().map_err(|failure| line.failed(&failure, ABOVE)),
        404 if reply.body.to_ascii_lowercase().contains("block not found") => {
            Err(line.gap(ABOVE, GapWhy::Mismatch, "it has no block at a height that is below its own newest one"))
        }
        404 | 400 | 501 => Err(line.gap(ABOVE, GapWhy::NotOffered, format!("HTTP status {}", reply.status))),
        other => Err(line.gap(ABOVE, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}

fn missing(line: Line<'_>, height: u64) -> Gap {
    line.malformed(ABOVE, format!("the list of blocks leaves out block {height}"))
}

/// The header that the explorer took apart, put together again.
fn header(block: &Block, chain: BitcoinChain) -> Result<Header, Flaw> {
    let unreadable = |_| Flaw::Unreadable(format!("block {} has no readable hashes", block.height));
    let below = block.previousblockhash.as_deref().unwrap_or_default();
    let header = Header {
        version: Version::from_consensus(block.version),
        prev_blockhash: below.parse::<BlockHash>().map_err(unreadable)?,
        merkle_root: block.merkle_root.parse::<TxMerkleNode>().map_err(unreadable)?,
        time: block.timestamp,
        bits: CompactTarget::from_consensus(block.bits),
        nonce: block.nonce,
    };
    worked(&header, &block.id, chain)?;
    Ok(header)
}
