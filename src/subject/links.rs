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
    ("btc.com", "btc", "bitcoin"),
    ("explorer.btc.com", "btc", "bitcoin"),
    ("btc.com", "", "bitcoin"),
    ("btcscan.org", "", "bitcoin"),
    ("bitcoinexplorer.org", "", "bitcoin"),
    ("blockchain.info", "", "bitcoin"),
    ("live.blockcypher.com", "btc", "bitcoin"),
    ("live.blockcypher.com", "ltc", "litecoin"),
    ("live.blockcypher.com", "doge", "dogecoin"),
    ("live.blockcypher.com", "dash", "dash"),
    ("blockchain.com", "btc", "bitcoin"),
    ("blockchain.com", "eth", "ethereum"),
    ("blockchain.com", "bch", "bitcoin-cash"),
    ("omniexplorer.info", "", "omni"),
    ("blockchair.com", "bitcoin", "bitcoin"),
    ("blockchair.com", "ethereum", "ethereum"),
    ("blockchair.com", "litecoin", "litecoin"),
    ("blockchair.com", "dogecoin", "dogecoin"),
    ("blockchair.com", "bitcoin-cash", "bitcoin-cash"),
    ("blockchair.com", "bitcoin-sv", "bitcoin-sv"),
    ("blockchair.com", "dash", "dash"),
    ("blockchair.com", "zcash", "zcash"),
    ("blockchair.com", "stellar", "stellar"),
    ("blockchair.com", "cardano", "cardano"),
    ("blockchair.com", "tron", "tron"),
    ("blockchair.com", "xrp-ledger", "xrpl"),
    ("blockchair.com", "solana", "solana"),
    ("litecoinspace.org", "", "litecoin"),
    ("ltc.bitaps.com", "", "litecoin"),
    ("sochain.com", "tx", "bitcoin"),
    ("dogechain.info", "", "dogecoin"),
    ("explorer.bitcoin.com", "bch", "bitcoin-cash"),
    ("insight.dash.org", "", "dash"),
    ("etherscan.io", "", "ethereum"),
    ("cn.etherscan.com", "", "ethereum"),
    ("etherscan.com", "", "ethereum"),
    ("ethplorer.io", "", "ethereum"),
    ("eth.blockscout.com", "", "ethereum"),
    ("sepolia.etherscan.io", "", "ethereum-sepolia"),
    ("bscscan.com", "", "bsc"),
    ("testnet.bscscan.com", "", "bsc-testnet"),
    ("polygonscan.com", "", "polygon"),
    ("amoy.polygonscan.com", "", "polygon-amoy"),
    ("polygon.blockscout.com", "", "polygon"),
    ("arbiscan.io", "", "arbitrum"),
    ("sepolia.arbiscan.io", "", "arbitrum-sepolia"),
    ("optimistic.etherscan.io", "", "optimism"),
    ("sepolia-optimism.etherscan.io", "", "optimism-sepolia"),
    ("explorer.optimism.io", "", "optimism"),
    ("basescan.org", "", "base"),
    ("sepolia.basescan.org", "", "base-sepolia"),
    ("snowtrace.io", "", "avalanche"),
    ("snowscan.xyz", "", "avalanche"),
    ("testnet.snowtrace.io", "", "avalanche-fuji"),
    ("ftmscan.com", "", "fantom"),
    ("gnosisscan.io", "", "gnosis"),
    ("explorer.zksync.io", "", "zksync"),
    ("lineascan.build", "", "linea"),
    ("scrollscan.com", "", "scroll"),
    ("blastscan.io", "", "blast"),
    ("mantlescan.xyz", "", "mantle"),
    ("opbnbscan.com", "", "opbnb"),
    ("celoscan.io", "", "celo"),
    ("cronoscan.com", "", "cronos"),
    ("moonscan.io", "", "moonbeam"),
    ("kaiascan.io", "", "kaia"),
    ("hecoinfo.com", "", "heco"),
    ("oklink.com", "btc", "bitcoin"),
    ("oklink.com", "eth", "ethereum"),
    ("oklink.com", "ethereum", "ethereum"),
    ("oklink.com", "bsc", "bsc"),
    ("oklink.com", "polygon", "polygon"),
    ("oklink.com", "arbitrum", "arbitrum"),
    ("oklink.com", "avalanche", "avalanche"),
    ("oklink.com", "trx", "tron"),
    ("oklink.com", "tron", "tron"),
    ("oklink.com", "ltc", "litecoin"),
    ("blockscout.com", "etc", "ethereum-classic"),
    ("etc.blockscout.com", "", "ethereum-classic"),
    ("confluxscan.io", "", "conflux"),
    ("tronscan.org", "", "tron"),
    ("tronscan.io", "", "tron"),
    ("solscan.io", "", "solana"),
    ("explorer.solana.com", "", "solana"),
    ("solana.fm", "", "solana"),
    ("solanabeach.io", "", "solana"),
    ("xrpscan.com", "", "xrpl"),
    ("bithomp.com", "", "xrpl"),
    ("livenet.xrpl.org", "", "xrpl"),
    ("xrpcharts.ripple.com", "", "xrpl"),
    ("tonviewer.com", "", "ton"),
    ("tonscan.org", "", "ton"),
    ("stellar.expert", "public", "stellar"),
    ("stellarchain.io", "", "stellar"),
    ("steexp.com", "", "stellar"),
    ("mintscan.io", "cosmos", "cosmos"),
    ("mintscan.io", "osmosis", "osmosis"),
    ("mintscan.io", "kava", "kava"),
    ("mintscan.io", "injective", "injective"),
    ("atomscan.com", "", "cosmos"),
    ("bloks.io", "", "eos"),
    ("eosflare.io", "", "eos"),
    ("cardanoscan.io", "", "cardano"),
    ("cexplorer.io", "", "cardano"),
    ("explorer.aptoslabs.com", "", "aptos"),
    ("aptoscan.com", "", "aptos"),
    ("suiscan.xyz", "", "sui"),
    ("suivision.xyz", "", "sui"),
    ("nearblocks.io", "", "near"),
    ("polkadot.subscan.io", "", "polkadot"),
    ("hashscan.io", "", "hedera"),
    ("filfox.info", "", "filecoin"),
];

/// What the path of an explorer's only network begins with.
const PAGES: &[&str] = &[
    "",
    "#",
    "tx",
    "txs",
    "tx-details",
    "transaction",
    "transactions",
    "txn",
    "txblock",
    "txhash",
    "address",
    "addresses",
    "block",
    "blocks",
    "token",
    "account",
    "accounts",
    "explorer",
    "extrinsic",
    "signature",
    "main",
    "mainnet",
    "wallet",
    "search",
    "detail",
    "deploy",
];

/// The text as a link; one to a usual explorer may lack its scheme.
pub(super) fn link(text: &str) -> Option<url::Url> {
    let bare = text.trim_start_matches("www.");
    let is_known = || EXPLORERS.iter().any(|(host, ..)| bare.starts_with(host));
    let parsed = match url::Url::parse(text) {
        Ok(link) if matches!(link.scheme(), "http" | "https") => Some(link),
        _ if is_known() => url::Url::parse(&format!("https://{text}")).ok(),
        _ => None,
    };
    parsed.filter(|link| link.host_str().is_some_and(|host| host.contains('.')))
}

/// The network whose explorer it leads to.
pub fn explored(link: &url::Url) -> Option<&'static str> {
    let host = link.host_str()?.trim_start_matches("www.");
    // Some put the reader's language first: two letters, that no page and no network is called by, or `zh-hans`.
    let is_language = |part: &&str| part.len() == 2 && *part != "tx" || part.len() == 7 && part.starts_with("zh-");
    let mut parts = link.path_segments()?.skip_while(is_language).skip_while(|part| EXPLORER_ROOT.contains(part));
    let first = parts.next().unwrap_or_default();
    // `blockchain.com/explorer/transactions/btc/…`: the network stands behind the page.
    let later = PAGES.contains(&first).then(|| parts.next()).flatten().unwrap_or_default();
    let is_page = PAGES.contains(&first);
    let shows = |(known, part, _): &&(&str, &str, &str)| {
        host == *known && (*part == first || *part == later && !later.is_empty() || part.is_empty() && is_page)
    };
    EXPLORERS.iter().find(shows).map(|(.., network)| *network)
}

/// What some put before the network's part of the path.
const EXPLORER_ROOT: &[&str] = &["explorer", "assets"];

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
