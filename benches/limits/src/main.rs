//! Loads rows through the service protection limits of Dataverse, in simulated time, and prints what the limits
//! cost: failures, refusals, and the time in comparison with the shortest possible.
//!
//! `cargo run --release --manifest-path benches/limits/Cargo.toml [-- ROWS]`
//!
//! `side-by-side` loads the same rows with other clients, too. `clients/run.sh` installs them and runs it.

mod foreign;
mod load;
mod org;
mod server;
mod side_by_side;

use std::process::ExitCode;

use load::{Load, Outcome};

const ROWS: usize = 1_000_000;
/// Rows of the loads side by side. The emulator really creates them.
const ROWS_SIDE_BY_SIDE: usize = 200_000;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_side_by_side = arguments.first().is_some_and(|argument| argument == "side-by-side");
    if is_side_by_side {
        arguments.remove(0);
    }
    let default = if is_side_by_side { ROWS_SIDE_BY_SIDE } else { ROWS };
    let rows = arguments.first().map_or(Ok(default), |rows| rows.replace(['_', ','], "").parse());
    let Ok(rows @ 1..) = rows else {
        eprintln!("the argument is a number of rows, such as 100000");
        return ExitCode::FAILURE;
    };
    if is_side_by_side {
        return match side_by_side::print(rows) {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => {
                eprintln!("{problem}");
                ExitCode::FAILURE
            }
        };
    }
    println!(
        "| load of {rows} rows | identities | failed | refusals | most in 300 s | minutes | of the allowed rate |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut is_good = true;
    for load in load::all(rows) {
        let outcome = load.run();
        println!("{}", line(&load, &outcome));
        is_good &= outcome.is_good(&load);
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn line(load: &Load, outcome: &Outcome) -> String {
    format!(
        "| {} | {} | {} | {} | {} | {:.1} | {:.3} |",
        load.name,
        load.identities,
        outcome.failed,
        outcome.refusals,
        outcome.most_refusals,
        outcome.took.as_secs_f64() / 60.0,
        outcome.share()
    )
}
