use dataverse_entity::prelude::*;

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
}

fn main() {}
