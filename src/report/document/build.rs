//! How a diagnosis becomes a document: ids for answers and gaps, words for codes, states for facts.

use std::sync::Arc;

use super::parts::{gap_parts, ids_of, search_gaps, source_parts, transfer_part};
use super::{
    ActionPart, AttachmentPart, BlockPart, CheckPart, Document, FeePart, FindingPart, GapPart, LedgerPart, ProofPart,
    SourcePart, State, SubjectPart, TicketPart, TransactionPart, TransferPart, WhereaboutsPart,
};
use crate::claim::{Attachment, Claim, Ticket};
use crate::diagnosis::{Diagnosis, Finding, Judged, Meant, rules};
use crate::evidence::{Evidence, Transaction};
use crate::inquiry::quest;
use crate::net::sha256;
use crate::report::payments::{PaymentPart, payment_part};
use crate::report::words::Words;
use crate::subject::{Subject, SubjectKind};
use crate::terms::{Answer, By, Cite, Finality, Gap, Network, Seen};

/// Everything that a document is made of.
pub struct Materials<'a> {
    /// What was typed.
    pub subject: &'a Subject,
    /// What the complaint says.
    pub claim: &'a Claim,
    /// The ticket, where there is one.
    pub ticket: Option<&'a Ticket>,
    /// What was seen.
    pub evidence: &'a Evidence,
    /// What follows.
    pub diagnosis: &'a Diagnosis,
    /// Every configured network.
    pub networks: &'a [Network],
    /// Every answer that came through the door.
    pub answers: &'a [Arc<Answer>],
    /// The language.
    pub words: &'a Words,
}

/// Tells a case.
pub(super) fn document(materials: &Materials<'_>) -> Document {
    Builder::new(materials).document()
}

struct Builder<'a> {
    from: &'a Materials<'a>,
    sources: Vec<SourcePart>,
    gaps: Vec<GapPart>,
}

impl<'a> Builder<'a> {
    fn new(from: &'a Materials<'a>) -> Self {
        Self { from, sources: source_parts(from.answers), gaps: gap_parts(gaps(from)) }
    }

    fn document(self) -> Document {
        let &Materials { subject, claim, evidence, diagnosis, .. } = self.from;
        let findings: Vec<FindingPart> = diagnosis.findings.iter().map(|finding| self.finding(finding)).collect();
        let transactions: Vec<TransactionPart> =
            diagnosis.transactions.iter().map(|judged| self.judged(judged)).collect();
        let headline = findings.iter().find(|f| f.decisive).map(|f| f.title.clone()).unwrap_or_default();
        Document {
            schema: "txsleuth.diagnosis/1".into(),
            case: case_id(subject, claim),
            subject: self.subject(),
            claim: claim.clone(),
            verdict: diagnosis.verdict,
            responsible: diagnosis.responsible,
            confidence: diagnosis.confidence,
            headline,
            recoverable: diagnosis.recoverable,
            whereabouts: WhereaboutsPart {
                holder: diagnosis.whereabouts.holder,
                since: diagnosis.whereabouts.since,
                why: diagnosis.whereabouts.why.into(),
                expected_by: diagnosis.whereabouts.expected_by,
                reference: transactions.first().map(|tx| {
                    let own = tx.transfers.iter().find(|transfer| transfer.to_claimant == Some(true));
                    reference(tx, own.or_else(|| ordered(tx, &diagnosis.meant)))
                }),
            },
            look_again_at: diagnosis.look_again_at,
            checks: self.checks(),
            actions: self.actions(),
            candidates: self.candidates(),
            ledger: self.ledger(),
            ticket: self.from.ticket.map(|ticket| ticket_part(ticket, evidence.asked_at)),
            generated_at: evidence.asked_at,
            tool: tool(),
            delivered_by: diagnosis.meant.delivered_by.clone(),
            findings,
            transactions,
            gaps: self.gaps,
            sources: self.sources,
        }
    }

    fn subject(&self) -> SubjectPart {
        let subject = self.from.subject;
        let is_ticket =
            self.from.ticket.is_some_and(|ticket| ticket.id == subject.value || subject.kind == SubjectKind::None);
        let kind = match subject.kind {
            SubjectKind::Transaction => "transaction",
            SubjectKind::Address => "address",
            SubjectKind::Block => "block",
            SubjectKind::Malformed => "malformed",
            SubjectKind::Id | SubjectKind::None if is_ticket => "ticket",
            SubjectKind::Id if self.from.claim.txids.iter().any(|said| said.by == By::Ledger) => "ledger-record",
            SubjectKind::Id => "id",
            SubjectKind::None => "none",
        };
        let value = match self.from.ticket {
            Some(ticket) if subject.kind == SubjectKind::None => ticket.id.clone(),
            _ => subject.value.clone(),
        };
        SubjectPart { kind: kind.into(), value }
    }

    /// The ids of the answers behind a cite.
    fn ids(&self, cites: &[Cite]) -> Vec<String> {
        let mut ids = Vec::new();
        for cite in cites {
            match cite.provenance() {
                None => {
                    let input = match cite.said_by() {
                        Some(By::Flag) | None => "in",
                        Some(By::TicketField | By::TicketText) => "ticket",
                        Some(By::Ledger) => "ledger",
                    };
                    ids.push(input.to_owned());
                }
                Some(provenance) => ids.extend(ids_of(&self.sources, provenance)),
            }
        }
        let mut seen = Vec::new();
        ids.retain(|id| {
            !seen.contains(id) && {
                seen.push(id.clone());
                true
            }
        });
        ids
    }

    fn gap_ids(&self, gaps: &[Gap]) -> Vec<String> {
        let same = |part: &&GapPart, gap: &Gap| {
            *part.question == *gap.question && *part.source == *gap.source && part.why == gap.why
        };
        gaps.iter()
            .filter_map(|gap| self.gaps.iter().find(|part| same(part, gap)))
            .map(|part| part.id.clone())
            .collect()
    }

    fn checks(&self) -> Vec<CheckPart> {
        let part = |check: &crate::diagnosis::Check| CheckPart {
            fact: check.fact,
            answer: check.answer,
            cites: match (&check.cite, &check.gap) {
                (Some(cite), _) => self.ids(std::slice::from_ref(cite)),
                (None, Some(gap)) => self.gap_ids(std::slice::from_ref(gap)),
                (None, None) => Vec::new(),
            },
        };
        self.from.diagnosis.checks.iter().map(part).collect()
    }

    fn finding(&self, finding: &Finding) -> FindingPart {
        let words = self.from.words.finding(finding.code, &finding.facts);
        let mut cites = self.ids(&finding.cites);
        cites.extend(self.gap_ids(&finding.gaps));
        FindingPart {
            code: finding.code.into(),
            decisive: finding.decisive,
            verdict: finding.verdict,
            responsible: finding.responsible,
            title: words.title,
            detail: words.detail,
            facts: finding.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact.clone())).collect(),
            cites,
        }
    }

    fn actions(&self) -> Vec<ActionPart> {
        let decisive = self.from.diagnosis.decisive();
        let others = self.from.diagnosis.findings.iter().filter(|finding| finding.code != decisive.code);
        let of = |finding: &Finding| {
            let (_, rule) = rules().find(|(_, rule)| rule.code == finding.code)?;
            // A note that asks for something does so whatever decides.
            let asks = finding.code == decisive.code || rule.verdict.is_none();
            asks.then(|| self.from.words.actions(rule, &finding.facts))
        };
        std::iter::once(decisive).chain(others).filter_map(of).flatten().collect()
    }

    fn candidates(&self) -> Vec<PaymentPart> {
        let &Materials { claim, evidence, networks, .. } = self.from;
        let quest = quest(claim, evidence, networks).filter(|quest| quest.only().is_none());
        let meant = quest.map(|quest| quest.meant).unwrap_or_default();
        meant.iter().map(|one| payment_part(one, evidence, &self.sources)).collect()
    }

    fn judged(&self, judged: &Judged) -> TransactionPart {
        let tx = &judged.transaction;
        let network = self.from.networks.iter().find(|network| network.name == tx.network);
        let cites: Vec<Cite> = [tx.known.cite(), tx.block.cite(), tx.transfers.cite()].into_iter().flatten().collect();
        let (required_confirmations, required_finality) = match judged.required {
            Some(Finality::Confirmations(number)) => (Some(number), None),
            Some(named) => (None, Some(named.to_string())),
            None => (None, None),
        };
        let all = tx.transfers.yes().into_iter().chain(tx.internals.yes()).flatten();
        let transfers = all.map(|transfer| {
            let mut paid = [&transfer.to, &transfer.through].into_iter().flatten();
            let to_claimant = judged.claimant_address.as_ref().map(|address| paid.any(|own| own == address));
            transfer_part(transfer, to_claimant)
        });
        TransactionPart {
            network: tx.network.to_string(),
            txid: tx.txid.to_string(),
            state: if judged.is_replaced { Some(State::Replaced) } else { state(tx) },
            executed: answer(&tx.executed),
            block: tx.block.yes().map(|block| BlockPart {
                height: block.height,
                hash: block.hash.clone(),
                time: block.time,
            }),
            confirmations: tx.confirmations.yes().copied(),
            required_confirmations,
            required_finality,
            is_final: judged.is_final,
            transfers: transfers.collect(),
            fee: tx.fee.clone().zip(network).map(|(amount, network)| FeePart { asset: network.native.clone(), amount }),
            proof: self.proof(tx),
            explorer: network.and_then(|network| network.explorer_link(tx.txid.as_str())),
            cites: self.ids(&cites),
        }
    }

    fn proof(&self, tx: &Transaction) -> Option<ProofPart> {
        let recomputed = tx.particulars.recomputed;
        let of_txid = tx.transfers.cite().or_else(|| tx.known.cite()).filter(|_| recomputed);
        let cites =
            [of_txid, tx.proof.in_block.cite(), tx.proof.headers.cite(), tx.header.cite(), tx.proof.receipt.cite()];
        let part = ProofPart {
            txid: recomputed,
            in_block: tx.proof.in_block.is_yes(),
            headers: tx.proof.headers.yes().copied().unwrap_or(0),
            block_hash: tx.header.is_yes(),
            receipt: tx.proof.receipt.is_yes(),
            cites: self.ids(&cites.into_iter().flatten().collect::<Vec<_>>()),
        };
        (part.count() > 0).then_some(part)
    }

    fn ledger(&self) -> LedgerPart {
        let ledger = &self.from.evidence.ledger;
        let mut deposits = once(ledger.deposits.values().filter_map(Seen::yes).flatten());
        let mut withdrawals = once(ledger.withdrawals.values().filter_map(Seen::yes).flatten());
        // A record that was named may have no transaction yet.
        let named = ledger.named_deposit.as_ref().and_then(Seen::yes);
        deposits.extend(named.filter(|named| deposits.iter().all(|own| own.id != named.id)).cloned());
        let named = ledger.named_withdrawal.as_ref().and_then(Seen::yes);
        withdrawals.extend(named.filter(|named| withdrawals.iter().all(|own| own.id != named.id)).cloned());
        let Some(judged) = self.from.diagnosis.transactions.first() else {
            return LedgerPart { deposits, withdrawals, ..LedgerPart::default() };
        };
        let network = &judged.transaction.network;
        let paid = judged.claimant_address.as_ref();
        LedgerPart {
            deposits,
            withdrawals,
            address: paid.and_then(|address| ledger.owner_of(network, address).yes().map(|r| (*r).clone())),
            network: ledger.policy_of(network).yes().map(|policy| (*policy).clone()),
        }
    }
}

/// Each record once: an order is found by the transaction that it names and by those which that replaced.
fn once<'a, T: Clone + PartialEq + 'a>(records: impl Iterator<Item = &'a T>) -> Vec<T> {
    let mut known: Vec<T> = Vec::new();
    for record in records {
        if !known.contains(record) {
            known.push(record.clone());
        }
    }
    known
}

/// Every gap.
fn gaps(from: &Materials<'_>) -> Vec<Gap> {
    let evidence = from.evidence;
    let mut gaps: Vec<Gap> = evidence.gaps.clone();
    gaps.extend(from.diagnosis.findings.iter().flat_map(|finding| finding.gaps.clone()));
    gaps.extend(from.diagnosis.checks.iter().filter_map(|check| check.gap.clone()));
    for o in &evidence.observations {
        let network = from.networks.iter().find(|network| network.name == o.network);
        gaps.extend(network.and_then(|network| o.fit_head(network, evidence.asked_at).gap().cloned()));
        gaps.extend([o.right_chain.gap(), o.head.gap(), o.sighting.gap()].into_iter().flatten().cloned());
        gaps.extend(o.keeps_history.gap().filter(|_| o.sighting.is_no()).cloned());
        let placement = o.placement.as_ref();
        gaps.extend(placement.and_then(|placement| placement.canonical.gap().cloned()));
        gaps.extend(placement.and_then(|placement| placement.finality_mark.as_ref()?.gap().cloned()));
        // A block that has left the chain needs no proof.
        let stands = placement.is_none_or(|placement| !placement.canonical.is_no());
        let proof = o.proof.as_ref().filter(|_| stands);
        let unproven = proof.map(|proof| [proof.in_block.gap(), proof.headers.gap(), proof.receipt.gap()]);
        gaps.extend(unproven.into_iter().flatten().flatten().filter(|gap| !gap.is_usual()).cloned());
        // That a source has no such memory at all is how most of them are.
        let failed = |gap: &&Gap| !gap.is_usual();
        gaps.extend(o.outlook.as_ref().and_then(|outlook| outlook.successor.gap().filter(failed).cloned()));
    }
    gaps.extend(search_gaps(evidence, from.networks));
    let ledger = &evidence.ledger;
    gaps.extend(ledger.deposits.values().filter_map(|seen| seen.gap().cloned()));
    gaps.extend(ledger.withdrawals.values().filter_map(|seen| seen.gap().cloned()));
    gaps.extend(ledger.owners.values().filter_map(|seen| seen.gap().cloned()));
    gaps.extend(ledger.memos.values().filter_map(|seen| seen.gap().cloned()));
    gaps.extend(ledger.accounts.values().filter_map(|seen| seen.gap().cloned()));
    gaps.extend(ledger.networks.values().filter_map(|seen| seen.gap().cloned()));
    // That a ledger has no such list is how many are.
    gaps.extend(ledger.unlisted().filter(|gap| !gap.is_usual()).cloned());
    gaps
}

pub(super) fn case_id(subject: &Subject, claim: &Claim) -> String {
    let claim = serde_json::to_string(claim).unwrap_or_default();
    sha256(&format!("{}\n{claim}", subject.value))[..16].to_owned()
}

fn answer<T>(seen: &Seen<T>) -> Option<bool> {
    match seen {
        Seen::Yes(..) => Some(true),
        Seen::No(_) => Some(false),
        Seen::Unknown(_) => None,
    }
}

/// Longest text that the document takes over of what names something in a ticket, in characters.
const NAME: usize = 200;

fn ticket_part(ticket: &Ticket, asked_at: jiff::Timestamp) -> TicketPart {
    let short = |text: &String| text.chars().take(NAME).collect::<String>();
    let file = |file: &Attachment| AttachmentPart { name: short(&file.name), read: file.text.is_some() };
    TicketPart {
        id: ticket.id.clone(),
        created_at: ticket.created_at,
        age_hours: ticket.created_at.map(|at| asked_at.duration_since(at).as_hours()),
        status: ticket.status.as_ref().map(short),
        priority: ticket.priority.as_ref().map(short),
        channel: ticket.channel.as_ref().map(short),
        language: ticket.language.as_ref().map(short),
        attachments: ticket.attachments.iter().map(file).collect(),
    }
}

pub(super) fn state(tx: &Transaction) -> Option<State> {
    match (&tx.known, &tx.block) {
        (Seen::No(_), _) => Some(State::NotFound),
        (_, Seen::Yes(..)) => Some(State::Included),
        (Seen::Yes(..), Seen::No(_)) if tx.orphaned => Some(State::Orphaned),
        (Seen::Yes(..), Seen::No(_)) => Some(State::Pending),
        _ => None,
    }
}

/// Name and version of this program.
pub(in crate::report) fn tool() -> String {
    concat!("txsleuth ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// What was paid as a withdrawal was ordered; where it is open which movement that is, the first one to the address.
fn ordered<'t>(tx: &'t TransactionPart, meant: &Meant) -> Option<&'t TransferPart> {
    match &meant.delivered_by {
        Some(by) => tx.transfers.get(*by.first()?),
        None => tx.transfers.iter().find(|transfer| meant.ordered_to.as_deref().is_some_and(|to| transfer.is_to(to))),
    }
}

/// One line with which the other platform can find the payment: network, txid, what was paid, block and time in UTC.
pub(in crate::report) fn reference(tx: &TransactionPart, paid: Option<&TransferPart>) -> String {
    let block = tx.block.as_ref().map(|block| {
        let time = block.time.map(|time| format!(" of {time}")).unwrap_or_default();
        format!(", block {}{time}", block.height)
    });
    let paid = paid.and_then(|t| {
        let index = t.output_index.map(|index| format!(" #{index}")).unwrap_or_default();
        Some(format!(", {} {} to {}{index}", t.amount.as_ref()?, t.asset.as_ref()?, t.to.as_ref()?))
    });
    format!("{} {}{}{}", tx.network, tx.txid, paid.unwrap_or_default(), block.unwrap_or_default())
}
