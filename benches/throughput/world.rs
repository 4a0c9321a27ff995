//! A made-up network and ledger, large and right in every hash: what the stub answers from, and what each row's verdict
//! has to be.

use std::collections::HashMap;

use ethers::types::{H160, H256, U256};
use ethers::utils::hex::encode_prefixed as hex;
use ethers::utils::keccak256;
use ethers::utils::rlp::RlpStream;

/// Transactions in one block.
const IN_A_BLOCK: u64 = 150;
/// Height of the first block that holds any.
const FIRST: u64 = 20_000_000;
/// Confirmations that the network asks for.
pub(crate) const CONFIRMATIONS: u64 = 64;
/// Topic of ERC-20's `Transfer(address,address,uint256)`: EIP-20.
const TRANSFER: &str = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
/// The token of the rows.
pub(crate) const TOKEN: &str = "0xdac17f958d2ee523a2206206994597c13d831ec7";

/// How a row ends; the number of a row tells which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Credited,
    Missed,
    Shallow,
    Failed,
    Unknown,
    Foreign,
}

impl Fate {
    pub(crate) fn of(row: u64) -> Self {
        match row % 20 {
            0 | 1 => Self::Missed,
            2 => Self::Shallow,
            3 => Self::Failed,
            4 => Self::Unknown,
            5 => Self::Foreign,
            _ => Self::Credited,
        }
    }

    /// The code that has to decide.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Credited => "credited",
            Self::Missed => "deposit-missed",
            Self::Shallow => "waiting-confirmations",
            Self::Failed => "execution-failed",
            Self::Unknown => "transaction-not-found",
            Self::Foreign => "address-not-ours",
        }
    }
}

/// One transaction with its bodies.
pub(crate) struct Transaction {
    pub(crate) hash: String,
    pub(crate) tx: String,
    pub(crate) receipt: String,
    pub(crate) to: String,
    pub(crate) fate: Fate,
    pub(crate) units: u64,
}

/// A block with its body.
pub(crate) struct Block {
    pub(crate) hash: String,
    pub(crate) body: String,
    /// The rows of its transactions, in their order.
    pub(crate) rows: Vec<u64>,
}

/// What the rows are of.
pub(crate) struct Coin {
    pub(crate) network: &'static str,
    pub(crate) asset: &'static str,
    pub(crate) contract: Option<&'static str>,
    pub(crate) decimals: u32,
    pub(crate) confirmations: u64,
}

impl Coin {
    /// So many of its smallest units in whole ones.
    pub(crate) fn written(&self, units: u64) -> String {
        let (whole, places) = (10_u64.pow(self.decimals), usize::try_from(self.decimals).expect("a small number"));
        format!("{}.{:0places$}", units / whole, units % whole)
    }
}

pub(crate) struct World {
    pub(crate) transactions: Vec<Transaction>,
    pub(crate) coin: Coin,
    /// A node's answers by method and parameters, where they are known beforehand.
    pub(crate) answers: HashMap<String, String>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) head: u64,
    pub(crate) head_body: String,
}

fn address(kind: &str, number: u64) -> H160 {
    H160::from_slice(&keccak256(format!("{kind} {number}"))[12..])
}

/// The header's fields by which a block is named, in the form of London.
fn block_hash(number: u64, parent: H256, time: u64) -> (H256, String) {
    let empty = [0_u8; 32];
    let bloom = [0_u8; 256];
    let mut rlp = RlpStream::new();
    rlp.begin_unbounded_list();
    rlp.append(&parent).append(&H256(empty)).append(&H160::zero());
    for _ in 0..3 {
        rlp.append(&H256(empty));
    }
    rlp.append(&bloom.to_vec()).append(&U256::zero()).append(&U256::from(number));
    rlp.append(&U256::from(30_000_000)).append(&U256::from(15_000_000)).append(&U256::from(time));
    rlp.append(&Vec::<u8>::new()).append(&H256(empty)).append(&vec![0_u8; 8]).append(&U256::from(7));
    rlp.finalize_unbounded_list();
    let hash = H256(keccak256(rlp.out()));
    let zero = hex(empty);
    let body = format!(
        r#"{{"number":"{number:#x}","hash":"{hash:#x}","parentHash":"{parent:#x}","sha3Uncles":"{zero}","miner":"{:#x}","stateRoot":"{zero}","transactionsRoot":"{zero}","receiptsRoot":"{zero}","logsBloom":"{}","difficulty":"0x0","gasLimit":"0x1c9c380","gasUsed":"0xe4e1c0","timestamp":"{time:#x}","extraData":"0x","mixHash":"{zero}","nonce":"0x0000000000000000","baseFeePerGas":"0x7","size":"0x220","uncles":[],"transactions":"#,
        H160::zero(),
        hex(bloom),
    );
    (hash, body)
}

/// A token transfer, signed by nobody: nothing here checks signatures.
fn transfer(row: u64, block: (u64, H256), index: u64) -> Transaction {
    let fate = Fate::of(row);
    let token: H160 = TOKEN.parse().expect("an address");
    let (from, to) = (address("sender", row), address("customer", row));
    let units = 1_000_000 + row;
    let mut input = vec![0xa9, 0x05, 0x9c, 0xbb];
    input.extend([0_u8; 12]);
    input.extend(to.as_bytes());
    let mut word = [0_u8; 32];
    U256::from(units).to_big_endian(&mut word);
    input.extend(word);
    let (r, s) = (U256::from(row + 1), U256::from(row + 2));
    let mut rlp = RlpStream::new();
    rlp.begin_unbounded_list();
    rlp.append(&1_u64).append(&row).append(&U256::from(2)).append(&U256::from(100)).append(&U256::from(90_000));
    rlp.append(&token).append(&U256::zero()).append(&input);
    rlp.begin_list(0);
    rlp.append(&0_u64).append(&r).append(&s);
    rlp.finalize_unbounded_list();
    let bytes: Vec<u8> = std::iter::once(2).chain(rlp.out().iter().copied()).collect();
    let hash = hex(keccak256(&bytes));
    let (height, block_hash) = block;
    let place = format!(r#""blockHash":"{block_hash:#x}","blockNumber":"{height:#x}","transactionIndex":"{index:#x}""#);
    let tx = format!(
        r#"{{"hash":"{hash}","type":"0x2","chainId":"0x1","from":"{from:#x}","to":"{token:#x}","value":"0x0","gas":"0x15f90","nonce":"{row:#x}","input":"{}","maxPriorityFeePerGas":"0x2","maxFeePerGas":"0x64","gasPrice":"0x9","accessList":[],"v":"0x0","yParity":"0x0","r":"{r:#x}","s":"{s:#x}",{place}}}"#,
        hex(&input)
    );
    let topic = |address: H160| format!("0x{}{:x}", "0".repeat(24), address);
    let log = format!(
        r#"{{"address":"{token:#x}","topics":["{TRANSFER}","{}","{}"],"data":"{}","logIndex":"{index:#x}","removed":false,"transactionHash":"{hash}",{place}}}"#,
        topic(from),
        topic(to),
        hex(word)
    );
    let (status, logs) = if fate == Fate::Failed { ("0x0", String::new()) } else { ("0x1", log) };
    let receipt = format!(
        r#"{{"transactionHash":"{hash}","type":"0x2","status":"{status}","from":"{from:#x}","to":"{token:#x}","contractAddress":null,"cumulativeGasUsed":"0x100000","gasUsed":"0xa000","effectiveGasPrice":"0x9","logsBloom":"{}","logs":[{logs}],{place}}}"#,
        hex([0; 256])
    );
    Transaction { hash, tx, receipt, to: format!("{to:#x}"), fate, units }
}

impl World {
    /// A world with so many transactions; `now` is the time of its newest block, in seconds.
    pub(crate) fn new(rows: u64, now: u64) -> Self {
        // Those that are not deep enough stand in the newest blocks, all others below.
        let deep: Vec<u64> = (0..rows).filter(|row| Fate::of(*row) != Fate::Shallow).collect();
        let shallow: Vec<u64> = (0..rows).filter(|row| Fate::of(*row) == Fate::Shallow).collect();
        let chunk = usize::try_from(IN_A_BLOCK).expect("a small number");
        let depths = shallow.len().div_ceil(usize::try_from(CONFIRMATIONS / 2).expect("a small number")).max(1);
        let mut groups: Vec<Vec<u64>> = deep.chunks(chunk).map(<[u64]>::to_vec).collect();
        groups.resize(groups.len() + usize::try_from(CONFIRMATIONS).expect("a small number"), Vec::new());
        groups.extend(shallow.chunks(depths).map(<[u64]>::to_vec));
        let head = FIRST + groups.len() as u64 - 1;
        let mut transactions: Vec<Option<Transaction>> = (0..rows).map(|_| None).collect();
        let (mut blocks, mut parent) = (Vec::new(), H256::zero());
        for (height, group) in (FIRST..).zip(groups) {
            let time = now - (head - height) * 12;
            let (hash, body) = block_hash(height, parent, time);
            parent = hash;
            let mut hashes = Vec::new();
            for (index, row) in (0..).zip(&group) {
                let transaction = transfer(*row, (height, hash), index);
                hashes.push(format!("\"{}\"", transaction.hash));
                transactions[usize::try_from(*row).expect("a small number")] = Some(transaction);
            }
            let body = format!("{body}[{}]}}", hashes.join(","));
            blocks.push(Block { hash: format!("{hash:#x}"), body, rows: group });
        }
        let head_body = blocks.last().map(|block| block.body.clone()).unwrap_or_default();
        let coin = Coin {
            network: "ethereum",
            asset: "USDT",
            contract: Some(TOKEN),
            decimals: 6,
            confirmations: CONFIRMATIONS,
        };
        let transactions = transactions.into_iter().flatten().collect();
        Self { transactions, coin, answers: HashMap::new(), blocks, head, head_body }
    }

    /// The block of a height.
    pub(crate) fn block(&self, height: u64) -> Option<&Block> {
        let index = usize::try_from(height.checked_sub(FIRST)?).ok()?;
        self.blocks.get(index)
    }

    /// The receipts of all transactions in a block, as a list.
    pub(crate) fn receipts(&self, block: &Block) -> String {
        let known = |row: &u64| self.transactions.get(usize::try_from(*row).ok()?).map(|one| one.receipt.as_str());
        let receipts: Vec<&str> = block.rows.iter().filter_map(known).collect();
        format!("[{}]", receipts.join(","))
    }
}
