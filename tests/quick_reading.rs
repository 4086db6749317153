//! A page is read the same on the quick way and on the way through `serde_json`: whatever stands in it, and however it is
//! broken. A blank before the text is what the quick way does not take.

mod both_ways;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use proptest::prelude::*;
use proptest::sample::select;

fn check(text: &str) {
    both_ways::check(text.as_bytes());
}

/// A value, in its own JSON text: fitting, unusual, or none at all.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"".to_owned()),
        Just("\"2026-03-02T09:16:44Z\"".to_owned()),
        Just("\"2026-03-02T09:16:60Z\"".to_owned()),
        Just("\"2026-02-30T09:16:44Z\"".to_owned()),
        Just("\"9999-12-31T23:59:59Z\"".to_owned()),
        Just(r#""W/\"1000001\"""#.to_owned()),
        (0..4_i64).prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        "[a-zé😀\"\\\\\u{1}/ ]{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        select(vec![
            "true",
            "false",
            "01",
            "1.5",
            "1e3",
            "-",
            "1.",
            "\"a",
            "\"\u{1}\"",
            "\"\\ud800\"",
            "\"\\u0041\"",
            "\"\\x\"",
            "{}",
            "[]",
            "{\"a\":[1,{\"b\":null}]}",
            "{\"code\":\"0x1\",\"message\":\"no\"}",
            "[1,]",
            "nul",
            "",
            " null",
            "null ",
            "\"https://x/$metadata#s/$deletedEntity\"",
        ])
        .prop_map(str::to_owned),
    ]
}

const NAMES: [&str; 17] = [
    "@odata.etag",
    "@odata.context",
    "msdyn_sessioneventid",
    "msdyn_name",
    "msdyn_eventtype",
    "statecode",
    "createdon",
    "versionnumber",
    "_ownerid_value",
    "_ownerid_value@OData.Community.Display.V1.FormattedValue",
    "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname",
    "statecode@OData.Community.Display.V1.FormattedValue",
    "unknown",
    "id",
    "reason",
    "error",
    "value",
];

fn object(names: &'static [&'static str], members: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec((select(names.to_vec()), value()), 0..members).prop_map(|all| {
        let all: Vec<String> = all.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", all.join(","))
    })
}

/// Rows that mostly have the same members in the same order, as those of a page do.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let alike = proptest::collection::vec(proptest::collection::vec(value(), 13), 0..4).prop_map(|rows| {
        let row = |values: Vec<String>| {
            let all: Vec<String> =
                NAMES.iter().zip(values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
            format!("{{{}}}", all.join(","))
        };
        rows.into_iter().map(row).collect()
    });
    prop_oneof![alike, proptest::collection::vec(object(&NAMES, 8), 0..4)]
}

fn page() -> impl Strategy<Value = String> {
    let around = || {
        object(
            &["@odata.context", "@odata.nextLink", "@odata.count", "@odata.deltaLink", "other", "error"],
            3,
        )
        .prop_map(|object| object[1..object.len() - 1].to_owned())
    };
    (around(), rows(), around()).prop_map(|(before, rows, after)| {
        let parts = [before, format!("\"value\":[{}]", rows.join(",")), after];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{{{}}}", parts.join(","))
    })
}

/// A page as an org answers it.
const RECORDED: &str = include_str!("../examples/data/session_events.json");

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_anything(page in page()) {
        check(&page);
    }

    #[test]
    fn records_of_anything(record in object(&NAMES, 10)) {
        check(&record);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_recorded_page_that_is_broken(
        at in any::<proptest::sample::Index>(),
        until in 0..4_usize,
        inserted in select(vec!["", "\"", "\\", ",", "}", "]", "{", "[", ":", "0", "e", "é", " ", "\n", "null", "\u{0}"]),
    ) {
        // Compact, as it comes over the wire.
        let page: serde_json::Value = serde_json::from_str(RECORDED).unwrap();
        let mut text: Vec<char> = page.to_string().chars().collect();
        let at = at.index(text.len());
        let end = text.len().min(at + until);
        text.splice(at..end, inserted.chars());
        check(&text.into_iter().collect::<String>());
    }
}

#[test]
fn a_recorded_page_is_the_same_however_it_is_written() {
    let page: serde_json::Value = serde_json::from_str(RECORDED).unwrap();
    let (compact, spaced) = (page.to_string(), serde_json::to_string_pretty(&page).unwrap());
    let read = |text: &str| Page::<SessionEvent>::from_json(text).unwrap();
    assert_eq!(read(&compact), read(&spaced));
    assert_eq!(read(&compact).records.len(), 8);
}

#[test]
fn an_error_beside_the_records_is_an_error_on_both_ways() {
    for text in [
        r#"{"value":[],"error":{"code":"0x1","message":"no"}}"#,
        r#"{"error":{"code":"0x1","message":"no"}}"#,
        r#"{"error":{"code":"0x1","message":"no"},"value":[]}"#,
        r#"{"value":[],"value":[]}"#,
        r#"{"value":[]} x"#,
    ] {
        check(text);
        assert!(Page::<SessionEvent>::from_json(text).is_err(), "{text}");
    }
}
