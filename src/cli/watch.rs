//! `watch`: one case, looked into again and again until time alone changes nothing any more.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};

use super::check::{Asked, Opened, Told, finish, look, open, prepare, row};
use super::env::Env;
use super::exit::Exit;
use super::{Global, ReportFormat};
use crate::report::{ResultRow, State, json_text, plain};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// Seconds between two looks; without it, what fits the state of the case
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    interval: Option<u32>,
    /// Give up after so many minutes
    #[arg(long = "for", value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=525_600))]
    minutes: Option<u32>,
}

/// Runs the command. Exits as `check` does; with the shells' code where the user ends it.
pub(crate) fn run(args: Args, global: &Global, env: &mut Env) -> Result<Exit> {
    (env.catch_interruptions)(Arc::clone(&env.stop));
    let mut opened = open(&args.asked, global, env)?;
    prepare(&args.asked, &opened, env)?;
    let end = args.minutes.and_then(|minutes| after(opened.started, Duration::from_secs(60 * u64::from(minutes))));
    let (mut before, mut paced) = (None, None);
    loop {
        let told = look(&opened)?;
        let now = row(&opened, &told);
        if let Some(line) = line(opened.started, before.as_ref(), &now) {
            print(&args, &told, &line, env)?;
        }
        before = Some(now);
        let diagnosis = &told.investigation.diagnosis;
        let is_over = end.is_some_and(|end| opened.started >= end);
        if diagnosis.is_final() || is_over {
            if !diagnosis.is_final() && !global.quiet {
                env.warn("the time is over; the case is not final yet");
            }
            return close(&args, &opened, &told, global, env);
        }
        let pace = pace(&args, &opened, &told);
        if paced != Some(pace) && !global.quiet {
            env.warn(&format!("looking again every {} s while it stands like this", pace.as_secs()));
            paced = Some(pace);
        }
        // What is past leaves no time at all.
        let left = end.map(|end| Duration::try_from(end.duration_since((env.clock)())).unwrap_or_default());
        env.wait(left.map_or(pace, |left| left.min(pace)))?;
        if env.stop.load(Ordering::Relaxed) {
            env.warn("interrupted; the case is not final yet");
            return Ok(Exit::Interrupted);
        }
        again(&mut opened, env);
    }
}

/// The same case, to be asked about anew.
fn again(opened: &mut Opened, env: &Env) {
    opened.started = (env.clock)();
    opened.case.started = opened.started;
    opened.net = opened.net.anew();
}

fn after(time: Timestamp, wait: Duration) -> Option<Timestamp> {
    time.checked_add(SignedDuration::try_from(wait).ok()?).ok()
}

/// How long until the next look.
fn pace(args: &Args, opened: &Opened, told: &Told) -> Duration {
    let own = || told.investigation.diagnosis.next_look(&opened.settings.policy.networks, opened.started);
    args.interval.map_or_else(own, |seconds| Duration::from_secs(seconds.into()))
}

/// Whether standard output is for the end alone: a page, or a letter to somebody who is told no steps in between.
fn is_sent(args: &Args) -> bool {
    let audience = args.asked.flags.audience.as_deref();
    args.asked.format == ReportFormat::Html || audience.is_some_and(|audience| audience != "support")
}

/// One change, as it is told: a line for people, a document for machines.
fn print(args: &Args, told: &Told, line: &str, env: &mut Env) -> Result<()> {
    if is_sent(args) {
        env.warn(&plain(line));
        return Ok(());
    }
    let text = match args.asked.format {
        ReportFormat::Html => return Ok(()),
        ReportFormat::Text => plain(line),
        ReportFormat::Markdown => format!("- {}", crate::report::markdown_text(line)),
        ReportFormat::Json => {
            json_text(&serde_json::to_string(&told.document).context("failed to write the document")?)
        }
    };
    env.print(&(text + "\n"))
}

/// The end: what `check` would do with what was seen last. For machines the last line is that already.
fn close(args: &Args, opened: &Opened, told: &Told, global: &Global, env: &mut Env) -> Result<Exit> {
    let told_already = args.asked.format == ReportFormat::Json && !is_sent(args);
    if !told_already && !is_sent(args) {
        env.print("\n")?;
    }
    finish(&args.asked, opened, told, !told_already, global, env)
}

/// What is new, with the time in UTC; nothing where nothing is.
fn line(at: Timestamp, before: Option<&ResultRow>, now: &ResultRow) -> Option<String> {
    let told = match before {
        None => Some(first(now)),
        Some(before) => changes(before, now),
    };
    told.map(|told| format!("{} {told}", at.strftime("%Y-%m-%dT%H:%M:%SZ")))
}

fn first(now: &ResultRow) -> String {
    let parts = [
        now.state.map(state),
        now.confirmations.map(|_| format!("{} confirmations", confirmations(now))),
        now.ledger_status.as_ref().map(|status| format!("ledger {status}")),
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
    format!("{} {}{known}: {}", verdict(now), code(now), headline(now))
}

/// What changed between two looks.
fn changes(before: &ResultRow, now: &ResultRow) -> Option<String> {
    let none = || "none".to_owned();
    let txid = |row: &ResultRow| row.txid.clone().unwrap_or_else(none);
    let stands = |row: &ResultRow| row.state.map_or_else(none, state);
    let ledger = |row: &ResultRow| row.ledger_status.clone().unwrap_or_else(none);
    let mut told = vec![
        ("verdict", verdict(before), verdict(now)),
        ("finding", code(before), code(now)),
        ("transaction", txid(before), txid(now)),
        ("state", stands(before), stands(now)),
        ("confirmations", confirmations(before), confirmations(now)),
        ("ledger", ledger(before), ledger(now)),
    ];
    told.retain(|(_, then, now)| then != now);
    if told.is_empty() {
        return None;
    }
    let told: Vec<String> = told.into_iter().map(|(name, then, now)| format!("{name} {then} → {now}")).collect();
    let anew = before.code != now.code || before.verdict != now.verdict;
    let headline = if anew { format!(": {}", headline(now)) } else { String::new() };
    Some(told.join(", ") + &headline)
}

fn verdict(row: &ResultRow) -> String {
    row.verdict.map_or("none", crate::diagnosis::Verdict::name).to_owned()
}

fn code(row: &ResultRow) -> String {
    row.code.clone().unwrap_or_else(|| "none".to_owned())
}

fn headline(row: &ResultRow) -> &str {
    row.headline.as_deref().unwrap_or_default()
}

fn state(state: State) -> String {
    state.name().to_owned()
}

fn confirmations(row: &ResultRow) -> String {
    match (row.confirmations, row.required_confirmations) {
        (Some(have), Some(need)) => format!("{have} of {need}"),
        (Some(have), None) => have.to_string(),
        (None, _) => "none".to_owned(),
    }
}
