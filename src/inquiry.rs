//! What to ask next, given what is known. Pure: the same knowledge always raises the same questions.

use std::collections::BTreeSet;

use crate::claim::Claim;
use crate::evidence::{BlockId, Evidence, Observation};
use crate::terms::{Address, Family, Finality, Network, Seen, Shape, Txid};

/// One question to one source. What has been answered, even by a gap, is not asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The first look at a transaction through one source of a network.
    Observe(Channel, Txid),
    /// The second look through the same source: is the block in its best chain?
    Place(Channel, Txid, BlockId, Finality),
    /// What an unlisted token calls itself.
    Symbol(Channel, Address),
    /// Native coin moved by contract calls inside a transaction, and the account that it calls.
    Internals(Channel, Txid, Option<Address>),
    /// The ledger's deposits of a transaction.
    Deposits(Txid),
    /// The ledger's withdrawals of a transaction.
    Withdrawals(Txid),
    /// Whose address it is, on a network.
    Owner(String, Address),
    /// The addresses of an account, on a network.
    Addresses(String, String),
    /// The ledger's policy of a network.
    Policy(String),
}

/// One source of one network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Name of the network.
    pub network: String,
    /// Number of the source in the network's list.
    pub source: usize,
}

impl Channel {
    /// The service name, such as `network.bitcoin.0`.
    pub fn service(&self) -> String {
        format!("network.{}.{}", self.network, self.source)
    }

    /// The channel through which an observation came.
    fn of(observation: &Observation) -> Option<Self> {
        let (_, source) = observation.source.service.rsplit_once('.')?;
        Some(Self { network: observation.network.clone(), source: source.parse().ok()? })
    }
}

/// Addresses of one transaction whose owners are asked one by one; a pay-out to thousands stays a gap.
const OWNERS: usize = 60;
/// Receivers up to which it is worth asking for owners on other networks.
const ELSEWHERE: usize = 4;

/// A network with the number of its sources.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The network.
    pub network: Network,
    /// How many sources are configured for it.
    pub sources: usize,
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
    let near = |network: &Network| claimed.map_or(!network.is_test, |claimed| claimed.name == network.name);
    let families = Shape::of(text).map(Shape::families).unwrap_or_default();
    let fits = |network: &&Network| families.contains(&network.family());
    let on = |network: &'a Network| Some((network, Txid::parse(network.family(), text)?));
    let mut tier: Vec<_> = networks.iter().filter(fits).filter(|n| near(n)).filter_map(on).collect();
    if tier.iter().all(|(network, txid)| is_unknown(evidence, network, txid)) {
        tier.extend(networks.iter().filter(fits).filter(|n| !near(n)).filter_map(on));
    }
    tier
}

/// Every source of the network was asked, and none knows the transaction.
fn is_unknown(evidence: &Evidence, network: &Network, txid: &Txid) -> bool {
    let mut asked = evidence.of(&network.name, txid).peekable();
    asked.peek().is_some() && asked.all(|o| !o.sighting.is_yes())
}

/// What people call the built-in networks: coins, token standards and short names.
const ALIASES: &[(&str, &str)] = &[
    ("btc", "bitcoin"),
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
];

/// The configured network of a name as people write it.
pub fn named<'a>(networks: &'a [Network], name: &str) -> Option<&'a Network> {
    let name = name.trim().to_ascii_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, full)| full);
    networks.iter().find(|network| network.name.eq_ignore_ascii_case(name))
}

/// Every question that what is known now raises, each once.
pub fn next(claim: &Claim, evidence: &Evidence, reach: &[Reach]) -> Vec<Question> {
    let networks: Vec<Network> = reach.iter().map(|r| r.network.clone()).collect();
    let texts = claim.txids.iter().map(|said| said.value.as_str());
    let candidates: Vec<(&Network, Txid)> =
        texts.flat_map(|text| candidates(claim, evidence, &networks, text)).collect();
    let mut questions = Vec::new();
    for (network, txid) in &candidates {
        let sources = reach.iter().find(|r| r.network.name == network.name).map_or(0, |r| r.sources);
        observe(evidence, network, txid, sources, &mut questions);
        place(evidence, network, txid, &mut questions);
        questions.extend(symbols(evidence, network, txid));
        questions.extend(internals(claim, evidence, network, txid));
    }
    if evidence.ledger.configured {
        ledger(claim, evidence, &networks, &candidates, &mut questions);
    }
    let mut seen: Vec<Question> = Vec::new();
    for question in questions {
        if !seen.contains(&question) {
            seen.push(question);
        }
    }
    seen
}

fn observe(evidence: &Evidence, network: &Network, txid: &Txid, sources: usize, questions: &mut Vec<Question>) {
    let known: BTreeSet<&str> = evidence.of(&network.name, txid).map(|o| o.source.service.as_str()).collect();
    let channels = (0..sources).map(|source| Channel { network: network.name.clone(), source });
    let unasked = channels.filter(|channel| !known.contains(channel.service().as_str()));
    questions.extend(unasked.map(|channel| Question::Observe(channel, txid.clone())));
}

fn place(evidence: &Evidence, network: &Network, txid: &Txid, questions: &mut Vec<Question>) {
    let finality = required_finality(evidence, network);
    let unplaced = |o: &Observation| {
        let block = o.sighting.yes()?.block.yes()?;
        let channel = Channel::of(o)?;
        let open = o.placement.is_none() && o.right_chain.is_yes();
        open.then(|| Question::Place(channel, txid.clone(), block.clone(), finality))
    };
    questions.extend(evidence.of(&network.name, txid).filter_map(unplaced));
}

/// Contracts of one transaction whose names are asked for.
const SYMBOLS: usize = 4;

/// What the unlisted tokens of a transaction call themselves, asked of the source that told of them.
fn symbols(evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    let told = |o: &Observation| {
        let channel = Channel::of(o)?;
        let transfers = o.sighting.yes()?.transfers.yes()?;
        let mut contracts: Vec<&Address> = transfers.iter().filter_map(|t| t.contract.as_ref()).collect();
        contracts.retain(|contract| network.token(contract).is_none() && network.variant(contract).is_none());
        contracts.sort();
        contracts.dedup();
        let unasked = |c: &&&Address| !evidence.symbols.contains_key(&(network.name.clone(), (**c).clone()));
        let asked = contracts.iter().take(SYMBOLS).filter(unasked);
        Some(asked.map(|contract| Question::Symbol(channel.clone(), (*contract).clone())).collect())
    };
    evidence.of(&network.name, txid).find_map(told).unwrap_or_default()
}

/// Inner calls are looked into only where what is on the surface reaches nobody who is known to wait for it.
fn internals(claim: &Claim, evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Question> {
    if network.family() != Family::Evm {
        return Vec::new();
    }
    let ledger = &evidence.ledger;
    let known = |address: &Address| ledger.owners.get(&(network.name.clone(), address.clone()));
    let awaited = awaited(claim, evidence, network, txid);
    let question = |o: &Observation| {
        let sighting = o.sighting.yes()?;
        let transfers = sighting.transfers.yes().filter(|_| sighting.executed.is_yes() && o.internals.is_none())?;
        let moving = transfers.iter().filter(|t| t.units != "0");
        let receivers: Vec<&Address> = moving.filter_map(|t| t.to.as_ref()).collect();
        let reached = receivers.iter().any(|a| awaited.contains(a) || known(a).is_some_and(Seen::is_yes));
        let answered = !ledger.configured || receivers.iter().take(OWNERS).all(|address| known(address).is_some());
        let channel = Channel::of(o)?;
        let called = sighting.particulars.called.clone();
        (answered && !reached).then(|| Question::Internals(channel, txid.clone(), called))
    };
    evidence.of(&network.name, txid).filter_map(question).collect()
}

/// The addresses at which somebody waits for the payment: the claimed one and those of orders.
fn awaited(claim: &Claim, evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Address> {
    let ledger = &evidence.ledger;
    let orders = ledger.withdrawals.get(txid).and_then(Seen::yes).into_iter().flatten();
    let named = ledger.named_withdrawal.as_ref().and_then(Seen::yes);
    let ordered = orders.chain(named).map(|order| order.address.as_str());
    let claimed = claim.address.as_ref().map(|said| said.value.as_str());
    let parse = |text: &str| Address::parse(&network.identity, text).ok().map(|parsed| parsed.address);
    ordered.chain(claimed).filter_map(parse).collect()
}

/// The finality that a deposit needs: the ledger's word, else the configuration's.
pub fn required_finality(evidence: &Evidence, network: &Network) -> Finality {
    let policy = evidence.ledger.policy_of(&network.name);
    policy.yes().and_then(|policy| policy.required_confirmations).unwrap_or(network.finality)
}

fn ledger(
    claim: &Claim,
    evidence: &Evidence,
    networks: &[Network],
    candidates: &[(&Network, Txid)],
    questions: &mut Vec<Question>,
) {
    let ledger = &evidence.ledger;
    // An order that was never sent has no transaction to tell its network.
    let order = ledger.named_withdrawal.as_ref().and_then(Seen::yes);
    let unasked = order.map(|order| &order.network).filter(|network| !ledger.networks.contains_key(*network));
    questions.extend(unasked.map(|network| Question::Policy(network.clone())));
    for (network, txid) in candidates {
        if !ledger.deposits.contains_key(txid) {
            questions.push(Question::Deposits(txid.clone()));
        }
        if !ledger.withdrawals.contains_key(txid) {
            questions.push(Question::Withdrawals(txid.clone()));
        }
        if !ledger.networks.contains_key(&network.name) {
            questions.push(Question::Policy(network.name.clone()));
        }
        if let Some(account) = &claim.account {
            let key = (account.value.clone(), network.name.clone());
            if !ledger.accounts.contains_key(&key) {
                questions.push(Question::Addresses(key.0, key.1));
            }
        }
        let unasked = |address: &Address| !ledger.owners.contains_key(&(network.name.clone(), address.clone()));
        let interesting = interesting(claim, evidence, network, txid);
        questions.extend(elsewhere(evidence, network, networks, &interesting));
        let addresses = interesting.into_iter().filter(unasked);
        questions.extend(addresses.map(|address| Question::Owner(network.name.clone(), address)));
    }
}

/// Addresses of few receivers that are nobody's here may have been issued on a network that shares its keys.
fn elsewhere(evidence: &Evidence, here: &Network, networks: &[Network], addresses: &[Address]) -> Vec<Question> {
    let owners = &evidence.ledger.owners;
    let foreign = |address: &&Address| {
        addresses.len() <= ELSEWHERE && owners.get(&(here.name.clone(), (*address).clone())).is_some_and(Seen::is_no)
    };
    let on = |address: &Address| {
        let siblings = networks.iter().filter(|network| network.is_sibling_of(here));
        let keys = siblings.map(|network| (network.name.clone(), address.clone()));
        keys.filter(|key| !owners.contains_key(key)).map(|(name, address)| Question::Owner(name, address)).collect()
    };
    addresses.iter().filter(foreign).flat_map(|address| -> Vec<Question> { on(address) }).collect()
}

/// The addresses whose owner matters: the claimed one first, and all that the transaction pays.
fn interesting(claim: &Claim, evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Address> {
    let said = claim.address.as_ref().and_then(|said| Address::parse(&network.identity, &said.value).ok());
    let key = claim.account.as_ref().map(|said| (said.value.clone(), network.name.clone()));
    let own = key.and_then(|key| evidence.ledger.accounts.get(&key)?.yes()).into_iter().flatten();
    let own: Vec<Address> =
        own.filter_map(|record| Address::parse(&network.identity, &record.address).ok()).map(|p| p.address).collect();
    let moved = |o: &Observation| -> Vec<Address> {
        let transfers = o.sighting.yes().and_then(|sighting| sighting.transfers.yes()).into_iter().flatten();
        let inner = o.internals.as_ref().and_then(Seen::yes).into_iter().flatten();
        transfers.chain(inner).filter_map(|transfer| transfer.to.clone()).collect()
    };
    let mut paid: Vec<Address> = evidence.of(&network.name, txid).flat_map(moved).collect();
    paid.sort();
    paid.dedup();
    // A pay-out to thousands: those who may be the claimant come first.
    paid.sort_by_key(|address| !own.contains(address));
    paid.truncate(OWNERS);
    let said = said.map(|parsed| parsed.address).filter(|address| !paid.contains(address));
    said.into_iter().chain(paid).collect()
}
