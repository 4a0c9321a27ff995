//! Ledgers by `ledger`: <https://xrpl.org/docs/references/http-websocket-apis/public-api-methods/ledger-methods/ledger>.

use data_encoding::HEXUPPER;
use serde::Deserialize;
use serde_json::{Value, json};

use super::blob::half;
use super::{BlockId, BlockRef, Gap, GapWhy, Line, Reply, Seen, Timestamp, ask, number, time};

/// Before a header's bytes when it is hashed: `LWR` and a zero.
const HEADER: &[u8; 4] = b"LWR\0";

/// `ledger`, as far as it is used.
#[derive(Deserialize)]
struct Told {
    /// Absent is false.
    #[serde(default)]
    validated: bool,
    ledger: Header,
}

/// <https://xrpl.org/docs/references/protocol/ledger-data/ledger-header>.
#[derive(Deserialize)]
struct Header {
    ledger_index: Value,
    ledger_hash: String,
    close_time: i64,
    parent_hash: Option<String>,
    transaction_hash: Option<String>,
    account_hash: Option<String>,
    total_coins: Option<String>,
    parent_close_time: Option<u32>,
    close_time_resolution: Option<u8>,
    close_flags: Option<u8>,
}

impl Header {
    /// The hash of its fields; nothing where the server does not show all of them.
    fn hash(&self, height: u64) -> Option<String> {
        let mut bytes = u32::try_from(height).ok()?.to_be_bytes().to_vec();
        bytes.extend(self.total_coins.as_ref()?.parse::<u64>().ok()?.to_be_bytes());
        for hash in [&self.parent_hash, &self.transaction_hash, &self.account_hash] {
            bytes.extend(HEXUPPER.decode(hash.as_ref()?.as_bytes()).ok()?);
        }
        bytes.extend(self.parent_close_time?.to_be_bytes());
        bytes.extend(u32::try_from(self.close_time).ok()?.to_be_bytes());
        bytes.extend([self.close_time_resolution?, self.close_flags?]);
        Some(half(*HEADER, &bytes))
    }
}

/// A validated ledger.
pub(super) struct Ledger {
    /// Its number.
    pub height: u64,
    /// Its hash.
    pub hash: String,
    /// When it was closed.
    pub time: Option<Timestamp>,
    /// Whether its hash is that of its header.
    hashed: bool,
}

/// The validated ledger of a number, or the newest.
pub(super) async fn ledger(line: Line<'_>, at: Value, question: &str) -> Result<(Ledger, Reply), Gap> {
    let (told, reply): (Told, _) = ask(line, "ledger", json!({ "ledger_index": at }), question).await?;
    let Told { validated, ledger: header } = told;
    let height = number(&header.ledger_index);
    let height = height.ok_or_else(|| line.malformed(question, "the ledger has no number"))?;
    if !validated {
        return Err(line.gap(question, GapWhy::Behind, format!("ledger {height} is not validated")));
    }
    if at.as_u64().is_some_and(|asked| asked != height) {
        return Err(line.gap(question, GapWhy::Mismatch, format!("the answer is about ledger {height}")));
    }
    let hash = header.hash(height);
    if let Some(other) = hash.as_ref().filter(|hash| **hash != header.ledger_hash) {
        return Err(line.gap(question, GapWhy::Mismatch, format!("the ledger's header hashes to {other}")));
    }
    Ok((Ledger { height, hash: header.ledger_hash, time: time(header.close_time), hashed: hash.is_some() }, reply))
}

/// Whether a ledger that the source named is the validated one of its number, and whether its hash is that of its header.
pub(super) async fn place(line: Line<'_>, block: &BlockId) -> (Seen<BlockRef>, Seen<()>) {
    let question = format!("whether ledger {} is in the chain", block.hash);
    let asked = async {
        let height = block.height.ok_or_else(|| line.malformed(&question, "the ledger has no number"))?;
        ledger(line, json!(height), &question).await
    };
    match asked.await {
        Err(gap) => (Seen::Unknown(gap.clone()), Seen::Unknown(gap)),
        Ok((found, reply)) => {
            let unhashed =
                || line.gap("the header of its ledger", GapWhy::NotOffered, "the server does not show it all");
            let said = reply.provenance();
            let header = if found.hashed { Seen::Yes((), said.clone().proven()) } else { Seen::Unknown(unhashed()) };
            if found.hash != block.hash {
                // Validated ledgers stay: two of one number are of a server that is wrong, or of two chains.
                let other = format!("the validated ledger of that number is {}", found.hash);
                return (Seen::Unknown(line.gap(&question, GapWhy::Mismatch, other)), header);
            }
            (Seen::Yes(BlockRef { height: found.height, hash: found.hash, time: found.time }, said), header)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the method's documentation, a ledger of the main network.
    #[test]
    fn a_ledger_is_hashed_from_its_header() {
        let header: Header = serde_json::from_value(json!({
            "account_hash": "6FD2916DDD574886EBCBAA1CE0048D94E5A57E13EA5DD7B0283A7AB63EBF0131",
            "close_flags": 0,
            "close_time": 819_429_360,
            "close_time_resolution": 10,
            "ledger_hash": "9DAAAE85FC0D64E95506608FDB48E8B77706EF64FF144F18EEBC2FC4366D9B20",
            "parent_close_time": 819_429_352,
            "parent_hash": "1FB3618846E1201E38FED328BD13A9D62012469193C0B5BA4ECE6C8BDAA2BFC9",
            "total_coins": "99985738467416092",
            "transaction_hash": "B61C7B94F583DBFEEDA58DE348518D6FC2F397053EA0E3AC4B8F2BD440629F19",
            "ledger_index": 100_972_465,
        }))
        .unwrap();
        assert_eq!(header.hash(100_972_465).as_deref(), Some(header.ledger_hash.as_str()));
    }
}
