//! Every recorded case is decided again. `BLESS=1 cargo test fixtures` writes reports and documents anew
//! where the words changed on purpose.

use std::collections::BTreeSet;

use txsleuth::diagnosis::rules;

use crate::support::{Test, fixtures};

#[test]
fn every_fixture_verifies() {
    for folder in fixtures() {
        let ran = Test::new(&["verify", folder.to_str().unwrap()]).run();
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    }
}

#[test]
fn every_report_is_the_one_checked_in() {
    for folder in fixtures() {
        let replay = |format: &str| {
            let ran = Test::new(&["check", "--quiet", "--replay", folder.to_str().unwrap(), "--format", format]).run();
            assert!(matches!(ran.code, 0 | 3), "{}: {}", folder.display(), ran.err);
            ran.out
        };
        for (format, file) in [("text", "report.txt"), ("markdown", "report.md"), ("json", "diagnosis.json")] {
            let told = replay(format);
            let path = folder.join(file);
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&path, &told).unwrap();
            }
            assert_eq!(told, std::fs::read_to_string(&path).unwrap(), "{}", path.display());
        }
    }
}

/// A page of every case would weigh more than the cases; those that are kept show each language.
#[test]
fn every_page_that_is_checked_in_is_current() {
    let mut languages = BTreeSet::new();
    for folder in fixtures().into_iter().filter(|folder| folder.join("report.html").exists()) {
        let args = ["check", "--quiet", "--replay", folder.to_str().unwrap(), "--format", "html"];
        let told = Test::new(&args).run().out;
        let path = folder.join("report.html");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &told).unwrap();
        }
        assert_eq!(told, std::fs::read_to_string(&path).unwrap(), "{}", path.display());
        languages.extend(told.lines().find(|line| line.starts_with("<html lang=")).map(str::to_owned));
    }
    assert_eq!(languages.len(), 3, "{languages:?}");
}

#[test]
fn every_report_fits_80_columns() {
    for folder in fixtures() {
        let report = std::fs::read_to_string(folder.join("report.txt")).unwrap();
        for line in report.lines() {
            assert!(line.chars().count() <= 80, "{}: {line}", folder.display());
        }
    }
}

#[test]
fn every_fixture_names_live_codes() {
    let live: BTreeSet<&str> = rules().map(|(_, rule)| rule.code).collect();
    let mut seen = BTreeSet::new();
    for folder in fixtures() {
        let document = std::fs::read_to_string(folder.join("diagnosis.json")).unwrap();
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        for finding in document["findings"].as_array().unwrap() {
            let code = finding["code"].as_str().unwrap().to_owned();
            assert!(live.contains(code.as_str()), "{}: `{code}` is no code", folder.display());
            seen.insert(code);
        }
    }
    assert!(seen.len() >= 8, "the fixtures show only {seen:?}");
}

#[test]
fn an_altered_answer_is_found() {
    let folder = fixtures().into_iter().find(|folder| folder.ends_with("deposit-missed-by-ticket")).unwrap();
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let har = copy.path().join("evidence.har");
    let text = std::fs::read_to_string(&har).unwrap();
    let altered = text.replace(r#"\"scanned_height\":"#, r#"\"scanned_height\" :"#);
    assert_ne!(text, altered);
    std::fs::write(&har, altered).unwrap();
    let ran = Test::new(&["verify", copy.path().to_str().unwrap()]).run();
    assert_eq!(ran.code, 4, "{}", ran.out);
    assert!(ran.out.contains("was altered"), "{}", ran.out);
}

#[test]
fn a_question_that_was_not_recorded_is_a_gap() {
    let folder = fixtures().into_iter().find(|folder| folder.ends_with("token-credited")).unwrap();
    let other = format!("0x{}", "12".repeat(32));
    let ran = Test::new(&["check", &other, "--replay", folder.to_str().unwrap(), "--format", "json"]).run();
    let document = ran.json();
    assert_eq!(document["verdict"], "inconclusive");
    assert!(document["gaps"].as_array().unwrap().iter().any(|gap| gap["why"] == "not-recorded"));
}

#[test]
fn every_code_has_a_fixture() {
    let found: BTreeSet<String> = fixtures()
        .iter()
        .flat_map(|folder| {
            let text = std::fs::read_to_string(folder.join("diagnosis.json")).unwrap();
            let document: serde_json::Value = serde_json::from_str(&text).unwrap();
            let codes = document["findings"].as_array().unwrap().iter().map(|finding| finding["code"].clone());
            codes.map(|code| code.as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let without: Vec<_> = rules().map(|(_, rule)| rule.code).filter(|code| !found.contains(*code)).collect();
    assert!(without.is_empty(), "no fixture shows {without:?}");
}
