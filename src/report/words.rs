//! The words of every finding, in Fluent: <https://projectfluent.org>. A missing word is an error of the
//! build, found by a test; at run time its key is shown, never a blank.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use unic_langid::LanguageIdentifier;

use super::{ActionPart, Language};
use crate::diagnosis::{Act, Audience, Fact, Rule};

impl Language {
    /// Its words, compiled in.
    fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../../locales/en.ftl"),
            Self::Chinese => include_str!("../../locales/zh.ftl"),
            Self::Korean => include_str!("../../locales/ko.ftl"),
        }
    }
}

/// The words of one language.
pub struct Words(FluentBundle<FluentResource>, Language, Option<TimeZone>);

/// The words that facts are made of, by what they are in a document; `SAID($fact)` puts them into a sentence.
struct Said(BTreeMap<String, String>);

impl Said {
    /// Reads them from a locale file, where each has a line.
    fn new(source: &str) -> Self {
        let lines = source.lines().filter_map(|line| line.split_once(" = "));
        let word = |(key, value): (&str, &str)| {
            let key = key.strip_prefix("value-").or((key == "report-comma").then_some(key))?;
            let literal = value.strip_prefix("{ \"").and_then(|rest| rest.strip_suffix("\" }"));
            Some((key.to_owned(), literal.unwrap_or(value).to_owned()))
        };
        Self(lines.filter_map(word).collect())
    }

    fn of<'v>(&self, values: &[FluentValue<'v>]) -> FluentValue<'v> {
        match values.first() {
            Some(FluentValue::String(text)) => self.text(text).into(),
            Some(other) => other.clone(),
            None => FluentValue::Error,
        }
    }

    /// A list in the language's own way of listing, and each word of it in its own words.
    fn text(&self, text: &str) -> String {
        let joint = |key: &str| self.0.get(key).map_or(", ", String::as_str);
        let part = |part: &str| part.split(" · ").map(|word| self.word(word)).collect::<Vec<_>>().join(" · ");
        // What lists names and words has no blanks in them; anything else is a sentence of somebody's.
        let is_list = |list: &str| list.split(", ").all(|one| !one.contains(' '));
        let list = |list: &str| {
            if is_list(list) {
                list.split(", ").map(part).collect::<Vec<_>>().join(joint("report-comma"))
            } else {
                part(list)
            }
        };
        if !text.contains(" · ") {
            return list(text);
        }
        text.split("; ").map(list).collect::<Vec<_>>().join(joint("semicolon"))
    }

    fn word(&self, word: &str) -> String {
        let (name, end) = word.strip_suffix(')').map_or((word, ""), |name| (name, ")"));
        self.0.get(&name.replace(' ', "-")).map_or_else(|| word.to_owned(), |own| format!("{own}{end}"))
    }
}

/// The words of one finding.
pub struct FindingWords {
    /// One line.
    pub title: String,
    /// A paragraph.
    pub detail: String,
}

impl Words {
    /// English.
    pub fn english() -> Self {
        Self::of(Language::English)
    }

    /// The words of a language.
    pub fn of(language: Language) -> Self {
        Self::read(language).0
    }

    /// The words of a locale file, with what is wrong with it.
    fn read(language: Language) -> (Self, Vec<String>) {
        let text = language.source();
        let mut problems = Vec::new();
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
            problems.extend(errors.iter().map(ToString::to_string));
            resource
        });
        let mut bundle = FluentBundle::new(vec![language.tag().parse::<LanguageIdentifier>().unwrap_or_default()]);
        // Isolation marks are bidi controls, which would count as characters in a table.
        bundle.set_use_isolating(false);
        let said = Said::new(text);
        problems.extend(bundle.add_function("SAID", move |values, _| said.of(values)).err().map(|e| e.to_string()));
        if let Err(errors) = bundle.add_resource(resource) {
            problems.extend(errors.iter().map(ToString::to_string));
        }
        (Self(bundle, language, None), problems)
    }

    /// These words for a reader whose clock is that of a zone.
    #[must_use]
    pub fn in_zone(self, zone: Option<TimeZone>) -> Self {
        Self(self.0, self.1, zone)
    }

    /// The zone of the reader's clock, where somebody said so.
    pub(super) fn zone(&self) -> Option<&TimeZone> {
        self.2.as_ref()
    }

    /// The language that they are of.
    pub fn language(&self) -> Language {
        self.1
    }

    /// Title and detail of a finding.
    pub fn finding(&self, code: &str, facts: &BTreeMap<&'static str, Fact>) -> FindingWords {
        FindingWords { title: self.title(code, facts), detail: self.filled(code, Some("detail"), facts) }
    }

    /// The title of a finding alone.
    pub fn title(&self, code: &str, facts: &BTreeMap<&'static str, Fact>) -> String {
        self.filled(code, None, facts)
    }

    /// What is to be done when a finding decides.
    pub fn actions(&self, rule: &Rule, facts: &BTreeMap<&'static str, Fact>) -> Vec<ActionPart> {
        let text = |audience: Audience| self.filled(rule.code, Some(&format!("act-{}", audience.name())), facts);
        let action = |act: &Act| ActionPart { audience: act.0, priority: act.1, text: text(act.0) };
        rule.acts.iter().map(action).collect()
    }

    /// The title of a finding for a customer: its own where the usual one speaks of what is internal.
    pub fn customer_title(&self, code: &str, facts: &BTreeMap<String, Fact>) -> String {
        let own = self.0.get_message(code).is_some_and(|message| message.get_attribute("customer").is_some());
        self.filled(code, own.then_some("customer"), facts)
    }

    /// What a finding says to a customer.
    pub fn customer_action(&self, code: &str, facts: &BTreeMap<String, Fact>) -> String {
        self.filled(code, Some("act-customer"), facts)
    }

    /// What a code means, how it is recognised and what to do.
    pub fn explanation(&self, code: &str) -> String {
        self.filled(code, Some("explain"), &BTreeMap::<&str, Fact>::new())
    }

    /// Which answers show a code.
    pub fn signals(&self, code: &str) -> String {
        self.filled(code, Some("signals"), &BTreeMap::<&str, Fact>::new())
    }

    /// A word without facts.
    pub fn word(&self, key: &str) -> String {
        self.filled(key, None, &BTreeMap::<&str, Fact>::new())
    }

    /// A sentence with values.
    pub fn sentence(&self, key: &str, values: &[(&str, String)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(name.to_string(), value.clone());
        }
        self.text(key, None, &args).0
    }

    /// Things one after the other, as the language puts them.
    pub fn joined(&self, things: &[String]) -> String {
        things.join(&self.word("report-comma"))
    }

    fn filled<K: AsRef<str>>(&self, key: &str, attribute: Option<&str>, facts: &BTreeMap<K, Fact>) -> String {
        let mut args = FluentArgs::new();
        for (name, fact) in facts {
            let value = match fact {
                Fact::Number(number) => FluentValue::from(*number),
                Fact::Text(text) => FluentValue::from(self.dated(text)),
            };
            args.set(name.as_ref(), value);
        }
        self.text(key, attribute, &args).0
    }

    /// The text, and what was missing to make it.
    fn text(&self, key: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> (String, Vec<String>) {
        let message = self.0.get_message(key);
        let pattern = message.as_ref().and_then(|message| match attribute {
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            let missing = attribute.map_or_else(|| key.to_owned(), |name| format!("{key}.{name}"));
            return (missing.clone(), vec![missing]);
        };
        let mut errors = Vec::new();
        let text = self.0.format_pattern(pattern, Some(args), &mut errors).into_owned();
        (text, errors.iter().map(ToString::to_string).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::{CheckName, Verdict, rules};

    /// A value for every fact of a rule.
    fn args(facts: &[&'static str]) -> FluentArgs<'static> {
        let mut args = FluentArgs::new();
        for name in facts {
            args.set(*name, FluentValue::from(7));
        }
        args
    }

    #[test]
    fn every_code_has_its_words_and_no_placeholder_without_a_fact() {
        for language in Language::ALL {
            complete(language);
        }
    }

    fn complete(language: Language) {
        let (words, problems) = Words::read(language);
        assert_eq!(problems, Vec::<String>::new());
        for (_, rule) in rules() {
            let args = args(rule.facts);
            let acts = rule.acts.iter().map(|act| format!("act-{}", act.0.name()));
            let attributes: Vec<Option<String>> =
                [None, Some("detail".to_owned())].into_iter().chain(acts.map(Some)).collect();
            for attribute in attributes {
                let (_, missing) = words.text(rule.code, attribute.as_deref(), &args);
                assert!(missing.is_empty(), "{}: {missing:?}", rule.code);
            }
            for general in ["explain", "signals"] {
                let (_, missing) = words.text(rule.code, Some(general), &FluentArgs::new());
                assert!(missing.is_empty(), "{}: {missing:?}", rule.code);
            }
            let told = words.0.get_message(rule.code).is_some_and(|m| m.get_attribute("customer").is_some());
            let (_, missing) = words.text(rule.code, told.then_some("customer"), &args);
            assert!(missing.is_empty(), "{}: {missing:?}", rule.code);
        }
    }

    /// What a customer reads of a code names nothing of the house, in any language.
    #[test]
    fn nothing_internal_stands_in_the_words_for_customers() {
        let internal: [(Language, &[&str]); 3] = [
            (Language::English, &["ledger", "claimant", "scanner", "ticket", "compliance", "another customer", "aml"]),
            (Language::Chinese, &["账务系统", "该用户", "扫块", "工单", "合规", "其他用户", "风控"]),
            (Language::Korean, &["원장", "문의 고객", "스캐너", "티켓", "준법", "다른 고객", "리스크"]),
        ];
        for (language, internal) in internal {
            let words = Words::of(language);
            for (_, rule) in rules() {
                let facts = rule.facts.iter().map(|name| ((*name).to_owned(), Fact::Text("7".to_owned()))).collect();
                let mut said = String::new();
                if rule.acts.iter().any(|act| act.0 == Audience::Customer) {
                    said += &words.customer_action(rule.code, &facts).to_lowercase();
                }
                if rule.verdict.is_some() {
                    said += &words.customer_title(rule.code, &facts).to_lowercase();
                }
                let found: Vec<_> = internal.iter().filter(|word| said.contains(**word)).collect();
                // Arbitrum calls what is to be redeemed a ticket.
                let found: Vec<_> = found.iter().filter(|_| rule.code != "bridge-incomplete").collect();
                assert!(found.is_empty(), "{language:?} {}: {found:?} in {said}", rule.code);
            }
        }
    }

    #[test]
    fn every_message_belongs_to_a_code_or_to_the_report() {
        let codes: Vec<&str> = rules().map(|(_, rule)| rule.code).collect();
        for key in keys(Language::English) {
            let groups = [
                "check-", "verdict-", "party-", "report-", "holder-", "letter-", "ask-", "verify-", "value-",
                "explain-",
            ];
            let of_report = groups.iter().any(|p| key.starts_with(p));
            assert!(of_report || codes.contains(&key.as_str()), "`{key}` is the word of nothing");
        }
    }

    fn keys(language: Language) -> Vec<String> {
        let lines = language.source().lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
        lines.filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase())).map(str::to_owned).collect()
    }

    /// What a message says with: its selectors, its cases and its placeholders.
    fn skeleton(language: Language) -> BTreeMap<String, Vec<String>> {
        let mut own = BTreeMap::<String, Vec<String>>::new();
        let mut at = String::new();
        for line in language.source().lines().filter(|line| !line.starts_with('#')) {
            let trimmed = line.trim_start();
            if let Some((key, _)) = line.split_once(" =").filter(|_| trimmed == line) {
                key.clone_into(&mut at);
            } else if let Some((attribute, _)) = trimmed.strip_prefix('.').and_then(|rest| rest.split_once(" =")) {
                at = format!("{}.{attribute}", at.split('.').next().unwrap_or_default());
            }
            let names = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect::<String>()
            });
            let case = trimmed.trim_start_matches('*').strip_prefix('[').and_then(|rest| rest.split(']').next());
            let parts = own.entry(at.clone()).or_default();
            parts.extend(names.map(|name| format!("${name}")).chain(case.map(|case| format!("[{case}]"))));
        }
        for parts in own.values_mut() {
            parts.sort();
            parts.dedup();
        }
        own
    }

    #[test]
    fn every_language_says_everything_with_the_same_facts() {
        let english = skeleton(Language::English);
        for language in Language::ALL {
            assert_eq!(keys(language), keys(Language::English), "{language:?}");
            let own = skeleton(language);
            assert_eq!(own.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language:?}");
            for (key, parts) in own {
                assert_eq!(Some(&parts), english.get(&key), "{language:?}: {key}");
            }
        }
    }

    #[test]
    fn every_verdict_and_check_has_a_name() {
        let words = Words::english();
        let checks = [CheckName::Included, CheckName::ToClaimant, CheckName::Available];
        let names = checks.iter().map(|check| format!("check-{}", check.name()));
        for key in Verdict::ALL.iter().map(|v| format!("verdict-{}", v.name())).chain(names) {
            assert_ne!(words.word(&key), key);
        }
    }
}
