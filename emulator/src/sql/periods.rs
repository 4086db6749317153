//! The periods of the query functions on dates, in UTC.
//!
//! As in a new organization, weeks start on Sunday, the fiscal year is the calendar year, and its periods are
//! quarters. `LastX…` ends now; `NextX…` starts now and includes the whole last day.

use jiff::civil::{Date, DateTime, Time, date};
use jiff::{Span, ToSpan};

/// A period from its first instant up to but excluding its end. A missing side is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Period {
    pub(super) from: Option<DateTime>,
    pub(super) to: Option<DateTime>,
}

fn between(from: DateTime, to: DateTime) -> Option<Period> {
    Some(Period { from: Some(from), to: Some(to) })
}

fn days(from: Date, to: Date) -> Option<Period> {
    between(from.to_datetime(Time::midnight()), to.to_datetime(Time::midnight()))
}

/// Returns the period of a function without a number.
pub(super) fn named(name: &str, now: DateTime) -> Option<Period> {
    let today = now.date();
    let add = |date: Date, span: Span| date.checked_add(span).ok();
    let week = add(today, -(i64::from(today.weekday().to_sunday_zero_offset()).days()))?;
    let month = today.first_of_month();
    let year = today.first_of_year();
    let quarter = date(today.year(), (today.month() - 1) / 3 * 3 + 1, 1);
    let from = |start: Date, first: Span, length: Span| {
        let start = add(start, first)?;
        days(start, add(start, length)?)
    };
    match name {
        "Yesterday" => from(today, -(1.day()), 1.day()),
        "Today" => from(today, 0.days(), 1.day()),
        "Tomorrow" => from(today, 1.day(), 1.day()),
        "Last7Days" => counted("LastXDays", 7, now),
        "Next7Days" => counted("NextXDays", 7, now),
        "LastWeek" => from(week, -(7.days()), 7.days()),
        "ThisWeek" => from(week, 0.days(), 7.days()),
        "NextWeek" => from(week, 7.days(), 7.days()),
        "LastMonth" => from(month, -(1.month()), 1.month()),
        "ThisMonth" => from(month, 0.months(), 1.month()),
        "NextMonth" => from(month, 1.month(), 1.month()),
        "LastYear" | "LastFiscalYear" => from(year, -(1.year()), 1.year()),
        "ThisYear" | "ThisFiscalYear" => from(year, 0.years(), 1.year()),
        "NextYear" | "NextFiscalYear" => from(year, 1.year(), 1.year()),
        "LastFiscalPeriod" => from(quarter, -(3.months()), 3.months()),
        "ThisFiscalPeriod" => from(quarter, 0.months(), 3.months()),
        "NextFiscalPeriod" => from(quarter, 3.months(), 3.months()),
        _ => None,
    }
}

/// Returns the period of a function with one number.
pub(super) fn counted(name: &str, count: i64, now: DateTime) -> Option<Period> {
    let today = now.date();
    let midnight = today.to_datetime(Time::midnight());
    let (direction, unit) = [("LastX", -1), ("NextX", 1), ("OlderThanX", 0)]
        .into_iter()
        .find_map(|(start, direction)| Some((direction, name.strip_prefix(start)?)))?;
    let span = |count: i64| {
        let span = Span::new();
        match unit {
            "Minutes" => span.try_minutes(count).ok(),
            "Hours" => span.try_hours(count).ok(),
            "Days" => span.try_days(count).ok(),
            "Weeks" => span.try_weeks(count).ok(),
            "Months" => span.try_months(count).ok(),
            "Years" | "FiscalYears" => span.try_years(count).ok(),
            "FiscalPeriods" => span.try_months(count.checked_mul(3)?).ok(),
            _ => None,
        }
    };
    if direction == 0 {
        let known = matches!(unit, "Minutes" | "Hours" | "Days" | "Weeks" | "Months" | "Years");
        return known
            .then(|| Some(Period { from: None, to: Some(now.checked_sub(span(count)?).ok()?) }))
            .flatten();
    }
    let step = span(count)?;
    match (unit, direction) {
        ("Minutes", _) => None,
        ("Hours", -1) => between(now.checked_sub(step).ok()?, now.checked_add(1.microsecond()).ok()?),
        ("Hours", _) => between(now, now.checked_add(step).ok()?),
        ("FiscalYears" | "FiscalPeriods", _) => {
            let this = named(if unit == "FiscalYears" { "ThisFiscalYear" } else { "ThisFiscalPeriod" }, now)?;
            let (start, end) = (this.from?, this.to?);
            if direction < 0 {
                between(start.checked_sub(step).ok()?, start)
            } else {
                between(end, end.checked_add(step).ok()?)
            }
        }
        (_, -1) => between(midnight.checked_sub(step).ok()?, now.checked_add(1.microsecond()).ok()?),
        (_, _) => between(now, midnight.checked_add(step).ok()?.checked_add(1.day()).ok()?),
    }
}

/// Returns a fiscal year.
pub(super) fn fiscal_year(year: i64) -> Option<Period> {
    let year = i16::try_from(year).ok()?;
    days(Date::new(year, 1, 1).ok()?, Date::new(year.checked_add(1)?, 1, 1).ok()?)
}

/// Returns a fiscal period of a fiscal year: 1 to 4.
pub(super) fn fiscal_period(period: i64, year: i64) -> Option<Period> {
    let start = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(period).ok()?.checked_sub(1)?.checked_mul(3)? + 1,
        1,
    )
    .ok()?;
    days(start, start.checked_add(3.months()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(period: Option<Period>) -> String {
        let text = |side: Option<DateTime>| side.map_or_else(|| "…".to_owned(), |side| side.to_string());
        period
            .map_or_else(|| "none".to_owned(), |period| format!("{} {}", text(period.from), text(period.to)))
    }

    #[test]
    fn periods_around_a_wednesday() {
        // 2026-03-04 is a Wednesday.
        let now = date(2026, 3, 4).at(10, 30, 0, 0);
        for (name, expected) in [
            ("Today", "2026-03-04T00:00:00 2026-03-05T00:00:00"),
            ("ThisWeek", "2026-03-01T00:00:00 2026-03-08T00:00:00"),
            ("LastWeek", "2026-02-22T00:00:00 2026-03-01T00:00:00"),
            ("LastMonth", "2026-02-01T00:00:00 2026-03-01T00:00:00"),
            ("NextFiscalPeriod", "2026-04-01T00:00:00 2026-07-01T00:00:00"),
            ("LastYear", "2025-01-01T00:00:00 2026-01-01T00:00:00"),
            ("Last7Days", "2026-02-25T00:00:00 2026-03-04T10:30:00.000001"),
            ("Next7Days", "2026-03-04T10:30:00 2026-03-12T00:00:00"),
        ] {
            assert_eq!(texts(named(name, now)), expected, "{name}");
        }
        for (name, count, expected) in [
            ("LastXHours", 2, "2026-03-04T08:30:00 2026-03-04T10:30:00.000001"),
            ("NextXMonths", 1, "2026-03-04T10:30:00 2026-04-05T00:00:00"),
            ("OlderThanXMonths", 1, "… 2026-02-04T10:30:00"),
            ("LastXFiscalPeriods", 2, "2025-07-01T00:00:00 2026-01-01T00:00:00"),
            ("OlderThanXMinutes", 5, "… 2026-03-04T10:25:00"),
            ("LastXMinutes", 5, "none"),
            ("LastXDays", i64::MAX, "none"),
        ] {
            assert_eq!(texts(counted(name, count, now)), expected, "{name}");
        }
        assert_eq!(texts(fiscal_period(4, 2026)), "2026-10-01T00:00:00 2027-01-01T00:00:00");
        assert_eq!(texts(fiscal_period(5, 2026)), "none");
    }
}
