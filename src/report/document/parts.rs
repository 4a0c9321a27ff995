//! What documents have in common: how answers, gaps and movements of value stand in them.

use std::sync::Arc;

use super::{GapPart, SourcePart, TransferPart};
use crate::evidence::{Evidence, Transfer, TransferKind};
use crate::terms::{Address, Answer, Gap, Network, Provenance};

/// Every answer, with the id by which it is cited.
pub(in crate::report) fn source_parts(answers: &[Arc<Answer>]) -> Vec<SourcePart> {
    let part = |(index, answer): (usize, &Arc<Answer>)| SourcePart {
        id: format!("s{}", index + 1),
        service: answer.service.to_string(),
        kind: answer.kind.to_string(),
        asked: answer.asked().to_owned(),
        at: answer.at,
        sha256: answer.sha256().to_owned(),
    };
    answers.iter().enumerate().map(part).collect()
}

/// Every gap, each once, in a stable order, with the id by which it is cited.
pub(in crate::report) fn gap_parts(mut gaps: Vec<Gap>) -> Vec<GapPart> {
    gaps.sort();
    gaps.dedup_by(|a, b| a.question == b.question && a.source == b.source && a.why == b.why);
    let part = |(index, gap): (usize, Gap)| GapPart {
        id: format!("g{}", index + 1),
        question: gap.question.to_string(),
        source: gap.source.to_string(),
        why: gap.why,
        detail: gap.detail.to_string(),
    };
    gaps.into_iter().enumerate().map(part).collect()
}

/// The ids of the answers that a fact rests on.
pub(in crate::report) fn ids_of<'a>(
    sources: &'a [SourcePart],
    provenance: &'a Provenance,
) -> impl Iterator<Item = String> + 'a {
    provenance.answers().iter().filter_map(|answer| {
        let same =
            |s: &&SourcePart| *s.service == *answer.service && s.asked == answer.asked() && s.sha256 == answer.sha256();
        sources.iter().find(same).map(|source| source.id.clone())
    })
}

/// What searching left open.
pub(in crate::report) fn search_gaps(evidence: &Evidence, networks: &[Network]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for one in &evidence.searches {
        let network = networks.iter().find(|network| *network.name == *one.network);
        gaps.extend(network.and_then(|network| one.completeness(network, evidence.asked_at).gap().cloned()));
        gaps.extend(one.payments.yes().into_iter().flat_map(|payments| payments.unsearched.iter().cloned()));
        gaps.extend(one.payments.gap().cloned());
    }
    gaps
}

/// A movement of value, and whether it reached the claimant.
pub(in crate::report) fn transfer_part(transfer: &Transfer, to_claimant: Option<bool>) -> TransferPart {
    let text = |address: &Option<Address>| address.as_ref().map(ToString::to_string);
    TransferPart {
        kind: match transfer.kind {
            TransferKind::Native => "native".into(),
            TransferKind::Token => "token".into(),
            TransferKind::Internal => "internal".into(),
        },
        asset: transfer.asset.clone(),
        contract: text(&transfer.contract),
        from: text(&transfer.from),
        to: text(&transfer.to),
        through: text(&transfer.through),
        memo: transfer.memo.clone(),
        amount: transfer.amount.clone(),
        units: transfer.units.clone(),
        output_index: transfer.output_index,
        to_claimant,
    }
}
