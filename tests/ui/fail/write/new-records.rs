//! New records in a create, and parties.
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::{OcSession, SessionEvent, Team};

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_call", set = "new_calls", activity)]
struct Call {
    #[attr(logical = "activityid", primary_id, create_only)]
    id: Id<Call>,
    #[attr(logical = "to", party_list)]
    to: NoProperty,
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_fax", set = "new_faxes", activity)]
struct Fax {
    #[attr(logical = "activityid", primary_id, create_only)]
    id: Id<Fax>,
    #[attr(logical = "to", party_list)]
    to: Option<String>,
}

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

fn main() {
    let id = Id::<OcSession>::new(dataverse_entity::Uuid::nil());
    let team = Id::<Team>::new(dataverse_entity::Uuid::nil());

    // A record of another table.
    let _ = SessionEvent::create().session(New(SessionEvent::create()));
    // An update creates no record.
    let _ = SessionEvent::create().session(New(OcSession::update(id)));
    let _ = OcSession::create().insert(EVENTS, [OcSession::create()]);
    let _ = OcSession::update(id).insert(EVENTS, [SessionEvent::create()]);
    // A list of one.
    let _ = Call::create().to(team);
    let _ = Call::create().to("a@example.com");
}
