//! What a token's issuer has stopped, by the token's own word at present. Tokens without such functions stop nothing.

use serde_json::json;

use super::peer::{Peer, ask};
use crate::sources::chain::frozen::stopped;
use crate::terms::{Address, Gap, GapWhy, Provenance, Seen};

/// Selector of `paused()`, which most tokens that can be paused have.
const PAUSED: &str = "0x5c975abb";
/// Selectors of `isBlackListed(address)` (USDT) and `isBlacklisted(address)` (USDC).
const BLACKLISTED: [&str; 2] = ["0xe47d6060", "0xfe575a87"];

/// The token itself where it is paused, and those of the accounts that are frozen.
pub(super) async fn frozen(peer: Peer<'_>, contract: &Address, accounts: &[Address]) -> Seen<Vec<Address>> {
    let word = |account: &Address| format!("{:0>64}", account.as_str().trim_start_matches("0x").to_ascii_lowercase());
    let listed =
        accounts.iter().flat_map(|account| BLACKLISTED.map(|call| (account, format!("{call}{}", word(account)))));
    let calls = std::iter::once((contract, PAUSED.to_owned())).chain(listed);
    let asked = calls.map(|(who, data)| async move { (who, says_yes(peer, contract, data).await) });
    let untold = peer.gap("what the issuer has stopped", GapWhy::NotOffered, "the token does not tell");
    stopped(futures::future::join_all(asked).await, untold)
}

/// Whether a call of the token answers true.
async fn says_yes(peer: Peer<'_>, contract: &Address, data: String) -> Result<(bool, Provenance), Gap> {
    let params = json!([{ "to": contract.as_str(), "data": data }, "latest"]);
    let (answer, reply) = ask::<String>(peer, "eth_call", params, "what the issuer has stopped").await?;
    let word = answer.strip_prefix("0x").filter(|word| word.len() == 64);
    let word = word.ok_or_else(|| peer.gap("what the issuer has stopped", GapWhy::NotOffered, "no such function"))?;
    Ok((word.bytes().any(|digit| digit != b'0'), reply.provenance()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_the_hashes_of_their_functions() {
        let selector =
            |name: &str| format!("0x{}", &format!("{:x}", ethers::types::H256(ethers::utils::keccak256(name)))[..8]);
        assert_eq!(PAUSED, selector("paused()"));
        assert_eq!(BLACKLISTED.map(str::to_owned), ["isBlackListed(address)", "isBlacklisted(address)"].map(selector));
    }
}
