//! Letters to customers and to other platforms: what they say, and that nothing internal is in them.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use txsleuth::report::{ChainPart, Language, Letter, Words};

use crate::evidence::{OUTSIDE, World, token};
use crate::properties::document;
use crate::support::{Ran, Test, fixtures, repository};

const AUDIENCES: [&str; 2] = ["customer", "platform"];
const LANGUAGES: [&str; 3] = ["en", "zh", "ko"];
const FORMATS: [&str; 3] = ["text", "markdown", "json"];

pub(crate) fn letter(folder: &Path, audience: &str, language: &str, format: &str, more: &[&str]) -> Ran {
    let folder = folder.to_str().unwrap();
    let mut args = vec!["check", "--quiet", "--replay", folder, "--audience", audience, "--lang", language];
    args.extend(["--format", format]);
    args.extend(more);
    let ran = Test::new(&args).run();
    assert!(matches!(ran.code, 0 | 3), "{folder}: {}", ran.err);
    ran
}

pub(crate) fn fixture(name: &str) -> std::path::PathBuf {
    repository().join("fixtures").join(name)
}

/// What begins every marker. Nobody writes like that.
const MARKER: &str = "qxmark";

/// A copy of a recorded case with a marker in every field that is nobody's business outside: ids of tickets, accounts and
/// records, words of the ticket and of agents, states and reasons in the ledger's words, hosts of sources.
pub(crate) fn planted(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let case = std::fs::read_to_string(folder.join("case.toml")).unwrap();
    std::fs::write(copy.path().join("case.toml"), marked(&case)).unwrap();
    let har = std::fs::read_to_string(folder.join("evidence.har")).unwrap();
    let mut har: Value = serde_json::from_str(&marked(&har)).unwrap();
    for entry in har["log"]["entries"].as_array_mut().unwrap() {
        if !matches!(entry["_service"].as_str(), Some("ledger" | "desk")) {
            continue;
        }
        let text = entry["response"]["content"]["text"].as_str().unwrap_or_default();
        let Ok(mut body) = serde_json::from_str::<Value>(text) else { continue };
        plant(&mut body);
        entry["response"]["content"]["text"] = json!(body.to_string());
    }
    std::fs::write(copy.path().join("evidence.har"), har.to_string()).unwrap();
    copy
}

/// Ids and hosts, wherever they stand.
fn marked(text: &str) -> String {
    let id = regex::Regex::new(r"\b(A|D|W|C|ZD|T)-([0-9]{2,})\b").unwrap();
    let text = id.replace_all(text, "QXMARK$1-$2");
    text.replace("http://127.0.0.1:", "https://qxmark-host.example:")
}

fn plant(body: &mut Value) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(plant),
        Value::Object(fields) => {
            fields.values_mut().for_each(plant);
            let is_record =
                fields.contains_key("account") && fields.contains_key("amount") && fields.contains_key("id");
            if is_record {
                fields.insert("raw_status".into(), json!("QXMARKRAW 97 blacklisted"));
            }
            if fields.get("reason").is_some_and(Value::is_string) {
                fields.insert("reason".into(), json!("QXMARKREASON"));
            }
            if fields.get("body").is_some_and(Value::is_string) && fields.contains_key("comments") {
                let words = format!("{} QXMARKBODY jane.qxmark@mail.example", fields["body"].as_str().unwrap());
                fields.insert("body".into(), json!(words));
                fields.insert("subject".into(), json!("QXMARKSUBJECT"));
                fields.insert("status".into(), json!("QXMARKSTATUS"));
                fields.insert("priority".into(), json!("QXMARKPRIORITY"));
                fields.insert("channel".into(), json!("QXMARKCHANNEL"));
                let note = json!({ "author": "agent", "public": false, "body": "QXMARKNOTE risk score 97, other victim QXMARK" });
                let comment = json!({ "author": "customer", "public": true, "body": "QXMARKCOMMENT" });
                fields.insert("comments".into(), json!([note, comment]));
            }
        }
        _ => {}
    }
}

fn decisive(document: &Value) -> &Value {
    document["findings"].as_array().unwrap().iter().find(|finding| finding["decisive"] == true).unwrap()
}

fn support(folder: &Path) -> Value {
    Test::new(&["check", "--quiet", "--replay", folder.to_str().unwrap(), "--format", "json"]).run().json()
}

/// Addresses of others than the claimant: whom the transactions paid besides.
fn of_others(document: &Value) -> BTreeSet<String> {
    let known = [&document["claim"]["address"]["value"], &decisive(document)["facts"]["address"]];
    let known: Vec<&str> = known.iter().filter_map(|value| value.as_str()).collect();
    // One transaction may pay the orders of many customers: only what the claimant ordered may be told.
    let account = &document["claim"]["account"]["value"];
    let claimed = &document["claim"]["address"]["value"];
    let all_orders = document["ledger"]["withdrawals"].as_array().unwrap();
    let is_meant = |order: &&Value| {
        let address = order["address"].as_str().unwrap_or_default();
        (account.is_null() || order["account"] == *account)
            && claimed.as_str().is_none_or(|own| own.eq_ignore_ascii_case(address))
    };
    let meant: Vec<&Value> = all_orders.iter().filter(is_meant).collect();
    let is_one = meant.len() == 1 && (!account.is_null() || !claimed.is_null() || all_orders.len() == 1);
    let ordered: Vec<&str> = meant.iter().filter(|_| is_one).filter_map(|order| order["address"].as_str()).collect();
    let transactions = document["transactions"].as_array().unwrap();
    let all = || transactions.iter().flat_map(|tx| tx["transfers"].as_array().unwrap());
    let own: Vec<&str> = all().filter(|t| t["to_claimant"] == true).filter_map(|t| t["to"].as_str()).collect();
    // What is named as a token's contract is no person's.
    let contracts: Vec<&str> = all().filter_map(|t| t["contract"].as_str()).collect();
    let same = |a: &str, list: &[&str]| list.iter().any(|b| a.eq_ignore_ascii_case(b));
    let others = all().filter_map(|t| t["to"].as_str());
    let is_other = |to: &&str| !same(to, &known) && !same(to, &ordered) && !same(to, &own) && !same(to, &contracts);
    others.filter(is_other).map(str::to_owned).collect()
}

/// Looks through one letter of a case with markers for anything that is nobody's business outside.
#[track_caller]
fn holds_nothing_internal(copy: &Path, others: &BTreeSet<String>, audience: &str, language: &str, format: &str) {
    let told = letter(copy, audience, language, format, &[]).out;
    let place = || format!("{} {audience} {language} {format}\n{told}", copy.display());
    // The schema of a letter is called one.
    let small = told.to_lowercase().replace("txsleuth.letter/1", "");
    for word in [MARKER, "letter-", "ask-", "network.ethereum.", "127.0.0.1"] {
        assert!(!small.contains(word), "{word} in {}", place());
    }
    assert!(!others.iter().any(|address| told.contains(address)), "another's address in {}", place());
    if format == "json" {
        let schema = std::fs::read_to_string(repository().join("schema/letter.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        let value: Value = serde_json::from_str(&told).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {}", place());
        assert_eq!((&value["audience"], &value["language"]), (&json!(audience), &json!(language)));
    }
}

/// Recorded cases with markers in them, of which every second is taken: what a machine is told holds every word of a letter,
/// and people are told it as text or Markdown in turn, each time in the next language.
fn nothing_internal_from(first: usize) {
    let (mut marked, mut same) = (0, 0);
    let all: Vec<_> = fixtures().into_iter().skip(first).step_by(2).collect();
    for (at, folder) in all.iter().enumerate() {
        let copy = planted(folder);
        let document = support(copy.path());
        marked += usize::from(document.to_string().to_lowercase().contains(MARKER));
        let recorded = std::fs::read_to_string(folder.join("diagnosis.json")).unwrap();
        let recorded: Value = serde_json::from_str(&recorded).unwrap();
        same += usize::from(decisive(&document)["code"] == decisive(&recorded)["code"]);
        let others = of_others(&document);
        for (turn, audience) in AUDIENCES.iter().enumerate() {
            let language = |step: usize| LANGUAGES[(at + turn + step) % 3];
            holds_nothing_internal(copy.path(), &others, audience, language(0), "json");
            holds_nothing_internal(copy.path(), &others, audience, language(1), FORMATS[(at + turn) % 2]);
        }
    }
    assert!(marked * 10 > all.len() * 9, "markers reached only {marked} of {} documents", all.len());
    assert!(same * 10 > all.len() * 8, "only {same} of {} cases are still what they were", all.len());
}

#[test]
fn nothing_internal_is_in_the_letters_of_any_recorded_case() {
    nothing_internal_from(0);
}

#[test]
fn nothing_internal_is_in_the_letters_of_any_other_recorded_case() {
    nothing_internal_from(1);
}

/// Cases in which much could leak: a ticket, a hold, a refusal, another's account, another's address, an unknown status,
/// a withdrawal under review.
const TELLING: [&str; 8] = [
    "credited-other-account",
    "deposit-missed-by-ticket",
    "deposit-rejected",
    "held-travel-rule",
    "other-customer-address",
    "txid-claimed-by-several",
    "unknown-ledger-status",
    "withdrawal-in-review",
];

#[test]
fn nothing_internal_is_in_telling_cases_in_any_language_or_format() {
    for name in TELLING {
        let copy = planted(&fixture(name));
        let document = support(copy.path());
        assert!(document.to_string().to_lowercase().contains(MARKER), "{name}");
        let others = of_others(&document);
        for (audience, language) in AUDIENCES.iter().flat_map(|a| LANGUAGES.map(|language| (*a, language))) {
            for format in FORMATS {
                holds_nothing_internal(copy.path(), &others, audience, language, format);
            }
        }
    }
}

#[test]
fn a_hold_is_told_as_a_review_whatever_its_reason() {
    let folder = fixture("held-travel-rule");
    let mut told = BTreeSet::new();
    for reason in ["aml", "risk", "blacklist", "frozen", "manual", "sub_account"] {
        let copy = tempfile::tempdir().unwrap();
        std::fs::copy(folder.join("case.toml"), copy.path().join("case.toml")).unwrap();
        let har = std::fs::read_to_string(folder.join("evidence.har")).unwrap();
        std::fs::write(copy.path().join("evidence.har"), har.replace("travel_rule", reason)).unwrap();
        assert_eq!(decisive(&support(copy.path()))["facts"]["reason"], reason);
        told.insert(letter(copy.path(), "customer", "en", "text", &[]).out);
        let platform = letter(copy.path(), "platform", "en", "text", &[]).out;
        assert!(!platform.contains(reason), "{platform}");
    }
    assert_eq!(told.len(), 1, "the reason shows: {told:?}");
    let text = told.first().unwrap();
    assert!(text.contains("under review"), "{text}");
}

#[test]
fn another_customer_s_address_is_told_to_nobody() {
    let folder = fixture("other-customer-address");
    let document = support(&folder);
    let address = decisive(&document)["facts"]["address"].as_str().unwrap();
    for (audience, format) in AUDIENCES.iter().flat_map(|audience| FORMATS.map(|format| (audience, format))) {
        let told = letter(&folder, audience, "en", format, &[]).out;
        let shortened = format!("{}…", &address[..6]);
        assert!(!told.contains(address) && !told.contains(&shortened), "{told}");
        assert!(!told.to_lowercase().contains("another customer"), "{told}");
    }
}

#[test]
fn a_platform_s_letter_says_what_its_profile_asks_for() {
    let told = letter(&fixture("deposit-missed-by-ticket"), "platform", "en", "json", &["--to", "mexc"]).json();
    let names: Vec<&str> =
        told["facts"]["items"].as_array().unwrap().iter().map(|fact| fact["name"].as_str().unwrap()).collect();
    for name in ["txid", "network", "amount", "address", "block", "time", "confirmations", "proven", "support"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    assert_eq!(told["greeting"], "To the support desk of MEXC,");
    let rest = told["before_sending"]["items"].to_string();
    for part in ["Uncredited Deposit Return Application", "UID", "screenshot"] {
        assert!(rest.contains(part), "{part} in {rest}");
    }
    assert!(!rest.contains("the exact amount"), "{rest}");
    assert!(told["reference"]["value"].as_str().unwrap().contains("500 USDT"), "{told}");
}

#[test]
fn a_letter_is_written_in_the_language_of_its_desk() {
    let language = |more: &[&str], lang: &str| {
        letter(&fixture("deposit-missed-by-ticket"), "platform", lang, "json", more).json()["language"].clone()
    };
    assert_eq!(language(&["--to", "bithumb"], "zh"), "ko", "Bithumb does not read Chinese");
    assert_eq!(language(&["--to", "bithumb"], "en"), "en");
    assert_eq!(language(&["--to", "okx"], "ko"), "en");
    assert_eq!(language(&[], "zh"), "zh");
}

#[test]
fn the_profile_of_the_configuration_is_that_of_the_account_s_platform() {
    let greeting = |name: &str| {
        let copy = tempfile::tempdir().unwrap();
        let case = std::fs::read_to_string(fixture(name).join("case.toml")).unwrap();
        let with = case.replace("[config.ledger]", "[config]\nprofile = \"okx\"\n\n[config.ledger]");
        std::fs::write(copy.path().join("case.toml"), with).unwrap();
        std::fs::copy(fixture(name).join("evidence.har"), copy.path().join("evidence.har")).unwrap();
        letter(copy.path(), "platform", "en", "json", &[]).json()["greeting"].clone()
    };
    assert_eq!(greeting("deposit-missed-by-ticket"), "To the support desk of OKX,");
    assert_eq!(greeting("withdrawal-delivered"), "To the support desk,", "who received it is not known");
}

/// A copy of a recorded case whose configuration says where its readers are.
fn in_zone(name: &str, zone: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let case = std::fs::read_to_string(fixture(name).join("case.toml")).unwrap();
    let with = case.replace("[config.ledger]", &format!("[config]\ntimezone = \"{zone}\"\n\n[config.ledger]"));
    std::fs::write(copy.path().join("case.toml"), with).unwrap();
    std::fs::copy(fixture(name).join("evidence.har"), copy.path().join("evidence.har")).unwrap();
    copy
}

#[test]
fn times_are_told_by_the_reader_s_clock_with_utc_beside() {
    let (case, utc) = ("deposit-missed-by-ticket", "2026-11-22 03:47:00 UTC");
    for (language, zone, own) in [
        ("en", "America/New_York", "2026-11-21 22:47:00 (America/New_York), "),
        ("zh", "Asia/Shanghai", "2026年11月22日 11:47:00（Asia/Shanghai），"),
        ("ko", "Asia/Seoul", "2026년 11월 22일 12:47:00 (Asia/Seoul), "),
    ] {
        let copy = in_zone(case, zone);
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = format!("{own}{utc}");
        for audience in ["support", "customer", "platform"] {
            for format in ["text", "markdown", "html"] {
                let told = letter(copy.path(), audience, language, format, &[]).out.replace('\\', "");
                // A table of a terminal may break a line within a date of a script without blanks.
                let is_told = folded(&told).contains(&expected)
                    || told.split_whitespace().collect::<String>().contains(&expected.replace(' ', ""));
                assert!(is_told, "{audience} {language} {format}: {told}");
                if (audience, format) == ("support", "html") {
                    // Above the page, and at each event: by the reader's clock first.
                    let zoned = format!("({zone})");
                    let opened = told.split("<time").nth(1).unwrap_or_default();
                    assert!(opened.contains(&zoned) || opened.contains(&format!("（{zone}）")), "{opened}");
                    let timeline = told.split_once("id=\"timeline").map_or("", |(_, after)| after);
                    let drawn = timeline.split("</svg>").next().unwrap_or_default();
                    assert!(drawn.matches(&zoned).count() > 2, "{drawn}");
                }
            }
        }
        // A public bundle tells the same, and holds.
        let to = copy.path().join("public");
        letter(copy.path(), "customer", language, "json", &["--bundle", to.to_str().unwrap()]);
        assert_eq!(Test::new(&["verify", to.to_str().unwrap()]).run().code, 0, "{language}");
    }
    let told = letter(&fixture(case), "customer", "ko", "text", &[]).out;
    assert!(told.contains(utc) && !told.contains('년'), "{told}");
}

#[test]
fn an_unknown_zone_is_a_mistake_of_the_configuration() {
    let copy = in_zone("token-credited", "Asia/Nowhere");
    let ran = Test::new(&["check", "--replay", copy.path().to_str().unwrap()]).run();
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("timezone") && ran.err.contains("Asia/Nowhere"), "{}", ran.err);
}

#[test]
fn flags_of_letters_that_make_no_sense_are_usage_errors() {
    let folder = fixture("token-credited");
    let folder = folder.to_str().unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["--audience", "auditor"], "customer"),
        (&["--to", "okx"], "--audience platform"),
        (&["--audience", "platform", "--to", "okex"], "did you mean `okx`"),
    ];
    for (more, expected) in cases {
        let ran = Test::new(&[&["check", "--replay", folder][..], more].concat()).run();
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{more:?}");
        assert!(ran.err.contains(expected), "{more:?}: {}", ran.err);
    }
}

/// The cases that show each kind of letter, and what else is asked for with it.
const GOLDEN: [(&str, &[&str]); 10] = [
    ("deposit-missed-by-ticket", &["--to", "mexc"]),
    ("below-minimum", &["--to", "mexc"]),
    ("deposit-unrecorded", &["--to", "okx"]),
    ("wrong-network-unsupported", &["--to", "bithumb"]),
    ("retired-address", &["--to", "binance"]),
    ("xrpl-memo-missing", &["--to", "mexc"]),
    ("withdrawal-delivered", &[]),
    ("held-travel-rule", &[]),
    ("look-alike-address", &[]),
    ("low-fee", &[]),
];

/// `BLESS=1 cargo nextest run -E 'test(letters_are)'` writes them anew where words changed on purpose.
#[test]
fn letters_are_those_checked_in() {
    for (at, (name, more)) in GOLDEN.iter().enumerate() {
        for (audience, language) in AUDIENCES.iter().flat_map(|a| LANGUAGES.map(|language| (*a, language))) {
            let more: &[&str] = if audience == "platform" { more } else { &[] };
            // One case in every format, the others as text.
            let formats = if at == 0 { &FORMATS[..] } else { &FORMATS[..1] };
            for format in formats {
                let told = letter(&fixture(name), audience, language, format, more).out;
                let ending = match *format {
                    "markdown" => "md",
                    "json" => "json",
                    _ => "txt",
                };
                let path = repository().join(format!("tests/golden/{name}.{audience}.{language}.{ending}"));
                if std::env::var_os("BLESS").is_some() {
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(&path, &told).unwrap();
                }
                let known = std::fs::read_to_string(&path).unwrap_or_default();
                assert_eq!(told, known, "{}", path.display());
            }
        }
    }
}

fn told<'l>(letter: &'l Letter, name: &str) -> Option<&'l str> {
    letter.facts.items.iter().find(|fact| fact.name == name).map(|fact| fact.value.as_str())
}

/// At an address of many, one transaction pays many orders: asset and memo tell which movement was ordered.
#[test]
fn a_withdrawal_s_letter_and_reference_are_about_the_movement_that_was_ordered() {
    let paid = |units, index, memo: &str| {
        let mut transfer = token(OUTSIDE, units);
        (transfer.output_index, transfer.memo) = (Some(index), Some(memo.to_owned()));
        transfer
    };
    let other = txsleuth::evidence::Transfer { asset: None, contract: None, ..paid(7_000_000, 1, "222") };
    let transfers = [other, paid(5_000_000, 2, "111"), paid(500_000_000, 3, "222")];
    let world = World::new().ordered("completed").order(|order| order.memo = Some("222".into())).transfers(&transfers);
    let words = Words::english();
    let document = document(&world, &words);
    let reference = document.whereabouts.reference.as_deref().unwrap_or_default();
    assert!(reference.contains(", 500 USDT to ") && reference.contains(" #3"), "{reference}");
    let letter = Letter::to_platform(&document, None, Language::English, &words);
    assert_eq!((told(&letter, "amount"), told(&letter, "memo")), (Some("500 USDT"), Some("222")));
    assert_eq!(letter.contradicts(&ChainPart::new(Some(&document))), Vec::<String>::new());
    // Where the order's own is not among them, nobody else's is shown in its place.
    let document = crate::properties::document(&world.order(|order| order.memo = Some("333".into())), &words);
    let reference = document.whereabouts.reference.as_deref().unwrap_or_default();
    assert!(!reference.contains(" to "), "{reference}");
}

#[test]
fn a_memo_that_is_told_in_one_line_is_that_of_the_chain() {
    let words = Words::english();
    for memo in ["111\nsecond", "111\u{fe0f}"] {
        let document = document(&World::new().memo(Some(memo)), &words);
        let letter = Letter::to_platform(&document, None, Language::English, &words);
        assert!(told(&letter, "memo").is_some(), "{memo:?}");
        assert_eq!(letter.contradicts(&ChainPart::new(Some(&document))), Vec::<String>::new(), "{memo:?}");
    }
}

/// A field that a later version adds within the same format is passed over.
#[test]
fn a_letter_with_a_further_field_is_read() {
    let words = Words::english();
    let letter = Letter::to_platform(&document(&World::new(), &words), None, Language::English, &words);
    let mut later = serde_json::to_value(&letter).unwrap();
    later["later"] = json!(1);
    later["facts"]["items"][0]["later"] = json!("more");
    let read: Letter = serde_json::from_value(later).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), serde_json::to_value(&letter).unwrap());
}
