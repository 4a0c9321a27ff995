//! Witness hashes: BIP 141 gives a transaction a second hash, which wallets sometimes show and no index knows. Whose it is
//! can be told from the bytes of what an address received.

use serde::Deserialize;

use crate::sources::Line;
use crate::sources::chain::raw_transaction::witness_hash;
use crate::terms::{Address, Family, Provenance, Txid};

/// Newest transactions of one address that are looked through: the first page of its history.
const NEWEST: usize = 25;

/// An element of `GET /address/:address/txs`, as far as it is used.
#[derive(Deserialize)]
struct Listed {
    txid: String,
}

/// The transaction of that witness hash among the newest of the receivers, by its own bytes. Nothing proves that there is
/// none, so whatever fails is no more than not found.
pub(super) async fn carrier(line: Line<'_>, hash: &Txid, receivers: &[Address]) -> Option<(Txid, Provenance)> {
    let question = format!("which transaction has the witness hash {hash}");
    for receiver in receivers {
        let Ok(reply) = line.get(&format!("/address/{receiver}/txs"), &question).await else { continue };
        let Ok(listed) = reply.json::<Vec<Listed>>() else { continue };
        let txids = listed.iter().filter_map(|listed| Txid::parse(Family::Bitcoin, &listed.txid)).take(NEWEST);
        let read = txids.map(|txid| {
            let question = &question;
            async move {
                let reply = line.get(&format!("/tx/{txid}/hex"), question).await.ok()?;
                (witness_hash(&reply.body, &txid)? == hash.as_str()).then(|| (txid, reply.provenance().proven()))
            }
        });
        let read = futures::future::join_all(read).await;
        if let Some(found) = read.into_iter().flatten().next() {
            return Some(found);
        }
    }
    None
}
