//! What Binance tells of a transfer elsewhere than in its row: what the travel rule makes of it, whether deposits are
//! closed, and how many coins one of a listing stands for. What cannot be asked leaves the status open: nobody knows then
//! whether the transfer is on its way or held.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::words::{BINANCE, ORDERED_TRAVEL_RULE, TRAVEL_RULE};
use super::{CONFIGURATION, CoinRow, DepositRow, WithdrawalRow};
use crate::evidence::{Deposit, DepositStatus, Openness, Withdrawal, WithdrawalStatus};
use crate::sources::Line;
use crate::sources::contract::segment;
use crate::sources::ledger::account::{DAY, Plain};
use crate::terms::{Gap, GapWhy};

/// What is said behind the code of a row.
fn add(raw: &mut Option<String>, said: &str) {
    *raw = raw.take().map(|raw| format!("{raw}; {said}"));
}

/// What the travel rule makes of a deposit.
pub(super) fn held(deposit: &mut Deposit, status: DepositStatus, said: &str) {
    deposit.status = status;
    deposit.reason = Some("travel_rule".to_owned());
    add(&mut deposit.raw_status, said);
}

/// Something that was not told, and whose answer may change what the row says.
fn untold(what: &str, gap: &Gap) -> String {
    format!("{what} was not told: {}", gap.detail)
}

fn unsure_deposit(deposit: &mut Deposit, what: &str, gap: &Gap) {
    let said = untold(what, gap);
    add(&mut deposit.raw_status, &said);
    if deposit.status == DepositStatus::Confirming {
        deposit.status = DepositStatus::Unknown(deposit.raw_status.clone().unwrap_or(said));
    }
}

fn unsure_order(order: &mut Withdrawal, what: &str, gap: &Gap) {
    let said = untold(what, gap);
    add(&mut order.raw_status, &said);
    order.status = WithdrawalStatus::Unknown(order.raw_status.clone().unwrap_or(said));
}

/// "Deposit History (for local entities that required travel rule)", version 2.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TravelRow {
    #[serde(default)]
    tx_id: Plain,
    #[serde(default)]
    coin: Plain,
    #[serde(default)]
    travel_rule_req_status: Plain,
    #[serde(default)]
    require_questionnaire: bool,
}

impl TravelRow {
    fn put_on(&self, deposit: &mut Deposit) {
        let code = self.travel_rule_req_status.0.as_str();
        let known = TRAVEL_RULE.iter().find(|(known, ..)| *known == code);
        let said = known.map_or_else(|| code.to_owned(), |(_, label, _)| format!("{code} {label}"));
        match known.and_then(|(.., status)| status.clone()) {
            Some(status) => held(deposit, status, &format!("travelRuleReqStatus {said}")),
            None if self.require_questionnaire => held(deposit, DepositStatus::Held, "requireQuestionnaire"),
            None => {}
        }
    }
}

/// "Withdraw History (for local entities that require travel rule)", version 2. An order that was not given through the API
/// has no id in it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderedRow {
    #[serde(default)]
    id: Plain,
    #[serde(default)]
    coin: Plain,
    #[serde(default)]
    amount: Plain,
    #[serde(default)]
    address: Plain,
    #[serde(default)]
    apply_time: Plain,
    #[serde(default)]
    travel_rule_status: Plain,
}

impl OrderedRow {
    fn is_of(&self, row: &WithdrawalRow) -> bool {
        let same = self.coin.0.eq_ignore_ascii_case(&row.coin)
            && self.amount.amount() == row.amount.amount()
            && self.address == row.address
            && self.apply_time == row.apply_time;
        if self.id.text().is_some() { self.id == row.id } else { same }
    }

    fn put_on(&self, order: &mut Withdrawal) {
        let code = self.travel_rule_status.0.as_str();
        let Some((_, label, status)) = ORDERED_TRAVEL_RULE.iter().find(|(known, ..)| *known == code) else {
            return add(&mut order.raw_status, &format!("travelRuleStatus {code}"));
        };
        if let Some(status) = status {
            order.status = status.clone();
            order.reason = Some("travel_rule".to_owned());
            add(&mut order.raw_status, &format!("travelRuleStatus {code} {label}"));
        }
    }
}

/// Days around a transfer's time in which the travel rule's list has it.
const AROUND: i64 = DAY;

/// The list for the travel rule around a time. Accounts that no such rule binds may have none: where the list is refused, the
/// exchange is asked whose questions the account has to answer.
async fn travel<T: DeserializeOwned>(
    line: Line<'_>,
    list: &str,
    (at, filter): (Timestamp, &str),
    question: &str,
) -> Result<Vec<T>, Gap> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Requirements {
        #[serde(default)]
        questionnaire_country_code: Plain,
    }
    let at = at.as_millisecond();
    let path = format!("{list}?startTime={}&endTime={}{filter}", at - AROUND, at + AROUND);
    let gap = match BINANCE.ask::<Vec<T>>(line, &path, question).await {
        Ok((rows, _)) => return Ok(rows),
        Err(gap) if gap.why == GapWhy::NotOffered => return Ok(Vec::new()),
        Err(gap) => gap,
    };
    let path = "/sapi/v1/localentity/questionnaire-requirements";
    match BINANCE.ask::<Requirements>(line, path, "whether the travel rule binds the account").await {
        Ok((bound, _)) if bound.questionnaire_country_code.0 == "NIL" => Ok(Vec::new()),
        _ => Err(gap),
    }
}

/// What an open deposit waits for: the customer's word on who sent it, or deposits that are closed.
pub(super) async fn of_deposit(line: Line<'_>, row: &DepositRow, deposit: &mut Deposit) {
    if !row.is_open() {
        return;
    }
    if let Some(at) = deposit.detected_at {
        let filter = format!("&txId={}", segment(row.tx_id.0.trim()));
        let list = "/sapi/v2/localentity/deposit/history";
        match travel::<TravelRow>(line, list, (at, &filter), "what the travel rule asks of a deposit").await {
            Ok(rows) => {
                let own = rows.iter().find(|own| own.tx_id == row.tx_id && own.coin.0.eq_ignore_ascii_case(&row.coin));
                if let Some(own) = own {
                    own.put_on(deposit);
                }
            }
            Err(gap) => unsure_deposit(deposit, "what the travel rule asks", &gap),
        }
    }
    if deposit.status == DepositStatus::Confirming && row.is_confirmed() {
        let question = format!("whether deposits of {} are open", row.coin);
        match BINANCE.ask::<Vec<CoinRow>>(line, CONFIGURATION, &question).await {
            Ok((coins, _)) => closed(row, &coins, deposit),
            Err(gap) => unsure_deposit(deposit, "whether deposits are open", &gap),
        }
    }
}

fn closed(row: &DepositRow, coins: &[CoinRow], deposit: &mut Deposit) {
    let own = coins.iter().filter(|coin| coin.coin == row.coin);
    let closed = own
        .flat_map(CoinRow::listed)
        .find(|(network, listed)| *network == row.network.0 && listed.deposits == Openness::Suspended);
    if let Some((_, listed)) = closed {
        let why = listed.reason.map(|why| format!(": {why}")).unwrap_or_default();
        deposit.status = DepositStatus::Suspended;
        add(&mut deposit.raw_status, &format!("depositEnable false{why}"));
    }
}

/// What an order waits for that has not left yet.
pub(super) async fn of_order(line: Line<'_>, row: &WithdrawalRow, order: &mut Withdrawal) {
    use WithdrawalStatus::{InReview, Processing, Requested};
    if ![Requested, InReview, Processing].contains(&order.status) {
        return;
    }
    let list = "/sapi/v2/localentity/withdraw/history";
    let filter = format!("&coin={}", segment(&row.coin));
    let asked = (order.requested_at, filter.as_str());
    match travel::<OrderedRow>(line, list, asked, "what the travel rule makes of a withdrawal").await {
        Ok(rows) => {
            if let Some(own) = rows.iter().find(|own| own.is_of(row)) {
                own.put_on(order);
            }
        }
        Err(gap) => unsure_order(order, "what the travel rule asks", &gap),
    }
}

/// How many coins one of a listing stands for, and what they are called. Listings of many in one have a number in front.
pub(super) async fn denomination(line: Line<'_>, coin: &str) -> Result<Option<(u64, String)>, Gap> {
    if !coin.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let question = format!("how many coins one {coin} stands for");
    let (coins, _) = BINANCE.ask::<Vec<CoinRow>>(line, CONFIGURATION, &question).await?;
    let listed = coins.iter().filter(|own| own.coin == coin).flat_map(|own| &own.network_list);
    let count = listed.filter_map(|row| row.denomination.number()).max().filter(|count| *count > 1);
    Ok(count.map(|count| (count, single(coin, count))))
}

/// The ticker without the number in front, which is written out or in millions.
pub(super) fn single(coin: &str, count: u64) -> String {
    let numbers = [count.to_string(), format!("{}M", count / 1_000_000), format!("{}K", count / 1000)];
    let bare = numbers.iter().find_map(|number| coin.strip_prefix(number.as_str()));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(coin).to_owned()
}

/// A deposit in coins.
pub(super) async fn deposit_in_coins(line: Line<'_>, row: &DepositRow, deposit: &mut Deposit) {
    match denomination(line, &row.coin).await {
        Ok(None) => {}
        Ok(Some((count, coin))) => {
            deposit.amount = deposit.amount.times(count);
            deposit.asset = coin;
        }
        Err(gap) => {
            let said = untold("how many coins one stands for", &gap);
            add(&mut deposit.raw_status, &said);
            deposit.status = DepositStatus::Unknown(deposit.raw_status.clone().unwrap_or(said));
        }
    }
}

/// A withdrawal in coins.
pub(super) async fn order_in_coins(line: Line<'_>, row: &WithdrawalRow, order: &mut Withdrawal) {
    match denomination(line, &row.coin).await {
        Ok(None) => {}
        Ok(Some((count, coin))) => {
            (order.amount, order.fee) = (order.amount.times(count), order.fee.times(count));
            order.asset = coin;
        }
        Err(gap) => unsure_order(order, "how many coins one stands for", &gap),
    }
}
