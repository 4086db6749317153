//! The sources of definitions: `$metadata`, `RetrieveMetadataChanges`, and several texts about one table.

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use super::projects;
use crate::support::Api;

/// A hand-written document with the oddities of real ones.
const CSDL: &str = include_str!("../../fixtures/tables.csdl.xml");

fn from_csdl() -> Api {
    Api::of(Emulator::builder().definitions(CSDL).sequential_ids(true).build().unwrap())
}

fn definition(api: &Api, table: &str) -> Value {
    api.get(&format!(
        "EntityDefinitions(LogicalName='{table}')?$expand=Attributes,Keys,ManyToOneRelationships"
    ))
    .expect(200)
    .json()
}

#[test]
fn metadata_has_the_tables_and_their_keys() {
    let api = from_csdl();
    let site = definition(&api, "new_site");
    assert_eq!(
        (&site["EntitySetName"], &site["PrimaryIdAttribute"]),
        (&json!("new_siteshere"), &json!("new_sitekey"))
    );
    assert_eq!(site["PrimaryNameAttribute"], "new_name");
    // Types without an entity set of records are not tables.
    for no_table in ["expando", "principal", "EntityMetadata"] {
        api.get(&format!("EntityDefinitions(LogicalName='{no_table}')")).expect(404);
    }
    // Users and teams inherit the key of principals, but lookups use another one.
    assert_eq!(definition(&api, "systemuser")["PrimaryIdAttribute"], "systemuserid");
    let user = api.rows("systemusers?$select=new_nickname")[0].clone();
    assert!(user["systemuserid"].is_string() && user.get("new_nickname").is_some(), "{user}");
    // An activity inherits columns, key and lookups.
    let visit = definition(&api, "new_visit");
    assert_eq!(
        (&visit["PrimaryIdAttribute"], &visit["PrimaryNameAttribute"]),
        (&json!("activityid"), &json!("subject"))
    );
    assert_eq!((&visit["IsActivity"], &visit["OwnershipType"]), (&json!(true), &json!("UserOwned")));
    assert_eq!(site["Keys"][0]["KeyAttributes"], json!(["new_code", "new_part"]));
}

#[test]
fn metadata_has_the_types_of_columns() {
    let api = from_csdl();
    let id = api.create("new_siteshere", &json!({"new_name": "Pier", "new_resourcesJson": "{}", "new_opened": "2026-05-06",
        "new_area": 1.5, "new_share": 0.123_456_789, "new_price": 2.5, "new_open": true, "new_picture": "aGk="}));
    let row = api.get(&format!("new_siteshere({id})")).expect(200).json();
    // Names keep their case, and decimals their digits.
    assert_eq!((&row["new_resourcesJson"], &row["new_share"]), (&json!("{}"), &json!(0.123_456_789)));
    assert_eq!((&row["new_opened"], &row["new_picture"]), (&json!("2026-05-06"), &json!("aGk=")));
    let types: Vec<(String, String)> = definition(&api, "new_site")["Attributes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| {
            (
                each["LogicalName"].as_str().unwrap().to_owned(),
                each["AttributeTypeName"]["Value"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    for (name, of) in [
        ("new_sitekey", "UniqueidentifierType"),
        ("new_price", "MoneyType"),
        ("new_price_base", "MoneyType"),
        ("new_share", "DecimalType"),
        ("new_picture", "ImageType"),
        ("new_plan", "FileType"),
        ("iscustomizable", "ManagedPropertyType"),
        ("versionnumber", "BigIntType"),
        ("new_opened", "DateTimeType"),
        ("new_holder", "LookupType"),
    ] {
        assert!(types.contains(&(name.to_owned(), of.to_owned())), "{name} {of}: {types:?}");
    }
    assert!(!types.iter().any(|(name, _)| name == "new_span"), "no column has that type");
}

#[test]
fn metadata_has_the_lookups_and_their_collections() {
    let api = from_csdl();
    let whole = api.create("new_siteshere", &json!({"new_name": "Harbor"}));
    let user = api.emulator.user().to_string();
    let part = json!({"new_name": "Pier", "new_Part@odata.bind": format!("/new_siteshere({whole})"),
        "new_Holder_systemuser@odata.bind": format!("/systemusers({user})")});
    let part = api.create("new_siteshere", &part);
    let row =
        api.get(&format!("new_siteshere({part})?$expand=new_Part($select=new_name)")).expect(200).json();
    assert_eq!((&row["new_Part"]["new_name"], &row["_new_holder_value"]), (&json!("Harbor"), &json!(user)));
    assert_eq!(api.rows(&format!("new_siteshere({whole})/new_site_new_site_part"))[0]["new_sitekey"], part);
    // A lookup without a navigation property can be read, but not bound by any name.
    assert!(row.get("_new_forgotten_value").is_some());
    api.patch(
        &format!("new_siteshere({part})"),
        &json!({"new_forgotten@odata.bind": format!("/new_siteshere({whole})")}),
    )
    .expect(400);
    // The regarding object of an activity has no constraint: its lookup is found by the name.
    let visit = json!({"subject": "Look", "regardingobjectid_new_site_new_visit@odata.bind": format!("/new_siteshere({part})")});
    let visit = api.create("new_visitset", &visit);
    assert_eq!(api.rows(&format!("new_siteshere({part})/new_site_new_visits"))[0]["activityid"], visit);
    let row = api
        .get(&format!("new_visitset({visit})?$select=statecode,statuscode,activitytypecode,_ownerid_value"))
        .expect(200)
        .json();
    assert_eq!((&row["statecode"], &row["activitytypecode"]), (&json!(0), &json!("new_visit")));
    assert_eq!(row["_ownerid_value"], user);
    // Dataverse fills in the table of an activity (Microsoft Learn lists `activitytypecode` among the read-only columns of each).
    let visit = definition(&api, "new_visit");
    let mut columns = visit["Attributes"].as_array().unwrap().iter();
    let of_table = columns.find(|column| column["LogicalName"] == "activitytypecode").unwrap();
    assert_eq!(
        (&of_table["IsValidForCreate"], &of_table["IsValidForUpdate"]),
        (&json!(false), &json!(false))
    );
    // A deletion clears the lookups that lead to the record.
    api.delete(&format!("new_siteshere({whole})")).expect(204);
    assert!(api.get(&format!("new_siteshere({part})")).expect(200).json()["_new_part_value"].is_null());
}

#[test]
fn metadata_has_the_many_to_many_relationships() {
    let api = from_csdl();
    let site = api.create("new_siteshere", &json!({"new_name": "Harbor"}));
    let visit = api.create("new_visitset", &json!({"subject": "Look"}));
    let reference = json!({"@odata.id": format!("https://emulator.crm.dynamics.com/api/data/v9.2/new_visitset({visit})")});
    api.post(&format!("new_siteshere({site})/new_site_visit/$ref"), &reference).expect(204);
    assert_eq!(api.rows(&format!("new_visitset({visit})/new_site_visit"))[0]["new_sitekey"], site);
    let near = api.create(
        "new_siteshere",
        &json!({"new_name": "Pier", "new_near@odata.bind": [format!("/new_siteshere({site})")]}),
    );
    assert_eq!(api.rows(&format!("new_siteshere({near})/new_near"))[0]["new_sitekey"], site);
    assert_eq!(api.rows(&format!("new_siteshere({site})/new_nearto"))[0]["new_sitekey"], near);
}

#[test]
fn metadata_warns_of_what_it_lacks() {
    let api = from_csdl();
    let warnings: Vec<String> = api.emulator.warnings().iter().map(ToString::to_string).collect();
    assert!(warnings[0].starts_with("`$metadata` has no lengths, ranges, options"), "{}", warnings[0]);
    let site = warnings.iter().find(|text| text.starts_with("table `new_site`:")).unwrap();
    assert!(site.contains("property `new_span` of type `Edm.Duration`"), "{site}");
    let visit = warnings.iter().find(|text| text.starts_with("table `new_visit`:")).unwrap();
    assert!(visit.contains("navigation property `stageid_processstage`"), "{visit}");
    // The service therefore accepts any option, any state and any length.
    let visit = api.create("new_visitset", &json!({"subject": "x".repeat(5000), "statuscode": 7}));
    api.patch(&format!("new_visitset({visit})"), &json!({"statecode": 2, "statuscode": 3})).expect(204);
    // The service assumes that no client sets a column that Dataverse sets.
    let site =
        api.create("new_siteshere", &json!({"new_name": "Pier", "versionnumber": 5, "exchangerate": 7.5}));
    let row = api.get(&format!("new_siteshere({site})")).expect(200).json();
    assert!(row["versionnumber"].as_i64().unwrap() > 5 && row["exchangerate"].is_null(), "{row}");
    for (text, words) in [
        ("<a/>", "is not a `$metadata` document"),
        ("<edmx:Edmx xmlns:edmx='http://docs.oasis-open.org/odata/ns/edmx'/>", "has no entity set"),
        ("<a>", "is not XML"),
    ] {
        let error = Emulator::builder().definitions(text).build().unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn metadata_adds_to_other_sources() {
    let known = json!({"LogicalName": "new_site", "EntitySetName": "new_siteshere", "PrimaryIdAttribute": "new_sitekey",
        "Attributes": [{"LogicalName": "new_sitekey", "AttributeType": "Uniqueidentifier"},
            {"LogicalName": "new_name", "AttributeType": "String", "MaxLength": 4}]});
    for texts in [[CSDL.to_owned(), known.to_string()], [known.to_string(), CSDL.to_owned()]] {
        let [first, second] = texts;
        let api = Api::of(Emulator::builder().definitions(first).definitions(second).build().unwrap());
        api.post("new_siteshere", &json!({"new_name": "Harbor"})).expect(400);
        api.create("new_siteshere", &json!({"new_name": "Pier", "new_code": "a long code"}));
    }
}

#[test]
fn the_answer_of_retrieve_metadata_changes_can_be_read_again() {
    let whole = projects().get("RetrieveMetadataChanges").expect(200).text();
    let again = Api::of(Emulator::builder().definitions(whole).built_in_tables(false).build().unwrap());
    assert_eq!(again.emulator.warnings(), []);
    again.post("new_projects", &json!({"new_size": 3})).expect(400);
    let id = again.create("new_projects", &json!({"new_size": 2, "new_color": 11, "new_number": 5}));
    let row =
        again.with("Prefer", "odata.include-annotations=\"*\"").get(&format!("new_projects({id})")).json();
    assert_eq!(row["new_color@OData.Community.Display.V1.FormattedValue"], "Blue");
    again.post("new_projects", &json!({"new_number": 5})).expect(412);
}

#[test]
fn options_are_added_by_the_answer_to_a_cast() {
    let api = projects();
    let plain = "EntityDefinitions?$filter=LogicalName eq 'new_project'&$expand=Attributes,Keys,ManyToOneRelationships,OneToManyRelationships,ManyToManyRelationships";
    let plain = api.get(plain).expect(200).text();
    let cast = "EntityDefinitions(LogicalName='new_project')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet";
    let cast = api.get(cast).expect(200).text();
    let alone = Emulator::builder().definitions(plain.clone()).build().unwrap_err().to_string();
    let words = "table `new_project`: attribute `new_size`: no `OptionSet`; the answer of `RetrieveMetadataChanges` has it";
    assert!(alone.contains(words), "{alone}");
    let again = Api::of(Emulator::builder().definitions(plain).definitions(cast).build().unwrap());
    again.post("new_projects", &json!({"new_size": 3})).expect(400);
    again.create("new_projects", &json!({"new_size": 2}));
}
