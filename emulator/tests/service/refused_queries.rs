//! Queries that are refused, and the limits of pages and counts.

use serde_json::{Value, json};

use crate::queries::filled;
use crate::support::Api;

#[test]
fn invalid_queries_are_refused() {
    let api = filled();
    for (query, code, words) in [
        (
            "$filter=nosuch eq 1",
            "0x0",
            "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.account'.",
        ),
        (
            "$filter=name eq 5",
            "0x0",
            "incompatible types was detected. Found operand types 'Edm.String' and 'Edm.Int32'",
        ),
        ("$filter=name eq numberofemployees", "0x0", "incompatible types"),
        ("$filter=revenue lt numberofemployees", "0x0", "incompatible types"),
        ("$filter=name eq 'O'Brien'", "0x0", "unterminated literal"),
        ("$filter=name eq", "0x0", "operand is missing"),
        ("$filter=(name eq 'a'", "0x0", "')' is missing"),
        ("$filter=tolower(name) eq 'a'", "0x80060888", "tolower"),
        ("$filter=numberofemployees add 1 eq 2", "0x80060888", "'add'"),
        ("$filter=name in ('a')", "0x80060888", "'in'"),
        ("$filter=startswith(name,'%25a')", "0x80060888", "wildcards"),
        (
            "$filter=not Microsoft.Dynamics.CRM.Today(PropertyName='createdon')",
            "0x80060888",
            "Not operator along with the Custom Named Condition operators is not allowed",
        ),
        ("$filter=Microsoft.Dynamics.CRM.NoSuch(PropertyName='createdon')", "0x80060888", "NoSuch"),
        ("$filter=Microsoft.Dynamics.CRM.Today(PropertyName='name')", "0x80060888", "dates"),
        ("$filter=Account_Tasks/subject eq 'a'", "0x80060888", "collection"),
        ("$filter=Account_Tasks/any(t:name eq 'a')", "0x80060888", "range variable"),
        ("$select=nosuch", "0x0", "Could not find a property named 'nosuch'"),
        ("$orderby=name up", "0x0", "$orderby"),
        ("$top=x", "0x0", "$top"),
        ("$skip=5", "0x80060888", "$skip"),
        ("$nosuch=5", "0x0", "$nosuch"),
        ("$expand=nosuch", "0x0", "Could not find a property named 'nosuch'"),
        ("$expand=primarycontactid($filter=lastname eq 'a')", "0x80060888", "single-valued"),
        ("$expand=Account_Tasks/$ref", "0x80060888", "$ref"),
        ("$apply=groupby((createdon))", "0x80060888", "date"),
        ("$apply=aggregate(name with sum as x)", "0x80060888", "sum"),
        ("$apply=concat(x)", "0x80060888", "concat"),
        ("$select=name&$select=name", "0x0", "more than once"),
    ] {
        api.get(&format!("accounts?{query}")).refused(400, code, words);
    }
    let many: Vec<String> = (0..16).map(|_| "parentaccountid".to_owned()).collect();
    api.get(&format!("accounts?$expand={}", many.join(","))).refused(400, "0x80060888", "15");
    let deep = format!("accounts?$filter={}name eq 'a'{}", "(".repeat(200), ")".repeat(200));
    api.get(&deep).refused(400, "0x0", "nested too deeply");
    for query in ["$apply=aggregate($count as n)&$top=1", "fetchXml=x&$select=name"] {
        api.get(&format!("accounts?{query}")).expect(501);
    }
    api.get(&format!("accounts?$filter=name eq '{}'", "x".repeat(33_000))).expect(414);
}

#[test]
fn no_page_and_no_count_is_larger_than_5000() {
    let api = Api::new();
    let type_name = "Microsoft.Dynamics.CRM.account";
    let targets: Vec<Value> =
        (0..5001).map(|number| json!({"@odata.type": type_name, "numberofemployees": number})).collect();
    api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &json!({"Targets": targets})).expect(200);
    let annotated = api.with("Prefer", "odata.include-annotations=\"*\"");
    let page = annotated.get("accounts?$select=numberofemployees&$count=true").expect(200).json();
    assert_eq!((page["value"].as_array().unwrap().len(), &page["@odata.count"]), (5000, &json!(5000)));
    assert_eq!(page["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"], true);
    let next = page["@odata.nextLink"].as_str().unwrap().split("/v9.2/").nth(1).unwrap().to_owned();
    assert_eq!(annotated.send("GET", &next, "").json()["value"][0]["numberofemployees"], 5000);
    assert_eq!(api.get("accounts/$count").text().trim_start_matches('\u{feff}'), "5000");
    let total = api.get("RetrieveTotalRecordCount(EntityNames=['account'])").json();
    assert_eq!(total["EntityRecordCountCollection"]["Values"], json!([5001]));
}
