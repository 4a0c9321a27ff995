//! The grammar of `[ledger.map]`: how an API that is there already says what the ledger's contract says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fields::{AddressFields, AssetFields, DepositFields, NetworkFields, WithdrawalFields, Word, Words};
use super::json::Pointer;
use crate::evidence::Openness;
use crate::net::{HeaderName, HmacScheme, JwsScheme, Stamp, Template};

/// A map.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// How times are written: `rfc3339` (the usual), `seconds` or `milliseconds`.
    #[serde(default = "rfc3339")]
    pub(super) times: Stamp,
    /// How tickers are written in questions: `upper` (the usual), `lower`.
    #[serde(default)]
    pub(super) tickers: Case,
    /// The API's words for networks by their names here; the first is used in questions.
    #[serde(default)]
    pub(super) networks: BTreeMap<String, Words>,
    /// The API's words for assets by their tickers; the first is used in questions. Others are tickers.
    #[serde(default)]
    pub(super) assets: BTreeMap<String, Words>,
    /// Decimal places of assets, by ticker, where amounts are whole numbers of an asset's smallest unit: with one here, an
    /// amount of an asset that is not is unreadable.
    #[serde(default)]
    pub(super) base_units: BTreeMap<String, u8>,
    /// Words for an open direction, and for a closed one.
    #[serde(default)]
    pub(super) openness: BTreeMap<String, Word<Openness>>,
    /// What "no such thing" looks like beside an empty list.
    #[serde(default)]
    pub(super) absent: Absent,
    /// The questions that the API answers; one that is not there is not offered.
    #[serde(default)]
    pub(super) ask: Ask,
    /// The fields of a deposit.
    pub(super) deposit: Option<DepositFields>,
    /// The fields of a withdrawal.
    pub(super) withdrawal: Option<WithdrawalFields>,
    /// The fields of an address.
    pub(super) address: Option<AddressFields>,
    /// The fields of an asset that is listed on a network.
    pub(super) asset: Option<AssetFields>,
    /// The fields of a network, from the top of the answer.
    #[serde(default)]
    pub(super) network: NetworkFields,
    /// A header that shows the key of `key_env` or `key_file`.
    pub(super) header: Option<KeyHeader>,
    /// A signature in headers.
    pub(super) hmac: Option<HmacScheme>,
    /// A signed body.
    pub(super) jws: Option<JwsScheme>,
}

const fn rfc3339() -> Stamp {
    Stamp::Rfc3339
}

/// How tickers are written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Case {
    #[default]
    Upper,
    Lower,
}

/// What "no such thing" looks like: an HTTP status, a word at a pointer, or both together.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Absent {
    #[serde(default)]
    pub(super) status: Vec<u16>,
    pub(super) pointer: Option<Pointer>,
    #[serde(default)]
    pub(super) words: Vec<String>,
}

/// The questions.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    /// Deposits of `{txid}`.
    pub(super) deposits: Option<Question>,
    /// The deposit of `{id}`.
    pub(super) deposit: Option<Question>,
    /// Withdrawals of `{txid}`.
    pub(super) withdrawals: Option<Question>,
    /// The withdrawal of `{id}`.
    pub(super) withdrawal: Option<Question>,
    /// Whose `{address}` on `{network}` is.
    pub(super) owner: Option<Question>,
    /// Whose `{memo}` at `{address}` on `{network}` is.
    pub(super) memo_owner: Option<Question>,
    /// The addresses of `{account}` on `{network}`.
    pub(super) addresses: Option<Question>,
    /// What is listed on `{network}`.
    pub(super) policy: Option<Question>,
}

/// One question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// Path and query; a parameter whose place has no value is left out.
    pub(super) path: Path,
    /// Members of a JSON body; with one, the question is put by POST.
    pub(super) body: Option<BTreeMap<String, Member>>,
    /// Where the records are.
    #[serde(default)]
    pub(super) items: Pointer,
    /// What is there.
    pub(super) shape: Option<Shape>,
    /// How a long answer goes on.
    #[serde(default)]
    pub(super) paging: Paging,
    /// The answer holds others as well: those asked about are picked out of it.
    #[serde(default)]
    pub(super) pick: bool,
    /// The newest come first, so that reading may end where they are older than what is asked about.
    #[serde(default)]
    pub(super) newest_first: bool,
    /// Customers' addresses alone are answered: that one is not there does not mean that it is not the platform's.
    #[serde(default)]
    pub(super) only_customers: bool,
}

impl Question {
    /// Its places, in path and body.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        let members = self.body.iter().flat_map(BTreeMap::values).filter_map(|member| match member {
            Member::Text(text) => Some(text.places()),
            Member::Truth(_) | Member::Number(_) => None,
        });
        self.path.places().chain(members.flatten())
    }

    /// Whether a place is in path or body.
    pub(super) fn names(&self, place: &str) -> bool {
        self.places().any(|own| own == place)
    }
}

/// What stands where the records are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Shape {
    /// A list of records.
    List,
    /// One record.
    One,
    /// An object whose values are records.
    Values,
}

/// How a long answer goes on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paging {
    /// Nothing where it is not told.
    pub(super) by: Option<PagedBy>,
    /// Where the next `{cursor}` is.
    pub(super) next: Option<Pointer>,
    /// The number of the first `{page}`.
    #[serde(default = "one")]
    pub(super) first: u64,
    /// Where the number of all records is. Without one, pages by number go on to one that brings nothing new: a short
    /// page may be that of a server that holds pages shorter than it was asked for.
    pub(super) total: Option<Pointer>,
}

const fn one() -> u64 {
    1
}

impl Default for Paging {
    fn default() -> Self {
        Self { by: None, next: None, first: 1, total: None }
    }
}

/// What names the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PagedBy {
    /// Nothing: one answer holds all.
    None,
    /// `{cursor}`, out of the answer before.
    Cursor,
    /// `{page}`, a number.
    Page,
    /// `{offset}`, the number of records before.
    Offset,
}

impl PagedBy {
    /// Its place in a path or a body.
    pub(super) const fn place(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Cursor => Some("cursor"),
            Self::Page => Some("page"),
            Self::Offset => Some("offset"),
        }
    }
}

/// The places of paths and bodies.
pub(super) const PLACES: &[&str] =
    &["txid", "account", "asset", "network", "address", "memo", "id", "since", "until", "cursor", "page", "offset"];

/// A path and its query, with places.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Path {
    path: Template,
    query: Vec<Template>,
}

impl TryFrom<String> for Path {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if !text.starts_with('/') {
            return Err(format!("a path begins with a slash: `/{text}`"));
        }
        let (path, query) = text.split_once('?').unwrap_or((&text, ""));
        let query = query.split('&').filter(|part| !part.is_empty());
        let query =
            query.map(|part| if shows_secret(part) { Err(secret_in(part)) } else { Template::parse(part, PLACES) });
        let query = query.collect::<Result<_, _>>()?;
        Ok(Self { path: Template::parse(path, PLACES)?, query })
    }
}

/// Parameters by which requests show who sends them.
const SECRETS: &[&str] =
    &["key", "token", "secret", "password", "passwd", "signature", "sign", "auth", "authorization"];

/// Whether a parameter holds a secret, to go by its name: a path stands in every recording.
fn shows_secret(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or_default();
    let mut words = name.split(['_', '-', '.']).map(str::to_ascii_lowercase);
    !value.is_empty() && !value.contains('{') && words.any(|word| SECRETS.iter().any(|own| word.ends_with(own)))
}

fn secret_in(parameter: &str) -> String {
    let name = parameter.split('=').next().unwrap_or_default();
    format!(
        "`{name}` looks like a secret, which no path may hold: show it by `header`, `hmac` or `url = \"…?{name}={{key}}\"`"
    )
}

impl Path {
    /// Its places.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.path.places().chain(self.query.iter().flat_map(Template::places))
    }

    /// Whether a place is outside the query, so that there is no path without it.
    pub(super) fn needs(&self, place: &str) -> bool {
        self.path.names(place)
    }

    /// With its places filled; nothing where one outside the query has no value.
    pub(super) fn filled(&self, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        let path = self.path.filled(&value)?;
        let query: Vec<String> = self.query.iter().filter_map(|part| part.filled(&value)).collect();
        Some(if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) })
    }
}

/// A member of a body.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Scalar")]
pub(super) enum Member {
    Truth(bool),
    Number(i64),
    Text(Template),
}

/// A member as it is written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Truth(bool),
    Number(i64),
    Text(String),
}

impl TryFrom<Scalar> for Member {
    type Error = String;

    fn try_from(scalar: Scalar) -> Result<Self, String> {
        Ok(match scalar {
            Scalar::Truth(truth) => Self::Truth(truth),
            Scalar::Number(number) => Self::Number(number),
            Scalar::Text(text) => Self::Text(Template::parse(&text, PLACES)?),
        })
    }
}

/// A header with the key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyHeader {
    /// Its name.
    pub name: HeaderName,
    /// Words before the key.
    #[serde(default)]
    pub before: String,
}
