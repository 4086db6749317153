use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, LookupTarget)]
pub enum Target {
    User(SystemUser),
}

fn main() {}
