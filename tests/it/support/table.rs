//! A table with a column of every kind, for the tests of reading and writing.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};
use dataverse_entity::{Id, Uuid};
use rust_decimal::Decimal;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Color {
    Red = 1,
    #[option(label = "Dark green")]
    Green = 2,
    Blue = -3,
    #[option(unknown)]
    Unknown(i32),
}

/// A set without a variant for unknown values.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Size {
    Small = 100,
    Large = 200,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum State {
    #[option(default_status = Reason::Open, invariant = "Open")]
    Open = 0,
    #[option(default_status = Reason::Done, invariant = "Done")]
    Done = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Reason {
    #[option(state = State::Open)]
    Open = 1,
    #[option(state = State::Open)]
    Waiting = 2,
    #[option(state = State::Done)]
    Done = 3,
    #[option(unknown)]
    Unknown(i32),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
pub enum Party {
    User(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unknown)]
    Other(UnknownTarget),
}

/// A closed set of targets, without a variant for others.
#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
pub enum Closed {
    User(Id<SystemUser>),
    Team(Id<Team>),
}

/// One column of every kind.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    ownership = "user",
    key(name = "new_bycode", columns(new_code, new_number))
)]
pub struct Thing {
    #[attr(logical = "new_thingid", primary_id, create_only)]
    pub id: Option<Id<Thing>>,
    #[attr(logical = "new_name", primary_name, string(max_length = 10), required = "application")]
    pub name: Option<String>,
    #[attr(logical = "new_code", string(max_length = 100))]
    pub code: Option<std::sync::Arc<str>>,
    #[attr(logical = "new_notes", memo(max_length = 50))]
    pub notes: Option<Box<str>>,
    #[attr(logical = "new_number", integer(min = -5, max = 100))]
    pub number: Option<i32>,
    #[attr(logical = "new_big", bigint)]
    pub big: Option<i64>,
    #[attr(logical = "new_ratio", double(min = -1000.5, max = 1000.5, precision = 3))]
    pub ratio: Option<f64>,
    #[attr(logical = "new_exact", decimal(min = "-100000000000", max = 100000000000, precision = 10))]
    pub exact: Option<Decimal>,
    #[attr(logical = "new_price", money(precision = 2))]
    pub price: Option<Decimal>,
    #[attr(logical = "new_flag", boolean(true_label = "On", false_label = "Off"))]
    pub flag: Option<bool>,
    #[attr(logical = "new_instant", datetime(behavior = "user_local"))]
    pub instant: Option<Timestamp>,
    #[attr(logical = "new_clock", datetime(behavior = "time_zone_independent"))]
    pub clock: Option<jiff::civil::DateTime>,
    #[attr(logical = "new_date", datetime(behavior = "date_only", format = "date_only"))]
    pub date: Option<jiff::civil::Date>,
    #[attr(logical = "new_color", picklist)]
    pub color: Option<Color>,
    #[attr(logical = "new_size", picklist)]
    pub size: Option<Size>,
    #[attr(logical = "new_plain", picklist)]
    pub plain: Option<i32>,
    #[attr(logical = "new_colors", multiselect)]
    pub colors: MultiSelect<Color>,
    #[attr(
        logical = "new_parent",
        lookup,
        nav = "new_Parent",
        relationship = "new_thing_parent",
        hierarchical
    )]
    pub parent: Option<Lookup<Thing>>,
    #[attr(logical = "new_party", customer, nav(User = "new_Party_systemuser", Team = "new_Party_team"))]
    pub party: Option<Lookup<Party>>,
    #[attr(
        logical = "new_closed",
        lookup,
        nav(User = "new_closed_u", Team = "new_closed_t"),
        required = "system"
    )]
    pub closed: Option<Lookup<Closed>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid", required = "system")]
    pub owner: Option<Lookup<Party>>,
    #[attr(logical = "owneridname", read_only, name_of = "ownerid")]
    pub owner_name: Option<String>,
    #[attr(logical = "owneridyominame", read_only, yomi_name_of = "ownerid")]
    pub owner_yomi_name: Option<String>,
    #[attr(logical = "owneridtype", entity_name, read_only, type_of = "ownerid")]
    pub owner_type: Option<String>,
    #[attr(logical = "new_colorname", virtual, read_only, name_of = "new_color")]
    pub color_name: Option<String>,
    #[attr(logical = "new_guid", uniqueidentifier)]
    pub guid: Option<Uuid>,
    #[attr(logical = "new_table", entity_name)]
    pub table_name: Option<String>,
    #[attr(logical = "new_image", image)]
    pub image: Option<Vec<u8>>,
    #[attr(logical = "new_file", file)]
    pub file: Option<Uuid>,
    #[attr(logical = "new_iscustomizable", managed_property)]
    pub customizable: Option<ManagedProperty>,
    #[attr(logical = "new_parties", party_list)]
    pub parties: NoProperty,
    #[attr(logical = "new_virtual", virtual)]
    pub computed: NoProperty,
    #[attr(logical = "new_secret", string(max_length = 20), not_readable)]
    pub secret: Option<String>,
    #[attr(logical = "new_once", integer, create_only)]
    pub once: Option<i32>,
    #[attr(logical = "statecode", state, update_only, required = "system")]
    pub state: Option<State>,
    #[attr(logical = "statuscode", status)]
    pub status: Option<Reason>,
    #[attr(logical = "createdon", datetime, read_only)]
    pub created_on: Option<Timestamp>,
    #[expand(nav = "new_Parent")]
    pub parent_record: Option<Box<ThingName>>,
    #[expand(nav = "new_children")]
    pub children: Vec<ThingName>,
    #[expand(nav = "new_others")]
    pub others: Expanded<Record<ThingName>>,
}

/// A narrower view.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = Thing)]
pub struct ThingName {
    #[attr(logical = "new_thingid", primary_id)]
    pub id: Id<Thing>,
    #[attr(logical = "new_name")]
    pub name: Option<String>,
    #[attr(logical = "owneridname")]
    pub owner_name: Option<String>,
}

/// Reads a thing.
pub fn thing(json: &str) -> Record<Thing> {
    Record::from_json(json).unwrap_or_else(|error| panic!("{error}\n{json}"))
}

/// Returns the error of reading a thing.
pub fn error(json: &str) -> DecodeError {
    Record::<Thing>::from_json(json).expect_err(json)
}

pub const ID: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
