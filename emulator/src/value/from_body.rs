//! The value of a member of a body, checked against its column.

use rusqlite::types::Value;
use rust_decimal::RoundingStrategy;

use super::text::{date, decimal, guid, instant, multi_select};
use crate::error::{Refusal, Result, excerpt};
use crate::json::Json;
use crate::schema::{Behavior, Choice, Column, Kind, Table};

/// The earliest datetime that Dataverse takes.
const EARLIEST: &str = "1753-01-01T00:00:00Z";

/// The value of a member of a body: checked against the column's limits, in the form in which it is kept.
pub(crate) fn from_body(table: &Table, column: &Column, value: &Json) -> Result<Value> {
    let member = Member { table, column, value };
    if matches!(value, Json::Null) {
        if column.required {
            return Err(Refusal::required(&column.logical_name, &table.logical_name));
        }
        return Ok(Value::Null);
    }
    match (&column.kind, value) {
        (Kind::Text { max_length }, Json::Text(text)) => member.text(text, *max_length),
        (Kind::Image | Kind::EntityName, Json::Text(text)) => Ok(Value::Text(text.clone())),
        (Kind::Integer { min, max }, Json::Number(text)) => member.integer(text, *min, *max),
        (Kind::BigInt, Json::Number(text) | Json::Text(text)) => {
            text.parse().map(Value::Integer).map_err(|_| member.wrong())
        }
        (Kind::Double { min, max, .. }, Json::Number(text)) => member.double(text, *min, *max),
        (Kind::Decimal { .. }, Json::Number(text) | Json::Text(text)) => member.decimal(text),
        (Kind::Boolean { .. }, Json::Bool(flag)) => Ok(Value::Integer(i64::from(*flag))),
        (Kind::Managed, Json::Object(_)) => {
            value.flag("Value").map(|flag| Value::Integer(i64::from(flag))).ok_or_else(|| member.wrong())
        }
        (Kind::DateTime { behavior: Behavior::DateOnly, .. }, Json::Text(text)) => {
            date(text).map(Value::Text).ok_or_else(|| member.wrong())
        }
        (Kind::DateTime { .. }, Json::Text(text)) => member.instant(text),
        (Kind::Picklist(choices) | Kind::State(choices) | Kind::Status(choices), Json::Number(text)) => {
            member.choice(text, choices).map(Value::Integer)
        }
        (Kind::MultiSelect(choices), Json::Text(text)) => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            let numbers = parts.map(|part| member.choice(part, choices)).collect::<Result<_>>()?;
            Ok(multi_select(numbers))
        }
        (Kind::Guid, Json::Text(text)) => guid(text).map(Value::Text).ok_or_else(|| member.wrong()),
        _ => Err(member.wrong()),
    }
}

/// A member of a body, and the column it is meant for.
#[derive(Clone, Copy)]
struct Member<'a> {
    table: &'a Table,
    column: &'a Column,
    value: &'a Json,
}

impl Member<'_> {
    fn wrong(self) -> Refusal {
        let shown = self
            .value
            .as_str()
            .map_or_else(|| String::from_utf8_lossy(&self.value.to_bytes()).into_owned(), str::to_owned);
        Refusal::payload(
            &self.table.entity_set_name,
            &format!(
                "Microsoft.OData.ODataException: Cannot convert the literal '{}' to the expected type '{}'.",
                excerpt(&shown),
                self.column.kind.edm()
            ),
        )
    }

    fn out_of_range(self, value: &str, accepted: &str) -> Refusal {
        Refusal::out_of_range(value, &self.column.logical_name, &self.table.logical_name, accepted)
    }

    fn text(self, text: &str, max_length: Option<usize>) -> Result<Value> {
        if let Some(max_length) = max_length
            && text.encode_utf16().count() > max_length
        {
            return Err(Refusal::too_long(&self.column.logical_name, &self.table.logical_name, max_length));
        }
        Ok(Value::Text(text.to_owned()))
    }

    fn integer(self, text: &str, min: i64, max: i64) -> Result<Value> {
        let number: i64 = text.parse().map_err(|_| self.wrong())?;
        i32::try_from(number).map_err(|_| self.wrong())?;
        if !(min..=max).contains(&number) {
            return Err(self.out_of_range(text, &format!("Minimum Value: {min}, Maximum Value: {max}.")));
        }
        Ok(Value::Integer(number))
    }

    fn double(self, text: &str, min: Option<f64>, max: Option<f64>) -> Result<Value> {
        let number: f64 = text.parse().map_err(|_| self.wrong())?;
        if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) || !number.is_finite() {
            let shown = |limit: Option<f64>| limit.map(|limit| limit.to_string());
            return Err(self.out_of_range(text, &limits(shown(min), shown(max))));
        }
        Ok(Value::Real(number))
    }

    fn decimal(self, text: &str) -> Result<Value> {
        let Kind::Decimal { min, max, precision, money } = &self.column.kind else {
            return Err(self.wrong());
        };
        let number = decimal(text).ok_or_else(|| self.wrong())?;
        let limit = |text: &Option<String>| text.as_deref().and_then(decimal);
        if limit(min).is_some_and(|min| number < min) || limit(max).is_some_and(|max| number > max) {
            return Err(self.out_of_range(text, &limits(min.clone(), max.clone())));
        }
        let scale = u32::from(*precision).max(if *money { 4 } else { 0 });
        let rounded = number.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
        Ok(Value::Text(rounded.to_string()))
    }

    fn instant(self, text: &str) -> Result<Value> {
        let time = instant(text).ok_or_else(|| self.wrong())?;
        if instant(EARLIEST).is_some_and(|earliest| time < earliest) {
            return Err(Refusal::bad(format!(
                "The value {text} of '{}' is before the minimum of {EARLIEST}: datetime columns hold nothing earlier.",
                self.column.logical_name
            )));
        }
        // Dataverse keeps whole seconds.
        Ok(Value::Integer(time.div_euclid(1_000_000) * 1_000_000))
    }

    /// The number of an option; any number, where the column declares no options.
    fn choice(self, text: &str, choices: &[Choice]) -> Result<i64> {
        let number: i64 = text.parse().map_err(|_| self.wrong())?;
        if !choices.is_empty() && !choices.iter().any(|choice| choice.value == number) {
            let accepted: Vec<String> = choices.iter().map(|choice| choice.value.to_string()).collect();
            return Err(self.out_of_range(text, &format!("Accepted Values: {}", accepted.join(","))));
        }
        Ok(number)
    }
}

fn limits(min: Option<String>, max: Option<String>) -> String {
    let shown = |limit: Option<String>| limit.unwrap_or_else(|| "none".to_owned());
    format!("Minimum Value: {}, Maximum Value: {}.", shown(min), shown(max))
}
