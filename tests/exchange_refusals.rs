//! What an exchange says instead of an answer, with the statuses that it says it with: each is a gap that tells what to
//! do, to the connector and in the document of a check.

use serde_json::{Value, json};
use txsleuth::terms::GapWhy;
use wiremock::ResponseTemplate;

use crate::binance::binance;
use crate::bithumb::bithumb;
use crate::exchanges::{Exchange, answer};
use crate::mexc::Mexc;
use crate::okx::okx;
use crate::stub::TXID;

/// What a firewall says.
const PAGE: &str = "<html><body><h1>403 Forbidden</h1></body></html>";

/// An exchange that gives everybody one answer; Binance still tells of its own state.
fn only(name: &str, status: u16, body: &Value) -> Exchange {
    let said = ResponseTemplate::new(status);
    let said = match body {
        Value::String(page) => said.set_body_raw(page.clone(), "text/html"),
        body => said.set_body_json(body),
    };
    Exchange::start(name, move |request| match request.url.path() {
        "/sapi/v1/system/status" => answer(&json!({"status": 1, "msg": "system_maintenance"})),
        _ => said.clone(),
    })
}

/// What each exchange says, why that is no answer, and the words for it.
fn refusals() -> Vec<(&'static str, u16, Value, GapWhy, &'static str)> {
    let okx = |code: &str| json!({"code": code, "msg": "as documented", "data": []});
    let coded = |code: i64| json!({"code": code, "msg": "as documented"});
    let named = |name: &str| json!({"error": {"name": name, "message": "as documented"}});
    let (down, limited, wall) = (GapWhy::ServerError, GapWhy::RateLimited, GapWhy::Unauthorised);
    vec![
        ("okx", 503, okx("50001"), down, "50001: the exchange is under maintenance"),
        ("okx", 429, okx("50011"), limited, "50011: too many requests"),
        ("okx", 429, okx("50013"), limited, "50013: the exchange is busy"),
        ("okx", 400, okx("50014"), down, "50014: the exchange does not take the question"),
        ("okx", 400, okx("51000"), down, "51000: the exchange does not take the question"),
        ("binance", 503, coded(-1001), down, "the exchange is under maintenance"),
        ("binance", 429, coded(-1003), limited, "-1003: too many requests"),
        ("binance", 418, json!(PAGE), limited, "too many requests"),
        ("binance", 400, coded(-1102), down, "-1102: the exchange does not take the question"),
        ("mexc", 503, coded(503), down, "503: the exchange is out of order or under maintenance"),
        ("mexc", 510, coded(510), limited, "510: too many requests"),
        ("mexc", 429, coded(429), limited, "429: too many requests"),
        (
            "mexc",
            400,
            json!({"code": 400, "msg": "The start time cannot be earlier than 90 days"}),
            GapWhy::LacksHistory,
            "90 days",
        ),
        ("bithumb", 503, named("maintenance"), down, "maintenance: as documented (the exchange is under maintenance"),
        ("bithumb", 429, named("too_many_requests"), limited, "five minutes"),
        (
            "bithumb",
            400,
            json!({"error": {"name": 400, "message": "currency does not have a valid value"}}),
            GapWhy::NotOffered,
            "does not list the currency",
        ),
        ("okx", 403, json!(PAGE), wall, "a firewall"),
        ("binance", 403, json!(PAGE), wall, "a firewall"),
        ("mexc", 403, json!(PAGE), wall, "a firewall"),
        ("bithumb", 403, json!(PAGE), wall, "a firewall"),
        ("okx", 502, json!(PAGE), down, "under maintenance or out of order"),
        ("binance", 502, json!(PAGE), down, "under maintenance"),
        ("mexc", 502, json!(PAGE), down, "under maintenance or out of order"),
        ("bithumb", 502, json!(PAGE), down, "under maintenance or out of order"),
    ]
}

#[test]
fn every_status_of_an_exchange_says_what_to_do() {
    let asked: Vec<_> = refusals()
        .into_iter()
        .map(|(name, status, body, why, words)| {
            std::thread::spawn(move || {
                let open = crate::exchanges::gap(only(name, status, &body).deposits(TXID));
                let right = open.why == why && open.detail.contains(words);
                (!right).then(|| format!("{name} {status} {body}: {open:?}"))
            })
        })
        .collect();
    let wrong: Vec<String> = asked.into_iter().filter_map(|one| one.join().unwrap()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_check_tells_why_an_exchange_gave_no_answer() {
    let told = |status: u16| refusals().into_iter().filter(move |(_, own, ..)| *own == status);
    let asked: Vec<_> = told(503)
        .chain(told(429))
        .chain(told(403))
        .map(|(name, status, body, _, words)| {
            std::thread::spawn(move || {
                let document = only(name, status, &body).check(&[TXID]);
                let open = document["gaps"].as_array().unwrap().iter().filter(|gap| gap["source"] == "ledger");
                let told = open.clone().any(|gap| gap["detail"].as_str().unwrap().contains(words));
                let right = told && document["verdict"] == "inconclusive";
                (!right).then(|| format!("{name} {status}: {} {}", document["verdict"], document["gaps"]))
            })
        })
        .collect();
    let wrong: Vec<String> = asked.into_iter().filter_map(|one| one.join().unwrap()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each server checks the signature itself.
#[test]
fn a_wrong_secret_is_told_at_every_exchange() {
    let another = "TXSLEUTH-DEMO-SECRET-0002";
    let table = [
        (okx().start(), "50113"),
        (binance().start(), "-1022"),
        (Mexc::default().start(), "700002"),
        (bithumb().start(), "jwt_verification"),
    ];
    for (exchange, code) in table {
        let open = exchange.refused_secret(another, TXID);
        let words = open.detail.contains("secret");
        assert!(open.why == GapWhy::Unauthorised && open.detail.starts_with(code) && words, "{open:?}");
        let document = exchange.check_as(another, &[TXID]);
        assert_eq!(document["verdict"], "inconclusive", "{code}");
        assert!(document["gaps"].to_string().contains(code), "{}", document["gaps"]);
    }
}
