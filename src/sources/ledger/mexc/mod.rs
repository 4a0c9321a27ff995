//! An account at MEXC: the wallet part of its spot API v3 (<https://www.mexc.com/api-docs/spot-v3/wallet-endpoints>), which
//! signs as Binance does. A key with `SPOT_WITHDRAW_READ` is enough.

use futures::future::join_all;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Hints;
use super::account::{
    ADDRESSES, Account, KEYS, OwnAddresses, Plain, listing_of, network_of, own_address, read, unlocking,
};
use super::query_signed::{List, Row, Wanted, of_span, only, records, seal};
use crate::evidence::{
    AddressRecord, Deposit, DepositStatus, ListedAsset, OWN_ACCOUNT, Openness, Span, Withdrawal, WithdrawalStatus,
};
use crate::net::{Exposed, Seal, Unsigned};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Amount, Finality, Gap, GapWhy, Seen, Shape, Txid};
use words::{DEPOSITS, MEXC, NETWORKS, WITHDRAWALS};

mod words;

/// The public address.
pub(super) const URL: &str = "https://api.mexc.com";

/// The connector.
pub(super) struct Mexc;

/// HMAC over the query.
pub(super) fn sign(request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
    seal("X-MEXC-APIKEY", &[words::TIME], request, keys)
}

/// The ticker of `USDT-TRX`, which older rows write alone.
fn ticker(coin: &str) -> String {
    coin.split_once('-').map_or(coin, |(ticker, _)| ticker).to_owned()
}

/// The network by the newer word, the older one, or what stands behind the ticker.
fn network(new: &Plain, old: &Plain, coin: &str) -> String {
    let behind = || coin.split_once('-').map(|(_, network)| network.to_owned());
    let word = new.text().or_else(|| old.text()).or_else(behind);
    network_of(NETWORKS, &word.unwrap_or_default())
}

/// The bare hash, where a row has one; else what stands in its place.
fn hash(bare: &Plain, written: &Plain) -> Option<String> {
    bare.text().or_else(|| written.text())
}

/// "Deposit History". `network` and `netWork` are two fields.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DepositRow {
    amount: Plain,
    coin: String,
    #[serde(default)]
    network: Plain,
    #[serde(default, rename = "netWork")]
    new_network: Plain,
    status: Plain,
    #[serde(default)]
    address: Plain,
    #[serde(default)]
    address_tag: Plain,
    #[serde(default)]
    memo: Plain,
    /// The hash with a number behind it, as `hash:0`.
    #[serde(default)]
    tx_id: Plain,
    #[serde(default)]
    trans_hash: Plain,
    insert_time: Plain,
    #[serde(default)]
    update_time: Plain,
    #[serde(default)]
    confirm_times: Plain,
    /// Confirmations after which it may be taken out.
    #[serde(default)]
    unlock_confirm: Plain,
}

impl Row for DepositRow {
    type Record = Deposit;

    fn txids(&self) -> [&str; 2] {
        [&self.trans_hash.0, &self.tx_id.0]
    }

    /// Deposits have no ids of their own; the identifier with its number stands for one.
    fn id(&self) -> Option<String> {
        self.tx_id.text()
    }

    fn record(&self) -> Option<Deposit> {
        let word = read(DEPOSITS, &self.status.0);
        let credited = word.status == DepositStatus::Credited;
        Some(Deposit {
            id: self.id()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: ticker(&self.coin),
            network: network(&self.new_network, &self.network, &self.coin),
            txid: hash(&self.trans_hash, &self.tx_id)?,
            output_index: None,
            address: self.address.0.clone(),
            memo: self.memo.text().or_else(|| self.address_tag.text()),
            amount: self.amount.amount()?,
            raw_status: Some(unlocking(&word, &DepositStatus::CreditedLocked, &self.unlock_confirm)),
            status: word.status,
            reason: word.reason,
            confirmations: self.confirm_times.number(),
            required_confirmations: None,
            detected_at: self.insert_time.time(),
            credited_at: self.update_time.time().filter(|_| credited),
            available_at: None,
        })
    }
}

/// "Withdraw History".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WithdrawalRow {
    id: Plain,
    #[serde(default)]
    tx_id: Plain,
    #[serde(default)]
    trans_hash: Plain,
    coin: String,
    #[serde(default)]
    network: Plain,
    #[serde(default, rename = "netWork")]
    new_network: Plain,
    #[serde(default)]
    address: Plain,
    #[serde(default)]
    memo: Plain,
    amount: Plain,
    #[serde(default)]
    transaction_fee: Plain,
    status: Plain,
    #[serde(default)]
    transfer_type: Plain,
    apply_time: Plain,
    #[serde(default)]
    update_time: Plain,
    #[serde(default)]
    remark: Plain,
}

impl Row for WithdrawalRow {
    type Record = Withdrawal;

    fn txids(&self) -> [&str; 2] {
        [&self.trans_hash.0, &self.tx_id.0]
    }

    fn id(&self) -> Option<String> {
        self.id.text()
    }

    fn record(&self) -> Option<Withdrawal> {
        let word = read(WITHDRAWALS, &self.status.0);
        let done = word.status == WithdrawalStatus::Completed;
        let (whole, fee) = (self.amount.amount()?, self.transaction_fee.amount().unwrap_or_else(Amount::zero));
        Some(Withdrawal {
            id: self.id.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: ticker(&self.coin),
            network: network(&self.new_network, &self.network, &self.coin),
            address: self.address.0.clone(),
            memo: self.memo.text(),
            // What is written includes the fee.
            amount: if whole > fee { whole.distance(&fee) } else { whole },
            fee,
            status: if done && self.transfer_type.0 == "1" { WithdrawalStatus::Internal } else { word.status },
            raw_status: Some(word.raw),
            reason: self.remark.text().or(word.reason),
            txid: hash(&self.trans_hash, &self.tx_id),
            replaced_txids: Vec::new(),
            requested_at: self.apply_time.time()?,
            broadcast_at: None,
            completed_at: self.update_time.time().filter(|_| done),
        })
    }
}

/// "Query the currency information".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CoinRow {
    coin: String,
    #[serde(default)]
    network_list: Vec<NetworkRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NetworkRow {
    #[serde(default)]
    network: Plain,
    #[serde(default, rename = "netWork")]
    new_network: Plain,
    deposit_enable: bool,
    withdraw_enable: Option<bool>,
    #[serde(default)]
    deposit_desc: Plain,
    #[serde(default)]
    deposit_tips: Plain,
    #[serde(default)]
    withdraw_tips: Plain,
    #[serde(default)]
    min_confirm: Plain,
    /// Confirmations after which a deposit may be traded; those of `minConfirm` set it free.
    #[serde(default)]
    deposit_pre_confirms: Plain,
    #[serde(default)]
    contract: Plain,
}

impl NetworkRow {
    /// The smallest deposit is not told.
    fn listed(&self, coin: &str) -> ListedAsset {
        let door = |open| if open { Openness::Open } else { Openness::Suspended };
        // Nought stands where nothing is told.
        let told = |count: &Plain| count.number().filter(|needed| *needed > 0).map(Finality::Confirmations);
        let (whole, early) = (told(&self.min_confirm), told(&self.deposit_pre_confirms));
        let withdrawals = || self.withdraw_tips.text().map(|why| format!("withdrawals: {why}"));
        ListedAsset {
            by_ticker: false,
            scanned_height: None,
            scanned_at: None,
            asset: coin.to_owned(),
            contract: self.contract.text(),
            decimals: None,
            min_deposit: None,
            deposits: door(self.deposit_enable),
            withdrawals: door(self.withdraw_enable.unwrap_or(true)),
            unlock_confirmations: whole.filter(|_| early.is_some()),
            required_confirmations: early.or(whole),
            reason: self.deposit_desc.text().or_else(|| self.deposit_tips.text()).or_else(withdrawals),
            until: None,
        }
    }
}

/// "Deposit Address (supporting network)".
#[derive(Deserialize)]
struct AddressRow {
    #[serde(default)]
    network: Plain,
    #[serde(default, rename = "netWork")]
    new_network: Plain,
    address: String,
    #[serde(default)]
    memo: Plain,
    #[serde(default)]
    tag: Plain,
}

impl AddressRow {
    fn record(&self) -> AddressRecord {
        let on = network(&self.new_network, &self.network, "");
        own_address(&on, self.address.clone(), self.memo.text().or_else(|| self.tag.text()))
    }
}

const DEPOSIT_HISTORY: List<'static> = List { path: "/api/v3/capital/deposit/hisrec", filter: "" };
const WITHDRAWAL_HISTORY: List<'static> = List { path: "/api/v3/capital/withdraw/history", filter: "" };

async fn deposits(line: Line<'_>, wanted: Wanted<'_>, asked: (&str, &Hints)) -> Seen<Vec<Deposit>> {
    records(line, asked.0, MEXC.find::<DepositRow>(line, DEPOSIT_HISTORY, wanted, asked).await)
}

async fn withdrawals(line: Line<'_>, wanted: Wanted<'_>, asked: (&str, &Hints)) -> Seen<Vec<Withdrawal>> {
    records(line, asked.0, MEXC.find::<WithdrawalRow>(line, WITHDRAWAL_HISTORY, wanted, asked).await)
}

impl Account for Mexc {
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            let question = format!("deposits of transaction {txid}");
            deposits(line, Wanted::Txid(txid), (&question, hints)).await
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
            withdrawals(line, Wanted::Txid(txid), (&question, hints)).await
        })))
    }

    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, hints: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        Box::pin(async move {
            let question = listing_of("deposits", span);
            let rows = MEXC.of_span::<DepositRow>(line, DEPOSIT_HISTORY, span, (&question, hints)).await;
            of_span(line, &question, rows, |deposit: &Deposit| span.is_of(&deposit.asset))
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
            let rows = MEXC.of_span::<WithdrawalRow>(line, WITHDRAWAL_HISTORY, span, (&question, hints)).await;
            of_span(line, &question, rows, |order: &Withdrawal| span.is_of(&order.asset))
        })
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        let question = format!("deposit {id}");
        Box::pin(async move {
            if id.rsplit_once(':').is_none_or(|(hash, _)| Shape::of(hash).is_none()) {
                let why = "its deposits have no ids of their own: ask by the TXID";
                return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, why));
            }
            only(line, &question, deposits(line, Wanted::Id(id), (&question, hints)).await)
        })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        let question = format!("withdrawal {id}");
        Box::pin(async move {
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
                let why = "its ids are letters and digits";
                return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, why));
            }
            only(line, &question, withdrawals(line, Wanted::Id(id), (&question, hints)).await)
        })
    }

    fn addresses<'a>(&'a self, line: Line<'a>, _: &'a str, hints: &'a Hints) -> Asked<'a, Result<OwnAddresses, Gap>> {
        Box::pin(async move {
            let mut own = OwnAddresses::current();
            for asset in &hints.assets {
                // With a network the answer is empty at times.
                let coin = segment(&asset.to_ascii_uppercase());
                let path = format!("/api/v3/capital/deposit/address?coin={coin}");
                let (rows, reply) = MEXC.ask::<Vec<AddressRow>>(line, &path, ADDRESSES).await?;
                own.add(rows.iter().map(AddressRow::record), &reply);
            }
            Ok(own)
        })
    }

    fn listing<'a>(&'a self, line: Line<'a>, asked: &'a str) -> Asked<'a, Seen<Vec<ListedAsset>>> {
        let question = format!("the policy of {asked}");
        Box::pin(async move {
            let coins = MEXC.ask::<Vec<CoinRow>>(line, "/api/v3/capital/config/getall", &question).await;
            seen(coins.map(|(coins, reply)| {
                let all = coins.iter().flat_map(|coin| coin.network_list.iter().map(move |row| (coin, row)));
                let here = all.filter(|(_, row)| network(&row.new_network, &row.network, "") == asked);
                let assets: Vec<ListedAsset> = here.map(|(coin, row)| row.listed(&coin.coin)).collect();
                if assets.is_empty() { Seen::No(reply.provenance()) } else { Seen::Yes(assets, reply.provenance()) }
            }))
        })
    }

    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        Box::pin(async move {
            let path = "/api/v3/capital/deposit/hisrec?limit=1";
            let answer = MEXC.ask::<Vec<IgnoredAny>>(line, path, KEYS).await;
            let advice = "MEXC does not tell what a key may do: give it SPOT_WITHDRAW_READ alone";
            seen(answer.map(|(_, reply)| Seen::Yes(vec![advice.to_owned()], reply.provenance())))
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// Made up for this test, and computed apart from this program.
    #[test]
    fn a_request_is_signed_over_its_query() {
        let request = Unsigned {
            method: "GET",
            path: "/api/v3/capital/deposit/hisrec?coin=USDT&limit=1000&recvWindow=5000",
            body: "",
            at: Timestamp::from_millisecond(1_767_323_045_678).unwrap(),
            nonce: "",
        };
        let sealed =
            sign(&request, &Exposed { key: "k", secret: "TXSLEUTH-DEMO-SECRET-0001", passphrase: "" }).unwrap();
        let signature = "42b700aab761076a344a3b1c061636f5a2cd7090cf9b838dd60b93d680202f05";
        assert_eq!(sealed.query, format!("&timestamp=1767323045678&signature={signature}"));
        assert_eq!(sealed.headers, vec![("X-MEXC-APIKEY".into(), "k".to_owned())]);
    }
}
