//! What is told to readers outside the house: a customer, or the desk of another platform. A letter is made of what they
//! may know and of nothing else; renderers have no other source.

mod chain;
mod compare;
mod customer;
mod mask;
mod payment;
mod platform;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use chain::ChainPart;

use super::{Language, Words, plain};
use crate::profile::Profile;
use crate::report::document::Document;

/// For whom a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// The customer who complains.
    Customer,
    /// The desk of the platform concerned.
    Platform,
}

/// A letter: `txsleuth.letter/1`. Every text is harmless in a terminal; nothing in it is internal.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Letter {
    /// Always `txsleuth.letter/1`.
    pub schema: String,
    /// For whom it is.
    pub audience: Reader,
    /// The tag of its language (BCP 47).
    pub language: String,
    /// One line that says it all.
    pub headline: String,
    /// How the reader is addressed.
    pub greeting: String,
    /// What happened.
    pub paragraphs: Vec<String>,
    /// The details, titled.
    pub facts: FactList,
    /// What is asked of the reader; null where nothing is.
    pub request: Option<String>,
    /// What the reader should know or do besides; null where there is nothing.
    pub actions: Option<TextList>,
    /// One line by which a platform finds the payment; null where the reader has no use for it.
    pub reference: Option<LetterFact>,
    /// The last line.
    pub closing: String,
    /// For the sender of the letter, and no part of it: what to add, and where to file it; null where there is nothing.
    pub before_sending: Option<TextList>,
}

/// Details under a title.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FactList {
    /// The title.
    pub title: String,
    /// The details, in order.
    pub items: Vec<LetterFact>,
}

/// One detail.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LetterFact {
    /// Its name in every language.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What it is.
    pub value: String,
}

/// Lines under a title.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TextList {
    /// The title.
    pub title: String,
    /// The lines.
    pub items: Vec<String>,
}

impl Letter {
    /// A letter to the customer.
    pub fn to_customer(document: &Document, language: Language, words: &Words) -> Self {
        customer::letter(document, &Writer { language, words })
    }

    /// A letter to the desk of the platform concerned, which is the one of the profile where there is one.
    pub fn to_platform(document: &Document, profile: Option<&Profile>, language: Language, words: &Words) -> Self {
        platform::letter(document, profile, &Writer { language, words })
    }

    /// The transaction that a letter about a case is about: its network and its identifier.
    pub fn transaction(document: &Document) -> Option<(&str, &str)> {
        chain::meant(document)
    }

    /// Whether the desk concerned is that of the platform where the account is that misses the money.
    pub fn concerns_account(document: &Document) -> bool {
        let payment = payment::Payment::of(document);
        payment::Desk::of(document, payment.is_withdrawal) == payment::Desk::Holding
    }
}

/// The words of a letter, and how its parts are put together.
struct Writer<'a> {
    language: Language,
    words: &'a Words,
}

impl Writer<'_> {
    fn word(&self, key: &str) -> String {
        self.words.word(&format!("letter-{key}"))
    }

    fn sentence(&self, key: &str, values: &[(&str, String)]) -> String {
        self.words.sentence(&format!("letter-{key}"), values)
    }

    /// A detail; nothing where there is no value.
    fn fact(&self, name: &str, value: Option<impl AsRef<str>>) -> Option<LetterFact> {
        let value = plain(value?.as_ref());
        (!value.is_empty()).then(|| LetterFact { name: name.to_owned(), label: self.word(name), value })
    }

    fn facts(&self, items: impl IntoIterator<Item = Option<LetterFact>>) -> FactList {
        FactList { title: self.word("facts"), items: items.into_iter().flatten().collect() }
    }

    fn list(&self, title: &str, items: Vec<String>) -> Option<TextList> {
        let items: Vec<String> = items.iter().map(plain_text).collect();
        (!items.is_empty()).then(|| TextList { title: self.word(title), items })
    }

    /// A letter with nothing but its address.
    fn begin(&self, audience: Reader, headline: &str, greeting: &str) -> Letter {
        let closing = match audience {
            Reader::Customer => self.word("closing-customer"),
            Reader::Platform => self.word("closing-platform"),
        };
        Letter {
            schema: "txsleuth.letter/1".to_owned(),
            audience,
            language: self.language.tag().to_owned(),
            headline: plain(headline),
            greeting: plain(greeting),
            paragraphs: Vec::new(),
            facts: self.facts([]),
            request: None,
            actions: None,
            reference: None,
            closing,
            before_sending: None,
        }
    }
}

fn plain_text(text: impl AsRef<str>) -> String {
    plain(text.as_ref())
}
