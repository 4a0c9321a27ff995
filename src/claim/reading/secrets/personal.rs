//! Personal data: addresses of mail, telephone numbers, numbers of documents and cards.

use std::ops::Range;

use super::{Found, SecretKind};
use crate::claim::reading::lexicon::{self, Sense};
use crate::claim::reading::page::Page;
use crate::claim::reading::patterns::Pattern;

/// Forms of telephone numbers and documents that are told without a name.
static FORMS: [(SecretKind, Pattern); 11] = [
    (SecretKind::Email, Pattern::holding(&["@"], r"(?i-u)[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,24}")),
    (
        SecretKind::IdNumber,
        Pattern::new(
            r"(?-u:\b)[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?-u:\b)",
        ),
    ),
    (
        SecretKind::IdNumber,
        Pattern::new(r"(?-u:\b)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[1-8][0-9]{6}(?-u:\b)"),
    ),
    (SecretKind::IdNumber, Pattern::new(r"(?-u:\b)[0-9]{3}-[0-9]{2}-[0-9]{4}(?-u:\b)")),
    (SecretKind::Phone, Pattern::new(r"\+[0-9]{1,3}[ .-]?\(?[0-9]{1,4}\)?(?:[ .-]?[0-9]{2,4}){2,4}(?-u:\b)")),
    (SecretKind::Phone, Pattern::new(r"(?-u:\b)01[016789][ .-]?[0-9]{3,4}[ .-]?[0-9]{4}(?-u:\b)")),
    (SecretKind::Phone, Pattern::new(r"(?-u:\b)0[0-9]{1,2}-[0-9]{3,4}-[0-9]{4}(?-u:\b)")),
    (SecretKind::Phone, Pattern::new(r"(?-u:\b)0[0-9]{3}-[0-9]{3}-[0-9]{3}(?-u:\b)")),
    (SecretKind::Phone, Pattern::new(r"\([0-9]{3}\) ?[0-9]{3}[ .-][0-9]{4}(?-u:\b)")),
    (SecretKind::Phone, Pattern::new(r"(?-u:\b)[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}(?-u:\b)")),
    (SecretKind::Phone, Pattern::new(r"(?-u:\b)(?:86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?-u:\b)")),
];

/// Adds every personal datum on the page.
pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    for (kind, form) in &FORMS {
        for range in form.all(page.text()) {
            if *kind == SecretKind::Email || alone(page, &range) && !is_other(page, &range) {
                found.push(Found { range, kind: *kind });
            }
        }
    }
    for hit in page.hits() {
        if let Some(kind) = kind_of(hit.sense)
            && let Some(range) = behind(page, hit.end, kind)
        {
            found.push(Found { range, kind });
        }
    }
}

fn kind_of(sense: Sense) -> Option<SecretKind> {
    match sense {
        Sense::Phone => Some(SecretKind::Phone),
        Sense::Document => Some(SecretKind::IdNumber),
        Sense::Card => Some(SecretKind::Card),
        _ => None,
    }
}

/// The number behind its name.
fn behind(page: &Page, at: usize, kind: SecretKind) -> Option<Range<usize>> {
    static VALUE: Pattern = Pattern::new(
        r"^(?:号码|号|番号|번호|number|no\.?|num|is|at|on|는|은|是|为|[ \t:=#'`*(.])*(?P<value>\+?[A-Z]{0,4}[0-9][0-9A-Z ().-]{4,40})",
    );
    let found = VALUE.parts(page.after(at, 72))?.name("value")?;
    let text = found.as_str().trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fits = match kind {
        SecretKind::Phone => {
            (7..=15).contains(&digits) && !text.contains(|c: char| c.is_ascii_uppercase()) && !text.contains(". ")
        }
        SecretKind::Card => (10..=30).contains(&digits),
        _ => digits >= 6,
    };
    fits.then_some(at + found.start()..at + found.start() + text.len())
}

/// Whether a number is no part of something longer: a hash, an amount, a link.
fn alone(page: &Page, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '.' | '=' | '#' | '-');
    let before = page.before(range.start, 4).chars().next_back();
    let mut after = page.after(range.end, 8).chars();
    let (next, second) = (after.next(), after.next());
    let runs_on = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-')
            || matches!(c, '.' | ',') && second.is_some_and(|d| d.is_ascii_digit())
    };
    !before.is_some_and(joins) && !next.is_some_and(runs_on)
}

/// Whether a name says that the number is something else: a memo, an order, an amount.
fn is_other(page: &Page, range: &Range<usize>) -> bool {
    let name = lexicon::before(page.hits(), range.start, 40).find(|hit| {
        kind_of(hit.sense).is_some() || matches!(hit.sense, Sense::Memo | Sense::Foreign | Sense::Txid | Sense::Gross)
    });
    let other = name.is_some_and(|hit| kind_of(hit.sense).is_none() && near(&page.text()[hit.end..range.start]));
    let unit = lexicon::after(page.hits(), range.end, 16).next();
    other
        || unit.is_some_and(|hit| {
            matches!(hit.sense, Sense::Coin(_)) && page.text()[range.end..hit.start].trim().is_empty()
        })
}

fn near(between: &str) -> bool {
    !between.contains(['\n', '.', '。', ',', ';']) && between.chars().filter(char::is_ascii_digit).count() == 0
}
