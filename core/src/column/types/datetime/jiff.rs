//! jiff: `Timestamp`, `civil::DateTime`, `civil::Date`.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::{
    CLOCK, Cell, DATE, INSTANT, ValueError, clock_text, date_text, has_offset, instant_text, parse, text,
    whole_second,
};
use crate::column::{KindSet, ReadValue, SharedStrings, Value, WriteValue, Written, written_as_itself};

/// Some systems write the end of time as 9999-12-31, which is a little too far for jiff.
const BEYOND: &str =
    "a timestamp up to 9999-12-30T22:00:00Z, where jiff's `Timestamp` ends (those of chrono and time go on)";

impl ReadValue<'_> for Timestamp {
    const KINDS: KindSet = KindSet::INSTANT;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        if let Value::Instant(seconds) = cell.value()
            && let Ok(instant) = Self::from_second(*seconds)
        {
            return Ok(instant);
        }
        let beyond = matches!(cell.value(), Value::Text(text) if text.starts_with("9999-12-3"));
        let expected = if beyond { BEYOND } else { INSTANT };
        parse(cell, expected, |text| {
            if has_offset(text) {
                instant_text(text)?.parse().ok()
            } else {
                let clock: DateTime = clock_text(text)?.parse().ok()?;
                Offset::UTC.to_timestamp(clock).ok()
            }
        })
    }

    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}

impl ReadValue<'_> for DateTime {
    const KINDS: KindSet = KindSet::CLOCK;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        parse(cell, CLOCK, |text| clock_text(text)?.parse().ok())
    }

    fn blank() -> Self {
        Self::MIN
    }
}

impl ReadValue<'_> for Date {
    const KINDS: KindSet = KindSet::DATE;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        parse(cell, DATE, |text| date_text(text)?.parse().ok())
    }

    fn blank() -> Self {
        Self::MIN
    }
}

written_as_itself!(Timestamp, DateTime, Date);

impl WriteValue for Timestamp {
    fn written(&self) -> Written<'_> {
        whole_second(self.as_second(), self.subsec_nanosecond() != 0)
            .unwrap_or_else(|| text(self.to_string()))
    }
}

impl WriteValue for DateTime {
    fn written(&self) -> Written<'_> {
        text(format!("{self}Z"))
    }
}

impl WriteValue for Date {
    fn written(&self) -> Written<'_> {
        text(self.to_string())
    }
}
