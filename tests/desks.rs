//! Desks: what is read of a complaint, and the one note that goes back: once, for staff, and never blindly.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::desk_stubs::{HOSTED, Hosted, Patience, State, Stored, Strike, TOKEN, takes};
use crate::stub::{Answer, OTHER_TXID, Running, Stub, TXID, Way, world};
use crate::support::{Ran, Test, fixtures};

const VARS: &[(&str, &str)] = &[("DESK_TOKEN", TOKEN)];

/// Does something with every desk, each in a thread of its own.
fn each(act: impl Fn(Hosted) + Sync) {
    let act = &act;
    std::thread::scope(|scope| {
        let threads: Vec<_> = HOSTED.iter().map(|desk| (desk.kind, scope.spawn(move || act(*desk)))).collect();
        let failed: Vec<&str> = threads.into_iter().filter_map(|(kind, t)| t.join().is_err().then_some(kind)).collect();
        assert!(failed.is_empty(), "{failed:?}");
    });
}

/// A complaint at a desk.
struct Complaint {
    desk: Hosted,
    running: Running,
    stub: Stub,
    state: Arc<Mutex<State>>,
}

impl Complaint {
    fn new(desk: Hosted, state: State, strike: Strike, patience: Patience) -> Self {
        let (stub, state) = desk.start(state, strike);
        Self { desk, running: desk.join(&world(), &stub, patience), stub, state }
    }

    fn usual(desk: Hosted) -> Self {
        Self::new(desk, State::default(), takes, Patience::Long)
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.running.run(&[&["check", self.desk.id], args].concat(), VARS)
    }

    fn notes(&self) -> Vec<Stored> {
        self.state.lock().unwrap().notes.clone()
    }

    /// How often a note was posted.
    fn posted(&self) -> usize {
        self.stub.requests().iter().filter(|request| (self.desk.posts)(request).is_some()).count()
    }
}

/// The key that a program's words name.
fn key(text: &str) -> String {
    text.split("txsleuth:").nth(1).unwrap_or_else(|| panic!("no key in {text}")).chars().take(16).collect()
}

#[test]
fn every_desk_tells_its_complaint() {
    each(|desk| {
        let complaint = Complaint::usual(desk);
        let ran = complaint.run(&["--format", "json", "--bundle", "case"]);
        let document = ran.json();
        assert_eq!(ran.code, 0, "{}: {}", desk.kind, ran.err);
        assert_eq!(document["findings"][0]["code"], "deposit-missed", "{}: {}", desk.kind, ran.err);
        assert_eq!(document["claim"]["txids"][0], json!({"value": TXID, "by": "ticket-field"}), "{}", desk.kind);
        assert_eq!(document["claim"]["account"]["value"], "A-1001", "{}", desk.kind);
        let ticket = &document["ticket"];
        assert_eq!((&ticket["id"], &ticket["age_hours"]), (&json!(desk.id), &json!(0)), "{}", desk.kind);
        assert_eq!(ticket["status"].as_str().map(str::to_lowercase).as_deref(), Some("open"), "{}", desk.kind);
        // Freshdesk keeps its files on another host; its log is there called an archive.
        let log = json!({"name": "wallet.log", "read": desk.kind != "freshdesk"});
        assert_eq!(ticket["attachments"], json!([log, {"name": "shot.png", "read": false}]), "{}", desk.kind);
        let folder = complaint.running.folder.path().join("case");
        let har = std::fs::read_to_string(folder.join("evidence.har")).unwrap();
        assert!(!har.contains(TOKEN) && !har.contains("Basic "), "{}: a secret is recorded", desk.kind);
        assert_eq!(complaint.running.run(&["verify", "case"], &[]).code, 0, "{}", desk.kind);
        let told = complaint.running.run(&["sources", "--format", "json"], VARS);
        let row = told.json().as_array().unwrap().iter().find(|row| row["service"] == "desk").unwrap().clone();
        assert_eq!((&row["state"], &row["kind"]), (&json!("answers"), &json!(desk.kind)), "{row}");
        assert_eq!(complaint.posted(), 0);
    });
}

#[test]
fn comments_and_text_files_may_hold_the_identifier() {
    each(|desk| {
        let complaint = Complaint::new(desk, State { bare: true, ..State::default() }, takes, Patience::Long);
        let none = complaint.run(&["--format", "json"]);
        assert_eq!(none.json()["findings"][0]["code"], "no-txid-given", "{}: {}", desk.kind, none.err);
        let said = json!({"value": TXID, "by": "ticket-text"});
        // Freshdesk's files lie on another host.
        if desk.kind != "freshdesk" {
            complaint.state.lock().unwrap().file = format!("sent {TXID}\n");
            let document = complaint.run(&["--format", "json"]).json();
            assert_eq!(document["claim"]["txids"][0], said, "{}: in the file", desk.kind);
            complaint.state.lock().unwrap().file.clear();
        }
        complaint.state.lock().unwrap().comment = format!("it is {TXID}");
        let document = complaint.run(&["--format", "json"]).json();
        assert_eq!(document["claim"]["txids"][0], said, "{}: in the comment", desk.kind);
    });
}

#[test]
fn a_note_is_posted_once_and_for_staff() {
    each(|desk| {
        let complaint = Complaint::usual(desk);
        let first = complaint.run(&["--attach", "--bundle", "case"]);
        assert_eq!(first.code, 0, "{}: {}", desk.kind, first.err);
        assert!(first.out.contains("PLATFORM MUST ACT"), "{}", first.out);
        assert!(first.err.contains("posted note txsleuth:"), "{}: {}", desk.kind, first.err);
        for _ in 0..2 {
            let again = complaint.run(&["--attach"]);
            assert_eq!(again.code, 0, "{}: {}", desk.kind, again.err);
            assert!(again.err.contains(&format!("note txsleuth:{} is on ticket", key(&first.err))), "{}", again.err);
        }
        let notes = complaint.notes();
        assert_eq!((notes.len(), complaint.posted()), (1, 1), "{}", desk.kind);
        assert!(!notes[0].public && notes[0].body.contains("PLATFORM MUST ACT"), "{}: {notes:?}", desk.kind);
        let requests = complaint.stub.requests();
        let request = requests.iter().find(|request| (desk.posts)(request).is_some()).unwrap();
        assert!(request.body.contains(desk.internal), "{}: {}", desk.kind, request.body);
        let two_steps = ["zendesk", "jira"].contains(&desk.kind);
        let file = if two_steps { "t" } else { "diagnosis.json" };
        assert!(notes[0].files.contains(file), "{}: {notes:?}", desk.kind);
        // What is posted stands on no recording, and a recording posts nothing.
        let har = std::fs::read_to_string(complaint.running.folder.path().join("case/evidence.har")).unwrap();
        assert!(!har.contains("PLATFORM MUST ACT") && !har.contains("txsleuth:"), "{}", desk.kind);
        assert_eq!(complaint.running.run(&["verify", "case"], &[]).code, 0, "{}", desk.kind);
        assert_eq!(complaint.posted(), 1);
    });
}

#[test]
fn another_conclusion_is_another_note_that_names_the_old() {
    each(|desk| {
        let complaint = Complaint::usual(desk);
        let old = key(&complaint.run(&["--attach"]).err);
        let mut changed = world();
        changed.ledger.says["deposits"]["items"] = json!([{
            "id": "D-1", "account": "A-1001", "asset": "USDT", "network": "ethereum", "txid": TXID, "amount": "500",
            "address": crate::stub::ADDRESS, "status": "credited", "credited_at": "2026-01-31T11:58:00Z",
            "available_at": "2026-01-31T11:58:00Z",
        }]);
        let later = desk.join(&changed, &complaint.stub, Patience::Long);
        let ran = later.run(&["check", desk.id, "--attach"], VARS);
        assert_eq!(ran.code, 0, "{}: {}", desk.kind, ran.err);
        let notes = complaint.notes();
        assert_eq!(notes.len(), 2, "{}", desk.kind);
        assert!(notes[1].body.contains(&format!("instead of txsleuth:{old}")), "{}: {}", desk.kind, notes[1].body);
        // The first conclusion once more: it is there, and it is not the last word.
        let back = complaint.run(&["--attach"]);
        assert!(back.code == 0 && back.err.contains("a later note"), "{}: {}", desk.kind, back.err);
        assert_eq!(complaint.posted(), 2, "{}", desk.kind);
    });
}

/// What happens to whoever posts; the exit code; the notes in the end, after a second run; what is said the first time.
const FAULTS: &[(&str, Strike, u8, usize, &str)] = &[
    (
        "409 once",
        |state, note, taken| match state.struck {
            1 => Answer::json(409, &json!({"error": "Conflict"})),
            _ => takes(state, note, taken),
        },
        0,
        1,
        "posted note",
    ),
    ("409 for ever", |_, _, _| Answer::json(409, &json!({"description": "was changed"})), 1, 0, "was changed"),
    (
        "422",
        |_, _, _| Answer::json(422, &json!({"error": "RecordInvalid", "description": "too \u{1b}[31mmany"})),
        1,
        0,
        "HTTP status 422",
    ),
    (
        "429 with a short wait, once",
        |state, note, taken| match state.struck {
            1 => Answer::json(429, &json!({})).header("retry-after", "0"),
            _ => takes(state, note, taken),
        },
        0,
        1,
        "posted note",
    ),
    (
        "429 with a long wait",
        |_, _, _| Answer::json(429, &json!({})).header("retry-after", "3600"),
        1,
        0,
        "asks to wait 3600 s",
    ),
    ("404 with nothing in it", |_, _, _| Answer::new(404, "text/plain", ""), 1, 0, "HTTP status 404"),
    ("404 of somebody else", |_, _, _| Answer::new(404, "text/html", "<h1>no</h1>"), 1, 0, "HTTP status 404"),
    ("403", |_, _, _| Answer::json(403, &json!({})), 1, 0, "credentials were refused"),
    (
        "taken, and the answer does not come",
        |state, note, taken| {
            if state.notes.is_empty() { takes(state, note, taken).by(Way::Silent) } else { takes(state, note, taken) }
        },
        0,
        1,
        "posted note",
    ),
    (
        "taken, and the connection breaks",
        |state, note, taken| {
            if state.notes.is_empty() { takes(state, note, taken).by(Way::HungUp) } else { takes(state, note, taken) }
        },
        0,
        1,
        "posted note",
    ),
    (
        "taken, and the gateway gives up",
        |state, note, taken| {
            let _ = taken;
            state.notes.push(note);
            Answer::new(504, "text/html", "<h1>504</h1>")
        },
        0,
        1,
        "posted note",
    ),
    (
        "it comes back public",
        |state, note, taken| takes(state, Stored { public: true, ..note }, taken),
        1,
        1,
        "it is PUBLIC, the customer can read it. Delete note ",
    ),
    ("taken, and not kept", |_, note, taken| taken(&note), 1, 0, "failed to find the note"),
];

#[test]
fn every_fault_of_posting_ends_in_one_note_or_in_a_failure() {
    each(|desk| {
        for (name, strike, code, notes, says) in FAULTS {
            let patience = if name.contains("does not come") { Patience::Short } else { Patience::Long };
            let complaint = Complaint::new(desk, State::default(), *strike, patience);
            let ran = complaint.run(&["--attach"]);
            let place = format!("{}, {name}: {}", desk.kind, ran.err);
            assert_eq!((ran.code, complaint.notes().len()), (*code, *notes), "{place}");
            assert!(ran.out.contains("PLATFORM MUST ACT"), "the diagnosis is told: {place}");
            assert!(ran.err.contains(says) && !ran.err.contains('\u{1b}'), "{place}");
            if *notes == 1 {
                let again = complaint.run(&["--attach"]);
                assert_eq!((again.code, complaint.notes().len()), (*code, 1), "again: {place} {}", again.err);
            }
        }
    });
}

/// Nobody knows whether a note arrived that the ticket does not show: only a desk that tells repeats apart is asked
/// again in the same run.
#[test]
fn a_lost_note_is_not_posted_again_blindly() {
    let lost: Strike = |state, note, taken| match state.struck {
        1 => Answer::json(200, &json!({})).by(Way::Silent),
        _ => takes(state, note, taken),
    };
    each(|desk| {
        let complaint = Complaint::new(desk, State::default(), lost, Patience::Short);
        let ran = complaint.run(&["--attach"]);
        if ["http", "zendesk"].contains(&desk.kind) {
            assert_eq!(
                (ran.code, complaint.posted(), complaint.notes().len()),
                (0, 2, 1),
                "{}: {}",
                desk.kind,
                ran.err
            );
            return;
        }
        assert_eq!((ran.code, complaint.posted()), (1, 1), "{}: {}", desk.kind, ran.err);
        assert!(ran.err.contains("failed to learn whether the note was posted"), "{}", ran.err);
        assert_eq!(complaint.run(&["--attach"]).code, 0);
        assert_eq!(complaint.notes().len(), 1, "{}", desk.kind);
    });
}

#[test]
fn a_ticket_that_cannot_be_read_gets_no_note() {
    // The fifth and all later answers fail: the diagnosis is made, the notes cannot be read.
    let desk = HOSTED[0];
    let (stub, state) = desk.start(State::default(), takes);
    let relay = {
        let url = stub.url.clone();
        Stub::start(move |request| match request.nth {
            0 | 1 => forward(&url, &request.target, request.header("authorization")),
            _ => Answer::json(500, &json!({})),
        })
    };
    let running = desk.join(&world(), &relay, Patience::Long);
    let ran = running.run(&["check", desk.id, "--attach"], VARS);
    assert_eq!((ran.code, state.lock().unwrap().notes.len()), (1, 0), "{}", ran.err);
    assert!(ran.err.contains("so nothing was posted"), "{}", ran.err);
    assert!(relay.requests().iter().all(|request| request.method == "GET"));
}

fn forward(url: &str, target: &str, authorization: &str) -> Answer {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nhost: x\r\nauthorization: {authorization}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer::new(status, "application/json", body)
}

#[test]
fn nobody_but_staff_can_say_that_a_note_is_there() {
    each(|desk| {
        let complaint = Complaint::usual(desk);
        let key = key(&complaint.run(&["--attach", "--dry-run"]).err);
        assert_eq!(complaint.posted(), 0, "{}: a dry run posts nothing", desk.kind);
        complaint.state.lock().unwrap().comment = format!("txsleuth:{key}");
        assert_eq!(complaint.run(&["--attach"]).code, 0);
        assert_eq!(complaint.notes().len(), 1, "{}: the customer's own mark counts for nothing", desk.kind);
    });
}

#[test]
fn a_dry_run_tells_what_would_be_posted() {
    each(|desk| {
        let complaint = Complaint::usual(desk);
        let ran = complaint.run(&["--attach", "--dry-run", "--format", "json"]);
        assert_eq!((ran.code, complaint.posted()), (0, 0), "{}: {}", desk.kind, ran.err);
        ran.json();
        for part in ["would post on ticket ", desk.id, desk.kind, "diagnosis.json (", "PLATFORM MUST ACT", "txsleuth:"]
        {
            assert!(ran.err.contains(part), "{}: {part} is missing in {}", desk.kind, ran.err);
        }
        complaint.run(&["--attach"]);
        let ran = complaint.run(&["--attach", "--dry-run"]);
        assert!(ran.err.contains("would post nothing"), "{}: {}", desk.kind, ran.err);
        assert!(!ran.err.contains(TOKEN) && complaint.stub.requests().iter().all(|r| r.method != "DELETE"));
    });
}

#[test]
fn an_empty_404_is_an_answer_of_freshdesk_alone() {
    each(|desk| {
        for (mime, body) in [("text/plain", ""), ("text/html", "<h1>nothing here</h1>")] {
            let (stub, _) = desk.start(State::default(), takes);
            drop(stub);
            let stub = Stub::start(move |_| Answer::new(404, mime, body));
            let running = desk.join(&world(), &stub, Patience::Long);
            let ran = running.run(&["check", TXID, "--ticket", desk.id, "--format", "json", "--attach"], VARS);
            let answered = desk.kind == "freshdesk" && body.is_empty();
            let gaps = ran.json()["gaps"].as_array().unwrap().iter().filter(|gap| gap["source"] == "desk").count();
            assert_eq!((gaps == 0, ran.code), (answered, if answered { 2 } else { 1 }), "{}: {}", desk.kind, ran.err);
            assert!(ran.err.contains("nothing was posted"), "{}", ran.err);
        }
    });
}

#[test]
fn a_ticket_that_never_ends_is_a_gap_and_gets_no_note() {
    let desk = HOSTED.iter().find(|desk| desk.kind == "freshdesk").copied().unwrap();
    let stub = Stub::start(|request| {
        let said = json!({"id": 2, "body_text": "hello", "incoming": true, "private": false});
        match request.target.split('?').next() {
            Some("/api/v2/tickets/48211") => Answer::json(200, &json!({"id": 48211, "subject": "endless"})),
            _ => Answer::json(200, &Value::Array(vec![said; 100])),
        }
    });
    let running = desk.join(&world(), &stub, Patience::Long);
    let ran = running.run(&["check", desk.id, "--format", "json", "--attach"], VARS);
    let document = ran.json();
    assert_eq!(document["gaps"][0]["why"], "too-large", "{}", ran.err);
    assert_eq!(document["verdict"], "inconclusive");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(stub.requests().len() < 60 && stub.requests().iter().all(|request| request.method == "GET"));
}

#[test]
fn no_file_is_fetched_from_another_host() {
    let trap = Stub::start(|_| Answer::new(200, "text/plain", TXID));
    let elsewhere = trap.url.clone();
    let desk = HOSTED.iter().find(|desk| desk.kind == "freshdesk").copied().unwrap();
    let stub = Stub::start(move |request| match request.target.split('?').next() {
        Some("/api/v2/tickets/48211") => {
            let file =
                json!({"name": "x.txt", "content_type": "text/plain", "attachment_url": format!("{elsewhere}/x")});
            let body = format!("see {elsewhere}/y");
            Answer::json(200, &json!({"id": 48211, "description_text": body, "attachments": [file]}))
        }
        _ => Answer::json(200, &json!([])),
    });
    let ran = desk.join(&world(), &stub, Patience::Long).run(&["check", desk.id, "--format", "json"], VARS);
    let document = ran.json();
    assert!(trap.requests().is_empty());
    assert_eq!(document["ticket"]["attachments"][0]["read"], false);
    assert_eq!(document["gaps"][0]["question"], "attachment x.txt");
    // Nobody knows what the file says, so nobody can say that no identifier was given.
    assert_eq!((ran.code, document["verdict"].as_str()), (0, Some("inconclusive")), "{}", ran.err);
}

#[test]
fn other_tickets_with_the_same_identifier_are_found_where_a_desk_can_search() {
    let desk = HOSTED.iter().find(|desk| desk.kind == "zendesk").copied().unwrap();
    let stub = Stub::start(move |request| {
        let ticket = |id: u32, text: &str, account: &str| {
            json!({"ticket": {"id": id, "description": text, "requester_id": id,
                "custom_fields": [{"id": 360_001, "value": TXID}, {"id": 360_004, "value": account}]}})
        };
        match request.target.split('?').next().unwrap_or_default() {
            "/api/v2/tickets/48211.json" => Answer::json(200, &ticket(48211, "mine", "A-1001")),
            "/api/v2/tickets/7.json" => Answer::json(200, &ticket(7, "it is mine", "B-2002")),
            "/api/v2/tickets/8.json" => Answer::json(200, &json!({"ticket": {"id": 8, "description": OTHER_TXID}})),
            "/api/v2/search.json" => Answer::json(200, &json!({"results": [{"id": 48211}, {"id": 7}, {"id": 8}]})),
            _ => Answer::json(200, &json!({"comments": [], "meta": {"has_more": false}})),
        }
    });
    let ran = desk.join(&world(), &stub, Patience::Long).run(&["check", desk.id, "--format", "json"], VARS);
    let findings = ran.json()["findings"].clone();
    let several = findings.as_array().unwrap().iter().find(|found| found["code"] == "txid-claimed-by-several").cloned();
    assert_eq!(several.expect("it is told")["facts"], json!({"count": 1, "tickets": "7"}), "{}", ran.err);
}

/// A desk that tells everybody what it was sent, where it answers and where it refuses.
#[test]
fn no_token_comes_back_out() {
    each(|desk| {
        let (reading, _) = desk.start(State::default(), takes);
        drop(reading);
        let stub = Stub::start(move |request| {
            let told = format!("{} {TOKEN}", request.header("authorization"));
            match (request.method.as_str(), (desk.posts)(request)) {
                (_, Some(_)) => Answer::json(422, &json!({"error": told})),
                _ => match (desk.reads)(&State::default(), request, request.header("host")) {
                    Value::Null => Answer::json(404, &json!({"error": told})),
                    Value::String(_) => Answer::new(200, "text/plain", told),
                    found => Answer::json(200, &found).edit(|json| {
                        if let Value::Object(fields) = json {
                            let place = if desk.kind == "freshdesk" { "subject" } else { "status" };
                            fields.insert(place.to_owned(), json!(told));
                        }
                    }),
                },
            }
        });
        let running = desk.join(&world(), &stub, Patience::Long);
        let ran = running.run(&["check", desk.id, "--format", "json", "--bundle", "case", "--attach", "-v"], VARS);
        assert_eq!(ran.code, 1, "{}: {}", desk.kind, ran.err);
        let encoded = desk.authorization.rsplit(' ').next().unwrap().trim_start_matches("token=");
        let mut texts = vec![ran.out, ran.err];
        for entry in std::fs::read_dir(running.folder.path().join("case")).unwrap() {
            texts.push(std::fs::read_to_string(entry.unwrap().path()).unwrap());
        }
        for text in texts {
            assert!(!text.contains(TOKEN) && !text.contains(encoded), "{}: a token in {text}", desk.kind);
        }
    });
}

#[test]
fn attaching_needs_a_desk_a_ticket_and_the_world() {
    let running = world().start();
    let bundle = fixtures()[0].to_str().unwrap().to_owned();
    let cases: &[(&[&str], &str)] = &[
        (&["check", TXID, "--network", "ethereum", "--attach"], "--attach needs a ticket"),
        (&["check", "ZD-48211", "--dry-run"], "--attach"),
        (&["check", "--replay", &bundle, "--attach"], "--replay"),
    ];
    for (args, says) in cases {
        let ran = running.run(args, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
    let empty = tempfile::tempdir().unwrap();
    let ran = Test::new(&["check", "ZD-1", "--attach"]).dir(empty.path()).run();
    assert!(ran.code == 2 && ran.err.contains("[desk]"), "{}", ran.err);
}

#[test]
fn fields_belong_to_a_desk() {
    let folder = tempfile::tempdir().unwrap();
    for (text, says) in [
        ("[ledger]\nurl = \"http://127.0.0.1\"\nfields = { txid = \"x\" }\n", "only a desk has `fields`"),
        ("[desk]\nurl = \"http://127.0.0.1\"\nfields = { txids = \"x\" }\n", "did you mean `txid`"),
        ("[desk]\nkind = \"zendsk\"\nurl = \"http://127.0.0.1\"\n", "zendesk, freshdesk, zammad, jira, rt, folder"),
    ] {
        std::fs::write(folder.path().join("txsleuth.toml"), text).unwrap();
        let ran = Test::new(&["check", TXID]).dir(folder.path()).run();
        assert!(ran.code == 2 && ran.err.contains(says), "{text}: {}", ran.err);
    }
}
