//! What a payment shows by itself, so that nobody has to be asked what happened inside it.

use serde_json::{Value, json};

use crate::faults::OTHER_RECEIVER;
use crate::stub::{RECEIPT, TXID, World, world};

/// A change to a world, and what it is.
type Change = (&'static str, fn(&mut World));

/// What became of a payment to somebody else after a change, and whether a node was asked what happened inside.
fn told(change: impl FnOnce(&mut World)) -> (String, bool) {
    let mut world = world();
    world.log()["topics"][2] = json!(OTHER_RECEIVER);
    change(&mut world);
    let running = world.start();
    let ran = running.run(&["check", TXID, "--format", "json"], &[]);
    let asked =
        |method: &str| running.stubs().any(|stub| stub.requests().iter().any(|said| said.body.contains(method)));
    let asked = asked("debug_traceTransaction") || asked("eth_getCode");
    let document = ran.json();
    let decisive = document["findings"].as_array().unwrap().iter().find(|finding| finding["decisive"] == true);
    (decisive.unwrap()["code"].as_str().unwrap().to_owned(), asked)
}

fn logs(world: &mut World) -> &mut Vec<Value> {
    world.result(RECEIPT)["logs"].as_array_mut().unwrap()
}

#[test]
fn a_listed_token_that_only_transferred_moved_no_coin() {
    assert_eq!(told(|_| {}), ("address-not-ours".to_owned(), false));
}

#[test]
fn what_may_have_done_more_is_looked_into() {
    let more: [Change; 3] = [
        ("another event", |world| {
            let mut event = world.log().clone();
            (event["topics"], event["logIndex"]) = (json!([OTHER_RECEIVER]), json!("0x1"));
            logs(world).push(event);
        }),
        ("from somebody else", |world| world.log()["topics"][1] = json!(OTHER_RECEIVER)),
        ("another token", |world| world.log()["address"] = json!("0x00000000000000000000000000000000000000ff")),
    ];
    for (what, change) in more {
        let (code, asked) = told(change);
        assert!(asked, "{what}: {code}");
    }
}

#[test]
fn what_ran_no_code_called_nobody() {
    let spent = |gas: &str| {
        let gas = json!(gas);
        told(move |world| {
            logs(world).clear();
            world.result(RECEIPT)["gasUsed"] = gas;
        })
    };
    assert_eq!(spent("0x5208"), ("no-value-moved".to_owned(), false));
    assert_eq!(spent("0x5209"), ("source-unavailable".to_owned(), true));
}
