//! Exact money: decimals of any size, never floats.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use bigdecimal::num_bigint::{BigInt, Sign};
use bigdecimal::{BigDecimal, RoundingMode, Zero};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest decimal accepted. A 256-bit integer has 78 digits; the rest is room for a fraction.
const MAX_DIGITS: usize = 120;

/// Largest exponent of a JSON number that is read: beyond it lies nothing that anybody owns.
const MAX_EXPONENT: i64 = 60;

/// An exact, non-negative quantity in coin units (not in wei or satoshi).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct Amount(BigDecimal);

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a plain decimal amount such as 500 or 0.25")]
pub struct AmountError(String);

impl Amount {
    /// Nothing.
    pub fn zero() -> Self {
        Self(BigDecimal::zero())
    }

    /// From an integer count of the smallest unit, written in decimal, and the asset's decimals.
    pub fn from_units(units: &str, decimals: u8) -> Result<Self, AmountError> {
        let amount = plain(units, false).and_then(|digits| shortest(digits, i64::from(decimals)));
        amount.map(Self).ok_or_else(|| AmountError(units.to_owned()))
    }

    /// From a JSON number, as Bitcoin Core prints coins; an error for a negative one. A double keeps every digit of
    /// 21 million coins in satoshi.
    pub fn from_json(number: &serde_json::Number) -> Result<Self, AmountError> {
        let text = number.to_string();
        let decimal = BigDecimal::from_str(&text).ok().filter(|decimal| decimal.sign() != Sign::Minus);
        decimal.map(|decimal| Self(decimal.normalized())).ok_or(AmountError(text))
    }

    /// From a JSON number as it is written, with an exponent where it has one; an error for a negative one, and for one
    /// that no amount is as large or as small as.
    pub fn from_json_text(text: &str) -> Result<Self, AmountError> {
        let wrong = || AmountError(text.to_owned());
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent =
            exponent.parse::<i64>().ok().filter(|exponent| (-MAX_EXPONENT..=MAX_EXPONENT).contains(exponent));
        let amount = exponent.zip(plain(digits, true)).and_then(|(exponent, digits)| shortest(digits, -exponent));
        amount.map(Self).ok_or_else(wrong)
    }

    /// What falls to one of so many parts, to `places` decimals; nothing where there is no part.
    pub fn per(&self, parts: u64, places: i64) -> Option<Self> {
        let share = (parts > 0).then(|| &self.0 / BigDecimal::from(parts))?;
        Some(Self(share.with_scale_round(places, RoundingMode::HalfUp).normalized()))
    }

    /// So many times the amount.
    #[must_use]
    pub fn times(&self, count: u64) -> Self {
        Self((&self.0 * BigDecimal::from(count)).normalized())
    }

    /// True for an amount of nothing.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The sum of two amounts of one asset.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self((&self.0 + &other.0).normalized())
    }

    /// How far apart two amounts are, whichever is larger.
    #[must_use]
    pub fn distance(&self, other: &Self) -> Self {
        Self((&self.0 - &other.0).abs().normalized())
    }
}

/// The total of several amounts of one asset.
impl<'a> Sum<&'a Self> for Amount {
    fn sum<I: Iterator<Item = &'a Self>>(mut amounts: I) -> Self {
        let first = amounts.next().cloned().unwrap_or_else(Self::zero);
        amounts.fold(first, |sum, amount| sum.plus(amount))
    }
}

/// `text` when it is digits with at most one point between digits; exponents, signs and separators are refused.
fn plain(text: &str, fraction: bool) -> Option<&str> {
    let text = text.trim();
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let fits = text.len() <= MAX_DIGITS && (fraction || !text.contains('.'));
    (fits && digits(whole) && digits(rest)).then_some(text)
}

/// The number of a plain decimal, whose point moves `left` so many places, in its shortest form.
fn shortest(plain: &str, left: i64) -> Option<BigDecimal> {
    let (digits, fraction) = match plain.split_once('.') {
        Some((whole, fraction)) => (Cow::from([whole, fraction].concat()), fraction),
        None => (Cow::from(plain), ""),
    };
    let short = digits.trim_end_matches('0');
    if short.is_empty() {
        return Some(BigDecimal::zero());
    }
    let behind = i64::try_from(fraction.len()).ok()? - i64::try_from(digits.len() - short.len()).ok()?;
    // Most fit a machine's own number, which is read faster than a long one.
    let integer = short.parse::<u128>().map(BigInt::from).or_else(|_| BigInt::from_str(short)).ok()?;
    Some(BigDecimal::new(integer, behind + left))
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let amount = plain(text, true).and_then(|digits| shortest(digits, 0));
        amount.map(Self).ok_or_else(|| AmountError(text.to_owned()))
    }
}

/// The digits before and behind the point, and how many the latter are, where all of them fit a machine's own number,
/// as most do: it is written faster than a long one.
fn short(decimal: &BigDecimal) -> Option<(u128, u128, usize)> {
    let (digits, places) = decimal.as_bigint_and_scale();
    let digits = u128::try_from(&*digits).ok()?;
    let power = 10_u128.checked_pow(u32::try_from(places.unsigned_abs()).ok()?)?;
    match usize::try_from(places) {
        Ok(places) => Some((digits / power, digits % power, places)),
        Err(_) => Some((digits.checked_mul(power)?, 0, 0)),
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match short(&self.0) {
            Some((whole, _, 0)) => write!(f, "{whole}"),
            Some((whole, fraction, places)) => write!(f, "{whole}.{fraction:0places$}"),
            None => f.write_str(&self.0.to_plain_string()),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_become_coins() {
        let amount = Amount::from_units("500000000", 6).unwrap();
        assert_eq!(amount.to_string(), "500");
        assert_eq!(Amount::from_units("1", 18).unwrap().to_string(), "0.000000000000000001");
    }

    #[test]
    fn only_plain_decimals_are_amounts() {
        for text in ["", "-1", "1e9", "1,000", ".5", "5.", "0x10", "1_000", "NaN", "1.2.3", "+1"] {
            assert!(text.parse::<Amount>().is_err(), "{text:?} was taken for an amount");
        }
        assert!(Amount::from_units("1.5", 6).is_err());
        assert!("9".repeat(121).parse::<Amount>().is_err());
    }

    #[test]
    fn long_numbers_and_zeros_are_read_to_the_last_digit() {
        let most = u128::MAX.to_string();
        let more = "340282366920938463463374607431768211456";
        for text in [most.as_str(), more, &"9".repeat(120), "0"] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
        assert_eq!("000.00".parse::<Amount>().unwrap().to_string(), "0");
    }

    #[test]
    fn an_exponent_that_no_amount_has_is_refused() {
        for exponent in ["61", "-61", "9223372036854775807", "-9223372036854775808", "99999999999999999999"] {
            assert!(Amount::from_json_text(&format!("1e{exponent}")).is_err(), "{exponent}");
        }
        assert_eq!(Amount::from_json_text("1E-60").unwrap(), Amount::from_units("1", 60).unwrap());
    }

    #[test]
    fn equal_values_are_equal_amounts() {
        assert_eq!("500.00".parse::<Amount>(), "500".parse::<Amount>());
    }

    proptest! {
        #[test]
        fn any_decimal_is_read_as_the_library_reads_it(
            whole in "0{0,5}[0-9]{1,40}0{0,30}", fraction in "(\\.0{0,9}[0-9]{1,20}0{0,9})?", exponent in -60i64..=60,
        ) {
            let text = whole.clone() + &fraction;
            let parts = |amount: Amount| amount.0.into_bigint_and_exponent();
            let library = |text: &str| BigDecimal::from_str(text).unwrap().normalized().into_bigint_and_exponent();
            prop_assert_eq!(parts(text.parse().unwrap()), library(&text));
            let scientific = format!("{text}e{exponent}");
            prop_assert_eq!(parts(Amount::from_json_text(&scientific).unwrap()), library(&scientific));
            prop_assert_eq!(parts(Amount::from_units(&whole, 18).unwrap()), library(&format!("{whole}e-18")));
        }

        #[test]
        fn printing_and_parsing_agree(units in "[0-9]{1,60}", decimals in 0u8..30) {
            let amount = Amount::from_units(&units, decimals).unwrap();
            prop_assert_eq!(amount.to_string(), amount.0.to_plain_string());
            prop_assert_eq!(amount.to_string().parse::<Amount>().unwrap(), amount);
        }

        #[test]
        fn any_text_is_parsed_without_a_panic(text in ".{0,140}") {
            let _ = text.parse::<Amount>();
        }
    }
}
