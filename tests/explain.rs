//! What findings mean, told without a case; and the page for customers that it makes.

use std::collections::BTreeSet;

use txsleuth::diagnosis::rules;

use crate::support::{Test, fixtures, repository};

const LANGUAGES: [&str; 3] = ["en", "zh", "ko"];

/// `BLESS=1 cargo nextest run -E 'test(which_cases_show)'` writes the table anew.
#[test]
fn which_cases_show_which_finding_is_current() {
    let mut rows = BTreeSet::new();
    for folder in fixtures() {
        let document = std::fs::read_to_string(folder.join("diagnosis.json")).unwrap();
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        let case = folder.file_name().unwrap().to_str().unwrap().to_owned();
        for finding in document["findings"].as_array().unwrap() {
            let decides = finding["decisive"] == true;
            let confidence = if decides { document["confidence"].as_str().unwrap() } else { "-" };
            let code = finding["code"].as_str().unwrap();
            rows.insert((code.to_owned(), !decides, case.clone(), confidence.to_owned()));
        }
    }
    let table: String = rows.iter().map(|(code, _, case, sure)| format!("{code}\t{case}\t{sure}\n")).collect();
    let path = repository().join("src/cli/shown.tsv");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    assert!(table == std::fs::read_to_string(&path).unwrap(), "src/cli/shown.tsv is stale: run with BLESS=1");
}

#[test]
fn every_finding_is_explained_with_a_case_that_shows_it() {
    for language in LANGUAGES {
        let all = Test::new(&["explain", "--all", "--format", "json", "--lang", language]).run().json();
        let text = Test::new(&["explain", "--all", "--lang", language]).run().out;
        let mut known = std::collections::BTreeSet::new();
        for ((_, rule), told) in rules().zip(all.as_array().unwrap()) {
            assert_eq!(told["code"], rule.code);
            let cases = told["fixtures"].as_array().unwrap();
            assert!(!cases.is_empty(), "{}", rule.code);
            for case in cases {
                assert!(repository().join(case.as_str().unwrap()).join("case.toml").is_file(), "{case}");
            }
            assert!(text.contains(cases[0].as_str().unwrap()), "{}", rule.code);
            assert!(!told["explanation"].as_str().unwrap().is_empty());
            let signals = told["signals"].as_str().unwrap();
            assert!(!signals.is_empty() && signals != told["explanation"], "{}", rule.code);
            assert!(text.contains(signals) && known.insert(signals.to_owned()), "{}: {signals}", rule.code);
        }
        let one = Test::new(&["explain", "deposit-missed", "--format", "markdown", "--lang", language]).run().out;
        assert!(one.contains("](fixtures/") && one.starts_with("## deposit-missed\n"), "{one}");
        let heading = match language {
            "zh" => "### 判断依据\n",
            "ko" => "### 판단 근거\n",
            _ => "### What shows it\n",
        };
        assert!(one.contains(heading) && text.contains(&heading[4..]), "{one}");
        assert!(!text.contains("explain-") && !one.contains("explain-"), "a word is missing");
    }
}

/// The page for customers: every finding that can be their answer, each once, in words that a letter may use.
#[test]
fn the_page_for_customers_holds_every_answer_and_nothing_internal() {
    for language in LANGUAGES {
        let ran = Test::new(&["explain", "--all", "--format", "markdown", "--lang", language]).run();
        assert_eq!(ran.code, 0, "{}", ran.err);
        for (_, rule) in rules().filter(|(_, rule)| rule.verdict.is_some()) {
            let (entry, anchor) = (format!("](#{})\n", rule.code), format!("\n## <a id=\"{}\"></a>", rule.code));
            assert_eq!((ran.out.matches(&entry).count(), ran.out.matches(&anchor).count()), (1, 1), "{}", rule.code);
        }
        for heading in ran.out.lines().filter_map(|line| line.strip_prefix("## <a id=")) {
            assert!(heading.split_once("</a>").is_some_and(|(_, title)| title.chars().count() > 3), "{heading}");
        }
        // Anchors are codes, so that a link to an answer stays.
        let mut small = ran.out.to_lowercase();
        for (_, rule) in rules() {
            small = small.replace(&format!("](#{})", rule.code), "]").replace(&format!("id=\"{}\"", rule.code), "id");
        }
        let internal = match language {
            "en" => &["ledger", "claimant", "scanner", "compliance", "another customer", "aml", "fixtures/"][..],
            "zh" => &["账务系统", "该用户", "扫块", "工单", "合规", "其他用户", "风控", "fixtures/"],
            _ => &["원장", "문의 고객", "스캐너", "준법", "다른 고객", "리스크", "fixtures/"],
        };
        for word in internal.iter().chain(&["explain-", "letter-", "<code", "… …", "$"]) {
            assert!(!small.contains(word), "{language}: {word}");
        }
    }
}
