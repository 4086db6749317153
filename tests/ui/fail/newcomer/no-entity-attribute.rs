use dataverse_entity::prelude::*;

#[derive(Debug, DataverseEntity)]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
}

fn main() {}
