//! Even the primitive types can be other types in the module of a derive.
#![allow(dead_code, non_camel_case_types)]

struct str;
struct bool;
struct i32;
struct i64;
struct usize;
struct u8;

mod kinds {
    #[derive(Debug, Clone, Copy, dataverse_entity::OptionSet)]
    #[repr(i32)]
    pub enum Kind {
        One = 1,
    }
}

#[derive(dataverse_entity::DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    ownership = "user",
    key(name = "new_k", columns(new_name))
)]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: dataverse_entity::Id<Thing>,
    #[attr(logical = "new_name", string(max_length = 10))]
    name: Option<String>,
    #[attr(logical = "new_flag", boolean)]
    flag: Option<::core::primitive::bool>,
    #[attr(logical = "new_count", integer(min = 0))]
    count: Option<::core::primitive::i32>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<kinds::Kind>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<dataverse_entity::Lookup<Thing>>,
}

#[derive(dataverse_entity::DataverseEntity)]
#[entity(of = Thing)]
struct Brief {
    #[attr(logical = "new_count")]
    count: ::core::primitive::i32,
}

fn main() {
    use dataverse_entity::{Draft, Entity, Projection};

    assert_eq!(Thing::create().count(1).flag(true).to_json().unwrap(), r#"{"new_flag":true,"new_count":1}"#);
    assert_eq!(Brief::select_clause(), "new_count");
}
