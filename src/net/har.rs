//! HTTP Archive 1.2, as far as a recording needs it: <http://www.softwareishard.com/blog/har-12-spec/>.
//! Fields that begin with an underscore are this program's own, as the specification allows.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Har {
    pub log: Log,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Log {
    pub version: String,
    pub creator: Creator,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Creator {
    pub name: String,
    pub version: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub started_date_time: String,
    /// Milliseconds; recordings carry no durations, so that recording again changes only what changed.
    pub time: u32,
    pub request: HarRequest,
    pub response: HarResponse,
    pub cache: serde_json::Map<String, serde_json::Value>,
    pub timings: Timings,
    /// The service that was asked.
    #[serde(rename = "_service")]
    pub service: String,
    /// What failed, when there is no answer.
    #[serde(rename = "_failure", default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HarRequest {
    pub method: String,
    pub url: String,
    pub http_version: String,
    pub cookies: Vec<Pair>,
    pub headers: Vec<Pair>,
    pub query_string: Vec<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_data: Option<PostData>,
    pub headers_size: i64,
    pub body_size: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PostData {
    pub mime_type: String,
    pub text: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pair {
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HarResponse {
    pub status: u16,
    pub status_text: String,
    pub http_version: String,
    pub cookies: Vec<Pair>,
    pub headers: Vec<Pair>,
    pub content: Content,
    #[serde(rename = "redirectURL")]
    pub redirect_url: String,
    pub headers_size: i64,
    pub body_size: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Content {
    pub size: usize,
    pub mime_type: String,
    pub text: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Timings {
    pub send: i32,
    pub wait: i32,
    pub receive: i32,
}
