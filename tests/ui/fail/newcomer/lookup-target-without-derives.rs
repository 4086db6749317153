use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(LookupTarget)]
pub enum Target {
    User(Id<SystemUser>),
}

fn main() {}
