use dataverse_entity::prelude::*;

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
    #[attr(logical = "new_for", lookup, nav = "new_For")]
    pub r#for: Option<Lookup<Target>>,
}

#[derive(Debug, Clone)]
pub enum Target {
    Loan(Id<Loan>),
}

fn main() {}
