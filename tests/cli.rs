//! The command line: exit codes, streams, mistakes.

use crate::support::{Test, fixtures};

const HASH: &str = "0x4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";

#[test]
fn nothing_to_check_is_a_usage_error() {
    let ran = Test::new(&["check"]).run();
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("nothing to check"), "{}", ran.err);
}

#[test]
fn a_misspelt_command_is_not_taken_for_a_ticket() {
    for args in [&["chekc"][..], &["--config", "nowhere.toml", "chekc"], &["chekc", "0x4d5f", "--quiet"]] {
        let ran = Test::new(args).run();
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("'check'"), "{}", ran.err);
    }
}

#[test]
fn a_bare_subject_means_check() {
    let ran = Test::new(&["0x4d5f…7e8f", "--format", "json"]).run();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.json()["findings"][0]["code"], "txid-malformed");
}

#[test]
fn a_malformed_identifier_is_told_from_the_text_alone() {
    let ran = Test::new(&["check", &HASH[..50], "--exit-code", "--format", "json"]).run();
    assert_eq!(ran.code, 30);
    let document = ran.json();
    assert_eq!(document["verdict"], "customer-action");
    assert_eq!(document["responsible"], "customer");
    assert_eq!(document["findings"][0]["cites"], serde_json::json!(["in"]));
    assert_eq!(document["sources"], serde_json::json!([]));
}

#[test]
fn the_subject_may_come_from_standard_input() {
    let ran = Test::new(&["check", "-", "--format", "json"]).input("0x4d5f2a…\n").run();
    assert_eq!(ran.json()["findings"][0]["code"], "txid-malformed");
}

#[test]
fn flags_that_make_no_sense_are_usage_errors() {
    let cases: &[(&[&str], &str)] = &[
        (&["check", HASH, "--amount", "1e9"], "--amount"),
        (&["check", HASH, "--network", "etherium"], "not configured"),
        (&["check", HASH, "--at", "yesterday"], "RFC 3339"),
        (&["check", HASH, "--at", "2026-01-31T09:00:00", "--tz", "Mars/Base"], "--tz"),
        (&["check", HASH, "--txid", "hello"], "--txid"),
        (&["check", HASH, "--config", "does-not-exist.toml"], "does-not-exist.toml"),
        (&["check", HASH, "--colour"], "--colo"),
        (&["explain", "deposit-mised"], "did you mean `deposit-missed`"),
    ];
    for (args, expected) in cases {
        let ran = Test::new(args).run();
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{args:?}: {}", ran.err);
    }
}

#[test]
fn configuration_mistakes_are_told_with_the_nearest_key() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("sla_hour = 1\n", "did you mean `sla_hours`"),
        ("[network.x]\nfamily = \"evm\"\n", "chain_id"),
        (
            "[network.x]\nfamily = \"evm\"\nchain_id = 1\nsources = [{ kind = \"esplora\", url = \"http://127.0.0.1\" }]\n",
            "json-rpc",
        ),
        ("[ledger]\nkind = \"http\"\nurl = \"http://ledger.example\"\n", "https"),
        ("[ledger]\nkind = \"sql\"\nurl = \"https://ledger.example\"\n", "not one of"),
        ("[ledger]\nkind = \"http\"\n", "`url` is missing"),
        ("[desk]\nid_pattern = \"(\"\nurl = \"http://127.0.0.1\"\n", "id_pattern"),
    ];
    for (text, expected) in cases {
        std::fs::write(folder.path().join("txsleuth.toml"), text).unwrap();
        let ran = Test::new(&["check", HASH]).dir(folder.path()).run();
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{text}");
        assert!(ran.err.contains(expected), "{text}: {}", ran.err);
    }
}

#[test]
fn no_source_at_all_is_exit_3_with_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[network.ethereum]\nsources = [{ kind = \"json-rpc\", url = \"http://127.0.0.1:9\" }]\n";
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let args = ["check", HASH, "--network", "ethereum", "--format", "json", "--exit-code"];
    let ran = Test::new(&args).dir(folder.path()).run();
    assert_eq!(ran.code, 3);
    let document = ran.json();
    assert_eq!(document["verdict"], "inconclusive");
    assert_eq!(document["findings"][0]["code"], "source-unavailable");
    assert!(ran.err.contains("no answer from network.ethereum.0"), "{}", ran.err);
}

#[test]
fn every_verdict_has_its_exit_code() {
    let expected = |verdict: &str| match verdict {
        "complete" => 0,
        "settled" => 5,
        "waiting" => 10,
        "platform-action" => 20,
        "customer-action" => 30,
        "misdirected" => 40,
        _ => 50,
    };
    for folder in fixtures() {
        let args = ["check", "--quiet", "--exit-code", "--format", "json", "--replay", folder.to_str().unwrap()];
        let ran = Test::new(&args).run();
        let document = ran.json();
        assert_eq!(ran.code, expected(document["verdict"].as_str().unwrap()), "{}", folder.display());
    }
}

#[test]
fn a_folder_with_something_else_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let ran = Test::new(&["check", "0x4d5f…", "--bundle", folder.path().to_str().unwrap()]).run();
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("neither empty nor a bundle"), "{}", ran.err);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn explain_knows_every_code() {
    let list = Test::new(&["explain"]).run();
    assert_eq!((list.code, list.err.as_str()), (0, ""));
    for (_, rule) in txsleuth::diagnosis::rules() {
        assert!(list.out.contains(rule.code), "{}", rule.code);
        let one = Test::new(&["explain", rule.code]).run();
        assert_eq!((one.code, one.err.as_str()), (0, ""));
        assert!(one.out.len() > 80, "{}", one.out);
    }
    let machine = Test::new(&["explain", "deposit-missed", "--format", "json"]).run();
    assert_eq!(machine.json()[0]["verdict"], "platform-action");
}

#[test]
fn explain_says_what_to_do_without_a_case() {
    let text = Test::new(&["explain", "deposit-missed"]).run().out;
    assert!(text.contains("\nWhat to do\n  engineering  Scan block <height> again"), "{text}");
    let all = Test::new(&["explain", "--format", "json"]).run().json();
    for row in all.as_array().unwrap() {
        let deciding = !row["verdict"].is_null();
        let actions = row["actions"].as_array().unwrap();
        assert!(actions.len() >= usize::from(deciding), "{row}");
        assert!(actions.iter().all(|action| !action["text"].as_str().unwrap().contains("{ $")), "{row}");
    }
}

#[test]
fn a_folder_of_complaints_is_a_desk() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[desk]\nkind = \"folder\"\npath = \"tickets\"\n";
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    std::fs::create_dir(folder.path().join("tickets")).unwrap();
    let mail =
        "From: a@example.org\r\nSubject: missing deposit\r\nDate: Fri, 30 Jan 2026 09:00:00 +0900\r\n\r\nno id\r\n";
    std::fs::write(folder.path().join("tickets/C-1.eml"), mail).unwrap();
    let ran = Test::new(&["check", "C-1", "--format", "json"]).dir(folder.path()).run();
    let document = ran.json();
    assert_eq!((ran.code, document["ticket"]["age_hours"].as_i64()), (0, Some(36)), "{}", ran.err);
    assert_eq!(document["findings"][0]["code"], "no-txid-given");
    for id in ["../C-1", "..", "/etc/passwd1"] {
        let ran = Test::new(&["check", id, "--format", "json"]).dir(folder.path()).run();
        assert_eq!((ran.code, ran.json()["verdict"].as_str()), (3, Some("inconclusive")), "{id}");
    }
}

#[test]
fn init_writes_a_configuration_that_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let written = Test::new(&["init"]).dir(folder.path()).run();
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    let ran = Test::new(&["check", "0x4d5f…"]).dir(folder.path()).run();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let again = Test::new(&["init"]).dir(folder.path()).run();
    assert_eq!(again.code, 2);
    assert!(again.err.contains("--force"), "{}", again.err);
    let printed = Test::new(&["init", "-"]).dir(folder.path()).run();
    assert_eq!(printed.out, std::fs::read_to_string(folder.path().join("txsleuth.toml")).unwrap());
}

#[test]
fn verify_tells_machines_and_ci_systems_too() {
    let folder = &fixtures()[0];
    let machine = Test::new(&["verify", folder.to_str().unwrap(), "--format", "json"]).run();
    assert_eq!((machine.code, machine.json()[0]["holds"].as_bool()), (0, Some(true)));
    let broken = Test::new(&["verify", "no-such<bundle>", "--format", "junit"]).run();
    assert_eq!(broken.code, 4);
    assert!(broken.out.contains("failures=\"1\"") && broken.out.contains("no-such&lt;bundle&gt;"), "{}", broken.out);
}
