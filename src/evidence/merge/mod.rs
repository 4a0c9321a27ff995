//! What all sources of one network together say of one transaction: agreement, contradiction, or nothing.

mod ahead;
mod inclusion;
mod proof;

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::Timestamp;

use crate::evidence::{
    Alias, Before, BlockRef, Crossing, Head, Observation, Particulars, Proof, Sighting, Spends, Transfer,
};
use crate::terms::{Address, Amount, Cite, Confidence, Gap, GapWhy, Network, Provenance, Seen, Txid, all_sources};

/// A question to which two fit sources gave different answers.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// What they disagree about.
    pub fact: &'static str,
    /// Both answers.
    pub provenance: Provenance,
}

/// One transaction on one network, as its sources together tell it.
#[derive(Clone, Debug)]
pub struct Transaction {
    /// Name of the network.
    pub network: Arc<str>,
    /// Its identifier.
    pub txid: Txid,
    /// Whether anybody knows it; a no comes only from sources that could have seen it.
    pub known: Seen<()>,
    /// The block of the best chain that holds it; no means known and in no block.
    pub block: Seen<BlockRef>,
    /// True when a block held it that is no longer in the best chain.
    pub orphaned: bool,
    /// Whether it ran without failing.
    pub executed: Seen<()>,
    /// Why it failed, as far as a source tells.
    pub failure: Option<String>,
    /// The movements of value that took effect.
    pub transfers: Seen<Vec<Transfer>>,
    /// Native coin moved by contract calls, where a source was asked and could tell.
    pub internals: Seen<Vec<Transfer>>,
    /// Payments that failed inside it, where a source was asked and could tell.
    pub failed: Seen<Vec<Transfer>>,
    /// Peculiarities that some findings hang on.
    pub particulars: Particulars,
    /// What it hands to the bridges of its network; no when nothing, as far as its sources show.
    pub crossings: Seen<Vec<Crossing>>,
    /// What is proven of its place in that block, and of the block's in the chain.
    pub proof: Proof,
    /// Yes when the hash of that block was recomputed from its header.
    pub header: Seen<()>,
    /// Confirmations; the block that holds it counts as the first.
    pub confirmations: Seen<u64>,
    /// Height of the safe or finalized block, where finality goes by it.
    pub finality_mark: Seen<u64>,
    /// The fee paid, in native coin.
    pub fee: Option<Amount>,
    /// What it pays at most for its place in a block: satoshi a virtual byte, or gwei a unit of gas.
    pub fee_rate: Option<Amount>,
    /// The least that a source says transactions pay at present, in the same unit.
    pub going_rate: Seen<Amount>,
    /// When a source first saw it.
    pub first_seen: Option<Timestamp>,
    /// The first of the accounts whose coins it spends, where all who name any agree.
    pub senders: Vec<Address>,
    /// What it uses up, where all who show it agree.
    pub spends: Option<Spends>,
    /// What has to be in the chain before it, and is not.
    pub before: Seen<Before>,
    /// Whether a source remembers it from a mempool.
    pub known_before: Seen<()>,
    /// Whether its own terms of validity have run out, so that it can no longer arrive.
    pub lapsed: Seen<()>,
    /// The transaction that took its place, where one did: which one, where it has been named.
    pub successor: Seen<Option<Txid>>,
    /// The transactions whose place it took, or the others of the same payment: a ledger may have filed it under one of
    /// them.
    pub forerunners: Seen<Vec<Txid>>,
    /// What else the identifier is.
    pub alias: Seen<Alias>,
    /// Contradictions between sources.
    pub disagreements: Vec<Disagreement>,
    /// Sources that proved to follow another chain, by service name.
    pub wrong_chain: Vec<(Arc<str>, Cite)>,
}

impl Transaction {
    /// Puts the observations of one transaction together.
    pub(super) fn merge(merge: &Merge<'_>) -> Self {
        let Merge { network, txid, seen, .. } = merge;
        let mut disagreements = Vec::new();
        let block = merge.block(&mut disagreements);
        let (executed, failure) = merge.executed(&mut disagreements);
        let wrong_chain = |o: &&Observation| match &o.right_chain {
            Seen::No(_) => o.right_chain.cite().map(|cite| (o.source.service.clone(), cite)),
            _ => None,
        };
        Self {
            network: network.name.clone(),
            txid: (*txid).clone(),
            known: merge.known(),
            orphaned: !block.is_yes() && merge.orphaned().is_some(),
            executed,
            failure,
            transfers: merge.transfers(&mut disagreements).map(Vec::clone),
            internals: merge.inside(|o| o.internals.as_ref()),
            failed: merge.inside(|o| o.failed.as_ref()),
            particulars: merge.particulars(),
            crossings: merge.crossings(&mut disagreements),
            confirmations: merge.confirmations(&block, &mut disagreements),
            finality_mark: merge.finality_mark(),
            proof: merge.proof(&block),
            header: merge.header(&block),
            block,
            fee: merge.sightings().find_map(|(_, sighting, _)| sighting.fee.clone()),
            fee_rate: merge.fee_rate(),
            going_rate: merge.going_rate(),
            first_seen: merge.outlooks().filter_map(|outlook| outlook.first_seen).min(),
            spends: merge.spends(),
            senders: merge.senders(),
            known_before: merge.known_before(),
            lapsed: merge.lapsed(),
            before: merge.before(),
            successor: merge.successor(),
            forerunners: merge.forerunners(),
            alias: merge.alias(),
            disagreements,
            wrong_chain: seen.iter().filter_map(wrong_chain).collect(),
        }
    }

    /// How many independent operators say that the transaction does not exist; 0 when it is known, or another one is
    /// said to have taken its place.
    pub fn absent_operators(&self) -> usize {
        let (Seen::No(provenance), false) = (&self.known, self.successor.is_yes()) else { return 0 };
        let mut operators: Vec<&str> = provenance.answers().iter().map(|a| &*a.operator).collect();
        operators.sort_unstable();
        operators.dedup();
        operators.len()
    }
}

/// The observations of one transaction, each question to all of them at a time: whoever needs one answer need not have
/// all put together.
pub struct Merge<'a> {
    network: &'a Network,
    txid: &'a Txid,
    seen: Vec<&'a Observation>,
    now: Timestamp,
    claimed: Option<Timestamp>,
    /// Worked out once: most questions are put to these.
    sightings: OnceCell<Vec<(&'a Observation, &'a Sighting, Provenance)>>,
    /// What each says of its head, where it is fit; one for each observation, in their order.
    heads: OnceCell<Vec<Seen<&'a Head>>>,
    /// What all its sources go by, once a gap names them.
    all_sources: OnceCell<Arc<str>>,
}

impl<'a> Merge<'a> {
    /// What was seen of one transaction on one network, by now, where it is claimed to have been sent at some time.
    pub(super) fn new(
        (network, txid): (&'a Network, &'a Txid),
        seen: Vec<&'a Observation>,
        now: Timestamp,
        claimed: Option<Timestamp>,
    ) -> Self {
        Self {
            network,
            txid,
            seen,
            now,
            claimed,
            sightings: OnceCell::new(),
            heads: OnceCell::new(),
            all_sources: OnceCell::new(),
        }
    }

    /// What it uses up, where all who show it agree.
    pub fn spends(&self) -> Option<Spends> {
        agreed(self.sightings().filter_map(|(_, sighting, _)| sighting.spends.as_ref())).cloned()
    }

    /// The movements of value that took effect, where no two sources contradict each other.
    pub fn moved(&self) -> Seen<&'a Vec<Transfer>> {
        self.transfers(&mut Vec::new())
    }

    /// Whether it ran without failing.
    pub fn ran(&self) -> Seen<()> {
        self.executed(&mut Vec::new()).0
    }

    /// What it hands to the bridges of its network.
    pub fn crossed(&self) -> Seen<Vec<Crossing>> {
        self.crossings(&mut Vec::new())
    }

    /// The sightings by sources that proved to follow the right chain, and whose proofs hold as far as they gave some.
    fn sightings(&self) -> impl Iterator<Item = (&'a Observation, &'a Sighting, &Provenance)> {
        let fit = |o: &'a Observation| {
            let chain = o.right_chain.is_yes().then(|| o.right_chain.provenance()).flatten()?;
            let (sighting, said) = (o.sighting.yes()?, o.sighting.provenance()?);
            Some((o, sighting, said.clone().and(chain)))
        };
        let all = self.sightings.get_or_init(|| self.unflawed().filter_map(fit).collect());
        all.iter().map(|(o, sighting, said)| (*o, *sighting, said))
    }

    /// The head of one of the observations, where its source is fit to answer.
    fn fit_head(&self, of: &Observation) -> &Seen<&'a Head> {
        let all = || self.seen.iter().map(|o| o.fit_head(self.network, self.now)).collect();
        let at = self.seen.iter().position(|o| std::ptr::eq(*o, of)).unwrap_or(0);
        &self.heads.get_or_init(all)[at]
    }

    /// The observations whose proofs hold, as far as there are any.
    fn unflawed(&self) -> impl Iterator<Item = &'a Observation> {
        self.seen.iter().copied().filter(|o| o.flaw().is_none())
    }

    /// The gap that stands for a question which no source of the network answered.
    fn gap(&self, question: &str) -> Gap {
        let of_chain = |o: &&Observation| match &o.right_chain {
            Seen::No(_) => Some(Gap::new(o.source.service.clone(), question, GapWhy::WrongChain)),
            chain => chain.gap().cloned(),
        };
        let of_head = |o: &&Observation| self.fit_head(o).gap().cloned();
        let of_absence = |o: &&Observation| o.absence(self.network, self.now, self.claimed).gap().cloned();
        let of_sighting = |o: &&Observation| o.sighting.gap().cloned();
        let found = self.seen.iter().find_map(|o| o.flaw().cloned());
        let found = found.or_else(|| self.seen.iter().find_map(of_sighting));
        let found = found.or_else(|| self.seen.iter().find_map(of_chain));
        let found = found.or_else(|| self.seen.iter().find_map(of_head));
        let found = found.or_else(|| self.seen.iter().find_map(|o| o.sighting.is_no().then(|| of_absence(o))?));
        let why = if self.seen.is_empty() { GapWhy::NotConfigured } else { GapWhy::NotAsked };
        match found {
            Some(gap) => Gap { question: question.into(), ..gap },
            None => Gap::new(self.all_sources(), question, why),
        }
    }

    /// What all sources of the network together go by.
    fn all_sources(&self) -> Arc<str> {
        Arc::clone(self.all_sources.get_or_init(|| all_sources(&self.network.name)))
    }

    fn conflict(&self, fact: &'static str, provenance: Provenance, into: &mut Vec<Disagreement>) -> Gap {
        into.push(Disagreement { fact, provenance });
        Gap::new(self.all_sources(), fact, GapWhy::Conflicting)
    }

    fn known(&self) -> Seen<()> {
        if let Some(provenance) = self.sightings().map(|(.., said)| said.clone()).reduce(|a, b| a.or(&b)) {
            return Seen::Yes((), provenance);
        }
        let absences = self.seen.iter().map(|o| o.absence(self.network, self.now, self.claimed));
        let said: Vec<Provenance> = absences.filter_map(|a| a.is_yes().then(|| a.provenance().cloned())?).collect();
        match said.into_iter().reduce(|a, b| a.or(&b)) {
            Some(provenance) => Seen::No(provenance),
            None => Seen::Unknown(self.gap(&format!("transaction {}", self.txid))),
        }
    }

    fn executed(&self, disagreements: &mut Vec<Disagreement>) -> (Seen<()>, Option<String>) {
        let failure = self.sightings().find_map(|(_, sighting, _)| sighting.failure.clone());
        let (mut ran, mut failed): (Option<Provenance>, Option<Provenance>) = (None, None);
        let mut gap = None;
        for (o, sighting, chain) in self.sightings() {
            let join = |old: Option<Provenance>, said: &Provenance| {
                let said = by_receipt(o, on_chain(said, chain));
                Some(old.map_or_else(|| said.clone(), |old| old.or(&said)))
            };
            match &sighting.executed {
                Seen::Yes((), said) => ran = join(ran, said),
                Seen::No(said) => failed = join(failed, said),
                Seen::Unknown(why) => gap = gap.or_else(|| Some(why.clone())),
            }
        }
        let executed = match (ran, failed) {
            (Some(yes), Some(no)) => Seen::Unknown(self.conflict("executed", yes.or(&no), disagreements)),
            (Some(yes), None) => Seen::Yes((), yes),
            (None, Some(no)) => Seen::No(no),
            (None, None) => Seen::Unknown(gap.unwrap_or_else(|| self.gap(&format!("whether {} ran", self.txid)))),
        };
        (executed, failure)
    }

    fn transfers(&self, disagreements: &mut Vec<Disagreement>) -> Seen<&'a Vec<Transfer>> {
        let mut agreed: Option<(&'a Vec<Transfer>, Provenance)> = None;
        let mut gap = None;
        for (o, sighting, chain) in self.sightings() {
            let (transfers, said) = match &sighting.transfers {
                Seen::Yes(transfers, said) => (transfers, by_receipt(o, on_chain(said, chain))),
                Seen::No(_) => continue,
                Seen::Unknown(why) => {
                    gap = gap.or_else(|| Some(why.clone()));
                    continue;
                }
            };
            agreed = match agreed {
                Some((first, before)) if first != transfers => {
                    return Seen::Unknown(self.conflict("moved-value", before.or(&said), disagreements));
                }
                Some((first, before)) => Some((first, before.or(&said))),
                None => Some((transfers, said)),
            };
        }
        match agreed {
            Some((transfers, provenance)) => Seen::Yes(transfers, provenance),
            None => Seen::Unknown(gap.unwrap_or_else(|| self.gap(&format!("what {} moved", self.txid)))),
        }
    }

    /// Where no contract moves coin, everything is on the surface; elsewhere a source has to be asked, but where all who
    /// show the transaction show that it did no more.
    fn inside(&self, of: impl Fn(&Observation) -> Option<&Seen<Vec<Transfer>>>) -> Seen<Vec<Transfer>> {
        if !self.network.traits().calls_inside {
            return self.known().map(|()| Vec::new());
        }
        let asked = self.seen.iter().filter(|o| o.right_chain.is_yes()).filter_map(|o| of(o).cloned());
        // An explorer may list what happened inside later than others, or not at all: who saw something counts more.
        let weight = |seen: &Seen<Vec<Transfer>>| seen.yes().map(|found| !found.is_empty());
        let told = asked.reduce(|first, next| if weight(&next) > weight(&first) { next } else { first });
        told.or_else(|| self.surface()).unwrap_or_else(|| {
            Seen::Unknown(Gap::new(self.all_sources(), "whether contract calls inside it moved coin", GapWhy::NotAsked))
        })
    }

    /// Nothing inside, by the word of all who show the transaction; nothing where one of them leaves that open.
    fn surface(&self) -> Option<Seen<Vec<Transfer>>> {
        let whole = |sighting: &Sighting| sighting.particulars.all_on_surface && sighting.transfers.is_yes();
        let said = self.sightings().map(|(_, sighting, said)| whole(sighting).then(|| said.clone()));
        let said: Option<Vec<Provenance>> = said.collect();
        Some(Seen::Yes(Vec::new(), said?.into_iter().reduce(|one, other| one.or(&other))?))
    }

    /// A yes and a no are a contradiction: a node may name anything.
    pub fn alias(&self) -> Seen<Alias> {
        let question = || ["what else ", self.txid.as_str(), " is"].concat();
        let right = self.seen.iter().filter(|o| o.right_chain.is_yes());
        let told: Vec<&Seen<Alias>> = right.filter_map(|o| o.alias.as_ref()).collect();
        let proven = |seen: &&&Seen<Alias>| {
            seen.provenance().and_then(Provenance::confidence) == Some(Confidence::Proven) && seen.is_yes()
        };
        // What a transaction's own events name can be seen in that transaction, and others may not have looked so far.
        let named = |seen: &&&Seen<Alias>| seen.yes().is_some_and(|alias| !matches!(alias, Alias::Block(_)));
        let (yes, no) = (told.iter().find(|seen| seen.is_yes()), told.iter().find(|seen| seen.is_no()));
        match (told.iter().find(proven).or(told.iter().find(named)), yes, no) {
            (Some(proven), ..) => (*proven).clone(),
            (None, Some(_), Some(_)) => Seen::Unknown(Gap::new(self.all_sources(), question(), GapWhy::Conflicting)),
            (None, Some(one), None) | (None, None, Some(one)) => (*one).clone(),
            (None, None, None) => Seen::Unknown(self.gap(&question())),
        }
    }

    /// The first of the accounts whose coins it spends, where all who name any agree.
    pub fn senders(&self) -> Vec<Address> {
        let told = self.sightings().map(|(_, sighting, _)| &sighting.senders).filter(|senders| !senders.is_empty());
        agreed(told).cloned().unwrap_or_default()
    }

    fn particulars(&self) -> Particulars {
        let all: Vec<&Particulars> = self.sightings().map(|(_, sighting, _)| &sighting.particulars).collect();
        Particulars {
            recomputed: all.iter().any(|p| p.recomputed),
            approval: all.iter().any(|p| p.approval),
            nft: all.iter().any(|p| p.nft),
            inner_failure: all.iter().find_map(|p| p.inner_failure),
            coinbase: all.iter().any(|p| p.coinbase),
            signals_replacement: all.iter().any(|p| p.signals_replacement),
            called: all.iter().find_map(|p| p.called.clone()),
            all_on_surface: !all.is_empty() && all.iter().all(|p| p.all_on_surface),
            sealed_memo: all.iter().any(|p| p.sealed_memo),
            promised: agreed(all.iter().filter_map(|p| p.promised.as_ref())).cloned(),
            crossings: all.iter().find_map(|p| p.crossings.clone()),
        }
    }

    /// All who show the events of the transaction must show the same.
    fn crossings(&self, disagreements: &mut Vec<Disagreement>) -> Seen<Vec<Crossing>> {
        let mut agreed: Option<(&Vec<Crossing>, Provenance)> = None;
        for (_, sighting, said) in self.sightings() {
            let Some(shown) = &sighting.particulars.crossings else { continue };
            agreed = match agreed {
                Some((first, before)) if first != shown => {
                    return Seen::Unknown(self.conflict("moved-value", before.or(said), disagreements));
                }
                Some((first, before)) => Some((first, before.or(said))),
                None => Some((shown, said.clone())),
            };
        }
        let Some((crossings, said)) = agreed else {
            let question = format!("what {} hands to a bridge", self.txid);
            return Seen::Unknown(Gap::new(self.all_sources(), question, GapWhy::NotOffered));
        };
        Seen::Yes(crossings.clone(), said).test(|all| (!all.is_empty()).then_some(all))
    }

    /// The fewest confirmations that a fit source counts; heads too far apart are a contradiction.
    fn confirmations(&self, block: &Seen<BlockRef>, disagreements: &mut Vec<Disagreement>) -> Seen<u64> {
        let tolerated = self.network.traits().heads_apart;
        block.clone().then(|block| {
            let fit = |o: &Observation| {
                let head = self.fit_head(o);
                Some((head.yes()?.height, head.provenance()?.clone()))
            };
            let heads: Vec<(u64, Provenance)> = self.unflawed().filter_map(fit).collect();
            let (lowest, highest) = (heads.iter().map(|h| h.0).min(), heads.iter().map(|h| h.0).max());
            let past = heads.iter().filter(|(height, _)| *height >= block.height);
            let counted = past.map(|(_, said)| said.clone()).reduce(|a, b| a.or(&b));
            let all = heads.iter().map(|(_, said)| said.clone()).reduce(|a, b| a.or(&b));
            match (lowest.zip(highest), all, counted) {
                (Some((low, high)), Some(said), _) if high - low > tolerated => {
                    Seen::Unknown(self.conflict("final", said, disagreements))
                }
                (Some((low, _)), _, Some(said)) => {
                    let past = low.max(block.height) - block.height;
                    Seen::Yes(past.saturating_add(1), said)
                }
                (Some(_), ..) => {
                    let source = self.seen.first().map_or("network", |o| &*o.source.service);
                    let gap = Gap::new(source, "the newest block of the network", GapWhy::Behind);
                    Seen::Unknown(gap.with("its head is below the block that it names"))
                }
                (None, ..) => Seen::Unknown(self.gap("the newest block of the network")),
            }
        })
    }

    fn finality_mark(&self) -> Seen<u64> {
        let marks = self.unflawed().filter(|o| self.fit_head(o).is_yes());
        let marks: Vec<&Seen<u64>> = marks.filter_map(|o| o.placement.as_ref()?.finality_mark.as_ref()).collect();
        let lowest = marks.iter().filter_map(|mark| mark.yes()).min();
        let said = marks.iter().filter(|m| m.is_yes()).filter_map(|m| m.provenance().cloned()).reduce(|a, b| a.or(&b));
        match lowest.zip(said) {
            Some((height, provenance)) => Seen::Yes(*height, provenance),
            None => Seen::Unknown(
                marks.iter().find_map(|m| m.gap().cloned()).unwrap_or_else(|| self.gap("the finality mark")),
            ),
        }
    }
}

/// The one value that all of them are; nothing where there is none, or they differ.
fn agreed<'a, T: PartialEq>(mut all: impl Iterator<Item = &'a T>) -> Option<&'a T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// A locally proven content stays proven whoever served it; otherwise its server must be on the right chain.
fn on_chain(said: &Provenance, chain: &Provenance) -> Provenance {
    if said.confidence() == Some(Confidence::Proven) { said.clone() } else { said.clone().and(chain) }
}

/// What was read from a receipt that is proven is proven with it.
fn by_receipt(observation: &Observation, said: Provenance) -> Provenance {
    let proven = observation.proof.as_ref().and_then(|proof| proof.receipt.provenance());
    proven.map_or_else(|| said.clone(), |proven| said.clone().or(proven))
}
