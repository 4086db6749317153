//! Instants, clock readings and dates, one file for each library whose types are taken.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "time")]
mod time;

use std::borrow::Cow;

use super::{Cell, Value, ValueError};

const INSTANT: &str = "a timestamp such as 2024-09-18T10:20:39Z";
const CLOCK: &str = "a date and time such as 2024-09-18T10:20:39Z";
const DATE: &str = "a date such as 2024-09-18";

/// Reads text with a parser, or says what was expected.
fn parse<T>(
    cell: Cell<'_>,
    expected: &'static str,
    parser: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ValueError> {
    let value = cell.value();
    match &value {
        Value::Text(text) => parser(text),
        _ => None,
    }
    .ok_or_else(|| ValueError::new(expected, &value))
}

fn text(text: String) -> super::Written<'static> {
    super::Written::Value(Value::Text(Cow::Owned(text)))
}

/// The text of a clock reading, without the `Z` that comes with it and is not to be converted; `None` where there is
/// another offset, or no time.
fn clock_text(text: &str) -> Option<&str> {
    let text = text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix("+00:00")).unwrap_or(text);
    (has_time(text) && !has_offset(text)).then_some(text)
}

/// The text of a date; `None` where there is a time behind it, which is the form of another behavior.
fn date_text(text: &str) -> Option<&str> {
    (!has_time(text)).then_some(text)
}

/// Is there a time, and not a date alone?
fn has_time(text: &str) -> bool {
    text.contains(['T', 't', ' '])
}

/// Does the text say its offset from UTC? If not, the server takes an instant to be in UTC, and so do we.
fn has_offset(text: &str) -> bool {
    let time = text.find(['T', 't', ' ']).map_or("", |place| &text[place..]);
    time.ends_with(['Z', 'z']) || time.contains(['+', '-'])
}
