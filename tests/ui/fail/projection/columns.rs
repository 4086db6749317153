use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, Team};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct UnknownColumn {
    #[attr(logical = "msdyn_nmae")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct KindOfAnotherColumn {
    #[attr(logical = "msdyn_name", memo)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct ColumnOfAnotherType {
    #[attr(logical = "msdyn_name")]
    name: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct DoubleForAString {
    #[attr(logical = "msdyn_name")]
    name: f64,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct IdOfAnotherTable {
    #[attr(logical = "msdyn_sessioneventid", primary_id)]
    id: Id<Team>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct LookupToAnotherTable {
    #[attr(logical = "msdyn_omnichannelsession")]
    session: Option<Lookup<Team>>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct PrimaryIdThatIsNone {
    #[attr(logical = "msdyn_sessioneventid")]
    id: Id<SessionEvent>,
    #[attr(logical = "msdyn_name", primary_id)]
    name: Option<String>,
}

fn main() {}
