use serde_json::json;

use super::data::{accounts, column, fetch, rows, samples};
use crate::support::Api;

fn filled() -> Api {
    let api = Api::new();
    for (name, employees, category, hold) in [
        ("Contoso", Some(10), Some(2), true),
        ("Fabrikam", None, Some(1), false),
        ("Litware", Some(30), None, false),
    ] {
        api.create(
            "accounts",
            &json!({"name": name, "numberofemployees": employees, "accountcategorycode": category, "creditonhold": hold}),
        );
    }
    api
}

fn condition(attribute: &str, operator: &str, value: &str) -> String {
    format!("<condition attribute='{attribute}' operator='{operator}' value='{value}'/>")
}

#[track_caller]
fn found(api: &Api, inside: &str, expected: &[&str]) {
    assert_eq!(accounts(api, inside), expected, "{inside}");
}

#[test]
fn comparisons() {
    let api = filled();
    for (attribute, operator, value, expected) in [
        ("name", "eq", "contoso", &["Contoso"][..]),
        ("numberofemployees", "gt", "10", &["Litware"]),
        ("numberofemployees", "ge", "10", &["Contoso", "Litware"]),
        ("numberofemployees", "lt", "30", &["Contoso"]),
        ("numberofemployees", "le", "30", &["Contoso", "Litware"]),
        ("name", "gt", "f", &["Fabrikam", "Litware"]),
        ("numberofemployees", "ne", "10", &["Fabrikam", "Litware"]),
        ("numberofemployees", "neq", "10", &["Fabrikam", "Litware"]),
    ] {
        found(&api, &condition(attribute, operator, value), expected);
    }
}

#[test]
fn booleans_are_written_as_words_or_numbers() {
    let api = filled();
    for (value, expected) in [
        ("1", &["Contoso"][..]),
        ("true", &["Contoso"]),
        ("0", &["Fabrikam", "Litware"]),
        ("false", &["Fabrikam", "Litware"]),
    ] {
        found(&api, &condition("creditonhold", "eq", value), expected);
    }
}

#[test]
fn texts() {
    let api = filled();
    for (operator, value, expected) in [
        ("like", "%i%", &["Fabrikam", "Litware"][..]),
        ("like", "[cf]%", &["Contoso", "Fabrikam"]),
        ("like", "_itware", &["Litware"]),
        ("not-like", "%i%", &["Contoso"]),
        ("begins-with", "f", &["Fabrikam"]),
        ("not-begin-with", "f", &["Contoso", "Litware"]),
        ("ends-with", "O", &["Contoso"]),
        ("not-end-with", "O", &["Fabrikam", "Litware"]),
    ] {
        found(&api, &condition("name", operator, value), expected);
    }
}

#[test]
fn null_and_not_null_take_no_value() {
    let api = filled();
    found(&api, "<condition attribute='numberofemployees' operator='null'/>", &["Fabrikam"]);
    found(&api, "<condition attribute='numberofemployees' operator='not-null'/>", &["Contoso", "Litware"]);
}

#[test]
fn lists_and_ranges() {
    let api = filled();
    let list = |attribute: &str, operator: &str, values: [&str; 2]| {
        let [one, other] = values;
        format!(
            "<condition attribute='{attribute}' operator='{operator}'><value>{one}</value><value>{other}</value></condition>"
        )
    };
    found(&api, &list("name", "in", ["CONTOSO", "Litware"]), &["Contoso", "Litware"]);
    found(&api, &list("accountcategorycode", "in", ["1", "9"]), &["Fabrikam"]);
    found(&api, &list("numberofemployees", "not-in", ["10", "20"]), &["Fabrikam", "Litware"]);
    found(&api, &list("numberofemployees", "between", ["10", "20"]), &["Contoso"]);
    found(&api, &list("numberofemployees", "not-between", ["10", "20"]), &["Fabrikam", "Litware"]);
}

#[test]
fn filters_within_filters() {
    let api = samples();
    let city = |city: &str| condition("address1_city", "eq", city);
    let any = format!("<filter type='or'>{}{}</filter>", city("Redmond"), city("Dallas"));
    assert_eq!(accounts(&api, &any).len(), 4);
    found(
        &api,
        &format!("{any}{}", condition("numberofemployees", "lt", "2000")),
        &["Contoso Pharmaceuticals (sample)"],
    );
    let two = format!(
        "<fetch><entity name='account'><attribute name='name'/><filter>{}</filter><filter>{}</filter></entity></fetch>",
        city("Redmond"),
        condition("numberofemployees", "gt", "3000")
    );
    assert_eq!(column(&api, "accounts", &two, "name"), ["A. Datum Corporation (sample)"]);
    let hint = format!("<filter type='or' hint='union'>{}</filter>", city("Dallas"));
    found(&api, &hint, &["Litware, Inc. (sample)"]);
    found(&api, &format!("<filter type='or'/>{}", city("Dallas")), &["Litware, Inc. (sample)"]);
}

#[test]
fn columns_compared_with_columns() {
    let api = Api::new();
    for (first, last) in [("Ann", "Ann"), ("Ann", "Bee")] {
        api.create("contacts", &json!({"firstname": first, "lastname": last}));
    }
    let text = |operator: &str, other: &str| {
        format!(
            "<fetch><entity name='contact'><attribute name='fullname'/><filter><condition attribute='firstname' \
             operator='{operator}' valueof='{other}'/></filter></entity></fetch>"
        )
    };
    assert_eq!(column(&api, "contacts", &text("eq", "lastname"), "fullname"), ["Ann Ann"]);
    assert_eq!(column(&api, "contacts", &text("ne", "lastname"), "fullname"), ["Ann Bee"]);
    assert_eq!(column(&api, "contacts", &text("lt", "lastname"), "fullname"), ["Ann Bee"]);
    fetch(&api, "contacts", &text("like", "lastname")).refused(400, "0x80040203", "`valueof`");
    fetch(&api, "contacts", &text("eq", "numberofchildren")).refused(400, "0x0", "incompatible types");
}

#[test]
fn columns_compared_across_tables() {
    let api = Api::new();
    for (account, contact) in [("Ada", "Ada"), ("Contoso", "Bob")] {
        let account = api.create("accounts", &json!({"name": account}));
        let account = format!("/accounts({account})");
        api.create("contacts", &json!({"lastname": contact, "parentcustomerid_account@odata.bind": account}));
    }
    let text = "<fetch><entity name='contact'><attribute name='contactid'/><attribute name='fullname'/><filter type='and'>\
                <condition attribute='fullname' operator='eq' valueof='acct.name'/></filter><link-entity name='account' \
                from='accountid' to='parentcustomerid' link-type='outer' alias='acct'><attribute name='name'/></link-entity>\
                </entity></fetch>";
    let found = rows(&api, "contacts", text);
    assert_eq!((found.len(), &found[0]["acct.name"]), (1, &json!("Ada")));
}

#[test]
fn conditions_on_the_table_of_a_link() {
    let api = samples();
    let text = "<fetch><entity name='account'><attribute name='name'/><filter type='or'><condition entityname='c' \
                attribute='firstname' operator='eq' value='Jim'/><condition attribute='name' operator='begins-with' value='Example'/>\
                </filter><link-entity name='contact' from='contactid' to='primarycontactid' link-type='outer' alias='c'/>\
                </entity></fetch>";
    assert_eq!(column(&api, "accounts", text, "name"), ["Coho Winery (sample)", "Example Account"]);
    fetch(&api, "accounts", &text.replace("entityname='c'", "entityname='x'")).refused(
        400,
        "0x80040203",
        "`x`",
    );
    // The same applies in the filter of an inner link.
    let inside = "<fetch><entity name='account'><attribute name='name'/><link-entity name='contact' from='contactid' \
                  to='primarycontactid' alias='c'><filter><condition entityname='account' attribute='name' operator='begins-with' \
                  value='Coho'/></filter></link-entity></entity></fetch>";
    assert_eq!(column(&api, "accounts", inside, "name"), ["Coho Winery (sample)"]);
}

#[test]
fn the_name_of_a_lookup_or_choice() {
    let api = samples();
    found(&api, &condition("primarycontactidname", "like", "Jim%"), &["Coho Winery (sample)"]);
    found(&api, &condition("primarycontactidname", "eq", "jim glynn (sample)"), &["Coho Winery (sample)"]);
    assert_eq!(accounts(&api, &condition("createdbyname", "eq", "System Administrator")).len(), 10);
    assert_eq!(accounts(&api, &condition("statecodename", "eq", "Active")).len(), 10);
    assert_eq!(accounts(&api, &condition("creditonholdname", "eq", "No")).len(), 10);
    found(&api, "<condition attribute='primarycontactidname' operator='null'/>", &["Example Account"]);
}

#[test]
fn multi_select_choices() {
    let definition = json!({"LogicalName": "account", "Attributes": [{
        "LogicalName": "new_tags", "SchemaName": "new_tags", "AttributeType": "Virtual", "AttributeTypeName": {"Value": "MultiSelectPicklistType"},
        "OptionSet": {"Options": [{"Value": 1, "Label": {"LocalizedLabels": []}}, {"Value": 9, "Label": {"LocalizedLabels": []}}, {"Value": 12, "Label": {"LocalizedLabels": []}}]}
    }]});
    let emulator = dataverse_emulator::Emulator::builder()
        .definitions(json!({"value": [definition]}).to_string())
        .build()
        .unwrap();
    let api = Api::of(emulator);
    for (name, tags) in [("A", Some("1,9")), ("B", Some("12")), ("C", None)] {
        api.create("accounts", &json!({"name": name, "new_tags": tags}));
    }
    let list = |operator: &str, values: &[&str]| {
        let values: String = values.iter().map(|value| format!("<value>{value}</value>")).collect();
        format!("<condition attribute='new_tags' operator='{operator}'>{values}</condition>")
    };
    found(&api, &list("contain-values", &["9"]), &["A"]);
    found(&api, &list("contain-values", &["9", "12"]), &["A", "B"]);
    found(&api, &list("not-contain-values", &["9"]), &["B", "C"]);
}

#[test]
fn the_caller_the_teams_and_the_business_unit() {
    let api = Api::new();
    let ada = api.emulator.add_user("Ada Agent").unwrap();
    let bob = api.emulator.add_administrator("Bob Boss").unwrap();
    let team = api.emulator.add_team("Night shift", &[bob]).unwrap();
    api.patch(
        &format!("systemusers({ada})"),
        &json!({"parentsystemuserid@odata.bind": format!("/systemusers({bob})")}),
    )
    .expect(204);
    for (name, owner) in [
        ("Ada's", format!("/systemusers({ada})")),
        ("Bob's", format!("/systemusers({bob})")),
        ("Team's", format!("/teams({team})")),
    ] {
        api.create("accounts", &json!({"name": name, "ownerid@odata.bind": owner}));
    }
    api.create("accounts", &json!({"name": "Admin's"}));
    let bob = api.as_user(&bob.to_string());
    for (attribute, operator, expected) in [
        ("ownerid", "eq-userid", &["Bob's"][..]),
        ("ownerid", "ne-userid", &["Ada's", "Team's", "Admin's"]),
        ("ownerid", "eq-userteams", &["Team's"]),
        ("ownerid", "eq-useroruserteams", &["Bob's", "Team's"]),
        ("ownerid", "eq-useroruserhierarchy", &["Ada's", "Bob's"]),
        ("ownerid", "eq-useroruserhierarchyandteams", &["Ada's", "Bob's", "Team's"]),
        ("owningbusinessunit", "eq-businessid", &["Ada's", "Bob's", "Team's", "Admin's"]),
        ("owningbusinessunit", "ne-businessid", &[]),
    ] {
        found(&bob, &format!("<condition attribute='{attribute}' operator='{operator}'/>"), expected);
    }
}

#[test]
fn a_state_by_its_name() {
    let api = filled();
    assert_eq!(accounts(&api, &condition("statecode", "eq", "Active")).len(), 3);
    assert_eq!(accounts(&api, &condition("statecode", "ne", "active")).len(), 0);
    assert_eq!(
        accounts(&api, "<condition attribute='statecode' operator='in'><value>Inactive</value></condition>")
            .len(),
        0
    );
}
