//! Times as a reader's clock shows them, with UTC beside, which is the same for everybody.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Language, Words};

impl Language {
    /// How a date is written, as `strftime` has it.
    fn date(self) -> &'static str {
        match self {
            Self::English => "%Y-%m-%d",
            Self::Chinese => "%Y年%-m月%-d日",
            Self::Korean => "%Y년 %-m월 %-d일",
        }
    }
}

/// A time in UTC, to the second.
pub(super) fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

impl Words {
    /// A time by the reader's clock and in UTC; in UTC alone where nobody said where the reader is.
    pub fn moment(&self, time: Timestamp) -> String {
        self.local(time).unwrap_or_else(|| format!("{} UTC", stamp(time)))
    }

    /// A time by the reader's clock and in UTC; nothing where nobody said where the reader is.
    pub(super) fn local(&self, time: Timestamp) -> Option<String> {
        let (own, name) = self.clock(time)?;
        Some(self.sentence("report-moment", &[("time", own), ("zone", name), ("utc", stamp(time))]))
    }

    /// A time by the reader's clock alone, and the name of their zone.
    pub(super) fn clock(&self, time: Timestamp) -> Option<(String, String)> {
        let zone = self.zone()?;
        let date = format!("{} %H:%M:%S", self.language().date());
        let own = time.to_zoned(zone.clone()).strftime(&date).to_string();
        Some((own, zone.iana_name().unwrap_or_default().to_owned()))
    }

    /// What a fact says: a time as times are told, anything else as it is.
    pub(super) fn dated<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        let is_time = |text: &&str| text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T');
        let time = Some(text).filter(is_time).and_then(|text| text.parse::<Timestamp>().ok());
        time.and_then(|time| self.local(time)).map_or(text.into(), Into::into)
    }
}

/// The zone of a name such as `Asia/Seoul`; nothing where there is none of that name.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok().filter(|zone| zone.iana_name().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(language: Language, name: &str, time: &str) -> String {
        Words::of(language).in_zone(zone(name)).moment(time.parse().unwrap())
    }

    #[test]
    fn a_time_is_told_by_the_reader_s_clock_and_in_utc() {
        let (winter, summer) = ("2026-01-05T23:47:00Z", "2026-07-05T23:47:00Z");
        let cases = [
            (
                Language::English,
                "Europe/Berlin",
                winter,
                "2026-01-06 00:47:00 (Europe/Berlin), 2026-01-05 23:47:00 UTC",
            ),
            (
                Language::English,
                "Europe/Berlin",
                summer,
                "2026-07-06 01:47:00 (Europe/Berlin), 2026-07-05 23:47:00 UTC",
            ),
            (
                Language::Chinese,
                "Asia/Shanghai",
                winter,
                "2026年1月6日 07:47:00（Asia/Shanghai），2026-01-05 23:47:00 UTC",
            ),
            (Language::Korean, "Asia/Seoul", summer, "2026년 7월 6일 08:47:00 (Asia/Seoul), 2026-07-05 23:47:00 UTC"),
        ];
        for (language, name, time, expected) in cases {
            assert_eq!(told(language, name, time), expected);
        }
        assert_eq!(Words::english().moment(winter.parse().unwrap()), "2026-01-05 23:47:00 UTC");
        assert!(zone("Asia/Nowhere").is_none());
    }

    #[test]
    fn only_a_whole_time_is_taken_for_one() {
        let words = Words::english().in_zone(zone("Asia/Seoul"));
        assert_eq!(words.dated("2026-01-05T23:47:00Z"), "2026-01-06 08:47:00 (Asia/Seoul), 2026-01-05 23:47:00 UTC");
        for other in ["at 2026-01-05T23:47:00Z", "Z", "2026-01-05", "0123456789TZ"] {
            assert_eq!(words.dated(other), other);
        }
        assert_eq!(Words::english().dated("2026-01-05T23:47:00Z"), "2026-01-05T23:47:00Z");
    }
}
