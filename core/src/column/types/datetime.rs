//! Instants, clock readings and dates, one file for each library whose types are taken.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "time")]
mod time;

use std::borrow::Cow;

use crate::column::{Cell, Value, ValueError, Written};
use crate::encode::instant;

const INSTANT: &str = "a timestamp such as 2024-09-18T10:20:39Z";
const CLOCK: &str = "a date and time such as 2024-09-18T10:20:39Z";
const DATE: &str = "a date such as 2024-09-18";

/// Reads text with a parser, or says what was expected.
fn parse<T>(
    cell: Cell<'_, '_>,
    expected: &'static str,
    parser: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ValueError> {
    let value = cell.value();
    match value {
        Value::Text(text) => parser(text),
        _ => None,
    }
    .ok_or_else(|| ValueError::new(expected, value))
}

fn text(text: String) -> Written<'static> {
    Written::Value(Value::Text(Cow::Owned(text)))
}

/// A whole second of a year that has four digits; what is not one is written as text.
fn whole_second(seconds: i64, fraction: bool) -> Option<Written<'static>> {
    (!fraction && instant::has_text(seconds)).then_some(Written::Value(Value::Instant(seconds)))
}

/// The text of an instant: date, time and, unless the server's UTC is meant, an offset. Libraries take other forms too,
/// each its own; the wire has this one.
fn instant_text(text: &str) -> Option<&str> {
    let (_, offset) = split(text)?;
    let signed = |offset: &str| offset.len() == 6 && has_form(offset, "+00:00");
    (matches!(offset, "" | "Z" | "z") || signed(&offset.replacen('-', "+", 1))).then_some(text)
}

/// The text of a clock reading, without the `Z` that comes with it and is not to be converted.
fn clock_text(text: &str) -> Option<&str> {
    let (clock, offset) = split(text)?;
    matches!(offset, "" | "Z" | "z" | "+00:00").then_some(clock)
}

/// The text of a date.
fn date_text(text: &str) -> Option<&str> {
    has_form(text, "0000-00-00").then_some(text)
}

/// Does the text of an instant say its offset from UTC? If not, the server takes it to be in UTC, and so do we.
fn has_offset(text: &str) -> bool {
    split(text).is_some_and(|(_, offset)| !offset.is_empty())
}

/// Splits the text into date and time, and the offset behind them. No second is a leap second.
fn split(text: &str) -> Option<(&str, &str)> {
    const CLOCK: &str = "0000-00-00T00:00:00";
    let (clock, rest) = text.split_at_checked(CLOCK.len())?;
    let fraction =
        rest.strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let end = CLOCK.len() + if fraction > 0 { fraction + 1 } else { 0 };
    let fits = has_form(clock, CLOCK) && !clock.ends_with(":60") && fraction <= 9;
    fits.then(|| text.split_at(end))
}

/// Is there a digit where the form has one, and elsewhere what the form has?
fn has_form(text: &str, form: &str) -> bool {
    let fits =
        |(found, wanted): (u8, u8)| if wanted == b'0' { found.is_ascii_digit() } else { found == wanted };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
