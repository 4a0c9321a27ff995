//! Litecoin through Blockbook's interface, on a transaction that proves itself: what the index says instead of an answer,
//! and what it cannot know. Shapes: <https://github.com/trezor/blockbook/blob/master/docs/api.md>.

use serde_json::{Value, json};

use crate::support::Test;
use crate::wire::{Rest as Answers, Wire};

/// A payment of 1.5 to an address of a key, as bcoin builds, signs and hashes it.
const RAW: &str = "01000000018f1f0af193a600f50fa64bd9b5ad1cbc5b9fe3190ef78c4e20b8158f577f2509000000006b483045022100af37927c9adedb1456d1a816dacae2594039dab0e5c80c841b12958d7a245a490220205a24525c352a5ef0b09c903a0e80c32719220e2df98eb13bc973117d107877012102be929cb365d7c29991b073891b589fb40f6e966ceeda1e69c316cceda0b53e7cffffffff0180d1f008000000001976a9142d711642b726b04401627ca9fbac32f5c8530fb188ac00000000";
const TXID: &str = "5040d7bdff5d15e5f2476f1678a0300e67fbf23512e9416092d2a69832bb01d1";
const RECEIVER: &str = "LPNE9GK3GenV8A2AUrSfmrSjfArUJ5N345";
const SPENT: &str = "09257f578f15b8204e8cf70e19e39f5bbc1cadb5d94ba60ff500a693f10a1f8f";
const GENESIS: &str = "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2";
const BLOCK: &str = "e3fe8e2788ca0daafc7b50f2281dc86fbc3be2aaf6acd4d049d9a6c4e9a40029";
const HEIGHT: u64 = 2_799_998;

fn tx() -> Value {
    json!({
        "txid": TXID, "version": 1, "vin": [{"txid": SPENT, "n": 0, "addresses": [RECEIVER], "isAddress": true}],
        "vout": [{"value": "150000000", "n": 0, "hex": "76a9142d711642b726b04401627ca9fbac32f5c8530fb188ac"}],
        "blockHash": BLOCK, "blockHeight": HEIGHT, "confirmations": 3, "blockTime": 1_795_352_173, "value": "150000000",
        "fees": "2000", "hex": RAW,
    })
}

fn status() -> Value {
    let index = json!({
        "coin": "Litecoin", "initialSync": false, "inSync": true, "bestHeight": HEIGHT + 2,
        "lastBlockTime": "2026-11-22T12:00:00.123456789+01:00",
    });
    json!({"blockbook": index, "backend": {"chain": "main", "blocks": HEIGHT + 2}})
}

fn honest() -> Answers {
    let index = |hash: &str| json!({ "blockHash": hash }).to_string();
    vec![
        ("/api/status".into(), 200, status().to_string()),
        ("/api/v2/block-index/0".into(), 200, index(GENESIS)),
        (format!("/api/v2/block-index/{HEIGHT}"), 200, index(BLOCK)),
        (format!("/api/v2/tx/{TXID}"), 200, tx().to_string()),
    ]
}

fn with(changed: &str, status: u16, body: &str) -> Answers {
    let change = |(path, old, text): (String, u16, String)| {
        if path == changed { (path, status, body.to_owned()) } else { (path, old, text) }
    };
    honest().into_iter().map(change).collect()
}

/// The document that a check of an identifier against such an index gives.
fn check(answers: &Answers, id: &str) -> Value {
    let wire = Wire::start(answers, |_, _| json!({}));
    let folder = tempfile::tempdir().unwrap();
    let source = format!("{{ kind = \"blockbook\", url = \"{}\" }}", wire.uri());
    let config = format!("[network.litecoin]\nmines_on_demand = true\nsources = [{source}]\n");
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let args = ["check", id, "--network", "ltc", "--format", "json"];
    Test::new(&args).dir(folder.path()).run().json()
}

fn decisive(document: &Value) -> &str {
    let findings = document["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["decisive"] == true);
    found.and_then(|finding| finding["code"].as_str()).unwrap_or_else(|| panic!("nothing decides: {document}"))
}

#[test]
fn a_transaction_is_read_from_its_own_bytes() {
    let document = check(&honest(), TXID);
    assert_eq!(decisive(&document), "waiting-confirmations");
    let tx = &document["transactions"][0];
    assert_eq!((tx["confirmations"].as_u64(), tx["proof"]["txid"].as_bool()), (Some(3), Some(true)));
    assert_eq!((&tx["transfers"][0]["amount"], &tx["transfers"][0]["to"]), (&json!("1.5"), &json!(RECEIVER)));
    assert_eq!(tx["transfers"][0]["asset"], "LTC");
}

#[test]
fn what_the_node_says_is_asked_where_the_index_shows_no_bytes() {
    let mut bare = tx();
    bare.as_object_mut().unwrap().remove("hex");
    let path = format!("/api/v2/tx/{TXID}");
    let mut answers = with(&path, 200, &bare.to_string());
    assert_eq!(decisive(&check(&answers, TXID)), "source-unavailable");
    answers.push((format!("/api/v2/tx-specific/{TXID}"), 200, json!({"hex": RAW, "txid": TXID}).to_string()));
    assert_eq!(check(&answers, TXID)["transactions"][0]["transfers"][0]["amount"], "1.5");
}

/// An answer with one field changed; `null` takes it away.
fn edited(of: Value, pointer: &str, value: Value) -> String {
    let mut changed = of;
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => parent.remove(field),
        value => parent.insert(field.to_owned(), value),
    };
    changed.to_string()
}

#[test]
fn every_answer_is_taken_for_what_it_is() {
    let path = format!("/api/v2/tx/{TXID}");
    let refused = |words: &str| with(&path, 400, &json!({ "error": words }).to_string());
    let told = |field: &str, value: Value| with(&path, 200, &edited(tx(), &format!("/{field}"), value));
    let state = |pointer: &str, value: Value| with("/api/status", 200, &edited(status(), pointer, value));
    let at = |height: u64, hash: &str| {
        with(&format!("/api/v2/block-index/{height}"), 200, &json!({ "blockHash": hash }).to_string())
    };
    let cases = [
        (refused(&format!("Transaction '{TXID}' not found")), "not-found-unproven"),
        (refused(&format!("Transaction '{TXID}' not found (connection refused)")), "source-unavailable"),
        (refused(&format!("Transaction '{SPENT}' not found")), "source-unavailable"),
        (refused("not found"), "source-unavailable"),
        (with(&path, 400, "Transaction not found"), "source-unavailable"),
        (
            with(&path, 200, &json!({ "error": format!("Transaction '{TXID}' not found") }).to_string()),
            "source-unavailable",
        ),
        (with(&path, 404, "404 page not found"), "source-unavailable"),
        (with(&path, 500, r#"{"error":"Internal server error"}"#), "source-unavailable"),
        (with(&path, 200, "<html>Just a moment</html>"), "source-unavailable"),
        (with(&path, 200, "[]"), "source-unavailable"),
        (told("txid", json!(SPENT)), "answer-not-proven"),
        (told("txid", Value::Null), "source-unavailable"),
        (told("hex", json!(RAW.replace("80d1f008", "81d1f008"))), "answer-not-proven"),
        (told("hex", json!("00")), "source-unavailable"),
        (told("blockHash", Value::Null), "source-unavailable"),
        (told("blockHeight", json!("2799998")), "source-unavailable"),
        (told("blockHeight", json!(1e30)), "source-unavailable"),
        (told("blockHeight", json!(-1)), "source-unavailable"),
        (told("confirmations", json!(-5)), "source-unavailable"),
        (told("vout", json!({})), "source-unavailable"),
        (at(0, &"0".repeat(64)), "source-wrong-chain"),
        (at(0, ""), "source-unavailable"),
        (at(HEIGHT, SPENT), "reorged-out"),
        (at(HEIGHT, ""), "source-unavailable"),
        (state("/blockbook/inSync", json!(false)), "source-behind"),
        (state("/blockbook/initialSync", json!(true)), "source-behind"),
        (state("/backend/blocks", json!(HEIGHT + 50)), "source-behind"),
        (state("/blockbook/bestHeight", Value::Null), "source-unavailable"),
        (state("/blockbook/bestHeight", json!(-7)), "source-unavailable"),
        (state("/blockbook/lastBlockTime", json!("yesterday")), "source-unavailable"),
    ];
    for (index, (answers, code)) in cases.iter().enumerate() {
        let document = check(answers, TXID);
        assert_eq!(decisive(&document), *code, "case {index}: {}", document["gaps"]);
    }
}

#[test]
fn what_is_in_no_block_is_pending_and_its_amounts_are_those_of_its_bytes() {
    let mut waiting = tx();
    for (field, value) in
        [("blockHeight", json!(-1)), ("confirmations", json!(0)), ("fees", json!("99999999999999999999999"))]
    {
        waiting[field] = value;
    }
    waiting.as_object_mut().unwrap().remove("blockHash");
    waiting["vout"][0]["value"] = json!("1");
    let document = check(&with(&format!("/api/v2/tx/{TXID}"), 200, &waiting.to_string()), TXID);
    assert_eq!(decisive(&document), "pending");
    assert_eq!(document["transactions"][0]["transfers"][0]["amount"], "1.5");
}

/// Litecoin's block 0, as its own `chainparams.cpp` builds it.
#[test]
fn the_hash_of_a_block_is_told_from_one_that_nobody_knows() {
    let header = |nonce: &str| {
        let block = json!({
            "hash": GENESIS, "height": 0, "version": 1, "time": 1_317_972_665, "bits": "1e0ffff0", "nonce": nonce,
            "merkleRoot": "97ddfbbae6be97fd6cdf3e7ca13232a3afff2353e29badfab7f73011edd4ced9",
        });
        let absent = json!({ "error": format!("Transaction '{GENESIS}' not found") }).to_string();
        let mut answers = honest();
        answers.push((format!("/api/v2/tx/{GENESIS}"), 400, absent));
        answers.push((format!("/api/v2/block/{GENESIS}"), 200, block.to_string()));
        answers
    };
    assert_eq!(decisive(&check(&header("2084524493"), GENESIS)), "block-hash-given");
    assert_ne!(decisive(&check(&header("2084524494"), GENESIS)), "block-hash-given", "it hashes to something else");
}
