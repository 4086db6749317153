//! Definitions from answers in JSON: of the repository's examples, and of shapes that the Web API reference describes (EntityMetadata,
//! AttributeMetadata, Label).

use dataverse_definitions::{Fact, Kind, merge, parse, read};
use serde_json::{Value, json};

const MACHINE: &str = include_str!("../../tests/interop/generated_tables/definition.json");
const LOAN: &str = include_str!("../../codegen/examples/loan.json");
const PLATFORM: &str = include_str!("../../emulator/data/platform.json");
const SALES: &str = include_str!("../../emulator/data/sales.json");

/// The value without what says nothing: empty lists.
fn told(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let told = members.into_iter().map(|(name, value)| (name, self::told(value)));
            Value::Object(told.filter(|(_, value)| *value != json!([])).collect())
        }
        Value::Array(elements) => Value::Array(elements.into_iter().map(told).collect()),
        other => other,
    }
}

#[test]
fn every_member_that_an_answer_has_is_kept() {
    for text in [MACHINE, LOAN, PLATFORM, SALES] {
        let given: Value = serde_json::from_str(text).unwrap();
        let given = given.get("value").cloned().unwrap_or_else(|| json!([given]));
        let kept = serde_json::to_value(parse(text).unwrap()).unwrap();
        assert_eq!(told(kept), told(given));
    }
}

#[test]
fn labels_keep_their_languages_and_whose_they_are() {
    let tables = parse(MACHINE).unwrap();
    let name = tables[0].column("new_name").unwrap().display_name.known().unwrap().clone();
    assert_eq!(name.iter().collect::<Vec<_>>(), [(1030, "Navn"), (1031, "Name"), (1033, "Name")]);
    assert_eq!(name.of_caller(), Some("Name"));
    // A snapshot has no texts that depend on the caller.
    let tables = read(&[MACHINE]).unwrap();
    let text = serde_json::to_string(&tables[0].column("new_name").unwrap().display_name).unwrap();
    assert!(!text.contains("UserLocalizedLabel") && text.contains("Navn"), "{text}");
}

#[test]
fn an_example_has_the_facts_of_its_table() {
    let tables = read(&[LOAN]).unwrap();
    let loan = &tables[0];
    assert_eq!((loan.entity_set_name.text(), loan.schema_name.text()), (Some("new_loans"), Some("new_Loan")));
    let condition = loan.column("new_condition").unwrap();
    assert_eq!(condition.kind(), Kind::Picklist);
    let options: Vec<_> = condition.options().unwrap().options.iter().map(|option| option.value).collect();
    assert_eq!(options, [100_000_000, 100_000_001]);
    assert_eq!(loan.column("new_number").unwrap().max_value.known().unwrap().as_i64(), Some(1_000_000));
    assert_eq!(loan.table_type, Fact::NotAsked);
}

#[test]
fn what_was_not_asked_for_is_null_in_some_answers() {
    // `RetrieveMetadataChanges` answers all members of its complex types.
    let text = r#"{"EntityMetadata": [{"LogicalName": "new_loan", "Attributes": null, "Keys": null,
        "ManyToOneRelationships": [{"SchemaName": "new_a", "ReferencedAttribute": null}]}], "ServerVersionStamp": "1!1"}"#;
    let tables = parse(text).unwrap();
    assert!(tables[0].attributes.is_empty() && tables[0].keys.is_empty());
    assert_eq!(tables[0].many_to_one_relationships[0].referenced_attribute, "");
}

#[test]
fn the_attributes_of_a_cast_are_added_to_their_table() {
    let table = r#"{"LogicalName": "new_loan", "Attributes": [{"LogicalName": "new_size", "AttributeType": "Picklist"}]}"#;
    let cast = r##"{"@odata.context": "https://x/api/data/v9.2/$metadata#EntityDefinitions('new_loan')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
        "value": [{"LogicalName": "new_size", "OptionSet": {"Options": [{"Value": 1}]}}]}"##;
    for texts in [[table, cast], [cast, table]] {
        let tables = read(&texts).unwrap();
        assert_eq!(tables.len(), 1);
        let size = tables[0].column("new_size").unwrap();
        assert_eq!((size.kind(), size.options().unwrap().options.len()), (Kind::Picklist, 1));
    }
}

#[test]
fn a_later_definition_adds_and_null_overrides_nothing() {
    let earlier = r#"{"LogicalName": "new_loan", "IsAuditEnabled": {"Value": true}, "Attributes": [
        {"LogicalName": "new_name", "AttributeType": "String", "MaxLength": 50, "ImeMode": "Auto"}]}"#;
    let later = r#"{"LogicalName": "new_loan", "IsAuditEnabled": null, "EntitySetName": "new_loans", "Attributes": [
        {"LogicalName": "new_name", "MaxLength": 100, "ImeMode": "Disabled"}, {"LogicalName": "new_more"}]}"#;
    let tables = merge([parse(earlier).unwrap(), parse(later).unwrap()].concat());
    let (table, name) = (&tables[0], tables[0].column("new_name").unwrap());
    assert_eq!(table.other.get("IsAuditEnabled"), Some(&json!({"Value": true})));
    assert_eq!(table.entity_set_name.text(), Some("new_loans"));
    assert_eq!((name.max_length.known(), name.kind()), (Some(&100), Kind::String));
    assert_eq!(name.other.get("ImeMode"), Some(&json!("Disabled")));
    assert!(table.column("new_more").is_some());
}

#[test]
fn a_mistake_is_told_with_its_table_and_column() {
    for (text, words) in [
        (
            r#"{"value": [{"LogicalName": "new_loan", "Attributes": [{"LogicalName": "new_name", "MaxLength": "long"}]}]}"#,
            "table `new_loan`, column `new_name`: invalid type: string \"long\", expected i64",
        ),
        (
            r#"{"LogicalName": "new_loan", "Attributes": [{"LogicalName": "new_rate", "MinValue": "0"}]}"#,
            "table `new_loan`, column `new_rate`: invalid type: \"0\", expected a number",
        ),
        (
            r#"{"LogicalName": "new_loan", "IsActivity": "no"}"#,
            "table `new_loan`: invalid type: string \"no\"",
        ),
        (
            r#"{"LogicalName": "new_loan", "Attributes": [{"SchemaName": "x"}]}"#,
            "table `new_loan`: an attribute has no `LogicalName`",
        ),
        (
            r#"{"LogicalName": "new_loan", "Attributes": [{"LogicalName": "a"}, {"LogicalName": "a"}]}"#,
            "table `new_loan`: two columns are named `a`",
        ),
        (r#"{"value": [5]}"#, "a definition is an object, not 5"),
        ("{}", "a definition has no `LogicalName`"),
        ("[]", "its list is empty"),
        ("", "the text is empty"),
        ("5", "is neither a JSON object nor a `$metadata` document"),
        ("{", "the text is not JSON: EOF"),
        ("tables/loan.json", "`tables/loan.json` is the name of a file"),
        (
            r#"{"error": {"code": "0x80040220", "message": "not you"}}"#,
            "the text is an error of a Web API: not you",
        ),
    ] {
        let error = read(&[text]).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}
