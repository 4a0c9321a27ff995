//! `profile`: what exchanges have published, each figure with its source.

use anyhow::Result;
use jiff::civil::Date;
use serde::Serialize;

use super::Format;
use super::config;
use super::env::Env;
use super::exit::{Exit, Mistake};
use crate::profile::{Figure, FigureValue, Profile, Sure};
use crate::report::json_text;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// An exchange: okx, binance, mexc or bithumb; without one all are listed
    name: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// One exchange, told to machines.
#[derive(Serialize)]
struct Told {
    name: String,
    title: String,
    languages: Vec<String>,
    figures: Vec<Row>,
}

/// One figure with its source.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    figure: FigureValue,
    sure: Sure,
    title: String,
    source: String,
    updated: Option<Date>,
    read: Date,
}

/// Runs the command.
pub(crate) fn run(args: &Args, env: &mut Env) -> Result<Exit> {
    let wanted: Vec<&str> = match args.name.as_deref() {
        Some(name) => vec![name],
        None => Profile::names().collect(),
    };
    let mut profiles = Vec::new();
    for name in wanted {
        // `none` means something in a configuration alone.
        let none = || Mistake::error(format!("there is no profile `{name}`"));
        profiles.push(config::profile(name)?.ok_or_else(none)?);
    }
    let text = match (args.format, &args.name) {
        (Format::Json, _) => {
            let told: Vec<Told> = profiles.iter().map(machine).collect();
            json_text(&serde_json::to_string_pretty(&told)?) + "\n"
        }
        (Format::Text, Some(_)) => profiles.iter().map(long).collect(),
        (Format::Text, None) => profiles.iter().map(line).collect(),
    };
    env.print(&text)?;
    Ok(Exit::Done)
}

fn line(profile: &Profile) -> String {
    let count = profile.figures().len();
    format!("{:<10} {:<10} {count} figures; writes in {}\n", profile.name, profile.title, profile.languages.join(", "))
}

fn long(profile: &Profile) -> String {
    let mut out = format!("{} ({}), writes in {}\n", profile.title, profile.name, profile.languages.join(", "));
    let mut last = "";
    for figure in profile.figures() {
        if figure.value.what != last {
            last = figure.value.what;
            out.push_str(&format!("\n{last}\n"));
        }
        out.push_str(&told(&figure));
    }
    out.push_str("\nOnly what is official decides anything, and the ledger and the configuration win over it.\n");
    out
}

fn told(figure: &Figure<'_>) -> String {
    let source = figure.source;
    let date = match source.updated {
        Some(date) => format!("updated {date}, read {}", source.read),
        None => format!("read {}", source.read),
    };
    let value = &figure.value;
    format!(
        "  {}: {}\n    {}: {}, {date}\n    {}\n",
        value.of,
        value.value,
        figure.sure.name(),
        source.title,
        source.url
    )
}

fn machine(profile: &Profile) -> Told {
    let row = |figure: Figure<'_>| Row {
        figure: figure.value,
        sure: figure.sure,
        title: figure.source.title.clone(),
        source: figure.source.url.clone(),
        updated: figure.source.updated,
        read: figure.source.read,
    };
    Told {
        name: profile.name.clone(),
        title: profile.title.clone(),
        languages: profile.languages.clone(),
        figures: profile.figures().into_iter().map(row).collect(),
    }
}
