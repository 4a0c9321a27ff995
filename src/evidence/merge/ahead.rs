//! What all sources together say lies ahead of a transaction that is in no block, and whose place it took.

use super::Merge;
use crate::evidence::{Before, Outlook};
use crate::terms::{Amount, Gap, GapWhy, Provenance, Seen, Txid};

impl<'a> Merge<'a> {
    /// What fit sources say lies ahead of it.
    pub(super) fn outlooks(&self) -> impl Iterator<Item = &'a Outlook> {
        let told = self.seen.iter().filter_map(|o| Some((o, o.outlook.as_ref()?)));
        told.filter(|(o, _)| self.fit_head(o).is_yes()).map(|(_, outlook)| outlook)
    }

    /// The most that a source says it pays, alone or with its relatives: a child may pay for it, and what its parents
    /// lack is told as theirs.
    pub(super) fn fee_rate(&self) -> Option<Amount> {
        let of_itself = self.sightings().filter_map(|(_, sighting, _)| sighting.fee_rate.clone());
        of_itself.chain(self.outlooks().filter_map(|outlook| outlook.fee_rate.clone())).max()
    }

    pub(super) fn going_rate(&self) -> Seen<Amount> {
        let told = || self.outlooks().map(|outlook| &outlook.going_rate);
        let lowest = told().filter(|rate| rate.is_yes()).min_by_key(|rate| rate.yes());
        let gap = || told().find_map(Seen::gap).cloned();
        let unasked = || Seen::Unknown(gap().unwrap_or_else(|| self.gap("what transactions pay at present")));
        lowest.cloned().unwrap_or_else(unasked)
    }

    /// What has to come before it, by those who have it waiting: others may know less of its sender.
    pub(super) fn before(&self) -> Seen<Before> {
        let waiting = self.seen.iter().filter(|o| {
            let known = o.sighting.yes().is_some_and(|sighting| sighting.block.is_no());
            known && self.fit_head(o).is_yes()
        });
        let told: Vec<&Seen<Before>> = waiting.filter_map(|o| Some(&o.outlook.as_ref()?.before)).collect();
        let found = told.iter().find(|seen| seen.is_no()).or_else(|| told.iter().find(|seen| seen.is_yes()));
        found.map_or_else(|| Seen::Unknown(self.gap("what has to come before it")), |seen| (*seen).clone())
    }

    /// Whether a source remembers it from a mempool.
    pub(super) fn known_before(&self) -> Seen<()> {
        let right = self.seen.iter().filter(|o| o.right_chain.is_yes());
        let told: Vec<&Seen<()>> = right.filter_map(|o| Some(&o.outlook.as_ref()?.known_before)).collect();
        let found = told.iter().find(|seen| seen.is_yes()).or_else(|| told.iter().find(|seen| seen.is_no()));
        found.map_or_else(|| Seen::Unknown(self.gap("whether a source remembers it")), |seen| (*seen).clone())
    }

    /// Whether its own terms of validity have run out: every source that can tell must say so.
    pub(super) fn lapsed(&self) -> Seen<()> {
        let told: Vec<&Seen<()>> = self.outlooks().filter_map(|outlook| outlook.lapsed.as_ref()).collect();
        let found = told.iter().find(|seen| seen.is_no()).or_else(|| told.iter().find(|seen| seen.is_yes()));
        found.map_or_else(|| Seen::Unknown(self.gap("whether it can still arrive")), |seen| (*seen).clone())
    }

    /// One that is named counts more than one that is not; two that are named leave it open, and so does a source that
    /// might know and gave no answer.
    pub fn successor(&self) -> Seen<Option<Txid>> {
        let question = || ["what took the place of ", self.txid.as_str()].concat();
        let told: Vec<&Seen<Option<Txid>>> = self.successors().collect();
        let mut found: Option<(Option<Txid>, Provenance)> = None;
        for seen in &told {
            let Seen::Yes(next, said) = seen else { continue };
            found = Some(match found {
                Some((Some(one), _)) if next.as_ref().is_some_and(|other| *other != one) => {
                    return Seen::Unknown(Gap::new(self.all_sources(), question(), GapWhy::Conflicting));
                }
                Some((one, before)) if one == *next => (one, before.or(said)),
                Some((one, before)) => (one.or_else(|| next.clone()), before.and(said)),
                None => (next.clone(), said.clone()),
            });
        }
        if let Some((next, said)) = found {
            return Seen::Yes(next, said);
        }
        let usual = |seen: &Seen<_>| seen.gap().is_some_and(Gap::is_usual);
        let failed = told.iter().find(|seen| seen.gap().is_some() && !usual(seen));
        let told = failed.or_else(|| told.iter().find(|seen| seen.is_no())).or(told.first());
        let unasked = || Gap::new(self.all_sources(), question(), GapWhy::NotAsked);
        told.map_or_else(|| Seen::Unknown(unasked()), |seen| (*seen).clone())
    }

    /// The transactions whose place it took, by all who remember any: each may have seen what the others missed.
    pub(super) fn forerunners(&self) -> Seen<Vec<Txid>> {
        let right = self.seen.iter().filter(|o| o.right_chain.is_yes());
        let told: Vec<&Seen<Vec<Txid>>> = right.filter_map(|o| o.forerunners.as_ref()).collect();
        let mut all: Vec<Txid> = told.iter().filter_map(|seen| seen.yes()).flatten().cloned().collect();
        all.sort();
        all.dedup();
        let said = |of: fn(&Seen<Vec<Txid>>) -> bool| {
            told.iter().filter(|seen| of(seen)).filter_map(|seen| seen.provenance().cloned()).reduce(|a, b| a.and(&b))
        };
        if let Some(said) = said(Seen::is_yes) {
            return Seen::Yes(all, said);
        }
        let failed = told.iter().filter_map(|seen| seen.gap()).find(|gap| !gap.is_usual());
        let open = failed.or_else(|| told.iter().find_map(|seen| seen.gap())).cloned();
        match said(Seen::is_no).filter(|_| failed.is_none()) {
            Some(said) => Seen::No(said),
            None => Seen::Unknown(open.unwrap_or_else(|| {
                Gap::new(self.all_sources(), format!("whose place {} took", self.txid), GapWhy::NotAsked)
            })),
        }
    }

    /// What each source says took its place. As with what it knows of the transaction itself, that a source has seen
    /// another one needs no fresh head. That the nonce is used by one it cannot name counts only from a source that is
    /// fit, and that itself has the transaction in no block.
    fn successors(&self) -> impl Iterator<Item = &'a Seen<Option<Txid>>> {
        let right = self.seen.iter().filter(|o| o.right_chain.is_yes());
        right.filter_map(|o| {
            let told = &o.outlook.as_ref()?.successor;
            let denied = o.absence(self.network, self.now, self.claimed).is_yes();
            let waiting = o.sighting.yes().is_some_and(|sighting| sighting.block.is_no());
            let fit = self.fit_head(o).is_yes() && (denied || waiting);
            (fit || told.yes() != Some(&None)).then_some(told)
        })
    }
}
