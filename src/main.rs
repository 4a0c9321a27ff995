//! The process.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(txsleuth::cli::run(&mut txsleuth::cli::Env::real()).code())
}
