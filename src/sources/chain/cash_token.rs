//! Tokens in outputs of Bitcoin Cash: <https://cashtokens.org/docs/spec/chip>, "Token Prefix".

use bitcoin::Script;

/// The byte before a token; no script of any use begins with it.
const PREFIX: u8 = 0xef;
/// Bytes of a category, which is the hash of a transaction.
const CATEGORY: usize = 32;

/// Bits of the byte behind the category; the lower half tells what a token that is one of a kind may do.
const RESERVED: u8 = 0x80;
const HAS_COMMITMENT: u8 = 0x40;
const IS_UNIQUE: u8 = 0x20;
const HAS_AMOUNT: u8 = 0x10;
const ABILITIES: u8 = 0x0f;
/// The last of what such a token may do: none, mutable, minting.
const LAST_ABILITY: u8 = 2;

/// What an output carries beside its coin.
pub(super) struct Token<'s> {
    /// One of a kind is among it.
    pub is_unique: bool,
    /// Fungible units of the category.
    amount: u64,
    /// The script behind it, which says who may spend the output.
    pub locking: &'s Script,
}

impl<'s> Token<'s> {
    /// The token at the beginning of an output's script; nothing where there is none in good form.
    pub(super) fn read(script: &'s Script) -> Option<Self> {
        let rest = script.as_bytes().strip_prefix(&[PREFIX])?;
        let (bits, mut rest) = rest.get(CATEGORY..)?.split_first()?;
        let has = |bit: u8| bits & bit != 0;
        let able = bits & ABILITIES;
        let sound = !has(RESERVED) && (has(IS_UNIQUE) || has(HAS_AMOUNT)) && able <= LAST_ABILITY;
        let bare = !has(IS_UNIQUE) && (has(HAS_COMMITMENT) || able != 0);
        if !sound || bare {
            return None;
        }
        if has(HAS_COMMITMENT) {
            let (length, behind) = number(rest)?;
            rest = behind.get(usize::try_from(length).ok().filter(|length| *length > 0)?..)?;
        }
        let amount = if has(HAS_AMOUNT) {
            let (amount, behind) = number(rest)?;
            rest = behind;
            i64::try_from(amount).ok().filter(|amount| *amount > 0).map(|_| amount)?
        } else {
            0
        };
        Some(Self { is_unique: has(IS_UNIQUE), amount, locking: Script::from_bytes(rest) })
    }

    /// How much of it there is, in its smallest unit; one where it is one of a kind alone.
    pub(super) fn units(&self) -> String {
        self.amount.max(1).to_string()
    }
}

/// A number in Bitcoin's compact form and what follows it; nothing where a shorter form would do.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (size, least) = match first {
        0xfd => (2, 0xfd),
        0xfe => (4, 0x1_0000),
        0xff => (8, 0x1_0000_0000),
        small => return Some((u64::from(*small), rest)),
    };
    let (number, rest) = rest.split_at_checked(size)?;
    let number = number.iter().rev().fold(0, |all: u64, byte| all << 8 | u64::from(*byte));
    (number >= least).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitcoin::ScriptBuf;

    const CATEGORY: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    /// The examples of valid and invalid prefixes in the specification, by what follows the category.
    #[test]
    fn prefixes_read_as_their_specification_says() {
        let lock = format!("76a914{}88ac", "11".repeat(20));
        let read = |part: &str| {
            let script = ScriptBuf::from_hex(&format!("ef{CATEGORY}{part}{lock}")).unwrap();
            Token::read(&script).map(|token| (token.is_unique, token.units(), token.locking.is_p2pkh()))
        };
        let one = |unique, units: &str| Some((unique, units.to_owned(), true));
        for (part, wanted) in [
            ("1001", one(false, "1")),
            ("10fc", one(false, "252")),
            ("10fdfd00", one(false, "253")),
            ("10feffffffff", one(false, "4294967295")),
            ("10ffffffffffffffff7f", one(false, "9223372036854775807")),
            ("20", one(true, "1")),
            ("22", one(true, "1")),
            ("3001", one(true, "1")),
            ("6001cc", one(true, "1")),
            ("7001ccfdfd00", one(true, "253")),
        ] {
            assert_eq!(read(part), wanted, "{part}");
        }
        for part in ["00", "1000", "10fd0100", "10ffffffffffffffffff", "23", "4001cc", "5001cc01", "6000", "80", "1101"]
        {
            assert_eq!(read(part), None, "{part}");
        }
    }

    #[test]
    fn a_cut_prefix_is_no_token() {
        let whole = format!("ef{CATEGORY}7001ccfdfd00");
        for length in 0..whole.len() / 2 {
            assert!(Token::read(&ScriptBuf::from_hex(&whole[..length * 2]).unwrap()).is_none(), "{length}");
        }
    }
}
