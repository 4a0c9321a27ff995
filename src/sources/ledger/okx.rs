//! An account at OKX: API v5, funding account (<https://www.okx.com/docs-v5/en/#funding-account-rest-api>). A key that may
//! read is enough.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures::future::join_all;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Hints;
use super::account::{
    ADDRESSES, Account, KEYS, OwnAddresses, Plain, Word, beyond_reading, network_of, own_address, read, skew,
};
use crate::evidence::{
    AddressRecord, Deposit, DepositStatus, ListedAsset, OWN_ACCOUNT, Openness, Withdrawal, WithdrawalStatus,
};
use crate::net::{Exposed, Reply, Seal, Unsigned, hmac_sha256};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Amount, Finality, Gap, GapWhy, Seen, Txid};

/// The public address. Accounts of the European and the American company have hosts of their own.
pub(super) const URL: &str = "https://www.okx.com";

/// The connector.
pub(super) struct Okx;

/// HMAC over time, method, path with query, and body.
pub(super) fn sign(request: &Unsigned<'_>, keys: &Exposed<'_>) -> Seal {
    let at = request.at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
    let signature = hmac_sha256(keys.secret, &format!("{at}{}{}{}", request.method, request.path, request.body));
    let headers = vec![
        ("OK-ACCESS-KEY".into(), keys.key.to_owned()),
        ("OK-ACCESS-SIGN".into(), BASE64_STANDARD.encode(signature)),
        ("OK-ACCESS-TIMESTAMP".into(), at),
        ("OK-ACCESS-PASSPHRASE".into(), keys.passphrase.to_owned()),
    ];
    Seal { headers, ..Seal::default() }
}

const fn deposit(code: &'static str, label: &'static str, status: DepositStatus) -> Word<DepositStatus> {
    Word { code, label, status, reason: None }
}

const fn held(code: &'static str, label: &'static str, reason: &'static str) -> Word<DepositStatus> {
    Word { code, label, status: DepositStatus::Held, reason: Some(reason) }
}

/// "Get deposit history", `state`; 17 stands in the list of the parameter only.
const DEPOSITS: &[Word<DepositStatus>] = &[
    deposit("0", "waiting for confirmation", DepositStatus::Confirming),
    deposit("1", "deposit credited", DepositStatus::CreditedLocked),
    deposit("2", "deposit successful", DepositStatus::Credited),
    deposit("8", "pending due to temporary deposit suspension on this cryptocurrency", DepositStatus::Suspended),
    held("11", "match the address blacklist", "blacklist"),
    held("12", "account or deposit is frozen", "frozen"),
    held("13", "sub-account deposit interception", "sub_account"),
    held("14", "KYC limit", "kyc"),
    held("17", "pending response from Travel Rule vendor", "travel_rule"),
];

const fn order(code: &'static str, label: &'static str, status: WithdrawalStatus) -> Word<WithdrawalStatus> {
    Word { code, label, status, reason: None }
}

/// "Get withdrawal history", `state`; 3 is of older lists.
const WITHDRAWALS: &[Word<WithdrawalStatus>] = &[
    order("0", "waiting withdrawal", WithdrawalStatus::Requested),
    order("10", "waiting transfer", WithdrawalStatus::Requested),
    order("17", "pending response from Travel Rule vendor", WithdrawalStatus::InReview),
    order("4", "waiting manual review", WithdrawalStatus::InReview),
    order("5", "waiting manual review", WithdrawalStatus::InReview),
    order("6", "waiting manual review", WithdrawalStatus::InReview),
    order("8", "waiting manual review", WithdrawalStatus::InReview),
    order("9", "waiting manual review", WithdrawalStatus::InReview),
    order("12", "waiting manual review", WithdrawalStatus::InReview),
    order("3", "awaiting email verification", WithdrawalStatus::AwaitingCustomer),
    order("7", "approved", WithdrawalStatus::Approved),
    order("19", "insufficient balance in the hot wallet", WithdrawalStatus::Processing),
    order("16", "can take up to 24 h because of local law", WithdrawalStatus::Processing),
    order("1", "broadcasting to chain", WithdrawalStatus::Broadcast),
    order("15", "pending transaction validation", WithdrawalStatus::Broadcast),
    order("-3", "canceling", WithdrawalStatus::Processing),
    order("-2", "canceled", WithdrawalStatus::Cancelled),
    order("-1", "failed", WithdrawalStatus::Failed),
    order("2", "success", WithdrawalStatus::Completed),
];

/// What follows the first hyphen of `chain`.
const NETWORKS: &[(&str, &str)] = &[
    ("Bitcoin", "bitcoin"),
    ("ERC20", "ethereum"),
    ("Ethereum", "ethereum"),
    ("BSC", "bsc"),
    ("BEP20", "bsc"),
    ("Polygon", "polygon"),
    ("Polygon-Bridge", "polygon"),
    ("Polygon (Bridged)", "polygon"),
    ("Arbitrum One", "arbitrum"),
    ("Optimism", "optimism"),
    ("Optimism (V2)", "optimism"),
    ("Optimism (Bridged)", "optimism"),
    ("Base", "base"),
    ("Avalanche C-Chain", "avalanche"),
    ("TRC20", "tron"),
    ("Solana", "solana"),
    ("Ripple", "xrpl"),
    ("TON", "ton"),
    ("Litecoin", "litecoin"),
    ("Dogecoin", "dogecoin"),
    ("BitcoinCash", "bitcoin-cash"),
];

fn network(chain: &str) -> String {
    network_of(NETWORKS, chain.split_once('-').map_or(chain, |(_, network)| network))
}

/// Every answer: code 0 is success, whatever the HTTP status.
#[derive(Deserialize)]
struct Envelope<T> {
    code: Plain,
    #[serde(default)]
    msg: String,
    #[serde(default = "Vec::new")]
    data: Vec<T>,
}

/// "REST API error codes": what each is, and what to do about it.
const ERRORS: &[(&str, GapWhy, &str)] = &[
    ("50113", GapWhy::Unauthorised, "the signature was refused: secret and key do not belong together"),
    ("50110", GapWhy::Unauthorised, "this machine's address is not on the key's list"),
    ("50111", GapWhy::Unauthorised, "the key is not valid"),
    ("50119", GapWhy::Unauthorised, "there is no such key on this host: European and American accounts have their own"),
    ("50101", GapWhy::Unauthorised, "the key is of another environment"),
    ("50105", GapWhy::Unauthorised, "the passphrase is not the key's"),
    ("50120", GapWhy::Unauthorised, "the key may not read this: it needs the permission Read"),
    ("50030", GapWhy::Unauthorised, "the key may not read this: it needs the permission Read"),
    ("50011", GapWhy::RateLimited, "too many requests"),
    ("50007", GapWhy::Unauthorised, "the account itself is blocked: its owner has to ask OKX"),
    ("50012", GapWhy::Unauthorised, "the account's state does not allow it: its owner has to ask OKX"),
    ("4088", GapWhy::Unauthorised, "the account's owner has to verify the identity once more"),
    ("50121", GapWhy::Unauthorised, "the exchange does not serve this machine's address or region"),
    ("50013", GapWhy::RateLimited, "the exchange is busy"),
    ("50001", GapWhy::ServerError, "the exchange is under maintenance"),
];

/// Codes of a time that is out of the exchange's window of 30 seconds.
const CLOCK: &[&str] = &["50102", "50112"];

/// Asks for rows; an error of the exchange's own is a gap that says what to do.
async fn rows<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<(Vec<T>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    let envelope: Envelope<T> = reply.json().map_err(|failure| line.failed(&failure, question))?;
    let code = envelope.code.0.as_str();
    if code == "0" {
        return Ok((envelope.data, reply));
    }
    if CLOCK.contains(&code) {
        return Err(line.gap(question, GapWhy::Unauthorised, format!("{code}: {}", clock(line).await)));
    }
    let known = ERRORS.iter().find(|(known, ..)| *known == code);
    let (why, what) = known.map_or((GapWhy::ServerError, envelope.msg.as_str()), |(_, why, what)| (*why, *what));
    Err(line.gap(question, why, format!("{code}: {what}")))
}

/// What is wrong with the clock, by the exchange's own.
async fn clock(line: Line<'_>) -> String {
    #[derive(Deserialize)]
    struct Time {
        ts: Plain,
    }
    let unknown = || "the request's time was refused, and the exchange's own could not be had".to_owned();
    let Ok(reply) = line.get("/api/v5/public/time", "the exchange's time").await else { return unknown() };
    let time = reply.json::<Envelope<Time>>().ok().and_then(|envelope| envelope.data.first()?.ts.time());
    time.map_or_else(unknown, |time| skew(time, &reply))
}

/// "Get deposit history".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DepositRow {
    dep_id: Plain,
    ccy: String,
    chain: String,
    amt: Plain,
    #[serde(default)]
    to: Plain,
    #[serde(default)]
    tx_id: Plain,
    #[serde(default)]
    from_wd_id: Plain,
    ts: Plain,
    state: Plain,
    #[serde(default)]
    actual_dep_blk_confirm: Plain,
}

impl DepositRow {
    /// Nothing where the amount is none.
    fn deposit(&self) -> Option<Deposit> {
        let word = read(DEPOSITS, &self.state.0);
        let internal = self.from_wd_id.text().map(|id| format!("internal transfer {id}"));
        Some(Deposit {
            id: self.dep_id.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.ccy.clone(),
            network: network(&self.chain),
            txid: self.tx_id.text().or(internal).unwrap_or_default(),
            output_index: None,
            address: self.to.0.clone(),
            memo: None,
            amount: self.amt.amount()?,
            status: word.status,
            raw_status: Some(word.raw),
            reason: word.reason,
            confirmations: self.actual_dep_blk_confirm.number(),
            required_confirmations: None,
            detected_at: self.ts.time(),
            credited_at: None,
            available_at: None,
        })
    }
}

/// "Get withdrawal history".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WithdrawalRow {
    wd_id: Plain,
    ccy: String,
    chain: String,
    amt: Plain,
    #[serde(default)]
    fee: Plain,
    to: Plain,
    #[serde(default)]
    tag: Plain,
    #[serde(default)]
    memo: Plain,
    #[serde(default)]
    pmt_id: Plain,
    addr_ex: Option<AddressExtra>,
    #[serde(default)]
    to_addr_type: Plain,
    #[serde(default)]
    tx_id: Plain,
    ts: Plain,
    state: Plain,
}

/// What an address of TON has beside it.
#[derive(Deserialize)]
struct AddressExtra {
    #[serde(default)]
    comment: Plain,
}

impl WithdrawalRow {
    fn withdrawal(&self) -> Option<Withdrawal> {
        let word = read(WITHDRAWALS, &self.state.0);
        let comment = || self.addr_ex.as_ref().and_then(|extra| extra.comment.text());
        // Done and without a hash: delivered to another account of the exchange.
        let internal = word.status == WithdrawalStatus::Completed && self.tx_id.text().is_none();
        let internal = internal || (self.to_addr_type.0 == "2" && word.status == WithdrawalStatus::Completed);
        Some(Withdrawal {
            id: self.wd_id.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.ccy.clone(),
            network: network(&self.chain),
            address: self.to.0.clone(),
            memo: self.tag.text().or_else(|| self.memo.text()).or_else(|| self.pmt_id.text()).or_else(comment),
            amount: self.amt.amount()?,
            fee: self.fee.amount().unwrap_or_else(Amount::zero),
            status: if internal { WithdrawalStatus::Internal } else { word.status },
            raw_status: Some(word.raw),
            reason: word.reason,
            txid: self.tx_id.text(),
            replaced_txids: Vec::new(),
            requested_at: self.ts.time()?,
            broadcast_at: None,
            completed_at: None,
        })
    }
}

/// "Get deposit address": the current one and those used before.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddressRow {
    chain: String,
    addr: String,
    #[serde(default)]
    tag: Plain,
    #[serde(default)]
    memo: Plain,
    #[serde(default)]
    pmt_id: Plain,
    addr_ex: Option<AddressExtra>,
}

impl AddressRow {
    fn record(&self) -> AddressRecord {
        let comment = || self.addr_ex.as_ref().and_then(|extra| extra.comment.text());
        let memo = self.tag.text().or_else(|| self.memo.text()).or_else(|| self.pmt_id.text()).or_else(comment);
        own_address(&network(&self.chain), self.addr.clone(), memo)
    }
}

/// "Get currencies".
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CurrencyRow {
    ccy: String,
    chain: String,
    #[serde(default)]
    ct_addr: Plain,
    can_dep: bool,
    can_wd: bool,
    #[serde(default)]
    dep_est_open_time: Plain,
    #[serde(default)]
    min_dep: Plain,
    #[serde(default)]
    min_dep_arrival_confirm: Plain,
    #[serde(default)]
    min_wd_unlock_confirm: Plain,
}

impl CurrencyRow {
    fn listed(&self) -> ListedAsset {
        let door = |open| if open { Openness::Open } else { Openness::Suspended };
        ListedAsset {
            asset: self.ccy.clone(),
            contract: self.ct_addr.text(),
            by_ticker: false,
            decimals: None,
            min_deposit: self.min_dep.amount(),
            deposits: door(self.can_dep),
            withdrawals: door(self.can_wd),
            required_confirmations: self.min_dep_arrival_confirm.number().map(Finality::Confirmations),
            unlock_confirmations: self.min_wd_unlock_confirm.number().map(Finality::Confirmations),
            reason: None,
            until: self.dep_est_open_time.time(),
            scanned_height: None,
            scanned_at: None,
        }
    }
}

/// The rows of a transaction as records of the contract; rows about another one make the answer worthless.
async fn of_txid<R: DeserializeOwned, T>(
    line: Line<'_>,
    list: &str,
    txid: &Txid,
    what: &str,
    record: impl Fn(&R) -> Option<(String, T)>,
) -> Seen<Vec<T>> {
    let question = format!("{what} of transaction {txid}");
    seen(rows::<R>(line, &format!("{list}?txId={}", segment(txid.as_str())), &question).await.and_then(
        |(rows, reply)| {
            let all: Option<Vec<(String, T)>> = rows.iter().map(record).collect();
            let all = all.ok_or_else(|| line.malformed(&question, "a row lacks its id, amount or time"))?;
            if all.iter().any(|(own, _)| !txid.is_written(own)) {
                return Err(line.gap(&question, GapWhy::Mismatch, "the answer is about something else"));
            }
            let all: Vec<T> = all.into_iter().map(|(_, record)| record).collect();
            Ok(if all.is_empty() { Seen::No(reply.provenance()) } else { Seen::Yes(all, reply.provenance()) })
        },
    ))
}

/// The row of one id.
async fn of_id<R: DeserializeOwned, T>(
    line: Line<'_>,
    list: (&str, &str),
    id: &str,
    record: impl Fn(&R) -> Option<(String, T)>,
) -> Seen<T> {
    let question = format!("{} {id}", list.1);
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        return Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "its ids are numbers"));
    }
    seen(rows::<R>(line, &format!("{}={id}", list.0), &question).await.and_then(|(rows, reply)| match rows.first() {
        None => Ok(Seen::No(reply.provenance())),
        Some(row) => match record(row) {
            Some((own, record)) if own == id => Ok(Seen::Yes(record, reply.provenance())),
            _ => Err(line.gap(&question, GapWhy::Mismatch, "the answer is about something else")),
        },
    }))
}

/// "Get deposit withdraw status": the stage in free words, and a time in UTC+8.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StageRow {
    #[serde(default)]
    tx_id: Plain,
    #[serde(default)]
    wd_id: Plain,
    #[serde(default)]
    state: Plain,
    #[serde(default)]
    est_complete_time: Plain,
}

/// Characters kept of the words for a stage.
const STAGE: usize = 200;

/// The code with the stage behind it, where the exchange tells one; its silence takes nothing away.
async fn staged(line: Line<'_>, key: &str, about: impl Fn(&StageRow) -> bool, raw: &mut Option<String>) {
    let path = format!("/api/v5/asset/deposit-withdraw-status?{key}");
    let Ok((rows, _)) = rows::<StageRow>(line, &path, "the stage that a transfer is in").await else { return };
    let Some(row) = rows.first().filter(|row| about(row)) else { return };
    let until = row.est_complete_time.text().map(|time| format!(", expected by {time} UTC+8"));
    if let Some(stage) = row.state.text() {
        let stage: String = format!("; {stage}{}", until.unwrap_or_default()).chars().take(STAGE).collect();
        *raw = raw.take().map(|raw| raw + &stage);
    }
}

/// A deposit of a transaction, with its chain as the exchange writes it.
struct Chained {
    deposit: Deposit,
    chain: String,
}

impl Chained {
    /// With the stage that it is in, while it is under way.
    async fn staged(self, line: Line<'_>) -> Deposit {
        let Self { mut deposit, chain } = self;
        let open = [DepositStatus::Confirming, DepositStatus::Suspended, DepositStatus::Held];
        if open.contains(&deposit.status) && !deposit.address.is_empty() {
            let (txid, to) = (segment(&deposit.txid), segment(&deposit.address));
            let key = format!("txId={txid}&ccy={}&to={to}&chain={}", segment(&deposit.asset), segment(&chain));
            let own = deposit.txid.clone();
            staged(line, &key, |row| row.tx_id.0 == own, &mut deposit.raw_status).await;
        }
        deposit
    }
}

/// A withdrawal with the stage that it is in, while it is under way.
async fn staged_order(line: Line<'_>, mut order: Withdrawal) -> Withdrawal {
    use WithdrawalStatus::{Cancelled, Completed, Failed, Internal, Rejected};
    if ![Cancelled, Completed, Failed, Internal, Rejected].contains(&order.status) {
        let (key, own) = (format!("wdId={}", segment(&order.id)), order.id.clone());
        staged(line, &key, |row| row.wd_id.0 == own, &mut order.raw_status).await;
    }
    order
}

/// The records, one after the other: one question about a stage is answered every two seconds.
async fn each<T, U, F: Future<Output = U>>(seen: Seen<Vec<T>>, stage: impl Fn(T) -> F) -> Seen<Vec<U>> {
    match seen {
        Seen::Yes(records, said) => {
            let mut staged = Vec::new();
            for record in records {
                staged.push(stage(record).await);
            }
            Seen::Yes(staged, said)
        }
        Seen::No(said) => Seen::No(said),
        Seen::Unknown(gap) => Seen::Unknown(gap),
    }
}

const DEPOSIT_HISTORY: &str = "/api/v5/asset/deposit-history";
const WITHDRAWAL_HISTORY: &str = "/api/v5/asset/withdrawal-history";

/// Every address for the assets in question, on all networks: OKX lists those used before beside the current one.
async fn addresses(line: Line<'_>, hints: &Hints) -> Result<OwnAddresses, Gap> {
    let asked = hints.assets.iter().map(|asset| {
        let path = format!("/api/v5/asset/deposit-address?ccy={}", segment(&asset.to_ascii_uppercase()));
        async move { rows::<AddressRow>(line, &path, ADDRESSES).await }
    });
    let mut own = OwnAddresses::default();
    for answer in join_all(asked).await {
        let (rows, reply) = answer?;
        own.add(rows.iter().map(AddressRow::record), &reply);
    }
    Ok(own)
}

impl Account for Okx {
    fn deposits<'a>(&'a self, line: Line<'a>, txids: &'a [Txid], _: &'a Hints) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        let record = |row: &DepositRow| {
            row.deposit().map(|deposit| (deposit.txid.clone(), Chained { deposit, chain: row.chain.clone() }))
        };
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            let found = of_txid(line, DEPOSIT_HISTORY, txid, "deposits", record).await;
            each(found, |chained| chained.staged(line)).await
        })))
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        _: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        let record =
            |row: &WithdrawalRow| row.withdrawal().map(|order| (order.txid.clone().unwrap_or_default(), order));
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            let found = of_txid(line, WITHDRAWAL_HISTORY, txid, "withdrawals", record).await;
            each(found, |order| staged_order(line, order)).await
        })))
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, _: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        let record = |row: &DepositRow| {
            row.deposit().map(|deposit| (deposit.id.clone(), Chained { deposit, chain: row.chain.clone() }))
        };
        Box::pin(async move {
            match of_id(line, ("/api/v5/asset/deposit-history?depId", "deposit"), id, record).await {
                Seen::Yes(chained, said) => Seen::Yes(chained.staged(line).await, said),
                Seen::No(said) => Seen::No(said),
                Seen::Unknown(gap) => Seen::Unknown(gap),
            }
        })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, _: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        let record = |row: &WithdrawalRow| row.withdrawal().map(|order| (order.id.clone(), order));
        Box::pin(async move {
            match of_id(line, ("/api/v5/asset/withdrawal-history?wdId", "withdrawal"), id, record).await {
                Seen::Yes(order, said) => Seen::Yes(staged_order(line, order).await, said),
                other => other,
            }
        })
    }

    fn addresses<'a>(&'a self, line: Line<'a>, _: &'a str, hints: &'a Hints) -> Asked<'a, Result<OwnAddresses, Gap>> {
        Box::pin(addresses(line, hints))
    }

    fn listing<'a>(&'a self, line: Line<'a>, asked: &'a str) -> Asked<'a, Seen<Vec<ListedAsset>>> {
        let question = format!("the policy of {asked}");
        Box::pin(async move {
            let currencies = rows::<CurrencyRow>(line, "/api/v5/asset/currencies", &question).await;
            seen(currencies.map(|(rows, reply)| {
                let here = rows.iter().filter(|row| network(&row.chain) == asked);
                let assets: Vec<ListedAsset> = here.map(CurrencyRow::listed).collect();
                if assets.is_empty() { Seen::No(reply.provenance()) } else { Seen::Yes(assets, reply.provenance()) }
            }))
        })
    }

    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        Box::pin(async move {
            let answer = rows::<ConfigurationRow>(line, "/api/v5/account/config", KEYS).await;
            seen(answer.and_then(|(rows, reply)| {
                let row = rows.first().ok_or_else(|| line.malformed(KEYS, "the answer is empty"))?;
                let may = row.perm.0.split(',').map(str::trim);
                let more = may.filter(|right| !right.is_empty() && *right != "read_only").map(str::to_owned);
                Ok(Seen::Yes(beyond_reading(&more.collect::<Vec<String>>()), reply.provenance()))
            }))
        })
    }
}

/// "Get account configuration": what the key may do, as `read_only,withdraw,trade`.
#[derive(Deserialize)]
struct ConfigurationRow {
    #[serde(default)]
    perm: Plain,
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// Made up for this test, and computed apart from this program.
    #[test]
    fn a_request_is_signed_over_its_time_method_and_path() {
        let request = Unsigned {
            method: "GET",
            path: "/api/v5/asset/deposit-history?ccy=USDT&limit=100",
            body: "",
            at: "2026-01-02T03:04:05.678Z".parse::<Timestamp>().unwrap(),
            nonce: "",
        };
        let keys = Exposed { key: "k", secret: "TXSLEUTH-DEMO-SECRET-0001", passphrase: "p" };
        let seal = sign(&request, &keys);
        let header = |name| seal.headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
        assert_eq!(header("OK-ACCESS-SIGN"), Some("KbISEDHF7QwrxTK3NnO74DH/4dS7lngdGXpYCvRmZtg="));
        assert_eq!(header("OK-ACCESS-TIMESTAMP"), Some("2026-01-02T03:04:05.678Z"));
    }
}
