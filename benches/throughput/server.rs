//! The stub: a node and a ledger on loopback that answer from memory, as fast as one thread a connection can.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::world::{Block, Coin, Fate, World};

/// What the stub is to do beside answering.
#[derive(Clone, Copy, Default)]
pub(crate) struct Temper {
    /// Whether the ledger offers its query calls.
    pub(crate) queries: bool,
    /// One answer in so many is a fault; 0 is none.
    pub(crate) faults: u64,
    /// How long every answer takes.
    pub(crate) delay: Duration,
}

pub(crate) struct Stub {
    world: World,
    temper: Temper,
    by_hash: HashMap<String, usize>,
    by_address: HashMap<String, usize>,
    blocks: HashMap<String, usize>,
    requests: AtomicU64,
    /// Calls for receipts: of a whole block, and of one transaction.
    receipts: [AtomicU64; 2],
}

#[derive(Deserialize)]
struct Call<'a> {
    id: u64,
    #[serde(borrow)]
    method: &'a str,
    /// Some callers leave out what is empty.
    #[serde(borrow, default)]
    params: Option<&'a RawValue>,
}

impl Call<'_> {
    fn params(&self) -> &str {
        self.params.map_or("[]", RawValue::get)
    }
}

/// The head of one HTTP request, and its body.
struct Asked {
    method: String,
    path: String,
    body: String,
}

impl Stub {
    pub(crate) fn new(world: World, temper: Temper) -> Arc<Self> {
        // Those that nobody knows are on no chain.
        let known = world.transactions.iter().enumerate().filter(|(_, one)| one.fate != Fate::Unknown);
        let by_hash = known.clone().map(|(index, one)| (one.hash.clone(), index)).collect();
        let by_address = known.map(|(index, one)| (one.to.clone(), index)).collect();
        let blocks = world.blocks.iter().enumerate().map(|(index, block)| (block.hash.clone(), index)).collect();
        Arc::new(Self {
            world,
            temper,
            by_hash,
            by_address,
            blocks,
            requests: AtomicU64::default(),
            receipts: Default::default(),
        })
    }

    pub(crate) fn serve(self: Arc<Self>, listener: TcpListener) {
        for stream in listener.incoming().flatten() {
            let stub = Arc::clone(&self);
            std::thread::spawn(move || drop(stub.talk(stream)));
        }
    }

    fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let mut source = BufReader::with_capacity(1 << 16, stream.try_clone()?);
        let mut stream = stream;
        while let Some(asked) = read(&mut source)? {
            let number = self.requests.fetch_add(1, Ordering::Relaxed);
            if !self.temper.delay.is_zero() {
                std::thread::sleep(self.temper.delay);
            }
            let fault = (self.temper.faults > 0 && !matches!(asked.path.as_str(), "/count" | "/receipts"))
                .then(|| number % self.temper.faults);
            let (status, body) = match fault {
                // Every kind of fault in turn.
                Some(0) => match number / self.temper.faults % 3 {
                    0 => (429, "{}".to_owned()),
                    1 => (500, "{}".to_owned()),
                    _ => return Ok(()),
                },
                _ => self.answer(&asked),
            };
            let head = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            let mut whole = head.into_bytes();
            whole.extend(body.into_bytes());
            stream.write_all(&whole)?;
        }
        Ok(())
    }

    fn answer(&self, asked: &Asked) -> (u16, String) {
        match (asked.method.as_str(), asked.path.as_str()) {
            ("POST", "/rpc" | "/bitcoin") => (200, self.rpc(&asked.body)),
            ("GET", "/count") => (200, self.requests.load(Ordering::Relaxed).to_string()),
            ("GET", "/receipts") => {
                let [blocks, singles] = [0, 1].map(|kind| self.receipts[kind].load(Ordering::Relaxed));
                (200, format!("{blocks} of a whole block, {singles} single ones"))
            }
            (method, path) => match path.strip_prefix("/ledger") {
                Some(path) => self.ledger(method, path, &asked.body),
                None => (404, "not here".to_owned()),
            },
        }
    }

    fn rpc(&self, body: &str) -> String {
        if body.starts_with('[') {
            let calls: Vec<Call<'_>> = serde_json::from_str(body).expect("a batch of calls");
            let mut out = String::with_capacity(calls.len() * 1500);
            out.push('[');
            for call in &calls {
                if out.len() > 1 {
                    out.push(',');
                }
                self.call(call, &mut out);
            }
            out.push(']');
            return out;
        }
        let mut out = String::new();
        self.call(&serde_json::from_str(body).expect("a call"), &mut out);
        out
    }

    fn call(&self, call: &Call<'_>, out: &mut String) {
        if !self.world.answers.is_empty() {
            return self.recorded(call, out);
        }
        let first = || call.params().split('"').nth(1).unwrap_or_default();
        let known = || self.by_hash.get(first()).map(|index| &self.world.transactions[*index]);
        out.push_str(r#"{"jsonrpc":"2.0","id":"#);
        out.push_str(&call.id.to_string());
        out.push_str(r#","result":"#);
        match call.method {
            "eth_chainId" => out.push_str("\"0x1\""),
            "eth_syncing" => out.push_str("false"),
            "eth_getTransactionByHash" => out.push_str(known().map_or("null", |one| &one.tx)),
            "eth_getTransactionReceipt" => {
                self.receipts[1].fetch_add(1, Ordering::Relaxed);
                out.push_str(known().map_or("null", |one| &one.receipt));
            }
            "eth_getBlockByNumber" => match first() {
                "latest" => out.push_str(&self.world.head_body),
                height => out.push_str(self.block(height).map_or("null", |block| &block.body)),
            },
            "eth_getBlockReceipts" => {
                self.receipts[0].fetch_add(1, Ordering::Relaxed);
                match self.block(first()) {
                    Some(block) => out.push_str(&self.world.receipts(block)),
                    None => out.push_str("null"),
                }
            }
            "eth_getBlockByHash" => out.push_str("null"),
            // A token that nobody has stopped; accounts that have sent nothing.
            "eth_call" => out.push_str(&format!("\"0x{}\"", "0".repeat(64))),
            _ => {
                out.truncate(out.len() - r#","result":"#.len());
                out.push_str(r#","error":{"code":-32601,"message":"no such method"}"#);
            }
        }
        out.push('}');
    }

    /// The block of a hash, or of a height as calls write it.
    fn block(&self, name: &str) -> Option<&Block> {
        if let Some(index) = self.blocks.get(name) {
            return self.world.blocks.get(*index);
        }
        self.world.block(u64::from_str_radix(name.strip_prefix("0x")?, 16).ok()?)
    }

    /// A call whose answer is known beforehand; what is not is what Bitcoin Core says of an unknown transaction.
    fn recorded(&self, call: &Call<'_>, out: &mut String) {
        let answer = self.world.answers.get(&format!("{} {}", call.method, call.params()));
        let unknown = r#"{"code":-5,"message":"No such mempool or blockchain transaction."}"#;
        let (result, error) = answer.map_or(("null", unknown), |answer| (answer.as_str(), "null"));
        out.push_str(&format!(r#"{{"id":{},"result":{result},"error":{error}}}"#, call.id));
    }

    fn ledger(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let none = || (404, "{}".to_owned());
        match (method, path) {
            ("GET", path) if path.strip_prefix("/v1/networks/") == Some(self.world.coin.network) => {
                (200, self.policy())
            }
            ("GET", path) if path.starts_with("/v1/deposits?txid=") => {
                (200, list(self.deposit(&path["/v1/deposits?txid=".len()..])))
            }
            ("GET", path) if path.starts_with("/v1/withdrawals") => (200, list(None)),
            ("GET", path) if path.starts_with("/v1/addresses/") => {
                let address = path["/v1/addresses/".len()..].split('?').next().unwrap_or_default();
                self.owner(&address.to_lowercase()).map_or_else(none, |record| (200, record))
            }
            ("POST", "/v1/deposits/query") if self.temper.queries => {
                (200, list(texts(body, "txids").iter().filter_map(|txid| self.deposit(txid))))
            }
            ("POST", "/v1/withdrawals/query") if self.temper.queries => (200, list(None)),
            ("POST", "/v1/addresses/query") if self.temper.queries => {
                (200, list(texts(body, "addresses").iter().filter_map(|text| self.owner(&text.to_lowercase()))))
            }
            ("POST", _) => (405, "{}".to_owned()),
            _ => none(),
        }
    }

    fn policy(&self) -> String {
        let Coin { network, asset, contract, decimals, confirmations } = &self.world.coin;
        json!({
            "network": network, "deposits": "open", "withdrawals": "open", "required_confirmations": confirmations,
            "scanned_height": self.world.head, "scanned_at": "2026-01-01T00:00:00Z",
            "assets": [{
                "asset": asset, "contract": contract, "decimals": decimals, "min_deposit": "0.0001", "deposits": "open",
                "withdrawals": "open",
            }],
        })
        .to_string()
    }

    fn deposit(&self, txid: &str) -> Option<String> {
        let index = *self.by_hash.get(txid)?;
        let one = &self.world.transactions[index];
        let status = match one.fate {
            Fate::Credited => "credited",
            Fate::Shallow => "confirming",
            _ => return None,
        };
        let coin = &self.world.coin;
        Some(format!(
            r#"{{"id":"d{index}","account":"a{index}","asset":"{}","network":"{}","txid":"{}","address":"{}","amount":"{}","status":"{status}","detected_at":"2026-01-01T00:00:00Z"}}"#,
            coin.asset,
            coin.network,
            one.hash,
            one.to,
            coin.written(one.units)
        ))
    }

    fn owner(&self, address: &str) -> Option<String> {
        let index = *self.by_address.get(address)?;
        let one = &self.world.transactions[index];
        (one.fate != Fate::Foreign).then(|| {
            format!(
                r#"{{"address":"{}","network":"{}","role":"deposit","account":"a{index}","memo_required":false,"status":"active","issued_at":"2020-01-01T00:00:00Z"}}"#,
                one.to, self.world.coin.network
            )
        })
    }
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!(r#"{{"items":[{}],"next":null}}"#, items.join(","))
}

fn texts(body: &str, name: &str) -> Vec<String> {
    let body: serde_json::Value = serde_json::from_str(body).expect("a query");
    serde_json::from_value(body[name].clone()).unwrap_or_default()
}

/// One request; nothing at the end of the connection.
fn read(source: &mut BufReader<TcpStream>) -> std::io::Result<Option<Asked>> {
    let mut line = String::new();
    if source.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut length = 0;
    loop {
        line.clear();
        source.read_line(&mut line)?;
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    source.read_exact(&mut body)?;
    Ok(Some(Asked { method, path, body: String::from_utf8_lossy(&body).into_owned() }))
}
