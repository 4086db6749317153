//! `RetrieveMetadataChanges` and the functions that return whole definitions.

use std::path::Path;
use std::time::Duration;

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use super::{names, project, projects};
use crate::support::{Answer, Api};

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn ask(api: &Api, query: &Value) -> Answer {
    api.get(&format!("RetrieveMetadataChanges(Query=@p1)?@p1={}", encoded(&query.to_string())))
}

fn condition(property: &str, operator: &str, of: &str, value: &str) -> Value {
    json!({"PropertyName": property, "ConditionOperator": operator, "Value": {"Type": of, "Value": value}})
}

fn properties(names: &[&str]) -> Value {
    json!({"AllProperties": false, "PropertyNames": names})
}

/// Returns the names of the tables that meet some conditions.
fn tables(api: &Api, operator: &str, conditions: &[Value]) -> Vec<String> {
    let query = json!({"Properties": properties(&["LogicalName"]),
        "Criteria": {"FilterOperator": operator, "Conditions": conditions}});
    names(&ask(api, &query).expect(200).json()["EntityMetadata"], "LogicalName")
}

/// Returns the query of the page: the creatable columns of accounts and contacts.
fn page_query() -> Value {
    json!({
        "Properties": properties(&["SchemaName", "Attributes"]),
        "Criteria": {"FilterOperator": "Or", "Conditions": [
            condition("LogicalName", "Equals", "System.String", "account"),
            condition("LogicalName", "Equals", "System.String", "contact")]},
        "AttributeQuery": {"Properties": properties(&["LogicalName"]), "Criteria": {"FilterOperator": "And",
            "Conditions": [condition("IsValidForCreate", "Equals", "System.Boolean", "True")]}},
        "LabelQuery": {"FilterLanguages": [1033], "MissingLabelBehavior": 0}
    })
}

#[test]
fn a_query_returns_its_properties_and_null_for_the_rest() {
    let answer = ask(&Api::new().with("Consistency", "Strong"), &page_query()).expect(200).json();
    let context = answer["@odata.context"].as_str().unwrap();
    assert!(
        context.ends_with("/$metadata#Microsoft.Dynamics.CRM.RetrieveMetadataChangesResponse"),
        "{context}"
    );
    assert_eq!(answer["ServerVersionStamp"], "1!03/04/2026 10:30:00");
    assert_eq!(answer["DeletedMetadata"], json!({"Count": 0, "IsReadOnly": false, "Keys": [], "Values": []}));
    assert_eq!(names(&answer["EntityMetadata"], "SchemaName"), ["Account", "Contact"]);
    let account = &answer["EntityMetadata"][0];
    // The answer also has members that the query does not ask for.
    assert_eq!((&account["LogicalName"], &account["HasChanged"]), (&json!("account"), &Value::Null));
    assert!(account["MetadataId"].is_string() && account["EntitySetName"].is_null());
    assert!(account["DisplayName"].is_null() && account["IsActivity"].is_null());
    assert_eq!(
        (&account["Keys"], &account["OneToManyRelationships"], &account["Privileges"]),
        (&json!([]), &json!([]), &json!([]))
    );
    let attribute = |name: &str| {
        let all = account["Attributes"].as_array().unwrap();
        all.iter().find(|each| each["LogicalName"] == name).cloned()
    };
    let name = attribute("name").unwrap();
    assert_eq!(name["@odata.type"], "#Microsoft.Dynamics.CRM.ComplexStringAttributeMetadata");
    assert!(name["MetadataId"].is_string() && name["HasChanged"].is_null() && name["MaxLength"].is_null());
    // Recorded: the one property that cannot be null is false, and the attribute of an id has no type.
    assert_eq!(name["IsValidODataAttribute"], false);
    assert!(attribute("accountid").unwrap().get("@odata.type").is_none());
    assert!(attribute("modifiedon").is_none(), "it is not valid for create");
}

#[test]
fn a_query_asks_for_option_sets_of_all_types_at_once() {
    let api = projects();
    let query = |criteria: Value| {
        json!({"Properties": properties(&["Attributes"]),
            "Criteria": {"Conditions": [condition("LogicalName", "Equals", "System.String", "new_project")]},
            "AttributeQuery": {"Properties": properties(&["OptionSet", "DisplayName"]), "Criteria": criteria},
            "LabelQuery": {"FilterLanguages": [1031]}})
    };
    let is = |name: &str| {
        condition("AttributeTypeName", "Equals", "Microsoft.Xrm.Sdk.Metadata.AttributeTypeDisplayName", name)
    };
    let answer = ask(
        &api,
        &query(json!({"FilterOperator": "Or", "Conditions": [is("PicklistType"), is("BooleanType")]})),
    );
    let answer = answer.expect(200).json();
    let attributes = &answer["EntityMetadata"][0]["Attributes"];
    assert_eq!(names(attributes, "LogicalName"), ["new_size", "new_color", "new_done"]);
    let label = &attributes[0]["OptionSet"]["Options"][1]["Label"];
    assert_eq!(label["LocalizedLabels"][0]["Label"], "Groß");
    assert_eq!(attributes[1]["OptionSet"]["Name"], "new_colors");
    assert_eq!(attributes[2]["OptionSet"]["FalseOption"]["Value"], 0);
    // A managed property compares by its value.
    let required = condition(
        "RequiredLevel",
        "Equals",
        "Microsoft.Xrm.Sdk.Metadata.AttributeRequiredLevel",
        "ApplicationRequired",
    );
    let answer = ask(&api, &query(json!({"Conditions": [required]}))).expect(200).json();
    assert_eq!(names(&answer["EntityMetadata"][0]["Attributes"], "LogicalName"), ["new_name"]);
    let secured = condition("IsSecured", "Equals", "System.Boolean", "true");
    let answer =
        ask(&api, &query(json!({"FilterOperator": "And", "Conditions": [secured]}))).expect(200).json();
    assert_eq!(names(&answer["EntityMetadata"][0]["Attributes"], "LogicalName"), ["new_name"]);
}

#[test]
fn conditions_compare_in_six_ways() {
    let api = projects();
    let name = |operator: &str, of: &str, value: &str| condition("LogicalName", operator, of, value);
    let is_in = tables(&api, "And", &[name("In", "System.String[]", "['account','contact']")]);
    assert_eq!(is_in, ["account", "contact"]);
    let not_in = tables(
        &api,
        "And",
        &[
            name("NotIn", "System.String[]", "['account','contact']"),
            condition("ObjectTypeCode", "LessThan", "System.Int32", "5"),
        ],
    );
    assert!(
        !not_in.contains(&"account".to_owned()) && not_in.contains(&"opportunity".to_owned()),
        "{not_in:?}"
    );
    let greater = tables(
        &api,
        "And",
        &[
            condition("ObjectTypeCode", "GreaterThan", "System.Int32", "10399"),
            name("NotEquals", "System.String", "account"),
        ],
    );
    assert_eq!(greater, ["new_project"]);
    let owned =
        condition("OwnershipType", "Equals", "Microsoft.Xrm.Sdk.Metadata.OwnershipTypes", "UserOwned");
    assert!(tables(&api, "And", &[owned]).contains(&"new_project".to_owned()));
    let nested = json!({"Properties": properties(&[]), "Criteria": {"FilterOperator": "And", "Filters": [
        {"FilterOperator": "Or", "Conditions": [name("Equals", "System.String", "account"), name("Equals", "System.String", "task")]},
        {"Conditions": [condition("IsActivity", "Equals", "System.Boolean", "False")]}]}});
    assert_eq!(names(&ask(&api, &nested).expect(200).json()["EntityMetadata"], "LogicalName"), ["account"]);
}

#[test]
fn invalid_conditions_are_refused() {
    let api = projects();
    let refused = |part: &str, condition: Value, words: &str| {
        let criteria = json!({"Conditions": [condition]});
        let query = if part.is_empty() {
            json!({"Criteria": criteria})
        } else {
            json!({part: {"Criteria": criteria}})
        };
        ask(&api, &query).refused(400, "0x0", words);
    };
    let string = "System.String";
    refused(
        "AttributeQuery",
        condition("SourceType", "Equals", "System.Int32", "0"),
        "Conditions based on property SourceType is not supported",
    );
    refused(
        "",
        condition("DisplayName", "Equals", string, "Account"),
        "property DisplayName is not supported",
    );
    refused("", condition("Attributes", "Equals", string, "name"), "property Attributes is not supported");
    refused(
        "",
        condition("HasChanged", "Equals", "System.Boolean", "true"),
        "property HasChanged is not supported",
    );
    refused("", condition("IsActivity", "Equals", string, "true"), "The value 'System.String' of 'Type'");
    refused("", condition("LogicalName", "Like", string, "a"), "The value 'Like' of 'ConditionOperator'");
    api.get("RetrieveMetadataChanges(Query=@q)?@q={").refused(400, "0x0", "is not an EntityQueryExpression");
}

#[test]
fn relationships_and_keys_have_their_own_queries() {
    let api = projects();
    let answer = ask(&api, &json!({
        "Properties": properties(&["OneToManyRelationships", "ManyToOneRelationships", "ManyToManyRelationships", "Keys"]),
        "Criteria": {"Conditions": [condition("LogicalName", "Equals", "System.String", "new_project")]},
        "RelationshipQuery": {"Properties": properties(&["SchemaName", "ReferencedEntity"]), "Criteria": {"Conditions": [
            condition("SchemaName", "In", "System.String[]", "['new_account_projects', 'new_project_contact']")]}},
        "KeyQuery": {"Properties": properties(&["KeyAttributes"])}
    })).expect(200).json();
    let project = &answer["EntityMetadata"][0];
    let lookup = &project["ManyToOneRelationships"];
    assert_eq!(names(lookup, "SchemaName"), ["new_account_projects"]);
    assert_eq!(
        (&lookup[0]["ReferencedEntity"], &lookup[0]["ReferencingEntity"]),
        (&json!("account"), &Value::Null)
    );
    assert_eq!(names(&project["ManyToManyRelationships"], "SchemaName"), ["new_project_contact"]);
    assert_eq!(project["Keys"][0]["KeyAttributes"], json!(["new_number"]));
    assert_eq!(project["Attributes"], json!([]), "`Attributes` is not among the properties");
}

#[test]
fn a_call_without_a_query_and_the_older_functions_return_everything() {
    let api = projects();
    let all = api.get("RetrieveMetadataChanges").expect(200).json();
    let project = |all: &Value| {
        all["EntityMetadata"]
            .as_array()
            .unwrap()
            .iter()
            .find(|each| each["LogicalName"] == "new_project")
            .unwrap()
            .clone()
    };
    let whole = project(&all);
    assert_eq!(whole["Attributes"].as_array().unwrap().len(), 9);
    let names = "RetrieveAllEntities(EntityFilters=@p1,RetrieveAsIfPublished=@p2)?@p1=Microsoft.Dynamics.CRM.EntityFilters'Entity'&@p2=true";
    let entities = api.get(names).expect(200).json();
    assert!(entities["Timestamp"].is_string());
    assert_eq!(
        (&project(&entities)["Attributes"], &project(&entities)["EntitySetName"]),
        (&json!([]), &json!("new_projects"))
    );
    let id = whole["MetadataId"].as_str().unwrap();
    let one = format!(
        "RetrieveEntity(EntityFilters=@p1,MetadataId=@p2,RetrieveAsIfPublished=@p3)?@p1=Microsoft.Dynamics.CRM.EntityFilters'Attributes,Relationships'&@p2={id}&@p3=false"
    );
    let one = api.get(&one).expect(200).json();
    assert_eq!(one["EntityMetadata"]["Attributes"], whole["Attributes"]);
    assert_eq!(one["EntityMetadata"]["ManyToOneRelationships"], whole["ManyToOneRelationships"]);
    api.post("RetrieveMetadataChanges", &json!({})).expect(404);
}

fn on(file: &Path, definitions: &Value) -> Api {
    let builder = Emulator::builder().file(file).clock("2026-03-04T10:30:00Z".parse().unwrap());
    Api::of(builder.definitions(definitions.to_string()).build().unwrap())
}

fn since(api: &Api, stamp: &str, filters: &str) -> Answer {
    let query = json!({"Properties": properties(&["Attributes"]), "AttributeQuery": {"Properties": properties(&["SchemaName"])}});
    let (query, stamp) = (encoded(&query.to_string()), encoded(&format!("'{stamp}'")));
    let filters = encoded(&format!("Microsoft.Dynamics.CRM.DeletedMetadataFilters'{filters}'"));
    api.get(&format!("RetrieveMetadataChanges(Query=@p1,DeletedMetadataFilters=@p2,ClientVersionStamp=@p3)?@p1={query}&@p2={filters}&@p3={stamp}"))
}

#[test]
fn a_stamp_asks_for_what_has_changed_since() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dataverse.db");
    let api = on(&file, &project());
    let first = api.get("RetrieveMetadataChanges").expect(200).json();
    let stamp = first["ServerVersionStamp"].as_str().unwrap().to_owned();
    let nothing = since(&api, &stamp, "All").expect(200).json();
    assert_eq!((&nothing["EntityMetadata"], &nothing["DeletedMetadata"]["Count"]), (&json!([]), &json!(0)));
    drop(api);
    // A new column, a changed one, and a deleted one.
    let mut changed = project();
    let attributes = changed["Attributes"].as_array_mut().unwrap();
    attributes[1]["MaxLength"] = json!(200);
    attributes.retain(|each| each["LogicalName"] != "new_done");
    attributes.push(json!({"LogicalName": "new_added", "SchemaName": "new_Added", "AttributeType": "String", "MaxLength": 5}));
    let api = on(&file, &changed);
    let news = since(&api, &stamp, "Attribute").expect(200).json();
    assert_eq!(names(&news["EntityMetadata"], "LogicalName"), ["new_project"]);
    let project = &news["EntityMetadata"][0];
    assert_eq!(project["HasChanged"], false, "the table itself has not changed");
    assert_eq!(names(&project["Attributes"], "LogicalName"), ["new_name", "new_added"]);
    assert_eq!(project["Attributes"][0]["HasChanged"], true);
    let gone = first["EntityMetadata"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|table| table["Attributes"].as_array().unwrap());
    let gone = gone.clone().find(|each| each["LogicalName"] == "new_done").unwrap()["MetadataId"].clone();
    let deleted = &news["DeletedMetadata"];
    assert_eq!(
        *deleted,
        json!({"Count": 1, "IsReadOnly": false, "Keys": ["Attribute"], "Values": [{"Items": [gone]}]})
    );
    // The answer has only deletions of the kinds that the query asks for.
    assert_eq!(since(&api, &stamp, "Relationship").expect(200).json()["DeletedMetadata"]["Count"], 0);
    let new_stamp = news["ServerVersionStamp"].as_str().unwrap();
    assert_ne!(new_stamp, stamp);
    assert_eq!(since(&api, new_stamp, "All").expect(200).json()["EntityMetadata"], json!([]));
}

#[test]
fn a_stamp_expires() {
    let api = projects();
    api.emulator.freeze_at("2026-03-04T10:30:00Z".parse().unwrap());
    let stamp = api.get("RetrieveMetadataChanges").expect(200).json()["ServerVersionStamp"]
        .as_str()
        .unwrap()
        .to_owned();
    api.emulator.advance(Duration::from_secs(89 * 24 * 60 * 60));
    since(&api, &stamp, "All").expect(200);
    api.emulator.advance(Duration::from_secs(2 * 24 * 60 * 60));
    since(&api, &stamp, "All").refused(
        400,
        "0x80044352",
        "Version stamp associated with the client has expired. Please perform a full sync.",
    );
    since(&api, "nonsense", "All").expect(400);
}

#[test]
fn a_stamp_of_another_database_has_expired() {
    let at = |time: &str| Api::of(Emulator::builder().clock(time.parse().unwrap()).build().unwrap());
    let stamp =
        at("2026-03-04T10:30:00Z").get("RetrieveMetadataChanges").expect(200).json()["ServerVersionStamp"]
            .as_str()
            .unwrap()
            .to_owned();
    // The emulator was started again, perhaps with other definitions.
    let restarted = at("2026-03-04T10:30:01Z");
    since(&restarted, &stamp, "All").refused(
        400,
        "0x80044352",
        "Version stamp associated with the client has expired. Please perform a full sync.",
    );
}
