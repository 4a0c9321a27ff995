//! What is proven stays proven only as long as no answer behind it is changed; and what proofs cost.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use txsleuth::net::sha256;

use crate::stub::{Answer, Request, Stub, Way};
use crate::support::{Ran, Test, fixtures};

fn fixture(name: &str) -> PathBuf {
    fixtures().into_iter().find(|folder| folder.ends_with(name)).unwrap()
}

fn read(folder: &Path, file: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join(file)).unwrap()).unwrap()
}

/// A copy of a recorded case whose answers can be changed.
struct Copy {
    folder: TempDir,
    evidence: Value,
    diagnosis: Value,
}

impl Copy {
    fn of(name: &str) -> Self {
        let (original, folder) = (fixture(name), tempfile::tempdir().unwrap());
        for file in ["case.toml", "report.txt"] {
            std::fs::copy(original.join(file), folder.path().join(file)).unwrap();
        }
        Self { folder, evidence: read(&original, "evidence.har"), diagnosis: read(&original, "diagnosis.json") }
    }

    /// The body of every answer.
    fn bodies(&self) -> Vec<String> {
        let entries = self.evidence["log"]["entries"].as_array().unwrap();
        entries.iter().map(|entry| entry["response"]["content"]["text"].as_str().unwrap().to_owned()).collect()
    }

    /// The numbers of the answers behind the proofs of the first transaction.
    fn proving(&self) -> Vec<usize> {
        let proof = &self.diagnosis["transactions"][0]["proof"];
        let sources = self.diagnosis["sources"].as_array().unwrap();
        let cited = |id: &Value| sources.iter().find(|source| source["id"] == *id).unwrap()["sha256"].clone();
        let hashes: Vec<Value> = proof["cites"].as_array().unwrap().iter().map(cited).collect();
        let bodies = self.bodies();
        (0..bodies.len()).filter(|index| hashes.contains(&json!(sha256(&bodies[*index])))).collect()
    }

    /// What `verify` says of the case with another body of one answer, and, where it is `forged`, that body's hash in the
    /// diagnosis.
    fn with(&self, index: usize, body: &str, forged: bool) -> Ran {
        let (mut evidence, mut diagnosis) = (self.evidence.clone(), self.diagnosis.clone());
        let text = &mut evidence["log"]["entries"][index]["response"]["content"]["text"];
        let before = sha256(text.as_str().unwrap());
        *text = body.into();
        for source in diagnosis["sources"].as_array_mut().unwrap().iter_mut().filter(|_| forged) {
            if source["sha256"] == before {
                source["sha256"] = sha256(body).into();
            }
        }
        std::fs::write(self.folder.path().join("evidence.har"), evidence.to_string()).unwrap();
        std::fs::write(self.folder.path().join("diagnosis.json"), diagnosis.to_string()).unwrap();
        Test::new(&["verify", self.folder.path().to_str().unwrap()]).run()
    }
}

/// The same text with another character at a place.
fn changed(text: &str, at: usize) -> String {
    let other = if text[at..].starts_with('1') { '2' } else { '1' };
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

/// Recorded cases with every kind of proof.
const PROVEN: [&str; 4] =
    ["bitcoin-proven-by-explorer", "bitcoin-proven-by-node", "ethereum-receipt-proven", "main-network-bitcoin"];

/// Whether a field stands beside what is proven: in the envelope, in what explorers and nodes count, in a receipt or its
/// logs what only repeats the transaction, and of a transaction who signed it and at what price it ended.
fn is_beside(name: &str, fields: &serde_json::Map<String, Value>) -> bool {
    let has = |name: &str| fields.contains_key(name);
    match name {
        "jsonrpc" | "size" | "totalDifficulty" | "weight" | "mediantime" | "strippedsize" | "chainwork" | "from"
        | "gasPrice" | "effectiveGasPrice" | "contractAddress" | "transactionIndex" | "blockTimestamp"
        | "blockHash" | "blockNumber" | "v" => true,
        "id" => has("jsonrpc"),
        "difficulty" => !has("sha3Uncles"),
        "to" | "gasUsed" | "blobGasUsed" | "blobGasPrice" => has("cumulativeGasUsed"),
        "transactionHash" => has("topics"),
        _ => false,
    }
}

/// Every text and number of a JSON value but those of fields that nothing proves, by its pointer.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !is_beside(name, fields)) {
                leaves(value, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            let listed = items.iter().all(Value::is_string) && at.ends_with("/transactions");
            for (index, value) in items.iter().enumerate().filter(|_| !listed) {
                leaves(value, &format!("{at}/{index}"), found);
            }
        }
        Value::String(text) if text.len() < 3 => {}
        Value::Number(number) if number.as_i64().is_none() => {}
        Value::String(_) | Value::Number(_) => found.push(at.to_owned()),
        Value::Null | Value::Bool(_) => {}
    }
}

/// The bodies that come of changing one answer in each of its parts: every tenth digit of what is all digits, the last
/// character of each value of what is JSON.
fn forgeries(body: &str, is_used: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let Ok(value) = serde_json::from_str::<Value>(body)
        .map(|value| if value.is_object() || value.is_array() { value } else { Value::Null })
    else {
        return (0..body.trim().len() - 4).step_by(10).map(|at| (format!("digit {at}"), changed(body, at))).collect();
    };
    let mut pointers = Vec::new();
    leaves(&value, "", &mut pointers);
    let forge = |pointer: String| {
        let mut forged = value.clone();
        let leaf = forged.pointer_mut(&pointer).unwrap();
        *leaf = match &*leaf {
            Value::Number(number) => json!(number.as_i64().unwrap() + 1),
            text => changed(text.as_str().unwrap(), text.as_str().unwrap().len() - 1).into(),
        };
        (pointer, forged.to_string())
    };
    pointers.into_iter().filter(|pointer| is_used(pointer)).map(forge).collect()
}

/// The identifier of the transaction whose bytes an answer is, or holds.
fn txid(body: &str) -> Option<bitcoin::Txid> {
    let json = serde_json::from_str::<Value>(body).unwrap_or_default();
    let hex = json["result"]["hex"].as_str().unwrap_or(body);
    let transaction: bitcoin::Transaction = bitcoin::consensus::encode::deserialize_hex(hex).ok()?;
    Some(transaction.compute_txid())
}

#[test]
fn a_forged_answer_is_caught_by_what_it_should_prove() {
    let mut tried = 0;
    for name in PROVEN {
        let copy = Copy::of(name);
        let bodies = copy.bodies();
        for index in copy.proving() {
            // Of a page of blocks only those above the payment's are asked for.
            let above = |pointer: &str| {
                let listed: Result<Vec<Value>, _> = serde_json::from_str(&bodies[index]);
                let row = pointer.split('/').nth(1).and_then(|row| row.parse::<usize>().ok());
                let (Ok(listed), Some(row)) = (listed, row) else { return true };
                let height = copy.diagnosis["transactions"][0]["block"]["height"].as_u64().unwrap();
                listed[row]["height"].as_u64().is_some_and(|listed| listed > height)
            };
            // Signatures in the witness are no part of the identifier, nor of anything that is told.
            let kept = txid(&bodies[index]);
            let forgeries = forgeries(&bodies[index], above).into_iter();
            for (part, body) in forgeries.filter(|(_, body)| kept.is_none() || txid(body) != kept) {
                let ran = copy.with(index, &body, true);
                assert_eq!(ran.code, 4, "{name}: answer {index}, {part}\n{}\n{}", ran.out, bodies[index]);
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "only {tried} forgeries were tried");
}

#[test]
fn a_changed_byte_of_any_answer_is_caught() {
    for name in PROVEN {
        let copy = Copy::of(name);
        for (index, body) in copy.bodies().into_iter().enumerate() {
            for at in [0, body.len() / 3, body.len() - 1] {
                let ran = copy.with(index, &changed(&body, at), false);
                assert_eq!(ran.code, 4, "{name}: answer {index}, byte {at}\n{}", ran.out);
            }
        }
    }
}

#[test]
fn verify_says_how_much_it_has_proven_again() {
    let folder = fixture("bitcoin-proven-by-explorer");
    let verify = |format: &str| Test::new(&["verify", folder.to_str().unwrap(), "--format", format]).run();
    let text = verify("text").out;
    assert!(text.contains("ok deposit-missed, proven, 3 proofs"), "{text}");
    let json = verify("json").json();
    assert_eq!((&json[0]["confidence"], &json[0]["proofs"]), (&json!("proven"), &json!(3)));
}

/// A recorded case, served again: every service under its own port as a path.
fn serve(name: &str) -> (Stub, TempDir, Value) {
    let folder = fixture(name);
    let evidence = read(&folder, "evidence.har");
    let entries = evidence["log"]["entries"].as_array().unwrap().clone();
    let stub = Stub::start(move |request| answer(&entries, request).by(Way::Late));
    let case: toml::Table = toml::from_str(&std::fs::read_to_string(folder.join("case.toml")).unwrap()).unwrap();
    let config = toml::to_string(&case["config"]).unwrap().replace("http://127.0.0.1:", &format!("{}/", stub.url));
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("txsleuth.toml"), config).unwrap();
    (stub, place, serde_json::to_value(case).unwrap())
}

fn answer(entries: &[Value], request: &Request) -> Answer {
    let url = format!("http://127.0.0.1:{}", request.target.trim_start_matches('/'));
    let here =
        |entry: &&Value| entry["request"]["url"].as_str().unwrap().trim_end_matches('/') == url.trim_end_matches('/');
    let content = |entry: &Value| entry["response"]["content"]["text"].as_str().unwrap().to_owned();
    let Ok(asked) = serde_json::from_str::<Value>(&request.body) else {
        let found = entries.iter().find(here);
        let status = found.map_or(404, |entry| u16::try_from(entry["response"]["status"].as_u64().unwrap()).unwrap());
        return Answer::new(status, "application/json", found.map_or_else(|| "{}".to_owned(), content));
    };
    let one = |call: &Value| {
        let same = |entry: &&Value| {
            let body = entry["request"]["postData"]["text"].as_str().unwrap_or("{}");
            let recorded: Value = serde_json::from_str(body).unwrap();
            (&recorded["method"], &recorded["params"]) == (&call["method"], &call["params"])
        };
        let found = entries.iter().filter(here).find(same).map(content);
        let mut reply = found.map_or_else(
            || json!({"error": {"code": -32601, "message": "the method does not exist"}}),
            |found| serde_json::from_str(&found).unwrap(),
        );
        reply["id"] = call["id"].clone();
        reply
    };
    Answer::json(200, &asked.as_array().map_or_else(|| one(&asked), |calls| calls.iter().map(one).collect()))
}

#[test]
fn proofs_take_no_round_trip_of_their_own_unless_they_are_asked_for() {
    for (name, further, trips, confidence) in [
        ("bitcoin-proven-by-explorer", &[][..], 2, "proven"),
        ("bitcoin-proven-by-node", &[][..], 2, "reported"),
        ("bitcoin-proven-by-node", &["--prove"][..], 3, "proven"),
        ("ethereum-receipt-proven", &["--prove"][..], 2, "reported"),
    ] {
        let (_stub, place, case) = serve(name);
        let flags = &case["flags"];
        let mut args = vec!["check", case["subject"].as_str().unwrap(), "-v", "--format", "json"];
        for flag in ["network", "account", "asset", "amount"] {
            let given = flags[flag].as_str();
            args.extend(given.into_iter().flat_map(|value| match flag {
                "network" => ["--network", value],
                "account" => ["--account", value],
                "asset" => ["--asset", value],
                _ => ["--amount", value],
            }));
        }
        args.extend(further);
        let run = Test::new(&args).dir(place.path()).now(case["started"].as_str().unwrap().parse().unwrap());
        let run = run.var("BITCOIN_RPC_PASSWORD", "secret").var("TXSLEUTH_LEDGER_TOKEN", "token");
        let ran = run.var("TXSLEUTH_DESK_TOKEN", "token").run();
        let told = format!("in {trips} round trips");
        assert!(ran.err.lines().any(|line| line.ends_with(&told)), "{name} {further:?}: not {told}: {}", ran.err);
        assert_eq!(ran.json()["confidence"], confidence, "{name} {further:?}");
        assert_eq!(ran.json()["findings"][0]["code"], "deposit-missed", "{name} {further:?}");
    }
}
