//! Reads session events from a response and writes their bodies, without any I/O.
//!
//! `cargo run --example bodies`

use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{EventReason, EventType, OcSession, SessionEvent};

/// The answer of the Web API to `GET msdyn_sessionevents`, with annotations and a count.
const RESPONSE: &str = include_str!("data/session_events.json");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = Page::<SessionEvent>::from_json(RESPONSE)?;
    print_table(&page);

    // A create holds only columns that a create may set.
    let session: Id<OcSession> = "0d2c7a10-1111-4111-8111-111111111111".parse()?;
    let create = SessionEvent::create()
        .name("Customer came back")
        .event_type(EventType::SessionCreated)
        .event_reason(EventReason::CustomerRejoin)
        .event_time("2026-03-02T10:02:00Z".parse::<Timestamp>()?)
        .session(session);
    create.validate()?;
    println!("\nPOST  /msdyn_sessionevents\n      {}", create.to_json()?);

    // An update holds the columns that differ. The status implies the state, so both are sent.
    let before = &page.records[4];
    let mut after = before.clone().into_inner();
    after.name = Some("Accepted".to_owned());
    after.event_info = None;
    after.status = Some(StatusReason::Inactive);
    let update = SessionEvent::changes(before, &after)?;
    update.validate()?;
    println!("\nPATCH /msdyn_sessionevents({})\n      {}", update.id, update.to_json()?);

    // All violations are reported at once, before anything is sent.
    let wrong = SessionEvent::create().name("n".repeat(101)).status(StatusReason::Inactive);
    if let Err(violations) = wrong.validate() {
        println!("\nnot sent:");
        for violation in &violations {
            println!("      {violation}");
        }
    }

    // Dataverse would ignore this column without an error, so it does not compile:
    //
    //     SessionEvent::create().created_on("2026-03-02T10:02:00Z".parse::<Timestamp>()?);
    //
    // error[E0277]: this column is read-only: Dataverse would ignore the value without an error
    //   --> examples/bodies.rs:48:28
    //    |
    // 48 |     SessionEvent::create().created_on("2026-03-02T10:02:00Z".parse::<Timestamp>()?);
    //    |                            ^^^^^^^^^^ cannot be set in `SessionEventCreate`
    //    |
    //    = note: the server fills this column itself; leave it out
    Ok(())
}

fn print_table(page: &Page<SessionEvent>) {
    println!("{:<20} {:<20} {:<19} {:<20} {:<30} {:<9}", "time", "name", "type", "owner", "session", "state");
    for event in page {
        // Every value and every annotation can be missing.
        let text = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        println!(
            "{:<20} {:<20} {:<19} {:<20} {:<30} {:<9}",
            text(event.event_time.map(|time| time.to_string())),
            text(event.name.clone()),
            text(event.event_type.map(|event_type| event_type.to_string())),
            text(event.owner_name.as_deref().map(str::to_owned)),
            text(event.session.as_ref().and_then(Lookup::name).map(str::to_owned)),
            text(event.state.map(|state| state.to_string())),
        );
    }
    let count = page.info.count.map_or("?".to_owned(), |count| count.to_string());
    let more = if page.info.next_link.is_some() { "; there are more pages" } else { "" };
    println!("{} of {count} events{more}", page.records.len());
}
