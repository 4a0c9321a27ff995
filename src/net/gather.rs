//! How long the first of the questions that travel together waits for the others.

use std::time::Duration;

use super::Net;
use super::service::Service;

/// A wait that is this part of what the answer takes is not felt; one that is more keeps everybody from their work.
const PART: u32 = 10;
/// So often is everybody who is ready let ask first. All cases of a thread are one task, which goes no further in one
/// turn than the runtime's budget lets it, so that after an answer it takes some turns until all have put their next
/// question; more brought nobody else.
const TURNS: usize = 4;

impl Net {
    /// Lets others put their questions to a service before those that wait are sent: for a time, or only as long as
    /// others of this thread are ready to ask. The latter where the service answers so fast that the time would be felt,
    /// unless its requests are limited, so that each one saved is worth more.
    pub(super) async fn let_others_ask(&self, spec: &Service, time: Duration) {
        let is_metered = spec.limits.requests_per_second > 0;
        if is_metered || !self.wire.learnt.answers_within(&spec.name, time.saturating_mul(PART)) {
            return tokio::time::sleep(time).await;
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
    use crate::net::failure::Failure;
    use crate::net::service::{Auth, Limits};
    use crate::net::{Outcome, Raw};

    const LONGEST: Duration = Duration::from_millis(2);
    const UNFELT: Duration = LONGEST.saturating_mul(PART);

    fn net(last: Option<Duration>) -> Net {
        let net = Net::live(Vec::new(), Arc::new(|_| Err("no secrets".to_owned())), Arc::new(|| Timestamp::UNIX_EPOCH));
        net.wire.learnt.took(&"x".into(), last);
        net
    }

    fn service(requests_per_second: u32) -> Service {
        let (name, nobody): (Arc<str>, Arc<str>) = ("x".into(), "".into());
        Service {
            name,
            url: Arc::clone(&nobody),
            root: None,
            key: None,
            auth: Auth::None,
            operator: Arc::clone(&nobody),
            kind: nobody,
            redact: None,
            limits: Limits { requests_per_second, ..Limits::default() },
        }
    }

    async fn waited(net: &Net, requests_per_second: u32) -> Duration {
        let start = Instant::now();
        net.let_others_ask(&service(requests_per_second), LONGEST).await;
        start.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_others_longer_than_is_worth_it() {
        for (last, wait) in [(None, LONGEST), (Some(UNFELT), Duration::ZERO), (Some(UNFELT + LONGEST), LONGEST)] {
            assert_eq!(waited(&net(last), 0).await, wait, "{last:?}");
            assert_eq!(waited(&net(last), 1).await, LONGEST, "each request saved is worth it");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_answer_tells_and_a_failure_tells_nothing() {
        let (net, spec) = (net(None), service(0));
        let answer = async || Ok(Raw { status: 200, mime: "".into(), body: "".into(), date: None });
        let refusal = async || Outcome::Err(Failure::BatchRefused("too many".into()));
        net.timed(&spec, 1, answer()).await.unwrap();
        assert_eq!(waited(&net, 0).await, Duration::ZERO);
        net.timed(&spec, 1, refusal()).await.unwrap_err();
        assert_eq!(waited(&net, 0).await, LONGEST);
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
        waited(&net(Some(Duration::ZERO)), 0).await;
        assert_eq!(asked.load(Ordering::Relaxed), 3);
    }
}
