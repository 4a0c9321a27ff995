//! A bundle: a folder with the diagnosis, its report, the recorded answers, and what was asked for. One for a reader outside
//! holds the letter, and of all the rest what the chain has answered about its transaction.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use toml::Table;

use super::check::Flags;
use super::letter;
use super::sums::{self, Checked, SUMS};
use super::{ReportFormat, exit::Mistake};
use crate::net::Tape;
use crate::report::{ChainPart, Document, Letter, Report, Words, json_text, render_html, render_markdown, render_text};

/// The recorded answers.
const EVIDENCE: &str = "evidence.har";
/// What was asked for.
const CASE: &str = "case.toml";
/// The diagnosis.
const DIAGNOSIS: &str = "diagnosis.json";
/// The report for people.
const REPORT: &str = "report.txt";

/// The report for a ticket desk.
const NOTE: &str = "report.md";
/// The report as a page; no fixture has it, since it follows from the rest.
const PAGE: &str = "report.html";
/// In a bundle for outside: what the answers show, in the place of the diagnosis.
const CHAIN: &str = "chain.json";
/// In a bundle for outside: the letter.
const LETTER: &str = "letter.json";

/// The files of a bundle for staff.
const INSIDE: [&str; 6] = [CASE, EVIDENCE, DIAGNOSIS, REPORT, NOTE, PAGE];
/// The files of a bundle for a reader outside.
const OUTSIDE: [&str; 7] = [CASE, EVIDENCE, CHAIN, LETTER, REPORT, NOTE, PAGE];

/// `case.toml`: subject, flags, effective configuration without secrets, starting time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    /// What was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When the case was opened.
    pub started: Timestamp,
    /// The flags.
    #[serde(default)]
    pub flags: Flags,
    /// The effective configuration.
    pub config: Table,
}

/// A bundle as it lies on disk.
pub(super) struct Bundle {
    /// What was asked for.
    pub case: Case,
    /// The recorded answers.
    pub tape: Tape,
    /// The diagnosis, word for word.
    pub diagnosis: Option<Value>,
    /// Of a bundle for outside: what the answers showed, and the letter, word for word.
    pub outside: Option<(Value, Value)>,
}

impl Bundle {
    /// Reads a bundle; only `diagnosis.json` may be missing.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let text = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))
        };
        let json = |name: &str| -> Result<Value> {
            serde_json::from_str(&text(name)?).with_context(|| format!("failed to understand {name}"))
        };
        let case = toml::from_str(&text(CASE)?).with_context(|| format!("failed to understand {CASE}"))?;
        let tape = Tape::from_har(&text(EVIDENCE)?).with_context(|| format!("failed to understand {EVIDENCE}"))?;
        let outside = if is_for_outside(folder) { Some((json(CHAIN)?, json(LETTER)?)) } else { None };
        let has_diagnosis = outside.is_none() && folder.join(DIAGNOSIS).exists();
        Ok(Self { case, tape, diagnosis: has_diagnosis.then(|| json(DIAGNOSIS)).transpose()?, outside })
    }

    /// The report as it lies on disk.
    pub(super) fn report(folder: &Path) -> Option<String> {
        std::fs::read_to_string(folder.join(REPORT)).ok()
    }
}

/// What became of the files of a bundle; nothing where no list of them was written.
pub(super) fn files(folder: &Path) -> Option<Checked> {
    sums::check(folder, if is_for_outside(folder) { &OUTSIDE } else { &INSIDE })
}

/// Whether a folder holds a bundle for a reader outside.
pub(super) fn is_for_outside(folder: &Path) -> bool {
    folder.join(CHAIN).is_file() || folder.join(LETTER).is_file()
}

/// Refuses a folder in which something else lies. What is written for a reader outside never comes to lie beside what is
/// internal.
pub(super) fn check_free(folder: &Path, for_outside: bool) -> Result<()> {
    let Ok(mut entries) = std::fs::read_dir(folder) else { return Ok(()) };
    let empty = entries.next().is_none();
    let bundle = folder.join(CASE).is_file() && folder.join(EVIDENCE).is_file();
    let shown = folder.display();
    ensure!(empty || bundle, Mistake(format!("{shown} is neither empty nor a bundle; nothing was written")));
    let mut entries = std::fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let pure = is_for_outside(folder) && entries.all(|name| name == SUMS || OUTSIDE.contains(&name.as_str()));
    let other = if for_outside { !pure } else { is_for_outside(folder) };
    ensure!(
        empty || !other,
        Mistake(format!("{shown} holds a bundle for other readers, or more than a bundle; nothing was written"))
    );
    Ok(())
}

/// Writes a bundle for staff.
pub(super) fn write(folder: &Path, case: &Case, tape: &Tape, document: &Document, words: &Words) -> Result<()> {
    let report = Report::new(document, words);
    let files = [
        (CASE, toml::to_string(case).context("failed to write the case")?),
        (EVIDENCE, tape.to_har()?),
        (DIAGNOSIS, json(document)?),
        (REPORT, render_text(&report, 80, false)),
        (NOTE, render_markdown(&report)),
        (PAGE, render_html(document, words)),
    ];
    save(folder, files)
}

/// Writes a bundle for a reader outside. What the letter asks of its sender is no part of it.
pub(super) fn write_outside(folder: &Path, case: &Case, tape: &Tape, chain: &ChainPart, letter: &Letter) -> Result<()> {
    let letter = Letter { before_sending: None, ..letter.clone() };
    let chain = serde_json::to_string_pretty(chain).context("failed to write what the chain shows")?;
    let files = [
        (CASE, toml::to_string(case).context("failed to write the case")?),
        (EVIDENCE, tape.to_har()?),
        (CHAIN, json_text(&chain) + "\n"),
    ];
    save(folder, files.into_iter().chain(told(&letter)?))
}

/// The files that tell a letter.
fn told(letter: &Letter) -> Result<[(&'static str, String); 4]> {
    let told = |format| letter::rendered(letter, format, 80, false);
    Ok([
        (LETTER, told(ReportFormat::Json)?),
        (REPORT, told(ReportFormat::Text)?),
        (NOTE, told(ReportFormat::Markdown)?),
        (PAGE, told(ReportFormat::Html)?),
    ])
}

/// The files that do not tell a letter as it is told.
pub(super) fn not_telling(folder: &Path, letter: &Letter) -> Result<Vec<&'static str>> {
    let differs =
        |(name, text): &(&str, String)| std::fs::read(folder.join(name)).ok().as_deref() != Some(text.as_bytes());
    Ok(told(letter)?.into_iter().filter(differs).map(|(name, _)| name).collect())
}

/// Writes files, and the list by which a changed one is found.
fn save(folder: &Path, files: impl IntoIterator<Item = (&'static str, String)>) -> Result<()> {
    let files: Vec<_> = files.into_iter().collect();
    std::fs::create_dir_all(folder).with_context(|| format!("failed to create {}", folder.display()))?;
    let sums = sums::list(files.iter().map(|(name, text)| (*name, text.as_bytes())));
    for (name, text) in files.into_iter().chain([(SUMS, sums)]) {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(())
}

/// The document as it is printed and stored.
pub(super) fn json(document: &Document) -> Result<String> {
    let json = serde_json::to_string_pretty(document).context("failed to write the document")?;
    Ok(json_text(&json) + "\n")
}
