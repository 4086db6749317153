//! Decimals and money: from the text of the number to `rust_decimal::Decimal` and back, exactly.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::column::{Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};

/// Reads a string, too: with `IEEE754Compatible=true`, Dataverse writes an `Edm.Decimal` as a string. Rejects
/// a number with more digits than the type holds (28, and some of 29), and does not round it.
#[diagnostic::do_not_recommend]
impl ReadValue<'_> for Decimal {
    const KINDS: KindSet = KindSet::DECIMAL;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        let value = cell.value();
        let number = match value {
            Value::Number(text) | Value::Text(text) => exact(text),
            Value::Integer(number) => Some(Self::from(*number)),
            _ => None,
        };
        number.ok_or_else(|| {
            ValueError::new("a decimal number that `Decimal` holds exactly (28 digits)", value)
        })
    }

    fn blank() -> Self {
        Self::ZERO
    }
}

/// Parses a number to the last digit. A number in a string must also have the form of a JSON number.
fn exact(text: &str) -> Option<Decimal> {
    if serde_json::from_str::<&RawValue>(text).is_err()
        || !text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
    {
        return None;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.trim_start_matches('+'))),
        None => (text, None),
    };
    let mantissa = plain(mantissa)?;
    match exponent {
        None => Some(mantissa),
        Some(_) if mantissa.is_zero() => Some(Decimal::ZERO),
        // The mantissa is exact, so this does not round.
        Some(exponent) => Decimal::from_scientific(&format!("{mantissa}e{exponent}")).ok(),
    }
}

/// Parses a number without exponent. It keeps trailing zeros, unless there are more digits than the type
/// holds.
fn plain(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).ok().or_else(|| {
        let shorter = text.contains('.').then(|| text.trim_end_matches('0').trim_end_matches('.'))?;
        Decimal::from_str_exact(shorter).ok()
    })
}

crate::__written_as_itself!(Decimal);

#[diagnostic::do_not_recommend]
impl WriteValue for Decimal {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Number(Cow::Owned(self.to_string())))
    }
}

crate::__holds_column!(DecimalColumn: Decimal);
