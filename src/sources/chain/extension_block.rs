//! Transactions of Litecoin that reach into its extension block: a flag announces a part behind the witnesses, which the
//! identifier does not cover (<https://github.com/litecoin-project/lips/blob/master/lip-0003.mediawiki>).

use bitcoin::consensus::encode::{self, Decodable, deserialize_hex};
use bitcoin::transaction::Version;
use bitcoin::{Transaction, TxIn, TxOut, Witness, absolute};
use data_encoding::HEXLOWER_PERMISSIVE;

use crate::terms::BitcoinChain;

/// Flags behind the marker: BIP 144's, and the one of the extension block.
const WITNESSES: u8 = 1;
const EXTENSION: u8 = 8;
/// Bytes of the lock time, the last of every transaction.
const LOCK_TIME: usize = 4;

/// A transaction of a chain, without what only the extension block knows. What was left out does not count for the
/// identifier, so that whoever compares that knows what is left to be whole.
pub(super) fn read(hex: &str, chain: BitcoinChain) -> Result<Transaction, String> {
    let plain = deserialize_hex::<Transaction>(hex.trim());
    if !chain.has_extension_block() {
        return plain.map_err(|error| error.to_string());
    }
    plain.or_else(|error| {
        let bytes = HEXLOWER_PERMISSIVE.decode(hex.trim().as_bytes()).map_err(|_| error.to_string())?;
        let announced = matches!(bytes.get(4..6), Some([0, flags]) if flags & EXTENSION != 0);
        if !announced {
            return Err(error.to_string());
        }
        extended(&bytes).map_err(|error| error.to_string())
    })
}

fn extended(mut bytes: &[u8]) -> Result<Transaction, encode::Error> {
    let bytes = &mut bytes;
    let version = Version(i32::consensus_decode(bytes)?);
    let [_, flags] = <[u8; 2]>::consensus_decode(bytes)?;
    if flags & !(WITNESSES | EXTENSION) != 0 {
        return Err(encode::Error::UnsupportedSegwitFlag(flags));
    }
    let mut input = Vec::<TxIn>::consensus_decode(bytes)?;
    let output = Vec::<TxOut>::consensus_decode(bytes)?;
    if input.is_empty() || output.is_empty() {
        return Err(encode::Error::ParseFailed("it moves coin within the extension block alone"));
    }
    if flags & WITNESSES != 0 {
        for spent in &mut input {
            spent.witness = Witness::consensus_decode(bytes)?;
        }
    }
    let rest = bytes.len().checked_sub(LOCK_TIME).filter(|extension| *extension > 0);
    let rest = rest.ok_or(encode::Error::ParseFailed("the announced part is missing"))?;
    let lock_time = absolute::LockTime::consensus_decode(&mut &bytes[rest..])?;
    Ok(Transaction { version, lock_time, input, output })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A transaction of Bitcoin's first days, and the same with an empty part for the extension block: the flag of the
    /// block's own transaction, by which coin leaves it.
    const PLAIN: &str = "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000";

    fn with(flags: &str, part: &str) -> String {
        let (body, lock_time) = PLAIN[8..].split_at(PLAIN.len() - 16);
        format!("01000000{flags}{body}{part}{lock_time}")
    }

    #[test]
    fn the_part_for_the_extension_block_does_not_change_the_identifier() {
        let txid = read(PLAIN, BitcoinChain::Litecoin).unwrap().compute_txid();
        for (flags, part) in [("0008", "00"), ("0008", "01aabbcc"), ("0009", "0000")] {
            let found = read(&with(flags, part), BitcoinChain::Litecoin).unwrap();
            assert_eq!(found.compute_txid(), txid, "{flags} {part}");
            assert_eq!(found.output.len(), 2);
            assert!(read(&with(flags, part), BitcoinChain::Mainnet).is_err(), "Bitcoin knows no such flag");
        }
    }

    #[test]
    fn what_is_cut_or_flagged_otherwise_is_unreadable() {
        assert!(read(&with("0008", ""), BitcoinChain::Litecoin).is_err());
        assert!(read(&with("0010", "00"), BitcoinChain::Litecoin).is_err());
        assert!(read("020000000008000000aabb00000000", BitcoinChain::Litecoin).is_err());
        let whole = with("0008", "01aabbcc");
        for length in 0..300 {
            assert!(read(&whole[..length], BitcoinChain::Litecoin).is_err(), "{length}");
        }
    }
}
