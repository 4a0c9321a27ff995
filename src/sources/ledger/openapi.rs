//! The ledger contract as an `OpenAPI` 3.1 document: the paths are stated here, the records come from the
//! types that decode them, so that contract and program cannot drift apart.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Withdrawal};

/// One read of the contract.
struct Read {
    path: &'static str,
    summary: &'static str,
    /// Query parameters; those in the path are read from it.
    query: &'static [&'static str],
    record: &'static str,
    list: bool,
}

const READS: &[Read] = &[
    Read {
        path: "/v1/deposits",
        summary: "Deposits of a transaction, or of an account in a span of time",
        query: &["txid", "account", "asset", "network", "since", "until", "cursor"],
        record: "Deposit",
        list: true,
    },
    Read { path: "/v1/deposits/{id}", summary: "One deposit", query: &[], record: "Deposit", list: false },
    Read {
        path: "/v1/withdrawals",
        summary: "Withdrawals of a transaction (replaced ones included), or of an account in a span of time",
        query: &["txid", "account", "asset", "network", "since", "until", "cursor"],
        record: "Withdrawal",
        list: true,
    },
    Read { path: "/v1/withdrawals/{id}", summary: "One withdrawal", query: &[], record: "Withdrawal", list: false },
    Read {
        path: "/v1/addresses/{address}",
        summary: "Whose address it is; 404 means that it is not the platform's. With `memo`: whose memo it is at this \
                  address of many; 404 means that it is nobody's",
        query: &["network", "memo"],
        record: "AddressRecord",
        list: false,
    },
    Read {
        path: "/v1/accounts/{account}/addresses",
        summary: "The deposit addresses of an account",
        query: &["network", "asset", "cursor"],
        record: "AddressRecord",
        list: true,
    },
    Read {
        path: "/v1/networks/{network}",
        summary: "Whether a network is open, what it requires and how far its scanner has read",
        query: &[],
        record: "NetworkPolicy",
        list: false,
    },
];

/// An optional call that puts many questions at once.
struct Many {
    path: &'static str,
    summary: &'static str,
    /// What it asks about: lists of up to 500 texts.
    lists: &'static [&'static str],
    /// A text that it needs beside them.
    text: Option<&'static str>,
    record: &'static str,
}

const MANY: &[Many] = &[
    Many {
        path: "/v1/deposits/query",
        summary: "Deposits of many transactions",
        lists: &["txids"],
        text: None,
        record: "Deposit",
    },
    Many {
        path: "/v1/withdrawals/query",
        summary: "Withdrawals of many transactions (replaced ones included) or ids",
        lists: &["txids", "ids"],
        text: None,
        record: "Withdrawal",
    },
    Many {
        path: "/v1/addresses/query",
        summary: "Whose addresses they are",
        lists: &["addresses"],
        text: Some("network"),
        record: "AddressRecord",
    },
];

/// The document.
pub fn document() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    generator.subschema_for::<Deposit>();
    generator.subschema_for::<Withdrawal>();
    generator.subschema_for::<AddressRecord>();
    generator.subschema_for::<NetworkPolicy>();
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".into(), json!({"type": "object", "description": "Why there is no such thing."}));
    let reads = READS.iter().map(|read| (read.path.to_owned(), read.document()));
    let paths: serde_json::Map<String, Value> =
        reads.chain(MANY.iter().map(|many| (many.path.to_owned(), many.document()))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Ledger contract of txsleuth",
            "version": "1",
            "description": "Read-only. Amounts are decimal strings, times RFC 3339 in UTC. 404 with a JSON body \
                            means \"no such thing\" and is an answer; any other failure is none. Lists are \
                            continued with `cursor` until `next` is null.",
        },
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas,
        },
    })
}

/// A list of records of one kind; a whole one has no continuation.
fn list_of(record: &Value, whole: bool) -> Value {
    let next = if whole { json!({"type": "null"}) } else { json!({"type": ["string", "null"]}) };
    json!({
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": record}, "next": next},
    })
}

fn record(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn answer(description: &str, schema: &Value) -> Value {
    json!({"description": description, "content": {"application/json": {"schema": schema}}})
}

impl Many {
    fn document(&self) -> Value {
        let list =
            |name: &&str| ((*name).to_owned(), json!({"type": "array", "maxItems": 500, "items": {"type": "string"}}));
        let text = self.text.map(|name| (name.to_owned(), json!({"type": "string"})));
        let properties: serde_json::Map<String, Value> = self.lists.iter().map(list).chain(text).collect();
        let required: Vec<&str> = self.text.into_iter().collect();
        let body = json!({"type": "object", "required": required, "properties": properties});
        json!({
            "post": {
                "summary": self.summary,
                "description": "Optional and read-only. What is missing from the list is not there.",
                "requestBody": {"required": true, "content": {"application/json": {"schema": body}}},
                "responses": {
                    "200": answer("The answer.", &list_of(&record(self.record), true)),
                    "404": {"description": "Not offered, as are 405 and 501: the things are asked one by one."},
                },
            },
        })
    }
}

impl Read {
    fn document(&self) -> Value {
        let in_path = self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let in_path =
            in_path.map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
        let in_query = self.query.iter().map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}));
        let parameters: Vec<Value> = in_path.chain(in_query).collect();
        let found = record(self.record);
        let body = if self.list { list_of(&found, false) } else { found };
        json!({
            "get": {
                "summary": self.summary,
                "parameters": parameters,
                "responses": {
                    "200": answer("The answer.", &body),
                    "404": answer("No such thing.", &record("Problem")),
                },
            },
        })
    }
}
