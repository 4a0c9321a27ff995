//! Receipts of many cases: a whole block's in one answer where that is worth it, and never another word for that.

use serde_json::{Value, json};

use crate::stub::{
    Answer, BLOCK, Fault, Instead, OTHER_BLOCK, RECEIPT, Request, Running, TX, TXID, Way, spoken, world,
};

const LIST: &str = "eth_getBlockReceipts";
/// Rows, of which the last one's transaction is unknown and the one before waits; the others are in one block.
const ROWS: usize = 62;
const INCLUDED: usize = 60;

fn txid(row: usize) -> String {
    format!("0x{row:064x}")
}

/// The transaction of a row, of a type that nobody can recompute.
fn transaction(row: usize, block: &Value) -> Value {
    let (height, place) = if block.is_null() { (Value::Null, Value::Null) } else { (json!("0x64"), place(row)) };
    json!({
        "type": "0x7e", "nonce": "0x1", "gas": "0xcc9b", "gasPrice": "0x1", "value": "0xde0b6b3a7640000", "input": "0x",
        "hash": txid(row), "from": format!("0x{:040x}", 7), "to": format!("0x{row:040x}"), "blockHash": block,
        "blockNumber": height, "transactionIndex": place,
    })
}

fn place(row: usize) -> Value {
    json!(format!("{:#x}", row - 1))
}

fn receipt(row: usize, block: &str) -> Value {
    json!({
        "type": "0x7e", "transactionHash": txid(row), "transactionIndex": place(row), "blockHash": block,
        "blockNumber": "0x64", "status": "0x1", "from": format!("0x{:040x}", 7), "to": format!("0x{row:040x}"),
        "contractAddress": null, "gasUsed": "0x5208", "cumulativeGasUsed": "0x5208", "effectiveGasPrice": "0x1", "logs": [],
    })
}

/// All receipts of the block.
fn receipts(block: &str) -> Vec<Value> {
    (1..=INCLUDED).map(|row| receipt(row, block)).collect()
}

/// A node that gives lists in this way. It takes a while, so that many cases wait together.
fn node(request: &Request, answer: Answer, list: fn(&str) -> Value) -> Answer {
    let asked: Value = serde_json::from_str(&request.body).unwrap();
    let reply = |call: &Value, reply: &mut Value| {
        let first = call["params"][0].as_str().unwrap_or_default();
        let row = usize::from_str_radix(first.trim_start_matches("0x"), 16).unwrap_or(0);
        let said = match spoken(call) {
            TX if row < ROWS => {
                json!({"result": transaction(row, &if row > INCLUDED { Value::Null } else { json!(BLOCK) })})
            }
            RECEIPT if row <= INCLUDED => json!({"result": receipt(row, BLOCK)}),
            TX | RECEIPT => json!({"result": null}),
            LIST => list(first),
            _ => return,
        };
        *reply = said;
        (reply["jsonrpc"], reply["id"]) = (json!("2.0"), call["id"].clone());
    };
    let answer = answer.edit(|replies| match (asked.as_array(), replies.as_array_mut()) {
        (Some(calls), Some(replies)) => calls.iter().zip(replies).for_each(|(call, one)| reply(call, one)),
        _ => reply(&asked, replies),
    });
    answer.by(Way::Late)
}

/// What a run of all rows left behind, and how often the node was asked for what.
struct Looked {
    out: String,
    running: Running,
}

impl Looked {
    fn asked(&self, method: &str) -> usize {
        let requests = self.running.nodes[0].as_ref().unwrap().requests();
        requests.iter().map(|request| request.body.matches(&format!("\"{method}\"")).count()).sum()
    }
}

/// Looks into all rows, with whole documents, so that every answer of every case is told.
fn looked(fault: Fault, keys: &'static str) -> Looked {
    let mut world = world();
    (world.nodes[0].fault, world.nodes[0].keys) = (fault, keys);
    let running = world.start();
    let rows: String = (1..=ROWS).map(|row| format!("{}\n", txid(row))).collect();
    std::fs::write(running.folder.path().join("rows"), rows).unwrap();
    let ran = running.run(&["batch", "rows", "--full"], &[]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, ROWS), "{}", ran.err);
    Looked { out: ran.out, running }
}

/// Three cases are enough.
const FEW: &str = ", requests_per_second = 0, block_receipts = 3";

fn whole(name: &str) -> Value {
    assert!([BLOCK, "0x64"].contains(&name), "{name}");
    json!({"result": receipts(BLOCK)})
}

const WHOLE: Instead = |asked, answer| node(asked, answer, whole);

#[test]
fn the_receipts_of_a_block_are_asked_for_at_once_and_each_case_records_its_own() {
    let singly = looked(Fault::Instead(WHOLE), ", requests_per_second = 0, block_receipts = 0");
    assert_eq!((singly.asked(LIST), singly.asked(RECEIPT)), (0, ROWS));
    let together = looked(Fault::Instead(WHOLE), FEW);
    assert_eq!(together.asked(LIST), 1);
    assert!(together.asked(RECEIPT) <= ROWS / 2, "{} single ones", together.asked(RECEIPT));
    assert_eq!(together.out, singly.out, "the same results of the same answers");
    assert!(together.out.contains(&format!("{RECEIPT} {}", txid(INCLUDED))), "{}", together.out);
    let too_few = looked(Fault::Instead(WHOLE), ", requests_per_second = 0, block_receipts = 100");
    assert_eq!((too_few.asked(LIST), too_few.asked(RECEIPT)), (0, ROWS));
    assert_eq!(too_few.out, singly.out);
}

#[test]
fn a_block_that_few_wait_for_is_not_asked_for() {
    const SCATTERED: Instead = |asked, answer| {
        let apart = |reply: &mut Value| {
            let result = &mut reply["result"];
            let own = result.get("transactionHash").or(result.get("hash")).cloned().unwrap_or_default();
            if result["blockHash"] == BLOCK && own != TXID {
                result["blockHash"] = own;
            }
        };
        node(asked, answer, whole).edit(|replies| match replies {
            Value::Array(replies) => replies.iter_mut().for_each(apart),
            one => apart(one),
        })
    };
    let scattered = looked(Fault::Instead(SCATTERED), FEW);
    assert_eq!((scattered.asked(LIST), scattered.asked(RECEIPT)), (0, ROWS));
}

/// Every way in which there is no list to be believed, and how often it is asked for then.
const USELESS: [(&str, Instead, usize); 9] = [
    ("not offered", |asked, answer| node(asked, answer, |_| json!({"error": {"code": -32601, "message": "no"}})), 1),
    ("null", |asked, answer| node(asked, answer, |_| json!({"result": null})), 2),
    ("of another block", |asked, answer| node(asked, answer, |_| json!({"result": receipts(OTHER_BLOCK)})), 1),
    (
        "one of another block",
        |asked, answer| {
            node(asked, answer, |_| {
                let mut list = receipts(BLOCK);
                list[INCLUDED - 1]["blockHash"] = json!(OTHER_BLOCK);
                json!({ "result": list })
            })
        },
        1,
    ),
    (
        "one twice",
        |asked, answer| {
            node(asked, answer, |_| {
                let mut list = receipts(BLOCK);
                list[INCLUDED - 1] = receipt(1, BLOCK);
                list[INCLUDED - 1]["transactionIndex"] = place(INCLUDED);
                json!({ "result": list })
            })
        },
        1,
    ),
    (
        "one left out in the middle",
        |asked, answer| {
            node(asked, answer, |_| {
                let mut list = receipts(BLOCK);
                list.remove(5);
                json!({ "result": list })
            })
        },
        1,
    ),
    (
        "without logs",
        |asked, answer| {
            node(asked, answer, |_| {
                let mut list = receipts(BLOCK);
                list.iter_mut().for_each(|one| one["logs"] = Value::Null);
                json!({ "result": list })
            })
        },
        1,
    ),
    (
        "one that does not read as a receipt",
        |asked, answer| {
            node(asked, answer, |_| {
                let mut list = receipts(BLOCK);
                list[7]["status"] = json!("done");
                json!({ "result": list })
            })
        },
        1,
    ),
    (
        "too large",
        |asked, answer| {
            let answer = node(asked, answer, whole);
            if asked.body.contains(LIST) { answer.by(Way::Endless) } else { answer }
        },
        1,
    ),
];

#[test]
fn a_list_that_is_not_to_be_believed_is_not_used_and_not_asked_for_again() {
    let singly = looked(Fault::Instead(WHOLE), ", requests_per_second = 0, block_receipts = 0");
    for (name, list, times) in USELESS {
        let together = looked(Fault::Instead(list), FEW);
        assert_eq!((together.asked(LIST), together.asked(RECEIPT)), (times, ROWS), "{name}");
        assert_eq!(together.out, singly.out, "{name}");
    }
}

#[test]
fn a_list_that_does_not_come_in_time_is_waited_for_once() {
    const LATE: Instead = |asked, answer| {
        let answer = node(asked, answer, whole);
        if asked.body.contains(LIST) { answer.by(Way::Silent) } else { answer }
    };
    let late = looked(Fault::Slow(LATE), FEW);
    assert_eq!((late.asked(LIST), late.asked(RECEIPT)), (1, ROWS));
    assert_eq!(late.out, looked(Fault::Instead(WHOLE), ", requests_per_second = 0, block_receipts = 0").out);
}

#[test]
fn what_a_list_lacks_at_its_end_is_asked_for_alone() {
    const CUT: Instead = |asked, answer| node(asked, answer, |_| json!({"result": receipts(BLOCK)[..INCLUDED - 20]}));
    let cut = looked(Fault::Instead(CUT), FEW);
    assert_eq!(cut.asked(LIST), 1);
    assert!((22..ROWS).contains(&cut.asked(RECEIPT)), "{} single ones", cut.asked(RECEIPT));
    assert_eq!(cut.out, looked(Fault::Instead(WHOLE), ", requests_per_second = 0, block_receipts = 0").out);
}

#[test]
fn a_node_that_takes_no_hash_is_asked_by_the_height() {
    const BY_HEIGHT: Instead = |asked, answer| {
        node(asked, answer, |name| match name {
            "0x64" => whole(name),
            _ => json!({"error": {"code": -32602, "message": "invalid argument 0: hex number > 64 bits"}}),
        })
    };
    // Another block has the height by now.
    const REORGANISED: Instead = |asked, answer| {
        node(asked, answer, |name| match name {
            "0x64" => json!({"result": receipts(OTHER_BLOCK)}),
            _ => json!({"result": null}),
        })
    };
    let by_height = looked(Fault::Instead(BY_HEIGHT), FEW);
    assert_eq!(by_height.asked(LIST), 2);
    assert!(by_height.asked(RECEIPT) <= ROWS / 2, "{} single ones", by_height.asked(RECEIPT));
    let reorganised = looked(Fault::Instead(REORGANISED), FEW);
    assert_eq!((reorganised.asked(LIST), reorganised.asked(RECEIPT)), (2, ROWS));
    assert_eq!(reorganised.out, by_height.out);
}

#[test]
fn one_case_asks_for_transaction_and_receipt_at_once() {
    let mut world = world();
    (world.nodes[0].fault, world.nodes[0].keys) = (Fault::Instead(WHOLE), ", block_receipts = 1");
    let running = world.start();
    let ran = running.run(&["check", &txid(1), "--network", "ethereum"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let requests = running.nodes[0].as_ref().unwrap().requests();
    assert!(requests[0].body.contains(TX) && requests[0].body.contains(RECEIPT), "{}", requests[0].body);
    assert!(!requests.iter().any(|request| request.body.contains(LIST)));
}
