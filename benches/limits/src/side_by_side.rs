//! The same load by several clients, each in simulated time against an org of its own.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use dataverse_entity::client::Budget;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use tokio::time::Instant;

use crate::foreign;
use crate::org::{Door, Org};

/// Rows of a request: the default of our client's bulk.
const CHUNK: usize = 100;

/// A way to load the rows.
enum Way {
    Ours {
        has_budget: bool,
    },
    /// The interpreter, the program, and the way that it knows by this name.
    Foreign(&'static str, &'static str, &'static str),
}

const NODE: (&str, &str) = ("node", "dynamics_web_api.cjs");
const PYTHON: (&str, &str) = ("python3", "powerplatform_dataverse.py");

const WAYS: [(&str, Way); 9] = [
    ("`bulk()`", Way::Ours { has_budget: false }),
    ("`bulk()`, with a budget", Way::Ours { has_budget: true }),
    ("`dynamics-web-api`: batches, one after the other", Way::Foreign(NODE.0, NODE.1, "batches")),
    ("`dynamics-web-api`: `CreateMultiple`, one after the other", Way::Foreign(NODE.0, NODE.1, "one-by-one")),
    ("`dynamics-web-api`: `CreateMultiple`, all at once", Way::Foreign(NODE.0, NODE.1, "all-at-once")),
    ("the same, the program obeys `Retry-After` for 30 minutes", Way::Foreign(NODE.0, NODE.1, "retry")),
    (
        "`PowerPlatform-Dataverse-Client`: one list after the other",
        Way::Foreign(PYTHON.0, PYTHON.1, "one-by-one"),
    ),
    (
        "`PowerPlatform-Dataverse-Client`: `asyncio.gather` of all lists",
        Way::Foreign(PYTHON.0, PYTHON.1, "all-at-once"),
    ),
    ("the same, the program obeys `Retry-After` for 30 minutes", Way::Foreign(PYTHON.0, PYTHON.1, "retry")),
];

/// Prints a line for each way to load the rows.
///
/// # Errors
///
/// Returns an error if a program cannot run.
pub fn print(rows: usize) -> Result<(), String> {
    println!("| load of {rows} rows | rows a second | refused requests | failed rows | minutes |");
    println!("|---|---|---|---|---|");
    for (name, way) in WAYS {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        let (org, took, written) = runtime.expect("a runtime").block_on(async {
            let org = Org::new();
            let took = match way {
                Way::Ours { has_budget } => ours(&org, rows, has_budget).await,
                Way::Foreign(interpreter, program, way) => {
                    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join(program);
                    let mut command = Command::new(interpreter);
                    command.arg(file).args([way, &rows.to_string(), &CHUNK.to_string()]);
                    foreign::run(&mut command, &org).await?
                }
            };
            let written = org.rows(took).await;
            Ok::<_, String>((org, took, written))
        })?;
        println!(
            "| {name} | {:.0} | {} | {} | {:.1} |",
            written as f64 / took.as_secs_f64(),
            org.refusals(),
            rows - written,
            took.as_secs_f64() / 60.0
        );
    }
    Ok(())
}

async fn ours(org: &Org, rows: usize, has_budget: bool) -> Duration {
    let start = Instant::now();
    let builder = Door { org: org.clone(), start }.client();
    let builder = if has_budget { builder.budget(Budget::documented()) } else { builder };
    let client = builder.build().expect("a client");
    let drafts = (0..rows).map(|number| SessionEvent::create().name(format!("Event {number}")));
    let outcomes = client.bulk().create(drafts).await;
    assert_eq!(outcomes.len(), rows, "each row has an outcome");
    start.elapsed()
}
