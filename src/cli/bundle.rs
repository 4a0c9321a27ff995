//! A bundle: a folder with the diagnosis, its report, the recorded answers, and what was asked for.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toml::Table;

use super::check::Flags;
use crate::net::Tape;
use crate::report::{Document, Report, Words, json_text, render_html, render_markdown, render_text};

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
    pub diagnosis: Option<serde_json::Value>,
}

impl Bundle {
    /// Reads a bundle; only `diagnosis.json` may be missing.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let text = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))
        };
        let case = toml::from_str(&text(CASE)?).with_context(|| format!("failed to understand {CASE}"))?;
        let tape = Tape::from_har(&text(EVIDENCE)?).with_context(|| format!("failed to understand {EVIDENCE}"))?;
        let diagnosis = match text(DIAGNOSIS) {
            Ok(json) => Some(serde_json::from_str(&json).with_context(|| format!("failed to understand {DIAGNOSIS}"))?),
            Err(_) => None,
        };
        Ok(Self { case, tape, diagnosis })
    }

    /// The report as it lies on disk.
    pub(super) fn report(folder: &Path) -> Option<String> {
        std::fs::read_to_string(folder.join(REPORT)).ok()
    }
}

/// Refuses a folder in which something else lies.
pub(super) fn check_free(folder: &Path) -> Result<()> {
    let Ok(mut entries) = std::fs::read_dir(folder) else { return Ok(()) };
    let empty = entries.next().is_none();
    let bundle = folder.join(CASE).is_file() && folder.join(EVIDENCE).is_file();
    let shown = folder.display();
    ensure!(
        empty || bundle,
        super::exit::Mistake(format!("{shown} is neither empty nor a bundle; nothing was written"))
    );
    Ok(())
}

/// Writes a bundle.
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
    std::fs::create_dir_all(folder).with_context(|| format!("failed to create {}", folder.display()))?;
    for (name, text) in files {
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
