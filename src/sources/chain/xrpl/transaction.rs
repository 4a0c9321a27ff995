//! Transactions by `tx`:
//! <https://xrpl.org/docs/references/http-websocket-apis/public-api-methods/transaction-methods/tx>.

use serde::Deserialize;
use serde_json::{Value, json};

use super::blob::{self, Order};
use super::sum::Sum;
use super::{Address, Gap, GapWhy, Line, Network, Refusal, Reply, Txid, call, number};

/// The error of a server that does not have a transaction.
pub(super) const NOT_FOUND: &str = "txnNotFound";
/// May deliver less than it says: <https://xrpl.org/docs/concepts/payment-types/partial-payments>.
pub(super) const PARTIAL: u32 = 0x0002_0000;

/// What a transaction says of itself, in `tx_json`, or in version 1 among the rest.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Tx {
    account: String,
    /// Such as `Payment`.
    pub transaction_type: String,
    destination: Option<String>,
    /// 0 is a tag, and not the same as none.
    destination_tag: Option<u32>,
    amount: Option<Value>,
    /// The name of `Amount` in version 2.
    deliver_max: Option<Value>,
    #[serde(default)]
    flags: u32,
    #[serde(default)]
    sequence: u32,
    last_ledger_sequence: Option<u32>,
    /// In drops.
    pub fee: String,
    /// When its ledger was closed, in seconds of the ledger's clock.
    #[serde(rename = "date")]
    pub date: Option<i64>,
}

impl Tx {
    /// What it orders; nothing where an address or a sum cannot be read.
    fn order(&self, network: &Network) -> Option<Order> {
        let address = |text: &String| Address::parse(&network.identity, text).ok().map(|parsed| parsed.address);
        let sum = |value: &Value| Sum::read(&network.identity, value);
        let destination = self.destination.as_ref().map(address);
        let amount = self.deliver_max.as_ref().or(self.amount.as_ref()).map(sum);
        Some(Order {
            is_payment: self.transaction_type == "Payment",
            account: address(&self.account)?,
            destination: destination.map_or(Some(None), |found| found.map(Some))?,
            tag: self.destination_tag,
            flags: self.flags,
            sequence: self.sequence,
            last_ledger: self.last_ledger_sequence,
            amount: amount.map_or(Some(None), |found| found.map(Some))?,
        })
    }
}

/// What a transaction did: <https://xrpl.org/docs/references/protocol/transactions/metadata>.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Meta {
    /// Such as `tesSUCCESS`.
    #[serde(rename = "TransactionResult")]
    pub result: String,
    /// What a payment delivered; "unavailable" where the server cannot tell.
    pub delivered_amount: Option<Value>,
    /// What of the ledger it changed.
    #[serde(rename = "AffectedNodes", default)]
    pub nodes: Vec<Value>,
}

/// A transaction that a server knows.
#[derive(Debug)]
pub(super) struct Found {
    /// What it says.
    pub tx: Tx,
    /// What it orders.
    pub order: Order,
    /// What it did, where it was applied.
    pub meta: Option<Meta>,
    /// Whether it is in a validated ledger.
    pub validated: bool,
    /// That ledger's number.
    pub height: Option<u64>,
    /// That ledger's hash, which version 1 does not tell.
    pub ledger_hash: Option<String>,
    /// Whether its identifier was recomputed from its bytes.
    pub recomputed: bool,
}

/// What a server answers about a transaction: it, or the word that it has none.
pub(super) type Asking = Result<(Result<Found, Refusal>, Reply), Gap>;

/// Asks for a transaction, within a range of ledgers where the server is to say that it has searched all of them.
pub(super) async fn transaction(
    line: Line<'_>,
    network: &Network,
    txid: &Txid,
    range: Option<(u64, u64)>,
    question: &str,
) -> Asking {
    let mut params = json!({ "transaction": txid.as_str(), "binary": false });
    if let Some((first, last)) = range {
        params["min_ledger"] = json!(first);
        params["max_ledger"] = json!(last);
    }
    let (result, reply) = call(line, "tx", params, question).await?;
    match result {
        Ok(value) => found(line, network, txid, value, question).map(|found| (Ok(found), reply)),
        Err(refusal) if refusal.error == NOT_FOUND => Ok((Err(refusal), reply)),
        Err(refusal) => Err(refusal.gap(line, question)),
    }
}

/// The bytes of a transaction, which version 1 calls otherwise; nothing where the server does not give them.
pub(super) async fn bytes(line: Line<'_>, txid: &Txid, question: &str) -> Option<String> {
    let params = json!({ "transaction": txid.as_str(), "binary": true });
    let (result, _) = call(line, "tx", params, question).await.ok()?;
    let value = result.ok()?;
    let blob = value.get("tx_blob").or_else(|| value.get("tx"))?;
    blob.as_str().map(str::to_owned)
}

/// Reads an answer, which must be about the transaction asked for.
fn found(line: Line<'_>, network: &Network, txid: &Txid, value: Value, question: &str) -> Result<Found, Gap> {
    let malformed = |error: serde_json::Error| line.malformed(question, error.to_string());
    let nested = value.get("tx_json");
    let hash = value.get("hash").or_else(|| nested?.get("hash")).and_then(Value::as_str);
    let hash = hash.ok_or_else(|| line.malformed(question, "the transaction has no hash"))?;
    if !hash.eq_ignore_ascii_case(txid.as_str()) {
        let hash: String = hash.chars().take(64).collect();
        return Err(line.gap(question, GapWhy::Mismatch, format!("the answer is about {hash}")));
    }
    let meta = value.get("meta").cloned().map(serde_json::from_value).transpose().map_err(malformed)?;
    let height = value.get("ledger_index").and_then(number);
    let ledger_hash = value.get("ledger_hash").and_then(Value::as_str).map(str::to_owned);
    let validated = value.get("validated") == Some(&Value::Bool(true));
    let tx: Tx = serde_json::from_value(nested.cloned().unwrap_or(value)).map_err(malformed)?;
    let order = tx.order(network).ok_or_else(|| line.malformed(question, "an address or a sum cannot be read"))?;
    Ok(Found { tx, order, meta, validated, height, ledger_hash, recomputed: false })
}

/// Holds what a server says of a transaction against its bytes, whose hash has to be the identifier.
pub(super) fn prove(
    line: Line<'_>,
    network: &Network,
    txid: &Txid,
    found: Found,
    hex: Option<&str>,
) -> Result<Found, Gap> {
    let question = format!("transaction {txid}");
    let Some((hash, order)) = hex.and_then(|hex| blob::read(&network.identity, hex)) else { return Ok(found) };
    if hash != txid.as_str() {
        return Err(line.gap(&question, GapWhy::Mismatch, format!("the bytes hash to {hash}")));
    }
    match order {
        Some(order) if order != found.order => {
            Err(line.gap(&question, GapWhy::Mismatch, "its fields are not those of its bytes"))
        }
        Some(_) => Ok(Found { recomputed: true, ..found }),
        None => Ok(found),
    }
}
