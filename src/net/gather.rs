//! How long the first of the questions that travel together waits for the others.

use std::time::Duration;

use super::Net;

/// A wait that is this part of what the answer takes is not felt; one that is more keeps everybody from their work.
const PART: u32 = 10;
/// So often is everybody who is ready let ask first. After an answer it takes some of them until all have put their next
/// question; more brought nobody else.
const TURNS: usize = 4;

impl Net {
    /// Lets others put their questions to a service before those that wait are sent: so long at most, and no longer than
    /// others are ready to ask where it answers so fast that waiting would cost more than a second request.
    pub(super) async fn let_others_ask(&self, service: &str, longest: Duration) {
        if !self.wire.learnt.is_within(service, longest.saturating_mul(PART)) {
            return tokio::time::sleep(longest).await;
        }
        for _ in 0..TURNS {
            tokio::task::yield_now().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use jiff::Timestamp;
    use tokio::time::Instant;

    use super::*;

    const LONGEST: Duration = Duration::from_millis(2);

    fn net(last: Option<Duration>) -> Net {
        let net = Net::live(Vec::new(), Arc::new(|_| Err("no secrets".to_owned())), Arc::new(|| Timestamp::UNIX_EPOCH));
        net.wire.learnt.took(&"x".into(), last);
        net
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_others_longer_than_is_worth_it() {
        let unfelt = LONGEST * PART;
        for (last, wait) in [(None, LONGEST), (Some(unfelt), Duration::ZERO), (Some(unfelt + LONGEST), LONGEST)] {
            let start = Instant::now();
            net(last).let_others_ask("x", LONGEST).await;
            assert_eq!(start.elapsed(), wait, "{last:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_is_ready_is_let_ask_first() {
        let asked = Arc::new(AtomicUsize::new(0));
        for _ in 0..3 {
            let asked = Arc::clone(&asked);
            tokio::spawn(async move {
                tokio::task::yield_now().await;
                asked.fetch_add(1, Ordering::Relaxed);
            });
        }
        net(Some(Duration::ZERO)).let_others_ask("x", LONGEST).await;
        assert_eq!(asked.load(Ordering::Relaxed), 3);
    }
}
