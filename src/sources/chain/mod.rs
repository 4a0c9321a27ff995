//! Chain sources: one file per protocol behind one trait, and one line each in the list of kinds.

mod bitcoin_rpc;
mod blockbook;
mod cash_token;
mod esplora;
mod evm;
mod extension_block;
mod frozen;
mod header_chain;
mod raw_transaction;
mod solana;
mod ton;
mod tron;
mod xrpl;

use crate::evidence::{
    Alias, BlockId, Delivery, Head, Inside, Message, Observation, Outlook, Payments, Placement, Proof, Proving, Search,
    Searched, Sighting, SourceRef, Spends,
};
use crate::net::Net;
use crate::sources::{Asked, Line};
use crate::terms::{Address, Family, Finality, GapWhy, Network, Seen, Txid};

/// Whether a source is fit to answer.
#[derive(Clone, Debug)]
pub struct Health {
    /// Yes when it follows the configured chain; no when it proved another one.
    pub right_chain: Seen<()>,
    /// Its newest block.
    pub head: Seen<Head>,
    /// Whether it would still hold an old transaction.
    pub keeps_history: Seen<()>,
}

/// A protocol by which a chain source is asked. No method waits for the answer of another one.
pub trait Protocol: Send + Sync {
    /// Whether the source is fit to answer.
    fn health<'a>(&'a self, line: Line<'a>, network: &'a Network) -> Asked<'a, Health>;

    /// What the source knows of a transaction. The identifier in the answer is compared with the one asked.
    fn sight<'a>(&'a self, line: Line<'a>, network: &'a Network, txid: &'a Txid) -> Asked<'a, Seen<Sighting>>;

    /// What a token's contract calls itself; no when it has no name. Most families have no such contracts.
    fn symbol<'a>(&'a self, line: Line<'a>, contract: &'a Address) -> Asked<'a, Seen<String>> {
        let question = format!("what the token {contract} calls itself");
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "this family has no contracts")) })
    }

    /// What a token's issuer has stopped: the token itself, or these accounts; no when nothing. Most families have no
    /// issuers.
    fn frozen<'a>(
        &'a self,
        line: Line<'a>,
        contract: &'a Address,
        accounts: &'a [Address],
    ) -> Asked<'a, Seen<Vec<Address>>> {
        let question = format!("whether {contract} has frozen any of {} accounts", accounts.len());
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "this family has no contracts")) })
    }

    /// What contract calls did inside a transaction that ran. Most families have no such calls.
    fn internals<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        called: Option<&'a Address>,
    ) -> Asked<'a, Inside> {
        let (_, _) = (network, called);
        let question = format!("whether contract calls inside {txid} moved coin");
        let gap = line.gap(&question, GapWhy::NotOffered, "this family has no contracts");
        Box::pin(async move { Inside::unknown(&gap) })
    }

    /// Whether a block is in the source's best chain, and how far finality goes, where it goes by marks.
    fn place<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        block: &'a BlockId,
        finality: Finality,
    ) -> Asked<'a, Placement>;

    /// What the source's answers prove of a transaction's place in the chain. Asked only where the family's networks
    /// know of proofs.
    fn prove<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        proving: &'a Proving,
    ) -> Asked<'a, Proof> {
        let _ = (network, proving);
        let question = format!("what proves the place of {txid} in the chain");
        Box::pin(async move { Proof::unknown(&line.gap(&question, GapWhy::NotOffered, "this source shows no proofs")) })
    }

    /// What an identifier is that the source does not know as a transaction; no when it is nothing else either.
    /// It may be the other hash of a transaction that pays one of the receivers.
    fn alias<'a>(&'a self, line: Line<'a>, hash: &'a Txid, receivers: &'a [Address]) -> Asked<'a, Seen<Alias>> {
        let _ = receivers;
        let question = ["what else ", hash.as_str(), " is"].concat();
        Box::pin(
            async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "this source knows no other hashes")) },
        )
    }

    /// The transactions whose place this one took, which nodes forget and few indexes remember; where a payment is several
    /// transactions, the others. A ledger may have filed it under any of them.
    fn forerunners<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Txid>>> {
        let question = ["whose place ", txid.as_str(), " took"].concat();
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "nodes forget")) })
    }

    /// Whether a message of a bridge was carried out. Most families have no contracts to ask.
    fn delivered<'a>(&'a self, line: Line<'a>, message: &'a Message) -> Asked<'a, Seen<()>> {
        let question = format!("whether message {} was carried out", message.id);
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "this family has no contracts")) })
    }

    /// What lies ahead of a transaction that is in no block; `spends` is what it would use up, where somebody knows.
    fn outlook<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a Network,
        txid: &'a Txid,
        spends: Option<&'a Spends>,
    ) -> Asked<'a, Outlook>;

    /// Payments to an address within a stretch of time, the newest first where not all can be had, and what of the
    /// search was not made. Asked in as many requests as it takes, within bounds.
    fn payments<'a>(&'a self, line: Line<'a>, network: &'a Network, search: &'a Search) -> Asked<'a, Seen<Payments>> {
        let (question, network) = (payments_to(search), &network.name);
        Box::pin(async move {
            let detail = format!("this kind of source has no index of the payments to an address of {network}");
            Seen::Unknown(line.gap(&question, GapWhy::NotOffered, detail))
        })
    }

    /// The transaction of an account and a nonce; no where the account has not got so far. Most families number
    /// nobody's transactions.
    fn sent<'a>(&'a self, line: Line<'a>, account: &'a Address, nonce: u64) -> Asked<'a, Seen<Txid>> {
        let question = format!("transaction {nonce} of {account}");
        Box::pin(async move { Seen::Unknown(line.gap(&question, GapWhy::NotOffered, "this source has no such index")) })
    }
}

/// The question that a search puts.
fn payments_to(search: &Search) -> String {
    let asset = search.asset.as_deref().unwrap_or("any asset");
    format!("payments of {asset} to {} since {}", search.address, search.since)
}

/// A kind of chain source as the configuration names it.
pub struct Kind {
    /// The word in `kind = "…"`.
    pub name: &'static str,
    /// The family of networks that it serves.
    pub family: Family,
    /// The protocol.
    pub protocol: &'static dyn Protocol,
    /// Requests a second that it takes without a plan, where its terms say so.
    pub requests_per_second: Option<u32>,
    /// The header in which it is shown a key, where the address has no place for it.
    pub key_header: Option<&'static str>,
}

impl Kind {
    const fn new(name: &'static str, family: Family, protocol: &'static dyn Protocol) -> Self {
        Self { name, family, protocol, requests_per_second: None, key_header: None }
    }

    const fn keyed(self, header: &'static str) -> Self {
        Self { key_header: Some(header), ..self }
    }

    const fn paced(self, requests_per_second: u32) -> Self {
        Self { requests_per_second: Some(requests_per_second), ..self }
    }
}

/// Every kind of chain source. Three requests a second: <https://docs.etherscan.io/resources/rate-limits>, free plan, and
/// <https://docs.blockscout.com/devs/apis/requests-and-limits>, without a key. One: <https://toncenter.com>, without a key.
pub const KINDS: &[Kind] = &[
    Kind::new("esplora", Family::Bitcoin, &esplora::Esplora),
    Kind::new("bitcoin-rpc", Family::Bitcoin, &bitcoin_rpc::BitcoinRpc),
    Kind::new("blockbook", Family::Bitcoin, &blockbook::Blockbook),
    Kind::new("json-rpc", Family::Evm, &evm::Evm(evm::Node)),
    Kind::new("blockscout", Family::Evm, &evm::Evm(evm::Blockscout)).paced(3),
    Kind::new("etherscan", Family::Evm, &evm::Evm(evm::Etherscan)).paced(3),
    Kind::new("xrpl", Family::Xrpl, &xrpl::Xrpl),
    Kind::new("toncenter", Family::Ton, &ton::Toncenter).paced(1),
    Kind::new("tron", Family::Tron, &tron::Tron).keyed(tron::KEY_HEADER),
    Kind::new("solana-rpc", Family::Solana, &solana::SolanaRpc),
];

/// The kind of a name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The first look at a transaction through one source: its fitness and what it knows, in one wave.
pub async fn observe(kind: &Kind, line: Line<'_>, source: SourceRef, network: &Network, txid: &Txid) -> Observation {
    let health = health(kind, line, network);
    let sight = kind.protocol.sight(line, network, txid);
    let (health, sighting) = futures::future::join(health, sight).await;
    Observation {
        network: network.name.clone(),
        txid: txid.clone(),
        source,
        right_chain: health.right_chain,
        head: health.head,
        keeps_history: health.keeps_history,
        sighting,
        placement: None,
        proof: None,
        internals: None,
        failed: None,
        outlook: None,
        alias: None,
        forerunners: None,
    }
}

/// Whether a source is fit to answer: the same for every case of a moment.
async fn health(kind: &Kind, line: Line<'_>, network: &Network) -> Health {
    let what = ["health of ", line.service].concat();
    let work = async |net: &Net| kind.protocol.health(Line { net, ..line }, network).await;
    line.net.alike(what, work).await
}

/// Whether a block is in a source's best chain, and how far finality goes: the same for every case of that block.
pub async fn place(kind: &Kind, line: Line<'_>, network: &Network, block: &BlockId, finality: Finality) -> Placement {
    let height = block.height.map(|height| height.to_string()).unwrap_or_default();
    let what = ["block ", &block.hash, " ", &height, " on ", line.service, " by ", &finality.to_string()].concat();
    let work = async |net: &Net| kind.protocol.place(Line { net, ..line }, network, block, finality).await;
    line.net.alike(what, work).await
}

/// A search through one source: its fitness and what it finds, in one wave.
pub async fn search(kind: &Kind, line: Line<'_>, source: SourceRef, network: &Network, search: Search) -> Searched {
    let health = health(kind, line, network);
    let payments = kind.protocol.payments(line, network, &search);
    let (health, payments) = futures::future::join(health, payments).await;
    let (right_chain, head) = (health.right_chain, health.head);
    Searched { network: network.name.clone(), source, search, right_chain, head, payments }
}

/// The fate of a message through one source: its fitness and what its contract says, in one wave.
pub async fn deliver(kind: &Kind, line: Line<'_>, source: SourceRef, network: &Network, message: &Message) -> Delivery {
    let health = health(kind, line, network);
    let delivered = kind.protocol.delivered(line, message);
    let (health, delivered) = futures::future::join(health, delivered).await;
    Delivery { source, right_chain: health.right_chain, head: health.head, delivered }
}
