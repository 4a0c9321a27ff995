//! Etherscan's API, version 2: <https://docs.etherscan.io>. One address serves every chain by `chainid`, which belongs
//! to the configured address, as the key does. Transactions come as a node prints them, so that they prove themselves.

mod proxy;
mod received;

use std::str::FromStr as _;

use ethers::types::{H160, U256};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::listed::{Listed, inside};
use super::peer::{Called, Dialect, Named, Peer, ask};
use super::{received as lists, trace};
use crate::evidence::{Inside, Payments, Search};
use crate::net::Reply;
use crate::sources::{Asked, Line};
use crate::terms::{Address, Family, Gap, GapWhy, Network, Seen, Txid};

/// Etherscan and the explorers that one API serves with it.
pub(in crate::sources::chain) struct Etherscan;

/// Multicall3, which has this address on every chain: <https://www.multicall3.com>.
const MULTICALL: &str = "0xcA11bde05977b3631167028862bE2a173976CA11";
/// Selector of its `getChainId()`.
const GET_CHAIN_ID: &str = "0x3408e470";
/// Rows of one transaction that the API lists at most; a list of so many may have been cut.
const MOST_ROWS: usize = 10_000;
/// An account's newest transactions among which one is looked for by its nonce.
const NEWEST: usize = 100;

/// A row of `account.txlistinternal`. Every field is a string; `to` is empty where a contract is made.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Internal {
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    contract_address: String,
    value: String,
    #[serde(rename = "type")]
    kind: String,
    is_error: String,
}

/// A row of `account.txlist`, as far as it is used.
#[derive(Deserialize)]
struct Sent {
    hash: String,
    from: String,
    nonce: String,
}

impl Dialect for Etherscan {
    fn call<'a>(&'a self, line: Line<'a>, method: &'static str, params: Value, question: &'a str) -> Asked<'a, Called> {
        Box::pin(async move { proxy::call(line, method, &params, question).await })
    }

    /// `eth_chainId` is not passed on, and `chainid` is only what was asked for: a contract that is the same everywhere
    /// tells on which chain it runs.
    fn chain_id<'a>(&'a self, peer: Peer<'a>, question: &'a str) -> Asked<'a, Result<(u64, Reply), Gap>> {
        Box::pin(async move {
            let params = json!([{ "to": MULTICALL, "data": GET_CHAIN_ID }, "latest"]);
            let (word, reply) = ask::<String>(peer, "eth_call", params, question).await?;
            let word = word.strip_prefix("0x").filter(|word| word.len() == 64);
            let id = word.and_then(|word| u64::try_from(U256::from_str_radix(word, 16).ok()?).ok());
            let id = id.ok_or_else(|| peer.gap(question, GapWhy::NotOffered, "no contract tells it there"))?;
            Ok((id, reply))
        })
    }

    /// Only calls that carry coin are listed; that there are none is an answer.
    fn internals<'a>(
        &'a self,
        peer: Peer<'a>,
        network: &'a Network,
        txid: &'a Txid,
        called: Option<&'a Address>,
    ) -> Asked<'a, Inside> {
        Box::pin(async move {
            let question = trace::question(txid);
            let path = format!("?module=account&action=txlistinternal&txhash={txid}");
            let listed = rows::<Internal>(peer, &path, MOST_ROWS, &question);
            let (codeless, listed) = futures::future::join(trace::codeless(peer, called, &question), listed).await;
            if let Some(said) = codeless {
                return Inside::nothing(&said);
            }
            let read = listed.and_then(|(rows, reply)| {
                let calls: Option<Vec<Listed>> = rows.into_iter().map(Internal::read).collect();
                let calls = calls.ok_or_else(|| peer.malformed(&question, "a call has no sender"))?;
                inside(peer, network, &calls, &reply.provenance(), &question)
            });
            read.unwrap_or_else(|gap| Inside::unknown(&gap))
        })
    }

    fn named<'a>(&'a self, peer: Peer<'a>, account: &'a Address, nonce: u64, question: &'a str) -> Asked<'a, Named> {
        Box::pin(async move {
            let page = format!("&page=1&offset={NEWEST}&sort=desc");
            let path = format!("?module=account&action=txlist&address={}{page}", account.as_str());
            let (rows, reply) = rows::<Sent>(peer, &path, usize::MAX, question).await?;
            let own = |row: &&Sent| row.from.eq_ignore_ascii_case(account.as_str()) && row.nonce == nonce.to_string();
            let found = rows.iter().find(own).and_then(|row| Txid::parse(Family::Evm, &row.hash));
            let lacking = || peer.gap(question, GapWhy::NotOffered, "it is not among the newest of the account");
            Ok((Some(found.ok_or_else(lacking)?), reply))
        })
    }

    fn payments<'a>(&'a self, peer: Peer<'a>, network: &'a Network, search: &'a Search) -> Asked<'a, Seen<Payments>> {
        Box::pin(lists::payments(peer, network, search, &received::Lists))
    }
}

impl Internal {
    fn read(self) -> Option<Listed> {
        let account = |text: &str| H160::from_str(text).ok();
        Some(Listed {
            from: account(&self.from)?,
            to: account(&self.to).or_else(|| account(&self.contract_address)),
            kind: self.kind,
            value: self.value,
            failed: self.is_error != "0",
        })
    }
}

/// Rows of a known shape, fewer than `most`.
async fn rows<T: DeserializeOwned>(
    peer: Peer<'_>,
    path: &str,
    most: usize,
    question: &str,
) -> Result<(Vec<T>, Reply), Gap> {
    let (rows, reply) = proxy::rows(*peer, path, question).await?;
    if rows.len() >= most {
        return Err(peer.gap(question, GapWhy::TooLarge, format!("a list of {most} rows may have been cut")));
    }
    let read: Result<Vec<T>, _> = rows.into_iter().map(serde_json::from_value).collect();
    Ok((read.map_err(|error| peer.malformed(question, error.to_string()))?, reply))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selector_is_the_hash_of_its_function() {
        let hash = ethers::types::H256(ethers::utils::keccak256("getChainId()"));
        assert_eq!(GET_CHAIN_ID, &format!("{hash:#x}")[..10]);
    }
}
