//! 2. What the complaint says, and who said each part of it. Everything here is a hypothesis.

pub mod reading;

pub use reading::Format;

use std::collections::BTreeSet;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evidence::{Deposit, Withdrawal};
use crate::subject::{Subject, SubjectKind};
use crate::terms::{Amount, By, Direction, Gap, Said, Txid};
use reading::{AddressRole, Complaint, Kind, ReadName, Reading, Route, read};

/// A complaint as the desk has it: `GET /v1/tickets/{id}` of the desk contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The desk's id.
    pub id: String,
    /// The subject line.
    #[serde(default)]
    pub subject: String,
    /// The customer's words.
    #[serde(default)]
    pub body: String,
    /// How they are written.
    #[serde(default)]
    pub format: Format,
    /// The customer's language, as the desk names it.
    #[serde(default)]
    pub language: Option<String>,
    /// How it came in, in the desk's words.
    #[serde(default)]
    pub channel: Option<String>,
    /// Where it stands, in the desk's words.
    #[serde(default)]
    pub status: Option<String>,
    /// How urgent it is, in the desk's words.
    #[serde(default)]
    pub priority: Option<String>,
    /// The customer's account.
    #[serde(default)]
    pub account: Option<String>,
    /// When it was opened.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Structured fields.
    #[serde(default)]
    pub fields: Option<TicketFields>,
    /// What was written since.
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// The files that came with it, those of comments too.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What of it could not be read.
    #[serde(skip)]
    pub unread: Vec<Gap>,
}

impl Ticket {
    /// Whether anything in it names the transaction.
    pub fn names(&self, txid: &Txid) -> bool {
        let field = self.fields.iter().filter_map(|fields| fields.txid.as_deref());
        let texts = [self.subject.as_str(), self.body.as_str()].into_iter().chain(field);
        let comments = self.comments.iter().map(|comment| comment.body.as_str());
        texts.chain(comments).any(|text| text.to_ascii_lowercase().contains(txid.digits()))
    }
}

/// Who complains, among the authors of comments; the others are `agent` and `system`.
pub const CUSTOMER: &str = "customer";

/// The structured fields of a ticket, as the customer filled them in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketFields {
    /// Transaction identifier.
    #[serde(default)]
    pub txid: Option<String>,
    /// Network name.
    #[serde(default)]
    pub network: Option<String>,
    /// Ticker.
    #[serde(default)]
    pub asset: Option<String>,
    /// Amount in coin units.
    #[serde(default)]
    pub amount: Option<String>,
    /// Destination.
    #[serde(default)]
    pub address: Option<String>,
    /// Memo or tag.
    #[serde(default)]
    pub memo: Option<String>,
    /// `deposit` or `withdrawal`.
    #[serde(default)]
    pub kind: Option<String>,
}

/// A comment on a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The desk's id of it.
    #[serde(default)]
    pub id: Option<String>,
    /// `customer`, `agent` or `system`.
    pub author: String,
    /// The words.
    pub body: String,
    /// How they are written.
    #[serde(default)]
    pub format: Format,
    /// Whether the customer sees it; nothing where the desk does not say.
    #[serde(default)]
    pub public: Option<bool>,
    /// When it was written.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// The key under which a program posted it, where the desk keeps keys.
    #[serde(default)]
    pub key: Option<String>,
}

/// A file that came with a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name, as the sender gave it.
    pub name: String,
    /// Media type, as the desk gives it.
    #[serde(default, rename = "type")]
    pub mime: String,
    /// Its words, where it is a text and could be read.
    #[serde(default)]
    pub text: Option<String>,
    /// Bytes, where the desk says how many.
    #[serde(default)]
    pub size: Option<u64>,
    /// Where the desk keeps it, below the desk's own address.
    #[serde(skip)]
    pub place: Option<String>,
}

/// What the complaint says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Claim {
    /// Deposit or withdrawal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Said<Direction>>,
    /// Whose money it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Said<String>>,
    /// Network name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<Said<String>>,
    /// Ticker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset: Option<Said<String>>,
    /// Amount in coin units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Said<Amount>>,
    /// Destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Said<String>>,
    /// Memo or tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memo: Option<Said<String>>,
    /// Identifiers given, the first said first.
    pub txids: Vec<Said<String>>,
    /// When it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Said<Timestamp>>,
    /// The beginning of the stretch of time in which it must lie, where that was said outright.
    #[serde(skip)]
    pub since: Option<Timestamp>,
    /// The end of that stretch.
    #[serde(skip)]
    pub until: Option<Timestamp>,
    /// Identifiers that cannot be any.
    #[serde(skip)]
    pub malformed: Vec<Said<String>>,
    /// What was typed; identifiers repaired on the way are told from it.
    #[serde(skip)]
    pub repaired: Option<Said<String>>,
    /// An address given where an identifier was asked for.
    #[serde(skip)]
    pub address_as_txid: Option<Said<String>>,
    /// A block's height given where an identifier was asked for.
    #[serde(skip)]
    pub block_as_txid: Option<Said<String>>,
    /// An id that neither desk nor ledger knows.
    #[serde(skip)]
    pub unresolved: Option<Said<String>>,
    /// The ticket that it comes from.
    #[serde(skip)]
    pub ticket: Option<String>,
    /// When the ticket was opened.
    #[serde(skip)]
    pub opened_at: Option<Said<Timestamp>>,
    /// Who should have the complaint, by its words.
    #[serde(skip)]
    pub route: Option<Said<Route>>,
    /// Kinds of secrets that stood in the ticket; they themselves are removed before anybody reads it.
    #[serde(skip)]
    pub secrets: Vec<Said<String>>,
}

impl Claim {
    /// Adds what a ticket says, below what is already there.
    pub fn join_ticket(&mut self, ticket: &Ticket) {
        self.ticket = Some(ticket.id.clone());
        if let Some(fields) = &ticket.fields {
            self.join_fields(fields);
        }
        fill(&mut self.account, ticket.account.clone(), By::TicketField);
        fill(&mut self.opened_at, ticket.created_at, By::TicketField);
        self.join_reading(&read(&Complaint::from(ticket), ticket.created_at));
    }

    /// Adds what the customer's own words say, below what is already there. Of several times none is known to be meant.
    fn join_reading(&mut self, reading: &Reading) {
        let by = By::TicketText;
        let direction = match reading.kind {
            Kind::Deposit => Some(Direction::Deposit),
            Kind::Withdrawal => Some(Direction::Withdrawal),
            Kind::Other => None,
        };
        let moment = match reading.times.as_slice() {
            [only] => only.at,
            _ => None,
        };
        let name = |said: &Option<ReadName>| said.as_ref().map(|said| said.value.clone());
        fill(&mut self.kind, direction, by);
        fill(&mut self.network, name(&reading.network), by);
        fill(&mut self.asset, name(&reading.asset), by);
        fill(&mut self.amount, reading.amount.as_ref().map(|amount| amount.value.clone()), by);
        let mut destinations = reading.claimed_addresses().filter(|address| address.role == AddressRole::Destination);
        fill(&mut self.address, destinations.next().map(|address| address.value.clone()), by);
        fill(&mut self.memo, name(&reading.memo), by);
        fill(&mut self.at, moment, by);
        fill(&mut self.route, Some(reading.route), by);
        for txid in &reading.txids {
            self.add_txid(&txid.value, by);
        }
        let kinds: BTreeSet<&str> =
            reading.secrets.iter().filter(|secret| secret.kind.is_secret()).map(|secret| secret.kind.name()).collect();
        self.secrets.extend(kinds.into_iter().map(|kind| Said::new(kind.to_owned(), by)));
    }

    fn join_fields(&mut self, fields: &TicketFields) {
        let by = By::TicketField;
        let filled = |text: &Option<String>| text.as_ref().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        if let Some(text) = filled(&fields.txid) {
            self.add_subject(&Subject::parse(&text), by);
        }
        fill(&mut self.network, filled(&fields.network), by);
        fill(&mut self.asset, filled(&fields.asset).map(|a| a.to_uppercase()), by);
        fill(&mut self.amount, filled(&fields.amount).and_then(|a| Amount::from_str(&a).ok()), by);
        fill(&mut self.address, filled(&fields.address), by);
        fill(&mut self.memo, filled(&fields.memo), by);
        fill(&mut self.kind, filled(&fields.kind).and_then(|k| k.parse().ok()), by);
    }

    /// Adds what the ledger's record says, below what is already there.
    pub fn join_deposit(&mut self, deposit: &Deposit) {
        let by = By::Ledger;
        fill(&mut self.kind, Some(Direction::Deposit), by);
        fill(&mut self.account, Some(deposit.account.clone()), by);
        fill(&mut self.network, told(&deposit.network), by);
        fill(&mut self.asset, Some(deposit.asset.to_uppercase()), by);
        fill(&mut self.amount, Some(deposit.amount.clone()), by);
        fill(&mut self.address, told(&deposit.address), by);
        fill(&mut self.memo, deposit.memo.clone(), by);
        self.add_subject(&Subject::parse(&deposit.txid), by);
    }

    /// Adds what the ledger's record says, below what is already there.
    pub fn join_withdrawal(&mut self, withdrawal: &Withdrawal) {
        let by = By::Ledger;
        fill(&mut self.kind, Some(Direction::Withdrawal), by);
        fill(&mut self.account, Some(withdrawal.account.clone()), by);
        fill(&mut self.network, told(&withdrawal.network), by);
        fill(&mut self.asset, Some(withdrawal.asset.to_uppercase()), by);
        fill(&mut self.amount, Some(withdrawal.amount.clone()), by);
        fill(&mut self.address, told(&withdrawal.address), by);
        fill(&mut self.memo, withdrawal.memo.clone(), by);
        if let Some(txid) = &withdrawal.txid {
            self.add_subject(&Subject::parse(txid), by);
        }
    }

    /// Adds what was typed, wherever it was typed.
    pub fn add_subject(&mut self, subject: &Subject, by: By) {
        fill(&mut self.network, subject.network.map(str::to_owned), by);
        match subject.kind {
            SubjectKind::Transaction => {
                if !subject.repairs.is_empty() && self.repaired.is_none() {
                    self.repaired = Some(Said::new(subject.value.clone(), by));
                }
                self.add_txid(&subject.value, by);
            }
            SubjectKind::Malformed => self.malformed.push(Said::new(subject.value.clone(), by)),
            SubjectKind::Address => {
                fill(&mut self.address_as_txid, Some(subject.value.clone()), by);
                fill(&mut self.address, Some(subject.value.clone()), by);
            }
            SubjectKind::Block => fill(&mut self.block_as_txid, Some(subject.value.clone()), by),
            SubjectKind::Id if is_off_chain(&subject.value) => {
                fill(&mut self.unresolved, Some(subject.value.clone()), by);
            }
            SubjectKind::Id | SubjectKind::None => {}
        }
    }

    fn add_txid(&mut self, txid: &str, by: By) {
        let digits = |text: &str| text.trim_start_matches("0x").to_ascii_lowercase();
        let known = self.txids.iter().any(|said| digits(&said.value) == digits(txid));
        if !known && self.txids.len() < TXIDS {
            self.txids.push(Said::new(txid.to_owned(), by));
        }
    }
}

fn fill<T>(field: &mut Option<Said<T>>, value: Option<T>, by: By) {
    if field.is_none() {
        *field = value.map(|value| Said::new(value, by));
    }
}

/// What a ledger's record says; nothing where it is empty.
fn told(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// What exchanges write where a TXID would stand, for transfers between their own accounts; a number follows.
const OFF_CHAIN: &[&str] = &[
    "internal transfer",
    "off-chain transfer",
    "offchain transfer",
    "event_coupon",
    "站内转账",
    "内部转账",
    "내부 이체",
];

/// Whether an identifier says of itself that no chain carries the transfer.
pub fn is_off_chain(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    OFF_CHAIN.iter().any(|words| text.starts_with(words))
}

/// Identifiers of one complaint that are looked into.
const TXIDS: usize = 20;
#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";

    #[test]
    fn flags_win_over_fields_and_fields_over_text() {
        let mut claim = Claim { asset: Some(Said::new("USDC".into(), By::Flag)), ..Claim::default() };
        let fields = TicketFields { asset: Some("usdt".into()), amount: Some("500".into()), ..TicketFields::default() };
        let body = format!("sent 0x{HASH} please help");
        claim.join_ticket(&Ticket { fields: Some(fields), body, ..Ticket::default() });
        assert_eq!(claim.asset.unwrap().value, "USDC");
        assert_eq!(claim.amount.unwrap().by, By::TicketField);
        assert_eq!(claim.txids, [Said::new(format!("0x{HASH}"), By::TicketText)]);
    }

    #[test]
    fn one_transaction_given_twice_is_one() {
        let mut claim = Claim::default();
        claim.add_subject(&Subject::parse(&format!("0x{HASH}")), By::Flag);
        claim.add_subject(&Subject::parse(HASH), By::TicketField);
        assert_eq!(claim.txids.len(), 1);
    }
}
