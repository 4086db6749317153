//! Differences between the code and the org.

use dataverse_codegen::plan;
use serde_json::{Value, json};

use super::*;

fn text(name: &str, own: Value) -> Value {
    let mut column = json!({
        "LogicalName": name, "AttributeType": "String", "MaxLength": 100, "RequiredLevel": { "Value": "None" },
        "FormatName": { "Value": "Text" }, "DisplayName": texts("Bank Name"),
    });
    column.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    column
}

/// The plan from one state of a column to another.
fn change(before: Value, after: Value) -> Plan {
    planned(
        &[bank_account(&[text("new_bankname", after)])],
        &org(&[bank_account(&[text("new_bankname", before)])], &[]),
    )
}

#[test]
fn equal_tables_need_no_request() {
    let tables = [bank_account(&[text("new_bankname", json!({}))])];
    let plan = planned(&tables, &org(&tables, &[]));
    assert_eq!(plan, Plan::default());
    assert_eq!(plan.text("/api/data/v9.2/"), "nothing to do\n");
}

#[test]
fn a_column_is_changed_by_replacing_its_definition() {
    let plan = change(
        json!({}),
        json!({
            "MaxLength": 200, "RequiredLevel": { "Value": "ApplicationRequired" }, "DisplayName": texts("Name of the bank")
        }),
    );
    assert_eq!(
        lines(&plan),
        [
            "change the display name, required level, maximum length of the column `new_bankaccount.new_bankname`",
            "publish the changes",
        ]
    );
    let step = &plan.steps[0];
    assert_eq!(
        request(step),
        (
            "PUT",
            "EntityDefinitions(LogicalName='new_bankaccount')/Attributes(LogicalName='new_bankname')",
            json!({
                "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata",
                "DisplayName": label("Name of the bank"),
                "RequiredLevel": required("ApplicationRequired"),
                "MaxLength": 200,
            })
        )
    );
    assert!(step.headers.contains(&("MSCRM.MergeLabels", "true".to_owned())));
}

#[test]
fn a_table_is_changed_by_replacing_its_definition() {
    let mut wanted = bank_account(&[]);
    wanted["DisplayName"] = texts("Bank Business Name");
    let plan = planned(&[wanted], &org(&[bank_account(&[])], &[]));
    assert_eq!(
        request(&plan.steps[0]),
        (
            "PUT",
            "EntityDefinitions(LogicalName='new_bankaccount')",
            json!({ "DisplayName": label("Bank Business Name") })
        )
    );
}

#[test]
fn a_label_in_another_language_stays() {
    let both = json!({ "LocalizedLabels": [
        { "Label": "Bank Name", "LanguageCode": 1033 }, { "Label": "Bankens navn", "LanguageCode": 1030 }
    ] });
    assert!(change(json!({ "DisplayName": both }), json!({})).steps.is_empty());
    let plan = change(json!({}), json!({ "DisplayName": both }));
    let sent = &plan.steps[0].body["DisplayName"]["LocalizedLabels"];
    assert_eq!((sent.as_array().unwrap().len(), &sent[0]["Label"]), (1, &json!("Bankens navn")));
}

#[test]
fn what_narrows_is_told_until_it_is_allowed() {
    let (before, after) = (text("new_bankname", json!({})), text("new_bankname", json!({ "MaxLength": 50 })));
    let present = org(&[bank_account(&[before, text("new_old", json!({}))])], &[]);
    let wanted = tables(&[bank_account(&[after])]);
    let careful = plan(&wanted, &present, &settings()).unwrap();
    assert!(careful.steps.is_empty());
    assert_eq!(
        not_done(&careful),
        [
            "new_bankaccount.new_bankname: the maximum length is 100 in the org and 50 in the code; `--allow-destructive` changes \
             the org",
            "new_bankaccount.new_old: the code has no such column; `--allow-destructive` deletes it, with its data",
        ]
    );
    let text = careful.text("/api/data/v9.2/");
    assert!(
        text.starts_with("not done: new_bankaccount.new_bankname: ") && text.ends_with("\nno request\n"),
        "{text}"
    );

    let allowed = plan(&wanted, &present, &destructive()).unwrap();
    assert_eq!(
        lines(&allowed),
        [
            "change the maximum length of the column `new_bankaccount.new_bankname`",
            "delete the column `new_bankaccount.new_old`, with its data",
            "publish the changes",
        ]
    );
    let step = &allowed.steps[1];
    assert_eq!(
        request(step),
        (
            "DELETE",
            "EntityDefinitions(LogicalName='new_bankaccount')/Attributes(LogicalName='new_old')",
            Value::Null
        )
    );
    assert_eq!(not_done(&allowed), Vec::<String>::new());
}

#[test]
fn columns_of_other_publishers_and_of_dataverse_stay() {
    let account = |columns: &[Value]| json!({ "LogicalName": "account", "Attributes": columns });
    let present = org(
        &[account(&[
            text("name", json!({ "MaxLength": 160 })),
            text("new_other", json!({})),
            text("msdyn_x", json!({})),
        ])],
        &[],
    );
    // The code knows few columns of a table that it does not make.
    let plan = plan(&tables(&[account(&[text("name", json!({}))])]), &present, &destructive()).unwrap();
    assert_eq!(plan, Plan::default());
    let wanted = account(&[text("nothing", json!({}))]);
    assert_eq!(
        not_done(&planned(&[wanted], &present)),
        [
            "account.nothing: the org lacks the column, and its name has no publisher's prefix; remove it from the code"
        ]
    );
}

#[test]
fn what_no_request_changes_is_told() {
    let table = |own: Value| {
        let mut table = bank_account(&[]);
        table.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        table
    };
    let present = org(&[table(json!({}))], &[]);
    let plan = planned(
        &[table(json!({ "EntitySetName": "new_accounts", "OwnershipType": "OrganizationOwned" }))],
        &present,
    );
    assert!(plan.steps.is_empty());
    assert_eq!(
        not_done(&plan),
        [
            "new_bankaccount: the entity set is `new_bankaccounts` in the org and `new_accounts` in the code; change the code",
            "new_bankaccount: the ownership is `UserOwned` in the org and `OrganizationOwned` in the code; change the code",
        ]
    );
    let plan = change(json!({ "AttributeType": "Memo" }), json!({}));
    assert_eq!(
        not_done(&plan),
        [
            "new_bankaccount.new_bankname: the kind is Memo in the org and String in the code; change the code, or delete the \
          column in the org"
        ]
    );
    let computed = bank_account(&[text("new_sum", json!({ "SourceType": 1 }))]);
    assert_eq!(
        not_done(&planned(&[computed], &present)),
        [
            "new_bankaccount.new_sum: the column is computed, and the code does not say how; create it in the org"
        ]
    );
}

fn choice(values: &[(i32, &str)]) -> Value {
    let options: Vec<Value> =
        values.iter().map(|(value, text)| json!({ "Value": value, "Label": texts(text) })).collect();
    json!({
        "LogicalName": "new_choice", "AttributeType": "Picklist", "RequiredLevel": { "Value": "None" },
        "OptionSet": { "IsGlobal": false, "Options": options },
    })
}

#[test]
fn options_are_added_relabelled_and_ordered_as_documented() {
    let present = org(&[bank_account(&[choice(&[(1, "Bravo"), (2, "Delta")])])], &[]);
    let plan = planned(&[bank_account(&[choice(&[(1, "Bravo"), (5, "Echo"), (2, "Dora")])])], &present);
    let of_column = |own: Value| {
        let mut body = json!({
            "AttributeLogicalName": "new_choice", "EntityLogicalName": "new_bankaccount",
            "SolutionUniqueName": "examplesolution",
        });
        body.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        body
    };
    // https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-update-optionsets
    assert_eq!(
        plan.steps[..3].iter().map(request).collect::<Vec<_>>(),
        [
            ("POST", "InsertOptionValue", of_column(json!({ "Value": 5, "Label": label("Echo") }))),
            (
                "POST",
                "UpdateOptionValue",
                of_column(json!({ "Value": 2, "Label": label("Dora"), "MergeLabels": true }))
            ),
            ("POST", "OrderOption", of_column(json!({ "Values": [1, 5, 2] }))),
        ]
    );
}

#[test]
fn an_option_that_the_code_lacks_is_deleted_if_that_is_allowed() {
    let present = org(&[bank_account(&[choice(&[(1, "Bravo"), (2, "Delta")])])], &[]);
    let wanted = tables(&[bank_account(&[choice(&[(1, "Bravo")])])]);
    assert_eq!(
        not_done(&plan(&wanted, &present, &settings()).unwrap()),
        ["new_bankaccount.new_choice: the code has no option 2; `--allow-destructive` deletes it"]
    );
    let plan = plan(&wanted, &present, &destructive()).unwrap();
    assert_eq!(plan.steps[0].path, "DeleteOptionValue");
    assert_eq!(plan.steps[0].body["Value"], 2);
}

#[test]
fn a_status_belongs_to_a_state() {
    let table = |options: Value| {
        bank_account(&[json!({
            "LogicalName": "statuscode", "AttributeType": "Status", "OptionSet": { "Options": options }
        })])
    };
    let status =
        |value: i32, state: i32, text: &str| json!({ "Value": value, "State": state, "Label": texts(text) });
    let wanted =
        [table(json!([status(1, 0, "Active"), status(2, 1, "Inactive"), status(727_000_000, 1, "Frozen")]))];
    let expected = json!({
        "AttributeLogicalName": "statuscode", "EntityLogicalName": "new_bankaccount", "Label": label("Frozen"),
        "StateCode": 1, "SolutionUniqueName": "examplesolution", "Value": 727_000_000,
    });
    let present = org(&[table(json!([status(1, 0, "Active"), status(2, 1, "Inactive")]))], &[]);
    for (present, index) in [(present, 0), (empty_org(), 1)] {
        let plan = planned(&wanted, &present);
        assert_eq!(request(&plan.steps[index]), ("POST", "InsertStatusValue", expected.clone()));
    }
}

#[test]
fn a_global_option_set_is_changed_by_its_name() {
    let set = |values: &[i32]| {
        let options: Vec<Value> =
            values.iter().map(|value| json!({ "Value": value, "Label": texts("x") })).collect();
        json!({ "Name": "new_colors", "IsGlobal": true, "Options": options })
    };
    let table = |values: &[i32]| {
        bank_account(&[
            json!({ "LogicalName": "new_color", "AttributeType": "Picklist", "OptionSet": set(values) }),
        ])
    };
    let present = org(&[table(&[1])], &[set(&[1])]);
    let plan = planned(&[table(&[1, 2])], &present);
    assert_eq!(lines(&plan), ["add the option 2 to `new_colors`", "publish the changes"]);
    assert_eq!(plan.steps[0].body["OptionSetName"], "new_colors");
}

#[test]
fn a_key_with_other_columns_is_made_anew_if_that_is_allowed() {
    let table = |columns: &[&str]| {
        let mut table = bank_account(&[text("new_a", json!({})), text("new_b", json!({}))]);
        table["Keys"] = json!([{ "LogicalName": "new_key", "KeyAttributes": columns }]);
        table
    };
    let present = org(&[table(&["new_a"])], &[]);
    assert_eq!(
        not_done(&planned(&[table(&["new_a", "new_b"])], &present)),
        [
            "new_bankaccount, key new_key: the org's key has the columns new_a; `--allow-destructive` deletes the key and creates it \
          anew"
        ]
    );
    let plan = plan(&tables(&[table(&["new_b", "new_a"])]), &present, &destructive()).unwrap();
    assert_eq!(
        lines(&plan)[..2],
        [
            "delete the alternate key `new_key` of `new_bankaccount`",
            "create the alternate key `new_key` of `new_bankaccount`"
        ]
    );
    assert!(
        planned(&[table(&["new_b", "new_a"])], &org(&[table(&["new_a", "new_b"])], &[])).steps.is_empty()
    );
}

#[test]
fn a_plan_is_printed_as_http_and_as_json() {
    let plan = change(json!({}), json!({ "MaxLength": 200 }));
    let text = plan.text("/api/data/v9.2/");
    let expected = "# 1 of 2: change the maximum length of the column `new_bankaccount.new_bankname`\n\
        PUT /api/data/v9.2/EntityDefinitions(LogicalName='new_bankaccount')/Attributes(LogicalName='new_bankname')\n\
        Accept: application/json\n\
        OData-MaxVersion: 4.0\n\
        OData-Version: 4.0\n\
        Content-Type: application/json; charset=utf-8\n\
        MSCRM.MergeLabels: true\n\
        MSCRM.SolutionUniqueName: examplesolution\n\
        \n\
        {\n  \"@odata.type\": \"Microsoft.Dynamics.CRM.StringAttributeMetadata\",\n  \"MaxLength\": 200\n}\n\n";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.ends_with("2 requests\n"), "{text}");
    let json: Value = serde_json::from_str(&plan.json("/api/data/v9.2/")).unwrap();
    assert_eq!(json["steps"][0]["method"], "PUT");
    assert_eq!(json["steps"][0]["headers"]["MSCRM.MergeLabels"], "true");
    assert_eq!(json["steps"][0]["body"]["MaxLength"], 200);
    assert_eq!(json["not_done"], json!([]));
}
