//! What is generated from the grammar and the types: completions, the manual page, the schemas.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{CommandFactory as _, ValueEnum as _};
use clap_complete::Shell;

use super::Arguments;
use super::env::Env;
use super::exit::Exit;
use crate::report::{ChainPart, Document, Letter, PaymentsDocument, StatsDocument};
use crate::sources::ledger::openapi;

#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints a shell's completions.
pub(crate) fn completions(args: &CompletionsArgs, env: &mut Env) -> Result<Exit> {
    env.print(&completion(args.shell))?;
    Ok(Exit::Done)
}

/// Prints the manual page.
pub(crate) fn man(env: &mut Env) -> Result<Exit> {
    env.print(&man_page()?)?;
    Ok(Exit::Done)
}

fn completion(shell: Shell) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "txsleuth", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The manual page of the program and its commands, in roff.
pub fn man_page() -> Result<String> {
    let mut out = Vec::new();
    let command = Arguments::command().disable_help_subcommand(true);
    clap_mangen::Man::new(command.clone()).render(&mut out).context("failed to write the manual page")?;
    for sub in command.get_subcommands() {
        let sub = sub.clone().display_name(format!("txsleuth {}", sub.get_name()));
        out.extend(format!("\n.SH \"TXSLEUTH {}\"\n", sub.get_name().to_uppercase()).bytes());
        let man = clap_mangen::Man::new(sub);
        man.render_synopsis_section(&mut out).context("failed to write the manual page")?;
        man.render_options_section(&mut out).context("failed to write the manual page")?;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Every generated file of the repository, by path, with the content that it should have.
pub fn generated() -> Result<Vec<(PathBuf, String)>> {
    let mut files = vec![(PathBuf::from("completions/txsleuth.1"), man_page()?)];
    for shell in Shell::value_variants() {
        let name = match shell {
            Shell::Bash => "txsleuth.bash",
            Shell::Elvish => "txsleuth.elv",
            Shell::Fish => "txsleuth.fish",
            Shell::PowerShell => "_txsleuth.ps1",
            Shell::Zsh => "_txsleuth",
            _ => continue,
        };
        files.push((PathBuf::from("completions").join(name), completion(*shell)));
    }
    let schemas = [
        ("schema/diagnosis.schema.json", schemars::schema_for!(Document)),
        ("schema/payments.schema.json", schemars::schema_for!(PaymentsDocument)),
        ("schema/letter.schema.json", schemars::schema_for!(Letter)),
        ("schema/chain.schema.json", schemars::schema_for!(ChainPart)),
        ("schema/stats.schema.json", schemars::schema_for!(StatsDocument)),
    ];
    for (path, schema) in schemas {
        let schema = serde_json::to_string_pretty(&schema).context("failed to write the schema")?;
        files.push((PathBuf::from(path), schema + "\n"));
    }
    let ledger = serde_json::to_string_pretty(&openapi::document()).context("failed to write the OpenAPI document")?;
    files.push((PathBuf::from("schema/ledger.openapi.json"), ledger + "\n"));
    Ok(files)
}
