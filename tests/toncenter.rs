//! The Open Network through Toncenter's index: the recorded answers of a case, changed one at a time. The shapes are those
//! of <https://toncenter.com/api/v3/doc.json>.

use serde_json::{Value, json};

use crate::support::{Test, repository};
use crate::wire::{Rest, Wire};

/// A fixture of jettons that arrived without a notice.
const JETTONS: &str = "ton-jetton-without-notice";
/// One of coin that arrived.
const COIN: &str = "ton-missed";
/// One of a hash that nobody knows.
const UNKNOWN: &str = "ton-not-found";

/// What the index told in a case, by path, and the transaction that was asked for.
struct Told {
    answers: Vec<(String, Value)>,
    txid: String,
}

/// A change to the answer of a path.
type Change = (&'static str, fn(&mut Value));

fn told(fixture: &str) -> Told {
    let folder = repository().join("fixtures").join(fixture);
    let har: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("evidence.har")).unwrap()).unwrap();
    let case = std::fs::read_to_string(folder.join("case.toml")).unwrap();
    let txid = case.lines().find_map(|line| line.strip_prefix("subject = ")).unwrap().trim_matches('"').to_owned();
    let entries = har["log"]["entries"].as_array().unwrap().iter();
    let answer = |entry: &Value| {
        let url = entry["request"]["url"].as_str().unwrap();
        let path = url.split_once("/api/v3")?.1.split('?').next().unwrap().to_owned();
        Some((path, serde_json::from_str(entry["response"]["content"]["text"].as_str().unwrap()).unwrap()))
    };
    Told { answers: entries.filter_map(answer).collect(), txid }
}

/// The document of a check against an index that answers so, and no ledger.
fn check(rest: &Rest, txid: &str) -> Value {
    let wire = Wire::start(rest, |_, _| json!({}));
    let folder = tempfile::tempdir().unwrap();
    let source = format!("{{ kind = \"toncenter\", url = \"{}\", requests_per_second = 0 }}", wire.uri());
    let usdt = usdt();
    let config = format!(
        "[network.ton]\nfamily = \"ton\"\nchain = \"testnet\"\nmines_on_demand = true\nsources = [{source}]\n\
         [network.ton.assets.USDT]\ncontract = \"{usdt}\"\ndecimals = 6\n"
    );
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    Test::new(&["check", txid, "--network", "ton", "--format", "json"]).dir(folder.path()).run().json()
}

/// The test network's USDT, as the fixtures have it.
fn usdt() -> String {
    let case = std::fs::read_to_string(repository().join("fixtures").join(JETTONS).join("case.toml")).unwrap();
    case.lines().find_map(|line| line.strip_prefix("contract = ")).unwrap().trim_matches('"').to_owned()
}

fn changed(fixture: &str, (path, change): Change) -> Value {
    let Told { answers, txid } = told(fixture);
    assert!(answers.iter().any(|(own, _)| own == path), "{fixture} asks nothing of {path}");
    let edit = |(own, mut body): (String, Value)| {
        if own == path {
            change(&mut body);
        }
        (own, 200, body.to_string())
    };
    check(&answers.into_iter().map(edit).collect(), &txid)
}

fn replaced(fixture: &str, path: &str, status: u16, body: &str) -> Value {
    let Told { answers, txid } = told(fixture);
    let other = |(own, text): (String, Value)| {
        if own == path { (own, status, body.to_owned()) } else { (own, 200, text.to_string()) }
    };
    check(&answers.into_iter().map(other).collect(), &txid)
}

fn decisive(document: &Value) -> &str {
    document["findings"][0]["code"].as_str().unwrap()
}

/// Every transaction of the first trace, and what is done to it.
fn each(body: &mut Value, change: impl Fn(&mut Value)) {
    body["traces"][0]["transactions"].as_object_mut().unwrap().values_mut().for_each(change);
}

#[test]
fn jettons_and_coin_are_read_from_messages() {
    let document = changed(JETTONS, ("/traces", |_| ()));
    assert_eq!(decisive(&document), "expected-address-unknown", "{document}");
    let tx = &document["transactions"][0];
    assert_eq!((&tx["transfers"][0]["amount"], &tx["transfers"][0]["asset"]), (&json!("500"), &json!("USDT")));
    assert_eq!(tx["transfers"].as_array().unwrap().len(), 1, "coin that jettons need on their way is no payment");
    assert_eq!(tx["block"]["height"], 44_999_971);
    let coin = changed(COIN, ("/traces", |_| ()));
    assert_eq!(coin["transactions"][0]["transfers"][0]["amount"], "7");
}

#[test]
fn an_answer_about_something_else_is_worth_nothing() {
    let hostile: &[(&str, Change)] = &[
        (
            JETTONS,
            ("/traces", |body| {
                each(body, |one| one["hash"] = json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
            }),
        ),
        (JETTONS, ("/blocks", |body| body["blocks"][0]["seqno"] = json!(7))),
        (JETTONS, ("/blocks", |body| body["blocks"][0]["workchain"] = json!(0))),
        (
            JETTONS,
            ("/jetton/wallets", |body| {
                body["jetton_wallets"][0]["address"] =
                    json!("0:0000000000000000000000000000000000000000000000000000000000000001");
            }),
        ),
        (
            JETTONS,
            ("/traces", |body| {
                each(body, |one| {
                    one["account"] = json!("0:0000000000000000000000000000000000000000000000000000000000000001");
                });
            }),
        ),
    ];
    for (at, (fixture, change)) in hostile.iter().enumerate() {
        let document = changed(fixture, *change);
        let code = decisive(&document);
        assert!(matches!(code, "answer-not-proven" | "source-unavailable"), "row {at}: {code} {}", document["gaps"]);
        assert_eq!(document["verdict"], "inconclusive", "row {at}");
    }
}

#[test]
fn what_is_left_out_or_of_another_kind_is_a_gap() {
    let broken: &[(&str, Change)] = &[
        (COIN, ("/traces", |body| each(body, |one| one["in_msg"]["message_content"] = Value::Null))),
        (COIN, ("/traces", |body| each(body, |one| one["in_msg"]["message_content"]["body"] = json!("not a bag")))),
        (COIN, ("/traces", |body| each(body, |one| drop(one.as_object_mut().unwrap().remove("description"))))),
        (COIN, ("/traces", |body| each(body, |one| one["lt"] = json!(7)))),
        (COIN, ("/traces", |body| each(body, |one| one["mc_block_seqno"] = json!(-1)))),
        (COIN, ("/traces", |body| each(body, |one| one["mc_block_seqno"] = json!(1e300)))),
        (COIN, ("/traces", |body| each(body, |one| one["in_msg"]["value"] = json!("9".repeat(60))))),
        (COIN, ("/traces", |body| each(body, |one| one["in_msg"]["value"] = json!("-5")))),
        (COIN, ("/traces", |body| body["traces"][0]["is_incomplete"] = json!(true))),
        (COIN, ("/traces", |body| *body = json!([]))),
        (
            JETTONS,
            ("/traces", |body| {
                let all = body["traces"][0]["transactions"].as_object_mut().unwrap();
                let last = all.iter().max_by_key(|(_, one)| one["lt"].as_str().unwrap().parse::<u64>().unwrap());
                let last = last.unwrap().0.clone();
                all.remove(&last);
            }),
        ),
        (JETTONS, ("/jetton/wallets", |body| body["jetton_wallets"] = json!([]))),
        (JETTONS, ("/jetton/wallets", |body| body["jetton_wallets"][0]["owner"] = json!("nobody"))),
        (JETTONS, ("/masterchainInfo", |body| body["last"]["gen_utime"] = json!(5))),
        (UNKNOWN, ("/transactions", |body| body["transactions"] = json!("none"))),
        (UNKNOWN, ("/transactionsByMessage", |body| *body = json!({"error": "internal"}))),
    ];
    for (at, (fixture, change)) in broken.iter().enumerate() {
        let document = changed(fixture, *change);
        assert_eq!(document["verdict"], "inconclusive", "row {at}: {} {}", decisive(&document), document["gaps"]);
        assert_ne!(decisive(&document), "expected-address-unknown", "row {at}");
    }
}

#[test]
fn errors_are_no_absence() {
    let page = "<html><body>502</body></html>";
    for path in ["/traces", "/transactions", "/transactionsByMessage"] {
        let rows = [
            (200, page, "source-unavailable"),
            (404, page, "source-unavailable"),
            (500, r#"{"error":"context deadline exceeded"}"#, "source-unavailable"),
            (422, r#"{"error":"unprocessable"}"#, "source-unavailable"),
            (429, r#"{"ok":false,"result":"Ratelimit exceed","code":429}"#, "source-unavailable"),
            (404, r#"{"error":"transactions not found"}"#, "not-found-unproven"),
        ];
        for (status, body, code) in rows {
            let document = replaced(UNKNOWN, path, status, body);
            assert_eq!(decisive(&document), code, "{path} {status}: {}", document["gaps"]);
        }
    }
}

#[test]
fn only_the_right_chain_in_step_is_heard() {
    let wrong = changed(COIN, ("/masterchainInfo", |body| body["last"]["global_id"] = json!(-239)));
    assert_eq!(decisive(&wrong), "source-wrong-chain");
    let young = changed(UNKNOWN, ("/masterchainInfo", |body| body["first"]["seqno"] = json!(44_000_000)));
    assert_eq!(decisive(&young), "source-lacks-history");
    let later = changed(UNKNOWN, ("/transactions", |body| body["transactions"] = later()));
    assert_eq!(decisive(&later), "source-behind", "{}", later["gaps"]);
}

/// A transaction that the index has read, and not yet put into its trace.
fn later() -> Value {
    let Told { answers, .. } = told(COIN);
    let (_, mut traces) = answers.into_iter().find(|(path, _)| path == "/traces").unwrap();
    let all = traces["traces"][0]["transactions"].take();
    json!([all.as_object().unwrap().values().next().unwrap()])
}
