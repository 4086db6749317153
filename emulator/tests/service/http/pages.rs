//! The requests in the pages, sent unchanged, with the answers that the pages show.

use serde_json::json;

use crate::support::Api;

/// Returns the headers that clients should always send, according to the pages.
fn standard() -> Api {
    Api::new()
        .with("Accept", "application/json")
        .with("OData-MaxVersion", "4.0")
        .with("OData-Version", "4.0")
        .with("If-None-Match", "null")
}

#[test]
fn the_requests_of_the_insomnia_page() {
    let api = standard();
    let all = api.with("Prefer", "odata.include-annotations=\"*\"");
    let root = "https://emulator.crm.dynamics.com/api/data/v9.2";
    // WhoAmI.
    let who = all.get("WhoAmI").expect(200).json();
    assert_eq!(who["@odata.context"], format!("{root}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"));
    let members: Vec<_> = who.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members.len(), 4, "{members:?}");
    for member in ["BusinessUnitId", "UserId", "OrganizationId"] {
        assert!(who[member].is_string(), "{who}");
    }
    // Create.
    let contact = api.create("contacts", &json!({"firstname": "Scott", "lastname": "Konersmann (sample)"}));
    let body = json!({
        "name": "An Example Account record (sample)",
        "revenue": 10000.0,
        "address1_city": "Redmond",
        "primarycontactid@odata.bind": format!("/contacts({contact})"),
    });
    let created = all.post("accounts", &body).expect(204);
    let id = created.id();
    assert_eq!(created.header("odata-entityid"), Some(format!("{root}/accounts({id})").as_str()));
    // Retrieve several.
    let query = "accounts?$top=3&$select=name,revenue,address1_city&$expand=primarycontactid($select=fullname)&$filter=address1_city eq 'Redmond'";
    let page = all.get(query).expect(200).json();
    let context = "accounts(name,revenue,address1_city,primarycontactid(fullname))";
    assert_eq!(page["@odata.context"], format!("{root}/$metadata#{context}"));
    assert_eq!(page["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
    assert_eq!(page["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"], false);
    assert!(page["@Microsoft.Dynamics.CRM.globalmetadataversion"].is_string());
    let row = &page["value"][0];
    assert!(row["@odata.etag"].is_string());
    assert_eq!(row["revenue@OData.Community.Display.V1.FormattedValue"], "$10,000.00");
    assert_eq!(row["_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue"], "US Dollar");
    assert_eq!(
        row["_transactioncurrencyid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"],
        "transactioncurrencyid"
    );
    assert_eq!(
        row["_transactioncurrencyid_value@Microsoft.Dynamics.CRM.lookuplogicalname"],
        "transactioncurrency"
    );
    assert_eq!(
        row["primarycontactid"],
        json!({"fullname": "Scott Konersmann (sample)", "contactid": contact})
    );
    // Retrieve one.
    let target = format!("accounts({id})?$select=name,revenue,address1_city");
    let row = api.get(&target).expect(200).json();
    assert_eq!(
        row["@odata.context"],
        format!("{root}/$metadata#accounts(name,revenue,address1_city)/$entity")
    );
    assert!(row["@odata.etag"].as_str().unwrap().starts_with("W/\""));
    assert_eq!(row["_transactioncurrencyid_value"].as_str().map(str::len), Some(36));
    assert_eq!((&row["address1_city"], row["revenue"].as_f64()), (&json!("Redmond"), Some(10000.0)));
    // Delete, and read again.
    let deleted = api.delete(&format!("accounts({id})")).expect(204);
    assert_eq!(deleted.text(), "");
    api.get(&target).refused(404, "0x80040217", &format!("Entity 'account' With Id = {id} Does Not Exist"));
}

#[test]
fn the_requests_of_the_page_of_optional_parameters() {
    let api = standard().with("Content-Type", "application/json");
    let body = json!({"name": "Sample Account"});
    api.post("accounts?tag=A%20string%20value", &body).expect(204);
    for (name, value) in [
        ("MSCRM.SolutionUniqueName", "ExampleSolution"),
        ("MSCRM.SuppressDuplicateDetection", "false"),
        ("MSCRM.BypassBusinessLogicExecution", "CustomSync,CustomAsync"),
        ("MSCRM.SuppressCallbackRegistrationExpanderJob", "true"),
    ] {
        let created = api.with(name, value).post("accounts", &body).expect(204);
        assert_eq!(created.header("odata-version"), Some("4.0"));
        assert!(created.header("odata-entityid").is_some());
    }
}

#[test]
fn the_requests_of_the_page_of_queries() {
    let api = standard();
    api.create("accounts", &json!({"name": "A. Datum Corporation (sample)", "revenue": 1}));
    let prefer = "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"";
    let query = "accounts?$select=name,statecode,statuscode&$orderby=name&$top=1";
    let answer = api.with("Prefer", prefer).get(query).expect(200);
    assert_eq!(answer.header("preference-applied"), Some(prefer));
    let page = answer.json();
    let row = page["value"][0].as_object().unwrap();
    let members: Vec<_> = row.keys().map(String::as_str).collect();
    assert_eq!(members.len(), 7, "{members:?}");
    assert_eq!(row["statuscode@OData.Community.Display.V1.FormattedValue"], "Active");
    for query in [
        "accounts?$select=name,revenue&$orderby=revenue asc,name desc&$filter=revenue ne null",
        "accounts?$select=name,revenue&$orderby=@p1 asc,@p2 desc&$filter=@p1 ne @p3&@p1=revenue&@p2=name",
    ] {
        assert_eq!(api.rows(query).len(), 1, "{query}");
    }
    let user = api.emulator.user();
    let owned = api.rows(&format!("systemusers({user})/user_accounts?$select=name"));
    assert_eq!(owned.len(), 1);
}
