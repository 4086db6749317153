use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct WithoutOption {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: SystemUser,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct BoxWithoutOption {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Box<SystemUser>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct NumberAsRecord {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: i32,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct LookupAsRecord {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Option<Lookup<SystemUser>>,
}

struct Other;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct StructThatReadsNoTable {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Option<Box<Other>>,
}

fn main() {}
