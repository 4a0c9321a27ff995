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
    let free = networks.iter().all(|(network, _)| network.name != name);
    let shore = |chain_id: u64, usual: Option<&str>| {
        let same = networks.iter().find(|(network, _)| network.identity == ChainIdentity::Evm(chain_id));
        let configured = same.map(|(network, _)| network.name.clone());
        let network = configured.or_else(|| usual.filter(|_| free).map(str::to_owned));
        Shore { network: network.unwrap_or_else(|| format!("chain {chain_id}")), chain_id }
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
