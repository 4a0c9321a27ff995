//! Bitcoin through Esplora's REST interface, on the first transaction of the main network, which proves itself.

use crate::support::Test;
use crate::wire::{Rest as Answers, Wire};

/// The coinbase of block 0, byte for byte; it pays a bare public key, so it has no address.
const RAW: &str = "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";
const TXID: &str = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";
/// The block by which a source of the main network shows that it does not follow Bitcoin Cash.
const MARK: &str = "00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148";
const GENESIS: &str = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";

fn honest() -> Answers {
    let status = format!(r#"{{"confirmed":true,"block_height":0,"block_hash":"{GENESIS}","block_time":1231006505}}"#);
    vec![
        ("/block-height/478559".into(), 200, MARK.into()),
        ("/blocks".into(), 200, r#"[{"height":499,"timestamp":1},{"height":500,"timestamp":1}]"#.into()),
        (format!("/tx/{TXID}"), 200, format!(r#"{{"txid":"{TXID}","fee":0,"status":{status}}}"#)),
        (format!("/tx/{TXID}/hex"), 200, RAW.into()),
        (format!("/block/{GENESIS}/status"), 200, r#"{"in_best_chain":true,"height":0}"#.into()),
    ]
}

fn with(changed: &str, status: u16, body: &str) -> Answers {
    let change = |(path, old, text): (String, u16, String)| {
        if path == changed { (path, status, body.to_owned()) } else { (path, old, text) }
    };
    honest().into_iter().map(change).collect()
}

/// The document that a check against such an explorer gives.
fn check(answers: &Answers) -> serde_json::Value {
    let wire = Wire::start(answers, |_, _| serde_json::json!({}));
    let folder = tempfile::tempdir().unwrap();
    let source = format!("{{ kind = \"esplora\", url = \"{}\" }}", wire.uri());
    let config = format!("[network.bitcoin]\nmines_on_demand = true\nsources = [{source}]\n");
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let ran = Test::new(&["check", TXID, "--network", "bitcoin", "--format", "json"]).dir(folder.path()).run();
    ran.json()
}

#[test]
fn a_transaction_is_read_from_its_own_bytes() {
    let document = check(&honest());
    assert_eq!(document["findings"][0]["code"], "expected-address-unknown");
    let tx = &document["transactions"][0];
    assert_eq!((tx["confirmations"].as_u64(), tx["proof"]["txid"].as_bool()), (Some(501), Some(true)));
    assert_eq!(tx["transfers"][0]["amount"], "50");
}

#[test]
fn every_answer_is_taken_for_what_it_is() {
    let tx = format!("/tx/{TXID}");
    let hex = format!("/tx/{TXID}/hex");
    let block = format!("/block/{GENESIS}/status");
    let unconfirmed = format!(r#"{{"txid":"{TXID}","fee":0,"status":{{"confirmed":false}}}}"#);
    let another = format!(r#"{{"txid":"{GENESIS}","fee":0,"status":{{"confirmed":false}}}}"#);
    let other_bytes = RAW.replace("f2052a", "f2052b");
    let cases = [
        (with(&tx, 404, "Transaction not found"), "not-found-unproven"),
        (with(&tx, 404, "<html>not the explorer</html>"), "source-unavailable"),
        (with(&tx, 200, "<html>"), "source-unavailable"),
        (with(&tx, 200, &unconfirmed), "pending"),
        (with(&tx, 200, &another), "answer-not-proven"),
        (with(&hex, 200, &other_bytes), "answer-not-proven"),
        (with(&hex, 200, "00"), "source-unavailable"),
        (with(&block, 200, r#"{"in_best_chain":false}"#), "reorged-out"),
        (with("/block-height/478559", 200, &"0".repeat(64)), "source-wrong-chain"),
        (with("/block-height/478559", 404, "Block not found"), "source-unavailable"),
        (with("/blocks", 200, "[]"), "source-unavailable"),
    ];
    for (index, (answers, code)) in cases.iter().enumerate() {
        let document = check(answers);
        assert_eq!(document["findings"][0]["code"], *code, "case {index}: {}", document["gaps"]);
    }
}
