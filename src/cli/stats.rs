//! `stats`: results of `batch` in, figures out.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::Global;
use super::config::{self, Settings};
use super::env::Env;
use super::exit::{Exit, Mistake};
use super::lines::{Bounded, next_line};
use crate::report::{Counted, Stats, csv_cell, json_text, plain, render_stats, stats_csv};

/// Longest line that is read, in bytes: a document of a pay-out to thousands.
const LONGEST_LINE: usize = 64 << 20;
/// Longest record of CSV, in bytes.
const LONGEST_RECORD: usize = 1 << 20;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Results of `batch`: NDJSON, CSV, or whole documents, one a line; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = StatsFormat::Text)]
    format: StatsFormat,
}

/// How the figures are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum StatsFormat {
    /// For people
    Text,
    /// For machines
    Json,
    /// Rows of part, name, count and amount
    Csv,
}

/// What of a file is no result.
#[derive(Default)]
struct Skipped {
    /// Whether its last line is torn.
    torn: bool,
    /// Lines that are no result and not the last.
    lines: u64,
    /// The first of them.
    first: u64,
}

/// Runs the command. Exit 4 when a line that is not the last of its file is no result.
pub(crate) fn run(args: &Args, global: &Global, env: &mut Env) -> Result<Exit> {
    if args.files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
        return Err(Mistake::error("standard input can be read once"));
    }
    let settings = Settings::new(&config::load(env, global.config.as_deref())?.config()?, env)?;
    let mut stats = Stats::new(settings.policy.sla);
    let mut exit = Exit::Done;
    for file in &args.files {
        let source: Box<dyn Read + Send> = if file.as_os_str() == "-" {
            std::mem::replace(&mut env.input, Box::new(std::io::empty()))
        } else {
            let path = env.path(file);
            Box::new(std::fs::File::open(&path).with_context(|| format!("failed to open {}", path.display()))?)
        };
        let skipped = count(source, &mut stats).with_context(|| format!("failed to read {}", file.display()))?;
        if skipped.lines > 0 {
            exit = Exit::Changed;
        }
        if !global.quiet {
            warn(&skipped, &file.display().to_string(), env);
        }
    }
    let document = stats.document();
    let text = match args.format {
        StatsFormat::Json => {
            json_text(&serde_json::to_string_pretty(&document).context("failed to write the figures")?) + "\n"
        }
        StatsFormat::Csv => csv_text(&stats_csv(&document))?,
        StatsFormat::Text => {
            let width = env.terminal.unwrap_or(80).clamp(40, 120);
            render_stats(&document, width, global.colour(env))
        }
    };
    env.print(&text)?;
    Ok(exit)
}

fn warn(skipped: &Skipped, file: &str, env: &mut Env) {
    if skipped.lines > 0 {
        let what = if skipped.lines == 1 { "line is" } else { "lines are" };
        let text = format!("{file}: {} {what} no result and not counted, first line {}", skipped.lines, skipped.first);
        env.warn(&plain(&text));
    }
    if skipped.torn {
        env.warn(&plain(&format!("{file}: the last line is torn and not counted")));
    }
}

/// Counts every result of a file.
fn count(source: Box<dyn Read + Send>, stats: &mut Stats) -> Result<Skipped> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let begun = source.fill_buf()?;
    let text = begun.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begun);
    let (mark, first) = (begun.len() - text.len(), text.iter().find(|byte| !byte.is_ascii_whitespace()).copied());
    source.consume(mark);
    match first {
        None => Ok(Skipped::default()),
        Some(b'{') => json(source, stats),
        Some(_) => csv(source, stats),
    }
}

fn json(mut source: impl BufRead, stats: &mut Stats) -> Result<Skipped> {
    let (mut skipped, mut line, mut number) = (Skipped::default(), Vec::new(), 0);
    while next_line(&mut source, &mut line, LONGEST_LINE)? {
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Some(one) = Counted::from_json(&line) {
            stats.add(&one);
        } else {
            let is_last = source.fill_buf()?.is_empty();
            skipped.skip(is_last, number, stats);
        }
    }
    Ok(skipped)
}

fn csv(source: impl Read, stats: &mut Stats) -> Result<Skipped> {
    let (source, given) = Bounded::new(source, LONGEST_RECORD);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source);
    let names = csv::StringRecord::from_byte_record_lossy(reader.byte_headers()?.clone());
    if !["row", "content", "verdict"].iter().all(|wanted| names.iter().any(|name| name == *wanted)) {
        return Err(Mistake::error(
            "it is not a file of results: neither JSON lines nor CSV with the columns of `batch`",
        ));
    }
    let (mut skipped, mut record) = (Skipped::default(), csv::ByteRecord::new());
    // Whether it is the last is known with the next one.
    let mut unread = None;
    loop {
        given.set(0);
        if !reader.read_byte_record(&mut record)? {
            if let Some(number) = unread {
                skipped.skip(true, number, stats);
            }
            return Ok(skipped);
        }
        if let Some(number) = unread.take() {
            skipped.skip(false, number, stats);
        }
        let number = record.position().map_or(0, csv::Position::line);
        let record = csv::StringRecord::from_byte_record_lossy(record.clone());
        let columns: HashMap<&str, &str> = names.iter().zip(&record).collect();
        match Counted::from_columns(&columns).filter(|_| record.len() == names.len()) {
            Some(one) => stats.add(&one),
            None => unread = Some(number),
        }
    }
}

impl Skipped {
    fn skip(&mut self, is_last: bool, number: u64, stats: &mut Stats) {
        stats.skip();
        self.torn = is_last;
        if !is_last {
            self.lines += 1;
            self.first = if self.lines == 1 { number } else { self.first };
        }
    }
}

fn csv_text(rows: &[[String; 4]]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.each_ref().map(|text| csv_cell(text))).context("failed to write the figures")?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("failed to write the figures: {error}"))?;
    String::from_utf8(bytes).context("failed to write the figures")
}
