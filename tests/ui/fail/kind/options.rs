use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PicklistInString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<PicklistInString>,
    #[attr(logical = "new_value", picklist)]
    value: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
enum Kind {
    One = 1,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PicklistInEnumWithoutOptionSet {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<PicklistInEnumWithoutOptionSet>,
    #[attr(logical = "new_value", picklist)]
    value: Option<Kind>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StateInBoolean {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StateInBoolean>,
    #[attr(logical = "new_value", state, update_only)]
    value: Option<bool>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StatusInString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StatusInString>,
    #[attr(logical = "statecode", state, update_only)]
    state: Option<i32>,
    #[attr(logical = "statuscode", status)]
    status: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MultiselectInVec {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MultiselectInVec>,
    #[attr(logical = "new_value", multiselect)]
    value: Option<Vec<i32>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MultiselectOfIntegers {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MultiselectOfIntegers>,
    #[attr(logical = "new_value", multiselect)]
    value: Option<MultiSelect<i32>>,
}

fn main() {}
