//! The exchange whose policy holds where the configuration says nothing, as a layer between what is built in and the file.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use super::layers::{Config, NetworkConfig};
use crate::cli::exit::Mistake;
use crate::profile::{About, Confirmations, Profile, Sure};
use crate::terms::{ChainIdentity, Chosen};

/// The variable that names the profile, without its prefix.
const VARIABLE: &str = "PROFILE";

/// The profile of a name; nothing for `none`.
pub(crate) fn find(name: &str) -> Result<Option<Profile>> {
    if name == "none" {
        return Ok(None);
    }
    let found = Profile::named(name).with_context(|| format!("failed to understand the profile `{name}`"))?;
    let nearest = || Profile::names().min_by_key(|known| strsim::damerau_levenshtein(known, &name.to_lowercase()));
    found.map(Some).ok_or_else(|| {
        let hint = nearest().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Mistake::error(format!("there is no profile `{name}`{hint}"))
    })
}

/// The profile that a variable names, else the file.
pub(super) fn named(own: &Config, vars: &BTreeMap<String, String>) -> Result<Option<Profile>> {
    let is_it = |name: &str| name.strip_prefix("TXSLEUTH__").is_some_and(|key| key.eq_ignore_ascii_case(VARIABLE));
    let variable = vars.iter().find(|(name, _)| is_it(name)).map(|(_, value)| value);
    let Some(profile) = variable.or(own.profile.as_ref()).map(|name| find(name)).transpose()? else { return Ok(None) };
    Ok(profile)
}

/// What a profile sets: confirmations, explorers and minimums of the networks that it knows, whatever the configuration
/// calls them, and what becomes of unusual deposits.
pub(super) fn layer(profile: &Profile, built_in: &Config, own: &Config) -> Table {
    let mut networks = Table::new();
    for (usual, part) in &built_in.network {
        let same = |other: &NetworkConfig| identity(other).is_some_and(|chain| Some(chain) == identity(part));
        let called = own.network.iter().filter(|(name, other)| *name != usual && same(other)).map(|(name, _)| name);
        for name in called.chain([usual]) {
            let mine = own.network.get(name);
            let listed = |ticker: &str| {
                let of = |part: Option<&NetworkConfig>| part.is_some_and(|part| part.assets.contains_key(ticker));
                of(mine) || (name == usual && of(Some(part))) || is_coin(part, mine, ticker)
            };
            let mut settings = settings(profile, usual);
            let assets = assets(profile, usual, listed, mine.is_some_and(|mine| mine.confirmations.is_some()));
            if !assets.is_empty() {
                settings.insert("assets".to_owned(), Value::Table(assets));
            }
            if !settings.is_empty() {
                networks.insert(name.clone(), Value::Table(settings));
            }
        }
    }
    let handlings = [("below_minimum", About::BelowMinimum), ("wrong_network", About::WrongNetwork)];
    let told = handlings.into_iter().filter_map(|(key, about)| {
        Some((key.to_owned(), Value::String(profile.handling_of(about)?.name().to_owned())))
    });
    let policy: Table = told.collect();
    let parts = [("network", networks), ("policy", policy)].into_iter().filter(|(_, part)| !part.is_empty());
    parts.map(|(key, part)| (key.to_owned(), Value::Table(part))).collect()
}

/// What a profile says of a network as a whole. Where assets differ the highest figure serves those that it does not name,
/// so that no payment counts as final too early.
fn settings(profile: &Profile, network: &str) -> Table {
    let highest = |of: fn(&Confirmations) -> Option<u64>| profile.confirmations_of(network).filter_map(of).max();
    let explorer = profile.explorers.iter().find(|one| one.network == network && one.sure == Sure::Official);
    let parts = [
        ("confirmations", highest(|one| Some(one.credit)).and_then(count)),
        ("unlock_confirmations", highest(|one| one.unlock).and_then(count)),
        ("explorer", explorer.map(|one| Value::String(one.link.clone()))),
    ];
    parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn count(number: u64) -> Option<Value> {
    i64::try_from(number).ok().map(Value::Integer)
}

/// What it says of listed assets: naming one that is not would list it, as the network's own coin. Confirmations of an asset
/// are left out where the configuration has its own figure for the whole network.
fn assets(profile: &Profile, network: &str, listed: impl Fn(&str) -> bool, is_set: bool) -> Table {
    let minimums = profile.minimums.iter().filter(|one| one.network == network && one.sure == Sure::Official);
    let minimums = minimums.map(|one| (&one.asset, "min_deposit", Some(Value::String(one.amount.to_string()))));
    let published = || profile.confirmations_of(network).filter(|_| !is_set);
    let of_asset = || published().filter_map(|one| Some((one.asset.as_ref()?, one)));
    let credit = of_asset().map(|(asset, one)| (asset, "confirmations", count(one.credit)));
    let unlock = of_asset().map(|(asset, one)| (asset, "unlock_confirmations", one.unlock.and_then(count)));
    let mut assets = Table::new();
    for (asset, key, value) in minimums.chain(credit).chain(unlock).filter(|(asset, ..)| listed(asset)) {
        let settings = assets.entry(asset.clone()).or_insert_with(|| Value::Table(Table::new()));
        if let (Some(settings), Some(value)) = (settings.as_table_mut(), value) {
            settings.insert(key.to_owned(), value);
        }
    }
    assets
}

/// Whether a ticker is that of a network's own coin.
fn is_coin(built_in: &NetworkConfig, own: Option<&NetworkConfig>, ticker: &str) -> bool {
    let named = own.and_then(|own| own.native.as_deref()).or(built_in.native.as_deref());
    let usual = || identity(built_in).map(|identity| identity.coin().to_owned());
    named.map(str::to_owned).or_else(usual).is_some_and(|coin| coin.eq_ignore_ascii_case(ticker))
}

fn identity(part: &NetworkConfig) -> Option<ChainIdentity> {
    let chosen = Chosen { chain: part.chain.as_deref(), chain_id: part.chain_id };
    (part.family?.traits().identity)(&chosen).ok()
}

#[cfg(test)]
mod tests {
    use super::super::layers::{Layers, Origin};
    use super::*;

    const PUBLISHED: &str = r#"
name = "x"
title = "X"
languages = ["en"]
[sources.page]
title = "a page"
url = "https://x.example"
read = "2026-01-31"
[[confirmations]]
network = "ethereum"
credit = 7
unlock = 70
source = "page"
sure = "official"
[[confirmations]]
network = "ethereum"
asset = "ETH"
credit = 3
source = "page"
sure = "official"
[[confirmations]]
network = "bitcoin"
credit = 1
source = "page"
sure = "example"
[[minimums]]
network = "ethereum"
asset = "USDT"
amount = "2.5"
source = "page"
sure = "official"
[[minimums]]
network = "ethereum"
asset = "UNLISTED"
amount = "9"
source = "page"
sure = "official"
[[explorers]]
network = "ethereum"
link = "https://e.example/{txid}"
source = "page"
sure = "official"
[[recoveries]]
about = "wrong-network"
handling = "recover"
note = "a note"
source = "page"
sure = "official"
"#;

    const BUILT_IN: &str = r#"
[network.ethereum]
family = "evm"
chain_id = 1
confirmations = 64
[network.ethereum.assets.USDT]
contract = "0xdAC17F958D2ee523a2206206994597C13D831ec7"
decimals = 6
[network.bitcoin]
family = "bitcoin"
chain = "mainnet"
confirmations = 6
"#;

    fn layered(own: &str) -> (Config, Layers) {
        let profile: Profile = toml::from_str(PUBLISHED).unwrap();
        let mut layers = Layers::default();
        layers.add(BUILT_IN, Origin::BuiltIn).unwrap();
        let table = layer(&profile, &layers.config().unwrap(), &toml::from_str(own).unwrap());
        layers.add_profile(table, &profile.name);
        layers.add(own, Origin::File("own.toml".into())).unwrap();
        (layers.config().unwrap(), layers)
    }

    #[test]
    fn a_profile_lies_over_what_is_built_in_and_below_the_configuration() {
        let (config, layers) = layered("");
        let ethereum = &config.network["ethereum"];
        assert_eq!(ethereum.confirmations.map(|depth| depth.to_string()).as_deref(), Some("7"));
        assert_eq!(ethereum.explorer.as_deref(), Some("https://e.example/{txid}"));
        assert_eq!(ethereum.assets["USDT"].min_deposit.as_deref(), Some("2.5"));
        assert!(!ethereum.assets.contains_key("UNLISTED"), "a minimum lists no asset");
        let depth = |depth: Option<crate::terms::Finality>| depth.map(|depth| depth.to_string());
        assert_eq!(depth(ethereum.assets["ETH"].confirmations).as_deref(), Some("3"), "an asset's own figure");
        assert_eq!(depth(ethereum.assets["USDT"].confirmations), None);
        assert_eq!(depth(ethereum.unlock_confirmations).as_deref(), Some("70"));
        assert_eq!(layers.origin("network.ethereum.confirmations").unwrap().to_string(), "profile x");
        assert_eq!(config.network["bitcoin"].confirmations.map(|depth| depth.to_string()).as_deref(), Some("6"));
        assert_eq!(config.policy.unwrap().wrong_network.unwrap().name(), "recover");

        let own = "[network.ethereum]\nconfirmations = 30\n[policy]\nwrong_network = \"none\"\n";
        let (config, layers) = layered(own);
        assert_eq!(config.network["ethereum"].confirmations.map(|depth| depth.to_string()).as_deref(), Some("30"));
        assert_eq!(config.network["ethereum"].assets["USDT"].min_deposit.as_deref(), Some("2.5"));
        assert!(!config.network["ethereum"].assets.contains_key("ETH"), "the network's own figure stands for all");
        assert_eq!(config.policy.unwrap().wrong_network.unwrap().name(), "none");
        assert_eq!(layers.origin("network.ethereum.confirmations").unwrap().to_string(), "own.toml");
    }

    #[test]
    fn a_profile_knows_a_network_by_its_chain() {
        let (config, _) = layered("[network.main]\nfamily = \"evm\"\nchain_id = 1\n");
        assert_eq!(config.network["main"].confirmations.map(|depth| depth.to_string()).as_deref(), Some("7"));
        assert!(config.network["main"].assets.keys().eq(["ETH"]), "the coin alone");
        let (config, _) = layered("[network.ethereum]\nfamily = \"evm\"\nchain_id = 31337\n");
        assert!(config.network["ethereum"].confirmations.is_none(), "another chain of that name");
    }
}
