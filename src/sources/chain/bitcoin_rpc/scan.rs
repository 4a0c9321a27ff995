//! The payments to an address that a node finds by scanning. With its index of block filters it finds the blocks that
//! touch the address (`scanblocks`, Core 25 and later), and the blocks tell all; without, it finds what nobody has spent
//! since (`scantxoutset`).

use bitcoin::ScriptBuf;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Number, Value, json};

use super::{ChainInfo, Header, ask, chain_info};
use crate::evidence::{MOST_FOUND, Payment, Payments, Search, Transfer};
use crate::net::Call;
use crate::sources::chain::{payments_to, raw_transaction};
use crate::sources::{Line, seen};
use crate::terms::{Amount, Family, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Blocks that are read in one search. Filters also name some that do not touch the address.
const BLOCKS: usize = 60;
/// Guesses of the height at which the stretch begins, each twice as far back.
const GUESSES: u32 = 12;
/// Satoshi in a coin.
const SATOSHI: u64 = 100_000_000;
/// How much later a block may say that it was made than the one after it.
const DISORDER: SignedDuration = SignedDuration::from_hours(2);

/// `scanblocks` of Core 25 and later.
#[derive(Deserialize)]
struct Scan {
    to_height: u64,
    relevant_blocks: Vec<String>,
    /// Absent before Core 26.
    completed: Option<bool>,
}

/// `scantxoutset`, as far as it is used.
#[derive(Deserialize)]
struct Unspent {
    success: bool,
    unspents: Vec<Coin>,
}

#[derive(Deserialize)]
struct Coin {
    txid: String,
    vout: usize,
    #[serde(rename = "scriptPubKey")]
    script: String,
    amount: Number,
    height: u64,
}

/// Payments to the address by the scan that the node offers.
pub(super) async fn payments(line: Line<'_>, network: &Network, search: &Search) -> Seen<Payments> {
    let question = payments_to(search);
    if !search.wants_coin(network) {
        let detail = format!("{} carries nothing but {}", network.name, network.native);
        return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, detail));
    }
    seen(match in_blocks(line, network, search, &question).await {
        // Without the index of filters a node refuses in words of its own.
        Err(gap) if matches!(gap.why, GapWhy::NotOffered | GapWhy::ServerError) => {
            unspent(line, network, search, &question).await.map_err(|second| {
                let offered = second.why != GapWhy::NotOffered;
                if offered { second } else { second_hand(&gap) }
            })
        }
        told => told,
    })
}

/// Neither scan is offered: the first refusal says what would have to be switched on.
fn second_hand(gap: &Gap) -> Gap {
    Gap { why: GapWhy::NotOffered, ..gap.clone() }
}

/// Every payment in the blocks of the stretch.
async fn in_blocks(line: Line<'_>, network: &Network, search: &Search, question: &str) -> Result<Seen<Payments>, Gap> {
    let chain = network.bitcoin_chain();
    if chain.has_extension_block() || chain.is_merge_mined() {
        let detail = "blocks of this network hold parts that are not read";
        return Err(line.gap(question, GapWhy::NotOffered, detail));
    }
    let info = info(line).await?;
    let first = first_height(line, network, &info, search.since, question).await?;
    let params = json!(["start", [descriptor(search)], first, info.blocks]);
    let (scan, reply) = ask::<Scan>(line, Call::new("scanblocks", params), question).await?;
    let mut said = reply.provenance();
    let mut payments = Payments { back_to: Some(search.since), ..Payments::default() };
    let left = |gap: Gap, payments: &mut Payments| {
        payments.unsearched.push(gap);
        payments.back_to = None;
    };
    if scan.completed == Some(false) || scan.to_height < info.blocks {
        left(line.gap(question, GapWhy::ServerError, "the scan was stopped"), &mut payments);
    }
    // The newest ones first, so that what is left out is the oldest.
    for (read, hash) in scan.relevant_blocks.iter().rev().enumerate() {
        if read >= BLOCKS || payments.found.len() >= MOST_FOUND {
            left(line.gap(question, GapWhy::TooLarge, "more blocks touch the address than are read"), &mut payments);
            break;
        }
        match in_block(line, network, search, hash, question).await {
            Ok((found, provenance)) => {
                payments.found.extend(found);
                said = said.and(&provenance);
            }
            Err(gap) => left(gap, &mut payments),
        }
    }
    Ok(payments.seen(search, said))
}

async fn info(line: Line<'_>) -> Result<ChainInfo, Gap> {
    match chain_info(line).await {
        Seen::Yes(info, _) => Ok(info),
        Seen::Unknown(gap) => Err(gap),
        Seen::No(_) => Err(line.malformed("the newest block of the network", "the node has no chain")),
    }
}

/// A height at which every block is older than the stretch, or the first one.
async fn first_height(
    line: Line<'_>,
    network: &Network,
    info: &ChainInfo,
    since: Timestamp,
    question: &str,
) -> Result<u64, Gap> {
    let newest = info.time.or(info.mediantime).and_then(|seconds| Timestamp::from_second(seconds).ok());
    let newest = newest.ok_or_else(|| line.malformed(question, "the newest block has no time"))?;
    let stretch = u64::try_from(newest.duration_since(since).as_secs()).unwrap_or(0);
    let usual = stretch / network.block_interval.as_secs().max(1);
    for guess in 0..GUESSES {
        let back = (usual + usual / 8 + 12).saturating_mul(1 << guess);
        let Some(height) = info.blocks.checked_sub(back).filter(|height| *height > 0) else { break };
        let (hash, _) = ask::<String>(line, Call::new("getblockhash", json!([height])), question).await?;
        let (header, _) = ask::<Header>(line, Call::new("getblockheader", json!([hash, true])), question).await?;
        let time = header.time.and_then(|seconds| Timestamp::from_second(seconds).ok());
        if time.is_some_and(|time| since.duration_since(time) >= DISORDER) {
            return Ok(height);
        }
    }
    Ok(0)
}

/// What one block pays to the address, read from the block's own bytes.
async fn in_block(
    line: Line<'_>,
    network: &Network,
    search: &Search,
    hash: &str,
    question: &str,
) -> Result<(Vec<Payment>, Provenance), Gap> {
    let header = ask::<Header>(line, Call::new("getblockheader", json!([hash, true])), question);
    let raw = ask::<String>(line, Call::new("getblock", json!([hash, false])), question);
    let ((header, told), (raw, reply)) = futures::future::try_join(header, raw).await?;
    let block = raw_transaction::block(&raw, hash)
        .ok_or_else(|| line.gap(question, GapWhy::Mismatch, format!("the bytes are not those of block {hash}")))?;
    let time = Timestamp::from_second(i64::from(block.header.time)).ok();
    let mut found = Vec::new();
    for transaction in &block.txdata {
        let Some(txid) = Txid::parse(Family::Bitcoin, &transaction.compute_txid().to_string()) else { continue };
        let outputs = raw_transaction::outputs(transaction, network.bitcoin_chain(), &network.native);
        let own = outputs.filter(|transfer| transfer.to.as_ref() == Some(&search.address));
        found.extend(own.map(|transfer| Payment { txid: txid.clone(), height: Some(header.height), time, transfer }));
    }
    Ok((found, reply.provenance().and(&told.provenance())))
}

/// What is unspent at the address. That nothing is shows nothing: a platform moves on what arrives.
async fn unspent(line: Line<'_>, network: &Network, search: &Search, question: &str) -> Result<Seen<Payments>, Gap> {
    let params = json!(["start", [descriptor(search)]]);
    let (scan, reply) = ask::<Unspent>(line, Call::new("scantxoutset", params), question).await?;
    if !scan.success {
        return Err(line.gap(question, GapWhy::ServerError, "the scan was stopped"));
    }
    let mut said = reply.provenance();
    let detail = "only what is still unspent could be searched; the node keeps no index of block filters";
    let spent = line.gap(&format!("payments to {} that were spent since", search.address), GapWhy::NotOffered, detail);
    let mut payments = Payments { unsearched: vec![spent], ..Payments::default() };
    for coin in scan.unspents.iter().take(MOST_FOUND) {
        let (time, told) = time_of(line, coin.height, question).await?;
        said = said.and(&told);
        let (txid, transfer) = paid(line, network, coin, question)?;
        if transfer.to.as_ref() != Some(&search.address) {
            return Err(line.gap(question, GapWhy::Mismatch, "an output of another address was found"));
        }
        payments.found.push(Payment { txid, height: Some(coin.height), time, transfer });
    }
    if scan.unspents.len() > MOST_FOUND {
        payments.unsearched.push(line.gap(question, GapWhy::TooLarge, "more is unspent there than is read"));
    }
    Ok(payments.seen(search, said))
}

fn paid(line: Line<'_>, network: &Network, coin: &Coin, question: &str) -> Result<(Txid, Transfer), Gap> {
    let unreadable = |what: &str| line.malformed(question, format!("an unspent output has no {what}"));
    let txid = Txid::parse(Family::Bitcoin, &coin.txid).ok_or_else(|| unreadable("transaction"))?;
    let satoshi =
        Amount::from_json(&coin.amount).ok().and_then(|amount| amount.times(SATOSHI).to_string().parse().ok());
    let satoshi = satoshi.ok_or_else(|| unreadable("amount"))?;
    let script = ScriptBuf::from_hex(&coin.script).map_err(|_| unreadable("script"))?;
    Ok((txid, raw_transaction::paid(network.bitcoin_chain(), &network.native, coin.vout, satoshi, &script)))
}

async fn time_of(line: Line<'_>, height: u64, question: &str) -> Result<(Option<Timestamp>, Provenance), Gap> {
    let (hash, _) = ask::<String>(line, Call::new("getblockhash", json!([height])), question).await?;
    let (header, reply) = ask::<Header>(line, Call::new("getblockheader", json!([hash, true])), question).await?;
    Ok((header.time.and_then(|seconds| Timestamp::from_second(seconds).ok()), reply.provenance()))
}

/// The address as the scans name it: <https://github.com/bitcoin/bitcoin/blob/master/doc/descriptors.md>.
fn descriptor(search: &Search) -> Value {
    json!(format!("addr({})", search.address))
}
