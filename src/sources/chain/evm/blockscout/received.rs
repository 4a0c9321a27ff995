//! What an account received, by Blockscout's lists of an address: `GET /addresses/:hash/transactions`,
//! `/internal-transactions` and `/token-transfers`, each with `filter=to`:
//! <https://docs.blockscout.com/devs/apis/rest>.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::rest::{self, Account, Indexing, Internal, Record};
use crate::evidence::Search;
use crate::sources::Asked;
use crate::sources::chain::evm::listed::is_moving;
use crate::sources::chain::evm::peer::Peer;
use crate::sources::chain::evm::received::{Index, List, Page, Row};
use crate::terms::{Gap, GapWhy, Network, Provenance};

/// The lists of an instance.
pub(super) struct Lists;

/// The kind of token whose amounts are coins.
const FUNGIBLE: &str = "ERC-20";

/// An item of the transactions. What waits in the mempool is among them, and what is gone from it.
#[derive(Deserialize)]
struct Paid {
    #[serde(flatten)]
    record: Record,
    timestamp: Option<Timestamp>,
    to: Option<Account>,
    created_contract: Option<Account>,
    value: String,
}

/// An item of the calls inside transactions.
#[derive(Deserialize)]
struct Called {
    #[serde(flatten)]
    call: Internal,
    timestamp: Option<Timestamp>,
    block_number: Option<u64>,
    block: Option<u64>,
}

/// An item of the transfers of tokens. Hashes had other names before version 7, and the index of the log was a text.
#[derive(Deserialize)]
struct Moved {
    transaction_hash: Option<String>,
    tx_hash: Option<String>,
    from: Account,
    to: Account,
    token: Token,
    total: Option<Total>,
    log_index: Option<Value>,
    block_number: Option<u64>,
    timestamp: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Token {
    address_hash: Option<String>,
    address: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// What is not a coin has the number of a thing instead of a value.
#[derive(Deserialize)]
struct Total {
    value: Option<String>,
}

/// An item as a row.
trait Item: DeserializeOwned + Send {
    /// Whether it is of the kind that is listed at all.
    fn is_listed(&self) -> bool {
        true
    }

    /// Whether the index does not know what came of it.
    fn is_open(&self) -> bool {
        false
    }

    /// The row; nothing where it does not tell what every row has.
    fn read(self) -> Option<Row>;
}

impl Index for Lists {
    fn goes_both_ways(&self) -> bool {
        false
    }

    fn page<'a>(
        &'a self,
        peer: Peer<'a>,
        _: &'a Network,
        search: &'a Search,
        list: List,
        at: Option<String>,
        question: &'a str,
    ) -> Asked<'a, Result<Page, Gap>> {
        Box::pin(async move {
            let path = |list: &str| format!("/addresses/{}/{list}?filter=to", search.address);
            match list {
                List::Coin => page::<Paid>(peer, &path("transactions"), at, question).await,
                List::Tokens => {
                    page::<Moved>(peer, &format!("{}&type={FUNGIBLE}", path("token-transfers")), at, question).await
                }
                List::Inside => {
                    let path = path("internal-transactions");
                    let (told, whole) =
                        futures::future::join(page::<Called>(peer, &path, at, question), reads_calls(peer, question))
                            .await;
                    let (page, (whole, said)) = (told?, whole?);
                    let lacks =
                        || peer.gap(question, GapWhy::Behind, "it has not read the calls inside every transaction");
                    Ok(Page { said: page.said.and(&said), lacks: (!whole).then(lacks), ..page })
                }
            }
        })
    }
}

/// Whether the index has read the calls inside all transactions, as it says itself. An instance that reads none tells
/// no share of them.
async fn reads_calls(peer: Peer<'_>, question: &str) -> Result<(bool, Provenance), Gap> {
    let (status, reply) = rest::whole::<Indexing>(*peer, "/main-page/indexing-status", question).await?;
    let whole = status.is_whole == Some(true) && status.indexed_internal_transactions_ratio.is_some();
    Ok((whole, reply.provenance()))
}

/// A page, after the one that led to it where there was one.
async fn page<T: Item>(peer: Peer<'_>, path: &str, at: Option<String>, question: &str) -> Result<Page, Gap> {
    let next = at.map(|at| format!("&{at}")).unwrap_or_default();
    let (page, reply) = rest::page::<T>(*peer, &format!("{path}{next}"), question).await?;
    let is_open = page.items.iter().any(Item::is_open);
    let lacks = || peer.gap(question, GapWhy::LacksHistory, "it does not know of every transaction whether it ran");
    let read: Option<Vec<Row>> = page.items.into_iter().filter(Item::is_listed).map(Item::read).collect();
    let rows = read.ok_or_else(|| peer.malformed(question, "an item lacks its transaction, block or receiver"))?;
    let next = page.next_page_params.map(|mut params| {
        // They may repeat what the path says.
        params.retain(|name, _| !["filter", "type"].contains(&name.as_str()));
        rest::query(&params)
    });
    Ok(Page { rows, next, said: reply.provenance(), lacks: is_open.then(lacks) })
}

impl Item for Paid {
    fn is_open(&self) -> bool {
        self.record.status.is_none() && self.record.height().is_some()
    }

    fn read(self) -> Option<Row> {
        let height = self.record.height();
        let waits = height.is_none() && self.record.status.is_none() && !self.record.is_gone();
        let ran = height.is_some() && self.record.status.as_deref() == Some("ok");
        // What is in a block has its time.
        let time = height.map(|_| self.timestamp);
        Some(Row {
            height,
            time: if let Some(time) = time { Some(time?) } else { None },
            from: self.record.from.hash,
            to: self.to.or(self.created_contract)?.hash,
            contract: None,
            units: self.value,
            log_index: None,
            has_moved: waits || ran,
            hash: self.record.hash,
        })
    }
}

impl Item for Called {
    fn read(self) -> Option<Row> {
        Some(Row {
            hash: self.call.hash()?.to_owned(),
            height: self.block_number.or(self.block),
            time: Some(self.timestamp?),
            from: self.call.from?.hash,
            to: self.call.to.or(self.call.created_contract)?.hash,
            contract: None,
            units: self.call.value,
            log_index: None,
            // The outermost call is the transaction itself.
            has_moved: self.call.success && self.call.index > 0 && is_moving(&self.call.kind),
        })
    }
}

impl Item for Moved {
    fn is_listed(&self) -> bool {
        self.token.kind.as_deref().is_none_or(|kind| kind == FUNGIBLE)
    }

    fn read(self) -> Option<Row> {
        let number = |index: Value| index.as_u64().or_else(|| index.as_str()?.parse().ok());
        Some(Row {
            hash: self.transaction_hash.or(self.tx_hash)?,
            height: self.block_number,
            time: Some(self.timestamp?),
            from: self.from.hash,
            to: self.to.hash,
            contract: Some(self.token.address_hash.or(self.token.address)?),
            units: self.total.and_then(|total| total.value).unwrap_or_default(),
            log_index: self.log_index.and_then(number),
            has_moved: true,
        })
    }
}
