//! A table of your own, read and written without any I/O.
//!
//! `cargo run -p own_table`

use dataverse_entity::prelude::*;
use own_table::Loan;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let json = r#"{ "new_loanid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "new_name": "Drill", "new_condition": 7 }"#;
    let loan = Record::<Loan>::from_json(json)?;
    println!("GET   ?$select={}\n      {:?}", Loan::select_clause(), *loan);
    println!("PATCH {}", Loan::update(loan.id).name("Hammer drill").clear_condition().to_json()?);
    println!("POST  {}", Loan::create().name("Ladder").to_json()?);
    Ok(())
}
