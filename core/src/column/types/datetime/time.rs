//! time: `OffsetDateTime`, `UtcDateTime`, `PrimitiveDateTime`, `Date`.

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, PrimitiveDateTime, UtcDateTime};

use super::{
    CLOCK, Cell, DATE, INSTANT, ValueError, clock_text, date_text, has_offset, instant_text, parse, text,
    whole_second,
};
use crate::column::{KindSet, ReadValue, SharedStrings, Value, WriteValue, Written, written_as_itself};

impl ReadValue<'_> for OffsetDateTime {
    const KINDS: KindSet = KindSet::INSTANT;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        match cell.value() {
            Value::Instant(seconds) => {
                Self::from_unix_timestamp(*seconds).map_err(|_| ValueError::new(INSTANT, cell.value()))
            }
            _ => parse(cell, INSTANT, instant),
        }
    }

    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}

impl ReadValue<'_> for UtcDateTime {
    const KINDS: KindSet = KindSet::INSTANT;

    fn read(cell: Cell<'_, '_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        OffsetDateTime::read(cell, strings).map(Self::from)
    }

    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}

impl ReadValue<'_> for PrimitiveDateTime {
    const KINDS: KindSet = KindSet::CLOCK;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        parse(cell, CLOCK, |text| Self::parse(clock_text(text)?, &Iso8601::DATE_TIME).ok())
    }

    fn blank() -> Self {
        Self::MIN
    }
}

impl ReadValue<'_> for Date {
    const KINDS: KindSet = KindSet::DATE;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        parse(cell, DATE, |text| Self::parse(date_text(text)?, &Iso8601::DATE).ok())
    }

    fn blank() -> Self {
        Self::MIN
    }
}

fn instant(text: &str) -> Option<OffsetDateTime> {
    if has_offset(text) {
        OffsetDateTime::parse(instant_text(text)?, &Rfc3339).ok()
    } else {
        PrimitiveDateTime::parse(clock_text(text)?, &Iso8601::DATE_TIME)
            .ok()
            .map(PrimitiveDateTime::assume_utc)
    }
}

written_as_itself!(OffsetDateTime, UtcDateTime, PrimitiveDateTime, Date);

/// The text of a moment. A year outside 0 to 9999 has no such text; what is written then is refused by `validate`
/// and by the server alike, with the value in the message.
fn moment(moment: OffsetDateTime) -> Written<'static> {
    if let Some(written) = whole_second(moment.unix_timestamp(), moment.nanosecond() != 0) {
        return written;
    }
    let utc = moment.to_offset(time::UtcOffset::UTC);
    text(utc.format(&Rfc3339).unwrap_or_else(|_| utc.to_string()))
}

impl WriteValue for OffsetDateTime {
    fn written(&self) -> Written<'_> {
        moment(*self)
    }
}

impl WriteValue for UtcDateTime {
    fn written(&self) -> Written<'_> {
        moment(OffsetDateTime::from(*self))
    }
}

impl WriteValue for PrimitiveDateTime {
    fn written(&self) -> Written<'_> {
        moment(self.assume_utc())
    }
}

impl WriteValue for Date {
    fn written(&self) -> Written<'_> {
        text(self.to_string())
    }
}
