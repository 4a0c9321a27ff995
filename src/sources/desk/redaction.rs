//! What of a desk's answers is not kept: the secrets and personal data that customers write into their complaints.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use mail_parser::{Encoding, MessageParser, MimeHeaders as _};
use serde_json::Value;

use super::reading::decoded;
use crate::claim::reading::{Format, redacted};
use crate::net::sha256;

/// Names of strings that lead somewhere or count something, and hold nobody's words.
const KEPT: &[&str] = &["id", "account", "key", "url", "href", "next", "_links", "status", "priority", "language"];
/// Names of objects in which single words are ids, amounts and addresses.
const FIELDS: &[&str] = &["fields", "custom_fields"];

/// Markers of what shows by its form alone; a number may be an identifier as well as somebody's.
const SURE: &[&str] = &["[removed:private-key]", "[removed:token]", "[removed:api-key]", "[removed:email]"];

/// Names of strings that may hold words in base64.
const PACKED: &[&str] = &["Content"];

/// An answer of a desk without what must not be kept. JSON stays JSON, byte by byte where nothing is to be removed.
pub fn redacted_answer(body: &str) -> String {
    if let Ok(mut answer) = serde_json::from_str::<Value>(body) {
        return if redact(&mut answer, false) { answer.to_string() } else { body.to_owned() };
    }
    encoded_mail(body).unwrap_or_else(|| redacted(body, Format::Guess))
}

/// Redacts every text below a value; true where anything was removed.
fn redact(value: &mut Value, in_fields: bool) -> bool {
    match value {
        Value::String(text) => {
            if text.parse::<jiff::Timestamp>().is_ok() {
                return false;
            }
            let clean = redacted(text, Format::Guess);
            let single = in_fields && !text.trim().contains(char::is_whitespace);
            if single && !SURE.iter().any(|marker| clean.contains(marker)) {
                return false;
            }
            let changed = clean != *text;
            *text = clean;
            changed
        }
        Value::Array(items) => items.iter_mut().fold(false, |changed, item| redact(item, in_fields) | changed),
        Value::Object(members) => members.iter_mut().fold(false, |changed, (name, member)| {
            let kept = KEPT.contains(&name.as_str()) && !member.is_object() && !member.is_array();
            // Below an object of a field stands more than its value: who wrote it, what was said.
            let inside = FIELDS.contains(&name.as_str()) || in_fields && !member.is_object();
            let packed = PACKED.contains(&name.as_str());
            (packed && unpacked(member)) | (!kept && redact(member, inside)) | changed
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Redacts words that are packed in base64, as Request Tracker sends them; true where anything was removed.
fn unpacked(member: &mut Value) -> bool {
    let Some(text) = member.as_str().and_then(decoded) else { return false };
    let clean = redacted(&text, Format::Guess);
    let changed = clean != text;
    if changed {
        *member = Value::String(BASE64_STANDARD.encode(clean));
    }
    changed
}

/// An e-mail of which anything is encoded, written anew: the encoding would hide what is to be removed. Nothing where the
/// body is no such mail.
fn encoded_mail(body: &str) -> Option<String> {
    let mail = MessageParser::default().parse(body.as_bytes()).filter(|mail| mail.subject().is_some())?;
    let packed = mail.parts.iter().any(|part| !matches!(part.encoding, Encoding::None));
    if !packed && !body.contains("=?") {
        return None;
    }
    let subject = mail.subject().unwrap_or_default();
    let text: Vec<_> = (0..mail.text_body_count()).filter_map(|part| mail.body_text(part)).collect();
    let text = text.join("\n");
    let clean = (redacted(subject, Format::Text), redacted(&text, Format::Guess));
    let date = mail.date().map(mail_parser::DateTime::to_rfc822).unwrap_or_default();
    let head = format!("Subject: {}\nDate: {date}\n", clean.0);
    let mut parts = vec![format!("{PLAIN}\n{}", clean.1)];
    parts.extend(mail.attachments().map(attached));
    if parts.len() == 1 {
        return Some(format!("{head}{}", parts.remove(0)));
    }
    let boundary = sha256(body);
    let parts: String = parts.iter().map(|part| format!("--{boundary}\n{part}\n")).collect();
    Some(format!(
        "{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\n\n{parts}--{boundary}--\n"
    ))
}

/// The head of a part that is written as it is read.
const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n";

/// A file of a mail that is written anew: its name, and its words where it is a text.
fn attached(part: &mail_parser::MessagePart<'_>) -> String {
    let name: String =
        part.attachment_name().unwrap_or_default().chars().filter(|c| !"\"\\\r\n".contains(*c)).collect();
    let place = format!("Content-Disposition: attachment; filename=\"{}\"\n", redacted(&name, Format::Text));
    match part.text_contents() {
        Some(text) => format!("{PLAIN}{place}\n{}", redacted(text, Format::Guess)),
        None => format!("Content-Type: application/octet-stream\n{place}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cleaned_and_ids_are_kept() {
        let body = r#"{"id":"ZD-1","account":"jane@shop.example","created_at":"2026-11-22T08:17:48Z",
            "body":"mail me: jane@shop.example","fields":{"memo":"1029384756","txid":"4d5f"}}"#;
        let clean: Value = serde_json::from_str(&redacted_answer(body)).unwrap();
        assert_eq!(clean["account"], "jane@shop.example");
        assert_eq!(clean["created_at"], "2026-11-22T08:17:48Z");
        assert_eq!(clean["body"], "mail me: [removed:email]");
        assert_eq!(clean["fields"]["memo"], "1029384756");
        let key = r#"{"fields":{"address":"5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
            "reporter":{"emailAddress":"jane@shop.example"}}}"#;
        let clean = redacted_answer(key);
        assert!(!clean.contains("5Hue") && !clean.contains("jane@"), "{clean}");
        let innocent = r#"{ "id": "ZD-1",  "body": "where is my deposit?" }"#;
        assert_eq!(redacted_answer(innocent), innocent);
    }

    #[test]
    fn base64_hides_nothing() {
        let packed = |text: &str| serde_json::json!({ "Content": BASE64_STANDARD.encode(text) }).to_string();
        let clean: Value = serde_json::from_str(&redacted_answer(&packed("my mail is jane@shop.example"))).unwrap();
        assert_eq!(decoded(clean["Content"].as_str().unwrap()).unwrap(), "my mail is [removed:email]");
        assert_eq!(redacted_answer(&packed("where is it?")), packed("where is it?"));
    }

    #[test]
    fn an_encoding_hides_nothing() {
        let text = "bXkgbWFpbCBpcyBqYW5lQHNob3AuZXhhbXBsZSwgcGxlYXNlIGhlbHA="; // my mail is jane@shop.example, please help
        let mail = format!(
            "Subject: lost\nDate: Sun, 22 Nov 2026 08:17:48 +0000\nContent-Type: text/plain; charset=utf-8\n\
             Content-Transfer-Encoding: base64\n\n{text}\n"
        );
        let clean = redacted_answer(&mail);
        assert!(clean.contains("[removed:email]") && !clean.contains(text), "{clean}");
        let read = MessageParser::default().parse(clean.as_bytes()).unwrap();
        assert_eq!(read.subject(), Some("lost"));
        assert_eq!(read.date().unwrap().to_timestamp(), 1_795_335_468);
    }
}
