//! Every key that a struct, a column, an option and a variant can have.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};

#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "::dataverse_entity")]
#[repr(i32)]
enum State {
    #[option(label = "Is active", default_status = StatusReason::Active, invariant = "Active")]
    Active = 0,
    #[option(label = "Is not", default_status = StatusReason::Inactive, invariant = "Inactive")]
    Inactive = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum StatusReason {
    #[option(label = "Active", state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
    #[option(unknown)]
    Other(i32) = -1,
}

/// Linked by integers.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Loose {
    #[option(default_status = 1)]
    Active = 0,
    #[option(default_status = 2)]
    Inactive = 1,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
#[target(crate = "::dataverse_entity")]
enum Target {
    User(Id<SystemUser>),
    Thing(Id<Thing>),
    #[target(unknown)]
    Other(UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(crate = "::dataverse_entity")]
#[entity(
    logical = "new_thing",
    set = "new_things",
    schema = "new_Thing",
    collection_schema = "new_Things",
    collection_logical = "new_things",
    display = "Thing",
    display_collection = "Things",
    description = "Whatever it is",
    solution = "Things",
    ownership = "user",
    activity,
    business_process_flow,
    create = NewThing,
    update = "ThingChanges"
)]
#[entity(key(name = "new_by_number", columns(new_number, "new_when")))]
#[entity(relationship(
    many_to_one,
    schema = "new_thing_about_user",
    column = "new_about",
    nav = "new_About_user",
    table = "systemuser",
    key = "systemuserid",
    on_delete = "remove_link"
))]
#[entity(relationship(
    one_to_many,
    schema = "new_thing_part",
    column = "new_thing",
    nav = "new_Parts",
    table = "new_part",
    on_delete = "cascade"
))]
struct Thing {
    #[attr(
        logical = "new_thingid",
        schema = "new_ThingId",
        primary_id,
        create_only,
        required = "system",
        form = false
    )]
    id: Id<Thing>,
    #[attr(
        logical = "new_name",
        schema = "new_Name",
        display = "Name",
        description = "What it is called",
        solution = "Things",
        primary_name,
        string,
        localizable,
        required = "application",
        form = true
    )]
    name: Option<String>,
    #[attr(logical = "new_number", required = "none", create_only)]
    number: Option<i32>,
    #[attr(logical = "new_when", required = "recommended")]
    when: Option<Timestamp>,
    #[attr(logical = "new_hidden", not_readable)]
    hidden: Option<String>,
    #[attr(logical = "new_user", nav = "new_User", relationship = "new_thing_user", on_delete = "restrict")]
    user: Option<Lookup<SystemUser>>,
    #[attr(logical = "new_username", string, read_only, name_of = "new_user")]
    user_name: Option<String>,
    #[attr(logical = "new_useryominame", string, read_only, yomi_name_of = "new_user")]
    user_yomi_name: Option<String>,
    #[attr(logical = "new_about", nav(User = "new_About_user", Thing = "new_About_thing"))]
    about: Option<Lookup<Target>>,
    #[attr(logical = "new_aboutidtype", entity_name, type_of = "new_about")]
    about_type: Option<String>,
    #[attr(logical = "ownerid", owner, nav = "ownerid", required = "system")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "statecode", state, update_only, required = "system")]
    state: Option<State>,
    #[attr(logical = "statuscode", status)]
    status: Option<StatusReason>,
    #[attr(logical = "modifiedon")]
    #[attr(read_only)]
    modified_on: Option<Timestamp>,
    #[expand(nav = "new_Parts")]
    parts: Expanded<Part>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_part", set = "new_parts", ownership = "organization")]
struct Part {
    #[attr(logical = "new_partid", primary_id)]
    id: Option<Id<Part>>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = "Thing", crate = "::dataverse_entity")]
struct Brief {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

fn main() {
    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    let _: NewThing = Thing::create().number(1).hidden("h");
    let update: ThingChanges = Thing::update(id).hidden("h").clear_when().status(StatusReason::Inactive);
    assert_eq!(
        update.to_json().unwrap(),
        r#"{"new_when":null,"new_hidden":"h","statecode":1,"statuscode":2}"#
    );
    assert!(!Thing::select_clause().contains("new_hidden"));
    let table = Thing::METADATA;
    assert_eq!((table.schema_name, table.keys.len(), table.relationships.len()), ("new_Thing", 1, 3));
    assert_eq!(Loose::Inactive.metadata().and_then(|each| each.default_status), Some(2));
    assert_eq!(State::Inactive.default_status(), Some(StatusReason::Inactive));
    assert_eq!(Brief::select_clause(), "new_thingid,new_name");
}
