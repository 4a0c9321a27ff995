//! Recording and replaying: every answer that passed the door, keyed by what was asked.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use anyhow::{Context as _, Result, ensure};
use foldhash::fast::RandomState;
use jiff::Timestamp;

use super::failure::Failure;
use super::har::{Content, Creator, Entry, Har, HarRequest, HarResponse, Log, Pair, PostData, Timings};
use super::memory::Stamped;
use super::refusal::is_anybodys;
use super::{Raw, Service, health, joined, path_below};

/// What makes two questions the same question. It is looked up and handed on far more often than it is made.
#[derive(Clone, Debug)]
pub(super) struct Key {
    question: Arc<Question>,
    hash: u64,
}

/// The words of a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question {
    pub service: Arc<str>,
    pub method: Cow<'static, str>,
    /// The whole address, `{key}` still unfilled.
    pub url: String,
    /// The request body; empty for GET.
    pub body: String,
}

impl Key {
    pub(super) fn new(service: &Arc<str>, method: &'static str, url: String, body: String) -> Self {
        Question { service: Arc::clone(service), method: method.into(), url, body }.into()
    }

    /// The same question, put to another address.
    fn at(&self, url: String) -> Self {
        Question { url, ..(*self.question).clone() }.into()
    }
}

impl From<Question> for Key {
    fn from(question: Question) -> Self {
        static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);
        // Method and service seldom tell two questions apart.
        let hash = HASHER.hash_one((&question.url, &question.body));
        Self { question: Arc::new(question), hash }
    }
}

impl Deref for Key {
    type Target = Question;

    fn deref(&self) -> &Question {
        &self.question
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && (Arc::ptr_eq(&self.question, &other.question) || self.question == other.question)
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.question.cmp(&other.question)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Answers by question. One question has one answer, however often it is asked.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    entries: BTreeMap<Key, Arc<Stamped>>,
}

impl FromIterator<(Key, Arc<Stamped>)> for Tape {
    fn from_iter<I: IntoIterator<Item = (Key, Arc<Stamped>)>>(entries: I) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

impl Tape {
    pub(super) fn get(&self, key: &Key) -> Option<&Arc<Stamped>> {
        self.entries.get(key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key, &Arc<Stamped>)> {
        self.entries.iter()
    }

    /// The answers of the services named, as if each had been asked at another address, and without the query of its
    /// own. Left out is what failed, a page in the place of an answer, an error in words of its own, what a server tells of
    /// itself, and what names the host that was asked, by service: all of these may speak of machines on the way.
    #[must_use]
    pub fn moved(
        &self,
        services: &[&Service],
        addresses: &BTreeMap<String, String>,
        hosts: &BTreeMap<String, String>,
    ) -> Self {
        let moved = self.entries.iter().filter_map(|(key, stamped)| {
            let spec = services.iter().find(|spec| spec.name == key.service)?;
            let address = addresses.get(&*key.service)?;
            let path = path_below(&spec.url, &key.url)?;
            let raw = stamped.outcome.as_ref().ok()?;
            let body = if is_answer(raw) {
                health::shown(path, key, &raw.body)?
            } else {
                // What is below the address was asked; the address itself is nobody's business.
                Some(raw.body.to_string()).filter(|body| is_anybodys(body, &format!("{path} {}", key.body)))?
            };
            let host = hosts.get(&*key.service).filter(|_| **address != *spec.url);
            if host.is_some_and(|host| body.to_lowercase().contains(host)) {
                return None;
            }
            let raw = Raw { body: body.into(), ..raw.clone() };
            Some((key.at(joined(address, path)), Stamped::new(stamped.at, Ok(raw))))
        });
        moved.collect()
    }

    /// The questions that were answered, whatever the answer.
    #[must_use]
    pub fn answered(&self) -> Self {
        let answered = self.entries.iter().filter(|(_, stamped)| stamped.outcome.is_ok());
        answered.map(|(key, stamped)| (key.clone(), Arc::clone(stamped))).collect()
    }

    /// The services that were asked, each once.
    pub fn services(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.entries.keys().map(|key| &*key.service).collect();
        names.dedup();
        names
    }

    /// Writes the tape as a HAR 1.2 document, sorted, one field a line, so that changes read well.
    pub fn to_har(&self) -> Result<String> {
        let entries = self.entries.iter().map(|(key, stamped)| entry(key, stamped)).collect();
        let creator = Creator { name: "txsleuth".into(), version: env!("CARGO_PKG_VERSION").into() };
        let har = Har { log: Log { version: "1.2".into(), creator, entries } };
        let mut text = serde_json::to_string_pretty(&har).context("failed to write the recording")?;
        text.push('\n');
        Ok(text)
    }

    /// Reads a HAR 1.2 document.
    pub fn from_har(text: &str) -> Result<Self> {
        let har: Har = serde_json::from_str(text).context("failed to read the recording: it is not HAR 1.2")?;
        let mut tape = Self::default();
        for entry in har.log.entries {
            let at: Timestamp = entry.started_date_time.parse().context("failed to read a time of the recording")?;
            let key = Key::from(Question {
                service: entry.service.into(),
                method: entry.request.method.into(),
                url: entry.request.url,
                body: entry.request.post_data.map(|data| data.text).unwrap_or_default(),
            });
            let content = entry.response.content;
            let outcome = match entry.failure {
                Some(word) => Err(Failure::replayed(&word)),
                None => Ok(Raw {
                    status: entry.response.status,
                    mime: content.mime_type.into(),
                    body: content.text.into(),
                    date: date(&entry.response.headers).context("failed to read a date of the recording")?,
                }),
            };
            let question = format!("{} {}", key.method, key.url);
            ensure!(
                tape.entries.insert(key, Stamped::new(at, outcome)).is_none(),
                "failed to read the recording: {question} is on it twice"
            );
        }
        Ok(tape)
    }
}

/// Whether a service answered with what it was asked for.
fn is_answer(raw: &Raw) -> bool {
    let json = serde_json::from_str::<serde_json::Value>(&raw.body).ok();
    let fails = |value: &serde_json::Value| value.get("error").is_some_and(|error| !error.is_null());
    let error = json.is_some_and(|json| fails(&json) || json.get("result").is_some_and(fails));
    raw.status == 200 && !error && !raw.body.trim_start().starts_with('<')
}

/// The one header that a recording keeps: the service's own time, as RFC 3339 writes it.
const DATE: &str = "date";

fn date(headers: &[Pair]) -> Result<Option<Timestamp>, jiff::Error> {
    headers.iter().find(|header| header.name == DATE).map(|header| header.value.parse()).transpose()
}

fn entry(key: &Key, stamped: &Stamped) -> Entry {
    let (at, outcome) = (stamped.at, &stamped.outcome);
    let post_data =
        (!key.body.is_empty()).then(|| PostData { mime_type: "application/json".into(), text: key.body.clone() });
    let query_string = key.url.split_once('?').map_or_else(Vec::new, |(_, query)| {
        url::form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| Pair { name: name.into_owned(), value: value.into_owned() })
            .collect()
    });
    let nothing = Raw { status: 0, mime: "".into(), body: "".into(), date: None };
    let raw = outcome.as_ref().unwrap_or(&nothing);
    Entry {
        started_date_time: at.to_string(),
        time: 0,
        request: HarRequest {
            method: key.method.to_string(),
            url: key.url.clone(),
            http_version: "HTTP/1.1".into(),
            cookies: Vec::new(),
            headers: Vec::new(),
            query_string,
            post_data,
            headers_size: -1,
            body_size: i64::try_from(key.body.len()).unwrap_or(-1),
        },
        response: HarResponse {
            status: raw.status,
            status_text: String::new(),
            http_version: "HTTP/1.1".into(),
            cookies: Vec::new(),
            headers: raw.date.iter().map(|date| Pair { name: DATE.into(), value: date.to_string() }).collect(),
            content: Content { size: raw.body.len(), mime_type: raw.mime.to_string(), text: raw.body.to_string() },
            redirect_url: String::new(),
            headers_size: -1,
            body_size: i64::try_from(raw.body.len()).unwrap_or(-1),
        },
        cache: serde_json::Map::new(),
        timings: Timings { send: 0, wait: 0, receive: 0 },
        service: key.service.to_string(),
        failure: outcome.as_ref().err().map(Failure::recorded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_reads_back_as_it_was_written() {
        let mut tape = Tape::default();
        let key = |url: &str, body: &str| {
            Key::new(&"ledger".into(), if body.is_empty() { "GET" } else { "POST" }, url.into(), body.into())
        };
        let body = "{\"error\":\"\u{1f980}\"}".into();
        let answer = Raw { status: 404, mime: "application/json".into(), body, date: Some(Timestamp::UNIX_EPOCH) };
        let mut put = |key, outcome| drop(tape.entries.insert(key, Stamped::new(Timestamp::UNIX_EPOCH, outcome)));
        put(key("http://127.0.0.1/v1/deposits?txid=a%20b", ""), Ok(answer));
        for failure in [
            Failure::Timeout(std::time::Duration::from_millis(1500)),
            Failure::RateLimited(Some(std::time::Duration::from_secs(7))),
            Failure::Status(502),
            Failure::Redirected,
        ] {
            put(key("http://127.0.0.1/", &failure.to_string()), Err(failure));
        }
        let har = tape.to_har().unwrap();
        let back = Tape::from_har(&har).unwrap();
        let outcomes = |tape: &Tape| -> Vec<_> {
            tape.iter().map(|(key, one)| (key.clone(), one.at, one.outcome.clone())).collect()
        };
        assert_eq!(outcomes(&tape), outcomes(&back));
        assert_eq!(back.to_har().unwrap(), har);
    }
}
