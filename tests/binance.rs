//! An account at Binance.

use serde_json::{Value, json};
use txsleuth::evidence::Openness;
use txsleuth::sources::ledger::Hints;
use txsleuth::terms::GapWhy;
use wiremock::{Request, ResponseTemplate};

use crate::exchanges::{
    DAY, Exchange, LATELY, Wrong, answer, between, decisive, gap, hints, number, only, parameter, query_signed, refusal,
};
use crate::stub::{ADDRESS, OTHER_TXID, TXID, USDT, now};

/// What Binance holds, and what is wrong with it.
#[derive(Clone)]
pub(crate) struct Binance {
    pub(crate) deposits: Vec<Value>,
    pub(crate) withdrawals: Vec<Value>,
    pub(crate) travel: Value,
    /// The list for the travel rule of withdrawals, and whose rule binds the account.
    pub(crate) ordered: Value,
    pub(crate) country: &'static str,
    /// The beginning of a path that is not answered, with status and code.
    pub(crate) fails: Option<(&'static str, u16, i64)>,
    pub(crate) network: Value,
    pub(crate) rights: Value,
    pub(crate) refuses: Option<(u16, i64)>,
}

pub(crate) fn deposit(status: i64) -> Value {
    json!({
        "id": "800000000000000001", "amount": "500", "coin": "USDT", "network": "ETH", "status": status,
        "address": ADDRESS, "addressTag": "", "txId": TXID, "insertTime": LATELY, "transferType": 0,
        "confirmTimes": "5/15", "unlockConfirm": 64, "walletType": 0, "travelRuleStatus": 0,
    })
}

pub(crate) fn withdrawal(status: i64, txid: &str) -> Value {
    json!({
        "id": "demo0000000000000000000000000001", "amount": "500", "transactionFee": "1", "coin": "USDT",
        "status": status, "address": ADDRESS, "txId": txid, "applyTime": "2026-01-31 11:00:00", "network": "ETH",
        "transferType": 0, "info": "", "confirmNo": 0,
    })
}

pub(crate) fn binance() -> Binance {
    Binance {
        deposits: Vec::new(),
        withdrawals: Vec::new(),
        travel: json!([]),
        ordered: json!([]),
        country: "NIL",
        fails: None,
        network: json!({
            "network": "ETH", "coin": "USDT", "depositEnable": true, "withdrawEnable": true, "depositDust": "0.01",
            "minConfirm": 6, "unLockConfirm": "64", "contractAddress": USDT,
        }),
        rights: json!({"ipRestrict": true, "createTime": 1, "enableReading": true, "enableWithdrawals": false}),
        refuses: None,
    }
}

fn with(row: Value) -> Exchange {
    Binance { deposits: vec![row], ..binance() }.start()
}

pub(crate) fn but(row: &Value, name: &str, value: Value) -> Value {
    let mut row = row.clone();
    row[name] = value;
    row
}

fn applied(row: &Value) -> i64 {
    let text = row["applyTime"].as_str().unwrap().replace(' ', "T") + "Z";
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

impl Binance {
    pub(crate) fn start(self) -> Exchange {
        Exchange::start("binance", move |request| self.answer(request))
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        match request.url.path() {
            // What is for everybody takes no parameters.
            "/api/v3/time" | "/sapi/v1/system/status" if request.url.query().is_some() => return refusal(400, -1101),
            "/api/v3/time" => return answer(&json!({"serverTime": now().as_millisecond()})),
            "/sapi/v1/system/status" => return answer(&json!({"status": 1, "msg": "system_maintenance"})),
            _ => {}
        }
        if let Some((status, code)) = self.refuses {
            return refusal(status, code);
        }
        match query_signed(request, "X-MBX-APIKEY") {
            Some(Wrong::Key) => return refusal(401, -2014),
            Some(Wrong::Signature) => return refusal(400, -1022),
            Some(Wrong::Clock) => return refusal(400, -1021),
            None => {}
        }
        let span = number(request, "startTime").zip(number(request, "endTime")).map(|(from, to)| to - from);
        if span.is_some_and(|span| span >= 90 * DAY) || number(request, "limit").is_some_and(|limit| limit > 1000) {
            return refusal(400, -1127);
        }
        if let Some((_, status, code)) = self.fails.filter(|(path, ..)| request.url.path().starts_with(path)) {
            return refusal(status, code);
        }
        let fits = |rows: &[Value], field: &str, name: &str| -> Vec<Value> {
            let wanted = parameter(request, name);
            rows.iter().filter(|row| wanted.as_ref().is_none_or(|text| row[field] == text.as_str())).cloned().collect()
        };
        let body = match request.url.path() {
            "/sapi/v1/capital/deposit/hisrec" => {
                json!(between(&fits(&self.deposits, "txId", "txId"), request, |row| row["insertTime"]
                    .as_i64()
                    .unwrap()))
            }
            "/sapi/v1/capital/withdraw/history" => {
                json!(between(&fits(&self.withdrawals, "id", "idList"), request, applied))
            }
            "/sapi/v2/localentity/deposit/history" => self.travel.clone(),
            "/sapi/v2/localentity/withdraw/history" => self.ordered.clone(),
            "/sapi/v1/localentity/questionnaire-requirements" => json!({"questionnaireCountryCode": self.country}),
            "/sapi/v1/capital/config/getall" => {
                let sats = json!({"network": "ETH", "coin": "1000SATS", "depositEnable": true, "denomination": 1000});
                json!([
                    {"coin": "USDT", "name": "TetherUS", "depositAllEnable": true, "networkList": [self.network]},
                    {"coin": "1000SATS", "name": "1000*SATS", "depositAllEnable": true, "networkList": [sats]},
                ])
            }
            "/sapi/v1/capital/deposit/address/list" if parameter(request, "network").as_deref() == Some("ETH") => {
                json!([{"coin": "ETH", "address": ADDRESS, "tag": "", "isDefault": 1}])
            }
            "/sapi/v1/account/apiRestrictions" => self.rights.clone(),
            _ => return refusal(404, -1100),
        };
        answer(&body)
    }
}

#[test]
fn every_status_of_a_binance_deposit_keeps_its_code() {
    let table = [
        (deposit(0), "confirming", "", "0 pending"),
        (deposit(1), "credited", "", "1 success"),
        (deposit(2), "rejected", "", "2 rejected"),
        (deposit(6), "credited_locked", "", "6 credited but cannot withdraw; free at 64 confirmations"),
        (deposit(7), "wrong_deposit", "", "7 wrong deposit"),
        (deposit(8), "awaiting_customer", "", "8 waiting user confirm"),
        (but(&deposit(0), "status", json!("77")), "unknown:77", "", "77"),
        (but(&deposit(0), "travelRuleStatus", json!(1)), "held", "travel_rule", "0 pending; travelRuleStatus 1"),
        (but(&deposit(1), "travelRuleStatus", json!(1)), "credited", "", "1 success"),
    ];
    for (row, status, reason, raw) in table {
        let own = only(&with(row).deposits(TXID));
        assert_eq!((own.status.to_string().as_str(), own.reason.as_deref().unwrap_or("")), (status, reason), "{raw}");
        assert_eq!(own.raw_status.as_deref(), Some(raw));
    }
    let own = only(&with(deposit(0)).deposits(TXID));
    assert_eq!((own.network.as_str(), own.confirmations), ("ethereum", Some(5)));
    assert_eq!(own.detected_at.map(jiff::Timestamp::as_millisecond), Some(LATELY));
    assert!(binance().start().deposits(TXID).is_no());
}

#[test]
fn the_travel_rule_and_a_closed_door_explain_what_is_pending() {
    let travel = |code: i64, asked: bool| {
        let row = json!({
            "depositId": 1, "txId": TXID, "coin": "USDT", "depositStatus": 0, "travelRuleReqStatus": code,
            "requireQuestionnaire": asked,
        });
        Binance { deposits: vec![deposit(0)], travel: json!([row]), ..binance() }.start()
    };
    let table = [
        (3, false, "held", "travelRuleReqStatus 3 PENDING"),
        (2, false, "rejected", "travelRuleReqStatus 2 REJECTED"),
        (-1, false, "rejected", "travelRuleReqStatus -1 FAILED"),
        (0, true, "held", "requireQuestionnaire"),
        (0, false, "confirming", "0 pending"),
    ];
    for (code, asked, status, raw) in table {
        let own = only(&travel(code, asked).deposits(TXID));
        assert_eq!(own.status.to_string(), status, "{raw}");
        assert!(own.raw_status.unwrap().ends_with(raw), "{raw}");
    }
    let mut closed = binance();
    closed.network["depositEnable"] = json!(false);
    closed.network["depositDesc"] = json!("Wallet Maintenance");
    for (confirmed, status) in [("15/15", "suspended"), ("14/15", "confirming")] {
        closed.deposits = vec![but(&deposit(0), "confirmTimes", json!(confirmed))];
        assert_eq!(only(&closed.clone().start().deposits(TXID)).status.to_string(), status, "{confirmed}");
    }
    // What is credited raises no further question.
    let credited = with(deposit(1));
    only(&credited.deposits(TXID));
    assert_eq!(credited.asked().len(), 1);
}

#[test]
fn every_status_of_a_binance_withdrawal_keeps_its_code() {
    let internal = but(&withdrawal(6, "Off-chain transfer 123456789"), "transferType", json!(1));
    let table = [
        (withdrawal(0, ""), "requested"),
        (withdrawal(1, ""), "cancelled"),
        (withdrawal(2, ""), "in_review"),
        (withdrawal(3, ""), "rejected"),
        (withdrawal(4, ""), "processing"),
        (withdrawal(4, TXID), "broadcast"),
        (withdrawal(5, ""), "failed"),
        (withdrawal(6, TXID), "completed"),
        (internal, "internal"),
        (withdrawal(9, ""), "unknown:9"),
    ];
    for (row, status) in table {
        let exchange = Binance { withdrawals: vec![row.clone()], ..binance() }.start();
        let own = exchange.withdrawal("demo0000000000000000000000000001");
        let own = own.yes().unwrap();
        assert_eq!(own.status.to_string(), status);
        assert!(own.raw_status.as_ref().unwrap().starts_with(&row["status"].to_string()));
        assert_eq!(own.txid.as_deref().unwrap_or(""), row["txId"]);
        assert_eq!(own.requested_at.to_string(), "2026-01-31T11:00:00Z");
    }
    let failed = but(&withdrawal(5, ""), "info", json!("the address is not valid"));
    let failed = Binance { withdrawals: vec![failed], ..binance() }.start();
    let failed = failed.withdrawal("demo0000000000000000000000000001").yes().unwrap().clone();
    assert_eq!(failed.reason.as_deref(), Some("the address is not valid"));
    let sent = Binance { withdrawals: vec![withdrawal(6, TXID)], ..binance() }.start();
    assert_eq!(only(&sent.withdrawals(TXID)).fee.to_string(), "1");
    assert!(sent.withdrawals(OTHER_TXID).is_no());
}

#[test]
fn stretches_are_walked_back_and_absence_needs_a_known_age() {
    let old = with(but(&deposit(1), "insertTime", json!(LATELY - 300 * DAY)));
    only(&old.deposits(TXID));
    assert_eq!(old.asked().len(), 4, "newest first, and no further than needed");
    let at = Some(now() - jiff::SignedDuration::from_hours(300 * 24));
    let aimed = with(but(&deposit(1), "insertTime", json!(LATELY - 300 * DAY)));
    only(&aimed.deposits_with(TXID, &Hints { at, ..hints() }));
    assert_eq!(aimed.asked().len(), 1, "where it is said to be comes first");
    let none = binance().start();
    assert!(none.deposits(TXID).is_no());
    assert_eq!(none.asked().len(), 10, "a year, by the filter and without it");
    let open = gap(none.deposits_with(TXID, &Hints { at: None, ..hints() }));
    assert!(open.why == GapWhy::LacksHistory && open.detail.contains("365 days"), "{open:?}");
    let ancient = Some(now() - jiff::SignedDuration::from_hours(5 * 365 * 24));
    assert_eq!(gap(none.deposits_with(TXID, &Hints { at: ancient, ..hints() })).why, GapWhy::LacksHistory);
}

#[test]
fn a_long_list_is_turned_over_and_a_bare_hash_is_found_in_capitals() {
    let bare = TXID.strip_prefix("0x").unwrap();
    let mut rows: Vec<Value> = (0..1500)
        .map(|n| but(&but(&deposit(1), "txId", json!(format!("{n:064x}"))), "insertTime", json!(LATELY - n)))
        .collect();
    rows.push(but(&but(&deposit(1), "txId", json!(bare.to_uppercase())), "insertTime", json!(LATELY - 2000)));
    let exchange = Binance { deposits: rows, ..binance() }.start();
    assert_eq!(only(&exchange.deposits(bare)).txid, bare.to_uppercase());
    let asked = exchange.asked();
    assert!(asked.len() == 2 && asked[1].contains("&offset=1000") && !asked[1].contains("txId"), "{asked:?}");
}

#[test]
fn what_the_overlays_cannot_tell_leaves_the_status_open() {
    let confirmed = but(&deposit(0), "confirmTimes", json!("15/15"));
    let travel = "/sapi/v2/localentity/deposit";
    let table = [
        // A list that is refused says nothing where no such rule binds the account, and much where one does.
        ("NIL", deposit(0), Some((travel, 400, -4242)), "confirming", "0 pending"),
        ("AE", deposit(0), Some((travel, 400, -4242)), "unknown:", "what the travel rule asks was not told: -4242"),
        ("AE", deposit(0), Some(("/sapi/v2/localentity/dep", 404, -1)), "confirming", "0 pending"),
        ("AE", deposit(0), Some(("/sapi/v2/localentity", 418, -1003)), "unknown:", "-1003: too many requests"),
        (
            "AE",
            confirmed,
            Some(("/sapi/v1/capital/config", 500, -1000)),
            "unknown:",
            "whether deposits are open was not",
        ),
        // What the row itself says stays.
        ("AE", but(&deposit(0), "travelRuleStatus", json!(1)), Some((travel, 400, -4242)), "held", "was not told"),
    ];
    for (country, row, fails, status, raw) in table {
        let exchange = Binance { deposits: vec![row], country, fails, ..binance() }.start();
        let own = only(&exchange.deposits(TXID));
        assert!(own.status.to_string().starts_with(status), "{fails:?}: {}", own.status);
        assert!(own.raw_status.as_deref().unwrap().contains(raw), "{raw}: {:?}", own.raw_status);
    }
    // A page that nobody at the exchange wrote does not say that there is no such rule.
    let exchange = Binance { deposits: vec![deposit(0)], country: "AE", ..binance() };
    let paged = Exchange::start("binance", move |request| match request.url.path() {
        path if path.starts_with(travel) => ResponseTemplate::new(404).set_body_string("<html>404 Not Found</html>"),
        _ => exchange.answer(request),
    });
    assert!(only(&paged.deposits(TXID)).status.to_string().starts_with("unknown:"));
    let fails = Some((travel, 418, -1003));
    let document = Binance { deposits: vec![deposit(0)], country: "AE", fails, ..binance() }.start().check(&[TXID]);
    assert_eq!(decisive(&document), ("unknown-ledger-status", "inconclusive"), "{document}");
    assert!(document["ledger"]["deposits"][0]["raw_status"].as_str().unwrap().contains("too many requests"));
}

#[test]
fn the_travel_rule_holds_withdrawals_as_well() {
    let id = "demo0000000000000000000000000001";
    let by_id = |code: i64| json!({"id": id, "coin": "USDT", "travelRuleStatus": code});
    // One that was not ordered through the API has no id in that list.
    let by_rest = |amount: &str| {
        json!({"coin": "USDT", "amount": amount, "address": ADDRESS, "applyTime": "2026-01-31 11:00:00",
               "travelRuleStatus": 1})
    };
    let table = [
        (by_id(1), "in_review", "4 processing; travelRuleStatus 1 Pending"),
        (by_id(2), "rejected", "4 processing; travelRuleStatus 2 Failed"),
        (by_id(0), "processing", "4 processing"),
        (by_id(9), "processing", "4 processing; travelRuleStatus 9"),
        (by_rest("500"), "in_review", "4 processing; travelRuleStatus 1 Pending"),
        (by_rest("501"), "processing", "4 processing"),
        (json!({"id": "another", "coin": "USDT", "travelRuleStatus": 2}), "processing", "4 processing"),
    ];
    for (row, status, raw) in table {
        let exchange = Binance { withdrawals: vec![withdrawal(4, "")], ordered: json!([row]), ..binance() }.start();
        let own = exchange.withdrawal(id).yes().unwrap().clone();
        assert_eq!((own.status.to_string().as_str(), own.raw_status.as_deref()), (status, Some(raw)), "{row}");
    }
    let fails = Some(("/sapi/v2/localentity/withdraw", 400, -4242));
    let silent = Binance { withdrawals: vec![withdrawal(4, "")], country: "AE", fails, ..binance() }.start();
    assert!(silent.withdrawal(id).yes().unwrap().status.to_string().starts_with("unknown:"));
    let sent = Binance { withdrawals: vec![withdrawal(6, TXID)], fails, ..binance() }.start();
    assert_eq!(sent.withdrawal(id).yes().unwrap().status.to_string(), "completed", "nothing holds what has left");
}

#[test]
fn an_identifier_is_found_however_binance_writes_it() {
    for written in [TXID[2..].to_owned(), TXID.to_uppercase().replace("0X", "0x"), format!("{TXID}:0")] {
        let found = with(but(&deposit(1), "txId", json!(written))).deposits(TXID);
        assert_eq!(only(&found).txid, written);
    }
}

#[test]
fn a_transfer_inside_binance_is_found_by_its_text() {
    let inside = |row: Value| but(&but(&row, "transferType", json!(1)), "txId", json!("Off-chain transfer 123456789"));
    let received = with(inside(deposit(1)));
    // The words in front are newer than some exports.
    for typed in ["Off-chain transfer 123456789", "Internal transfer 123456789"] {
        assert_eq!(received.deposit(typed).yes().unwrap().id, "800000000000000001", "{typed}");
    }
    assert!(received.deposit("Off-chain transfer 12345678").is_no());
    let sent = Binance { withdrawals: vec![inside(withdrawal(6, ""))], ..binance() }.start();
    assert_eq!(sent.withdrawal("Off-chain transfer 123456789").yes().unwrap().status.to_string(), "internal");
    let document = sent.check(&["Off-chain transfer 123456789"]);
    assert_eq!(decisive(&document).0, "withdrawal-internal", "{document}");
}

#[test]
fn a_listing_of_many_coins_in_one_is_counted_in_coins() {
    let row = but(&but(&deposit(1), "coin", json!("1000SATS")), "amount", json!("2.5"));
    let own = only(&with(row.clone()).deposits(TXID));
    assert_eq!((own.asset.as_str(), own.amount.to_string().as_str()), ("SATS", "2500"));
    let order = but(&but(&withdrawal(6, TXID), "coin", json!("1000SATS")), "transactionFee", json!("0.1"));
    let order = only(&Binance { withdrawals: vec![order], ..binance() }.start().withdrawals(TXID));
    assert_eq!((order.amount.to_string(), order.fee.to_string()), ("500000".into(), "100".into()));
    let fails = Some(("/sapi/v1/capital/config", 500, -1000));
    let untold = Binance { deposits: vec![row], fails, ..binance() }.start();
    assert!(only(&untold.deposits(TXID)).status.to_string().starts_with("unknown:"));
}

/// The key is the one of a test in RFC 8032, which everybody knows.
#[test]
fn binance_is_asked_with_a_private_key_as_well() {
    const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
                       -----END PRIVATE KEY-----\n";
    let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&public[2 * at..2 * at + 2], 16).unwrap()).collect();
    let exchange = Exchange::start("binance", move |request| {
        let (signed, _) = request.url.query().unwrap().rsplit_once("&signature=").unwrap();
        let signature = parameter(request, "signature").unwrap();
        let signature = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, signature).unwrap();
        let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &bytes);
        let fits = key.verify(signed.as_bytes(), &signature).is_ok();
        if fits { answer(&json!([deposit(1)])) } else { refusal(400, -1022) }
    });
    let (txids, hints) = ([crate::exchanges::txid_of(TXID)], hints());
    let asked = async |kind: &txsleuth::sources::ledger::Kind, line: txsleuth::sources::Line<'_>| {
        kind.ledger.deposits(line, &txids, &hints).await.remove(0)
    };
    only(&exchange.ask_as(PEM, 0, asked));
    let open = gap(exchange.ask_as("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", 0, asked));
    assert!(open.why == GapWhy::Unauthorised && open.detail.contains("Ed25519"), "{open:?}");
}

#[test]
fn an_answer_about_another_transaction_is_worth_nothing() {
    let liar = Exchange::start("binance", |_| answer(&json!([but(&deposit(1), "txId", json!(OTHER_TXID))])));
    assert_eq!(gap(liar.deposits(TXID)).why, GapWhy::Mismatch);
    assert_eq!(gap(with(but(&deposit(1), "amount", Value::Null)).deposits(TXID)).why, GapWhy::Malformed);
}

#[test]
fn every_refusal_of_binance_says_what_to_do() {
    let table = [
        (400, -1022, GapWhy::Unauthorised, "secret and key do not belong together"),
        (401, -2014, GapWhy::Unauthorised, "not written as one"),
        (401, -2015, GapWhy::Unauthorised, "does not tell which"),
        (401, -1002, GapWhy::Unauthorised, "Enable Reading"),
        (418, -1003, GapWhy::RateLimited, "too many requests"),
        (429, -1003, GapWhy::RateLimited, "too many requests"),
        (503, -1001, GapWhy::ServerError, "under maintenance"),
        (400, -4242, GapWhy::ServerError, "-4242: as documented"),
    ];
    for (status, code, why, words) in table {
        let open = gap(Binance { refuses: Some((status, code)), ..binance() }.start().deposits(TXID));
        assert!(open.why == why && open.detail.contains(words), "{code}: {open:?}");
    }
    let exchange = with(deposit(1));
    for (ahead, words) in [(75, "75 s ahead of"), (-40, "40 s behind")] {
        let open = exchange.refused_clock(ahead, TXID);
        assert!(open.why == GapWhy::Unauthorised && open.detail.contains(words), "{open:?}");
    }
}

#[test]
fn binance_tells_its_list_its_present_addresses_and_what_the_key_may_do() {
    let exchange = binance().start();
    let policy = exchange.policy("ethereum").yes().unwrap().clone();
    let listed = policy.listed("USDT").unwrap();
    assert_eq!((listed.deposits, listed.contract.as_deref()), (Openness::Open, Some(USDT)));
    assert_eq!(listed.min_deposit.as_ref().map(ToString::to_string).as_deref(), Some("0.01"));
    assert!(exchange.policy("tron").is_no());
    assert_eq!(exchange.addresses("ethereum").yes().unwrap()[0].address, ADDRESS);
    assert!(exchange.addresses("tron").gap().is_some());
    assert_eq!(exchange.keys().yes(), Some(&Vec::new()));
    assert_eq!(exchange.source()["state"], "answers");
    let rights = json!({"enableReading": true, "enableWithdrawals": true, "permitsUniversalTransfer": true});
    let source = Binance { rights, ..binance() }.start().source();
    let detail = source["detail"].as_str().unwrap();
    assert!(detail.contains("enableWithdrawals, permitsUniversalTransfer"), "{detail}");
    let refused = Binance { refuses: Some((400, -1022)), ..binance() }.start().source();
    assert!(refused["state"] == "silent" && refused["detail"].as_str().unwrap().contains("-1022"), "{refused}");
}

#[test]
fn a_check_with_binance_tells_what_became_of_the_deposit() {
    let table = [
        (deposit(1), "credited", "complete", "1 success"),
        (but(&deposit(0), "travelRuleStatus", json!(1)), "held", "customer-action", "travelRuleStatus 1"),
        (deposit(2), "deposit-rejected", "platform-action", "2 rejected"),
        (deposit(7), "deposit-rejected", "platform-action", "7 wrong deposit"),
        (deposit(77), "unknown-ledger-status", "inconclusive", "77"),
    ];
    for (row, code, verdict, raw) in table {
        let document = with(row).check(&[TXID]);
        assert_eq!(decisive(&document), (code, verdict), "{document}");
        assert!(document["ledger"].to_string().contains(raw), "{raw}: {}", document["ledger"]);
    }
    let mut small = binance();
    small.network["depositDust"] = json!("501");
    assert_eq!(decisive(&small.start().check(&[TXID])).0, "below-minimum");
    let mut closed = binance();
    closed.network["depositEnable"] = json!(false);
    closed.network["depositDesc"] = json!("Wallet Maintenance");
    assert_eq!(decisive(&closed.start().check(&[TXID])).0, "deposits-suspended");
    let refused = Binance { refuses: Some((401, -2015)), ..binance() }.start().check(&[TXID]);
    assert_eq!(refused["verdict"], "inconclusive");
    assert!(refused["gaps"].to_string().contains("-2015"), "{}", refused["gaps"]);
}

#[test]
fn a_check_with_binance_tells_what_became_of_the_withdrawal() {
    let id = "demo0000000000000000000000000001";
    let with = |row: Value| Binance { withdrawals: vec![row], ..binance() }.start();
    assert_eq!(decisive(&with(withdrawal(6, TXID)).check(&[id])).0, "withdrawal-delivered");
    assert_eq!(decisive(&with(withdrawal(1, "")).check(&[id])).0, "withdrawal-cancelled");
    let internal = but(&withdrawal(6, "Off-chain transfer 123456789"), "transferType", json!(1));
    assert_eq!(decisive(&with(internal).check(&[id])).0, "withdrawal-internal");
}

#[test]
fn a_recording_of_binance_holds_no_secret() {
    with(deposit(0)).keeps_no_secret(TXID);
}
