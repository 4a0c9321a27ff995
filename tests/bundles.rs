//! Bundles on disk: what one for a reader outside holds, and that `verify` names whatever was changed in any of them.

use std::path::Path;

use serde_json::Value;

use crate::letters::{fixture, planted};
use crate::support::{Ran, Test, fixtures};

const AUDIENCES: [&str; 2] = ["customer", "platform"];

/// Writes a bundle of a recorded case.
#[track_caller]
fn write(from: &Path, to: &Path, more: &[&str]) -> Ran {
    let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
    let ran = Test::new(&[&["check", "--quiet", "--replay", from, "--bundle", to][..], more].concat()).run();
    assert!(matches!(ran.code, 0 | 3), "{from}: {}", ran.err);
    ran
}

fn verify(folder: &Path, more: &[&str]) -> Ran {
    Test::new(&[&["verify", folder.to_str().unwrap()][..], more].concat()).run()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

/// Markers in what a configuration says about the house.
fn plant_config(folder: &Path) {
    let path = folder.join("case.toml");
    let mut case: toml::Table = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let networks = case["config"]["network"].as_table_mut().unwrap();
    for (_, network) in networks.iter_mut() {
        let network = network.as_table_mut().unwrap();
        network.insert("explorer".into(), "https://explorer.qxmark.example/{txid}".into());
        for source in network["sources"].as_array_mut().unwrap() {
            let source = source.as_table_mut().unwrap();
            let operator = source.get("operator").and_then(toml::Value::as_str).unwrap_or("one");
            let operator = format!("qxmark {operator}");
            source.insert("operator".into(), operator.into());
            source.insert("token_env".into(), "QXMARK_TOKEN".into());
        }
    }
    std::fs::write(&path, toml::to_string(&case).unwrap()).unwrap();
}

/// What servers tell of their own machine: Blockbook in its status, rippled in `server_info`.
fn plant_machines(folder: &Path) {
    let path = folder.join("evidence.har");
    let mut har = json(&path);
    for entry in har["log"]["entries"].as_array_mut().unwrap() {
        let content = &mut entry["response"]["content"]["text"];
        let Ok(mut body) = serde_json::from_str::<Value>(content.as_str().unwrap()) else { continue };
        if let Some(status) = body.get_mut("blockbook") {
            status["host"] = "QXMARK-blockbook-7".into();
            status["about"] = "run by QXMARK".into();
        } else if let Some(info) = body.pointer_mut("/result/info") {
            info["hostid"] = "QXMARK-rippled-7".into();
            info["pubkey_node"] = "n9QXMARK".into();
            info["ports"] = serde_json::json!([{ "port": "51235", "protocol": ["QXMARK"] }]);
        } else {
            continue;
        }
        *content = body.to_string().into();
    }
    std::fs::write(&path, har.to_string()).unwrap();
}

#[test]
fn a_bundle_for_outside_holds_nothing_internal() {
    let schema = json(&crate::support::repository().join("schema/chain.schema.json"));
    let schema = jsonschema::validator_for(&schema).unwrap();
    let (mut proven, mut bundles) = (0, 0);
    for (at, folder) in fixtures().into_iter().enumerate() {
        let copy = planted(&folder);
        plant_config(copy.path());
        plant_machines(copy.path());
        {
            // Each case for one of the two.
            let audience = AUDIENCES[at % 2];
            let place = format!("{} {audience}", folder.display());
            let to = copy.path().join(audience);
            let told = write(copy.path(), &to, &["--audience", audience]);
            let expected = [
                "SHA256SUMS",
                "case.toml",
                "chain.json",
                "evidence.har",
                "letter.json",
                "report.html",
                "report.md",
                "report.txt",
            ];
            assert_eq!(names(&to), expected, "{place}");
            for name in names(&to) {
                let text = std::fs::read_to_string(to.join(&name)).unwrap();
                for word in ["qxmark", "127.0.0.1", "_env", "a-1001", "\"ledger\"", "\"desk\"", "before sending"] {
                    let at = text.to_lowercase().find(word);
                    assert!(at.is_none(), "{place} {name}: {word} in {}", &text[at.unwrap_or(0).saturating_sub(200)..]);
                }
            }
            assert!(!told.out.to_lowercase().contains("qxmark"), "{place}: {}", told.out);
            let chain = json(&to.join("chain.json"));
            let errors: Vec<String> = schema.iter_errors(&chain).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{place}: {errors:?}");
            let ran = verify(&to, &["--format", "json"]);
            let outcome = &ran.json()[0];
            assert_eq!((ran.code, &outcome["changes"]), (0, &serde_json::json!([])), "{place}");
            assert_eq!(outcome["files"], 7, "{place}");
            proven += usize::from(outcome["proofs"].as_u64() > Some(0));
            bundles += 1;
        }
    }
    assert!(proven * 4 > bundles, "only {proven} of {bundles} bundles prove anything");
}

/// What the chain's answers show to an outsider is what the house saw in them.
#[test]
fn a_bundle_for_outside_proves_what_the_case_proved() {
    for name in ["bitcoin-proven-by-node", "bitcoin-proven-by-explorer", "ethereum-receipt-proven", "token-credited"] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("public");
        write(&fixture(name), &to, &["--audience", "platform"]);
        let read = |path: &Path| -> Value { serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap() };
        let (chain, then) = (read(&to.join("chain.json")), read(&fixture(name).join("diagnosis.json")));
        for part in ["txid", "state", "block", "confirmations"] {
            assert_eq!(chain["transactions"][0][part], then["transactions"][0][part], "{name}: {part}");
        }
        for part in ["txid", "in_block", "headers", "block_hash", "receipt"] {
            assert_eq!(
                chain["transactions"][0]["proof"][part], then["transactions"][0]["proof"][part],
                "{name}: {part}"
            );
        }
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A copy of a recorded case in which the words of its chains' answers are others.
fn reworded(name: &str, from: &str, to: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(fixture(name).join("case.toml"), copy.path().join("case.toml")).unwrap();
    let har = std::fs::read_to_string(fixture(name).join("evidence.har")).unwrap();
    assert!(har.contains(from), "{name} has no {from}");
    std::fs::write(copy.path().join("evidence.har"), har.replace(from, to)).unwrap();
    copy
}

/// That a chain does not know a transaction, what took its place, and where it came out beyond a bridge.
#[test]
fn a_bundle_for_outside_keeps_absence_and_the_other_side_of_a_bridge() {
    for name in [
        "bitcoin-cash-not-found",
        "bitcoin-core-with-index",
        "dogecoin-not-found",
        "xrpl-not-found",
        "ton-not-found",
        "bitcoin-replaced-by-fee",
        "bitcoin-replaced-elsewhere",
        "replaced-by-nonce",
        "bridge-crossed",
        "bridge-crossed-credited",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("public");
        write(&fixture(name), &to, &["--audience", "platform"]);
        let facts = |value: &Value| -> Vec<[Value; 4]> {
            let all = value["transactions"].as_array().unwrap().iter();
            let mut all: Vec<_> =
                all.map(|tx| ["network", "txid", "state", "confirmations"].map(|part| tx[part].clone())).collect();
            all.sort_by_key(|one| one[1].to_string());
            all
        };
        let chain = json(&to.join("chain.json"));
        assert_eq!(facts(&chain), facts(&json(&fixture(name).join("diagnosis.json"))), "{name}");
        assert_eq!(verify(&to, &[]).code, 0, "{name}");
    }
}

/// An answer in words of its own may name a machine; without it nothing is shown that it would have shown otherwise.
#[test]
fn what_a_missing_answer_would_change_is_not_handed_out() {
    let cases = [
        // Behind its network it could not have known the transaction.
        ("solana-behind", "Node is behind by 1200 slots", "qxmark-7.example is behind by 1200 slots"),
        ("bitcoin-node-deeper-block-alone", "Block height out of range.", "qxmark-7.example has no such block"),
        ("bitcoin-core-with-index", "Transaction not found.", "qxmark-7.example: not found"),
    ];
    for (name, from, words) in cases {
        let copy = reworded(name, from, words);
        let to = copy.path().join("public");
        write(copy.path(), &to, &["--audience", "platform"]);
        let chain = json(&to.join("chain.json"));
        let states: Vec<&Value> = chain["transactions"].as_array().unwrap().iter().map(|tx| &tx["state"]).collect();
        assert!(states.iter().all(|state| state.is_null()), "{name}: {states:?}");
        for file in names(&to) {
            let text = std::fs::read_to_string(to.join(&file)).unwrap();
            assert!(!text.contains("qxmark"), "{name}: {file}");
        }
        assert_eq!(verify(&to, &[]).code, 0, "{name}");
    }
}

/// What a server tells of its machine is left out, and the rest of what it tells still counts.
#[test]
fn a_server_s_own_names_are_left_out_of_what_it_tells() {
    for name in ["bitcoin-cash-credited", "xrpl-credited"] {
        let copy = reworded(name, "1.2", "1.2");
        plant_machines(copy.path());
        let to = copy.path().join("public");
        write(copy.path(), &to, &["--audience", "platform"]);
        let har = std::fs::read_to_string(to.join("evidence.har")).unwrap();
        assert!(!har.contains("QXMARK"), "{name}");
        let (chain, then) = (json(&to.join("chain.json")), json(&fixture(name).join("diagnosis.json")));
        for part in ["txid", "state", "block", "confirmations"] {
            assert_eq!(chain["transactions"][0][part], then["transactions"][0][part], "{name}: {part}");
        }
        assert_eq!(verify(&to, &[]).code, 0, "{name}");
    }
}

/// A word of the address is none that was asked.
#[test]
fn an_error_that_holds_a_word_of_the_host_is_not_handed_out() {
    let copy = reworded("bitcoin-cash-not-found", "' not found", "' not found by qxmark");
    for file in ["case.toml", "evidence.har"] {
        let path = copy.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("http://127.0.0.1:18464", "https://qxmark-db.example")).unwrap();
    }
    let to = copy.path().join("public");
    write(copy.path(), &to, &["--audience", "platform"]);
    for file in names(&to) {
        let text = std::fs::read_to_string(to.join(&file)).unwrap();
        assert!(!text.contains("qxmark"), "{file}");
    }
}

/// An address that is kept in a variable has a host as well.
#[test]
fn an_answer_that_names_a_host_kept_secret_is_not_handed_out() {
    let copy = reworded("bitcoin-cash-credited", r#"\"vin\":"#, r#"\"served_by\":\"QXMARK-db.example\",\"vin\":"#);
    for (file, other) in [("case.toml", "url_env = \"QX_URL\""), ("evidence.har", "\"url\": \"{key}")] {
        let path = copy.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let own = match file {
            "case.toml" => "url = \"http://127.0.0.1:18464\"",
            _ => "\"url\": \"http://127.0.0.1:18464",
        };
        assert!(text.contains(own), "{file} has no {own}");
        std::fs::write(&path, text.replace(own, other)).unwrap();
    }
    let (from, to) = (copy.path(), copy.path().join("public"));
    let args = ["check", "--quiet", "--replay", from.to_str().unwrap(), "--bundle", to.to_str().unwrap()];
    let args = [&args[..], &["--audience", "platform"]].concat();
    let ran = Test::new(&args).var("QX_URL", "https://qxmark-db.example").run();
    assert!(matches!(ran.code, 0 | 3), "{}", ran.err);
    for file in names(&to) {
        let text = std::fs::read_to_string(to.join(&file)).unwrap();
        assert!(!text.to_lowercase().contains("qxmark"), "{file}");
    }
}

/// How deep a payment has to be is the platform's own figure; how many headers were proven, the answers show to everybody.
#[test]
fn a_bundle_for_outside_requires_as_much_as_it_proves() {
    for (name, proven) in [("bitcoin-proven-by-node", true), ("token-credited", false), ("low-fee", false)] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("public");
        write(&fixture(name), &to, &["--audience", "customer"]);
        let case: toml::Table = toml::from_str(&std::fs::read_to_string(to.join("case.toml")).unwrap()).unwrap();
        let networks = case["config"]["network"].as_table().unwrap();
        let depths: Vec<i64> =
            networks.values().filter_map(|network| network.get("confirmations")?.as_integer()).collect();
        let chain = json(&to.join("chain.json"));
        let headers = chain["transactions"][0]["proof"]["headers"].as_i64().filter(|headers| *headers > 0);
        assert_eq!((depths, headers.is_some()), (headers.into_iter().collect(), proven), "{name}");
        assert!(chain["transactions"][0]["required_confirmations"].is_null(), "{name}");
    }
}

#[test]
fn what_an_outsider_may_believe_is_told_in_their_language() {
    let folder = tempfile::tempdir().unwrap();
    let (proven, told) = (folder.path().join("proven"), folder.path().join("told"));
    write(&fixture("ethereum-receipt-proven"), &proven, &["--audience", "platform"]);
    write(&fixture("not-found-unproven"), &told, &["--audience", "customer"]);
    let ran = verify(&proven, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    for words in
        ["Proven by the recorded bytes alone", "TXID", "its receipt", "how many confirmations", "network.ethereum.0"]
    {
        assert!(ran.out.contains(words), "{words} in {}", ran.out);
    }
    assert!(verify(&proven, &["--lang", "zh"]).out.contains("仅凭记录的数据即可证明"));
    assert!(verify(&proven, &["--lang", "ko"]).out.contains("기록된 데이터만으로 증명되며"));
    let ran = verify(&told, &[]);
    assert!(ran.code == 0 && !ran.out.contains("Proven by the recorded bytes"), "{}", ran.out);
}

#[test]
fn a_changed_byte_in_any_file_of_any_bundle_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, more) in
        [("full", &[][..]), ("customer", &["--audience", "customer"]), ("platform", &["--audience", "platform"])]
    {
        let to = folder.path().join(kind);
        write(&fixture("bitcoin-proven-by-node"), &to, more);
        assert_eq!(verify(&to, &[]).code, 0, "{kind}");
        for name in names(&to) {
            let bytes = std::fs::read(to.join(&name)).unwrap();
            for at in [0, bytes.len() / 2, bytes.len() - 1] {
                for other in [b' ', 0xff].into_iter().filter(|other| *other != bytes[at]) {
                    let mut changed = bytes.clone();
                    changed[at] = other;
                    std::fs::write(to.join(&name), &changed).unwrap();
                    let ran = verify(&to, &[]);
                    assert_eq!(ran.code, 4, "{kind} {name} {at} {other}: {}", ran.out);
                    assert!(ran.out.contains(&name), "{kind} {name} {at} {other}: {}", ran.out);
                    assert!(!ran.out.contains("Proven by"), "{kind} {name} {at} {other}: {}", ran.out);
                }
            }
            std::fs::remove_file(to.join(&name)).unwrap();
            // A bundle for staff without a list is one of before there were lists; it is decided again all the same.
            if kind != "full" || name != "SHA256SUMS" {
                let ran = verify(&to, &[]);
                assert!(ran.code == 4 && ran.out.contains(&name), "{kind} {name} removed: {}", ran.out);
            }
            std::fs::write(to.join(&name), &bytes).unwrap();
        }
        assert_eq!(verify(&to, &[]).code, 0, "{kind}");
    }
}

/// Writes the list of a bundle's files anew, as whoever changes a file may.
fn list_anew(folder: &Path) {
    let names = names(folder).into_iter().filter(|name| name != "SHA256SUMS");
    let sum = |name: &str| -> String {
        let digest = <sha2::Sha256 as sha2::Digest>::digest(std::fs::read(folder.join(name)).unwrap());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let lines: String = names.map(|name| format!("{}  {name}\n", sum(&name))).collect();
    std::fs::write(folder.join("SHA256SUMS"), lines).unwrap();
}

/// Whoever changes a letter may write the list anew as well; what the answers contradict is found all the same.
#[test]
fn a_letter_that_the_answers_contradict_is_found() {
    for (audience, names) in [
        (
            "platform",
            &[
                "txid",
                "block",
                "block-hash",
                "network",
                "amount",
                "address",
                "time",
                "output",
                "confirmations",
                "status",
            ][..],
        ),
        ("customer", &["txid", "network", "amount", "address", "time", "status"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("public");
        write(&fixture("bitcoin-proven-by-node"), &to, &["--audience", audience]);
        let path = to.join("letter.json");
        let letter = json(&path);
        let items = letter["facts"]["items"].as_array().unwrap();
        for name in names {
            let mut changed = letter.clone();
            let at = items.iter().position(|item| item["name"] == *name).unwrap_or_else(|| panic!("{name}"));
            changed["facts"]["items"][at]["value"] = "7".into();
            std::fs::write(&path, changed.to_string()).unwrap();
            list_anew(&to);
            let ran = verify(&to, &[]);
            assert!(ran.code == 4 && ran.out.contains(&format!("the letter's {name}")), "{name}: {}", ran.out);
        }
        for (part, words) in [("headline", "Deposit · 7 BTC"), ("reference", "bitcoin 7")] {
            let mut changed = letter.clone();
            match part {
                "reference" => changed["reference"] = serde_json::json!({ "name": part, "label": "x", "value": words }),
                _ => changed[part] = words.into(),
            }
            std::fs::write(&path, changed.to_string()).unwrap();
            list_anew(&to);
            let ran = verify(&to, &[]);
            assert_eq!(ran.code, 4, "{part}: {}", ran.out);
            let is_compared = part == "reference" || audience == "platform";
            assert_eq!(ran.out.contains(&format!("the letter's {part}")), is_compared, "{part}: {}", ran.out);
        }
        std::fs::write(&path, letter.to_string()).unwrap();
        std::fs::remove_file(to.join("SHA256SUMS")).unwrap();
        let ran = verify(&to, &[]);
        assert!(ran.out.contains("SHA256SUMS, the list of the files, is missing"), "{}", ran.out);
    }
}

/// The texts are those of the letter, whoever has written the list of files.
#[test]
fn a_text_that_says_something_else_than_the_letter_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("public");
    write(&fixture("token-credited"), &to, &["--audience", "platform", "--lang", "ko"]);
    for name in ["report.txt", "report.md", "report.html", "letter.json"] {
        let text = std::fs::read_to_string(to.join(name)).unwrap();
        let other = text.replacen("USDT", "USDC", 1);
        assert_ne!(text, other, "{name}");
        std::fs::write(to.join(name), other).unwrap();
        list_anew(&to);
        let ran = verify(&to, &[]);
        assert!(ran.code == 4 && ran.out.contains("does not say what letter.json says"), "{name}: {}", ran.out);
        assert!(name == "letter.json" || ran.out.contains(name), "{name}: {}", ran.out);
        std::fs::write(to.join(name), text).unwrap();
    }
    // Bytes that are no text say nothing that the letter says either.
    for name in ["report.txt", "report.md", "report.html"] {
        let text = std::fs::read(to.join(name)).unwrap();
        std::fs::write(to.join(name), [&text[..], &[0xff]].concat()).unwrap();
        list_anew(&to);
        let ran = verify(&to, &[]);
        assert_eq!(ran.code, 4, "{name}: {}", ran.out);
        assert!(ran.out.contains(&format!("{name} does not say what letter.json says")), "{name}: {}", ran.out);
        std::fs::write(to.join(name), text).unwrap();
    }
    list_anew(&to);
    // Of texts by another version nothing is claimed, which is told.
    let path = to.join("chain.json");
    let chain = std::fs::read_to_string(&path).unwrap();
    let tool = format!("txsleuth {}", env!("CARGO_PKG_VERSION"));
    std::fs::write(&path, chain.replace(&tool, "txsleuth 0.0.9")).unwrap();
    list_anew(&to);
    let ran = verify(&to, &[]);
    assert!(ran.code == 0 && ran.out.contains("Not compared") && ran.out.contains("0.0.9"), "{}", ran.out);
}

/// What is not on the list of the answers proves nothing, in any kind of bundle.
#[test]
fn a_bundle_whose_answers_are_not_listed_does_not_hold() {
    for (kind, file, more) in
        [("full", "diagnosis.json", &[][..]), ("customer", "chain.json", &["--audience", "customer"])]
    {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join(kind);
        write(&fixture("bitcoin-proven-by-node"), &to, more);
        let document = json(&to.join(file));
        for sources in [Value::Null, serde_json::json!([])] {
            let mut changed = document.clone();
            changed["sources"] = sources;
            std::fs::write(to.join(file), changed.to_string()).unwrap();
            list_anew(&to);
            let ran = verify(&to, &[]);
            let named = ran.out.contains("the list of the answers") || ran.out.contains("an answer is not listed");
            assert!(ran.code == 4 && named, "{kind}: {}", ran.out);
        }
    }
}

#[test]
fn a_bundle_for_outside_never_lies_beside_what_is_internal() {
    let folder = tempfile::tempdir().unwrap();
    let (full, public) = (folder.path().join("full"), folder.path().join("public"));
    let case = fixture("token-credited");
    write(&case, &full, &[]);
    write(&case, &public, &["--audience", "customer"]);
    let again = |to: &Path, more: &[&str]| {
        let args = ["check", "--quiet", "--replay", case.to_str().unwrap(), "--bundle", to.to_str().unwrap()];
        Test::new(&[&args[..], more].concat()).run().code
    };
    assert_eq!(again(&full, &["--audience", "customer"]), 2);
    assert_eq!(again(&public, &[]), 2);
    assert_eq!((again(&full, &[]), again(&public, &["--audience", "platform"])), (0, 0));
    std::fs::write(public.join("note.txt"), "internal").unwrap();
    assert_eq!(again(&public, &["--audience", "customer"]), 2);
}
