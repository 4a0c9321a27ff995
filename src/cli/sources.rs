//! `sources`: which sources answer, how far they are synced, and where each setting came from.

use std::sync::Arc;

use anyhow::Result;
use futures::future::join_all;
use serde::Serialize;

use super::config::{self, Layers, Settings};
use super::env::Env;
use super::exit::Exit;
use super::{Format, Global, block_on};
use crate::inquiry::Channel;
use crate::net::{Auth, Net, Service};
use crate::report::{json_text, plain};
use crate::sources::Line;
use crate::sources::chain::Health;
use crate::sources::ledger::{Hints, Opened};
use crate::terms::{Gap, GapWhy, Network, Seen, older_than};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is known of one source.
#[derive(Serialize)]
struct Row {
    service: String,
    kind: String,
    url: String,
    operator: String,
    from: String,
    credentials: Option<String>,
    state: &'static str,
    height: Option<u64>,
    head_time: Option<jiff::Timestamp>,
    detail: String,
}

/// Runs the command. Exit 3 when nobody answers.
pub(crate) fn run(args: &Args, global: &Global, env: &mut Env) -> Result<Exit> {
    let layers = config::load(env, global.config.as_deref())?;
    let settings = Settings::new(&layers.config()?, env)?;
    let net = Net::live(settings.services.clone(), env.secrets(), Arc::clone(&env.clock));
    let now = (env.clock)();
    let rows = block_on(ask(&settings, &layers, &net, now))?;
    let answered = rows.iter().any(|row| row.state == "ok" || row.state == "answers");
    let text = match args.format {
        Format::Json => json_text(&serde_json::to_string_pretty(&rows)?) + "\n",
        Format::Text => rows.iter().map(told).collect(),
    };
    env.print(&text)?;
    Ok(if answered { Exit::Done } else { Exit::NoAnswer })
}

fn told(row: &Row) -> String {
    let height = row.height.map(|height| format!(" at height {height}")).unwrap_or_default();
    let time = row.head_time.map(|time| format!(" of {time}")).unwrap_or_default();
    let credentials = row.credentials.as_ref().map(|from| format!("\n  credentials from {from}")).unwrap_or_default();
    let detail = if row.detail.is_empty() { String::new() } else { format!("\n  {}", plain(&row.detail)) };
    format!(
        "{}: {}{height}{time}\n  {} {} (run by {}), set in {}{credentials}{detail}\n",
        row.service, row.state, row.kind, row.url, row.operator, row.from,
    )
}

async fn ask(settings: &Settings, layers: &Layers, net: &Net, now: jiff::Timestamp) -> Vec<Row> {
    let mut rows = Vec::new();
    let chains =
        settings.sources.chains.iter().flat_map(|(network, kinds)| {
            kinds.iter().enumerate().map(move |(index, (kind, _))| (network, *kind, index))
        });
    let asked = chains.map(|(network, kind, index)| async move {
        let service = Arc::clone(Channel::new(&network.name, index).service());
        let health = kind.protocol.health(Line { net, service: &service }, network).await;
        (network, service, health)
    });
    for (network, service, health) in join_all(asked).await {
        if let Some(spec) = settings.services.iter().find(|spec| *spec.name == *service) {
            rows.push(chain_row(network, spec, &health, layers, now));
        }
    }
    for name in ["ledger", "desk"] {
        if let Some(spec) = settings.services.iter().find(|spec| &*spec.name == name) {
            rows.push(service_row(spec, net, settings, layers, now).await);
        }
    }
    rows
}

fn row(spec: &Service, path: &str, layers: &Layers) -> Row {
    Row {
        service: spec.name.to_string(),
        kind: spec.kind.to_string(),
        url: spec.url.to_string(),
        operator: spec.operator.to_string(),
        from: layers.origin(path).map_or_else(|| "default".to_owned(), ToString::to_string),
        credentials: match &spec.auth {
            Auth::Cookie(path) => Some(format!("cookie file {}", path.display())),
            other => other.secret().or(spec.key.as_ref()).map(ToString::to_string),
        },
        state: "silent",
        height: None,
        head_time: None,
        detail: String::new(),
    }
}

fn chain_row(network: &Network, spec: &Service, health: &Health, layers: &Layers, now: jiff::Timestamp) -> Row {
    let mut row = row(spec, &format!("network.{}.sources", network.name), layers);
    let head = health.head.yes();
    row.height = head.map(|head| head.height);
    row.head_time = head.and_then(|head| head.time);
    let dated = network.stale_after().zip(row.head_time);
    let old = dated.is_some_and(|(limit, time)| older_than(time, now, limit));
    let gap = health.right_chain.gap().or_else(|| health.head.gap());
    (row.state, row.detail) = match (&health.right_chain, gap) {
        (Seen::No(_), _) => ("wrong chain", format!("it should be {}", network.identity.expected())),
        (_, Some(gap)) => ("silent", said(gap)),
        (_, None) if head.is_some_and(|head| head.syncing) || old => ("behind", "its head is old".to_owned()),
        (_, None) => ("ok", health.keeps_history.gap().map(said).unwrap_or_default()),
    };
    if health.keeps_history.is_no() {
        row.detail = NO_INDEX.into();
    }
    row
}

fn said(gap: &Gap) -> String {
    format!("{}: {}", gap.question, gap.detail)
}

/// What a node without an index of all transactions is good for.
const NO_INDEX: &str = "it keeps no index of old transactions: its \"not found\" proves nothing";
/// An id that nobody has.
const NOBODY: &str = "txsleuth-sources-check";

/// A ledger with keys is asked what they may do. Others, and the desk, are asked for something that nobody has: any answer
/// shows that they answer.
async fn service_row(spec: &Service, net: &Net, settings: &Settings, layers: &Layers, now: jiff::Timestamp) -> Row {
    let mut row = row(spec, &spec.name, layers);
    let line = Line { net, service: &spec.name };
    let ledger = settings.sources.ledger.as_ref().map(Opened::ledger);
    if let Some(ledger) = ledger.filter(|_| &*spec.name == "ledger") {
        match ledger.keys(line).await {
            Seen::Yes(advice, _) => {
                (row.state, row.detail) = ("answers", advice.join("; "));
                return row;
            }
            Seen::Unknown(gap) if gap.why != GapWhy::NotOffered => {
                row.detail = said(&gap);
                return row;
            }
            _ => {}
        }
    }
    let gap = match (&*spec.name, ledger, &settings.sources.desk) {
        ("ledger", Some(ledger), _) => {
            ledger.deposit(line, NOBODY, &Hints { now, ..Hints::default() }).await.gap().cloned()
        }
        ("desk", _, Some(desk)) => desk.ticket(line, NOBODY).await.gap().cloned(),
        _ => None,
    };
    match gap {
        Some(gap) => row.detail = said(&gap),
        None => row.state = "answers",
    }
    row
}
