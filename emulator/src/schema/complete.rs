//! Adds the members that every definition has.

use dataverse_definitions::Kind;

use super::table_privileges::TablePrivilege;
use crate::json::{Json, object};

/// The lists of a definition, and the member that identifies an element.
const LISTS: [(&str, &str); 5] = [
    ("Attributes", "LogicalName"),
    ("Keys", "LogicalName"),
    ("ManyToOneRelationships", "SchemaName"),
    ("OneToManyRelationships", "SchemaName"),
    ("ManyToManyRelationships", "SchemaName"),
];

type Members = Vec<(String, Json)>;

/// The first object type code for tables that declare none. Custom tables in Dataverse start here, too.
const FIRST_OBJECT_TYPE_CODE: usize = 10_000;

/// Adds the members that every definition has to a definition and everything in it.
pub(super) fn complete(definition: &mut Json, index: usize, privileges: &[TablePrivilege]) {
    let table = definition.text("LogicalName").unwrap_or_default().to_owned();
    let primary_id = definition.text("PrimaryIdAttribute").map(str::to_owned);
    let primary_name = definition.text("PrimaryNameAttribute").map(str::to_owned);
    let privileges = Json::Array(privileges.iter().map(TablePrivilege::definition).collect());
    let Json::Object(members) = definition else { return };
    add(members, "Privileges", privileges);
    add(members, "MetadataId", made_up_id(&[&table]).into());
    add(members, "ObjectTypeCode", Json::Number((FIRST_OBJECT_TYPE_CODE + index).to_string()));
    add(members, "ChangeTrackingEnabled", Json::Bool(true));
    add(members, "IsOptimisticConcurrencyEnabled", Json::Bool(true));
    // Clients that list tables leave out the private ones.
    add(members, "IsPrivate", Json::Bool(false));
    add(members, "IsIntersect", Json::Bool(false));
    // Names of custom tables start with the prefix of a publisher.
    add(members, "IsCustomEntity", Json::Bool(table.contains('_')));
    for (list, key) in LISTS {
        add(members, list, Json::Array(Vec::new()));
        let Some((_, Json::Array(elements))) = members.iter_mut().find(|(each, _)| each == list) else {
            continue;
        };
        for element in elements {
            let name = element.text(key).unwrap_or_default().to_owned();
            let Json::Object(members) = element else { continue };
            match list {
                "Attributes" => {
                    add(members, "MetadataId", made_up_id(&[&table, list, &name]).into());
                    add(members, "IsPrimaryId", (primary_id.as_ref() == Some(&name)).into());
                    add(members, "IsPrimaryName", (primary_name.as_ref() == Some(&name)).into());
                    attribute(members, &table, &name);
                }
                "Keys" => {
                    add(members, "MetadataId", made_up_id(&[&table, list, &name]).into());
                    add(members, "EntityLogicalName", table.as_str().into());
                    add(members, "EntityKeyIndexStatus", "Active".into());
                }
                _ => {
                    // Both tables and `RelationshipDefinitions` answer the same relationship.
                    add(members, "MetadataId", made_up_id(&["relationship", &name]).into());
                    let many = list == "ManyToManyRelationships";
                    let kind = if many { "ManyToManyRelationship" } else { "OneToManyRelationship" };
                    add(members, "RelationshipType", kind.into());
                    add(members, "SecurityTypes", "Append".into());
                }
            }
        }
    }
}

/// Adds the members of an attribute and of its options.
fn attribute(members: &mut Members, table: &str, name: &str) {
    add(members, "EntityLogicalName", table.into());
    let code = text(members, "AttributeType").unwrap_or_default();
    add(members, "AttributeTypeName", object([("Value", format!("{code}Type").into())]));
    let one = Json::Object(core::mem::take(members));
    let type_name = type_of(&one);
    let Json::Object(taken) = one else { return };
    *members = taken;
    // The types that are complex types in `RetrieveMetadataChanges` are entity types elsewhere.
    members.retain(|(each, _)| each != "@odata.type");
    members.insert(0, ("@odata.type".to_owned(), format!("#Microsoft.Dynamics.CRM.{type_name}").into()));
    for set in ["OptionSet", "GlobalOptionSet"] {
        if let Some((_, Json::Object(members))) = members.iter_mut().find(|(each, _)| each == set) {
            option_set(members, table, name, &code);
        }
    }
}

fn option_set(members: &mut Members, table: &str, attribute: &str, code: &str) {
    add(members, "Name", format!("{table}_{attribute}").into());
    let name = text(members, "Name").unwrap_or_default();
    add(members, "MetadataId", made_up_id(&["option set", &name]).into());
    add(members, "IsGlobal", Json::Bool(false));
    add(members, "OptionSetType", if code == "Virtual" { "Picklist" } else { code }.into());
    for (name, value) in members.iter_mut() {
        match (name.as_str(), value) {
            ("Options", Json::Array(options)) => options.iter_mut().for_each(|each| option(each, code)),
            ("TrueOption" | "FalseOption", value) => option(value, code),
            _ => {}
        }
    }
}

fn option(option: &mut Json, code: &str) {
    let Json::Object(members) = option else { return };
    members.retain(|(name, _)| name != "@odata.type");
    if let "State" | "Status" = code {
        let type_name = format!("#Microsoft.Dynamics.CRM.{code}OptionMetadata");
        members.insert(0, ("@odata.type".to_owned(), type_name.into()));
    }
    for name in ["Color", "ExternalValue", "MetadataId", "HasChanged", "Tag"] {
        add_null(members, name);
    }
    add(members, "ParentValues", Json::Array(Vec::new()));
    add(members, "IsHidden", Json::Bool(false));
    let empty = || object([("LocalizedLabels", Json::Array(Vec::new())), ("UserLocalizedLabel", Json::Null)]);
    add(members, "Label", empty());
    add(members, "Description", empty());
}

/// Returns the name of an attribute's type among the types of definitions.
fn type_of(attribute: &Json) -> &'static str {
    let name = attribute.get("AttributeTypeName").and_then(|name| name.text("Value"));
    let code = attribute.text("AttributeType");
    let kind = name.and_then(Kind::from_name).or_else(|| Kind::from_name(code?));
    kind.unwrap_or(Kind::Virtual).definition()
}

fn text(members: &Members, name: &str) -> Option<String> {
    members.iter().find(|(each, _)| each == name)?.1.as_str().map(str::to_owned)
}

/// Adds a member, or replaces null.
fn add(members: &mut Members, name: &str, value: Json) {
    match members.iter_mut().find(|(each, _)| each == name) {
        Some((_, old @ Json::Null)) => *old = value,
        Some(_) => {}
        None => members.push((name.to_owned(), value)),
    }
}

fn add_null(members: &mut Members, name: &str) {
    if !members.iter().any(|(each, _)| each == name) {
        members.push((name.to_owned(), Json::Null));
    }
}

/// Returns an id for a definition without one. The same names have the same id in every run.
pub(super) fn made_up_id(names: &[&str]) -> String {
    let hash = |start: u64| {
        let bytes = names.iter().flat_map(|name| name.bytes().chain([0]));
        bytes.fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    uuid::Uuid::from_u64_pair(hash(0xcbf2_9ce4_8422_2325), hash(0x8422_2325_cbf2_9ce4)).to_string()
}
