//! A time as it is typed: RFC 3339, or a date and a time in a zone that is named with it.

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::exit::Mistake;

/// The time that a flag gives. Never the machine's own zone: a time without one needs `--tz`.
pub(super) fn moment(flag: &str, text: &str, zone: Option<&str>) -> Result<Timestamp> {
    let wrong = |error: jiff::Error| Mistake::error(format!("{flag}: {error}"));
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    let Some(zone) = zone else {
        return Err(Mistake::error(format!(
            "{flag}: `{text}` is not RFC 3339, such as 2026-01-31T09:00:00Z; or give its zone with --tz"
        )));
    };
    let zone = TimeZone::get(zone).map_err(|_| Mistake::error(format!("--tz: `{zone}` is not a time zone")))?;
    let civil: DateTime = text.parse().map_err(wrong)?;
    Ok(civil.to_zoned(zone).map_err(wrong)?.timestamp())
}
