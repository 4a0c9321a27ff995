//! Ledgers whose API is there already, read by a map: one that is made up, and the two whose maps are checked in, each
//! behind a server that checks who asks.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use txsleuth::sources::ledger::mapped::Map;
use txsleuth::sources::ledger::{Hints, Ledger as _};
use txsleuth::terms::GapWhy;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::exchanges::{Exchange, KEY, SECRET, answer, decisive, gap, hints, hmac, only, parameter, txid_of};
use crate::stub::{ADDRESS, NOW, OTHER_TXID, Running, TXID, USDT, now, world};
use crate::support::Ran;

/// A key for these tests alone.
const PEM: &str = include_str!("vectors/demo_rsa_key.pem");

/// A ledger's API that runs.
struct Api {
    runtime: Runtime,
    server: MockServer,
}

impl Api {
    fn start(answer: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
            server
        });
        Self { runtime, server }
    }

    /// A world with 500 USDT on their way to the platform, whose ledger this is.
    fn world(&self, path: &str, ledger: &str) -> Running {
        let running = world().start();
        let secret = running.folder.path().join("secret");
        std::fs::write(&secret, PEM).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        configure(&running, &format!("[ledger]\nurl = \"{}{path}\"\n{ledger}", self.server.uri()));
        running
    }

    /// Method, path and query of every request.
    fn asked(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap_or_default();
        let asked = |request: &Request| format!("{} {}", request.method, &request.url[url::Position::BeforePath..]);
        requests.iter().map(asked).collect()
    }

    fn bodies(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap_or_default();
        requests.iter().map(|request| String::from_utf8(request.body.clone()).unwrap()).collect()
    }
}

/// Puts another ledger into a world's configuration.
fn configure(running: &Running, ledger: &str) {
    let path = running.folder.path().join("txsleuth.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let others: Vec<&str> = config.lines().filter(|line| !line.starts_with("ledger = ")).collect();
    std::fs::write(&path, format!("{}\n{ledger}", others.join("\n"))).unwrap();
}

fn run(world: &Running, args: &[&str]) -> Ran {
    world.run(args, &[("LEDGER_KEY", KEY), ("LEDGER_SECRET", SECRET)])
}

fn check(world: &Running, what: &[&str]) -> Value {
    run(world, &[&["check"], what, &["--network", "ethereum", "--format", "json"]].concat()).json()
}

/// The gap of the ledger whose question begins so.
fn open<'a>(document: &'a Value, question: &str) -> &'a Value {
    let gaps = document["gaps"].as_array().unwrap();
    let ours = |gap: &&Value| gap["source"] == "ledger" && gap["question"].as_str().unwrap().starts_with(question);
    gaps.iter().find(ours).unwrap_or_else(|| panic!("no gap of `{question}`: {document}"))
}

fn but(row: &Value, name: &str, value: Value) -> Value {
    let mut row = row.clone();
    row[name] = value;
    row
}

/// A made-up API: rows under `result`, times in milliseconds, numbers for states, its own words for networks.
const MAP: &str = r#"
kind = "http"
key_env = "LEDGER_KEY"

[ledger.map]
times = "milliseconds"
networks.ethereum = ["ERC20", "ETH"]
openness = { up = "open", down = "suspended" }
absent = { pointer = "/fault/code", words = ["E404"] }
header = { name = "X-Internal-Key" }

[ledger.map.ask]
deposits = { path = "/credits?hash={txid}&after={cursor}", items = "/result/rows", paging = { by = "cursor", next = "/result/more" } }
deposit = { path = "/credits/{id}", items = "/result" }
withdrawals = { path = "/debits?hash={txid}&page={page}", items = "/result/rows", paging = { by = "page", first = 0 } }
withdrawal = { path = "/debits/{id}", items = "/result" }
owner = { path = "/wallets/{network}/{address}", items = "/result" }
memo_owner = { path = "/wallets/{network}/{address}/{memo}", items = "/result" }
addresses = { path = "/customers/{account}/wallets", items = "/result/rows", paging = { by = "none" } }
policy = { path = "/chains/{network}", items = "/result/coins", shape = "values", paging = { by = "none" } }

[ledger.map.deposit]
id = "/no"
account = "/customer"
asset = "/coin"
network = "/chain"
txid = "/hash"
output_index = "/index"
address = "/to"
amount = "/value"
status = "/state"
status_label = "/state_text"
reason = "/why"
confirmations = "/seen"
detected_at = "/at"
credited_at = "/booked"
statuses = { 0 = "detected", 1 = "confirming", 2 = "credited", 3 = "credited_locked", 4 = "held", 5 = "suspended", 6 = "rejected", 7 = "below_minimum", 8 = "wrong_deposit", 9 = "awaiting_customer", 10 = "refunding", 11 = "refunded", 12 = "held" }
reasons = { AML_HIT = "aml", 12 = "kyc" }

[ledger.map.withdrawal]
id = "/no"
account = "/customer"
asset = "/coin"
network = "/chain"
address = "/to"
amount = "/value"
fee = "/fee"
status = "/state"
txid = "/hash"
replaced_txids = "/replaced"
requested_at = "/at"
completed_at = "/done"
statuses = { NEW = "requested", MAIL = "awaiting_customer", CHECK = "in_review", OK = "approved", WORK = "processing", SENT = "broadcast", DONE = "completed", ERR = "failed", STOP = "cancelled", NO = "rejected", INT = "internal" }

[ledger.map.address]
address = "/address"
network = "/chain"
role = "/use"
roles = { customer = "deposit", hot = "hot" }
account = "/customer"
memo = "/memo"

[ledger.map.asset]
asset = "/coin"
contract = "/contract"
decimals = "/places"
min_deposit = "/least"
deposits = "/in"
withdrawals = "/out"

[ledger.map.network]
deposits = "/result/in"
withdrawals = "/result/out"
required_confirmations = "/result/depth"
scanned_height = "/result/height"
scanned_at = "/result/read"
"#;

/// What the made-up API holds; `instead` are answers in the place of its own, by the beginning of the path.
#[derive(Clone)]
struct Inside {
    credits: Vec<Value>,
    debits: Vec<Value>,
    instead: Vec<(&'static str, u16, String)>,
}

fn credit(state: i64) -> Value {
    json!({
        "no": 7001, "customer": "A-1001", "coin": "usdt", "chain": "ETH", "hash": TXID, "index": 0, "to": ADDRESS,
        "value": 500, "state": state, "state_text": "as shown to staff", "why": null, "seen": 201,
        "at": (NOW - 60) * 1000, "booked": (NOW - 30) * 1000,
    })
}

fn debit(state: &str) -> Value {
    json!({
        "no": "W-1", "customer": "A-1001", "coin": "USDT", "chain": "ERC20", "hash": TXID, "to": ADDRESS,
        "value": "500", "fee": 0.5, "state": state, "replaced": [], "at": (NOW - 600) * 1000, "done": null,
    })
}

fn inside() -> Inside {
    Inside { credits: Vec::new(), debits: Vec::new(), instead: Vec::new() }
}

impl Inside {
    fn credits(row: Value) -> Self {
        Self { credits: vec![row], ..inside() }
    }

    /// With another answer where a path begins so.
    fn instead(mut self, path: &'static str, status: u16, body: impl ToString) -> Self {
        self.instead.push((path, status, body.to_string()));
        self
    }

    fn start(self) -> (Api, Running) {
        let api = Api::start(move |request| self.answer(request));
        let running = api.world("/internal", MAP);
        (api, running)
    }

    fn check(self, what: &[&str]) -> Value {
        let (_api, world) = self.start();
        check(&world, what)
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        if request.headers.get("x-internal-key").and_then(|value| value.to_str().ok()) != Some(KEY) {
            return ResponseTemplate::new(401);
        }
        let path = request.url.path().strip_prefix("/internal").unwrap_or_default();
        if let Some((_, status, body)) = self.instead.iter().find(|(own, ..)| path.starts_with(own)) {
            return ResponseTemplate::new(*status).set_body_raw(body.as_bytes(), "application/json");
        }
        let (hash, page) = (parameter(request, "hash"), parameter(request, "page"));
        let of = |rows: &[Value]| -> Vec<Value> {
            rows.iter().filter(|row| hash.as_ref().is_none_or(|hash| row["hash"] == *hash)).cloned().collect()
        };
        let by = |rows: &[Value], no: &str| rows.iter().find(|row| plain(&row["no"]) == no).cloned();
        let wallet = json!({"address": ADDRESS, "chain": "ERC20", "use": "customer", "customer": "A-1001"});
        let found = match path.split('/').skip(1).collect::<Vec<_>>()[..] {
            // One row at a time, and a cursor.
            ["credits"] => {
                let rows = of(&self.credits);
                let at: usize = parameter(request, "after").map_or(0, |after| after.parse().unwrap());
                let more = (at + 1 < rows.len()).then(|| json!(at + 1));
                Some(json!({"rows": rows.get(at..).into_iter().flatten().take(1).collect::<Vec<_>>(), "more": more}))
            }
            ["debits"] => {
                let page: usize = page.unwrap().parse().unwrap();
                Some(json!({"rows": of(&self.debits).into_iter().skip(2 * page).take(2).collect::<Vec<_>>()}))
            }
            ["credits", no] => by(&self.credits, no),
            ["debits", no] => by(&self.debits, no),
            ["wallets", "ERC20", address] if address.eq_ignore_ascii_case(ADDRESS) => Some(wallet),
            ["customers", "A-1001", "wallets"] => Some(json!({"rows": [wallet]})),
            ["chains", "ERC20"] => Some(json!({
                "in": "up", "out": "up", "depth": 64, "height": 300, "read": NOW * 1000,
                "coins": {"USDT": {"coin": "USDT", "contract": USDT, "places": 6, "least": 1e0, "in": "up", "out": "up"}},
            })),
            _ => None,
        };
        found.map_or_else(
            || answer(&json!({"fault": {"code": "E404", "text": "no such thing"}})),
            |found| answer(&json!({"result": found})),
        )
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[test]
fn a_mapped_api_is_read_as_the_contract_is() {
    let (api, world) = Inside::credits(credit(2)).start();
    let document = check(&world, &[TXID]);
    assert_eq!(decisive(&document), ("credited", "complete"), "{document}");
    let own = &document["ledger"]["deposits"][0];
    assert_eq!((&own["id"], &own["network"]), (&json!("7001"), &json!("ethereum")), "{}", document["ledger"]);
    assert_eq!((&own["amount"], &own["asset"]), (&json!("500"), &json!("USDT")));
    assert_eq!(
        (&own["raw_status"], &own["credited_at"]),
        (&json!("2 as shown to staff"), &json!("2026-01-31T11:59:30Z"))
    );
    let asked = api.asked();
    assert!(asked.contains(&format!("GET /internal/credits?hash={TXID}")), "no empty cursor: {asked:?}");
    assert!(asked.contains(&format!("GET /internal/wallets/ERC20/{ADDRESS}")), "the first word asks: {asked:?}");
    let none = inside().check(&[TXID]);
    assert_eq!(decisive(&none), ("deposit-missed", "platform-action"), "{none}");
    let other = Inside::credits(but(&credit(2), "customer", json!("A-2002"))).check(&[TXID]);
    assert_eq!(decisive(&other).1, "platform-action", "{other}");
    let by_id = Inside { debits: vec![debit("DONE")], ..inside() }.check(&["W-1"]);
    assert_eq!(decisive(&by_id).0, "withdrawal-delivered", "{by_id}");
    let row = run(&world, &["sources", "--format", "json"]).json();
    let row = row.as_array().unwrap().iter().find(|row| row["service"] == "ledger").unwrap();
    assert_eq!(row["state"], "answers", "{row}");
}

#[test]
fn every_status_of_a_mapped_deposit_keeps_its_code() {
    let table = [
        (0, "detected", ""),
        (1, "confirming", ""),
        (2, "credited", ""),
        (3, "credited_locked", ""),
        (4, "held", ""),
        (5, "suspended", ""),
        (6, "rejected", ""),
        (7, "below_minimum", ""),
        (8, "wrong_deposit", ""),
        (9, "awaiting_customer", ""),
        (10, "refunding", ""),
        (11, "refunded", ""),
        (12, "held", "kyc"),
        (77, "unknown:77", ""),
    ];
    for (state, status, reason) in table {
        let document = Inside::credits(credit(state)).check(&[TXID]);
        let own = &document["ledger"]["deposits"][0];
        assert_eq!((plain(&own["status"]).as_str(), own["reason"].as_str().unwrap_or("")), (status, reason));
        assert_eq!(own["raw_status"], format!("{state} as shown to staff"));
    }
    let hit = Inside::credits(but(&credit(4), "why", json!("AML_HIT"))).check(&[TXID]);
    assert_eq!(decisive(&hit), ("held", "platform-action"));
    assert_eq!(hit["ledger"]["deposits"][0]["reason"], "aml");
    let unknown = Inside::credits(credit(77)).check(&[TXID]);
    assert_eq!(decisive(&unknown), ("unknown-ledger-status", "inconclusive"), "{unknown}");
}

#[test]
fn every_status_of_a_mapped_withdrawal_keeps_its_code() {
    let table = [
        ("NEW", "requested"),
        ("MAIL", "awaiting_customer"),
        ("CHECK", "in_review"),
        ("OK", "approved"),
        ("WORK", "processing"),
        ("SENT", "broadcast"),
        ("DONE", "completed"),
        ("ERR", "failed"),
        ("STOP", "cancelled"),
        ("NO", "rejected"),
        ("INT", "internal"),
        ("??", "unknown:??"),
    ];
    for (state, status) in table {
        // Two full pages, and an empty one.
        let rows = ["W-1", "W-2"].map(|no| but(&debit(state), "no", json!(no)));
        let (api, world) = Inside { debits: rows.to_vec(), ..inside() }.start();
        let document = check(&world, &["W-1"]);
        let own = &document["ledger"]["withdrawals"][0];
        assert_eq!((&own["status"], &own["raw_status"]), (&json!(status), &json!(state)), "{document}");
        assert_eq!(own["fee"], "0.5");
        assert!(api.asked().iter().any(|path| path.ends_with("&page=1")), "{:?}", api.asked());
    }
}

/// Digits that no float holds, and a number with an exponent.
#[test]
fn amounts_keep_every_digit() {
    let table = [
        ("500.000000000000000001", "500.000000000000000001"),
        ("\"500.000000000000000001\"", "500.000000000000000001"),
        ("5e2", "500"),
        ("5.0E+2", "500"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
    ];
    for (written, amount) in table {
        let row = credit(2).to_string().replace("\"value\":500", &format!("\"value\":{written}"));
        let document = inside()
            .instead("/credits", 200, format!("{{\"result\":{{\"rows\":[{row}],\"more\":null}}}}"))
            .check(&[TXID]);
        assert_eq!(document["ledger"]["deposits"][0]["amount"], amount, "{document}");
    }
}

/// Whatever the API sends, no certain verdict rests on what is no answer to the question.
#[test]
fn crooked_answers_are_gaps() {
    let rows = |row: Value| json!({"result": {"rows": [row], "more": null}}).to_string();
    let without = |name: &str| {
        let mut row = credit(2);
        row.as_object_mut().unwrap().remove(name);
        rows(row)
    };
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let table = [
        (200, rows(but(&credit(2), "hash", json!(OTHER_TXID))), "mismatch", "something else"),
        (200, without("hash"), "malformed", "`/hash` is missing"),
        (200, without("value"), "malformed", "`/value` is missing"),
        (200, without("customer"), "malformed", "`/customer` is missing"),
        (200, without("state"), "malformed", "`/state` is missing"),
        (200, rows(but(&credit(2), "value", json!("a lot"))), "malformed", "`/value` is no amount"),
        (200, rows(but(&credit(2), "value", json!(-500))), "malformed", "`/value` is no amount"),
        (200, rows(but(&credit(2), "value", json!([500]))), "malformed", "`/value` is no amount"),
        (200, rows(credit(2)).replace("500", "5e999999999"), "malformed", "`/value` is no amount"),
        (200, rows(credit(2)).replace("500", &"9".repeat(300)), "malformed", "`/value` is no amount"),
        (200, rows(but(&credit(2), "at", json!("yesterday"))), "malformed", "`/at` is no time"),
        (200, rows(but(&credit(2), "at", json!(i64::MAX))), "malformed", "`/at` is no time"),
        (200, rows(but(&credit(2), "state", json!({"code": 2}))), "malformed", "single value"),
        (200, rows(json!("a row")), "malformed", "is missing"),
        (200, json!({"result": {"rows": {}}}).to_string(), "malformed", "is not what the map says"),
        (200, json!({"result": {}}).to_string(), "malformed", "`/result/rows` is missing"),
        (200, json!({"result": null, "fault": {"code": "E500"}}).to_string(), "malformed", "missing"),
        (200, deep, "malformed", "too deep"),
        (200, "<html>".to_owned(), "malformed", "unexpected JSON"),
        (404, json!({"fault": {"code": "NO_ROUTE"}}).to_string(), "malformed", "404"),
        (403, "{}".to_owned(), "unauthorised", "credentials"),
        (405, "{}".to_owned(), "not-offered", "405"),
        (422, "{}".to_owned(), "server-error", "422"),
    ];
    for (status, body, why, detail) in table {
        let document = inside().instead("/credits", status, &body).check(&[TXID]);
        let gap = open(&document, "deposits of transaction");
        assert_eq!(gap["why"], why, "{body}: {gap}");
        assert!(gap["detail"].as_str().unwrap().contains(detail), "{body}: {gap}");
        assert_eq!(document["verdict"], "inconclusive", "{body}: {document}");
    }
    let endless = json!({"result": {"rows": [credit(2)], "more": "again"}});
    let document = inside().instead("/credits", 200, endless).check(&[TXID]);
    assert_eq!(open(&document, "deposits of transaction")["why"], "too-large");
    let other =
        json!({"result": {"address": "0x2222222222222222222222222222222222222222", "chain": "ERC20", "use": "hot"}});
    let document = inside().instead("/wallets", 200, other).check(&[TXID]);
    assert_eq!(open(&document, "the owner of address")["why"], "mismatch");
    let role = json!({"result": {"address": ADDRESS, "chain": "ERC20", "use": "vault", "customer": "A-1001"}});
    let document = inside().instead("/wallets", 200, role).check(&[TXID]);
    assert!(open(&document, "the owner of address")["detail"].as_str().unwrap().contains("does not list"));
}

/// A list says each thing once, and a page that brings nothing new is the last.
#[test]
fn what_comes_twice_is_one_record() {
    let page = |rows: &[Value]| json!({"result": {"rows": rows, "more": null}});
    let twice = inside().instead("/credits", 200, page(&[credit(2), credit(2)])).check(&[TXID]);
    assert_eq!(decisive(&twice), ("credited", "complete"), "{twice}");
    assert_eq!(twice["ledger"]["deposits"].as_array().unwrap().len(), 1);
    let torn = inside().instead("/credits", 200, page(&[credit(1), credit(2)])).check(&[TXID]);
    assert_eq!(open(&torn, "deposits of transaction")["why"], "malformed", "{torn}");
    // Every page is the same, for the number of the page is not read.
    let same = inside().instead("/debits", 200, page(&[debit("DONE")])).check(&[TXID, "--kind", "withdrawal"]);
    assert_eq!(same["ledger"]["withdrawals"].as_array().unwrap().len(), 1, "{same}");
    assert_eq!(decisive(&same).0, "withdrawal-delivered", "{same}");
    let total = MAP.replace(
        "by = \"cursor\", next = \"/result/more\"",
        "by = \"cursor\", next = \"/result/more\", total = \"/result/all\"",
    );
    let table = [(json!(1), None), (json!(2), Some("too-large")), (json!("many"), Some("malformed"))];
    for (all, why) in table {
        let body = json!({"result": {"rows": [credit(2)], "more": null, "all": all}});
        let inside = inside().instead("/credits", 200, body);
        let api = Api::start(move |request| inside.answer(request));
        let document = check(&api.world("/internal", &total), &[TXID]);
        match why {
            None => assert_eq!(decisive(&document).0, "credited", "{document}"),
            Some(why) => assert_eq!(open(&document, "deposits of transaction")["why"], why, "{document}"),
        }
    }
}

/// Where an API lists by asset, each list may hold the same record: the place is not heeded.
#[test]
fn what_is_in_the_lists_of_two_assets_is_one_record() {
    let map = MAP.replace("/credits?hash={txid}&after", "/credits/{asset}/list?hash={txid}&after");
    let map: toml::Table = toml::from_str(&map).unwrap();
    let of_two = |first: Value, second: Value| {
        let page = |row: &Value| answer(&json!({"result": {"rows": [row], "more": null}}));
        let exchange = Exchange::start("http", move |request| match request.url.path() {
            "/credits/USDC/list" => page(&first),
            _ => page(&second),
        });
        let ledger = map["ledger"]["map"].clone().try_into::<Map>().unwrap().open();
        let (txids, hints) = ([txid_of(TXID)], Hints { assets: vec!["USDC".into(), "USDT".into()], ..hints() });
        exchange.ask(0, async |_, line| ledger.deposits(line, &txids, &hints).await.remove(0))
    };
    assert_eq!(only(&of_two(credit(2), credit(2))).status.to_string(), "credited");
    assert_eq!(gap(of_two(credit(1), credit(2))).why, GapWhy::Malformed);
}

/// A list that holds others as well: what names the transaction is picked out of it, and rows that name none are no list.
#[test]
fn rows_are_picked_out_of_a_list() {
    let map = MAP
        .replace("/debits?hash={txid}&page={page}", "/debits?page={page}")
        .replace("paging = { by = \"page\", first = 0 }", "pick = true, paging = { by = \"page\", first = 0 }");
    let listed = |rows: Vec<Value>, what: &[&str]| {
        let inside = Inside { debits: rows, ..inside() };
        let api = Api::start(move |request| inside.answer(request));
        check(&api.world("/internal", &map), what)
    };
    let others = |count: usize| -> Vec<Value> {
        let other = |no: usize| but(&but(&debit("DONE"), "hash", json!(OTHER_TXID)), "no", json!(format!("W-{no}")));
        (10..10 + count).map(other).collect()
    };
    let asked = [TXID, "--kind", "withdrawal"];
    let last: Vec<Value> = others(5).into_iter().chain([debit("DONE")]).collect();
    assert_eq!(decisive(&listed(last, &asked)).0, "withdrawal-delivered");
    // Replaced transactions stand in one text, with commas.
    let replaced = but(&but(&debit("SENT"), "hash", json!(null)), "replaced", json!(format!("{OTHER_TXID},{TXID}")));
    let document = listed(vec![replaced], &asked);
    assert_eq!(document["ledger"]["withdrawals"][0]["id"], "W-1", "{document}");
    let nameless: Vec<Value> =
        others(2).iter().map(|row| but(&but(row, "hash", json!(null)), "replaced", json!(null))).collect();
    let document = listed(nameless, &asked);
    let gap = open(&document, "withdrawals of transaction");
    assert!(gap["why"] == "malformed" && gap["detail"].as_str().unwrap().contains("/hash"), "{gap}");
}

/// A list of one asset says nothing about another's.
#[test]
fn what_is_in_no_list_of_known_assets_is_looked_for_in_the_whole() {
    let named = |currency: &str| but(&peatio_deposit("collected"), "currency", json!(currency));
    let whose = [TXID, "--account", "ID00000000A1"];
    // The currency's own id is not the ticker, and the platform refuses the ticker as one that it does not have.
    let document = check(&Peatio::deposit(named("usdt-erc20")).start().1, &whose);
    assert_eq!(document["ledger"]["deposits"][0]["asset"], "USDT-ERC20", "{document}");
    let peatio = Peatio::deposit(named("usdt-erc20"));
    let api = Api::start(move |request| peatio.answer(request));
    let map = PEATIO.replace("jws.signer", "assets.USDT = \"usdt-erc20\"\njws.signer");
    let document = check(&api.world("/api/v2/management", &map), &whose);
    assert_eq!(document["ledger"]["deposits"][0]["asset"], "USDT", "{document}");
    assert_eq!(decisive(&document), ("credited", "complete"), "{document}");
    // Where there is no list of all assets, nothing is known of the others.
    let map = MAP.replace("/credits?hash={txid}&after", "/credits/{asset}/list?hash={txid}&after");
    let inside = inside().instead("/credits/USDT/list", 200, json!({"result": {"rows": [], "more": null}}));
    let api = Api::start(move |request| inside.answer(request));
    let world = api.world("/internal", &map);
    assert_eq!(open(&check(&world, &[TXID]), "deposits of transaction")["why"], "not-asked");
    let document = check(&world, &[TXID, "--asset", "USDT"]);
    let gap = open(&document, "deposits of transaction");
    assert!(gap["why"] == "not-offered" && gap["detail"].as_str().unwrap().contains("USDT"), "{gap}");
    assert_eq!(document["verdict"], "inconclusive", "{document}");
}

/// Whole numbers of an asset's smallest unit, which are no amounts without its decimal places.
#[test]
fn smallest_units_are_read_by_their_places() {
    let row = but(&credit(2), "value", json!(500_000_000));
    let at = |units: &str| {
        let inside = Inside::credits(row.clone());
        let api = Api::start(move |request| inside.answer(request));
        check(&api.world("/internal", &MAP.replace("times = ", &format!("base_units = {units}\ntimes = "))), &[TXID])
    };
    let document = at("{ USDT = 6 }");
    assert_eq!(document["ledger"]["deposits"][0]["amount"], "500", "{document}");
    assert_eq!(decisive(&document), ("credited", "complete"));
    let gap = open(&at("{ BTC = 8 }"), "deposits of transaction").clone();
    assert!(gap["why"] == "malformed" && gap["detail"].as_str().unwrap().contains("USDT"), "{gap}");
    let whole = Inside::credits(but(&credit(2), "value", json!("500.5")));
    let api = Api::start(move |request| whole.answer(request));
    let document =
        check(&api.world("/internal", &MAP.replace("times = ", "base_units = { USDT = 6 }\ntimes = ")), &[TXID]);
    assert_eq!(open(&document, "deposits of transaction")["why"], "malformed", "{document}");
}

/// What a policy or an address does not tell is not taken for the better.
#[test]
fn what_is_not_told_of_doors_and_memos_is_a_gap() {
    let coin = json!({"coin": "USDT", "contract": USDT, "places": 6, "least": 1, "in": "up", "out": "up"});
    let policy = |name: &str, value: Value, of_coin: (&str, Value)| {
        let coin = but(&coin, of_coin.0, of_coin.1);
        let all =
            json!({"in": "up", "out": "up", "depth": 64, "height": 300, "read": NOW * 1000, "coins": {"USDT": coin}});
        json!({"result": but(&all, name, value)})
    };
    let plain = || ("places", json!(6));
    let table = [
        (policy("in", json!(null), plain()), "`/result/in` is missing"),
        (policy("out", json!("ajar"), plain()), "`/result/out` holds a word"),
        (policy("depth", json!("many"), plain()), "`/result/depth` is no number"),
        (policy("height", json!(300.5), plain()), "`/result/height` is no number"),
        (policy("depth", json!(64), ("places", json!(600))), "`/places` is no number"),
        (policy("depth", json!(64), ("least", json!("little"))), "`/least` is no amount"),
    ];
    for (body, detail) in table {
        let document = inside().instead("/chains", 200, &body).check(&[TXID]);
        let gap = open(&document, "the policy of ethereum");
        assert!(gap["why"] == "malformed" && gap["detail"].as_str().unwrap().contains(detail), "{body}: {gap}");
    }
    // A coin without a word of its own goes by its network; a number that is told to be none is none.
    for body in [policy("depth", json!("N/A"), plain()), policy("depth", json!(64), ("in", json!(null)))] {
        let document = Inside::credits(credit(2)).instead("/chains", 200, &body).check(&[TXID]);
        assert_eq!(decisive(&document).0, "credited", "{body}: {document}");
        assert!(!document["gaps"].to_string().contains("the policy of"), "{document}");
    }
    let closed = inside().instead("/chains", 200, policy("in", json!("down"), ("in", json!(null)))).check(&[TXID]);
    assert_eq!(decisive(&closed).0, "deposits-suspended", "{closed}");
    let map = MAP.replace("memo = \"/memo\"", "memo = \"/memo\"\nmemo_required = \"/needs\"");
    for (needs, gap) in [(json!("sometimes"), true), (json!("No"), false), (json!(0), false), (json!(null), false)] {
        let body = json!({"result": {"address": ADDRESS, "chain": "ERC20", "use": "customer", "customer": "A-1001", "needs": needs}});
        let inside = Inside::credits(credit(2)).instead("/wallets", 200, body);
        let api = Api::start(move |request| inside.answer(request));
        let document = check(&api.world("/internal", &map), &[TXID]);
        assert_eq!(document["gaps"].to_string().contains("neither yes nor no"), gap, "{needs}: {document}");
    }
}

/// Addresses of a list without an owner are nobody's, and a network that has no word here is not this one.
#[test]
fn addresses_of_an_account_name_whose_they_are_and_where() {
    let wallet = |name: &str, value: Value| {
        let plain = json!({"address": ADDRESS, "chain": "ERC20", "use": "customer", "customer": "A-1001"});
        json!({"result": {"rows": [but(&plain, name, value)]}})
    };
    let table = [
        (wallet("customer", json!(null)), "malformed", "`/customer`"),
        (wallet("customer", json!("A-2002")), "mismatch", "something else"),
        (wallet("chain", json!("L9")), "malformed", "name the API's word"),
    ];
    for (body, why, detail) in table {
        let document = inside().instead("/customers", 200, &body).check(&["--account", "A-1001"]);
        let gap = open(&document, "the addresses of account");
        assert!(gap["why"] == why && gap["detail"].as_str().unwrap().contains(detail), "{body}: {gap}");
    }
}

/// Without a path a question is not offered, which is no "no".
#[test]
fn what_the_map_has_no_path_for_is_not_offered() {
    let api = Api::start(|request| inside().answer(request));
    let map: String = MAP.lines().filter(|line| !line.starts_with("owner =")).map(|line| format!("{line}\n")).collect();
    let document = check(&api.world("/internal", &map), &[TXID]);
    assert_eq!(open(&document, "the owner of address")["why"], "not-offered", "{document}");
    assert_ne!(decisive(&document).0, "address-not-ours");
    // Nor is a word that the map does not have.
    let map = MAP.replace("networks.ethereum", "networks.tron");
    let document = check(&api.world("/internal", &map), &[TXID]);
    assert!(open(&document, "the policy of")["detail"].as_str().unwrap().contains("no word for ethereum"));
}

/// Each mistake is told at start, with its key.
#[test]
fn a_mistake_in_a_map_is_told_at_start_with_its_key() {
    let table = [
        ("id = \"/no\"", "id = \"no\"", &["ledger.map.deposit.id", "`/no`"][..]),
        ("amount = \"/value\"", "amout = \"/value\"", &["ledger.map.deposit", "amout", "did you mean `amount`"]),
        ("status = \"/state\"", "status = \"state\"", &["ledger.map.deposit.status", "`/state`"]),
        ("/credits?hash={txid}", "/credits?hash={txd}", &["ledger.map.ask.deposits.path", "`{txd}`", "`{txid}`"]),
        ("/credits?hash={txid}", "credits?hash={txid}", &["ledger.map.ask.deposits.path", "begins with a slash"]),
        ("/credits?hash={txid}&", "/credits?", &["ask.deposits.path", "{txid}", "pick = true"]),
        ("&after={cursor}", "", &["ask.deposits.paging.by", "{cursor}"]),
        ("&page={page}", "&page={page}&at={offset}", &["ask.withdrawals.paging.by", "offset"]),
        ("/credits/{id}", "/credits/{txid}", &["ask.deposit.path", "`{txid}`", "`{id}`"]),
        ("2 = \"credited\"", "2 = \"creditted\"", &["ledger.map.deposit.statuses.2", "`credited`"]),
        ("12 = \"kyc\"", "12 = \"kyk\"", &["ledger.map.deposit.reasons.12", "`kyc`"]),
        ("NEW = \"requested\"", "NEW = \"request\"", &["ledger.map.withdrawal.statuses.NEW", "`requested`"]),
        ("roles = { customer = \"deposit\"", "roles = { customer = \"user\"", &["address.roles.customer", "neutral"]),
        ("times = \"milliseconds\"", "times = \"ms\"", &["ledger.map.times"]),
        ("words = [\"E404\"]", "words = []", &["ledger.map.absent", "go together"]),
        ("header = { name = \"X-Internal-Key\" }", "header = { name = \"X Key\" }", &["ledger.map.header.name"]),
        ("key_env = \"LEDGER_KEY\"", "", &["`key_env` or `key_file` is missing"]),
        ("network = \"/chain\"\nrole", "role", &["address.network", "ask.addresses"]),
        (", paging = { by = \"none\" } }\npolicy", " }\npolicy", &["ask.addresses.paging.by", "missing", "`none`"]),
        ("/credits?hash={txid}&after={cursor}\", items", "/credits\", pick = true, items", &["ask.deposits.paging.by"]),
        ("/wallets\", items", "/wallets?api_key=abc\", items", &["ask.addresses.path", "`api_key`", "secret"]),
        ("networks.ethereum = [\"ERC20\", \"ETH\"]", "", &["ledger.map.networks", "missing"]),
        ("kind = \"http\"", "kind = \"okx\"", &["neither `map` nor `preset`"]),
        ("kind = \"http\"", "kind = \"http\"\npreset = \"peatoi\"", &["ledger.preset", "`peatio`"]),
        (
            "header = { name = \"X-Internal-Key\" }",
            "hmac = { text = \"{path}{time}\", headers = {} }",
            &["ledger.map.hmac.text", "`{time}`"],
        ),
        (
            "header = { name = \"X-Internal-Key\" }",
            "hmac = { text = \"{path}\", headers = { X-Key = \"{key}\" } }",
            &["ledger.map.hmac.headers", "{signature}"],
        ),
    ];
    let api = Api::start(|request| inside().answer(request));
    let whose = MAP.replacen("account = \"/customer\"\nmemo", "memo", 1);
    let whose = whose.replacen("/customers/{account}/wallets\"", "/wallets\", pick = true", 1);
    let ran = run(&api.world("", &whose), &["check", TXID]);
    assert!(ran.code == 2 && ran.err.contains("ledger.map.address.account: missing"), "{}", ran.err);
    let bare = PEATIO.replace("networks.ethereum = \"eth-mainnet\"", "");
    let ran = run(&api.world("", &bare), &["check", TXID]);
    assert!(ran.code == 2 && ran.err.contains("ledger.map.networks: missing"), "{}", ran.err);
    for (right, wrong, words) in table {
        assert!(MAP.contains(right), "{right}");
        let ran = run(&api.world("", &MAP.replacen(right, wrong, 1)), &["check", TXID]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong}: {}", ran.err);
        for word in words {
            assert!(ran.err.contains(word), "{wrong}: {word} is not in {}", ran.err);
        }
    }
    assert!(api.asked().is_empty());
    let running = world().start();
    let config = running.folder.path().join("txsleuth.toml");
    let text = std::fs::read_to_string(&config).unwrap().replace("desk = {", "desk = { preset = \"peatio\",");
    std::fs::write(&config, text).unwrap();
    assert!(run(&running, &["check", TXID]).err.contains("only a ledger has a `map`"));
}

/// A map with an HMAC: every option that the two presets leave at its usual value.
#[test]
fn a_request_is_signed_as_the_map_says() {
    let api = Api::start(|request| {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let path = &request.url[url::Position::BeforePath..];
        let text = format!("{}|GET|{path}|{}", header("x-time"), header("x-nonce"));
        let mac = <hmac::Hmac<sha2::Sha512> as hmac::Mac>::new_from_slice(SECRET.as_bytes()).unwrap();
        let mac = hmac::Mac::finalize(hmac::Mac::chain_update(mac, text)).into_bytes();
        let right = header("x-sign") == format!("v1={}", base64::prelude::BASE64_STANDARD.encode(mac));
        let fresh = header("x-time") == "2026-01-31T12:00:00.000Z" && header("x-nonce").len() == 36;
        if !right || !fresh || header("x-key") != KEY {
            return ResponseTemplate::new(401).set_body_json(json!({"error": "signature"}));
        }
        answer(&json!({"result": {"rows": [credit(2)], "more": null}}))
    });
    let sign = "hmac = { algorithm = \"sha512\", encoding = \"base64\", timestamp = \"rfc3339\", \
                text = \"{timestamp}|{method}|{path}|{nonce}\", headers = { X-Key = \"{key}\", X-Time = \"{timestamp}\", \
                X-Nonce = \"{nonce}\", X-Sign = \"v1={signature}\" } }";
    let map = MAP.replace("header = { name = \"X-Internal-Key\" }", sign);
    let map = map.replace("key_env", "secret_env = \"LEDGER_SECRET\"\nkey_env");
    let document = check(&api.world("", &map), &[TXID]);
    assert_eq!(document["ledger"]["deposits"][0]["status"], "credited", "{document}");
    let wrong = map.replace("LEDGER_SECRET", "LEDGER_KEY");
    assert_eq!(open(&check(&api.world("", &wrong), &[TXID]), "deposits of transaction")["why"], "unauthorised");
}

/// A key that is shown in the query stands in no recording and in no gap.
#[test]
fn a_key_may_be_shown_in_the_query() {
    let api = Api::start(|request| {
        if parameter(request, "api_key").as_deref() != Some(KEY) {
            return ResponseTemplate::new(401);
        }
        match request.url.path() {
            "/internal/credits" => answer(&json!({"result": {"rows": [credit(2)], "more": null}})),
            _ => ResponseTemplate::new(500).set_body_string("no"),
        }
    });
    let map = MAP.replace("header = { name = \"X-Internal-Key\" }", "");
    let world = api.world("/internal?api_key={key}", &map);
    let bundle = world.folder.path().join("bundle");
    let args = ["check", TXID, "--network", "ethereum", "--format", "json", "--bundle", bundle.to_str().unwrap()];
    let ran = run(&world, &args);
    assert_eq!(ran.json()["ledger"]["deposits"][0]["status"], "credited", "{}", ran.out);
    assert!(api.asked().iter().any(|asked| asked.contains(&format!("hash={TXID}&api_key={KEY}"))), "{:?}", api.asked());
    let files = std::fs::read_dir(&bundle).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    assert!(!files.chain([ran.out, ran.err]).any(|text| text.contains(KEY)));
}

/// Peatio: lists by currency, and every body signed.
#[derive(Clone)]
struct Peatio {
    deposits: Vec<Value>,
    withdraws: Vec<Value>,
    /// Records of a page, whatever a request asks for.
    most: usize,
}

const PEATIO: &str = r#"
kind = "http"
preset = "peatio"
secret_file = "secret"
[ledger.map]
jws.signer = "support"
networks.ethereum = "eth-mainnet"
"#;

fn peatio_deposit(state: &str) -> Value {
    json!({
        "tid": "TID0000000001", "currency": "usdt", "address": ADDRESS.to_lowercase(), "uid": "ID00000000A1",
        "type": "coin", "amount": "500.0", "blockchain_key": "eth-mainnet", "state": state,
        "created_at": "2026-01-31T11:50:00Z", "completed_at": "2026-01-31T11:55:00Z", "blockchain_txid": TXID,
        "blockchain_confirmations": "N/A", "transfer_type": "crypto",
    })
}

fn peatio_withdraw(state: &str) -> Value {
    json!({
        "tid": "TID0000000002", "uid": "ID00000000A1", "currency": "usdt", "note": "", "type": "coin",
        "amount": "500.0", "fee": "1.0", "rid": ADDRESS, "blockchain_key": "eth-mainnet", "state": state,
        "created_at": "2026-01-31T11:00:00Z", "blockchain_txid": TXID, "transfer_type": "crypto",
    })
}

impl Peatio {
    fn start(self) -> (Api, Running) {
        let api = Api::start(move |request| self.answer(request));
        let running = api.world("/api/v2/management", PEATIO);
        (api, running)
    }

    fn deposit(row: Value) -> Self {
        Self { deposits: vec![row], withdraws: Vec::new(), most: 1000 }
    }

    /// Whether it has a currency.
    fn lists(&self, currency: &Value) -> bool {
        let own = self.deposits.iter().chain(&self.withdraws).any(|row| row["currency"] == *currency);
        own || currency.is_null() || currency == "eth"
    }

    /// What a request asks, where its signature is the signer's and fresh.
    fn opened(request: &Request) -> Option<Value> {
        if request.method.as_str() != "POST" || request.url.query().is_some() {
            return None;
        }
        let jwt: Value = serde_json::from_slice(&request.body).ok()?;
        let part = |value: &Value| value.as_str().map(str::to_owned);
        let own = &jwt["signatures"][0];
        let (protected, payload) = (part(&own["protected"])?, part(&jwt["payload"])?);
        let der: String = PEM.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = base64::prelude::BASE64_STANDARD.decode(der).unwrap();
        let pair = RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der)).unwrap();
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref().to_vec());
        let signature = BASE64_URL_SAFE_NO_PAD.decode(part(&own["signature"])?).ok()?;
        key.verify(format!("{protected}.{payload}").as_bytes(), &signature).ok()?;
        let decoded =
            |text: &str| serde_json::from_slice::<Value>(&BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap();
        let (head, claims) = (decoded(&protected), decoded(&payload));
        let at = now().as_second();
        let fresh = claims["iat"] == at && claims["exp"].as_i64()? > at && claims["jti"].as_str()?.len() == 36;
        let signer = head["alg"] == "RS256" && own["header"]["kid"] == "support" && claims["iss"] == "support";
        (fresh && signer).then(|| claims["data"].clone())
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        let refused = |status: u16, error: &str| ResponseTemplate::new(status).set_body_json(json!({"error": error}));
        let Some(data) = Self::opened(request) else { return refused(401, "Failed to verify JWT.") };
        let path = request.url.path().strip_prefix("/api/v2/management").unwrap_or_default();
        let rows = if path.starts_with("/deposits") { &self.deposits } else { &self.withdraws };
        match path {
            "/deposits" | "/withdraws" if !self.lists(&data["currency"]) => {
                refused(422, "currency does not have a valid value")
            }
            "/deposits" | "/withdraws" => {
                let number = |name: &str| usize::try_from(data[name].as_u64().unwrap()).unwrap();
                let (page, limit) = (number("page") - 1, number("limit").min(self.most));
                let fits = |row: &&Value| data["currency"].is_null() || row["currency"] == data["currency"];
                let page: Vec<&Value> = rows.iter().filter(fits).skip(page * limit).take(limit).collect();
                answer(&json!(page))
            }
            "/deposits/get" | "/withdraws/get" => match rows.iter().find(|row| row["tid"] == data["tid"]) {
                Some(row) => ResponseTemplate::new(201).set_body_json(row),
                None => refused(404, "Couldn't find record."),
            },
            "/blockchain_currencies/list" if data["page"] == 1 => answer(&json!([{
                "blockchain_key": "eth-mainnet", "currency_id": "usdt", "deposit_enabled": true,
                "withdrawal_enabled": true, "min_deposit_amount": "1.0", "min_confirmations": 6,
            }])),
            "/blockchain_currencies/list" => answer(&json!([])),
            _ => refused(404, "Not Found"),
        }
    }
}

#[test]
fn peatio_is_read_with_signed_bodies() {
    let (api, world) = Peatio::deposit(peatio_deposit("collected")).start();
    let document = check(&world, &[TXID, "--account", "ID00000000A1"]);
    assert_eq!(decisive(&document), ("credited", "complete"), "{document}");
    let own = &document["ledger"]["deposits"][0];
    assert_eq!((&own["raw_status"], &own["network"]), (&json!("collected"), &json!("ethereum")));
    // Whose the address is nobody says.
    assert_eq!(check(&world, &[TXID])["verdict"], "inconclusive");
    assert!(api.asked().iter().all(|asked| asked.starts_with("POST ")), "{:?}", api.asked());
    let writes = ["/new", "/state", "/action", "/update", "/create"];
    assert!(!api.asked().iter().any(|asked| writes.iter().any(|write| asked.ends_with(write))));
    let by_id = check(&world, &["TID0000000001"]);
    assert_eq!(decisive(&by_id).0, "credited", "{by_id}");
    let none = check(&Peatio { deposits: Vec::new(), withdraws: Vec::new(), most: 1000 }.start().1, &[TXID]);
    assert_ne!(none["verdict"], "complete", "{none}");
    assert!(
        none["gaps"]
            .as_array()
            .unwrap()
            .iter()
            .all(|gap| !gap["question"].as_str().unwrap().starts_with("deposits of"))
    );
    let order = Peatio { deposits: Vec::new(), withdraws: vec![peatio_withdraw("succeed")], most: 1000 }.start();
    assert_eq!(decisive(&check(&order.1, &["TID0000000002"])).0, "withdrawal-delivered");
    let row = run(&world, &["sources", "--format", "json"]).json();
    let row = row.as_array().unwrap().iter().find(|row| row["service"] == "ledger").unwrap().clone();
    assert_eq!(row["state"], "answers", "{row}");
}

#[test]
fn every_state_of_peatio_keeps_its_word() {
    let table = [
        ("submitted", "confirming"),
        ("canceled", "rejected"),
        ("rejected", "rejected"),
        ("accepted", "credited"),
        ("aml_processing", "held"),
        ("aml_suspicious", "held"),
        ("processing", "credited"),
        ("fee_processing", "credited"),
        ("skipped", "credited"),
        ("errored", "credited"),
        ("collected", "credited"),
        ("refunding", "refunding"),
        ("dispatched", "unknown:dispatched"),
    ];
    for (state, status) in table {
        let document = check(&Peatio::deposit(peatio_deposit(state)).start().1, &[TXID]);
        let own = &document["ledger"]["deposits"][0];
        assert_eq!((&own["status"], &own["raw_status"]), (&json!(status), &json!(state)), "{document}");
        assert_eq!(own["reason"] == "aml", status == "held");
    }
    let table = [
        ("prepared", "requested"),
        ("submitted", "requested"),
        ("canceled", "cancelled"),
        ("accepted", "approved"),
        ("skipped", "processing"),
        ("suspected", "in_review"),
        ("to_reject", "in_review"),
        ("under_review", "in_review"),
        ("rejected", "rejected"),
        ("processing", "processing"),
        ("confirming", "broadcast"),
        ("succeed", "completed"),
        ("failed", "failed"),
        ("errored", "unknown:errored"),
    ];
    for (state, status) in table {
        let order = Peatio { deposits: Vec::new(), withdraws: vec![peatio_withdraw(state)], most: 1000 }.start();
        let document = check(&order.1, &["TID0000000002"]);
        assert_eq!(document["ledger"]["withdrawals"][0]["status"], status, "{document}");
    }
}

#[test]
fn peatio_is_looked_through_as_far_as_the_claim_reaches() {
    let mut number = 10;
    let mut rows = |days: i64| {
        number += 1;
        let at = now() - jiff::SignedDuration::from_hours(days * 24);
        let other = but(&peatio_deposit("collected"), "blockchain_txid", json!(OTHER_TXID));
        but(&but(&other, "created_at", json!(at.to_string())), "tid", json!(format!("TID{number:010}")))
    };
    // A fiat deposit names no transaction.
    let mut many: Vec<Value> = (0..1500).map(|_| rows(1)).collect();
    many[3].as_object_mut().unwrap().remove("blockchain_txid");
    many.push(peatio_deposit("collected"));
    let (api, world) = Peatio { deposits: many.clone(), withdraws: Vec::new(), most: 1000 }.start();
    assert_eq!(decisive(&check(&world, &[TXID, "--account", "ID00000000A1"])).0, "credited");
    assert!(api.bodies().len() >= 4, "a second page, withdrawals, policy");
    // A server whose pages are shorter than was asked for.
    let short = Peatio { deposits: many[1490..].to_vec(), withdraws: Vec::new(), most: 3 };
    assert_eq!(decisive(&check(&short.start().1, &[TXID, "--account", "ID00000000A1"])).0, "credited");
    many.truncate(1500);
    many[999] = rows(90);
    let (api, world) = Peatio { deposits: many, withdraws: Vec::new(), most: 1000 }.start();
    let document = check(&world, &[TXID, "--at", "2026-01-31T11:20:00Z", "--asset", "USDT"]);
    assert_ne!(decisive(&document).0, "credited");
    // The last row of the first page is older than the claim can be.
    let asked = |body: &String| -> Value {
        let payload = serde_json::from_str::<Value>(body).unwrap()["payload"].as_str().unwrap().to_owned();
        serde_json::from_slice::<Value>(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()["data"].clone()
    };
    let lists: Vec<Value> = api.bodies().iter().map(asked).filter(|data| data["currency"] == "usdt").collect();
    assert!(!lists.is_empty() && lists.iter().all(|data| data["page"] == 1), "{lists:?}");
}

#[test]
fn a_recording_of_peatio_holds_no_signature() {
    let (api, world) = Peatio::deposit(peatio_deposit("collected")).start();
    let bundle = world.folder.path().join("bundle");
    let args = ["check", TXID, "--network", "ethereum", "--format", "json", "--bundle", bundle.to_str().unwrap()];
    let ran = run(&world, &args);
    let files = std::fs::read_dir(&bundle).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()));
    let texts: Vec<String> = files.map(Result::unwrap).chain([ran.out.clone(), ran.err]).collect();
    let sent = api.bodies();
    assert!(!sent.is_empty());
    for body in sent {
        let body: Value = serde_json::from_str(&body).unwrap();
        for part in [&body["payload"], &body["signatures"][0]["signature"]] {
            assert!(!texts.iter().any(|text| text.contains(part.as_str().unwrap())));
        }
    }
    assert!(!texts.iter().any(|text| text.contains("PRIVATE KEY")));
    let again = world.run(&["check", "--replay", bundle.to_str().unwrap(), "--format", "json"], &[]);
    assert_eq!(again.json()["findings"], serde_json::from_str::<Value>(&ran.out).unwrap()["findings"]);
}

#[test]
fn a_signature_that_peatio_refuses_is_a_gap() {
    let api = Api::start(|_| ResponseTemplate::new(401).set_body_json(json!({"error": "Failed to verify JWT."})));
    let document = check(&api.world("/api/v2/management", PEATIO), &[TXID]);
    assert_eq!(open(&document, "deposits of")["why"], "unauthorised", "{document}");
    let unsigned = PEATIO.replace("secret_file = \"secret\"", "");
    assert!(run(&api.world("", &unsigned), &["check", TXID]).err.contains("`secret_env` or `secret_file` is missing"));
    let nobody = PEATIO.replace("jws.signer = \"support\"", "");
    assert!(run(&api.world("", &nobody), &["check", TXID]).err.contains("signer"));
    let no_key = PEATIO.replace("secret_file = \"secret\"", "secret_env = \"LEDGER_SECRET\"");
    let document = check(&api.world("/api/v2/management", &no_key), &[TXID]);
    assert!(open(&document, "deposits of")["detail"].as_str().unwrap().contains("not an RSA key"), "{document}");
}

/// `HollaEx`: an administrator's key, and states as five truth values.
#[derive(Clone)]
struct HollaEx {
    deposits: Vec<Value>,
    withdrawals: Vec<Value>,
    wallets: Vec<Value>,
}

const HOLLAEX: &str = r#"
kind = "http"
preset = "hollaex"
key_env = "LEDGER_KEY"
secret_env = "LEDGER_SECRET"
"#;

fn hollaex_row(kind: &str, set: &[&str]) -> Value {
    let flag = |name: &str| set.contains(&name);
    json!({
        "id": 11104, "amount": 500, "fee": 1, "address": ADDRESS, "transaction_id": TXID, "status": flag("status"),
        "dismissed": flag("dismissed"), "rejected": flag("rejected"), "processing": flag("processing"),
        "waiting": flag("waiting"), "description": "", "type": kind, "currency": "usdt", "network": "eth",
        "fee_coin": "usdt", "created_at": "2026-01-31T11:50:00.228Z", "updated_at": "2026-01-31T11:55:01.228Z",
        "user_id": 10, "User": {"id": 10, "exchange_id": 781}, "network_id": 10871,
    })
}

fn wallet(currency: &str) -> Value {
    json!({
        "currency": currency, "address": ADDRESS, "network": "eth", "standard": null, "is_valid": true,
        "created_at": "2025-03-31T01:08:40.987Z", "updated_at": "2025-03-31T01:08:40.987Z",
        "User": {"exchange_id": 781}, "network_id": 10871,
    })
}

impl HollaEx {
    fn deposit(set: &[&str]) -> Self {
        Self { deposits: vec![hollaex_row("deposit", set)], withdrawals: Vec::new(), wallets: vec![wallet("usdt")] }
    }

    fn start(self) -> (Api, Running) {
        let api = Api::start(move |request| self.answer(request));
        let running = api.world("/api", HOLLAEX);
        (api, running)
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let refused = |status: u16, text: &str| ResponseTemplate::new(status).set_body_json(json!({"message": text}));
        let path = &request.url[url::Position::BeforePath..];
        let signed = hmac(&format!("GET{path}{}", header("api-expires")));
        let signed: String = signed.iter().map(|byte| format!("{byte:02x}")).collect();
        if header("api-key") != KEY || header("api-signature") != signed {
            return refused(401, "Access denied: Invalid signature");
        }
        if header("api-expires").parse::<i64>().is_ok_and(|at| at <= now().as_second()) {
            return refused(401, "API request is expired");
        }
        let rows = match request.url.path() {
            "/api/v2/admin/deposits" => &self.deposits,
            "/api/v2/admin/withdrawals" => &self.withdrawals,
            "/api/v2/admin/user/wallet" => &self.wallets,
            _ => return refused(404, "Not found"),
        };
        let wanted = [("transaction_id", "transaction_id"), ("address", "address"), ("network", "network")];
        let wanted = wanted.map(|(name, field)| (field, parameter(request, name)));
        let fits = |row: &&Value| {
            wanted
                .iter()
                .all(|(field, text)| text.as_ref().is_none_or(|text| plain(&row[*field]).eq_ignore_ascii_case(text)))
        };
        let all: Vec<&Value> = rows.iter().filter(fits).collect();
        let number = |name: &str| parameter(request, name).and_then(|text| text.parse::<usize>().ok());
        let (page, limit) = (number("page").unwrap(), number("limit").unwrap());
        let page: Vec<&&Value> = all.iter().skip((page - 1) * limit).take(limit).collect();
        answer(&json!({"count": all.len(), "data": page}))
    }
}

#[test]
fn hollaex_is_read_with_an_administrators_key() {
    let (api, world) = HollaEx::deposit(&["status"]).start();
    let document = check(&world, &[TXID, "--account", "10"]);
    assert_eq!(decisive(&document), ("credited", "complete"), "{document}");
    assert_eq!(document["ledger"]["deposits"][0]["account"], "10");
    // Whose it is nobody says.
    assert_eq!(check(&world, &[TXID])["verdict"], "inconclusive");
    assert!(!api.asked().iter().any(|path| path.contains("check-transaction")), "it writes");
    // An address of one user has a row for every coin.
    let many = HollaEx { wallets: vec![wallet("usdt"), wallet("eth")], ..HollaEx::deposit(&[]) };
    let (api, world) = HollaEx { deposits: Vec::new(), ..many }.start();
    let document = check(&world, &[TXID, "--account", "10"]);
    assert_eq!(document["verdict"], "inconclusive", "the wallet names no account: {document}");
    assert!(document["gaps"].to_string().contains("names no account"), "{document}");
    assert!(api.asked().iter().any(|path| path.contains("/user/wallet?address=0x") && path.contains("&network=eth&")));
    // The exchange's own wallets are in no list of users' wallets.
    let none = HollaEx { deposits: Vec::new(), withdrawals: Vec::new(), wallets: Vec::new() };
    let document = check(&none.start().1, &[TXID]);
    assert_eq!(open(&document, "the owner of address")["why"], "not-offered", "{document}");
    assert_ne!(decisive(&document).0, "address-not-ours");
    let wrong = HOLLAEX.replace("LEDGER_SECRET", "LEDGER_KEY");
    let refused = check(&api.world("/api", &wrong), &[TXID]);
    assert_eq!(open(&refused, "deposits of")["why"], "unauthorised");
}

#[test]
fn every_state_of_hollaex_keeps_its_word() {
    let table = [
        (&[][..], "confirming", "none", "requested"),
        (&["status"], "credited", "status", "completed"),
        (&["rejected"], "rejected", "rejected", "rejected"),
        (&["dismissed"], "rejected", "dismissed", "cancelled"),
        (&["processing"], "unknown:processing", "processing", "processing"),
        (&["waiting"], "unknown:waiting", "waiting", "unknown:waiting"),
        (&["rejected", "processing"], "rejected", "rejected", "rejected"),
    ];
    for (set, status, raw, order) in table {
        let exchange = HollaEx { withdrawals: vec![hollaex_row("withdrawal", set)], ..HollaEx::deposit(set) };
        let document = check(&exchange.clone().start().1, &[TXID]);
        let own = &document["ledger"]["deposits"][0];
        assert_eq!((&own["status"], &own["raw_status"]), (&json!(status), &json!(raw)), "{document}");
        let sent = HollaEx { deposits: Vec::new(), ..exchange };
        let document = check(&sent.start().1, &[TXID, "--kind", "withdrawal"]);
        assert_eq!(document["ledger"]["withdrawals"][0]["status"], order, "{document}");
    }
    let crooked = but(&hollaex_row("deposit", &["status"]), "rejected", json!("no"));
    let exchange = HollaEx { deposits: vec![crooked], withdrawals: Vec::new(), wallets: vec![wallet("usdt")] };
    let document = check(&exchange.start().1, &[TXID]);
    assert!(open(&document, "deposits of")["detail"].as_str().unwrap().contains("neither true nor false"));
    assert_eq!(document["verdict"], "inconclusive");
}

/// A configuration's own keys go over those of the preset, one by one.
#[test]
fn a_configuration_goes_over_its_preset() {
    let own =
        format!("{PEATIO}\n[ledger.map.deposit.statuses]\naccepted = \"credited_locked\"\ndispatched = \"credited\"\n");
    for (state, status) in [("accepted", "credited_locked"), ("dispatched", "credited"), ("collected", "credited")] {
        let peatio = Peatio::deposit(peatio_deposit(state));
        let api = Api::start(move |request| peatio.answer(request));
        let document = check(&api.world("/api/v2/management", &own), &[TXID]);
        assert_eq!(document["ledger"]["deposits"][0]["status"], status, "{document}");
    }
}

/// The map that the README shows is one.
#[test]
fn the_map_of_the_readme_is_read() {
    let readme = std::fs::read_to_string(crate::support::repository().join("README.md")).unwrap();
    let block = readme.split("```").find(|block| block.contains("[ledger.map]\n")).unwrap();
    let api = Api::start(|_| {
        answer(&json!({"rows": [{
            "no": 1, "customer": "A-1001", "coin": "USDT", "chain": "ETH", "hash": TXID, "to": ADDRESS, "value": 500, "state": 2,
        }]}))
    });
    let block = block.trim_start_matches("ini\n").replace("https://ledger.example/internal", &api.server.uri());
    let running = world().start();
    configure(&running, &block);
    let document =
        running.run(&["check", TXID, "--network", "ethereum", "--format", "json"], &[("LEDGER_TOKEN", KEY)]).json();
    assert_eq!(document["ledger"]["deposits"][0]["status"], "credited", "{document}");
}
