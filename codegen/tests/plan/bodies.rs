//! Creations: tables, columns of each kind, global option sets, alternate keys.
//!
//! The expected bodies have the members of Microsoft's examples, except for what the server ignores or takes as its
//! default there (`UserLocalizedLabel`, `IsManaged`, `SourceTypeMask`, `ImeMode`):
//! <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-update-entity-definitions-using-web-api>,
//! <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-update-column-definitions-using-web-api>,
//! <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-update-optionsets>.

use dataverse_codegen::plan;
use serde_json::{Value, json};

use super::*;

#[test]
fn a_table_is_created_as_documented() {
    let plan = planned(&[bank_account(&[])], &empty_org());
    assert_eq!(lines(&plan), ["create the table `new_bankaccount`", "publish the changes"]);
    assert_eq!(
        request(&plan.steps[0]),
        (
            "POST",
            "EntityDefinitions",
            json!({
                "@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata",
                "Attributes": [{
                    "AttributeType": "String",
                    "AttributeTypeName": { "Value": "StringType" },
                    "Description": label("Type the name of the bank account"),
                    "DisplayName": label("Account Name"),
                    "IsPrimaryName": true,
                    "RequiredLevel": required("None"),
                    "SchemaName": "new_AccountName",
                    "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata",
                    "FormatName": { "Value": "Text" },
                    "MaxLength": 100
                }],
                "Description": label("An entity to store information about customer bank accounts"),
                "DisplayCollectionName": label("Bank Accounts"),
                "DisplayName": label("Bank Account"),
                "HasActivities": false,
                "HasNotes": false,
                "IsActivity": false,
                "OwnershipType": "UserOwned",
                "SchemaName": "new_BankAccount"
            })
        )
    );
    assert_eq!(
        plan.steps[0].headers,
        [
            ("Accept", "application/json"),
            ("OData-MaxVersion", "4.0"),
            ("OData-Version", "4.0"),
            ("Content-Type", "application/json; charset=utf-8"),
            ("MSCRM.SolutionUniqueName", "examplesolution"),
        ]
        .map(|(name, value)| (name, value.to_owned()))
    );
    assert_eq!(
        request(&plan.steps[1]),
        (
            "POST",
            "PublishXml",
            json!({ "ParameterXml": "<importexportxml><entities><entity>new_bankaccount</entity></entities></importexportxml>" })
        )
    );
}

/// The body that creates a column of an existing table.
fn created(column: Value) -> Value {
    let present = org(&[bank_account(&[])], &[]);
    let plan = planned(&[bank_account(&[column])], &present);
    let step = &plan.steps[0];
    assert_eq!(
        (step.method.as_str(), step.path.as_str()),
        ("POST", "EntityDefinitions(LogicalName='new_bankaccount')/Attributes")
    );
    step.body.clone()
}

/// What all columns have.
fn body(kind: &str, type_name: &str, schema: &str, display: &str, description: &str, own: Value) -> Value {
    let mut body = json!({
        "@odata.type": format!("Microsoft.Dynamics.CRM.{}AttributeMetadata", type_name.strip_suffix("Type").unwrap()),
        "AttributeType": kind,
        "AttributeTypeName": { "Value": type_name },
        "SchemaName": schema,
        "DisplayName": label(display),
        "Description": label(description),
        "RequiredLevel": required("None"),
    });
    body.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    body
}

fn definition(kind: &str, schema: &str, display: &str, description: &str, own: Value) -> Value {
    let mut definition = json!({
        "LogicalName": schema.to_lowercase(),
        "SchemaName": schema,
        "AttributeType": kind,
        "DisplayName": texts(display),
        "Description": texts(description),
        "RequiredLevel": { "Value": "None" },
    });
    definition.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    definition
}

#[test]
fn columns_of_each_kind_are_created_as_documented() {
    let option = |value: i32, text: &str| json!({ "Value": value, "Label": label(text) });
    let known = |value: i32, text: &str| json!({ "Value": value, "Label": texts(text) });
    let names = ["Bravo", "Delta", "Alpha", "Charlie", "Foxtrot"];
    let options: Vec<Value> = (727_000_000..).zip(names).map(|(value, text)| option(value, text)).collect();
    let definitions: Vec<Value> =
        (727_000_000..).zip(names).map(|(value, text)| known(value, text)).collect();
    let set = json!({
        "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", "Options": options, "IsGlobal": false,
        "OptionSetType": "Picklist"
    });
    // A kind, its own members in the definition, the members that the request has for them, and the kind on the wire.
    let cases: Vec<(&str, Value, Value, &str)> = vec![
        (
            "String",
            json!({ "MaxLength": 100, "FormatName": { "Value": "Text" } }),
            json!({ "MaxLength": 100, "FormatName": { "Value": "Text" } }),
            "String",
        ),
        (
            "Memo",
            json!({ "MaxLength": 500, "Format": "TextArea" }),
            json!({ "MaxLength": 500, "Format": "TextArea" }),
            "Memo",
        ),
        (
            "Integer",
            json!({ "MinValue": 0, "MaxValue": 100, "Format": "None" }),
            json!({ "MinValue": 0, "MaxValue": 100, "Format": "None" }),
            "Integer",
        ),
        ("BigInt", json!({}), json!({}), "BigInt"),
        (
            "Decimal",
            json!({ "MinValue": 0.0, "MaxValue": 100.0, "Precision": 1 }),
            json!({ "MinValue": 0.0, "MaxValue": 100.0, "Precision": 1 }),
            "Decimal",
        ),
        (
            "Double",
            json!({ "MinValue": -0.5, "MaxValue": 1.5, "Precision": 5 }),
            json!({ "MinValue": -0.5, "MaxValue": 1.5, "Precision": 5 }),
            "Double",
        ),
        ("Money", json!({}), json!({ "PrecisionSource": 2 }), "Money"),
        ("Money", json!({ "Precision": 3 }), json!({ "Precision": 3, "PrecisionSource": 0 }), "Money"),
        (
            "DateTime",
            json!({ "Format": "DateOnly" }),
            json!({ "Format": "DateOnly", "DateTimeBehavior": { "Value": "UserLocal" } }),
            "DateTime",
        ),
        (
            "Boolean",
            json!({ "OptionSet": { "TrueOption": known(1, "True"), "FalseOption": known(0, "False") } }),
            json!({
                "DefaultValue": false,
                "OptionSet": {
                    "TrueOption": option(1, "True"), "FalseOption": option(0, "False"), "OptionSetType": "Boolean"
                }
            }),
            "Boolean",
        ),
        (
            "Picklist",
            json!({ "OptionSet": { "Options": definitions } }),
            json!({ "OptionSet": set.clone() }),
            "Picklist",
        ),
        (
            "MultiSelectPicklist",
            json!({ "AttributeTypeName": { "Value": "MultiSelectPicklistType" }, "OptionSet": { "Options": definitions } }),
            json!({ "OptionSet": set }),
            "Virtual",
        ),
        (
            "Image",
            json!({ "AttributeTypeName": { "Value": "ImageType" } }),
            json!({ "MaxSizeInKB": 10_240, "CanStoreFullImage": true }),
            "Virtual",
        ),
        (
            "File",
            json!({ "AttributeTypeName": { "Value": "FileType" } }),
            json!({ "MaxSizeInKB": 32_768 }),
            "Virtual",
        ),
    ];
    for (kind, own, expected, wire) in cases {
        let sent = created(definition(kind, "new_Sample", "Sample", "What it is", own));
        let expected = body(wire, &format!("{kind}Type"), "new_Sample", "Sample", "What it is", expected);
        assert_eq!(sent, expected, "{kind}");
    }
}

#[test]
fn a_new_table_comes_with_its_simple_columns() {
    let option_set =
        json!({ "Name": "new_colors", "IsGlobal": true, "Options": [{ "Value": 1, "Label": texts("Red") }] });
    let table = bank_account(&[
        definition("Integer", "new_Count", "Count", "", json!({})),
        definition("Picklist", "new_Color", "Color", "", json!({ "OptionSet": option_set })),
        json!({ "LogicalName": "new_file", "AttributeType": "Virtual", "AttributeTypeName": { "Value": "FileType" } }),
        json!({ "LogicalName": "createdon", "AttributeType": "DateTime" }),
        json!({ "LogicalName": "new_colorname", "AttributeType": "Virtual", "AttributeOf": "new_color" }),
    ]);
    let plan = planned(&[table], &empty_org());
    assert_eq!(
        lines(&plan),
        [
            "create the global option set `new_colors`",
            "create the table `new_bankaccount`",
            "create the column `new_bankaccount.new_color`",
            "create the column `new_bankaccount.new_file`",
            "publish the changes",
        ]
    );
    let names = |step: &Step| {
        let columns = step.body["Attributes"].as_array().unwrap().iter();
        columns.map(|column| column["SchemaName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&plan.steps[1]), ["new_AccountName", "new_Count"]);
    assert_eq!(
        plan.steps[2].body["GlobalOptionSet@odata.bind"],
        "/GlobalOptionSetDefinitions(Name='new_colors')"
    );
    assert_eq!(
        plan.steps[4].body["ParameterXml"],
        "<importexportxml><entities><entity>new_bankaccount</entity></entities><optionsets><optionset>new_colors</optionset>\
         </optionsets></importexportxml>"
    );
    assert_eq!(not_done(&plan), Vec::<String>::new());
}

#[test]
fn a_global_option_set_is_created_as_documented() {
    let option_set = json!({
        "Name": "new_colors", "IsGlobal": true, "DisplayName": texts("Colors"), "Description": texts("Color Choice"),
        "Options": [
            { "Value": 727_000_000, "Label": texts("Red") }, { "Value": 727_000_001, "Label": texts("Yellow") },
        ],
    });
    let color = definition("Picklist", "new_Color", "Color", "", json!({ "OptionSet": option_set }));
    let plan = planned(&[bank_account(&[color])], &org(&[bank_account(&[])], &[]));
    assert_eq!(
        request(&plan.steps[0]),
        (
            "POST",
            "GlobalOptionSetDefinitions",
            json!({
                "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata",
                "Options": [
                    { "Value": 727_000_000, "Label": label("Red") }, { "Value": 727_000_001, "Label": label("Yellow") }
                ],
                "Description": label("Color Choice"),
                "DisplayName": label("Colors"),
                "Name": "new_colors",
                "OptionSetType": "Picklist"
            })
        )
    );
}

#[test]
fn an_alternate_key_is_created_after_its_columns() {
    let mut table = bank_account(&[definition("String", "new_Number", "Number", "", json!({}))]);
    table["Keys"] = json!([{ "LogicalName": "new_bynumber", "KeyAttributes": ["new_number"] }]);
    let plan = planned(&[table], &org(&[bank_account(&[])], &[]));
    assert_eq!(
        lines(&plan),
        [
            "create the column `new_bankaccount.new_number`",
            "create the alternate key `new_bynumber` of `new_bankaccount`",
            "publish the changes",
        ]
    );
    // https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/entitykeymetadata
    assert_eq!(
        request(&plan.steps[1]),
        (
            "POST",
            "EntityDefinitions(LogicalName='new_bankaccount')/Keys",
            json!({
                "@odata.type": "Microsoft.Dynamics.CRM.EntityKeyMetadata",
                "SchemaName": "new_bynumber",
                "DisplayName": label("Bynumber"),
                "KeyAttributes": ["new_number"]
            })
        )
    );
}

#[test]
fn what_the_code_does_not_say_has_a_default() {
    let table = json!({
        "LogicalName": "new_bankaccount", "SchemaName": "new_BankAccount", "EntitySetName": "new_bankaccounts",
        "OwnershipType": "None", "PrimaryIdAttribute": "new_bankaccountid", "PrimaryNameAttribute": "new_name",
        "Attributes": [
            { "LogicalName": "new_name", "SchemaName": "new_Name", "AttributeType": "String" },
            { "LogicalName": "new_isopen", "SchemaName": "new_IsOpen", "AttributeType": "Boolean" },
            { "LogicalName": "new_remarks", "AttributeType": "Memo" },
        ]
    });
    let mut danish = settings();
    danish.language = Some(1030);
    let plan = plan(&tables(&[table]), &empty_org(), &danish).unwrap();
    let body = &plan.steps[0].body;
    let text = |label: &Value| {
        let text = &label["LocalizedLabels"][0];
        (text["Label"].as_str().unwrap().to_owned(), text["LanguageCode"].as_u64().unwrap())
    };
    assert_eq!(text(&body["DisplayName"]), ("Bank Account".to_owned(), 1030));
    assert_eq!(text(&body["DisplayCollectionName"]), ("Bank Accounts".to_owned(), 1030));
    assert_eq!(body["OwnershipType"], "UserOwned");
    assert_eq!(text(&body["Attributes"][0]["DisplayName"]), ("Name".to_owned(), 1030));
    assert_eq!(body["Attributes"][0]["MaxLength"], 100);
    assert_eq!(text(&body["Attributes"][1]["DisplayName"]), ("Is Open".to_owned(), 1030));
    assert_eq!(text(&body["Attributes"][1]["OptionSet"]["TrueOption"]["Label"]), ("Yes".to_owned(), 1030));
    assert_eq!(body["Attributes"][2]["MaxLength"], 2_000);
}

#[test]
fn a_table_that_nobody_can_make_is_an_error() {
    let problem = |table: Value| plan(&tables(&[table]), &empty_org(), &settings()).unwrap_err().to_string();
    let mut nameless = bank_account(&[]);
    nameless["PrimaryNameAttribute"] = Value::Null;
    assert_eq!(
        problem(nameless),
        "table `new_bankaccount` has no primary name, which a new table needs: mark a text column with `primary_name`"
    );
    let mut foreign = bank_account(&[]);
    foreign["LogicalName"] = "bankaccount".into();
    assert_eq!(
        problem(foreign),
        "the org has no table `bankaccount`, and the name does not start with `new_`: install the solution that it comes from, \
         or set `prefix` in `[apply]`"
    );
    let mut other = settings();
    other.prefix = Some("contoso".to_owned());
    let error = plan(&tables(&[bank_account(&[])]), &empty_org(), &other).unwrap_err();
    assert!(error.to_string().contains("does not start with `contoso_`"), "{error}");
}
