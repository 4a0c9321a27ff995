//! What each kind of source tells of a transaction whose place another one took.

use bitcoin::consensus::encode::{deserialize_hex, serialize_hex};
use serde_json::{Value, json};

use crate::support::Test;
use crate::wire::{Rest, Wire};

/// The block by which a source of the main network shows that it does not follow Bitcoin Cash.
const MARK: &str = "00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148";
/// A block, by its hash and its height.
const BLOCK: &str = "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee";
/// A payment that waits; whether its signature is right does not matter to whom looks at it.
const WAITING: &str = "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd37040000000000ffffffff0100ca9a3b00000000160014751e76e8199196d454941c45d1b3a323f1433bd600000000";

/// A transaction as it travels, with its identifier.
struct Sent {
    raw: String,
    txid: String,
}

fn sent(change: impl FnOnce(&mut bitcoin::Transaction)) -> Sent {
    let mut transaction: bitcoin::Transaction = deserialize_hex(WAITING).unwrap();
    change(&mut transaction);
    Sent { raw: serialize_hex(&transaction), txid: transaction.compute_txid().to_string() }
}

fn waiting() -> Sent {
    sent(|_| {})
}

/// The same coins, less of them.
fn bumped() -> Sent {
    sent(|transaction| transaction.output[0].value = bitcoin::Amount::from_sat(999_000_000))
}

/// Other coins.
fn stranger() -> Sent {
    sent(|transaction| transaction.input[0].previous_output.vout = 1)
}

fn explorer(known: &[(&Sent, bool)], further: &[(String, String)]) -> Rest {
    let mut rest: Rest = vec![
        ("/block-height/478559".into(), 200, MARK.into()),
        ("/blocks".into(), 200, r#"[{"height":500,"timestamp":1}]"#.into()),
        (format!("/block/{BLOCK}/status"), 200, r#"{"in_best_chain":true,"height":170}"#.into()),
    ];
    for (sent, confirmed) in known {
        let block = json!({"confirmed": true, "block_height": 170, "block_hash": BLOCK, "block_time": 1});
        let status = if *confirmed { block } else { json!({"confirmed": false}) };
        let tx = json!({"txid": sent.txid, "fee": 1000, "status": status});
        rest.push((format!("/tx/{}", sent.txid), 200, tx.to_string()));
        rest.push((format!("/tx/{}/hex", sent.txid), 200, sent.raw.clone()));
    }
    for (path, body) in further {
        rest.push((path.clone(), 200, body.clone()));
    }
    if !known.iter().any(|(sent, _)| sent.txid == waiting().txid) {
        rest.push((format!("/tx/{}", waiting().txid), 404, "Transaction not found".into()));
    }
    rest
}

/// Who spends the one input.
fn spender(by: &Sent) -> (String, String) {
    let transaction: bitcoin::Transaction = deserialize_hex(WAITING).unwrap();
    let input = transaction.input[0].previous_output;
    (format!("/tx/{}/outspend/{}", input.txid, input.vout), json!({"spent": true, "txid": by.txid}).to_string())
}

/// What the index remembers of the payment.
fn memory(newest: &str, older: &[&str]) -> (String, String) {
    let older: Vec<Value> = older.iter().map(|txid| json!({"tx": {"txid": txid}, "replaces": []})).collect();
    let tree = json!({"replacements": {"tx": {"txid": newest}, "replaces": older}, "replaces": null});
    (format!("/v1/tx/{}/rbf", waiting().txid), tree.to_string())
}

/// The codes that a check of the payment finds, the deciding one first, and what the transactions come to.
fn check(network: &str, settings: &str, wires: &[(&str, &Wire)], txid: &str) -> (String, Value) {
    let list: Vec<String> =
        wires.iter().map(|(kind, wire)| format!("{{ kind = \"{kind}\", url = \"{}\" }}", wire.uri())).collect();
    let folder = tempfile::tempdir().unwrap();
    let config = format!("[network.{network}]\nmines_on_demand = true\n{settings}\nsources = [{}]\n", list.join(", "));
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let args = ["check", txid, "--network", network, "--address", MINE, "--format", "json"];
    let document = Test::new(&args).dir(folder.path()).run().json();
    let decisive = document["findings"].as_array().unwrap().iter().find(|finding| finding["decisive"] == true).unwrap();
    (decisive["code"].as_str().unwrap().to_owned(), document)
}

/// An address that none of these payments goes to.
const MINE: &str = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";

fn of_explorer(rest: &Rest) -> (String, Value) {
    let wire = Wire::start(rest, |_, _| json!({}));
    check("bitcoin", "", &[("esplora", &wire)], &waiting().txid)
}

#[test]
fn an_index_tells_who_spends_the_inputs() {
    let (waiting, bumped) = (waiting(), bumped());
    let (code, document) = of_explorer(&explorer(&[(&waiting, false), (&bumped, true)], &[spender(&bumped)]));
    assert_eq!(document["transactions"][0]["txid"], bumped.txid.as_str(), "{code}");
    assert_eq!((code.as_str(), &document["transactions"][1]["state"]), ("replaced-elsewhere", &json!("replaced")));
    // What it spends itself is nobody's replacement, nor is what spends something else, whoever says so.
    let (code, _) = of_explorer(&explorer(&[(&waiting, false)], &[spender(&waiting)]));
    assert_eq!(code, "pending");
    let stranger = stranger();
    let (code, _) = of_explorer(&explorer(&[(&waiting, false), (&stranger, true)], &[spender(&stranger)]));
    assert_eq!(code, "source-unavailable");
}

#[test]
fn a_child_pays_for_its_parent() {
    let waiting = waiting();
    // 1000 satoshi of 82 virtual bytes.
    let recommended = ("/v1/fees/recommended".to_owned(), json!({"hourFee": 42}).to_string());
    let told = |relatives: Value| {
        let relatives = (format!("/v1/cpfp/{}", waiting.txid), relatives.to_string());
        of_explorer(&explorer(&[(&waiting, false)], &[recommended.clone(), relatives])).0
    };
    assert_eq!(told(json!({"ancestors": []})), "pending-low-fee");
    assert_eq!(told(json!({"ancestors": [], "effectiveFeePerVsize": 57.25})), "pending");
    assert_eq!(told(json!({"ancestors": [], "effectiveFeePerVsize": 41.999})), "pending-low-fee");
    // What is no number leaves it at what the transaction pays by itself.
    assert_eq!(told(json!({"ancestors": [], "effectiveFeePerVsize": "57.25"})), "pending-low-fee");
}

#[test]
fn an_index_remembers_what_was_replaced() {
    let (waiting, bumped) = (waiting(), bumped());
    let told = |memory| of_explorer(&explorer(&[(&bumped, true)], &[memory]));
    let (_, document) = told(memory(&bumped.txid, &[&waiting.txid]));
    assert_eq!(document["transactions"][0]["txid"], bumped.txid.as_str());
    // The newest version itself, known no longer.
    assert_eq!(told(memory(&waiting.txid, &[&bumped.txid])).0, "dropped");
    // The history of another transaction proves nothing, and that nobody answered leaves it open.
    assert_eq!(told(memory(&bumped.txid, &[&stranger().txid])).0, "answer-not-proven");
    let (code, document) = told((format!("/v1/tx/{}/rbf", waiting.txid), "<html>".into()));
    assert_eq!((code.as_str(), &document["verdict"]), ("source-unavailable", &json!("inconclusive")));
}

#[test]
fn a_node_tells_what_its_mempool_spends_instead() {
    let (waiting, bumped) = (waiting(), bumped());
    let (first, second) = (waiting.txid.clone(), bumped.txid.clone());
    let (raw, bumped_raw) = (waiting.raw.clone(), bumped.raw.clone());
    let node = move |holds_first: bool| {
        let (first, second, raw, bumped_raw) = (first.clone(), second.clone(), raw.clone(), bumped_raw.clone());
        move |call: &str, params: &Value| match (call, params[0].as_str()) {
            ("getblockhash", _) => json!({"result": MARK}),
            ("getblockchaininfo", _) => json!({"result": {"blocks": 500, "headers": 500, "time": 1, "pruned": false}}),
            ("getindexinfo", _) => json!({"result": {"txindex": {"synced": true}}}),
            ("getrawtransaction", Some(txid)) if txid == first && holds_first => {
                json!({"result": {"txid": txid, "hex": raw}})
            }
            ("getrawtransaction", Some(txid)) if txid == second && !holds_first => {
                json!({"result": {"txid": txid, "hex": bumped_raw}})
            }
            ("gettxspendingprevout", _) => {
                let by = if holds_first { &first } else { &second };
                json!({"result": [{"txid": "00", "vout": 0, "spendingtxid": by}]})
            }
            ("getmempoolentry", _) => json!({"result": {"vsize": 100, "time": 1, "fees": {"base": 0.000_002}}}),
            ("estimatesmartfee", _) => json!({"result": {"feerate": 0.000_05, "blocks": 6}}),
            _ => json!({"error": {"code": -5, "message": "No such mempool or blockchain transaction."}}),
        }
    };
    let (holds, replaced) = (Wire::start(&Vec::new(), node(true)), Wire::start(&Vec::new(), node(false)));
    let both = [("bitcoin-rpc", &holds), ("bitcoin-rpc", &replaced)];
    // Two mempools that hold one each: a block has to decide.
    let (code, document) = check("bitcoin", "", &both, &waiting.txid);
    assert_eq!((code.as_str(), &document["verdict"]), ("source-unavailable", &json!("inconclusive")));
    // 0.2 satoshi a virtual byte, where 5 are usual.
    let (code, document) = check("bitcoin", "", &both[..1], &waiting.txid);
    let facts = &document["findings"][0]["facts"];
    assert_eq!(
        (code.as_str(), &facts["fee_rate"], &facts["going_rate"]),
        ("pending-low-fee", &json!("2"), &json!("5"))
    );
}

/// A nonce that is used up by a transaction which the node cannot name, at these heights of its finalized block.
fn nonce_used(finalized: &'static str) -> (String, Value) {
    const HASH: &str = "0x4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";
    let block = |number: &str| json!({"result": {"number": number, "hash": HASH, "timestamp": "0x1"}});
    let pending = json!({
        "hash": HASH, "from": "0x1000000000000000000000000000000000000001", "to": null, "value": "0x0", "gas": "0x5208",
        "nonce": "0x7", "blockHash": null, "type": "0x7e",
    });
    let node = move |holds: bool| {
        let pending = pending.clone();
        move |call: &str, params: &Value| match (call, params[0].as_str(), params[1].as_str()) {
            ("eth_chainId", ..) => json!({"result": "0x1"}),
            ("eth_syncing", ..) => json!({"result": false}),
            ("eth_getBlockByNumber", Some("finalized"), _) => block(finalized),
            ("eth_getBlockByNumber", ..) => block("0x1f4"),
            ("eth_getTransactionByHash", ..) if holds => json!({"result": pending}),
            ("eth_getTransactionCount", ..) => json!({"result": "0x8"}),
            ("eth_getTransactionBySenderAndNonce", ..) => json!({"error": {"code": -32601, "message": "unknown"}}),
            _ => json!({"result": null}),
        }
    };
    let (holds, without) = (Wire::start(&Vec::new(), node(true)), Wire::start(&Vec::new(), node(false)));
    check("ethereum", "", &[("json-rpc", &holds), ("json-rpc", &without)], HASH)
}

#[test]
fn what_used_up_a_nonce_is_found_in_its_block_where_no_index_names_it() {
    const HASH: &str = "0x4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";
    const OTHER: &str = "0x2222222222222222222222222222222222222222222222222222222222222222";
    let tx = |hash: &str, block: Value| {
        json!({
            "hash": hash, "from": "0x1000000000000000000000000000000000000001", "to": null, "value": "0x0",
            "gas": "0x5208", "nonce": "0x7", "blockHash": block, "type": "0x7e",
        })
    };
    let height = |at: &Value| i64::from_str_radix(at.as_str().unwrap_or_default().trim_start_matches("0x"), 16).ok();
    let node = move |holds: bool| {
        move |call: &str, params: &Value| match (call, params[0].as_str()) {
            ("eth_chainId", _) => json!({"result": "0x1"}),
            ("eth_syncing", _) => json!({"result": false}),
            ("eth_getBlockByNumber", _) => {
                let number = height(&params[0]).unwrap_or(500);
                let within = if number == 321 { json!([tx(OTHER, json!(OTHER))]) } else { json!([]) };
                json!({"result": {"number": format!("{number:#x}"), "hash": HASH, "timestamp": "0x1", "transactions": within}})
            }
            ("eth_getTransactionByHash", Some(OTHER)) => json!({"result": tx(OTHER, json!(HASH))}),
            ("eth_getTransactionReceipt", Some(OTHER)) => json!({"result": {
                "transactionHash": OTHER, "blockHash": HASH, "blockNumber": "0x141", "status": "0x1", "gasUsed": "0x1",
                "logs": [],
            }}),
            ("eth_getTransactionByHash", Some(HASH)) if holds => json!({"result": tx(HASH, Value::Null)}),
            ("eth_getTransactionCount", _) => {
                json!({"result": if height(&params[1]).is_some_and(|at| at < 321) { "0x7" } else { "0x8" }})
            }
            ("eth_getTransactionBySenderAndNonce", _) => json!({"error": {"code": -32601, "message": "unknown"}}),
            _ => json!({"result": null}),
        }
    };
    let (holds, without) = (Wire::start(&Vec::new(), node(true)), Wire::start(&Vec::new(), node(false)));
    let (_, document) = check("ethereum", "", &[("json-rpc", &holds), ("json-rpc", &without)], HASH);
    let told = document["transactions"].as_array().unwrap().iter().map(|tx| tx["txid"].as_str().unwrap_or_default());
    assert!(told.collect::<Vec<_>>().contains(&OTHER), "{document}");
}

#[test]
fn a_nonce_counts_as_used_by_another_only_once_that_is_finalized() {
    let (code, document) = nonce_used("0x1f0");
    assert_eq!((code.as_str(), &document["findings"][0]["facts"]["txid"]), ("replaced-elsewhere", &json!("unknown")));
    assert_eq!(document["whereabouts"]["holder"], "unknown");
    // Finalized after the transaction was looked for: it may have used the nonce itself since then.
    assert_eq!(nonce_used("0x1f5").0, "pending");
    assert_eq!(nonce_used("0x0").0, "pending");
}
