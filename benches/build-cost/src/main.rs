//! Measures what tables cost a build: the same tables with the derive and as structs written by hand, built
//! in turn.

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
build-cost [tables [NUMBER [ROUNDS]]]    checks, builds and sizes of NUMBER (100) tables: ours over those written by hand
build-cost cold [ROUNDS]                 builds from nothing with each feature, over those of serde and serde_json

Each side is built ROUNDS (3) times in turn; a figure is the median of the ratios.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        [] | ["tables"] => tables::measure(100, ROUNDS),
        ["tables", number] => count(number).and_then(|number| tables::measure(number, ROUNDS)),
        ["tables", number, rounds] => {
            count(number).and_then(|number| tables::measure(number, count(rounds)?))
        }
        ["cold"] => cold::measure(ROUNDS),
        ["cold", rounds] => count(rounds).and_then(cold::measure),
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

/// Default number of builds of each side.
const ROUNDS: usize = 3;

fn count(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("{text} is not a number from 1 up\n\n{USAGE}"))
}

/// Returns the folder of the generated packages and their builds.
fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join("dataverse-entity-build-cost").join(name)
}

/// Returns the folder of the library that is measured.
fn library() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../runtime")
}
