//! When it was sent: dates and times as people write them, with the zone where one is given.

use std::ops::Range;

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan as _};
use regex::{Captures, Match};
use schemars::JsonSchema;
use serde::Serialize;

use super::page::{Page, Span};
use super::patterns::Pattern;
use super::voices::Voice;

/// A time that the text gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadTime {
    /// The moment, where the zone is known; RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub at: Option<Timestamp>,
    /// Date and time as written, without a zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub local: Option<DateTime>,
    /// Where it stands.
    pub span: Span,
}

/// A time of the clock.
macro_rules! clock {
    () => {
        r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?(?:[ ]?(?P<half>[AaPp]\.?[Mm])(?-u:\b))?"
    };
}
/// A zone, if there is one.
macro_rules! zone {
    () => {
        r"(?:[ ,]*\(?(?P<zone>Z(?-u:\b)|[+ ]?(?:UTC|GMT)(?:[ ]?[+-][0-9]{1,2}(?::?[0-9]{2})?)?|[+-][0-9]{2}:?[0-9]{2}(?-u:\b)|KST|JST|北京时间|东八区|한국시간|한국 시간)\)?)?"
    };
}
/// A month by its name, and a year.
macro_rules! month {
    () => {
        r"(?P<name>(?i-u:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[a-z]{0,6}\.?"
    };
}
macro_rules! year {
    () => {
        r"(?P<year>(?:19|20)[0-9]{2})"
    };
}

/// What every year holds.
const YEARS: &[&str] = &["19", "20"];

/// Dates, the year first, last, or in words. Where day and month may be meant either way the date is left out of the
/// claim, but not taken for a number.
static DATES: [Pattern; 5] = [
    Pattern::holding(YEARS, concat!(year!(), r"[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")),
    Pattern::holding(YEARS, concat!(r"(?P<month>[0-9]{1,2})[/.-](?P<day>[0-9]{1,2})[/.-]", year!())),
    Pattern::holding(YEARS, concat!(month!(), r"[ -](?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,? |[-,])", year!())),
    Pattern::holding(
        YEARS,
        concat!(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?:of )?", month!(), "(?:,? |-)", year!()),
    ),
    Pattern::holding(
        &["年", "년"],
        concat!(year!(), " ?[年년] ?(?P<month>[0-9]{1,2}) ?[月월] ?(?P<day>[0-9]{1,2}) ?[日号일]?"),
    ),
];

/// A time of the clock behind a date.
static BEHIND: Pattern = Pattern::new(concat!("^[T, –-]{1,4}(?:at |time )?", clock!(), zone!()));
/// As Chinese and Korean have it.
static BEHIND_WORDS: Pattern = Pattern::new(concat!(
    "^[ ,]*(?P<noon>上午|下午|晚上|凌晨|오전|오후)? ?(?:",
    clock!(),
    "|(?P<hour2>[0-9]{1,2}) ?[点點时시](?: ?(?P<minute2>[0-9]{1,2}) ?[分분])?)",
    zone!()
));

/// What is a time without being a date in full.
static OTHERS: [Pattern; 5] = [
    Pattern::holding(&[":"], concat!(clock!(), zone!())),
    Pattern::holding(&["月", "월"], "[0-9]{1,2} ?[月월] ?[0-9]{1,2} ?[日号일]"),
    Pattern::holding(
        &["ago", "AGO", "前", "전"],
        r"(?i-u)(?P<many>[0-9]{1,3}) ?(?P<unit>hours?|hrs?|days?|minutes?|mins?|weeks?|小时|个小时|天|分钟|周|시간|일|분|주) ?(?:ago|之前|以前|前|이전|전)",
    ),
    Pattern::new(r"(?i-u)\byesterday\b|昨天|昨晚|어제"),
    Pattern::holding(&["."], r"(?-u:\b)[0-9]{14}\.[0-9]{3,6}(?-u:\b)"),
];

/// Furthest that a time of the clock behind a date is looked at, in bytes.
const CLOCK: usize = 96;

/// Times of one complaint that are reported.
const MOST: usize = 20;

/// The times of a page, in order, and every range that is one or may be. Relative ones need to know when it was written.
pub(super) fn find(page: &Page, written: Option<Timestamp>) -> (Vec<ReadTime>, Vec<Range<usize>>) {
    let mut found: Vec<(Range<usize>, Option<ReadTime>)> = Vec::new();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for pattern in DATES.iter().chain(&OTHERS) {
        let mut fresh = Vec::new();
        for date in pattern.all_parts(page.text()) {
            let Some(day) = date.get(0).map(|whole| whole.range()) else { continue };
            let clock = date.name("year").and_then(|_| behind(page, day.end));
            let end = day.end + clock.as_ref().and_then(|clock| clock.get(0)).map_or(0, |clock| clock.end());
            let range = day.start..end;
            let next = ranges.partition_point(|other| other.end <= range.start);
            let free = ranges.get(next).is_none_or(|other| other.start >= range.end);
            if free && alone(page, &range) {
                found.push((range.clone(), read(page, &Said { date, clock }, &range, written)));
                fresh.push(range);
            }
        }
        ranges.extend(fresh);
        ranges.sort_by_key(|range| range.start);
    }
    found.sort_by_key(|(range, _)| range.start);
    let times = found.into_iter().filter_map(|(_, time)| time).take(MOST).collect();
    (times, ranges)
}

/// A date, and the time of the clock behind it.
struct Said<'t> {
    date: Captures<'t>,
    clock: Option<Captures<'t>>,
}

impl<'t> Said<'t> {
    fn name(&self, name: &str) -> Option<Match<'t>> {
        self.date.name(name).or_else(|| self.clock.as_ref()?.name(name))
    }
}

fn behind(page: &Page, at: usize) -> Option<Captures<'_>> {
    let after = page.after(at, CLOCK);
    // Nothing but a figure or a word of the day can stand there.
    BEHIND.parts(after).or_else(|| BEHIND_WORDS.parts(after))
}

fn alone(page: &Page, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_ascii_digit() || c == '.';
    let before = page.text()[..range.start].chars().next_back();
    let after = page.text()[range.end..].chars().next();
    !before.is_some_and(joins) && !after.is_some_and(|c| c.is_ascii_digit())
}

fn read(page: &Page, said: &Said<'_>, range: &Range<usize>, written: Option<Timestamp>) -> Option<ReadTime> {
    if page.voice(range.start) > Voice::Customer {
        return None;
    }
    let span = page.span(range);
    if let Some(unit) = said.name("unit") {
        let many: i64 = number(said, "many")?.into();
        let hours = match unit.as_str().to_lowercase().as_str() {
            unit if unit.starts_with('h') || unit.contains("小时") || unit == "시간" => many * 60,
            unit if unit.starts_with('m') || unit == "分钟" || unit == "분" => many,
            unit if unit.starts_with('w') || unit == "周" || unit == "주" => many * 60 * 24 * 7,
            _ => many * 60 * 24,
        };
        let at = written?.checked_sub(hours.minutes()).ok()?;
        return Some(ReadTime { at: Some(at), local: None, span });
    }
    let (local, zone) = dated(said)?;
    let at = zone.and_then(|offset| offset.to_timestamp(local).ok());
    let local = at.is_none().then_some(local);
    Some(ReadTime { at, local, span })
}

fn number(said: &Said<'_>, name: &str) -> Option<i16> {
    said.name(name)?.as_str().parse().ok()
}

fn dated(said: &Said<'_>) -> Option<(DateTime, Option<jiff::tz::Offset>)> {
    let small = |name: &str| number(said, name).and_then(|number| i8::try_from(number).ok());
    let year = number(said, "year")?;
    let (month, day) = match said.name("name") {
        Some(name) => (month_named(name.as_str())?, small("day")?),
        None => month_and_day(said, small("month")?, small("day")?)?,
    };
    let hour = small("hour").or_else(|| small("hour2"));
    let afternoon = said.name("half").is_some_and(|half| half.as_str().to_ascii_lowercase().starts_with('p'))
        || said.name("noon").is_some_and(|noon| matches!(noon.as_str(), "下午" | "晚上" | "오후"));
    let twelve = said.name("half").is_some() || said.name("noon").is_some();
    let hour = hour.map(|hour| match (afternoon, twelve) {
        (true, _) if hour < 12 => hour + 12,
        (false, true) if hour == 12 => 0,
        _ => hour,
    });
    let minute = small("minute").or_else(|| small("minute2")).unwrap_or(0);
    let second = small("second").unwrap_or(0).min(59);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let time = jiff::civil::Time::new(hour.unwrap_or(0), minute, second, 0).ok()?;
    let zone = said.name("zone").and_then(|zone| offset(zone.as_str()));
    Some((date.to_datetime(time), zone.filter(|_| hour.is_some())))
}

/// Month and day of a date in figures; nothing where both orders are possible.
fn month_and_day(said: &Said<'_>, first: i8, second: i8) -> Option<(i8, i8)> {
    let year_first = said.name("year")?.start() < said.name("month")?.start();
    match (first, second) {
        _ if year_first => Some((first, second)),
        (13.., 1..=12) => Some((second, first)),
        (1..=12, 13..) => Some((first, second)),
        (same, other) if same == other => Some((same, same)),
        _ => None,
    }
}

fn month_named(name: &str) -> Option<i8> {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = months.iter().position(|month| *month == name.to_ascii_lowercase())?;
    i8::try_from(at + 1).ok()
}

fn offset(zone: &str) -> Option<jiff::tz::Offset> {
    let zone = zone.trim().trim_start_matches('+').trim();
    let named = match zone {
        "Z" | "UTC" | "GMT" => Some(0),
        "KST" | "JST" | "한국시간" | "한국 시간" => Some(9),
        "北京时间" | "东八区" => Some(8),
        _ => None,
    };
    if let Some(hours) = named {
        return jiff::tz::Offset::from_hours(hours).ok();
    }
    let figures = zone.trim_start_matches("UTC").trim_start_matches("GMT").trim().replace(':', "");
    let (sign, digits) = match figures.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, figures.trim_start_matches('+')),
    };
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
    jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}
