//! The metadata that the `metadata` example prints, compared with facts that others wrote down: the reference
//! page of the table (`fixtures/msdyn_sessionevent.tsv`) and the `$metadata` of a real organization
//! (`fixtures/msdyn_sessionevent.csdl.xml`, cut out of the document in the npm package `dataverse-gen`
//! 2.0.15, MIT).

use std::collections::BTreeSet;
use std::process::Command;

use dataverse_entity::metadata::{AttributeType, Navigation, RelationshipKind};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};
use serde_json::Value;

use crate::support::table;

const PAGE: &str = include_str!("../fixtures/msdyn_sessionevent.tsv");
const CSDL: &str = include_str!("../fixtures/msdyn_sessionevent.csdl.xml");

/// Returns what the example prints.
fn printed() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["run", "-q", "--example", "metadata", "--", "msdyn_sessionevent"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the example runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON and nothing else")
}

/// Reads a fact from the JSON, in the words of the reference page.
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

/// Returns the options as lines of the page.
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

/// Returns the part of the document that declares a type.
fn csdl_type(name: &str) -> &'static str {
    let start = CSDL.find(&format!("<EntityType Name=\"{name}\"")).expect("the type");
    let end = CSDL[start..].find("</EntityType>").expect("its end");
    &CSDL[start..start + end]
}

/// Returns the values of an attribute in all elements with this name.
fn csdl_names<'x>(text: &'x str, element: &str) -> BTreeSet<&'x str> {
    let open = format!("<{element} Name=\"");
    text.split(open.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_select_clause_lists_the_properties_of_a_real_organization() {
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
fn types_on_the_wire_agree_with_a_real_organization() {
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
fn keys_and_navigation_properties_agree_with_a_real_organization() {
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
    // OData JSON names the type of an object only if it is not the declared one, here `AttributeMetadata`.
    assert_eq!(id.get("@odata.type"), None);
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
        // A column without a type of its own has the type that the collection declares, which OData JSON
        // leaves out.
        let named = column.get("@odata.type").and_then(Value::as_str).unwrap_or_default();
        let expected = match definition {
            "" => String::new(),
            _ => format!("#Microsoft.Dynamics.CRM.{definition}AttributeMetadata"),
        };
        assert_eq!(named, expected, "{name}");
        assert_eq!(column["AttributeType"], code, "{name}");
        assert_eq!(column["AttributeTypeName"]["Value"], format!("{type_name}Type"), "{name}");
    }
    assert_eq!(of("new_exact")["MinValue"].to_string(), "-100000000000");
    assert_eq!((&of("new_exact")["Precision"], &of("new_price")["MaxValue"]), (&10.into(), &Value::Null));
    assert_eq!(of("new_ratio")["MaxValue"], 1000.5);
    assert_eq!(of("new_flag")["OptionSet"]["TrueOption"]["Label"]["UserLocalizedLabel"]["Label"], "On");
    assert_eq!(of("new_date")["DateTimeBehavior"]["Value"], "DateOnly");
    // The options of a boolean have their origin, as those of a choice do.
    assert_eq!(of("new_flag")["OptionSet"]["IsGlobal"], false);
    assert_eq!(of("new_color")["OptionSet"]["Options"][0].get("@odata.type"), None);
    assert_eq!(
        json["Keys"],
        serde_json::json!([{ "LogicalName": "new_bycode", "KeyAttributes": ["new_code", "new_number"] }])
    );
    assert_eq!(of("new_once")["IsValidForUpdate"], false);
    assert_eq!(of("new_secret")["IsValidForRead"], false);
}

/// Facts that only some tables have, under the names of the Web API's metadata reference.
mod facts {
    use dataverse_entity::prelude::*;
    use dataverse_entity::tables::SystemUser;
    use serde_json::{Value, json};

    use crate::support::exchange::org;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum Rating {
        #[option(translation(language = 1030, label = "Høj"))]
        Hot = 1,
        Cold = 2,
    }

    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(
        logical = "new_thing",
        set = "new_things",
        display = "Thing",
        display_collection = "Things",
        description = "A thing",
        table_type = "elastic",
        intersect,
        change_tracking = false,
        optimistic_concurrency = true,
        translation(
            language = 1030,
            display = "Ting",
            display_collection = "Tingene",
            description = "En ting"
        )
    )]
    #[entity(translation(language = "1031", display = "Ding"))]
    struct Thing {
        #[attr(logical = "new_thingId", primary_id)]
        id: Id<Thing>,
        #[attr(logical = "new_phone", string(max_length = 20, format = "phone"))]
        phone: Option<String>,
        #[attr(logical = "new_json", memo(format = "json"))]
        json: Option<String>,
        #[attr(logical = "new_mail", string(format = "email"), auto_number = "T-{SEQNUM:5}")]
        mail: Option<String>,
        #[attr(logical = "new_calculated", integer, computed = "calculated")]
        calculated: Option<i32>,
        #[attr(logical = "new_rollup", integer, computed = "rollup")]
        rollup: Option<i32>,
        #[attr(logical = "new_formula", integer, computed = "formula", secured)]
        formula: Option<i32>,
        #[attr(
            logical = "new_flag",
            boolean(true_label = "Yes", false_label = "No"),
            default = true,
            translation(language = 1030, display = "Flag", true_label = "Ja", false_label = "Nej")
        )]
        flag: Option<bool>,
        #[attr(logical = "new_rating", picklist, default = 2, global_option_set = "new_ratings")]
        rating: Option<Rating>,
        #[attr(logical = "new_local", picklist, default = -1)]
        local: Option<Rating>,
        #[attr(logical = "new_image", image, primary_image)]
        image: Option<Vec<u8>>,
        #[attr(logical = "new_imageid", uniqueidentifier, read_only, attribute_of = "new_image")]
        image_id: Option<dataverse_entity::Uuid>,
        #[attr(logical = "new_hidden", decimal(precision = 12), no_property, read_only)]
        hidden: NoProperty,
        #[attr(
            logical = "new_parent",
            lookup,
            nav = "new_Parent",
            relationship = "new_thing_parent",
            hierarchical
        )]
        parent: Option<Lookup<Thing>>,
        #[attr(logical = "new_user", lookup, nav = "new_User", relationship = "new_thing_user")]
        user: Option<Lookup<SystemUser>>,
    }

    fn definition() -> Value {
        serde_json::to_value(Thing::METADATA).unwrap()
    }

    fn column(name: &str) -> Value {
        let definition = definition();
        let columns = definition["Attributes"].as_array().unwrap();
        columns.iter().find(|each| each["LogicalName"] == name).expect(name).clone()
    }

    fn label(texts: &[(&str, u16)]) -> Value {
        let texts: Vec<_> =
            texts.iter().map(|(text, language)| json!({ "Label": text, "LanguageCode": language })).collect();
        json!({ "LocalizedLabels": texts, "UserLocalizedLabel": texts[0] })
    }

    /// The names are those of the type `EntityMetadata` in the Web API's metadata reference.
    #[test]
    fn a_table_has_its_facts_in_the_json() {
        let definition = definition();
        assert_eq!(definition["PrimaryIdAttribute"], "new_thingId");
        assert_eq!(definition["TableType"], "Elastic");
        assert_eq!(definition["IsIntersect"], true);
        assert_eq!(definition["ChangeTrackingEnabled"], false);
        assert_eq!(definition["IsOptimisticConcurrencyEnabled"], true);
        assert_eq!(definition["PrimaryImageAttribute"], "new_image");
        assert_eq!(definition["DisplayName"], label(&[("Thing", 1033), ("Ting", 1030), ("Ding", 1031)]));
        assert_eq!(definition["DisplayCollectionName"], label(&[("Things", 1033), ("Tingene", 1030)]));
        assert_eq!(definition["Description"], label(&[("A thing", 1033), ("En ting", 1030)]));
        let hierarchical: Vec<_> = definition["ManyToOneRelationships"]
            .as_array()
            .unwrap()
            .iter()
            .map(|each| (each["SchemaName"].as_str().unwrap(), each["IsHierarchical"].as_bool().unwrap()))
            .collect();
        assert_eq!(hierarchical, [("new_thing_parent", true), ("new_thing_user", false)]);
        // The JSON leaves out what the struct does not declare.
        let plain = serde_json::to_value(SystemUser::METADATA).unwrap();
        assert_eq!((&plain["TableType"], &plain["IsIntersect"]), (&json!("Standard"), &json!(false)));
    }

    /// `Format` is an older enum that has no member for telephone numbers and JSON: a real org answers `Text`
    /// there, and `FormatName` has the format.
    #[test]
    fn texts_have_their_formats_in_the_json() {
        let formats =
            |name: &str| (column(name)["Format"].clone(), column(name)["FormatName"]["Value"].clone());
        assert_eq!(formats("new_phone"), ("Text".into(), "Phone".into()));
        assert_eq!(formats("new_json"), ("Text".into(), "Json".into()));
        assert_eq!(formats("new_mail"), ("Email".into(), "Email".into()));
        assert_eq!(column("new_mail")["AutoNumberFormat"], "T-{SEQNUM:5}");
        assert_eq!(column("new_phone").get("AutoNumberFormat"), None);
    }

    /// The numbers are those of `SourceType` in the metadata reference: 0 simple, 1 calculated, 2 rollup; 3
    /// is a formula.
    #[test]
    fn computed_and_secured_columns_say_so_in_the_json() {
        let facts = |name: &str| {
            let column = column(name);
            let flags = ["IsValidForCreate", "IsValidForUpdate", "IsSecured"];
            (column["SourceType"].as_u64().unwrap(), flags.map(|flag| column[flag].as_bool().unwrap()))
        };
        assert_eq!(facts("new_calculated"), (1, [false, false, false]));
        assert_eq!(facts("new_rollup"), (2, [false, false, false]));
        assert_eq!(facts("new_formula"), (3, [false, false, true]));
        assert_eq!(facts("new_phone"), (0, [true, true, false]));
    }

    #[test]
    fn options_have_defaults_labels_and_origins_in_the_json() {
        let flag = column("new_flag");
        assert_eq!(flag["DefaultValue"], true);
        assert_eq!(flag["OptionSet"]["TrueOption"]["Label"], label(&[("Yes", 1033), ("Ja", 1030)]));
        assert_eq!(flag["OptionSet"]["FalseOption"]["Label"], label(&[("No", 1033), ("Nej", 1030)]));
        let rating = column("new_rating");
        assert_eq!(rating["DefaultFormValue"], 2);
        assert_eq!(
            (&rating["OptionSet"]["IsGlobal"], &rating["OptionSet"]["Name"]),
            (&true.into(), &"new_ratings".into())
        );
        assert_eq!(rating["OptionSet"]["Options"][0]["Label"], label(&[("Hot", 1033), ("Høj", 1030)]));
        let local = column("new_local");
        assert_eq!(
            (&local["DefaultFormValue"], &local["OptionSet"]["IsGlobal"]),
            (&(-1).into(), &false.into())
        );
        assert_eq!(local["OptionSet"].get("Name"), None);
    }

    /// 38 columns of a real org have a kind and no property; companions of an image have one.
    #[test]
    fn parts_of_other_columns_and_columns_without_a_property_say_so_in_the_json() {
        let id = column("new_imageid");
        assert_eq!((&id["AttributeOf"], &id["IsValidODataAttribute"]), (&"new_image".into(), &true.into()));
        let hidden = column("new_hidden");
        assert_eq!((&hidden["Precision"], &hidden["IsValidODataAttribute"]), (&12.into(), &false.into()));
        let read = Thing::retrieve(Id::new(dataverse_entity::Uuid::nil())).request(&org()).unwrap();
        let url = read.uri().to_string();
        assert!(url.contains("new_calculated") && !url.contains("new_hidden"), "{url}");
    }
}

/// Unusual columns of real tables: `lead.stageid` and `lead.entityimageid` are GUIDs that hold relationships,
/// and `lead.isprivate` has no property and is not readable either (definitions of a real org).
#[test]
fn guids_with_relationships_and_columns_without_property_are_declared() {
    use dataverse_entity::{NoProperty, Uuid};

    #[derive(Debug, DataverseEntity)]
    #[entity(
        logical = "new_lead",
        set = "new_leads",
        relationship(
            many_to_one,
            schema = "processstage_lead",
            column = "stageid",
            table = "processstage",
            key = "processstageid",
            nav = "stageid_processstage"
        ),
        relationship(
            one_to_many,
            schema = "lead_master_lead",
            column = "masterid",
            table = "new_lead",
            nav = "lead_master_lead"
        )
    )]
    struct Lead {
        #[attr(logical = "new_leadid", primary_id)]
        id: Id<Lead>,
        #[attr(logical = "stageid")]
        stage: Option<Uuid>,
        #[attr(logical = "isprivate", boolean, not_readable, no_property, global_option_set = "new_answers")]
        private: NoProperty,
        #[attr(
            logical = "masterid",
            lookup,
            read_only,
            hierarchical,
            nav = "masterid",
            relationship = "lead_master_lead"
        )]
        master: Option<Lookup<Lead>>,
    }

    let json = serde_json::to_value(Lead::METADATA).expect("JSON");
    let mut held = json["ManyToOneRelationships"].as_array().expect("relationships").iter();
    let relationship = held.find(|each| each["ReferencingAttribute"] == "stageid").expect("stageid");
    assert_eq!(relationship["ReferencingEntityNavigationPropertyName"], "stageid_processstage");
    let private = &json["Attributes"][2];
    assert_eq!(
        (&private["IsValidForRead"], &private["IsValidODataAttribute"], &private["AttributeType"]),
        (&false.into(), &false.into(), &"Boolean".into())
    );
    assert_eq!(
        (&private["OptionSet"]["IsGlobal"], &private["OptionSet"]["Name"]),
        (&true.into(), &"new_answers".into())
    );
    // A hierarchy is one relationship, seen from both ends.
    for end in ["ManyToOneRelationships", "OneToManyRelationships"] {
        let ends = json[end].as_array().expect("relationships").iter();
        let mut hierarchies = ends.filter(|each| each["SchemaName"] == "lead_master_lead");
        assert_eq!(hierarchies.next().map(|each| &each["IsHierarchical"]), Some(&true.into()), "{end}");
    }
    assert_eq!(Lead::select_clause(), "new_leadid,stageid,_masterid_value");
}
