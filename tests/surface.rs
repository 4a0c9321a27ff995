//! What a payment shows by itself, so that nobody has to be asked what happened inside it; and what the ledger's records
//! show, so that it is not asked for others.

use serde_json::{Value, json};

use crate::faults::{OTHER_RECEIVER, credit, decisive};
use crate::stub::{ADDRESS, TXID, World, world};

/// What it is, and the change that makes it so.
type Change = (&'static str, fn(&mut World));

/// What became of a case, and which of some words stand in what anybody was asked.
fn told(world: &World, args: &[&str], words: &[&str]) -> (String, bool) {
    let running = world.start();
    let ran = running.run(&[&["check", TXID, "--format", "json"], args].concat(), &[]);
    let is_in = |text: &str| words.iter().any(|word| text.contains(word));
    let asked = running.stubs().any(|stub| stub.requests().iter().any(|said| is_in(&said.body) || is_in(&said.target)));
    (decisive(&ran.json()).as_str().unwrap().to_owned(), asked)
}

/// The same of a payment to an address of which the ledger knows nothing, and whether a node was asked what happened
/// inside.
fn inside(change: fn(&mut World), args: &[&str]) -> (String, bool) {
    let mut world = world();
    world.ledger.says["addresses"] = Value::Null;
    change(&mut world);
    told(&world, args, &["debug_traceTransaction", "eth_getCode"])
}

#[test]
fn a_listed_token_that_only_transferred_moved_no_coin() {
    assert_eq!(inside(|_| {}, &[]), ("address-not-ours".to_owned(), false));
}

#[test]
fn whoever_misses_coin_is_not_put_off_with_a_tokens_word() {
    let (code, asked) = inside(|_| {}, &["--asset", "ETH"]);
    assert!(asked && code != "address-not-ours", "{code}");
}

#[test]
fn what_may_have_done_more_is_looked_into() {
    let more: [Change; 6] = [
        ("another event", World::logs_more),
        ("to somebody else than it was told", |world| world.log()["topics"][2] = json!(OTHER_RECEIVER)),
        ("more than it was told", |world| world.log()["data"] = json!(format!("0x{:0>64}", "1dcd6501"))),
        ("from somebody else", |world| world.log()["topics"][1] = json!(OTHER_RECEIVER)),
        ("another token", |world| world.log()["address"] = json!("0x00000000000000000000000000000000000000ff")),
        ("another source sees more", |world| {
            world.nodes.push(world.nodes[0].clone());
            world.logs_more();
        }),
    ];
    for (what, change) in more {
        let (code, asked) = inside(change, &[]);
        assert!(asked, "{what}");
        assert_ne!(code, "address-not-ours", "{what}");
    }
}

/// A deposit that the ledger has.
fn filed(account: &str) -> World {
    let mut world = world();
    world.ledger.says["deposits"]["items"] = json!([credit(TXID)]);
    world.ledger.says["deposits"]["items"][0]["account"] = json!(account);
    world
}

#[test]
fn a_deposit_that_the_ledger_has_is_not_looked_for_among_withdrawals() {
    let asked = |world: &World, args: &[&str]| told(world, args, &["/v1/withdrawals"]);
    let credited = |asked: bool| ("credited".to_owned(), asked);
    let claimed = ["--kind", "deposit", "--address", ADDRESS];
    assert_eq!(asked(&filed("A-1001"), &claimed), credited(false));
    assert_eq!(asked(&filed("A-1001"), &claimed[2..]), credited(true), "of no kind");
    assert_eq!(asked(&filed("A-1001"), &claimed[..2]), credited(true), "at no address");
    assert!(asked(&filed("A-1002"), &claimed).1, "of somebody else");
    assert_eq!(asked(&world(), &claimed), ("deposit-missed".to_owned(), true));
}
