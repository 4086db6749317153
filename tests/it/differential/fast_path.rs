//! The fast path and the fallback through `serde_json` read any page the same, broken ones included. The fast
//! path does not take a text that begins with a blank.

use dataverse_entity::Decoder;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use proptest::prelude::*;
use proptest::sample::select;

use super::both_readers;

fn check(text: &str) {
    both_readers::check(text.as_bytes());
}

/// The JSON text of a value: of the right type, unusual, or invalid.
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

/// The names of members that mean the same in a response that is one record and in a row of a page.
const RECORD_NAMES: [&str; 14] = {
    let mut names = [""; 14];
    let mut index = 0;
    while index < 14 {
        names[index] = if index == 1 { "_createdby_value" } else { NAMES[index] };
        index += 1;
    }
    names
};

/// Asserts that a record alone, in the first row of a page, and in later rows has the same values or the same
/// error: three readers read them.
fn check_alone_and_in_pages(record: &str) {
    let alone = Record::<SessionEvent>::from_json(record);
    let page = format!(r#"{{"value":[{record},{record},{{"@odata.etag":"1"}},{record}]}}"#);
    let page = Decoder::new().page_rows::<SessionEvent>(&page);
    match (alone, page) {
        (Ok(alone), Ok(page)) => {
            for row in [0, 1, 3] {
                assert_eq!(page.records[row].as_ref().ok(), Some(&alone), "row {row} of {record}");
            }
        }
        (Err(alone), Ok(page)) => {
            for row in [0, 1, 3] {
                let error = page.records[row].as_ref().expect_err(record);
                assert_eq!((error.column(), error.table()), (alone.column(), alone.table()), "{record}");
            }
        }
        (Ok(_), Err(error)) => panic!("only the page is refused: {error}: {record}"),
        (Err(_), Err(_)) => {}
    }
}

fn object(names: &'static [&'static str], members: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec((select(names.to_vec()), value()), 0..members).prop_map(|all| {
        let all: Vec<String> = all.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", all.join(","))
    })
}

/// Rows that mostly have the same members in the same order, as the rows of a page do.
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

/// Members in their order, with two values each.
const REPEATED: [(&str, [&str; 2]); 8] = [
    ("@odata.etag", ["\"W/\\\"1\\\"\"", "\"W/\\\"2\\\"\""]),
    ("importsequencenumber", ["1", "2"]),
    ("msdyn_name", ["\"A\"", "null"]),
    ("statecode@OData.Community.Display.V1.FormattedValue", ["\"Active\"", "\"Inactive\""]),
    ("statecode", ["0", "1"]),
    ("_ownerid_value@OData.Community.Display.V1.FormattedValue", ["\"Ann\"", "\"Bob\""]),
    ("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname", ["\"systemuser\"", "\"team\""]),
    (
        "_ownerid_value",
        ["\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"", "\"6f9619ff-8b86-d011-b42d-00cf4fc964fe\""],
    ),
];

/// The difference between a row and the one before it.
#[derive(Debug, Clone)]
enum Turn {
    Same,
    /// The member at this index has its other value from here on.
    Other(usize),
    /// The member at this index is missing in this row.
    Without(usize),
    /// The members of this row are in reverse order.
    Backwards,
}

/// The number of members, small and large alike often, and the rows.
fn turns() -> impl Strategy<Value = (usize, Vec<Turn>)> {
    (2..=REPEATED.len()).prop_flat_map(|members| {
        let index = move || 0..members;
        let turn = prop_oneof![
            6 => Just(Turn::Same),
            3 => index().prop_map(Turn::Other),
            3 => index().prop_map(Turn::Without),
            1 => Just(Turn::Backwards),
        ];
        proptest::collection::vec(turn, 20..80).prop_map(move |turns| (members, turns))
    })
}

/// A long page whose rows repeat most values of the row before.
fn repeating(members: usize, turns: &[Turn]) -> String {
    let those = &REPEATED[REPEATED.len() - members..];
    let mut chosen = [0; REPEATED.len()];
    let mut rows = Vec::new();
    for turn in turns {
        if let Turn::Other(index) = turn {
            chosen[*index] = 1 - chosen[*index];
        }
        let there = |index: &usize| !matches!(turn, Turn::Without(missing) if missing == index);
        let member = |index: usize| format!("\"{}\":{}", those[index].0, those[index].1[chosen[index]]);
        let mut members: Vec<String> = (0..members).filter(there).map(member).collect();
        if matches!(turn, Turn::Backwards) {
            members.reverse();
        }
        let id = format!("\"msdyn_sessioneventid\":\"00000000-0000-0000-0000-{:012}\"", rows.len());
        rows.push(format!("{{{id},{}}}", members.join(",")));
    }
    format!("{{\"value\":[{}]}}", rows.join(","))
}

/// A page as an org answers.
const RECORDED: &str = include_str!("../../../examples/data/session_events.json");

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_read_the_same_on_both_paths(page in page()) {
        check(&page);
    }

    #[test]
    fn any_record_is_read_the_same_on_both_paths(record in object(&NAMES, 10)) {
        check(&record);
    }

    #[test]
    fn any_record_is_read_alone_as_in_a_page(record in object(&RECORD_NAMES, 12)) {
        check_alone_and_in_pages(&record);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn long_repetitive_pages_are_read_the_same_on_both_paths((members, turns) in turns()) {
        check(&repeating(members, &turns));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_page_is_read_the_same_on_both_paths(
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
fn a_recorded_page_is_read_the_same_compact_or_indented() {
    let page: serde_json::Value = serde_json::from_str(RECORDED).unwrap();
    let (compact, spaced) = (page.to_string(), serde_json::to_string_pretty(&page).unwrap());
    let read = |text: &str| Page::<SessionEvent>::from_json(text).unwrap();
    assert_eq!(read(&compact), read(&spaced));
    assert_eq!(read(&compact).records.len(), 8);
}

#[test]
fn an_error_next_to_the_records_is_an_error_on_both_paths() {
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

/// A page of compact rows with ids.
fn page_of(rows: impl IntoIterator<Item = String>) -> String {
    let id = |number: usize| format!("\"msdyn_sessioneventid\":\"00000000-0000-0000-0000-{number:012}\"");
    let rows: Vec<String> =
        rows.into_iter().enumerate().map(|(number, row)| format!("{{{},{row}}}", id(number))).collect();
    format!("{{\"value\":[{}]}}", rows.join(","))
}

#[test]
fn a_row_without_the_first_members_of_a_run_keeps_its_own_values() {
    let with = |name: &str| format!("\"msdyn_name\":\"{name}\",\"statecode\":0");
    let rows = (0..16).map(|_| with("A")).chain([with("B"), "\"statecode\":0".to_owned(), with("A")]);
    let page = page_of(rows);
    check(&page);
    let records = Page::<SessionEvent>::from_json(&page).unwrap().records;
    let names: Vec<_> = records[15..].iter().map(|record| record.name.as_deref()).collect();
    assert_eq!(names, [Some("A"), Some("B"), None, Some("A")]);
}

#[test]
fn a_row_that_begins_in_the_middle_of_a_run_keeps_its_own_values() {
    let with = |number: usize, state: u8| {
        format!("\"importsequencenumber\":{number},\"msdyn_name\":\"A\",\"statecode\":{state}")
    };
    let page =
        page_of((0..16).map(|number| with(number, 0)).chain(["\"statecode\":1".to_owned(), with(9, 0)]));
    check(&page);
    let records = Page::<SessionEvent>::from_json(&page).unwrap().records;
    let states: Vec<_> = records[15..].iter().map(|record| record.state.map(OptionSet::value)).collect();
    assert_eq!(states, [Some(0), Some(1), Some(0)]);
}

/// A user with an expanded manager, who has one, and so on.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = dataverse_entity::tables::SystemUser)]
struct Ranked {
    #[attr(logical = "fullname")]
    name: Option<String>,
    #[expand(nav = "parentsystemuserid")]
    manager: Option<Box<Ranked>>,
}

#[test]
fn records_nest_as_deeply_as_serde_json_reads() {
    // The fast path leaves an escaped name to the fallback.
    for levels in [1, 15, 16, 17, 100, 123, 124, 125, 126, 127, 128, 129] {
        let row = format!(
            "{}{}",
            "{\"\\u0061\":1,\"parentsystemuserid\":".repeat(levels),
            "null}".to_owned() + &"}".repeat(levels - 1)
        );
        let page = format!("{{\"value\":[{row}]}}");
        let (fast, fallback) =
            (Page::<Ranked>::from_json(&page), Page::<Ranked>::from_json(&format!(" {page}")).map(|_| ()));
        assert_eq!(fast.map(|_| ()).is_ok(), fallback.is_ok(), "{levels} levels");
    }
}
