//! What an index of Blockbook's tells of a transaction that is in no block: who spent its inputs in one, what waits before
//! it, and what a place costs (`GET /api/v2/tx/:txid?spending=true`, `GET /api/v2/estimatefee/:blocks`).

use serde::Deserialize;

use super::answer::Tx;
use super::{given, tx};
use crate::evidence::{Before, OutPoint, Outlook, Spends};
use crate::net::Reply;
use crate::sources::{Line, seen};
use crate::terms::{Amount, Family, Gap, GapWhy, Seen, Txid};

/// Inputs of one transaction whose spender is asked for. What spends them instead need share only one of them, but usually
/// shares the first.
const INPUTS: usize = 4;
/// Blocks within which the going rate is to get a transaction in.
const TARGET_BLOCKS: u64 = 6;
/// What turns coins a thousand virtual bytes into the smallest unit a virtual byte.
const TO_SATOSHI: u64 = 100_000;

/// `GET /api/v2/estimatefee/:blocks`: coins a thousand virtual bytes; negative where the node cannot tell.
#[derive(Deserialize)]
struct Estimate {
    result: String,
}

/// What lies ahead of a transaction that is in no block. Of one that nobody knows the index can tell nothing.
pub(super) async fn outlook(line: Line<'_>, txid: &Txid, spends: Option<&Spends>) -> Outlook {
    let question = format!("what became of the inputs of {txid}");
    let Some(Spends::Outputs(inputs)) = spends else {
        return Outlook::unknown(&line.gap(&question, GapWhy::NotAsked, "its inputs are not known"));
    };
    // The same question as of the first look, so it is not asked twice.
    let own = tx(line, txid, "", &question);
    let (parents, going_rate, own) =
        futures::future::join3(parents(line, inputs, &question), going_rate(line), own).await;
    let first_seen = own.ok().and_then(|(tx, _)| tx.filter(|tx| !tx.is_confirmed())?.time());
    let known_before = Seen::Unknown(line.gap("whether the index once knew it", GapWhy::NotOffered, "it forgets"));
    Outlook {
        successor: spender(line, txid, inputs, &parents, &question),
        known_before,
        lapsed: None,
        going_rate,
        fee_rate: None,
        first_seen,
        before: before(line, inputs, &parents, &question),
    }
}

/// What is known of the transaction whose output an input spends.
type Parent = Result<(Option<Tx>, Reply), Gap>;

/// The transactions whose outputs it would spend, with who spends them, in the order of its inputs.
async fn parents(line: Line<'_>, inputs: &[OutPoint], question: &str) -> Vec<Parent> {
    let asked = inputs.iter().take(INPUTS).map(|input| tx(line, &input.txid, "?spending=true", question));
    futures::future::join_all(asked).await
}

/// The transaction that spent in a block what this one would spend. The index knows of no conflict in the mempool.
fn spender(line: Line<'_>, txid: &Txid, inputs: &[OutPoint], parents: &[Parent], question: &str) -> Seen<Option<Txid>> {
    let unspent = || line.gap(question, GapWhy::NotOffered, "the index does not say by whom it is spent");
    let other = |(input, parent): (&OutPoint, &Parent)| {
        let (tx, reply) = parent.as_ref().map_err(Clone::clone)?;
        let Some(tx) = tx else { return Err(line.gap(question, GapWhy::NotOffered, "it does not know an input")) };
        let output = tx.vout.iter().find(|output| output.n == u64::from(input.index));
        let output = output.ok_or_else(|| line.malformed(question, "the output that it spends is not there"))?;
        let told = match (&output.spent_by, output.spent) {
            (Some(by), _) => Some(Txid::parse(Family::Bitcoin, by).ok_or_else(unspent)?),
            (None, true) => return Err(unspent()),
            (None, false) => None,
        };
        Ok((told.filter(|other| other != txid), reply.provenance()))
    };
    let answers: Vec<Result<_, Gap>> = inputs.iter().zip(parents).map(other).collect();
    if let Some(Ok((other, said))) = answers.iter().find(|answer| matches!(answer, Ok((Some(_), _)))) {
        return Seen::Yes(other.clone(), said.clone());
    }
    let whole = inputs.len() <= INPUTS;
    let all: Result<Vec<_>, Gap> = answers.into_iter().collect();
    match all.map(|all| all.into_iter().map(|(_, said)| said).reduce(|a, b| a.and(&b))) {
        Ok(Some(said)) if whole => Seen::No(said),
        Ok(_) => Seen::Unknown(line.gap(question, GapWhy::NotAsked, "it has more inputs than are asked about")),
        Err(gap) => Seen::Unknown(gap),
    }
}

/// How many transactions it builds upon that are in no block themselves, at least.
fn before(line: Line<'_>, inputs: &[OutPoint], parents: &[Parent], question: &str) -> Seen<Before> {
    let mut waiting: Vec<&str> = Vec::new();
    let mut said = None;
    for parent in parents {
        let (tx, reply) = match parent {
            Ok((Some(tx), reply)) => (tx, reply),
            Ok((None, _)) => return Seen::Unknown(line.gap(question, GapWhy::NotOffered, "it does not know an input")),
            Err(gap) => return Seen::Unknown(gap.clone()),
        };
        let own = reply.provenance();
        said = Some(said.map_or_else(|| own.clone(), |said: crate::terms::Provenance| said.and(&own)));
        if !tx.is_confirmed() && !waiting.contains(&tx.txid.as_str()) {
            waiting.push(&tx.txid);
        }
    }
    match (u64::try_from(waiting.len()), said) {
        (Ok(count), Some(said)) if count > 0 => Seen::Yes(Before::Ancestors(count), said),
        (_, Some(said)) if inputs.len() <= INPUTS => Seen::No(said),
        _ => Seen::Unknown(line.gap(question, GapWhy::NotAsked, "it has more inputs than are asked about")),
    }
}

/// What gets a transaction into one of the next blocks.
async fn going_rate(line: Line<'_>) -> Seen<Amount> {
    let question = "what transactions pay at present";
    let path = format!("/api/v2/estimatefee/{TARGET_BLOCKS}");
    seen(given::<Estimate>(line, &path, question).await.and_then(|(estimate, reply)| {
        let rate: Option<Amount> = estimate.result.parse().ok();
        let rate =
            rate.ok_or_else(|| line.gap(question, GapWhy::NotOffered, "the node has seen too little to tell"))?;
        Ok(Seen::Yes(rate.times(TO_SATOSHI), reply.provenance()))
    }))
}
