//! From an answer of another API to the records of the contract (pure). What is missing or of another type makes the
//! record unreadable, and says which pointer it was; it never says a value.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use jiff::Timestamp;

use super::fields::{
    AddressFields, AssetFields, DepositFields, NetworkFields, Reason, StatusAt, WithdrawalFields, Word, Words,
};
use super::json::{Node, Pointer};
use super::map::{Case, Map};
use crate::evidence::{
    AddressRecord, AddressRole, AddressStatus, Deposit, ListedAsset, NetworkPolicy, Openness, Withdrawal,
    WithdrawalStatus,
};
use crate::net::Stamp;
use crate::terms::Amount;

/// A part of a record, or what is wrong with it.
type Part<T> = Result<T, String>;

/// Characters kept of a label.
const LABEL: usize = 200;

/// The word of a status where no flag is set.
const NO_FLAG: &str = "none";

/// What is written where there is no number.
const NO_NUMBER: &[&str] = &["n/a", "na", "none", "null", "-"];

/// One record of an answer under its map.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) map: &'a Map,
    pub(super) node: &'a Node,
}

impl Record<'_> {
    /// A single value; nothing where it is not there or empty.
    pub(super) fn word(&self, pointer: &Pointer) -> Part<Option<String>> {
        let word = self.node.at(pointer).map_or(Ok(None), Node::word);
        word.map_err(|what| format!("`{}`: {what}", pointer.as_str()))
    }

    fn text(&self, pointer: Option<&Pointer>) -> Part<Option<String>> {
        pointer.map_or(Ok(None), |pointer| self.word(pointer))
    }

    fn needed(&self, pointer: &Pointer) -> Part<String> {
        self.word(pointer)?.ok_or_else(|| format!("`{}` is missing", pointer.as_str()))
    }

    /// An amount of an asset.
    fn amount(&self, pointer: &Pointer, asset: &str) -> Part<Option<Amount>> {
        let wrong = || format!("`{}` is no amount", pointer.as_str());
        let units = &self.map.base_units;
        let Some(decimals) = units.get(asset) else {
            let unnamed = || format!("`{}` is of {asset}, of which base_units tells no places", pointer.as_str());
            let amount = self.whole(pointer)?;
            return if amount.is_some() && !units.is_empty() { Err(unnamed()) } else { Ok(amount) };
        };
        let digits = self.word(pointer)?;
        digits.map(|digits| Amount::from_units(&digits, *decimals)).transpose().map_err(|_| wrong())
    }

    /// An amount as it is written.
    fn whole(&self, pointer: &Pointer) -> Part<Option<Amount>> {
        let amount = match self.node.at(pointer) {
            None | Some(Node::Null) => return Ok(None),
            Some(Node::Number(number)) => Amount::from_json_text(number).ok(),
            Some(Node::Text(text)) => text.parse().ok(),
            Some(_) => None,
        };
        amount.map(Some).ok_or_else(|| format!("`{}` is no amount", pointer.as_str()))
    }

    /// A time in the map's way.
    pub(super) fn time(&self, pointer: Option<&Pointer>) -> Part<Option<Timestamp>> {
        let Some((word, pointer)) = self.text(pointer)?.zip(pointer) else { return Ok(None) };
        // Some write a fraction; nothing here is that exact.
        let whole = || word.split('.').next().and_then(|whole| whole.parse::<i64>().ok());
        let time = match self.map.times {
            Stamp::Rfc3339 => word.parse().ok(),
            Stamp::Seconds => whole().and_then(|seconds| Timestamp::from_second(seconds).ok()),
            Stamp::Milliseconds => whole().and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()),
        };
        time.map(Some).ok_or_else(|| format!("`{}` is no time as the map writes them", pointer.as_str()))
    }

    /// What is counted; nothing where the API says in so many words that it has no number.
    fn counted<T: FromStr>(&self, pointer: Option<&Pointer>) -> Part<Option<T>> {
        let Some((word, pointer)) = self.text(pointer)?.zip(pointer) else { return Ok(None) };
        if NO_NUMBER.iter().any(|none| word.eq_ignore_ascii_case(none)) {
            return Ok(None);
        }
        word.parse().map(Some).map_err(|_| format!("`{}` is no number", pointer.as_str()))
    }

    /// A list of texts, or one text with commas.
    fn several(&self, pointer: Option<&Pointer>) -> Part<Vec<String>> {
        let Some(pointer) = pointer else { return Ok(Vec::new()) };
        self.node.words(pointer).map_err(|what| format!("`{}`: {what}", pointer.as_str()))
    }

    /// Yes or no.
    fn truth(&self, pointer: Option<&Pointer>) -> Part<Option<bool>> {
        let Some((word, pointer)) = self.text(pointer)?.zip(pointer) else { return Ok(None) };
        match word.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "y" => Ok(Some(true)),
            "false" | "0" | "no" | "n" => Ok(Some(false)),
            _ => Err(format!("`{}` is neither yes nor no", pointer.as_str())),
        }
    }

    /// A word that a table has to know; nothing where there is none.
    fn known<T: Clone>(&self, pointer: Option<&Pointer>, words: &BTreeMap<String, Word<T>>) -> Part<Option<T>> {
        let Some((word, pointer)) = self.text(pointer)?.zip(pointer) else { return Ok(None) };
        let known = words.get(&word).map(|known| known.0.clone());
        known.map(Some).ok_or_else(|| format!("`{}` holds a word that the map does not list", pointer.as_str()))
    }

    fn openness(&self, pointer: Option<&Pointer>) -> Part<Option<Openness>> {
        if self.map.openness.is_empty() {
            let usual = [("true", Openness::Open), ("open", Openness::Open)];
            let usual = usual.into_iter().chain([("false", Openness::Suspended), ("suspended", Openness::Suspended)]);
            let usual = usual.map(|(word, own)| (word.to_owned(), Word(own))).collect();
            return self.known(pointer, &usual);
        }
        self.known(pointer, &self.map.openness)
    }

    /// Whether a direction is open. What the map has a place for has to be told, here or by the network.
    fn door(&self, pointer: Option<&Pointer>, otherwise: Option<Openness>) -> Part<Openness> {
        match (self.openness(pointer)?, pointer, otherwise) {
            (Some(own), ..) => Ok(own),
            (None, _, Some(otherwise)) => Ok(otherwise),
            (None, pointer, None) => Err(pointer.map_or_else(|| "no door is told".to_owned(), missing)),
        }
    }

    /// The network by its name here; empty where the API's word is none that the map knows.
    fn network(&self, pointer: Option<&Pointer>) -> Part<Option<String>> {
        Ok(self.text(pointer)?.map(|word| self.map.network_of(&word).unwrap_or_default()))
    }

    fn ticker(&self, pointer: &Pointer) -> Part<String> {
        self.needed(pointer).map(|word| self.map.asset_of(&word))
    }

    /// The API's own word for a status, and its label.
    fn raw(&self, at: &StatusAt, label: Option<&Pointer>) -> Part<(String, String)> {
        let code = match at {
            StatusAt::Word(pointer) => self.needed(pointer)?,
            StatusAt::Flags(flags) => self.flag(flags)?,
        };
        let label = self.text(label)?.map(|label| label.chars().take(LABEL).collect::<String>());
        let raw = label.map_or_else(|| code.clone(), |label| format!("{code} {label}"));
        Ok((code, raw))
    }

    fn flag(&self, flags: &[Pointer]) -> Part<String> {
        let mut set = None;
        for flag in flags {
            match self.node.at(flag) {
                Some(Node::Truth(true)) => set = set.or(Some(flag.last())),
                Some(Node::Truth(false)) => {}
                _ => return Err(format!("`{}` is neither true nor false", flag.as_str())),
            }
        }
        Ok(set.unwrap_or(NO_FLAG).to_owned())
    }

    /// Why: by the API's word for the reason, or by a status that is one.
    fn reason(&self, at: Option<&Pointer>, code: &str, words: &BTreeMap<String, Reason>) -> Part<Option<String>> {
        let own = self.text(at)?;
        let known = own.as_ref().and_then(|word| words.get(word)).or_else(|| words.get(code));
        Ok(known.map(|known| known.0.clone()).or(own))
    }

    /// A deposit.
    pub(super) fn deposit(&self, fields: &DepositFields) -> Part<Deposit> {
        let (code, raw) = self.raw(&fields.status, fields.status_label.as_ref())?;
        let status = status_of(&code, &fields.statuses);
        let credited_at = self.time(fields.credited_at.as_ref())?.filter(|_| status.is_credited());
        let asset = self.ticker(&fields.asset)?;
        Ok(Deposit {
            id: self.needed(&fields.id)?,
            account: self.needed(&fields.account)?,
            amount: self.amount(&fields.amount, &asset)?.ok_or_else(|| missing(&fields.amount))?,
            asset,
            network: self.network(fields.network.as_ref())?.unwrap_or_default(),
            txid: self.needed(&fields.txid)?,
            output_index: self.counted(fields.output_index.as_ref())?,
            address: self.text(fields.address.as_ref())?.unwrap_or_default(),
            memo: self.text(fields.memo.as_ref())?,
            reason: self.reason(fields.reason.as_ref(), &code, &fields.reasons)?,
            status,
            raw_status: Some(raw),
            confirmations: self.counted(fields.confirmations.as_ref())?,
            required_confirmations: self.counted(fields.required_confirmations.as_ref())?,
            detected_at: self.time(fields.detected_at.as_ref())?,
            credited_at,
            available_at: self.time(fields.available_at.as_ref())?,
        })
    }

    /// A withdrawal.
    pub(super) fn withdrawal(&self, fields: &WithdrawalFields) -> Part<Withdrawal> {
        let (code, raw) = self.raw(&fields.status, fields.status_label.as_ref())?;
        let status: WithdrawalStatus = status_of(&code, &fields.statuses);
        let is_done = matches!(status, WithdrawalStatus::Completed | WithdrawalStatus::Internal);
        let asset = self.ticker(&fields.asset)?;
        let fee = fields.fee.as_ref().map_or(Ok(None), |fee| self.amount(fee, &asset))?;
        Ok(Withdrawal {
            id: self.needed(&fields.id)?,
            account: self.needed(&fields.account)?,
            amount: self.amount(&fields.amount, &asset)?.ok_or_else(|| missing(&fields.amount))?,
            asset,
            network: self.network(fields.network.as_ref())?.unwrap_or_default(),
            address: self.text(fields.address.as_ref())?.unwrap_or_default(),
            memo: self.text(fields.memo.as_ref())?,
            fee: fee.unwrap_or_else(Amount::zero),
            reason: self.reason(fields.reason.as_ref(), &code, &fields.reasons)?,
            status,
            raw_status: Some(raw),
            txid: self.word(&fields.txid)?,
            replaced_txids: self.several(fields.replaced_txids.as_ref())?,
            requested_at: self.time(Some(&fields.requested_at))?.ok_or_else(|| missing(&fields.requested_at))?,
            broadcast_at: self.time(fields.broadcast_at.as_ref())?,
            completed_at: self.time(fields.completed_at.as_ref())?.filter(|_| is_done),
        })
    }

    /// An address; `asked` is the network that the question named.
    pub(super) fn address(&self, fields: &AddressFields, asked: &str) -> Part<AddressRecord> {
        let role = match fields.role {
            None => AddressRole::Deposit,
            Some(ref role) => self.known(Some(role), &fields.roles)?.ok_or_else(|| missing(role))?,
        };
        let memo = self.text(fields.memo.as_ref())?;
        // What the question named holds where the answer has no place for it.
        let unsaid = if fields.network.is_some() { "" } else { asked };
        let network = self.network(fields.network.as_ref())?;
        Ok(AddressRecord {
            address: self.needed(&fields.address)?,
            network: network.unwrap_or_else(|| unsaid.to_owned()),
            role,
            account: self.text(fields.account.as_ref())?,
            customer: self.text(fields.customer.as_ref())?,
            assets: self.several(fields.assets.as_ref())?.iter().map(|asset| self.map.asset_of(asset)).collect(),
            memo_required: self.truth(fields.memo_required.as_ref())?.unwrap_or(memo.is_some()),
            memo,
            status: self.known(fields.status.as_ref(), &fields.statuses)?.unwrap_or(AddressStatus::Active),
            issued_at: self.time(fields.issued_at.as_ref())?,
            retired_at: self.time(fields.retired_at.as_ref())?,
        })
    }

    /// The networks that a listed asset is on: nothing where the map does not say where they are told, and an empty name
    /// for a word that the map does not know.
    fn networks(&self, fields: &AssetFields) -> Part<Option<Vec<String>>> {
        let Some(at) = &fields.network else { return Ok(None) };
        let own = self.several(Some(at))?;
        Ok(Some(own.iter().map(|word| self.map.network_of(word).unwrap_or_default()).collect()))
    }

    fn listed(&self, fields: &AssetFields, network: &NetworkPolicy) -> Part<ListedAsset> {
        let contract = self.text(fields.contract.as_ref())?;
        let asset = self.ticker(&fields.asset)?;
        let doors = &self.map.network;
        Ok(ListedAsset {
            min_deposit: fields.min_deposit.as_ref().map_or(Ok(None), |least| self.amount(least, &asset))?,
            asset,
            // A row without a contract may be the coin's or lack one: its ticker tells.
            by_ticker: contract.is_none(),
            contract,
            decimals: self.counted(fields.decimals.as_ref())?,
            deposits: self.door(fields.deposits.as_ref(), doors.deposits.as_ref().map(|_| network.deposits))?,
            withdrawals: self
                .door(fields.withdrawals.as_ref(), doors.withdrawals.as_ref().map(|_| network.withdrawals))?,
            required_confirmations: self.counted(fields.required_confirmations.as_ref())?,
            unlock_confirmations: self.counted(fields.unlock_confirmations.as_ref())?,
            reason: self.text(fields.reason.as_ref())?,
            until: self.time(fields.until.as_ref())?,
            scanned_height: self.counted(fields.scanned_height.as_ref())?,
            scanned_at: self.time(fields.scanned_at.as_ref())?,
        })
    }

    /// A network without its assets.
    pub(super) fn network_policy(&self, fields: &NetworkFields, asked: &str) -> Part<NetworkPolicy> {
        let name = self.network(fields.name.as_ref())?;
        let plain = NetworkPolicy::listing(&name.unwrap_or_else(|| asked.to_owned()), Vec::new());
        Ok(NetworkPolicy {
            deposits: self.door(fields.deposits.as_ref(), fields.deposits.is_none().then_some(plain.deposits))?,
            withdrawals: self
                .door(fields.withdrawals.as_ref(), fields.withdrawals.is_none().then_some(plain.withdrawals))?,
            reason: self.text(fields.reason.as_ref())?,
            since: self.time(fields.since.as_ref())?,
            until: self.time(fields.until.as_ref())?,
            required_confirmations: self.counted(fields.required_confirmations.as_ref())?,
            unlock_confirmations: self.counted(fields.unlock_confirmations.as_ref())?,
            scanned_height: self.counted(fields.scanned_height.as_ref())?,
            scanned_at: self.time(fields.scanned_at.as_ref())?,
            ..plain
        })
    }
}

fn missing(pointer: &Pointer) -> String {
    format!("`{}` is missing", pointer.as_str())
}

/// The neutral status of a word; one that the table does not list is kept as unknown.
fn status_of<S: Clone + From<String>>(code: &str, words: &BTreeMap<String, Word<S>>) -> S {
    words.get(code).map_or_else(|| S::from(format!("unknown:{code}")), |known| known.0.clone())
}

/// What of a list of assets is on a network.
pub(super) enum Listing {
    /// So much.
    Assets(Vec<ListedAsset>),
    /// Nothing, and the list would tell it by the word that the map has.
    Nothing,
    /// Nothing by that name, which may be another one there; or some network is not told.
    Unclear,
}

impl Map {
    /// The assets that are listed on a network.
    pub(super) fn listing(&self, rows: &[Node], fields: &AssetFields, network: &NetworkPolicy) -> Part<Listing> {
        let is_named = self.networks.contains_key(&network.network);
        let (mut assets, mut is_clear) = (Vec::new(), fields.network.is_none() || is_named);
        for node in rows {
            let row = Record { map: self, node };
            let on = row.networks(fields)?;
            is_clear &= on.as_ref().is_none_or(|on| !on.is_empty() && on.iter().all(|name| !name.is_empty()));
            if on.is_none_or(|on| on.iter().any(|name| name.eq_ignore_ascii_case(&network.network))) {
                assets.push(row.listed(fields, network)?);
            }
        }
        Ok(match (assets.is_empty(), is_clear) {
            (false, _) => Listing::Assets(assets),
            (true, true) => Listing::Nothing,
            (true, false) => Listing::Unclear,
        })
    }

    /// A network by its name here; nothing where the map has no such word.
    pub(super) fn network_of(&self, word: &str) -> Option<String> {
        named(&self.networks, word)
    }

    /// The API's word for a network.
    pub(super) fn word_of(&self, network: &str) -> Option<String> {
        self.networks.get(network).and_then(Words::first).map(str::to_owned)
    }

    /// The ticker of the API's word for an asset.
    fn asset_of(&self, word: &str) -> String {
        named(&self.assets, word).unwrap_or_else(|| word.to_uppercase())
    }

    /// A ticker as questions write it.
    pub(super) fn ticker(&self, asset: &str) -> String {
        let own = self.assets.get(asset).and_then(Words::first).map(str::to_owned);
        own.unwrap_or_else(|| match self.tickers {
            Case::Upper => asset.to_uppercase(),
            Case::Lower => asset.to_lowercase(),
        })
    }
}

/// What has a word in a table, whatever its case.
fn named(table: &BTreeMap<String, Words>, word: &str) -> Option<String> {
    let has = |(_, words): &(&String, &Words)| words.all().iter().any(|own| own.eq_ignore_ascii_case(word));
    table.iter().find(has).map(|(name, _)| name.clone())
}

/// The one address that several records of it are, as where each is of one asset; nothing where they are of several
/// accounts or otherwise differ.
pub(super) fn joined(records: &[AddressRecord]) -> Option<AddressRecord> {
    let first = records.first()?;
    let plain = |record: &AddressRecord| AddressRecord { assets: Vec::new(), issued_at: None, ..record.clone() };
    if records.iter().any(|record| plain(record) != plain(first)) {
        return None;
    }
    let named = records.iter().all(|record| !record.assets.is_empty());
    let assets: BTreeSet<&String> = records.iter().flat_map(|record| &record.assets).filter(|_| named).collect();
    Some(AddressRecord { assets: assets.into_iter().cloned().collect(), ..first.clone() })
}
