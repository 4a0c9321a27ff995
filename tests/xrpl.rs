//! The XRP Ledger's JSON-RPC, on a signed payment in a ledger of the main network's documentation: every answer is taken for
//! what it is. Shapes: <https://xrpl.org/docs/references/http-websocket-apis>.

use serde_json::{Value, json};

use crate::stub::{Answer, Request, Stub};
use crate::support::Test;

/// A payment of 25 XRP, signed with ripple-keypairs and put into bytes by ripple-binary-codec.
const TXID: &str = "C534838CCE12DC4C5F5A3B1F84F9CE2E7E92A101CAA4BB84EE2638C722615322";
const BLOB: &str = "120000220000000024000003E82E00000007201B0604B7B66140000000017D784068400000000000000C7321ED905DF511CA160A4D28BDE676F220E9DA05BB990536BE9ACB912C7C3753DB1A2F744022C0B91A1E29CA1E3A4352793474EDE3D47CFA06133D6630BE7C8681CC58562654BF49F690140E11B5966A109268AB3E8D92A4AB1FFB0BCC0341BDD34572F40E8114299C677F168570637B13A63995192A1667EE8C308314EBEBDF2F2B257A140BA701F3BC10C140BB625E81";
const OTHER: &str = "C53ECF838647FA5A4C780377025FEC7999AB4182590510CA461444B207AB74A9";
const PAYER: &str = "rhopnpT24DweENAQWgHcbPjbsE7BD4Vbdy";
const RECEIVER: &str = "r4WSMjyAatjbXzp5BvVmZTmkUTTokmJTXf";
/// The ledger of the example in the documentation of `ledger`.
const HEIGHT: u64 = 100_972_465;
const LEDGER: &str = "9DAAAE85FC0D64E95506608FDB48E8B77706EF64FF144F18EEBC2FC4366D9B20";

/// The finding that decides.
fn decisive(document: &Value) -> &str {
    let findings = document["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["decisive"] == true).unwrap()["code"].as_str().unwrap()
}

/// What an honest server answers, by question.
fn honest() -> Value {
    let root = |account: &str, before: &str, after: &str| {
        let fields = json!({ "Account": account, "Balance": after });
        json!({"ModifiedNode": {
            "LedgerEntryType": "AccountRoot", "FinalFields": fields, "PreviousFields": { "Balance": before },
        }})
    };
    json!({
        "server_info": {"info": {
            "network_id": 0, "complete_ledgers": "32570-100972470", "server_state": "full",
            "validated_ledger": { "age": 3, "seq": 100_972_470 },
        }},
        "newest": {"validated": true, "ledger": {
            "ledger_index": 100_972_470, "ledger_hash": OTHER, "close_time": 819_429_380,
        }},
        "ledger": {"validated": true, "ledger_index": HEIGHT, "ledger_hash": LEDGER, "ledger": {
            "account_hash": "6FD2916DDD574886EBCBAA1CE0048D94E5A57E13EA5DD7B0283A7AB63EBF0131",
            "close_flags": 0, "close_time": 819_429_360, "close_time_resolution": 10, "ledger_hash": LEDGER,
            "parent_close_time": 819_429_352, "total_coins": "99985738467416092", "ledger_index": HEIGHT, "closed": true,
            "parent_hash": "1FB3618846E1201E38FED328BD13A9D62012469193C0B5BA4ECE6C8BDAA2BFC9",
            "transaction_hash": "B61C7B94F583DBFEEDA58DE348518D6FC2F397053EA0E3AC4B8F2BD440629F19",
        }},
        "tx": {
            "hash": TXID, "validated": true, "ledger_index": HEIGHT, "ledger_hash": LEDGER,
            "tx_json": {
                "TransactionType": "Payment", "Account": PAYER, "Destination": RECEIVER, "DeliverMax": "25000000",
                "Fee": "12", "Flags": 0, "DestinationTag": 7, "LastLedgerSequence": 100_972_470, "Sequence": 1000,
                "date": 819_429_360,
            },
            "meta": {
                "TransactionResult": "tesSUCCESS", "delivered_amount": "25000000",
                "AffectedNodes": [
                    root(PAYER, "1000000000000", "999974999988"), root(RECEIVER, "1000000000000", "1000025000000"),
                ],
            },
        },
        "binary": { "hash": TXID, "validated": true, "tx_blob": BLOB },
        "account_info": { "account_data": { "Account": PAYER, "Sequence": 1000 } },
        "account_tx": { "transactions": [] },
    })
}

/// An honest server with one answer changed.
fn with(question: &str, pointer: &str, value: Value) -> Value {
    let mut says = honest();
    match says[question].pointer_mut(pointer) {
        Some(found) => *found = value,
        None => says[question][&pointer[1..]] = value,
    }
    says
}

/// An answer in the place of another: a text is sent as it is.
fn instead(question: &str, answer: Value) -> Value {
    with(question, "", answer)
}

fn refusal(error: &str) -> Value {
    json!({ "error": error, "error_code": 29, "error_message": "as documented", "status": "error" })
}

fn answer(says: &Value, request: &Request) -> Answer {
    let asked: Value = serde_json::from_str(&request.body).unwrap();
    let params = &asked["params"][0];
    let question = match asked["method"].as_str().unwrap() {
        "tx" if params["binary"] == true => "binary",
        "ledger" if params["ledger_index"] == "validated" => "newest",
        other => other,
    };
    match &says[question] {
        Value::String(text) => Answer::new(200, "text/html", text.as_str()),
        told => Answer::json(200, &json!({ "result": told })),
    }
}

/// The document that a check against such a server gives.
fn check(says: Value) -> Value {
    let stub = Stub::start(move |request| answer(&says, request));
    let folder = tempfile::tempdir().unwrap();
    let source = format!("{{ kind = \"xrpl\", url = \"{}\" }}", stub.url);
    let config = format!("[network.xrpl]\nmines_on_demand = true\nsources = [{source}]\n");
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let args = ["check", TXID, "--network", "xrpl", "--address", RECEIVER, "--format", "json"];
    Test::new(&args).dir(folder.path()).run().json()
}

#[test]
fn a_payment_is_read_from_its_bytes_and_what_it_delivered() {
    let document = check(honest());
    let tx = &document["transactions"][0];
    assert_eq!((tx["confirmations"].as_u64(), tx["block"]["hash"].as_str()), (Some(6), Some(LEDGER)));
    assert_eq!((&tx["proof"]["txid"], &tx["proof"]["block_hash"]), (&true.into(), &true.into()), "{}", tx["proof"]);
    let moved = &tx["transfers"][0];
    assert_eq!((moved["amount"].as_str(), moved["memo"].as_str()), (Some("25"), Some("7")));
    // Its identifier was typed as the ledger prints it.
    assert_ne!(document["findings"][0]["code"], "txid-normalised");
    assert_eq!((moved["from"].as_str(), moved["to"].as_str()), (Some(PAYER), Some(RECEIVER)));
}

/// Before 2014 a partial payment's metadata did not tell what it delivered.
#[test]
fn what_is_unavailable_is_read_from_balances() {
    let document = check(with("tx", "/meta/delivered_amount", json!("unavailable")));
    assert_eq!(document["transactions"][0]["transfers"][0]["amount"], "25");
    let mut says = with("tx", "/meta/delivered_amount", json!("unavailable"));
    says["tx"]["meta"]["AffectedNodes"] = json!([]);
    assert_eq!(decisive(&check(says)), "source-unavailable");
}

#[test]
fn without_its_bytes_a_transaction_is_not_proven() {
    for told in [refusal("tooBusy"), json!("<html>"), json!({ "hash": TXID }), json!({ "tx_blob": "none" })] {
        let tx = &check(instead("binary", told))["transactions"][0];
        assert_eq!((tx["transfers"][0]["amount"].as_str(), tx["proof"]["txid"].as_bool()), (Some("25"), Some(false)));
    }
}

#[test]
fn every_answer_is_taken_for_what_it_is() {
    let huge = json!("9".repeat(5000));
    let stranger = json!({ "currency": "USD", "issuer": "rNobody", "value": "1" });
    let cases = [
        (with("tx", "/hash", json!(OTHER)), "answer-not-proven"),
        (with("tx", "/hash", Value::Null), "source-unavailable"),
        (instead("tx", json!("<html>a page</html>")), "source-unavailable"),
        (instead("tx", json!([1, 2])), "source-unavailable"),
        (instead("tx", json!({})), "source-unavailable"),
        (with("tx", "/validated", json!(false)), "pending"),
        (with("tx", "/validated", json!("true")), "pending"),
        (with("tx", "/meta", Value::Null), "source-unavailable"),
        (with("tx", "/meta", json!("tesSUCCESS")), "source-unavailable"),
        (with("tx", "/meta/TransactionResult", json!("tefPAST_SEQ")), "source-unavailable"),
        (with("tx", "/meta/TransactionResult", json!("tecPATH_DRY")), "execution-failed"),
        (with("tx", "/meta/delivered_amount", huge), "source-unavailable"),
        (with("tx", "/meta/delivered_amount", json!(25_000_000)), "source-unavailable"),
        (with("tx", "/meta/delivered_amount", json!("-1")), "source-unavailable"),
        (with("tx", "/meta/delivered_amount", stranger), "source-unavailable"),
        (with("tx", "/tx_json/DestinationTag", json!(8)), "answer-not-proven"),
        (with("tx", "/tx_json/DestinationTag", json!(1_u64 << 40)), "source-unavailable"),
        (with("tx", "/tx_json/Destination", json!(PAYER)), "answer-not-proven"),
        (with("tx", "/tx_json/Destination", json!("nobody")), "source-unavailable"),
        (with("tx", "/tx_json/DeliverMax", json!("26000000")), "answer-not-proven"),
        (with("tx", "/ledger_index", json!(-1)), "source-unavailable"),
        (with("binary", "/tx_blob", json!(BLOB.replace("017D7840", "027D7840"))), "answer-not-proven"),
        (with("ledger", "/ledger/ledger_hash", json!(OTHER)), "answer-not-proven"),
        (with("ledger", "/ledger/close_time", json!(819_429_361)), "answer-not-proven"),
        (with("ledger", "/ledger/ledger_index", json!(HEIGHT + 1)), "answer-not-proven"),
        (with("ledger", "/validated", json!(false)), "source-behind"),
        (with("tx", "/ledger_hash", json!(OTHER)), "answer-not-proven"),
        (instead("tx", refusal("txnNotFound")), "not-found-unproven"),
        (instead("tx", refusal("tooBusy")), "source-unavailable"),
        (instead("tx", refusal("lgrNotFound")), "source-lacks-history"),
        (with("server_info", "/info/network_id", json!(1)), "source-wrong-chain"),
        (with("server_info", "/info/network_id", json!("0")), "source-unavailable"),
        (with("server_info", "/info/server_state", json!("syncing")), "source-behind"),
        (with("newest", "/validated", json!(false)), "source-behind"),
        (instead("newest", refusal("noNetwork")), "source-behind"),
    ];
    for (index, (says, code)) in cases.into_iter().enumerate() {
        let document = check(says);
        assert_eq!(decisive(&document), code, "case {index}: {}", document["gaps"]);
    }
}

/// Behind one address may stand several servers, so that a last ledger counts as passed only after two minutes.
#[test]
fn a_transaction_lapses_once_its_last_ledger_is_well_past() {
    for (past, held, code) in [
        (0, "32570-100972470", "pending"),
        (29, "32570-100972499", "pending"),
        (30, "32570-100972500", "dropped"),
        (30, "100971472-100972500", "pending"),
        (30, "32570-100972469", "pending"),
        (30, "32570-100972460,100972480-100972500", "pending"),
    ] {
        let mut says = with("tx", "/validated", json!(false));
        says["newest"]["ledger"]["ledger_index"] = json!(100_972_470 + past);
        says["server_info"]["info"]["complete_ledgers"] = json!(held);
        assert_eq!(decisive(&check(says)), code, "{past} {held}");
    }
}

/// A number of the account that was used, while the transaction is nowhere, was used by another.
#[test]
fn the_number_of_a_transaction_may_be_used_by_another() {
    let mut says = with("tx", "/validated", json!(false));
    says["account_info"]["account_data"]["Sequence"] = json!(1001);
    assert_eq!(decisive(&check(says.clone())), "replaced-elsewhere");
    says["server_info"]["info"]["complete_ledgers"] = json!("100972000-100972470");
    assert_eq!(decisive(&check(says.clone())), "pending");
    // It is the transaction itself that used it.
    let itself = json!({"validated": true, "hash": TXID, "tx_json": { "Account": PAYER, "Sequence": 1000 }});
    says["server_info"]["info"]["complete_ledgers"] = json!("32570-100972470");
    says["account_tx"]["transactions"] = json!([itself]);
    assert_eq!(decisive(&check(says)), "pending");
}

/// The ledgers that a server has are told as ranges; a hole in them may hold the transaction.
#[test]
fn absence_counts_only_where_the_whole_history_is_held() {
    for (held, code) in [
        ("32570-100972470", "not-found-unproven"),
        ("100000000-100972470", "source-lacks-history"),
        ("32570-5000000,5000002-100972470", "source-lacks-history"),
        ("empty", "source-lacks-history"),
        ("", "source-lacks-history"),
        ("32570-", "source-lacks-history"),
    ] {
        let mut says = instead("tx", refusal("txnNotFound"));
        says["server_info"]["info"]["complete_ledgers"] = json!(held);
        assert_eq!(decisive(&check(says)), code, "{held}");
    }
}
