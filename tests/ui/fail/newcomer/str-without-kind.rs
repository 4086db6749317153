use dataverse_entity::prelude::*;

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
    #[attr(logical = "new_name")]
    pub name: Option<&'static str>,
}

fn main() {}
