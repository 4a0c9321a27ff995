//! The list of a bundle's files with their SHA-256, in the form that `sha256sum --check` reads.

use std::path::Path;

use crate::net::sha256_of;

/// The list's own name.
pub(super) const SUMS: &str = "SHA256SUMS";

/// The list of some files, by name.
pub(super) fn list<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut lines: Vec<String> = files.map(|(name, bytes)| line(&sha256_of(bytes), name)).collect();
    lines.sort_by(|a, b| a[64..].cmp(&b[64..]));
    lines.concat()
}

fn line(sum: &str, name: &str) -> String {
    format!("{sum}  {name}\n")
}

/// What a folder's files are by its list.
pub(super) struct Checked {
    /// Files that are as the list says.
    pub same: usize,
    /// What is not as it was, a line each.
    pub changes: Vec<String>,
}

/// Checks the files of a folder against its list, on which each of those known has to be that is there; nothing where it has
/// no list.
pub(super) fn check(folder: &Path, known: &[&str]) -> Option<Checked> {
    let bytes = std::fs::read(folder.join(SUMS)).ok()?;
    let mut checked = Checked { same: 0, changes: Vec::new() };
    let Ok(text) = String::from_utf8(bytes) else {
        checked.changes.push(format!("{SUMS} was altered: it is no text"));
        return Some(checked);
    };
    let mut names = Vec::new();
    let is_plain = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    for (sum, name) in text.lines().filter_map(|line| line.split_once("  ")).filter(|(_, name)| is_plain(name)) {
        match std::fs::read(folder.join(name)).map(|bytes| sha256_of(&bytes)) {
            Ok(own) if own == sum => checked.same += 1,
            Ok(_) => checked.changes.push(format!("{name} is not the file that {SUMS} lists")),
            Err(error) => checked.changes.push(format!("{name}, which {SUMS} lists, cannot be read: {error}")),
        }
        names.push((sum, name));
    }
    let listed = |known: &&str| names.iter().any(|(_, name)| name == known);
    for name in known.iter().filter(|name| folder.join(name).exists() && !listed(name)) {
        checked.changes.push(format!("{name} is not on the list {SUMS}"));
    }
    // The list has one way of being written, so that no byte of it is without meaning.
    names.sort_by_key(|(_, name)| *name);
    let written: String = names.iter().map(|(sum, name)| line(sum, name)).collect();
    if written != text || names.is_empty() || !names.iter().all(|(sum, _)| sum.len() == 64) {
        checked.changes.push(format!("{SUMS} was altered: it is not written as a list is"));
    }
    Some(checked)
}
