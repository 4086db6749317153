//! Each change that an org can make to a table, as `check` tells it: its class, exit code, place in the code, and words.

use std::fs;

use serde_json::{Value, json};

use crate::project::Project;

/// A table with a column of each sort that the changes need, and one with a lookup to it.
fn tables() -> Vec<Value> {
    let column = |name: &str, kind: &str, more: Value| {
        let mut column = json!({
            "LogicalName": name, "SchemaName": name, "AttributeType": kind, "IsValidForCreate": true, "IsValidForRead": true,
            "IsValidForUpdate": true, "IsSecured": false, "SourceType": 0, "RequiredLevel": {"Value": "None"},
            "DisplayName": label(name), "Description": label("words"),
        });
        column.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        column
    };
    let options = |set: Value| json!({ "OptionSet": set });
    let loan = json!({
        "LogicalName": "new_loan", "SchemaName": "new_Loan", "EntitySetName": "new_loans", "PrimaryIdAttribute": "new_loanid",
        "PrimaryNameAttribute": "new_name", "OwnershipType": "UserOwned", "TableType": "Standard", "ChangeTrackingEnabled": true,
        "IsOptimisticConcurrencyEnabled": true, "EnforceStateTransitions": false, "DisplayName": label("Loan"),
        "DisplayCollectionName": label("Loans"), "Description": label("words"),
        "Attributes": [
            column("new_loanid", "Uniqueidentifier", json!({})),
            column("new_otherid", "Uniqueidentifier", json!({})),
            column("new_name", "String", json!({"MaxLength": 100})),
            column("new_title", "String", json!({"MaxLength": 100})),
            column("new_amount", "Decimal", json!({"MinValue": 0.0, "MaxValue": 100.0, "Precision": 2})),
            column("new_due", "DateTime", json!({"DateTimeBehavior": {"Value": "UserLocal"}, "Format": "DateAndTime"})),
            column("new_borrower", "Lookup", json!({"Targets": ["account", "contact"]})),
            column("new_color", "Picklist", options(json!({"IsGlobal": false, "Name": "new_loan_new_color", "Options": [
                {"Value": 1, "Label": label("Red"), "Color": "#ff0000"}, {"Value": 2, "Label": label("Blue"), "Color": "#0000ff"},
            ]}))),
            column("new_size", "Picklist", json!({"GlobalOptionSet": {"IsGlobal": true, "Name": "new_size", "Options": [
                {"Value": 1, "Label": label("Small")}, {"Value": 2, "Label": label("Large")},
            ]}})),
            column("new_active", "Boolean", options(json!({
                "TrueOption": {"Value": 1, "Label": label("Yes")}, "FalseOption": {"Value": 0, "Label": label("No")},
            }))),
            column("statuscode", "Status", options(json!({"Options": [
                {"Value": 1, "Label": label("Open"), "State": 0, "TransitionData": "<t to=\"2\"/>"},
                {"Value": 2, "Label": label("Closed"), "State": 1}, {"Value": 3, "Label": label("Lost"), "State": 1},
            ]}))),
            column("statecode", "State", options(json!({"Options": [
                {"Value": 0, "Label": label("Active"), "DefaultStatus": 1}, {"Value": 1, "Label": label("Inactive"), "DefaultStatus": 2},
            ]}))),
        ],
        "Keys": [{"LogicalName": "new_number", "KeyAttributes": ["new_name"]}],
        "ManyToOneRelationships": [
            relationship("new_borrower_account", "new_loan", "new_borrower", "account", "new_Borrower_account"),
            relationship("new_borrower_contact", "new_loan", "new_borrower", "contact", "new_Borrower_contact"),
        ],
        "OneToManyRelationships": [relationship("new_loan_payments", "new_payment", "new_loan", "new_loan", "new_Loan")],
        "ManyToManyRelationships": [{
            "SchemaName": "new_loan_tag", "Entity1LogicalName": "new_loan", "Entity2LogicalName": "new_payment",
            "IntersectEntityName": "new_loan_tag", "Entity1NavigationPropertyName": "new_loan_tag",
            "Entity2NavigationPropertyName": "new_loan_tag", "Entity1IntersectAttribute": "new_loanid",
            "Entity2IntersectAttribute": "new_paymentid",
        }],
    });
    let payment = json!({
        "LogicalName": "new_payment", "SchemaName": "new_Payment", "EntitySetName": "new_payments",
        "PrimaryIdAttribute": "new_paymentid", "OwnershipType": "OrganizationOwned",
        "Attributes": [
            column("new_paymentid", "Uniqueidentifier", json!({})),
            column("new_loan", "Lookup", json!({"Targets": ["new_loan"]})),
        ],
        "ManyToOneRelationships": [relationship("new_loan_payments", "new_payment", "new_loan", "new_loan", "new_Loan")],
    });
    vec![loan, payment]
}

fn label(text: &str) -> Value {
    json!({"LocalizedLabels": [{"Label": text, "LanguageCode": 1033}]})
}

fn relationship(name: &str, from: &str, column: &str, to: &str, property: &str) -> Value {
    json!({
        "SchemaName": name, "ReferencingEntity": from, "ReferencingAttribute": column, "ReferencedEntity": to,
        "ReferencedAttribute": format!("{to}id"), "ReferencingEntityNavigationPropertyName": property,
        "ReferencedEntityNavigationPropertyName": name,
    })
}

/// The column with this name of the first table.
fn column<'t>(tables: &'t mut [Value], name: &str) -> &'t mut Value {
    let columns = tables[0]["Attributes"].as_array_mut().unwrap();
    columns.iter_mut().find(|column| column["LogicalName"] == name).unwrap()
}

fn options<'t>(tables: &'t mut [Value], name: &str) -> &'t mut Vec<Value> {
    column(tables, name)["OptionSet"]["Options"].as_array_mut().unwrap()
}

fn list<'t>(tables: &'t mut [Value], name: &str) -> &'t mut Vec<Value> {
    tables[0][name].as_array_mut().unwrap()
}

/// A change, and what is told of it: the table or column, and the words.
type Row = (fn(&mut Vec<Value>), &'static str, &'static str);

/// Makes each change to an org of its own, and sees what `check` prints. Findings of a lower class may come with it.
fn each_is(class: &str, exit_code: i32, rows: &[Row]) {
    let definitions = |tables: &[Value]| tables.iter().map(Value::to_string).collect::<Vec<_>>();
    let as_texts = |texts: &[String]| texts.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    let before = definitions(&tables());
    let mut project = Project::new(
        &before.iter().map(String::as_str).collect::<Vec<_>>(),
        r#"["new_loan", "new_payment"]"#,
    );
    assert_eq!(project.run(&["pull"]).0, 0, "{}", as_texts(&before));
    assert_eq!(project.run(&["generate"]).0, 0);
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, out.as_str(), error.as_str()), (0, "no differences\n", ""));
    for (change, place, words) in rows {
        let mut changed = tables();
        change(&mut changed);
        let changed = definitions(&changed);
        project.with(&changed.iter().map(String::as_str).collect::<Vec<_>>());
        let (code, out, error) = project.run(&["check"]);
        let (table, column) = place.split_once('.').unwrap_or((place, place));
        let file = format!("src/tables/{table}.rs");
        let text = fs::read_to_string(project.path(&file)).unwrap();
        let name = format!("logical = \"{column}\"");
        let line = (1..).zip(text.lines()).find(|(_, line)| line.contains(&name));
        // What is new has no line of its own: the table's is told.
        let line = line.map_or_else(
            || (1..).zip(text.lines()).find(|(_, line)| line.contains("logical = ")).unwrap().0,
            |(line, _)| line,
        );
        let expected = format!("{class:<9}  {place}: {words}\n           --> {file}:{line}\n");
        assert!(out.contains(&expected), "{words}\nexpected {expected}\nprinted {out}{error}");
        assert!(out.starts_with(class), "{words}: something severer is told: {out}");
        assert_eq!((code, error.as_str()), (exit_code, ""), "{words}: {out}");
    }
}

#[test]
fn what_is_gone_or_has_another_name_breaks() {
    each_is(
        "breaking",
        1,
        &[
            (
                |tables| list(tables, "Attributes").retain(|each| each["LogicalName"] != "new_due"),
                "new_loan.new_due",
                "the column is gone: queries that select it are refused",
            ),
            (
                |tables| {
                    tables.pop();
                    tables[0]["OneToManyRelationships"] = json!([]);
                    tables[0]["ManyToManyRelationships"] = json!([]);
                },
                "new_payment",
                "the table is gone: every request for it is refused",
            ),
            (
                |tables| {
                    let size = column(tables, "new_size");
                    size["OptionSet"] = size["GlobalOptionSet"].take();
                    size["OptionSet"]["IsGlobal"] = false.into();
                    size["OptionSet"]["Name"] = "new_loan_new_size".into();
                },
                "new_loan.new_size",
                "the options are no longer those of the global option set `new_size`: its enum is that of another option set",
            ),
            (
                |tables| column(tables, "new_borrower")["Targets"] = json!(["account"]),
                "new_loan.new_borrower",
                "the lookup no longer points to `contact`: setting it to such a record is refused",
            ),
            (
                |tables| drop(list(tables, "Keys").pop()),
                "new_loan",
                "the alternate key `new_number` is gone: requests that name records by it are refused",
            ),
            (
                |tables| tables[0]["Keys"][0]["KeyAttributes"] = json!(["new_title"]),
                "new_loan",
                "the alternate key `new_number` has the columns new_title: requests that name records by it are refused",
            ),
            (
                |tables| drop(list(tables, "ManyToManyRelationships").pop()),
                "new_loan",
                "the many-to-many relationship `new_loan_tag` is gone: associating through it is refused",
            ),
            (
                |tables| {
                    list(tables, "ManyToOneRelationships")[0]["ReferencingEntityNavigationPropertyName"] =
                        "new_borrower_account".into();
                },
                "new_loan.new_borrower",
                "the navigation property is now `new_borrower_account`; it was `new_Borrower_account`: setting the lookup is refused",
            ),
            (
                |tables| tables[0]["EntitySetName"] = "new_loanset".into(),
                "new_loan",
                "the entity set is now `new_loanset`; it was `new_loans`: every URL of the table is wrong",
            ),
            (
                |tables| tables[0]["PrimaryNameAttribute"] = "new_title".into(),
                "new_loan",
                "the primary name is now `new_title`; it was `new_name`: lookups show another text",
            ),
            (
                |tables| tables[0]["PrimaryIdAttribute"] = "new_otherid".into(),
                "new_loan",
                "the primary id is now `new_otherid`; it was `new_loanid`: records are read without their ids",
            ),
            (
                |tables| tables[0]["OwnershipType"] = "OrganizationOwned".into(),
                "new_loan",
                "the ownership is now `OrganizationOwned`; it was `UserOwned`: assigning and sharing change with it",
            ),
            (
                |tables| column(tables, "new_due")["LogicalName"] = "new_Due".into(),
                "new_loan.new_due",
                "the column is now written `new_Due`: queries that select it are refused",
            ),
            (
                |tables| column(tables, "new_title")["AttributeType"] = "Memo".into(),
                "new_loan.new_title",
                "the kind is now Memo; it was String: values of the other kind cannot be read or written",
            ),
            (
                |tables| {
                    column(tables, "new_due")["DateTimeBehavior"]["Value"] = "TimeZoneIndependent".into()
                },
                "new_loan.new_due",
                "the behavior is now `TimeZoneIndependent`; it was `UserLocal`: dates on the wire have another form",
            ),
        ],
    );
}

#[test]
fn what_dataverse_would_ignore_or_refuse_breaks() {
    each_is(
        "breaking",
        1,
        &[
            (
                |tables| column(tables, "new_title")["IsValidForCreate"] = false.into(),
                "new_loan.new_title",
                "the column is no longer valid for create: creates that set this column will lose it",
            ),
            (
                |tables| column(tables, "new_title")["IsValidForUpdate"] = false.into(),
                "new_loan.new_title",
                "the column is no longer valid for update: updates that set this column will lose it",
            ),
            (
                |tables| column(tables, "new_title")["IsValidForRead"] = false.into(),
                "new_loan.new_title",
                "the column is no longer valid for read: records are read without it",
            ),
            (
                |tables| column(tables, "new_amount")["SourceType"] = 1.into(),
                "new_loan.new_amount",
                "the column is now computed: messages that set this column will lose it",
            ),
            (
                |tables| column(tables, "new_title")["RequiredLevel"]["Value"] = "SystemRequired".into(),
                "new_loan.new_title",
                "the required level is now `SystemRequired`; it was `None`: clearing it is refused",
            ),
            (
                |tables| tables[0]["EnforceStateTransitions"] = true.into(),
                "new_loan",
                "only declared transitions between statuses are allowed: an update of the status may be refused",
            ),
        ],
    );
}

#[test]
fn options_that_change_break() {
    each_is(
        "breaking",
        1,
        &[
            (
                |tables| drop(options(tables, "new_color").pop()),
                "new_loan.new_color",
                "the option 2 (Blue) is gone: records that set it are refused",
            ),
            (
                |tables| options(tables, "new_color")[1]["Value"] = 7.into(),
                "new_loan.new_color",
                "the option 2 (Blue) now has the integer 7: the program writes and reads the old integer",
            ),
            (
                |tables| options(tables, "statuscode")[2]["State"] = 0.into(),
                "new_loan.statuscode",
                "the option 3 (Lost) belongs to the state 0; it was 1: an update of the status sends the wrong state",
            ),
            (
                |tables| options(tables, "statecode")[1]["DefaultStatus"] = 3.into(),
                "new_loan.statecode",
                "the default status of 1 (Inactive) is 3; it was 2: an update of the state sets another status",
            ),
            (
                |tables| options(tables, "statuscode")[0]["TransitionData"] = "<t to=\"3\"/>".into(),
                "new_loan.statuscode",
                "other statuses may follow 1 (Open): an update of the status may be refused",
            ),
        ],
    );
}

#[test]
fn what_shrinks_is_tightened() {
    each_is(
        "tightened",
        0,
        &[
            (
                |tables| column(tables, "new_title")["MaxLength"] = 50.into(),
                "new_loan.new_title",
                "the maximum length is now 50; it was 100: values that were valid are refused",
            ),
            (
                |tables| column(tables, "new_amount")["MinValue"] = 1.5.into(),
                "new_loan.new_amount",
                "the minimum is now 1.5; it was 0.0: values that were valid are refused",
            ),
            (
                |tables| column(tables, "new_amount")["MaxValue"] = 50.5.into(),
                "new_loan.new_amount",
                "the maximum is now 50.5; it was 100.0: values that were valid are refused",
            ),
            (
                |tables| column(tables, "new_amount")["Precision"] = 1.into(),
                "new_loan.new_amount",
                "the precision is now 1; it was 2: values that were valid are refused",
            ),
            (
                |tables| column(tables, "new_title")["RequiredLevel"]["Value"] = "ApplicationRequired".into(),
                "new_loan.new_title",
                "the required level is now `ApplicationRequired`; it was `None`: apps refuse a record without it",
            ),
        ],
    );
}

#[test]
fn what_callers_may_miss_is_a_warning() {
    each_is(
        "warning",
        0,
        &[
            (
                |tables| column(tables, "new_amount")["IsSecured"] = true.into(),
                "new_loan.new_amount",
                "the column is secured: callers without the right get no value",
            ),
            (
                |tables| tables[0]["ChangeTrackingEnabled"] = false.into(),
                "new_loan",
                "change tracking is off: `track_changes` is refused",
            ),
            (
                |tables| tables[0]["IsOptimisticConcurrencyEnabled"] = false.into(),
                "new_loan",
                "optimistic concurrency is off: `if_match` is refused",
            ),
            (
                |tables| {
                    list(tables, "Attributes").push(json!({
                        "LogicalName": "new_note", "AttributeType": "Memo", "RequiredLevel": {"Value": "ApplicationRequired"},
                    }));
                },
                "new_loan.new_note",
                "the column is new, and required: creates from apps need it; those of this program do not set it",
            ),
        ],
    );
}

#[test]
fn what_is_new_is_additive() {
    each_is(
        "additive",
        0,
        &[
            (
                |tables| {
                    list(tables, "Attributes")
                        .push(json!({"LogicalName": "new_note", "AttributeType": "Memo"}));
                },
                "new_loan.new_note",
                "the column is new",
            ),
            (
                |tables| options(tables, "new_color").push(json!({"Value": 3, "Label": label("Green")})),
                "new_loan.new_color",
                "the option 3 (Green) is new: it is read as `Unknown`",
            ),
            (
                |tables| column(tables, "new_title")["MaxLength"] = 200.into(),
                "new_loan.new_title",
                "the maximum length is now 200; it was 100",
            ),
            (
                |tables| {
                    column(tables, "new_borrower")["Targets"] = json!(["account", "contact", "team"]);
                    let added = relationship(
                        "new_borrower_team",
                        "new_loan",
                        "new_borrower",
                        "team",
                        "new_Borrower_team",
                    );
                    list(tables, "ManyToOneRelationships").push(added);
                },
                "new_loan.new_borrower",
                "the lookup also points to `team`",
            ),
            (
                |tables| {
                    list(tables, "Keys")
                        .push(json!({"LogicalName": "new_other", "KeyAttributes": ["new_title"]}));
                },
                "new_loan",
                "the alternate key `new_other` is new",
            ),
        ],
    );
}

#[test]
fn what_only_people_see_is_cosmetic() {
    each_is(
        "cosmetic",
        0,
        &[
            (
                |tables| tables[0]["DisplayName"] = label("Lending"),
                "new_loan",
                "the display name in 1033 is now \"Lending\"; it was \"Loan\"",
            ),
            (
                |tables| {
                    let labels = tables[0]["DisplayName"]["LocalizedLabels"].as_array_mut().unwrap();
                    labels.push(json!({"Label": "Udlån", "LanguageCode": 1030}));
                },
                "new_loan",
                "the display name in 1030 is now \"Udlån\"; it was \"\"",
            ),
            (
                |tables| column(tables, "new_title")["Description"] = label("other words"),
                "new_loan.new_title",
                "the description in 1033 is now \"other words\"; it was \"words\"",
            ),
            (
                |tables| options(tables, "new_color").reverse(),
                "new_loan.new_color",
                "the options have another order",
            ),
            (
                |tables| options(tables, "new_color")[0]["Color"] = "#ff00ff".into(),
                "new_loan.new_color",
                "the color of the option 1 (Red) has changed",
            ),
            (
                |tables| column(tables, "new_active")["OptionSet"]["TrueOption"]["Label"] = label("On"),
                "new_loan.new_active",
                "the label of `true` in 1033 is now \"On\"; it was \"Yes\"",
            ),
        ],
    );
}

#[test]
fn a_new_option_breaks_code_whose_option_sets_are_strict() {
    let texts: Vec<String> = tables().iter().map(Value::to_string).collect();
    let mut project =
        Project::new(&texts.iter().map(String::as_str).collect::<Vec<_>>(), r#"["new_loan", "new_payment"]"#);
    project.edit("# strict_option_sets = false", "strict_option_sets = true");
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    let mut changed = tables();
    options(&mut changed, "new_color").push(json!({"Value": 3, "Label": label("Green")}));
    let texts: Vec<String> = changed.iter().map(Value::to_string).collect();
    project.with(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let (code, out, _) = project.run(&["check"]);
    assert_eq!(code, 1, "{out}");
    let words = "the option 3 (Green) is new: reading it is an error, because the option sets are strict";
    assert!(out.starts_with(&format!("breaking   new_loan.new_color: {words}\n")), "{out}");
}

#[test]
fn another_order_of_options_and_labels_of_other_languages_change_no_code() {
    let texts: Vec<String> = tables().iter().map(Value::to_string).collect();
    let mut project =
        Project::new(&texts.iter().map(String::as_str).collect::<Vec<_>>(), r#"["new_loan", "new_payment"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    let before = fs::read_to_string(project.path("src/tables/new_loan.rs")).unwrap();
    let mut changed = tables();
    options(&mut changed, "new_color").reverse();
    let labels = changed[0]["DisplayName"]["LocalizedLabels"].as_array_mut().unwrap();
    labels.push(json!({"Label": "Udlån", "LanguageCode": 1030}));
    let texts: Vec<String> = changed.iter().map(Value::to_string).collect();
    project.with(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let (code, out, _) = project.run(&["check"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.ends_with("2 cosmetic\n") || out.contains("2 cosmetic"), "{out}");
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate", "--check"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    assert_eq!(fs::read_to_string(project.path("src/tables/new_loan.rs")).unwrap(), before);
}
