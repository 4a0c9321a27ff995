//! Request Tracker 5, REST 2: <https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html>.
//!
//! A ticket is a history of transactions, whose words and files are attachments. A note is a comment: the path decides,
//! since correspondence on the same ticket goes to the requestor by mail.

use std::collections::BTreeMap;

use futures::future::{join_all, join3};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Desk;
use super::note::Note;
use super::reading::{
    FieldNames, PAGES, Present, author, decoded, files_of, mismatch, part, record, searched, too_long, worded,
};
use crate::claim::{Attachment, Comment, Format, Ticket};
use crate::net::{Auth, Content, SecretRef, Unwritten, Writing};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Gap, GapWhy, Seen, Txid};

/// Elements of one page; RT gives no more.
const PAGE: usize = 100;
/// Messages of one ticket whose words are read; each is a question of its own.
const MESSAGES: usize = 300;

/// An installation of Request Tracker.
pub(super) struct Rt {
    /// The names of its custom fields.
    pub names: FieldNames,
}

/// An authentication token of a user, who may comment and read.
pub(super) fn token(_: Option<&str>, token: SecretRef) -> Auth {
    Auth::Scheme("token ".into(), token)
}

/// `GET /REST/2.0/ticket/{id}`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WireTicket {
    #[serde(rename = "id")]
    id: Value,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    priority: Option<Value>,
    #[serde(default)]
    created: Option<Timestamp>,
    #[serde(default)]
    last_updated: Option<Timestamp>,
    #[serde(default)]
    requestor: Vec<Reference>,
    #[serde(default)]
    custom_fields: Vec<WireField>,
}

/// A thing of RT's by its name or number, which come as either type.
#[derive(Deserialize)]
struct Reference {
    id: Value,
}

#[derive(Deserialize)]
struct WireField {
    name: String,
    #[serde(default)]
    values: Vec<Value>,
}

/// A page of a list.
#[derive(Deserialize)]
struct Page<T> {
    items: Vec<T>,
    #[serde(default)]
    pages: Option<Value>,
}

/// An element of `GET /REST/2.0/ticket/{id}/history`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WireTransaction {
    #[serde(rename = "id")]
    id: Value,
    #[serde(rename = "Type")]
    sort: String,
    #[serde(default)]
    creator: Option<Reference>,
    #[serde(default)]
    created: Option<Timestamp>,
}

/// An element of `GET /REST/2.0/ticket/{id}/attachments`: the words of a message, or a file.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WireFile {
    #[serde(rename = "id")]
    id: Value,
    #[serde(default)]
    transaction_id: Value,
    #[serde(default)]
    filename: Option<String>,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    content_length: Option<Value>,
}

/// `GET /REST/2.0/attachment/{id}`: the content in base64.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Opened {
    #[serde(default)]
    content: Option<String>,
}

/// An element of `GET /REST/2.0/tickets`.
#[derive(Deserialize)]
struct FoundTicket {
    id: Value,
}

impl Desk for Rt {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        Box::pin(async move { seen(self.read(line, id).await) })
    }

    fn text<'a>(&'a self, line: Line<'a>, file: &'a Attachment) -> Asked<'a, Result<String, Gap>> {
        Box::pin(async move {
            let question = format!("attachment {}", file.name);
            let none = || line.malformed(&question, "it has no content");
            let opened: Opened = part(line, file.place.as_deref().ok_or_else(none)?, &question).await?;
            opened.content.as_deref().and_then(decoded).ok_or_else(none)
        })
    }

    /// Subjects, words, and the field of the identifier where one is configured. Words are searched only where the
    /// installation has a full-text index.
    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let digits = txid.digits();
        let field = self.names.txid.as_ref().filter(|name| !name.contains(['{', '}', '\'', '\\']));
        let field = field.map(|name| format!(" OR CF.{{{name}}} LIKE '{digits}'")).unwrap_or_default();
        let query = format!("Subject LIKE '{digits}' OR Content LIKE '{digits}'{field}");
        let path = format!("/REST/2.0/tickets?query={}&per_page=20", segment(&query));
        let ids = |found: Page<FoundTicket>| found.items.iter().filter_map(|ticket| worded(&ticket.id)).collect();
        Box::pin(async move { searched(self, line, &path, txid, ids).await })
    }

    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>> {
        let files: Vec<Value> =
            note.files.iter().map(|file| file.json(["FileName", "FileType", "FileContent"])).collect();
        let body = json!({
            "Subject": "txsleuth", "Content": note.plain(), "ContentType": "text/plain", "Attachments": files,
        });
        let path = format!("/REST/2.0/ticket/{}/comment", segment(id));
        Box::pin(async move {
            let writing = Writing { method: "POST", path, content: Content::Json(body), headers: &[] };
            line.net.write(line.service, &writing).await.map(drop)
        })
    }
}

/// The transactions of a ticket that hold words, and how far they go.
const CREATE: &str = "Create";
const CORRESPOND: &str = "Correspond";
const COMMENT: &str = "Comment";

impl Rt {
    async fn read(&self, line: Line<'_>, id: &str) -> Result<Seen<Ticket>, Gap> {
        let question = format!("ticket {id}");
        let path = format!("/REST/2.0/ticket/{}", segment(id));
        let history = list::<WireTransaction>(line, id, "history", "Type,Creator,Created");
        let files = list::<WireFile>(line, id, "attachments", "TransactionId,Filename,ContentType,ContentLength");
        let (wire, history, files) = join3(record::<WireTicket>(line, &path, &question), history, files).await;
        let (wire, provenance) = match wire? {
            Present::Yes(wire, provenance) => (wire, provenance),
            Present::No(provenance) => return Ok(Seen::No(provenance)),
        };
        if worded(&wire.id).as_deref() != Some(id) {
            return Err(mismatch(line, &question));
        }
        let ((history, cut), (files, more)) = (history?, files?);
        let field = |name: &str| wire.custom_fields.iter().find(|field| field.name == name);
        let (fields, account) = self.names.read(|name| field(name)?.values.first().and_then(worded));
        let requestors: Vec<String> = wire.requestor.iter().filter_map(|user| worded(&user.id)).collect();
        let mut ticket = Ticket {
            id: id.to_owned(),
            subject: wire.subject.unwrap_or_default(),
            status: wire.status,
            priority: wire.priority.as_ref().and_then(worded),
            account,
            created_at: wire.created.filter(|time| *time != Timestamp::UNIX_EPOCH),
            updated_at: wire.last_updated.filter(|time| *time != Timestamp::UNIX_EPOCH),
            fields: Some(fields),
            unread: cut.into_iter().chain(more).collect(),
            ..Ticket::default()
        };
        messages(line, &mut ticket, history, files, &requestors).await?;
        Ok(Seen::Yes(ticket, provenance))
    }
}

/// Adds the words and the files of each transaction that has some.
async fn messages(
    line: Line<'_>,
    ticket: &mut Ticket,
    history: Vec<WireTransaction>,
    files: Vec<WireFile>,
    requestors: &[String],
) -> Result<(), Gap> {
    let question = format!("the words of ticket {}", ticket.id);
    let mut by_transaction: BTreeMap<String, Vec<WireFile>> = BTreeMap::new();
    for file in files {
        by_transaction.entry(worded(&file.transaction_id).unwrap_or_default()).or_default().push(file);
    }
    let spoken = |transaction: &WireTransaction| [CREATE, CORRESPOND, COMMENT].contains(&transaction.sort.as_str());
    let mut told: Vec<(WireTransaction, Vec<WireFile>)> = Vec::new();
    for transaction in history.into_iter().filter(spoken) {
        let files = by_transaction.remove(&worded(&transaction.id).unwrap_or_default()).unwrap_or_default();
        told.push((transaction, files));
    }
    if told.len() > MESSAGES {
        told.truncate(MESSAGES);
        ticket.unread.push(line.gap(&question, GapWhy::TooLarge, format!("more than {MESSAGES} messages")));
    }
    let words = join_all(told.iter().map(|(_, files)| words(line, files, &question))).await;
    for ((transaction, files), words) in told.into_iter().zip(words) {
        let (body, format) = words?;
        let creator = transaction.creator.as_ref().and_then(|user| worded(&user.id)).unwrap_or_default();
        let comment = Comment {
            id: worded(&transaction.id),
            author: author(requestors.contains(&creator)),
            body,
            format,
            public: Some(transaction.sort != COMMENT),
            created_at: transaction.created,
            key: None,
        };
        let named = files.into_iter().filter(|file| file.filename.as_deref().is_some_and(|name| !name.is_empty()));
        let named: Vec<Attachment> = named.map(attachment).collect();
        if transaction.sort == CREATE {
            // Whoever typed it in, it is the complaint.
            (ticket.body, ticket.format) = (comment.body, comment.format);
            ticket.attachments.extend(named);
        } else {
            ticket.attachments.extend(files_of(&comment, named));
            ticket.comments.push(comment);
        }
    }
    Ok(())
}

/// The words of a message: its first part without a name that is plain text, or else HTML.
async fn words(line: Line<'_>, files: &[WireFile], question: &str) -> Result<(String, Format), Gap> {
    let unnamed = |mime: &str| {
        files.iter().find(|file| {
            file.filename.as_deref().is_none_or(str::is_empty) && file.content_type.as_deref() == Some(mime)
        })
    };
    let plain = unnamed("text/plain").map(|file| (file, Format::Text));
    let Some((file, format)) = plain.or_else(|| unnamed("text/html").map(|file| (file, Format::Html))) else {
        return Ok((String::new(), Format::Text));
    };
    let opened: Opened = part(line, &place(file), question).await?;
    let text = decoded(opened.content.as_deref().unwrap_or_default());
    Ok((text.ok_or_else(|| line.malformed(question, "the words are not base64"))?, format))
}

fn place(file: &WireFile) -> String {
    format!("/REST/2.0/attachment/{}", segment(&worded(&file.id).unwrap_or_default()))
}

fn attachment(wire: WireFile) -> Attachment {
    Attachment {
        place: Some(place(&wire)),
        size: wire.content_length.as_ref().and_then(worded).and_then(|size| size.parse().ok()),
        name: wire.filename.unwrap_or_default(),
        mime: wire.content_type.unwrap_or_default(),
        text: None,
    }
}

/// A list that belongs to a ticket, to its end or to a bound.
async fn list<T: DeserializeOwned>(
    line: Line<'_>,
    id: &str,
    what: &str,
    fields: &str,
) -> Result<(Vec<T>, Option<Gap>), Gap> {
    let question = format!("the {what} of ticket {id}");
    let mut all = Vec::new();
    for number in 1..=PAGES {
        let path = format!("/REST/2.0/ticket/{}/{what}?fields={fields}&per_page={PAGE}&page={number}", segment(id));
        let page: Page<T> = part(line, &path, &question).await?;
        // The number of pages is a float where there are none.
        let pages = page.pages.as_ref().and_then(Value::as_u64).unwrap_or(1);
        let last = page.items.is_empty() || u64::try_from(number).is_ok_and(|number| number >= pages);
        all.extend(page.items);
        if last {
            return Ok((all, None));
        }
    }
    Ok((all, Some(too_long(line, &question))))
}
