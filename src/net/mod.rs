//! How bytes travel: the one door to the network, to files and to standard input.
//!
//! Every answer passes here, is recorded here and is replayed here. Credentials join a request only in
//! [`live`] and never come back out.

mod failure;
mod fields;
mod gather;
mod group;
mod har;
mod health;
mod host;
mod learnt;
mod live;
mod memory;
mod refusal;
mod rpc;
mod scheme;
mod service;
mod signing;
mod tape;
mod template;
mod whole;
mod writing;

pub use failure::Failure;
pub use group::Group;
pub use host::Hosts;
pub use rpc::{Answered, Call, Excerpt, RpcError};
pub use scheme::{HeaderName, HmacScheme, JwsScheme, Scheme, Stamp, signed_by_pem};
pub use service::{Auth, Limits, Redact, SecretRef, Secrets, Service, Slow};
pub use signing::{Exposed, Keys, Seal, Sign, Signing, Unsigned, hmac_sha256, sha512};
pub use tape::Tape;
pub use template::{Template, nearest};
pub use whole::{Item, Looking, Whole};
pub use writing::{Arrival, Content, Part, Unwritten, Writing, Written};

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use tokio::sync::OnceCell;

use crate::terms::{Answer, Marks, Provenance};
use learnt::Learnt;
use live::Live;
use memory::{Memory, Stamped, Worked};
use tape::Key;
use whole::Wholes;

/// An answer as it came, or why there is none.
type Outcome = Result<Raw, Failure>;

/// The parts of an HTTP answer that count.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Raw {
    status: u16,
    mime: Cow<'static, str>,
    body: Arc<str>,
    /// The service's own time, where its clock may refuse a signature.
    date: Option<Timestamp>,
}

/// The present time, given by the edge of the program.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// An answer with its identity, ready to be cited.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Media type without parameters.
    pub mime: Cow<'static, str>,
    /// The body as text.
    pub body: Arc<str>,
    /// The service's own time by its HTTP header, to the second; kept of services alone whose requests are signed.
    pub date: Option<Timestamp>,
    /// Who answered what, and when.
    pub answer: Arc<Answer>,
    stamped: Arc<Stamped>,
}

impl Reply {
    fn new(spec: &Service, key: &Key, stamped: Arc<Stamped>) -> Result<Self, Failure> {
        let raw = stamped.outcome.as_ref().map_err(Clone::clone)?.clone();
        let answer = stamped.answer(spec, key, &raw);
        Ok(Self { status: raw.status, mime: raw.mime, body: raw.body, date: raw.date, answer, stamped })
    }

    /// What the answer is read as. Whoever else is given the same answer, and reads it as the same, need not read it again.
    pub fn read<T: Send + Sync + 'static>(&self, read: impl FnOnce() -> T) -> Arc<T> {
        self.stamped.read(read)
    }

    /// The body as JSON of a known shape. Depth is bounded by the parser, size by the door.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        decode(&self.body)
    }

    /// The provenance of a fact read from this answer alone.
    pub fn provenance(&self) -> Provenance {
        Provenance::of(Arc::clone(&self.answer))
    }
}

/// Reads JSON of a known shape; anything else is a malformed answer, never an absence.
pub fn decode<'a, T: Deserialize<'a>>(body: &'a str) -> Result<T, Failure> {
    serde_json::from_str(body).map_err(|error| malformed(body, &error))
}

fn malformed(body: &str, error: &serde_json::Error) -> Failure {
    let page = body.trim_start().starts_with('<');
    let what = if page { "a web page came instead of JSON".to_owned() } else { format!("unexpected JSON: {error}") };
    Failure::Malformed(what)
}

/// One request as the door's own log keeps it.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The service asked.
    pub service: Arc<str>,
    /// Start and end, from the opening of the door.
    pub span: (Duration, Duration),
    /// How many questions one request carried.
    pub questions: usize,
}

/// Tries for one request, the first included, where somebody waits for the answer.
const TRIES: usize = 3;
/// Tries where many cases are looked into and nobody waits for a single one.
const MANY_TRIES: usize = 6;

/// The door, as one case sees it.
#[derive(Clone)]
pub struct Net {
    wire: Arc<Wire>,
    case: Arc<Told>,
}

/// What all cases share.
struct Wire {
    services: BTreeMap<Arc<str>, Service>,
    /// Nothing when replaying: a replayed run holds no client and cannot reach the network.
    live: Option<Arc<Live>>,
    replay: Tape,
    /// What other cases were told lately; nothing where there is one case.
    memory: Option<Memory>,
    queues: Mutex<rpc::Queues>,
    groups: Mutex<group::Groups>,
    learnt: Arc<Learnt>,
    wholes: Arc<Wholes>,
    opened: Instant,
    clock: Clock,
}

/// What one case was told.
#[derive(Default)]
struct Told {
    asked: Mutex<HashMap<Key, Arc<OnceCell<Arc<Stamped>>>>>,
    /// What was worked out for it as for others.
    worked: Mutex<HashMap<String, Worked>>,
    /// Whether nobody will want to know: what was asked lately is known beside the case.
    is_forgotten: bool,
    passages: Mutex<Vec<Passage>>,
}

impl Net {
    /// A door to the real world.
    pub fn live(services: Vec<Service>, secrets: Secrets, clock: Clock) -> Self {
        let live = Live::new(secrets, Arc::clone(&clock), Arc::default(), TRIES);
        Self::open(services, Some(Arc::new(live)), Tape::default(), None, clock)
    }

    /// A door that only knows a recording.
    pub fn replaying(services: Vec<Service>, tape: Tape, clock: Clock) -> Self {
        Self::open(services, None, tape, None, clock)
    }

    /// A door to the real world for many cases, which share what they are told. It stands beside other such doors to the
    /// same hosts.
    pub fn shared(services: Vec<Service>, secrets: Secrets, clock: Clock, hosts: Arc<Hosts>) -> Self {
        let live = Live::new(secrets, Arc::clone(&clock), hosts, MANY_TRIES);
        Self::open(services, Some(Arc::new(live)), Tape::default(), Some(Memory::new()), clock)
    }

    /// The same door for another case.
    #[must_use]
    pub fn case(&self) -> Self {
        Self { wire: Arc::clone(&self.wire), case: Arc::default() }
    }

    /// The same door for another one of many cases, whose answers nobody wants to have.
    #[must_use]
    pub fn unrecorded_case(&self) -> Self {
        let case = Told { is_forgotten: self.wire.memory.is_some(), ..Told::default() };
        Self { wire: Arc::clone(&self.wire), case: Arc::new(case) }
    }

    /// Another door to the same world, that remembers nothing of what was answered, and everything of how its hosts are
    /// to be treated: what is asked through it is asked anew.
    #[must_use]
    pub fn anew(&self) -> Self {
        self.beside(Clone::clone)
    }

    /// Another door to the same world, that remembers nothing: what is asked through it is asked anew, and stands on no
    /// recording of this one. Nothing is kept of it, so that nothing needs to be taken out.
    #[must_use]
    pub fn afresh(&self) -> Self {
        self.beside(|spec| Service { redact: None, ..spec.clone() })
    }

    /// Another door to the same world, and nothing of what was answered.
    fn beside(&self, service: impl Fn(&Service) -> Service) -> Self {
        let Wire { services, live, replay, clock, .. } = &*self.wire;
        let services = services.values().map(service).collect();
        Self::open(services, live.clone(), replay.clone(), None, Arc::clone(clock))
    }

    fn open(
        services: Vec<Service>,
        live: Option<Arc<Live>>,
        replay: Tape,
        memory: Option<Memory>,
        clock: Clock,
    ) -> Self {
        let hosts = live.as_ref().map(|live| live.hosts());
        let wire = Wire {
            learnt: hosts.map(|hosts| Arc::clone(&hosts.learnt)).unwrap_or_default(),
            wholes: hosts.map(|hosts| Arc::clone(&hosts.wholes)).unwrap_or_default(),
            services: services.into_iter().map(|s| (s.name.clone(), s)).collect(),
            live,
            replay,
            memory,
            queues: Mutex::default(),
            groups: Mutex::default(),
            opened: Instant::now(),
            clock,
        };
        Self { wire: Arc::new(wire), case: Arc::default() }
    }

    /// Asks `path` of a service; the path begins with a slash, or with the question mark of its query.
    pub async fn get(&self, service: &str, path: &str) -> Result<Reply, Failure> {
        self.request(service, "GET", path, String::new()).await
    }

    /// Puts a question that is too long for an address: it changes nothing, so it may be sent again.
    pub async fn query(&self, service: &str, path: &str, body: &serde_json::Value) -> Result<Reply, Failure> {
        self.request(service, "POST", path, body.to_string()).await
    }

    async fn request(&self, service: &str, method: &'static str, path: &str, body: String) -> Result<Reply, Failure> {
        let spec = self.service(service)?;
        let url = joined(&spec.url, path);
        let key = Key::new(&spec.name, method, url, body);
        let stamped = self.once(&key, async || self.fetch(spec, &key).await).await;
        Reply::new(spec, &key, stamped)
    }

    /// Reads a file below the folder that is the service's address; a missing one answers 404.
    pub async fn read(&self, service: &str, file: &str) -> Result<Reply, Failure> {
        let spec = self.service(service)?;
        let url = format!("{}/{file}", spec.url.trim_end_matches('/'));
        let key = Key::new(&spec.name, "GET", url, String::new());
        let path = spec.root.as_ref().ok_or(Failure::NoService)?.join(file);
        let ask = async || self.answered(&key, async |_| read_file(&path, spec.limits.body_bytes)).await;
        let stamped = self.once(&key, ask).await;
        Reply::new(spec, &key, stamped)
    }

    /// The services behind this door.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.wire.services.values()
    }

    /// Everything that this case was answered so far, as a recording.
    pub fn recording(&self) -> Tape {
        lock(&self.case.asked).iter().filter_map(|(key, cell)| Some((key.clone(), Arc::clone(cell.get()?)))).collect()
    }

    /// The answers to this case so far, in a stable order.
    pub fn answers(&self) -> Vec<Arc<Answer>> {
        self.answers_on(&self.recording())
    }

    /// Every answer on the recording that is replayed, whether or not it was asked for so far.
    pub fn replayed(&self) -> Vec<Arc<Answer>> {
        self.answers_on(&self.wire.replay)
    }

    fn answers_on(&self, tape: &Tape) -> Vec<Arc<Answer>> {
        let answers = tape.iter().filter_map(|(key, stamped)| {
            let spec = self.wire.services.get(&key.service)?;
            Some(stamped.answer(spec, key, stamped.outcome.as_ref().ok()?))
        });
        let mut answers: Vec<_> = answers.collect();
        answers.sort();
        answers
    }

    /// The requests that left the door, in the order in which they ended.
    pub fn passages(&self) -> Vec<Passage> {
        lock(&self.case.passages).clone()
    }

    /// The longest chain of requests of which each began after the one before had ended.
    pub fn round_trips(&self) -> usize {
        let mut passages = self.passages();
        passages.sort_by_key(|p| p.span.1);
        let mut depths: Vec<(Duration, usize)> = Vec::new();
        for passage in &passages {
            let before = depths.iter().filter(|(end, _)| *end <= passage.span.0).map(|(_, depth)| *depth).max();
            depths.push((passage.span.1, before.unwrap_or(0) + 1));
        }
        depths.into_iter().map(|(_, depth)| depth).max().unwrap_or(0)
    }

    fn service(&self, name: &str) -> Result<&Service, Failure> {
        self.wire.services.get(name).ok_or(Failure::NoService)
    }

    /// One question is asked once, however many ask it; where nobody wants the answers afterwards, once in a while.
    async fn once(&self, key: &Key, ask: impl AsyncFnOnce() -> Arc<Stamped>) -> Arc<Stamped> {
        let asked = async {
            match &self.wire.memory {
                Some(memory) => memory.or_ask(key, (self.wire.clock)(), ask).await,
                None => Box::pin(ask()).await,
            }
        };
        if self.case.is_forgotten {
            return asked.await;
        }
        let cell = Arc::clone(lock(&self.case.asked).entry(key.clone()).or_default());
        Arc::clone(Box::pin(cell.get_or_init(|| asked)).await)
    }

    async fn fetch(&self, spec: &Service, key: &Key) -> Arc<Stamped> {
        self.answered(key, async |live| self.timed(spec, 1, live.send(spec, key)).await).await
    }

    /// The answer from the world, or from the recording where there is no world.
    async fn answered(&self, key: &Key, ask: impl AsyncFnOnce(&Live) -> Outcome) -> Arc<Stamped> {
        match &self.wire.live {
            Some(live) => self.stamped(ask(live).await.map(|raw| match self.wire.services.get(&key.service) {
                Some(spec) => redacted(spec, raw),
                None => raw,
            })),
            None => self.wire.replay.get(key).cloned().unwrap_or_else(|| self.stamped(Err(Failure::NotRecorded))),
        }
    }

    fn stamped(&self, outcome: Outcome) -> Arc<Stamped> {
        Stamped::new((self.wire.clock)(), outcome)
    }

    /// Sends a request from which it is learnt how soon the service answers.
    async fn timed(&self, spec: &Service, questions: usize, request: impl Future<Output = Outcome>) -> Outcome {
        let (outcome, took) = self.noted(spec, questions, request).await;
        self.wire.learnt.took(&spec.name, outcome.as_ref().ok().map(|_| took));
        outcome
    }

    /// Sends a request, and notes how long the case waited.
    async fn noted(
        &self,
        spec: &Service,
        questions: usize,
        request: impl Future<Output = Outcome>,
    ) -> (Outcome, Duration) {
        let start = self.wire.opened.elapsed();
        let outcome = request.await;
        let span = (start, self.wire.opened.elapsed());
        lock(&self.case.passages).push(Passage { service: spec.name.clone(), span, questions });
        (outcome, span.1.saturating_sub(span.0))
    }
}

/// What was asked, in the source's own terms and without the host.
fn asked(address: &str, key: &Key) -> String {
    if let Some(call) = rpc::method_of(&key.body) {
        return call;
    }
    let (base, query) = parts(address);
    let path = key.url.strip_prefix(base).unwrap_or(&key.url);
    let path = query.and_then(|query| path.strip_suffix(query)).unwrap_or(path);
    format!("{} {}", key.method, path.trim_end_matches(['?', '&']))
}

/// An address without its last slash, and its query.
fn parts(address: &str) -> (&str, Option<&str>) {
    let (base, query) = address.split_once('?').map_or((address, None), |(base, query)| (base, Some(query)));
    (base.trim_end_matches('/'), query)
}

/// The answer without what must not be kept, which nobody behind the door sees either.
fn redacted(spec: &Service, raw: Raw) -> Raw {
    match spec.redact {
        Some(redact) => Raw { body: redact(&raw.body).into(), ..raw },
        None => raw,
    }
}

/// A path below an address. The query of the address, such as a key, goes with every question.
fn joined(address: &str, path: &str) -> String {
    match parts(address) {
        (base, None) => [base, path].concat(),
        (base, Some(query)) => [base, path, if path.contains('?') { "&" } else { "?" }, query].concat(),
    }
}

/// The path that was joined to an address, without the address's own query; nothing for another address.
fn path_below<'a>(address: &str, url: &'a str) -> Option<&'a str> {
    let (base, query) = parts(address);
    let path = url.strip_prefix(base)?;
    let own = query.and_then(|query| path.strip_suffix(query)).and_then(|path| path.strip_suffix(['?', '&']));
    Some(own.unwrap_or(path))
}

fn answer(spec: &Service, key: &Key, at: Timestamp, body: &Arc<str>) -> Answer {
    let (address, key, body) = (spec.url.clone(), key.clone(), Arc::clone(body));
    let marks = move || Marks { asked: asked(&address, &key), sha256: sha256(&body) };
    Answer::new(Arc::clone(&spec.name), (Arc::clone(&spec.operator), Arc::clone(&spec.kind)), at, marks)
}

/// SHA-256 of a text in hex.
pub fn sha256(text: &str) -> String {
    sha256_of(text.as_bytes())
}

/// SHA-256 of bytes in hex.
pub fn sha256_of(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn read_file(path: &Path, limit: usize) -> Outcome {
    use std::io::Read as _;
    // Opening a pipe would wait for ever.
    if path.exists() && !path.is_file() {
        return Err(Failure::Malformed("it is not a regular file".into()));
    }
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Raw { status: 404, mime: "text/plain".into(), body: "".into(), date: None });
        }
        Err(error) => return Err(Failure::Refused(format!("failed to open the file: {error}"))),
    };
    let mut bytes = Vec::new();
    let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    file.take(bound).read_to_end(&mut bytes).map_err(|error| Failure::Refused(error.to_string()))?;
    if bytes.len() > limit {
        return Err(Failure::TooLarge(limit));
    }
    let body = String::from_utf8(bytes).map_err(|_| Failure::Malformed("the file is not UTF-8 text".into()))?;
    Ok(Raw { status: 200, mime: "text/plain".into(), body: body.into(), date: None })
}

/// A lock whose holder panicked still holds good data here: every write is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_that_is_opened_anew_keeps_to_what_its_hosts_asked_for() {
        let clock: Clock = Arc::new(|| Timestamp::UNIX_EPOCH);
        let net = Net::live(Vec::new(), Arc::new(|_| Err("no secrets".to_owned())), clock);
        let live = |net: &Net| net.wire.live.as_ref().map(Arc::as_ptr);
        assert!(live(&net).is_some() && live(&net) == live(&net.anew()));
    }

    #[test]
    fn the_query_of_an_address_goes_with_every_question() {
        assert_eq!(joined("https://a/api/", "/tx/1?x=2"), "https://a/api/tx/1?x=2");
        assert_eq!(
            joined("https://a/v2/api?chainid=1&apikey={key}", "?b=2"),
            "https://a/v2/api?b=2&chainid=1&apikey={key}"
        );
        assert_eq!(joined("https://a?apikey={key}", "/api/v2/blocks"), "https://a/api/v2/blocks?apikey={key}");
    }

    #[test]
    fn a_path_comes_back_from_the_address_that_it_was_joined_to() {
        for address in ["https://a/api/", "https://a/v2/api?chainid=1&apikey={key}", "https://a?apikey={key}", "{key}"]
        {
            for path in ["/tx/1?x=2", "?b=2", "/api/v2/blocks"] {
                assert_eq!(path_below(address, &joined(address, path)), Some(path), "{address}");
            }
        }
        assert_eq!(path_below("https://a", "https://b/tx"), None);
    }
}
