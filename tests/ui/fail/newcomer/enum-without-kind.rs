use dataverse_entity::prelude::*;

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
    #[attr(logical = "new_color")]
    pub color: Option<Color>,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Color {
    Red = 1,
    #[option(unknown)]
    Unknown(i32),
}

fn main() {}
