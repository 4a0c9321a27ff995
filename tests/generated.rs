//! Generated files are up to date. `BLESS=1 cargo test generated` writes them anew.

use crate::support::{Test, repository};

#[test]
fn generated_files_are_current() {
    for (path, content) in txsleuth::cli::generated().unwrap() {
        let path = repository().join(path);
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &content).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == content, "{} is stale: run `BLESS=1 cargo test generated`", path.display());
    }
}

#[test]
fn the_commands_print_what_is_checked_in() {
    for (shell, file) in [("bash", "txsleuth.bash"), ("zsh", "_txsleuth"), ("fish", "txsleuth.fish")] {
        let printed = Test::new(&["completions", shell]).run();
        let checked_in = std::fs::read_to_string(repository().join("completions").join(file)).unwrap();
        assert_eq!(printed.out, checked_in);
    }
    let page = std::fs::read_to_string(repository().join("completions/txsleuth.1")).unwrap();
    assert_eq!(Test::new(&["man"]).run().out, page);
}

#[test]
fn every_fixture_fits_the_schema_of_the_document() {
    let schema = std::fs::read_to_string(repository().join("schema/diagnosis.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for folder in crate::support::fixtures() {
        let document = std::fs::read_to_string(folder.join("diagnosis.json")).unwrap();
        let document = serde_json::from_str(&document).unwrap();
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", folder.display());
    }
}

/// What the ledger's records may look like is stated once, in the types; the recorded answers of every
/// fixture must fit the document that is generated from them.
#[test]
fn every_recorded_answer_of_a_ledger_fits_the_openapi_document() {
    let text = std::fs::read_to_string(repository().join("schema/ledger.openapi.json")).unwrap();
    let openapi: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut checked = 0;
    for folder in crate::support::fixtures() {
        let har = std::fs::read_to_string(folder.join("evidence.har")).unwrap();
        let har: serde_json::Value = serde_json::from_str(&har).unwrap();
        for entry in har["log"]["entries"].as_array().unwrap().iter().filter(|entry| entry["_service"] == "ledger") {
            let (Some(url), 200) = (entry["request"]["url"].as_str(), entry["response"]["status"].as_u64().unwrap())
            else {
                continue;
            };
            let method = entry["request"]["method"].as_str().unwrap().to_ascii_lowercase();
            let mut schema =
                answer_schema(&openapi, url, &method).unwrap_or_else(|| panic!("{url} is not in the document"));
            schema["components"] = openapi["components"].clone();
            let body = entry["response"]["content"]["text"].as_str().unwrap();
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let validator = jsonschema::validator_for(&schema).unwrap();
            let errors: Vec<String> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{url}: {errors:?}");
            checked += 1;
        }
    }
    assert!(checked > 20, "only {checked} answers were checked");
}

/// The schema of the 200 answer of the path that an address fits.
fn answer_schema(openapi: &serde_json::Value, url: &str, method: &str) -> Option<serde_json::Value> {
    let path: Vec<&str> = url.split('?').next()?.split('/').skip(3).collect();
    let fits = |template: &str| {
        let template: Vec<&str> = template.split('/').skip(1).collect();
        template.len() == path.len() && template.iter().zip(&path).all(|(t, p)| t.starts_with('{') || t == p)
    };
    let offers = |(template, path): &(&String, &serde_json::Value)| fits(template) && path.get(method).is_some();
    let (_, found) = openapi["paths"].as_object()?.iter().find(offers)?;
    found[method].pointer("/responses/200/content/application~1json/schema").cloned()
}

#[test]
fn the_readme_shows_a_real_report_and_every_command() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let report = std::fs::read_to_string(repository().join("fixtures/deposit-missed-by-ticket/report.txt")).unwrap();
    assert!(readme.contains(&report), "the README's report is not that of its fixture");
    let help = Test::new(&["--help"]).run().out;
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    for command in commands.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next()) {
        let shown = command == "help" || command == "man" || readme.contains(&format!("txsleuth {command}"));
        assert!(shown, "the README does not show `{command}`");
    }
}

#[test]
fn the_readme_configuration_is_understood() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let parts = readme.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let config = parts.collect::<Vec<_>>().join("\n");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let ran = Test::new(&["check", "0x4d5f…"]).dir(folder.path()).run();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}
