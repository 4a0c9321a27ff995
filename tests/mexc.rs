//! An account at MEXC.

use serde_json::{Value, json};
use txsleuth::sources::ledger::Hints;
use txsleuth::terms::GapWhy;
use wiremock::{Request, ResponseTemplate};

use crate::exchanges::{
    DAY, Exchange, LATELY, Wrong, answer, between, decisive, gap, hints, number, only, parameter, query_signed, refusal,
};
use crate::stub::{ADDRESS, OTHER_TXID, TXID, USDT, now};

/// What MEXC holds, and what is wrong with it.
#[derive(Clone, Default)]
pub(crate) struct Mexc {
    /// Why USDT is closed for deposits and withdrawals, where it is.
    pub(crate) closed: Option<&'static str>,
    pub(crate) deposits: Vec<Value>,
    pub(crate) withdrawals: Vec<Value>,
    pub(crate) refuses: Option<(u16, i64)>,
}

pub(crate) fn deposit(status: i64) -> Value {
    json!({
        "amount": "500", "coin": "USDT-ETH", "network": "ERC20", "netWork": "ETH", "status": status.to_string(),
        "address": ADDRESS, "txId": format!("{TXID}:0"), "transHash": TXID, "insertTime": LATELY.to_string(),
        "updateTime": LATELY.to_string(), "unlockConfirm": "200", "confirmTimes": "41", "memo": null,
    })
}

pub(crate) fn withdrawal(status: i64) -> Value {
    json!({
        "id": "demo0000000000000000000000000002", "txId": null, "coin": "USDT-ETH", "network": "ETH", "netWork": "ETH",
        "address": ADDRESS, "amount": "501", "transferType": 0, "status": status, "transactionFee": "1",
        "confirmNo": null, "applyTime": LATELY, "remark": "", "memo": null, "transHash": TXID, "updateTime": LATELY,
    })
}

fn but(row: &Value, name: &str, value: Value) -> Value {
    let mut row = row.clone();
    row[name] = value;
    row
}

fn with(row: Value) -> Exchange {
    Mexc { deposits: vec![row], ..Mexc::default() }.start()
}

fn time(row: &Value, name: &str) -> i64 {
    row[name].as_i64().or_else(|| row[name].as_str()?.parse().ok()).unwrap()
}

impl Mexc {
    pub(crate) fn start(self) -> Exchange {
        Exchange::start("mexc", move |request| self.answer(request))
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        let path = request.url.path();
        if path == "/api/v3/time" {
            return answer(&json!({"serverTime": now().as_millisecond()}));
        }
        if let Some((status, code)) = self.refuses {
            return refusal(status, code);
        }
        match query_signed(request, "X-MEXC-APIKEY") {
            Some(Wrong::Key) => return refusal(400, 10072),
            Some(Wrong::Signature) => return refusal(400, 700_002),
            Some(Wrong::Clock) => return refusal(400, 700_003),
            None => {}
        }
        let (from, to) = (number(request, "startTime"), number(request, "endTime"));
        let long = from.zip(to).is_some_and(|(from, to)| to - from > 7 * DAY);
        let old = from.is_some_and(|from| from < now().as_millisecond() - 90 * DAY);
        if long || old || parameter(request, "txId").is_some() || parameter(request, "offset").is_some() {
            return refusal(400, 400);
        }
        let body = match path {
            "/api/v3/capital/deposit/hisrec" => json!(between(&self.deposits, request, |row| time(row, "insertTime"))),
            "/api/v3/capital/withdraw/history" => {
                json!(between(&self.withdrawals, request, |row| time(row, "applyTime")))
            }
            "/api/v3/capital/config/getall" => json!([{"coin": "USDT", "name": "Tether", "networkList": [
                {"coin": "USDT", "network": "ERC20", "netWork": "ETH", "depositEnable": self.closed.is_none(),
                 "withdrawEnable": self.closed.is_none(), "minConfirm": "0", "depositDesc": self.closed, "contract": USDT},
            ]}, {"coin": "ETH", "name": "Ether", "networkList": [
                {"coin": "ETH", "network": "ERC20", "netWork": "ETH", "depositEnable": true, "withdrawEnable": false,
                 "minConfirm": 96, "depositPreConfirms": 12, "withdrawTips": "Upgrade", "contract": ""},
            ]}]),
            "/api/v3/capital/deposit/address" => json!([
                {"coin": "USDT", "network": "Ethereum(ERC20)", "netWork": "ETH", "address": ADDRESS, "memo": null},
            ]),
            _ => return refusal(404, 400),
        };
        answer(&body)
    }
}

#[test]
fn every_status_of_a_mexc_deposit_keeps_its_code() {
    let table = [
        (1, "below_minimum", ""),
        (2, "confirming", ""),
        (3, "held", "manual"),
        (4, "confirming", ""),
        (5, "credited", ""),
        (6, "held", "risk"),
        (7, "rejected", ""),
        (8, "refunding", ""),
        (9, "credited_locked", ""),
        (10, "wrong_deposit", ""),
        (11, "held", "risk"),
        (12, "refunded", ""),
        (13, "unknown:13", ""),
    ];
    for (code, status, reason) in table {
        // A number where the documentation has one, a text where the exchange sends one.
        for row in [deposit(code), but(&deposit(code), "status", json!(code))] {
            let own = only(&with(row).deposits(TXID));
            let told = (own.status.to_string(), own.reason.unwrap_or_default());
            assert_eq!((told.0.as_str(), told.1.as_str()), (status, reason), "{code}");
            assert!(own.raw_status.unwrap().starts_with(&code.to_string()));
        }
    }
    let own = only(&with(deposit(4)).deposits(TXID));
    assert_eq!((own.asset.as_str(), own.network.as_str(), own.confirmations), ("USDT", "ethereum", Some(41)));
    assert_eq!((own.txid.as_str(), own.id), (TXID, format!("{TXID}:0")));
    // Older rows have the identifier with its number alone.
    let mut older = deposit(5);
    older.as_object_mut().unwrap().remove("transHash");
    older.as_object_mut().unwrap().remove("netWork");
    assert_eq!(only(&with(older).deposits(TXID)).network, "ethereum");
}

#[test]
fn every_status_of_a_mexc_withdrawal_keeps_its_code() {
    let words = [
        (1, "requested"),
        (2, "in_review"),
        (3, "processing"),
        (4, "processing"),
        (5, "broadcast"),
        (6, "broadcast"),
        (7, "completed"),
        (8, "failed"),
        (9, "cancelled"),
        (10, "in_review"),
        (11, "unknown:11"),
    ];
    for (code, status) in words {
        let exchange = Mexc { withdrawals: vec![withdrawal(code)], ..Mexc::default() }.start();
        let own = only(&exchange.withdrawals(TXID));
        assert_eq!(own.status.to_string(), status);
        assert_eq!(
            (own.amount.to_string(), own.fee.to_string()),
            ("500".into(), "1".into()),
            "what is written has both"
        );
        assert_eq!(exchange.withdrawal(&own.id).yes(), Some(&own));
    }
    let inside = but(&withdrawal(7), "transferType", json!(1));
    let inside = only(&Mexc { withdrawals: vec![inside], ..Mexc::default() }.start().withdrawals(TXID));
    assert_eq!(inside.status.to_string(), "internal");
}

#[test]
fn ninety_days_are_walked_in_weeks_and_older_absence_proves_nothing() {
    let none = Mexc::default().start();
    assert!(none.deposits(TXID).is_no());
    assert_eq!(none.asked().len(), 13);
    assert_eq!(gap(none.deposits_with(TXID, &Hints { at: None, ..hints() })).why, GapWhy::LacksHistory);
    let at = Some(now() - jiff::SignedDuration::from_hours(100 * 24));
    let open = gap(none.deposits_with(TXID, &Hints { at, ..hints() }));
    assert!(open.why == GapWhy::LacksHistory && open.detail.contains("older"), "{open:?}");
    let at = Some(now() - jiff::SignedDuration::from_hours(60 * 24));
    let aimed = with(but(&deposit(5), "insertTime", json!(LATELY - 60 * DAY)));
    only(&aimed.deposits_with(TXID, &Hints { at, ..hints() }));
    assert_eq!(aimed.asked().len(), 1);
}

#[test]
fn a_full_week_is_asked_for_in_halves() {
    let other = but(&but(&deposit(5), "txId", json!(format!("{OTHER_TXID}:0"))), "transHash", json!(OTHER_TXID));
    let mut rows: Vec<Value> =
        (0..1200).map(|n| but(&other, "insertTime", json!(LATELY - n * (6 * DAY / 1200)))).collect();
    rows.push(but(&deposit(5), "insertTime", json!(LATELY - 6 * DAY)));
    let exchange = Mexc { deposits: rows, ..Mexc::default() }.start();
    only(&exchange.deposits(TXID));
    // More in one instant than one answer holds.
    let flood = Mexc { deposits: vec![other; 1000], ..Mexc::default() }.start();
    assert_eq!(gap(flood.deposits(TXID)).why, GapWhy::TooLarge);
}

#[test]
fn every_refusal_of_mexc_says_what_to_do() {
    let table = [
        (400, 700_002, GapWhy::Unauthorised, "secret and key"),
        (400, 602, GapWhy::Unauthorised, "secret and key"),
        (400, 700_006, GapWhy::Unauthorised, "address is not on the key's list"),
        (400, 10072, GapWhy::Unauthorised, "key is not valid"),
        (400, 402, GapWhy::Unauthorised, "has expired"),
        (403, 700_007, GapWhy::Unauthorised, "SPOT_WITHDRAW_READ"),
        (510, 510, GapWhy::RateLimited, "ten minutes"),
        (200, 60005, GapWhy::Unauthorised, "restricted"),
        (503, 503, GapWhy::ServerError, "maintenance"),
        (400, 4242, GapWhy::ServerError, "4242: as documented"),
    ];
    for (status, code, why, words) in table {
        let open = gap(Mexc { refuses: Some((status, code)), ..Mexc::default() }.start().deposits(TXID));
        assert!(open.why == why && open.detail.contains(words), "{code}: {open:?}");
    }
    for (ahead, words) in [(75, "75 s ahead of"), (-40, "40 s behind")] {
        let open = Mexc::default().start().refused_clock(ahead, TXID);
        assert!(open.why == GapWhy::Unauthorised && open.detail.contains(words), "{open:?}");
    }
}

#[test]
fn mexc_tells_its_list_and_its_present_addresses_and_not_what_the_key_may_do() {
    let exchange = Mexc::default().start();
    let policy = exchange.policy("ethereum").yes().unwrap().clone();
    let listed = policy.listed("USDT").unwrap();
    assert_eq!((listed.contract.as_deref(), &listed.min_deposit), (Some(USDT), &None));
    assert!(listed.required_confirmations.is_none(), "nought is no number of confirmations");
    let coin = policy.listed("ETH").unwrap();
    let told = [&coin.required_confirmations, &coin.unlock_confirmations].map(|told| json!(told));
    assert_eq!((told, coin.reason.as_deref()), ([json!(12), json!(96)], Some("withdrawals: Upgrade")));
    assert_eq!(exchange.addresses("ethereum").yes().unwrap()[0].address, ADDRESS);
    assert!(exchange.addresses("tron").is_no());
    let source = exchange.source();
    assert!(source["state"] == "answers" && source["detail"].as_str().unwrap().contains("SPOT_WITHDRAW_READ"));
}

#[test]
fn a_check_with_mexc_tells_what_became_of_the_transfer() {
    let table = [
        (deposit(5), "credited", "complete", "5 SUCCESS"),
        (deposit(6), "held", "platform-action", "6 AUDITING"),
        (deposit(1), "below-minimum", "customer-action", "1 SMALL"),
        (deposit(8), "refund-in-progress", "waiting", "8 REFUND"),
        (deposit(12), "refunded", "complete", "12 COMPLETED (returned)"),
        (deposit(13), "unknown-ledger-status", "inconclusive", "13"),
    ];
    for (row, code, verdict, raw) in table {
        let document = with(row).check(&[TXID]);
        assert_eq!(decisive(&document), (code, verdict), "{document}");
        assert!(document["ledger"].to_string().contains(raw), "{raw}: {}", document["ledger"]);
    }
    let sent = Mexc { withdrawals: vec![withdrawal(7)], ..Mexc::default() }.start();
    assert_eq!(decisive(&sent.check(&["demo0000000000000000000000000002"])).0, "withdrawal-delivered");
}

#[test]
fn a_recording_of_mexc_holds_no_secret() {
    with(deposit(4)).keeps_no_secret(TXID);
}
