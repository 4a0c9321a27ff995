//! A transaction in its binary form, whose hash is its identifier:
//! <https://xrpl.org/docs/references/protocol/binary-format>. Fields stand in the order of their types, so that those
//! of simple types come first and nothing behind them has to be read.

use data_encoding::HEXUPPER;
use sha2::{Digest as _, Sha512};

use super::sum::{Sum, scaled};
use crate::terms::{Address, ChainIdentity};

/// Before a signed transaction's bytes when it is hashed: `TXN` and a zero.
const TRANSACTION: [u8; 4] = *b"TXN\0";
/// The type of a payment.
const PAYMENT: u16 = 0;

/// The first half of SHA-512, in upper-case hex.
pub(super) fn half(prefix: [u8; 4], bytes: &[u8]) -> String {
    let hash = Sha512::new().chain_update(prefix).chain_update(bytes).finalize();
    HEXUPPER.encode(&hash[..32])
}

/// What a transaction orders, as far as a diagnosis rests on it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// Whether it is a payment.
    pub is_payment: bool,
    /// Who sends it.
    pub account: Address,
    /// Whom it names as receiver.
    pub destination: Option<Address>,
    /// The tag beside the receiver.
    pub tag: Option<u32>,
    /// Its flags.
    pub flags: u32,
    /// Its place among those of its account.
    pub sequence: u32,
    /// The last ledger that may hold it.
    pub last_ledger: Option<u32>,
    /// How much it is to deliver.
    pub amount: Option<Sum>,
}

/// The identifier of a transaction's bytes, and what they order; nothing where they cannot be read.
pub(super) fn read(identity: &ChainIdentity, hex: &str) -> Option<(String, Option<Order>)> {
    let bytes = HEXUPPER.decode(hex.to_ascii_uppercase().as_bytes()).ok()?;
    Some((half(TRANSACTION, &bytes), Reader(&bytes).order(identity)))
}

/// What is left of the bytes.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A field's type and number within it.
    fn field(&mut self) -> Option<(u8, u8)> {
        let head = self.byte()?;
        let (kind, name) = (head >> 4, head % 16);
        let kind = if kind == 0 { self.byte()? } else { kind };
        let name = if name == 0 { self.byte()? } else { name };
        Some((kind, name))
    }

    /// A length of one to three bytes.
    fn length(&mut self) -> Option<usize> {
        let first = usize::from(self.byte()?);
        Some(match first {
            0..=192 => first,
            193..=240 => 193 + (first - 193) * 256 + usize::from(self.byte()?),
            241..=254 => 12_481 + (first - 241) * 65_536 + usize::from(self.byte()?) * 256 + usize::from(self.byte()?),
            _ => return None,
        })
    }

    fn account(bytes: &[u8]) -> Option<Address> {
        bytes.try_into().ok().map(Address::from_xrpl)
    }

    /// A sum of XRP, of a token of an issuer, or of a multi-purpose token, told apart by its first bits.
    fn sum(&mut self, identity: &ChainIdentity) -> Option<Sum> {
        let token = |text: String| Address::parse(identity, &text).ok().map(|parsed| parsed.address);
        let first = *self.0.first()?;
        if first & 0x80 == 0 && first & 0x20 != 0 {
            self.byte()?;
            let units = u64::from_be_bytes(self.take(8)?.try_into().ok()?);
            return Some(Sum::Units { token: token(HEXUPPER.encode(self.take(24)?))?, units: units.to_string() });
        }
        let word = u64::from_be_bytes(self.take(8)?.try_into().ok()?);
        if first & 0x80 == 0 {
            return Some(Sum::Drops((word & !(3 << 62)).to_string()));
        }
        let (code, issuer) = (HEXUPPER.encode(self.take(20)?), Self::account(self.take(20)?)?);
        let exponent = i32::try_from((word >> 54) & 0xff).ok()? - 97;
        let mantissa = word & ((1 << 54) - 1);
        let value = if mantissa == 0 { scaled("0", 0)? } else { scaled(&mantissa.to_string(), exponent)? };
        Some(Sum::Issued { token: token(format!("{code}.{issuer}"))?, value })
    }

    /// The fields of simple types; what comes behind them is left.
    fn order(mut self, identity: &ChainIdentity) -> Option<Order> {
        let (mut kind, mut account, mut destination, mut amount) = (None, None, None, None);
        let mut numbers = [None; 32];
        while !self.0.is_empty() {
            match self.field()? {
                (1, name) => {
                    let value = u16::from_be_bytes(self.take(2)?.try_into().ok()?);
                    kind = if name == 2 { Some(value) } else { kind };
                }
                (2, name) => {
                    let value = u32::from_be_bytes(self.take(4)?.try_into().ok()?);
                    if let Some(slot) = numbers.get_mut(usize::from(name)) {
                        *slot = Some(value);
                    }
                }
                (3, _) => drop(self.take(8)?),
                (4, _) => drop(self.take(16)?),
                (5, _) => drop(self.take(32)?),
                (6, name) => {
                    let sum = self.sum(identity);
                    // What else is a sum, such as a fee or a limit, is only passed over.
                    amount = if name == 1 { Some(sum?) } else { amount };
                }
                (7, _) => {
                    let length = self.length()?;
                    self.take(length)?;
                }
                (8, name) => {
                    let length = self.length()?;
                    let named = Self::account(self.take(length)?)?;
                    match name {
                        1 => account = Some(named),
                        3 => destination = Some(named),
                        _ => {}
                    }
                }
                _ => break,
            }
        }
        Some(Order {
            is_payment: kind? == PAYMENT,
            account: account?,
            destination,
            tag: numbers[14],
            flags: numbers[2].unwrap_or(0),
            sequence: numbers[4]?,
            last_ledger: numbers[27],
            amount,
        })
    }
}
