//! `$ref`, many-to-many relationships and collections of a record.

use serde_json::json;

use crate::support::Api;

const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";

#[test]
fn references_are_read_set_and_removed() {
    let api = Api::new();
    let (account, contact) =
        (api.create("accounts", &json!({"name": "a"})), api.create("contacts", &json!({"lastname": "c"})));
    let lookup = format!("accounts({account})/primarycontactid/$ref");
    api.get(&lookup).expect(204);
    let url = format!("https://emulator.crm.dynamics.com/api/data/v9.2/contacts({contact})");
    api.put(&lookup, &json!({"@odata.id": url})).expect(204);
    assert_eq!(api.get(&lookup).expect(200).json()["@odata.id"], url.as_str());
    assert_eq!(
        api.get(&format!("accounts({account})/primarycontactid?$select=lastname")).json()["lastname"],
        "c"
    );
    api.delete(&lookup).expect(204);
    api.get(&lookup).expect(204);

    let collection = format!("accounts({account})/contact_customer_accounts");
    api.post(&format!("{collection}/$ref"), &json!({"@odata.id": url})).expect(204);
    assert_eq!(api.rows(&collection).len(), 1);
    assert_eq!(api.rows(&format!("{collection}/$ref"))[0]["@odata.id"], url.as_str());
    api.delete(&format!("{collection}({contact})/$ref")).expect(204);
    assert!(api.rows(&collection).is_empty());
    api.delete(&format!("{collection}({contact})/$ref")).refused(404, "0x80040217", "Does Not Exist");
    api.post(&format!("{collection}/$ref"), &json!({"@odata.id": url})).expect(204);
    api.send("DELETE", &format!("{collection}/$ref?$id={url}"), "").expect(204);
    assert!(api.rows(&collection).is_empty());
}

#[test]
fn references_are_absolute_urls() {
    let api = Api::new();
    let (account, contact) =
        (api.create("accounts", &json!({"name": "a"})), api.create("contacts", &json!({"lastname": "c"})));
    let (lookup, collection) = (
        format!("accounts({account})/primarycontactid/$ref"),
        format!("accounts({account})/contact_customer_accounts/$ref"),
    );
    for url in [
        format!("contacts({contact})"),
        format!("/contacts({contact})"),
        format!("/api/data/v9.2/contacts({contact})"),
    ] {
        let body = json!({"@odata.id": url});
        api.put(&lookup, &body).refused(400, "0x0", "must be an absolute URL");
        api.post(&collection, &body).refused(400, "0x0", "must be an absolute URL");
        api.delete(&format!("{collection}?$id={url}")).refused(400, "0x0", "must be an absolute URL");
    }
    // A reference is a URL, not a record.
    let by_type = json!({"@odata.type": "Microsoft.Dynamics.CRM.contact", "contactid": contact});
    api.put(&lookup, &by_type).refused(400, "0x80048d19", "odata.id");
    // A lookup needs no `$id`.
    let url = format!("{ROOT}/contacts({contact})");
    api.put(&lookup, &json!({"@odata.id": url})).expect(204);
    api.delete(&format!("{lookup}?$id={url}")).refused(400, "0x0", "$id");
    api.delete(&lookup).expect(204);
    // A record of another table is refused.
    let other = json!({"@odata.id": format!("{ROOT}/accounts({account})")});
    api.put(&lookup, &other).refused(400, "0x0", "cannot be associated");
    api.post(&collection, &other).refused(400, "0x0", "cannot be associated");
}

#[test]
fn many_to_many_is_associated_from_both_sides() {
    let api = Api::new();
    let opportunity = api.create("opportunities", &json!({"name": "o"}));
    let competitor = api.create("competitors", &json!({"name": "c"}));
    let side = format!("opportunities({opportunity})/opportunitycompetitors_association");
    let other = format!("competitors({competitor})/opportunitycompetitors_association");
    for _ in 0..2 {
        api.post(&format!("{side}/$ref"), &json!({"@odata.id": format!("{ROOT}/competitors({competitor})")}))
            .expect(204);
    }
    assert_eq!(api.column("name", &side), ["c"]);
    assert_eq!(api.column("name", &other), ["o"]);
    api.delete(&format!("{other}({opportunity})/$ref")).expect(204);
    assert!(api.rows(&side).is_empty());
    api.post(&format!("{side}/$ref"), &json!({"@odata.id": format!("{ROOT}/competitors({competitor})")}))
        .expect(204);
    api.delete(&format!("competitors({competitor})")).expect(204);
    assert!(api.rows(&side).is_empty());
}

#[test]
fn a_collection_of_a_record_accepts_new_records() {
    let api = Api::new();
    let account = api.create("accounts", &json!({"name": "a"}));
    let task = api.create(&format!("accounts({account})/Account_Tasks"), &json!({"subject": "t"}));
    assert_eq!(api.get(&format!("tasks({task})")).json()["_regardingobjectid_value"], account.as_str());
}
