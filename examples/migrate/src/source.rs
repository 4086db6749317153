//! The rows of the source, and the draft that each becomes.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use dataverse_entity::prelude::*;
use dataverse_entity::rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::tables::{Customer, Order};

/// A row of the source. Columns that it does not name, such as `error` of a report, are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The number of the order.
    pub order: String,
    /// The amount, such as `12.50`.
    pub amount: String,
    /// The number of the customer.
    pub customer: String,
}

impl Row {
    /// Returns the order to create.
    pub fn draft(&self) -> Result<<Order as Entity>::Create, String> {
        let amount: Decimal =
            self.amount.parse().map_err(|error| format!("amount `{}`: {error}", self.amount))?;
        let draft = Order::create()
            .number(self.order.as_str())
            .amount(amount)
            // Dataverse finds the customer by its alternate key, so no id has to be looked up.
            .customer(Customer::NUMBER.key(self.customer.as_str()));
        draft.validate().map_err(|violations| violations.to_string())?;
        Ok(draft)
    }
}

/// The rows of a file, one after the other.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<Row, Box<dyn Error + Send + Sync>>> + Send>;

/// Opens a CSV file with a line of names, or JSON lines if the name ends with `.jsonl`.
pub(crate) fn open(path: &Path) -> Result<Rows, Box<dyn Error + Send + Sync>> {
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = BufReader::new(File::open(path).map_err(named)?);
    if path.extension().is_some_and(|extension| extension == "jsonl") {
        let lines = file
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.as_ref().is_ok_and(|line| line.trim().is_empty()));
        return Ok(Box::new(lines.map(|(index, line)| {
            serde_json::from_str(&line?).map_err(|error| format!("line {}: {error}", index + 1).into())
        })));
    }
    Ok(Box::new(csv::Reader::from_reader(file).into_deserialize().map(|row| row.map_err(Into::into))))
}
