use serde_json::{Value, json};

use super::{ATTRIBUTES, bank, columns, definition, label};

/// Returns the relationship of the page "Create and update table relationships using the Web API".
fn owner_of_account() -> Value {
    json!({
        "SchemaName": "new_contact_new_bankaccount", "@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata",
        "AssociatedMenuConfiguration": {"Behavior": "UseCollectionName", "Group": "Details", "Label": label("Bank Accounts"), "Order": 10000},
        "CascadeConfiguration": {"Assign": "Cascade", "Delete": "Cascade", "Merge": "Cascade", "Reparent": "Cascade", "Share": "Cascade", "Unshare": "Cascade"},
        "ReferencedAttribute": "contactid", "ReferencedEntity": "contact", "ReferencingEntity": "new_bankaccount",
        "Lookup": {
            "AttributeType": "Lookup", "AttributeTypeName": {"Value": "LookupType"}, "Description": label("The owner of the account"),
            "DisplayName": label("Account Owner"), "RequiredLevel": {"Value": "ApplicationRequired"},
            "SchemaName": "new_AccountOwner", "@odata.type": "Microsoft.Dynamics.CRM.LookupAttributeMetadata"}
    })
}

fn many_to_many() -> Value {
    json!({
        "SchemaName": "new_accounts_bankaccounts", "@odata.type": "Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata",
        "Entity1AssociatedMenuConfiguration": {"Behavior": "UseLabel", "Group": "Details", "Label": label("Account"), "Order": 10000},
        "Entity1LogicalName": "account", "Entity2LogicalName": "new_bankaccount", "IntersectEntityName": "new_accounts_bankaccounts"
    })
}

#[test]
fn a_relationship_makes_its_lookup() {
    let (api, _) = bank();
    let id = api.post("RelationshipDefinitions", &owner_of_account()).expect(204).id();
    let contact = api.create("contacts", &json!({"lastname": "Lee"}));
    // The navigation property is the schema name of the lookup.
    let bind =
        json!({"new_accountname": "Savings", "new_AccountOwner@odata.bind": format!("/contacts({contact})")});
    api.create("new_bankaccounts", &bind);
    let found = api.rows("new_bankaccounts?$expand=new_AccountOwner($select=lastname)");
    assert_eq!(found[0]["new_AccountOwner"]["lastname"], "Lee");
    let found =
        api.get(&format!("contacts({contact})?$expand=new_contact_new_bankaccount($select=new_accountname)"));
    assert_eq!(found.expect(200).json()["new_contact_new_bankaccount"][0]["new_accountname"], "Savings");
    let shown = api
        .get(&format!("RelationshipDefinitions({id})/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata"));
    let shown = shown.expect(200).json();
    assert_eq!(shown["ReferencingAttribute"], "new_accountowner");
    assert_eq!(shown["ReferencingEntityNavigationPropertyName"], "new_AccountOwner");
    assert_eq!(shown["ReferencedEntityNavigationPropertyName"], "new_contact_new_bankaccount");
    assert_eq!(shown["AssociatedMenuConfiguration"]["Label"]["UserLocalizedLabel"]["Label"], "Bank Accounts");
    assert_eq!(definition(&api, "new_accountowner", "Lookup")["Targets"], json!(["contact"]));
    for name in ["new_accountownername", "new_accountowneryominame"] {
        assert!(columns(&api, "new_bankaccount").contains(&name.to_owned()), "{name}");
    }
    assert!(api.get("$metadata").text().contains("<NavigationProperty Name=\"new_AccountOwner\""));
    // The cascade of the relationship deletes the account.
    api.delete(&format!("contacts({contact})")).expect(204);
    assert_eq!(api.rows("new_bankaccounts").len(), 0);
}

#[test]
fn a_deleted_relationship_takes_its_lookup_along() {
    let (api, _) = bank();
    let id = api.post("RelationshipDefinitions", &owner_of_account()).expect(204).id();
    api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    api.delete(&format!("RelationshipDefinitions({id})")).expect(204);
    api.get(&format!("RelationshipDefinitions({id})")).expect(404);
    assert!(!columns(&api, "new_bankaccount").iter().any(|name| name.starts_with("new_accountowner")));
    api.get("contacts?$expand=new_contact_new_bankaccount").expect(400);
    assert_eq!(api.column("new_accountname", "new_bankaccounts"), [json!("Savings")]);
    api.post("RelationshipDefinitions", &owner_of_account()).expect(204);
    // A lookup that is deleted takes its relationship along.
    api.delete(&format!("{ATTRIBUTES}(LogicalName='new_accountowner')")).expect(204);
    api.get("RelationshipDefinitions(SchemaName='new_contact_new_bankaccount')").expect(404);
}

#[test]
fn a_many_to_many_relationship_associates_records() {
    let (api, _) = bank();
    let id = api.post("RelationshipDefinitions", &many_to_many()).expect(204).id();
    let account = api.create("accounts", &json!({"name": "Contoso"}));
    let bank = api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    let target = format!("accounts({account})/new_accounts_bankaccounts");
    let url = format!("https://emulator.crm.dynamics.com/api/data/v9.2/new_bankaccounts({bank})");
    api.post(&format!("{target}/$ref"), &json!({"@odata.id": url})).expect(204);
    assert_eq!(api.column("new_accountname", &target), [json!("Savings")]);
    assert_eq!(api.rows(&format!("new_bankaccounts({bank})/new_accounts_bankaccounts")).len(), 1);
    let shown = api
        .get(&format!("RelationshipDefinitions({id})/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata"));
    let shown = shown.expect(200).json();
    assert_eq!(
        (&shown["Entity1IntersectAttribute"], &shown["Entity2IntersectAttribute"]),
        (&json!("accountid"), &json!("new_bankaccountid"))
    );
    api.delete("RelationshipDefinitions(SchemaName='new_accounts_bankaccounts')").expect(204);
    api.get(&target).expect(404);
    // A relationship that is created again has none of the old pairs.
    api.post("RelationshipDefinitions", &many_to_many()).expect(204);
    assert_eq!(api.rows(&target).len(), 0);
}

#[test]
fn a_polymorphic_lookup_has_a_relationship_for_each_table() {
    let (api, _) = bank();
    let one = |table: &str| json!({"ReferencedEntity": table, "ReferencingEntity": "new_bankaccount", "SchemaName": format!("new_bankaccount_{table}")});
    let lookup = json!({"AttributeTypeName": {"Value": "LookupType"}, "SchemaName": "new_Subject", "DisplayName": label("Subject"),
        "@odata.type": "Microsoft.Dynamics.CRM.ComplexLookupAttributeMetadata"});
    let body = json!({"OneToManyRelationships": [one("account"), one("contact")], "Lookup": lookup});
    let made = api.post("CreatePolymorphicLookupAttribute", &body).expect(200).json();
    assert_eq!(made["RelationshipIds"].as_array().unwrap().len(), 2);
    assert!(
        made["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#Microsoft.Dynamics.CRM.CreatePolymorphicLookupAttributeResponse")
    );
    let shown =
        api.get(&format!("{ATTRIBUTES}({})", made["AttributeId"].as_str().unwrap())).expect(200).json();
    assert_eq!(shown["LogicalName"], "new_subject");
    let contact = api.create("contacts", &json!({"lastname": "Lee"}));
    let bind = json!({"new_Subject_contact@odata.bind": format!("/contacts({contact})")});
    let id = api.create("new_bankaccounts", &bind);
    let row =
        api.with("Prefer", "odata.include-annotations=\"*\"").get(&format!("new_bankaccounts({id})")).json();
    assert_eq!(row["_new_subject_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "contact");
    // One more table is one more relationship of the same lookup.
    let mut third = one("competitor");
    third["@odata.type"] = json!("Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata");
    third["Lookup"] = lookup.clone();
    third["Lookup"]["@odata.type"] = json!("Microsoft.Dynamics.CRM.LookupAttributeMetadata");
    api.post("RelationshipDefinitions", &third).expect(204);
    assert_eq!(
        definition(&api, "new_subject", "Lookup")["Targets"],
        json!(["account", "contact", "competitor"])
    );
    api.post("RelationshipDefinitions", &third).expect(400);
    // A relationship that goes takes the values with it that name its table.
    api.delete("RelationshipDefinitions(SchemaName='new_bankaccount_contact')").expect(204);
    assert_eq!(api.column("_new_subject_value", "new_bankaccounts"), [Value::Null]);
    api.delete("RelationshipDefinitions(SchemaName='new_bankaccount_account')").expect(204);
    api.delete("RelationshipDefinitions(SchemaName='new_bankaccount_competitor')").refused(
        400,
        "0x80090420",
        "polymorphic lookup",
    );
    let twice = json!({"OneToManyRelationships": [one("account"), one("account")], "Lookup": {"SchemaName": "new_Other"}});
    api.post("CreatePolymorphicLookupAttribute", &twice).refused(400, "0x80090424", "more than once");
}

#[test]
fn a_customer_lookup_leads_to_accounts_and_contacts() {
    let (api, _) = bank();
    let one = |table: &str| json!({"SchemaName": format!("new_bankaccount_customer_{table}"), "ReferencedEntity": table, "ReferencingEntity": "new_bankaccount"});
    let body = json!({"OneToManyRelationships": [one("account"), one("contact")], "Lookup": {
        "AttributeType": "Lookup", "AttributeTypeName": {"Value": "LookupType"}, "DisplayName": label("Customer"),
        "SchemaName": "new_CustomerId", "@odata.type": "Microsoft.Dynamics.CRM.ComplexLookupAttributeMetadata"}});
    let made = api.post("CreateCustomerRelationships", &body).expect(200).json();
    assert_eq!(made["RelationshipIds"].as_array().unwrap().len(), 2);
    let shown = definition(&api, "new_customerid", "Lookup");
    assert_eq!(
        (&shown["AttributeType"], &shown["Targets"]),
        (&json!("Customer"), &json!(["account", "contact"]))
    );
    let account = api.create("accounts", &json!({"name": "Contoso"}));
    api.create(
        "new_bankaccounts",
        &json!({"new_CustomerId_account@odata.bind": format!("/accounts({account})")}),
    );
    assert_eq!(api.column("_new_customerid_value", "new_bankaccounts"), [json!(account)]);
    let half = json!({"OneToManyRelationships": [one("account")], "Lookup": {"SchemaName": "new_Other"}});
    api.post("CreateCustomerRelationships", &half).refused(400, "0x80040203", "contact");
}

#[test]
fn invalid_relationships_are_refused() {
    let (api, _) = bank();
    api.post("RelationshipDefinitions", &json!({"SchemaName": "new_x_y"})).refused(
        400,
        "0x80048d19",
        "@odata.type",
    );
    let mut body = owner_of_account();
    body["ReferencedEntity"] = json!("new_nothing");
    api.post("RelationshipDefinitions", &body).refused(404, "0x80060888", "new_nothing");
    let mut body = owner_of_account();
    body["Lookup"]["SchemaName"] = json!("new_AccountName");
    api.post("RelationshipDefinitions", &body).refused(400, "0x80047013", "new_accountname");
    api.post("RelationshipDefinitions", &owner_of_account()).expect(204);
    let mut body = owner_of_account();
    body["Lookup"]["SchemaName"] = json!("new_Other");
    api.post("RelationshipDefinitions", &body).refused(400, "0x80044363", "new_contact_new_bankaccount");
    let mut body = many_to_many();
    body["Entity2LogicalName"] = json!("account");
    api.post("RelationshipDefinitions", &body).refused(
        400,
        "0x80040203",
        "navigation property name cannot be the same",
    );
    api.delete("RelationshipDefinitions(SchemaName='lk_new_bankaccount_createdby')").refused(
        400,
        "0x8004f032",
        "only custom components",
    );
    assert!(!columns(&api, "new_bankaccount").contains(&"new_other".to_owned()));
}

#[test]
fn a_changed_cascade_takes_effect() {
    let (api, _) = bank();
    let id = api.post("RelationshipDefinitions", &owner_of_account()).expect(204).id();
    let mut whole = api
        .get(&format!("RelationshipDefinitions({id})/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata"))
        .json();
    whole.as_object_mut().unwrap().remove("@odata.context");
    whole["@odata.type"] = json!("Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata");
    whole["CascadeConfiguration"]["Delete"] = json!("Restrict");
    api.put(&format!("RelationshipDefinitions({id})"), &whole).expect(204);
    let contact = api.create("contacts", &json!({"lastname": "Lee"}));
    api.create("new_bankaccounts", &json!({"new_AccountOwner@odata.bind": format!("/contacts({contact})")}));
    api.delete(&format!("contacts({contact})")).refused(405, "0x80040227", "new_bankaccount");
}

#[test]
fn a_deleted_table_leaves_no_relationship_behind() {
    let (api, id) = bank();
    api.post("RelationshipDefinitions", &owner_of_account()).expect(204);
    api.post("RelationshipDefinitions", &many_to_many()).expect(204);
    api.delete(&format!("EntityDefinitions({id})")).expect(204);
    let names = api.column("SchemaName", "RelationshipDefinitions?$select=SchemaName");
    assert!(!names.iter().any(|name| name.as_str().unwrap().contains("bankaccount")), "{names:?}");
    api.get("contacts?$expand=new_contact_new_bankaccount").expect(400);
}
