//! Literals as values of a column.

use rusqlite::types::Value;

use crate::error::{Refusal, Result};
use crate::schema::{Column, Storage};
use crate::uri::Literal;
use crate::value::{date, decimal, guid, instant, multi_select};

/// Returns the value of a literal that is compared with a column. Refuses a literal of another type, as OData
/// does.
pub(super) fn literal(column: &Column, literal: &Literal, operator: &str) -> Result<Value> {
    let mismatch = || {
        Refusal::bad(format!(
            "A binary operator with incompatible types was detected. Found operand types '{}' and '{}' for operator kind \
             '{operator}'.",
            column.kind.edm(),
            literal.edm()
        ))
    };
    let value = match (column.kind.storage(), literal) {
        (_, Literal::Null) => Some(Value::Null),
        (_, Literal::Untyped(text)) => {
            return of_text(column, text).ok_or_else(|| Refusal::literal(text, column.kind.edm()));
        }
        (Storage::Text | Storage::Base64, Literal::Text(text)) => Some(Value::Text(text.clone())),
        (Storage::Options, Literal::Text(text)) => of_text(column, text),
        (Storage::Integer, Literal::Number(text)) => match text.parse() {
            Ok(number) => Some(Value::Integer(number)),
            Err(_) => text.parse().ok().map(Value::Real),
        },
        (Storage::Real, Literal::Number(text)) => text.parse().ok().map(Value::Real),
        (Storage::Decimal, Literal::Number(text)) => {
            decimal(text).map(|number| Value::Text(number.to_string()))
        }
        (Storage::Flag, Literal::Bool(flag)) => Some(Value::Integer(i64::from(*flag))),
        (Storage::Date, Literal::Date(date)) => Some(Value::Text(date.clone())),
        (Storage::Date, _) => None,
        (Storage::Instant, Literal::Instant(time)) => Some(Value::Integer(*time)),
        (Storage::Instant, Literal::Date(date)) => instant(date).map(Value::Integer),
        (Storage::Reference | Storage::Guid, Literal::Guid(id)) => Some(Value::Text(id.clone())),
        // Microsoft's pages write GUIDs with and without quotes.
        (Storage::Reference | Storage::Guid, Literal::Text(text)) => guid(text).map(Value::Text),
        _ => None,
    };
    value.ok_or_else(mismatch)
}

/// Returns the value of a text in the lists of query functions and in FetchXML, where every value is a text.
pub(super) fn of_text(column: &Column, text: &str) -> Option<Value> {
    let trimmed = text.trim();
    match column.kind.storage() {
        Storage::Text | Storage::Base64 => Some(Value::Text(text.to_owned())),
        Storage::Options => {
            let numbers = trimmed.split(',').map(|each| each.trim().parse());
            numbers.collect::<core::result::Result<Vec<i64>, _>>().ok().map(multi_select)
        }
        Storage::Integer => trimmed.parse().ok().map(Value::Integer),
        Storage::Real => trimmed.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Real),
        Storage::Decimal => decimal(trimmed).map(|number| Value::Text(number.to_string())),
        Storage::Flag => match trimmed {
            "1" | "true" | "True" => Some(Value::Integer(1)),
            "0" | "false" | "False" => Some(Value::Integer(0)),
            _ => None,
        },
        Storage::Date => date(trimmed.get(..10).unwrap_or(trimmed)).map(Value::Text),
        Storage::Instant => instant(trimmed).map(Value::Integer),
        Storage::Reference | Storage::Guid => guid(trimmed).map(Value::Text),
        Storage::None => None,
    }
}
