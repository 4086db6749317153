//! `GlobalOptionSetDefinitions`, and the option sets of columns.

use serde_json::json;

use super::projects;
use crate::support::Api;

#[test]
fn global_option_sets_are_listed_with_their_type() {
    let api = projects();
    let all = api.get("GlobalOptionSetDefinitions").expect(200).json();
    assert!(all["@odata.context"].as_str().unwrap().ends_with("/$metadata#GlobalOptionSetDefinitions"));
    let [types, set] = all["value"].as_array().unwrap().as_slice() else { panic!("{all}") };
    assert_eq!(types["Name"], "componenttype", "that of the components of solutions");
    assert_eq!((&set["Name"], &set["IsGlobal"]), (&json!("new_colors"), &json!(true)));
    assert_eq!(set["@odata.type"], "#Microsoft.Dynamics.CRM.OptionSetMetadata");
    assert_eq!(set["Options"][0]["Value"], 10);
    assert!(set.get("ParentOptionSetName").is_some(), "{set}");
    // The options of one table are not a global option set.
    assert_eq!(Api::new().column("Name", "GlobalOptionSetDefinitions"), [json!("componenttype")]);
}

#[test]
fn a_global_option_set_is_found_by_name_and_by_id() {
    let api = projects();
    let one = api.get("GlobalOptionSetDefinitions(Name='new_colors')").expect(200).json();
    let id = one["MetadataId"].as_str().unwrap();
    let cast =
        format!("GlobalOptionSetDefinitions({id})/Microsoft.Dynamics.CRM.OptionSetMetadata?$select=Options");
    let same = api.get(&cast).expect(200).json();
    assert_eq!(same["Options"][1]["Label"]["UserLocalizedLabel"]["Label"], "Blue");
    assert!(same.get("@odata.type").is_none() && same.get("Name").is_none(), "{same}");
    api.get("GlobalOptionSetDefinitions(Name='no_such')").refused(
        404,
        "0x80060888",
        "OptionSetMetadataBase With Id = Name='no_such' does not exist.",
    );
    api.get("GlobalOptionSetDefinitions(Name='new_colors')/Microsoft.Dynamics.CRM.BooleanOptionSetMetadata")
        .expect(404);
}

#[test]
fn global_option_sets_take_no_filter() {
    let api = projects();
    api.get("GlobalOptionSetDefinitions?$filter=Name eq 'new_colors'").refused(
        400,
        "0x80060888",
        "The query parameter $filter is not supported",
    );
    // `Options` is a property of a type derived from the declared one.
    let words =
        "Could not find a property named 'Options' on type 'Microsoft.Dynamics.CRM.OptionSetMetadataBase'.";
    api.get("GlobalOptionSetDefinitions(Name='new_colors')?$select=Options").refused(400, "0x0", words);
}

#[test]
fn options_come_with_a_cast() {
    let api = Api::new();
    let url = "EntityDefinitions(LogicalName='msdyn_sessionevent')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)";
    let all = api.get(url).expect(200).json();
    let names: Vec<&str> =
        all["value"].as_array().unwrap().iter().map(|row| row["LogicalName"].as_str().unwrap()).collect();
    assert_eq!(names, ["msdyn_eventtype", "msdyn_eventreason", "msdyn_eventinfo"]);
    assert!(all["value"][0].get("@odata.type").is_none(), "{all}");
    let set = &all["value"][0]["OptionSet"];
    assert_eq!(set["Options"][1]["Label"]["UserLocalizedLabel"]["Label"], "QueueAssigned");
    // Either property has the options.
    assert_eq!(all["value"][0]["GlobalOptionSet"], *set);
    let one = api.get("EntityDefinitions(LogicalName='msdyn_sessionevent')/Attributes(LogicalName='statecode')/Microsoft.Dynamics.CRM.StateAttributeMetadata/OptionSet").expect(200).json();
    assert_eq!(one["Options"][1]["InvariantName"], "Inactive");
    assert_eq!(one["Options"][1]["@odata.type"], "#Microsoft.Dynamics.CRM.StateOptionMetadata");
}

#[test]
fn options_need_a_cast() {
    let api = Api::new();
    let words =
        "Could not find a property named 'OptionSet' on type 'Microsoft.Dynamics.CRM.AttributeMetadata'.";
    api.get("EntityDefinitions(LogicalName='account')?$expand=Attributes($expand=OptionSet)")
        .refused(400, "0x0", words);
    api.get("EntityDefinitions(LogicalName='account')/Attributes?$expand=OptionSet")
        .refused(400, "0x0", words);
    api.get("EntityDefinitions(LogicalName='account')/Attributes(LogicalName='statecode')/OptionSet")
        .expect(404);
    let cast =
        "EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.EnumAttributeMetadata";
    api.get(cast).refused(400, "0x80060888", "cannot be cast");
    // A cast within an expand shows the attributes of that type.
    let cast = "EntityDefinitions(LogicalName='account')?$select=LogicalName&$expand=Attributes/Microsoft.Dynamics.CRM.StateAttributeMetadata($select=LogicalName;$expand=OptionSet($select=Name))";
    let one = api.get(cast).expect(200).json();
    assert_eq!(one["Attributes"].as_array().unwrap().len(), 1);
    assert_eq!(one["Attributes"][0]["OptionSet"]["Name"], "account_statecode");
}

#[test]
fn an_option_set_is_read_as_a_part_of_its_column() {
    let api = Api::new();
    let column = "EntityDefinitions(LogicalName='account')/Attributes?$select=MetadataId&$filter=LogicalName eq 'statuscode'";
    let column = api.get(column).expect(200).json()["value"][0].clone();
    assert_eq!(column["@odata.type"], "#Microsoft.Dynamics.CRM.StatusAttributeMetadata");
    let id = column["MetadataId"].as_str().unwrap();
    let url = format!(
        "EntityDefinitions(LogicalName='account')/Attributes({id})/Microsoft.Dynamics.CRM.StatusAttributeMetadata/OptionSet?$select=Options"
    );
    let set = api.get(&url).expect(200).json();
    let context = set["@odata.context"].as_str().unwrap();
    let expected = format!(
        "#EntityDefinitions('account')/Attributes({id})/Microsoft.Dynamics.CRM.StatusAttributeMetadata/OptionSet(Options)/$entity"
    );
    assert!(context.ends_with(&expected), "{context}");
    assert!(set["MetadataId"].is_string() && set.get("Name").is_none(), "{set}");
    // Every option has the members that `OptionMetadata` declares.
    let option = &set["Options"][0];
    assert_eq!(
        (&option["Color"], &option["ParentValues"], &option["HasChanged"]),
        (&json!(null), &json!([]), &json!(null))
    );
    assert_eq!(option["Description"], json!({"LocalizedLabels": [], "UserLocalizedLabel": null}));
    // A column without an option set still has the labels of yes and no.
    let yes = "EntityDefinitions(LogicalName='new_project')/Attributes(LogicalName='new_done')/Microsoft.Dynamics.CRM.BooleanAttributeMetadata?$select=LogicalName&$expand=OptionSet";
    let yes = projects().get(yes).expect(200).json();
    assert_eq!(yes["OptionSet"]["TrueOption"]["Label"]["UserLocalizedLabel"]["Label"], "Yes");
}
