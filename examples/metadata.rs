//! Prints the metadata of a built-in table as JSON, in the shape of Dataverse's own `EntityDefinitions`
//! answer. Nothing else goes to stdout.
//!
//! `cargo run -q --example metadata -- msdyn_sessionevent`

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use dataverse_entity::tables;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name] = arguments.as_slice() else {
        return usage("name one table");
    };
    let Some(table) = tables::ALL.into_iter().find(|table| table.logical_name == name) else {
        return usage(&format!("there is no built-in table `{name}`"));
    };
    let mut stdout = std::io::stdout().lock();
    let written = serde_json::to_writer_pretty(&mut stdout, table).map_err(std::io::Error::from);
    match written.and_then(|()| writeln!(stdout)) {
        // The reader may close the pipe early, as `head` does.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => usage(&error.to_string()),
        _ => ExitCode::SUCCESS,
    }
}

fn usage(problem: &str) -> ExitCode {
    let names = tables::ALL.map(|table| table.logical_name).join(", ");
    eprintln!("{problem}\nusage: metadata <logical name>, one of {names}");
    ExitCode::FAILURE
}
