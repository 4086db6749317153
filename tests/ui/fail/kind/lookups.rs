use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct CustomerInString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CustomerInString>,
    #[attr(logical = "new_value", customer, nav = "new_Value")]
    value: Option<String>,
}

mod lookup_in_id {
    use super::*;

    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: Id<Thing>,
        #[attr(logical = "new_value", lookup, nav = "new_Value")]
        value: Option<Id<Thing>>,
    }
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LookupInReadOnlyUuid {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LookupInReadOnlyUuid>,
    #[attr(logical = "new_value", lookup, read_only)]
    value: Option<dataverse_entity::Uuid>,
}

mod owner_in_id {
    use super::*;

    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things", ownership = "user")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: Id<Thing>,
        #[attr(logical = "new_value", owner, nav = "ownerid")]
        value: Option<Id<Thing>>,
    }
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PrimaryIdInString {
    #[attr(logical = "new_thingid", primary_id)]
    id: String,
}

fn main() {}
