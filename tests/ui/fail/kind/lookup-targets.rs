use dataverse_entity::prelude::*;

mod lookup_to_a_projection {
    use super::*;

    #[derive(DataverseEntity)]
    #[entity(of = Thing)]
    struct Brief {
        #[attr(logical = "new_thingid")]
        id: Id<Thing>,
    }

    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: Id<Thing>,
        #[attr(logical = "new_value", lookup, nav = "new_Value")]
        value: Option<Lookup<Brief>>,
    }
}

struct Other;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LookupToAStructThatIsNoTable {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LookupToAStructThatIsNoTable>,
    #[attr(logical = "new_value", lookup, nav = "new_Value")]
    value: Option<Lookup<Other>>,
}

fn main() {}
