//! Calls of many cases about parts of one whole, answered out of the whole's own list where enough of them wait for it.
//! Each case hears and records its own part, as if it had asked alone; so a list changes no recording. What the list
//! does not say beyond doubt is asked singly.

use std::any::Any;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foldhash::{HashMap, HashMapExt as _};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::failure::Failure;
use super::rpc::{Answered, Call, RpcError, result_alone};
use super::service::Service;
use super::{Net, Raw, Reply, Stamped, lock};

/// How long the first part waits for others. It does so however fast the service answers: with too few parts together
/// each is asked for alone.
const GATHER: Duration = Duration::from_millis(2);
/// How long a list serves those that come later. It is asked for by a name that never means anything else, and each of
/// them was told lately that its part is in it.
const LATELY: Duration = Duration::from_secs(30);
/// Bytes of lists that are kept for those.
const ROOM: usize = 16 << 20;
/// Most lists that are kept, however short.
const MOST_KEPT: usize = 64;
/// How long a service is asked singly whose list was of no use.
const ASIDE: Duration = Duration::from_secs(600);
/// JSON-RPC's code for a method that there is not.
const NO_METHOD: i64 = -32601;

/// A part of a whole, and how the list of all parts is asked for and read.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// The method that answers with the list, in the order of the parts' places. It takes either name.
    pub method: &'static str,
    /// The name that means this whole alone.
    pub name: &'a str,
    /// A name that services take which do not take the other one; it may come to mean another whole.
    pub other_name: &'a str,
    /// The part.
    pub part: &'a str,
    /// Reads an item of the list; nothing for one that is not whole.
    pub read: fn(&str) -> Option<Item>,
}

/// An item of a list, as it was read.
pub struct Item {
    /// The part that it is.
    pub part: String,
    /// The whole that it says it is of.
    pub whole: String,
    /// The place that it says it has in there.
    pub place: u64,
    /// What it was read as. Who asks for the part with [`Reply::read`] need not read it again.
    pub read: Arc<dyn Any + Send + Sync>,
}

/// What a list is of: a service, and the name of the whole.
type Held = (Arc<str>, String);

/// The parts of a list, each as it would be answered alone.
struct List {
    at: Timestamp,
    parts: HashMap<String, Part>,
    bytes: usize,
}

/// A part as it would be answered alone.
type Part = Arc<Stamped>;

struct Waiting {
    part: String,
    /// Nothing where it has to be asked for alone.
    heard: oneshot::Sender<Option<Part>>,
}

/// What is known of how a service gives lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// By a whole's other name alone.
    ByOtherName,
    /// Not until then.
    Aside(Instant),
    /// Not at all.
    NotOffered,
}

/// Parts that wait, and lists that came lately. All doors to the same hosts share them.
#[derive(Default)]
pub(super) struct Wholes(Mutex<State>);

#[derive(Default)]
struct State {
    /// How many cases look into something of a service, to which a list may hold the answer.
    looking: HashMap<Arc<str>, usize>,
    waiting: HashMap<Held, Vec<Waiting>>,
    /// The oldest first.
    kept: VecDeque<(Held, Arc<List>)>,
    manners: HashMap<Arc<str>, Manner>,
}

/// One of the cases that look into something to which a list may hold the answer; it counts until it is dropped.
pub struct Looking {
    wholes: Arc<Wholes>,
    service: Arc<str>,
    enough: usize,
}

impl Looking {
    /// Whether there are so many of them that lists may be worth asking for.
    pub fn are_many(&self) -> bool {
        lock(&self.wholes.0).looking.get(&self.service).is_some_and(|many| *many >= self.enough)
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        if let Some(many) = lock(&self.wholes.0).looking.get_mut(&self.service) {
            *many = many.saturating_sub(1);
        }
    }
}

/// Those who wait for one list. However that ends, nobody is left waiting.
struct Gathered {
    wholes: Arc<Wholes>,
    held: Held,
    is_shared: bool,
}

impl Gathered {
    /// The different parts that are waited for.
    fn count(&self) -> usize {
        let state = lock(&self.wholes.0);
        let mut parts: Vec<&str> = state.waiting.get(&self.held).into_iter().flatten().map(|one| &*one.part).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.len()
    }

    /// Gives everybody their part; from now on the list is kept for others. Whether it lacked one of them.
    fn share(&mut self, list: Option<&Arc<List>>) -> bool {
        self.is_shared = true;
        let waiting = {
            let mut state = lock(&self.wholes.0);
            if let Some(list) = list {
                state.keep(&self.held, list);
            }
            state.waiting.remove(&self.held).unwrap_or_default()
        };
        let mut lacked = false;
        for one in waiting {
            let part = list.and_then(|list| list.part(&one.part));
            lacked |= part.is_none();
            // Whoever asked may have gone away.
            let _ = one.heard.send(part);
        }
        lacked
    }
}

impl Drop for Gathered {
    fn drop(&mut self) {
        if !self.is_shared {
            self.share(None);
        }
    }
}

impl State {
    fn keep(&mut self, held: &Held, list: &Arc<List>) {
        self.kept.retain(|(known, _)| known != held);
        self.kept.push_back((held.clone(), Arc::clone(list)));
        let mut bytes: usize = self.kept.iter().map(|(_, list)| list.bytes).sum();
        while (bytes > ROOM || self.kept.len() > MOST_KEPT)
            && let Some((_, oldest)) = self.kept.pop_front()
        {
            bytes -= oldest.bytes;
        }
    }

    /// The list that came lately.
    fn lately(&self, held: &Held, now: Timestamp) -> Option<&Arc<List>> {
        let (_, list) = self.kept.iter().find(|(known, _)| known == held)?;
        (now.duration_since(list.at).unsigned_abs() <= LATELY).then_some(list)
    }

    fn offers(&self, service: &str) -> bool {
        match self.manners.get(service) {
            Some(Manner::NotOffered) => false,
            Some(Manner::Aside(until)) => *until <= Instant::now(),
            Some(Manner::ByOtherName) | None => true,
        }
    }
}

impl List {
    fn part(&self, part: &str) -> Option<Part> {
        self.parts.get(&part.to_ascii_lowercase()).cloned()
    }
}

/// Why there is no list.
#[derive(Debug, PartialEq, Eq)]
enum Lacking {
    /// The service does not have the method.
    Method,
    /// It has no list by this name, or takes no such name.
    Name,
    /// There is none, or it is of no use.
    List,
}

/// The method that answers with a list, and how an item of it is read.
type Form = (&'static str, fn(&str) -> Option<Item>);

impl Net {
    /// Counts a case in that looks into something of a service to which a list may hold the answer; nothing where no
    /// list is asked for: by the configuration, where there is one case, or as the service gives none.
    pub fn looking(&self, service: &str) -> Option<Looking> {
        let spec = self.service(service).ok()?;
        let enough = spec.limits.block_receipts;
        if self.wire.memory.is_none() || enough == 0 {
            return None;
        }
        let mut state = lock(&self.wire.wholes.0);
        if !state.offers(service) {
            return None;
        }
        *state.looking.entry(Arc::clone(&spec.name)).or_default() += 1;
        Some(Looking { wholes: Arc::clone(&self.wire.wholes), service: Arc::clone(&spec.name), enough })
    }

    /// Makes a call, or answers it out of the list of the whole that it is about.
    pub async fn call_among(&self, service: &str, call: Call, whole: Whole<'_>) -> Result<(Answered, Reply), Failure> {
        let spec = self.service(service)?;
        let key = call.key(spec);
        let ask = async || match self.part(spec, whole).await {
            Some(part) => part,
            None => self.answered(&key, async |_| self.gather(spec, &key).await).await,
        };
        let stamped = self.once(&key, ask).await;
        self.read_call(spec, &key, stamped)
    }

    /// The part, where a list tells it.
    async fn part(&self, spec: &Service, whole: Whole<'_>) -> Option<Part> {
        // What is hidden is told by an answer as a whole, not by parts of another.
        if self.wire.memory.is_none() || spec.limits.block_receipts == 0 || spec.redact.is_some() {
            return None;
        }
        let held = (spec.name.clone(), whole.name.to_ascii_lowercase());
        let (sender, receiver) = oneshot::channel();
        let first = {
            let mut state = lock(&self.wire.wholes.0);
            if let Some(list) = state.lately(&held, (self.wire.clock)()) {
                return list.part(whole.part);
            }
            if !state.offers(&spec.name) {
                return None;
            }
            let waiting = state.waiting.entry(held.clone()).or_default();
            waiting.push(Waiting { part: whole.part.to_owned(), heard: sender });
            waiting.len() == 1
        };
        if first {
            let net = self.clone();
            let (form, other_name) = ((whole.method, whole.read), whole.other_name.to_owned());
            let gathered = Gathered { wholes: Arc::clone(&self.wire.wholes), held, is_shared: false };
            tokio::spawn(async move {
                tokio::time::sleep(GATHER).await;
                net.ask_whole(gathered, form, &other_name).await;
            });
        }
        receiver.await.unwrap_or(None)
    }

    /// Asks for a list, where enough wait for it, and shares it.
    async fn ask_whole(&self, mut gathered: Gathered, form: Form, other_name: &str) {
        let Ok(spec) = self.service(&gathered.held.0) else { return };
        if gathered.count() < spec.limits.block_receipts {
            return;
        }
        let list = self.list(spec, &gathered.held.1, form, other_name).await;
        let lacked = gathered.share(list.as_ref().ok());
        let manner = match list {
            Err(Lacking::Method) => Manner::NotOffered,
            Err(Lacking::Name | Lacking::List) => Manner::Aside(Instant::now() + ASIDE),
            // It lacks what the service says is in it.
            Ok(_) if lacked => Manner::Aside(Instant::now() + ASIDE),
            Ok(_) => return,
        };
        lock(&self.wire.wholes.0).manners.insert(spec.name.clone(), manner);
    }

    /// The list, by the name that the service takes.
    async fn list(&self, spec: &Service, name: &str, form: Form, other_name: &str) -> Result<Arc<List>, Lacking> {
        let by_other = lock(&self.wire.wholes.0).manners.get(&spec.name) == Some(&Manner::ByOtherName);
        if !by_other {
            let list = self.list_by(spec, name, name, form).await;
            if !matches!(list, Err(Lacking::Name)) {
                return list;
            }
        }
        let list = self.list_by(spec, other_name, name, form).await;
        if list.is_ok() {
            lock(&self.wire.wholes.0).manners.insert(spec.name.clone(), Manner::ByOtherName);
        }
        list
    }

    async fn list_by(
        &self,
        spec: &Service,
        asked: &str,
        name: &str,
        (method, read): Form,
    ) -> Result<Arc<List>, Lacking> {
        let call = Call::new(method, serde_json::json!([asked]));
        let raw = self.call_alone(spec, &call).await.map_err(|_| Lacking::List)?;
        split(&raw.body, name, read, (self.wire.clock)()).map(Arc::new)
    }
}

/// The reply to a call for a list.
#[derive(Deserialize)]
struct Told<'a> {
    #[serde(borrow, default)]
    result: Option<Vec<&'a RawValue>>,
    #[serde(default)]
    error: Option<RpcError>,
}

/// Bytes of what a part is kept under and in.
const AROUND: usize = 300;

/// The list of parts, taken apart once for all. One that is about another whole, that has a part twice or not in its
/// place, is worthless.
fn split(body: &str, name: &str, read: fn(&str) -> Option<Item>, at: Timestamp) -> Result<List, Lacking> {
    let told: Told<'_> = serde_json::from_str(body).map_err(|_| Lacking::List)?;
    let items = match (told.error, told.result) {
        (Some(error), _) if error.code == NO_METHOD => return Err(Lacking::Method),
        (Some(_), _) | (None, None) => return Err(Lacking::Name),
        (None, Some(items)) => items,
    };
    // Each is kept as its text and as what it was read as, which takes about as much.
    let bytes = items.iter().map(|item| 2 * item.get().len() + AROUND).sum();
    let mut parts = HashMap::with_capacity(items.len());
    for (place, item) in (0_u64..).zip(items) {
        let told = read(item.get()).ok_or(Lacking::List)?;
        if told.place != place || !told.whole.eq_ignore_ascii_case(name) {
            return Err(Lacking::List);
        }
        let raw = Raw { status: 200, mime: "application/json".into(), body: result_alone(item), date: None };
        if parts.insert(told.part.to_ascii_lowercase(), Stamped::as_read(at, raw, told.read)).is_some() {
            return Err(Lacking::List);
        }
    }
    Ok(List { at, parts, bytes })
}
