//! What exchanges have published: confirmations, minimums, what they recover, where to complain and with what. Data
//! files, one an exchange; each figure names where it was read, of what date that is, and how sure it makes it. What is not
//! published is absent. The ledger's live word and the configuration win over all of it.

mod told;

pub use told::{Figure, FigureValue};

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diagnosis::Handling;
use crate::terms::Amount;

/// The files, by the name that the configuration gives them.
const FILES: [(&str, &str); 4] = [
    ("okx", include_str!("okx.toml")),
    ("binance", include_str!("binance.toml")),
    ("mexc", include_str!("mexc.toml")),
    ("bithumb", include_str!("bithumb.toml")),
];

/// What one exchange has published.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name in the configuration.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Tags of the languages (BCP 47) that its desk reads, the one to write in first.
    pub languages: Vec<String>,
    /// Where things were read, by a short name.
    pub sources: BTreeMap<String, Source>,
    /// Confirmations per network, and per asset where they differ.
    #[serde(default)]
    pub confirmations: Vec<Confirmations>,
    /// The smallest deposits that are credited.
    #[serde(default)]
    pub minimums: Vec<Minimum>,
    /// The explorers that it shows its customers.
    #[serde(default)]
    pub explorers: Vec<Explorer>,
    /// What becomes of deposits that went wrong.
    #[serde(default)]
    pub recoveries: Vec<Recovery>,
    /// Where a complaint is filed.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// What it asks for.
    #[serde(default)]
    pub asks: Vec<Ask>,
}

/// A page or a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Its address.
    pub url: String,
    /// When it was last changed, by its own word.
    pub updated: Option<Date>,
    /// When it was read.
    pub read: Date,
}

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// The exchange says so on a page of its own.
    Official,
    /// A page of the exchange says so, which was read on another host.
    Copy,
    /// A value in an example of the exchange's documentation: what holds today may be another.
    Example,
    /// Somebody else says so.
    Press,
}

impl Sure {
    /// The name in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Copy => "copy",
            Self::Example => "example",
            Self::Press => "press",
        }
    }
}

/// Confirmations; the block that holds a payment is the first.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmations {
    /// The usual name of the network.
    pub network: String,
    /// The one asset that they are for.
    pub asset: Option<String>,
    /// Needed to credit.
    pub credit: u64,
    /// Needed to unlock for withdrawal.
    pub unlock: Option<u64>,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub sure: Sure,
}

/// The smallest deposit that is credited.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// The usual name of the network.
    pub network: String,
    /// Ticker.
    pub asset: String,
    /// Coin units.
    pub amount: Amount,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub sure: Sure,
}

/// An explorer of a network.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explorer {
    /// The usual name of the network.
    pub network: String,
    /// Link to a transaction, with `{txid}`.
    pub link: String,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub sure: Sure,
}

/// What a complaint is about, as far as exchanges treat it in ways of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Any deposit.
    #[default]
    Deposit,
    /// Under the minimum.
    BelowMinimum,
    /// On a network that is not served.
    WrongNetwork,
    /// A coin that is not listed.
    UnlistedAsset,
    /// A contract that a token has left behind.
    FormerContract,
    /// Without its memo, or with a wrong one.
    Memo,
    /// To a wallet of the exchange itself.
    PlatformWallet,
    /// To an address that is not the exchange's.
    ForeignAddress,
    /// To an address that is no longer in use.
    RetiredAddress,
    /// Waits for the sender's data.
    TravelRule,
}

impl About {
    /// The name in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::BelowMinimum => "below-minimum",
            Self::WrongNetwork => "wrong-network",
            Self::UnlistedAsset => "unlisted-asset",
            Self::FormerContract => "former-contract",
            Self::Memo => "memo",
            Self::PlatformWallet => "platform-wallet",
            Self::ForeignAddress => "foreign-address",
            Self::RetiredAddress => "retired-address",
            Self::TravelRule => "travel-rule",
        }
    }
}

/// What becomes of a deposit that went wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// What went wrong.
    pub about: About,
    /// What the exchange does; nothing where that is decided case by case or not told here.
    pub handling: Option<Handling>,
    /// For what fee.
    pub fee: Option<String>,
    /// How long it takes.
    pub takes: Option<String>,
    /// In a sentence.
    pub note: String,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub sure: Sure,
}

/// Where a complaint is filed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// What it is for.
    pub about: About,
    /// What to look for.
    pub place: String,
    /// Its address, where it has a public one.
    pub url: Option<String>,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub sure: Sure,
}

/// What an exchange wants to see with a complaint.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// For what; without it, for every deposit.
    #[serde(default)]
    pub about: About,
    /// The things asked for.
    pub items: Vec<Item>,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub sure: Sure,
}

/// Something that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// The transaction's identifier.
    Txid,
    /// The network.
    Network,
    /// The coin.
    Asset,
    /// How much.
    Amount,
    /// The address that was paid.
    Address,
    /// The address that paid.
    SourceAddress,
    /// The receiver's own memo or tag.
    Memo,
    /// When it was sent.
    Time,
    /// The complainant's account there: UID, e-mail or telephone number.
    Account,
    /// A picture of the sending platform's or wallet's record, with TXID, address and amount.
    SendingRecord,
    /// A finished identity check.
    IdentityCheck,
}

impl Item {
    /// Every item.
    pub const ALL: [Self; 11] = [
        Self::Txid,
        Self::Network,
        Self::Asset,
        Self::Amount,
        Self::Address,
        Self::SourceAddress,
        Self::Memo,
        Self::Time,
        Self::Account,
        Self::SendingRecord,
        Self::IdentityCheck,
    ];

    /// The name in the files and of its words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Txid => "txid",
            Self::Network => "network",
            Self::Asset => "asset",
            Self::Amount => "amount",
            Self::Address => "address",
            Self::SourceAddress => "source-address",
            Self::Memo => "memo",
            Self::Time => "time",
            Self::Account => "account",
            Self::SendingRecord => "sending-record",
            Self::IdentityCheck => "identity-check",
        }
    }
}

impl Profile {
    /// The names of all profiles.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(name, _)| *name)
    }

    /// The profile of a name, whatever its case; nothing where there is none. Fails on a damaged file alone.
    pub fn named(name: &str) -> Result<Option<Self>, toml::de::Error> {
        let file = FILES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim()));
        file.map(|(_, text)| toml::from_str(text)).transpose()
    }

    /// Confirmations of a network that are sure enough to decide by, as the exchange counts them for its assets.
    pub fn confirmations_of(&self, network: &str) -> impl Iterator<Item = &Confirmations> {
        self.confirmations.iter().filter(move |one| one.network == network && one.sure == Sure::Official)
    }

    /// What it does about deposits that went wrong in one way, where that is sure enough to decide by.
    pub fn handling_of(&self, about: About) -> Option<Handling> {
        let mut published = self.recoveries.iter().filter(|one| one.about == about && one.sure == Sure::Official);
        published.find_map(|one| one.handling)
    }

    /// What it asks for with a complaint, each thing once, in the order of a letter.
    pub fn asks_about(&self, about: About) -> Vec<Item> {
        let asks = self.asks.iter().filter(|ask| ask.about == About::Deposit || ask.about == about);
        let mut items: Vec<Item> = asks.flat_map(|ask| ask.items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// Where a complaint is filed: the place for its own kind, else that for deposits.
    pub fn channel_about(&self, about: About) -> Option<&Channel> {
        let of = |about: About| self.channels.iter().find(move |channel| channel.about == about);
        of(about).or_else(|| of(About::Deposit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Profile> {
        Profile::names().map(|name| Profile::named(name).unwrap().unwrap()).collect()
    }

    #[test]
    fn every_figure_has_a_source_and_every_source_a_figure() {
        for profile in all() {
            assert!(Profile::names().any(|name| name == profile.name));
            let figures = profile.figures();
            let mut cited: Vec<&str> = profile.figures().iter().map(|figure| figure.source_name).collect();
            cited.sort_unstable();
            cited.dedup();
            assert_eq!(cited, profile.sources.keys().collect::<Vec<_>>(), "{}", profile.name);
            assert!(figures.iter().all(|figure| figure.source.url.starts_with("http")), "{}", profile.name);
            assert!(!profile.languages.is_empty() && profile.channel_about(About::Memo).is_some(), "{}", profile.name);
            assert!(profile.asks_about(About::Deposit).contains(&Item::Txid), "{}", profile.name);
        }
    }

    #[test]
    fn nothing_but_the_exchange_s_own_word_decides() {
        let of = |name: &str| Profile::named(name).unwrap().unwrap();
        let credit = |name: &str, network: &str| -> Vec<u64> {
            of(name).confirmations_of(network).map(|published| published.credit).collect()
        };
        assert!(credit("okx", "bitcoin").is_empty(), "an example is no policy");
        assert_eq!(credit("Binance", "bitcoin"), [1]);
        assert_eq!(credit("mexc", "ethereum"), [10, 96]);
        assert_eq!(of("mexc").handling_of(About::UnlistedAsset), Some(Handling::Recover));
        assert_eq!(of("mexc").handling_of(About::WrongNetwork), None, "its pages differ");
        assert_eq!(of("bithumb").handling_of(About::WrongNetwork), None, "a newspaper is no policy");
        assert!(Profile::named("none").unwrap().is_none());
    }
}
