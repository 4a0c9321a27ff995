//! Zammad, API v1: <https://docs.zammad.org/en/latest/api/intro.html>.
//!
//! A ticket is called by its number, which is not the id under which the API keeps it. A note is an article of type
//! `note`, never `email`: an internal e-mail would be sent all the same.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Desk;
use super::note::Note;
use super::reading::{FieldNames, Present, file_text, files_of, mismatch, part, record, searched, worded};
use crate::claim::{Attachment, CUSTOMER, Comment, Format, Ticket};
use crate::net::{Auth, Content, Failure, SecretRef, Unwritten, Writing};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Gap, Provenance, Seen, Txid};

/// Tickets that a search may name.
const FOUND: usize = 20;

/// A Zammad installation.
pub(super) struct Zammad {
    /// The names of its object attributes.
    pub names: FieldNames,
}

/// <https://docs.zammad.org/en/latest/api/intro.html#authentication>.
pub(super) fn token(_: Option<&str>, token: SecretRef) -> Auth {
    Auth::Scheme("Token token=".into(), token)
}

/// An element of `GET /api/v1/tickets/search?expand=true`; attributes of its own stand beside the known ones.
#[derive(Deserialize)]
struct WireTicket {
    id: u64,
    number: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    priority: Option<String>,
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    updated_at: Option<Timestamp>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// An element of `GET /api/v1/ticket_articles/by_ticket/{id}`.
#[derive(Deserialize)]
struct WireArticle {
    id: u64,
    ticket_id: u64,
    #[serde(default)]
    sender: Option<String>,
    #[serde(default, rename = "type")]
    channel: Option<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    internal: Option<bool>,
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    attachments: Vec<WireFile>,
}

#[derive(Deserialize)]
struct WireFile {
    id: u64,
    filename: String,
    /// Bytes, as text.
    #[serde(default)]
    size: Option<Value>,
    #[serde(default)]
    preferences: Map<String, Value>,
}

impl Desk for Zammad {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        Box::pin(async move { seen(self.read(line, id).await) })
    }

    fn text<'a>(&'a self, line: Line<'a>, file: &'a Attachment) -> Asked<'a, Result<String, Gap>> {
        Box::pin(file_text(line, file))
    }

    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let path = search(&format!("\"{}\"", txid.digits()));
        let numbers = |found: Vec<WireTicket>| found.into_iter().map(|ticket| ticket.number).collect();
        Box::pin(async move { searched(self, line, &path, txid, numbers).await })
    }

    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>> {
        Box::pin(async move {
            let gone = |gap: Gap| Unwritten::before(Failure::Malformed(format!("{}: {}", gap.question, gap.detail)));
            let (found, _) = numbered(line, id).await.map_err(gone)?;
            let found = found.ok_or_else(|| Unwritten::before(Failure::Malformed("there is no such ticket".into())))?;
            let files: Vec<Value> =
                note.files.iter().map(|file| file.json(["filename", "mime-type", "data"])).collect();
            let body = json!({
                "ticket_id": found.id, "subject": "txsleuth", "body": note.html(), "content_type": "text/html",
                "type": "note", "sender": "Agent", "internal": true, "attachments": files,
            });
            let path = "/api/v1/ticket_articles".to_owned();
            let writing = Writing { method: "POST", path, content: Content::Json(body), headers: &[] };
            line.net.write(line.service, &writing).await.map(drop)
        })
    }
}

fn search(query: &str) -> String {
    format!("/api/v1/tickets/search?query={}&limit={FOUND}&expand=true", segment(query))
}

/// The ticket of a number: a search finds what is alike, too.
async fn numbered(line: Line<'_>, number: &str) -> Result<(Option<WireTicket>, Provenance), Gap> {
    let question = format!("ticket {number}");
    let path = search(&format!("number:\"{}\"", number.replace(['"', '\\'], "")));
    match record::<Vec<WireTicket>>(line, &path, &question).await? {
        Present::Yes(found, provenance) => Ok((found.into_iter().find(|ticket| ticket.number == number), provenance)),
        Present::No(_) => Err(line.malformed(&question, "the search is not offered")),
    }
}

impl Zammad {
    async fn read(&self, line: Line<'_>, id: &str) -> Result<Seen<Ticket>, Gap> {
        let question = format!("the articles of ticket {id}");
        let (wire, provenance) = match numbered(line, id).await? {
            (Some(wire), provenance) => (wire, provenance),
            (None, provenance) => return Ok(Seen::No(provenance)),
        };
        let path = format!("/api/v1/ticket_articles/by_ticket/{}", wire.id);
        let articles: Vec<WireArticle> = part(line, &path, &question).await?;
        if articles.iter().any(|article| article.ticket_id != wire.id) {
            return Err(mismatch(line, &question));
        }
        let (fields, account) = self.names.read(|name| wire.others.get(name).and_then(worded));
        let mut ticket = Ticket {
            id: id.to_owned(),
            subject: wire.title.unwrap_or_default(),
            status: wire.state,
            priority: wire.priority,
            account,
            created_at: wire.created_at,
            updated_at: wire.updated_at,
            fields: Some(fields),
            ..Ticket::default()
        };
        for (index, article) in articles.into_iter().enumerate() {
            let channel = article.channel.clone();
            let (comment, files) = told(article);
            ticket.attachments.extend(files_of(&comment, files));
            // The first article is the complaint, whoever typed it in.
            if index == 0 {
                (ticket.body, ticket.format, ticket.channel) = (comment.body, comment.format, channel);
            } else {
                ticket.comments.push(comment);
            }
        }
        Ok(Seen::Yes(ticket, provenance))
    }
}

fn told(wire: WireArticle) -> (Comment, Vec<Attachment>) {
    let (ticket, article) = (wire.ticket_id, wire.id);
    let file = |file: WireFile| Attachment {
        place: Some(format!("/api/v1/ticket_attachment/{ticket}/{article}/{}", file.id)),
        mime: ["Content-Type", "Mime-Type"]
            .iter()
            .find_map(|key| file.preferences.get(*key))
            .and_then(worded)
            .unwrap_or_default(),
        size: file.size.as_ref().and_then(worded).and_then(|size| size.parse().ok()),
        name: file.filename,
        text: None,
    };
    let is_html = wire.content_type.as_deref().is_some_and(|of| of.starts_with("text/html"));
    let comment = Comment {
        id: Some(wire.id.to_string()),
        author: match wire.sender.as_deref() {
            Some("Agent") => "agent".to_owned(),
            Some("System") => "system".to_owned(),
            // Where Zammad does not say, it may be the customer, and a customer's mark counts for nothing.
            _ => CUSTOMER.to_owned(),
        },
        body: wire.body.unwrap_or_default(),
        format: if is_html { Format::Html } else { Format::Text },
        public: wire.internal.map(|internal| !internal),
        created_at: wire.created_at,
        key: None,
    };
    (comment, wire.attachments.into_iter().map(file).collect())
}
