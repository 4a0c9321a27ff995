//! What the configuration means: networks, services and policies, checked once.

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use anyhow::Result;
use jiff::tz::TimeZone;
use regex::Regex;

use super::bridges::bridges;
use super::layers::{AssetConfig, Config, NetworkConfig, ServiceConfig};
use super::maps;
use super::operators::{is_loopback, operator};
use super::profiles;
use crate::cli::env::Env;
use crate::cli::exit::Mistake;
use crate::diagnosis::Policy;
use crate::inquiry::Channel;
use crate::net::{Auth, Keys, Limits, Net, Redact, SecretRef, Service, Sign, Signing};
use crate::profile::Profile;
use crate::report::{Language, zone};
use crate::sleuth::{Patterns, Sleuth, Sources};
use crate::sources::{chain, desk, ledger};
use crate::terms::{Address, Amount, Asset, ChainIdentity, Chosen, Family, Finality, Network, Variant};

/// Requests a second to a configured source that states no limit.
const REQUESTS: u32 = 50;

/// The configuration, understood.
pub(crate) struct Settings {
    /// Those who can be asked.
    pub sources: Sources,
    /// What counts as normal.
    pub policy: Policy,
    /// Everything behind the door.
    pub services: Vec<Service>,
    /// What a ticket's id looks like.
    pub ticket_pattern: Option<Regex>,
    /// What a ledger's id looks like.
    pub ledger_pattern: Option<Regex>,
    /// The report's language where nobody asks for another one.
    pub language: Language,
    /// The zone of its readers' clocks.
    pub zone: Option<TimeZone>,
    /// The exchange whose policy holds where the configuration says nothing.
    pub profile: Option<Profile>,
    /// Things worth a word on standard error.
    pub warnings: Vec<String>,
}

impl Settings {
    /// Who looks into cases by them, through a door; with `prove`, as much is checked as can be.
    pub(crate) fn sleuth<'a>(&'a self, net: &'a Net, prove: bool) -> Sleuth<'a> {
        let patterns = Patterns { ticket: self.ticket_pattern.as_ref(), ledger: self.ledger_pattern.as_ref() };
        Sleuth { net, sources: &self.sources, policy: &self.policy, patterns, prove }
    }

    /// Understands a configuration, or says what is wrong with it.
    pub(crate) fn new(config: &Config, env: &Env) -> Result<Self> {
        let limits = limits(config);
        let mut services = Vec::new();
        let mut chains = Vec::new();
        for (name, part) in &config.network {
            let network = network(name, part)?;
            let mut kinds = Vec::new();
            for (index, source) in part.sources.iter().enumerate() {
                let place = format!("network.{name}.sources[{index}]");
                let kind = chain_kind(&place, source, network.family())?;
                let rate = rate(limits.requests_per_second, kind.requests_per_second);
                let limits = Limits { requests_per_second: rate, ..limits };
                let channel = Channel::new(&network.name, index);
                let mut service = service(channel.service(), &place, source, limits, env)?;
                show_key(&mut service, kind);
                kinds.push((kind, service.operator.clone()));
                services.push(service);
            }
            chains.push((network, kinds));
        }
        bridges(&config.bridge, &mut chains)?;
        let ledger = kind("ledger", config.ledger.as_ref(), ledger::KINDS, |kind| kind.name)?;
        let desk = kind("desk", config.desk.as_ref(), desk::KINDS, |kind| kind.name)?;
        let own_keys = ledger.and_then(|kind| kind.public);
        let map = config.ledger.as_ref().map(|part| maps::map(part, ledger)).transpose()?.flatten();
        let ledger_part = config
            .ledger
            .clone()
            .map(|part| ServiceConfig { url: part.url.or_else(|| own_keys.map(|(url, _)| url.to_owned())), ..part });
        let fields = config.desk.as_ref().and_then(|part| part.fields.clone()).unwrap_or_default();
        let of_ledger = Limits {
            requests_per_second: rate(limits.requests_per_second, ledger.and_then(|kind| kind.requests_per_second)),
            slow: ledger.map_or(&[], |kind| kind.slow),
            ..limits
        };
        let parts =
            [("ledger", &ledger_part, ledger.is_some(), of_ledger), ("desk", &config.desk, desk.is_some(), limits)];
        for (name, part, on, limits) in parts {
            if let Some(part) = part.as_ref().filter(|_| on) {
                services.push(service(name, name, part, limits, env)?);
            }
        }
        if let (Some((_, sign)), Some(part)) = (own_keys, &ledger_part) {
            for spec in services.iter_mut().filter(|service| &*service.name == "ledger") {
                let words = ledger.is_some_and(|kind| kind.has_passphrase);
                spec.auth = signed(part, sign, words)?;
                spec.key = None;
            }
        }
        if let (Some(map), Some(part)) = (&map, &ledger_part) {
            for spec in services.iter_mut().filter(|service| &*service.name == "ledger") {
                maps::show(spec, map, part)?;
            }
        }
        if let Some(spec) = services.iter_mut().find(|service| &*service.name == "desk") {
            show_token(spec, desk, config.desk.as_ref());
        }
        let networks = chains.iter().map(|(network, _)| network.clone()).collect();
        Ok(Self {
            policy: policy(config, networks),
            sources: Sources::new(chains, ledger.map(|kind| opened(kind, map)), desk.map(|kind| (kind.open)(fields))),
            services,
            ticket_pattern: pattern("desk", config.desk.as_ref())?,
            ledger_pattern: pattern("ledger", config.ledger.as_ref())?,
            language: config.language.as_deref().and_then(Language::of).unwrap_or_default(),
            zone: config.timezone.as_deref().map(zone_of).transpose()?,
            profile: config.profile.as_deref().map(profiles::find).transpose()?.flatten(),
            warnings: warnings(config),
        })
    }
}

/// The ledger of a kind, read by a map where there is one.
fn opened(kind: &'static ledger::Kind, map: Option<ledger::mapped::Map>) -> ledger::Opened {
    map.map_or(ledger::Opened::Kind(kind), |map| ledger::Opened::Mapped(Box::new(map.open())))
}

fn zone_of(name: &str) -> Result<TimeZone> {
    let unknown = || Mistake::error(format!("timezone: `{name}` is no time zone; write one such as \"Asia/Seoul\""));
    zone(name).ok_or_else(unknown)
}

fn warnings(config: &Config) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(language) = config.language.as_ref().filter(|name| Language::of(name).is_none()) {
        warnings.push(format!("this version has no words in `{language}`; the report is in English"));
    }
    warnings
}

fn pattern(section: &str, part: Option<&ServiceConfig>) -> Result<Option<Regex>> {
    let Some(text) = part.and_then(|part| part.id_pattern.as_ref()) else { return Ok(None) };
    let anchored = format!("^(?:{text})$");
    Regex::new(&anchored).map(Some).map_err(|error| Mistake::error(format!("{section}.id_pattern: {error}")))
}

fn limits(config: &Config) -> Limits {
    let part = config.limits.clone().unwrap_or_default();
    let usual = Limits::default();
    Limits {
        requests_per_second: part.requests_per_second.unwrap_or(REQUESTS),
        concurrency: part.concurrency.unwrap_or(usual.concurrency),
        timeout: part.timeout_seconds.map_or(usual.timeout, Duration::from_secs),
        ..usual
    }
}

/// Requests a second: the fewer of what the configuration has for all and what a kind takes; 0 is no limit.
fn rate(of_all: u32, of_kind: Option<u32>) -> u32 {
    of_kind.map_or(of_all, |most| if of_all == 0 { most } else { of_all.min(most) })
}

fn policy(config: &Config, networks: Vec<Network>) -> Policy {
    let usual = Policy::default();
    let part = config.policy.clone().unwrap_or_default();
    let normal = config.normal.clone().unwrap_or_default();
    let minutes = |set: Option<u64>, usual: Duration| set.map_or(usual, |m| Duration::from_secs(m.saturating_mul(60)));
    Policy {
        networks,
        sla: config.sla_hours.map_or(usual.sla, |hours| Duration::from_secs(hours.saturating_mul(3600))),
        below_minimum: part.below_minimum.unwrap_or(usual.below_minimum),
        wrong_network: part.wrong_network.unwrap_or(usual.wrong_network),
        held: part.held,
        ledger_confirming: minutes(normal.ledger_confirming_minutes, usual.ledger_confirming),
        withdrawal_queue: minutes(normal.withdrawal_queue_minutes, usual.withdrawal_queue),
        withdrawal_review: minutes(normal.withdrawal_review_minutes, usual.withdrawal_review),
        withdrawal_broadcast_bitcoin: minutes(
            normal.withdrawal_broadcast_bitcoin_minutes,
            usual.withdrawal_broadcast_bitcoin,
        ),
        withdrawal_broadcast_evm: minutes(normal.withdrawal_broadcast_evm_minutes, usual.withdrawal_broadcast_evm),
    }
}

fn network(name: &str, part: &NetworkConfig) -> Result<Network> {
    let wrong = |what: &str| Mistake::error(format!("network.{name}: {what}"));
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !plain {
        return Err(wrong("a network's name is letters, digits, - and _"));
    }
    let families = || Family::ALL.map(|family| family.to_string()).join(", ");
    let family = part.family.ok_or_else(|| wrong(&format!("`family` is missing: one of {}", families())))?;
    let traits = family.traits();
    let chosen = Chosen { chain: part.chain.as_deref(), chain_id: part.chain_id };
    let identity = (traits.identity)(&chosen).map_err(|what| wrong(&what))?;
    let mut assets = Vec::new();
    for (symbol, listed) in &part.assets {
        assets.push(asset(name, symbol, listed, &identity)?);
    }
    let listed_coin = assets.iter().find(|asset| asset.contract.is_none()).map(|asset| asset.symbol.clone());
    Ok(Network {
        name: name.into(),
        native: part.native.clone().or(listed_coin).unwrap_or_else(|| identity.coin().to_owned()).to_uppercase(),
        finality: part.confirmations.unwrap_or_else(|| identity.finality()),
        unlock: part.unlock_confirmations,
        explorer: part.explorer.clone(),
        block_interval: Duration::from_secs(part.block_seconds.unwrap_or_else(|| identity.block_seconds())),
        mines_on_demand: part.mines_on_demand.unwrap_or(identity.mines_on_demand()),
        is_test: part.test.unwrap_or(false),
        identity,
        assets,
        bridges: Vec::new(),
    })
}

fn asset(network: &str, symbol: &str, part: &AssetConfig, identity: &ChainIdentity) -> Result<Asset> {
    let place = format!("network.{network}.assets.{symbol}");
    let contract =
        part.contract.as_deref().map(|text| contract_of(&format!("{place}.contract"), text, identity)).transpose()?;
    let variant = |(key, symbol, text, is_former): (&str, &String, &String, bool)| {
        let contract = contract_of(&format!("{place}.{key}.{symbol}"), text, identity)?;
        Ok(Variant { symbol: symbol.clone(), contract, is_former })
    };
    let bridged = part.variants.iter().map(|(symbol, text)| ("variants", symbol, text, false));
    let former = part.former.iter().map(|(symbol, text)| ("former", symbol, text, true));
    let variants = bridged.chain(former).map(variant).collect::<Result<Vec<_>>>()?;
    let decimals = match (part.decimals, &contract) {
        (Some(decimals), _) => decimals,
        (None, None) => identity.family().traits().decimals,
        (None, Some(_)) => return Err(Mistake::error(format!("{place}: `decimals` is missing"))),
    };
    let minimum = part.min_deposit.as_deref().map(Amount::from_str).transpose();
    let min_deposit = minimum.map_err(|error| Mistake::error(format!("{place}.min_deposit: {error}")))?;
    // Which block is safe or final is asked once for a network.
    let counted = |key: &str, finality: Option<Finality>| match finality {
        Some(Finality::Safe | Finality::Finalized) => {
            Err(Mistake::error(format!("{place}.{key}: a number; `safe` and `finalized` are for a whole network")))
        }
        counted => Ok(counted),
    };
    let finality = counted("confirmations", part.confirmations)?;
    let unlock = counted("unlock_confirmations", part.unlock_confirmations)?;
    Ok(Asset { symbol: symbol.to_uppercase(), contract, decimals, min_deposit, finality, unlock, variants })
}

/// A contract's address whose checksum fits: a wrong digit here would misjudge every deposit.
pub(super) fn contract_of(place: &str, text: &str, identity: &ChainIdentity) -> Result<Address> {
    let parsed = Address::parse(identity, text).map_err(|error| Mistake::error(format!("{place}: {error}")))?;
    if !parsed.checksum_ok {
        return Err(Mistake::error(format!("{place}: the checksum of `{text}` does not fit")));
    }
    Ok(parsed.address)
}

fn chain_kind(place: &str, part: &ServiceConfig, family: Family) -> Result<&'static chain::Kind> {
    let name = part.kind.as_deref().unwrap_or_default();
    let known: Vec<&str> = chain::KINDS.iter().filter(|kind| kind.family == family).map(|kind| kind.name).collect();
    let kind = chain::kind(name).filter(|kind| kind.family == family);
    kind.ok_or_else(|| Mistake::error(format!("{place}: kind = \"{name}\" is not one of {}", known.join(", "))))
}

/// The kind of ledger or desk that a section names; nothing for `none` or without the section.
fn kind<K>(
    section: &str,
    part: Option<&ServiceConfig>,
    kinds: &'static [K],
    name: fn(&K) -> &'static str,
) -> Result<Option<&'static K>> {
    let Some(part) = part else { return Ok(None) };
    let wanted = part.kind.as_deref().unwrap_or("http");
    if wanted == "none" {
        return Ok(None);
    }
    let known = || kinds.iter().map(name).collect::<Vec<_>>().join(", ");
    let found = kinds.iter().find(|kind| name(kind) == wanted);
    found
        .map(Some)
        .ok_or_else(|| Mistake::error(format!("{section}: kind = \"{wanted}\" is not one of none, {}", known())))
}

/// The keys of an account at an exchange.
fn signed(part: &ServiceConfig, sign: Sign, has_passphrase: bool) -> Result<Auth> {
    let missing = |what: &str| Mistake::error(format!("ledger: `{what}_env` or `{what}_file` is missing"));
    let key = secret(part.key_env.as_ref(), part.key_file.as_ref()).ok_or_else(|| missing("key"))?;
    let secret_part = secret(part.secret_env.as_ref(), part.secret_file.as_ref()).ok_or_else(|| missing("secret"))?;
    let passphrase = secret(part.passphrase_env.as_ref(), part.passphrase_file.as_ref());
    if has_passphrase && passphrase.is_none() {
        return Err(missing("passphrase"));
    }
    Ok(Auth::Signed(Keys { key, secret: secret_part, passphrase, sign: Signing::Own(sign) }))
}

/// Where a secret is kept: in a variable, or else in a file.
pub(super) fn secret(variable: Option<&String>, file: Option<&std::path::PathBuf>) -> Option<SecretRef> {
    variable.cloned().map(SecretRef::Env).or_else(|| file.cloned().map(SecretRef::File))
}

/// A key that has no place in the address is shown in the header that the kind names.
fn show_key(spec: &mut Service, kind: &chain::Kind) {
    if let Some(header) = kind.key_header.filter(|_| !spec.url.contains("{key}") && matches!(spec.auth, Auth::None)) {
        spec.auth = spec.key.take().map_or(Auth::None, |key| Auth::Header(header.into(), key));
    }
}

/// A desk is shown a token in its own way.
fn show_token(spec: &mut Service, desk: Option<&desk::Kind>, part: Option<&ServiceConfig>) {
    if let (Auth::Bearer(token), Some(kind)) = (&spec.auth, desk) {
        spec.auth = (kind.token)(part.and_then(|part| part.user.as_deref()), token.clone());
    }
}

/// Nothing but a desk has fields of tickets, and nothing but a ledger a map.
fn no_others_keys(name: &str, place: &str, part: &ServiceConfig) -> Result<()> {
    if name != "desk" && part.fields.is_some() {
        return Err(Mistake::error(format!("{place}: only a desk has `fields`")));
    }
    if name != "ledger" && (part.map.is_some() || part.preset.is_some()) {
        return Err(Mistake::error(format!("{place}: only a ledger has a `map` or a `preset`")));
    }
    Ok(())
}

fn service(name: &str, place: &str, part: &ServiceConfig, limits: Limits, env: &Env) -> Result<Service> {
    no_others_keys(name, place, part)?;
    let address = part.path.as_ref().map(|path| format!("file:{path}")).or_else(|| part.url.clone());
    // An address kept in a variable may hold a key, so it is treated as one and never recorded.
    let hidden = part.url_env.as_ref().filter(|_| address.is_none());
    let hidden_url = hidden.and_then(|name| env.vars.get(name));
    if let Some(url) = hidden_url {
        check_address(place, url, part.allow_http.unwrap_or(false))?;
    }
    let url = address.or_else(|| hidden.map(|_| "{key}".to_owned()));
    let url = url.ok_or_else(|| Mistake::error(format!("{place}: `url` is missing")))?;
    if !url.starts_with("file:") && hidden.is_none() {
        check_address(place, &url, part.allow_http.unwrap_or(false))?;
    }
    let password = secret(part.password_env.as_ref(), part.password_file.as_ref());
    let token = secret(part.token_env.as_ref(), part.token_file.as_ref());
    let auth = match (&part.cookie_file, password, token) {
        (Some(cookie), ..) => Auth::Cookie(env.path(cookie)),
        (None, Some(password), _) => Auth::Basic(part.user.clone().unwrap_or_default(), password),
        (None, None, Some(token)) => Auth::Bearer(token),
        (None, None, None) => Auth::None,
    };
    Ok(Service {
        name: name.into(),
        operator: part.operator.clone().unwrap_or_else(|| operator(hidden_url.unwrap_or(&url))).into(),
        kind: part.kind.as_deref().unwrap_or("http").into(),
        key: hidden.cloned().map(SecretRef::Env).or_else(|| secret(part.key_env.as_ref(), part.key_file.as_ref())),
        limits: Limits {
            requests_per_second: part.requests_per_second.unwrap_or(limits.requests_per_second),
            concurrency: part.concurrency.unwrap_or(limits.concurrency),
            timeout: part.timeout_seconds.map_or(limits.timeout, Duration::from_secs),
            batch_size: part.batch_size.unwrap_or(limits.batch_size),
            block_receipts: part.block_receipts.unwrap_or(limits.block_receipts),
            ..limits
        },
        root: part.path.as_ref().map(|path| env.path(Path::new(path))),
        // A desk alone passes on what strangers wrote.
        redact: (name == "desk").then_some(desk::redacted_answer as Redact),
        auth,
        url: url.into(),
    })
}

/// TLS everywhere but on this machine, unless the configuration permits otherwise; no password in the address.
fn check_address(place: &str, url: &str, allow_http: bool) -> Result<()> {
    let wrong = |what: &str| Mistake::error(format!("{place}.url: {what}"));
    let parsed = url::Url::parse(&url.replace("{key}", "key")).map_err(|error| wrong(&error.to_string()))?;
    if parsed.password().is_some() || !parsed.username().is_empty() {
        return Err(wrong("user and password do not belong into the address; use `user` and `password_env`"));
    }
    match parsed.scheme() {
        "https" => Ok(()),
        "http" if allow_http || is_loopback(&parsed) => Ok(()),
        "http" => Err(wrong("http to another machine is readable on the way; use https or set allow_http = true")),
        other => Err(wrong(&format!("`{other}` is neither https nor http"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_asked_no_faster_than_it_takes() {
        assert_eq!(
            [rate(50, None), rate(50, Some(3)), rate(2, Some(3)), rate(0, Some(3)), rate(0, None)],
            [50, 3, 2, 3, 0]
        );
    }

    #[test]
    fn addresses_need_tls_and_hold_no_password() {
        assert!(check_address("x", "http://127.0.0.1:8545", false).is_ok());
        assert!(check_address("x", "http://10.0.0.1:8545", false).is_err());
        assert!(check_address("x", "http://10.0.0.1:8545", true).is_ok());
        assert!(check_address("x", "https://u:p@node.example", true).is_err());
        assert!(check_address("x", "https://node.example/{key}", false).is_ok());
    }
}
