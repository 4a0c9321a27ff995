//! What an index remembers and estimates beyond the chain: what took a transaction's place, and what transactions pay
//! at present. The paths below `/v1` are those of mempool.space (<https://mempool.space/docs/api/rest>); where they
//! are not offered, Esplora's own are left.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Number;

use crate::evidence::{Before, OutPoint, Outlook, Spends};
use crate::net::Reply;
use crate::sources::{Line, seen};
use crate::terms::{Amount, Family, Gap, GapWhy, Seen, Txid};

/// Inputs of one transaction whose spender is asked for. A replacement need share only one of them, but usually
/// shares the first.
const INPUTS: usize = 4;

/// `GET /v1/tx/:txid/rbf`. The root of the tree is the newest version, the older ones are nested in it.
#[derive(Deserialize)]
struct Replacements {
    replacements: Option<Tree>,
    /// Those whose place this very transaction took.
    #[serde(default)]
    replaces: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Tree {
    tx: Version,
    #[serde(default)]
    replaces: Vec<Tree>,
}

#[derive(Deserialize)]
struct Version {
    txid: String,
}

impl Tree {
    fn holds(&self, txid: &Txid) -> bool {
        self.find(txid).is_some()
    }

    /// The part of the tree that begins with a transaction.
    fn find(&self, txid: &Txid) -> Option<&Self> {
        if txid.is_written(&self.tx.txid) {
            return Some(self);
        }
        self.replaces.iter().find_map(|older| older.find(txid))
    }

    /// Every transaction of the tree.
    fn collect(&self, into: &mut Vec<String>) {
        into.push(self.tx.txid.clone());
        self.replaces.iter().for_each(|older| older.collect(into));
    }
}

/// `GET /tx/:txid/outspend/:vout`. An output that never was is told as unspent; some backends tell of spent ones
/// without saying by whom.
#[derive(Deserialize)]
struct Outspend {
    spent: bool,
    txid: Option<String>,
}

/// `GET /v1/fees/recommended`, as far as it is used: satoshi a virtual byte.
#[derive(Deserialize)]
struct Recommended {
    #[serde(rename = "hourFee")]
    hour: Number,
}

/// `GET /fee-estimates`, as far as it is used: satoshi a virtual byte, by the blocks that it takes.
#[derive(Deserialize)]
struct Estimates {
    #[serde(rename = "6")]
    hour: Number,
}

/// What lies ahead of a transaction that is in no block. What others pay matters only for one that somebody knows.
pub(super) async fn outlook(line: Line<'_>, txid: &Txid, spends: Option<&Spends>) -> Outlook {
    let rate = async {
        match spends {
            Some(_) => going_rate(line).await,
            None => Seen::Unknown(line.gap(GOING_RATE, GapWhy::NotAsked, "nobody knows the transaction")),
        }
    };
    let relatives = async {
        match spends {
            Some(_) => relatives(line, txid).await,
            None => Relation::unknown(line.gap(ANCESTORS, GapWhy::NotAsked, "nobody knows the transaction")),
        }
    };
    let ((remembered, known_before), spent, going_rate, Relation { before, fee_rate }) =
        futures::future::join4(remembered(line, txid), spender(line, txid, spends), rate, relatives).await;
    // Either may know what the other does not: the memory of what was in the mempool, the index of who spends what.
    let successor = match (spent, remembered) {
        (told @ Seen::Yes(..), _) | (_, told @ Seen::Yes(..)) => told,
        (Seen::Unknown(gap), other) | (other, Seen::Unknown(gap)) if gap.is_usual() => other,
        (gap @ Seen::Unknown(_), _) | (_, gap) => gap,
    };
    Outlook { successor, known_before, lapsed: None, going_rate, fee_rate, first_seen: None, before }
}

/// The newest version of the transaction that the index remembers, and whether it remembers the transaction at all.
async fn remembered(line: Line<'_>, txid: &Txid) -> (Seen<Option<Txid>>, Seen<()>) {
    let question = format!("what took the place of {txid}");
    let asked = offered::<Replacements>(line, &format!("/v1/tx/{txid}/rbf"), &question).await;
    let tree = asked.and_then(|(tree, reply)| match tree.replacements {
        Some(tree) if !tree.holds(txid) => {
            Err(line.gap(&question, GapWhy::Mismatch, "the history is of another transaction"))
        }
        tree => Ok((tree, reply)),
    });
    match tree {
        Ok((Some(tree), reply)) => {
            let newest = successor(line, txid, Some(tree.tx.txid), &question);
            let newest = seen(newest.map(|newest| match newest {
                Some(newest) => Seen::Yes(Some(newest), reply.provenance()),
                None => Seen::No(reply.provenance()),
            }));
            (newest, Seen::Yes((), reply.provenance()))
        }
        // The memory is of a day; what it lacks may have been replaced before.
        Ok((None, reply)) => (Seen::No(reply.provenance()), Seen::No(reply.provenance())),
        Err(gap) => (Seen::Unknown(gap.clone()), Seen::Unknown(gap)),
    }
}

/// The transactions whose place this one took, directly or by way of another: what the tree holds below it.
pub(super) async fn forerunners(line: Line<'_>, txid: &Txid) -> Seen<Vec<Txid>> {
    let question = format!("whose place {txid} took");
    let asked = offered::<Replacements>(line, &format!("/v1/tx/{txid}/rbf"), &question).await;
    seen(asked.and_then(|(told, reply)| {
        let mut older = told.replaces.unwrap_or_default();
        if let Some(own) = told.replacements.as_ref().and_then(|tree| tree.find(txid)) {
            own.replaces.iter().for_each(|tree| tree.collect(&mut older));
        }
        let parse = |text: &String| Txid::parse(Family::Bitcoin, text);
        let mut older: Vec<Txid> = older
            .iter()
            .map(|text| parse(text).ok_or_else(|| line.malformed(&question, "what is named is no identifier")))
            .collect::<Result<_, Gap>>()?;
        older.retain(|other| other != txid);
        older.sort();
        older.dedup();
        Ok(if older.is_empty() { Seen::No(reply.provenance()) } else { Seen::Yes(older, reply.provenance()) })
    }))
}

/// The transaction that spends what this one would spend.
async fn spender(line: Line<'_>, txid: &Txid, spends: Option<&Spends>) -> Seen<Option<Txid>> {
    let question = format!("who spends the inputs of {txid}");
    let Some(Spends::Outputs(inputs)) = spends else {
        return Seen::Unknown(line.gap(&question, GapWhy::NotAsked, "its inputs are not known"));
    };
    let ask = |input: &OutPoint| {
        let path = format!("/tx/{}/outspend/{}", input.txid, input.index);
        let question = question.clone();
        async move {
            let (outspend, reply) = offered::<Outspend>(line, &path, &question).await?;
            if outspend.spent && outspend.txid.is_none() {
                return Err(line.gap(&question, GapWhy::NotOffered, "the index does not say by whom it is spent"));
            }
            Ok((successor(line, txid, outspend.txid.filter(|_| outspend.spent), &question)?, reply.provenance()))
        }
    };
    let answers: Vec<Result<_, Gap>> = futures::future::join_all(inputs.iter().take(INPUTS).map(ask)).await;
    if let Some(Ok((other, said))) = answers.iter().find(|answer| matches!(answer, Ok((Some(_), _)))) {
        return Seen::Yes(other.clone(), said.clone());
    }
    let whole = inputs.len() <= INPUTS;
    let unspent: Result<Vec<_>, Gap> = answers.into_iter().collect();
    match unspent.map(|all| all.into_iter().map(|(_, said)| said).reduce(|a, b| a.and(&b))) {
        Ok(Some(said)) if whole => Seen::No(said),
        Ok(_) => Seen::Unknown(line.gap(&question, GapWhy::NotAsked, "it has more inputs than are asked about")),
        Err(gap) => Seen::Unknown(gap),
    }
}

/// A transaction other than the one asked about; an error where it is no identifier.
fn successor(line: Line<'_>, txid: &Txid, told: Option<String>, question: &str) -> Result<Option<Txid>, Gap> {
    let Some(told) = told else { return Ok(None) };
    let other = Txid::parse(Family::Bitcoin, &told)
        .ok_or_else(|| line.malformed(question, "what is named as the other transaction is no identifier"))?;
    Ok(Some(other).filter(|other| other != txid))
}

/// The question after the going rate.
const GOING_RATE: &str = "what transactions pay at present";

/// What gets a transaction into one of the next six blocks.
async fn going_rate(line: Line<'_>) -> Seen<Amount> {
    let question = GOING_RATE;
    let own = offered::<Recommended>(line, "/v1/fees/recommended", question);
    let usual = offered::<Estimates>(line, "/fee-estimates", question);
    let (own, usual) = futures::future::join(own, usual).await;
    let told = own.map(|(rates, reply)| (rates.hour, reply)).or(usual.map(|(rates, reply)| (rates.hour, reply)));
    seen(told.and_then(|(rate, reply)| {
        let rate = Amount::from_json(&rate).map_err(|error| line.malformed(question, error.to_string()))?;
        Ok(Seen::Yes(rate, reply.provenance()))
    }))
}

/// `GET /v1/cpfp/:txid`, as far as it is used. It answers the same for what it does not know, so it is asked only about
/// transactions that somebody knows. The rate is in satoshi a virtual byte, and absent where there are no relatives.
#[derive(Deserialize)]
struct Relatives {
    ancestors: Vec<IgnoredAny>,
    #[serde(rename = "effectiveFeePerVsize")]
    effective: Option<Number>,
}

/// What its unconfirmed relatives mean for a transaction.
struct Relation {
    before: Seen<Before>,
    /// What it pays together with them, in satoshi a virtual byte: a child may pay for its parent.
    fee_rate: Option<Amount>,
}

impl Relation {
    fn unknown(gap: Gap) -> Self {
        Self { before: Seen::Unknown(gap), fee_rate: None }
    }
}

/// The question after unconfirmed parents.
const ANCESTORS: &str = "whether it waits for other transactions";

async fn relatives(line: Line<'_>, txid: &Txid) -> Relation {
    let (relatives, reply) = match offered::<Relatives>(line, &format!("/v1/cpfp/{txid}"), ANCESTORS).await {
        Ok(answered) => answered,
        Err(gap) => return Relation::unknown(gap),
    };
    let fee_rate = relatives.effective.map(|rate| Amount::from_json(&rate)).transpose();
    let fee_rate = match fee_rate {
        Ok(rate) => rate,
        Err(error) => return Relation::unknown(line.malformed(ANCESTORS, error.to_string())),
    };
    let before = match u64::try_from(relatives.ancestors.len()) {
        Ok(count) if count > 0 => Seen::Yes(Before::Ancestors(count), reply.provenance()),
        _ => Seen::No(reply.provenance()),
    };
    Relation { before, fee_rate }
}

/// What a path answers where the index has it: unknown paths are 404.
async fn offered<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<(T, Reply), Gap> {
    let reply = line.get(path, question).await?;
    match reply.status {
        200 => Ok((reply.json().map_err(|failure| line.failed(&failure, question))?, reply)),
        404 => Err(line.gap(question, GapWhy::NotOffered, format!("{path} is not offered"))),
        other => Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}
