//! What an explorer lists of the calls inside a transaction. Its list is flat: it does not tell which call was made
//! within which other one.

use ethers::types::{H160, U256};

use super::peer::Peer;
use super::trace::coin;
use crate::evidence::{Inside, Transfer};
use crate::terms::{Gap, GapWhy, Network, Provenance, Seen};

/// One call of the list.
pub(super) struct Listed {
    /// The explorer's word for it, such as `call` or `create2`.
    pub kind: String,
    pub from: H160,
    pub to: Option<H160>,
    /// Wei, in decimal.
    pub value: String,
    /// Whether it failed.
    pub failed: bool,
}

/// Kinds of calls that move the coin they carry; `suicide` is the older word for `selfdestruct`.
const MOVING: [&str; 5] = ["call", "create", "create2", "selfdestruct", "suicide"];

/// Whether a call of a kind moves the coin that it carries.
pub(super) fn is_moving(kind: &str) -> bool {
    MOVING.contains(&kind.to_ascii_lowercase().as_str())
}

/// What the listed calls moved. What lies within a call that failed moved nothing either, and the list does not tell
/// what that is; nor does it show calls of tokens, so that it never says that no payment failed.
pub(super) fn inside(
    peer: Peer<'_>,
    network: &Network,
    calls: &[Listed],
    said: &Provenance,
    question: &str,
) -> Result<Inside, Gap> {
    let (mut moved, mut failed) = (Vec::new(), Vec::new());
    for call in calls.iter().filter(|call| is_moving(&call.kind)) {
        let Some(transfer) = transfer(call, network) else {
            return Err(peer.malformed(question, "the value of a call is no number"));
        };
        if transfer.units != "0" {
            if call.failed { &mut failed } else { &mut moved }.push(transfer);
        }
    }
    if !moved.is_empty() && calls.iter().any(|call| call.failed) {
        let detail = "some calls failed, and the list does not tell which others were made within them";
        return Err(peer.gap(question, GapWhy::NotOffered, detail));
    }
    let failed = if failed.is_empty() {
        let detail = "the list does not show payments of tokens";
        Seen::Unknown(peer.gap("which payments inside it failed", GapWhy::NotOffered, detail))
    } else {
        Seen::Yes(failed, said.clone())
    };
    Ok(Inside { moved: Seen::Yes(moved, said.clone()), failed })
}

fn transfer(call: &Listed, network: &Network) -> Option<Transfer> {
    let value = U256::from_dec_str(&call.value).ok()?;
    Some(coin(network, &call.from, call.to.as_ref(), value))
}
