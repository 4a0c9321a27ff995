//! Who says so: what was said, what was seen, and what nobody answered.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who put a field into the claim; earlier ones win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The person at the shell.
    Flag,
    /// A structured field of the ticket.
    TicketField,
    /// The customer's own words in the ticket.
    TicketText,
    /// The ledger's record.
    Ledger,
}

/// A value that somebody claims. It is a hypothesis, never a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said<T> {
    /// What was said.
    pub value: T,
    /// Who said it.
    pub by: By,
}

impl<T> Said<T> {
    /// A value and who said it.
    pub fn new(value: T, by: By) -> Self {
        Self { value, by }
    }

    /// The right to cite the input itself: it proves that something was said, nothing else.
    pub fn cite(&self) -> Cite {
        Cite(CiteKind::Input(self.by))
    }
}

/// What the services of all networks begin with.
const CHAIN: &str = "network.";

/// The name that all sources of one network go by together.
pub fn all_sources(network: &str) -> Arc<str> {
    [CHAIN, network].concat().into()
}

/// One recorded answer of one source.
#[derive(Debug)]
pub struct Answer {
    /// Service name, such as `network.ethereum.0` or `ledger`.
    pub service: Arc<str>,
    /// Who runs the source; two sources of one operator do not corroborate each other.
    pub operator: Arc<str>,
    /// The source's protocol, such as `esplora`.
    pub kind: Arc<str>,
    /// When the answer came.
    pub at: Timestamp,
    /// Of many cases few are told in full: whoever needs the marks has them worked out.
    marks: LazyLock<Marks, Box<dyn FnOnce() -> Marks + Send>>,
}

/// What an answer is known by.
#[derive(Debug)]
pub struct Marks {
    /// What was asked, in the source's own terms.
    pub asked: String,
    /// SHA-256 of the answer's body as stored, in hex.
    pub sha256: String,
}

impl Answer {
    /// An answer of a service, which an operator runs and which speaks a protocol.
    pub fn new(
        service: Arc<str>,
        (operator, kind): (Arc<str>, Arc<str>),
        at: Timestamp,
        marks: impl FnOnce() -> Marks + Send + 'static,
    ) -> Self {
        Self { service, operator, kind, at, marks: LazyLock::new(Box::new(marks)) }
    }

    /// What was asked, in the source's own terms.
    pub fn asked(&self) -> &str {
        &self.marks.asked
    }

    /// SHA-256 of the answer's body as stored, in hex.
    pub fn sha256(&self) -> &str {
        &self.marks.sha256
    }

    /// Whether a chain source gave it.
    pub fn is_of_chain(&self) -> bool {
        self.service.starts_with(CHAIN)
    }

    /// By service first, then by what was asked of it.
    fn order(&self) -> (&str, &str, &str, &str, Timestamp, &str) {
        (&self.service, self.asked(), &self.operator, &self.kind, self.at, self.sha256())
    }
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.order() == other.order()
    }
}

impl Eq for Answer {}

impl PartialOrd for Answer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Answer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

/// How well a fact is supported. The order is from weakest to strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Sources contradict each other.
    Conflicting,
    /// One source says so.
    Reported,
    /// Two independent sources say so.
    Corroborated,
    /// Checked locally: a hash or a proof was recomputed.
    Proven,
}

/// The answers on which one fact rests; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Shared: a fact is handed on far more often than it is joined with another one.
    answers: Arc<[Arc<Answer>]>,
    /// How well chain sources support it; nothing where only ledger or desk speak.
    chain: Option<Confidence>,
}

impl Provenance {
    /// One answer, taken at its word.
    pub fn of(answer: Arc<Answer>) -> Self {
        let chain = answer.is_of_chain().then_some(Confidence::Reported);
        Self { answers: Arc::new([answer]), chain }
    }

    /// The same answers, with a local check that held.
    #[must_use]
    pub fn proven(mut self) -> Self {
        self.chain = Some(Confidence::Proven);
        self
    }

    /// A fact that needs both: the weaker chain support counts, the ledger's word lowers nothing.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.chain = match (self.chain, other.chain) {
            (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
        self.absorb(other);
        self
    }

    /// A fact that each of the two supports alone: the stronger one counts, and independent ones corroborate.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        let independent = self.operators().is_disjoint(&other.operators());
        self.chain = match (self.chain, other.chain) {
            (Some(mine), Some(theirs)) if independent => Some(mine.max(theirs).max(Confidence::Corroborated)),
            (mine, theirs) => mine.max(theirs),
        };
        self.absorb(other);
        self
    }

    fn operators(&self) -> BTreeSet<&str> {
        self.answers.iter().filter(|answer| answer.is_of_chain()).map(|answer| &*answer.operator).collect()
    }

    fn absorb(&mut self, other: &Self) {
        let (own, theirs) = (&self.answers, &other.answers);
        if theirs.len() >= own.len() && own.iter().zip(theirs.iter()).all(|(own, their)| Arc::ptr_eq(own, their)) {
            self.answers = Arc::clone(theirs);
            return;
        }
        let is_new = |answer: &&Arc<Answer>| {
            // Marks are worked out only for what may be the same: answers of one service at one time.
            let same = |own: &Arc<Answer>| {
                Arc::ptr_eq(own, answer) || own.at == answer.at && own.service == answer.service && own == *answer
            };
            !own.iter().any(same)
        };
        self.answers = match theirs.iter().filter(is_new).count() {
            0 => return,
            // Of a known length: put together in one piece.
            all if all == theirs.len() => own.iter().chain(theirs.iter()).cloned().collect(),
            _ => own.iter().chain(theirs.iter().filter(is_new)).cloned().collect(),
        };
    }

    /// The answers.
    pub fn answers(&self) -> &[Arc<Answer>] {
        &self.answers
    }

    /// How well chain sources support the fact; nothing where none speaks.
    pub fn confidence(&self) -> Option<Confidence> {
        self.chain
    }
}

/// Why a question stayed without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GapWhy {
    /// No source is configured for it.
    NotConfigured,
    /// It was not asked, because something that it depends on is missing.
    NotAsked,
    /// The source does not offer this call.
    NotOffered,
    /// Nothing listens there, or the connection broke.
    Refused,
    /// No answer in time.
    Timeout,
    /// Too many requests, or a plan's limit.
    RateLimited,
    /// The credentials are missing or were not accepted.
    Unauthorised,
    /// A status or an error that is no answer.
    ServerError,
    /// A body that could not be read as an answer.
    Malformed,
    /// A body over the limit.
    TooLarge,
    /// A redirect to another host, which is never followed.
    Redirected,
    /// The answer is about something else than what was asked.
    Mismatch,
    /// The source follows another chain.
    WrongChain,
    /// The source's head is too old, or it is still synchronising.
    Behind,
    /// The source does not keep what would be needed.
    LacksHistory,
    /// Sources contradict each other.
    Conflicting,
    /// A replayed run asked something that was not recorded.
    NotRecorded,
}

/// A question that got no answer. Nothing may be concluded from it. It is handed on far more often than it is made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// What stays open.
    pub question: Arc<str>,
    /// The service that was asked, or would have been.
    pub source: Arc<str>,
    /// Why there is no answer.
    pub why: GapWhy,
    /// What exactly happened, for the person who can mend it.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub detail: Arc<str>,
}

impl Gap {
    /// A gap without further detail.
    pub fn new(source: impl Into<Arc<str>>, question: impl Into<Arc<str>>, why: GapWhy) -> Self {
        Self { question: question.into(), source: source.into(), why, detail: Arc::default() }
    }

    /// A gap that all sources of a network together leave.
    pub fn of_network(network: &str, question: impl Into<Arc<str>>, why: GapWhy) -> Self {
        Self::new(all_sources(network), question, why)
    }

    /// Whether there is no answer because nobody asked, then or now, or because most sources give none to such a
    /// question.
    pub fn is_usual(&self) -> bool {
        matches!(self.why, GapWhy::NotOffered | GapWhy::NotAsked | GapWhy::NotConfigured | GapWhy::NotRecorded)
    }

    /// The same gap with the detail of what happened.
    #[must_use]
    pub fn with(mut self, detail: impl Into<Arc<str>>) -> Self {
        self.detail = detail.into();
        self
    }
}

fn is_empty(text: &Arc<str>) -> bool {
    text.is_empty()
}

/// The right to base a finding on something. Only answers and input hand it out; gaps cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite(CiteKind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum CiteKind {
    Seen(Provenance),
    Input(By),
}

impl Cite {
    /// The answers behind it; nothing when it cites the input.
    pub fn provenance(&self) -> Option<&Provenance> {
        match &self.0 {
            CiteKind::Seen(provenance) => Some(provenance),
            CiteKind::Input(_) => None,
        }
    }

    /// Who said what it cites; nothing when it cites answers.
    pub fn said_by(&self) -> Option<By> {
        match self.0 {
            CiteKind::Seen(_) => None,
            CiteKind::Input(by) => Some(by),
        }
    }
}

/// What is known of a question: yes with a value, no, or unknown. Ignorance is never absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen<T> {
    /// It is so.
    Yes(T, Provenance),
    /// It is not so, said by somebody who could have seen it.
    No(Provenance),
    /// Nobody answered.
    Unknown(Gap),
}

impl<T> Seen<T> {
    /// The value of a yes.
    pub fn yes(&self) -> Option<&T> {
        match self {
            Self::Yes(value, _) => Some(value),
            Self::No(_) | Self::Unknown(_) => None,
        }
    }

    /// True for a yes.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(..))
    }

    /// True for a no.
    pub fn is_no(&self) -> bool {
        matches!(self, Self::No(_))
    }

    /// The gap of an unknown.
    pub fn gap(&self) -> Option<&Gap> {
        match self {
            Self::Unknown(gap) => Some(gap),
            Self::Yes(..) | Self::No(_) => None,
        }
    }

    /// The answers behind a yes or a no.
    pub fn provenance(&self) -> Option<&Provenance> {
        match self {
            Self::Yes(_, provenance) | Self::No(provenance) => Some(provenance),
            Self::Unknown(_) => None,
        }
    }

    /// The right to cite it; a gap has none.
    pub fn cite(&self) -> Option<Cite> {
        self.provenance().map(|provenance| Cite(CiteKind::Seen(provenance.clone())))
    }

    /// The value of a yes with the right to cite it.
    pub fn cited(&self) -> Option<(&T, Cite)> {
        self.yes().zip(self.cite())
    }

    /// The same answer about another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Seen<U> {
        match self {
            Self::Yes(value, provenance) => Seen::Yes(f(value), provenance),
            Self::No(provenance) => Seen::No(provenance),
            Self::Unknown(gap) => Seen::Unknown(gap),
        }
    }

    /// The same answer about a borrowed value.
    pub fn as_ref(&self) -> Seen<&T> {
        match self {
            Self::Yes(value, provenance) => Seen::Yes(value, provenance.clone()),
            Self::No(provenance) => Seen::No(provenance.clone()),
            Self::Unknown(gap) => Seen::Unknown(gap.clone()),
        }
    }

    /// A further question about a yes, answered from the same evidence: some value is yes, none is no.
    pub fn test<U>(self, f: impl FnOnce(T) -> Option<U>) -> Seen<U> {
        match self {
            Self::Yes(value, provenance) => match f(value) {
                Some(kept) => Seen::Yes(kept, provenance),
                None => Seen::No(provenance),
            },
            Self::No(provenance) => Seen::No(provenance),
            Self::Unknown(gap) => Seen::Unknown(gap),
        }
    }

    /// A further question that only a yes raises, answered by other evidence; both are then cited.
    pub fn then<U>(self, f: impl FnOnce(T) -> Seen<U>) -> Seen<U> {
        self.and_then(|value, first| match f(value) {
            Seen::Yes(next, second) => Seen::Yes(next, first.and(&second)),
            Seen::No(second) => Seen::No(first.and(&second)),
            Seen::Unknown(gap) => Seen::Unknown(gap),
        })
    }

    /// A further question that only a yes raises and that decides itself what to cite.
    pub fn and_then<U>(self, f: impl FnOnce(T, Provenance) -> Seen<U>) -> Seen<U> {
        match self {
            Self::Yes(value, provenance) => f(value, provenance),
            Self::No(provenance) => Seen::No(provenance),
            Self::Unknown(gap) => Seen::Unknown(gap),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(service: &str, operator: &str) -> Provenance {
        let marks = || Marks { asked: "tx".into(), sha256: String::new() };
        let by = (operator.into(), "esplora".into());
        Provenance::of(Arc::new(Answer::new(service.into(), by, Timestamp::UNIX_EPOCH, marks)))
    }

    #[test]
    fn a_gap_cannot_be_cited() {
        let seen: Seen<u8> = Seen::Unknown(Gap::new("ledger", "deposits", GapWhy::Timeout));
        assert!(seen.cite().is_none());
        assert!(seen.then(|v| Seen::Yes(v, answer("a", "x"))).cite().is_none());
    }

    #[test]
    fn two_operators_corroborate_and_one_does_not() {
        let same = answer("network.a.0", "x").or(&answer("network.a.1", "x"));
        assert_eq!(same.confidence(), Some(Confidence::Reported));
        let other = answer("network.a.2", "y");
        assert_eq!(same.clone().or(&other).confidence(), Some(Confidence::Corroborated));
        assert_eq!(same.and(&other).confidence(), Some(Confidence::Reported), "each says half of it");
    }

    #[test]
    fn each_answer_counts_once_and_stays_in_its_place() {
        let [one, two, three] = ["a", "b", "c"].map(|service| answer(service, "x"));
        let services = |joined: Provenance| joined.answers().iter().map(|answer| answer.service.to_string()).collect();
        let joined = |own: &[&Provenance], theirs: &[&Provenance]| -> Vec<String> {
            let all = |of: &[&Provenance]| of[1..].iter().fold(of[0].clone(), |all, other| all.and(other));
            services(all(own).and(&all(theirs)))
        };
        assert_eq!(joined(&[&one, &two], &[&one, &two, &three]), ["a", "b", "c"], "they begin alike");
        assert_eq!(joined(&[&one, &two, &three], &[&one, &two]), ["a", "b", "c"], "there is nothing new");
        assert_eq!(joined(&[&one], &[&two, &three]), ["a", "b", "c"], "all is new");
        assert_eq!(joined(&[&two, &one], &[&one, &three, &two]), ["b", "a", "c"], "some of it is new");
        assert_eq!(joined(&[&one, &two], &[&answer("a", "x"), &two]), ["a", "b"], "one that is equal is the same");
    }

    #[test]
    fn a_fact_that_needs_an_unproven_answer_is_not_proven() {
        let proven = answer("network.a.0", "x").proven();
        assert_eq!(proven.clone().and(&answer("network.a.1", "x")).confidence(), Some(Confidence::Reported));
        assert_eq!(proven.or(&answer("network.a.1", "x")).confidence(), Some(Confidence::Proven));
    }

    #[test]
    fn the_ledgers_word_neither_lowers_nor_raises_the_chains() {
        let chain = answer("network.a.0", "x");
        let ledger = answer("ledger", "l");
        assert_eq!(chain.clone().and(&ledger).confidence(), Some(Confidence::Reported));
        assert_eq!(chain.proven().and(&ledger).confidence(), Some(Confidence::Proven));
        assert_eq!(ledger.confidence(), None);
    }
}
