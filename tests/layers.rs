//! Who may import whom, and where each external crate lives. These tables are their only source.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::repository;

/// What each part of `src` may import of the crate. The longest matching part counts.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("terms", &["terms"]),
    ("subject", &["terms"]),
    ("claim", &["terms", "subject", "claim", "evidence"]),
    ("claim/reading", &["terms", "subject", "claim"]),
    ("evidence", &["terms", "evidence"]),
    ("inquiry", &["terms", "subject", "claim", "evidence"]),
    ("diagnosis", &["terms", "claim", "evidence", "inquiry", "diagnosis"]),
    ("profile", &["terms", "diagnosis", "profile"]),
    ("report", &["terms", "subject", "claim", "evidence", "inquiry", "diagnosis", "profile", "net", "report"]),
    ("net", &["terms", "net"]),
    ("sources", &["terms", "claim", "evidence", "net", "sources"]),
    ("sleuth", &["terms", "subject", "claim", "evidence", "inquiry", "diagnosis", "net", "sources"]),
    (
        "cli",
        &["terms", "subject", "claim", "inquiry", "diagnosis", "profile", "report", "net", "sources", "sleuth", "cli"],
    ),
    ("lib", &[]),
    ("main", &[]),
];

/// Crates that live in one place only.
const LIVES_IN: &[(&str, &[&str])] = &[
    ("reqwest", &["net/live.rs"]),
    ("rustls", &["net/live.rs"]),
    ("backon", &["net/live.rs"]),
    ("governor", &["net/host.rs"]),
    ("quick_cache", &["net/memory.rs"]),
    ("foldhash", &["net/", "terms/family/evm.rs"]),
    ("mimalloc", &["main.rs"]),
    ("csv", &["cli/batch/", "cli/stats.rs"]),
    ("csv_core", &["cli/batch/records.rs"]),
    ("indicatif", &["cli/batch/progress.rs"]),
    ("hmac", &["net/signing.rs"]),
    ("secrecy", &["net/live.rs", "net/service.rs", "cli/env.rs"]),
    ("askama", &["report/page/"]),
    ("unicode_width", &["report/page/lettering.rs"]),
    ("comfy_table", &["report/text.rs"]),
    ("fluent_bundle", &["report/words.rs"]),
    ("bigdecimal", &["terms/amount.rs"]),
    ("bitcoin", &["terms/", "subject/", "claim/reading/checksums.rs", "sources/chain/"]),
    ("bech32", &["terms/family/bitcoin/", "claim/reading/checksums.rs"]),
    ("data_encoding", &["net/mod.rs", "terms/family/", "claim/reading/checksums.rs", "sources/chain/"]),
    ("bip39", &["claim/reading/secrets/phrase.rs"]),
    ("html5gum", &["claim/reading/html.rs"]),
    ("ethers", &["terms/address.rs", "terms/family/evm.rs", "sources/chain/evm", "sources/chain/tron/effects.rs"]),
    ("regex", &["claim/reading/patterns.rs", "claim/reading/times.rs", "subject/mod.rs", "sleuth.rs", "cli/"]),
    ("ring", &["net/live.rs", "net/scheme.rs", "sources/chain/solana/"]),
    ("alloy_trie", &["sources/chain/evm/proof.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/generate.rs"]),
    ("clap_mangen", &["cli/generate.rs"]),
    ("anyhow", &["cli/", "net/tape.rs"]),
    ("mail_parser", &["sources/desk/", "claim/reading/mod.rs"]),
    ("toml", &["cli/", "profile/"]),
    ("tokio", &["net/", "cli/mod.rs", "cli/env.rs", "cli/batch/crew.rs", "cli/batch/worker.rs"]),
];

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let part = MAY_IMPORT.iter().filter(|(part, _)| belongs(&file, part)).max_by_key(|(part, _)| part.len());
        let (_, allowed) = part.unwrap_or_else(|| panic!("{file} belongs to no part"));
        for module in imported(&text) {
            if !allowed.contains(&module.as_str()) {
                wrong.push(format!("{file} imports {module}"));
            }
        }
        if text.contains("super::super") {
            wrong.push(format!("{file} climbs with super::super"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn external_crates_live_where_they_belong() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (name, places) in LIVES_IN {
            let used = text.lines().any(|line| uses(line, name));
            if used && !places.iter().any(|place| file.starts_with(place)) {
                wrong.push(format!("{file} uses {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Families of networks are known by name to what reads their chains and to the rules about them; everybody else asks
/// for their traits. Bridges are contracts of one family.
#[test]
fn nobody_else_learns_the_name_of_a_family() {
    let allowed =
        ["terms/", "sources/chain/", "diagnosis/rules/", "cli/config/bridges.rs", "claim/reading/checksums.rs"];
    for (file, text) in sources().iter().filter(|(file, _)| !allowed.iter().any(|place| file.starts_with(place))) {
        for name in ["Bitcoin", "Evm", "Tron", "Xrpl", "Solana", "Ton"] {
            let named = [format!(" Family::{name}"), format!("(Family::{name}"), format!("ChainIdentity::{name}")];
            assert!(!named.iter().any(|named| text.contains(named.as_str())), "{file} names {name}");
        }
    }
}

/// The connectors, which live beside what they share.
const CONNECTORS: &[&str] =
    &["http", "okx", "binance", "mexc", "bithumb", "folder", "zendesk", "freshdesk", "zammad", "jira", "rt"];

/// Nothing but a note for a ticket changes anything outside: one way through the door, used by desks alone.
#[test]
fn only_desks_write() {
    for (file, text) in sources() {
        let allowed = file.starts_with("sources/desk/") || file.starts_with("net/");
        let writes = text.contains("net.write(") || text.contains("Writing {");
        assert!(allowed || !writes, "{file} writes");
    }
    for (file, text) in sources().iter().filter(|(file, _)| file.starts_with("cli/") && *file != "cli/attach.rs") {
        assert!(!text.contains("desk::attach"), "{file} attaches notes");
    }
}

#[test]
fn connectors_do_not_know_each_other() {
    for (file, text) in sources() {
        let Some(connector) = ["sources/ledger/", "sources/desk/"].iter().find_map(|p| file.strip_prefix(p)) else {
            continue;
        };
        let others = CONNECTORS.iter().filter(|other| connector != format!("{other}.rs") && connector != "mod.rs");
        for other in others {
            assert!(!text.contains(&format!("super::{other}::")), "{file} imports its sibling {other}");
        }
    }
}

#[test]
fn the_map_of_the_library_names_every_part() {
    let map = std::fs::read_to_string(repository().join("src/lib.rs")).unwrap();
    for (file, _) in sources() {
        let top = file.split('/').next().unwrap();
        assert!(map.contains(top), "src/lib.rs does not mention {top}");
    }
}

/// Every file of `src` by its path below it, without its tests and comments.
fn sources() -> BTreeMap<String, String> {
    let root = repository().join("src");
    let mut found = BTreeMap::new();
    collect(&root, &root, &mut found);
    found
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    let entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in entries {
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(name, lines.collect::<Vec<_>>().join("\n"));
        }
    }
}

fn belongs(file: &str, part: &str) -> bool {
    file == format!("{part}.rs") || file.starts_with(&format!("{part}/"))
}

/// The crate's own modules that a text names by `crate::`.
fn imported(text: &str) -> Vec<String> {
    let paths = text.split("crate::").skip(1);
    paths.map(|rest| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect()).collect()
}

fn uses(line: &str, name: &str) -> bool {
    let mut rest = line;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().next_back();
        let after = &rest[at + name.len()..];
        let alone = !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '"' || c == '.');
        if alone && after.starts_with("::") {
            return true;
        }
        rest = &rest[at + name.len()..];
    }
    false
}
