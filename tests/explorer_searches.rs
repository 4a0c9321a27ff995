//! Payments to an address by the lists of Etherscan and Blockscout: what counts, what is left out and why, and what is
//! said instead of a list. The shapes are those of <https://docs.etherscan.io> and <https://docs.blockscout.com>.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::stub::{
    ADDRESS, Answer, NOW, OTHER_TXID, Request, Stub, TXID, USDT, answer_blockscout, answer_etherscan, node, refusal,
};
use crate::support::{Ran, Test};

const SENDER: &str = "0x1000000000000000000000000000000000000001";
/// Somebody else.
const OTHER: &str = "0x00000000000000000000000000000000000000ff";
/// The stretch begins a day ago.
const SINCE: &str = "2026-01-30T12:00:00Z";
const HOUR: i64 = 3600;

/// What an explorer answers, by its action or the end of its path, where not what it honestly would.
type Instead = fn(&Request, &mut Value) -> Option<Answer>;

/// What a table expects: the payments, whether all was searched, and why not.
type Line = (&'static str, &'static [&'static str], bool, &'static [&'static str], Instead);

const ALL: &[&str] = &["0.7 ETH", "1.25 ETH", "5 USDT"];
const TOKENS: &[&str] = &["5 USDT"];
const INSIDE: &[&str] = &["0.7 ETH", "5 USDT"];
const COIN: &[&str] = &["0.7 ETH", "1.25 ETH"];
const NONE: &[&str] = &[];

fn time(hours_ago: i64) -> i64 {
    NOW - hours_ago * HOUR
}

/// The three honest lists of Etherscan.
fn row(action: &str) -> Value {
    let mut row = json!({
        "blockNumber": "100", "timeStamp": time(2).to_string(), "hash": TXID, "from": SENDER, "to": ADDRESS.to_lowercase(),
        "contractAddress": "",
    });
    match action {
        "txlist" => (row["value"], row["isError"]) = (json!("1250000000000000000"), json!("0")),
        "txlistinternal" => {
            (row["value"], row["isError"]) = (json!("700000000000000000"), json!("0"));
            row["type"] = json!("call");
        }
        // Names and decimals are whatever somebody says.
        _ => {
            (row["value"], row["contractAddress"]) = (json!("5000000"), json!(USDT.to_lowercase()));
            (row["tokenSymbol"], row["tokenDecimal"]) = (json!("BTC"), json!("2"));
        }
    }
    row
}

/// The three honest lists of Blockscout.
fn item(list: &str) -> Value {
    let time = Timestamp::from_second(time(2)).unwrap().to_string();
    let (from, to) = (json!({"hash": SENDER}), json!({"hash": ADDRESS}));
    match list {
        "transactions" => json!({
            "hash": TXID, "status": "ok", "result": "success", "block_number": 100, "nonce": 1, "from": from, "to": to,
            "timestamp": time, "created_contract": null, "value": "1250000000000000000",
        }),
        "internal-transactions" => json!({
            "transaction_hash": TXID, "index": 2, "block_number": 100, "timestamp": time, "type": "call", "from": from,
            "to": to, "created_contract": null, "value": "700000000000000000", "success": true, "error": null,
        }),
        _ => json!({
            "transaction_hash": TXID, "block_number": 100, "timestamp": time, "log_index": 7, "from": from, "to": to,
            "token": {"address_hash": USDT, "symbol": "BTC", "decimals": "2", "type": "ERC-20"},
            "total": {"value": "5000000", "decimals": "2"}, "type": "token_transfer",
        }),
    }
}

fn is(request: &Request, list: &str) -> bool {
    request.target.contains(&format!("action={list}&")) || request.target.contains(&format!("/{list}?"))
}

/// An explorer whose lists `instead` changes or replaces; lists stand alone, without what is around them.
fn explorer(kind: &str, instead: Instead) -> Stub {
    let says = node();
    if kind == "etherscan" {
        return Stub::start(move |request| {
            let lists = ["txlist", "txlistinternal", "tokentx"];
            let Some(list) = lists.into_iter().find(|list| is(request, list)) else {
                return answer_etherscan(&says, request);
            };
            let mut rows = json!([row(list)]);
            let other = instead(request, &mut rows);
            other.unwrap_or_else(|| Answer::json(200, &json!({"status": "1", "message": "OK", "result": rows})))
        });
    }
    Stub::start(move |request| {
        let lists = ["transactions", "internal-transactions", "token-transfers"];
        let list = lists.into_iter().find(|list| request.target.contains("/addresses/") && is(request, list));
        let mut items = match list {
            Some(list) => json!([item(list)]),
            None if request.target.contains("indexing-status") => {
                json!({"finished_indexing_blocks": true, "finished_indexing": true, "indexed_internal_transactions_ratio": "1.00"})
            }
            None => return answer_blockscout(&says, request),
        };
        let other = instead(request, &mut items);
        let page = if list.is_some() { json!({"items": items, "next_page_params": null}) } else { items };
        other.unwrap_or_else(|| Answer::json(200, &page))
    })
}

fn find(kind: &str, stub: &Stub, more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let path = if kind == "etherscan" { "/v2/api?chainid=31337" } else { "" };
    let config = format!(
        "[limits]\nrequests_per_second = 0\n[network.ethereum]\nfamily = \"evm\"\nchain_id = 31337\n\
         sources = [{{ kind = \"{kind}\", url = \"{}{path}\", requests_per_second = 0 }}]\n\
         [network.ethereum.assets.USDT]\ncontract = \"{USDT}\"\ndecimals = 6\n",
        stub.url,
    );
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let args = [&["find", "--address", ADDRESS, "--since", SINCE, "--format", "json"], more].concat();
    Test::new(&args).dir(folder.path()).run()
}

/// The payments of a document in words, sorted.
fn payments(document: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let one = |payment: &Value| {
        let transfer = &payment["transfer"];
        format!("{} {}", text(&transfer["amount"]), text(&transfer["asset"]))
    };
    let mut found: Vec<String> = document["payments"].as_array().unwrap().iter().map(one).collect();
    found.sort();
    found
}

fn judge(kind: &str, table: &[Line]) {
    let mut failed = Vec::new();
    for (name, found, complete, gaps, instead) in table {
        let ran = find(kind, &explorer(kind, *instead), &[]);
        let document = ran.json();
        let whys: Vec<&str> =
            document["gaps"].as_array().unwrap().iter().map(|gap| gap["why"].as_str().unwrap()).collect();
        let told = (payments(&document), document["searches"][0]["complete"] == json!(true), whys);
        if told.0 != *found || told.1 != *complete || told.2 != *gaps {
            failed.push(format!("{kind}: {name}: {told:?}"));
        }
    }
    assert!(failed.is_empty(), "{} of {} fail:\n{}", failed.len(), table.len(), failed.join("\n"));
}

/// The words for an empty list.
fn nothing() -> Answer {
    Answer::json(200, &json!({"status": "0", "message": "No transactions found", "result": []}))
}

fn refused(words: &str) -> Answer {
    Answer::json(200, &refusal(words))
}

#[test]
fn etherscans_lists_are_searched_each_for_itself() {
    let table: &[Line] = &[
        ("the three lists", ALL, true, NONE, |_, _| None),
        ("no rows at all", NONE, true, NONE, |_, _| Some(nothing())),
        ("no coin", INSIDE, true, NONE, |request, _| is(request, "txlist").then(nothing)),
        ("what failed", TOKENS, true, NONE, |_, rows| {
            if rows[0]["isError"].is_string() {
                rows[0]["isError"] = json!("1");
            }
            None
        }),
        ("a call that only borrows code", &["1.25 ETH", "5 USDT"], true, NONE, |request, rows| {
            if is(request, "txlistinternal") {
                rows[0]["type"] = json!("delegatecall");
            }
            None
        }),
        ("no outcome", TOKENS, false, &["malformed", "malformed"], |_, rows| {
            rows[0].as_object_mut()?.remove("isError");
            None
        }),
    ];
    judge("etherscan", table);
}

#[test]
fn what_etherscan_says_instead_of_a_list_is_a_gap_beside_the_others() {
    let table: &[Line] = &[
        ("a limit for transactions", INSIDE, false, &["rate-limited"], |request, _| {
            is(request, "txlist").then(|| refused("Max rate limit reached"))
        }),
        ("a limit for calls", &["1.25 ETH", "5 USDT"], false, &["rate-limited"], |request, _| {
            is(request, "txlistinternal").then(|| refused("Max calls per sec rate limit reached (3/sec)"))
        }),
        ("a plan without tokens", COIN, false, &["not-offered"], |request, _| {
            is(request, "tokentx").then(|| refused("This endpoint is API Pro only"))
        }),
        ("an invalid key", NONE, false, &["unauthorised"], |_, _| Some(refused("Invalid API Key (#err2)|"))),
        ("null", INSIDE, false, &["malformed"], |request, _| {
            let null = json!({"status": "1", "message": "OK", "result": null});
            is(request, "txlist").then(|| Answer::json(200, &null))
        }),
        ("an empty list without its words", INSIDE, false, &["malformed"], |request, _| {
            let empty = json!({"status": "0", "message": "NOTOK", "result": []});
            is(request, "txlist").then(|| Answer::json(200, &empty))
        }),
        ("a payment between others", INSIDE, false, &["mismatch"], |request, rows| {
            if is(request, "txlist") {
                rows[0]["to"] = json!(OTHER);
            }
            None
        }),
        ("what the address sent", INSIDE, true, NONE, |request, rows| {
            if is(request, "txlist") {
                (rows[0]["from"], rows[0]["to"]) = (json!(ADDRESS), json!(OTHER));
            }
            None
        }),
        ("two calls of one transaction", &["0.2 ETH", "0.7 ETH", "1.25 ETH", "5 USDT"], true, NONE, |request, rows| {
            if is(request, "txlistinternal") {
                let mut second = row("txlistinternal");
                second["value"] = json!("200000000000000000");
                *rows = json!([rows[0], second]);
            }
            None
        }),
        ("a token that nobody lists", &["0.7 ETH", "1.25 ETH", "? ?"], true, NONE, |request, rows| {
            if is(request, "tokentx") {
                rows[0]["contractAddress"] = json!(OTHER);
            }
            None
        }),
        ("a value that is no whole number", INSIDE, false, &["malformed"], |request, rows| {
            if is(request, "txlist") {
                rows[0]["value"] = json!("1.25");
            }
            None
        }),
        ("a value that is not there", INSIDE, false, &["malformed"], |request, rows| {
            if is(request, "txlist") {
                rows[0]["value"] = json!("");
            }
            None
        }),
        ("the oldest first", INSIDE, false, &["malformed"], |request, rows| {
            if is(request, "txlist") {
                let mut newer = row("txlist");
                newer["timeStamp"] = json!(time(1).to_string());
                *rows = json!([rows[0], newer]);
            }
            None
        }),
        ("more rows than a page has", INSIDE, false, &["too-large"], |request, rows| {
            if is(request, "txlist") {
                *rows = (0..501).map(|_| row("txlist")).collect();
            }
            None
        }),
        ("pages without an end", INSIDE, false, &["too-large"], |request, rows| {
            if is(request, "txlist") {
                let mut row = row("txlist");
                row["value"] = json!("0");
                *rows = (0..500).map(|_| row.clone()).collect();
            }
            None
        }),
        ("a second page that is refused", ALL, false, &["rate-limited"], |request, rows| {
            if !is(request, "txlist") {
                return None;
            }
            if !request.target.contains("&page=1&") {
                return Some(refused("Max rate limit reached"));
            }
            let mut nothing = row("txlist");
            nothing["value"] = json!("0");
            *rows = std::iter::once(row("txlist")).chain((1..500).map(|_| nothing.clone())).collect();
            None
        }),
    ];
    judge("etherscan", table);
}

#[test]
fn pages_are_read_until_the_stretch_begins() {
    let stub = explorer("etherscan", |request, rows| {
        if !is(request, "txlist") {
            return Some(nothing());
        }
        let page = if request.target.contains("&page=1&") { 1 } else { 2 };
        *rows = (0..500)
            .map(|at| {
                let mut row = row("txlist");
                row["value"] = json!(if at == 499 { "1000000000000000000" } else { "0" });
                row["timeStamp"] = json!(time(page * 20).to_string());
                row["hash"] = json!(if page == 1 { TXID } else { OTHER_TXID });
                row
            })
            .collect();
        None
    });
    let document = find("etherscan", &stub, &["--asset", "ETH"]).json();
    // The second page is older than the stretch, and nobody asks for a third one, nor for tokens.
    assert_eq!((payments(&document), &document["searches"][0]["complete"]), (vec!["1 ETH".to_owned()], &json!(true)));
    assert_eq!(document["payments"][0]["txid"], TXID);
    let asked: Vec<String> = stub.requests().into_iter().map(|request| request.target).collect();
    assert!(!asked.iter().any(|target| target.contains("page=3") || target.contains("tokentx")), "{asked:?}");
}

#[test]
fn a_list_of_one_token_holds_no_other() {
    let honest = explorer("etherscan", |_, _| None);
    let document = find("etherscan", &honest, &["--asset", "USDT"]).json();
    assert_eq!((payments(&document), &document["searches"][0]["complete"]), (vec!["5 USDT".to_owned()], &json!(true)));
    let asked: Vec<String> = honest.requests().into_iter().map(|request| request.target).collect();
    assert!(asked.iter().any(|target| target.contains(&format!("contractaddress={USDT}"))), "{asked:?}");
    assert!(!asked.iter().any(|target| target.contains("txlist")), "{asked:?}");
    let other = explorer("etherscan", |_, rows| {
        rows[0]["contractAddress"] = json!(OTHER);
        None
    });
    let document = find("etherscan", &other, &["--asset", "USDT"]).json();
    assert_eq!((payments(&document), &document["gaps"][0]["why"]), (Vec::new(), &json!("mismatch")));
}

#[test]
fn blockscouts_lists_are_searched_each_for_itself() {
    let table: &[Line] = &[
        ("the three lists", ALL, true, NONE, |_, _| None),
        ("no items at all", NONE, true, NONE, |_, items| {
            if let Some(items) = items.as_array_mut() {
                items.clear();
            }
            None
        }),
        ("what failed", TOKENS, true, NONE, |_, items| {
            if items[0]["status"].is_string() {
                items[0]["status"] = json!("error");
            }
            if items[0]["success"].is_boolean() {
                items[0]["success"] = json!(false);
            }
            None
        }),
        ("the outermost call", &["1.25 ETH", "5 USDT"], true, NONE, |request, items| {
            if is(request, "internal-transactions") {
                items[0]["index"] = json!(0);
            }
            None
        }),
        ("calls that are still to be read", ALL, false, &["behind"], |_, items| {
            if items.is_object() {
                items["finished_indexing"] = json!(false);
            }
            None
        }),
        ("an instance that reads no calls", ALL, false, &["behind"], |_, items| {
            if items.is_object() {
                items["indexed_internal_transactions_ratio"] = Value::Null;
            }
            None
        }),
        (
            "a transaction of which it does not know whether it ran",
            INSIDE,
            false,
            &["lacks-history"],
            |request, items| {
                if is(request, "transactions") {
                    items[0]["status"] = Value::Null;
                }
                None
            },
        ),
        ("what waits in the mempool", ALL, true, NONE, |request, items| {
            if is(request, "transactions") {
                let item = &mut items[0];
                (item["status"], item["block_number"], item["timestamp"]) = (Value::Null, Value::Null, Value::Null);
                item["result"] = json!("pending");
            }
            None
        }),
        ("what is gone from the mempool", INSIDE, true, NONE, |request, items| {
            if is(request, "transactions") {
                let item = &mut items[0];
                (item["status"], item["block_number"], item["timestamp"]) = (Value::Null, Value::Null, Value::Null);
                item["result"] = json!("dropped/replaced");
            }
            None
        }),
    ];
    judge("blockscout", table);
}

#[test]
fn what_blockscout_says_instead_of_a_list_is_a_gap_beside_the_others() {
    let table: &[Line] = &[
        ("a payment to somebody else", COIN, false, &["mismatch"], |request, items| {
            if is(request, "token-transfers") {
                items[0]["to"]["hash"] = json!(OTHER);
            }
            None
        }),
        ("what the address sent, where it was not asked for", INSIDE, false, &["mismatch"], |request, items| {
            if is(request, "transactions") {
                let item = &mut items[0];
                (item["from"]["hash"], item["to"]["hash"]) = (json!(ADDRESS), json!(OTHER));
            }
            None
        }),
        ("things that are no coin", COIN, true, NONE, |request, items| {
            if is(request, "token-transfers") {
                (items[0]["token"]["type"], items[0]["total"]) = (json!("ERC-721"), json!({"token_id": "3"}));
            }
            None
        }),
        ("older names of fields", ALL, true, NONE, |request, items| {
            if is(request, "token-transfers") {
                let (token, hash) = (json!({"address": USDT, "type": "ERC-20"}), items[0]["transaction_hash"].take());
                (items[0]["token"], items[0]["tx_hash"], items[0]["log_index"]) = (token, hash, json!("7"));
            }
            None
        }),
        ("a block without its time", INSIDE, false, &["malformed"], |request, items| {
            if is(request, "transactions") {
                items[0]["timestamp"] = Value::Null;
            }
            None
        }),
        ("an error for one list", INSIDE, false, &["server-error"], |request, _| {
            is(request, "transactions").then(|| Answer::json(500, &json!({"message": "no"})))
        }),
        ("no such list", COIN, false, &["not-offered"], |request, _| {
            is(request, "token-transfers").then(|| Answer::json(404, &json!({"message": "Not found"})))
        }),
        ("pages without an end", INSIDE, false, &["too-large"], |request, _| {
            let next = json!({"items": [], "next_page_params": {"items_count": request.nth}});
            is(request, "transactions").then(|| Answer::json(200, &next))
        }),
        ("a second page", ALL, true, NONE, |request, _| {
            let first = !request.target.contains("items_count=50");
            let next = json!({"items": [], "next_page_params": {"items_count": 50, "filter": "to"}});
            (is(request, "transactions") && first).then(|| Answer::json(200, &next))
        }),
    ];
    judge("blockscout", table);
}

#[test]
fn the_index_of_a_log_is_told_where_it_is_known() {
    let document = find("blockscout", &explorer("blockscout", |_, _| None), &["--asset", "USDT"]).json();
    assert_eq!(document["payments"][0]["transfer"]["output_index"], json!(7), "{document}");
    let document = find("etherscan", &explorer("etherscan", |_, _| None), &["--asset", "USDT"]).json();
    assert_eq!(document["payments"][0]["transfer"]["output_index"], Value::Null, "{document}");
}
