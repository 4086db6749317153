//! The categories of the public JSON parsing test suite, with our own cases: what has to be taken, what has
//! to be refused, and what is left to the implementation, which does as `serde_json` does. Each case is in
//! the two positions in which the fast path looks at values: in the first row, and in a row after another.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use serde::de::IgnoredAny;

use super::both_readers;

const ID: &str = "\"msdyn_sessioneventid\":\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"";

/// Pages with this text as the value of an unknown member and of a column, each in the first row and after a
/// good row.
fn pages(value: &[u8]) -> Vec<Vec<u8>> {
    let around = [
        (format!("{{\"value\":[{{{ID},\"other\":"), "}]}"),
        (format!("{{\"value\":[{{{ID},\"other\":1}},{{{ID},\"other\":"), "}]}"),
        (format!("{{\"value\":[{{{ID},\"other\":"), format!("}},{{{ID},\"other\":1}}]}}").leak()),
        ("{\"other\":".to_owned(), ",\"value\":[]}"),
    ];
    around.into_iter().map(|(before, after)| [before.as_bytes(), value, after.as_bytes()].concat()).collect()
}

/// Asserts only that both paths read these the same: what a column can hold depends on its type.
fn check_everywhere(value: &[u8]) {
    both_readers::check(value);
    for column in
        ["msdyn_name", "msdyn_eventtype", "createdon", "_ownerid_value", "@odata.etag", "@odata.count"]
    {
        let row = [format!("{{{ID},\"{column}\":").as_bytes(), value, b"}"].concat();
        both_readers::check(&row);
        both_readers::check(&[b"{\"value\":[", row.as_slice(), b",", row.as_slice(), b"]}"].concat());
    }
}

fn takes(value: impl AsRef<[u8]>) {
    let value = value.as_ref();
    check_everywhere(value);
    for page in pages(value) {
        let read = Page::<SessionEvent>::from_json(&page);
        assert!(read.is_ok(), "{}: {}", String::from_utf8_lossy(&page), read.unwrap_err());
        both_readers::check(&page);
    }
}

fn refuses(value: impl AsRef<[u8]>) {
    let value = value.as_ref();
    check_everywhere(value);
    for page in pages(value) {
        let text = String::from_utf8_lossy(&page);
        let short: String = text.chars().take(200).collect();
        assert!(serde_json::from_slice::<IgnoredAny>(&page).is_err(), "serde_json takes {short}");
        assert!(Page::<SessionEvent>::from_json(&page).is_err(), "taken: {short}");
        both_readers::check(&page);
    }
}

fn as_serde_json_does(value: impl AsRef<[u8]>) {
    check_everywhere(value.as_ref());
    for page in pages(value.as_ref()) {
        both_readers::check(&page);
    }
}

#[test]
fn only_true_false_and_null_are_literals() {
    ["null", "true", "false"].into_iter().for_each(takes);
    ["nul", "tru", "fals", "NULL", "True", "nullx", "null1", "undefined", "NaN", "Infinity", "-Infinity"]
        .into_iter()
        .for_each(refuses);
}

#[test]
fn numbers_have_the_form_of_the_json_grammar() {
    ["0", "-0", "-1", "123", "1.5", "-0.1", "0e1", "0e+1", "1E-2", "1e22", "123.456e78"]
        .into_iter()
        .for_each(takes);
    takes("1234567890".repeat(20));
    [
        "-", "+1", "01", "-01", "1.", ".5", "-.5", "1e", "1e+", "1E-", "1.e1", "0x1F", "1 000", "1_000",
        "--1", "1-1", "1.2.3", "0.1.2", "1e1.5", "１",
    ]
    .into_iter()
    .for_each(refuses);
    ["1e400", "-1e400", "1e-400", "123123e100000", "100000000000000000000"]
        .into_iter()
        .for_each(as_serde_json_does);
}

#[test]
fn strings_are_escaped_as_the_json_grammar_says() {
    [
        r#""""#,
        r#""a b""#,
        r#""\"\\\/\b\f\n\r\t""#,
        r#""\u0060\u012a\u12AB""#,
        r#""\uD801\udc37""#,
        r#""\u0000""#,
        "\"é π 😀\"",
        "\"\u{7f}\u{2028}\u{2029}\u{feff}\"",
        r#""[]{},:""#,
    ]
    .into_iter()
    .for_each(takes);
    takes(format!("\"{}\"", "x".repeat(100_000)));
    [
        "\"",
        "\"a",
        "a\"",
        "'a'",
        "a",
        r#""\x00""#,
        r#""\a""#,
        r#""\u""#,
        r#""\u00A""#,
        r#""\u00G0""#,
        r#""\"#,
        r#""\\\""#,
        "\"\n\"",
        "\"\t\"",
        "\"\u{1f}\"",
        "\"\0\"",
        r#""\U0041""#,
        "\"\\\u{1F300}\"",
    ]
    .into_iter()
    .for_each(refuses);
    [
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800\ud800""#,
        r#""\ud800\u0041""#,
        r#""\udc00\ud800""#,
        r#""\uD800\n""#,
    ]
    .into_iter()
    .for_each(as_serde_json_does);
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    for bytes in [
        &b"\"\xff\""[..],
        b"\"\xe9\"",
        b"\"\xc0\xaf\"",
        b"\"\xed\xa0\x80\"",
        b"\"\xf4\xbf\xbf\xbf\"",
        b"\"\xe2\x82\"",
        b"\xff",
        b"\x80",
    ] {
        as_serde_json_does(bytes);
        for page in pages(bytes) {
            assert!(Page::<SessionEvent>::from_json(&page).is_err());
        }
    }
}

#[test]
fn arrays_are_closed_and_separated_by_commas() {
    ["[]", "[1]", "[null,1,\"1\",{}]", "[[]]", "[ ]", "[1 , 2]", "[\n]"].into_iter().for_each(takes);
    [
        "[", "]", "[1", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1:2]", "[a", "[\"a\"", "[1}", "[]]",
        "[[]", "[x]",
    ]
    .into_iter()
    .for_each(refuses);
}

#[test]
fn objects_are_closed_and_have_names_and_colons() {
    [
        "{}",
        "{\"a\":1}",
        "{\"a\":1,\"b\":{}}",
        "{\"\":0}",
        "{\"a\":1,\"a\":2}",
        "{ \"a\" : 1 }",
        "{\"\\u0061\":1}",
        "{\"a\\u0000\":1}",
    ]
    .into_iter()
    .for_each(takes);
    [
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"::1}",
        "{\"a\":1",
        "{\"a\":1]",
        "{null:1}",
        "{\"a\",1}",
        "{\"a\":\"b\"/**/}",
        "{}}",
    ]
    .into_iter()
    .for_each(refuses);
}

#[test]
fn blanks_are_allowed_only_between_tokens() {
    [" 1", "1 ", "\t1", "\r\n1\n", " \n\r\t[ ] "].into_iter().for_each(takes);
    [
        "",
        " ",
        "\u{c}1",
        "\u{b}1",
        "\u{a0}1",
        "\u{feff}1",
        "1 1",
        "1,",
        ",1",
        "//c\n1",
        "/**/1",
        "#1",
        "<1>",
        "1;",
        "\0",
        "*",
    ]
    .into_iter()
    .for_each(refuses);
    refuses("[".repeat(100_000));
    refuses("{\"a\":".repeat(50_000));
    takes(format!("{}{}", "[".repeat(100), "]".repeat(100)));
    as_serde_json_does(format!("{}{}", "[".repeat(500), "]".repeat(500)));
}

#[test]
fn only_blanks_and_a_byte_order_mark_surround_a_page() {
    let page = format!("{{\"value\":[{{{ID}}}]}}");
    for (before, after, is_taken) in [
        ("", "", true),
        ("", " \r\n\t", true),
        (" \n", "", true),
        // RFC 8259, section 8.1: a reader may ignore a byte order mark.
        ("\u{feff}", "", true),
        (" \u{feff}", "", false),
        ("\u{feff}\u{feff}", "", false),
        ("", "x", false),
        ("", "}", false),
        ("", "\0", false),
        ("", ",", false),
        ("", "{}", false),
        ("[", "]", false),
    ] {
        let text = format!("{before}{page}{after}");
        assert_eq!(Page::<SessionEvent>::from_json(&text).is_ok(), is_taken, "{text:?}");
        both_readers::check(text.as_bytes());
    }
    for end in 0..page.len() {
        assert!(Page::<SessionEvent>::from_json(&page[..end]).is_err());
        both_readers::check(&page.as_bytes()[..end]);
    }
}

#[test]
fn a_name_in_escapes_is_the_same_name() {
    for (name, is_taken) in [
        ("\"a\\u0062\"", true),
        ("\"a\\\"\"", true),
        ("\"\"", true),
        ("\"\\x\"", false),
        ("\"a", false),
        ("\"\n\"", false),
        ("1", false),
        ("\"a\":\"b\"", false),
    ] {
        let page = format!("{{\"value\":[{{{ID},\"a\":1}},{{{ID},{name}:1}}]}}");
        assert_eq!(Page::<SessionEvent>::from_json(&page).is_ok(), is_taken, "{page}");
        both_readers::check(page.as_bytes());
    }
    // An escaped name is the same name.
    let page = "{\"value\":[{\"msdyn_sessioneventid\":\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\",\"msdyn_n\\u0061me\":\"x\"}]}";
    let read = Page::<SessionEvent>::from_json(page).expect("a page");
    assert_eq!(read.records[0].name.as_deref(), Some("x"));
}
