use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DecimalInF64 {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DecimalInF64>,
    #[attr(logical = "new_value", decimal)]
    value: Option<f64>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DecimalInPlainF64 {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DecimalInPlainF64>,
    #[attr(logical = "new_value", decimal)]
    value: f64,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MoneyInF64 {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MoneyInF64>,
    #[attr(logical = "new_value", money)]
    value: Option<f64>,
}

fn main() {}
