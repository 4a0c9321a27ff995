//! How wide a text will be in a drawing, where no browser breaks lines. Fonts differ from machine to machine, so that
//! the estimates are those of wide ones.

use unicode_width::UnicodeWidthChar as _;

/// Letters of one kind and size.
#[derive(Clone, Copy)]
pub(super) struct Lettering {
    /// In units of the drawing.
    size: f64,
    is_mono: bool,
}

/// Words in a drawing.
pub(super) const WORDS: Lettering = Lettering { size: 12.5, is_mono: false };
/// Identifiers in a drawing.
pub(super) const CODES: Lettering = Lettering { size: 11.5, is_mono: true };

/// Characters of a text that are looked at; no drawing has room for more.
const MOST: usize = 400;

impl Lettering {
    fn of(self, c: char) -> f64 {
        let share = match (c.width().unwrap_or(1), c) {
            (2.., _) => 1.04,
            (_, c) if self.is_mono => {
                if c.is_ascii() {
                    0.62
                } else {
                    1.04
                }
            }
            (_, 'i' | 'l' | 'j' | '.' | ',' | ' ' | ':') => 0.36,
            (_, 'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—') => 1.0,
            (_, c) if c.is_ascii_lowercase() || c.is_ascii_digit() => 0.63,
            (_, c) if c.is_ascii() => 0.76,
            // Letters of which nothing is known here may be wide ones.
            _ => 1.1,
        };
        share * self.size
    }

    fn width(self, text: &str) -> f64 {
        text.chars().map(|c| self.of(c)).sum()
    }

    /// The text in lines that are no wider than `room`: broken at blanks, between ideographs, and where a word alone is
    /// wider.
    pub(super) fn lines(self, text: &str, room: f64) -> Vec<String> {
        let mut lines = vec![String::new()];
        for piece in pieces(text) {
            let line = lines.last().map(String::as_str).unwrap_or_default();
            if self.width(line) + self.width(piece.trim_end()) > room && !line.is_empty() {
                lines.push(String::new());
            }
            for c in piece.chars() {
                let is_full = lines.last().is_some_and(|line| self.width(line) + self.of(c) > room);
                if is_full && c != ' ' {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push(c);
                }
            }
        }
        let lines = lines.iter().map(|line| line.trim_end().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// The text, or its beginning and end where it is wider than `room`.
    pub(super) fn short(self, text: &str, room: f64) -> String {
        let chars: Vec<char> = text.chars().collect();
        if self.width(text) <= room {
            return text.to_owned();
        }
        let taken = |chars: &mut dyn Iterator<Item = &char>, room: f64| {
            let mut width = 0.0;
            let fits = |c: &&char| {
                width += self.of(**c);
                width <= room
            };
            chars.take_while(fits).copied().collect::<Vec<char>>()
        };
        let room = room - self.of('…');
        let head: String = taken(&mut chars.iter(), room * 0.55).into_iter().collect();
        let tail: String = taken(&mut chars.iter().rev(), room * 0.45).into_iter().rev().collect();
        format!("{head}…{tail}")
    }
}

/// A text in the pieces between which a line may end.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in text.chars().take(MOST) {
        let is_ideograph = matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}');
        // Marks that close stay with what stands before them.
        let closes = matches!(c, '，' | '。' | '：' | '；' | '、' | '）' | '」' | '’' | '”' | ' ');
        let last = pieces.last().and_then(|piece| piece.chars().next_back());
        let after = last.is_some_and(|c| c == ' ' || matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ff01}'..='\u{ff60}'));
        if !closes && (after || (is_ideograph && last.is_some())) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_where_people_would() {
        let lines = |text, room| WORDS.lines(text, room);
        assert_eq!(lines("yes: in a block of the best chain", 140.0), ["yes: in a block of", "the best chain"]);
        assert_eq!(lines("是：已在最优链的区块中", 80.0), ["是：已在最优", "链的区块中"]);
        assert_eq!(lines("예: 문의 고객 주소에 도착", 110.0), ["예: 문의 고객", "주소에 도착"]);
        assert_eq!(CODES.short("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", 140.0), "0xf39Fd6e…fFb92266");
        assert_eq!(CODES.short("D-70001", 140.0), "D-70001");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "\\PC{0,120}", room in 40.0..300.0_f64) {
            for line in WORDS.lines(&text, room) {
                prop_assert!(WORDS.width(&line) <= room, "{line}");
            }
            prop_assert!(CODES.width(&CODES.short(&text, room)) <= room);
        }

        #[test]
        fn lines_hold_the_whole_text(text in "[a-z 一-龥가-힣]{0,120}") {
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&WORDS.lines(&text, 90.0).join("")), bare(&text));
        }
    }
}
