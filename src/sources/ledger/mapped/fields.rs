//! The fields of a map's records: where each is, and the API's words for what has a word in the contract.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::json::Pointer;
use crate::evidence::{AddressRole, AddressStatus, DepositStatus, HELD_FOR, Openness, WithdrawalStatus};
use crate::net::nearest;

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

    /// The one that questions are put with.
    pub(super) fn first(&self) -> Option<&str> {
        self.all().first().map(String::as_str)
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
