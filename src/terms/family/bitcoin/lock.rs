//! What an output is locked to, whatever its chain writes for it.

use bech32::Hrp;
use bitcoin::Script;
use bitcoin::base58::encode_check;

use super::cash_address::{self, Kind};
use super::chains::BitcoinChain;
use crate::terms::family::base58::{self, Flaw};

/// Longest text that is an address: BIP 173.
const LONGEST: usize = 90;
/// Longest address in base58; longer texts with a checksum are keys.
const LONGEST_BASE58: usize = 50;

/// Litecoin's witness programs of the extension block: a peg-in, and the block's own balance (LIP-0003).
const EXTENSION: [u8; 2] = [8, 9];

/// The key or script that opens an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    /// The hash of a key.
    Key([u8; 20]),
    /// The hash of a script.
    Script([u8; 20]),
    /// The long hash of a script, on Bitcoin Cash alone.
    LongScript([u8; 32]),
    /// A witness program and its version.
    Witness(bech32::Fe32, Vec<u8>),
}

impl Lock {
    /// What an address of a chain names, in any of the forms that the chain reads.
    pub(super) fn read(chain: BitcoinChain, text: &str) -> Result<Self, Flaw> {
        // No address of these chains begins so, and every account of the EVM does.
        if text.len() > LONGEST || !text.is_ascii() || text.starts_with("0x") {
            return Err(Flaw::Shape);
        }
        let parameters = chain.parameters();
        if let Some(prefix) = parameters.cash {
            match cash_address::read(prefix, text) {
                Ok((Kind::Key, hash)) => return hash.try_into().map(Self::Key).map_err(|_| Flaw::Shape),
                Ok((Kind::Script, hash)) => {
                    let long = <[u8; 32]>::try_from(hash.as_slice()).map(Self::LongScript);
                    return long.or_else(|_| hash.try_into().map(Self::Script)).map_err(|_| Flaw::Shape);
                }
                Err(Flaw::Checksum) => return Err(Flaw::Checksum),
                Err(Flaw::Shape) => {}
            }
        }
        if let Some(prefix) = parameters.bech32.filter(|prefix| is_bech32(prefix, text)) {
            let (hrp, version, program) = bech32::segwit::decode(text).map_err(|_| Flaw::Checksum)?;
            let own = hrp.to_lowercase() == prefix;
            return if own { Ok(Self::Witness(version, program)) } else { Err(Flaw::Shape) };
        }
        let bytes = base58::checked(Some(text).filter(|text| text.len() <= LONGEST_BASE58).ok_or(Flaw::Shape)?)?;
        let (version, hash) = bytes.split_first().ok_or(Flaw::Shape)?;
        let hash: [u8; 20] = hash.try_into().map_err(|_| Flaw::Shape)?;
        match *version {
            own if own == parameters.key => Ok(Self::Key(hash)),
            own if own == parameters.script || Some(own) == parameters.former_script => Ok(Self::Script(hash)),
            _ => Err(Flaw::Shape),
        }
    }

    /// The address of a chain; nothing where the chain knows no such locks.
    pub(super) fn write(&self, chain: BitcoinChain) -> Option<String> {
        let parameters = chain.parameters();
        let base58 = |version: u8, hash: &[u8]| {
            let bytes: Vec<u8> = std::iter::once(version).chain(hash.iter().copied()).collect();
            encode_check(&bytes)
        };
        match (self, parameters.cash) {
            (Self::Key(hash), Some(prefix)) => Some(cash_address::write(prefix, Kind::Key, hash)),
            (Self::Script(hash), Some(prefix)) => Some(cash_address::write(prefix, Kind::Script, hash)),
            (Self::LongScript(hash), Some(prefix)) => Some(cash_address::write(prefix, Kind::Script, hash)),
            (Self::Key(hash), None) => Some(base58(parameters.key, hash)),
            (Self::Script(hash), None) => Some(base58(parameters.script, hash)),
            (Self::LongScript(_), None) => None,
            (Self::Witness(version, program), _) => {
                bech32::segwit::encode(Hrp::parse(parameters.bech32?).ok()?, *version, program).ok()
            }
        }
    }

    /// What an output script of a chain is locked to; nothing for a script of any other form.
    pub(super) fn of_script(chain: BitcoinChain, script: &Script) -> Option<Self> {
        let bytes = script.as_bytes();
        if script.is_p2pkh() {
            return bytes[3..23].try_into().ok().map(Self::Key);
        }
        if script.is_p2sh() {
            return bytes[2..22].try_into().ok().map(Self::Script);
        }
        // OP_HASH256, 32 bytes, OP_EQUAL: on other chains an output that nobody writes.
        if let [0xaa, 0x20, hash @ .., 0x87] = bytes
            && chain.parameters().cash.is_some()
        {
            return hash.try_into().ok().map(Self::LongScript);
        }
        let version = script.witness_version().filter(|_| chain.parameters().bech32.is_some())?;
        let extension = chain.has_extension_block() && EXTENSION.contains(&version.to_num());
        (!extension).then(|| Self::Witness(version.to_fe(), bytes[2..].to_vec()))
    }
}

/// Whether a text begins as an address of witness programs does.
fn is_bech32(prefix: &str, text: &str) -> bool {
    let begins = text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    begins && text[prefix.len()..].starts_with('1')
}
