use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Color {
    #[option(translation(label = "Rot"))]
    Red = 1,
    #[option(translation(language = 1031, display = "Blau"))]
    Blue = 2,
    #[option(label = "Green", translation(language = 1033, label = "Green"))]
    Green = 3,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    table_type = "cosmos",
    change_tracking,
    optimistic_concurrency = "no"
)]
struct WrongFactsOfTheTable {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<WrongFactsOfTheTable>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    translation(language = 1031, display = "Ding"),
    translation(language = 1031, label = "Ding")
)]
struct WrongTranslations {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<WrongTranslations>,
    #[attr(logical = "new_a", integer, translation(language = 1031, true_label = "Ja"))]
    a: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct WrongComputed {
    #[attr(logical = "new_thingid", primary_id, computed = "rollup")]
    id: Id<WrongComputed>,
    #[attr(logical = "new_a", integer, computed = "summed")]
    a: Option<i32>,
    #[attr(logical = "new_b", integer, computed = "calculated", create_only)]
    b: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct WrongNumbersAndDefaults {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<WrongNumbersAndDefaults>,
    #[attr(logical = "new_a", integer, auto_number = "{SEQNUM:4}")]
    a: Option<i32>,
    #[attr(logical = "new_b", picklist, default = true)]
    b: Option<Color>,
    #[attr(logical = "new_c", boolean(true_label = "Yes", false_label = "No"), default = 1)]
    c: Option<bool>,
    #[attr(logical = "new_d", string, default = "x")]
    d: Option<String>,
    #[attr(logical = "new_e", picklist, default = 3_000_000_000)]
    e: Option<Color>,
    #[attr(logical = "new_f", string, global_option_set = "new_colors")]
    f: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct SecuredWithoutRoom {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<SecuredWithoutRoom>,
    #[attr(logical = "new_a", integer, secured)]
    a: i32,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct WrongPropertiesAndOwners {
    #[attr(logical = "new_thingid", primary_id, no_property)]
    id: Id<WrongPropertiesAndOwners>,
    #[attr(logical = "new_a", string, no_property)]
    a: Option<String>,
    #[attr(logical = "new_b", lookup, no_property, nav = "new_B")]
    b: NoProperty,
    #[attr(logical = "new_c", lookup, nav = "new_C")]
    c: Option<Lookup<SystemUser>>,
    #[attr(logical = "new_cname", string, read_only, name_of = "new_c", attribute_of = "new_c")]
    c_name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct WrongImagesAndHierarchies {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<WrongImagesAndHierarchies>,
    #[attr(logical = "new_a", string, primary_image, hierarchical)]
    a: Option<String>,
    #[attr(logical = "new_b", image, primary_image)]
    b: Option<Vec<u8>>,
}

#[derive(DataverseEntity)]
#[entity(of = "SystemUser", table_type = "standard", intersect, change_tracking = false)]
struct FactsOnAProjection {
    #[attr(logical = "fullname", string, secured, auto_number = "{SEQNUM:4}", translation(language = 1031, display = "Name"))]
    full_name: Option<String>,
}

fn main() {}
