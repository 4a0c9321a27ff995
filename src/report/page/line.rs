//! A line of text in a table of the page: words, a code to copy, a time, a link.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;

use crate::report::{Words, plain};

/// A time, for people and for machines.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// As RFC 3339 has it, to the second.
    pub machine: String,
    /// As people read it.
    pub text: String,
}

impl Moment {
    pub(super) fn new(time: Timestamp) -> Self {
        Self {
            machine: time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            text: time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        }
    }

    /// The same, told by the reader's clock.
    pub(super) fn local(time: Timestamp, words: &Words) -> Self {
        Self { text: words.moment(time), ..Self::new(time) }
    }
}

/// A line of text. Its constructors make it plain; its template escapes it.
#[derive(Clone, Debug, Template)]
#[template(path = "line.html")]
pub(super) enum Line {
    /// Words.
    Text(String),
    /// An identifier, address or hash.
    Code(String),
    /// A time.
    Time(Moment),
    /// An address on the web that the configuration names.
    Link(String),
    /// The number of a row of this page.
    Cite(String),
    /// Several, with blanks between them.
    Several(Vec<Self>),
}

/// It renders to HTML in which everything is escaped.
impl HtmlSafe for Line {}

impl Line {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(plain(text.as_ref()))
    }

    pub(super) fn code(text: impl AsRef<str>) -> Self {
        Self::Code(plain(text.as_ref()))
    }

    /// A time in UTC.
    pub(super) fn moment(time: Timestamp) -> Self {
        Self::Time(Moment::new(time))
    }

    /// A time by the reader's clock.
    pub(super) fn local(time: Timestamp, words: &Words) -> Self {
        Self::Time(Moment::local(time, words))
    }

    /// A link, where a browser would open a page by it; else the text of it.
    pub(super) fn link(address: &str) -> Self {
        let page = address.starts_with("https://") || address.starts_with("http://");
        if page { Self::Link(plain(address)) } else { Self::code(address) }
    }
}

/// The ids of sources and gaps, each leading to its row; what was typed or said has none.
pub(super) fn cites(ids: &[String]) -> Line {
    let is_row = |id: &String| {
        id.strip_prefix(['s', 'g'])
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    let line = |id: &String| if is_row(id) { Line::Cite(id.clone()) } else { Line::text(id) };
    Line::Several(ids.iter().map(line).collect())
}
