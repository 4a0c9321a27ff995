//! Jira Service Management: the issue with all its fields from the platform's API,
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v2/>, comments and notes from the service desk's,
//! <https://developer.atlassian.com/cloud/jira/service-desk/rest/>, which says of each whether customers see it.
//!
//! A note goes with its files: they are uploaded for the while, then attached with a comment, `public: false` for all.

use futures::future::join;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Desk;
use super::note::Note;
use super::reading::{
    FieldNames, PAGES, Present, author, below, confirmed, file_text, mismatch, part, record, too_long, worded,
};
use crate::claim::{Attachment, Comment, Ticket};
use crate::net::{Arrival, Auth, Content, Failure, Part, SecretRef, Unwritten, Writing, decode};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Gap, GapWhy, Seen, Txid};

/// Comments of one page; Jira gives no more.
const PAGE: usize = 50;
/// A form from no page of Jira's own; and, on older versions, the consent to an interface that may change.
const HEADERS: &[(&str, &str)] = &[("X-Atlassian-Token", "no-check"), ("X-ExperimentalApi", "opt-in")];

/// A site of Jira, in the cloud or not.
pub(super) struct Jira {
    /// The ids of its custom fields, such as `customfield_10042`.
    pub names: FieldNames,
}

/// In the cloud an API token goes with the user's address; a personal access token goes alone.
pub(super) fn token(user: Option<&str>, token: SecretRef) -> Auth {
    match user {
        Some(user) => Auth::Basic(user.to_owned(), token),
        None => Auth::Bearer(token),
    }
}

/// `GET /rest/api/2/issue/{key}`.
#[derive(Deserialize)]
struct WireIssue {
    key: String,
    fields: WireFields,
}

#[derive(Deserialize)]
struct WireFields {
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    status: Option<Value>,
    #[serde(default)]
    priority: Option<Value>,
    #[serde(default)]
    reporter: Option<WireUser>,
    #[serde(default)]
    created: Option<String>,
    #[serde(default)]
    updated: Option<String>,
    #[serde(default)]
    attachment: Vec<WireFile>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// A user: by account in the cloud, by name elsewhere.
#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
struct WireUser {
    #[serde(default)]
    account_id: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

impl WireUser {
    fn is(&self, other: &Self) -> bool {
        let same = |mine: &Option<String>, theirs: &Option<String>| mine.is_some() && mine == theirs;
        same(&self.account_id, &other.account_id) || same(&self.name, &other.name)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireFile {
    filename: String,
    #[serde(default)]
    author: Option<WireUser>,
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    size: Option<u64>,
    #[serde(default)]
    content: Option<String>,
}

/// `GET /rest/servicedeskapi/request/{key}/comment`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    values: Vec<WireComment>,
    #[serde(default)]
    is_last_page: bool,
}

#[derive(Deserialize)]
struct WireComment {
    id: String,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    public: Option<bool>,
    #[serde(default)]
    author: Option<WireUser>,
    #[serde(default)]
    created: Option<WireTime>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireTime {
    #[serde(default)]
    epoch_millis: Option<i64>,
}

/// `GET /rest/servicedeskapi/request/{key}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRequest {
    service_desk_id: String,
}

/// `POST /rest/servicedeskapi/servicedesk/{id}/attachTemporaryFile`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Uploaded {
    temporary_attachments: Vec<Upload>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Upload {
    temporary_attachment_id: String,
}

/// `GET /rest/api/2/search/jql`, and where that is not offered `GET /rest/api/2/search`.
#[derive(Deserialize)]
struct Found {
    issues: Vec<FoundIssue>,
}

#[derive(Deserialize)]
struct FoundIssue {
    key: String,
}

impl Desk for Jira {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        Box::pin(async move { seen(self.read(line, id).await) })
    }

    fn text<'a>(&'a self, line: Line<'a>, file: &'a Attachment) -> Asked<'a, Result<String, Gap>> {
        Box::pin(file_text(line, file))
    }

    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let question = format!("which tickets name {txid}");
        let query = segment(&format!("text ~ \"\\\"{}\\\"\"", txid.digits()));
        Box::pin(async move {
            for search in ["search/jql", "search"] {
                let path = format!("/rest/api/2/{search}?jql={query}&fields=key&maxResults=20");
                match record::<Found>(line, &path, &question).await {
                    Ok(Present::Yes(found, provenance)) => {
                        let keys = found.issues.into_iter().map(|issue| issue.key).collect();
                        return confirmed(self, line, keys, txid, provenance).await;
                    }
                    Ok(Present::No(_)) => {}
                    Err(gap) => return Seen::Unknown(gap),
                }
            }
            Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "the search is not offered"))
        })
    }

    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>> {
        Box::pin(async move {
            let files = upload(line, id, note).await?;
            // Nothing in a block of this kind is markup.
            let text = note.plain().replace("{noformat}", "{ noformat }");
            let body = json!({
                "temporaryAttachmentIds": files, "public": false,
                "additionalComment": { "body": format!("{{noformat}}\n{text}{{noformat}}") },
            });
            let path = format!("/rest/servicedeskapi/request/{}/attachment", segment(id));
            let writing = Writing { method: "POST", path, content: Content::Json(body), headers: HEADERS };
            line.net.write(line.service, &writing).await.map(drop)
        })
    }
}

/// Uploads the files of a note for the while; what nothing refers to is forgotten.
async fn upload(line: Line<'_>, id: &str, note: &Note) -> Result<Vec<String>, Unwritten> {
    let gone = |gap: Gap| Unwritten::before(Failure::Malformed(format!("{}: {}", gap.question, gap.detail)));
    let path = format!("/rest/servicedeskapi/request/{}", segment(id));
    let request: WireRequest = part(line, &path, "the service desk of the request").await.map_err(gone)?;
    let path = format!("/rest/servicedeskapi/servicedesk/{}/attachTemporaryFile", segment(&request.service_desk_id));
    let parts = note.files.iter().map(|file| Part {
        name: "file",
        file: Some((file.name.clone(), file.mime.clone())),
        bytes: file.bytes.clone(),
    });
    let writing = Writing { method: "POST", path, content: Content::Form(parts.collect()), headers: HEADERS };
    let sent = line.net.write(line.service, &writing).await;
    let sent = sent.map_err(|failed| Unwritten { arrival: Arrival::Never, ..failed })?;
    let uploaded: Uploaded = decode(&sent.body).map_err(Unwritten::before)?;
    Ok(uploaded.temporary_attachments.into_iter().map(|file| file.temporary_attachment_id).collect())
}

impl Jira {
    async fn read(&self, line: Line<'_>, id: &str) -> Result<Seen<Ticket>, Gap> {
        let question = format!("ticket {id}");
        let path = format!("/rest/api/2/issue/{}", segment(id));
        let (issue, comments) = join(record::<WireIssue>(line, &path, &question), comments(line, id)).await;
        let (issue, provenance) = match issue? {
            Present::Yes(issue, provenance) => (issue, provenance),
            Present::No(provenance) => return Ok(Seen::No(provenance)),
        };
        if !issue.key.eq_ignore_ascii_case(id) {
            return Err(mismatch(line, &question));
        }
        let (comments, unread) = comments?;
        let wire = issue.fields;
        let (fields, account) = self.names.read(|name| wire.others.get(name).and_then(worded));
        let reporter = wire.reporter;
        let asks = |user: &Option<WireUser>| user.as_ref().zip(reporter.as_ref()).is_some_and(|(one, two)| one.is(two));
        let files = wire.attachment.into_iter().filter(|file| asks(&file.author));
        let attachments = files.map(|file| attachment(line, file)).collect();
        let comment = |wire: WireComment| Comment {
            id: Some(wire.id),
            author: author(asks(&wire.author)),
            body: wire.body.unwrap_or_default(),
            public: wire.public,
            created_at: wire.created.and_then(|time| Timestamp::from_millisecond(time.epoch_millis?).ok()),
            ..Comment::default()
        };
        let ticket = Ticket {
            id: id.to_owned(),
            subject: wire.summary.unwrap_or_default(),
            body: wire.description.unwrap_or_default(),
            status: wire.status.as_ref().and_then(worded),
            priority: wire.priority.as_ref().and_then(worded),
            account,
            created_at: wire.created.as_deref().and_then(time),
            updated_at: wire.updated.as_deref().and_then(time),
            fields: Some(fields),
            comments: comments.into_iter().map(comment).collect(),
            attachments,
            unread: unread.into_iter().collect(),
            ..Ticket::default()
        };
        Ok(Seen::Yes(ticket, provenance))
    }
}

/// A time as Jira writes it, such as `2026-01-31T09:00:00.000+0000`.
fn time(text: &str) -> Option<Timestamp> {
    Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text).ok().or_else(|| text.parse().ok())
}

/// Every comment of a request, internal ones too, the oldest first; and a gap where there are more than are read.
async fn comments(line: Line<'_>, id: &str) -> Result<(Vec<WireComment>, Option<Gap>), Gap> {
    let question = format!("the comments of ticket {id}");
    let mut all: Vec<WireComment> = Vec::new();
    for page in 0..PAGES {
        let path = format!(
            "/rest/servicedeskapi/request/{}/comment?public=true&internal=true&start={}&limit={PAGE}",
            segment(id),
            page * PAGE
        );
        let found: Page = part(line, &path, &question).await?;
        let last = found.is_last_page || found.values.is_empty();
        all.extend(found.values);
        if last {
            return Ok((all, None));
        }
    }
    Ok((all, Some(too_long(line, &question))))
}

fn attachment(line: Line<'_>, wire: WireFile) -> Attachment {
    let place = wire.content.as_deref().and_then(|url| below(line, url));
    // The cloud would send the reader on to another host.
    let place = place.map(|path| if path.starts_with("/rest/") { format!("{path}?redirect=false") } else { path });
    Attachment { name: wire.filename, mime: wire.mime_type.unwrap_or_default(), size: wire.size, place, text: None }
}
