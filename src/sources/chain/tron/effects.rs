//! What took effect: coin and assets by the signed bytes, tokens by logs, and what contracts passed on.

use ethers::types::U256;

use super::receipt::{Info, Internal, Log};
use super::transaction::{Account, Action, address};
use crate::evidence::{Transfer, TransferKind};
use crate::sources::chain::evm::{APPROVAL, TRANSFER, TRANSFER_BATCH, TRANSFER_SINGLE};
use crate::terms::{Address, Network};

/// Calls inside one transaction that are looked at.
const CALLS: usize = 10_000;

/// Every movement that the transaction shows; an error where one cannot be read.
pub(super) fn effects(network: &Network, action: &Action, info: &Info) -> Result<Vec<Transfer>, String> {
    let mut found = Vec::new();
    let to = |account: &Account| address(network, account);
    match action {
        Action::Coin { from, to: receiver, sun } => {
            found.push(Transfer::coin(network, to(from), to(receiver), sun.to_string()));
        }
        Action::Asset { from, to: receiver, id, units } => {
            found.push(asset(network, id, to(from), to(receiver), *units)?);
        }
        Action::Call { from, contract, sun, asset: with, .. } => {
            if *sun > 0 {
                found.push(Transfer::coin(network, to(from), to(contract), sun.to_string()));
            }
            if let Some((id, units)) = with {
                found.push(asset(network, id, to(from), to(contract), *units)?);
            }
        }
        Action::Nothing => {}
        Action::Creation => return Err("what the making of a contract moves is not read".to_owned()),
        Action::Other(kind) => return Err(format!("what contracts of kind {kind} move is not read")),
    }
    for (index, log) in (0..).zip(&info.logs) {
        found.extend(token(network, log)?.map(|transfer| Transfer { output_index: Some(index), ..transfer }));
    }
    Ok(found)
}

/// Whether a log is of one of these events.
fn is_event(log: &Log, topics: &[ethers::types::H256]) -> bool {
    log.topics.first().is_some_and(|first| topics.iter().any(|topic| format!("{topic:x}") == *first))
}

/// Whether it lets somebody take tokens.
pub(super) fn approves(info: &Info) -> bool {
    info.logs.iter().any(|log| is_event(log, &[APPROVAL]))
}

/// Whether something that is not a coin changed its owner: TRC-721 and TRC-1155 have the events of EIP-721 and EIP-1155.
pub(super) fn moves_nft(info: &Info) -> bool {
    let moves = |log: &Log| is_event(log, &[TRANSFER]) && log.topics.len() == 4;
    info.logs.iter().any(|log| moves(log) || is_event(log, &[TRANSFER_SINGLE, TRANSFER_BATCH]))
}

/// A TRC-20 transfer, nothing for any other log.
fn token(network: &Network, log: &Log) -> Result<Option<Transfer>, String> {
    let [_, from, to] = log.topics.as_slice() else { return Ok(None) };
    if !is_event(log, &[TRANSFER]) {
        return Ok(None);
    }
    let damaged = || "a transfer's log is damaged".to_owned();
    let contract = log.address.strip_prefix("41").filter(|rest| rest.len() == 40).unwrap_or(&log.address);
    let account = |hex: &str| Address::parse(&network.identity, &format!("41{hex}")).ok().map(|parsed| parsed.address);
    let of_topic = |topic: &str| topic.strip_prefix("000000000000000000000000").and_then(account);
    let contract = Some(contract).filter(|hex| hex.len() == 40).and_then(account).ok_or_else(damaged)?;
    let (from, to) = (of_topic(from).ok_or_else(damaged)?, of_topic(to).ok_or_else(damaged)?);
    let hex = |b: u8| b.is_ascii_hexdigit();
    let data = Some(log.data.as_str()).filter(|data| data.len() == 64 && data.bytes().all(hex));
    let units = data.and_then(|data| U256::from_str_radix(data, 16).ok()).ok_or_else(damaged)?;
    Ok(Some(Transfer::token(network, contract, Some(from), Some(to), units.to_string())))
}

/// An asset of TRC-10, which is told by its number and is never the token of a contract.
fn asset(
    network: &Network,
    id: &str,
    from: Option<Address>,
    to: Option<Address>,
    units: u64,
) -> Result<Transfer, String> {
    let parsed = Address::parse(&network.identity, &format!("trc10:{id}"));
    let named = parsed.map_err(|_| "an asset of TRC-10 has no number".to_owned())?;
    Ok(Transfer::token(network, named.address, from, to, units.to_string()))
}

/// What contracts passed on, and what they tried to.
pub(super) fn inside(network: &Network, calls: &[Internal], rejected: bool) -> Vec<Transfer> {
    let account = |hex: &str| Address::parse(&network.identity, hex).ok().map(|parsed| parsed.address);
    let mut found = Vec::new();
    for call in calls.iter().take(CALLS).filter(|call| call.rejected == rejected) {
        // Whoever runs another's code pays himself.
        if call.caller_address == call.to {
            continue;
        }
        let (from, to) = (account(&call.caller_address), account(&call.to));
        for carried in call.values.iter().filter(|carried| carried.value > 0) {
            if let Some(id) = carried.asset.as_deref().filter(|id| !id.is_empty() && *id != "0") {
                found.extend(asset(network, id, from.clone(), to.clone(), carried.value));
            } else {
                let coin = Transfer::coin(network, from.clone(), to.clone(), carried.value.to_string());
                found.push(Transfer { kind: TransferKind::Internal, ..coin });
            }
        }
    }
    found
}
