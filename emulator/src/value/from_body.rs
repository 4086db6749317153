//! Checks the value of a member of a body against the limits of its column.

use rusqlite::types::Value;
use rust_decimal::{Decimal, RoundingStrategy};

use super::Notation;
use super::parse::{Member, Parsed};
use super::text::{decimal, multi_select};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::{Choice, Column, Kind, Table};

/// The earliest datetime that Dataverse accepts: 1753-01-01T00:00:00Z, in microseconds since 1970.
const EARLIEST: i64 = -6_847_804_800_000_000;
const EARLIEST_DATE: &str = "1753-01-01";

/// Maximum number of options of a multi-select choice.
const MAX_OPTIONS: usize = 150;

/// Returns the value of a member of a body in the form of the database. Refuses one beyond the column's
/// limits.
pub(crate) fn from_body(table: &Table, column: &Column, value: &Json, notation: Notation) -> Result<Value> {
    let member = Member { table, column, value };
    match member.parse(notation)? {
        Parsed::Null if column.required => Err(Refusal::required(&column.logical_name, &table.logical_name)),
        Parsed::Null => Ok(Value::Null),
        Parsed::Text(text) => member.text(text),
        Parsed::Integer(number) => member.integer(number),
        Parsed::Double(number) => member.double(number),
        Parsed::Decimal(number) => member.decimal(number, notation),
        Parsed::Flag(flag) => Ok(Value::Integer(i64::from(flag))),
        Parsed::Instant(time) if time < EARLIEST => Err(Refusal::too_early(&super::instant_text(time))),
        // Dataverse stores whole seconds.
        Parsed::Instant(time) => Ok(Value::Integer(time.div_euclid(1_000_000) * 1_000_000)),
        Parsed::Date(date) if date.as_str() < EARLIEST_DATE => {
            Err(Refusal::too_early(&format!("{date}T00:00:00Z")))
        }
        Parsed::Date(text) | Parsed::Guid(text) => Ok(Value::Text(text)),
    }
}

/// Refuses a value that the property's type cannot hold. Dataverse does so before it checks the column.
pub(crate) fn check_type(table: &Table, column: &Column, value: &Json, notation: Notation) -> Result<()> {
    Member { table, column, value }.parse(notation).map(drop)
}

impl Member<'_> {
    fn out_of_range(self, value: &str, accepted: &str) -> Refusal {
        Refusal::out_of_range(value, &self.column.logical_name, &self.table.logical_name, accepted)
    }

    fn text(self, text: String) -> Result<Value> {
        match &self.column.kind {
            Kind::Text { max_length: Some(max_length) } if text.encode_utf16().nth(*max_length).is_some() => {
                Err(Refusal::too_long(&self.column.logical_name, &self.table.logical_name, *max_length))
            }
            // Dataverse stores no empty texts.
            Kind::Text { .. } if text.is_empty() && self.column.required => {
                Err(Refusal::required(&self.column.logical_name, &self.table.logical_name))
            }
            Kind::Text { .. } if text.is_empty() => Ok(Value::Null),
            Kind::MultiSelect(choices) => self.options(&text, choices),
            _ => Ok(Value::Text(text)),
        }
    }

    fn options(self, text: &str, choices: &[Choice]) -> Result<Value> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let numbers = parts
            .map(|part| {
                part.parse().map_err(|_| self.wrong()).and_then(|number| self.choice(number, choices))
            })
            .collect::<Result<Vec<_>>>()?;
        if numbers.len() > MAX_OPTIONS {
            return Err(self.out_of_range(text, &format!("Maximum number of options: {MAX_OPTIONS}.")));
        }
        Ok(multi_select(numbers))
    }

    fn integer(self, number: i64) -> Result<Value> {
        match &self.column.kind {
            Kind::Integer { min, max } if !(*min..=*max).contains(&number) => Err(self
                .out_of_range(&number.to_string(), &format!("Minimum Value: {min}, Maximum Value: {max}."))),
            Kind::Picklist(choices) | Kind::State(choices) | Kind::Status(choices) => {
                self.choice(number, choices).map(Value::Integer)
            }
            _ => Ok(Value::Integer(number)),
        }
    }

    fn double(self, number: f64) -> Result<Value> {
        let Kind::Double { min, max, precision } = &self.column.kind else { return Err(self.wrong()) };
        if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) || !number.is_finite() {
            let shown = |limit: &Option<f64>| limit.map(|limit| limit.to_string());
            return Err(self.out_of_range(&number.to_string(), &limits(shown(min), shown(max))));
        }
        Ok(Value::Real(rounded(number, *precision)))
    }

    fn decimal(self, number: Decimal, notation: Notation) -> Result<Value> {
        let Kind::Decimal { min, max, precision, money } = &self.column.kind else {
            return Err(self.wrong());
        };
        let limit = |text: &Option<String>| text.as_deref().and_then(decimal);
        if limit(min).is_some_and(|min| number < min) || limit(max).is_some_and(|max| number > max) {
            return Err(self.out_of_range(&number.to_string(), &limits(min.clone(), max.clone())));
        }
        // An amount's number of digits may depend on the currency of the record.
        let precision = if money.is_some() { MAX_MONEY_DIGITS } else { u32::from(*precision) };
        let rounded = round(number, precision);
        if notation.strict && rounded != number {
            return Err(Refusal::digits(&self.column.logical_name, &self.table.logical_name, precision));
        }
        Ok(Value::Text(rounded.to_string()))
    }

    /// Returns the number of an option, or any number if the definition does not list all options.
    fn choice(self, number: i64, choices: &[Choice]) -> Result<i64> {
        if !self.column.any_option && !choices.iter().any(|choice| choice.value == number) {
            let accepted: Vec<String> = choices.iter().map(|choice| choice.value.to_string()).collect();
            return Err(
                self.out_of_range(&number.to_string(), &format!("Accepted Values: {}", accepted.join(",")))
            );
        }
        Ok(number)
    }
}

/// Maximum number of decimal places of an amount.
const MAX_MONEY_DIGITS: u32 = 4;

/// Returns a decimal, rounded to this number of decimal places.
pub(crate) fn round(number: Decimal, digits: u32) -> Decimal {
    number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// Returns the double nearest to the number, rounded to this number of decimal places.
fn rounded(number: f64, digits: u8) -> f64 {
    // The limit counts decimal digits, so this rounds the decimal text instead of the binary number.
    format!("{number:.*}", usize::from(digits)).parse::<f64>().map_or(number, |number| number + 0.0)
}

fn limits(min: Option<String>, max: Option<String>) -> String {
    let shown = |limit: Option<String>| limit.unwrap_or_else(|| "none".to_owned());
    format!("Minimum Value: {}, Maximum Value: {}.", shown(min), shown(max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_datetime() {
        assert_eq!(super::super::instant("1753-01-01T00:00:00Z"), Some(EARLIEST));
    }

    #[test]
    fn doubles_have_the_digits_of_their_column() {
        assert_eq!(rounded(47.639_583, 5).to_string(), "47.63958");
        assert_eq!(rounded(-0.000_001, 5).to_string(), "0");
        assert_eq!(rounded(1e300, 5).to_string(), 1e300.to_string());
    }
}
