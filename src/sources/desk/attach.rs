//! How a note gets onto a ticket once, and only for staff: look for its mark, post it, look again.

use std::time::Duration;

use super::note::{Note, key_of};
use super::{Desk, Notes};
use crate::claim::Comment;
use crate::net::{Arrival, Failure, Net, Unwritten};
use crate::sources::Line;
use crate::terms::Gap;

/// Pauses before the ticket is read again, where it does not show yet what was posted, or where the desk refused for a
/// passing reason.
const PAUSES: [Duration; 3] = [Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(3)];
/// Longest wait that a desk may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// Longest part of a desk's own words in a message, in characters.
const WORDS: usize = 300;

/// How a note came to be on its ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attached {
    /// It was posted now.
    Now,
    /// It was there already.
    Before,
    /// It was there already, and a later note of this key says something else.
    Overtaken(String),
}

/// Why a note is not where it should be, or not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum Unattached {
    /// Without having read the ticket nobody knows whether the note is there.
    #[error("failed to read the notes of the ticket, so nothing was posted: {}: {}", .0.question, .0.detail)]
    Unread(Gap),
    /// The desk refused it.
    #[error("failed to post the note; the desk did not take it: {0}")]
    Refused(String),
    /// Nobody knows.
    #[error(
        "failed to learn whether the note was posted ({0}); the ticket does not show it. Run the same command again: \
         it reads the ticket before it posts"
    )]
    Unconfirmed(String),
    /// It was posted, and the ticket cannot be read any more.
    #[error("failed to read back the note that was posted: {}: {}", .0.question, .0.detail)]
    Unseen(Gap),
    /// The desk took it, and it cannot be found.
    #[error("failed to find the note on the ticket, though the desk took it")]
    Missing,
    /// The desk shows it to the customer.
    #[error(
        "failed to keep the note internal: it is PUBLIC, the customer can read it. Delete note {0} of the ticket now"
    )]
    Public(String),
    /// The desk does not say who can read it.
    #[error("failed to learn whether the note is internal: the desk does not say. Look at note {0} of the ticket now")]
    Unmarked(String),
}

/// A note on its way to a ticket.
struct Errand<'a> {
    desk: &'a dyn Desk,
    net: &'a Net,
    service: &'a str,
    id: &'a str,
    note: Note,
}

/// What follows from a failure.
enum Next {
    /// It may be posted again, after a while.
    Again(Duration),
    /// It may have been posted: only the ticket can tell.
    Look,
    /// It was not posted and will not be.
    Stop,
}

/// Brings a note onto a ticket, unless it is there. The ticket is read past every recording, and nothing is recorded.
pub async fn attach(line: Line<'_>, desk: &dyn Desk, id: &str, note: &Note) -> Result<Attached, Unattached> {
    let mut errand = Errand { desk, net: line.net, service: line.service, id, note: note.clone() };
    let mut refusal: Option<Unwritten> = None;
    for pause in PAUSES {
        if let Some(attached) = errand.look(refusal.is_some()).await.map_err(Unattached::Unread)? {
            return attached;
        }
        let line = Line { net: errand.net, service: errand.service };
        let Err(unwritten) = errand.desk.post(line, errand.id, &errand.note).await else {
            return errand.shown().await?.unwrap_or(Err(Unattached::Missing));
        };
        match next(&unwritten, desk.knows_repeats(), pause) {
            Next::Again(wait) => errand.net.rest(wait).await,
            Next::Look => {
                let unconfirmed = || Err(Unattached::Unconfirmed(told(&unwritten)));
                return errand.shown().await?.unwrap_or_else(unconfirmed);
            }
            Next::Stop => return Err(Unattached::Refused(told(&unwritten))),
        }
        refusal = Some(unwritten);
    }
    let Some(unwritten) = refusal else { return Err(Unattached::Missing) };
    match unwritten.arrival {
        Arrival::Never => Err(Unattached::Refused(told(&unwritten))),
        Arrival::Perhaps => errand.shown().await?.unwrap_or_else(|| Err(Unattached::Unconfirmed(told(&unwritten)))),
    }
}

/// Whether the note is on its ticket now, for a run that posts nothing.
pub async fn is_attached(line: Line<'_>, desk: &dyn Desk, id: &str, note: &Note) -> Result<bool, Unattached> {
    let mut errand = Errand { desk, net: line.net, service: line.service, id, note: note.clone() };
    Ok(errand.look(false).await.map_err(Unattached::Unread)?.is_some())
}

impl Errand<'_> {
    /// Reads the ticket: whether the note is there, and as it should be. Takes down what stands there instead.
    async fn look(&mut self, sent: bool) -> Result<Option<Result<Attached, Unattached>>, Gap> {
        let afresh = self.net.afresh();
        let Notes { comments, stamp } = self.desk.notes(Line { net: &afresh, service: self.service }, self.id).await?;
        let keyed: Vec<(String, &Comment)> =
            comments.iter().filter_map(|comment| Some((key_of(comment)?, comment))).collect();
        let last = keyed.last().map(|(key, _)| key.clone());
        self.note.earlier = last.iter().filter(|key| **key != self.note.key).cloned().collect();
        self.note.stamp = stamp;
        let found = keyed.iter().find(|(key, _)| *key == self.note.key);
        Ok(found.map(|(_, comment)| {
            internal(comment)?;
            Ok(match last {
                Some(last) if last != self.note.key => Attached::Overtaken(last),
                _ if sent => Attached::Now,
                _ => Attached::Before,
            })
        }))
    }

    /// Reads the ticket until it shows what was posted, with growing pauses.
    async fn shown(&mut self) -> Result<Option<Result<Attached, Unattached>>, Unattached> {
        let mut unread = None;
        for pause in std::iter::once(Duration::ZERO).chain(PAUSES) {
            self.net.rest(pause).await;
            match self.look(true).await {
                Ok(Some(attached)) => return Ok(Some(attached)),
                Ok(None) => unread = None,
                Err(gap) => unread = Some(gap),
            }
        }
        unread.map_or(Ok(None), |gap| Err(Unattached::Unseen(gap)))
    }
}

fn next(unwritten: &Unwritten, repeats_are_known: bool, pause: Duration) -> Next {
    match (unwritten.arrival, &unwritten.failure) {
        (Arrival::Perhaps, _) if repeats_are_known => Next::Again(pause),
        (Arrival::Perhaps, _) => Next::Look,
        (Arrival::Never, Failure::RateLimited(wait)) => match wait.unwrap_or(pause) {
            wait if wait <= LONGEST_WAIT => Next::Again(wait),
            _ => Next::Stop,
        },
        // Somebody changed the ticket meanwhile.
        (Arrival::Never, Failure::Status(409)) => Next::Again(pause),
        (Arrival::Never, failure) if failure.is_passing() => Next::Again(pause),
        (Arrival::Never, _) => Next::Stop,
    }
}

/// A note that the desk shows to staff alone.
fn internal(comment: &Comment) -> Result<(), Unattached> {
    let id = || comment.id.clone().unwrap_or_else(|| "without a number".to_owned());
    match comment.public {
        Some(false) => Ok(()),
        Some(true) => Err(Unattached::Public(id())),
        None => Err(Unattached::Unmarked(id())),
    }
}

/// The failure, and what the desk said to it.
fn told(unwritten: &Unwritten) -> String {
    let words: String = unwritten.answer.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.chars().take(WORDS).collect();
    if words.is_empty() { unwritten.failure.to_string() } else { format!("{}: {words}", unwritten.failure) }
}
