//! `explain`: what a finding means, how it is detected, what to do.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::json;

use super::Format;
use super::env::Env;
use super::exit::{Exit, Mistake};
use crate::diagnosis::{Fact, Rule, rules};
use crate::report::{ActionPart, Language, Words};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A finding code; without one all are listed
    code: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language
    #[arg(long, value_name = "LANG", value_parser = ["en", "zh", "ko"], default_value = "en")]
    lang: String,
}

/// Runs the command.
pub(crate) fn run(args: &Args, env: &mut Env) -> Result<Exit> {
    let words = Words::of(Language::of(&args.lang).unwrap_or_default());
    let wanted = args.code.as_deref().map(|code| code.trim().to_ascii_lowercase());
    let chosen: Vec<(&'static str, &'static Rule)> =
        rules().filter(|(_, rule)| wanted.as_deref().is_none_or(|code| code == rule.code)).collect();
    if chosen.is_empty() {
        let code = wanted.unwrap_or_default();
        let near = rules().map(|(_, rule)| rule.code).min_by_key(|known| strsim::damerau_levenshtein(known, &code));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Mistake::error(format!("there is no finding `{code}`{hint}")));
    }
    let text = match (args.format, wanted) {
        (Format::Json, _) => machine(&chosen, &words)?,
        (Format::Text, Some(_)) => chosen.iter().map(|(group, rule)| long(group, rule, &words)).collect(),
        (Format::Text, None) => list(&chosen, &words),
    };
    env.print(&text)?;
    Ok(Exit::Done)
}

fn verdict(rule: &Rule) -> &'static str {
    rule.verdict.map_or("note", crate::diagnosis::Verdict::name)
}

fn list(chosen: &[(&'static str, &'static Rule)], words: &Words) -> String {
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

fn long(group: &str, rule: &Rule, words: &Words) -> String {
    let mut out = format!("{} ({group}, {})\n\n{}\n", rule.code, verdict(rule), words.explanation(rule.code));
    if let Some(party) = rule.responsible {
        out.push_str(&format!("\nWho acts: {}\n", party.name()));
    }
    let actions = actions(rule, words);
    if !actions.is_empty() {
        out.push_str(&format!("\n{}\n", words.word("report-actions")));
    }
    for action in actions {
        out.push_str(&format!("  {:<12} {}\n", action.audience.name(), action.text));
    }
    out
}

/// What the finding asks for when it decides, with a name in angle brackets where a case has a value.
fn actions(rule: &Rule, words: &Words) -> Vec<ActionPart> {
    let named = |name: &&'static str| (*name, Fact::Text(format!("<{name}>")));
    let facts: BTreeMap<&'static str, Fact> = rule.facts.iter().map(named).collect();
    words.actions(rule, &facts)
}

fn machine(chosen: &[(&'static str, &'static Rule)], words: &Words) -> Result<String> {
    let rows: Vec<serde_json::Value> = chosen
        .iter()
        .map(|(group, rule)| {
            json!({
                "code": rule.code,
                "group": group,
                "verdict": rule.verdict,
                "responsible": rule.responsible,
                "facts": rule.facts,
                "explanation": words.explanation(rule.code),
                "actions": actions(rule, words),
            })
        })
        .collect();
    Ok(serde_json::to_string_pretty(&rows)? + "\n")
}
