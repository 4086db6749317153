use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Color {
    Red = 1,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
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
    file: Option<dataverse_entity::Uuid>,
    #[attr(logical = "new_big", bigint)]
    big: Option<i64>,
}

fn main() {}

fn wrong(at: Timestamp) {
    let _ = Thing::DATE.eq(at);
}
