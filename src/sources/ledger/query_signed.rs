//! What Binance's API and those written after it share: requests that are signed in their query, errors of a code and a
//! message, and lists by time.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Hints;
use super::account::{DAY, MESSAGE, Plain, Reach, Window, listed, skew, wordless};
use crate::evidence::Span;
use crate::net::{Exposed, Reply, Seal, Unsigned, hmac_sha256, signed_by_pem};
use crate::sources::contract::segment;
use crate::sources::{Line, seen};
use crate::terms::{Gap, GapWhy, Provenance, Seen, Txid};

/// Rows of one answer, and the most that may be asked for.
const LIMIT: usize = 1000;
/// Answers read for one stretch of a list that goes on by offset.
const PAGES: usize = 10;
/// Answers read for one question in all.
const ANSWERS: usize = 100;

/// How one exchange speaks.
pub(super) struct Dialect {
    /// Its own time, which everybody may ask for.
    pub time: &'static str,
    /// Where it says that it is under maintenance, where it does.
    pub maintenance: Option<&'static str>,
    /// Codes of a time outside its window.
    pub clock: &'static [&'static str],
    /// What each code is, and what to do about it.
    pub errors: &'static [(&'static str, GapWhy, &'static str)],
    /// Codes that mean several things, each with words of the message in small letters.
    pub told: &'static [(&'static str, &'static str, GapWhy, &'static str)],
    /// How far back its lists reach.
    pub reach: Reach,
    /// Whether a list goes on by offset; where not, a full stretch is asked for in halves.
    pub paged: bool,
}

/// HMAC over the query with its time, in hex behind it, and the key in a header. `open` paths want none of it.
pub(super) fn seal(
    header: &'static str,
    open: &[&str],
    request: &Unsigned<'_>,
    keys: &Exposed<'_>,
) -> Result<Seal, String> {
    let (path, query) = request.path.split_once('?').unwrap_or((request.path, ""));
    if open.iter().any(|open| path.ends_with(open)) {
        return Ok(Seal::default());
    }
    let between = if query.is_empty() { "" } else { "&" };
    let stamp = format!("{between}timestamp={}", request.at.as_millisecond());
    let signed = format!("{query}{stamp}{}", request.body);
    let signature = match signed_by_pem(keys.secret, &signed) {
        // Of a private key the signature comes in base64, which an address has to encode.
        Some(signature) => segment(&signature?),
        None => hmac_sha256(keys.secret, &signed).iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    let lead = if request.path.contains('?') { "" } else { "?" };
    let query = format!("{lead}{stamp}&signature={signature}");
    Ok(Seal { headers: vec![(header.into(), keys.key.to_owned())], query, ..Seal::default() })
}

/// A list by time, and what of it is asked for.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    /// Its path.
    pub path: &'a str,
    /// Further parameters, each with its `&`: with one, every row has to be the one that is wanted.
    pub filter: &'a str,
}

/// What a row has to be about.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// A transaction.
    Txid(&'a Txid),
    /// The exchange's own id.
    Id(&'a str),
    /// What stands in the place of a TXID of a transfer inside the exchange: its last word is the number, whatever the words
    /// before it.
    Inside(&'a str),
}

/// A row of a list.
pub(super) trait Row: DeserializeOwned + Send + Sync {
    /// What it is in the ledger's contract.
    type Record: Send;

    /// Every text that stands where an identifier of a transaction does.
    fn txids(&self) -> [&str; 2];

    /// The exchange's own id.
    fn id(&self) -> Option<String>;

    /// The record; nothing where the row lacks what a record needs.
    fn record(&self) -> Option<Self::Record>;

    /// Whether it is about what is wanted.
    fn is(&self, wanted: Wanted<'_>) -> bool {
        match wanted {
            Wanted::Txid(txid) => self.txids().iter().any(|text| txid.is_written(text)),
            Wanted::Id(id) => self.id().as_deref() == Some(id),
            Wanted::Inside(text) => {
                let number = |text: &str| text.rsplit_once(' ').map(|(_, number)| number.to_owned());
                self.txids().iter().any(|own| number(own.trim()).is_some_and(|own| Some(own) == number(text.trim())))
            }
        }
    }
}

/// The body of a refusal.
#[derive(Deserialize)]
struct Refusal {
    code: Plain,
    #[serde(default, alias = "message")]
    msg: Plain,
}

/// Codes of success, where an answer has one.
const SUCCESS: &[&str] = &["0", "200", "000000"];

impl Refusal {
    /// The refusal that a reply is.
    fn of(reply: &Reply) -> Option<Self> {
        let refusal = reply.body.trim_start().starts_with('{').then(|| reply.json::<Self>().ok())??;
        (reply.status != 200 || !SUCCESS.contains(&refusal.code.0.as_str())).then_some(refusal)
    }
}

impl Dialect {
    /// Asks; an error of the exchange's own is a gap that says what to do.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        line: Line<'_>,
        path: &str,
        question: &str,
    ) -> Result<(T, Reply), Gap> {
        let reply = line.get(path, question).await?;
        let refusal = Refusal::of(&reply);
        if refusal.is_none() && reply.status == 200 {
            let answer = reply.json().map_err(|failure| line.failed(&failure, question))?;
            return Ok((answer, reply));
        }
        let gap = match refusal {
            Some(refusal) => self.refused(line, question, (&refusal, &reply)).await,
            None => wordless(line, question, &reply),
        };
        Err(if gap.why == GapWhy::ServerError && reply.status >= 500 { self.down(line, gap).await } else { gap })
    }

    async fn refused(&self, line: Line<'_>, question: &str, (refusal, reply): (&Refusal, &Reply)) -> Gap {
        let code = refusal.code.0.as_str();
        if self.clock.contains(&code) {
            return line.gap(question, GapWhy::Unauthorised, format!("{code}: {}", self.skew(line).await));
        }
        let own: String = refusal.msg.0.chars().take(MESSAGE).collect();
        // One code stands for several things, which its words tell apart.
        let told = |wanted: &str| own.to_ascii_lowercase().contains(wanted);
        if let Some((.., why, what)) = self.told.iter().find(|(known, words, ..)| *known == code && told(words)) {
            return line.gap(question, *why, format!("{code}: {what}"));
        }
        if let Some((_, why, what)) = self.errors.iter().find(|(known, ..)| *known == code) {
            return line.gap(question, *why, format!("{code}: {what}"));
        }
        line.gap(question, wordless(line, question, reply).why, format!("{code}: {own}"))
    }

    /// What is wrong with the clock, by the exchange's own.
    async fn skew(&self, line: Line<'_>) -> String {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Time {
            server_time: Plain,
        }
        let unknown = || "the request's time was refused, and the exchange's own could not be had".to_owned();
        let Ok(reply) = line.get(self.time, "the exchange's time").await else { return unknown() };
        let time = reply.json::<Time>().ok().and_then(|time| time.server_time.time());
        time.map_or_else(unknown, |time| skew(time, &reply))
    }

    /// A server's error, with what the exchange says of its own state.
    async fn down(&self, line: Line<'_>, gap: Gap) -> Gap {
        #[derive(Deserialize)]
        struct Status {
            status: Plain,
        }
        let Some(path) = self.maintenance else { return gap };
        let reply = line.get(path, "whether the exchange is under maintenance").await;
        let status = reply.ok().and_then(|reply| reply.json::<Status>().ok());
        match status {
            Some(status) if status.status.0 == "1" => gap.with("the exchange is under maintenance: ask again later"),
            _ => gap,
        }
    }

    /// The rows about what is wanted, out of the first stretch that has one. A no stands on every stretch.
    pub(super) async fn find<R: Row>(
        &self,
        line: Line<'_>,
        list: List<'_>,
        wanted: Wanted<'_>,
        (question, hints): (&str, &Hints),
    ) -> Seen<Vec<R>> {
        let mut windows = self.reach.windows(hints);
        windows.reverse();
        let mut looked: Option<Provenance> = None;
        for _ in 0..ANSWERS {
            let Some(window) = windows.pop() else { break };
            let (rows, said) = match self.stretch::<R>(line, list, window, question).await {
                Ok(Some(read)) => read,
                // More than one answer holds, and no way to turn its page.
                Ok(None) => {
                    windows.extend(window.halves());
                    continue;
                }
                Err(gap) => return Seen::Unknown(gap),
            };
            if !list.filter.is_empty() && !rows.iter().all(|row| row.is(wanted)) {
                return Seen::Unknown(line.gap(question, GapWhy::Mismatch, "the answer is about something else"));
            }
            let own: Vec<R> = rows.into_iter().filter(|row| row.is(wanted)).collect();
            if !own.is_empty() {
                return Seen::Yes(own, said);
            }
            looked = Some(looked.take().map_or_else(|| said.clone(), |before| before.and(&said)));
        }
        match (looked, self.reach.blind(hints)) {
            (_, None) if !windows.is_empty() => Seen::Unknown(too_many(line, question)),
            (_, Some(why)) => Seen::Unknown(line.gap(question, GapWhy::LacksHistory, why)),
            (Some(said), None) => Seen::No(said),
            (None, None) => Seen::Unknown(too_many(line, question)),
        }
    }

    /// Every row of a span, newest stretches first. A list that ends before it is a gap.
    pub(super) async fn of_span<R: Row>(
        &self,
        line: Line<'_>,
        list: List<'_>,
        span: &Span,
        (question, hints): (&str, &Hints),
    ) -> Result<(Vec<R>, Provenance), Gap> {
        let now = hints.now.as_millisecond();
        let (since, until) = (span.since.as_millisecond(), span.until.as_millisecond().min(now));
        if now.saturating_sub(since) > self.reach.most {
            let why = format!("the lists reach back {} days", self.reach.most / DAY);
            return Err(line.gap(question, GapWhy::LacksHistory, why));
        }
        let mut windows = self.reach.stretches(since, until);
        windows.reverse();
        let mut all = Vec::new();
        let mut said: Option<Provenance> = None;
        for _ in 0..ANSWERS {
            let Some(window) = windows.pop() else { break };
            let Some((rows, told)) = self.stretch::<R>(line, list, window, question).await? else {
                windows.extend(window.halves());
                continue;
            };
            all.extend(rows);
            said = Some(said.take().map_or_else(|| told.clone(), |before| before.and(&told)));
        }
        match said {
            Some(said) if windows.is_empty() => Ok((all, said)),
            _ => Err(line.gap(question, GapWhy::TooLarge, "there are more rows than are read")),
        }
    }

    /// Every row of a stretch; nothing where it holds more than one answer does and cannot be turned over.
    async fn stretch<R: Row>(
        &self,
        line: Line<'_>,
        list: List<'_>,
        window: Window,
        question: &str,
    ) -> Result<Option<(Vec<R>, Provenance)>, Gap> {
        let List { path, filter } = list;
        let asked = format!("{path}?startTime={}&endTime={}&limit={LIMIT}{filter}", window.from, window.to);
        let (mut rows, reply): (Vec<R>, Reply) = self.ask(line, &asked, question).await?;
        let (mut said, mut count) = (reply.provenance(), rows.len());
        if count >= LIMIT && !self.paged {
            let whole = window.from >= window.to;
            return if whole { Err(too_many(line, question)) } else { Ok(None) };
        }
        for page in 1..=PAGES {
            if count < LIMIT {
                return Ok(Some((rows, said)));
            }
            let asked = format!("{asked}&offset={}", page * LIMIT);
            let (more, reply): (Vec<R>, Reply) = self.ask(line, &asked, question).await?;
            count = more.len();
            rows.extend(more);
            said = said.and(&reply.provenance());
        }
        Err(too_many(line, question))
    }
}

fn too_many(line: Line<'_>, question: &str) -> Gap {
    line.gap(question, GapWhy::TooLarge, "the account has more rows than are read: ask by the exchange's own id")
}

/// Rows as records of the contract.
pub(super) fn records<R: Row>(line: Line<'_>, question: &str, rows: Seen<Vec<R>>) -> Seen<Vec<R::Record>> {
    rows.and_then(|rows, said| match rows.iter().map(Row::record).collect() {
        Some(records) => Seen::Yes(records, said),
        None => Seen::Unknown(line.malformed(question, "a row lacks its id, amount or time")),
    })
}

/// Rows of a span as records of the contract, those of its asset alone.
pub(super) fn of_span<R: Row>(
    line: Line<'_>,
    question: &str,
    read: Result<(Vec<R>, Provenance), Gap>,
    is_asked: impl Fn(&R::Record) -> bool,
) -> Seen<Vec<R::Record>> {
    seen(read.and_then(|(rows, said)| {
        let all: Option<Vec<R::Record>> = rows.iter().map(Row::record).collect();
        let all = all.ok_or_else(|| line.malformed(question, "a row lacks its id, amount or time"))?;
        Ok(listed(all.into_iter().filter(is_asked).collect(), said))
    }))
}

/// The one record of an id.
pub(super) fn only<T>(line: Line<'_>, question: &str, records: Seen<Vec<T>>) -> Seen<T> {
    records.and_then(|records, said| {
        let mut records = records.into_iter();
        match (records.next(), records.next()) {
            (Some(record), None) => Seen::Yes(record, said),
            _ => Seen::Unknown(line.malformed(question, "more than one row has the id")),
        }
    })
}
