//! The rules that the ledger and the desk contract share: JSON records by path, lists by cursor,
//! 404 with a JSON body as "no such thing", every other failure as a gap.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Line, seen};
use crate::net::{Group, Reply};
use crate::terms::{Gap, GapWhy, Provenance, Seen};

/// Pages followed for one list; a list that goes on is a gap, not a short list.
pub(super) const PAGES: usize = 50;

/// One page of a list.
#[derive(Deserialize)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

/// A value as one segment of a path or a query value, so that no id can reach another resource.
pub(super) fn segment(text: &str) -> String {
    const UNRESERVED: &[u8] = b"-._~";
    use std::fmt::Write as _;
    let encoded = text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || UNRESERVED.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    });
    // Dots alone would climb in the path.
    if encoded.bytes().all(|b| b == b'.') { encoded.replace('.', "%2E") } else { encoded }
}

/// The body of a 200, nothing for the contract's "no such thing", a gap for anything else.
pub(super) fn body_of<T: DeserializeOwned>(line: Line<'_>, reply: &Reply, question: &str) -> Result<Option<T>, Gap> {
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(&reply.body).is_ok();
    match reply.status {
        200 => reply.json().map(Some).map_err(|failure| line.failed(&failure, question)),
        404 if is_json() => Ok(None),
        404 => Err(line.malformed(question, "404 without JSON: this is not the source's own answer")),
        405 | 501 => Err(line.gap(question, GapWhy::NotOffered, format!("HTTP status {}", reply.status))),
        other => Err(line.gap(question, GapWhy::ServerError, format!("HTTP status {other}"))),
    }
}

/// The records of each of several things out of one answer to all of them; one that is about none of them makes the
/// whole answer worthless.
pub(super) fn share<T: Clone, K>(
    line: Line<'_>,
    asked: &[K],
    question: impl Fn(&K) -> String,
    (items, provenance): &(Vec<T>, Provenance),
    is_about: impl Fn(&T, &K) -> bool,
) -> Vec<Seen<Vec<T>>> {
    let sorted: Vec<Vec<&T>> =
        asked.iter().map(|key| items.iter().filter(|item| is_about(item, key)).collect()).collect();
    if !items.iter().all(|item| sorted.iter().flatten().any(|known| std::ptr::eq(*known, item))) {
        return asked.iter().map(|key| Seen::Unknown(mismatch(line, &question(key)))).collect();
    }
    let seen = |own: Vec<&T>| {
        if own.is_empty() {
            return Seen::No(provenance.clone());
        }
        Seen::Yes(own.into_iter().cloned().collect(), provenance.clone())
    };
    sorted.into_iter().map(seen).collect()
}

/// The gap of an answer that is about something else than what was asked.
fn mismatch(line: Line<'_>, question: &str) -> Gap {
    line.gap(question, GapWhy::Mismatch, "the answer is about something else")
}

/// Where something is asked for.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    path: &'a str,
    /// How many things of its kind are asked about at once, and which one this is.
    among: Option<(Group<'a>, &'a str)>,
}

impl<'a> Place<'a> {
    /// A path for one thing of many.
    pub(super) fn among(path: &'a str, group: Group<'a>, thing: &'a str) -> Self {
        Self { path, among: Some((group, thing)) }
    }

    async fn ask(self, line: Line<'_>, question: &str) -> Result<Reply, Gap> {
        match self.among {
            Some((group, thing)) => line.get_among(self.path, group, thing, question).await,
            None => line.get(self.path, question).await,
        }
    }
}

impl<'a> From<&'a String> for Place<'a> {
    fn from(path: &'a String) -> Self {
        Self { path, among: None }
    }
}

impl<'a> From<&'a str> for Place<'a> {
    fn from(path: &'a str) -> Self {
        Self { path, among: None }
    }
}

/// One record, once it is the one asked for.
pub(super) async fn one<'a, T: DeserializeOwned>(
    line: Line<'_>,
    place: impl Into<Place<'a>>,
    question: &str,
    is_asked: impl Fn(&T) -> bool,
) -> Seen<T> {
    seen(place.into().ask(line, question).await.and_then(|reply| {
        let record = body_of::<T>(line, &reply, question)?;
        single(line, question, (record, reply.provenance()), is_asked)
    }))
}

/// The record of an answer, once it is the one asked for.
pub(super) fn single<T>(
    line: Line<'_>,
    question: &str,
    (record, provenance): (Option<T>, Provenance),
    is_asked: impl Fn(&T) -> bool,
) -> Result<Seen<T>, Gap> {
    match record {
        Some(record) if is_asked(&record) => Ok(Seen::Yes(record, provenance)),
        Some(_) => Err(mismatch(line, question)),
        None => Ok(Seen::No(provenance)),
    }
}

/// The records of an answer, once every one is about what was asked.
pub(super) fn several<T>(
    line: Line<'_>,
    question: &str,
    (items, provenance): (Vec<T>, Provenance),
    is_asked: impl Fn(&T) -> bool,
) -> Result<Seen<Vec<T>>, Gap> {
    if !items.iter().all(is_asked) {
        return Err(mismatch(line, question));
    }
    Ok(if items.is_empty() { Seen::No(provenance) } else { Seen::Yes(items, provenance) })
}

/// A list whose every record is about what was asked; a source that ignores the question answers nothing.
pub(super) async fn list<'a, T: DeserializeOwned>(
    line: Line<'_>,
    place: impl Into<Place<'a>>,
    question: &str,
    is_asked: impl Fn(&T) -> bool,
) -> Seen<Vec<T>> {
    seen(pages::<T>(line, place.into(), question).await.and_then(|answer| several(line, question, answer, is_asked)))
}

/// What an optional search finds; a source that has none answers 404, and that is no answer to the question.
pub(super) async fn found<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Seen<Vec<T>> {
    match line.get(path, question).await {
        Ok(reply) if reply.status == 404 => {
            Seen::Unknown(line.gap(question, GapWhy::NotOffered, "the search is not offered"))
        }
        _ => list(line, path, question, |_| true).await,
    }
}

/// Records of many things at once, by the contract's optional query calls: what is missing from the list is not
/// there. Nothing where the source does not offer them, fails at them, or sends only a part: whatever the reason, the
/// things can still be asked about one by one.
pub(super) async fn query<T: DeserializeOwned>(
    line: Line<'_>,
    path: &str,
    body: &Value,
    question: &str,
) -> Option<(Vec<T>, Provenance)> {
    let reply = line.query(path, body, question).await.ok()?;
    let page: Page<T> = body_of(line, &reply, question).ok()??;
    page.next.is_none().then(|| (page.items, reply.provenance()))
}

async fn pages<T: DeserializeOwned>(
    line: Line<'_>,
    place: Place<'_>,
    question: &str,
) -> Result<(Vec<T>, Provenance), Gap> {
    let path = place.path;
    let mut reply = place.ask(line, question).await?;
    let mut provenance = reply.provenance();
    let mut items = Vec::new();
    for _ in 0..PAGES {
        let Some(page) = body_of::<Page<T>>(line, &reply, question)? else { return Ok((items, provenance)) };
        items.extend(page.items);
        let Some(cursor) = page.next else { return Ok((items, provenance)) };
        reply = line.get(&format!("{path}{}cursor={}", joint(path), segment(&cursor)), question).await?;
        provenance = provenance.and(&reply.provenance());
    }
    Err(line.gap(question, GapWhy::TooLarge, format!("the list has more than {PAGES} pages")))
}

fn joint(path: &str) -> char {
    if path.contains('?') { '&' } else { '?' }
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn an_id_cannot_leave_its_place_in_the_path() {
        assert_eq!(segment("../admin?x=1#y"), "..%2Fadmin%3Fx%3D1%23y");
        assert_eq!(segment(".."), "%2E%2E");
        assert_eq!(segment("ZD-48211"), "ZD-48211");
    }
}
