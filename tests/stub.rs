//! A scripted world on loopback: a node, a ledger and a desk, and what goes wrong on the way back from them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::support::{Ran, Test};

/// The payment.
pub(crate) const TXID: &str = "0xace04c547f5b764e9f5138c09f4ed57dbc766b6ee409ea464b3e961cde966306";
/// Another transaction.
pub(crate) const OTHER_TXID: &str = "0x4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";
/// The block that holds the payment.
pub(crate) const BLOCK: &str = "0x1eec82e801faad42ec238bbd446a5a3ccd9f254e164fafc7f7122b19f8e2e52c";
/// Another block.
pub(crate) const OTHER_BLOCK: &str = "0xa06b7b6b6356b2bef66903eec64fc066de600ff44d525435faf2edce3dae8493";
/// The token's contract.
pub(crate) const USDT: &str = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
/// The customer's deposit address.
pub(crate) const ADDRESS: &str = "0x387D49DF448A40bC3354b0272b3Ba0a7098e469C";
/// Who paid.
const PAYER: &str = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
/// ERC-20's `Transfer(address,address,uint256)`.
const TRANSFER: &str = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
/// The complaint.
pub(crate) const TICKET: &str = "ZD-48211";
/// The calls that are about the payment.
pub(crate) const TX: &str = "eth_getTransactionByHash";
pub(crate) const RECEIPT: &str = "eth_getTransactionReceipt";
/// When the program asks: 2026-01-31T12:00:00Z.
pub(crate) const NOW: i64 = 1_769_860_800;

/// Nobody listens on the discard port of this machine.
const NOBODY: &str = "http://127.0.0.1:9";

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    /// How many came before it.
    pub(crate) nth: usize,
}

impl Request {
    /// A header by its lower-case name; nothing is empty.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// How an answer travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Whole.
    Whole,
    /// Whole, after a while.
    Late,
    /// The connection stays open and nothing comes.
    Silent,
    /// A byte now and then.
    Drip,
    /// The connection is closed without a byte.
    HungUp,
    /// The connection is reset in the middle of the body.
    Reset,
    /// The body ends before its announced length.
    Short,
    /// The body never ends.
    Endless,
}

/// An answer and how it travels.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    way: Way,
}

impl Answer {
    /// An answer of a media type.
    pub(crate) fn new(status: u16, mime: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("content-type", mime.to_owned())], body: body.into(), way: Way::Whole }
    }

    /// A JSON answer.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    /// A redirect that keeps method and body.
    pub(crate) fn redirect(to: String) -> Self {
        Self::new(307, "text/plain", "").header("location", to)
    }

    /// With a header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Travelling another way.
    pub(crate) fn by(mut self, way: Way) -> Self {
        self.way = way;
        self
    }

    /// With its JSON changed.
    pub(crate) fn edit(mut self, change: impl FnOnce(&mut Value)) -> Self {
        let mut json = serde_json::from_slice(&self.body).unwrap();
        change(&mut json);
        self.body = json.to_string().into_bytes();
        self
    }
}

type Script = dyn Fn(&Request) -> Answer + Send + Sync;

/// The server; it stops when it is dropped.
pub(crate) struct Stub {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    _stop: oneshot::Sender<()>,
}

impl Stub {
    /// Starts a server in a thread of its own, because the program under test blocks its caller's.
    pub(crate) fn start(script: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let (stop, stopped) = oneshot::channel();
        let serving = serve(listener, Arc::clone(&requests), Arc::new(script));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                tokio::select! { () = serving => {}, _ = stopped => {} }
            });
        });
        Self { url, requests, _stop: stop }
    }

    /// Every request so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(listener: std::net::TcpListener, requests: Arc<Mutex<Vec<Request>>>, script: Arc<Script>) {
    let listener = TcpListener::from_std(listener).unwrap();
    while let Ok((mut stream, _)) = listener.accept().await {
        let (requests, script) = (Arc::clone(&requests), Arc::clone(&script));
        tokio::spawn(async move {
            let Some(mut request) = receive(&mut stream).await else { return };
            {
                let mut requests = requests.lock().unwrap();
                request.nth = requests.len();
                requests.push(request.clone());
            }
            // A client that has gone away is what some of the faults are about.
            let _ = send(&mut stream, &script(&request)).await;
        });
    }
}

async fn receive(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => match parse(text) {
                None => {}
                request => return request,
            },
            // A character may come in two pieces.
            Err(error) if error.error_len().is_none() => {}
            Err(_) => return None,
        }
    }
}

fn parse(text: &str) -> Option<Request> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let (method, target) = (first.next()?, first.next()?);
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers = lines.filter_map(header).collect();
    let request = Request { method, target, headers, body: body.to_owned(), nth: 0 };
    let length = request.header("content-length").parse().unwrap_or(0);
    (body.len() >= length).then_some(request)
}

async fn send(stream: &mut TcpStream, answer: &Answer) -> std::io::Result<()> {
    let body = answer.body.as_slice();
    let mut head = format!("HTTP/1.1 {} Scripted\r\nconnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let announced = if answer.way == Way::Short { body.len() + 100 } else { body.len() };
    if answer.way != Way::Endless {
        head.push_str(&format!("content-length: {announced}\r\n"));
    }
    head.push_str("\r\n");
    match answer.way {
        Way::HungUp => return Ok(()),
        Way::Silent => std::future::pending().await,
        Way::Late => tokio::time::sleep(Duration::from_millis(250)).await,
        Way::Whole | Way::Drip | Way::Reset | Way::Short | Way::Endless => {}
    }
    stream.write_all(head.as_bytes()).await?;
    match answer.way {
        Way::Endless => {
            let blanks = vec![b' '; 1 << 16];
            loop {
                stream.write_all(&blanks).await?;
            }
        }
        Way::Drip => {
            for byte in body {
                tokio::time::sleep(Duration::from_millis(250)).await;
                stream.write_all(std::slice::from_ref(byte)).await?;
            }
        }
        Way::Reset => {
            stream.write_all(&body[..body.len() / 2]).await?;
            return stream.set_zero_linger();
        }
        _ => stream.write_all(body).await?,
    }
    stream.shutdown().await
}

/// What goes wrong between a service and the program.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// Nothing listens.
    Absent,
    /// Something else comes than what the service answers.
    Instead(Instead),
    /// The same, and it outlasts a limit of one second.
    Slow(Instead),
}

/// What comes for a request in the place of the right answer.
pub(crate) type Instead = fn(&Request, Answer) -> Answer;

/// A source: what it says by question, what goes wrong on the way, and how it is signed to.
#[derive(Clone)]
pub(crate) struct Source {
    /// The kind of a chain source; nothing for ledger and desk.
    pub(crate) kind: &'static str,
    pub(crate) says: Value,
    pub(crate) fault: Fault,
    /// Behind the host in its address.
    pub(crate) path: &'static str,
    /// Further keys of its configuration.
    pub(crate) keys: &'static str,
}

impl Source {
    pub(crate) fn of(says: Value) -> Self {
        Self { kind: "json-rpc", says, fault: Fault::None, path: "", keys: "" }
    }

    /// The same chain, told by an explorer of this kind.
    pub(crate) fn by(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self.keys = ", requests_per_second = 0";
        self.path = if kind == "etherscan" { "/v2/api?chainid=31337" } else { "" };
        self
    }

    /// How a source of its kind answers.
    fn answers(&self) -> fn(&Value, &Request) -> Answer {
        match self.kind {
            "blockscout" => answer_blockscout,
            "etherscan" => answer_etherscan,
            _ => answer_rpc,
        }
    }

    /// Starts it; nothing where nobody listens.
    fn start(&self, answer: fn(&Value, &Request) -> Answer) -> Option<Stub> {
        let says = self.says.clone();
        let fault = match self.fault {
            Fault::Absent => return None,
            Fault::None => |_: &Request, answer: Answer| answer,
            Fault::Instead(fault) | Fault::Slow(fault) => fault,
        };
        Some(Stub::start(move |request| fault(request, answer(&says, request))))
    }

    fn timeout(&self) -> u8 {
        if matches!(self.fault, Fault::Slow(_)) { 1 } else { 20 }
    }
}

/// A world in which 500 USDT arrived, are final, and are unknown to the ledger.
#[derive(Clone)]
pub(crate) struct World {
    /// Whether an old head is nothing unusual.
    pub(crate) mines_on_demand: bool,
    pub(crate) nodes: Vec<Source>,
    pub(crate) ledger: Source,
    pub(crate) desk: Source,
    pub(crate) args: Vec<&'static str>,
}

pub(crate) fn world() -> World {
    World {
        mines_on_demand: true,
        nodes: vec![Source::of(node())],
        ledger: Source::of(ledger()),
        desk: Source::of(ticket()),
        args: vec![TXID, "--network", "ethereum"],
    }
}

/// A node's replies by call. The transaction is a real one with its signature; it has 201 confirmations.
pub(crate) fn node() -> Value {
    let word = |digits: &str| format!("0x{digits:0>64}");
    let (receiver, amount) = (word(&ADDRESS[2..].to_lowercase()), word("1dcd6500"));
    let log = json!({
        "address": USDT.to_lowercase(), "logIndex": "0x0", "removed": false, "transactionHash": TXID,
        "transactionIndex": "0x0", "blockHash": BLOCK, "blockNumber": "0x64", "data": amount,
        "topics": [TRANSFER, word(&PAYER[2..]), receiver],
    });
    json!({
        "eth_chainId": {"result": "0x7a69"},
        "eth_syncing": {"result": false},
        "latest": {"result": {"number": "0x12c", "hash": OTHER_BLOCK, "timestamp": quantity(NOW - 12)}},
        "finalized": {"result": {"number": "0xc8", "hash": OTHER_BLOCK, "timestamp": quantity(NOW - 1212)}},
        "block": {"result": {"number": "0x64", "hash": BLOCK, "timestamp": quantity(NOW - 2412)}},
        TX: {"result": {
            "type": "0x2", "chainId": "0x7a69", "nonce": "0x1", "gas": "0xcc9b", "maxFeePerGas": "0x6fc23ac00",
            "maxPriorityFeePerGas": "0x3b9aca00", "gasPrice": "0x702baf1b", "value": "0x0", "accessList": [],
            "input": format!("0xa9059cbb{}{}", &receiver[2..], &amount[2..]),
            "r": "0xeb887e8417dce0a4a2293ec3c859deb1e2a58373b281e3e152174c421d953666",
            "s": "0x14dac4bb4c83c68e6aa7a6f2c92eafef45a555effbd0aaec06a6c34e00326498", "v": "0x1", "yParity": "0x1",
            "hash": TXID, "from": PAYER, "to": USDT.to_lowercase(), "blockHash": BLOCK, "blockNumber": "0x64",
            "transactionIndex": "0x0",
        }},
        RECEIPT: {"result": {
            "type": "0x2", "transactionHash": TXID, "transactionIndex": "0x0", "blockHash": BLOCK,
            "blockNumber": "0x64", "status": "0x1", "from": PAYER, "to": USDT.to_lowercase(), "contractAddress": null,
            "gasUsed": "0xcc9b", "cumulativeGasUsed": "0xcc9b", "effectiveGasPrice": "0x702baf1b", "logs": [log],
        }},
    })
}

/// A number as a node writes it.
pub(crate) fn quantity(number: i64) -> String {
    format!("{number:#x}")
}

/// A ledger's records by resource; null is the contract's 404.
pub(crate) fn ledger() -> Value {
    let owner = json!({
        "address": ADDRESS, "network": "ethereum", "role": "deposit", "account": "A-1001", "memo_required": false,
        "status": "active", "issued_at": "2025-12-31T12:00:00Z",
    });
    json!({
        "deposits": {"items": [], "next": null},
        "withdrawals": {"items": [], "next": null},
        "accounts": {"items": [owner], "next": null},
        "addresses": owner,
        "networks": {
            "network": "ethereum", "deposits": "open", "withdrawals": "open", "required_confirmations": 64,
            "scanned_height": 300, "scanned_at": "2026-01-31T12:00:00Z",
            "assets": [{
                "asset": "USDT", "contract": USDT, "decimals": 6, "min_deposit": "1", "deposits": "open",
                "withdrawals": "open",
            }],
        },
    })
}

/// The complaint.
fn ticket() -> Value {
    json!({
        "id": TICKET, "subject": "USDT deposit not credited", "body": "I sent 500 USDT and it is not there.",
        "status": "open", "account": "A-1001", "created_at": "2026-01-31T11:55:00Z",
        "updated_at": "2026-01-31T11:55:00Z", "fields": {"txid": TXID, "network": "ethereum", "asset": "USDT"},
    })
}

/// Answers as a node does: one call, or a batch in its order.
pub(crate) fn answer_rpc(says: &Value, request: &Request) -> Answer {
    let asked: Value = serde_json::from_str(&request.body).unwrap();
    let reply = |call: &Value| {
        let mut reply = match &says[spoken(call)] {
            Value::Null => json!({"error": {"code": -32601, "message": "the method does not exist"}}),
            known => known.clone(),
        };
        reply["jsonrpc"] = json!("2.0");
        reply["id"] = call["id"].clone();
        reply
    };
    Answer::json(200, &asked.as_array().map_or_else(|| reply(&asked), |calls| calls.iter().map(reply).collect()))
}

/// The name under which a node's script holds the reply to a call.
pub(crate) fn spoken(call: &Value) -> &str {
    let method = call["method"].as_str().unwrap();
    match call["params"][0].as_str() {
        Some(tag @ ("latest" | "finalized")) => tag,
        _ if method == "eth_getBlockByNumber" => "block",
        _ => method,
    }
}

/// Answers as Etherscan's API does (<https://docs.etherscan.io>), of the chain that a node's script tells.
pub(crate) fn answer_etherscan(says: &Value, request: &Request) -> Answer {
    let asked = |name: &str| {
        let pairs = request.target.split(['?', '&']).filter_map(|pair| pair.split_once('='));
        pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).next().unwrap_or_default()
    };
    let action = asked("action");
    // Multicall3 tells the chain that it runs on.
    let chain = says["eth_chainId"]["result"].as_str().map(|id| json!(format!("0x{:0>64}", &id[2..])));
    let reply = match (action.as_str(), asked("tag").as_str()) {
        ("eth_call", _) => chain.map_or_else(|| says["eth_chainId"].clone(), |word| json!({ "result": word })),
        ("eth_getBlockByNumber", tag @ ("latest" | "finalized")) => says[tag].clone(),
        ("eth_getBlockByNumber", _) => says["block"].clone(),
        (call, _) => says[call].clone(),
    };
    match reply {
        Value::Null => Answer::json(200, &refusal("Error! Missing Or invalid Action name")),
        mut reply => {
            (reply["jsonrpc"], reply["id"]) = (json!("2.0"), json!(1));
            Answer::json(200, &reply)
        }
    }
}

/// Etherscan's own failure.
pub(crate) fn refusal(words: &str) -> Value {
    json!({"status": "0", "message": "NOTOK", "result": words})
}

/// Answers as a Blockscout instance does (<https://docs.blockscout.com>), of the chain that a node's script tells.
pub(crate) fn answer_blockscout(says: &Value, request: &Request) -> Answer {
    let number = |text: &Value| text.as_str().and_then(|hex| u64::from_str_radix(&hex[2..], 16).ok());
    let (latest, tx) = (&says["latest"]["result"], &says[TX]["result"]);
    let receipt = &says[RECEIPT]["result"];
    let missing = || Answer::json(404, &json!({"message": "Not found"}));
    match request.target.trim_start_matches("/api/v2").split('?').next().unwrap_or_default() {
        "/api/eth-rpc" => answer_rpc(says, request),
        "/main-page/blocks" if latest.is_null() => Answer::json(200, &json!([])),
        "/main-page/blocks" => {
            let seconds = number(&latest["timestamp"]).and_then(|seconds| i64::try_from(seconds).ok()).unwrap();
            let time = Timestamp::from_second(seconds).unwrap().to_string();
            Answer::json(
                200,
                &json!([{"height": number(&latest["number"]), "hash": latest["hash"], "timestamp": time}]),
            )
        }
        "/main-page/indexing-status" => {
            let read = says["eth_syncing"]["result"] == json!(false);
            Answer::json(200, &json!({"finished_indexing_blocks": read, "finished_indexing": read}))
        }
        path if path.starts_with("/transactions/0x") && path.matches('/').count() == 2 && !tx.is_null() => {
            let status = match receipt["status"].as_str() {
                Some("0x1") => json!("ok"),
                Some(_) => json!("error"),
                None => Value::Null,
            };
            let record = json!({
                "hash": tx["hash"], "status": status, "result": if receipt.is_null() { "pending" } else { "success" },
                "block_number": number(&receipt["blockNumber"]), "nonce": number(&tx["nonce"]),
                "from": {"hash": tx["from"]}, "is_pending_update": false,
            });
            Answer::json(200, &record)
        }
        _ => missing(),
    }
}

/// Answers as a ledger does; an id that nobody has is the contract's 404.
pub(crate) fn answer_ledger(says: &Value, request: &Request) -> Answer {
    let target = request.target.strip_prefix("/v1/").unwrap_or("");
    let resource = target.split(['/', '?']).next().unwrap_or("");
    let key = if target.ends_with("/addresses?network=ethereum") { "accounts" } else { resource };
    let by_id = matches!(resource, "deposits" | "withdrawals") && target.contains('/');
    let asked = target.split(['/', '?']).nth(1).unwrap_or_default();
    let of_another = key == "addresses" && !asked.eq_ignore_ascii_case(ADDRESS);
    match &says[key] {
        _ if of_another => Answer::json(404, &json!({"error": "not found"})),
        found if !found.is_null() && !by_id => Answer::json(200, found),
        _ => Answer::json(404, &json!({"error": "not found"})),
    }
}

fn answer_desk(says: &Value, _: &Request) -> Answer {
    Answer::json(if says.is_null() { 404 } else { 200 }, says)
}

/// A world that runs.
pub(crate) struct Running {
    pub(crate) folder: TempDir,
    pub(crate) nodes: Vec<Option<Stub>>,
    pub(crate) ledger: Option<Stub>,
    pub(crate) desk: Option<Stub>,
}

impl World {
    /// Starts everything in it and writes the configuration.
    pub(crate) fn start(&self) -> Running {
        let running = Running {
            folder: tempfile::tempdir().unwrap(),
            nodes: self.nodes.iter().map(|node| node.start(node.answers())).collect(),
            ledger: self.ledger.start(answer_ledger),
            desk: self.desk.start(answer_desk),
        };
        std::fs::write(running.folder.path().join("txsleuth.toml"), self.config(&running)).unwrap();
        running
    }

    fn config(&self, running: &Running) -> String {
        let entry = |source: &Source, stub: &Option<Stub>| {
            let url = stub.as_ref().map_or(NOBODY, |stub| stub.url.as_str());
            format!("url = \"{url}{}\", timeout_seconds = {}{}", source.path, source.timeout(), source.keys)
        };
        let sources = self.nodes.iter().zip(&running.nodes).map(|(node, stub)| (node.kind, entry(node, stub)));
        let sources: String = sources.map(|(kind, entry)| format!("{{ kind = \"{kind}\", {entry} }}, ")).collect();
        format!(
            "ledger = {{ {} }}\ndesk = {{ {} }}\nlimits = {{ requests_per_second = 0 }}\n\
             [network.ethereum]\nfamily = \"evm\"\nchain_id = 31337\nmines_on_demand = {}\nsources = [{sources}]\n\
             [network.ethereum.assets.USDT]\ncontract = \"{USDT}\"\ndecimals = 6\n",
            entry(&self.ledger, &running.ledger),
            entry(&self.desk, &running.desk),
            self.mines_on_demand,
        )
    }
}

impl Running {
    /// Runs the program in this world, with these variables.
    pub(crate) fn run(&self, args: &[&str], vars: &[(&str, &str)]) -> Ran {
        let test = Test::new(args).dir(self.folder.path()).now(now());
        vars.iter().fold(test, |test, (name, value)| test.var(name, value)).run()
    }

    /// Every server that runs.
    pub(crate) fn stubs(&self) -> impl Iterator<Item = &Stub> {
        self.nodes.iter().flatten().chain(&self.ledger).chain(&self.desk)
    }
}

/// The time at which the program asks.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}
