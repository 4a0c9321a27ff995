//! Reading complaints as people write them: English, Chinese, Korean; plain text or HTML. Pure: no clock, no I/O.
//!
//! What is read is a hypothesis, and carries where it stands. Secrets and personal data are taken out first; everything
//! else reads what is left, so that a redacted complaint reads the same as the open one.

mod addresses;
mod amounts;
mod assets;
mod checksums;
mod html;
mod identifiers;
mod lexicon;
mod links;
mod memos;
mod mentions;
mod networks;
mod numbers;
mod page;
mod patterns;
mod pieces;
mod route;
mod runs;
mod secrets;
mod tables;
mod times;
mod units;
mod voices;
mod words;

pub use addresses::{AddressRole, Checksum, ReadAddress};
pub use amounts::{AmountRole, ReadAmount};
pub use assets::ReadName;
pub use identifiers::{ChainFamily, ReadTxid, Why};
pub use page::Span;
pub use route::{Kind, Route};
pub use secrets::{Secret, SecretKind, redacted};
pub use times::ReadTime;

use std::ops::Range;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CUSTOMER, Comment, Ticket, TicketFields};
use crate::terms::Direction;
use identifiers::Surroundings;
use page::{Page, Part};
use voices::Voice;

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// HTML where it has HTML's elements, else plain text.
    #[default]
    #[serde(other)]
    Guess,
}

/// A complaint to read.
#[derive(Clone, Debug, Default)]
pub struct Complaint {
    /// The subject line.
    pub subject: String,
    /// The customer's words.
    pub body: String,
    /// How the body is written.
    pub format: Format,
    /// What was written since, oldest first.
    pub comments: Vec<Comment>,
    /// The words of the customer's text files.
    pub files: Vec<String>,
    /// What the customer filled in.
    pub fields: TicketFields,
}

impl Complaint {
    /// A complaint that is one text.
    pub fn of_text(text: &str) -> Self {
        Self { body: text.to_owned(), ..Self::default() }
    }

    /// A complaint that came by mail; nothing where the bytes are no mail. The plain text is read where there is one.
    pub fn of_mail(bytes: &[u8]) -> Option<Self> {
        let mail = mail_parser::MessageParser::default().parse(bytes)?;
        let plain = mail.text_body.first().and_then(|part| mail.parts.get(usize::try_from(*part).ok()?));
        let (body, format) = match plain.map(|part| &part.body) {
            Some(mail_parser::PartType::Html(html)) => (html.to_string(), Format::Html),
            _ => (mail.body_text(0).unwrap_or_default().into_owned(), Format::Guess),
        };
        Some(Self { subject: mail.subject().unwrap_or_default().to_owned(), body, format, ..Self::default() })
    }
}

impl From<&Ticket> for Complaint {
    fn from(ticket: &Ticket) -> Self {
        Self {
            subject: ticket.subject.clone(),
            body: ticket.body.clone(),
            format: ticket.format,
            comments: ticket.comments.clone(),
            files: ticket.attachments.iter().filter_map(|file| file.text.clone()).collect(),
            fields: ticket.fields.clone().unwrap_or_default(),
        }
    }
}

/// What a complaint claims. Lists are in order of rank: the first is the claim, the others compete with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reading {
    /// Deposit, withdrawal or other.
    pub kind: Kind,
    /// Who should have the complaint.
    pub route: Route,
    /// Transaction identifiers, the first said first.
    pub txids: Vec<ReadTxid>,
    /// Addresses, destinations first.
    pub addresses: Vec<ReadAddress>,
    /// The network claimed.
    pub network: Option<ReadName>,
    /// Networks named.
    pub networks: Vec<ReadName>,
    /// The ticker claimed.
    pub asset: Option<ReadName>,
    /// Coins named.
    pub assets: Vec<ReadName>,
    /// The amount claimed, in coin units.
    pub amount: Option<ReadAmount>,
    /// Amounts given; fees last.
    pub amounts: Vec<ReadAmount>,
    /// The memo or tag claimed.
    pub memo: Option<ReadName>,
    /// Memos given.
    pub memos: Vec<ReadName>,
    /// Times given, in order.
    pub times: Vec<ReadTime>,
    /// Whether a key, a phrase, a password or the like stands in it, or stood in it before it was removed.
    pub secrets_present: bool,
    /// Secrets and personal data, by their places alone.
    pub secrets: Vec<Secret>,
}

/// Reads a complaint. `written` is when, for "two hours ago"; without it such times are left out.
pub fn read(complaint: &Complaint, written: Option<Timestamp>) -> Reading {
    let (page, secrets) = secrets::hide(Page::of(&parts(complaint)));
    let links = links::of(&page);
    let (candidates, identifiers) = identifiers::candidates(&page, &links);
    let signed = candidates.iter().any(identifiers::Candidate::is_signature);
    let (addresses, places) = addresses::find(&page, &links, signed || is_about_solana(&page, &links));
    let (times, moments) = times::find(&page, written);
    let found = sorted([ranges(&links), identifiers, places, moments.clone()]);
    let (memos, tags) = memos::find(&page, &addresses, &found);
    let taken = sorted([found, tags, marked(&page)]);
    let amounts = amounts::find(&page, &taken, amounts::counts_dollars(&page));
    let amount = amounts::claimed(&amounts).cloned();
    let coin = amount.as_ref().and_then(|amount| Some((amount.asset.as_deref()?, &amount.span)));
    let assets = assets::find(&page, &links, coin);
    let asset = assets.first().cloned();
    let networks = networks::find(&page, &links, &addresses, asset.as_ref().map(|asset| asset.value.as_str()));
    let to_contract = addresses::went_to_contract(&page);
    let given = route::Given { identifier: !candidates.is_empty(), amount: amount.is_some(), to_contract };
    let (kind, route) = route::of(&page, given);
    let moved = matches!(route, Route::Transfer | Route::Security);
    // Where nothing was moved, a coin's own network is nobody's claim.
    let network = networks::claimed(&networks).filter(|network| moved || network.why != Why::Coin).cloned();
    let around = Surroundings {
        network: network.as_ref().map(|network| network.value.clone()),
        addresses: addresses.iter().map(ReadAddress::family).collect(),
        native: asset.as_ref().and_then(|asset| words::coin(&asset.value)?.network),
        named: named(&page),
    };
    let txids = identifiers::settle(&page, &candidates, &around);
    let said = complaint.fields.kind.as_deref().and_then(|kind| kind.parse().ok());
    let kind = said.map_or(kind, |direction| match direction {
        Direction::Deposit => Kind::Deposit,
        Direction::Withdrawal => Kind::Withdrawal,
    });
    let memo = memos.first().cloned();
    let secrets_present = secrets.iter().any(|secret| secret.kind.is_secret());
    Reading {
        kind,
        route,
        txids,
        addresses,
        network,
        networks,
        asset,
        assets,
        amount,
        amounts,
        memo,
        memos,
        times,
        secrets_present,
        secrets,
    }
}

/// The texts of a complaint and whose they are.
fn parts(complaint: &Complaint) -> Vec<Part<'_>> {
    let part = |name: &str, text, format, voice| Part { name: name.to_owned(), label: "", text, format, voice };
    let mut parts = filled(&complaint.fields);
    if !complaint.subject.is_empty() {
        parts.push(part("subject", complaint.subject.as_str(), Format::Text, Voice::Customer));
    }
    parts.push(part("body", &complaint.body, complaint.format, Voice::Customer));
    for (number, file) in complaint.files.iter().enumerate() {
        parts.push(part(&format!("attachment.{number}"), file, Format::Text, Voice::Customer));
    }
    for (number, comment) in complaint.comments.iter().enumerate() {
        let voice = if comment.author == CUSTOMER { Voice::Customer } else { Voice::Desk };
        parts.push(part(&format!("comment.{number}"), &comment.body, comment.format, voice));
    }
    parts
}

/// The fields that are filled in, each behind the words that a form has before it.
fn filled(fields: &TicketFields) -> Vec<Part<'_>> {
    let all = [
        ("field.txid", "TXID: ", &fields.txid),
        ("field.network", "Network: ", &fields.network),
        ("field.asset", "Coin: ", &fields.asset),
        ("field.amount", "Amount: ", &fields.amount),
        ("field.address", "To address: ", &fields.address),
        ("field.memo", "Memo: ", &fields.memo),
    ];
    let filled = all.into_iter().filter_map(|(name, label, text)| Some((name, label, text.as_deref()?)));
    let filled = filled.filter(|(_, _, text)| !text.trim().is_empty());
    let part = |(name, label, text): (&str, _, _)| Part {
        name: name.to_owned(),
        label,
        text,
        format: Format::Text,
        voice: Voice::Field,
    };
    filled.map(part).collect()
}

/// A signature of its network, an explorer of it, or its name.
fn is_about_solana(page: &Page, links: &[links::Link]) -> bool {
    let named = page.hits().iter().any(|hit| match hit.sense {
        lexicon::Sense::Chain(chain) => chain.name == "solana",
        lexicon::Sense::Coin(coin) => coin.network == Some("solana"),
        lexicon::Sense::Wallet => page.text()[hit.start..hit.end].eq_ignore_ascii_case("phantom"),
        _ => false,
    });
    named || links.iter().any(|link| link.network == Some("solana"))
}

fn named(page: &Page) -> Vec<&'static str> {
    let mut names = Vec::new();
    for hit in page.hits() {
        let name = match hit.sense {
            lexicon::Sense::Chain(chain) => Some(chain.name),
            lexicon::Sense::Coin(coin) => coin.network,
            _ => None,
        };
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}

fn ranges(links: &[links::Link]) -> Vec<Range<usize>> {
    links.iter().map(|link| link.range.clone()).collect()
}

/// Markers of what was removed, which are no numbers either.
fn marked(page: &Page) -> Vec<Range<usize>> {
    page.text().match_indices("[removed:").map(|(at, word)| at..at + word.len()).collect()
}

/// Ranges in order, those that overlap made one.
fn sorted<const N: usize>(lists: [Vec<Range<usize>>; N]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = lists.into_iter().flatten().collect();
    all.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in all {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

impl Reading {
    /// The addresses that belong to the claim.
    pub fn claimed_addresses(&self) -> impl Iterator<Item = &ReadAddress> {
        self.addresses.iter().filter(|address| address.is_claimed())
    }
}
