//! Values of the database as JSON and as formatted text.

use jiff::{Timestamp, Unit, civil};
use rusqlite::types::ValueRef;
use rust_decimal::RoundingStrategy;

use super::text::{decimal, instant_text};
use crate::json::{Json, object};
use crate::schema::Kind;

/// Returns the JSON of a value of the database.
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
            let text = match core::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => String::from_utf8_lossy(bytes).into_owned(),
            };
            if matches!(kind, Kind::Decimal { .. }) { Json::Number(text) } else { Json::Text(text) }
        }
    }
}

/// Returns the text of the `FormattedValue` annotation; `None` for a column without one.
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
                (Some(_), Some(text)) => format!("-${text}"),
                (Some(_), None) => format!("${text}"),
                (None, _) => text,
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

/// Returns a number with commas between thousands.
fn grouped(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
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
    fn numbers_have_formatted_values() {
        assert_eq!(grouped("1234567.50"), "1,234,567.50");
        assert_eq!(grouped("-999"), "-999");
        assert_eq!(grouped("-1000"), "-1,000");
    }
}
