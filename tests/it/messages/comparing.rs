//! Messages are values: a test of a program compares the one that it expects with the one that is sent.

use std::collections::HashSet;

use dataverse_entity::message::{
    AccessRights, Action, Aggregate, Function, Message, Query, RequestOptions, WhoAmI,
};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{OcSession, Principal, SessionEvent, SystemUser, Team};
use dataverse_entity::{AnyRecord, Bind, Id, Lookup, New, RecordRef, Uuid};

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent");

fn event(number: u128) -> Id<SessionEvent> {
    Id::new(Uuid::from_u128(number))
}

fn session(number: u128) -> Id<OcSession> {
    Id::new(Uuid::from_u128(number))
}

/// Each message is equal to one that is made in the same way, and to its clone, but to none that says anything else.
fn differ<M: PartialEq + Clone + std::fmt::Debug>(make: impl Fn(u8) -> M, count: u8) {
    for a in 0..count {
        assert_eq!(make(a), make(a).clone());
        for b in 0..count {
            assert_eq!(make(a) == make(b), a == b, "{:?} {:?}", make(a), make(b));
        }
    }
}

fn named(number: u8) -> impl Message<Output = Id<SessionEvent>> + Clone + PartialEq {
    SessionEvent::create().name(number.to_string())
}

#[test]
fn messages_for_a_record_are_compared_by_what_they_say() {
    let draft = |number: u8| SessionEvent::create().name(number.to_string());
    let update = |number: u8| SessionEvent::update(event(7)).name(number.to_string());
    differ(draft, 3);
    differ(update, 3);
    differ(|number| update(number).if_match("W/\"1\""), 3);
    differ(|number| update(0).if_match(number.to_string()), 3);
    differ(|number| draft(number).returning::<SessionEvent>(), 3);
    differ(|number| update(number).returning::<SessionEvent>(), 3);
    differ(|number| update(number).single_column(), 3);
    differ(|number| SessionEvent::retrieve(event(number.into())), 3);
    differ(|number| SessionEvent::retrieve(event(7)).if_changed(number.to_string()), 3);
    differ(|number| SessionEvent::delete(event(number.into())), 3);
    differ(|number| SessionEvent::upsert(event(number.into()), draft(0)), 3);
    differ(|number| SessionEvent::upsert(event(7), draft(number)), 3);
    differ(|number| SessionEvent::upsert(event(7), draft(0)).only_create(number > 0), 2);
    differ(|number| SessionEvent::assign(event(number.into()), Id::<Team>::new(Uuid::nil())), 3);
    let owners =
        [Principal::from(Id::<SystemUser>::new(Uuid::nil())), Principal::from(Id::<Team>::new(Uuid::nil()))];
    differ(|number| SessionEvent::assign(event(7), &owners[usize::from(number)]), 2);
    let states = [StatusReason::Active, StatusReason::Inactive];
    differ(|number| SessionEvent::set_state(event(7), states[usize::from(number)]), 2);
    let rights = [AccessRights::READ, AccessRights::WRITE];
    differ(
        |number| {
            SessionEvent::grant_access(event(7), Id::<Team>::new(Uuid::nil()), rights[usize::from(number)])
        },
        2,
    );
    assert!(named(1) == named(1) && named(1) != named(2));
}

#[test]
fn messages_for_several_records_are_compared_by_what_they_say() {
    let drafts = |number: u8| (0..=number).map(|each| SessionEvent::create().name(each.to_string()));
    differ(|number| SessionEvent::create_multiple(drafts(number)), 3);
    differ(|number| SessionEvent::create_multiple(drafts(number)).outcomes(), 3);
    differ(
        |number| {
            SessionEvent::update_multiple(
                (0..=number).map(|each| SessionEvent::update(event(each.into())).name("n")),
            )
        },
        3,
    );
}

#[test]
fn queries_are_compared_by_what_they_ask_for() {
    let queries = |number: u8| match number {
        0 => SessionEvent::query(),
        1 => SessionEvent::query().filter(SessionEvent::NAME.eq("a")),
        2 => SessionEvent::query().filter(SessionEvent::NAME.eq("b")),
        3 => SessionEvent::query().order_by(SessionEvent::NAME.asc()),
        4 => SessionEvent::query().top(3),
        5 => SessionEvent::query().count(true),
        6 => SessionEvent::query().page_size(3),
        7 => Query::saved(Uuid::nil()),
        8 => Query::user_saved(Uuid::nil()),
        9 => Query::related_to(session(1), EVENTS),
        _ => Query::related_to(session(2), EVENTS),
    };
    differ(queries, 11);
    differ(|number| queries(number).first(), 3);
    differ(|number| queries(number).with(RequestOptions::new().tag("t")), 11);
    differ(|number| queries(0).with(RequestOptions::new().tag(number.to_string())), 3);
    differ(|number| SessionEvent::count().filter(SessionEvent::NAME.eq(number.to_string())), 3);
    differ(|number| Aggregate::<SessionEvent>::new().count(number.to_string()), 3);
    differ(|number| SessionEvent::fetch().attribute(SessionEvent::NAME).top(number.into()), 3);
    differ(|number| SessionEvent::fetch_xml(number.to_string()), 3);
    differ(|number| SessionEvent::fetch_xml(number.to_string()).rows(), 3);
    differ(|number| SessionEvent::changes_since(number.to_string()), 3);
    assert_eq!(SessionEvent::total_count(), SessionEvent::total_count());
    assert_eq!(WhoAmI, WhoAmI);
}

#[test]
fn calls_by_name_are_compared_by_name_and_parameters() {
    differ(|number| Action::<()>::unbound("new_Do").parameter("Level", number), 3);
    differ(|number| Action::<()>::unbound(format!("new_Do{number}")), 3);
    differ(|number| Action::<()>::of_record(event(number.into()), "new_Do"), 3);
    assert_ne!(Action::<()>::of_table::<SessionEvent>("new_Do"), Action::of_table::<OcSession>("new_Do"));
    differ(|number| Function::<String>::unbound("new_Ask").parameter("Level", i32::from(number)), 3);
}

/// Generic code compares drafts, too.
#[test]
fn drafts_of_any_table_are_compared() {
    fn is_unchanged<T: Entity>(record: RecordRef<T>, update: &T::Update) -> bool {
        *update == T::update(record)
    }
    assert!(is_unchanged(event(1).into(), &SessionEvent::update(event(1))));
    assert!(!is_unchanged(event(2).into(), &SessionEvent::update(event(1))));
    assert!(!is_unchanged(event(1).into(), &SessionEvent::update(event(1)).name("n")));
}

#[test]
fn what_lookups_are_set_to_is_kept_in_sets() {
    let (user, team) = (Id::<SystemUser>::new(Uuid::from_u128(1)), Id::<Team>::new(Uuid::from_u128(1)));
    let binds = [
        Bind::<Principal>::to(user),
        Bind::to(Principal::SystemUser(user)),
        Bind::from(Lookup::<Principal>::new(user).with_name("Ann")),
        Bind::to(team),
    ];
    let different: HashSet<_> = binds.iter().cloned().collect();
    assert_eq!(different.len(), 2, "{different:?}");
    assert!(binds.iter().all(|bind| different.contains(bind)));
    // A draft with a float that is not a number differs from itself; what a lookup is set to does not.
    let new: Bind<OcSession> = BindTo::bind(New(OcSession::create().subject("Chat")));
    let again = BindTo::bind(New(OcSession::create().subject("Chat")));
    assert_eq!(HashSet::from([new.clone(), new, again]).len(), 1);
}

#[test]
fn a_lookup_to_several_tables_gives_the_id_of_one() {
    let (user, team) = (Id::<SystemUser>::new(Uuid::from_u128(1)), Id::<Team>::new(Uuid::from_u128(2)));
    let owner = Lookup::<Principal>::new(team);
    assert_eq!((owner.id_of::<Team>(), owner.id_of::<SystemUser>()), (Some(team), None));
    // An owner that was read without the annotation that says its table.
    let page =
        |table: &str| format!("{{\"_ownerid_value\":\"{user}\"{table},\"msdyn_sessioneventid\":\"{user}\"}}");
    #[derive(DataverseEntity)]
    #[entity(of = SessionEvent)]
    struct Owned {
        #[attr(logical = "ownerid", owner)]
        owner: Option<Lookup<Principal>>,
    }
    let read =
        |table| Record::<Owned>::from_json(page(table).as_bytes()).unwrap().into_inner().owner.unwrap();
    let known = read(",\"_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"systemuser\"");
    assert_eq!((known.id_of::<SystemUser>(), known.id_of::<Team>()), (Some(user), None));
    let unknown = read("");
    assert_eq!((unknown.id_of::<SystemUser>(), unknown.id_of::<Team>()), (None, None));
    let any = Lookup::<dataverse_entity::AnyTable>::new(AnyRecord::from(team));
    assert_eq!((any.id_of::<Team>(), any.id_of::<SystemUser>()), (Some(team), None));
}

#[test]
fn a_draft_says_which_columns_it_holds() {
    let names = |draft: &dyn Fn() -> Vec<&'static str>| draft();
    assert!(names(&|| SessionEvent::create().column_names().collect()).is_empty());
    let mut held = names(&|| {
        let update = SessionEvent::update(event(1)).name("n").clear_session();
        update.column_names().collect()
    });
    held.sort_unstable();
    assert_eq!(held, ["msdyn_name", "msdyn_omnichannelsession"]);
}
