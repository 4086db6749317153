//! The query functions of webapi/query/filter-rows on dates, ids, lists and choices.

use serde_json::{Value, json};

use crate::support::Api;

/// Tasks that start at these times; now is Wednesday, 2026-03-04, 10:30.
const STARTS: [(&str, &str); 16] = [
    ("last year", "2025-03-04T10:00:00Z"),
    ("last fiscal period", "2025-12-31T10:00:00Z"),
    ("last month", "2026-02-10T10:00:00Z"),
    ("9 days ago", "2026-02-23T10:00:00Z"),
    ("last week", "2026-02-27T10:00:00Z"),
    ("sunday", "2026-03-01T10:00:00Z"),
    ("yesterday", "2026-03-03T10:00:00Z"),
    ("an hour ago", "2026-03-04T09:45:00Z"),
    ("in an hour", "2026-03-04T11:15:00Z"),
    ("tomorrow", "2026-03-05T10:00:00Z"),
    ("saturday", "2026-03-07T10:00:00Z"),
    ("next week", "2026-03-09T10:00:00Z"),
    ("later this month", "2026-03-30T10:00:00Z"),
    ("next month", "2026-04-15T10:00:00Z"),
    ("next year", "2027-03-04T10:00:00Z"),
    ("in two years", "2028-03-04T10:00:00Z"),
];

fn tasks() -> Api {
    let api = Api::new();
    for (subject, start) in STARTS {
        api.create("tasks", &json!({"subject": subject, "scheduledstart": start}));
    }
    api.create("tasks", &json!({"subject": "never"}));
    api
}

/// Returns the tasks that a function finds with these arguments.
fn found(api: &Api, function: &str, arguments: &str) -> Vec<Value> {
    let call = format!("Microsoft.Dynamics.CRM.{function}(PropertyName='scheduledstart'{arguments})");
    api.column("subject", &format!("tasks?$select=subject&$filter={call}"))
}

/// Returns the subjects from the first to the last of these.
fn span(from: &str, to: &str) -> Vec<&'static str> {
    let index = |name: &str| STARTS.iter().position(|(subject, _)| *subject == name).unwrap();
    STARTS[index(from)..=index(to)].iter().map(|(subject, _)| *subject).collect()
}

#[test]
fn named_periods() {
    let api = tasks();
    for (function, from, to) in [
        ("Yesterday", "yesterday", "yesterday"),
        ("Today", "an hour ago", "in an hour"),
        ("Tomorrow", "tomorrow", "tomorrow"),
        ("Last7Days", "last week", "an hour ago"),
        ("Next7Days", "in an hour", "next week"),
        ("LastWeek", "9 days ago", "last week"),
        ("ThisWeek", "sunday", "saturday"),
        ("NextWeek", "next week", "next week"),
        ("LastMonth", "last month", "last week"),
        ("ThisMonth", "sunday", "later this month"),
        ("NextMonth", "next month", "next month"),
        ("LastYear", "last year", "last fiscal period"),
        ("ThisYear", "last month", "next month"),
        ("NextYear", "next year", "next year"),
        ("LastFiscalYear", "last year", "last fiscal period"),
        ("ThisFiscalYear", "last month", "next month"),
        ("NextFiscalYear", "next year", "next year"),
        ("LastFiscalPeriod", "last fiscal period", "last fiscal period"),
        ("ThisFiscalPeriod", "last month", "later this month"),
        ("NextFiscalPeriod", "next month", "next month"),
    ] {
        assert_eq!(found(&api, function, ""), span(from, to), "{function}");
    }
}

#[test]
fn counted_periods() {
    let api = tasks();
    for (function, count, from, to) in [
        ("LastXHours", 1, "an hour ago", "an hour ago"),
        ("NextXHours", 1, "in an hour", "in an hour"),
        ("LastXDays", 1, "yesterday", "an hour ago"),
        ("NextXDays", 1, "in an hour", "tomorrow"),
        ("LastXWeeks", 1, "last week", "an hour ago"),
        ("NextXWeeks", 1, "in an hour", "next week"),
        ("LastXMonths", 1, "last month", "an hour ago"),
        ("NextXMonths", 1, "in an hour", "later this month"),
        ("LastXYears", 1, "last year", "an hour ago"),
        ("NextXYears", 1, "in an hour", "next year"),
        ("LastXFiscalYears", 1, "last year", "last fiscal period"),
        ("NextXFiscalYears", 1, "next year", "next year"),
        ("LastXFiscalPeriods", 1, "last fiscal period", "last fiscal period"),
        ("NextXFiscalPeriods", 1, "next month", "next month"),
        ("OlderThanXMinutes", 30, "last year", "an hour ago"),
        ("OlderThanXHours", 1, "last year", "yesterday"),
        ("OlderThanXDays", 2, "last year", "sunday"),
        ("OlderThanXWeeks", 1, "last year", "9 days ago"),
        ("OlderThanXMonths", 1, "last year", "last fiscal period"),
        ("OlderThanXYears", 1, "last year", "last year"),
    ] {
        let arguments = format!(",PropertyValue={count}");
        assert_eq!(found(&api, function, &arguments), span(from, to), "{function}");
        let text = format!(",PropertyValue='{count}'");
        assert_eq!(found(&api, function, &text), span(from, to), "{function} with a text");
    }
}

#[test]
fn days_and_fiscal_periods() {
    let api = tasks();
    for (function, arguments, from, to) in [
        ("On", ",PropertyValue='2026-03-04'", "an hour ago", "in an hour"),
        ("OnOrBefore", ",PropertyValue='2026-02-10'", "last year", "last month"),
        ("OnOrAfter", ",PropertyValue='2027-03-04'", "next year", "in two years"),
        ("InFiscalYear", ",PropertyValue=2025", "last year", "last fiscal period"),
        ("InFiscalPeriodAndYear", ",PropertyValue1=2,PropertyValue2=2026", "next month", "next month"),
        (
            "InOrBeforeFiscalPeriodAndYear",
            ",PropertyValue1=4,PropertyValue2=2025",
            "last year",
            "last fiscal period",
        ),
        (
            "InOrAfterFiscalPeriodAndYear",
            ",PropertyValue1=1,PropertyValue2=2027",
            "next year",
            "in two years",
        ),
        (
            "Between",
            ",PropertyValues=['2026-03-05T00:00:00Z','2026-03-09T10:00:00Z']",
            "tomorrow",
            "next week",
        ),
    ] {
        assert_eq!(found(&api, function, arguments), span(from, to), "{function}");
    }
    assert_eq!(found(&api, "InFiscalPeriod", ",PropertyValue=4"), ["last fiscal period"]);
}

#[test]
fn functions_about_the_caller() {
    let api = Api::new();
    let other = api.emulator.add_user("Ada Agent").unwrap();
    let team = api.emulator.add_team("Mine", &[api.emulator.user()]).unwrap();
    api.create("accounts", &json!({"name": "mine"}));
    api.create("accounts", &json!({"name": "hers", "ownerid@odata.bind": format!("systemusers({other})")}));
    api.create("accounts", &json!({"name": "ours", "ownerid@odata.bind": format!("teams({team})")}));
    for (function, property, expected) in [
        ("EqualUserId", "ownerid", vec!["mine"]),
        ("NotEqualUserId", "ownerid", vec!["hers", "ours"]),
        ("EqualUserTeams", "ownerid", vec!["ours"]),
        ("EqualUserOrUserTeams", "ownerid", vec!["mine", "ours"]),
        ("EqualUserOrUserHierarchy", "ownerid", vec!["mine"]),
        ("EqualUserOrUserHierarchyAndTeams", "ownerid", vec!["mine", "ours"]),
        ("EqualBusinessId", "owningbusinessunit", vec!["mine", "hers", "ours"]),
        ("NotEqualBusinessId", "owningbusinessunit", vec![]),
    ] {
        let filter = format!("accounts?$filter=Microsoft.Dynamics.CRM.{function}(PropertyName='{property}')");
        assert_eq!(api.column("name", &filter), expected, "{function}");
    }
}

#[test]
fn functions_take_lists_of_values() {
    let api = Api::new();
    for (name, employees) in [("a", Some(1)), ("b", Some(2)), ("c", Some(3)), ("d", None)] {
        api.create("accounts", &json!({"name": name, "numberofemployees": employees}));
    }
    for (call, expected) in [
        ("In(PropertyName='name',PropertyValues=[\"A\",\"d\"])", vec!["a", "d"]),
        ("NotIn(PropertyName='name',PropertyValues=['a','d'])", vec!["b", "c"]),
        ("NotBetween(PropertyName='numberofemployees',PropertyValues=[\"2\",\"3\"])", vec!["a", "d"]),
        ("In(PropertyName='numberofemployees',PropertyValues=[\"1\",\"2\"])", vec!["a", "b"]),
    ] {
        let filter = format!("accounts?$filter=Microsoft.Dynamics.CRM.{call}");
        assert_eq!(api.column("name", &filter), expected, "{call}");
    }
}

/// multi-select-picklist, with the people of the page.
#[test]
fn multi_select_choices_contain_any_value() {
    let labels = [
        "Swimming",
        "Hiking",
        "Mountain Climbing",
        "Fishing",
        "Hunting",
        "Running",
        "Boating",
        "Skiing",
        "Camping",
    ];
    let options: Vec<Value> = (1..)
        .zip(labels)
        .map(|(value, label)| json!({"Value": value, "Label": {"UserLocalizedLabel": {"Label": label}}}))
        .collect();
    let column = json!({"LogicalName": "contact", "Attributes": [{
        "LogicalName": "sample_outdooractivities", "AttributeType": "Virtual",
        "AttributeTypeName": {"Value": "MultiSelectPicklistType"}, "OptionSet": {"Options": options}
    }]});
    let api =
        Api::of(dataverse_emulator::Emulator::builder().definitions(column.to_string()).build().unwrap());
    for (name, activities) in [
        ("Wayne", json!("1, 9")),
        ("Monte", json!("2")),
        ("Randal", json!("4")),
        ("Hiram", json!("2,3,8,9")),
        ("Barbara", json!("1,4,7")),
        ("Georgette", json!("4,5,9")),
        ("Verna", json!("2,4,9")),
        ("Marvin", json!("1,2,8,9")),
        ("Nobody", Value::Null),
    ] {
        api.create("contacts", &json!({"firstname": name, "sample_outdooractivities": activities}));
    }
    let select = "contacts?$select=firstname,sample_outdooractivities&$filter=";
    let function = |name: &str, values: &str| {
        format!(
            "Microsoft.Dynamics.CRM.{name}(PropertyName='sample_outdooractivities',PropertyValues=%5B{values}%5D)"
        )
    };
    for (filter, expected) in [
        (function("ContainValues", "'2'"), vec!["Monte", "Hiram", "Verna", "Marvin"]),
        (function("ContainValues", "\"1\",\"7\""), vec!["Wayne", "Barbara", "Marvin"]),
        (function("DoesNotContainValues", "'2'"), vec!["Wayne", "Randal", "Barbara", "Georgette", "Nobody"]),
        (function("In", "'2','4'"), vec!["Monte", "Randal"]),
        ("sample_outdooractivities eq '1,9'".to_owned(), vec!["Wayne"]),
        ("sample_outdooractivities eq null".to_owned(), vec!["Nobody"]),
    ] {
        assert_eq!(api.column("firstname", &format!("{select}{filter}")), expected, "{filter}");
    }
    let row = super::data::formatted(&api).rows(&format!("{select}firstname eq 'Hiram'")).remove(0);
    assert_eq!(row["sample_outdooractivities"], "2,3,8,9");
    let text = "sample_outdooractivities@OData.Community.Display.V1.FormattedValue";
    assert_eq!(row[text], "Hiking; Mountain Climbing; Skiing; Camping");
}
