//! Whose words they are: the customer's newest, quoted ones, a signature, or somebody else's.

use super::patterns::Pattern;

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

/// What a mail program writes above an earlier message, between rules.
const EARLIER: &[&str] =
    &["original message", "forwarded message", "원본 메시지", "원본 메세지", "原始邮件", "原始郵件"];

/// Lines after which everything is an earlier message.
fn opens_quote(line: &str) -> bool {
    let line = line.trim().to_ascii_lowercase();
    let ruled = line.strip_prefix("--").map(|rest| rest.trim_start_matches('-').trim_start());
    let named = ruled.and_then(|rest| EARLIER.iter().find_map(|name| rest.strip_prefix(name)));
    if named.is_some_and(|rest| rest.trim_start().starts_with("--")) {
        return true;
    }
    let said = |opening: &str, closing: &str| {
        let who = line.strip_prefix(opening).and_then(|rest| rest.strip_suffix(closing));
        who.is_some_and(|who| (4..=120).contains(&who.chars().count()))
    };
    said("on ", " wrote:") || ["写道:", "寫道:", "작성:"].iter().any(|closing| said("", closing))
}

/// What a mail program adds below, from its beginning.
const SENT_FROM: &[&str] = &[
    "sent from my ",
    "sent from yahoo",
    "sent from mail",
    "sent from outlook",
    "sent from proton",
    "get outlook for ",
    "发自我的",
    "나의 iphone에서 보냄",
];

fn opens_signature(line: &str) -> bool {
    let line = line.trim_end().to_ascii_lowercase();
    let rule = line == "--" || line.len() >= 6 && line.bytes().all(|b| b == b'_');
    let device = line.strip_suffix("에서 보냄").is_some_and(|device| device.chars().count() <= 20);
    rule || device || SENT_FROM.iter().any(|begins| line.starts_with(begins))
}

/// Whose turn a line of a conversation opens.
fn opens_turn(line: &str) -> Option<Voice> {
    static TURN: Pattern = Pattern::holding(
        &[":", "]", "】"],
        concat!(
            r"(?i-u)^ *[*#-]{0,4} *(?:[\[(](?:[0-9:./, apm-]|오|전|후|上|下|午){3,24}[\])] *|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? +)?(?:\[|【)?",
            "(?:(?P<desk>(?:(?:the )?(?:live )?(?:support|agent|chat ?bot|bot|operator|help ?desk|assistant|customer (?:service|care|support)|technical support|support (?:team|agent|bot))|客服(?u:[^ :\\]】]{0,8})|在线客服|人工客服|智能客服|机器人|小助手|小助手bot|系统消息|管理员|상담원|상담사|상담봇|챗봇|고객센터|고객센터 답변|고객센터 안내|운영자|담당자 답변|관리자|답변))",
            "|(?P<own>(?:me|customer|client|user|visitor|my reply|我|本人|客户|用户|顾客|顧客|用戶|客戶|客户回复|用户回复|나|본인|고객|고객님|회원|고객 회신|고객회신|고객 답변|회원 답변|문의자)))",
            r" *(?:\((?u:[^()]{0,24})\))?(?::|(?:\]|】) *:?)",
        ),
    );
    let found = TURN.parts(line)?;
    Some(if found.name("desk").is_some() { Voice::Desk } else { Voice::Customer })
}

/// Who speaks in a line that a messenger puts before what was written: "Name, [2025/2/8 14:02]".
fn speaker(line: &str) -> Option<&str> {
    let (name, when) = line.trim().strip_suffix(']')?.rsplit_once(", [")?;
    let when = when.strip_suffix(" AM").or_else(|| when.strip_suffix(" PM")).unwrap_or(when);
    let dated = when.starts_with(|c: char| c.is_ascii_digit())
        && (8..=23).contains(&when.len())
        && when.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | ':' | ' ' | '-'));
    let named = (1..=48).contains(&name.chars().count()) && !name.contains([',', '[', ']']);
    (dated && named).then_some(name)
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
