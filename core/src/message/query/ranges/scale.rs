//! The values of a column as whole numbers, in the order in which the server compares them.

use uuid::Uuid;

use crate::column::Value;
use crate::encode::{Literal, instant};
use crate::metadata::{AttributeMetadata, AttributeType, DateTimeBehavior};

const SECONDS_OF_A_DAY: i64 = 86_400;

/// The bytes of a GUID in the order in which SQL Server compares them: the last six first, then pairs and
/// single bytes from the right (`SqlGuid`, "Comparing GUID and uniqueidentifier values" of ADO.NET's
/// documentation).
const BYTES_BY_WEIGHT: [usize; 16] = [10, 11, 12, 13, 14, 15, 8, 9, 7, 6, 5, 4, 3, 2, 1, 0];

/// How the values of a column become whole numbers. A value between two numbers counts as the lower one, so a
/// value is below a whole number exactly if its own number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Seconds since 1970.
    Seconds,
    /// Days since 1970.
    Days,
    /// Integers, and the integers below decimals.
    Units,
    /// The integers below floating-point numbers.
    Floats,
    /// GUIDs in SQL Server's order.
    Guids,
}

impl Scale {
    /// Returns the scale of a column; `None` if its values cannot be cut into ranges.
    pub(super) fn of(column: &AttributeMetadata) -> Option<Self> {
        match column.attribute_type {
            AttributeType::DateTime { behavior: DateTimeBehavior::DateOnly, .. } => Some(Self::Days),
            AttributeType::DateTime { .. } => Some(Self::Seconds),
            AttributeType::Integer { .. }
            | AttributeType::BigInt
            | AttributeType::Decimal { .. }
            | AttributeType::Money { .. } => Some(Self::Units),
            AttributeType::Double { .. } => Some(Self::Floats),
            AttributeType::Uniqueidentifier => Some(Self::Guids),
            _ => None,
        }
    }

    /// Returns the number of a value; `None` if the value is not one of the column.
    pub(super) fn number(self, value: &Value<'_>) -> Option<i128> {
        match (self, value) {
            (Self::Seconds, Value::Instant(seconds)) => Some(i128::from(*seconds)),
            (Self::Seconds, Value::Text(text)) => seconds(text).map(i128::from),
            (Self::Days, Value::Text(text)) => {
                let midnight = instant::parse(format!("{text}T00:00:00Z").as_bytes().try_into().ok()?)?;
                Some(i128::from(midnight / SECONDS_OF_A_DAY))
            }
            (Self::Units, Value::Integer(number)) => Some(i128::from(*number)),
            (Self::Units, Value::Number(text) | Value::Text(text)) => floor(text),
            (Self::Floats, Value::Integer(number)) => Some(i128::from(*number)),
            (Self::Floats, Value::Double(number)) => floor_of_float(*number),
            (Self::Floats, Value::Number(text)) => floor_of_float(text.parse().ok()?),
            (Self::Guids, Value::Guid(guid)) => Some(number_of_guid(guid.uuid())),
            (Self::Guids, Value::Text(text)) => Uuid::parse_str(text).ok().map(number_of_guid),
            _ => None,
        }
    }

    /// Returns the literal of a number.
    pub(super) fn literal(self, number: i128) -> Literal {
        let seconds = |number: i128| i64::try_from(number).unwrap_or(i64::MAX);
        Literal::bare(match self {
            Self::Seconds => instant::text(seconds(number)),
            Self::Days => {
                let text = instant::text(seconds(number).saturating_mul(SECONDS_OF_A_DAY));
                text.split('T').next().unwrap_or_default().to_owned()
            }
            Self::Units => number.to_string(),
            Self::Floats => format!("{number}.0"),
            Self::Guids => guid_of_number(number).to_string(),
        })
    }
}

/// Returns the seconds of an instant or clock reading that has a fraction.
fn seconds(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_at_checked(19)?;
    let is_utc = matches!(
        rest.trim_start_matches(['.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
        "" | "Z" | "+00:00"
    );
    is_utc.then(|| instant::parse(format!("{whole}Z").as_bytes().try_into().ok()?)).flatten()
}

/// Returns the greatest integer that is not above a decimal.
fn floor(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number: i128 = whole.parse().ok()?;
    let is_between = fraction.bytes().any(|digit| digit != b'0');
    fraction
        .bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| if is_between && whole.starts_with('-') { number - 1 } else { number })
}

fn floor_of_float(number: f64) -> Option<i128> {
    // Dataverse's floating-point columns hold up to 100 billion; a cast saturates.
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates, and NaN is left out")]
    number.is_finite().then(|| number.floor() as i128)
}

fn number_of_guid(guid: Uuid) -> i128 {
    let bytes = guid.as_bytes();
    // Without a sign, the first bit counts most; the least number belongs to the nil GUID.
    i128::from_be_bytes(BYTES_BY_WEIGHT.map(|index| bytes[index])) ^ i128::MIN
}

fn guid_of_number(number: i128) -> Uuid {
    let mut bytes = [0; 16];
    for (index, byte) in BYTES_BY_WEIGHT.into_iter().zip((number ^ i128::MIN).to_be_bytes()) {
        bytes[index] = byte;
    }
    Uuid::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn of_text(scale: Scale, text: &str) -> Option<i128> {
        scale.number(&Value::Text(Cow::Borrowed(text)))
    }

    /// The GUIDs and their order in "Comparing GUID and uniqueidentifier values".
    #[test]
    fn guids_have_the_order_of_microsofts_example() {
        let sorted = [
            "2aaaaaaa-bbbb-cccc-dddd-1eeeeeeeeeee",
            "3aaaaaaa-bbbb-cccc-dddd-2eeeeeeeeeee",
            "1aaaaaaa-bbbb-cccc-dddd-3eeeeeeeeeee",
        ];
        assert!(sorted.map(|text| of_text(Scale::Guids, text).unwrap()).is_sorted());
    }

    /// Each GUID has one bit, and counts more than all before it. The places are those that SQL Server reads,
    /// from the least to the greatest weight.
    #[test]
    fn every_byte_of_a_guid_has_its_weight() {
        let ascending = [
            "00000000-0000-0000-0000-000000000000",
            "01000000-0000-0000-0000-000000000000",
            "00010000-0000-0000-0000-000000000000",
            "00000100-0000-0000-0000-000000000000",
            "00000001-0000-0000-0000-000000000000",
            "00000000-0100-0000-0000-000000000000",
            "00000000-0001-0000-0000-000000000000",
            "00000000-0000-0100-0000-000000000000",
            "00000000-0000-0001-0000-000000000000",
            "00000000-0000-0000-0001-000000000000",
            "00000000-0000-0000-0100-000000000000",
            "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-0000-000000000100",
            "00000000-0000-0000-0000-000000010000",
            "00000000-0000-0000-0000-000001000000",
            "00000000-0000-0000-0000-000100000000",
            "00000000-0000-0000-0000-010000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ];
        let numbers = ascending.map(|text| of_text(Scale::Guids, text).unwrap());
        assert!(numbers.is_sorted_by(|one, other| one < other));
        for (text, number) in ascending.into_iter().zip(numbers) {
            assert_eq!(Scale::Guids.literal(number).odata(), text);
        }
    }

    #[test]
    fn a_value_between_two_numbers_counts_as_the_lower_one() {
        for (text, number) in
            [("5", 5), ("5.00", 5), ("5.99", 5), ("-5", -5), ("-5.0", -5), ("-5.01", -6), ("-0.5", -1)]
        {
            assert_eq!(Scale::Units.number(&Value::Number(Cow::Borrowed(text))), Some(number), "{text}");
            let float = Value::Double(text.parse().unwrap());
            assert_eq!(Scale::Floats.number(&float), Some(number), "{text}");
        }
        assert_eq!(Scale::Floats.number(&Value::Double(f64::NAN)), None);
        assert_eq!(of_text(Scale::Seconds, "1970-01-01T00:00:07.999Z"), Some(7));
        assert_eq!(of_text(Scale::Seconds, "1969-12-31T23:59:59.5Z"), Some(-1));
        assert_eq!(of_text(Scale::Seconds, "1970-01-01T00:00:07.9+02:00"), None);
    }

    #[test]
    fn numbers_have_literals() {
        for (scale, number, literal) in [
            (Scale::Seconds, 1_726_654_839, "2024-09-18T10:20:39Z"),
            (Scale::Days, 19_984, "2024-09-18"),
            (Scale::Days, -1, "1969-12-31"),
            (Scale::Units, -7, "-7"),
            (Scale::Floats, 7, "7.0"),
        ] {
            assert_eq!(scale.literal(number).odata(), literal);
        }
        assert_eq!(of_text(Scale::Days, "2024-09-18"), Some(19_984));
        assert_eq!(of_text(Scale::Days, "1969-12-31"), Some(-1));
    }
}
