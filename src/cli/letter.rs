//! `--audience`: the report for other readers than staff.

use anyhow::{Context as _, Result};

use super::ReportFormat;
use super::check::{Flags, Opened, language};
use super::config;
use super::exit::Mistake;
use crate::profile::Profile;
use crate::report::{
    Document, Language, Letter, Words, json_text, render_letter_html, render_letter_markdown, render_letter_text,
};
use crate::sleuth::Investigation;

/// Refuses what makes no sense together, before anybody is asked.
pub(super) fn check_possible(flags: &Flags) -> Result<()> {
    let Some(to) = &flags.to else { return Ok(()) };
    if flags.audience.as_deref() != Some("platform") {
        return Err(Mistake::error("--to needs --audience platform"));
    }
    config::profile(to).map(|_| ())
}

/// Whether the report is for somebody outside.
pub(super) fn is_asked_for(flags: &Flags) -> bool {
    matches!(flags.audience.as_deref(), Some("customer" | "platform"))
}

/// The letter that is asked for; nothing for staff, who read the report.
pub(super) fn of(opened: &Opened, investigation: &Investigation, document: &Document) -> Result<Option<Letter>> {
    let flags = &opened.case.flags;
    let words = |language| Words::of(language).in_zone(opened.settings.zone.clone());
    match flags.audience.as_deref() {
        Some("customer") => {
            let language = language(opened, investigation);
            Ok(Some(Letter::to_customer(document, language, &words(language))))
        }
        Some("platform") => {
            let named = flags.to.as_deref().map(config::profile).transpose()?.flatten();
            // The configuration's profile is that of the platform where the account is.
            let usual = opened.settings.profile.as_ref().filter(|_| Letter::concerns_account(document));
            let profile = named.as_ref().or(usual);
            let language = desk_language(flags, profile, opened.settings.language);
            let document = without_own_explorers(document);
            Ok(Some(Letter::to_platform(&document, profile, language, &words(language))))
        }
        _ => Ok(None),
    }
}

/// The document without links that may lead into the house: whether an explorer that a configuration names is anybody's
/// to see, nobody can tell from its name, and a desk finds a transaction by its identifier.
fn without_own_explorers(document: &Document) -> Document {
    let mut document = document.clone();
    for tx in &mut document.transactions {
        tx.explorer = tx.explorer.take().filter(|link| config::is_built_in_link(link));
    }
    document
}

/// The language of a desk: the one asked for where the desk reads it, else the first that it reads; of a desk that has no
/// profile, the one asked for or the configuration's.
fn desk_language(flags: &Flags, profile: Option<&Profile>, usual: Language) -> Language {
    let asked = flags.lang.as_deref().and_then(Language::of);
    let Some(profile) = profile else { return asked.unwrap_or(usual) };
    let read: Vec<Language> = profile.languages.iter().filter_map(|tag| Language::of(tag)).collect();
    asked.filter(|language| read.contains(language)).or(read.first().copied()).unwrap_or(usual)
}

/// The letter as it is printed.
pub(super) fn rendered(letter: &Letter, format: ReportFormat, width: u16, colour: bool) -> Result<String> {
    Ok(match format {
        ReportFormat::Text => render_letter_text(letter, width, colour),
        ReportFormat::Markdown => render_letter_markdown(letter),
        ReportFormat::Html => render_letter_html(letter),
        ReportFormat::Json => {
            let json = serde_json::to_string_pretty(letter).context("failed to write the letter")?;
            json_text(&json) + "\n"
        }
    })
}
