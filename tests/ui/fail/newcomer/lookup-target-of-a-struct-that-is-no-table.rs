use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, LookupTarget)]
pub enum Target {
    Item(Id<Item>),
}

#[derive(Debug)]
pub struct Item;

fn main() {}
