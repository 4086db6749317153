//! Prints typed queries and their URLs.
//!
//! `cargo run --example queries`

use dataverse_entity::message::{Error, Message, Organization};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{ExpandOptions, Filter, Many, Related};
use dataverse_entity::tables::session_event::State;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};

/// An event with the subject of its session. The query selects the columns of the struct.
#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
pub struct EventLine {
    #[attr(logical = "msdyn_name")]
    pub name: Option<String>,
    #[expand(nav = "msdyn_omnichannelsession")]
    pub session: Option<SessionLine>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = OcSession)]
pub struct SessionLine {
    #[attr(logical = "subject")]
    pub subject: Option<String>,
}

/// A session with its events.
#[derive(Debug, DataverseEntity)]
#[entity(of = OcSession)]
pub struct SessionWithEvents {
    #[attr(logical = "subject")]
    pub subject: Option<String>,
    #[expand(nav = "msdyn_ocsession_sessionevent_nested")]
    pub events: Vec<EventName>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
pub struct EventName {
    #[attr(logical = "msdyn_name")]
    pub name: Option<String>,
}

/// The events of a session. A session has no lookup to its events, so the relationship is declared here.
const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

fn main() -> Result<(), Error> {
    let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    show(
        &org,
        "the newest five that ended a session",
        EventLine::query()
            .filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd))
            .order_by(SessionEvent::CREATED_ON.desc())
            .top(5),
    )?;
    // The library escapes quotes and wildcards in a text.
    show(
        &org,
        "by a text that comes from a user",
        EventLine::query().filter(SessionEvent::NAME.contains("100% O'Brien & Co")),
    )?;
    let either = SessionEvent::NAME.eq("Accepted") | SessionEvent::NAME.eq("Rejected");
    show(
        &org,
        "through the lookup, and either of two names",
        EventLine::query().filter(SessionEvent::SESSION.to(OcSession::SUBJECT).starts_with("Chat") & either),
    )?;
    show(
        &org,
        "with Dataverse's own functions: mine, of the last week, of two types",
        EventLine::query()
            .filter(SessionEvent::OWNER.equal_user_or_user_teams())
            .filter(SessionEvent::CREATED_ON.last_x_days(7))
            .filter(SessionEvent::EVENT_TYPE.is_in([EventType::AgentAccepted, EventType::SessionEnd])),
    )?;
    let any = Filter::any_of(["Accepted", "Rejected", "Timed out"].map(|name| SessionEvent::NAME.eq(name)));
    show(&org, "any of a list of conditions", EventLine::query().filter(any))?;
    show(
        &org,
        "sessions that have an active event, with the first of their events",
        SessionWithEvents::query()
            .filter(EVENTS.any(SessionEvent::STATE.eq(State::Active)))
            .expand(EVENTS, ExpandOptions::new().order_by(SessionEvent::CREATED_ON.asc()).top(1))
            .count(true),
    )?;
    show(
        &org,
        "how many events of each type there are",
        SessionEvent::aggregate()
            .group_by(SessionEvent::EVENT_TYPE)
            .count("events")
            .max(SessionEvent::CREATED_ON, "latest"),
    )?;

    // A query that Dataverse cannot answer is refused before it is sent, with the reason.
    let refused = EventLine::query().filter(!SessionEvent::CREATED_ON.today()).request(&org);
    if let Err(error) = refused {
        println!("not sent\n    {error}");
    }
    // These do not compile:
    //
    //     SessionEvent::EVENT_TYPE.contains("end");
    //     SessionEvent::SESSION.eq(Id::<SystemUser>::new(id));
    //     SessionEvent::EVENT_TYPE.eq(EventReason::Item);
    Ok(())
}

fn show(org: &Organization, what: &str, query: impl Message) -> Result<(), Error> {
    println!("{what}\n    {}\n", query.request(org)?.uri());
    Ok(())
}
