//! The only file that speaks HTTP and the only place where credentials join a request.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use reqwest::redirect;
use secrecy::{ExposeSecret as _, SecretString};

use super::failure::Failure;
use super::host::{Host, Hosts, LONGEST_REST};
use super::service::{Auth, SecretRef, Secrets, Service};
use super::signing::{Exposed, Unsigned};
use super::tape::Key;
use super::writing::{Arrival, Unwritten, Writing, Written};
use super::{Clock, Outcome, Raw, joined, lock, path_below, sha256};

/// First pause between two tries; it doubles, with jitter.
const PAUSE: Duration = Duration::from_millis(250);
/// Time to connect.
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of room that a body is given by the length that it is said to have.
const BELIEVED: usize = 1 << 20;
/// Redirects followed on one host.
const REDIRECTS: usize = 3;

/// The live side of the door.
pub(super) struct Live {
    client: OnceLock<Result<reqwest::Client, String>>,
    secrets: Secrets,
    hosts: Arc<Hosts>,
    /// The host of each service that was asked: a key in an address may choose it, what is asked does not.
    hosts_of: Mutex<HashMap<Arc<str>, Arc<Host>>>,
    /// Tries for one request, the first included.
    tries: usize,
    clock: Clock,
    sent: AtomicU64,
}

/// A try that failed.
struct Tried {
    failure: Failure,
    /// Whether another one may follow at once.
    again: bool,
    /// What came all the same, where who asks reads it.
    said: Option<Raw>,
}

impl Tried {
    /// One before anything was sent.
    fn unsent(failure: Failure) -> Self {
        Self { failure, again: false, said: None }
    }
}

/// An answer that is none, with what came of it.
struct Refusal {
    failure: Failure,
    said: Option<Raw>,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self { failure, said: None }
    }
}

/// A request with its credentials: it lives only inside this file.
struct Signed {
    url: String,
    authorization: Option<String>,
    /// Headers of a signature, or of a key alone.
    seal: Vec<(Cow<'static, str>, String)>,
    /// What is sent in place of the body.
    body: Option<String>,
    /// What must never come back in an answer.
    secrets: Vec<SecretString>,
}

impl Signed {
    /// HTTP Basic; the header's own value is as secret as the password in it.
    fn basic(&mut self, user: &str, password: SecretString) {
        let value = BASE64_STANDARD.encode(format!("{user}:{}", password.expose_secret()));
        self.authorization = Some(format!("Basic {value}"));
        self.secrets.extend([SecretString::from(value), password]);
    }

    /// A secret behind the words of its scheme.
    fn scheme(&mut self, words: &str, secret: SecretString) {
        self.authorization = Some(format!("{words}{}", secret.expose_secret()));
        self.secrets.push(secret);
    }
}

/// An answer of any status, and how long the source asks to wait.
struct Heard {
    raw: Raw,
    wait: Option<Duration>,
}

impl Live {
    pub(super) fn new(secrets: Secrets, clock: Clock, hosts: Arc<Hosts>, tries: usize) -> Self {
        Self {
            client: OnceLock::new(),
            secrets,
            hosts,
            hosts_of: Mutex::default(),
            tries,
            clock,
            sent: AtomicU64::new(0),
        }
    }

    /// The hosts that it asks.
    pub(super) fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    /// Sends a request, again where that may help.
    pub(super) async fn send(&self, spec: &Service, key: &Key) -> Outcome {
        self.send_until(spec, key, false, true).await
    }

    /// Sends JSON-RPC: nodes answer errors with any HTTP status, so a JSON body is the answer. Who is not `patient` asks
    /// another way once an answer does not come in time.
    pub(super) async fn send_rpc(&self, spec: &Service, key: &Key, patient: bool) -> Outcome {
        self.send_until(spec, key, true, patient).await
    }

    async fn send_until(&self, spec: &Service, key: &Key, any_status: bool, patient: bool) -> Outcome {
        let host = self.host(spec)?;
        let backoff = ExponentialBuilder::default().with_min_delay(PAUSE).with_max_times(self.tries - 1).with_jitter();
        let attempt = async || self.attempt(spec, key, &host, any_status).await;
        let again = |tried: &Tried| tried.again && (patient || !matches!(tried.failure, Failure::Timeout(_)));
        let tried = attempt.retry(backoff).when(again).await;
        // Whatever was tried, what came last is what the source says of itself.
        tried.or_else(|tried| tried.said.ok_or(tried.failure))
    }

    fn host(&self, spec: &Service) -> Result<Arc<Host>, Failure> {
        if let Some(host) = lock(&self.hosts_of).get(&spec.name) {
            return Ok(Arc::clone(host));
        }
        let host = self.hosts.of(spec, &self.sign(spec, &spec.url)?.url);
        lock(&self.hosts_of).insert(spec.name.clone(), Arc::clone(&host));
        Ok(host)
    }

    async fn attempt(&self, spec: &Service, key: &Key, host: &Host, any_status: bool) -> Result<Raw, Tried> {
        host.queue(path_below(&spec.url, &key.url).unwrap_or_default()).await;
        let slot = host.enter().await.map_err(Tried::unsent)?;
        // A signature is good for one request, at one time: it is made once it is one's turn.
        let signed = self.sealed(spec, key).map_err(Tried::unsent)?;
        self.hosts.count();
        let limit = spec.limits.timeout;
        let begun = tokio::time::Instant::now();
        let exchange = self.exchange(spec, key, &signed, any_status);
        let outcome = tokio::time::timeout(limit, exchange).await.unwrap_or(Err(Failure::Timeout(limit).into()));
        host.leave(slot, outcome.as_ref().err().map(|refusal| &refusal.failure), begun.elapsed());
        outcome.map_err(|Refusal { failure, said }| {
            // The whole host rests as long as it asks to, so that nothing has to be waited for here.
            let asked = match failure {
                Failure::RateLimited(asked) => asked,
                Failure::Unavailable(asked) => Some(asked),
                _ => None,
            };
            let bearable = asked.is_none_or(|asked| asked <= LONGEST_REST);
            Tried { again: bearable && failure.is_passing(), failure, said }
        })
    }

    async fn exchange(&self, spec: &Service, key: &Key, signed: &Signed, any_status: bool) -> Result<Raw, Refusal> {
        let mut request = self.request(&key.method, signed)?;
        let body = signed.body.as_ref().unwrap_or(&key.body);
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body.clone());
        }
        let response = request.send().await.map_err(|error| failure(&error, spec.limits.timeout))?;
        let Heard { raw, wait } = hear(response, spec, signed).await?;
        let json = raw.body.trim_start().starts_with(['{', '[']);
        let failure = match raw.status {
            429 => Failure::RateLimited(wait),
            300..=399 => Failure::Redirected,
            500 if any_status && json && raw.body.contains("\"id\"") => return Ok(raw),
            // An exchange says in the body what is wrong with a signature, a clock or a key.
            400..=499 if json && matches!(spec.auth, Auth::Signed(_)) => return Ok(raw),
            200..=299 | 400 | 404 | 405 | 422 | 501 => return Ok(raw),
            status @ (401 | 403) => refused_credentials(status),
            status => wait.filter(|_| status == 503).map_or(Failure::Status(status), Failure::Unavailable),
        };
        // It also says so of its own state, and what came in the place of an answer is told apart by its connector.
        let said = Some(raw).filter(|raw| spec.auth.is_of_exchange() && raw.status >= 400);
        Err(Refusal { failure, said })
    }

    /// Sends what changes something, once: who asked for it decides what a failure means.
    pub(super) async fn write(&self, spec: &Service, url: &str, writing: &Writing) -> Result<Written, Unwritten> {
        let signed = self.sign(spec, url).map_err(Unwritten::before)?;
        let host = self.host(spec).map_err(Unwritten::before)?;
        let _slot = host.enter().await.map_err(Unwritten::before)?;
        self.hosts.count();
        let limit = spec.limits.timeout;
        let passed = tokio::time::timeout(limit, self.pass(spec, &signed, writing)).await;
        passed.unwrap_or_else(|_| Err(Unwritten::perhaps(Failure::Timeout(limit))))
    }

    async fn pass(&self, spec: &Service, signed: &Signed, writing: &Writing) -> Result<Written, Unwritten> {
        let mut request = self.request(writing.method, signed).map_err(Unwritten::before)?;
        for (name, value) in writing.headers {
            request = request.header(*name, *value);
        }
        let (mime, body) = writing.content.bytes();
        let request = request.header(CONTENT_TYPE, mime).body(body);
        let response = request.send().await.map_err(|error| Unwritten {
            arrival: if error.is_connect() { Arrival::Never } else { Arrival::Perhaps },
            failure: failure(&error, spec.limits.timeout),
            answer: String::new(),
        })?;
        let Heard { raw, wait } = hear(response, spec, signed).await.map_err(Unwritten::perhaps)?;
        let (failure, arrival) = match raw.status {
            200..=299 => return Ok(Written { status: raw.status, body: raw.body.to_string() }),
            429 => (Failure::RateLimited(wait), Arrival::Never),
            300..=399 => (Failure::Redirected, Arrival::Never),
            401 | 403 => (refused_credentials(raw.status), Arrival::Never),
            // The desk refuses, or says that it is not there.
            status @ (400..=499 | 501 | 503) => (Failure::Status(status), Arrival::Never),
            status => (Failure::Status(status), Arrival::Perhaps),
        };
        Err(Unwritten { failure, arrival, answer: raw.body.to_string() })
    }

    fn request(&self, method: &str, signed: &Signed) -> Result<reqwest::RequestBuilder, Failure> {
        let method = reqwest::Method::from_bytes(method.as_bytes())
            .map_err(|_| Failure::Malformed("the method is not an HTTP method".into()))?;
        let request = self
            .client()?
            .request(method, &signed.url)
            .header(ACCEPT, HeaderValue::from_static("application/json, text/plain"));
        let request = signed.seal.iter().fold(request, |request, (name, value)| request.header(name.as_ref(), value));
        Ok(match &signed.authorization {
            Some(value) => request.header(AUTHORIZATION, value),
            None => request,
        })
    }

    fn client(&self) -> Result<&reqwest::Client, Failure> {
        let made = self.client.get_or_init(|| {
            // Whoever was first has set the same provider; a second call changes nothing.
            let _ = rustls::crypto::ring::default_provider().install_default();
            reqwest::Client::builder()
                .connect_timeout(CONNECT)
                .redirect(redirect::Policy::custom(same_host_only))
                .user_agent(concat!("txsleuth/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(|error| error.to_string())
        });
        made.as_ref().map_err(|error| Failure::Refused(format!("the HTTP client could not start: {error}")))
    }

    fn secret(&self, reference: &SecretRef) -> Result<SecretString, Failure> {
        (self.secrets)(reference).map_err(Failure::Unauthorised)
    }

    /// The request with its credentials, signed where each one is.
    fn sealed(&self, spec: &Service, key: &Key) -> Result<Signed, Failure> {
        let mut signed = self.sign(spec, &key.url)?;
        let Auth::Signed(keys) = &spec.auth else { return Ok(signed) };
        let (own, secret) = (self.secret(&keys.key)?, self.secret(&keys.secret)?);
        let passphrase = keys.passphrase.as_ref().map(|kept| self.secret(kept)).transpose()?;
        let exposed = Exposed {
            key: own.expose_secret(),
            secret: secret.expose_secret(),
            passphrase: passphrase.as_ref().map_or("", |word| word.expose_secret()),
        };
        let at = (self.clock)();
        let hash = sha256(&format!("{}{at}{}", exposed.secret, self.sent.fetch_add(1, Ordering::Relaxed)));
        let nonce = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].map(|(from, to)| &hash[from..to]).join("-");
        let path = url::Url::parse(&signed.url).map(|url| url[url::Position::BeforePath..].to_owned());
        let path = path.map_err(|error| Failure::Malformed(format!("the address cannot be signed: {error}")))?;
        let request = Unsigned { method: &key.method, path: &path, body: &key.body, at, nonce: &nonce };
        let seal = keys.sign.seal(&request, &exposed).map_err(Failure::Unauthorised)?;
        signed.url.push_str(&seal.query);
        // A token may be sent back, and read by whoever reads a recording.
        let tokens = seal.headers.iter().filter_map(|(_, value)| value.strip_prefix("Bearer "));
        signed.secrets.extend(tokens.map(|token| SecretString::from(token.to_owned())));
        signed.secrets.extend(seal.body.clone().map(SecretString::from));
        signed.seal = seal.headers;
        signed.body = seal.body;
        signed.secrets.extend([own, secret].into_iter().chain(passphrase));
        Ok(signed)
    }

    fn sign(&self, spec: &Service, url: &str) -> Result<Signed, Failure> {
        let mut signed =
            Signed { url: url.to_owned(), authorization: None, seal: Vec::new(), body: None, secrets: Vec::new() };
        if let Some(reference) = &spec.key {
            let secret = self.secret(reference)?;
            signed.url = filled(&signed.url, secret.expose_secret());
            // A whole address kept secret hides its key somewhere in path or query.
            if let Ok(address) = url::Url::parse(secret.expose_secret()) {
                let parts = address[url::Position::BeforePath..].split(['/', '?', '&', '=']);
                let long = parts.filter(|part| part.len() >= 12).map(|part| SecretString::from(part.to_owned()));
                signed.secrets.extend(long);
            }
            signed.secrets.push(secret);
        }
        match &spec.auth {
            // A signature is over a whole request.
            Auth::None | Auth::Signed(_) => {}
            Auth::Bearer(reference) => signed.scheme("Bearer ", self.secret(reference)?),
            Auth::Scheme(words, reference) => signed.scheme(words, self.secret(reference)?),
            Auth::Header(name, reference) => {
                let secret = self.secret(reference)?;
                signed.seal.push((name.clone(), secret.expose_secret().to_owned()));
                signed.secrets.push(secret);
            }
            Auth::Basic(user, reference) => {
                let secret = self.secret(reference)?;
                signed.basic(user, secret);
            }
            Auth::KeyAsUser(reference) => {
                let secret = self.secret(reference)?;
                signed.basic(secret.expose_secret(), SecretString::from("X"));
                signed.secrets.push(secret);
            }
            Auth::Cookie(path) => {
                let cookie = read_cookie(path)?;
                let (user, password) = cookie.split_once(':').unwrap_or((cookie.as_str(), ""));
                signed.basic(user, SecretString::from(password.to_owned()));
            }
        }
        Ok(signed)
    }
}

/// Reads an answer to its end, within its bounds and without the secrets that it may echo.
async fn hear(mut response: reqwest::Response, spec: &Service, signed: &Signed) -> Result<Heard, Failure> {
    let status = response.status().as_u16();
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let mime = header(CONTENT_TYPE).unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let wait = header(RETRY_AFTER).and_then(retry_after);
    let dated = header(DATE).filter(|_| matches!(spec.auth, Auth::Signed(_)));
    let date = dated.and_then(|value| Timestamp::try_from(httpdate::parse_http_date(value).ok()?).ok());
    // A body that grows is copied again and again; a length that is none is not believed beyond this.
    let length = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(length.min(BELIEVED));
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error, spec.limits.timeout))? {
        if bytes.len() + chunk.len() > spec.limits.body_bytes {
            return Err(Failure::TooLarge(spec.limits.body_bytes));
        }
        bytes.extend_from_slice(&chunk);
    }
    let body = String::from_utf8(bytes).map_err(|_| Failure::Malformed("the body is not UTF-8 text".into()))?;
    Ok(Heard { raw: Raw { status, mime: mime.into(), body: scrub(body, &signed.secrets).into(), date }, wait })
}

fn refused_credentials(status: u16) -> Failure {
    Failure::Unauthorised(format!("HTTP status {status}: the credentials were refused"))
}

/// Puts the key into an address. An address that is nothing but the key is a whole address kept secret.
pub(super) fn filled(template: &str, key: &str) -> String {
    if let Some(path) = template.strip_prefix("{key}") {
        joined(key, path)
    } else {
        let encoded: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
        template.replace("{key}", &encoded)
    }
}

/// Redirects stay on their host and never lose TLS.
fn same_host_only(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let first = attempt.previous().first();
    let same = first.is_some_and(|first| {
        first.host() == attempt.url().host()
            && first.port_or_known_default() == attempt.url().port_or_known_default()
            && first.scheme() == attempt.url().scheme()
    });
    if same && attempt.previous().len() <= REDIRECTS { attempt.follow() } else { attempt.stop() }
}

fn read_cookie(path: &Path) -> Result<String, Failure> {
    let missing = |error| Failure::Unauthorised(format!("failed to read the cookie file {}: {error}", path.display()));
    Ok(std::fs::read_to_string(path).map_err(missing)?.trim().to_owned())
}

/// Seconds or an HTTP date: RFC 9110, section 10.2.3.
fn retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(crate::net::live::wall_clock()).unwrap_or_default())
}

/// An HTTP date can only be compared with the wall clock; nothing else here reads it.
#[expect(clippy::disallowed_methods, reason = "Retry-After may be a date")]
fn wall_clock() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

/// A typed failure without the address, which may hold a key.
fn failure(error: &reqwest::Error, limit: Duration) -> Failure {
    if error.is_timeout() {
        return Failure::Timeout(limit);
    }
    if error.is_decode() || error.is_body() {
        return Failure::Refused("the answer broke off".into());
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(error);
    let mut words = String::from("no connection");
    while let Some(inner) = cause {
        words = inner.to_string();
        cause = inner.source();
    }
    Failure::Refused(words)
}

/// Takes secrets out of a body in which a server has echoed them, in every form in which they were sent or in
/// which JSON would write them.
fn scrub(mut body: String, secrets: &[SecretString]) -> String {
    for secret in secrets {
        for form in forms(secret.expose_secret()) {
            if form.len() >= SHORTEST_SECRET && body.contains(&form) {
                body = body.replace(&form, "[removed:credential]");
            }
        }
    }
    body
}

/// A shorter text would be found in innocent places.
const SHORTEST_SECRET: usize = 4;

fn forms(plain: &str) -> Vec<String> {
    let json = serde_json::to_string(plain).unwrap_or_default();
    let json = json.trim_matches('"').to_owned();
    let encoded: String = url::form_urlencoded::byte_serialize(plain.as_bytes()).collect();
    let mut forms = vec![plain.to_owned(), json.replace('/', "\\/"), json, encoded.replace('+', "%20"), encoded];
    // The longest first: one form may be a part of another.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms.dedup();
    forms
}
