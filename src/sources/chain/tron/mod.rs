//! Tron through java-tron's HTTP interface, which `TronGrid` and other gateways serve under the same paths:
//! <https://tronprotocol.github.io/documentation-en/api/http/>. What was moved is read from the bytes whose hash is the
//! identifier, and from logs; only the view of solid blocks is final.

mod block;
mod effects;
mod message;
mod outlook;
mod peer;
mod receipt;
mod sighting;
mod token;
mod transaction;

use super::{Health, Protocol};
use crate::evidence::{BlockId, BlockRef, Head, Inside, Outlook, Placement, Sighting, Spends};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Finality, GapWhy, Network, Seen, Txid};
use block::{Block, View};

/// A node of Tron, or a gateway to some.
pub(super) struct Tron;

/// The header in which `TronGrid` is shown a key: <https://developers.tron.network/reference-link/api-key>.
pub(super) const KEY_HEADER: &str = "TRON-PRO-API-KEY";

impl Protocol for Tron {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let (right_chain, head, keeps_history) = futures::join!(chain(line, network), head(line), history(line));
            Health { right_chain, head, keeps_history }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move { seen(sighting::sight(line, network, txid).await) })
    }

    fn symbol<'a>(&'a self, line: Line<'a>, contract: &'a Address) -> Asked<'a, Seen<String>> {
        Box::pin(async move { seen(token::symbol(line, contract).await) })
    }

    fn frozen<'a>(
        &'a self,
        line: Line<'a>,
        contract: &'a Address,
        accounts: &'a [Address],
    ) -> Asked<'a, Seen<Vec<Address>>> {
        Box::pin(token::frozen(line, contract, accounts))
    }

    fn internals<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        called: Option<&'a Address>,
    ) -> Asked<'a, Inside> {
        Box::pin(internals(line, network, txid, called))
    }

    fn place<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a Network,
        block: &'a BlockId,
        finality: Finality,
    ) -> Asked<'a, Placement> {
        Box::pin(async move {
            let mark = async {
                match finality {
                    Finality::Confirmations(_) => None,
                    Finality::Safe | Finality::Finalized => Some(solid(line).await),
                }
            };
            let (found, finality_mark) = futures::future::join(canonical(line, block), mark).await;
            let header = match &found {
                Seen::Yes((_, true), said) => Seen::Yes((), said.clone().proven()),
                _ => {
                    Seen::Unknown(line.gap("the header of its block", GapWhy::NotOffered, "its form is not known here"))
                }
            };
            Placement { canonical: found.map(|(block, _)| block), header, finality_mark }
        })
    }

    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a Network,
        txid: &'a Txid,
        _: Option<&'a Spends>,
    ) -> Asked<'a, Outlook> {
        Box::pin(outlook::outlook(line, txid))
    }
}

/// The chain is told by its block 0.
async fn chain(line: Line<'_>, network: &Network) -> Seen<()> {
    let question = "which chain the source follows";
    seen(block::at(line, View::Newest, 0, question).await.and_then(|(block, reply)| {
        let block = block.ok_or_else(|| line.malformed(question, "the node has no block 0"))?;
        let right = block.id == network.identity.expected();
        Ok(if right { Seen::Yes((), reply.provenance()) } else { Seen::No(reply.provenance()) })
    }))
}

async fn head(line: Line<'_>) -> Seen<Head> {
    let newest = block::newest(line, View::Newest, "the newest block of the network").await;
    seen(newest.map(|(block, reply)| {
        let head = Head { height: block.height(), time: block.time(), syncing: false };
        Seen::Yes(head, reply.provenance())
    }))
}

/// A node that was started from a snapshot has no block 1.
async fn history(line: Line<'_>) -> Seen<()> {
    let first = block::at(line, View::Newest, 1, "whether the source keeps old transactions").await;
    seen(first.map(|(block, reply)| match block {
        Some(_) => Seen::Yes((), reply.provenance()),
        None => Seen::No(reply.provenance()),
    }))
}

/// The height up to which nobody can take back a block.
async fn solid(line: Line<'_>) -> Seen<u64> {
    let newest = block::newest(line, View::Solid, "the newest solid block").await;
    seen(newest.map(|(block, reply)| Seen::Yes(block.height(), reply.provenance())))
}

/// Whether the block at that height is the one that was named, and whether its id is that of its header. The view of
/// solid blocks, once it has got so far, has the last word.
async fn canonical(line: Line<'_>, named: &BlockId) -> Seen<(BlockRef, bool)> {
    let question = format!("whether block {} is in the best chain", named.hash);
    let Some(height) = named.height else {
        return Seen::Unknown(line.malformed(&question, "the block has no height"));
    };
    let asked = (block::at(line, View::Newest, height, &question), block::at(line, View::Solid, height, &question));
    let (newest, solid) = futures::future::join(asked.0, asked.1).await;
    seen(newest.and_then(|(newest, reply)| {
        let (solid, solid_reply) = match solid {
            Ok((solid, reply)) => (solid, Some(reply)),
            Err(gap) if gap.why == GapWhy::NotOffered => (None, None),
            Err(gap) => return Err(gap),
        };
        let said = solid_reply.filter(|_| solid.is_some()).map_or_else(|| reply.provenance(), |s| s.provenance());
        let missing = || line.malformed(&question, "the node has no block at that height");
        let found: Block = solid.or(newest).ok_or_else(missing)?;
        if found.id != named.hash {
            return Ok(Seen::No(said));
        }
        let hashed = found.is_hashed();
        Ok(Seen::Yes((BlockRef { height, time: found.time(), hash: found.id }, hashed), said))
    }))
}

/// What contracts passed on, as far as the node keeps that. Where it shows no calls, it may keep none: then only a plain
/// transfer of a listed token is known to have passed on nothing, and what called no contract.
async fn internals(line: Line<'_>, network: &Network, txid: &Txid, called: Option<&Address>) -> Inside {
    let question = format!("whether contract calls inside {txid} moved coin");
    let (info, reply) = match sighting::receipt(line, View::Newest, txid).await {
        Ok((Some(info), reply)) => (info, reply),
        Ok((None, _)) => {
            return Inside::unknown(&line.gap(&question, GapWhy::LacksHistory, "the node has no receipt"));
        }
        Err(gap) => return Inside::unknown(&gap),
    };
    match &info.internal_transactions {
        Some(calls) => {
            let of = |rejected| Seen::Yes(effects::inside(network, calls, rejected), reply.provenance());
            Inside { moved: of(false), failed: of(true) }
        }
        None if called.is_none() => Inside::nothing(&reply.provenance()),
        None => {
            let listed = called.is_some_and(|called| network.token(called).is_some());
            // The same question as in the first look, so it is not asked twice.
            let tx = sighting::transaction(line, View::Newest, txid).await.ok().filter(|_| listed);
            if let Some((Some(tx), tx_reply)) = tx
                && let Ok(Some(contents)) = tx.contents(line, txid)
                && contents.action.is_transfer_of_token()
            {
                return Inside::nothing(&reply.provenance().and(&tx_reply.provenance()));
            }
            let detail = "the node tells of no calls, and not whether it keeps them";
            Inside::unknown(&line.gap(&question, GapWhy::NotOffered, detail))
        }
    }
}
