//! `check`: one case from what was typed to the printed diagnosis.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::attach;
use super::bundle::{self, Bundle, Case};
use super::config::{self, Config, Layers, Settings};
use super::env::Env;
use super::exit::{Exit, Mistake};
use super::handout;
use super::letter;
use super::moment::moment;
use super::{Global, ReportFormat, block_on};
use crate::claim::Claim;
use crate::inquiry::named;
use crate::net::{Net, Tape};
use crate::report::{
    Document, Language, Materials, Report, ResultRow, Words, render_html, render_linked, render_markdown, render_text,
};
use crate::sleuth::{Inquest, Investigation};
use crate::sources::ledger::Scope;
use crate::subject::{Subject, SubjectKind};
use crate::terms::{Amount, Answer, By, Direction, Said};

/// Longest text read from standard input as a subject, in bytes.
const LONGEST_SUBJECT: u64 = 64 * 1024;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// Decide a recorded case again, without network
    #[arg(long, value_name = "DIR", conflicts_with = "attach")]
    replay: Option<PathBuf>,
}

/// What is asked about one case, once or again and again.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// A transaction identifier, an explorer's link, a ticket or a ledger id; `-` reads standard input
    subject: Option<String>,
    #[command(flatten)]
    pub(super) flags: Flags,
    /// How to print the diagnosis
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(super) format: ReportFormat,
    /// Let the verdict set the exit code
    #[arg(long)]
    exit_code: bool,
    /// Write diagnosis, report and recorded answers into a folder; with --audience, the letter and the chain's answers only
    #[arg(long, value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// Post the report on the ticket as a note for staff, once
    #[arg(long)]
    attach: bool,
    /// With --attach: tell on standard error what would be posted, and post nothing
    #[arg(long, requires = "attach")]
    dry_run: bool,
}

/// What the flags claim; the same names stand in a bundle's `case.toml`.
#[derive(Clone, Debug, Default, clap::Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Flags {
    /// Deposit or withdrawal
    #[arg(long, value_name = "KIND", value_parser = ["deposit", "withdrawal"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    /// The network that the transaction is on
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) network: Option<String>,
    /// The asset's ticker
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) asset: Option<String>,
    /// The amount in coin units
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) amount: Option<String>,
    /// The address that should have been paid
    #[arg(long, value_name = "ADDR")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<String>,
    /// The memo or tag
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) memo: Option<String>,
    /// The customer's account
    #[arg(long, value_name = "ID")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<String>,
    /// When it was sent: RFC 3339, or a date and time with --tz
    #[arg(long, value_name = "TIME")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<String>,
    /// The time zone of --at, such as Asia/Seoul
    #[arg(long, value_name = "ZONE", requires = "at")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tz: Option<String>,
    /// The ticket of the complaint
    #[arg(long, value_name = "ID")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ticket: Option<String>,
    /// A transaction identifier; may be given several times
    #[arg(long, value_name = "HASH")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) txid: Vec<String>,
    /// The report's language; without it the customer's, else the configuration's
    #[arg(long, value_name = "LANG", value_parser = ["en", "zh", "ko"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<String>,
    /// For whom the report is: staff, the customer, or the desk of the platform concerned
    #[arg(long, value_name = "WHO", value_parser = ["support", "customer", "platform"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) audience: Option<String>,
    /// With --audience platform: the exchange that it goes to, where that is not the one of the configuration's profile
    #[arg(long, value_name = "EXCHANGE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    /// Ask for proofs that cost requests of their own: receipts on EVM networks, headers from Bitcoin nodes
    #[arg(long)]
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) prove: bool,
}

impl Flags {
    /// These flags, and the recorded ones where these say nothing.
    fn over(self, recorded: Self) -> Self {
        let txid = if self.txid.is_empty() { recorded.txid } else { self.txid };
        Self {
            kind: self.kind.or(recorded.kind),
            network: self.network.or(recorded.network),
            asset: self.asset.or(recorded.asset),
            amount: self.amount.or(recorded.amount),
            address: self.address.or(recorded.address),
            memo: self.memo.or(recorded.memo),
            account: self.account.or(recorded.account),
            tz: if self.at.is_some() { self.tz } else { recorded.tz },
            at: self.at.or(recorded.at),
            ticket: self.ticket.or(recorded.ticket),
            txid,
            lang: self.lang.or(recorded.lang),
            audience: self.audience.or(recorded.audience),
            to: self.to.or(recorded.to),
            prove: self.prove || recorded.prove,
        }
    }

    /// The claim that the flags make.
    pub(super) fn claim(&self, settings: &Settings) -> Result<Claim> {
        let networks = &settings.policy.networks;
        if let Some(name) = self.network.as_ref().filter(|name| named(networks, name).is_none()) {
            let known: Vec<&str> = networks.iter().map(|network| &*network.name).collect();
            return Err(Mistake::error(format!(
                "--network: `{name}` is not configured; there are {}",
                known.join(", ")
            )));
        }
        let amount = self.amount.as_deref().map(Amount::from_str).transpose();
        let amount = amount.map_err(|error| Mistake::error(format!("--amount: {error}")))?;
        let at = self.at.as_deref().map(|text| moment("--at", text, self.tz.as_deref())).transpose()?;
        let kind = self.kind.as_deref().map(|kind| {
            let wrong = || Mistake::error(format!("--kind: `{kind}` is neither deposit nor withdrawal"));
            Direction::from_str(kind).map_err(|_| wrong())
        });
        let mut claim = Claim {
            kind: kind.transpose()?.map(flagged),
            network: self.network.clone().map(flagged),
            asset: self.asset.as_ref().map(|asset| flagged(asset.to_uppercase())),
            amount: amount.map(flagged),
            address: self.address.clone().map(flagged),
            memo: self.memo.clone().map(flagged),
            account: self.account.clone().map(flagged),
            at: at.map(flagged),
            ..Claim::default()
        };
        for text in &self.txid {
            let subject = Subject::parse(text);
            if !matches!(subject.kind, SubjectKind::Transaction | SubjectKind::Malformed) {
                return Err(Mistake::error(format!("--txid: `{text}` is not a transaction identifier")));
            }
            claim.add_subject(&subject, By::Flag);
        }
        Ok(claim)
    }
}

fn flagged<T>(value: T) -> Said<T> {
    Said::new(value, By::Flag)
}

/// Everything that one case needs before anybody is asked.
pub(super) struct Opened {
    pub settings: Settings,
    pub inquest: Inquest,
    pub net: Net,
    pub started: Timestamp,
    pub layers: Option<Layers>,
    pub case: Case,
}

/// What was found out about a case, and its document.
pub(super) struct Told {
    pub investigation: Investigation,
    pub document: Document,
    words: Words,
}

/// Runs the command.
pub(crate) fn run(args: Args, global: &Global, env: &mut Env) -> Result<Exit> {
    let asked = &args.asked;
    let opened = match &args.replay {
        Some(folder) => reopen(asked.subject.clone(), asked.flags.clone(), &Bundle::read(&env.path(folder))?, env)?,
        None => open(asked, global, env)?,
    };
    prepare(asked, &opened, env)?;
    let told = look(&opened)?;
    finish(asked, &opened, &told, true, global, env)
}

/// Makes sure, before anybody is asked, that everything that was asked for can be done.
pub(super) fn prepare(asked: &Asked, opened: &Opened, env: &Env) -> Result<()> {
    if asked.attach {
        attach::check_possible(opened)?;
    }
    match &asked.bundle {
        Some(folder) => bundle::check_free(&env.path(folder), letter::is_asked_for(&opened.case.flags)),
        None => Ok(()),
    }
}

/// Looks into a case.
pub(super) fn look(opened: &Opened) -> Result<Told> {
    let investigation = investigate(opened)?;
    let words = Words::of(language(opened, &investigation)).in_zone(opened.settings.zone.clone());
    let document = document(opened, &investigation, &words);
    Ok(Told { investigation, document, words })
}

/// Does with a document what was asked for, and prints the report where `print` says so.
pub(super) fn finish(
    asked: &Asked,
    opened: &Opened,
    told: &Told,
    print: bool,
    global: &Global,
    env: &mut Env,
) -> Result<Exit> {
    let Told { investigation, document, words } = told;
    let letter = letter::of(opened, investigation, document)?;
    let folder = asked.bundle.as_ref().map(|folder| env.path(folder));
    match (&folder, &letter) {
        (Some(folder), None) => {
            write_bundle(folder, opened.layers.as_ref(), &opened.case, &opened.net, document, words)?;
        }
        (Some(folder), Some(letter)) => handout::write(folder, opened, document, letter, env)?,
        (None, _) => {}
    }
    mutter(opened, document, global, env);
    if print {
        let (width, colour) = (env.terminal.unwrap_or(80).clamp(40, 120), global.colour(env));
        let text = match (&letter, asked.format) {
            (Some(letter), format) => letter::rendered(letter, format, width, colour)?,
            (None, ReportFormat::Json) => bundle::json(document)?,
            (None, ReportFormat::Markdown) => render_markdown(&Report::new(document, words)),
            (None, ReportFormat::Text) if colour && env.opens_links() => {
                render_linked(&Report::new(document, words), width, colour)
            }
            (None, ReportFormat::Text) => render_text(&Report::new(document, words), width, colour),
            (None, ReportFormat::Html) => render_html(document, words),
        };
        env.print(&text)?;
    }
    if asked.attach {
        attach::run(opened, investigation, document, words, asked.dry_run, global, env)?;
    }
    Ok(match (investigation.answered, asked.exit_code) {
        (false, _) => Exit::NoAnswer,
        (true, true) => Exit::Of(document.verdict),
        (true, false) => Exit::Done,
    })
}

/// Opens a live case.
pub(super) fn open(asked: &Asked, global: &Global, env: &mut Env) -> Result<Opened> {
    let layers = config::load(env, global.config.as_deref())?;
    let settings = Settings::new(&layers.config()?, env)?;
    let typed = match asked.subject.as_deref() {
        Some("-") => Some(standard_input(env)?),
        other => other.map(str::to_owned),
    };
    let started = (env.clock)();
    let case = Case { subject: typed, started, flags: asked.flags.clone(), config: layers.table().clone() };
    letter::check_possible(&case.flags)?;
    let inquest = inquest(case.subject.as_deref(), &case.flags, &settings)?;
    let net = Net::live(settings.services.clone(), env.secrets(), Arc::clone(&env.clock));
    Ok(Opened { settings, inquest, net, started, layers: Some(layers), case })
}

/// Opens a recorded case; what is given now wins over what was given then.
pub(super) fn reopen(subject: Option<String>, flags: Flags, bundle: &Bundle, env: &Env) -> Result<Opened> {
    let mut case = bundle.case.clone();
    case.subject = subject.or(case.subject);
    case.flags = flags.over(case.flags);
    let text = toml::to_string(&case.config).context("failed to understand the recorded configuration")?;
    let config: Config = toml::from_str(&text).context("failed to understand the recorded configuration")?;
    let settings = Settings::new(&config, env)?;
    letter::check_possible(&case.flags)?;
    let inquest = inquest(case.subject.as_deref(), &case.flags, &settings)?;
    let started = case.started;
    let net = replay(&settings, bundle.tape.clone(), started);
    Ok(Opened { settings, inquest, net, started, layers: None, case })
}

fn replay(settings: &Settings, tape: Tape, started: Timestamp) -> Net {
    Net::replaying(settings.services.clone(), tape, Arc::new(move || started))
}

fn standard_input(env: &mut Env) -> Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    let mut input = (&mut env.input).take(LONGEST_SUBJECT);
    input.read_to_string(&mut text).context("failed to read the subject from standard input")?;
    Ok(text)
}

/// What is typed and claimed, understood.
pub(super) fn inquest(subject: Option<&str>, flags: &Flags, settings: &Settings) -> Result<Inquest> {
    let subject = subject.map_or_else(Subject::none, Subject::parse);
    // A ledger of one account lists that account's records.
    let own = settings.sources.ledger.as_ref().is_some_and(|ledger| ledger.scope() == Scope::Account);
    let listed = own && (flags.amount.is_some() || flags.asset.is_some());
    let searchable = flags.address.is_some() || flags.account.is_some() || listed;
    if subject.kind == SubjectKind::None && flags.ticket.is_none() && flags.txid.is_empty() && !searchable {
        return Err(Mistake::error(
            "nothing to check: give a transaction identifier, a ticket, a ledger id, or an --address or --account to search",
        ));
    }
    Ok(Inquest { subject, ticket: flags.ticket.clone(), claim: flags.claim(settings)? })
}

/// Asks and concludes.
pub(super) fn investigate(opened: &Opened) -> Result<Investigation> {
    let Opened { settings, net, started, .. } = opened;
    let sleuth = settings.sleuth(net, opened.case.flags.prove);
    let inquest = Inquest {
        subject: opened.inquest.subject.clone(),
        ticket: opened.inquest.ticket.clone(),
        claim: opened.inquest.claim.clone(),
    };
    block_on(sleuth.investigate(inquest, *started))
}

/// The language of the report: the one asked for, else the customer's by the desk's word or their own, else the
/// configuration's.
pub(super) fn language(opened: &Opened, investigation: &Investigation) -> Language {
    let asked = opened.case.flags.lang.as_deref().and_then(Language::of);
    let ticket = investigation.ticket.as_ref();
    let told = || ticket.and_then(|ticket| Language::of(ticket.language.as_deref()?));
    let written = || ticket.and_then(|ticket| Language::read(&ticket.body).or_else(|| Language::read(&ticket.subject)));
    asked.or_else(told).or_else(written).unwrap_or(opened.settings.language)
}

/// The document of an investigation.
pub(super) fn document(opened: &Opened, investigation: &Investigation, words: &Words) -> Document {
    Document::new(&materials(opened, investigation, &opened.net.answers(), words))
}

/// The line of a case.
pub(super) fn row(opened: &Opened, told: &Told) -> ResultRow {
    ResultRow::new(&materials(opened, &told.investigation, &[], &told.words))
}

fn materials<'a>(
    opened: &'a Opened,
    investigation: &'a Investigation,
    answers: &'a [Arc<Answer>],
    words: &'a Words,
) -> Materials<'a> {
    Materials {
        subject: &investigation.subject,
        claim: &investigation.claim,
        ticket: investigation.ticket.as_ref(),
        evidence: &investigation.evidence,
        diagnosis: &investigation.diagnosis,
        networks: &opened.settings.policy.networks,
        answers,
        words,
    }
}

fn write_bundle(
    folder: &Path,
    layers: Option<&Layers>,
    case: &Case,
    net: &Net,
    document: &Document,
    words: &Words,
) -> Result<()> {
    let tape = net.recording();
    let mut case = case.clone();
    if let Some(layers) = layers {
        let mut kept = layers.clone();
        if case.config.get("ledger").is_none() {
            // The ledger's answers may hang on any network's name; without it only those asked matter.
            let asked = tape.services().into_iter().filter_map(|name| name.split('.').nth(1));
            let asked: Vec<&str> = asked.chain(case.flags.network.as_deref()).collect();
            kept.keep_networks(&asked);
        }
        case.config = kept.table().clone();
    }
    bundle::write(folder, &case, &tape, document, words)
}

/// Warnings, gaps and, on request, requests: all on standard error.
fn mutter(opened: &Opened, document: &Document, global: &Global, env: &mut Env) {
    if global.quiet {
        return;
    }
    for warning in &opened.settings.warnings {
        env.warn(&format!("warning: {warning}"));
    }
    for gap in &document.gaps {
        let detail = if gap.detail.is_empty() { String::new() } else { format!(" ({})", gap.detail) };
        env.warn(&crate::report::plain(&format!("no answer from {}: {}{detail}", gap.source, gap.question)));
    }
    if global.verbose {
        for passage in opened.net.passages() {
            let took = passage.span.1.saturating_sub(passage.span.0).as_millis();
            env.warn(&format!("asked {}: {} questions in {took} ms", passage.service, passage.questions));
        }
        env.warn(&format!("{} requests in {} round trips", opened.net.passages().len(), opened.net.round_trips()));
    }
}
