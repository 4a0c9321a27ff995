//! What crosses a bridge is looked for on the other side.

use super::{Channel, Question, Reach};
use crate::claim::Claim;
use crate::evidence::{Crossing, Evidence, Observation};
use crate::terms::{Network, Txid};

/// Crossings of one transaction that are followed.
const CROSSINGS: usize = 4;
/// Steps of one way: a ticket is made out, and then redeemed.
const STEPS: usize = 3;

/// What a transaction hands to bridges, as far as it is followed: for the claimed address first.
fn crossings(claim: &Claim, evidence: &Evidence, network: &Network, txid: &Txid) -> Vec<Crossing> {
    let hands_over = |o: &Observation| {
        let shown = o.sighting.yes().and_then(|sighting| sighting.particulars.crossings.as_ref());
        shown.is_some_and(|all| !all.is_empty())
    };
    if !evidence.of(&network.name, txid).any(hands_over) {
        return Vec::new();
    }
    let shown = evidence.merge(network, txid).crossed();
    let mut all: Vec<Crossing> = shown.yes().cloned().unwrap_or_default();
    let claimed = claim.address.as_ref().map(|said| said.value.as_str());
    let is_claimed =
        |crossing: &Crossing| claimed.zip(crossing.to.as_ref()).is_some_and(|(text, to)| to.is_written(text));
    all.sort_by_key(|crossing| !is_claimed(crossing));
    all.truncate(CROSSINGS);
    all
}

/// The transactions with those that carry out what they hand to bridges, on networks that are configured.
pub(super) fn followed<'a>(
    claim: &Claim,
    evidence: &Evidence,
    networks: &'a [Network],
    mut all: Vec<(&'a Network, Txid)>,
) -> Vec<(&'a Network, Txid)> {
    let mut looked = 0;
    for _ in 0..STEPS {
        let next = all[looked..].iter().flat_map(|(network, txid)| crossings(claim, evidence, network, txid));
        let on = |crossing: &Crossing| networks.iter().find(|network| network.name == crossing.network);
        let legs: Vec<_> = next.filter_map(|crossing| Some((on(&crossing)?, crossing.leg?))).collect();
        looked = all.len();
        for leg in legs {
            if !all.contains(&leg) {
                all.push(leg);
            }
        }
    }
    all
}

/// What has not been asked yet of the fate of messages. Where a transaction carries one out, that tells more.
pub(super) fn deliveries(
    claim: &Claim,
    evidence: &Evidence,
    reach: Reach<'_>,
    all: &[(&Network, Txid)],
) -> Vec<Question> {
    let crossings = all.iter().flat_map(|(network, txid)| crossings(claim, evidence, network, txid));
    let asked = crossings.filter_map(|crossing| {
        let there = reach.networks.iter().find(|network| network.name == crossing.network)?;
        let message = crossing.message.clone()?;
        let key = (there.name.clone(), message.clone());
        let carried = crossing.leg.is_some_and(|leg| !evidence.merge(there, &leg).ran().is_no());
        let open = !carried && !evidence.deliveries.contains_key(&key);
        let question = |channel: &Channel| Question::Delivery(channel.clone(), message.clone());
        open.then(|| reach.channels_of(&there.name).iter().map(question).collect::<Vec<_>>())
    });
    asked.flatten().collect()
}
