//! The languages that a report is written in.

use serde::{Deserialize, Serialize};

/// A language of which every word is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh")]
    Chinese,
    /// Korean.
    #[serde(rename = "ko")]
    Korean,
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 3] = [Self::English, Self::Chinese, Self::Korean];

    /// The language of a tag such as `zh-CN` (BCP 47), whatever its region; nothing for one whose words are not here.
    pub fn of(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.tag() == primary)
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Korean => "ko",
        }
    }

    /// Its tag with its script where it has several.
    pub fn script_tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-Hans",
            Self::English | Self::Korean => self.tag(),
        }
    }

    /// The language of a text by its script; nothing where letters are few. Identifiers, addresses and the names of
    /// coins are Latin in every language, so that a few characters of another script outweigh them.
    pub fn read(text: &str) -> Option<Self> {
        let of = |range: &[std::ops::RangeInclusive<char>]| {
            text.chars().filter(|c| range.iter().any(|range| range.contains(c))).count()
        };
        let (hangul, han) = (of(&['가'..='힣', 'ㄱ'..='ㆎ']), of(&['一'..='鿿', '㐀'..='䶿']));
        let kana = of(&['ぁ'..='ヿ']);
        if hangul >= FEW {
            return Some(Self::Korean);
        }
        if han >= FEW && kana < FEW {
            return Some(Self::Chinese);
        }
        let words = text.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
        (kana == 0 && words.count() >= FEW).then_some(Self::English)
    }
}

/// Characters of a script, or words, from which on a text is taken for written in it.
const FEW: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_tag_or_its_script() {
        let tags = ["en-US", "zh-CN", "zh_TW", "KO", "ja", ""].map(Language::of);
        let (en, zh, ko) = (Some(Language::English), Some(Language::Chinese), Some(Language::Korean));
        assert_eq!(tags, [en, zh, zh, ko, None, None]);
        let texts = [
            ("充值USDT还没到账 0x4d5f2a9c0b1e3d4f5a6b7c8d", zh),
            ("입금이 안 됐어요 TXID 4d5f2a9c", ko),
            ("my deposit is missing", en),
            ("入金がまだ反映されていません", None),
            ("4d5f2a9c0b1e3d4f5a6b7c8d USDT", None),
        ];
        for (text, language) in texts {
            assert_eq!(Language::read(text), language, "{text}");
        }
    }
}
