use dataverse_entity::prelude::*;

#[derive(Debug)]
pub struct Item;

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
    #[expand(nav = "new_Item")]
    pub item: Option<Item>,
}

fn main() {}
