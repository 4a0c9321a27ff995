//! What all sources together say lies ahead of a transaction that is in no block.

use super::Merge;
use crate::evidence::Outlook;
use crate::terms::{Amount, Gap, GapWhy, Provenance, Seen, Txid};

impl<'a> Merge<'a> {
    /// What fit sources say lies ahead of it.
    pub(super) fn outlooks(&self) -> impl Iterator<Item = &'a Outlook> {
        let fit = self.seen.iter().filter(|o| o.fit_head(self.network, self.now).is_yes());
        fit.filter_map(|o| o.outlook.as_ref())
    }

    pub(super) fn fee_rate(&self) -> Option<Amount> {
        let of_itself = self.sightings().find_map(|(_, sighting, _)| sighting.fee_rate.clone());
        of_itself.or_else(|| self.outlooks().find_map(|outlook| outlook.fee_rate.clone()))
    }

    pub(super) fn going_rate(&self) -> Seen<Amount> {
        let told = || self.outlooks().map(|outlook| &outlook.going_rate);
        let lowest = told().filter(|rate| rate.is_yes()).min_by_key(|rate| rate.yes());
        let gap = || told().find_map(Seen::gap).cloned();
        let unasked = || Seen::Unknown(gap().unwrap_or_else(|| self.gap("what transactions pay at present")));
        lowest.cloned().unwrap_or_else(unasked)
    }

    /// One that is named counts more than one that is not; two that are named leave it open.
    pub(super) fn successor(&self) -> Seen<Option<Txid>> {
        let question = format!("what took the place of {}", self.txid);
        // As with what it knows of the transaction itself, that a source has seen one needs no fresh head.
        let right = self.seen.iter().filter(|o| o.right_chain.is_yes());
        let told: Vec<&Seen<Option<Txid>>> = right.filter_map(|o| Some(&o.outlook.as_ref()?.successor)).collect();
        let mut found: Option<(Option<Txid>, Provenance)> = None;
        for seen in &told {
            let Seen::Yes(next, said) = seen else { continue };
            found = Some(match found {
                Some((Some(one), _)) if next.as_ref().is_some_and(|other| *other != one) => {
                    let service = format!("network.{}", self.network.name);
                    return Seen::Unknown(Gap::new(&service, question, GapWhy::Conflicting));
                }
                Some((one, before)) if one == *next => (one, before.or(said)),
                Some((one, before)) => (one.or_else(|| next.clone()), before.and(said)),
                None => (next.clone(), said.clone()),
            });
        }
        match (found, told.iter().find(|seen| seen.is_no()).or(told.first())) {
            (Some((next, said)), _) => Seen::Yes(next, said),
            (None, Some(seen)) => (*seen).clone(),
            (None, None) => Seen::Unknown(self.gap(&question)),
        }
    }
}
