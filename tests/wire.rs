//! A source on loopback that answers from a table: paths with a status and a body, and JSON-RPC by method.

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// What a path answers.
pub(crate) type Rest = Vec<(String, u16, String)>;

/// A running source.
pub(crate) struct Wire {
    runtime: Runtime,
    server: MockServer,
}

impl Wire {
    /// Answers these paths; JSON-RPC by `rpc`, which is given method and parameters and tells `result` or `error`.
    pub(crate) fn start(rest: &Rest, rpc: impl Fn(&str, &Value) -> Value + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            for (at, status, body) in rest {
                let answer = ResponseTemplate::new(*status).set_body_string(body.clone());
                Mock::given(method("GET")).and(path(at.as_str())).respond_with(answer).mount(&server).await;
            }
            let answer = move |request: &Request| {
                let asked: Value = request.body_json().unwrap();
                let one = |call: &Value| {
                    let mut reply = rpc(call["method"].as_str().unwrap_or_default(), &call["params"]);
                    (reply["id"], reply["jsonrpc"]) = (call["id"].clone(), json!("2.0"));
                    reply
                };
                let body = asked.as_array().map_or_else(|| one(&asked), |calls| calls.iter().map(one).collect());
                ResponseTemplate::new(200).set_body_json(body)
            };
            Mock::given(method("POST")).respond_with(answer).mount(&server).await;
            server
        });
        Self { runtime, server }
    }

    /// Its address.
    pub(crate) fn uri(&self) -> String {
        self.server.uri()
    }

    /// The paths that were asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap_or_default();
        requests.iter().map(|request| request.url.path().to_owned()).collect()
    }
}
