//! The five steps in order; the only orchestration.

use std::sync::Arc;

use futures::future::join_all;
use regex::Regex;

use crate::claim::{Claim, Ticket};
use crate::diagnosis::{Diagnosis, Policy, diagnose};
use crate::evidence::{Evidence, OWN_ACCOUNT, Observation, Scope, Sent, SourceRef, TicketRef};
use crate::inquiry::{self, Channel, Question, Reach, Record};
use crate::net::Net;
use crate::sources::ledger::Hints;
use crate::sources::{Line, chain, desk, ledger};
use crate::subject::{Subject, SubjectKind};
use crate::terms::{Address, By, Direction, Gap, GapWhy, Network, Said, Seen, Txid};

/// Rounds of questions in one case; each round's questions depend on the answers of the one before.
const ROUNDS: usize = 11;

/// A source of a network: its kind, and who runs it.
pub type Source = (&'static chain::Kind, Arc<str>);

/// Those who can be asked.
pub struct Sources {
    /// Each network with its sources, in order.
    pub chains: Vec<(Network, Vec<Source>)>,
    /// The way to each of these sources, in the same order.
    channels: Vec<Vec<Channel>>,
    /// The ledger.
    pub ledger: Option<ledger::Opened>,
    /// The desk.
    pub desk: Option<Box<dyn desk::Desk>>,
}

impl Sources {
    /// The sources of each network, in order, the ledger and the desk.
    pub fn new(
        chains: Vec<(Network, Vec<Source>)>,
        ledger: Option<ledger::Opened>,
        desk: Option<Box<dyn desk::Desk>>,
    ) -> Self {
        let channels = chains.iter().map(|(network, sources)| Channel::all(&network.name, sources.len())).collect();
        Self { chains, channels, ledger, desk }
    }
}

/// An answer on its way into the evidence.
type Answered = Box<dyn FnOnce(&mut Evidence)>;

/// An answer that adds to what one source was seen to say of a transaction.
fn added(service: Arc<str>, txid: Txid, add: impl FnOnce(&mut Observation) + 'static) -> Answered {
    Box::new(move |evidence| {
        if let Some(observation) = evidence.observation_mut(&service, &txid) {
            add(observation);
        }
    })
}

/// What was typed and flagged, before anybody is asked.
pub struct Inquest {
    /// The one thing typed.
    pub subject: Subject,
    /// A ticket given by flag.
    pub ticket: Option<String>,
    /// What the flags claim.
    pub claim: Claim,
}

/// Whose transaction is looked for, and which one.
pub struct Sender {
    /// The account that signs.
    pub account: Address,
    /// How many of its transactions came before.
    pub nonce: u64,
    /// The networks on which it is looked for.
    pub networks: Vec<Arc<str>>,
}

/// A case from what was typed to what follows.
pub struct Investigation {
    /// The one thing typed.
    pub subject: Subject,
    /// The ticket, where there is one.
    pub ticket: Option<Ticket>,
    /// What the complaint says.
    pub claim: Claim,
    /// What was seen.
    pub evidence: Evidence,
    /// What follows.
    pub diagnosis: Diagnosis,
    /// False when no source of any kind answered, or the desk did not when the case hangs on its ticket.
    pub answered: bool,
}

/// The one who asks.
pub struct Sleuth<'a> {
    /// The door.
    pub net: &'a Net,
    /// Those who can be asked.
    pub sources: &'a Sources,
    /// What counts as normal; its networks are those of the sources, in the same order.
    pub policy: &'a Policy,
    /// What ids look like, where the configuration tells.
    pub patterns: Patterns<'a>,
    /// Whether proofs are asked for that cost requests or round trips of their own.
    pub prove: bool,
}

/// What ids look like; an id that fits only one of the two is asked of that one alone.
#[derive(Clone, Copy)]
pub struct Patterns<'a> {
    /// A ticket's id.
    pub ticket: Option<&'a Regex>,
    /// A ledger record's id.
    pub ledger: Option<&'a Regex>,
}

impl Patterns<'_> {
    /// Whether the id may be one of `mine`, given what the `other` look like.
    fn may_be(mine: Option<&Regex>, other: Option<&Regex>, id: &str) -> bool {
        match (mine, other) {
            (Some(mine), _) => mine.is_match(id),
            (None, Some(other)) => !other.is_match(id),
            (None, None) => true,
        }
    }
}

impl Sleuth<'_> {
    /// Investigates one case, opened at `now`.
    pub async fn investigate(&self, inquest: Inquest, now: jiff::Timestamp) -> Investigation {
        let mut evidence = self.nothing_seen(now);
        let Inquest { subject, ticket, mut claim } = inquest;
        let ticket = self.hear(&subject, ticket, &mut claim, &mut evidence).await;
        evidence.claimed_at = claim.at.as_ref().map(|said| said.value);
        self.recall(&mut claim, &mut evidence).await;
        self.gather(&claim, &mut evidence, inquiry::next).await;
        let diagnosis = diagnose(&claim, &evidence, self.policy);
        let needs_desk = claim.txids.is_empty() && claim.malformed.is_empty();
        // A part of a ticket that could not be read leaves the rest of it an answer.
        let all_heard = ticket.as_ref().map_or(0, |ticket| ticket.unread.len()) == evidence.gaps.len();
        let heard = !needs_desk || all_heard;
        // What can be said of the input alone needs no source, and a ticket is the desk's answer.
        let unsearched = evidence.searches.is_empty() && evidence.ledger.accounts.is_empty();
        let unsearched = unsearched && evidence.ledger.unlisted().is_none_or(Gap::is_usual);
        let alone = claim.txids.is_empty() && all_heard && (unsearched || ticket.is_some());
        let answered = alone || (heard && evidence.is_answered());
        Investigation { subject, ticket, claim, evidence, diagnosis, answered }
    }

    /// Searches for the payments that a claim without an identifier may mean, at `now`.
    pub async fn find(&self, claim: &Claim, now: jiff::Timestamp) -> Evidence {
        let mut evidence = self.nothing_seen(now);
        self.gather(claim, &mut evidence, inquiry::search_questions).await;
        evidence
    }

    /// Asks every source of the networks for the transaction of a sender and a nonce, and what it knows of it.
    pub async fn sent(&self, sender: &Sender, now: jiff::Timestamp) -> (Evidence, Vec<Sent>) {
        let mut evidence = self.nothing_seen(now);
        let channels = self.sources.channels.iter().flatten();
        let here = channels.filter(|channel| sender.networks.contains(&channel.network)).cloned();
        let asked = here.map(|channel| async move {
            let (_, kind, _) = self.chain(&channel)?;
            let (service, account) = (Arc::clone(channel.service()), sender.account.clone());
            let txid = kind.protocol.sent(Line { net: self.net, service: &service }, &account, sender.nonce).await;
            let sent = Sent { network: channel.network.clone(), service, account, nonce: sender.nonce, txid };
            Some((channel, sent))
        });
        let told: Vec<(Channel, Sent)> = join_all(asked).await.into_iter().flatten().collect();
        let known =
            |(channel, sent): &(Channel, Sent)| Some(Question::Observe(channel.clone(), sent.txid.yes()?.clone()));
        let none = Hints::default();
        for answered in join_all(told.iter().filter_map(known).map(|question| self.ask(question, &none))).await {
            answered(&mut evidence);
        }
        (evidence, told.into_iter().map(|(_, sent)| sent).collect())
    }

    /// Evidence before anybody was asked.
    fn nothing_seen(&self, now: jiff::Timestamp) -> Evidence {
        let mut evidence = Evidence::new(now, self.sources.ledger.is_some());
        evidence.ledger.scope = self.sources.ledger.as_ref().map(ledger::Opened::scope).unwrap_or_default();
        evidence
    }

    /// Puts the claim together: flags first, then the ticket, then the ledger's record of an id.
    async fn hear(
        &self,
        subject: &Subject,
        ticket_id: Option<String>,
        claim: &mut Claim,
        evidence: &mut Evidence,
    ) -> Option<Ticket> {
        claim.add_subject(subject, By::Flag);
        let id = (subject.kind == SubjectKind::Id).then(|| subject.value.clone());
        let Patterns { ticket, ledger } = self.patterns;
        let as_ticket = id.clone().filter(|id| Patterns::may_be(ticket, ledger, id));
        let id = id.filter(|id| Patterns::may_be(ledger, ticket, id));
        let ticket_id = ticket_id.or(as_ticket);
        let ticket = async {
            match &ticket_id {
                Some(id) => Some(self.ticket(id).await),
                None => None,
            }
        };
        let record = async {
            match &id {
                Some(id) => self.join_record(id, &hints(claim, evidence)).await,
                None => (None, None),
            }
        };
        let (ticket, (deposit, withdrawal)) = futures::future::join(ticket, record).await;
        let recorded = deposit.as_ref().is_some_and(Seen::is_yes) || withdrawal.as_ref().is_some_and(Seen::is_yes);
        let heard = match ticket {
            Some(Seen::Yes(ticket, _)) => Some(ticket),
            Some(Seen::Unknown(gap)) if !recorded => {
                evidence.gaps.push(gap);
                None
            }
            _ => None,
        };
        if let Some(ticket) = &heard {
            claim.join_ticket(ticket);
            evidence.gaps.extend(ticket.unread.iter().cloned());
        }
        let unknown = |seen: &Option<Seen<_>>| seen.as_ref().is_none_or(Seen::is_no);
        if let Some(id) = id.filter(|_| heard.is_none() && evidence.gaps.is_empty() && !recorded) {
            let nowhere = unknown(&deposit) && withdrawal.as_ref().is_none_or(Seen::is_no);
            claim.unresolved = nowhere.then(|| Said::new(id, By::Flag));
        }
        evidence.ledger.named_withdrawal.clone_from(&withdrawal);
        evidence.ledger.named_deposit.clone_from(&deposit);
        match (deposit, withdrawal) {
            (Some(Seen::Yes(deposit, _)), _) => claim.join_deposit(&deposit),
            (_, Some(Seen::Yes(withdrawal, _))) => claim.join_withdrawal(&withdrawal),
            (Some(Seen::Unknown(gap)), _) | (_, Some(Seen::Unknown(gap))) => evidence.gaps.push(gap),
            _ => {}
        }
        if evidence.ledger.scope == Scope::Account {
            // Whatever a desk calls the customer, an account's own keys see that account alone.
            claim.account = Some(Said::new(OWN_ACCOUNT.to_owned(), By::Ledger));
        }
        heard
    }

    /// Looks through the account's records where the claim names none, and takes the one that it means for named.
    async fn recall(&self, claim: &mut Claim, evidence: &mut Evidence) {
        let Some(span) = inquiry::record_span(claim, evidence) else { return };
        let Some(ledger) = self.sources.ledger.as_ref().map(ledger::Opened::ledger) else { return };
        let (line, hints) = (Line { net: self.net, service: "ledger" }, hints(claim, evidence));
        let wanted = |direction| inquiry::wants_records(claim, direction).then_some(());
        let deposits = async {
            wanted(Direction::Deposit)?;
            Some(ledger.deposits_in(line, &span, &hints).await)
        };
        let orders = async {
            wanted(Direction::Withdrawal)?;
            Some(ledger.withdrawals_in(line, &span, &hints).await)
        };
        let (deposits, orders) = futures::future::join(deposits, orders).await;
        evidence.ledger.listed_deposits = deposits.map(|seen| (span.clone(), seen));
        evidence.ledger.listed_withdrawals = orders.map(|seen| (span, seen));
        let Some((record, aside)) = inquiry::meant_record(claim, evidence, &self.policy.networks) else { return };
        let record = if ledger.lists_in_short() { in_full(ledger, line, record, &hints).await } else { record };
        // Which direction it is, a record that only happens to fit does not say.
        let kind = claim.kind.clone();
        match record {
            Record::Deposit(deposit, said) => {
                claim.join_deposit(&deposit);
                evidence.ledger.named_deposit = Some(Seen::Yes(deposit, said));
            }
            Record::Withdrawal(order, said) => {
                claim.join_withdrawal(&order);
                evidence.ledger.named_withdrawal = Some(Seen::Yes(order, said));
            }
        }
        claim.kind = kind;
        evidence.ledger.set_aside = Some(aside);
    }

    async fn ticket(&self, id: &str) -> Seen<Ticket> {
        let line = Line { net: self.net, service: "desk" };
        match &self.sources.desk {
            Some(desk) => desk::ticket(desk.as_ref(), line, id).await,
            None => Seen::Unknown(Gap::new("desk", format!("ticket {id}"), GapWhy::NotConfigured)),
        }
    }

    async fn join_record(
        &self,
        id: &str,
        hints: &Hints,
    ) -> (Option<Seen<crate::evidence::Deposit>>, Option<Seen<crate::evidence::Withdrawal>>) {
        let Some(ledger) = self.sources.ledger.as_ref().map(ledger::Opened::ledger) else { return (None, None) };
        let line = Line { net: self.net, service: "ledger" };
        let asked = (ledger.deposit(line, id, hints), ledger.withdrawal(line, id, hints));
        let (deposit, withdrawal) = futures::future::join(asked.0, asked.1).await;
        (Some(deposit), Some(withdrawal))
    }

    /// Asks until nothing more follows from what is known.
    async fn gather(&self, claim: &Claim, evidence: &mut Evidence, next: Next) {
        let Sources { channels, .. } = self.sources;
        let reach = Reach { networks: &self.policy.networks, channels, prove: self.prove };
        for _ in 0..ROUNDS {
            let questions = next(claim, evidence, reach);
            if questions.is_empty() {
                break;
            }
            let hints = hints(claim, evidence);
            let answers = join_all(questions.into_iter().map(|question| self.ask(question, &hints))).await;
            for answered in answers {
                answered(evidence);
            }
        }
    }

    /// Asks one question; what comes back puts its answer into the evidence.
    async fn ask(&self, question: Question, hints: &Hints) -> Answered {
        if let Question::Tickets(txid) = question {
            return self.ask_desk(txid).await;
        }
        let Some(channel) = question.channel().cloned() else { return self.ask_ledger(question, hints).await };
        let Some((network, kind, operator)) = self.chain(&channel) else { return Box::new(|_| {}) };
        let service = Arc::clone(channel.service());
        let line = Line { net: self.net, service: &service };
        let protocol = kind.protocol;
        let source = || SourceRef { service: Arc::clone(&service), operator: Arc::clone(operator) };
        match question {
            Question::Observe(_, txid) => {
                let observation = chain::observe(kind, line, source(), network, &txid).await;
                Box::new(move |evidence| evidence.observations.push(observation))
            }
            Question::Place(_, txid, block, finality) => {
                let placement = chain::place(kind, line, network, &block, finality).await;
                added(service, txid, move |observation| observation.placement = Some(placement))
            }
            Question::Prove(_, txid, proving) => {
                let proof = protocol.prove(line, network, &txid, &proving).await;
                added(service, txid, move |observation| observation.proof = Some(proof))
            }
            Question::Internals(_, txid, called) => {
                let inside = protocol.internals(line, network, &txid, called.as_ref()).await;
                added(service, txid, move |observation| {
                    (observation.internals, observation.failed) = (Some(inside.moved), Some(inside.failed));
                })
            }
            Question::Outlook(_, txid, spends) => {
                let outlook = protocol.outlook(line, network, &txid, spends.as_ref()).await;
                added(service, txid, move |observation| observation.outlook = Some(outlook))
            }
            Question::Alias(_, txid, receivers) => {
                let alias = protocol.alias(line, &txid, &receivers).await;
                added(service, txid, move |observation| observation.alias = Some(alias))
            }
            Question::Forerunners(_, txid) => {
                let forerunners = protocol.forerunners(line, &txid).await;
                added(service, txid, move |observation| observation.forerunners = Some(forerunners))
            }
            Question::Search(_, search) => {
                let searched = chain::search(kind, line, source(), network, search).await;
                Box::new(move |evidence| evidence.searches.push(searched))
            }
            Question::Frozen(_, contract, accounts) => {
                let frozen = protocol.frozen(line, &contract, &accounts).await;
                let key = (network.name.clone(), contract);
                Box::new(move |evidence| drop(evidence.frozen.insert(key, frozen)))
            }
            Question::Delivery(_, message) => {
                let delivery = chain::deliver(kind, line, source(), network, &message).await;
                let key = (network.name.clone(), message);
                Box::new(move |evidence| evidence.deliveries.entry(key).or_default().push(delivery))
            }
            Question::Symbol(_, contract) => {
                let symbol = protocol.symbol(line, &contract).await;
                let key = (network.name.clone(), contract);
                Box::new(move |evidence| drop(evidence.symbols.insert(key, symbol)))
            }
            of_ledger => self.ask_ledger(of_ledger, hints).await,
        }
    }

    async fn ask_desk(&self, txid: Txid) -> Answered {
        let Some(desk) = &self.sources.desk else { return Box::new(|_| {}) };
        let seen = desk.naming(Line { net: self.net, service: "desk" }, &txid).await;
        let named = |ticket: Ticket| TicketRef { id: ticket.id, account: ticket.account };
        let tickets = seen.map(|tickets| tickets.into_iter().map(named).collect());
        Box::new(move |evidence| drop(evidence.tickets.insert(txid, tickets)))
    }

    async fn ask_ledger(&self, question: Question, hints: &Hints) -> Answered {
        let Some(ledger) = self.sources.ledger.as_ref().map(ledger::Opened::ledger) else { return Box::new(|_| {}) };
        let line = Line { net: self.net, service: "ledger" };
        match question {
            Question::Deposits(txids) => {
                let seen = ledger.deposits(line, &txids, hints).await;
                Box::new(move |evidence| evidence.ledger.deposits.extend(txids.into_iter().zip(seen)))
            }
            Question::Withdrawals(txids) => {
                let seen = ledger.withdrawals(line, &txids, hints).await;
                Box::new(move |evidence| evidence.ledger.withdrawals.extend(txids.into_iter().zip(seen)))
            }
            Question::Owners(network, addresses) => {
                let seen = ledger.owners(line, &network, &addresses, hints).await;
                let keys = addresses.into_iter().map(move |address| (network.clone(), address));
                Box::new(move |evidence| evidence.ledger.owners.extend(keys.zip(seen)))
            }
            Question::MemoOwner(network, address, memo) => {
                let seen = ledger.memo_owner(line, &network, &address, &memo).await;
                Box::new(move |evidence| drop(evidence.ledger.memos.insert((network, address, memo), seen)))
            }
            Question::Addresses(account, network) => {
                let seen = ledger.addresses(line, &account, &network, hints).await;
                Box::new(move |evidence| drop(evidence.ledger.accounts.insert((account, network), seen)))
            }
            Question::Policy(network) => {
                let what = ["policy of ", &network].concat();
                let work = async |net: &Net| ledger.policy(Line { net, ..line }, &network).await;
                let seen = self.net.alike(what, work).await;
                Box::new(move |evidence| drop(evidence.ledger.networks.insert(network, seen)))
            }
            _ => Box::new(|_| {}),
        }
    }

    fn chain(&self, channel: &Channel) -> Option<(&Network, &'static chain::Kind, &Arc<str>)> {
        let (network, sources) = self.sources.chains.iter().find(|(known, _)| known.name == channel.network)?;
        let (kind, operator) = sources.get(channel.source)?;
        Some((network, kind, operator))
    }
}

/// A record from a list as its id gives it; as it is where that gives nothing.
async fn in_full(ledger: &dyn ledger::Ledger, line: Line<'_>, record: Record, hints: &Hints) -> Record {
    match &record {
        Record::Deposit(own, _) => match ledger.deposit(line, &own.id, hints).await {
            Seen::Yes(deposit, said) => Record::Deposit(deposit, said),
            _ => record,
        },
        Record::Withdrawal(own, _) => match ledger.withdrawal(line, &own.id, hints).await {
            Seen::Yes(order, said) => Record::Withdrawal(order, said),
            _ => record,
        },
    }
}

/// What follows from a claim and from what is known of it.
type Next = fn(&Claim, &Evidence, Reach<'_>) -> Vec<Question>;

/// Assets of one transaction that a ledger is asked about.
const ASSETS: usize = 3;

/// What a ledger may need to know beside a question.
fn hints(claim: &Claim, evidence: &Evidence) -> Hints {
    let claimed = claim.asset.as_ref().map(|said| &said.value);
    let moved = evidence.observations.iter().filter_map(|o| o.sighting.yes()?.transfers.yes()).flatten();
    let mut assets: Vec<String> = Vec::new();
    for asset in claimed.into_iter().chain(moved.filter_map(|transfer| transfer.asset.as_ref())) {
        if assets.len() < ASSETS && !assets.iter().any(|known| known.eq_ignore_ascii_case(asset)) {
            assets.push(asset.clone());
        }
    }
    // What a block says comes before what a complaint says.
    let mined = evidence.observations.iter().filter_map(|o| {
        let placed = o.placement.as_ref().and_then(|placement| placement.canonical.yes()?.time);
        placed.or_else(|| o.sighting.yes()?.block.yes()?.time)
    });
    Hints { assets, at: mined.min().or(evidence.claimed_at), now: evidence.asked_at }
}
