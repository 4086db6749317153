use dataverse_entity::prelude::*;

type Text = Option<String>;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NotToldByAlias {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NotToldByAlias>,
    #[attr(logical = "new_value")]
    value: Text,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NotToldByDecimal {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NotToldByDecimal>,
    #[attr(logical = "new_value")]
    value: Option<rust_decimal::Decimal>,
}

mod not_told_by_enum {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum Kind {
        One = 1,
    }

    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: Id<Thing>,
        #[attr(logical = "new_value")]
        value: Option<Kind>,
    }
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NotToldByTuple {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NotToldByTuple>,
    #[attr(logical = "new_value")]
    value: (i32, i32),
}

// The derive reads the last name of a path: it takes this `Lookup` for that of the library.
mod mine {
    pub struct Lookup;
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MisleadingName {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MisleadingName>,
    #[attr(logical = "new_value")]
    value: Option<mine::Lookup>,
}

type When = Option<Timestamp>;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeBehaviorNotToldByType {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeBehaviorNotToldByType>,
    #[attr(logical = "new_value", datetime)]
    value: When,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DatetimeInStringWithoutBehavior {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DatetimeInStringWithoutBehavior>,
    #[attr(logical = "new_value", datetime)]
    value: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct TwoKinds {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<TwoKinds>,
    #[attr(logical = "new_value", integer, picklist)]
    value: Option<i32>,
}

fn main() {}
