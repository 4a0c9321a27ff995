//! A service is one source as the network door knows it: where it is, how it is limited, how it is signed.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::live::filled;
use super::signing::{Keys, Signing};

/// Where a secret is kept; the secret itself is read only when a request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretRef {
    /// The name of an environment variable.
    Env(String),
    /// A file that only its owner may read.
    File(PathBuf),
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "environment variable {name}"),
            Self::File(path) => write!(f, "file {}", path.display()),
        }
    }
}

/// How a request shows who sends it.
#[derive(Clone, Debug, Default)]
pub enum Auth {
    /// It does not.
    #[default]
    None,
    /// `Authorization: Bearer …`.
    Bearer(SecretRef),
    /// `Authorization:` with the words of another scheme before the secret, such as `Token token=`.
    Scheme(Cow<'static, str>, SecretRef),
    /// A header of its own, such as `TRON-PRO-API-KEY`, with the secret alone.
    Header(Cow<'static, str>, SecretRef),
    /// HTTP Basic with a user name and a secret password.
    Basic(String, SecretRef),
    /// HTTP Basic with the secret as the user name.
    KeyAsUser(SecretRef),
    /// HTTP Basic with Bitcoin Core's cookie file, `user:password`.
    Cookie(PathBuf),
    /// A signature over each request.
    Signed(Keys),
}

impl Auth {
    /// Whether an exchange is asked whose connector reads answers of every status.
    pub fn is_of_exchange(&self) -> bool {
        matches!(self, Self::Signed(Keys { sign: Signing::Own(_), .. }))
    }

    /// Where the secret is kept; nothing where there is none, or where it is a cookie file.
    pub fn secret(&self) -> Option<&SecretRef> {
        match self {
            Self::None | Self::Cookie(_) => None,
            Self::Bearer(secret)
            | Self::Scheme(_, secret)
            | Self::Header(_, secret)
            | Self::Basic(_, secret)
            | Self::KeyAsUser(secret) => Some(secret),
            Self::Signed(keys) => Some(&keys.key),
        }
    }
}

/// Reads a secret from where it is kept; the message of an error says what is missing, never a value.
pub type Secrets = Arc<dyn Fn(&SecretRef) -> Result<SecretString, String> + Send + Sync>;

/// Takes out of a body what must not be kept.
pub type Redact = fn(&str) -> String;

/// One source as the door knows it.
#[derive(Clone, Debug)]
pub struct Service {
    /// The service name, such as `network.bitcoin.0`.
    pub name: Arc<str>,
    /// Base URL; `{key}` in it is filled with the key when a request is sent and never recorded.
    pub url: Arc<str>,
    /// The folder that a `file:` address means.
    pub root: Option<PathBuf>,
    /// The key for `{key}`.
    pub key: Option<SecretRef>,
    /// How requests are signed.
    pub auth: Auth,
    /// Who runs it.
    pub operator: Arc<str>,
    /// Its protocol, such as `esplora`.
    pub kind: Arc<str>,
    /// What of its answers must not be kept; they are recorded and read without it.
    pub redact: Option<Redact>,
    /// How much it is asked.
    pub limits: Limits,
}

impl Service {
    /// The host that is asked, in small letters; nothing for a folder. An address that is kept secret is looked up: without
    /// it, its host is not known.
    pub fn host(&self, secrets: &Secrets) -> Option<String> {
        let key = self.key.as_ref().and_then(|key| secrets(key).ok());
        let address = filled(&self.url, key.as_ref().map_or("key", |key| key.expose_secret()));
        Some(url::Url::parse(&address).ok()?.host_str()?.to_lowercase())
    }
}

/// How much one host is asked, and how long an answer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests a second; 0 is no limit.
    pub requests_per_second: u32,
    /// Requests in flight.
    pub concurrency: usize,
    /// Time for one request, from connecting to the last byte.
    pub timeout: Duration,
    /// JSON-RPC calls in one request.
    pub batch_size: usize,
    /// Cases that wait for receipts of one block before the whole block's are asked for; 0 is never.
    pub block_receipts: usize,
    /// Bytes of one answer.
    pub body_bytes: usize,
    /// Questions that take fewer requests than the rest.
    pub slow: &'static [Slow],
}

/// A question that a source answers less often than others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slow {
    /// How its path begins, below the source's address.
    pub path: &'static str,
    /// So many may be asked one after the other.
    pub at_once: u32,
    /// After that, one in this time.
    pub period: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_second: 50,
            concurrency: 16,
            timeout: Duration::from_secs(10),
            batch_size: 100,
            // Alchemy charges a whole block's receipts as one receipt and counts them as 25 against its rate, 500 units to
            // 20: <https://www.alchemy.com/docs/reference/compute-unit-costs>. Between the two, for their answer is longer.
            block_receipts: 20,
            body_bytes: 16 << 20,
            slow: &[],
        }
    }
}
