//! The metadata that the `metadata` example prints, held against facts that others wrote down: the reference page of the
//! table (`fixtures/msdyn_sessionevent.tsv`) and the `$metadata` of a real organization
//! (`fixtures/msdyn_sessionevent.csdl.xml`, cut out of the document in the npm package `dataverse-gen` 2.0.15, MIT).

use std::collections::BTreeSet;
use std::process::Command;

use dataverse_entity::metadata::{AttributeType, Navigation, RelationshipKind};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};
use serde_json::Value;

use crate::support::table;

const PAGE: &str = include_str!("../fixtures/msdyn_sessionevent.tsv");
const CSDL: &str = include_str!("../fixtures/msdyn_sessionevent.csdl.xml");

/// What the example prints.
fn printed() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["run", "-q", "--example", "metadata", "--", "msdyn_sessionevent"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the example runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON and nothing else")
}

/// A fact of the page, in the words of the page, read out of the JSON.
fn fact(of: &Value, name: &str) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    match name {
        "Description" | "DisplayName" | "DisplayCollectionName" => {
            text(&of[name]["UserLocalizedLabel"]["Label"])
        }
        "RequiredLevel" | "DateTimeBehavior" | "FormatName" => text(&of[name]["Value"]),
        "Type" => text(&of["AttributeType"]),
        "ValidForCreate" => text(&of["IsValidForCreate"]),
        "ValidForUpdate" => text(&of["IsValidForUpdate"]),
        "AddedBy" => text(&of["@dataverse_entity.addedBy"]),
        "Targets" => of[name].as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(","),
        _ => text(&of[name]),
    }
}

/// The options as lines of the page.
fn options(of: &Value) -> Vec<String> {
    let options = of["OptionSet"]["Options"].as_array().into_iter().flatten();
    options
        .map(|option| {
            let label = &option["Label"]["UserLocalizedLabel"]["Label"];
            let mut line = format!("{}|{}", option["Value"], label.as_str().unwrap_or_default());
            if let Some(name) = option["InvariantName"].as_str() {
                line.push_str(&format!("|{}|{name}", option["DefaultStatus"]));
            }
            if let Some(state) = option["State"].as_i64() {
                line.push_str(&format!("|{state}"));
            }
            line
        })
        .collect()
}

#[test]
fn the_session_event_agrees_with_its_reference_page() {
    let printed = printed();
    let attributes = printed["Attributes"].as_array().expect("attributes");
    assert_eq!(attributes.len(), 36);
    let attribute = |name: &str| attributes.iter().find(|each| each["LogicalName"] == name).expect(name);

    let mut checked = 0;
    let mut columns = BTreeSet::new();
    let mut listed: Vec<(String, String)> = Vec::new();
    for line in PAGE.lines().filter(|line| !line.starts_with('#')) {
        let [column, name, value] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line:?}") };
        match (column, name) {
            ("(table)", _) => assert_eq!(fact(&printed, name), value, "{line}"),
            ("(relationship)", _) => {
                let relationships = printed["ManyToOneRelationships"].as_array().expect("relationships");
                let found = relationships.iter().any(|each| {
                    format!("{}|{}", fact(each, "SchemaName"), fact(each, "ReferencedEntity")) == value
                });
                assert!(found, "{line}");
            }
            (_, "Option") => listed.push((column.to_owned(), value.to_owned())),
            _ => {
                columns.insert(column);
                assert_eq!(fact(attribute(column), name), value, "{line}");
            }
        }
        checked += 1;
    }
    assert_eq!(columns.len(), 36);
    assert!(checked > 450, "{checked} facts");

    // The options of the page, all of them, in its order, and no others.
    for column in ["msdyn_eventinfo", "msdyn_eventreason", "msdyn_eventtype", "statecode", "statuscode"] {
        let page = listed.iter().filter(|(of, _)| of == column).map(|(_, line)| line.clone());
        assert_eq!(options(attribute(column)), page.collect::<Vec<_>>(), "{column}");
    }
    assert_eq!(listed.len(), 1 + 43 + 31 + 2 + 2);
}

/// The part of the document that belongs to one type.
fn csdl_type(name: &str) -> &'static str {
    let start = CSDL.find(&format!("<EntityType Name=\"{name}\"")).expect("the type");
    let end = CSDL[start..].find("</EntityType>").expect("its end");
    &CSDL[start..start + end]
}

/// The values of an attribute of all elements with this name.
fn csdl_names<'x>(text: &'x str, element: &str) -> BTreeSet<&'x str> {
    let open = format!("<{element} Name=\"");
    text.split(open.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn what_is_selected_are_the_properties_of_a_real_organization() {
    let select = SessionEvent::select_clause();
    let selected: BTreeSet<&str> = select.split(',').collect();
    assert_eq!(selected, csdl_names(csdl_type("msdyn_sessionevent"), "Property"));
    assert_eq!((selected.len(), select.split(',').count()), (24, 24));

    let absent: Vec<_> = SessionEvent::METADATA
        .attributes
        .iter()
        .filter(|column| !column.is_valid_odata_attribute())
        .collect();
    assert_eq!(absent.len(), 12);
    assert!(
        absent
            .iter()
            .all(|column| !column.is_creatable() && !column.is_updatable() && column.source.is_some())
    );

    let session = OcSession::select_clause();
    let of_session = csdl_names(csdl_type("msdyn_ocsession"), "Property");
    let of_activity = csdl_names(csdl_type("activitypointer"), "Property");
    for name in session.split(',') {
        assert!(of_session.contains(name) || of_activity.contains(name), "{name}");
    }
}

#[test]
fn the_types_on_the_wire_are_those_of_a_real_organization() {
    for (table, types) in [
        (SessionEvent::METADATA, vec!["msdyn_sessionevent"]),
        (OcSession::METADATA, vec!["msdyn_ocsession", "activitypointer"]),
    ] {
        for column in table.attributes.iter().filter(|column| column.is_selectable()) {
            let name = column.read_name().expect("a property");
            let edm = match column.attribute_type {
                AttributeType::Lookup { .. }
                | AttributeType::Owner { .. }
                | AttributeType::Uniqueidentifier => "Guid",
                AttributeType::DateTime { .. } => "DateTimeOffset",
                AttributeType::BigInt => "Int64",
                AttributeType::String { .. } | AttributeType::Memo { .. } | AttributeType::EntityName => {
                    "String"
                }
                _ => "Int32",
            };
            let property = format!("<Property Name=\"{name}\" Type=\"Edm.{edm}\"");
            assert!(types.iter().any(|each| csdl_type(each).contains(&property)), "{property}");
        }
    }
}

#[test]
fn keys_and_navigation_properties_are_those_of_a_real_organization() {
    assert_eq!(SessionEvent::METADATA.primary_id_attribute, "msdyn_sessioneventid");
    assert_eq!(OcSession::METADATA.primary_id_attribute, "activityid");
    assert!(csdl_type("msdyn_ocsession").contains("<PropertyRef Name=\"activityid\" />"));
    let session = SessionEvent::METADATA.attribute("msdyn_omnichannelsession").expect("the column");
    assert_eq!(session.navigation, Navigation::One("msdyn_omnichannelsession"));
    assert!(
        csdl_names(csdl_type("msdyn_sessionevent"), "NavigationProperty")
            .contains("msdyn_omnichannelsession")
    );
    let navigation = csdl_names(csdl_type("msdyn_ocsession"), "NavigationProperty");
    let primary = OcSession::METADATA.attribute("msdyn_primarysession").expect("the column");
    assert!(primary.navigation.properties().all(|name| navigation.contains(name)));
    let events =
        OcSession::METADATA.relationships.iter().find(|each| each.kind == RelationshipKind::OneToMany);
    let name = events.and_then(|each| each.navigation_property).expect("a collection");
    assert!(navigation.contains(name));
    for table in [SessionEvent::TABLE, OcSession::TABLE] {
        let set = format!(
            "<EntitySet Name=\"{}\" EntityType=\"Microsoft.Dynamics.CRM.{}\"",
            table.entity_set_name, table.logical_name
        );
        assert!(CSDL.contains(&set), "{set}");
    }
}

/// The nine relationships that the newer edition of the page prints.
#[test]
fn the_relationships_of_the_session_event_are_named() {
    let relationships: BTreeSet<_> = SessionEvent::METADATA
        .relationships
        .iter()
        .map(|each| {
            let navigation = each.navigation_property.unwrap_or_default();
            (each.schema_name, each.referencing_attribute, navigation, each.table, each.referenced_attribute)
        })
        .collect();
    let user = |schema, column| (schema, column, column, "systemuser", "systemuserid");
    let expected = BTreeSet::from([
        (
            "msdyn_ocsession_sessionevent_nested",
            "msdyn_omnichannelsession",
            "msdyn_omnichannelsession",
            "msdyn_ocsession",
            "activityid",
        ),
        ("owner_msdyn_sessionevent", "ownerid", "ownerid", "owner", "ownerid"),
        (
            "business_unit_msdyn_sessionevent",
            "owningbusinessunit",
            "owningbusinessunit",
            "businessunit",
            "businessunitid",
        ),
        ("team_msdyn_sessionevent", "owningteam", "owningteam", "team", "teamid"),
        user("user_msdyn_sessionevent", "owninguser"),
        user("lk_msdyn_sessionevent_createdby", "createdby"),
        user("lk_msdyn_sessionevent_createdonbehalfby", "createdonbehalfby"),
        user("lk_msdyn_sessionevent_modifiedby", "modifiedby"),
        user("lk_msdyn_sessionevent_modifiedonbehalfby", "modifiedonbehalfby"),
    ]);
    assert_eq!(relationships, expected);
}

/// The shape of an answer to `EntityDefinitions`, as the documentation and recorded answers have it.
#[test]
fn the_json_has_the_shape_of_entity_definitions() {
    let printed = printed();
    let attribute = |name: &str| {
        let attributes = printed["Attributes"].as_array().expect("attributes");
        attributes.iter().find(|each| each["LogicalName"] == name).expect(name).clone()
    };
    let id = attribute("msdyn_sessioneventid");
    assert_eq!(id["@odata.type"], "#Microsoft.Dynamics.CRM.AttributeMetadata");
    assert_eq!(id["AttributeTypeName"], serde_json::json!({ "Value": "UniqueidentifierType" }));
    assert_eq!(
        id["RequiredLevel"],
        serde_json::json!({
            "Value": "SystemRequired", "CanBeChanged": false,
            "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings"
        })
    );
    let owner = attribute("ownerid");
    assert_eq!(
        (&owner["@odata.type"], &owner["AttributeType"], &owner["AttributeTypeName"]["Value"]),
        (&"#Microsoft.Dynamics.CRM.LookupAttributeMetadata".into(), &"Owner".into(), &"OwnerType".into())
    );
    assert_eq!(owner["Targets"], serde_json::json!(["systemuser", "team"]));
    let name = attribute("owneridname");
    assert_eq!((&name["AttributeOf"], &name["IsValidODataAttribute"]), (&"ownerid".into(), &false.into()));
    let label = &attribute("statecode")["OptionSet"]["Options"][1];
    assert_eq!(
        *label,
        serde_json::json!({
            "@odata.type": "#Microsoft.Dynamics.CRM.StateOptionMetadata",
            "Value": 1,
            "Label": {
                "LocalizedLabels": [{ "Label": "Inactive", "LanguageCode": 1033 }],
                "UserLocalizedLabel": { "Label": "Inactive", "LanguageCode": 1033 }
            },
            "DefaultStatus": 2,
            "InvariantName": "Inactive"
        })
    );
    let nested = &printed["ManyToOneRelationships"][0];
    assert_eq!(nested["ReferencingEntity"], "msdyn_sessionevent");
    assert_eq!(nested["ReferencingEntityNavigationPropertyName"], "msdyn_omnichannelsession");
    assert_eq!(nested["CascadeConfiguration"]["Delete"], "Cascade");
}

#[test]
fn every_kind_has_its_own_definition() {
    let json = serde_json::to_value(table::Thing::METADATA).expect("JSON");
    let of = |name: &str| {
        let attributes = json["Attributes"].as_array().expect("attributes");
        attributes.iter().find(|each| each["LogicalName"] == name).expect(name).clone()
    };
    for (name, definition, code, type_name) in [
        ("new_notes", "Memo", "Memo", "Memo"),
        ("new_number", "Integer", "Integer", "Integer"),
        ("new_big", "BigInt", "BigInt", "BigInt"),
        ("new_ratio", "Double", "Double", "Double"),
        ("new_exact", "Decimal", "Decimal", "Decimal"),
        ("new_price", "Money", "Money", "Money"),
        ("new_flag", "Boolean", "Boolean", "Boolean"),
        ("new_color", "Picklist", "Picklist", "Picklist"),
        ("statuscode", "Status", "Status", "Status"),
        ("new_colors", "MultiSelectPicklist", "Virtual", "MultiSelectPicklist"),
        ("new_party", "Lookup", "Customer", "Customer"),
        ("new_table", "EntityName", "EntityName", "EntityName"),
        ("new_image", "Image", "Virtual", "Image"),
        ("new_file", "File", "Virtual", "File"),
        ("new_iscustomizable", "ManagedProperty", "ManagedProperty", "ManagedProperty"),
        ("new_parties", "Lookup", "PartyList", "PartyList"),
        ("new_virtual", "", "Virtual", "Virtual"),
    ] {
        let column = of(name);
        assert_eq!(
            column["@odata.type"],
            format!("#Microsoft.Dynamics.CRM.{definition}AttributeMetadata"),
            "{name}"
        );
        assert_eq!(column["AttributeType"], code, "{name}");
        assert_eq!(column["AttributeTypeName"]["Value"], format!("{type_name}Type"), "{name}");
    }
    assert_eq!(of("new_exact")["MinValue"].to_string(), "-100000000000");
    assert_eq!((&of("new_exact")["Precision"], &of("new_price")["MaxValue"]), (&10.into(), &Value::Null));
    assert_eq!(of("new_ratio")["MaxValue"], 1000.5);
    assert_eq!(of("new_flag")["OptionSet"]["TrueOption"]["Label"]["UserLocalizedLabel"]["Label"], "On");
    assert_eq!(of("new_date")["DateTimeBehavior"]["Value"], "DateOnly");
    assert_eq!(
        json["Keys"],
        serde_json::json!([{ "LogicalName": "new_bycode", "KeyAttributes": ["new_code", "new_number"] }])
    );
    assert_eq!(of("new_once")["IsValidForUpdate"], false);
    assert_eq!(of("new_secret")["IsValidForRead"], false);
}
