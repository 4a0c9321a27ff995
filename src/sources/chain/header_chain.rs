//! Bitcoin's own proof that a block holds a transaction and that others are built upon that block, checked here,
//! whoever tells it: <https://bitcoin.org/bitcoin.pdf>, section 8.
//!
//! Covered: a path to another root or another block, a header without the work that it claims, work that is too easy for
//! its network or its time, a header that is not built upon the one before, and a tree with repeated branches
//! (CVE-2012-2459: the `bitcoin` crate refuses it). Two hashes of the tree taken for a transaction of 64 bytes
//! (CVE-2017-12842) are refused where the transaction is read. The other way round, a real transaction of 64 bytes whose
//! half is the identifier of one that was never sent, is not told apart: it takes some 2^70 tries and a miner, for no
//! node passes such a transaction on.

use bitcoin::block::Header;
use bitcoin::consensus::encode::deserialize_hex;
use bitcoin::{BlockHash, MerkleBlock};

use crate::evidence::Proof;
use crate::sources::Line;
use crate::terms::{BitcoinChain, Gap, GapWhy, Provenance, Seen, Txid};

/// Where work on the main network began to be beyond what one could do in secret: no block from these heights on has
/// less than this difficulty. Blocks 500,000, 600,000 and 800,000 had 1.87, 13.0 and 53.9 million million (bits
/// 0x18009645, 0x1715a35c and 0x17053894 of their headers), and the margin is wider than any fall since.
const LEAST_DIFFICULTY: [(u64, u128); 3] =
    [(500_000, 1_000_000_000_000), (600_000, 10_000_000_000_000), (800_000, 30_000_000_000_000)];

/// The question after the path.
pub(super) const PATH: &str = "whether its block holds it";
/// The question after the headers above.
pub(super) const ABOVE: &str = "what was built upon its block";

/// A header, and who says so.
pub(super) type Shown = (Header, Provenance);

/// Why something is no proof.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Not in the form of one.
    Unreadable(String),
    /// It should hold, and does not.
    Broken(String),
}

impl Flaw {
    /// The gap that it leaves.
    pub(super) fn gap(self, line: Line<'_>, question: &str) -> Gap {
        match self {
            Self::Unreadable(why) => line.malformed(question, why),
            Self::Broken(why) => line.gap(question, GapWhy::Mismatch, why),
        }
    }
}

/// The header of the block of this hash to which a `merkleblock` in hex (BIP 37) leads from the transaction.
pub(super) fn holding(hex: &str, txid: &Txid, hash: &str, chain: BitcoinChain) -> Result<Header, Flaw> {
    let block: MerkleBlock = deserialize_hex(hex.trim()).map_err(|error| Flaw::Unreadable(error.to_string()))?;
    let (mut found, mut places) = (Vec::new(), Vec::new());
    let followed = block.extract_matches(&mut found, &mut places);
    followed.map_err(|error| Flaw::Broken(format!("the path leads nowhere: {error}")))?;
    if !found.iter().any(|found| found.to_string() == txid.as_str()) {
        return Err(Flaw::Broken("the path is that of another transaction".into()));
    }
    worked(&block.header, hash, chain)?;
    Ok(block.header)
}

/// A header in hex, of the block of this hash.
pub(super) fn header(hex: &str, hash: &str, chain: BitcoinChain) -> Result<Header, Flaw> {
    let header: Header = deserialize_hex(hex.trim()).map_err(|error| Flaw::Unreadable(error.to_string()))?;
    worked(&header, hash, chain)?;
    Ok(header)
}

/// That a header is of this hash and, where that hash is its work, holds the work that it claims, by a claim that its
/// network may make at all. Scrypt's work is not checked here, and nothing is said of it.
pub(super) fn worked(header: &Header, hash: &str, chain: BitcoinChain) -> Result<(), Flaw> {
    let found = header.block_hash();
    if found.to_string() != hash {
        return Err(Flaw::Broken(format!("the header hashes to {found}")));
    }
    if !chain.hash_is_work() {
        return Ok(());
    }
    let target = header.target();
    // Bitcoin Cash kept the limit of the chain that it left.
    let rules = chain.params().unwrap_or(bitcoin::Network::Bitcoin);
    if target > rules.params().max_attainable_target || header.validate_pow(target).is_err() {
        return Err(Flaw::Broken(format!(
            "the header of block {hash} does not hold the work that the network demands"
        )));
    }
    Ok(())
}

/// How many headers stand one upon the other, the lowest first, at these heights. Work on the main network is a proof
/// where nobody could have done it in secret. On test networks it never is one, nor are their coins money: what their
/// rules demand is checked all the same, and counts as what it is for them.
pub(super) fn linked(headers: &[Header], lowest: u64, chain: BitcoinChain) -> Result<u64, Flaw> {
    let mut below: Option<BlockHash> = None;
    for (height, header) in (lowest..).zip(headers) {
        if below.is_some_and(|below| header.prev_blockhash != below) {
            return Err(Flaw::Broken(format!("block {height} is not built upon the one below it")));
        }
        if chain.params().is_some_and(|rules| header.difficulty(rules) < least_difficulty(chain, height)) {
            return Err(Flaw::Broken(format!("block {height} holds less work than the network demanded")));
        }
        below = Some(header.block_hash());
    }
    Ok(headers.len().try_into().unwrap_or(u64::MAX))
}

/// What a path and the headers above its block prove together.
pub(super) fn proof(
    line: Line<'_>,
    block: (BitcoinChain, Option<u64>),
    path: Result<Shown, Gap>,
    above: Result<Vec<Shown>, Gap>,
) -> Proof {
    let headers = depth(line, block, path.as_ref().ok(), above);
    let in_block = path.map_or_else(Seen::Unknown, |(_, said)| Seen::Yes((), said.proven()));
    let receipt = Seen::Unknown(line.gap("its receipt", GapWhy::NotOffered, "this family has no receipts"));
    Proof { in_block, headers, receipt }
}

/// Why headers of a chain prove no depth: their work is not of the kind that is checked here, or is too little to be
/// beyond what one could do in secret, as on Bitcoin Cash, which has a small share of all that can work for it.
pub(super) fn unweighed(line: Line<'_>, chain: BitcoinChain) -> Option<Gap> {
    let why = "the work of this network's headers proves nothing that could be checked";
    chain.params().is_none().then(|| line.gap(ABOVE, GapWhy::NotOffered, why))
}

/// Why nothing is read of a chain's proofs: its headers are followed by those of another chain.
pub(super) fn unread(line: Line<'_>, chain: BitcoinChain) -> Option<Gap> {
    let why = "its blocks are mined along with another chain's, and their headers are not read";
    chain.is_merge_mined().then(|| line.gap(PATH, GapWhy::NotOffered, why))
}

/// What the headers above a block prove, given the one that a path leads to and those that were shown above it.
fn depth(
    line: Line<'_>,
    (chain, lowest): (BitcoinChain, Option<u64>),
    held: Option<&Shown>,
    above: Result<Vec<Shown>, Gap>,
) -> Seen<u64> {
    let unknown = |why: &str| Seen::Unknown(line.gap(ABOVE, GapWhy::NotAsked, why));
    if let Some(gap) = unweighed(line, chain) {
        return Seen::Unknown(gap);
    }
    let (above, lowest) = match (above, lowest) {
        (Err(gap), _) => return Seen::Unknown(gap),
        (Ok(_), None) => return unknown("the height of its block is not known"),
        (Ok(above), Some(lowest)) => (above, lowest),
    };
    let Some((first, said)) = held else { return unknown("nothing leads from it to its block") };
    if chain == BitcoinChain::Mainnet && lowest < LEAST_DIFFICULTY[0].0 {
        return unknown("the work of that time is soon done again");
    }
    let headers: Vec<Header> = std::iter::once(*first).chain(above.iter().map(|(header, _)| *header)).collect();
    match linked(&headers, lowest, chain) {
        Ok(count) => Seen::Yes(count, above.iter().fold(said.clone(), |all, (_, said)| all.and(said)).proven()),
        Err(flaw) => Seen::Unknown(flaw.gap(line, ABOVE)),
    }
}

fn least_difficulty(chain: BitcoinChain, height: u64) -> u128 {
    let reached = LEAST_DIFFICULTY.iter().rev().find(|(from, _)| chain == BitcoinChain::Mainnet && height >= *from);
    reached.map_or(0, |(_, least)| *least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Family;

    /// The first payment of Bitcoin and the block that holds it, behind that block's reward.
    const TXID: &str = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16";
    const HASH: &str = "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee";
    const HEADER: &str = "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70";
    const REWARD: &str = "82501c1178fa0b222c1f3d474ec726b832013f0a532b44bb620cce8624a5feb1";
    const PAYMENT: &str = "169e1e83e930853391bc6f35f605c6754cfead57cf8387639d3b4096c54f18f4";

    /// Two transactions; of root, left and right, root and right lead to what is asked for.
    fn path() -> String {
        format!("{HEADER}0200000002{REWARD}{PAYMENT}0105")
    }

    fn follow(path: &str, txid: &str, chain: BitcoinChain) -> Result<Header, Flaw> {
        holding(path, &Txid::parse(Family::Bitcoin, txid).unwrap(), HASH, chain)
    }

    #[test]
    fn a_path_leads_to_the_block_of_its_own_transaction() {
        assert_eq!(follow(&path(), TXID, BitcoinChain::Mainnet).unwrap().block_hash().to_string(), HASH);
        let other = "b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa78111c5082";
        assert!(
            matches!(follow(&path(), other, BitcoinChain::Mainnet), Err(Flaw::Broken(_))),
            "it is a hash on the way"
        );
    }

    #[test]
    fn every_changed_bit_of_a_path_breaks_it() {
        let whole = path();
        for at in 0..whole.len() {
            let digit = u8::from_str_radix(&whole[at..=at], 16).unwrap();
            for bit in 0..4 {
                let changed = format!("{}{:x}{}", &whole[..at], digit ^ (1 << bit), &whole[at + 1..]);
                let found = follow(&changed, TXID, BitcoinChain::Mainnet);
                // Of the flags, five bits mean nothing, and one that the block's reward is asked for as well.
                let spare = at == whole.len() - 2 || (at == whole.len() - 1 && [1, 3].contains(&bit));
                assert_eq!(found.is_ok(), spare, "digit {at}, bit {bit}: {found:?}");
            }
        }
    }

    #[test]
    fn work_that_is_too_easy_for_its_time_is_no_work() {
        let header = header(HEADER, HASH, BitcoinChain::Mainnet).unwrap();
        assert_eq!(linked(&[header], 170, BitcoinChain::Mainnet), Ok(1));
        assert!(matches!(linked(&[header], 500_000, BitcoinChain::Mainnet), Err(Flaw::Broken(_))));
        assert_eq!(linked(&[header], 500_000, BitcoinChain::Testnet4), Ok(1));
    }

    #[test]
    fn work_that_the_network_does_not_allow_is_no_work() {
        let mut easy = header(HEADER, HASH, BitcoinChain::Mainnet).unwrap();
        easy.bits = bitcoin::CompactTarget::from_consensus(0x207f_ffff);
        while !easy.target().is_met_by(easy.block_hash()) {
            easy.nonce += 1;
        }
        let hash = easy.block_hash().to_string();
        assert_eq!(worked(&easy, &hash, BitcoinChain::Regtest), Ok(()));
        assert!(matches!(worked(&easy, &hash, BitcoinChain::Mainnet), Err(Flaw::Broken(_))));
        easy.bits = bitcoin::CompactTarget::from_consensus(0x1d00_ffff);
        let hash = easy.block_hash().to_string();
        assert!(matches!(worked(&easy, &hash, BitcoinChain::Mainnet), Err(Flaw::Broken(_))), "claimed, and not done");
    }

    #[test]
    fn of_work_that_is_not_a_hash_nothing_is_said() {
        let mut idle = header(HEADER, HASH, BitcoinChain::Mainnet).unwrap();
        idle.nonce += 1;
        let hash = idle.block_hash().to_string();
        assert!(matches!(worked(&idle, &hash, BitcoinChain::Mainnet), Err(Flaw::Broken(_))));
        assert!(matches!(worked(&idle, &hash, BitcoinChain::BitcoinCash), Err(Flaw::Broken(_))));
        assert_eq!(worked(&idle, &hash, BitcoinChain::Litecoin), Ok(()), "scrypt is not checked");
        assert!(matches!(worked(&idle, HASH, BitcoinChain::Litecoin), Err(Flaw::Broken(_))), "its hash is");
    }

    #[test]
    fn a_header_that_is_not_built_upon_the_one_below_is_no_depth() {
        let header = header(HEADER, HASH, BitcoinChain::Mainnet).unwrap();
        let genesis = bitcoin::constants::genesis_block(bitcoin::Network::Bitcoin).header;
        assert!(matches!(linked(&[genesis, header], 0, BitcoinChain::Mainnet), Err(Flaw::Broken(_))));
    }
}
