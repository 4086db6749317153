//! Rules on which Microsoft's samples and clients rely and that no other test asserts.

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::Api;

#[test]
fn the_parent_customer_is_an_account_or_a_contact() {
    let api = Api::new();
    let account = api.create("accounts", &json!({ "name": "Contoso" }));
    let customer = |table: &str, id: &str| json!({ format!("parentcustomerid_{table}@odata.bind"): format!("/{table}s({id})") });
    let contact = api.create("contacts", &customer("account", &account));
    let other = api.create("contacts", &customer("contact", &contact));
    let lookups = |id: &str| {
        let row = api.get(&format!("contacts({id})?$select=_accountid_value,_parentcontactid_value")).json();
        [row["_accountid_value"].clone(), row["_parentcontactid_value"].clone()]
    };
    assert_eq!(lookups(&contact), [json!(account), Value::Null]);
    assert_eq!(lookups(&other), [Value::Null, json!(contact)]);

    let task = json!({ "subject": "Call", "regardingobjectid_contact_task@odata.bind": format!("/contacts({contact})") });
    api.create("tasks", &task);
    let filter = format!("regardingobjectid_contact_task/_accountid_value eq {account}");
    assert_eq!(api.column("subject", &format!("tasks?$select=subject&$filter={filter}")), [json!("Call")]);

    // The lookups follow the customer.
    api.patch(&format!("contacts({contact})"), &json!({ "parentcustomerid_account@odata.bind": null }))
        .expect(204);
    assert_eq!(lookups(&contact), [Value::Null, Value::Null]);
}

/// Returns a table with a file and an image.
fn with_files() -> Api {
    let column = |name: &str, kind: &str| {
        json!({
            "@odata.type": format!("#Microsoft.Dynamics.CRM.{kind}AttributeMetadata"), "LogicalName": name,
            "SchemaName": name, "AttributeType": "Virtual", "AttributeTypeName": { "Value": format!("{kind}Type") },
        })
    };
    let id = json!({
        "LogicalName": "new_bookid", "SchemaName": "new_bookid", "AttributeType": "Uniqueidentifier",
        "AttributeTypeName": { "Value": "UniqueidentifierType" }, "RequiredLevel": { "Value": "SystemRequired" },
    });
    let table = json!({
        "LogicalName": "new_book", "SchemaName": "new_Book", "EntitySetName": "new_books", "OwnershipType": "None",
        "PrimaryIdAttribute": "new_bookid",
        "Attributes": [id, column("new_manuscript", "File"), column("new_cover", "Image")],
    });
    Api::of(Emulator::builder().definitions(table.to_string()).build().unwrap())
}

#[test]
fn files_are_501() {
    let api = with_files();
    let book = api.create("new_books", &json!({}));
    let file = format!("new_books({book})/new_manuscript");
    for (method, target) in [
        ("PATCH", file.clone()),
        ("PUT", file.clone()),
        ("GET", file.clone()),
        ("GET", format!("{file}/$value")),
        ("DELETE", file),
    ] {
        let answer = api.send(method, &target, "{\"value\": 1}");
        assert_eq!(answer.status, 501, "{method} {target}: {}", answer.text());
    }
    let image = format!("new_books({book})/new_cover");
    api.send("PATCH", &image, "bytes").expect(501);
    api.get(&format!("{image}/$value")).expect(501);
}

#[test]
fn search_and_background_operations_are_501() {
    let api = Api::new();
    let host = "https://emulator.crm.dynamics.com";
    for path in [
        "search/v1.0/query",
        "search/v2.0/suggest",
        "backgroundoperation/0d2c7a10-1111-4111-8111-111111111111",
    ] {
        assert_eq!(api.at(&format!("{host}/api/{path}")).status, 501, "{path}");
    }
    assert_eq!(api.at(&format!("{host}/api/nothing/v1.0")).status, 404);
    let later = api.with("Prefer", "respond-async");
    let target = json!({ "@odata.type": "Microsoft.Dynamics.CRM.account", "name": "Later" });
    later.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &json!({ "Targets": [target] })).expect(501);
    assert_eq!(api.rows("accounts?$select=name"), Vec::<Value>::new());
}
