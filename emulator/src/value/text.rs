//! Parses GUIDs, dates, instants, decimals and sets of options in every form that clients send.

use jiff::Timestamp;
use jiff::civil;
use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::Offset;
use rusqlite::types::Value;
use rust_decimal::Decimal;
use uuid::Uuid;

/// Returns a GUID in the form of the database: lower case, with hyphens. Accepts upper case and braces.
pub(crate) fn guid(text: &str) -> Option<String> {
    let bare = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
    (bare.len() == 36).then(|| Uuid::try_parse(bare).ok()).flatten().map(|id| id.to_string())
}

/// Returns a GUID in any form that .NET reads: with and without hyphens, in braces or in parentheses.
pub(crate) fn any_guid(text: &str) -> Option<String> {
    let text = text.trim();
    let inside = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let bare = inside('{', '}').or_else(|| inside('(', ')')).unwrap_or(text);
    let plain = bare.len() == 36 || bare.len() == 32 && bare.len() == text.len();
    plain.then(|| Uuid::try_parse(bare).ok()).flatten().map(|id| id.to_string())
}

/// Returns whether a text is a datetime as bodies write it: a date, or a date and a time with `Z`, an offset
/// or neither.
pub(crate) fn is_instant_text(text: &str) -> bool {
    let digits =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|each| each.is_ascii_digit());
    let parts = |text: &str, mark: char, lengths: &[usize]| {
        let parts: Vec<&str> = text.split(mark).collect();
        parts.len() == lengths.len() && parts.iter().zip(lengths).all(|(part, length)| digits(part, *length))
    };
    let Some((date, time)) = text.split_once('T') else { return parts(text, '-', &[4, 2, 2]) };
    let (time, offset) = match time.find(['Z', '+', '-']) {
        Some(index) => time.split_at(index),
        None => (time, "Z"),
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_fraction = !fraction.is_empty() && digits(fraction, fraction.len());
    parts(date, '-', &[4, 2, 2])
        && (parts(clock, ':', &[2, 2, 2]) && is_fraction || parts(time, ':', &[2, 2]))
        && (offset == "Z" || offset.get(1..).is_some_and(|offset| parts(offset, ':', &[2, 2])))
}

/// Returns an instant in microseconds. A text without an offset is in UTC. Keeps fractions of a second, for
/// comparisons.
pub(crate) fn instant(text: &str) -> Option<i64> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_microsecond());
    }
    if let Ok(time) = text.parse::<civil::DateTime>() {
        return Offset::UTC.to_timestamp(time).ok().map(|time| time.as_microsecond());
    }
    None
}

/// Returns a date, `YYYY-MM-DD`.
pub(crate) fn date(text: &str) -> Option<String> {
    (text.len() == 10).then(|| text.parse::<civil::Date>().ok()).flatten().map(|date| date.to_string())
}

/// Writes instants to the second, in UTC.
static PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(0));

/// Returns an instant in the form of the wire: to the second, in UTC.
pub(crate) fn instant_text(microseconds: i64) -> String {
    let time = Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut text = String::with_capacity("2026-03-04T10:30:00Z".len());
    match PRINTER.print_timestamp(&time, &mut text) {
        Ok(()) => text,
        // The printer writes to memory, which does not fail.
        Err(_) => time.to_string(),
    }
}

/// Returns a set of options in the form of the database: ascending and without duplicates. An empty set is
/// null.
pub(crate) fn multi_select(mut numbers: Vec<i64>) -> Value {
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        return Value::Null;
    }
    let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Value::Text(texts.join(","))
}

/// Maximum length of the text of a decimal; no decimal needs a longer one.
const MAX_DECIMAL_LENGTH: usize = 1000;

/// Returns a decimal in any notation of JSON.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    if text.len() > MAX_DECIMAL_LENGTH {
        return None;
    }
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
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
    fn guids_in_every_form_that_dot_net_reads() {
        let id = "0d2c7a10-1111-4111-8111-111111111111";
        let forms = [
            "0D2C7A10111141118111111111111111",
            "(0d2c7a10-1111-4111-8111-111111111111)",
            " 0d2c7a10-1111-4111-8111-111111111111",
        ];
        for text in forms {
            assert_eq!(any_guid(text).as_deref(), Some(id), "{text}");
        }
        for text in
            ["", "{0d2c7a10111141118111111111111111}", "urn:uuid:0d2c7a10-1111-4111-8111-111111111111"]
        {
            assert_eq!(any_guid(text), None, "{text}");
        }
    }

    #[test]
    fn datetimes_have_one_form_in_bodies() {
        for text in
            ["2024-09-18", "2024-09-18T10:20Z", "2024-09-18T10:20:39", "2024-09-18T10:20:39.987+02:00"]
        {
            assert!(is_instant_text(text), "{text}");
        }
        for text in [
            "",
            "2024-09",
            "2024-09-18T",
            "2024-09-18 10:20:39Z",
            "20240918T102039Z",
            "2024-09-18T10:20:39-08:00Z",
            "2024-09-18T10:20:39.Z",
            "2024-09-18T10:20:39+02",
            "2024-09-18T10:20:39Z[UTC]",
            "/Date(1725148800000)/",
        ] {
            assert!(!is_instant_text(text), "{text}");
        }
    }

    #[test]
    fn instants() {
        assert_eq!(instant_text(instant("2024-09-18T10:20:39+02:00").unwrap()), "2024-09-18T08:20:39Z");
        assert_eq!(instant("2024-09-18T10:20:39"), instant("2024-09-18T10:20:39Z"));
        assert_eq!(instant("2024-09-18"), instant("2024-09-18T00:00:00Z"));
    }
}
