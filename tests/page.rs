//! The report as one page of HTML: what it holds, and that it needs nothing else.

use std::collections::BTreeSet;

use crate::support::{Ran, Test, fixtures, repository};

fn page(case: &str, language: &str) -> Ran {
    let folder = repository().join("fixtures").join(case);
    Test::new(&["check", "--quiet", "--replay", folder.to_str().unwrap(), "--lang", language, "--format", "html"]).run()
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(from).skip(1).filter_map(move |rest| rest.split(to).next())
}

#[test]
fn every_case_has_a_page_that_stands_alone() {
    for (folder, language) in fixtures().iter().zip(["en", "zh", "ko"].iter().cycle()) {
        let case = folder.file_name().unwrap().to_str().unwrap();
        let ran = page(case, language);
        assert!(matches!(ran.code, 0 | 3), "{case}: {}", ran.err);
        for tag in between(&ran.out, "<", ">") {
            let name = tag.split([' ', '\n']).next().unwrap();
            assert!(!["script", "link", "img", "iframe", "object", "use", "image"].contains(&name), "{case}: <{tag}>");
            assert!(![" src=", " style=", " on"].iter().any(|outside| tag.contains(outside)), "{case}: <{tag}>");
        }
        let style = between(&ran.out, "<style>", "</style>").next().unwrap();
        assert!(!style.contains("url(") && !style.contains("@import"), "{case}");
        let ids: Vec<&str> = between(&ran.out, " id=\"", "\"").collect();
        let own: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), own.len(), "{case}: {ids:?}");
        for cited in between(&ran.out, "href=\"#", "\"") {
            assert!(own.contains(cited), "{case}: {cited} leads nowhere");
        }
        for named in between(&ran.out, "labelledby=\"", "\"").flat_map(|names| names.split(' ')) {
            assert!(own.contains(named), "{case}: nothing is called {named}");
        }
        // A key that stands for itself is a word that is missing.
        assert!(!ran.out.contains(">report-") && !ran.out.contains(">check-"), "{case}");
    }
}

#[test]
fn the_page_tells_what_the_document_holds() {
    let folder = repository().join("fixtures/deposit-missed-by-ticket");
    let document = std::fs::read_to_string(folder.join("diagnosis.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let told = page("deposit-missed-by-ticket", "en").out.replace("&#39;", "'");
    let mut expected = vec![&document["headline"], &document["case"], &document["findings"][0]["detail"]];
    for source in document["sources"].as_array().unwrap() {
        expected.extend([&source["sha256"], &source["id"], &source["service"]]);
    }
    expected.extend(document["actions"].as_array().unwrap().iter().map(|action| &action["text"]));
    let tx = &document["transactions"][0];
    expected.extend([&tx["txid"], &tx["block"]["hash"], &tx["transfers"][0]["contract"], &tx["transfers"][0]["from"]]);
    for text in expected {
        let text = text.as_str().unwrap();
        assert!(told.contains(text), "{text}");
    }
    assert!(told.contains(r#"<time datetime="2026-11-22T"#) && told.contains(" UTC</time>"));
    let order =
        ["<h1>", "path-of-payment\">", "checks\">", "transaction\">", "transfers\">", "ledger\">", "actions\">"];
    let places: Vec<usize> = order.iter().map(|part| told.find(part).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_path_is_as_sure_as_its_checks() {
    let wide = |case: &str| between(&page(case, "en").out, "<svg class=\"wide\"", "</svg>").next().unwrap().to_owned();
    let credited = wide("withdrawal-delivered");
    assert_eq!((credited.matches("class=\"rail\"").count(), credited.matches("rail open").count()), (3, 0));
    let missed = wide("deposit-missed-by-ticket");
    assert_eq!((missed.matches("class=\"rail\"").count(), missed.matches("rail open").count()), (2, 1));
    assert!(missed.contains("Ledger: no: known to the ledger"), "{missed}");
    assert!(!page("several-candidates", "en").out.contains("path-wide"), "nothing was checked, nothing is drawn");
}

#[test]
fn a_bundle_holds_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("case");
    let from = repository().join("fixtures/below-minimum");
    let args = ["check", "--quiet", "--replay", from.to_str().unwrap(), "--bundle", to.to_str().unwrap()];
    let ran = Test::new(&[&args[..], &["--format", "html"]].concat()).run();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(to.join("report.html")).unwrap(), ran.out);
    assert_eq!(Test::new(&["verify", to.to_str().unwrap()]).run().code, 0);
    std::fs::remove_file(to.join("report.html")).unwrap();
    let ran = Test::new(&["verify", to.to_str().unwrap()]).run();
    assert!(ran.code == 4 && ran.out.contains("report.html, which SHA256SUMS lists"), "{}", ran.out);
    std::fs::remove_file(to.join("SHA256SUMS")).unwrap();
    assert_eq!(Test::new(&["verify", to.to_str().unwrap()]).run().code, 0, "a bundle without a page is a bundle");
}
