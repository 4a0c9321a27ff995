//! Ways to sign a request that a configuration describes: an HMAC over words of its choice in headers of its choice,
//! and a body that is signed as a whole (JWS, RFC 7515).

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde::Deserialize;
use serde_json::{Value, json};

use super::signing::{Exposed, Seal, Unsigned, hmac_sha256, hmac_sha512};
use super::template::Template;

/// A way to sign that a configuration describes.
#[derive(Clone, Debug)]
pub enum Scheme {
    /// HMAC in headers.
    Hmac(HmacScheme),
    /// A signed body.
    Jws(JwsScheme),
}

impl Scheme {
    /// What signing adds; an error says what is wrong with the keys, and never a key.
    pub(super) fn seal(&self, request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
        match self {
            Self::Hmac(scheme) => Ok(scheme.seal(request, keys)),
            Self::Jws(scheme) => scheme.seal(request, keys),
        }
    }
}

/// How the time of a request is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stamp {
    /// Seconds since 1970.
    #[default]
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
    /// RFC 3339 with milliseconds, in UTC.
    Rfc3339,
}

impl Stamp {
    /// A time as it is written.
    pub fn written(self, at: Timestamp) -> String {
        match self {
            Self::Seconds => at.as_second().to_string(),
            Self::Milliseconds => at.as_millisecond().to_string(),
            Self::Rfc3339 => at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        }
    }
}

/// The hash below an HMAC.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Algorithm {
    #[default]
    Sha256,
    Sha512,
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Encoding {
    #[default]
    Hex,
    Base64,
}

/// The words that may be signed.
const SIGNED: &[&str] = &["timestamp", "expires", "method", "path", "body", "nonce", "key", "passphrase"];
/// The words that a header may hold.
const SHOWN: &[&str] = &["signature", "timestamp", "expires", "nonce", "key", "passphrase"];

/// What is signed.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct SignedText(Template);

impl TryFrom<String> for SignedText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Template::parse(&text, SIGNED).map(Self)
    }
}

/// What a header holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct HeaderText(Template);

impl TryFrom<String> for HeaderText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Template::parse(&text, SHOWN).map(Self)
    }
}

/// The name of a header.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct HeaderName(String);

impl HeaderName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HeaderName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let fits = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        if fits { Ok(Self(name)) } else { Err(format!("`{name}` is not the name of a header")) }
    }
}

/// An HMAC in headers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HmacScheme {
    /// `sha256` or `sha512`.
    #[serde(default)]
    algorithm: Algorithm,
    /// What is signed, of `{timestamp}`, `{expires}`, `{method}`, `{path}` with its query, `{body}`, `{nonce}`, `{key}` and
    /// `{passphrase}`.
    text: SignedText,
    /// `hex` or `base64`.
    #[serde(default)]
    encoding: Encoding,
    /// How `{timestamp}` and `{expires}` are written.
    #[serde(default)]
    timestamp: Stamp,
    /// How long after `{timestamp}` `{expires}` is, in seconds.
    #[serde(default = "lifetime")]
    lifetime_seconds: u32,
    /// Headers with their texts, of the same words and `{signature}`.
    headers: BTreeMap<HeaderName, HeaderText>,
}

/// Seconds that a signature is good for, where nothing is said.
const fn lifetime() -> u32 {
    60
}

impl HmacScheme {
    /// What is wrong with it.
    pub fn mistake(&self) -> Option<String> {
        let shown = self.headers.values().any(|text| text.0.names("signature"));
        (!shown).then(|| "no header holds `{signature}`".to_owned())
    }

    fn seal(&self, request: &Unsigned<'_>, keys: &Exposed<'_>) -> Seal {
        let place = |place: &str| {
            let expires = jiff::SignedDuration::from_secs(self.lifetime_seconds.into());
            Some(match place {
                "timestamp" => self.timestamp.written(request.at),
                "expires" => self.timestamp.written(request.at.saturating_add(expires).unwrap_or(request.at)),
                "method" => request.method.to_owned(),
                "path" => request.path.to_owned(),
                "body" => request.body.to_owned(),
                "nonce" => request.nonce.to_owned(),
                "key" => keys.key.to_owned(),
                "passphrase" => keys.passphrase.to_owned(),
                _ => return None,
            })
        };
        let text = self.text.0.filled(place).unwrap_or_default();
        let signature = match self.algorithm {
            Algorithm::Sha256 => hmac_sha256(keys.secret, &text),
            Algorithm::Sha512 => hmac_sha512(keys.secret, &text),
        };
        let signature = match self.encoding {
            Encoding::Hex => signature.iter().map(|byte| format!("{byte:02x}")).collect(),
            Encoding::Base64 => BASE64_STANDARD.encode(signature),
        };
        let shown = |own: &str| if own == "signature" { Some(signature.clone()) } else { place(own) };
        let header = |(name, text): (&HeaderName, &HeaderText)| {
            (Cow::Owned(name.0.clone()), text.0.filled(shown).unwrap_or_default())
        };
        Seal { headers: self.headers.iter().map(header).collect(), ..Seal::default() }
    }
}

/// The one algorithm of a signed body.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum JwsAlgorithm {
    #[default]
    RS256,
}

/// A body that is signed as a whole: the general JSON serialisation of JWS (RFC 7515, section 7.2.1) over claims of which
/// `data` is the question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JwsScheme {
    /// Whose signature it is: `kid` and `iss`.
    pub signer: String,
    /// `RS256`.
    #[serde(default)]
    #[expect(dead_code, reason = "a configuration may say it, and there is one")]
    algorithm: JwsAlgorithm,
    /// How long a signature is good for, in seconds.
    #[serde(default = "lifetime")]
    lifetime_seconds: u32,
}

impl JwsScheme {
    fn seal(&self, request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
        let key = private_key(keys.secret)?;
        let data: Value = serde_json::from_str(request.body).unwrap_or_else(|_| json!({}));
        let at = request.at.as_second();
        let claims = json!({
            "iss": self.signer,
            "iat": at,
            "exp": at.saturating_add(self.lifetime_seconds.into()),
            "jti": request.nonce,
            "data": data,
        });
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        let (protected, payload) = (part(r#"{"alg":"RS256"}"#), part(&claims.to_string()));
        let mut signature = vec![0; key.public().modulus_len()];
        let signed = format!("{protected}.{payload}");
        key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .map_err(|_| "the private key does not sign".to_owned())?;
        let signature = BASE64_URL_SAFE_NO_PAD.encode(signature);
        let signatures = json!([{"protected": protected, "header": {"kid": self.signer}, "signature": signature}]);
        let body = json!({"payload": payload, "signatures": signatures}).to_string();
        Ok(Seal { body: Some(body), ..Seal::default() })
    }
}

/// An RSA key as PEM writes it (PKCS #8 or PKCS #1), or that text once more in base64.
fn private_key(secret: &str) -> Result<RsaKeyPair, String> {
    let wrong = || "the private key is not an RSA key of at least 2048 bits in PEM".to_owned();
    let pem = if secret.contains(BEGIN) {
        secret.to_owned()
    } else {
        String::from_utf8(decoded(secret).ok_or_else(wrong)?).map_err(|_| wrong())?
    };
    let der = inside(&pem).ok_or_else(wrong)?;
    RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der)).map_err(|_| wrong())
}

const BEGIN: &str = "-----BEGIN";

/// Base64 of either alphabet, in lines or in one.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let url_safe = || BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    BASE64_STANDARD.decode(&text).ok().or_else(url_safe)
}

/// The key that a PEM holds.
fn inside(pem: &str) -> Option<Vec<u8>> {
    decoded(pem.split("PRIVATE KEY-----").nth(1)?.split("-----END").next()?)
}

/// The signature over a text in base64 by a private key in PEM: Ed25519, or RSA (PKCS #1 v1.5) over SHA-256. Nothing where
/// the secret is none; an error says what is wrong with it.
pub fn signed_by_pem(secret: &str, text: &str) -> Option<Result<String, String>> {
    secret.contains(BEGIN).then(|| {
        let wrong = || "the private key is neither an Ed25519 nor an RSA key in PEM that is not encrypted".to_owned();
        let der = inside(secret).ok_or_else(wrong)?;
        if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der) {
            return Ok(BASE64_STANDARD.encode(key.sign(text.as_bytes())));
        }
        let key = private_key(secret).map_err(|_| wrong())?;
        let mut signature = vec![0; key.public().modulus_len()];
        let signed = key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature);
        signed.map_err(|_| "the private key does not sign".to_owned())?;
        Ok(BASE64_STANDARD.encode(signature))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first test vector of RFC 8032 signs nothing with this key, whose PKCS #8 form was written by hand.
    #[test]
    fn an_ed25519_key_in_pem_signs_as_its_standard_says() {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let bytes = |hex: &str| -> Vec<u8> {
            (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
        };
        let der = [bytes("302e020100300506032b657004220420"), bytes(seed)].concat();
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64_STANDARD.encode(der));
        let signature = signed_by_pem(&pem, "").unwrap().unwrap();
        let standard = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd\
                        25bf5f0595bbe24655141438e7a100b";
        assert_eq!(BASE64_STANDARD.decode(signature).unwrap(), bytes(standard));
        assert!(signed_by_pem("TXSLEUTH-DEMO-SECRET-0001", "").is_none());
        let wrong = signed_by_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "");
        assert!(wrong.unwrap().unwrap_err().contains("Ed25519"));
    }
}
