use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, Team};

fn main() {}

fn wrong(unit: Id<BusinessUnit>, team: Id<Team>) {
    let _ = BusinessUnit::grant_access(unit, team, AccessRights::READ);
}
