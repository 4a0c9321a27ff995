//! `read`: what a complaint's text claims, with where each part stands.

use std::io::{BufReader, Read};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::env::Env;
use super::exit::Exit;
use super::lines::next_line;
use crate::claim::reading::{ChainFamily, Complaint, Kind, Reading, read};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A complaint as text, HTML or e-mail (.eml); `-` is standard input
    file: PathBuf,
    /// Read one JSON object a line, {"id", "text"}, and print one a line
    #[arg(long)]
    jsonl: bool,
}

/// Longest input that is read as one complaint, and longest line with `--jsonl`, in bytes.
const LONGEST: usize = 8 << 20;

/// Runs the command.
pub(crate) fn run(args: &Args, env: &mut Env) -> Result<Exit> {
    let shown = args.file.display().to_string();
    let input: Box<dyn Read + Send> = if args.file.as_os_str() == "-" {
        std::mem::replace(&mut env.input, Box::new(std::io::empty()))
    } else {
        Box::new(std::fs::File::open(env.path(&args.file)).with_context(|| format!("failed to open {shown}"))?)
    };
    if args.jsonl {
        return lines(input, &shown, env);
    }
    let mut bytes = Vec::new();
    input.take(LONGEST as u64).read_to_end(&mut bytes).with_context(|| format!("failed to read {shown}"))?;
    let is_mail = args.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("eml"));
    let complaint = if is_mail { Complaint::of_mail(&bytes) } else { None };
    let complaint = complaint.unwrap_or_else(|| Complaint::of_text(&String::from_utf8_lossy(&bytes)));
    let reading = read(&complaint, Some((env.clock)()));
    env.print(&(serde_json::to_string_pretty(&reading)? + "\n"))?;
    Ok(Exit::Done)
}

/// A line of input.
#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
}

/// A line of output: the claim alone.
#[derive(Serialize)]
struct Told<'a> {
    id: serde_json::Value,
    kind: Kind,
    txids: Vec<ToldTxid<'a>>,
    addresses: Vec<&'a str>,
    network: Option<&'a str>,
    asset: Option<&'a str>,
    amount: Option<String>,
    memo: Option<&'a str>,
    secrets_present: bool,
}

#[derive(Serialize)]
struct ToldTxid<'a> {
    value: &'a str,
    chain_family: ChainFamily,
}

/// A line that could not be read.
#[derive(Serialize)]
struct Refused {
    id: Option<serde_json::Value>,
    line: usize,
    error: String,
}

/// Reads line by line; a bad line is told in its place and is not the end.
fn lines(input: Box<dyn Read + Send>, shown: &str, env: &mut Env) -> Result<Exit> {
    let mut input = BufReader::new(input);
    let mut bytes = Vec::new();
    for number in 1.. {
        let longest = LONGEST - 1;
        if !next_line(&mut input, &mut bytes, longest).with_context(|| format!("failed to read {shown}"))? {
            break;
        }
        if bytes.len() > longest {
            let error = format!("the line is longer than {LONGEST} bytes");
            env.print(&(serde_json::to_string(&Refused { id: None, line: number, error })? + "\n"))?;
            continue;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let told = match serde_json::from_slice::<Line>(&bytes) {
            Ok(line) => {
                let reading = read(&Complaint::of_text(&line.text), None);
                serde_json::to_string(&told(line.id, &reading))?
            }
            // The parser's own words may quote the line, which may hold a secret: its place is enough.
            Err(error) => serde_json::to_string(&Refused {
                id: id_of(&bytes),
                line: number,
                error: format!("not a JSON object with `id` and `text` (column {})", error.column()),
            })?,
        };
        env.print(&(told + "\n"))?;
    }
    Ok(Exit::Done)
}

/// The id of a line that is JSON but not a complaint; a number or a short text only.
fn id_of(bytes: &[u8]) -> Option<serde_json::Value> {
    let line: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    line.get("id").filter(|id| id.is_number() || id.as_str().is_some_and(|id| id.len() <= 64)).cloned()
}

fn told(id: serde_json::Value, reading: &Reading) -> Told<'_> {
    Told {
        id,
        kind: reading.kind,
        txids: reading
            .txids
            .iter()
            .map(|txid| ToldTxid { value: &txid.value, chain_family: txid.chain_family })
            .collect(),
        addresses: reading.claimed_addresses().map(|address| address.value.as_str()).collect(),
        network: reading.network.as_ref().map(|network| network.value.as_str()),
        asset: reading.asset.as_ref().map(|asset| asset.value.as_str()),
        amount: reading.amount.as_ref().map(|amount| amount.value.to_string()),
        memo: reading.memo.as_ref().map(|memo| memo.value.as_str()),
        secrets_present: reading.secrets_present,
    }
}
