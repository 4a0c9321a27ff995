//! Transaction identifiers: which runs of characters are meant as one, and of which family of networks.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use schemars::JsonSchema;
use serde::Serialize;

use super::lexicon::{self, Sense};
use super::links::{self, About, Link};
use super::page::{Page, Span};
use super::voices::Voice;
use super::{checksums, words};

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
    for (range, digits, prefixed) in runs(page.text()) {
        taken.push(range.clone());
        if is_other_hash(&digits) {
            continue;
        }
        let link = links::around(links, range.start);
        let (fits, why) = match link.map(|link| links::about(page, link, range.start)) {
            Some(About::Transaction) => (true, Why::Link),
            Some(About::Address | About::Other) => (false, Why::Link),
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

/// A block's hash shows its work, an event's topic holds an address behind zeros; and every transfer of a token has the
/// same topic, the hash of `Transfer(address,address,uint256)`.
fn is_other_hash(digits: &str) -> bool {
    const TRANSFER: &str = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    digits.starts_with("00000000") || digits.eq_ignore_ascii_case(TRANSFER)
}

/// The numbers of 64 digits and the signatures of a text: where, their digits, and whether they had a prefix.
fn runs(text: &str) -> Vec<(Range<usize>, String, bool)> {
    static HEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:0[xX])?[0-9a-fA-F]+").ok());
    static BASE58: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"[1-9A-HJ-NP-Za-km-z]{64,88}|[1-9A-HJ-NP-Za-km-z]{20,80}[ \t]*\n[ \t>]*[1-9A-HJ-NP-Za-km-z]{4,68}")
            .ok()
    });
    let hex: Vec<Range<usize>> =
        HEX.iter().flat_map(|hex| hex.find_iter(text)).map(|run| run.range()).filter(|run| alone(text, run)).collect();
    let mut found = Vec::new();
    let mut next = 0;
    while next < hex.len() {
        let (taken, whole) = joined(text, &hex[next..]);
        if let Some((range, digits, prefixed)) = whole {
            found.push((range, digits, prefixed));
        }
        next += taken;
    }
    for run in BASE58.iter().flat_map(|base58| base58.find_iter(text)).map(|run| run.range()) {
        let digits: String = text[run.clone()].chars().filter(char::is_ascii_alphanumeric).collect();
        if alone(text, &run) && (80..=88).contains(&digits.len()) && checksums::is_solana_signature(&digits) {
            found.push((run, digits, false));
        }
    }
    found.sort_by_key(|(range, ..)| range.start);
    found
}

fn alone(text: &str, run: &Range<usize>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !word(text[..run.start].chars().next_back()) && !word(text[run.end..].chars().next())
}

/// How many runs were used, and the number they are: where, its digits, and whether it had a prefix.
type Joined = (usize, Option<(Range<usize>, String, bool)>);

/// A number of 64 digits from the first run, or from the first few where a narrow column or groups have parted it.
fn joined(text: &str, runs: &[Range<usize>]) -> Joined {
    let Some(first) = runs.first() else { return (1, None) };
    let written = &text[first.clone()];
    let bare = written.strip_prefix("0x").or_else(|| written.strip_prefix("0X"));
    let prefixed = bare.is_some();
    let mut digits = bare.unwrap_or(written).to_owned();
    let mut end = first.end;
    for (used, run) in runs.iter().enumerate().skip(1).take(MOST_PIECES) {
        if digits.len() >= 64
            || digits.len() < 4
            || text[run.clone()].starts_with("0x")
            || !parts(&text[end..run.start])
        {
            break;
        }
        if digits.len() + run.len() > 64 {
            break;
        }
        digits.push_str(&text[run.clone()]);
        end = run.end;
        if digits.len() == 64 {
            return (used + 1, Some((first.start..end, digits, prefixed)));
        }
    }
    let whole =
        (bare.unwrap_or(written).len() == 64).then(|| (first.clone(), bare.unwrap_or(written).to_owned(), prefixed));
    (1, whole.filter(|_| !is_account(text, first.start)))
}

/// Pieces that one number is put together from, at most.
const MOST_PIECES: usize = 16;

/// Whether nothing but a break stands between two pieces of a number.
fn parts(between: &str) -> bool {
    between.len() <= 8
        && between.chars().all(|c| c.is_whitespace() || matches!(c, '>' | '\\' | '='))
        && between.matches('\n').count() <= 1
}

/// A raw account of TON is its workchain and 64 digits.
fn is_account(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let chain = before.strip_suffix("0:").or_else(|| before.strip_suffix("-1:"));
    chain.is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
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
