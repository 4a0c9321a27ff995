//! Esplora's REST interface: <https://github.com/Blockstream/esplora/blob/master/API.md>.
//! Unknown things are 404 with a short text; `/tx/:id/status` is never asked, as it answers for anything.

mod history;
mod outlook;
mod proof;
mod witness;

use jiff::Timestamp;
use serde::Deserialize;

use super::raw_transaction::{Contents, Mismatch, RATE_PLACES, contents, is_header_of};
use super::{Health, Protocol};
use crate::evidence::{
    Alias, BlockId, BlockRef, Head, Outlook, Payments, Placement, Proof, Proving, SENDERS, Search, Sighting, Spends,
};
use crate::net::Reply;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Amount, Finality, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Esplora and what speaks like it.
pub(super) struct Esplora;

/// `GET /tx/:txid`, as far as it is used.
#[derive(Deserialize)]
struct Tx {
    txid: String,
    fee: Option<u64>,
    status: Status,
    #[serde(default)]
    vin: Vec<Input>,
}

/// An input; a block's reward has none to show.
#[derive(Deserialize)]
struct Input {
    prevout: Option<Prevout>,
}

/// The output that an input spends.
#[derive(Deserialize)]
struct Prevout {
    scriptpubkey_address: Option<String>,
}

impl Tx {
    /// The first few addresses whose coins it spends.
    fn senders(&self, network: &Network) -> Vec<Address> {
        let named = self.vin.iter().filter_map(|input| input.prevout.as_ref()?.scriptpubkey_address.as_deref());
        let mut senders: Vec<Address> = named
            .filter_map(|text| Address::parse(&network.identity, text).ok())
            .map(|parsed| parsed.address)
            .collect();
        senders.sort();
        senders.dedup();
        senders.truncate(SENDERS);
        senders
    }
}

/// The three block fields are absent, not null, while it is unconfirmed.
#[derive(Deserialize)]
struct Status {
    confirmed: bool,
    block_height: Option<u64>,
    block_hash: Option<String>,
    block_time: Option<i64>,
}

impl Status {
    /// When its block was made.
    fn time(&self) -> Option<Timestamp> {
        self.block_time.filter(|_| self.confirmed).and_then(|seconds| Timestamp::from_second(seconds).ok())
    }
}

/// An element of `GET /blocks`.
#[derive(Deserialize)]
struct Block {
    height: u64,
    timestamp: i64,
}

/// `GET /block/:hash/status`.
#[derive(Deserialize)]
struct BlockStatus {
    in_best_chain: bool,
    height: Option<u64>,
}

impl Protocol for Esplora {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let (genesis, head) = futures::future::join(genesis(line, network), head(line)).await;
            // An indexer keeps every transaction; that it answers for its head is the word it gives for it.
            let keeps_history = head.as_ref().map(|_| ());
            Health { right_chain: genesis, head, keeps_history }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move {
            let question = format!("transaction {txid}");
            let tx_path = format!("/tx/{txid}");
            let hex_path = format!("/tx/{txid}/hex");
            let asked = (line.get(&tx_path, &question), line.get(&hex_path, &question));
            let (tx, hex) = futures::future::join(asked.0, asked.1).await;
            seen(tx.and_then(|reply| sighting(line, network, txid, &reply, hex)))
        })
    }

    fn place<'a>(&'a self, line: Line<'a>, _: &'a Network, block: &'a BlockId, _: Finality) -> Asked<'a, Placement> {
        Box::pin(async move {
            let header = Seen::Unknown(line.gap("the header of its block", GapWhy::NotAsked, "its proof shows it"));
            Placement { canonical: canonical(line, block).await, header, finality_mark: None }
        })
    }

    fn prove<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        proving: &'a Proving,
    ) -> Asked<'a, Proof> {
        Box::pin(proof::prove(line, network, txid, proving))
    }

    fn alias<'a>(&'a self, line: Line<'a>, hash: &'a Txid, receivers: &'a [Address]) -> Asked<'a, Seen<Alias>> {
        Box::pin(async move {
            let question = format!("whether {hash} is a block's hash");
            let block = BlockId { hash: hash.to_string(), height: None, time: None };
            let path = format!("/block/{hash}/header");
            let asked = (line.get(&path, &question), canonical(line, &block), witness::carrier(line, hash, receivers));
            let (header, placed, carrier) = futures::join!(asked.0, asked.1, asked.2);
            if let Some((txid, said)) = carrier {
                return Seen::Yes(Alias::Witness(txid), said);
            }
            seen(header.and_then(|reply| match reply.status {
                404 => Ok(Seen::No(reply.provenance())),
                200 if is_header_of(&reply.body, hash) => {
                    let header = Seen::Yes((), reply.provenance().proven());
                    Ok(header.then(|()| placed.map(|block| Alias::Block(block.height))))
                }
                200 => Err(line.gap(&question, GapWhy::Mismatch, "the header hashes to something else")),
                other => Err(line.gap(&question, GapWhy::ServerError, format!("HTTP status {other}"))),
            }))
        })
    }

    fn forerunners<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Txid>>> {
        Box::pin(outlook::forerunners(line, txid))
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

/// Whether the explorer's best chain has the block.
async fn canonical(line: Line<'_>, block: &BlockId) -> Seen<BlockRef> {
    let question = format!("whether block {} is in the best chain", block.hash);
    let reply = line.get(&format!("/block/{}/status", block.hash), &question).await;
    seen(reply.and_then(|reply| {
        let status: BlockStatus = reply.json().map_err(|f| line.failed(&f, &question))?;
        let provenance = reply.provenance();
        let height = status.height.or(block.height);
        Ok(match (status.in_best_chain, height) {
            (true, Some(height)) => {
                Seen::Yes(BlockRef { height, hash: block.hash.clone(), time: block.time }, provenance)
            }
            (true, None) => Seen::Unknown(line.malformed(&question, "the block has no height")),
            (false, _) => Seen::No(provenance),
        })
    }))
}

/// The chain is told by a block that no other one has.
async fn genesis(line: Line<'_>, network: &Network) -> Seen<()> {
    let question = "which chain the source follows";
    let (height, _) = network.bitcoin_chain().mark();
    seen(line.get(&format!("/block-height/{height}"), question).await.and_then(|reply| {
        let hash = reply.body.trim();
        if reply.status != 200 || hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(line.malformed(question, format!("block {height} has no hash")));
        }
        let right = hash == network.identity.expected();
        Ok(if right { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) })
    }))
}

async fn head(line: Line<'_>) -> Seen<Head> {
    let question = "the newest block of the network";
    seen(line.get("/blocks", question).await.and_then(|reply| {
        let blocks: Vec<Block> = reply.json().map_err(|f| line.failed(&f, question))?;
        let newest = blocks.into_iter().max_by_key(|block| block.height);
        let newest = newest.ok_or_else(|| line.malformed(question, "the list of blocks is empty"))?;
        let time = Timestamp::from_second(newest.timestamp).ok();
        Ok(Seen::Yes(Head { height: newest.height, time, syncing: false }, reply.provenance()))
    }))
}

fn sighting(
    line: Line<'_>,
    network: &Network,
    txid: &Txid,
    reply: &Reply,
    hex: Result<Reply, Gap>,
) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    if reply.status == 404 {
        let says_so = reply.body.len() < 200 && reply.body.to_ascii_lowercase().contains("not found");
        return if says_so {
            Ok(Seen::No(reply.provenance()))
        } else {
            Err(line.malformed(&question, "404 without the words that an explorer uses for an unknown transaction"))
        };
    }
    if reply.status != 200 {
        return Err(line.gap(&question, GapWhy::ServerError, format!("HTTP status {}", reply.status)));
    }
    let tx: Tx = reply.json().map_err(|failure| line.failed(&failure, &question))?;
    if tx.txid != txid.as_str() {
        return Err(line.gap(&question, GapWhy::Mismatch, format!("the answer is about {}", tx.txid)));
    }
    let provenance = reply.provenance();
    let contents = read(line, network, txid, hex)?;
    let block = block(line, &tx.status, &provenance);
    // Bitcoin has no failing execution: what is in a block has run.
    let executed = match &block {
        Seen::Yes(..) => Seen::Yes((), provenance.clone()),
        _ => Seen::Unknown(line.gap("whether it ran", GapWhy::NotAsked, "it is in no block")),
    };
    let read = contents.yes();
    let spends = read.and_then(|read| read.spends.clone());
    let particulars = read.map(|read| read.particulars.clone()).unwrap_or_default();
    // In satoshi, so that the share of a virtual byte is one too.
    let satoshi = tx.fee.and_then(|satoshi| Amount::from_units(&satoshi.to_string(), 0).ok());
    let fee_rate = satoshi.zip(read).and_then(|(fee, read)| fee.per(read.virtual_size, RATE_PLACES));
    let fee = tx.fee.and_then(|satoshi| Amount::from_units(&satoshi.to_string(), 8).ok());
    let transfers = contents.map(|read| read.outputs);
    let senders = tx.senders(network);
    let sighting = Sighting { block, executed, failure: None, transfers, fee, fee_rate, spends, senders, particulars };
    Ok(Seen::Yes(sighting, provenance))
}

fn block(line: Line<'_>, status: &Status, provenance: &Provenance) -> Seen<BlockId> {
    if !status.confirmed {
        return Seen::No(provenance.clone());
    }
    match &status.block_hash {
        Some(hash) => {
            let block = BlockId { hash: hash.clone(), height: status.block_height, time: status.time() };
            Seen::Yes(block, provenance.clone())
        }
        None => Seen::Unknown(line.malformed("which block it is in", "confirmed, but no block is named")),
    }
}

/// What the raw bytes say whose hash is the identifier; other bytes make the whole answer worthless.
fn read(line: Line<'_>, network: &Network, txid: &Txid, hex: Result<Reply, Gap>) -> Result<Seen<Contents>, Gap> {
    let question = format!("the outputs of {txid}");
    let reply = match hex {
        Ok(reply) if reply.status == 200 => reply,
        Ok(reply) => {
            let detail = format!("HTTP status {}", reply.status);
            return Ok(Seen::Unknown(line.gap(&question, GapWhy::ServerError, detail)));
        }
        Err(gap) => return Ok(Seen::Unknown(Gap { question: question.into(), ..gap })),
    };
    match contents(&reply.body, txid, network.bitcoin_chain(), &network.native) {
        Ok(contents) => Ok(Seen::Yes(contents, reply.provenance().proven())),
        Err(Mismatch::Unreadable(why)) => Ok(Seen::Unknown(line.malformed(&question, why))),
        Err(Mismatch::Other(other)) => Err(line.gap(&question, GapWhy::Mismatch, format!("the bytes hash to {other}"))),
    }
}
