//! Questions of many cases about one kind of thing, put into one request where the service offers that. Each case hears
//! and records its own part, as if it had asked alone; so gathering changes no recording.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use foldhash::{HashMap, HashMapExt as _};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::oneshot;

use super::failure::Failure;
use super::fields::fields;
use super::learnt;
use super::service::Service;
use super::tape::Key;
use super::{Net, Outcome, Raw, Reply, joined, lock};

/// How long the first question waits for others, unless [`Net::let_others_ask`] knows better.
const GATHER: Duration = Duration::from_millis(2);
/// Most things in one request.
const AT_ONCE: usize = 500;
/// So few are not put into smaller groups: one alone is asked about the usual way.
const FEW: usize = 2;

/// How many things of a kind are asked about at once. The answer is `{"items": […]}`, and what is missing from it is not
/// there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group<'a> {
    /// The path of the request that takes many.
    pub path: &'static str,
    /// What goes into its body beside them: a name and a value.
    pub beside: Option<(&'static str, &'a str)>,
    /// The name of their list in the body.
    pub list: &'static str,
    /// The fields by which an item says what it is about: a text, or a list of texts.
    pub about: &'static [&'static str],
    /// Whether a thing may have several items: asked alone, it is answered with a list of them.
    pub several: bool,
}

/// What is gathered together.
type Place = (Arc<str>, &'static str, Option<(&'static str, String)>);

/// How the body of a request is made and its answer read: the name of the list, the fields of an item, and whether a
/// thing may have several.
type Form = (&'static str, &'static [&'static str], bool);

/// Questions that wait.
#[derive(Default)]
pub(super) struct Groups {
    waiting: HashMap<Place, Vec<Waiting>>,
}

/// What came of a request about several things.
enum Heard {
    /// The part of each.
    Parts(Vec<Outcome>),
    /// Fewer at once may be answered.
    TooMany,
    /// Each has to be asked about alone.
    Nothing,
}

struct Waiting {
    thing: String,
    /// Nothing where it has to be asked about alone.
    heard: oneshot::Sender<Option<Outcome>>,
}

#[derive(Deserialize)]
struct Items<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    #[serde(default)]
    next: Option<String>,
}

impl Net {
    /// Asks `path`, or for its answer together with what other cases ask about other things of the kind.
    pub async fn get_among(&self, service: &str, path: &str, group: Group<'_>, thing: &str) -> Result<Reply, Failure> {
        if self.wire.memory.is_none() {
            return self.get(service, path).await;
        }
        let spec = self.service(service)?;
        let key = Key::new(&spec.name, "GET", joined(&spec.url, path), String::new());
        let ask = async || {
            self.answered(&key, async |live| match self.among(spec, group, thing).await {
                Some(outcome) => outcome,
                // Boxed, so that those stay small who are answered together.
                None => Box::pin(self.timed(spec, 1, live.send(spec, &key))).await,
            })
            .await
        };
        let stamped = self.once(&key, ask).await;
        Reply::new(spec, &key, stamped)
    }

    async fn among(&self, spec: &Service, group: Group<'_>, thing: &str) -> Option<Outcome> {
        let place = (spec.name.clone(), group.path, group.beside.map(|(name, value)| (name, value.to_owned())));
        let (sender, receiver) = oneshot::channel();
        if self.wire.learnt.is_not_offered(&spec.name, group.path) {
            return None;
        }
        let first = {
            let mut groups = lock(&self.wire.groups);
            let waiting = groups.waiting.entry(place.clone()).or_default();
            waiting.push(Waiting { thing: thing.to_owned(), heard: sender });
            waiting.len() == 1
        };
        if first {
            let net = self.clone();
            let (list, about, several) = (group.list, group.about, group.several);
            tokio::spawn(async move { net.ask_together(place, (list, about, several)).await });
        }
        receiver.await.unwrap_or(None)
    }

    async fn ask_together(&self, place: Place, form: Form) {
        let Ok(spec) = self.service(&place.0) else { return };
        self.let_others_ask(spec, GATHER).await;
        let mut waiting = lock(&self.wire.groups).waiting.remove(&place).unwrap_or_default();
        let mut parts = Vec::new();
        while !waiting.is_empty() {
            let size = self.wire.learnt.next(&sized(&place), waiting.len(), AT_ONCE);
            let rest = waiting.split_off(waiting.len().min(size));
            parts.push(self.ask_part(spec, &place, form, mem::replace(&mut waiting, rest)));
        }
        futures::future::join_all(parts).await;
    }

    /// Asks about several things. A service that refuses them as too many may take the halves; the size that is answered
    /// after a refusal is remembered, unless it was one thing that is refused in any company.
    async fn ask_part(&self, spec: &Service, place: &Place, form: Form, waiting: Vec<Waiting>) {
        let (known, sized) = (&self.wire.learnt, sized(place));
        let before = known.size(&sized);
        let (mut open, mut first, mut refused, mut learnt) = (vec![waiting], true, false, None);
        while let Some(mut waiting) = open.pop() {
            if known.is_not_offered(&spec.name, place.1) {
                continue;
            }
            let most = known.most(&sized, AT_ONCE);
            if !mem::take(&mut first) && waiting.len() > most {
                open.push(waiting.split_off(most));
            }
            let many = waiting.len();
            let parts = match self.exchange_group(spec, place, form, &waiting).await {
                Heard::TooMany if many > FEW => {
                    refused = true;
                    open.push(waiting.split_off(many / 2));
                    open.push(waiting);
                    continue;
                }
                Heard::TooMany => {
                    known.refuses_few(&spec.name, place.1);
                    if learnt.is_some() && known.size(&sized).map(|size| size.most) == learnt {
                        known.restore(&sized, before);
                    }
                    refused = false;
                    continue;
                }
                Heard::Nothing => continue,
                Heard::Parts(parts) => parts,
            };
            if parts.iter().any(Result::is_ok) {
                known.takes(&spec.name, place.1);
                if mem::take(&mut refused) {
                    known.cut(&sized, many);
                    learnt = Some(many);
                } else {
                    known.answered(&sized, many);
                }
            }
            for (one, part) in waiting.into_iter().zip(parts) {
                // Whoever asked may have gone away.
                let _ = one.heard.send(Some(part));
            }
        }
    }

    async fn exchange_group(
        &self,
        spec: &Service,
        place: &Place,
        (list, about, several): Form,
        waiting: &[Waiting],
    ) -> Heard {
        let things: Vec<&str> = waiting.iter().map(|one| one.thing.as_str()).collect();
        let mut body = serde_json::json!({ list: things });
        if let Some((name, value)) = &place.2 {
            body[*name] = value.as_str().into();
        }
        let key = Key::new(&spec.name, "POST", joined(&spec.url, place.1), body.to_string());
        let outcome = match &self.wire.live {
            Some(live) => self.timed(spec, waiting.len(), live.send(spec, &key)).await,
            None => Err(Failure::NotRecorded),
        };
        let heard = match outcome {
            Ok(raw) => match raw.status {
                200 => split(&raw.body, &things, about, several),
                // By none of these does a service say for certain that it is the size; fewer will tell.
                400 | 413 | 422 => Heard::TooMany,
                404 | 405 | 501 => {
                    self.wire.learnt.is_missing(&spec.name, place.1);
                    Heard::Nothing
                }
                _ => Heard::Nothing,
            },
            Err(Failure::TooLarge(_) | Failure::Status(413)) => Heard::TooMany,
            // Whoever does not answer to many does not answer to one, which is tried no more often than this.
            Err(failure) if failure.is_passing() => Heard::Parts(vec![Err(failure); waiting.len()]),
            Err(_) => Heard::Nothing,
        };
        if !matches!(heard, Heard::Parts(_)) {
            self.wire.learnt.took(&spec.name, None);
        }
        heard
    }
}

/// Whose size it is.
fn sized((service, path, _): &Place) -> learnt::Place {
    learnt::Place { service: Arc::clone(service), at: (*path).into() }
}

/// The part of each thing, as it would be answered alone, where the answer is one to all of them. One that goes on
/// elsewhere is too long.
fn split(body: &str, things: &[&str], about: &[&str], several: bool) -> Heard {
    match serde_json::from_str::<Items<'_>>(body) {
        Ok(Items { next: Some(_), .. }) => Heard::TooMany,
        Ok(Items { items, .. }) => shared_out(&items, things, about, several).map_or(Heard::Nothing, Heard::Parts),
        Err(_) => Heard::Nothing,
    }
}

fn shared_out(items: &[&RawValue], things: &[&str], about: &[&str], several: bool) -> Option<Vec<Outcome>> {
    let mut places = HashMap::with_capacity(things.len());
    // Things that are only written differently have one place, and each is given what is there.
    let own: Vec<usize> =
        things.iter().zip(0..).map(|(thing, place)| *places.entry(folded(thing)).or_insert(place)).collect();
    let mut parts: Vec<Vec<&str>> = vec![Vec::new(); things.len()];
    for item in items {
        let texts = fields(item, about).ok()?.into_iter().flatten().flat_map(texts);
        let mut named: Vec<usize> = texts.filter_map(|text| places.get(&folded(&text)).copied()).collect();
        // An item about something else makes the whole answer worthless.
        if named.is_empty() {
            return None;
        }
        named.sort_unstable();
        named.dedup();
        for place in named {
            parts[place].push(item.get());
        }
    }
    Some(own.into_iter().map(|place| Ok(part(&parts[place], several))).collect())
}

fn part(own: &[&str], several: bool) -> Raw {
    let (status, body) = match own.first() {
        _ if several => (200, [r#"{"items":["#, &own.join(","), r#"],"next":null}"#].concat().into()),
        Some(record) => (200, (*record).into()),
        None => (404, "{}".into()),
    };
    Raw { status, mime: "application/json".into(), body, date: None }
}

/// The texts of a field: itself, or those in it.
fn texts(raw: &RawValue) -> impl Iterator<Item = Cow<'_, str>> {
    let one = serde_json::from_str(raw.get()).map(Cow::Borrowed);
    let one = one.or_else(|_| serde_json::from_str(raw.get()).map(Cow::Owned)).ok();
    let several: Vec<String> =
        if one.is_some() { Vec::new() } else { serde_json::from_str(raw.get()).unwrap_or_default() };
    one.into_iter().chain(several.into_iter().map(Cow::Owned))
}

/// How a ledger may write what it was asked about: in other case, with or without `0x`. What is told too much by this is
/// seen by whoever reads the part.
fn folded(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    if text.bytes().any(|letter| letter.is_ascii_uppercase()) { text.to_ascii_lowercase().into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(body: &str, things: &[&str], several: bool) -> Option<Vec<(u16, String)>> {
        let Heard::Parts(parts) = split(body, things, &["txid", "replaced_txids"], several) else { return None };
        Some(parts.into_iter().map(|part| part.unwrap()).map(|raw| (raw.status, raw.body.to_string())).collect())
    }

    #[test]
    fn each_is_given_its_own_part_to_the_letter() {
        let body = r#"{"items":[{"txid":"0xAB","amount":1.10},{"txid":null,"replaced_txids":["cd"]}]}"#;
        let told = bodies(body, &["ab", "0xcd", "ef"], true).unwrap();
        assert!(told[0].1.contains("1.10"), "numbers are kept as they are written");
        assert!(told[1].1.contains("replaced_txids"));
        assert_eq!(told[2], (200, r#"{"items":[],"next":null}"#.to_owned()));
        let twice = bodies(body, &["0xAB", "ab"], true);
        assert_eq!(twice, None, "one of the items is about neither");
        let twice = bodies(r#"{"items":[{"txid":"Ab","replaced_txids":["0xaB"]}]}"#, &["0xAB", "ab"], true).unwrap();
        assert_eq!(twice[0], twice[1]);
        assert_eq!(twice[0].1.matches("txid\":\"").count(), 1, "an item that names a thing twice is one");
        let alone = bodies(body, &["ab", "cd", "ef"], false).unwrap();
        assert_eq!(alone[2].0, 404);
        assert!(alone[0].1.starts_with("{\"txid\""));
    }

    #[test]
    fn an_answer_that_is_cut_or_about_something_else_is_none() {
        assert_eq!(bodies(r#"{"items":[],"next":"x"}"#, &["ab"], true), None);
        assert_eq!(bodies(r#"{"items":[{"txid":"zz"}]}"#, &["ab"], true), None);
        assert_eq!(bodies("[]", &["ab"], true), None);
    }
}
