//! Who is asked: chains, the ledger and the desk. A failure of the way becomes a gap here, once.

pub mod chain;
mod contract;
pub mod desk;
pub mod ledger;

use std::sync::Arc;

use futures::future::BoxFuture;
use serde_json::Value;

use crate::net::{Answered, Call, Failure, Group, Net, Reply, Whole};
use crate::terms::{Gap, GapWhy, Seen};

/// A connection to one service through the door.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The door.
    pub net: &'a Net,
    /// The service's name.
    pub service: &'a str,
}

/// What a source answers, in time.
pub type Asked<'a, T> = BoxFuture<'a, T>;

impl Line<'_> {
    /// The service's address as it is configured.
    fn address(&self) -> &str {
        self.net.services().find(|known| &*known.name == self.service).map_or("", |known| &*known.url)
    }

    /// Asks for a path. 404 comes back as a reply: only the source's decoder knows what it means.
    async fn get(&self, path: &str, question: &str) -> Result<Reply, Gap> {
        self.net.get(self.service, path).await.map_err(|failure| self.failed(&failure, question))
    }

    /// Asks for a path, together with what other cases ask about other things of the kind.
    async fn get_among(&self, path: &str, group: Group<'_>, thing: &str, question: &str) -> Result<Reply, Gap> {
        let asked = self.net.get_among(self.service, path, group, thing).await;
        asked.map_err(|failure| self.failed(&failure, question))
    }

    /// Puts a question in a body. Statuses that are answers come back as replies.
    async fn query(&self, path: &str, body: &Value, question: &str) -> Result<Reply, Gap> {
        self.net.query(self.service, path, body).await.map_err(|failure| self.failed(&failure, question))
    }

    /// Reads a file below the service's folder. A missing file comes back as a reply with status 404.
    async fn read(&self, file: &str, question: &str) -> Result<Reply, Gap> {
        self.net.read(self.service, file).await.map_err(|failure| self.failed(&failure, question))
    }

    /// Makes a JSON-RPC call; the inner error is the node's own.
    async fn call(&self, call: Call, question: &str) -> Result<(Answered, Reply), Gap> {
        self.net.call(self.service, call).await.map_err(|failure| self.failed(&failure, question))
    }

    /// Makes a JSON-RPC call together with those of other cases about other parts of the same whole.
    async fn call_among(&self, call: Call, whole: Whole<'_>, question: &str) -> Result<(Answered, Reply), Gap> {
        let asked = self.net.call_among(self.service, call, whole).await;
        asked.map_err(|failure| self.failed(&failure, question))
    }

    /// The gap that a failure leaves.
    fn failed(&self, failure: &Failure, question: &str) -> Gap {
        failure.gap(self.service, question)
    }

    /// A gap of this service.
    fn gap(&self, question: &str, why: GapWhy, detail: impl Into<Arc<str>>) -> Gap {
        Gap::new(self.service, question, why).with(detail)
    }

    /// The gap of an answer that does not read as one.
    fn malformed(&self, question: &str, detail: impl Into<Arc<str>>) -> Gap {
        self.gap(question, GapWhy::Malformed, detail)
    }
}

/// Turns a result whose error is a gap into something seen.
fn seen<T>(result: Result<Seen<T>, Gap>) -> Seen<T> {
    result.unwrap_or_else(Seen::Unknown)
}
