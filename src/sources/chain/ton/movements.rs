//! What the transactions of a trace moved: coin by messages that stayed, jettons by the messages between jetton
//! wallets. The order that a wallet takes moves nothing by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{Body, Comment, Jettons};
use super::trace::{Message, Trace, Transaction};
use super::wire::{self, JettonWallets};
use crate::evidence::Transfer;
use crate::net::Reply;
use crate::sources::Line;
use crate::terms::{Address, Gap, GapWhy, Network};

/// Jetton wallets that are asked for at once: a server's limit on the length of an address, 4 KiB.
const AT_ONCE: usize = 40;
/// Questions of that kind; a pay-out to more stays a gap.
const QUESTIONS: usize = 5;

/// Whose a jetton wallet is, and of which jetton: by the indexer's word, which asked the jetton itself.
pub(super) struct Wallet {
    owner: Address,
    jetton: Address,
}

/// The jetton wallets of a trace by their addresses.
pub(super) type Wallets = BTreeMap<Address, Wallet>;

/// What some transactions of a trace moved.
pub(super) struct Movements {
    /// What took effect.
    pub(super) made: Vec<Transfer>,
    /// What did not, and went back.
    pub(super) failed: Vec<Transfer>,
    /// Why.
    pub(super) reason: Option<String>,
    /// A comment that cannot be read.
    pub(super) sealed: bool,
    /// The transaction with which all that took effect has arrived; the last one where nothing did.
    pub(super) last: usize,
}

/// The jetton wallets among the accounts of a trace that act like some.
pub(super) async fn wallets(line: Line<'_>, trace: &Trace, question: &str) -> Result<(Wallets, Vec<Reply>), Gap> {
    let acts = |one: &&Transaction| {
        let body = one.incoming.as_ref().and_then(|message| message.body.as_ref());
        matches!(body, Some(Body::Transfer(_) | Body::InternalTransfer(_)))
    };
    let asked: BTreeSet<&Address> = trace.transactions.iter().filter(acts).map(|one| &one.account).collect();
    let asked: Vec<&Address> = asked.into_iter().collect();
    if asked.len() > AT_ONCE * QUESTIONS {
        return Err(line.gap(question, GapWhy::TooLarge, "it concerns more jetton wallets than are asked for"));
    }
    let (mut wallets, mut replies) = (Wallets::new(), Vec::new());
    for some in asked.chunks(AT_ONCE) {
        let listed: Vec<String> = some.iter().map(|address| format!("address={address}")).collect();
        let path = format!("/jetton/wallets?{}&limit={AT_ONCE}", listed.join("&"));
        let (told, reply) = wire::ask::<JettonWallets>(line, &path, question).await?;
        replies.push(reply);
        for wallet in told.and_then(|told| told.jetton_wallets).unwrap_or_default() {
            let none = || line.malformed(question, "a jetton wallet has an address that is none");
            let read = |text: &str| wire::address(text).ok_or_else(none);
            let address = read(&wallet.address)?;
            if !some.contains(&&address) {
                return Err(line.gap(question, GapWhy::Mismatch, format!("the answer is about {address}")));
            }
            wallets.insert(address, Wallet { owner: read(&wallet.owner)?, jetton: read(&wallet.jetton)? });
        }
    }
    Ok((wallets, replies))
}

/// What the meant transactions of a trace moved; an error where it cannot be told.
pub(super) fn movements(
    line: Line<'_>,
    network: &Network,
    trace: &Trace,
    meant: &[usize],
    wallets: &Wallets,
) -> Result<Movements, Gap> {
    let question = "what it moved";
    let mut moved = Movements { made: Vec::new(), failed: Vec::new(), reason: None, sealed: false, last: 0 };
    let mut arrived = None;
    for at in meant {
        let one = &trace.transactions[*at];
        let Some(message) = one.incoming.as_ref().filter(|message| message.from.is_some() && !message.bounced) else {
            continue;
        };
        let body = message.body.as_ref();
        let body = body.ok_or_else(|| line.malformed(question, "a message's body is not shown, or is none"))?;
        let Some((transfer, comment)) = attempt(network, trace, *at, (message, body), wallets) else {
            continue;
        };
        let is_jetton = transfer.contract.is_some();
        if matches!(body, Body::InternalTransfer(_)) && !one.aborted && !is_jetton {
            let detail = format!("the indexer does not tell of which jetton {} is a wallet", one.account);
            return Err(line.gap(question, GapWhy::LacksHistory, detail));
        }
        // What is sent along stays with an account that fails, unless it goes back.
        let came_to_nothing = if is_jetton { one.aborted } else { one.returned };
        if came_to_nothing {
            moved.reason = moved.reason.or_else(|| Some(why(one)));
            moved.failed.push(transfer);
        } else {
            moved.sealed |= *comment == Comment::Sealed;
            arrived = arrived.max(one.height.map(|height| (height, *at)));
            moved.made.push(transfer);
        }
    }
    let latest = || meant.iter().map(|at| (trace.transactions[*at].height, *at)).max().map_or(0, |(_, at)| at);
    moved.last = arrived.map_or_else(latest, |(_, at)| at);
    if moved.made.is_empty() && moved.reason.is_none() {
        let given_up = |one: &&Transaction| one.aborted || (one.skipped && one.outgoing.is_empty());
        moved.reason = meant.iter().map(|at| &trace.transactions[*at]).find(given_up).map(why);
    }
    Ok(moved)
}

/// What a message would move, and what it tells; nothing where it only serves another movement.
fn attempt<'t>(
    network: &Network,
    trace: &'t Trace,
    at: usize,
    (message, body): (&'t Message, &'t Body),
    wallets: &Wallets,
) -> Option<(Transfer, &'t Comment)> {
    const SILENT: &Comment = &Comment::None;
    let one = &trace.transactions[at];
    let jettons = |wallet: &Wallet, from: Option<Address>, to: Option<Address>, jettons: &'t Jettons| {
        let transfer = Transfer::token(network, wallet.jetton.clone(), from, to, jettons.units.to_string());
        (Transfer { memo: jettons.comment.text(), ..transfer }, &jettons.comment)
    };
    let coin = || Transfer::coin(network, message.from.clone(), message.to.clone(), message.units.to_string());
    match body {
        Body::InternalTransfer(paid) => {
            let sender = trace.parent(at);
            let of_sender = sender.and_then(|sender| wallets.get(&sender.account));
            let from = of_sender.map(|wallet| wallet.owner.clone()).or_else(|| wire::address(&paid.party));
            let ordered = sender.and_then(|sender| match sender.incoming.as_ref()?.body.as_ref()? {
                Body::Transfer(order) => wire::address(&order.party),
                _ => None,
            });
            match wallets.get(&one.account).or(of_sender.filter(|_| one.aborted)) {
                // Of an account that does not exist nobody is the owner yet.
                Some(wallet) if one.aborted => Some(jettons(wallet, from, ordered, paid)),
                Some(wallet) => Some(jettons(wallet, from, Some(wallet.owner.clone()), paid)),
                None => Some((coin(), SILENT)),
            }
        }
        Body::Transfer(order) => match wallets.get(&one.account) {
            Some(wallet) if one.aborted => {
                Some(jettons(wallet, Some(wallet.owner.clone()), wire::address(&order.party), order))
            }
            // What it sends on is the payment.
            Some(_) => None,
            None => Some((coin(), SILENT)).filter(|_| message.units > 0),
        },
        Body::Aftermath if message.from.as_ref().is_some_and(|from| wallets.contains_key(from)) => None,
        Body::Payment(comment) => {
            let transfer = Transfer { memo: comment.text(), ..coin() };
            Some((transfer, comment)).filter(|_| message.units > 0)
        }
        Body::Aftermath | Body::Call => Some((coin(), SILENT)).filter(|_| message.units > 0),
    }
}

fn why(one: &Transaction) -> String {
    let way = if one.returned { "bounced" } else { "aborted" };
    let left_out = || "the account could not pay for what it was to send".to_owned();
    let reason = one.reason.clone().or_else(|| one.skipped.then(left_out));
    reason.map_or_else(|| way.to_owned(), |reason| format!("{way}: {reason}"))
}
