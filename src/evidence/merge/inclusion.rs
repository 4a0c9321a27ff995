//! Whether a block of the best chain holds a transaction, by all sources together.

use super::{Disagreement, Merge};
use crate::evidence::{BlockRef, Observation};
use crate::terms::{Gap, GapWhy, Provenance, Seen};

impl<'a> Merge<'a> {
    /// The block of each trusted sighting that says one, as far as the second look has confirmed it.
    pub(super) fn placements(&self) -> Vec<(&'a Observation, Seen<BlockRef>)> {
        let unplaced = |o: &Observation| {
            let question = format!("whether the block of {} is in the best chain", self.txid);
            Seen::Unknown(Gap::new(o.source.service.clone(), question, GapWhy::NotAsked))
        };
        self.sightings()
            .filter(|(_, sighting, _)| !sighting.block.is_no())
            .map(|(o, sighting, _)| {
                let canonical = o.placement.as_ref().map_or_else(|| unplaced(o), |p| p.canonical.clone());
                let placed = sighting.block.clone().then(|_| canonical);
                (o, o.right_chain.clone().then(|()| placed))
            })
            .collect()
    }

    /// The word of a source whose block of the transaction has left the best chain.
    pub(super) fn orphaned(&self) -> Option<Provenance> {
        let no = |(o, placed): (&Observation, Seen<BlockRef>)| match placed {
            Seen::No(provenance) if self.fit_head(o).is_yes() => Some(provenance),
            _ => None,
        };
        self.placements().into_iter().find_map(no)
    }

    pub(super) fn block(&self, disagreements: &mut Vec<Disagreement>) -> Seen<BlockRef> {
        let placements = self.placements();
        let mut included: Option<(BlockRef, Provenance)> = None;
        for (_, placed) in &placements {
            let Seen::Yes(block, provenance) = placed else { continue };
            included = match included {
                Some((first, said)) if first.hash != block.hash => {
                    return Seen::Unknown(self.conflict("included", said.or(provenance), disagreements));
                }
                Some((first, said)) => Some((first, said.or(provenance))),
                None => Some((block.clone(), provenance.clone())),
            };
        }
        let Some((block, provenance)) = included else { return self.unplaced(&placements) };
        if let Some(against) = self.contradiction(&block) {
            return Seen::Unknown(self.conflict("included", provenance.or(&against), disagreements));
        }
        Seen::Yes(block, provenance)
    }

    /// The word of a fit source that has read past the block and does not have the transaction in one.
    fn contradiction(&self, block: &BlockRef) -> Option<Provenance> {
        self.seen.iter().find_map(|o| {
            let head = self.fit_head(o);
            let past = head.yes().is_some_and(|head| head.height >= block.height);
            let displaced = o.placement.as_ref().map(|placement| &placement.canonical);
            let said = match &o.sighting {
                Seen::Yes(sighting, _) => match (&sighting.block, displaced) {
                    (Seen::No(said), _) | (_, Some(Seen::No(said))) => Some(said.clone()),
                    _ => None,
                },
                Seen::No(_) => o.absence(self.network, self.now, self.claimed).provenance().cloned(),
                Seen::Unknown(_) => None,
            };
            said.filter(|_| past)
        })
    }

    /// In no block, by the word of sources fit to say so. A block that somebody names and nobody could place is
    /// denied only by those who have read past it.
    fn unplaced(&self, placements: &[(&Observation, Seen<BlockRef>)]) -> Seen<BlockRef> {
        let named = |o: &Observation| o.sighting.yes().and_then(|sighting| sighting.block.yes()).cloned();
        let open: Vec<_> = placements.iter().filter(|(_, p)| p.gap().is_some()).filter_map(|(o, _)| named(o)).collect();
        let gone: Vec<_> = placements.iter().filter(|(_, p)| p.is_no()).filter_map(|(o, _)| named(o)).collect();
        let is_gone = |hash: &str| gone.iter().any(|block| block.hash == hash);
        if let Some(provenance) = self.orphaned().filter(|_| open.iter().all(|block| is_gone(&block.hash))) {
            return Seen::No(provenance);
        }
        let unconfirmed = self.sightings().filter_map(|(o, sighting, chain)| {
            let Seen::No(said) = &sighting.block else { return None };
            let fit = self.fit_head(o);
            let height = fit.yes()?.height;
            let past = open.iter().all(|block| block.height.is_some_and(|named| named <= height));
            fit.provenance().filter(|_| past).map(|head| said.clone().and(chain).and(head))
        });
        if let Some(provenance) = unconfirmed.reduce(|a, b| a.or(&b)) {
            return Seen::No(provenance);
        }
        let open = placements.iter().find_map(|(_, placed)| placed.gap().cloned());
        Seen::Unknown(open.unwrap_or_else(|| self.gap(&format!("whether {} is in a block", self.txid))))
    }
}
