use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_sessioneventid")]
    id: Id<SessionEvent>,
    #[attr(logical = "msdyn_name", primary_id)]
    name: Option<String>,
}

fn main() {}
