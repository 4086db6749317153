use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Box<SystemUser>,
}

fn main() {}
