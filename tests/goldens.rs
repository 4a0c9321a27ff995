//! Telling cases as every reader is told them: in all formats, languages and audiences, as they are checked in. Texts and
//! Markdown are whole files; of JSON and HTML, which say the same at length, the list `sums.tsv` keeps the hashes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::letters::{fixture, letter};
use crate::support::repository;

/// One that is well, one that the platform missed, one that went to another network.
const CASES: [&str; 3] = ["token-credited", "deposit-missed-by-ticket", "wrong-network-supported"];
const AUDIENCES: [&str; 3] = ["support", "customer", "platform"];
const LANGUAGES: [&str; 3] = ["en", "zh", "ko"];

fn checked_in(name: &str) -> PathBuf {
    repository().join("tests/golden").join(name)
}

/// Compares with what is checked in; `BLESS=1` writes it anew where words changed on purpose.
#[track_caller]
fn is_checked_in(name: &str, told: &str) {
    let path = checked_in(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, told).unwrap();
    }
    assert_eq!(told, std::fs::read_to_string(&path).unwrap_or_default(), "{}", path.display());
}

fn sum(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn telling_cases_are_told_as_checked_in() {
    let mut sums = BTreeMap::new();
    for case in CASES {
        for (audience, language) in AUDIENCES.iter().flat_map(|a| LANGUAGES.map(|language| (*a, language))) {
            let told = |format: &str| letter(&fixture(case), audience, language, format, &[]).out;
            for (format, ending) in [("text", "txt"), ("markdown", "md")] {
                is_checked_in(&format!("all.{case}.{audience}.{language}.{ending}"), &told(format));
            }
            for format in ["json", "html"] {
                sums.insert(format!("{case}\t{audience}\t{language}\t{format}"), sum(&told(format)));
            }
        }
    }
    let list: String = sums.iter().map(|(name, sum)| format!("{name}\t{sum}\n")).collect();
    is_checked_in("sums.tsv", &list);
}

/// What a reader outside unpacks: the report without a word to its sender, and what the chain shows.
#[test]
fn bundles_for_outside_tell_what_is_checked_in() {
    for case in CASES {
        for audience in ["customer", "platform"] {
            let folder = tempfile::tempdir().unwrap();
            let to = folder.path().join("public");
            letter(&fixture(case), audience, "en", "text", &["--bundle", to.to_str().unwrap()]);
            let read = |name: &str, to: &Path| std::fs::read_to_string(to.join(name)).unwrap();
            is_checked_in(&format!("public.{case}.{audience}.txt"), &read("report.txt", &to));
            is_checked_in(&format!("public.{case}.json"), &read("chain.json", &to));
        }
    }
}
