//! A folder of complaints: `<id>.json` in the desk contract's shape, or `<id>.eml`, `<id>.txt`, `<id>.md`.

use mail_parser::MessageParser;

use super::Desk;
use crate::claim::Ticket;
use crate::net::Reply;
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
}

async fn read(line: Line<'_>, id: &str) -> Result<Seen<Ticket>, Gap> {
    let question = format!("ticket {id}");
    let plain = !id.is_empty() && !id.starts_with('.') && !id.contains(['/', '\\', '\0']);
    if !plain {
        return Err(line.malformed(&question, "a ticket id is a file name without folders"));
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
    Ok(Ticket { id: id.to_owned(), body: reply.body.clone(), ..Ticket::default() })
}

fn from_email(id: &str, reply: &Reply) -> Result<Ticket, String> {
    let message = MessageParser::default().parse(reply.body.as_bytes()).ok_or("the file is not an e-mail")?;
    let sent = message.date().map(mail_parser::DateTime::to_timestamp);
    Ok(Ticket {
        id: id.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        body: message.body_text(0).unwrap_or_default().into_owned(),
        created_at: sent.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()),
        ..Ticket::default()
    })
}
