//! Joins and aggregates: FetchXML from typed columns, sent to an emulator in this process.
//!
//! `cargo run --example joins`

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;
use dataverse_entity::message::{Error, Link, LinkType};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};

/// The number of events of one type in a session. The fields are the aliases of the query.
#[derive(Debug, DataverseRow)]
struct EventsOfSession {
    subject: Option<String>,
    #[row(alias = "type", formatted)]
    event_type: Option<String>,
    events: i64,
    latest: Option<Timestamp>,
}

/// An event with its session. The name of a link's column begins with the alias of the link.
#[derive(Debug, DataverseRow)]
struct EventLine {
    #[row(alias = "msdyn_name")]
    name: Option<String>,
    #[row(alias = "session.subject")]
    subject: Option<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = "2026-03-04T10:30:00Z".parse()?;
    let emulator = Emulator::builder().clock(start).build()?;
    let client = emulator.client();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        fill(&client).await?;
        count_by_session(&client).await?;
        list_with_session(&client).await?;
        sessions_without_end(&client).await
    })?;
    Ok(())
}

async fn fill(client: &Client) -> Result<(), Error> {
    let rejected = EventType::AgentInviteRejected;
    for (subject, types) in [
        ("Invoice question", &[EventType::AgentAccepted, EventType::SessionEnd][..]),
        ("Lost parcel", &[rejected, rejected, EventType::AgentAccepted]),
    ] {
        let session = client.execute(OcSession::create().subject(subject)).await?;
        for (number, event_type) in types.iter().enumerate() {
            let name = format!("Event {}", number + 1);
            client
                .execute(SessionEvent::create().name(name).event_type(*event_type).session(session))
                .await?;
        }
    }
    Ok(())
}

/// Prints one row for each session and type of event.
async fn count_by_session(client: &Client) -> Result<(), Error> {
    let counts = SessionEvent::fetch()
        .filter(SessionEvent::CREATED_ON.last_x_days(7))
        .count("events")
        .max(SessionEvent::CREATED_ON, "latest")
        .group_by(SessionEvent::EVENT_TYPE, "type")
        .link(Link::to_one(SessionEvent::SESSION).group_by(OcSession::SUBJECT, "subject"))
        .order_by_alias("events", true)
        .order_by_alias("subject", false);
    println!("{}\n", counts.to_xml()?);
    for row in client.execute(counts.rows_as::<EventsOfSession>()).await? {
        let EventsOfSession { subject, event_type, events, latest } = row;
        println!(
            "{:<16}  {:<19}  {events}  {}",
            subject.unwrap_or_default(),
            event_type.unwrap_or_default(),
            latest.map(|latest| latest.to_string()).unwrap_or_default()
        );
    }
    Ok(())
}

/// Prints a row for each event, sorted by the subjects of the sessions, page by page.
async fn list_with_session(client: &Client) -> Result<(), Error> {
    let session = Link::to_one(SessionEvent::SESSION)
        .alias("session")
        .attribute(OcSession::SUBJECT)
        .order_by(OcSession::SUBJECT);
    let events = SessionEvent::fetch()
        .attribute(SessionEvent::NAME)
        .order_by(SessionEvent::NAME)
        .link(session.outer())
        .page_size(2);
    let lines: Vec<EventLine> = client.items(events.rows_as()).try_collect().await?;
    for EventLine { name, subject } in lines {
        println!("{} of {}", name.unwrap_or_default(), subject.as_deref().unwrap_or("no session"));
    }
    Ok(())
}

/// Prints how many sessions have no end. Records of the table itself need no aliases.
async fn sessions_without_end(client: &Client) -> Result<(), Error> {
    let end = Link::to_many(SessionEvent::SESSION)
        .filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd))
        .link_type(LinkType::NotAny);
    let open: Vec<Record<OcSession>> =
        client.items(OcSession::fetch().link(end).records()).try_collect().await?;
    println!("{} without an end", open.len());
    Ok(())
}
