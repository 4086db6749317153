use dataverse_entity::prelude::*;
use dataverse_entity::tables::Team;

mod primary_id_in_uuid {
    use super::*;

    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: dataverse_entity::Uuid,
    }
}

mod primary_id_of_another_table {
    use super::*;

    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: Id<Team>,
    }
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct UniqueidentifierInString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<UniqueidentifierInString>,
    #[attr(logical = "new_value", uniqueidentifier)]
    value: Option<String>,
}

fn main() {}
