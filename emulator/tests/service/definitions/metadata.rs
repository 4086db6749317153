//! `$metadata` and the service document.

use std::collections::{HashMap, HashSet};

use dataverse_emulator::Emulator;
use roxmltree::{Document, Node};
use serde_json::json;

use super::projects;
use crate::support::Api;

trait Named {
    fn is_named(&self, tag: &str, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn is_named(&self, tag: &str, name: &str) -> bool {
        self.tag_name().name() == tag && self.attribute("Name") == Some(name)
    }
}

#[test]
fn the_csdl_of_a_table_is_that_of_a_real_org() {
    let api = Api::new();
    let answer = api.get("$metadata").expect(200);
    assert_eq!(answer.header("content-type"), Some("application/xml"));
    let (ours, real) =
        (answer.text(), include_str!("../../../../tests/fixtures/msdyn_sessionevent.csdl.xml"));
    let (ours, real) = (Document::parse(&ours).unwrap(), Document::parse(real).unwrap());
    let members = |document: &Document<'_>, tag: &str| -> Vec<(String, String)> {
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

/// As a parser of CSDL expects, every used name is declared, and partners are mutual.
#[test]
fn the_csdl_is_consistent() {
    let text = projects().get("$metadata").expect(200).text();
    let document = Document::parse(&text).unwrap();
    let declared: HashMap<&str, Node<'_, '_>> = document
        .descendants()
        .filter(|node| ["EntityType", "ComplexType", "EnumType"].contains(&node.tag_name().name()))
        .map(|node| (node.attribute("Name").unwrap(), node))
        .collect();
    let element = |of: &str| of.trim_start_matches("Collection(").trim_end_matches(')').to_owned();
    for node in document.descendants().filter(Node::is_element) {
        for name in ["Type", "BaseType", "EntityType"] {
            let Some(of) = node.attribute(name).map(element) else { continue };
            if let Some(of) = of.strip_prefix("mscrm.").or_else(|| of.strip_prefix("Microsoft.Dynamics.CRM."))
            {
                assert!(declared.contains_key(of), "{of} of {node:?}");
            }
        }
    }
    let mut names = HashSet::new();
    for table in document.descendants().filter(|node| node.tag_name().name() == "EntityType") {
        assert!(names.insert(table.attribute("Name").unwrap()), "{table:?} is declared twice");
        for navigation in table.children().filter(|node| node.tag_name().name() == "NavigationProperty") {
            let Some(partner) = navigation.attribute("Partner") else { continue };
            let target = element(navigation.attribute("Type").unwrap());
            let target = declared[target.trim_start_matches("mscrm.")];
            let back = target.children().find(|node| node.is_named("NavigationProperty", partner));
            let back = back.unwrap_or_else(|| panic!("{partner} is no property of {target:?}"));
            let own = navigation.attribute("Name");
            assert!(
                back.attribute("Partner") == own || back.attribute("Type") == Some("mscrm.principal"),
                "{navigation:?}"
            );
        }
    }
    for set in document.descendants().filter(|node| node.tag_name().name() == "NavigationPropertyBinding") {
        let target = set.attribute("Target").unwrap();
        assert!(document.descendants().any(|node| node.is_named("EntitySet", target)), "{target}");
    }
    let lookup =
        document.descendants().find(|node| node.is_named("NavigationProperty", "new_Account")).unwrap();
    assert_eq!(
        (lookup.attribute("Type"), lookup.attribute("Partner")),
        (Some("mscrm.account"), Some("new_account_projects"))
    );
    let constraint = lookup.children().find(Node::is_element).unwrap();
    assert_eq!(
        (constraint.attribute("Property"), constraint.attribute("ReferencedProperty")),
        (Some("_new_account_value"), Some("accountid"))
    );
}

#[test]
fn the_types_of_definitions_are_declared() {
    let text = Api::new().get("$metadata").expect(200).text();
    let document = Document::parse(&text).unwrap();
    for (set, of) in [
        ("EntityDefinitions", "EntityMetadata"),
        ("GlobalOptionSetDefinitions", "OptionSetMetadataBase"),
        ("ManagedPropertyDefinitions", "ManagedPropertyMetadata"),
        ("RelationshipDefinitions", "RelationshipMetadataBase"),
    ] {
        let node = document.descendants().find(|node| node.is_named("EntitySet", set)).unwrap();
        assert_eq!(node.attribute("EntityType"), Some(format!("Microsoft.Dynamics.CRM.{of}").as_str()));
    }
    let function =
        document.descendants().find(|node| node.is_named("Function", "RetrieveMetadataChanges")).unwrap();
    assert_eq!(function.children().filter(|node| node.tag_name().name() == "Parameter").count(), 5);
}

#[test]
fn the_csdl_can_be_read_again() {
    let text = projects().get("$metadata").expect(200).text();
    let again = Api::of(Emulator::builder().definitions(text).built_in_tables(false).build().unwrap());
    let account = again.create("accounts", &json!({"name": "Contoso"}));
    let project = json!({"new_name": "Bridge", "new_budget": 12.5, "new_Account@odata.bind": format!("/accounts({account})")});
    let id = again.create("new_projects", &project);
    let found = again.rows(&format!("accounts({account})/new_account_projects?$select=new_name,new_budget"));
    assert_eq!((&found[0]["new_projectid"], &found[0]["new_budget"]), (&json!(id), &json!(12.5)));
    let contact = again
        .create("contacts", &json!({"lastname": "Ames", "new_project_contact": [{"new_name": "Tunnel"}]}));
    assert_eq!(again.rows(&format!("contacts({contact})/new_project_contact"))[0]["new_name"], "Tunnel");
    // The service does not enforce what only definitions have: the range, the options, the cascade.
    again.patch(&format!("new_projects({id})"), &json!({"new_size": 99})).expect(204);
}

#[test]
fn the_service_document_lists_the_sets() {
    let sets = Api::new().get("").expect(200).json();
    let names: Vec<&str> =
        sets["value"].as_array().unwrap().iter().map(|set| set["name"].as_str().unwrap()).collect();
    for name in [
        "accounts",
        "opportunities",
        "msdyn_sessionevents",
        "systemusers",
        "EntityDefinitions",
        "RelationshipDefinitions",
    ] {
        assert!(names.contains(&name), "{name}");
    }
}
