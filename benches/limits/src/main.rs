//! Loads rows through the service protection limits of Dataverse, in simulated time, and prints what the limits
//! cost: failures, refusals, and the time in comparison with the shortest possible.
//!
//! `cargo run --release --manifest-path benches/limits/Cargo.toml [-- ROWS]`

mod load;
mod server;

use std::process::ExitCode;

use load::{Load, Outcome};

const ROWS: usize = 1_000_000;

fn main() -> ExitCode {
    let rows = std::env::args().nth(1).map_or(Ok(ROWS), |rows| rows.replace(['_', ','], "").parse());
    let Ok(rows) = rows else {
        eprintln!("the argument is a number of rows, such as 100000");
        return ExitCode::FAILURE;
    };
    println!("| load of {rows} rows | identities | failed | refusals | most in 300 s | minutes | of the allowed rate |");
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
