//! An account at Bithumb: API 2.x (<https://apidocs.bithumb.com>). A key that may look at assets, deposits and
//! withdrawals is enough. No record of it tells an address, a memo or a count of confirmations.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use futures::future::join;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Hints;
use super::account::{
    ADDRESSES, Account, MESSAGE, OwnAddresses, Plain, listed, listing_of, network_of, own_address, skew, wordless,
};
use crate::evidence::{AddressRecord, Deposit, ListedAsset, OWN_ACCOUNT, Openness, Span, Withdrawal, WithdrawalStatus};
use crate::net::{Exposed, Reply, Seal, Unsigned, hmac_sha256, sha512};
use crate::sources::contract::{segment, share};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Amount, Gap, GapWhy, Provenance, Seen, Shape, Txid};
use words::{ABSENT, BLOCKED, CLOCK, DOWN, ERRORS, NETWORKS, TOLD, deposit_state, doors, withdrawal_state};

/// The public address.
pub(super) const URL: &str = "https://api.bithumb.com";

/// The connector.
pub(super) struct Bithumb;

/// A query as it is meant: the exchange's own programs hash it before they encode it.
fn decoded(query: &str) -> String {
    let pair = |part: &str| -> String {
        url::form_urlencoded::parse(part.replace('+', "%2B").as_bytes())
            .map(|(name, value)| if part.contains('=') { format!("{name}={value}") } else { name.into_owned() })
            .collect()
    };
    query.split('&').map(pair).collect::<Vec<_>>().join("&")
}

/// The claims of a token; the hash stands for the query before it is encoded.
#[derive(Serialize)]
struct Claims<'a> {
    access_key: &'a str,
    nonce: &'a str,
    /// Milliseconds since 1970.
    timestamp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_hash_alg: Option<&'a str>,
}

/// A JSON Web Token of its own for each request, signed with HS256.
#[expect(clippy::unnecessary_wraps, reason = "the form that every way to sign has")]
pub(super) fn sign(request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
    let query = request.path.split_once('?').map(|(_, query)| query).filter(|query| !query.is_empty());
    let query = query.map(decoded);
    let claims = Claims {
        access_key: keys.key,
        nonce: request.nonce,
        timestamp: request.at.as_millisecond(),
        query_hash: query.as_deref().map(sha512),
        query_hash_alg: query.as_ref().map(|_| "SHA512"),
    };
    // A struct of texts and a number is always JSON.
    let claims = serde_json::to_string(&claims).unwrap_or_default();
    let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let signed = format!("{}.{}", part(br#"{"alg":"HS256","typ":"JWT"}"#), part(claims.as_bytes()));
    let token = format!("{signed}.{}", part(&hmac_sha256(keys.secret, &signed)));
    Ok(Seal { headers: vec![("Authorization".into(), format!("Bearer {token}"))], ..Seal::default() })
}

/// Every refusal.
#[derive(Deserialize)]
struct Refusal {
    error: Refused,
}

#[derive(Deserialize)]
struct Refused {
    name: Plain,
    #[serde(default)]
    message: Plain,
}

/// An answer, or nothing where the exchange says that there is no such record. A refusal is a gap that says what to do.
async fn ask<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<(Option<T>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    if (200..300).contains(&reply.status) {
        let answer = reply.json().map_err(|failure| line.failed(&failure, question))?;
        return Ok((Some(answer), reply));
    }
    let Ok(Refusal { error: Refused { name, message } }) = reply.json::<Refusal>() else {
        return Err(wordless(line, question, &reply));
    };
    let code = name.0.as_str();
    if reply.status == 404 && ABSENT.contains(&code) {
        return Ok((None, reply));
    }
    if code == CLOCK {
        // The exchange tells its time nowhere but in the header of its answers.
        let unknown = || "the request's time was refused, and the exchange's own could not be had".to_owned();
        let clock = reply.date.map_or_else(unknown, |date| skew(date, &reply));
        return Err(line.gap(question, GapWhy::Unauthorised, format!("{code}: {clock}")));
    }
    let told = message.0.to_ascii_lowercase();
    let named = ERRORS.iter().find(|(known, ..)| *known == code);
    // A number, or a name that no table knows, comes with words.
    let known = named.or_else(|| TOLD.iter().find(|(words, ..)| told.contains(words)));
    let own: String = message.0.chars().take(MESSAGE).collect();
    let (why, what) = match (known, reply.status) {
        (Some((_, why, what)), _) => (*why, (*what).to_owned()),
        (None, 429) => (GapWhy::RateLimited, BLOCKED.to_owned()),
        (None, 500..=599) => (GapWhy::ServerError, format!("{own} ({DOWN})")),
        (None, 401 | 403) => (GapWhy::Unauthorised, own),
        (None, _) => (GapWhy::ServerError, own),
    };
    Err(line.gap(question, why, format!("{code}: {what}")))
}

/// "Wallet status".
#[derive(Deserialize)]
struct Wallet {
    currency: String,
    #[serde(rename = "wallet_state")]
    state: String,
    /// `normal`, `delayed` or `inactive`.
    #[serde(default)]
    block_state: Plain,
    #[serde(default)]
    block_elapsed_minutes: Plain,
    #[serde(default)]
    block_height: Plain,
    #[serde(default)]
    block_updated_at: Plain,
    #[serde(default)]
    net_type: Plain,
    #[serde(default)]
    network_name: Plain,
}

impl Wallet {
    fn network(&self) -> String {
        let named = self.network_name.text().map(|name| network_of(NETWORKS, &name));
        let known = named.filter(|own| NETWORKS.iter().any(|(_, known)| known == own));
        known.unwrap_or_else(|| network_of(NETWORKS, &self.net_type.0))
    }

    /// Why a direction is closed, and how far the exchange's own node is behind where it is.
    fn reason(&self, is_open: bool) -> Option<String> {
        let state = (!is_open).then(|| self.state.clone());
        let block = self.block_state.text().filter(|state| state != "normal").map(|state| {
            let since =
                self.block_elapsed_minutes.number().map(|minutes| format!(", {minutes} min since its last block"));
            format!("blocks {state}{}", since.unwrap_or_default())
        });
        let told: Vec<String> = state.into_iter().chain(block).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// Nothing where the state is a word that no table knows.
    fn listed(&self, min_deposit: Option<Amount>) -> Option<ListedAsset> {
        let (deposits, withdrawals) = doors(&self.state)?;
        let is_open = (deposits, withdrawals) == (Openness::Open, Openness::Open);
        Some(ListedAsset {
            asset: self.currency.clone(),
            contract: None,
            by_ticker: true,
            decimals: None,
            min_deposit,
            deposits,
            withdrawals,
            required_confirmations: None,
            unlock_confirmations: None,
            reason: self.reason(is_open),
            until: None,
            scanned_height: self.block_height.number(),
            scanned_at: moment(&self.block_updated_at),
        })
    }
}

async fn wallets(line: Line<'_>, question: &str) -> Result<(Vec<Wallet>, Reply), Gap> {
    let (wallets, reply) = ask::<Vec<Wallet>>(line, "/v1/status/wallet", question).await?;
    Ok((wallets.unwrap_or_default(), reply))
}

/// A time as ISO 8601 writes it, with the offset of Seoul.
fn moment(text: &Plain) -> Option<Timestamp> {
    text.text()?.parse().ok()
}

/// Networks by `net_type`, as the wallet status tells them now.
struct Networks {
    by_type: BTreeMap<String, String>,
    said: Option<Provenance>,
}

impl Networks {
    /// Where the wallet status cannot be had, tables alone tell.
    async fn ask(line: Line<'_>) -> Self {
        let Ok((wallets, reply)) = wallets(line, "the networks of the exchange").await else {
            return Self { by_type: BTreeMap::new(), said: None };
        };
        let by_type = wallets.iter().map(|wallet| (wallet.net_type.0.clone(), wallet.network())).collect();
        Self { by_type, said: Some(reply.provenance()) }
    }

    /// Empty where the record names none.
    fn of(&self, net_type: &Plain) -> String {
        let Some(word) = net_type.text() else { return String::new() };
        self.by_type.get(&word).cloned().unwrap_or_else(|| network_of(NETWORKS, &word))
    }

    /// Who said what a record says.
    fn join(&self, provenance: Provenance) -> Provenance {
        self.said.as_ref().map_or_else(|| provenance.clone(), |said| provenance.clone().and(said))
    }
}

/// "Coin deposits" and "Coin withdrawals".
#[derive(Deserialize)]
struct Row {
    #[serde(default, rename = "type")]
    kind: Plain,
    uuid: Plain,
    currency: String,
    #[serde(default)]
    net_type: Plain,
    #[serde(default)]
    txid: Plain,
    state: Plain,
    created_at: Plain,
    #[serde(default)]
    done_at: Plain,
    amount: Plain,
    #[serde(default)]
    fee: Plain,
}

impl Row {
    /// Whether what stands for the TXID is of the exchange's own making: a date with a number, a coupon, a bare number.
    /// Such rows name no network; chains whose identifiers have another shape than those known here do.
    fn is_off_chain(&self) -> bool {
        let numbers = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':' | b' '));
        self.txid.text().is_some_and(|text| {
            Shape::of(&text).is_none()
                && (self.net_type.text().is_none() || numbers(&text) || text.starts_with("EVENT_"))
        })
    }

    fn is_on_chain(&self) -> bool {
        self.txid.text().is_some() && !self.is_off_chain()
    }

    /// Nothing where the amount is none.
    fn deposit(&self, networks: &Networks) -> Option<Deposit> {
        let word = deposit_state(&self.state.0);
        Some(Deposit {
            id: self.uuid.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.currency.clone(),
            network: networks.of(&self.net_type),
            txid: self.txid.text().unwrap_or_default(),
            output_index: None,
            address: String::new(),
            memo: None,
            amount: self.amount.amount()?,
            credited_at: moment(&self.done_at).filter(|_| word.status.is_credited()),
            status: word.status,
            raw_status: Some(word.raw),
            reason: word.reason,
            confirmations: None,
            required_confirmations: None,
            detected_at: moment(&self.created_at),
            available_at: None,
        })
    }

    /// Nothing where amount or time is none.
    fn withdrawal(&self, networks: &Networks) -> Option<Withdrawal> {
        let word = withdrawal_state(&self.state.0);
        let status = match word.status {
            WithdrawalStatus::Processing if self.is_on_chain() => WithdrawalStatus::Broadcast,
            WithdrawalStatus::Completed if self.is_off_chain() => WithdrawalStatus::Internal,
            status => status,
        };
        Some(Withdrawal {
            id: self.uuid.text()?,
            account: OWN_ACCOUNT.to_owned(),
            asset: self.currency.clone(),
            network: networks.of(&self.net_type),
            address: String::new(),
            memo: None,
            amount: self.amount.amount()?,
            fee: self.fee.amount().unwrap_or_else(Amount::zero),
            completed_at: moment(&self.done_at).filter(|_| word.raw.starts_with("DONE")),
            status,
            raw_status: Some(word.raw),
            reason: word.reason,
            txid: self.txid.text(),
            replaced_txids: Vec::new(),
            requested_at: moment(&self.created_at)?,
            broadcast_at: None,
        })
    }
}

/// One of the two lists.
struct List<T> {
    path: &'static str,
    /// Where one record is asked for by itself.
    single: &'static str,
    /// `type` of its rows.
    kind: &'static str,
    /// What its records are.
    what: &'static str,
    record: fn(&Row, &Networks) -> Option<T>,
}

const DEPOSITS: List<Deposit> =
    List { path: "/v1/deposits", single: "/v1/deposit", kind: "deposit", what: "deposit", record: Row::deposit };
const WITHDRAWALS: List<Withdrawal> = List {
    path: "/v1/withdraws",
    single: "/v1/withdraw",
    kind: "withdraw",
    what: "withdrawal",
    record: Row::withdrawal,
};

/// Rows of one page, at most.
const PAGE: usize = 100;
/// Pages of one list that are read.
const PAGES: usize = 20;
/// How long before the claimed time rows may be of the claim. A complaint tells late more often than early.
const BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Transactions in one question; each is asked for in up to three forms.
const AT_ONCE: usize = 20;

/// Rows of a list, the newest first.
#[derive(Default)]
struct Rows {
    found: Vec<Row>,
    said: Option<Provenance>,
    /// Whether they are all, as far back as was asked for.
    is_whole: bool,
}

impl<T> List<T> {
    /// Reads pages until one is short, or until its rows are older than was asked for.
    async fn pages(&self, line: Line<'_>, filter: &str, question: &str, since: Option<Timestamp>) -> Result<Rows, Gap> {
        let mut all = Rows::default();
        let mut known = BTreeSet::new();
        for page in 1..=PAGES {
            let path = format!("{}?{filter}limit={PAGE}&page={page}&order_by=desc", self.path);
            let (rows, reply) = ask::<Vec<Row>>(line, &path, question).await?;
            let rows = rows.unwrap_or_default();
            if rows.iter().any(|row| row.kind.text().is_some_and(|kind| kind != self.kind)) {
                return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
            }
            let said = reply.provenance();
            all.said = Some(all.said.take().map_or_else(|| said.clone(), |before| before.and(&said)));
            let oldest = rows.last().and_then(|row| moment(&row.created_at));
            all.is_whole = rows.len() < PAGE || oldest.zip(since).is_some_and(|(oldest, since)| oldest < since);
            // A new row pushes others to the next page while it is read.
            all.found.extend(rows.into_iter().filter(|row| known.insert(row.uuid.0.clone())));
            if all.is_whole {
                break;
            }
        }
        Ok(all)
    }

    /// The records of a few transactions, by the filter of the list; what it does not find is looked for in the list
    /// itself, for the filter compares texts, and the exchange may write an identifier in another way.
    async fn of_txids(&self, line: Line<'_>, txids: &[Txid], hints: &Hints, networks: &Networks) -> Vec<Seen<Vec<T>>>
    where
        T: Clone,
    {
        let question = |txid: &Txid| format!("{}s of transaction {txid}", self.what);
        let all = |gap: &Gap| {
            let gap = |txid: &Txid| Seen::Unknown(Gap { question: question(txid), ..gap.clone() });
            txids.iter().map(gap).collect()
        };
        let named = format!("{}s of transactions", self.what);
        let filter: String = txids.iter().flat_map(forms).map(|form| format!("txids[]={}&", segment(&form))).collect();
        let mut rows = match self.pages(line, &filter, &named, None).await {
            Ok(rows) if rows.is_whole => rows,
            Ok(_) => return all(&line.gap(&named, GapWhy::TooLarge, format!("more than {PAGES} pages"))),
            Err(gap) => return all(&gap),
        };
        let is_of = |row: &Row, txid: &Txid| txid.is_written(&row.txid.0);
        let missing: Vec<&Txid> = txids.iter().filter(|txid| !rows.found.iter().any(|row| is_of(row, txid))).collect();
        let mut unsure = Vec::new();
        if !missing.is_empty() {
            let since = hints.at.and_then(|at| at.checked_sub(BEFORE).ok());
            let walked = match self.pages(line, "", &named, since).await {
                Ok(walked) => walked,
                Err(gap) => return all(&gap),
            };
            if !walked.is_whole {
                // Other identifiers have one form, and the filter has been asked for it.
                unsure.extend(missing.iter().filter(|txid| Shape::of(txid.as_str()) == Some(Shape::BareHex)).copied());
            }
            rows.said = rows.said.zip(walked.said).map(|(filter, list)| filter.and(&list));
            rows.found.extend(walked.found.into_iter().filter(|row| missing.iter().any(|txid| is_of(row, txid))));
        }
        let records: Option<Vec<(String, T)>> =
            rows.found.iter().map(|row| Some((row.txid.0.clone(), (self.record)(row, networks)?))).collect();
        let (Some(records), Some(said)) = (records, rows.said) else {
            return all(&line.malformed(&named, "a row lacks its id, amount or time"));
        };
        let records = (records, networks.join(said));
        let shared = share(line, txids, question, &records, |(own, _), txid| txid.is_written(own));
        let told = |(txid, seen): (&Txid, Seen<Vec<(String, T)>>)| match seen {
            Seen::No(_) if unsure.contains(&txid) => {
                let why = format!("it is not among the newest {} rows: name the time of the transfer", PAGE * PAGES);
                Seen::Unknown(line.gap(&question(txid), GapWhy::TooLarge, why))
            }
            seen => seen.map(|own| own.into_iter().map(|(_, record)| record).collect()),
        };
        txids.iter().zip(shared).map(told).collect()
    }

    /// The records of transactions.
    async fn of_all(&self, line: Line<'_>, txids: &[Txid], hints: &Hints) -> Vec<Seen<Vec<T>>>
    where
        T: Clone,
    {
        let networks = Networks::ask(line).await;
        let mut records = Vec::new();
        for some in txids.chunks(AT_ONCE) {
            records.extend(self.of_txids(line, some, hints, &networks).await);
        }
        records
    }

    /// The records of a stretch.
    async fn of_span(&self, line: Line<'_>, span: &Span) -> Seen<Vec<T>> {
        let question = listing_of(&format!("{}s", self.what), span);
        seen(self.in_span(line, span, &question).await)
    }

    async fn in_span(&self, line: Line<'_>, span: &Span, question: &str) -> Result<Seen<Vec<T>>, Gap> {
        let networks = Networks::ask(line).await;
        let filter = span.asset.as_ref().map(|asset| format!("currency={}&", segment(&asset.to_ascii_uppercase())));
        let rows = self.pages(line, &filter.unwrap_or_default(), question, Some(span.since)).await?;
        if !rows.is_whole {
            return Err(line.gap(question, GapWhy::TooLarge, "there are more rows than are read"));
        }
        if !rows.found.iter().all(|row| span.is_of(&row.currency)) {
            return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
        }
        let here = rows.found.iter().filter(|row| span.holds(&row.currency, moment(&row.created_at)));
        let records: Option<Vec<T>> = here.map(|row| (self.record)(row, &networks)).collect();
        let records = records.ok_or_else(|| line.malformed(question, "a row lacks its id, amount or time"))?;
        let said = rows.said.ok_or_else(|| line.malformed(question, "nothing came"))?;
        Ok(listed(records, networks.join(said)))
    }

    /// The record of the exchange's own number, or of what it writes for a TXID where no chain carries a transfer.
    async fn of_id(&self, line: Line<'_>, id: &str, hints: &Hints) -> Seen<T> {
        let question = format!("{} {id}", self.what);
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        if id.is_empty() || !id.bytes().all(plain) {
            return seen(self.single(line, id, &question, hints).await);
        }
        seen(self.row_of_id(line, id, &question).await)
    }

    /// The record of a text with spaces or signs, which the filter of the list does not find: each asset that it may be of is
    /// asked about by itself.
    async fn single(&self, line: Line<'_>, id: &str, question: &str, hints: &Hints) -> Result<Seen<T>, Gap> {
        let networks = Networks::ask(line).await;
        let mut said: Option<Provenance> = None;
        for asset in &hints.assets {
            let (currency, txid) = (segment(&asset.to_ascii_uppercase()), segment(id));
            let path = format!("{}?currency={currency}&txid={txid}", self.single);
            let (row, reply) = ask::<Row>(line, &path, question).await?;
            let now = reply.provenance();
            let all = said.take().map_or_else(|| now.clone(), |before| before.and(&now));
            if let Some(row) = row {
                if row.txid.0.trim() != id || !row.currency.eq_ignore_ascii_case(asset) {
                    return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
                }
                let record = (self.record)(&row, &networks);
                let record = record.ok_or_else(|| line.malformed(question, "it lacks its id, amount or time"))?;
                return Ok(Seen::Yes(record, networks.join(all)));
            }
            said = Some(all);
        }
        let why = "such an identifier is looked up by asset, and none is known: name it, or the record's number";
        said.map(Seen::No).ok_or_else(|| line.gap(question, GapWhy::NotOffered, why))
    }

    async fn row_of_id(&self, line: Line<'_>, id: &str, question: &str) -> Result<Seen<T>, Gap> {
        let networks = Networks::ask(line).await;
        let is_number = id.bytes().all(|b| b.is_ascii_digit());
        let mut said: Option<Provenance> = None;
        for filter in ["uuids", "txids"].into_iter().filter(|filter| is_number || *filter == "txids") {
            let rows = self.pages(line, &format!("{filter}[]={id}&"), question, None).await?;
            let own = |row: &Row| if filter == "uuids" { row.uuid.0 == id } else { row.txid.0.trim() == id };
            if !rows.found.iter().all(own) {
                return Err(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
            }
            said = match (said, rows.said) {
                (Some(before), Some(now)) => Some(before.and(&now)),
                (before, now) => before.or(now),
            };
            if rows.found.len() > 1 {
                return Err(line.gap(
                    question,
                    GapWhy::NotOffered,
                    "several records have it: name the record's number",
                ));
            }
            if let (Some(row), Some(said)) = (rows.found.first(), &said) {
                let record = (self.record)(row, &networks);
                let record = record.ok_or_else(|| line.malformed(question, "it lacks its id, amount or time"))?;
                return Ok(Seen::Yes(record, networks.join(said.clone())));
            }
        }
        said.map(Seen::No).ok_or_else(|| line.malformed(question, "nothing came"))
    }
}

/// The ways in which the exchange may write an identifier: its hexadecimal digits in either case, with `0x` or without.
fn forms(txid: &Txid) -> Vec<String> {
    let (text, digits) = (txid.as_str().to_owned(), txid.digits());
    if !matches!(Shape::of(&text), Some(Shape::BareHex | Shape::PrefixedHex)) {
        return vec![text];
    }
    let mut forms = vec![text, digits.to_ascii_lowercase(), digits.to_ascii_uppercase()];
    forms.dedup();
    forms
}

/// "Deposit addresses": the current ones alone.
#[derive(Deserialize)]
struct AddressRow {
    #[serde(default)]
    net_type: Plain,
    /// Nothing while it is being made.
    #[serde(default)]
    deposit_address: Plain,
    /// Memo or tag.
    #[serde(default)]
    secondary_address: Plain,
}

impl AddressRow {
    fn record(&self, networks: &Networks) -> Option<AddressRecord> {
        let address = self.deposit_address.text()?;
        Some(own_address(&networks.of(&self.net_type), address, self.secondary_address.text()))
    }
}

async fn addresses(line: Line<'_>) -> Result<OwnAddresses, Gap> {
    let (networks, answer) =
        join(Networks::ask(line), ask::<Vec<AddressRow>>(line, "/v1/deposits/coin_addresses", ADDRESSES)).await;
    let (rows, reply) = answer?;
    let rows = rows.unwrap_or_default();
    let mut known = BTreeSet::new();
    let records = rows.iter().filter_map(|row| row.record(&networks));
    // The tokens of one network share its address.
    let own = records.filter(|own| known.insert((own.network.clone(), own.address.clone(), own.memo.clone())));
    let mut all = OwnAddresses::current();
    all.add(own, &reply);
    Ok(all)
}

/// "Fees and minimums of deposits and withdrawals".
#[derive(Deserialize)]
struct Fees {
    currency: String,
    #[serde(default = "Vec::new")]
    networks: Vec<NetworkFees>,
}

#[derive(Deserialize)]
struct NetworkFees {
    #[serde(default)]
    net_name: Plain,
    #[serde(default)]
    deposit_minimum_quantity: Plain,
}

/// What is listed on a network, with its minimums: without these, a deposit that is too small would look like a missed
/// one, so that an answer without them is none.
async fn listing(line: Line<'_>, asked: &str) -> Result<Seen<Vec<ListedAsset>>, Gap> {
    let question = format!("the policy of {asked}");
    let (wallets, fees) = join(wallets(line, &question), ask::<Vec<Fees>>(line, "/v2/fee/inout/ALL", &question)).await;
    let ((wallets, told), (fees, priced)) = (wallets?, fees?);
    let fees = fees.unwrap_or_default();
    let minimum = |wallet: &Wallet| {
        let own = fees.iter().filter(|fees| fees.currency.eq_ignore_ascii_case(&wallet.currency));
        let mut here = own
            .flat_map(|fees| &fees.networks)
            .filter(|fees| fees.net_name == wallet.network_name || network_of(NETWORKS, &fees.net_name.0) == asked);
        here.find_map(|fees| fees.deposit_minimum_quantity.amount())
    };
    let here = wallets.iter().filter(|wallet| wallet.network() == asked);
    let assets: Option<Vec<ListedAsset>> = here.map(|wallet| wallet.listed(minimum(wallet))).collect();
    let assets = assets.ok_or_else(|| line.malformed(&question, "a wallet has a state that is not known"))?;
    let said = told.provenance().and(&priced.provenance());
    Ok(if assets.is_empty() { Seen::No(said) } else { Seen::Yes(assets, said) })
}

impl Account for Bithumb {
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        Box::pin(DEPOSITS.of_all(line, txids, hints))
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        Box::pin(WITHDRAWALS.of_all(line, txids, hints))
    }

    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        Box::pin(DEPOSITS.of_span(line, span))
    }

    fn withdrawals_in<'a>(&'a self, line: Line<'a>, span: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        Box::pin(WITHDRAWALS.of_span(line, span))
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        Box::pin(DEPOSITS.of_id(line, id, hints))
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        Box::pin(WITHDRAWALS.of_id(line, id, hints))
    }

    fn addresses<'a>(&'a self, line: Line<'a>, _: &'a str, _: &'a Hints) -> Asked<'a, Result<OwnAddresses, Gap>> {
        Box::pin(addresses(line))
    }

    fn listing<'a>(&'a self, line: Line<'a>, asked: &'a str) -> Asked<'a, Seen<Vec<ListedAsset>>> {
        Box::pin(async move { seen(listing(line, asked).await) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made up for this test, and computed apart from this program.
    #[test]
    fn a_token_holds_the_hash_of_the_query_as_it_is_sent() {
        let request = Unsigned {
            method: "GET",
            path: "/v1/deposits?currency=BTC&limit=100&page=1&order_by=desc",
            body: "",
            at: Timestamp::from_millisecond(1_767_323_045_678).unwrap(),
            nonce: "00000000-0000-4000-8000-000000000001",
        };
        let keys = Exposed { key: "demo-access-key", secret: "TXSLEUTH-DEMO-SECRET-0001", passphrase: "" };
        let seal = sign(&request, &keys).unwrap();
        let (name, value) = &seal.headers[0];
        let parts: Vec<&str> = value.split('.').collect();
        let claims = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
        assert_eq!((name.as_ref(), parts.len()), ("Authorization", 3));
        assert_eq!(
            claims,
            "{\"access_key\":\"demo-access-key\",\"nonce\":\"00000000-0000-4000-8000-000000000001\",\
             \"timestamp\":1767323045678,\"query_hash\":\
             \"2aa81bbd26cca7e682b04eeca02829e83d796ddd7c1243669dc81400083e41cf\
             41d3740afcfcab47e5cf2f31cd2ac0b15c5d4e22537d161b99e0c85febdef286\",\"query_hash_alg\":\"SHA512\"}"
        );
        assert_eq!(parts[2], "MhvZT5dXVxMFibJTHzYSdFQ_fM9_zhXgoT0_F0L1IJs");
        let plain = sign(&Unsigned { path: "/v1/status/wallet", ..request }, &keys).unwrap();
        let claims = BASE64_URL_SAFE_NO_PAD.decode(plain.headers[0].1.split('.').nth(1).unwrap()).unwrap();
        assert!(!String::from_utf8(claims).unwrap().contains("query_hash"), "there is no query to hash");
    }
}
