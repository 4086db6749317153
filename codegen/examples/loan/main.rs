//! The program of the README, with the tables that `cargo dataverse generate` writes for it.
#![allow(unreachable_pub, reason = "generated code is `pub`, as a library needs it")]

mod tables;

use dataverse_entity::Organization;
use dataverse_entity::client::{Client, NoToken};
use dataverse_entity::prelude::*;
use tables::new_loan::{Condition, Loan};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Organization::new("http://localhost:5080")?, NoToken)?;
    let id = client.execute(Loan::create().name("Drill").condition(Condition::AsNew)).await?;
    client.execute(Loan::update(id).condition(Condition::Used)).await?;
    let used = Loan::query().filter(Loan::CONDITION.eq(Condition::Used)).order_by(Loan::NAME.asc());
    for loan in &client.execute(used).await? {
        println!("{}: {:?}", loan.name.as_deref().unwrap_or("?"), loan.condition);
    }
    Ok(())
}
