//! The steps of Microsoft's Web API samples: basic operations, queries, conditional operations.

use serde_json::{Value, json};

use crate::support::Api;

#[test]
fn basic_operations() {
    let api = Api::new();
    let rafel = api.create("contacts", &json!({"firstname": "Rafel", "lastname": "Shillo"}));
    let contact = format!("contacts({rafel})");
    api.with("If-Match", "*")
        .patch(&contact, &json!({"annualincome": 80000, "jobtitle": "Junior Developer"}))
        .expect(204);
    let row =
        api.get(&format!("{contact}?$select=fullname,annualincome,jobtitle,description")).expect(200).json();
    assert_eq!(
        (&row["fullname"], &row["annualincome"], &row["description"]),
        (&json!("Rafel Shillo"), &json!(80000), &Value::Null)
    );
    let update = json!({"jobtitle": "Senior Developer", "annualincome": 95000, "description": "Assignment to-be-determined"});
    api.patch(&contact, &update).expect(204);
    api.put(&format!("{contact}/telephone1"), &json!({"value": "555-0105"})).expect(204);
    assert_eq!(api.get(&format!("{contact}/telephone1")).json()["value"], "555-0105");

    let account = json!({"name": "Contoso Ltd", "telephone1": "555-5555", "primarycontactid@odata.bind": format!("{contact}")});
    let contoso = api.create("accounts", &account);
    let row = api.get(&format!("accounts({contoso})?$select=name,&$expand=primarycontactid($select=fullname,jobtitle,annualincome)")).expect(200).json();
    assert_eq!(row["primarycontactid"]["jobtitle"], "Senior Developer");

    let fourth = api.create("accounts", &json!({
        "name": "Fourth Coffee",
        "primarycontactid": {
            "firstname": "Susie", "lastname": "Curtis", "jobtitle": "Coffee Master", "annualincome": 48000,
            "Contact_Tasks": [
                {"subject": "Sign invoice", "description": "Invoice #12321", "scheduledstart": "2023-04-19T03:00:00.0000000-07:00", "scheduledend": "2023-04-19T04:00:00.0000000-07:00", "scheduleddurationminutes": 60},
                {"subject": "Setup new display", "scheduledstart": "2023-04-20T03:00:00.0000000-07:00"},
                {"subject": "Conduct training", "scheduledstart": "2023-06-01T03:00:00.0000000-07:00"}
            ]
        }
    }));
    let row = api
        .get(&format!("accounts({fourth})?$select=name&$expand=primarycontactid($select=fullname)"))
        .json();
    let susie = row["primarycontactid"]["contactid"].as_str().unwrap().to_owned();
    let tasks = api.get(&format!("contacts({susie})?$select=fullname&$expand=Contact_Tasks($select=subject,description,scheduledstart,scheduledend)")).json();
    assert_eq!(tasks["Contact_Tasks"][0]["scheduledstart"], "2023-04-19T10:00:00Z");

    let root = "https://emulator.crm.dynamics.com/api/data/v9.2";
    let reference = json!({"@odata.id": format!("{root}/contacts({rafel})")});
    api.post(&format!("accounts({fourth})/contact_customer_accounts/$ref"), &reference).expect(204);
    assert_eq!(
        api.column(
            "fullname",
            &format!("accounts({fourth})/contact_customer_accounts?$select=fullname,jobtitle")
        ),
        ["Rafel Shillo"]
    );
    api.delete(&format!("accounts({fourth})/contact_customer_accounts({rafel})/$ref")).expect(204);

    // The security role of a user, many to many.
    let user = api.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    assert_eq!(api.rows(&format!("systemusers({user})/systemuserroles_association?$select=name")).len(), 1);

    let opportunity = api.create("opportunities", &json!({
        "name": "Espresso machines", "estimatedclosedate": "2026-06-30", "customerid_account@odata.bind": format!("accounts({fourth})")
    }));
    let row = api
        .with("Prefer", "odata.include-annotations=\"*\"")
        .get(&format!("opportunities({opportunity})?$select=_customerid_value,estimatedclosedate"))
        .json();
    assert_eq!(row["_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "account");
    assert_eq!(row["estimatedclosedate"], "2026-06-30");
    for target in [format!("accounts({fourth})"), format!("accounts({contoso})"), contact] {
        api.delete(&target).expect(204);
    }
}

#[test]
fn conditional_operations() {
    let api = Api::new().with("Prefer", "return=representation");
    let row = api.post("accounts?$select=name,revenue,telephone1,description", &json!({
        "name": "Contoso Ltd", "telephone1": "555-0000", "revenue": 5000000, "description": "Parent company of Contoso Pharmaceuticals, etc."
    })).expect(201).json();
    let account = format!("accounts({})", row["accountid"].as_str().unwrap());
    let first = row["@odata.etag"].as_str().unwrap().to_owned();
    api.with("If-None-Match", &first).get(&format!("{account}?$select=name,revenue")).expect(304);
    api.put(&format!("{account}/telephone1"), &json!({"value": "555-0001"})).expect(204);
    api.with("If-None-Match", &first).get(&format!("{account}?$select=name,revenue")).expect(200);
    api.with("If-Match", &first).delete(&account).expect(412);
    api.with("If-Match", &first)
        .patch(&account, &json!({"telephone1": "555-0002", "revenue": 6000000}))
        .expect(412);
    let now = api.get(&account).json()["@odata.etag"].as_str().unwrap().to_owned();
    api.with("If-Match", &now)
        .patch(&format!("{account}?$select=name"), &json!({"telephone1": "555-0003"}))
        .expect(200);
}

#[test]
fn queries() {
    let api = Api::new();
    let contacts: Vec<Value> = ["Yvonne McKay (sample)", "Susanna Stubberod (sample)", "Nancy Anderson (sample)", "Maria Campbell (sample)"]
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let (first, last) = name.split_once(' ').unwrap();
            json!({"firstname": first, "lastname": last, "jobtitle": if index % 2 == 0 { "Purchasing Manager" } else { "Buyer" }, "annualincome": 45000 + index * 10000})
        })
        .collect();
    api.create("accounts", &json!({"name": "Contoso, Ltd. (sample)", "contact_customer_accounts": contacts}));
    let names = |query: &str| {
        api.column("fullname", &format!("contacts?$select=fullname,jobtitle,annualincome&{query}")).len()
    };
    assert_eq!(names("$filter=contains(fullname,'(sample)')"), 4);
    assert_eq!(
        names("$filter=Microsoft.Dynamics.CRM.LastXHours(PropertyName='createdon',PropertyValue='1')"),
        4
    );
    assert_eq!(
        names(
            "$filter=contains(fullname,'(sample)') and (contains(jobtitle,'buyer') or annualincome gt 60000)"
        ),
        3
    );
    assert_eq!(
        names("$filter=contains(fullname,'(sample)')&$orderby=jobtitle asc, annualincome desc&$top=3"),
        3
    );
    let lead = api.rows("accounts?$select=name&$expand=contact_customer_accounts($select=fullname;$orderby=annualincome desc;$top=1)").remove(0);
    assert_eq!(lead["contact_customer_accounts"][0]["fullname"], "Maria Campbell (sample)");
    let sums = api
        .get("contacts?$apply=aggregate(annualincome with average as average,annualincome with sum as total)")
        .expect(200)
        .json();
    assert_eq!((&sums["value"][0]["average"], &sums["value"][0]["total"]), (&json!(60000), &json!(240000)));
}
