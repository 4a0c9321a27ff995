//! Records of an account by asset and time: every connector that lists them, and what a claim without an identifier makes
//! of the list.

use serde_json::{Value, json};
use txsleuth::evidence::Deposit;
use txsleuth::sources::ledger::KINDS;
use txsleuth::terms::{GapWhy, Seen};

use crate::binance::{self, Binance, binance};
use crate::bithumb::{self, Bithumb, bithumb};
use crate::exchanges::{DAY, Exchange, LATELY, answer, code_of, decisive, finding, gap, parameter};
use crate::mexc::{self, Mexc};
use crate::okx::{self, Okx, okx};
use crate::stub::{ADDRESS, OTHER_TXID, TXID};

fn but(row: &Value, changes: &[(&str, Value)]) -> Value {
    let mut row = row.clone();
    for (name, value) in changes {
        row[*name] = value.clone();
    }
    row
}

fn ids(seen: &Seen<Vec<Deposit>>) -> Vec<&str> {
    seen.yes().unwrap_or_else(|| panic!("{seen:?}")).iter().map(|deposit| deposit.id.as_str()).collect()
}

#[test]
fn okx_lists_an_assets_records_between_two_times() {
    let at = |n: i64, days: i64, ccy: &str| {
        let ts = (LATELY - days * DAY).to_string();
        but(&okx::deposit("2"), &[("depId", json!(n.to_string())), ("ts", json!(ts)), ("ccy", json!(ccy))])
    };
    let mut rows = vec![at(1, 1, "USDT"), at(2, 3, "USDT"), at(3, 3, "ETH"), at(4, 9, "USDT")];
    rows.extend((0..150).map(|n| at(1000 + n, 2, "BTC")));
    let order = but(&okx::withdrawal("2", TXID), &[("ts", json!((LATELY - 3 * DAY).to_string()))]);
    let exchange = Okx { deposits: rows, withdrawals: vec![order], ..okx() }.start();
    assert_eq!(ids(&exchange.deposits_in("usdt", 5, 2)), ["2"]);
    assert_eq!(ids(&exchange.deposits_in("USDT", 8, 0)), ["1", "2"]);
    assert!(exchange.deposits_in("USDT", 8, 5).is_no());
    assert_eq!(exchange.withdrawals_in("USDT", 5, 0).yes().unwrap()[0].id, "700000001");
    assert!(exchange.asked().iter().all(|path| path.contains("ccy=USDT")));
    // The list ends with later rows than were asked for, and nobody knows whether there were others.
    assert_eq!(gap(exchange.deposits_in("USDT", 90, 0)).why, GapWhy::LacksHistory);
    let flood = Okx { deposits: (0..2500).map(|n| at(n, 1, "USDT")).collect(), ..okx() }.start();
    assert_eq!(gap(flood.deposits_in("USDT", 5, 0)).why, GapWhy::TooLarge);
}

#[test]
fn binance_and_mexc_list_stretch_by_stretch() {
    let old = |row: Value, days: i64| but(&row, &[("insertTime", json!(LATELY - days * DAY))]);
    let other = but(&binance::deposit(1), &[("coin", json!("ETH")), ("id", json!("8"))]);
    let rows = vec![old(binance::deposit(1), 100), other];
    let order = binance::withdrawal(6, TXID);
    let exchange = Binance { deposits: rows, withdrawals: vec![order], ..binance() }.start();
    assert_eq!(ids(&exchange.deposits_in("USDT", 200, 0)), ["800000000000000001"]);
    assert_eq!(exchange.asked().len(), 3, "200 days in stretches of 89");
    assert!(exchange.deposits_in("USDT", 90, 0).is_no());
    assert_eq!(exchange.withdrawals_in("USDT", 5, 0).yes().map(Vec::len), Some(1));
    assert_eq!(gap(exchange.deposits_in("USDT", 2000, 0)).why, GapWhy::LacksHistory);
    let sats = but(&binance::deposit(1), &[("coin", json!("1000SATS"))]);
    let sats = Binance { deposits: vec![sats], ..binance() }.start();
    assert_eq!(ids(&sats.deposits_in("SATS", 5, 0)), ["800000000000000001"]);

    let early = but(&mexc::deposit(5), &[("insertTime", json!((LATELY - 20 * DAY).to_string()))]);
    let coin = but(&mexc::deposit(5), &[("coin", json!("ETH")), ("txId", json!(format!("{OTHER_TXID}:0")))]);
    let exchange =
        Mexc { deposits: vec![early, coin], withdrawals: vec![mexc::withdrawal(7)], ..Mexc::default() }.start();
    assert_eq!(ids(&exchange.deposits_in("USDT", 30, 0)), [format!("{TXID}:0")]);
    assert_eq!(exchange.asked().len(), 5, "30 days in weeks");
    assert!(exchange.deposits_in("USDT", 10, 0).is_no());
    assert_eq!(exchange.withdrawals_in("USDT", 5, 0).yes().map(Vec::len), Some(1));
    assert_eq!(gap(exchange.deposits_in("USDT", 120, 0)).why, GapWhy::LacksHistory);
}

#[test]
fn bithumb_lists_page_by_page() {
    let at = |n: usize, day: &str, txid: &str| {
        but(
            &bithumb::row("deposit", &n.to_string(), json!(txid), "DEPOSIT_ACCEPTED"),
            &[("created_at", json!(format!("{day}T20:30:05+09:00")))],
        )
    };
    let rows = (1..=130).map(|n| at(n, "2026-01-31", "20240709163030.72335"));
    let rows: Vec<Value> = rows.chain([at(200, "2026-01-28", TXID), at(201, "2026-01-02", TXID)]).collect();
    let exchange = Bithumb { deposits: rows, ..bithumb() }.start();
    assert_eq!(exchange.deposits_in("USDT", 5, 0).yes().map(Vec::len), Some(131));
    assert_eq!(ids(&exchange.deposits_in("USDT", 5, 1)), ["200"]);
    assert!(exchange.deposits_in("ETH", 5, 0).is_no());
    assert!(exchange.withdrawals_in("USDT", 5, 0).is_no());
    let endless = Bithumb { deposits: (0..2100).map(|n| at(n, "2026-01-31", TXID)).collect(), ..bithumb() }.start();
    assert_eq!(gap(endless.deposits_in("USDT", 5, 0)).why, GapWhy::TooLarge);
}

/// A deposit as the contract has it.
fn record(id: &str, account: &str, day: &str) -> Value {
    json!({
        "id": id, "account": account, "asset": "USDT", "network": "ethereum", "txid": TXID, "address": ADDRESS,
        "amount": "500", "status": "held", "reason": "manual", "detected_at": format!("{day}T10:00:00Z"),
    })
}

#[test]
fn a_ledger_of_the_contract_lists_by_account_asset_and_time() {
    let exchange = Exchange::start("http", |request| {
        let page = match (request.url.path(), parameter(request, "cursor").as_deref()) {
            ("/v1/deposits", None) => json!({"items": [record("D-1", "own", "2026-01-30")], "next": "2"}),
            ("/v1/deposits", Some("2")) => json!({"items": [record("D-2", "own", "2025-06-01")], "next": null}),
            _ => json!({"items": [], "next": null}),
        };
        answer(&page)
    });
    assert_eq!(ids(&exchange.deposits_in("USDT", 5, 0)), ["D-1"], "the other is of another time");
    let asked = exchange.asked().remove(0);
    for part in ["/v1/deposits?", "account=own", "asset=USDT", "since=2026-01-26T12:00:00Z", "until=2026-01-31T12:00"] {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    assert!(exchange.withdrawals_in("USDT", 5, 0).is_no());
    // A ledger that does not know the filter lists everybody's.
    let deaf =
        Exchange::start("http", |_| answer(&json!({"items": [record("D-1", "another", "2026-01-30")], "next": null})));
    assert_eq!(gap(deaf.deposits_in("USDT", 5, 0)).why, GapWhy::Mismatch);
}

const CLAIM: &[&str] = &["--asset", "USDT", "--amount", "500", "--kind", "deposit"];

fn held(id: &str, txid: &str, state: &str, amount: &str) -> Value {
    but(&okx::deposit(state), &[("depId", json!(id)), ("txId", json!(txid)), ("amt", json!(amount))])
}

fn check(deposits: Vec<Value>, args: &[&str]) -> Value {
    Okx { deposits, ..okx() }.start().check(args)
}

#[test]
fn the_one_record_that_fits_is_the_case() {
    let document = check(vec![held("1", TXID, "11", "500"), held("2", OTHER_TXID, "11", "80")], CLAIM);
    assert_eq!(decisive(&document), ("held", "platform-action"), "{document}");
    assert_eq!(document["ledger"]["deposits"][0]["id"], "1");
    assert!(document["transactions"].to_string().contains(TXID), "its transaction was looked at");
    // Of the two that fit, one is credited: nobody misses that.
    let document = check(vec![held("1", TXID, "11", "500"), held("2", OTHER_TXID, "2", "500")], CLAIM);
    assert_eq!(decisive(&document).0, "held", "{document}");
    let order = Okx { withdrawals: vec![okx::withdrawal("-2", "")], ..okx() }.start();
    let document = order.check(&["--asset", "USDT", "--amount", "500", "--kind", "withdrawal"]);
    assert_eq!(decisive(&document).0, "withdrawal-cancelled", "{document}");
}

#[test]
fn several_records_that_fit_are_candidates() {
    let document = check(vec![held("1", TXID, "11", "500"), held("2", OTHER_TXID, "14", "500")], CLAIM);
    assert_eq!(decisive(&document).0, "several-candidates", "{document}");
    let told = &finding(&document, "several-candidates").unwrap()["facts"];
    let named = told["candidates"].as_str().unwrap();
    assert!(named.contains(TXID) && named.contains(OTHER_TXID) && told["count"] == 2, "{told}");
}

#[test]
fn a_list_without_a_record_that_fits_is_told_as_searched() {
    let sent = ["--asset", "USDT", "--amount", "77", "--kind", "withdrawal"];
    let document = check(Vec::new(), &sent);
    let told = &finding(&document, "no-txid-given").unwrap_or_else(|| panic!("{document}"))["facts"];
    assert!(told["searched"] == "part" && told["since"] != "", "{told}");
    // What could not be listed proves nothing, and is told as a gap.
    let refused = Okx { refuses: Some((503, "50001")), ..okx() }.start().check(&sent);
    assert!(refused["gaps"].to_string().contains("the account's withdrawals of USDT"), "{}", refused["gaps"]);
    // A credited deposit is not the one that is missed, where nobody says when that was.
    let document = check(vec![held("1", OTHER_TXID, "2", "500")], CLAIM);
    assert_ne!(code_of(&document), "credited", "{document}");
}

#[test]
fn exchanges_are_asked_no_faster_than_they_take() {
    let pace = |name: &str| KINDS.iter().find(|kind| kind.name == name).unwrap().requests_per_second;
    assert_eq!([pace("okx"), pace("bithumb"), pace("binance"), pace("http")], [Some(6), Some(10), Some(10), None]);
    let slow = |name: &str| KINDS.iter().find(|kind| kind.name == name).unwrap().slow;
    assert!(slow("okx").iter().any(|slow| slow.path.ends_with("deposit-withdraw-status") && slow.at_once == 1));
    assert!(slow("binance").iter().any(|slow| slow.path.ends_with("capital/withdraw/history") && slow.at_once == 10));
}
