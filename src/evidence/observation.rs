//! What one chain source said of one transaction, and whether it was fit to say it.

use std::sync::Arc;

use jiff::Timestamp;

use super::Crossing;
use crate::terms::{Address, Amount, Gap, GapWhy, Network, Provenance, Seen, Txid, older_than};

/// Which source an observation comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRef {
    /// Service name, such as `network.bitcoin.0`.
    pub service: Arc<str>,
    /// Who runs it; sources of one operator are not independent.
    pub operator: Arc<str>,
}

/// Senders of one transaction that are kept, and whose owners are asked: on Bitcoin whoever owns one of them has signed
/// for all.
pub const SENDERS: usize = 4;

/// One movement of value inside a transaction, read from its effects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Native coin or token.
    pub kind: TransferKind,
    /// Ticker; for a token only where its contract is listed.
    pub asset: Option<String>,
    /// The token's contract.
    pub contract: Option<Address>,
    /// The sender, where the chain names one.
    pub from: Option<Address>,
    /// The receiver; nothing where a script has no address.
    pub to: Option<Address>,
    /// The account of the receiver's at which it arrived, where the chain keeps tokens in accounts of their own.
    pub through: Option<Address>,
    /// In coin units; nothing where the token's decimals are not known.
    pub amount: Option<Amount>,
    /// The same in the smallest unit, as the chain carries it.
    pub units: String,
    /// Bitcoin's output number, or a token's log index.
    pub output_index: Option<u64>,
    /// What it tells the receiver beside the address, by which the customers of one address are told apart: a tag, a memo
    /// or a comment, as the chain carries it. Nothing where it carries none.
    pub memo: Option<String>,
}

impl Transfer {
    /// Native coin that the surface of a transaction moves, in its smallest unit.
    pub fn coin(network: &Network, from: Option<Address>, to: Option<Address>, units: String) -> Self {
        Self {
            kind: TransferKind::Native,
            asset: Some(network.native.clone()),
            contract: None,
            from,
            to,
            through: None,
            amount: Amount::from_units(&units, network.native_decimals()).ok(),
            units,
            output_index: None,
            memo: None,
        }
    }

    /// A token, in its smallest unit. Its name and decimals are the configuration's alone.
    pub fn token(
        network: &Network,
        contract: Address,
        from: Option<Address>,
        to: Option<Address>,
        units: String,
    ) -> Self {
        let listed = network.token(&contract).map(|asset| (asset.symbol.as_str(), Some(asset)));
        // A bridged form has the decimals of what it stands for; a token that moved on may have changed them.
        let variant = || network.variant(&contract);
        let known = listed
            .or_else(|| variant().map(|(form, asset)| (form.symbol.as_str(), Some(asset).filter(|_| !form.is_former))));
        Self {
            kind: TransferKind::Token,
            asset: known.map(|(symbol, _)| symbol.to_owned()),
            amount: known.and_then(|(_, asset)| Amount::from_units(&units, asset?.decimals).ok()),
            contract: Some(contract),
            from,
            to,
            through: None,
            units,
            output_index: None,
            memo: None,
        }
    }
}

/// How value moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferKind {
    /// The network's own coin.
    Native,
    /// A token, by a log of its contract.
    Token,
    /// The network's own coin, moved by a contract's call inside the transaction.
    Internal,
}

/// The block that a source names for a transaction, as far as its first answer tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockId {
    /// Hash as explorers print it.
    pub hash: String,
    /// Height; Bitcoin Core tells it only with the header.
    pub height: Option<u64>,
    /// The block's own time.
    pub time: Option<Timestamp>,
}

/// The block of the best chain that a transaction is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockRef {
    /// Height; the genesis block is 0.
    pub height: u64,
    /// Hash as explorers print it.
    pub hash: String,
    /// The block's own time, where it is known.
    pub time: Option<Timestamp>,
}

/// The newest block that a source knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Height.
    pub height: u64,
    /// The block's own time.
    pub time: Option<Timestamp>,
    /// True while the source says of itself that it is catching up.
    pub syncing: bool,
}

/// What a source said of a transaction that it knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The block it is in; no means known and unconfirmed.
    pub block: Seen<BlockId>,
    /// Whether it ran without failing; on Bitcoin every included transaction has.
    pub executed: Seen<()>,
    /// Why it failed, as far as the source tells.
    pub failure: Option<String>,
    /// The movements of value that took effect.
    pub transfers: Seen<Vec<Transfer>>,
    /// The fee paid, in native coin.
    pub fee: Option<Amount>,
    /// What it pays at most for its place in a block, where that is known: satoshi a virtual byte, or gwei a unit
    /// of gas.
    pub fee_rate: Option<Amount>,
    /// What it uses up, where the source shows it.
    pub spends: Option<Spends>,
    /// The first of the accounts whose coins it spends, where its transfers do not name them: the source's word.
    pub senders: Vec<Address>,
    /// What else the source shows of it.
    pub particulars: Particulars,
}

/// What a transaction uses up: of two that use up the same, only one can ever be in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spends {
    /// Outputs of earlier transactions.
    Outputs(Vec<OutPoint>),
    /// The place of a transaction in the order of its account's.
    Nonce {
        /// The account that signs.
        account: Address,
        /// The number of its transactions before this one.
        nonce: u64,
    },
}

impl Spends {
    /// Whether both cannot be in one chain.
    pub fn conflicts_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Outputs(mine), Self::Outputs(theirs)) => mine.iter().any(|output| theirs.contains(output)),
            (mine, theirs) => mine == theirs,
        }
    }
}

/// An output of an earlier transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutPoint {
    /// The transaction.
    pub txid: Txid,
    /// Its output's number.
    pub index: u32,
}

/// What one source says lies ahead of a transaction that is in no block.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// Yes when another transaction has taken its place: which one, where the source can name it. No when the source
    /// knows of none.
    pub successor: Seen<Option<Txid>>,
    /// Whether the source remembers it from a mempool, whatever became of it.
    pub known_before: Seen<()>,
    /// What transactions pay at present for a place in one of the next blocks, in the unit of
    /// [`Sighting::fee_rate`].
    pub going_rate: Seen<Amount>,
    /// What this one pays, with its unconfirmed relatives where the source reckons with them, where it tells that only
    /// here.
    pub fee_rate: Option<Amount>,
    /// When the source first saw it.
    pub first_seen: Option<Timestamp>,
    /// Yes when its own terms of validity have run out, by a block that is final: it can no longer arrive. No while they
    /// hold; nothing where the family knows no such terms.
    pub lapsed: Option<Seen<()>>,
    /// What has to come before it and has not: earlier nonces of its account that the source does not know, or
    /// transactions whose outputs it spends.
    pub before: Seen<Before>,
}

impl Outlook {
    /// Nothing is known of what lies ahead.
    pub fn unknown(gap: &Gap) -> Self {
        Self {
            successor: Seen::Unknown(gap.clone()),
            known_before: Seen::Unknown(gap.clone()),
            lapsed: None,
            going_rate: Seen::Unknown(gap.clone()),
            fee_rate: None,
            first_seen: None,
            before: Seen::Unknown(gap.clone()),
        }
    }
}

/// What an identifier is that is no transaction's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alias {
    /// The hash of the block of this height.
    Block(u64),
    /// The hash of an ERC-4337 user operation that this transaction carried out among others.
    UserOperation(Txid),
    /// The witness hash (BIP 141) of this transaction.
    Witness(Txid),
    /// The hash under which the owners of a Safe sign, of what this transaction carried out.
    SafeTransaction(Txid),
    /// The hash of a message that this transaction took in, or sent to nobody yet.
    Message(Txid),
}

/// What has to be in the chain before a transaction that is in no block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// An earlier nonce of its account is used by nothing that the source knows.
    MissingNonce {
        /// The nonce.
        missing: u64,
        /// The first that no block of the chain has used.
        next: u64,
    },
    /// So many transactions that it builds upon are in no block themselves.
    Ancestors(u64),
}

/// Peculiarities of a transaction that some findings hang on.
#[expect(clippy::struct_excessive_bools, reason = "each is seen or not, whatever the others are")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Its identifier was recomputed from its own bytes.
    pub recomputed: bool,
    /// It approves somebody to take tokens: EIP-20's `Approval`.
    pub approval: bool,
    /// It moves something that is not a coin: EIP-721 or EIP-1155.
    pub nft: bool,
    /// A contract that pays for others says that its payment inside failed.
    pub inner_failure: Option<InnerFailure>,
    /// It is a block's reward.
    pub coinbase: bool,
    /// It says of itself that it may be replaced: BIP 125.
    pub signals_replacement: bool,
    /// The account that it calls, on EVM; nothing where it creates a contract.
    pub called: Option<Address>,
    /// It shows all that it did: no contract moved coin inside it, and no payment failed there.
    pub all_on_surface: bool,
    /// It carries a comment that is no text, or that only its receiver can read.
    pub sealed_memo: bool,
    /// What its sender was ready to pay, in coin units, where it is a payment that may deliver less.
    pub promised: Option<Amount>,
    /// What it hands to the bridges of its network; nothing where the source does not show its events.
    pub crossings: Option<Vec<Crossing>>,
}

/// How a contract that pays for others tells that a payment failed while its own call did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InnerFailure {
    /// A Safe's `ExecutionFailure`.
    Safe,
    /// An ERC-4337 entry point's `UserOperationEvent` with `success` false.
    UserOperation,
}

/// What contract calls did inside a transaction that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// Native coin that they moved.
    pub moved: Seen<Vec<Transfer>>,
    /// Payments that failed and moved nothing.
    pub failed: Seen<Vec<Transfer>>,
}

impl Inside {
    /// There were no calls.
    pub fn nothing(said: &Provenance) -> Self {
        Self { moved: Seen::Yes(Vec::new(), said.clone()), failed: Seen::Yes(Vec::new(), said.clone()) }
    }

    /// Nobody told.
    pub fn unknown(gap: &Gap) -> Self {
        Self { moved: Seen::Unknown(gap.clone()), failed: Seen::Unknown(gap.clone()) }
    }
}

/// The second look at a block: whether it is in the source's best chain, and the network's finality marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Yes when the source's best chain has the block; no when another block took its place.
    pub canonical: Seen<BlockRef>,
    /// Yes when the block's hash was recomputed from the header in the same answer.
    pub header: Seen<()>,
    /// Height of the network's safe or finalized block, where finality goes by it.
    pub finality_mark: Option<Seen<u64>>,
}

/// What is to be proven of a transaction's place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proving {
    /// The block that the source names for it.
    pub block: BlockId,
    /// How many headers are to be shown, that block's own being the first.
    pub headers: u64,
    /// Whether it may cost requests or a round trip of its own.
    pub thorough: bool,
}

impl Proving {
    /// The heights of the headers above the block, as far as its own height is known.
    pub fn above(&self) -> std::ops::Range<u64> {
        let first = self.block.height.and_then(|height| height.checked_add(1)).unwrap_or(u64::MAX);
        let end = first.saturating_add(self.headers.saturating_sub(1));
        first..end
    }
}

/// What the answers of one source prove of a transaction by themselves, whoever gives them. What does not hold although
/// it should is a gap of the kind [`GapWhy::Mismatch`]; it is never a no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Hashes lead from the transaction to the header of the block that the source names for it.
    pub in_block: Seen<()>,
    /// How many headers, from that one on, are each built upon the one before and hold the work that the network
    /// demands. A proof of stake has no such work.
    pub headers: Seen<u64>,
    /// The receipt from which its effects were read is one of those to which that header commits.
    pub receipt: Seen<()>,
}

impl Proof {
    /// Nothing is proven.
    pub fn unknown(gap: &Gap) -> Self {
        Self {
            in_block: Seen::Unknown(gap.clone()),
            headers: Seen::Unknown(gap.clone()),
            receipt: Seen::Unknown(gap.clone()),
        }
    }

    /// What should hold and does not: whatever else the source says of the transaction is then worth nothing.
    pub fn flaw(&self) -> Option<&Gap> {
        let gaps = [self.in_block.gap(), self.headers.gap(), self.receipt.gap()];
        gaps.into_iter().flatten().find(|gap| gap.why == GapWhy::Mismatch)
    }
}

/// What one source said of one transaction.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Name of the network.
    pub network: Arc<str>,
    /// The transaction asked for.
    pub txid: Txid,
    /// Who was asked.
    pub source: SourceRef,
    /// Whether the source follows the configured chain; no when it proved another one.
    pub right_chain: Seen<()>,
    /// The source's newest block.
    pub head: Seen<Head>,
    /// Whether the source would still hold an old transaction: indexing, not pruned.
    pub keeps_history: Seen<()>,
    /// The transaction as the source knows it; no when it says that there is none.
    pub sighting: Seen<Sighting>,
    /// The second look, once it was asked.
    pub placement: Option<Placement>,
    /// What its answers prove of the transaction's place in the chain, once they were asked for.
    pub proof: Option<Proof>,
    /// Native coin moved by contract calls, once it was asked.
    pub internals: Option<Seen<Vec<Transfer>>>,
    /// Payments that failed inside while the transaction did not, once it was asked.
    pub failed: Option<Seen<Vec<Transfer>>>,
    /// What lies ahead of it, once it was asked.
    pub outlook: Option<Outlook>,
    /// What else the identifier is, once it was asked.
    pub alias: Option<Seen<Alias>>,
    /// The transactions whose place it took, or the others of the same payment, once it was asked.
    pub forerunners: Option<Seen<Vec<Txid>>>,
}

impl Observation {
    /// The head of a source that is fit to answer: right chain, in step with it.
    pub fn fit_head(&self, network: &Network, now: Timestamp) -> Seen<&Head> {
        fit_head(&self.source.service, &self.right_chain, &self.head, network, now)
    }

    /// What of its answers contradicts itself: a proof that does not hold, or a block that is not the one it names. A
    /// block that the source says itself has left the chain needs no proof.
    pub fn flaw(&self) -> Option<&Gap> {
        let placed = self.placement.as_ref().map(|placement| &placement.canonical);
        let wrong = placed.and_then(Seen::gap).filter(|gap| gap.why == GapWhy::Mismatch);
        let gone = placed.is_some_and(Seen::is_no);
        wrong.or_else(|| self.proof.as_ref().filter(|_| !gone).and_then(Proof::flaw))
    }

    /// The source's word that it does not know the transaction, where that word counts.
    /// `claimed` is when it is said to have been sent: a source whose window does not reach back so far knows nothing.
    pub fn absence(&self, network: &Network, now: Timestamp, claimed: Option<Timestamp>) -> Seen<()> {
        if let Seen::No(said) = &self.sighting {
            let fit = self.fit_head(network, now).then(|_| match &self.keeps_history {
                Seen::No(_) => Seen::Unknown(Gap::new(
                    self.source.service.clone(),
                    "whether the source keeps old transactions",
                    GapWhy::LacksHistory,
                )),
                history => history.as_ref(),
            });
            let lacking = |what: &str| Seen::Unknown(Gap::new(self.source.service.clone(), what, GapWhy::LacksHistory));
            let fit = match claimed {
                Some(time) if network.traits().window.is_some_and(|window| older_than(time, now, window)) => {
                    lacking("transactions of the claimed time")
                }
                _ => fit,
            };
            return fit.and_then(|(), provenance| Seen::Yes((), provenance.and(said)));
        }
        let conflicting =
            || Gap::new(self.source.service.clone(), format!("transaction {}", self.txid), GapWhy::Conflicting);
        Seen::Unknown(self.sighting.gap().cloned().unwrap_or_else(conflicting))
    }
}

/// The head of a source that follows the right chain and is in step with it.
pub(super) fn fit_head<'h>(
    service: &str,
    right_chain: &Seen<()>,
    head: &'h Seen<Head>,
    network: &Network,
    now: Timestamp,
) -> Seen<&'h Head> {
    let chain = match right_chain {
        Seen::No(_) => return Seen::Unknown(Gap::new(service, "which chain the source follows", GapWhy::WrongChain)),
        chain => chain.as_ref(),
    };
    let behind = |detail: String| {
        Seen::Unknown(Gap::new(service, "the newest block of the network", GapWhy::Behind).with(detail))
    };
    chain.then(|()| head.as_ref()).and_then(|head, provenance| {
        if head.syncing {
            return behind(format!("the source is still catching up, at height {}", head.height));
        }
        match (network.stale_after(), head.time) {
            (Some(_), None) => behind("its newest block has no time".to_owned()),
            (Some(limit), Some(time)) if older_than(time, now, limit) => {
                behind(format!("its newest block is of {time}"))
            }
            _ => Seen::Yes(head, provenance),
        }
    })
}
