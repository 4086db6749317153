//! Expanded records: how a query narrows them, what Dataverse refuses, and how their links are followed.
//!
//! Source, unless a test names another: Microsoft's page webapi/query/join-tables, of 2024-10-22.

use dataverse_emulator::Emulator;
use dataverse_entity::message::{Message, Query};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{ExpandOptions, Many, One, Related};
use dataverse_entity::tables::{OcSession, SessionEvent, SystemUser};
use dataverse_entity::{Expanded, Projection, Record, Uuid};

use futures_util::TryStreamExt;

use crate::support::exchange::{org, request};

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
const SESSION: Related<SessionEvent, OcSession, One> = Related::one("msdyn_omnichannelsession");
const CREATOR: Related<SessionEvent, SystemUser, One> = Related::one("createdby");
const OWNER: Related<OcSession, SystemUser, One> = Related::one("owninguser_msdyn_ocsession");

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SystemUser)]
struct User {
    #[attr(logical = "fullname")]
    name: Option<String>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

/// A collection, and nothing within it.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = OcSession)]
struct Flat {
    #[attr(logical = "subject")]
    subject: Option<String>,
    #[expand(nav = "msdyn_ocsession_sessionevent_nested")]
    events: Expanded<Name>,
    #[expand(nav = "owninguser_msdyn_ocsession")]
    owner: Option<User>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct NameAndCreator {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Option<User>,
}

/// A collection with a record within each of its records.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = OcSession)]
struct Nested {
    #[attr(logical = "subject")]
    subject: Option<String>,
    #[expand(nav = "msdyn_ocsession_sessionevent_nested")]
    events: Expanded<NameAndCreator>,
}

/// A record with a collection within it.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Siblings {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "msdyn_omnichannelsession")]
    session: Option<Box<Flat>>,
}

/// A collection within the records of a collection.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = OcSession)]
struct CollectionOfCollections {
    #[expand(nav = "msdyn_ocsession_sessionevent_nested")]
    events: Vec<Siblings>,
}

fn refusal<M: Message>(message: &M) -> String {
    message.request(&org()).unwrap_err().to_string()
}

fn is_refused_as_nested(
    query: &Query<impl Projection + for<'de> dataverse_entity::FromRow<'de>>,
    name: &str,
) {
    let refused = refusal(query);
    let expected = format!(
        "`{name}`: Dataverse neither sorts nor limits expanded records in a query that expands within an expanded record"
    );
    assert!(refused.contains(&expected), "{refused}");
}

#[test]
fn a_nested_expand_takes_filters_and_neither_orders_nor_limits() {
    let (events, name) = ("msdyn_ocsession_sessionevent_nested", SessionEvent::NAME);
    let filtered = ExpandOptions::new().filter(name.eq("a"));
    assert_eq!(
        request(&Nested::query().expand(EVENTS, filtered.clone())),
        "GET msdyn_ocsessions?$select=subject&$expand=msdyn_ocsession_sessionevent_nested($select=msdyn_name;\
         $expand=createdby($select=fullname);$filter=msdyn_name%20eq%20%27a%27)"
    );
    is_refused_as_nested(&Nested::query().expand(EVENTS, filtered.clone().top(1)), events);
    is_refused_as_nested(&Nested::query().expand(EVENTS, filtered.order_by(name)), events);
    // The nested expand may be anywhere in the query.
    let within = ExpandOptions::new().expand(EVENTS, ExpandOptions::new().top(1));
    is_refused_as_nested(&Siblings::query().expand(SESSION, within), events);
    // `top` of the query itself is allowed: the page's example has it.
    assert!(request(&Nested::query().top(1)).ends_with("&$top=1"));
    // One level takes all of them, whatever else is expanded next to it.
    let sorted = ExpandOptions::new().order_by([name.desc(), SessionEvent::CREATED_ON.asc()]).top(2);
    assert_eq!(
        request(&Flat::query().expand(EVENTS, sorted)),
        "GET msdyn_ocsessions?$select=subject&$expand=msdyn_ocsession_sessionevent_nested($select=msdyn_name;\
         $orderby=msdyn_name%20desc,createdon%20asc;$top=2),owninguser_msdyn_ocsession($select=fullname)"
    );
}

#[test]
fn retrieve_takes_options_for_the_records_that_it_expands() {
    let within = ExpandOptions::new().expand(EVENTS, ExpandOptions::new().filter(SessionEvent::NAME.ne("a")));
    assert_eq!(
        request(&Siblings::query().expand(SESSION, within.clone())),
        "GET msdyn_sessionevents?$select=msdyn_name&$expand=msdyn_omnichannelsession($select=subject;\
         $expand=msdyn_ocsession_sessionevent_nested($select=msdyn_name;$filter=msdyn_name%20ne%20%27a%27),\
         owninguser_msdyn_ocsession($select=fullname))"
    );
    // The later call wins.
    let twice = Siblings::query().expand(SESSION, within.clone()).expand(SESSION, ExpandOptions::new());
    assert!(!request(&twice).contains("$filter"));
    // What the struct does not read, at any depth, is refused.
    let missing =
        ExpandOptions::new().expand(EVENTS, ExpandOptions::new().expand(CREATOR, ExpandOptions::new()));
    assert!(refusal(&Siblings::query().expand(SESSION, missing)).contains(
        "the struct does not expand `createdby`; give it a field with `#[expand(nav = \"createdby\")]`"
    ));
    let missing = Nested::query().expand(OWNER, ExpandOptions::new());
    assert!(refusal(&missing).contains("the struct does not expand `owninguser_msdyn_ocsession`"));
    // One record takes the same options: webapi/retrieve-entity-using-web-api, of 2022-04-19.
    let one = Flat::retrieve(Id::new(Uuid::nil())).expand(EVENTS, ExpandOptions::new().top(2));
    assert!(request(&one).contains("msdyn_ocsession_sessionevent_nested($select=msdyn_name;$top=2)"));
}

#[test]
fn the_limit_of_a_collection_is_1_to_5000() {
    let top = |records| Flat::query().expand(EVENTS, ExpandOptions::new().top(records));
    for records in [1, 5000] {
        assert!(request(&top(records)).contains(&format!("$top={records})")));
    }
    for records in [0, 5001] {
        let refused = refusal(&top(records));
        assert!(refused.contains(&format!("is 1 to 5000, not {records}")), "{refused}");
    }
}

#[test]
fn one_record_refuses_a_collection_within_a_collection() {
    // webapi/multi-level-expand, of 2022-03-25: nested collections of one record are answered empty, whatever
    // there is.
    assert!(
        refusal(&CollectionOfCollections::retrieve(Id::new(Uuid::nil()))).contains(
            "`msdyn_ocsession_sessionevent_nested`: Dataverse answers a collection within a collection of one record with \
             nothing, whatever there is; read the record with a query that filters by its id"
        )
    );
    assert!(request(&CollectionOfCollections::query()).contains("$expand"));
    assert!(request(&Siblings::retrieve(Id::new(Uuid::nil()))).contains("$expand"));
    assert!(request(&Nested::retrieve(Id::new(Uuid::nil()))).contains("$expand"));
}

/// Declares a struct that expands this many properties. One-to-many relationships need no declaration.
macro_rules! with_expands {
    ($name:ident: $($field:ident $nav:literal)*) => {
        #[derive(Debug, PartialEq, DataverseEntity)]
        #[entity(of = OcSession)]
        struct $name {
            $(#[expand(nav = $nav)] $field: Vec<Name>,)*
        }
    };
}

with_expands! {
    Fifteen: a "n1" b "n2" c "n3" d "n4" e "n5" f "n6" g "n7" h "n8" i "n9" j "n10" k "n11" l "n12" m "n13" n "n14" o "n15"
}
with_expands! {
    Sixteen: a "n1" b "n2" c "n3" d "n4" e "n5" f "n6" g "n7" h "n8" i "n9" j "n10" k "n11" l "n12" m "n13" n "n14" o "n15"
        p "n16"
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct FifteenWithin {
    #[expand(nav = "msdyn_omnichannelsession")]
    session: Option<Fifteen>,
}

#[test]
fn a_query_expands_15_properties_and_not_16_nested_ones_included() {
    assert_eq!(request(&Fifteen::query()).matches("($select=").count(), 15);
    assert!(
        refusal(&Sixteen::query())
            .contains("the query expands 16 navigation properties, but Dataverse takes 15")
    );
    assert!(refusal(&FifteenWithin::query()).contains("expands 16"));
    assert!(refusal(&FifteenWithin::retrieve(Id::new(Uuid::nil()))).contains("expands 16"));
    assert!(request(&Fifteen::retrieve(Id::new(Uuid::nil()))).contains("$expand"));
    // Text that looks like an expand is not counted.
    let text = ExpandOptions::new().filter(SessionEvent::NAME.eq("($select=".repeat(20)));
    assert!(request(&Flat::query().expand(EVENTS, text)).contains("$filter"));
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(
    logical = "new_student",
    set = "new_students",
    relationship(
        many_to_many,
        schema = "new_student_course",
        table = "new_course",
        nav = "new_student_courses",
        related = Course
    )
)]
struct Student {
    #[attr(logical = "new_studentid", primary_id, create_only)]
    id: Id<Student>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(logical = "new_course", set = "new_courses")]
struct Course {
    #[attr(logical = "new_courseid", primary_id, create_only)]
    id: Id<Course>,
    #[attr(logical = "new_best", lookup, nav = "new_Best")]
    best: Option<Lookup<Student>>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = Course)]
struct CourseId {
    #[attr(logical = "new_courseid")]
    id: Id<Course>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = Student)]
struct StudentWithCourses {
    #[expand(nav = "new_student_courses")]
    courses: Vec<CourseId>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = Course)]
struct CourseWithBest {
    #[expand(nav = "new_Best")]
    best: Option<StudentWithCourses>,
}

#[test]
fn a_many_to_many_relationship_is_expanded_alone() {
    // The page's table: only N:N, several of them, not nested, and no combinations. What one struct says is
    // refused by the compiler (tests/ui/fail/expand/many-to-many.rs); here it is said by two.
    assert!(
        request(&StudentWithCourses::query()).contains("$expand=new_student_courses($select=new_courseid)")
    );
    let refused = refusal(&CourseWithBest::query());
    assert!(
        refused.contains(
            "`new_student_courses`: Dataverse expands a many-to-many relationship neither next to other kinds"
        ),
        "{refused}"
    );
}

#[test]
fn a_link_without_a_token_is_not_followed() {
    let read = |link: &str| {
        let link = link.replace('"', "\\\"");
        let body = format!(
            "{{\"msdyn_ocsession_sessionevent_nested\":[],\"msdyn_ocsession_sessionevent_nested@odata.nextLink\":\"{link}\"}}"
        );
        Record::<Flat>::from_json(body.as_bytes()).unwrap().into_inner().events
    };
    let root = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_ocsessions(00000000-0000-0000-0000-000000000001)";
    // Answers of the page. A link without a token would return the same records again.
    let same_again = read(&format!("{root}/msdyn_ocsession_sessionevent_nested?$select=msdyn_name"));
    assert!(same_again.next_link.is_some());
    assert!(same_again.next_page().is_none());
    let bare = read(&format!("{root}/msdyn_ocsession_sessionevent_nested"));
    assert!(bare.next_page().is_none());
    // Another option whose name contains `skiptoken` does not count.
    let filtered = read(&format!("{root}/x?$filter=msdyn_name%20eq%20%27$skiptoken=%27"));
    assert!(filtered.next_page().is_none());
    assert!(Expanded::<Name>::default().next_page().is_none());

    for name in ["$skiptoken", "%24skiptoken"] {
        let link = format!("{root}/x?$select=msdyn_name&{name}=%3Ccookie%20pagenumber=%222%22%20/%3E");
        let next = read(&link).next_page().unwrap();
        let sent = next.request(&org()).unwrap();
        assert_eq!(sent.uri().to_string(), link);
        // Options that the link lacks are refused, not dropped.
        let refused = refusal(&next.filter(SessionEvent::NAME.is_null()));
        assert!(refused.contains("the link of a page fixes the records and their order"), "{refused}");
    }
}

#[test]
fn on_the_emulator_a_nested_collection_is_read_to_its_end_and_a_flat_one_comes_whole() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let emulator = Emulator::builder().strict(true).sequential_ids(true).build().unwrap();
        let client = emulator.client();
        let session = client.execute(OcSession::create().subject("Chat")).await.unwrap();
        for name in ["a", "b", "c"] {
            client.execute(SessionEvent::create().name(name).session(session)).await.unwrap();
        }
        let flat = client.execute(Flat::query().page_size(1)).await.unwrap();
        let events = &flat.records[0].events;
        assert_eq!(events.records.len(), 3);
        assert!(events.next_link.is_some() && events.next_page().is_none());

        let nested = client.execute(Nested::query().page_size(1)).await.unwrap();
        let events = &nested.records[0].events;
        assert_eq!(events.records.len(), 1);
        let next = events.next_page().unwrap().page_size(1);
        let rest = client.items(next).map_ok(|event| event.into_inner().name.unwrap());
        let rest: Vec<_> = rest.try_collect().await.unwrap();
        let mut all: Vec<_> =
            events.records.iter().filter_map(|event| event.name.clone()).chain(rest).collect();
        all.sort();
        assert_eq!(all, ["a", "b", "c"]);
    });
}
