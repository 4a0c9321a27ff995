//! The report as one page of HTML: one file that fetches nothing, runs nothing, and prints. Its templates stand in
//! `templates/`; they escape what they are given.

mod depth;
mod drawing;
mod letter;
mod lettering;
mod line;
mod path;
mod tables;
mod timeline;

pub use letter::render as render_letter;

use std::sync::LazyLock;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use self::depth::Depth;
use self::drawing::{Drawing, Sign};
use self::line::{Line, Moment, cites};
use self::tables::Table;
use super::document::CheckPart;
use super::{Document, Teller, Tone, Words, plain, tone};
use crate::diagnosis::Verdict;

/// The only style of the page.
const STYLE: &str = include_str!("../../../templates/report.css");

/// What a browser may do with the page: apply this one style, and nothing else. Markup that slipped through could neither
/// run, nor load, nor send.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'")
});

/// The whole page. Every text in it is plain already.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    words: &'a Words,
    language: &'static str,
    policy: &'static str,
    case: String,
    at: Moment,
    tone: &'static str,
    sign: Sign,
    verdict: String,
    headline: String,
    detail: String,
    closing: Option<String>,
    facts: Vec<Said>,
    /// Twice: for a wide page, and for a narrow one.
    path: Option<(Drawing, Drawing)>,
    timeline: Drawing,
    depth: Option<Depth>,
    checks: Vec<Checked>,
    tables: Vec<Table>,
    tool: String,
}

impl Page<'_> {
    fn word(&self, key: &str) -> String {
        self.words.word(key)
    }
}

/// One of the questions that every report answers first.
struct Said {
    label: String,
    answer: Line,
    /// Takes a row of its own.
    broad: bool,
}

/// One of the ten facts.
struct Checked {
    sign: Sign,
    answer: String,
    fact: String,
    cites: Line,
}

/// Renders a document as one page of HTML.
pub fn render(document: &Document, words: &Words) -> String {
    let told = Teller { document, words };
    let stations = path::stations(&told);
    let page = Page {
        words,
        language: words.language().script_tag(),
        policy: &POLICY,
        case: plain(&document.case),
        at: Moment::local(document.generated_at, words),
        tone: class(tone(document.verdict)),
        sign: sign(document.verdict),
        verdict: words.word(&format!("verdict-{}", document.verdict.name())),
        headline: plain(&document.headline),
        detail: plain(&document.decisive().detail),
        closing: told.closing(),
        facts: told.facts(),
        path: stations.map(|stations| (path::across(&stations, words), path::down(&stations, words))),
        timeline: timeline::timeline(&told),
        depth: depth::depth(&told),
        checks: document.checks.iter().map(|check| told.checked(check)).collect(),
        tables: told.tables(),
        tool: plain(&document.tool),
    };
    // Only a writer that fails could make this fail, and a string does not.
    page.render().unwrap_or_default()
}

/// The name of a tone in the style.
fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Unsure => "unsure",
        Tone::Dim => "dim",
        Tone::Plain | Tone::Strong => "plain",
    }
}

fn sign(verdict: Verdict) -> Sign {
    match verdict {
        Verdict::Complete => Sign::Yes,
        Verdict::Waiting => Sign::Waiting,
        Verdict::Settled | Verdict::Inconclusive => Sign::Unknown,
        Verdict::PlatformAction | Verdict::CustomerAction | Verdict::Misdirected => Sign::No,
    }
}

impl Teller<'_> {
    /// Who acts, by when, who holds the money, what was found, and what to quote.
    fn facts(&self) -> Vec<Said> {
        let document = self.document;
        let whereabouts = &document.whereabouts;
        let said = |key: &str, answer: Line| Said { label: self.word(key), answer, broad: false };
        let by = match (whereabouts.expected_by, document.look_again_at) {
            (Some(time), _) => said("report-html-by", Line::local(time, self.words)),
            (None, Some(time)) => said("report-html-event-look-again", Line::local(time, self.words)),
            (None, None) => said("report-html-by", Line::text(self.word("report-html-no-term"))),
        };
        let finding = vec![Line::code(&document.decisive().code), Line::text(format!("· {}", self.confidence()))];
        let mut facts = vec![
            said("report-acts", Line::text(self.party())),
            by,
            said("report-money", Line::text(self.holder())),
            said("report-finding", Line::Several(finding)),
        ];
        let broad = |key: &str, answer: Line| Said { label: self.word(key), answer, broad: true };
        if !document.subject.value.is_empty() {
            facts.push(broad("report-case", Line::code(&document.subject.value)));
        }
        facts.extend(whereabouts.reference.as_ref().map(|text| broad("report-html-reference", Line::code(text))));
        facts
    }

    fn checked(&self, check: &CheckPart) -> Checked {
        let sign = Sign::of(check.answer);
        Checked {
            sign,
            answer: self.word(&format!("report-html-answer-{}", sign.class())),
            fact: self.word(&format!("check-{}", check.fact.name())),
            cites: cites(&check.cites),
        }
    }
}
