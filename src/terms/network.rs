//! What is known of a network before anybody is asked: its family, identity, finality and assets.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::terms::{Address, Amount, BitcoinChain, Bridge, Family, Traits};

/// By what a source proves that it follows the right chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainIdentity {
    /// The chain id of EIP-155.
    Evm(u64),
    /// The hash of a block that no other chain of the family has, which is the first one where they share none.
    Bitcoin(BitcoinChain),
    /// The id of Tron's block 0, in lower-case hex.
    Tron(String),
    /// The network id of the XRP Ledger's servers.
    Xrpl(u32),
    /// Solana's genesis hash, in base58.
    Solana(String),
    /// The global id of The Open Network.
    Ton(i32),
}

impl ChainIdentity {
    /// The value that a source must answer: an id in decimal, or the hash of the first block.
    pub fn expected(&self) -> String {
        match self {
            Self::Evm(id) => id.to_string(),
            Self::Bitcoin(chain) => chain.mark().1.to_owned(),
            Self::Xrpl(id) => id.to_string(),
            Self::Ton(id) => id.to_string(),
            Self::Tron(hash) | Self::Solana(hash) => hash.clone(),
        }
    }

    /// Whether it is a chain that development nodes use, on which blocks come on demand.
    pub fn mines_on_demand(&self) -> bool {
        matches!(self, Self::Evm(31337 | 1337) | Self::Bitcoin(BitcoinChain::Regtest))
    }

    /// Ticker of its coin, unless a network says otherwise.
    pub fn coin(&self) -> &'static str {
        match self {
            Self::Bitcoin(chain) => chain.coin(),
            other => other.family().traits().coin,
        }
    }

    /// Usual seconds between two blocks.
    pub fn block_seconds(&self) -> u64 {
        match self {
            Self::Bitcoin(chain) => chain.block_seconds(),
            other => other.family().traits().block_seconds,
        }
    }

    /// The finality that a deposit needs, where nobody says otherwise.
    pub fn finality(&self) -> Finality {
        match self {
            Self::Bitcoin(chain) => Finality::Confirmations(chain.confirmations()),
            other => other.family().traits().finality,
        }
    }

    /// The family of its chain.
    pub fn family(&self) -> Family {
        match self {
            Self::Evm(_) => Family::Evm,
            Self::Bitcoin(_) => Family::Bitcoin,
            Self::Tron(_) => Family::Tron,
            Self::Xrpl(_) => Family::Xrpl,
            Self::Solana(_) => Family::Solana,
            Self::Ton(_) => Family::Ton,
        }
    }
}

/// When a payment counts as final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finality {
    /// After this many confirmations; the block that holds it is the first.
    Confirmations(u64),
    /// Once its block is at or below the network's safe block.
    Safe,
    /// Once its block is at or below the network's finalized block.
    Finalized,
}

impl FromStr for Finality {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "safe" => Ok(Self::Safe),
            "finalized" => Ok(Self::Finalized),
            number => number
                .parse()
                .map(Self::Confirmations)
                .map_err(|_| format!("`{number}` is neither a number of confirmations nor safe or finalized")),
        }
    }
}

impl fmt::Display for Finality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Confirmations(number) => write!(f, "{number}"),
            Self::Safe => f.write_str("safe"),
            Self::Finalized => f.write_str("finalized"),
        }
    }
}

impl Serialize for Finality {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Confirmations(number) => serializer.serialize_u64(*number),
            named => serializer.collect_str(named),
        }
    }
}

impl<'de> Deserialize<'de> for Finality {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Finality;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of confirmations, \"safe\" or \"finalized\"")
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Finality, E> {
                Ok(Finality::Confirmations(number))
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Finality, E> {
                u64::try_from(number)
                    .map(Finality::Confirmations)
                    .map_err(|_| E::custom("confirmations are not negative"))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Finality, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Finality {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Finality".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "oneOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "enum": ["safe", "finalized"]}
            ]
        })
    }
}

/// A coin or token as the platform lists it on one network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Upper-case ticker.
    pub symbol: String,
    /// The token's contract; nothing for the native coin.
    pub contract: Option<Address>,
    /// Decimal places of the smallest unit.
    pub decimals: u8,
    /// The smallest deposit that is credited, by configuration; the ledger's own word wins.
    pub min_deposit: Option<Amount>,
    /// The finality that a deposit of it needs, where it is not that of its network.
    pub finality: Option<Finality>,
    /// The finality after which a deposit of it can be withdrawn, where it is not that of its network.
    pub unlock: Option<Finality>,
    /// Other contracts that stand for it.
    pub variants: Vec<Variant>,
}

/// A contract that stands for an asset and is not the listed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its own ticker.
    pub symbol: String,
    /// Its contract.
    pub contract: Address,
    /// True for a contract that the token has left behind; false for a bridged or wrapped form.
    pub is_former: bool,
}

/// One configured network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The name in the configuration, such as `ethereum`.
    pub name: Arc<str>,
    /// How its sources prove which chain they follow.
    pub identity: ChainIdentity,
    /// The finality that a deposit needs, unless the ledger says otherwise.
    pub finality: Finality,
    /// The finality after which a credited deposit can be withdrawn, where it is known.
    pub unlock: Option<Finality>,
    /// Ticker of the native coin.
    pub native: String,
    /// Listed assets; the native coin may be among them.
    pub assets: Vec<Asset>,
    /// Link to a transaction, with `{txid}` in it.
    pub explorer: Option<String>,
    /// Usual time between two blocks.
    pub block_interval: Duration,
    /// True where blocks come on demand, so that an old head is nothing unusual.
    pub mines_on_demand: bool,
    /// True for a public test network, whose coins have no value.
    pub is_test: bool,
    /// The canonical bridges that begin or end here.
    pub bridges: Vec<Bridge>,
}

impl Network {
    /// The family that the identity belongs to.
    pub fn family(&self) -> Family {
        self.identity.family()
    }

    /// What it has in common with the networks of its family.
    pub fn traits(&self) -> &'static Traits {
        self.family().traits()
    }

    /// Which chain of Bitcoin's family it is; the private one for a network of another family, whose addresses pay nobody.
    pub fn bitcoin_chain(&self) -> BitcoinChain {
        match self.identity {
            ChainIdentity::Bitcoin(chain) => chain,
            _ => BitcoinChain::Regtest,
        }
    }

    /// Whether an address of the one may be used on the other by mistake: EVM networks share their addresses, and some of
    /// Bitcoin's kin write theirs alike.
    pub fn is_sibling_of(&self, other: &Self) -> bool {
        let alike = match (&self.identity, &other.identity) {
            (ChainIdentity::Bitcoin(own), ChainIdentity::Bitcoin(other)) => own.is_mistaken_for(*other),
            _ => self.family() == other.family() && self.traits().shares_addresses,
        };
        alike && self.name != other.name && !self.is_test
    }

    /// Decimal places of the native coin.
    pub fn native_decimals(&self) -> u8 {
        self.traits().decimals
    }

    /// The listed token of a contract.
    pub fn token(&self, contract: &Address) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.contract.as_ref() == Some(contract))
    }

    /// The other form of a listed asset that a contract is, and the asset.
    pub fn variant(&self, contract: &Address) -> Option<(&Variant, &Asset)> {
        let of = |asset: &'_ Asset| asset.variants.iter().position(|variant| variant.contract == *contract);
        self.assets.iter().find_map(|asset| Some((&asset.variants[of(asset)?], asset)))
    }

    /// The listed asset of a ticker, whatever its case.
    pub fn asset(&self, symbol: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.symbol.eq_ignore_ascii_case(symbol))
    }

    /// The finality that a deposit of an asset needs.
    pub fn finality_of(&self, symbol: Option<&str>) -> Finality {
        symbol.and_then(|symbol| self.asset(symbol)?.finality).unwrap_or(self.finality)
    }

    /// The finality after which a deposit of an asset can be withdrawn, where it is known.
    pub fn unlock_of(&self, symbol: Option<&str>) -> Option<Finality> {
        symbol.and_then(|symbol| self.asset(symbol)?.unlock).or(self.unlock)
    }

    /// A head older than this means a source that has fallen behind: 20 usual block intervals, at least ten minutes and
    /// at most three hours, which is what Bitcoin comes to; nothing where blocks come on demand.
    pub fn stale_after(&self) -> Option<Duration> {
        let usual = self.block_interval.saturating_mul(20);
        (!self.mines_on_demand).then(|| usual.clamp(Duration::from_secs(600), Duration::from_secs(3 * 3600)))
    }

    /// Whether the hash of every block begins with the zeros of the work that it cost, so that it is told from a
    /// transaction's at a glance.
    pub fn hashes_show_work(&self) -> bool {
        matches!(self.identity, ChainIdentity::Bitcoin(chain) if chain.hash_is_work()) && !self.mines_on_demand
    }

    /// Whether a transaction may lose its identifier when a block takes it in: one of Litecoin's extension block is known
    /// by its kernel, and pays by an output of the block's own transaction.
    pub fn hides_transactions(&self) -> bool {
        matches!(self.identity, ChainIdentity::Bitcoin(chain) if chain.has_extension_block())
    }

    /// The explorer's page of a transaction.
    pub fn explorer_link(&self, txid: &str) -> Option<String> {
        self.explorer.as_ref().map(|template| template.replace("{txid}", txid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finality_is_a_number_or_a_name() {
        assert_eq!(serde_json::from_str::<Finality>("12").unwrap(), Finality::Confirmations(12));
        assert_eq!(serde_json::from_str::<Finality>("\"safe\"").unwrap(), Finality::Safe);
        assert!(serde_json::from_str::<Finality>("\"soon\"").is_err());
        assert!(serde_json::from_str::<Finality>("-1").is_err());
    }
}
