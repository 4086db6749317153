use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeBehaviorUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeBehaviorUnknownWord>,
    #[attr(logical = "new_on", datetime(behavior = "UserLocal"))]
    on: Option<Timestamp>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeFormatUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeFormatUnknownWord>,
    #[attr(logical = "new_on", datetime(behavior = "user_local", format = "date"))]
    on: Option<Timestamp>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct IntegerFormatUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<IntegerFormatUnknownWord>,
    #[attr(logical = "new_count", integer(format = "timezone"))]
    count: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MemoFormatUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MemoFormatUnknownWord>,
    #[attr(logical = "new_name", memo(format = "richtext"))]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StringFormatUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StringFormatUnknownWord>,
    #[attr(logical = "new_name", string(format = "mail"))]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct RequiredUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RequiredUnknownWord>,
    #[attr(logical = "new_name", required = "true")]
    name: Option<String>,
}

fn main() {}
