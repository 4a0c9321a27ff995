//! Transaction identifiers: which runs of characters are meant as one, and of which family of networks.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use super::lexicon::{self, Sense};
use super::links::{self, About, Link};
use super::page::{Page, Span};
use super::voices::Voice;
use super::{runs, words};

/// A family of networks whose identifiers are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChainFamily {
    /// Ethereum and its kin: `0x` and lower case.
    Evm,
    /// Bitcoin, Litecoin, Dogecoin, …: lower case.
    Bitcoin,
    /// Tron: lower case.
    Tron,
    /// Solana: base58.
    Solana,
    /// The XRP Ledger: upper case.
    Xrpl,
    /// The text does not settle it, or another family.
    Unknown,
}

impl ChainFamily {
    /// The family of a network by its name.
    pub fn of(network: &str) -> Self {
        match words::chain(network).map(|chain| chain.family) {
            Some("evm") => Self::Evm,
            Some("bitcoin") => Self::Bitcoin,
            Some("tron") => Self::Tron,
            Some("solana") => Self::Solana,
            Some("xrpl") => Self::Xrpl,
            _ => Self::of_relative(network),
        }
    }

    /// Test networks are of their network's family.
    fn of_relative(network: &str) -> Self {
        let known = ["ethereum", "bsc", "polygon", "arbitrum", "optimism", "base", "avalanche", "bitcoin"];
        let of = known.iter().find(|name| network.strip_prefix(**name).is_some_and(|rest| rest.starts_with('-')));
        of.map_or(Self::Unknown, |name| if *name == "bitcoin" { Self::Bitcoin } else { Self::Evm })
    }
}

/// Why something is taken for what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It stands in a field for it.
    Field,
    /// A link to an explorer.
    Link,
    /// Words before it say so.
    Label,
    /// It has the form.
    Form,
    /// It follows from the coin.
    Coin,
    /// It stands beside what was said.
    Context,
}

/// A transaction identifier that the customer gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadTxid {
    /// In the family's normal form.
    pub value: String,
    /// The family of networks.
    pub chain_family: ChainFamily,
    /// What told it.
    pub why: Why,
    /// The network of the explorer that it is linked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A run of characters that may be one, before its family is known.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) range: Range<usize>,
    digits: String,
    prefixed: bool,
    network: Option<&'static str>,
    why: Why,
    voice: Voice,
}

impl Candidate {
    /// Whether it is a Solana signature.
    pub(super) fn is_signature(&self) -> bool {
        self.digits.len() != 64
    }
}

/// Identifiers of one complaint that are reported.
const MOST: usize = 50;

/// The candidates of a page, in order, and the ranges of everything that has the form of one.
pub(super) fn candidates(page: &Page, links: &[Link]) -> (Vec<Candidate>, Vec<Range<usize>>) {
    let mut taken = Vec::new();
    let mut found: Vec<Candidate> = Vec::new();
    for (range, digits, prefixed) in runs::find(page.text()) {
        taken.push(range.clone());
        if runs::is_other_hash(&digits) {
            continue;
        }
        let link = links::around(links, range.start);
        let (fits, why) = match link.map(|link| links::about(page, link, range.start)) {
            Some(About::Transaction) => (true, Why::Link),
            Some(About::Address | About::Other) => (false, Why::Link),
            None if is_account(page, &range) => (false, Why::Label),
            None => named(page, &range),
        };
        let network = link.and_then(|link| link.network);
        let voice = page.voice(range.start);
        if fits && voice < Voice::Signature {
            found.push(Candidate { range, digits, prefixed, network, why, voice });
        }
    }
    // The customer's own words win over what they answer to.
    let own = found.iter().map(|candidate| candidate.voice).min().unwrap_or(Voice::Customer).max(Voice::Customer);
    found.retain(|candidate| candidate.voice <= own && own < Voice::Desk);
    (found, taken)
}

/// How far before an identifier its name may stand, in bytes.
const BEFORE: usize = 100;

/// Whether the words before a number let it be a transaction's, and what told it.
fn named(page: &Page, range: &Range<usize>) -> (bool, Why) {
    let text = page.text();
    let mut label = None;
    for hit in lexicon::before(page.hits(), range.start, BEFORE) {
        let between = &text[hit.end.min(range.start)..range.start];
        match hit.sense {
            Sense::Example if is_near(between, 80) => return (false, Why::Label),
            Sense::Txid | Sense::Foreign | Sense::Key | Sense::Memo if label.is_none() => {
                label = Some((hit.sense, is_near(between, 48) && !holds_number(between)));
            }
            _ => {}
        }
    }
    match label {
        Some((Sense::Foreign | Sense::Memo, true)) => (false, Why::Label),
        Some((Sense::Txid, _)) => (true, Why::Label),
        _ => (true, Why::Form),
    }
}

/// Networks whose addresses have the form of their identifiers.
const LONG_ADDRESSES: &[&str] = &["aptos", "sui", "starknet", "near"];

/// Whether a number is called an address where that may be one.
fn is_account(page: &Page, range: &Range<usize>) -> bool {
    let label = lexicon::before(page.hits(), range.start, 40).find(|hit| {
        matches!(hit.sense, Sense::Txid | Sense::Foreign | Sense::To | Sense::From | Sense::Address | Sense::Contract)
    });
    let called = label.filter(|label| !matches!(label.sense, Sense::Txid | Sense::Foreign));
    let between = called.map(|label| &page.text()[label.end..range.start]);
    let spoken = between.is_some_and(|between| is_near(between, 24) && !between.contains([',', '，', ';', '。']));
    spoken
        && page.hits().iter().any(|hit| match hit.sense {
            Sense::Chain(chain) => LONG_ADDRESSES.contains(&chain.name),
            Sense::Coin(coin) => coin.network.is_some_and(|network| LONG_ADDRESSES.contains(&network)),
            _ => false,
        })
}

fn is_near(between: &str, most: usize) -> bool {
    let ends = between.contains(['。', '!', '?']) || between.contains(". ") || between.contains(".\n");
    between.len() <= most
        && !ends
        && between.matches('\n').count() <= 2
        && !between.contains("[removed:")
        && !holds_run(between)
}

fn holds_run(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.len() >= 20)
}

fn holds_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() >= 3)
}

/// What the page as a whole says of the family.
pub(super) struct Surroundings {
    /// The network that is claimed.
    pub(super) network: Option<String>,
    /// Networks of the addresses given.
    pub(super) addresses: Vec<ChainFamily>,
    /// The claimed coin's own network.
    pub(super) native: Option<&'static str>,
    /// Networks that the text names, in order.
    pub(super) named: Vec<&'static str>,
}

/// The identifiers in normal form, each once, the first said first.
pub(super) fn settle(page: &Page, candidates: &[Candidate], around: &Surroundings) -> Vec<ReadTxid> {
    let mut found: Vec<ReadTxid> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for candidate in candidates {
        if found.len() < MOST && seen.insert(candidate.digits.to_ascii_lowercase()) {
            let chain_family = family(candidate, around);
            found.push(ReadTxid {
                value: normal(candidate, chain_family),
                chain_family,
                why: candidate.why,
                network: candidate.network.map(str::to_owned),
                span: page.span(&candidate.range),
            });
        }
    }
    found
}

fn normal(candidate: &Candidate, family: ChainFamily) -> String {
    let digits = &candidate.digits;
    match family {
        ChainFamily::Evm => format!("0x{}", digits.to_ascii_lowercase()),
        ChainFamily::Bitcoin | ChainFamily::Tron => digits.to_ascii_lowercase(),
        ChainFamily::Xrpl => digits.to_ascii_uppercase(),
        ChainFamily::Unknown if candidate.prefixed => format!("0x{}", digits.to_ascii_lowercase()),
        ChainFamily::Solana | ChainFamily::Unknown => digits.clone(),
    }
}

/// Networks outside the EVM's family whose identifiers begin with `0x`.
const PREFIXED_OTHERS: &[&str] = &["aptos", "sui", "starknet", "conflux", "nervos", "polkadot", "kusama", "near"];

fn family(candidate: &Candidate, around: &Surroundings) -> ChainFamily {
    if candidate.is_signature() {
        return ChainFamily::Solana;
    }
    if let Some(network) = candidate.network {
        return ChainFamily::of(network);
    }
    let claimed = around.network.as_deref().or(around.native);
    if candidate.prefixed {
        let other = claimed.is_some_and(|network| PREFIXED_OTHERS.contains(&network))
            || around.named.iter().any(|network| PREFIXED_OTHERS.contains(network))
                && !around.named.iter().any(|network| ChainFamily::of(network) == ChainFamily::Evm);
        return if other { ChainFamily::Unknown } else { ChainFamily::Evm };
    }
    let of_network = claimed.map(ChainFamily::of);
    let hex = |family: &ChainFamily| !matches!(family, ChainFamily::Solana | ChainFamily::Unknown);
    let addressed = around.addresses.iter().copied().find(hex);
    match (of_network, addressed) {
        // An address of another family than the network that is named: the coins went where the address is.
        (Some(named), Some(address)) if named != address && hex(&named) => address,
        (Some(named), _) => named,
        (None, Some(address)) => address,
        (None, None) => ChainFamily::Unknown,
    }
}
