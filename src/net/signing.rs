//! Requests that are signed one by one, as exchanges want them: which words are signed, and where the signature goes, is
//! the exchange's own; here are the parts that it is made of.

use std::borrow::Cow;
use std::sync::Arc;

use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256, Sha512};

use super::scheme::Scheme;
use super::service::SecretRef;

/// Where the keys of an account are kept, and how its requests are signed with them.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The key, which names the account.
    pub key: SecretRef,
    /// The secret, which signs.
    pub secret: SecretRef,
    /// A word that goes along, where the exchange wants one.
    pub passphrase: Option<SecretRef>,
    /// The way in which it is done.
    pub sign: Signing,
}

/// An exchange's own way to sign.
pub type Sign = fn(&Unsigned<'_>, &Exposed<'_>) -> Result<Seal, String>;

/// A way to sign.
#[derive(Clone, Debug)]
pub enum Signing {
    /// An exchange's own.
    Own(Sign),
    /// One that the configuration describes.
    Described(Arc<Scheme>),
}

impl Signing {
    /// What signing adds; an error says what is wrong with the keys.
    pub(super) fn seal(&self, request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
        match self {
            Self::Own(sign) => sign(request, keys),
            Self::Described(scheme) => scheme.seal(request, keys),
        }
    }
}

/// A request before it is signed.
#[derive(Clone, Copy, Debug)]
pub struct Unsigned<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// Path and query as they will be sent.
    pub path: &'a str,
    /// The body; empty for none.
    pub body: &'a str,
    /// The present time.
    pub at: Timestamp,
    /// A text that no other request has, in the form of a UUID.
    pub nonce: &'a str,
}

/// The keys while they sign.
#[derive(Clone, Copy)]
pub struct Exposed<'a> {
    /// The key.
    pub key: &'a str,
    /// The secret.
    pub secret: &'a str,
    /// The word that goes along; empty for none.
    pub passphrase: &'a str,
}

/// What signing adds to a request. It is never recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal {
    /// Headers.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// What follows the query, beginning with `&` or `?`.
    pub query: String,
    /// What is sent in place of the body.
    pub body: Option<String>,
}

/// HMAC with SHA-256.
pub fn hmac_sha256(secret: &str, text: &str) -> Vec<u8> {
    // A key of any length is one.
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    mac.map(|mac| mac.chain_update(text).finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// HMAC with SHA-512.
pub(super) fn hmac_sha512(secret: &str, text: &str) -> Vec<u8> {
    let mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes());
    mac.map(|mac| mac.chain_update(text).finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// SHA-512 of a text in hex.
pub fn sha512(text: &str) -> String {
    Sha512::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
