use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, DataverseEntity)]
#[entity(of = SystemUser)]
pub struct Name {
    #[attr(logical = "fulname")]
    pub name: Option<String>,
}

fn main() {}
