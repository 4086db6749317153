//! A repository over any table, with `Entity` as its only bound.

use std::collections::{BTreeMap, HashMap};

use dataverse_entity::message::{Delete, Message, Query, Retrieve};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, Team};

use crate::support::exchange::request;
use crate::support::table::{ID, Thing};

/// Messages of one table.
struct Repository<T>(std::marker::PhantomData<fn() -> T>);

impl<T: Entity> Repository<T> {
    fn find(id: Id<T>) -> Retrieve<T> {
        T::retrieve(id)
    }

    fn find_all(ids: &[Id<T>]) -> Query<T> {
        T::query().filter(T::PRIMARY_ID.is_in(ids.iter().copied()))
    }

    /// The page after a record, without a link of the server.
    fn after(last: &T) -> Option<Query<T>> {
        let id = Entity::id(last)?;
        Some(T::query().filter(T::PRIMARY_ID.ne(id)).order_by(T::PRIMARY_ID.asc()).top(10))
    }

    fn delete(record: &Record<T>) -> Option<Delete<T>> {
        Some(T::delete(Entity::id(&**record)?))
    }

    fn by_id(page: Page<T>) -> HashMap<Id<T>, Record<T>> {
        page.into_iter().filter_map(|record| Some((Entity::id(&*record)?, record))).collect()
    }
}

/// The bound for projections.
fn read_all<P: OwnedProjection>(pages: &[&str]) -> Vec<Record<P>> {
    pages.iter().flat_map(|json| Page::<P>::from_json(json).unwrap().records).collect()
}

fn name_of<M: Message>(message: &M) -> &'static str {
    message.message_name()
}

#[test]
fn a_repository_needs_no_bound_but_entity() {
    let id: Id<Team> = ID.parse().unwrap();
    assert_eq!(name_of(&Repository::<Team>::find(id)), "Retrieve");
    let query = request(&Repository::<Team>::find_all(&[id]));
    let filter = format!(
        "$filter=Microsoft.Dynamics.CRM.In(PropertyName%3D%27teamid%27%2CPropertyValues%3D%5B%22{ID}%22%5D)"
    );
    assert!(query.contains(&filter), "{query}");
    let json = format!(r#"{{"teamid":"{ID}"}}"#);
    let team: Record<Team> = Record::from_json(&json).unwrap();
    assert_eq!(Entity::id(&*team), Some(id));
    let query = request(&Repository::after(&*team).unwrap());
    assert!(query.contains("$orderby=teamid%20asc") || query.contains("$orderby=teamid&"), "{query}");
    assert_eq!(request(&Repository::delete(&team).unwrap()), format!("DELETE teams({ID})"));
}

#[test]
fn records_are_kept_by_their_id() {
    let json = format!(r#"{{"value":[{{"new_thingid":"{ID}","new_name":"a"}}]}}"#);
    let things = Repository::<Thing>::by_id(Page::from_json(&json).unwrap());
    let sorted: BTreeMap<_, _> = things.iter().map(|(id, thing)| (*id, thing.name.clone())).collect();
    assert_eq!(sorted[&ID.parse().unwrap()].as_deref(), Some("a"));
    // A field that is an `Option` may hold none.
    let blank: Record<Thing> = Record::from_json("{}").unwrap();
    assert_eq!(Entity::id(&*blank), None);
    assert_eq!(read_all::<SessionEvent>(&[r#"{"value":[]}"#]).len(), 0);
}
