//! A program for sales: `account`, `contact`, `opportunity` and `email`, a many-to-many relationship and an
//! elastic table of its own. Names of columns and navigation properties are those of `$metadata` of a real
//! org.

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;
use dataverse_entity::message::{Batch, Error, ErrorKind, Link, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::query::ExpandOptions;
use dataverse_entity::tables::{Principal, SystemUser};
use dataverse_entity::{Party, table_ref};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

table_ref!(pub Lead, logical = "lead", set = "leads", id = "leadid");

#[derive(Debug, Clone, PartialEq, DataverseEntity, Serialize, Deserialize)]
#[entity(
    logical = "account",
    set = "accounts",
    schema = "Account",
    display = "Account",
    ownership = "user",
    key(name = "accountnumber_key", columns(accountnumber)),
    relationship(one_to_many, schema = "contact_customer_accounts", column = "parentcustomerid", table = "contact",
        nav = "contact_customer_accounts", related = Contact, name = CONTACTS),
    relationship(many_to_many, schema = "new_account_event", table = "new_event", nav = "new_account_event",
        intersect = "new_account_event", related = TradeFair, name = FAIRS),
)]
struct Account {
    #[attr(logical = "accountid", primary_id, create_only)]
    id: Id<Account>,
    #[attr(logical = "name", primary_name, string(max_length = 160), required = "application")]
    name: Option<String>,
    #[attr(logical = "accountnumber", string(max_length = 20))]
    number: Option<String>,
    #[attr(logical = "industrycode", picklist)]
    industry: Option<Industry>,
    #[attr(logical = "revenue", money(min = -100000000000000, max = 100000000000000, precision = 2))]
    revenue: Option<Decimal>,
    #[attr(logical = "revenue_base", money, read_only)]
    revenue_base: Option<Decimal>,
    #[attr(
        logical = "exchangerate",
        decimal(min = 0.000000000001, max = 100000000000, precision = 12),
        read_only
    )]
    exchange_rate: Option<Decimal>,
    #[attr(logical = "opendeals", integer, read_only)]
    open_deals: Option<i32>,
    #[attr(logical = "primarycontactid", nav = "primarycontactid")]
    primary_contact: Option<Lookup<Contact>>,
    #[attr(logical = "parentaccountid", nav = "parentaccountid")]
    parent: Option<Lookup<Account>>,
    #[attr(logical = "originatingleadid", nav = "originatingleadid")]
    originating_lead: Option<Lookup<Lead>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "createdon", read_only)]
    created_on: Option<Timestamp>,
    #[attr(logical = "statecode", state)]
    state: Option<State>,
    #[attr(logical = "statuscode", status)]
    status: Option<Status>,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Industry {
    Accounting = 1,
    #[option(label = "Agriculture and Non-petrol Natural Resource Extraction")]
    Agriculture = 2,
    Consulting = 7,
    #[option(unknown)]
    Unknown(i32),
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum State {
    #[option(default_status = Status::Active, invariant = "Active")]
    Active = 0,
    #[option(default_status = Status::Inactive, invariant = "Inactive")]
    Inactive = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Status {
    #[option(state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Customer {
    Account(Id<Account>),
    Contact(Id<Contact>),
    #[target(unknown)]
    Other(dataverse_entity::UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Participant {
    Account(Id<Account>),
    Contact(Id<Contact>),
    SystemUser(Id<SystemUser>),
    #[target(unknown)]
    Other(dataverse_entity::UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Regarding {
    Account(Id<Account>),
    Contact(Id<Contact>),
    Opportunity(Id<Opportunity>),
    #[target(unknown)]
    Other(dataverse_entity::UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity, Serialize, Deserialize)]
#[entity(logical = "contact", set = "contacts", schema = "Contact", ownership = "user")]
struct Contact {
    #[attr(logical = "contactid", primary_id, create_only)]
    id: Id<Contact>,
    #[attr(logical = "fullname", primary_name, string(max_length = 160), read_only)]
    full_name: Option<String>,
    #[attr(logical = "firstname", string(max_length = 50))]
    first_name: Option<String>,
    #[attr(logical = "lastname", string(max_length = 50), required = "application")]
    last_name: Option<String>,
    #[attr(logical = "emailaddress1", string(max_length = 100, format = "email"))]
    email: Option<String>,
    #[attr(logical = "birthdate", datetime(behavior = "date_only"))]
    birth_date: Option<jiff::civil::Date>,
    #[attr(
        logical = "parentcustomerid",
        customer,
        nav(Account = "parentcustomerid_account", Contact = "parentcustomerid_contact")
    )]
    company: Option<Lookup<Customer>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "donotemail", boolean(true_label = "Do Not Allow", false_label = "Allow"))]
    do_not_email: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity, Serialize, Deserialize)]
#[entity(logical = "opportunity", set = "opportunities", schema = "Opportunity", ownership = "user")]
struct Opportunity {
    #[attr(logical = "opportunityid", primary_id, create_only)]
    id: Id<Opportunity>,
    #[attr(logical = "name", primary_name, string(max_length = 300), required = "application")]
    name: Option<String>,
    #[attr(
        logical = "customerid",
        customer,
        required = "application",
        nav(Account = "customerid_account", Contact = "customerid_contact")
    )]
    customer: Option<Lookup<Customer>>,
    #[attr(logical = "parentaccountid", nav = "parentaccountid")]
    account: Option<Lookup<Account>>,
    #[attr(logical = "estimatedvalue", money(min = -1000000000000, max = 1000000000000, precision = 2))]
    estimated_value: Option<Decimal>,
    #[attr(logical = "estimatedclosedate")]
    estimated_close: Option<jiff::civil::Date>,
    #[attr(logical = "closeprobability", integer(min = 0, max = 100))]
    probability: Option<i32>,
    #[attr(logical = "opportunityratingcode", picklist)]
    rating: Option<Rating>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "statecode", state)]
    state: Option<DealState>,
    #[attr(logical = "statuscode", status)]
    status: Option<DealStatus>,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Rating {
    Hot = 1,
    Warm = 2,
    Cold = 3,
    #[option(unknown)]
    Unknown(i32),
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum DealState {
    #[option(default_status = DealStatus::InProgress, invariant = "Open")]
    Open = 0,
    #[option(default_status = DealStatus::Won, invariant = "Won")]
    Won = 1,
    #[option(default_status = DealStatus::Canceled, invariant = "Lost")]
    Lost = 2,
}
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum DealStatus {
    #[option(state = DealState::Open, label = "In Progress")]
    InProgress = 1,
    #[option(state = DealState::Open, label = "On Hold")]
    OnHold = 2,
    #[option(state = DealState::Won)]
    Won = 3,
    #[option(state = DealState::Lost)]
    Canceled = 4,
    #[option(state = DealState::Lost, label = "Out-Sold")]
    OutSold = 5,
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(
    logical = "email",
    set = "emails",
    schema = "Email",
    ownership = "user",
    activity,
    relationship(
        one_to_many,
        schema = "email_activity_parties",
        column = "activityid",
        table = "activityparty",
        nav = "email_activity_parties"
    )
)]
struct Email {
    #[attr(logical = "activityid", primary_id, create_only)]
    id: Id<Email>,
    #[attr(logical = "subject", primary_name, string(max_length = 800))]
    subject: Option<String>,
    #[attr(logical = "description", memo(max_length = 1073741823))]
    body: Option<String>,
    #[attr(logical = "directioncode", boolean(true_label = "Outgoing", false_label = "Incoming"))]
    outgoing: Option<bool>,
    #[attr(logical = "from", party_list)]
    from: NoProperty,
    #[attr(logical = "to", party_list)]
    to: NoProperty,
    #[attr(logical = "ownerid", owner, nav = "ownerid_email")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "regardingobjectid", lookup, nav = "regardingobjectid_{table}_email")]
    regarding: Option<Lookup<Regarding>>,
    #[expand(nav = "email_activity_parties")]
    parties: Vec<ActivityParty>,
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(logical = "activityparty", set = "activityparties", schema = "ActivityParty", ownership = "none")]
struct ActivityParty {
    #[attr(logical = "activitypartyid", primary_id, read_only)]
    id: Id<ActivityParty>,
    #[attr(logical = "activityid", lookup, nav = "activityid_{table}", read_only)]
    activity: Option<Lookup<Email>>,
    #[attr(logical = "partyid", lookup, nav = "partyid_{table}")]
    party: Option<Lookup<Participant>>,
    #[attr(logical = "participationtypemask", picklist)]
    role: Option<i32>,
    #[attr(logical = "addressused", string(max_length = 320))]
    address: Option<String>,
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(logical = "new_event", set = "new_events", schema = "new_Event", ownership = "organization",
    relationship(many_to_many, schema = "new_account_event", table = "account", nav = "new_account_event",
        intersect = "new_account_event", related = Account, name = ACCOUNTS))]
struct TradeFair {
    #[attr(logical = "new_eventid", primary_id, create_only)]
    id: Id<TradeFair>,
    #[attr(logical = "new_name", primary_name, string(max_length = 100))]
    name: Option<String>,
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(
    logical = "new_reading",
    set = "new_readings",
    schema = "new_Reading",
    ownership = "user",
    table_type = "elastic"
)]
struct Reading {
    #[attr(logical = "new_readingid", primary_id, create_only)]
    id: Id<Reading>,
    #[attr(logical = "new_name", primary_name, string(max_length = 100))]
    name: Option<String>,
    #[attr(logical = "new_value", double)]
    value: Option<f64>,
    #[attr(logical = "partitionid", string(max_length = 1024), create_only)]
    partition: Option<String>,
}

/// Deals by account.
#[derive(Debug, PartialEq, DataverseRow)]
struct Pipeline {
    account: Option<String>,
    deals: i64,
    total: Option<Decimal>,
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(of = Account)]
struct AccountCard {
    #[attr(logical = "accountid")]
    id: Id<Account>,
    #[attr(logical = "name")]
    name: Option<String>,
    #[attr(logical = "primarycontactid")]
    primary: Option<Lookup<Contact>>,
    #[expand(nav = "contact_customer_accounts")]
    contacts: Expanded<ContactName>,
}

#[derive(Debug, Clone, DataverseEntity, Serialize)]
#[entity(of = Contact)]
struct ContactName {
    #[attr(logical = "contactid")]
    id: Id<Contact>,
    #[attr(logical = "fullname")]
    name: Option<String>,
    #[attr(logical = "parentcustomerid")]
    company: Option<Lookup<Customer>>,
}

fn emulator() -> Emulator {
    Emulator::builder()
        .table(Account::METADATA)
        .table(Contact::METADATA)
        .table(Opportunity::METADATA)
        .table(Email::METADATA)
        .table(ActivityParty::METADATA)
        .table(TradeFair::METADATA)
        .table(Reading::METADATA)
        .strict(true)
        .build()
        .unwrap()
}

#[test]
fn a_sales_program_runs_on_the_emulator() {
    let client = emulator().client();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        accounts(&client).await.unwrap();
        pipeline(&client).await.unwrap();
        offer(&client).await.unwrap();
        fairs(&client).await.unwrap();
        several(&client).await.unwrap();
        readings(&client).await.unwrap();
        refusals(&client).await;
        json(&client).await.unwrap();
    });
}

async fn accounts(client: &Client) -> Result<(), Error> {
    let account = Account::create()
        .name("Contoso")
        .number("C-1")
        .industry(Industry::Consulting)
        .primary_contact(New(Contact::create().first_name("Ada").last_name("Lovelace")))
        .insert(
            Account::CONTACTS,
            [Contact::create().last_name("Hopper"), Contact::create().last_name("Turing")],
        );
    let id = client.execute(account).await?;
    let read = client.execute(Account::retrieve(id)).await?;
    assert_eq!((read.industry, read.state), (Some(Industry::Consulting), Some(State::Active)));
    assert!(matches!(read.owner.as_ref().map(Lookup::key), Some(Principal::SystemUser(_))));
    let card = client.execute(AccountCard::retrieve(id)).await?;
    assert_eq!(card.contacts.len(), 2);
    for contact in &card.contacts {
        assert_eq!(contact.company.as_ref().map(|c| c.key()), Some(Customer::Account(id)));
    }
    // By alternate key.
    client.execute(Account::update(Account::NUMBER.key("C-1")).revenue(Decimal::new(125_000_050, 2))).await?;
    let read = client.execute(Account::retrieve(Account::NUMBER.key("C-1"))).await?;
    assert_eq!(read.revenue, Some(Decimal::new(125_000_050, 2)));
    for (name, value, rating) in [("A", 100, Some(Rating::Hot)), ("B", 250, None)] {
        let deal = Opportunity::create()
            .name(name)
            .customer(id)
            .account(id)
            .estimated_value(Decimal::from(value))
            .set_if_some(rating, OpportunityCreate::rating)
            .estimated_close(jiff::civil::date(2026, 12, 31));
        client.execute(deal).await?;
    }
    // Filters through lookups.
    let deals = Opportunity::query()
        .filter(Opportunity::ACCOUNT.to(Account::NAME).starts_with("Con"))
        .filter(Opportunity::ESTIMATED_VALUE.gt(Decimal::from(50)))
        .filter(Opportunity::CUSTOMER.eq(id))
        .order_by(Opportunity::NAME);
    let deals = client.execute(deals).await?;
    assert_eq!(deals.len(), 2);
    // The record that a polymorphic lookup points to.
    let of_primary = Account::query().filter(Account::PRIMARY_CONTACT.to(Contact::LAST_NAME).eq("Lovelace"));
    assert_eq!(client.execute(of_primary.one()).await?.id, id);
    let with = AccountCard::query()
        .filter(Account::CONTACTS.any(Contact::LAST_NAME.eq("Hopper")))
        .expand(Account::CONTACTS, ExpandOptions::new().filter(Contact::LAST_NAME.ne("Turing")));
    assert_eq!(client.execute(with.one()).await?.contacts.len(), 1);
    let mine = Contact::query().filter(Contact::COMPANY.to(Account::NAME).eq("Contoso"));
    assert_eq!(client.execute(mine).await?.len(), 2);
    Ok(())
}

async fn pipeline(client: &Client) -> Result<(), Error> {
    let pipeline = Opportunity::fetch()
        .filter(Opportunity::STATE.eq(DealState::Open))
        .count("deals")
        .sum(Opportunity::ESTIMATED_VALUE, "total")
        .link(Link::to_one(Opportunity::ACCOUNT).group_by(Account::NAME, "account"))
        .rows_as::<Pipeline>();
    let rows = client.execute(pipeline).await?;
    let contoso = Pipeline { account: Some("Contoso".to_owned()), deals: 2, total: Some(Decimal::from(350)) };
    assert_eq!(rows.rows, [contoso]);
    let pipeline = Opportunity::fetch()
        .count("deals")
        .link(Link::to_one(Opportunity::CUSTOMER).group_by(Account::NAME, "account"))
        .rows();
    assert_eq!(client.execute(pipeline).await?.len(), 1);
    Ok(())
}

async fn offer(client: &Client) -> Result<(), Error> {
    let me = client.execute(dataverse_entity::message::WhoAmI).await?;
    let ada =
        client.execute(Contact::query().filter(Contact::FIRST_NAME.eq("Ada")).first()).await?.unwrap().id;
    let deal = client.execute(Opportunity::query().first()).await?.unwrap();
    let email = Email::create()
        .subject("Offer")
        .outgoing(true)
        .from([me.user])
        .to([Party::from(ada), Party::email_address("sales@example.com")])
        .regarding(deal.id)
        .owner(me.user);
    let id = client.execute(email).await?;
    let email = client.execute(Email::retrieve(id)).await?;
    assert_eq!(email.parties.len(), 3);
    assert!(matches!(email.owner.as_ref().map(Lookup::key), Some(Principal::SystemUser(_))));
    assert_eq!(email.regarding.as_ref().map(|r| r.key()), Some(Regarding::Opportunity(deal.id)));
    Ok(())
}

async fn fairs(client: &Client) -> Result<(), Error> {
    let account = client.execute(Account::query().one()).await?.id;
    let fair = client.execute(TradeFair::create().name("Hannover")).await?;
    client.execute(Account::associate(account, Account::FAIRS, fair)).await?;
    let found = client
        .execute(TradeFair::query().filter(TradeFair::ACCOUNTS.any(Account::NAME.eq("Contoso"))))
        .await?;
    assert_eq!(found.len(), 1);
    let rows = TradeFair::fetch()
        .attribute(TradeFair::NAME)
        .link(Link::many_to_many("new_account_event").filter(Account::NAME.eq("Contoso")))
        .records();
    assert_eq!(client.execute(rows).await?.len(), 1);
    client.execute(Account::disassociate(account, Account::FAIRS, fair)).await
}

async fn several(client: &Client) -> Result<(), Error> {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let account = set.add(Account::create().name("Fabrikam").number("F-1"));
    let contact = set.add(Contact::create().last_name("Nightingale").company(account.record()));
    let who = batch.add(dataverse_entity::message::WhoAmI);
    let reply = client.execute(batch).await?;
    let account = reply.get(&account)?;
    let contact: Id<Contact> = reply.get(&contact)?;
    reply.get(&who)?;
    assert_eq!(
        client.execute(Contact::retrieve(contact)).await?.company.as_ref().map(|c| c.key()),
        Some(Customer::Account(account))
    );
    let outcomes = client
        .bulk()
        .create((0..10).map(|n| Contact::create().last_name(format!("No. {n}")).company(account)))
        .await;
    let ids: Vec<Id<Contact>> = outcomes.into_iter().collect::<Result<_, _>>()?;
    assert_eq!(ids.len(), 10);
    Ok(())
}

async fn readings(client: &Client) -> Result<(), Error> {
    let id = client.execute(Reading::create().name("t").value(20.5).partition("device-1")).await?;
    let row = id.in_partition("device-1");
    client.execute(Reading::update(&row).value(21.0)).await?;
    let read = client.execute(Reading::retrieve(&row)).await?;
    assert_eq!((read.value, read.partition.as_deref()), (Some(21.0), Some("device-1")));
    let rows = client.execute(Reading::query().with(RequestOptions::new().partition_id("device-1"))).await?;
    assert_eq!(rows.len(), 1);
    client.execute(Reading::delete_multiple([row])).await
}

async fn refusals(client: &Client) {
    let error = client.execute(Account::create().number("C-1").name("again")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Duplicate);
    let error = client.execute(Account::retrieve(Account::NUMBER.key("nope"))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let nobody = Id::<Account>::new(dataverse_entity::Uuid::from_u128(7));
    let error = client.execute(Opportunity::create().name("x").customer(nobody)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(Opportunity::create().name("x").customer(nobody).probability(101).validate().is_err());
}

async fn json(client: &Client) -> Result<(), Error> {
    let account = client.execute(Account::query().filter(Account::NUMBER.eq("C-1")).one()).await?;
    let own = serde_json::to_string_pretty(&*account).unwrap();
    let back: Account = serde_json::from_str(&own).unwrap();
    assert_eq!(back, *account);
    Ok(())
}
