//! Which network the coins went over.

use super::addresses::ReadAddress;
use super::assets::{ReadName, ranked, touches};
use super::identifiers::{ChainFamily, Why};
use super::lexicon::{self, Hit, Sense};
use super::links::{self, Link};
use super::page::Page;
use super::voices::Voice;
use super::words;

/// Names that are a standard for tokens, which people say instead of the network.
const STANDARDS: &[&str] = &["trc", "erc", "bep", "ecr", "beb", "spl", "jetton"];

/// Networks that are called by the ticker of a token that is not what they are paid in.
const LAYERS: &[(&str, &str)] = &[("ARB", "arbitrum"), ("OP", "optimism"), ("STRK", "starknet")];

/// The networks that a page names, the likeliest to be the claimed one first.
pub(super) fn find(page: &Page, links: &[Link], addresses: &[ReadAddress], asset: Option<&str>) -> Vec<ReadName> {
    let mut names = Vec::new();
    let families: Vec<ChainFamily> =
        addresses.iter().filter(|address| address.is_claimed()).map(ReadAddress::family).collect();
    for link in links.iter().filter(|link| page.voice(link.range.start) <= Voice::Quoted) {
        if let Some(network) = link.network {
            let span = page.span(&link.range);
            names.push(ReadName { value: network.to_owned(), rank: 0, why: Why::Link, span, score: 80 });
        }
    }
    for hit in page.hits() {
        let Sense::Chain(chain) = hit.sense else { continue };
        if page.voice(hit.start) > Voice::Quoted || links::around(links, hit.start).is_some() {
            continue;
        }
        let (score, why) = score(page, hit, chain);
        let order = i32::try_from(names.len().min(8)).unwrap_or_default();
        let fits = agreement(&families, ChainFamily::of(chain.name));
        let span = page.span(&(hit.start..hit.end));
        names.push(ReadName { value: chain.name.to_owned(), rank: 0, why, span, score: score + fits - order });
    }
    names.extend(by_coin(page, asset));
    if let Some((coin, name)) = asset.and_then(words::coin).and_then(|coin| Some((coin, coin.network?))) {
        let hit = page.hits().iter().find(|hit| matches!(hit.sense, Sense::Coin(known) if known.ticker == coin.ticker));
        let span = page.span(&hit.map_or(0..0, |hit| hit.start..hit.end));
        names.push(ReadName { value: name.to_owned(), rank: 0, why: Why::Coin, span, score: 34 });
    }
    ranked(names, 2)
}

/// Networks that are called by their own coin: "network: ETH", "USDT (SOL)".
fn by_coin(page: &Page, asset: Option<&str>) -> Vec<ReadName> {
    let mut names = Vec::new();
    for hit in page.hits() {
        let Sense::Coin(coin) = hit.sense else { continue };
        let layer = LAYERS.iter().find(|(ticker, _)| *ticker == coin.ticker).map(|(_, network)| *network);
        let Some(network) = coin.network.or(layer).filter(|_| page.voice(hit.start) <= Voice::Quoted) else { continue };
        let labelled = lexicon::before(page.hits(), hit.start, 24)
            .any(|label| label.sense == Sense::ChainLabel && touches(&page.text()[label.end..hit.start]));
        let before = page.before(hit.start, 12).to_lowercase();
        let way = ["(", "on ", "via ", "over ", "走", "用"].iter().any(|way| before.ends_with(way));
        let score = match () {
            () if page.voice(hit.start) == Voice::Field && labelled => 200,
            () if labelled => 100,
            () if way && asset != Some(coin.ticker) => 44,
            () => continue,
        };
        let span = page.span(&(hit.start..hit.end));
        names.push(ReadName { value: network.to_owned(), rank: 0, why: Why::Label, span, score });
    }
    names
}

/// The network claimed.
pub(super) fn claimed(names: &[ReadName]) -> Option<&ReadName> {
    names.first().filter(|name| name.score >= 24)
}

fn score(page: &Page, hit: &Hit, chain: &words::Chain) -> (i32, Why) {
    let text = page.text();
    let word = text[hit.start..hit.end].to_lowercase();
    let labelled = lexicon::before(page.hits(), hit.start, 24)
        .any(|label| label.sense == Sense::ChainLabel && touches(&text[label.end..hit.start]));
    let is_coin = lexicon::before(page.hits(), hit.end, 1)
        .any(|other| (other.start, other.end) == (hit.start, hit.end) && matches!(other.sense, Sense::Coin(_)));
    let behind = page.after(hit.end, 24).trim_start_matches([' ', ')', '*', '`', '의']).to_lowercase();
    let said_network =
        ["network", "chain", "blockchain", "mainnet", "链", "网络", "主网", "上", "네트워크", "체인", "망", "메인넷"];
    let is_named = said_network.iter().any(|name| behind.starts_with(name) || word.ends_with(name));
    let explorer = word.ends_with("scan") || word.ends_with("viewer");
    let standard = STANDARDS.iter().any(|standard| word.starts_with(standard));
    let mut score = match () {
        () if labelled => 100,
        () if standard => 62,
        () if explorer => 45,
        () if is_coin && !is_named => 28,
        () if chain.family == "evm" || is_named => 56,
        () => 50,
    };
    let before = page.before(hit.start, 40).to_lowercase();
    let way = [
        "on ",
        "via ",
        "over ",
        "through ",
        "using ",
        "on the ",
        "via the ",
        "over the ",
        "走",
        "走的",
        "用",
        "通过",
        "从",
        "from ",
        "in ",
    ];
    score += if way.iter().any(|way| before.ends_with(way)) { 12 } else { 0 };
    let denied = [
        "instead of",
        "should have",
        "supposed to",
        "not ",
        "only support",
        "supports only",
        "应该用",
        "应该是",
        "本来",
        "不是",
        "只支持",
        "원래",
        "아닌",
        "expected",
        "rather than",
    ];
    score -= if denied.iter().any(|no| before.contains(no)) { 25 } else { 0 };
    score += match page.voice(hit.start) {
        Voice::Field => 100,
        Voice::Quoted => -20,
        _ => 0,
    };
    let behind_only = page.after(hit.end, 16).trim_start().to_lowercase();
    score -= if behind_only.starts_with("only") || behind_only.starts_with("이 아니") { 20 } else { 0 };
    // The block explorer, the wallet or the exchange of a network's name is none.
    score -= if behind_only.starts_with("wallet") || behind_only.starts_with("钱包") || behind_only.starts_with("지갑")
    {
        12
    } else {
        0
    };
    (score, if labelled { Why::Label } else { Why::Form })
}

/// Whether the form of the addresses speaks for a family, or against it.
fn agreement(addresses: &[ChainFamily], family: ChainFamily) -> i32 {
    match addresses {
        [] => 0,
        _ if addresses.contains(&family) => 20,
        _ => -22,
    }
}
