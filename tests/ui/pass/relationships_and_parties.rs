//! Tables that are only referred to, lookups to any table, many-to-many relationships, party lists.
#![deny(warnings, missing_docs)]
#![allow(dead_code)]
use dataverse_entity::message::Message;
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Many, Related};
use dataverse_entity::{Organization, Party, metadata, table_ref};

table_ref!(pub Account, logical = "account", set = "accounts", id = "accountid");
table_ref!(
    /// A person.
    pub Contact, logical = "contact", set = "contacts", id = "contactid"
);

/// .
#[derive(Debug, Clone, PartialEq, LookupTarget)]
pub enum Customer {
    /// .
    Account(Id<Account>),
    /// .
    Contact(Id<Contact>),
}

/// .
#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "email",
    set = "emails",
    activity,
    relationship(many_to_many, schema = "new_email_email", table = "email", nav = "new_replies", intersect = "new_replies", related = Email),
    relationship(many_to_many, schema = "new_email_email", table = "email", nav = "new_repliesto", related = Email, name = ANSWERED),
    relationship(many_to_many, schema = "new_email_account", table = "account", nav = "new_Accounts", related = "Account"),
    relationship(one_to_many, schema = "new_email_contact", table = "contact", column = "new_email", nav = "new_contacts", related = Contact, name = "READERS")
)]
pub struct Email {
    /// .
    #[attr(logical = "activityid", primary_id, create_only)]
    pub id: Id<Email>,
    /// .
    #[attr(logical = "regardingobjectid", lookup, nav = "regardingobjectid_{table}_email")]
    pub regarding: Option<Lookup<AnyTable>>,
    /// .
    #[attr(
        logical = "new_customer",
        customer,
        nav(Account = "new_customer_account", Contact = "new_customer_contact"),
        relationship(Account = "new_account_emails", Contact = "new_contact_emails"),
        on_delete = "remove_link"
    )]
    pub customer: Option<Lookup<Customer>>,
    /// .
    #[attr(logical = "from", party_list)]
    pub from: NoProperty,
    /// .
    #[attr(logical = "to", party_list)]
    pub to: NoProperty,
    /// .
    #[attr(logical = "cc", party_list, read_only)]
    pub cc: NoProperty,
}

const _: Related<Email, Email, Many> = Email::NEW_REPLIES;
const _: Related<Email, Email, Many> = Email::ANSWERED;
const _: Related<Email, Account, Many> = Email::NEW_ACCOUNTS;
const _: Related<Email, Contact, Many> = Email::READERS;

fn main() {
    let account = Id::<Account>::new(dataverse_entity::Uuid::nil());
    let contact = Id::<Contact>::new(dataverse_entity::Uuid::nil());
    let email = Id::<Email>::new(dataverse_entity::Uuid::nil());
    let _ = Email::create()
        .regarding(account)
        .customer(contact)
        .from([contact])
        .to(vec![Party::from(account), Party::from(contact), Party::email_address("a@example.com")])
        .insert(Email::NEW_REPLIES, [Email::create()])
        .link(Email::ANSWERED, [email]);
    let _ = Email::update(email).clear_to().from([&contact]).clear_customer();
    let _ = Email::associate(email, Email::NEW_ACCOUNTS, account);
    let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
    assert!(Email::disassociate(email, Email::READERS, contact).request(&org).is_ok());
    let relationships = Email::METADATA.relationships;
    assert_eq!(relationships.len(), 6);
    assert_eq!(relationships[1].table, "contact");
    assert_eq!(relationships[2].kind, metadata::RelationshipKind::ManyToMany);
}
