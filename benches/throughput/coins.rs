//! The same for Bitcoin: blocks with real work on a regression-test network, and every answer of its node by question.

use std::collections::HashMap;

use bitcoin::absolute::LockTime;
use bitcoin::block::{Header, Version};
use bitcoin::consensus::encode::serialize_hex;
use bitcoin::hashes::Hash as _;
use bitcoin::{
    Amount, Block, BlockHash, CompactTarget, MerkleBlock, Network, OutPoint, ScriptBuf, Sequence, TxIn, TxMerkleNode,
    TxOut, Txid, WPubkeyHash, Witness, transaction,
};
use serde_json::json;

use crate::world::{Coin, Fate, Transaction, World};

/// Transactions in one block.
const IN_A_BLOCK: usize = 100;
/// Height of the first block that holds any.
const FIRST: u64 = 100;
/// Confirmations that the network asks for.
const CONFIRMATIONS: u64 = 3;
/// Blocks between those that are deep enough and those that are not.
const BETWEEN: usize = 3;

/// How a row ends: as on Ethereum, but that nothing fails.
fn fate(row: u64) -> Fate {
    match Fate::of(row) {
        Fate::Failed => Fate::Missed,
        fate => fate,
    }
}

fn script(kind: &str, row: u64) -> ScriptBuf {
    let digest = bitcoin::hashes::hash160::Hash::hash(format!("{kind} {row}").as_bytes());
    ScriptBuf::new_p2wpkh(&WPubkeyHash::from_byte_array(digest.to_byte_array()))
}

fn payment(kind: &str, row: u64) -> bitcoin::Transaction {
    let spent = OutPoint::new(Txid::hash(format!("{kind} spends {row}").as_bytes()), 0);
    let input =
        TxIn { previous_output: spent, script_sig: ScriptBuf::new(), sequence: Sequence::MAX, witness: Witness::new() };
    let output = |kind: &str, units: u64| TxOut { value: Amount::from_sat(units), script_pubkey: script(kind, row) };
    bitcoin::Transaction {
        version: transaction::Version::TWO,
        lock_time: LockTime::ZERO,
        input: vec![input],
        output: vec![output(kind, 1_000_000 + row), output("change", 5_000)],
    }
}

/// A block with the work that the network asks for, which is two tries.
fn mined(parent: BlockHash, time: u64, transactions: Vec<bitcoin::Transaction>) -> Block {
    let header = Header {
        version: Version::TWO,
        prev_blockhash: parent,
        merkle_root: TxMerkleNode::all_zeros(),
        time: u32::try_from(time).expect("a time before 2106"),
        bits: CompactTarget::from_consensus(0x207f_ffff),
        nonce: 0,
    };
    let mut block = Block { header, txdata: transactions };
    block.header.merkle_root = block.compute_merkle_root().expect("a transaction");
    while block.header.validate_pow(block.header.target()).is_err() {
        block.header.nonce += 1;
    }
    block
}

/// A world with so many transactions; `now` is the time of its newest block, in seconds.
pub(crate) fn world(rows: u64, now: u64) -> World {
    let (shallow, deep): (Vec<u64>, Vec<u64>) = (0..rows).partition(|row| fate(*row) == Fate::Shallow);
    let mut groups: Vec<Vec<u64>> = deep.chunks(IN_A_BLOCK).map(<[u64]>::to_vec).collect();
    groups.resize(groups.len() + BETWEEN, Vec::new());
    groups.push(shallow);
    let head = FIRST + groups.len() as u64 - 1;
    let mut answers = HashMap::new();
    let genesis = bitcoin::constants::genesis_block(Network::Regtest).block_hash();
    answers.insert("getblockhash [0]".to_owned(), json!(genesis.to_string()).to_string());
    let info = json!({"blocks": head, "headers": head, "time": now, "initialblockdownload": false, "pruned": false});
    answers.insert("getblockchaininfo []".to_owned(), info.to_string());
    answers.insert("getindexinfo []".to_owned(), json!({"txindex": {"synced": true}}).to_string());
    let mut transactions: Vec<Option<Transaction>> = (0..rows).map(|_| None).collect();
    let mut parent = genesis;
    for (height, group) in (FIRST..).zip(groups) {
        let (time, confirmations) = (now - (head - height) * 600, head - height + 1);
        let own = group.iter().map(|row| payment("customer", *row));
        let block = mined(parent, time, std::iter::once(payment("miner", height)).chain(own).collect());
        parent = block.block_hash();
        let hash = parent.to_string();
        answers.insert(format!("getblockhash [{height}]"), json!(hash).to_string());
        let header = json!({"height": height, "time": time, "confirmations": confirmations});
        answers.insert(format!("getblockheader [\"{hash}\",true]"), header.to_string());
        answers.insert(format!("getblockheader [\"{hash}\",false]"), json!(serialize_hex(&block.header)).to_string());
        for (row, transaction) in group.iter().zip(&block.txdata[1..]) {
            let txid = transaction.compute_txid();
            let path = MerkleBlock::from_block_with_predicate(&block, |other| *other == txid);
            let (fate, name) = (fate(*row), txid.to_string());
            if fate != Fate::Unknown {
                let raw = json!({
                    "txid": name, "hex": serialize_hex(transaction), "blockhash": hash, "blocktime": time,
                    "confirmations": confirmations,
                });
                answers.insert(format!("getrawtransaction [\"{name}\",true]"), raw.to_string());
                let path = json!(serialize_hex(&path)).to_string();
                answers.insert(format!("gettxoutproof [[\"{name}\"],\"{hash}\"]"), path);
            }
            let to = bitcoin::Address::from_script(&script("customer", *row), Network::Regtest).expect("an address");
            let units = 1_000_000 + row;
            let to = to.to_string();
            transactions[usize::try_from(*row).expect("a small number")] =
                Some(Transaction { hash: name, tx: String::new(), receipt: String::new(), to, fate, units });
        }
    }
    World {
        transactions: transactions.into_iter().flatten().collect(),
        coin: Coin { network: "bitcoin", asset: "BTC", contract: None, decimals: 8, confirmations: CONFIRMATIONS },
        blocks: Vec::new(),
        head,
        head_body: String::new(),
        answers,
    }
}
