//! Many cases: how rows are read, that each has one result in its place, and what an interrupted run leaves.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stub::{ADDRESS, Answer, Fault, Instead, OTHER_TXID, RECEIPT, Running, TICKET, TXID, Way, world};
use crate::support::Ran;

/// A world as the rows see it, and a way to look into them.
struct Batch {
    running: Running,
}

impl Batch {
    fn new() -> Self {
        Self { running: world().start() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.running.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.file(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Ran {
        let args: Vec<&str> = ["batch", "rows"].iter().chain(args).copied().collect();
        self.running.run(&args, &[])
    }

    /// The results of these rows.
    #[track_caller]
    fn results(&self, rows: impl AsRef<[u8]>) -> Vec<Value> {
        self.write("rows", rows);
        lines(&self.run(&[]).out)
    }
}

#[track_caller]
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"))).collect()
}

fn codes(results: &[Value]) -> Vec<&str> {
    results.iter().map(|result| result["code"].as_str().unwrap_or("-")).collect()
}

#[test]
fn the_same_rows_are_read_from_every_form() {
    let batch = Batch::new();
    let forms = [
        format!("id,txid,network,amount\nmine,{TXID},ethereum,500\n"),
        format!("\u{feff}Amount;Network;TXID;ID\r\n500;ethereum;{TXID};mine\r\n"),
        format!("\"id\"\t\"txid\"\t\"network\"\t\"amount\"\nmine\t {TXID} \tethereum\t\"500\"\n\n"),
        format!("{{\"id\":\"mine\",\"txid\":\"{TXID}\",\"network\":\"ethereum\",\"amount\":500}}\n"),
        format!(
            "\n{{\"amount\":\"500\",\"network\":\"ethereum\",\"subject\":\"{TXID}\",\"id\":\"mine\",\"memo\":null}}"
        ),
    ];
    let results: Vec<Value> = forms.iter().flat_map(|form| batch.results(form)).collect();
    assert_eq!(codes(&results), vec!["deposit-missed"; forms.len()]);
    for result in &results {
        assert_eq!(result, &results[0], "whatever the form, the result is the same");
    }
    let first = &results[0];
    assert_eq!((&first["row"], &first["id"], &first["input"]), (&json!(1), &json!("mine"), &json!(TXID)));
    assert_eq!((&first["verdict"], &first["responsible"]), (&json!("platform-action"), &json!("platform")));
    assert_eq!(
        (&first["amount"], &first["asset"], &first["state"]),
        (&json!("500"), &json!("USDT"), &json!("included"))
    );
    assert_eq!(
        (&first["network"], &first["error"], &first["ledger_status"]),
        (&json!("ethereum"), &Value::Null, &Value::Null)
    );
}

#[test]
fn a_subject_a_line_may_be_anything_that_check_takes() {
    let batch = Batch::new();
    let results =
        batch.results(format!("{TXID}\n\n  https://etherscan.io/tx/{TXID}  \n{TICKET}\n{ADDRESS}\nabcdef0123\n"));
    let codes = codes(&results);
    assert_eq!(codes[..3], ["deposit-missed"; 3]);
    assert_eq!(results.iter().map(|result| result["row"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(results[2]["input"], TICKET);
}

#[test]
fn a_bad_row_is_a_row_with_an_error_and_never_the_end() {
    let batch = Batch::new();
    let mut rows = format!("txid,network,amount,kind\n{TXID},nowhere,1,\n{TXID},ethereum,many,\n{TXID},ethereum,1,gift\n,,,\n{TXID},ethereum,1,deposit,more\n").into_bytes();
    rows.extend(b"\xff\xfe,ethereum,1,\n");
    rows.extend(format!("{TXID},ethereum,500,deposit\n").bytes());
    batch.write("rows", &rows);
    let ran = batch.run(&[]);
    let results = lines(&ran.out);
    assert_eq!((ran.code, results.len()), (4, 7), "{}", ran.err);
    let errors: Vec<&str> = results.iter().map(|result| result["error"].as_str().unwrap_or("-")).collect();
    let parts = ["nowhere", "--amount", "kind", "nothing to check", "5 columns", "UTF-8", "-"];
    for (error, part) in errors.iter().zip(parts) {
        assert!(error.contains(part), "{error} does not name {part}");
    }
    assert_eq!(codes(&results)[6], "deposit-missed");
    assert!(results[..6].iter().all(|result| result["verdict"].is_null()), "what was not read has no verdict");
    let json = batch.results("{\"txid\": [1]}\n{\"txid\"\n{\"txid\":\"x\"}\n");
    assert!(json[0]["error"].as_str().unwrap().contains("txid") && !json[1]["error"].is_null());
}

#[test]
fn an_input_that_is_no_batch_is_a_mistake() {
    let batch = Batch::new();
    batch.write("rows", format!("{TXID},ethereum,500\n"));
    let ran = batch.run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("header"), "{}", ran.err);
    batch.write("rows", "");
    assert_eq!((batch.run(&[]).code, batch.run(&[]).out.as_str()), (0, ""));
    std::fs::create_dir(batch.running.folder.path().join("folder")).unwrap();
    let ran = batch.running.run(&["batch", "folder"], &[]);
    assert!(ran.code == 1 && ran.err.contains("failed to read the input"), "{} {}", ran.code, ran.err);
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_other_row() {
    let batch = Batch::new();
    let good = format!("{TXID},\"two\nlines\"\r\n\n{TXID},5\" nail\n");
    let open = format!("{TXID},\"never closed\n");
    // As few rows behind it as a field could hold, and more.
    for (rows, behind) in [(3, String::new()), (1203, format!("{},x,y\n", "notes ".repeat(200)))] {
        batch.write("rows", format!("txid,memo\n{good}{open}{}{TXID},last", behind.repeat(rows - 3)));
        let ran = batch.run(&[]);
        let results = lines(&ran.out);
        assert_eq!((ran.code, results.len()), (4, rows + 1), "{}", ran.err);
        let broken = results[2]["error"].as_str().unwrap();
        assert!(broken.contains("quote") && results[2]["input"].as_str().unwrap().starts_with(TXID), "{broken}");
        assert!([0, 1, rows].iter().all(|row| results[*row]["error"].is_null()), "{:?}", results[rows]);
    }
    batch.write("rows", "txid,\"memo\nx,y\n");
    assert_eq!(batch.run(&[]).code, 2);
    // As old programs end their lines, and without an end.
    for end in ["\r", "\r\n", "\n"] {
        let rows = ["memo,txid", &format!("1,{TXID}"), &format!("\"a\"\"b\",{TXID}"), "", &format!(",{TXID}")];
        let results = batch.results(rows.join(end));
        let read: Vec<bool> = results.iter().map(|result| result["error"].is_null()).collect();
        assert_eq!(read, [true; 3], "{end:?} {results:?}");
    }
    batch.write("rows", [TXID, TXID].join("\r"));
    assert_eq!(batch.run(&[]).code, 2);
}

#[test]
fn columns_that_are_not_read_are_named_once() {
    let batch = Batch::new();
    batch.write("rows", format!("txid,colour,network\n{TXID},red,ethereum\n{TXID},blue,ethereum\n"));
    let ran = batch.run(&[]);
    assert_eq!(ran.err.matches("colour").count(), 1, "{}", ran.err);
    assert!(!batch.run(&["--quiet"]).err.contains("colour"));
}

#[test]
fn results_come_in_the_order_of_the_rows_and_equal_rows_are_asked_about_once() {
    let batch = Batch::new();
    let rows: String =
        (0..200).map(|row| format!("{row},{}\n", if row % 3 == 0 { OTHER_TXID } else { TXID })).collect();
    let results = batch.results(format!("id,txid\n{rows}"));
    let ids: Vec<&str> = results.iter().map(|result| result["id"].as_str().unwrap()).collect();
    assert_eq!(ids, (0..200).map(|row| row.to_string()).collect::<Vec<_>>());
    let calls: String =
        batch.running.nodes[0].as_ref().unwrap().requests().into_iter().map(|request| request.body).collect();
    let asked = calls.matches("eth_getTransactionReceipt").count();
    assert!(asked <= 40, "200 rows of two transactions took {asked} receipts");
    let unordered = lines(&batch.run(&["--unordered", "--concurrency", "3"]).out);
    let mut numbers: Vec<u64> = unordered.iter().map(|result| result["row"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=200).collect::<Vec<_>>());
}

#[test]
fn whole_documents_stand_one_a_line_and_say_whose_they_are() {
    let batch = Batch::new();
    batch.write("rows", format!("id,txid,network\na,{TXID},ethereum\nb,{TXID},nowhere\n"));
    let ran = batch.run(&["--full"]);
    let documents = lines(&ran.out);
    assert_eq!((&documents[0]["row"], &documents[0]["id"]), (&json!(1), &json!("a")));
    assert_eq!(documents[0]["schema"], "txsleuth.diagnosis/1");
    assert_eq!(documents[0]["transactions"][0]["txid"], TXID);
    assert!(!documents[0]["sources"].as_array().unwrap().is_empty());
    assert!(documents[1]["error"].as_str().unwrap().contains("nowhere"), "{}", ran.out);
}

#[test]
fn csv_has_the_same_columns_and_no_formula() {
    let batch = Batch::new();
    batch.write("rows", format!("id,txid\n=1+2,{TXID}\n\"a\nb\",=cmd()\n"));
    let ran = batch.run(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let result = &batch.results(format!("ticket\n{TICKET}\n"))[0];
    for name in &names {
        assert!(result.get(name).is_some(), "{name} is no field of a result");
    }
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 2);
    for cell in records.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        assert!(!cell.contains('\n'), "{cell}");
    }
}

#[test]
fn csv_tells_the_age_of_the_ticket_too() {
    let batch = Batch::new();
    batch.write("rows", format!("ticket\n{TICKET}\n"));
    let age = &batch.results(format!("ticket\n{TICKET}\n"))[0]["age_hours"];
    let ran = batch.run(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let column = reader.headers().unwrap().iter().position(|name| name == "age_hours").unwrap();
    assert_eq!(reader.records().next().unwrap().unwrap()[column], age.to_string());
}

#[test]
fn rows_of_which_one_holds_what_parts_the_fields_of_another_are_two() {
    let batch = Batch::new();
    let row = |memo: &str, account: &str| json!({"txid": TXID, "memo": memo, "account": account}).to_string();
    let results = batch.results(format!("{}\n{}\n", row("x\u{1f}y", ""), row("x", "y\u{1f}")));
    assert_ne!(results[0]["content"], results[1]["content"]);
    assert_ne!(results[0]["case"], results[1]["case"], "each is looked into");
}

#[test]
fn a_row_that_is_too_long_is_a_row_with_an_error() {
    let batch = Batch::new();
    let long = "x".repeat(70_000);
    let forms = [
        format!("txid,memo\n{TXID},{long}\n{TXID},\n"),
        format!("{TXID} {long}\n{TXID}\n"),
        format!("{{\"txid\":\"{TXID}\",\"memo\":\"{long}\"}}\n{{\"txid\":\"{TXID}\"}}\n"),
    ];
    for form in forms {
        let results = batch.results(form);
        assert_eq!(codes(&results), ["-", "deposit-missed"]);
        assert!(results[0]["error"].as_str().unwrap().contains("longer than"), "{}", results[0]);
    }
}

#[test]
fn a_result_tells_the_payment_and_the_record_by_which_the_case_was_decided() {
    let mut world = world();
    let logs = &mut world.nodes[0].says[RECEIPT]["result"]["logs"];
    let part = |log: &Value, index: &str, to: Option<&str>, units: u64| {
        let mut log = log.clone();
        (log["logIndex"], log["data"]) = (json!(index), json!(format!("0x{units:064x}")));
        if let Some(to) = to {
            log["topics"][2] = json!(format!("0x{to:0>64}"));
        }
        log
    };
    let paid = logs[0].clone();
    let other = "70997970c51812dc3a010c7d01b50e0d17dc79c8";
    *logs = json!([
        part(&paid, "0x0", Some(other), 7_000_000),
        part(&paid, "0x1", None, 200_000_000),
        part(&paid, "0x2", None, 300_000_000),
    ]);
    let record = |id: &str, address: &str, amount: &str, status: &str| {
        json!({"id": id, "account": "A-1001", "asset": "USDT", "network": "ethereum", "txid": TXID, "address": address,
            "amount": amount, "status": status, "credited_at": "2026-01-31T11:30:00Z"})
    };
    world.ledger.says["deposits"]["items"] =
        json!([record("D-0", &format!("0x{other}"), "7", "rejected"), record("D-1", ADDRESS, "500", "credited")]);
    let batch = Batch { running: world.start() };
    let result = &batch.results(format!("txid,address\n{TXID},{ADDRESS}\n"))[0];
    assert_eq!(result["code"], "credited", "{result}");
    assert_eq!((&result["amount"], &result["asset"]), (&json!("500"), &json!("USDT")), "{result}");
    assert_eq!(result["ledger_status"], "credited", "{result}");
}

/// Rows that differ, most of them of transactions that nobody knows.
fn many(count: u64) -> String {
    let txid = |row: u64| if row.is_multiple_of(4) { TXID.to_owned() } else { format!("0x{row:064x}") };
    let rows: String = (0..count).map(|row| format!("r{row},{},{row}\n", txid(row))).collect();
    format!("id,txid,account\n{rows}")
}

#[test]
fn a_run_that_was_cut_off_anywhere_is_gone_on_with() {
    let batch = Batch::new();
    batch.write("rows", many(40));
    for (args, kind) in [(vec![], "ndjson"), (vec!["--format", "csv"], "csv"), (vec!["--full"], "full")] {
        let out = format!("out.{kind}");
        let run = |more: &[&str]| {
            let all: Vec<&str> =
                args.iter().copied().chain(["--out", out.as_str()]).chain(more.iter().copied()).collect();
            batch.run(&all)
        };
        assert_eq!(run(&[]).code, 0);
        let whole = batch.read(&out);
        let refused = run(&[]);
        assert_eq!(refused.code, 2, "{}", refused.err);
        assert!(refused.err.contains("--resume"), "{}", refused.err);
        for cut in [whole.len() - 1, whole.len() - 20, whole.len() / 2, whole.len() / 3, 300, 5, 0] {
            let mut bytes = whole.as_bytes()[..cut].to_vec();
            if cut % 2 == 0 && kind != "csv" {
                // What a power cut may leave.
                bytes.extend([0; 64]);
            }
            batch.write(&out, &bytes);
            let ran = run(&["--resume"]);
            assert_eq!(ran.code, 0, "{kind} cut at {cut}: {}", ran.err);
            assert_eq!(batch.read(&out), whole, "{kind} cut at {cut}");
        }
        assert_eq!(run(&["--resume"]).code, 0);
        assert_eq!(batch.read(&out), whole, "nothing is done twice");
        assert_eq!(run(&["--force"]).code, 0);
        assert_eq!(batch.read(&out), whole);
    }
}

#[test]
fn a_run_into_standard_output_needs_no_file_and_a_changed_input_is_seen() {
    let batch = Batch::new();
    batch.write("rows", many(8));
    assert_eq!(batch.run(&["--out", "out"]).code, 0);
    for changed in [many(8).replace("r3,0x", "r3,0x1"), many(8).replace(",3\n", ",4\n"), many(5)] {
        batch.write("rows", changed);
        let ran = batch.run(&["--out", "out", "--resume"]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("changed"), "{}", ran.err);
    }
    batch.write("rows", many(12));
    assert_eq!(batch.run(&["--out", "out", "--resume"]).code, 0, "rows may be added");
    assert_eq!(batch.read("out").lines().count(), 12);
    assert_eq!(batch.run(&["--out", "rows", "--force"]).code, 2, "the input is not written over");
    assert_eq!(batch.run(&["--out", "out", "--resume", "--format", "csv"]).code, 2);
    assert_eq!(batch.run(&["--resume"]).code, 2);
}

#[test]
fn a_file_of_csv_is_gone_on_with_as_it_is_or_refused() {
    let batch = Batch::new();
    batch.write("rows", many(8));
    let resume = ["--format", "csv", "--out", "out", "--resume"];
    assert_eq!(batch.run(&resume).code, 0);
    let whole = batch.read("out");
    let lines: Vec<&str> = whole.lines().collect();
    // The columns of another version.
    let former = |line: &&str| line.rsplit_once(',').unwrap().0.to_owned() + "\n";
    let shorter: String = lines.iter().take(5).map(former).collect();
    let middle = whole.replace(lines[3], "3,\"torn");
    let last = whole.replace(lines[8], "8,no,result");
    for (text, word) in [(shorter, "columns"), (middle, "line 4"), (last, "line 9"), ("notes".to_owned(), "results")] {
        batch.write("out", &text);
        let ran = batch.run(&resume);
        assert_eq!(ran.code, 2, "{word}: {}", ran.err);
        assert!(ran.err.contains(word) && ran.err.contains("nothing was changed"), "{word}: {}", ran.err);
        assert_eq!(batch.read("out"), text, "{word}");
    }
}

#[test]
fn two_runs_do_not_write_into_one_file() {
    let batch = Batch::new();
    batch.write("rows", many(8));
    assert_eq!(batch.run(&["--out", "out"]).code, 0);
    let whole = batch.read("out");
    let other = std::fs::File::open(batch.file("out")).unwrap();
    other.lock().unwrap();
    for args in [["--out", "out", "--resume"], ["--out", "out", "--force"]] {
        let ran = batch.run(&args);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("another run"), "{}", ran.err);
    }
    assert_eq!(batch.read("out"), whole);
    drop(other);
    assert_eq!(batch.run(&["--out", "out", "--resume"]).code, 0);
}

#[cfg(unix)]
#[test]
fn the_input_is_not_written_over_under_another_name() {
    let batch = Batch::new();
    batch.write("rows", many(4));
    std::fs::hard_link(batch.file("rows"), batch.file("hard")).unwrap();
    std::os::unix::fs::symlink(batch.file("rows"), batch.file("soft")).unwrap();
    for out in ["hard", "soft", "./rows"] {
        let ran = batch.run(&["--out", out, "--force"]);
        assert_eq!(ran.code, 2, "{out}: {}", ran.err);
        assert_eq!(batch.read("rows"), many(4), "{out}");
    }
}

#[test]
fn short_results_and_whole_documents_do_not_mix() {
    let batch = Batch::new();
    batch.write("rows", format!("txid,network\n{TXID},nowhere\n{TXID},ethereum\n"));
    for (first, then) in [(&[][..], &["--full"][..]), (&["--full"], &[])] {
        let run = |args: &[&str], more: &str| batch.run(&[args, &["--out", "out", more]].concat());
        assert_eq!(run(first, "--force").code, 4);
        let whole = batch.read("out");
        let ran = run(then, "--resume");
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("--full"), "{}", ran.err);
        assert_eq!(batch.read("out"), whole);
        assert_eq!(run(first, "--resume").code, 0);
        assert_eq!(batch.read("out"), whole);
    }
}

/// The ledger takes questions about many at once.
fn offering(request: &crate::stub::Request, answer: Answer) -> Answer {
    let Some(kind) = request.target.strip_prefix("/v1/").and_then(|rest| rest.strip_suffix("/query")) else {
        return answer;
    };
    let asked: Value = serde_json::from_str(&request.body).unwrap();
    let things = |name: &str| asked[name].as_array().cloned().unwrap_or_default();
    let deposit = |txid: Value| {
        json!({"id": "D-1", "account": "A-1001", "asset": "USDT", "network": "ethereum", "txid": txid, "address": ADDRESS,
            "amount": "500", "status": "credited", "credited_at": "2026-01-31T11:30:00Z"})
    };
    let address = |address: Value| {
        json!({"address": address, "network": "ethereum", "role": "deposit", "account": "A-1001", "memo_required": false,
            "status": "active"})
    };
    let items: Vec<Value> = match kind {
        "deposits" => things("txids").into_iter().filter(|txid| txid == TXID).map(deposit).collect(),
        "addresses" => {
            let own = |one: &Value| one.as_str().is_some_and(|text| text.eq_ignore_ascii_case(ADDRESS));
            things("addresses").into_iter().filter(own).map(address).collect()
        }
        _ => Vec::new(),
    };
    Answer::json(200, &json!({ "items": items }))
}

#[test]
fn a_ledger_is_asked_about_many_at_once_where_it_offers_that() {
    let ledger_requests = |fault: Fault| {
        let mut world = world();
        world.ledger.fault = fault;
        let batch = Batch { running: world.start() };
        let rows: String =
            (0..60).map(|row| if row == 0 { format!("{TXID}\n") } else { format!("0x{row:064x}\n") }).collect();
        let results = batch.results(rows);
        let requests = batch.running.ledger.as_ref().unwrap().requests();
        (results, requests)
    };
    let (alone, singly) = ledger_requests(Fault::None);
    let (together, queries) = ledger_requests(Fault::Instead(offering as Instead));
    assert_eq!(codes(&alone)[0], "deposit-missed");
    assert_eq!(codes(&together)[0], "credited", "what the query says counts");
    assert_eq!(codes(&alone)[1], codes(&together)[1]);
    assert!(queries.len() * 5 < singly.len(), "{} requests against {}", queries.len(), singly.len());
    let tried = singly.iter().filter(|request| request.target.ends_with("/query")).count();
    assert!(tried <= 12, "what is not offered was asked for {tried} times");
}

/// Most things that the ledger below takes at once.
const TAKEN_BY_LEDGER: usize = 4;

/// The things that a query is about.
fn things(request: &crate::stub::Request) -> Vec<Value> {
    let asked: Value = serde_json::from_str(&request.body).unwrap_or_default();
    ["txids", "addresses"].into_iter().find_map(|name| asked[name].as_array().cloned()).unwrap_or_default()
}

/// A ledger that refuses a query of too many things in this way.
fn limited(request: &crate::stub::Request, answer: Answer, refusal: fn(Answer) -> Answer) -> Answer {
    let answer = offering(request, answer);
    if things(request).len() > TAKEN_BY_LEDGER { refusal(answer) } else { answer }
}

/// Every way in which a ledger refuses a query for its size.
const LIMITS: [(&str, Instead); 5] = [
    ("413", |asked, answer| limited(asked, answer, |_| Answer::new(413, "text/html", "<html>too large</html>"))),
    ("400", |asked, answer| limited(asked, answer, |_| Answer::json(400, &json!({"error": "too many"})))),
    ("422", |asked, answer| limited(asked, answer, |_| Answer::json(422, &json!({"error": "too many"})))),
    ("pages", |asked, answer| limited(asked, answer, |whole| whole.edit(|body| body["next"] = json!("more")))),
    ("a body without end", |asked, answer| limited(asked, answer, |whole| whole.by(Way::Endless))),
];

/// The results of rows that differ, and the requests that the ledger was sent.
fn ledger_asked(fault: Instead) -> (Vec<Value>, Vec<crate::stub::Request>) {
    let mut world = world();
    world.ledger.fault = Fault::Instead(fault);
    // Those who ask together wait together.
    world.nodes[0].fault = Fault::Instead(|_, answer| answer.by(Way::Late));
    let batch = Batch { running: world.start() };
    let rows: String =
        (0..200).map(|row| if row % 40 == 7 { format!("{TXID}\n") } else { format!("0x{row:064x}\n") }).collect();
    (batch.results(rows), batch.running.ledger.as_ref().unwrap().requests())
}

/// How often one thing alone was asked about.
fn singly(requests: &[crate::stub::Request]) -> usize {
    requests.iter().filter(|request| request.target.contains("?txid=")).count()
}

#[test]
fn a_query_that_a_ledger_refuses_for_its_size_is_cut_until_it_takes_it_and_the_size_is_remembered() {
    let (plain, requests) = ledger_asked(offering);
    assert!(requests.iter().any(|request| things(request).len() > TAKEN_BY_LEDGER));
    for (name, limit) in LIMITS {
        let (results, requests) = ledger_asked(limit);
        assert_eq!(results, plain, "{name}");
        assert_eq!(singly(&requests), 0, "{name}: nothing is asked alone");
        let sizes: Vec<usize> = requests.iter().map(|request| things(request).len()).filter(|size| *size > 0).collect();
        let refused = sizes.iter().filter(|size| **size > TAKEN_BY_LEDGER).count();
        assert!((1..=sizes.len() / 3).contains(&refused), "{name}: {refused} refused: {sizes:?}");
    }
}

#[test]
fn a_thing_that_a_ledger_refuses_in_any_company_is_asked_about_alone() {
    const STRANGE: Instead = |asked, answer| {
        let answer = offering(asked, answer);
        let strange = things(asked).contains(&json!(format!("0x{:064x}", 60)));
        if strange { Answer::json(400, &json!({"error": "an odd identifier"})) } else { answer }
    };
    let (plain, _) = ledger_asked(offering);
    let (results, requests) = ledger_asked(STRANGE);
    assert_eq!(results, plain);
    // It and its neighbour, in the list of deposits and in that of withdrawals.
    assert!((1..=4).contains(&singly(&requests)), "{}", singly(&requests));
}

#[test]
fn a_ledger_that_refuses_every_query_is_soon_asked_singly() {
    const REFUSING: Instead = |asked, answer| {
        if things(asked).is_empty() { answer } else { Answer::json(400, &json!({"error": "no"})) }
    };
    let (results, requests) = ledger_asked(REFUSING);
    let (plain, alone) = ledger_asked(|_, answer| answer);
    assert_eq!(results, plain);
    assert_eq!(singly(&requests), singly(&alone));
    let queries = requests.iter().filter(|request| !things(request).is_empty()).count();
    assert!(queries <= 80, "{queries} queries were tried");
}

/// Most calls that the node below takes at once.
const TAKEN: usize = 2;

/// How many calls a request holds.
fn calls(request: &crate::stub::Request) -> usize {
    serde_json::from_str::<Value>(&request.body).unwrap().as_array().map_or(1, Vec::len)
}

/// A node that refuses what is too much for it in this way.
fn refusing(request: &crate::stub::Request, answer: Answer, refusal: fn(&Value) -> Answer) -> Answer {
    let asked: Value = serde_json::from_str(&request.body).unwrap();
    if calls(request) > TAKEN { refusal(&asked) } else { answer }
}

fn too_large(id: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": -32600, "message": "batch too large"}})
}

/// Every way in which nodes refuse a batch.
const REFUSALS: [(&str, Instead); 8] = [
    ("one error", |asked, answer| refusing(asked, answer, |_| Answer::json(200, &too_large(&Value::Null)))),
    ("a list of one error", |asked, answer| {
        refusing(asked, answer, |calls| Answer::json(200, &json!([too_large(&calls[0]["id"])])))
    }),
    ("a list of one error without an id", |asked, answer| {
        refusing(asked, answer, |_| Answer::json(200, &json!([too_large(&Value::Null)])))
    }),
    ("an error for each", |asked, answer| {
        refusing(asked, answer, |calls| {
            Answer::json(200, &calls.as_array().unwrap().iter().map(|call| too_large(&call["id"])).collect())
        })
    }),
    ("413", |asked, answer| refusing(asked, answer, |_| Answer::new(413, "text/html", "<html>too large</html>"))),
    ("a plain 400", |asked, answer| refusing(asked, answer, |_| Answer::new(400, "text/plain", "Bad Request"))),
    ("words of its own", |asked, answer| {
        refusing(asked, answer, |_| Answer::json(200, &json!({"message": "batch size exceeds the limit of your plan"})))
    }),
    ("a body without end", |asked, answer| {
        refusing(asked, answer, |_| Answer::new(200, "application/json", "").by(Way::Endless))
    }),
];

#[test]
fn a_batch_that_a_node_refuses_is_cut_until_it_takes_it_and_the_size_is_remembered() {
    let rows: String =
        (0..120).map(|row| if row % 9 == 0 { format!("{TXID}\n") } else { format!("0x{row:064x}\n") }).collect();
    let looked_into = |fault: Fault| {
        let mut world = world();
        world.nodes[0].fault = fault;
        world.nodes[0].keys = ", requests_per_second = 0";
        let batch = Batch { running: world.start() };
        batch.write("rows", &rows);
        let ran = batch.run(&["--concurrency", "16"]);
        assert_eq!(ran.code, 0, "{}", ran.out);
        let requests = batch.running.nodes[0].as_ref().unwrap().requests();
        (lines(&ran.out), requests.iter().map(calls).collect::<Vec<_>>())
    };
    let (plain, sizes) = looked_into(Fault::None);
    assert!(sizes.iter().any(|size| *size > TAKEN), "{sizes:?}");
    for (name, refusal) in REFUSALS {
        let (results, sizes) = looked_into(Fault::Instead(refusal));
        assert_eq!(results, plain, "{name}");
        let (learnt, known) = sizes.split_at(sizes.len() / 2);
        assert!(learnt.iter().any(|size| *size > TAKEN), "{name}: {sizes:?}");
        // Now and then one request looks whether it takes more by now.
        let tried = known.iter().filter(|size| **size > TAKEN).count();
        assert!(tried * 20 <= known.len() && known.iter().all(|size| *size <= 2 * TAKEN), "{name}: {sizes:?}");
        assert!(known.contains(&TAKEN), "{name}: what it takes together is sent together: {sizes:?}");
    }
}

#[test]
fn a_node_that_takes_more_after_a_bad_moment_is_asked_for_more_again() {
    const RECOVERED: Instead = |asked, answer| {
        let too_many = |_: &Value| Answer::new(413, "text/html", "<html>too large</html>");
        if asked.nth < 40 { refusing(asked, answer, too_many) } else { answer }
    };
    let mut world = world();
    (world.nodes[0].fault, world.nodes[0].keys) = (Fault::Instead(RECOVERED), ", requests_per_second = 0");
    let batch = Batch { running: world.start() };
    let results = batch.results((0..600).map(|row| format!("0x{row:064x}\n")).collect::<String>());
    assert_eq!(results.len(), 600);
    let sizes: Vec<usize> = batch.running.nodes[0].as_ref().unwrap().requests().iter().map(calls).collect();
    let (bad, good) = sizes.split_at(40);
    assert!(bad.iter().any(|size| *size <= TAKEN) && bad.iter().any(|size| *size > TAKEN), "{sizes:?}");
    let largest = good.iter().max();
    assert!(largest.is_some_and(|size| *size >= 4 * TAKEN), "{sizes:?}");
}

#[test]
fn rows_that_nobody_answers_are_errors_and_the_run_goes_on() {
    let mut world = world();
    (world.nodes[0].fault, world.ledger.fault) = (Fault::Absent, Fault::Absent);
    let batch = Batch { running: world.start() };
    batch.write("rows", format!("txid,network\n{TXID},ethereum\n{OTHER_TXID},ethereum\n"));
    let ran = batch.run(&[]);
    let results = lines(&ran.out);
    assert_eq!((ran.code, results.len()), (4, 2));
    for result in &results {
        assert_eq!(result["verdict"], "inconclusive");
        assert!(result["error"].as_str().unwrap().contains("no source answered"), "{result}");
    }
}

#[test]
fn an_interrupted_run_ends_and_says_how_to_go_on() {
    let batch = Batch::new();
    batch.write("rows", many(10));
    let args = ["batch", "rows", "--out", "out"];
    let test = crate::support::Test::new(&args).dir(batch.running.folder.path()).stopped();
    let ran = test.run();
    assert_eq!(ran.code, 130, "{}", ran.err);
    assert!(ran.err.contains("--resume"), "{}", ran.err);
    assert_eq!(batch.run(&["--out", "out", "--resume"]).code, 0);
    assert_eq!(batch.read("out").lines().count(), 10);
}

/// Set by the first request that reaches the node of the test below.
static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

#[test]
fn an_interruption_finishes_what_is_in_flight_and_leaves_what_has_not_begun() {
    let mut world = world();
    world.nodes[0].fault = Fault::Instead(|_, answer| {
        INTERRUPTED.store(true, Ordering::SeqCst);
        answer
    });
    let batch = Batch { running: world.start() };
    batch.write("rows", many(200));
    let args = ["batch", "rows", "--out", "out", "--concurrency", "8"];
    let ran = crate::support::Test::new(&args).dir(batch.running.folder.path()).stopped_by(&INTERRUPTED).run();
    assert_eq!(ran.code, 130, "{}", ran.err);
    let rows = |text: &str| lines(text).iter().map(|line| line["row"].as_u64().unwrap()).collect::<Vec<_>>();
    let written = rows(&batch.read("out"));
    assert!((1..=8).contains(&written.len()), "{written:?}");
    assert!(written.is_sorted(), "{written:?}");
    assert_eq!(batch.run(&["--out", "out", "--resume"]).code, 0);
    let mut all = rows(&batch.read("out"));
    assert_eq!(all[..written.len()], written);
    all.sort_unstable();
    assert_eq!(all, (1..=200).collect::<Vec<_>>());
}

#[cfg(unix)]
#[test]
fn whoever_interrupts_again_need_not_wait_and_keeps_what_is_written() {
    let mut world = world();
    world.nodes[0].fault = Fault::Instead(|_, answer| answer.by(Way::Silent));
    let batch = Batch { running: world.start() };
    batch.write("rows", format!("txid,network\n{TXID},nowhere\n{TXID},ethereum\n"));
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_txsleuth"));
    let run = run.args(["batch", "rows", "--quiet", "--out", "out"]).current_dir(batch.running.folder.path());
    let mut run = run.spawn().unwrap();
    let node = batch.running.nodes[0].as_ref().unwrap();
    let ended = loop {
        if let Some(ended) = run.try_wait().unwrap() {
            break ended;
        }
        let out = std::fs::read_to_string(batch.file("out")).unwrap_or_default();
        if !node.requests().is_empty() && out.contains("nowhere") {
            let told = std::process::Command::new("kill").args(["-INT", &run.id().to_string()]).status();
            assert!(told.unwrap().success());
        }
        #[expect(clippy::disallowed_methods, reason = "two signals at once are one")]
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    assert_eq!(ended.code(), Some(130));
    let written = lines(&batch.read("out"));
    assert_eq!((written.len(), &written[0]["row"]), (1, &json!(1)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_row_holds_it_has_one_result(cells in proptest::collection::vec(any::<String>(), 1..6)) {
        let batch = Batch::new();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["id", "txid", "ticket"]).unwrap();
        for cell in &cells {
            writer.write_record([cell.as_str(), "nothing", cell.as_str()]).unwrap();
        }
        batch.write("rows", writer.into_inner().unwrap());
        let results = lines(&batch.run(&["--quiet"]).out);
        prop_assert_eq!(results.len(), cells.len());
    }
}
