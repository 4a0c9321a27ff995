//! The map of a ledger: what is checked in, what the configuration lays over it, and how its requests show who sends them.

use std::sync::Arc;

use anyhow::Result;
use serde::Deserialize as _;
use toml::{Table, Value};

use super::layers::{ServiceConfig, explained};
use super::settings::secret;
use crate::cli::exit::Mistake;
use crate::net::{Auth, Keys, Scheme, Service, Signing, nearest};
use crate::sources::ledger::Kind;
use crate::sources::ledger::mapped::{Map, PRESETS};

/// The map of a ledger; nothing where it has none.
pub(super) fn map(part: &ServiceConfig, kind: Option<&Kind>) -> Result<Option<Map>> {
    let Some(kind) = kind.filter(|_| part.map.is_some() || part.preset.is_some()) else { return Ok(None) };
    if kind.name != "http" {
        return Err(Mistake::error(format!("ledger: kind = \"{}\" takes neither `map` nor `preset`", kind.name)));
    }
    let mut table = part.preset.as_deref().map(preset).transpose()?.unwrap_or_default();
    over(&mut table, part.map.clone().unwrap_or_default());
    let read = Map::deserialize(Value::Table(table)).map_err(|error| wrong(&explained(&error.to_string())))?;
    match read.mistake() {
        Some(what) => Err(Mistake::error(format!("ledger.map.{what}"))),
        None => Ok(Some(read)),
    }
}

/// A mistake in the grammar, with the key that it is at.
fn wrong(message: &str) -> anyhow::Error {
    let (what, key) = message.trim_end().rsplit_once("\nin `").unwrap_or((message, ""));
    let (key, hint) = key.split_once('`').unwrap_or((key, ""));
    let dot = if key.is_empty() { "" } else { "." };
    Mistake::error(format!("ledger.map{dot}{key}: {}{hint}", what.trim_end()))
}

fn preset(name: &str) -> Result<Table> {
    let names = || PRESETS.iter().map(|(name, _)| *name);
    let near = || nearest(name, names()).unwrap_or_default();
    let unknown = || Mistake::error(format!("ledger.preset: there is no `{name}`; did you mean `{}`?", near()));
    let (_, text) = PRESETS.iter().find(|(own, _)| *own == name).ok_or_else(unknown)?;
    toml::from_str(text).map_err(|error| Mistake::error(format!("ledger.preset: {error}")))
}

/// Tables join, everything else is replaced.
fn over(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => over(below, above),
            (_, value) => drop(below.insert(key, value)),
        }
    }
}

/// How requests show who sends them, where the map says it.
pub(super) fn show(spec: &mut Service, map: &Map, part: &ServiceConfig) -> Result<()> {
    let missing = |what: &str| Mistake::error(format!("ledger: `{what}_env` or `{what}_file` is missing"));
    let key = secret(part.key_env.as_ref(), part.key_file.as_ref());
    let own = || secret(part.secret_env.as_ref(), part.secret_file.as_ref()).ok_or_else(|| missing("secret"));
    if let Some(scheme) = map.scheme() {
        let signs = own()?;
        let key = match &scheme {
            Scheme::Hmac(_) => key.ok_or_else(|| missing("key"))?,
            // Who signs is told by name, not by a key.
            Scheme::Jws(_) => signs.clone(),
        };
        let passphrase = secret(part.passphrase_env.as_ref(), part.passphrase_file.as_ref());
        spec.auth = Auth::Signed(Keys { key, secret: signs, passphrase, sign: Signing::Described(Arc::new(scheme)) });
        spec.key = None;
    } else if let Some(header) = map.key_header() {
        let key = key.ok_or_else(|| missing("key"))?;
        let name = header.name.as_str();
        spec.auth = match (name.eq_ignore_ascii_case("authorization"), header.before.as_str()) {
            (true, before) => Auth::Scheme(before.to_owned().into(), key),
            (false, "") => Auth::Header(name.to_owned().into(), key),
            (false, _) => return Err(Mistake::error("ledger.map.header.before: only Authorization has words before")),
        };
        spec.key = None;
    }
    Ok(())
}
