//! Functions and actions that the emulator implements.

use serde_json::json;

use crate::support::{Api, G1};

#[test]
fn the_current_organization() {
    let api = Api::new();
    let target =
        "RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'";
    let answer = api.get(target).expect(200).json();
    let root = "https://emulator.crm.dynamics.com";
    assert_eq!(
        answer["@odata.context"],
        format!("{root}/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.RetrieveCurrentOrganizationResponse")
    );
    let detail = &answer["Detail"];
    assert_eq!(detail["OrganizationId"], api.get("WhoAmI").json()["OrganizationId"]);
    assert_eq!(detail["OrganizationVersion"], api.get("RetrieveVersion").json()["Version"]);
    assert_eq!((&detail["UrlName"], &detail["State"]), (&json!("emulator"), &json!("Enabled")));
    let members = detail.as_object().unwrap();
    for name in ["FriendlyName", "EnvironmentId", "DatacenterId", "Geo", "TenantId", "UniqueName"] {
        assert!(members[name].is_string(), "{name}: {detail}");
    }
    assert_eq!(
        detail["Endpoints"],
        json!({
            "Count": 3, "IsReadOnly": false,
            "Keys": ["WebApplication", "OrganizationService", "OrganizationDataService"],
            "Values": [
                format!("{root}/"), format!("{root}/XRMServices/2011/Organization.svc"),
                format!("{root}/XRMServices/2011/OrganizationData.svc"),
            ],
        })
    );
    let target = "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Moon')";
    api.get(target).refused(400, "0x0", "EndpointAccessType");
}

#[test]
fn addresses_in_the_format_of_their_country() {
    let api = Api::new();
    let format = |line: &str, city: &str, state: &str, code: &str, country: &str| {
        api.get(&format!(
            "FormatAddress(Line1=@p1,City=@p2,StateOrProvince=@p3,PostalCode=@p4,Country=@p5)?@p1='{line}'&@p2='{city}'&@p3='{state}'&@p4='{code}'&@p5='{country}'"
        ))
    };
    let answer = format("123 Maple St.", "Seattle", "WA", "98007", "USA").expect(200).json();
    assert_eq!(answer["Address"], "123 Maple St.\r\nSeattle, WA 98007\r\nUSA");
    assert!(
        answer["@odata.context"].as_str().unwrap().ends_with("#Microsoft.Dynamics.CRM.FormatAddressResponse")
    );
    let answer = format("1-2-3 Sakura", "Nagoya", "Aichi", "455-2345", "JAPAN").expect(200).json();
    assert_eq!(answer["Address"], "455-2345\r\nAichi\r\nNagoya\r\n1-2-3 Sakura\r\nJAPAN");
    format("1 rue X", "Paris", "IdF", "75001", "France").refused(501, "0x80060888", "FormatAddress");
}

#[test]
fn initialize_from_returns_the_values_of_a_record() {
    let api = Api::new();
    let id = api.create(
        "accounts",
        &json!({"name": "Contoso", "address1_line1": "123 Maple St.", "address1_city": "Seattle", "numberofemployees": 150}),
    );
    let call = |skip: &str| {
        format!(
            "InitializeFrom(EntityMoniker=@p1,TargetEntityName=@p2,TargetFieldType=@p3{skip})?@p1={{'@odata.id':'accounts({id})'}}&@p2='account'&@p3=Microsoft.Dynamics.CRM.TargetFieldType'ValidForCreate'"
        )
    };
    let record = api.get(&call("")).expect(200).json();
    let root = "https://emulator.crm.dynamics.com/api/data/v9.2";
    assert_eq!(record["@odata.context"], format!("{root}/$metadata#accounts/$entity"));
    assert_eq!(record["@odata.type"], "#Microsoft.Dynamics.CRM.account");
    assert_eq!(record["parentaccountid@odata.bind"], format!("accounts({id})"));
    assert_eq!(record["address1_line1"], "123 Maple St.");
    assert_eq!(record["numberofemployees"], 150);
    for absent in ["accountid", "createdon", "telephone1", "ownerid@odata.bind", "_ownerid_value"] {
        assert!(record.get(absent).is_none(), "{absent}: {record}");
    }
    // The answer is the body of a create.
    let mut body = record.clone();
    body["name"] = json!("Contoso Chicago");
    let new = api.create("accounts", &body);
    let made = api.get(&format!("accounts({new})?$select=name,address1_city,_parentaccountid_value")).json();
    assert_eq!((&made["name"], &made["address1_city"]), (&json!("Contoso Chicago"), &json!("Seattle")));
    assert_eq!(made["_parentaccountid_value"], id.as_str());
    let record = api.get(&call(",SkipParentalRelationshipMapping=true")).expect(200).json();
    assert!(record.get("parentaccountid@odata.bind").is_none(), "{record}");
    let contact = api.get(&call("").replace("'account'", "'contact'")).expect(200).json();
    assert_eq!(contact["@odata.type"], "#Microsoft.Dynamics.CRM.contact");
    assert_eq!(contact["parentcustomerid_account@odata.bind"], format!("accounts({id})"));
    assert_eq!((&contact["address1_city"], contact.get("name")), (&json!("Seattle"), None));
    api.create("contacts", &contact);
    api.get(&call("").replace("'account'", "'competitor'")).refused(501, "0x80060888", "InitializeFrom");
}

#[test]
fn members_of_teams() {
    let api = Api::new();
    let team = api.create("teams", &json!({"name": "t"}));
    let user = api.emulator.add_user("Ada Agent").unwrap().to_string();
    let members = json!({"Members": [{"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "ownerid": user}]});
    let add = format!("teams({team})/Microsoft.Dynamics.CRM.AddMembersTeam");
    let remove = format!("teams({team})/Microsoft.Dynamics.CRM.RemoveMembersTeam");
    let names =
        || api.column("fullname", &format!("teams({team})/teammembership_association?$select=fullname"));
    api.post(&add, &members).expect(204);
    api.post(&add, &members).expect(204);
    assert_eq!(names(), ["Ada Agent"]);
    // The member has the rights of the team, and only a team with a role has rights.
    let role = api.emulator.basic_user_role().unwrap();
    api.emulator.assign_team_role(team.parse().unwrap(), role).unwrap();
    let account =
        api.create("accounts", &json!({"name": "a", "ownerid@odata.bind": format!("teams({team})")}));
    api.as_user(&user).get(&format!("accounts({account})")).expect(200);
    let by_own_key =
        json!({"Members": [{"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "systemuserid": user}]});
    api.post(&remove, &by_own_key).expect(204);
    assert!(names().is_empty());
    api.as_user(&user).get(&format!("accounts({account})")).expect(403);
    let untyped = json!({"Members": [{"ownerid": user}]});
    api.post(&add, &untyped).refused(
        400,
        "0x0",
        "EdmEntityObject passed should have the key property value set.",
    );
    api.as_user(&user).post(&add, &members).refused(403, "0x80040220", "prvWriteTeam");
    api.post(&format!("teams({G1})/Microsoft.Dynamics.CRM.AddMembersTeam"), &members).refused(
        404,
        "0x80040217",
        "Does Not Exist",
    );
}
