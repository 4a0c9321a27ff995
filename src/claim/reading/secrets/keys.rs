//! Keys that are told by their form, and hexadecimal ones by what they are called.

use std::ops::Range;

use super::{Found, SecretKind};
use crate::claim::reading::checksums;
use crate::claim::reading::lexicon::{self, Sense};
use crate::claim::reading::page::Page;
use crate::claim::reading::patterns::Pattern;

/// Forms that nothing else has: JSON web tokens, tokens of well-known services, key files.
static FORMS: [(SecretKind, Pattern); 5] = [
    (
        SecretKind::Token,
        Pattern::holding(&["eyJ"], r"(?-u:\b)eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    ),
    (SecretKind::Token, Pattern::holding(&[":AA"], r"(?-u:\b)[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?-u:\b)")),
    (
        SecretKind::ApiKey,
        Pattern::holding(
            &["AKIA", "gh", "sk_", "sk-", "xox"],
            r"(?-u:\b)(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|sk_(?:live|test)_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{20,}|xox[abps]-[A-Za-z0-9-]{10,})",
        ),
    ),
    (
        SecretKind::Keystore,
        Pattern::holding(&["\""], r#"(?i-u)"(?:ciphertext|mac|salt|iv)"\s*:\s*"(?:0x)?[0-9a-f]{16,}""#),
    ),
    (SecretKind::TotpSecret, Pattern::holding(&["otpauth://"], "otpauth://[!-~]+")),
];

/// Adds every key on the page.
pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    let text = page.text();
    for (kind, form) in &FORMS {
        found.extend(form.all(text).map(|range| Found { range, kind: *kind }));
    }
    let lists = key_files(text).chain(byte_lists(text));
    found.extend(lists.map(|range| Found { range, kind: SecretKind::PrivateKey }));
    for run in runs(text) {
        let key = &text[run.clone()];
        if checksums::is_private_key(key) || is_key_by_name(page, &run) {
            found.push(Found { range: run, kind: SecretKind::PrivateKey });
        }
    }
}

/// Key files as OpenSSL writes them, whole or without their end.
fn key_files(text: &str) -> impl Iterator<Item = Range<usize>> {
    const BEGIN: &str = "-----BEGIN ";
    text.match_indices(BEGIN).filter_map(|(start, begin)| {
        let (title, body) = text[start + begin.len()..].split_once("-----")?;
        let titled = title.len() <= 40 && title.ends_with("PRIVATE KEY");
        let inner = |b: &u8| b.is_ascii_alphanumeric() || b.is_ascii_whitespace() || matches!(b, b'+' | b'/' | b'=');
        let length = body.bytes().take_while(inner).count();
        let end = body[length..].strip_prefix("-----END ").and_then(|rest| Some(rest.find("-----")? + 14));
        let body_at = start + begin.len() + title.len() + 5;
        let end = body_at + length + end.filter(|end| *end <= 54).unwrap_or(0);
        titled.then(|| start..start + text[start..end].trim_end().len())
    })
}

/// Keys as lists of their bytes, which some wallets export.
fn byte_lists(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('[').filter_map(|(start, _)| {
        let inner = |b: &u8| b.is_ascii_digit() || b.is_ascii_whitespace() || *b == b',';
        let length = text[start + 1..].bytes().take_while(inner).count();
        let list = &text[start + 1..start + 1 + length];
        let is_byte = |part: &str| part.trim().parse::<u8>().is_ok();
        let closed = text[start + 1 + length..].starts_with(']') && (60..2000).contains(&length);
        let many = closed && (32..=128).contains(&list.split(',').count());
        (many && list.split(',').all(is_byte)).then(|| start..start + length + 2)
    })
}

/// Runs of letters and digits that are long enough for a key.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    // A number that a narrow column has broken stays one.
    static RUN: Pattern =
        Pattern::new(r"(?:0[xX])?[0-9a-fA-F]{16,63}[ \t]*\n[ \t>]*[0-9a-fA-F]{1,48}(?-u:\b)|[A-Za-z0-9]{25,}");
    let whole = |range: &Range<usize>| {
        let digits = text[range.clone()].chars().filter(char::is_ascii_alphanumeric).count();
        !text[range.clone()].contains('\n') || matches!(digits, 64 | 66)
    };
    // Where a broken line turns out to be two things, each is looked at by itself.
    RUN.all(text).flat_map(move |range| {
        if whole(&range) {
            return vec![range];
        }
        let parts = text[range.clone()].split('\n');
        let mut at = range.start;
        let mut lines = Vec::new();
        for line in parts {
            let bare = line.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let start = at + line.find(bare).unwrap_or(0);
            lines.push(start..start + bare.len());
            at += line.len() + 1;
        }
        lines
    })
}

/// What a run may have that is a private key only by its name: 32 bytes in hex, or 64 in base58 as Solana's wallets export.
fn has_shape(run: &str) -> bool {
    let digits: String = run.chars().filter(char::is_ascii_alphanumeric).collect();
    let hex = digits.trim_start_matches("0x").trim_start_matches("0X");
    let is_hex = hex.bytes().all(|b| b.is_ascii_hexdigit()) && matches!(hex.len(), 60..=66 | 128);
    is_hex || checksums::is_solana_signature(&digits) || checksums::is_base58_key(&digits)
}

/// How far before a number its name may stand, and how far behind, in bytes.
const BEFORE: usize = 120;
const BEHIND: usize = 48;

fn is_key_by_name(page: &Page, run: &Range<usize>) -> bool {
    let text = page.text();
    if !has_shape(&text[run.clone()]) {
        return false;
    }
    let names = |sense: Sense| {
        matches!(
            sense,
            Sense::Txid | Sense::Foreign | Sense::Key | Sense::Phrase | Sense::ApiKey | Sense::To | Sense::Example
        )
    };
    let before = lexicon::before(page.hits(), run.start, BEFORE)
        .find(|hit| names(hit.sense) && hit.sense != Sense::To && hit.sense != Sense::Example);
    let key = |sense: Sense| matches!(sense, Sense::Key | Sense::Phrase);
    if let Some(name) = before.filter(|name| leads(&text[name.end..run.start])) {
        return key(name.sense) && !denied(page, name.start);
    }
    let after = lexicon::after(page.hits(), run.end, BEHIND).find(|hit| names(hit.sense));
    after.is_some_and(|name| key(name.sense) && follows(&text[run.end..name.start]))
}

/// Whether a name before a number speaks of it: no sentence ends between, unless the number stands on a line of its own.
fn leads(between: &str) -> bool {
    let bare = between.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '`' | '"' | '\'' | '*' | '>' | '(' | '[' | ':' | '=')
    });
    let inner = bare.trim_end_matches(['.', '。', '!', '！']);
    let ends = inner.contains(['。', '！', '？', '!', '?']) || inner.contains(". ") || inner.contains(".\n");
    let broken = bare.len() != inner.len() && !between.contains('\n');
    !ends
        && !broken
        && !between.contains("[removed:")
        && longest_run(between) < 25
        && between.matches('\n').count() <= 3
}

fn follows(between: &str) -> bool {
    between.len() <= 24 && !between.contains(['\n', '.', ',', '。', '!', '?', ';', ':']) && longest_run(between) < 25
}

fn longest_run(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::len).max().unwrap_or(0)
}

/// Whether a key is only spoken of as one that is not given.
fn denied(page: &Page, name: usize) -> bool {
    let words = page.before(name, 24).to_ascii_lowercase();
    let words = words.rsplit(['\n', '.', ',', ':', '。', '!']).next().unwrap_or_default();
    ["never ", "not ", "n't ", "没有", "不会", "绝不"].iter().any(|no| words.contains(no))
}
