use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct FormAsWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<FormAsWord>,
    #[attr(logical = "new_name", form)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct FormNotABoolean {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<FormNotABoolean>,
    #[attr(logical = "new_name", form = "no")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LabelNotAString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LabelNotAString>,
    #[attr(logical = "new_flag", boolean(true_label = true))]
    flag: Option<bool>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MaxLengthAsWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MaxLengthAsWord>,
    #[attr(logical = "new_name", string(max_length))]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MaxLengthNotANumber {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MaxLengthNotANumber>,
    #[attr(logical = "new_name", string(max_length = true))]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct RequiredAsWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RequiredAsWord>,
    #[attr(logical = "new_name", required)]
    name: Option<String>,
}

fn main() {}
