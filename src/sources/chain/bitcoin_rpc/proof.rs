//! What a node's answers prove by themselves: `gettxoutproof`, in the same round as whether the block is in the best
//! chain; and, where another round may be spent, the headers above it, which nodes give by hash alone.

use futures::future::{join, join_all};
use serde_json::json;

use super::{ask, refused};
use crate::evidence::{Proof, Proving};
use crate::net::Call;
use crate::sources::Line;
use crate::sources::chain::header_chain::{ABOVE, PATH, Shown, header, holding, proof, unread, unweighed};
use crate::terms::{BitcoinChain, Gap, GapWhy, Network, Txid};

/// Core's code for a height that the chain has not reached.
const OUT_OF_RANGE: i64 = -8;
/// How Core and bcoin say that a block does not hold a transaction.
const NOT_IN_BLOCK: [&str; 2] = ["not all transactions found", "does not contain"];

/// The path, and the headers above as far as they are asked for.
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
    let (result, reply) = line.call(Call::new("gettxoutproof", json!([[txid.as_str()], hash])), PATH).await?;
    let proof = result.map_err(|error| {
        let words = error.message.to_ascii_lowercase();
        let denied = NOT_IN_BLOCK.iter().any(|denial| words.contains(denial));
        let denial =
            || line.gap(PATH, GapWhy::Mismatch, "the node says that the block which it named does not hold it");
        if denied { denial() } else { refused(line, PATH, &error) }
    })?;
    let proof: String =
        serde_json::from_str(proof.get()).map_err(|_| line.malformed(PATH, "the proof is not a text"))?;
    let header = holding(&proof, txid, hash, chain).map_err(|flaw| flaw.gap(line, PATH))?;
    Ok((header, reply.provenance()))
}

/// The headers above the block, the lowest first. Where they are not asked for, the node still has to know a block as
/// high as its own count of confirmations makes the chain.
async fn above(line: Line<'_>, chain: BitcoinChain, proving: &Proving) -> Result<Vec<Shown>, Gap> {
    if let Some(gap) = unweighed(line, chain) {
        return Err(gap);
    }
    let heights = proving.above();
    let asked =
        if proving.thorough { heights.clone() } else { heights.end.saturating_sub(1).max(heights.start)..heights.end };
    let mut hashes = Vec::new();
    for hash in join_all(asked.map(|height| at(line, height))).await {
        hashes.push(hash?);
    }
    if !proving.thorough {
        return Ok(Vec::new());
    }
    join_all(hashes.iter().map(|hash| shown(line, chain, hash))).await.into_iter().collect()
}

/// The hash of the block at a height that is not above the node's own head.
async fn at(line: Line<'_>, height: u64) -> Result<String, Gap> {
    let (result, _) = line.call(Call::new("getblockhash", json!([height])), ABOVE).await?;
    let hash = result.map_err(|error| match error.code {
        OUT_OF_RANGE => {
            let detail = format!("the node has no block {height}, which is below the newest one that it names");
            line.gap(ABOVE, GapWhy::Mismatch, detail)
        }
        _ => refused(line, ABOVE, &error),
    })?;
    serde_json::from_str(hash.get()).map_err(|_| line.malformed(ABOVE, "the hash is not a text"))
}

async fn shown(line: Line<'_>, chain: BitcoinChain, hash: &str) -> Result<Shown, Gap> {
    let (hex, reply) = ask::<String>(line, Call::new("getblockheader", json!([hash, false])), ABOVE).await?;
    let header = header(&hex, hash, chain).map_err(|flaw| flaw.gap(line, ABOVE))?;
    Ok((header, reply.provenance()))
}
