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

/// Whose turn a line of a conversation opens.
fn opens_turn(line: &str) -> Option<Voice> {
    static TURN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let times = r"\s*[*#-]{0,4}\s*(?:[\[(][0-9:./, 오전후上下午APMapm-]{3,24}[\])]\s*|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s+)?";
        let desk = "(?:(?:the )?(?:live )?(?:support|agent|chat ?bot|bot|operator|help ?desk|assistant|customer (?:service|care|support)|technical support|support (?:team|agent|bot))|客服[^\\s:\\]】]{0,8}|在线客服|人工客服|智能客服|机器人|小助手|小助手bot|系统消息|管理员|상담원|상담사|상담봇|챗봇|고객센터|고객센터 답변|고객센터 안내|운영자|담당자 답변|관리자|답변)";
        let own = "(?:me|customer|client|user|visitor|my reply|我|本人|客户|用户|顾客|顧客|用戶|客戶|客户回复|用户回复|나|본인|고객|고객님|회원|고객 회신|고객회신|고객 답변|회원 답변|문의자)";
        let end = r"\s*(?:\([^()]{0,24}\))?";
        let closing = "(?:[:]|[\\]】]\\s*[:]?)";
        Regex::new(&format!(r"(?i)^{times}[\[【]?(?:(?P<desk>{desk})|(?P<own>{own})){end}{closing}")).ok()
    });
    let found = TURN.as_ref()?.captures(line)?;
    Some(if found.name("desk").is_some() { Voice::Desk } else { Voice::Customer })
}

/// Who speaks in a line that a messenger puts before what was written: "Name, [2025/2/8 14:02]".
fn speaker(line: &str) -> Option<&str> {
    static SPEAKER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\s*([^,\[\]]{1,48}), \[\d[\d/.: -]{7,22}(?: [AP]M)?\]\s*$").ok());
    Some(SPEAKER.as_ref()?.captures(line)?.get(1)?.as_str())
}

/// Longest line that can open a quote, in bytes.
const OPENER: usize = 400;

/// Who speaks from which byte on. `given` tells where each text begins and whose it is.
pub(super) fn of(text: &str, given: &[(usize, Voice)]) -> Vec<(usize, Voice)> {
    let mut voices: Vec<(usize, Voice)> = Vec::new();
    let mut parts = given.iter().copied().peekable();
    let (mut own, mut below, mut at) = (Voice::Customer, Voice::Customer, 0);
    // Where the customer takes turns, too, the desk's turn lasts until then; a line alone is only a line.
    let turns = text.lines().any(|line| line.len() < OPENER && opens_turn(line) == Some(Voice::Customer));
    let mut first: Option<&str> = None;
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
        let mut voice = if quoted { below.max(Voice::Quoted) } else { below };
        if bare.len() < OPENER && own == Voice::Customer && matches!(below, Voice::Customer | Voice::Desk) {
            // In a group, who asks first is the customer.
            let other = speaker(bare)
                .map(|name| if *first.get_or_insert(name) == name { Voice::Customer } else { Voice::Desk });
            let turn = opens_turn(bare);
            if let Some(turn) = other.or(turn) {
                voice = turn;
                below = if turns || other.is_some() { turn } else { below };
            }
        }
        if voices.last().map(|(_, last)| *last) != Some(voice) {
            voices.push((at, voice));
        }
        at += line.len();
    }
    voices
}
