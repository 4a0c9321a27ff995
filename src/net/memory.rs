//! What was answered: to one case that is recorded, each question once; and lately, to the cases beside it.

use std::any::Any;
use std::convert::Infallible;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use quick_cache::sync::DefaultLifecycle;
use quick_cache::{OptionsBuilder, Weighter};
use tokio::sync::OnceCell;

use super::tape::Key;
use super::{Net, Outcome, Raw, Service, answer, lock};
use crate::terms::Answer;

/// How old an answer may be that another case is given as well: a head of that age is within what two nodes of one
/// network may be apart, on the fastest of them.
const FRESH: Duration = Duration::from_secs(3);
/// Bytes of answers that are kept for other cases. What is asked once, such as a transaction, is soon let go for what
/// is asked again, such as a block.
const ROOM: u64 = 8 << 20;
/// Bytes of a usual answer with its question, by which the room is laid out.
const USUAL: u64 = 1 << 10;

/// An outcome, when it came, and its name once somebody cites it.
#[derive(Debug)]
pub(super) struct Stamped {
    /// When it came.
    pub at: Timestamp,
    /// What came.
    pub outcome: Outcome,
    answer: OnceLock<Arc<Answer>>,
    /// What it was read as, by those who read it.
    read: Mutex<Vec<Arc<dyn Any + Send + Sync>>>,
}

impl Stamped {
    /// What came at a time.
    pub(super) fn new(at: Timestamp, outcome: Outcome) -> Arc<Self> {
        Arc::new(Self { at, outcome, answer: OnceLock::new(), read: Mutex::default() })
    }

    /// An answer that was read already.
    pub(super) fn as_read(at: Timestamp, raw: Raw, read: Arc<dyn Any + Send + Sync>) -> Arc<Self> {
        Arc::new(Self { at, outcome: Ok(raw), answer: OnceLock::new(), read: Mutex::new(vec![read]) })
    }

    /// The answer as it is cited. However many cite it, its hash is computed once.
    pub(super) fn answer(&self, spec: &Service, key: &Key, raw: &Raw) -> Arc<Answer> {
        Arc::clone(self.answer.get_or_init(|| Arc::new(answer(spec, key, self.at, &raw.body))))
    }
}

impl Stamped {
    /// What it is read as: however many cases share it, it is read once.
    pub(super) fn read<T: Send + Sync + 'static>(&self, read: impl FnOnce() -> T) -> Arc<T> {
        let known = lock(&self.read).iter().find_map(|known| Arc::clone(known).downcast::<T>().ok());
        known.unwrap_or_else(|| {
            let own = Arc::new(read());
            lock(&self.read).push(Arc::clone(&own) as Arc<dyn Any + Send + Sync>);
            own
        })
    }
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<Stamped>> for Bytes {
    fn weight(&self, key: &Key, stamped: &Arc<Stamped>) -> u64 {
        // The body, and what it is read as.
        let body = stamped.outcome.as_ref().map_or(0, |raw| 2 * raw.body.len());
        u64::try_from(key.url.len() + key.body.len() + body).unwrap_or(u64::MAX) + 200
    }
}

impl Weighter<String, Worked> for Bytes {
    fn weight(&self, _: &String, worked: &Worked) -> u64 {
        worked.told.iter().map(|(key, stamped)| self.weight(key, stamped)).sum::<u64>() + 200
    }
}

/// Bytes of answers that are kept with what was worked out by them for many cases; it is of use for moments only.
const WORKED: u64 = 4 << 20;

/// What was worked out for many cases, by which answers, and when the first of these came.
#[derive(Clone)]
pub(super) struct Worked {
    at: Timestamp,
    value: Arc<dyn Any + Send + Sync>,
    told: Arc<[(Key, Arc<Stamped>)]>,
}

/// What cases share.
pub(super) struct Memory {
    answers: Cache<Key, Arc<Stamped>>,
    alike: Cache<String, Worked>,
}

type Cache<K, V> = quick_cache::sync::Cache<K, V, Bytes, RandomState>;

/// Room for so many bytes.
fn room<K: Eq + Hash, V: Clone>(bytes: u64) -> Cache<K, V>
where
    Bytes: Weighter<K, V>,
{
    let items = usize::try_from(bytes / USUAL).unwrap_or(usize::MAX);
    // One worker asks: in one shard, a large answer finds as much room as there is.
    let options = OptionsBuilder::new().shards(1).estimated_items_capacity(items).weight_capacity(bytes).build();
    let alone = |options| Cache::with_options(options, Bytes, RandomState::default(), DefaultLifecycle::default());
    let any = |_| Cache::with(items, bytes, Bytes, RandomState::default(), DefaultLifecycle::default());
    options.map_or_else(any, alone)
}

impl Memory {
    pub(super) fn new() -> Self {
        Self { answers: room(ROOM), alike: room(WORKED) }
    }

    /// The answer that another case was given lately, or is waiting for; else what asking brings.
    pub(super) async fn or_ask(
        &self,
        key: &Key,
        now: Timestamp,
        ask: impl AsyncFnOnce() -> Arc<Stamped>,
    ) -> Arc<Stamped> {
        lately(&self.answers, key, |kept| is_old(kept.at, now), ask).await
    }
}

/// What was kept lately, or what somebody is about to keep; else what `make` brings.
async fn lately<K: Clone + Eq + Hash, V: Clone>(
    cache: &Cache<K, V>,
    key: &K,
    is_old: impl Fn(&V) -> bool,
    make: impl AsyncFnOnce() -> V,
) -> V
where
    Bytes: Weighter<K, V>,
{
    if let Some(kept) = cache.get(key) {
        if !is_old(&kept) {
            return kept;
        }
        cache.remove(key);
    }
    // Boxed, so that those stay small who are given what is there.
    match Box::pin(cache.get_or_insert_async(key, async { Ok::<_, Infallible>(make().await) })).await {
        Ok(kept) => kept,
        Err(never) => match never {},
    }
}

fn is_old(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at).unsigned_abs() > FRESH
}

impl Net {
    /// What every case of many works out alike, such as the fitness of a source: it is worked out once for a while, and
    /// the answers on which it rests are each case's own. `what` tells it from everything else.
    pub async fn alike<T: Clone + Send + Sync + 'static>(&self, what: String, work: impl AsyncFn(&Self) -> T) -> T {
        let Some(memory) = &self.wire.memory else { return work(self).await };
        // A case that is recorded is told one thing once, however long it takes.
        let before = lock(&self.case.worked).get(&what).cloned();
        if let Some(value) = before.and_then(|worked| worked.value.downcast_ref::<T>().cloned()) {
            return value;
        }
        let now = (self.wire.clock)();
        let make = async || {
            let net = self.case();
            let value = work(&net).await;
            lock(&self.case.passages).append(&mut lock(&net.case.passages));
            let told: Arc<[_]> =
                net.recording().iter().map(|(key, stamped)| (key.clone(), Arc::clone(stamped))).collect();
            let at = told.iter().map(|(_, stamped)| stamped.at).min().unwrap_or(now);
            Worked { at, value: Arc::new(value), told }
        };
        let worked = lately(&memory.alike, &what, |kept| is_old(kept.at, now), make).await;
        if !self.case.is_forgotten {
            lock(&self.case.worked).insert(what, worked.clone());
            let mut asked = lock(&self.case.asked);
            for (key, stamped) in worked.told.iter() {
                asked.entry(key.clone()).or_insert_with(|| Arc::new(OnceCell::new_with(Some(Arc::clone(stamped)))));
            }
        }
        match worked.value.downcast_ref::<T>().cloned() {
            Some(value) => value,
            None => work(self).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::net::Failure;

    #[tokio::test]
    async fn who_waits_is_given_what_comes_however_long_it_took() {
        let (cache, count) = (room::<Key, Arc<Stamped>>(ROOM), Cell::new(0));
        let key = Key::new(&"ledger".into(), "GET", "http://127.0.0.1/".into(), String::new());
        let begun = Timestamp::UNIX_EPOCH;
        let make = async || {
            count.set(count.get() + 1);
            tokio::task::yield_now().await;
            Stamped::new(begun + 2 * FRESH, Err(Failure::NoService))
        };
        let one = || lately(&cache, &key, |kept| is_old(kept.at, begun), make);
        futures::future::join(one(), one()).await;
        assert_eq!(count.get(), 1);
        one().await;
        assert_eq!(count.get(), 2, "whoever comes when it is there, and old, asks again");
    }

    #[tokio::test]
    async fn who_goes_away_leaves_the_asking_to_the_next() {
        let (cache, count) = (room::<Key, Arc<Stamped>>(ROOM), Cell::new(0));
        let key = Key::new(&"ledger".into(), "GET", "http://127.0.0.1/".into(), String::new());
        let make = async || {
            count.set(count.get() + 1);
            tokio::task::yield_now().await;
            Stamped::new(Timestamp::UNIX_EPOCH, Err(Failure::NoService))
        };
        let one = || Box::pin(lately(&cache, &key, |kept| is_old(kept.at, Timestamp::UNIX_EPOCH), make));
        let (mut first, mut second) = (one(), one());
        assert!(futures::poll!(&mut first).is_pending() && futures::poll!(&mut second).is_pending());
        assert_eq!(count.get(), 1);
        drop(first);
        second.await;
        assert_eq!(count.get(), 2);
    }
}
