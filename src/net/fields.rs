//! A few fields of a JSON object of many, to the letter: what nobody asks for is passed over, and takes up no room.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The values of the fields of these names, each another one, in their order; nothing where the object has none. Of one
/// that it has twice, the last counts.
pub(super) fn fields<'a>(object: &'a RawValue, names: &[&str]) -> serde_json::Result<Vec<Option<&'a RawValue>>> {
    object.deserialize_map(Wanted(names))
}

struct Wanted<'n>(&'n [&'n str]);

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Vec<Option<&'de RawValue>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = vec![None; self.0.len()];
        while let Some(place) = map.next_key_seed(Name(self.0))? {
            match place.and_then(|place| found.get_mut(place)) {
                Some(value) => *value = Some(map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

/// The place of a name among those that are asked for.
struct Name<'n>(&'n [&'n str]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|wanted| *wanted == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(object: &str) -> Option<Vec<Option<&str>>> {
        let found = fields(serde_json::from_str(object).ok()?, &["txid", "amount"]).ok()?;
        Some(found.into_iter().map(|value| value.map(RawValue::get)).collect())
    }

    #[test]
    fn fields_are_found_by_name_and_kept_to_the_letter() {
        assert_eq!(told(r#"{"amount": 1.10, "x": [{"txid": 1}]}"#), Some(vec![None, Some("1.10")]));
        assert_eq!(told(r#"{"\u0074xid":"a","txid":"b"}"#), Some(vec![Some("\"b\""), None]));
        assert_eq!(told(r#"{"txid":null}"#), Some(vec![Some("null"), None]));
    }

    #[test]
    fn what_is_no_object_has_none() {
        for text in ["[]", "null", "1", "\"txid\""] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
