//! The whole life of session events against an emulator in this process, over HTTP on loopback, without an
//! org.
//!
//! `cargo run --example session_event`

use dataverse_emulator::{Emulator, ServerOptions};
use dataverse_entity::client::{Client, NoToken};
use dataverse_entity::message::{Annotations, Batch, Error, RequestOptions, WhoAmI};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{EventReason, EventType, OcSession, SessionEvent, SystemUser, Team};
use futures_util::TryStreamExt;
use indicatif::{ProgressBar, ProgressStyle};

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

const BULK: u64 = 2_000;

/// An event as a list shows it, with its session. The query selects the columns of the struct.
#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct EventLine {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[attr(logical = "msdyn_eventtype")]
    event_type: Option<EventType>,
    #[attr(logical = "owneridname")]
    owner: Option<String>,
    #[expand(nav = "msdyn_omnichannelsession")]
    session: Option<SessionLine>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = OcSession)]
struct SessionLine {
    #[attr(logical = "subject")]
    subject: Option<String>,
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(story())
}

async fn story() -> Result<()> {
    let emulator = Emulator::new();
    let (ada, team) = (emulator.add_user("Ada Agent")?, emulator.add_team("Night shift", &[])?);
    let server = emulator.serve(ServerOptions::default()).await?;
    let client = Client::builder(server.organization()?, NoToken)
        .options(RequestOptions::new().annotations(Annotations::for_reading()))
        .build()?;
    let me = client.execute(WhoAmI).await?;
    println!("{}/api/data/v9.2/, as user {}", server.url(), me.user);

    let events = create(&client).await?;
    query(&client).await?;
    update(&client, events[0]).await?;
    assign_and_share(&client, events[0], ada, team).await?;
    close(&client, events[0]).await?;
    batch(&client).await?;
    bulk(&client).await?;
    delete(&client).await
}

fn title(text: &str) {
    println!("\n{text}");
}

/// Creates two sessions and their events.
async fn create(client: &Client) -> Result<Vec<Id<SessionEvent>>> {
    title("create");
    let mut events = Vec::new();
    for (subject, happened) in [
        ("Invoice question", [EventType::SessionCreated, EventType::AgentAccepted, EventType::SessionEnd]),
        ("Lost parcel", [EventType::SessionCreated, EventType::QueueAssigned, EventType::AgentAccepted]),
    ] {
        let session = client.execute(OcSession::create().subject(subject)).await?;
        for event_type in happened {
            let draft = SessionEvent::create()
                .name(event_type.to_string())
                .event_type(event_type)
                .event_reason(EventReason::CustomerRejoin)
                .session(session);
            events.push(client.execute(draft).await?);
        }
        println!("  session {session} “{subject}”, {} events", happened.len());
    }
    Ok(events)
}

/// Reads events with their sessions, filtered and sorted, three to a page.
async fn query(client: &Client) -> Result<()> {
    title("query: what is not the beginning, by session, three to a page");
    let query = EventLine::query()
        .filter(SessionEvent::EVENT_TYPE.ne(EventType::SessionCreated))
        .order_by(SessionEvent::SESSION.to(OcSession::SUBJECT).asc())
        .order_by(SessionEvent::EVENT_TYPE.asc())
        .page_size(3);
    let mut pages = client.pages(query);
    let mut number = 0;
    while let Some(page) = pages.try_next().await? {
        number += 1;
        for event in &page {
            let session = event.session.as_ref().and_then(|session| session.subject.as_deref());
            println!(
                "  page {number}  {:<16} {:<16} {:<16} {}",
                session.unwrap_or("–"),
                event.name.as_deref().unwrap_or("–"),
                event.event_type.map(|event_type| event_type.to_string()).unwrap_or_default(),
                event.owner.as_deref().unwrap_or("–"),
            );
        }
    }
    let ended = SessionEvent::count().filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd));
    println!("  {} ended a session", client.execute(ended).await?);
    Ok(())
}

/// Two clients read the same version; the update of the second is refused.
async fn update(client: &Client, event: Id<SessionEvent>) -> Result<()> {
    title("update, only if nobody else was first");
    let read = client.execute(SessionEvent::retrieve(event)).await?;
    let etag = read.etag().ok_or("no etag")?;
    client.execute(SessionEvent::update(event).name("First").if_match(etag)).await?;
    println!("  first:  written over version {etag}");
    match client.execute(SessionEvent::update(event).name("Second").if_match(etag)).await {
        Err(error) if error.is_conflict() => println!("  second: {}", said(&error)),
        outcome => return Err(format!("the second was not told: {outcome:?}").into()),
    }
    Ok(())
}

/// Assigns an event to another owner, and shares it with a user who is not.
async fn assign_and_share(
    client: &Client,
    event: Id<SessionEvent>,
    ada: Id<SystemUser>,
    team: Id<Team>,
) -> Result<()> {
    title("assign and share");
    client.execute(SessionEvent::assign(event, team)).await?;
    let owner = client.execute(SessionEvent::retrieve(event)).await?.into_inner().owner_name;
    println!("  owner:  {}", owner.unwrap_or_default());
    let as_ada = RequestOptions::new().impersonate_user(ada);
    let read = || SessionEvent::retrieve(event).with(as_ada.clone());
    match client.execute(read()).await {
        Err(error) if error.is_permission_denied() => println!("  Ada:    may not read it"),
        outcome => return Err(format!("Ada may read it: {outcome:?}").into()),
    }
    client.execute(SessionEvent::grant_access(event, ada, AccessRights::READ)).await?;
    let rights = client.execute(SessionEvent::retrieve_principal_access(event, ada)).await?;
    println!(
        "  Ada:    reads “{}” with {rights:?}",
        client.execute(read()).await?.name.as_deref().unwrap_or_default()
    );
    let shared = client.execute(SessionEvent::retrieve_shared_principals_and_access(event)).await?;
    println!("  shared with {}", shared.len());
    client.execute(SessionEvent::revoke_access(event, ada)).await?;
    Ok(())
}

/// Sets a state and its status.
async fn close(client: &Client, event: Id<SessionEvent>) -> Result<()> {
    title("set state");
    let valid =
        client.execute(SessionEvent::is_valid_state_transition(event, StatusReason::Inactive)).await?;
    client.execute(SessionEvent::set_state(event, StatusReason::Inactive)).await?;
    let row = client.execute(SessionEvent::retrieve(event)).await?;
    let (state, status) = (row.state.ok_or("no state")?, row.status.ok_or("no status")?);
    println!("  valid: {valid}; now {state}, {status}");
    Ok(())
}

/// Creates a session and its event in one request, all or nothing. The event refers to a session that has no
/// id yet.
async fn batch(client: &Client) -> Result<()> {
    title("batch with a reference");
    for name in ["Its event".to_owned(), "x".repeat(101)] {
        let mut batch = Batch::new();
        let mut changes = batch.change_set();
        let session = changes.add(OcSession::create().subject("In one request"));
        let event = changes.add(SessionEvent::create().name(name).session(session.record()));
        let reply = client.execute_batch(batch).await?;
        match reply.get(&event) {
            Ok(id) => println!("  created {id} in session {}", reply.get(&session)?),
            Err(error) => println!("  refused, and nothing is left of it: {}", said(&error)),
        }
    }
    let sessions = OcSession::count().filter(OcSession::SUBJECT.eq("In one request"));
    println!("  {} session of that subject", client.execute(sessions).await?);
    Ok(())
}

async fn bulk(client: &Client) -> Result<()> {
    title("bulk load");
    let style = ProgressStyle::with_template("  {bar:40} {pos}/{len}")?;
    let bar = ProgressBar::new(BULK).with_style(style);
    let shown = bar.clone();
    let outcomes = client
        .bulk()
        .on_progress(move |progress| shown.set_position(progress.done as u64))
        .create((0..BULK).map(|number| SessionEvent::create().name(format!("Bulk {number}"))))
        .await;
    bar.finish();
    println!("  {} created", outcomes.iter().filter(|outcome| outcome.is_ok()).count());
    Ok(())
}

/// Deletes sessions, and Dataverse deletes their events.
async fn delete(client: &Client) -> Result<()> {
    title("delete: sessions take their events along");
    let before = client.execute(SessionEvent::count()).await?;
    let sessions: Vec<_> = client.items(OcSession::query()).try_collect().await?;
    for session in &sessions {
        client.execute(OcSession::delete(session.id)).await?;
    }
    let after = client.execute(SessionEvent::count()).await?;
    println!("  {} sessions deleted, events: {before} before, {after} after", sessions.len());
    Ok(())
}

/// Returns the message of the server.
fn said(error: &Error) -> String {
    let code = error.code().map(|code| format!(" ({code:#010x})")).unwrap_or_default();
    format!("{}{code}", error.message().unwrap_or_default())
}
