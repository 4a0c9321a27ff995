//! An account at Binance: the wallet part of its SAPI (<https://developers.binance.com/docs/wallet/capital>). A key that
//! may read is enough.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::join_all;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;

use super::Hints;
use super::account::{
    ADDRESSES, Account, KEYS, OwnAddresses, Plain, beyond_reading, listed, listing_of, network_of, own_address, read,
    unlocking, word_of,
};
use super::query_signed::{List, Row, Wanted, only, records, seal};
use crate::evidence::{Deposit, DepositStatus, ListedAsset, OWN_ACCOUNT, Openness, Span, Withdrawal, WithdrawalStatus};
use crate::net::{Exposed, Seal, Slow, Unsigned};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Amount, Finality, Gap, GapWhy, Seen, Txid};
use words::{BINANCE, DEPOSITS, NETWORKS, WITHDRAWALS};

mod overlays;
mod words;

/// The public address.
pub(super) const URL: &str = "https://api.binance.com";

/// "Withdraw History", and the lists for the travel rule that weigh as much: ten a minute.
pub(super) const SLOW: &[Slow] = &[
    Slow { path: "/sapi/v1/capital/withdraw/history", at_once: 10, period: Duration::from_secs(6) },
    Slow { path: "/sapi/v2/localentity/withdraw/history", at_once: 10, period: Duration::from_secs(6) },
];

/// The connector.
pub(super) struct Binance;

/// HMAC over the query; what everybody may ask for takes no further parameters.
pub(super) fn sign(request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
    seal("X-MBX-APIKEY", &[words::TIME, words::STATUS], request, keys)
}

/// "Deposit History".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DepositRow {
    id: Plain,
    amount: Plain,
    coin: String,
    #[serde(default)]
    network: Plain,
    status: Plain,
    #[serde(default)]
    address: Plain,
    #[serde(default)]
    address_tag: Plain,
    #[serde(default)]
    tx_id: Plain,
    insert_time: Plain,
    #[serde(default)]
    complete_time: Plain,
    /// Got and needed to credit, as `5/15`.
    #[serde(default)]
    confirm_times: Plain,
    /// 1 while the customer still has to tell who sent it.
    #[serde(default)]
    travel_rule_status: Plain,
    /// Confirmations after which it may be taken out.
    #[serde(default)]
    unlock_confirm: Plain,
}

impl Row for DepositRow {
    type Record = Deposit;

    fn txids(&self) -> [&str; 2] {
        [&self.tx_id.0, ""]
    }

    fn id(&self) -> Option<String> {
        self.id.text()
    }

    fn record(&self) -> Option<Deposit> {
        let word = read(DEPOSITS, &self.status.0);
        let count = |text: Option<&str>| text?.trim().parse().ok();
        let mut counts = self.confirm_times.0.split('/');
        let (got, needed) = (count(counts.next()), count(counts.next()));
        let credited = word.status.is_credited();
        let mut deposit = Deposit {
            id: self.id.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.coin.clone(),
            network: network_of(NETWORKS, &self.network.0),
            txid: self.tx_id.0.clone(),
            output_index: None,
            address: self.address.0.clone(),
            memo: self.address_tag.text(),
            amount: self.amount.amount()?,
            raw_status: Some(unlocking(&word, &DepositStatus::CreditedLocked, &self.unlock_confirm)),
            status: word.status,
            reason: word.reason,
            confirmations: got,
            required_confirmations: needed.map(Finality::Confirmations),
            detected_at: self.insert_time.time(),
            credited_at: self.complete_time.time().filter(|_| credited),
            available_at: None,
        };
        if self.is_open() && self.travel_rule_status.0 == "1" {
            overlays::held(&mut deposit, DepositStatus::Held, "travelRuleStatus 1");
        }
        Some(deposit)
    }
}

impl DepositRow {
    /// Neither credited nor settled otherwise.
    fn is_open(&self) -> bool {
        matches!(self.status.0.as_str(), "0" | "8")
    }

    /// Whether every confirmation that crediting takes is there.
    fn is_confirmed(&self) -> bool {
        let counts = self.confirm_times.0.split_once('/');
        let counts =
            counts.and_then(|(got, needed)| Some((got.trim().parse::<u64>().ok()?, needed.trim().parse().ok()?)));
        counts.is_none_or(|(got, needed)| got >= needed)
    }
}

/// "Withdraw History".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WithdrawalRow {
    id: Plain,
    amount: Plain,
    #[serde(default)]
    transaction_fee: Plain,
    coin: String,
    status: Plain,
    #[serde(default)]
    address: Plain,
    #[serde(default)]
    address_tag: Plain,
    #[serde(default)]
    tx_id: Plain,
    apply_time: Plain,
    #[serde(default)]
    complete_time: Plain,
    #[serde(default)]
    network: Plain,
    #[serde(default)]
    transfer_type: Plain,
    /// Why it failed.
    #[serde(default)]
    info: Plain,
}

/// A time of day in UTC without saying so, as `2026-01-02 03:04:05`.
fn utc(text: &Plain) -> Option<Timestamp> {
    Some(text.0.trim().parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

impl Row for WithdrawalRow {
    type Record = Withdrawal;

    fn txids(&self) -> [&str; 2] {
        [&self.tx_id.0, ""]
    }

    fn id(&self) -> Option<String> {
        self.id.text()
    }

    fn record(&self) -> Option<Withdrawal> {
        let word = read(WITHDRAWALS, &self.status.0);
        let txid = self.tx_id.text();
        // "Off-chain transfer …": no hash has a space.
        let internal = self.transfer_type.0 == "1" || txid.as_ref().is_some_and(|text| text.contains(' '));
        let status = match word.status {
            WithdrawalStatus::Completed if internal => WithdrawalStatus::Internal,
            WithdrawalStatus::Processing if txid.is_some() && !internal => WithdrawalStatus::Broadcast,
            other => other,
        };
        Some(Withdrawal {
            id: self.id.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.coin.clone(),
            network: network_of(NETWORKS, &self.network.0),
            address: self.address.0.clone(),
            memo: self.address_tag.text(),
            amount: self.amount.amount()?,
            fee: self.transaction_fee.amount().unwrap_or_else(Amount::zero),
            status,
            raw_status: Some(word.raw),
            reason: self.info.text().or(word.reason),
            txid,
            replaced_txids: Vec::new(),
            requested_at: utc(&self.apply_time)?,
            broadcast_at: None,
            completed_at: utc(&self.complete_time),
        })
    }
}

/// "All Coins' Information".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CoinRow {
    coin: String,
    deposit_all_enable: Option<bool>,
    withdraw_all_enable: Option<bool>,
    #[serde(default)]
    network_list: Vec<NetworkRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NetworkRow {
    network: String,
    deposit_enable: bool,
    withdraw_enable: Option<bool>,
    #[serde(default)]
    deposit_desc: Plain,
    #[serde(default)]
    deposit_dust: Plain,
    #[serde(default)]
    min_confirm: Plain,
    /// With a capital that the history's `unlockConfirm` does not have.
    #[serde(default, rename = "unLockConfirm")]
    unlock_confirm: Plain,
    #[serde(default)]
    contract_address: Plain,
    /// Too many transfers on the way.
    #[serde(default)]
    busy: bool,
    #[serde(default)]
    withdraw_desc: Plain,
    /// How many coins one of the listing stands for; one where nothing is told.
    #[serde(default)]
    denomination: Plain,
}

impl NetworkRow {
    /// Why a direction is closed, or slow.
    fn reason(&self) -> Option<String> {
        let withdrawals = self.withdraw_desc.text().map(|why| format!("withdrawals: {why}"));
        let busy = self.busy.then(|| "busy".to_owned());
        let told: Vec<String> = self.deposit_desc.text().into_iter().chain(withdrawals).chain(busy).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }
}

impl CoinRow {
    /// What the coin is on each network, by the exchange's word for it.
    fn listed(&self) -> impl Iterator<Item = (&str, ListedAsset)> {
        let door = |open| if open { Openness::Open } else { Openness::Suspended };
        let in_any = |all: Option<bool>| all.unwrap_or(true);
        self.network_list.iter().map(move |row| {
            let count = row.denomination.number().filter(|count| *count > 1);
            let in_coins = |amount: Amount| count.map_or(amount.clone(), |count| amount.times(count));
            let listed = ListedAsset {
                by_ticker: false,
                scanned_height: None,
                scanned_at: None,
                asset: count.map_or_else(|| self.coin.clone(), |count| overlays::single(&self.coin, count)),
                contract: row.contract_address.text(),
                decimals: None,
                min_deposit: row.deposit_dust.amount().map(in_coins),
                deposits: door(row.deposit_enable && in_any(self.deposit_all_enable)),
                withdrawals: door(in_any(row.withdraw_enable) && in_any(self.withdraw_all_enable)),
                required_confirmations: row.min_confirm.number().map(Finality::Confirmations),
                unlock_confirmations: row.unlock_confirm.number().map(Finality::Confirmations),
                reason: row.reason(),
                until: None,
            };
            (row.network.as_str(), listed)
        })
    }
}

/// "Fetch deposit address list with network": the coin in it is that of the address's form, and the network is not told.
#[derive(Deserialize)]
struct AddressRow {
    address: String,
    #[serde(default)]
    tag: Plain,
}

const DEPOSIT_HISTORY: &str = "/sapi/v1/capital/deposit/hisrec";
const WITHDRAWAL_HISTORY: &str = "/sapi/v1/capital/withdraw/history";
const CONFIGURATION: &str = "/sapi/v1/capital/config/getall";

/// A filter by transaction finds what is written as it was asked for. How the exchange writes a bare hash differs by
/// network (in capitals, in base64), so that such a one is looked for among all rows.
fn filter(txid: &Txid) -> String {
    let bare = txid.as_str().len() == 64 && txid.as_str().bytes().all(|b| b.is_ascii_hexdigit());
    if bare { String::new() } else { format!("&txId={}", segment(txid.as_str())) }
}

/// A transfer inside the exchange as it stands where a TXID does: "Off-chain transfer 123", and in older exports "Internal
/// transfer 123".
fn is_inside(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kinds = ["off-chain", "internal"];
    let [kind, transfer, number] = words.as_slice() else { return false };
    kinds.contains(&kind.to_ascii_lowercase().as_str())
        && transfer.eq_ignore_ascii_case("transfer")
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// The deposits that are wanted, each with what it waits for.
async fn deposits(line: Line<'_>, filter: &str, wanted: Wanted<'_>, asked: (&str, &Hints)) -> Seen<Vec<Deposit>> {
    let list = List { path: DEPOSIT_HISTORY, filter };
    let rows = BINANCE.find::<DepositRow>(line, list, wanted, asked).await;
    // The exchange may write it in another way than the filter compares it in.
    let rows = match rows {
        Seen::No(said) if !filter.is_empty() => {
            let all = BINANCE.find::<DepositRow>(line, List { filter: "", ..list }, wanted, asked).await;
            if let Seen::No(all) = all { Seen::No(said.and(&all)) } else { all }
        }
        rows => rows,
    };
    let Seen::Yes(rows, said) = rows else { return records(line, asked.0, rows) };
    let mut found = Vec::new();
    for row in rows {
        let Some(deposit) = deposit_of(line, &row).await else {
            return Seen::Unknown(line.malformed(asked.0, "a row lacks its id or amount"));
        };
        found.push(deposit);
    }
    Seen::Yes(found, said)
}

/// Whether a row may be of the asset of a span: listings of many coins in one have a number in front.
fn may_be(coin: &str, span: &Span) -> bool {
    span.is_of(coin) || coin.starts_with(|c: char| c.is_ascii_digit())
}

/// A row as a record, with what the exchange tells of it elsewhere.
async fn deposit_of(line: Line<'_>, row: &DepositRow) -> Option<Deposit> {
    let mut deposit = row.record()?;
    overlays::of_deposit(line, row, &mut deposit).await;
    overlays::deposit_in_coins(line, row, &mut deposit).await;
    Some(deposit)
}

/// Ten of them a minute are answered: one list serves every transaction.
async fn withdrawals(line: Line<'_>, filter: &str, wanted: Wanted<'_>, asked: (&str, &Hints)) -> Seen<Vec<Withdrawal>> {
    let list = List { path: WITHDRAWAL_HISTORY, filter };
    let rows = BINANCE.find::<WithdrawalRow>(line, list, wanted, asked).await;
    let Seen::Yes(rows, said) = rows else { return records(line, asked.0, rows) };
    let mut found = Vec::new();
    for row in rows {
        let Some(order) = order_of(line, &row).await else {
            return Seen::Unknown(line.malformed(asked.0, "a row lacks its id, amount or time"));
        };
        found.push(order);
    }
    Seen::Yes(found, said)
}

/// The same of a withdrawal.
async fn order_of(line: Line<'_>, row: &WithdrawalRow) -> Option<Withdrawal> {
    let mut order = row.record()?;
    overlays::of_order(line, row, &mut order).await;
    overlays::order_in_coins(line, row, &mut order).await;
    Some(order)
}

impl Account for Binance {
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            let question = format!("deposits of transaction {txid}");
            deposits(line, &filter(txid), Wanted::Txid(txid), (&question, hints)).await
        })))
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            let question = format!("withdrawals of transaction {txid}");
            withdrawals(line, "", Wanted::Txid(txid), (&question, hints)).await
        })))
    }

    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, hints: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        Box::pin(async move {
            let question = listing_of("deposits", span);
            let list = List { path: DEPOSIT_HISTORY, filter: "" };
            let (rows, said) = match BINANCE.of_span::<DepositRow>(line, list, span, (&question, hints)).await {
                Ok(read) => read,
                Err(gap) => return Seen::Unknown(gap),
            };
            let mut found = Vec::new();
            for row in rows.iter().filter(|row| may_be(&row.coin, span)) {
                // Of what is not known to be how many coins of which one, nobody can say whether it is of the span.
                if let Err(gap) = overlays::denomination(line, &row.coin).await {
                    return Seen::Unknown(Gap { question: question.into(), ..gap });
                }
                let Some(deposit) = deposit_of(line, row).await else {
                    return Seen::Unknown(line.malformed(&question, "a row lacks its id or amount"));
                };
                let is_of = span.is_of(&row.coin) || span.is_of(&deposit.asset);
                found.extend(is_of.then_some(deposit));
            }
            listed(found, said)
        })
    }

    fn withdrawals_in<'a>(
        &'a self,
        line: Line<'a>,
        span: &'a Span,
        hints: &'a Hints,
    ) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        Box::pin(async move {
            let question = listing_of("withdrawals", span);
            let list = List { path: WITHDRAWAL_HISTORY, filter: "" };
            let (rows, said) = match BINANCE.of_span::<WithdrawalRow>(line, list, span, (&question, hints)).await {
                Ok(read) => read,
                Err(gap) => return Seen::Unknown(gap),
            };
            let mut found = Vec::new();
            for row in rows.iter().filter(|row| may_be(&row.coin, span)) {
                // Of what is not known to be how many coins of which one, nobody can say whether it is of the span.
                if let Err(gap) = overlays::denomination(line, &row.coin).await {
                    return Seen::Unknown(Gap { question: question.into(), ..gap });
                }
                let Some(order) = order_of(line, row).await else {
                    return Seen::Unknown(line.malformed(&question, "a row lacks its id, amount or time"));
                };
                let is_of = span.is_of(&row.coin) || span.is_of(&order.asset);
                found.extend(is_of.then_some(order));
            }
            listed(found, said)
        })
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        let question = format!("deposit {id}");
        Box::pin(async move {
            if is_inside(id) {
                let filter = format!("&txId={}", segment(id));
                return only(line, &question, deposits(line, &filter, Wanted::Inside(id), (&question, hints)).await);
            }
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
                return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "its ids are numbers"));
            }
            only(line, &question, deposits(line, "", Wanted::Id(id), (&question, hints)).await)
        })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        let question = format!("withdrawal {id}");
        Box::pin(async move {
            if is_inside(id) {
                return only(line, &question, withdrawals(line, "", Wanted::Inside(id), (&question, hints)).await);
            }
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
                let why = "its ids are letters and digits";
                return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, why));
            }
            let filter = format!("&idList={id}");
            only(line, &question, withdrawals(line, &filter, Wanted::Id(id), (&question, hints)).await)
        })
    }

    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        hints: &'a Hints,
    ) -> Asked<'a, Result<OwnAddresses, Gap>> {
        Box::pin(async move {
            let why = "the exchange's word for the network is not known here";
            let word = word_of(NETWORKS, network);
            let word = word.ok_or_else(|| line.gap(ADDRESSES, GapWhy::NotOffered, why))?;
            let mut own = OwnAddresses::current();
            for asset in &hints.assets {
                let coin = segment(&asset.to_ascii_uppercase());
                let path = format!("/sapi/v1/capital/deposit/address/list?coin={coin}&network={word}");
                let (rows, reply) = BINANCE.ask::<Vec<AddressRow>>(line, &path, ADDRESSES).await?;
                own.add(rows.into_iter().map(|row| own_address(network, row.address, row.tag.text())), &reply);
            }
            Ok(own)
        })
    }

    fn listing<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<Vec<ListedAsset>>> {
        let question = format!("the policy of {network}");
        Box::pin(async move {
            let coins = BINANCE.ask::<Vec<CoinRow>>(line, CONFIGURATION, &question).await;
            seen(coins.map(|(coins, reply)| {
                let all = coins.iter().flat_map(CoinRow::listed);
                let here = all.filter(|(word, _)| network_of(NETWORKS, word) == network);
                let assets: Vec<ListedAsset> = here.map(|(_, listed)| listed).collect();
                if assets.is_empty() { Seen::No(reply.provenance()) } else { Seen::Yes(assets, reply.provenance()) }
            }))
        })
    }

    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        Box::pin(async move {
            let path = "/sapi/v1/account/apiRestrictions";
            let restrictions = BINANCE.ask::<BTreeMap<String, Value>>(line, path, KEYS).await;
            seen(restrictions.map(|(rights, reply)| {
                let may = |name: &str| rights.get(name) == Some(&Value::Bool(true));
                let right = |name: &&String| name.starts_with("enable") || name.starts_with("permits");
                let more = rights.keys().filter(right).filter(|name| may(name));
                let more: Vec<String> = more.filter(|name| !words::READING.contains(&name.as_str())).cloned().collect();
                let mut advice = beyond_reading(&more);
                if !may("enableReading") {
                    advice.push("the key may not read: it needs Enable Reading".to_owned());
                }
                Seen::Yes(advice, reply.provenance())
            }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made up for this test, and computed apart from this program.
    #[test]
    fn a_request_is_signed_over_its_query() {
        let request = Unsigned {
            method: "GET",
            path: "/sapi/v1/capital/deposit/hisrec?coin=USDT&limit=1000&recvWindow=5000",
            body: "",
            at: Timestamp::from_millisecond(1_767_323_045_678).unwrap(),
            nonce: "",
        };
        let keys = Exposed { key: "k", secret: "TXSLEUTH-DEMO-SECRET-0001", passphrase: "" };
        let sealed = sign(&request, &keys).unwrap();
        let signature = "42b700aab761076a344a3b1c061636f5a2cd7090cf9b838dd60b93d680202f05";
        assert_eq!(sealed.query, format!("&timestamp=1767323045678&signature={signature}"));
        assert_eq!(sealed.headers, vec![("X-MBX-APIKEY".into(), "k".to_owned())]);
        assert_eq!(sign(&Unsigned { path: "/api/v3/time", ..request }, &keys), Ok(Seal::default()));
    }
}
