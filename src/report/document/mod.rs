//! The machine's document, `txsleuth.diagnosis/1`. Fields may be added, never renamed; the JSON Schema
//! under `schema/` is generated from these types.

mod build;
pub(super) mod parts;
mod row;

pub use build::Materials;
pub(super) use build::{reference, tool};
pub use row::ResultRow;

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::claim::Claim;
use crate::diagnosis::{Audience, CheckAnswer, CheckName, Fact, Keeper, Party, Priority, Verdict};
use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Withdrawal};
use crate::report::payments::PaymentPart;
use crate::terms::{Amount, Confidence, GapWhy};

/// One case, told to machines.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Document {
    /// Always `txsleuth.diagnosis/1`.
    pub schema: String,
    /// Stable id of subject and claim.
    pub case: String,
    /// What was typed.
    pub subject: SubjectPart,
    /// What the complaint says, and who said it.
    pub claim: Claim,
    /// The outcome.
    pub verdict: Verdict,
    /// Who has to act; null when nobody has to.
    pub responsible: Option<Party>,
    /// How well the decisive finding is supported.
    pub confidence: Confidence,
    /// One line for people.
    pub headline: String,
    /// Whether the money can be credited or had back; null where that cannot be told.
    pub recoverable: Option<bool>,
    /// Who holds the money now.
    pub whereabouts: WhereaboutsPart,
    /// When to look again.
    pub look_again_at: Option<Timestamp>,
    /// The ten facts, in order.
    pub checks: Vec<CheckPart>,
    /// Every conclusion, in order of precedence.
    pub findings: Vec<FindingPart>,
    /// What is to be done, and by whom.
    pub actions: Vec<ActionPart>,
    /// The transactions looked at, the deciding one first.
    pub transactions: Vec<TransactionPart>,
    /// Payments that may be the one that is meant, where no identifier was given and searching did not settle it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<PaymentPart>,
    /// What the ledger said.
    pub ledger: LedgerPart,
    /// The ticket; null when the case did not come from one.
    pub ticket: Option<TicketPart>,
    /// Questions without an answer.
    pub gaps: Vec<GapPart>,
    /// Every answer given.
    pub sources: Vec<SourcePart>,
    /// When the case was opened: the "now" of the diagnosis.
    pub generated_at: Timestamp,
    /// Name and version of this program.
    pub tool: String,
    /// The movements of the first transaction that carried out a withdrawal's order, for letters; nothing where that is open.
    #[serde(skip)]
    pub(in crate::report) delivered_by: Option<Vec<usize>>,
}

/// What was typed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SubjectPart {
    /// What it is.
    pub kind: String,
    /// The clean text.
    pub value: String,
}

/// Who holds the money, why, until when, and what to quote.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WhereaboutsPart {
    /// Who holds it.
    pub holder: Keeper,
    /// Since when.
    pub since: Option<Timestamp>,
    /// The code that says why.
    pub why: String,
    /// By when that should change.
    pub expected_by: Option<Timestamp>,
    /// One line to quote to the other platform.
    pub reference: Option<String>,
}

/// One of the ten facts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CheckPart {
    /// The fact.
    pub fact: CheckName,
    /// What it came to.
    pub answer: CheckAnswer,
    /// Ids of the sources behind it.
    pub cites: Vec<String>,
}

/// One conclusion.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingPart {
    /// Stable name.
    pub code: String,
    /// Whether it decides.
    pub decisive: bool,
    /// Null for a note.
    pub verdict: Option<Verdict>,
    /// Who has to act on it.
    pub responsible: Option<Party>,
    /// One line for people.
    pub title: String,
    /// A paragraph for people.
    pub detail: String,
    /// What it states, without sentences.
    pub facts: BTreeMap<String, Fact>,
    /// Ids of sources or gaps; `in` is what was typed, `ticket` the ticket.
    pub cites: Vec<String>,
}

/// Something to be done.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActionPart {
    /// By whom.
    #[serde(rename = "for")]
    pub audience: Audience,
    /// How soon.
    pub priority: Priority,
    /// What.
    pub text: String,
}

/// Where a transaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody knows it.
    NotFound,
    /// Known, in no block.
    Pending,
    /// In a block of the best chain.
    Included,
    /// Was known and is gone.
    Dropped,
    /// Another transaction took its place.
    Replaced,
    /// Its block left the best chain.
    Orphaned,
}

impl State {
    /// The name in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Pending => "pending",
            Self::Included => "included",
            Self::Dropped => "dropped",
            Self::Replaced => "replaced",
            Self::Orphaned => "orphaned",
        }
    }
}

/// One transaction.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TransactionPart {
    /// Network name.
    pub network: String,
    /// Identifier.
    pub txid: String,
    /// Where it stands; null when nobody could tell.
    pub state: Option<State>,
    /// Whether it ran without failing; null when unknown.
    pub executed: Option<bool>,
    /// The block that holds it.
    pub block: Option<BlockPart>,
    /// Confirmations; the block that holds it is the first.
    pub confirmations: Option<u64>,
    /// Confirmations needed; null where finality goes by name.
    pub required_confirmations: Option<u64>,
    /// `safe` or `finalized`, where finality goes by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_finality: Option<String>,
    /// Whether it counts as final; null when unknown.
    #[serde(rename = "final")]
    pub is_final: Option<bool>,
    /// The movements of value.
    pub transfers: Vec<TransferPart>,
    /// The fee paid on the chain.
    pub fee: Option<FeePart>,
    /// What was proven locally; null when nothing was.
    pub proof: Option<ProofPart>,
    /// The explorer's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explorer: Option<String>,
    /// Ids of the sources.
    pub cites: Vec<String>,
}

/// A block.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BlockPart {
    /// Height.
    pub height: u64,
    /// Hash.
    pub hash: String,
    /// The block's own time.
    pub time: Option<Timestamp>,
}

/// What was recomputed from the recorded answers and held. `verify` does so again.
#[expect(clippy::struct_excessive_bools, reason = "each holds or not, whatever the others do")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProofPart {
    /// The identifier is the hash of the transaction's own bytes or signed fields.
    pub txid: bool,
    /// Hashes lead from the transaction to the header of its block: a Merkle path, or all transactions of the block.
    pub in_block: bool,
    /// How many headers, that of its block being the first, are built one upon the other with the work that the network
    /// demands; 0 where work was not shown, or proves nothing.
    pub headers: u64,
    /// The hash of its block is that of the block's header, where the network shows no work.
    pub block_hash: bool,
    /// The receipt that its effects were read from is one of those to which the header of its block commits.
    pub receipt: bool,
    /// Ids of the sources.
    pub cites: Vec<String>,
}

impl ProofPart {
    /// How many of them hold.
    pub fn count(&self) -> usize {
        let held = [self.txid, self.in_block, self.headers > 0, self.block_hash, self.receipt];
        held.into_iter().filter(|held| *held).count()
    }
}

/// A movement of value.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TransferPart {
    /// `native`, `token` or `internal`.
    pub kind: String,
    /// Ticker, where known.
    pub asset: Option<String>,
    /// Contract of a token.
    pub contract: Option<String>,
    /// Sender, where the chain names one.
    pub from: Option<String>,
    /// Receiver.
    pub to: Option<String>,
    /// The account of the receiver's at which it arrived, where the chain keeps tokens in accounts of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Memo or tag.
    pub memo: Option<String>,
    /// Coin units, where the decimals are known.
    pub amount: Option<Amount>,
    /// Smallest units.
    pub units: String,
    /// Output number or log index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_index: Option<u64>,
    /// Whether it reached the claimant; null when unknown.
    pub to_claimant: Option<bool>,
}

/// A fee.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FeePart {
    /// Ticker of the native coin.
    pub asset: String,
    /// Coin units.
    pub amount: Amount,
}

/// What the ledger said.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct LedgerPart {
    /// Its deposits of these transactions, and the one that was named.
    pub deposits: Vec<Deposit>,
    /// Its withdrawals of these transactions, as far as they were looked for, and the one that was named.
    pub withdrawals: Vec<Withdrawal>,
    /// The address that the deciding payment reached.
    pub address: Option<AddressRecord>,
    /// Its policy of the network.
    pub network: Option<NetworkPolicy>,
}

/// The ticket.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TicketPart {
    /// The desk's id.
    pub id: String,
    /// When it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Age in hours when the case was opened.
    pub age_hours: Option<i64>,
    /// Where it stands, in the desk's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// How urgent it is, in the desk's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// How it came in, in the desk's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The customer's language, as the desk names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentPart>,
}

/// A file that came with the ticket.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AttachmentPart {
    /// Its name.
    pub name: String,
    /// Whether its words were read; what was not is for people to look at.
    pub read: bool,
}

/// A question without an answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GapPart {
    /// `g1`, `g2` …
    pub id: String,
    /// What stays open.
    pub question: String,
    /// Who was asked.
    pub source: String,
    /// Why there is no answer.
    pub why: GapWhy,
    /// What exactly happened.
    pub detail: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourcePart {
    /// `s1`, `s2` …
    pub id: String,
    /// Service name.
    pub service: String,
    /// Protocol.
    pub kind: String,
    /// What was asked.
    pub asked: String,
    /// When the answer came.
    pub at: Timestamp,
    /// SHA-256 of the body as stored.
    pub sha256: String,
}

impl TransferPart {
    /// Whether it reached an address, which is written in hex with any capitals.
    pub(in crate::report) fn is_to(&self, address: &str) -> bool {
        let to = self.to.as_deref().unwrap_or_default();
        to == address || (address.starts_with("0x") && to.eq_ignore_ascii_case(address))
    }
}

impl Document {
    /// Tells a case.
    pub fn new(materials: &Materials<'_>) -> Self {
        build::document(materials)
    }

    /// The finding that decides.
    pub fn decisive(&self) -> &FindingPart {
        self.findings.iter().find(|finding| finding.decisive).unwrap_or(&self.findings[0])
    }
}
