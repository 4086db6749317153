//! Each change that an org can make to a table, and what is reported. The classes are those of the README.

use dataverse_codegen::{Class, Snapshot, drift};
use serde_json::{Value, json};

/// A table with a column of each sort that the changes need. All members are known, as in an answer of an org.
fn table() -> Value {
    let column = |name: &str, kind: &str, more: Value| {
        let mut column = json!({
            "LogicalName": name, "AttributeType": kind, "IsValidForCreate": true, "IsValidForRead": true,
            "IsValidForUpdate": true, "IsSecured": false, "SourceType": 0, "RequiredLevel": {"Value": "None"},
            "DisplayName": label(name), "Description": label("words"),
        });
        column.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        column
    };
    json!({
        "LogicalName": "new_loan", "EntitySetName": "new_loans", "PrimaryIdAttribute": "new_loanid",
        "PrimaryNameAttribute": "new_name", "OwnershipType": "UserOwned", "TableType": "Standard",
        "ChangeTrackingEnabled": true, "IsOptimisticConcurrencyEnabled": true, "DisplayName": label("Loan"),
        "Attributes": [
            column("new_loanid", "Uniqueidentifier", json!({})),
            column("new_name", "String", json!({"MaxLength": 100})),
            column("new_amount", "Decimal", json!({"MinValue": 0.0, "MaxValue": 100.0, "Precision": 2})),
            column("new_due", "DateTime", json!({"DateTimeBehavior": {"Value": "UserLocal"}})),
            column("new_borrower", "Lookup", json!({"Targets": ["account", "contact"]})),
            column("statuscode", "Status", json!({"OptionSet": {"Options": [
                {"Value": 1, "Label": label("Open"), "State": 0}, {"Value": 2, "Label": label("Closed"), "State": 1},
            ]}})),
            column("statecode", "State", json!({"OptionSet": {"Options": [
                {"Value": 0, "Label": label("Active"), "DefaultStatus": 1}, {"Value": 1, "Label": label("Inactive"), "DefaultStatus": 2},
            ]}})),
        ],
        "Keys": [{"LogicalName": "new_number", "KeyAttributes": ["new_name"]}],
        "ManyToOneRelationships": [{
            "SchemaName": "new_borrower_account", "ReferencingEntity": "new_loan", "ReferencingAttribute": "new_borrower",
            "ReferencedEntity": "account", "ReferencedAttribute": "accountid",
            "ReferencingEntityNavigationPropertyName": "new_Borrower_account",
        }],
        "ManyToManyRelationships": [{
            "SchemaName": "new_loan_tag", "Entity1LogicalName": "new_loan", "Entity2LogicalName": "new_tag",
        }],
    })
}

fn label(text: &str) -> Value {
    json!({"LocalizedLabels": [{"Label": text, "LanguageCode": 1033}]})
}

fn snapshot(table: &Value) -> Snapshot {
    Snapshot::new(dataverse_definitions::read(&[&table.to_string()]).unwrap())
}

/// What is reported after a change, a line for each finding: its class and its text.
fn after(change: impl Fn(&mut Value)) -> String {
    reported(change, false)
}

fn reported(change: impl Fn(&mut Value), is_strict: bool) -> String {
    let (before, mut now) = (table(), table());
    change(&mut now);
    let findings = drift(&snapshot(&before), &snapshot(&now), is_strict);
    findings.iter().map(|finding| format!("{}: {finding}", finding.class)).collect::<Vec<_>>().join("\n")
}

/// The column with this name.
fn column<'t>(table: &'t mut Value, name: &str) -> &'t mut Value {
    let columns = table["Attributes"].as_array_mut().unwrap();
    columns.iter_mut().find(|column| column["LogicalName"] == name).unwrap()
}

fn without(table: &mut Value, list: &str) {
    table[list] = json!([]);
}

#[test]
fn an_org_that_has_not_changed_has_no_differences() {
    assert_eq!(after(|_| {}), "");
}

#[test]
fn what_is_gone_breaks_a_program() {
    let gone = |table: &mut Value| {
        table["Attributes"].as_array_mut().unwrap().retain(|column| column["LogicalName"] != "new_due")
    };
    assert_eq!(
        after(gone),
        "breaking: new_loan.new_due: the column is gone: queries that select it are refused"
    );
    assert_eq!(
        after(|table| without(table, "Keys")),
        "breaking: new_loan: the alternate key `new_number` is gone: requests that name records by it are refused"
    );
    assert_eq!(
        after(|table| without(table, "ManyToManyRelationships")),
        "breaking: new_loan: the many-to-many relationship `new_loan_tag` is gone: associating through it is refused"
    );
    assert_eq!(
        after(|table| column(table, "new_borrower")["Targets"] = json!(["account"])),
        "breaking: new_loan.new_borrower: the lookup no longer points to `contact`: setting it to such a record is refused"
    );
    let findings = drift(&snapshot(&table()), &Snapshot::default(), false);
    assert_eq!(
        findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["new_loan: the table is gone: every request for it is refused"]
    );
}

#[test]
fn another_name_or_kind_breaks_a_program() {
    assert_eq!(
        after(|table| table["EntitySetName"] = "new_Loans".into()),
        "breaking: new_loan: the entity set is now `new_Loans`; it was `new_loans`: every URL of the table is wrong"
    );
    assert_eq!(
        after(|table| table["OwnershipType"] = "OrganizationOwned".into()),
        "breaking: new_loan: the ownership is now `OrganizationOwned`; it was `UserOwned`: assigning and sharing change with it"
    );
    assert_eq!(
        after(|table| column(table, "new_name")["AttributeType"] = "Memo".into()),
        "breaking: new_loan.new_name: the kind is now Memo; it was String: values of the other kind cannot be read or written"
    );
    assert_eq!(
        after(|table| column(table, "new_due")["DateTimeBehavior"]["Value"] = "DateOnly".into()),
        "breaking: new_loan.new_due: the behavior is now `DateOnly`; it was `UserLocal`: dates on the wire have another form"
    );
    assert_eq!(
        after(|table| table["ManyToOneRelationships"][0]["ReferencingEntityNavigationPropertyName"] =
            "new_borrower_account".into()),
        "breaking: new_loan.new_borrower: the navigation property is now `new_borrower_account`; it was `new_Borrower_account`: \
         setting the lookup is refused"
    );
}

#[test]
fn a_column_that_dataverse_would_ignore_breaks_a_program() {
    assert_eq!(
        after(|table| column(table, "new_name")["IsValidForCreate"] = false.into()),
        "breaking: new_loan.new_name: the column is no longer valid for create: creates that set this column will lose it"
    );
    assert_eq!(
        after(|table| column(table, "new_name")["IsValidForUpdate"] = false.into()),
        "breaking: new_loan.new_name: the column is no longer valid for update: updates that set this column will lose it"
    );
    assert_eq!(
        after(|table| column(table, "new_name")["IsValidForRead"] = false.into()),
        "breaking: new_loan.new_name: the column is no longer valid for read: records are read without it"
    );
    assert_eq!(
        after(|table| column(table, "new_amount")["SourceType"] = 1.into()),
        "breaking: new_loan.new_amount: the column is now computed: messages that set this column will lose it"
    );
    assert_eq!(
        after(|table| column(table, "new_name")["RequiredLevel"]["Value"] = "SystemRequired".into()),
        "breaking: new_loan.new_name: the required level is now `SystemRequired`; it was `None`: clearing it is refused"
    );
}

#[test]
fn options_are_told_by_integer() {
    assert_eq!(
        after(|table| drop(
            column(table, "statuscode")["OptionSet"]["Options"].as_array_mut().unwrap().pop()
        )),
        "breaking: new_loan.statuscode: the option 2 (Closed) is gone: records that set it are refused"
    );
    assert_eq!(
        after(|table| column(table, "statuscode")["OptionSet"]["Options"][1]["Value"] = 7.into()),
        "breaking: new_loan.statuscode: the option 2 (Closed) now has the integer 7: the program writes and reads the old integer"
    );
    assert_eq!(
        after(|table| column(table, "statuscode")["OptionSet"]["Options"][1]["State"] = 0.into()),
        "breaking: new_loan.statuscode: the option 2 (Closed) belongs to the state 0; it was 1: an update of the status sends the \
         wrong state"
    );
    assert_eq!(
        after(|table| column(table, "statecode")["OptionSet"]["Options"][0]["DefaultStatus"] = 2.into()),
        "breaking: new_loan.statecode: the default status of 0 (Active) is 2; it was 1: an update of the state sets another status"
    );
    let added = |table: &mut Value| {
        let options = column(table, "statuscode")["OptionSet"]["Options"].as_array_mut().unwrap();
        options.push(json!({"Value": 3, "Label": label("Lost"), "State": 1}));
    };
    assert_eq!(
        after(added),
        "additive: new_loan.statuscode: the option 3 (Lost) is new: it is read as `Unknown`"
    );
    assert_eq!(
        reported(added, true),
        "breaking: new_loan.statuscode: the option 3 (Lost) is new: reading it is an error, because the option sets are strict"
    );
}

#[test]
fn limits_that_shrink_are_tightened_and_those_that_grow_are_not() {
    assert_eq!(
        after(|table| column(table, "new_name")["MaxLength"] = 50.into()),
        "tightened: new_loan.new_name: the maximum length is now 50; it was 100: values that were valid are refused"
    );
    assert_eq!(
        after(|table| column(table, "new_name")["MaxLength"] = 200.into()),
        "additive: new_loan.new_name: the maximum length is now 200; it was 100"
    );
    assert_eq!(
        after(|table| column(table, "new_amount")["MinValue"] = 1.5.into()),
        "tightened: new_loan.new_amount: the minimum is now 1.5; it was 0.0: values that were valid are refused"
    );
    assert_eq!(
        after(|table| column(table, "new_amount")["Precision"] = 1.into()),
        "tightened: new_loan.new_amount: the precision is now 1; it was 2: values that were valid are refused"
    );
    assert_eq!(
        after(|table| column(table, "new_name")["RequiredLevel"]["Value"] = "ApplicationRequired".into()),
        "tightened: new_loan.new_name: the required level is now `ApplicationRequired`; it was `None`: apps refuse a record without it"
    );
}

#[test]
fn what_is_new_is_additive() {
    let added = |table: &mut Value| {
        let columns = table["Attributes"].as_array_mut().unwrap();
        columns.push(json!({"LogicalName": "new_note", "AttributeType": "Memo"}));
    };
    assert_eq!(after(added), "additive: new_loan.new_note: the column is new");
    let required = |table: &mut Value| {
        let columns = table["Attributes"].as_array_mut().unwrap();
        columns.push(json!({
            "LogicalName": "new_note", "AttributeType": "Memo", "RequiredLevel": {"Value": "ApplicationRequired"},
        }));
    };
    assert_eq!(
        after(required),
        "warning: new_loan.new_note: the column is new, and required: creates from apps need it; those of this program do not set it"
    );
    let key = |table: &mut Value| {
        table["Keys"]
            .as_array_mut()
            .unwrap()
            .push(json!({"LogicalName": "new_other", "KeyAttributes": ["new_name"]}));
    };
    assert_eq!(after(key), "additive: new_loan: the alternate key `new_other` is new");
    assert_eq!(
        after(|table| column(table, "new_borrower")["Targets"] = json!(["account", "contact", "lead"])),
        "additive: new_loan.new_borrower: the lookup also points to `lead`"
    );
}

#[test]
fn what_callers_may_miss_is_a_warning() {
    assert_eq!(
        after(|table| column(table, "new_amount")["IsSecured"] = true.into()),
        "warning: new_loan.new_amount: the column is secured: callers without the right get no value"
    );
    assert_eq!(
        after(|table| table["ChangeTrackingEnabled"] = false.into()),
        "warning: new_loan: change tracking is off: `track_changes` is refused"
    );
    assert_eq!(
        after(|table| table["IsOptimisticConcurrencyEnabled"] = false.into()),
        "warning: new_loan: optimistic concurrency is off: `if_match` is refused"
    );
}

#[test]
fn what_only_people_see_is_cosmetic() {
    let translated = |table: &mut Value| {
        let labels = table["DisplayName"]["LocalizedLabels"].as_array_mut().unwrap();
        labels.push(json!({"Label": "Udlån", "LanguageCode": 1030}));
    };
    assert_eq!(
        after(translated),
        "cosmetic: new_loan: the display name in 1030 is now \"Udlån\"; it was \"\""
    );
    assert_eq!(
        after(|table| column(table, "new_name")["Description"] = label("other words")),
        "cosmetic: new_loan.new_name: the description in 1033 is now \"other words\"; it was \"words\""
    );
    assert_eq!(
        after(|table| column(table, "statuscode")["OptionSet"]["Options"].as_array_mut().unwrap().reverse()),
        "cosmetic: new_loan.statuscode: the options have another order"
    );
    assert_eq!(
        after(|table| column(table, "statuscode")["OptionSet"]["Options"][0]["Label"] = label("In progress")),
        "cosmetic: new_loan.statuscode: the label of the option 1 in 1033 is now \"In progress\"; it was \"Open\""
    );
}

#[test]
fn what_either_side_was_not_asked_for_is_not_compared() {
    let unasked = |table: &mut Value| {
        for member in ["IsValidForCreate", "IsSecured", "SourceType", "RequiredLevel", "DisplayName"] {
            column(table, "new_name").as_object_mut().unwrap().remove(member);
        }
        table.as_object_mut().unwrap().remove("ChangeTrackingEnabled");
    };
    assert_eq!(after(unasked), "");
    assert_eq!(Class::ALL.map(Class::as_str), ["cosmetic", "additive", "warning", "tightened", "breaking"]);
}

#[test]
fn what_metadata_leaves_open_is_no_difference() {
    // The types are those of "Primitive types used by Dataverse" (webapi/web-api-properties).
    let document = r#"<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
          <EntityType Name="crmbaseentity" Abstract="true" />
          <EntityType Name="new_loan" BaseType="mscrm.crmbaseentity">
            <Key><PropertyRef Name="new_loanid" /></Key>
            <Property Name="new_loanid" Type="Edm.Guid" />
            <Property Name="new_name" Type="Edm.String" Unicode="false" />
            <Property Name="new_amount" Type="Edm.Decimal" Scale="Variable" />
            <Property Name="new_due" Type="Edm.DateTimeOffset" />
            <Property Name="_new_borrower_value" Type="Edm.Guid" />
            <Property Name="statuscode" Type="Edm.Int32" />
            <Property Name="statecode" Type="Edm.Int32" />
            <NavigationProperty Name="new_Borrower_account" Type="mscrm.account" Partner="loans">
              <ReferentialConstraint Property="_new_borrower_value" ReferencedProperty="accountid" />
            </NavigationProperty>
          </EntityType>
          <EntityContainer Name="System">
            <EntitySet Name="new_loans" EntityType="Microsoft.Dynamics.CRM.new_loan" />
          </EntityContainer>
        </Schema></edmx:DataServices></edmx:Edmx>"#;
    let of_metadata = Snapshot::new(dataverse_definitions::read(&[document]).unwrap());
    let after = |change: fn(&mut Value)| {
        let mut now = table();
        without(&mut now, "Keys");
        without(&mut now, "ManyToManyRelationships");
        change(&mut now);
        let findings = drift(&of_metadata, &snapshot(&now), false);
        findings.iter().map(|finding| format!("{}: {finding}", finding.class)).collect::<Vec<_>>().join("\n")
    };
    // The document has one target, because one table has a navigation property.
    assert_eq!(after(|_| {}), "additive: new_loan.new_borrower: the lookup also points to `contact`");
    let targets = |table: &mut Value| column(table, "new_borrower")["Targets"] = json!(["account"]);
    assert_eq!(after(targets), "");
    assert_eq!(
        after(|table| {
            column(table, "new_borrower")["Targets"] = json!(["account"]);
            column(table, "new_amount")["AttributeType"] = json!("Money");
            column(table, "new_name")["AttributeType"] = json!("Memo");
        }),
        ""
    );
    assert_eq!(
        after(|table| {
            column(table, "new_borrower")["Targets"] = json!(["account"]);
            column(table, "new_amount")["AttributeType"] = json!("Double");
            table["ManyToOneRelationships"][0]["ReferencingEntityNavigationPropertyName"] =
                json!("new_borrower");
        }),
        "breaking: new_loan.new_amount: the kind is now Double; it was Decimal: values of the other kind cannot be read or written\n\
         breaking: new_loan.new_borrower: the navigation property is now `new_borrower`; it was `new_Borrower_account`: \
         setting the lookup is refused"
    );
}
