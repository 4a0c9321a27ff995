//! How one host and port is treated by everybody who asks it: so many requests a second, so many at once, a rest where
//! it asks for one, and set aside for a while where it keeps failing.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use governor::DefaultDirectRateLimiter;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::failure::Failure;
use super::learnt::Learnt;
use super::lock;
use super::service::{Limits, Service, Slow};
use super::whole::Wholes;

/// Most requests in flight to one host, whatever the configuration says.
const MOST_IN_FLIGHT: usize = 10_000;
/// Failures in a row after which a host is left alone for a while.
const IN_A_ROW: u32 = 5;
/// The first such while; it doubles with every failure that follows.
const WHILE: Duration = Duration::from_millis(500);
/// The longest.
const LONGEST_WHILE: Duration = Duration::from_secs(30);
/// The rest after "too many requests" that names no time.
const REST: Duration = Duration::from_secs(1);
/// Longest rest that a source may ask for; beyond it the question stays open.
pub(super) const LONGEST_REST: Duration = Duration::from_secs(20);
/// How long one waits for a host that keeps failing; after that, one request at a time tries it, and all others go
/// without an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Answers after which a host that had too many requests is given one more at once.
const EASED_BY: u32 = 20;
/// Answers of a host that tell whether it is slow.
const LATELY: usize = 15;
/// What is a slow answer: most sources take a tenth of it.
const SLOW: Duration = Duration::from_secs(2);

/// The hosts that are asked, and how much they were asked.
#[derive(Default)]
pub struct Hosts {
    known: Mutex<HashMap<String, Arc<Host>>>,
    requests: AtomicU64,
    /// Whether one that keeps failing is set aside: a single case would only wait for it.
    sets_aside: bool,
    /// How they want to be asked.
    pub(super) learnt: Arc<Learnt>,
    /// What of their answers is the part of many cases.
    pub(super) wholes: Arc<Wholes>,
}

impl Hosts {
    /// Hosts of which one that keeps failing is set aside for a while.
    pub fn for_many() -> Arc<Self> {
        Arc::new(Self { sets_aside: true, ..Self::default() })
    }

    /// The host of a service's address, in which a key may be filled in: it is named by the service.
    pub(super) fn of(&self, spec: &Service, url: &str) -> Arc<Host> {
        let authority = url::Url::parse(url).map(|u| u[..url::Position::BeforePath].to_owned()).unwrap_or_default();
        Arc::clone(
            lock(&self.known)
                .entry(authority)
                .or_insert_with(|| Arc::new(Host::new(&spec.name, &spec.limits, self.sets_aside))),
        )
    }

    /// Requests sent, every try counted.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// The hosts that are left alone at present.
    pub fn resting(&self) -> Vec<String> {
        let now = Instant::now();
        let known = lock(&self.known);
        let mut names: Vec<String> =
            known.values().filter(|host| host.rest(now).is_some()).map(|host| host.name.clone()).collect();
        names.sort();
        names
    }

    /// The hosts whose latest answers took long: more than [`SLOW`] by their median, of as many as are remembered.
    pub fn slow(&self) -> Vec<String> {
        let known = lock(&self.known);
        let mut names: Vec<String> =
            known.values().filter(|host| host.is_slow()).map(|host| host.name.clone()).collect();
        names.sort();
        names
    }

    pub(super) fn count(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }
}

/// What all services on one host and port share.
pub(super) struct Host {
    /// The first service that was found there.
    name: String,
    limiter: Option<DefaultDirectRateLimiter>,
    /// Those of questions that are answered less often.
    lanes: Vec<(&'static str, DefaultDirectRateLimiter)>,
    slots: Semaphore,
    most: usize,
    set_aside: bool,
    mood: Mutex<Mood>,
}

/// How a host has answered lately.
#[derive(Default)]
struct Mood {
    /// Failures in a row.
    failures: u32,
    /// How often it was set aside since it last answered.
    asides: u32,
    /// The first of the failures in a row, and the last.
    since: Option<(Instant, Failure)>,
    /// Until when nothing is sent, as it keeps failing.
    until: Option<Instant>,
    /// Until when nothing is sent, as it asked for that; no answer that was under way takes it back.
    asked: Option<Instant>,
    /// How long its last answers took, the latest at the end.
    took: VecDeque<Duration>,
    /// Slots taken away, as there were too many requests.
    withheld: usize,
    /// Answers since the last of those.
    eased: u32,
}

impl Host {
    fn new(name: &str, limits: &Limits, set_aside: bool) -> Self {
        let limiter = NonZeroU32::new(limits.requests_per_second)
            .map(|rate| governor::RateLimiter::direct(governor::Quota::per_second(rate)));
        let lane = |slow: &Slow| {
            let quota = governor::Quota::with_period(slow.period)?;
            let quota = NonZeroU32::new(slow.at_once).map_or(quota, |burst| quota.allow_burst(burst));
            Some((slow.path, governor::RateLimiter::direct(quota)))
        };
        let lanes = limits.slow.iter().filter_map(lane).collect();
        let most = limits.concurrency.clamp(1, MOST_IN_FLIGHT);
        Self {
            name: name.to_owned(),
            limiter,
            lanes,
            slots: Semaphore::new(most),
            most,
            set_aside,
            mood: Mutex::default(),
        }
    }

    /// Until when nothing is sent.
    fn rest(&self, now: Instant) -> Option<Instant> {
        let mood = lock(&self.mood);
        mood.until.max(mood.asked).filter(|until| *until > now)
    }

    /// Whether its latest answers took long.
    fn is_slow(&self) -> bool {
        let mut took: Vec<Duration> = lock(&self.mood).took.iter().copied().collect();
        took.sort_unstable();
        took.len() == LATELY && took[LATELY / 2] > SLOW
    }

    /// Waits until a question may be asked that is answered less often than others; nobody else waits meanwhile.
    pub(super) async fn queue(&self, path: &str) {
        if let Some((_, lane)) = self.lanes.iter().find(|(slow, _)| path.starts_with(slow)) {
            lane.until_ready().await;
        }
    }

    /// Waits for one's turn. A host that has been failing for long is not waited for.
    pub(super) async fn enter(&self) -> Result<SemaphorePermit<'_>, Failure> {
        loop {
            let slot = self.slots.acquire().await.map_err(|_| Failure::Refused("the door is closed".into()))?;
            if self.rest(Instant::now()).is_none() {
                if let Some(limiter) = &self.limiter {
                    limiter.until_ready().await;
                }
                // While one waited for one's turn, the host may have asked for a rest.
                let now = Instant::now();
                if self.rest(now).is_none() {
                    self.probe(now);
                    return Ok(slot);
                }
            }
            let now = Instant::now();
            if let Some(failure) = self.given_up(now) {
                return Err(failure);
            }
            drop(slot);
            if let Some(until) = self.rest(now) {
                tokio::time::sleep_until(until).await;
            }
        }
    }

    /// The failure of a host that has been failing for longer than anybody waits.
    fn given_up(&self, now: Instant) -> Option<Failure> {
        let mood = lock(&self.mood);
        let (since, failure) = mood.since.as_ref().filter(|_| mood.asides > 0)?;
        (now.duration_since(*since) > PATIENCE).then(|| failure.clone())
    }

    /// Whoever asks a host that has been failing for long keeps the others away until its answer tells.
    fn probe(&self, now: Instant) {
        if self.given_up(now).is_some() {
            lock(&self.mood).until = Some(now + LONGEST_WHILE);
        }
    }

    /// Takes note of how a request ended.
    pub(super) fn leave(&self, slot: SemaphorePermit<'_>, failure: Option<&Failure>, took: Duration) {
        let mut mood = lock(&self.mood);
        let now = Instant::now();
        if mood.took.len() == LATELY {
            mood.took.pop_front();
        }
        mood.took.push_back(took);
        let asked = match failure {
            Some(Failure::RateLimited(asked)) => Some(asked.unwrap_or(REST)),
            Some(Failure::Unavailable(asked)) => Some(*asked),
            _ => None,
        };
        mood.asked = mood.asked.max(asked.map(|asked| now + asked.min(LONGEST_REST)));
        if asked.is_some() {
            mood.eased = 0;
            // One slot less for each such answer; the last one stays.
            if mood.withheld + 1 < self.most {
                mood.withheld += 1;
                slot.forget();
            }
        }
        match failure {
            Some(Failure::RateLimited(_)) => {}
            Some(failure) if failure.is_passing() => {
                mood.failures = mood.failures.saturating_add(1);
                let since = mood.since.as_ref().map_or(now, |(since, _)| *since);
                mood.since = Some((since, failure.clone()));
                // Requests that were under way together fail together: that is one reason, not many.
                let resting = mood.until.is_some_and(|until| until > now) && mood.asides > 0;
                if self.set_aside && mood.failures >= IN_A_ROW && !resting {
                    mood.until = Some(now + (WHILE * (1 << mood.asides.min(10))).min(LONGEST_WHILE));
                    mood.asides += 1;
                }
            }
            _ => {
                mood.until = None;
                (mood.failures, mood.asides, mood.since) = (0, 0, None);
                mood.eased += 1;
                if mood.withheld > 0 && mood.eased >= EASED_BY {
                    (mood.withheld, mood.eased) = (mood.withheld - 1, 0);
                    self.slots.add_permits(1);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(concurrency: usize) -> Host {
        Host::new("x", &Limits { requests_per_second: 0, concurrency, ..Limits::default() }, true)
    }

    async fn answer(host: &Host, failure: Option<Failure>) {
        let slot = host.enter().await.unwrap();
        host.leave(slot, failure.as_ref(), Duration::ZERO);
    }

    /// Time is the test's own: it moves on only where everybody waits.
    fn timed(test: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(test);
    }

    #[test]
    fn a_host_that_asks_for_a_rest_is_given_it_by_everybody() {
        let rest = Duration::from_secs(7);
        for asked in [Failure::RateLimited(Some(rest)), Failure::Unavailable(rest)] {
            timed(async {
                let host = host(4);
                answer(&host, Some(asked)).await;
                let before = Instant::now();
                answer(&host, None).await;
                assert_eq!(before.elapsed(), rest);
                assert_eq!(host.slots.available_permits(), 3, "it is asked less at once");
                for _ in 0..EASED_BY {
                    answer(&host, None).await;
                }
                assert_eq!(host.slots.available_permits(), 4, "and more again, as it answers");
            });
        }
    }

    #[test]
    fn a_rest_that_was_asked_for_is_kept_whatever_else_is_answered() {
        timed(async {
            let host = host(4);
            let mut under_way = Vec::new();
            for _ in 0..2 {
                under_way.push(host.enter().await.unwrap());
            }
            for _ in 0..=IN_A_ROW {
                answer(&host, Some(Failure::Status(500))).await;
            }
            tokio::time::sleep(LONGEST_WHILE).await;
            let asked = Failure::Unavailable(Duration::from_secs(7));
            host.leave(under_way.remove(0), Some(&asked), Duration::ZERO);
            host.leave(under_way.remove(0), None, Duration::ZERO);
            let before = Instant::now();
            answer(&host, None).await;
            assert_eq!(before.elapsed(), Duration::from_secs(7));
        });
    }

    #[test]
    fn who_waited_for_the_turn_sees_that_a_rest_was_asked_for_meanwhile() {
        timed(async {
            let limits = Limits { requests_per_second: 20, concurrency: 4, ..Limits::default() };
            let host = Host::new("x", &limits, true);
            let before = Instant::now();
            let first = host.enter().await.unwrap();
            for _ in 1..20 {
                answer(&host, None).await;
            }
            let asked = Failure::RateLimited(Some(Duration::from_secs(7)));
            let leave = async { host.leave(first, Some(&asked), Duration::ZERO) };
            let (second, ()) = tokio::join!(host.enter(), leave);
            assert!(second.is_ok() && before.elapsed() >= Duration::from_secs(7));
        });
    }

    #[test]
    fn a_host_is_slow_by_what_is_usual_for_it() {
        timed(async {
            let host = host(4);
            let answers = async |took: Duration, times: usize| {
                for _ in 0..times {
                    let slot = host.enter().await.unwrap();
                    host.leave(slot, None, took);
                }
                host.is_slow()
            };
            assert!(!answers(Duration::from_secs(5), LATELY / 2).await, "a few tell nothing");
            assert!(!answers(Duration::from_millis(100), LATELY).await);
            assert!(answers(Duration::from_secs(5), LATELY / 2 + 1).await);
            assert!(!answers(Duration::from_millis(100), LATELY / 2 + 1).await);
        });
    }

    #[test]
    fn a_slow_question_waits_for_its_own_turn() {
        const SLOW: &[Slow] = &[Slow { path: "/slow", at_once: 2, period: Duration::from_secs(3600) }];
        let host = Host::new("x", &Limits { requests_per_second: 0, slow: SLOW, ..Limits::default() }, true);
        timed(async {
            let passes = async |path: &str| {
                let turn = std::pin::pin!(host.queue(path));
                futures::poll!(turn).is_ready()
            };
            assert_eq!((passes("/slow?x=1").await, passes("/slow").await, passes("/slow").await), (true, true, false));
            assert!(passes("/other").await, "the others do not wait");
        });
    }

    #[test]
    fn a_host_that_keeps_failing_is_waited_for_and_then_given_up_until_it_answers() {
        timed(async {
            let host = host(4);
            let failure = || Some(Failure::Status(503));
            for _ in 0..IN_A_ROW {
                answer(&host, failure()).await;
            }
            let before = Instant::now();
            answer(&host, failure()).await;
            assert_eq!(before.elapsed(), WHILE, "the next one waits a while");
            while before.elapsed() < PATIENCE {
                answer(&host, failure()).await;
            }
            assert_eq!(host.enter().await.unwrap_err(), Failure::Status(503), "nobody waits for ever");
            tokio::time::sleep(LONGEST_WHILE).await;
            let probe = host.enter().await.unwrap();
            assert!(host.enter().await.is_err(), "one tries it, the others do not");
            host.leave(probe, None, Duration::ZERO);
            let before = Instant::now();
            answer(&host, None).await;
            assert_eq!(before.elapsed(), Duration::ZERO, "it is well again");
        });
    }
}
