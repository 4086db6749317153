use dataverse_entity::Uuid;
use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Color {
    Red = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Size {
    Small = 1,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id, create_only)]
    id: Id<Thing>,
    #[attr(logical = "new_colors", multiselect)]
    colors: MultiSelect<Color>,
    #[attr(logical = "new_flag", boolean)]
    flag: Option<bool>,
    #[attr(logical = "new_ratio", double)]
    ratio: Option<f64>,
    #[attr(logical = "new_date", datetime(behavior = "date_only"))]
    date: Option<jiff::civil::Date>,
    #[attr(logical = "new_file", file)]
    file: Option<Uuid>,
    #[attr(logical = "new_big", bigint)]
    big: Option<i64>,
}

fn comparison_of_a_file(id: Uuid) {
    let _ = Thing::FILE.eq(id);
}

fn contain_values_of_another_set() {
    let _ = Thing::COLORS.contain_values([Size::Small]);
}

fn float_for_a_bigint() {
    let _ = Thing::BIG.eq(1.5);
}

fn greater_on_a_boolean() {
    let _ = Thing::FLAG.ge(true);
}

fn hours_of_a_date_only_column() {
    let _ = Thing::DATE.last_x_hours(3);
}

fn instant_for_a_date(at: Timestamp) {
    let _ = Thing::DATE.eq(at);
}

fn key_of_a_boolean() {
    let _ = Thing::FLAG.key(true);
}

fn order_by_a_multiselect() {
    let _ = Thing::COLORS.asc();
}

fn main() {}
