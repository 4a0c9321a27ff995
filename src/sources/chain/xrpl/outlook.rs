//! What a server tells of a transaction that is in no validated ledger: whether its last ledger has passed, and whether
//! its place among those of its account is taken. <https://xrpl.org/docs/concepts/transactions/reliable-transaction-submission>.

use serde::Deserialize;
use serde_json::{Value, json};

use super::ledger::ledger;
use super::transaction::{Found, transaction};
use super::{
    Address, Gap, GapWhy, Info, Line, Network, Outlook, Refusal, Reply, Seen, Spends, Txid, ask, oldest, server_info,
};
use crate::sources::seen;
use crate::terms::{Family, Provenance};

/// Most ledgers that a server searches for one question, the last one among them.
const RANGE: u64 = 1000;
/// How many of an account's newest transactions are looked through.
const NEWEST: u32 = 200;

/// `account_info`, as far as it is used.
#[derive(Deserialize)]
struct Account {
    account_data: AccountRoot,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AccountRoot {
    account: String,
    sequence: u64,
}

/// `account_tx`, as far as it is used.
#[derive(Deserialize)]
struct History {
    transactions: Vec<Value>,
}

/// The two looks at a transaction, between which the server's newest ledger was asked for.
struct Looks {
    /// The first, which is that of the sighting.
    first: Option<Found>,
    /// The number of the ledger that was the newest between them.
    newest: u64,
    /// What the server held then.
    info: Info,
    /// The second, which counts: that ledger had been validated before.
    second: (Result<Found, Refusal>, Provenance),
}

impl Looks {
    /// The second look's word that none of these ledgers holds it, which counts only where the server has them all.
    fn absent(&self, line: Line<'_>, (from, to): (u64, u64), question: &str) -> Seen<()> {
        let (second, said) = &self.second;
        let held = self.info.held().is_some_and(|(first, last)| first <= from && last >= to);
        let searched = match second {
            Ok(found) if found.validated => return Seen::No(said.clone()),
            Ok(_) => held,
            // Several servers may answer at one address: the one that was asked must have searched itself.
            Err(refusal) => held && refusal.searched_all,
        };
        if searched {
            return Seen::Yes((), said.clone());
        }
        Seen::Unknown(line.gap(question, GapWhy::LacksHistory, "the server does not have all the ledgers of that time"))
    }

    /// The newest ledger that every server in step has: several may stand behind one address, of which one told its newest
    /// and another looked for the transaction.
    fn settled(&self, network: &Network) -> u64 {
        self.newest.saturating_sub(network.traits().heads_apart)
    }
}

/// What lies ahead of a transaction that is in no validated ledger.
pub(super) async fn outlook(line: Line<'_>, network: &Network, txid: &Txid, spends: Option<&Spends>) -> Outlook {
    let looks = looks(line, network, txid).await;
    let forgotten = |what: &str| line.gap(what, GapWhy::NotOffered, "servers do not tell");
    let (successor, lapsed) = match &looks {
        Ok(looks) => (successor(line, network, looks, txid, spends).await, lapsed(line, network, looks, txid)),
        Err(gap) => (Seen::Unknown(gap.clone()), None),
    };
    Outlook {
        successor,
        known_before: Seen::Unknown(forgotten("whether the source once knew it")),
        going_rate: Seen::Unknown(forgotten("what transactions pay at present")),
        fee_rate: None,
        first_seen: None,
        lapsed,
        before: Seen::Unknown(forgotten("what has to come before it")),
    }
}

/// The first three are the questions of the first look, which are not asked again.
async fn looks(line: Line<'_>, network: &Network, txid: &Txid) -> Result<Looks, Gap> {
    let question = format!("transaction {txid}");
    let first = transaction(line, network, txid, None, &question);
    let newest = ledger(line, json!("validated"), "the newest ledger of the network");
    let (first, newest, info) = futures::join!(first, newest, server_info(line, &question));
    let (newest, (info, _)) = (newest?.0.height, info?);
    let range = (newest.saturating_sub(RANGE - 1).max(1), newest);
    let (second, reply) = transaction(line, network, txid, Some(range), &question).await?;
    Ok(Looks { first: first?.0.ok(), newest, info, second: (second, reply.provenance()) })
}

/// Whether the last ledger that may hold it has passed. Without one it may still come.
fn lapsed(line: Line<'_>, network: &Network, looks: &Looks, txid: &Txid) -> Option<Seen<()>> {
    let last = u64::from(looks.first.as_ref()?.order.last_ledger?);
    if looks.newest < last {
        return Some(Seen::No(looks.second.1.clone()));
    }
    let question = format!("whether {txid} can still arrive");
    if looks.settled(network) < last {
        let gap = line.gap(&question, GapWhy::NotAsked, "its last ledger has only just passed");
        return Some(Seen::Unknown(gap));
    }
    // It may have been sent so long before.
    let from = last.saturating_sub(RANGE - 1).max(1);
    Some(looks.absent(line, (from, last), &question))
}

/// The transaction that took its place in the order of its account's.
async fn successor(
    line: Line<'_>,
    network: &Network,
    looks: &Looks,
    txid: &Txid,
    spends: Option<&Spends>,
) -> Seen<Option<Txid>> {
    let question = format!("what took the place of {txid}");
    let own = looks.first.as_ref().map(|found| (found.order.account.clone(), u64::from(found.order.sequence)));
    let told = spends.and_then(|spends| match spends {
        Spends::Nonce { account, nonce } => Some((account.clone(), *nonce)),
        Spends::Outputs(_) => None,
    });
    let Some((account, nonce)) = own.or(told).filter(|(_, nonce)| *nonce > 0) else {
        return Seen::Unknown(line.gap(&question, GapWhy::NotAsked, "its sender and sequence are not known"));
    };
    let settled = looks.settled(network).max(1);
    let (next, named) =
        futures::join!(next(line, &account, json!(settled), &question), named(line, &account, nonce, &question));
    if let Ok((Some(other), reply)) = named {
        let said = reply.provenance();
        return if other == *txid { Seen::No(said) } else { Seen::Yes(Some(other), said) };
    }
    seen(next.map(|(next, reply)| {
        let said = reply.provenance();
        if next <= nonce {
            return Seen::No(said);
        }
        match looks.absent(line, (oldest(network), settled), &question) {
            Seen::Yes((), absent) => Seen::Yes(None, said.and(&absent)),
            Seen::No(found) => Seen::No(found),
            Seen::Unknown(gap) => Seen::Unknown(Gap { why: GapWhy::NotOffered, ..gap }),
        }
    }))
}

/// The number that an account's next transaction has to have.
async fn next(line: Line<'_>, account: &Address, at: Value, question: &str) -> Result<(u64, Reply), Gap> {
    let params = json!({ "account": account.as_str(), "ledger_index": at });
    let (told, reply): (Account, _) = ask(line, "account_info", params, question).await?;
    if told.account_data.account != account.as_str() {
        return Err(line.gap(question, GapWhy::Mismatch, "the answer is about another account"));
    }
    Ok((told.account_data.sequence, reply))
}

/// The transaction of an account and a number among its newest ones in validated ledgers, where it is one of them.
async fn named(line: Line<'_>, account: &Address, nonce: u64, question: &str) -> Result<(Option<Txid>, Reply), Gap> {
    let params = json!({
        "account": account.as_str(), "ledger_index_min": -1, "ledger_index_max": -1, "limit": NEWEST, "binary": false,
    });
    let (history, reply): (History, _) = ask(line, "account_tx", params, question).await?;
    let hash = |entry: &Value| {
        // In version 1 the transaction with its hash stands in `tx`.
        let tx = entry.get("tx_json").or_else(|| entry.get("tx"))?;
        let fits = tx["Account"] == account.as_str() && tx["Sequence"] == nonce && entry["validated"] == true;
        let hash = entry.get("hash").or_else(|| tx.get("hash"))?.as_str()?;
        fits.then(|| Txid::parse(Family::Xrpl, hash))?
    };
    Ok((history.transactions.iter().find_map(hash), reply))
}

/// The transaction of an account and a number; no where the account has not got so far.
pub(super) async fn sent(line: Line<'_>, account: &Address, nonce: u64) -> Seen<Txid> {
    let question = format!("transaction {nonce} of {account}");
    let (next, named) =
        futures::join!(next(line, account, json!("validated"), &question), named(line, account, nonce, &question));
    seen(named.and_then(|(named, reply)| match (named, next?) {
        (Some(txid), _) => Ok(Seen::Yes(txid, reply.provenance())),
        (None, (next, reply)) if next <= nonce => Ok(Seen::No(reply.provenance())),
        (None, _) => Err(line.gap(&question, GapWhy::LacksHistory, format!("it is not among the newest {NEWEST}"))),
    }))
}
