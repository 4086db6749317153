//! The user's own items have the names of those that generated code needs.
#![allow(dead_code, unused_macros)]

use dataverse_entity::DataverseEntity as Entity_;
use dataverse_entity::{LookupTarget as LookupTarget_, OptionSet as OptionSet_};

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
struct Some;
struct None;
struct Ok;
struct Err;
struct Change;
struct Lookup;
struct Id;
struct Record;
struct Codec;
struct Row;
struct Self_;
trait Into {}
trait From {}
trait TryFrom {}
trait Default {}
trait Clone {}
trait Debug {}
trait PartialEq {}
trait Entity {}
trait Projection {}
trait OptionSet {}
trait LookupTarget {}
trait BindTo {}
trait Draft {}
trait Columns {}
trait Serialize {}
mod __dv {}
mod fmt {}
mod core {}
mod std {}
mod kind {}
mod dataverse_entity_ {}
const __METADATA: i32 = 0;
const __CODEC_0: i32 = 0;
const __ATTRIBUTES: i32 = 0;
const __KEYS: i32 = 0;
const TARGETS: i32 = 0;
macro_rules! panic {
    () => {};
}
macro_rules! unreachable {
    () => {};
}

mod inner {
    // Nearer than the crate of this name.
    mod dataverse_entity {}

    type Text = ::std::string::String;

    #[derive(Debug, Clone, Copy, super::OptionSet_)]
    #[repr(i32)]
    pub enum Kind {
        Some = 1,
        None = 2,
        Ok = 3,
        Err = 4,
        #[option(unknown)]
        Self_(i32),
    }

    #[derive(Debug, Clone, PartialEq, super::LookupTarget_)]
    pub enum Target {
        Some(::dataverse_entity::Id<Thing>),
        None(::dataverse_entity::Id<Other>),
    }

    #[derive(Debug, Clone, PartialEq, super::Entity_)]
    #[entity(logical = "new_thing", set = "new_things")]
    pub struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        pub id: ::dataverse_entity::Id<Thing>,
        #[attr(logical = "new_name", string)]
        pub name: ::core::option::Option<Text>,
        #[attr(logical = "new_kind", picklist)]
        pub kind: ::core::option::Option<Kind>,
        #[attr(logical = "new_target", lookup, nav(Some = "new_Target_thing", None = "new_Target_other"))]
        pub target: ::core::option::Option<::dataverse_entity::Lookup<Target>>,
    }

    #[derive(Debug, Clone, PartialEq, super::Entity_)]
    #[entity(logical = "new_other", set = "new_others")]
    pub struct Other {
        #[attr(logical = "new_otherid", primary_id)]
        pub id: ::dataverse_entity::Id<Other>,
    }
}

#[derive(Entity_)]
#[entity(logical = "new_outer", set = "new_outers")]
struct Outer {
    #[attr(logical = "new_outerid", primary_id)]
    id: ::dataverse_entity::Id<Outer>,
    #[attr(logical = "new_name", string)]
    name: ::core::option::Option<::std::string::String>,
    #[attr(logical = "new_inner", lookup, nav = "new_Inner")]
    inner: ::core::option::Option<::dataverse_entity::Lookup<inner::Thing>>,
}

fn main() {
    use ::dataverse_entity::{Draft as _, Entity as _};

    let thing = ::dataverse_entity::Id::<inner::Thing>::new(::dataverse_entity::Uuid::nil());
    let create = Outer::create().name("New").inner(thing);
    assert!(create.to_json().unwrap().contains("new_Inner@odata.bind"));
    let create = inner::Thing::create().kind(inner::Kind::None).target(thing);
    assert!(create.to_json().unwrap().contains("new_Target_thing@odata.bind"));
}
