use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct IntegerMaximumAbove32Bits {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<IntegerMaximumAbove32Bits>,
    #[attr(logical = "new_value", integer(max = 2147483648))]
    value: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct IntegerMinimumBelow32Bits {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<IntegerMinimumBelow32Bits>,
    #[attr(logical = "new_value", integer(min = -2147483649))]
    value: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct IntegerRangeEmpty {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<IntegerRangeEmpty>,
    #[attr(logical = "new_value", integer(min = 10, max = 1))]
    value: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NumberWithPlusSign {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NumberWithPlusSign>,
    #[attr(logical = "new_value", integer(max = "+5"))]
    value: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct BigintWithLimits {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<BigintWithLimits>,
    #[attr(logical = "new_value", bigint(min = 0))]
    value: Option<i64>,
}

fn main() {}
