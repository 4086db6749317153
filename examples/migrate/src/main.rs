//! `migrate orders.csv --url https://contoso.crm4.dynamics.com`, with the token in `DATAVERSE_TOKEN`.

use std::error::Error;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use dataverse_entity::Organization;
use dataverse_entity::client::{Client, StaticToken};
use migrate::Load;

/// Loads orders into Dataverse. Kill it and start it again as you like: each row is written once.
#[derive(Parser)]
struct Arguments {
    /// The rows: CSV with the columns order, amount and customer, or JSON lines (`.jsonl`).
    input: PathBuf,
    /// The URL of the org.
    #[arg(long)]
    url: String,
    /// The journal; by default the input with `.journal` at its end.
    #[arg(long)]
    journal: Option<PathBuf>,
    /// The report of the rows that failed; by default the input with `.failed.csv` at its end.
    #[arg(long)]
    failed: Option<PathBuf>,
    /// The number of rows in a request.
    #[arg(long, default_value = "100")]
    chunk: NonZeroUsize,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("migrate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let Arguments { input, url, journal, failed, chunk } = arguments;
    let beside = |end: &str| {
        let mut path = input.clone().into_os_string();
        path.push(end);
        PathBuf::from(path)
    };
    let journal = journal.unwrap_or_else(|| beside(".journal"));
    let failed = failed.unwrap_or_else(|| beside(".failed.csv"));
    let token =
        std::env::var("DATAVERSE_TOKEN").map_err(|_| "set DATAVERSE_TOKEN to an access token of the org")?;
    let client = Client::new(Organization::new(&url)?, StaticToken::new(token))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let load = Load { input: &input, journal: &journal, failed: &failed, chunk };
    let summary = runtime.block_on(load.run(&client))?;
    println!("{} orders written, {} failed", summary.written, summary.failed);
    if summary.failed == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!("correct the rows of {} and load that file", failed.display());
    Ok(ExitCode::FAILURE)
}
