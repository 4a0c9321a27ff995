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
