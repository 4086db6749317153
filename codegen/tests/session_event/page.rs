//! The definition of `msdyn_sessionevent`, from facts that others wrote down: Microsoft's reference page of the table, and the
//! `$metadata` of a real org, cut out of the document in npm `dataverse-gen` 2.0.15.

use std::collections::BTreeMap;

use dataverse_definitions::{Table, read};
use serde_json::{Map, Value, json};

const PAGE: &str = include_str!("../../../tests/fixtures/msdyn_sessionevent.tsv");
const CSDL: &str = include_str!("../../../tests/fixtures/msdyn_sessionevent.csdl.xml");

/// Returns the definition in the form of `EntityDefinitions`.
pub(crate) fn definition() -> Table {
    let mut facts: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for line in PAGE.lines().filter(|line| !line.starts_with('#')) {
        let [of, name, value] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line:?}") };
        facts.entry(of).or_default().push((name, value));
    }
    let mut table = members(&facts.remove("(table)").unwrap());
    let relationships = facts.remove("(relationship)").unwrap();
    let names: Vec<&str> = facts.keys().copied().collect();
    let columns: Vec<Value> = facts.iter().map(|(name, facts)| column(name, facts, &names)).collect();
    table.insert("Attributes".to_owned(), columns.into());
    table.insert(
        "ManyToOneRelationships".to_owned(),
        relationships.iter().map(|(_, text)| lookup(text)).collect(),
    );
    let text = Value::Object(table).to_string();
    read(&[&text]).unwrap().pop().unwrap()
}

/// The facts of the page as members of a definition.
fn members(facts: &[(&str, &str)]) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, value) in facts {
        let (name, value) = match *name {
            "AddedBy" | "Option" => continue,
            "DisplayName" | "DisplayCollectionName" | "Description" => (*name, label(value)),
            "RequiredLevel" | "DateTimeBehavior" | "FormatName" => (*name, json!({ "Value": value })),
            "Type" => ("AttributeType", json!(value)),
            "ValidForCreate" => ("IsValidForCreate", json!(*value == "True")),
            "ValidForUpdate" => ("IsValidForUpdate", json!(*value == "True")),
            "Targets" => ("Targets", value.split(',').collect()),
            _ => (*name, scalar(value)),
        };
        members.insert(name.to_owned(), value);
    }
    members
}

fn scalar(text: &str) -> Value {
    match text {
        "True" => true.into(),
        "False" => false.into(),
        text => text.parse::<i64>().map_or_else(|_| text.into(), Into::into),
    }
}

fn label(text: &str) -> Value {
    let labels: Vec<Value> = Some(text)
        .filter(|text| !text.is_empty())
        .map(|text| json!({"Label": text, "LanguageCode": 1033}))
        .into_iter()
        .collect();
    json!({ "LocalizedLabels": labels })
}

fn column(name: &str, facts: &[(&str, &str)], names: &[&str]) -> Value {
    let mut column = members(facts);
    let options: Vec<Value> =
        facts.iter().filter(|(fact, _)| *fact == "Option").map(|(_, text)| option(text)).collect();
    if !options.is_empty() {
        column.insert("OptionSet".to_owned(), json!({ "Options": options }));
    }
    let declared = CSDL.split_once("<EntityType Name=\"msdyn_sessionevent\"").unwrap().1;
    let has_property = [format!("Name=\"{name}\""), format!("Name=\"_{name}_value\"")]
        .iter()
        .any(|property| declared.contains(&format!("<Property {property}")));
    column.insert("IsValidODataAttribute".to_owned(), has_property.into());
    if !has_property {
        // The page does not say which column it belongs to, but its name does.
        let (of, is_yomi) = ["yominame", "name", "type"]
            .iter()
            .find_map(|part| Some((name.strip_suffix(part)?, *part == "yominame")))
            .unwrap();
        assert!(names.contains(&of), "{name}");
        column.insert("AttributeOf".to_owned(), of.into());
        if is_yomi {
            column.insert("YomiOf".to_owned(), format!("{of}name").into());
        }
    }
    Value::Object(column)
}

/// `value|label`, with `|status|name` for a state and `|state` for a status.
fn option(text: &str) -> Value {
    let parts: Vec<&str> = text.split('|').collect();
    let mut option = json!({"Value": scalar(parts[0]), "Label": label(parts[1])});
    match parts[2..] {
        [] => {}
        [state] => option["State"] = scalar(state),
        [status, name] => {
            option["DefaultStatus"] = scalar(status);
            option["InvariantName"] = name.into();
        }
        _ => panic!("{text}"),
    }
    option
}

/// `name|table`. The navigation property is that of `$metadata`, whose partner is the relationship.
fn lookup(text: &str) -> Value {
    let (name, table) = text.split_once('|').unwrap();
    let (before, _) = CSDL
        .rsplit_once(&format!("\" Type=\"mscrm.{table}\" Nullable=\"false\" Partner=\"{name}\""))
        .unwrap();
    let property = before.rsplit_once('"').unwrap().1;
    json!({
        "SchemaName": name, "ReferencingEntity": "msdyn_sessionevent", "ReferencingAttribute": property,
        "ReferencedEntity": table, "ReferencedAttribute": "activityid",
        "ReferencingEntityNavigationPropertyName": property,
    })
}
