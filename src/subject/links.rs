//! What a link to an explorer tells: the network, the transaction or address, or a block.

use super::{is_address, with_prefix};
use crate::terms::Shape;

/// The usual explorers, by host and the first part of the path where one host shows several networks. Networks that are
/// not served here are named all the same, so that the report can say so.
const EXPLORERS: &[(&str, &str, &str)] = &[
    ("mempool.space", "testnet", "bitcoin-testnet3"),
    ("mempool.space", "liquid", "liquid"),
    ("blockstream.info", "testnet", "bitcoin-testnet3"),
    ("blockstream.info", "liquid", "liquid"),
    ("mempool.space", "testnet4", "bitcoin-testnet4"),
    ("mempool.space", "signet", "bitcoin-signet"),
    ("mempool.space", "", "bitcoin"),
    ("blockstream.info", "", "bitcoin"),
    ("blockchair.com", "bitcoin", "bitcoin"),
    ("blockchair.com", "ethereum", "ethereum"),
    ("blockchair.com", "litecoin", "litecoin"),
    ("etherscan.io", "", "ethereum"),
    ("sepolia.etherscan.io", "", "ethereum-sepolia"),
    ("bscscan.com", "", "bsc"),
    ("testnet.bscscan.com", "", "bsc-testnet"),
    ("polygonscan.com", "", "polygon"),
    ("amoy.polygonscan.com", "", "polygon-amoy"),
    ("arbiscan.io", "", "arbitrum"),
    ("sepolia.arbiscan.io", "", "arbitrum-sepolia"),
    ("optimistic.etherscan.io", "", "optimism"),
    ("sepolia-optimism.etherscan.io", "", "optimism-sepolia"),
    ("basescan.org", "", "base"),
    ("sepolia.basescan.org", "", "base-sepolia"),
    ("snowtrace.io", "", "avalanche"),
    ("testnet.snowtrace.io", "", "avalanche-fuji"),
    ("tronscan.org", "", "tron"),
    ("solscan.io", "", "solana"),
    ("xrpscan.com", "", "xrpl"),
    ("tonviewer.com", "", "ton"),
];

/// What the path of an explorer's only network begins with.
const PAGES: &[&str] = &["", "tx", "txs", "transaction", "transactions", "address", "block", "token", "account"];

/// The text as a link; one to a usual explorer may lack its scheme.
pub(super) fn link(text: &str) -> Option<url::Url> {
    let known = |text: &str| EXPLORERS.iter().any(|(host, ..)| text.trim_start_matches("www.").starts_with(host));
    let parsed = match url::Url::parse(text) {
        Ok(link) if matches!(link.scheme(), "http" | "https") => Some(link),
        _ if known(text) => url::Url::parse(&format!("https://{text}")).ok(),
        _ => None,
    };
    parsed.filter(|link| link.host_str().is_some_and(|host| host.contains('.')))
}

/// The network whose explorer it leads to.
pub(super) fn explored(link: &url::Url) -> Option<&'static str> {
    let host = link.host_str()?.trim_start_matches("www.");
    // Some put the reader's language first: two letters, that no page and no network is called by.
    let mut parts = link.path_segments()?.skip_while(|part| part.len() == 2 && *part != "tx");
    let first = parts.next().unwrap_or_default();
    let is_page = PAGES.contains(&first);
    let shows =
        |(known, part, _): &&(&str, &str, &str)| host == *known && (*part == first || part.is_empty() && is_page);
    EXPLORERS.iter().find(shows).map(|(.., network)| *network)
}

/// The height of the block whose page it is.
pub(super) fn block_height(link: &url::Url) -> Option<String> {
    let parts: Vec<&str> = link.path_segments()?.collect();
    let pairs = parts.iter().zip(parts.iter().skip(1));
    let height = pairs.filter(|(what, _)| what.starts_with("block")).map(|(_, height)| *height);
    height.filter(|height| !height.is_empty() && height.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).next()
}

/// The first part of a link that looks like a transaction identifier or an address.
pub(super) fn from_link(link: &url::Url) -> Option<String> {
    let after = &link[url::Position::BeforePath..];
    let parts = after.split(['/', '?', '&', '=', '#', ':']);
    parts.map(|part| with_prefix(part, &mut Vec::new())).find(|p| Shape::of(p).is_some() || is_address(p))
}
