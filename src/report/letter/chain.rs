//! What recorded answers show of a letter's transaction, to everybody alike: nothing of a claim, a ledger or a ticket, and no
//! requirement of a platform's.

use schemars::JsonSchema;
use serde::Serialize;

use super::payment::Payment;
use crate::report::document::{Document, SourcePart, TransactionPart, TransferPart, tool};
use crate::report::{Words, proof_parts};

/// What the chain shows: `txsleuth.chain/1`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChainPart {
    /// Always `txsleuth.chain/1`.
    pub schema: String,
    /// The transaction, and what took its place where something did; none where the letter is about none.
    pub transactions: Vec<TransactionPart>,
    /// Name and version of the program that wrote it, and the letter's texts.
    pub tool: String,
    /// Every answer that is handed out, with what it was read from.
    pub sources: Vec<SourcePart>,
}

impl ChainPart {
    /// What the document of a case without a claim shows; nothing where there is no such case.
    pub fn new(document: Option<&Document>) -> Self {
        let transactions: Vec<TransactionPart> =
            document.into_iter().flat_map(|document| &document.transactions).map(public).collect();
        let sources = document.into_iter().flat_map(|document| &document.sources).cloned().collect();
        Self { schema: "txsleuth.chain/1".to_owned(), transactions, tool: tool(), sources }
    }

    /// Whether all that is shown is also what the whole case holds, and the transaction named is shown. Fewer answers may show
    /// less; where they show something else, those that are missing have made the difference.
    pub fn is_part_of(&self, document: &Document, meant: Option<(&str, &str)>) -> bool {
        let whole = |tx: &TransactionPart| {
            document.transactions.iter().find(|whole| (&whole.network, &whole.txid) == (&tx.network, &tx.txid))
        };
        let all = self.transactions.iter().all(|tx| whole(tx).is_some_and(|whole| is_less(tx, whole)));
        let shown = |(network, txid)| {
            self.transactions.iter().any(|tx| (tx.network.as_str(), tx.txid.as_str()) == (network, txid))
        };
        all && meant.is_some_and(shown)
    }

    /// Proofs that hold.
    pub fn proofs(&self) -> usize {
        self.transactions.iter().filter_map(|tx| Some(tx.proof.as_ref()?.count())).sum()
    }

    /// In words: what anybody may believe by what is here, and what rests on somebody's word.
    pub fn beliefs(&self, words: &Words) -> Vec<String> {
        let told = self.transactions.iter().flat_map(|tx| self.of(tx, words));
        let nothing = self.transactions.is_empty().then(|| words.word("verify-nothing"));
        told.chain(nothing).chain([words.word("verify-letter"), words.word("verify-unsigned")]).collect()
    }

    fn of(&self, tx: &TransactionPart, words: &Words) -> Vec<String> {
        let named = |key: &str, more: (&'static str, String)| {
            let values = [("network", tx.network.clone()), ("txid", tx.txid.clone()), more];
            words.sentence(key, &values)
        };
        let mut told = Vec::new();
        if let Some(proof) = &tx.proof {
            told.push(named("verify-proven", ("parts", words.joined(&proof_parts(proof, words)))));
            if proof.headers > 0 || proof.block_hash {
                told.push(words.word("verify-branch"));
            }
        }
        let open = unproven(tx);
        if !open.is_empty() {
            let open: Vec<String> = open.iter().map(|what| words.word(&format!("verify-open-{what}"))).collect();
            let sources = self.sources.iter().filter(|source| tx.cites.contains(&source.id));
            let mut services: Vec<String> = sources.map(|source| source.service.clone()).collect();
            services.dedup();
            let mut line = named("verify-word", ("parts", words.joined(&open)));
            if !services.is_empty() {
                line.push_str(&words.sentence("verify-word-of", &[("services", words.joined(&services))]));
            }
            told.push(line);
        }
        told
    }
}

/// Whether what is shown of a transaction is what the whole case holds of it, or nothing.
fn is_less(tx: &TransactionPart, whole: &TransactionPart) -> bool {
    let block = |tx: &TransactionPart| tx.block.as_ref().map(|block| (block.height, block.hash.clone()));
    let movements = |tx: &TransactionPart| -> Vec<_> {
        let told = tx.transfers.iter();
        told.map(|t| (t.contract.clone(), t.from.clone(), t.to.clone(), t.units.clone())).collect()
    };
    (tx.state.is_none() || tx.state == whole.state)
        && (tx.executed.is_none() || tx.executed == whole.executed)
        && (tx.block.is_none() || block(tx) == block(whole))
        && (tx.transfers.is_empty() || movements(tx) == movements(whole))
        && (tx.confirmations.is_none() || tx.confirmations == whole.confirmations)
}

/// What of a transaction is told and was not recomputed.
fn unproven(tx: &TransactionPart) -> Vec<&'static str> {
    let proof = tx.proof.as_ref();
    let placed = proof.is_some_and(|proof| proof.in_block || proof.receipt);
    let moved = proof.is_some_and(|proof| proof.receipt || (proof.txid && proof.in_block));
    let depth = tx.confirmations.is_some_and(|have| proof.is_none_or(|proof| proof.headers < have));
    let open = [
        ("state", tx.block.is_none()),
        ("block", tx.block.is_some() && !placed),
        ("depth", depth),
        ("moved", !tx.transfers.is_empty() && !moved),
    ];
    open.into_iter().filter(|(_, is_open)| *is_open).map(|(what, _)| what).collect()
}

/// A transaction without what the platform wants of it.
fn public(tx: &TransactionPart) -> TransactionPart {
    let transfers = tx.transfers.iter().map(|transfer| TransferPart { to_claimant: None, ..transfer.clone() });
    TransactionPart {
        required_confirmations: None,
        required_finality: None,
        is_final: None,
        explorer: None,
        transfers: transfers.collect(),
        ..tx.clone()
    }
}

/// The transaction that a letter is about: its network and its identifier.
pub(super) fn meant(document: &Document) -> Option<(&str, &str)> {
    let payment = Payment::of(document);
    Some((payment.tx?.network.as_str(), payment.tx?.txid.as_str()))
}
