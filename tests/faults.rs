//! The fault matrix: every fault of every source ends in a gap or a finding, never in a wrong certain
//! verdict, a panic or a hang; and what was recorded under a fault decides the same again.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, mpsc};
use std::time::Duration;

use serde_json::{Value, json};
use txsleuth::net::{Auth, Call, Limits, Net, Service};

use crate::stub::{
    ADDRESS, Answer, Fault, Instead, NOW, OTHER_BLOCK, OTHER_TXID, RECEIPT, Request, Running, Source, Stub, TICKET, TX,
    TXID, USDT, Way, World, answer_ledger, answer_rpc, ledger, node, now, quantity, spoken, world,
};
use crate::support::Ran;

/// An address of somebody else, as a log's topic.
pub(crate) const OTHER_RECEIVER: &str = "0x00000000000000000000000000000000000000000000000000000000000000ff";
/// A number that no double holds.
const BEYOND: u64 = (1 << 53) + 1;

pub(crate) const NODE: &str = "network.ethereum.0";
pub(crate) const LEDGER: &str = "ledger";
const DESK: &str = "desk";
/// Where two nodes contradict each other, the network as a whole has no answer.
const NETWORK: &str = "network.ethereum";

/// A row that takes longer hangs.
const HANGS: Duration = Duration::from_secs(60);
/// Rows at a time: most of them wait.
const ABREAST: usize = 16;

/// Where a redirect leads that must not be followed.
static TRAP: LazyLock<Stub> = LazyLock::new(|| Stub::start(|_| Answer::json(200, &json!({"items": [], "next": null}))));

/// A deposit as the ledger would have it.
pub(crate) fn credit(txid: &str) -> Value {
    json!({
        "id": "D-1", "account": "A-1001", "asset": "USDT", "network": "ethereum", "txid": txid, "address": ADDRESS,
        "amount": "500", "status": "credited", "credited_at": "2026-01-31T11:30:00Z",
    })
}

/// A withdrawal as the ledger would have it.
fn payout(txid: &str) -> Value {
    json!({
        "id": "W-1", "account": "A-1001", "asset": "USDT", "network": "ethereum", "txid": txid, "address": ADDRESS,
        "amount": "500", "fee": "1", "status": "completed", "requested_at": "2026-01-31T11:00:00Z",
        "broadcast_at": "2026-01-31T11:05:00Z", "completed_at": "2026-01-31T11:20:00Z",
    })
}

/// How a world differs from the healthy one. Where there are several nodes, it is the first that changes.
impl World {
    pub(crate) fn node(&mut self) -> &mut Value {
        &mut self.nodes[0].says
    }

    fn ledger(&mut self) -> &mut Value {
        &mut self.ledger.says
    }

    /// A result of the node.
    pub(crate) fn result(&mut self, call: &str) -> &mut Value {
        &mut self.node()[call]["result"]
    }

    /// The log of the transfer.
    pub(crate) fn log(&mut self) -> &mut Value {
        &mut self.result(RECEIPT)["logs"][0]
    }

    /// An event beside the transfer, of somebody else and of no meaning here.
    pub(crate) fn logs_more(&mut self) {
        let mut event = self.log().clone();
        (event["topics"], event["data"], event["logIndex"]) = (json!([OTHER_RECEIVER]), json!("0x"), json!("0x1"));
        event["address"] = json!("0x00000000000000000000000000000000000000ff");
        self.result(RECEIPT)["logs"].as_array_mut().unwrap().push(event);
    }

    /// The node replies to every call in the same way.
    fn always(&mut self, reply: &Value) {
        self.node().as_object_mut().unwrap().values_mut().for_each(|known| known.clone_from(reply));
    }

    pub(crate) fn node_sends(&mut self, fault: Instead) {
        self.nodes[0].fault = Fault::Instead(fault);
    }

    fn ledger_sends(&mut self, fault: Instead) {
        self.ledger.fault = Fault::Instead(fault);
    }

    /// A second node that says the same.
    fn double(&mut self) {
        self.nodes.push(self.nodes[0].clone());
    }

    pub(crate) fn stale(&mut self) {
        self.mines_on_demand = false;
        self.result("latest")["timestamp"] = json!(quantity(NOW - 3600));
    }

    pub(crate) fn syncing(&mut self) {
        *self.result("eth_syncing") = json!({"currentBlock": "0x12c", "highestBlock": "0xfff"});
    }

    pub(crate) fn wrong_chain(&mut self) {
        *self.result("eth_chainId") = json!("0xa");
    }

    pub(crate) fn unknown(&mut self) {
        *self.result(TX) = Value::Null;
        *self.result(RECEIPT) = Value::Null;
    }

    pub(crate) fn pending(&mut self) {
        self.result(TX)["blockHash"] = Value::Null;
        *self.result(RECEIPT) = Value::Null;
    }

    fn at_height(&mut self, height: u64) {
        self.result("latest")["number"] = json!(format!("{:#x}", height + 200));
        self.result("block")["number"] = json!(format!("{height:#x}"));
        self.result(RECEIPT)["blockNumber"] = json!(format!("{height:#x}"));
    }
}

/// What a row must come to.
pub(crate) struct Expect {
    exit: u8,
    verdict: &'static str,
    code: &'static str,
    /// Source and reason of the gaps that must be told. No other source may have one.
    gaps: Vec<(&'static str, &'static str)>,
    /// Parts of the document, by JSON pointer.
    parts: Vec<(&'static str, Value)>,
}

impl Expect {
    pub(crate) fn new(verdict: &'static str, code: &'static str) -> Self {
        Self { exit: 0, verdict, code, gaps: Vec::new(), parts: Vec::new() }
    }

    pub(crate) fn gap(mut self, source: &'static str, why: &'static str) -> Self {
        self.gaps.push((source, why));
        self
    }

    pub(crate) fn part(mut self, pointer: &'static str, value: Value) -> Self {
        self.parts.push((pointer, value));
        self
    }

    pub(crate) fn exit(mut self, exit: u8) -> Self {
        self.exit = exit;
        self
    }
}

/// The right answer of the healthy world.
pub(crate) fn missed() -> Expect {
    Expect::new("platform-action", "deposit-missed")
}

/// A question that stays open.
pub(crate) fn open(code: &'static str, source: &'static str, why: &'static str) -> Expect {
    Expect::new("inconclusive", code).gap(source, why)
}

/// The needed source gave no answer.
pub(crate) fn unavailable(source: &'static str, why: &'static str) -> Expect {
    open("source-unavailable", source, why)
}

pub(crate) fn disagree() -> Expect {
    open("sources-disagree", NETWORK, "conflicting")
}

/// One line of the matrix.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) world: World,
    expect: Expect,
}

pub(crate) fn row(name: &str, expect: Expect, change: impl FnOnce(&mut World)) -> Row {
    let mut world = world();
    change(&mut world);
    Row { name: name.to_owned(), world, expect }
}

/// Lines as a table: the name, what it must come to, and how the world differs.
pub(crate) type Line = (&'static str, Expect, fn(&mut World));

pub(crate) fn rows<const N: usize>(table: [Line; N]) -> Vec<Row> {
    table.into_iter().map(|(name, expect, change)| row(name, expect, change)).collect()
}

/// Which part of the world fails, and what is asked.
#[derive(Clone, Copy, Debug)]
enum Failing {
    /// The only node.
    Chain,
    /// The only source of the chain, an explorer of this kind.
    Explorer(&'static str),
    /// One of two nodes.
    OneNodeOfTwo,
    /// The ledger.
    Ledger,
    /// Node and ledger: everybody.
    Everybody,
    /// The desk, asked for a ticket.
    Desk,
    /// The desk, asked for the ticket of a transaction that is known all the same.
    DeskBeside,
}

const FAILING: &[Failing] = &[
    Failing::Explorer("blockscout"),
    Failing::Explorer("etherscan"),
    Failing::Chain,
    Failing::OneNodeOfTwo,
    Failing::Ledger,
    Failing::Everybody,
    Failing::Desk,
    Failing::DeskBeside,
];

impl Failing {
    fn row(self, name: &str, fault: Fault, why: Option<&'static str>) -> Row {
        let expect = why.map_or_else(missed, |why| self.expect(why));
        row(&format!("{self:?}: {name}"), expect, |world| self.afflict(world, fault))
    }

    fn afflict(self, world: &mut World, fault: Fault) {
        match self {
            Self::Chain => world.nodes[0].fault = fault,
            Self::Explorer(kind) => {
                world.nodes = vec![Source::of(node()).by(kind)];
                world.nodes[0].fault = fault;
            }
            Self::OneNodeOfTwo => {
                world.double();
                world.nodes[0].fault = fault;
            }
            Self::Ledger => world.ledger.fault = fault,
            Self::Everybody => (world.nodes[0].fault, world.ledger.fault) = (fault, fault),
            Self::Desk => (world.desk.fault, world.args) = (fault, vec![TICKET]),
            Self::DeskBeside => {
                world.desk.fault = fault;
                world.args.extend(["--ticket", TICKET]);
            }
        }
    }

    fn expect(self, why: &'static str) -> Expect {
        match self {
            Self::Chain | Self::Explorer(_) => unavailable(NODE, why),
            Self::OneNodeOfTwo => missed().gap(NODE, why),
            Self::Ledger => unavailable(LEDGER, why),
            Self::Everybody => unavailable(NODE, why).gap(LEDGER, why).exit(3),
            Self::Desk => unavailable(DESK, why).exit(3),
            Self::DeskBeside => missed().gap(DESK, why),
        }
    }
}

/// Faults of the way, whatever is asked: the name, the fault, and the reason of the gap.
const FAULTS: &[(&str, Fault, &str)] = &[
    ("nothing listens", Fault::Absent, "refused"),
    ("hung up", Fault::Instead(|_, answer| answer.by(Way::HungUp)), "refused"),
    ("reset in the body", Fault::Instead(|_, answer| answer.by(Way::Reset)), "refused"),
    ("shorter than announced", Fault::Instead(|_, answer| answer.by(Way::Short)), "refused"),
    ("no answer", Fault::Slow(|_, answer| answer.by(Way::Silent)), "timeout"),
    ("a slow drip", Fault::Slow(|_, answer| answer.by(Way::Drip)), "timeout"),
    ("429", Fault::Instead(|_, _| text(429)), "rate-limited"),
    ("429 for an hour", Fault::Instead(|_, _| text(429).header("retry-after", "3600")), "rate-limited"),
    ("401", Fault::Instead(|_, _| text(401)), "unauthorised"),
    ("403", Fault::Instead(|_, _| text(403)), "unauthorised"),
    ("500", Fault::Instead(|_, _| text(500)), "server-error"),
    ("503", Fault::Instead(|_, _| text(503)), "server-error"),
    ("503 for an hour", Fault::Instead(|_, _| text(503).header("retry-after", "3600")), "server-error"),
    ("a page with 200", Fault::Instead(|_, _| page(200)), "malformed"),
    ("a page with 404", Fault::Instead(|_, _| page(404)), "malformed"),
    ("an empty body", Fault::Instead(|_, _| Answer::new(200, "application/json", "")), "malformed"),
    ("not UTF-8", Fault::Instead(|_, _| Answer::new(200, "application/json", vec![0x1f, 0x8b, 0xff])), "malformed"),
    ("truncated JSON", Fault::Instead(|_, answer| halved(answer)), "malformed"),
    ("deep nesting", Fault::Instead(|_, _| Answer::new(200, "application/json", deep())), "malformed"),
    ("an endless body", Fault::Instead(|_, answer| answer.by(Way::Endless)), "too-large"),
    ("a redirect to another port", Fault::Instead(|_, _| Answer::redirect(TRAP.url.clone())), "redirected"),
    ("a redirect to another host", Fault::Instead(to_another_host), "redirected"),
    ("a redirect in circles", Fault::Instead(|request, _| Answer::redirect(request.target.clone())), "redirected"),
];

fn text(status: u16) -> Answer {
    Answer::new(status, "text/plain", "not now")
}

fn page(status: u16) -> Answer {
    Answer::new(status, "text/html", "<!doctype html><title>Sign in to the network</title>")
}

fn halved(mut answer: Answer) -> Answer {
    answer.body.truncate(answer.body.len() / 2);
    answer
}

/// JSON that would exhaust the stack of a parser that recurses.
fn deep() -> String {
    "[".repeat(100_000) + &"]".repeat(100_000)
}

/// Another name for the same machine is another host all the same; following it would bring the right answer.
fn to_another_host(request: &Request, answer: Answer) -> Answer {
    let host = request.header("host");
    if host.starts_with("localhost") {
        return answer;
    }
    Answer::redirect(format!("http://{}{}", host.replace("127.0.0.1", "localhost"), request.target))
}

/// What looks like a fault and does no harm.
const HARMLESS: &[(&str, Fault)] = &[
    ("nothing fails", Fault::None),
    ("503 once", Fault::Instead(|request, answer| once(request, answer, || text(503)))),
    ("reset once", Fault::Instead(|request, answer| once(request, answer.clone(), || answer.by(Way::Reset)))),
    ("429 for a second", Fault::Instead(|request, answer| once(request, answer, || limited("1")))),
    (
        "429 until a time gone by",
        Fault::Instead(|request, answer| once(request, answer, || limited("Wed, 21 Oct 2015 07:28:00 GMT"))),
    ),
    ("a redirect on the same host", Fault::Instead(to_the_same_host)),
    ("unknown fields", Fault::Instead(|_, answer| answer.edit(add_fields))),
];

fn once(request: &Request, answer: Answer, fault: impl FnOnce() -> Answer) -> Answer {
    if request.nth == 0 { fault() } else { answer }
}

fn limited(wait: &str) -> Answer {
    text(429).header("retry-after", wait)
}

/// The script does not know the address that it redirects to, so the redirect carries the old one in its query.
fn to_the_same_host(request: &Request, answer: Answer) -> Answer {
    if request.target.contains("moved=1") {
        return answer;
    }
    let joint = if request.target.contains('?') { '&' } else { '?' };
    Answer::redirect(format!("{}{joint}moved=1", request.target))
}

/// Every object gets a field that no contract knows.
fn add_fields(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            fields.values_mut().for_each(add_fields);
            fields.insert("x_new".to_owned(), json!({"since": 9_007_199_254_740_993_u64, "why": [null, 1.5e300]}));
        }
        Value::Array(items) => items.iter_mut().for_each(add_fields),
        _ => {}
    }
}

fn faults_of_the_way() -> Vec<Row> {
    let faults = FAULTS.iter().map(|&(name, fault, why)| (name, fault, Some(why)));
    let faults = faults.chain(HARMLESS.iter().map(|&(name, fault)| (name, fault, None)));
    faults.flat_map(|(name, fault, why)| FAILING.iter().map(move |failing| failing.row(name, fault, why))).collect()
}

/// The node's own error in the place of a result.
fn error(code: i64, message: &str) -> Value {
    json!({"error": {"code": code, "message": message}})
}

fn errors_of_the_only_node() -> Vec<Row> {
    rows([
        ("an error for every call", unavailable(NODE, "server-error"), |world| {
            world.always(&error(-32000, "header not found"));
        }),
        ("a limit told as an error", unavailable(NODE, "rate-limited"), |world| {
            world.always(&error(-32005, "limit exceeded"));
        }),
        ("a limit told as a result", unavailable(NODE, "malformed"), |world| {
            world.always(&json!({"result": "Max rate limit reached"}));
        }),
        ("pruned history", open("source-lacks-history", NODE, "lacks-history"), |world| {
            world.node()[TX] = error(4444, "Pruned history unavailable");
            world.node()[RECEIPT] = error(4444, "Pruned history unavailable");
        }),
        ("errors with status 500", unavailable(NODE, "server-error"), |world| {
            world.node_sends(|_, answer| {
                let replies = answer.edit(|json| each(json, |reply| reply["error"] = json!({"code": -32603})));
                Answer::new(500, "application/json", replies.body)
            });
        }),
        ("an explorer's error in the place of a batch", unavailable(NODE, "malformed"), |world| {
            let limited = |_: &Request, _| {
                Answer::json(200, &json!({"status": "0", "message": "NOTOK", "result": "Max rate limit reached"}))
            };
            world.node_sends(limited);
        }),
        ("a gateway's own words", unavailable(NODE, "malformed"), |world| {
            world.node_sends(|_, _| Answer::json(200, &json!({"message": "quota exceeded"})));
        }),
        ("a gateway's own words for a 404", unavailable(NODE, "malformed"), |world| {
            world.node_sends(|_, _| Answer::json(404, &json!({"message": "no Route matched with those values"})));
        }),
        ("a gateway's own words about transactions", unavailable(NODE, "malformed"), |world| {
            world.node_sends(|request, answer| {
                let about = request.body.contains("eth_getTransaction");
                if about { Answer::json(200, &json!({"message": "quota exceeded"})) } else { answer }
            });
        }),
        ("a batch that is too large by the code of a limit", missed(), |world| {
            world.node_sends(|request, answer| if request.body.starts_with('[') { large_batch() } else { answer });
        }),
        ("a rate limit in the place of a batch", unavailable(NODE, "rate-limited"), |world| {
            world.node_sends(|request, answer| if request.body.starts_with('[') { limited_batch() } else { answer });
        }),
        ("a batch refused as a whole", unavailable(NODE, "server-error"), |world| {
            world.node_sends(|_, _| refused_batch());
        }),
        ("a node that takes no batches", missed(), |world| {
            world.node_sends(|request, answer| if request.body.starts_with('[') { refused_batch() } else { answer });
        }),
        ("a batch out of order", missed(), |world| world.node_sends(|_, answer| answer.edit(reverse))),
        ("a null error beside a result", missed(), |world| {
            world.node_sends(|_, answer| answer.edit(|json| each(json, |reply| reply["error"] = Value::Null)));
        }),
        ("a result that nests deeply", unavailable(NODE, "malformed"), |world| {
            world.node_sends(|_, mut answer| {
                let body = String::from_utf8(answer.body).unwrap();
                answer.body = body.replace("\"removed\":false", &format!("\"removed\":{}", deep())).into_bytes();
                answer
            });
        }),
    ])
}

/// Changes every reply, in a batch or alone.
fn each(json: &mut Value, mut change: impl FnMut(&mut Value)) {
    match json {
        Value::Array(replies) => replies.iter_mut().for_each(change),
        single => change(single),
    }
}

fn reverse(json: &mut Value) {
    if let Value::Array(replies) = json {
        replies.reverse();
    }
}

fn large_batch() -> Answer {
    let error = json!({"code": -32005, "message": "Batch size limit exceeded"});
    Answer::json(200, &json!({"jsonrpc": "2.0", "id": null, "error": error}))
}

fn limited_batch() -> Answer {
    let error = json!({"code": -32005, "message": "limit exceeded"});
    Answer::json(200, &json!({"jsonrpc": "2.0", "id": null, "error": error}))
}

fn refused_batch() -> Answer {
    let error = json!({"code": -32600, "message": "batches are not supported"});
    Answer::json(200, &json!({"jsonrpc": "2.0", "id": null, "error": error}))
}

/// A batch reply lacks the element of each call in turn, which is asked about again.
fn missing_elements() -> Vec<Row> {
    rows([
        ("a batch without the chain id", missed(), |world| {
            world.node_sends(|request, answer| without(request, answer, "eth_chainId"));
        }),
        ("a batch without the head", missed(), |world| {
            world.node_sends(|request, answer| without(request, answer, "latest"));
        }),
        ("a batch without the progress", missed(), |world| {
            world.node_sends(|request, answer| without(request, answer, "eth_syncing"));
        }),
        ("a batch without the transaction", missed(), |world| {
            world.node_sends(|request, answer| without(request, answer, TX));
        }),
        ("a batch without the receipt", missed(), |world| {
            world.node_sends(|request, answer| without(request, answer, RECEIPT));
        }),
    ])
}

fn without(request: &Request, answer: Answer, missing: &str) -> Answer {
    let asked: Value = serde_json::from_str(&request.body).unwrap();
    let calls = asked.as_array().cloned().unwrap_or_default();
    let id = calls.iter().find(|call| spoken(call) == missing).map(|call| call["id"].clone());
    answer.edit(|json| {
        if let Value::Array(replies) = json {
            replies.retain(|reply| Some(&reply["id"]) != id.as_ref());
        }
    })
}

/// A node that is not fit to answer.
pub(crate) fn unfit_nodes() -> Vec<Row> {
    let behind = || open("source-behind", NODE, "behind");
    rows([
        ("another chain", open("source-wrong-chain", NODE, "wrong-chain"), World::wrong_chain),
        ("a chain that it does not tell", unavailable(NODE, "server-error"), |world| {
            world.node()["eth_chainId"] = error(-32000, "no");
        }),
        ("a stale head", behind(), World::stale),
        ("a node that catches up", behind(), World::syncing),
        ("a head below the block", behind(), |world| world.result("latest")["number"] = json!("0x32")),
        ("no head", unavailable(NODE, "malformed"), |world| *world.result("latest") = Value::Null),
        ("no finalized block", unavailable(NODE, "not-offered"), |world| {
            world.ledger()["networks"]["required_confirmations"] = json!("finalized");
            *world.result("finalized") = Value::Null;
        }),
    ])
}

/// Answers that are about something else, or that contradict themselves.
pub(crate) fn unfit_answers() -> Vec<Row> {
    let mismatch = || open("answer-not-proven", NODE, "mismatch");
    let malformed = || unavailable(NODE, "malformed");
    let lacks = || open("source-lacks-history", NODE, "lacks-history");
    let orphaned = Expect::new("waiting", "reorged-out").part("/transactions/0/state", json!("orphaned"));
    rows([
        ("another transaction", mismatch(), |world| world.result(TX)["hash"] = json!(OTHER_TXID)),
        ("a transaction with other fields", mismatch(), |world| world.result(TX)["value"] = json!("0x1")),
        ("another one's receipt", mismatch(), |world| world.result(RECEIPT)["transactionHash"] = json!(OTHER_TXID)),
        ("a block of another height", mismatch(), |world| world.result("block")["number"] = json!("0x65")),
        ("another block at that height", orphaned, |world| world.result("block")["hash"] = json!(OTHER_BLOCK)),
        ("two blocks", malformed(), |world| world.result(TX)["blockHash"] = json!(OTHER_BLOCK)),
        ("a block without a receipt", malformed(), |world| *world.result(RECEIPT) = Value::Null),
        ("a receipt without a transaction", lacks(), |world| *world.result(TX) = Value::Null),
        ("a receipt without a status", lacks(), |world| world.result(RECEIPT)["status"] = Value::Null),
        ("a third status", malformed(), |world| world.result(RECEIPT)["status"] = json!("0x2")),
        ("no logs", malformed(), |world| world.result(RECEIPT)["logs"] = Value::Null),
        ("a transfer that is no number", malformed(), |world| world.log()["data"] = json!(format!("0x{:z>64}", ""))),
        ("a transfer cut short", malformed(), |world| world.log()["data"] = json!("0x1dcd6500")),
        ("a transfer taken back", malformed(), |world| world.log()["removed"] = json!(true)),
        ("a log of another transaction", mismatch(), |world| world.log()["transactionHash"] = json!(OTHER_TXID)),
        ("a height beyond 64 bits", malformed(), |world| {
            world.result(RECEIPT)["blockNumber"] = json!("0x10000000000000064");
        }),
    ])
}

/// Nobody knows the transaction: a conclusion only where enough could have seen it.
pub(crate) fn absences() -> Vec<Row> {
    let not_found = || Expect::new("customer-action", "transaction-not-found");
    let unproven = || open("not-found-unproven", LEDGER, "refused");
    let behind = || open("source-behind", NODE, "behind");
    let wrong_chain = || open("source-wrong-chain", NODE, "wrong-chain");
    rows([
        ("unknown to the node and the ledger", not_found(), |world| world.unknown()),
        ("unknown to the node, a silent ledger", unproven(), |world| {
            world.unknown();
            world.ledger.fault = Fault::Absent;
        }),
        ("unknown to two nodes, a silent ledger", not_found().gap(LEDGER, "refused"), |world| {
            world.unknown();
            world.double();
            world.ledger.fault = Fault::Absent;
        }),
        ("unknown to one of two nodes, all else silent", unproven().gap(NODE, "refused"), |world| {
            world.unknown();
            world.double();
            world.nodes[0].fault = Fault::Absent;
            world.ledger.fault = Fault::Absent;
        }),
        ("unknown to a fresh and a stale node, a silent ledger", unproven().gap(NODE, "behind"), |world| {
            world.unknown();
            world.double();
            world.stale();
            world.ledger.fault = Fault::Absent;
        }),
        ("unknown to a stale node", behind(), |world| {
            world.unknown();
            world.stale();
        }),
        ("unknown to a node that catches up", behind(), |world| {
            world.unknown();
            world.syncing();
        }),
        ("unknown on another chain", wrong_chain(), |world| {
            world.unknown();
            world.wrong_chain();
        }),
    ])
}

/// What one of two nodes tells: the name, what it must come to, and how the first node differs.
type Lie = (&'static str, fn() -> Expect, fn(&mut World));

/// Two nodes, of which one tells something else than the other: it must not matter which of them comes first.
fn lies() -> Vec<Row> {
    let depth = || Expect::new("waiting", "waiting-confirmations").part("/transactions/0/confirmations", json!(51));
    let mark = || Expect::new("waiting", "not-final-yet");
    let lies: [Lie; 12] = [
        ("another receiver", disagree, |world| world.log()["topics"][2] = json!(OTHER_RECEIVER)),
        ("another amount", disagree, |world| world.log()["data"] = json!(format!("0x{:064x}", 500_000_001))),
        ("of no transfer", disagree, |world| world.result(RECEIPT)["logs"] = json!([])),
        ("of a failure", disagree, |world| world.result(RECEIPT)["status"] = json!("0x0")),
        ("of a far higher head", disagree, |world| world.result("latest")["number"] = json!("0x283c")),
        ("of a far lower head", disagree, |world| world.result("latest")["number"] = json!("0x78")),
        ("another block", disagree, |world| {
            world.result(TX)["blockHash"] = json!(OTHER_BLOCK);
            world.result(RECEIPT)["blockHash"] = json!(OTHER_BLOCK);
            world.result("block")["hash"] = json!(OTHER_BLOCK);
        }),
        ("that the block is gone", disagree, |world| world.result("block")["hash"] = json!(OTHER_BLOCK)),
        ("that it is pending", disagree, World::pending),
        ("that it is unknown", disagree, World::unknown),
        ("of 69 confirmations instead of 51", depth, |world| {
            world.result("latest")["number"] = json!("0xa8");
            world.nodes[1].says["latest"]["result"]["number"] = json!("0x96");
        }),
        ("of a finalized block beyond the payment's", mark, |world| {
            world.ledger()["networks"]["required_confirmations"] = json!("finalized");
            world.nodes[1].says["finalized"]["result"]["number"] = json!("0x5a");
        }),
    ];
    let both = |(name, expect, lie): Lie| {
        [0, 1].map(|place| {
            let name = format!("two nodes, the {} tells {name}", ["first", "second"][place]);
            row(&name, expect(), |world| {
                world.double();
                lie(world);
                world.nodes.swap(0, place);
            })
        })
    };
    lies.into_iter().flat_map(both).collect()
}

/// Two nodes, of which the first is not fit and the second is enough.
fn one_fit_node() -> Vec<Row> {
    let despite = |why| missed().gap(NODE, why);
    let mut beside = rows([
        ("one of another chain, where it failed", despite("wrong-chain"), |world| {
            world.wrong_chain();
            world.result(RECEIPT)["status"] = json!("0x0");
        }),
        ("a stale one", despite("behind"), World::stale),
        ("a stale one that does not know it", despite("behind"), |world| {
            world.stale();
            world.unknown();
        }),
        ("a stale one to which it is pending", despite("behind"), |world| {
            world.stale();
            world.pending();
        }),
        ("one that catches up and does not know it", despite("behind"), |world| {
            world.syncing();
            world.unknown();
        }),
        ("one that answers of another transaction", despite("mismatch"), |world| {
            world.result(TX)["hash"] = json!(OTHER_TXID);
        }),
        ("a fresh one that has not come to the block", disagree(), |world| {
            world.mines_on_demand = false;
            world.unknown();
            world.result("latest")["number"] = json!("0x32");
        }),
    ]);
    for row in &mut beside {
        row.world.nodes.push(Source::of(node()));
        row.name = format!("a node beside {}", row.name);
    }
    beside
}

/// What the ledger says is about something else, incomplete, or no record.
fn ledgers() -> Vec<Row> {
    let mismatch = || open("answer-not-proven", LEDGER, "mismatch");
    let malformed = || unavailable(LEDGER, "malformed");
    let error = || unavailable(LEDGER, "server-error");
    rows([
        ("ledger: an error in a 200", malformed(), |world| {
            world.ledger_sends(|_, _| Answer::json(200, &json!({"error": "internal"})));
        }),
        ("ledger: a deposit of another transaction", mismatch(), |world| {
            world.ledger()["deposits"]["items"] = json!([credit(OTHER_TXID)]);
        }),
        ("ledger: a withdrawal of another transaction", missed().gap(LEDGER, "mismatch"), |world| {
            world.ledger()["withdrawals"]["items"] = json!([payout(OTHER_TXID)]);
        }),
        ("ledger: another address", mismatch(), |world| world.ledger()["addresses"]["address"] = json!(USDT)),
        ("ledger: another network's address", mismatch(), |world| {
            world.ledger()["addresses"]["network"] = json!("bsc");
        }),
        ("ledger: another network's policy", mismatch(), |world| {
            world.ledger()["networks"]["network"] = json!("bsc");
        }),
        ("ledger: an unknown role", malformed(), |world| world.ledger()["addresses"]["role"] = json!("escrow")),
        ("ledger: confirmations below zero", malformed(), |world| {
            world.ledger()["networks"]["required_confirmations"] = json!(-1);
        }),
        ("ledger: an amount that is a binary number", malformed(), |world| {
            world.ledger()["deposits"]["items"] = json!([credit(TXID)]);
            world.ledger()["deposits"]["items"][0]["amount"] = json!(500.1);
        }),
        ("ledger: a record of another id beside a ticket", missed().gap(LEDGER, "mismatch"), |world| {
            world.args = vec![TICKET];
            world.ledger_sends(|request, answer| match request.target.as_str() {
                "/v1/deposits/ZD-48211" => Answer::json(200, &credit(OTHER_TXID)),
                _ => answer,
            });
        }),
        ("ledger: records by id fail beside a ticket", missed().gap(LEDGER, "server-error"), |world| {
            world.args = vec![TICKET];
            world.ledger_sends(|request, answer| broken(request, answer, "/v1/deposits/"));
        }),
        ("ledger: a list without an end", unavailable(LEDGER, "too-large"), |world| world.ledger_sends(endless_list)),
        ("ledger: deposits fail", error(), |world| {
            world.ledger_sends(|request, answer| broken(request, answer, "/v1/deposits?"));
        }),
        ("ledger: owners fail", error(), |world| {
            world.ledger_sends(|request, answer| broken(request, answer, "/v1/addresses/"));
        }),
        ("ledger: policies fail", error(), |world| {
            world.ledger_sends(|request, answer| broken(request, answer, "/v1/networks/"));
        }),
        ("ledger: withdrawals fail", missed().gap(LEDGER, "server-error"), |world| {
            world.ledger_sends(|request, answer| broken(request, answer, "/v1/withdrawals?"));
        }),
    ])
}

/// One resource of the ledger answers 500.
fn broken(request: &Request, answer: Answer, resource: &str) -> Answer {
    if request.target.starts_with(resource) { text(500) } else { answer }
}

/// Every page of a list names a next one.
fn endless_list(request: &Request, answer: Answer) -> Answer {
    let next = json!(format!("c{}", request.nth));
    answer.edit(|json| {
        if json["items"].is_array() {
            json["next"] = next;
        }
    })
}

/// Numbers that a double would round.
pub(crate) fn exact_numbers() -> Vec<Row> {
    rows([
        (
            "an amount beyond 2^53",
            missed().part("/transactions/0/transfers/0/amount", json!("9007199254.740993")),
            |world| world.log()["data"] = json!(format!("0x{BEYOND:064x}")),
        ),
        ("a height beyond 2^53", missed().part("/findings/0/facts/scanned", json!(BEYOND)), |world| {
            world.at_height(BEYOND);
            world.ledger()["networks"]["scanned_height"] = json!(BEYOND);
        }),
        ("the highest head that there can be", missed(), |world| {
            world.at_height(0);
            world.result("latest")["number"] = json!("0xffffffffffffffff");
        }),
        ("a scanner one block short of it", Expect::new("platform-action", "scanner-behind"), |world| {
            world.at_height(BEYOND);
            world.ledger()["networks"]["scanned_height"] = json!(BEYOND - 1);
        }),
    ])
}

fn desks() -> Vec<Row> {
    rows([
        ("desk: an error in a 200", unavailable(DESK, "malformed").exit(3), |world| {
            world.args = vec![TICKET];
            world.desk.says = json!({"error": "internal"});
        }),
        ("desk: another ticket", open("answer-not-proven", DESK, "mismatch").exit(3), |world| {
            world.args = vec![TICKET];
            world.desk.says["id"] = json!("ZD-9");
        }),
        ("desk: no such ticket beside a transaction", missed(), |world| {
            world.args.extend(["--ticket", TICKET]);
            world.desk.says = Value::Null;
        }),
        ("desk: silent, with a network", unavailable(DESK, "refused").exit(3), |world| {
            world.args = vec![TICKET, "--network", "ethereum"];
            world.desk.fault = Fault::Absent;
        }),
    ])
}

#[test]
fn every_fault_of_every_source_ends_in_a_gap_or_a_finding() {
    let mut rows = faults_of_the_way();
    rows.extend(errors_of_the_only_node());
    rows.extend(missing_elements());
    rows.extend(unfit_nodes());
    rows.extend(unfit_answers());
    rows.extend(absences());
    rows.extend(lies());
    rows.extend(one_fit_node());
    rows.extend(ledgers());
    rows.extend(exact_numbers());
    rows.extend(desks());
    let count = rows.len();
    let failed = judge_all(rows);
    assert!(TRAP.requests().is_empty(), "a redirect was followed to another port");
    assert!(failed.is_empty(), "{} of {count} rows fail:\n{}", failed.len(), failed.join("\n"));
}

/// Judges the rows, several at a time, and returns what is wrong with each that fails.
pub(crate) fn judge_all(rows: Vec<Row>) -> Vec<String> {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let rows: Vec<Arc<Row>> = rows.into_iter().map(Arc::new).collect();
    std::thread::scope(|scope| {
        for _ in 0..ABREAST {
            scope.spawn(|| {
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let wrong = watched(Arc::clone(row));
                    if !wrong.is_empty() {
                        failed.lock().unwrap().push(format!("  {}: {}", row.name, wrong.join("; ")));
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().unwrap();
    failed.sort();
    failed
}

/// Judges a row in a thread of its own, which is left behind when it hangs.
fn watched(row: Arc<Row>) -> Vec<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(judge(&row)));
    match receiver.recv_timeout(HANGS) {
        Ok(wrong) => wrong,
        Err(mpsc::RecvTimeoutError::Timeout) => vec!["it hangs".to_owned()],
        Err(mpsc::RecvTimeoutError::Disconnected) => vec!["it panics".to_owned()],
    }
}

/// What is wrong with a row; nothing when it is right.
fn judge(row: &Row) -> Vec<String> {
    let running = row.world.start();
    let mut args = vec!["check"];
    args.extend(&row.world.args);
    args.extend(["--format", "json", "--bundle", "case"]);
    let ran = running.run(&args, &[]);
    let Ok(document) = serde_json::from_str::<Value>(&ran.out) else {
        return vec![format!("exit {} without a document: {}", ran.code, ran.err.trim_end())];
    };
    let mut wrong = differences(&row.expect, &ran, &document);
    wrong.extend(not_verified(&running));
    wrong
}

fn differences(expect: &Expect, ran: &Ran, document: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut differs = |what: &str, found: &Value, expected: Value| {
        if *found != expected {
            wrong.push(format!("{what} is {found}, not {expected}"));
        }
    };
    differs("exit", &json!(ran.code), json!(expect.exit));
    differs("verdict", &document["verdict"], json!(expect.verdict));
    differs("code", decisive(document), json!(expect.code));
    for (pointer, value) in &expect.parts {
        differs(pointer, document.pointer(pointer).unwrap_or(&Value::Null), value.clone());
    }
    let gaps = gaps(document);
    for (source, why) in &expect.gaps {
        if !gaps.iter().any(|(known, reason)| (known.as_str(), reason.as_str()) == (source, why)) {
            wrong.push(format!("no gap of {source} that is {why} among {gaps:?}"));
        }
    }
    for (source, why) in &gaps {
        // What depends on an unknown fact was not asked; that is no fault of the network.
        if (source.as_str(), why.as_str()) == (NETWORK, "not-asked") {
            continue;
        }
        if !expect.gaps.iter().any(|(failing, _)| failing == source) {
            wrong.push(format!("an unexpected gap of {source} that is {why}"));
        }
        if !ran.err.contains(&format!("no answer from {source}: ")) {
            wrong.push(format!("standard error does not tell the gap of {source}"));
        }
    }
    wrong
}

pub(crate) fn decisive(document: &Value) -> &Value {
    let findings = document["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["decisive"] == true).map_or(&Value::Null, |finding| &finding["code"])
}

/// Source and reason of every gap.
fn gaps(document: &Value) -> BTreeSet<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let gaps = document["gaps"].as_array().unwrap();
    gaps.iter().map(|gap| (text(&gap["source"]), text(&gap["why"]))).collect()
}

/// A bundle that was recorded under a fault must hold when it is decided again.
fn not_verified(running: &Running) -> Option<String> {
    let ran = running.run(&["verify", "case"], &[]);
    (ran.code != 0).then(|| format!("the bundle does not verify: {} {}", ran.out.trim_end(), ran.err.trim_end()))
}

/// The credentials, some of which read differently in an address, a header or a JSON string.
const SECRETS: &[(&str, &str)] = &[
    ("NODE_KEY", "n0de-k3y/+=1"),
    ("NODE_PASSWORD", "pa\"ssw0rd"),
    ("LEDGER_TOKEN", "ledger-t0ken"),
    ("DESK_TOKEN", "desk-t0ken"),
];
/// A part of each credential in every form in which it may come back; the last is `user:` and the password.
const TRACES: &[&str] = &["n0de-k3y", "ssw0rd", "ledger-t0ken", "desk-t0ken", "dXNlcjpwYSJzc3cwcmQ"];

/// A world in which every source asks for a credential and then tells it to everybody.
fn indiscreet(fault: Instead) -> World {
    let mut world = world();
    world.double();
    world.args.extend(["--ticket", TICKET]);
    let World { nodes, ledger, desk, .. } = &mut world;
    (nodes[0].path, nodes[0].keys) = ("/{key}", ", key_env = \"NODE_KEY\"");
    nodes[1].keys = ", user = \"user\", password_env = \"NODE_PASSWORD\"";
    ledger.keys = ", token_env = \"LEDGER_TOKEN\"";
    desk.keys = ", token_env = \"DESK_TOKEN\"";
    for source in nodes.iter_mut().chain([ledger, desk]) {
        source.fault = Fault::Instead(fault);
    }
    world
}

/// What a server can tell of the credential that it was sent, as it came and as it understood it.
fn told(request: &Request) -> String {
    let sent = format!("{} {}", request.target, request.header("authorization"));
    let understood = SECRETS.iter().map(|(_, secret)| *secret).find(|secret| match *secret {
        secret if secret.starts_with("pa") => sent.contains("Basic "),
        secret => sent.contains(&secret[..8]),
    });
    format!("{sent} {}", understood.unwrap_or("no credential"))
}

/// Every way of telling it, in answers that count as answers and in others.
const INDISCRETIONS: &[(&str, Instead)] = &[
    ("in a field", |request, answer| answer.edit(|json| confide(json, &told(request)))),
    ("in the node's error", |request, answer| {
        answer.edit(|json| each(json, |reply| reply["error"] = json!({"code": -32000, "message": told(request)})))
    }),
    ("in the error of a 200", |request, _| Answer::json(200, &json!({"error": told(request)}))),
    ("in a 404", |request, _| Answer::json(404, &json!({"error": told(request)}))),
    ("in a 401", |request, _| Answer::json(401, &json!({"error": told(request)}))),
    ("in a 500", |request, _| Answer::new(500, "text/plain", told(request))),
    ("on a page", |request, _| Answer::new(200, "text/html", format!("<pre>{}</pre>", told(request)))),
    ("in a redirect", |request, _| Answer::redirect(format!("{}/?{}", TRAP.url, told(request).replace(' ', "+")))),
];

/// Every object gets a field with the text.
fn confide(json: &mut Value, text: &str) {
    match json {
        Value::Object(fields) => {
            fields.values_mut().for_each(|value| confide(value, text));
            fields.insert("x_request".to_owned(), json!(text));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| confide(value, text)),
        _ => {}
    }
}

#[test]
fn credentials_never_come_out() {
    let leaks = std::thread::scope(|scope| {
        let tell =
            |&(name, fault): &'static (&str, Instead)| scope.spawn(move || leaks(name, &indiscreet(fault).start()));
        let told: Vec<_> = INDISCRETIONS.iter().map(tell).collect();
        told.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

/// The places at which a part of a credential comes out.
fn leaks(name: &str, running: &Running) -> Vec<String> {
    let check = ["check", TXID, "--network", "ethereum", "--ticket", TICKET, "-v"];
    let machine = running.run(&[&check[..], &["--format", "json", "--bundle", "case"]].concat(), SECRETS);
    let people = running.run(&check, SECRETS);
    assert!(running.stubs().all(is_signed), "{name}");
    let printed = [("the document", machine.out), ("the report", people.out), ("standard error", machine.err)];
    let mut places: Vec<(String, String)> = printed.map(|(place, text)| (place.to_owned(), text)).into();
    for entry in std::fs::read_dir(running.folder.path().join("case")).unwrap() {
        let path = entry.unwrap().path();
        places.push((path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()));
    }
    let found = |(place, text): &(String, String)| {
        let traces: Vec<&str> = TRACES.iter().copied().filter(|trace| text.contains(trace)).collect();
        (!traces.is_empty()).then(|| format!("told {name}: {} in {place}", traces.join(" and ")))
    };
    places.iter().filter_map(found).collect()
}

/// Whether every request to a server carried the credential, so that there was something to tell.
fn is_signed(stub: &Stub) -> bool {
    let requests = stub.requests();
    !requests.is_empty() && requests.iter().all(|request| !told(request).ends_with("no credential"))
}

#[test]
fn one_question_reaches_the_server_once() {
    let stub = Stub::start(|request| {
        let answer =
            if request.body.is_empty() { answer_ledger(&ledger(), request) } else { answer_rpc(&node(), request) };
        answer.by(Way::Late)
    });
    let net =
        Net::live(vec![service(LEDGER, &stub), service(NODE, &stub)], Arc::new(|_| Err("none".into())), Arc::new(now));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let policies = || net.get(LEDGER, "/v1/networks/ethereum");
    let chains = || net.call(NODE, Call::new("eth_chainId", json!([])));
    runtime.block_on(async {
        let (got, called) = futures::future::join(
            futures::future::join_all((0..20).map(|_| policies())),
            futures::future::join_all((0..20).map(|_| chains())),
        )
        .await;
        assert!(got.iter().all(Result::is_ok) && called.iter().all(Result::is_ok));
        assert!(policies().await.is_ok() && chains().await.is_ok(), "what is answered is not asked again");
    });
    let asked: Vec<String> = stub.requests().into_iter().map(|request| request.target + &request.body).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
}

#[test]
fn calls_at_two_addresses_of_a_service_are_not_put_into_one_request() {
    let stub = Stub::start(|request| {
        let at = json!(request.target);
        let asked: Value = serde_json::from_str(&request.body).unwrap();
        let reply = |call: &Value| json!({"jsonrpc": "2.0", "id": call["id"], "result": at});
        Answer::json(200, &asked.as_array().map_or_else(|| reply(&asked), |calls| calls.iter().map(reply).collect()))
    });
    let net = Net::live(vec![service(NODE, &stub)], Arc::new(|_| Err("none".into())), Arc::new(now));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let calls = (0..12).map(|number| {
        let path = ["/here", "/there"][number % 2];
        let call = net.call(NODE, Call::new("where", json!([number])).at(path));
        async move { (path, call.await.unwrap().0.unwrap().get().to_owned()) }
    });
    for (path, told) in runtime.block_on(futures::future::join_all(calls)) {
        assert_eq!(told, format!("\"{path}\""));
    }
    assert_eq!(stub.requests().len(), 2, "those at one address are");
}

fn service(name: &str, stub: &Stub) -> Service {
    Service {
        name: name.into(),
        url: stub.url.as_str().into(),
        root: None,
        key: None,
        auth: Auth::None,
        operator: "operator".into(),
        kind: "http".into(),
        redact: None,
        limits: Limits::default(),
    }
}

#[test]
fn what_two_transactions_share_is_asked_once() {
    let mut world = world();
    world.args = vec![TICKET];
    world.desk.says["body"] = json!(format!("It may also be {OTHER_TXID}"));
    let running = world.start();
    let ran = running.run(&["check", TICKET], &[]);
    let calls: String = running.nodes[0].as_ref().unwrap().requests().into_iter().map(|request| request.body).collect();
    let targets: Vec<String> = running.ledger.as_ref().unwrap().requests().into_iter().map(|r| r.target).collect();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(calls.contains(OTHER_TXID), "{calls}");
    for shared in ["eth_chainId", "eth_syncing", "latest"] {
        assert_eq!(calls.matches(shared).count(), 1, "{shared} in {calls}");
    }
    assert_eq!(targets.iter().filter(|target| *target == "/v1/networks/ethereum").count(), 1, "{targets:?}");
}

#[test]
fn a_known_transaction_takes_two_round_trips_and_a_ticket_one_more() {
    for (args, trips) in [(vec!["check", TXID, "--network", "ethereum", "-v"], 2), (vec!["check", TICKET, "-v"], 3)] {
        let mut world = world();
        // Answers that take a while keep the requests of one round together.
        let late = Fault::Instead(|_, answer| answer.by(Way::Late));
        (world.nodes[0].fault, world.ledger.fault, world.desk.fault) = (late, late, late);
        let running = world.start();
        let ran = running.run(&args, &[]);
        let requests: usize = running.stubs().map(|stub| stub.requests().len()).sum();
        let told = format!("{requests} requests in {trips} round trips");
        assert!(ran.err.lines().any(|line| line == told), "not {told}: {}", ran.err);
    }
}
