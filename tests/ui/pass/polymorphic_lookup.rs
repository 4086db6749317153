//! Lookups to several tables.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser, Team};

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "account", set = "accounts")]
struct Account {
    #[attr(logical = "accountid", primary_id)]
    id: Id<Account>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "contact", set = "contacts")]
struct Contact {
    #[attr(logical = "contactid", primary_id)]
    id: Id<Contact>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
enum Customer {
    Account(Id<Account>),
    Contact(Id<Contact>),
}

/// A strict set of two.
#[derive(Debug, Clone, PartialEq, Eq, LookupTarget)]
enum Agent {
    User(Id<SystemUser>),
    Group(dataverse_entity::Id<Team>),
    #[target(unknown)]
    Elsewhere(dataverse_entity::UnknownTarget),
}

/// A set of one.
#[derive(Debug, Clone, PartialEq, Eq, LookupTarget)]
enum Only {
    Account(Id<Account>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_case", set = "new_cases", ownership = "user")]
struct Case {
    #[attr(logical = "new_caseid", primary_id)]
    id: Id<Case>,
    #[attr(
        logical = "customerid",
        customer,
        nav(Account = "customerid_account", Contact = "customerid_contact")
    )]
    customer: Option<Lookup<Customer>>,
    // In another order than the variants, and with the target named in full.
    #[attr(logical = "new_agent", lookup, nav(Group = "new_Agent_team", User = "new_Agent_user"))]
    agent: Option<dataverse_entity::Lookup<self::Agent>>,
    #[attr(logical = "new_only", lookup, nav(Account = "new_Only"))]
    only: Option<Lookup<Only>>,
    #[attr(logical = "new_single", lookup, nav = "new_Single")]
    single: Option<Lookup<Only>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid", required = "system")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "new_plain", lookup, read_only)]
    plain: Option<Lookup<Agent>>,
    #[expand(nav = "customerid_account")]
    account: Option<Box<Account>>,
}

fn main() {
    let guid = dataverse_entity::Uuid::nil();
    let (account, contact) = (Id::<Account>::new(guid), Id::<Contact>::new(guid));
    let (user, team) = (Id::<SystemUser>::new(guid), Id::<Team>::new(guid));
    let json = Case::create()
        .customer(contact)
        .agent(team)
        .only(account)
        .single(account)
        .owner(user)
        .to_json()
        .unwrap();
    for expected in [
        r#""customerid_contact@odata.bind":"/contacts("#,
        r#""new_Agent_team@odata.bind":"/teams("#,
        r#""new_Only@odata.bind":"/accounts("#,
        r#""ownerid@odata.bind":"/systemusers("#,
    ] {
        assert!(json.contains(expected), "{json}");
    }
    let read = format!(
        r#"{{"new_caseid": "{guid}", "_customerid_value": "{guid}",
            "_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "account",
            "_new_plain_value": "{guid}", "_new_plain_value@Microsoft.Dynamics.CRM.lookuplogicalname": "queue"}}"#
    );
    let case = Record::<Case>::from_json(&read).unwrap();
    assert_eq!(case.customer.as_ref().map(Lookup::key), Some(Customer::Account(account)));
    assert!(matches!(case.plain.as_ref().map(Lookup::key), Some(Agent::Elsewhere(_))));
    let _ = Case::update(case.id)
        .customer(case.customer.as_ref().unwrap())
        .agent(Agent::User(user))
        .clear_agent();
}
