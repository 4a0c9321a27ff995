//! What an account received, by Etherscan's lists of the module `account`:
//! <https://docs.etherscan.io/api-reference/endpoint/txlist>. They hold what it sent as well.

use jiff::Timestamp;
use serde::Deserialize;

use super::rows;
use crate::evidence::Search;
use crate::sources::Asked;
use crate::sources::chain::evm::listed::is_moving;
use crate::sources::chain::evm::peer::Peer;
use crate::sources::chain::evm::received::{Index, List, Page, Row};
use crate::terms::{Address, Gap, GapWhy, Network};

/// Rows of a page. The API gives no more than 10,000 rows, on however many pages.
const PAGE: usize = 500;

/// The lists of a chain.
pub(super) struct Lists;

/// A row of `txlist`, `txlistinternal` or `tokentx`. Every field is a string; `contractAddress` is the contract that was
/// made, whose making leaves `to` empty, or the token's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    block_number: String,
    time_stamp: String,
    hash: String,
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    contract_address: String,
    value: String,
    /// Of calls alone.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Of transactions and calls alone: tokens are listed where they moved.
    is_error: Option<String>,
    log_index: Option<String>,
}

impl Index for Lists {
    fn goes_both_ways(&self) -> bool {
        true
    }

    fn page<'a>(
        &'a self,
        peer: Peer<'a>,
        network: &'a Network,
        search: &'a Search,
        list: List,
        at: Option<String>,
        question: &'a str,
    ) -> Asked<'a, Result<Page, Gap>> {
        Box::pin(async move {
            let number: usize = at.and_then(|at| at.parse().ok()).unwrap_or(1);
            let contracts = search.contracts(network).filter(|_| list == List::Tokens).unwrap_or_default();
            let only = if let [only] = contracts.as_slice() { Some(*only) } else { None };
            let path = path(search, list, only, number);
            let (listed, reply) = rows::<Listed>(peer, &path, PAGE + 1, question).await?;
            let other =
                |row: &Listed| only.is_some_and(|only| !row.contract_address.eq_ignore_ascii_case(only.as_str()));
            if listed.iter().any(other) {
                return Err(peer.gap(
                    question,
                    GapWhy::Mismatch,
                    "the list holds another token than the one asked for",
                ));
            }
            let next = (listed.len() == PAGE).then(|| (number + 1).to_string());
            let read: Option<Vec<Row>> = listed.into_iter().map(|row| row.read(list)).collect();
            let rows = read.ok_or_else(|| peer.malformed(question, "a row lacks its block or its outcome"))?;
            Ok(Page { rows, next, said: reply.provenance(), lacks: None })
        })
    }
}

fn path(search: &Search, list: List, only: Option<&Address>, number: usize) -> String {
    let action = match list {
        List::Coin => "txlist",
        List::Inside => "txlistinternal",
        List::Tokens => "tokentx",
    };
    let of = only.map(|contract| format!("&contractaddress={contract}")).unwrap_or_default();
    let page = format!("&page={number}&offset={PAGE}&sort=desc");
    format!("?module=account&action={action}&address={}{of}{page}", search.address)
}

impl Listed {
    /// The row; nothing where its block, or whether it failed, is not told.
    fn read(self, list: List) -> Option<Row> {
        let has_moved = match list {
            List::Coin => self.is_error? == "0",
            List::Inside => self.is_error? == "0" && is_moving(&self.kind?),
            List::Tokens => true,
        };
        let (to, contract) = match list {
            List::Tokens => (self.to, Some(self.contract_address)),
            _ if self.to.is_empty() => (self.contract_address, None),
            _ => (self.to, None),
        };
        let seconds: i64 = self.time_stamp.parse().ok()?;
        Some(Row {
            hash: self.hash,
            height: Some(self.block_number.parse().ok()?),
            time: Some(Timestamp::from_second(seconds).ok()?),
            from: self.from,
            to,
            contract,
            units: self.value,
            log_index: self.log_index.and_then(|index| index.parse().ok()),
            has_moved,
        })
    }
}
