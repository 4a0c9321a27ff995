//! What is proven of a transaction's place in the chain, by the answers of any one source.

use super::Merge;
use crate::evidence::{BlockRef, Observation, Proof};
use crate::terms::{Gap, GapWhy, Seen};

impl<'a> Merge<'a> {
    /// The best of the proofs that are about the block on which the sources agree.
    pub(super) fn proof(&self, block: &Seen<BlockRef>) -> Proof {
        let proofs: Vec<&Proof> = self.of_block(block).filter_map(|o| o.proof.as_ref()).collect();
        Proof {
            in_block: self.first(proofs.iter().map(|proof| &proof.in_block), "whether its block holds it"),
            headers: {
                let most = proofs.iter().map(|proof| &proof.headers).max_by_key(|headers| headers.yes());
                most.cloned().unwrap_or_else(|| self.unproven("what was built upon its block"))
            },
            receipt: self.first(proofs.iter().map(|proof| &proof.receipt), "whether its block holds its receipt"),
        }
    }

    /// Whether somebody's header hashes to the block on which the sources agree.
    pub(super) fn header(&self, block: &Seen<BlockRef>) -> Seen<()> {
        let headers = self.of_block(block).filter_map(|o| Some(&o.placement.as_ref()?.header));
        self.first(headers, "the header of its block")
    }

    /// The trusted observations that name this block.
    fn of_block(&self, block: &Seen<BlockRef>) -> impl Iterator<Item = &'a Observation> {
        let hash = block.yes().map(|block| block.hash.clone());
        self.sightings().map(|(o, ..)| o).filter(move |o| {
            let named = o.sighting.yes().and_then(|sighting| sighting.block.yes());
            named.is_some_and(|named| Some(&named.hash) == hash.as_ref())
        })
    }

    fn first<'s>(&self, mut all: impl Iterator<Item = &'s Seen<()>>, question: &str) -> Seen<()> {
        all.find(|seen| seen.is_yes()).cloned().unwrap_or_else(|| self.unproven(question))
    }

    fn unproven<T>(&self, question: &str) -> Seen<T> {
        Seen::Unknown(Gap::new(self.all_sources(), question, GapWhy::NotAsked))
    }
}
