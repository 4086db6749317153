//! webapi/query/aggregate-data.

use serde_json::{Value, json};

use super::data::{FORMATTED, ROOT, formatted, nine_accounts};
use crate::support::Api;

fn value(api: &Api, apply: &str) -> Value {
    let answer = api.get(&format!("accounts?$apply={apply}")).expect(200).json();
    assert_eq!(answer["@odata.context"], format!("{ROOT}/$metadata#accounts"));
    answer["value"].clone()
}

/// Returns a result with its formatted values.
fn shown(rows: &[&[(&str, Value, Option<&str>)]]) -> Value {
    let row = |members: &[(&str, Value, Option<&str>)]| {
        let mut row = serde_json::Map::new();
        for (name, value, text) in members {
            if let Some(text) = text {
                row.insert(format!("{name}@{FORMATTED}"), json!(text));
            }
            row.insert((*name).to_owned(), value.clone());
        }
        Value::Object(row)
    };
    Value::Array(rows.iter().map(|members| row(members)).collect())
}

#[test]
fn unique_statuses() {
    assert_eq!(
        value(&formatted(&nine_accounts()), "groupby((statuscode))"),
        shown(&[&[("statuscode", json!(1), Some("Active"))], &[("statuscode", json!(2), Some("Inactive"))]])
    );
}

#[test]
fn a_count_by_status() {
    assert_eq!(
        value(&formatted(&nine_accounts()), "groupby((statuscode),aggregate($count as count))"),
        shown(&[
            &[("statuscode", json!(1), Some("Active")), ("count", json!(8), Some("8"))],
            &[("statuscode", json!(2), Some("Inactive")), ("count", json!(1), Some("1"))],
        ])
    );
}

#[test]
fn sums_and_averages_of_revenue() {
    let api = formatted(&nine_accounts());
    assert_eq!(
        value(&api, "aggregate(revenue with sum as total)"),
        shown(&[&[("total", json!(440000), Some("$440,000.00"))]])
    );
    let averages = "groupby((statuscode),aggregate(revenue with average as averagevalue))";
    assert_eq!(
        value(&api, averages),
        shown(&[
            &[("statuscode", json!(1), Some("Active")), ("averagevalue", json!(53750), Some("$53,750.00"))],
            &[("statuscode", json!(2), Some("Inactive")), ("averagevalue", json!(10000), Some("$10,000.00"))],
        ])
    );
    assert_eq!(
        value(&api, "groupby((statuscode),aggregate(revenue with sum as total))"),
        shown(&[
            &[("statuscode", json!(1), Some("Active")), ("total", json!(430000), Some("$430,000.00"))],
            &[("statuscode", json!(2), Some("Inactive")), ("total", json!(10000), Some("$10,000.00"))],
        ])
    );
}

#[test]
fn groups_of_related_records() {
    let api = formatted(&nine_accounts());
    let rows = value(&api, "groupby((primarycontactid/fullname),aggregate(revenue with sum as total))");
    let of = |name: &str, total: i64, text: &str| {
        shown(&[&[("total", json!(total), Some(text)), ("contact_fullname", json!(name), None)]])[0].clone()
    };
    let rows = rows.as_array().unwrap();
    assert!(rows.contains(&of("Jim Glynn (sample)", 10000, "$10,000.00")), "{rows:?}");
    assert!(rows.contains(&of("Maria Campbell (sample)", 80000, "$80,000.00")), "{rows:?}");
    assert_eq!(
        value(&api, "filter(address1_stateorprovince eq 'WA')/groupby((primarycontactid/fullname))"),
        json!([
            {"contact_fullname": "Rene Valdes (sample)"},
            {"contact_fullname": "Robert Lyon (sample)"},
            {"contact_fullname": "Scott Konersmann (sample)"}
        ])
    );
    let by_creator = value(&api, "groupby((primarycontactid/createdby/fullname))");
    assert_eq!(by_creator, json!([{"systemuser_fullname": "System Administrator"}]));
    api.get("accounts?$apply=groupby((parentaccountid/name,masterid/name))").refused(
        400,
        "0x80060888",
        "account_name",
    );
}

#[test]
fn first_and_last_created() {
    let api = formatted(&nine_accounts());
    api.emulator.advance(core::time::Duration::from_secs(1));
    api.create("accounts", &json!({"name": "Fourth Coffee (sample)"}));
    assert_eq!(
        value(&api, "aggregate(createdon with max as lastCreate)"),
        shown(&[&[("lastCreate", json!("2023-03-25T17:42:47Z"), Some("3/25/2023 5:42 PM"))]])
    );
    assert_eq!(
        value(&api, "aggregate(createdon with min as firstCreate)"),
        shown(&[&[("firstCreate", json!("2023-03-25T17:42:46Z"), Some("3/25/2023 5:42 PM"))]])
    );
}

#[test]
fn distinct_values() {
    assert_eq!(
        value(&nine_accounts(), "groupby((statecode,statuscode,accountcategorycode))"),
        json!([
            {"statuscode": 1, "statecode": 0},
            {"statuscode": 1, "statecode": 0, "accountcategorycode": 1},
            {"statuscode": 1, "statecode": 0, "accountcategorycode": 2},
            {"statuscode": 2, "statecode": 1}
        ])
    );
}

#[test]
fn aggregates_of_unsuitable_columns_are_refused() {
    let api = nine_accounts();
    let total = "accounts?$apply=groupby((statuscode),aggregate(revenue with sum as total))&$orderby=total";
    api.get(total).refused(
        400,
        "0x80060888",
        "The query node SingleValueOpenPropertyAccess is not supported",
    );
    api.get("accounts?$apply=groupby((createdon))").refused(400, "0x80060888", "date");
    let distinct = "accounts?$apply=aggregate(accountcategorycode with countdistinct as kinds)";
    assert_eq!(api.get(distinct).expect(200).json()["value"], json!([{"kinds": 2}]));
    let strict = Api::strict();
    strict.get(distinct).refused(400, "0x80060888", "countdistinct");
}

#[test]
fn averages_of_integers() {
    let api = Api::new();
    for employees in [1, 2, 2] {
        api.create("accounts", &json!({"numberofemployees": employees}));
    }
    assert_eq!(
        value(
            &formatted(&api),
            "aggregate(numberofemployees with average as mean,numberofemployees with sum as all)"
        ),
        shown(&[&[("mean", json!(1), Some("1")), ("all", json!(5), Some("5"))]])
    );
}

/// The table of uses in `query-data-web-api`.
#[test]
fn opportunities_by_account() {
    let api = Api::new();
    let contoso = api.create("accounts", &json!({"name": "Contoso"}));
    for value in [100, 300] {
        api.create(
            "opportunities",
            &json!({"estimatedvalue": value, "parentaccountid@odata.bind": format!("accounts({contoso})")}),
        );
    }
    let rows = api.rows(
        "opportunities?$apply=groupby((parentaccountid/name),aggregate(estimatedvalue with sum as total))",
    );
    assert_eq!(rows, [json!({"total": 400, "account_name": "Contoso"})]);
    let rows = api.rows(
        "opportunities?$apply=groupby((statuscode),aggregate(estimatedvalue with average as averagevalue))",
    );
    assert_eq!(rows, [json!({"statuscode": 1, "averagevalue": 200})]);
}
