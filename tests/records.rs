//! Records of an account by asset and time: every connector that lists them, and what a claim without an identifier makes
//! of the list.

use jiff::SignedDuration;
use serde_json::{Value, json};
use txsleuth::evidence::{Deposit, DepositStatus, Span, Withdrawal, WithdrawalStatus};
use txsleuth::inquiry::{Record, meant_record, wants_records};
use txsleuth::sources::ledger::{Hints, KINDS};
use txsleuth::terms::{By, Direction, Gap, GapWhy, Said, Seen};

use crate::binance::{self, Binance, binance};
use crate::bithumb::{self, Bithumb, bithumb};
use crate::evidence::{MINE, OUTSIDE, World, ago, coins, deposit, withdrawal};
use crate::exchanges::{DAY, Exchange, LATELY, answer, code_of, decisive, finding, gap, parameter};
use crate::mexc::{self, Mexc};
use crate::okx::{self, Okx, okx};
use crate::stub::{ADDRESS, OTHER_TXID, TXID, now};

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
fn thirty_days_back_are_looked_through_at_any_fraction_of_a_second() {
    let now = now() + SignedDuration::from_millis(789);
    let since = jiff::Timestamp::from_second(now.as_second() - 30 * 86_400).unwrap();
    let span = Span { account: "own".into(), asset: Some("USDT".into()), since, until: now };
    let hints = Hints { assets: vec!["USDT".to_owned()], at: None, now };
    let listed = okx().start().ask(0, async |kind, line| kind.ledger.deposits_in(line, &span, &hints).await);
    assert!(listed.is_no(), "{listed:?}");
}

#[test]
fn a_listing_of_many_coins_in_one_is_of_both_names_or_unknown() {
    let sats = || but(&binance::deposit(1), &[("coin", json!("1000SATS"))]);
    let known = Binance { deposits: vec![sats()], ..binance() }.start();
    assert_eq!(ids(&known.deposits_in("1000SATS", 5, 0)).len(), 1);
    assert_eq!(ids(&known.deposits_in("SATS", 5, 0)).len(), 1);
    assert!(known.deposits_in("USDT", 5, 0).is_no());
    let order = but(&binance::withdrawal(4, ""), &[("coin", json!("1000SATS"))]);
    let fails = Some(("/sapi/v1/capital/config", 500, -1000));
    let untold = Binance { deposits: vec![sats()], withdrawals: vec![order], fails, ..binance() }.start();
    assert_eq!(gap(untold.deposits_in("SATS", 5, 0)).why, GapWhy::ServerError);
    assert_eq!(gap(untold.withdrawals_in("SATS", 5, 0)).why, GapWhy::ServerError);
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
    let sent = ["--asset", "USDT", "--amount", "500", "--kind", "withdrawal", "--at", "2026-01-31T11:00:00Z"];
    let document = order.check(&sent);
    assert_eq!(decisive(&document).0, "withdrawal-cancelled", "{document}");
    // It may be any other where nobody says when that was.
    assert_ne!(code_of(&order.check(&sent[..6])), "withdrawal-cancelled");
}

#[test]
fn a_record_that_was_taken_from_the_list_is_told() {
    let document = check(vec![held("1", TXID, "11", "500"), held("2", OTHER_TXID, "2", "500")], CLAIM);
    let told = &finding(&document, "found-by-address").unwrap_or_else(|| panic!("{document}"))["facts"];
    assert_eq!((&told["list"], &told["aside"], &told["txid"]), (&json!("ledger"), &json!(1), &json!(TXID)));
    // As if its id had been given: with the stage that lists do not have.
    let stage = json!([{"wdId": "", "txId": TXID, "state": "Deposit complete: on the way", "estCompleteTime": ""}]);
    let staged = Okx { deposits: vec![held("1", TXID, "11", "500")], stage, ..okx() }.start().check(CLAIM);
    let raw = staged["ledger"]["deposits"][0]["raw_status"].as_str().unwrap_or_else(|| panic!("{staged}"));
    assert!(raw.contains("on the way"), "{raw}");
}

#[test]
fn which_direction_it_is_a_list_does_not_say() {
    let unsaid = ["--asset", "USDT", "--amount", "500"];
    let deposit = || vec![held("1", TXID, "11", "500")];
    let one = Okx { deposits: deposit(), ..okx() }.start();
    let document = one.check(&unsaid);
    assert_eq!(decisive(&document).0, "held", "{document}");
    assert!(document["claim"]["kind"].is_null(), "{}", document["claim"]);
    assert!(one.asked().iter().any(|path| path.contains("withdrawal-history?limit=100&ccy=USDT")), "both were listed");
    let order = okx::withdrawal("4", "");
    let document = Okx { deposits: deposit(), withdrawals: vec![order], ..okx() }.start().check(&unsaid);
    assert_eq!(decisive(&document).0, "several-candidates", "{document}");
    let told = finding(&document, "several-candidates").unwrap()["facts"]["candidates"].as_str().unwrap();
    assert!(told.contains(TXID) && told.contains("700000001 (500 USDT"), "{told}");
}

/// What is taken from lists by a claim of 500 USDT whose kind and address are changed.
fn taken(world: &World) -> Option<(String, u64)> {
    let (record, aside) = meant_record(&world.claim, &world.evidence, &world.policy.networks)?;
    let id = match record {
        Record::Deposit(deposit, _) => deposit.id,
        Record::Withdrawal(order, _) => order.id,
    };
    Some((id, aside))
}

fn said(kind: Option<Direction>, by: By) -> World {
    let kind = kind.map(|kind| Said::new(kind, by));
    World::new().unidentified().claim(|claim| (claim.kind, claim.address) = (kind, None))
}

fn open() -> Deposit {
    Deposit { status: DepositStatus::Held, ..deposit() }
}

fn order(status: WithdrawalStatus) -> Withdrawal {
    Withdrawal { status, ..withdrawal() }
}

fn first<T: PartialEq>(taken: Option<(T, u64)>) -> Option<T> {
    taken.map(|(id, _)| id)
}

#[test]
fn a_customers_withdrawal_may_be_another_platforms() {
    use WithdrawalStatus::InReview;
    let sent = |by: By| said(Some(Direction::Withdrawal), by);
    for by in [By::Flag, By::TicketField] {
        let world = sent(by);
        assert!(!wants_records(&world.claim, Direction::Deposit) && wants_records(&world.claim, Direction::Withdrawal));
        let two = vec![order(InReview), order(WithdrawalStatus::Completed)];
        assert_eq!(taken(&world.lists_withdrawals(two)), Some(("w-1".into(), 1)));
    }
    let both = |deposits: Vec<Deposit>, orders: Vec<Withdrawal>| {
        let world = sent(By::TicketText);
        assert!(wants_records(&world.claim, Direction::Deposit) && wants_records(&world.claim, Direction::Withdrawal));
        world.lists_deposits(deposits).lists_withdrawals(orders)
    };
    assert_eq!(first(taken(&both(Vec::new(), vec![order(InReview)]))), Some("w-1".into()));
    assert_eq!(first(taken(&both(vec![open()], Vec::new()))), Some("d-1".into()));
    assert_eq!(taken(&both(vec![open()], vec![order(InReview)])), None);
    assert_eq!(taken(&both(vec![open()], vec![order(WithdrawalStatus::Completed)])), None);
    // A deposit that is missed here is no withdrawal from here, unless it is to the very address.
    let deposit = || said(Some(Direction::Deposit), By::TicketText).lists_withdrawals(vec![order(InReview)]);
    assert_eq!(taken(&deposit().lists_deposits(Vec::new())), None);
    // A list that did not come may hold another.
    let silent = both(vec![open()], Vec::new()).ledger(|ledger| {
        let gap = Gap::new("ledger", "the account's withdrawals", GapWhy::Timeout);
        ledger.listed_withdrawals.iter_mut().for_each(|(_, seen)| *seen = Seen::Unknown(gap.clone()));
    });
    assert_eq!(taken(&silent), None);
}

#[test]
fn a_finished_withdrawal_is_meant_only_where_the_time_is_told() {
    use WithdrawalStatus::{Cancelled, Completed, Internal, Rejected};
    for status in [Completed, Internal, Cancelled, Rejected] {
        let world = || said(Some(Direction::Withdrawal), By::Flag).lists_withdrawals(vec![order(status.clone())]);
        assert_eq!(taken(&world()), None, "{status}");
        let told = world().claim(|claim| claim.at = Some(Said::new(ago(3600), By::Flag)));
        assert_eq!(first(taken(&told)), Some("w-1".into()), "{status}");
    }
}

#[test]
fn what_speaks_against_a_record_keeps_it_from_being_taken() {
    let review = || order(WithdrawalStatus::InReview);
    let sent = || said(Some(Direction::Withdrawal), By::Flag).lists_withdrawals(vec![review()]);
    // What was taken from the account is told as often as what was to arrive.
    for (amount, fits) in [("500", true), ("501", true), ("499", false)] {
        let world = sent().claim(|claim| claim.amount = Some(Said::new(coins(amount), By::Flag)));
        assert_eq!(taken(&world).is_some(), fits, "{amount}");
    }
    for (address, fits) in [(OUTSIDE, true), (MINE, false)] {
        let world = sent().claim(|claim| claim.address = Some(Said::new(address.to_owned(), By::TicketText)));
        assert_eq!(taken(&world).is_some(), fits, "{address}");
    }
    // Names that no configuration knows are compared as they are.
    let table = [
        ("ethereum", "ethereum", true),
        ("ethereum", "erc20", true),
        ("ethereum", "KLAY", false),
        ("KLAY", "ethereum", false),
        ("klay", "KLAY", true),
        ("ethereum", "", true),
    ];
    for (claimed, own, fits) in table {
        let world = sent().claim(|claim| claim.network = Some(Said::new(claimed.to_owned(), By::Flag)));
        let world = world.lists_withdrawals(vec![Withdrawal { network: own.to_owned(), ..review() }]);
        assert_eq!(taken(&world).is_some(), fits, "{claimed} and {own}");
    }
}

#[test]
fn several_records_that_fit_are_candidates() {
    let document = check(vec![held("1", TXID, "11", "500"), held("2", OTHER_TXID, "14", "500")], CLAIM);
    assert_eq!(decisive(&document).0, "several-candidates", "{document}");
    let told = &finding(&document, "several-candidates").unwrap()["facts"];
    let named = told["candidates"].as_str().unwrap();
    assert!(named.contains(TXID) && named.contains(OTHER_TXID) && told["count"] == 2, "{told}");
    // One exchange puts an index behind its identifiers.
    let indexed =
        |txid: &str| but(&mexc::deposit(4), &[("txId", json!(format!("{txid}:0"))), ("transHash", json!(null))]);
    let document = Mexc { deposits: vec![indexed(TXID), indexed(OTHER_TXID)], ..Mexc::default() }.start().check(CLAIM);
    let told = finding(&document, "several-candidates").unwrap_or_else(|| panic!("{document}"));
    let named = told["facts"]["candidates"].as_str().unwrap();
    assert!(named.contains(TXID) && named.contains(OTHER_TXID) && !named.contains(":0 ("), "{told}");
    assert!(!told["detail"].as_str().unwrap().contains("address"), "{told}");
}

#[test]
fn a_list_without_a_record_that_fits_is_told_as_searched() {
    let sent = ["--asset", "USDT", "--amount", "77", "--kind", "withdrawal"];
    let document = check(Vec::new(), &sent);
    let told = &finding(&document, "no-txid-given").unwrap_or_else(|| panic!("{document}"))["facts"];
    assert!(told["searched"] == "part" && told["since"] != "", "{told}");
    let detail = finding(&document, "no-txid-given").unwrap()["detail"].as_str().unwrap();
    assert!(!detail.contains("address"), "the ledger's list was searched: {detail}");
    // What could not be listed proves nothing, and is told as a gap.
    let (refused, code) = Okx { refuses: Some((503, "50001")), ..okx() }.start().checked(&sent);
    assert_eq!(code, 3, "nobody answered: {refused}");
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
