//! Wrong definitions are errors; gaps in definitions are warnings.

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use super::project;

fn error(definition: &Value) -> String {
    Emulator::builder().definitions(definition.to_string()).build().unwrap_err().to_string()
}

/// Returns the project with one of its attributes changed.
fn with(attribute: &str, member: &str, value: Value) -> Value {
    let mut project = project();
    let attributes = project["Attributes"].as_array_mut().unwrap();
    let one = attributes.iter_mut().find(|each| each["LogicalName"] == attribute).unwrap();
    one[member] = value;
    project
}

#[test]
fn wrong_definitions_are_refused() {
    let of = |definition: &Value, words: &str| {
        let error = error(definition);
        assert!(error.contains("table `new_project`") && error.contains(words), "{error}");
    };
    of(&with("new_size", "OptionSet", Value::Null), "attribute `new_size`: no `OptionSet`");
    of(
        &with("new_size", "AttributeType", json!("Color")),
        "attribute `new_size`: `Color` is not an attribute type",
    );
    of(
        &with("new_projectid", "IsValidODataAttribute", json!(false)),
        "the primary id `new_projectid` is not a property that holds a GUID",
    );
    of(&with("new_projectid", "AttributeType", json!("String")), "is not a property that holds a GUID");
    of(
        &with("new_number", "IsValidODataAttribute", json!(false)),
        "the key `new_key` names `new_number`, which is not a property",
    );
    of(&with("new_name", "LogicalName", json!("new_number")), "two attributes are named `new_number`");
    let mut twice = project();
    let key = twice["Keys"][0].clone();
    twice["Keys"].as_array_mut().unwrap().push(key);
    of(&twice, "the key `new_key` is defined twice");
    let mut same = project();
    let mut other = same["ManyToOneRelationships"][0].clone();
    (other["SchemaName"], other["ReferencingAttribute"]) = (json!("new_other"), json!("ownerid"));
    same["ManyToOneRelationships"].as_array_mut().unwrap().push(other);
    of(
        &same,
        "attribute `ownerid`: the relationship `new_other` names the navigation property `new_Account`, which is another one's",
    );
}

#[test]
fn hostile_names_are_refused_in_short_errors() {
    for name in ["", "a\0b", "a\nb"] {
        for renamed in [with("new_size", "LogicalName", json!(name)), {
            let mut project = project();
            project["EntitySetName"] = json!(name);
            project
        }] {
            let error = self::error(&renamed);
            assert!(
                error.contains("table `new_project`: ") && error.contains("is not a valid name"),
                "{error}"
            );
        }
    }
    let mut other = project();
    (other["LogicalName"], other["EntitySetName"]) = (json!("NEW_Project"), json!("new_others"));
    other["ManyToOneRelationships"] = json!([]);
    let twice = json!({"value": [project(), other]});
    let error = self::error(&twice);
    assert!(error.contains("another table has this name with other capitals"), "{error}");
    let long = with("new_size", "AttributeType", json!("n".repeat(1 << 20)));
    let error = self::error(&long);
    assert!(error.len() < 2000 && error.contains("`new_size`: `nnn"), "{}", error.len());
}

#[test]
fn quotes_in_names_are_only_quotes() {
    let name = r#"a"b'); DROP TABLE "t:account"; --"#;
    let mut project = with("new_number", "LogicalName", json!(name));
    (project["LogicalName"], project["Keys"]) = (json!(name), json!([]));
    project["ManyToOneRelationships"] = json!([]);
    let emulator = Emulator::builder().definitions(project.to_string()).build().unwrap();
    let api = crate::support::Api::of(emulator);
    api.post("accounts", &json!({"name": "a"})).expect(204);
    assert_eq!(api.rows("new_projects"), Vec::<Value>::new());
    assert_eq!(api.rows("accounts").len(), 1);
}

#[test]
fn gaps_in_definitions_are_warnings() {
    let warned = |definition: &Value| -> Vec<String> {
        let emulator = Emulator::builder().definitions(definition.to_string()).build().unwrap();
        emulator.warnings().iter().map(ToString::to_string).collect()
    };
    assert_eq!(warned(&project()), [""; 0]);
    let of = |definition: &Value, words: &str| {
        let warnings = warned(definition);
        assert!(matches!(warnings.as_slice(), [one] if one.contains(words)), "{warnings:?}");
    };
    of(
        &with("new_size", "OptionSet", json!({"Options": []})),
        "table `new_project`, attribute `new_size`: the option set is empty: any integer is accepted",
    );
    of(
        &with("new_name", "MaxLength", Value::Null),
        "table `new_project`: texts without `MaxLength` may have any length: `new_name`",
    );
    let mut ownerless = project();
    ownerless["Attributes"].as_array_mut().unwrap().retain(|each| each["LogicalName"] != "ownerid");
    of(
        &ownerless,
        "table `new_project`: users own its records (`OwnershipType`), but it has no attribute `ownerid`",
    );
    // The members that the service adds to an elastic table cause no warning.
    let elastic = json!({"LogicalName": "new_log", "EntitySetName": "new_logs", "PrimaryIdAttribute": "new_logid",
        "TableType": "elastic", "Attributes": [{"LogicalName": "new_logid", "AttributeType": "Uniqueidentifier"}]});
    assert_eq!(warned(&elastic), [""; 0]);
    let mut unnamed = project();
    unnamed["PrimaryNameAttribute"] = json!("new_title");
    of(&unnamed, "attribute `new_title`: the primary name is not among the attributes");
    let mut alone = project();
    alone["ManyToOneRelationships"][0]["ReferencedEntity"] = json!("new_building");
    of(&alone, "lead to 1 table without a definition: `new_building`");
    let mut targetless = with("new_account", "Targets", json!([]));
    targetless["ManyToOneRelationships"] = json!([]);
    of(&targetless, "attribute `new_account`: the lookup has no targets: nothing can be bound to it");
    let mut no_lookup = project();
    no_lookup["ManyToOneRelationships"][0]["ReferencingAttribute"] = json!("new_name");
    of(&no_lookup, "left out 1 relationship without a lookup column: `new_account_projects`");
    assert_eq!(Emulator::new().warnings(), []);
}

#[test]
fn a_warning_names_its_table_and_attribute() {
    let definition = with("new_size", "OptionSet", json!({"Options": []}));
    let emulator = Emulator::builder().definitions(definition.to_string()).build().unwrap();
    let warning = &emulator.warnings()[0];
    assert_eq!((warning.table(), warning.attribute()), (Some("new_project"), Some("new_size")));
}
