//! What tables cost a build: the same tables with the derive and as structs written by hand, built in turn.

mod cargo;
mod cold;
mod ours;
mod report;
mod shape;
mod tables;
mod theirs;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
build-cost [tables [NUMBER]]     check, builds and sizes of NUMBER tables (100), ours over those written by hand
build-cost cold                  a build from nothing for each feature, over that of serde and serde_json";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        [] | ["tables"] => tables::measure(100),
        ["tables", number] => match number.parse() {
            Ok(number) if number > 0 => tables::measure(number),
            _ => Err(format!("{number} is not a number of tables")),
        },
        ["cold"] => cold::measure(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Where the generated packages and what is built of them go.
fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join("dataverse-entity-build-cost").join(name)
}

/// The library that is measured.
fn library() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../runtime")
}
