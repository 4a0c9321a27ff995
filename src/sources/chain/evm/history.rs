//! The payments to an account that a node can tell of: token transfers, by their logs. A node has no index of where its
//! coin went, so that payments in coin are left out.

use std::collections::{BTreeMap, BTreeSet};

use ethers::types::U64;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::effects::{Log, TRANSFER, token_transfer};
use super::peer::{Peer, ask};
use super::{height, time};
use crate::evidence::{MOST_FOUND, Payment, Payments, Search};
use crate::sources::chain::payments_to;
use crate::sources::seen;
use crate::terms::{Address, Gap, GapWhy, Network, Provenance, Seen};

/// Calls for logs in one search. Public nodes allow from a thousand to ten thousand blocks in a call.
const CALLS: usize = 120;

/// An element of `eth_getLogs`, with what a receipt's log need not say.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    #[serde(flatten)]
    log: Log,
    block_number: U64,
}

/// What the logs of a stretch hold, and how much of it was read.
#[derive(Default)]
struct Reading {
    found: Vec<Found>,
    said: Option<Provenance>,
    /// The lowest block from which on everything was read.
    reached: Option<u64>,
    /// Why it ends there.
    gap: Option<Gap>,
}

/// Token transfers to the account, read from the newest block of the stretch to its oldest.
pub(super) async fn payments(peer: Peer<'_>, network: &Network, search: &Search) -> Seen<Payments> {
    let coin = peer.gap(
        &format!("payments of {} to {}", network.native, search.address),
        GapWhy::NotOffered,
        "a node has no index of coin by its receiver; a block explorer has one (kind etherscan or blockscout)",
    );
    let contracts = search.contracts(network);
    if contracts.as_ref().is_some_and(Vec::is_empty) {
        return Seen::Unknown(coin);
    }
    let unsearched: Vec<Gap> = search.wants_coin(network).then_some(coin).into_iter().collect();
    seen(tokens(peer, network, search, contracts.as_deref(), unsearched).await)
}

async fn tokens(
    peer: Peer<'_>,
    network: &Network,
    search: &Search,
    contracts: Option<&[&Address]>,
    unsearched: Vec<Gap>,
) -> Result<Seen<Payments>, Gap> {
    let question = payments_to(search);
    let ends = (
        height::around(peer, network, search.since, &question),
        height::around(peer, network, search.until, &question),
    );
    let (since, until) = futures::future::try_join(ends.0, ends.1).await?;
    let mut reading = Reading::default();
    read(peer, search, contracts, (since.0, until.1), &mut reading).await;
    let Some(said) = reading.said.clone() else {
        return Err(reading.gap.unwrap_or_else(|| peer.gap(&question, GapWhy::NotAsked, "there are no blocks")));
    };
    let mut found = Vec::new();
    for log in &reading.found {
        found.extend(payment(peer, network, log, &question)?);
    }
    let whole = reading.gap.is_none();
    let times = times(peer, &found, reading.reached.filter(|_| !whole), &question).await;
    for payment in &mut found {
        payment.time = payment.height.and_then(|height| times.get(&height).copied());
    }
    let reached = reading.reached.and_then(|height| times.get(&height).copied());
    let back_to = if whole { Some(search.since) } else { reached };
    let unsearched = unsearched.into_iter().chain(reading.gap).collect();
    Ok(Payments { found, unsearched, back_to }.seen(search, said))
}

/// Reads the logs of the blocks, the newest first. A range that the node refuses is halved; what it refuses of a single
/// block, or for other reasons than the size of the answer, ends the reading.
async fn read(
    peer: Peer<'_>,
    search: &Search,
    contracts: Option<&[&Address]>,
    (first, last): (u64, u64),
    into: &mut Reading,
) {
    let question = payments_to(search);
    let mut last = last;
    let mut width = last.saturating_sub(first).saturating_add(1);
    for _ in 0..CALLS {
        let from = first.max(last.saturating_add(1).saturating_sub(width));
        match logs(peer, search, contracts, (from, last), &question).await {
            Ok((found, said)) => {
                into.found.extend(found);
                into.said = Some(into.said.take().map_or_else(|| said.clone(), |before| before.and(&said)));
                into.reached = Some(from);
                if from == first {
                    return;
                }
                if into.found.len() >= MOST_FOUND {
                    break;
                }
                last = from - 1;
            }
            Err(gap) if from < last && is_too_much(&gap) => width = (last - from).div_ceil(2),
            Err(gap) => {
                into.gap = Some(gap);
                return;
            }
        }
    }
    let detail = "the stretch holds more than is read in one search";
    into.gap = Some(peer.gap(&question, GapWhy::TooLarge, detail));
}

/// Whether the node may answer about fewer blocks, which are the newer ones. Nodes tell too wide a range by errors of any
/// code.
fn is_too_much(gap: &Gap) -> bool {
    matches!(
        gap.why,
        GapWhy::ServerError | GapWhy::RateLimited | GapWhy::TooLarge | GapWhy::Timeout | GapWhy::LacksHistory
    )
}

/// The transfers to the account in a range of blocks; an answer about anything else is worthless.
async fn logs(
    peer: Peer<'_>,
    search: &Search,
    contracts: Option<&[&Address]>,
    (from, to): (u64, u64),
    question: &str,
) -> Result<(Vec<Found>, Provenance), Gap> {
    let digits = search.address.as_str().trim_start_matches("0x").to_ascii_lowercase();
    let receiver = format!("0x{digits:0>64}");
    let mut filter = json!({
        "fromBlock": format!("{from:#x}"), "toBlock": format!("{to:#x}"), "topics": [TRANSFER, null, receiver],
    });
    if let Some(contracts) = contracts {
        filter["address"] = json!(contracts);
    }
    let (logs, reply) = ask::<Vec<Found>>(peer, "eth_getLogs", json!([filter]), question).await?;
    let asked = |found: &Found| {
        let log = &found.log;
        let to_it = log.topics.get(2).is_some_and(|topic| format!("{topic:#x}") == receiver);
        let of_it = contracts.is_none_or(|own| own.contains(&&Address::from_evm(&log.address)));
        to_it && of_it && log.topics.first() == Some(&TRANSFER) && (from..=to).contains(&found.block_number.as_u64())
    };
    if !logs.iter().all(asked) {
        return Err(peer.gap(question, GapWhy::Mismatch, "the answer holds other logs than those asked for"));
    }
    Ok((logs, reply.provenance()))
}

/// The payment that a log tells of; nothing for one of something that is not a coin, or that was taken back.
fn payment(peer: Peer<'_>, network: &Network, found: &Found, question: &str) -> Result<Option<Payment>, Gap> {
    let transfer = match token_transfer(network, &found.log) {
        Ok(transfer) => transfer,
        // Anybody may write anything into the logs of a contract of his own.
        Err(_) if network.token(&Address::from_evm(&found.log.address)).is_none() => None,
        Err((why, detail)) => return Err(peer.gap(question, why, detail)),
    };
    let Some(transfer) = transfer else { return Ok(None) };
    let txid = found.log.transaction_hash.and_then(|hash| super::txid(&hash));
    let txid = txid.ok_or_else(|| peer.malformed(question, "a log names no transaction"))?;
    Ok(Some(Payment { txid, height: Some(found.block_number.as_u64()), time: None, transfer }))
}

/// The times of the blocks that hold the payments, and of one more; what is not told is left out.
async fn times(peer: Peer<'_>, found: &[Payment], further: Option<u64>, question: &str) -> BTreeMap<u64, Timestamp> {
    let heights: BTreeSet<u64> = found.iter().filter_map(|payment| payment.height).chain(further).collect();
    let asked = heights.into_iter().map(|at| async move {
        let (block, _) = height::block(peer, &format!("{at:#x}"), question).await.ok()?;
        Some((at, time(block.timestamp)?))
    });
    futures::future::join_all(asked).await.into_iter().flatten().collect()
}
