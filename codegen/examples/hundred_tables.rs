//! Generates the code of 100 tables, or checks them, from snapshots on disk: to measure how long that takes.
//!
//! ```console
//! cargo build --release -p dataverse-codegen --example hundred_tables
//! time target/release/examples/hundred_tables generate
//! time target/release/examples/hundred_tables check
//! ```
//!
//! Each table has the 52 columns of `tests/interop/generated_tables/definition.json` four times, as wide as a table of a real org
//! (`account` has 239). It prints the time of reading, and that of the work.

use std::time::Instant;
use std::{env, fs};

use dataverse_codegen::{Settings, Snapshot, drift, generate};
use dataverse_definitions::read;
use serde_json::Value;

const DEFINITION: &str = include_str!("../../tests/interop/generated_tables/definition.json");
const TABLES: usize = 100;
const REPEATS: usize = 4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let command = env::args().nth(1).unwrap_or_default();
    let directory = env::temp_dir().join(format!("dataverse-hundred-tables-{}", std::process::id()));
    let texts = (0..TABLES).map(definition).collect::<Result<Vec<String>, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Snapshot::new(read(&texts)?).write(&directory)?;

    let start = Instant::now();
    let mut earlier = Snapshot::read(&directory)?;
    let columns: usize = earlier.tables.values().map(|table| table.attributes.len()).sum();
    let done = match command.as_str() {
        "generate" => {
            let reading = start.elapsed();
            let bytes: usize = generate(&mut earlier, &Settings::default())?.values().map(String::len).sum();
            format!("read in {reading:?}, generated {bytes} bytes in {:?}", start.elapsed() - reading)
        }
        "check" => {
            let later = Snapshot::read(&directory)?;
            let reading = start.elapsed();
            let findings = drift(&earlier, &later, false).len();
            format!("read twice in {reading:?}, {findings} differences in {:?}", start.elapsed() - reading)
        }
        _ => "nothing: say generate or check".to_owned(),
    };
    fs::remove_dir_all(&directory)?;
    println!("{TABLES} tables, {columns} columns: {done}");
    Ok(())
}

/// One table, with names of its own.
fn definition(number: usize) -> Result<String, serde_json::Error> {
    let text = DEFINITION
        .replace("new_machine", &format!("new_machine{number}"))
        .replace("new_Machine", &format!("new_Machine{number}"));
    let mut table: Value = serde_json::from_str(&text)?;
    let Some(columns) = table["Attributes"].as_array_mut() else { return Ok(text) };
    let own: Vec<Value> = columns.clone();
    for repeat in 1..REPEATS {
        columns.extend(own.iter().filter(|column| column["AttributeOf"].is_null()).cloned().map(
            |mut column| {
                for member in ["LogicalName", "SchemaName"] {
                    let name = column[member].as_str().unwrap_or_default().to_owned();
                    column[member] = format!("{name}_{repeat}").into();
                }
                column
            },
        ));
    }
    Ok(table.to_string())
}
