use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn records_that_form_no_hierarchy(session: Id<OcSession>) {
    let _ = SessionEvent::SESSION.under(session);
}

fn a_lookup_to_no_hierarchy(session: Lookup<OcSession>) {
    let _ = SessionEvent::SESSION.above(&session);
}

fn main() {}
