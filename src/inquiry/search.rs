//! Where no identifier was given: where to search for payments to the claimant, and what that has brought to light.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::candidates::{Candidate, Fit, meant, payments, transactions};
use super::recorded::{Unnamed, candidates};
use super::{Channel, Question, Reach, address_on, named};
use crate::claim::Claim;
use crate::evidence::{AddressRecord, Evidence, Search};
use crate::terms::{Address, By, Direction, Gap, GapWhy, Network, Provenance, Said, Seen, Txid};

/// How far back is searched where nobody says when it was sent: few complain of a payment that is older.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How much earlier than claimed it may have been: times are told without their zone.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// How much later than claimed it may be in a block: platforms send late, and low fees wait.
const AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long after the complaint it may be in a block.
const GRACE: SignedDuration = SignedDuration::from_hours(24);
/// How far ahead of the clock a block may be dated: Bitcoin's rules on the times of blocks.
const AHEAD: SignedDuration = SignedDuration::from_hours(2);
/// Addresses of one account that are searched on one network.
const RECEIVERS: usize = 20;
/// Payments whose records in the ledger are asked for.
const WEIGHED: usize = 50;
/// What searching has brought to light.
#[derive(Clone, Debug)]
pub struct Quest<'a> {
    /// Where was searched, or is to be.
    pub places: Vec<(&'a Network, Search)>,
    /// Every payment found, the newest first; what is in no block yet is newest.
    pub payments: Vec<Candidate<'a>>,
    /// Those that the claim can mean: the ones that fit fully, else those that nearly do; and where all but one are
    /// settled, that one.
    pub meant: Vec<Candidate<'a>>,
    /// Transactions that fit as well and were set aside, because the ledger has settled them.
    pub set_aside: u64,
    /// Whether everything in blocks of the stretch was looked through everywhere; never a no.
    pub complete: Seen<()>,
    /// Records of the account that the claim can mean as well, and that are of no transaction: those that are not settled, where
    /// anything that is meant is not.
    pub unnamed: Vec<Unnamed>,
    /// Where the stretch of time begins of which the ledger listed them.
    listed_since: Option<Timestamp>,
    /// Whether the claim says so much that it may be about a payment which the ledger has settled.
    is_precise: bool,
}

impl<'a> Quest<'a> {
    /// The one transaction that the claim means: only one fits, and everything was looked through. Of a payment that is
    /// settled, somebody who does not say more may mean something else: one that was never made, or a withdrawal.
    pub fn only(&self) -> Option<&Candidate<'a>> {
        let alone = transactions(&self.meant) == 1 && self.complete.is_yes() && self.unnamed.is_empty();
        let open = self.is_precise || self.meant.iter().any(|one| !one.is_settled);
        self.meant.first().filter(|_| alone && open)
    }

    /// Where the stretch of time begins that was searched.
    pub fn since(&self) -> Option<Timestamp> {
        self.places.iter().map(|(_, search)| search.since).chain(self.listed_since).min()
    }

    /// Whether the claim can mean payments of several transactions, or records beside them.
    pub fn is_several(&self) -> bool {
        transactions(&self.meant) + self.unnamed.len() > 1
    }
}

/// What searching has brought to light of a claim without an identifier; nothing where there is nowhere to search.
pub fn quest<'a>(claim: &Claim, evidence: &Evidence, networks: &'a [Network]) -> Option<Quest<'a>> {
    let listed = evidence.ledger.listed().filter(|_| names_nothing(claim, evidence));
    let searching = is_searching(claim, evidence);
    let (places, mut open) = if searching { places(claim, evidence, networks) } else { (Vec::new(), None) };
    if places.is_empty() && listed.is_none() {
        return None;
    }
    let mut payments = payments(claim, evidence, &places);
    let (records, mut unnamed) = candidates(claim, evidence, networks);
    let is_new = |one: &Candidate<'_>| {
        !payments.iter().any(|own| own.network.name == one.network.name && own.payment.txid == one.payment.txid)
    };
    let records: Vec<Candidate<'_>> = records.into_iter().filter(is_new).collect();
    payments.extend(records);
    let listed_since = listed.map(|span| span.since);
    let (meant, set_aside) = meant(&payments);
    if meant.iter().any(|one| !one.is_settled) || unnamed.iter().any(|one| !one.is_settled) {
        unnamed.retain(|one| !one.is_settled);
    }
    // A list that was asked for and did not come may hold others that fit.
    open = open.or_else(|| evidence.ledger.unlisted().filter(|gap| !gap.is_usual()).cloned());
    let mut said: Option<Provenance> = None;
    for (network, search) in &places {
        match completeness(evidence, network, search) {
            Seen::Yes((), here) => said = Some(said.map_or_else(|| here.clone(), |before| before.and(&here))),
            Seen::No(_) => {}
            Seen::Unknown(gap) => open = open.or(Some(gap)),
        }
    }
    let unasked = || Gap::new("network", "payments to the claimant", GapWhy::NotAsked);
    let complete = match (open, said) {
        (None, Some(said)) => Seen::Yes((), said),
        (open, _) => Seen::Unknown(open.unwrap_or_else(unasked)),
    };
    let is_precise = claim.address_as_txid.is_some() || is_precise(claim);
    Some(Quest { places, payments, meant, set_aside, complete, unnamed, listed_since, is_precise })
}

/// Whether a claim has to be looked for by searching: a deposit of which nothing was given that could be looked up.
fn is_searching(claim: &Claim, evidence: &Evidence) -> bool {
    let sent = claim.kind.as_ref().is_some_and(|said| said.value == Direction::Withdrawal);
    !sent && names_nothing(claim, evidence)
}

/// Whether nothing was given that could be looked up.
pub(super) fn names_nothing(claim: &Claim, evidence: &Evidence) -> bool {
    let other = !claim.txids.is_empty() || !claim.malformed.is_empty();
    let other = other || claim.block_as_txid.is_some() || claim.unresolved.is_some();
    let ledger = &evidence.ledger;
    let recorded = ledger.named_deposit.as_ref().is_some_and(Seen::is_yes);
    let ordered = ledger.named_withdrawal.as_ref().is_some_and(Seen::is_yes);
    // A ticket that nobody could read, or a record, may name another transaction.
    let heard = evidence.gaps.is_empty();
    heard && !other && !recorded && !ordered
}

/// Whether amount and direction are claimed, the latter by the address that was to be paid at least.
fn is_precise(claim: &Claim) -> bool {
    let deposit = claim.kind.as_ref().is_some_and(|said| said.value == Direction::Deposit);
    claim.amount.is_some() && (deposit || claim.address.is_some())
}

/// The stretch of time in which the payment must lie.
pub(super) fn stretch(claim: &Claim, evidence: &Evidence) -> (Timestamp, Timestamp) {
    let later = |time: Timestamp, by: SignedDuration| time.checked_add(by).unwrap_or(time);
    let now = evidence.asked_at;
    let opened = claim.opened_at.as_ref().map(|said| said.value);
    let sent = claim.at.as_ref().map(|said| said.value);
    let ends = [Some(later(now, AHEAD)), opened.map(|time| later(time, GRACE)), sent.map(|time| later(time, AFTER))];
    let until = claim.until.unwrap_or_else(|| ends.into_iter().flatten().min().unwrap_or(now));
    let begin = sent.map_or_else(|| later(opened.unwrap_or(now).min(until), -LOOK_BACK), |time| later(time, -BEFORE));
    // Blocks are dated in seconds.
    let whole = |time: Timestamp| Timestamp::from_second(time.as_second()).unwrap_or(time);
    (whole(claim.since.unwrap_or(begin).min(until)), whole(until))
}

/// The networks on which the claim may be: the claimed one, else those of money that an address, where there is one,
/// can be of, else test networks that it can be of. Where an asset is claimed, only those that list it count.
fn networks_of<'a>(claim: &Claim, networks: &'a [Network]) -> Vec<&'a Network> {
    let on = |network: &&Network| claim.address.as_ref().is_none_or(|said| address_on(network, &said.value).is_some());
    if let Some(said) = &claim.network {
        return named(networks, &said.value).into_iter().filter(on).collect();
    }
    let lists = |network: &&Network| claim.asset.as_ref().is_none_or(|said| lists(network, &said.value));
    let (test, main): (Vec<_>, Vec<_>) = networks.iter().filter(on).partition(|network| network.is_test);
    let tier = if main.is_empty() && claim.address.is_some() { test } else { main };
    tier.into_iter().filter(lists).collect()
}

fn lists(network: &Network, asset: &str) -> bool {
    network.native.eq_ignore_ascii_case(asset) || network.asset(asset).is_some()
}

/// Every search that the claim asks for, and what keeps some from being known.
fn places<'a>(
    claim: &Claim,
    evidence: &Evidence,
    networks: &'a [Network],
) -> (Vec<(&'a Network, Search)>, Option<Gap>) {
    let (since, until) = stretch(claim, evidence);
    let mut open = None;
    let mut places = Vec::new();
    for network in networks_of(claim, networks) {
        let asset = claim.asset.as_ref().map(|said| said.value.clone()).filter(|asset| lists(network, asset));
        let (receivers, gap) = receivers(claim, evidence, network);
        open = open.or(gap);
        let search = |address| (network, Search { address, asset: asset.clone(), since, until });
        places.extend(receivers.into_iter().map(search));
    }
    (places, open)
}

/// The claimed address, else those of the claimant's account; and why there may be more.
fn receivers(claim: &Claim, evidence: &Evidence, network: &Network) -> (Vec<Address>, Option<Gap>) {
    // An address in the customer's own words may be the sender's; the ledger knows where the account is paid.
    let is_hint = |said: &&Said<String>| said.by == By::TicketText && claim.account.is_some();
    if let Some(said) = claim.address.as_ref().filter(|said| !(evidence.ledger.configured && is_hint(said))) {
        return (address_on(network, &said.value).into_iter().collect(), None);
    }
    let Some(account) = &claim.account else { return (Vec::new(), None) };
    let question = || format!("the addresses of account {}", account.value);
    let records = match evidence.ledger.accounts.get(&(account.value.clone(), network.name.clone())) {
        Some(Seen::Yes(records, _)) => records,
        Some(Seen::No(_)) => return (Vec::new(), None),
        Some(Seen::Unknown(gap)) => return (Vec::new(), Some(gap.clone())),
        None => return (Vec::new(), Some(evidence.ledger.unasked(question()))),
    };
    // What reaches an address of many is told apart by memos only, and is nobody else's to see.
    let own = |record: &&AddressRecord| !record.memo_required;
    let mut receivers: Vec<Address> =
        records.iter().filter(own).filter_map(|record| address_on(network, &record.address)).collect();
    let left = receivers.len() < records.len() || receivers.len() > RECEIVERS;
    receivers.truncate(RECEIVERS);
    let gap = left.then(|| Gap::new("ledger", question(), GapWhy::NotAsked).with("not all of them are searched"));
    (receivers, gap)
}

/// The word of somebody fit that one search was made in full.
fn completeness(evidence: &Evidence, network: &Network, search: &Search) -> Seen<()> {
    let of = evidence.searches.iter().filter(|one| one.network == network.name && one.search == *search);
    let told = of.map(|one| one.completeness(network, evidence.asked_at)).reduce(|first, next| match (first, next) {
        (Seen::Yes((), first), Seen::Yes((), next)) => Seen::Yes((), first.or(&next)),
        (first, next) => {
            if first.is_yes() {
                first
            } else {
                next
            }
        }
    });
    told.unwrap_or_else(|| {
        Seen::Unknown(Gap::of_network(&network.name, format!("payments to {}", search.address), GapWhy::NotAsked))
    })
}

/// What is still to be asked to find the payment that a claim without an identifier means.
pub fn questions(claim: &Claim, evidence: &Evidence, reach: Reach<'_>) -> Vec<Question> {
    if !is_searching(claim, evidence) {
        return Vec::new();
    }
    let networks = reach.networks;
    let mut questions = Vec::new();
    if let Some(account) = claim.account.as_ref().filter(|_| claim.address.is_none() && evidence.ledger.configured) {
        let keys =
            networks_of(claim, networks).into_iter().map(|network| (account.value.clone(), network.name.clone()));
        let unasked = keys.filter(|key| !evidence.ledger.accounts.contains_key(key));
        questions.extend(unasked.map(|(account, network)| Question::Addresses(account, network)));
    }
    for (network, search) in places(claim, evidence, networks).0 {
        let channels = reach.channels_of(&network.name).iter();
        let asked = |channel: &Channel| {
            evidence.searches.iter().any(|one| one.source.service == channel.service && one.search == search)
        };
        questions
            .extend(channels.filter(|c| !asked(c)).map(|channel| Question::Search(channel.clone(), search.clone())));
    }
    questions.extend(records(claim, evidence, networks));
    questions
}

/// The ledger's deposits of the payments that fit: what is credited is hardly the one that is missed.
fn records(claim: &Claim, evidence: &Evidence, networks: &[Network]) -> Option<Question> {
    let quest = quest(claim, evidence, networks).filter(|_| evidence.ledger.configured)?;
    let fitting = quest.payments.iter().filter(|one| one.fit <= Fit::Near).map(|one| one.payment.txid.clone());
    let weighed: BTreeSet<Txid> = fitting.take(WEIGHED).collect();
    let unasked: Vec<Txid> = weighed.into_iter().filter(|txid| !evidence.ledger.deposits.contains_key(txid)).collect();
    (!unasked.is_empty()).then_some(Question::Deposits(unasked))
}

/// The identifiers that a claim comes to: those given, else the one that searching found.
pub fn identifiers<'c>(claim: &'c Claim, evidence: &Evidence, networks: &[Network]) -> Vec<Cow<'c, str>> {
    if !claim.txids.is_empty() {
        return claim.txids.iter().map(|said| said.value.as_str().into()).collect();
    }
    let quest = quest(claim, evidence, networks);
    let only = quest.as_ref().and_then(Quest::only);
    only.map(|one| one.payment.txid.to_string().into()).into_iter().collect()
}

/// The network on which searching found an identifier that nobody gave.
pub(super) fn found_on<'a>(
    claim: &Claim,
    evidence: &Evidence,
    networks: &'a [Network],
    text: &str,
) -> Option<&'a Network> {
    let quest = quest(claim, evidence, networks).filter(|_| claim.txids.is_empty())?;
    quest.only().filter(|one| one.payment.txid.is_written(text)).map(|one| one.network)
}
