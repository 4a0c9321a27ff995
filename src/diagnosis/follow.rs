//! How a case is followed: whether time can still change what was concluded, and how soon to look again.

use std::time::Duration;

use jiff::Timestamp;

use super::{Diagnosis, Judged, Verdict};
use crate::terms::{GapWhy, Network};

/// Between two looks at the least: no network has blocks that are worth more questions.
const LEAST: Duration = Duration::from_secs(5);
/// Between two looks at the most, however long the wait may be.
const MOST: Duration = Duration::from_secs(3600);
/// Where the diagnosis names no time.
const USUAL: Duration = Duration::from_secs(1800);
/// A transaction that is in no block is looked for after so many usual block intervals, and not within two minutes.
const PENDING: (u32, Duration) = (10, Duration::from_secs(120));

impl Diagnosis {
    /// Whether time alone changes nothing any more. What waits, waits for time. Whatever somebody has to act upon, and
    /// whatever is done, ends: where acting is due because it took too long, it was waiting before. A question that
    /// nobody answered stays open only where the reason may pass.
    pub fn is_final(&self) -> bool {
        match self.verdict {
            Verdict::Waiting => false,
            Verdict::Inconclusive => self.look_again_at.is_none() || !self.may_pass(),
            Verdict::Complete
            | Verdict::Settled
            | Verdict::PlatformAction
            | Verdict::CustomerAction
            | Verdict::Misdirected => true,
        }
    }

    /// Whether what stops the conclusion may pass by itself.
    fn may_pass(&self) -> bool {
        let gaps = &self.decisive().gaps;
        gaps.is_empty() || gaps.iter().any(|gap| passes(gap.why))
    }

    /// How soon to look again: after a block where confirmations are missing, after a few where it is in none, else when
    /// the diagnosis says, or when things should change if that is sooner.
    pub fn next_look(&self, networks: &[Network], now: Timestamp) -> Duration {
        let until = |at: Timestamp| Duration::try_from(at.duration_since(now)).ok().filter(|time| !time.is_zero());
        let said = self.look_again_at.and_then(until).unwrap_or(USUAL);
        let promised = self.whereabouts.expected_by.and_then(until).unwrap_or(said);
        let first = self.transactions.first().filter(|_| self.verdict == Verdict::Waiting);
        let interval = |judged: &Judged| {
            let name = &judged.transaction.network;
            networks.iter().find(|network| network.name == *name).map(|network| network.block_interval)
        };
        let by_chain = first.and_then(|judged| {
            let (tx, interval) = (&judged.transaction, interval(judged)?);
            match (tx.known.is_yes(), tx.block.is_yes(), judged.is_final) {
                (_, true, Some(false)) => Some(interval),
                (true, false, _) => Some(interval.saturating_mul(PENDING.0).max(PENDING.1).min(said)),
                _ => None,
            }
        });
        by_chain.unwrap_or_else(|| said.min(promised)).clamp(LEAST, MOST)
    }
}

/// Whether asking again later may bring what did not come now.
fn passes(why: GapWhy) -> bool {
    match why {
        GapWhy::Refused
        | GapWhy::Timeout
        | GapWhy::RateLimited
        | GapWhy::ServerError
        | GapWhy::Malformed
        | GapWhy::Mismatch
        | GapWhy::Behind
        | GapWhy::Conflicting => true,
        GapWhy::NotConfigured
        | GapWhy::NotAsked
        | GapWhy::NotOffered
        | GapWhy::Unauthorised
        | GapWhy::TooLarge
        | GapWhy::Redirected
        | GapWhy::WrongChain
        | GapWhy::LacksHistory
        | GapWhy::NotRecorded => false,
    }
}
