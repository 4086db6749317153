//! Definitions from `$metadata`. What to expect follows from Microsoft's pages "Web API EntityTypes", "Web API properties" and "Web API
//! navigation properties" (webapi/web-api-entitytypes, web-api-properties, web-api-navigation-properties), and from the document of a real
//! org, of which `tests/fixtures` has an excerpt.

use dataverse_definitions::{Column, Fact, Kind, Table, read};

/// An excerpt of the document of a real org.
const SESSION_EVENT: &str = include_str!("../../tests/fixtures/msdyn_sessionevent.csdl.xml");
/// A hand-written document with the oddities of real ones.
const TABLES: &str = include_str!("../../emulator/tests/fixtures/tables.csdl.xml");

fn table(name: &str) -> Table {
    let tables = read(&[TABLES]).unwrap();
    tables.into_iter().find(|table| table.logical_name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn column(table: &Table, name: &str) -> Column {
    table.column(name).unwrap_or_else(|| panic!("no {name}")).clone()
}

#[test]
fn tables_are_the_entity_sets_of_business_data() {
    let tables = read(&[TABLES]).unwrap();
    let names: Vec<_> = tables.iter().map(|table| table.logical_name.as_str()).collect();
    assert_eq!(names, ["activitypointer", "systemuser", "team", "new_visit", "new_site"]);
    let site = table("new_site");
    assert_eq!(site.entity_set_name.text(), Some("new_siteshere"));
    assert_eq!(site.primary_id_attribute.text(), Some("new_sitekey"));
    // Users inherit the key of principals, but lookups use another one.
    assert_eq!(table("systemuser").primary_id_attribute.text(), Some("systemuserid"));
    assert_eq!(table("new_visit").primary_id_attribute.text(), Some("activityid"));
    assert_eq!((table("new_visit").is_activity, site.is_activity), (true.into(), false.into()));
}

#[test]
fn what_the_document_does_not_say_was_not_asked_for() {
    let site = table("new_site");
    assert!(site.is_of_metadata);
    assert_eq!(site.ownership_type, Fact::NotAsked);
    assert_eq!(site.primary_name_attribute, Fact::NotAsked);
    assert_eq!(site.schema_name, Fact::NotAsked);
    let name = column(&site, "new_name");
    assert_eq!((name.max_length, name.is_valid_for_create), (Fact::NotAsked, Fact::NotAsked));
    assert_eq!((name.required_level, name.attribute_type), (Fact::NotAsked, Fact::NotAsked));
    let status = column(&table("new_visit"), "statuscode");
    assert_eq!((status.kind(), status.option_set), (Kind::Integer, Fact::NotAsked));
}

#[test]
fn kinds_are_those_that_the_types_leave() {
    let site = table("new_site");
    for (name, kind, is_known) in [
        ("new_sitekey", Kind::Uniqueidentifier, true),
        ("new_name", Kind::String, false),
        ("new_area", Kind::Double, true),
        ("new_share", Kind::Decimal, false),
        ("new_price", Kind::Decimal, false),
        ("new_open", Kind::Boolean, true),
        ("new_opened", Kind::DateTime, true),
        ("new_picture", Kind::Image, true),
        ("new_plan", Kind::File, true),
        ("versionnumber", Kind::BigInt, true),
        ("iscustomizable", Kind::ManagedProperty, true),
        ("new_part", Kind::Lookup, false),
        ("new_resourcesJson", Kind::String, false),
    ] {
        let column = column(&site, name);
        assert_eq!((column.kind(), column.is_kind_known()), (kind, is_known), "{name}");
    }
    assert_eq!(column(&site, "new_opened").date_time_behavior, Fact::Known("DateOnly".into()));
    assert_eq!(column(&table("new_visit"), "createdon").date_time_behavior, Fact::NotAsked);
    let owner = column(&table("new_visit"), "ownerid");
    assert_eq!((owner.kind(), owner.is_kind_known()), (Kind::Owner, true));
    assert_eq!(owner.target_tables(), ["systemuser", "team"]);
}

#[test]
fn a_lookup_has_its_targets_and_navigation_properties() {
    let site = table("new_site");
    assert_eq!(column(&site, "new_holder").target_tables(), ["systemuser", "team"]);
    let holders: Vec<_> = site
        .relationships_of("new_holder")
        .map(|each| {
            (each.referenced_entity.as_str(), each.referencing_entity_navigation_property_name.text())
        })
        .collect();
    assert_eq!(holders, [("systemuser", Some("new_Holder_systemuser")), ("team", Some("new_Holder_team"))]);
    // A lookup without a navigation property has no targets, and no relationship.
    assert_eq!(column(&site, "new_forgotten").targets, Fact::Known(Vec::new()));
    assert_eq!(site.relationships_of("new_forgotten").count(), 0);
    // Both tables list a relationship.
    let parts = site.one_to_many_relationships.iter().find(|each| each.referencing_attribute == "new_part");
    let parts = parts.unwrap();
    assert_eq!(parts.referenced_entity_navigation_property_name.text(), Some("new_site_new_site_part"));
    assert_eq!(
        (parts.referenced_attribute.as_str(), &parts.cascade_configuration),
        ("new_sitekey", &Fact::NotAsked)
    );
    // The regarding object of an activity has no constraint.
    let visit = table("new_visit");
    let regarding: Vec<_> = visit.relationships_of("regardingobjectid").collect();
    assert!(regarding.iter().any(|each| each.referencing_entity_navigation_property_name.text()
        == Some("regardingobjectid_new_site_new_visit")));
}

#[test]
fn collections_that_are_partners_are_many_to_many_relationships_of_both_tables() {
    for name in ["new_site", "new_visit"] {
        let table = table(name);
        let one = table.many_to_many_relationships.iter().find(|each| each.schema_name == "new_site_visit");
        let one = one.unwrap();
        assert_eq!(one.entity1_logical_name, name);
        assert_eq!(one.intersect_entity_name, Fact::NotAsked);
    }
    let site = table("new_site");
    let own = site.many_to_many_relationships.iter().find(|each| each.schema_name == "new_near").unwrap();
    assert_eq!(own.entity2_navigation_property_name.text(), Some("new_nearto"));
}

#[test]
fn alternate_keys_are_named_after_their_columns() {
    let keys = table("new_site").keys;
    assert_eq!(keys.len(), 1);
    assert_eq!(
        (keys[0].logical_name.as_str(), &keys[0].key_attributes),
        ("new_code_new_part", &vec!["new_code".to_owned(), "new_part".to_owned()])
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_eq!(table("new_site").left_out, ["property `new_span` of type `Edm.Duration`"]);
    assert!(table("new_visit").left_out.contains(&"navigation property `stageid_processstage`".to_owned()));
    assert!(table("new_site").column("new_span").is_none());
}

#[test]
fn annotations_say_which_columns_are_read_only() {
    // The properties are those of "Web API properties".
    let document = TABLES.replace(
        r#"<Property Name="new_name" Type="Edm.String" Unicode="false" />"#,
        r#"<Property Name="new_name" Type="Edm.String" Unicode="false">
             <Annotation Term="Org.OData.Core.V1.Description" String="Type the company or business name." />
           </Property>
           <Property Name="openrevenue" Type="Edm.Decimal" Scale="Variable">
             <Annotation Term="Org.OData.Core.V1.Description" String="Sum of open revenue against an account." />
             <Annotation Term="Org.OData.Core.V1.Computed" Bool="true" />
             <Annotation Term="Org.OData.Core.V1.Permissions">
               <EnumMember>Org.OData.Core.V1.PermissionType/Read</EnumMember>
             </Annotation>
           </Property>"#,
    );
    let tables = read(&[&document]).unwrap();
    let site = tables.iter().find(|table| table.logical_name == "new_site").unwrap();
    let validity = |name: &str| {
        let column = column(site, name);
        (column.is_valid_for_create, column.is_valid_for_update, column.is_valid_for_read)
    };
    assert_eq!(validity("openrevenue"), (false.into(), false.into(), true.into()));
    assert_eq!(validity("new_name"), (Fact::NotAsked, Fact::NotAsked, true.into()));
}

#[test]
fn metadata_overrides_nothing_that_an_answer_says() {
    let known = r#"{"LogicalName": "new_site", "SchemaName": "new_Site", "Attributes": [
            {"LogicalName": "new_price", "AttributeType": "Money", "Precision": 2},
            {"LogicalName": "new_minutes", "AttributeType": "Picklist"}],
        "Keys": [{"LogicalName": "new_key", "KeyAttributes": ["new_part", "new_code"]}],
        "ManyToOneRelationships": [{"SchemaName": "new_Site_Part", "ReferencingEntity": "new_site",
            "ReferencingAttribute": "new_part", "ReferencedEntity": "new_site", "ReferencedAttribute": "new_sitekey",
            "ReferencingEntityNavigationPropertyName": "new_Part"}]}"#;
    for texts in [[TABLES, known], [known, TABLES]] {
        let tables = read(&texts).unwrap();
        let site = tables.iter().find(|table| table.logical_name == "new_site").unwrap();
        assert_eq!(
            (site.schema_name.text(), site.entity_set_name.text()),
            (Some("new_Site"), Some("new_siteshere"))
        );
        let price = column(site, "new_price");
        assert_eq!((price.kind(), &price.precision), (Kind::Money, &Fact::Known(2)));
        assert_eq!(price.edm_type.text(), Some("Edm.Decimal"));
        let names: Vec<_> = site.keys.iter().map(|key| key.logical_name.as_str()).collect();
        assert_eq!(names, ["new_key"]);
        let parts: Vec<_> = site.relationships_of("new_part").map(|each| each.schema_name.as_str()).collect();
        assert_eq!(parts, ["new_Site_Part"]);
    }
}

#[test]
fn a_definition_from_metadata_is_a_definition_in_json() {
    let tables = read(&[TABLES]).unwrap();
    let text = serde_json::to_string(&tables).unwrap();
    assert_eq!(read(&[&text]).unwrap(), tables);
}

#[test]
fn the_document_of_a_real_org_is_read() {
    let tables = read(&[SESSION_EVENT]).unwrap();
    let event = tables.iter().find(|table| table.logical_name == "msdyn_sessionevent").unwrap();
    assert_eq!(event.entity_set_name.text(), Some("msdyn_sessionevents"));
    assert_eq!(event.primary_id_attribute.text(), Some("msdyn_sessioneventid"));
    // The type has 24 properties; a lookup has that of its column.
    assert_eq!((event.attributes.len(), event.left_out.len()), (24, 0));
    assert_eq!(column(event, "msdyn_omnichannelsession").target_tables(), ["msdyn_ocsession"]);
    let session = tables.iter().find(|table| table.logical_name == "msdyn_ocsession").unwrap();
    let collections: Vec<_> = session
        .one_to_many_relationships
        .iter()
        .filter(|each| each.referencing_entity == "msdyn_sessionevent")
        .map(|each| each.referenced_entity_navigation_property_name.text())
        .collect();
    assert_eq!(collections, [Some("msdyn_ocsession_sessionevent_nested")]);
}

#[test]
fn what_is_no_document_is_an_error() {
    for (text, words) in [
        ("<a/>", "is not a `$metadata` document: it starts with `<a>` instead of `<edmx:Edmx>`"),
        ("<edmx:Edmx xmlns:edmx='http://docs.oasis-open.org/odata/ns/edmx'/>", "has no entity set"),
        ("<edmx:Edmx>", "is not XML: it ends inside `<Edmx>`"),
        ("<edmx:Edmx></a>", "is not XML"),
        ("<edmx:Edmx><EntityType Name='&b;'/></edmx:Edmx>", "is not XML"),
        ("<!-- nothing -->", "is not XML: it has no element"),
        ("<html><body>sign in</body></html>", "is an HTML page"),
        ("<!DOCTYPE html><html/>", "is an HTML page"),
    ] {
        let error = read(&[text]).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
    let without_key = TABLES.replace(r#"<Property Name="new_sitekey" Type="Edm.Guid" />"#, "");
    let error = read(&[&without_key]).unwrap_err().to_string();
    assert_eq!(error, "table `new_site`: the key `new_sitekey` is not a property of the type");
}
