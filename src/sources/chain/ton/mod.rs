//! The Open Network, as an indexer tells it: TON Index, which Toncenter runs, <https://toncenter.com/api/v3/>. A payment
//! is a chain of messages, each account's part a transaction of its own; what the sender's wallet did says little.
//! The identifier that people have may be any of these transactions' or of their messages.

mod body;
mod cell;
mod lookup;
mod movements;
mod trace;
mod wire;

use super::{Health, Protocol};
use crate::evidence::{Alias, BlockId, BlockRef, Head, Inside, Outlook, Particulars, Placement, Sighting, Spends};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Amount, Finality, Gap, GapWhy, Network, Provenance, Seen, Txid};
use lookup::{Found, Told, found, lapsed, message, names, tell, waiting};
use trace::Trace;
use wire::{Blocks, JettonMasters, MasterchainInfo, ask};

/// Toncenter's index, and others of the same kind.
pub(super) struct Toncenter;

/// The masterchain's shard, which is all of it.
const MASTERCHAIN: &str = "8000000000000000";
/// An index that begins with one of the first blocks has everything.
const FIRST: u64 = 100;

impl Protocol for Toncenter {
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health> {
        Box::pin(async move {
            let question = "which chain the source follows";
            let unknown = |gap: Gap| Health {
                right_chain: Seen::Unknown(gap.clone()),
                head: Seen::Unknown(gap.clone()),
                keeps_history: Seen::Unknown(gap),
            };
            let (info, said) = match info(line, question).await {
                Ok(told) => told,
                Err(gap) => return unknown(gap),
            };
            let tell = |so: bool| if so { Seen::Yes((), said.clone()) } else { Seen::No(said.clone()) };
            let head = Head { height: info.last.seqno, time: info.last.time(), syncing: false };
            Health {
                right_chain: tell(info.last.global_id.to_string() == network.identity.expected()),
                head: Seen::Yes(head, said.clone()),
                keeps_history: tell(info.first.seqno <= FIRST),
            }
        })
    }

    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>> {
        Box::pin(async move { seen(sight(line, network, txid).await) })
    }

    fn symbol<'a>(&'a self, line: Line<'a>, contract: &'a Address) -> Asked<'a, Seen<String>> {
        Box::pin(async move { seen(symbol(line, contract).await) })
    }

    fn internals<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        _: Option<&'a Address>,
    ) -> Asked<'a, Inside> {
        Box::pin(async move {
            // The same answers as at first: every message of a trace is on its surface, but those that failed count.
            match found(line, network, txid).await {
                Ok(Found::Here(told)) => Inside {
                    moved: Seen::Yes(Vec::new(), told.said.clone()),
                    failed: match told.moved {
                        Ok(moved) => Seen::Yes(moved.failed, told.said),
                        Err(gap) => Seen::Unknown(gap),
                    },
                },
                Ok(_) => Inside::unknown(&line.gap("what failed inside it", GapWhy::Mismatch, "it is not known now")),
                Err(gap) => Inside::unknown(&gap),
            }
        })
    }

    fn place<'a>(&'a self, line: Line<'a>, _: &'a Network, block: &'a BlockId, _: Finality) -> Asked<'a, Placement> {
        Box::pin(async move {
            let header = Seen::Unknown(line.gap("the header of its block", GapWhy::NotOffered, "it is not shown"));
            Placement { canonical: seen(canonical(line, block).await), header, finality_mark: None }
        })
    }

    fn alias<'a>(&'a self, line: Line<'a>, hash: &'a Txid, _: &'a [Address]) -> Asked<'a, Seen<Alias>> {
        Box::pin(async move { seen(message(line, hash).await.map(|found| found.map(Alias::Message))) })
    }

    fn forerunners<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Txid>>> {
        Box::pin(async move { seen(names(line, txid).await) })
    }

    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a Network,
        txid: &'a Txid,
        _: Option<&'a Spends>,
    ) -> Asked<'a, Outlook> {
        Box::pin(async move {
            let gap = line.gap("what lies ahead of it", GapWhy::NotOffered, "the indexer does not tell");
            let lapsed = lapsed(line, txid).await;
            Outlook { lapsed, ..Outlook::unknown(&gap) }
        })
    }
}

/// The masterchain's first block in the index, and the newest.
async fn info(line: Line<'_>, question: &str) -> Result<(MasterchainInfo, Provenance), Gap> {
    let (info, reply) = ask::<MasterchainInfo>(line, "/masterchainInfo", question).await?;
    let info = info.ok_or_else(|| line.malformed(question, "it has no masterchain"))?;
    Ok((info, reply.provenance()))
}

async fn sight(line: Line<'_>, network: &Network, txid: &Txid) -> Result<Seen<Sighting>, Gap> {
    let denied = match found(line, network, txid).await? {
        Found::Here(told) => return Ok(sighting(line, network, told)),
        Found::Nothing(said) => said,
    };
    // A message's hash is no transaction's; what it is, is told when somebody asks.
    if let Seen::Yes(_, said) = message(line, txid).await? {
        return Ok(Seen::No(denied.and(&said)));
    }
    let question = format!("transaction {txid}");
    match waiting(line, txid).await? {
        Some((told, said)) => {
            let trace = Trace::read(line, &told, &question)?;
            let told = tell(line, network, trace, 0, said).await;
            Ok(sighting(line, network, told))
        }
        None => Ok(Seen::No(denied)),
    }
}

/// The name of a block of the masterchain, as explorers print it.
fn block_name(seqno: u64) -> String {
    format!("(-1,{MASTERCHAIN},{seqno})")
}

fn sighting(line: Line<'_>, network: &Network, told: Told) -> Seen<Sighting> {
    let Told { trace, meant, moved, said } = told;
    let last = moved.as_ref().ok().map(|moved| moved.last).or_else(|| meant.first().copied()).unwrap_or(0);
    let last = &trace.transactions[last];
    // Of a trace some may have been taken in and others not.
    let height = last.height.filter(|_| meant.iter().all(|at| trace.transactions[*at].height.is_some()));
    let block = match height {
        Some(height) => {
            let block = BlockId { hash: block_name(height), height: Some(height), time: last.time };
            Seen::Yes(block, said.clone())
        }
        None => Seen::No(said.clone()),
    };
    let fees: u128 = meant.iter().map(|at| trace.transactions[*at].fees).fold(0, u128::saturating_add);
    let fee = Amount::from_units(&fees.to_string(), network.native_decimals()).ok();
    let mut particulars = Particulars::default();
    let (executed, failure, transfers) = match moved {
        Err(gap) => (Seen::Unknown(gap.clone()), None, Seen::Unknown(gap)),
        Ok(moved) => {
            particulars.sealed_memo = moved.sealed;
            let failed = moved.made.is_empty() && moved.reason.is_some();
            let executed = match (height, failed) {
                (None, _) => Seen::Unknown(line.gap("whether it ran", GapWhy::NotAsked, "it is in no block")),
                (Some(_), true) => Seen::No(said.clone()),
                (Some(_), false) => Seen::Yes((), said.clone()),
            };
            (executed, moved.reason.filter(|_| failed), Seen::Yes(moved.made, said.clone()))
        }
    };
    let senders = Vec::new();
    let sighting =
        Sighting { block, executed, failure, transfers, fee, fee_rate: None, spends: None, senders, particulars };
    Seen::Yes(sighting, said)
}

/// The masterchain never takes a block back; the index has it, or is asked something else.
async fn canonical(line: Line<'_>, block: &BlockId) -> Result<Seen<BlockRef>, Gap> {
    let question = format!("whether block {} is in the masterchain", block.hash);
    let height = block.height.ok_or_else(|| line.malformed(&question, "the block has no height"))?;
    let path = format!("/blocks?workchain=-1&shard={MASTERCHAIN}&seqno={height}&limit=1");
    let (told, reply) = ask::<Blocks>(line, &path, &question).await?;
    let told = told.and_then(|told| told.blocks).unwrap_or_default();
    let found = told.first().ok_or_else(|| line.gap(&question, GapWhy::Behind, "the indexer does not have it"))?;
    if (found.workchain, found.seqno) != (-1, height) {
        let detail = format!("the answer is about block {} of workchain {}", found.seqno, found.workchain);
        return Err(line.gap(&question, GapWhy::Mismatch, detail));
    }
    let time = found.time().or(block.time);
    Ok(Seen::Yes(BlockRef { height, hash: block_name(height), time }, reply.provenance()))
}

/// What a jetton's own contract calls it. Where it says so on a page of its own, the indexer does not vouch for it.
async fn symbol(line: Line<'_>, contract: &Address) -> Result<Seen<String>, Gap> {
    let question = format!("what the token {contract} calls itself");
    let path = format!("/jetton/masters?address={contract}&limit=1");
    let (told, reply) = ask::<JettonMasters>(line, &path, &question).await?;
    let told = told.and_then(|told| told.jetton_masters).unwrap_or_default();
    let Some(master) = told.first() else {
        return Err(line.gap(&question, GapWhy::LacksHistory, "the indexer knows no such jetton"));
    };
    if !contract.is_written(&master.address) {
        return Err(line.gap(&question, GapWhy::Mismatch, format!("the answer is about {}", master.address)));
    }
    let content = master.jetton_content.as_ref();
    let symbol = content.and_then(|content| content.symbol.as_deref()).map(str::trim).filter(|text| !text.is_empty());
    match (symbol, content.and_then(|content| content.uri.as_ref())) {
        (Some(symbol), _) => Ok(Seen::Yes(symbol.chars().take(LONGEST_SYMBOL).collect(), reply.provenance())),
        (None, Some(_)) => Err(line.gap(&question, GapWhy::NotOffered, "it says so on a page of its own")),
        (None, None) => Ok(Seen::No(reply.provenance())),
    }
}

/// Longest ticker that is taken from a contract, as on other networks.
const LONGEST_SYMBOL: usize = 32;
