//! An account at OKX.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use txsleuth::sources::ledger::Hints;
use txsleuth::terms::GapWhy;
use wiremock::{Request, ResponseTemplate};

use crate::exchanges::{
    DAY, Exchange, KEY, LATELY, PASSPHRASE, answer, decisive, gap, hints, hmac, number, only, parameter,
};
use crate::stub::{ADDRESS, OTHER_TXID, TXID, USDT, now};

/// What OKX holds, and what is wrong with it.
#[derive(Clone)]
pub(crate) struct Okx {
    pub(crate) deposits: Vec<Value>,
    pub(crate) withdrawals: Vec<Value>,
    pub(crate) stage: Value,
    pub(crate) perm: &'static str,
    pub(crate) address: &'static str,
    pub(crate) refuses: Option<(u16, &'static str)>,
    /// The one row of the list of assets.
    pub(crate) currency: Value,
    /// What is said of every stage.
    pub(crate) unstaged: Option<(u16, &'static str)>,
}

pub(crate) fn deposit(state: &str) -> Value {
    json!({
        "actualDepBlkConfirm": "7", "amt": "500", "areaCodeFrom": "", "ccy": "USDT", "chain": "USDT-ERC20",
        "depId": "900000001", "from": "", "fromWdId": "", "state": state, "to": ADDRESS, "ts": LATELY.to_string(),
        "txId": TXID,
    })
}

pub(crate) fn withdrawal(state: &str, txid: &str) -> Value {
    json!({
        "amt": "500", "ccy": "USDT", "chain": "USDT-ERC20", "clientId": "", "fee": "0.1", "feeCcy": "USDT",
        "from": "", "note": "", "state": state, "to": ADDRESS, "toAddrType": "1", "ts": LATELY.to_string(),
        "txId": txid, "wdId": "700000001",
    })
}

pub(crate) fn okx() -> Okx {
    Okx {
        deposits: Vec::new(),
        withdrawals: Vec::new(),
        stage: json!([]),
        perm: "read_only",
        address: ADDRESS,
        refuses: None,
        currency: json!({
            "ccy": "USDT", "chain": "USDT-ERC20", "canDep": true, "canWd": true, "ctAddr": USDT, "minDep": "1",
            "depEstOpenTime": "", "wdEstOpenTime": "1769900000000", "minDepArrivalConfirm": "20", "minWdUnlockConfirm": "38",
        }),
        unstaged: None,
    }
}

fn with(row: Value) -> Exchange {
    Okx { deposits: vec![row], ..okx() }.start()
}

fn refusal(status: u16, code: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"code": code, "msg": "as documented", "data": []}))
}

impl Okx {
    pub(crate) fn start(self) -> Exchange {
        Exchange::start("okx", move |request| match self.wrong(request) {
            Some((status, code)) => refusal(status, code),
            None => self.answer(request),
        })
    }

    fn wrong(&self, request: &Request) -> Option<(u16, &'static str)> {
        if request.url.path() == "/api/v5/public/time" {
            return None;
        }
        if self.refuses.is_some() {
            return self.refuses;
        }
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if header("ok-access-key") != KEY {
            return Some((401, "50111"));
        }
        if header("ok-access-passphrase") != PASSPHRASE {
            return Some((401, "50105"));
        }
        let at = header("ok-access-timestamp");
        let signed = format!("{at}GET{}", &request.url[url::Position::BeforePath..]);
        if header("ok-access-sign") != BASE64_STANDARD.encode(hmac(&signed)) {
            return Some((401, "50113"));
        }
        let Ok(at) = at.parse::<jiff::Timestamp>() else { return Some((401, "50112")) };
        ((at.as_millisecond() - now().as_millisecond()).abs() > 30_000).then_some((401, "50102"))
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        // The newest rows first, a hundred at most, and of the cursor's own millisecond none.
        let fits = |rows: &[Value]| -> Value {
            let wanted = ["txId", "depId", "wdId", "ccy"].map(|name| (name, parameter(request, name)));
            let at = |row: &Value| row["ts"].as_str().unwrap().parse::<i64>().unwrap();
            let after = number(request, "after").unwrap_or(i64::MAX);
            let fits =
                |row: &&Value| wanted.iter().all(|(name, text)| text.as_ref().is_none_or(|text| row[name] == *text));
            let mut rows: Vec<Value> = rows.iter().filter(fits).filter(|row| at(row) < after).cloned().collect();
            rows.sort_by_key(|row| std::cmp::Reverse(at(row)));
            rows.truncate(usize::try_from(number(request, "limit").unwrap_or(100)).unwrap());
            rows.into()
        };
        if number(request, "limit").is_some_and(|limit| !(1..=100).contains(&limit)) {
            return refusal(400, "51000");
        }
        if let (Some((status, code)), "/api/v5/asset/deposit-withdraw-status") = (self.unstaged, request.url.path()) {
            return refusal(status, code);
        }
        let data = match request.url.path() {
            "/api/v5/public/time" => json!([{"ts": now().as_millisecond().to_string()}]),
            "/api/v5/asset/deposit-history" => fits(&self.deposits),
            "/api/v5/asset/withdrawal-history" => fits(&self.withdrawals),
            "/api/v5/asset/deposit-withdraw-status" => self.stage.clone(),
            "/api/v5/asset/deposit-address" => json!([
                {"chain": "USDT-ERC20", "ctAddr": "", "ccy": "USDT", "to": "6", "addr": self.address, "selected": true},
                {"chain": "TON-TON", "ctAddr": "", "ccy": "TON", "to": "6", "addr": "UQDemo",
                 "addrEx": {"comment": "123456"}, "selected": true},
            ]),
            "/api/v5/asset/currencies" => json!([self.currency]),
            "/api/v5/account/config" => json!([{"perm": self.perm, "ip": "", "kycLv": "2"}]),
            _ => return refusal(404, "50014"),
        };
        answer(&json!({"code": "0", "msg": "", "data": data}))
    }
}

#[test]
fn every_state_of_an_okx_deposit_keeps_its_code() {
    let table = [
        ("0", "confirming", ""),
        ("1", "credited_locked", ""),
        ("2", "credited", ""),
        ("8", "suspended", ""),
        ("11", "held", "blacklist"),
        ("12", "held", "frozen"),
        ("13", "held", "sub_account"),
        ("14", "held", "kyc"),
        ("17", "held", "travel_rule"),
        ("99", "unknown:99", ""),
    ];
    for (state, status, reason) in table {
        let own = only(&with(deposit(state)).deposits(TXID));
        assert_eq!((own.status.to_string().as_str(), own.reason.as_deref().unwrap_or("")), (status, reason), "{state}");
        assert!(own.raw_status.unwrap().starts_with(state));
    }
    assert!(okx().start().deposits(TXID).is_no());
    let liar = Exchange::start("okx", |_| {
        let mut row = deposit("2");
        row["txId"] = json!(OTHER_TXID);
        answer(&json!({"code": "0", "msg": "", "data": [row]}))
    });
    assert_eq!(gap(liar.deposits(TXID)).why, GapWhy::Mismatch);
}

#[test]
fn every_state_of_an_okx_withdrawal_keeps_its_code() {
    let table = [
        ("0", "requested"),
        ("10", "requested"),
        ("17", "in_review"),
        ("4", "in_review"),
        ("5", "in_review"),
        ("6", "in_review"),
        ("8", "in_review"),
        ("9", "in_review"),
        ("12", "in_review"),
        ("3", "awaiting_customer"),
        ("7", "approved"),
        ("19", "processing"),
        ("16", "processing"),
        ("1", "broadcast"),
        ("15", "broadcast"),
        ("-3", "processing"),
        ("-2", "cancelled"),
        ("-1", "failed"),
        ("2", "completed"),
        ("99", "unknown:99"),
    ];
    for (state, status) in table {
        let exchange = Okx { withdrawals: vec![withdrawal(state, TXID)], ..okx() }.start();
        let own = only(&exchange.withdrawals(TXID));
        assert_eq!(own.status.to_string(), status, "{state}");
        assert_eq!(exchange.withdrawal("700000001").yes(), Some(&own));
    }
    let inside = Okx { withdrawals: vec![withdrawal("2", "")], ..okx() }.start();
    assert_eq!(inside.withdrawal("700000001").yes().unwrap().status.to_string(), "internal");
}

/// A row of another transaction, so many milliseconds before the usual one.
fn other(n: i64, before: i64) -> Value {
    let mut row = deposit("2");
    row["txId"] = json!(format!("0x{n:064x}"));
    row["depId"] = json!((1000 + n).to_string());
    row["ts"] = json!((LATELY - before).to_string());
    row
}

#[test]
fn the_list_itself_is_read_where_the_filter_finds_nothing() {
    // Without `0x`, which the filter does not take for the same.
    let mut wanted = deposit("2");
    wanted["txId"] = json!(&TXID[2..]);
    wanted["ts"] = json!((LATELY - 5 * DAY).to_string());
    // Three rows of one millisecond lie on both sides of a page's end.
    let same = (98..=101).map(|n| other(n, 98));
    let mut rows: Vec<Value> = (0..98).map(|n| other(n, n)).chain(same).collect();
    rows.extend((102..250).map(|n| other(n, n)));
    rows.push(wanted.clone());
    let exchange = Okx { deposits: rows.clone(), ..okx() }.start();
    assert_eq!(only(&exchange.deposits(TXID)).txid, TXID[2..]);
    assert_eq!(exchange.asked().len(), 4, "the filter, and three pages: {:?}", exchange.asked());
    assert!(exchange.deposits(OTHER_TXID).is_no(), "the whole list was read, and is older than the transfer");
    let order = Okx { withdrawals: vec![withdrawal("2", &TXID[2..])], ..okx() }.start();
    assert_eq!(only(&order.withdrawals(TXID)).id, "700000001");
    // All in one millisecond: nobody can turn such a page.
    let flood = Okx { deposits: (0..150).map(|n| other(n, 0)).collect(), ..okx() }.start();
    assert_eq!(gap(flood.deposits(TXID)).why, GapWhy::TooLarge);
    // More than is read, and among them one of the asset that is asked about.
    let mut others: Vec<Value> = (0..2200).map(|n| other(n, n)).collect();
    for row in &mut others {
        row["ccy"] = json!("ETH");
    }
    let busy = Okx { deposits: others.clone(), ..okx() }.start();
    assert_eq!(gap(busy.deposits(TXID)).why, GapWhy::TooLarge);
    others.push(wanted);
    only(&Okx { deposits: others, ..okx() }.start().deposits(TXID));
}

#[test]
fn a_page_full_of_one_transaction_is_turned_over() {
    let many = (0..130).map(|n| {
        let mut row = other(n, n);
        row["txId"] = json!(TXID);
        row
    });
    let exchange = Okx { deposits: many.collect(), ..okx() }.start();
    assert_eq!(exchange.deposits(TXID).yes().map(Vec::len), Some(130));
}

#[test]
fn absence_counts_as_far_as_the_list_is_known_to_reach() {
    let ago = |days: i64| Some(now() - jiff::SignedDuration::from_hours(days * 24));
    let none = okx().start();
    assert!(none.deposits_with(TXID, &Hints { at: ago(20), ..hints() }).is_no());
    let open = gap(none.deposits_with(TXID, &Hints { at: ago(100), ..hints() }));
    assert!(open.why == GapWhy::LacksHistory && open.detail.contains("not published"), "{open:?}");
    assert_eq!(gap(none.deposits_with(TXID, &Hints { at: None, ..hints() })).why, GapWhy::LacksHistory);
    let older = with(other(1, 101 * DAY));
    assert!(older.deposits_with(TXID, &Hints { at: ago(100), ..hints() }).is_no(), "a row of before it is there");
}

#[test]
fn what_is_under_way_has_its_stage() {
    let stage = |about: &str| {
        json!([{"wdId": "700000001", "txId": about, "state": "Deposit complete: on the way",
                "estCompleteTime": "01/31/2026, 8:05:00 PM"}])
    };
    for state in ["0", "8", "11"] {
        let held = Okx { deposits: vec![deposit(state)], stage: stage(TXID), ..okx() }.start();
        let raw = only(&held.deposits(TXID)).raw_status.unwrap();
        assert!(raw.ends_with("; Deposit complete: on the way, expected by 01/31/2026, 8:05:00 PM UTC+8"), "{raw}");
        assert!(held.asked().iter().any(|path| path.contains("chain=USDT-ERC20") && path.contains("ccy=USDT")));
    }
    let order = Okx { withdrawals: vec![withdrawal("4", "")], stage: stage(""), ..okx() }.start();
    let order = order.withdrawal("700000001").yes().unwrap().clone();
    assert!(order.raw_status.unwrap().contains("on the way"));
    // Neither what is settled nor what is told of another transfer.
    let settled = Okx { deposits: vec![deposit("2")], stage: stage(TXID), ..okx() }.start();
    assert_eq!(only(&settled.deposits(TXID)).raw_status.as_deref(), Some("2 deposit successful"));
    assert_eq!(settled.asked().len(), 1);
    let other = Okx { deposits: vec![deposit("0")], stage: stage(OTHER_TXID), ..okx() }.start();
    assert_eq!(only(&other.deposits(TXID)).raw_status.as_deref(), Some("0 waiting for confirmation"));
}

#[test]
fn a_stage_that_is_not_told_is_no_silence() {
    for (unstaged, raw) in [
        ((503, "50001"), "11 match the address blacklist; the stage was not told: 50001: the exchange is under"),
        ((400, "51000"), "11 match the address blacklist"),
    ] {
        let held = Okx { deposits: vec![deposit("11")], unstaged: Some(unstaged), ..okx() }.start();
        let own = only(&held.deposits(TXID));
        assert!(own.raw_status.as_ref().unwrap().starts_with(raw), "{own:?}");
        assert_eq!(own.status.to_string(), "held");
    }
}

#[test]
fn okx_is_not_asked_without_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let config = "ledger = { kind = \"okx\", key_env = \"KEY\", secret_env = \"SECRET\" }\n";
    std::fs::write(folder.path().join("txsleuth.toml"), config).unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_txsleuth"));
    let ran = command.current_dir(folder.path()).args(["sources", "--config", "txsleuth.toml"]).output().unwrap();
    let words = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(!ran.status.success() && words.contains("`passphrase_env` or `passphrase_file` is missing"), "{words}");
}

#[test]
fn every_refusal_of_okx_says_what_to_do() {
    let table = [
        (401, "50113", GapWhy::Unauthorised, "secret and key"),
        (401, "50110", GapWhy::Unauthorised, "address is not on the key's list"),
        (401, "50111", GapWhy::Unauthorised, "key is not valid"),
        (200, "50119", GapWhy::Unauthorised, "European"),
        (401, "50105", GapWhy::Unauthorised, "passphrase"),
        (200, "50120", GapWhy::Unauthorised, "permission Read"),
        (200, "50011", GapWhy::RateLimited, "too many requests"),
        (503, "50001", GapWhy::ServerError, "maintenance"),
        (200, "50007", GapWhy::Unauthorised, "blocked"),
        (200, "50999", GapWhy::ServerError, "as documented"),
    ];
    for (status, code, why, words) in table {
        let open = gap(Okx { refuses: Some((status, code)), ..okx() }.start().deposits(TXID));
        assert!(open.why == why && open.detail.contains(words), "{code}: {open:?}");
    }
    for (ahead, words) in [(75, "75 s ahead of"), (-40, "40 s behind")] {
        let open = okx().start().refused_clock(ahead, TXID);
        assert!(open.why == GapWhy::Unauthorised && open.detail.contains(words), "{open:?}");
    }
}

#[test]
fn okx_tells_its_list_its_addresses_and_what_the_key_may_do() {
    let exchange = okx().start();
    let policy = exchange.policy("ethereum").yes().unwrap().clone();
    assert_eq!(policy.listed("USDT").unwrap().min_deposit.as_ref().map(ToString::to_string).as_deref(), Some("1"));
    assert_eq!(policy.listed("USDT").unwrap().until.map(jiff::Timestamp::as_second), Some(1_769_900_000));
    assert_eq!(exchange.addresses("ethereum").yes().unwrap()[0].address, ADDRESS);
    assert_eq!(exchange.addresses("ton").yes().unwrap()[0].memo.as_deref(), Some("123456"));
    assert!(exchange.addresses("tron").is_no(), "those used before are listed as well");
    assert_eq!(exchange.keys().yes(), Some(&Vec::new()));
    let source = Okx { perm: "read_only,withdraw,trade", ..okx() }.start().source();
    assert!(source["state"] == "answers" && source["detail"].as_str().unwrap().contains("withdraw, trade"), "{source}");
}

#[test]
fn a_check_with_okx_tells_what_became_of_the_transfer() {
    let table = [
        (deposit("2"), "credited", "complete", "2 deposit successful"),
        (deposit("11"), "held", "platform-action", "11 match the address blacklist"),
        (deposit("14"), "held", "customer-action", "14 KYC limit"),
        (deposit("17"), "held", "customer-action", "17 pending response"),
        (deposit("99"), "unknown-ledger-status", "inconclusive", "99"),
    ];
    for (row, code, verdict, raw) in table {
        let document = with(row).check(&[TXID]);
        assert_eq!(decisive(&document), (code, verdict), "{document}");
        assert!(document["ledger"].to_string().contains(raw), "{raw}: {}", document["ledger"]);
    }
    let sent = Okx { withdrawals: vec![withdrawal("2", TXID)], ..okx() }.start();
    assert_eq!(decisive(&sent.check(&["700000001"])).0, "withdrawal-delivered");
}

#[test]
fn a_recording_of_okx_holds_no_secret() {
    with(deposit("0")).keeps_no_secret(TXID);
}
