//! An account at Bithumb.

use std::collections::HashSet;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha512};
use txsleuth::evidence::Openness;
use txsleuth::sources::ledger::Hints;
use txsleuth::terms::{Address, ChainIdentity, Family, GapWhy, Txid};
use wiremock::{Request, ResponseTemplate};

use crate::exchanges::{Exchange, KEY, SECRET, code_of, finding, gap, hints, only, txid_of};
use crate::stub::{ADDRESS, TXID, now};

/// What Bithumb holds, and what is wrong with it.
#[derive(Clone)]
pub(crate) struct Bithumb {
    pub(crate) deposits: Vec<Value>,
    pub(crate) withdrawals: Vec<Value>,
    pub(crate) wallets: Value,
    pub(crate) fees: Value,
    pub(crate) addresses: Value,
    pub(crate) secret: &'static str,
    /// A refusal of everything: status and code.
    pub(crate) refuses: Option<(u16, &'static str)>,
}

/// A record of either list, as the documentation shows one.
pub(crate) fn row(kind: &str, uuid: &str, txid: Value, state: &str) -> Value {
    json!({
        "type": kind, "uuid": uuid, "currency": "USDT", "net_type": "ETH", "txid": txid, "state": state,
        "created_at": "2026-01-31T20:30:05+09:00", "done_at": null, "amount": "500", "fee": "0",
        "transaction_type": null,
    })
}

pub(crate) fn deposit(state: &str) -> Value {
    row("deposit", "900000003", json!(TXID), state)
}

pub(crate) fn wallet(currency: &str, state: &str, height: u64) -> Value {
    json!({
        "currency": currency, "wallet_state": state, "block_state": "normal", "block_height": height,
        "block_updated_at": "2026-01-31T20:59:00+09:00", "block_elapsed_minutes": 1, "net_type": "ETH",
        "network_name": "Ethereum",
    })
}

pub(crate) fn fees(minimum: &str) -> Value {
    json!([{"name": "Tether", "currency": "USDT", "networks": [{
        "net_name": "Ethereum", "deposit_fee_quantity": "0", "deposit_minimum_quantity": minimum,
        "withdraw_fee_quantity": "4", "withdraw_minimum_quantity": "10",
    }]}])
}

/// An account without a record, whose wallet has read past the payment's block.
pub(crate) fn bithumb() -> Bithumb {
    Bithumb {
        deposits: Vec::new(),
        withdrawals: Vec::new(),
        wallets: json!([wallet("USDT", "working", 300), wallet("ETH", "working", 300)]),
        fees: fees("1"),
        addresses: json!([
            {"currency": "USDT", "net_type": "ETH", "deposit_address": ADDRESS, "secondary_address": null},
            {"currency": "ETH", "net_type": "ETH", "deposit_address": ADDRESS, "secondary_address": null},
            {"currency": "XRP", "net_type": "XRP", "deposit_address": "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh",
             "secondary_address": "100200300"},
            {"currency": "SOL", "net_type": "SOL", "deposit_address": null, "secondary_address": null},
        ]),
        secret: SECRET,
        refuses: None,
    }
}

fn refusal(status: u16, name: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"error": {"name": name, "message": "as documented"}}))
}

impl Bithumb {
    fn deposits(rows: impl IntoIterator<Item = Value>) -> Exchange {
        Self { deposits: rows.into_iter().collect(), ..bithumb() }.start()
    }

    fn withdrawals(rows: impl IntoIterator<Item = Value>) -> Exchange {
        Self { withdrawals: rows.into_iter().collect(), ..bithumb() }.start()
    }

    pub(crate) fn start(self) -> Exchange {
        Exchange::start("bithumb", move |request| {
            let answer = match self.refusal(request) {
                Some((status, name)) => refusal(status, name),
                None => self.answer(request),
            };
            // Every server tells its time so.
            answer.insert_header("date", "Sat, 31 Jan 2026 12:00:00 GMT")
        })
    }

    /// What is wrong with a request.
    fn refusal(&self, request: &Request) -> Option<(u16, &'static str)> {
        if self.refuses.is_some() {
            return self.refuses;
        }
        let wrong = Some((401, "jwt_verification"));
        let shown = request.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let Some((signed, signature)) = shown.strip_prefix("Bearer ").and_then(|token| token.rsplit_once('.')) else {
            return wrong;
        };
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).unwrap().chain_update(signed);
        if BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()) != signature {
            return wrong;
        }
        let part =
            |text: &str| -> Value { serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap() };
        let (head, claims) = signed.split_once('.').map(|(head, claims)| (part(head), part(claims)))?;
        if head != json!({"alg": "HS256", "typ": "JWT"}) || claims["access_key"] != KEY {
            return wrong;
        }
        let nonce: Vec<usize> = claims["nonce"].as_str().unwrap_or_default().split('-').map(str::len).collect();
        if nonce != [8, 4, 4, 4, 12] {
            return wrong;
        }
        let at = claims["timestamp"].as_i64().unwrap_or_default();
        if (at - now().as_millisecond()).abs() > 20_000 {
            return Some((401, "expired_jwt"));
        }
        // What is hashed is the question before it is encoded.
        let plain = request.url.query().map(|query| query.replace("%20", " ").replace("%2C", ",").replace("%3A", ":"));
        let hash = plain.map(|query| format!("{:x}", Sha512::digest(query)));
        let claimed = claims["query_hash"].as_str().map(str::to_owned);
        let named = claims["query_hash_alg"].as_str() == hash.as_ref().map(|_| "SHA512");
        (hash != claimed || !named).then_some((401, "invalid_query_payload"))
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        let pairs: Vec<(String, String)> = request.url.query_pairs().into_owned().collect();
        let json = |body: &Value| ResponseTemplate::new(200).set_body_json(body);
        match request.url.path() {
            "/v1/deposits" => list(&self.deposits, &pairs),
            "/v1/withdraws" => list(&self.withdrawals, &pairs),
            "/v1/deposit" => one(&self.deposits, &pairs),
            "/v1/withdraw" => one(&self.withdrawals, &pairs),
            "/v1/status/wallet" if pairs.is_empty() => json(&self.wallets),
            "/v2/fee/inout/ALL" => json(&self.fees),
            "/v1/deposits/coin_addresses" => json(&self.addresses),
            _ => refusal(404, "not_found"),
        }
    }
}

/// One record, by its asset and what stands for its TXID.
fn one(rows: &[Value], pairs: &[(String, String)]) -> ResponseTemplate {
    let named = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let (Some(currency), Some(txid)) = (named("currency"), named("txid")) else {
        return refusal(400, "invalid_parameter");
    };
    let found = rows.iter().find(|row| row["currency"] == currency && row["txid"] == txid);
    found.map_or_else(|| refusal(404, "deposit_not_found"), |row| ResponseTemplate::new(200).set_body_json(row))
}

/// A page of a list: filters compare texts, and a page has a hundred rows at most.
fn list(rows: &[Value], pairs: &[(String, String)]) -> ResponseTemplate {
    let known = ["currency", "state", "uuids[]", "txids[]", "page", "limit", "order_by"];
    let number = |name: &str, usual: usize| {
        pairs.iter().find(|(own, _)| own == name).map_or(Some(usual), |(_, value)| value.parse().ok())
    };
    let (Some(page), Some(limit @ 1..=100)) = (number("page", 1), number("limit", 100)) else {
        return refusal(400, "invalid_parameter");
    };
    if pairs.iter().any(|(name, _)| !known.contains(&name.as_str())) {
        return refusal(400, "invalid_parameter");
    }
    let fits = |row: &&Value, filter: &str, field: &str| {
        let mut wanted = pairs.iter().filter(|(name, _)| name == filter).peekable();
        wanted.peek().is_none() || wanted.any(|(_, value)| row[field] == value.as_str())
    };
    let found = rows.iter().filter(|row| fits(row, "uuids[]", "uuid") && fits(row, "txids[]", "txid"));
    let found = found.filter(|row| fits(row, "currency", "currency"));
    let part: Vec<&Value> = found.skip((page - 1) * limit).take(limit).collect();
    ResponseTemplate::new(200).set_body_json(part)
}

#[test]
fn every_state_of_a_bithumb_deposit_keeps_its_code() {
    let table = [
        ("REQUESTED_PENDING", "held", "travel_rule"),
        ("REQUESTED_PROCESSING", "held", "manual"),
        ("REQUESTED_SYSTEM_REJECTED", "awaiting_customer", "the customer has to apply for the return"),
        ("REQUESTED_ADMIN_REJECTED", "rejected", "the examination of the deposit refused it"),
        ("DEPOSIT_PROCESSING", "confirming", ""),
        ("DEPOSIT_ACCEPTED", "credited", ""),
        ("DEPOSIT_CANCELLED", "rejected", "the deposit was cancelled"),
        ("REFUNDING_PENDING", "refunding", ""),
        ("REFUNDING_PROCESSING", "refunding", ""),
        ("REFUNDING_ACCEPTED", "refunding", ""),
        ("REFUNDING_SYSTEM_REJECTED", "rejected", "the return was refused, and the exchange still holds the value"),
        ("REFUNDING_ADMIN_REJECTED", "rejected", "the return was refused, and the exchange still holds the value"),
        ("REFUNDED_PROCESSING", "refunding", ""),
        ("REFUNDED_ACCEPTED", "refunded", ""),
        ("REFUNDED_CANCELLED", "held", "manual"),
        ("PROCESSING", "confirming", ""),
        ("ACCEPTED", "credited", ""),
        ("CANCELED", "rejected", "the deposit was cancelled"),
        ("REJECTED", "rejected", ""),
        ("TRAVEL_RULE_SUSPECTED", "held", "travel_rule"),
        ("REFUNDING", "refunding", ""),
        ("REFUNDED", "refunded", ""),
        ("deposit_accepted", "credited", ""),
        ("SOMETHING_NEW", "unknown:SOMETHING_NEW", ""),
    ];
    for (state, status, reason) in table {
        let own = only(&Bithumb::deposits([deposit(state)]).deposits(TXID));
        assert_eq!((own.status.to_string().as_str(), own.reason.as_deref().unwrap_or("")), (status, reason), "{state}");
        let code = own.raw_status.unwrap().to_ascii_uppercase().replace("CANCELLED", "CANCELED");
        let wanted = state.to_ascii_uppercase().replace("CANCELLED", "CANCELED");
        assert!(code.starts_with(&wanted), "{state}: {code}");
        assert_eq!((own.id.as_str(), own.network.as_str(), own.account.as_str()), ("900000003", "ethereum", "own"));
        assert_eq!(own.detected_at, Some("2026-01-31T11:30:05Z".parse().unwrap()), "Seoul is nine hours ahead");
    }
}

#[test]
fn every_state_of_a_bithumb_withdrawal_keeps_its_code() {
    let table = [
        ("PROCESSING", json!(TXID), "broadcast"),
        ("processing", json!(TXID), "broadcast"),
        ("DONE", json!(TXID), "completed"),
        ("CANCELLED", json!(TXID), "cancelled"),
        ("CANCELED", json!(TXID), "cancelled"),
        ("WAITING", json!(TXID), "requested"),
        ("FAILED", json!(TXID), "failed"),
        ("REJECTED", json!(TXID), "rejected"),
        ("HELD_BACK", json!(TXID), "unknown:HELD_BACK"),
        ("PROCESSING", Value::Null, "processing"),
        ("DONE", json!("20240709163030.72335"), "internal"),
        ("DONE", json!("2025-07-31 15:12:24.407715"), "internal"),
        ("DONE", json!("EVENT_COUPON:4,649"), "internal"),
        ("DONE", json!("7003214"), "internal"),
        // A shape that this program does not know, on a network that the exchange names.
        ("DONE", json!("0.0.48750443@1696939300.000000000"), "completed"),
    ];
    for (state, txid, status) in table {
        let exchange = Bithumb::withdrawals([row("withdraw", "700000004", txid.clone(), state)]);
        let own = exchange.withdrawal("700000004");
        let own = own.yes().unwrap_or_else(|| panic!("{state} {txid}: {own:?}")).clone();
        assert_eq!(own.status.to_string(), status, "{state} {txid}");
        assert_eq!(own.txid.as_deref(), txid.as_str());
        assert!(own.raw_status.is_some() && own.address.is_empty());
    }
    let exchange = Bithumb::withdrawals([row("withdraw", "700000004", json!(TXID), "DONE")]);
    assert_eq!(only(&exchange.withdrawals(TXID)).id, "700000004");
    assert!(exchange.deposits(TXID).is_no(), "a withdrawal is no deposit");
}

#[test]
fn an_identifier_is_found_however_bithumb_writes_it() {
    let digits = &TXID[2..];
    for written in [TXID.to_owned(), digits.to_owned(), digits.to_uppercase()] {
        let found = Bithumb::deposits([row("deposit", "1", json!(written), "DEPOSIT_ACCEPTED")]).deposits(TXID);
        assert_eq!(only(&found).txid, written);
    }
    // Neither form is one that the filter is asked for: the list itself is read.
    let written = format!("{TXID}:0");
    let exchange = Bithumb::deposits([row("deposit", "1", json!(written), "DEPOSIT_ACCEPTED")]);
    assert_eq!(only(&exchange.deposits(TXID)).txid, written);
    let asked = exchange.asked();
    assert!(asked.iter().any(|path| path.starts_with("/v1/deposits?txids[]=0x")), "brackets as they are: {asked:?}");
}

#[test]
fn pages_are_read_to_the_end_or_to_the_claimed_time() {
    let other = |n: usize, day: &str| {
        let mut row = row("deposit", &n.to_string(), json!(format!("{n:064x}")), "DEPOSIT_ACCEPTED");
        row["created_at"] = json!(format!("{day}T20:30:05+09:00"));
        row
    };
    let wanted = row("deposit", "900000003", json!(format!("{TXID}:0")), "DEPOSIT_ACCEPTED");
    let rows = (1..=250).map(|n| other(n, "2026-01-20")).chain([wanted.clone()]);
    let exchange = Bithumb::deposits(rows);
    assert_eq!(only(&exchange.deposits(TXID)).id, "900000003");
    let pages = exchange.asked().iter().filter(|path| path.starts_with("/v1/deposits?limit=100&page=")).count();
    assert_eq!(pages, 3, "{:?}", exchange.asked());

    let old = Bithumb::deposits((1..=250).map(|n| other(n, "2025-06-01")).chain([wanted]));
    let (txids, hints) = ([txid_of(TXID)], Hints { at: Some(now()), ..hints() });
    let seen = old.ask(0, async |kind, line| kind.ledger.deposits(line, &txids, &hints).await.remove(0));
    assert!(seen.is_no(), "{seen:?}");
    assert_eq!(old.asked().iter().filter(|path| path.starts_with("/v1/deposits?limit=100&page=")).count(), 1);

    // Of an identifier that has more than one form, an endless list says nothing.
    let endless = Bithumb::deposits((1..=2_100).map(|n| other(n, "2026-01-20")));
    let bitcoin = "4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";
    let open = gap(endless.ask(0, async |kind, line| {
        let txids = [Txid::parse(Family::Bitcoin, bitcoin).unwrap()];
        kind.ledger.deposits(line, &txids, &Hints { at: None, ..hints.clone() }).await.remove(0)
    }));
    assert!(open.why == GapWhy::TooLarge && open.detail.contains("name the time"), "{open:?}");
}

#[test]
fn many_transactions_share_one_question() {
    let txids: Vec<Txid> = (1..=30).map(|n| txid_of(&format!("0x{n:064x}"))).collect();
    let rows = (1..=30).map(|n| row("deposit", &n.to_string(), json!(format!("0x{n:064x}")), "DEPOSIT_ACCEPTED"));
    let exchange = Bithumb::deposits(rows);
    let hints = hints();
    let seen = exchange.ask(0, async |kind, line| kind.ledger.deposits(line, &txids, &hints).await);
    let ids: Vec<String> = seen.iter().map(|seen| only(seen).id).collect();
    assert_eq!(ids, (1..=30).map(|n| n.to_string()).collect::<Vec<_>>());
    assert_eq!(exchange.asked().iter().filter(|path| path.starts_with("/v1/deposits?")).count(), 2);
    let tokens: HashSet<String> = exchange.shown().into_iter().collect();
    assert_eq!(tokens.len(), exchange.asked().len(), "no token is shown twice");
}

#[test]
fn rows_about_something_else_are_worth_nothing() {
    let liar = Exchange::start("bithumb", |request| match request.url.path() {
        "/v1/deposits" => {
            let mut row = deposit("DEPOSIT_ACCEPTED");
            row["txid"] = json!(crate::stub::OTHER_TXID);
            ResponseTemplate::new(200).set_body_json(json!([row]))
        }
        "/v1/withdraws" => ResponseTemplate::new(200).set_body_json(json!([deposit("DEPOSIT_ACCEPTED")])),
        _ => ResponseTemplate::new(200).set_body_json(json!([])),
    });
    assert_eq!(gap(liar.deposits(TXID)).why, GapWhy::Mismatch);
    assert_eq!(gap(liar.withdrawals(TXID)).why, GapWhy::Mismatch);
    let hints = hints();
    let named = liar.ask(0, async |kind, line| kind.ledger.deposit(line, "17", &hints).await);
    assert_eq!(gap(named).why, GapWhy::Mismatch);
    let broken: [fn(&mut Value); 3] =
        [|row| row["amount"] = Value::Null, |row| row["uuid"] = Value::Null, |row| row["amount"] = json!("-")];
    for change in broken {
        let mut row = deposit("DEPOSIT_ACCEPTED");
        change(&mut row);
        assert_eq!(gap(Bithumb::deposits([row]).deposits(TXID)).why, GapWhy::Malformed);
    }
}

#[test]
fn a_bithumb_number_or_pseudo_identifier_names_a_record() {
    let coupon = row("deposit", "900000009", json!("20240709163030.72335"), "DEPOSIT_ACCEPTED");
    let exchange = Bithumb::deposits([deposit("DEPOSIT_PROCESSING"), coupon]);
    let named = |id: &str| exchange.ask(0, async |kind, line| kind.ledger.deposit(line, id, &hints()).await);
    assert_eq!(named("900000003").yes().unwrap().txid, TXID);
    assert_eq!(named("20240709163030.72335").yes().unwrap().id, "900000009");
    assert!(named("900000017").is_no());
    assert!(named("ZD-48211").is_no());
    // The filter of the list finds no text with signs: each asset is asked about by itself.
    let event = |id: &str| row("deposit", "900000010", json!(id), "DEPOSIT_ACCEPTED");
    for id in ["EVENT_COUPON:4,649", "2025-07-31 15:12:24.407715"] {
        let exchange = Bithumb::deposits([event(id)]);
        assert_eq!(exchange.deposit(id).yes().unwrap().id, "900000010", "{id}");
        // It may be of an asset that was not asked about.
        let other = gap(exchange.deposit("EVENT_COUPON:4,650"));
        assert!(other.why == GapWhy::NotOffered && other.detail.contains("none of USDT"), "{other:?}");
        let nameless = Hints { assets: Vec::new(), ..hints() };
        let open = gap(exchange.ask(0, async |kind, line| kind.ledger.deposit(line, id, &nameless).await));
        assert!(open.why == GapWhy::NotOffered && open.detail.contains("by asset"), "{open:?}");
    }
}

#[test]
fn every_refusal_of_bithumb_says_what_to_do() {
    let table = [
        ((401, "jwt_verification"), GapWhy::Unauthorised, "key and secret do not belong together"),
        ((401, "invalid_query_payload"), GapWhy::Unauthorised, "hash of the question"),
        ((401, "NotAllowIP"), GapWhy::Unauthorised, "address is not on the key's list"),
        ((401, "out_of_scope"), GapWhy::Unauthorised, "needs the permission"),
        ((403, "blocked_member_id"), GapWhy::Unauthorised, "restricted the account"),
        ((400, "invalid_parameter"), GapWhy::ServerError, "does not take the question"),
        ((401, "something_new"), GapWhy::Unauthorised, "something_new: as documented"),
        ((429, "too_many_requests"), GapWhy::RateLimited, "five minutes"),
        ((503, "maintenance"), GapWhy::ServerError, "maintenance"),
    ];
    for (refuses, why, words) in table {
        let exchange = Bithumb { refuses: Some(refuses), ..bithumb() }.start();
        for open in [gap(exchange.deposits(TXID)), gap(exchange.policy("ethereum"))] {
            assert!(open.why == why && open.detail.contains(words), "{refuses:?}: {open:?}");
        }
        assert!(gap(exchange.addresses("ethereum")).detail.contains(words));
    }
    // The code may be a number.
    let numbered = Exchange::start("bithumb", |_| {
        ResponseTemplate::new(400).set_body_json(json!({"error": {"name": 400, "message": "no such coin"}}))
    });
    assert_eq!(&*gap(numbered.deposits(TXID)).detail, "400: no such coin");
}

#[test]
fn a_wrong_secret_and_a_wrong_clock_are_told_apart() {
    let exchange = Bithumb { secret: "another", ..bithumb() }.start();
    let open = gap(exchange.deposits(TXID));
    assert!(open.detail.starts_with("jwt_verification") && open.why == GapWhy::Unauthorised, "{open:?}");

    let exchange = bithumb().start();
    let (txids, hints) = ([txid_of(TXID)], hints());
    for (ahead, words) in [(75, "75 s ahead of"), (-40, "40 s behind")] {
        let open = exchange.refused_clock(ahead, TXID);
        assert!(open.detail.contains(words) && open.why == GapWhy::Unauthorised, "{open:?}");
    }
    let fits = exchange.ask(15, async |kind, line| kind.ledger.deposits(line, &txids, &hints).await.remove(0));
    assert!(fits.is_no(), "{fits:?}");
}

#[test]
fn networks_are_named_by_the_wallet_status() {
    let mut own = wallet("MTL", "working", 300);
    own["net_type"] = json!("MTL_ETH");
    let mut base = wallet("ETH", "working", 300);
    (base["net_type"], base["network_name"]) = (json!("BASE_ETH"), json!("Base"));
    let row = |net_type: Value| {
        let mut row = deposit("DEPOSIT_ACCEPTED");
        row["net_type"] = net_type;
        row
    };
    let table = [
        (json!("MTL_ETH"), "ethereum"),
        (json!("BASE_ETH"), "base"),
        // Neither is in the status: the table.
        (json!("ARB_ETH"), "arbitrum"),
        (json!("KAIA"), "KAIA"),
        (Value::Null, ""),
    ];
    for (net_type, network) in table {
        let wallets = json!([own, base]);
        let exchange = Bithumb { wallets, deposits: vec![row(net_type.clone())], ..bithumb() }.start();
        assert_eq!(only(&exchange.deposits(TXID)).network, network, "{net_type}");
    }
}

#[test]
fn bithumb_lists_tickers_doors_minimums_and_how_far_it_has_read() {
    let doors = [
        ("working", Openness::Open, Openness::Open, None),
        ("deposit_only", Openness::Open, Openness::Suspended, Some("deposit_only")),
        ("withdraw_only", Openness::Suspended, Openness::Open, Some("withdraw_only")),
        ("paused", Openness::Suspended, Openness::Suspended, Some("paused")),
    ];
    for (state, deposits, withdrawals, reason) in doors {
        let exchange = Bithumb { wallets: json!([wallet("USDT", state, 300)]), ..bithumb() }.start();
        let policy = exchange.policy("ethereum").yes().unwrap().clone();
        let listed = policy.listed("usdt").unwrap();
        assert_eq!((listed.deposits, listed.withdrawals, listed.reason.as_deref()), (deposits, withdrawals, reason));
        assert_eq!(listed.min_deposit.as_ref().map(ToString::to_string).as_deref(), Some("1"));
        assert!(listed.by_ticker && listed.contract.is_none());
        assert_eq!(listed.scanned_height, Some(300));
        assert_eq!(listed.scanned_at, Some("2026-01-31T11:59:00Z".parse::<Timestamp>().unwrap()));
        assert!(exchange.policy("tron").is_no());
    }
    let mut slow = wallet("USDT", "working", 300);
    (slow["block_state"], slow["block_elapsed_minutes"]) = (json!("delayed"), json!(17));
    let slow = Bithumb { wallets: json!([slow]), ..bithumb() }.start();
    let listed = slow.policy("ethereum").yes().unwrap().listed("USDT").unwrap().clone();
    assert_eq!(listed.reason.as_deref(), Some("blocks delayed, 17 min since its last block"));
    assert_eq!(listed.deposits, Openness::Open);
    let odd = Bithumb { wallets: json!([wallet("USDT", "resting", 300)]), ..bithumb() }.start();
    assert_eq!(gap(odd.policy("ethereum")).why, GapWhy::Malformed);
    let without = Bithumb { fees: json!({"error": "gone"}), ..bithumb() }.start();
    assert_eq!(gap(without.policy("ethereum")).why, GapWhy::Malformed, "no minimums, no policy");
}

#[test]
fn addresses_are_the_present_ones_alone() {
    let exchange = bithumb().start();
    assert_eq!(exchange.addresses("ethereum").yes().unwrap().len(), 1, "one address for coin and tokens");
    let xrp = exchange.addresses("xrpl").yes().unwrap()[0].clone();
    assert_eq!((xrp.memo.as_deref(), xrp.memo_required), (Some("100200300"), true));
    assert!(exchange.addresses("solana").is_no(), "an address that is being made is none yet");
    let ethereum = ChainIdentity::Evm(1);
    let address = |text: &str| Address::parse(&ethereum, text).unwrap().address;
    let own = [address(ADDRESS), address("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")];
    let owners = exchange.ask(0, async |kind, line| kind.ledger.owners(line, "ethereum", &own, &hints()).await);
    assert!(owners[0].is_yes());
    assert_eq!(gap(owners[1].clone()).why, GapWhy::NotOffered, "an earlier address may be the account's own");
}

#[test]
fn a_check_with_bithumb_tells_what_became_of_the_deposit() {
    let table = [
        (deposit("DEPOSIT_ACCEPTED"), "credited", "complete", "DEPOSIT_ACCEPTED deposit complete"),
        (deposit("REQUESTED_PENDING"), "held", "customer-action", "REQUESTED_PENDING deposit application is waiting"),
        (deposit("REQUESTED_PROCESSING"), "held", "platform-action", "REQUESTED_PROCESSING"),
        (deposit("REQUESTED_SYSTEM_REJECTED"), "awaiting-customer", "customer-action", "REQUESTED_SYSTEM_REJECTED"),
        (deposit("REFUNDING_PENDING"), "refund-in-progress", "waiting", "REFUNDING_PENDING"),
        (deposit("REFUNDED_ACCEPTED"), "refunded", "complete", "REFUNDED_ACCEPTED"),
        (deposit("SOMETHING_NEW"), "unknown-ledger-status", "inconclusive", "SOMETHING_NEW"),
    ];
    for (row, code, verdict, raw) in table {
        let document = Bithumb::deposits([row]).check(&[TXID]);
        assert_eq!((code_of(&document), document["verdict"].as_str()), (code, Some(verdict)), "{document}");
        assert!(document["ledger"].to_string().contains(raw), "{raw}: {}", document["ledger"]);
    }
}

#[test]
fn a_deposit_that_bithumb_has_no_row_of_is_judged_by_its_wallet() {
    let with = |wallet: Value, minimum: &str| Bithumb { wallets: json!([wallet]), fees: fees(minimum), ..bithumb() };
    let table = [
        (with(wallet("USDT", "working", 300), "1"), "deposit-missed", "platform-action"),
        (with(wallet("USDT", "working", 50), "1"), "scanner-behind", "platform-action"),
        (with(wallet("USDT", "withdraw_only", 300), "1"), "deposits-suspended", "platform-action"),
        (with(wallet("USDT", "working", 300), "500.000001"), "below-minimum", "customer-action"),
    ];
    for (exchange, code, verdict) in table {
        let document = exchange.start().check(&[TXID]);
        assert_eq!((code_of(&document), document["verdict"].as_str()), (code, Some(verdict)), "{document}");
    }
    let document = with(wallet("ETH", "working", 300), "1").start().check(&[TXID]);
    let fact = document["checks"].as_array().unwrap().iter().find(|check| check["fact"] == "right-asset").unwrap();
    assert_eq!(fact["answer"], "no", "the ticker that the configuration gives the contract is not listed");
    let document = with(wallet("USDT", "withdraw_only", 300), "1").start().check(&[TXID]);
    assert_eq!(finding(&document, "deposits-suspended").unwrap()["facts"]["reason"], "withdraw_only");
    let refused = Bithumb { refuses: Some((401, "NotAllowIP")), ..bithumb() }.start().check(&[TXID]);
    assert_eq!(refused["verdict"], "inconclusive");
    assert!(refused["gaps"].to_string().contains("address is not on the key's list"), "{}", refused["gaps"]);
}

/// A record that names no address is of a payment only where the amounts agree.
#[test]
fn a_row_without_an_address_is_told_by_its_amount() {
    let mut other = deposit("DEPOSIT_ACCEPTED");
    other["amount"] = json!("7");
    let document = Bithumb::deposits([other.clone()]).check(&[TXID]);
    assert_eq!(document["verdict"], "inconclusive", "{document}");
    other["uuid"] = json!("900000004");
    let document = Bithumb::deposits([deposit("DEPOSIT_ACCEPTED"), other]).check(&[TXID]);
    assert_eq!(code_of(&document), "credited", "{document}");
    let mut twin = deposit("DEPOSIT_ACCEPTED");
    twin["uuid"] = json!("900000005");
    let document = Bithumb::deposits([deposit("DEPOSIT_ACCEPTED"), twin]).check(&[TXID]);
    assert!(finding(&document, "credited-twice").is_none(), "they may be of two addresses: {document}");
}

#[test]
fn a_check_with_bithumb_tells_what_became_of_the_withdrawal() {
    let done = || Bithumb::withdrawals([row("withdraw", "700000004", json!(TXID), "DONE")]);
    let document = done().check(&["700000004", "--address", ADDRESS]);
    assert_eq!(code_of(&document), "withdrawal-delivered", "{document}");
    assert!(document["ledger"].to_string().contains("DONE complete"));
    // Where it was to go nobody tells; that it went elsewhere cannot be said.
    let document = done().check(&["700000004"]);
    assert_eq!(document["verdict"], "inconclusive", "{document}");
    assert!(document["gaps"].to_string().contains("name it"), "{}", document["gaps"]);
    let document = done().check(&["700000004", "--address", "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"]);
    assert!(finding(&document, "withdrawal-misdelivered").is_none(), "{document}");
    assert_eq!(document["verdict"], "inconclusive", "{document}");

    let internal = Bithumb::withdrawals([row("withdraw", "700000004", json!("20240709163030.72335"), "DONE")]);
    let document = internal.check(&["700000004"]);
    assert_eq!(code_of(&document), "withdrawal-internal", "{document}");
    let cancelled = Bithumb::withdrawals([row("withdraw", "700000004", Value::Null, "CANCELED")]);
    assert_eq!(code_of(&cancelled.check(&["700000004"])), "withdrawal-cancelled");
}

#[test]
fn a_bundle_keeps_neither_key_nor_secret_nor_token() {
    Bithumb::deposits([deposit("DEPOSIT_ACCEPTED")]).keeps_no_secret(TXID);
    let echo = Exchange::start("bithumb", |request| {
        let shown = request.headers.get("authorization").unwrap().to_str().unwrap();
        refusal(401, &format!("jwt_verification {shown} {KEY}"))
    });
    echo.keeps_no_secret(TXID);
}
