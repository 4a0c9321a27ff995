//! What exchanges have published: shown, and used where nothing better is known.

use crate::support::Test;

#[test]
fn every_profile_is_listed_and_shown_with_sources() {
    let list = Test::new(&["profile"]).run();
    assert_eq!((list.code, list.err.as_str()), (0, ""));
    for name in ["okx", "binance", "mexc", "bithumb"] {
        assert!(list.out.contains(name), "{}", list.out);
        let shown = Test::new(&["profile", name, "--format", "json"]).run().json();
        assert_eq!(shown[0]["name"], name);
        let figures = shown[0]["figures"].as_array().unwrap();
        assert!(figures.len() > 5);
        for figure in figures {
            assert!(figure["source"].as_str().unwrap().starts_with("http"), "{figure}");
            assert!(figure["read"].as_str().unwrap().starts_with("20"), "{figure}");
            assert!(["official", "copy", "example", "press"].contains(&figure["sure"].as_str().unwrap()), "{figure}");
        }
        let text = Test::new(&["profile", name]).run().out;
        assert_eq!(text.matches("\n    http").count(), figures.len(), "{text}");
    }
}

#[test]
fn an_unknown_profile_is_a_mistake_that_names_the_nearest() {
    let ran = Test::new(&["profile", "binanse"]).run();
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("did you mean `binance`"), "{}", ran.err);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("txsleuth.toml"), "profile = \"okex\"\n").unwrap();
    let ran = Test::new(&["check", "0x4d5f…"]).dir(folder.path()).run();
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no profile `okex`; did you mean `okx`"), "{}", ran.err);
    std::fs::write(folder.path().join("txsleuth.toml"), "profile = \"none\"\n").unwrap();
    assert_eq!(Test::new(&["check", "0x4d5f…"]).dir(folder.path()).run().code, 0);
}

/// The confirmations and the handling of small deposits that a case was decided by, from its recorded configuration.
fn decided_by(config: &str, variable: Option<&str>) -> (Option<i64>, Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let bundle = folder.path().join("bundle");
    let mut test =
        Test::new(&["check", "0x4d5f…", "--quiet", "--network", "ethereum", "--bundle", bundle.to_str().unwrap()])
            .dir(folder.path());
    if let Some(name) = variable {
        test = test.var("TXSLEUTH__PROFILE", name);
    }
    assert_eq!(test.run().code, 0);
    let case: toml::Table = std::fs::read_to_string(bundle.join("case.toml")).unwrap().parse().unwrap();
    let at = |path: &[&str]| path.iter().try_fold(&case["config"], |value, key| value.get(key)).cloned();
    let confirmations = at(&["network", "ethereum", "confirmations"]).and_then(|value| value.as_integer());
    let handling = at(&["policy", "below_minimum"]).and_then(|value| value.as_str().map(str::to_owned));
    (confirmations, handling)
}

#[test]
fn a_profile_wins_over_what_is_built_in_and_never_over_the_configuration() {
    let network = "[network.ethereum]\n";
    assert_eq!(decided_by(network, None), (Some(64), None));
    let of_mexc = (Some(96), Some("none".to_owned()));
    assert_eq!(decided_by(&format!("profile = \"mexc\"\n{network}"), None), of_mexc);
    assert_eq!(decided_by(network, Some("mexc")), of_mexc, "named by a variable");
    let own = "profile = \"mexc\"\n[network.ethereum]\nconfirmations = 12\n[policy]\nbelow_minimum = \"recover\"\n";
    assert_eq!(decided_by(own, None), (Some(12), Some("recover".to_owned())));
}
