//! `find`: the payments to an address that fit a claim, or the transaction of a sender and a nonce.

use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::check::Flags;
use super::config::{self, Settings};
use super::env::Env;
use super::exit::{Exit, Mistake};
use super::moment::moment;
use super::{Format, Global, block_on};
use crate::claim::Claim;
use crate::inquiry::quest;
use crate::net::Net;
use crate::report::{Finds, PaymentsDocument, Words, is_answered, json_text, plain, render_payments};
use crate::sleuth::Sender;
use crate::terms::{Address, Network};

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["address", "account", "from"]))]
pub(crate) struct Args {
    /// The receiver of the payments
    #[arg(long, value_name = "ADDR")]
    address: Option<String>,
    /// The customer's account: without an address, those of the account are searched
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// The network; without it, every one that the address can be of
    #[arg(long)]
    network: Option<String>,
    /// The asset's ticker
    #[arg(long)]
    asset: Option<String>,
    /// The amount in coin units
    #[arg(long)]
    amount: Option<String>,
    /// The beginning of the stretch to search, by default 30 days ago: RFC 3339, or a date and time with --tz
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// The end of the stretch, by default now
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// The time zone of --since and --until, such as Asia/Seoul
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// A sender, to find its transaction of one nonce
    #[arg(long, value_name = "ADDR", requires = "nonce", conflicts_with_all = ["address", "account", "asset", "amount"])]
    from: Option<String>,
    /// How many transactions the sender made before
    #[arg(long, requires = "from")]
    nonce: Option<u64>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command. Exit 3 when nobody answers.
pub(crate) fn run(args: &Args, global: &Global, env: &mut Env) -> Result<Exit> {
    let settings = Settings::new(&config::load(env, global.config.as_deref())?.config()?, env)?;
    let claim = claim(args, &settings)?;
    let sender = sender(args, &settings)?;
    let net = Net::live(settings.services.clone(), env.secrets(), Arc::clone(&env.clock));
    let now = (env.clock)();
    let sleuth = settings.sleuth(&net, false);
    let (evidence, sent) = block_on(async {
        match &sender {
            Some(sender) => sleuth.sent(sender, now).await,
            None => (sleuth.find(&claim, now).await, Vec::new()),
        }
    })?;
    let networks = &settings.policy.networks;
    let quest = quest(&claim, &evidence, networks);
    let answers = net.answers();
    let finds =
        Finds { claim: &claim, evidence: &evidence, quest: quest.as_ref(), sent: &sent, networks, answers: &answers };
    let document = PaymentsDocument::new(&finds);
    if !global.quiet {
        for warning in &settings.warnings {
            env.warn(&format!("warning: {warning}"));
        }
        for gap in &document.gaps {
            let detail = if gap.detail.is_empty() { String::new() } else { format!(" ({})", gap.detail) };
            env.warn(&plain(&format!("no answer from {}: {}{detail}", gap.source, gap.question)));
        }
    }
    let text = match args.format {
        Format::Json => {
            json_text(&serde_json::to_string_pretty(&document).context("failed to write the document")?) + "\n"
        }
        Format::Text => {
            let words = Words::english().in_zone(settings.zone.clone());
            let width = env.terminal.unwrap_or(80).clamp(40, 120);
            render_payments(&document, &words, width, global.colour(env))
        }
    };
    env.print(&text)?;
    Ok(if is_answered(&finds) { Exit::Done } else { Exit::NoAnswer })
}

/// What the payments are compared with.
fn claim(args: &Args, settings: &Settings) -> Result<Claim> {
    let flags = Flags {
        network: args.network.clone(),
        asset: args.asset.clone(),
        amount: args.amount.clone(),
        address: args.address.clone(),
        account: args.account.clone(),
        ..Flags::default()
    };
    let time = |flag: &str, text: &Option<String>| {
        text.as_deref().map(|text| moment(flag, text, args.tz.as_deref())).transpose()
    };
    let (since, until) = (time("--since", &args.since)?, time("--until", &args.until)?);
    if since.zip(until).is_some_and(|(since, until)| since > until) {
        return Err(Mistake::error("--since is after --until"));
    }
    let claim = Claim { since, until, ..flags.claim(settings)? };
    if let Some(text) = &args.address {
        on_networks(settings, args.network.as_deref(), "--address", text)?;
    } else if args.account.is_some() && settings.sources.ledger.is_none() {
        return Err(Mistake::error("--account: its addresses are in the ledger, and the section [ledger] is missing"));
    }
    Ok(claim)
}

fn sender(args: &Args, settings: &Settings) -> Result<Option<Sender>> {
    let Some((text, nonce)) = args.from.as_ref().zip(args.nonce) else { return Ok(None) };
    let networks = on_networks(settings, args.network.as_deref(), "--from", text)?;
    let network = |network: &Network| network.name.clone();
    let account = networks.first().and_then(|network| Address::parse(&network.identity, text).ok());
    let networks = networks.into_iter().map(network).collect();
    Ok(account.map(|parsed| Sender { account: parsed.address, nonce, networks }))
}

/// The networks that an address can be of; a mistake where there is none.
fn on_networks<'s>(settings: &'s Settings, named: Option<&str>, flag: &str, text: &str) -> Result<Vec<&'s Network>> {
    let networks = &settings.policy.networks;
    let named = named.and_then(|name| crate::inquiry::named(networks, name));
    let meant = |network: &&Network| named.map_or(!network.is_test, |named| named.name == network.name);
    let fits = |network: &&Network| Address::parse(&network.identity, text).is_ok();
    let (near, far): (Vec<_>, Vec<_>) = networks.iter().filter(fits).partition(meant);
    match (near.is_empty(), named) {
        (false, _) => Ok(near),
        (true, None) if !far.is_empty() => Ok(far),
        (true, Some(network)) => Err(Mistake::error(format!("{flag}: `{text}` is not an address of {}", network.name))),
        (true, None) => Err(Mistake::error(format!("{flag}: `{text}` is not an address of any configured network"))),
    }
}
