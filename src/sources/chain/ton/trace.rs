//! A trace: the transactions that followed from one message, each account's its own, joined by messages.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::body::{self, Body};
use super::wire;
use crate::sources::Line;
use crate::terms::{Address, Gap, GapWhy, Txid};

/// Transactions of one trace that are read.
const MOST: usize = 2000;

/// The transactions of a trace by their logical time, the first one first.
pub(super) struct Trace {
    pub(super) transactions: Vec<Transaction>,
    /// Of each, the one whose message it took in.
    parents: Vec<Option<usize>>,
}

/// One account's part.
pub(super) struct Transaction {
    pub(super) hash: Txid,
    pub(super) account: Address,
    lt: u64,
    pub(super) time: Option<Timestamp>,
    /// The masterchain's block that has taken it in.
    pub(super) height: Option<u64>,
    pub(super) fees: u128,
    pub(super) incoming: Option<Message>,
    pub(super) outgoing: Vec<Message>,
    /// It did not do what it was asked.
    pub(super) aborted: bool,
    /// What it was sent went back.
    pub(super) returned: bool,
    /// Actions that it left out, for they could not be paid.
    pub(super) skipped: bool,
    /// Why it failed, in the words of TON's own phases.
    pub(super) reason: Option<String>,
}

/// A message.
pub(super) struct Message {
    pub(super) hash: Txid,
    pub(super) normalised: Option<Txid>,
    pub(super) from: Option<Address>,
    pub(super) to: Option<Address>,
    pub(super) units: u128,
    /// It is one that came back.
    pub(super) bounced: bool,
    /// What it says; nothing where it is not shown or cannot be read.
    pub(super) body: Option<Body>,
}

impl Trace {
    /// The trace of an answer, where it holds together.
    pub(super) fn read(line: Line<'_>, told: &wire::Trace, question: &str) -> Result<Self, Gap> {
        if told.is_incomplete || told.transactions.len() > MOST {
            return Err(line.gap(question, GapWhy::TooLarge, "the indexer shows a part of its trace"));
        }
        let transactions: Result<Vec<Transaction>, &'static str> =
            told.transactions.values().map(Transaction::read).collect();
        let mut transactions = transactions.map_err(|why| line.malformed(question, why))?;
        transactions.sort_by_key(|one| one.lt);
        let sent = |one: &Transaction, at| one.outgoing.iter().map(|out| (out.hash.clone(), at)).collect::<Vec<_>>();
        let sent: BTreeMap<Txid, usize> = transactions.iter().enumerate().flat_map(|(at, one)| sent(one, at)).collect();
        let parents = transactions.iter().enumerate().map(|(at, one)| {
            let parent = one.incoming.as_ref().and_then(|incoming| sent.get(&incoming.hash));
            // What follows is later: nothing leads in a circle.
            parent.copied().filter(|parent| *parent < at)
        });
        let parents = parents.collect();
        Ok(Self { transactions, parents })
    }

    /// The one of this hash.
    pub(super) fn at(&self, hash: &Txid) -> Option<usize> {
        self.transactions.iter().position(|one| one.hash == *hash)
    }

    /// The one whose message it took in.
    pub(super) fn parent(&self, at: usize) -> Option<&Transaction> {
        self.parents[at].map(|parent| &self.transactions[parent])
    }

    /// Those that a transaction and everything after it are; and before it, where it only tells of what came before: a
    /// notice, change, or money that came back.
    pub(super) fn meant(&self, mut at: usize) -> Vec<usize> {
        while let Some(parent) = self.parents[at] {
            let incoming = self.transactions[at].incoming.as_ref();
            let told = incoming.is_some_and(|message| message.bounced || message.body == Some(Body::Aftermath));
            if !told {
                break;
            }
            at = parent;
        }
        let mut meant = BTreeSet::from([at]);
        for (next, parent) in self.parents.iter().enumerate().skip(at) {
            if parent.is_some_and(|parent| meant.contains(&parent)) {
                meant.insert(next);
            }
        }
        meant.into_iter().collect()
    }

    /// Whether a message of these is still on its way.
    pub(super) fn is_under_way(&self, meant: &[usize]) -> bool {
        let arrived: BTreeSet<&Txid> =
            self.transactions.iter().filter_map(|one| one.incoming.as_ref()).map(|message| &message.hash).collect();
        let sent = meant.iter().flat_map(|at| &self.transactions[*at].outgoing);
        sent.filter(|message| message.to.is_some()).any(|message| !arrived.contains(&message.hash))
    }

    /// Every name under which somebody may have filed what these are: their own and those of all before them, and the
    /// message from outside.
    pub(super) fn names(&self, meant: &[usize]) -> Vec<Txid> {
        let mut all: BTreeSet<usize> = meant.iter().copied().collect();
        let mut at = meant.first().copied();
        while let Some(parent) = at.and_then(|at| self.parents[at]) {
            all.insert(parent);
            at = Some(parent);
        }
        let outside = all.iter().filter_map(|at| self.transactions[*at].incoming.as_ref());
        let outside = outside.filter(|message| message.from.is_none());
        let outside: Vec<Txid> =
            outside.flat_map(|message| std::iter::once(&message.hash).chain(&message.normalised)).cloned().collect();
        all.iter().map(|at| self.transactions[*at].hash.clone()).chain(outside).collect()
    }
}

impl Transaction {
    fn read(told: &wire::Transaction) -> Result<Self, &'static str> {
        let hash = wire::hash(&told.hash).ok_or("a transaction has no hash")?;
        let account = wire::address(&told.account).ok_or("a transaction has no account")?;
        let incoming = told.in_msg.as_ref().map(Message::read).transpose()?;
        if incoming.as_ref().is_some_and(|message| message.to.as_ref() != Some(&account)) {
            return Err("a transaction took in a message to another account");
        }
        let outgoing: Result<Vec<Message>, _> = told.out_msgs.iter().map(Message::read).collect();
        let wire::Description { aborted, bounce, action, .. } = &told.description;
        let aborted = aborted.unwrap_or(false) || action.as_ref().is_some_and(|action| action.success == Some(false));
        let returned = bounce.as_ref().is_some_and(|bounce| bounce.kind == "ok");
        Ok(Self {
            hash,
            account,
            lt: told.lt.parse().map_err(|_| "a transaction has no logical time")?,
            time: Timestamp::from_second(told.now).ok(),
            height: told.mc_block_seqno.filter(|height| *height > 0 && told.emulated != Some(true)),
            fees: told.total_fees.as_deref().and_then(|fees| fees.parse().ok()).unwrap_or(0),
            incoming,
            outgoing: outgoing?,
            aborted,
            returned,
            skipped: action.as_ref().is_some_and(|action| action.skipped_actions.unwrap_or(0) > 0),
            reason: reason(&told.description),
        })
    }
}

impl Message {
    fn read(told: &wire::Message) -> Result<Self, &'static str> {
        let address = |text: &Option<String>| match text.as_deref() {
            // An address outside the network is none.
            None | Some("" | "addr_none") => Ok(None),
            Some(text) => wire::address(text).map(Some).ok_or("a message has an address that is none"),
        };
        let (from, to) = (address(&told.source)?, address(&told.destination)?);
        let own = || body::normalised(told.destination.as_deref()?, told.body()?);
        let normalised = match from {
            None => own().or_else(|| told.hash_norm.as_deref().and_then(wire::hash)),
            Some(_) => None,
        };
        let units = told.value.as_deref().unwrap_or("0").parse().map_err(|_| "a message's value is no number")?;
        Ok(Self {
            hash: wire::hash(&told.hash).ok_or("a message has no hash")?,
            normalised,
            from,
            to,
            units,
            bounced: told.bounced == Some(true),
            body: told.body().and_then(body::read),
        })
    }
}

/// The action phase's code for too few coins, and for too few of others: TON's own list of result codes.
const UNPAID: [i64; 2] = [37, 38];

/// Why a transaction failed.
fn reason(told: &wire::Description) -> Option<String> {
    let (compute, action) = (told.compute_ph.as_ref(), told.action.as_ref());
    let skipped = compute.and_then(|compute| match compute.reason.as_deref()? {
        "no_state" => Some("there is no contract at the destination".to_owned()),
        "bad_state" => Some("the code sent along is not the destination's".to_owned()),
        "no_gas" => Some("too little was sent to pay for gas".to_owned()),
        "suspended" => Some("the destination is suspended".to_owned()),
        _ => None,
    });
    let failed = action.filter(|action| action.success == Some(false) || action.skipped_actions.unwrap_or(0) > 0);
    let unpaid = failed.and_then(|action| action.result_code).map(|code| {
        let why = if UNPAID.contains(&code) { "not enough on the account" } else { "an action failed" };
        format!("{why} (result code {code})")
    });
    let code = || compute.and_then(|compute| compute.exit_code).filter(|code| !matches!(code, 0 | 1));
    skipped.or(unpaid).or_else(|| code().map(|code| format!("exit code {code}")))
}
