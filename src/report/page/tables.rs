//! The tables of the page, in the order in which an auditor files them.

use super::line::{Line, cites};
use crate::report::document::{FindingPart, GapPart, SourcePart, TransactionPart, TransferPart};
use crate::report::payments::PaymentPart;
use crate::report::{ActionPart, TRANSFERS, Teller, Words, name, plain};

/// A titled table.
pub(super) struct Table {
    /// Its name on the page.
    pub id: String,
    /// Its name in the style.
    pub class: &'static str,
    pub title: String,
    /// The titles of its columns; nothing where the rows name what they hold.
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row.
pub(super) struct Row {
    /// Its name on the page, where it is cited.
    pub id: Option<String>,
    /// What the row is about.
    pub label: Line,
    /// Cells of lines.
    pub cells: Vec<Vec<Line>>,
}

fn row(label: Line, lines: Vec<Line>) -> Row {
    Row { id: None, label, cells: vec![lines] }
}

impl Teller<'_> {
    /// Transactions, transfers, ledger, payments that may be meant, other findings, actions, gaps and sources.
    pub(super) fn tables(&self) -> Vec<Table> {
        let document = self.document;
        let mut tables: Vec<Table> =
            document.transactions.iter().enumerate().map(|(index, tx)| self.transaction(index, tx)).collect();
        let ledger = self.ledger().rows.into_iter().filter_map(|cells| {
            let [label, value] = cells.as_slice() else { return None };
            Some(row(Line::text(&label.text), vec![Line::text(&value.text)]))
        });
        let others = document.findings.iter().filter(|finding| !finding.decisive);
        tables.extend([
            self.moves(),
            self.table("ledger", "report-ledger", &[], ledger.collect()),
            self.table("candidates", "report-html-candidates", MOVED, self.candidates()),
            self.table("also", "report-also", &[], others.map(other).collect()),
            self.table("actions", "report-actions", &[], document.actions.iter().map(|one| self.act(one)).collect()),
            self.table("gaps", "report-gaps", ASKED, document.gaps.iter().map(|one| gap(one, self.words)).collect()),
            self.table("sources", "report-html-sources", ANSWERED, document.sources.iter().map(source).collect()),
        ]);
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    fn table(&self, class: &'static str, title: &str, head: &[&str], rows: Vec<Row>) -> Table {
        let head = head.iter().map(|key| self.word(key)).collect();
        Table { id: class.to_owned(), class, title: self.word(title), head, rows }
    }

    fn transaction(&self, index: usize, tx: &TransactionPart) -> Table {
        let mut rows = vec![
            row(Line::text(self.word("report-proof-txid")), vec![Line::code(&tx.txid)]),
            row(Line::text(self.word("report-network")), vec![Line::text(&tx.network)]),
        ];
        let mut add = |key: &str, lines: Vec<Line>| rows.push(row(Line::text(self.word(key)), lines));
        let state = tx.state.map_or_else(|| self.word("report-unknown"), |state| self.named("report-state", state));
        let deep = self.deep(tx).map(Line::text);
        add("report-html-state", std::iter::once(Line::text(state)).chain(deep).collect());
        if let Some(block) = &tx.block {
            let height = Line::text(self.words.sentence("report-block", &[("height", block.height.to_string())]));
            let first = std::iter::once(height).chain(block.time.map(|time| Line::local(time, self.words))).collect();
            add("report-html-block", vec![Line::Several(first), Line::code(&block.hash)]);
        }
        if let Some(fee) = &tx.fee {
            add("report-html-fee", vec![Line::text(format!("{} {}", fee.amount, fee.asset))]);
        }
        if let Some(proof) = &tx.proof {
            add("report-html-proof", vec![Line::text(self.proven(proof)), cites(&proof.cites)]);
        }
        if let Some(link) = &tx.explorer {
            add("report-html-explorer", vec![Line::link(link)]);
        }
        if !tx.cites.is_empty() {
            add("report-html-sources", vec![cites(&tx.cites)]);
        }
        let mut table = self.table("transaction", "report-transactions", &[], rows);
        if index > 0 {
            table.id = format!("transaction-{}", index + 1);
            table.title = format!("{} {}", table.title, index + 1);
        }
        table
    }

    /// The movements of value, those to the claimant first.
    fn moves(&self) -> Table {
        let mut all: Vec<&TransferPart> = self.document.transactions.iter().flat_map(|tx| &tx.transfers).collect();
        all.sort_by_key(|transfer| transfer.to_claimant != Some(true));
        let mut rows: Vec<Row> = all.iter().take(TRANSFERS).map(|transfer| self.moved(transfer)).collect();
        if all.len() > TRANSFERS {
            let more = self.words.sentence("report-more", &[("count", (all.len() - TRANSFERS).to_string())]);
            rows.push(Row { id: None, label: Line::text(more), cells: vec![Vec::new(), Vec::new()] });
        }
        self.table("transfers", "report-transfers", MOVED, rows)
    }

    /// What moved, from whom and to whom, with everything by which the receiver can find it.
    fn moved(&self, transfer: &TransferPart) -> Row {
        let from = transfer.from.as_ref().map_or_else(|| Line::text("–"), Line::code);
        let no_address = || Line::text(self.word("report-no-address"));
        let mut to = vec![transfer.to.as_ref().map_or_else(no_address, Line::code)];
        let through = transfer.through.as_ref().filter(|through| transfer.to.as_ref() != Some(through));
        to.extend(through.map(Line::code));
        if transfer.to_claimant == Some(true) {
            to.push(Line::text(self.word("report-claimant")));
        }
        let told = |key: &str, value: Option<String>| {
            value.map(|value| Line::text(self.words.sentence(key, &[("value", value)])))
        };
        to.extend(told("report-html-memo", transfer.memo.clone()));
        to.extend(told("report-html-output", transfer.output_index.map(|index| index.to_string())));
        let contract = transfer.contract.as_ref().map(|contract| {
            let title = Line::text(self.word("report-html-contract"));
            vec![title, Line::code(contract)]
        });
        let from = std::iter::once(from).chain(contract.into_iter().flatten()).collect();
        let amount = transfer.amount.as_ref().map_or_else(|| transfer.units.clone(), ToString::to_string);
        let asset = transfer.asset.clone().unwrap_or_default();
        Row { id: None, label: Line::text(format!("{amount} {asset}")), cells: vec![from, to] }
    }

    /// Payments that may be the one that is meant.
    fn candidates(&self) -> Vec<Row> {
        let found = |payment: &PaymentPart| {
            let mut row = self.moved(&payment.transfer);
            let fits = Line::text(self.word(&format!("report-fits-{}", plain(&payment.fits))));
            let own =
                [Some(Line::code(&payment.txid)), payment.time.map(|time| Line::local(time, self.words)), Some(fits)];
            if let Some(to) = row.cells.last_mut() {
                to.extend(own.into_iter().flatten());
            }
            row
        };
        self.document.candidates.iter().map(found).collect()
    }

    fn act(&self, action: &ActionPart) -> Row {
        row(Line::text(self.named("report-for", action.audience)), vec![Line::text(&action.text)])
    }
}

/// The columns of movements of value.
const MOVED: &[&str] = &["report-html-amount", "report-html-from", "report-html-to"];
/// The columns of questions without an answer.
const ASKED: &[&str] = &["report-html-number", "report-html-asked", "report-html-why"];
/// The columns of answers.
const ANSWERED: &[&str] = &["report-html-number", "report-html-asked", "report-html-answered"];

fn other(finding: &FindingPart) -> Row {
    let lines = vec![Line::text(&finding.title), Line::text(&finding.detail), cites(&finding.cites)];
    row(Line::code(&finding.code), lines)
}

fn gap(gap: &GapPart, words: &Words) -> Row {
    let asked = vec![Line::text(&gap.source), Line::text(&gap.question)];
    let mut why = vec![Line::text(words.word(&format!("report-why-{}", name(gap.why))))];
    if !gap.detail.is_empty() {
        why.push(Line::text(&gap.detail));
    }
    Row { id: Some(gap.id.clone()), label: Line::text(&gap.id), cells: vec![asked, why] }
}

fn source(source: &SourcePart) -> Row {
    let asked = vec![Line::text(format!("{} · {}", source.service, source.kind)), Line::code(&source.asked)];
    let answered = vec![Line::moment(source.at), Line::code(&source.sha256)];
    Row { id: Some(source.id.clone()), label: Line::text(&source.id), cells: vec![asked, answered] }
}
