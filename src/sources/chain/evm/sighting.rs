//! What transaction and receipt together say: unknown, waiting, or in a block with its effects.

use std::sync::Arc;

use ethers::types::{H256, U256};
use ethers::utils::hex::decode_to_array;
use serde_json::json;

use super::crossing::crossings;
use super::effects::{Receipt, effects, execution};
use super::peer::{Peer, ask, ask_receipt};
use super::transaction::Tx;
use super::{decimal, gwei, printed};
use crate::evidence::{BlockId, Particulars, Sighting, Spends, Transfer};
use crate::net::{Looking, Reply};
use crate::sources::Line;
use crate::terms::{Address, Amount, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Asks for the transaction and its receipt: at once; but where many cases do, first for the transaction, whose block
/// may give the receipts of many in one answer.
pub(super) async fn ask_both(peer: Peer<'_>, txid: &Txid) -> (Asking<Tx>, Asking<Arc<Receipt>>) {
    let question = ["transaction ", txid.as_str()].concat();
    let looking = peer.dialect.looking(peer.line);
    let tx = ask(peer, "eth_getTransactionByHash", json!([txid.as_str()]), &question);
    if !looking.as_ref().is_some_and(Looking::are_many) {
        return futures::future::join(tx, ask_receipt(peer, txid, None, &question)).await;
    }
    let tx: Asking<Tx> = tx.await;
    let block = tx.as_ref().ok().and_then(|(tx, _)| tx.as_ref()).and_then(|tx| tx.block_hash.zip(tx.block_number));
    let receipt = ask_receipt(peer, txid, block, &question).await;
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
    receipt: Asking<Arc<Receipt>>,
) -> Result<Seen<Sighting>, Gap> {
    let question = ["transaction ", txid.as_str()].concat();
    let ((tx, tx_reply), (receipt, receipt_reply)) = (tx?, receipt?);
    let named = [tx.as_ref().map(|tx| tx.hash), receipt.as_ref().map(|receipt| receipt.transaction_hash)];
    let asked = decode_to_array(txid.as_str()).ok().map(H256);
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
    let fee = receipt
        .gas_used
        .zip(receipt.effective_gas_price)
        .and_then(|(gas, price)| Amount::from_units(&decimal(gas.checked_mul(price)?), network.native_decimals()).ok());
    let transfers = transfers(line, network, tx, receipt, &executed, said);
    let ran = tx.zip(transfers.yes()).filter(|_| executed.is_yes());
    let all_on_surface =
        ran.is_some_and(|(tx, moved)| ran_no_code(tx, receipt) || only_transferred(network, tx, receipt, moved));
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
            all_on_surface,
            ..particulars(tx, Some(receipt))
        },
    }
}

/// The gas of a transaction in which no code runs: the yellow paper's `G_transaction`.
const NO_CODE: u64 = 21_000;

/// Whether it spent no more than a payment of coin costs, so that no call inside can have carried any: a call that does
/// costs 9,000 by itself (the yellow paper's `G_callvalue`).
fn ran_no_code(tx: &Tx, receipt: &Receipt) -> bool {
    let used = U256::from(NO_CODE);
    receipt.gas_used == Some(used) && tx.is_bare_call() && tx.spent_as_told(used)
}

/// Whether a listed token was told to transfer, and its one log says that it did just that.
fn only_transferred(network: &Network, tx: &Tx, receipt: &Receipt, moved: &[Transfer]) -> bool {
    let ([transfer], [_], Some(called), Some((to, units))) =
        (moved, receipt.logs.as_slice(), tx.to.as_ref().map(Address::from_evm), tx.token_transfer())
    else {
        return false;
    };
    let is_listed = network.token(&called).is_some() || network.variant(&called).is_some();
    let ends = (transfer.from.as_ref(), transfer.to.as_ref());
    let told = (Address::from_evm(&tx.from), Address::from_evm(&to));
    is_listed
        && transfer.contract.as_ref() == Some(&called)
        && ends == (Some(&told.0), Some(&told.1))
        && transfer.units == decimal(units)
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

#[cfg(test)]
mod tests {
    use ethers::types::H160;

    use super::*;
    use crate::terms::Asset;

    const TOKEN: &str = "0xdac17f958d2ee523a2206206994597c13d831ec7";
    const FROM: &str = "0x0000000000000000000000000000000000000001";
    const HASH: &str = "0x00000000000000000000000000000000000000000000000000000000000000aa";

    fn network(contract: &str) -> Network {
        let contract = decode_to_array(contract).ok().map(|contract| Address::from_evm(&H160(contract)));
        let (min_deposit, finality, unlock, variants) = (None, None, None, Vec::new());
        let symbol = "USDT".to_owned();
        let listed = Asset { symbol, contract, decimals: 6, min_deposit, finality, unlock, variants };
        Network { assets: vec![listed], ..super::super::network() }
    }

    /// A transfer of 5 units to the account 2, with some fields otherwise.
    fn parsed(tx: &serde_json::Value, receipt: &serde_json::Value) -> (Tx, Receipt) {
        let word = |digit: &str| format!("{digit:0>64}");
        let mut whole = json!({
            "hash": HASH, "type": "0x2", "from": FROM, "to": TOKEN, "value": "0x0", "gas": "0x15f90", "nonce": "0x0",
            "input": format!("0xa9059cbb{}{}", word("2"), word("5")), "maxFeePerGas": "0x64",
        });
        whole.as_object_mut().unwrap().extend(tx.as_object().unwrap().clone());
        let transfer = json!(format!("{:?}", super::super::effects::TRANSFER));
        let ends = ["1", "2"].map(|digit| json!(format!("0x{}", word(digit))));
        let log = json!({
            "address": TOKEN, "topics": [transfer, ends[0], ends[1]], "data": format!("0x{}", word("5")), "logIndex": "0x0",
        });
        let mut seen = json!({
            "transactionHash": HASH, "blockHash": HASH, "blockNumber": "0x1", "status": "0x1", "gasUsed": "0xa000",
            "logs": [log],
        });
        seen.as_object_mut().unwrap().extend(receipt.as_object().unwrap().clone());
        (serde_json::from_value(whole).unwrap(), serde_json::from_value(seen).unwrap())
    }

    #[test]
    fn only_a_listed_tokens_own_transfer_is_taken_for_all() {
        let is_all = |listed: &str, tx: serde_json::Value, receipt: serde_json::Value| {
            let (network, (tx, receipt)) = (network(listed), parsed(&tx, &receipt));
            let moved = effects(&network, &tx, &receipt).unwrap();
            only_transferred(&network, &tx, &receipt, &moved)
        };
        let words =
            |selector: &str, rest: &str| json!({"input": format!("0x{selector}{:0>64}{:0>64}{rest}", "2", "5")});
        assert!(is_all(TOKEN, json!({}), json!({})));
        assert!(!is_all(FROM, json!({}), json!({})), "not listed");
        assert!(!is_all(TOKEN, json!({"value": "0x1"}), json!({})), "with coin");
        assert!(!is_all(TOKEN, words("23b872dd", ""), json!({})), "another call");
        assert!(!is_all(TOKEN, words("a9059cbb", "00"), json!({})), "with more behind it");
        assert!(!is_all(TOKEN, json!({"to": FROM}), json!({})), "by way of another contract");
        assert!(!is_all(TOKEN, json!({}), json!({"logs": []})), "without a word of it");
    }

    #[test]
    fn only_what_spent_the_least_ran_no_code() {
        let ran_none = |tx: serde_json::Value, gas: &str| {
            let (tx, receipt) = parsed(&tx, &json!({"gasUsed": gas, "logs": []}));
            ran_no_code(&tx, &receipt)
        };
        let bare = |gas: &str, fee: Option<&str>| json!({"input": "0x", "gas": gas, "maxFeePerGas": fee});
        assert!(ran_none(bare("0x15f90", Some("0x64")), "0x5208"));
        assert!(ran_none(bare("0x5208", None), "0x5208"));
        assert!(!ran_none(bare("0x15f90", None), "0x5208"), "gas may have been given back");
        assert!(!ran_none(bare("0x15f90", Some("0x64")), "0x5209"));
        assert!(!ran_none(json!({}), "0x5208"), "input costs more");
        assert!(!ran_none(json!({"input": "0x", "to": null}), "0x5208"), "a contract is made");
    }
}
