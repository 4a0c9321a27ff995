//! How long one case takes where no network is in the way: `cargo bench`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use divan::{AllocProfiler, Bencher};
use txsleuth::cli::{Env, Exit, run};
use txsleuth::evidence::Evidence;
use txsleuth::inquiry::{Channel, Reach, next};
use txsleuth::subject::Subject;
use txsleuth::terms::{By, ChainIdentity, Network, Said};

use evidence::{ETHEREUM, World};

#[path = "../tests/evidence.rs"]
#[allow(clippy::assigning_clones, clippy::needless_for_each, reason = "a world is changed in one line each")]
#[expect(dead_code, reason = "few of the worlds that tests know are measured")]
mod evidence;

/// Of pure questions the number of allocations tells more than their time: it is the same on every machine.
#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

/// Rollups and side chains beside the network of the case, as many as most platforms run.
const OTHERS: u64 = 6;

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

/// What follows from all that was seen of one case.
#[divan::bench(args = ["credited", "missed", "withdrawn", "unheard"])]
fn diagnose_a_case(bencher: Bencher, fate: &str) {
    let world = platform(fate);
    bencher.bench_local(|| world.diagnose());
}

/// What to ask first, when nothing is known, and at last, when everything is.
#[divan::bench(args = ["first", "last"])]
fn ask_what_is_next(bencher: Bencher, round: &str) {
    let mut world = platform("credited");
    if round == "first" {
        world.evidence = Evidence::new(evidence::now(), true);
    }
    let channels: Vec<_> = world.policy.networks.iter().map(|network| Channel::all(&network.name, 1)).collect();
    let reach = Reach { networks: &world.policy.networks, channels: &channels, prove: false };
    bencher.bench_local(|| next(&world.claim, &world.evidence, reach));
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

/// A token's payment on a platform of several networks, which has it as its fate says.
fn platform(fate: &str) -> World {
    let world = World::new().claim(|claim| claim.network = Some(Said::new(ETHEREUM.to_owned(), By::Flag)));
    let mut world = match fate {
        "credited" => world.recorded("credited"),
        "withdrawn" => world.ordered("completed"),
        "unheard" => world.unknown_ledger(),
        _ => world,
    };
    let own = world.policy.networks[0].clone();
    let other = |id| Network { name: format!("evm-{id}").into(), identity: ChainIdentity::Evm(id), ..own.clone() };
    world.policy.networks.extend((1..=OTHERS).map(other));
    world
}
