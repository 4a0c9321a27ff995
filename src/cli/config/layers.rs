//! The configuration's grammar, and how one layer lies over another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::cli::exit::Mistake;
use crate::diagnosis::{Handling, Party};
use crate::net::nearest;
use crate::sources::desk::FieldNames;
use crate::terms::{BridgeKind, Family, Finality};

/// The whole configuration; everything is optional, so that each layer can be read alone.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Language of reports.
    pub language: Option<String>,
    /// The zone of the clock by which reports tell times, beside UTC.
    pub timezone: Option<String>,
    /// An exchange's published policy.
    pub profile: Option<String>,
    /// Hours after which a ticket is overdue.
    pub sla_hours: Option<u64>,
    /// Networks by name.
    #[serde(default)]
    pub network: BTreeMap<String, NetworkConfig>,
    /// The canonical bridges of rollups, by the rollup's usual name.
    #[serde(default)]
    pub bridge: BTreeMap<String, BridgeConfig>,
    /// The ledger.
    pub ledger: Option<ServiceConfig>,
    /// The desk.
    pub desk: Option<ServiceConfig>,
    /// Limits per host.
    pub limits: Option<LimitsConfig>,
    /// What the platform does about unusual deposits.
    pub policy: Option<PolicyConfig>,
    /// How long things usually take.
    pub normal: Option<NormalConfig>,
}

/// `[network.NAME]`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NetworkConfig {
    /// The family of networks.
    pub family: Option<Family>,
    /// The family's chain, by name or by what identifies it.
    pub chain: Option<String>,
    /// The chain id of an EVM network.
    pub chain_id: Option<u64>,
    /// Finality needed for a deposit.
    pub confirmations: Option<Finality>,
    /// Ticker of the native coin.
    pub native: Option<String>,
    /// Link to a transaction.
    pub explorer: Option<String>,
    /// Confirmations after which a credited deposit can be withdrawn.
    pub unlock_confirmations: Option<Finality>,
    /// Usual seconds between blocks.
    pub block_seconds: Option<u64>,
    /// Blocks come on demand, as on a development chain.
    pub mines_on_demand: Option<bool>,
    /// A test network: asked only where the main networks do not know a transaction.
    pub test: Option<bool>,
    /// Who is asked.
    #[serde(default)]
    pub sources: Vec<ServiceConfig>,
    /// Listed assets by ticker.
    #[serde(default)]
    pub assets: BTreeMap<String, AssetConfig>,
}

/// `[bridge.NAME]`. Networks are named by their chain id, so that it serves whatever a configuration calls them.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BridgeConfig {
    /// How it tells of what crosses it.
    pub kind: Option<BridgeKind>,
    /// Chain id of the network that holds the contracts.
    pub parent: Option<u64>,
    /// Chain id of the rollup.
    pub child: Option<u64>,
    /// The contract whose events count: OP stack's portal, Arbitrum's bridge.
    pub contract: Option<String>,
    /// Arbitrum's outbox.
    pub outbox: Option<String>,
}

/// A chain source, `[ledger]` or `[desk]`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceConfig {
    /// The protocol.
    pub kind: Option<String>,
    /// Base address; `{key}` in it is filled from `key_env` or `key_file`.
    pub url: Option<String>,
    /// Name of the variable that holds the address.
    pub url_env: Option<String>,
    /// The folder of `kind = "folder"`.
    pub path: Option<String>,
    /// User name for HTTP Basic.
    pub user: Option<String>,
    /// Name of the variable that holds the password.
    pub password_env: Option<String>,
    /// File that holds the password.
    pub password_file: Option<PathBuf>,
    /// Bitcoin Core's cookie file.
    pub cookie_file: Option<PathBuf>,
    /// Name of the variable that holds the bearer token.
    pub token_env: Option<String>,
    /// File that holds the bearer token.
    pub token_file: Option<PathBuf>,
    /// Name of the variable that holds the key for `{key}`, or for the header in which the kind is shown one.
    pub key_env: Option<String>,
    /// File that holds the key for `{key}`, or for that header.
    pub key_file: Option<PathBuf>,
    /// Name of the variable that holds the secret that signs requests.
    pub secret_env: Option<String>,
    /// File that holds it.
    pub secret_file: Option<PathBuf>,
    /// Name of the variable that holds the word that goes along with the key.
    pub passphrase_env: Option<String>,
    /// File that holds it.
    pub passphrase_file: Option<PathBuf>,
    /// Who runs it.
    pub operator: Option<String>,
    /// Of a desk: the names of its custom fields.
    pub fields: Option<FieldNames>,
    /// Of a ledger: a map that is checked in.
    pub preset: Option<String>,
    /// Of a ledger: how its API says what the contract says; it goes over the preset's.
    pub map: Option<Table>,
    /// What its ids look like, as a regular expression.
    pub id_pattern: Option<String>,
    /// Permits `http://` to another machine.
    pub allow_http: Option<bool>,
    /// Requests a second; 0 is no limit.
    pub requests_per_second: Option<u32>,
    /// Requests in flight.
    pub concurrency: Option<usize>,
    /// JSON-RPC calls in one request.
    pub batch_size: Option<usize>,
    /// Cases that wait for receipts of one block before the whole block's are asked for; 0 is never.
    pub block_receipts: Option<usize>,
    /// Seconds for one request.
    pub timeout_seconds: Option<u64>,
}

/// `[network.NAME.assets.TICKER]`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssetConfig {
    /// The token's contract; none for the native coin.
    pub contract: Option<String>,
    /// Decimal places.
    pub decimals: Option<u8>,
    /// The smallest deposit that is credited.
    #[serde(default, deserialize_with = "decimal")]
    pub min_deposit: Option<String>,
    /// Confirmations that a deposit of it needs, where they are not those of its network.
    pub confirmations: Option<Finality>,
    /// Confirmations after which it can be withdrawn, where they are not those of its network.
    pub unlock_confirmations: Option<Finality>,
    /// Bridged or wrapped forms of the asset, by their own ticker: contracts that are not the listed one.
    #[serde(default)]
    pub variants: BTreeMap<String, String>,
    /// Contracts that the token has left behind, by the ticker that they show.
    #[serde(default)]
    pub former: BTreeMap<String, String>,
}

/// `[limits]`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitsConfig {
    /// Requests a second; 0 is no limit.
    pub requests_per_second: Option<u32>,
    /// Requests in flight.
    pub concurrency: Option<usize>,
    /// Seconds for one request.
    pub timeout_seconds: Option<u64>,
}

/// `[policy]`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyConfig {
    /// Deposits under the minimum.
    pub below_minimum: Option<Handling>,
    /// Deposits on a network that is not served.
    pub wrong_network: Option<Handling>,
    /// Who acts on a hold, by reason.
    #[serde(default)]
    pub held: BTreeMap<String, Party>,
}

/// `[normal]`.
#[expect(clippy::struct_field_names, reason = "a key says its unit")]
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NormalConfig {
    /// Minutes that the ledger may take for a deposit past its requirement.
    pub ledger_confirming_minutes: Option<u64>,
    /// Minutes that a withdrawal may wait to be sent.
    pub withdrawal_queue_minutes: Option<u64>,
    /// Minutes that a withdrawal may be under review.
    pub withdrawal_review_minutes: Option<u64>,
    /// Minutes that a sent withdrawal may stay in no block of Bitcoin.
    pub withdrawal_broadcast_bitcoin_minutes: Option<u64>,
    /// Minutes that a sent withdrawal may stay in no block of an EVM network.
    pub withdrawal_broadcast_evm_minutes: Option<u64>,
}

/// A decimal as text, or a whole number as a variable gives it; never a float.
fn decimal<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(Some(text)),
        Value::Integer(number) => Ok(Some(number.to_string())),
        _ => Err(serde::de::Error::custom("an amount is written in quotes, such as \"0.5\"")),
    }
}

/// Where a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The program itself.
    BuiltIn,
    /// What an exchange has published.
    Profile(String),
    /// A file.
    File(PathBuf),
    /// An environment variable.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built in"),
            Self::Profile(name) => write!(f, "profile {name}"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) => write!(f, "{name}"),
        }
    }
}

/// The layers laid over each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layers {
    table: Table,
    origins: BTreeMap<String, Origin>,
    /// Networks that a file or a variable names.
    named: BTreeSet<String>,
}

impl Layers {
    /// Lays a document over what is there. Unknown keys are errors that name the nearest known one.
    pub(crate) fn add(&mut self, text: &str, origin: Origin) -> Result<()> {
        toml::from_str::<Config>(text).map_err(|error| Mistake::error(located(text, &error)))?;
        let table: Table = toml::from_str(text).map_err(|error| Mistake::error(located(text, &error)))?;
        if let Some(Value::Table(networks)) = table.get("network").filter(|_| origin != Origin::BuiltIn) {
            self.named.extend(networks.keys().map(|name| name.to_ascii_lowercase()));
        }
        lay(&mut self.table, table, "", &origin, &mut self.origins);
        Ok(())
    }

    /// Lays what an exchange has published over what is built in. It names no network: it says something about those
    /// that there are.
    pub(super) fn add_profile(&mut self, table: Table, name: &str) {
        lay(&mut self.table, table, "", &Origin::Profile(name.to_owned()), &mut self.origins);
    }

    /// Lays `TXSLEUTH__SECTION__KEY` variables over what is there.
    pub(crate) fn add_variables(&mut self, vars: &BTreeMap<String, String>) -> Result<()> {
        for (name, value) in vars {
            let Some(path) = name.strip_prefix("TXSLEUTH__") else { continue };
            let parts: Vec<&str> = path.split("__").collect();
            if let ["network", network, ..] = path.to_ascii_lowercase().split("__").collect::<Vec<_>>()[..] {
                self.named.insert(network.to_owned());
            }
            let origin = Origin::Variable(name.clone());
            set(&mut self.table, &parts, value, name)?;
            self.origins.insert(path.to_ascii_lowercase().replace("__", "."), origin);
        }
        Ok(())
    }

    /// A configuration that names networks is complete: built-in ones lend it their settings, but none that it
    /// does not name is asked, so that no identifier leaves the house unasked. Without one, those serve that have anybody
    /// to ask.
    pub(super) fn forget_unnamed_networks(&mut self) {
        if let Some(Value::Table(networks)) = self.table.get_mut("network") {
            let mute = |network: &Value| network.get("sources").and_then(Value::as_array).is_some_and(Vec::is_empty);
            let serves = |network: &Value| self.named.is_empty() && !mute(network);
            networks.retain(|name, network| self.named.contains(&name.to_ascii_lowercase()) || serves(network));
        }
        self.forget_far_bridges();
    }

    /// Keeps the networks named, so that a recorded case carries what it was decided by and nothing more.
    pub(crate) fn keep_networks(&mut self, names: &[&str]) {
        if let Some(Value::Table(networks)) = self.table.get_mut("network") {
            networks.retain(|name, _| names.contains(&name));
        }
        self.forget_far_bridges();
    }

    /// A bridge says nothing where neither of its networks is asked.
    fn forget_far_bridges(&mut self) {
        let networks = self.table.get("network").and_then(Value::as_table).into_iter().flat_map(Table::values);
        let chains: Vec<Value> = networks.filter_map(|network| network.get("chain_id").cloned()).collect();
        if let Some(Value::Table(bridges)) = self.table.get_mut("bridge") {
            let ends = |bridge: &Value| ["parent", "child"].map(|key| bridge.get(key).cloned());
            bridges
                .retain(|_, bridge| ends(bridge).iter().any(|end| end.as_ref().is_none_or(|id| chains.contains(id))));
        }
    }

    /// The configuration that all layers together make.
    pub(crate) fn config(&self) -> Result<Config> {
        Config::deserialize(self.table.clone()).map_err(|error| Mistake::error(explained(&error.to_string())))
    }

    /// The table that all layers together make.
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    /// Where the setting of a dotted path came from.
    pub(crate) fn origin(&self, path: &str) -> Option<&Origin> {
        let path = path.to_ascii_lowercase();
        let exact = self.origins.get(&path);
        exact.or_else(|| {
            let below = format!("{path}.");
            self.origins.iter().find(|(known, _)| known.starts_with(&below)).map(|(_, origin)| origin)
        })
    }
}

/// Tables join, everything else is replaced.
fn lay(into: &mut Table, from: Table, path: &str, origin: &Origin, origins: &mut BTreeMap<String, Origin>) {
    for (key, value) in from {
        let here =
            if path.is_empty() { key.to_ascii_lowercase() } else { format!("{path}.{}", key.to_ascii_lowercase()) };
        match (into.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => {
                if is_other_chain(below, &above) {
                    below.retain(|key, _| key == "family");
                }
                lay(below, above, &here, origin, origins);
            }
            (_, Value::Table(above)) => {
                let mut fresh = Table::new();
                lay(&mut fresh, above, &here, origin, origins);
                into.insert(key, Value::Table(fresh));
            }
            (_, value) => {
                origins.insert(here, origin.clone());
                into.insert(key, value);
            }
        }
    }
}

/// A network that is told to be another chain inherits its family at most: neither explorer nor contracts fit.
fn is_other_chain(below: &Table, above: &Table) -> bool {
    let differs = |key: &str| above.get(key).is_some_and(|value| below.get(key) != Some(value));
    ["family", "chain", "chain_id"].iter().any(|key| below.contains_key("family") && differs(key))
}

/// Sets one value by its path; names match without case, numbers reach into lists.
fn set(table: &mut Table, parts: &[&str], value: &str, name: &str) -> Result<()> {
    let (first, rest) = parts.split_first().ok_or_else(|| Mistake::error(format!("{name} names no setting")))?;
    let key = table.keys().find(|key| key.eq_ignore_ascii_case(first)).cloned();
    let key = key.unwrap_or_else(|| first.to_ascii_lowercase());
    if rest.is_empty() {
        table.insert(key, scalar(value));
        return Ok(());
    }
    let entry = table.entry(key).or_insert_with(|| Value::Table(Table::new()));
    set_in(entry, rest, value, name)
}

fn set_in(entry: &mut Value, parts: &[&str], value: &str, name: &str) -> Result<()> {
    match entry {
        Value::Table(table) => set(table, parts, value, name),
        Value::Array(list) => {
            let index: usize =
                parts[0].parse().map_err(|_| Mistake::error(format!("{name}: `{}` should be a number", parts[0])))?;
            if index > list.len() {
                return Err(Mistake::error(format!("{name}: the list has only {} entries", list.len())));
            }
            if index == list.len() {
                list.push(Value::Table(Table::new()));
            }
            match parts.get(1..) {
                Some(rest) if !rest.is_empty() => set_in(&mut list[index], rest, value, name),
                _ => {
                    list[index] = scalar(value);
                    Ok(())
                }
            }
        }
        _ => Err(Mistake::error(format!("{name} reaches into a setting that has no parts"))),
    }
}

/// A number or a truth value where the text is one, else text.
fn scalar(value: &str) -> Value {
    let number = value.parse().map(Value::Integer).ok();
    let truth = || value.parse().map(Value::Boolean).ok();
    number.or_else(truth).unwrap_or_else(|| Value::String(value.to_owned()))
}

/// What is wrong and in which line. The line itself is not shown: it may hold a secret that belongs elsewhere.
fn located(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    // A type error quotes the value that it found.
    if error.message().contains("invalid type: ") || error.message().contains("invalid value: ") {
        return format!("{line}a value is not of the type that the setting takes");
    }
    format!("{line}{}", explained(error.message()))
}

/// Adds the nearest known key to a message about an unknown one.
pub(super) fn explained(message: &str) -> String {
    let unknown = message.split("unknown field `").nth(1).and_then(|rest| rest.split('`').next());
    let Some(unknown) = unknown else { return message.trim_end().to_owned() };
    let expected = message.split("expected").nth(1).unwrap_or_default();
    let known = expected.split('`').skip(1).step_by(2);
    match nearest(unknown, known) {
        Some(key) => format!("{}\ndid you mean `{key}`?", message.trim_end()),
        None => message.trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_names_the_nearest_known_one() {
        let mut layers = Layers::default();
        let error = layers.add("[limits]\nrequest_per_second = 1\n", Origin::BuiltIn).unwrap_err();
        assert!(error.to_string().contains("did you mean `requests_per_second`"), "{error}");
    }

    #[test]
    fn a_network_on_another_chain_inherits_nothing() {
        let mut layers = Layers::default();
        let built_in = "[network.x]\nfamily = \"evm\"\nchain_id = 1\nexplorer = \"https://e/{txid}\"\n";
        layers.add(built_in, Origin::BuiltIn).unwrap();
        layers.add("[network.x]\nconfirmations = 3\n", Origin::BuiltIn).unwrap();
        assert!(layers.config().unwrap().network["x"].explorer.is_some());
        layers.add("[network.x]\nchain_id = 31337\n", Origin::BuiltIn).unwrap();
        assert!(layers.config().unwrap().network["x"].explorer.is_none());
    }

    #[test]
    fn a_configuration_that_names_networks_is_complete() {
        let mut layers = Layers::default();
        let built_in = "[network.x]\nfamily = \"evm\"\nchain_id = 1\n[network.y]\nfamily = \"evm\"\nchain_id = 2\n";
        layers.add(built_in, Origin::BuiltIn).unwrap();
        layers.forget_unnamed_networks();
        assert_eq!(layers.config().unwrap().network.len(), 2, "nothing is named, so all serve");
        layers.add("[network.y]\n", Origin::File("z.toml".into())).unwrap();
        layers.forget_unnamed_networks();
        assert_eq!(layers.config().unwrap().network.keys().collect::<Vec<_>>(), ["y"]);
    }

    #[test]
    fn a_built_in_network_without_a_source_only_lends_its_settings() {
        let built_in = "[network.x]\nfamily = \"bitcoin\"\nconfirmations = 10\nsources = []\n";
        let mut layers = Layers::default();
        layers.add(built_in, Origin::BuiltIn).unwrap();
        layers.add("[network.x]\n", Origin::File("z.toml".into())).unwrap();
        layers.forget_unnamed_networks();
        assert_eq!(layers.config().unwrap().network["x"].confirmations, Some(Finality::Confirmations(10)));
        let mut layers = Layers::default();
        layers.add(built_in, Origin::BuiltIn).unwrap();
        layers.forget_unnamed_networks();
        assert!(layers.config().unwrap().network.is_empty());
    }

    #[test]
    fn a_bridge_is_kept_where_one_of_its_networks_is_asked() {
        let mut layers = Layers::default();
        let chains = "[network.x]\nfamily = \"evm\"\nchain_id = 1\n[network.y]\nfamily = \"evm\"\nchain_id = 2\n";
        let bridges = "[bridge.y]\nparent = 1\nchild = 2\n[bridge.z]\nparent = 3\nchild = 4\n";
        layers.add(&format!("{chains}{bridges}"), Origin::BuiltIn).unwrap();
        layers.add("[network.x]\n", Origin::File("z.toml".into())).unwrap();
        layers.forget_unnamed_networks();
        assert_eq!(layers.config().unwrap().bridge.keys().collect::<Vec<_>>(), ["y"]);
    }

    #[test]
    fn variables_reach_into_lists_and_win_over_files() {
        let mut layers = Layers::default();
        let file = "[network.ethereum]\nchain_id = 1\nsources = [{ kind = \"json-rpc\", url = \"http://a\" }]\n";
        layers.add(file, Origin::File("x.toml".into())).unwrap();
        let vars = [
            ("TXSLEUTH__NETWORK__ETHEREUM__SOURCES__0__URL".to_owned(), "http://b".to_owned()),
            ("TXSLEUTH__NETWORK__ETHEREUM__CHAIN_ID".to_owned(), "5".to_owned()),
            ("TXSLEUTH_CONFIG".to_owned(), "ignored".to_owned()),
        ];
        layers.add_variables(&vars.into()).unwrap();
        let config = layers.config().unwrap();
        assert_eq!(config.network["ethereum"].sources[0].url.as_deref(), Some("http://b"));
        assert_eq!(config.network["ethereum"].chain_id, Some(5));
        let origin = layers.origin("network.ethereum.chain_id").unwrap();
        assert_eq!(origin.to_string(), "TXSLEUTH__NETWORK__ETHEREUM__CHAIN_ID");
    }
}
