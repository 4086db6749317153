use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent, logical = "msdyn_sessionevent", set = "msdyn_sessionevents")]
struct NamesOfTheTable {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent, key(name = "by_name", columns(msdyn_name)))]
struct KeyOfTheTable {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent, create = NewBrief)]
struct CompanionName {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct DisplayNameOfTheColumn {
    #[attr(logical = "msdyn_name", display = "Name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct FlagOfTheColumn {
    #[attr(logical = "msdyn_name", read_only)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct NavOfTheColumn {
    #[attr(logical = "msdyn_omnichannelsession", nav = "msdyn_omnichannelsession")]
    session: Option<Lookup<OcSession>>,
}

fn main() {}
