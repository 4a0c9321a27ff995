//! Whose words they are: the customer's newest, quoted ones, a signature, or somebody else's.

use std::sync::LazyLock;

use regex::Regex;

/// Who speaks, from what weighs most to what weighs least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    /// A form that the customer has filled in.
    Field,
    /// The customer, now.
    Customer,
    /// An earlier message that is quoted.
    Quoted,
    /// An agent or a program of the desk.
    Desk,
    /// What a mail program adds below.
    Signature,
}

/// Lines after which everything is an earlier message.
fn opens_quote(line: &str) -> bool {
    static OPENER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)^\s*(?:-{2,}\s*original message\s*-{2,}|-{2,}\s*원본 메[시세]지\s*-{2,}|-{2,}\s*原始邮件\s*-{2,}",
            r"|on .{5,120} wrote:\s*$|在.{4,80}写道[::]?\s*$|.{4,80}(?:님이 작성|작성):\s*$|.{4,80}写道:\s*$)",
        ))
        .ok()
    });
    OPENER.as_ref().is_some_and(|opener| opener.is_match(line))
}

fn opens_signature(line: &str) -> bool {
    static OPENER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:-- ?|_{6,}|sent from (?:my|yahoo|mail|outlook|proton)\b.*|get outlook for .*|发自我的.*|나의 iphone에서 보냄.*|.{0,20}에서 보냄)$").ok()
    });
    OPENER.as_ref().is_some_and(|opener| opener.is_match(line.trim_end()))
}

/// Longest line that can open a quote, in bytes.
const OPENER: usize = 400;

/// Who speaks from which byte on. `given` tells where each text begins and whose it is.
pub(super) fn of(text: &str, given: &[(usize, Voice)]) -> Vec<(usize, Voice)> {
    let mut voices: Vec<(usize, Voice)> = Vec::new();
    let mut parts = given.iter().copied().peekable();
    let (mut own, mut below, mut at) = (Voice::Customer, Voice::Customer, 0);
    for line in text.split_inclusive('\n') {
        while let Some((_, voice)) = parts.next_if(|(start, _)| *start <= at) {
            (own, below) = (voice, voice);
        }
        let bare = line.trim_end_matches('\n');
        let quoted = bare.trim_start().starts_with('>');
        if bare.len() < OPENER && own == Voice::Customer {
            if opens_quote(bare) {
                below = Voice::Quoted;
            } else if below != Voice::Quoted && opens_signature(bare) {
                below = Voice::Signature;
            }
        }
        let voice = if quoted { below.max(Voice::Quoted) } else { below };
        if voices.last().map(|(_, last)| *last) != Some(voice) {
            voices.push((at, voice));
        }
        at += line.len();
    }
    voices
}
