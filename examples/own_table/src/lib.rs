//! A table of your own. It is in a library, so that a program and `cargo dataverse` can use it.

use dataverse_entity::prelude::*;

/// Something that the company has lent to somebody.
#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans", schema = "new_Loan", display = "Loan", ownership = "user")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id, create_only, required = "system")]
    pub id: Id<Loan>,
    #[attr(logical = "new_name", primary_name, string(max_length = 50), required = "application")]
    pub name: Option<String>,
    #[attr(logical = "new_condition", picklist)]
    pub condition: Option<Condition>,
    #[attr(logical = "createdon", read_only)]
    pub created_on: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Condition {
    #[option(label = "As new")]
    AsNew = 100_000_000,
    Used = 100_000_001,
    #[option(unknown)]
    Unknown(i32),
}
