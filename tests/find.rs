//! `find`: payments read from logs and histories, how far they were read, and the transaction of a nonce.

use std::path::Path;

use serde_json::{Value, json};

use crate::stub::{ADDRESS, TXID, USDT};
use crate::support::{Ran, Test, repository};
use crate::wire::{Rest, Wire};

/// The time of the newest block: 2026-01-31T11:59:48Z.
const NEWEST: i64 = 1_769_860_788;
/// Height of the newest block.
const HEAD: i64 = 20_000;
/// ERC-20's `Transfer(address,address,uint256)`.
const TRANSFER: &str = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
const SENDER: &str = "0x1000000000000000000000000000000000000001";
/// A day of blocks.
const SINCE: &str = "2026-01-30T12:00:00Z";

fn number(value: &Value) -> i64 {
    i64::from_str_radix(value.as_str().unwrap_or_default().trim_start_matches("0x"), 16).unwrap_or(HEAD)
}

fn hex(number: i64) -> String {
    format!("{number:#x}")
}

fn word(address: &str) -> String {
    format!("0x{:0>64}", address[2..].to_lowercase())
}

/// A block every twelve seconds.
fn block(at: i64) -> Value {
    json!({ "number": hex(at), "hash": TXID, "timestamp": hex(NEWEST - (HEAD - at) * 12), "transactions": [] })
}

/// A log of a transfer of so many USDT in a block.
fn log(at: i64, to: &str, units: i64) -> Value {
    json!({
        "address": USDT.to_lowercase(), "topics": [TRANSFER, word(SENDER), word(to)], "data": word(&format!("0x{units:x}")),
        "transactionHash": format!("0x{at:064x}"), "logIndex": "0x2", "removed": false, "blockNumber": hex(at),
    })
}

/// A node with payments of 5 USDT at these heights, which refuses more than `widest` blocks at once, and any below
/// `pruned`.
fn node(heights: &'static [i64], widest: i64, pruned: i64) -> Wire {
    Wire::start(&Vec::new(), move |call, params| {
        let result = match call {
            "eth_chainId" => json!("0x7a69"),
            "eth_syncing" => json!(false),
            "eth_getBlockByNumber" => block(number(&params[0])),
            "eth_getLogs" => {
                let (from, to) = (number(&params[0]["fromBlock"]), number(&params[0]["toBlock"]));
                if from < pruned {
                    return json!({"error": {"code": 4444, "message": "pruned history unavailable"}});
                }
                if to - from >= widest {
                    return json!({"error": {"code": -32602, "message": "block range is too wide"}});
                }
                let here = heights.iter().filter(|at| (from..=to).contains(at));
                here.map(|at| log(*at, ADDRESS, 5_000_000)).collect()
            }
            _ => return json!({"error": {"code": -32601, "message": "unknown"}}),
        };
        json!({ "result": result })
    })
}

fn configure(folder: &Path, node: &Wire) {
    let config = format!(
        "[limits]\nrequests_per_second = 0\n[network.ethereum]\nfamily = \"evm\"\nchain_id = 31337\n\
         sources = [{{ kind = \"json-rpc\", url = \"{}\" }}]\n\
         [network.ethereum.assets.USDT]\ncontract = \"{USDT}\"\ndecimals = 6\n",
        node.uri(),
    );
    std::fs::write(folder.join("txsleuth.toml"), config).unwrap();
}

/// A run of `find` against a node.
fn find(node: &Wire, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    configure(folder.path(), node);
    let args: Vec<&str> = ["find"].into_iter().chain(args.iter().copied()).collect();
    Test::new(&args).dir(folder.path()).run()
}

fn of_usdt(node: &Wire, more: &[&str]) -> Ran {
    let args = ["--address", ADDRESS, "--asset", "USDT", "--since", SINCE, "--format", "json"];
    find(node, &[&args, more].concat())
}

fn list<'a>(document: &'a Value, name: &str) -> &'a [Value] {
    document[name].as_array().map_or(&[], Vec::as_slice)
}

fn fits_the_schema(document: &Value) {
    let schema = std::fs::read_to_string(repository().join("schema/payments.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

fn heights(document: &Value) -> Vec<i64> {
    list(document, "payments").iter().map(|payment| payment["height"].as_i64().unwrap()).collect()
}

#[test]
fn logs_are_read_in_ranges_that_the_node_allows() {
    // A day is 7200 blocks: the last two are outside.
    let ran = of_usdt(&node(&[19_999, 15_000, 12_900, 12_700, 5], 1000, 0), &["--amount", "5"]);
    let document = ran.json();
    assert_eq!((ran.code, heights(&document)), (0, vec![19_999, 15_000, 12_900]), "{}", ran.err);
    let search = &document["searches"][0];
    assert_eq!((&search["complete"], &search["back_to"]), (&json!(true), &json!(SINCE)));
    fits_the_schema(&document);
    let first = &document["payments"][0];
    assert_eq!((&first["fits"], &first["transfer"]["amount"]), (&json!("yes"), &json!("5")));
    assert_eq!(first["time"], "2026-01-31T11:59:36Z");
    assert_eq!(list(&document, "gaps"), [] as [Value; 0]);
}

#[test]
fn times_are_told_by_the_reader_s_clock() {
    let (folder, node) = (tempfile::tempdir().unwrap(), node(&[19_999], 1000, 0));
    configure(folder.path(), &node);
    let path = folder.path().join("txsleuth.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("timezone = \"Asia/Seoul\"\n{config}")).unwrap();
    let args = ["find", "--address", ADDRESS, "--asset", "USDT", "--since", SINCE];
    let told = Test::new(&args).dir(folder.path()).run().out;
    let joined = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for time in ["2026-01-31 20:59:36 (Asia/Seoul)", "2026-01-30 21:00:00 (Asia/Seoul)", "2026-01-31 11:59:36 UTC"] {
        assert!(joined.contains(time), "{time} in {told}");
    }
}

#[test]
fn what_was_not_read_is_told() {
    let ran = of_usdt(&node(&[19_999, 13_000], 1000, 15_000), &[]);
    let document = ran.json();
    assert_eq!(heights(&document), [19_999]);
    let search = &document["searches"][0];
    assert_eq!(search["complete"], json!(false));
    assert!(search["back_to"].as_str().unwrap() > SINCE, "{search}");
    assert_eq!(document["gaps"][0]["why"], "lacks-history");
    assert!(ran.err.contains("no answer from network.ethereum.0"), "{}", ran.err);
    // Nothing at all was read: nobody answered the question, although the node did answer.
    let ran = of_usdt(&node(&[19_999], 0, 0), &[]);
    assert_eq!((ran.code, heights(&ran.json())), (0, vec![]));
    assert_eq!(ran.json()["searches"][0]["complete"], json!(false));
}

#[test]
fn the_addresses_of_an_account_are_the_ledgers() {
    let record = |address: &str, shared: bool| {
        json!({
            "address": address, "network": "ethereum", "role": "deposit", "account": "A-1", "memo_required": shared,
            "status": "active",
        })
    };
    let ledger = |records: Value| -> Rest {
        let page = json!({ "items": records, "next": null }).to_string();
        let credited = json!({"items": [{
            "id": "D-1", "account": "A-1", "asset": "USDT", "network": "ethereum", "txid": format!("0x{:064x}", 19_999),
            "output_index": 2, "address": ADDRESS, "amount": "5", "status": "credited",
        }], "next": null});
        vec![("/v1/accounts/A-1/addresses".into(), 200, page), ("/v1/deposits".into(), 200, credited.to_string())]
    };
    let found = |records: Value| {
        let (node, ledger) = (node(&[19_999], 10_000, 0), Wire::start(&ledger(records), |_, _| json!({})));
        let folder = tempfile::tempdir().unwrap();
        configure(folder.path(), &node);
        let config = std::fs::read_to_string(folder.path().join("txsleuth.toml")).unwrap();
        let config = format!("{config}[ledger]\nkind = \"http\"\nurl = \"{}\"\n", ledger.uri());
        std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
        let args =
            ["find", "--account", "A-1", "--asset", "USDT", "--amount", "5", "--since", SINCE, "--format", "json"];
        Test::new(&args).dir(folder.path()).run().json()
    };
    let document = found(json!([record(ADDRESS, false)]));
    assert_eq!((heights(&document), list(&document, "gaps").len()), (vec![19_999], 0), "{document}");
    assert_eq!(document["payments"][0]["settled"], json!(true));
    // What reaches an address of many is not shown to anybody for one of them, and that it was left out is told.
    let document = found(json!([record(ADDRESS, false), record(SENDER, true)]));
    assert_eq!((list(&document, "searches").len(), &document["gaps"][0]["source"]), (1, &json!("ledger")));
}

#[test]
fn coin_is_not_searched_by_a_node_and_that_is_said() {
    let ran = find(&node(&[19_999], 10_000, 0), &["--address", ADDRESS, "--since", SINCE, "--format", "json"]);
    let document = ran.json();
    assert_eq!((heights(&document), &document["searches"][0]["complete"]), (vec![19_999], &json!(false)));
    assert_eq!(document["gaps"][0]["why"], "not-offered");
    assert!(document["gaps"][0]["question"].as_str().unwrap().contains("ETH"));
}

#[test]
fn logs_of_somebody_else_are_worth_nothing() {
    let liar = Wire::start(&Vec::new(), |call, params| match call {
        "eth_chainId" => json!({"result": "0x7a69"}),
        "eth_syncing" => json!({"result": false}),
        "eth_getBlockByNumber" => json!({ "result": block(number(&params[0])) }),
        "eth_getLogs" => json!({ "result": [log(19_999, SENDER, 5)] }),
        _ => json!({"error": {"code": -32601, "message": "unknown"}}),
    });
    let document = of_usdt(&liar, &[]).json();
    assert_eq!(heights(&document), vec![0_i64; 0]);
    assert_eq!(document["gaps"][0]["why"], "mismatch");
}

#[test]
fn the_text_names_each_payment_and_how_far_was_searched() {
    let args = ["--address", ADDRESS, "--asset", "USDT", "--amount", "5", "--since", SINCE];
    let ran = find(&node(&[19_999], 10_000, 0), &args);
    let txid = format!("0x{:064x}", 19_999);
    for told in [txid.as_str(), "5 USDT", "2026-01-31 11:59:36 UTC", "fits", "searched back to", SENDER] {
        assert!(ran.out.contains(told), "{told} is missing in\n{}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
}

/// A node whose account has sent its transactions 0, 1, 2 … at these heights, and which forgets counts below `kept`.
fn sending(heights: &'static [i64], kept: i64) -> Wire {
    let tx = |at: i64, nonce: usize| {
        json!({
            "hash": format!("0x{at:064x}"), "from": SENDER, "to": ADDRESS, "value": "0xde0b6b3a7640000", "gas": "0x5208",
            "nonce": format!("{nonce:#x}"), "blockHash": TXID, "blockNumber": hex(at), "type": "0x7e",
        })
    };
    Wire::start(&Vec::new(), move |call, params| {
        let named = |txid: &Value| heights.iter().position(|at| *txid == format!("0x{at:064x}").as_str());
        let result = match (call, &params[1]) {
            ("eth_chainId", _) => json!("0x7a69"),
            ("eth_syncing", _) => json!(false),
            ("eth_getTransactionCount", Value::String(at)) if at != "latest" && number(&params[1]) < kept => {
                return json!({"error": {"code": -32000, "message": format!("missing trie node at {at}")}});
            }
            ("eth_getTransactionCount", at) => {
                hex(i64::try_from(heights.iter().filter(|sent| **sent <= number(at)).count()).unwrap()).into()
            }
            ("eth_getBlockByNumber", full) => {
                let (at, mut found) = (number(&params[0]), block(number(&params[0])));
                if *full == json!(true) {
                    let here = heights.iter().enumerate().filter(|(_, sent)| **sent == at);
                    found["transactions"] = here.map(|(nonce, at)| tx(*at, nonce)).collect();
                }
                found
            }
            ("eth_getTransactionByHash", _) => {
                named(&params[0]).map_or(Value::Null, |nonce| tx(heights[nonce], nonce))
            }
            ("eth_getTransactionReceipt", _) => named(&params[0]).map_or(Value::Null, |nonce| {
                json!({
                    "transactionHash": params[0], "blockHash": TXID, "blockNumber": hex(heights[nonce]), "status": "0x1",
                    "gasUsed": "0x5208", "logs": [],
                })
            }),
            _ => return json!({"error": {"code": -32601, "message": "unknown"}}),
        };
        json!({ "result": result })
    })
}

#[test]
fn a_nonce_leads_to_its_transaction_by_the_counts_of_its_account() {
    for (nonce, at) in [("0", 3), ("1", 4_000), ("2", 4_001), ("3", 19_999)] {
        let node = sending(&[3, 4_000, 4_001, 19_999], 0);
        let ran = find(&node, &["--from", SENDER, "--nonce", nonce, "--format", "json"]);
        let found = &ran.json()["transactions"][0];
        let txid = format!("0x{at:064x}");
        assert_eq!((ran.code, &found["txid"], &found["height"]), (0, &json!(txid), &json!(at)), "{}", ran.err);
        assert_eq!(found["transfers"][0]["amount"], "1");
        fits_the_schema(&ran.json());
    }
}

#[test]
fn a_nonce_that_is_not_used_and_one_of_long_ago_are_told_apart() {
    let args = |nonce| ["--from", SENDER, "--nonce", nonce, "--format", "json"];
    let unused = find(&sending(&[3, 19_999], 0), &args("2"));
    assert_eq!((unused.code, &unused.json()["transactions"][0]["used"]), (0, &json!(false)));
    let forgotten = find(&sending(&[3, 19_999], 19_000), &args("0"));
    assert_eq!((forgotten.code, &forgotten.json()["transactions"][0]["used"]), (3, &Value::Null));
    let recent = find(&sending(&[3, 19_999], 19_000), &args("1"));
    assert_eq!(recent.json()["transactions"][0]["height"], 19_999);
}

#[test]
fn what_cannot_be_searched_is_a_mistake() {
    let node = node(&[], 10_000, 0);
    for (args, told) in [
        (&["--network", "ethereum"][..], "--address"),
        (&["--address", "0x12"], "not an address of any configured network"),
        (
            &["--address", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "--network", "ethereum"],
            "not an address of ethereum",
        ),
        (&["--address", ADDRESS, "--since", "2026-01-01 12:00"], "--tz"),
        (
            &["--address", ADDRESS, "--since", "2026-01-02T00:00:00Z", "--until", "2026-01-01T00:00:00Z"],
            "after --until",
        ),
        (&["--account", "A-1"], "[ledger]"),
        (&["--from", SENDER], "--nonce"),
        (&["--address", ADDRESS, "--amount", "1e3"], "--amount"),
    ] {
        let ran = find(&node, args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains(told), "{args:?}: {}", ran.err);
    }
    let zoned = ["--address", ADDRESS, "--since", "2026-01-30 21:00", "--tz", "Asia/Seoul", "--format", "json"];
    assert_eq!(find(&node, &zoned).json()["searches"][0]["since"], SINCE);
}

#[test]
fn nobody_answering_is_an_exit_of_its_own() {
    let silent = Wire::start(&Vec::new(), |_, _| json!({"error": {"code": -32601, "message": "unknown"}}));
    assert_eq!(of_usdt(&silent, &[]).code, 3);
    let folder = tempfile::tempdir().unwrap();
    configure(folder.path(), &silent);
    let check = |args: &[&str]| Test::new(&[&["check", "--format", "json"], args].concat()).dir(folder.path()).run();
    let typed = check(&[ADDRESS]);
    let code = typed.json()["findings"][0]["code"].clone();
    assert_eq!((typed.code, code), (3, json!("address-given-instead-of-txid")));
    let flagged = check(&["--address", ADDRESS]);
    assert_eq!((flagged.code, &flagged.json()["findings"][0]["code"]), (3, &json!("no-txid-given")));
    assert_eq!(flagged.json()["findings"][0]["facts"]["searched"], "part");
}

/// The block by which a source of the main network shows that it does not follow Bitcoin Cash.
const MARK: &str = "00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148";
const BITCOIN: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const BITCOIN_SCRIPT: &str = "0014751e76e8199196d454941c45d1b3a323f1433bd6";

/// A transaction of the history, so many hours old; it pays the address, and somebody else.
fn paid(nth: i64, hours: Option<i64>) -> Value {
    let status = hours.map_or_else(
        || json!({"confirmed": false}),
        |hours| json!({"confirmed": true, "block_height": 900_000 - hours, "block_time": NEWEST - hours * 3600}),
    );
    json!({
        "txid": format!("{nth:064x}"), "status": status,
        "vout": [
            {"scriptpubkey": "0014000000000000000000000000000000000000dead", "scriptpubkey_address": BITCOIN, "value": 7},
            {"scriptpubkey": BITCOIN_SCRIPT, "value": 100_000},
        ],
    })
}

/// An explorer with a payment every ten hours, so many of them.
fn explorer(count: i64) -> Rest {
    let history: Vec<Value> = (0..count).map(|nth| paid(nth + 1, Some(nth * 10))).collect();
    let mut rest: Rest = vec![
        ("/block-height/478559".into(), 200, MARK.into()),
        ("/blocks".into(), 200, json!([{"height": 900_000, "timestamp": NEWEST}]).to_string()),
    ];
    let mut path = format!("/address/{BITCOIN}/txs");
    for page in history.chunks(25) {
        let waiting = rest.len() == 2;
        let page: Vec<Value> = waiting.then(|| paid(9_999, None)).into_iter().chain(page.iter().cloned()).collect();
        let last = page.last().and_then(|tx| tx["txid"].as_str()).unwrap_or_default().to_owned();
        rest.push((path, 200, Value::from(page).to_string()));
        path = format!("/address/{BITCOIN}/txs/chain/{last}");
    }
    rest.push((path, 200, "[]".into()));
    rest
}

fn of_bitcoin(rest: &Rest, more: &[&str]) -> (Value, Vec<String>) {
    let wire = Wire::start(rest, |_, _| json!({}));
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[limits]\nrequests_per_second = 0\n[network.bitcoin]\nsources = [{{ kind = \"esplora\", url = \"{}\" }}]\n",
        wire.uri(),
    );
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let args = [&["find", "--address", BITCOIN, "--format", "json"], more].concat();
    (Test::new(&args).dir(folder.path()).run().json(), wire.asked())
}

#[test]
fn a_history_is_read_until_the_stretch_begins() {
    let (document, asked) = of_bitcoin(&explorer(100), &["--amount", "0.001"]);
    // 30 days are 72 times ten hours, and the one that waits; scripts count, not what is printed beside them.
    assert_eq!(list(&document, "payments").len(), 73);
    assert!(list(&document, "payments").iter().all(|one| one["transfer"]["amount"] == "0.001" && one["fits"] == "yes"));
    assert_eq!(document["payments"][0]["time"], Value::Null);
    assert_eq!(document["searches"][0]["complete"], json!(true));
    let pages = asked.iter().filter(|path| path.starts_with("/address/")).count();
    assert_eq!(pages, 3, "{asked:?}");
    let (document, asked) = of_bitcoin(&explorer(100), &["--since", "2026-01-30T12:00:00Z"]);
    assert_eq!(list(&document, "payments").len(), 4);
    assert_eq!(asked.iter().filter(|path| path.starts_with("/address/")).count(), 1);
}

#[test]
fn a_history_that_breaks_off_says_how_far_it_reached() {
    let mut rest = explorer(100);
    let second = rest.iter().position(|(path, ..)| path.contains("/chain/")).unwrap();
    rest[second] = (rest[second].0.clone(), 429, "slow down".into());
    let (document, _) = of_bitcoin(&rest, &[]);
    assert_eq!(list(&document, "payments").len(), 26);
    let search = &document["searches"][0];
    assert_eq!((&search["complete"], &search["back_to"]), (&json!(false), &json!("2026-01-21T11:59:48Z")));
    assert_eq!(list(&document, "gaps").len(), 1, "{document}");
}

/// Bitcoin Core with an answer to each of its scans.
fn core(blocks: Value, unspent: Value) -> Value {
    let scan = |told: &Value| {
        if told.is_null() { json!({"error": {"code": -1, "message": "no index"}}) } else { json!({"result": told}) }
    };
    let wire = Wire::start(&Vec::new(), move |call, params| match call {
        "getblockhash" if params[0] == 478_559 => json!({ "result": MARK }),
        "getblockhash" => json!({ "result": TXID[2..] }),
        "getblockchaininfo" => {
            json!({"result": {"blocks": 900_000, "headers": 900_000, "time": NEWEST, "pruned": false}})
        }
        "getblockheader" => json!({"result": {"height": 895_000, "time": NEWEST - 35 * 86_400, "confirmations": 5000}}),
        "getblock" => json!({ "result": "00ff" }),
        "scanblocks" => scan(&blocks),
        "scantxoutset" => scan(&unspent),
        _ => json!({"error": {"code": -32601, "message": "Method not found"}}),
    });
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[limits]\nrequests_per_second = 0\n[network.bitcoin]\nsources = [{{ kind = \"bitcoin-rpc\", url = \"{}\" }}]\n",
        wire.uri(),
    );
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let args = ["find", "--address", BITCOIN, "--since", "2025-12-01T00:00:00Z", "--format", "json"];
    Test::new(&args).dir(folder.path()).run().json()
}

/// What the first search came to: whether it was complete, how many payments it found, and the first gap.
fn outcome(document: &Value) -> (bool, usize, String) {
    let gap = document["gaps"][0]["why"].as_str().unwrap_or("none").to_owned();
    (document["searches"][0]["complete"] == json!(true), list(document, "payments").len(), gap)
}

#[test]
fn what_a_node_scans_counts_for_what_it_can_see() {
    let scanned =
        |blocks: Value| json!({"from_height": 1, "to_height": 900_000, "relevant_blocks": blocks, "completed": true});
    let coin = |script: &str| {
        json!({"success": true, "unspents": [{
            "txid": &TXID[2..], "vout": 1, "scriptPubKey": script, "amount": 0.15, "height": 895_000,
        }]})
    };
    let none = json!({"success": true, "unspents": []});
    let cases = [
        // Its index of filters covers every block: nothing there is nothing at all.
        (scanned(json!([])), Value::Null, (true, 0, "none")),
        // The bytes have to be those of the block.
        (scanned(json!([&TXID[2..]])), Value::Null, (false, 0, "mismatch")),
        (
            json!({"from_height": 1, "to_height": 5, "relevant_blocks": [], "completed": false}),
            Value::Null,
            (false, 0, "server-error"),
        ),
        // Without it only what is unspent is seen.
        (Value::Null, none, (false, 0, "not-offered")),
        (Value::Null, coin(BITCOIN_SCRIPT), (false, 1, "not-offered")),
        (Value::Null, coin("0014000000000000000000000000000000000000dead"), (false, 0, "mismatch")),
        (Value::Null, Value::Null, (false, 0, "server-error")),
    ];
    for (index, (blocks, unspent, (complete, found, gap))) in cases.into_iter().enumerate() {
        let document = core(blocks, unspent);
        assert_eq!(outcome(&document), (complete, found, gap.to_owned()), "case {index}: {document}");
    }
}
