//! A Bitcoin transaction in its own serialisation: the identifier is recomputed, the outputs are read from it.

use bitcoin::consensus::encode::deserialize_hex;

use crate::evidence::{Particulars, Transfer, TransferKind};
use crate::terms::{Address, Amount, BitcoinChain, Txid};

/// Why raw bytes are not the transaction asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// Not a transaction at all.
    Unreadable(String),
    /// A transaction with another identifier.
    Other(String),
}

/// The outputs of the transaction that `hex` holds, once its recomputed identifier is the one asked for.
pub(super) fn outputs(
    hex: &str,
    asked: &Txid,
    chain: BitcoinChain,
    coin: &str,
) -> Result<(Vec<Transfer>, Particulars), Mismatch> {
    let transaction: bitcoin::Transaction =
        deserialize_hex(hex.trim()).map_err(|error| Mismatch::Unreadable(error.to_string()))?;
    let txid = transaction.compute_txid().to_string();
    if txid != asked.as_str() {
        return Err(Mismatch::Other(txid));
    }
    let transfer = |(index, output): (usize, &bitcoin::TxOut)| {
        let units = output.value.to_sat().to_string();
        Transfer {
            kind: TransferKind::Native,
            asset: Some(coin.to_owned()),
            contract: None,
            from: None,
            to: Address::from_script(chain, &output.script_pubkey),
            amount: Amount::from_units(&units, 8).ok(),
            units,
            output_index: u64::try_from(index).ok(),
        }
    };
    let particulars = Particulars { recomputed: true, coinbase: transaction.is_coinbase(), ..Particulars::default() };
    Ok((transaction.output.iter().enumerate().map(transfer).collect(), particulars))
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
        let (outputs, particulars) = outputs(GENESIS, &txid, BitcoinChain::Mainnet, "BTC").unwrap();
        assert!(particulars.coinbase && particulars.recomputed);
        assert_eq!(outputs[0].amount, Some("50".parse().unwrap()));
        assert_eq!(outputs[0].to, None, "a bare public key has no address");
    }

    #[test]
    fn another_transaction_is_not_taken_for_the_one_asked() {
        let txid = Txid::parse(Family::Bitcoin, &GENESIS_TXID.replace('4', "5")).unwrap();
        assert_eq!(
            outputs(GENESIS, &txid, BitcoinChain::Mainnet, "BTC"),
            Err(Mismatch::Other(GENESIS_TXID.to_owned()))
        );
        assert!(matches!(outputs("00ff", &txid, BitcoinChain::Mainnet, "BTC"), Err(Mismatch::Unreadable(_))));
    }
}
