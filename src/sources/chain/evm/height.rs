//! Which block a time falls into: nodes find blocks by height only.

use ethers::types::U64;
use jiff::Timestamp;
use serde_json::json;

use super::peer::{Peer, ask};
use super::{Block, time};
use crate::net::Reply;
use crate::terms::{Gap, GapWhy, Network};

/// Blocks that are looked at for one time; a search by halves needs 32 of four thousand million.
const PROBES: usize = 40;
/// Blocks between which a time is not looked for any closer.
const NEAR: u64 = 8;
/// How much older than the time a block may be that is taken for its block, in seconds.
const CLOSE: i64 = 300;

/// A block by its height or a name such as `latest`.
pub(super) async fn block(peer: Peer<'_>, at: &str, question: &str) -> Result<(Block, Reply), Gap> {
    let asked = ask::<Option<Block>>(peer, "eth_getBlockByNumber", json!([at, false]), question).await?;
    let block =
        asked.0.ok_or_else(|| peer.gap(question, GapWhy::LacksHistory, format!("the node has no block {at}")))?;
    let other = at.strip_prefix("0x").is_some_and(|_| format!("{:#x}", block.number) != at);
    if other {
        return Err(peer.gap(question, GapWhy::Mismatch, format!("the answer is about block {}", block.number)));
    }
    Ok((block, asked.1))
}

/// A block that is not later than `when`, and one that is not earlier: next to each other, nearly. Both are the newest
/// where that is older, and the first is block 0 where nothing is.
pub(super) async fn around(
    peer: Peer<'_>,
    network: &Network,
    when: Timestamp,
    question: &str,
) -> Result<(u64, u64), Gap> {
    // The same question as for the head, so it is not asked twice.
    let (head, _) = block(peer, "latest", question).await?;
    let mut after = seconds(peer, question, head.number, head.timestamp)?;
    if after.1 <= when.as_second() {
        return Ok((after.0, after.0));
    }
    let mut before: (u64, Option<i64>) = (0, None);
    for probe in 0..PROBES {
        let close = before.1.is_some_and(|seconds| when.as_second() - seconds <= CLOSE);
        if close || after.0 - before.0 <= NEAR {
            break;
        }
        let guess = guess(network, probe, before, after, when.as_second());
        let (found, _) = block(peer, &format!("{guess:#x}"), question).await?;
        let found = seconds(peer, question, found.number, found.timestamp)?;
        if found.1 <= when.as_second() {
            before = (found.0, Some(found.1));
        } else {
            after = found;
        }
    }
    Ok((before.0, after.0))
}

fn seconds(peer: Peer<'_>, question: &str, height: U64, timestamp: U64) -> Result<(u64, i64), Gap> {
    let time = time(timestamp).ok_or_else(|| peer.malformed(question, "a block has no time"))?;
    Ok((height.as_u64(), time.as_second()))
}

/// The next height to look at, strictly between the two: in proportion, by the usual interval where only the later one
/// is known, and every third time in the middle, which ends the search where blocks come unevenly.
fn guess(network: &Network, probe: usize, before: (u64, Option<i64>), after: (u64, i64), when: i64) -> u64 {
    let whole = after.0 - before.0;
    let back = u128::from(after.1.abs_diff(when));
    let share = match before.1 {
        _ if probe % 3 == 2 => u128::from(whole / 2),
        Some(seconds) => u128::from(whole) * back / u128::from(after.1.abs_diff(seconds).max(1)),
        // A little further, so that the next guess has both ends.
        None => back * 1000 / network.block_interval.as_millis().max(1) * 9 / 8,
    };
    let share = u64::try_from(share).unwrap_or(u64::MAX).clamp(1, whole - 1);
    after.0 - share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{ChainIdentity, Finality};
    use std::time::Duration;

    #[test]
    fn the_next_height_lies_between_the_two() {
        let network = Network {
            name: "x".into(),
            identity: ChainIdentity::Evm(1),
            finality: Finality::Confirmations(1),
            unlock: None,
            native: "ETH".into(),
            assets: Vec::new(),
            explorer: None,
            block_interval: Duration::from_secs(12),
            mines_on_demand: false,
            is_test: false,
            bridges: Vec::new(),
        };
        let head = (20_000_000, 1_700_000_000);
        assert_eq!(guess(&network, 0, (0, None), head, head.1 - 86_400), 20_000_000 - 8_100);
        assert_eq!(guess(&network, 2, (0, None), head, head.1 - 86_400), 10_000_000);
        assert_eq!(guess(&network, 0, (0, None), head, i64::MIN), 1);
        assert_eq!(guess(&network, 1, (19_000_000, Some(head.1)), head, head.1), 19_999_999);
    }
}
