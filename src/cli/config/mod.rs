//! Configuration: built-in networks, then an exchange's profile, then the file, then the environment, then flags; each
//! setting remembers where it came from.

mod bridges;
mod layers;
mod maps;
mod operators;
mod profiles;
mod settings;

pub(super) use layers::{Config, Layers, Origin};
pub(super) use profiles::find as profile;
pub(super) use settings::Settings;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::env::Env;
use super::exit::Mistake;

/// The networks that serve without any configuration.
const BUILT_IN: &str = include_str!("../networks.toml");

/// Whether an address is one of a source that the program itself names, so that it says nothing about who uses it.
pub(super) fn is_built_in(address: &str) -> bool {
    let config: Config = toml::from_str(BUILT_IN).unwrap_or_default();
    let mut sources = config.network.values().flat_map(|network| &network.sources);
    sources.any(|source| source.url.as_deref() == Some(address))
}

/// Whether a link to a transaction is one to an explorer that the program itself names.
pub(super) fn is_built_in_link(link: &str) -> bool {
    let config: Config = toml::from_str(BUILT_IN).unwrap_or_default();
    let mut patterns = config.network.values().filter_map(|network| network.explorer.as_deref());
    patterns.any(|pattern| pattern.split_once("{txid}").is_some_and(|(start, _)| link.starts_with(start)))
}

/// Reads every layer for a live run.
pub(super) fn load(env: &Env, flag: Option<&Path>) -> Result<Layers> {
    let mut layers = Layers::default();
    layers.add(BUILT_IN, Origin::BuiltIn)?;
    let mut own = Layers::default();
    let file = file(env, flag);
    let text = file.as_deref().map(read).transpose()?;
    let given = text.as_deref().zip(file);
    if let Some((text, path)) = &given {
        own.add(text, Origin::File(path.clone())).with_context(|| format!("failed to use {}", path.display()))?;
    }
    let own = own.config()?;
    if let Some(profile) = profiles::named(&own, &env.vars)? {
        layers.add_profile(profiles::layer(&profile, &layers.config()?, &own), &profile.name);
    }
    if let Some((text, path)) = given {
        layers.add(text, Origin::File(path))?;
    }
    layers.add_variables(&env.vars)?;
    layers.forget_unnamed_networks();
    Ok(layers)
}

fn read(path: &Path) -> Result<String> {
    let wrong = |error| Mistake::error(format!("failed to read the configuration {}: {error}", path.display()));
    std::fs::read_to_string(path).map_err(wrong)
}

/// The file to read: the flag's, the variable's, the working directory's, the user's.
fn file(env: &Env, flag: Option<&Path>) -> Option<PathBuf> {
    let named = flag.map(Path::to_path_buf).or_else(|| env.vars.get("TXSLEUTH_CONFIG").map(PathBuf::from));
    if let Some(path) = named {
        return Some(env.path(&path));
    }
    let home = env.vars.get("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = home.or_else(|| env.vars.get("HOME").map(|home| Path::new(home).join(".config")));
    let usual = [Some(env.path(Path::new("txsleuth.toml"))), home.map(|home| home.join("txsleuth/config.toml"))];
    usual.into_iter().flatten().find(|path| path.is_file())
}
