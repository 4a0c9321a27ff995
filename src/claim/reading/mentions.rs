//! Memos whose value stands apart from their name: behind more words, in the next sentence, in a column below,
//! before the name; and memos of letters alone.

use std::ops::Range;

use super::lexicon::{Hit, Sense};
use super::page::Page;
use super::patterns::Pattern;
use super::tables;

/// How a value looks that has a digit in it.
macro_rules! value {
    () => {
        r"(?P<value>(?:[A-Za-z]{0,12}|[A-Za-z]{1,12}[_-])[0-9][A-Za-z0-9_-]{0,40})"
    };
}

/// "The tag which your page gives me is 5512", "제 닉네임 rose77 을 적었습니다".
static FURTHER: [Pattern; 3] = [
    Pattern::new(concat!(
        r"(?i)(?:\b(?:is|was|were|be|been|as|put(?: in)?|entered|typed|wrote|used|use|filled(?: in)?|pasted|gave(?: me)?|given|says?|said|shows?|showed|reads|with|value|namely|=)\b|[=→:]",
        r"|是|为|為|填写?了?|[写寫]了?|输入?了?|填成|写成|错成|显示|用的|叫|给我|给的|[写标显]着|显示着)",
        r#"(?: *\b(?:it|the|a|just|only|exactly|simply|number|value|this|in|actually|really|still|my|own|nickname|username|code|digits|now|wrong|as|to be|by mistake|uid|user id)\b| *(?:成|的|了|我的|自己的|自己|[uU][iI][dD]|手机尾号|会员号|数字|号码|一个|错误的))*[ :]*["'`“”‘’「『(\[<*]{0,3}"#,
        value!(),
    )),
    Pattern::new(concat!(
        value!(),
        r#"["'`”’」』)\]>*]{0,3} *(?:\([^()\n]{0,12}\) *)?(?:하나)?(?:을|를|이라고|라고|이|가|으로|로|만|번을?)? *(?:잘못 *)?(?:입니다|이에요|예요|이예요|이고|인데|이더|였|이었|나옵|나와|적|입력|썼|쓰고|넣|기재|기입|표시|되어|돼|떠|뜹|뜨|보이|임\b)"#,
    )),
    Pattern::new(r"(?P<cue>,) *(?P<value>[0-9]{6,20}) *(?:[,.)\n。]|$)"),
];

/// "I forgot the tag. The right one is 5512."
static REFERRED: Pattern = Pattern::new(concat!(
    r"(?i)(?:\b(?:(?:the |my )?(?:right|correct|proper|actual|real|true|valid|intended|wrong|other) (?:one|number|value|id|digits)|mine|the (?:right|correct|wrong) *(?:=|:|is|was)|the one (?:(?:that |which )?(?:i|you|on|in|from|for)\b[^\n.!?:]{1,40}? ?)?)[^\n.!?:0-9]{0,24}?(?:\b(?:is|was|be|been)\b|[:=→])",
    r"|\b(?:it|that|which)(?: (?:is|was)|'s| (?:should|must|has to|had to|ought to)(?:'ve| have)?(?: be(?:en)?)?)",
    r"|\b(?:should|must)(?:'ve| have)(?: been| used| put| entered| typed| written)| has to be| instead of| rather than",
    r"|\b(?:i|we)(?:'ve| have)?(?: (?:accidentally|mistakenly|wrongly|then|only|just|have|did))? (?:put|entered|typed|wrote|used|pasted|filled in|inserted)",
    r"|(?:正确|正確|实际|實際|真正|原来|原來|本来|本來|应该|應該|应当|错误|我)的?(?:标签|那个|号码|值|应该|應該|应)?(?:是|为|為|填的?|写的?|填成|写成)+|应[填写为]|填成了?|写成了?|填错成|正确的?:",
    r"|(?:맞는|올바른|정확한|정상|원래|실제)(?:는|로는)? ?|(?:맞는|올바른|정확한|정상|원래|실제|제|저의|잘못|틀린|적은|적어야 할|써야 할|입력한|쓴|넣은|넣었어야 할) ?(?:거|것|건|게|번호|값|숫자)(?:은|는|이|가)?|제꺼는?|제건)",
    r#"(?: *\b(?:in|just|only|as|a|the|wrong|number|to|be|actually|really|it|my|by mistake)\b| *(?:是|了|的|성))*[ :]*["'`“”‘’「『(\[*]{0,3}"#,
    value!(),
));

/// "Which tag?" and what stands in the next line; "the memo is as follows".
static ANSWERED: Pattern = Pattern::new(concat!(
    r"(?i)^(?:[^\n.。?!0-9]{0,60}\?|[^\n.。?!0-9]{0,24}(?:as follows|below|다음과 같[가-힣]*|아래[가-힣 ]*|如下|下面)[.:。]?| *\([^()\n]{0,24}\)[:?]? *\n)",
    r"\s*(?:>\s*)?(?:(?:a|me|我|答|나)\s*: *)?(?:(?:it|i|that|the|my)\b[^\n0-9.?]{0,28}|是|我填的是?|填的是?)?",
    value!(),
    r" *(?:$|\n|[.,。;(]|입니다|이에요|예요|요)",
));

/// "5512 is my tag", "5512 填在了标签里", "5512를 태그에".
static AHEAD: Pattern = Pattern::new(concat!(
    value!(),
    r#"["'`”’」』)\]*]{0,3} *(?:,? *\b(?:(?:that |which )?(?:is|was|are|being)|would be|should be)(?: *\b(?:in|as|what|on)\b)?|,? *\b(?:(?:is |was |were |has been |got )?(?:went|written|entered|typed|put|pasted|filled|used|given|belongs) )?(?:in|into|inside|as|under|for|where)\b|(?:<?-+>?|←|—|=)(?: *(?:this|that|it))?(?: is)?|\(|这个?(?:就)?是?|(?:이|가)? *(?:이게|이것이|이거|요게)|은|는|이|가|을|를|으?로|이?라고|이?라는|이?란|인|是|就是|作为|作為|当作?|当成|做|[填写放贴输](?:入|在|到|进|成)了?|当做)"#,
    r"(?: *\b(?:the|my|a|our|your|that|this|their|correct|right|wrong|actual|real|proper|old|new|deposit|destination|required|xrp|xlm|eos|ton|atom|hbar)\b| *(?:我的|我|你们的|你们|充值的?|那个|正确的|제|저의|내|본|그|올바른|맞는|해당|입금|받는|리플))* *$",
));

/// "Memo: sunflower", a value of letters that has its line for itself or stands in quotes.
static LETTERS: Pattern = Pattern::new(concat!(
    r#"(?i)^(?:(?: *\b(?:is|was|as|i|used|put|wrote|typed|entered|field|text|should|be|have|been|with|the|right|correct|one)\b| *(?:我|填写?|写|输入|的|是|了|成|为|里|栏|应该|란|에|은|는|을|를))*[ :=]*["“”「『`](?P<quoted>[A-Za-z][A-Za-z0-9_-]{2,31})["“”」』`]"#,
    r#"|[ )*"']*[:=] *["']?(?P<alone>[A-Za-z][A-Za-z0-9_-]{3,31})["']? *(?:$|\n|\||,|&|\})"#,
    r"|(?:我|写|填写?|输入|的|是|了|成|为)*(?:填写?|写|输入|是)(?:的|是|了|成|为)* ?(?P<chinese>[A-Za-z][A-Za-z0-9_-]{3,31})(?: |,|。|$|\n)",
    r"|(?:에|란에|은|는|값은|를|을)? (?P<korean>[A-Za-z][A-Za-z0-9_-]{3,31}) ?(?:였|이었|입니다|이에요|예요|이고|이?라고|(?:으로|로|을|를) ?(?:적|입력|넣|썼|기재))",
    r"|[ :]*(?P<bare>[A-Za-z][A-Za-z0-9_-]{3,31}) *(?:$|\n|[,.。(])",
    r"|(?: *\b(?:is|was|as|i|used|put|wrote|typed|entered)\b)+ (?P<mixed>[A-Za-z]+_[A-Za-z_]+|[a-z]+(?-i:[A-Z])[A-Za-z]+)\b)",
));

/// Words that stand where a memo would, and tell that there is none, or of what sort it is.
const NO_VALUE: &[&str] = &[
    "none",
    "null",
    "nil",
    "empty",
    "blank",
    "missing",
    "forgotten",
    "forgot",
    "unknown",
    "optional",
    "required",
    "needed",
    "unneeded",
    "nothing",
    "left",
    "same",
    "see",
    "below",
    "above",
    "attached",
    "incorrect",
    "wrong",
    "correct",
    "right",
    "lost",
    "invalid",
    "valid",
    "undefined",
    "unset",
    "absent",
    "omitted",
    "skipped",
    "zero",
    "number",
    "text",
    "hash",
    "memo",
    "tag",
    "comment",
    "note",
    "field",
    "value",
    "type",
    "true",
    "false",
    "yes",
    "not",
    "without",
    "mandatory",
    "ok",
    "okay",
    "recommended",
    "urgent",
    "asap",
    "please",
    "help",
    "thanks",
    "hidden",
    "redacted",
    "removed",
    "private",
    "memo_text",
    "memo_id",
    "memo_hash",
    "memo_return",
    "string",
    "included",
    "present",
    "provided",
    "given",
    "dunno",
    "nope",
    "void",
    "n-a",
    "not-needed",
    "copied",
    "mismatch",
    "address",
    "amount",
    "network",
    "hello",
    "test-memo",
    "exchange",
    "wallet",
    "mistake",
    "input",
    "deposit",
    "withdrawal",
    "recovery",
    "return",
    "refund",
    "mainnet",
    "screenshot",
    "destination",
    "different",
];

/// How far behind the name a value is looked for, in bytes.
const REACH: usize = 200;

/// The value that a name speaks of, where it does not stand right behind it.
pub(super) fn find(page: &Page, name: &Hit) -> Option<Range<usize>> {
    let at = name.end;
    let after = page.after(at, REACH);
    let in_letters = || lettered(page, name);
    // "Memo: none" is all that the line says.
    if is_denied(after) {
        return None;
    }
    let sentence = after.find(['\n', '。', '!', '?', ';']).unwrap_or(after.len());
    let sentence = &after[..after[..sentence].find(". ").unwrap_or(sentence)];
    let further = || {
        FURTHER.iter().flat_map(|told| told.all_parts(sentence)).find_map(|found| {
            let (whole, value) = (found.get(0)?, found.name("value")?.range());
            let cue = &sentence[whole.start()..value.start];
            // What stands beside, between commas, is never a number of coins in a row of no's.
            let beside = found.name("cue").is_some();
            let plain = !beside || !says_no(page, at..at + value.start);
            let written = cue.is_empty() || is_written(cue);
            (plain && fits(page, at, at + whole.start(), &value, written)).then_some(at + value.start..at + value.end)
        })
    };
    let answered = || {
        let value = ANSWERED.parts(after)?.name("value")?.range();
        let long = value.len() >= 5;
        (long && fits(page, at, at + value.start, &value, false)).then_some(at + value.start..at + value.end)
    };
    let referred = || {
        let value = REFERRED.parts(after)?.name("value")?.range();
        fits(page, at, at + value.start, &value, true).then_some(at + value.start..at + value.end)
    };
    in_letters().or_else(|| column(page, name)).or_else(further).or_else(answered).or_else(referred)
}

/// The value that stands before the name.
pub(super) fn ahead(page: &Page, name: &Hit) -> Option<Range<usize>> {
    let after = page.after(name.end, 24).trim_start().to_lowercase();
    if LEFT_OUT.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    let before = page.before(name.start, 90).rsplit(['\n', '。', '!', '?']).next().unwrap_or_default();
    let found = AHEAD.parts(before)?;
    let value = found.name("value")?.range();
    let from = name.start - before.len();
    let written = is_written(page.before(from + value.start, 16));
    let joint = before[value.end..].trim();
    // "For" and a bracket say less than "is" and "as".
    let weak = joint.starts_with("for") || joint.ends_with('(') && !page.after(name.end, 1).starts_with(')');
    let long = value.len() >= 4 && !weak || written || value.start == 0 && joint.starts_with("as");
    let range = from + value.start..from + value.end;
    (long && is_whole(page, &range)).then_some(range)
}

/// What is said behind the name of a memo that was not given.
pub(super) const LEFT_OUT: &[&str] =
    &["없이", "없", "안 ", "누락", "미기재", "미입력", "빠", "没", "沒", "未", "漏", "忘", "was missing", "missing"];

/// Who writes a value down says so right before it.
const PUT: &[&str] =
    &["put", "typed", "entered", "wrote", "used", "filled in", "填", "填了", "写", "写了", "输入", "输入了"];

fn is_written(cue: &str) -> bool {
    let cue = cue.trim_end_matches([' ', '"', '“', '「', '(', '\'']).to_lowercase();
    PUT.iter().any(|put| cue.ends_with(put))
}

fn says_no(page: &Page, range: Range<usize>) -> bool {
    page.hits().iter().any(|hit| hit.sense == Sense::Not && range.contains(&hit.start))
}

fn is_denied(after: &str) -> bool {
    let said = after.trim_start_matches([' ', ')', '*']);
    let Some(value) = said.strip_prefix([':', '=']) else { return false };
    let value = value.trim_start().to_lowercase();
    ["none", "no", "n/a", "null", "empty", "blank", "-", "无", "無", "没", "空", "없", "미", "不", "未"]
        .iter()
        .any(|no| value.starts_with(no))
}

/// What a number beside a memo's name may be instead.
static OF_OTHERS: Pattern = Pattern::new(
    r"(?i)\b(?:id|uid|ticket|case|ref|reference|room|version|pin)\b|账号|帐号|编号|群|[qQ]{2}|微信|订单|회원|계정|주문|문의",
);

/// Whether a value some words behind the name is that of the memo, and of nothing that is named between.
fn fits(page: &Page, at: usize, cue: usize, value: &Range<usize>, written: bool) -> bool {
    let range = at + value.start..at + value.end;
    let text = &page.text()[range.clone()];
    let between = &page.text()[at..cue];
    let numeric = text.bytes().all(|b| b.is_ascii_digit());
    let hits = page.hits().iter().filter(|hit| hit.start >= at && hit.end <= cue);
    let (mut other, mut denied) = (false, false);
    for hit in hits {
        denied |= hit.sense == Sense::Not;
        other |= announces(hit.sense) && !PLAIN.contains(&page.text()[hit.start..hit.end].to_lowercase().as_str());
    }
    let short = numeric && text.len() < 4;
    let rest = page.after(range.end, 24).trim_start_matches(['"', '\'', ')', '”', '」', ' ']).to_lowercase();
    let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '+' | '(' | '#'))
        || ["because", "as ", "since", "and ", "instead", "but ", "in "].iter().any(|word| rest.starts_with(word));
    let year = numeric && text.len() == 4 && (text.starts_with("20") || text.starts_with("19"));
    let unsure = denied && numeric && text.len() < 5;
    !other && !OF_OTHERS.is_in(between) && !unsure && !year && (!short || written && ends) && is_whole(page, &range)
}

/// Whether a word has the value behind it for itself.
fn announces(sense: Sense) -> bool {
    !matches!(
        sense,
        Sense::Memo
            | Sense::Route(_)
            | Sense::Exchange
            | Sense::Wallet
            | Sense::Not
            | Sense::Sent
            | Sense::Coin(_)
            | Sense::Chain(_)
            | Sense::To
            | Sense::From
            | Sense::Address
            | Sense::Net
            | Sense::CoinLabel
    )
}

/// Words that may also stand beside a memo.
const PLAIN: &[&str] =
    &["value", "transaction", "tx", "交易", "explorer", "浏览器", "code", "트랜잭션", "at least", "equals"];

/// Whether a value is no part of a number, a date, a time, a count, a hash.
fn is_whole(page: &Page, range: &Range<usize>) -> bool {
    let text = &page.text()[range.clone()];
    let (before, after) = (&page.text()[..range.start], &page.text()[range.end..]);
    let begins = !before
        .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '/' | '-' | '_' | '#' | '@' | '$'));
    let goes_on = after.starts_with(['.', ',', ':', '/', '@', '%'])
        && after[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let numeric = digits == text.len();
    let dated = !numeric && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let hex = text.len() >= 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    // "3rd", "20mins", "erc20": with letters, it takes more to be a value.
    let mixed = numeric || text.len() >= 5 && digits >= 2;
    let counted = text.len() <= 6 && super::memos::is_counted(page, range.end);
    let named = page.hits().iter().any(|hit| hit.start <= range.start && hit.end >= range.end);
    begins && !goes_on && !dated && !hex && mixed && !counted && !named
}

fn lettered(page: &Page, name: &Hit) -> Option<Range<usize>> {
    let after = page.after(name.end, 90);
    let found = LETTERS.parts(after)?;
    let bare = found.name("bare").filter(|_| !page.text()[name.start..name.end].is_ascii());
    let alone = found.name("alone").or(bare);
    // A remark to the desk is no memo.
    let label = page.text()[name.start..name.end].to_lowercase();
    let remark = ["comment", "备注", "備註", "留言", "附言", "note", "附加"].iter().any(|word| label.contains(word));
    if alone.is_some() && remark && !label.contains("memo") {
        return None;
    }
    let value = ["quoted", "chinese", "korean", "mixed"].iter().find_map(|part| found.name(part)).or(alone)?;
    let range = name.end + value.start()..name.end + value.end();
    let known = page.hits().iter().any(|hit| hit.start >= name.end && hit.start <= range.start && hit.end >= range.end);
    let word = value.as_str().to_lowercase();
    let no_value = NO_VALUE.iter().any(|none| word == *none) || word.starts_with("http");
    (!known && !no_value && !page.text()[range.end..].starts_with("://")).then_some(range)
}

/// How many bytes below the name of a column its value may stand.
const BELOW: usize = 400;

/// The value in the column that the name stands above.
fn column(page: &Page, name: &Hit) -> Option<Range<usize>> {
    static CELL: Pattern = Pattern::new(concat!(r#"[|,;\n] *["'`]?"#, value!()));
    let line = page.after(name.end, BELOW).find('\n')? + name.end;
    for found in CELL.all_parts(page.after(line, BELOW)) {
        let value = found.name("value")?.range();
        let range = line + value.start..line + value.end;
        let rest = page.after(range.end, 24).trim_start_matches([' ', '"', '\'', '`']);
        let whole = rest.is_empty() || rest.starts_with(['|', ',', ';', '\n']);
        if whole && tables::header(page.text(), range.start).is_some_and(|head| head.contains(&name.start)) {
            return Some(range);
        }
    }
    None
}

/// "Coin/amount/tag: XRP/30/5512": the value in the place of its name, where the line is such a list at all.
#[expect(clippy::option_option, reason = "no list, a list without a value, or the value")]
pub(super) fn listed(page: &Page, name: &Hit) -> Option<Option<Range<usize>>> {
    let before = page.before(name.start, 120).rsplit('\n').next()?;
    let after = page.after(name.end, 200).split('\n').next()?;
    let (rest, values) = after.split_once(':')?;
    let place = before.matches('/').count();
    let names = place + rest.matches('/').count();
    if names < 2 || before.contains(':') || values.matches('/').count() != names {
        return None;
    }
    let start = name.end + rest.len() + 1 + values.split('/').take(place).map(|cell| cell.len() + 1).sum::<usize>();
    let cell = values.split('/').nth(place)?;
    let value = cell.trim();
    let start = start + cell.len() - cell.trim_start().len();
    let fits = value.bytes().any(|b| b.is_ascii_digit())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    Some(fits.then_some(start..start + value.len()))
}
