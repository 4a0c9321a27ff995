//! `init`: a commented configuration to start from.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::env::Env;
use super::exit::{Exit, Mistake};

/// What is written; a test reads it as a configuration.
const TEMPLATE: &str = include_str!("template.toml");

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file to write; `-` prints it
    #[arg(default_value = "txsleuth.toml")]
    file: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args, env: &mut Env) -> Result<Exit> {
    if args.file.as_os_str() == "-" {
        env.print(TEMPLATE)?;
        return Ok(Exit::Done);
    }
    let path = env.path(&args.file);
    let shown = args.file.display();
    if path.exists() && !args.force {
        return Err(Mistake::error(format!("{shown} exists; --force replaces it")));
    }
    std::fs::write(&path, TEMPLATE).with_context(|| format!("failed to write {shown}"))?;
    env.print(&format!("wrote {shown}; edit it, then run `txsleuth sources` to see who answers\n"))?;
    Ok(Exit::Done)
}
