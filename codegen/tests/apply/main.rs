//! `apply` against the emulator: what an org has afterwards, and what happens if something goes wrong on the way.

mod commands;
mod interruptions;
#[allow(unreachable_pub, reason = "a test makes a crate of the same file")]
mod machines;
mod solutions;

use dataverse_codegen::{
    ApplyProgress, ApplySettings, Class, Finding, PlanSettings, Present, Snapshot, drift, plan,
};
use dataverse_definitions::{Table, of_struct};
use dataverse_emulator::Emulator;
use dataverse_entity::Entity;
use dataverse_entity::client::Client;

use machines::{Machine, Tool};

/// The tables of the structs.
fn wanted() -> Vec<Table> {
    [Machine::METADATA, Tool::METADATA].map(|metadata| of_struct(metadata).unwrap()).into()
}

/// What `apply` returns, and what it told on the way.
async fn apply(
    client: &Client,
    wanted: &[Table],
) -> (Result<usize, dataverse_codegen::ApplyError>, Vec<String>) {
    let settings = PlanSettings::default();
    let mut limits = ApplySettings::default();
    limits.backoff = std::time::Duration::from_millis(1);
    limits.time_limit = std::time::Duration::from_secs(60);
    let plan = planned(client, wanted).await;
    let mut told = Vec::new();
    let mut tell = |progress: ApplyProgress<'_>| {
        told.push(match progress {
            ApplyProgress::Sends { what, .. } => what.to_owned(),
            ApplyProgress::Waits { why, .. } => format!("waits: {why}"),
            ApplyProgress::ReadsAgain => "reads again".to_owned(),
            _ => String::new(),
        });
    };
    let result = dataverse_codegen::apply(client, wanted, &plan, &settings, &limits, &mut tell).await;
    (result, told)
}

async fn planned(client: &Client, wanted: &[Table]) -> dataverse_codegen::Plan {
    let present = Present::read(client, wanted).await.unwrap();
    let mut plan = plan(wanted, &present, &PlanSettings::default()).unwrap();
    Present::complete(client, &mut plan).await.unwrap();
    plan
}

/// What the org says otherwise than the structs, except for columns that no struct declares.
async fn differences(client: &Client, wanted: &[Table]) -> Vec<String> {
    let present = Present::read(client, wanted).await.unwrap();
    let earlier = Snapshot::new(wanted.iter().cloned());
    let later = Snapshot::new(present.tables.into_values());
    let is_declared = |finding: &Finding| match (
        &finding.column,
        wanted.iter().find(|table| table.logical_name == finding.table),
    ) {
        (Some(column), Some(table)) => table.column(column).is_some(),
        _ => true,
    };
    let findings = drift(&earlier, &later, true);
    findings.into_iter().filter(is_declared).map(|finding| format!("{}: {finding}", finding.class)).collect()
}

/// Asserts that the org has the tables, and that nothing is left to do.
async fn assert_applied(client: &Client, wanted: &[Table]) {
    let plan = planned(client, wanted).await;
    assert_eq!(plan.text("/"), "nothing to do\n");
    let differences = differences(client, wanted).await;
    // Texts that the structs leave to defaults are new in the org.
    let cosmetic = format!("{}: ", Class::Cosmetic);
    let others: Vec<&String> = differences.iter().filter(|text| !text.starts_with(&cosmetic)).collect();
    assert!(others.is_empty(), "{differences:#?}");
}

fn emulator() -> Emulator {
    Emulator::builder().build().unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(future)
}
