//! The grammar of `[ledger.map]`: how an API that is there already says what the ledger's contract says.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::json::Pointer;
use crate::evidence::{AddressRole, AddressStatus, DepositStatus, HELD_FOR, Openness, WithdrawalStatus};
use crate::net::{HeaderName, HmacScheme, JwsScheme, Stamp, Template, nearest};

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
    /// The API's words for networks by their names here; the first is used in questions. Empty where they are the same.
    #[serde(default)]
    pub(super) networks: BTreeMap<String, Words>,
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

/// One word or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Words {
    One(String),
    Several(Vec<String>),
}

impl Words {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Several(words) => words,
        }
    }
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
    #[serde(default)]
    pub(super) by: PagedBy,
    /// Where the next `{cursor}` is.
    pub(super) next: Option<Pointer>,
    /// The number of the first `{page}`.
    #[serde(default = "one")]
    pub(super) first: u64,
    /// Records of a full page: a shorter one is the last.
    pub(super) size: Option<usize>,
    /// Where the number of all records is.
    pub(super) total: Option<Pointer>,
}

const fn one() -> u64 {
    1
}

impl Default for Paging {
    fn default() -> Self {
        Self { by: PagedBy::None, next: None, first: 1, size: None, total: None }
    }
}

/// What names the next page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PagedBy {
    /// There is one page.
    #[default]
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
        let query = query.map(|part| Template::parse(part, PLACES)).collect::<Result<_, _>>()?;
        Ok(Self { path: Template::parse(path, PLACES)?, query })
    }
}

impl Path {
    /// Its places.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.path.places().chain(self.query.iter().flat_map(Template::places))
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

/// Where a status is: at a pointer, or the last name of the first pointer at which it is true; `none` where none is.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Words")]
pub(super) enum StatusAt {
    Word(Pointer),
    Flags(Vec<Pointer>),
}

impl TryFrom<Words> for StatusAt {
    type Error = String;

    fn try_from(words: Words) -> Result<Self, String> {
        match words {
            Words::One(word) => word.try_into().map(Self::Word),
            Words::Several(words) => {
                words.into_iter().map(TryInto::try_into).collect::<Result<_, _>>().map(Self::Flags)
            }
        }
    }
}

/// A word of the contract, or an error that names the nearest one.
#[derive(Clone, Debug)]
pub(super) struct Word<S>(pub(super) S);

impl<'de, S: DeserializeOwned + Neutral> Deserialize<'de> for Word<S> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::{Error as _, value::StringDeserializer};
        let word = String::deserialize(deserializer)?;
        if !S::WORDS.contains(&word.as_str()) {
            let near = nearest(&word, S::WORDS.iter().copied()).unwrap_or_default();
            return Err(D::Error::custom(format!("`{word}` is not a neutral word; did you mean `{near}`?")));
        }
        S::deserialize(StringDeserializer::new(word)).map(Self)
    }
}

/// What has words in the contract.
pub(super) trait Neutral {
    const WORDS: &'static [&'static str];
}

impl Neutral for DepositStatus {
    const WORDS: &'static [&'static str] = Self::WORDS;
}

impl Neutral for WithdrawalStatus {
    const WORDS: &'static [&'static str] = Self::WORDS;
}

impl Neutral for Openness {
    const WORDS: &'static [&'static str] = &["open", "suspended"];
}

impl Neutral for AddressRole {
    const WORDS: &'static [&'static str] = &["deposit", "hot", "cold", "treasury"];
}

impl Neutral for AddressStatus {
    const WORDS: &'static [&'static str] = &["active", "retired"];
}

/// Why something is held, in the words of the contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Reason(pub(super) String);

impl TryFrom<String> for Reason {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        if HELD_FOR.contains(&word.as_str()) {
            return Ok(Self(word));
        }
        let near = nearest(&word, HELD_FOR.iter().copied()).unwrap_or_default();
        Err(format!("`{word}` is not a reason of a hold; did you mean `{near}`?"))
    }
}

/// A deposit's fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DepositFields {
    pub(super) id: Pointer,
    pub(super) account: Pointer,
    pub(super) asset: Pointer,
    pub(super) network: Option<Pointer>,
    pub(super) txid: Pointer,
    pub(super) output_index: Option<Pointer>,
    pub(super) address: Option<Pointer>,
    pub(super) memo: Option<Pointer>,
    pub(super) amount: Pointer,
    pub(super) status: StatusAt,
    pub(super) status_label: Option<Pointer>,
    /// The API's words for statuses; one that is not here stays unknown.
    #[serde(default)]
    pub(super) statuses: BTreeMap<String, Word<DepositStatus>>,
    pub(super) reason: Option<Pointer>,
    /// The API's words for reasons, or for statuses that are one.
    #[serde(default)]
    pub(super) reasons: BTreeMap<String, Reason>,
    pub(super) confirmations: Option<Pointer>,
    pub(super) required_confirmations: Option<Pointer>,
    pub(super) detected_at: Option<Pointer>,
    pub(super) credited_at: Option<Pointer>,
    pub(super) available_at: Option<Pointer>,
}

/// A withdrawal's fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WithdrawalFields {
    pub(super) id: Pointer,
    pub(super) account: Pointer,
    pub(super) asset: Pointer,
    pub(super) network: Option<Pointer>,
    pub(super) address: Option<Pointer>,
    pub(super) memo: Option<Pointer>,
    pub(super) amount: Pointer,
    pub(super) fee: Option<Pointer>,
    pub(super) status: StatusAt,
    pub(super) status_label: Option<Pointer>,
    #[serde(default)]
    pub(super) statuses: BTreeMap<String, Word<WithdrawalStatus>>,
    pub(super) reason: Option<Pointer>,
    #[serde(default)]
    pub(super) reasons: BTreeMap<String, Reason>,
    pub(super) txid: Pointer,
    pub(super) replaced_txids: Option<Pointer>,
    pub(super) requested_at: Pointer,
    pub(super) broadcast_at: Option<Pointer>,
    pub(super) completed_at: Option<Pointer>,
}

/// An address's fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressFields {
    pub(super) address: Pointer,
    /// Where it is not told, questions name the network.
    pub(super) network: Option<Pointer>,
    pub(super) role: Option<Pointer>,
    #[serde(default)]
    pub(super) roles: BTreeMap<String, Word<AddressRole>>,
    pub(super) account: Option<Pointer>,
    pub(super) customer: Option<Pointer>,
    pub(super) assets: Option<Pointer>,
    pub(super) memo: Option<Pointer>,
    pub(super) memo_required: Option<Pointer>,
    pub(super) status: Option<Pointer>,
    #[serde(default)]
    pub(super) statuses: BTreeMap<String, Word<AddressStatus>>,
    pub(super) issued_at: Option<Pointer>,
    pub(super) retired_at: Option<Pointer>,
}

/// The fields of an asset on a network.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssetFields {
    pub(super) asset: Pointer,
    pub(super) network: Option<Pointer>,
    pub(super) contract: Option<Pointer>,
    pub(super) decimals: Option<Pointer>,
    pub(super) min_deposit: Option<Pointer>,
    pub(super) deposits: Option<Pointer>,
    pub(super) withdrawals: Option<Pointer>,
    pub(super) required_confirmations: Option<Pointer>,
    pub(super) unlock_confirmations: Option<Pointer>,
    pub(super) reason: Option<Pointer>,
    pub(super) until: Option<Pointer>,
    pub(super) scanned_height: Option<Pointer>,
    pub(super) scanned_at: Option<Pointer>,
}

/// A network's fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NetworkFields {
    pub(super) name: Option<Pointer>,
    pub(super) deposits: Option<Pointer>,
    pub(super) withdrawals: Option<Pointer>,
    pub(super) reason: Option<Pointer>,
    pub(super) since: Option<Pointer>,
    pub(super) until: Option<Pointer>,
    pub(super) required_confirmations: Option<Pointer>,
    pub(super) unlock_confirmations: Option<Pointer>,
    pub(super) scanned_height: Option<Pointer>,
    pub(super) scanned_at: Option<Pointer>,
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
