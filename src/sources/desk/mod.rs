//! Ticket desks: one file per connector behind one trait, and one line each in the list of kinds.
//!
//! Reading a ticket is in [`reading`], what a note is in [`note`], how it is posted once and not seen by the customer
//! in [`attach`].

pub mod attach;
mod folder;
mod freshdesk;
mod http;
mod jira;
pub mod note;
mod reading;
mod redaction;
mod rt;
mod zammad;
mod zendesk;

pub use reading::{FieldNames, ticket};
pub use redaction::redacted_answer;

use crate::claim::{Attachment, CUSTOMER, Comment, Ticket};
use crate::net::{Auth, SecretRef, Unwritten};
use crate::sources::{Asked, Line};
use crate::terms::{Gap, GapWhy, Seen, Txid};
use note::Note;

/// A connector to a desk. A no means that the desk answered that there is no such ticket.
pub trait Desk: Send + Sync {
    /// The ticket of an id, with its comments and the names of its attachments.
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>>;

    /// The words of an attached text.
    fn text<'a>(&'a self, line: Line<'a>, file: &'a Attachment) -> Asked<'a, Result<String, Gap>> {
        let question = format!("attachment {}", file.name);
        Box::pin(async move { Err(line.gap(&question, GapWhy::NotOffered, "this desk keeps its files elsewhere")) })
    }

    /// The tickets that name a transaction; no means none does. Many desks offer no search.
    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let question = format!("which tickets name {txid}");
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "this desk has no search")) })
    }

    /// The notes of a ticket: what staff and programs wrote. None of them is the customer's.
    fn notes<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Result<Notes, Gap>> {
        Box::pin(async move { notes_of(self.ticket(line, id).await, line, id, |_| None) })
    }

    /// Posts an internal note, once and without looking: [`attach`] looks.
    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>>;

    /// Whether the desk itself takes a note that is sent twice for one.
    fn knows_repeats(&self) -> bool {
        false
    }
}

/// What staff and programs wrote on a ticket, as it stood at one moment.
pub struct Notes {
    /// The notes, the oldest first.
    pub comments: Vec<Comment>,
    /// The desk's mark of that moment, where it can refuse a change to what has changed since.
    pub stamp: Option<String>,
}

/// The notes of a ticket that was read whole: a comment that was left out may be the very one that is looked for.
fn notes_of(
    ticket: Seen<Ticket>,
    line: Line<'_>,
    id: &str,
    stamp: impl Fn(&Ticket) -> Option<String>,
) -> Result<Notes, Gap> {
    let mut ticket = match ticket {
        Seen::Yes(ticket, _) => ticket,
        Seen::No(_) => return Err(line.gap(&format!("ticket {id}"), GapWhy::Mismatch, "there is no such ticket")),
        Seen::Unknown(gap) => return Err(gap),
    };
    if let Some(gap) = ticket.unread.pop() {
        return Err(gap);
    }
    let stamp = stamp(&ticket);
    ticket.comments.retain(|comment| comment.author != CUSTOMER);
    Ok(Notes { comments: ticket.comments, stamp })
}

/// A kind of desk as the configuration names it.
pub struct Kind {
    /// The word in `kind = "…"`.
    pub name: &'static str,
    /// Makes the connector.
    pub open: fn(FieldNames) -> Box<dyn Desk>,
    /// How a token is shown to it, beside a user's name where one is configured.
    pub token: fn(Option<&str>, SecretRef) -> Auth,
}

/// Every kind of desk.
pub const KINDS: &[Kind] = &[
    Kind { name: "http", open: |_| Box::new(http::Http), token: bearer },
    Kind { name: "zendesk", open: |names| Box::new(zendesk::Zendesk { names }), token: zendesk::token },
    Kind { name: "freshdesk", open: |names| Box::new(freshdesk::Freshdesk { names }), token: freshdesk::token },
    Kind { name: "zammad", open: |names| Box::new(zammad::Zammad { names }), token: zammad::token },
    Kind { name: "jira", open: |names| Box::new(jira::Jira { names }), token: jira::token },
    Kind { name: "rt", open: |names| Box::new(rt::Rt { names }), token: rt::token },
    Kind { name: "folder", open: |_| Box::new(folder::Folder), token: bearer },
];

fn bearer(_: Option<&str>, token: SecretRef) -> Auth {
    Auth::Bearer(token)
}

/// The kind of a name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
