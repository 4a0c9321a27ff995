//! A Bitcoin transaction in its own serialisation: the identifier is recomputed, and what it pays and spends is
//! read from the same bytes.

use bitcoin::Script;
use bitcoin::consensus::encode::deserialize_hex;

use super::cash_token::Token;
use super::extension_block::read;
use crate::evidence::{OutPoint, Particulars, Spends, Transfer, TransferKind};
use crate::terms::{Address, Amount, BitcoinChain, Family, Txid};

/// Decimals of a fee rate in satoshi a virtual byte, as explorers print it.
pub(super) const RATE_PLACES: i64 = 2;

/// What the bytes of a transaction say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents {
    /// What it pays, in the order of its outputs.
    pub outputs: Vec<Transfer>,
    /// What it spends; nothing for a block's reward, which spends nothing.
    pub spends: Option<Spends>,
    /// Its size for the fee, in virtual bytes.
    pub virtual_size: u64,
    /// Peculiarities.
    pub particulars: Particulars,
}

/// Why raw bytes are not the transaction asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// Not a transaction at all.
    Unreadable(String),
    /// A transaction with another identifier.
    Other(String),
}

/// A transaction of this many bytes may be two hashes of a block's tree, taken for what they are not
/// (CVE-2017-12842). It could pay no address: there is no room for one.
const TWO_HASHES: usize = 64;

/// What the transaction that `hex` holds says, once its recomputed identifier is the one asked for.
pub(super) fn contents(hex: &str, asked: &Txid, chain: BitcoinChain, coin: &str) -> Result<Contents, Mismatch> {
    let transaction = read(hex, chain).map_err(Mismatch::Unreadable)?;
    let txid = transaction.compute_txid().to_string();
    if txid != asked.as_str() {
        return Err(Mismatch::Other(txid));
    }
    if transaction.base_size() == TWO_HASHES {
        return Err(Mismatch::Unreadable("64 bytes may be two hashes of a block's tree".into()));
    }
    let spent = |input: &bitcoin::TxIn| {
        let txid = Txid::parse(Family::Bitcoin, &input.previous_output.txid.to_string())?;
        Some(OutPoint { txid, index: input.previous_output.vout })
    };
    Ok(Contents {
        outputs: outputs(&transaction, chain, coin).chain(tokens(&transaction, chain)).collect(),
        spends: (!transaction.is_coinbase())
            .then(|| Spends::Outputs(transaction.input.iter().filter_map(spent).collect())),
        virtual_size: u64::try_from(transaction.vsize()).unwrap_or(u64::MAX),
        particulars: Particulars {
            recomputed: true,
            coinbase: transaction.is_coinbase(),
            signals_replacement: chain.replaces() && transaction.is_explicitly_rbf(),
            nft: chain.has_tokens() && carried(&transaction).any(|(_, token)| token.is_unique),
            ..Particulars::default()
        },
    })
}

/// The witness hash of a transaction, BIP 141; nothing where the bytes are another one's, or have no witness.
pub(super) fn witness_hash(hex: &str, asked: &Txid) -> Option<String> {
    let transaction: bitcoin::Transaction = deserialize_hex(hex.trim()).ok()?;
    let hash = transaction.compute_wtxid().to_string();
    (transaction.compute_txid().to_string() == asked.as_str() && hash != asked.as_str()).then_some(hash)
}

/// What a transaction pays, in the order of its outputs.
pub(super) fn outputs<'t>(
    transaction: &'t bitcoin::Transaction,
    chain: BitcoinChain,
    coin: &'t str,
) -> impl Iterator<Item = Transfer> + 't {
    let outputs = transaction.output.iter().enumerate();
    outputs.map(move |(index, output)| paid(chain, coin, index, output.value.to_sat(), &output.script_pubkey))
}

/// What one output pays.
pub(super) fn paid(chain: BitcoinChain, coin: &str, index: usize, satoshi: u64, script: &Script) -> Transfer {
    let units = satoshi.to_string();
    Transfer {
        kind: TransferKind::Native,
        asset: Some(coin.to_owned()),
        contract: None,
        from: None,
        to: Address::from_script(chain, locking(chain, script)),
        through: None,
        amount: Amount::from_units(&units, 8).ok(),
        units,
        output_index: u64::try_from(index).ok(),
        memo: None,
    }
}

/// The tokens that outputs carry beside their coin. Which ones they are, no list here tells.
fn tokens(transaction: &bitcoin::Transaction, chain: BitcoinChain) -> impl Iterator<Item = Transfer> + '_ {
    carried(transaction).filter(move |_| chain.has_tokens()).map(move |(index, token)| Transfer {
        kind: TransferKind::Token,
        asset: None,
        contract: None,
        from: None,
        to: Address::from_script(chain, token.locking),
        through: None,
        amount: None,
        units: token.units(),
        output_index: u64::try_from(index).ok(),
        memo: None,
    })
}

/// Outputs with a token, by their numbers.
fn carried(transaction: &bitcoin::Transaction) -> impl Iterator<Item = (usize, Token<'_>)> {
    let outputs = transaction.output.iter().enumerate();
    outputs.filter_map(|(index, output)| Some((index, Token::read(&output.script_pubkey)?)))
}

/// The part of an output that says who may spend it: behind the token, where there is one.
fn locking(chain: BitcoinChain, script: &Script) -> &Script {
    Token::read(script).filter(|_| chain.has_tokens()).map_or(script, |token| token.locking)
}

/// The block of this hash, once its header hashes to it and holds the transactions that came along.
pub(super) fn block(hex: &str, hash: &str) -> Option<bitcoin::Block> {
    let block: bitcoin::Block = deserialize_hex(hex.trim()).ok()?;
    (block.block_hash().to_string() == hash && block.check_merkle_root()).then_some(block)
}

/// Hex digits of a header.
const HEADER: usize = 160;

/// Whether `hex` is the header of the block of this hash.
pub(super) fn is_header_of(hex: &str, hash: &Txid) -> bool {
    // What was mined along with another chain is followed by that one's header.
    let header: Option<bitcoin::block::Header> = hex.trim().get(..HEADER).and_then(|hex| deserialize_hex(hex).ok());
    header.is_some_and(|header| header.block_hash().to_string() == hash.as_str())
}

/// Whether a header is that of the block of this hash: version, time, bits and nonce, and in hex the block before and the
/// root.
pub(super) fn is_header(hash: &Txid, [version, time, bits, nonce]: [u32; 4], [previous, root]: [&str; 2]) -> bool {
    let (Ok(previous), Ok(root)) = (previous.parse(), root.parse()) else { return false };
    let header = bitcoin::block::Header {
        version: bitcoin::block::Version::from_consensus(version.cast_signed()),
        prev_blockhash: previous,
        merkle_root: root,
        time,
        bits: bitcoin::CompactTarget::from_consensus(bits),
        nonce,
    };
    header.block_hash().to_string() == hash.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Family;

    /// The first transaction of Bitcoin, in the genesis block.
    const GENESIS: &str = "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";
    const GENESIS_TXID: &str = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";

    #[test]
    fn the_identifier_is_recomputed_and_amounts_are_exact() {
        let txid = Txid::parse(Family::Bitcoin, GENESIS_TXID).unwrap();
        let contents = contents(GENESIS, &txid, BitcoinChain::Mainnet, "BTC").unwrap();
        assert!(contents.particulars.coinbase && contents.particulars.recomputed);
        assert_eq!((contents.spends, contents.virtual_size), (None, 204));
        assert_eq!(contents.outputs[0].amount, Some("50".parse().unwrap()));
        assert_eq!(contents.outputs[0].to, None, "a bare public key has no address");
    }

    /// An output of 1000 of the smallest unit with a token before its script, and a bare one.
    #[test]
    fn coin_beside_a_token_is_read_with_its_address() {
        let lock = format!("76a914{}88ac", "11".repeat(20));
        let token = format!("ef{}1005{lock}", "bb".repeat(32));
        let output = |script: &str| format!("e803000000000000{:02x}{script}", script.len() / 2);
        let input = format!("{}00000000{:02x}{}ffffffff", "22".repeat(32), 0, "");
        let hex = format!("0100000001{input}02{}{}00000000", output(&token), output(&lock));
        let txid = read(&hex, BitcoinChain::BitcoinCash).unwrap().compute_txid().to_string();
        let txid = Txid::parse(Family::Bitcoin, &txid).unwrap();
        let read = |chain| contents(&hex, &txid, chain, "BCH").unwrap().outputs;
        let cash = read(BitcoinChain::BitcoinCash);
        assert_eq!(cash.iter().filter(|transfer| transfer.to == cash[1].to).count(), 3);
        assert_eq!(cash[2].kind, TransferKind::Token);
        assert_eq!((cash[2].units.as_str(), &cash[2].amount, &cash[2].asset), ("5", &None, &None));
        assert_eq!(cash[0].units, "1000");
        let bitcoin = read(BitcoinChain::Mainnet);
        assert_eq!((bitcoin.len(), &bitcoin[0].to), (2, &None), "elsewhere it is a script without an address");
    }

    #[test]
    fn a_header_is_told_whatever_follows_it() {
        let header = "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70";
        let hash = "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee";
        let hash = Txid::parse(Family::Bitcoin, hash).unwrap();
        assert!(is_header_of(header, &hash) && is_header_of(&format!("{header}0011"), &hash));
        assert!(!is_header_of(&header[..150], &hash) && !is_header_of("é", &hash));
    }

    #[test]
    fn another_transaction_is_not_taken_for_the_one_asked() {
        let txid = Txid::parse(Family::Bitcoin, &GENESIS_TXID.replace('4', "5")).unwrap();
        assert_eq!(
            contents(GENESIS, &txid, BitcoinChain::Mainnet, "BTC"),
            Err(Mismatch::Other(GENESIS_TXID.to_owned()))
        );
        assert!(matches!(contents("00ff", &txid, BitcoinChain::Mainnet, "BTC"), Err(Mismatch::Unreadable(_))));
    }
}
