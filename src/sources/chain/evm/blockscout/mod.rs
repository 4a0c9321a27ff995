//! Blockscout: what its index says, by REST (`rest`), and the transaction as it is signed, by the JSON-RPC that every
//! instance offers: <https://docs.blockscout.com/devs/apis/rpc/eth-rpc>. Transaction and receipt come from its index
//! there, blocks and calls from the node behind it; so the head is asked of the index.

mod received;
mod rest;

use std::str::FromStr as _;
use std::sync::Arc;

use ethers::types::H160;
use serde_json::{Value, json};

use super::effects::Receipt;
use super::listed::{Listed, inside};
use super::peer::{Called, Dialect, Named, Peer, ask};
use super::sighting::{Asking, sighting};
use super::{received as lists, trace};
use crate::evidence::{Head, Inside, Payments, Search, Sighting, Spends};
use crate::net::Call;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, ChainIdentity, Family, Gap, GapWhy, Network, Seen, Txid};
use rest::{Account, Block, Indexing, Internal, Record};

/// An instance of Blockscout.
pub(in crate::sources::chain) struct Blockscout;

/// Where an instance speaks JSON-RPC.
const RPC: &str = "/api/eth-rpc";
/// The interface to all hosted instances, by chain id, and where it speaks JSON-RPC:
/// <https://docs.blockscout.com/devs/pro-api-routes>.
const HOSTED: (&str, &str) = ("https://api.blockscout.com/", "/json-rpc");
/// Its word for a transaction that was in the mempool and is gone.
const GONE: &str = "dropped/replaced";
/// Its word for one whose inner calls it has not read yet.
const UNREAD: &str = "awaiting_internal_transactions";
/// Its words for a call, and for a block's name, that it does not pass on; other nodes have a code for that.
const NOT_PASSED_ON: [&str; 2] = ["action not found", "invalid block number"];
/// JSON-RPC's code for a method that there is not.
const NO_METHOD: i64 = -32601;

impl Dialect for Blockscout {
    fn call<'a>(&'a self, line: Line<'a>, method: &'static str, params: Value, question: &'a str) -> Asked<'a, Called> {
        Box::pin(async move {
            let call = Call::new(method, params).at(rpc(line.address()));
            let (mut result, reply) = line.call(call, question).await?;
            if let Err(error) = &mut result {
                let words = error.message.to_ascii_lowercase();
                if NOT_PASSED_ON.iter().any(|part| words.contains(part)) {
                    error.code = NO_METHOD;
                }
            }
            Ok((result, reply))
        })
    }

    /// An index that has not read every block may lack any transaction.
    fn reach<'a>(&'a self, peer: Peer<'a>) -> Asked<'a, (Seen<Head>, Seen<()>)> {
        Box::pin(async move {
            let question = "the newest block of the network";
            let blocks = rest::whole::<Vec<Block>>(*peer, "/main-page/blocks", question);
            let status =
                rest::whole::<Indexing>(*peer, "/main-page/indexing-status", "whether it has read every block");
            let (blocks, status) = futures::future::join(blocks, status).await;
            let indexed = status.map(|(status, reply)| (status.finished_indexing_blocks, reply.provenance()));
            let head = seen(blocks.and_then(|(blocks, reply)| {
                let newest = blocks.into_iter().max_by_key(|block| block.height);
                let newest = newest.ok_or_else(|| peer.malformed(question, "the list of blocks is empty"))?;
                let syncing = matches!(indexed, Ok((false, _)));
                let head = Head { height: newest.height, time: Some(newest.timestamp), syncing };
                Ok(Seen::Yes(head, reply.provenance()))
            }));
            let keeps_history = match indexed {
                Ok((true, said)) => Seen::Yes((), said),
                Ok((false, said)) => Seen::No(said),
                Err(gap) => Seen::Unknown(gap),
            };
            (head, keeps_history)
        })
    }

    fn sight<'a>(&'a self, peer: Peer<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move {
            let question = format!("transaction {txid}");
            let tx = ask(peer, "eth_getTransactionByHash", json!([txid.as_str()]), &question);
            let record = rest::record(*peer, txid, &question);
            let (record, tx, receipt) = futures::join!(record, tx, receipt(peer, txid, &question));
            seen(record.and_then(|(record, reply)| {
                let said = reply.provenance();
                if record.as_ref().is_some_and(Record::is_gone) {
                    return Ok(Seen::No(said));
                }
                let shown = sighting(*peer, network, txid, tx, receipt)?;
                agreeing(peer, record.as_ref(), shown, &question).map(|shown| match shown {
                    Seen::Yes(sighting, shown) => Seen::Yes(sighting, shown.and(&said)),
                    Seen::No(shown) => Seen::No(shown.and(&said)),
                    unknown @ Seen::Unknown(_) => unknown,
                })
            }))
        })
    }

    /// An empty list proves nothing: the index reads inner calls later than the rest, or not at all.
    fn internals<'a>(
        &'a self,
        peer: Peer<'a>,
        network: &'a Network,
        txid: &'a Txid,
        called: Option<&'a Address>,
    ) -> Asked<'a, Inside> {
        Box::pin(async move {
            let question = trace::question(txid);
            let record = rest::record(*peer, txid, &question);
            let path = format!("/transactions/{txid}/internal-transactions");
            let items = rest::list::<Internal>(*peer, &path, &question);
            let codeless = trace::codeless(peer, called, &question);
            let (codeless, record, items) = futures::join!(codeless, record, items);
            if let Some(said) = codeless {
                return Inside::nothing(&said);
            }
            let read = record.and_then(|(record, reply)| {
                let (items, said) = items?;
                if record.is_none_or(|record| record.is_unread()) || items.is_empty() {
                    let detail = "the explorer may not have read the calls inside it";
                    return Err(peer.gap(&question, GapWhy::NotOffered, detail));
                }
                let calls = calls(peer, txid, items, &question)?;
                inside(peer, network, &calls, &said.and(&reply.provenance()), &question)
            });
            read.unwrap_or_else(|gap| Inside::unknown(&gap))
        })
    }

    fn named<'a>(&'a self, peer: Peer<'a>, account: &'a Address, nonce: u64, question: &'a str) -> Asked<'a, Named> {
        Box::pin(async move {
            let path = format!("/addresses/{}/transactions?filter=from", account.as_str());
            let (records, reply) = rest::first_page::<Record>(*peer, &path, question).await?;
            let own = |record: &&Record| {
                let sender = record.from.hash.eq_ignore_ascii_case(account.as_str());
                sender && record.nonce == Some(nonce) && record.height().is_some()
            };
            let found = records.iter().find(own).and_then(|record| Txid::parse(Family::Evm, &record.hash));
            let lacking = || peer.gap(question, GapWhy::NotOffered, "it is not among the newest of the account");
            Ok((Some(found.ok_or_else(lacking)?), reply))
        })
    }

    fn payments<'a>(&'a self, peer: Peer<'a>, network: &'a Network, search: &'a Search) -> Asked<'a, Seen<Payments>> {
        Box::pin(lists::payments(peer, network, search, &received::Lists))
    }

    /// The index keeps what was dropped or replaced.
    fn memory<'a>(&'a self, peer: Peer<'a>, txid: &'a Txid) -> Asked<'a, (Seen<()>, Option<Spends>)> {
        Box::pin(async move {
            let question = "whether the source once knew it";
            match rest::record(*peer, txid, question).await {
                Ok((Some(record), reply)) if record.is_gone() => (Seen::Yes((), reply.provenance()), record.spends()),
                Ok((_, reply)) => (Seen::No(reply.provenance()), None),
                Err(gap) => (Seen::Unknown(gap), None),
            }
        })
    }
}

/// Where the instance of an address speaks JSON-RPC.
fn rpc(address: &str) -> &'static str {
    if address.starts_with(HOSTED.0) { HOSTED.1 } else { RPC }
}

impl Record {
    /// Whether it was in the mempool, and is neither there nor in a block.
    fn is_gone(&self) -> bool {
        self.height().is_none() && self.result.as_deref() == Some(GONE)
    }

    /// Whether the calls inside it are still to be read.
    fn is_unread(&self) -> bool {
        self.result.as_deref() == Some(UNREAD)
    }

    fn spends(&self) -> Option<Spends> {
        // Addresses of the family have one shape, whatever the chain.
        let account = Address::parse(&ChainIdentity::Evm(1), &self.from.hash).ok()?.address;
        Some(Spends::Nonce { account, nonce: self.nonce? })
    }
}

/// The receipt. The index makes one of a transaction that waits as well, with null for its block.
async fn receipt(peer: Peer<'_>, txid: &Txid, question: &str) -> Asking<Arc<Receipt>> {
    let (told, reply) = ask::<Value>(peer, "eth_getTransactionReceipt", json!([txid.as_str()]), question).await?;
    if told.is_null() || told.get("blockHash").is_some_and(Value::is_null) {
        return Ok((None, reply));
    }
    let receipt = serde_json::from_value(told).map_err(|error| peer.malformed(question, error.to_string()))?;
    Ok((Some(Arc::new(receipt)), reply))
}

/// The sighting, where the index's record of the transaction says the same.
fn agreeing(
    peer: Peer<'_>,
    record: Option<&Record>,
    shown: Seen<Sighting>,
    question: &str,
) -> Result<Seen<Sighting>, Gap> {
    let differs = || peer.malformed(question, "the explorer contradicts itself about it");
    let (sighting, said) = match (shown, record) {
        (Seen::Yes(sighting, said), Some(record)) => {
            let height = sighting.block.yes().and_then(|block| block.height);
            let failed = record.status.as_deref().map(|status| status != "ok");
            let ran = sighting.executed.yes().is_some() && failed == Some(true);
            let did_not = sighting.executed.is_no() && failed == Some(false);
            if height != record.height() || ran || did_not {
                return Err(differs());
            }
            (sighting, said)
        }
        (Seen::No(said), None) => return Ok(Seen::No(said)),
        (Seen::Unknown(gap), _) => return Err(gap),
        _ => return Err(differs()),
    };
    if record.is_some_and(|record| record.is_pending_update == Some(true)) {
        let gap = peer.gap("what it moved", GapWhy::Behind, "the explorer reads its block anew");
        return Ok(Seen::Yes(Sighting { transfers: Seen::Unknown(gap), ..sighting }, said));
    }
    Ok(Seen::Yes(sighting, said))
}

/// The inner calls of the list; the outermost one is the transaction itself.
fn calls(peer: Peer<'_>, txid: &Txid, items: Vec<Internal>, question: &str) -> Result<Vec<Listed>, Gap> {
    if items.iter().any(|item| !item.is_of(txid)) {
        return Err(peer.gap(question, GapWhy::Mismatch, "a call belongs to another transaction"));
    }
    let account = |account: &Option<Account>| account.as_ref().and_then(|account| H160::from_str(&account.hash).ok());
    let read = |item: Internal| {
        Some(Listed {
            from: account(&item.from)?,
            to: account(&item.to).or_else(|| account(&item.created_contract)),
            kind: item.kind,
            value: item.value,
            failed: !item.success,
        })
    };
    let inner = items.into_iter().filter(|item| item.index > 0);
    let calls: Option<Vec<Listed>> = inner.map(read).collect();
    calls.ok_or_else(|| peer.malformed(question, "a call has no sender"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosted_instances_speak_json_rpc_elsewhere() {
        assert_eq!(rpc("https://eth.blockscout.com"), "/api/eth-rpc");
        assert_eq!(rpc("https://api.blockscout.com/1?apikey={key}"), "/json-rpc");
        assert_eq!(rpc("https://explorer.example/api.blockscout.com/"), "/api/eth-rpc");
    }
}
