//! The desk contract over HTTP: `GET /v1/tickets/{id}`, the optional search `GET /v1/tickets?query=`, and
//! `POST /v1/tickets/{id}/notes`, which answers 200 instead of 201 where a note of the same key is there.

use serde_json::json;

use super::Desk;
use super::note::Note;
use crate::claim::Ticket;
use crate::net::{Content, Unwritten, Writing};
use crate::sources::contract::{found, one, segment};
use crate::sources::{Asked, Line};
use crate::terms::{Seen, Txid};

/// Any desk that speaks the contract.
pub(super) struct Http;

impl Desk for Http {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        let path = format!("/v1/tickets/{}", segment(id));
        Box::pin(async move { one(line, &path, &format!("ticket {id}"), |ticket: &Ticket| ticket.id == id).await })
    }

    fn naming<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Ticket>>> {
        let path = format!("/v1/tickets?query={}", txid.digits());
        let question = format!("which tickets name {txid}");
        // A search may find what is merely alike.
        Box::pin(async move {
            found(line, &path, &question).await.test(|tickets: Vec<Ticket>| {
                let naming: Vec<Ticket> = tickets.into_iter().filter(|ticket| ticket.names(txid)).collect();
                (!naming.is_empty()).then_some(naming)
            })
        })
    }

    fn post<'a>(&'a self, line: Line<'a>, id: &'a str, note: &'a Note) -> Asked<'a, Result<(), Unwritten>> {
        let attachments: Vec<_> = note.files.iter().map(|file| file.json(["name", "type", "base64"])).collect();
        let body = json!({
            "body": note.marked_down(), "format": "markdown", "public": false, "key": note.key,
            "attachments": attachments,
        });
        let path = format!("/v1/tickets/{}/notes", segment(id));
        Box::pin(async move {
            let writing = Writing { method: "POST", path, content: Content::Json(body), headers: &[] };
            line.net.write(line.service, &writing).await.map(drop)
        })
    }

    fn knows_repeats(&self) -> bool {
        true
    }
}
