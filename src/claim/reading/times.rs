//! When it was sent: dates and times as people write them, with the zone where one is given.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan as _};
use regex::{Captures, Regex};
use schemars::JsonSchema;
use serde::Serialize;

use super::page::{Page, Span};
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

const ZONE: &str = r"(?:[ ,]*\(?(?P<zone>Z(?-u:\b)|[+ ]?(?:UTC|GMT)(?:[ ]?[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}(?-u:\b)|KST|JST|北京时间|东八区|한국시간|한국 시간)\)?)?";
const CLOCK: &str =
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?(?:[ ]?(?P<half>[AaPp]\.?[Mm])(?-u:\b))?";

/// Dates with a clock time behind them or not, the year first, last, or in words. Where day and month may be meant
/// either way the date is left out of the claim, but not taken for a number.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let month = r"(?P<name>(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[a-z]{0,6}\.?";
    let gap = r"(?:[T, –-]{1,4}(?:at |time )?)";
    [
        format!(r"(?P<year>(?:19|20)\d{{2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:{gap}{CLOCK}{ZONE})?"),
        format!(r"(?P<month>\d{{1,2}})[/.-](?P<day>\d{{1,2}})[/.-](?P<year>(?:19|20)\d{{2}})(?:{gap}{CLOCK}{ZONE})?"),
        format!(r"{month}[ -](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? |[-,])(?P<year>(?:19|20)\d{{2}})(?:{gap}{CLOCK}{ZONE})?"),
        format!(r"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{month}(?:,? |-)(?P<year>(?:19|20)\d{{2}})(?:{gap}{CLOCK}{ZONE})?"),
        format!(r"(?P<year>(?:19|20)\d{{2}}) ?[年년] ?(?P<month>\d{{1,2}}) ?[月월] ?(?P<day>\d{{1,2}}) ?[日号일]?(?:[ ,]*(?P<noon>上午|下午|晚上|凌晨|오전|오후)? ?(?:{CLOCK}|(?P<hour2>\d{{1,2}}) ?[点點时시](?: ?(?P<minute2>\d{{1,2}}) ?[分분])?){ZONE})?"),
        format!(r"(?:{CLOCK}){ZONE}"),
        r"\d{1,2} ?[月월] ?\d{1,2} ?[日号일]".to_owned(),
        r"(?i)(?P<many>\d{1,3}) ?(?P<unit>hours?|hrs?|days?|minutes?|mins?|weeks?|小时|个小时|天|分钟|周|시간|일|분|주) ?(?:ago|前|之前|以前|전|이전)".to_owned(),
        r"(?i)(?-u:\b)yesterday(?-u:\b)|昨天|昨晚|어제".to_owned(),
        r"(?-u:\b)\d{14}\.\d{3,6}(?-u:\b)".to_owned(),
    ]
    .into_iter()
    .filter_map(|pattern| Regex::new(&pattern).ok())
    .collect()
});

/// Times of one complaint that are reported.
const MOST: usize = 20;

/// The times of a page, in order, and every range that is one or may be. Relative ones need to know when it was written.
pub(super) fn find(page: &Page, written: Option<Timestamp>) -> (Vec<ReadTime>, Vec<Range<usize>>) {
    let mut found: Vec<(Range<usize>, Option<ReadTime>)> = Vec::new();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for pattern in PATTERNS.iter() {
        let mut fresh = Vec::new();
        for captures in pattern.captures_iter(page.text()) {
            let Some(range) = captures.get(0).map(|whole| whole.range()) else { continue };
            let next = ranges.partition_point(|other| other.end <= range.start);
            let free = ranges.get(next).is_none_or(|other| other.start >= range.end);
            if free && alone(page, &range) {
                found.push((range.clone(), read(page, &captures, &range, written)));
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

fn alone(page: &Page, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_ascii_digit() || c == '.';
    let before = page.text()[..range.start].chars().next_back();
    let after = page.text()[range.end..].chars().next();
    !before.is_some_and(joins) && !after.is_some_and(|c| c.is_ascii_digit())
}

fn read(page: &Page, captures: &Captures<'_>, range: &Range<usize>, written: Option<Timestamp>) -> Option<ReadTime> {
    if page.voice(range.start) > Voice::Customer {
        return None;
    }
    let span = page.span(range);
    if let Some(unit) = captures.name("unit") {
        let many: i64 = number(captures, "many")?.into();
        let hours = match unit.as_str().to_lowercase().as_str() {
            unit if unit.starts_with('h') || unit.contains("小时") || unit == "시간" => many * 60,
            unit if unit.starts_with('m') || unit == "分钟" || unit == "분" => many,
            unit if unit.starts_with('w') || unit == "周" || unit == "주" => many * 60 * 24 * 7,
            _ => many * 60 * 24,
        };
        let at = written?.checked_sub(hours.minutes()).ok()?;
        return Some(ReadTime { at: Some(at), local: None, span });
    }
    let (local, zone) = dated(captures)?;
    let at = zone.and_then(|offset| offset.to_timestamp(local).ok());
    let local = at.is_none().then_some(local);
    Some(ReadTime { at, local, span })
}

fn number(captures: &Captures<'_>, name: &str) -> Option<i16> {
    captures.name(name)?.as_str().parse().ok()
}

fn dated(captures: &Captures<'_>) -> Option<(DateTime, Option<jiff::tz::Offset>)> {
    let small = |name: &str| number(captures, name).and_then(|number| i8::try_from(number).ok());
    let year = number(captures, "year")?;
    let (month, day) = match captures.name("name") {
        Some(name) => (month_named(name.as_str())?, small("day")?),
        None => month_and_day(captures, small("month")?, small("day")?)?,
    };
    let hour = small("hour").or_else(|| small("hour2"));
    let afternoon = captures.name("half").is_some_and(|half| half.as_str().to_ascii_lowercase().starts_with('p'))
        || captures.name("noon").is_some_and(|noon| matches!(noon.as_str(), "下午" | "晚上" | "오후"));
    let twelve = captures.name("half").is_some() || captures.name("noon").is_some();
    let hour = hour.map(|hour| match (afternoon, twelve) {
        (true, _) if hour < 12 => hour + 12,
        (false, true) if hour == 12 => 0,
        _ => hour,
    });
    let minute = small("minute").or_else(|| small("minute2")).unwrap_or(0);
    let second = small("second").unwrap_or(0).min(59);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let time = jiff::civil::Time::new(hour.unwrap_or(0), minute, second, 0).ok()?;
    let zone = captures.name("zone").and_then(|zone| offset(zone.as_str()));
    Some((date.to_datetime(time), zone.filter(|_| hour.is_some())))
}

/// Month and day of a date in figures; nothing where both orders are possible.
fn month_and_day(captures: &Captures<'_>, first: i8, second: i8) -> Option<(i8, i8)> {
    let year_first = captures.name("year")?.start() < captures.name("month")?.start();
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
