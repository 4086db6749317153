//! Append and AppendTo, for every way to make the same change.

use dataverse_emulator::{Depth, Privilege, Role};
use serde_json::json;

use super::people::{Organization, grant, reference, user};
use crate::support::{Answer, G1};

/// A way to make a contact refer to an account. It gets the ids of the contact and of the account.
type Way = fn(&Organization, &str, &str) -> Answer;

/// The name of the case, the role of the user, and the code and words of the refusal.
type Case = (&'static str, Role, Option<(&'static str, String)>);

fn bind(account: &str) -> serde_json::Value {
    json!({"lastname": "c", "parentcustomerid_account@odata.bind": format!("/accounts({account})")})
}

fn bulk(contact: Option<&str>, account: &str) -> serde_json::Value {
    let mut target = bind(account);
    target["@odata.type"] = json!("Microsoft.Dynamics.CRM.contact");
    if let Some(contact) = contact {
        target["contactid"] = json!(contact);
    }
    json!({"Targets": [target]})
}

const WAYS: [(&str, Way); 12] = [
    ("create", |world, _, account| world.agent.post("contacts", &bind(account))),
    ("update", |world, contact, account| world.agent.patch(&format!("contacts({contact})"), &bind(account))),
    ("upsert of a new record", |world, _, account| {
        world.agent.patch(&format!("contacts({G1})"), &bind(account))
    }),
    ("create in a collection", |world, _, account| {
        let collection = format!("accounts({account})/contact_customer_accounts");
        world.agent.post(&collection, &json!({"lastname": "c"}))
    }),
    ("$ref by POST", |world, contact, account| {
        let reference = reference("contacts", contact);
        world.agent.post(&format!("accounts({account})/contact_customer_accounts/$ref"), &reference)
    }),
    ("$ref by PUT", |world, contact, account| {
        let reference = reference("accounts", account);
        world.agent.put(&format!("contacts({contact})/parentcustomerid_account/$ref"), &reference)
    }),
    ("CreateMultiple", |world, _, account| {
        world.agent.post("contacts/Microsoft.Dynamics.CRM.CreateMultiple", &bulk(None, account))
    }),
    ("UpdateMultiple", |world, contact, account| {
        world.agent.post("contacts/Microsoft.Dynamics.CRM.UpdateMultiple", &bulk(Some(contact), account))
    }),
    ("UpsertMultiple of a record that is there", |world, contact, account| {
        world.agent.post("contacts/Microsoft.Dynamics.CRM.UpsertMultiple", &bulk(Some(contact), account))
    }),
    ("deep insert in a lookup", |world, _, account| {
        let contact =
            json!({"lastname": "c", "parentcustomerid_account@odata.bind": format!("/accounts({account})")});
        world.agent.post("tasks", &json!({"subject": "t", "regardingobjectid_contact_task": contact}))
    }),
    ("batch", |world, _, account| {
        let body = format!(
            "--b\r\nContent-Type: application/http\r\n\r\nPOST contacts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--\r\n",
            bind(account)
        );
        batch(world, &body)
    }),
    ("change set", |world, _, account| {
        let body = format!(
            "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\n\
             POST contacts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}\r\n--c--\r\n--b--\r\n",
            bind(account)
        );
        batch(world, &body)
    }),
];

fn batch(world: &Organization, body: &str) -> Answer {
    world.agent.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", body.to_owned())
}

/// Returns a role that allows everything with contacts and tasks, with these rights to append.
fn role(append: bool, append_to: Option<Depth>) -> Role {
    use Privilege::{Append, AppendTo, Create, Delete, Read, Write};
    let contacts = [Read, Write, Create, Delete, AppendTo];
    let mut role = Role::new("Agent")
        .allow("contact", contacts, Depth::Organization)
        .allow("task", Privilege::ALL, Depth::Organization)
        .allow("account", [Read, Write], Depth::Organization);
    if append {
        role = role.allow("contact", Append, Depth::Organization);
    }
    match append_to {
        Some(depth) => role.allow("account", AppendTo, depth),
        None => role,
    }
}

fn records(world: &Organization) -> (String, String) {
    let account = world.record(3, "accounts", &json!({"name": "theirs"}));
    (world.record(0, "contacts", &json!({"lastname": "hers"})), account)
}

#[test]
fn every_way_to_a_reference_needs_append_and_append_to() {
    let denied = |right: &str| format!("does not have {right} right(s)");
    let missing = |name: &str| format!("is missing {name} privilege");
    let cases: [Case; 4] = [
        ("both", role(true, Some(Depth::Organization)), None),
        (
            "no Append",
            role(false, Some(Depth::Organization)),
            Some(("0x80040220", missing("prvAppendContact"))),
        ),
        ("no AppendTo", role(true, None), Some(("0x80040220", missing("prvAppendToAccount")))),
        (
            "AppendTo with own accounts",
            role(true, Some(Depth::User)),
            Some(("0x80048306", denied("AppendToAccess"))),
        ),
    ];
    for (case, role, refusal) in cases {
        let world = Organization::new(role);
        for (way, send) in WAYS {
            let (contact, account) = records(&world);
            let answer = send(&world, &contact, &account);
            let what = format!("{way} with {case}: {} {}", answer.status, answer.text());
            let referring = world.api.rows(&format!("contacts?$filter=_parentcustomerid_value eq {account}"));
            match &refusal {
                None => assert!(answer.status.is_success() && referring.len() == 1, "{what}"),
                Some((code, words)) => {
                    let text = answer.text();
                    // Within a batch, the refusal is in a part of the answer.
                    let refused = answer.status == 403 || text.contains("HTTP/1.1 403");
                    assert!(refused && text.contains(code) && text.contains(words), "{what}");
                    assert!(referring.is_empty(), "{what}");
                }
            }
        }
    }
}

#[test]
fn a_share_with_the_right_to_append_to_is_enough() {
    let world = Organization::new(role(true, Some(Depth::User)));
    for (way, send) in WAYS {
        let (contact, account) = records(&world);
        let share = grant(&account, user(&world.agent_id), "AppendToAccess");
        world.api.post("GrantAccess", &share).expect(204);
        let answer = send(&world, &contact, &account);
        assert!(answer.status.is_success(), "{way}: {}", answer.text());
    }
}

#[test]
fn the_record_that_refers_needs_append_at_its_depth() {
    use Privilege::{Append, AppendTo, Read, Write};
    let role = Role::new("Agent")
        .allow("contact", [Read, Write], Depth::Organization)
        .allow("contact", Append, Depth::User)
        .allow("account", [Read, AppendTo], Depth::Organization);
    let world = Organization::new(role);
    let account = world.record(3, "accounts", &json!({"name": "a"}));
    let theirs = world.record(1, "contacts", &json!({"lastname": "theirs"}));
    let reference = reference("contacts", &theirs);
    for answer in [
        world.agent.patch(&format!("contacts({theirs})"), &bind(&account)),
        world.agent.post(&format!("accounts({account})/contact_customer_accounts/$ref"), &reference),
    ] {
        answer.refused(403, "0x80048306", "AppendAccess");
    }
    // Clearing a lookup needs Write.
    world.api.patch(&format!("contacts({theirs})"), &bind(&account)).expect(204);
    world.agent.delete(&format!("contacts({theirs})/parentcustomerid_account/$ref")).expect(204);
    world.api.patch(&format!("contacts({theirs})"), &bind(&account)).expect(204);
    world.agent.patch(&format!("contacts({theirs})"), &json!({"parentcustomerid_account": null})).expect(204);
}

#[test]
fn members_that_join_a_new_record_need_append() {
    let world = Organization::new(role(true, Some(Depth::User)).allow(
        "account",
        Privilege::Create,
        Depth::Organization,
    ));
    let theirs = world.record(1, "contacts", &json!({"lastname": "theirs"}));
    let body =
        json!({"name": "new", "contact_customer_accounts@odata.bind": [format!("/contacts({theirs})")]});
    world.agent.post("accounts", &body).expect(204);
    let without = Organization::new(role(false, Some(Depth::User)).allow(
        "account",
        Privilege::Create,
        Depth::Organization,
    ));
    let theirs = without.record(1, "contacts", &json!({"lastname": "theirs"}));
    let body =
        json!({"name": "new", "contact_customer_accounts@odata.bind": [format!("/contacts({theirs})")]});
    without.agent.post("accounts", &body).refused(403, "0x80040220", "prvAppendContact");
    // A deep insert creates the member, which needs Append, too.
    let deep = json!({"name": "new", "contact_customer_accounts": [{"lastname": "c"}]});
    world.agent.post("accounts", &deep).expect(204);
    without.agent.post("accounts", &deep).refused(403, "0x80040220", "prvAppendContact");
    // The request is carried out as a whole or not at all.
    assert!(without.api.rows("accounts").is_empty());
}

#[test]
fn many_to_many_needs_append_on_both_sides() {
    use Privilege::{Append, Read, Write};
    let opportunity = |privileges: &[Privilege]| {
        Role::new("Agent").allow("opportunity", privileges.iter().copied(), Depth::Organization)
    };
    let competitor = |role: Role, privileges: &[Privilege]| {
        role.allow("competitor", privileges.iter().copied(), Depth::Organization)
    };
    let all = [Read, Write, Append];
    let cases = [
        (competitor(opportunity(&all), &all), None),
        (competitor(opportunity(&[Read, Write]), &all), Some("prvAppendOpportunity")),
        (competitor(opportunity(&all), &[Read, Write]), Some("prvAppendCompetitor")),
    ];
    for (role, refusal) in cases {
        let world = Organization::new(role);
        let left = world.api.create("opportunities", &json!({"name": "o"}));
        let right = world.api.create("competitors", &json!({"name": "c"}));
        let (from_left, from_right) = (
            format!("opportunities({left})/opportunitycompetitors_association"),
            format!("competitors({right})/opportunitycompetitors_association"),
        );
        let (to_left, to_right) = (reference("opportunities", &left), reference("competitors", &right));
        for (collection, reference, key) in [(&from_left, &to_right, &right), (&from_right, &to_left, &left)]
        {
            let added = world.agent.post(&format!("{collection}/$ref"), reference);
            match refusal {
                None => {
                    added.expect(204);
                    world.agent.delete(&format!("{collection}({key})/$ref")).expect(204);
                }
                Some(words) => {
                    added.refused(403, "0x80040220", words);
                    world.api.post(&format!("{collection}/$ref"), reference).expect(204);
                    world.agent.delete(&format!("{collection}({key})/$ref")).refused(
                        403,
                        "0x80040220",
                        words,
                    );
                    world.api.delete(&format!("{collection}({key})/$ref")).expect(204);
                }
            }
        }
    }
}
