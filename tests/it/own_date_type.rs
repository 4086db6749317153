//! Datetime columns with date types of your own, through `DateTimeValue` and `datetime_column!`.

#![allow(clippy::inconsistent_digit_grouping, reason = "20_240_918 is no date to a reader, 2024_09_18 is")]

use dataverse_entity::message::{Function, Message, Organization};
use dataverse_entity::prelude::*;
use dataverse_entity::{DateTimeValue, Record, datetime_column};

/// Seconds since 1970, with the fast path.
#[derive(Debug, Clone, PartialEq)]
struct Moment(i64);

impl DateTimeValue for Moment {
    fn parse(text: &str) -> Option<Self> {
        assert!(text.ends_with('Z') || text.contains('+'), "{text} has no offset");
        text.parse::<Timestamp>().ok().map(|instant| Self(instant.as_second()))
    }

    fn to_text(&self) -> String {
        format!("{} is written through the fast path", self.0)
    }

    fn placeholder() -> Self {
        Self(0)
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        Some(Self(seconds))
    }

    fn whole_seconds(&self) -> Option<i64> {
        Some(self.0)
    }
}

/// An instant as its text, without `from_seconds`, the fast path.
#[derive(Debug, Clone, PartialEq)]
struct Stamp(String);

impl DateTimeValue for Stamp {
    fn parse(text: &str) -> Option<Self> {
        (text < "3").then(|| Self(text.to_owned()))
    }

    fn to_text(&self) -> String {
        self.0.clone()
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn expectation(text: &str) -> Option<&'static str> {
        (text >= "3").then_some("a timestamp before the year 3000")
    }
}

/// A clock reading as its text.
#[derive(Debug, Clone, PartialEq)]
struct Reading(String);

impl DateTimeValue for Reading {
    fn parse(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }

    fn to_text(&self) -> String {
        self.0.clone()
    }

    fn placeholder() -> Self {
        Self(String::new())
    }
}

/// A day as a number such as 20240918.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Day(u32);

impl DateTimeValue for Day {
    fn parse(text: &str) -> Option<Self> {
        text.replace('-', "").parse().ok().map(Self)
    }

    fn to_text(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }

    fn placeholder() -> Self {
        Self(0)
    }
}

datetime_column!(Moment: user_local);
datetime_column!(Stamp: user_local);
datetime_column!(Reading: time_zone_independent);
datetime_column!(Day: date_only);

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_visit", set = "new_visits")]
struct Visit {
    #[attr(logical = "new_visitid", primary_id)]
    id: Id<Visit>,
    #[attr(logical = "new_arrival", datetime(behavior = "user_local"))]
    arrival: Moment,
    #[attr(logical = "new_stamp", datetime(behavior = "user_local"))]
    stamp: Option<Stamp>,
    #[attr(logical = "new_reading", datetime(behavior = "time_zone_independent"))]
    reading: Option<Reading>,
    #[attr(logical = "new_day", datetime(behavior = "date_only"))]
    day: Option<Day>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = Visit)]
struct Arrival {
    #[attr(logical = "new_arrival", datetime(behavior = "user_local"))]
    arrival: Moment,
    #[attr(logical = "new_day", datetime(behavior = "date_only"))]
    day: Option<Day>,
}

const TEN: i64 = 1_726_654_839;

fn visit(arrival: &str, stamp: &str) -> Result<Visit, dataverse_entity::DecodeError> {
    let json = format!(
        r#"{{"new_visitid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "new_arrival": "{arrival}",
            "new_stamp": "{stamp}", "new_reading": "2024-09-18T10:20:39Z", "new_day": "2024-09-18"}}"#
    );
    Record::<Visit>::from_json(&json).map(Record::into_inner)
}

#[test]
fn columns_of_your_own_date_type_are_read() {
    let expected = Visit {
        id: "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().expect("an id"),
        arrival: Moment(TEN),
        stamp: Some(Stamp("2024-09-18T10:20:39Z".to_owned())),
        reading: Some(Reading("2024-09-18T10:20:39".to_owned())),
        day: Some(Day(2024_09_18)),
    };
    for arrival in
        ["2024-09-18T10:20:39Z", "2024-09-18T10:20:39.5Z", "2024-09-18T12:20:39+02:00", "2024-09-18T10:20:39"]
    {
        assert_eq!(visit(arrival, "2024-09-18T10:20:39Z").expect("a record"), expected, "{arrival}");
    }
    let page = r#"{"value": [{"new_arrival": "2024-09-18T10:20:39Z", "new_day": "2024-09-18"},
                             {"new_arrival": "2024-09-18T10:20:39Z", "new_day": null}]}"#;
    let page = Decoder::new().page::<Arrival>(page.as_bytes()).expect("a page");
    let rows: Vec<_> = page.into_iter().map(|row| row.into_inner()).collect();
    let arrival = |day| Arrival { arrival: Moment(TEN), day };
    assert_eq!(rows, [arrival(Some(Day(2024_09_18))), arrival(None)]);
}

#[test]
fn errors_say_what_your_own_date_type_expects() {
    let error = |arrival, stamp| visit(arrival, stamp).expect_err("an error").to_string();
    let usual = error("2024-09-18", "2024-09-18T10:20:39Z");
    assert!(
        usual.contains("expected a timestamp such as 2024-09-18T10:20:39Z, found \"2024-09-18\""),
        "{usual}"
    );
    let own = error("2024-09-18T10:20:39Z", "3024-09-18T10:20:39Z");
    assert!(
        own.contains("expected a timestamp before the year 3000, found \"3024-09-18T10:20:39Z\""),
        "{own}"
    );
}

#[test]
fn columns_of_your_own_date_type_are_written() {
    let create = Visit::create()
        .arrival(Moment(TEN))
        .stamp(Stamp("2024-09-18T10:20:39.25Z".to_owned()))
        .reading(Reading("2024-09-18T10:20:39".to_owned()))
        .day(Day(2024_09_18));
    assert!(create.validate().is_ok());
    assert_eq!(
        create.to_json().expect("a body"),
        r#"{"new_arrival":"2024-09-18T10:20:39Z","new_stamp":"2024-09-18T10:20:39.25Z","new_reading":"2024-09-18T10:20:39Z","new_day":"2024-09-18"}"#
    );
    assert!(Visit::create().day(Day(1752_12_31)).validate().is_err());
}

#[test]
fn records_of_them_are_written_as_they_were_read() {
    let read = Record::new(visit("2024-09-18T10:20:39.25Z", "2024-09-18T10:20:39Z").expect("a record"));
    let written = serde_json::to_string(&read).expect("JSON");
    assert_eq!(serde_json::from_str::<Record<Visit>>(&written).expect("a record"), read);
}

#[test]
fn changes_compare_values_of_your_own_date_type() {
    let before = visit("2024-09-18T10:20:39Z", "2024-09-18T10:20:39Z").expect("a record");
    let after = Visit { arrival: Moment(TEN + 1), day: None, ..before.clone() };
    let update = Visit::changes(&before, &after).expect("an update");
    assert_eq!(update.to_json().expect("a body"), r#"{"new_arrival":"2024-09-18T10:20:40Z","new_day":null}"#);
}

#[test]
fn queries_take_values_of_your_own_date_type() {
    let filter = Visit::ARRIVAL
        .eq(Moment(TEN))
        .and(Visit::READING.ge(Reading("2024-09-18T10:20:39".to_owned())))
        .and(Visit::DAY.between(Day(2024_09_01), Day(2024_09_30)))
        .and(Visit::ARRIVAL.on_or_after(Day(2024_09_18)));
    assert_eq!(
        filter.to_odata().expect("a filter"),
        "(((new_arrival eq 2024-09-18T10:20:39Z and new_reading ge 2024-09-18T10:20:39Z) \
         and Microsoft.Dynamics.CRM.Between(PropertyName='new_day',PropertyValues=[\"2024-09-01\",\"2024-09-30\"])) \
         and Microsoft.Dynamics.CRM.OnOrAfter(PropertyName='new_arrival',PropertyValue='2024-09-18'))"
    );
}

#[test]
fn functions_take_values_of_your_own_date_type() {
    let org = Organization::new("https://contoso.crm4.dynamics.com").expect("an organization");
    let call = Function::<()>::unbound("new_Free")
        .parameter("From", Moment(TEN))
        .parameter("Day", Some(Day(2024_09_18)));
    let request = call.request(&org).expect("a request");
    assert_eq!(request.uri().query(), Some("@p1=2024-09-18T10%3A20%3A39Z&@p2=2024-09-18"));
}
