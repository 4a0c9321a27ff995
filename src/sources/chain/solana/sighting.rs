//! What a node says of a transaction: unknown, not yet confirmed, or in the block of a slot with its effects.

use bitcoin::base58;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::effects::{Owners, effects, moves_nft, payers, untold};
use super::failure::words;
use super::programs::{Calls, TOKENS};
use super::transaction::{Meta, NEWEST, Tx};
use super::{Account, CONFIRMED, Told, ask, block};
use crate::evidence::{BlockId, Particulars, SENDERS, Sighting, Transfer};
use crate::net::Reply;
use crate::sources::{Line, seen};
use crate::terms::{Address, Amount, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// `getSignatureStatuses`, as far as it is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    slot: u64,
    confirmation_status: Option<String>,
}

/// Asks for the transaction; and where there is none, whether the node knows at least its status.
pub(super) async fn sight(line: Line<'_>, network: &Network, txid: &Txid) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    let form = json!({ "encoding": "json", "commitment": CONFIRMED, "maxSupportedTransactionVersion": NEWEST });
    let asked = ask::<Option<Tx>>(line, "getTransaction", json!([txid.as_str(), form]), &question);
    let (tx, reply) = asked.await?;
    match tx {
        Some(tx) => included(line, network, txid, &tx, &reply).await,
        None => unconfirmed(line, txid, &reply).await,
    }
}

/// Not among the confirmed ones: a no, where the node knows no status of it either.
async fn unconfirmed(line: Line<'_>, txid: &Txid, reply: &Reply) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    let params = json!([[txid.as_str()], { "searchTransactionHistory": true }]);
    let (told, status) = ask::<Told<Vec<Option<Status>>>>(line, "getSignatureStatuses", params, &question).await?;
    let both = reply.provenance().and(&status.provenance());
    let [status] = told.value.as_slice() else {
        return Err(line.malformed(&question, "the list of statuses has another length than that of the question"));
    };
    match status {
        None => Ok(Seen::No(both)),
        Some(Status { confirmation_status: Some(status), .. }) if status == "processed" => {
            Ok(Seen::Yes(waiting(line, &both), both))
        }
        Some(Status { slot, .. }) => {
            let detail = format!("the node knows that it is in slot {slot}, and does not have it");
            Err(line.gap(&question, GapWhy::LacksHistory, detail))
        }
    }
}

/// Run by one leader, and not voted for: it is in no block that counts.
fn waiting(line: Line<'_>, said: &Provenance) -> Sighting {
    let unrun = |what: &str| line.gap(what, GapWhy::NotAsked, "it is in no confirmed block");
    Sighting {
        block: Seen::No(said.clone()),
        executed: Seen::Unknown(unrun("whether it ran")),
        failure: None,
        transfers: Seen::Unknown(unrun("what it moved")),
        fee: None,
        fee_rate: None,
        spends: None,
        senders: Vec::new(),
        particulars: Particulars::default(),
    }
}

/// In the block of its slot, once it is the one asked for.
async fn included(
    line: Line<'_>,
    network: &Network,
    txid: &Txid,
    tx: &Tx,
    reply: &Reply,
) -> Result<Seen<Sighting>, Gap> {
    let question = format!("transaction {txid}");
    if tx.id() != txid.as_str() {
        let told: String = tx.id().chars().take(txid.as_str().len()).collect();
        return Err(line.gap(&question, GapWhy::Mismatch, format!("the answer is about {told}")));
    }
    if !tx.is_bounded() {
        return Err(line.malformed(&question, "it names more accounts or calls than a transaction can"));
    }
    let signed = tx.is_signed();
    if signed == Some(false) {
        return Err(line.gap(&question, GapWhy::Mismatch, "the identifier is no signature of what it holds"));
    }
    let accounts = accounts(line, network, tx, &question)?;
    let calls = Calls::of(tx, &accounts);
    let said = reply.provenance();
    let (executed, failure) = execution(line, tx.meta.as_ref(), &calls, &said);
    let ran = tx.meta.as_ref().filter(|_| executed.is_yes());
    let untold = ran.map(|meta| untold(meta, &accounts, &calls)).unwrap_or_default();
    let (placed, owners) = futures::future::join(block(line, tx.slot), owners(line, network, &accounts, &untold)).await;
    let (transfers, senders) = moved(line, network, (tx.meta.as_ref(), &accounts), (&calls, owners), &executed);
    let placed = placed.map(|(block, told)| {
        let time = tx.block_time.and_then(|seconds| Timestamp::from_second(seconds).ok());
        Seen::Yes(BlockId { hash: block.blockhash, height: Some(tx.slot), time }, told.provenance())
    });
    let lamports = tx.meta.as_ref().map(|meta| meta.fee.to_string());
    let sighting = Sighting {
        block: seen(placed),
        executed,
        failure,
        fee: lamports.and_then(|lamports| Amount::from_units(&lamports, network.native_decimals()).ok()),
        fee_rate: None,
        spends: None,
        senders,
        particulars: Particulars {
            recomputed: signed.is_some(),
            approval: calls.approve(),
            nft: tx.meta.as_ref().is_some_and(|meta| moves_nft(network, meta)),
            ..Particulars::default()
        },
        transfers,
    };
    Ok(Seen::Yes(sighting, said))
}

/// Every account that it names; an account of which there is no balance before and after makes the answer worthless.
fn accounts(line: Line<'_>, network: &Network, tx: &Tx, question: &str) -> Result<Vec<Address>, Gap> {
    let named = tx.accounts();
    let balances = |meta: &Meta| [meta.pre_balances.len(), meta.post_balances.len()];
    if tx.meta.as_ref().is_some_and(|meta| balances(meta) != [named.len(); 2]) {
        return Err(line.malformed(question, "it names other accounts than those whose balances are told"));
    }
    let parsed = named.into_iter().map(|text| Address::parse(&network.identity, text).map(|parsed| parsed.address));
    parsed.collect::<Result<_, _>>().map_err(|error| line.malformed(question, error.to_string()))
}

/// Accounts of one question: the most that a node takes.
const ACCOUNTS: usize = 100;

/// Bytes of a token account, which ends with a byte for its kind where it has extensions.
const HOLDING: usize = 165;
/// Where its owner stands.
const OWNER: std::ops::Range<usize> = 32..64;
/// `AccountType::Account` of Token-2022.
const EXTENDED: u8 = 2;

/// Who owns those of the accounts that hold tokens: coin that was sent there is its owner's.
async fn owners(line: Line<'_>, network: &Network, accounts: &[Address], of: &[usize]) -> Result<Owners, Gap> {
    let question = "whether it paid accounts that hold tokens";
    let asked: Vec<(usize, &str)> = of.iter().take(ACCOUNTS).map(|index| (*index, accounts[*index].as_str())).collect();
    if asked.is_empty() {
        return Ok(Owners::new());
    }
    let slice = json!({ "offset": 0, "length": HOLDING + 1 });
    let form = json!({ "encoding": "base64", "commitment": CONFIRMED, "dataSlice": slice });
    let names: Vec<&str> = asked.iter().map(|(_, name)| *name).collect();
    let params = json!([names, form]);
    let (told, _) = ask::<Told<Vec<Option<Account>>>>(line, "getMultipleAccounts", params, question).await?;
    if told.value.len() != asked.len() {
        return Err(line.malformed(question, "the list of accounts has another length than that of the question"));
    }
    let owner = |account: &Account| {
        let bytes = account.bytes().filter(|_| TOKENS.contains(&account.owner.as_str()))?;
        let holds = bytes.len() == HOLDING || bytes.get(HOLDING) == Some(&EXTENDED);
        let owner = base58::encode(bytes.get(OWNER).filter(|_| holds)?);
        Some(Address::parse(&network.identity, &owner).ok()?.address)
    };
    let known = asked.iter().zip(&told.value).filter_map(|((index, _), told)| Some((*index, owner(told.as_ref()?)?)));
    Ok(known.collect())
}

/// Whether it ran, and why not.
fn execution(line: Line<'_>, meta: Option<&Meta>, calls: &Calls<'_>, said: &Provenance) -> (Seen<()>, Option<String>) {
    match meta.map(|meta| &meta.err) {
        None => (Seen::Unknown(lacking(line, "whether it ran")), None),
        Some(err) if err.is_null() => (Seen::Yes((), said.clone()), None),
        Some(err) => (Seen::No(said.clone()), Some(words(err, calls))),
    }
}

/// What took effect, nothing where it failed; and whose coin it spends, where its transfers do not tell.
fn moved(
    line: Line<'_>,
    network: &Network,
    (meta, accounts): (Option<&Meta>, &[Address]),
    (calls, owners): (&Calls<'_>, Result<Owners, Gap>),
    executed: &Seen<()>,
) -> (Seen<Vec<Transfer>>, Vec<Address>) {
    const QUESTION: &str = "what it moved";
    let said = match executed {
        Seen::No(said) => return (Seen::Yes(Vec::new(), said.clone()), Vec::new()),
        Seen::Unknown(gap) => return (Seen::Unknown(gap.clone()), Vec::new()),
        Seen::Yes((), said) => said,
    };
    let Some(meta) = meta.filter(|meta| meta.inner_instructions.is_some()) else {
        return (Seen::Unknown(lacking(line, QUESTION)), Vec::new());
    };
    let owners = match owners {
        Ok(owners) => owners,
        Err(gap) => return (Seen::Unknown(gap), Vec::new()),
    };
    match effects(network, meta, accounts, calls, &owners) {
        Ok(transfers) => {
            let mut senders =
                if transfers.iter().all(|t| t.from.is_some()) { Vec::new() } else { payers(meta, accounts) };
            senders.truncate(SENDERS);
            (Seen::Yes(transfers, said.clone()), senders)
        }
        Err((why, detail)) => (Seen::Unknown(line.gap(QUESTION, why, detail)), Vec::new()),
    }
}

fn lacking(line: Line<'_>, question: &str) -> Gap {
    line.gap(question, GapWhy::LacksHistory, "the node no longer knows what it did")
}
