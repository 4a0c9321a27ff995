//! Links on the page: to an explorer's page of a transaction or an address, or to anything else. None is followed.

use std::ops::Range;

use super::page::Page;
use super::patterns::Pattern;
use crate::subject::explored;

/// What the page behind a link is about, by the word before the identifier in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// A transaction.
    Transaction,
    /// An address.
    Address,
    /// A block, a token, something else.
    Other,
}

/// A link where it stands.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) range: Range<usize>,
    /// The network whose explorer it leads to.
    pub(super) network: Option<&'static str>,
}

/// Longest link that is read, in bytes; what goes on behind it is none.
const LONGEST: usize = 2000;

/// The links of a page, in order.
pub(super) fn of(page: &Page) -> Vec<Link> {
    static LINK: Pattern = Pattern::new(
        r"(?i-u)(?:https?://|www\.)[!#-;=?-\[\]_a-z~]{4,}|(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,8}/[!#-;=?-\[\]_a-z~]{4,}",
    );
    let trailing = ['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*'];
    // Not made ready in vain: what is no `www.` has a slash.
    let may_hold = page.text().contains('/') || page.text().to_ascii_lowercase().contains("www.");
    let found = may_hold.then(|| LINK.all(page.text())).into_iter().flatten();
    found
        .map(|found| {
            // Of ASCII alone, so that it may be cut anywhere.
            let text = page.text()[found.start..found.end.min(found.start + LONGEST)].trim_end_matches(trailing);
            let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
            let network = url::Url::parse(&full).ok().as_ref().and_then(explored);
            Link { range: found.start..found.start + text.len(), network }
        })
        .collect()
}

/// The link that a place lies in.
pub(super) fn around(links: &[Link], at: usize) -> Option<&Link> {
    let next = links.partition_point(|link| link.range.end <= at);
    links.get(next).filter(|link| link.range.contains(&at))
}

/// What stands at a place within a link.
pub(super) fn about(page: &Page, link: &Link, at: usize) -> About {
    let before = page.text()[link.range.start..at].trim_end_matches(['/', '=', '#', '?', ':']).to_ascii_lowercase();
    let mut words = before.rsplit(['/', '=', '#', '?', '&', ':', '.']);
    let (word, further) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match word {
        "tx" | "txs" | "txn" | "txid" | "tx_hash" | "txhash" | "hash" | "transaction" | "transactions"
        | "tx-details" | "extrinsic" | "signature" | "trx" | "deploy" => About::Transaction,
        "address" | "addresses" | "account" | "accounts" | "wallet" | "addr" => About::Address,
        // An explorer may put its search, or the network, right before what is looked for.
        "search" | "query" | "q" | "btc" | "eth" | "ltc" | "xrp" | "explorer" if link.network.is_some() => {
            About::Transaction
        }
        // "/tx/eth/…": the network between.
        _ if matches!(further, "tx" | "transaction") => About::Transaction,
        _ => About::Other,
    }
}
