//! The bridges of the configuration, given to the networks at their ends.

use std::collections::BTreeMap;

use anyhow::Result;

use super::layers::BridgeConfig;
use super::settings::contract_of;
use crate::cli::exit::Mistake;
use crate::terms::{Address, Bridge, ChainIdentity, Network, Shore};

/// Gives every network the bridges that begin or end there.
pub(super) fn bridges<S>(parts: &BTreeMap<String, BridgeConfig>, networks: &mut [(Network, S)]) -> Result<()> {
    for (name, part) in parts {
        let bridge = bridge(name, part, networks)?;
        let ends = [ChainIdentity::Evm(bridge.parent.chain_id), ChainIdentity::Evm(bridge.child.chain_id)];
        for (network, _) in networks.iter_mut().filter(|(network, _)| ends.contains(&network.identity)) {
            network.bridges.push(bridge.clone());
        }
    }
    Ok(())
}

fn bridge<S>(name: &str, part: &BridgeConfig, networks: &[(Network, S)]) -> Result<Bridge> {
    let missing = |key: &str| Mistake::error(format!("bridge.{name}: `{key}` is missing"));
    let address = |key: &str, text: &String, chain_id: u64| -> Result<Address> {
        contract_of(&format!("bridge.{name}.{key}"), text, &ChainIdentity::Evm(chain_id))
    };
    // A name that the configuration gives to another chain would lead there.
    let free = networks.iter().all(|(network, _)| &*network.name != name);
    let shore = |chain_id: u64, usual: Option<&str>| {
        let same = networks.iter().find(|(network, _)| network.identity == ChainIdentity::Evm(chain_id));
        let configured = same.map(|(network, _)| network.name.clone());
        let network = configured.or_else(|| usual.filter(|_| free).map(Into::into));
        Shore { network: network.unwrap_or_else(|| format!("chain {chain_id}").into()), chain_id }
    };
    let parent = part.parent.ok_or_else(|| missing("parent"))?;
    let child = part.child.ok_or_else(|| missing("child"))?;
    Ok(Bridge {
        kind: part.kind.ok_or_else(|| missing("kind"))?,
        contract: address("contract", part.contract.as_ref().ok_or_else(|| missing("contract"))?, parent)?,
        outbox: part.outbox.as_ref().map(|text| address("outbox", text, parent)).transpose()?,
        parent: shore(parent, None),
        child: shore(child, Some(name)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{BridgeKind, Finality};

    fn network(name: &str, chain_id: u64) -> (Network, ()) {
        let network = Network {
            name: name.into(),
            identity: ChainIdentity::Evm(chain_id),
            finality: Finality::Finalized,
            unlock: None,
            native: "ETH".to_owned(),
            assets: Vec::new(),
            explorer: None,
            block_interval: std::time::Duration::from_secs(12),
            mines_on_demand: false,
            is_test: false,
            bridges: Vec::new(),
        };
        (network, ())
    }

    fn part() -> BridgeConfig {
        BridgeConfig {
            kind: Some(BridgeKind::OpStack),
            parent: Some(1),
            child: Some(8453),
            contract: Some("0x49048044D57e1C92A77f79988d21Fa8fAF74E97e".to_owned()),
            outbox: None,
        }
    }

    fn given(networks: &[(&str, u64)]) -> Vec<(String, String, String)> {
        let mut all: Vec<_> = networks.iter().map(|(name, chain_id)| network(name, *chain_id)).collect();
        bridges(&[("base".to_owned(), part())].into(), &mut all).unwrap();
        let told = |(network, ()): &(Network, ())| -> Vec<(String, String, String)> {
            let ends =
                |b: &Bridge| (network.name.to_string(), b.parent.network.to_string(), b.child.network.to_string());
            network.bridges.iter().map(ends).collect()
        };
        all.iter().flat_map(told).collect()
    }

    #[test]
    fn networks_are_known_by_their_chain_ids_whatever_they_are_called() {
        let text = |told: &[(&str, &str, &str)]| -> Vec<(String, String, String)> {
            told.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
        };
        assert_eq!(given(&[("main", 1), ("l2", 8453)]), text(&[("main", "main", "l2"), ("l2", "main", "l2")]));
        assert_eq!(given(&[("main", 1)]), text(&[("main", "main", "base")]), "an end that is not asked keeps its name");
        assert_eq!(given(&[("l2", 8453)]), text(&[("l2", "chain 1", "l2")]));
        assert_eq!(given(&[("other", 5)]), []);
        let taken = given(&[("main", 1), ("base", 31337)]);
        assert_eq!(taken, text(&[("main", "main", "chain 8453")]), "another chain of that name is not the rollup");
    }

    #[test]
    fn a_bridge_says_all_and_its_checksum_fits() {
        let wrong = |part: BridgeConfig| {
            let mut networks = [network("main", 1)];
            bridges(&[("base".to_owned(), part)].into(), &mut networks).unwrap_err().to_string()
        };
        let typo = Some("0x49048044d57e1C92A77f79988d21Fa8fAF74E97e".to_owned());
        assert_eq!(wrong(BridgeConfig { contract: None, ..part() }), "bridge.base: `contract` is missing");
        assert_eq!(wrong(BridgeConfig { child: None, ..part() }), "bridge.base: `child` is missing");
        assert!(wrong(BridgeConfig { contract: typo.clone(), ..part() }).contains("checksum"));
        assert!(wrong(BridgeConfig { outbox: typo, ..part() }).contains("bridge.base.outbox"));
    }
}
