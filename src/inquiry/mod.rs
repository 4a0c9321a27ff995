//! What to ask next, given what is known. Pure: the same knowledge always raises the same questions.

mod candidates;
mod chain;
mod crossing;
mod ledger;
mod recorded;
mod search;

pub use candidates::{Candidate, Fit};
pub use recorded::{Record, Unnamed, meant as meant_record, span as record_span, wants as wants_records};
pub use search::{Quest, identifiers, quest, questions as search_questions};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::claim::Claim;
use crate::evidence::{Alias, BlockId, Evidence, Message, Observation, Proving, Scope, Search, Spends, Withdrawal};
use crate::terms::{Address, Finality, Network, Seen, Shape, Txid, all_sources};

/// One question to one source. What has been answered, even by a gap, is not asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The first look at a transaction through one source of a network.
    Observe(Channel, Txid),
    /// The second look through the same source: is the block in its best chain?
    Place(Channel, Txid, BlockId, Finality),
    /// What the answers of the same source prove of the transaction's place in the chain.
    Prove(Channel, Txid, Proving),
    /// What lies ahead of a transaction that is in no block, and what it would use up, where somebody knows.
    Outlook(Channel, Txid, Option<Spends>),
    /// The transactions whose place this one took.
    Forerunners(Channel, Txid),
    /// What an identifier is that the source does not know as a transaction, and the addresses that it is said to pay.
    Alias(Channel, Txid, Vec<Address>),
    /// Whether a token's issuer has stopped it, or one of these accounts.
    Frozen(Channel, Address, Vec<Address>),
    /// What an unlisted token calls itself.
    Symbol(Channel, Address),
    /// Native coin moved by contract calls inside a transaction, and the account that it calls.
    Internals(Channel, Txid, Option<Address>),
    /// Payments to an address, through one source.
    Search(Channel, Search),
    /// Whether a message of a bridge was carried out.
    Delivery(Channel, Message),
    /// The tickets that name a transaction.
    Tickets(Txid),
    /// The ledger's deposits of transactions.
    Deposits(Vec<Txid>),
    /// The ledger's withdrawals of transactions.
    Withdrawals(Vec<Txid>),
    /// Whose addresses they are, on a network.
    Owners(Arc<str>, Vec<Address>),
    /// Whose a memo is at an address of many, on a network.
    MemoOwner(Arc<str>, Address, String),
    /// The addresses of an account, on a network.
    Addresses(String, Arc<str>),
    /// The ledger's policy of a network.
    Policy(Arc<str>),
}

impl Question {
    /// The source that is asked; nothing where it is the ledger.
    pub fn channel(&self) -> Option<&Channel> {
        match self {
            Self::Observe(channel, ..)
            | Self::Place(channel, ..)
            | Self::Prove(channel, ..)
            | Self::Outlook(channel, ..)
            | Self::Forerunners(channel, ..)
            | Self::Alias(channel, ..)
            | Self::Frozen(channel, ..)
            | Self::Symbol(channel, ..)
            | Self::Internals(channel, ..)
            | Self::Search(channel, ..)
            | Self::Delivery(channel, ..) => Some(channel),
            Self::Tickets(_)
            | Self::Deposits(_)
            | Self::Withdrawals(_)
            | Self::Owners(..)
            | Self::MemoOwner(..)
            | Self::Addresses(..)
            | Self::Policy(_) => None,
        }
    }
}

/// One source of one network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Name of the network.
    pub network: Arc<str>,
    /// Number of the source in the network's list.
    pub source: usize,
    service: Arc<str>,
}

impl Channel {
    /// The channel of a source of a network, by its number.
    pub fn new(network: &Arc<str>, source: usize) -> Self {
        Self { network: Arc::clone(network), source, service: format!("{}.{source}", all_sources(network)).into() }
    }

    /// The channels of so many sources of a network.
    pub fn all(network: &Arc<str>, sources: usize) -> Vec<Self> {
        (0..sources).map(|source| Self::new(network, source)).collect()
    }

    /// The service name, such as `network.bitcoin.0`.
    pub fn service(&self) -> &Arc<str> {
        &self.service
    }

    /// The channel through which an observation came.
    fn of(observation: &Observation) -> Option<Self> {
        let (network, service) = (Arc::clone(&observation.network), Arc::clone(&observation.source.service));
        Some(Self { network, source: number(observation)?, service })
    }
}

/// The number of the source from which an observation came.
fn number(observation: &Observation) -> Option<usize> {
    observation.source.service.rsplit_once('.')?.1.parse().ok()
}

/// Who can be asked, and how much is asked of them.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// Every configured network.
    pub networks: &'a [Network],
    /// The sources of each of them, in the same order.
    pub channels: &'a [Vec<Channel>],
    /// Whether proofs are asked for that cost requests or round trips of their own.
    pub prove: bool,
}

impl<'a> Reach<'a> {
    /// The sources of a network.
    fn channels_of(&self, network: &str) -> &'a [Channel] {
        let at = self.networks.iter().position(|known| &*known.name == network);
        at.and_then(|at| self.channels.get(at)).map_or(&[], Vec::as_slice)
    }
}

/// Where an identifier can be of: the claimed network, else every main network; and where none of those knows
/// it, every other network of its shape.
pub fn candidates<'a>(
    claim: &Claim,
    evidence: &Evidence,
    networks: &'a [Network],
    text: &str,
) -> Vec<(&'a Network, Txid)> {
    let claimed = claim.network.as_ref().and_then(|said| named(networks, &said.value));
    let claimed = claimed.or_else(|| search::found_on(claim, evidence, networks, text));
    let near = |network: &Network| claimed.map_or(!network.is_test, |claimed| claimed.name == network.name);
    let shape = Shape::of(text);
    let fits = |network: &&Network| shape.is_some_and(|shape| network.family().has(shape));
    let on = |network: &'a Network| Some((network, Txid::parse(network.family(), text)?));
    let mut tier: Vec<_> = networks.iter().filter(fits).filter(|n| near(n)).filter_map(on).collect();
    if tier.iter().all(|(network, txid)| is_unknown(evidence, network, txid)) {
        tier.extend(networks.iter().filter(fits).filter(|n| !near(n)).filter_map(on));
    }
    let turned = tier.iter().filter_map(|(network, txid)| Some((*network, reversed(network, txid)?)));
    let known = |(network, txid): &(&Network, Txid)| is_known(evidence, network, txid);
    let carried = tier.iter().filter_map(|(network, txid)| Some((*network, carrier(evidence, network, txid)?)));
    // Few networks were asked at all, so that few can know it.
    let asked = |network: &Network| evidence.observations.iter().any(|o| o.network == network.name);
    let otherwise: Vec<_> = turned.chain(prefixed(networks, text, asked)).filter(known).chain(carried).collect();
    tier.extend(otherwise);
    tier
}

/// The transaction that carried out the user operation of this hash, whose witness hash it is, or whose message's.
pub fn carrier(evidence: &Evidence, network: &Network, hash: &Txid) -> Option<Txid> {
    // Hardly ever is anybody asked what else it is.
    evidence.of(&network.name, hash).find(|o| o.alias.is_some())?;
    match evidence.merge(network, hash).alias() {
        Seen::Yes(Alias::UserOperation(txid) | Alias::Witness(txid) | Alias::Message(txid), _) => {
            Some(txid).filter(|txid| txid != hash)
        }
        _ => None,
    }
}

/// Where among some networks a hash can be of that was given a `0x` which its own network does not write.
fn prefixed<'a>(
    networks: &'a [Network],
    text: &str,
    among: impl Fn(&Network) -> bool,
) -> impl Iterator<Item = (&'a Network, Txid)> {
    let prefixed = Shape::of(text) == Some(Shape::PrefixedHex);
    let writes_none = |network: &&Network| !network.traits().shapes.contains(&Shape::PrefixedHex);
    let bare = networks.iter().filter(move |network| prefixed && !network.is_test && among(network));
    bare.filter(writes_none).filter_map(|network| Some((network, Txid::parse(network.family(), text)?)))
}

/// A source of the network knows the transaction.
fn is_known(evidence: &Evidence, network: &Network, txid: &Txid) -> bool {
    evidence.of(&network.name, txid).any(|o| o.sighting.is_yes())
}

/// Every source of the network was asked, and none knows the transaction.
fn is_unknown(evidence: &Evidence, network: &Network, txid: &Txid) -> bool {
    let mut asked = evidence.of(&network.name, txid).peekable();
    asked.peek().is_some() && asked.all(|o| !o.sighting.is_yes())
}

/// What people call the built-in networks: coins, token standards and short names.
const ALIASES: &[(&str, &str)] = &[
    ("btc", "bitcoin"),
    ("ltc", "litecoin"),
    ("莱特币", "litecoin"),
    ("萊特幣", "litecoin"),
    ("doge", "dogecoin"),
    ("狗狗币", "dogecoin"),
    ("狗狗幣", "dogecoin"),
    ("bch", "bitcoin-cash"),
    ("bcc", "bitcoin-cash"),
    ("bitcoin cash", "bitcoin-cash"),
    ("bitcoincash", "bitcoin-cash"),
    ("比特币现金", "bitcoin-cash"),
    ("比特幣現金", "bitcoin-cash"),
    ("eth", "ethereum"),
    ("ether", "ethereum"),
    ("erc20", "ethereum"),
    ("erc-20", "ethereum"),
    ("bnb", "bsc"),
    ("bep20", "bsc"),
    ("bep-20", "bsc"),
    ("binance smart chain", "bsc"),
    ("bnb smart chain", "bsc"),
    ("matic", "polygon"),
    ("pol", "polygon"),
    ("arbitrum one", "arbitrum"),
    ("arb", "arbitrum"),
    ("op", "optimism"),
    ("avax", "avalanche"),
    ("avaxc", "avalanche"),
    ("c-chain", "avalanche"),
    ("xrp", "xrpl"),
    ("ripple", "xrpl"),
    ("xrp ledger", "xrpl"),
    ("xrpledger", "xrpl"),
    ("toncoin", "ton"),
    ("the open network", "ton"),
    ("ton-ton", "ton"),
    ("trx", "tron"),
    ("trc20", "tron"),
    ("trc-20", "tron"),
    ("trc10", "tron"),
    ("trc-10", "tron"),
    ("sol", "solana"),
    ("spl", "solana"),
];

/// The configured network of a name as people write it.
pub fn named<'a>(networks: &'a [Network], name: &str) -> Option<&'a Network> {
    let name = name.trim();
    let name = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name)).map_or(name, |(_, full)| full);
    networks.iter().find(|network| network.name.eq_ignore_ascii_case(name))
}

/// Every question that what is known now raises, each once.
pub fn next(claim: &Claim, evidence: &Evidence, reach: Reach<'_>) -> Vec<Question> {
    let networks = reach.networks;
    let mut questions = search::questions(claim, evidence, reach);
    let mut all = Vec::new();
    for text in identifiers(claim, evidence, networks) {
        let candidates = candidates(claim, evidence, networks, &text);
        let known = |(network, txid): &(&Network, Txid)| is_known(evidence, network, txid);
        if !candidates.iter().any(known) {
            questions.extend(chain::otherwise(claim, evidence, reach, &candidates));
            let unknown = candidates.iter().all(|(network, txid)| is_unknown(evidence, network, txid));
            let bare = prefixed(networks, &text, |_| unknown);
            questions.extend(bare.flat_map(|(network, txid)| chain::observe(evidence, reach, network, &txid)));
        }
        for (network, txid) in candidates {
            all.extend(versions(evidence, networks, network, &txid).into_iter().map(|txid| (network, txid)));
        }
    }
    let candidates: Vec<(&Network, Txid)> = crossing::followed(claim, evidence, networks, all);
    questions.extend(crossing::deliveries(claim, evidence, reach, &candidates));
    // Only a complaint can have another one beside it.
    let named = candidates.iter().map(|(_, txid)| txid).filter(|txid| !evidence.tickets.contains_key(*txid));
    questions.extend(named.filter(|_| claim.ticket.is_some()).map(|txid| Question::Tickets(txid.clone())));
    for (network, txid) in &candidates {
        questions.extend(chain::questions(claim, evidence, reach, (network, txid)));
    }
    if evidence.ledger.configured {
        // One account's API is asked by asset and time, which the chain tells first.
        let told = |(network, txid): &(&Network, Txid)| chain::is_told(evidence, reach, network, txid);
        let early = evidence.ledger.scope == Scope::Account && !candidates.iter().all(told);
        let all = ledger::ledger(claim, evidence, networks, &candidates);
        questions.extend(all.into_iter().filter(|question| !early || matches!(question, Question::Policy(_))));
    }
    for last in (1..questions.len()).rev() {
        if questions[..last].contains(&questions[last]) {
            questions.remove(last);
        }
    }
    questions
}

/// An address as its network writes it; nothing where it is none of that network.
fn address_on(network: &Network, text: &str) -> Option<Address> {
    Address::parse(&network.identity, text).ok().map(|parsed| parsed.address)
}

/// The address that the claim names, on a network.
fn claimed_on(claim: &Claim, network: &Network) -> Option<Address> {
    claim.address.as_ref().and_then(|said| address_on(network, &said.value))
}

/// The addresses that the ledger lists for the claimant's account on a network, as far as it was asked.
fn listed_on(claim: &Claim, evidence: &Evidence, network: &Network) -> Vec<Address> {
    let key = claim.account.as_ref().map(|said| (said.value.clone(), network.name.clone()));
    let records = key.and_then(|key| evidence.ledger.accounts.get(&key)?.yes()).into_iter().flatten();
    records.filter_map(|record| address_on(network, &record.address)).collect()
}

/// The identifier as Bitcoin's own programs print it, where it was given in the order of its bytes.
fn reversed(network: &Network, txid: &Txid) -> Option<Txid> {
    network.traits().spends_outputs.then(|| txid.reversed())
}

/// Replacements of replacements that are followed.
const GENERATIONS: usize = 5;

/// Every form that one transaction has had on its network, itself first: those that took its place one after the
/// other, as sources have named them, and those that the ledger's orders name beside any of these.
pub fn versions(evidence: &Evidence, networks: &[Network], network: &Network, txid: &Txid) -> Vec<Txid> {
    let mut line = lineage(evidence, network, txid);
    let here = |order: &&Withdrawal| named(networks, &order.network).is_some_and(|own| own.name == network.name);
    let mut looked = 0;
    while looked < line.len() && line.len() <= VERSIONS {
        let orders = evidence.ledger.withdrawals.get(&line[looked]).and_then(Seen::yes);
        let texts = orders.into_iter().flatten().filter(here);
        let texts = texts.flat_map(|order| order.txid.iter().chain(&order.replaced_txids));
        let further: Vec<Txid> = texts.filter_map(|text| Txid::parse(network.family(), text)).collect();
        if !further.is_empty() {
            line.extend(further);
            let mut seen = BTreeSet::new();
            line.retain(|txid| seen.insert(txid.clone()));
        }
        looked += 1;
    }
    line
}

/// Versions of one withdrawal that are looked at.
const VERSIONS: usize = 20;

/// A transaction and those that took its place one after the other, as far as they have been named. One that could be
/// in a chain together with the one before took nobody's place.
pub fn lineage(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Txid> {
    let mut line = vec![txid.clone()];
    while line.len() <= GENERATIONS {
        let last = &line[line.len() - 1];
        if !evidence.of(&network.name, last).any(|o| o.outlook.is_some()) {
            break;
        }
        let told = evidence.merge(network, last);
        let Some(next) = told.successor().yes().cloned().flatten().filter(|next| !line.contains(next)) else { break };
        let spends = told.spends().zip(evidence.merge(network, &next).spends());
        if spends.is_some_and(|(mine, theirs)| !mine.conflicts_with(&theirs)) {
            break;
        }
        line.push(next);
    }
    line
}

/// The finality that a deposit needs: the ledger's word, else the configuration's.
fn required_finality(evidence: &Evidence, network: &Network) -> Finality {
    let policy = evidence.ledger.networks.get(&network.name).and_then(Seen::yes);
    policy.and_then(|policy| policy.required_confirmations).unwrap_or(network.finality)
}
