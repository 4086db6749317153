//! Prints the HTTP requests of all 13 messages that the reference page of `msdyn_sessionevent` lists. Nothing
//! is sent.
//!
//! `cargo run --example requests`

use dataverse_entity::message::{Error, Message, Organization};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent, SystemUser, Team};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    let event: Id<SessionEvent> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    let session: Id<OcSession> = "0d2c7a10-1111-4111-8111-111111111111".parse()?;
    let user: Id<SystemUser> = "2f5d9c30-3333-4333-8333-333333333333".parse()?;
    let team: Id<Team> = "1e3c8b20-2222-4222-8222-222222222222".parse()?;
    show(&org, SessionEvent::assign(event, team))?;
    show(
        &org,
        SessionEvent::create().name("Accepted").event_type(EventType::AgentAccepted).session(session),
    )?;
    show(&org, SessionEvent::delete(event))?;
    show(&org, SessionEvent::grant_access(event, user, AccessRights::READ | AccessRights::WRITE))?;
    show(&org, SessionEvent::is_valid_state_transition(event, StatusReason::Inactive))?;
    show(&org, SessionEvent::modify_access(event, user, AccessRights::READ))?;
    show(&org, SessionEvent::retrieve(event))?;
    show(
        &org,
        SessionEvent::query()
            .filter(SessionEvent::SESSION.eq(session))
            .order_by(SessionEvent::EVENT_TIME.desc()),
    )?;
    show(&org, SessionEvent::retrieve_principal_access(event, user))?;
    show(&org, SessionEvent::retrieve_shared_principals_and_access(event))?;
    show(&org, SessionEvent::revoke_access(event, user))?;
    show(&org, SessionEvent::set_state(event, StatusReason::Inactive))?;
    show(&org, SessionEvent::update(event).name("Rejected").clear_event_info())?;
    Ok(())
}

/// Prints the request as it goes over the wire, without the token.
fn show(org: &Organization, message: impl Message) -> Result<(), Error> {
    let request = message.request(org)?;
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    println!("### {}\n\n{} {target} HTTP/1.1", message.message_name(), request.method());
    println!("host: {}", request.uri().host().unwrap_or_default());
    for (name, value) in request.headers() {
        println!("{name}: {}", String::from_utf8_lossy(value.as_bytes()));
    }
    println!("\n{}\n", String::from_utf8_lossy(request.body()));
    Ok(())
}
