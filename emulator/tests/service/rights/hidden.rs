//! A record that the caller may not read: no request reveals it.

use dataverse_emulator::{Depth, Privilege};
use serde_json::{Value, json};

use super::people::{Organization, reference, with_accounts};

/// Another user's account with a contact that everybody sees, and the caller's own account with the same
/// contact.
struct World {
    organization: Organization,
    hidden: String,
    contact: String,
}

fn world() -> World {
    let organization = Organization::new(
        with_accounts(&[Privilege::Read, Privilege::Write, Privilege::Create], Depth::User).allow(
            "task",
            Privilege::ALL,
            Depth::Organization,
        ),
    );
    let hidden = organization.record(3, "accounts", &json!({"name": "secret", "revenue": 7}));
    let contact = organization.record(
        0,
        "contacts",
        &json!({"lastname": "seen", "parentcustomerid_account@odata.bind": format!("/accounts({hidden})")}),
    );
    let bind = json!({"primarycontactid@odata.bind": format!("/contacts({contact})")});
    organization.api.patch(&format!("accounts({hidden})"), &bind).expect(204);
    World { organization, hidden, contact }
}

#[test]
fn the_collections_of_a_hidden_record_are_hidden() {
    let World { organization, hidden, contact } = world();
    let agent = &organization.agent;
    let collection = format!("accounts({hidden})/contact_customer_accounts");
    for target in [
        format!("accounts({hidden})"),
        format!("accounts({hidden})/name"),
        format!("accounts({hidden})/name/$value"),
        format!("accounts({hidden})/primarycontactid"),
        format!("accounts({hidden})/primarycontactid/$ref"),
        format!("accounts({hidden})/primarycontactid/lastname"),
        collection.clone(),
        format!("{collection}/$count"),
        format!("{collection}/$ref"),
        format!("{collection}({contact})"),
        format!("{collection}({contact})/lastname"),
        format!("{collection}?$apply=aggregate($count as n)"),
    ] {
        agent.get(&target).refused(403, "0x80048306", "ReadAccess");
    }
    agent.get(&format!("contacts({contact})")).expect(200);
    assert_eq!(organization.api.rows(&collection).len(), 1);
}

#[test]
fn expansions_exclude_hidden_records() {
    let World { organization, hidden, contact } = world();
    let agent = &organization.agent;
    let row =
        agent.get(&format!("contacts({contact})?$expand=parentcustomerid_account($select=name)")).json();
    assert_eq!(row["parentcustomerid_account"], Value::Null);
    // The value of the lookup belongs to the contact.
    assert_eq!(row["_parentcustomerid_value"], hidden.as_str());
    let through =
        "contacts?$expand=parentcustomerid_account($expand=contact_customer_accounts($select=lastname))";
    assert_eq!(agent.rows(through)[0]["parentcustomerid_account"], Value::Null);
    let many = format!("contacts({contact})?$expand=account_primary_contact($select=name)");
    assert_eq!(agent.get(&many).expect(200).json()["account_primary_contact"], json!([]));
}

#[test]
fn a_hidden_table_cannot_be_joined() {
    let World { organization, .. } = world();
    let agent = &organization.agent;
    // The agent's role has no privilege on opportunities.
    for target in [
        "contacts?$expand=opportunity_customer_contacts($select=name)",
        "contacts?$filter=opportunity_customer_contacts/any(o:o/name eq 'x')",
        "tasks?$filter=regardingobjectid_opportunity_task/name eq 'x'",
        "tasks?$expand=regardingobjectid_opportunity_task($select=name)",
        "tasks?$apply=groupby((regardingobjectid_opportunity_task/name))",
        "opportunities/$count",
        "RetrieveTotalRecordCount(EntityNames=['opportunity'])",
    ] {
        agent.get(target).refused(403, "0x80040220", "prvReadOpportunity");
    }
}

#[test]
fn a_lookup_has_the_name_of_a_hidden_record() {
    let World { organization, contact, .. } = world();
    let annotated = organization.agent.with("Prefer", "odata.include-annotations=\"*\"");
    let row = annotated.get(&format!("contacts({contact})?$select=_parentcustomerid_value")).json();
    assert_eq!(row["_parentcustomerid_value@OData.Community.Display.V1.FormattedValue"], "secret");
}

#[test]
fn filters_and_orders_do_not_see_hidden_records() {
    let World { organization, .. } = world();
    let (agent, api) = (&organization.agent, &organization.api);
    for filter in [
        "parentcustomerid_account/name eq 'secret'",
        "parentcustomerid_account/revenue eq 7",
        "account_primary_contact/any(a:a/name eq 'secret')",
        "account_primary_contact/any()",
        "not account_primary_contact/all(a:a/name ne 'secret')",
    ] {
        let target = format!("contacts?$filter={filter}");
        assert_eq!((api.rows(&target).len(), agent.rows(&target).len()), (1, 0), "{filter}");
    }
}

#[test]
fn aggregates_and_counts_exclude_hidden_records() {
    let World { organization, .. } = world();
    let agent = &organization.agent;
    agent.create("accounts", &json!({"name": "mine", "revenue": 1}));
    let sum = "accounts?$apply=aggregate(revenue with sum as total,$count as n)";
    assert_eq!(agent.rows(sum)[0], json!({"total": 1, "n": 1}));
    let grouped = "contacts?$apply=groupby((parentcustomerid_account/name))";
    let names = format!("{:?}", agent.rows(grouped));
    assert!(!names.contains("secret"), "{names}");
    let counts = agent.get("RetrieveTotalRecordCount(EntityNames=['account'])").expect(200).json();
    assert_eq!(counts["EntityRecordCountCollection"]["Values"], json!([1]));
    let fetch = "<fetch><entity name='account'><attribute name='name'/></entity></fetch>";
    assert_eq!(agent.rows(&format!("accounts?fetchXml={fetch}")).len(), 1);
}

#[test]
fn tracking_needs_read_on_the_whole_table() {
    let World { organization, hidden, .. } = world();
    let tracking = organization.agent.with("Prefer", "odata.track-changes");
    tracking.get("accounts?$select=name").refused(403, "0x80040220", "prvReadAccount");
    let all = organization.api.with("Prefer", "odata.track-changes").get("accounts?$select=name").json();
    let link = all["@odata.deltaLink"].as_str().unwrap().split("/v9.2/").nth(1).unwrap().to_owned();
    organization.api.delete(&format!("accounts({hidden})")).expect(204);
    organization.agent.send("GET", &link, "").refused(403, "0x80040220", "prvReadAccount");
    let delta = organization.api.send("GET", &link, "").expect(200).json();
    assert_eq!(delta["value"][0]["id"], hidden.as_str());
    // A caller who may read all contacts can track them.
    tracking.get("contacts?$select=lastname").expect(200);
}

#[test]
fn a_condition_on_the_version_does_not_reveal_a_hidden_record() {
    let World { organization, hidden, .. } = world();
    let record = format!("accounts({hidden})");
    let etag = organization.api.get(&record).header("etag").unwrap().to_owned();
    for tag in [etag.as_str(), "W/\"1\""] {
        let agent = organization.agent.with("If-Match", tag);
        agent.patch(&record, &json!({"name": "b"})).refused(403, "0x80048306", "Access");
        agent.delete(&record).refused(403, "0x80048306", "ReadAccess");
    }
}

#[test]
fn functions_do_not_reveal_a_hidden_record() {
    let World { organization, hidden, .. } = world();
    let agent = &organization.agent;
    let target = format!("@p1={{'@odata.id':'accounts({hidden})'}}");
    for function in [
        format!("IsValidStateTransition(Entity=@p1,NewState=@p2,NewStatus=@p3)?{target}&@p2='Active'&@p3=1"),
        format!("RetrieveSharedPrincipalsAndAccess(Target=@p1)?{target}"),
        format!(
            "systemusers({})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@p1)?{target}",
            organization.users[3]
        ),
    ] {
        agent.get(&function).refused(403, "0x80048306", "ReadAccess");
    }
}

#[test]
fn the_pairs_of_a_hidden_record_are_hidden() {
    use Privilege::{Append, Create, Read, Write};
    let role = with_accounts(&[], Depth::User)
        .allow("opportunity", [Read, Write, Append, Create], Depth::User)
        .allow("competitor", [Read, Append], Depth::Organization);
    let organization = Organization::new(role);
    let competitor = organization.api.create("competitors", &json!({"name": "c"}));
    for owner in [0, 3] {
        let opportunity = organization.record(owner, "opportunities", &json!({"name": "o"}));
        let reference = reference("competitors", &competitor);
        let pairs = format!("opportunities({opportunity})/opportunitycompetitors_association/$ref");
        organization.api.post(&pairs, &reference).expect(204);
    }
    let through = format!("competitors({competitor})/opportunitycompetitors_association");
    let link = "<fetch><entity name='competitor'><attribute name='name'/>\
        <link-entity name='opportunitycompetitors' from='competitorid' to='competitorid' alias='p'>\
        <attribute name='opportunityid'/></link-entity></entity></fetch>";
    let link = format!("competitors?fetchXml={link}");
    for target in [&through, &link] {
        let counts = (organization.api.rows(target).len(), organization.agent.rows(target).len());
        assert_eq!(counts, (2, 1), "{target}");
    }
}

#[test]
fn links_of_fetchxml_do_not_see_hidden_records() {
    let World { organization, .. } = world();
    let fetch = |kind: &str| {
        let shown = if matches!(kind, "inner" | "outer") { "<attribute name='name'/>" } else { "" };
        format!(
            "contacts?fetchXml=<fetch><entity name='contact'><attribute name='lastname'/><link-entity name='account' \
             from='accountid' to='parentcustomerid' link-type='{kind}' alias='a'>{shown}\
             <filter><condition attribute='name' operator='eq' value='secret'/></filter></link-entity></entity></fetch>"
        )
    };
    for kind in ["inner", "exists", "in"] {
        let target = fetch(kind);
        let counts = (organization.api.rows(&target).len(), organization.agent.rows(&target).len());
        assert_eq!(counts, (1, 0), "{kind}");
    }
    let outer = format!("{:?}", organization.agent.rows(&fetch("outer")));
    assert!(!outer.contains("secret"), "{outer}");
    let unknown = "contacts?fetchXml=<fetch><entity name='contact'><link-entity name='opportunity' from='parentcontactid' \
                   to='contactid'/></entity></fetch>";
    organization.agent.get(unknown).refused(403, "0x80040220", "prvReadOpportunity");
}
