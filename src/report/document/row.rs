//! One case on one line: what a script reads of thousands of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::State;
use super::build::{Materials, case_id, state};
use crate::diagnosis::{Judged, Party, Verdict};
use crate::evidence::Transfer;
use crate::terms::{Confidence, Direction, Finality, Seen};

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
    /// What reached the claimant, in coin units; else what alone was moved.
    pub amount: Option<String>,
    /// Of what.
    pub asset: Option<String>,
    /// What the ledger says of it, in the words of its contract.
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
        let paid = judged.and_then(paid);
        Self {
            case: Some(case_id(subject, claim)),
            verdict: Some(diagnosis.verdict),
            code: Some(decisive.code.to_owned()),
            responsible: diagnosis.responsible,
            confidence: Some(diagnosis.confidence),
            headline: Some(words.finding(decisive.code, &decisive.facts).title),
            network: judged.map(|judged| judged.transaction.network.clone()),
            txid: judged.map(|judged| judged.transaction.txid.to_string()),
            state: judged
                .and_then(|judged| if judged.is_replaced { Some(State::Replaced) } else { state(&judged.transaction) }),
            confirmations: judged.and_then(|judged| judged.transaction.confirmations.yes().copied()),
            required_confirmations: judged.and_then(|judged| match judged.required {
                Some(Finality::Confirmations(number)) => Some(number),
                _ => None,
            }),
            amount: paid.and_then(|transfer| Some(transfer.amount.as_ref()?.to_string())),
            asset: paid.and_then(|transfer| transfer.asset.clone()),
            ledger_status: ledger_status(materials),
            age_hours: materials
                .ticket
                .and_then(|ticket| Some(evidence.asked_at.duration_since(ticket.created_at?).as_hours())),
            ..Self::default()
        }
    }
}

/// The movement that reached the claimant, or the only one.
fn paid(judged: &Judged) -> Option<&Transfer> {
    let tx = &judged.transaction;
    let all = || tx.transfers.yes().into_iter().chain(tx.internals.yes()).flatten();
    let reached = |transfer: &&Transfer| transfer.to.is_some() && transfer.to == judged.claimant_address;
    let only = || Some(all()).filter(|all| all.clone().count() == 1).and_then(|mut all| all.next());
    all().find(reached).or_else(only)
}

/// What the ledger says of the deciding transaction: of the side that the claim is about, where it has both.
fn ledger_status(materials: &Materials<'_>) -> Option<String> {
    let ledger = &materials.evidence.ledger;
    let named = (ledger.named_deposit.as_ref(), ledger.named_withdrawal.as_ref());
    let deposits = ledger.deposits.values().filter_map(Seen::yes).flatten().chain(named.0.and_then(Seen::yes));
    let withdrawals = ledger.withdrawals.values().filter_map(Seen::yes).flatten().chain(named.1.and_then(Seen::yes));
    let deposits = deposits.map(|one| one.status.to_string());
    let withdrawals = withdrawals.map(|one| one.status.to_string());
    let outgoing = materials.claim.kind.as_ref().is_some_and(|said| said.value == Direction::Withdrawal);
    let mut told: Vec<String> =
        if outgoing { withdrawals.chain(deposits).collect() } else { deposits.chain(withdrawals).collect() };
    (!told.is_empty()).then(|| told.swap_remove(0))
}
