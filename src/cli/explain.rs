//! `explain`: what a finding means, how it is detected, how sure it can be, what to do; and all of them as a page that
//! customers may read.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::json;

use super::env::Env;
use super::exit::{Exit, Mistake};
use crate::diagnosis::{Audience, Fact, Rule, rules};
use crate::report::{ActionPart, Language, Words, markdown_text};

/// Which recorded cases show which finding: code, case, and the confidence of the case where the finding decides it. A test
/// writes it from the fixtures.
const SHOWN: &str = include_str!("shown.tsv");
/// Recorded cases that are named of a finding to people.
const NAMED: usize = 3;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A finding code; without one all are listed
    code: Option<String>,
    /// Every finding at length; as Markdown, a page for customers
    #[arg(long, conflicts_with = "code")]
    all: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    format: ExplainFormat,
    /// The language
    #[arg(long, value_name = "LANG", value_parser = ["en", "zh", "ko"], default_value = "en")]
    lang: String,
}

/// How an explanation is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ExplainFormat {
    /// For people
    Text,
    /// For machines
    Json,
    /// For a page: of one finding for staff, of all for customers
    Markdown,
}

/// A finding, and the group of rules that it is of.
type Known = (&'static str, &'static Rule);

/// Runs the command.
pub(crate) fn run(args: &Args, env: &mut Env) -> Result<Exit> {
    let words = Words::of(Language::of(&args.lang).unwrap_or_default());
    let wanted = args.code.as_deref().map(|code| code.trim().to_ascii_lowercase());
    let chosen: Vec<Known> =
        rules().filter(|(_, rule)| wanted.as_deref().is_none_or(|code| code == rule.code)).collect();
    if chosen.is_empty() {
        let code = wanted.unwrap_or_default();
        let near = rules().map(|(_, rule)| rule.code).min_by_key(|known| strsim::damerau_levenshtein(known, &code));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Mistake::error(format!("there is no finding `{code}`{hint}")));
    }
    let whole = args.all || wanted.is_some();
    let text = match (args.format, whole) {
        (ExplainFormat::Json, _) => machine(&chosen, &words)?,
        (ExplainFormat::Text, true) => {
            chosen.iter().map(|(group, rule)| long(group, rule, &words)).collect::<Vec<_>>().join("\n")
        }
        (ExplainFormat::Text, false) => list(&chosen, &words),
        (ExplainFormat::Markdown, _) if wanted.is_some() => {
            chosen.iter().map(|(_, rule)| page(rule, &words)).collect::<Vec<_>>().join("\n")
        }
        (ExplainFormat::Markdown, _) => questions(&chosen, &words),
    };
    env.print(&text)?;
    Ok(Exit::Done)
}

fn verdict(rule: &Rule) -> &'static str {
    rule.verdict.map_or("note", crate::diagnosis::Verdict::name)
}

fn list(chosen: &[Known], words: &Words) -> String {
    let mut out = String::new();
    let mut last = "";
    for (group, rule) in chosen {
        if *group != last {
            out.push_str(&format!("\n{group}\n"));
            last = group;
        }
        let explanation = words.explanation(rule.code);
        let first = explanation.split_once(". ").map_or(explanation.as_str(), |(first, _)| first);
        out.push_str(&format!("  {:<26} {:<16} {}\n", rule.code, verdict(rule), first.trim_end_matches('.')));
    }
    out.trim_start().to_owned()
}

/// What is known of a finding besides its explanation, titled.
fn particulars(rule: &Rule, words: &Words) -> Vec<(String, String)> {
    let mut told = Vec::new();
    if let Some(verdict) = rule.verdict {
        let party = rule.responsible.map(|party| words.word(&format!("party-{}", party.name())));
        told.push((words.word("explain-verdict"), words.word(&format!("verdict-{}", verdict.name()))));
        told.push((words.word("report-acts"), party.unwrap_or_else(|| words.word("report-nobody"))));
        let recoverable = match rule.recoverable {
            Some(true) => "yes",
            Some(false) => "no",
            None => "open",
        };
        told.push((words.word("explain-recoverable"), words.word(&format!("explain-recoverable-{recoverable}"))));
    }
    let seen = certainty(rule.code).map(|name| words.word(&format!("report-confidence-{name}")));
    let seen = seen.unwrap_or_else(|| words.word("explain-certainty-note"));
    told.push((words.word("explain-certainty"), seen));
    told
}

fn long(group: &str, rule: &Rule, words: &Words) -> String {
    let mut out = format!("{} ({group}, {})\n\n{}\n\n", rule.code, verdict(rule), words.explanation(rule.code));
    out.push_str(&format!("{}\n  {}\n\n", words.word("explain-signals"), words.signals(rule.code)));
    for (title, told) in particulars(rule, words) {
        out.push_str(&format!("{title}: {told}\n"));
    }
    let actions = actions(rule, words);
    if !actions.is_empty() {
        out.push_str(&format!("\n{}\n", words.word("report-actions")));
    }
    for action in actions {
        out.push_str(&format!("  {:<12} {}\n", action.audience.name(), action.text));
    }
    let shown: Vec<String> = cases(rule.code).iter().take(NAMED).map(|case| format!("  {}\n", link(case))).collect();
    if !shown.is_empty() {
        out.push_str(&format!("\n{}\n{}", words.word("explain-cases"), shown.concat()));
    }
    out
}

/// A finding for staff, as Markdown.
fn page(rule: &Rule, words: &Words) -> String {
    let mut out = format!("## {}\n\n{}\n\n", rule.code, markdown_text(&words.explanation(rule.code)));
    let signals = markdown_text(&words.signals(rule.code));
    out.push_str(&format!("### {}\n\n{signals}\n\n", words.word("explain-signals")));
    for (title, told) in particulars(rule, words) {
        out.push_str(&format!("- **{}:** {}\n", markdown_text(&title), markdown_text(&told)));
    }
    let actions = actions(rule, words);
    if !actions.is_empty() {
        out.push_str(&format!("\n### {}\n\n", words.word("report-actions")));
    }
    for action in actions {
        let audience = words.word(&format!("report-for-{}", action.audience.name()));
        out.push_str(&format!("- **{}:** {}\n", markdown_text(&audience), markdown_text(&action.text)));
    }
    let shown: Vec<String> =
        cases(rule.code).iter().take(NAMED).map(|case| format!("- [{case}]({})\n", link(case))).collect();
    if !shown.is_empty() {
        out.push_str(&format!("\n### {}\n\n{}", words.word("explain-cases"), shown.concat()));
    }
    out
}

/// What customers may read of every finding that can be their answer: contents, then a heading for each. It names neither
/// records nor rules of the house, and no recorded case.
fn questions(chosen: &[Known], words: &Words) -> String {
    let told: Vec<&Rule> = chosen.iter().map(|(_, rule)| *rule).filter(|rule| rule.verdict.is_some()).collect();
    let title = |rule: &Rule| markdown_text(&without_values(&words.customer_title(rule.code, &blanks(rule))));
    let mut out = format!("# {}\n\n{}\n\n", words.word("explain-title"), words.word("explain-intro"));
    out.push_str(&format!("## {}\n\n", words.word("explain-contents")));
    for rule in &told {
        out.push_str(&format!("- [{}](#{})\n", title(rule), rule.code));
    }
    for rule in &told {
        let party = rule.responsible.map_or("none", crate::diagnosis::Party::name);
        let acts = words.word(&format!("letter-acts-{party}"));
        out.push_str(&format!("\n## <a id=\"{}\"></a>{}\n\n", rule.code, title(rule)));
        out.push_str(&format!("{}\n\n", markdown_text(&without_values(&customer_text(rule, words)))));
        out.push_str(&format!("- **{}:** {}\n", words.word("letter-acts"), markdown_text(&acts)));
    }
    out
}

/// What a finding says to customers: its own words, else those of its verdict.
fn customer_text(rule: &Rule, words: &Words) -> String {
    if rule.acts.iter().any(|act| act.0 == Audience::Customer) {
        return words.customer_action(rule.code, &blanks(rule));
    }
    words.word(&format!("letter-customer-{}", verdict(rule)))
}

/// What stands where a case has a value.
const BLANK: &str = "…";

fn blanks(rule: &Rule) -> BTreeMap<String, Fact> {
    rule.facts.iter().map(|name| ((*name).to_owned(), Fact::from(BLANK))).collect()
}

/// A text in which several values side by side are one blank.
fn without_values(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains("… …") {
        text = text.replace("… …", BLANK);
    }
    text
}

/// The recorded cases that show a finding, those first that it decides.
fn cases(code: &str) -> Vec<&'static str> {
    shown(code).map(|(case, _)| case).collect()
}

/// How well a finding is supported where it decides: the best of the recorded cases.
fn certainty(code: &str) -> Option<&'static str> {
    let order = ["conflicting", "reported", "corroborated", "proven"];
    shown(code).filter_map(|(_, name)| order.iter().position(|known| *known == name)).max().map(|best| order[best])
}

fn shown(code: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = SHOWN.lines().filter_map(|line| line.split_once('\t'));
    lines.filter(move |(of, _)| *of == code).filter_map(|(_, rest)| rest.split_once('\t'))
}

/// Where a recorded case lies, from the repository's root.
fn link(case: &str) -> String {
    format!("fixtures/{case}")
}

/// What the finding asks for when it decides, with a name in angle brackets where a case has a value.
fn actions(rule: &Rule, words: &Words) -> Vec<ActionPart> {
    let named = |name: &&'static str| (*name, Fact::Text(format!("<{name}>")));
    let facts: BTreeMap<&'static str, Fact> = rule.facts.iter().map(named).collect();
    words.actions(rule, &facts)
}

fn machine(chosen: &[Known], words: &Words) -> Result<String> {
    let rows: Vec<serde_json::Value> = chosen
        .iter()
        .map(|(group, rule)| {
            let customer = rule.verdict.map(|_| {
                let title = without_values(&words.customer_title(rule.code, &blanks(rule)));
                json!({ "title": title, "text": without_values(&customer_text(rule, words)) })
            });
            json!({
                "code": rule.code,
                "group": group,
                "verdict": rule.verdict,
                "responsible": rule.responsible,
                "recoverable": rule.recoverable,
                "certainty": certainty(rule.code),
                "facts": rule.facts,
                "explanation": words.explanation(rule.code),
                "signals": words.signals(rule.code),
                "actions": actions(rule, words),
                "customer": customer,
                "fixtures": cases(rule.code).iter().map(|case| link(case)).collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(serde_json::to_string_pretty(&rows)? + "\n")
}
