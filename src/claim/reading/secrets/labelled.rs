//! Secrets that are told only by what they are called: passwords, codes, API keys.

use std::ops::Range;

use super::{Found, SecretKind};
use crate::claim::reading::lexicon::{self, Hit, Sense};
use crate::claim::reading::page::Page;
use crate::claim::reading::patterns::Pattern;

/// Adds every secret behind its name.
pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    for hit in page.hits() {
        let kind = match hit.sense {
            Sense::Password => SecretKind::Password,
            Sense::Totp => SecretKind::TotpSecret,
            Sense::ApiKey => SecretKind::ApiKey,
            Sense::Code => SecretKind::Code,
            // APIs name theirs like a wallet's.
            Sense::Key if page.text()[hit.start..hit.end].to_ascii_lowercase().starts_with("secret") => {
                SecretKind::ApiKey
            }
            // That of an API is a password; a wallet's is made of words.
            Sense::Phrase if page.text()[hit.start..hit.end].eq_ignore_ascii_case("passphrase") => SecretKind::Password,
            _ => continue,
        };
        if let Some(range) = value(page, hit, kind) {
            // What the secret is asked for may be the code that it makes.
            let code = kind == SecretKind::TotpSecret && is_code(&page.text()[range.clone()]);
            found.push(Found { range, kind: if code { SecretKind::Code } else { kind } });
        }
    }
}

/// Seeds of one-time codes, in base32 as apps show them, with or without groups.
static SEED: Pattern =
    Pattern::new(r"(?-u:\b)(?:[A-Z2-7]{4}[ -]){3,15}[A-Z2-7]{4}(?-u:\b)|(?-u:\b)[A-Z2-7]{16,40}(?-u:\b)");

/// How far from a seed its name may stand, in bytes.
const NEAR: usize = 160;

/// Adds every password behind the mail address that it goes with: "bob@example.com / Winter!2026".
pub(super) fn find_logins(page: &Page, found: &mut Vec<Found>) {
    static LOGIN: Pattern =
        Pattern::holding(&["@"], r"(?i-u)[a-z0-9._%+-]@(?:[a-z0-9-]+\.)+[a-z]{2,24} ?[/|:] ?(?P<value>[!-~]{6,40})");
    for login in LOGIN.all_parts(page.text()) {
        let Some(value) = login.name("value") else { continue };
        let text = value.as_str().trim_end_matches(['.', ',', ';', ')', '"']);
        let sign = text.contains(['!', '#', '$', '%', '^', '&', '*', '~', '@']);
        if sign && !text.contains("://") && is_password(text, false, true) {
            found.push(Found { range: value.start()..value.start() + text.len(), kind: SecretKind::Password });
        }
    }
}

/// Adds the seeds of one-time codes that stand near what they are for.
pub(super) fn find_seeds(page: &Page, found: &mut Vec<Found>) {
    let about = |sense: Sense| matches!(sense, Sense::Totp | Sense::Code);
    for seed in SEED.all(page.text()) {
        let text = &page.text()[seed.clone()];
        let mixed = text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().any(|b| b.is_ascii_uppercase());
        let named = lexicon::before(page.hits(), seed.start, NEAR).any(|hit| about(hit.sense))
            || lexicon::after(page.hits(), seed.end, NEAR / 2).any(|hit| about(hit.sense));
        if mixed && named {
            found.push(Found { range: seed, kind: SecretKind::TotpSecret });
        }
    }
}

/// What stands behind a name: how it is joined to it, and the value.
static JOINED: Pattern = Pattern::new(concat!(
    r#"^(?P<join>["'`*\])]{0,4}[ \t]*(?:(?:code|key|secret|number|码|号|번호)[ \t]*)?(?:(?:for|of|to|i|I|we|on|at|that) [a-zA-Z ]{1,28}?(?:[:=]|(?-u:\b)is(?-u:\b)|(?-u:\b)was(?-u:\b))|:|=|->|=>|→|(?-u:\b)is(?-u:\b)|(?-u:\b)was(?-u:\b)|(?-u:\b)is:|是|为|為|는|은|이|가)?[ \t]*(?::|=)?[ \t\n]{0,3}["'`*(\[]{0,4})"#,
    r"(?P<value>[!-~]{4,200})",
));

fn value(page: &Page, hit: &Hit, kind: SecretKind) -> Option<Range<usize>> {
    let after = page.after(hit.end, 260);
    let found = JOINED.parts(after)?;
    let (join, value) = (found.name("join")?, found.name("value")?);
    let text = value.as_str().trim_end_matches(['.', ',', ';', ')', ']', '"', '\'', '`', '*', '}', '?']);
    let explicit = join.as_str().contains([':', '=', '是', '为', '為'])
        || join.as_str().contains("->")
        || join.as_str().contains('→');
    let pin = page.text()[hit.start..hit.end].to_ascii_lowercase().starts_with("pin");
    let verb = [" is", " was", "는", "은", "이", "가"].iter().any(|word| join.as_str().contains(word));
    let broken = join.as_str().contains('\n') && !explicit;
    let fits = !broken
        && match kind {
            SecretKind::Password if hit.sense == Sense::Phrase => {
                explicit && is_password(text, false, true) && text.bytes().any(|b| b.is_ascii_digit())
            }
            SecretKind::Password if pin && is_code(text) => true,
            // A figure right behind a password's name is one; with more between it may count something.
            SecretKind::Password if text.len() == 6 && is_code(text) && join.as_str().trim().is_empty() => true,
            SecretKind::Password => is_password(text, explicit, explicit || verb),
            SecretKind::TotpSecret => is_totp(text) || is_code(text),
            SecretKind::Code => is_code(text) || explicit && is_word_with_digit(text) && text.len() <= 16,
            _ => is_api_key(text),
        };
    let start = hit.end + value.start();
    fits.then_some(start..start + text.len())
}

/// Four to eight figures.
fn is_code(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_word_with_digit(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric()) && text.bytes().any(|b| b.is_ascii_digit())
}

/// Words that follow "password" without being one.
const NO_PASSWORDS: &[&str] = &[
    "null",
    "none",
    "forgot",
    "forgotten",
    "wrong",
    "incorrect",
    "reset",
    "unknown",
    "changed",
    "correct",
    "required",
    "invalid",
    "error",
    "n/a",
    "lost",
    "expired",
    "strong",
    "weak",
    "here",
    "below",
    "hidden",
    "removed",
    "****",
    "xxxx",
    "******",
    "********",
    "[removed",
    "never",
    "same",
    "nothing",
    "please",
    "works",
    "okay",
    "will",
    "cannot",
    "enabled",
    "disabled",
    "success",
    "passed",
    "failed",
    "with",
    "this",
    "that",
    "your",
    "from",
    "just",
    "still",
    "also",
    "have",
    "been",
    "does",
    "didn't",
    "doesn't",
    "can't",
];

fn is_password(text: &str, explicit: bool, joined: bool) -> bool {
    let lower = text.to_ascii_lowercase();
    let hidden = text.chars().all(|c| matches!(c, '*' | 'x' | 'X' | '.' | '-' | '_'));
    if text.len() < 4 || hidden || NO_PASSWORDS.contains(&lower.as_str()) || lower.starts_with("http") {
        return false;
    }
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let letter = text.bytes().any(|b| b.is_ascii_alphabetic());
    let sign = text.bytes().any(|b| b.is_ascii_punctuation() && !matches!(b, b'\'' | b'-' | b',' | b'/' | b'.'));
    let mixed = letter && (digit || sign);
    explicit || joined && (mixed || digit) || mixed && digit && text.len() >= 6
}

fn is_totp(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let base32 =
        (16..=64).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b));
    let code = (8..=64).contains(&bare.len()) && is_word_with_digit(&bare);
    base32 || code
}

fn is_api_key(text: &str) -> bool {
    let key = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'+' | b'/' | b'=' | b'.' | b':');
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let letter = text.bytes().any(|b| b.is_ascii_alphabetic());
    text.len() >= 12 && text.bytes().all(key) && digit && letter && !text.starts_with("http")
}
