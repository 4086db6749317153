//! Parses a member of a body by the rules of the wire. `from_body` checks the limits of the column.
//!
//! Dataverse reads bodies with Microsoft's OData library, so integers, doubles and booleans may also be
//! texts. Decimals and 64-bit integers are an exception: they must be numbers, or texts if the body's media
//! type has `IEEE754Compatible=true`.

use rust_decimal::Decimal;

use super::Notation;
use super::text::{any_guid, date, decimal, instant, is_instant_text};
use crate::error::{Refusal, Result, excerpt};
use crate::json::Json;
use crate::schema::{Behavior, Column, Kind, Table};

/// A value that fits the type of its property.
#[derive(Debug)]
pub(super) enum Parsed {
    Null,
    Text(String),
    Integer(i64),
    Double(f64),
    Decimal(Decimal),
    Flag(bool),
    Instant(i64),
    /// A date, `YYYY-MM-DD`.
    Date(String),
    Guid(String),
}

/// A member of a body, and its column.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) table: &'a Table,
    pub(super) column: &'a Column,
    pub(super) value: &'a Json,
}

impl Member<'_> {
    /// Parses the value. Refuses one that the property's type cannot hold.
    pub(super) fn parse(self, notation: Notation) -> Result<Parsed> {
        let parsed = match (&self.column.kind, self.value) {
            (_, Json::Null) => Some(Parsed::Null),
            (Kind::Text { .. } | Kind::EntityName | Kind::MultiSelect(_), Json::Text(text)) => {
                Some(Parsed::Text(text.clone()))
            }
            (Kind::Image, Json::Text(text)) => is_base64(text).then(|| Parsed::Text(text.clone())),
            (
                Kind::Integer { .. } | Kind::Picklist(_) | Kind::State(_) | Kind::Status(_),
                Json::Number(text) | Json::Text(text),
            ) => text.trim().parse::<i32>().ok().map(|number| Parsed::Integer(number.into())),
            (Kind::BigInt, Json::Number(text) | Json::Text(text)) => {
                self.agrees(notation)?;
                text.parse().ok().map(Parsed::Integer)
            }
            (Kind::Decimal { .. }, Json::Number(text) | Json::Text(text)) => {
                self.agrees(notation)?;
                decimal(text).map(Parsed::Decimal)
            }
            (Kind::Double { .. }, Json::Number(text) | Json::Text(text)) => double(text).map(Parsed::Double),
            (Kind::Boolean { .. }, Json::Bool(flag)) => Some(Parsed::Flag(*flag)),
            (Kind::Boolean { .. }, Json::Text(text)) => flag(text).map(Parsed::Flag),
            (Kind::Managed, Json::Object(_)) => self.value.flag("Value").map(Parsed::Flag),
            (Kind::DateTime { behavior: Behavior::DateOnly, .. }, Json::Text(text)) => {
                date(text).map(Parsed::Date)
            }
            (Kind::DateTime { .. }, Json::Text(text)) if is_instant_text(text) => {
                if text.len() == 10 && notation.strict {
                    return Err(Refusal::undocumented(&format!(
                        "'{}' is a datetime, and the value '{text}' has no time of day",
                        self.column.logical_name
                    )));
                }
                instant(text).map(Parsed::Instant)
            }
            (Kind::Guid, Json::Text(text)) => any_guid(text).map(Parsed::Guid),
            // Clients upload files by separate requests.
            (Kind::File, _) => Some(Parsed::Null),
            _ => None,
        };
        parsed.ok_or_else(|| self.wrong())
    }

    /// Refuses a number if the media type announces texts, and a text if it does not.
    fn agrees(self, notation: Notation) -> Result<()> {
        if matches!(self.value, Json::Text(_)) == notation.numbers_as_text {
            return Ok(());
        }
        Err(Refusal::payload(
            &self.table.entity_set_name,
            &format!(
                "Microsoft.OData.ODataException: Cannot convert a value to target type '{}' because of conflict between input \
                 format string/number and parameter 'IEEE754Compatible' false/true.",
                self.column.kind.edm()
            ),
        ))
    }

    pub(super) fn wrong(self) -> Refusal {
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
}

fn double(text: &str) -> Option<f64> {
    match text.trim() {
        "NaN" => Some(f64::NAN),
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        text if text.chars().all(|each| each.is_ascii_digit() || "+-.eE".contains(each)) => text.parse().ok(),
        _ => None,
    }
}

fn flag(text: &str) -> Option<bool> {
    match text.trim() {
        text if text.eq_ignore_ascii_case("true") => Some(true),
        text if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Returns whether a text is base64 with padding, ignoring blanks and line ends.
fn is_base64(text: &str) -> bool {
    let mut length = 0_usize;
    let mut padding = 0_usize;
    for each in text.bytes().filter(|each| !each.is_ascii_whitespace()) {
        length += 1;
        match each {
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => {}
            _ => return false,
        }
    }
    length.is_multiple_of(4) && padding <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_its_padding() {
        for text in ["", "QQ==", "QUI=", "QUJD", "QUJD\r\nQQ=="] {
            assert!(is_base64(text), "{text}");
        }
        for text in ["Q", "QQ=", "Q===", "QQ==QQ==", "Q-_D"] {
            assert!(!is_base64(text), "{text}");
        }
    }
}
