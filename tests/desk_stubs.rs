//! The hosted desks as scripts on loopback, each in the shapes of its own documented API, with one complaint in it.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::stub::{Answer, Request, Running, Stub, TXID, World};

/// The secret that every desk wants; `Basic` desks see it beside a user's name.
pub(crate) const TOKEN: &str = "d3sk-t0ken";

/// A note as the desk keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) body: String,
    pub(crate) public: bool,
    pub(crate) files: String,
}

/// What the desk holds beside the complaint.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) notes: Vec<Stored>,
    /// What the customer wrote since.
    pub(crate) comment: String,
    /// What the customer's text file says.
    pub(crate) file: String,
    /// Whether the structured fields are empty.
    pub(crate) bare: bool,
    /// How often the fault has struck.
    pub(crate) struck: usize,
}

/// A desk: its kind, the complaint's id there, how it is configured, and how it answers.
#[derive(Clone, Copy)]
pub(crate) struct Hosted {
    pub(crate) kind: &'static str,
    pub(crate) id: &'static str,
    pub(crate) keys: &'static str,
    /// The header that shows the token.
    pub(crate) authorization: &'static str,
    /// How the request says that the note is internal.
    pub(crate) internal: &'static str,
    /// Everything but posting.
    pub(crate) reads: fn(&State, &Request, &str) -> Value,
    /// The note that a request posts, if it posts one.
    pub(crate) posts: fn(&Request) -> Option<Stored>,
    /// The answer to a note that was taken.
    pub(crate) taken: (u16, fn(&Stored) -> Value),
}

impl Hosted {
    /// A desk in which something happens to whoever posts.
    pub(crate) fn start(self, state: State, strike: Strike) -> (Stub, Arc<Mutex<State>>) {
        let state = Arc::new(Mutex::new(state));
        let held = Arc::clone(&state);
        let stub = Stub::start(move |request| {
            let mut state = held.lock().unwrap();
            if request.header("authorization") != self.authorization {
                return Answer::json(401, &json!({"error": "who are you?"}));
            }
            match (self.posts)(request) {
                Some(note) => {
                    state.struck += 1;
                    strike(&mut state, note, &|note| Answer::json(self.taken.0, &(self.taken.1)(note)))
                }
                None => match (self.reads)(&state, request, request.header("host")) {
                    Value::Null => Answer::json(404, &json!({"error": "RecordNotFound", "message": "Not Found"})),
                    Value::String(text) => Answer::new(200, "text/plain", text),
                    found => Answer::json(200, &found),
                },
            }
        });
        (stub, state)
    }

    /// A world whose complaints arrive at this desk.
    pub(crate) fn join(self, world: &World, stub: &Stub, patience: Patience) -> Running {
        let running = world.start();
        let path = running.folder.path().join("txsleuth.toml");
        let config = std::fs::read_to_string(&path).unwrap();
        let desk = format!(
            "desk = {{ kind = \"{}\", url = \"{}\", token_env = \"DESK_TOKEN\", timeout_seconds = {}{} }}",
            self.kind, stub.url, patience as u8, self.keys
        );
        let lines = config.lines().map(|line| if line.starts_with("desk = ") { desk.as_str() } else { line });
        std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
        running
    }
}

/// How many seconds the program waits for the desk.
#[derive(Clone, Copy)]
pub(crate) enum Patience {
    /// For one that keeps silent.
    Short = 3,
    /// For every other.
    Long = 30,
}

/// What happens to a note that is posted.
pub(crate) type Strike = fn(&mut State, Stored, &dyn Fn(&Stored) -> Answer) -> Answer;

/// Nothing.
pub(crate) fn takes(state: &mut State, note: Stored, taken: &dyn Fn(&Stored) -> Answer) -> Answer {
    state.notes.push(note.clone());
    taken(&note)
}

/// Every desk that is reached over the network.
pub(crate) const HOSTED: &[Hosted] = &[
    Hosted {
        kind: "http",
        id: "ZD-48211",
        keys: "",
        authorization: "Bearer d3sk-t0ken",
        internal: "\"public\":false",
        reads: |state, request, _| match request.target.as_str() {
            "/v1/tickets/ZD-48211" => {
                let note = |note: &Stored| {
                    json!({"id": "n-1", "author": "agent", "body": note.body, "public": note.public,
                        "created_at": "2026-01-31T11:59:00Z"})
                };
                let said = json!({"author": "customer", "body": state.comment, "public": true});
                let comments: Vec<Value> = std::iter::once(said).chain(state.notes.iter().map(note)).collect();
                json!({
                    "id": "ZD-48211", "subject": "Deposit missing", "body": "I sent 500 USDT.", "status": "open",
                    "priority": "high", "channel": "email", "account": "A-1001",
                    "created_at": "2026-01-31T11:55:00Z", "updated_at": "2026-01-31T11:55:00Z",
                    "fields": {"txid": txid(state), "network": "ethereum", "asset": "USDT"}, "comments": comments,
                    "attachments": [{"name": "wallet.log", "type": "text/plain", "text": state.file}, {"name": "shot.png"}],
                })
            }
            _ => Value::Null,
        },
        posts: |request| {
            let body = posted(request, "POST", "/v1/tickets/ZD-48211/notes")?;
            Some(stored(&body, "body", body["public"] != json!(false)))
        },
        taken: (201, |_| json!({"id": "n-1"})),
    },
    Hosted {
        kind: "zendesk",
        id: "48211",
        keys: ", user = \"agent@example.org\", fields = { txid = 360001, network = 360002, asset = 360003, account = 360004 }",
        // agent@example.org/token:d3sk-t0ken
        authorization: "Basic YWdlbnRAZXhhbXBsZS5vcmcvdG9rZW46ZDNzay10MGtlbg==",
        internal: "\"public\":false",
        reads: zendesk,
        posts: |request| {
            let body = posted(request, "PUT", "/api/v2/tickets/48211.json")?;
            let comment = &body["ticket"]["comment"];
            assert_eq!(body["ticket"]["safe_update"], true);
            let mut note = stored(comment, "html_body", comment["public"] != json!(false));
            // The stamp is that of the ticket as it was read.
            note.files = format!("{} {}", comment["uploads"], body["ticket"]["updated_stamp"]);
            Some(note)
        },
        taken: (200, |_| json!({"ticket": {"id": 48211}, "audit": {"id": 1}})),
    },
    Hosted {
        kind: "freshdesk",
        id: "48211",
        keys: ", fields = { txid = \"cf_txid\", network = \"cf_network\", asset = \"cf_asset\", account = \"cf_account\" }",
        // d3sk-t0ken:X
        authorization: "Basic ZDNzay10MGtlbjpY",
        internal: "name=\"private\"\r\n\r\ntrue\r\n",
        reads: freshdesk,
        posts: |request| {
            let here = request.method == "POST" && request.target == "/api/v2/tickets/48211/notes";
            let part = |name: &str| {
                let rest = request.body.split(&format!("name=\"{name}\"\r\n\r\n")).nth(1)?;
                rest.split("\r\n--").next().map(str::to_owned)
            };
            here.then(|| Stored {
                body: part("body").unwrap(),
                public: part("private").as_deref() != Some("true"),
                files: request.body.clone(),
            })
        },
        taken: (201, |note| json!({"id": 9001, "private": !note.public, "body": note.body})),
    },
    Hosted {
        kind: "zammad",
        id: "22003",
        keys: ", fields = { txid = \"txid\", network = \"chain\", asset = \"asset\", account = \"account\" }",
        authorization: "Token token=d3sk-t0ken",
        internal: "\"internal\":true",
        reads: zammad,
        posts: |request| {
            let body = posted(request, "POST", "/api/v1/ticket_articles")?;
            assert_eq!((&body["type"], &body["ticket_id"]), (&json!("note"), &json!(5)));
            Some(stored(&body, "body", body["internal"] != json!(true)))
        },
        taken: (201, |note| json!({"id": 9001, "ticket_id": 5, "internal": !note.public})),
    },
    Hosted {
        kind: "jira",
        id: "SUP-7",
        keys: ", user = \"agent@example.org\", fields = { txid = \"customfield_10001\", network = \"customfield_10002\", \
               asset = \"customfield_10003\", account = \"customfield_10004\" }",
        // agent@example.org:d3sk-t0ken
        authorization: "Basic YWdlbnRAZXhhbXBsZS5vcmc6ZDNzay10MGtlbg==",
        internal: "\"public\":false",
        reads: jira,
        posts: |request| {
            let body = posted(request, "POST", "/rest/servicedeskapi/request/SUP-7/attachment")?;
            assert_eq!(request.header("x-atlassian-token"), "no-check");
            let mut note = stored(&body["additionalComment"], "body", body["public"] != json!(false));
            note.files = body["temporaryAttachmentIds"].to_string();
            Some(note)
        },
        taken: (201, |note| json!({"comment": {"id": "9001", "public": note.public}, "attachments": {"values": []}})),
    },
    Hosted {
        kind: "rt",
        id: "17",
        keys: ", fields = { txid = \"TXID\", network = \"Network\", asset = \"Asset\", account = \"Account\" }",
        authorization: "token d3sk-t0ken",
        // The path says it.
        internal: "\"ContentType\":\"text/plain\"",
        reads: rt,
        posts: |request| {
            assert!(!request.target.contains("/correspond"), "a note went to the customer");
            let body = posted(request, "POST", "/REST/2.0/ticket/17/comment")?;
            Some(stored(&body, "Content", false))
        },
        taken: (201, |_| json!(["Comments added"])),
    },
];

fn txid(state: &State) -> Value {
    if state.bare { Value::Null } else { json!(TXID) }
}

fn posted(request: &Request, method: &str, target: &str) -> Option<Value> {
    (request.method == method && request.target == target).then(|| serde_json::from_str(&request.body).unwrap())
}

fn stored(note: &Value, body: &str, public: bool) -> Stored {
    Stored { body: note[body].as_str().unwrap().to_owned(), public, files: note.to_string() }
}

fn path(request: &Request) -> &str {
    request.target.split('?').next().unwrap_or_default()
}

/// The comments come on two pages.
fn zendesk(state: &State, request: &Request, host: &str) -> Value {
    let field = |id: u32, value: Value| json!({"id": id, "value": value});
    let file = |name: &str, kind: &str, host: &str| {
        let url = format!("http://{host}/attachments/token/x/?name={name}");
        json!({"id": 1, "file_name": name, "content_type": kind, "size": 10, "content_url": url})
    };
    match path(request) {
        "/api/v2/tickets/48211.json" => json!({"ticket": {
            "id": 48211, "subject": "Deposit missing", "description": "I sent 500 USDT.", "status": "open",
            "priority": "high", "requester_id": 501, "via": {"channel": "email"}, "created_at": "2026-01-31T11:55:00Z",
            "updated_at": format!("2026-01-31T11:55:{:02}Z", state.notes.len()),
            "custom_fields": [field(360_001, txid(state)), field(360_002, json!("ethereum")),
                field(360_003, json!("USDT")), field(360_004, json!("A-1001"))],
        }}),
        "/api/v2/tickets/48211/comments.json" if request.target.contains("after") => {
            let note = |note: &Stored| json!({"id": 9001, "author_id": 7, "html_body": note.body, "public": note.public, "attachments": []});
            json!({"comments": state.notes.iter().map(note).collect::<Vec<_>>(), "users": [{"id": 7, "role": "agent"}],
                "meta": {"has_more": false, "after_cursor": null}})
        }
        "/api/v2/tickets/48211/comments.json" => json!({
            "comments": [
                {"id": 1, "author_id": 501, "body": "I sent 500 USDT.", "html_body": "<p>I sent 500 USDT.</p>",
                    "plain_body": "I sent 500 USDT.", "public": true, "created_at": "2026-01-31T11:55:00Z",
                    "attachments": [file("wallet.log", "text/plain", host), file("shot.png", "image/png", host)]},
                {"id": 2, "author_id": 502, "html_body": state.comment, "plain_body": state.comment, "public": true,
                    "attachments": []},
            ],
            "users": [{"id": 501, "role": "end-user"}, {"id": 502, "role": "end-user"}],
            "meta": {"has_more": true, "after_cursor": "a b"},
        }),
        "/attachments/token/x/" => json!(state.file),
        "/api/v2/uploads.json" => {
            assert_eq!(request.header("content-type"), "application/json");
            assert!(request.body.contains("txsleuth.diagnosis/1"));
            json!({"upload": {"token": "tok-1", "expires_at": "2026-01-31T13:00:00Z"}})
        }
        "/api/v2/search.json" => json!({"results": [{"id": 48211, "result_type": "ticket"}], "count": 1}),
        _ => Value::Null,
    }
}

fn freshdesk(state: &State, request: &Request, _: &str) -> Value {
    let file = |name: &str, kind: &str| {
        let url = format!("https://s3.example.org/data/{name}?X-Amz-Signature=1");
        json!({"id": 1, "name": name, "content_type": kind, "size": 10, "attachment_url": url})
    };
    match path(request) {
        "/api/v2/tickets/48211" => json!({
            "id": 48211, "subject": "Deposit missing", "description": "<div>I sent 500 USDT.</div>",
            "description_text": "I sent 500 USDT.", "status": 2, "priority": 3, "source": 1, "requester_id": 501,
            "created_at": "2026-01-31T11:55:00Z", "updated_at": "2026-01-31T11:55:00Z",
            "custom_fields": {"cf_txid": txid(state), "cf_network": "ethereum", "cf_asset": "USDT",
                "cf_account": "A-1001", "cf_other": null},
            "attachments": [file("wallet.log", "application/zip"), file("shot.png", "image/png")],
        }),
        "/api/v2/tickets/48211/conversations" => {
            let said = json!({"id": 2, "body": state.comment, "body_text": state.comment, "incoming": true,
                "private": false, "created_at": "2026-01-31T11:56:00Z", "attachments": []});
            let note = |note: &Stored| {
                json!({"id": 9001, "body": note.body, "body_text": "…", "incoming": false, "private": !note.public,
                    "created_at": "2026-01-31T11:59:00Z", "attachments": []})
            };
            std::iter::once(said).chain(state.notes.iter().map(note)).collect()
        }
        "/api/v2/search/tickets" => json!({"total": 1, "results": [{"id": 48211}]}),
        _ => Value::Null,
    }
}

fn zammad(state: &State, request: &Request, _: &str) -> Value {
    match path(request) {
        "/api/v1/tickets/search" => json!([
            {"id": 4, "number": "220031", "title": "alike"},
            {"id": 5, "number": "22003", "title": "Deposit missing", "state": "open", "priority": "3 high",
                "created_at": "2026-01-31T11:55:00.000Z", "updated_at": "2026-01-31T11:55:00.000Z",
                "txid": txid(state), "chain": "ethereum", "asset": "USDT", "account": "A-1001"},
        ]),
        "/api/v1/ticket_articles/by_ticket/5" => {
            let file = |id: u8, name: &str, kind: &str| json!({"id": id, "filename": name, "size": "10", "preferences": {"Content-Type": kind}});
            let first = json!({"id": 11, "ticket_id": 5, "sender": "Customer", "type": "email", "internal": false,
                "body": "I sent 500 USDT.", "content_type": "text/plain", "created_at": "2026-01-31T11:55:00.000Z",
                "attachments": [file(3, "wallet.log", "text/plain"), file(4, "shot.png", "image/png")]});
            let said = json!({"id": 12, "ticket_id": 5, "sender": "Customer", "type": "email", "internal": false,
                "body": state.comment, "content_type": "text/html", "attachments": []});
            let note = |note: &Stored| {
                json!({"id": 9001, "ticket_id": 5, "sender": "Agent", "type": "note", "internal": !note.public,
                    "body": note.body, "content_type": "text/html", "attachments": []})
            };
            [first, said].into_iter().chain(state.notes.iter().map(note)).collect()
        }
        "/api/v1/ticket_attachment/5/11/3" => json!(state.file),
        _ => Value::Null,
    }
}

fn jira(state: &State, request: &Request, host: &str) -> Value {
    let customer = json!({"accountId": "c-1", "displayName": "Customer"});
    let file = |id: u8, name: &str, kind: &str| {
        json!({"id": id.to_string(), "filename": name, "author": customer, "mimeType": kind, "size": 10,
            "content": format!("http://{host}/rest/api/2/attachment/content/{id}")})
    };
    match path(request) {
        "/rest/api/2/issue/SUP-7" => json!({"key": "SUP-7", "fields": {
            "summary": "Deposit missing", "description": "I sent 500 USDT.", "status": {"name": "Open"},
            "priority": {"name": "High"}, "reporter": customer, "created": "2026-01-31T20:55:00.000+0900",
            "updated": "2026-01-31T20:55:00.000+0900", "customfield_10001": txid(state),
            "customfield_10002": {"value": "ethereum"}, "customfield_10003": ["USDT"], "customfield_10004": "A-1001",
            "attachment": [file(1, "wallet.log", "text/plain"), file(2, "shot.png", "image/png")],
        }}),
        "/rest/servicedeskapi/request/SUP-7/comment" => {
            assert!(request.target.contains("internal=true"));
            let said = json!({"id": "8001", "body": state.comment, "public": true, "author": customer,
                "created": {"epochMillis": 1_769_860_560_000_u64}});
            let note = |note: &Stored| json!({"id": "9001", "body": note.body, "public": note.public, "author": {"accountId": "a-1"}});
            let values: Vec<Value> = std::iter::once(said).chain(state.notes.iter().map(note)).collect();
            json!({"size": values.len(), "start": 0, "limit": 50, "isLastPage": true, "values": values})
        }
        "/rest/servicedeskapi/request/SUP-7" => json!({"issueKey": "SUP-7", "serviceDeskId": "3"}),
        "/rest/servicedeskapi/servicedesk/3/attachTemporaryFile" => {
            assert!(request.body.contains("name=\"file\"; filename=\"diagnosis.json\""));
            json!({"temporaryAttachments": [{"temporaryAttachmentId": "temp-1", "fileName": "diagnosis.json"}]})
        }
        "/rest/api/2/attachment/content/1" if request.target.ends_with("?redirect=false") => json!(state.file),
        // The way of installations that are not in the cloud.
        "/rest/api/2/search" => json!({"issues": [{"key": "SUP-7"}], "total": 1}),
        _ => Value::Null,
    }
}

fn rt(state: &State, request: &Request, _: &str) -> Value {
    let user = |name: &str| json!({"id": name, "type": "user"});
    let list =
        |items: Vec<Value>| json!({"count": items.len(), "page": 1, "pages": 1, "per_page": 100, "items": items});
    let transaction = |id: usize, kind: &str, name: &str| json!({"id": id.to_string(), "Type": kind, "Creator": user(name), "Created": "2026-01-31T11:55:00Z"});
    let part = |id: usize, of: usize, name: &str, kind: &str| {
        json!({"id": id.to_string(), "TransactionId": of.to_string(), "Filename": name, "ContentType": kind,
            "ContentLength": "10"})
    };
    let opened = |text: &str| {
        use base64::Engine as _;
        json!({"Content": format!("{}\n", base64::prelude::BASE64_STANDARD.encode(text))})
    };
    let named = |note: &Stored| if note.public { "Correspond" } else { "Comment" };
    match path(request) {
        "/REST/2.0/ticket/17" => json!({
            "id": 17, "Subject": "Deposit missing", "Status": "open", "Priority": "50",
            "Created": "2026-01-31T11:55:00Z", "LastUpdated": "1970-01-01T00:00:00Z",
            "Requestor": [user("customer@example.org")],
            "CustomFields": [{"id": "1", "name": "TXID", "values": [txid(state)]},
                {"id": "2", "name": "Network", "values": ["ethereum"]}, {"id": "3", "name": "Asset", "values": ["USDT"]},
                {"id": "4", "name": "Account", "values": ["A-1001"]}, {"id": "5", "name": "Other", "values": []}],
        }),
        "/REST/2.0/ticket/17/history" => {
            let first = [(1, "Create", "customer@example.org"), (2, "EmailRecord", "RT_System")];
            let first = first.map(|(id, kind, name)| transaction(id, kind, name));
            let said = transaction(3, "Correspond", "customer@example.org");
            let notes = state.notes.iter().enumerate().map(|(n, note)| transaction(9001 + n, named(note), "root"));
            list(first.into_iter().chain([said]).chain(notes).collect())
        }
        "/REST/2.0/ticket/17/attachments" => {
            let first = [
                part(1, 1, "", "multipart/mixed"),
                part(2, 1, "", "text/plain"),
                part(3, 1, "wallet.log", "text/plain"),
                part(4, 1, "shot.png", "image/png"),
                part(5, 3, "", "text/html"),
            ];
            let notes = (0..state.notes.len()).map(|n| part(100 + n, 9001 + n, "", "text/plain"));
            list(first.into_iter().chain(notes).collect())
        }
        "/REST/2.0/attachment/2" => opened("I sent 500 USDT."),
        "/REST/2.0/attachment/3" => opened(&state.file),
        "/REST/2.0/attachment/5" => opened(&state.comment),
        "/REST/2.0/tickets" => json!({"count": 0, "page": 1, "pages": 0.0, "per_page": 20, "items": []}),
        other => match other.strip_prefix("/REST/2.0/attachment/").and_then(|id| id.parse::<usize>().ok()) {
            Some(id) if id >= 100 => opened(&state.notes[id - 100].body),
            _ => Value::Null,
        },
    }
}
