//! webapi/query/overview: parameter aliases.

use serde_json::json;

use crate::support::Api;

fn accounts() -> Api {
    let api = Api::new();
    for (name, revenue) in [("a", Some(10)), ("b", Some(10)), ("c", Some(5)), ("d", None)] {
        api.create("accounts", &json!({"name": name, "revenue": revenue}));
    }
    api
}

#[test]
fn aliases_for_columns() {
    let api = accounts();
    let plain = "accounts?$select=name,revenue&$orderby=revenue asc,name desc&$filter=revenue ne null";
    let aliased =
        "accounts?$select=name,revenue&$orderby=@p1 asc,@p2 desc&$filter=@p1 ne @p3&@p1=revenue&@p2=name";
    for query in [plain, aliased] {
        assert_eq!(api.column("name", query), ["c", "b", "a"], "{query}");
    }
    for (query, expected) in [
        ("$filter=@p1 gt 5&@p1=revenue", vec!["a", "b"]),
        ("$filter=5 lt @p1&@p1=revenue", vec!["a", "b"]),
        ("$filter=contains(@p1,@p2)&@p1=name&@p2='C'", vec!["c"]),
        ("$filter=@p1 eq @p2&@p1=createdby/fullname&@p2='System Administrator'", vec!["a", "b", "c", "d"]),
        ("$orderby=@p1 desc&@p1=createdby/fullname", vec!["a", "b", "c", "d"]),
    ] {
        assert_eq!(api.column("name", &format!("accounts?$select=name&{query}")), expected, "{query}");
    }
}

#[test]
fn an_alias_without_a_value_is_null() {
    let api = accounts();
    assert_eq!(api.column("name", "accounts?$filter=revenue eq @nothing"), ["d"]);
    assert_eq!(api.column("name", "accounts?$orderby=@nothing desc,name desc&$top=1"), ["d"]);
}

#[test]
fn aliases_within_lambdas() {
    let api = Api::new();
    api.create("accounts", &json!({"name": "a", "Account_Tasks": [{"subject": "call"}]}));
    let query = "accounts?$filter=Account_Tasks/any(t:@p1 eq @p2)&@p1=t/subject&@p2='call'";
    assert_eq!(api.column("name", query), ["a"]);
}

#[test]
fn aliases_in_an_expand_are_refused() {
    let api = accounts();
    for expand in ["$filter=subject eq @p1", "$filter=@p2 eq 'a'", "$orderby=@p2"] {
        api.get(&format!("accounts?$expand=Account_Tasks({expand})&@p1='a'&@p2=subject")).refused(
            400,
            "0x80060888",
            "inside $expand",
        );
    }
}

#[test]
fn aliases_without_a_column() {
    let api = accounts();
    api.get("accounts?$orderby=@p1&@p1='name'").refused(400, "0x0", "$orderby");
    api.get("accounts?$orderby=@p1&@p1=nosuch").refused(400, "0x0", "nosuch");
    api.get("accounts?$filter=@p1 eq 1&@p1=@p2&@p2=revenue").refused(400, "0x0", "another alias");
}
