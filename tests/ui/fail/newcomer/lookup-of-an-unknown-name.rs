use dataverse_entity::prelude::*;

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
    #[attr(logical = "new_item", lookup, nav = "new_Item")]
    pub item: Option<Lookup<Itme>>,
}

fn main() {}
