//! `EntityDefinitions`.

use serde_json::{Value, json};

use super::{names, projects};
use crate::support::Api;

#[test]
fn definitions_are_found_by_name_and_by_filter() {
    let api = Api::new();
    let one = api.get("EntityDefinitions(LogicalName='msdyn_sessionevent')?$select=LogicalName,EntitySetName,PrimaryIdAttribute&$expand=Attributes($select=LogicalName;$filter=AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Owner'),ManyToOneRelationships").expect(200).json();
    assert_eq!(one["EntitySetName"], "msdyn_sessionevents");
    assert_eq!(one["Attributes"].as_array().unwrap().len(), 1);
    assert_eq!(one["Attributes"][0]["LogicalName"], "ownerid");
    assert!(one["ManyToOneRelationships"].as_array().unwrap().len() >= 9);
    let id = one["MetadataId"].as_str().unwrap();
    assert_eq!(
        api.get(&format!("EntityDefinitions({id})")).expect(200).json()["LogicalName"],
        "msdyn_sessionevent"
    );
    let all = api.get("EntityDefinitions?$select=EntitySetName&$filter=LogicalName eq 'account' or LogicalName eq 'contact'").json();
    assert_eq!(names(&all["value"], "EntitySetName"), ["accounts", "contacts"]);
    // Microsoft's Python client lists tables this way.
    let listed =
        api.get("EntityDefinitions?$filter=IsPrivate eq false&$select=LogicalName").expect(200).json();
    assert!(names(&listed["value"], "LogicalName").contains(&"msdyn_sessionevent".to_owned()), "{listed}");
    // Without an expand, the lists are left out.
    assert!(api.get("EntityDefinitions(LogicalName='account')").json().get("Attributes").is_none());
}

#[test]
fn missing_definitions_are_404() {
    let api = Api::new();
    api.get("EntityDefinitions(LogicalName='nosuch')").refused(
        404,
        "0x80060888",
        "EntityMetadata With Id = LogicalName='nosuch' does not exist.",
    );
    api.get("EntityDefinitions(LogicalName='account')/Attributes(LogicalName='nosuch')").refused(
        404,
        "0x80060888",
        "AttributeMetadata With Id = LogicalName='nosuch' does not exist.",
    );
    // Names are case-sensitive, and only the declared key is a key.
    api.get("EntityDefinitions(LogicalName='Account')").expect(404);
    api.get("EntityDefinitions(SchemaName='Account')").expect(400);
    api.get("EntityDefinitions('account')").expect(400);
    assert!(
        api.get("EntityDefinitions?$filter=LogicalName eq 'Account'").expect(200).json()["value"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_selection_has_the_id_and_the_selected_properties() {
    let api = projects();
    let url = "EntityDefinitions(LogicalName='new_project')?$select=DisplayName,IsKnowledgeManagementEnabled,EntitySetName";
    let one = api.get(url).expect(200).json();
    let context = one["@odata.context"].as_str().unwrap();
    assert!(
        context.ends_with(
            "/$metadata#EntityDefinitions(DisplayName,IsKnowledgeManagementEnabled,EntitySetName)/$entity"
        ),
        "{context}"
    );
    let members: Vec<&String> = one.as_object().unwrap().keys().collect();
    assert_eq!(
        members.len(),
        5,
        "the context, the id and the three that were asked for, but no etag and no type: {members:?}"
    );
    assert!(one["MetadataId"].is_string());
    let label = &one["DisplayName"]["UserLocalizedLabel"];
    assert_eq!((&label["Label"], &label["LanguageCode"]), (&json!("Project"), &json!(1033)));
    assert!(label.get("HasChanged").is_some() && label.get("MetadataId").is_some(), "{label}");
    // A property that the definition lacks is null, and one that Dataverse lacks is refused.
    assert_eq!(one["IsKnowledgeManagementEnabled"], Value::Null);
    api.get("EntityDefinitions?$select=Nonsense").refused(
        400,
        "0x0",
        "Could not find a property named 'Nonsense' on type 'Microsoft.Dynamics.CRM.EntityMetadata'.",
    );
    let whole = api.get("EntityDefinitions(LogicalName='new_project')").expect(200).json();
    assert_eq!((&whole["OwnershipType"], &whole["IsCustomEntity"]), (&json!("UserOwned"), &json!(true)));
    assert!(whole.get("HasFeedback").is_some_and(Value::is_null), "{whole}");
    assert_eq!(whole["TableType"], "Standard");
}

#[test]
fn filters_by_simple_types_and_enumerations() {
    let api = projects();
    let found = |filter: &str| {
        let url = format!("EntityDefinitions?$select=LogicalName&$filter={filter}");
        names(&api.get(&url).expect(200).json()["value"], "LogicalName")
    };
    let owned = found("OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'");
    assert!(owned.contains(&"new_project".to_owned()) && !owned.contains(&"businessunit".to_owned()));
    assert!(found("CanCreateAttributes/Value eq true").contains(&"new_project".to_owned()));
    assert_eq!(found("ObjectTypeCode eq 10400"), ["new_project"]);
    assert_eq!(found("ObjectTypeCode ge 1 and ObjectTypeCode lt 3"), ["account", "contact"]);
    assert_eq!(found("SchemaName eq 'new_Project' and not (IsActivity eq true)"), ["new_project"]);
    let of = |filter: &str| {
        let url = format!(
            "EntityDefinitions(LogicalName='new_project')/Attributes?$select=SchemaName&$filter={filter}"
        );
        names(&api.get(&url).expect(200).json()["value"], "SchemaName")
    };
    assert_eq!(
        of("RequiredLevel/Value eq Microsoft.Dynamics.CRM.AttributeRequiredLevel'ApplicationRequired'"),
        ["new_Name"]
    );
    assert_eq!(of("IsValidForUpdate eq false"), ["new_Number"]);
    // Microsoft's Python client leaves the type of the enumeration out.
    assert_eq!(of("AttributeType eq 'Money'"), ["new_Budget"]);
    assert_eq!(of("AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Money'"), ["new_Budget"]);
}

#[test]
fn invalid_filters_are_refused() {
    let api = projects();
    let filter = |filter: &str| api.get(&format!("EntityDefinitions?$filter={filter}"));
    for function in ["startswith", "endswith", "contains"] {
        filter(&format!("{function}(LogicalName,'new_')")).refused(
            501,
            "0x8006088a",
            &format!("The \"{function}\" function isn't supported for Metadata Entities."),
        );
    }
    // The type of an enumeration's member may be missing, but the member must exist.
    filter("OwnershipType eq 'Nobody'").refused(400, "0x0", "incompatible types");
    filter("OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'Nobody'").refused(
        400,
        "0x0",
        "not a valid enumeration",
    );
    filter("IsActivity eq 'true'").refused(400, "0x0", "incompatible types");
    // A label is not a simple value, and a managed property contains one.
    filter("DisplayName eq 'Project'").refused(400, "0x80060888", "cannot be filtered by");
    filter("CanCreateAttributes eq true").refused(400, "0x80060888", "cannot be filtered by");
    filter("Nonsense eq 1").refused(400, "0x0", "Could not find a property named 'Nonsense'");
}

#[test]
fn definitions_have_no_pages_and_no_order() {
    let api = projects().with("Prefer", "odata.maxpagesize=2");
    let all = api.get("EntityDefinitions?$select=LogicalName").expect(200).json();
    assert!(all["value"].as_array().unwrap().len() > 10 && all.get("@odata.nextLink").is_none());
    for (option, value) in
        [("$top", "1"), ("$orderby", "LogicalName"), ("$count", "true"), ("$apply", "aggregate($count as n)")]
    {
        api.get(&format!("EntityDefinitions?{option}={value}")).refused(
            400,
            "0x80060888",
            &format!("The query parameter {option} is not supported"),
        );
    }
    api.get("EntityDefinitions/$count").expect(501);
    let nested = "EntityDefinitions(LogicalName='account')?$expand=Attributes($top=1)";
    api.get(nested).refused(400, "0x80060888", "The query parameter $top is not supported");
}

#[test]
fn attributes_have_their_type_and_a_cast_shows_its_properties() {
    let api = projects();
    let attributes = "EntityDefinitions(LogicalName='new_project')/Attributes";
    let all = api.get(&format!("{attributes}?$select=LogicalName")).expect(200).json();
    let context = all["@odata.context"].as_str().unwrap();
    assert!(context.ends_with("#EntityDefinitions('new_project')/Attributes(LogicalName)"), "{context}");
    assert_eq!(all["value"][1]["@odata.type"], "#Microsoft.Dynamics.CRM.StringAttributeMetadata");
    let words =
        "Could not find a property named 'Precision' on type 'Microsoft.Dynamics.CRM.AttributeMetadata'.";
    api.get(&format!("{attributes}?$select=Precision")).refused(400, "0x0", words);
    let cast = api.get(&format!(
        "{attributes}/Microsoft.Dynamics.CRM.MoneyAttributeMetadata?$select=LogicalName,Precision"
    ));
    let cast = cast.expect(200).json();
    assert_eq!(cast["value"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&cast["value"][0]["LogicalName"], &cast["value"][0]["Precision"]),
        (&json!("new_budget"), &json!(2))
    );
    assert!(cast["value"][0].get("@odata.type").is_none());
    let one = api.get(&format!("{attributes}(LogicalName='new_name')/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=MaxLength"));
    assert_eq!(one.expect(200).json()["MaxLength"], 100);
    api.get(&format!("{attributes}(LogicalName='new_name')/Microsoft.Dynamics.CRM.MoneyAttributeMetadata"))
        .expect(404);
    let id = all["value"][1]["MetadataId"].as_str().unwrap();
    let table = api
        .get("EntityDefinitions?$filter=LogicalName eq 'new_project'&$select=MetadataId")
        .expect(200)
        .json();
    let table = table["value"][0]["MetadataId"].as_str().unwrap();
    let by_ids = api.get(&format!("EntityDefinitions({table})/Attributes({id})")).expect(200).json();
    assert_eq!(
        (&by_ids["LogicalName"], &by_ids["EntityLogicalName"]),
        (&json!("new_name"), &json!("new_project"))
    );
    let context = by_ids["@odata.context"].as_str().unwrap();
    assert!(context.ends_with(&format!("#EntityDefinitions({table})/Attributes/$entity")), "{context}");
}

#[test]
fn single_properties_and_keys_of_definitions() {
    let api = projects();
    let property =
        api.get("EntityDefinitions(LogicalName='new_project')/Attributes(LogicalName='new_name')/MetadataId");
    let property = property.expect(200).json();
    assert!(property["value"].is_string());
    let context = property["@odata.context"].as_str().unwrap();
    assert!(
        context.ends_with("#EntityDefinitions('new_project')/Attributes('new_name')/MetadataId"),
        "{context}"
    );
    let key = api
        .get("EntityDefinitions(LogicalName='new_project')/Keys(LogicalName='new_key')")
        .expect(200)
        .json();
    assert_eq!(
        (&key["KeyAttributes"], &key["EntityKeyIndexStatus"]),
        (&json!(["new_number"]), &json!("Active"))
    );
    let cascade = "EntityDefinitions(LogicalName='new_project')/ManyToOneRelationships(SchemaName='new_account_projects')/CascadeConfiguration";
    assert_eq!(api.get(cascade).expect(200).json()["Delete"], "Cascade");
    api.get("EntityDefinitions(LogicalName='new_project')/Nonsense").expect(404);
}

#[test]
fn labels_have_the_requested_languages() {
    let api = projects();
    let labels = |query: &str| {
        let url = format!("EntityDefinitions(LogicalName='new_project')?$select=DisplayName{query}");
        api.get(&url).expect(200).json()["DisplayName"].clone()
    };
    assert_eq!(labels("")["LocalizedLabels"].as_array().unwrap().len(), 2);
    let english = labels("&LabelLanguages=1033");
    assert_eq!(english["LocalizedLabels"].as_array().unwrap().len(), 1);
    assert_eq!(english["UserLocalizedLabel"]["Label"], "Project");
    let german = labels("&LabelLanguages=1031");
    assert_eq!(german["LocalizedLabels"][0]["Label"], "Projekt");
    assert_eq!(german["UserLocalizedLabel"], Value::Null);
    assert_eq!(labels("&LabelLanguages=1031,1033")["LocalizedLabels"].as_array().unwrap().len(), 2);
    let options = "EntityDefinitions(LogicalName='new_project')/Attributes(LogicalName='new_size')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?LabelLanguages=1031&$select=LogicalName&$expand=OptionSet";
    let set = api.get(options).expect(200).json()["OptionSet"].clone();
    assert_eq!(
        set["Options"][1]["Label"]["LocalizedLabels"],
        json!([{"Label": "Groß", "LanguageCode": 1031, "IsManaged": null, "MetadataId": null, "HasChanged": null}])
    );
    api.get("EntityDefinitions?LabelLanguages=german").expect(400);
}

#[test]
fn definitions_cannot_be_patched() {
    let api = projects().with("Consistency", "Strong").with("MSCRM.MergeLabels", "true");
    api.get("EntityDefinitions(LogicalName='account')?$select=LogicalName").expect(200);
    api.patch("EntityDefinitions(LogicalName='account')", &json!({"IsAuditEnabled": {"Value": true}}))
        .refused(405, "0x80060888", "Operation not supported on EntityMetadata");
    api.get("ManagedPropertyDefinitions").refused(
        501,
        "0x80060888",
        "ManagedPropertyDefinitions, which Dataverse keeps for its own use",
    );
}
