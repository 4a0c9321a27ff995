//! Blockscout and Etherscan: what they say instead of an answer, where they contradict themselves, and what they cannot
//! know. The shapes are those of <https://docs.blockscout.com> and <https://docs.etherscan.io>.

use serde_json::{Value, json};

use crate::faults::{
    Expect, NODE, OTHER_RECEIVER, Row, exact_numbers, judge_all, missed, open, row, unavailable, unfit_answers,
    unfit_nodes,
};
use crate::stub::{Answer, Fault, Instead, OTHER_TXID, RECEIPT, Request, Source, TX, TXID, USDT, World, node, refusal};

/// Somebody else.
const OTHER: &str = "0x00000000000000000000000000000000000000ff";

/// Lines as a table, of a world whose only source is an explorer.
type Line = (&'static str, Expect, Instead);

fn rows(kind: &'static str, table: Vec<Line>) -> Vec<Row> {
    let of = |(name, expect, fault): Line| {
        row(&format!("{kind}: {name}"), expect, |world| {
            told_by(kind, world);
            world.nodes[0].fault = Fault::Instead(fault);
        })
    };
    table.into_iter().map(of).collect()
}

fn told_by(kind: &'static str, world: &mut World) {
    world.nodes = world.nodes.iter().map(|node| node.clone().by(kind)).collect();
}

/// Rows of a node that hold for an explorer as well, but for these.
fn also(kind: &'static str, rows: Vec<Row>, except: &[&str]) -> Vec<Row> {
    let count = rows.len();
    let mut rows: Vec<Row> = rows.into_iter().filter(|row| !except.contains(&row.name.as_str())).collect();
    assert_eq!(rows.len() + except.len(), count, "an exception names no row");
    for row in &mut rows {
        told_by(kind, &mut row.world);
        row.name = format!("{kind}: {}", row.name);
    }
    rows
}

/// Changes an answer to one of its questions.
fn at(request: &Request, answer: Answer, part: &str, change: impl FnOnce(&mut Value)) -> Answer {
    if request.target.contains(part) { answer.edit(change) } else { answer }
}

/// Answers one of its questions with something else.
fn instead(request: &Request, answer: Answer, part: &str, other: &Value) -> Answer {
    if request.target.contains(part) { Answer::json(200, other) } else { answer }
}

/// An answer to calls of Ethereum's JSON-RPC with one reply changed.
fn reply(request: &Request, answer: Answer, method: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let Ok(asked) = serde_json::from_str::<Value>(&request.body) else { return answer };
    let calls = asked.as_array().cloned().unwrap_or_else(|| vec![asked]);
    let Some(call) = calls.iter().find(|call| call["method"] == method) else { return answer };
    answer.edit(|replies| match replies {
        Value::Array(replies) => {
            if let Some(reply) = replies.iter_mut().find(|reply| reply["id"] == call["id"]) {
                change(reply);
            }
        }
        single => change(single),
    })
}

fn etherscan() -> Vec<Row> {
    let mut all = rows(
        "etherscan",
        vec![
            ("a limit", unavailable(NODE, "rate-limited"), |_, _| {
                Answer::json(200, &refusal("Max rate limit reached, please use API Key for higher rate limit"))
            }),
            ("a limit of the day", unavailable(NODE, "rate-limited"), |_, _| {
                Answer::json(200, &refusal("Max daily rate limit reached. 110000 (100%) of 100000 day/limit"))
            }),
            ("a limit in the place of a result", unavailable(NODE, "rate-limited"), |_, _| {
                Answer::json(200, &json!({"jsonrpc": "2.0", "id": 1, "result": "Max rate limit reached"}))
            }),
            ("an invalid key", unavailable(NODE, "unauthorised"), |_, _| {
                Answer::json(200, &refusal("Invalid API Key (#err2)|"))
            }),
            ("a lock after invalid keys", unavailable(NODE, "unauthorised"), |_, _| {
                Answer::json(200, &refusal("Too many invalid api key attempts, please try again later"))
            }),
            ("no key", unavailable(NODE, "unauthorised"), |_, _| {
                Answer::json(200, &refusal("Missing/Invalid API Key"))
            }),
            ("a plan without the chain", unavailable(NODE, "not-offered"), |_, _| {
                Answer::json(
                    200,
                    &refusal("Free API access is not supported for this chain. Please upgrade your api plan"),
                )
            }),
            ("no such chain", unavailable(NODE, "not-offered"), |_, _| {
                Answer::json(200, &refusal("Missing or unsupported chainid parameter (required for v2 api)"))
            }),
            ("words that nobody knows", unavailable(NODE, "server-error"), |_, _| {
                Answer::json(200, &refusal("Query Timeout occured"))
            }),
            ("an empty list for a transaction", unavailable(NODE, "malformed"), |request, answer| {
                let empty = json!({"status": "0", "message": "No transactions found", "result": []});
                instead(request, answer, TX, &empty)
            }),
            ("null without JSON-RPC for a transaction", unavailable(NODE, "malformed"), |request, answer| {
                instead(request, answer, TX, &json!({"status": "1", "message": "OK", "result": null}))
            }),
            ("a reply without a result", unavailable(NODE, "malformed"), |request, answer| {
                instead(request, answer, RECEIPT, &json!({"jsonrpc": "2.0", "id": 1}))
            }),
            ("no contract that tells the chain", unavailable(NODE, "not-offered"), |request, answer| {
                at(request, answer, "eth_call", |json| json["result"] = json!("0x"))
            }),
            ("a chain that it does not tell", unavailable(NODE, "rate-limited"), |request, answer| {
                instead(request, answer, "eth_call", &refusal("Max rate limit reached"))
            }),
            ("a limit for the receipt alone", unavailable(NODE, "rate-limited"), |request, answer| {
                instead(request, answer, RECEIPT, &refusal("Max rate limit reached"))
            }),
        ],
    );
    // It has no word for catching up.
    all.extend(also("etherscan", unfit_nodes(), &["a node that catches up"]));
    all.extend(also("etherscan", unfit_answers(), &[]));
    all.extend(also("etherscan", exact_numbers(), &[]));
    all
}

const RECORD: &str = "/api/v2/transactions/";

fn blockscout() -> Vec<Row> {
    let malformed = || unavailable(NODE, "malformed");
    let mut all = rows(
        "blockscout",
        vec![
            ("no record of what its JSON-RPC knows", malformed(), |request, answer| {
                if request.target.contains(RECORD) {
                    return Answer::json(404, &json!({"message": "Not found"}));
                }
                answer
            }),
            ("a record of what its JSON-RPC does not know", malformed(), |request, answer| {
                let answer = reply(request, answer, TX, |reply| reply["result"] = Value::Null);
                reply(request, answer, RECEIPT, |reply| reply["result"] = Value::Null)
            }),
            ("404 that is not its own", malformed(), |request, answer| {
                if request.target.contains(RECORD) { Answer::new(404, "text/plain", "Not Found") } else { answer }
            }),
            ("a record of another transaction", open("answer-not-proven", NODE, "mismatch"), |request, answer| {
                at(request, answer, RECORD, |json| json["hash"] = json!(OTHER_TXID))
            }),
            ("a record that tells of failure", malformed(), |request, answer| {
                at(request, answer, RECORD, |json| json["status"] = json!("error"))
            }),
            ("a record of another block", malformed(), |request, answer| {
                at(request, answer, RECORD, |json| json["block_number"] = json!(101))
            }),
            ("a block that is read anew", open("source-behind", NODE, "behind"), |request, answer| {
                at(request, answer, RECORD, |json| json["is_pending_update"] = json!(true))
            }),
            ("a chain that it does not tell", malformed(), |request, answer| {
                reply(request, answer, "eth_chainId", |reply| reply["result"] = Value::Null)
            }),
            ("no JSON-RPC for transactions", unavailable(NODE, "not-offered"), |request, answer| {
                reply(request, answer, TX, |reply| *reply = json!({"id": reply["id"], "error": "Action not found."}))
            }),
            ("an error in words", unavailable(NODE, "server-error"), |request, answer| {
                reply(request, answer, TX, |reply| {
                    *reply = json!({"id": reply["id"], "error": "Something went wrong."});
                })
            }),
            ("no list of blocks", unavailable(NODE, "malformed"), |request, answer| {
                instead(request, answer, "/main-page/blocks", &json!([]))
            }),
            ("the receipt of no block for what is in one", malformed(), |request, answer| {
                reply(request, answer, RECEIPT, |reply| reply["result"]["blockHash"] = Value::Null)
            }),
            ("older names of fields", missed(), |request, answer| {
                at(request, answer, RECORD, |json| {
                    json["block"] = json["block_number"].clone();
                    json.as_object_mut().unwrap().remove("block_number");
                })
            }),
            ("both names of a field", missed(), |request, answer| {
                at(request, answer, RECORD, |json| json["block"] = json["block_number"].clone())
            }),
            ("no list of what it has read", missed(), |request, answer| {
                if request.target.contains("indexing-status") {
                    Answer::json(404, &json!({"message": "x"}))
                } else {
                    answer
                }
            }),
            ("no access list", missed(), |request, answer| {
                reply(request, answer, TX, |reply| {
                    reply["result"].as_object_mut().unwrap().remove("accessList");
                })
            }),
        ],
    );
    // Its own record is compared first, and finality marks are not offered in its own words.
    all.extend(also("blockscout", unfit_nodes(), &[]));
    let compared = ["a receipt without a transaction", "a receipt without a status", "a third status"];
    all.extend(also("blockscout", unfit_answers(), &[&compared[..], &["a height beyond 64 bits"]].concat()));
    all
}

/// What an explorer does not know counts as absent only where it could have known it.
fn absences() -> Vec<Row> {
    let not_found = || Expect::new("customer-action", "transaction-not-found");
    let unknown = |name: &str, expect, kind, change: fn(&mut World)| {
        row(&format!("{kind}: {name}"), expect, |world| {
            world.unknown();
            told_by(kind, world);
            change(world);
        })
    };
    vec![
        unknown("unknown", not_found(), "etherscan", |_| {}),
        unknown("unknown", not_found(), "blockscout", |_| {}),
        unknown("unknown to an index that catches up", open("source-behind", NODE, "behind"), "blockscout", |world| {
            world.syncing();
        }),
        unknown(
            "unknown to an index that does not tell what it read",
            unavailable(NODE, "server-error"),
            "blockscout",
            |world| {
                world.nodes[0].fault = Fault::Instead(|request, answer| {
                    if request.target.contains("indexing-status") {
                        Answer::new(500, "text/plain", "no")
                    } else {
                        answer
                    }
                });
            },
        ),
        unknown(
            "unknown to one operator's explorer twice",
            open("not-found-unproven", "ledger", "refused"),
            "etherscan",
            |world| {
                world.nodes.push(world.nodes[0].clone());
                for node in &mut world.nodes {
                    node.keys = ", requests_per_second = 0, operator = \"one\"";
                }
                world.ledger.fault = Fault::Absent;
            },
        ),
        unknown("unknown to it and to a node", not_found().gap("ledger", "refused"), "etherscan", |world| {
            let mut other = Source::of(node());
            (other.says[TX]["result"], other.says[RECEIPT]["result"]) = (Value::Null, Value::Null);
            world.nodes.push(other);
            world.ledger.fault = Fault::Absent;
        }),
    ]
}

/// Somebody else of whom the platform knows nothing was paid, by more than a token's own transfer, so that what happened
/// inside matters.
fn calls_inside() -> Vec<Row> {
    let inside = |name: &str, kind, expect, list: Instead| {
        row(&format!("{kind}: {name}"), expect, |world| {
            world.log()["topics"][2] = json!(OTHER_RECEIVER);
            world.logs_more();
            told_by(kind, world);
            world.nodes[0].fault = Fault::Instead(list);
        })
    };
    let nobody = || Expect::new("misdirected", "address-not-ours");
    let untold = || unavailable(NODE, "not-offered");
    vec![
        inside("no calls with coin", "etherscan", nobody(), |request, answer| {
            let none = json!({"status": "0", "message": "No transactions found", "result": []});
            instead(request, answer, "txlistinternal", &none)
        }),
        inside("no calls with coin, in other words", "etherscan", nobody(), |request, answer| {
            let none = json!({"status": "0", "message": "No records found", "result": "No records found"});
            instead(request, answer, "txlistinternal", &none)
        }),
        inside("an empty list that is a failure", "etherscan", unavailable(NODE, "malformed"), |request, answer| {
            instead(request, answer, "txlistinternal", &json!({"status": "0", "message": "NOTOK", "result": []}))
        }),
        inside("null for the calls", "etherscan", unavailable(NODE, "malformed"), |request, answer| {
            instead(request, answer, "txlistinternal", &json!({"status": "1", "message": "OK", "result": null}))
        }),
        inside("a limit for the calls", "etherscan", unavailable(NODE, "rate-limited"), |request, answer| {
            instead(request, answer, "txlistinternal", &refusal("Max calls per sec rate limit reached (3/sec)"))
        }),
        inside("a list that may have been cut", "etherscan", unavailable(NODE, "too-large"), |request, answer| {
            let rows: Vec<Value> = (0..10_000).map(|_| listed("1", "0")).collect();
            instead(request, answer, "txlistinternal", &json!({"status": "1", "message": "OK", "result": rows}))
        }),
        inside("a value that is no number", "etherscan", unavailable(NODE, "malformed"), |request, answer| {
            let rows = json!([listed("1.5", "0")]);
            instead(request, answer, "txlistinternal", &json!({"status": "1", "message": "OK", "result": rows}))
        }),
        inside("coin that moved beside a call that failed", "etherscan", untold(), |request, answer| {
            let rows = json!([listed("1", "1"), listed("2", "0")]);
            instead(request, answer, "txlistinternal", &json!({"status": "1", "message": "OK", "result": rows}))
        }),
        inside("coin to somebody else", "etherscan", nobody(), |request, answer| {
            let rows = json!([listed("1", "0")]);
            instead(request, answer, "txlistinternal", &json!({"status": "1", "message": "OK", "result": rows}))
        }),
        inside("an empty list", "blockscout", untold(), |request, answer| {
            instead(request, answer, CALLS, &json!({"items": [], "next_page_params": null}))
        }),
        inside("no list", "blockscout", untold(), |_, answer| answer),
        inside("calls without coin", "blockscout", nobody(), |request, answer| {
            instead(request, answer, CALLS, &json!({"items": [item(1, "0", true)], "next_page_params": null}))
        }),
        inside("calls on several pages", "blockscout", nobody(), |request, answer| {
            let next = if request.target.contains("index=50") { Value::Null } else { json!({"index": 50, "block": 1}) };
            instead(request, answer, CALLS, &json!({"items": [item(1, "0", true)], "next_page_params": next}))
        }),
        inside("calls without an end", "blockscout", unavailable(NODE, "too-large"), |request, answer| {
            let next = json!({"index": request.nth});
            instead(request, answer, CALLS, &json!({"items": [item(1, "0", true)], "next_page_params": next}))
        }),
        inside("calls of another one", "blockscout", open("answer-not-proven", NODE, "mismatch"), |request, answer| {
            let mut item = item(1, "0", true);
            item["transaction_hash"] = json!(OTHER_TXID);
            instead(request, answer, CALLS, &json!({"items": [item], "next_page_params": null}))
        }),
        inside("coin that moved beside a call that failed", "blockscout", untold(), |request, answer| {
            let items = json!([item(1, "0", false), item(2, "5", true)]);
            instead(request, answer, CALLS, &json!({"items": items, "next_page_params": null}))
        }),
        inside("calls that are still to be read", "blockscout", untold(), |request, answer| {
            let items = json!([item(1, "0", true)]);
            let answer = instead(request, answer, CALLS, &json!({"items": items, "next_page_params": null}));
            if request.target.contains(CALLS) {
                return answer;
            }
            at(request, answer, RECORD, |json| json["result"] = json!("awaiting_internal_transactions"))
        }),
    ]
}

const CALLS: &str = "/internal-transactions";

/// A row of Etherscan's `txlistinternal`.
fn listed(value: &str, is_error: &str) -> Value {
    json!({
        "blockNumber": "100", "timeStamp": "1769858388", "from": USDT, "to": OTHER, "value": value, "input": "",
        "contractAddress": "", "type": "call", "gas": "2300", "gasUsed": "0", "isError": is_error, "errCode": "",
    })
}

/// An item of Blockscout's internal transactions.
fn item(index: u64, value: &str, success: bool) -> Value {
    json!({
        "transaction_hash": TXID, "index": index, "block_number": 100, "type": "call", "from": {"hash": USDT},
        "to": {"hash": OTHER}, "created_contract": null, "value": value, "success": success, "error": null,
    })
}

#[test]
fn every_failing_of_an_explorer_ends_in_a_gap_or_a_finding() {
    let mut rows = etherscan();
    rows.extend(blockscout());
    rows.extend(absences());
    rows.extend(calls_inside());
    let count = rows.len();
    let failed = judge_all(rows);
    assert!(failed.is_empty(), "{} of {count} rows fail:\n{}", failed.len(), failed.join("\n"));
}
