//! What all hosted desks share when a ticket is read: fields by configured names, lists to their end or to a bound,
//! text files, and texts of a bounded length.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures::future::join_all;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::Desk;
use crate::claim::{Attachment, CUSTOMER, Comment, Ticket, TicketFields};
use crate::sources::Line;
use crate::sources::contract::body_of;
use crate::terms::{Gap, GapWhy, Provenance, Seen, Txid};

/// Pages followed for the comments of one ticket; what lies behind them is a gap.
pub(super) const PAGES: usize = 20;
/// Longest text taken from one body, comment or file, in bytes.
const LONGEST_TEXT: usize = 256 << 10;
/// Comments kept of one ticket.
const COMMENTS: usize = 2000;
/// Files listed of one ticket.
const FILES: usize = 100;
/// Text files read of one ticket.
const TEXT_FILES: usize = 10;
/// Tickets that a search names and that are read.
const FOUND: usize = 10;
/// Media types of texts.
const TEXT_TYPES: &[&str] = &["text/plain", "text/csv", "application/json"];
/// Endings of texts whose media type says nothing.
const TEXT_ENDINGS: &[&str] = &[".txt", ".log", ".csv", ".json"];

/// Under which names or numbers a desk keeps the fields of a complaint: `[desk.fields]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldNames {
    /// Transaction identifier.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub txid: Option<String>,
    /// Network name.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Ticker.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    /// Amount in coin units.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// Destination.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Memo or tag.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// `deposit` or `withdrawal`.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The customer's account.
    #[serde(default, deserialize_with = "name", skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// A field's name, or its number.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Name {
        Text(String),
        Number(u64),
    }
    Ok(Some(match Name::deserialize(deserializer)? {
        Name::Text(text) => text,
        Name::Number(number) => number.to_string(),
    }))
}

impl FieldNames {
    /// The fields and the account of a ticket, where `value` gives what stands under a name.
    pub(super) fn read(&self, value: impl Fn(&str) -> Option<String>) -> (TicketFields, Option<String>) {
        let of = |name: &Option<String>| name.as_deref().and_then(&value).filter(|text| !text.trim().is_empty());
        let fields = TicketFields {
            txid: of(&self.txid),
            network: of(&self.network),
            asset: of(&self.asset),
            amount: of(&self.amount),
            address: of(&self.address),
            memo: of(&self.memo),
            kind: of(&self.kind).map(|kind| kind.to_lowercase()),
        };
        (fields, of(&self.account))
    }
}

/// A field's value as text: a text, a number, a truth value, or the one thing in a list or a choice.
pub(super) fn worded(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(values) => values.first().and_then(worded),
        Value::Object(choice) => ["value", "name"].iter().find_map(|key| choice.get(*key)).and_then(worded),
        Value::Null => None,
    }
}

/// A record that is there, or the answer that there is none.
pub(super) enum Present<T> {
    /// The record.
    Yes(T, Provenance),
    /// The desk says that there is none.
    No(Provenance),
}

/// A record and the answer that it stands in.
pub(super) async fn record<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<Present<T>, Gap> {
    let reply = line.get(path, question).await?;
    let provenance = reply.provenance();
    Ok(match body_of::<T>(line, &reply, question)? {
        Some(record) => Present::Yes(record, provenance),
        None => Present::No(provenance),
    })
}

/// A record that must be there, such as a part of a ticket that is.
pub(super) async fn part<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<T, Gap> {
    match record(line, path, question).await? {
        Present::Yes(part, _) => Ok(part),
        Present::No(_) => Err(line.malformed(question, "HTTP status 404")),
    }
}

/// The path of an address below the desk's own; nothing for one that leads elsewhere, where no credential may go.
pub(super) fn below(line: Line<'_>, url: &str) -> Option<String> {
    let base = line.net.services().find(|service| &*service.name == line.service)?.url.trim_end_matches('/');
    url.strip_prefix(base).filter(|path| path.starts_with('/')).map(str::to_owned)
}

/// The words of a file that the desk keeps at an address of its own.
pub(super) async fn file_text(line: Line<'_>, file: &Attachment) -> Result<String, Gap> {
    let question = format!("attachment {}", file.name);
    let elsewhere = || line.gap(&question, GapWhy::Redirected, "the desk keeps it on another host");
    let reply = line.get(file.place.as_deref().ok_or_else(elsewhere)?, &question).await?;
    match reply.status {
        200 => Ok(reply.body.to_string()),
        other => Err(line.gap(&question, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}

/// The gap of a list that goes on behind its last page that was read.
pub(super) fn too_long(line: Line<'_>, question: &str) -> Gap {
    line.gap(question, GapWhy::TooLarge, format!("the list has more than {PAGES} pages"))
}

/// An answer about another ticket than the one asked for.
pub(super) fn mismatch(line: Line<'_>, question: &str) -> Gap {
    line.gap(question, GapWhy::Mismatch, "the answer is about something else")
}

/// Text that a desk gives in base64; what is no UTF-8 is marked.
pub(super) fn decoded(base64: &str) -> Option<String> {
    let packed: Vec<u8> = base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64_STANDARD.decode(packed).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads a ticket with its text files, and bounds everything in it.
pub async fn ticket(desk: &dyn Desk, line: Line<'_>, id: &str) -> Seen<Ticket> {
    let (mut ticket, provenance) = match desk.ticket(line, id).await {
        Seen::Yes(ticket, provenance) => (ticket, provenance),
        other => return other,
    };
    let question = format!("ticket {id}");
    let mut unread = std::mem::take(&mut ticket.unread);
    if ticket.attachments.len() > FILES || ticket.comments.len() > COMMENTS {
        unread.push(line.gap(&question, GapWhy::TooLarge, format!("more than {COMMENTS} comments or {FILES} files")));
        ticket.attachments.truncate(FILES);
        ticket.comments.truncate(COMMENTS);
    }
    let texts: Vec<usize> =
        (0..ticket.attachments.len()).filter(|at| is_unread_text(&ticket.attachments[*at])).take(TEXT_FILES).collect();
    let read = join_all(texts.iter().map(|at| desk.text(line, &ticket.attachments[*at]))).await;
    for (at, read) in texts.into_iter().zip(read) {
        match read {
            Ok(text) => ticket.attachments[at].text = Some(text),
            Err(gap) => unread.push(gap),
        }
    }
    let bodies = [&mut ticket.subject, &mut ticket.body].into_iter();
    let comments = ticket.comments.iter_mut().map(|comment| &mut comment.body);
    let files = ticket.attachments.iter_mut().filter_map(|file| file.text.as_mut());
    let cut = bodies.chain(comments).chain(files).filter_map(|text| cut(text).then_some(())).count();
    if cut > 0 {
        let detail = format!("{cut} texts are longer than {LONGEST_TEXT} bytes; their beginning was read");
        unread.push(line.gap(&question, GapWhy::TooLarge, detail));
    }
    ticket.unread = unread;
    Seen::Yes(ticket, provenance)
}

/// A file that may hold words, and that is small enough to be read.
fn is_unread_text(file: &Attachment) -> bool {
    let name = file.name.to_lowercase();
    let mime = file.mime.split(';').next().unwrap_or_default().trim().to_lowercase();
    let vague = mime.is_empty() || mime == "application/octet-stream";
    let text = TEXT_TYPES.contains(&mime.as_str()) || vague && TEXT_ENDINGS.iter().any(|end| name.ends_with(end));
    let bound = u64::try_from(LONGEST_TEXT).unwrap_or(u64::MAX);
    text && file.text.is_none() && file.size.is_none_or(|size| size <= bound)
}

fn cut(text: &mut String) -> bool {
    if text.len() <= LONGEST_TEXT {
        return false;
    }
    let end = (0..=LONGEST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(end);
    true
}

/// The tickets that name a transaction, by a search whose answer `ids` reads; a desk without it says that there is none.
pub(super) async fn searched<T: DeserializeOwned>(
    desk: &dyn Desk,
    line: Line<'_>,
    path: &str,
    txid: &Txid,
    ids: impl FnOnce(T) -> Vec<String>,
) -> Seen<Vec<Ticket>> {
    let question = format!("which tickets name {txid}");
    match record::<T>(line, path, &question).await {
        Ok(Present::Yes(found, provenance)) => confirmed(desk, line, ids(found), txid, provenance).await,
        Ok(Present::No(_)) => Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "it has no search")),
        Err(gap) => Seen::Unknown(gap),
    }
}

/// Reads the tickets that a search found: it may find what is merely alike, and shows only a part of each.
pub(super) async fn confirmed(
    desk: &dyn Desk,
    line: Line<'_>,
    ids: Vec<String>,
    txid: &Txid,
    provenance: Provenance,
) -> Seen<Vec<Ticket>> {
    let read = join_all(ids.iter().take(FOUND).map(|id| desk.ticket(line, id))).await;
    let mut naming = Vec::new();
    let mut proof = provenance;
    let mut open: Option<Gap> = None;
    for seen in read {
        match seen {
            Seen::Yes(ticket, read) if ticket.names(txid) => {
                proof = proof.and(&read);
                naming.push(ticket);
            }
            Seen::Yes(..) | Seen::No(_) => {}
            Seen::Unknown(gap) => open = open.or(Some(gap)),
        }
    }
    match (naming.is_empty(), open) {
        (false, _) => Seen::Yes(naming, proof),
        (true, Some(gap)) => Seen::Unknown(gap),
        (true, None) => Seen::No(proof),
    }
}

/// The customer's comment, unless somebody else wrote it.
pub(super) fn author(is_customer: bool) -> String {
    if is_customer { CUSTOMER } else { "agent" }.to_owned()
}

/// The files that came with what the customer wrote; those of a note of staff are not the customer's words.
pub(super) fn files_of(comment: &Comment, files: Vec<Attachment>) -> Vec<Attachment> {
    if comment.author == CUSTOMER { files } else { Vec::new() }
}
