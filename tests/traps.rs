//! Answers that a first look gets wrong, and odd payments that are in order. Each trap shows that the naive reading
//! of the very answers of its fixture comes out wrong, and that the diagnosis does not follow it.

use serde_json::Value;

use crate::support::{Test, repository};

/// The recorded answers of a fixture, as somebody with `curl` would see them.
struct Answers(Vec<Value>);

impl Answers {
    fn of(fixture: &str) -> Self {
        let har = std::fs::read_to_string(repository().join("fixtures").join(fixture).join("evidence.har")).unwrap();
        let mut har: Value = serde_json::from_str(&har).unwrap();
        let Value::Array(entries) = har["log"]["entries"].take() else { panic!("{fixture} holds no answers") };
        Self(entries)
    }

    /// The bodies of all answers to an address that holds `part`, with their statuses.
    fn got(&self, part: &str) -> Vec<(u64, String)> {
        let asked = self.0.iter().filter(|entry| entry["request"]["url"].as_str().unwrap().contains(part));
        let told = |entry: &Value| {
            let status = entry["response"]["status"].as_u64().unwrap();
            (status, entry["response"]["content"]["text"].as_str().unwrap().to_owned())
        };
        asked.map(told).collect()
    }

    /// The whole JSON-RPC answers to a method.
    fn called(&self, method: &str) -> Vec<Value> {
        let word = format!("\"method\":\"{method}\"");
        let asked = |entry: &&Value| entry["request"]["postData"]["text"].as_str().is_some_and(|t| t.contains(&word));
        let body = |entry: &Value| entry["response"]["content"]["text"].as_str().unwrap().to_owned();
        self.0.iter().filter(asked).map(|entry| serde_json::from_str(&body(entry)).unwrap()).collect()
    }

    /// The receipt that was told.
    fn receipt(&self) -> Value {
        let told = self.called("eth_getTransactionReceipt").into_iter().map(|mut answer| answer["result"].take());
        told.into_iter().find(|receipt| !receipt.is_null()).expect("a receipt was told")
    }

    /// The transaction of the XRP Ledger that was told.
    fn ledgers_tx(&self) -> Value {
        let told = self.called("tx").into_iter().map(|mut answer| answer["result"].take());
        told.into_iter().find(|result| result.get("tx_json").is_some()).expect("a transaction was told")
    }
}

/// Topic of EIP-20's `Transfer`.
const TRANSFER: &str = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

fn ran(answers: &Answers) -> bool {
    answers.receipt()["status"] == "0x1"
}

fn logs_transfer(answers: &Answers) -> bool {
    answers.receipt()["logs"].as_array().unwrap().iter().any(|log| log["topics"][0] == TRANSFER)
}

/// Whether some frame of the trace moved value to a call that shows no error of its own.
fn a_frame_paid(frame: &Value) -> bool {
    let inner = frame["calls"].as_array().into_iter().flatten();
    inner
        .into_iter()
        .any(|call| (call["error"].is_null() && call["value"] == "0xde0b6b3a7640000") || a_frame_paid(call))
}

/// Whether the transaction of the sender's wallet ran through, by every phase of its own.
fn first_succeeded(answers: &Answers) -> bool {
    let traces = answers.got("/traces?").into_iter().map(|(_, body)| serde_json::from_str::<Value>(&body).unwrap());
    traces.filter(|told| !told["traces"][0].is_null()).all(|told| {
        let trace = &told["traces"][0];
        let own = &trace["transactions"][trace["trace_id"].as_str().unwrap()]["description"];
        own["compute_ph"]["success"] == true && own["action"]["success"] == true && own["aborted"] == false
    })
}

/// A node of Tron has it, with a block.
fn is_told(answers: &Answers) -> bool {
    answers.got("gettransactioninfobyid").iter().any(|(status, body)| *status == 200 && body.contains("blockNumber"))
}

/// A receipt of Tron without the word that it failed.
fn ran_on_tron(answers: &Answers) -> bool {
    is_told(answers) && answers.got("gettransactioninfobyid").iter().all(|(_, body)| !body.contains("FAILED"))
}

/// Every view of Tron answers as for a transaction that never was.
fn is_unheard_of(answers: &Answers) -> bool {
    answers.got("gettransactioninfobyid").iter().all(|(status, body)| *status == 200 && body == "{}")
}

/// What is misread, by whom it is shown, whether the naive reading comes out, and what is so.
type Trap = (&'static str, &'static str, fn(&Answers) -> bool, &'static str);

const TRAPS: &[Trap] = &[
    ("1 outer success, inner failure of a Safe", "inner-call-failed-safe", ran, "inner-call-failed"),
    ("1 a failure and a success of two Safes", "trap-safe-beside-safe", ran, "inner-call-failed"),
    ("2 an operation failed, its bundle did not", "inner-call-failed-user-operation", ran, "inner-call-failed"),
    (
        "2 the last operation of the bundle is another one",
        "trap-operation-of-a-bundle",
        |answers| {
            let receipt = answers.receipt();
            let last = receipt["logs"].as_array().unwrap().last().unwrap().clone();
            last["data"].as_str().unwrap().get(2 + 64..2 + 128).unwrap().ends_with('1')
        },
        "inner-call-failed",
    ),
    ("4 what is in a block of Tron may have failed", "tron-out-of-energy", is_told, "execution-failed"),
    ("4 what is in a block of Tron may be taken back", "tron-not-solid", ran_on_tron, "not-final-yet"),
    ("4 an empty object of a node that waits with it", "tron-pending", is_unheard_of, "pending"),
    ("4 an empty object of every view, and its time has run out", "tron-expired", is_unheard_of, "dropped"),
    (
        "4 a node from a snapshot has none of what is old",
        "tron-not-found-lite",
        |answers| answers.got("gettransaction").iter().any(|(status, body)| *status == 200 && !body.contains("txID")),
        "source-lacks-history",
    ),
    ("4 a call that was taken back beside one that stands", "tron-internal-rejected", ran_on_tron, "inner-call-failed"),
    (
        "4 an asset of TRC-10 with the ticker of a token",
        "tron-trc10-namesake",
        |answers| answers.got("getassetissuebyid").iter().any(|(_, body)| body.contains("55534454")),
        "fake-token",
    ),
    (
        "5 an error of Tron inside a success",
        "tron-refused",
        |answers| answers.got("/wallet/").iter().all(|(status, body)| *status == 200 && !body.contains("txID")),
        "source-unavailable",
    ),
    (
        "3 the sum that was ordered",
        "xrpl-partial-payment",
        |answers| answers.ledgers_tx()["tx_json"]["DeliverMax"] == "1000000000",
        "partial-payment",
    ),
    (
        "3 a token's sum read as the coin's",
        "xrpl-fake-coin",
        |answers| answers.ledgers_tx()["meta"]["delivered_amount"]["value"] == "322",
        "fake-token",
    ),
    (
        "3 a failed payment in a validated ledger",
        "xrpl-failed-dst-tag-needed",
        |answers| answers.ledgers_tx()["validated"] == true,
        "execution-failed",
    ),
    (
        "3 a tag of 0 is a tag",
        "xrpl-memo-zero",
        |answers| answers.ledgers_tx()["tx_json"]["DestinationTag"] == 0,
        "deposit-missed",
    ),
    (
        "5 an error inside a success is no empty list",
        "etherscan-refuses-rate-limited",
        |answers| {
            let told = answers.got("module=proxy");
            !told.is_empty() && told.iter().all(|(status, body)| *status == 200 && !body.contains("blockHash"))
        },
        "source-unavailable",
    ),
    (
        "6 a failed payment is in a finalized block",
        "solana-failed-token",
        |answers| answers.called("getTransaction").iter().any(|told| told["result"]["slot"].is_u64()),
        "execution-failed",
    ),
    (
        "6 a node of a few days knows no older payment",
        "solana-not-found-unproven",
        |answers| {
            let nothing = |method, at| answers.called(method).iter().all(|told| told.pointer(at) == Some(&Value::Null));
            nothing("getTransaction", "/result") && nothing("getSignatureStatuses", "/result/value/0")
        },
        "source-lacks-history",
    ),
    (
        "6 an error in the place of a payment that exists",
        "solana-version-unsupported",
        |answers| answers.called("getTransaction").iter().all(|told| told["error"]["code"] == -32015),
        "source-unavailable",
    ),
    (
        "6 a confirmed payment is not final",
        "solana-not-final-yet",
        |answers| answers.called("getTransaction").iter().any(|told| told["result"]["meta"]["err"].is_null()),
        "not-final-yet",
    ),
    (
        "6 the wallet is not among the accounts that were paid",
        "solana-coin-to-token-account",
        |answers| {
            let named = |told: &Value| told["result"]["transaction"]["message"]["accountKeys"].to_string();
            let owner = &answers.got("/v1/accounts/")[0].1;
            let owner: Value = serde_json::from_str(owner).unwrap();
            let wallet = owner["items"][0]["address"].as_str().unwrap();
            answers.called("getTransaction").iter().all(|told| !named(told).contains(wallet))
        },
        "deposit-missed",
    ),
    (
        "8 a text that is no hash is no transfer",
        "off-chain-transfer",
        |answers| answers.got("/v1/deposits/").iter().all(|(status, _)| *status == 404),
        "off-chain-transfer",
    ),
    (
        "9 a replaced payment has vanished",
        "bitcoin-replaced-by-fee",
        |answers| answers.got("/tx/").iter().any(|(status, _)| *status == 404),
        "deposit-missed",
    ),
    (
        "9 a cancelled payment may still come",
        "bitcoin-replaced-elsewhere",
        |answers| answers.got("/rbf").iter().any(|(_, body)| body.contains("\"replacements\":{")),
        "replaced-elsewhere",
    ),
    (
        "9 an index shows as waiting what another one took the place of",
        "litecoin-replaced-elsewhere",
        |answers| answers.got("/api/v2/tx/").iter().any(|(_, body)| body.contains("\"blockHeight\":-1")),
        "replaced-elsewhere",
    ),
    (
        "10 no log and no value to the address",
        "internal-value-transfer",
        |answers| answers.receipt()["logs"] == Value::Array(Vec::new()),
        "internal-value-transfer",
    ),
    (
        "10 a frame that paid, below one that failed",
        "trap-taken-back",
        |answers| answers.called("debug_traceTransaction").iter().any(|trace| a_frame_paid(&trace["result"])),
        "inner-call-failed",
    ),
    ("11 a transfer of a token with the same name", "fake-token", logs_transfer, "fake-token"),
    (
        "11 a token of another mint with the same name",
        "solana-fake-token",
        |answers| {
            let balances = |told: &Value| told["result"]["meta"]["postTokenBalances"].to_string();
            answers.called("getTransaction").iter().any(|told| balances(told).contains("\"5000000000\""))
        },
        "fake-token",
    ),
    ("11 a transfer of the number of a thing", "nft-not-coin", logs_transfer, "nft-not-coin"),
    ("11 a transfer of nothing", "zero-value-transfer", logs_transfer, "no-value-moved"),
    (
        "12 the transaction is credited, one output is not",
        "partly-credited",
        |answers| answers.got("/v1/deposits?txid=").iter().any(|(_, body)| body.contains("\"status\":\"credited\"")),
        "partly-credited",
    ),
    (
        "13 jettons whose receiver was told nothing",
        "ton-jetton-without-notice",
        |answers| answers.got("/traces?").iter().all(|(_, body)| !body.contains("\"opcode\":\"0x7362d09c\"")),
        "deposit-missed",
    ),
    (
        "13 the sender's own transaction succeeded, the money came back",
        "ton-bounced",
        first_succeeded,
        "execution-failed",
    ),
    ("13 the wallet's transaction succeeded and sent nothing", "ton-left-out", first_succeeded, "execution-failed"),
    ("13 one of two payments came back", "ton-bounced-beside-others", first_succeeded, "inner-call-failed"),
    (
        "13 a notice of jettons that nobody has sent",
        "ton-forged-notice",
        |answers| answers.got("/traces?").iter().any(|(_, body)| body.contains("\"opcode\":\"0x7362d09c\"")),
        "below-minimum",
    ),
    (
        "13 no transaction of this hash",
        "ton-message-hash-given",
        |answers| answers.got("/traces?").iter().any(|(_, body)| body.contains("\"traces\":[]")),
        "deposit-missed",
    ),
    (
        "15 a node without an index knows no such transaction",
        "bitcoin-core-without-index",
        |answers| answers.called("getrawtransaction").iter().any(|answer| answer["error"]["code"] == -5),
        "source-lacks-history",
    ),
    (
        "15 not found, says an index whose node is away",
        "litecoin-not-found-unproven",
        |answers| {
            let told = answers.got("/api/v2/tx/");
            !told.is_empty() && told.iter().all(|(status, body)| *status == 400 && body.contains("not found"))
        },
        "source-unavailable",
    ),
    (
        "15 an index of another chain has the same block 0",
        "bitcoin-cash-wrong-chain",
        |answers| answers.got("/api/v2/tx/").iter().any(|(status, _)| *status == 200),
        "source-wrong-chain",
    ),
    (
        "a valid address of nobody, until it is read as another chain writes it",
        "litecoin-address-on-bitcoin",
        |answers| answers.got("/v1/addresses/36").iter().any(|(status, _)| *status == 404),
        "wrong-network-supported",
    ),
    (
        "15 a server of the XRP Ledger with a short history has none",
        "xrpl-not-found-unproven",
        |answers| answers.called("tx").iter().all(|answer| answer["result"]["error"] == "txnNotFound"),
        "source-lacks-history",
    ),
    (
        "15 a server of the XRP Ledger that calls an old ledger fresh",
        "xrpl-behind",
        |answers| answers.called("server_info")[0]["result"]["info"]["validated_ledger"]["age"] == 2,
        "source-behind",
    ),
    (
        "15 a node that is catching up has none",
        "source-behind",
        |answers| answers.called("eth_getTransactionReceipt").iter().all(|answer| answer["result"].is_null()),
        "source-behind",
    ),
];

fn decided(fixture: &str) -> Value {
    let folder = repository().join("fixtures").join(fixture);
    let replay = ["check", "--quiet", "--replay", folder.to_str().unwrap(), "--format", "json"];
    Test::new(&replay).run().json()
}

fn codes(document: &Value) -> Vec<(&str, bool)> {
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|finding| (finding["code"].as_str().unwrap(), finding["decisive"] == true)).collect()
}

#[test]
fn no_trap_catches_the_diagnosis() {
    for (name, fixture, naive, code) in TRAPS {
        assert!(naive(&Answers::of(fixture)), "{name}: {fixture} does not mislead");
        let document = decided(fixture);
        assert!(codes(&document).contains(&(code, true)), "{name}: {:?}", codes(&document));
        assert_ne!(document["verdict"], "complete", "{name}");
    }
}

#[test]
fn what_is_odd_and_in_order_raises_no_alarm() {
    let entries = std::fs::read_dir(repository().join("fixtures")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let innocents: Vec<String> = names.filter(|name| name.starts_with("innocent-")).collect();
    assert!(innocents.len() >= 10, "{innocents:?}");
    for name in innocents {
        let document = decided(&name);
        assert_eq!((&document["verdict"], codes(&document)), (&"complete".into(), vec![("credited", true)]), "{name}");
        assert_eq!(document["responsible"], Value::Null, "{name}");
    }
}
