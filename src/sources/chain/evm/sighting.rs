//! What transaction and receipt together say: unknown, waiting, or in a block with its effects.

use std::str::FromStr as _;

use ethers::types::H256;
use serde_json::json;

use super::crossing::crossings;
use super::effects::{Receipt, effects, execution};
use super::peer::{Peer, RECEIPT, ask, ask_receipt};
use super::transaction::Tx;
use super::{gwei, printed};
use crate::evidence::{BlockId, Particulars, Sighting, Spends, Transfer};
use crate::net::{Looking, Reply};
use crate::sources::Line;
use crate::terms::{Address, Amount, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Asks for the transaction and its receipt: at once; but where many cases do, first for the transaction, whose block
/// may give the receipts of many in one answer.
pub(super) async fn ask_both(peer: Peer<'_>, txid: &Txid) -> (Asking<Tx>, Asking<Receipt>) {
    let question = format!("transaction {txid}");
    let looking = peer.dialect.looking(peer.line);
    let tx = ask(peer, "eth_getTransactionByHash", json!([txid.as_str()]), &question);
    let receipt = ask(peer, RECEIPT, json!([txid.as_str()]), &question);
    if !looking.as_ref().is_some_and(Looking::are_many) {
        return futures::future::join(tx, receipt).await;
    }
    let tx: Asking<Tx> = tx.await;
    let block = tx.as_ref().ok().and_then(|(tx, _)| tx.as_ref()).and_then(|tx| tx.block_hash.zip(tx.block_number));
    let receipt = match block {
        Some(block) => ask_receipt(peer, txid, block, &question).await,
        None => receipt.await,
    };
    (tx, receipt)
}

/// What was asked for, nothing where the node has none, and the answer.
pub(super) type Asking<T> = Result<(Option<T>, Reply), Gap>;

/// What the node said of the transaction asked for; an answer about another one is worthless.
pub(super) fn sighting(
    line: Line<'_>,
    network: &Network,
    txid: &Txid,
    tx: Asking<Tx>,
    receipt: Asking<Receipt>,
) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    let ((tx, tx_reply), (receipt, receipt_reply)) = (tx?, receipt?);
    let named = [tx.as_ref().map(|tx| tx.hash), receipt.as_ref().map(|receipt| receipt.transaction_hash)];
    let asked = H256::from_str(txid.as_str()).ok();
    let wrong = |hash: &H256| Some(*hash) != asked;
    if let Some(hash) = named.into_iter().flatten().find(wrong) {
        return Err(line.gap(&question, GapWhy::Mismatch, format!("the answer is about {hash:#x}")));
    }
    let recomputed = tx.as_ref().and_then(Tx::recomputed_hash);
    if let Some(hash) = recomputed.filter(wrong) {
        return Err(line.gap(&question, GapWhy::Mismatch, format!("the signed fields hash to {hash:#x}")));
    }
    let recomputed = recomputed.is_some();
    let both = tx_reply.provenance().and(&receipt_reply.provenance());
    match (tx, receipt) {
        // Null for one but not the other is how pruned or balanced nodes look: only both mean absent.
        (None, None) => Ok(Seen::No(both)),
        (Some(tx), None) if tx.block_hash.is_none() => Ok(Seen::Yes(waiting(line, (&tx, recomputed), &both), both)),
        (Some(_), None) => Err(line.malformed(&question, "the node names a block but has no receipt")),
        (tx, Some(receipt)) => {
            if tx.as_ref().and_then(|tx| tx.block_hash).is_some_and(|hash| hash != receipt.block_hash) {
                return Err(line.malformed(&question, "transaction and receipt name different blocks"));
            }
            let sighting = included(line, network, tx.as_ref(), (&receipt, &receipt_reply), &both);
            let particulars = Particulars { recomputed, ..sighting.particulars };
            Ok(Seen::Yes(Sighting { particulars, ..sighting }, both))
        }
    }
}

/// Known, and in no block.
fn waiting(line: Line<'_>, (tx, recomputed): (&Tx, bool), said: &Provenance) -> Sighting {
    let unrun = |what: &str| line.gap(what, GapWhy::NotAsked, "it is in no block");
    Sighting {
        block: Seen::No(said.clone()),
        executed: Seen::Unknown(unrun("whether it ran")),
        failure: None,
        transfers: Seen::Unknown(unrun("what it moved")),
        fee: None,
        fee_rate: tx.most_per_gas().and_then(gwei),
        spends: spends(tx),
        senders: Vec::new(),
        particulars: Particulars { recomputed, ..particulars(Some(tx), None) },
    }
}

/// In the block that its receipt names.
fn included(
    line: Line<'_>,
    network: &Network,
    tx: Option<&Tx>,
    (receipt, reply): (&Receipt, &Reply),
    said: &Provenance,
) -> Sighting {
    let block = BlockId { hash: printed(&receipt.block_hash), height: Some(receipt.block_number.as_u64()), time: None };
    let (executed, failure) = execution(line, tx, receipt, reply);
    let fee = receipt.gas_used.zip(receipt.effective_gas_price).and_then(|(gas, price)| {
        Amount::from_units(&gas.checked_mul(price)?.to_string(), network.native_decimals()).ok()
    });
    let transfers = transfers(line, network, tx, receipt, &executed, said);
    let calls_nothing = tx
        .zip(transfers.yes())
        .is_some_and(|(tx, moved)| executed.is_yes() && calls_nothing(network, tx, receipt, moved));
    Sighting {
        block: Seen::Yes(block, reply.provenance()),
        transfers,
        executed,
        failure,
        fee,
        fee_rate: None,
        spends: tx.and_then(spends),
        senders: Vec::new(),
        particulars: Particulars {
            crossings: Some(crossings(network, receipt)),
            calls_nothing,
            ..particulars(tx, Some(receipt))
        },
    }
}

/// The gas of a transaction in which no code runs: the yellow paper's `G_transaction`. A call inside costs 100 at the
/// least (EIP-2929), and what is given back for cleared storage is less than clearing it costs (EIP-3529).
const NO_CODE: u64 = 21_000;

/// Whether no contract can have moved coin inside it: no code ran, or only that of a listed token, which was told to
/// transfer and did that alone.
fn calls_nothing(network: &Network, tx: &Tx, receipt: &Receipt, moved: &[Transfer]) -> bool {
    let called = tx.to.as_ref().map(Address::from_evm);
    let is_listed = |contract: &Address| network.token(contract).is_some() || network.variant(contract).is_some();
    let transferred = || match (moved, receipt.logs.len()) {
        ([transfer], 1) => {
            let contract = transfer.contract.as_ref().filter(|contract| is_listed(contract));
            contract == called.as_ref() && transfer.from == Some(Address::from_evm(&tx.from))
        }
        _ => false,
    };
    called.is_some() && (receipt.gas_used == Some(NO_CODE.into()) || (tx.is_token_transfer() && transferred()))
}

/// What took effect: nothing where it failed.
fn transfers(
    line: Line<'_>,
    network: &Network,
    tx: Option<&Tx>,
    receipt: &Receipt,
    executed: &Seen<()>,
    said: &Provenance,
) -> Seen<Vec<Transfer>> {
    const QUESTION: &str = "what it moved";
    match (executed, tx) {
        (Seen::No(said), _) => Seen::Yes(Vec::new(), said.clone()),
        (Seen::Unknown(gap), _) => Seen::Unknown(gap.clone()),
        (Seen::Yes(..), Some(tx)) => match effects(network, tx, receipt) {
            Ok(moved) => Seen::Yes(moved, said.clone()),
            Err((why, detail)) => Seen::Unknown(line.gap(QUESTION, why, detail)),
        },
        (Seen::Yes(..), None) => {
            let detail = "the node has the receipt but no longer the transaction";
            Seen::Unknown(line.gap(QUESTION, GapWhy::LacksHistory, detail))
        }
    }
}

fn particulars(tx: Option<&Tx>, receipt: Option<&Receipt>) -> Particulars {
    Particulars {
        approval: receipt.is_some_and(Receipt::approves),
        nft: receipt.is_some_and(Receipt::moves_nft),
        inner_failure: receipt.and_then(Receipt::inner_failure),
        called: tx.and_then(|tx| tx.to.as_ref()).map(Address::from_evm),
        ..Particulars::default()
    }
}

/// The place among its account's transactions, which another one may take.
fn spends(tx: &Tx) -> Option<Spends> {
    let nonce = u64::try_from(tx.nonce).ok()?;
    Some(Spends::Nonce { account: Address::from_evm(&tx.from), nonce })
}
