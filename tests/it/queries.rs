//! Typed filters and queries: their text, compared with that of Microsoft's Python client.
//! `tests/interop/parsers/run.sh` runs foreign parsers over the files that these tests leave.

use std::io::Write;

use dataverse_entity::message::{Message, Query};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Column, ExpandOptions, Filter, Many, One, Order, Related, kinds};
use dataverse_entity::tables::session_event::{State, StatusReason};
use dataverse_entity::tables::{EventType, OcSession, SessionEvent, SystemUser, Team};
use dataverse_entity::{Entity, Id, Uuid};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use rust_decimal::Decimal;

use crate::support::exchange::{interop_file, org, record_url};
use crate::support::table::{Color, Party, Thing};

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

/// The table of the Python client's expressions, next to the session events.
#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_sample", set = "new_samples")]
struct Sample {
    #[attr(logical = "new_sampleid", primary_id, create_only)]
    id: Id<Sample>,
    #[attr(logical = "new_name", string(max_length = 100))]
    name: Option<String>,
    #[attr(logical = "new_flag", boolean)]
    flag: Option<bool>,
    #[attr(logical = "new_rate", decimal(precision = 10))]
    rate: Option<Decimal>,
    #[attr(logical = "new_price", money(precision = 4))]
    price: Option<Decimal>,
    #[attr(logical = "new_ratio", double)]
    ratio: Option<f64>,
    #[attr(logical = "new_count", integer)]
    count: Option<i32>,
    #[attr(logical = "createdon", datetime(behavior = "date_only"))]
    created: Option<jiff::civil::Date>,
}

fn odata<T: Entity>(filter: Filter<T>) -> String {
    filter.to_odata().unwrap()
}

fn guid() -> Uuid {
    Uuid::parse_str("7ea2d2f4-bf1f-4d0a-9a4e-3f1c2b5d6e70").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The same expressions that `tests/interop/parsers/client.py` builds with Microsoft's client, by the same
/// names.
fn expressions() -> Vec<(&'static str, String)> {
    let name = || SessionEvent::NAME;
    let text = |value: &str| odata(name().eq(value));
    let kind = |value: i32| SessionEvent::EVENT_TYPE.eq(EventType::from(value));
    let state = |value: i32| SessionEvent::STATE.eq(State::from_value(value).unwrap());
    let status = |value: i32| SessionEvent::STATUS.eq(StatusReason::from_value(value).unwrap());
    let count = || SessionEvent::IMPORT_SEQUENCE_NUMBER;
    let (created, modified, event_time) =
        (|| SessionEvent::CREATED_ON, || SessionEvent::MODIFIED_ON, || SessionEvent::EVENT_TIME);
    let session = || SessionEvent::SESSION;
    let owner = Id::<SystemUser>::new(Uuid::from_u128(10));
    vec![
        ("text-eq", text("a")),
        ("text-ne", odata(name().ne("a"))),
        ("text-gt", odata(name().gt("a"))),
        ("text-ge", odata(name().ge("a"))),
        ("text-lt", odata(name().lt("m"))),
        ("text-le", odata(name().le("m"))),
        ("text-empty", text("")),
        ("text-spaces", text("  a  b ")),
        ("text-apostrophe", text("O'Brien")),
        ("text-only-apostrophe", text("'")),
        ("text-two-apostrophes", text("it''s")),
        ("text-apostrophe-ends", text("'quoted'")),
        ("text-percent", text("100%")),
        ("text-percent-escape", text("%27%20")),
        ("text-plus", text("a+b")),
        ("text-ampersand", text("a&b=c")),
        ("text-hash", text("#1?/;,:@$")),
        ("text-double-quote", text("say \"hi\"")),
        ("text-backslash", text("a\\b")),
        ("text-brackets", text("(a) or [b] and {c}")),
        ("text-unicode", text("Zoë 東京")),
        ("text-emoji", text("👍🏽")),
        ("text-newline", text("a\nb")),
        ("text-tab-return", text("a\tb\r\nc")),
        ("text-looks-like-number", text("1")),
        ("text-looks-like-guid", text(&guid().to_string())),
        ("text-null-word", text("null")),
        ("int-eq", odata(count().eq(1))),
        ("int-ne", odata(count().ne(0))),
        ("int-gt", odata(count().gt(10))),
        ("int-ge", odata(count().ge(10))),
        ("int-lt", odata(count().lt(-1))),
        ("int-le", odata(count().le(i32::MAX))),
        ("int-min", odata(count().eq(i32::MIN))),
        ("int-zone", odata(SessionEvent::TIME_ZONE_RULE_VERSION_NUMBER.eq(4))),
        ("bigint-gt", odata(SessionEvent::VERSION_NUMBER.gt(9_007_199_254_740_993))),
        ("bigint-max", odata(SessionEvent::VERSION_NUMBER.le(i64::MAX))),
        ("choice-eq", odata(kind(192_350_000))),
        ("choice-enum", odata(SessionEvent::EVENT_TYPE.eq(EventType::from(192_350_001)))),
        ("choice-ne", odata(SessionEvent::EVENT_TYPE.ne(EventType::from(192_350_000)))),
        ("state-eq", odata(state(0))),
        ("status-eq", odata(status(1))),
        ("bool-true", odata(Sample::FLAG.eq(true))),
        ("bool-false", odata(Sample::FLAG.eq(false))),
        ("bool-ne", odata(Sample::FLAG.ne(true))),
        ("guid-eq", odata(session().eq(Id::new(guid())))),
        ("guid-ne", odata(session().ne(Id::new(guid())))),
        ("guid-owner", odata(SessionEvent::OWNER.eq(owner))),
        ("datetime-eq", odata(created().eq(at("2024-02-29T13:05:09Z")))),
        ("datetime-ne", odata(created().ne(at("2024-02-29T13:05:09Z")))),
        ("datetime-gt", odata(created().gt(at("2024-01-01T00:00:00Z")))),
        ("datetime-ge", odata(created().ge(at("2024-01-01T00:00:00Z")))),
        ("datetime-lt", odata(modified().lt(at("2025-12-31T23:59:59Z")))),
        ("datetime-le", odata(modified().le(at("1999-12-31T23:59:59Z")))),
        ("datetime-offset", odata(event_time().ge(at("2024-01-01T01:30:00+02:00")))),
        ("datetime-microseconds", odata(event_time().eq(at("2024-01-01T00:00:00.123456Z")))),
        ("date-ge", odata(Sample::CREATED.ge(day("2024-02-29")))),
        ("date-lt", odata(Sample::CREATED.lt(day("2024-03-01")))),
        ("decimal-eq", odata(Sample::RATE.eq(number("1.5")))),
        ("decimal-gt", odata(Sample::RATE.gt(number("-0.0001")))),
        ("decimal-large", odata(Sample::RATE.le(number("99999999999.1234567891")))),
        ("money-ge", odata(Sample::PRICE.ge(number("1234.56")))),
        ("money-lt", odata(Sample::PRICE.lt(number("922337203685477.5807")))),
        ("float-eq", odata(Sample::RATIO.eq(0.5))),
        ("float-gt", odata(Sample::RATIO.gt(0.1))),
        ("float-lt", odata(Sample::RATIO.lt(-2.25))),
        ("float-long", odata(Sample::RATIO.eq(0.300_000_000_000_000_04))),
        ("null-eq", odata(name().is_null())),
        ("null-ne", odata(name().is_not_null())),
        ("null-lookup", odata(session().is_null())),
        ("null-number", odata(count().is_not_null())),
        ("null-date", odata(event_time().is_null())),
        ("contains", odata(name().contains("chat"))),
        ("contains-apostrophe", odata(name().contains("O'B"))),
        // The client passes wildcards on; so does this method, and its name says so.
        ("contains-percent", odata(name().contains_pattern("50% off"))),
        ("contains-comma", odata(name().contains("a, b"))),
        ("contains-unicode", odata(name().contains("é"))),
        ("contains-newline", odata(name().contains("a\nb"))),
        ("startswith", odata(name().starts_with("Agent"))),
        ("startswith-plus", odata(name().starts_with("+1 "))),
        ("endswith", odata(name().ends_with("left"))),
        ("endswith-ampersand", odata(name().ends_with("&co"))),
        ("like-start", odata(name().starts_with("Agent"))),
        ("like-end", odata(name().ends_with("left"))),
        ("like-middle", odata(name().contains("chat"))),
        ("like-plain", text("chat")),
        ("not-contains", odata(!name().contains("chat"))),
        ("not-startswith", odata(name().starts_with("Agent").not())),
        ("not-endswith", odata(!name().ends_with("left"))),
        ("not-like", odata(!name().contains("chat"))),
        ("and", odata(state(0) & status(1))),
        ("and-three-left", odata(state(0).and(status(1)).and(count().gt(5)))),
        ("and-three-right", odata(state(0).and(status(1).and(count().gt(5))))),
        ("or", odata(state(0) | state(1))),
        ("or-three-left", odata(kind(1).or(kind(2)).or(kind(3)))),
        ("or-three-right", odata(kind(1).or(kind(2).or(kind(3))))),
        ("and-of-or", odata((kind(1) | kind(2)) & state(0))),
        ("or-of-and", odata((kind(1) & state(0)) | kind(2))),
        ("and-or-and", odata((kind(1) | kind(2)) & (state(0) | name().is_null()))),
        ("or-and-or", odata((kind(1) & state(0)) | (kind(2) & state(1)))),
        ("not-eq", odata(!state(1))),
        ("not-and", odata(!(state(0) & status(1)))),
        ("not-or", odata(!(state(0) | status(1)))),
        ("not-not", odata(!!state(1))),
        ("and-not", odata(state(0) & !status(1))),
        ("not-and-left", odata(!state(0) & status(1))),
        ("or-not-contains", odata(!name().contains("a") | !name().contains("b"))),
        (
            "deep",
            odata(
                !(name().eq("a") | (name().starts_with("b") & count().gt(1)))
                    & (session().is_null() | created().ge(at("2024-01-01T00:00:00Z"))),
            ),
        ),
        ("where-one", odata(state(0))),
        ("in-int", odata(SessionEvent::EVENT_TYPE.is_in([192_350_000, 192_350_001].map(EventType::from)))),
        ("in-one", odata(SessionEvent::EVENT_TYPE.is_in([EventType::Unknown(1)]))),
        ("in-text", odata(name().is_in(["a", "b c"]))),
        ("in-text-unicode", odata(name().is_in(["東京", "a&b", "50%", "a+b"]))),
        ("not-in-int", odata(SessionEvent::EVENT_TYPE.is_not_in([1, 2, 3].map(EventType::from)))),
        ("not-in-text", odata(name().is_not_in(["a", "b"]))),
        ("in-and", odata(SessionEvent::EVENT_TYPE.is_in([1, 2].map(EventType::from)) & state(0))),
        // The client writes two comparisons; ours is Dataverse's function, so the comparisons are written out
        // here.
        ("between-int", odata(count().ge(1) & count().le(10))),
        ("between-text", odata(name().ge("a") & name().le("m"))),
        (
            "between-date",
            odata(Sample::CREATED.ge(day("2024-01-01")) & Sample::CREATED.le(day("2024-12-31"))),
        ),
        (
            "between-datetime",
            odata(created().ge(at("2024-01-01T00:00:00Z")) & created().le(at("2024-01-31T23:59:59Z"))),
        ),
        ("between-decimal", odata(Sample::PRICE.ge(number("10.00")) & Sample::PRICE.le(number("99.99")))),
        ("not-between-int", odata(!(count().ge(1) & count().le(10)))),
        ("between-and", odata((count().ge(1) & count().le(10)) & state(0))),
        ("raw-today", odata(created().today())),
        ("raw-this-month", odata(created().this_month())),
        ("raw-last-x-days", odata(created().last_x_days(7))),
        ("raw-and", odata(state(0) & modified().yesterday())),
        ("raw-columns", odata(created().eq_column(modified()))),
        ("new-name-count", odata(Sample::NAME.eq("a") & Sample::COUNT.ge(3))),
        ("new-flag-or-price", odata(Sample::FLAG.eq(true) | Sample::PRICE.gt(Decimal::ZERO))),
    ]
}

#[test]
fn filters_equal_those_of_microsofts_client() {
    let expressions = expressions();
    let mut names: Vec<_> = expressions.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), expressions.len());
    assert!(names.len() >= 40);
    let mut file = interop_file("python-filters.tsv");
    let mut filters = interop_file("filters-expressions.txt");
    for (name, text) in &expressions {
        let line = text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
        writeln!(file, "{name}\t{line}").unwrap();
        if !text.contains(['\n', '\r']) {
            writeln!(filters, "{text}").unwrap();
        }
    }
    // What that client sends, so that this test needs no Python.
    let of =
        |wanted: &str| expressions.iter().find(|(name, _)| *name == wanted).map(|(_, text)| text.as_str());
    assert_eq!(of("not-and"), Some("not ((statecode eq 0 and statuscode eq 1))"));
    assert_eq!(
        of("and-three-left"),
        Some("((statecode eq 0 and statuscode eq 1) and importsequencenumber gt 5)")
    );
    assert_eq!(
        of("and-three-right"),
        Some("(statecode eq 0 and (statuscode eq 1 and importsequencenumber gt 5))")
    );
}

#[test]
fn wildcards_in_a_text_are_escaped() {
    // The wildcards of T-SQL's `LIKE` are put in brackets.
    let escaped =
        [("100%", "100[%]"), ("a_b", "a[_]b"), ("[x]", "[[]x]"), ("^-]", "^-]"), ("%'_", "[%]''[_]")];
    for (text, pattern) in escaped {
        assert_eq!(odata(SessionEvent::NAME.contains(text)), format!("contains(msdyn_name, '{pattern}')"));
        assert_eq!(
            odata(SessionEvent::NAME.starts_with(text)),
            format!("startswith(msdyn_name, '{pattern}')")
        );
        assert_eq!(odata(SessionEvent::NAME.ends_with(text)), format!("endswith(msdyn_name, '{pattern}')"));
    }
    assert_eq!(odata(SessionEvent::NAME.contains_pattern("a%[b-c]_")), "contains(msdyn_name, 'a%[b-c]_')");
    // Equality has no wildcards.
    assert_eq!(odata(SessionEvent::NAME.eq("100%")), "msdyn_name eq '100%'");
}

#[test]
fn paths_go_through_lookups() {
    assert_eq!(odata(Thing::PARENT.to(Thing::NAME).eq("x")), "new_Parent/new_name eq 'x'");
    assert_eq!(
        odata(Thing::PARENT.to(Thing::PARENT.to(Thing::PARTY)).is_null()),
        "new_Parent/new_Parent/_new_party_value eq null"
    );
    assert_eq!(odata(Thing::PARTY.to(Team::NAME).contains("x")), "contains(new_Party_team/name, 'x')");
    assert_eq!(
        odata(SessionEvent::OWNING_USER.to(SystemUser::FULL_NAME).eq("A")),
        "owninguser/fullname eq 'A'"
    );
    let order: Order<Thing> = Thing::PARENT.to(Thing::NAME).desc();
    assert_eq!(order.to_string(), "new_Parent/new_name desc");
    const SESSION: Related<SessionEvent, OcSession, One> = Related::one("msdyn_omnichannelsession");
    assert_eq!(odata(SESSION.to(OcSession::SUBJECT).eq("s")), "msdyn_omnichannelsession/subject eq 's'");
}

#[test]
fn collections_are_filtered_with_any_and_all() {
    const SESSIONS: Related<SystemUser, OcSession, Many> = Related::many("user_msdyn_ocsession");
    let of_the_session = SessionEvent::SESSION.to(OcSession::SUBJECT).is_not_null();
    let texts = [
        (
            odata(EVENTS.any(SessionEvent::NAME.eq("a").and(of_the_session))),
            "msdyn_ocsession_sessionevent_nested/any(o:(o/msdyn_name eq 'a' and \
             o/msdyn_omnichannelsession/subject ne null))",
        ),
        (odata(EVENTS.exists()), "msdyn_ocsession_sessionevent_nested/any()"),
        (
            odata(!EVENTS.all(SessionEvent::NAME.starts_with("x"))),
            "not (msdyn_ocsession_sessionevent_nested/all(o:startswith(o/msdyn_name, 'x')))",
        ),
        (
            odata(SESSIONS.any(EVENTS.any(SessionEvent::NAME.eq_column(SessionEvent::NAME)))),
            "user_msdyn_ocsession/any(o:o/msdyn_ocsession_sessionevent_nested/any(o2:o2/msdyn_name eq o2/msdyn_name))",
        ),
    ];
    let mut file = interop_file("filters-lambdas.txt");
    for (text, expected) in texts {
        assert_eq!(text, expected);
        writeln!(file, "{text}").unwrap();
    }
}

#[test]
fn filters_of_a_list_are_joined_on_one_level() {
    let any = Filter::any_of(["a", "b", "c"].map(|name| SessionEvent::NAME.eq(name)));
    assert_eq!(
        odata(any.and(SessionEvent::STATE.eq(State::Active))),
        "((msdyn_name eq 'a' or msdyn_name eq 'b' or msdyn_name eq 'c') and statecode eq 0)"
    );
    // "All of no conditions" matches every record, "any of no conditions" none, which no filter can say.
    assert!(Filter::<SessionEvent>::all_of([]).is_none());
    for none in [Filter::any_of([]), Filter::any_of([]).or(SessionEvent::NAME.eq("a")), !Filter::any_of([])] {
        let refused = SessionEvent::query().filter(none.clone()).request(&org()).unwrap_err().to_string();
        assert!(refused.contains("with no conditions finds nothing; do not send the query"), "{refused}");
        let refused = SessionEvent::fetch().filter(none).to_xml().unwrap_err().to_string();
        assert!(refused.contains("with no conditions finds nothing; do not send the query"), "{refused}");
    }
    assert_eq!(odata(Filter::all_of([SessionEvent::NAME.is_null()]).unwrap()), "msdyn_name eq null");
    let all = Filter::all_of((0..5000).map(|number| SessionEvent::NAME.ne(number.to_string()))).unwrap();
    assert_eq!(odata(all).matches('(').count(), 1);
}

#[test]
fn raw_filters_are_sent_as_written_in_parentheses() {
    let raw = Filter::<SessionEvent>::raw_unescaped("a eq 1 or b eq 2");
    assert_eq!(odata(raw & SessionEvent::NAME.is_null()), "((a eq 1 or b eq 2) and msdyn_name eq null)");
}

#[test]
fn a_query_that_dataverse_cannot_answer_is_refused_with_the_reason() {
    let refused = |filter: Filter<SessionEvent>| filter.to_odata().unwrap_err().to_string();
    assert_eq!(
        refused(!SessionEvent::EVENT_TYPE.is_in([EventType::SessionEnd])),
        "msdyn_sessionevent: Dataverse takes no `not` before the query function In; use `is_not_in`"
    );
    assert!(refused(!SessionEvent::CREATED_ON.today()).contains("write the opposite with other conditions"));
    assert!(
        refused(SessionEvent::SESSION.to(OcSession::CREATED_ON).today())
            .contains("createdon: the query function Today takes the name of a column of the table itself")
    );
    let in_lambda = EVENTS.any(SessionEvent::CREATED_ON.today()).to_odata().unwrap_err().to_string();
    assert!(in_lambda.contains("it cannot reach a related record"), "{in_lambda}");
    let none: [&str; 0] = [];
    assert!(refused(SessionEvent::NAME.is_in(none)).contains("In with no values finds nothing"));
}

#[test]
fn a_filter_nested_too_deeply_is_refused_without_a_stack_overflow() {
    let mut filter = SessionEvent::NAME.is_null();
    for round in 0..100_000 {
        filter = if round % 2 == 0 { !filter } else { filter | SessionEvent::NAME.eq("x") };
    }
    let error = filter.to_odata().unwrap_err().to_string();
    assert!(error.contains("nested more than 200 levels deep"), "{error}");
}

/// The names and parameters that `$metadata` gives for the 69 functions.
#[test]
fn every_query_function_by_its_name_with_its_parameters() {
    let created = || SessionEvent::CREATED_ON;
    let of_created = |name: &str| format!("Microsoft.Dynamics.CRM.{name}(PropertyName='createdon')");
    let alone: Vec<(Filter<SessionEvent>, &str)> = vec![
        (created().yesterday(), "Yesterday"),
        (created().today(), "Today"),
        (created().tomorrow(), "Tomorrow"),
        (created().last_7_days(), "Last7Days"),
        (created().next_7_days(), "Next7Days"),
        (created().last_week(), "LastWeek"),
        (created().this_week(), "ThisWeek"),
        (created().next_week(), "NextWeek"),
        (created().last_month(), "LastMonth"),
        (created().this_month(), "ThisMonth"),
        (created().next_month(), "NextMonth"),
        (created().last_year(), "LastYear"),
        (created().this_year(), "ThisYear"),
        (created().next_year(), "NextYear"),
        (created().last_fiscal_year(), "LastFiscalYear"),
        (created().this_fiscal_year(), "ThisFiscalYear"),
        (created().next_fiscal_year(), "NextFiscalYear"),
        (created().last_fiscal_period(), "LastFiscalPeriod"),
        (created().this_fiscal_period(), "ThisFiscalPeriod"),
        (created().next_fiscal_period(), "NextFiscalPeriod"),
    ];
    let numbered: Vec<(Filter<SessionEvent>, &str)> = vec![
        (created().last_x_hours(3), "LastXHours"),
        (created().last_x_days(3), "LastXDays"),
        (created().last_x_weeks(3), "LastXWeeks"),
        (created().last_x_months(3), "LastXMonths"),
        (created().last_x_years(3), "LastXYears"),
        (created().last_x_fiscal_years(3), "LastXFiscalYears"),
        (created().last_x_fiscal_periods(3), "LastXFiscalPeriods"),
        (created().next_x_hours(3), "NextXHours"),
        (created().next_x_days(3), "NextXDays"),
        (created().next_x_weeks(3), "NextXWeeks"),
        (created().next_x_months(3), "NextXMonths"),
        (created().next_x_years(3), "NextXYears"),
        (created().next_x_fiscal_years(3), "NextXFiscalYears"),
        (created().next_x_fiscal_periods(3), "NextXFiscalPeriods"),
        (created().older_than_x_minutes(3), "OlderThanXMinutes"),
        (created().older_than_x_hours(3), "OlderThanXHours"),
        (created().older_than_x_days(3), "OlderThanXDays"),
        (created().older_than_x_weeks(3), "OlderThanXWeeks"),
        (created().older_than_x_months(3), "OlderThanXMonths"),
        (created().older_than_x_years(3), "OlderThanXYears"),
        (created().in_fiscal_year(3), "InFiscalYear"),
        (created().in_fiscal_period(3), "InFiscalPeriod"),
    ];
    let periods = vec![
        (created().in_fiscal_period_and_year(2, 2024), "InFiscalPeriodAndYear"),
        (created().in_or_before_fiscal_period_and_year(2, 2024), "InOrBeforeFiscalPeriodAndYear"),
        (created().in_or_after_fiscal_period_and_year(2, 2024), "InOrAfterFiscalPeriodAndYear"),
    ];
    let days = vec![
        (created().on(day("2024-02-29")), "On"),
        (created().on_or_before(day("2024-02-29")), "OnOrBefore"),
        (created().on_or_after(day("2024-02-29")), "OnOrAfter"),
    ];
    let owner = || SessionEvent::OWNER;
    let users = vec![
        (owner().equal_user_id(), "EqualUserId"),
        (owner().not_equal_user_id(), "NotEqualUserId"),
        (owner().equal_user_teams(), "EqualUserTeams"),
        (owner().equal_user_or_user_teams(), "EqualUserOrUserTeams"),
        (owner().equal_user_or_user_hierarchy(), "EqualUserOrUserHierarchy"),
        (owner().equal_user_or_user_hierarchy_and_teams(), "EqualUserOrUserHierarchyAndTeams"),
        (owner().equal_business_id(), "EqualBusinessId"),
        (owner().not_equal_business_id(), "NotEqualBusinessId"),
    ];
    let record = Id::<Thing>::new(guid());
    let parent = || Thing::PARENT;
    let hierarchy = vec![
        (parent().under(record), "Under"),
        (parent().under_or_equal(record), "UnderOrEqual"),
        (parent().not_under(record), "NotUnder"),
        (parent().above(record), "Above"),
        (parent().above_or_equal(record), "AboveOrEqual"),
    ];
    let mut texts = Vec::new();
    for (filter, name) in alone {
        assert_eq!(odata(filter.clone()), of_created(name));
        texts.push(odata(filter));
    }
    let with = |name: &str, arguments: &str| of_created(name).replace(")", &format!(",{arguments})"));
    for (filter, name) in numbered {
        assert_eq!(odata(filter.clone()), with(name, "PropertyValue=3"));
        texts.push(odata(filter));
    }
    for (filter, name) in periods {
        assert_eq!(odata(filter.clone()), with(name, "PropertyValue1=2,PropertyValue2=2024"));
        texts.push(odata(filter));
    }
    for (filter, name) in days {
        assert_eq!(odata(filter.clone()), with(name, "PropertyValue='2024-02-29'"));
        texts.push(odata(filter));
    }
    for (filter, name) in users {
        assert_eq!(odata(filter.clone()), of_created(name).replace("createdon", "ownerid"));
        texts.push(odata(filter));
    }
    for (filter, name) in hierarchy {
        let expected = of_created(name).replace("createdon", "new_parent");
        assert_eq!(odata(filter.clone()), expected.replace(")", &format!(",PropertyValue='{}')", guid())));
        texts.push(odata(filter));
    }
    texts.push(odata(SessionEvent::UTC_CONVERSION_TIME_ZONE_CODE.equal_user_language()));
    texts.push(odata(SessionEvent::NAME.contains_full_text("it's")));
    texts.push(odata(Thing::NUMBER.is_in([1, 2])));
    texts.push(odata(Thing::NUMBER.is_not_in([1, 2])));
    texts.push(odata(Thing::NUMBER.between(5, 2000)));
    texts.push(odata(Thing::NUMBER.not_between(5, 2000)));
    texts.push(odata(Thing::COLORS.contain_values([Color::Red, Color::Blue])));
    texts.push(odata(Thing::COLORS.does_not_contain_values([Color::Red])));
    assert_eq!(texts.len(), 69);
    assert_eq!(
        texts[61..],
        [
            "Microsoft.Dynamics.CRM.EqualUserLanguage(PropertyName='utcconversiontimezonecode')",
            "Microsoft.Dynamics.CRM.Contains(PropertyName='msdyn_name',PropertyValue='it''s')",
            "Microsoft.Dynamics.CRM.In(PropertyName='new_number',PropertyValues=[\"1\",\"2\"])",
            "Microsoft.Dynamics.CRM.NotIn(PropertyName='new_number',PropertyValues=[\"1\",\"2\"])",
            "Microsoft.Dynamics.CRM.Between(PropertyName='new_number',PropertyValues=[\"5\",\"2000\"])",
            "Microsoft.Dynamics.CRM.NotBetween(PropertyName='new_number',PropertyValues=[\"5\",\"2000\"])",
            "Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_colors',PropertyValues=[\"1\",\"-3\"])",
            "Microsoft.Dynamics.CRM.DoesNotContainValues(PropertyName='new_colors',PropertyValues=[\"1\"])",
        ]
    );
    let mut file = interop_file("filters-functions.txt");
    for text in texts {
        writeln!(file, "{text}").unwrap();
    }
}

#[test]
fn every_kind_of_column_is_compared_as_its_kind_is_written() {
    let thing = Id::<Thing>::new(guid());
    let user = Id::<SystemUser>::new(guid());
    assert_eq!(odata(Thing::ID.eq(thing)), format!("new_thingid eq {}", guid()));
    assert_eq!(odata(Thing::GUID.eq(guid())), format!("new_guid eq {}", guid()));
    assert_eq!(odata(Thing::PARTY.eq(user)), format!("_new_party_value eq {}", guid()));
    assert_eq!(odata(Thing::PARTY.eq(Party::User(user))), format!("_new_party_value eq {}", guid()));
    assert_eq!(odata(Thing::PLAIN.eq(7)), "new_plain eq 7");
    assert_eq!(
        odata(Thing::COLORS.eq([Color::Red, Color::Green].into_iter().collect::<MultiSelect<_>>())),
        "new_colors eq '1,2'"
    );
    assert_eq!(
        odata(Thing::CLOCK.lt("2024-01-01T10:00".parse::<jiff::civil::DateTime>().unwrap())),
        "new_clock lt 2024-01-01T10:00:00Z"
    );
    assert_eq!(odata(Thing::DATE.ge(day("2024-01-01"))), "new_date ge 2024-01-01");
    assert_eq!(odata(Thing::TABLE_NAME.eq("account")), "new_table eq 'account'");
    assert_eq!(odata(Thing::RATIO.gt(f64::INFINITY)), "new_ratio gt INF");
    assert_eq!(odata(Thing::RATIO.lt(1e21)), "new_ratio lt 1e+21");
    assert_eq!(odata(Thing::FILE.is_not_null()), "new_file ne null");
    // The names of the table are not those of a column.
    assert_eq!(<Thing as Entity>::TABLE.logical_name, "new_thing");
}

/// Any text, often with characters that have a meaning in some syntax.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z '%_\\[\\]&+#=,;:/?@$()\"\\\\{}<>*|^!~`.-]{0,12}",
        "\\PC{0,8}",
        any::<String>().prop_map(|text| text.chars().filter(|each| !each.is_control()).take(8).collect()),
    ]
}

fn leaf() -> impl Strategy<Value = Filter<SessionEvent>> {
    let column: fn() -> Column<SessionEvent, kinds::Text, String> = || SessionEvent::NAME;
    prop_oneof![
        text().prop_map(move |text| column().eq(text)),
        text().prop_map(move |text| column().contains(text)),
        text().prop_map(move |text| column().starts_with(text)),
        text().prop_map(|text| SessionEvent::SESSION.to(OcSession::SUBJECT).ends_with(text)),
        any::<i32>().prop_map(|number| SessionEvent::IMPORT_SEQUENCE_NUMBER.le(number)),
        any::<i64>().prop_map(|number| SessionEvent::VERSION_NUMBER.gt(number)),
        any::<i32>().prop_map(|number| SessionEvent::EVENT_TYPE.ne(EventType::from(number))),
        any::<u128>().prop_map(|id| SessionEvent::SESSION.eq(Id::new(Uuid::from_u128(id)))),
        (0i64..4_000_000_000)
            .prop_map(|second| SessionEvent::CREATED_ON.lt(Timestamp::from_second(second).unwrap())),
        Just(SessionEvent::EVENT_TIME.is_null()),
        Just(SessionEvent::CREATED_ON.ge_column(SessionEvent::MODIFIED_ON)),
    ]
}

fn filter() -> impl Strategy<Value = Filter<SessionEvent>> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| one & other),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| one | other),
            inner.clone().prop_map(|one| !one),
            prop::collection::vec(inner, 1..4).prop_map(Filter::any_of),
        ]
    })
}

/// A query function next to other conditions; Dataverse takes no `not` before it.
fn with_function() -> impl Strategy<Value = Filter<SessionEvent>> {
    let function = prop_oneof![
        prop::collection::vec(text(), 1..4).prop_map(|texts| SessionEvent::NAME.is_in(texts)),
        any::<u32>().prop_map(|number| SessionEvent::CREATED_ON.last_x_days(number)),
        Just(SessionEvent::OWNER.equal_user_id()),
    ];
    (function, filter()).prop_map(|(function, filter)| function & filter)
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    _name: Option<String>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = OcSession)]
struct SessionWithEvents {
    #[attr(logical = "subject")]
    _subject: Option<String>,
    #[expand(nav = "msdyn_ocsession_sessionevent_nested")]
    _events: Vec<Name>,
}

fn query() -> impl Strategy<Value = Query<Name>> {
    (
        prop_oneof![filter(), with_function()],
        prop::option::of(1u32..5001),
        any::<bool>(),
        prop::collection::vec(0usize..4, 0..3),
    )
        .prop_map(|(filter, top, count, orders)| {
            let mut query = Name::query().filter(filter);
            for order in orders {
                query = query.order_by(match order {
                    0 => SessionEvent::NAME.asc(),
                    1 => SessionEvent::CREATED_ON.desc(),
                    2 => SessionEvent::SESSION.to(OcSession::SUBJECT).asc(),
                    _ => SessionEvent::EVENT_TYPE.desc(),
                });
            }
            if let Some(top) = top {
                query = query.top(top);
            }
            query.count(count)
        })
}

/// Checks a filter for injection: literals are complete, and outside of them is only what the columns wrote.
fn outside_of_literals(filter: &str) -> String {
    let mut outside = String::new();
    let mut characters = filter.chars().peekable();
    let mut quote = None;
    while let Some(each) = characters.next() {
        match quote {
            None if each == '\'' || each == '"' => quote = Some(each),
            None => outside.push(each),
            Some('"') if each == '\\' => drop(characters.next()),
            Some('\'') if each == '\'' && characters.peek() == Some(&'\'') => drop(characters.next()),
            Some(open) if each == open => quote = None,
            Some(_) => {}
        }
    }
    assert_eq!(quote, None, "a literal does not end: {filter}");
    outside
}

#[test]
fn text_in_random_queries_stays_within_its_literal() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut file = interop_file("filters-random.txt");
    for _ in 0..400 {
        let filter = filter().new_tree(&mut runner).unwrap().current();
        let text = odata(filter);
        let outside = outside_of_literals(&text);
        assert!(
            outside.chars().all(|each| each.is_ascii_alphanumeric() || "_-/:., ()".contains(each)),
            "{outside}"
        );
        assert_eq!(outside.matches('(').count(), outside.matches(')').count(), "{outside}");
        writeln!(file, "{text}").unwrap();
        let query = query().new_tree(&mut runner).unwrap().current();
        record_url(&query.request(&org()).unwrap());
    }
    for _ in 0..50 {
        let narrowed = ExpandOptions::new().filter(filter().new_tree(&mut runner).unwrap().current());
        let query =
            SessionWithEvents::query().expand(EVENTS, narrowed.order_by(SessionEvent::NAME.desc()).top(3));
        record_url(&query.request(&org()).unwrap());
    }
}

dataverse_entity::table_ref!(Office, logical = "account", set = "accounts", id = "accountid", hierarchical);

/// `account` has a hierarchy by `parentaccountid` in every org, also for a program that only refers to the
/// table.
#[test]
fn a_table_that_is_only_referred_to_may_be_a_hierarchy() {
    #[derive(Debug, DataverseEntity)]
    #[entity(logical = "new_visit", set = "new_visits")]
    struct Visit {
        #[attr(logical = "new_visitid", primary_id, create_only)]
        id: Id<Visit>,
        #[attr(logical = "new_office", lookup, nav = "new_Office")]
        office: Option<Lookup<Office>>,
    }

    let office = Id::<Office>::new(guid());
    let expected =
        format!("Microsoft.Dynamics.CRM.Under(PropertyName='new_office',PropertyValue='{}')", guid());
    assert_eq!(odata(Visit::OFFICE.under(office)), expected);
    assert_eq!(odata(Visit::OFFICE.under(Lookup::<Office>::new(office))), expected);
    assert_eq!(Visit::ID.metadata().logical_name, "new_visitid");
    let visit: Record<Visit> = Record::from_json(&format!(r#"{{"new_visitid":"{}"}}"#, guid())).unwrap();
    assert!(visit.office.is_none() && visit.id.uuid() == guid());
}
