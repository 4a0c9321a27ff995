//! Patterns: made ready when the first text comes that can hold what they stand for, because that takes longer than
//! to read a complaint. Their classes are ASCII's; those of Unicode take ten times as long, and a page is in plain form.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

/// A pattern, ready or not.
pub(super) struct Pattern {
    written: &'static str,
    holds: &'static [&'static str],
    ready: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern of which nothing is known beforehand.
    pub(super) const fn new(written: &'static str) -> Self {
        Self::holding(&[], written)
    }

    /// A pattern that never stands in a text without one of these.
    pub(super) const fn holding(holds: &'static [&'static str], written: &'static str) -> Self {
        Self { written, holds, ready: OnceLock::new() }
    }

    fn ready(&self, text: &str) -> Option<&Regex> {
        let may = self.holds.is_empty() || self.holds.iter().any(|part| text.contains(part));
        may.then(|| self.ready.get_or_init(|| self.made())).and_then(Option::as_ref)
    }

    fn made(&self) -> Option<Regex> {
        let made = Regex::new(self.written);
        debug_assert!(made.is_ok(), "{made:?}");
        made.ok()
    }

    /// Every place where it stands, in order.
    pub(super) fn all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.ready(text).into_iter().flat_map(move |regex| regex.find_iter(text)).map(|found| found.range())
    }

    /// Every place where it stands, with its parts.
    pub(super) fn all_parts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + 't {
        self.ready(text).into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// The first place where it stands.
    pub(super) fn first(&self, text: &str) -> Option<Range<usize>> {
        Some(self.ready(text)?.find(text)?.range())
    }

    /// The first place where it stands, with its parts.
    pub(super) fn parts<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.ready(text)?.captures(text)
    }

    /// Whether it stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.ready(text).is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_pattern_is_made_ready_only_for_a_text_that_can_hold_it() {
        let pattern = Pattern::holding(&["@"], "[a-z]+@[a-z]+");
        assert!(!pattern.is_in("nobody") && pattern.ready.get().is_none());
        assert_eq!(pattern.all("a@b, cc@dd").collect::<Vec<_>>(), [0..3, 5..10]);
    }
}
