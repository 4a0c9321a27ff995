//! 5. How it is told: one arrangement of a document for people, rendered per medium; and the document itself.

mod document;
mod language;
mod letter;
mod markdown;
mod moment;
mod page;
mod payments;
mod sanitize;
mod stats;
mod text;
mod words;

pub use document::{ActionPart, Document, Materials, ProofPart, ResultRow, State};
pub use language::Language;
pub use letter::{ChainPart, FactList, Letter, LetterFact, Reader, TextList};
pub use markdown::{escaped as markdown_text, render as render_markdown, render_letter as render_letter_markdown};
pub use moment::zone;
pub use page::{render as render_html, render_letter as render_letter_html};
pub use payments::{Finds, PaymentPart, PaymentsDocument, SearchPart, SentPart, is_answered, render_payments};
pub use sanitize::{csv_cell, json_text, plain};
pub use stats::{Counted, Stats, StatsDocument, render_stats, stats_csv};
pub use text::{render as render_text, render_counts, render_letter as render_letter_text, render_linked};
pub use words::Words;

use crate::diagnosis::{CheckAnswer, Verdict};
use crate::report::document::{GapPart, TransactionPart, TransferPart};

/// What a piece of text means, never how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    Plain,
    /// As it should be.
    Good,
    /// Not as it should be.
    Bad,
    /// Open.
    Unsure,
    /// Of less weight.
    Dim,
    /// A title.
    Strong,
}

/// A piece of text with its tone. The text is already harmless.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// What it means.
    pub tone: Tone,
}

/// A titled part of a report.
#[derive(Clone, Debug)]
pub struct Section {
    /// The title.
    pub title: String,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A report for people: what to show, in which order; how is the renderer's matter.
#[derive(Clone, Debug)]
pub struct Report {
    /// Verdict and headline.
    pub head: Vec<Vec<Cell>>,
    /// The explanation of the decisive finding.
    pub detail: String,
    /// Checks, transfers, ledger, actions, gaps.
    pub sections: Vec<Section>,
    /// What would settle an open case, or nothing.
    pub closing: Option<String>,
    /// Explorers' pages among its texts, which a terminal may open.
    pub links: Vec<String>,
}

fn cell(text: impl AsRef<str>, tone: Tone) -> Cell {
    Cell { text: plain(text.as_ref()), tone }
}

/// Transfers shown of one transaction; a pay-out to thousands is summed up.
const TRANSFERS: usize = 12;

impl Report {
    /// Arranges a document.
    pub fn new(document: &Document, words: &Words) -> Self {
        let told = Teller { document, words };
        let sections = [
            told.checks(),
            told.transactions(),
            told.transfers(),
            told.ledger(),
            told.also(),
            told.actions(),
            told.gaps(),
        ];
        Self {
            head: told.head(),
            detail: plain(&document.decisive().detail),
            sections: sections.into_iter().filter(|section| !section.rows.is_empty()).collect(),
            closing: told.closing(),
            links: document
                .transactions
                .iter()
                .filter_map(|tx| tx.explorer.clone())
                .filter(|link| is_web(link))
                .collect(),
        }
    }
}

/// Whether a link leads to a page, and holds nothing that a terminal or a reader could take for anything else.
fn is_web(link: &str) -> bool {
    let is_page = link.starts_with("https://") || link.starts_with("http://");
    is_page && link.bytes().all(|b| b.is_ascii_graphic())
}

struct Teller<'a> {
    document: &'a Document,
    words: &'a Words,
}

impl Teller<'_> {
    fn word(&self, key: &str) -> String {
        self.words.word(key)
    }

    /// The word of a value by its name in the document.
    fn named(&self, kind: &str, value: impl serde::Serialize) -> String {
        self.word(&format!("{kind}-{}", name(value)))
    }

    /// A time by the reader's clock, else as the document has it.
    fn at(&self, time: jiff::Timestamp) -> String {
        self.words.local(time).unwrap_or_else(|| time.to_string())
    }

    fn section(&self, title: &str, rows: Vec<Vec<Cell>>) -> Section {
        Section { title: self.word(title), rows }
    }

    fn head(&self) -> Vec<Vec<Cell>> {
        let document = self.document;
        let tone = tone(document.verdict);
        let verdict = self.word(&format!("verdict-{}", document.verdict.name()));
        let confidence = self.confidence();
        let label = |key: &str| cell(self.word(key), Tone::Dim);
        let case = match document.subject.value.as_str() {
            "" => document.case.clone(),
            subject => format!("{subject} · {}", document.case),
        };
        vec![
            vec![cell(verdict, tone), cell(&document.headline, Tone::Strong)],
            vec![label("report-case"), cell(case, Tone::Plain)],
            vec![label("report-acts"), cell(self.party(), Tone::Plain)],
            vec![label("report-money"), cell(self.money(), Tone::Plain)],
            vec![label("report-finding"), cell(format!("{} ({confidence})", document.decisive().code), Tone::Plain)],
        ]
    }

    /// Who has to act.
    fn party(&self) -> String {
        let party = self.document.responsible.map(|party| self.word(&format!("party-{}", party.name())));
        party.unwrap_or_else(|| self.word("report-nobody"))
    }

    /// How well the decisive finding is supported.
    fn confidence(&self) -> String {
        self.named("report-confidence", self.document.confidence)
    }

    /// Who holds the money.
    fn holder(&self) -> String {
        self.named("holder", self.document.whereabouts.holder)
    }

    /// Who holds the money, since when and until when.
    fn money(&self) -> String {
        let whereabouts = &self.document.whereabouts;
        let mut text = self.holder();
        for (key, time) in [("report-since", whereabouts.since), ("report-expected", whereabouts.expected_by)] {
            if let Some(time) = time {
                text.push_str(&self.words.sentence(key, &[("time", self.at(time))]));
            }
        }
        text
    }

    fn checks(&self) -> Section {
        let row = |check: &document::CheckPart| {
            let (mark, tone) = match check.answer {
                CheckAnswer::Yes => ("✓", Tone::Good),
                CheckAnswer::No => ("✗", Tone::Bad),
                CheckAnswer::Unknown => ("?", Tone::Unsure),
                CheckAnswer::NotApplicable => ("–", Tone::Dim),
            };
            let question = self.word(&format!("check-{}", check.fact.name()));
            vec![cell(mark, tone), cell(question, Tone::Plain), cell(check.cites.join(" "), Tone::Dim)]
        };
        self.section("report-checks", self.document.checks.iter().map(row).collect())
    }

    fn transactions(&self) -> Section {
        let rows = self.document.transactions.iter().flat_map(|tx| {
            let state = tx.state.map_or_else(|| self.word("report-unknown"), |state| self.named("report-state", state));
            let mut rows = vec![
                vec![cell(&tx.network, Tone::Dim), cell(&tx.txid, Tone::Plain)],
                vec![cell("", Tone::Dim), cell(format!("{state}{}", self.depth(tx)), Tone::Plain)],
            ];
            if let Some(block) = &tx.block {
                let time = block.time.map(|time| format!(" · {}", self.at(time))).unwrap_or_default();
                let block = self.words.sentence("report-block", &[("height", block.height.to_string())]);
                rows.push(vec![cell("", Tone::Dim), cell(format!("{block}{time}"), Tone::Plain)]);
            }
            if let Some(proof) = &tx.proof {
                rows.push(vec![cell("", Tone::Dim), cell(self.proven(proof), Tone::Good)]);
            }
            if let Some(link) = &tx.explorer {
                rows.push(vec![cell("", Tone::Dim), cell(link, Tone::Dim)]);
            }
            rows
        });
        self.section("report-transactions", rows.collect())
    }

    /// What was proven of a transaction, in one line.
    fn proven(&self, proof: &ProofPart) -> String {
        self.words.sentence("report-proven", &[("parts", self.words.joined(&proof_parts(proof, self.words)))])
    }

    /// How deep it is, behind its state.
    fn depth(&self, tx: &TransactionPart) -> String {
        self.deep(tx).map(|depth| format!(" · {depth}")).unwrap_or_default()
    }

    /// How deep it is, against how deep it has to be; nothing where that is not known.
    fn deep(&self, tx: &TransactionPart) -> Option<String> {
        let have = tx.confirmations?.to_string();
        let (key, need) = match (tx.required_confirmations, &tx.required_finality) {
            (Some(need), _) => ("report-depth-of", need.to_string()),
            (None, Some(named)) => ("report-depth-named", named.clone()),
            (None, None) => ("report-depth", String::new()),
        };
        Some(self.words.sentence(key, &[("have", have), ("need", need)]))
    }

    fn account(&self, account: &str) -> String {
        self.words.sentence("report-account", &[("account", account.to_owned())])
    }

    fn transfers(&self) -> Section {
        let all: Vec<&TransferPart> = self.document.transactions.iter().flat_map(|tx| &tx.transfers).collect();
        let mut shown: Vec<&TransferPart> = all.clone();
        shown.sort_by_key(|transfer| transfer.to_claimant != Some(true));
        let mut rows: Vec<Vec<Cell>> = shown.iter().take(TRANSFERS).map(|transfer| self.transfer(transfer)).collect();
        if all.len() > TRANSFERS {
            let more = (all.len() - TRANSFERS).to_string();
            rows.push(vec![cell(self.words.sentence("report-more", &[("count", more)]), Tone::Dim)]);
        }
        self.section("report-transfers", rows)
    }

    fn transfer(&self, transfer: &TransferPart) -> Vec<Cell> {
        let amount = transfer.amount.as_ref().map_or_else(|| transfer.units.clone(), ToString::to_string);
        let asset = transfer.asset.clone().or_else(|| transfer.contract.clone()).unwrap_or_default();
        let to = transfer.to.clone().unwrap_or_else(|| self.word("report-no-address"));
        // Where tokens arrive is nothing unusual; coin at an account for tokens is.
        let through = transfer.through.as_ref().filter(|_| transfer.contract.is_none());
        let to = through.map_or_else(|| to.clone(), |account| format!("{to} ({account})"));
        let (mark, tone) = match transfer.to_claimant {
            Some(true) => (self.word("report-claimant"), Tone::Good),
            Some(false) | None => (String::new(), Tone::Dim),
        };
        vec![cell(format!("{amount} {asset}"), Tone::Plain), cell(format!("→ {to}"), Tone::Plain), cell(mark, tone)]
    }

    fn ledger(&self) -> Section {
        let ledger = &self.document.ledger;
        let deposits = ledger.deposits.iter().map(|deposit| {
            let status = standing(&deposit.status, deposit.reason.as_deref(), deposit.raw_status.as_deref());
            let amount = format!("{} {}", deposit.amount, deposit.asset);
            vec![
                cell(self.words.sentence("report-deposit", &[("id", deposit.id.clone())]), Tone::Dim),
                cell(format!("{status} · {amount} · {}", self.account(&deposit.account)), Tone::Plain),
            ]
        });
        let withdrawals = ledger.withdrawals.iter().map(|withdrawal| {
            let status = standing(&withdrawal.status, withdrawal.reason.as_deref(), withdrawal.raw_status.as_deref());
            let amount = format!("{} {}", withdrawal.amount, withdrawal.asset);
            vec![
                cell(self.words.sentence("report-withdrawal", &[("id", withdrawal.id.clone())]), Tone::Dim),
                cell(format!("{status} · {amount}"), Tone::Plain),
            ]
        });
        let address = ledger.address.iter().map(|address| {
            let account = address.account.as_deref().unwrap_or("–");
            let owner = format!("{} · {}", address.address, self.account(account));
            vec![cell(self.word("report-address"), Tone::Dim), cell(owner, Tone::Plain)]
        });
        let policy = ledger.network.iter().map(|policy| {
            let sentence = |key, value: String| self.words.sentence(key, &[("value", value)]);
            let height = policy.scanned_height.map(|height| sentence("report-scanned", height.to_string()));
            let open = sentence("report-deposits", self.named("report-door", policy.deposits));
            let parts = [Some(policy.network.clone()), Some(open), height];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            vec![cell(self.word("report-network"), Tone::Dim), cell(parts.join(" · "), Tone::Plain)]
        });
        self.section("report-ledger", deposits.chain(withdrawals).chain(address).chain(policy).collect())
    }

    fn also(&self) -> Section {
        let others = self.document.findings.iter().filter(|finding| !finding.decisive);
        let row =
            |finding: &document::FindingPart| vec![cell(&finding.code, Tone::Dim), cell(&finding.title, Tone::Plain)];
        self.section("report-also", others.map(row).collect())
    }

    fn actions(&self) -> Section {
        let row = |action: &ActionPart| {
            vec![cell(self.named("report-for", action.audience), Tone::Dim), cell(&action.text, Tone::Plain)]
        };
        self.section("report-actions", self.document.actions.iter().map(row).collect())
    }

    fn gaps(&self) -> Section {
        let row = |gap: &GapPart| {
            let why = self.named("report-why", gap.why);
            let detail = if gap.detail.is_empty() { String::new() } else { format!(" – {}", gap.detail) };
            let text = format!("{}: {}{detail}", gap.question, why);
            vec![cell(format!("{} {}", gap.id, gap.source), Tone::Dim), cell(text, Tone::Unsure)]
        };
        self.section("report-gaps", self.document.gaps.iter().map(row).collect())
    }

    fn closing(&self) -> Option<String> {
        let settled = self.document.verdict == Verdict::Settled;
        settled.then(|| self.word(&format!("report-settle-{}", self.document.decisive().code)))
    }
}

/// What was proven of a transaction, each thing in its words.
fn proof_parts(proof: &ProofPart, words: &Words) -> Vec<String> {
    let word = |held: bool, key: &str| held.then(|| words.word(key));
    let headers = match proof.headers {
        0 => None,
        1 => Some(words.word("report-proof-work")),
        count => Some(words.sentence("report-proof-headers", &[("count", count.to_string())])),
    };
    let parts = [
        word(proof.txid, "report-proof-txid"),
        word(proof.in_block, "report-proof-in-block"),
        headers,
        word(proof.block_hash, "report-proof-block-hash"),
        word(proof.receipt, "report-proof-receipt"),
    ];
    parts.into_iter().flatten().collect()
}

/// What a verdict means to whoever waits for the money.
fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Complete => Tone::Good,
        Verdict::Settled | Verdict::Waiting | Verdict::Inconclusive => Tone::Unsure,
        Verdict::PlatformAction | Verdict::CustomerAction | Verdict::Misdirected => Tone::Bad,
    }
}

/// The name that a value has in the document.
fn name(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A status with its reason and the ledger's own word for it, where that is another.
fn standing(status: &impl ToString, reason: Option<&str>, raw: Option<&str>) -> String {
    let status = status.to_string();
    let raw = raw.filter(|raw| !status.ends_with(raw)).map(|raw| format!("\u{201c}{raw}\u{201d}"));
    let beside: Vec<String> = reason.map(str::to_owned).into_iter().chain(raw).collect();
    if beside.is_empty() { status } else { format!("{status} ({})", beside.join(", ")) }
}
