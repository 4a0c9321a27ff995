//! The path of the payment: sender, transaction, address and ledger, each with the facts that were checked there.

use super::drawing::{Drawing, Shape, Sign};
use super::lettering::{CODES, WORDS};
use crate::diagnosis::{CheckAnswer, CheckName};
use crate::report::document::{Document, TransferPart};
use crate::report::{Teller, Words, plain};
use crate::terms::Direction;

/// A place where the payment was, or should have been.
pub(super) struct Station {
    name: String,
    /// What names it, where something does.
    id: Option<String>,
    /// The worst of its answers.
    sign: Sign,
    /// Whether the payment got there.
    reached: bool,
    /// The facts that are checked there and their answers, in words.
    facts: Vec<(Sign, String)>,
}

/// The stations in the order of a deposit, with their facts; the first fact tells whether the payment got there.
const STATIONS: [(&str, &[CheckName]); 4] = [
    ("sender", &[CheckName::MovedValue]),
    ("transaction", &[CheckName::Included, CheckName::Executed, CheckName::Final]),
    ("address", &[CheckName::ToClaimant, CheckName::RightAsset, CheckName::Enough]),
    ("ledger", &[CheckName::Recorded, CheckName::Credited, CheckName::Available]),
];

/// The stations of a case; nothing where no fact was to be checked. The ledger orders a withdrawal, and so stands first
/// there.
pub(super) fn stations(told: &Teller<'_>) -> Option<Vec<Station>> {
    if told.document.checks.iter().all(|check| check.answer == CheckAnswer::NotApplicable) {
        return None;
    }
    let mut stations: Vec<Station> = STATIONS.iter().map(|(name, facts)| station(told, name, facts)).collect();
    if is_withdrawal(told.document) {
        stations.rotate_right(1);
    }
    Some(stations)
}

fn station(told: &Teller<'_>, name: &str, facts: &[CheckName]) -> Station {
    let answer = |fact: &CheckName| {
        let check = told.document.checks.iter().find(|check| check.fact == *fact);
        check.map_or(CheckAnswer::NotApplicable, |check| check.answer)
    };
    let asked: Vec<&CheckName> = facts.iter().filter(|fact| answer(fact) != CheckAnswer::NotApplicable).collect();
    let worst = [CheckAnswer::No, CheckAnswer::Unknown, CheckAnswer::Yes];
    let worst = worst.into_iter().find(|one| asked.iter().any(|fact| answer(fact) == *one));
    let sign = Sign::of(worst.unwrap_or(CheckAnswer::NotApplicable));
    let word = |sign: Sign| told.word(&format!("report-html-answer-{}", sign.class()));
    let mut facts: Vec<(Sign, String)> = asked
        .iter()
        .map(|fact| {
            let sign = Sign::of(answer(fact));
            let values = [("answer", word(sign)), ("fact", told.word(&format!("check-{}", fact.name())))];
            (sign, told.words.sentence("report-html-statement", &values))
        })
        .collect();
    if facts.is_empty() {
        facts.push((sign, word(sign)));
    }
    Station {
        name: told.word(&format!("report-html-station-{name}")),
        id: id(told.document, name).map(|id| plain(&id)),
        sign,
        reached: STATIONS.iter().any(|(station, facts)| *station == name && answer(&facts[0]) == CheckAnswer::Yes),
        facts,
    }
}

/// What the document tells of a withdrawal: the ledger's order, else the claim.
fn is_withdrawal(document: &Document) -> bool {
    let claimed = document.claim.kind.as_ref().is_some_and(|kind| kind.value == Direction::Withdrawal);
    document.ledger.deposits.is_empty() && (claimed || !document.ledger.withdrawals.is_empty())
}

fn id(document: &Document, station: &str) -> Option<String> {
    let ledger = &document.ledger;
    match station {
        "sender" => meant(document)?.from.clone(),
        "transaction" => document.transactions.first().map(|tx| tx.txid.clone()),
        "address" => meant(document)?.to.clone(),
        _ => {
            let deposit = ledger.deposits.first().map(|deposit| deposit.id.clone());
            deposit.or_else(|| ledger.withdrawals.first().map(|withdrawal| withdrawal.id.clone()))
        }
    }
}

/// The movement of value that the case is about: to the claimant, else to the ordered address, else the only one.
fn meant(document: &Document) -> Option<&TransferPart> {
    let transfers = &document.transactions.first()?.transfers;
    let ordered = |transfer: &&TransferPart| {
        document.ledger.withdrawals.iter().any(|order| transfer.to.as_ref() == Some(&order.address))
    };
    let claimed = transfers.iter().find(|transfer| transfer.to_claimant == Some(true));
    let only = transfers.first().filter(|_| transfers.len() == 1);
    claimed.or_else(|| transfers.iter().find(ordered)).or(only)
}

/// Side of a station's sign: 16 by its scale.
const SIDE: u32 = 28;
const SCALE: &str = "1.75";
/// Width of one of the four columns.
const COLUMN: u32 = 180;

/// The path from left to right, for a page that is wide enough.
pub(super) fn across(stations: &[Station], words: &Words) -> Drawing {
    let mut shapes = Vec::new();
    let mut height = 0;
    for (station, x) in stations.iter().zip((0_u32..).step_by(COLUMN as usize)) {
        if x > 0 {
            let (from, to) = ((x + SIDE + 8 - COLUMN, SIDE / 2), (x - 8, SIDE / 2));
            shapes.push(Shape::Line { from, to, sure: station.reached });
        }
        shapes.push(Shape::Mark { at: (x, 0), sign: station.sign, scale: SCALE });
        height = height.max(told(station, (x, 50), f64::from(COLUMN - 16), &mut shapes));
    }
    drawing(("path-wide", "wide"), (4 * COLUMN, height), stations, shapes, words)
}

/// Width of a drawing for a narrow page.
const NARROW: u32 = 340;
/// Where the text beside the signs begins.
const BESIDE: u32 = 44;

/// The path from top to bottom, for a narrow page.
pub(super) fn down(stations: &[Station], words: &Words) -> Drawing {
    let mut shapes = Vec::new();
    let mut y = 0;
    for (index, station) in stations.iter().enumerate() {
        shapes.push(Shape::Mark { at: (2, y), sign: station.sign, scale: SCALE });
        let end = told(station, (BESIDE, y + 13), f64::from(NARROW - BESIDE), &mut shapes);
        let next = end + 16;
        if let Some(following) = stations.get(index + 1) {
            let (from, to) = ((2 + SIDE / 2, y + SIDE + 5), (2 + SIDE / 2, next - 5));
            shapes.push(Shape::Line { from, to, sure: following.reached });
            y = next;
        } else {
            y = end;
        }
    }
    drawing(("path-narrow", "narrow"), (NARROW, y), stations, shapes, words)
}

/// Writes what is known of a station, below and to the right of a place, and tells where it ends.
fn told(station: &Station, at: (u32, u32), room: f64, shapes: &mut Vec<Shape>) -> u32 {
    let (x, mut y) = at;
    shapes.push(Shape::Text { at, class: "name", text: WORDS.short(&station.name, room * 0.85) });
    y += 18;
    if let Some(id) = &station.id {
        shapes.push(Shape::Text { at: (x, y), class: "id", text: CODES.short(id, room.min(150.0)) });
        y += 18;
    }
    y += 6;
    for (sign, text) in &station.facts {
        shapes.push(Shape::Mark { at: (x, y - 11), sign: *sign, scale: "0.8" });
        for text in WORDS.lines(text, room - 19.0) {
            shapes.push(Shape::Text { at: (x + 19, y), class: "", text });
            y += 17;
        }
        y += 5;
    }
    y - 17
}

fn drawing(
    (id, class): (&'static str, &'static str),
    (width, height): (u32, u32),
    stations: &[Station],
    shapes: Vec<Shape>,
    words: &Words,
) -> Drawing {
    let told = stations.iter().map(|station| {
        let facts: Vec<&str> = station.facts.iter().map(|(_, text)| text.as_str()).collect();
        format!("{}: {}", station.name, facts.join(", "))
    });
    let desc = told.collect::<Vec<_>>().join("; ");
    Drawing { id, class, width, height: height + 2, title: words.word("report-html-path"), desc, shapes }
}
