//! `gettransactioninfobyid`: in which block a transaction is, whether it ran, and what it did.

use serde::Deserialize;

use super::transaction::Ran;
use crate::sources::Line;
use crate::terms::{Gap, GapWhy, Provenance, Seen, Txid};

/// `TransactionInfo`, as far as it is used. Fields that are zero or empty are left out.
#[derive(Deserialize)]
pub(super) struct Info {
    id: String,
    #[serde(rename = "blockNumber")]
    pub height: u64,
    /// Milliseconds.
    #[serde(rename = "blockTimeStamp", default)]
    pub milliseconds: u64,
    /// In sun.
    #[serde(default)]
    pub fee: u64,
    /// `FAILED`; success is the value that is left out.
    result: Option<String>,
    #[serde(default)]
    receipt: Receipt,
    #[serde(default, rename = "log")]
    pub logs: Vec<Log>,
    /// Only where a node is set to keep them (`vm.saveInternalTx`), and some were made.
    pub internal_transactions: Option<Vec<Internal>>,
}

/// `ResourceReceipt`.
#[derive(Default, Deserialize)]
struct Receipt {
    /// Only of contracts that are made or called.
    result: Option<String>,
}

/// A log. The address is hex without the prefix `41`.
#[derive(Deserialize)]
pub(super) struct Log {
    pub address: String,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub data: String,
}

/// `InternalTransaction`: a call that a contract made. Addresses are hex with the prefix `41`.
#[derive(Deserialize)]
pub(super) struct Internal {
    #[serde(default)]
    pub caller_address: String,
    #[serde(rename = "transferTo_address", default)]
    pub to: String,
    #[serde(rename = "callValueInfo", default)]
    pub values: Vec<CallValue>,
    /// It was taken back, with what it called or what called it.
    #[serde(default)]
    pub rejected: bool,
}

/// What a call carries: coin in sun, or an asset of TRC-10.
#[derive(Deserialize)]
pub(super) struct CallValue {
    #[serde(rename = "callValue", default)]
    pub value: u64,
    #[serde(rename = "tokenId")]
    pub asset: Option<String>,
}

impl Info {
    /// An answer about another transaction is worthless.
    pub(super) fn check(&self, line: Line<'_>, txid: &Txid) -> Result<(), Gap> {
        if self.id.eq_ignore_ascii_case(txid.as_str()) {
            return Ok(());
        }
        let named: String = self.id.chars().take(64).collect();
        let question = format!("transaction {txid}");
        Err(line.gap(&question, GapWhy::Mismatch, format!("the receipt is about {named}")))
    }

    /// Whether it ran, and why not. Of a call, somebody has to say that it succeeded; every other kind has run where
    /// nobody says that it failed, and the oldest say nothing at all.
    pub(super) fn execution(
        &self,
        line: Line<'_>,
        ran: Option<&Ran>,
        calls: bool,
        said: &Provenance,
    ) -> (Seen<()>, Option<String>) {
        let question = "whether it ran";
        let contract = ran.and_then(|ran| ran.contract.as_deref());
        // In the enumeration of outer results success is spelled with one C.
        let outer = [self.result.as_deref(), ran.and_then(|ran| ran.ret.as_deref())];
        let outer = outer.into_iter().flatten().filter(|word| !matches!(*word, "SUCCESS" | "SUCESS"));
        let inner: Vec<&str> = [self.receipt.result.as_deref(), contract]
            .into_iter()
            .flatten()
            .filter(|word| *word != "DEFAULT")
            .collect();
        let failed: Vec<&str> = inner.iter().copied().filter(|word| *word != "SUCCESS").chain(outer).collect();
        let succeeded = inner.contains(&"SUCCESS");
        match failed.first() {
            Some(_) if succeeded => {
                (Seen::Unknown(line.malformed(question, "its results contradict each other")), None)
            }
            Some(word) => (Seen::No(said.clone()), Some(reason(word))),
            None if calls && !succeeded => (Seen::Unknown(line.malformed(question, "a call without a result")), None),
            None => (Seen::Yes((), said.clone()), None),
        }
    }
}

/// Longest word of `contractResult` that is passed on.
const LONGEST: usize = 32;

/// Why it failed, in the words that other networks' failures are told in, or in the node's own.
fn reason(word: &str) -> String {
    let plain = word.len() <= LONGEST && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    match word {
        "REVERT" => "reverted".to_owned(),
        _ if plain => word.to_ascii_lowercase().replace('_', "-"),
        _ => "failed".to_owned(),
    }
}
