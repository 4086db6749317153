use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct IntegerInI64 {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<IntegerInI64>,
    #[attr(logical = "new_value", integer)]
    value: Option<i64>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct IntegerInPlainU32 {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<IntegerInPlainU32>,
    #[attr(logical = "new_value", integer)]
    value: u32,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct BigintInI32 {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<BigintInI32>,
    #[attr(logical = "new_value", bigint)]
    value: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DoubleInF32 {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DoubleInF32>,
    #[attr(logical = "new_value", double)]
    value: Option<f32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct BooleanInInteger {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<BooleanInInteger>,
    #[attr(logical = "new_value", boolean)]
    value: Option<i32>,
}

fn main() {}
