//! Rows of another system, mapped to creates and updates: most of their fields may be missing.

use dataverse_entity::prelude::*;

use crate::support::table::{Color, ID, Thing, ThingCreate, ThingUpdate};

/// A row of another system.
struct Row {
    name: Option<String>,
    number: Option<i32>,
    color: Option<Color>,
    parent: Option<Id<Thing>>,
}

fn create(row: Row) -> String {
    Thing::create()
        .set_if_some(row.name, ThingCreate::name)
        .set_if_some(row.number, ThingCreate::number)
        .set_if_some(row.color, ThingCreate::color)
        .set_if_some(row.parent, ThingCreate::parent)
        .to_json()
        .unwrap()
}

fn update(row: Row) -> String {
    Thing::update(ID.parse::<Id<Thing>>().unwrap())
        .set_or_clear(row.name, ThingUpdate::name, ThingUpdate::clear_name)
        .set_if_some(row.number, ThingUpdate::number)
        .set_or_clear(row.color, ThingUpdate::color, ThingUpdate::clear_color)
        .set_if_some(row.parent, ThingUpdate::parent)
        .to_json()
        .unwrap()
}

#[test]
fn a_missing_value_is_kept_or_cleared_as_the_setter_says() {
    let empty = || Row { name: None, number: None, color: None, parent: None };
    let full = || Row {
        name: Some("a".to_owned()),
        number: Some(1),
        color: Some(Color::Red),
        parent: Some(ID.parse().unwrap()),
    };
    assert_eq!(create(empty()), "{}");
    assert_eq!(update(empty()), r#"{"new_name":null,"new_color":null}"#);
    let all = format!(
        r#"{{"new_name":"a","new_number":1,"new_color":1,"new_Parent@odata.bind":"/new_things({ID})"}}"#
    );
    assert_eq!(create(full()), all);
    assert_eq!(update(full()), all);
}

/// A struct with a field of the program's own: never selected, never written, and its default when a record
/// is read.
#[test]
fn a_field_may_be_no_column() {
    #[derive(Debug, Default, Clone, PartialEq, DataverseEntity)]
    #[entity(logical = "new_task", set = "new_tasks")]
    struct Task {
        #[attr(logical = "new_taskid", primary_id)]
        id: Id<Task>,
        #[attr(logical = "new_name", string(max_length = 100))]
        name: Option<String>,
        #[attr(skip)]
        seen: std::collections::BTreeSet<String>,
    }

    #[derive(Debug, PartialEq, DataverseEntity)]
    #[entity(of = Task)]
    struct Brief<T> {
        #[attr(logical = "new_name")]
        name: Option<String>,
        #[attr(skip)]
        note: T,
    }

    assert_eq!(Task::select_clause(), "new_taskid,new_name");
    assert_eq!(Task::create().name("a").to_json().unwrap(), r#"{"new_name":"a"}"#);
    let json = r#"{"new_taskid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","new_name":"a","seen":["b"]}"#;
    let read = Record::<Task>::from_json(json).unwrap();
    assert!(read.seen.is_empty());
    let mut after = read.clone().into_inner();
    after.seen.insert("c".to_owned());
    assert!(Task::changes(&read, &after).unwrap().is_empty());
    let brief = Record::<Brief<u8>>::from_json(json).unwrap().into_inner();
    assert_eq!(brief, Brief { name: Some("a".to_owned()), note: 0 });
}
