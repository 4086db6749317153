//! Comparison of decimal numbers by their text, so that no limit is checked through a float.

use core::cmp::Ordering;

/// A decimal number in plain notation, such as `-12.50`, without exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Magnitude<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Magnitude<'a> {
    /// Parses a number; returns `None` if it is not in plain notation.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        if digits.is_empty() || !plain(whole) || !plain(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        // Zero has no sign.
        Some(Self { negative: negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction })
    }

    /// Returns the number of digits after the decimal point, without trailing zeros.
    pub(super) fn scale(&self) -> usize {
        self.fraction.len()
    }
}

impl Ord for Magnitude<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |a: &Self, b: &Self| {
            let whole = a.whole.len().cmp(&b.whole.len()).then_with(|| a.whole.cmp(b.whole));
            whole.then_with(|| a.fraction.cmp(b.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Magnitude<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn magnitude(text: &str) -> Magnitude<'_> {
        Magnitude::parse(text).unwrap_or_else(|| panic!("{text} is plain"))
    }

    #[test]
    fn numbers_compare_as_numbers() {
        let ordered =
            ["-100", "-99.9", "-9.95", "-9.9", "-0.1", "0", "0.05", "0.1", "0.11", "9", "10", "10.5", "100"];
        for (index, low) in ordered.iter().enumerate() {
            for high in &ordered[index + 1..] {
                assert!(magnitude(low) < magnitude(high), "{low} < {high}");
            }
        }
    }

    #[test]
    fn leading_and_trailing_zeros_do_not_count() {
        assert_eq!(magnitude("-0.00"), magnitude("0"));
        assert_eq!(magnitude("007.50"), magnitude("7.5"));
        assert_eq!(magnitude("7.500").scale(), 1);
    }

    #[test]
    fn other_notations_are_rejected() {
        for text in ["", "-", "1e5", "NaN", "1.2.3", " 1"] {
            assert_eq!(Magnitude::parse(text), None, "{text:?}");
        }
    }
}
