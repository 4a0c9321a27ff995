//! How it is asked: the grammar, and one file per command.

mod attach;
mod batch;
mod bundle;
mod check;
mod config;
mod env;
mod exit;
mod explain;
mod find;
mod generate;
mod handout;
mod init;
mod letter;
mod lines;
mod moment;
mod profile;
mod read;
mod sources;
mod stats;
mod sums;
mod verify;
mod watch;

pub use env::{Env, Pause};
pub use exit::Exit;
pub use generate::{generated, man_page};

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

/// Finds out what happened to a missing crypto deposit or withdrawal.
///
/// Takes a transaction identifier or a ticket, asks chain nodes, explorers and the internal ledger, and
/// writes the diagnosis that is attached to the complaint. A bare `txsleuth SUBJECT` means `check`.
#[derive(Debug, Parser)]
#[command(name = "txsleuth", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Exit codes: 0 a diagnosis was produced; 1 the tool failed; 2 usage or configuration;
3 no source answered; 4 verify found a change. With --exit-code the verdict sets it:
complete 0, settled 5, waiting 10, platform-action 20, customer-action 30,
misdirected 40, inconclusive 50.";

/// Flags that every command takes.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Global {
    /// Configuration file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// When to colour the output
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Say nothing on standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Tell on standard error what was asked
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless the variable `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a result is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For machines
    Json,
}

/// How a diagnosis is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For a terminal
    Text,
    /// For a note in a ticket desk
    Markdown,
    /// One page for a browser, to be filed or printed
    Html,
    /// For machines
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Investigate one case and print the diagnosis
    Check(Box<check::Args>),
    /// Investigate many: CSV, NDJSON or one subject a line; a result for every row
    Batch(batch::Args),
    /// No transaction identifier? List the payments to an address that fit the claim
    Find(Box<find::Args>),
    /// Follow one case until time alone changes nothing any more
    Watch(Box<watch::Args>),
    /// Re-derive recorded cases offline; fails if a diagnosis changed
    Verify(verify::Args),
    /// What a finding means, how it is detected, what to do
    Explain(explain::Args),
    /// Which sources answer, how far they are synced, where each setting came from
    Sources(sources::Args),
    /// What an exchange has published, each figure with its source
    Profile(profile::Args),
    /// What the results of batch come to: counts, ages, sums, what comes back
    Stats(stats::Args),
    /// What a complaint's text claims, as JSON with spans
    Read(read::Args),
    /// Write a commented configuration to start from
    Init(init::Args),
    /// Print a shell's completions
    Completions(generate::CompletionsArgs),
    /// Print the manual page
    Man,
}

/// Runs the program in a world. Errors are printed here and nowhere else.
pub fn run(env: &mut Env) -> Exit {
    match try_run(env) {
        Ok(exit) => exit,
        Err(error) => {
            env.warn(&exit::message(&error));
            exit::of_error(&error)
        }
    }
}

fn try_run(env: &mut Env) -> anyhow::Result<Exit> {
    let arguments = match parse(&env.args) {
        Ok(arguments) => arguments,
        Err(error) => return told(env, &error),
    };
    let global = arguments.global;
    match arguments.command {
        Command::Check(args) => check::run(*args, &global, env),
        Command::Batch(args) => batch::run(&args, &global, env),
        Command::Find(args) => find::run(&args, &global, env),
        Command::Watch(args) => watch::run(*args, &global, env),
        Command::Verify(args) => verify::run(&args, env),
        Command::Explain(args) => explain::run(&args, env),
        Command::Sources(args) => sources::run(&args, &global, env),
        Command::Profile(args) => profile::run(&args, env),
        Command::Stats(args) => stats::run(&args, &global, env),
        Command::Read(args) => read::run(&args, env),
        Command::Init(args) => init::run(&args, env),
        Command::Completions(args) => generate::completions(&args, env),
        Command::Man => generate::man(env),
    }
}

/// Parses the command line; one that begins without a command means `check`.
fn parse(args: &[OsString]) -> Result<Arguments, clap::Error> {
    let first = Arguments::try_parse_from(args);
    let Err(error) = first else { return first };
    let bare = matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument);
    if !bare || starts_with_command(args) || misspelt(&error, args) {
        return Err(error);
    }
    let mut with_check: Vec<OsString> = args.to_vec();
    with_check.insert(1.min(args.len()), "check".into());
    Arguments::try_parse_from(with_check)
}

fn commands() -> Vec<String> {
    Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

fn starts_with_command(args: &[OsString]) -> bool {
    let commands = commands();
    args.iter().skip(1).filter_map(|arg| arg.to_str()).any(|arg| commands.iter().any(|name| name == arg))
}

/// A word without digits that is within two edits of a command was meant as one. Where the parser does not say which
/// word it took for a command, it is the first that is no flag.
fn misspelt(error: &clap::Error, args: &[OsString]) -> bool {
    let told = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    };
    let first = || args.iter().skip(1).filter_map(|arg| arg.to_str()).find(|arg| !arg.starts_with('-'));
    let near = |word: &str| commands().iter().any(|name| strsim::damerau_levenshtein(name, word) <= 2);
    told.or_else(first).is_some_and(|word| !word.contains(|c: char| c.is_ascii_digit()) && near(word))
}

/// Help and version go to standard output, mistakes to standard error.
fn told(env: &mut Env, error: &clap::Error) -> anyhow::Result<Exit> {
    if error.use_stderr() {
        env.warn(error.render().to_string().trim_end());
        return Ok(Exit::Usage);
    }
    env.print(&error.render().to_string())?;
    Ok(Exit::Done)
}

impl Global {
    /// Whether to colour what goes to standard output.
    pub(crate) fn colour(&self, env: &Env) -> bool {
        match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => env.terminal.is_some() && !env.has("NO_COLOR"),
        }
    }
}

/// Runs a future to its end on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> anyhow::Result<T> {
    use anyhow::Context as _;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime.context("failed to start")?.block_on(future))
}
