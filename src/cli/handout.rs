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

/// Settings of a network that say what it is, and nothing about a platform.
const OF_NETWORK: [&str; 8] =
    ["family", "chain", "chain_id", "native", "confirmations", "block_seconds", "mines_on_demand", "test"];

/// Writes the bundle.
pub(super) fn write(folder: &Path, opened: &Opened, told: &Document, letter: &Letter, env: &Env) -> Result<()> {
    let Some((network, txid)) = Letter::transaction(told) else {
        let case = Case { subject: None, flags: Flags::default(), config: Table::new(), started: opened.started };
        return bundle::write_outside(folder, &case, &Tape::default(), &ChainPart::new(None), letter);
    };
    let prefix = format!("network.{network}.");
    let services: Vec<&Service> = opened.net.services().filter(|spec| spec.name.starts_with(&prefix)).collect();
    let addresses: BTreeMap<String, String> =
        services.iter().map(|spec| (spec.name.clone(), public_address(spec))).collect();
    let contracts = contracts(told, network);
    let flags = Flags { network: Some(network.to_owned()), prove: opened.case.flags.prove, ..Flags::default() };
    let case = Case {
        subject: Some(txid.to_owned()),
        started: opened.started,
        flags,
        config: public_config(&opened.case.config, network, &services, &addresses, &contracts),
    };
    let case = requiring(case, told, (network, txid));
    let tape = opened.net.recording().moved(&services, &addresses);
    let bare = Bundle { case, tape, diagnosis: None, outside: None };
    let bare = reopen(None, Flags::default(), &bare, env)?;
    let investigation = investigate(&bare)?;
    let shown = document(&bare, &investigation, &Words::english());
    let tape = bare.net.recording().answered();
    bundle::write_outside(folder, &bare.case, &tape, &ChainPart::new(Some(&shown)), letter)
}

/// The case with the depth that the payment needs, which is told to customers anyway: it says how many headers were asked for.
fn requiring(mut case: Case, told: &Document, (network, txid): (&str, &str)) -> Case {
    let tx = told.transactions.iter().find(|tx| tx.network == network && tx.txid == txid);
    let number = tx.and_then(|tx| tx.required_confirmations).and_then(|number| i64::try_from(number).ok());
    let named = tx.and_then(|tx| tx.required_finality.clone());
    let required = number.map(Value::Integer).or(named.map(Value::String));
    let kept = case.config.get_mut("network").and_then(|networks| networks.get_mut(network));
    if let (Some(kept), Some(required)) = (kept.and_then(Value::as_table_mut), required) {
        kept.insert("confirmations".to_owned(), required);
    }
    case
}

/// Where a source is said to be: its address where everybody is told it, else a name that no host can have (RFC 2606).
fn public_address(spec: &Service) -> String {
    if config::is_built_in(&spec.url) { spec.url.clone() } else { format!("https://{}.invalid", spec.name) }
}

/// The contracts of the tokens that the transaction moves.
fn contracts(told: &Document, network: &str) -> Vec<String> {
    let of_network = told.transactions.iter().filter(|tx| tx.network == network);
    let transfers = of_network.flat_map(|tx| &tx.transfers);
    transfers.filter_map(|transfer| transfer.contract.as_ref()).map(|contract| contract.to_ascii_lowercase()).collect()
}

fn public_config(
    config: &Table,
    network: &str,
    services: &[&Service],
    addresses: &BTreeMap<String, String>,
    contracts: &[String],
) -> Table {
    let own = config.get("network").and_then(|networks| networks.get(network)).and_then(Value::as_table);
    let own = own.cloned().unwrap_or_default();
    let mut kept: Table = own.iter().filter(|(key, _)| OF_NETWORK.contains(&key.as_str())).map(cloned).collect();
    let mut operators: Vec<&str> = services.iter().map(|spec| spec.operator.as_str()).collect();
    operators.sort_unstable();
    operators.dedup();
    let source = |spec: &&Service| {
        let operator = operators.iter().position(|one| *one == spec.operator).unwrap_or_default();
        let mut source = Table::new();
        source.insert("kind".to_owned(), spec.kind.clone().into());
        source.insert("url".to_owned(), addresses[&spec.name].clone().into());
        // Who is independent of whom counts, not who they are.
        source.insert("operator".to_owned(), format!("operator-{}", operator + 1).into());
        Value::Table(source)
    };
    kept.insert("sources".to_owned(), Value::Array(services.iter().map(source).collect()));
    let assets: Table = own
        .get("assets")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
        .filter(|(_, asset)| is_moved(asset, contracts))
        .map(|(symbol, asset)| (symbol.clone(), Value::Table(public_asset(asset))))
        .collect();
    if !assets.is_empty() {
        kept.insert("assets".to_owned(), Value::Table(assets));
    }
    let networks = Table::from_iter([(network.to_owned(), Value::Table(kept))]);
    Table::from_iter([("network".to_owned(), Value::Table(networks))])
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
