//! Nothing is in scope, and modules at the root have the names of the standard crates.
#![no_implicit_prelude]

mod core {}
mod std {}
mod alloc {}
mod dataverse_entity {}
mod serde {}

#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy, ::dataverse_entity::OptionSet)]
#[repr(i32)]
pub enum State {
    #[option(default_status = StatusReason::Active)]
    Active = 0,
    #[option(default_status = StatusReason::Inactive)]
    Inactive = 1,
}

#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy, ::dataverse_entity::OptionSet)]
#[repr(i32)]
pub enum StatusReason {
    #[option(state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
    #[option(unknown)]
    Unknown(i32),
}

#[derive(
    ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq, ::dataverse_entity::LookupTarget,
)]
pub enum Target {
    Thing(::dataverse_entity::Id<Thing>),
    Other(::dataverse_entity::Id<Other>),
    #[target(unknown)]
    Unknown(::dataverse_entity::UnknownTarget),
}

#[derive(
    ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq, ::dataverse_entity::DataverseEntity,
)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
pub struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    pub id: ::dataverse_entity::Id<Thing>,
    #[attr(logical = "new_name", primary_name, string(max_length = 100))]
    pub name: ::core::option::Option<::std::string::String>,
    #[attr(logical = "new_count")]
    pub count: ::std::option::Option<i32>,
    #[attr(logical = "new_parent", nav = "new_Parent")]
    pub parent: ::core::option::Option<::dataverse_entity::Lookup<Thing>>,
    #[attr(logical = "new_target", nav(Thing = "new_Target_thing", Other = "new_Target_other"))]
    pub target: ::core::option::Option<::dataverse_entity::Lookup<Target>>,
    #[attr(logical = "statecode", state, update_only)]
    pub state: ::core::option::Option<State>,
    #[attr(logical = "statuscode", status)]
    pub status: ::core::option::Option<StatusReason>,
    #[attr(logical = "createdon", read_only)]
    pub created_on: ::core::option::Option<::dataverse_entity::Timestamp>,
    #[expand(nav = "new_Parent")]
    pub expanded: ::core::option::Option<::std::boxed::Box<Brief>>,
}

#[derive(
    ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq, ::dataverse_entity::DataverseEntity,
)]
#[entity(logical = "new_other", set = "new_others")]
pub struct Other {
    #[attr(logical = "new_otherid", primary_id)]
    pub id: ::dataverse_entity::Id<Other>,
}

#[derive(
    ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq, ::dataverse_entity::DataverseEntity,
)]
#[entity(of = Thing)]
pub struct Brief {
    #[attr(logical = "new_name")]
    pub name: ::core::option::Option<::std::string::String>,
}

fn main() {
    use ::dataverse_entity::{Draft, Entity, OptionSet, Projection};

    let json = r#"{"new_thingid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "statuscode": 7}"#;
    let record = ::dataverse_entity::Record::<Thing>::from_json(json).unwrap();
    ::std::assert_eq!(record.status, ::core::option::Option::Some(StatusReason::Unknown(7)));
    let update = Thing::update(record.id).name("New").clear_parent().status(StatusReason::Inactive);
    ::std::assert!(update.to_json().unwrap().contains(r#""statecode":1"#));
    ::std::assert_eq!(Brief::select_clause(), "new_name");
    ::std::assert_eq!(State::Active.value(), 0);
}
