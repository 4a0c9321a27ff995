//! How many rows a second `batch` looks into, of how many requests and in how much memory, against a stub on loopback:
//!
//! ```text
//! cargo bench --bench throughput -- [ROWS] [--bitcoin] [--no-queries] [--faults N] [--delay MS] [--concurrency N]
//!                                   [--kills N] [--keep DIR]
//! cargo bench --bench throughput -- serve PORT ROWS      the stub alone, for other clients
//! cargo bench --bench throughput -- rows ROWS FILE       what is to be asked of it
//! ```
//!
//! Every verdict is compared with the one that the row has to have.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::cast_precision_loss,
    reason = "it measures the world: its time, its processes, and rates that are nobody's money"
)]

mod coins;
mod server;
mod world;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use server::{Stub, Temper};
use world::World;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let number = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1)?.parse::<u64>().ok()
    };
    let temper = Temper {
        queries: !args.iter().any(|arg| arg == "--no-queries"),
        faults: number("--faults").unwrap_or(0),
        delay: Duration::from_millis(number("--delay").unwrap_or(0)),
    };
    if args.first().is_some_and(|arg| arg == "serve") {
        let port = args.get(1).and_then(|port| port.parse().ok()).unwrap_or(0);
        let rows = args.get(2).and_then(|rows| rows.parse().ok()).unwrap_or(1000);
        return serve(port, rows, is_bitcoin(&args), temper);
    }
    if let [word, rows, path, ..] = args.as_slice()
        && word == "rows"
    {
        return write_rows(&world_of(rows.parse().unwrap_or(1000), is_bitcoin(&args)), Path::new(path));
    }
    let rows = args.first().and_then(|rows| rows.parse().ok()).unwrap_or(20_000);
    let keep = args.iter().position(|arg| arg == "--keep").and_then(|at| args.get(at + 1)).map(PathBuf::from);
    let folder = keep.unwrap_or_else(|| std::env::temp_dir().join(format!("txsleuth-bench-{}", std::process::id())));
    measure(rows, &args, number("--concurrency"), &folder);
}

fn is_bitcoin(args: &[String]) -> bool {
    args.iter().any(|arg| arg == "--bitcoin")
}

fn world_of(rows: u64, is_bitcoin: bool) -> World {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs();
    if is_bitcoin { coins::world(rows, now) } else { World::new(rows, now) }
}

fn serve(port: u16, rows: u64, is_bitcoin: bool, temper: Temper) {
    let stub = Stub::new(world_of(rows, is_bitcoin), temper);
    let listener = TcpListener::bind(("127.0.0.1", port)).expect("a free port");
    println!("{}", listener.local_addr().expect("an address").port());
    stub.serve(listener);
}

/// The stub in a process of its own, so that memory and time are told apart.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn measure(rows: u64, args: &[String], concurrency: Option<u64>, folder: &Path) {
    use std::io::{BufRead as _, BufReader};
    let world = world_of(rows, is_bitcoin(args));
    let own = std::env::current_exe().expect("the path of this program");
    let mut stub = Command::new(own);
    // What it does not know, it passes over.
    stub.args(["serve", "0", &rows.to_string()]).args(args);
    let mut stub = Running(stub.stdout(Stdio::piped()).spawn().expect("the stub starts"));
    let mut line = String::new();
    BufReader::new(stub.0.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("the stub's port");
    let port = line.trim();
    // Making its world up is not answering.
    let begun_with = ticks(stub.0.id());
    std::fs::create_dir_all(folder).expect("a folder");
    let (input, config, out) = (folder.join("rows.csv"), folder.join("txsleuth.toml"), folder.join("out.ndjson"));
    write_rows(&world, &input);
    std::fs::write(&config, configuration(port, is_bitcoin(args))).expect("the configuration is written");
    let _ = std::fs::remove_file(&out);
    let began = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_txsleuth"));
    command.arg("batch").arg(&input).arg("--out").arg(&out).arg("--config").arg(&config).arg("--quiet");
    if let Some(number) = concurrency {
        command.arg("--concurrency").arg(number.to_string());
    }
    let kills = args.iter().position(|arg| arg == "--kills").and_then(|at| args.get(at + 1)?.parse().ok()).unwrap_or(0);
    if kills > 0 {
        command.arg("--resume");
    }
    for kill in 0..kills {
        // At points that have nothing to do with the work.
        killed(&mut command, Duration::from_millis(300 + 377 * (kill * kill + 1) % 2000));
    }
    let mut run = command.spawn().expect("the program starts");
    let (mut peak, mut cpu) = (0, 0);
    let status = loop {
        peak = peak.max(memory(run.id()));
        cpu = cpu.max(ticks(run.id()));
        if let Some(status) = run.try_wait().expect("the program runs") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let took = began.elapsed();
    let stub_cpu = ticks(stub.0.id()) - begun_with;
    let requests = told(port, "/count").parse::<u64>().unwrap_or(1) - 1;
    let receipts = told(port, "/receipts");
    let (wrong, errors, counted) = compare(&world, &out);
    println!("{rows} rows in {:.2} s: {:.0} rows a second", took.as_secs_f64(), rows as f64 / took.as_secs_f64());
    println!("{requests} requests: {:.4} a row; {} MiB at the most", requests as f64 / rows as f64, peak / 1024);
    println!("calls for receipts: {receipts}");
    println!(
        "CPU: {:.1} µs a row, the stub {:.1} µs",
        cpu as f64 * 1e4 / rows as f64,
        stub_cpu as f64 * 1e4 / rows as f64
    );
    println!("{counted} results, {wrong} wrong, {errors} with an error; ended with {status}");
    assert_eq!((counted, wrong), (rows, 0), "every row has its result, and every verdict is right");
}

/// A run that is killed as a power cut would.
fn killed(command: &mut Command, after: Duration) {
    let mut run = command.spawn().expect("the program starts");
    std::thread::sleep(after);
    let _ = run.kill();
    println!("killed after {} ms: {}", after.as_millis(), run.wait().expect("the program ends"));
}

fn write_rows(world: &World, path: &Path) {
    use std::io::Write as _;
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    writeln!(file, "id,txid,network,kind,asset,amount,address").expect("a row is written");
    let coin = &world.coin;
    for (row, one) in world.transactions.iter().enumerate() {
        let (amount, network, asset) = (coin.written(one.units), coin.network, coin.asset);
        writeln!(file, "r{row},{},{network},deposit,{asset},{amount},{}", one.hash, one.to).expect("a row is written");
    }
}

fn configuration(port: &str, is_bitcoin: bool) -> String {
    let network = if is_bitcoin {
        format!(
            r#"
[network.bitcoin]
family = "bitcoin"
chain = "regtest"
confirmations = 3
sources = [ {{ kind = "bitcoin-rpc", url = "http://127.0.0.1:{port}/bitcoin", batch_size = 200 }} ]
"#
        )
    } else {
        format!(
            r#"
[network.ethereum]
family = "evm"
chain_id = 1
confirmations = 64
sources = [ {{ kind = "json-rpc", url = "http://127.0.0.1:{port}/rpc", batch_size = 200 }} ]
[network.ethereum.assets.USDT]
contract = "0xdAC17F958D2ee523a2206206994597C13D831ec7"
decimals = 6
"#
        )
    };
    format!(
        r#"{network}
[ledger]
kind = "http"
url = "http://127.0.0.1:{port}/ledger"
[limits]
requests_per_second = 0
concurrency = 64
"#
    )
}

/// The most memory that a process has held so far, in KiB.
fn memory(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The time that a process has computed so far, in hundredths of a second.
fn ticks(id: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    after.split(' ').skip(11).take(2).filter_map(|number| number.parse::<u64>().ok()).sum()
}

/// What the stub tells of itself.
fn told(port: &str, path: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(format!("127.0.0.1:{port}")).expect("the stub listens");
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes()).expect("a question");
    stream.shutdown(std::net::Shutdown::Write).expect("an end");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    text.rsplit("\r\n").next().unwrap_or_default().to_owned()
}

/// Results that are wrong, those with an error, and how many there are.
fn compare(world: &World, out: &Path) -> (u64, u64, u64) {
    let text = std::fs::read_to_string(out).expect("results");
    let (mut wrong, mut errors, mut counted) = (0, 0, 0);
    let mut codes: BTreeMap<String, u64> = BTreeMap::new();
    let rows = world.transactions.len();
    for ((row, one), line) in (0_u64..).zip(&world.transactions).zip(text.lines()) {
        let result: serde_json::Value = serde_json::from_str(line).expect("a result");
        let code = result["code"].as_str().unwrap_or("none");
        *codes.entry(code.to_owned()).or_default() += 1;
        counted += 1;
        errors += u64::from(!result["error"].is_null());
        let right = result["row"] == row + 1 && code == one.fate.code();
        wrong += u64::from(!right);
    }
    println!("{codes:?}");
    (wrong, errors, counted + text.lines().skip(rows).count() as u64)
}
