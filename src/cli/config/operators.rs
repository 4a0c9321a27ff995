//! Who runs a source, unless the configuration says so. Two sources of one operator do not corroborate each other.

/// Domains of one operator, the first of which stands for it. Subdomains need no entry.
///
/// Etherscan's are those of its list of chains (<https://api.etherscan.io/v2/chainlist>), which one API serves; Snowtrace
/// left it in 2023, and Routescan runs it since. The other pairs are sites of one company.
const OPERATORS: &[&[&str]] = &[
    &[
        "etherscan.io",
        "bscscan.com",
        "polygonscan.com",
        "arbiscan.io",
        "basescan.org",
        "snowscan.xyz",
        "gnosisscan.io",
        "celoscan.io",
        "lineascan.build",
        "scrollscan.com",
        "blastscan.io",
        "ftmscan.com",
    ],
    &["routescan.io", "snowtrace.io"],
    &["mempool.space", "liquid.network"],
    &["blockstream.info", "blockstream.com"],
];

/// The operator of a source: the last two labels of its host, or who is known to stand behind them, which for some
/// countries joins more than one operator and so errs towards counting two sources as one; an IP address
/// as it is; on this machine each port for itself.
pub(super) fn operator(url: &str) -> String {
    let Ok(parsed) = url::Url::parse(&url.replace("{key}", "key")) else { return url.to_owned() };
    let host = parsed.host_str().unwrap_or("file").to_owned();
    if is_loopback(&parsed) {
        return format!("loopback:{}", parsed.port_or_known_default().unwrap_or_default());
    }
    match parsed.host() {
        Some(url::Host::Domain(name)) => {
            let labels: Vec<&str> = name.rsplitn(3, '.').take(2).collect();
            let domain = labels.into_iter().rev().collect::<Vec<_>>().join(".");
            let known = OPERATORS.iter().find(|domains| domains.contains(&domain.as_str()));
            known.map_or(domain, |domains| domains[0].to_owned())
        }
        _ => host,
    }
}

/// Whether an address is of this machine.
pub(super) fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independence_goes_by_operator() {
        assert_eq!(operator("https://eth.llamarpc.com/rpc"), "llamarpc.com");
        assert_eq!(operator("https://mempool.space/api"), "mempool.space");
        assert_ne!(operator("http://127.0.0.1:1"), operator("http://127.0.0.1:2"));
        assert_eq!(operator("http://127.0.0.1:1"), operator("http://localhost:1"));
    }

    #[test]
    fn front_ends_of_one_index_are_one_operator() {
        for url in
            ["https://api.etherscan.io/v2/api?chainid=1", "https://optimistic.etherscan.io", "https://bscscan.com"]
        {
            assert_eq!(operator(url), "etherscan.io", "{url}");
        }
        for url in ["https://eth.blockscout.com", "https://api.blockscout.com/1?apikey={key}"] {
            assert_eq!(operator(url), "blockscout.com", "{url}");
        }
        assert_eq!(operator("https://node201.mempool.space/api"), operator("https://liquid.network/api"));
        assert_ne!(operator("https://mempool.space/api"), operator("https://blockstream.info/api"));
        assert_ne!(operator("https://snowtrace.io"), operator("https://snowscan.xyz"));
    }

    #[test]
    fn no_domain_has_two_operators() {
        let mut all: Vec<&str> = OPERATORS.concat();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
