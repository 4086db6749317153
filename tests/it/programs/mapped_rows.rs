//! Rows of another system, mapped to creates and updates: most of their fields may be missing.

use dataverse_entity::prelude::*;

use crate::support::table::{Color, ID, Thing};

/// A row of another system.
struct Row {
    name: Option<String>,
    number: Option<i32>,
    color: Option<Color>,
    parent: Option<Id<Thing>>,
}

fn create(row: Row) -> String {
    Thing::create()
        .name_if_some(row.name)
        .number_if_some(row.number)
        .color_if_some(row.color)
        .parent_if_some(row.parent)
        .to_json()
        .unwrap()
}

fn update(row: Row) -> String {
    Thing::update(ID.parse::<Id<Thing>>().unwrap())
        .name_or_clear(row.name)
        .number_if_some(row.number)
        .color_or_clear(row.color)
        .parent_if_some(row.parent)
        .to_json()
        .unwrap()
}

#[test]
fn what_is_missing_is_kept_or_cleared_as_the_name_says() {
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
