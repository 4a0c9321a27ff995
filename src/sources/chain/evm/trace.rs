//! What contract calls did inside a transaction that ran: native coin that they moved, and payments that failed while
//! the transaction itself did not. Read from geth's call tracer:
//! <https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#call-tracer>.

use std::str::FromStr as _;

use ethers::types::{H160, U256};
use serde::Deserialize;
use serde_json::json;

use super::decimal;
use super::peer::{Peer, ask};
use crate::evidence::{Inside, Transfer, TransferKind};
use crate::terms::{Address, GapWhy, Network, Provenance, Seen, Txid};

/// Calls of one transaction that are read; more than any block has room for.
const CALLS: usize = 100_000;

/// One call. What failed moved nothing, nor did anything below it.
#[derive(Deserialize)]
struct Frame {
    #[serde(rename = "type")]
    kind: String,
    from: H160,
    to: Option<H160>,
    value: Option<U256>,
    #[serde(default)]
    input: String,
    output: Option<String>,
    error: Option<String>,
    #[serde(default)]
    calls: Vec<Frame>,
}

/// The question after inner calls.
pub(super) fn question(txid: &Txid) -> String {
    format!("whether contract calls inside {txid} moved coin")
}

/// The word that the account which a transaction calls has no code, so that it made no calls; nothing where it has
/// code, or nobody tells.
pub(super) async fn codeless(peer: Peer<'_>, called: Option<&Address>, question: &str) -> Option<Provenance> {
    let params = json!([called?.as_str(), "latest"]);
    let (code, reply) = ask::<String>(peer, "eth_getCode", params, question).await.ok()?;
    (code == "0x").then(|| reply.provenance())
}

/// The trace tells; without one, an account that has no code makes no calls. Both are asked at once.
pub(super) async fn internals(peer: Peer<'_>, network: &Network, txid: &Txid, called: Option<&Address>) -> Inside {
    let question = question(txid);
    let params = json!([txid.as_str(), { "tracer": "callTracer" }]);
    let trace = ask::<Frame>(peer, "debug_traceTransaction", params, &question);
    let (codeless, trace) = futures::future::join(codeless(peer, called, &question), trace).await;
    // The account may have lost its code since: a trace tells better.
    if let (Some(said), Err(_)) = (codeless, &trace) {
        return Inside::nothing(&said);
    }
    match trace {
        Ok((root, reply)) => {
            let yes = |transfers| Seen::Yes(transfers, reply.provenance());
            Inside { moved: yes(moved(&root, network)), failed: yes(failed(&root, network)) }
        }
        Err(gap) if gap.why == GapWhy::ServerError => {
            Inside::unknown(&peer.gap(&question, GapWhy::NotOffered, format!("no trace: {}", gap.detail)))
        }
        Err(gap) => Inside::unknown(&gap),
    }
}

/// The value of every inner call that succeeded. The outermost call is the transaction's own value.
fn moved(root: &Frame, network: &Network) -> Vec<Transfer> {
    let mut found = Vec::new();
    let mut open: Vec<&Frame> = root.calls.iter().filter(|_| root.error.is_none()).collect();
    while let Some(frame) = open.pop() {
        if frame.error.is_some() || found.len() >= CALLS {
            continue;
        }
        open.extend(&frame.calls);
        found.extend(frame.value(network));
    }
    found
}

/// Every payment in a call that failed, or below one, and every transfer that a token refused without failing.
fn failed(root: &Frame, network: &Network) -> Vec<Transfer> {
    let mut found = Vec::new();
    let mut open: Vec<(&Frame, bool)> = vec![(root, false)];
    while let Some((frame, doomed)) = open.pop() {
        if found.len() >= CALLS {
            break;
        }
        let doomed = doomed || frame.error.is_some();
        open.extend(frame.calls.iter().map(|call| (call, doomed)));
        found.extend(frame.value(network).filter(|_| doomed));
        found.extend(frame.token(network).filter(|_| doomed || frame.refuses()));
    }
    found
}

impl Frame {
    /// The coin that the call carries, if it carries any of its own.
    fn value(&self, network: &Network) -> Option<Transfer> {
        let moves = matches!(self.kind.as_str(), "CALL" | "CREATE" | "CREATE2" | "SELFDESTRUCT");
        let value = self.value.filter(|value| moves && !value.is_zero())?;
        Some(coin(network, &self.from, self.to.as_ref(), value))
    }

    /// What the call asks a token to move: EIP-20's `transfer(to, value)` or `transferFrom(from, to, value)`.
    fn token(&self, network: &Network) -> Option<Transfer> {
        let (selector, words) = self.input.strip_prefix("0x")?.split_at_checked(8)?;
        let word = |index: usize| words.get(index * 64..(index + 1) * 64);
        let (from, to, value) = match (selector, self.kind.as_str()) {
            ("a9059cbb", "CALL") => (Address::from_evm(&self.from), word(0)?, word(1)?),
            ("23b872dd", "CALL") => (account(word(0)?)?, word(1)?, word(2)?),
            _ => return None,
        };
        let units = decimal(U256::from_str_radix(value, 16).ok()?);
        let contract = Address::from_evm(self.to.as_ref()?);
        Some(Transfer::token(network, contract, Some(from), Some(account(to)?), units))
    }

    /// Whether it answers false: older tokens refuse so instead of failing.
    fn refuses(&self) -> bool {
        let word = self.output.as_ref().and_then(|output| output.strip_prefix("0x"));
        word.is_some_and(|word| word.len() == 64 && word.bytes().all(|digit| digit == b'0'))
    }
}

/// Coin that a call inside moved, in wei.
pub(super) fn coin(network: &Network, from: &H160, to: Option<&H160>, value: U256) -> Transfer {
    let (from, to) = (Some(Address::from_evm(from)), to.map(Address::from_evm));
    Transfer { kind: TransferKind::Internal, ..Transfer::coin(network, from, to, decimal(value)) }
}

/// The address in a word of a call's input.
fn account(word: &str) -> Option<Address> {
    word.get(24..).and_then(|digits| H160::from_str(digits).ok()).map(|account| Address::from_evm(&account))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_calls_and_delegated_ones_move_nothing() {
        let frame = |kind: &str, value: &str, error: Option<&str>, calls: serde_json::Value| json!({"type": kind, "from": H160::zero(), "to": H160::repeat_byte(1), "value": value, "error": error, "calls": calls});
        let inner = frame("CALL", "0x5", None, json!([]));
        let calls = json!([
            frame("CALL", "0x1", None, json!([frame("CALL", "0x2", None, json!([]))])),
            frame("CALL", "0x3", Some("execution reverted"), json!([inner])),
            frame("DELEGATECALL", "0x7", None, json!([])),
        ]);
        let root: Frame = serde_json::from_value(frame("CALL", "0x63", None, calls)).unwrap();
        let network = super::super::network();
        let units = |found: &[Transfer]| {
            let mut units: Vec<String> = found.iter().map(|t| t.units.clone()).collect();
            units.sort_unstable();
            units
        };
        assert_eq!(units(&moved(&root, &network)), ["1", "2"]);
        assert_eq!(units(&failed(&root, &network)), ["3", "5"]);
    }
}
