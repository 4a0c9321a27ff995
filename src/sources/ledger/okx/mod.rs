//! An account at OKX: API v5, funding account (<https://www.okx.com/docs-v5/en/#funding-account-rest-api>). A key that may
//! read is enough.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures::future::join_all;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Hints;
use super::account::{
    ADDRESSES, Account, KEYS, MESSAGE, OwnAddresses, Plain, beyond_reading, network_of, own_address, read, skew,
    wordless,
};
use crate::evidence::{
    AddressRecord, Deposit, DepositStatus, ListedAsset, OWN_ACCOUNT, Openness, Span, Withdrawal, WithdrawalStatus,
};
use crate::net::{Exposed, Reply, Seal, Slow, Unsigned, hmac_sha256};
use crate::sources::contract::segment;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Amount, Finality, Gap, GapWhy, Seen, Txid};
use history::{List, Row};
use words::{CLOCK, ERRORS, NETWORKS, REFUSED};

mod history;
mod words;

/// The public address. Accounts of the European and the American company have hosts of their own.
pub(super) const URL: &str = "https://www.okx.com";

/// "Get deposit withdraw status": one in two seconds.
pub(super) const SLOW: &[Slow] =
    &[Slow { path: "/api/v5/asset/deposit-withdraw-status", at_once: 1, period: Duration::from_secs(2) }];

/// The connector.
pub(super) struct Okx;

/// HMAC over time, method, path with query, and body.
#[expect(clippy::unnecessary_wraps, reason = "keys of other exchanges may be of no use")]
pub(super) fn sign(request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
    let at = request.at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
    let signature = hmac_sha256(keys.secret, &format!("{at}{}{}{}", request.method, request.path, request.body));
    let headers = vec![
        ("OK-ACCESS-KEY".into(), keys.key.to_owned()),
        ("OK-ACCESS-SIGN".into(), BASE64_STANDARD.encode(signature)),
        ("OK-ACCESS-TIMESTAMP".into(), at),
        ("OK-ACCESS-PASSPHRASE".into(), keys.passphrase.to_owned()),
    ];
    Ok(Seal { headers, ..Seal::default() })
}

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

/// Asks for rows; an error of the exchange's own is a gap that says what to do.
async fn rows<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<(Vec<T>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    let envelope = reply.json::<Envelope<T>>();
    // Before the exchange's own servers others answer.
    let envelope = envelope.map_err(|failure| match reply.status {
        200..=299 => line.failed(&failure, question),
        _ => wordless(line, question, &reply),
    })?;
    let code = envelope.code.0.as_str();
    if code == "0" {
        return Ok((envelope.data, reply));
    }
    if CLOCK.contains(&code) {
        return Err(line.gap(question, GapWhy::Unauthorised, format!("{code}: {}", clock(line).await)));
    }
    let known = ERRORS.iter().find(|(known, ..)| *known == code);
    let own: String = envelope.msg.chars().take(MESSAGE).collect();
    let (why, what) =
        known.map_or((wordless(line, question, &reply).why, own.as_str()), |(_, why, what)| (*why, *what));
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

impl Row for DepositRow {
    type Record = Deposit;

    fn txid(&self) -> String {
        let internal = || self.from_wd_id.text().map(|id| format!("internal transfer {id}"));
        self.tx_id.text().or_else(internal).unwrap_or_default()
    }

    fn id(&self) -> Option<String> {
        self.dep_id.text()
    }

    fn at(&self) -> Option<Timestamp> {
        self.ts.time()
    }

    fn record(&self) -> Option<Deposit> {
        let word = read(words::DEPOSITS, &self.state.0);
        Some(Deposit {
            id: self.dep_id.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.ccy.clone(),
            network: network(&self.chain),
            txid: self.txid(),
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

impl Row for WithdrawalRow {
    type Record = Withdrawal;

    fn txid(&self) -> String {
        self.tx_id.text().unwrap_or_default()
    }

    fn id(&self) -> Option<String> {
        self.wd_id.text()
    }

    fn at(&self) -> Option<Timestamp> {
        self.ts.time()
    }

    fn record(&self) -> Option<Withdrawal> {
        let word = read(words::WITHDRAWALS, &self.state.0);
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
    wd_est_open_time: Plain,
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
            until: if self.can_dep { self.wd_est_open_time.time() } else { self.dep_est_open_time.time() },
            scanned_height: None,
            scanned_at: None,
        }
    }
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

/// The code with the stage behind it, where the exchange tells one. It has none of a transfer that it refuses to speak of;
/// any other failure is told in the place of the stage, which changes nothing of the state.
async fn staged(line: Line<'_>, key: &str, about: impl Fn(&StageRow) -> bool, raw: &mut Option<String>) {
    let path = format!("/api/v5/asset/deposit-withdraw-status?{key}");
    let rows = match rows::<StageRow>(line, &path, "the stage that a transfer is in").await {
        Ok((rows, _)) => rows,
        Err(gap) => {
            let silent = gap.why == GapWhy::NotOffered || REFUSED.iter().any(|code| gap.detail.starts_with(code));
            *raw = raw
                .take()
                .map(|raw| if silent { raw } else { format!("{raw}; the stage was not told: {}", gap.detail) });
            return;
        }
    };
    let Some(row) = rows.first().filter(|row| about(row)) else { return };
    let until = row.est_complete_time.text().map(|time| format!(", expected by {time} UTC+8"));
    if let Some(stage) = row.state.text() {
        let stage: String = format!("; {stage}{}", until.unwrap_or_default()).chars().take(STAGE).collect();
        *raw = raw.take().map(|raw| raw + &stage);
    }
}

/// A deposit with the stage that it is in, while it is under way. The exchange asks for its own word for the chain.
async fn staged_deposit(line: Line<'_>, row: DepositRow) -> Result<Deposit, Gap> {
    let mut deposit = row.record().ok_or_else(|| line.malformed("a deposit", LACKS))?;
    let open = [DepositStatus::Confirming, DepositStatus::Suspended, DepositStatus::Held];
    if open.contains(&deposit.status) && !deposit.address.is_empty() {
        let (txid, to) = (segment(&deposit.txid), segment(&deposit.address));
        let key = format!("txId={txid}&ccy={}&to={to}&chain={}", segment(&deposit.asset), segment(&row.chain));
        let own = deposit.txid.clone();
        staged(line, &key, |row| row.tx_id.0 == own, &mut deposit.raw_status).await;
    }
    Ok(deposit)
}

/// A withdrawal with the stage that it is in, while it is under way.
async fn staged_order(line: Line<'_>, row: WithdrawalRow) -> Result<Withdrawal, Gap> {
    use WithdrawalStatus::{Cancelled, Completed, Failed, Internal, Rejected};
    let mut order = row.record().ok_or_else(|| line.malformed("a withdrawal", LACKS))?;
    if ![Cancelled, Completed, Failed, Internal, Rejected].contains(&order.status) {
        let (key, own) = (format!("wdId={}", segment(&order.id)), order.id.clone());
        staged(line, &key, |row| row.wd_id.0 == own, &mut order.raw_status).await;
    }
    Ok(order)
}

const LACKS: &str = "a row lacks its id, amount or time";

/// The records, one after the other: one question about a stage is answered every two seconds.
async fn each<R, T, F: Future<Output = Result<T, Gap>>>(seen: Seen<Vec<R>>, stage: impl Fn(R) -> F) -> Seen<Vec<T>> {
    match seen {
        Seen::Yes(rows, said) => {
            let mut staged = Vec::new();
            for row in rows {
                match stage(row).await {
                    Ok(record) => staged.push(record),
                    Err(gap) => return Seen::Unknown(gap),
                }
            }
            Seen::Yes(staged, said)
        }
        Seen::No(said) => Seen::No(said),
        Seen::Unknown(gap) => Seen::Unknown(gap),
    }
}

const DEPOSITS: List = List { path: "/api/v5/asset/deposit-history", id: "depId", what: "deposit" };
const WITHDRAWALS: List = List { path: "/api/v5/asset/withdrawal-history", id: "wdId", what: "withdrawal" };

/// The only record of an answer about one.
fn first<T>(seen: Seen<Vec<T>>) -> Seen<T> {
    seen.and_then(|records, said| match records.into_iter().next() {
        Some(record) => Seen::Yes(record, said),
        None => Seen::No(said),
    })
}

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
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            each(DEPOSITS.of_txid(line, txid, hints).await, |row| staged_deposit(line, row)).await
        })))
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            each(WITHDRAWALS.of_txid(line, txid, hints).await, |row| staged_order(line, row)).await
        })))
    }

    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, hints: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        Box::pin(DEPOSITS.of_span::<DepositRow>(line, span, hints, |deposit| &deposit.asset))
    }

    /// One question about a stage is answered every two seconds: lists go without.
    fn lists_in_short(&self) -> bool {
        true
    }

    fn withdrawals_in<'a>(
        &'a self,
        line: Line<'a>,
        span: &'a Span,
        hints: &'a Hints,
    ) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        Box::pin(WITHDRAWALS.of_span::<WithdrawalRow>(line, span, hints, |order| &order.asset))
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, _: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        Box::pin(async move {
            let row = DEPOSITS.of_id(line, id).await.map(|row| vec![row]);
            first(each(row, |row| staged_deposit(line, row)).await)
        })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, _: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        Box::pin(async move {
            let row = WITHDRAWALS.of_id(line, id).await.map(|row| vec![row]);
            first(each(row, |row| staged_order(line, row)).await)
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
        let seal = sign(&request, &keys).unwrap();
        let header = |name| seal.headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
        assert_eq!(header("OK-ACCESS-SIGN"), Some("KbISEDHF7QwrxTK3NnO74DH/4dS7lngdGXpYCvRmZtg="));
        assert_eq!(header("OK-ACCESS-TIMESTAMP"), Some("2026-01-02T03:04:05.678Z"));
    }
}
