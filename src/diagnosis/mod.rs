//! 4. What follows. Pure: no clock, no I/O; the same claim and evidence always give the same diagnosis.

mod case;
mod checks;
mod engine;
mod follow;
mod rules;

pub use case::{Case, Holder, MemoFault, MemoOwner, Payment};
pub use checks::{Check, CheckAnswer, CheckName};
pub use engine::diagnose;
pub use rules::{Act, Group, Hit, Rule, rules};

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evidence::Transaction;
use crate::terms::{Amount, Cite, Confidence, Finality, Gap, Network};

/// The outcome for the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The money is where it should be.
    Complete,
    /// The chain's part is done; credit or destination could not be checked.
    Settled,
    /// On its way; time alone resolves it.
    Waiting,
    /// The platform must act.
    PlatformAction,
    /// The customer, or the platform they sent from, must act.
    CustomerAction,
    /// Value went where neither the claimant nor the platform controls it.
    Misdirected,
    /// Evidence is missing or contradictory.
    Inconclusive,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 7] = [
        Self::Complete,
        Self::Settled,
        Self::Waiting,
        Self::PlatformAction,
        Self::CustomerAction,
        Self::Misdirected,
        Self::Inconclusive,
    ];

    /// The name in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Settled => "settled",
            Self::Waiting => "waiting",
            Self::PlatformAction => "platform-action",
            Self::CustomerAction => "customer-action",
            Self::Misdirected => "misdirected",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// Who has to act, or has to be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The platform that runs this tool.
    Platform,
    /// The customer.
    Customer,
    /// The platform that the customer sent from.
    SendingPlatform,
    /// The platform that a withdrawal went to.
    ReceivingPlatform,
    /// The network itself.
    Network,
    /// Nobody can be named yet.
    NobodyYet,
}

impl Party {
    /// The name in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Customer => "customer",
            Self::SendingPlatform => "sending-platform",
            Self::ReceivingPlatform => "receiving-platform",
            Self::Network => "network",
            Self::NobodyYet => "nobody-yet",
        }
    }
}

/// Who holds the money now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keeper {
    /// It never left, or came back.
    Sender,
    /// It is on its way.
    Network,
    /// The platform.
    Platform,
    /// The customer whose claim this is.
    Claimant,
    /// The platform that a withdrawal went to.
    ReceivingPlatform,
    /// Somebody outside.
    ThirdParty,
    /// Nobody: burned or unspendable.
    Nobody,
    /// It cannot be told.
    Unknown,
}

/// For whom an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The agent on the case.
    Support,
    /// The customer.
    Customer,
    /// Wallet and scanner engineers.
    Engineering,
    /// Compliance officers.
    Compliance,
    /// Treasury and accounting.
    Finance,
    /// The security team.
    Security,
}

impl Audience {
    /// The name in the document, and of the action in the locales.
    pub fn name(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Customer => "customer",
            Self::Engineering => "engineering",
            Self::Compliance => "compliance",
            Self::Finance => "finance",
            Self::Security => "security",
        }
    }
}

/// How soon an action is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Now.
    High,
    /// In the normal course.
    Normal,
    /// When there is time.
    Low,
}

/// A value that a finding states; never a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Fact {
    /// A count or a height.
    Number(u64),
    /// A name, an amount, an address or a time.
    Text(String),
}

impl From<u64> for Fact {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// One conclusion.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Stable name.
    pub code: &'static str,
    /// Whether this is the one that decides.
    pub decisive: bool,
    /// Nothing for a note.
    pub verdict: Option<Verdict>,
    /// Who has to act on it.
    pub responsible: Option<Party>,
    /// What it states.
    pub facts: BTreeMap<&'static str, Fact>,
    /// The answers or the input that it rests on.
    pub cites: Vec<Cite>,
    /// The gaps that it rests on: only source findings and settled ones may.
    pub gaps: Vec<Gap>,
}

/// Who holds the money, why, and until when.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    /// Who holds it.
    pub holder: Keeper,
    /// Since when, as far as the chain tells.
    pub since: Option<Timestamp>,
    /// The code that says why it waits there.
    pub why: &'static str,
    /// By when that should change.
    pub expected_by: Option<Timestamp>,
}

/// What follows from claim and evidence.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The outcome.
    pub verdict: Verdict,
    /// Every finding, in the order of precedence; exactly one decides.
    pub findings: Vec<Finding>,
    /// Who has to act; nothing when nobody has to.
    pub responsible: Option<Party>,
    /// How well the decisive finding is supported.
    pub confidence: Confidence,
    /// The ten facts, in order.
    pub checks: Vec<Check>,
    /// Who holds the money.
    pub whereabouts: Whereabouts,
    /// Whether the money can be had back or credited; nothing where that cannot be told.
    pub recoverable: Option<bool>,
    /// When to look again.
    pub look_again_at: Option<Timestamp>,
    /// The transactions looked at, the deciding one first.
    pub transactions: Vec<Judged>,
    /// What decided.
    pub meant: Meant,
}

impl Diagnosis {
    /// The finding that decides.
    pub fn decisive(&self) -> &Finding {
        let decisive = self.findings.iter().find(|finding| finding.decisive);
        decisive.unwrap_or(&self.findings[0])
    }
}

/// The payment and the ledger's record by which a case was decided, out of all that one transaction may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// What the payment moved, in coin units; nothing where no payment decided or its decimals are not known.
    pub amount: Option<Amount>,
    /// Of what.
    pub asset: Option<String>,
    /// The status of the record, in the words of the ledger's contract.
    pub status: Option<String>,
    /// The movements that carried out a withdrawal's order, counted over those on the surface of its transaction and then
    /// the inner ones; none where nothing did, and nothing where that is open or no order was asked for.
    pub delivered_by: Option<Vec<usize>>,
    /// The address that a withdrawal was ordered to, as addresses of its network are written.
    pub ordered_to: Option<String>,
}

/// A transaction with what the claim makes of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What the sources say.
    pub transaction: Transaction,
    /// The finality that a deposit needs.
    pub required: Option<Finality>,
    /// Whether it is reached; nothing where unknown.
    pub is_final: Option<bool>,
    /// Whether another transaction took its place.
    pub is_replaced: bool,
    /// The address of the claimant that it pays.
    pub claimant_address: Option<crate::terms::Address>,
}

/// What the platform does with deposits of some kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// It recovers or credits them by hand.
    Recover,
    /// It credits them once their sum reaches the minimum.
    Accumulate,
    /// It does nothing.
    #[default]
    None,
}

impl Handling {
    /// The name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recover => "recover",
            Self::Accumulate => "accumulate",
            Self::None => "none",
        }
    }
}

/// What counts as normal, and what the platform does about what is not.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Every configured network.
    pub networks: Vec<Network>,
    /// A ticket older than this is overdue.
    pub sla: Duration,
    /// Deposits under the minimum.
    pub below_minimum: Handling,
    /// Deposits on a network that the platform does not serve.
    pub wrong_network: Handling,
    /// Who acts on a hold, by reason.
    pub held: BTreeMap<String, Party>,
    /// How long the ledger may take for a deposit past its requirement.
    pub ledger_confirming: Duration,
    /// How long a withdrawal may wait to be sent.
    pub withdrawal_queue: Duration,
    /// How long a withdrawal may be under review.
    pub withdrawal_review: Duration,
    /// How long a sent withdrawal may stay in no block of Bitcoin.
    pub withdrawal_broadcast_bitcoin: Duration,
    /// How long a sent withdrawal may stay in no block of an EVM network.
    pub withdrawal_broadcast_evm: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            networks: Vec::new(),
            sla: Duration::from_secs(72 * 3600),
            below_minimum: Handling::None,
            wrong_network: Handling::None,
            held: BTreeMap::new(),
            ledger_confirming: Duration::from_secs(2 * 3600),
            withdrawal_queue: Duration::from_secs(24 * 3600),
            withdrawal_review: Duration::from_secs(72 * 3600),
            withdrawal_broadcast_bitcoin: Duration::from_secs(3 * 3600),
            withdrawal_broadcast_evm: Duration::from_secs(1800),
        }
    }
}
