use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
    #[expand(nav = "new_Users")]
    pub users: Vec<SystemUser>,
}

fn main() {}
