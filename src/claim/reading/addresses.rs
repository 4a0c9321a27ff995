//! Addresses: which runs of characters are one, and what part they play.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use super::lexicon::{self, Sense};
use super::links::{self, About, Link};
use super::page::{Page, Span};
use super::patterns::Pattern;
use super::voices::Voice;
use super::{checksums, pieces, words};

/// What part an address plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AddressRole {
    /// Where the coins were sent, or should have arrived.
    Destination,
    /// Nothing is said.
    Unnamed,
    /// Where they came from.
    Sender,
    /// A program or a token.
    Contract,
}

/// What an address's own checksum says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Checksum {
    /// It fits.
    Valid,
    /// The form, or the way it is written, has none.
    Absent,
    /// A character is wrong.
    Failed,
}

/// An address that the text gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadAddress {
    /// As written.
    pub value: String,
    /// The network that has this form, where only one has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// What part it plays.
    pub role: AddressRole,
    /// What its checksum says.
    pub checksum: Checksum,
    /// Where it stands.
    pub span: Span,
    #[serde(skip)]
    #[schemars(skip)]
    pub(super) form: &'static str,
    #[serde(skip)]
    #[schemars(skip)]
    pub(super) voice: u8,
}

/// Addresses of one complaint that are reported.
const MOST: usize = 50;

/// The addresses of a page, each once, destinations first; and the ranges of everything that has the form of one.
pub(super) fn find(page: &Page, links: &[Link], about_solana: bool) -> (Vec<ReadAddress>, Vec<Range<usize>>) {
    static RUN: Pattern =
        Pattern::new(r"bitcoincash:[0-9a-z]{42}|(?:EQ|UQ|kQ|0Q|Ef|Uf|kf|0f)[A-Za-z0-9_+/-]{46}|[A-Za-z0-9]{25,120}");
    let text = page.text();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<ReadAddress> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    let whole = RUN.all(text).filter_map(|run| {
        let value = &text[run.clone()];
        let broken =
            || checksums::broken(value).map(|network| checksums::Form { network, shared: true, checked: Some(false) });
        let form = checksums::address(value, about_solana).or_else(broken).filter(|_| alone(text, &run))?;
        Some((run, value.to_owned(), form))
    });
    let mut all: Vec<(Range<usize>, String, checksums::Form)> = whole.chain(pieces::find(text)).collect();
    all.sort_by_key(|(run, ..)| run.start);
    for (run, value, form) in all {
        taken.push(run.clone());
        let Some(role) = role(page, links, &run) else { continue };
        let voice = page.voice(run.start);
        if voice == Voice::Signature || found.len() >= MOST || is_example(page, &run) {
            continue;
        }
        let checksum = match form.checked {
            Some(true) => Checksum::Valid,
            Some(false) => Checksum::Failed,
            None => Checksum::Absent,
        };
        let key = if value.starts_with("0x") { value.to_ascii_lowercase() } else { value.clone() };
        let first = *seen.entry(key).or_insert(found.len());
        match found.get_mut(first) {
            Some(known) => known.role = known.role.min(role),
            None => found.push(ReadAddress {
                value,
                network: (!form.shared).then(|| form.network.to_owned()),
                role,
                checksum,
                span: page.span(&run),
                form: form.network,
                voice: voice as u8,
            }),
        }
    }
    // The customer's own words win over what they answer to.
    let own = found.iter().map(|address| address.voice).min().unwrap_or_default().max(Voice::Customer as u8);
    found.retain(|address| address.voice <= own);
    if !found.iter().any(ReadAddress::is_claimed) && went_to_contract(page) {
        for address in found.iter_mut().filter(|address| address.role == AddressRole::Contract) {
            address.role = AddressRole::Destination;
        }
    }
    found.sort_by_key(|address| address.role);
    (found, taken)
}

/// Whether the coins went to a program or a token, in so many words.
pub(super) fn went_to_contract(page: &Page) -> bool {
    static TO_CONTRACT: Pattern = Pattern::new(concat!(
        r"(?i-u)\b(?:to|into) (?:(?:the|a|an|its|their|this|that) )?(?:[a-z0-9.]{2,12}(?:'s)? ){0,2}?(?:own )?(?:smart |token )?contract\b",
        r"|(?:到|进|進|入|给|給)了?(?:[a-z0-9 ]{0,8}|的|代币|代幣|智能|它|该){0,3}(?:合约|合約)",
        r"|(?:컨트랙트|컨트렉트)(?: ?주소)?(?:로|에 ?(?:보|전송|넣|입금|붙))",
    ));
    TO_CONTRACT.all(page.text()).any(|found| page.voice(found.start) == Voice::Customer)
}

fn alone(text: &str, run: &Range<usize>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !word(text[..run.start].chars().next_back()) && !word(text[run.end..].chars().next())
}

/// How far before an address its part may be named, in bytes.
const BEFORE: usize = 72;

/// The part that an address plays; nothing where it is no address at all but a block's or a token's name.
fn role(page: &Page, links: &[Link], run: &Range<usize>) -> Option<AddressRole> {
    if let Some(link) = links::around(links, run.start) {
        return match links::about(page, link, run.start) {
            About::Address => Some(AddressRole::Unnamed),
            About::Transaction | About::Other => None,
        };
    }
    let text = page.text();
    let behind = page.after(run.end, 24).trim_start_matches([' ', '(', '`', '*', '"', ')']);
    if behind.starts_with("에서") {
        return Some(AddressRole::Sender);
    }
    let contract = lexicon::after(page.hits(), run.end, 40).next().filter(|hit| hit.sense == Sense::Contract);
    if contract.is_some_and(|hit| {
        text[run.end..hit.start].trim_start().starts_with('(') && text[run.end..hit.start].trim().len() <= 16
    }) {
        return Some(AddressRole::Contract);
    }
    for hit in lexicon::before(page.hits(), run.start, BEFORE) {
        let between = &text[hit.end..run.start];
        let bare = between.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
        let joined = bare.len() <= 40 && !bare.contains([',', '.', '。', ';', '!', '?', '\n']) && !holds_run(bare);
        match hit.sense {
            Sense::To if joined => return Some(AddressRole::Destination),
            Sense::From if joined => return Some(AddressRole::Sender),
            Sense::Contract if joined && bare.len() <= 24 => return Some(AddressRole::Contract),
            Sense::Foreign if joined && bare.len() <= 8 => return None,
            // "From my wallet address: …" goes on; "…, address: …" names no part.
            Sense::Address
                if joined && !page.before(hit.start, 16).trim_end().ends_with(|c: char| c.is_alphabetic()) =>
            {
                return Some(AddressRole::Unnamed);
            }
            _ => {}
        }
        if !joined {
            break;
        }
    }
    Some(AddressRole::Unnamed)
}

/// Whether an address only shows what one looks like.
fn is_example(page: &Page, run: &Range<usize>) -> bool {
    // A form that a desk sends begins with saying so.
    let desk = page.voice(run.start) >= Voice::Desk;
    let within = if desk { 240 } else { 80 };
    lexicon::before(page.hits(), run.start, within).any(|hit| {
        let between = &page.text()[hit.end.min(run.start)..run.start];
        hit.sense == Sense::Example
            && (desk || !between.contains(['\n', '。', '!', '?']) && !between.contains(". ") && !holds_run(between))
    })
}

fn holds_run(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.len() >= 20)
}

impl ReadAddress {
    /// Whether it belongs to the claim: where coins went, or an address of which nothing is said, with a form that holds.
    pub fn is_claimed(&self) -> bool {
        let sound = self.checksum != Checksum::Failed || self.form == "ethereum";
        sound && matches!(self.role, AddressRole::Destination | AddressRole::Unnamed)
    }

    /// The family of networks that has this form.
    pub(super) fn family(&self) -> super::ChainFamily {
        super::ChainFamily::of(words::chain(self.form).map_or(self.form, |chain| chain.name))
    }
}
