use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DecimalLimitNotANumber {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DecimalLimitNotANumber>,
    #[attr(logical = "new_value", decimal(max = "much"))]
    value: Option<rust_decimal::Decimal>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DecimalLimitWithExponent {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DecimalLimitWithExponent>,
    #[attr(logical = "new_value", decimal(max = 1e11))]
    value: Option<rust_decimal::Decimal>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DecimalPrecision {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DecimalPrecision>,
    #[attr(logical = "new_value", decimal(precision = 13))]
    value: Option<rust_decimal::Decimal>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DecimalRangeEmpty {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DecimalRangeEmpty>,
    #[attr(logical = "new_value", decimal(min = 10, max = "-1"))]
    value: Option<rust_decimal::Decimal>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MoneyLimitWithExponent {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MoneyLimitWithExponent>,
    #[attr(logical = "new_value", money(min = -1e9))]
    value: Option<rust_decimal::Decimal>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MoneyPrecision {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MoneyPrecision>,
    #[attr(logical = "new_value", money(precision = 5))]
    value: Option<rust_decimal::Decimal>,
}

fn main() {}
