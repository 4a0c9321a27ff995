//! Every test that goes through the public surface, in one binary.

#![allow(clippy::assigning_clones, clippy::needless_for_each, reason = "a world is changed in one line each")]

mod batch;
mod binance;
mod bithumb;
mod blockbook;
mod bundles;
mod cli;
mod desk_stubs;
mod desks;
mod esplora;
mod evidence;
mod exchange_cases;
mod exchange_refusals;
mod exchanges;
mod explain;
mod explorer_searches;
mod explorers;
mod faults;
mod find;
mod fixtures;
mod generated;
mod goldens;
mod hostile;
mod languages;
mod layers;
mod letters;
mod mapped;
mod mexc;
mod not_found;
mod okx;
mod page;
mod profile;
mod proofs;
mod properties;
mod reading;
mod receipts;
mod records;
mod replaced;
mod rules;
mod searches;
mod solana;
mod stats;
mod stub;
mod succession;
mod support;
mod surface;
mod terminal;
mod toncenter;
mod traps;
mod tron;
mod watch;
mod wire;
mod xrpl;

#[test]
fn no_test_file_is_forgotten() {
    let wired = include_str!("main.rs");
    let files = std::fs::read_dir("tests").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for name in files.filter_map(|file| file.strip_suffix(".rs").map(str::to_owned)) {
        assert!(name == "main" || wired.contains(&format!("mod {name};")), "tests/{name}.rs is not wired in");
    }
}
