//! What must never be stored, sent or printed: keys, phrases, passwords, codes; and what is nobody's business.

mod keys;
mod labelled;
mod personal;
mod phrase;

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use super::page::{Page, Part, Span};
use super::patterns::Pattern;
use super::voices::Voice;
use super::{Format, html};

/// What kind of secret or personal datum it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecretKind {
    /// A wallet's recovery phrase.
    SeedPhrase,
    /// A private key: hex, WIF, extended, or a network's own form.
    PrivateKey,
    /// An encrypted key file.
    Keystore,
    /// An API key or secret.
    ApiKey,
    /// A session's token: JWT, bearer.
    Token,
    /// A password.
    Password,
    /// What one-time codes are made from.
    TotpSecret,
    /// A one-time code.
    Code,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number of an identity document.
    IdNumber,
    /// A payment card's or bank account's number.
    Card,
}

const KINDS: &[(SecretKind, &str)] = &[
    (SecretKind::SeedPhrase, "[removed:seed-phrase]"),
    (SecretKind::PrivateKey, "[removed:private-key]"),
    (SecretKind::Keystore, "[removed:keystore]"),
    (SecretKind::ApiKey, "[removed:api-key]"),
    (SecretKind::Token, "[removed:token]"),
    (SecretKind::Password, "[removed:password]"),
    (SecretKind::TotpSecret, "[removed:totp-secret]"),
    (SecretKind::Code, "[removed:code]"),
    (SecretKind::Email, "[removed:email]"),
    (SecretKind::Phone, "[removed:phone]"),
    (SecretKind::IdNumber, "[removed:id-number]"),
    (SecretKind::Card, "[removed:card]"),
];

impl SecretKind {
    /// What stands in a text in its place.
    pub fn marker(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("[removed]", |(_, marker)| marker)
    }

    /// The name in documents, which stands in the marker as well.
    pub fn name(self) -> &'static str {
        self.marker().trim_start_matches("[removed:").trim_end_matches(']')
    }

    /// Whether it opens something, so that whoever wrote it has to be warned; the rest is personal.
    pub fn is_secret(self) -> bool {
        !matches!(self, Self::Code | Self::Email | Self::Phone | Self::IdNumber | Self::Card)
    }
}

/// A secret or personal datum, by its place alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Secret {
    /// What it is.
    pub kind: SecretKind,
    /// Where it stands.
    pub span: Span,
}

/// A secret where it stands on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    range: Range<usize>,
    kind: SecretKind,
}

/// Times that a page is looked through again for what only shows once something else is gone.
const ROUNDS: usize = 6;

/// The page without its secrets, and where they stood; markers of earlier removals count.
pub(super) fn hide(page: Page) -> (Page, Vec<Secret>) {
    let mut secrets: Vec<Secret> = Vec::new();
    let mut page = page;
    for _ in 0..ROUNDS {
        let found = look(&page);
        if found.is_empty() {
            break;
        }
        let masks: Vec<(Range<usize>, String)> =
            found.iter().map(|secret| (secret.range.clone(), secret.kind.marker().to_owned())).collect();
        page = page.masked(&masks);
    }
    for (kind, range) in markers(page.text()) {
        secrets.push(Secret { kind, span: page.span(&range) });
    }
    (page, secrets)
}

/// The text without its secrets: each is replaced by a marker such as `[removed:seed-phrase]`, which a later reading
/// takes for what it stands for.
pub fn redacted(text: &str, format: Format) -> String {
    let mut text = text.to_owned();
    let is_html = format == Format::Html || format == Format::Guess && html::looks_like(&text);
    for _ in 0..ROUNDS {
        let mut next = text.clone();
        // What HTML shows, then what its source holds: comments, attributes.
        for format in [Format::Html, Format::Text].into_iter().filter(|form| is_html || *form == Format::Text) {
            next = once(&next, format);
        }
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn once(text: &str, format: Format) -> String {
    let part = Part { name: String::new(), label: "", text, format, voice: Voice::Customer };
    let (page, secrets) = hide(Page::of(&[part]));
    drop(page);
    let mut spans: Vec<(usize, usize, &str)> =
        secrets.iter().map(|secret| (secret.span.start, secret.span.end, secret.kind.marker())).collect();
    spans.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end, marker) in spans {
        if start >= at && end <= text.len() {
            out.push_str(&text[at..start]);
            out.push_str(marker);
            at = end;
        }
    }
    out.push_str(&text[at..]);
    out
}

fn markers(text: &str) -> impl Iterator<Item = (SecretKind, Range<usize>)> {
    static MARKER: Pattern = Pattern::holding(&["[removed:"], r"\[removed:[a-z-]{1,20}\]");
    MARKER.all(text).filter_map(|range| {
        let kind = KINDS.iter().find(|(_, marker)| *marker == &text[range.clone()]).map(|(kind, _)| *kind)?;
        Some((kind, range))
    })
}

/// Every secret that stands openly on the page, in order, none over another.
fn look(page: &Page) -> Vec<Found> {
    let mut found = Vec::new();
    phrase::find(page, &mut found);
    keys::find(page, &mut found);
    labelled::find(page, &mut found);
    labelled::find_seeds(page, &mut found);
    labelled::find_logins(page, &mut found);
    personal::find(page, &mut found);
    let text = page.text();
    // A key that is written a second time without its name is the same key.
    let mut again = Vec::new();
    for secret in found.iter().filter(|secret| secret.kind == SecretKind::PrivateKey).take(16) {
        let key = text[secret.range.clone()].trim_start_matches("0x").trim_start_matches("0X");
        let repeated = keys::runs(text).filter(|run| run.len() >= key.len() && key.len() >= 25);
        for run in repeated.filter(|run| text[run.clone()].to_ascii_lowercase().ends_with(&key.to_ascii_lowercase())) {
            again.push(Found { range: run, kind: SecretKind::PrivateKey });
        }
    }
    found.extend(again);
    let hidden: Vec<Range<usize>> = markers(text).map(|(_, range)| range).collect();
    let clear = |range: &Range<usize>| {
        let next = hidden.partition_point(|marker| marker.end <= range.start);
        hidden.get(next).is_none_or(|marker| marker.start >= range.end)
    };
    found.retain(|secret| !secret.range.is_empty() && clear(&secret.range));
    found.sort_by_key(|secret| (secret.range.start, std::cmp::Reverse(secret.range.end)));
    let mut apart: Vec<Found> = Vec::new();
    for secret in found {
        match apart.last_mut() {
            Some(last) if secret.range.start < last.range.end => last.range.end = last.range.end.max(secret.range.end),
            _ => apart.push(secret),
        }
    }
    apart
}
