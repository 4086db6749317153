//! Generated code breaks no lint, whatever the user's crate denies.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    dead_code,
    unused,
    unused_qualifications,
    unused_lifetimes,
    unused_results,
    unused_import_braces,
    unused_extern_crates,
    unused_macro_rules,
    unreachable_pub,
    single_use_lifetimes,
    redundant_lifetimes,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    trivial_casts,
    trivial_numeric_casts,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    non_ascii_idents,
    noop_method_call,
    nonstandard_style,
    future_incompatible,
    keyword_idents,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unsafe_code,
    unit_bindings,
    variant_size_differences,
    ambiguous_negative_literals,
    clippy::all,
    clippy::pedantic
)]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};

/// What a thing is.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Kind {
    /// One.
    One = 192_350_000,
    /// Two.
    Two = 192_350_001,
    /// Not declared.
    #[option(unknown)]
    Unknown(i32),
}

/// Whether a thing is active.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum State {
    /// It is.
    #[option(default_status = StatusReason::Active, invariant = "Active")]
    Active = 0,
    /// It is not.
    #[option(default_status = StatusReason::Inactive, invariant = "Inactive")]
    Inactive = 1,
}

/// Why.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum StatusReason {
    /// Active.
    #[option(state = State::Active)]
    Active = 1,
    /// Inactive.
    #[option(state = State::Inactive)]
    Inactive = 2,
}

/// What a thing is about.
#[derive(Debug, Clone, PartialEq, Eq, LookupTarget)]
pub enum Regarding {
    /// A thing.
    Thing(Id<Thing>),
    /// A user.
    User(Id<SystemUser>),
    /// Something else.
    #[target(unknown)]
    Unknown(UnknownTarget),
}

/// A thing.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    ownership = "user",
    key(name = "new_by_name", columns(new_name)),
    relationship(
        many_to_one,
        schema = "new_thing_user",
        column = "new_user",
        table = "systemuser",
        key = "systemuserid"
    )
)]
pub struct Thing {
    /// The thing.
    #[attr(logical = "new_thingid", primary_id, create_only)]
    pub id: Id<Thing>,
    /// Its name.
    #[attr(logical = "new_name", primary_name, string(max_length = 100), required = "application")]
    pub name: Option<String>,
    /// Its kind.
    #[attr(logical = "new_kind", picklist)]
    pub kind: Option<Kind>,
    /// Its other kinds.
    #[attr(logical = "new_kinds", multiselect)]
    pub kinds: Option<MultiSelect<Kind>>,
    /// Its price.
    #[attr(logical = "new_price", money(min = 0, max = 1000, precision = 2))]
    pub price: Option<rust_decimal::Decimal>,
    /// Its weight.
    #[attr(logical = "new_weight", double(min = 0, max = 1000000000, precision = 5))]
    pub weight: Option<f64>,
    /// Its user.
    #[attr(
        logical = "new_user",
        lookup,
        nav = "new_User",
        relationship = "new_thing_user2",
        on_delete = "restrict"
    )]
    pub user: Option<Lookup<SystemUser>>,
    /// The user's name.
    #[attr(logical = "new_username", string, name_of = "new_user", read_only)]
    pub user_name: Option<String>,
    /// What it is about.
    #[attr(logical = "new_about", lookup, nav(Thing = "new_About_thing", User = "new_About_user"))]
    pub about: Option<Lookup<Regarding>>,
    /// Its owner.
    #[attr(logical = "ownerid", owner, nav = "ownerid", required = "system")]
    pub owner: Option<Lookup<Principal>>,
    /// Its state.
    #[attr(logical = "statecode", state, update_only, required = "system")]
    pub state: Option<State>,
    /// Its status.
    #[attr(logical = "statuscode", status)]
    pub status: Option<StatusReason>,
    /// When it was made.
    #[attr(logical = "createdon", datetime(behavior = "user_local"), read_only)]
    pub created_on: Option<Timestamp>,
    /// The user.
    #[expand(nav = "new_User")]
    pub expanded: Option<Box<UserName>>,
    /// Others.
    #[expand(nav = "new_Others")]
    pub others: Expanded<Thing>,
}

/// The name of a user.
#[derive(Debug, Clone, PartialEq, Eq, DataverseEntity)]
#[entity(of = SystemUser)]
pub struct UserName {
    /// The name.
    #[attr(logical = "fullname")]
    pub name: Option<String>,
}

/// A text from the response.
#[derive(Debug, Clone, PartialEq, Eq, DataverseEntity)]
#[entity(of = Thing)]
pub struct Borrowed<'a, const N: usize> {
    /// The name.
    #[attr(logical = "new_name")]
    pub name: Option<std::borrow::Cow<'a, str>>,
}

// Private: hardly any of its drafts and setters are used.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Colour {
    Red = 1,
    #[option(unknown)]
    Unknown(i32),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    Hidden(Id<Hidden>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_hidden", set = "new_hiddens")]
struct Hidden {
    #[attr(logical = "new_hiddenid", primary_id)]
    id: Id<Hidden>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
    #[attr(logical = "new_colour", picklist)]
    colour: Option<Colour>,
    #[attr(logical = "new_target", lookup, nav(Hidden = "new_Target"))]
    target: Option<Lookup<Target>>,
    #[attr(logical = "createdon", read_only)]
    created_on: Option<Timestamp>,
}

fn main() {
    let hidden = Record::<Hidden>::from_json(r#"{"new_hiddenid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"#);
    let Hidden { id, name, colour, target, created_on } = hidden.unwrap().into_inner();
    assert_eq!(id.to_string(), "6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    assert!(name.is_none() && target.is_none() && created_on.is_none());
    assert_eq!(colour.map(Colour::value), None);
}
