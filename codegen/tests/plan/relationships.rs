//! Lookups and many-to-many relationships.
//!
//! Sources:
//! <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-update-entity-relationships-using-web-api>,
//! <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/multitable-lookup>,
//! <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-update-column-definitions-using-web-api>.

use dataverse_codegen::plan;
use serde_json::{Value, json};

use super::*;

fn lookup(kind: &str, schema: &str, display: &str, targets: &[&str]) -> Value {
    json!({
        "LogicalName": schema.to_lowercase(), "SchemaName": schema, "AttributeType": kind, "DisplayName": texts(display),
        "RequiredLevel": { "Value": "None" }, "Targets": targets,
    })
}

fn lookup_body(definition: &str, schema: &str, display: &str) -> Value {
    json!({
        "@odata.type": format!("Microsoft.Dynamics.CRM.{definition}"),
        "AttributeType": "Lookup",
        "AttributeTypeName": { "Value": "LookupType" },
        "SchemaName": schema,
        "DisplayName": label(display),
        "RequiredLevel": required("None"),
    })
}

fn cascade(delete: &str) -> Value {
    json!({
        "Assign": "NoCascade", "Delete": delete, "Merge": "NoCascade", "Reparent": "NoCascade", "Share": "NoCascade",
        "Unshare": "NoCascade",
    })
}

#[test]
fn a_lookup_comes_with_its_relationship() {
    let mut table = bank_account(&[lookup("Lookup", "new_AccountOwner", "Account Owner", &["contact"])]);
    table["ManyToOneRelationships"] = json!([{
        "SchemaName": "new_contact_new_bankaccount", "ReferencingEntity": "new_bankaccount",
        "ReferencingAttribute": "new_accountowner", "ReferencedEntity": "contact", "ReferencedAttribute": "contactid",
        "ReferencingEntityNavigationPropertyName": "new_AccountOwner", "CascadeConfiguration": { "Delete": "Cascade" },
    }]);
    let plan = planned(&[table], &empty_org());
    assert_eq!(
        lines(&plan),
        [
            "create the table `new_bankaccount`",
            "create the lookup `new_bankaccount.new_accountowner`",
            "publish the changes",
        ]
    );
    assert_eq!(
        request(&plan.steps[1]),
        (
            "POST",
            "RelationshipDefinitions",
            json!({
                "SchemaName": "new_contact_new_bankaccount",
                "@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata",
                "AssociatedMenuConfiguration": { "Behavior": "UseCollectionName", "Group": "Details", "Order": 10_000 },
                "CascadeConfiguration": cascade("Cascade"),
                "ReferencedAttribute": "contactid",
                "ReferencedEntity": "contact",
                "ReferencingEntity": "new_bankaccount",
                "Lookup": lookup_body("LookupAttributeMetadata", "new_AccountOwner", "Account Owner"),
            })
        )
    );
}

#[test]
fn a_navigation_property_of_the_code_is_sent_where_it_is_not_the_usual_one() {
    let mut table = bank_account(&[lookup("Lookup", "new_AccountOwner", "Account Owner", &["contact"])]);
    table["ManyToOneRelationships"] = json!([{
        "SchemaName": "new_owner", "ReferencingEntity": "new_bankaccount", "ReferencingAttribute": "new_accountowner",
        "ReferencedEntity": "contact", "ReferencingEntityNavigationPropertyName": "new_owner_of_account",
    }]);
    let plan = planned(&[table], &empty_org());
    assert_eq!(plan.steps[1].body["ReferencingEntityNavigationPropertyName"], "new_owner_of_account");
}

#[test]
fn the_collection_is_named_as_the_other_table_declares_it() {
    let mut account = json!({ "LogicalName": "account", "PrimaryIdAttribute": "accountid" });
    account["OneToManyRelationships"] = json!([{
        "SchemaName": "new_account_bankaccounts", "ReferencingEntity": "new_bankaccount", "ReferencingAttribute": "new_owner",
        "ReferencedEntity": "account", "ReferencedEntityNavigationPropertyName": "new_Accounts",
    }]);
    let table = bank_account(&[lookup("Lookup", "new_Owner", "Owner", &["account"])]);
    let mut present = org(&[json!({ "LogicalName": "account", "PrimaryIdAttribute": "accountid" })], &[]);
    present.names.extend(empty_org().names);
    let plan = planned(&[account, table], &present);
    let body = &plan.steps[1].body;
    assert_eq!(body["SchemaName"], "new_account_bankaccounts");
    assert_eq!(body["ReferencedEntityNavigationPropertyName"], "new_Accounts");
    assert_eq!(body["ReferencedAttribute"], "accountid");
}

#[test]
fn a_lookup_to_several_tables_is_one_action() {
    let mut media =
        bank_account(&[lookup("Lookup", "new_Media", "Media", &["account", "campaign", "contact"])]);
    media["ManyToOneRelationships"] = json!([{
        "SchemaName": "new_media_contact", "ReferencingEntity": "new_bankaccount", "ReferencingAttribute": "new_media",
        "ReferencedEntity": "contact", "ReferencingEntityNavigationPropertyName": "new_Media_contact",
        "CascadeConfiguration": { "Delete": "RemoveLink" },
    }]);
    let plan = planned(&[media], &empty_org());
    assert_eq!(
        request(&plan.steps[1]),
        (
            "POST",
            "CreatePolymorphicLookupAttribute",
            json!({
                "OneToManyRelationships": [
                    {
                        "SchemaName": "new_bankaccount_new_media_account", "ReferencedEntity": "account",
                        "ReferencingEntity": "new_bankaccount"
                    },
                    {
                        "SchemaName": "new_bankaccount_new_media_campaign", "ReferencedEntity": "campaign",
                        "ReferencingEntity": "new_bankaccount"
                    },
                    {
                        "SchemaName": "new_media_contact", "ReferencedEntity": "contact",
                        "ReferencingEntity": "new_bankaccount", "CascadeConfiguration": cascade("RemoveLink")
                    },
                ],
                "Lookup": lookup_body("ComplexLookupAttributeMetadata", "new_Media", "Media"),
            })
        )
    );
}

#[test]
fn a_customer_column_is_one_action() {
    let table = bank_account(&[lookup("Customer", "new_CustomerId", "Customer", &["account", "contact"])]);
    let plan = planned(&[table], &empty_org());
    let (method, path, body) = request(&plan.steps[1]);
    assert_eq!((method, path), ("POST", "CreateCustomerRelationships"));
    assert_eq!(
        body["OneToManyRelationships"],
        json!([
            {
                "SchemaName": "new_bankaccount_new_customerid_account", "ReferencedEntity": "account",
                "ReferencingEntity": "new_bankaccount"
            },
            {
                "SchemaName": "new_bankaccount_new_customerid_contact", "ReferencedEntity": "contact",
                "ReferencingEntity": "new_bankaccount"
            },
        ])
    );
    assert_eq!(body["Lookup"], lookup_body("ComplexLookupAttributeMetadata", "new_CustomerId", "Customer"));
}

#[test]
fn a_lookup_to_several_tables_gets_further_ones() {
    let of = |targets: &[&str]| bank_account(&[lookup("Lookup", "new_Media", "Media", targets)]);
    let present = org(&[of(&["account", "contact"])], &[]);
    let plan = planned(&[of(&["account", "contact", "campaign"])], &present);
    assert_eq!(
        lines(&plan),
        ["let the lookup `new_bankaccount.new_media` point to `campaign`, too", "publish the changes"]
    );
    let (_, path, body) = request(&plan.steps[0]);
    assert_eq!((path, &body["ReferencedEntity"]), ("RelationshipDefinitions", &json!("campaign")));
    assert_eq!(body["Lookup"]["SchemaName"], "new_Media");

    let plan = planned(&[of(&["account", "contact"])], &org(&[of(&["account"])], &[]));
    assert!(plan.steps.is_empty());
    assert_eq!(
        not_done(&plan),
        [
            "new_bankaccount.new_media: the lookup does not point to `contact` in the org, and only lookups to several tables get \
          further ones; create another lookup"
        ]
    );
}

#[test]
fn a_lookup_to_a_table_that_nobody_has_is_an_error() {
    let table = bank_account(&[lookup("Lookup", "new_Ship", "Ship", &["new_ship"])]);
    let error = plan(&tables(&[table]), &empty_org(), &settings()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the lookup `new_bankaccount.new_ship` points to the table `new_ship`, which is neither in the org nor in the code: add \
         it to the tables"
    );
}

#[test]
fn a_many_to_many_relationship_is_created_once() {
    let mut table = bank_account(&[]);
    table["ManyToManyRelationships"] = json!([{
        "SchemaName": "new_bankaccount_new_branch", "Entity1LogicalName": "new_bankaccount",
        "Entity1NavigationPropertyName": "new_Branches", "Entity2LogicalName": "new_branch",
    }]);
    let mut branch = bank_account(&[]);
    branch["LogicalName"] = "new_branch".into();
    branch["ManyToManyRelationships"] = json!([{
        "SchemaName": "new_bankaccount_new_branch", "Entity1LogicalName": "new_branch",
        "Entity1NavigationPropertyName": "new_Accounts", "Entity2LogicalName": "new_bankaccount",
    }]);
    let plan = planned(&[table.clone(), branch.clone()], &empty_org());
    assert_eq!(
        lines(&plan),
        [
            "create the table `new_bankaccount`",
            "create the table `new_branch`",
            "create the many-to-many relationship `new_bankaccount_new_branch`",
            "publish the changes",
        ]
    );
    let menu = json!({ "Behavior": "UseCollectionName", "Group": "Details", "Order": 10_000 });
    assert_eq!(
        request(&plan.steps[2]),
        (
            "POST",
            "RelationshipDefinitions",
            json!({
                "SchemaName": "new_bankaccount_new_branch",
                "@odata.type": "Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata",
                "Entity1AssociatedMenuConfiguration": menu,
                "Entity1LogicalName": "new_bankaccount",
                "Entity1NavigationPropertyName": "new_Branches",
                "Entity2AssociatedMenuConfiguration": menu,
                "Entity2LogicalName": "new_branch",
                "Entity2NavigationPropertyName": "new_Accounts",
                "IntersectEntityName": "new_bankaccount_new_branch",
            })
        )
    );
    let present = org(&[table.clone(), branch.clone()], &[]);
    assert!(planned(&[table, branch], &present).steps.is_empty());
}
