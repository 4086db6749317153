//! Facts of the table as a whole.

use dataverse_entity::metadata::RelationshipKind;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
#[entity(key(name = "new_by_name", columns(new_name)))]
#[entity(
    key(name = "new_by_all", columns(new_name, new_count, new_amount, new_on, new_user, "new_kind")),
    relationship(
        many_to_one,
        schema = "new_thing_user",
        column = "new_user",
        table = "systemuser",
        key = "systemuserid"
    ),
    relationship(
        one_to_many,
        schema = "new_thing_task",
        column = "regardingobjectid",
        table = "task",
        nav = "new_Tasks"
    )
)]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name")]
    name: Option<String>,
    #[attr(logical = "new_count")]
    count: Option<i32>,
    #[attr(logical = "new_amount", decimal)]
    amount: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_on")]
    on: Option<Timestamp>,
    #[attr(logical = "new_user", nav = "new_User")]
    user: Option<Lookup<SystemUser>>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(
        logical = "new_parent",
        nav = "new_Parent",
        relationship = "new_thing_parent",
        on_delete = "cascade"
    )]
    parent: Option<Lookup<Thing>>,
}

const KEYS: usize = Thing::METADATA.keys.len();

fn main() {
    assert_eq!(KEYS, 2);
    let relationships = Thing::METADATA.relationships;
    let named = |schema| relationships.iter().find(|each| each.schema_name == schema).unwrap();
    assert_eq!(named("new_thing_user").referenced_attribute, "systemuserid");
    assert_eq!(named("new_thing_task").kind, RelationshipKind::OneToMany);
    assert_eq!(named("new_thing_task").referenced_attribute, "new_thingid");
    assert_eq!(named("new_thing_parent").table, "new_thing");
}
