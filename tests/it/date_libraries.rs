//! Columns held by the types of chrono and time: the same wire form as with jiff.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use dataverse_entity::prelude::*;
use time::{OffsetDateTime, PrimitiveDateTime, UtcDateTime};

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_chrono", set = "new_chronos")]
struct Chrono {
    #[attr(logical = "new_chronoid", primary_id)]
    id: Id<Chrono>,
    #[attr(logical = "new_instant")]
    instant: Option<DateTime<Utc>>,
    #[attr(logical = "new_offset")]
    offset: Option<DateTime<FixedOffset>>,
    #[attr(logical = "new_clock")]
    clock: Option<NaiveDateTime>,
    #[attr(logical = "new_date")]
    date: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_time", set = "new_times")]
struct Time {
    #[attr(logical = "new_timeid", primary_id)]
    id: Id<Time>,
    #[attr(logical = "new_instant")]
    instant: Option<UtcDateTime>,
    #[attr(logical = "new_offset")]
    offset: Option<OffsetDateTime>,
    #[attr(logical = "new_clock")]
    clock: Option<PrimitiveDateTime>,
    #[attr(logical = "new_date")]
    date: Option<time::Date>,
}

fn json(id: &str) -> String {
    format!(
        r#"{{"{id}": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "new_instant": "2024-09-18T10:20:39",
            "new_offset": "2024-09-18T12:20:39.5+02:00", "new_clock": "2024-09-18T10:20:39Z", "new_date": "2024-09-18"}}"#
    )
}

const BODY: &str = r#""new_instant":"2024-09-18T10:20:39Z","new_offset":"2024-09-18T10:20:39.5Z","new_clock":"2024-09-18T10:20:39Z","new_date":"2024-09-18"}"#;

#[test]
fn chrono_reads_and_writes() {
    let read = Record::<Chrono>::from_json(&json("new_chronoid")).expect("a record").into_inner();
    assert_eq!(
        read.clock,
        NaiveDate::from_ymd_opt(2024, 9, 18).and_then(|date| date.and_hms_opt(10, 20, 39))
    );
    let create = Chrono::create()
        .instant(read.instant.expect("an instant"))
        .offset(read.offset.expect("an instant"))
        .clock(read.clock.expect("a clock reading"))
        .date(read.date.expect("a date"));
    assert_eq!(create.to_json().expect("a body").replace(".500Z", ".5Z"), format!("{{{BODY}"));
    assert!(create.validate().is_ok());
}

#[test]
fn time_reads_and_writes() {
    let read = Record::<Time>::from_json(&json("new_timeid")).expect("a record").into_inner();
    let create = Time::create()
        .instant(read.instant.expect("an instant"))
        .offset(read.offset.expect("an instant"))
        .clock(read.clock.expect("a clock reading"))
        .date(read.date.expect("a date"));
    assert_eq!(create.to_json().expect("a body"), format!("{{{BODY}"));
    assert!(create.validate().is_ok());
}

#[test]
fn chrono_and_time_refuse_text_that_is_no_date() {
    for (column, value) in [
        ("new_instant", "2024-09-18"),
        ("new_instant", "x"),
        ("new_clock", "2024-09-18T10:20:39+02:00"),
        ("new_clock", "2024-09-18"),
        ("new_date", "2024-09-18T10:20:39Z"),
        ("new_date", "2024-02-30"),
    ] {
        let json = |id: &str| {
            format!(r#"{{"{id}": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "{column}": "{value}"}}"#)
        };
        let chrono = Record::<Chrono>::from_json(&json("new_chronoid")).expect_err(value);
        let time = Record::<Time>::from_json(&json("new_timeid")).expect_err(value);
        assert_eq!((chrono.column(), time.column()), (Some(column), Some(column)));
    }
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_jiff", set = "new_jiffs")]
struct Jiff {
    #[attr(logical = "new_jiffid", primary_id)]
    id: Id<Jiff>,
    #[attr(logical = "new_instant")]
    instant: Option<Timestamp>,
    #[attr(logical = "new_clock")]
    clock: Option<jiff::civil::DateTime>,
    #[attr(logical = "new_date")]
    date: Option<jiff::civil::Date>,
}

/// All libraries read every form on the wire, and none of the further forms that one of them can parse.
#[test]
fn all_libraries_read_the_same_forms() {
    let read = |column: &str, value: &str| {
        let json = |id: &str| {
            format!(r#"{{"{id}": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "{column}": "{value}"}}"#)
        };
        [
            Record::<Jiff>::from_json(&json("new_jiffid")).is_ok(),
            Record::<Chrono>::from_json(&json("new_chronoid")).is_ok(),
            Record::<Time>::from_json(&json("new_timeid")).is_ok(),
        ]
    };
    for (column, value) in [
        ("new_instant", "2024-09-18T10:20:39.1234567Z"),
        ("new_instant", "2024-09-18T10:20:39-05:30"),
        ("new_instant", "1753-01-01T00:00:00Z"),
        ("new_clock", "9999-12-31T23:59:59.999Z"),
        ("new_date", "0001-01-01"),
    ] {
        assert_eq!(read(column, value), [true; 3], "{value}");
    }
    for (column, value) in [
        ("new_instant", "2024-09-18T10:20:39+02:00[Europe/Berlin]"),
        ("new_instant", "2024-09-18 10:20:39Z"),
        ("new_instant", "2024-09-18T10:20Z"),
        ("new_instant", "20240918T102039Z"),
        ("new_instant", "2024-09-18T23:59:60Z"),
        ("new_instant", "2024-09-18T10:20:39.Z"),
        ("new_instant", "2024-09-18T10:20:39+0200"),
        ("new_instant", "é024-09-18T10:20:39Z"),
        ("new_clock", "2024-09-18T23:59:60Z"),
        ("new_clock", "2024-262T10:20:39"),
        ("new_date", "2024-9-8"),
        ("new_date", "20240918"),
        ("new_date", "2024-W38-3"),
        ("new_date", "2024-262"),
        ("new_date", "2024-09-18[u-ca=hebrew]"),
        ("new_date", "+002024-09-18"),
    ] {
        assert_eq!(read(column, value), [false; 3], "{value}");
    }
}

#[test]
fn records_of_both_are_written_as_they_were_read() {
    fn goes_back<T: Entity + PartialEq + std::fmt::Debug>(json: &str) {
        let read: Record<T> = Record::from_json(json).expect("a record");
        let written = serde_json::to_string(&read).expect("JSON");
        assert!(
            written.contains(r#""new_clock":"2024-09-18T10:20:39Z","new_date":"2024-09-18"}"#),
            "{written}"
        );
        assert_eq!(serde_json::from_str::<Record<T>>(&written).expect("a record"), read);
    }
    goes_back::<Chrono>(&json("new_chronoid"));
    goes_back::<Time>(&json("new_timeid"));
}
