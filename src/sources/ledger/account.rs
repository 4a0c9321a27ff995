//! What the connectors to one account at an exchange share: codes and words, networks, values of either type, clocks.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Hints, Ledger};
use crate::evidence::{
    AddressRecord, AddressRole, AddressStatus, Deposit, ListedAsset, NetworkPolicy, OWN_ACCOUNT, Span, Withdrawal,
};
use crate::net::Reply;
use crate::sources::{Asked, Line, seen};
use crate::terms::{Address, Amount, Gap, GapWhy, Provenance, Seen, Txid};

/// One account at an exchange, as its own keys let it be seen.
pub(super) trait Account: Send + Sync {
    /// Deposits of transactions, in the order in which they are asked about.
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>>;

    /// Withdrawals of transactions, in the order in which they are asked about.
    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>>;

    /// Its deposits of a stretch of time, all of them.
    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, hints: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>>;

    /// Whether these lists tell less of a record than asking for it by its id does.
    fn lists_in_short(&self) -> bool {
        false
    }

    /// Its withdrawals of one.
    fn withdrawals_in<'a>(
        &'a self,
        line: Line<'a>,
        span: &'a Span,
        hints: &'a Hints,
    ) -> Asked<'a, Seen<Vec<Withdrawal>>>;

    /// The deposit of an id.
    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>>;

    /// The withdrawal of an id.
    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>>;

    /// Its deposit addresses for the assets in question, those on a network at least.
    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        hints: &'a Hints,
    ) -> Asked<'a, Result<OwnAddresses, Gap>>;

    /// What the exchange lists on a network; no when nothing.
    fn listing<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<Vec<ListedAsset>>>;

    /// Whether it answers to the account's keys, and what should be changed about them, in whole sentences.
    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        Box::pin(async move { Seen::Unknown(line.gap(KEYS, GapWhy::NotOffered, "the exchange does not tell")) })
    }
}

/// The question about what the keys may do.
pub(super) const KEYS: &str = "what the keys may do";

/// What to say of keys that may do more than read; nothing where they may not.
pub(super) fn beyond_reading(rights: &[String]) -> Vec<String> {
    let more = (!rights.is_empty()).then(|| rights.join(", "));
    more.map(|more| format!("the key may do more than read ({more}): make one that may not")).into_iter().collect()
}

/// The question about the account's addresses.
pub(super) const ADDRESSES: &str = "the deposit addresses of the account";

/// The account's deposit addresses, as far as the exchange lists them.
#[derive(Default)]
pub(super) struct OwnAddresses {
    records: Vec<AddressRecord>,
    said: Option<Provenance>,
    /// The exchange lists the current ones alone: one that is missing may be an earlier one.
    pub current_only: bool,
}

impl OwnAddresses {
    /// None yet, of an exchange that lists the current ones alone.
    pub(super) fn current() -> Self {
        Self { current_only: true, ..Self::default() }
    }

    /// Adds what one answer lists.
    pub(super) fn add(&mut self, records: impl Iterator<Item = AddressRecord>, reply: &Reply) {
        self.records.extend(records);
        let said = reply.provenance();
        self.said = Some(self.said.take().map_or_else(|| said.clone(), |before| before.and(&said)));
    }
}

/// An account as a ledger.
pub(super) struct Own<A>(pub A);

impl<A: Account> Own<A> {
    /// The account's addresses on a network, and who said so.
    async fn listed(&self, line: Line<'_>, network: &str, hints: &Hints) -> Result<(OwnAddresses, Provenance), Gap> {
        let none = || line.gap(ADDRESSES, GapWhy::NotAsked, "they are listed by asset, and none is known: name it");
        let mut own = self.0.addresses(line, network, hints).await?;
        own.records.retain(|record| record.network == network);
        let said = own.said.clone().ok_or_else(none)?;
        Ok((own, said))
    }
}

impl<A: Account> Ledger for Own<A> {
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        self.0.deposits(line, txids, hints)
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        self.0.withdrawals(line, txids, hints)
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        self.0.deposit(line, id, hints)
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        self.0.withdrawal(line, id, hints)
    }

    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, hints: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        self.0.deposits_in(line, span, hints)
    }

    fn lists_in_short(&self) -> bool {
        self.0.lists_in_short()
    }

    fn withdrawals_in<'a>(
        &'a self,
        line: Line<'a>,
        span: &'a Span,
        hints: &'a Hints,
    ) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        self.0.withdrawals_in(line, span, hints)
    }

    fn owners<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        addresses: &'a [Address],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<AddressRecord>>> {
        Box::pin(async move {
            let listed = self.listed(line, network, hints).await;
            let owner = |address: &Address| match &listed {
                Err(gap) => Seen::Unknown(gap.clone()),
                Ok((own, said)) => match own.records.iter().find(|own| address.is_written(&own.address)) {
                    Some(record) => Seen::Yes(record.clone(), said.clone()),
                    None if own.current_only => {
                        let question = format!("the owner of address {address}");
                        let why = "the account's present addresses are other ones; earlier ones are not listed";
                        Seen::Unknown(line.gap(&question, GapWhy::NotOffered, why))
                    }
                    None => Seen::No(said.clone()),
                },
            };
            addresses.iter().map(owner).collect()
        })
    }

    fn memo_owner<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a str,
        address: &'a Address,
        _: &'a str,
    ) -> Asked<'a, Seen<AddressRecord>> {
        let question = format!("the owner of the memo at {address}");
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "an account sees its own alone")) })
    }

    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        _: &'a str,
        network: &'a str,
        hints: &'a Hints,
    ) -> Asked<'a, Seen<Vec<AddressRecord>>> {
        Box::pin(async move {
            seen(
                self.listed(line, network, hints).await.map(|(own, said)| {
                    if own.records.is_empty() { Seen::No(said) } else { Seen::Yes(own.records, said) }
                }),
            )
        })
    }

    fn keys<'a>(&'a self, line: Line<'a>) -> Asked<'a, Seen<Vec<String>>> {
        self.0.keys(line)
    }

    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<NetworkPolicy>> {
        Box::pin(
            async move { self.0.listing(line, network).await.map(|assets| NetworkPolicy::listing(network, assets)) },
        )
    }
}

/// The question about the account's records of a stretch of time.
pub(super) fn listing_of(what: &str, span: &Span) -> String {
    let asset = span.asset.as_ref().map(|asset| format!(" of {asset}")).unwrap_or_default();
    format!("the account's {what}{asset} from {} to {}", span.since, span.until)
}

/// Records of a stretch: no where there are none.
pub(super) fn listed<T>(records: Vec<T>, said: Provenance) -> Seen<Vec<T>> {
    if records.is_empty() { Seen::No(said) } else { Seen::Yes(records, said) }
}

/// What an exchange's code means.
pub(super) struct Word<S> {
    /// The code as it comes.
    pub code: &'static str,
    /// The exchange's own label.
    pub label: &'static str,
    /// The neutral status.
    pub status: S,
    /// Why, in the words of the contract, where the code tells.
    pub reason: Option<&'static str>,
}

/// A code that a table explains.
pub(super) struct Read<S> {
    /// The neutral status; a code that no table knows is kept as unknown.
    pub status: S,
    /// Code and label.
    pub raw: String,
    /// Why, in the words of the contract.
    pub reason: Option<String>,
}

/// The meaning of a code.
pub(super) fn read<S: Clone + From<String>>(words: &[Word<S>], code: &str) -> Read<S> {
    match words.iter().find(|word| word.code == code) {
        Some(word) => Read {
            status: word.status.clone(),
            raw: format!("{code} {}", word.label),
            reason: word.reason.map(str::to_owned),
        },
        None => Read { status: S::from(format!("unknown:{code}")), raw: code.to_owned(), reason: None },
    }
}

/// A value that may come as a JSON string, a number or not at all, as text and to the last digit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain(pub String);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        match raw.get() {
            "null" => Ok(Self::default()),
            text if text.starts_with('"') => serde_json::from_str(text).map(Self).map_err(serde::de::Error::custom),
            text if text.starts_with(['{', '[']) => Err(serde::de::Error::custom("a single value was expected")),
            text => Ok(Self(text.to_owned())),
        }
    }
}

impl Plain {
    /// The text; nothing where it is empty.
    pub(super) fn text(&self) -> Option<String> {
        Some(self.0.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// An amount; the letters of a currency behind it are left out.
    pub(super) fn amount(&self) -> Option<Amount> {
        self.0.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
    }

    /// A whole number.
    pub(super) fn number(&self) -> Option<u64> {
        self.0.trim().parse().ok()
    }

    /// A time in milliseconds since 1970.
    pub(super) fn time(&self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.0.trim().parse().ok()?).ok()
    }
}

/// What is said of a deposit that may not be taken out yet: the confirmations that set it free, where its row has them.
pub(super) fn unlocking<S: PartialEq>(word: &Read<S>, locked: &S, unlock: &Plain) -> String {
    match unlock.number().filter(|needed| *needed > 0 && word.status == *locked) {
        Some(needed) => format!("{}; free at {needed} confirmations", word.raw),
        None => word.raw.clone(),
    }
}

/// The network that an exchange's word means, by its built-in name; the word itself where no table knows it.
pub(super) fn network_of(words: &[(&str, &str)], word: &str) -> String {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let wanted = plain(word);
    words.iter().find(|(known, _)| plain(known) == wanted).map_or_else(|| word.to_owned(), |(_, own)| (*own).to_owned())
}

/// The exchange's word for a network: the first that its table has.
pub(super) fn word_of<'a>(words: &[(&'a str, &str)], network: &str) -> Option<&'a str> {
    words.iter().find(|(_, own)| *own == network).map(|(word, _)| *word)
}

/// A day in milliseconds.
pub(super) const DAY: i64 = 24 * 60 * 60 * 1000;
/// What a transfer may be older than it is said to be: it is ordered before it is sent.
const MARGIN: i64 = 2 * DAY;

/// How far back an exchange's lists by time reach. All in milliseconds.
pub(super) struct Reach {
    /// The longest stretch of one question.
    pub window: i64,
    /// What is looked through in any case.
    pub usual: i64,
    /// What is looked through at most, for a transfer that is older.
    pub most: i64,
}

/// A stretch of time in milliseconds since 1970; both ends are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The first millisecond.
    pub from: i64,
    /// The last one.
    pub to: i64,
}

impl Window {
    /// Two of half the length, the later one last.
    pub(super) fn halves(self) -> [Self; 2] {
        let middle = self.from.midpoint(self.to);
        [Self { to: middle, ..self }, Self { from: middle + 1, ..self }]
    }
}

impl Reach {
    /// A span in stretches of which each is one question, newest first.
    pub(super) fn stretches(&self, since: i64, until: i64) -> Vec<Window> {
        let before = |to: &Window| (to.from > since).then(|| self.window(to.from - 1, since));
        let first = (since <= until).then(|| self.window(until, since));
        std::iter::successors(first, before).collect()
    }

    /// What there is to look through, without gaps and back from the present; that in which the transfer is said to have
    /// been made comes first. One run asks for the same stretches, whatever the transfer.
    pub(super) fn windows(&self, hints: &Hints) -> Vec<Window> {
        let now = hints.now.as_millisecond();
        let age = hints.at.map_or(0, |at| now.saturating_sub(at.as_millisecond()).saturating_add(MARGIN));
        let since = now - age.clamp(self.usual, self.most);
        let mut windows = self.stretches(since, now);
        if let Some(at) = hints.at.map(Timestamp::as_millisecond) {
            windows.sort_by_key(|window| (window.from - at).max(at - window.to).max(0));
        }
        windows
    }

    fn window(&self, to: i64, since: i64) -> Window {
        Window { from: since.max(to - self.window + 1), to }
    }

    /// Why nothing in all of it proves nothing; nothing where it reaches far enough.
    pub(super) fn blind(&self, hints: &Hints) -> Option<String> {
        let days = |reach: i64| reach / DAY;
        let now = hints.now.as_millisecond();
        match hints.at {
            None => Some(format!("it is not in the last {} days, and how old it is is not known", days(self.usual))),
            Some(at) if now.saturating_sub(at.as_millisecond()).saturating_add(MARGIN) > self.most => {
                Some(format!("the last {} days were looked through, and it is older", days(self.most)))
            }
            Some(_) => None,
        }
    }
}

/// Characters kept of a message in an exchange's own words.
pub(super) const MESSAGE: usize = 200;

/// The gap of an answer without words of the exchange's own, by its status: what stands before an exchange answers too.
pub(super) fn wordless(line: Line<'_>, question: &str, reply: &Reply) -> Gap {
    let is_page = reply.body.trim_start().starts_with('<');
    let (why, what) = match reply.status {
        401 => (GapWhy::Unauthorised, "the credentials were refused"),
        403 | 451 if is_page => (
            GapWhy::Unauthorised,
            "a page came in the place of an answer: a firewall before the exchange does not let this machine's address or \
             region through, or not this often",
        ),
        403 | 451 => (GapWhy::Unauthorised, "the exchange does not serve this machine's address or region"),
        404 | 405 | 501 if is_page => {
            (GapWhy::ServerError, "a page came in the place of an answer: what sent it may not be the exchange")
        }
        404 | 405 | 501 => (GapWhy::NotOffered, "the exchange does not offer the question"),
        418 | 429 | 509 => (GapWhy::RateLimited, "too many requests: ask again in some minutes"),
        500..=599 => (GapWhy::ServerError, "the exchange is under maintenance or out of order: ask again later"),
        _ => (GapWhy::ServerError, "no answer of the exchange's own"),
    };
    line.gap(question, why, format!("HTTP status {}: {what}", reply.status))
}

/// How far this machine's clock is from the exchange's, measured by an answer that tells the exchange's time.
pub(super) fn skew(server: Timestamp, reply: &Reply) -> String {
    let milliseconds = reply.answer.at.duration_since(server).as_millis();
    let (seconds, direction) = (milliseconds.abs() / 1000, if milliseconds < 0 { "behind" } else { "ahead of" });
    match seconds {
        0 => "this machine's clock agrees with the exchange's to the second".to_owned(),
        _ => format!("this machine's clock is {seconds} s {direction} the exchange's: set it right"),
    }
}

/// A deposit address of the account.
pub(super) fn own_address(network: &str, address: String, memo: Option<String>) -> AddressRecord {
    AddressRecord {
        address,
        network: network.to_owned(),
        role: AddressRole::Deposit,
        account: Some(OWN_ACCOUNT.to_owned()),
        customer: None,
        assets: Vec::new(),
        memo_required: memo.is_some(),
        memo,
        status: AddressStatus::Active,
        issued_at: None,
        retired_at: None,
    }
}
