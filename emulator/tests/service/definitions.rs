//! What the service says about itself.

use serde_json::json;

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
    let sets: Vec<&str> =
        all["value"].as_array().unwrap().iter().map(|row| row["EntitySetName"].as_str().unwrap()).collect();
    assert_eq!(sets, ["accounts", "contacts"]);
    api.get("EntityDefinitions(LogicalName='nosuch')").expect(404);
    // The Python client lists tables so.
    let listed =
        api.get("EntityDefinitions?$filter=IsPrivate eq false&$select=LogicalName").expect(200).json();
    let names = listed["value"].as_array().unwrap();
    assert!(names.iter().any(|row| row["LogicalName"] == "msdyn_sessionevent"), "{listed}");
    // Without an expand, the lists are left out.
    assert!(api.get("EntityDefinitions(LogicalName='account')").json().get("Attributes").is_none());
    api.post("EntityDefinitions", &json!({})).expect(501);
}

#[test]
fn options_come_with_a_cast() {
    let api = Api::new();
    let url = "EntityDefinitions(LogicalName='msdyn_sessionevent')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)";
    let all = api.get(url).expect(200).json();
    let names: Vec<&str> =
        all["value"].as_array().unwrap().iter().map(|row| row["LogicalName"].as_str().unwrap()).collect();
    assert_eq!(names, ["msdyn_eventtype", "msdyn_eventreason", "msdyn_eventinfo"]);
    assert_eq!(
        all["value"][0]["OptionSet"]["Options"][1]["Label"]["UserLocalizedLabel"]["Label"],
        "QueueAssigned"
    );
    let one = api.get("EntityDefinitions(LogicalName='msdyn_sessionevent')/Attributes(LogicalName='statecode')/Microsoft.Dynamics.CRM.StateAttributeMetadata/OptionSet").expect(200).json();
    assert_eq!(one["Options"][1]["InvariantName"], "Inactive");
    let required = "EntityDefinitions(LogicalName='account')/Attributes?$select=LogicalName&$filter=RequiredLevel/Value eq Microsoft.Dynamics.CRM.AttributeRequiredLevel'ApplicationRequired'";
    let names = api.get(required).expect(200).json();
    assert_eq!(names["value"][0]["LogicalName"], "name");
}

#[test]
fn the_csdl_has_what_a_real_org_has_of_the_table() {
    let api = Api::new();
    let answer = api.get("$metadata").expect(200);
    assert_eq!(answer.header("content-type"), Some("application/xml"));
    let (ours, real) = (answer.text(), include_str!("../../../tests/fixtures/msdyn_sessionevent.csdl.xml"));
    let (ours, real) =
        (roxmltree::Document::parse(&ours).unwrap(), roxmltree::Document::parse(real).unwrap());
    let members = |document: &roxmltree::Document<'_>, tag: &str| -> Vec<(String, String)> {
        let table =
            document.descendants().find(|node| node.is_named("EntityType", "msdyn_sessionevent")).unwrap();
        let mut all: Vec<(String, String)> = table
            .children()
            .filter(|node| node.tag_name().name() == tag)
            .map(|node| {
                (node.attribute("Name").unwrap().to_owned(), node.attribute("Type").unwrap().to_owned())
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(members(&ours, "Property"), members(&real, "Property"));
    // The real document is cut down to two tables.
    let ours = members(&ours, "NavigationProperty");
    for one in members(&real, "NavigationProperty") {
        assert!(ours.contains(&one), "{one:?}");
    }
}

trait Named {
    fn is_named(&self, tag: &str, name: &str) -> bool;
}

impl Named for roxmltree::Node<'_, '_> {
    fn is_named(&self, tag: &str, name: &str) -> bool {
        self.tag_name().name() == tag && self.attribute("Name") == Some(name)
    }
}

#[test]
fn the_service_document_lists_the_sets() {
    let sets = Api::new().get("").expect(200).json();
    let names: Vec<&str> =
        sets["value"].as_array().unwrap().iter().map(|set| set["name"].as_str().unwrap()).collect();
    for name in ["accounts", "opportunities", "msdyn_sessionevents", "systemusers"] {
        assert!(names.contains(&name), "{name}");
    }
}
