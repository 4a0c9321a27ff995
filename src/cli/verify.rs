//! `verify`: recorded cases are decided again, and proofs handed out are repeated; what changed is told, and of what was
//! handed out, what may now be believed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use serde_json::{Value, json};

use super::bundle::{self, Bundle};
use super::check::{Flags, document, investigate, reopen};
use super::env::Env;
use super::exit::Exit;
use crate::report::{ChainPart, Document, Language, Letter, ProofPart, Report, Words, json_text, plain, render_text};
use crate::terms::Answer;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Bundles to decide again
    #[arg(required = true, value_name = "DIR")]
    bundles: Vec<PathBuf>,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    format: VerifyFormat,
    /// The language in which is told what may be believed
    #[arg(long, value_name = "LANG", value_parser = ["en", "zh", "ko"], default_value = "en")]
    lang: String,
}

/// How the result is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum VerifyFormat {
    /// For people
    Text,
    /// For machines
    Json,
    /// For CI systems that show `JUnit` results
    Junit,
}

/// Parts of the document that may not change; texts, tool and times may.
const FIXED: &[&str] = &["verdict", "responsible", "confidence", "checks", "transactions", "ledger"];

/// What became of one bundle.
#[derive(Default)]
struct Outcome {
    name: String,
    code: String,
    /// How well the decisive finding is supported.
    confidence: String,
    /// Proofs that were repeated from the recorded answers and hold.
    proofs: usize,
    /// What changed or broke; empty when the bundle still holds.
    changes: Vec<String>,
    /// True when only words differ.
    reworded: bool,
    /// Files that are as the bundle's list says.
    files: usize,
    /// Of a bundle for outside: what may be believed, and by what.
    beliefs: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(args: &Args, env: &mut Env) -> Result<Exit> {
    let words = Words::of(Language::of(&args.lang).unwrap_or_default());
    let mut outcomes = Vec::new();
    for folder in &args.bundles {
        let name = folder.display().to_string();
        let path = env.path(folder);
        let files = bundle::files(&path);
        let mut outcome = verify(&path, &words, env)
            .unwrap_or_else(|error| Outcome { changes: vec![format!("{error:#}")], ..Outcome::default() });
        outcome.files = files.as_ref().map_or(0, |files| files.same);
        outcome.changes.splice(0..0, files.into_iter().flat_map(|files| files.changes));
        if !outcome.changes.is_empty() {
            outcome.beliefs.clear();
        }
        outcomes.push(Outcome { name, ..outcome });
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.changes.is_empty()).count();
    let text = match args.format {
        VerifyFormat::Text => text(&outcomes, failed),
        VerifyFormat::Json => machine(&outcomes)?,
        VerifyFormat::Junit => junit(&outcomes, failed),
    };
    env.print(&text)?;
    Ok(if failed == 0 { Exit::Done } else { Exit::Changed })
}

fn verify(folder: &Path, told_in: &Words, env: &Env) -> Result<Outcome> {
    let bundle = Bundle::read(folder)?;
    if let Some((chain, letter)) = &bundle.outside {
        return verify_outside(folder, &bundle, chain, letter, told_in, env);
    }
    let (document, stored) = decided(&bundle, env)?;
    let now = serde_json::to_value(&document)?;
    let mut changes = Vec::new();
    let mut reworded = false;
    match &bundle.diagnosis {
        None => changes.push("diagnosis.json is missing".to_owned()),
        Some(then) => {
            changes.extend(altered(then, &stored));
            changes.extend(differences(then, &now));
            reworded = changes.is_empty() && then["headline"] != now["headline"];
        }
    }
    let report = render_text(&Report::new(&document, &Words::english()), 80, false);
    reworded |= changes.is_empty() && Bundle::report(folder).is_some_and(|then| then != report);
    let code = document.decisive().code.clone();
    let proofs = document.transactions.iter().filter_map(|tx| tx.proof.as_ref()).map(ProofPart::count).sum();
    let confidence = now["confidence"].as_str().unwrap_or_default().to_owned();
    Ok(Outcome { code, confidence, proofs, changes, reworded, ..Outcome::default() })
}

/// Decides a case again by what is recorded.
fn decided(bundle: &Bundle, env: &Env) -> Result<(Document, Vec<Arc<Answer>>)> {
    let opened = reopen(None, Flags::default(), bundle, env)?;
    let investigation = investigate(&opened)?;
    Ok((document(&opened, &investigation, &Words::english()), opened.net.replayed()))
}

/// A bundle for outside: the proofs are repeated, and the letter may not contradict them.
fn verify_outside(
    folder: &Path,
    bundle: &Bundle,
    then: &Value,
    letter: &Value,
    told_in: &Words,
    env: &Env,
) -> Result<Outcome> {
    // A letter about no transaction has nothing that could be decided again.
    let decided = bundle.case.subject.is_some().then(|| decided(bundle, env)).transpose()?;
    let chain = ChainPart::new(decided.as_ref().map(|(document, _)| document));
    let now = serde_json::to_value(&chain)?;
    let mut changes = Vec::new();
    if bundle::files(folder).is_none() {
        changes.push("SHA256SUMS, the list of the files, is missing".to_owned());
    }
    changes.extend(altered(then, &decided.map(|(_, stored)| stored).unwrap_or_default()));
    if !(["schema", "transactions", "sources"].iter().all(|part| holds(&then[*part], &now[*part]))) {
        changes.push("what the answers show is not what chain.json says".to_owned());
    }
    let mut beliefs = chain.beliefs(told_in);
    match serde_json::from_value::<Letter>(letter.clone()) {
        Err(error) => changes.push(format!("letter.json is no letter: {error}")),
        Ok(letter) => {
            let contradicted = letter.contradicts(&chain).into_iter();
            changes.extend(contradicted.map(|name| format!("the letter's {name} is not that of the answers")));
            // Another version of the program may put the same letter otherwise.
            match then["tool"].as_str() {
                Some(tool) if tool != chain.tool => {
                    beliefs.push(told_in.sentence("verify-texts", &[("tool", tool.to_owned())]));
                }
                _ => changes.extend(bundle::not_telling(folder, &letter)?.iter().map(|name| not_told(name))),
            }
        }
    }
    Ok(Outcome { proofs: chain.proofs(), changes, beliefs, ..Outcome::default() })
}

fn not_told(name: &str) -> String {
    format!("{name} does not say what letter.json says, or says it otherwise")
}

/// Answers whose stored body no longer has the hash that is listed, and answers that are not listed. Two questions may have
/// the same answer, so each is looked for under its own.
fn altered(then: &Value, stored: &[Arc<Answer>]) -> Vec<String> {
    let Some(sources) = then["sources"].as_array() else {
        return vec!["the list of the answers (`sources`) is missing".to_owned()];
    };
    let is = |source: &Value, answer: &Answer, parts: &[&str]| {
        let told = [("service", &*answer.service), ("asked", answer.asked()), ("sha256", answer.sha256())];
        told.iter().filter(|(part, _)| parts.contains(part)).all(|(part, value)| source[part] == *value)
    };
    let kept = |source: &&Value| !stored.iter().any(|answer| is(source, answer, &["service", "asked", "sha256"]));
    let missing = sources.iter().filter(kept);
    let missing = missing.map(|source| format!("the answer {} ({}) was altered", source["id"], source["asked"]));
    let listed = |answer: &&Arc<Answer>| !sources.iter().any(|source| is(source, answer, &["service", "asked"]));
    let others = stored.iter().filter(listed);
    missing
        .chain(others.map(|answer| format!("an answer is not listed: {} {}", answer.service, answer.asked())))
        .collect()
}

fn differences(then: &Value, now: &Value) -> Vec<String> {
    let codes = |value: &Value| -> Vec<Value> {
        let findings = value["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().map(|f| json!([f["code"], f["decisive"], f["facts"]])).collect()
    };
    let mut changes: Vec<String> = FIXED
        .iter()
        .filter(|part| !holds(&then[**part], &now[**part]))
        .map(|part| format!("{part} changed{}", values(&then[*part], &now[*part])))
        .collect();
    if codes(then) != codes(now) {
        let names = |value: &Value| {
            let findings = value["findings"].as_array().cloned().unwrap_or_default();
            findings.iter().filter_map(|f| f["code"].as_str().map(str::to_owned)).collect::<Vec<_>>().join(", ")
        };
        changes.push(format!("findings changed from {} to {}", names(then), names(now)));
    }
    changes
}

/// Whether everything that was said then is said now; what was added since does not count.
fn holds(then: &Value, now: &Value) -> bool {
    match (then, now) {
        (Value::Object(then), Value::Object(now)) => {
            then.iter().all(|(key, value)| now.get(key).is_some_and(|now| holds(value, now)))
        }
        (Value::Array(then), Value::Array(now)) => {
            then.len() == now.len() && then.iter().zip(now).all(|(then, now)| holds(then, now))
        }
        (then, now) => then == now,
    }
}

/// Short values are worth showing, long ones are not.
fn values(then: &Value, now: &Value) -> String {
    match (then, now) {
        (Value::String(then), Value::String(now)) => format!(" from {then} to {now}"),
        _ => String::new(),
    }
}

fn text(outcomes: &[Outcome], failed: usize) -> String {
    let mut lines = Vec::new();
    for outcome in outcomes {
        let state = match (outcome.changes.is_empty(), outcome.reworded) {
            (true, false) => "ok",
            (true, true) => "ok, reworded",
            (false, _) => "CHANGED",
        };
        let proofs = match outcome.proofs {
            0 => String::new(),
            1 => ", 1 proof".to_owned(),
            count => format!(", {count} proofs"),
        };
        let found = match outcome.code.as_str() {
            "" => proofs,
            code => format!(" {code}, {}{proofs}", outcome.confidence),
        };
        lines.push(plain(&format!("{}: {state}{found}", outcome.name)));
        lines.extend(outcome.beliefs.iter().map(|belief| format!("  {}", plain(belief))));
        lines.extend(outcome.changes.iter().map(|change| format!("  {}", plain(change))));
    }
    lines.push(format!("{} of {} cases hold", outcomes.len() - failed, outcomes.len()));
    lines.join("\n") + "\n"
}

fn machine(outcomes: &[Outcome]) -> Result<String> {
    let rows: Vec<Value> = outcomes
        .iter()
        .map(|outcome| {
            json!({
                "bundle": outcome.name,
                "code": outcome.code,
                "confidence": outcome.confidence,
                "proofs": outcome.proofs,
                "files": outcome.files,
                "beliefs": outcome.beliefs,
                "holds": outcome.changes.is_empty(),
                "reworded": outcome.reworded,
                "changes": outcome.changes,
            })
        })
        .collect();
    Ok(json_text(&serde_json::to_string_pretty(&rows)?) + "\n")
}

fn junit(outcomes: &[Outcome], failed: usize) -> String {
    let escape =
        |text: &str| plain(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let cases: String = outcomes
        .iter()
        .map(|outcome| {
            let name = escape(&outcome.name);
            if outcome.changes.is_empty() {
                return format!("  <testcase classname=\"txsleuth.verify\" name=\"{name}\"/>\n");
            }
            let changes = escape(&outcome.changes.join("; "));
            format!("  <testcase classname=\"txsleuth.verify\" name=\"{name}\"><failure message=\"{changes}\"/></testcase>\n")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"txsleuth verify\" tests=\"{}\" failures=\"{failed}\">\n{cases}</testsuite>\n",
        outcomes.len(),
    )
}
