//! The one way in which something outside is changed: a note for a ticket. It is sent once, whatever happens, and
//! stands on no recording; a replayed run has nobody to send it to.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::{Failure, Net, sha256};

/// What changes something outside.
#[derive(Clone, Debug)]
pub struct Writing {
    /// `POST`, `PUT`, or `APPEND` to a file.
    pub method: &'static str,
    /// The path below the service's address; of a file, its name.
    pub path: String,
    /// What is sent.
    pub content: Content,
    /// Headers that the service wants.
    pub headers: &'static [(&'static str, &'static str)],
}

/// The form in which it is sent.
#[derive(Clone, Debug)]
pub enum Content {
    /// A JSON value.
    Json(Value),
    /// `multipart/form-data` (RFC 7578).
    Form(Vec<Part>),
    /// Bytes of a media type.
    Bytes(String, Vec<u8>),
}

/// One part of a form.
#[derive(Clone, Debug)]
pub struct Part {
    /// The field.
    pub name: &'static str,
    /// Name and media type of a file.
    pub file: Option<(String, String)>,
    /// The value.
    pub bytes: Vec<u8>,
}

/// What the service said to it.
#[derive(Clone, Debug)]
pub struct Written {
    /// HTTP status; of a file, 201.
    pub status: u16,
    /// The answer.
    pub body: String,
}

/// Whether what was sent may have taken effect all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was refused, or never left.
    Never,
    /// Nobody knows: the answer did not come, or came from somebody on the way.
    Perhaps,
}

/// Why there is no confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// What failed.
    pub failure: Failure,
    /// Whether it may have taken effect.
    pub arrival: Arrival,
    /// What the service answered; untrusted.
    pub answer: String,
}

impl Unwritten {
    /// It failed before anything left.
    pub fn before(failure: Failure) -> Self {
        Self { failure, arrival: Arrival::Never, answer: String::new() }
    }

    /// It failed on the way or after it.
    pub fn perhaps(failure: Failure) -> Self {
        Self { failure, arrival: Arrival::Perhaps, answer: String::new() }
    }
}

impl Content {
    /// Media type and bytes.
    pub(super) fn bytes(&self) -> (String, Vec<u8>) {
        match self {
            Self::Json(value) => ("application/json".into(), value.to_string().into_bytes()),
            Self::Bytes(mime, bytes) => (mime.clone(), bytes.clone()),
            Self::Form(parts) => form(parts),
        }
    }
}

/// The boundary is a hash of what it parts, so that it cannot stand inside.
fn form(parts: &[Part]) -> (String, Vec<u8>) {
    let hashes: String = parts.iter().map(|part| sha256(&String::from_utf8_lossy(&part.bytes))).collect();
    let boundary = format!("txsleuth-{}", &sha256(&hashes)[..32]);
    let mut out = Vec::new();
    for Part { name, file, bytes } in parts {
        let (name, mut mime) = (quoted(name), String::new());
        let file = file.as_ref().map(|(file, of)| {
            mime = format!("Content-Type: {}\r\n", one_line(of));
            format!("; filename=\"{}\"", quoted(file))
        });
        let file = file.unwrap_or_default();
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n{mime}\r\n");
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(bytes);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), out)
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// A name within quotes, as browsers write it (RFC 7578, section 2 and the HTML standard).
fn quoted(text: &str) -> String {
    one_line(text).replace('"', "%22")
}

impl Net {
    /// Changes something outside, once: after a failure whoever asked for it looks whether it took effect.
    pub async fn write(&self, service: &str, writing: &Writing) -> Result<Written, Unwritten> {
        let spec = self.service(service).map_err(Unwritten::before)?;
        let live = self.wire.live.as_ref().ok_or_else(|| Unwritten::before(Failure::NotRecorded))?;
        if let Some(root) = &spec.root {
            return append(&root.join(&writing.path), &writing.content.bytes().1);
        }
        let url = format!("{}{}", spec.url.trim_end_matches('/'), writing.path);
        live.write(spec, &url, writing).await
    }

    /// Lets some time pass, so that the service can do what it was asked.
    pub async fn rest(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

fn append(path: &Path, bytes: &[u8]) -> Result<Written, Unwritten> {
    use std::io::Write as _;
    let refused = |error: std::io::Error| Failure::Refused(format!("failed to write the file: {error}"));
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .map_err(|error| Unwritten::before(refused(error)))?;
    file.write_all(bytes).map_err(|error| Unwritten::perhaps(refused(error)))?;
    Ok(Written { status: 201, body: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_holds_its_parts_and_no_name_breaks_out_of_it() {
        let parts = [
            Part { name: "private", file: None, bytes: b"true".to_vec() },
            Part {
                name: "attachments[]",
                file: Some(("a\"\r\nb.json".into(), "text/plain".into())),
                bytes: b"{}".to_vec(),
            },
        ];
        let (mime, bytes) = form(&parts);
        let text = String::from_utf8(bytes).unwrap();
        let boundary = mime.split_once("boundary=").unwrap().1;
        assert_eq!(text.matches(&format!("--{boundary}")).count(), 3);
        assert!(text.contains("name=\"private\"\r\n\r\ntrue\r\n"), "{text}");
        assert!(text.contains("; filename=\"a%22  b.json\"\r\nContent-Type: text/plain\r\n\r\n{}\r\n"), "{text}");
    }
}
