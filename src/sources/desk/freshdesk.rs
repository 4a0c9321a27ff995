//! Freshdesk, API v2: <https://developers.freshdesk.com/api/>. A note is private, and goes with its files in one form.

use std::collections::BTreeMap;

use futures::future::join;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::Desk;
use super::note::{Note, keys_in};
use super::reading::{
    FieldNames, PAGES, Present, author, below, file_text, files_of, mismatch, part, record, searched, too_long, worded,
};
use crate::claim::{Attachment, Comment, Format, Ticket};
use crate::net::{Auth, Content, Part, SecretRef, Unwritten, Writing};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Gap, GapWhy, Seen, Txid};

/// Conversations of one page.
const PAGE: usize = 100;

/// A Freshdesk account.
pub(super) struct Freshdesk {
    /// The names of its custom fields, such as `cf_txid`.
    pub names: FieldNames,
}

/// The key stands where a user's name would.
pub(super) fn token(_: Option<&str>, key: SecretRef) -> Auth {
    Auth::KeyAsUser(key)
}

/// `GET /api/v2/tickets/{id}`.
#[derive(Deserialize)]
struct WireTicket {
    id: u64,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    description_text: Option<String>,
    #[serde(default)]
    status: Option<u32>,
    #[serde(default)]
    priority: Option<u32>,
    #[serde(default)]
    source: Option<u32>,
    #[serde(default)]
    custom_fields: BTreeMap<String, Value>,
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    updated_at: Option<Timestamp>,
    #[serde(default)]
    attachments: Vec<WireFile>,
}

/// An element of `GET /api/v2/tickets/{id}/conversations`.
#[derive(Deserialize)]
struct WireConversation {
    id: u64,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    body_text: Option<String>,
    #[serde(default)]
    incoming: bool,
    #[serde(default)]
    private: Option<bool>,
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    attachments: Vec<WireFile>,
}

#[derive(Deserialize)]
struct WireFile {
    name: String,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    size: Option<u64>,
    #[serde(default)]
    attachment_url: Option<String>,
}

/// `GET /api/v2/search/tickets`.
#[derive(Deserialize)]
struct Found {
    results: Vec<FoundTicket>,
}

#[derive(Deserialize)]
struct FoundTicket {
    id: u64,
}

impl Desk for Freshdesk {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        Box::pin(async move { seen(self.read(line, id).await) })
    }

    fn text<'a>(&'a self, line: Line<'a>, file: &'a Attachment) -> Asked<'a, Result<String, Gap>> {
        Box::pin(file_text(line, file))
    }

    /// Freshdesk searches fields alone, so that only the field of the identifier can be asked.
    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let question = format!("which tickets name {txid}");
        Box::pin(async move {
            let Some(field) = &self.names.txid else {
                let why = "Freshdesk searches fields only, and desk.fields.txid is not configured";
                return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, why));
            };
            let digits = txid.digits();
            let query = format!("\"{field}:'{digits}' OR {field}:'0x{digits}'\"");
            let path = format!("/api/v2/search/tickets?query={}", segment(&query));
            let ids = |found: Found| found.results.into_iter().map(|ticket| ticket.id.to_string()).collect();
            searched(self, line, &path, txid, ids).await
        })
    }

    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>> {
        let value = |name, value: &str| Part { name, file: None, bytes: value.as_bytes().to_vec() };
        let mut parts = vec![value("body", &note.html()), value("private", "true"), value("incoming", "false")];
        parts.extend(note.files.iter().map(|file| Part {
            name: "attachments[]",
            file: Some((file.name.clone(), file.mime.clone())),
            bytes: file.bytes.clone(),
        }));
        let path = format!("/api/v2/tickets/{}/notes", segment(id));
        Box::pin(async move {
            let writing = Writing { method: "POST", path, content: Content::Form(parts), headers: &[] };
            line.net.write(line.service, &writing).await.map(drop)
        })
    }
}

impl Freshdesk {
    async fn read(&self, line: Line<'_>, id: &str) -> Result<Seen<Ticket>, Gap> {
        let question = format!("ticket {id}");
        let path = format!("/api/v2/tickets/{}", segment(id));
        let (reply, talk) = join(line.get(&path, &question), conversations(line, id)).await;
        let reply = reply?;
        // Freshdesk's own "no such ticket" has no body; a page of somebody else's has one.
        if reply.status == 404 && reply.body.trim().is_empty() {
            return Ok(Seen::No(reply.provenance()));
        }
        let (wire, provenance) = match record::<WireTicket>(line, &path, &question).await? {
            Present::Yes(wire, provenance) => (wire, provenance),
            Present::No(provenance) => return Ok(Seen::No(provenance)),
        };
        if wire.id.to_string() != id {
            return Err(mismatch(line, &question));
        }
        let (talk, unread) = talk?;
        let (fields, account) = self.names.read(|name| wire.custom_fields.get(name).and_then(worded));
        let (body, format) = words(wire.description_text, wire.description);
        let mut ticket = Ticket {
            id: id.to_owned(),
            subject: wire.subject.unwrap_or_default(),
            body,
            format,
            status: wire.status.map(|code| named(STATUSES, code)),
            priority: wire.priority.map(|code| named(PRIORITIES, code)),
            channel: wire.source.map(|code| named(CHANNELS, code)),
            account,
            created_at: wire.created_at,
            updated_at: wire.updated_at,
            fields: Some(fields),
            attachments: wire.attachments.into_iter().map(|file| attachment(line, file)).collect(),
            unread: unread.into_iter().collect(),
            ..Ticket::default()
        };
        for wire in talk {
            let key = wire.body.as_deref().and_then(|html| keys_in(html).pop());
            let (body, format) = words(wire.body_text, wire.body);
            let comment = Comment {
                id: Some(wire.id.to_string()),
                author: author(wire.incoming),
                body,
                format,
                public: wire.private.map(|private| !private),
                created_at: wire.created_at,
                key,
            };
            let files = wire.attachments.into_iter().map(|file| attachment(line, file)).collect();
            ticket.attachments.extend(files_of(&comment, files));
            ticket.comments.push(comment);
        }
        Ok(Seen::Yes(ticket, provenance))
    }
}

/// Every conversation of a ticket, the oldest first; and a gap where there are more than are read.
async fn conversations(line: Line<'_>, id: &str) -> Result<(Vec<WireConversation>, Option<Gap>), Gap> {
    let question = format!("the conversations of ticket {id}");
    let mut all = Vec::new();
    for page in 1..=PAGES {
        let path = format!("/api/v2/tickets/{}/conversations?per_page={PAGE}&page={page}", segment(id));
        let found: Vec<WireConversation> = part(line, &path, &question).await?;
        let last = found.len() < PAGE;
        all.extend(found);
        if last {
            return Ok((all, None));
        }
    }
    Ok((all, Some(too_long(line, &question))))
}

/// The text that Freshdesk makes of its HTML, or the HTML.
fn words(text: Option<String>, html: Option<String>) -> (String, Format) {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => (text, Format::Text),
        None => (html.unwrap_or_default(), Format::Html),
    }
}

fn attachment(line: Line<'_>, wire: WireFile) -> Attachment {
    Attachment {
        name: wire.name,
        mime: wire.content_type.unwrap_or_default(),
        size: wire.size,
        place: wire.attachment_url.as_deref().and_then(|url| below(line, url)),
        text: None,
    }
}

/// <https://developers.freshdesk.com/api/#ticket-properties>.
const STATUSES: &[(u32, &str)] = &[(2, "open"), (3, "pending"), (4, "resolved"), (5, "closed")];
const PRIORITIES: &[(u32, &str)] = &[(1, "low"), (2, "medium"), (3, "high"), (4, "urgent")];
const CHANNELS: &[(u32, &str)] =
    &[(1, "email"), (2, "portal"), (3, "phone"), (7, "chat"), (9, "feedback widget"), (10, "outbound email")];

/// The word of a code; accounts add codes of their own, which stay numbers.
fn named(words: &[(u32, &str)], code: u32) -> String {
    words.iter().find(|(known, _)| *known == code).map_or_else(|| code.to_string(), |(_, word)| (*word).to_owned())
}
