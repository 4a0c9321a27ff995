//! Tron through java-tron's interface: the recorded answers of two payments, told honestly and with one of them changed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::stub::{Answer, Request, Stub};
use crate::support::{Ran, Test, repository};

const TX: &str = "/wallet/gettransactionbyid";
const INFO: &str = "/wallet/gettransactioninfobyid";
const NEWEST: &str = "/wallet/getblock newest";
const GENESIS: &str = "/wallet/getblock 0";
const KEY: &str = "a-key-of-a-gateway";

/// What a node answers: by path, and blocks by height as well.
#[derive(Clone)]
struct Node {
    txid: String,
    chain: String,
    now: Timestamp,
    answers: BTreeMap<String, String>,
    token: String,
    /// What the claim says beside the identifier.
    claim: Vec<&'static str>,
}

fn question(path: &str, body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    match (path.rsplit('/').next(), body["id_or_num"].as_str()) {
        (Some("getblock"), Some(height)) => format!("{path} {height}"),
        (Some("getblock"), None) => format!("{path} newest"),
        _ => path.to_owned(),
    }
}

impl Node {
    /// The node of a fixture.
    fn of(fixture: &str) -> Self {
        let read =
            |file: &str| std::fs::read_to_string(repository().join("fixtures").join(fixture).join(file)).unwrap();
        let case: toml::Table = toml::from_str(&read("case.toml")).unwrap();
        let har: Value = serde_json::from_str(&read("evidence.har")).unwrap();
        let mut answers = BTreeMap::new();
        for entry in har["log"]["entries"].as_array().unwrap() {
            let url = entry["request"]["url"].as_str().unwrap();
            let Some(at) = url.find("/wallet") else { continue };
            let asked = question(&url[at..], entry["request"]["postData"]["text"].as_str().unwrap());
            answers.insert(asked, entry["response"]["content"]["text"].as_str().unwrap().to_owned());
        }
        let network = &case["config"]["network"]["tron"];
        Self {
            txid: case["subject"].as_str().unwrap().to_owned(),
            chain: network["chain"].as_str().unwrap().to_owned(),
            token: network["assets"]["USDT"]["contract"].as_str().unwrap().to_owned(),
            now: case["started"].as_str().unwrap().parse().unwrap(),
            answers,
            claim: Vec::new(),
        }
    }

    /// With another body for a question.
    fn says(mut self, question: &str, body: &str) -> Self {
        self.answers.insert(question.to_owned(), body.to_owned());
        self
    }

    /// With an answer changed.
    fn edit(mut self, question: &str, change: impl FnOnce(&mut Value)) -> Self {
        let mut json: Value = serde_json::from_str(&self.answers[question]).unwrap();
        change(&mut json);
        self.answers.insert(question.to_owned(), json.to_string());
        self
    }

    fn height(&self) -> String {
        let info: Value = serde_json::from_str(&self.answers[INFO]).unwrap();
        info["blockNumber"].to_string()
    }

    fn start(&self) -> Stub {
        let answers = self.answers.clone();
        Stub::start(move |request: &Request| {
            let body = answers.get(&question(&request.target, &request.body));
            Answer::new(200, "application/json", body.cloned().unwrap_or_else(|| "{}".to_owned()))
        })
    }

    fn check(&self, source: &str) -> Ran {
        let folder = tempfile::tempdir().unwrap();
        let Self { chain, token, .. } = self;
        let config = format!(
            "[network.tron]\nchain = \"{chain}\"\nsources = [{source}]\n[network.tron.assets]\nUSDT.contract = \"{token}\"\n\
             USDT.decimals = 6\n"
        );
        std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
        let mut args = vec!["check", self.txid.as_str(), "--network", "tron", "--format", "json"];
        args.extend(&self.claim);
        Test::new(&args).dir(folder.path()).now(self.now).var("TRONGRID_KEY", KEY).run()
    }

    /// The document that a check against such a node gives.
    #[track_caller]
    fn document(&self) -> Value {
        let stub = self.start();
        self.check(&format!("{{ kind = \"tron\", url = \"{}\" }}", stub.url)).json()
    }
}

fn token() -> Node {
    Node::of("tron-token-credited")
}

#[test]
fn a_payment_is_read_from_signed_bytes_and_logs() {
    let document = token().document();
    assert_eq!(document["findings"][0]["code"], "expected-address-unknown", "{}", document["gaps"]);
    let tx = &document["transactions"][0];
    assert_eq!((tx["confirmations"].as_u64(), tx["proof"]["txid"].as_bool()), (Some(600), Some(true)));
    assert_eq!((&tx["transfers"][0]["amount"], &tx["transfers"][0]["asset"]), (&json!("250"), &json!("USDT")));
}

#[test]
fn what_is_printed_beside_the_bytes_is_not_believed() {
    let lying = Node::of("tron-coin-credited").edit(TX, |tx| {
        let value = &mut tx["raw_data"]["contract"][0]["parameter"]["value"];
        (value["amount"], value["to_address"]) = (json!(1), json!("410000000000000000000000000000000000000001"));
    });
    let honest = Node::of("tron-coin-credited").document();
    assert_eq!(honest["transactions"][0]["transfers"][0]["amount"], "90");
    assert_eq!(lying.document()["transactions"][0]["transfers"], honest["transactions"][0]["transfers"]);
}

#[test]
fn every_answer_is_taken_for_what_it_is() {
    let of_another = "00".repeat(32);
    let at = format!("/wallet/getblock {}", token().height());
    let solid = format!("/walletsolidity/getblock {}", token().height());
    let other_bytes =
        |tx: &mut Value| tx["raw_data_hex"] = format!("{}00", tx["raw_data_hex"].as_str().unwrap()).into();
    let moved = |block: &mut Value| {
        let id = block["blockID"].as_str().unwrap();
        block["blockID"] = format!("{}{}", &id[..16], "ab".repeat(24)).into();
    };
    #[rustfmt::skip]
    let cases = [
        (token().edit(TX, |tx| tx["txID"] = json!(of_another)), "answer-not-proven"),
        (token().edit(TX, other_bytes), "answer-not-proven"),
        (token().edit(TX, |tx| tx["raw_data_hex"] = json!("zz")), "source-unavailable"),
        (token().edit(TX, |tx| tx["raw_data_hex"] = json!(5)), "source-unavailable"),
        (token().edit(TX, |tx| { tx.as_object_mut().unwrap().remove("raw_data_hex"); }), "source-unavailable"),
        (token().edit(TX, |tx| tx["ret"] = json!("SUCCESS")), "source-unavailable"),
        (token().edit(INFO, |info| info["id"] = json!(of_another)), "answer-not-proven"),
        (token().edit(INFO, |info| info["blockNumber"] = json!("many")), "source-unavailable"),
        (token().edit(INFO, |info| info["blockNumber"] = json!(-1)), "source-unavailable"),
        (token().edit(INFO, |info| info["blockNumber"] = json!(1e30)), "source-unavailable"),
        (token().edit(INFO, |info| { info.as_object_mut().unwrap().remove("blockNumber"); }), "source-unavailable"),
        (token().edit(INFO, |info| info["receipt"]["result"] = json!("REVERT")), "source-unavailable"),
        (token().edit(INFO, |info| info["result"] = json!("FAILED")), "source-unavailable"),
        (token().edit(INFO, |info| info["log"][0]["data"] = json!("01")), "source-unavailable"),
        (token().edit(INFO, |info| info["log"][0]["topics"][2] = json!("ff".repeat(32))), "source-unavailable"),
        (token().edit(INFO, |info| info["log"][0]["address"] = json!("é".repeat(20))), "source-unavailable"),
        (token().edit(INFO, |info| info["blockTimeStamp"] = json!(1)), "answer-not-proven"),
        (token().says(TX, "{}"), "source-lacks-history"),
        (token().says(INFO, "{}"), "source-lacks-history"),
        (token().says(TX, "{}").says(INFO, "{}"), "not-found-unproven"),
        (token().says(TX, "this API is closed because this node is a lite fullnode"), "source-lacks-history"),
        (token().says(TX, r#"{"Error":"class java.lang.NullPointerException : null"}"#), "source-unavailable"),
        (token().says(INFO, r#"{"success":false,"statusCode":403}"#), "source-unavailable"),
        (token().says(TX, "<html>"), "source-unavailable"),
        (token().says(TX, "[]"), "source-unavailable"),
        (token().says(TX, "null"), "source-unavailable"),
        (token().says(INFO, ""), "source-unavailable"),
        (token().says(&at, "{}"), "source-unavailable"),
        (token().edit(&at, |block| block["blockID"] = json!(of_another)), "answer-not-proven"),
        (token().edit(&solid, moved), "reorged-out"),
        (token().edit(GENESIS, moved), "source-wrong-chain"),
        (token().says(GENESIS, "{}"), "source-unavailable"),
        (token().says(NEWEST, "{}"), "source-unavailable"),
        (token().says("/walletsolidity/getblock newest", "{}"), "source-unavailable"),
    ];
    for (index, (node, code)) in cases.iter().enumerate() {
        let document = node.document();
        assert_eq!(document["findings"][0]["code"], *code, "case {index}: {}", document["gaps"]);
    }
}

/// A header that does not hash to its block's id is worth less, and nothing is said of it.
#[test]
fn a_block_is_proven_by_its_own_header_alone() {
    let hashed = |node: &Node| node.document()["transactions"][0]["proof"]["block_hash"].as_bool();
    let solid = format!("/walletsolidity/getblock {}", token().height());
    assert_eq!(hashed(&token()), Some(true));
    let other = token().edit(&solid, |block| block["block_header"]["raw_data"]["version"] = json!(1));
    assert_eq!(hashed(&other), Some(false));
}

/// Until its time is over on the solid chain, and while that chain may hold it, a transaction can still arrive.
#[test]
fn only_the_solid_chain_lets_a_transaction_lapse() {
    let expired = || Node::of("tron-expired");
    let code = |node: &Node| node.document()["findings"][0]["code"].as_str().unwrap().to_owned();
    assert_eq!(code(&expired()), "dropped");
    let pending = expired().answers["/wallet/gettransactionfrompending"].clone();
    let expiration = serde_json::from_str::<Value>(&pending).unwrap()["raw_data"]["expiration"].as_u64().unwrap();
    let late = |block: &mut Value| block["block_header"]["raw_data"]["timestamp"] = json!(expiration + 1);
    assert_ne!(code(&expired().edit("/walletsolidity/getblock newest", late)), "dropped");
    assert_ne!(code(&expired().says("/walletsolidity/gettransactionbyid", &pending)), "dropped");
    let included = pending.replacen('{', r#"{"ret":[{"contractRet":"SUCCESS"}],"#, 1);
    assert_ne!(code(&expired().says(TX, &included)), "dropped");
    let receipt = json!({ "id": expired().txid, "blockNumber": 5 }).to_string();
    assert_ne!(code(&expired().says(INFO, &receipt)), "dropped");
    let refused = r#"{"Error":"class org.tron.core.exception.StoreException"}"#;
    assert_ne!(code(&expired().says("/walletsolidity/gettransactioninfobyid", refused)), "dropped");
    let forged = pending.replace(&expiration.to_string(), "1");
    assert_eq!(code(&expired().says("/wallet/gettransactionfrompending", &forged)), "dropped");
}

#[test]
fn a_key_travels_in_the_header_of_its_kind_or_where_the_address_has_a_place() {
    let node = token();
    let stub = node.start();
    let url = &stub.url;
    let document = node.check(&format!("{{ kind = \"tron\", url = \"{url}\", key_env = \"TRONGRID_KEY\" }}")).json();
    assert_eq!(document["findings"][0]["code"], "expected-address-unknown");
    let requests = stub.requests();
    assert!(!requests.is_empty());
    assert!(requests.iter().all(|request| request.header("tron-pro-api-key") == KEY));
    let placed = node.start();
    let url = &placed.url;
    let _ = node.check(&format!("{{ kind = \"tron\", url = \"{url}/{{key}}\", key_env = \"TRONGRID_KEY\" }}"));
    let requests = placed.requests();
    let shown = |request: &Request| {
        request.target.starts_with(&format!("/{KEY}/")) && request.header("tron-pro-api-key").is_empty()
    };
    assert!(!requests.is_empty() && requests.iter().all(shown), "{requests:?}");
}

/// A node that shows no calls may keep none; that matters where nothing on the surface reached the claimed address.
#[test]
fn calls_that_are_not_shown_are_not_taken_for_none() {
    let untold = |node: Node| {
        let node = Node { claim: vec!["--address", "TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8"], ..node };
        node.document()["gaps"].to_string().contains("whether contract calls inside")
    };
    assert!(!untold(token()), "a plain transfer of a listed token");
    assert!(untold(Node::of("tron-calls-untold")), "a call that was given coin");
    let unlisted = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t".to_owned();
    assert!(untold(Node { token: unlisted, ..token() }), "a token that nobody lists");
}
