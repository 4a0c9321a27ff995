//! Sentences of one language hold no words of another, but for names, tickers and identifiers.

use crate::support::{Test, fixtures};

/// Words that facts are made of, in English.
const WORDS: &[&str] = &[
    "deposit",
    "withdrawal",
    "network",
    "address",
    "time",
    "unknown",
    "unstated",
    "none",
    "safe",
    "finalized",
    "executed",
    "moved-value",
    "final",
    "seed-phrase",
    "private-key",
    "password",
    "unlisted",
    "settled",
    "more",
    "and",
    "on",
    "in",
];
/// Why questions have no answer, in the document's words.
const WHY: &[&str] = &[
    "not-configured",
    "not-asked",
    "not-offered",
    "refused",
    "timeout",
    "rate-limited",
    "server-error",
    "malformed",
    "mismatch",
    "wrong-chain",
    "behind",
    "lacks-history",
    "conflicting",
    "not-recorded",
];

/// The words of a text, hyphens and underscores being parts of words.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')))
}

#[test]
fn no_english_word_stands_in_a_sentence_of_another_language() {
    let mut joined = 0;
    for folder in fixtures() {
        for (language, comma) in [("zh", "、"), ("ko", ", ")] {
            let args = ["check", "--quiet", "--replay", folder.to_str().unwrap(), "--lang", language];
            let document = Test::new(&[&args[..], &["--format", "json"]].concat()).run().json();
            let place = format!("{} {language}", folder.display());
            for finding in document["findings"].as_array().unwrap() {
                for part in ["title", "detail"] {
                    let text = finding[part].as_str().unwrap();
                    // A source's question is technical, and quoted.
                    let question = finding["facts"]["question"].as_str().unwrap_or("\0");
                    let reason =
                        finding["facts"]["reason"].as_str().filter(|reason| reason.contains(' ')).unwrap_or("\0");
                    let own = text.replace(question, "").replace(reason, "");
                    let found: Vec<&str> = words(&own).filter(|word| WORDS.contains(word)).collect();
                    assert!(found.is_empty(), "{place} {}: {found:?} in {text}", finding["code"]);
                    if let Some(networks) = finding["facts"]["networks"].as_str().filter(|list| list.contains(", ")) {
                        let own = networks.replace(", ", comma);
                        joined += usize::from(text.contains(&own));
                        assert!(language == "ko" || !text.contains(networks), "{place}: {text}");
                    }
                }
            }
            let report = Test::new(&[&args[..], &["--format", "markdown"]].concat()).run().out;
            let gaps = document["gaps"].as_array().unwrap();
            for gap in gaps {
                let why = gap["why"].as_str().unwrap();
                assert!(WHY.contains(&why) || ["unauthorised", "too-large", "redirected"].contains(&why), "{why}");
                assert!(!report.contains(&format!(": {why}")), "{place}: {why} in {report}");
            }
        }
    }
    assert!(joined > 0, "no list was joined");
}
