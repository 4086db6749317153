//! A table of your own, read and written without any I/O.
//!
//! `cargo run -p own_table`

use dataverse_entity::prelude::*;

/// Something that the company has lent to somebody.
#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans", schema = "new_Loan", display = "Loan")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id, create_only)]
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let json = r#"{ "new_loanid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "new_name": "Drill", "new_condition": 7 }"#;
    let loan = Record::<Loan>::from_json(json)?;
    println!("GET   ?$select={}\n      {:?}", Loan::select_clause(), *loan);
    println!("PATCH {}", Loan::update(loan.id).name("Hammer drill").clear_condition().to_json()?);
    println!("POST  {}", Loan::create().name("Ladder").to_json()?);
    Ok(())
}
