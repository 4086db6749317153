//! `RelationshipDefinitions`.

use super::{names, projects};

#[test]
fn relationships_of_both_kinds_are_listed_once() {
    let api = projects();
    let all = api.get("RelationshipDefinitions?$select=SchemaName").expect(200).json();
    assert!(
        all["@odata.context"].as_str().unwrap().ends_with("/$metadata#RelationshipDefinitions(SchemaName)")
    );
    let rows = all["value"].as_array().unwrap();
    let of = |name: &str| rows.iter().filter(|row| row["SchemaName"] == name).collect::<Vec<_>>();
    let (lookup, many) = (of("new_account_projects"), of("new_project_contact"));
    assert_eq!((lookup.len(), many.len()), (1, 1));
    assert_eq!(lookup[0]["@odata.type"], "#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata");
    assert_eq!(many[0]["@odata.type"], "#Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata");
    assert!(lookup[0]["MetadataId"].is_string() && lookup[0].get("ReferencedEntity").is_none());
}

#[test]
fn shared_properties_of_relationships_need_no_cast() {
    let api = projects();
    let words = "Could not find a property named 'ReferencedEntity' on type 'Microsoft.Dynamics.CRM.RelationshipMetadataBase'.";
    api.get("RelationshipDefinitions?$select=ReferencedEntity").refused(400, "0x0", words);
    api.get("RelationshipDefinitions?$filter=ReferencedEntity eq 'account'").refused(400, "0x0", words);
    let filtered = "RelationshipDefinitions?$select=SchemaName&$filter=RelationshipType eq Microsoft.Dynamics.CRM.RelationshipType'ManyToManyRelationship'";
    let all = api.get(filtered).expect(200).json();
    assert!(names(&all["value"], "SchemaName").contains(&"new_project_contact".to_owned()));
    assert!(!names(&all["value"], "SchemaName").contains(&"new_account_projects".to_owned()));
}

#[test]
fn a_cast_shows_the_relationships_of_one_kind() {
    let api = projects();
    let cast = "RelationshipDefinitions/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata";
    let all = api.get(&format!("{cast}?$select=SchemaName")).expect(200).json();
    assert!(!names(&all["value"], "SchemaName").contains(&"new_project_contact".to_owned()));
    let of_account = api
        .get(&format!("{cast}?$select=SchemaName&$filter=ReferencedEntity eq 'account'"))
        .expect(200)
        .json();
    let mut of_account = names(&of_account["value"], "SchemaName");
    let of_table =
        api.get("EntityDefinitions(LogicalName='account')/OneToManyRelationships?$select=SchemaName");
    let mut of_table = names(&of_table.expect(200).json()["value"], "SchemaName");
    of_account.sort();
    of_table.sort();
    assert_eq!(of_account, of_table);
    assert!(of_table.contains(&"new_account_projects".to_owned()));
    let many = "RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata?$filter=Entity1LogicalName eq 'new_project'&$select=IntersectEntityName";
    assert_eq!(
        names(&api.get(many).expect(200).json()["value"], "IntersectEntityName"),
        ["new_project_contact"]
    );
}

#[test]
fn a_relationship_is_found_by_name_and_by_id() {
    let api = projects();
    let one = api.get("RelationshipDefinitions(SchemaName='new_account_projects')").expect(200).json();
    assert!(one["@odata.context"].as_str().unwrap().ends_with("#RelationshipDefinitions/$entity"));
    assert_eq!(one["@odata.type"], "#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata");
    assert_eq!(one["CascadeConfiguration"]["Delete"], "Cascade");
    let id = one["MetadataId"].as_str().unwrap();
    let cast = format!(
        "RelationshipDefinitions({id})/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata?$select=ReferencingAttribute&$expand=Lookup($select=LogicalName)"
    );
    let same = api.get(&cast).expect(200).json();
    assert_eq!(same["ReferencingAttribute"], "new_account");
    assert_eq!(same["Lookup"]["LogicalName"], "new_account");
    let context = same["@odata.context"].as_str().unwrap();
    assert!(
        context.ends_with("#RelationshipDefinitions/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata(ReferencingAttribute,Lookup(LogicalName))/$entity"),
        "{context}"
    );
    // Both tables list the same relationship.
    for table in ["account", "new_project"] {
        let list = if table == "account" { "OneToManyRelationships" } else { "ManyToOneRelationships" };
        let url = format!(
            "EntityDefinitions(LogicalName='{table}')/{list}(SchemaName='new_account_projects')?$select=MetadataId"
        );
        assert_eq!(api.get(&url).expect(200).json()["MetadataId"], id, "{table}");
    }
    api.get("RelationshipDefinitions(SchemaName='new_account_projects')/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata").expect(404);
    api.get("RelationshipDefinitions(SchemaName='no_such')").refused(
        404,
        "0x80060888",
        "RelationshipMetadataBase With Id = SchemaName='no_such' does not exist.",
    );
    api.get("RelationshipDefinitions(ReferencedEntity='account')").expect(400);
}
