use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

struct Other;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Option<Box<Other>>,
}

fn main() {}
