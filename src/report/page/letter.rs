//! A letter as a page of the same make: what it tells, and nothing else.

use askama::Template;

use super::line::Line;
use super::{POLICY, STYLE};
use crate::report::{Language, Letter, LetterFact, TextList, plain};

/// A letter. Every text in it is plain already.
#[derive(Template)]
#[template(path = "letter.html")]
struct Page {
    language: &'static str,
    policy: &'static str,
    headline: String,
    greeting: String,
    paragraphs: Vec<String>,
    facts_title: String,
    facts: Vec<(String, Line)>,
    request: Option<String>,
    actions: Option<(String, Vec<String>)>,
    reference: Option<(String, Line)>,
    closing: String,
    /// Shown to whoever sends it; it is not printed.
    before_sending: Option<(String, Vec<String>)>,
}

/// Renders a letter as one page of HTML.
pub fn render(letter: &Letter) -> String {
    let texts = |texts: &[String]| texts.iter().map(|text| plain(text)).collect::<Vec<String>>();
    let list = |list: &TextList| (plain(&list.title), texts(&list.items));
    let page = Page {
        language: Language::of(&letter.language).unwrap_or_default().script_tag(),
        policy: &POLICY,
        headline: plain(&letter.headline),
        greeting: plain(&letter.greeting),
        paragraphs: texts(&letter.paragraphs),
        facts_title: plain(&letter.facts.title),
        facts: letter.facts.items.iter().map(fact).collect(),
        request: letter.request.as_deref().map(plain),
        actions: letter.actions.as_ref().map(list),
        reference: letter.reference.as_ref().map(|one| (plain(&one.label), Line::code(&one.value))),
        closing: plain(&letter.closing),
        before_sending: letter.before_sending.as_ref().map(list),
    };
    page.render().unwrap_or_default()
}

/// Identifiers are to be copied.
fn fact(fact: &LetterFact) -> (String, Line) {
    let is_id = fact.value.len() > 24 && !fact.value.contains(' ');
    (plain(&fact.label), if is_id { Line::code(&fact.value) } else { Line::text(&fact.value) })
}
