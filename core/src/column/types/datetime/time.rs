//! time: `OffsetDateTime`, `UtcDateTime`, `PrimitiveDateTime`, `Date`.

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, PrimitiveDateTime, UtcDateTime, UtcOffset};

use super::DateTimeValue;

#[diagnostic::do_not_recommend]
impl DateTimeValue for OffsetDateTime {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Rfc3339).ok()
    }

    /// Returns a text of another form if the year is not between 0 and 9999. `validate` and the server reject
    /// it, and name the value.
    fn to_text(&self) -> String {
        let utc = self.to_offset(UtcOffset::UTC);
        utc.format(&Rfc3339).unwrap_or_else(|_| utc.to_string())
    }

    fn placeholder() -> Self {
        Self::UNIX_EPOCH
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        Self::from_unix_timestamp(seconds).ok()
    }

    fn whole_seconds(&self) -> Option<i64> {
        (self.nanosecond() == 0).then(|| self.unix_timestamp())
    }
}

#[diagnostic::do_not_recommend]
impl DateTimeValue for UtcDateTime {
    fn parse(text: &str) -> Option<Self> {
        <OffsetDateTime as DateTimeValue>::parse(text).map(Self::from)
    }

    fn to_text(&self) -> String {
        OffsetDateTime::from(*self).to_text()
    }

    fn placeholder() -> Self {
        Self::UNIX_EPOCH
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        OffsetDateTime::from_seconds(seconds).map(Self::from)
    }

    fn whole_seconds(&self) -> Option<i64> {
        OffsetDateTime::from(*self).whole_seconds()
    }
}

#[diagnostic::do_not_recommend]
impl DateTimeValue for PrimitiveDateTime {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Iso8601::DATE_TIME).ok()
    }

    fn to_text(&self) -> String {
        let mut text = self.assume_utc().to_text();
        text.truncate(text.trim_end_matches('Z').len());
        text
    }

    fn placeholder() -> Self {
        Self::MIN
    }

    fn whole_seconds(&self) -> Option<i64> {
        self.assume_utc().whole_seconds()
    }
}

#[diagnostic::do_not_recommend]
impl DateTimeValue for Date {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Iso8601::DATE).ok()
    }

    fn to_text(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::MIN
    }
}

crate::datetime_column!(OffsetDateTime: user_local);
crate::datetime_column!(UtcDateTime: user_local);
crate::datetime_column!(PrimitiveDateTime: time_zone_independent);
crate::datetime_column!(Date: date_only);
