//! Fields with the names of locals, parameters and helpers in generated code, and of trait methods.

use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "self_")]
    self_: Option<String>,
    #[attr(logical = "value")]
    value: Option<String>,
    #[attr(logical = "index")]
    index: Option<i32>,
    #[attr(logical = "row")]
    row: Option<String>,
    #[attr(logical = "context")]
    context: Option<String>,
    #[attr(logical = "column")]
    column: Option<String>,
    #[attr(logical = "columns")]
    columns: Option<String>,
    #[attr(logical = "draft")]
    draft: Option<String>,
    #[attr(logical = "f")]
    f: Option<String>,
    #[attr(logical = "serializer")]
    serializer: Option<String>,
    #[attr(logical = "other")]
    other: Option<String>,
    #[attr(logical = "before")]
    before: Option<String>,
    #[attr(logical = "after")]
    after: Option<String>,
    #[attr(logical = "diff")]
    diff: Option<String>,
    #[attr(logical = "update")]
    update: Option<String>,
    #[attr(logical = "create")]
    create: Option<String>,
    #[attr(logical = "changes")]
    changes: Option<String>,
    #[attr(logical = "table")]
    tables: Option<String>,
    #[attr(logical = "name")]
    name: Option<String>,
    #[attr(logical = "operation")]
    operation: Option<String>,
    #[attr(logical = "pending")]
    pending: Option<String>,
    #[attr(logical = "fmt")]
    fmt: Option<String>,
    #[attr(logical = "eq")]
    eq: Option<String>,
    #[attr(logical = "into")]
    into: Option<String>,
    #[attr(logical = "default")]
    default: Option<String>,
    #[attr(logical = "serialize")]
    serialize: Option<String>,
    #[attr(logical = "select")]
    select: Option<String>,
    #[attr(logical = "expand")]
    expand: Option<String>,
    #[attr(logical = "from_row")]
    from_row: Option<String>,
    #[attr(logical = "key", nav = "key")]
    key: Option<Lookup<Thing>>,
    #[attr(logical = "bind", nav = "bind")]
    bind: Option<Lookup<Thing>>,
    #[attr(logical = "clear")]
    clear: Option<String>,
    #[attr(logical = "clear_me")]
    clear_me: Option<String>,
    #[attr(logical = "dv")]
    __dv: Option<String>,
    #[attr(logical = "dv_value")]
    __value: Option<String>,
    #[attr(logical = "created", read_only)]
    created: Option<String>,
}

fn main() {
    use dataverse_entity::{Draft, Entity};

    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    let create = Thing::create().value("v").f("f").index(1).__value("z").key(id);
    let json = Draft::to_json(&create).unwrap();
    assert!(json.contains(r#""index":1"#), "{json}");
    assert!(Draft::validate(&create).is_ok());
    let update = <Thing as Entity>::update(id).clear_value().clear_clear().clear_clear_me();
    assert!(!Draft::is_empty(&update));
    assert_eq!(Clone::clone(&update), update);
}
