//! The trait that the types of datetime columns implement. Each supported date library has a file here, which
//! implements the trait for its types.

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

/// A type that holds the values of a datetime column.
///
/// Implement it for your own type, and then state the behavior of its columns with
/// [`datetime_column!`](crate::datetime_column).
///
/// The texts of [`parse`](Self::parse) and [`to_text`](Self::to_text) depend on the behavior:
///
/// | behavior | read | written |
/// |---|---|---|
/// | `user_local` | RFC 3339, always with an offset, which is `Z` as a rule: `2024-09-18T10:20:39Z` | the same form |
/// | `time_zone_independent` | without an offset: `2024-09-18T10:20:39` | the same form |
/// | `date_only` | `2024-09-18` | the same form |
///
/// Seconds can have a fraction of up to nine digits. The library rejects texts of another form before it
/// calls `parse`, which therefore checks ranges only.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::{DateTimeValue, datetime_column};
///
/// /// A day, as a number such as 20240918.
/// #[derive(Debug, Clone, PartialEq)]
/// struct Day(u32);
///
/// impl DateTimeValue for Day {
///     fn parse(text: &str) -> Option<Self> {
///         text.replace('-', "").parse().ok().map(Self)
///     }
///
///     fn to_text(&self) -> String {
///         format!("{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
///     }
///
///     fn placeholder() -> Self {
///         Self(1970_01_01)
///     }
/// }
///
/// datetime_column!(Day: date_only);
///
/// /// Seconds since 1970.
/// #[derive(Debug, Clone, PartialEq)]
/// struct Moment(i64);
///
/// impl DateTimeValue for Moment {
///     fn parse(text: &str) -> Option<Self> {
///         // Only texts with a fraction or an offset come here; others come to `from_seconds`.
///         text.parse::<dataverse_entity::Timestamp>().ok().map(|instant| Self(instant.as_second()))
///     }
///
///     fn to_text(&self) -> String {
///         dataverse_entity::Timestamp::from_second(self.0).map_or_else(|_| self.0.to_string(), |instant| instant.to_string())
///     }
///
///     fn from_seconds(seconds: i64) -> Option<Self> {
///         Some(Self(seconds))
///     }
///
///     fn whole_seconds(&self) -> Option<i64> {
///         Some(self.0)
///     }
///
///     fn placeholder() -> Self {
///         Self(0)
///     }
/// }
///
/// datetime_column!(Moment: user_local);
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "new_visit", set = "new_visits")]
/// struct Visit {
///     #[attr(logical = "new_visitid", primary_id)]
///     id: Id<Visit>,
///     #[attr(logical = "new_day", datetime(behavior = "date_only"))]
///     day: Option<Day>,
///     #[attr(logical = "new_arrival", datetime(behavior = "user_local"))]
///     arrival: Option<Moment>,
/// }
///
/// let create = Visit::create().day(Day(2024_09_18)).arrival(Moment(1_726_654_839));
/// assert_eq!(
///     create.to_json().unwrap(),
///     r#"{"new_day":"2024-09-18","new_arrival":"2024-09-18T10:20:39Z"}"#
/// );
/// let filter = Visit::ARRIVAL.ge(Moment(1_726_654_839));
/// assert_eq!(filter.to_odata().unwrap(), "new_arrival ge 2024-09-18T10:20:39Z");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type for datetime columns",
    label = "implement `DateTimeValue` for the type before `datetime_column!` states the behavior of its columns"
)]
pub trait DateTimeValue: Clone + PartialEq + 'static {
    /// Parses the text; returns `None` if the type cannot hold the date.
    fn parse(text: &str) -> Option<Self>;

    /// Returns the text to write.
    fn to_text(&self) -> String;

    /// Returns any value of the type. A required field holds it until its column is read.
    fn placeholder() -> Self;

    /// Converts seconds since 1970. This is the fast path of reading, because nearly every instant of
    /// Dataverse is a whole second. The default returns `None`; `parse` then reads the text.
    fn from_seconds(seconds: i64) -> Option<Self> {
        let _ = seconds;
        None
    }

    /// Returns the seconds since 1970 of an instant, or of a clock reading as if it were in UTC; `None` if it
    /// has a fraction.
    ///
    /// This is the fast path of writing. The default returns `None`; `to_text` then writes the text.
    fn whole_seconds(&self) -> Option<i64> {
        None
    }

    /// Returns what an error says was expected, if `parse` rejects this text. This is for a type that holds
    /// fewer dates than Dataverse. The default returns `None`, which means the usual words.
    fn expectation(text: &str) -> Option<&'static str> {
        let _ = text;
        None
    }
}

/// Lets a type that implements [`DateTimeValue`] hold columns of one behavior: `user_local`,
/// `time_zone_independent` or `date_only`. Filters and query functions take its values, too.
///
/// This is a macro because Rust allows only one blanket implementation, and option sets have it already.
///
/// ```
/// # use dataverse_entity::{DateTimeValue, datetime_column};
/// # #[derive(Clone, PartialEq)]
/// # struct Reading(String);
/// # impl DateTimeValue for Reading {
/// #     fn parse(text: &str) -> Option<Self> {
/// #         Some(Self(text.to_owned()))
/// #     }
/// #     fn to_text(&self) -> String {
/// #         self.0.clone()
/// #     }
/// #     fn placeholder() -> Self {
/// #         Self(String::new())
/// #     }
/// # }
/// datetime_column!(Reading: time_zone_independent);
/// ```
#[macro_export]
macro_rules! datetime_column {
    ($type:ty: user_local) => {
        $crate::__datetime_column!($type, InstantColumn, INSTANT, read_instant, written_instant);
    };
    ($type:ty: time_zone_independent) => {
        $crate::__datetime_column!($type, ClockColumn, CLOCK, read_clock, written_clock);
    };
    ($type:ty: date_only) => {
        $crate::__datetime_column!($type, DateColumn, DATE, read_date, written_date);

        #[diagnostic::do_not_recommend]
        impl $crate::__private::DateArgument for $type {
            fn date_text(self) -> $crate::__private::String {
                $crate::__private::DateTimeValue::to_text(&self)
            }
        }
    };
}

/// The part of [`datetime_column!`](crate::datetime_column) that all behaviors share.
#[doc(hidden)]
#[macro_export]
macro_rules! __datetime_column {
    ($type:ty, $kind:ident, $set:ident, $read:ident, $written:ident) => {
        #[diagnostic::do_not_recommend]
        impl $crate::__private::ReadValue<'_> for $type {
            const KINDS: $crate::__private::KindSet = $crate::__private::KindSet::$set;

            fn read(
                cell: $crate::__private::Cell<'_, '_>,
                _: &mut $crate::__private::SharedStrings,
            ) -> $crate::__private::Result<Self, $crate::__private::ValueError> {
                $crate::__private::datetime::$read(cell)
            }

            fn blank() -> Self {
                $crate::__private::DateTimeValue::placeholder()
            }
        }

        $crate::__written_as_itself!($type);

        #[diagnostic::do_not_recommend]
        impl $crate::__private::WriteValue for $type {
            fn written(&self) -> $crate::__private::Written<'_> {
                $crate::__private::datetime::$written(self)
            }
        }

        $crate::__holds_column!($kind: $type);
    };
}

/// A day, as the argument of query functions.
///
/// The types of the date libraries implement it, each with its feature.
/// [`datetime_column!`](crate::datetime_column) implements it for your own types.
///
/// ```
/// use dataverse_entity::jiff::civil::date;
/// use dataverse_entity::tables::SessionEvent;
///
/// let filter = SessionEvent::CREATED_ON.on(date(2024, 9, 18));
/// assert_eq!(
///     filter.to_odata()?,
///     "Microsoft.Dynamics.CRM.On(PropertyName='createdon',PropertyValue='2024-09-18')"
/// );
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a day",
    label = "use a date: jiff's `civil::Date`, chrono's `NaiveDate` or time's `Date`, each with its feature"
)]
pub trait DateArgument {
    /// Returns the day as `2024-09-18`.
    #[doc(hidden)]
    fn date_text(self) -> String;
}

#[diagnostic::do_not_recommend]
impl<D: DateArgument + Clone> DateArgument for &D {
    fn date_text(self) -> String {
        self.clone().date_text()
    }
}

/// Reads the value of a `user_local` column.
#[inline]
pub fn read_instant<T: DateTimeValue>(cell: Cell<'_, '_>) -> Result<T, ValueError> {
    match cell.value() {
        Value::Instant(seconds) => match T::from_seconds(*seconds) {
            Some(instant) => Ok(instant),
            None => {
                let text = instant::text(*seconds);
                checked(cell, &text, T::parse(&text), INSTANT)
            }
        },
        Value::Text(text) => {
            checked(cell, text, instant_text(text).and_then(|text| T::parse(&text)), INSTANT)
        }
        other => Err(ValueError::new(INSTANT, other)),
    }
}

/// Reads the value of a `time_zone_independent` column.
pub fn read_clock<T: DateTimeValue>(cell: Cell<'_, '_>) -> Result<T, ValueError> {
    match cell.value() {
        Value::Text(text) => checked(cell, text, clock_text(text).and_then(T::parse), CLOCK),
        other => Err(ValueError::new(CLOCK, other)),
    }
}

/// Reads the value of a `date_only` column.
pub fn read_date<T: DateTimeValue>(cell: Cell<'_, '_>) -> Result<T, ValueError> {
    match cell.value() {
        Value::Text(text) => checked(cell, text, date_text(text).and_then(T::parse), DATE),
        other => Err(ValueError::new(DATE, other)),
    }
}

fn checked<T: DateTimeValue>(
    cell: Cell<'_, '_>,
    text: &str,
    parsed: Option<T>,
    expected: &'static str,
) -> Result<T, ValueError> {
    parsed.ok_or_else(|| ValueError::new(T::expectation(text).unwrap_or(expected), cell.value()))
}

/// Returns what a draft writes to a `user_local` column.
pub fn written_instant<T: DateTimeValue>(instant: &T) -> Written<'static> {
    whole_second(instant).unwrap_or_else(|| text(instant.to_text()))
}

/// Returns what a draft writes to a `time_zone_independent` column. Dataverse requires a `Z` there, and
/// ignores it.
pub fn written_clock<T: DateTimeValue>(clock: &T) -> Written<'static> {
    whole_second(clock).unwrap_or_else(|| text(clock.to_text() + "Z"))
}

/// Returns what a draft writes to a `date_only` column.
pub fn written_date<T: DateTimeValue>(date: &T) -> Written<'static> {
    text(date.to_text())
}

fn text(text: String) -> Written<'static> {
    Written::Value(Value::Text(Cow::Owned(text)))
}

/// Returns a whole second of a year with four digits; `None` for anything else, which is written as text.
fn whole_second<T: DateTimeValue>(value: &T) -> Option<Written<'static>> {
    let seconds = value.whole_seconds().filter(|seconds| instant::has_text(*seconds))?;
    Some(Written::Value(Value::Instant(seconds)))
}

/// Returns the text of an instant, with `Z` added if it has no offset, which means UTC; `None` if it has
/// another form. Date libraries accept further forms, which the wire does not have.
fn instant_text(text: &str) -> Option<Cow<'_, str>> {
    let (_, offset) = split(text)?;
    let signed = |offset: &str| offset.len() == 6 && has_form(offset, "+00:00");
    match offset {
        "" => Some(Cow::Owned(format!("{text}Z"))),
        "Z" | "z" => Some(Cow::Borrowed(text)),
        _ => signed(&offset.replacen('-', "+", 1)).then_some(Cow::Borrowed(text)),
    }
}

/// Returns the text of a clock reading without its `Z`, which means nothing there.
fn clock_text(text: &str) -> Option<&str> {
    let (clock, offset) = split(text)?;
    matches!(offset, "" | "Z" | "z" | "+00:00").then_some(clock)
}

/// Returns the text of a date; `None` if it has another form.
fn date_text(text: &str) -> Option<&str> {
    has_form(text, "0000-00-00").then_some(text)
}

/// Splits the text into date and time, and the offset that follows. Leap seconds are rejected.
fn split(text: &str) -> Option<(&str, &str)> {
    const CLOCK: &str = "0000-00-00T00:00:00";
    let (clock, rest) = text.split_at_checked(CLOCK.len())?;
    let fraction =
        rest.strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let end = CLOCK.len() + if fraction > 0 { fraction + 1 } else { 0 };
    let fits = has_form(clock, CLOCK) && !clock.ends_with(":60") && fraction <= 9;
    fits.then(|| text.split_at(end))
}

/// Returns whether the text has a digit wherever the form has a zero, and equals the form elsewhere.
fn has_form(text: &str, form: &str) -> bool {
    let fits =
        |(found, wanted): (u8, u8)| if wanted == b'0' { found.is_ascii_digit() } else { found == wanted };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
