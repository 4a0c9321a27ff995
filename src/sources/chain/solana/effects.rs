//! What a transaction moved, by the balances before and after it: coin by account, tokens by owner and mint. Whatever
//! way a program took, what arrived stands there, and what a token's fee or an account's rent took does not.

use std::collections::BTreeMap;

use super::programs::{Calls, TOKENS};
use super::transaction::{Meta, TokenBalance};
use crate::evidence::Transfer;
use crate::terms::{Address, GapWhy, Network};

/// The token that stands for coin in a token account: `spl_token::native_mint`.
const WRAPPED_COIN: &str = "So11111111111111111111111111111111111111112";

/// Why effects cannot be read.
pub(super) type Unreadable = (GapWhy, &'static str);

/// Whose token account it is and what it holds of its token, before and after.
struct Holding<'a> {
    mint: &'a str,
    /// It is no coin: one of a token without decimal places.
    is_thing: bool,
    before: Option<(Address, u64)>,
    after: Option<(Address, u64)>,
}

impl Holding<'_> {
    fn gain(&self) -> i128 {
        let units = |held: &Option<(Address, u64)>| held.as_ref().map_or(0, |(_, units)| i128::from(*units));
        units(&self.after) - units(&self.before)
    }

    fn owner(&self) -> Option<&Address> {
        self.after.as_ref().or(self.before.as_ref()).map(|(owner, _)| owner)
    }
}

/// Owners of token accounts of which the transaction itself tells nothing, by their number.
pub(super) type Owners = BTreeMap<usize, Address>;

/// Token accounts by their number.
type Holdings<'a> = BTreeMap<usize, Holding<'a>>;

/// Every movement that took effect, with the memo of the transaction.
pub(super) fn effects(
    network: &Network,
    meta: &Meta,
    accounts: &[Address],
    calls: &Calls<'_>,
    owners: &Owners,
) -> Result<Vec<Transfer>, Unreadable> {
    let holdings = holdings(network, meta, accounts)?;
    let mut found = coin(network, meta, accounts, (calls, owners), &holdings);
    found.extend(tokens(network, accounts, &holdings));
    let memo = calls.memo();
    Ok(found.into_iter().map(|transfer| Transfer { memo: memo.clone(), ..transfer }).collect())
}

/// Whose coin it spends: every wallet that has less of it than before, beside the fee.
pub(super) fn payers(meta: &Meta, accounts: &[Address]) -> Vec<Address> {
    let losers = accounts.iter().enumerate().filter(|(index, _)| gain(meta, *index) < 0);
    losers.map(|(_, account)| account.clone()).collect()
}

/// Whether it holds something that is no coin: one of a token without decimal places that nobody lists.
pub(super) fn moves_nft(network: &Network, meta: &Meta) -> bool {
    meta.post_token_balances.iter().flatten().any(|held| is_thing(network, held) && held.ui_token_amount.amount == "1")
}

fn is_thing(network: &Network, held: &TokenBalance) -> bool {
    let amount = &held.ui_token_amount;
    let mut listed = network.assets.iter().filter_map(|asset| asset.contract.as_ref());
    amount.decimals == 0 && matches!(amount.amount.as_str(), "0" | "1") && listed.all(|own| own.as_str() != held.mint)
}

/// How much more coin an account has than before, in lamports; the fee payer's fee is not counted.
fn gain(meta: &Meta, index: usize) -> i128 {
    let (Some(before), Some(after)) = (meta.pre_balances.get(index), meta.post_balances.get(index)) else { return 0 };
    let fee = if index == 0 { i128::from(meta.fee) } else { 0 };
    i128::from(*after) - i128::from(*before) + fee
}

fn holdings<'a>(network: &Network, meta: &'a Meta, accounts: &[Address]) -> Result<Holdings<'a>, Unreadable> {
    let (Some(before), Some(after)) = (&meta.pre_token_balances, &meta.post_token_balances) else {
        return Err((GapWhy::LacksHistory, "the node did not record what tokens it moved"));
    };
    let mut found = Holdings::new();
    let told = before.iter().map(|balance| (balance, false)).chain(after.iter().map(|balance| (balance, true)));
    for (balance, is_after) in told {
        let amount: u64 = balance.ui_token_amount.amount.parse().map_err(|_| MALFORMED)?;
        let owner =
            balance.owner.as_deref().ok_or((GapWhy::LacksHistory, "the node does not say whose tokens moved"))?;
        let owner = Address::parse(&network.identity, owner).map_err(|_| MALFORMED)?.address;
        if balance.account_index >= accounts.len() || Address::parse(&network.identity, &balance.mint).is_err() {
            return Err(MALFORMED);
        }
        let new = Holding { mint: &balance.mint, is_thing: is_thing(network, balance), before: None, after: None };
        let holding = found.entry(balance.account_index).or_insert(new);
        holding.is_thing &= is_thing(network, balance);
        let place = if is_after { &mut holding.after } else { &mut holding.before };
        if place.replace((owner, amount)).is_some() || holding.mint != balance.mint {
            return Err(MALFORMED);
        }
    }
    Ok(found)
}

const MALFORMED: Unreadable = (GapWhy::Malformed, "the balances of its tokens are damaged");

/// The accounts that have more coin than before, where the transaction does not tell which of them hold tokens: a node
/// records that only where a token program takes part.
pub(super) fn untold(meta: &Meta, accounts: &[Address], calls: &Calls<'_>) -> Vec<usize> {
    let told = accounts.iter().any(|account| TOKENS.contains(&account.as_str()));
    let handed = calls.handed_over();
    let gained = |index: &usize| gain(meta, *index) > 0 && !handed.contains(&accounts[*index]);
    if told { Vec::new() } else { (0..accounts.len()).filter(gained).collect() }
}

/// Coin that arrived, by account. Rent is none: what came with a token account that was made, or to an account that was
/// handed over to a program. Coin on a token account that stands is its owner's, at that account.
fn coin(
    network: &Network,
    meta: &Meta,
    accounts: &[Address],
    (calls, owners): (&Calls<'_>, &Owners),
    holdings: &Holdings<'_>,
) -> Vec<Transfer> {
    let gained = |index: usize| match holdings.get(&index) {
        Some(holding) if holding.before.is_none() || holding.after.is_none() => 0,
        Some(holding) if holding.mint == WRAPPED_COIN => gain(meta, index) - holding.gain(),
        _ => gain(meta, index),
    };
    let losers: Vec<usize> = (0..accounts.len()).filter(|index| gained(*index) < 0).collect();
    let payer = only(&losers).and_then(|index| accounts.get(*index));
    let handed = calls.handed_over();
    let paid = accounts.iter().enumerate().filter(|(index, account)| gained(*index) > 0 && !handed.contains(account));
    let transfer = |(index, account): (usize, &Address)| {
        let owner = holdings.get(&index).and_then(Holding::owner).or(owners.get(&index)).cloned();
        let through = owner.is_some().then(|| account.clone());
        let to = owner.unwrap_or_else(|| account.clone());
        let from = payer.cloned();
        Transfer { through, ..Transfer::coin(network, from, Some(to), gained(index).to_string()) }
    };
    paid.map(transfer).collect()
}

/// Tokens that arrived, by owner and mint. What nobody received of what was sent, although somebody received the rest,
/// is what the token keeps as its fee.
fn tokens(network: &Network, accounts: &[Address], holdings: &Holdings<'_>) -> Vec<Transfer> {
    let mut mints: BTreeMap<&str, BTreeMap<&Address, (i128, Vec<usize>)>> = BTreeMap::new();
    for (index, holding) in holdings.iter().filter(|(_, holding)| !holding.is_thing) {
        let owners = mints.entry(holding.mint).or_default();
        // An account may be given to another owner with all that is in it.
        if let Some((owner, units)) = &holding.before {
            owners.entry(owner).or_default().0 -= i128::from(*units);
        }
        if let Some((owner, units)) = &holding.after {
            let (sum, at) = owners.entry(owner).or_default();
            *sum += i128::from(*units);
            let given = holding.before.as_ref().is_some_and(|(before, _)| before != owner);
            at.extend((given || holding.gain() > 0).then_some(*index));
        }
    }
    let mut found = Vec::new();
    for (mint, owners) in mints {
        let Ok(contract) = Address::parse(&network.identity, mint).map(|parsed| parsed.address) else { continue };
        let losers: Vec<&Address> = owners.iter().filter(|(_, (sum, _))| *sum < 0).map(|(owner, _)| *owner).collect();
        let from = only(&losers).map(|owner| (*owner).clone());
        let token = |to: &Address, units: i128| {
            Transfer::token(network, contract.clone(), from.clone(), Some(to.clone()), units.to_string())
        };
        let received = owners.iter().filter(|(_, (sum, _))| *sum > 0);
        for (owner, (sum, at)) in received.clone() {
            let gained = |index: &usize| holdings.get(index).map_or(0, Holding::gain);
            let account = |index: &usize| accounts.get(*index).cloned();
            // Where accounts of the owner have less than before, what arrived at which is not told.
            if at.iter().map(gained).sum::<i128>() == *sum {
                found
                    .extend(at.iter().map(|index| Transfer { through: account(index), ..token(owner, gained(index)) }));
            } else {
                found.push(token(owner, *sum));
            }
        }
        let kept: i128 = -owners.values().map(|(sum, _)| *sum).sum::<i128>();
        found.extend((kept > 0 && received.count() > 0).then(|| token(&contract, kept)));
    }
    found
}

/// The one element; nothing of several.
fn only<T>(all: &[T]) -> Option<&T> {
    if let [one] = all { Some(one) } else { None }
}
