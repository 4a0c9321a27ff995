//! The report in a terminal: links where they can be opened, and columns that hold whatever the language.

use unicode_width::UnicodeWidthStr as _;

use crate::letters::fixture;
use crate::support::{Test, fixtures};

const LANGUAGES: [&str; 3] = ["en", "zh", "ko"];

/// A copy of a recorded case whose network has an explorer.
fn explored(name: &str, link: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(fixture(name).join("evidence.har"), copy.path().join("evidence.har")).unwrap();
    let mut case: toml::Table =
        toml::from_str(&std::fs::read_to_string(fixture(name).join("case.toml")).unwrap()).unwrap();
    let networks = case["config"]["network"].as_table_mut().unwrap();
    for (_, network) in networks.iter_mut() {
        network.as_table_mut().unwrap().insert("explorer".into(), link.into());
    }
    std::fs::write(copy.path().join("case.toml"), toml::to_string(&case).unwrap()).unwrap();
    copy
}

fn report(folder: &std::path::Path, columns: u16, vars: &[(&str, &str)], more: &[&str]) -> String {
    let args = [&["check", "--quiet", "--replay", folder.to_str().unwrap()], more].concat();
    let test = vars.iter().fold(Test::new(&args), |test, (name, value)| test.var(name, value));
    test.terminal(columns).run().out
}

/// The text as it is seen: without what only steers.
fn seen(text: &str) -> String {
    let links = regex::Regex::new("\u{1b}\\]8;[^\u{1b}]*\u{1b}\\\\").unwrap();
    let styles = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    styles.replace_all(&links.replace_all(text, ""), "").into_owned()
}

#[test]
fn an_explorer_is_linked_where_the_terminal_opens_links() {
    let copy = explored("token-credited", "https://explorer.example/tx/{txid}");
    let known: &[&[(&str, &str)]] = &[
        &[("TERM_PROGRAM", "iTerm.app")],
        &[("TERM_PROGRAM", "WezTerm")],
        &[("VTE_VERSION", "7600")],
        &[("TERM", "xterm-kitty")],
        &[("KONSOLE_VERSION", "230400")],
        &[("WT_SESSION", "a")],
    ];
    let others: &[&[(&str, &str)]] = &[
        &[],
        &[("TERM", "xterm-256color")],
        &[("VTE_VERSION", "4999")],
        &[("TERM_PROGRAM", "iTerm.app"), ("NO_COLOR", "1")],
        &[("TERM_PROGRAM", "WezTerm"), ("TMUX", "/tmp/tmux")],
    ];
    for columns in [120, 80, 40] {
        let bare = report(copy.path(), columns, &[], &[]);
        for vars in known {
            let text = report(copy.path(), columns, vars, &[]);
            let opened = text.matches("\u{1b}]8;id=").count();
            assert!(opened >= 1 && opened == text.matches("\u{1b}]8;;\u{1b}\\").count(), "{columns} {vars:?}: {text}");
            assert!(text.contains(";https://explorer.example/tx/0x"), "{text}");
            assert_eq!(seen(&text), seen(&bare), "{columns}: a link changes what is seen");
        }
        for vars in others {
            assert!(!report(copy.path(), columns, vars, &[]).contains("\u{1b}]8"), "{columns} {vars:?}");
        }
    }
    let never = report(copy.path(), 80, &[("TERM_PROGRAM", "iTerm.app")], &["--color", "never"]);
    assert!(!never.contains('\u{1b}'), "{never}");
    let piped = Test::new(&["check", "--quiet", "--replay", copy.path().to_str().unwrap(), "--color", "always"]);
    assert!(!piped.var("TERM_PROGRAM", "iTerm.app").run().out.contains("\u{1b}]8"), "nobody opens links in a file");
}

#[test]
fn a_link_that_steers_is_no_link() {
    for link in ["https://e.example/\u{1b}]8;;x\u{7}{txid}", "javascript:alert(1)//{txid}", "https://e.example/ {txid}"]
    {
        let copy = explored("token-credited", link);
        let text = report(copy.path(), 80, &[("TERM_PROGRAM", "iTerm.app")], &[]);
        assert!(!text.contains("\u{1b}]8"), "{link:?}: {text}");
    }
}

#[test]
fn every_report_fits_its_terminal_in_every_language() {
    for (at, folder) in fixtures().iter().enumerate() {
        // Each case in one language and one width.
        let (language, columns) = (LANGUAGES[at % 3], [40, 60, 80, 40][at % 4]);
        let text = report(folder, columns, &[], &["--lang", language]);
        for line in seen(&text).lines() {
            let width = line.width();
            assert!(width <= usize::from(columns), "{} {language} {columns}: {width}: {line}", folder.display());
        }
    }
}

/// A column begins in one place, whatever stands before it.
#[test]
fn columns_are_aligned_where_characters_are_wide() {
    for language in ["zh", "ko"] {
        let text = report(&fixture("token-credited"), 80, &[], &["--lang", language, "--color", "never"]);
        let arrows: Vec<usize> =
            text.lines().filter_map(|line| line.split_once("→ ")).map(|(before, _)| before.width()).collect();
        assert!(!arrows.is_empty() && arrows.iter().all(|at| *at == arrows[0]), "{language}: {arrows:?}\n{text}");
        let values: Vec<usize> = text
            .lines()
            .skip(1)
            .take(4)
            .filter_map(|line| line.split_once("  "))
            .map(|(label, rest)| label.width() + 2 + (rest.len() - rest.trim_start().len()))
            .collect();
        assert!(values.len() > 2 && values.iter().all(|at| *at == values[0]), "{language}: {values:?}\n{text}");
    }
}
