//! How long one case takes where no network is in the way: `cargo bench`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use txsleuth::cli::{Env, Exit, run};
use txsleuth::subject::Subject;

fn main() {
    divan::main();
}

#[divan::bench]
fn parse_a_pasted_link() -> Subject {
    let link = "“https://etherscan.io/tx/0x4D5F2A9C0B1E3D4F5A6B7C8D9E0F1A2B3C4D5E6F7A8B9C0D1E2F3A4B5C6D7E8F#eventlog”";
    Subject::parse(divan::black_box(link))
}

/// Reading the recording, asking, diagnosing and rendering: the whole program, in this process.
#[divan::bench(args = ["text", "json"])]
fn decide_a_recorded_case(format: &str) -> Exit {
    let args = ["txsleuth", "check", "--replay", "fixtures/deposit-missed-by-ticket", "--format", format];
    run(&mut world(&args))
}

#[divan::bench]
fn list_every_explanation() -> Exit {
    run(&mut world(&["txsleuth", "explain"]))
}

fn world(args: &[&str]) -> Env {
    Env {
        args: args.iter().map(Into::into).collect(),
        vars: BTreeMap::new(),
        dir: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        input: Box::new(std::io::empty()),
        out: Box::new(std::io::sink()),
        err: Box::new(std::io::sink()),
        clock: Arc::new(|| jiff::Timestamp::UNIX_EPOCH),
        terminal: None,
        watched: false,
        stop: Arc::default(),
        catch_interruptions: |_| {},
        pause: Arc::new(|_| Box::pin(std::future::ready(()))),
    }
}
