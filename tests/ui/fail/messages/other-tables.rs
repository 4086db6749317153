use dataverse_entity::Uuid;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn record_of_another_table(session: Id<OcSession>) {
    let _ = SessionEvent::retrieve(session);
}

fn deletion_of_another_tables_record(session: Id<OcSession>) {
    let _ = SessionEvent::delete(session);
}

fn upsert_with_another_tables_draft(event: Id<SessionEvent>) {
    let _ = SessionEvent::upsert(event, OcSession::create());
}

fn returning_another_table() {
    let _ = SessionEvent::create().returning::<OcSession>();
}

fn guid_for_an_id() {
    let _ = SessionEvent::retrieve(Uuid::nil());
}

fn main() {}
