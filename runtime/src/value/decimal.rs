//! Decimals and money, exact: from the number's own text to `rust_decimal::Decimal` and back.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{
    Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written, written_as_itself,
};

/// An `Edm.Decimal` is a string where the client asked for `IEEE754Compatible=true`. A number with more digits than
/// the type can hold (28) is refused, not rounded.
impl ReadValue<'_> for Decimal {
    const KINDS: KindSet = KindSet::DECIMAL;

    fn read(cell: Cell<'_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        let value = cell.value();
        let number = match &value {
            Value::Number(text) | Value::Text(text) => exact(text),
            Value::Integer(number) => Some(Self::from(*number)),
            _ => None,
        };
        number.ok_or_else(|| ValueError::new("a decimal number of at most 28 digits", &value))
    }
}

fn exact(text: &str) -> Option<Decimal> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Decimal::from_str_exact(text).ok();
    };
    // `from_scientific` rounds a mantissa that is too long; the mantissa on its own must be exact.
    Decimal::from_str_exact(mantissa).ok()?;
    let number =
        Decimal::from_scientific(&format!("{mantissa}e{}", exponent.trim_start_matches('+'))).ok()?;
    Some(number)
}

written_as_itself!(Decimal);

impl WriteValue for Decimal {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Number(Cow::Owned(self.to_string())))
    }
}
