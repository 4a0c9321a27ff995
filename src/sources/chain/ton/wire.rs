//! What the indexer answers: TON Index, <https://toncenter.com/api/v3/doc.json>, as far as it is used. Hashes are in
//! base64, addresses raw, amounts and logical times texts. Lists may be null.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::net::Reply;
use crate::sources::Line;
use crate::terms::{Address, ChainIdentity, Family, Gap, GapWhy, Txid};

/// `GET /masterchainInfo`.
#[derive(Deserialize)]
pub(super) struct MasterchainInfo {
    pub(super) first: Block,
    pub(super) last: Block,
}

/// A block's header.
#[derive(Deserialize)]
pub(super) struct Block {
    pub(super) workchain: i32,
    pub(super) seqno: u64,
    pub(super) global_id: i32,
    /// Seconds.
    pub(super) gen_utime: String,
}

impl Block {
    /// When it was made.
    pub(super) fn time(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.gen_utime.parse().ok()?).ok()
    }
}

/// `GET /blocks`.
#[derive(Deserialize)]
pub(super) struct Blocks {
    pub(super) blocks: Option<Vec<Block>>,
}

/// `GET /traces`, `GET /pendingTraces`. The tree of a trace is left aside: messages tell it.
#[derive(Deserialize)]
pub(super) struct Traces {
    pub(super) traces: Option<Vec<Trace>>,
}

/// Everything that followed from one message from outside.
#[derive(Deserialize)]
pub(super) struct Trace {
    /// True where the indexer shows a part of it.
    #[serde(default)]
    pub(super) is_incomplete: bool,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) transactions: BTreeMap<String, Transaction>,
}

/// `GET /transactions`, `GET /transactionsByMessage`.
#[derive(Deserialize)]
pub(super) struct Transactions {
    pub(super) transactions: Option<Vec<Transaction>>,
}

/// One account's part.
#[derive(Deserialize)]
pub(super) struct Transaction {
    pub(super) account: String,
    pub(super) hash: String,
    pub(super) lt: String,
    /// Seconds.
    pub(super) now: i64,
    /// The masterchain's block that refers to its block; null while none does.
    pub(super) mc_block_seqno: Option<u64>,
    /// True where it was only worked out what would happen.
    pub(super) emulated: Option<bool>,
    pub(super) total_fees: Option<String>,
    pub(super) description: Description,
    pub(super) in_msg: Option<Message>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) out_msgs: Vec<Message>,
}

/// What became of it.
#[derive(Deserialize)]
pub(super) struct Description {
    /// Absent where the transaction is not of the ordinary kind.
    pub(super) aborted: Option<bool>,
    pub(super) compute_ph: Option<ComputePhase>,
    pub(super) action: Option<ActionPhase>,
    pub(super) bounce: Option<BouncePhase>,
}

/// The run of the account's code.
#[derive(Deserialize)]
pub(super) struct ComputePhase {
    /// Why there was none: `no_state`, `bad_state`, `no_gas`, `suspended`.
    pub(super) reason: Option<String>,
    pub(super) exit_code: Option<i64>,
}

/// What was done of what the code ordered.
#[derive(Deserialize)]
pub(super) struct ActionPhase {
    pub(super) success: Option<bool>,
    pub(super) result_code: Option<i64>,
    pub(super) skipped_actions: Option<u64>,
}

/// What went back: `ok`, or `nofunds`, `negfunds` where nothing did.
#[derive(Deserialize)]
pub(super) struct BouncePhase {
    #[serde(rename = "type")]
    pub(super) kind: String,
}

/// A message; from outside it has no source, to outside no destination.
#[derive(Deserialize)]
pub(super) struct Message {
    pub(super) hash: String,
    /// TEP-467, of messages from outside.
    pub(super) hash_norm: Option<String>,
    pub(super) source: Option<String>,
    pub(super) destination: Option<String>,
    pub(super) value: Option<String>,
    pub(super) bounced: Option<bool>,
    #[serde(rename = "message_content")]
    pub(super) content: Option<Content>,
}

/// A message's body.
#[derive(Deserialize)]
pub(super) struct Content {
    /// A bag of cells.
    pub(super) body: Option<String>,
}

impl Message {
    /// Its body as a bag of cells.
    pub(super) fn body(&self) -> Option<&str> {
        self.content.as_ref()?.body.as_deref()
    }
}

/// `GET /jetton/wallets`.
#[derive(Deserialize)]
pub(super) struct JettonWallets {
    pub(super) jetton_wallets: Option<Vec<JettonWallet>>,
}

/// Whose a jetton wallet is, and of which jetton.
#[derive(Deserialize)]
pub(super) struct JettonWallet {
    pub(super) address: String,
    pub(super) owner: String,
    pub(super) jetton: String,
}

/// `GET /jetton/masters`.
#[derive(Deserialize)]
pub(super) struct JettonMasters {
    pub(super) jetton_masters: Option<Vec<JettonMaster>>,
}

/// A jetton's own contract.
#[derive(Deserialize)]
pub(super) struct JettonMaster {
    pub(super) address: String,
    pub(super) jetton_content: Option<JettonContent>,
}

/// What a jetton says of itself in its contract; others say it on a page.
#[derive(Deserialize)]
pub(super) struct JettonContent {
    pub(super) symbol: Option<String>,
    pub(super) uri: Option<String>,
}

/// The indexer's words for an error.
#[derive(Deserialize)]
struct RequestError {
    error: String,
}

fn or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// An address in any of the ways in which it is written, which are the same on every network of the family.
pub(super) fn address(text: &str) -> Option<Address> {
    Address::parse(&ChainIdentity::Ton(0), text).ok().map(|parsed| parsed.address)
}

/// A hash in any of the ways in which it is written.
pub(super) fn hash(text: &str) -> Option<Txid> {
    Txid::parse(Family::Ton, text)
}

/// The answer to a question. Of a list, the words "not found" with a 404 mean an empty one: nothing here.
pub(super) async fn ask<T: DeserializeOwned>(
    line: Line<'_>,
    path: &str,
    question: &str,
) -> Result<(Option<T>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    match reply.status {
        200 => {
            let answer = reply.json().map_err(|failure| line.failed(&failure, question))?;
            Ok((Some(answer), reply))
        }
        404 => {
            let told = reply.json::<RequestError>().ok();
            let says_so = told.is_some_and(|told| told.error.to_ascii_lowercase().contains("not found"));
            let unsaid = || line.malformed(question, "404 without the indexer's words for what it does not know");
            if says_so { Ok((None, reply)) } else { Err(unsaid()) }
        }
        other => Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}
