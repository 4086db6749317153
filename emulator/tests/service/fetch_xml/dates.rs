use serde_json::json;

use super::data::{column, fetch};
use crate::support::Api;

/// Returns a task for each date; the clock shows Wednesday, 2026-03-04, at 10:30.
fn dated(dates: &[&str]) -> Api {
    let api = Api::new();
    for date in dates {
        api.create("tasks", &json!({"subject": date, "scheduledstart": date}));
    }
    api
}

#[track_caller]
fn found(api: &Api, operator: &str, values: &[&str], expected: &[&str]) {
    let values: String = values.iter().map(|value| format!("<value>{value}</value>")).collect();
    let text = format!(
        "<fetch><entity name='task'><attribute name='subject'/><filter><condition attribute='scheduledstart' \
         operator='{operator}'>{values}</condition></filter></entity></fetch>"
    );
    assert_eq!(column(api, "tasks", &text, "subject"), expected, "{operator}");
}

#[test]
fn days_weeks_months_and_years() {
    let all = [
        "2025-03-04T08:00:00Z",
        "2026-01-31T08:00:00Z",
        "2026-02-27T08:00:00Z",
        "2026-03-03T08:00:00Z",
        "2026-03-04T08:00:00Z",
        "2026-03-05T08:00:00Z",
        "2026-03-09T08:00:00Z",
        "2026-04-02T08:00:00Z",
        "2027-03-04T08:00:00Z",
    ];
    let api = dated(&all);
    for (operator, expected) in [
        ("yesterday", &all[3..4]),
        ("today", &all[4..5]),
        ("tomorrow", &all[5..6]),
        ("last-seven-days", &all[2..5]),
        ("next-seven-days", &all[5..7]),
        ("last-week", &all[2..3]),
        ("this-week", &all[3..6]),
        ("next-week", &all[6..7]),
        ("last-month", &all[2..3]),
        ("this-month", &all[3..7]),
        ("next-month", &all[7..8]),
        ("last-year", &all[..1]),
        ("this-year", &all[1..8]),
        ("next-year", &all[8..]),
    ] {
        found(&api, operator, &[], expected);
    }
}

#[test]
fn a_number_of_units() {
    let all = [
        "2023-03-04T08:00:00Z",
        "2025-12-15T08:00:00Z",
        "2026-02-20T08:00:00Z",
        "2026-03-04T09:00:00Z",
        "2026-03-04T12:00:00Z",
        "2026-03-20T08:00:00Z",
        "2026-05-15T08:00:00Z",
        "2028-01-01T08:00:00Z",
    ];
    let api = dated(&all);
    for (operator, count, expected) in [
        ("last-x-hours", "2", &all[3..4]),
        ("next-x-hours", "2", &all[4..5]),
        ("last-x-days", "13", &all[2..4]),
        ("next-x-days", "17", &all[4..6]),
        ("last-x-weeks", "2", &all[2..4]),
        ("next-x-weeks", "3", &all[4..6]),
        ("last-x-months", "3", &all[1..4]),
        ("next-x-months", "3", &all[4..7]),
        ("last-x-years", "3", &all[..4]),
        ("next-x-years", "2", &all[4..]),
        ("olderthan-x-minutes", "30", &all[..4]),
        ("olderthan-x-hours", "2", &all[..3]),
        ("olderthan-x-days", "1", &all[..3]),
        ("olderthan-x-weeks", "1", &all[..3]),
        ("olderthan-x-months", "1", &all[..2]),
        ("olderthan-x-years", "1", &all[..1]),
    ] {
        found(&api, operator, &[count], expected);
    }
}

#[test]
fn named_days() {
    let all =
        ["2026-02-28T23:59:00Z", "2026-03-01T00:00:00Z", "2026-03-01T23:59:00Z", "2026-03-02T00:00:00Z"];
    let api = dated(&all);
    for day in ["2026-03-01", "3/1/2026"] {
        found(&api, "on", &[day], &all[1..3]);
        found(&api, "on-or-before", &[day], &all[..3]);
        found(&api, "on-or-after", &[day], &all[1..]);
    }
    found(&api, "gt", &["2026-03-01T00:00:00Z"], &all[2..]);
    found(&api, "between", &["2026-03-01", "2026-03-02"], &all[1..]);
}

#[test]
fn fiscal_periods_and_years() {
    let all = [
        "2024-05-01T00:00:00Z",
        "2025-02-01T00:00:00Z",
        "2025-11-01T00:00:00Z",
        "2026-02-01T00:00:00Z",
        "2026-05-01T00:00:00Z",
        "2027-02-01T00:00:00Z",
    ];
    let api = dated(&all);
    for (operator, values, expected) in [
        ("last-fiscal-period", &[][..], &all[2..3]),
        ("this-fiscal-period", &[], &all[3..4]),
        ("next-fiscal-period", &[], &all[4..5]),
        ("last-fiscal-year", &[], &all[1..3]),
        ("this-fiscal-year", &[], &all[3..5]),
        ("next-fiscal-year", &[], &all[5..]),
        ("last-x-fiscal-periods", &["4"], &all[1..3]),
        ("next-x-fiscal-periods", &["4"], &all[4..]),
        ("last-x-fiscal-years", &["2"], &all[..3]),
        ("next-x-fiscal-years", &["1"], &all[5..]),
        ("in-fiscal-year", &["2025"], &all[1..3]),
        ("in-fiscal-period-and-year", &["1", "2025"], &all[1..2]),
        ("in-or-before-fiscal-period-and-year", &["1", "2025"], &all[..2]),
        ("in-or-after-fiscal-period-and-year", &["4", "2025"], &all[2..]),
    ] {
        found(&api, operator, values, expected);
    }
    found(&api, "in-fiscal-period", &["1"], &[all[1], all[3], all[5]]);
}

#[test]
fn dates_without_times_take_no_hours_and_minutes() {
    let api = Api::new();
    let text = |operator: &str| {
        format!(
            "<fetch><entity name='contact'><filter><condition attribute='birthdate' operator='{operator}' value='2'/></filter>\
             </entity></fetch>"
        )
    };
    for operator in ["last-x-hours", "next-x-hours", "olderthan-x-hours", "olderthan-x-minutes"] {
        fetch(&api, "contacts", &text(operator)).refused(400, "0x80060888", "times");
    }
    fetch(&api, "contacts", &text("last-x-days")).expect(200);
}
