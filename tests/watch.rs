//! One case followed: what is printed and when, how soon it is looked into again, and how it ends.

use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::stub::{
    ADDRESS, Answer, RECEIPT, Request, Running, Stub, TX, TXID, answer_ledger, answer_rpc, ledger, node, now, quantity,
    world,
};
use crate::support::{Ran, Test};

/// What node and ledger say at one look.
#[derive(Clone)]
struct Moment {
    node: Value,
    ledger: Value,
}

/// Nobody of the chain answers.
fn silent() -> Moment {
    Moment { node: Value::Null, ledger: ledger() }
}

/// Known, in no block.
fn pending() -> Moment {
    let mut node = node();
    node["finalized"]["result"]["number"] = json!("0x40");
    for field in ["blockHash", "blockNumber", "transactionIndex"] {
        node[TX]["result"][field] = Value::Null;
    }
    node[RECEIPT]["result"] = Value::Null;
    Moment { node, ledger: ledger() }
}

/// In a block, with so many confirmations.
fn included(confirmations: i64) -> Moment {
    let mut node = node();
    node["finalized"]["result"]["number"] = json!("0x40");
    node["latest"]["result"]["number"] = json!(quantity(0x64 + confirmations - 1));
    Moment { node, ledger: ledger() }
}

/// In the ledger with this status.
fn recorded(mut moment: Moment, status: &str, available_at: &str) -> Moment {
    moment.ledger["deposits"]["items"] = json!([{
        "id": "D-1", "account": "A-1001", "asset": "USDT", "network": "ethereum", "txid": TXID, "address": ADDRESS,
        "amount": "500", "status": status, "credited_at": "2026-01-31T11:30:00Z", "available_at": available_at,
    }]);
    moment
}

fn credited() -> Moment {
    recorded(included(64), "credited", "2026-01-31T11:30:00Z")
}

/// A world that moves on with each pause.
struct Story {
    running: Running,
    /// How often was paused.
    at: Arc<AtomicUsize>,
    pauses: Arc<Mutex<Vec<Duration>>>,
    stubs: [Stub; 2],
}

impl Story {
    /// The last moment stays.
    fn of(moments: &[Moment]) -> Self {
        Self::told_by(answer_rpc, moments)
    }

    /// The same, of a node that answers in its own way.
    fn told_by(node: fn(&Value, &Request) -> Answer, moments: &[Moment]) -> Self {
        let at = Arc::new(AtomicUsize::new(0));
        let stub = |says: fn(&Moment) -> &Value, answer: fn(&Value, &Request) -> Answer| {
            let (moments, at) = (moments.to_vec(), Arc::clone(&at));
            Stub::start(move |request| match says(&moments[at.load(Ordering::SeqCst).min(moments.len() - 1)]) {
                Value::Null => Answer::new(503, "text/plain", "later"),
                says => answer(says, request),
            })
        };
        let stubs = [stub(|moment| &moment.node, node), stub(|moment| &moment.ledger, answer_ledger)];
        let running = world().start();
        let path = running.folder.path().join("txsleuth.toml");
        let mut config = std::fs::read_to_string(&path).unwrap();
        let replaced = [running.nodes[0].as_ref().unwrap(), running.ledger.as_ref().unwrap()];
        for (old, new) in replaced.into_iter().zip(&stubs) {
            config = config.replace(&old.url, &new.url);
        }
        std::fs::write(&path, config).unwrap();
        Self { running, at, pauses: Arc::default(), stubs }
    }

    fn test(&self, args: &[&str], stops_after: usize) -> Test {
        let args: Vec<&str> = args.iter().chain(&[TXID, "--network", "ethereum"]).copied().collect();
        let (at, pauses) = (Arc::clone(&self.at), Arc::clone(&self.pauses));
        Test::new(&args).dir(self.running.folder.path()).now(now()).paused(move |time, stop| {
            pauses.lock().unwrap().push(time);
            let looks = at.fetch_add(1, Ordering::SeqCst) + 1;
            assert!(looks < 50, "it goes on for ever");
            stop.store(looks >= stops_after, Ordering::SeqCst);
        })
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.test(args, usize::MAX).run()
    }

    fn pauses(&self) -> Vec<u64> {
        self.pauses.lock().unwrap().iter().map(Duration::as_secs).collect()
    }
}

/// The lines of changes, and the report behind them.
fn parts(ran: &Ran) -> (Vec<&str>, &str) {
    let (lines, report) = ran.out.split_once("\n\n").unwrap_or((&ran.out, ""));
    (lines.lines().collect(), report)
}

fn a_whole_life() -> Story {
    Story::of(&[pending(), included(10), included(10), included(11), credited()])
}

#[test]
fn a_deposit_is_followed_from_the_mempool_to_its_credit() {
    let story = a_whole_life();
    let ran = story.run(&["watch"]);
    let (lines, report) = parts(&ran);
    assert_eq!((ran.code, lines.len()), (0, 4), "{}\n{}", ran.out, ran.err);
    assert!(lines[0].starts_with("2026-01-31T12:00:00Z waiting pending (pending): "), "{}", lines[0]);
    let second = "2026-01-31T12:02:00Z finding pending → waiting-confirmations, state pending → included, \
                  confirmations none → 10 of 64: ";
    assert!(lines[1].starts_with(second), "{}", lines[1]);
    assert_eq!(lines[2], "2026-01-31T12:02:24Z confirmations 10 of 64 → 11 of 64", "no line where nothing changed");
    assert!(lines[3].starts_with("2026-01-31T12:02:36Z verdict waiting → complete, finding "), "{}", lines[3]);
    assert!(lines[3].contains("ledger none → credited"), "{}", lines[3]);
    assert_eq!(story.pauses(), [120, 12, 12, 12], "a few blocks, then one at a time");
    let check = story.run(&["check"]);
    assert_eq!(report, check.out, "the report at the end is that of `check`");
    assert_eq!(ran.err.matches("looking again every").count(), 2, "{}", ran.err);
    assert_eq!(a_whole_life().run(&["watch", "--quiet"]).err, "");
}

#[test]
fn machines_get_a_document_for_each_change() {
    let story = a_whole_life();
    let ran = story.run(&["watch", "--format", "json", "--exit-code"]);
    let documents: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdicts: Vec<&str> = documents.iter().map(|document| document["verdict"].as_str().unwrap()).collect();
    assert_eq!((ran.code, verdicts), (0, vec!["waiting", "waiting", "waiting", "complete"]), "{}", ran.err);
    assert_eq!(documents[3]["generated_at"], "2026-01-31T12:02:36Z");
    let answers = documents[3]["sources"].as_array().unwrap();
    assert!(answers.iter().all(|answer| answer["at"] == "2026-01-31T12:02:36Z"), "each look asks anew: {answers:?}");
}

#[test]
fn what_somebody_has_to_act_upon_ends_it_at_once() {
    let story = Story::of(&[included(201)]);
    let ran = story.run(&["watch", "--exit-code", "--format", "markdown"]);
    assert_eq!((ran.code, story.pauses().len()), (20, 0), "{}", ran.err);
    let (lines, report) = parts(&ran);
    assert!(lines.len() == 1 && lines[0].starts_with("- 2026") && lines[0].contains("deposit"), "{lines:?}");
    assert_eq!(report, story.run(&["check", "--format", "markdown"]).out);
    let story = Story::of(&[included(10), included(64)]);
    assert_eq!((story.run(&["watch", "--exit-code"]).code, story.pauses()), (20, vec![12]));
}

#[test]
fn a_source_that_fails_for_a_while_is_asked_again_and_one_that_is_missing_is_not() {
    let story = Story::of(&[silent(), credited()]);
    let ran = story.run(&["watch", "--exit-code"]);
    assert_eq!((ran.code, story.pauses()), (0, vec![1800]), "{}\n{}", ran.out, ran.err);
    let (lines, _) = parts(&ran);
    assert!(lines[0].contains("inconclusive") && lines[1].contains("inconclusive → complete"), "{lines:?}");
    let folder = tempfile::tempdir().unwrap();
    let never = Test::new(&["watch", "ZD-48211"]).dir(folder.path()).paused(|_, _| panic!("waiting brings no desk"));
    assert_eq!(never.run().code, 3);
}

#[test]
fn the_time_and_the_pace_can_be_given() {
    let story = Story::of(&[pending()]);
    let ran = story.run(&["watch", "--for", "5", "--exit-code"]);
    assert_eq!((ran.code, story.pauses()), (10, vec![120, 120, 60]), "{}", ran.err);
    assert!(ran.err.contains("the time is over"), "{}", ran.err);
    let (lines, report) = parts(&ran);
    assert!(lines.len() == 1 && report.contains("WAITING"), "{}", ran.out);
    let story = Story::of(&[pending(), pending(), credited()]);
    assert_eq!((story.run(&["watch", "--interval", "7"]).code, story.pauses()), (0, vec![7, 7]));
    for wrong in [["--interval", "0"], ["--for", "0"], ["--for", "soon"], ["--replay", "fixtures/token-credited"]] {
        assert_eq!(story.run(&["watch", wrong[0], wrong[1]]).code, 2, "{wrong:?}");
    }
}

/// How many calls a request holds.
fn calls(request: &Request) -> usize {
    serde_json::from_str::<Value>(&request.body).unwrap().as_array().map_or(1, Vec::len)
}

#[test]
fn a_size_that_a_node_refuses_is_learnt_once() {
    let limited = |says: &Value, request: &Request| {
        if calls(request) > 2 { Answer::new(413, "text/plain", "too large") } else { answer_rpc(says, request) }
    };
    let refused = |moments: &[Moment]| {
        let story = Story::told_by(limited, moments);
        let ran = story.run(&["watch"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        story.stubs[0].requests().iter().filter(|request| calls(request) > 2).count()
    };
    let once = refused(&[credited()]);
    assert!(once > 0);
    assert_eq!(refused(&[pending(), included(10), credited()]), once, "later looks know");
}

#[test]
fn a_promise_of_the_ledger_sets_the_pace() {
    let locked = recorded(included(64), "credited_locked", "2026-01-31T12:10:00Z");
    let far = recorded(included(64), "credited_locked", "2026-02-28T12:10:00Z");
    let story = Story::of(&[locked, credited()]);
    assert_eq!((story.run(&["watch"]).code, story.pauses()), (0, vec![600]));
    let story = Story::of(&[far, credited()]);
    assert_eq!((story.run(&["watch"]).code, story.pauses()), (0, vec![1800]));
}

#[test]
fn an_interruption_ends_it_between_two_looks() {
    let story = Story::of(&[pending()]);
    let ran = story.test(&["watch"], 3).run();
    assert_eq!((ran.code, story.pauses().len()), (130, 3), "{}", ran.err);
    assert!(ran.err.contains("interrupted") && ran.out.lines().count() == 1, "{}\n{}", ran.out, ran.err);
}

#[test]
fn what_was_seen_last_is_kept_in_the_bundle() {
    let story = Story::of(&[included(10), credited()]);
    assert_eq!(story.run(&["watch", "--bundle", "case"]).code, 0);
    let verified = story.running.run(&["verify", "case"], &[]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert!(verified.out.contains("credited"), "{}", verified.out);
    assert_eq!(story.run(&["watch", "--attach"]).code, 2, "there is no ticket to write on");
}

impl Story {
    /// Many cases, of which each pause is the story's next moment.
    fn batch(&self, rows: &str, args: &[&str], stops_after: usize) -> (Ran, Vec<Value>) {
        self.batch_from(std::io::Cursor::new(rows.to_owned()), args, stops_after)
    }

    /// The same, of which the rows come from standard input.
    fn batch_from(&self, rows: impl Read + Send + 'static, args: &[&str], stops_after: usize) -> (Ran, Vec<Value>) {
        let args: Vec<&str> = ["batch", "-", "--watch"].iter().chain(args).copied().collect();
        let (at, pauses) = (Arc::clone(&self.at), Arc::clone(&self.pauses));
        let test =
            Test::new(&args).reading(rows).dir(self.running.folder.path()).now(now()).paused(move |time, stop| {
                pauses.lock().unwrap().push(time);
                let looks = at.fetch_add(1, Ordering::SeqCst) + 1;
                assert!(looks < 50, "it goes on for ever");
                stop.store(looks >= stops_after, Ordering::SeqCst);
            });
        let ran = test.run();
        let results = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (ran, results)
    }
}

#[test]
fn the_unfinished_rows_of_a_batch_are_followed_to_their_end() {
    let story = a_whole_life();
    let rows = format!("id,txid,network\none,{TXID},ethereum\nbad,{TXID},nowhere\ntwo,{TXID},ethereum\n");
    let (ran, results) = story.batch(&rows, &[], usize::MAX);
    let ids: Vec<&str> = results.iter().map(|result| result["id"].as_str().unwrap()).collect();
    assert_eq!((ran.code, ids), (4, vec!["bad", "one", "two"]), "{}\n{}", ran.out, ran.err);
    for result in &results[1..] {
        assert_eq!((&result["verdict"], &result["ledger_status"]), (&json!("complete"), &json!("credited")));
    }
    assert_eq!(story.pauses(), [120, 12, 12, 12], "as often as `watch` looks");
}

#[test]
fn what_is_unfinished_at_the_end_of_a_watched_batch_is_told_as_it_stands() {
    let rows = format!("txid,network\n{TXID},ethereum\n");
    let story = Story::of(&[pending()]);
    let (ran, results) = story.batch(&rows, &["--for", "5"], usize::MAX);
    assert_eq!((ran.code, story.pauses()), (0, vec![120, 120, 60]), "{}", ran.err);
    assert_eq!((results.len(), &results[0]["verdict"]), (1, &json!("waiting")));
    let story = Story::of(&[pending(), included(10)]);
    let (ran, results) = story.batch(&rows, &["--full"], 3);
    assert_eq!((ran.code, results.len()), (130, 1), "{}", ran.err);
    assert_eq!((&results[0]["verdict"], &results[0]["row"]), (&json!("waiting"), &json!(1)));
    assert_eq!(story.running.run(&["batch", "rows", "--for", "5"], &[]).code, 2, "without --watch it means nothing");
}

#[test]
fn a_watched_batch_whose_input_breaks_off_ends_with_what_it_has() {
    let story = Story::of(&[pending()]);
    let rows = std::io::Cursor::new(format!("txid,network\n{TXID},ethereum\n"));
    let (ran, results) = story.batch_from(rows.chain(Broken), &[], usize::MAX);
    assert_eq!((ran.code, results.len()), (1, 1), "{}", ran.err);
    assert_eq!((&results[0]["verdict"], &results[0]["row"]), (&json!("waiting"), &json!(1)));
    assert!(ran.err.contains("the disk is gone"), "{}", ran.err);
}

/// An input that cannot be read any further.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the disk is gone"))
    }
}

#[test]
fn rows_that_wait_hold_back_no_others() {
    let story = Story::of(&[pending(), credited()]);
    let waiting: String = (0..60).map(|row| format!("{TXID},ethereum,{row}\n")).collect();
    let rows = format!("txid,network,memo\n{waiting}{TXID},nowhere,\n");
    let folder = story.running.folder.path().to_path_buf();
    std::fs::write(folder.join("rows"), rows).unwrap();
    let (at, out, looks) = (Arc::clone(&story.at), folder.join("out"), AtomicUsize::new(0));
    // One case in flight makes a window of sixteen rows, and all but the last are unfinished until it is done.
    let args = ["batch", "rows", "--watch", "--concurrency", "1", "--out", "out"];
    let test = Test::new(&args).dir(&folder).now(now()).paused(move |_, _| {
        assert!(looks.fetch_add(1, Ordering::SeqCst) < 4000, "it goes on for ever");
        if std::fs::read_to_string(&out).unwrap_or_default().contains("nowhere") {
            at.store(1, Ordering::SeqCst);
        }
        #[expect(clippy::disallowed_methods, reason = "results are written now and then")]
        std::thread::sleep(Duration::from_millis(2));
    });
    let ran = test.run();
    let written = std::fs::read_to_string(folder.join("out")).unwrap();
    let results: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((ran.code, results.len()), (4, 61), "{}", ran.err);
    assert_eq!(results[0]["row"], 61);
    assert!(results[1..].iter().all(|result| result["verdict"] == "complete"), "{written}");
}
