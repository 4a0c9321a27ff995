//! "Not found", call by call: what each call answers about a transaction that it does not know, and what may follow.
//! One such answer proves nothing; two independent ones prove it only where the call can tell.

use serde_json::{Value, json};

use crate::support::Test;
use crate::wire::Wire;

/// The block by which a source of the main network shows that it does not follow Bitcoin Cash.
const MARK: &str = "00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148";
/// An identifier that nobody knows.
const TXID: &str = "4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";
/// A signature of Solana's form.
const SIGNATURE: &str = "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW";
/// The words of Bitcoin Core without `-txindex`, and with it.
const NOT_INDEXED: &str = "No such mempool transaction. Use -txindex or provide a block hash to enable blockchain \
                           transaction queries. Use gettransaction for wallet transactions.";
const INDEXED: &str = "No such mempool or blockchain transaction. Use gettransaction for wallet transactions.";
const INDEXING: &str =
    "No such mempool transaction. Blockchain transactions are still in the process of being indexed.";

/// What one kind of source is and answers.
struct Source {
    family: &'static str,
    kind: &'static str,
    rest: Vec<(String, u16, String)>,
    rpc: fn(&str) -> Value,
}

fn esplora(further: &[(&str, u16, &str)]) -> Source {
    let own = |(at, status, body): &(&str, u16, &str)| (at.replace("{txid}", TXID), *status, (*body).to_owned());
    let usual = [
        ("/block-height/478559", 200, MARK),
        ("/blocks", 200, r#"[{"height":500,"timestamp":1}]"#),
        ("/tx/{txid}", 404, "Transaction not found"),
    ];
    Source {
        family: "bitcoin",
        kind: "esplora",
        rest: usual.iter().chain(further).map(own).collect(),
        rpc: |_| json!({}),
    }
}

fn core(rpc: fn(&str) -> Value) -> Source {
    Source { family: "bitcoin", kind: "bitcoin-rpc", rest: Vec::new(), rpc }
}

fn node(rpc: fn(&str) -> Value) -> Source {
    Source { family: "ethereum", kind: "json-rpc", rest: Vec::new(), rpc }
}

fn core_without_index(call: &str) -> Value {
    core_answers(call, NOT_INDEXED, &json!({}))
}

fn core_with_index(call: &str) -> Value {
    core_answers(call, INDEXED, &json!({"txindex": {"synced": true, "best_block_height": 500}}))
}

fn core_indexing(call: &str) -> Value {
    core_answers(call, INDEXING, &json!({"txindex": {"synced": false, "best_block_height": 3}}))
}

/// The node says that it looked everywhere, and also that it keeps no index: the second is believed.
fn core_contradicting_itself(call: &str) -> Value {
    core_answers(call, INDEXED, &json!({}))
}

fn core_answers(call: &str, words: &str, index: &Value) -> Value {
    match call {
        "getblockhash" => json!({"result": MARK}),
        "getblockchaininfo" => json!({"result": {"blocks": 500, "headers": 500, "time": 1, "pruned": false}}),
        "getindexinfo" => json!({"result": index}),
        "getblockheader" => json!({"error": {"code": -5, "message": "Block not found"}}),
        _ => json!({"error": {"code": -5, "message": words}}),
    }
}

fn evm(call: &str) -> Value {
    match call {
        "eth_chainId" => json!({"result": "0x1"}),
        "eth_syncing" => json!({"result": false}),
        "eth_getBlockByNumber" => {
            json!({"result": {"number": "0x1f4", "hash": format!("0x{TXID}"), "timestamp": "0x1"}})
        }
        _ => json!({"result": null}),
    }
}

/// Pending: the transaction is there, its receipt is null.
fn evm_without_receipt(call: &str) -> Value {
    let known = json!({
        "hash": format!("0x{TXID}"), "from": "0x1000000000000000000000000000000000000001", "to": null, "value": "0x0",
        "gas": "0x5208", "nonce": "0x0", "blockHash": null,
    });
    if call == "eth_getTransactionByHash" { json!({ "result": known }) } else { evm(call) }
}

/// A gateway that has had enough says so where the result should be, with HTTP 200.
fn evm_rate_limited(call: &str) -> Value {
    let spoken = json!({"result": "Max rate limit reached, please use API Key for higher rate limit"});
    if call.starts_with("eth_getTransaction") { spoken } else { evm(call) }
}

/// A node whose index of old transactions is being built.
fn evm_indexing(call: &str) -> Value {
    let indexing = json!({"error": {"code": -32000, "message": "transaction indexing is in progress"}});
    if call.starts_with("eth_getTransaction") { indexing } else { evm(call) }
}

/// A call, its source, what is asked, and the code by one source and by two independent ones that say the same.
type Row = (&'static str, Source, &'static str, &'static str, &'static str);

#[rustfmt::skip]
fn table() -> Vec<Row> {
    const UNPROVEN: &str = "not-found-unproven";
    const ABSENT: &str = "transaction-not-found";
    const HISTORY: &str = "source-lacks-history";
    const SILENT: &str = "source-unavailable";
    vec![
        ("Esplora /tx", esplora(&[]), TXID, UNPROVEN, ABSENT),
        ("Esplora /tx/status", esplora(&[("/tx/{txid}/status", 200, r#"{"confirmed":false}"#)]), TXID, UNPROVEN, ABSENT),
        ("Esplora /tx/outspend", esplora(&[("/tx/{txid}/outspend/0", 200, r#"{"spent":false}"#)]), TXID, UNPROVEN, ABSENT),
        ("mempool.space /cpfp", esplora(&[("/v1/cpfp/{txid}", 200, r#"{"ancestors":[]}"#)]), TXID, UNPROVEN, ABSENT),
        ("mempool.space /rbf", esplora(&[("/v1/tx/{txid}/rbf", 200, r#"{"replacements":null,"replaces":null}"#)]), TXID, UNPROVEN, ABSENT),
        ("mempool.space /cached", esplora(&[("/v1/tx/{txid}/cached", 204, "")]), TXID, UNPROVEN, ABSENT),
        ("mempool.space /transaction-times", esplora(&[("/v1/transaction-times", 200, "[0]")]), TXID, UNPROVEN, ABSENT),
        ("Core without an index", core(core_without_index), TXID, HISTORY, HISTORY),
        ("Core with an index", core(core_with_index), TXID, UNPROVEN, ABSENT),
        ("Core that builds its index", core(core_indexing), TXID, HISTORY, HISTORY),
        ("Core that contradicts itself", core(core_contradicting_itself), TXID, HISTORY, HISTORY),
        ("eth_getTransactionByHash", node(evm), TXID, UNPROVEN, ABSENT),
        ("eth_getTransactionReceipt", node(evm_without_receipt), TXID, "pending", "pending"),
        ("a gateway's rate limit inside 200", node(evm_rate_limited), TXID, SILENT, SILENT),
        ("a node that builds its index", node(evm_indexing), TXID, HISTORY, HISTORY),
        // Tron, XRPL and others have identifiers of the same form, and no source here: without a named network they
        // keep it open, whoever denies it.
        ("Tron, XRPL", core(core_with_index), "unnamed", UNPROVEN, UNPROVEN),
        ("Solana", core(core_with_index), SIGNATURE, SILENT, SILENT),
    ]
}

/// The document of a check against so many sources of one kind, without a ledger, and the paths that were asked for.
fn check(source: &Source, subject: &str, sources: usize) -> (Value, Vec<String>) {
    let rpc = source.rpc;
    let wires: Vec<Wire> = (0..sources).map(|_| Wire::start(&source.rest, move |call, _| rpc(call))).collect();
    let list: Vec<String> =
        wires.iter().map(|wire| format!("{{ kind = \"{}\", url = \"{}\" }}", source.kind, wire.uri())).collect();
    let folder = tempfile::tempdir().unwrap();
    let network = format!("[network.{}]\nmines_on_demand = true\nsources = [{}]\n", source.family, list.join(", "));
    std::fs::write(folder.path().join("txsleuth.toml"), network).unwrap();
    let args: &[&str] = match subject {
        "unnamed" => &["check", TXID, "--format", "json"],
        _ => &["check", subject, "--network", source.family, "--format", "json"],
    };
    let document = Test::new(args).dir(folder.path()).run().json();
    (document, wires.iter().flat_map(Wire::asked).collect())
}

/// Calls that answer the same for what is unknown as for what waits, so that they are never asked about it.
const NEVER: &[&str] = &["/tx/{txid}/status", "/v1/cpfp/{txid}", "/v1/tx/{txid}/cached", "/v1/transaction-times"];

#[test]
fn not_found_is_taken_for_what_the_call_can_know() {
    let never: Vec<String> = NEVER.iter().map(|path| path.replace("{txid}", TXID)).collect();
    for (call, source, subject, alone, together) in table() {
        for (sources, expected) in [(1, alone), (2, together)] {
            let (document, asked) = check(&source, subject, sources);
            let findings = document["findings"].as_array().unwrap();
            let decisive = &findings.iter().find(|finding| finding["decisive"] == true).unwrap()["code"];
            assert_eq!(decisive, expected, "{call}, by {sources}: {}", document["gaps"]);
            let certain = ["transaction-not-found", "pending"].contains(&expected);
            assert_eq!(document["verdict"] == "inconclusive", !certain, "{call}, by {sources}");
            assert!(!asked.iter().any(|path| never.contains(path)), "{call}: {asked:?}");
        }
    }
}
