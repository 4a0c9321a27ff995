//! A folder of complaints: `<id>.json` in the desk contract's shape, or `<id>.eml`, `<id>.txt`, `<id>.md`. Notes gather
//! in `<id>.note.md`, and their files beside it.

use mail_parser::{MessageParser, MimeHeaders as _};

use super::note::{Note, keys_in};
use super::{Desk, Notes};
use crate::claim::{Attachment, Comment, Ticket};
use crate::net::{Content, Failure, Reply, Unwritten, Writing};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Gap, Provenance, Seen};

/// A directory on disk; its path is the service's address.
pub(super) struct Folder;

/// What each ending holds, in the order in which they are tried.
const FORMS: &[(&str, Parse)] = &[("json", from_json), ("eml", from_email), ("txt", from_text), ("md", from_text)];

/// Reads one form of ticket; an error says why it is none.
type Parse = fn(&str, &Reply) -> Result<Ticket, String>;

impl Desk for Folder {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        Box::pin(async move { seen(read(line, id).await) })
    }

    fn notes<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Result<Notes, Gap>> {
        Box::pin(async move {
            let question = format!("the notes of ticket {id}");
            let file = note_file(id).ok_or_else(|| line.malformed(&question, NO_FILE_NAME))?;
            let text = line.read(&file, &question).await?.body;
            let note = |key: String| Comment {
                id: Some(file.clone()),
                author: "agent".into(),
                public: Some(false),
                key: Some(key),
                ..Comment::default()
            };
            Ok(Notes { comments: keys_in(&text).into_iter().map(note).collect(), stamp: None })
        })
    }

    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>> {
        Box::pin(async move {
            let append = |path: String, mime: &str, bytes: Vec<u8>| Writing {
                method: "APPEND",
                path,
                content: Content::Bytes(mime.to_owned(), bytes),
                headers: &[],
            };
            let malformed = || Unwritten::before(Failure::Malformed(NO_FILE_NAME.into()));
            let path = note_file(id).ok_or_else(malformed)?;
            // The files first: the mark stands only in a note that is whole.
            for file in &note.files {
                let path = format!("{id}.note.{}.{}", note.key, file.name);
                line.net.write(line.service, &append(path, &file.mime, file.bytes.clone())).await?;
            }
            let text = format!("{}\n", note.marked_down());
            line.net.write(line.service, &append(path, "text/markdown", text.into_bytes())).await.map(drop)
        })
    }
}

/// Why an id has no files.
const NO_FILE_NAME: &str = "a ticket id is a file name without folders";

fn is_file_name(id: &str) -> bool {
    !id.is_empty() && !id.starts_with('.') && !id.contains(['/', '\\', '\0'])
}

fn note_file(id: &str) -> Option<String> {
    is_file_name(id).then(|| format!("{id}.note.md"))
}

async fn read(line: Line<'_>, id: &str) -> Result<Seen<Ticket>, Gap> {
    let question = format!("ticket {id}");
    if !is_file_name(id) {
        return Err(line.malformed(&question, NO_FILE_NAME));
    }
    let mut looked: Option<Provenance> = None;
    for (ending, parse) in FORMS {
        let reply = line.read(&format!("{id}.{ending}"), &question).await?;
        if reply.status == 200 {
            let ticket = parse(id, &reply).map_err(|why| line.malformed(&question, why))?;
            return Ok(Seen::Yes(ticket, reply.provenance()));
        }
        looked = Some(looked.map_or_else(|| reply.provenance(), |before| before.and(&reply.provenance())));
    }
    looked.map(Seen::No).ok_or_else(|| line.malformed(&question, "no form of ticket is known"))
}

fn from_json(_: &str, reply: &Reply) -> Result<Ticket, String> {
    reply.json().map_err(|failure| failure.to_string())
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all forms")]
fn from_text(id: &str, reply: &Reply) -> Result<Ticket, String> {
    Ok(Ticket { id: id.to_owned(), body: reply.body.to_string(), ..Ticket::default() })
}

fn from_email(id: &str, reply: &Reply) -> Result<Ticket, String> {
    let message = MessageParser::default().parse(reply.body.as_bytes()).ok_or("the file is not an e-mail")?;
    let sent = message.date().map(mail_parser::DateTime::to_timestamp);
    Ok(Ticket {
        id: id.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        // One part is enough for a mail; an HTML part comes as text.
        body: message.body_text(0).unwrap_or_default().into_owned(),
        channel: Some("email".into()),
        created_at: sent.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()),
        attachments: message.attachments().map(attachment).collect(),
        ..Ticket::default()
    })
}

fn attachment(part: &mail_parser::MessagePart<'_>) -> Attachment {
    let mime = part.content_type().map(|of| match of.subtype() {
        Some(subtype) => format!("{}/{subtype}", of.ctype()),
        None => of.ctype().to_owned(),
    });
    let mime = mime.unwrap_or_default().to_lowercase();
    let text = (mime == "text/plain" || mime == "text/csv" || mime == "application/json")
        .then(|| String::from_utf8_lossy(part.contents()).into_owned());
    let size = u64::try_from(part.contents().len()).ok();
    Attachment { name: part.attachment_name().unwrap_or_default().to_owned(), mime, text, size, place: None }
}
