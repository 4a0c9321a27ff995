//! An account at Bithumb: API 2.x (<https://apidocs.bithumb.com>). A key that may look at assets, deposits and
//! withdrawals is enough. No record of it tells an address, a memo or a count of confirmations.

mod lists;
mod wallets;
mod words;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Hints;
use super::account::{Account, MESSAGE, OwnAddresses, Plain, skew, wordless};
use crate::evidence::{Deposit, ListedAsset, Span, Withdrawal};
use crate::net::{Exposed, Reply, Seal, Unsigned, hmac_sha256, sha512};
use crate::sources::{Asked, Line, seen};
use crate::terms::{Gap, GapWhy, Seen, Txid};
use lists::{DEPOSITS, WITHDRAWALS};
use wallets::{addresses, listing};
use words::{ABSENT, BLOCKED, CLOCK, DOWN, ERRORS, TOLD};

/// The public address.
pub(super) const URL: &str = "https://api.bithumb.com";

/// The connector.
pub(super) struct Bithumb;

/// A query as it is meant: the exchange's own programs hash it before they encode it.
fn decoded(query: &str) -> String {
    let pair = |part: &str| -> String {
        url::form_urlencoded::parse(part.replace('+', "%2B").as_bytes())
            .map(|(name, value)| if part.contains('=') { format!("{name}={value}") } else { name.into_owned() })
            .collect()
    };
    query.split('&').map(pair).collect::<Vec<_>>().join("&")
}

/// The claims of a token; the hash stands for the query before it is encoded.
#[derive(Serialize)]
struct Claims<'a> {
    access_key: &'a str,
    nonce: &'a str,
    /// Milliseconds since 1970.
    timestamp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_hash_alg: Option<&'a str>,
}

/// A JSON Web Token of its own for each request, signed with HS256.
#[expect(clippy::unnecessary_wraps, reason = "keys of other exchanges may be of no use")]
pub(super) fn sign(request: &Unsigned<'_>, keys: &Exposed<'_>) -> Result<Seal, String> {
    let query = request.path.split_once('?').map(|(_, query)| query).filter(|query| !query.is_empty());
    let query = query.map(decoded);
    let claims = Claims {
        access_key: keys.key,
        nonce: request.nonce,
        timestamp: request.at.as_millisecond(),
        query_hash: query.as_deref().map(sha512),
        query_hash_alg: query.as_ref().map(|_| "SHA512"),
    };
    // A struct of texts and a number is always JSON.
    let claims = serde_json::to_string(&claims).unwrap_or_default();
    let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let signed = format!("{}.{}", part(br#"{"alg":"HS256","typ":"JWT"}"#), part(claims.as_bytes()));
    let token = format!("{signed}.{}", part(&hmac_sha256(keys.secret, &signed)));
    Ok(Seal { headers: vec![("Authorization".into(), format!("Bearer {token}"))], ..Seal::default() })
}

/// Every refusal.
#[derive(Deserialize)]
struct Refusal {
    error: Refused,
}

#[derive(Deserialize)]
struct Refused {
    name: Plain,
    #[serde(default)]
    message: Plain,
}

/// An answer, or nothing where the exchange says that there is no such record. A refusal is a gap that says what to do.
async fn ask<T: DeserializeOwned>(line: Line<'_>, path: &str, question: &str) -> Result<(Option<T>, Reply), Gap> {
    let reply = line.get(path, question).await?;
    if (200..300).contains(&reply.status) {
        let answer = reply.json().map_err(|failure| line.failed(&failure, question))?;
        return Ok((Some(answer), reply));
    }
    let Ok(Refusal { error: Refused { name, message } }) = reply.json::<Refusal>() else {
        return Err(wordless(line, question, &reply));
    };
    let code = name.0.as_str();
    if reply.status == 404 && ABSENT.contains(&code) {
        return Ok((None, reply));
    }
    if code == CLOCK {
        // The exchange tells its time nowhere but in the header of its answers.
        let unknown = || "the request's time was refused, and the exchange's own could not be had".to_owned();
        let clock = reply.date.map_or_else(unknown, |date| skew(date, &reply));
        return Err(line.gap(question, GapWhy::Unauthorised, format!("{code}: {clock}")));
    }
    let told = message.0.to_ascii_lowercase();
    let named = ERRORS.iter().find(|(known, ..)| *known == code);
    // A number, or a name that no table knows, comes with words.
    let known = named.or_else(|| TOLD.iter().find(|(words, ..)| told.contains(words)));
    let own: String = message.0.chars().take(MESSAGE).collect();
    let (why, what) = match (known, reply.status) {
        (Some((_, why, what)), _) => (*why, (*what).to_owned()),
        (None, 429) => (GapWhy::RateLimited, BLOCKED.to_owned()),
        (None, 500..=599) => (GapWhy::ServerError, format!("{own} ({DOWN})")),
        (None, 401 | 403) => (GapWhy::Unauthorised, own),
        (None, _) => (GapWhy::ServerError, own),
    };
    Err(line.gap(question, why, format!("{code}: {what}")))
}

impl Account for Bithumb {
    fn deposits<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        Box::pin(DEPOSITS.of_all(line, txids, hints))
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        hints: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        Box::pin(WITHDRAWALS.of_all(line, txids, hints))
    }

    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        Box::pin(DEPOSITS.of_span(line, span))
    }

    fn withdrawals_in<'a>(&'a self, line: Line<'a>, span: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        Box::pin(WITHDRAWALS.of_span(line, span))
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        Box::pin(DEPOSITS.of_id(line, id, hints))
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, hints: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        Box::pin(WITHDRAWALS.of_id(line, id, hints))
    }

    fn addresses<'a>(&'a self, line: Line<'a>, _: &'a str, _: &'a Hints) -> Asked<'a, Result<OwnAddresses, Gap>> {
        Box::pin(addresses(line))
    }

    fn listing<'a>(&'a self, line: Line<'a>, asked: &'a str) -> Asked<'a, Seen<Vec<ListedAsset>>> {
        Box::pin(async move { seen(listing(line, asked).await) })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// Made up for this test, and computed apart from this program.
    #[test]
    fn a_token_holds_the_hash_of_the_query_as_it_is_sent() {
        let request = Unsigned {
            method: "GET",
            path: "/v1/deposits?currency=BTC&limit=100&page=1&order_by=desc",
            body: "",
            at: Timestamp::from_millisecond(1_767_323_045_678).unwrap(),
            nonce: "00000000-0000-4000-8000-000000000001",
        };
        let keys = Exposed { key: "demo-access-key", secret: "TXSLEUTH-DEMO-SECRET-0001", passphrase: "" };
        let seal = sign(&request, &keys).unwrap();
        let (name, value) = &seal.headers[0];
        let parts: Vec<&str> = value.split('.').collect();
        let claims = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
        assert_eq!((name.as_ref(), parts.len()), ("Authorization", 3));
        assert_eq!(
            claims,
            "{\"access_key\":\"demo-access-key\",\"nonce\":\"00000000-0000-4000-8000-000000000001\",\
             \"timestamp\":1767323045678,\"query_hash\":\
             \"2aa81bbd26cca7e682b04eeca02829e83d796ddd7c1243669dc81400083e41cf\
             41d3740afcfcab47e5cf2f31cd2ac0b15c5d4e22537d161b99e0c85febdef286\",\"query_hash_alg\":\"SHA512\"}"
        );
        assert_eq!(parts[2], "MhvZT5dXVxMFibJTHzYSdFQ_fM9_zhXgoT0_F0L1IJs");
        let plain = sign(&Unsigned { path: "/v1/status/wallet", ..request }, &keys).unwrap();
        let claims = BASE64_URL_SAFE_NO_PAD.decode(plain.headers[0].1.split('.').nth(1).unwrap()).unwrap();
        assert!(!String::from_utf8(claims).unwrap().contains("query_hash"), "there is no query to hash");
    }
}
