//! The desk contract over HTTP: `GET /v1/tickets/{id}`.

use super::Desk;
use crate::claim::Ticket;
use crate::sources::contract::{one, segment};
use crate::sources::{Asked, Line};
use crate::terms::Seen;

/// Any desk that speaks the contract.
pub(super) struct Http;

impl Desk for Http {
    fn ticket<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Ticket>> {
        let path = format!("/v1/tickets/{}", segment(id));
        Box::pin(async move { one(line, &path, &format!("ticket {id}"), |ticket: &Ticket| ticket.id == id).await })
    }
}
