//! webapi/query/filter-rows: the limits of a query.

use std::time::Instant;

use serde_json::{Value, json};

use crate::support::Api;

fn any(condition: impl Fn(usize) -> String, count: usize) -> String {
    (0..count).map(condition).collect::<Vec<_>>().join(" or ")
}

const WORDS: &str = "Number of conditions in query exceeded maximum limit.";

#[test]
fn a_query_has_at_most_500_conditions() {
    let api = Api::new();
    let equal = |count| any(|number| format!("name eq '{number}'"), count);
    api.get(&format!("accounts?$filter={}", equal(500))).expect(200);
    for target in [
        format!("accounts?$filter={}", equal(501)),
        format!("accounts?$filter=not ({})", equal(501)),
        format!("accounts/$count?$filter={}", equal(501)),
        format!("accounts?$apply=filter({})/aggregate($count as n)", equal(501)),
        format!("accounts?$expand=Account_Tasks($filter={})", equal(501).replace("name", "subject")),
        format!("accounts?$filter={}&$expand=Account_Tasks($filter=subject eq 'a')", equal(500)),
        format!("accounts?$filter=Account_Tasks/any(t:{})", equal(501).replace("name", "t/subject")),
    ] {
        api.get(&target).refused(400, "0x8004430C", WORDS);
    }
    // A list counts as one condition.
    let values: Vec<String> = (0..900).map(|number| format!("\"{number}\"")).collect();
    let list =
        format!("Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[{}])", values.join(","));
    api.get(&format!("accounts?$filter={list}")).expect(200);
}

/// A pattern is prepared once for a query, not for each row.
#[test]
fn many_patterns_in_many_rows_take_seconds() {
    let api = Api::new();
    let type_name = "Microsoft.Dynamics.CRM.account";
    let name = "The quick brown fox jumps over the lazy dog and goes on, number";
    let row = |number| json!({"@odata.type": type_name, "name": format!("{name} {number}")});
    let targets: Vec<Value> = (0..500).map(row).collect();
    api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &json!({"Targets": targets})).expect(200);
    let filter = any(|number| format!("contains(name,'nobody {number} %25 has this')"), 500);
    let begun = Instant::now();
    let rows = api.rows(&format!("accounts?$select=name&$filter={filter}"));
    assert_eq!(rows.len(), 0);
    let plain = any(|number| format!("contains(name,'nobody {number}')"), 500);
    assert_eq!(api.rows(&format!("accounts?$select=name&$filter={plain}")).len(), 0);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}
