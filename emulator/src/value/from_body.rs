//! Values on their way between the wire and the database, by the kind of their column.
//!
//! | kind | in the database |
//! |---|---|
//! | text, GUIDs, option lists, dates | text |
//! | integers, options, booleans | integer |
//! | datetimes | integer: microseconds since 1970 |
//! | decimals, money | text, compared as decimals |
//! | doubles | real |

use jiff::civil;
use jiff::tz::Offset;
use jiff::{Timestamp, Unit};
use rusqlite::types::{Value, ValueRef};
use rust_decimal::{Decimal, RoundingStrategy};
use uuid::Uuid;

use crate::error::{Refusal, Result};
use crate::json::{Json, object};
use crate::schema::{Behavior, Column, Kind, Table};

/// The earliest datetime that Dataverse takes.
const EARLIEST: &str = "1753-01-01T00:00:00Z";

/// A GUID in the form in which it is kept: lower case, with hyphens. Upper case and braces are accepted.
pub(crate) fn guid(text: &str) -> Option<String> {
    let bare = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
    (bare.len() == 36).then(|| Uuid::try_parse(bare).ok()).flatten().map(|id| id.to_string())
}

/// An instant in microseconds. A text without offset is in UTC; fractions of a second are kept, for comparisons.
pub(crate) fn instant(text: &str) -> Option<i64> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_microsecond());
    }
    if let Ok(time) = text.parse::<civil::DateTime>() {
        return Offset::UTC.to_timestamp(time).ok().map(|time| time.as_microsecond());
    }
    None
}

/// A date in its one form.
pub(crate) fn date(text: &str) -> Option<String> {
    (text.len() == 10).then(|| text.parse::<civil::Date>().ok()).flatten().map(|date| date.to_string())
}

/// An instant as the wire has it: to the second, in UTC.
pub(crate) fn instant_text(microseconds: i64) -> String {
    let time = Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The value of a member of a body: checked against the column's limits, in the form in which it is kept.
pub(crate) fn from_body(table: &Table, column: &Column, value: &Json) -> Result<Value> {
    let name = &column.logical_name;
    if matches!(value, Json::Null) {
        if column.required {
            return Err(Refusal::required(name, &table.logical_name));
        }
        return Ok(Value::Null);
    }
    let wrong = || {
        let shown = value
            .as_str()
            .map_or_else(|| String::from_utf8_lossy(&value.to_bytes()).into_owned(), str::to_owned);
        Refusal::payload(
            &table.entity_set_name,
            &format!(
                "Microsoft.OData.ODataException: Cannot convert the literal '{shown}' to the expected type '{}'.",
                column.kind.edm()
            ),
        )
    };
    let range =
        |value: &str, accepted: String| Refusal::out_of_range(value, name, &table.logical_name, &accepted);
    match (&column.kind, value) {
        (Kind::Text { most }, Json::Text(text)) => {
            if let Some(most) = most
                && text.encode_utf16().count() > *most
            {
                return Err(Refusal::too_long(name, &table.logical_name, *most));
            }
            Ok(Value::Text(text.clone()))
        }
        (Kind::Image | Kind::EntityName, Json::Text(text)) => Ok(Value::Text(text.clone())),
        (Kind::Integer { min, max }, Json::Number(text)) => {
            let number: i64 = text.parse().map_err(|_| wrong())?;
            i32::try_from(number).map_err(|_| wrong())?;
            if !(min..=max).contains(&&number) {
                return Err(range(text, format!("Minimum Value: {min}, Maximum Value: {max}.")));
            }
            Ok(Value::Integer(number))
        }
        (Kind::BigInt, Json::Number(text) | Json::Text(text)) => {
            text.parse().map(Value::Integer).map_err(|_| wrong())
        }
        (Kind::Double { min, max, .. }, Json::Number(text)) => {
            let number: f64 = text.parse().map_err(|_| wrong())?;
            if min.is_some_and(|min| number < min)
                || max.is_some_and(|max| number > max)
                || !number.is_finite()
            {
                let shown =
                    |limit: &Option<f64>| limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string());
                return Err(range(
                    text,
                    format!("Minimum Value: {}, Maximum Value: {}.", shown(min), shown(max)),
                ));
            }
            Ok(Value::Real(number))
        }
        (Kind::Decimal { min, max, precision, .. }, Json::Number(text) | Json::Text(text)) => {
            let number = decimal(text).ok_or_else(wrong)?;
            let limit = |text: &Option<String>| text.as_deref().and_then(decimal);
            if limit(min).is_some_and(|min| number < min) || limit(max).is_some_and(|max| number > max) {
                let shown = |limit: &Option<String>| limit.clone().unwrap_or_else(|| "none".to_owned());
                return Err(range(
                    text,
                    format!("Minimum Value: {}, Maximum Value: {}.", shown(min), shown(max)),
                ));
            }
            let most = u32::from(*precision)
                .max(if matches!(column.kind, Kind::Decimal { money: true, .. }) { 4 } else { 0 });
            let rounded = number.round_dp_with_strategy(most, RoundingStrategy::MidpointAwayFromZero);
            Ok(Value::Text(rounded.to_string()))
        }
        (Kind::Boolean { .. }, Json::Bool(flag)) => Ok(Value::Integer(i64::from(*flag))),
        (Kind::Managed, Json::Object(_)) => {
            value.flag("Value").map(|flag| Value::Integer(i64::from(flag))).ok_or_else(wrong)
        }
        (Kind::DateTime { behavior: Behavior::DateOnly, .. }, Json::Text(text)) => {
            date(text).map(Value::Text).ok_or_else(wrong)
        }
        (Kind::DateTime { .. }, Json::Text(text)) => {
            let time = instant(text).ok_or_else(wrong)?;
            if instant(EARLIEST).is_some_and(|earliest| time < earliest) {
                return Err(Refusal::bad(format!(
                    "The value {text} of '{name}' is before the minimum of {EARLIEST}: datetime columns hold nothing earlier."
                )));
            }
            // Dataverse keeps whole seconds.
            Ok(Value::Integer(time.div_euclid(1_000_000) * 1_000_000))
        }
        (Kind::Picklist(choices) | Kind::State(choices) | Kind::Status(choices), Json::Number(text)) => {
            let number: i64 = text.parse().map_err(|_| wrong())?;
            if !choices.is_empty() && !choices.iter().any(|choice| choice.value == number) {
                let accepted: Vec<String> = choices.iter().map(|choice| choice.value.to_string()).collect();
                return Err(range(text, format!("Accepted Values: {}", accepted.join(","))));
            }
            Ok(Value::Integer(number))
        }
        (Kind::MultiSelect(choices), Json::Text(text)) => {
            let mut numbers = Vec::new();
            for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                let number: i64 = part.parse().map_err(|_| wrong())?;
                if !choices.is_empty() && !choices.iter().any(|choice| choice.value == number) {
                    let accepted: Vec<String> =
                        choices.iter().map(|choice| choice.value.to_string()).collect();
                    return Err(range(part, format!("Accepted Values: {}", accepted.join(","))));
                }
                numbers.push(number);
            }
            Ok(multi_select(numbers))
        }
        (Kind::Guid, Json::Text(text)) => guid(text).map(Value::Text).ok_or_else(wrong),
        _ => Err(wrong()),
    }
}

/// A set of options in the form in which it is kept: ascending, each once; none is null.
pub(crate) fn multi_select(mut numbers: Vec<i64>) -> Value {
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        return Value::Null;
    }
    let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Value::Text(texts.join(","))
}

/// A decimal, in whichever notation JSON allows.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

/// What the wire has for a value of the database.
pub(crate) fn to_json(kind: &Kind, value: ValueRef<'_>) -> Json {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Json::Null,
        ValueRef::Integer(number) => match kind {
            Kind::Boolean { .. } => Json::Bool(number != 0),
            Kind::Managed => object([
                ("Value", Json::Bool(number != 0)),
                ("CanBeChanged", Json::Bool(true)),
                ("ManagedPropertyLogicalName", Json::Null),
            ]),
            Kind::DateTime { .. } => Json::Text(instant_text(number)),
            _ => Json::Number(number.to_string()),
        },
        ValueRef::Real(number) => {
            serde_json::Number::from_f64(number).map_or(Json::Null, |number| Json::Number(number.to_string()))
        }
        ValueRef::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            if matches!(kind, Kind::Decimal { .. }) { Json::Number(text) } else { Json::Text(text) }
        }
    }
}

/// The text that people are shown, where it differs from the value: the `FormattedValue` annotation.
pub(crate) fn formatted(kind: &Kind, value: ValueRef<'_>) -> Option<String> {
    let label = |number: i64| {
        kind.choices()
            .iter()
            .find(|choice| choice.value == number)
            .map_or_else(|| number.to_string(), |choice| choice.label.clone())
    };
    match (kind, value) {
        (Kind::Picklist(_) | Kind::State(_) | Kind::Status(_), ValueRef::Integer(number)) => {
            Some(label(number))
        }
        (Kind::MultiSelect(_), ValueRef::Text(bytes)) => {
            let numbers = core::str::from_utf8(bytes).ok()?.split(',').filter_map(|each| each.parse().ok());
            Some(numbers.map(label).collect::<Vec<_>>().join("; "))
        }
        (Kind::Boolean { true_label, false_label }, ValueRef::Integer(number)) => {
            Some(if number != 0 { true_label } else { false_label }.clone())
        }
        (Kind::Integer { .. } | Kind::BigInt, ValueRef::Integer(number)) => {
            Some(grouped(&number.to_string()))
        }
        (Kind::Double { precision, .. }, ValueRef::Real(number)) => {
            Some(grouped(&format!("{number:.*}", usize::from(*precision))))
        }
        (Kind::Decimal { precision, money, .. }, ValueRef::Text(bytes)) => {
            let number = decimal(core::str::from_utf8(bytes).ok()?)?;
            let rounded =
                number.round_dp_with_strategy(u32::from(*precision), RoundingStrategy::MidpointAwayFromZero);
            let text = grouped(&format!("{rounded:.*}", usize::from(*precision)));
            Some(match (money, text.strip_prefix('-')) {
                (true, Some(text)) => format!("-${text}"),
                (true, None) => format!("${text}"),
                (false, _) => text,
            })
        }
        (Kind::DateTime { date_format, .. }, ValueRef::Integer(microseconds)) => {
            let time = Timestamp::from_microsecond(microseconds).ok()?.round(Unit::Second).ok()?;
            let pattern = if *date_format { "%-m/%-d/%Y" } else { "%-m/%-d/%Y %-I:%M %p" };
            Some(time.strftime(pattern).to_string())
        }
        (Kind::DateTime { .. }, ValueRef::Text(bytes)) => {
            let date: civil::Date = core::str::from_utf8(bytes).ok()?.parse().ok()?;
            Some(date.strftime("%-m/%-d/%Y").to_string())
        }
        _ => None,
    }
}

/// A number with commas between thousands.
fn grouped(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_in_every_form_clients_send() {
        let id = "0d2c7a10-1111-4111-8111-111111111111";
        for text in [id, "0D2C7A10-1111-4111-8111-111111111111", "{0D2C7A10-1111-4111-8111-111111111111}"] {
            assert_eq!(guid(text).as_deref(), Some(id));
        }
        for text in ["", "0d2c7a10111141118111111111111111", "0d2c7a10-1111-4111-8111-11111111111g"] {
            assert_eq!(guid(text), None);
        }
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!(grouped("1234567.50"), "1,234,567.50");
        assert_eq!(grouped("-999"), "-999");
        assert_eq!(grouped("-1000"), "-1,000");
    }

    #[test]
    fn instants() {
        assert_eq!(instant_text(instant("2024-09-18T10:20:39+02:00").unwrap()), "2024-09-18T08:20:39Z");
        assert_eq!(instant("2024-09-18T10:20:39"), instant("2024-09-18T10:20:39Z"));
        assert_eq!(instant("2024-09-18"), instant("2024-09-18T00:00:00Z"));
    }
}
