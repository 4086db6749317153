//! Columns in structs and maps, by value and by reference, and searches in which every part is optional.

#![allow(clippy::needless_borrows_for_generic_args, reason = "what is borrowed is what is tested")]

use std::collections::{HashMap, HashSet};

use dataverse_entity::Uuid;
use dataverse_entity::message::{Message, Query};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Column, ExpandOptions, Filter, Order, kinds};
use dataverse_entity::tables::{EventType, OcSession, SessionEvent, SystemUser, Team};
use url::Url;

use crate::support::exchange::org;
use crate::support::table::{Color, Party, Thing};

type Text<T> = Column<T, kinds::Text, String>;

fn either<T>(column: Text<T>, one: &str, other: &str) -> Filter<T> {
    column.eq(one).or(column.eq(other))
}

fn holds<T>(column: &Text<T>, text: &str) -> Filter<T> {
    column.contains(text)
}

/// A table on a screen, and its columns.
struct Grid {
    searched: Vec<Text<SessionEvent>>,
    sorted: HashMap<&'static str, Order<SessionEvent>>,
}

impl Grid {
    fn query(&self, text: &str, sort: Option<&str>) -> Query<SessionEvent> {
        SessionEvent::query()
            .filter(Filter::any_of(self.searched.iter().map(|column| holds(column, text))))
            .order_by(sort.and_then(|sort| self.sorted.get(sort).copied()))
    }
}

/// The parameters of a REST endpoint.
#[derive(Default)]
struct Search {
    name: Option<String>,
    kind: Option<EventType>,
    session: Option<Lookup<OcSession>>,
    any_of: Vec<Id<OcSession>>,
}

impl Search {
    fn query(&self) -> Query<SessionEvent> {
        SessionEvent::query()
            .filter(self.name.as_ref().map(|name| SessionEvent::NAME.starts_with(name)))
            .filter([
                self.kind.map(|kind| SessionEvent::EVENT_TYPE.eq(kind)),
                self.session.as_ref().map(|session| SessionEvent::SESSION.eq(session)),
            ])
            .filter((!self.any_of.is_empty()).then(|| SessionEvent::SESSION.is_in(&self.any_of)))
            .order_by([SessionEvent::EVENT_TYPE.desc(), SessionEvent::NAME.asc()])
            .order_by(SessionEvent::CREATED_ON)
    }
}

fn option<M: Message>(message: &M, name: &str) -> Option<String> {
    let request = message.request(&org()).unwrap();
    let url = Url::parse(&request.uri().to_string()).unwrap();
    url.query_pairs().find(|(each, _)| each == name).map(|(_, value)| value.into_owned())
}

fn guid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

#[test]
fn columns_are_stored_in_structs_and_maps() {
    assert_eq!(
        either(SessionEvent::NAME, "a", "b").to_odata().unwrap(),
        "(msdyn_name eq 'a' or msdyn_name eq 'b')"
    );
    assert_eq!(SessionEvent::NAME, SessionEvent::NAME);
    assert_ne!(SessionEvent::CREATED_ON, SessionEvent::MODIFIED_ON);
    let through = SessionEvent::SESSION.to(OcSession::SUBJECT);
    assert_eq!(through, SessionEvent::SESSION.to(OcSession::SUBJECT));
    let text: HashSet<Text<Thing>> = HashSet::from([
        Thing::NAME,
        Thing::PARENT.to(Thing::NAME),
        Thing::PARENT.to(Thing::PARENT.to(Thing::NAME)),
        Thing::NAME,
    ]);
    assert_eq!(text.len(), 3);
    assert!(text.contains(&Thing::PARENT.to(Thing::NAME)));
    assert_eq!(SessionEvent::NAME.asc(), Order::clone(&SessionEvent::NAME.asc()));
    assert_ne!(SessionEvent::NAME.asc(), SessionEvent::NAME.desc());
    let newest = ExpandOptions::new().order_by(SessionEvent::CREATED_ON.desc()).top(1);
    assert_eq!(newest.clone(), newest);
}

#[test]
fn a_path_of_eight_lookups_is_written_and_one_of_nine_is_refused() {
    let mut path = Thing::NAME;
    for levels in 1..=8 {
        path = Thing::PARENT.to(path);
        let expected = format!("{}new_name eq 'x'", "new_Parent/".repeat(levels));
        assert_eq!(path.eq("x").to_odata().unwrap(), expected);
    }
    let nine = Thing::PARENT.to(path);
    for refused in [nine.eq("x"), Thing::PARENT.to(nine).is_null()] {
        assert_eq!(
            refused.to_odata().unwrap_err().to_string(),
            "new_thing: new_name: the path has more than 8 navigation properties; start the query from a table that is \
             nearer to the column"
        );
    }
    let order = Thing::query().order_by(nine).request(&org()).unwrap_err().to_string();
    assert!(order.contains("more than 8 navigation properties"), "{order}");
}

#[test]
fn a_search_sends_only_the_filters_that_are_set() {
    let all = Search::default().query();
    assert_eq!(option(&all, "$filter"), None);
    assert_eq!(option(&all, "$orderby").unwrap(), "msdyn_eventtype desc,msdyn_name asc,createdon asc");
    let session = Lookup::<OcSession>::new(guid(1));
    let some = Search { kind: Some(EventType::SessionEnd), session: Some(session), ..Search::default() };
    assert_eq!(
        option(&some.query(), "$filter").unwrap(),
        format!("(msdyn_eventtype eq 192350005 and _msdyn_omnichannelsession_value eq {})", guid(1))
    );
    let every =
        Search { name: Some("a".to_owned()), any_of: vec![Id::new(guid(2)), Id::new(guid(3))], ..some };
    assert_eq!(
        option(&every.query(), "$filter").unwrap(),
        format!(
            "((startswith(msdyn_name, 'a') and (msdyn_eventtype eq 192350005 and \
             _msdyn_omnichannelsession_value eq {})) and Microsoft.Dynamics.CRM.In(PropertyName=\
             'msdyn_omnichannelsession',PropertyValues=[\"{}\",\"{}\"]))",
            guid(1),
            guid(2),
            guid(3)
        )
    );
}

#[test]
fn a_grid_searches_its_columns_and_sorts_by_the_one_that_was_clicked() {
    let grid = Grid {
        searched: vec![SessionEvent::NAME, SessionEvent::SESSION.to(OcSession::SUBJECT)],
        sorted: HashMap::from([("name", SessionEvent::NAME.asc()), ("age", SessionEvent::CREATED_ON.desc())]),
    };
    let query = grid.query("chat", Some("age"));
    assert_eq!(
        option(&query, "$filter").unwrap(),
        "(contains(msdyn_name, 'chat') or contains(msdyn_omnichannelsession/subject, 'chat'))"
    );
    assert_eq!(option(&query, "$orderby").unwrap(), "createdon desc");
    assert_eq!(option(&grid.query("chat", None), "$orderby"), None);
}

#[test]
fn lookups_are_compared_with_anything_that_names_a_record() {
    let (thing, user, team) =
        (Id::<Thing>::new(guid(1)), Id::<SystemUser>::new(guid(2)), Id::<Team>::new(guid(3)));
    let parent = Lookup::<Thing>::new(thing);
    let same = [
        Thing::PARENT.eq(thing),
        Thing::PARENT.eq(&thing),
        Thing::PARENT.eq(&parent),
        Thing::PARENT.eq(parent.clone()),
    ];
    for filter in same {
        assert_eq!(filter.to_odata().unwrap(), format!("_new_parent_value eq {}", guid(1)));
    }
    let party = Party::User(user);
    let same = [
        Thing::PARTY.eq(user),
        Thing::PARTY.eq(&user),
        Thing::PARTY.eq(&party),
        Thing::PARTY.eq(Lookup::<Party>::new(user)),
        Thing::PARTY.eq(&Lookup::<Party>::new(party.clone())),
        // A lookup of one table, where a polymorphic one may point to it.
        Thing::PARTY.eq(Lookup::<SystemUser>::new(user)),
        Thing::PARTY.eq(party),
    ];
    for filter in same {
        assert_eq!(filter.to_odata().unwrap(), format!("_new_party_value eq {}", guid(2)));
    }
    assert_eq!(SessionEvent::OWNER.ne(&team).to_odata().unwrap(), format!("_ownerid_value ne {}", guid(3)));
    assert_eq!(Thing::ID.eq(&thing).to_odata().unwrap(), format!("new_thingid eq {}", guid(1)));
}

#[test]
fn columns_are_compared_with_values_by_reference() {
    let (name, color, number) = ("a".to_owned(), Color::Red, 7);
    let colors: MultiSelect<Color> = [Color::Red].into_iter().collect();
    let filters = [
        (Thing::NAME.eq(&name), "new_name eq 'a'"),
        (Thing::NAME.eq(&name.as_str()), "new_name eq 'a'"),
        (Thing::COLOR.eq(&color), "new_color eq 1"),
        (Thing::COLORS.eq(&colors), "new_colors eq '1'"),
        (Thing::NUMBER.ge(&number), "new_number ge 7"),
        (Thing::PLAIN.eq(&number), "new_plain eq 7"),
    ];
    for (filter, expected) in filters {
        assert_eq!(filter.to_odata().unwrap(), expected);
    }
    let names = ["a", "b"];
    assert_eq!(Thing::NAME.is_in(&names), Thing::NAME.is_in(names));
}
