//! Whether a block's header commits to a transaction and to its receipt. Both roots are rebuilt from everything that the
//! block holds: no node serves a path. What this proves is what the transaction did if the block is in the chain; of
//! that a proof of stake shows nothing to somebody who does not follow it.

use alloy_trie::root::ordered_trie_root_encoded;
use ethers::types::H256;
use serde::Deserialize;
use serde_json::{Value, json};

use super::effects::Receipt;
use super::header;
use super::peer::{Peer, ask};
use super::transaction::Tx;
use crate::evidence::{BlockId, Proof};
use crate::net::Reply;
use crate::sources::Line;
use crate::terms::{Gap, GapWhy, Provenance, Seen, Txid};

/// `eth_getBlockByNumber` with whole transactions, as far as it is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Block {
    hash: H256,
    transactions_root: H256,
    receipts_root: H256,
    transactions: Vec<Tx>,
}

const HELD: &str = "whether its block holds it";
const RECEIPT: &str = "whether its block holds its receipt";

/// The block with all that it holds, in one round.
pub(super) async fn prove(peer: Peer<'_>, txid: &Txid, named: &BlockId) -> Proof {
    let line = peer.line;
    let headers = Seen::Unknown(line.gap("what was built upon its block", GapWhy::NotOffered, "stake shows no work"));
    let Some(height) = named.height else {
        let unknown = |question| Seen::Unknown(line.malformed(question, "the block has no height"));
        return Proof { in_block: unknown(HELD), headers, receipt: unknown(RECEIPT) };
    };
    let at = format!("0x{height:x}");
    let block = ask::<Value>(peer, "eth_getBlockByNumber", json!([at, true]), HELD);
    let receipts = ask::<Option<Vec<Receipt>>>(peer, "eth_getBlockReceipts", json!([at]), RECEIPT);
    // The same question as in the first look: it is this very receipt that is to be proven.
    let own = ask::<Option<Receipt>>(peer, "eth_getTransactionReceipt", json!([txid.as_str()]), RECEIPT);
    let (block, receipts, own) = futures::future::join3(block, receipts, own).await;
    let held = block.and_then(|(block, reply)| held(peer, txid, named, (block, &reply)));
    let receipt = held.as_ref().map_err(Clone::clone).and_then(|(block, place, said)| {
        let (receipts, own) = (offered(line, receipts)?, own?);
        let own = own.0.zip(Some(own.1)).ok_or_else(|| line.malformed(RECEIPT, "the node has no receipt"))?;
        received(line, block.receipts_root, *place, receipts, own).map(|received| said.clone().and(&received))
    });
    let proven = |said: Provenance| Seen::Yes((), said.proven());
    Proof {
        in_block: held.map_or_else(Seen::Unknown, |(.., said)| proven(said)),
        headers,
        receipt: receipt.map_or_else(|gap| Seen::Unknown(Gap { question: RECEIPT.into(), ..gap }), proven),
    }
}

/// The block once its hash is the one named and its root is that of its transactions, the place of this one among them,
/// and who says so.
fn held(
    peer: Peer<'_>,
    txid: &Txid,
    named: &BlockId,
    (value, reply): (Value, &Reply),
) -> Result<(Block, usize, Provenance), Gap> {
    let line = peer.line;
    let unknown = |what: &str| line.gap(HELD, GapWhy::NotOffered, format!("the form of {what} is not known here"));
    let broken = |detail: String| line.gap(HELD, GapWhy::Mismatch, detail);
    let hash = header::hash(&value).map(|hash| format!("{hash:#x}")).ok_or_else(|| unknown("its header"))?;
    if hash != named.hash {
        // The node's other networks may hash something else altogether.
        let changed = peer.network.is_some_and(header::is_ethereums);
        return Err(if changed {
            broken(format!("the block's header hashes to {hash}"))
        } else {
            unknown("its header")
        });
    }
    let block: Block = serde_json::from_value(value).map_err(|error| line.malformed(HELD, error.to_string()))?;
    let encoded: Option<Vec<Vec<u8>>> = block.transactions.iter().map(Tx::encoded).collect();
    let encoded = encoded.ok_or_else(|| unknown("one of its transactions"))?;
    let misnamed = block.transactions.iter().any(|tx| tx.recomputed_hash() != Some(tx.hash));
    if misnamed || format!("{:#x}", block.hash) != named.hash {
        return Err(broken("the block, or one of its transactions, bears another hash than its own".into()));
    }
    if ordered_trie_root_encoded(&encoded).0 != block.transactions_root.0 {
        return Err(broken("the header commits to other transactions".into()));
    }
    let own = |tx: &Tx| tx.recomputed_hash().is_some_and(|hash| format!("{hash:#x}") == txid.as_str());
    let place = block.transactions.iter().position(own);
    let place = place.ok_or_else(|| broken("the block that the node names does not hold it".into()))?;
    Ok((block, place, reply.provenance()))
}

/// Nodes that do not have the call answer with all kinds of errors.
fn offered(line: Line<'_>, receipts: Result<(Option<Vec<Receipt>>, Reply), Gap>) -> Result<(Vec<Receipt>, Reply), Gap> {
    let refused = |gap: Gap| if gap.why == GapWhy::ServerError { Gap { why: GapWhy::NotOffered, ..gap } } else { gap };
    let (receipts, reply) = receipts.map_err(refused)?;
    let none = || line.gap(RECEIPT, GapWhy::NotOffered, "the node has no receipts of the block");
    Ok((receipts.ok_or_else(none)?, reply))
}

/// That the root is that of the block's receipts, that this one is what it is among them, and who says so.
fn received(
    line: Line<'_>,
    root: H256,
    place: usize,
    (receipts, all): (Vec<Receipt>, Reply),
    (own, one): (Receipt, Reply),
) -> Result<Provenance, Gap> {
    let broken = |detail: &str| line.gap(RECEIPT, GapWhy::Mismatch, detail);
    let unknown = || line.gap(RECEIPT, GapWhy::NotOffered, "the form of a receipt of its block is not known here");
    let listed = receipts.get(place).ok_or_else(|| broken("the block has fewer receipts than transactions"))?;
    if (listed.transaction_hash, listed.encoded()) != (own.transaction_hash, own.encoded()) {
        return Err(broken("its receipt alone is another one than among those of its block"));
    }
    let earlier: usize = receipts.iter().take(place).map(|receipt| receipt.logs.len()).sum();
    let earlier = u64::try_from(earlier).unwrap_or(u64::MAX);
    if ![listed, &own].into_iter().all(|receipt| receipt.is_numbered_from(earlier)) {
        return Err(broken("the logs of its receipt bear other numbers than their places in the block"));
    }
    let encoded: Option<Vec<Vec<u8>>> = receipts.iter().map(Receipt::encoded).collect();
    if ordered_trie_root_encoded(&encoded.ok_or_else(unknown)?).0 != root.0 {
        return Err(broken("the header commits to other receipts"));
    }
    Ok(all.provenance().and(&one.provenance()))
}
