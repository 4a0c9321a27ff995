//! What has a time, in its order: what was said, what the chain and the ledger tell, and what is to come.

use jiff::Timestamp;

use super::drawing::{Drawing, Shape};
use super::lettering::WORDS;
use super::line::Moment;
use crate::report::{Document, Teller};

/// Width of the drawing, which fits a narrow page.
const WIDTH: u32 = 340;
/// From one event to the next.
const STEP: u32 = 42;
/// From one line of an event's times to the next.
const LINE: u32 = 16;
/// Where the words begin.
const BESIDE: u32 = 26;

/// The events of a case from top to bottom; those ahead of its opening are expectations.
pub(super) fn timeline(told: &Teller<'_>) -> Drawing {
    let opened = told.document.generated_at;
    let events = events(told.document);
    // Both clocks side by side are wider than the drawing.
    let step = if told.words.clock(opened).is_some() { STEP + LINE } else { STEP };
    let mut shapes = Vec::new();
    let mut desc = Vec::new();
    let mut y = 8;
    for (index, (time, name)) in events.iter().enumerate() {
        let ahead = *time > opened;
        if index > 0 {
            shapes.push(Shape::Line { from: (7, y - step + 9), to: (7, y - 9), sure: !ahead });
        }
        let (word, moment) = (told.word(&format!("report-html-event-{name}")), told.words.moment(*time));
        desc.push(format!("{moment}: {word}"));
        shapes.push(Shape::Dot { at: (7, y), class: if ahead { "ahead" } else { "dot" } });
        let text = WORDS.short(&word, f64::from(WIDTH - BESIDE));
        shapes.push(Shape::Text { at: (BESIDE, y + 4), class: "", text });
        let times = match told.words.clock(*time) {
            Some((own, zone)) => vec![format!("{own} ({zone})"), Moment::new(*time).text],
            None => vec![moment],
        };
        for (line, text) in (0..).zip(times) {
            shapes.push(Shape::Text { at: (BESIDE, y + 21 + line * LINE), class: "label", text });
        }
        y += step;
    }
    let height = y + 26 - STEP;
    let title = told.word("report-html-timeline");
    Drawing { id: "timeline", class: "", width: WIDTH, height, title, desc: desc.join("; "), shapes }
}

/// Every event that has a time, the earliest first.
fn events(document: &Document) -> Vec<(Timestamp, &'static str)> {
    let block = document.transactions.first().and_then(|tx| tx.block.as_ref()?.time);
    let deposit = document.ledger.deposits.first();
    let order = document.ledger.withdrawals.first();
    let all = [
        (order.map(|order| order.requested_at), "ordered"),
        (order.and_then(|order| order.broadcast_at), "broadcast"),
        (document.claim.at.as_ref().map(|at| at.value), "sent"),
        (block, "block"),
        (order.and_then(|order| order.completed_at), "completed"),
        (deposit.and_then(|deposit| deposit.detected_at), "detected"),
        (deposit.and_then(|deposit| deposit.credited_at), "credited"),
        (deposit.and_then(|deposit| deposit.available_at), "available"),
        (document.ticket.as_ref().and_then(|ticket| ticket.created_at), "claimed"),
        (Some(document.generated_at), "opened"),
        (document.look_again_at, "look-again"),
        (document.whereabouts.expected_by, "expected"),
    ];
    let mut events: Vec<(Timestamp, &str)> = all.into_iter().filter_map(|(time, name)| Some((time?, name))).collect();
    events.sort_by_key(|(time, _)| *time);
    events
}
