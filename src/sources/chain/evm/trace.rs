//! Native coin that contract calls moved inside a transaction, read from geth's call tracer:
//! <https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#call-tracer>.

use ethers::types::{H160, U256};
use serde::Deserialize;
use serde_json::json;

use super::ask;
use crate::evidence::{Transfer, TransferKind};
use crate::sources::Line;
use crate::terms::{Address, Amount, GapWhy, Network, Seen, Txid};

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
    error: Option<String>,
    #[serde(default)]
    calls: Vec<Frame>,
}

/// An account without code makes no calls; otherwise the trace tells. Both are asked at once.
pub(super) async fn internals(
    line: Line<'_>,
    network: &Network,
    txid: &Txid,
    called: Option<&Address>,
) -> Seen<Vec<Transfer>> {
    let question = format!("whether contract calls inside {txid} moved coin");
    let code = async {
        let account = called?;
        let params = json!([account.as_str(), "latest"]);
        Some(ask::<String>(line, "eth_getCode", params, &question).await)
    };
    let params = json!([txid.as_str(), { "tracer": "callTracer" }]);
    let trace = ask::<Frame>(line, "debug_traceTransaction", params, &question);
    let (code, trace) = futures::future::join(code, trace).await;
    if let Some(Ok((code, reply))) = &code
        && code == "0x"
    {
        return Seen::Yes(Vec::new(), reply.provenance());
    }
    match trace {
        Ok((root, reply)) => {
            let mut found = Vec::new();
            collect(&root, network, &mut found);
            Seen::Yes(found, reply.provenance())
        }
        Err(gap) if gap.why == GapWhy::ServerError => {
            Seen::Unknown(line.gap(&question, GapWhy::NotOffered, format!("no trace: {}", gap.detail)))
        }
        Err(gap) => Seen::Unknown(gap),
    }
}

/// The value of every inner call that succeeded. The outermost call is the transaction's own value.
fn collect(root: &Frame, network: &Network, found: &mut Vec<Transfer>) {
    let mut open: Vec<&Frame> = root.calls.iter().filter(|_| root.error.is_none()).collect();
    while let Some(frame) = open.pop() {
        if frame.error.is_some() || found.len() >= CALLS {
            continue;
        }
        open.extend(&frame.calls);
        let moves = matches!(frame.kind.as_str(), "CALL" | "CREATE" | "CREATE2" | "SELFDESTRUCT");
        let value = frame.value.filter(|value| moves && !value.is_zero());
        if let Some(units) = value.map(|value| value.to_string()) {
            found.push(Transfer {
                kind: TransferKind::Internal,
                asset: Some(network.native.clone()),
                contract: None,
                from: Some(Address::from_evm(&frame.from)),
                to: frame.to.as_ref().map(Address::from_evm),
                amount: Amount::from_units(&units, network.native_decimals()).ok(),
                units,
                output_index: None,
            });
        }
    }
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
        let network = crate::terms::Network {
            name: "x".into(),
            identity: crate::terms::ChainIdentity::Evm(1),
            finality: crate::terms::Finality::Confirmations(1),
            native: "ETH".into(),
            assets: Vec::new(),
            explorer: None,
            block_interval: std::time::Duration::from_secs(12),
            mines_on_demand: true,
            is_test: false,
        };
        let mut found = Vec::new();
        collect(&root, &network, &mut found);
        let mut units: Vec<&str> = found.iter().map(|t| t.units.as_str()).collect();
        units.sort_unstable();
        assert_eq!(units, ["1", "2"]);
    }
}
