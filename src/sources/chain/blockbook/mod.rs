//! Blockbook's interface, version 2: <https://github.com/trezor/blockbook/blob/master/docs/api.md>. One index for many
//! chains of Bitcoin's family. Every refusal is 400 with a sentence, and so is "not found": only the very sentences of its
//! `api/worker.go` count as one, for the same with a reason behind it tells of a node that failed.

mod answer;
mod history;
mod outlook;

use serde::de::DeserializeOwned;

use self::answer::{Block, BlockIndex, Index, Refusal, Specific, Status, Tx};
use super::raw_transaction::{Contents, Mismatch, RATE_PLACES, contents, is_header};
use super::{Health, Protocol};
use crate::evidence::{Alias, BlockId, BlockRef, Head, Outlook, Payments, Placement, Search, Sighting, Spends};
use crate::net::Reply;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Amount, Finality, Gap, GapWhy, Network, Seen, Txid};

/// Blockbook and what speaks like it.
pub(super) struct Blockbook;

impl Protocol for Blockbook {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let (right_chain, head) = futures::future::join(mark(line, network), head(line)).await;
            // An index keeps every transaction; that it answers for its head is the word it gives for it.
            let keeps_history = head.as_ref().map(|_| ());
            Health { right_chain, head, keeps_history }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move { seen(sighting(line, network, txid).await) })
    }

    fn place<'a>(&'a self, line: Line<'a>, _: &'a Network, block: &'a BlockId, _: Finality) -> Asked<'a, Placement> {
        Box::pin(async move {
            let header = Seen::Unknown(line.gap("the header of its block", GapWhy::NotOffered, "it shows no proofs"));
            Placement { canonical: seen(canonical(line, block).await), header, finality_mark: None }
        })
    }

    fn alias<'a>(&'a self, line: Line<'a>, hash: &'a Txid, _: &'a [Address]) -> Asked<'a, Seen<Alias>> {
        Box::pin(async move {
            let question = format!("whether {hash} is a block's hash");
            seen(block(line, hash, &question).await)
        })
    }

    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a Network,
        txid: &'a Txid,
        spends: Option<&'a Spends>,
    ) -> Asked<'a, Outlook> {
        Box::pin(outlook::outlook(line, txid, spends))
    }

    fn payments<'a>(&'a self, line: Line<'a>, network: &'a Network, search: &'a Search) -> Asked<'a, Seen<Payments>> {
        Box::pin(history::payments(line, network, search))
    }
}

/// What a path answers; nothing where the answer is the sentence by which it says that there is no such thing.
async fn ask<T: DeserializeOwned>(
    line: Line<'_>,
    path: &str,
    question: &str,
    absent: &str,
) -> Result<(Option<T>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    let refusal = || reply.json::<Refusal>().map(|refusal| refusal.error).unwrap_or_default();
    match reply.status {
        200 => Ok((Some(reply.json().map_err(|failure| line.failed(&failure, question))?), reply)),
        400 if !absent.is_empty() && refusal().trim() == absent => Ok((None, reply)),
        404 => Err(line.gap(question, GapWhy::NotOffered, format!("{path} is not offered"))),
        other => Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {other}: {}", refusal()))),
    }
}

/// The same, of what there always is.
async fn given<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<(T, Reply), Gap> {
    let (answer, reply) = ask(line, path, question, "").await?;
    let missing = || line.malformed(question, "the answer is empty");
    Ok((answer.ok_or_else(missing)?, reply))
}

/// A transaction; nothing where the index does not know it.
async fn tx(line: Line<'_>, txid: &Txid, query: &str, question: &str) -> Result<(Option<Tx>, Reply), Gap> {
    let absent = format!("Transaction '{txid}' not found");
    let (tx, reply) = ask::<Tx>(line, &format!("/api/v2/tx/{txid}{query}"), question, &absent).await?;
    match tx {
        Some(tx) if tx.txid != txid.as_str() => {
            Err(line.gap(question, GapWhy::Mismatch, format!("the answer is about {}", tx.txid)))
        }
        tx => Ok((tx, reply)),
    }
}

/// The hash of the block at a height.
async fn at(line: Line<'_>, height: u64, question: &str) -> Result<(String, Reply), Gap> {
    let (BlockIndex { hash }, reply) = given(line, &format!("/api/v2/block-index/{height}"), question).await?;
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(line.malformed(question, format!("block {height} has no hash")));
    }
    Ok((hash, reply))
}

/// The chain is told by a block that no other one has.
async fn mark(line: Line<'_>, network: &Network) -> Seen<()> {
    let (height, _) = network.bitcoin_chain().mark();
    seen(at(line, height, "which chain the source follows").await.map(|(hash, reply)| {
        let right = hash == network.identity.expected();
        if right { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) }
    }))
}

async fn head(line: Line<'_>) -> Seen<Head> {
    let question = "the newest block of the network";
    seen(given::<Status>(line, "/api/status", question).await.map(|(status, reply)| {
        let Index { height, in_sync, initial, read_at } = status.blockbook;
        // A node may know a block or two that the index is just reading.
        let ahead = status.backend.and_then(|node| node.blocks).is_some_and(|blocks| blocks > height.saturating_add(2));
        Seen::Yes(Head { height, time: Some(read_at), syncing: !in_sync || initial || ahead }, reply.provenance())
    }))
}

/// The index follows the best chain of its node alone, so that a height has one block.
async fn canonical(line: Line<'_>, block: &BlockId) -> Result<Seen<BlockRef>, Gap> {
    let question = format!("whether block {} is in the best chain", block.hash);
    let height = block.height.ok_or_else(|| line.malformed(&question, "the block has no height"))?;
    let (hash, reply) = at(line, height, &question).await?;
    let same = hash == block.hash;
    let placed = BlockRef { height, hash, time: block.time };
    Ok(if same { Seen::Yes(placed, reply.provenance()) } else { Seen::No(reply.provenance()) })
}

/// The block of a hash, told by its header.
async fn block(line: Line<'_>, hash: &Txid, question: &str) -> Result<Seen<Alias>, Gap> {
    let path = format!("/api/v2/block/{hash}");
    let (block, reply) = ask::<Block>(line, &path, question, "Block not found").await?;
    let Some(block) = block else { return Ok(Seen::No(reply.provenance())) };
    let version = u32::try_from(block.version).or_else(|_| i32::try_from(block.version).map(i32::cast_unsigned)).ok();
    let previous = block.previous.unwrap_or_else(|| "0".repeat(64));
    let numbers = (version, block.nonce.parse().ok(), u32::from_str_radix(&block.bits, 16).ok());
    let (Some(version), Some(nonce), Some(bits)) = numbers else {
        return Err(line.malformed(question, "the header has no readable numbers"));
    };
    if is_header(hash, [version, block.time, bits, nonce], [&previous, &block.root]) {
        return Ok(Seen::Yes(Alias::Block(block.height), reply.provenance().proven()));
    }
    Err(line.gap(question, GapWhy::Mismatch, "the header hashes to something else"))
}

async fn sighting(line: Line<'_>, network: &Network, txid: &Txid) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    let (tx, reply) = tx(line, txid, "", &question).await?;
    let Some(tx) = tx else { return Ok(Seen::No(reply.provenance())) };
    let provenance = reply.provenance();
    let contents = read(line, network, txid, &tx, &reply).await?;
    let block = match (&tx.block_hash, tx.height()) {
        (Some(hash), Some(height)) => {
            Seen::Yes(BlockId { hash: hash.clone(), height: Some(height), time: tx.time() }, provenance.clone())
        }
        _ if tx.is_confirmed() => {
            Seen::Unknown(line.malformed("which block it is in", "confirmed, but no block is named"))
        }
        _ => Seen::No(provenance.clone()),
    };
    // Bitcoin has no failing execution: what is in a block has run.
    let executed = match &block {
        Seen::Yes(..) => Seen::Yes((), provenance.clone()),
        _ => Seen::Unknown(line.gap("whether it ran", GapWhy::NotAsked, "it is in no block")),
    };
    let read = contents.yes();
    let paid = |decimals| tx.fees.as_deref().and_then(|units| Amount::from_units(units, decimals).ok());
    let sighting = Sighting {
        block,
        executed,
        failure: None,
        fee: paid(network.native_decimals()),
        fee_rate: paid(0).zip(read).and_then(|(fee, read)| fee.per(read.virtual_size, RATE_PLACES)),
        spends: read.and_then(|read| read.spends.clone()),
        particulars: read.map(|read| read.particulars.clone()).unwrap_or_default(),
        transfers: contents.map(|read| read.outputs),
        senders: tx.senders(network),
    };
    Ok(Seen::Yes(sighting, provenance))
}

/// What the raw bytes say whose hash is the identifier; other bytes make the whole answer worthless.
async fn read(line: Line<'_>, network: &Network, txid: &Txid, tx: &Tx, reply: &Reply) -> Result<Seen<Contents>, Gap> {
    let question = format!("the outputs of {txid}");
    let (hex, said) = match &tx.hex {
        Some(hex) => (hex.clone(), reply.provenance()),
        None => match given::<Specific>(line, &format!("/api/v2/tx-specific/{txid}"), &question).await {
            Ok((told, reply)) => (told.hex, reply.provenance()),
            Err(gap) => return Ok(Seen::Unknown(gap)),
        },
    };
    match contents(&hex, txid, network.bitcoin_chain(), &network.native) {
        Ok(contents) => Ok(Seen::Yes(contents, said.proven())),
        Err(Mismatch::Unreadable(why)) => Ok(Seen::Unknown(line.malformed(&question, why))),
        Err(Mismatch::Other(other)) => Err(line.gap(&question, GapWhy::Mismatch, format!("the bytes hash to {other}"))),
    }
}
