//! Oddities of a real org, found in the metadata of 831 tables.

use dataverse_entity::metadata::{AttributeType, DefaultValue, SourceType, TableType};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};
use dataverse_entity::{OptimisticConcurrency, Uuid};

/// Labels repeat in sets of the platform.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Repeated {
    #[option(label = "Other")]
    One = 1,
    #[option(label = "Other", translation(language = 1031, label = "Sonstige"))]
    Two = 2,
    Three = 3,
}

/// Sets whose options nobody knows.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Unlisted {
    #[option(unknown)]
    Unknown(i32),
}

/// An activity party, which nobody owns, shows the owner of its activity.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_party", set = "new_parties", ownership = "none", intersect)]
struct Party {
    #[attr(logical = "new_partyId", primary_id)]
    id: Id<Party>,
    #[attr(logical = "ownerid", owner, nav = "ownerid", read_only)]
    owner: Option<Lookup<Principal>>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    display = "Thing",
    ownership = "user",
    table_type = "standard",
    change_tracking = true,
    optimistic_concurrency = true,
    translation(
        language = 1030,
        display = "Ting",
        display_collection = "Ting",
        description = "Hvad som helst"
    ),
    translation(language = 1031, display = "Ding")
)]
struct Thing {
    #[attr(logical = "new_thingId", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_Name", string(max_length = 1_073_741_823))]
    name: Option<String>,
    #[attr(logical = "new_body", memo(max_length = 1_073_741_823))]
    body: Option<String>,
    #[attr(logical = "exchangerate", decimal(precision = 12))]
    exchange_rate: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_internal", string, read_only, not_readable)]
    internal: Option<String>,
    #[attr(
        logical = "new_parent",
        lookup,
        nav = "new_Parent",
        relationship = "new_thing_parent",
        hierarchical
    )]
    parent: Option<Lookup<Thing>>,
    // Without a property in the Web API, whatever the kind.
    #[attr(logical = "new_text", string(max_length = 100), no_property, read_only)]
    text: NoProperty,
    #[attr(logical = "new_choice", picklist, no_property, read_only)]
    choice: NoProperty,
    #[attr(logical = "new_link", lookup, no_property, read_only)]
    link: NoProperty,
    #[attr(logical = "new_amount", money(min = 0, max = 100, precision = 2), no_property, read_only)]
    amount: NoProperty,
    #[attr(logical = "new_when", datetime(behavior = "user_local"), no_property, read_only)]
    when: NoProperty,
    #[attr(logical = "new_imageid", uniqueidentifier, read_only, attribute_of = "new_image")]
    image_id: Option<Uuid>,
    #[attr(logical = "new_image", image, primary_image)]
    image: Option<Vec<u8>>,
    #[attr(logical = "new_type", entity_name, read_only)]
    object_type: Option<String>,
    #[attr(logical = "new_typename", string, read_only, name_of = "new_type")]
    object_type_name: Option<String>,
    #[attr(logical = "new_total", integer, computed = "rollup")]
    total: Option<i32>,
    #[attr(logical = "new_age", integer, computed = "calculated", read_only)]
    age: Option<i32>,
    #[attr(logical = "new_sum", integer, computed = "formula")]
    sum: Option<i32>,
    #[attr(logical = "new_number", string, auto_number = "T-{SEQNUM:5}")]
    number: Option<String>,
    #[attr(logical = "new_salary", integer, secured)]
    salary: Option<i32>,
    #[attr(
        logical = "new_isopen",
        boolean(true_label = "Yes", false_label = "No"),
        default = true,
        translation(language = 1030, display = "Åben", true_label = "Ja", false_label = "Nej")
    )]
    is_open: Option<bool>,
    #[attr(logical = "new_kind", picklist, default = 2, global_option_set = "new_kinds")]
    kind: Option<Repeated>,
    #[attr(logical = "new_source", picklist, default = -1)]
    source: Option<Unlisted>,
}

/// A table without change tracking and without versions is read and written all the same.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    logical = "new_row",
    set = "new_rows",
    table_type = "elastic",
    change_tracking = false,
    optimistic_concurrency = false
)]
struct Row {
    #[attr(logical = "new_rowid", primary_id)]
    id: Id<Row>,
}

/// Generic code over all tables needs no marker trait as bound.
fn generic<T: Entity>(id: Id<T>) {
    let _ = (T::retrieve(id), T::delete(id), T::query());
}

/// Generic code that uses versions has the marker trait as bound.
fn versioned<T: OptimisticConcurrency>(id: Id<T>) {
    let _ = T::delete(id).if_match("W/\"1\"");
}

fn main() {
    generic(Id::<Row>::new(Uuid::nil()));
    versioned(Id::<Thing>::new(Uuid::nil()));
    let _ = Thing::track_changes();
    let _ = Thing::update(Id::new(Uuid::nil())).number("7").if_match("W/\"1\"");
    assert_eq!(Repeated::from_label("Three"), Some(Repeated::Three));
    assert_eq!(Repeated::from_label("Other"), None);
    assert_eq!(Unlisted::from(3), Unlisted::Unknown(3));

    assert_eq!(Row::METADATA.table_type, TableType::Elastic);
    assert_eq!(Row::METADATA.change_tracking, Some(false));
    assert!(Party::METADATA.is_intersect);
    assert_eq!(Thing::METADATA.primary_id_attribute, "new_thingId");
    assert_eq!(Thing::METADATA.primary_image_attribute, Some("new_image"));
    assert_eq!(Thing::METADATA.translations[0].display_name, Some("Ting"));
    let column = |name: &str| Thing::METADATA.attribute(name).unwrap();
    assert!(matches!(column("new_text").attribute_type, AttributeType::String { max_length: Some(100), .. }));
    assert!(!column("new_text").has_property);
    assert_eq!(column("new_total").source_type, SourceType::Rollup);
    assert_eq!(column("new_imageid").attribute_of, Some("new_image"));
    assert_eq!(column("new_kind").default_value, Some(DefaultValue::Integer(2)));
    assert_eq!(column("new_kind").global_option_set, Some("new_kinds"));
    let _ = SystemUser::METADATA;
}
