//! Zendesk Support, Ticketing API v2: <https://developer.zendesk.com/api-reference/ticketing/introduction/>.
//!
//! A note is a comment in an update of the ticket, `public: false`; its files are uploaded first. The update is a safe
//! one: where the ticket changed since it was read, Zendesk answers 409, so that two runs at once do not post twice.

use futures::future::join;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::note::{Note, keys_in};
use super::reading::{
    FieldNames, PAGES, Present, author, below, file_text, files_of, mismatch, part, record, searched, too_long, worded,
};
use super::{Desk, Notes, notes_of};
use crate::claim::{Attachment, Comment, Ticket};
use crate::net::{Arrival, Auth, Content, Failure, SecretRef, Unwritten, Writing, decode};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Gap, Seen, Txid};

/// A Zendesk account.
pub(super) struct Zendesk {
    /// The numbers of its custom fields.
    pub names: FieldNames,
}

/// An API token goes with the agent's address, an OAuth token alone.
pub(super) fn token(user: Option<&str>, token: SecretRef) -> Auth {
    match user {
        Some(user) => Auth::Basic(format!("{user}/token"), token),
        None => Auth::Bearer(token),
    }
}

/// `GET /api/v2/tickets/{id}`.
#[derive(Deserialize)]
struct Shown {
    ticket: WireTicket,
}

#[derive(Deserialize)]
struct WireTicket {
    id: u64,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    priority: Option<String>,
    #[serde(default)]
    requester_id: Option<i64>,
    #[serde(default)]
    custom_fields: Vec<WireField>,
    #[serde(default)]
    via: Option<WireVia>,
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    updated_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WireField {
    id: u64,
    value: Value,
}

#[derive(Deserialize)]
struct WireVia {
    #[serde(default)]
    channel: Option<Value>,
}

/// `GET /api/v2/tickets/{id}/comments`, with cursors and the users who wrote them.
#[derive(Deserialize)]
struct Page {
    comments: Vec<WireComment>,
    #[serde(default)]
    users: Vec<WireUser>,
    #[serde(default)]
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    has_more: bool,
    #[serde(default)]
    after_cursor: Option<String>,
}

#[derive(Deserialize)]
struct WireComment {
    id: u64,
    #[serde(default)]
    author_id: Option<i64>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    html_body: Option<String>,
    #[serde(default)]
    plain_body: Option<String>,
    #[serde(default)]
    public: Option<bool>,
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    attachments: Vec<WireFile>,
}

#[derive(Deserialize)]
struct WireUser {
    id: i64,
    #[serde(default)]
    role: Option<String>,
}

#[derive(Deserialize)]
struct WireFile {
    file_name: String,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    size: Option<u64>,
    #[serde(default)]
    content_url: Option<String>,
}

/// `GET /api/v2/search.json`.
#[derive(Deserialize)]
struct Found {
    results: Vec<FoundTicket>,
}

#[derive(Deserialize)]
struct FoundTicket {
    id: u64,
}

/// `POST /api/v2/uploads`.
#[derive(Deserialize)]
struct Uploaded {
    upload: Upload,
}

#[derive(Deserialize)]
struct Upload {
    token: String,
}

impl Desk for Zendesk {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        Box::pin(async move { seen(self.read(line, id).await) })
    }

    fn text<'a>(&'a self, line: Line<'a>, file: &'a Attachment) -> Asked<'a, Result<String, Gap>> {
        Box::pin(file_text(line, file))
    }

    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let path = format!("/api/v2/search.json?query={}", segment(&format!("type:ticket \"{}\"", txid.digits())));
        let ids = |found: Found| found.results.into_iter().map(|ticket| ticket.id.to_string()).collect();
        Box::pin(async move { searched(self, line, &path, txid, ids).await })
    }

    /// The ticket's own time is asked before its comments: what is posted in between makes the update a conflict.
    fn notes<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Result<Notes, Gap>> {
        Box::pin(async move {
            line.get(&ticket_path(id), &format!("ticket {id}")).await?;
            notes_of(self.ticket(line, id).await, line, id, |ticket| ticket.updated_at.map(|time| time.to_string()))
        })
    }

    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>> {
        Box::pin(async move {
            let mut uploads = Vec::new();
            for file in &note.files {
                let content = Content::Bytes(file.mime.clone(), file.bytes.clone());
                let path = format!("/api/v2/uploads.json?filename={}", segment(&file.name));
                let writing = Writing { method: "POST", path, content, headers: &[] };
                // A file that nothing refers to is forgotten within the hour.
                let sent = line
                    .net
                    .write(line.service, &writing)
                    .await
                    .map_err(|failed| Unwritten { arrival: Arrival::Never, ..failed })?;
                let uploaded: Uploaded = decode(&sent.body).map_err(Unwritten::before)?;
                uploads.push(uploaded.upload.token);
            }
            let stamp = note.stamp.as_ref().ok_or_else(|| {
                Unwritten::before(Failure::Malformed("the ticket does not say when it last changed".into()))
            })?;
            let comment = json!({ "html_body": note.html(), "public": false, "uploads": uploads });
            let body = json!({ "ticket": { "comment": comment, "safe_update": true, "updated_stamp": stamp } });
            let path = format!("/api/v2/tickets/{}.json", segment(id));
            let writing = Writing { method: "PUT", path, content: Content::Json(body), headers: &[] };
            line.net.write(line.service, &writing).await.map(drop)
        })
    }

    fn knows_repeats(&self) -> bool {
        true
    }
}

impl Zendesk {
    async fn read(&self, line: Line<'_>, id: &str) -> Result<Seen<Ticket>, Gap> {
        let question = format!("ticket {id}");
        let path = ticket_path(id);
        let (shown, comments) = join(record::<Shown>(line, &path, &question), comments(line, id)).await;
        let (wire, provenance) = match shown? {
            Present::Yes(Shown { ticket }, provenance) => (ticket, provenance),
            Present::No(provenance) => return Ok(Seen::No(provenance)),
        };
        if wire.id.to_string() != id {
            return Err(mismatch(line, &question));
        }
        let (comments, unread) = comments?;
        let requester = wire.requester_id;
        let value = |name: &str| wire.custom_fields.iter().find(|f| f.id.to_string() == name).map(|f| &f.value);
        let (fields, account) = self.names.read(|name| value(name).and_then(worded));
        let mut ticket = Ticket {
            id: id.to_owned(),
            subject: wire.subject.unwrap_or_default(),
            body: wire.description.unwrap_or_default(),
            status: wire.status,
            priority: wire.priority,
            channel: wire.via.and_then(|via| via.channel).as_ref().and_then(worded),
            account,
            created_at: wire.created_at,
            updated_at: wire.updated_at,
            fields: Some(fields),
            unread: unread.into_iter().collect(),
            ..Ticket::default()
        };
        let Page { comments, users, .. } = comments;
        for wire in comments {
            let role = users.iter().find(|user| Some(user.id) == wire.author_id).and_then(|user| user.role.as_deref());
            let asks = wire.author_id.is_some() && wire.author_id == requester;
            let (comment, files) = told(line, wire, asks || role == Some("end-user"));
            ticket.attachments.extend(files_of(&comment, files));
            // Zendesk tells the description as the first comment, too.
            if !ticket.comments.is_empty() || comment.body.trim() != ticket.body.trim() {
                ticket.comments.push(comment);
            }
        }
        Ok(Seen::Yes(ticket, provenance))
    }
}

fn ticket_path(id: &str) -> String {
    format!("/api/v2/tickets/{}.json", segment(id))
}

/// The comments of a ticket, the oldest first, with those who wrote them; and a gap where there are more.
async fn comments(line: Line<'_>, id: &str) -> Result<(Page, Option<Gap>), Gap> {
    let question = format!("the comments of ticket {id}");
    let first = format!("/api/v2/tickets/{}/comments.json?include=users&page%5Bsize%5D=100", segment(id));
    let mut path = first.clone();
    let mut all = Page { comments: Vec::new(), users: Vec::new(), meta: None };
    for _ in 0..PAGES {
        let page: Page = part(line, &path, &question).await?;
        all.comments.extend(page.comments);
        all.users.extend(page.users);
        match page.meta.filter(|meta| meta.has_more).and_then(|meta| meta.after_cursor) {
            Some(cursor) => path = format!("{first}&page%5Bafter%5D={}", segment(&cursor)),
            None => return Ok((all, None)),
        }
    }
    Ok((all, Some(too_long(line, &question))))
}

fn told(line: Line<'_>, wire: WireComment, is_customer: bool) -> (Comment, Vec<Attachment>) {
    let file = |wire: WireFile| Attachment {
        name: wire.file_name,
        mime: wire.content_type.unwrap_or_default(),
        size: wire.size,
        place: wire.content_url.as_deref().and_then(|url| below(line, url)),
        text: None,
    };
    let html = wire.html_body.unwrap_or_default();
    let comment = Comment {
        id: Some(wire.id.to_string()),
        author: author(is_customer),
        key: keys_in(&html).pop(),
        body: wire.plain_body.or(wire.body).unwrap_or_default(),
        public: wire.public,
        created_at: wire.created_at,
        ..Comment::default()
    };
    (comment, wire.attachments.into_iter().map(file).collect())
}
