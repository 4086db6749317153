//! Loads the tables of a `$metadata` document and creates, reads, finds, updates and deletes a record of
//! each:
//!
//! ```console
//! cargo run --release -p dataverse-emulator --example real_tables -- metadata.xml
//! ```
//!
//! Fails if a table refuses one of the five, or if loading the document takes longer than `--seconds`.

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bytes::Bytes;
use dataverse_emulator::{Emulator, InProcessTransport};
use dataverse_entity::client::Transport;
use http::{Request, Response, StatusCode};

const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("FAILED: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let document = arguments.next().ok_or("usage: real_tables METADATA [SECONDS]")?;
    let most = arguments.next().map(|text| text.parse()).transpose()?.map(Duration::from_secs_f64);
    let text = std::fs::read_to_string(document)?;
    let file = std::env::temp_dir().join(format!("real-tables-{}.db", std::process::id()));
    let build = |file: Option<&std::path::Path>| -> Result<(Emulator, Duration), Box<dyn Error>> {
        let start = Instant::now();
        let mut builder = Emulator::builder().definitions(text.clone()).trace_limit(0);
        if let Some(file) = file {
            builder = builder.file(file);
        }
        let emulator = builder.build()?;
        Ok((emulator, start.elapsed()))
    };
    let (emulator, in_memory) = build(None)?;
    let first = build(Some(&file)).map(|(_, time)| time);
    let second = build(Some(&file)).map(|(_, time)| time);
    for suffix in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{}{suffix}", file.display())));
    }
    let (first, second) = (first?, second?);
    println!(
        "loaded in memory in {in_memory:.2?}, on a new file in {first:.2?}, on the same file in {second:.2?}"
    );
    println!("{} warnings, of which the first is: {}", emulator.warnings().len(), emulator.warnings()[0]);
    if let Some(most) = most
        && in_memory.max(first).max(second) > most
    {
        return Err(format!("loading took longer than {most:?}").into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(records(&emulator.transport()))
}

/// Sends five requests for each table.
async fn records(door: &InProcessTransport) -> Result<(), Box<dyn Error>> {
    let select = "EntityDefinitions?$select=LogicalName,EntitySetName,PrimaryIdAttribute";
    let definitions = json(&send(door, "GET", select, "").await?)?;
    let tables = definitions["value"].as_array().ok_or("no definitions")?;
    let (start, mut failed) = (Instant::now(), 0);
    for table in tables {
        let member = |name: &str| table[name].as_str().unwrap_or_default();
        let (set, key) = (member("EntitySetName"), member("PrimaryIdAttribute"));
        if let Err(problem) = one_record(door, member("LogicalName"), set, key).await {
            eprintln!("{set}: {problem}");
            failed += 1;
        }
    }
    if failed > 0 {
        return Err(format!("{failed} of {} tables refuse a request", tables.len()).into());
    }
    println!(
        "{} tables create, read, find, update and delete records, in {:.2?}",
        tables.len(),
        start.elapsed()
    );
    Ok(())
}

async fn one_record(
    door: &InProcessTransport,
    table: &str,
    set: &str,
    key: &str,
) -> Result<(), Box<dyn Error>> {
    // A text column that can be written, if the table has one.
    let texts = format!(
        "EntityDefinitions(LogicalName='{table}')/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=LogicalName&\
         $filter=IsValidForUpdate%20eq%20true%20and%20IsValidForCreate%20eq%20true"
    );
    let texts = json(&expect(send(door, "GET", &texts, "").await?, 200)?)?;
    let column =
        texts["value"].as_array().and_then(|all| all.first()?["LogicalName"].as_str().map(str::to_owned));
    let body = |value: &str| {
        column.as_ref().map_or("{}".to_owned(), |column| format!("{{\"{column}\":\"{value}\"}}"))
    };
    let created = expect(send(door, "POST", set, &body("one")).await?, 204)?;
    let url = created.headers()["odata-entityid"].to_str()?;
    let path =
        url.strip_prefix(ROOT).ok_or("the record's URL is below another root")?.trim_start_matches('/');
    let row = json(&expect(send(door, "GET", path, "").await?, 200)?)?;
    let id = row[key].as_str().ok_or("the record has no key")?;
    let mut expected = "one";
    if column.is_some() {
        expect(send(door, "PATCH", path, &body("two")).await?, 204)?;
        expected = "two";
    }
    let found =
        json(&expect(send(door, "GET", &format!("{set}?$filter={key}%20eq%20{id}"), "").await?, 200)?)?;
    let rows = found["value"].as_array().ok_or("no list")?;
    let right = rows.len() == 1 && column.as_ref().is_none_or(|column| rows[0][column] == expected);
    if !right {
        return Err(format!("the query finds {found}").into());
    }
    expect(send(door, "DELETE", path, "").await?, 204)?;
    expect(send(door, "GET", path, "").await?, 404)?;
    Ok(())
}

async fn send(
    door: &InProcessTransport,
    method: &str,
    target: &str,
    body: &str,
) -> Result<Response<Bytes>, Box<dyn Error>> {
    let request = Request::builder().method(method).uri(format!("{ROOT}/{target}"));
    let request = request.header("content-type", "application/json").body(Bytes::from(body.to_owned()))?;
    Ok(door.send(request).await?)
}

fn expect(answer: Response<Bytes>, status: u16) -> Result<Response<Bytes>, Box<dyn Error>> {
    if answer.status() == StatusCode::from_u16(status)? {
        return Ok(answer);
    }
    Err(format!("{}: {}", answer.status(), String::from_utf8_lossy(answer.body())).into())
}

fn json(answer: &Response<Bytes>) -> Result<serde_json::Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(answer.body())?)
}
