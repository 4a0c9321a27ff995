//! What a Bitcoin node's mempool tells of a transaction that is in no block:
//! <https://bitcoincore.org/en/doc/30.0.0/rpc/blockchain/gettxspendingprevout/> and its neighbours.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Number, json};

use super::ask;
use crate::evidence::{Before, OutPoint, Outlook, Spends};
use crate::net::Call;
use crate::sources::chain::raw_transaction::RATE_PLACES;
use crate::sources::{Line, seen};
use crate::terms::{Amount, Family, GapWhy, Seen, Txid};

/// Blocks within which the going rate is to get a transaction in: an hour.
const TARGET_BLOCKS: u64 = 6;
/// What turns coins a thousand virtual bytes into satoshi a virtual byte.
const TO_SATOSHI: u64 = 100_000;

/// `gettxspendingprevout` of Core 24 and later. The last field is absent where the mempool spends it in nothing.
#[derive(Deserialize)]
struct Spending {
    spendingtxid: Option<String>,
}

/// `estimatesmartfee`: coins a thousand virtual bytes, under the name of Core or of bcoin; -1 or absent where the
/// node has seen too little to tell.
#[derive(Deserialize)]
struct Estimate {
    #[serde(alias = "fee")]
    feerate: Option<Number>,
}

/// `getmempoolentry`, as far as it is used, of Core and of bcoin.
#[derive(Deserialize)]
struct Entry {
    #[serde(alias = "size")]
    vsize: u64,
    time: Option<i64>,
    fees: Option<Fees>,
    fee: Option<Number>,
    /// Itself included.
    ancestorcount: Option<u64>,
    /// What it spends that is in the mempool too.
    #[serde(default)]
    depends: Vec<String>,
}

#[derive(Deserialize)]
struct Fees {
    base: Number,
}

impl Entry {
    /// How many transactions it waits for. A node may count only itself, and name what it depends on all the same.
    fn ancestors(&self) -> u64 {
        let named = u64::try_from(self.depends.len()).unwrap_or(u64::MAX);
        self.ancestorcount.map_or(0, |count| count.saturating_sub(1)).max(named)
    }

    /// What it pays, in satoshi a virtual byte.
    fn rate(&self) -> Option<Amount> {
        let paid = self.fees.as_ref().map(|fees| &fees.base).or(self.fee.as_ref())?;
        Amount::from_json(paid).ok()?.times(TO_SATOSHI * 1000).per(self.vsize, RATE_PLACES)
    }
}

/// What lies ahead of a transaction that is in no block. Of one that nobody knows a node can tell nothing.
pub(super) async fn outlook(line: Line<'_>, txid: &Txid, spends: Option<&Spends>) -> Outlook {
    let question = format!("what {txid} pays for its place in a block");
    let unknown = |what: &str| line.gap(what, GapWhy::NotAsked, "nobody knows the transaction");
    let known_before = Seen::Unknown(unknown("whether the node once knew it"));
    let Some(Spends::Outputs(inputs)) = spends else {
        let (successor, going_rate) = (Seen::Unknown(unknown(&question)), Seen::Unknown(unknown(&question)));
        let before = Seen::Unknown(unknown("whether it waits for other transactions"));
        return Outlook { successor, known_before, lapsed: None, going_rate, fee_rate: None, first_seen: None, before };
    };
    let entry = ask::<Entry>(line, Call::new("getmempoolentry", json!([txid.as_str()])), &question);
    let (successor, going_rate, entry) =
        futures::future::join3(spender(line, txid, inputs), going_rate(line), entry).await;
    let before = seen(entry.as_ref().map_err(Clone::clone).map(|(entry, reply)| match entry.ancestors() {
        0 => Seen::No(reply.provenance()),
        count => Seen::Yes(Before::Ancestors(count), reply.provenance()),
    }));
    let entry = entry.ok().map(|(entry, _)| entry);
    Outlook {
        successor,
        known_before,
        lapsed: None,
        going_rate,
        fee_rate: entry.as_ref().and_then(Entry::rate),
        first_seen: entry.and_then(|entry| Timestamp::from_second(entry.time?).ok()),
        before,
    }
}

/// The transaction in the mempool that spends what this one would spend. Who spent it in a block is not asked for:
/// only the newest nodes keep an index of that.
async fn spender(line: Line<'_>, txid: &Txid, inputs: &[OutPoint]) -> Seen<Option<Txid>> {
    let question = format!("who spends the inputs of {txid}");
    let input = |input: &OutPoint| json!({ "txid": input.txid.as_str(), "vout": input.index });
    let params = json!([inputs.iter().map(input).collect::<Vec<_>>()]);
    let asked = ask::<Vec<Spending>>(line, Call::new("gettxspendingprevout", params), &question).await;
    seen(asked.map(|(spent, reply)| {
        let by = spent.into_iter().filter_map(|spending| Txid::parse(Family::Bitcoin, &spending.spendingtxid?));
        match by.into_iter().find(|other| other != txid) {
            Some(other) => Seen::Yes(Some(other), reply.provenance()),
            None => Seen::No(reply.provenance()),
        }
    }))
}

/// What gets a transaction into one of the next blocks.
async fn going_rate(line: Line<'_>) -> Seen<Amount> {
    let question = "what transactions pay at present";
    let asked = ask::<Estimate>(line, Call::new("estimatesmartfee", json!([TARGET_BLOCKS])), question).await;
    seen(asked.and_then(|(estimate, reply)| {
        let rate = estimate.feerate.and_then(|rate| Amount::from_json(&rate).ok());
        let rate =
            rate.ok_or_else(|| line.gap(question, GapWhy::NotOffered, "the node has seen too little to tell"))?;
        Ok(Seen::Yes(rate.times(TO_SATOSHI), reply.provenance()))
    }))
}
