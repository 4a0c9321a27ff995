//! Witness hashes: BIP 141 gives a transaction a second hash, which wallets sometimes show and no index knows. Whose it is
//! can be told from the bytes of what an address received.

use super::history::{PAGE, page};
use crate::sources::Line;
use crate::sources::chain::raw_transaction::witness_hash;
use crate::terms::{Address, Family, Provenance, Txid};

/// The transaction of that witness hash among the newest of each receiver's, as many as one page holds, by its own bytes. Nothing proves that there is
/// none, so whatever fails is no more than not found.
pub(super) async fn carrier(line: Line<'_>, hash: &Txid, receivers: &[Address]) -> Option<(Txid, Provenance)> {
    let question = format!("which transaction has the witness hash {hash}");
    for receiver in receivers {
        let Ok((listed, _)) = page(line, &format!("/address/{receiver}/txs"), &question).await else { continue };
        let txids = listed.iter().filter_map(|listed| Txid::parse(Family::Bitcoin, &listed.txid)).take(PAGE);
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
