//! A bundle for a reader outside: the letter, and the answers of chains from which its transaction can be proven again. What
//! goes out is made anew from what may be known, and nothing is taken out of what is internal: a case of the bare
//! identifier is decided by the recorded answers, and what it asks for is what the bundle holds.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use toml::{Table, Value};

use super::bundle::{self, Bundle, Case};
use super::check::{Flags, Opened, document, investigate, reopen};
use super::config;
use super::env::Env;
use crate::net::{Service, Tape};
use crate::report::{ChainPart, Document, Letter, Words};
use crate::terms::all_sources;

/// Settings of a network that say what it is, and nothing about a platform.
const OF_NETWORK: [&str; 7] = ["family", "chain", "chain_id", "native", "block_seconds", "mines_on_demand", "test"];

/// Transactions of which a bundle is tried to be about: the one of the letter, what it replaced, its other side of a bridge.
const TRIED: usize = 4;

/// Writes the bundle.
pub(super) fn write(folder: &Path, opened: &Opened, told: &Document, letter: &Letter, env: &Env) -> Result<()> {
    let mut best: Option<Handed> = None;
    for subject in subjects(told) {
        let handed = handed(opened, told, subject, env)?;
        if handed.chain.is_part_of(told, Letter::transaction(told)) && letter.contradicts(&handed.chain).is_empty() {
            let shown = |handed: &Handed| handed.chain.transactions.len();
            best = best.filter(|best| shown(best) >= shown(&handed)).or(Some(handed));
        }
    }
    // What would look otherwise without the answers that are nobody's business outside is not handed out at all.
    let none = || Handed {
        case: Case { subject: None, flags: Flags::default(), config: Table::new(), started: opened.started },
        tape: Tape::default(),
        chain: ChainPart::new(None),
    };
    let Handed { case, tape, chain } = best.unwrap_or_else(none);
    bundle::write_outside(folder, &case, &tape, &chain, letter)
}

/// What may be handed out: a case, the answers that it asks for, and what they show.
struct Handed {
    case: Case,
    tape: Tape,
    chain: ChainPart,
}

/// The transactions that a bare case may begin from, the letter's first.
fn subjects(told: &Document) -> Vec<(&str, &str)> {
    let meant = Letter::transaction(told);
    let others = told.transactions.iter().map(|tx| (tx.network.as_str(), tx.txid.as_str()));
    meant.into_iter().chain(others.filter(|one| Some(*one) != meant)).take(TRIED).collect()
}

/// The bare case of a transaction, decided by the answers that may be shown.
fn handed(opened: &Opened, told: &Document, (network, txid): (&str, &str), env: &Env) -> Result<Handed> {
    let mut networks: Vec<&str> = told.transactions.iter().map(|tx| tx.network.as_str()).collect();
    networks.sort_unstable();
    networks.dedup();
    let is_of = |spec: &&Service| networks.iter().any(|network| is_source_of(spec, network));
    let services: Vec<&Service> = opened.net.services().filter(is_of).collect();
    let addresses: BTreeMap<String, String> =
        services.iter().map(|spec| (spec.name.to_string(), public_address(spec))).collect();
    let flags = Flags { network: Some(network.to_owned()), prove: opened.case.flags.prove, ..Flags::default() };
    let config = public_config(&opened.case.config, told, &networks, &services, &addresses);
    let case = Case { subject: Some(txid.to_owned()), started: opened.started, flags, config };
    let secrets = env.secrets();
    let hosts = services.iter().filter_map(|spec| Some((spec.name.to_string(), spec.host(&secrets)?))).collect();
    let tape = opened.net.recording().moved(&services, &addresses, &hosts);
    let bare = reopen(None, Flags::default(), &Bundle { case, tape, diagnosis: None, outside: None }, env)?;
    let shown = document(&bare, &investigate(&bare)?, &Words::english());
    let tape = bare.net.recording().answered();
    Ok(Handed { tape, chain: ChainPart::new(Some(&shown)), case: bare.case })
}

fn is_source_of(spec: &Service, network: &str) -> bool {
    spec.name.strip_prefix(&*all_sources(network)).is_some_and(|at| at.starts_with('.'))
}

/// As many confirmations as headers were proven above a payment of the network, for so many were asked for; nothing where none
/// were, so that the chain's usual depth holds. How many the platform requires is its own figure, which may be of one customer
/// or one amount: its public page says what it says, and a bundle is no place for more than that.
fn depth(told: &Document, network: &str) -> Option<Value> {
    let of_network = told.transactions.iter().filter(|tx| tx.network == network);
    let headers = of_network.filter_map(|tx| Some(tx.proof.as_ref()?.headers)).max().filter(|headers| *headers > 0)?;
    i64::try_from(headers).ok().map(Value::Integer)
}

/// Where a source is said to be: its address where everybody is told it, else a name that no host can have (RFC 2606).
fn public_address(spec: &Service) -> String {
    if config::is_built_in(&spec.url) { spec.url.to_string() } else { format!("https://{}.invalid", spec.name) }
}

/// The contracts of the tokens that the transaction moves.
fn contracts(told: &Document, network: &str) -> Vec<String> {
    let of_network = told.transactions.iter().filter(|tx| tx.network == network);
    let transfers = of_network.flat_map(|tx| &tx.transfers);
    transfers.filter_map(|transfer| transfer.contract.as_ref()).map(|contract| contract.to_ascii_lowercase()).collect()
}

fn public_config(
    config: &Table,
    told: &Document,
    networks: &[&str],
    services: &[&Service],
    addresses: &BTreeMap<String, String>,
) -> Table {
    let table = |key: &str, name: &str| config.get(key)?.get(name)?.as_table();
    // Who is independent of whom counts, not who they are.
    let mut operators: Vec<&str> = services.iter().map(|spec| &*spec.operator).collect();
    operators.sort_unstable();
    operators.dedup();
    let source = |spec: &&Service| {
        let operator = operators.iter().position(|one| *one == &*spec.operator).unwrap_or_default();
        let mut source = Table::new();
        source.insert("kind".to_owned(), spec.kind.to_string().into());
        source.insert("url".to_owned(), addresses[&*spec.name].clone().into());
        source.insert("operator".to_owned(), format!("operator-{}", operator + 1).into());
        Value::Table(source)
    };
    let of = |network: &&str| {
        let own = table("network", network).cloned().unwrap_or_default();
        let mut kept = public_network(&own, &contracts(told, network));
        kept.extend(depth(told, network).map(|depth| ("confirmations".to_owned(), depth)));
        let sources = services.iter().filter(|spec| is_source_of(spec, network)).map(source);
        kept.insert("sources".to_owned(), Value::Array(sources.collect()));
        ((*network).to_owned(), Value::Table(kept))
    };
    let networks: Table = networks.iter().map(of).collect();
    let bridges = config.get("bridge").and_then(Value::as_table).into_iter().flatten();
    let bridges: Table = bridges.filter(|(_, bridge)| is_between(bridge, &networks)).map(cloned).collect();
    let parts = [("network", networks), ("bridge", bridges)].into_iter().filter(|(_, table)| !table.is_empty());
    parts.map(|(key, table)| (key.to_owned(), Value::Table(table))).collect()
}

/// Whether both ends of a bridge are among some networks. All that a bridge's section can say is of contracts.
fn is_between(bridge: &Value, networks: &Table) -> bool {
    let ids: Vec<&Value> = networks.values().filter_map(|network| network.get("chain_id")).collect();
    ["parent", "child"].iter().all(|end| bridge.get(end).is_some_and(|id| ids.contains(&id)))
}

fn public_network(own: &Table, contracts: &[String]) -> Table {
    let mut kept: Table = own.iter().filter(|(key, _)| OF_NETWORK.contains(&key.as_str())).map(cloned).collect();
    let assets = own.get("assets").and_then(Value::as_table).into_iter().flatten();
    let moved = assets.filter(|(_, asset)| is_moved(asset, contracts));
    let assets: Table = moved.map(|(symbol, asset)| (symbol.clone(), Value::Table(public_asset(asset)))).collect();
    if !assets.is_empty() {
        kept.insert("assets".to_owned(), Value::Table(assets));
    }
    kept
}

fn cloned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// Whether an asset is the coin, or a token of which one of the contracts is listed.
fn is_moved(asset: &Value, contracts: &[String]) -> bool {
    let others = ["variants", "former"].into_iter().filter_map(|key| asset.get(key)?.as_table());
    let others = others.flat_map(Table::values);
    let mut all = asset.get("contract").into_iter().chain(others).filter_map(Value::as_str);
    asset.get("contract").is_none() || all.any(|contract| contracts.contains(&contract.to_ascii_lowercase()))
}

/// What a token is, without what the platform takes of it.
fn public_asset(asset: &Value) -> Table {
    let known = ["contract", "decimals", "variants", "former"];
    asset.as_table().into_iter().flatten().filter(|(key, _)| known.contains(&key.as_str())).map(cloned).collect()
}
