//! Solana through its JSON-RPC: what a node may answer instead of the truth, on transactions that prove themselves.

use serde_json::{Value, json};

use crate::support::Test;
use crate::wire::Wire;

/// Who is paid in all of them.
const RECEIVER: &str = "CN3YZ2jMmrwSJoDr8cZH4UMPoWqKkyNHuFqPXMf38wL1";
const GENESIS: &str = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";
/// Another identifier, and another account.
const OTHER_TXID: &str = "5msCTX2EFxXJadBiTdFxc2X8y6gZ5vjGLWQEXEzkkz62Eq4Nv9W6v4nteByPrYFabS7ASrjVm343Ptcn2idvxEcP";
const OTHER: &str = "82BEr2bv6QceWQ7QpGoVcZYZkJX5BcL5Xqbh3sPg1nxu";
/// Slot 300,000,000 at 2026-01-31T12:00:00Z, as the clock's account holds it.
const CLOCK: &str = "AKPhEQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADA7n1pAAAAAA==";

/// SOL, and a token; signed and run by Solana's own libraries.
const COIN: usize = 0;
const TOKEN: usize = 1;

fn vector(number: usize) -> Value {
    let vectors = include_str!("vectors/solana_transactions.json");
    serde_json::from_str::<Value>(vectors).unwrap()[number]["transaction"].clone()
}

/// The answer of an honest node to each method.
fn honest(number: usize) -> Value {
    let clock = json!({"data": [CLOCK, "base64"], "executable": false, "lamports": 1, "owner": OTHER, "rentEpoch": 0});
    json!({
        "getGenesisHash": {"result": GENESIS},
        "getHealth": {"result": "ok"},
        "getFirstAvailableBlock": {"result": 0},
        "getAccountInfo": {"result": {"context": {"slot": 300_000_000}, "value": clock}},
        "getMultipleAccounts": {"result": {"context": {"slot": 300_000_000}, "value": [null]}},
        "getSlot": {"result": 299_999_968},
        "getBlock": {"result": {"blockhash": OTHER, "blockTime": 1_769_857_200, "parentSlot": 299_990_999}},
        "getTransaction": {"result": vector(number)},
        "getSignatureStatuses": {"result": {"context": {"slot": 300_000_000}, "value": [null]}},
    })
}

/// The document that a check against such a node gives.
fn check(number: usize, answers: Value) -> Value {
    let txid = vector(number)["transaction"]["signatures"][0].as_str().unwrap().to_owned();
    let wire = Wire::start(&Vec::new(), move |method, _| match &answers[method] {
        Value::Null => json!({"error": {"code": -32601, "message": "Method not found"}}),
        answer => answer.clone(),
    });
    let folder = tempfile::tempdir().unwrap();
    let config = format!("[network.solana]\nsources = [{{ kind = \"solana-rpc\", url = \"{}\" }}]\n", wire.uri());
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    Test::new(&["check", &txid, "--address", RECEIVER, "--format", "json"]).dir(folder.path()).run().json()
}

/// An honest node but for one answer.
fn but(number: usize, method: &str, answer: Value) -> Value {
    let mut answers = honest(number);
    answers[method] = answer;
    check(number, answers)
}

/// An honest node but for one part of the transaction.
fn with(number: usize, at: &str, value: Value) -> Value {
    let mut transaction = vector(number);
    *transaction.pointer_mut(at).unwrap_or_else(|| panic!("{at} is not in it")) = value;
    but(number, "getTransaction", json!({"result": transaction}))
}

/// The same without one part.
fn without(number: usize, at: &str, name: &str) -> Value {
    let mut transaction = vector(number);
    let removed = transaction.pointer_mut(at).and_then(Value::as_object_mut).unwrap().remove(name);
    assert!(removed.is_some(), "{at}/{name} is not in it");
    but(number, "getTransaction", json!({"result": transaction}))
}

fn refusal(code: i64) -> Value {
    json!({"error": {"code": code, "message": "the node's own words"}})
}

fn codes(document: &Value) -> Vec<&str> {
    document["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn what_arrived_is_read_from_balances_and_its_identifier_is_checked() {
    let document = check(COIN, honest(COIN));
    assert_eq!(codes(&document), ["credit-unchecked"], "{document:#}");
    let tx = &document["transactions"][0];
    assert_eq!(tx["proof"]["txid"], true);
    assert_eq!((&tx["transfers"][0]["amount"], &tx["transfers"][0]["to"]), (&json!("2.5"), &json!(RECEIVER)));
    assert_eq!(tx["fee"]["amount"], "0.000005");
    assert_eq!(tx["confirmations"], 300_000_000 - 299_991_000 + 1);
}

#[test]
fn rent_is_no_payment_and_a_memo_goes_with_what_it_is_about() {
    let document = check(TOKEN, honest(TOKEN));
    let transfers = document["transactions"][0]["transfers"].as_array().unwrap().clone();
    assert_eq!(transfers.len(), 1, "{transfers:#?}");
    assert_eq!(transfers[0]["units"], "250000000");
    assert_eq!((&transfers[0]["to"], &transfers[0]["memo"]), (&json!(RECEIVER), &json!("77")));
}

#[test]
fn an_answer_about_something_else_is_worthless() {
    for document in [
        with(COIN, "/transaction/signatures/0", json!(OTHER_TXID)),
        with(COIN, "/transaction/signatures", json!([])),
        with(COIN, "/transaction/message/accountKeys/1", json!(OTHER)),
        with(COIN, "/transaction/message/instructions/0/data", json!("3Bxs4126ZQrQJFM8")),
        but(COIN, "getTransaction", json!({"result": vector(TOKEN)})),
    ] {
        assert_eq!(codes(&document), ["answer-not-proven"], "{}", document["gaps"]);
    }
    let document = but(COIN, "getGenesisHash", json!({"result": OTHER}));
    assert_eq!(codes(&document), ["source-wrong-chain"]);
}

#[test]
fn what_does_not_read_as_an_answer_is_none() {
    let huge = || serde_json::from_str::<Value>("[1e40, 0, 1]").unwrap();
    let balances = |units: &str| {
        let mut held = vector(TOKEN)["meta"]["postTokenBalances"].clone();
        held[0]["uiTokenAmount"]["amount"] = units.into();
        held
    };
    for (case, document) in [
        ("a page", but(COIN, "getTransaction", json!({"result": "<html>busy</html>"}))),
        ("a list", but(COIN, "getTransaction", json!({"result": []}))),
        ("no slot", without(COIN, "", "slot")),
        ("a slot below zero", with(COIN, "/slot", json!(-1))),
        ("no signatures", without(COIN, "/transaction", "signatures")),
        ("more accounts than there are numbers", {
            let mut keys = vec![json!(OTHER); 300];
            keys[0] = vector(COIN)["transaction"]["message"]["accountKeys"][0].clone();
            with(COIN, "/transaction/message/accountKeys", json!(keys))
        }),
        ("more calls than fit", {
            let call = vector(COIN)["transaction"]["message"]["instructions"][0].clone();
            with(COIN, "/meta/innerInstructions", json!([{"index": 0, "instructions": vec![call; 500]}]))
        }),
        ("no word on a failure", without(COIN, "/meta", "err")),
        ("a huge balance", with(COIN, "/meta/postBalances", huge())),
        ("a balance too few", with(COIN, "/meta/postBalances", json!([0, 0]))),
        ("an account that is none", with(COIN, "/transaction/message/accountKeys/1", json!("0OIl"))),
        ("a long text for an account", with(COIN, "/transaction/message/accountKeys/1", json!("1".repeat(100_000)))),
        ("an amount below zero", with(TOKEN, "/meta/postTokenBalances", balances("-1"))),
        ("an amount beyond all tokens", with(TOKEN, "/meta/postTokenBalances", balances(&"9".repeat(99)))),
        ("a token account of no number", with(TOKEN, "/meta/postTokenBalances/0/accountIndex", json!(99))),
        ("a token account told twice", with(TOKEN, "/meta/postTokenBalances/1/accountIndex", json!(1))),
        ("no accounts for an answer", but(COIN, "getMultipleAccounts", json!({"result": {"value": []}}))),
        ("a block without a hash", but(COIN, "getBlock", json!({"result": {"blockhash": "0", "blockTime": 1}}))),
        ("no status for an answer", {
            let mut answers = honest(COIN);
            answers["getTransaction"] = json!({"result": null});
            answers["getSignatureStatuses"] = json!({"result": {"value": []}});
            check(COIN, answers)
        }),
        ("a clock that stands still", but(COIN, "getAccountInfo", json!({"result": {"value": null}}))),
        ("a chain without a name", but(COIN, "getGenesisHash", json!({"result": "mainnet"}))),
    ] {
        assert_eq!(codes(&document), ["source-unavailable"], "{case}: {}", document["gaps"]);
    }
}

#[test]
fn no_error_of_a_node_is_a_no() {
    let expected = [
        (-32001, "source-lacks-history"),
        (-32004, "source-lacks-history"),
        (-32005, "source-behind"),
        (-32007, "source-lacks-history"),
        (-32009, "source-lacks-history"),
        (-32011, "source-lacks-history"),
        (-32014, "source-behind"),
        (-32015, "source-unavailable"),
        (-32016, "source-behind"),
        (-32019, "source-unavailable"),
        (-32601, "source-unavailable"),
        (429, "source-unavailable"),
    ];
    for (code, finding) in expected {
        assert_eq!(codes(&but(COIN, "getTransaction", refusal(code))), [finding], "{code}");
    }
}

#[test]
fn a_null_is_a_no_only_where_the_status_is_searched_for_in_all_of_the_history() {
    let absent = |method: &str, answer: Value| {
        let mut answers = honest(COIN);
        answers["getTransaction"] = json!({"result": null});
        answers[method] = answer;
        check(COIN, answers)
    };
    let known = |status: &str| json!({"result": {"value": [{"slot": 7, "err": null, "confirmationStatus": status}]}});
    for (method, answer, code) in [
        ("getHealth", json!({"result": "ok"}), "not-found-unproven"),
        ("getFirstAvailableBlock", json!({"result": 250_000_000}), "source-lacks-history"),
        ("getFirstAvailableBlock", refusal(-32000), "source-unavailable"),
        ("getSignatureStatuses", refusal(-32011), "source-lacks-history"),
        ("getSignatureStatuses", known("finalized"), "source-lacks-history"),
        ("getSignatureStatuses", known("processed"), "pending"),
        ("getHealth", refusal(-32005), "source-behind"),
    ] {
        let document = absent(method, answer);
        assert_eq!(codes(&document), [code], "{method}: {}", document["gaps"]);
    }
}

#[test]
fn what_failed_says_why_in_words() {
    for (err, words) in [
        (json!({"InstructionError": [0, {"Custom": 1}]}), "instruction 1: insufficient lamports"),
        (json!({"InstructionError": [9, {"Custom": 6001}]}), "instruction 10: the program's own error 6001"),
        (json!({"InstructionError": [0, "MissingRequiredSignature"]}), "instruction 1: missing required signature"),
        (json!({"InsufficientFundsForRent": {"account_index": 1}}), "insufficient funds for rent"),
        (json!("BlockhashNotFound"), "blockhash not found"),
        (json!(["\u{1b}[31m"]), "unknown error"),
    ] {
        let document = with(COIN, "/meta/err", err);
        assert_eq!(codes(&document), ["execution-failed"], "{}", document["gaps"]);
        let told = document["findings"][0]["detail"].as_str().unwrap_or_default().to_owned();
        assert!(document.to_string().contains(words), "{words}: {told}");
    }
}

#[test]
fn what_a_node_did_not_record_is_not_nothing() {
    for at in ["/meta/preTokenBalances", "/meta/postTokenBalances", "/meta/postTokenBalances/0/owner"] {
        let document = with(TOKEN, at, Value::Null);
        assert_eq!(codes(&document), ["source-lacks-history"], "{at}: {}", document["gaps"]);
    }
    let document = with(COIN, "/meta", Value::Null);
    assert_eq!(codes(&document), ["source-lacks-history"], "{}", document["gaps"]);
}

/// A token account as a node tells it, of the mint in the vector.
fn held(index: usize, owner: &str, units: &str, decimals: u8) -> Value {
    let mint = vector(TOKEN)["meta"]["postTokenBalances"][0]["mint"].clone();
    let amount = json!({"amount": units, "decimals": decimals, "uiAmount": null, "uiAmountString": units});
    json!({"accountIndex": index, "mint": mint, "owner": owner, "uiTokenAmount": amount})
}

fn holding(before: Value, after: Value) -> Value {
    let mut transaction = vector(TOKEN);
    transaction["meta"]["preTokenBalances"] = before;
    transaction["meta"]["postTokenBalances"] = after;
    but(TOKEN, "getTransaction", json!({"result": transaction}))
}

fn moved(document: &Value) -> Vec<(&str, &str)> {
    let transfers = document["transactions"][0]["transfers"].as_array().unwrap().iter();
    transfers.map(|t| (t["to"].as_str().unwrap(), t["units"].as_str().unwrap())).collect()
}

#[test]
fn tokens_are_counted_by_owner() {
    let given = holding(json!([held(1, OTHER, "70", 6)]), json!([held(1, RECEIVER, "70", 6)]));
    assert_eq!(moved(&given), [(RECEIVER, "70")], "an account with all that is in it");
    let between_own = holding(
        json!([held(1, RECEIVER, "70", 6), held(2, RECEIVER, "0", 6)]),
        json!([held(1, RECEIVER, "0", 6), held(2, RECEIVER, "70", 6)]),
    );
    assert_eq!(moved(&between_own), [], "from one's own account to another");
    let burnt = holding(json!([held(1, OTHER, "70", 6)]), json!([held(1, OTHER, "0", 6)]));
    assert_eq!(moved(&burnt), [], "nobody received it");
    let taxed = holding(
        json!([held(1, OTHER, "70", 6), held(2, RECEIVER, "0", 6)]),
        json!([held(1, OTHER, "0", 6), held(2, RECEIVER, "69", 6)]),
    );
    let mint = vector(TOKEN)["meta"]["postTokenBalances"][0]["mint"].as_str().unwrap().to_owned();
    assert_eq!(moved(&taxed), [(RECEIVER, "69"), (mint.as_str(), "1")], "the token keeps a fee");
}

#[test]
fn a_thing_is_no_coin() {
    let document = holding(json!([held(1, OTHER, "1", 0)]), json!([held(2, RECEIVER, "1", 0)]));
    assert_eq!(codes(&document), ["nft-not-coin"], "{}", document["gaps"]);
}

#[test]
fn what_a_program_keeps_on_an_account_of_its_own_is_no_payment() {
    let made = |owner: u8| {
        let data: Vec<u8> = [vec![0; 4], vec![1; 16], vec![owner; 32]].concat();
        let call = json!({"programIdIndex": 2, "accounts": [0, 1], "data": bitcoin::base58::encode(&data)});
        with(COIN, "/meta/innerInstructions", json!([{"index": 0, "instructions": [call]}]))
    };
    assert_eq!(codes(&made(7)), ["no-value-moved"]);
    // An account of the system program's is a wallet.
    assert_eq!(codes(&made(0)), ["credit-unchecked"]);
}

#[test]
fn coin_at_an_account_for_tokens_is_its_owners() {
    let owner = bitcoin::base58::decode(OTHER).unwrap();
    let account = |length: usize, kind: u8| {
        let mut bytes = vec![kind; length];
        bytes[32..64].copy_from_slice(&owner);
        let data = data_encoding::BASE64.encode(&bytes);
        let program = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
        let account = json!({"data": [data, "base64"], "owner": program, "executable": false, "lamports": 1});
        but(COIN, "getMultipleAccounts", json!({"result": {"context": {"slot": 1}, "value": [account]}}))
    };
    for (length, kind, to) in [(165, 0, OTHER), (166, 2, OTHER), (166, 1, RECEIVER), (82, 0, RECEIVER)] {
        let document = account(length, kind);
        // Whether it was claimed by its own address or by its owner's.
        assert_eq!(codes(&document), ["credit-unchecked"], "{length}");
        assert_eq!(document["transactions"][0]["transfers"][0]["to"], to, "{length}");
    }
}
