//! Sums as the ledger writes them: <https://xrpl.org/docs/references/protocol/data-types/basic-data-types>.

use data_encoding::HEXUPPER;
use serde_json::Value;

use super::{Address, Network};
use crate::evidence::Transfer;
use crate::terms::{Amount, ChainIdentity};

/// Most digits of a mantissa, and how far an exponent goes: a token's sum has 16 digits and goes from -96 to 80.
const DIGITS: usize = 24;
const EXPONENT: i32 = 100;
/// Most digits of drops, of which there are 10^17, and of a multi-purpose token's units, which are below 2^63.
const UNITS: usize = 19;

/// So much of an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// XRP, in drops.
    Drops(String),
    /// A token of an issuer.
    Issued {
        /// The currency and its issuer.
        token: Address,
        /// How much of it.
        value: Amount,
    },
    /// A multi-purpose token (XLS-33), in its smallest unit.
    Units {
        /// Its issuance.
        token: Address,
        /// How much of it.
        units: String,
    },
}

impl Sum {
    /// A sum in JSON: a text of drops, or an object. Nothing for everything else, such as "unavailable".
    pub(super) fn read(identity: &ChainIdentity, value: &Value) -> Option<Self> {
        if let Some(drops) = value.as_str() {
            return whole(drops).map(Self::Drops);
        }
        let amount = value.get("value")?.as_str()?;
        let token = |text: &str| Address::parse(identity, text).ok().map(|parsed| parsed.address);
        if let Some(issuance) = value.get("mpt_issuance_id") {
            return Some(Self::Units { token: token(issuance.as_str()?)?, units: whole(amount)? });
        }
        let (code, issuer) = (value.get("currency")?.as_str()?, value.get("issuer")?.as_str()?);
        let (negative, value) = decimal(amount)?;
        (!negative).then_some(Self::Issued { token: token(&format!("{code}.{issuer}"))?, value })
    }

    /// In coin units; nothing where the decimals are the configuration's to say.
    pub(super) fn amount(&self, network: &Network) -> Option<Amount> {
        match self {
            Self::Drops(drops) => Amount::from_units(drops, network.native_decimals()).ok(),
            Self::Issued { value, .. } => Some(value.clone()),
            Self::Units { token, units } => Amount::from_units(units, network.token(token)?.decimals).ok(),
        }
    }

    /// The movement of this much.
    pub(super) fn moved(self, network: &Network, from: Option<Address>, to: Option<Address>) -> Transfer {
        match self {
            Self::Drops(drops) => Transfer::coin(network, from, to, drops),
            Self::Units { token, units } => Transfer::token(network, token, from, to, units),
            // The ledger itself carries a token's sum in decimals.
            Self::Issued { token, value } => {
                let units = value.to_string();
                Transfer { amount: Some(value), ..Transfer::token(network, token, from, to, units) }
            }
        }
    }
}

/// A whole number in decimal digits.
fn whole(text: &str) -> Option<String> {
    let fits = (1..=UNITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.to_owned())
}

/// A token's sum as the ledger writes it, such as `-12.5` or `1000000000000000e-27`: whether it is below nothing, and how
/// much.
pub(super) fn decimal(text: &str) -> Option<(bool, Amount)> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // Printed without an exponent, a sum may have all the zeros of its fraction.
    let places = i32::try_from(fraction.len()).ok()?;
    let digits = format!("{integer}{fraction}");
    let plain = !integer.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let significant = digits.trim_start_matches('0').trim_end_matches('0').len();
    let fits = plain && significant <= DIGITS && digits.len() <= 100 && exponent.abs() <= EXPONENT;
    let shift = exponent.checked_sub(places).filter(|_| fits)?;
    scaled(&digits, shift).map(|amount| (negative, amount))
}

/// So many times a power of ten.
pub(super) fn scaled(digits: &str, exponent: i32) -> Option<Amount> {
    let places = exponent.unsigned_abs();
    if exponent <= 0 {
        return Amount::from_units(digits, u8::try_from(places).ok()?).ok();
    }
    let digits = digits.trim_start_matches('0');
    Amount::from_units(&format!("0{digits}{}", "0".repeat(usize::try_from(places).ok()?)), 0).ok()
}

/// What a currency's code reads as, in whichever form; nothing where it is no text.
pub(super) fn letters(code: &str) -> Option<String> {
    if code.len() != 40 {
        return Some(code.to_owned());
    }
    let bytes = HEXUPPER.decode(code.as_bytes()).ok()?;
    let text: Vec<u8> = bytes.into_iter().skip_while(|b| *b == 0).take_while(|b| *b != 0).collect();
    String::from_utf8(text).ok().filter(|text| !text.trim().is_empty() && !text.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tokens_sum_is_read_exactly() {
        let read = |text| decimal(text).map(|(negative, amount)| (negative, amount.to_string()));
        for (text, negative, amount) in [
            ("12.5", false, "12.5"),
            ("-0.000001", true, "0.000001"),
            ("1000000000000000e-15", false, "1"),
            ("9999999999999999e80", false, &format!("9999999999999999{}", "0".repeat(80))),
            ("1e-7", false, "0.0000001"),
            ("0", false, "0"),
        ] {
            assert_eq!(read(text), Some((negative, amount.to_owned())), "{text}");
        }
        for text in ["", "-", "1e", "e5", "1e1000", "0x10", "1,5", ".5", "NaN", "1e99999999999", &"9".repeat(200)] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_in_the_guise_of_the_coin_is_read() {
        assert_eq!(letters("5852500000000000000000000000000000000000").as_deref(), Some("XRP"));
        assert_eq!(letters("USD").as_deref(), Some("USD"));
        assert_eq!(letters("03D8FF00000000000000000000000000000000FF"), None);
    }
}
