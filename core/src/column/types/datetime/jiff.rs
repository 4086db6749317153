//! jiff: `Timestamp`, `civil::DateTime`, `civil::Date`.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::DateTimeValue;

#[diagnostic::do_not_recommend]
impl DateTimeValue for Timestamp {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn to_text(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::UNIX_EPOCH
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        Self::from_second(seconds).ok()
    }

    fn whole_seconds(&self) -> Option<i64> {
        (self.subsec_nanosecond() == 0).then(|| self.as_second())
    }

    /// Names jiff's limit: some systems write the end of time as 9999-12-31, which `Timestamp` cannot hold.
    fn expectation(text: &str) -> Option<&'static str> {
        text.starts_with("9999-12-3").then_some(
            "a timestamp up to 9999-12-30T22:00:00Z, where jiff's `Timestamp` ends (those of chrono and time go on)",
        )
    }
}

#[diagnostic::do_not_recommend]
impl DateTimeValue for DateTime {
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

#[diagnostic::do_not_recommend]
impl DateTimeValue for Date {
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

crate::datetime_column!(Timestamp: user_local);
crate::datetime_column!(DateTime: time_zone_independent);
crate::datetime_column!(Date: date_only);
