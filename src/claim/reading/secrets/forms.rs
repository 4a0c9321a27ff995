//! What shows by its form alone.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::SecretKind;

/// A form. Some take as long to make ready as a whole complaint to read, so that is done only for a text that holds what
/// every one of that form holds.
pub(super) struct Form {
    pub(super) kind: SecretKind,
    holds: &'static str,
    pattern: &'static str,
    ready: OnceLock<Option<Regex>>,
}

impl Form {
    /// A form of which nothing is known beforehand.
    pub(super) const fn new(kind: SecretKind, pattern: &'static str) -> Self {
        Self::holding("", kind, pattern)
    }

    /// A form that never stands in a text without these letters.
    pub(super) const fn holding(holds: &'static str, kind: SecretKind, pattern: &'static str) -> Self {
        Self { kind, holds, pattern, ready: OnceLock::new() }
    }

    /// Where the form stands.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let pattern = text.contains(self.holds).then(|| self.ready.get_or_init(|| Regex::new(self.pattern).ok()));
        let pattern = pattern.and_then(Option::as_ref);
        pattern.into_iter().flat_map(move |pattern| pattern.find_iter(text)).map(|found| found.range())
    }
}
