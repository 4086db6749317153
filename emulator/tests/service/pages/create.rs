//! `webapi/create-entity-web-api`, `webapi/manage-duplicate-detection-create-update`,
//! `webapi/impersonate-another-user-web-api`.

use serde_json::{Value, json};

use super::{ROOT, members};
use crate::support::Api;

fn sample() -> Value {
    json!({
        "name": "Sample Account",
        "creditonhold": false,
        "address1_latitude": 47.639583,
        "description": "This is the description of the sample account",
        "revenue": 5000000,
        "accountcategorycode": 1
    })
}

/// Returns a service with the headers that clients should always send, according to Microsoft.
fn api() -> Api {
    Api::new()
        .with("Accept", "application/json")
        .with("OData-MaxVersion", "4.0")
        .with("OData-Version", "4.0")
        .with("If-None-Match", "null")
        .with("Content-Type", "application/json; charset=utf-8")
}

#[test]
fn basic_create() {
    let api = api();
    let answer = api.post("accounts", &sample()).expect(204);
    let url = format!("{ROOT}/accounts({})", answer.id());
    assert_eq!(answer.header("odata-entityid"), Some(url.as_str()));
    assert_eq!(answer.header("odata-version"), Some("4.0"));
}

#[test]
fn create_with_data_returned() {
    let select = "name,creditonhold,address1_latitude,description,revenue,accountcategorycode,createdon";
    let api = api().with("Prefer", "return=representation");
    let answer = api.post(&format!("accounts?$select={select}"), &sample()).expect(201);
    assert_eq!(answer.header("odata-entityid"), None);
    assert_eq!(answer.header("location"), None);
    assert_eq!(answer.header("preference-applied"), Some("return=representation"));
    let row = answer.json();
    let mut names = members(&row);
    names.sort_unstable();
    let mut printed = vec!["@odata.context", "@odata.etag", "accountid", "_transactioncurrencyid_value"];
    printed.extend(select.split(','));
    printed.sort_unstable();
    assert_eq!(names, printed);
    assert_eq!(row["address1_latitude"].to_string(), "47.63958");
    assert_eq!(row["revenue"].as_f64(), Some(5_000_000.0));
}

#[test]
fn create_related_table_rows_in_one_operation() {
    let api = api();
    let body = json!({
        "name": "Sample Account",
        "primarycontactid": {"firstname": "John", "lastname": "Smith"},
        "opportunity_customer_accounts": [{
            "name": "Opportunity associated to Sample Account",
            "Opportunity_Tasks": [{"subject": "Task associated to opportunity"}]
        }]
    });
    let id = api.post("accounts", &body).expect(204).id();
    let account = api.get(&format!("accounts({id})?$expand=primarycontactid($select=fullname)")).json();
    assert_eq!(account["primarycontactid"]["fullname"], "John Smith");
    let opportunity = api.rows(&format!("accounts({id})/opportunity_customer_accounts")).remove(0);
    let tasks =
        format!("opportunities({})/Opportunity_Tasks", opportunity["opportunityid"].as_str().unwrap());
    assert_eq!(api.column("subject", &tasks), ["Task associated to opportunity"]);
    for set in ["accounts", "contacts", "opportunities", "tasks"] {
        assert_eq!(api.rows(set).len(), 1, "{set}");
    }
}

#[test]
fn a_representation_has_no_nested_collections() {
    let api = api().with("Prefer", "return=representation");
    let body = json!({
        "name": "a",
        "primarycontactid": {"lastname": "c", "Contact_Tasks": [{"subject": "t"}]},
        "opportunity_customer_accounts": [{"name": "o", "Opportunity_Tasks": [{"subject": "t"}]}]
    });
    let expand =
        "primarycontactid($expand=Contact_Tasks),opportunity_customer_accounts($expand=Opportunity_Tasks)";
    let row = api.post(&format!("accounts?$select=name&$expand={expand}"), &body).expect(201).json();
    assert_eq!(row["primarycontactid"]["Contact_Tasks"], json!([]));
    let opportunity = &row["opportunity_customer_accounts"][0];
    assert_eq!((&opportunity["name"], &opportunity["Opportunity_Tasks"]), (&json!("o"), &json!([])));
    assert_eq!(api.rows("tasks").len(), 2);
}

#[test]
fn associate_table_rows_on_create() {
    let api = api();
    let contact = api.create("contacts", &json!({"firstname": "Yvonne", "lastname": "McKay (sample)"}));
    let tasks = ["Task 1", "Task 2"].map(|subject| api.create("tasks", &json!({"subject": subject})));
    let body = json!({
        "name": "Sample Account",
        "primarycontactid@odata.bind": format!("/contacts({contact})"),
        "Account_Tasks@odata.bind": tasks.clone().map(|task| format!("/tasks({task})"))
    });
    let target =
        "accounts?$select=name&$expand=primarycontactid($select=fullname),Account_Tasks($select=subject)";
    let answer = api.with("Prefer", "return=representation").post(target, &body).expect(201);
    let row = answer.json();
    assert_eq!(
        row["@odata.context"],
        format!("{ROOT}/$metadata#accounts(name,primarycontactid(fullname),Account_Tasks(subject))/$entity")
    );
    assert_eq!(row["primarycontactid"]["fullname"], "Yvonne McKay (sample)");
    assert_eq!(row["primarycontactid"]["contactid"], contact.as_str());
    let related: Vec<&Value> =
        row["Account_Tasks"].as_array().unwrap().iter().map(|row| &row["activityid"]).collect();
    assert_eq!(related, [&json!(tasks[0]), &json!(tasks[1])]);
}

#[test]
fn create_from_the_answer_of_initialize_from() {
    let api = api();
    let parent = api.create("accounts", &json!({"name": "Contoso"}));
    let currency =
        api.rows("transactioncurrencies").remove(0)["transactioncurrencyid"].as_str().unwrap().to_owned();
    let body = json!({
        "@odata.context": format!("{ROOT}/$metadata#accounts/$entity"),
        "@odata.type": "#Microsoft.Dynamics.CRM.account",
        "parentaccountid@odata.bind": format!("accounts({parent})"),
        "transactioncurrencyid@odata.bind": format!("transactioncurrencies({currency})"),
        "name": "Contoso Ltd",
        "numberofemployees": "200",
        "address1_line1": "100 Maple St.",
        "fax": "73737"
    });
    let id = api.post("accounts", &body).expect(204).id();
    let row = api.get(&format!("accounts({id})")).json();
    assert_eq!((&row["numberofemployees"], &row["_parentaccountid_value"]), (&json!(200), &json!(parent)));
}

#[test]
fn duplicate_detection_finds_nothing_without_rules() {
    let api = api();
    let body = json!({"firstname": "Monte", "lastname": "Orton", "emailaddress1": "monteorton@example.com"});
    for value in ["false", "true"] {
        let api = api.with("MSCRM.SuppressDuplicateDetection", value);
        let id = api.post("contacts", &body).expect(204).id();
        api.with("If-Match", "*").patch(&format!("contacts({id})"), &body).expect(204);
    }
    assert_eq!(api.rows("contacts").len(), 2);
}

#[test]
fn a_create_on_behalf_of_another_user() {
    let api = api();
    let user = api.emulator.add_user("Impersonated User").unwrap();
    let object = "e39c5d16-675b-48d1-8e67-667427e9c084";
    let azure = json!({"azureactivedirectoryobjectid": object});
    api.patch(&format!("systemusers({user})"), &azure).expect(204);
    let body = json!({"name": "Sample Account created using impersonation"});
    let id = api.with("CallerObjectId", object).post("accounts", &body).expect(204).id();
    let people = "createdby($select=fullname,azureactivedirectoryobjectid),createdonbehalfby($select=fullname),owninguser($select=fullname)";
    let row = api.get(&format!("accounts({id})?$select=name&$expand={people}")).expect(200).json();
    assert_eq!(row["createdby"]["fullname"], "Impersonated User");
    assert_eq!(row["createdby"]["azureactivedirectoryobjectid"], object);
    assert_eq!(row["createdby"]["systemuserid"], row["createdby"]["ownerid"]);
    assert_eq!(row["createdonbehalfby"]["fullname"], "System Administrator");
    assert_eq!(row["owninguser"]["fullname"], "Impersonated User");
}
