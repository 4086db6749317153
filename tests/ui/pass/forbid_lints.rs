//! Generated code allows no lint: a lint that is forbidden cannot be allowed again.
#![forbid(
    unsafe_code,
    dead_code,
    unused,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    deprecated,
    private_interfaces,
    private_bounds,
    unused_must_use,
    elided_lifetimes_in_paths,
    non_local_definitions,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::exhaustive_structs,
    clippy::exhaustive_enums
)]

use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
    #[option(unknown)]
    Unknown(i32),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    Thing(Id<Thing>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<Kind>,
    #[attr(logical = "new_target", lookup, nav(Thing = "new_Target"))]
    target: Option<Lookup<Target>>,
    #[attr(logical = "createdon", read_only)]
    created_on: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = Thing)]
struct Brief<'a> {
    #[attr(logical = "new_name")]
    name: Option<std::borrow::Cow<'a, str>>,
}

fn main() {
    let json = r#"{"new_thingid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "new_kind": 1}"#;
    if let Ok(record) = Record::<Thing>::from_json(json) {
        let Thing { id, name, kind, target, created_on } = record.into_inner();
        assert!(name.is_none() && target.is_none() && created_on.is_none());
        assert_eq!(kind, Some(Kind::One));
        assert!(Thing::update(id).is_empty());
    }
    assert!(Record::<Brief<'_>>::from_json(json).is_ok_and(|brief| brief.name.is_none()));
}
