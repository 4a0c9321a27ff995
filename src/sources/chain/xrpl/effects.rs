//! What a transaction moved: a payment what its metadata says was delivered, never what it ordered; every other type what
//! it changed of balances.

use serde_json::Value;

use super::sum::{Sum, decimal};
use super::transaction::{Found, Meta};
use super::{Address, Network};
use crate::evidence::Transfer;
use crate::terms::{Amount, ChainIdentity};

/// The movements of value, or why they cannot be told.
pub(super) fn transfers(network: &Network, found: &Found, meta: &Meta) -> Result<Vec<Transfer>, &'static str> {
    let order = &found.order;
    if !order.is_payment {
        return others(network, found, meta);
    }
    let to = order.destination.clone().ok_or("a payment names no receiver")?;
    let told = meta.delivered_amount.as_ref().filter(|value| **value != "unavailable");
    let told =
        told.map(|value| Sum::read(&network.identity, value).ok_or("what it delivered cannot be read")).transpose()?;
    let gained = || -> Result<Option<Sum>, &'static str> {
        let mut gained = changes(network, found, meta)?.into_iter().filter(|c| c.gained && c.account == to);
        let first = gained.next().map(|change| change.sum);
        if gained.next().is_some() { Err("it delivered several things") } else { Ok(first) }
    };
    let delivered = match told {
        // With the receiver as its issuer, an order takes any issuer that the receiver trusts; one that gained nothing on
        // a trust line is the issuer itself.
        Some(sum) if sum.is_issued_by(&to) => gained()?.unwrap_or(sum),
        Some(sum) => sum,
        // Partial payments before 2014 do not tell; the receiver's balances do.
        None => gained()?.ok_or("what it delivered is not told")?,
    };
    let memo = order.tag.map(|tag| tag.to_string());
    Ok(vec![Transfer { memo, ..delivered.moved(network, Some(order.account.clone()), Some(to)) }])
}

/// What others than payments moved: released from an escrow or a channel, cashed, traded, left by a deleted account.
fn others(network: &Network, found: &Found, meta: &Meta) -> Result<Vec<Transfer>, &'static str> {
    let changes = changes(network, found, meta)?;
    if found.tx.transaction_type == "Batch" {
        return Err("what it carried out has identifiers of its own");
    }
    let sets_aside = |node: &Value| {
        Entry::read(node).is_some_and(|entry| SET_ASIDE.contains(&entry.kind) && !node["DeletedNode"].is_object())
    };
    if !changes.iter().any(|change| change.gained) && meta.nodes.iter().any(sets_aside) {
        return Err("it sets value aside for later");
    }
    let held = meta.nodes.iter().find_map(|node| Held::read(&network.identity, node));
    let order = &found.order;
    let moved = |change: &Change| {
        let mut lost = changes.iter().filter(|other| !other.gained && other.sum.is_of(&change.sum));
        let only = lost.next().filter(|_| lost.next().is_none()).map(|other| other.account.clone());
        let from = only.or_else(|| held.as_ref().map(|held| held.owner.clone()));
        let to = &change.account;
        let by_order = order.tag.filter(|_| order.destination.as_ref() == Some(to));
        let by_entry = held.as_ref().filter(|held| held.destination == *to).and_then(|held| held.tag);
        let memo = by_order.or(by_entry).map(|tag| tag.to_string());
        Transfer { memo, ..change.sum.clone().moved(network, from, Some(to.clone())) }
    };
    Ok(changes.iter().filter(|change| change.gained).map(moved).collect())
}

/// Entries of the ledger that hold what an account has set aside for another.
const SET_ASIDE: [&str; 3] = ["Escrow", "Check", "PayChannel"];

impl Sum {
    /// Whether it is a token of that issuer's.
    fn is_issued_by(&self, issuer: &Address) -> bool {
        matches!(self, Self::Issued { token, .. } if token.as_str().split_once('.').is_some_and(|(_, own)| own == issuer.as_str()))
    }

    /// Whether both are of one asset.
    fn is_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Drops(_), Self::Drops(_)) => true,
            (Self::Issued { token, .. }, Self::Issued { token: other, .. })
            | (Self::Units { token, .. }, Self::Units { token: other, .. }) => token == other,
            _ => false,
        }
    }
}

/// What an account has more or less of than before.
struct Change {
    account: Address,
    gained: bool,
    sum: Sum,
}

impl Change {
    /// A change of whole units; nothing where there is none.
    fn of_units(account: Address, delta: i128, sum: impl FnOnce(String) -> Sum) -> Option<Self> {
        (delta != 0).then(|| Self { account, gained: delta > 0, sum: sum(delta.unsigned_abs().to_string()) })
    }
}

/// What the transaction changed of an entry of the ledger, before and after.
struct Entry<'a> {
    kind: &'a str,
    after: &'a Value,
    before: &'a Value,
    created: bool,
}

impl<'a> Entry<'a> {
    fn read(node: &'a Value) -> Option<Self> {
        let created = node.get("CreatedNode");
        let node = created.or_else(|| node.get("ModifiedNode")).or_else(|| node.get("DeletedNode"))?;
        let after = if created.is_some() { &node["NewFields"] } else { &node["FinalFields"] };
        let kind = node["LedgerEntryType"].as_str()?;
        Some(Self { kind, after, before: &node["PreviousFields"], created: created.is_some() })
    }

    /// A field before and after, where it changed.
    fn changed(&self, field: &str) -> Option<(Option<&'a Value>, &'a Value)> {
        let before = self.before.get(field);
        (self.created || before.is_some()).then_some((before, self.after.get(field)?))
    }

    /// How much a field of whole units grew.
    fn growth(&self, field: &str) -> Option<i128> {
        let units = |value: &Value| value.as_str()?.parse::<u64>().ok().map(i128::from);
        let (before, after) = self.changed(field)?;
        Some(units(after)? - before.map_or(Some(0), units)?)
    }
}

/// What accounts gained and lost, without the fee.
fn changes(network: &Network, found: &Found, meta: &Meta) -> Result<Vec<Change>, &'static str> {
    let address = |value: &Value| Some(Address::parse(&network.identity, value.as_str()?).ok()?.address);
    let fee: i128 = found.tx.fee.parse::<u64>().map_err(|_| "its fee cannot be read")?.into();
    let mut all = Vec::new();
    for entry in meta.nodes.iter().filter_map(Entry::read) {
        let account = || address(&entry.after["Account"]).ok_or("a changed entry names no account");
        match entry.kind {
            "AccountRoot" => {
                let Some(growth) = entry.growth("Balance") else { continue };
                let account = account()?;
                let growth = if account == found.order.account { growth + fee } else { growth };
                all.extend(Change::of_units(account, growth, Sum::Drops));
            }
            "MPToken" => {
                let Some(growth) = entry.growth("MPTAmount") else { continue };
                let token = address(&entry.after["MPTokenIssuanceID"]).ok_or("a changed entry names no token")?;
                all.extend(Change::of_units(account()?, growth, |units| Sum::Units { token, units }));
            }
            "RippleState" => all.extend(line_change(network, &entry)?),
            _ => {}
        }
    }
    Ok(all)
}

/// What changed on a trust line: its balance is seen from the lower account, and whoever is owed holds the token of the
/// other.
fn line_change(network: &Network, entry: &Entry<'_>) -> Result<Option<Change>, &'static str> {
    const UNREADABLE: &str = "a changed trust line cannot be read";
    let Some((before, after)) = entry.changed("Balance") else { return Ok(None) };
    let value = |balance: &Value| decimal(balance.get("value")?.as_str()?);
    let (owed, now) = value(after).ok_or(UNREADABLE)?;
    let (owed_before, then) = match before {
        Some(before) => value(before).ok_or(UNREADABLE)?,
        None => (owed, Amount::zero()),
    };
    if now == then {
        return Ok(None);
    }
    let below = if now.is_zero() { owed_before } else { owed };
    if !now.is_zero() && !then.is_zero() && owed != owed_before {
        return Err("a trust line changed sides");
    }
    let side = |limit: &str| entry.after[limit]["issuer"].as_str();
    let (low, high) = side("LowLimit").zip(side("HighLimit")).ok_or(UNREADABLE)?;
    let (holder, issuer) = if below { (high, low) } else { (low, high) };
    let parse = |text: &str| Address::parse(&network.identity, text).ok().map(|parsed| parsed.address);
    let code = after["currency"].as_str().ok_or(UNREADABLE)?;
    let token = parse(&format!("{code}.{issuer}")).ok_or(UNREADABLE)?;
    let sum = Sum::Issued { token, value: now.distance(&then) };
    Ok(Some(Change { account: parse(holder).ok_or(UNREADABLE)?, gained: now > then, sum }))
}

/// What an account has set aside for another, by which a payment may have come.
struct Held {
    owner: Address,
    destination: Address,
    tag: Option<u32>,
}

impl Held {
    fn read(identity: &ChainIdentity, node: &Value) -> Option<Self> {
        let entry = Entry::read(node)?;
        let holds = !entry.created && SET_ASIDE.contains(&entry.kind);
        let address = |field: &str| Some(Address::parse(identity, entry.after.get(field)?.as_str()?).ok()?.address);
        let tag = entry.after.get("DestinationTag").and_then(Value::as_u64).and_then(|tag| u32::try_from(tag).ok());
        holds.then(|| Some(Self { owner: address("Account")?, destination: address("Destination")?, tag }))?
    }
}
