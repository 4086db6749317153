//! Literals as values of a column.

use rusqlite::types::Value;

use crate::error::{Refusal, Result};
use crate::schema::{Behavior, Column, Kind};
use crate::uri::Literal;
use crate::value::{date, decimal, guid, instant, multi_select};

/// The value a literal has beside a column; a literal of another type is refused as OData does.
pub(super) fn literal(column: &Column, literal: &Literal, operator: &str) -> Result<Value> {
    let mismatch = || {
        Refusal::bad(format!(
            "A binary operator with incompatible types was detected. Found operand types '{}' and '{}' for operator kind \
             '{operator}'.",
            column.kind.edm(),
            literal.edm()
        ))
    };
    let value = match (&column.kind, literal) {
        (_, Literal::Null) => Some(Value::Null),
        (_, Literal::Untyped(text)) => {
            return of_text(column, text).ok_or_else(|| Refusal::literal(text, column.kind.edm()));
        }
        (Kind::Text { .. } | Kind::EntityName | Kind::Image, Literal::Text(text)) => {
            Some(Value::Text(text.clone()))
        }
        (Kind::MultiSelect(_), Literal::Text(text)) => of_text(column, text),
        (
            Kind::Integer { .. } | Kind::BigInt | Kind::Picklist(_) | Kind::State(_) | Kind::Status(_),
            Literal::Number(text),
        ) => match text.parse() {
            Ok(number) => Some(Value::Integer(number)),
            Err(_) => text.parse().ok().map(Value::Real),
        },
        (Kind::Double { .. }, Literal::Number(text)) => text.parse().ok().map(Value::Real),
        (Kind::Decimal { .. }, Literal::Number(text)) => {
            decimal(text).map(|number| Value::Text(number.to_string()))
        }
        (Kind::Boolean { .. } | Kind::Managed, Literal::Bool(flag)) => Some(Value::Integer(i64::from(*flag))),
        (Kind::DateTime { behavior: Behavior::DateOnly, .. }, Literal::Date(date)) => {
            Some(Value::Text(date.clone()))
        }
        (Kind::DateTime { behavior: Behavior::DateOnly, .. }, _) => None,
        (Kind::DateTime { .. }, Literal::Instant(time)) => Some(Value::Integer(*time)),
        (Kind::DateTime { .. }, Literal::Date(date)) => instant(date).map(Value::Integer),
        (Kind::Lookup { .. } | Kind::Guid | Kind::File, Literal::Guid(id)) => Some(Value::Text(id.clone())),
        // Microsoft's pages show GUIDs in quotes, too.
        (Kind::Lookup { .. } | Kind::Guid | Kind::File, Literal::Text(text)) => guid(text).map(Value::Text),
        _ => None,
    };
    value.ok_or_else(mismatch)
}

/// The value of a text in the lists of query functions and in FetchXML, where every value is a text.
pub(super) fn of_text(column: &Column, text: &str) -> Option<Value> {
    let trimmed = text.trim();
    match &column.kind {
        Kind::Text { .. } | Kind::EntityName | Kind::Image => Some(Value::Text(text.to_owned())),
        Kind::MultiSelect(_) => {
            let numbers = trimmed.split(',').map(|each| each.trim().parse());
            numbers.collect::<core::result::Result<Vec<i64>, _>>().ok().map(multi_select)
        }
        Kind::Integer { .. } | Kind::BigInt | Kind::Picklist(_) | Kind::State(_) | Kind::Status(_) => {
            trimmed.parse().ok().map(Value::Integer)
        }
        Kind::Double { .. } => {
            trimmed.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Real)
        }
        Kind::Decimal { .. } => decimal(trimmed).map(|number| Value::Text(number.to_string())),
        Kind::Boolean { .. } | Kind::Managed => match trimmed {
            "1" | "true" | "True" => Some(Value::Integer(1)),
            "0" | "false" | "False" => Some(Value::Integer(0)),
            _ => None,
        },
        Kind::DateTime { behavior: Behavior::DateOnly, .. } => {
            date(trimmed.get(..10).unwrap_or(trimmed)).map(Value::Text)
        }
        Kind::DateTime { .. } => instant(trimmed).map(Value::Integer),
        Kind::Lookup { .. } | Kind::Guid | Kind::File => guid(trimmed).map(Value::Text),
        Kind::Virtual => None,
    }
}
