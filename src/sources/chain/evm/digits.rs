//! Hashes and accounts as nodes print them. Ethers reads its own types one digit after the other, which is dear where
//! thousands of transactions are read.

use std::fmt;
use std::marker::PhantomData;

use ethers::utils::hex::decode_to_slice;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// One of them.
pub(super) fn one<'de, D: Deserializer<'de>, T: AsMut<[u8]> + Default>(told: D) -> Result<T, D::Error> {
    told.deserialize_str(Digits(PhantomData))
}

/// One, or none.
pub(super) fn maybe<'de, D: Deserializer<'de>, T: AsMut<[u8]> + Default>(told: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<Printed<T>>::deserialize(told)?.map(|Printed(bytes)| bytes))
}

/// A list of them.
pub(super) fn all<'de, D: Deserializer<'de>, T: AsMut<[u8]> + Default>(told: D) -> Result<Vec<T>, D::Error> {
    Ok(Vec::<Printed<T>>::deserialize(told)?.into_iter().map(|Printed(bytes)| bytes).collect())
}

struct Printed<T>(T);

impl<'de, T: AsMut<[u8]> + Default> Deserialize<'de> for Printed<T> {
    fn deserialize<D: Deserializer<'de>>(told: D) -> Result<Self, D::Error> {
        one(told).map(Self)
    }
}

struct Digits<T>(PhantomData<T>);

impl<T: AsMut<[u8]> + Default> Visitor<'_> for Digits<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes in hexadecimal", T::default().as_mut().len())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let mut bytes = T::default();
        decode_to_slice(text, bytes.as_mut()).map_err(E::custom)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use ethers::types::{H160, H256};
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::json;

    /// What is read here, and by ethers.
    #[derive(Deserialize)]
    struct Told {
        #[serde(deserialize_with = "super::one")]
        hash: H256,
        #[serde(default, deserialize_with = "super::maybe")]
        account: Option<H160>,
        #[serde(deserialize_with = "super::all")]
        topics: Vec<H256>,
    }

    #[derive(Deserialize)]
    struct Ethers {
        hash: H256,
        account: Option<H160>,
        topics: Vec<H256>,
    }

    proptest! {
        #[test]
        fn they_are_read_as_ethers_reads_them(
            hash in "(0x)?[0-9a-fA-F]{63,65}|(0x)?[0-9a-fA-F]{64}|(0x)?[0-9a-gG]{64}",
            account in prop::option::of("0x[0-9a-fA-F]{40}|0x[0-9a-f]{0,3}|"),
            topics in prop::collection::vec("0x[0-9a-f]{64}", 0..4),
        ) {
            let told = json!({ "hash": hash, "account": account, "topics": topics });
            match (serde_json::from_value::<Told>(told.clone()), serde_json::from_value::<Ethers>(told)) {
                (Ok(own), Ok(theirs)) => {
                    prop_assert_eq!((own.hash, own.account, own.topics), (theirs.hash, theirs.account, theirs.topics));
                }
                (own, theirs) => prop_assert_eq!(own.is_ok(), theirs.is_ok()),
            }
        }
    }

    #[test]
    fn what_is_not_there_is_none() {
        let hash = format!("0x{}", "1".repeat(64));
        let told: Told = serde_json::from_value(json!({ "hash": hash, "topics": [] })).unwrap();
        assert_eq!(told.account, None);
    }
}
