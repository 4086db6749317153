//! chrono: `DateTime<Utc>`, `DateTime<FixedOffset>`, `NaiveDateTime`, `NaiveDate`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

use super::DateTimeValue;

#[diagnostic::do_not_recommend]
impl DateTimeValue for DateTime<Utc> {
    fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|instant| instant.to_utc())
    }

    fn to_text(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    fn placeholder() -> Self {
        Self::UNIX_EPOCH
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        DateTime::from_timestamp_secs(seconds)
    }

    fn whole_seconds(&self) -> Option<i64> {
        (self.timestamp_subsec_nanos() == 0).then(|| self.timestamp())
    }
}

#[diagnostic::do_not_recommend]
impl DateTimeValue for DateTime<FixedOffset> {
    fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok()
    }

    fn to_text(&self) -> String {
        self.to_utc().to_text()
    }

    fn placeholder() -> Self {
        DateTime::UNIX_EPOCH.fixed_offset()
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        DateTime::<Utc>::from_seconds(seconds).map(|instant| instant.fixed_offset())
    }

    fn whole_seconds(&self) -> Option<i64> {
        self.to_utc().whole_seconds()
    }
}

#[diagnostic::do_not_recommend]
impl DateTimeValue for NaiveDateTime {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn to_text(&self) -> String {
        let mut text = self.and_utc().to_text();
        text.truncate(text.trim_end_matches('Z').len());
        text
    }

    fn placeholder() -> Self {
        Self::MIN
    }
}

#[diagnostic::do_not_recommend]
impl DateTimeValue for NaiveDate {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn to_text(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::MIN
    }
}

crate::datetime_column!(DateTime<Utc>: user_local);
crate::datetime_column!(DateTime<FixedOffset>: user_local);
crate::datetime_column!(NaiveDateTime: time_zone_independent);
crate::datetime_column!(NaiveDate: date_only);
