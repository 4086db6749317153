//! Malformed input is an error that says where and why, never a panic.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

use crate::support::table;
use crate::support::table::{ID, Thing, error};

#[test]
fn an_error_says_where_json_breaks_off() {
    let whole =
        r#"{"value": [{"systemuserid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"}, {"fullname": "Ana"}]}"#;
    assert!(Page::<SystemUser>::rows_from_json(whole).is_ok());
    for end in 0..whole.len() {
        let error = Page::<SystemUser>::rows_from_json(&whole[..end]).expect_err("it breaks off");
        assert!(error.is_malformed(), "{error}");
        assert!(error.to_string().starts_with("systemuser: the response is not valid JSON: EOF"), "{error}");
        assert_eq!(error.to_string().matches("at line 1 column").count(), 1, "{error}");
    }
    let error = Page::<SystemUser>::from_json(&whole[..75]).expect_err("it breaks off");
    assert_eq!(error.row(), Some(1));
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_column() {
    let whole = "a whole number of 32 bits";
    let instant = "a timestamp such as 2024-09-18T10:20:39Z";
    let clock = "a date and time such as 2024-09-18T10:20:39Z";
    let date = "a date such as 2024-09-18";
    let multi = "whole numbers separated by commas, in a string";
    let decimal = "a decimal number that `Decimal` holds exactly (28 digits)";
    for (column, value, expected) in [
        ("new_name", "5", "a string"),
        ("new_name", "[\"a\"]", "a string"),
        ("new_name", r#""\ud800""#, "a string"),
        ("new_code", "true", "a string"),
        ("new_notes", "{}", "a string"),
        ("new_number", "\"5\"", whole),
        ("new_number", "5.0", whole),
        ("new_number", "2147483648", whole),
        ("new_big", "9223372036854775808", "a whole number of 64 bits"),
        ("new_big", "\"x\"", "a whole number of 64 bits"),
        ("new_ratio", "\"NaN\"", "a floating-point number of 64 bits"),
        ("new_ratio", "1e400", "a floating-point number of 64 bits"),
        ("new_exact", "0.12345678901234567890123456789012", decimal),
        ("new_exact", "1e40", decimal),
        ("new_exact", "true", decimal),
        ("new_price", "\"much\"", decimal),
        ("new_flag", "1", "`true` or `false`"),
        ("new_instant", "1726654839", instant),
        ("new_instant", "\"2024-09-18\"", instant),
        ("new_instant", "\"2024-13-18T10:20:39Z\"", instant),
        ("new_clock", "\"2024-09-18T10:20:39+02:00\"", clock),
        ("new_date", "\"2024-09-18T00:00:00Z\"", date),
        ("new_date", "\"2023-02-29\"", date),
        ("new_color", "\"2\"", whole),
        ("new_color", "2147483648", whole),
        ("new_color", "-2147483649", whole),
        ("new_plain", "0.5", whole),
        ("new_size", "300", "one of the 2 options of `Size` (100, 200)"),
        ("new_colors", "[1]", multi),
        ("new_colors", "\"1;2\"", multi),
        ("new_colors", "\"1,,2\"", multi),
        ("_new_parent_value", "\"6f9619ff\"", "a GUID"),
        ("_new_parent_value", "{}", "a GUID"),
        ("_ownerid_value", "1", "a GUID"),
        ("new_thingid", "\"nobody\"", "a GUID"),
        ("new_guid", "\"\"", "a GUID"),
        ("new_table", "1", "a string"),
        ("new_image", "\"*\"", "base64 text"),
        ("new_file", "\"file.txt\"", "a GUID"),
        ("new_iscustomizable", "true", "an object such as {\"Value\":true,\"CanBeChanged\":true}"),
        (
            "new_iscustomizable",
            "{\"CanBeChanged\":true}",
            "an object such as {\"Value\":true,\"CanBeChanged\":true}",
        ),
        ("statecode", "5", "one of the 2 options of `State` (0, 1)"),
        ("statuscode", "\"1\"", whole),
    ] {
        let json = format!("{{\"{column}\": {value}}}");
        let error = error(&json);
        let name = column.trim_start_matches('_').trim_end_matches("_value");
        assert_eq!(
            error.to_string().split(" (record").next(),
            Some(&*format!("new_thing.{name}: expected {expected}, found {value}")),
            "{json}"
        );
        assert_eq!((error.column(), error.value_found()), (Some(name), Some(value)));
    }
}

#[test]
fn long_values_are_cut_in_messages() {
    let error = error(&format!("{{\"new_number\": \"{}\"}}", "ä".repeat(5_000)));
    let found = error.value_found().expect("a value");
    assert_eq!(found.chars().count(), 81);
    assert!(found.ends_with('…'));
}

/// Error texts go to terminals and logs: control characters must not act there, and long text must not fill
/// them.
#[test]
fn quoted_text_in_an_error_is_cut_and_has_no_control_characters() {
    let hostile = "\u{1b}[31mred\u{202e}\u{9b}2J\r\n".repeat(50_000);
    let json = |value: serde_json::Value| value.to_string();
    let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
    let records = [
        serde_json::json!({ "new_thingid": hostile }),
        serde_json::json!({ "new_thingid": id, "new_name": { hostile.clone(): 1 } }),
        serde_json::json!({ "new_thingid": id, "new_color": hostile }),
        serde_json::json!({ "new_thingid": id, "createdon": hostile }),
        serde_json::json!({ "_ownerid_value": id, "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": 5 }),
        serde_json::json!({ "_new_parent_value": id, "_new_parent_value@Microsoft.Dynamics.CRM.lookuplogicalname": hostile }),
        serde_json::json!({ "new_Parent": hostile }),
        serde_json::json!({ "error": { "code": hostile, "message": hostile } }),
        serde_json::json!(hostile),
    ];
    let mut texts = Vec::new();
    for record in records {
        if let Err(error) = Record::<Thing>::from_json(&json(record.clone())) {
            texts.push(error.to_string());
            texts.extend(error.record_id().map(str::to_owned));
        }
        let page = serde_json::json!({ "value": [record] });
        texts.extend(Page::<Thing>::from_json(&json(page)).err().map(|error| error.to_string()));
    }
    let pages = [
        serde_json::json!({ "value": hostile }),
        serde_json::json!({ "value": [{ hostile.clone(): 5 }] }),
        serde_json::json!({ "value": [{ "@odata.context": "x/$deletedEntity", "id": hostile, "reason": "deleted" }] }),
        serde_json::json!(hostile),
    ];
    texts.extend(pages.map(|page| Page::<Thing>::from_json(&json(page)).unwrap_err().to_string()));
    assert!(texts.len() > 15, "{}", texts.len());
    for text in texts {
        assert!(text.len() < 2_500, "{}", text.len());
        assert!(!text.chars().any(|each| each.is_control() || each == '\u{202e}'), "{text:?}");
    }
}

#[test]
fn an_error_says_what_was_found_in_place_of_a_record() {
    for (json, found) in [
        ("[1, {\"a\": [2]}]", "an array"),
        ("null", "null"),
        ("true", "true"),
        ("-7", "-7"),
        ("18446744073709551615", "18446744073709551615"),
        ("0.5", "0.5"),
        ("\"text\"", "a string"),
    ] {
        assert_eq!(
            error(json).to_string(),
            format!("new_thing: expected a record (an object), found {found}")
        );
    }
}

#[test]
fn an_error_says_what_was_found_in_place_of_a_page() {
    for (json, message) in [
        ("{}", "the response has another shape: expected a page of records, found no `value` array"),
        ("[]", "the response has another shape: invalid type: sequence, expected a page of records"),
        (
            "{\"value\": {}}",
            "the response has another shape: invalid type: map, expected an array of records",
        ),
        (
            "{\"value\": null}",
            "the response has another shape: invalid type: null, expected an array of records",
        ),
        (
            "{\"value\": [], \"value\": []}",
            "the response has another shape: the member `value` appears twice",
        ),
        ("{\"value\": []} x", "the response is not valid JSON: trailing characters"),
        ("<html>503</html>", "the response is not valid JSON: expected value at line 1 column 1"),
        ("", "the response is not valid JSON: EOF while parsing a value"),
    ] {
        let error = Page::<SystemUser>::from_json(json).expect_err(json).to_string();
        assert!(error.starts_with(&format!("systemuser: {message}")), "{error}");
    }
}

#[test]
fn an_expanded_record_of_the_wrong_shape_is_named_with_its_navigation_property() {
    for (json, message) in [
        (
            "{\"new_Parent\": [{}]}",
            "new_Parent: expected one expanded record, because the field is not a collection, found an array of 1",
        ),
        ("{\"new_Parent\": 5}", "new_Parent: expected one expanded record, found 5"),
        (
            "{\"new_children\": {}}",
            "new_children: expected an array of expanded records, because the field is a collection, found an object",
        ),
        ("{\"new_children\": \"x\"}", "new_children: expected an array of expanded records, found \"x\""),
    ] {
        assert_eq!(error(json).to_string(), format!("new_thing.{message}"));
    }
    let inner = error(&format!(
        "{{\"new_children\": [{{\"new_thingid\": \"{ID}\"}}, {{\"new_thingid\": \"{ID}\", \"new_name\": 1}}]}}"
    ));
    assert_eq!(
        inner.to_string(),
        format!("new_thing.new_name: expected a string, found 1 (in new_children[1])")
    );
}

#[test]
fn a_member_that_occurs_twice_is_refused() {
    for member in ["new_name", "_new_parent_value"] {
        let json = format!("{{\"{member}\": null, \"x\": 1, \"x\": 2, \"{member}\": null}}");
        assert_eq!(error(&json).to_string(), format!("new_thing: the member `{member}` appears twice"));
    }
    let twice = "{\"new_Parent\": null, \"new_Parent\": null}";
    assert_eq!(error(twice).to_string(), "new_thing: the member `new_Parent` appears twice");
}

#[test]
fn deep_nesting_is_skipped_or_an_error_without_a_stack_overflow() {
    let deep = 200_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let unknown = format!("{{\"x\": {}1{}, \"new_name\": \"a\"}}", open.repeat(deep), close.repeat(deep));
        assert_eq!(table::thing(&unknown).name.as_deref(), Some("a"));
        let known = format!("{{\"new_name\": {}1{}}}", open.repeat(deep), close.repeat(deep));
        assert!(error(&known).to_string().starts_with("new_thing.new_name: expected a string, found "));
        assert!(error(&open.repeat(deep)).is_malformed());
    }
    #[derive(Debug, DataverseEntity)]
    #[entity(of = SystemUser)]
    struct Employee {
        #[expand(nav = "parentsystemuserid")]
        #[allow(dead_code, reason = "read, not looked at")]
        manager: Option<Box<Employee>>,
    }
    let nested = format!("{}null{}", "{\"parentsystemuserid\":".repeat(deep), "}".repeat(deep));
    let error = Record::<Employee>::from_json(&nested).expect_err("too deep");
    assert!(error.to_string().starts_with("systemuser: the response is nested too deeply: "), "{error}");
}

#[test]
fn huge_numbers_are_skipped_or_an_error() {
    let digits = "9".repeat(100_000);
    for column in ["new_number", "new_big", "new_exact", "new_color"] {
        let error = error(&format!("{{\"{column}\": {digits}}}"));
        assert_eq!(error.column(), Some(column));
    }
    for text in [format!("1e{digits}"), format!("0.{digits}"), format!("-{digits}.{digits}e-{digits}")] {
        let json = format!("{{\"new_exact\": {text}, \"new_unknown\": {text}}}");
        assert_eq!(error(&json).column(), Some("new_exact"));
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_refused() {
    let error = Record::<Thing>::from_json(b"{\"new_name\": \"a\xff\"}".as_slice()).expect_err("not UTF-8");
    assert_eq!(error.to_string(), "new_thing: the response is not UTF-8: invalid byte at offset 15");
    assert!(error.is_malformed());
}

#[test]
fn control_characters_and_bad_escapes_are_refused() {
    for json in [
        "{\"new_name\": \"a\nb\"}",
        "{\"new_name\": \"\\x\"}",
        "{\"new_name\": \"\\u12\"}",
        "{\"new_name\": 01}",
        "{\"new_name\": +1}",
        "{'new_name': 1}",
        "{\"new_name\": NaN}",
    ] {
        assert!(error(json).is_malformed(), "{json}");
    }
}

#[test]
fn an_error_inside_a_page_names_its_row_and_its_record() {
    let page = format!(
        r#"{{"value": [{{"new_thingid": "{ID}"}},
            {{"new_thingid": "{ID}", "new_others": [{{"new_thingid": "{ID}"}}, {{"new_thingid": 5}}]}},
            {{"new_thingid": "{ID}", "new_Parent": {{"new_thingid": "6f9619ff-8b86-d011-b42d-00cf4fc964fe", "new_name": 1}}}}]}}"#
    );
    let rows = Page::<Thing>::rows_from_json(&page).expect("a page");
    let texts: Vec<_> =
        rows.records.iter().filter_map(|row| row.as_ref().err()).map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            format!("new_thing.new_thingid: expected a GUID, found 5 (in new_others[1], row 1, record {ID})"),
            format!("new_thing.new_name: expected a string, found 1 (in new_Parent, row 2, record {ID})"),
        ]
    );
}

#[test]
fn the_servers_own_error_is_quoted() {
    let body = r#"{"error": {"code": "0x80040217", "message": "systemuser With Id = … Does Not Exist"}}"#;
    let said = "the response is an error of the server: 0x80040217 systemuser With Id = … Does Not Exist";
    let record = Record::<SystemUser>::from_json(body).expect_err("an error");
    assert_eq!(record.to_string(), format!("systemuser: {said}"));
    let page = Page::<SystemUser>::from_json(body).expect_err("an error").to_string();
    assert_eq!(page, format!("systemuser: {said}"));
    // A record may have such a member, and so may an expanded record.
    for json in [
        r#"{"error": "none", "value": "some", "id": 1}"#,
        r#"{"error": {"new_errorid": 1}}"#,
        r#"{"new_Parent": {"new_thingid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "error": {"code": "a"}}}"#,
    ] {
        assert!(Record::<Thing>::from_json(json).is_ok(), "{json}");
    }
    let row = Page::<SystemUser>::from_json(
        r#"{"value": [{"systemuserid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "error": {"code": "a"}}]}"#,
    );
    assert_eq!(row.expect("a page").records.len(), 1);
    let long = format!(r#"{{"error": {{"message": "{}"}}}}"#, "x".repeat(100_000));
    assert!(error(&long).to_string().len() < 600);
}

#[test]
fn other_answers_are_not_read_as_empty_records() {
    let page = error(r#"{"value": [{"new_name": "a"}]}"#);
    assert_eq!(page.to_string(), "new_thing: expected a record, found a page of records");
    let deleted = error(
        r#"{"@odata.context": "x#things/$deletedEntity", "id": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"#,
    );
    assert_eq!(deleted.to_string(), "new_thing: the record was deleted");
}

#[test]
fn a_deleted_record_without_an_id_is_an_error_and_not_a_record() {
    let page = |id: &str| {
        format!(r#"{{"value": [{{"reason": "deleted", {id} "@odata.context": "x/$deletedEntity"}}]}}"#)
    };
    for id in [
        r#""id": "6f9619ff-8b86-d011-b42d-00cf4fc964ff","#,
        r#""id": "https://x/new_things(6f9619ff-8b86-d011-b42d-00cf4fc964ff)","#,
    ] {
        let read = Page::<Thing>::from_json(&page(id)).expect("a page");
        assert_eq!((read.records.len(), read.deleted[0].id().to_string().as_str()), (0, ID));
    }
    for id in ["", r#""id": "x","#, r#""id": 5,"#] {
        let error = Page::<Thing>::from_json(&page(id)).expect_err("no id").to_string();
        assert!(error.starts_with("new_thing: expected the GUID of a deleted record, found \""), "{error}");
        assert!(error.ends_with("(row 0)"), "{error}");
    }
}

#[test]
fn a_link_that_cannot_be_read_is_not_the_last_page() {
    for link in ["5", "{}", r#""\ud800""#] {
        let json = format!(r#"{{"value": [], "@odata.nextLink": {link}}}"#);
        let error = Page::<Thing>::from_json(&json).expect_err(link).to_string();
        assert!(error.contains("the member `@odata.nextLink` is not a string"), "{error}");
    }
    assert_eq!(
        Page::<Thing>::from_json(r#"{"value": [], "@odata.nextLink": null}"#).expect("a page").info.next_link,
        None
    );
}

#[test]
fn a_long_string_in_place_of_a_record_is_cut() {
    assert!(error(&format!("\"{}\"", "x".repeat(100_000))).to_string().len() < 200);
}

#[test]
fn instants_are_read_up_to_the_maximum_of_their_type() {
    let error = error(r#"{"new_instant": "9999-12-31T23:59:59Z"}"#);
    assert_eq!(
        error.to_string(),
        "new_thing.new_instant: expected a timestamp up to 9999-12-30T22:00:00Z, where jiff's `Timestamp` ends (those of \
         chrono and time go on), found \"9999-12-31T23:59:59Z\""
    );
    assert!(
        table::thing(r#"{"new_instant": "9999-12-30T22:00:00Z", "new_clock": "9999-12-31T23:59:59Z"}"#)
            .clock
            .is_some()
    );
}

#[test]
fn decimals_have_the_form_of_numbers_and_keep_their_digits() {
    for text in ["1_000", ".5", "5.", "+5", "", " 1", "0x1", "NaN", "1e", "--1", "01"] {
        assert_eq!(error(&format!("{{\"new_exact\": \"{text}\"}}")).column(), Some("new_exact"), "{text}");
    }
    for (text, number) in [
        ("0e40", "0"),
        ("1.00000000000000000000000000000000000000", "1"),
        ("-0.00000000000000000000000000000000000000", "0"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("1.5E+3", "1500"),
        ("15e-1", "1.5"),
    ] {
        let read = table::thing(&format!("{{\"new_exact\": {text}}}"));
        assert_eq!(read.exact.map(|exact| exact.to_string()).as_deref(), Some(number), "{text}");
    }
}

/// A table with columns that have the names of a tombstone's members.
#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_note", set = "new_notes")]
struct Note {
    #[attr(logical = "id", primary_id)]
    #[allow(dead_code, reason = "there to have that name")]
    id: Id<Note>,
    #[attr(logical = "reason")]
    reason: Option<String>,
}

#[test]
fn a_column_may_have_the_name_of_a_member_of_a_tombstone() {
    let page = format!(
        r#"{{"value": [{{"id": "{ID}", "reason": "mine"}},
            {{"@odata.context": "x/$deletedEntity", "id": "{ID}", "reason": "deleted"}}]}}"#
    );
    let page = Page::<Note>::from_json(&page).expect("a page");
    assert_eq!((page.records.len(), page.records[0].reason.as_deref()), (1, Some("mine")));
    assert_eq!(page.deleted[0].reason.as_deref(), Some("deleted"));
}
