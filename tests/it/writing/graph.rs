//! Bodies that hold more than one record: deep inserts, links, parties; lookups to any table.

use dataverse_entity::prelude::*;
use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::{OcSession, Principal, SessionEvent, SystemUser, Team};
use dataverse_entity::{Party, RecordRef, Uuid, table_ref};

table_ref!(pub Account, logical = "account", set = "accounts", id = "accountid");
table_ref!(pub Contact, logical = "contact", set = "contacts", id = "contactid");
table_ref!(pub Opportunity, logical = "opportunity", set = "opportunities", id = "opportunityid");

/// The tables of the page's samples.
mod samples {
    use super::*;

    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(
        logical = "account",
        set = "accounts",
        relationship(one_to_many, schema = "opportunity_customer_accounts", table = "opportunity", column = "customerid",
            nav = "opportunity_customer_accounts", related = Opportunity),
        relationship(one_to_many, schema = "Account_Tasks", table = "task", column = "regardingobjectid", nav = "Account_Tasks",
            related = Task, name = TASKS)
    )]
    pub struct Account {
        #[attr(logical = "accountid", primary_id, create_only)]
        pub id: Id<Account>,
        #[attr(logical = "name", primary_name, string(max_length = 160))]
        pub name: Option<String>,
        #[attr(logical = "primarycontactid", lookup, nav = "primarycontactid")]
        pub primary_contact: Option<Lookup<Contact>>,
    }

    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(logical = "contact", set = "contacts")]
    pub struct Contact {
        #[attr(logical = "contactid", primary_id, create_only)]
        pub id: Id<Contact>,
        #[attr(logical = "firstname", string(max_length = 10))]
        pub first_name: Option<String>,
        #[attr(logical = "lastname", string(max_length = 10))]
        pub last_name: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(
        logical = "opportunity",
        set = "opportunities",
        relationship(one_to_many, schema = "Opportunity_Tasks", table = "task", column = "regardingobjectid",
            nav = "Opportunity_Tasks", related = Task)
    )]
    pub struct Opportunity {
        #[attr(logical = "opportunityid", primary_id, create_only)]
        pub id: Id<Opportunity>,
        #[attr(logical = "name", primary_name, string(max_length = 300))]
        pub name: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(logical = "task", set = "tasks", activity)]
    pub struct Task {
        #[attr(logical = "activityid", primary_id, create_only)]
        pub id: Id<Task>,
        #[attr(logical = "subject", primary_name, string(max_length = 200))]
        pub subject: Option<String>,
        #[attr(logical = "regardingobjectid", lookup, nav = "regardingobjectid_{table}_task")]
        pub regarding: Option<Lookup<AnyTable>>,
    }
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "email", set = "emails", activity)]
pub struct Email {
    #[attr(logical = "activityid", primary_id, create_only)]
    pub id: Id<Email>,
    #[attr(logical = "subject", primary_name, string(max_length = 800))]
    pub subject: Option<String>,
    #[attr(logical = "from", party_list)]
    pub from: NoProperty,
    #[attr(logical = "to", party_list)]
    pub to: NoProperty,
    #[attr(logical = "cc", party_list)]
    pub cc: NoProperty,
    #[attr(logical = "bcc", party_list)]
    pub bcc: NoProperty,
    #[attr(logical = "related", party_list)]
    pub related: NoProperty,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "appointment", set = "appointments", activity)]
pub struct Appointment {
    #[attr(logical = "activityid", primary_id, create_only)]
    pub id: Id<Appointment>,
    #[attr(logical = "scheduledstart", datetime(behavior = "user_local"))]
    pub start: Option<Timestamp>,
    #[attr(logical = "scheduledend", datetime(behavior = "user_local"))]
    pub end: Option<Timestamp>,
    #[attr(logical = "subject", primary_name, string(max_length = 200))]
    pub subject: Option<String>,
    #[attr(logical = "requiredattendees", party_list)]
    pub required: NoProperty,
    #[attr(logical = "optionalattendees", party_list)]
    pub optional: NoProperty,
    #[attr(logical = "organizer", party_list)]
    pub organizer: NoProperty,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "phonecall", set = "phonecalls", activity)]
pub struct PhoneCall {
    #[attr(logical = "activityid", primary_id, create_only)]
    pub id: Id<PhoneCall>,
    #[attr(logical = "from", party_list)]
    pub from: NoProperty,
    #[attr(logical = "to", party_list)]
    pub to: NoProperty,
    #[attr(logical = "new_partners", party_list)]
    pub partners: NoProperty,
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

/// Removes the spaces from the JSON of the page.
fn page(json: &str) -> String {
    let mut inside = false;
    json.chars()
        .filter(|each| {
            inside ^= *each == '"';
            inside || !each.is_whitespace()
        })
        .collect()
}

/// webapi/create-entity-web-api, "Create related table rows in one operation".
#[test]
fn the_deep_insert_of_microsofts_page() {
    use samples::{Account, Contact, Opportunity, Task};
    let task = Task::create().subject("Task associated to opportunity");
    let opportunity = Opportunity::create()
        .name("Opportunity associated to Sample Account")
        .insert(Opportunity::OPPORTUNITY_TASKS, [task]);
    let account = Account::create()
        .name("Sample Account")
        .primary_contact(New(Contact::create().first_name("John").last_name("Smith")))
        .insert(Account::OPPORTUNITY_CUSTOMER_ACCOUNTS, [opportunity]);
    let expected = r#"{
        "name": "Sample Account",
        "primarycontactid": { "firstname": "John", "lastname": "Smith" },
        "opportunity_customer_accounts": [
            {
                "name": "Opportunity associated to Sample Account",
                "Opportunity_Tasks": [ { "subject": "Task associated to opportunity" } ]
            }
        ]
    }"#;
    assert_eq!(account.to_json().expect("a body"), page(expected));
    assert_eq!(serde_json::to_string(&account).expect("a body"), page(expected));
    assert!(!account.is_empty());
    assert_eq!(account, account.clone());
    assert!(format!("{account:?}").contains("Opportunity_Tasks"), "{account:?}");
}

/// webapi/create-entity-web-api, "Associate table rows on create".
#[test]
fn the_links_of_microsofts_page() {
    use samples::{Account, Task};
    let account = Account::create()
        .name("Sample Account")
        .primary_contact(id::<samples::Contact>(1))
        .link(Account::TASKS, [id::<Task>(2), id(3)]);
    let expected = r#"{
        "name": "Sample Account",
        "primarycontactid@odata.bind": "/contacts(00000000-0000-0000-0000-000000000001)",
        "Account_Tasks@odata.bind": [
            "/tasks(00000000-0000-0000-0000-000000000002)",
            "/tasks(00000000-0000-0000-0000-000000000003)"
        ]
    }"#;
    assert_eq!(account.to_json().expect("a body"), page(expected));
    // Several calls fill one collection, with new and with existing records.
    let both = account
        .insert(Account::TASKS, [Task::create().subject("a")])
        .insert(Account::TASKS, [Task::create()]);
    let both = both.to_json().expect("a body");
    assert!(both.contains(r#""Account_Tasks":[{"subject":"a"},{}],"Account_Tasks@odata.bind":["#), "{both}");
}

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

/// A nested record is validated by the rules of its own table.
#[test]
fn nested_records_are_validated() {
    let contact = samples::Contact::create().first_name("a name that is too long");
    let account = samples::Account::create().primary_contact(New(contact));
    let violations = account.validate().unwrap_err();
    assert!(violations.to_string().contains("contact.firstname"), "{violations}");
    let session = OcSession::create().subject("s").insert(EVENTS, [SessionEvent::create()]);
    let violations = session.validate().unwrap_err();
    assert!(violations.to_string().contains("msdyn_sessionevent.msdyn_name"), "{violations}");
}

/// Dataverse refuses a record inside the body of an update or upsert: "Deep update of navigation properties
/// is not allowed".
#[test]
fn only_a_create_can_create_related_records() {
    let org =
        dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com").expect("an organization");
    let update = SessionEvent::update(id(1)).session(New(OcSession::create().subject("s")));
    let error = update.request(&org).unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        "the request cannot be built: msdyn_sessionevent.msdyn_omnichannelsession: is set to a new record; only a create can make related records: create \
         the record first, and set the lookup to its id"
    );
    let draft = SessionEvent::create().session(New(OcSession::create().subject("s")));
    assert!(draft.request(&org).is_ok());
    let error = SessionEvent::upsert(id(1), draft).request(&org).unwrap_err();
    assert!(error.to_string().contains("an upsert cannot make or link related records"), "{error}");
    let linked = OcSession::create().link(EVENTS, [id(1)]);
    let error = OcSession::upsert(id(1), linked).request(&org).unwrap_err();
    assert!(error.to_string().contains("an upsert cannot make or link related records"), "{error}");
}

/// Dataverse documents no limit; the library has one, so that a body ends.
#[test]
fn records_nest_up_to_sixteen_levels() {
    let nested = |levels: usize| {
        (0..levels).fold(OcSession::create(), |inner, _| OcSession::create().primary_session(New(inner)))
    };
    assert!(nested(16).to_json().is_ok());
    let error = nested(17).to_json().unwrap_err();
    assert!(error.to_string().contains("more than 16 levels deep"), "{error}");
    assert!(nested(17).validate().is_err());
}

/// activityparty-entity of Microsoft's documentation has the numbers; the form of the body is that of its
/// samples, as a public page shows it (appointment, two required attendees).
#[test]
fn parties_are_members_of_one_collection() {
    let appointment = Appointment::create()
        .start("2017-05-18T09:00:00Z".parse::<Timestamp>().expect("a timestamp"))
        .end("2017-05-18T09:30:00Z".parse::<Timestamp>().expect("a timestamp"))
        .subject("subject title")
        .required([Party::from(id::<Contact>(1)), Party::from(id::<SystemUser>(2))]);
    let expected = r#"{
        "scheduledstart": "2017-05-18T09:00:00Z",
        "scheduledend": "2017-05-18T09:30:00Z",
        "subject": "subject title",
        "appointment_activity_parties": [
            { "partyid_contact@odata.bind": "/contacts(00000000-0000-0000-0000-000000000001)", "participationtypemask": 5 },
            { "partyid_systemuser@odata.bind": "/systemusers(00000000-0000-0000-0000-000000000002)", "participationtypemask": 5 }
        ]
    }"#;
    assert_eq!(appointment.to_json().expect("a body"), page(expected));
}

/// The one-to-many relationships on the reference page of `email`: parties and attachments are separate
/// collections.
#[test]
fn parties_join_other_collections_and_are_filled_by_their_lists_only() {
    const ATTACHMENTS: Related<Email, samples::Task, Many> = Related::many("email_activity_mime_attachment");
    const PARTIES: Related<Email, samples::Task, Many> = Related::many("email_activity_parties");
    let to_contact = || Email::create().to([id::<Contact>(1)]);
    let expected = r#"{
        "email_activity_parties": [
            { "partyid_contact@odata.bind": "/contacts(00000000-0000-0000-0000-000000000001)", "participationtypemask": 2 }
        ],
        "email_activity_mime_attachment": [ { "subject": "a" } ]
    }"#;
    let attached = to_contact().insert(ATTACHMENTS, [samples::Task::create().subject("a")]);
    assert_eq!(attached.to_json().expect("a body"), page(expected));
    let twice = to_contact().insert(PARTIES, [samples::Task::create()]).to_json().unwrap_err();
    assert!(
        twice.to_string().contains("the collection `email_activity_parties` holds the parties"),
        "{twice}"
    );
}

/// `ownerid` leads to users and teams. A value whose type is not the declared one has an `@odata.type` (OData
/// JSON Format 4.01, 4.6.3).
#[test]
fn a_new_record_names_its_table_if_the_property_has_several() {
    let event = SessionEvent::create().owner(New(Team::create()));
    assert_eq!(
        event.to_json().expect("a body"),
        r#"{"ownerid":{"@odata.type":"Microsoft.Dynamics.CRM.team"}}"#
    );
    let event = SessionEvent::create().session(New(OcSession::create()));
    let body = event.to_json().expect("a body");
    assert!(!body.contains("@odata.type"), "{body}");
}

#[test]
fn each_list_has_its_participation() {
    let masks = |json: String| {
        let body: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let (_, parties) = body.as_object().expect("an object").iter().next().expect("a member");
        let parties = parties.as_array().expect("a list").iter();
        parties.map(|party| party["participationtypemask"].as_u64().expect("a number")).collect::<Vec<_>>()
    };
    let contact = [id::<Contact>(1)];
    let email = Email::create().from(contact).to(contact).cc(contact).bcc(contact).related(contact);
    assert_eq!(masks(email.to_json().expect("a body")), [1, 2, 3, 4, 13]);
    let meeting = Appointment::update(id(1)).required(contact).optional(contact).organizer(contact);
    assert_eq!(masks(meeting.to_json().expect("a body")), [5, 6, 7]);
    let error = PhoneCall::create().partners(contact).to_json().unwrap_err();
    assert!(
        error.to_string().contains("phonecall.new_partners: Dataverse's page on activity parties"),
        "{error}"
    );
}

#[test]
fn a_party_is_a_record_or_an_address() {
    let parties = [
        Party::from(AnyRecord::new("queue", Uuid::from_u128(1)).with_entity_set("queues")),
        Party::email_address("a@example.com"),
        Party::from(id::<Account>(2)).address_used("b@example.com"),
        Party::from(Lookup::<Team>::new(id::<Team>(3))),
        // Values that were read: an owner and a record; then a record named by a key.
        Party::from(&Lookup::<Principal>::new(id::<Team>(3))),
        Party::from(
            &Record::<Team>::from_json(r#"{"teamid":"00000000-0000-0000-0000-000000000003"}"#).unwrap(),
        ),
        Party::from(&RecordRef::from(id::<Team>(3))),
        Party::from(Team::NAME.key("Sales")),
    ];
    let expected = r#"{"email_activity_parties": [
        { "partyid_queue@odata.bind": "/queues(00000000-0000-0000-0000-000000000001)", "participationtypemask": 2 },
        { "addressused": "a@example.com", "participationtypemask": 2 },
        { "partyid_account@odata.bind": "/accounts(00000000-0000-0000-0000-000000000002)", "addressused": "b@example.com",
          "participationtypemask": 2 },
        { "partyid_team@odata.bind": "/teams(00000000-0000-0000-0000-000000000003)", "participationtypemask": 2 },
        { "partyid_team@odata.bind": "/teams(00000000-0000-0000-0000-000000000003)", "participationtypemask": 2 },
        { "partyid_team@odata.bind": "/teams(00000000-0000-0000-0000-000000000003)", "participationtypemask": 2 },
        { "partyid_team@odata.bind": "/teams(00000000-0000-0000-0000-000000000003)", "participationtypemask": 2 },
        { "partyid_team@odata.bind": "/teams(name='Sales')", "participationtypemask": 2 }
    ]}"#;
    assert_eq!(Email::create().to(parties).to_json().expect("a body"), page(expected));
    // No parties are an empty list.
    assert_eq!(
        Email::update(id(1)).clear_to().to_json().expect("a body"),
        r#"{"email_activity_parties":[]}"#
    );
    let unknown = Email::create().to([AnyRecord::new("queue", Uuid::nil())]).to_json().unwrap_err();
    assert!(unknown.to_string().contains("its entity set is not known"), "{unknown}");
}

#[test]
fn a_lookup_to_any_table_is_set_by_names_known_at_run_time() {
    use samples::Task;
    let body = |task: samples::TaskCreate| task.to_json().expect("a body");
    let account =
        r#"{"regardingobjectid_account_task@odata.bind":"/accounts(00000000-0000-0000-0000-000000000001)"}"#;
    let named = AnyRecord::new("account", Uuid::from_u128(1)).with_entity_set("accounts");
    assert_eq!(body(Task::create().regarding(&named)), account);
    assert_eq!(body(Task::create().regarding(Lookup::<AnyTable>::new(named.clone()))), account);
    assert_eq!(body(Task::create().regarding(id::<Account>(1))), account);
    assert_eq!(
        body(Task::create().regarding(New(samples::Account::create().name("x")))),
        r#"{"regardingobjectid_account_task":{"name":"x"}}"#
    );
    // A lookup that was read, to any table.
    let read = Lookup::<Account>::new(id::<Account>(1));
    assert_eq!(body(Task::create().regarding(AnyRecord::from(&read))), account);
    let other = named.clone().with_navigation("new_regarding_account");
    assert_eq!(
        body(Task::create().regarding(other)),
        r#"{"new_regarding_account@odata.bind":"/accounts(00000000-0000-0000-0000-000000000001)"}"#
    );
    // Names from elsewhere cannot end the URL or the member.
    for (table, set) in
        [("account", "a)/b?x"), ("acc/..", "accounts"), ("account", ""), ("a\":1,\"b", "accounts")]
    {
        let evil = AnyRecord::new(table, Uuid::from_u128(1)).with_entity_set(set);
        let refused = samples::Task::create().regarding(evil).to_json().unwrap_err().to_string();
        assert!(refused.contains("is not a name of letters, digits and `_`"), "{refused}");
    }
    // A lookup that was read has no entity set.
    let read = AnyRecord::new("account", Uuid::from_u128(1));
    assert_eq!(read, named);
    assert_eq!(
        Task::create().regarding(read.clone()).to_json().unwrap_err().to_string(),
        "task.regardingobjectid: cannot be set to the record 00000000-0000-0000-0000-000000000001 of the table account: its \
         entity set is not known; name it with `AnyRecord::with_entity_set`"
    );
    assert!(Task::create().regarding(read).validate().is_err());
    assert_eq!(named.id_of::<Account>(), Some(id(1)));
    assert_eq!(named.id_of::<Contact>(), None);
    let error = Task::update(id(1)).clear_regarding().to_json().unwrap_err();
    assert!(error.to_string().contains("a lookup is cleared through a navigation property"), "{error}");
}

#[test]
fn a_lookup_to_any_table_is_read_with_the_name_of_its_table() {
    let json = r#"{
        "activityid": "00000000-0000-0000-0000-000000000009",
        "_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "account",
        "_regardingobjectid_value@OData.Community.Display.V1.FormattedValue": "Contoso",
        "_regardingobjectid_value": "00000000-0000-0000-0000-000000000001"
    }"#;
    for filter in [
        samples::Task::REGARDING.eq(id::<Account>(1)),
        samples::Task::REGARDING.eq(AnyRecord::new("account", Uuid::from_u128(1))),
        samples::Task::REGARDING.eq(Lookup::<AnyTable>::new(id::<Account>(1))),
    ] {
        let filter = filter.to_odata().expect("a filter");
        assert_eq!(filter, "_regardingobjectid_value eq 00000000-0000-0000-0000-000000000001");
    }
    let task = Record::<samples::Task>::from_json(json).expect("a task");
    let regarding = task.regarding.as_ref().expect("a record");
    assert_eq!(regarding.key().table(), Some("account"));
    assert_eq!(regarding.name(), Some("Contoso"));
    assert_eq!(regarding.key().id_of::<Account>(), Some(id(1)));
    let org =
        dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com").expect("an organization");
    let prefer = samples::Task::query().request(&org).expect("a request").headers()["prefer"].clone();
    assert!(prefer.to_str().expect("text").contains("lookuplogicalname"), "{prefer:?}");
}
