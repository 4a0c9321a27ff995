//! A drawing: shapes at places, with a title and a description for whoever does not see it.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::diagnosis::CheckAnswer;

/// A sign whose shape alone tells the answer; its colour only repeats it. It fills a square of 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Template)]
#[template(path = "sign.svg")]
pub(super) enum Sign {
    /// A tick in a disc.
    Yes,
    /// A cross in a square.
    No,
    /// A question mark in a broken circle.
    Unknown,
    /// A dash in a circle.
    NotApplicable,
    /// The hands of a clock.
    Waiting,
}

/// It holds shapes and no text.
impl HtmlSafe for Sign {}

impl Sign {
    pub(super) fn of(answer: CheckAnswer) -> Self {
        match answer {
            CheckAnswer::Yes => Self::Yes,
            CheckAnswer::No => Self::No,
            CheckAnswer::Unknown => Self::Unknown,
            CheckAnswer::NotApplicable => Self::NotApplicable,
        }
    }

    /// Its name in the style, and in the words of the answers.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
            Self::Waiting => "waiting",
        }
    }
}

/// A place in a drawing: to the right, and down.
pub(super) type Place = (u32, u32);

/// What is drawn.
#[derive(Debug)]
pub(super) enum Shape {
    /// A line; broken where it is not sure.
    Line { from: Place, to: Place, sure: bool },
    /// A sign, by its upper left corner.
    Mark { at: Place, sign: Sign, scale: &'static str },
    /// A dot, by its centre.
    Dot { at: Place, class: &'static str },
    /// One line of text, by the left end of its baseline.
    Text { at: Place, class: &'static str, text: String },
}

/// A drawing.
#[derive(Debug, Template)]
#[template(path = "drawing.svg")]
pub(super) struct Drawing {
    /// Its name on the page.
    pub id: &'static str,
    /// Its name in the style.
    pub class: &'static str,
    pub width: u32,
    pub height: u32,
    /// What it shows.
    pub title: String,
    /// The same in words.
    pub desc: String,
    /// In the order in which they are drawn.
    pub shapes: Vec<Shape>,
}

/// It renders to SVG in which everything is escaped.
impl HtmlSafe for Drawing {}
