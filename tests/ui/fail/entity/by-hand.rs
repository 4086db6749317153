use dataverse_entity::prelude::*;

pub struct Loan {
    pub id: Id<Loan>,
}

impl Entity for Loan {}

fn main() {}
