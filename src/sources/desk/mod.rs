//! Ticket desks: one file per connector behind one trait, and one line each in the list of kinds.

mod folder;
mod http;
mod redaction;

pub use redaction::redacted_answer;

use crate::claim::Ticket;
use crate::sources::{Asked, Line};
use crate::terms::{GapWhy, Seen, Txid};

/// A connector to a desk. A no means that the desk answered that there is no such ticket.
pub trait Desk: Send + Sync {
    /// The ticket of an id.
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>>;

    /// The tickets that name a transaction; no means none does. Many desks offer no search.
    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let question = format!("which tickets name {txid}");
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "this desk has no search")) })
    }
}

/// A kind of desk as the configuration names it.
pub struct Kind {
    /// The word in `kind = "…"`.
    pub name: &'static str,
    /// The connector.
    pub desk: &'static dyn Desk,
}

/// Every kind of desk.
pub const KINDS: &[Kind] = &[Kind { name: "http", desk: &http::Http }, Kind { name: "folder", desk: &folder::Folder }];

/// The kind of a name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
