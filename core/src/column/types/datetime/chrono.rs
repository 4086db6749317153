//! chrono: `DateTime<Utc>`, `DateTime<FixedOffset>`, `NaiveDateTime`, `NaiveDate`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

use super::{
    CLOCK, Cell, DATE, INSTANT, ValueError, clock_text, date_text, has_offset, instant_text, parse, text,
    whole_second,
};
use crate::column::{KindSet, ReadValue, SharedStrings, Value, WriteValue, Written, written_as_itself};

impl ReadValue<'_> for DateTime<FixedOffset> {
    const KINDS: KindSet = KindSet::INSTANT;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        match seconds(cell) {
            Some(instant) => Ok(instant.fixed_offset()),
            None => parse(cell, INSTANT, instant),
        }
    }

    fn blank() -> Self {
        DateTime::UNIX_EPOCH.fixed_offset()
    }
}

impl ReadValue<'_> for DateTime<Utc> {
    const KINDS: KindSet = KindSet::INSTANT;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        match seconds(cell) {
            Some(instant) => Ok(instant),
            None => parse(cell, INSTANT, |text| instant(text).map(|instant| instant.to_utc())),
        }
    }

    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}

impl ReadValue<'_> for NaiveDateTime {
    const KINDS: KindSet = KindSet::CLOCK;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        parse(cell, CLOCK, |text| clock_text(text)?.parse().ok())
    }

    fn blank() -> Self {
        Self::MIN
    }
}

impl ReadValue<'_> for NaiveDate {
    const KINDS: KindSet = KindSet::DATE;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        parse(cell, DATE, |text| date_text(text)?.parse().ok())
    }

    fn blank() -> Self {
        Self::MIN
    }
}

/// The instant, if it was read as a number already.
fn seconds(cell: Cell<'_, '_>) -> Option<DateTime<Utc>> {
    match cell.value() {
        Value::Instant(seconds) => DateTime::from_timestamp_secs(*seconds),
        _ => None,
    }
}

fn instant(text: &str) -> Option<DateTime<FixedOffset>> {
    if has_offset(text) {
        DateTime::parse_from_rfc3339(instant_text(text)?).ok()
    } else {
        let clock: NaiveDateTime = clock_text(text)?.parse().ok()?;
        Some(clock.and_utc().fixed_offset())
    }
}

written_as_itself!(DateTime<FixedOffset>, DateTime<Utc>, NaiveDateTime, NaiveDate);

impl WriteValue for DateTime<FixedOffset> {
    fn written(&self) -> Written<'_> {
        moment(self.to_utc())
    }
}

impl WriteValue for DateTime<Utc> {
    fn written(&self) -> Written<'_> {
        moment(*self)
    }
}

fn moment(moment: DateTime<Utc>) -> Written<'static> {
    whole_second(moment.timestamp(), moment.timestamp_subsec_nanos() != 0)
        .unwrap_or_else(|| text(moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
}

impl WriteValue for NaiveDateTime {
    fn written(&self) -> Written<'_> {
        text(self.and_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl WriteValue for NaiveDate {
    fn written(&self) -> Written<'_> {
        text(self.to_string())
    }
}
