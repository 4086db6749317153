use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, SessionEvent, Team};

fn lookup_to_a_guid(guid: dataverse_entity::Uuid) {
    let _ = SessionEvent::create().session(guid);
}

fn lookup_to_a_string() {
    let _ = SessionEvent::create().session("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
}

fn lookup_to_another_table(team: Id<Team>) {
    let _ = SessionEvent::create().session(team);
}

fn lookup_to_a_read_lookup_of_another_table(team: Lookup<Team>) {
    let _ = SessionEvent::create().session(&team);
}

fn polymorphic_lookup_to_another_table(unit: Id<BusinessUnit>) {
    let _ = SessionEvent::create().owner(unit);
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn projection_as_a_lookup_target() {
    let _: Option<Lookup<Brief>> = None;
}

fn main() {}
