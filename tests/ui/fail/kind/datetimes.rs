use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeInString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeInString>,
    #[attr(logical = "new_value", datetime(behavior = "user_local"))]
    value: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeUserLocalInDate {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeUserLocalInDate>,
    #[attr(logical = "new_value", datetime(behavior = "user_local"))]
    value: Option<chrono::NaiveDate>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeDateOnlyInTimestamp {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeDateOnlyInTimestamp>,
    #[attr(logical = "new_value", datetime(behavior = "date_only"))]
    value: Option<Timestamp>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeTimeZoneIndependentInTimestamp {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeTimeZoneIndependentInTimestamp>,
    #[attr(logical = "new_value", datetime(behavior = "time_zone_independent"))]
    value: Option<Timestamp>,
}

fn main() {}
