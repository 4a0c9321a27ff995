//! A ledger whose API is there already, read by a map in the configuration. What the map has no path for is not offered,
//! and everything answered is checked against what was asked, as in the contract's own connector.

mod asking;
mod checks;
mod fields;
mod json;
mod map;
mod records;

use futures::future::join_all;

use super::{Hints, Ledger, about, account};
use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Withdrawal};
use crate::net::{HmacScheme, JwsScheme, Scheme};
use crate::sources::contract::{several, single};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Gap, GapWhy, Provenance, Seen, Txid};
use asking::{Asking, Came, Places, Records, TORN, Told};
use json::{Node, Pointer};
use map::{Question, Shape};
use records::{Listing, Record, joined};

pub use map::{KeyHeader, Map};

/// Maps that are checked in, by name: TOML in the grammar of [`Map`].
pub const PRESETS: &[(&str, &str)] =
    &[("peatio", include_str!("peatio.toml")), ("hollaex", include_str!("hollaex.toml"))];

/// The connector.
pub struct Mapped {
    map: Map,
}

impl Map {
    /// The ledger that it describes.
    pub fn open(self) -> Mapped {
        Mapped { map: self }
    }

    /// How requests are signed, where they are.
    pub fn scheme(&self) -> Option<Scheme> {
        let hmac: Option<HmacScheme> = self.hmac.clone();
        let jws: Option<JwsScheme> = self.jws.clone();
        hmac.map(Scheme::Hmac).or_else(|| jws.map(Scheme::Jws))
    }

    /// The header that shows a key.
    pub fn key_header(&self) -> Option<&KeyHeader> {
        self.header.as_ref()
    }
}

/// A question in words, and what is known beside it.
#[derive(Clone, Copy)]
struct Put<'a> {
    line: Line<'a>,
    what: &'a str,
    hints: &'a Hints,
}

/// Records and who said so.
type Answer<T> = (Vec<T>, Provenance);

impl Mapped {
    /// A question that the map offers.
    fn asking<'a>(
        &'a self,
        put: Put<'a>,
        question: Option<&'a Question>,
        places: Places<'a>,
    ) -> Result<Asking<'a>, Gap> {
        let Put { line, what, hints } = put;
        let question = question.ok_or_else(|| line.gap(what, GapWhy::NotOffered, "the map holds no path for it"))?;
        Ok(Asking { line, map: &self.map, question, what, hints, places })
    }

    /// The API's word for a network.
    fn word_of(&self, put: Put<'_>, network: &str) -> Result<String, Gap> {
        let unnamed = || put.line.gap(put.what, GapWhy::NotOffered, format!("the map has no word for {network}"));
        self.map.word_of(network).ok_or_else(unnamed)
    }

    /// The rows of a transaction: in a list that is picked through, those that name it. What is not in the lists of the
    /// assets that it may be of may be in that of another.
    async fn of_txid<'a>(
        &'a self,
        put: Put<'a>,
        (question, txid): (Option<&'a Question>, &'a Txid),
        txids: &[&Pointer],
        told: Told<'_>,
    ) -> Result<Answer<Node>, Gap> {
        let places = Places { txid: Some(txid.as_str()), ..Places::default() };
        let asking = self.asking(put, question, places)?;
        let mut before: Option<Provenance> = None;
        if asking.question.names("asset") {
            let of_asset = |asset: &'a String| async move {
                let places = Places { asset: Some(asset.as_str()), ..places };
                Asking { places, ..asking }.rows(Shape::List, told).await
            };
            let mut found = Records::default();
            for came in join_all(put.hints.assets.iter().map(of_asset)).await {
                let Came { rows, said, .. } = came?;
                let own = picked(asking.question, put, rows, txids, txid)?;
                found.add(own, told.id).ok_or_else(|| put.line.malformed(put.what, TORN))?;
                before = Some(before.map_or_else(|| said.clone(), |before| before.and(&said)));
            }
            if let Some(said) = before.as_ref().filter(|_| !found.rows.is_empty()) {
                return Ok((found.rows, said.clone()));
            }
            if before.is_some() && asking.question.path.needs("asset") {
                let why =
                    format!("it is in no list of {}, and there is none of all assets", put.hints.assets.join(", "));
                return Err(put.line.gap(put.what, GapWhy::NotOffered, why));
            }
        }
        let Came { rows, said, .. } = asking.rows(Shape::List, told).await?;
        let rows = picked(asking.question, put, rows, txids, txid)?;
        match asking.blind().filter(|_| rows.is_empty()) {
            Some(gap) => Err(gap),
            None => Ok((rows, before.map_or_else(|| said.clone(), |before| before.and(&said)))),
        }
    }

    /// The rows of one id: at most one.
    async fn of_id<'a>(
        &'a self,
        put: Put<'a>,
        (question, id): (Option<&'a Question>, &'a str),
        at: &Pointer,
    ) -> Result<(Option<Node>, Provenance), Gap> {
        let asking = self.asking(put, question, Places { id: Some(id), ..Places::default() })?;
        let Came { mut rows, said, .. } = asking.rows(Shape::One, Told { id: Some(at), at: None }).await?;
        if asking.question.pick {
            tells(put, &rows, &[at])?;
            rows.retain(|node| node.at(at).is_some_and(|own| own.word().is_ok_and(|word| word.as_deref() == Some(id))));
        }
        match rows.len() {
            0 | 1 => Ok((rows.pop(), said)),
            _ => Err(put.line.malformed(put.what, "more than one record has the id")),
        }
    }

    /// Rows as records.
    fn read<T>(
        &self,
        put: Put<'_>,
        rows: &[Node],
        record: impl Fn(Record<'_>) -> Result<T, String>,
    ) -> Result<Vec<T>, Gap> {
        let read = rows.iter().map(|node| record(Record { map: &self.map, node })).collect::<Result<_, _>>();
        read.map_err(|what| put.line.malformed(put.what, what))
    }

    async fn deposits_of(&self, put: Put<'_>, txid: &Txid) -> Result<Seen<Vec<Deposit>>, Gap> {
        let (question, fields) = (self.map.ask.deposits.as_ref(), self.map.deposit.as_ref());
        let txids: Vec<&Pointer> = fields.iter().map(|fields| &fields.txid).collect();
        let at = fields.and_then(|fields| fields.detected_at.as_ref());
        let told = Told { id: fields.map(|fields| &fields.id), at };
        let (rows, said) = self.of_txid(put, (question, txid), &txids, told).await?;
        let fields = fields.ok_or_else(|| unmapped(put))?;
        let deposits = self.read(put, &rows, |row| row.deposit(fields))?;
        several(put.line, put.what, (deposits, said), |deposit| about::deposit(deposit, txid))
    }

    async fn withdrawals_of(&self, put: Put<'_>, txid: &Txid) -> Result<Seen<Vec<Withdrawal>>, Gap> {
        let (question, fields) = (self.map.ask.withdrawals.as_ref(), self.map.withdrawal.as_ref());
        let own = fields.iter().flat_map(|fields| [Some(&fields.txid), fields.replaced_txids.as_ref()]);
        let txids: Vec<&Pointer> = own.flatten().collect();
        let told = Told { id: fields.map(|fields| &fields.id), at: fields.map(|fields| &fields.requested_at) };
        let (rows, said) = self.of_txid(put, (question, txid), &txids, told).await?;
        let fields = fields.ok_or_else(|| unmapped(put))?;
        let orders = self.read(put, &rows, |row| row.withdrawal(fields))?;
        several(put.line, put.what, (orders, said), |order| about::withdrawal(order, txid))
    }

    async fn deposit_of(&self, put: Put<'_>, id: &str) -> Result<Seen<Deposit>, Gap> {
        let fields = self.map.deposit.as_ref().ok_or_else(|| unmapped(put))?;
        let (row, said) = self.of_id(put, (self.map.ask.deposit.as_ref(), id), &fields.id).await?;
        let deposit = self.read(put, row.as_slice(), |row| row.deposit(fields))?.pop();
        single(put.line, put.what, (deposit, said), |deposit| deposit.id == id)
    }

    async fn withdrawal_of(&self, put: Put<'_>, id: &str) -> Result<Seen<Withdrawal>, Gap> {
        let fields = self.map.withdrawal.as_ref().ok_or_else(|| unmapped(put))?;
        let (row, said) = self.of_id(put, (self.map.ask.withdrawal.as_ref(), id), &fields.id).await?;
        let order = self.read(put, row.as_slice(), |row| row.withdrawal(fields))?.pop();
        single(put.line, put.what, (order, said), |order| order.id == id)
    }

    /// The records of an address, or of a memo at it.
    async fn address_records(
        &self,
        put: Put<'_>,
        (question, usual): (Option<&Question>, Shape),
        (network, address): (&str, &Address),
        memo: Option<&str>,
    ) -> Result<Seen<AddressRecord>, Gap> {
        let fields = self.map.address.as_ref().ok_or_else(|| unmapped(put))?;
        let word = self.word_of(put, network)?;
        let places = Places { network: Some(&word), address: Some(address.as_str()), memo, ..Places::default() };
        let asking = self.asking(put, question, places)?;
        let Came { mut rows, said, .. } = asking.rows(usual, Told::default()).await?;
        if asking.question.pick {
            tells(put, &rows, &[&fields.address])?;
            rows.retain(|node| names(node, &fields.address, |text| address.is_written(text)));
        }
        let mut records = self.read(put, &rows, |row| row.address(fields, network))?;
        if let Some(record) = records.iter().find(|record| record.network.is_empty()) {
            let why = format!("{} is on a network that the map has no word for", record.address);
            return Err(put.line.malformed(put.what, why));
        }
        if asking.question.pick {
            records.retain(|record| about::address(record, network, address));
            records.retain(|record| memo.is_none() || record.memo.as_deref().map(str::trim) == memo);
        }
        let all = several(put.line, put.what, (records, said), |record| about::address(record, network, address))?;
        Ok(match all {
            Seen::No(_) if asking.question.only_customers => {
                let why = "the list holds customers' addresses alone: one of the platform's own would not be in it";
                Seen::Unknown(put.line.gap(put.what, GapWhy::NotOffered, why))
            }
            Seen::No(said) => Seen::No(said),
            Seen::Unknown(gap) => Seen::Unknown(gap),
            Seen::Yes(records, said) => match joined(&records) {
                Some(record) => Seen::Yes(record, said),
                None => Seen::Unknown(put.line.malformed(put.what, "several records of it differ")),
            },
        })
    }

    async fn addresses_of(&self, put: Put<'_>, account: &str, network: &str) -> Result<Seen<Vec<AddressRecord>>, Gap> {
        let fields = self.map.address.as_ref().ok_or_else(|| unmapped(put))?;
        let word = self.word_of(put, network)?;
        let places = Places { account: Some(account), network: Some(&word), ..Places::default() };
        let asking = self.asking(put, self.map.ask.addresses.as_ref(), places)?;
        let Came { rows, said, .. } = asking.rows(Shape::List, Told::default()).await?;
        let mut records = self.read(put, &rows, |row| row.address(fields, network))?;
        if let Some(at) = fields.account.as_ref().filter(|_| records.iter().any(|record| record.account.is_none())) {
            return Err(put.line.malformed(put.what, format!("a row has nothing at `{}`", at.as_str())));
        }
        if asking.question.pick {
            records.retain(|record| record.account.as_deref() == Some(account));
        }
        // A list of all networks is one of this network as well, where the map says what each is called.
        let some = !records.is_empty();
        let unnamed = records.iter().any(|record| record.network.is_empty());
        records.retain(|record| record.network.eq_ignore_ascii_case(network));
        if some && records.is_empty() && (self.map.networks.is_empty() || unnamed) {
            let why = format!("none is on a network called {network}; name the API's word for it");
            return Err(put.line.malformed(put.what, why));
        }
        several(put.line, put.what, (records, said), |record| about::account(record, account))
    }

    async fn policy_of(&self, put: Put<'_>, network: &str) -> Result<Seen<NetworkPolicy>, Gap> {
        let fields = self.map.asset.as_ref().ok_or_else(|| unmapped(put))?;
        let word = self.word_of(put, network)?;
        let places = Places { network: Some(&word), ..Places::default() };
        let asking = self.asking(put, self.map.ask.policy.as_ref(), places)?;
        let Came { document, rows, said } = asking.rows(Shape::List, Told::default()).await?;
        let Some(document) = document else { return Ok(Seen::No(said)) };
        let malformed = |what: String| put.line.malformed(put.what, what);
        let top = Record { map: &self.map, node: &document };
        let policy = top.network_policy(&self.map.network, network).map_err(malformed)?;
        let is_asked = |policy: &NetworkPolicy| policy.network.eq_ignore_ascii_case(network);
        let policy = match self.map.listing(&rows, fields, &policy).map_err(malformed)? {
            Listing::Assets(assets) => Some(NetworkPolicy { assets, ..policy }),
            Listing::Nothing => None,
            Listing::Unclear => {
                let why = format!("nothing is listed on a network called {word}; name the API's word for {network}");
                return Err(put.line.malformed(put.what, why));
            }
        };
        single(put.line, put.what, (policy, said), is_asked)
    }

    /// Whether any question is answered: one about something that nobody has.
    async fn answers(&self, put: Put<'_>) -> Result<Seen<Vec<String>>, Gap> {
        let ask = &self.map.ask;
        let nobody = Places {
            txid: Some(NOTHING),
            account: Some(NOBODY),
            asset: put.hints.assets.first().map(String::as_str),
            network: self.map.networks.values().find_map(|words| words.all().first()).map(String::as_str),
            address: Some(NOBODY),
            memo: Some(NOBODY),
            id: Some(NOBODY),
        };
        let singles = [&ask.deposit, &ask.withdrawal].map(|question| (question, Shape::One));
        let lists = [&ask.deposits, &ask.withdrawals, &ask.policy].map(|question| (question, Shape::List));
        let mut offered =
            singles.into_iter().chain(lists).filter_map(|(question, usual)| Some((question.as_ref()?, usual)));
        let (question, usual) = offered.next().unzip();
        let asking = self.asking(put, question, nobody)?;
        let came = asking.rows(usual.unwrap_or(Shape::List), Told::default()).await?;
        Ok(Seen::Yes(Vec::new(), came.said))
    }
}

/// An id that nobody has.
const NOBODY: &str = "txsleuth-sources-check";
/// An identifier that no transaction has.
const NOTHING: &str = "0x0000000000000000000000000000000000000000000000000000000000000000";

/// What of a list is about a transaction: all of it where the question named it.
fn picked(
    question: &Question,
    put: Put<'_>,
    mut rows: Vec<Node>,
    txids: &[&Pointer],
    txid: &Txid,
) -> Result<Vec<Node>, Gap> {
    if question.pick {
        tells(put, &rows, txids)?;
        rows.retain(|node| txids.iter().any(|pointer| names(node, pointer, |text| txid.is_written(text))));
    }
    Ok(rows)
}

/// Rows of which not one says what it is about are no list of what the map means: absence cannot be read from them.
fn tells(put: Put<'_>, rows: &[Node], at: &[&Pointer]) -> Result<(), Gap> {
    if rows.is_empty() || rows.iter().any(|node| at.iter().any(|pointer| names(node, pointer, |_| true))) {
        return Ok(());
    }
    let at: Vec<&str> = at.iter().map(|pointer| pointer.as_str()).collect();
    Err(put.line.malformed(put.what, format!("no row has anything at `{}`", at.join("`, `"))))
}

/// Whether a row has a text at a pointer: alone, between commas, or in a list.
fn names(node: &Node, pointer: &Pointer, is_it: impl Fn(&str) -> bool) -> bool {
    node.words(pointer).is_ok_and(|words| words.iter().any(|word| is_it(word)))
}

/// The gap of a question whose records the map does not describe.
fn unmapped(put: Put<'_>) -> Gap {
    put.line.gap(put.what, GapWhy::NotOffered, "the map does not describe its records")
}

impl Ledger for Mapped {
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            let what = format!("deposits of transaction {txid}");
            seen(self.deposits_of(Put { line, what: &what, hints }, txid).await)
        })))
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        Box::pin(join_all(txids.iter().map(move |txid| async move {
            let what = format!("withdrawals of transaction {txid}");
            seen(self.withdrawals_of(Put { line, what: &what, hints }, txid).await)
        })))
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        Box::pin(async move {
            let what = format!("deposit {id}");
            seen(self.deposit_of(Put { line, what: &what, hints }, id).await)
        })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        Box::pin(async move {
            let what = format!("withdrawal {id}");
            seen(self.withdrawal_of(Put { line, what: &what, hints }, id).await)
        })
    }

    fn owners<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        addresses: &'a [Address],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<AddressRecord>>> {
        Box::pin(join_all(addresses.iter().map(move |address| async move {
            let what = format!("the owner of address {address}");
            let put = Put { line, what: &what, hints };
            let question = (self.map.ask.owner.as_ref(), Shape::One);
            seen(self.address_records(put, question, (network, address), None).await)
        })))
    }

    fn memo_owner<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        address: &'a Address,
        memo: &'a str,
    ) -> Asked<'a, Seen<AddressRecord>> {
        Box::pin(async move {
            let what = format!("the owner of the memo at {address}");
            let put = Put { line, what: &what, hints: &Hints::default() };
            let question = (self.map.ask.memo_owner.as_ref(), Shape::One);
            let owner = seen(self.address_records(put, question, (network, address), Some(memo)).await);
            about::memo(line, &what, owner, memo)
        })
    }

    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        account: &'a str,
        network: &'a str,
        hints: &'a Hints,
    ) -> Asked<'a, Seen<Vec<AddressRecord>>> {
        Box::pin(async move {
            let what = format!("the addresses of account {account}");
            seen(self.addresses_of(Put { line, what: &what, hints }, account, network).await)
        })
    }

    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<NetworkPolicy>> {
        Box::pin(async move {
            let what = format!("the policy of {network}");
            seen(self.policy_of(Put { line, what: &what, hints: &Hints::default() }, network).await)
        })
    }

    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        Box::pin(async move {
            let hints = Hints::default();
            seen(self.answers(Put { line, what: account::KEYS, hints: &hints }).await)
        })
    }
}
