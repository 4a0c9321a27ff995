//! What a check tells of every state at every exchange, end to end: verdict, decisive code, and the exchange's own code in
//! the document. Where an exchange has no such state, its table says so.

use serde_json::{Value, json};

use crate::binance::{self, Binance, binance};
use crate::bithumb::{self, Bithumb, bithumb};
use crate::exchanges::{Exchange, decisive};
use crate::mexc::{self, Mexc};
use crate::okx::{self, Okx, okx};
use crate::stub::{ADDRESS, TXID};

/// An exchange in a state, the decisive code, the verdict, and the exchange's own words.
type Case = (Exchange, &'static str, &'static str, &'static str);

/// Every case of a table, so that one run shows all that differ.
#[track_caller]
fn told(args: &[&str], table: Vec<Case>) {
    let wrong = table.into_iter().filter_map(|(exchange, code, verdict, raw)| {
        let document = exchange.check(args);
        let as_said = raw.is_empty() || document["ledger"].to_string().contains(&format!("\"raw_status\":\"{raw}"));
        let right = decisive(&document) == (code, verdict) && as_said;
        (!right).then(|| {
            let (own, gaps) = (&document["ledger"], &document["gaps"]);
            format!(
                "{raw:?} {code} {verdict}: {:?}\n  {} {}\n  {gaps}",
                decisive(&document),
                own["deposits"],
                own["withdrawals"]
            )
        })
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn of_okx(state: &str) -> Exchange {
    Okx { deposits: vec![okx::deposit(state)], ..okx() }.start()
}

/// OKX has no state for rejected, returned, below the minimum and wrong deposits: such a deposit has no row, and its list
/// of assets tells the minimum.
#[test]
fn deposits_at_okx() {
    let table = vec![
        (of_okx("2"), "credited", "complete", "2 deposit successful"),
        (of_okx("1"), "unlock-pending", "waiting", "1 deposit credited"),
        (of_okx("0"), "ledger-confirming", "waiting", "0 waiting for confirmation"),
        (of_okx("11"), "held", "platform-action", "11 match the address blacklist"),
        (of_okx("12"), "held", "platform-action", "12 account or deposit is frozen"),
        (of_okx("13"), "held", "platform-action", "13 sub-account deposit interception"),
        (of_okx("14"), "held", "customer-action", "14 KYC limit"),
        (of_okx("17"), "held", "customer-action", "17 pending response from Travel Rule vendor"),
        (of_okx("8"), "deposits-suspended", "platform-action", "8 pending due to temporary deposit suspension"),
        (of_okx("99"), "unknown-ledger-status", "inconclusive", "99"),
        // Nothing tells how far the exchange has read the chain: only time tells whether the row is still to come.
        (okx().start(), "deposit-unrecorded", "waiting", ""),
        (with_currency("minDep", json!("501")).start(), "below-minimum", "customer-action", ""),
        (closed().start(), "deposits-suspended", "platform-action", ""),
    ];
    told(&[TXID], table);
    let document = closed().start().check(&[TXID]);
    assert_eq!(document["findings"][0]["facts"]["until"], "2026-02-01T00:00:00Z", "{document}");
}

fn with_currency(name: &str, value: Value) -> Okx {
    let mut exchange = okx();
    exchange.currency[name] = value;
    exchange
}

/// USDT is closed, and is said to open on the first of February.
fn closed() -> Okx {
    let mut exchange = with_currency("canDep", json!(false));
    exchange.currency["depEstOpenTime"] = json!("1769904000000");
    exchange
}

#[test]
fn withdrawals_at_okx() {
    let of = |state: &str, txid: &str| Okx { withdrawals: vec![okx::withdrawal(state, txid)], ..okx() }.start();
    let table = vec![
        (of("0", ""), "withdrawal-queued", "waiting", "0 waiting withdrawal"),
        (of("10", ""), "withdrawal-queued", "waiting", "10 waiting transfer"),
        (of("3", ""), "withdrawal-awaiting-customer", "customer-action", "3 awaiting email verification"),
        (of("17", ""), "withdrawal-in-review", "waiting", "17 pending response from Travel Rule vendor"),
        (of("4", ""), "withdrawal-in-review", "waiting", "4 waiting manual review"),
        (of("5", ""), "withdrawal-in-review", "waiting", "5 waiting manual review"),
        (of("6", ""), "withdrawal-in-review", "waiting", "6 waiting manual review"),
        (of("8", ""), "withdrawal-in-review", "waiting", "8 waiting manual review"),
        (of("9", ""), "withdrawal-in-review", "waiting", "9 waiting manual review"),
        (of("12", ""), "withdrawal-in-review", "waiting", "12 waiting manual review"),
        (of("15", TXID), "withdrawal-done-not-marked", "platform-action", "15 pending transaction validation"),
        (
            Okx { withdrawals: vec![okx::withdrawal("0", "")], ..with_currency("canWd", json!(false)) }.start(),
            "withdrawals-suspended",
            "platform-action",
            "0 waiting withdrawal",
        ),
        (of("7", ""), "withdrawal-queued", "waiting", "7 approved"),
        (of("19", ""), "withdrawal-queued", "waiting", "19 insufficient balance in the hot wallet"),
        (of("16", ""), "withdrawal-queued", "waiting", "16 can take up to 24 h because of local law"),
        (of("-3", ""), "withdrawal-queued", "waiting", "-3 canceling"),
        (of("1", TXID), "withdrawal-done-not-marked", "platform-action", "1 broadcasting to chain"),
        (of("2", TXID), "withdrawal-delivered", "complete", "2 success"),
        (of("2", ""), "withdrawal-internal", "complete", "2 success"),
        (of("-2", ""), "withdrawal-cancelled", "complete", "-2 canceled"),
        (of("-1", ""), "withdrawal-failed", "platform-action", "-1 failed"),
        // OKX has no state for rejected ones.
        (of("99", ""), "unknown-ledger-status", "inconclusive", "99"),
        (okx().start(), "withdrawal-unknown", "inconclusive", ""),
    ];
    let last = table.len() - 1;
    let mut table = table;
    let none = table.split_off(last);
    told(&["700000001"], table);
    told(&[TXID, "--kind", "withdrawal"], none);
}

fn of_binance(row: Value) -> Exchange {
    Binance { deposits: vec![row], ..binance() }.start()
}

/// Binance has no state for returned and below-minimum deposits: the latter have no row.
#[test]
fn deposits_at_binance() {
    let travel = |row: Value| binance::but(&row, "travelRuleStatus", json!(1));
    let closed = || {
        let mut closed = binance();
        closed.network["depositEnable"] = json!(false);
        closed.network["depositDesc"] = json!("Wallet Maintenance");
        closed
    };
    let waits = binance::but(&binance::deposit(0), "confirmTimes", json!("15/15"));
    let mut small = binance();
    small.network["depositDust"] = json!("501");
    let table = vec![
        (of_binance(binance::deposit(1)), "credited", "complete", "1 success"),
        (of_binance(binance::deposit(6)), "unlock-pending", "waiting", "6 credited but cannot withdraw"),
        (of_binance(binance::deposit(0)), "ledger-confirming", "waiting", "0 pending"),
        (of_binance(travel(binance::deposit(0))), "held", "customer-action", "0 pending; travelRuleStatus 1"),
        (of_binance(binance::deposit(8)), "awaiting-customer", "customer-action", "8 waiting user confirm"),
        (Binance { deposits: vec![waits], ..closed() }.start(), "deposits-suspended", "platform-action", "0 pending"),
        (of_binance(binance::deposit(2)), "deposit-rejected", "platform-action", "2 rejected"),
        (of_binance(binance::deposit(7)), "deposit-rejected", "platform-action", "7 wrong deposit"),
        (of_binance(binance::deposit(77)), "unknown-ledger-status", "inconclusive", "77"),
        (small.start(), "below-minimum", "customer-action", ""),
        (closed().start(), "deposits-suspended", "platform-action", ""),
        // Nothing tells how far the exchange has read the chain.
        (binance().start(), "deposit-unrecorded", "waiting", ""),
    ];
    told(&[TXID], table);
    // The asset's own reason is told where the asset itself is closed.
    let document = closed().start().check(&[TXID]);
    assert_eq!(document["findings"][0]["facts"]["reason"], "Wallet Maintenance", "{document}");
}

#[test]
fn withdrawals_at_binance() {
    let of =
        |status: i64, txid: &str| Binance { withdrawals: vec![binance::withdrawal(status, txid)], ..binance() }.start();
    let inside = binance::but(&binance::withdrawal(6, "Off-chain transfer 123456789"), "transferType", json!(1));
    let table = vec![
        (of(0, ""), "withdrawal-queued", "waiting", "0 email sent"),
        (of(2, ""), "withdrawal-in-review", "waiting", "2 awaiting approval"),
        (of(4, ""), "withdrawal-queued", "waiting", "4 processing"),
        (of(4, TXID), "withdrawal-done-not-marked", "platform-action", "4 processing"),
        (of(6, TXID), "withdrawal-delivered", "complete", "6 completed"),
        (Binance { withdrawals: vec![inside], ..binance() }.start(), "withdrawal-internal", "complete", "6 completed"),
        (of(5, ""), "withdrawal-failed", "platform-action", "5 failure"),
        (of(1, ""), "withdrawal-cancelled", "complete", "1 cancelled"),
        (of(3, ""), "withdrawal-cancelled", "complete", "3 rejected"),
        (of(9, ""), "unknown-ledger-status", "inconclusive", "9"),
        (
            {
                let mut closed = Binance { withdrawals: vec![binance::withdrawal(0, "")], ..binance() };
                closed.network["withdrawEnable"] = json!(false);
                closed.start()
            },
            "withdrawals-suspended",
            "platform-action",
            "0 email sent",
        ),
        // Binance has no states for approved ones, and for those that wait for the customer but the mail of 0.
    ];
    told(&["demo0000000000000000000000000001"], table);
    told(&[TXID, "--kind", "withdrawal"], vec![(binance().start(), "withdrawal-unknown", "inconclusive", "")]);
}

fn of_mexc(status: i64) -> Exchange {
    Mexc { deposits: vec![mexc::deposit(status)], ..Mexc::default() }.start()
}

/// MEXC has no state for suspended deposits: its list of assets tells it.
#[test]
fn deposits_at_mexc() {
    let table = vec![
        (of_mexc(5), "credited", "complete", "5 SUCCESS"),
        (of_mexc(9), "unlock-pending", "waiting", "9 PRE_SUCCESS"),
        (of_mexc(2), "ledger-confirming", "waiting", "2 TIME_DELAY"),
        (of_mexc(4), "ledger-confirming", "waiting", "4 PENDING"),
        (of_mexc(3), "held", "platform-action", "3 LARGE_DELAY"),
        (of_mexc(6), "held", "platform-action", "6 AUDITING"),
        (of_mexc(11), "held", "platform-action", "11 RESTRICTED"),
        (of_mexc(7), "deposit-rejected", "platform-action", "7 REJECTED"),
        (of_mexc(8), "refund-in-progress", "waiting", "8 REFUND"),
        (of_mexc(12), "refunded", "complete", "12 COMPLETED (returned)"),
        (of_mexc(1), "below-minimum", "customer-action", "1 SMALL"),
        (of_mexc(10), "deposit-rejected", "platform-action", "10 INVALID"),
        (of_mexc(13), "unknown-ledger-status", "inconclusive", "13"),
        // Nothing tells how far the exchange has read the chain.
        (Mexc::default().start(), "deposit-unrecorded", "waiting", ""),
        (maintained().start(), "deposits-suspended", "platform-action", ""),
    ];
    told(&[TXID], table);
    let document = maintained().start().check(&[TXID]);
    assert_eq!(document["findings"][0]["facts"]["reason"], "Wallet maintenance", "{document}");
}

fn maintained() -> Mexc {
    Mexc { closed: Some("Wallet maintenance"), ..Mexc::default() }
}

#[test]
fn withdrawals_at_mexc() {
    let of = |status: i64, sent: bool| {
        let mut row = mexc::withdrawal(status);
        if !sent {
            row["transHash"] = Value::Null;
        }
        Mexc { withdrawals: vec![row], ..Mexc::default() }.start()
    };
    let table = vec![
        (of(1, false), "withdrawal-queued", "waiting", "1 APPLY"),
        (of(2, false), "withdrawal-in-review", "waiting", "2 AUDITING"),
        (of(10, false), "withdrawal-in-review", "waiting", "10 MANUAL"),
        (of(3, false), "withdrawal-queued", "waiting", "3 WAIT"),
        (of(4, false), "withdrawal-queued", "waiting", "4 PROCESSING"),
        (of(5, true), "withdrawal-done-not-marked", "platform-action", "5 WAIT_PACKAGING"),
        (of(6, true), "withdrawal-done-not-marked", "platform-action", "6 WAIT_CONFIRM"),
        (of(7, true), "withdrawal-delivered", "complete", "7 SUCCESS"),
        (of(8, false), "withdrawal-failed", "platform-action", "8 FAILED"),
        (of(9, false), "withdrawal-cancelled", "complete", "9 CANCEL"),
        (
            {
                let mut row = mexc::withdrawal(1);
                row["transHash"] = Value::Null;
                Mexc { withdrawals: vec![row], ..maintained() }.start()
            },
            "withdrawals-suspended",
            "platform-action",
            "1 APPLY",
        ),
        // MEXC has no states for approved and rejected ones, and for those that wait for the customer.
        (of(77, false), "unknown-ledger-status", "inconclusive", "77"),
    ];
    told(&["demo0000000000000000000000000002"], table);
    told(&[TXID, "--kind", "withdrawal"], vec![(Mexc::default().start(), "withdrawal-unknown", "inconclusive", "")]);
}

fn of_bithumb(state: &str) -> Exchange {
    Bithumb { deposits: vec![bithumb::deposit(state)], ..bithumb() }.start()
}

/// Bithumb has no states for credited but locked, below-minimum and wrong deposits, and none for suspended ones: the
/// wallet and the list of fees tell these.
#[test]
fn deposits_at_bithumb() {
    let wallet = |state: &str| json!([bithumb::wallet("USDT", state, 300)]);
    let table = vec![
        (of_bithumb("DEPOSIT_ACCEPTED"), "credited", "complete", "DEPOSIT_ACCEPTED"),
        (of_bithumb("DEPOSIT_PROCESSING"), "ledger-confirming", "waiting", "DEPOSIT_PROCESSING"),
        (of_bithumb("REQUESTED_PENDING"), "held", "customer-action", "REQUESTED_PENDING"),
        (of_bithumb("REQUESTED_PROCESSING"), "held", "platform-action", "REQUESTED_PROCESSING"),
        (of_bithumb("TRAVEL_RULE_SUSPECTED"), "held", "customer-action", "TRAVEL_RULE_SUSPECTED"),
        (of_bithumb("REFUNDED_CANCELLED"), "held", "platform-action", "REFUNDED_CANCELLED"),
        (of_bithumb("REQUESTED_SYSTEM_REJECTED"), "awaiting-customer", "customer-action", "REQUESTED_SYSTEM_REJECTED"),
        (of_bithumb("REQUESTED_ADMIN_REJECTED"), "deposit-rejected", "platform-action", "REQUESTED_ADMIN_REJECTED"),
        (of_bithumb("DEPOSIT_CANCELLED"), "deposit-rejected", "platform-action", "DEPOSIT_CANCELLED"),
        (of_bithumb("REFUNDING_ADMIN_REJECTED"), "deposit-rejected", "platform-action", "REFUNDING_ADMIN_REJECTED"),
        (of_bithumb("REFUNDING_PENDING"), "refund-in-progress", "waiting", "REFUNDING_PENDING"),
        (of_bithumb("REFUNDING_PROCESSING"), "refund-in-progress", "waiting", "REFUNDING_PROCESSING"),
        (of_bithumb("REFUNDING_ACCEPTED"), "refund-in-progress", "waiting", "REFUNDING_ACCEPTED"),
        (of_bithumb("REFUNDING_SYSTEM_REJECTED"), "deposit-rejected", "platform-action", "REFUNDING_SYSTEM_REJECTED"),
        (of_bithumb("REFUNDED_PROCESSING"), "refund-in-progress", "waiting", "REFUNDED_PROCESSING"),
        (of_bithumb("REFUNDED_ACCEPTED"), "refunded", "complete", "REFUNDED_ACCEPTED"),
        (of_bithumb("SOMETHING_NEW"), "unknown-ledger-status", "inconclusive", "SOMETHING_NEW"),
        (
            Bithumb { wallets: wallet("withdraw_only"), ..bithumb() }.start(),
            "deposits-suspended",
            "platform-action",
            "",
        ),
        (Bithumb { fees: bithumb::fees("501"), ..bithumb() }.start(), "below-minimum", "customer-action", ""),
        (bithumb().start(), "deposit-missed", "platform-action", ""),
    ];
    told(&[TXID], table);
    let document = Bithumb { wallets: wallet("withdraw_only"), ..bithumb() }.start().check(&[TXID]);
    assert_eq!(document["findings"][0]["facts"]["reason"], "withdraw_only", "{document}");
}

/// Bithumb has no states for approved ones, for those in review and for those that wait for the customer; broadcast is a
/// withdrawal under way that has a chain's identifier.
#[test]
fn withdrawals_at_bithumb() {
    let of = |state: &str, txid: Value| {
        let row = bithumb::row("withdraw", "700000004", txid, state);
        Bithumb { withdrawals: vec![row], ..bithumb() }.start()
    };
    let inside = json!("20240709163030.72335");
    let table = vec![
        (of("WAITING", Value::Null), "withdrawal-queued", "waiting", "WAITING"),
        (of("PROCESSING", Value::Null), "withdrawal-queued", "waiting", "PROCESSING"),
        (of("PROCESSING", json!(TXID)), "withdrawal-done-not-marked", "platform-action", "PROCESSING"),
        (of("DONE", json!(TXID)), "withdrawal-delivered", "complete", "DONE"),
        (of("DONE", inside), "withdrawal-internal", "complete", "DONE"),
        (of("CANCELLED", Value::Null), "withdrawal-cancelled", "complete", "CANCELLED"),
        (of("REJECTED", Value::Null), "withdrawal-cancelled", "complete", "REJECTED"),
        (of("FAILED", Value::Null), "withdrawal-failed", "platform-action", "FAILED"),
        (of("SOMETHING_NEW", Value::Null), "unknown-ledger-status", "inconclusive", "SOMETHING_NEW"),
        (
            Bithumb {
                withdrawals: vec![bithumb::row("withdraw", "700000004", Value::Null, "WAITING")],
                wallets: json!([bithumb::wallet("USDT", "deposit_only", 300)]),
                ..bithumb()
            }
            .start(),
            "withdrawals-suspended",
            "platform-action",
            "WAITING",
        ),
    ];
    told(&["700000004", "--address", ADDRESS], table);
    told(&[TXID, "--kind", "withdrawal"], vec![(bithumb().start(), "withdrawal-unknown", "inconclusive", "")]);
}
