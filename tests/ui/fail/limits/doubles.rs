use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DoubleLimitNotANumber {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DoubleLimitNotANumber>,
    #[attr(logical = "new_value", double(min = "NaN"))]
    value: Option<f64>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DoublePrecision {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DoublePrecision>,
    #[attr(logical = "new_value", double(precision = 6))]
    value: Option<f64>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DoubleRangeEmpty {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DoubleRangeEmpty>,
    #[attr(logical = "new_value", double(min = 10, max = 1))]
    value: Option<f64>,
}

fn main() {}
