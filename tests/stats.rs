//! What results come to: counted from every form that `batch` writes, whatever else stands in the files.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stub::{ADDRESS, Answer, Fault, OTHER_TXID, Running, TICKET, TXID, world};
use crate::support::{Ran, Test, repository};

/// A compact result as `batch` writes it.
fn result(row: u64, more: &Value) -> Value {
    let mut result = json!({
        "row": row, "id": null, "input": "0x1", "case": format!("{row:016x}"), "verdict": "platform-action",
        "code": "deposit-missed", "responsible": "platform", "confidence": "reported", "headline": "…",
        "network": "ethereum", "txid": "0x1", "state": "included", "confirmations": 200, "required_confirmations": 64,
        "amount": "0.1", "asset": "ETH", "ledger_status": null, "error": null, "content": format!("{row:016x}"),
    });
    result.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    result
}

fn stats(lines: &[Value]) -> Value {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let ran = Test::new(&["stats", "-", "--format", "json"]).input(&text).run();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    fits_the_schema(&ran.json());
    ran.json()
}

#[track_caller]
fn fits_the_schema(figures: &Value) {
    let schema = std::fs::read_to_string(repository().join("schema/stats.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(figures).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {figures}");
}

/// The rows of a batch of four: two of one payment, one that nobody knows, one that cannot be read.
const ROWS: usize = 4;

fn batch(running: &Running, args: &[&str], out: &str) -> Ran {
    let rows = format!(
        "txid,ticket,network\n{TXID},,ethereum\n{TXID},{TICKET},ethereum\n{OTHER_TXID},,ethereum\n{TXID},,nowhere\n"
    );
    std::fs::write(running.folder.path().join("rows"), rows).unwrap();
    let all: Vec<&str> = ["batch", "rows", "--out", out].iter().chain(args).copied().collect();
    running.run(&all, &[])
}

#[test]
fn every_form_of_results_comes_to_the_same_figures() {
    let running = world().start();
    let forms = [(vec![], "ndjson"), (vec!["--format", "csv"], "csv"), (vec!["--full"], "full")];
    for (args, out) in forms {
        assert_eq!(batch(&running, &args, out).code, 4);
        let ran = running.run(&["stats", out, "--format", "json"], &[]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{out}");
        let figures = ran.json();
        fits_the_schema(&figures);
        assert_eq!(figures["results"], json!(ROWS), "{out}");
        assert_eq!(figures["verdicts"][0]["verdict"], "platform-action", "{out}");
        assert_eq!(figures["verdicts"][0]["results"], 2, "{out}");
        assert_eq!(figures["codes"]["top"][0], json!({"name": "deposit-missed", "count": 2}), "{out}");
        assert_eq!(figures["errors"]["distinct"], 1, "{out}");
        let error = figures["errors"]["top"][0]["name"].as_str().unwrap();
        assert!(error.starts_with("--network: … is not configured"), "{out}: {error}");
        let sum = json!({"network": "ethereum", "asset": "USDT", "cases": 2, "amount": "1000", "open": "1000"});
        assert_eq!(figures["sums"], json!([sum]), "{out}");
        let whole = if out == "full" { 3 } else { 0 };
        assert_eq!(figures["whole"], whole, "{out}");
        let not_counted = figures["uncounted"].to_string();
        assert_eq!(not_counted.contains("batch --full"), out != "full", "{out}: {not_counted}");
    }
    let both = running.run(&["stats", "ndjson", "full", "--format", "json"], &[]).json();
    assert_eq!((&both["results"], &both["repeated"]), (&json!(2 * ROWS), &json!(3)));
    assert_eq!(both["sums"][0]["amount"], "1000", "a case that comes again is not summed twice");
}

#[test]
fn whole_documents_tell_who_comes_back_and_which_source_was_silent() {
    let mut world = world();
    world.ledger.fault = Fault::Instead(|_, _| Answer::new(401, "text/plain", "no"));
    let running = world.start();
    batch(&running, &["--full"], "full");
    let repeats = &running.run(&["stats", "full", "--format", "json"], &[]).json()["repeats"];
    let silent: Vec<&Value> = repeats["sources"].as_array().unwrap().iter().collect();
    assert!(silent.iter().any(|one| one["name"] == "ledger unauthorised" && one["cases"] == json!(3)), "{silent:?}");
    assert!(silent.iter().all(|one| one["gaps"].as_u64() >= one["cases"].as_u64()), "{silent:?}");
    let known = crate::stub::world().start();
    batch(&known, &["--full"], "full");
    let repeats = &known.run(&["stats", "full", "--format", "json"], &[]).json()["repeats"];
    assert_eq!(repeats["addresses"]["top"], json!([{"name": format!("ethereum {ADDRESS}"), "count": 2}]));
    let sender = repeats["senders"]["top"][0]["name"].as_str().unwrap();
    assert!(sender.to_lowercase().contains("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"), "{sender}");
    assert_eq!(repeats["senders"]["top"][0]["count"], 2);
    assert_eq!(repeats["sending_platforms"]["top"], json!([]));
}

#[test]
fn a_document_of_a_row_that_nobody_answered_says_so() {
    let mut world = world();
    let refused = Fault::Instead(|_, _| Answer::new(401, "text/plain", "no"));
    (world.nodes[0].fault, world.ledger.fault) = (refused, refused);
    let running = world.start();
    batch(&running, &["--full"], "full");
    let figures = running.run(&["stats", "full", "--format", "json"], &[]).json();
    assert_eq!(figures["verdicts"][0]["verdict"], "inconclusive");
    let errors = figures["errors"]["top"].to_string();
    assert!(errors.contains("no source answered"), "{errors}");
}

#[test]
fn ages_are_those_of_tickets_or_else_of_blocks_and_never_guessed() {
    let aged = |row, hours: i64| result(row, &json!({ "age_hours": hours }));
    let figures = stats(&[aged(1, 71), aged(2, 72), aged(3, 500), result(4, &json!({}))]);
    assert_eq!(
        figures["sla"],
        json!({"hours": 72, "ages": {"under": 1, "over": 2, "unknown": 1}, "oldest_hours": 500})
    );
    assert_eq!(figures["verdicts"][0]["ages"]["over"], 2);
    assert!(figures["uncounted"].to_string().contains("ages"), "{figures}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("txsleuth.toml"), "sla_hours = 600\n").unwrap();
    std::fs::write(folder.path().join("out"), aged(1, 500).to_string()).unwrap();
    let ran = Test::new(&["stats", "out", "--format", "json"]).dir(folder.path()).run();
    assert_eq!(ran.json()["sla"]["ages"], json!({"under": 1, "over": 0, "unknown": 0}), "the promise is configured");
    // A recorded case without a ticket: its block is older than the promise by the time that it was looked into.
    let mut document: Value = serde_json::from_str(
        &std::fs::read_to_string(repository().join("fixtures/token-credited/diagnosis.json")).unwrap(),
    )
    .unwrap();
    assert!(document["ticket"].is_null());
    document["transactions"][0]["block"]["time"] = json!("2026-01-01T00:00:00Z");
    for (now, over) in [("2026-01-03T23:59:59Z", 0), ("2026-01-04T00:00:00Z", 1)] {
        document["generated_at"] = json!(now);
        let figures = stats(std::slice::from_ref(&document));
        assert_eq!(figures["sla"]["ages"]["over"], over, "{now}");
        assert_eq!(figures["sla"]["ages"]["unknown"], 0);
    }
    document["transactions"][0]["block"] = Value::Null;
    assert_eq!(stats(std::slice::from_ref(&document))["sla"]["ages"]["unknown"], 1);
}

#[test]
fn sums_are_exact_and_never_across_assets_or_networks() {
    let of = |row, network: &str, asset: &str, amount: Value, verdict: &str| {
        result(row, &json!({"network": network, "asset": asset, "amount": amount, "verdict": verdict}))
    };
    let figures = stats(&[
        of(1, "ethereum", "ETH", json!("0.1"), "waiting"),
        of(2, "ethereum", "ETH", json!("0.2"), "complete"),
        of(3, "sepolia", "ETH", json!("1000"), "waiting"),
        of(4, "ethereum", "USDT", json!("0.000000000000000000000000000001"), "settled"),
        of(5, "ethereum", "USDT", json!("123456789012345678901234567890"), "misdirected"),
        of(6, "ethereum", "USDT", Value::Null, "misdirected"),
    ]);
    let sum = |network: &str, asset: &str, cases: u64, amount: &str, open: &str| json!({"network": network, "asset": asset, "cases": cases, "amount": amount, "open": open});
    let large = "123456789012345678901234567890";
    let sums = json!([
        sum("ethereum", "ETH", 2, "0.3", "0.1"),
        sum("ethereum", "USDT", 2, &format!("{large}.000000000000000000000000000001"), large),
        sum("sepolia", "ETH", 1, "1000", "1000"),
    ]);
    assert_eq!(figures["sums"], sums);
    assert!(figures["uncounted"].to_string().contains("amounts"), "{figures}");
}

#[test]
fn a_torn_last_line_is_said_and_the_rest_counts() {
    let running = world().start();
    for (args, out) in [(vec![], "ndjson"), (vec!["--format", "csv"], "csv"), (vec!["--full"], "full")] {
        batch(&running, &args, out);
        let path = running.folder.path().join(out);
        let whole = std::fs::read(&path).unwrap();
        for cut in [whole.len() - 12, whole.len() - 100] {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let ran = running.run(&["stats", out, "--format", "json"], &[]);
            assert_eq!((ran.code, ran.err.contains("torn")), (0, true), "{out} at {cut}: {}", ran.err);
            assert_eq!((&ran.json()["results"], &ran.json()["skipped"]), (&json!(ROWS - 1), &json!(1)), "{out}");
            assert_eq!(running.run(&["stats", out, "--quiet"], &[]).err, "");
        }
        let text = String::from_utf8(whole.clone()).unwrap();
        let second = text.lines().nth(1).unwrap();
        std::fs::write(&path, text.replace(second, &second[..second.len() / 2])).unwrap();
        let ran = running.run(&["stats", out, "--format", "json"], &[]);
        assert_eq!((ran.code, ran.err.contains("line 2")), (4, true), "{out}: {}", ran.err);
        assert_eq!((&ran.json()["results"], &ran.json()["skipped"]), (&json!(ROWS - 1), &json!(1)), "{out}");
    }
}

#[test]
fn what_is_no_file_of_results_is_refused_or_skipped() {
    assert_eq!(Test::new(&["stats", "Cargo.toml"]).run().code, 2);
    assert_eq!(Test::new(&["stats", "nowhere"]).run().code, 1);
    assert_eq!(Test::new(&["stats"]).run().code, 2);
    assert_eq!(Test::new(&["stats", "-", "-"]).run().code, 2);
    let empty = Test::new(&["stats", "-", "--format", "json"]).run();
    assert_eq!((empty.code, &empty.json()["results"]), (0, &json!(0)));
    let other = format!("{}\n{}\n", json!({"schema": "txsleuth.payments/1"}), result(1, &json!({})));
    let ran = Test::new(&["stats", "-", "--format", "json"]).input(&other).run();
    assert_eq!((ran.code, &ran.json()["results"]), (4, &json!(1)), "{}", ran.err);
}

#[test]
fn people_and_spreadsheets_read_the_same_figures() {
    let lines: Vec<Value> = (1..=30)
        .map(|row| {
            result(row, &json!({"code": format!("code-{row:02}"), "network": "=1+1", "error": "\u{1b}[31m`x` broke"}))
        })
        .collect();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let run = |format: &str| Test::new(&["stats", "-", "--format", format]).input(&text).run().out;
    let told = run("text");
    for part in ["results", "30", "10 others", "under 0", "open 3", "Not counted", "… broke"] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    assert!(!told.contains('\u{1b}'), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    let csv = run("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let count = |part: &str, name: &str| {
        let found = records.iter().find(|record| &record[0] == part && &record[1] == name);
        found.map_or_else(|| panic!("no {part} {name} in {csv}"), |record| record[2].to_owned())
    };
    assert_eq!(
        (count("code", "code-01"), count("code-others", ""), count("network", "'=1+1")),
        ("1".into(), "10".into(), "30".into())
    );
    let sum = records.iter().find(|record| &record[0] == "sum").unwrap();
    assert_eq!((&sum[1], &sum[3]), ("'=1+1 ETH", "3"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_file_holds_there_are_figures_or_a_mistake(text in "\\PC*", json in proptest::bool::ANY) {
        let text = if json { format!("{{\"row\":1,{text}}}\n{text}") } else { text };
        let ran = Test::new(&["stats", "-", "--format", "json"]).input(&text).run();
        prop_assert!([0, 2, 4].contains(&ran.code), "{} {}", ran.code, ran.err);
    }
}
