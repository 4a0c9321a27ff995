//! `batch`: many cases, a result for every row, in the order of the rows.

mod crew;
mod input;
mod outbox;
mod output;
mod progress;
mod records;
mod resume;
mod worker;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use jiff::SignedDuration;

use super::Global;
use super::config::{self, Settings};
use super::env::Env;
use super::exit::{Exit, Mistake};
use crate::net::Hosts;
use crate::report::Language;
use crew::{Crew, Heard, Watch};
use output::Output;
use progress::{Counted, Progress, Reading};
use resume::Kept;

/// Cases in flight unless told otherwise.
const IN_FLIGHT: usize = 256;
/// Results that may wait for one that is slow, for each case in flight; short ones, and whole documents.
const WAITING: (usize, usize) = (16, 4);
/// Unfinished rows that may wait for their next look while others are read; short results, and whole documents.
const RESTING: (usize, usize) = (100_000, 5_000);

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// CSV with a header, NDJSON, or one subject a line; `-` reads standard input
    file: PathBuf,
    /// Write the results into a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Go on where an earlier run into the same file ended
    #[arg(long, requires = "out")]
    resume: bool,
    /// Write over an existing file
    #[arg(long, requires = "out", conflicts_with = "resume")]
    force: bool,
    /// Cases in flight
    #[arg(long, value_name = "N", default_value_t = IN_FLIGHT, value_parser = in_flight)]
    concurrency: usize,
    /// How to write the results
    #[arg(long, value_enum, default_value_t = Form::Ndjson)]
    format: Form,
    /// Write the whole document of every case, one a line
    #[arg(long, conflicts_with = "format")]
    full: bool,
    /// Write each result as soon as it is there, in any order
    #[arg(long)]
    unordered: bool,
    /// Look into unfinished cases again, as often as fits their state, and write each result once it is final
    #[arg(long)]
    watch: bool,
    /// With --watch: write what is unfinished after so many minutes as it stands then
    #[arg(long = "for", value_name = "MINUTES", requires = "watch", value_parser = clap::value_parser!(u32).range(1..=525_600))]
    minutes: Option<u32>,
    /// The language of the headlines
    #[arg(long, value_name = "LANG", value_parser = ["en", "zh", "ko"])]
    lang: Option<String>,
}

fn in_flight(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=10_000).contains(number));
    number.ok_or_else(|| "a number from 1 to 10000".to_owned())
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Form {
    /// A JSON object a line
    Ndjson,
    /// Columns under a header
    Csv,
}

/// Runs the command. Exit 4 when some rows failed.
pub(crate) fn run(args: &Args, global: &Global, env: &mut Env) -> Result<Exit> {
    let settings = Arc::new(Settings::new(&config::load(env, global.config.as_deref())?.config()?, env)?);
    let (source, reading) = input(args, env)?;
    let (kept, out) = match &args.out {
        Some(path) => Kept::open(&env.path(path), args).map(|(kept, file)| (kept, Some(file)))?,
        None => (Kept::nothing(), None),
    };
    if !global.quiet {
        for warning in &settings.warnings {
            env.warn(&format!("warning: {warning}"));
        }
    }
    let stop = Arc::clone(&env.stop);
    (env.catch_interruptions)(Arc::clone(&stop));
    let hosts = Hosts::for_many();
    let done_before = kept.len();
    let now = (env.clock)();
    let minutes = args.minutes.map(|minutes| SignedDuration::from_mins(minutes.into()));
    let watch = args.watch.then(|| Watch {
        pause: Arc::clone(&env.pause),
        end: minutes.and_then(|minutes| now.checked_add(minutes).ok()),
        resting: if args.full { RESTING.1 } else { RESTING.0 },
    });
    let crew = Crew {
        settings: Arc::clone(&settings),
        secrets: env.secrets(),
        clock: Arc::clone(&env.clock),
        hosts: Arc::clone(&hosts),
        full: args.full,
        in_flight: args.concurrency,
        window: args.concurrency * if args.full { WAITING.1 } else { WAITING.0 },
        language: args.lang.as_deref().and_then(Language::of).unwrap_or(settings.language),
        watch,
        stop: Arc::clone(&stop),
        broken: AtomicBool::new(false),
        reading: Arc::clone(&reading),
    };
    let mut output = Output::open(out, args)?;
    let mut progress = Progress::new(global.quiet, env, done_before, reading, Arc::clone(&hosts));
    let results = crew.set_to_work(source, kept)?;
    let ended = results.each(!args.unordered && !args.watch, |heard| {
        match heard {
            Heard::Told(told) => {
                progress.count(&told);
                output.write(&told)?;
            }
            Heard::Warning(text) => progress.say(&text, env),
            Heard::Rests => progress.rests(),
            Heard::Tick => {}
        }
        progress.tell(env);
        output.flush_now_and_then(env)
    });
    output.finish(env)?;
    progress.finish(env);
    ended?;
    if stop.load(Ordering::Relaxed) {
        env.warn(&go_on(args));
        return Ok(Exit::Interrupted);
    }
    Ok(if progress.errors() > 0 { Exit::Changed } else { Exit::Done })
}

/// How to go on after an interruption.
fn go_on(args: &Args) -> String {
    match &args.out {
        Some(out) => format!(
            "interrupted; what was under way is written. To go on: the same command with --out {} --resume",
            out.display()
        ),
        None => "interrupted; what was under way is written. With --out FILE a run can be gone on with".to_owned(),
    }
}

/// Where the rows come from, and how much of them is read.
fn input(args: &Args, env: &mut Env) -> Result<(Box<dyn Read + Send>, Arc<Reading>)> {
    if args.file.as_os_str() == "-" {
        return Ok((std::mem::replace(&mut env.input, Box::new(std::io::empty())), Arc::default()));
    }
    let path = env.path(&args.file);
    if args.out.as_ref().is_some_and(|out| is_same(&env.path(out), &path)) {
        return Err(Mistake::error("--out is the file that is read"));
    }
    let failed = || format!("failed to open {}", path.display());
    let file = std::fs::File::open(&path).with_context(failed)?;
    let known = file.metadata().with_context(failed)?;
    let reading = Arc::new(Reading::of(known.is_file().then_some(known.len())));
    Ok((Box::new(Counted::new(file, Arc::clone(&reading))), reading))
}

/// Whether two paths are of one file, by whatever links.
fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(one), Ok(other)) = (std::fs::metadata(one), std::fs::metadata(other)) {
        use std::os::unix::fs::MetadataExt as _;
        return (one.dev(), one.ino()) == (other.dev(), other.ino());
    }
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

/// Whether the run is to end.
type Stop = Arc<AtomicBool>;
