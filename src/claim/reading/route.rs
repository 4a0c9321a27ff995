//! What kind of complaint it is, and where one that is about no transfer belongs.

use schemars::JsonSchema;
use serde::Serialize;

use super::lexicon::{self, Hit, Sense};
use super::page::Page;
use super::voices::Voice;
use super::words::{Cue, simplified};

/// What is complained about, seen from the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Coins sent to it.
    Deposit,
    /// Coins sent by it.
    Withdrawal,
    /// Something else: wallet to wallet, a bridge, a swap, or no transfer at all.
    Other,
}

/// Who should have the complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Whoever looks into transfers.
    Transfer,
    /// Security: somebody else moved the coins.
    Security,
    /// Account access: sign-in, second factor, passwords.
    Access,
    /// Identity checks.
    Identity,
    /// Trading: positions, orders, liquidations.
    Trading,
    /// Cards, banks, money of a state.
    Fiat,
    /// Dealings between customers.
    PeerToPeer,
}

impl Route {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Security => "security",
            Self::Access => "access",
            Self::Identity => "identity",
            Self::Trading => "trading",
            Self::Fiat => "fiat",
            Self::PeerToPeer => "peer-to-peer",
        }
    }
}

/// What the words of a page speak for.
#[derive(Debug, Default)]
struct Weights {
    cues: std::collections::BTreeMap<Cue, i32>,
}

/// What a cue weighs that stands once, outside the title.
const ONCE: i32 = 3;
/// Most that one cue can gain by being repeated.
const MOST: i32 = 18;

impl Weights {
    fn of(page: &Page) -> Self {
        let mut weights = Self::default();
        let title = page.text().find("\n\n").unwrap_or(0);
        for hit in page.hits() {
            let Sense::Route(cue) = hit.sense else { continue };
            // "Not credited" speaks of credit all the same.
            let denied = !matches!(cue, Cue::Credit | Cue::Arrival) && is_denied(page, hit);
            if page.voice(hit.start) != Voice::Customer || denied {
                continue;
            }
            let weight = if hit.start < title { 5 } else { ONCE };
            let sum = weights.cues.entry(cue).or_default();
            *sum = (*sum + weight).min(MOST);
        }
        weights
    }

    fn get(&self, cue: Cue) -> i32 {
        self.cues.get(&cue).copied().unwrap_or_default()
    }
}

/// "No deposit problem": a word that is only mentioned to be put aside.
fn is_denied(page: &Page, hit: &Hit) -> bool {
    let before = page.before(hit.start, 9).to_lowercase();
    let said = [" no ", "\nno ", "not a ", "neither ", " nor ", "不是", "没有", "沒有", "並非", "并非"];
    if before == "no " || said.iter().any(|no| before.ends_with(no)) {
        return true;
    }
    // Korean denies behind: "입금도 출금도 아니고".
    let clause = page.after(hit.end, 48).split(['.', ',', '\n', '。', '?', '!']).next().unwrap_or_default();
    let mut words = clause.split(' ').filter(|word| !word.is_empty());
    let particle = words.next().unwrap_or_default();
    let denial = |word: &str| ["아니", "아닙", "아닌", "관계없", "상관없", "무관"].iter().any(|no| word.contains(no));
    ["도", "은", "는", "이", "가", "과", "와", "이랑", "랑", "과는", "와는", "이랑은", "랑은"].contains(&particle)
        && words.take(2).any(denial)
        || denial(particle) && particle.chars().count() <= 8
}

/// What a complaint gives of the transfer that it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    /// An identifier.
    pub(super) identifier: bool,
    /// An amount of coins.
    pub(super) amount: bool,
    /// That the coins went to a program.
    pub(super) to_contract: bool,
}

/// The kind and the route of a complaint.
pub(super) fn of(page: &Page, given: Given) -> (Kind, Route) {
    let has_transfer = given.identifier;
    let weights = Weights::of(page);
    let custodial = [Cue::Deposit, Cue::Withdrawal, Cue::Credit].iter().any(|cue| weights.get(*cue) > 0);
    let Movements { towards, away, wallets, into_wallet, out_of_wallet } = movements(page, custodial);
    let turned = weights.get(Cue::Swap) + weights.get(Cue::Bridge) > 0;
    // "Completed", and a wallet that nothing came to: an exchange has sent it there.
    let done = weights.get(Cue::Done) > 0;
    let missed = !turned && (away > 0 || custodial || done) && is_missed_in_wallet(page);
    let missed = if missed { 3 } else { 0 } + if done && !turned && (missed || into_wallet > 0) { 3 } else { 0 };
    // Only what many share needs a memo; coins that leave for another exchange do, too.
    let leaves = weights.get(Cue::Withdrawal) > 0;
    let tagged = if !leaves && page.hits().iter().any(|hit| hit.sense == Sense::Memo) { 4 } else { 0 };
    let (put_in, taken_out) = brief(page);
    let (towards, away) = (towards + put_in, away + taken_out + missed);
    let deposit = weights.get(Cue::Deposit) + weights.get(Cue::Credit) * 2 / 3 + towards + tagged;
    let withdrawal = weights.get(Cue::Withdrawal) + away;
    let transfer = deposit.max(withdrawal);
    let theft = weights.get(Cue::Theft);
    if theft > 0 && (theft >= 5 || withdrawal > 0 || has_transfer) {
        let own_wallet = page.hits().iter().any(|hit| hit.sense == Sense::Wallet);
        let taken_out = if withdrawal == 0 { deposit == 0 && !own_wallet } else { withdrawal >= deposit };
        let kind = if taken_out { Kind::Withdrawal } else { Kind::Other };
        return (kind, Route::Security);
    }
    if let Some(route) = elsewhere(&weights, transfer, has_transfer) {
        return (Kind::Other, route);
    }
    let other = [Cue::Bridge, Cue::Wallets, Cue::Stuck].map(|cue| weights.get(cue)).iter().sum::<i32>() * 4 / 3
        + weights.get(Cue::Swap) * if weights.get(Cue::Swap) > ONCE { 4 } else { 3 } / 3
        + weights.get(Cue::Aside) * 2 / 3
        + if given.to_contract { 8 } else { 0 };
    // Who complains of a transfer to whoever keeps coins, and names no wallet that it went to, has sent it there.
    let spoken = weights.get(Cue::Arrival) > 0 || page.hits().iter().any(|hit| is_transfer(hit.sense));
    let missing = has_transfer || given.amount && spoken;
    let walled = wallets > 0 && (into_wallet > 0 || out_of_wallet < wallets || weights.get(Cue::Arrival) == 0);
    let kind = match () {
        () if other > transfer || transfer == 0 && weights.get(Cue::Astray) > 0 => Kind::Other,
        () if transfer == 0 && missing && !walled => Kind::Deposit,
        () if transfer == 0 => Kind::Other,
        () if withdrawal > deposit => Kind::Withdrawal,
        () => Kind::Deposit,
    };
    (kind, Route::Transfer)
}

/// Verbs of one character right before a number, which are too short to be words of their own: "充100U", "提0.5".
fn brief(page: &Page) -> (i32, i32) {
    let (mut put_in, mut taken_out) = (0, 0);
    for hit in page.hits().iter().filter(|hit| hit.sense == Sense::Sent && page.voice(hit.start) == Voice::Customer) {
        let counted = page.after(hit.end, 2).trim_start().starts_with(|c: char| c.is_ascii_digit());
        let named = || {
            let mut next = lexicon::after(page.hits(), hit.end, 12);
            next.any(|coin| matches!(coin.sense, Sense::Coin(_)) && coin.start <= hit.end + 1)
        };
        if !counted && !named() {
            continue;
        }
        match &page.text()[hit.start..hit.end] {
            "充" | "冲" | "存" => put_in = 3,
            "提" => taken_out = 3,
            _ => {}
        }
    }
    (put_in, taken_out)
}

fn is_transfer(sense: Sense) -> bool {
    matches!(sense, Sense::Sent | Sense::Txid)
}

/// Where a complaint about no transfer belongs: the weightiest of those, where it outweighs talk of transfers.
fn elsewhere(weights: &Weights, transfer: i32, has_transfer: bool) -> Option<Route> {
    let routes = [
        (Cue::Trading, Route::Trading),
        (Cue::PeerToPeer, Route::PeerToPeer),
        (Cue::Fiat, Route::Fiat),
        (Cue::Identity, Route::Identity),
        (Cue::Login, Route::Access),
    ];
    let (weight, route) =
        routes.into_iter().map(|(cue, route)| (weights.get(cue), route)).max_by_key(|(weight, _)| *weight)?;
    let against = if has_transfer { transfer + 8 } else { transfer };
    (weight > 0 && weight > against).then_some(route)
}

/// How much speaks for coins going somewhere, by who is named beside "to" and "from".
struct Movements {
    /// To an exchange.
    towards: i32,
    /// From an exchange.
    away: i32,
    /// How often a wallet is named at all; as where they go to; as where they come from.
    wallets: i32,
    into_wallet: i32,
    out_of_wallet: i32,
}

fn movements(page: &Page, custodial: bool) -> Movements {
    let (mut towards, mut away) = (0, 0);
    let (mut wallets, mut into_wallet, mut out_of_wallet) = (0, 0, 0);
    for hit in page.hits().iter().filter(|hit| page.voice(hit.start) == Voice::Customer) {
        let (to, from) = ways(page, hit);
        wallets += i32::from(hit.sense == Sense::Wallet);
        match hit.sense {
            Sense::Exchange if to => towards += 5,
            Sense::Exchange if from => away += 4,
            Sense::Wallet if to && !is_exchange_wallet(page, hit) => into_wallet += 1,
            Sense::Wallet if from => out_of_wallet += 1,
            _ => {}
        }
    }
    // Sent by an exchange, in so many words.
    let sent = page.hits().windows(2).filter(|pair| matches!(pair[0].sense, Sense::Exchange));
    let sent = sent.filter(|pair| pair[1].sense == Sense::Sent && pair[1].start.saturating_sub(pair[0].end) <= 2);
    away += i32::try_from(sent.count().min(2)).unwrap_or_default() * 5;
    // A wallet alone makes no exchange; it only tells which way where there is one.
    towards += if towards > 0 || custodial { out_of_wallet * 2 } else { 0 };
    away += if away > 0 || custodial { into_wallet * 2 } else { 0 };
    Movements { towards: towards.min(MOST), away: away.min(MOST), wallets, into_wallet, out_of_wallet }
}

/// Whether it is a wallet that nothing came to: "my Exodus shows nothing", "钱包没收到".
fn is_missed_in_wallet(page: &Page) -> bool {
    let wallets =
        page.hits().iter().filter(|hit| hit.sense == Sense::Wallet && page.voice(hit.start) == Voice::Customer);
    wallets.into_iter().any(|wallet| {
        let after = page.after(wallet.end, 96).to_lowercase();
        // The wallet's address may stand between.
        let long = |word: &&str| word.len() < 25 || !word.is_ascii();
        let words: Vec<&str> = after.split(' ').filter(long).collect();
        let after: String = words.join(" ").chars().map(simplified).take(40).collect();
        let clause = after.trim_start_matches(['里', '中', '内', ' ', '一', '直']);
        let clause = clause.split(['.', ',', ';', '\n', '。', '!', '?']).next().unwrap_or_default();
        (clause.starts_with("没有") || EMPTY.iter().any(|words| clause.contains(words)))
            && !is_exchange_wallet(page, wallet)
    })
}

/// What is said of a place where nothing came.
const EMPTY: &[&str] = &[
    "nothing",
    "not received",
    "never received",
    "didn't receive",
    "did not receive",
    "hasn't received",
    "is empty",
    "still empty",
    "has no ",
    "shows 0",
    "shows zero",
    "doesn't show",
    "never got",
    "didn't get",
    "hasn't got",
    "没收到",
    "没有收到",
    "未收到",
    "没到",
    "没有到",
    "还是空",
    "是空的",
    "没有显示",
    "没显示",
    "收不到",
    "안 들어",
    "안들어",
    "없",
    "못 받",
    "못받",
    "안 왔",
    "안왔",
    "도착하지",
    "비어",
];

fn is_exchange_wallet(page: &Page, hit: &Hit) -> bool {
    lexicon::before(page.hits(), hit.start, 16).any(|other| other.sense == Sense::Exchange)
}

/// Whether a name is followed by "to" in Chinese, and not by "until" or "credited".
fn goes_on(after: &str) -> bool {
    let to = after.strip_prefix('到');
    to.is_some_and(|rest| !rest.starts_with(['账', '帐', '帳', '现', '現', '底', '今', '了', '达', '期', '时']))
}

/// Whether a name is where something goes to, or comes from.
fn ways(page: &Page, hit: &Hit) -> (bool, bool) {
    let before: String = page.before(hit.start, 24).to_lowercase().chars().map(simplified).collect();
    let before = OWNERS.iter().find_map(|owner| before.strip_suffix(owner)).unwrap_or(&before);
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let skip = [
        "my", "the", "your", "our", "a", "an", "his", "her", "personal", "own", "of", "s", "this", "old", "new", "is",
        "was", "which",
    ];
    let last = words.iter().rev().find(|word| !skip.contains(*word)).copied().unwrap_or_default();
    let after: String = page.after(hit.end, 16).chars().map(simplified).collect();
    let after = after.as_str();
    let glued = |list: &[&str], text: &str| list.iter().any(|word| text.starts_with(word));
    let ends = |list: &[&str]| list.iter().any(|word| before.trim_end().ends_with(word));
    let to =
        matches!(last, "to" | "into" | "in" | "onto" | "at" | "destination" | "recipient" | "receiver" | "towards")
            || ends(&["到", "给", "往", "进", "至", "向", "進", "給", "去", "充", "->", "→", "=>", "》", "➡"])
            || glued(
                &["로 ", "으로", "로보", "에 입금", "에 보", "에 전송", "에 넣", "에 충전", " 계정", " 지갑으로"],
                after,
            );
    let from = matches!(last, "from" | "via" | "by" | "out" | "off" | "leaving")
        || ends(&["从", "由", "在", "從"])
        || glued(
            &["에서", "发给我", "给我转", "转给我", "转出", "轉出", "提到", "->", " ->", "→", " →", "=>", " =>"],
            after,
        )
        || glued(&["转出", "发出", "发到", "转到", "转给", "转去", "打到"], after.trim_start())
        || goes_on(after)
        || leads_on(page, hit);
    (to, from && !to)
}

/// Whose a place is, between the word for going there and its name.
const OWNERS: &[&str] =
    &["我自己的", "自己的", "我的", "我们的", "你们的", "你们", "贵", "我", "个人", "外部", "同一个", "另一个"];

/// "Kraken to Ledger": a name, the way, and another name or whose it is.
fn leads_on(page: &Page, hit: &Hit) -> bool {
    let after = page.after(hit.end, 12);
    let Some(rest) = [" to ", " into ", " onto "].iter().find_map(|way| after.strip_prefix(way)) else { return false };
    let at = hit.end + after.len() - rest.len();
    let named = lexicon::after(page.hits(), at, 24)
        .any(|place| place.start == at && matches!(place.sense, Sense::Exchange | Sense::Wallet));
    named || ["my ", "our ", "a ", "another "].iter().any(|owner| rest.starts_with(owner))
}
