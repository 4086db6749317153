//! The values that each kind of column accepts, stores and refuses. Dataverse reads bodies with Microsoft's
//! OData library first, and then checks the column.

use serde_json::{Value, json};

use crate::support::Api;
use crate::things::{strict_things, things};

/// Sends each value to a column of a new record, and reads the stored value.
#[track_caller]
fn kept(api: &Api, column: &str, values: &[(&str, &str)]) {
    for (sent, kept) in values {
        let id = api.send("POST", "new_things", format!("{{\"{column}\":{sent}}}")).expect(204).id();
        let row = api.get(&format!("new_things({id})?$select={column}")).expect(200).json();
        let kept: Value = serde_json::from_str(kept).unwrap();
        let same = row[column] == kept || row[column].is_number() && row[column].as_f64() == kept.as_f64();
        assert!(same, "{column}: {sent} is kept as {}, not as {kept}", row[column]);
    }
}

/// Sends each value in every way that sets a column, and expects a refusal with this code and these words.
#[track_caller]
fn refused(api: &Api, column: &str, code: &str, words: &str, values: &[&str]) {
    let id = api.create("new_things", &json!({}));
    let before = api.rows("new_things").len();
    for sent in values {
        let body = format!("{{\"{column}\":{sent}}}");
        let typed = format!("{{\"@odata.type\":\"Microsoft.Dynamics.CRM.new_thing\",\"{column}\":{sent}}}");
        let many = format!("{{\"Targets\":[{typed}]}}");
        let namespace = "Microsoft.Dynamics.CRM";
        for (method, target, body) in [
            ("POST", "new_things".to_owned(), body.clone()),
            ("PATCH", format!("new_things({id})"), body),
            ("PUT", format!("new_things({id})/{column}"), format!("{{\"value\":{sent}}}")),
            ("POST", format!("new_things/{namespace}.CreateMultiple"), many.clone()),
            ("POST", format!("new_things/{namespace}.UpsertMultiple"), many),
        ] {
            let answer = api.send(method, &target, body).expect(400);
            let error = &answer.json()["error"];
            assert_eq!(error["code"], code, "{method} {target} {sent}: {error}");
            assert!(error["message"].as_str().unwrap().contains(words), "{method} {target} {sent}: {error}");
        }
    }
    assert_eq!(api.rows("new_things").len(), before);
}

const CANNOT_CONVERT: &str = "Microsoft.OData.ODataException: Cannot convert the literal ";
const OUT_OF_RANGE: &str = "is outside the valid range";

#[test]
fn texts() {
    let api = things();
    let emoji = format!("\"{}\"", "😀".repeat(5));
    kept(
        &api,
        "new_name",
        &[(r#""abc""#, r#""abc""#), (r#""""#, "null"), (&emoji, &emoji), ("null", "null")],
    );
    refused(&api, "new_memo", "0x80048d19", "expected type 'Edm.String'", &["5", "true", "[]", "{}"]);
    let long = format!("\"{}\"", "😀".repeat(11));
    refused(
        &api,
        "new_memo",
        "0x80044331",
        "maximum allowed length of '20'",
        &[&long, r#""123456789012345678901""#],
    );
}

#[test]
fn integers() {
    let api = things();
    kept(&api, "new_integer", &[("3", "3"), (r#""3""#, "3"), (r#"" -3 ""#, "-3"), ("null", "null")]);
    let wrong = ["3.0", "1e0", r#""3.5""#, "true", "3000000000", r#""x""#];
    refused(&api, "new_integer", "0x80048d19", CANNOT_CONVERT, &wrong);
    refused(&api, "new_integer", "0x80048d19", "the literal '' to the expected type 'Edm.Int32'", &[r#""""#]);
    refused(
        &api,
        "new_integer",
        "0x8004431a",
        "Minimum Value: -5, Maximum Value: 5.",
        &["6", "-6", r#""6""#],
    );
    kept(&api, "new_choice", &[("1", "1"), (r#""2""#, "2"), ("null", "null")]);
    refused(&api, "new_choice", "0x8004431a", "Accepted Values: 1,2", &["3", "0"]);
    refused(&api, "new_choice", "0x80048d19", CANNOT_CONVERT, &["true", r#""One""#]);
}

#[test]
fn doubles() {
    let api = things();
    kept(
        &api,
        "new_double",
        &[("1.5", "1.5"), ("1", "1"), (r#""1.5""#, "1.5"), ("1e2", "100"), ("null", "null")],
    );
    refused(&api, "new_double", "0x80048d19", CANNOT_CONVERT, &["true", r#""x""#, r#""""#, "[]"]);
    refused(
        &api,
        "new_double",
        "0x8004431a",
        OUT_OF_RANGE,
        &["1000.5", "-1.01", r#""NaN""#, r#""INF""#, "1e300"],
    );
}

const CONFLICT: &str =
    "because of conflict between input format string/number and parameter 'IEEE754Compatible' false/true.";

#[test]
fn decimals_and_long_integers_are_numbers() {
    let api = things();
    kept(&api, "new_decimal", &[("1.5", "1.5"), ("1", "1"), ("1e2", "100"), ("null", "null")]);
    kept(&api, "new_big", &[("9007199254740993", "9007199254740993"), ("-1", "-1")]);
    for column in ["new_decimal", "new_money", "new_price", "new_amount"] {
        refused(
            &api,
            column,
            "0x80048d19",
            &format!("target type 'Edm.Decimal' {CONFLICT}"),
            &[r#""1""#, r#""1.5""#],
        );
        refused(&api, column, "0x80048d19", CANNOT_CONVERT, &["true", "[]"]);
    }
    refused(&api, "new_big", "0x80048d19", &format!("target type 'Edm.Int64' {CONFLICT}"), &[r#""1""#]);
    refused(&api, "new_decimal", "0x8004431a", OUT_OF_RANGE, &["1000.5", "-2"]);
}

#[test]
fn decimals_and_long_integers_are_texts_with_ieee754_compatible() {
    let api = things();
    let texts = api.with("Content-Type", "application/json; IEEE754Compatible=true; charset=utf-8");
    let body = r#"{"new_decimal":"1.5","new_money":"2.5","new_big":"9007199254740993","new_integer":3,"new_double":1.5}"#;
    let id = texts.send("POST", "new_things", body).expect(204).id();
    for body in [r#"{"new_decimal":1.5}"#, r#"{"new_money":1}"#, r#"{"new_big":1}"#] {
        texts.send("POST", "new_things", body).refused(400, "0x80048d19", CONFLICT);
    }
    let target = format!("new_things({id})?$select=new_decimal,new_money,new_big,new_integer,new_double");
    let row = api.get(&target).json();
    assert_eq!((&row["new_decimal"], &row["new_big"]), (&json!(1.5), &json!(9007199254740993_i64)));
    let answer = api.with("Accept", "application/json;IEEE754Compatible=true").get(&target);
    assert_eq!(
        answer.header("content-type"),
        Some("application/json; odata.metadata=minimal; IEEE754Compatible=true")
    );
    let row = answer.json();
    assert_eq!(row["new_decimal"], "1.5");
    assert_eq!(row["new_money"], "2.5");
    assert_eq!(row["new_big"], "9007199254740993");
    assert_eq!((&row["new_integer"], &row["new_double"]), (&json!(3), &json!(1.5)));
    let asked = api.with("Accept", "application/json;IEEE754Compatible=true");
    assert_eq!(asked.get("new_things?$count=true").json()["@odata.count"], "1");
    assert!(asked.get("accounts?$count=true").json()["value"].as_array().unwrap().is_empty());
}

#[test]
fn booleans_are_true_or_false() {
    let api = things();
    kept(
        &api,
        "new_flag",
        &[("true", "true"), (r#""true""#, "true"), (r#""False""#, "false"), ("null", "null")],
    );
    refused(&api, "new_flag", "0x80048d19", "the literal '0' to the expected type 'Edm.Boolean'", &["0"]);
    refused(&api, "new_flag", "0x80048d19", CANNOT_CONVERT, &["1", r#""1""#, r#""yes""#, r#""""#]);
}

#[test]
fn datetimes() {
    let api = things();
    for column in ["new_local", "new_zoneless"] {
        let times = [
            (r#""2021-04-04T12:00:00""#, r#""2021-04-04T12:00:00Z""#),
            (r#""2021-04-04T12:00:00Z""#, r#""2021-04-04T12:00:00Z""#),
            (r#""2021-04-04T12:00:00-08:00""#, r#""2021-04-04T20:00:00Z""#),
            (r#""2021-04-04T12:00Z""#, r#""2021-04-04T12:00:00Z""#),
            (r#""2021-04-04T12:00:00.9876543Z""#, r#""2021-04-04T12:00:00Z""#),
            (r#""1753-01-01T00:00:00Z""#, r#""1753-01-01T00:00:00Z""#),
            ("null", "null"),
        ];
        kept(&api, column, &times);
        let wrong = [
            "5",
            r#""x""#,
            r#""2021-04-04T12:00:00-08:00Z""#,
            r#""04/04/2021 12:00""#,
            r#""/Date(1617537600000)/""#,
            r#""2021-02-30T00:00:00Z""#,
        ];
        refused(&api, column, "0x80048d19", CANNOT_CONVERT, &wrong);
        let words = "DateTime is less than minumum value supported by CrmDateTime. Actual value: 01/01/0001 00:00:00, \
                     Minimum value supported: 01/01/1753 00:00:00";
        refused(&api, column, "0x80040239", words, &[r#""0001-01-01T00:00:00Z""#]);
        refused(&api, column, "0x80040239", "12/31/1752 23:59:59", &[r#""1752-12-31T23:59:59Z""#]);
    }
}

#[test]
fn dates() {
    let api = things();
    kept(&api, "new_date", &[(r#""1753-01-01""#, r#""1753-01-01""#), (r#""1965-05-07""#, r#""1965-05-07""#)]);
    let words = "Cannot convert the literal '1965-05-07T00:00:00Z' to the expected type 'Edm.Date'";
    refused(&api, "new_date", "0x80048d19", words, &[r#""1965-05-07T00:00:00Z""#]);
    refused(
        &api,
        "new_date",
        "0x80048d19",
        CANNOT_CONVERT,
        &["5", r#""7.5.1965""#, r#""1965-02-30""#, r#""""#],
    );
    refused(&api, "new_date", "0x80040239", "Actual value: 12/31/1752 00:00:00", &[r#""1752-12-31""#]);
}

#[test]
fn a_date_alone_for_a_datetime_is_refused_in_strict_mode() {
    let body = json!({"new_local": "2021-04-04"});
    kept(&things(), "new_local", &[(r#""2021-04-04""#, r#""2021-04-04T00:00:00Z""#)]);
    strict_things().post("new_things", &body).refused(400, "0x0", "Strict mode: 'new_local' is a datetime");
}

#[test]
fn multi_select_choices() {
    let api = things();
    let sets = [(r#""1,2""#, r#""1,2""#), (r#""2, 1""#, r#""1,2""#), (r#""2""#, r#""2""#), (r#""""#, "null")];
    kept(&api, "new_choices", &sets);
    refused(&api, "new_choices", "0x80048d19", "expected type 'Edm.String'", &["1", "[1]"]);
    refused(&api, "new_choices", "0x8004431a", "Accepted Values: 1,2", &[r#""1,3""#]);
    let many = format!("\"{}\"", vec!["1"; 151].join(","));
    refused(&api, "new_choices", "0x8004431a", "150", &[&many]);
}

#[test]
fn guids() {
    let api = things();
    let id = r#""0d2c7a10-1111-4111-8111-111111111111""#;
    let forms = [
        (id, id),
        (r#""0D2C7A10-1111-4111-8111-111111111111""#, id),
        (r#""{0d2c7a10-1111-4111-8111-111111111111}""#, id),
        (r#""0d2c7a10111141118111111111111111""#, id),
    ];
    kept(&api, "new_guid", &forms);
    refused(&api, "new_guid", "0x80048d19", "'Edm.Guid'", &["5", r#""x""#, r#""0d2c7a10""#, r#""""#]);
}

#[test]
fn images_are_base64() {
    let api = things();
    kept(&api, "new_image", &[(r#""QUJD""#, r#""QUJD""#), ("null", "null")]);
    refused(&api, "new_image", "0x80048d19", "'Edm.Binary'", &["5", r#""***""#, r#""QUJ""#]);
}

#[test]
fn a_wrong_type_is_refused_even_if_the_column_is_ignored() {
    let api = things();
    let id = api.create("new_things", &json!({"new_computed": 5}));
    assert_eq!(api.get(&format!("new_things({id})")).json()["new_computed"], Value::Null);
    api.patch(&format!("new_things({id})"), &json!({"new_computed": 5})).expect(204);
    assert_eq!(api.get(&format!("new_things({id})")).json()["new_computed"], Value::Null);
    refused(&api, "new_computed", "0x80048d19", CANNOT_CONVERT, &["true", r#""x""#]);
    api.post("accounts", &json!({"createdon": 5})).refused(400, "0x80048d19", "'Edm.DateTimeOffset'");
    api.post("accounts", &json!({"versionnumber": "1"})).refused(400, "0x80048d19", CONFLICT);
}
