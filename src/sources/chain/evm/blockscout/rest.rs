//! Blockscout's own interface, REST version 2: <https://docs.blockscout.com/devs/apis/rest>. What it does not have is
//! 404 with a message; lists go on by `next_page_params`.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::net::Reply;
use crate::sources::Line;
use crate::sources::contract::segment;
use crate::terms::{Gap, GapWhy, Provenance, Txid};

/// Pages followed for one list, of 50 items each; a list that goes on is a gap, not a short list.
const PAGES: usize = 10;

/// `GET /transactions/:hash`, as far as it is used. The block's number was `block` before version 7; between, it was both.
#[derive(Deserialize)]
pub(super) struct Record {
    pub hash: String,
    /// `pending`, `awaiting_internal_transactions`, `success`, `dropped/replaced`, or why it failed.
    #[serde(default)]
    pub result: Option<String>,
    /// `ok`, `error` or null.
    #[serde(default)]
    pub status: Option<String>,
    block_number: Option<u64>,
    block: Option<u64>,
    pub nonce: Option<u64>,
    pub from: Account,
    /// Whether its block is being read anew, so that what is known of it may be incomplete.
    #[serde(default)]
    pub is_pending_update: Option<bool>,
}

/// An account, as far as it is used.
#[derive(Deserialize)]
pub(super) struct Account {
    pub hash: String,
}

/// An item of `GET /transactions/:hash/internal-transactions`. The outermost call has index 0. The transaction's hash was
/// `tx_hash` before version 7.
#[derive(Deserialize)]
pub(super) struct Internal {
    pub index: u64,
    transaction_hash: Option<String>,
    tx_hash: Option<String>,
    #[serde(rename = "type")]
    pub kind: String,
    pub from: Option<Account>,
    pub to: Option<Account>,
    pub created_contract: Option<Account>,
    pub value: String,
    pub success: bool,
}

impl Record {
    /// The height of its block, if it is in one.
    pub(super) fn height(&self) -> Option<u64> {
        self.block_number.or(self.block)
    }
}

impl Internal {
    /// The transaction that it is inside of.
    pub(super) fn hash(&self) -> Option<&str> {
        self.transaction_hash.as_deref().or(self.tx_hash.as_deref())
    }

    /// Whether it is a call inside that transaction.
    pub(super) fn is_of(&self, txid: &Txid) -> bool {
        self.hash().is_some_and(|hash| txid.is_written(hash))
    }
}

/// An element of `GET /main-page/blocks`.
#[derive(Deserialize)]
pub(super) struct Block {
    pub height: u64,
    pub timestamp: Timestamp,
}

/// `GET /main-page/indexing-status`, as far as it is used.
#[derive(Deserialize)]
pub(super) struct Indexing {
    pub finished_indexing_blocks: bool,
    /// Whether it has read the calls inside transactions, too.
    #[serde(rename = "finished_indexing")]
    pub is_whole: Option<bool>,
    /// The share of transactions whose calls it has read; null where it reads none.
    pub indexed_internal_transactions_ratio: Option<Value>,
}

/// One page of a list.
#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub items: Vec<T>,
    /// What leads to the next page; nothing after the last one.
    pub next_page_params: Option<Map<String, Value>>,
}

/// `{"message": …}` of a 404, by which the API itself is told from whoever stands before it.
#[derive(Deserialize)]
struct Message {
    #[serde(rename = "message")]
    _message: String,
}

/// The record of a transaction; nothing where it has none.
pub(super) async fn record(line: Line<'_>, txid: &Txid, question: &str) -> Result<(Option<Record>, Reply), Gap> {
    let (record, reply) = get::<Record>(line, &format!("/transactions/{txid}"), question).await?;
    if let Some(other) = record.as_ref().map(|record| &record.hash).filter(|hash| !txid.is_written(hash)) {
        return Err(line.gap(question, GapWhy::Mismatch, format!("the record is about {other}")));
    }
    Ok((record, reply))
}

/// What a path answers; nothing for the API's own 404.
pub(super) async fn get<T: DeserializeOwned>(
    line: Line<'_>,
    path: &str,
    question: &str,
) -> Result<(Option<T>, Reply), Gap> {
    let reply = line.get(&format!("/api/v2{path}"), question).await?;
    match reply.status {
        200 => Ok((Some(reply.json().map_err(|failure| line.failed(&failure, question))?), reply)),
        404 if reply.json::<Message>().is_ok() => Ok((None, reply)),
        404 => Err(line.malformed(question, "404 without a message: this is not the explorer's own answer")),
        other => Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}

/// What a path answers that every instance has.
pub(super) async fn whole<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<(T, Reply), Gap> {
    match get(line, path, question).await? {
        (Some(value), reply) => Ok((value, reply)),
        (None, _) => Err(line.gap(question, GapWhy::NotOffered, format!("{path} is not offered"))),
    }
}

/// A whole list.
pub(super) async fn list<T: DeserializeOwned>(
    line: Line<'_>,
    path: &str,
    question: &str,
) -> Result<(Vec<T>, Provenance), Gap> {
    let mut items = Vec::new();
    let mut said: Option<Provenance> = None;
    let mut next = path.to_owned();
    for _ in 0..PAGES {
        let (page, reply) = page::<T>(line, &next, question).await?;
        items.extend(page.items);
        let here = reply.provenance();
        let so_far = said.map_or_else(|| here.clone(), |before| before.and(&here));
        let Some(params) = page.next_page_params else { return Ok((items, so_far)) };
        said = Some(so_far);
        next = format!("{path}?{}", query(&params));
    }
    Err(line.gap(question, GapWhy::TooLarge, format!("the list goes on after {PAGES} pages")))
}

/// The first page of a list.
pub(super) async fn first_page<T: DeserializeOwned>(
    line: Line<'_>,
    path: &str,
    question: &str,
) -> Result<(Vec<T>, Reply), Gap> {
    page::<T>(line, path, question).await.map(|(page, reply)| (page.items, reply))
}

/// A page of a list.
pub(super) async fn page<T: DeserializeOwned>(
    line: Line<'_>,
    path: &str,
    question: &str,
) -> Result<(Page<T>, Reply), Gap> {
    whole::<Page<T>>(line, path, question).await
}

/// The object that leads to the next page, sent back as it came.
pub(super) fn query(params: &Map<String, Value>) -> String {
    let pair = |(name, value): (&String, &Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{}={}", segment(name), segment(&text))
    };
    params.iter().map(pair).collect::<Vec<_>>().join("&")
}
