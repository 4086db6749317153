use dataverse_entity::prelude::*;

#[derive(Debug)]
pub struct Item;

#[derive(Debug, DataverseEntity)]
#[entity(of = Item)]
pub struct Name {
    #[attr(logical = "new_name")]
    pub name: Option<String>,
}

fn main() {}
