//! Numbers, by their own text.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A number as the definition writes it: the limits of decimals have more digits than a float. Numbers with one value are
/// equal, however they are written.
///
/// ```
/// use dataverse_definitions::Number;
///
/// let limit: Number = serde_json::from_str("99999999999.0000000001")?;
/// assert_eq!(limit.as_str(), "99999999999.0000000001");
/// assert_eq!(limit.as_f64(), Some(99999999999.0));
/// assert_eq!(limit.as_i64(), None);
/// assert_eq!(serde_json::to_string(&limit)?, "99999999999.0000000001");
/// assert_eq!(serde_json::from_str::<Number>("1E+11")?, serde_json::from_str::<Number>("100000000000.0")?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Number(String);

impl Number {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the integer; `None` if the number has a fraction or an exponent, or does not fit.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// Returns the nearest float.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }
}

impl Number {
    /// Returns whether the number is negative, its digits without zeros at either end, and the exponent of the last digit.
    fn parts(&self) -> (bool, String, i64) {
        let (is_negative, text) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.0.as_str()),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        let significant = all.trim_end_matches('0');
        let dropped = all.len() - significant.len();
        let digits = significant.trim_start_matches('0');
        if digits.is_empty() {
            return (false, String::new(), 0);
        }
        // Both lengths are those of a text in memory, so they fit.
        let shift = dropped as i64 - fraction.len() as i64;
        let exponent: i64 = exponent.parse().unwrap_or(i64::MAX);
        (is_negative, digits.to_owned(), exponent.saturating_add(shift))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.parts() == other.parts()
    }
}

impl Eq for Number {}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::from(Box::<RawValue>::deserialize(deserializer)?.get());
        match text.as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => Ok(Self(text)),
            _ => Err(serde::de::Error::custom(format_args!("invalid type: {text}, expected a number"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn numbers_with_one_value_are_equal() {
        let number = |text: &str| serde_json::from_str::<Number>(text).unwrap();
        for (one, other, are_equal) in [
            ("100.00", "100", true),
            ("1E+11", "100000000000.0", true),
            ("0.000000000001", "1e-12", true),
            ("-0.0", "0", true),
            ("-5", "5", false),
            ("10", "1", false),
            ("0.1", "0.01", false),
            ("99999999999.0000000001", "99999999999.0000000002", false),
        ] {
            assert_eq!(number(one) == number(other), are_equal, "{one} {other}");
        }
        assert!(serde_json::from_str::<Number>("\"5\"").is_err());
        assert!(serde_json::from_str::<Number>("[5]").is_err());
    }
}
