//! Questions of a map on their way: paths and bodies with their places filled, pages, and what "no such thing" looks like.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::json::{Node, Pointer};
use super::map::{Map, Member, PagedBy, Question, Shape};
use super::records::Record;
use crate::net::Reply;
use crate::sources::Line;
use crate::sources::contract::{PAGES, segment};
use crate::sources::ledger::Hints;
use crate::terms::{Gap, GapWhy, Provenance};

/// How long before the claimed time records may be of the claim. A complaint tells late more often than early.
const BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How far back is asked for where the time of a transfer is not known.
const LONG: SignedDuration = SignedDuration::from_hours(365 * 24);
/// How far past the present time is asked for: clocks differ.
const AFTER: SignedDuration = SignedDuration::from_hours(24);

/// What a question is about.
#[derive(Clone, Copy, Default)]
pub(super) struct Places<'a> {
    pub(super) txid: Option<&'a str>,
    pub(super) account: Option<&'a str>,
    pub(super) asset: Option<&'a str>,
    pub(super) network: Option<&'a str>,
    pub(super) address: Option<&'a str>,
    pub(super) memo: Option<&'a str>,
    pub(super) id: Option<&'a str>,
}

/// A question of a map that is put to the API.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) line: Line<'a>,
    pub(super) map: &'a Map,
    pub(super) question: &'a Question,
    /// The question in words.
    pub(super) what: &'a str,
    pub(super) hints: &'a Hints,
    pub(super) places: Places<'a>,
}

/// What came: records, none where there is no such thing, and who said so.
pub(super) struct Came {
    /// The first answer; nothing where it says that there is no such thing.
    pub(super) document: Option<Node>,
    pub(super) rows: Vec<Node>,
    pub(super) said: Provenance,
}

/// Where a record tells which it is, and when it is of.
#[derive(Clone, Copy, Default)]
pub(super) struct Told<'a> {
    /// Its id; a record whose list names none is told by all that it says.
    pub(super) id: Option<&'a Pointer>,
    pub(super) at: Option<&'a Pointer>,
}

/// Why a list of which one record says two things is no list.
pub(super) const TORN: &str = "a record came twice, and says something else each time";

/// Records of several pages or lists, each once: a list that grows while it is read shows some of them twice, and an API that
/// does not heed a part of the question answers each with the same list.
#[derive(Default)]
pub(super) struct Records {
    pub(super) rows: Vec<Node>,
    known: HashMap<Node, usize>,
}

impl Records {
    /// Adds a page, and tells how many of it were new; nothing where one record says two things.
    pub(super) fn add(&mut self, page: Vec<Node>, id: Option<&Pointer>) -> Option<usize> {
        let before = self.rows.len();
        for row in page {
            let own = id.and_then(|id| row.at(id)).unwrap_or(&row);
            match self.known.get(own) {
                Some(at) if self.rows[*at] != row => return None,
                Some(_) => {}
                None => {
                    self.known.insert(own.clone(), self.rows.len());
                    self.rows.push(row);
                }
            }
        }
        Some(self.rows.len() - before)
    }
}

/// Where the next page begins.
#[derive(Default)]
struct Turn {
    cursor: Option<String>,
    page: u64,
    offset: usize,
}

impl Asking<'_> {
    fn malformed(&self, detail: impl Into<Arc<str>>) -> Gap {
        self.line.malformed(self.what, detail)
    }

    fn gap(&self, why: GapWhy, detail: impl Into<Arc<str>>) -> Gap {
        self.line.gap(self.what, why, detail)
    }

    /// The earliest time of records that may be of the claim; nothing where its time is not known.
    fn since(&self) -> Option<Timestamp> {
        self.hints.at?.checked_sub(BEFORE).ok()
    }

    fn value(&self, place: &str, turn: &Turn) -> Option<String> {
        let Places { txid, account, asset, network, address, memo, id } = self.places;
        let now = self.hints.now;
        let time = |at: Timestamp| self.map.times.written(at);
        let own = match place {
            "txid" => txid,
            "account" => account,
            "asset" => return asset.map(|asset| self.map.ticker(asset)),
            "network" => network,
            "address" => address,
            "memo" => memo,
            "id" => id,
            "since" => return Some(time(self.since().or_else(|| now.checked_sub(LONG).ok())?)),
            "until" => return Some(time(now.checked_add(AFTER).ok()?)),
            "cursor" => return turn.cursor.clone(),
            "page" => return Some(turn.page.to_string()),
            "offset" => return Some(turn.offset.to_string()),
            _ => None,
        };
        own.map(str::to_owned)
    }

    fn body(&self, turn: &Turn) -> Option<Value> {
        let member = |(name, member): (&String, &Member)| {
            let value = match member {
                Member::Truth(truth) => json!(truth),
                Member::Number(number) => json!(number),
                Member::Text(text) => match text.alone() {
                    Some("page") => json!(turn.page),
                    Some("offset") => json!(turn.offset),
                    _ => json!(text.filled(|place| self.value(place, turn))?),
                },
            };
            Some((name.clone(), value))
        };
        self.question.body.as_ref().map(|body| Value::Object(body.iter().filter_map(member).collect()))
    }

    /// One answer; nothing where it says that there is no such thing.
    async fn answer(&self, turn: &Turn) -> Result<(Option<Node>, Reply), Gap> {
        let place = |place: &str| self.value(place, turn).map(|value| segment(&value));
        let path = self.question.path.filled(place);
        let path = path.ok_or_else(|| self.gap(GapWhy::NotAsked, "a part of its path is not known: name the asset"))?;
        let reply = match self.body(turn) {
            Some(body) => self.line.query(&path, &body, self.what).await?,
            None => self.line.get(&path, self.what).await?,
        };
        let node = Node::read(&reply.body);
        if node.as_ref().is_ok_and(|node| self.is_absent(reply.status, node)) {
            return Ok((None, reply));
        }
        let why = match reply.status {
            200..=299 => return node.map(|node| (Some(node), reply)).map_err(|what| self.malformed(what)),
            401 | 403 => GapWhy::Unauthorised,
            404 => {
                let what = "404, and the map does not say that this means that there is no such thing";
                return Err(self.malformed(what));
            }
            405 | 501 => GapWhy::NotOffered,
            429 => GapWhy::RateLimited,
            _ => GapWhy::ServerError,
        };
        Err(self.gap(why, format!("HTTP status {}", reply.status)))
    }

    fn is_absent(&self, status: u16, node: &Node) -> bool {
        let absent = &self.map.absent;
        let says = |pointer: &Pointer| {
            let word = Record { map: self.map, node }.word(pointer).ok().flatten();
            word.is_some_and(|word| absent.words.contains(&word))
        };
        match &absent.pointer {
            Some(pointer) => (absent.status.is_empty() || absent.status.contains(&status)) && says(pointer),
            None => absent.status.contains(&status),
        }
    }

    /// The records of one answer.
    fn items(&self, node: &Node, usual: Shape) -> Result<Vec<Node>, Gap> {
        let at = self.question.items.as_str();
        match (self.question.shape.unwrap_or(usual), node.at(&self.question.items)) {
            (Shape::List, Some(Node::List(items))) => Ok(items.clone()),
            (Shape::One, Some(one @ Node::Object(_))) => Ok(vec![one.clone()]),
            (Shape::Values, Some(Node::Object(fields))) => Ok(fields.values().cloned().collect()),
            (_, None) => Err(self.malformed(format!("`{at}` is missing"))),
            _ => Err(self.malformed(format!("`{at}` is not what the map says"))),
        }
    }

    /// Every record of every page.
    pub(super) async fn rows(&self, usual: Shape, told: Told<'_>) -> Result<Came, Gap> {
        let paging = &self.question.paging;
        let mut turn = Turn { page: paging.first, ..Turn::default() };
        let (document, reply) = self.answer(&turn).await?;
        let (mut said, mut records) = (reply.provenance(), Records::default());
        let mut next = document.clone();
        for _ in 0..PAGES {
            // A page that is not there any more is the end, but for a list that says how long it is.
            let Some(node) = next else {
                return match paging.total {
                    Some(_) if !records.rows.is_empty() => Err(self.malformed("a page of the list is missing")),
                    _ => Ok(Came { document, rows: records.rows, said }),
                };
            };
            let items = self.items(&node, usual)?;
            turn.offset += items.len();
            let is_old = self.is_old(&items, told.at)?;
            let fresh = records.add(items, told.id);
            let fresh = fresh.ok_or_else(|| self.malformed(TORN))?;
            if is_old || self.is_last(&node, fresh, records.rows.len(), &mut turn)? {
                return Ok(Came { document, rows: records.rows, said });
            }
            turn.page += 1;
            let (document, reply) = self.answer(&turn).await?;
            said = said.and(&reply.provenance());
            next = document;
        }
        Err(self.gap(GapWhy::TooLarge, format!("the list has more than {PAGES} pages")))
    }

    /// Whether a page is the last; a cursor is kept for the next one.
    fn is_last(&self, node: &Node, fresh: usize, so_far: usize, turn: &mut Turn) -> Result<bool, Gap> {
        let paging = &self.question.paging;
        let record = Record { map: self.map, node };
        let total = paging.total.as_ref().map(|total| {
            let word = record.word(total).ok().flatten().and_then(|word| word.parse::<usize>().ok());
            word.ok_or_else(|| self.malformed(format!("`{}` is no number", total.as_str())))
        });
        let total = total.transpose()?;
        let ends = match paging.by {
            None | Some(PagedBy::None) => true,
            Some(PagedBy::Cursor) => {
                let next = paging.next.as_ref().map_or(Ok(None), |next| record.word(next));
                turn.cursor = next.map_err(|what| self.malformed(what))?;
                turn.cursor.is_none()
            }
            Some(PagedBy::Page | PagedBy::Offset) => fresh == 0 || total.is_some_and(|total| so_far >= total),
        };
        match total {
            Some(total) if ends && so_far < total => {
                Err(self.gap(GapWhy::TooLarge, format!("{so_far} of {total} records came")))
            }
            _ => Ok(ends),
        }
    }

    /// Whether what follows is older than what is asked about.
    fn is_old(&self, items: &[Node], at: Option<&Pointer>) -> Result<bool, Gap> {
        let Some((since, node)) = self.since().filter(|_| self.question.newest_first).zip(items.last()) else {
            return Ok(false);
        };
        let time = Record { map: self.map, node }.time(at).map_err(|what| self.malformed(what))?;
        Ok(time.is_some_and(|time| time < since))
    }

    /// Why nothing in the answer proves nothing; nothing where it would be there.
    pub(super) fn blind(&self) -> Option<Gap> {
        let why = "when it was made is not known, and a year was looked through";
        (self.question.names("since") && self.hints.at.is_none()).then(|| self.gap(GapWhy::LacksHistory, why))
    }
}
