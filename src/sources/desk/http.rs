//! The desk contract over HTTP: `GET /v1/tickets/{id}`, and the optional search `GET /v1/tickets?query=`.

use super::Desk;
use crate::claim::Ticket;
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
}
