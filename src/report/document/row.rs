//! One case on one line: what a script reads of thousands of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::State;
use super::build::{Materials, case_id, state};
use crate::diagnosis::{Diagnosis, Meant, Party, Verdict};
use crate::terms::{Amount, Confidence, Finality};

/// What follows from one case, in a line. Fields may be added, never renamed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ResultRow {
    /// The row of the input, from 1; a header does not count.
    pub row: u64,
    /// The caller's own id of the row.
    pub id: Option<String>,
    /// What was to be looked into.
    pub input: String,
    /// Stable id of subject and claim.
    pub case: Option<String>,
    /// The outcome; null where the row could not be read.
    pub verdict: Option<Verdict>,
    /// The finding that decides.
    pub code: Option<String>,
    /// Who has to act; null when nobody has to.
    pub responsible: Option<Party>,
    /// How well the decisive finding is supported.
    pub confidence: Option<Confidence>,
    /// One line for people.
    pub headline: Option<String>,
    /// The network of the deciding transaction.
    pub network: Option<String>,
    /// The deciding transaction.
    pub txid: Option<String>,
    /// Where it stands.
    pub state: Option<State>,
    /// Confirmations; the block that holds it is the first.
    pub confirmations: Option<u64>,
    /// Confirmations needed; null where finality goes by name.
    pub required_confirmations: Option<u64>,
    /// What the payment moved by which the case was decided, in coin units; else what alone was moved.
    pub amount: Option<String>,
    /// Of what.
    pub asset: Option<String>,
    /// What the ledger says of the record by which the case was decided, in the words of its contract.
    pub ledger_status: Option<String>,
    /// Why the row could not be looked into, or that nobody answered.
    pub error: Option<String>,
    /// The hash of what the row says, by which it is known again.
    pub content: String,
    /// When the ticket of the case is older than what is promised, or how old it is: hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_hours: Option<i64>,
}

impl ResultRow {
    /// Tells a case in a line; which row it is, whoever read the row says.
    pub fn new(materials: &Materials<'_>) -> Self {
        let &Materials { subject, claim, diagnosis, evidence, words, .. } = materials;
        let decisive = diagnosis.decisive();
        let judged = diagnosis.transactions.first();
        let (amount, asset) = paid(diagnosis);
        Self {
            case: Some(case_id(subject, claim)),
            verdict: Some(diagnosis.verdict),
            code: Some(decisive.code.to_owned()),
            responsible: diagnosis.responsible,
            confidence: Some(diagnosis.confidence),
            headline: Some(words.title(decisive.code, &decisive.facts)),
            network: judged.map(|judged| judged.transaction.network.to_string()),
            txid: judged.map(|judged| judged.transaction.txid.to_string()),
            state: judged
                .and_then(|judged| if judged.is_replaced { Some(State::Replaced) } else { state(&judged.transaction) }),
            confirmations: judged.and_then(|judged| judged.transaction.confirmations.yes().copied()),
            required_confirmations: judged.and_then(|judged| match judged.required {
                Some(Finality::Confirmations(number)) => Some(number),
                _ => None,
            }),
            amount,
            asset,
            ledger_status: diagnosis.meant.status.clone(),
            age_hours: materials
                .ticket
                .and_then(|ticket| Some(evidence.asked_at.duration_since(ticket.created_at?).as_hours())),
            ..Self::default()
        }
    }
}

/// The amount and the asset of the payment that decided, or of the only movement.
fn paid(diagnosis: &Diagnosis) -> (Option<String>, Option<String>) {
    let text = |amount: &Option<Amount>| amount.as_ref().map(ToString::to_string);
    let Meant { amount, asset, .. } = &diagnosis.meant;
    if amount.is_some() || asset.is_some() {
        return (text(amount), asset.clone());
    }
    let tx = diagnosis.transactions.first().map(|judged| &judged.transaction);
    let mut all = tx.into_iter().flat_map(|tx| tx.transfers.yes().into_iter().chain(tx.internals.yes()).flatten());
    match (all.next(), all.next()) {
        (Some(only), None) => (text(&only.amount), only.asset.clone()),
        _ => (None, None),
    }
}
