//! JSON as it was written: numbers keep their digits, and pointers reach into it (RFC 6901).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

/// A JSON value whose numbers are the texts that they came as.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Null,
    Truth(bool),
    Number(String),
    Text(String),
    List(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

/// Lists and objects within each other that are read, at most.
const DEPTH: usize = 32;

impl Node {
    /// Reads a whole document.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let whole: &RawValue = serde_json::from_str(text).map_err(|error| format!("unexpected JSON: {error}"))?;
        Self::of(whole, DEPTH)
    }

    fn of(raw: &RawValue, depth: usize) -> Result<Self, String> {
        let unread = |error: serde_json::Error| format!("unexpected JSON: {error}");
        let below = || depth.checked_sub(1).ok_or_else(|| "the JSON is too deep".to_owned());
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'{') => {
                let below = below()?;
                let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).map_err(unread)?;
                let fields = fields.into_iter().map(|(name, raw)| Ok((name, Self::of(raw, below)?)));
                Self::Object(fields.collect::<Result<_, String>>()?)
            }
            Some(b'[') => {
                let below = below()?;
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(unread)?;
                Self::List(items.into_iter().map(|raw| Self::of(raw, below)).collect::<Result<_, String>>()?)
            }
            Some(b'"') => Self::Text(serde_json::from_str(text).map_err(unread)?),
            Some(b't') => Self::Truth(true),
            Some(b'f') => Self::Truth(false),
            Some(b'n') => Self::Null,
            _ => Self::Number(text.to_owned()),
        })
    }

    /// What a pointer reaches.
    pub(super) fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.steps.iter().try_fold(self, |node, step| match node {
            Self::Object(fields) => fields.get(step),
            Self::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// What a pointer reaches as texts: those of a list, or of one text with commas.
    pub(super) fn words(&self, pointer: &Pointer) -> Result<Vec<String>, String> {
        let parts = |text: &str| text.split(',').map(|part| part.trim().to_owned()).collect();
        let words: Vec<String> = match self.at(pointer) {
            None => return Ok(Vec::new()),
            Some(Self::List(items)) => {
                items.iter().map(Self::word).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()
            }
            Some(one) => one.word()?.as_deref().map(parts).unwrap_or_default(),
        };
        Ok(words.into_iter().filter(|word| !word.is_empty()).collect())
    }

    /// A single value as text; nothing where it is none or empty, an error where it is no single value.
    pub(super) fn word(&self) -> Result<Option<String>, String> {
        Ok(match self {
            Self::Null => None,
            Self::Truth(truth) => Some(truth.to_string()),
            Self::Number(number) => Some(number.clone()),
            Self::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Self::List(_) | Self::Object(_) => return Err("a single value was expected".to_owned()),
        })
    }
}

/// A JSON Pointer; the empty one is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Pointer {
    text: String,
    steps: Vec<String>,
}

impl Pointer {
    /// As it is written.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The last name in it.
    pub(super) fn last(&self) -> &str {
        self.steps.last().map_or("", String::as_str)
    }
}

impl TryFrom<String> for Pointer {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if !text.is_empty() && !text.starts_with('/') {
            return Err(format!("`{text}` is not a JSON Pointer, which begins with a slash: `/{text}`"));
        }
        let step = |step: &str| step.replace("~1", "/").replace("~0", "~");
        let steps = text.split('/').skip(1).map(step).collect();
        Ok(Self { text, steps })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, pointer: &str) -> Option<String> {
        Node::read(text).unwrap().at(&pointer.to_owned().try_into().unwrap()).and_then(|node| node.word().unwrap())
    }

    #[test]
    fn pointers_reach_and_numbers_keep_their_digits() {
        let text = r#" {"a": [{"b/c": 1.10000000000000000000001}, {"~": "x "}], "n": null} "#;
        assert_eq!(at(text, "/a/0/b~1c").as_deref(), Some("1.10000000000000000000001"));
        assert_eq!(at(text, "/a/1/~0").as_deref(), Some("x"));
        assert_eq!((at(text, "/n"), at(text, "/a/2"), at(text, "/a/-")), (None, None, None));
        assert!(Pointer::try_from("a".to_owned()).unwrap_err().contains("`/a`"));
    }

    #[test]
    fn what_is_no_json_or_too_deep_is_not_read() {
        assert!(Node::read("{\"a\": 1} x").is_err());
        assert!(Node::read(&("[".repeat(100_000) + &"]".repeat(100_000))).is_err());
        assert!(Node::read(&("[".repeat(30) + &"]".repeat(30))).is_ok());
    }
}
