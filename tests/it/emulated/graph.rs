//! Messages with more than one record against the emulator: deep inserts, parties, many-to-many pairs,
//! elastic rows.

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;
use dataverse_entity::message::RequestOptions;
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::{OcSession, SessionEvent, SystemUser};
use dataverse_entity::{Party, table_ref};
use serde_json::{Value, json};

use super::run;

table_ref!(Contact, logical = "contact", set = "contacts", id = "contactid");

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

#[test]
fn a_create_makes_related_records_on_both_sides() {
    run(async {
        let client = Emulator::new().client();
        let event = SessionEvent::create().name("inner").session(New(OcSession::create().subject("outer")));
        let event = client.execute(event).await.unwrap();
        let event = client.execute(SessionEvent::retrieve(event)).await.unwrap();
        let session = event.session.as_ref().unwrap().id();
        assert_eq!(
            client.execute(OcSession::retrieve(session)).await.unwrap().subject.as_deref(),
            Some("outer")
        );

        // One level deeper, and with a record that exists.
        let free = client.execute(SessionEvent::create().name("free")).await.unwrap();
        let inner =
            OcSession::create().subject("inner").insert(EVENTS, [SessionEvent::create().name("deep")]);
        let outer = OcSession::create()
            .subject("outer")
            .primary_session(New(inner))
            .insert(EVENTS, [SessionEvent::create().name("a"), SessionEvent::create().name("b")])
            .link(EVENTS, [free]);
        let outer = client.execute(outer).await.unwrap();
        let events =
            client.execute(SessionEvent::query().filter(SessionEvent::SESSION.eq(outer))).await.unwrap();
        let mut names: Vec<_> = events.records.iter().filter_map(|event| event.name.clone()).collect();
        names.sort();
        assert_eq!(names, ["a", "b", "free"]);
        let deep = client.execute(SessionEvent::query().filter(SessionEvent::NAME.eq("deep"))).await.unwrap();
        let primary = client.execute(OcSession::retrieve(outer)).await.unwrap().primary_session.clone();
        assert_eq!(deep.records[0].session.as_ref().map(Lookup::id), primary.map(|primary| primary.id()));
    });
}

fn attribute(name: &str, kind: &str) -> Value {
    json!({"LogicalName": name, "AttributeType": kind})
}

fn table(name: &str, set: &str, id: &str, attributes: Vec<Value>, relationships: Vec<Value>) -> Value {
    let attributes: Vec<_> = [attribute(id, "Uniqueidentifier")].into_iter().chain(attributes).collect();
    json!({
        "LogicalName": name, "EntitySetName": set, "PrimaryIdAttribute": id, "OwnershipType": "OrganizationOwned",
        "Attributes": attributes, "ManyToOneRelationships": relationships,
    })
}

fn to(from: &str, column: &str, target: (&str, &str), navigation: &str, collection: &str) -> Value {
    json!({
        "SchemaName": format!("{from}_{column}_{}", target.0), "ReferencingEntity": from, "ReferencingAttribute": column,
        "ReferencedEntity": target.0, "ReferencedAttribute": target.1,
        "ReferencingEntityNavigationPropertyName": navigation,
        "ReferencedEntityNavigationPropertyName": collection,
    })
}

/// `email` and `activityparty`, as far as parties need them, and a table of courses that contacts attend.
fn definitions() -> String {
    let targets = |name: &str, targets: &[&str]| json!({"LogicalName": name, "AttributeType": "Lookup", "Targets": targets});
    let email = table(
        "email",
        "emails",
        "activityid",
        vec![attribute("subject", "String"), attribute("to", "PartyList")],
        vec![],
    );
    let contact = table("contact", "contacts", "contactid", vec![attribute("lastname", "String")], vec![]);
    let party = table(
        "activityparty",
        "activityparties",
        "activitypartyid",
        vec![
            attribute("addressused", "String"),
            attribute("participationtypemask", "Integer"),
            targets("activityid", &["email"]),
            targets("partyid", &["contact", "systemuser"]),
        ],
        vec![
            to(
                "activityparty",
                "activityid",
                ("email", "activityid"),
                "activityid_email",
                "email_activity_parties",
            ),
            to(
                "activityparty",
                "partyid",
                ("contact", "contactid"),
                "partyid_contact",
                "contact_activity_parties",
            ),
            to(
                "activityparty",
                "partyid",
                ("systemuser", "systemuserid"),
                "partyid_systemuser",
                "system_user_activity_parties",
            ),
        ],
    );
    let mut course =
        table("new_course", "new_courses", "new_courseid", vec![attribute("new_name", "String")], vec![]);
    course["ManyToManyRelationships"] = json!([{
        "SchemaName": "new_course_contact", "IntersectEntityName": "new_course_contact",
        "Entity1LogicalName": "new_course", "Entity2LogicalName": "contact",
        "Entity1IntersectAttribute": "new_courseid", "Entity2IntersectAttribute": "contactid",
        "Entity1NavigationPropertyName": "new_course_contact", "Entity2NavigationPropertyName": "new_course_contact",
    }]);
    json!({"value": [email, contact, party, course]}).to_string()
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "email", set = "emails", activity)]
struct Email {
    #[attr(logical = "activityid", primary_id, create_only)]
    id: Id<Email>,
    #[attr(logical = "subject", primary_name, string(max_length = 800))]
    subject: Option<String>,
    #[attr(logical = "from", party_list)]
    from: NoProperty,
    #[attr(logical = "to", party_list)]
    to: NoProperty,
    #[expand(nav = "email_activity_parties")]
    parties: Vec<PartyRow>,
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "activityparty", set = "activityparties")]
struct ActivityParty {
    #[attr(logical = "activitypartyid", primary_id, create_only)]
    id: Id<ActivityParty>,
    #[attr(logical = "participationtypemask", integer)]
    participation: Option<i32>,
    #[attr(logical = "addressused", string(max_length = 320))]
    address: Option<String>,
    #[attr(logical = "partyid", lookup, nav = "partyid_{table}")]
    party: Option<Lookup<AnyTable>>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = ActivityParty)]
struct PartyRow {
    #[attr(logical = "participationtypemask")]
    participation: Option<i32>,
    #[attr(logical = "addressused")]
    address: Option<String>,
    #[attr(logical = "partyid")]
    party: Option<Lookup<AnyTable>>,
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "contact", set = "contacts")]
struct Person {
    #[attr(logical = "contactid", primary_id, create_only)]
    id: Id<Person>,
    #[attr(logical = "lastname", primary_name, string(max_length = 100))]
    name: Option<String>,
}

#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "new_course",
    set = "new_courses",
    relationship(
        many_to_many,
        schema = "new_course_contact",
        nav = "new_course_contact",
        table = "contact",
        intersect = "new_course_contact",
        related = Person,
        name = STUDENTS
    )
)]
struct Course {
    #[attr(logical = "new_courseid", primary_id, create_only)]
    id: Id<Course>,
    #[attr(logical = "new_name", primary_name, string(max_length = 100))]
    name: Option<String>,
}

fn parties(email: &Email) -> Vec<(i32, Option<String>, Option<String>)> {
    let mut parties: Vec<_> = email
        .parties
        .iter()
        .map(|party| {
            let table = party.party.as_ref().and_then(|party| party.key().table().map(str::to_owned));
            (party.participation.unwrap(), party.address.clone(), table)
        })
        .collect();
    parties.sort();
    parties
}

#[test]
fn parties_are_created_and_replaced() {
    run(async {
        let client = Emulator::builder().definitions(definitions()).build().unwrap().client();
        let person = client.execute(Person::create().name("A")).await.unwrap();
        let contact = Id::<Contact>::new(person.uuid());
        let user = client.execute(SystemUser::query().top(1)).await.unwrap().records[0].id;
        let email = Email::create()
            .subject("s")
            .from([user])
            .to([Party::from(contact), Party::email_address("a@example.com")]);
        let id = client.execute(email).await.unwrap();
        let text = str::to_owned;
        let read = client.execute(Email::retrieve(id)).await.unwrap();
        let expected = vec![
            (1, None, Some(text("systemuser"))),
            (2, None, Some(text("contact"))),
            (2, Some(text("a@example.com")), None),
        ];
        assert_eq!(parties(&read), expected);
        assert_eq!(
            read.parties
                .iter()
                .filter_map(|each| each.party.as_ref()?.key().id_of::<Contact>())
                .collect::<Vec<_>>(),
            [contact]
        );

        client.execute(Email::update(id).subject("t").to([contact])).await.unwrap();
        let read = client.execute(Email::retrieve(id)).await.unwrap();
        assert_eq!(
            (parties(&read), read.subject.as_deref()),
            (vec![(2, None, Some(text("contact")))], Some("t"))
        );
        client.execute(Email::update(id).subject("u")).await.unwrap();
        assert_eq!(client.execute(Email::retrieve(id)).await.unwrap().parties.len(), 1);
        client.execute(Email::update(id).clear_to()).await.unwrap();
        assert!(client.execute(Email::retrieve(id)).await.unwrap().parties.is_empty());
    });
}

#[test]
fn many_to_many_pairs_are_associated_queried_and_created() {
    run(async {
        let client = Emulator::builder().definitions(definitions()).build().unwrap().client();
        let person = client.execute(Person::create().name("A")).await.unwrap();
        let course = Course::create().name("Rust").insert(Course::STUDENTS, [Person::create().name("B")]);
        let course = client.execute(course).await.unwrap();
        client.execute(Course::associate(course, Course::STUDENTS, person)).await.unwrap();
        let students = || client.execute(Person::query_related(course, Course::STUDENTS));
        let mut names: Vec<_> =
            students().await.unwrap().records.iter().map(|person| person.name.clone().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["A", "B"]);
        let with = |name: &str| Course::query().filter(Course::STUDENTS.any(Person::NAME.eq(name)));
        assert_eq!(client.execute(with("A")).await.unwrap().records.len(), 1);
        assert_eq!(client.execute(with("C")).await.unwrap().records.len(), 0);
        client.execute(Course::disassociate(course, Course::STUDENTS, person)).await.unwrap();
        assert_eq!(students().await.unwrap().records.len(), 1);
    });
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "contoso_sensordata", set = "contoso_sensordatas", table_type = "elastic")]
struct SensorData {
    #[attr(logical = "contoso_sensordataid", primary_id, create_only)]
    id: Id<SensorData>,
    #[attr(logical = "contoso_sensortype", string(max_length = 100))]
    sensor_type: Option<String>,
    #[attr(logical = "contoso_value", integer)]
    value: Option<i32>,
    #[attr(logical = "partitionid", string(max_length = 1024), create_only)]
    partition_id: Option<String>,
}

fn elastic() -> Client {
    let mut table = table(
        "contoso_sensordata",
        "contoso_sensordatas",
        "contoso_sensordataid",
        vec![attribute("contoso_sensortype", "String"), attribute("contoso_value", "Integer")],
        vec![],
    );
    table["TableType"] = json!("Elastic");
    let definitions = json!({ "value": [table] }).to_string();
    Emulator::builder().definitions(definitions).build().unwrap().client()
}

#[test]
fn rows_of_an_elastic_table_are_named_by_their_partition() {
    run(async {
        let client = elastic();
        let id = client.execute(SensorData::create().value(1).partition_id("it's (1)")).await.unwrap();
        let row = id.in_partition("it's (1)");
        assert_eq!(row.id(), Some(id));
        assert!(client.execute(SensorData::retrieve(id)).await.unwrap_err().is_not_found());
        client.execute(SensorData::update(&row).value(2)).await.unwrap();
        assert_eq!(client.execute(SensorData::retrieve(&row)).await.unwrap().value, Some(2));
        let here = RequestOptions::new().partition_id("it's (1)");
        assert_eq!(client.execute(SensorData::retrieve(id).with(here.clone())).await.unwrap().value, Some(2));
        assert_eq!(client.execute(SensorData::query().with(here)).await.unwrap().records.len(), 1);
        let elsewhere = RequestOptions::new().partition_id("elsewhere");
        assert_eq!(client.execute(SensorData::query().with(elsewhere)).await.unwrap().records.len(), 0);

        // An upsert replaces the row that exists. In another partition, it creates a row with the same id.
        client.execute(SensorData::upsert(&row, SensorData::create().value(3))).await.unwrap();
        let other = client
            .execute(SensorData::upsert(id.in_partition("new"), SensorData::create().value(4)))
            .await
            .unwrap();
        assert_eq!(other.id, Some(id));
        assert_eq!(client.execute(SensorData::query()).await.unwrap().records.len(), 2);

        // The URL names the partition, so the body does not.
        let twice = SensorData::upsert(&row, SensorData::create().partition_id("it's (1)"));
        assert!(client.execute(twice).await.unwrap_err().is_invalid_request());
        client.execute(SensorData::delete(&row)).await.unwrap();
        let bad = client.execute(SensorData::retrieve(id.in_partition("a/b"))).await.unwrap_err();
        assert!(
            bad.is_invalid_request() && bad.to_string().contains("cannot be a key value in a URL"),
            "{bad}"
        );
    });
}

#[test]
fn a_message_for_several_rows_may_succeed_in_part() {
    run(async {
        let client = elastic();
        let draft = |id: u128, value: i32| {
            SensorData::create().id(dataverse_entity::Uuid::from_u128(id)).partition_id("p").value(value)
        };
        let ids = client.execute(SensorData::create_multiple([draft(1, 1)]).outcomes()).await.unwrap();
        let first = *ids[0].as_ref().unwrap();

        // The second record exists.
        let outcomes = client
            .execute(SensorData::create_multiple([draft(2, 2), draft(1, 1), draft(3, 3)]).outcomes())
            .await
            .unwrap();
        assert_eq!(outcomes.len(), 3);
        assert_eq!(outcomes[0].as_ref().unwrap().uuid().as_u128(), 2);
        assert!(outcomes[1].as_ref().unwrap_err().is_duplicate(), "{:?}", outcomes[1]);
        assert_eq!(outcomes[2].as_ref().unwrap().uuid().as_u128(), 3);
        // Without details, the whole message is an error.
        assert!(client.execute(SensorData::create_multiple([draft(1, 1)])).await.unwrap_err().is_duplicate());

        let bulk = client.bulk().create([draft(4, 4), draft(1, 1)]).await;
        assert!(bulk[0].is_ok() && bulk[1].is_err());
        let bulk = client.bulk().isolate_failures(true).create([draft(5, 5), draft(1, 1)]).await;
        assert!(bulk[0].is_ok() && bulk[1].as_ref().is_err_and(|error| error.is_duplicate()), "{bulk:?}");

        let row =
            |number: u128| Id::<SensorData>::new(dataverse_entity::Uuid::from_u128(number)).in_partition("p");
        let updates = [SensorData::update(row(9)).value(1), SensorData::update(row(2)).value(20)];
        let outcomes = client.execute(SensorData::update_multiple(updates).outcomes()).await.unwrap();
        assert!(outcomes[0].as_ref().unwrap_err().is_not_found() && outcomes[1].is_ok());
        let upserts = [(row(2), SensorData::create().value(21)), (row(6), SensorData::create().value(6))];
        client.execute(SensorData::upsert_multiple(upserts)).await.unwrap();
        assert_eq!(client.execute(SensorData::retrieve(row(2))).await.unwrap().value, Some(21));

        let outcomes = client
            .execute(SensorData::delete_multiple([row(9), first.in_partition("p")]).outcomes())
            .await
            .unwrap();
        assert!(outcomes[0].as_ref().unwrap_err().is_not_found() && outcomes[1].is_ok());
        client.execute(SensorData::delete_multiple([row(2), row(3), row(4), row(5), row(6)])).await.unwrap();
        assert_eq!(client.execute(SensorData::query()).await.unwrap().records.len(), 0);
    });
}
