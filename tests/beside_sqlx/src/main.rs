//! A program that copies Dataverse's rows to its own database, with the emulator as the source.

use dataverse_emulator::Emulator;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use sqlx::{Connection, SqliteConnection, query, query_as};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Emulator::new().client();
    client.execute(SessionEvent::create().name("Accepted")).await?;
    let mut copy = SqliteConnection::connect("sqlite::memory:").await?;
    query("CREATE TABLE events (id TEXT PRIMARY KEY, name TEXT)").execute(&mut copy).await?;
    for event in client.execute(SessionEvent::query()).await?.records {
        let insert =
            query("INSERT INTO events VALUES (?, ?)").bind(event.id.to_string()).bind(event.name.clone());
        insert.execute(&mut copy).await?;
    }
    let (name,): (String,) = query_as("SELECT name FROM events").fetch_one(&mut copy).await?;
    assert_eq!(name, "Accepted");
    println!("1 passed, 0 failed");
    Ok(())
}
