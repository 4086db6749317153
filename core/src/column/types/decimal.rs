//! Decimals and money, exact: from the number's own text to `rust_decimal::Decimal` and back.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::column::{Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};

/// An `Edm.Decimal` is a string where the client asked for `IEEE754Compatible=true`. A number with more digits than
/// the type can hold (28, and some of 29) is refused, not rounded.
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

/// The number that the text stands for, to the last digit. In a string it has the form of a number all the same.
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
        // The mantissa is exact, so nothing is left that could be rounded.
        Some(exponent) => Decimal::from_scientific(&format!("{mantissa}e{exponent}")).ok(),
    }
}

/// Zeros at the end are kept as they are, unless there are more digits than the type holds.
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
